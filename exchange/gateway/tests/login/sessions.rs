//! What a session is good for, and when it ends.

use super::{
	browser::{header, house, signed_in, told, Browser, URL},
	common::{database, openapi::FACES, result, PATIENT, TOKEN},
};
use salus_gateway::{ingest::AFTER_RETRACTION, store::State};
use serde_json::{json, Value};

/// The path of an operation with something in the place of its parameters.
fn filled(template: &str) -> String {
	let mut path = template.to_owned();
	for (name, value) in [
		("{type}", "Observation"),
		("{id}", "a"),
		("{number}", "1"),
		("{handle}", "0x00"),
		("{sealed}", "1"),
		("{organisation}", "4"),
		("{dataset}", "7"),
		("{epoch}", "3"),
		("{resource}", "a"),
		("{person}", "0x00"),
		("{offer}", "00"),
	] {
		path = path.replace(name, value);
	}
	path
}

/// What the roles of a session let through, by the document.
const OF: [(&str, &[&str]); 3] = [
	(
		"officer",
		&[
			"quarantine",
			"again",
			"erase",
			"placed",
			"orders",
			"merges",
			"mergeDone",
			"revocations",
			"log",
			"auditEvents",
			"acts",
			"emergencies",
			"staff",
			"reconcile",
			"reconciliations",
			"linkLog",
		],
	),
	("registrar", &["offerLink", "linkOffer", "confirmLink"]),
	("clinician", &["fetch", "declare", "emergencyRecords", "emergencyRecord"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_do_what_the_document_says_and_nothing_else() {
	let (_node, provider, running) = house().await;
	for (subject, allowed) in OF {
		let mut browser = signed_in(&running, &provider, subject).await;
		let mut seen = 0;
		for (template, methods) in FACES[1]["paths"].as_object().unwrap() {
			for (method, operation) in methods.as_object().unwrap() {
				if ["/login", "/login/callback", "/session", "/logout"].contains(&template.as_str())
				{
					continue;
				}
				let guard = browser.guard.clone().unwrap();
				let got = browser
					.send(
						&method.to_uppercase(),
						&filled(template),
						Some(json!({})),
						&[("salus-csrf", &guard)],
					)
					.await;
				let id = operation["operationId"].as_str().unwrap();
				let schemes = operation["security"].as_array().cloned().unwrap_or_default();
				let is_for_staff = schemes.iter().any(|it| it.get("session").is_some());
				match (allowed.contains(&id), is_for_staff) {
					(true, _) => {
						seen += 1;
						assert!(![401, 403, 405, 500].contains(&got.status), "{id}: {got:?}");
					},
					(false, true) => assert_eq!(told(&got), (403, "role".into()), "{id}"),
					(false, false) => assert_eq!(told(&got), (401, "token".into()), "{id}"),
				}
			}
		}
		assert_eq!(seen, allowed.len(), "{subject}");
	}
}

/// What a program may not let, somebody who signed in does.
#[tokio::test(flavor = "multi_thread")]
async fn who_signed_in_lets_a_version_after_one_that_was_retracted() {
	let (_node, provider, running) = house().await;
	running.link(PATIENT, "p").await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	let found = running.gateway.store.current("Observation", "r0").unwrap().unwrap();
	let (fault, path, detail) = (AFTER_RETRACTION.into(), String::new(), String::new());
	let waits = State::Quarantined { fault, path, detail };
	running.gateway.store.judge_held(found.number, &waits).unwrap();
	let path = format!("/quarantine/{}/again", found.number);
	let got = running.faces.post(&path, "application/json", "").await.unwrap();
	assert_eq!(got.json(), json!({ "held": false }), "a program does not");
	let mut browser = signed_in(&running, &provider, "officer").await;
	assert_eq!(browser.post(&path, json!({})).await.json(), json!({ "held": true }));
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_stay_where_they_are_and_a_page_of_another_site_changes_nothing() {
	let (_node, _provider, running) = house().await;
	let mut browser = Browser::of(&running);
	let begun = browser.get("/login").await;
	let cookie = header(&begun, "set-cookie");
	assert!(
		cookie.starts_with("__Host-salus-login=")
			&& cookie.ends_with("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax")
	);
	let got = browser.login().await;
	let cookie = header(&got, "set-cookie");
	assert!(
		cookie.starts_with("__Host-salus-session=")
			&& cookie.ends_with("; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Strict")
	);
	assert_eq!(header(&got, "referrer-policy"), "no-referrer");
	assert_eq!(header(&got, "cache-control"), "no-store");
	assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), ["__Host-salus-session"]);
	let session = browser.session().await;
	assert_eq!(
		(&session["roles"], &session["credential"]),
		(&json!(["privacy-officer"]), &Value::Null)
	);
	assert_eq!(
		(
			session["idleFor"].as_u64().is_some_and(|it| (890..=900).contains(&it)),
			session["endsIn"].as_u64().map(|it| it > 28_700)
		),
		(true, Some(true))
	);
	let guard = browser.guard.clone().unwrap();
	let url = "/merges/1/done";
	let csrf = (403, "csrf".to_owned());
	for headers in [
		vec![],
		vec![("salus-csrf", "")],
		vec![("salus-csrf", "another")],
		vec![("salus-csrf", guard.as_str()), ("origin", "https://evil.example")],
		vec![("salus-csrf", guard.as_str()), ("origin", "null")],
		vec![("origin", URL)],
	] {
		assert_eq!(told(&browser.send("POST", url, None, &headers).await), csrf, "{headers:?}");
	}
	for headers in [
		vec![("salus-csrf", guard.as_str())],
		vec![("salus-csrf", guard.as_str()), ("origin", URL)],
	] {
		assert_eq!(
			told(&browser.send("POST", url, None, &headers).await),
			(404, "not-found".into())
		);
	}
	assert_eq!(told(&browser.send("POST", "/logout", None, &[]).await), csrf);
	// A guard of one session is good for no other.
	let mut other = Browser::of(&running);
	other.login().await;
	assert_eq!(told(&other.send("POST", url, None, &[("salus-csrf", &guard)]).await), csrf);
	assert_eq!(other.get("/quarantine").await.status, 200, "what reads needs none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_counts_as_before_and_a_cookie_beside_it_for_nothing() {
	let (_node, provider, running) = house().await;
	let mut browser = signed_in(&running, &provider, "officer").await;
	let with = |token: &str| format!("Bearer {token}");
	assert_eq!(
		browser.send("GET", "/outbox", None, &[("authorization", &with(TOKEN))]).await.status,
		200
	);
	let got =
		browser.send("GET", "/quarantine", None, &[("authorization", &with("another"))]).await;
	assert_eq!(told(&got), (401, "token".into()));
	assert_eq!(running.faces.house("/quarantine").await.status, 200);
	// What the house knows of it.
	let all = running.faces.house("/sessions").await.json();
	assert_eq!(all["sessions"].as_array().unwrap().len(), 1);
	assert_eq!(all["sessions"][0]["subject"], "officer");
	assert!(all["sessions"][0].get("csrf").is_none(), "nobody acts in another's session");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_its_person_by_the_house_and_with_the_gateway() {
	let (_node, provider, running) = house().await;
	let none = (401, "session".to_owned());
	let mut browser = signed_in(&running, &provider, "officer").await;
	let stolen = browser.clone();
	let got = browser.post("/logout", json!({})).await;
	assert_eq!(got.status, 200, "{got:?}");
	assert!(got.json()["provider"].as_str().unwrap().ends_with("/end"));
	assert!(browser.cookies.is_empty());
	assert_eq!(told(&stolen.clone().get("/session").await), none);
	assert_eq!(told(&stolen.clone().get("/quarantine").await), (401, "token".into()));
	// By the house.
	let mut browsers = vec![];
	for subject in ["officer", "officer", "clinician"] {
		browsers.push(signed_in(&running, &provider, subject).await);
	}
	let person = browsers[0].session().await["person"].as_str().unwrap().to_owned();
	assert_eq!(
		running.faces.delete(&format!("/sessions/{person}")).await.json(),
		json!({ "ended": 2 })
	);
	assert_eq!(told(&browsers[0].get("/session").await), none);
	assert_eq!(told(&browsers[1].get("/session").await), none);
	assert_eq!(browsers[2].get("/session").await.status, 200);
	// With the gateway: then the configuration counts anew.
	let running = running.again(|_| ()).await;
	let mut again = Browser { cookies: browsers[2].cookies.clone(), ..Browser::of(&running) };
	assert_eq!(told(&again.get("/session").await), none);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_does_is_written_down_before_it_is_done() {
	let (_node, provider, running) = house().await;
	let mut officer = signed_in(&running, &provider, "officer").await;
	officer.get("/quarantine?after=3").await;
	officer.post("/merges/7/done", json!({})).await;
	officer.send("POST", "/merges/8/done", None, &[]).await;
	let mut clinician = signed_in(&running, &provider, "clinician").await;
	clinician.get("/quarantine").await;
	let order = json!({ "url": "http://127.0.0.1:9", "custodian": 5, "record": "Observation/1", "purpose": "Treat" });
	assert_eq!(clinician.post("/fetch", order.clone()).await.status, 403);
	let mut machine = order;
	machine["asker"] = json!("machine");
	assert_eq!(told(&clinician.post("/fetch", machine).await), (400, "order".into()));
	let acts = running.faces.house("/acts").await.json();
	let all: Vec<_> = acts["acts"]
		.as_array()
		.unwrap()
		.iter()
		.map(|act| {
			let text = |name: &str| act[name].as_str().unwrap().to_owned();
			(text("sub"), text("what"), text("of"))
		})
		.collect();
	let expected = [
		("officer", "signed in", ""),
		("officer", "GET /quarantine", ""),
		("officer", "POST /merges/7/done", ""),
		("clinician", "signed in", ""),
		("clinician", "POST /fetch", ""),
		("clinician", "asks another gateway", "5 Observation/1"),
		("clinician", "POST /fetch", ""),
	];
	let expected: Vec<_> = expected
		.iter()
		.map(|(who, what, of)| ((*who).to_owned(), (*what).to_owned(), (*of).to_owned()))
		.collect();
	assert_eq!(all, expected, "what was refused is not there");
	assert_eq!(
		running.faces.house("/acts?from=7").await.json()["acts"].as_array().unwrap().len(),
		1
	);
	// The database alone does not tell who it was.
	for word in [b"officer".as_slice(), b"Observation/1"] {
		assert!(!database::holds(running.folder.path(), word));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn of_links_it_is_written_down_who_of_the_staff_did_what() {
	let (_node, provider, running) = house().await;
	let mut registrar = signed_in(&running, &provider, "registrar").await;
	let got = registrar.post("/links/offers", json!({ "patient": "p" })).await;
	assert_eq!(got.status, 201, "{got:?}");
	let path = format!("/links/offers/{}", got.json()["offer"].as_str().unwrap());
	assert_eq!(registrar.get(&path).await.json()["status"], "open");
	let refused = registrar.post(&format!("{path}/confirm"), json!({ "by": "Ms Desk" })).await;
	assert_eq!(told(&refused), (409, "offer-open".into()));
	let direct = json!({ "handle": format!("0x{}", "11".repeat(32)), "patient": "p" });
	let refused = registrar.post("/links", direct).await;
	assert_eq!(told(&refused), (401, "token".into()), "that is for the token of the house");
	assert_eq!(told(&registrar.get("/links/log").await), (403, "role".into()));
	let person = registrar.session().await["person"].clone();
	let mut officer = signed_in(&running, &provider, "officer").await;
	let log = officer.get("/links/log").await.json();
	let entries = log["links"].as_array().unwrap();
	let whats: Vec<_> = entries.iter().map(|entry| entry["what"].as_str().unwrap()).collect();
	assert_eq!(whats, ["offer", "look"]);
	for entry in entries {
		let (by, who) = (entry["by"].as_str().unwrap(), entry["sub"].as_str().unwrap());
		assert_eq!((by, who, &entry["who"]), ("staff", "registrar", &person));
	}
}
