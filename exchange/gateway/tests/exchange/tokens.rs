//! Tokens: who gets one, who does not, and why; what is read with one; and that it ends with what it rests on.

use crate::{
	common::{
		configured, doctor,
		download::{breaks_off, put_results},
		linked,
		node::Node,
		oauth::{
			challenge_form, error, get, hand_in, has_profile, issued, jti, post, profile, read,
			Bound, System, SCOPE, URL,
		},
		result, start, world, Got, Person, Running, CLINIC, CUSTODIAN, PATIENT,
	},
	program::Program,
};
use salus_exchange_protocol::{codes::Action, Hash};
use salus_gateway::{chain::now, quotas::Party};
use serde_json::{json, Value};

const PATH: &str = "/fhir/Observation/r0";

/// A gateway with a record, and a system of the clinic whose profile it was shown.
async fn with_system(more: &str) -> (Node, Running, System) {
	let node = world().await;
	let system = System::new(1);
	has_profile(&node, &profile(&[&system], 1));
	let running = linked(&node, more).await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	let believed = hand_in(&running.faces, &profile(&[&system], 1)).await;
	assert_eq!(believed, json!({ "organisation": CLINIC, "keys": 1, "believed": true }));
	(node, running, system)
}

/// A moment after all that were before it: the chain counts in seconds.
async fn later() -> u64 {
	let before = now();
	while now() <= before {
		tokio::time::sleep(std::time::Duration::from_millis(20)).await;
	}
	now()
}

fn refused(status: u16, error: &str, code: &str) -> (u16, String, String) {
	(status, error.into(), code.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_of_an_organisation_reads_what_its_organisation_is_permitted() {
	let (node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let got = system.ask(faces, SCOPE).await;
	assert_eq!(
		(got.json()["expires_in"].as_u64(), &got.json()["scope"]),
		(Some(300), &json!(SCOPE))
	);
	let cache = got.headers.iter().find(|(name, _)| name == "cache-control").unwrap();
	assert_eq!(cache.1, "no-store");
	let token = issued(&got);
	let got = read(faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.body), (200, result("r0").to_string().into_bytes()));
	let query = format!("/fhir/Observation?patient={PATIENT}");
	let page = read(faces, &query, &token, &system.bound).await;
	assert_eq!((page.status, page.json()["entry"].as_array().unwrap().len()), (200, 1));

	let log = faces.log().await;
	assert_eq!(log.len(), 2);
	for entry in &log {
		assert_eq!(
			(&entry["requesterOrganisation"], &entry["requesterKind"], &entry["purpose"]),
			(&json!(CLINIC), &json!("machine"), &json!("Treat"))
		);
		assert_eq!(entry["requester"], json!(system.jwk().thumbprint().to_string()));
		let decision = entry["decision"].as_str().unwrap();
		assert!(decision.starts_with("Permit by directive 1; best block "), "{decision}");
		assert!(decision.ends_with("; asked with a token"), "{decision}");
	}

	// The token permits nothing.
	node.change_best(|world| world.grants.clear());
	let got = read(faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (404, "not-found"));
	assert_eq!(faces.log().await[2]["outcome"], "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_section_there_are_no_tokens() {
	let node = world().await;
	let running = start(&node, CUSTODIAN, "").await;
	let system = System::new(1);
	assert_eq!(system.ask(&running.faces, SCOPE).await.status, 404);
	for path in ["/challenge", "/revoke"] {
		assert_eq!(post(&running.faces, path, &[], &[]).await.status, 404, "{path}");
	}
	let got = running.faces.anybody("/fhir/.well-known/smart-configuration").await;
	assert_eq!(got.status, 404);
	let got = read(&running.faces, PATH, "token", &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "malformed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_offered_is_said() {
	let (_node, running, _system) = with_system("[auth]\n").await;
	for path in ["/.well-known/smart-configuration", "/fhir/.well-known/smart-configuration"] {
		let told = running.faces.anybody(path).await.json();
		assert_eq!(told["token_endpoint"], format!("{URL}/token"));
		assert_eq!(told["token_endpoint_auth_signing_alg_values_supported"], json!(["ES384"]));
		assert_eq!(told["dpop_signing_alg_values_supported"], json!(["ES256", "ES384"]));
	}
	let statement = running.faces.anybody("/fhir/metadata").await.json();
	let service = &statement["rest"][0]["security"]["service"][0]["coding"][0]["code"];
	assert_eq!(service, "SMART-on-FHIR");
	// Whoever shows nothing is told both ways.
	let got = running.faces.anybody(PATH).await;
	let ways: Vec<&str> = got
		.headers
		.iter()
		.filter(|(name, _)| name == "www-authenticate")
		.map(|(_, value)| value.as_str())
		.collect();
	assert_eq!(ways, ["Salus-Signed", "DPoP algs=\"ES256 ES384\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_assertion_that_is_not_as_it_must_be_is_refused_by_its_own_code() {
	let (node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let ask = |header: Value, claims: Value| {
		let form = system.form(&system.assertion(&header, &claims), SCOPE);
		let proof = system.bound.proof("POST", "/token", None, &json!({}));
		async move { error(&post(faces, "/token", &form, &[&proof]).await) }
	};
	let client = |code: &str| refused(401, "invalid_client", code);
	for (header, claims, code) in [
		(json!({ "alg": "none" }), json!({}), "malformed"),
		(json!({ "alg": "ES256" }), json!({}), "malformed"),
		(json!({ "kid": null }), json!({}), "key"),
		(json!({ "kid": "another" }), json!({}), "key"),
		(json!({}), json!({ "aud": "https://other.example/token" }), "audience"),
		(json!({}), json!({ "aud": format!("{URL}/fhir") }), "audience"),
		(json!({}), json!({ "exp": now() - 1 }), "expired"),
		(json!({}), json!({ "exp": now() + 400 }), "too-long"),
		(json!({}), json!({ "iat": now() + 60 }), "future"),
		(json!({}), json!({ "nbf": now() + 60 }), "future"),
		(json!({}), json!({ "jti": null }), "malformed"),
		(json!({}), json!({ "iss": "5" }), "malformed"),
		(json!({}), json!({ "iss": "5", "sub": "5" }), "key"),
		(json!({}), json!({ "iss": "clinic", "sub": "clinic" }), "malformed"),
	] {
		assert_eq!(ask(header.clone(), claims.clone()).await, client(code), "{header} {claims}");
	}
	// Somebody else's key, under the name of this one.
	let stranger = System { kid: system.kid.clone(), ..System::new(2) };
	assert_eq!(error(&stranger.ask(faces, SCOPE).await), client("key"));
	// The same assertion again, with a proof of its own.
	let assertion = system.assertion(&json!({}), &json!({}));
	let again = |assertion: String| {
		let form = system.form(&assertion, SCOPE);
		let proof = system.bound.proof("POST", "/token", None, &json!({}));
		async move { post(faces, "/token", &form, &[&proof]).await }
	};
	issued(&again(assertion.clone()).await);
	assert_eq!(error(&again(assertion).await), client("replayed"));
	// Without a licence, in the best block alone.
	node.change_best(|world| {
		world.licences.insert(CLINIC, vec![(0, Some(now() - 1))]);
	});
	let got = system.ask(faces, SCOPE).await;
	assert_eq!(error(&got), client("standing"));
	assert!(got
		.headers
		.iter()
		.any(|(name, value)| name == "www-authenticate" && value.starts_with("DPoP ")));
	assert_eq!(faces.log().await, Vec::<Value>::new(), "strangers get no line each");
	running.gateway.summarise().await.unwrap();
	let failures = faces.log().await[0]["failures"].clone();
	assert_eq!(
		failures,
		json!({ "expired": 1, "malformed": 5, "organisation": 1, "otherCustodian": 2, "replayed": 1, "signature": 4, "tooLong": 3 })
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_otherwise_than_it_must_be_is_refused_by_its_own_code() {
	let (node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let good = || system.form(&system.assertion(&json!({}), &json!({})), SCOPE);
	let changed = |name: &'static str, value: Option<&str>| {
		let mut form = good();
		form.retain(|(there, _)| *there != name);
		form.extend(value.map(|value| (name, value.to_owned())));
		form
	};
	let proof = |more: Value| system.bound.proof("POST", "/token", None, &more);
	let ask = |form: Vec<(&'static str, String)>, proofs: Vec<String>| async move {
		let proofs: Vec<&str> = proofs.iter().map(String::as_str).collect();
		error(&post(faces, "/token", &form, &proofs).await)
	};
	let usual = || vec![proof(json!({}))];
	for (form, expected) in [
		(changed("grant_type", None), refused(400, "invalid_request", "malformed")),
		(
			changed("grant_type", Some("password")),
			refused(400, "unsupported_grant_type", "grant-type"),
		),
		(changed("client_assertion", None), refused(400, "invalid_request", "malformed")),
		(changed("client_assertion_type", Some("x")), refused(400, "invalid_request", "malformed")),
		(changed("client_id", Some("5")), refused(400, "invalid_request", "malformed")),
		(changed("scope", None), refused(400, "invalid_request", "malformed")),
		(changed("scope", Some("system/*.rs")), refused(400, "invalid_scope", "scope")),
		(changed("scope", Some("patient/*.rs")), refused(400, "invalid_scope", "scope")),
		(
			changed("client_assertion", Some(&"x".repeat(9_000))),
			refused(401, "invalid_client", "malformed"),
		),
		([good(), good()].concat(), refused(400, "invalid_request", "malformed")),
	] {
		assert_eq!(ask(form, usual()).await, expected);
	}
	assert_eq!(ask(changed("client_id", Some("4")), usual()).await.0, 200);
	let no_proof = |code: &str| refused(400, "invalid_dpop_proof", code);
	let at_read = system.bound.proof("POST", "/fhir/Observation/r0", None, &json!({}));
	let with_get = system.bound.proof("GET", "/token", None, &json!({}));
	for (proofs, code) in [
		(vec![], "proof-missing"),
		([usual(), usual()].concat(), "proof-missing"),
		(vec!["a.b.c".into()], "proof-malformed"),
		(vec![proof(json!({ "jti": null }))], "proof-malformed"),
		(vec![with_get], "proof-method"),
		(vec![at_read], "proof-url"),
		(vec![proof(json!({ "iat": now() - 100 }))], "proof-old"),
		(vec![proof(json!({ "iat": now() + 60 }))], "proof-future"),
		(vec![proof(json!({ "ath": "x" }))], "proof-token"),
	] {
		assert_eq!(ask(good(), proofs).await, no_proof(code), "{code}");
	}
	let same = proof(json!({}));
	assert_eq!(ask(good(), vec![same.clone()]).await.0, 200);
	assert_eq!(ask(good(), vec![same]).await, no_proof("proof-replayed"));
	let request = faces.client().post(format!("{}/token", faces.outside));
	let plain = faces.send(request.header("content-type", "text/plain").body("x")).await.unwrap();
	assert_eq!(error(&plain), refused(400, "invalid_request", "malformed"));
	let request = faces.client().post(format!("{}/token", faces.outside)).body("x".repeat(20_000));
	assert_eq!(faces.send(request).await.unwrap().status, 413);
	node.behind(30);
	assert_eq!(ask(good(), usual()).await, refused(503, "temporarily_unavailable", "chain-stale"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_taken_with_a_proof_for_this_request_by_its_key_and_once() {
	let (_node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let token = system.token(faces).await;
	let proof = |more: Value| system.bound.proof("GET", PATH, Some(&token), &more);
	let ask = |proofs: Vec<String>| {
		let token = token.clone();
		async move {
			let proofs: Vec<&str> = proofs.iter().map(String::as_str).collect();
			let got = get(faces, PATH, &token, &proofs).await;
			let challenge = got.headers.iter().find(|(name, _)| name == "www-authenticate");
			let error = challenge.map(|(_, value)| value.split('"').nth(1).unwrap().to_owned());
			(got.status, if got.status == 200 { String::new() } else { got.code() }, error)
		}
	};
	let no = |code: &str| (401, code.to_owned(), Some("invalid_dpop_proof".to_owned()));
	let other_key = Bound::new(9).proof("GET", PATH, Some(&token), &json!({}));
	let other_path = system.bound.proof("GET", "/fhir/Observation/r1", Some(&token), &json!({}));
	let post = system.bound.proof("POST", PATH, Some(&token), &json!({}));
	for (proofs, code) in [
		(vec![], "proof-missing"),
		(vec![proof(json!({})), proof(json!({}))], "proof-missing"),
		(vec!["x".into()], "proof-malformed"),
		(vec![proof(json!({ "jti": "" }))], "proof-malformed"),
		(vec![post], "proof-method"),
		(vec![other_path], "proof-url"),
		(vec![proof(json!({ "htu": format!("https://other.example{PATH}") }))], "proof-url"),
		(vec![proof(json!({ "iat": now() - 100 }))], "proof-old"),
		(vec![proof(json!({ "iat": now() + 60 }))], "proof-future"),
		(vec![proof(json!({ "ath": null }))], "proof-token"),
		(vec![proof(json!({ "ath": "x" }))], "proof-token"),
		(vec![other_key], "proof-other-key"),
	] {
		assert_eq!(ask(proofs).await, no(code), "{code}");
	}
	let once = proof(json!({}));
	assert_eq!(ask(vec![once.clone()]).await.0, 200);
	assert_eq!(ask(vec![once]).await, no("proof-replayed"));
	// As a bearer's it is none.
	let bearer = faces.client().get(format!("{}{PATH}", faces.outside)).bearer_auth(&token);
	assert_eq!(faces.send(bearer).await.unwrap().status, 401);
	// A token that is none, and where none is taken.
	let unknown = jti();
	let got = read(faces, PATH, &unknown, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
	let got = read(faces, "/records/Observation/r0", &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "malformed"));
	assert_eq!(faces.log().await.len(), 1, "who is not authenticated gets no line");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_its_scope_alone() {
	let (_node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let with_scope = |scope: &str| {
		let scope = format!("{scope} urn:salus:purpose:Treat");
		let system = &system;
		async move { issued(&system.ask(faces, &scope).await) }
	};
	let search = format!("/fhir/Observation?patient={PATIENT}");
	let export = format!("/fhir/$export?patient={PATIENT}");
	for (scope, statuses) in [
		("system/Observation.r", [200, 403, 403]),
		("system/Observation.s", [403, 200, 403]),
		("system/Patient.rs", [403, 403, 403]),
		("system/*.rs", [200, 200, 403]),
		("system/*.rs urn:salus:action:Export", [200, 200, 200]),
	] {
		let token = with_scope(scope).await;
		for (path, status) in [PATH, &search, &export].into_iter().zip(statuses) {
			let got = read(faces, path, &token, &system.bound).await;
			assert_eq!(got.status, status, "{scope} {path}");
			if status == 403 {
				assert_eq!(got.code(), "scope");
				let challenge = got.headers.iter().find(|(name, _)| name == "www-authenticate");
				assert!(challenge.unwrap().1.starts_with("DPoP error=\"insufficient_scope\""));
			}
		}
	}
	let log = faces.log().await;
	assert!(log.iter().all(|entry| entry["outcome"] == "released"), "{log:?}");
	assert_eq!(
		log.iter().filter(|entry| entry["action"] == json!(Action::Export.name())).count(),
		3
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_with_the_licence_in_the_best_block_and_stays_ended() {
	let (node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let (used, unused) = (system.token(faces).await, system.token(faces).await);
	assert_eq!(read(faces, PATH, &used, &system.bound).await.status, 200);
	let suspended = now() - 1;
	node.change_best(|world| {
		world.licences.insert(CLINIC, vec![(0, Some(suspended))]);
	});
	let got = read(faces, PATH, &used, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	// Of the other one nobody noticed anything in the meantime; the licence is reinstated, or that block was left aside.
	for licence in [vec![(0, Some(suspended)), (suspended + 1, None)], vec![(0, None)]] {
		node.finality_goes_on();
		node.change(|world| {
			world.licences.insert(CLINIC, licence);
		});
		for token in [&used, &unused] {
			let got = read(faces, PATH, token, &system.bound).await;
			assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
		}
	}
	let new = system.token(faces).await;
	assert_eq!(read(faces, PATH, &new, &system.bound).await.status, 200);
	assert_eq!(faces.log().await.len(), 2, "what is refused so is nobody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_was_suspended_and_reinstated_unseen_ends_the_token_too() {
	let (node, running, system) = with_system("[auth]\n").await;
	let token = system.token(&running.faces).await;
	let at = later().await;
	// In one block: nobody can have looked in between.
	node.change(|world| {
		world.licences.insert(CLINIC, vec![(0, Some(at)), (at, None)]);
	});
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	assert_eq!(system.ask(&running.faces, SCOPE).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_end_by_themselves_while_nobody_uses_them() {
	let (node, running, system) = with_system("[auth]\n").await;
	let token = system.token(&running.faces).await;
	running.gateway.look_after_tokens().await.unwrap();
	assert_eq!(running.gateway.store.holders(now()).unwrap().len(), 1);
	// The profile changes, and changes back.
	let other = profile(&[&System::new(2)], 2);
	node.change_best(|world| {
		world.profiles.insert(CLINIC, other.commitment());
	});
	running.gateway.look_after_tokens().await.unwrap();
	assert_eq!(running.gateway.store.holders(now()).unwrap(), []);
	node.finality_goes_on();
	has_profile(&node, &profile(&[&system], 1));
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_believed_as_long_as_it_is_in_the_profile_that_the_chain_has() {
	let (node, running, old) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let new = System::new(2);
	let (both, last) = (profile(&[&old, &new], 2), profile(&[&new], 3));
	let not_yet = error(&new.ask(faces, SCOPE).await);
	assert_eq!(not_yet, refused(401, "invalid_client", "key"), "not shown to this gateway");
	let token = old.token(faces).await;
	// Handed in ahead of its time, it is kept, and not believed.
	assert_eq!(hand_in(faces, &both).await["believed"], false);
	assert_eq!(error(&new.ask(faces, SCOPE).await), refused(401, "invalid_client", "standing"));
	assert_eq!(read(faces, PATH, &token, &old.bound).await.status, 200);
	// In the best block alone: the old key is in both, the new one in one.
	node.change_best(|world| {
		world.profiles.insert(CLINIC, both.commitment());
	});
	assert_eq!(read(faces, PATH, &token, &old.bound).await.status, 200);
	assert_eq!(error(&new.ask(faces, SCOPE).await), refused(401, "invalid_client", "standing"));
	node.finality_goes_on();
	let by_new = new.token(faces).await;
	for (token, system) in [(&token, &old), (&by_new, &new)] {
		assert_eq!(read(faces, PATH, token, &system.bound).await.status, 200);
	}
	hand_in(faces, &last).await;
	has_profile(&node, &last);
	let got = read(faces, PATH, &token, &old.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	assert_eq!(error(&old.ask(faces, SCOPE).await), refused(401, "invalid_client", "standing"));
	assert_eq!(read(faces, PATH, &by_new, &new.bound).await.status, 200);
	// The house does not believe it any more, whatever the chain says.
	let path = format!("/profiles/{CLINIC}");
	assert_eq!((faces.delete(&path).await.status, faces.delete(&path).await.status), (200, 404));
	let got = read(faces, PATH, &by_new, &new.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_is_out_of_service_once_its_organisation_has_named_others() {
	let (node, running, lost) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let new = System::new(2);
	let token = lost.token(faces).await;
	let named = |keys: Hash| {
		node.change(|world| {
			world.client_keys.insert(CLINIC, (keys, now()));
		});
	};
	let listed = profile(&[&new], 2);
	hand_in(faces, &listed).await;
	assert_eq!(error(&new.ask(faces, SCOPE).await), refused(401, "invalid_client", "standing"));
	// The profile stays as it was when the organisation applied, with the lost key in it.
	named(listed.commitment());
	let got = read(faces, PATH, &token, &lost.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	assert_eq!(error(&lost.ask(faces, SCOPE).await), refused(401, "invalid_client", "standing"));
	let by_new = new.token(faces).await;
	assert_eq!(read(faces, PATH, &by_new, &new.bound).await.status, 200);
	// No key at all, until the organisation names one again.
	named(Hash([0; 32]));
	let got = read(faces, PATH, &by_new, &new.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	for system in [&lost, &new] {
		let got = error(&system.ask(faces, SCOPE).await);
		assert_eq!(got, refused(401, "invalid_client", "standing"));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_come_from_a_folder_too_and_a_bad_one_takes_nothing_away() {
	let node = world().await;
	let system = System::new(1);
	has_profile(&node, &profile(&[&system], 1));
	let folder = tempfile::tempdir().unwrap();
	let more = format!("[auth]\nprofiles = \"{}\"\n", folder.path().display());
	let running = start(&node, CUSTODIAN, &more).await;
	let none = refused(401, "invalid_client", "key");
	assert_eq!(error(&system.ask(&running.faces, SCOPE).await), none);
	let file = folder.path().join(format!("{CLINIC}.json"));
	for text in [
		"{",
		"{\"organisation\":5,\"name\":\"x\",\"salt\":\"0x00\"}",
		&profile(&[&system], 1).to_show(5),
	] {
		std::fs::write(&file, text).unwrap();
		assert_eq!(error(&system.ask(&running.faces, SCOPE).await), none, "{text}");
	}
	std::fs::write(&file, profile(&[&system], 1).to_show(CLINIC)).unwrap();
	system.token(&running.faces).await;
	std::fs::write(&file, "{").unwrap();
	hand_in(&running.faces, &profile(&[&system], 1)).await;
	system.token(&running.faces).await;
	for body in ["", "{}", "{\"organisation\":4,\"name\":\"x\",\"salt\":\"0x00\"}"] {
		let got = running.faces.post("/profiles", "application/json", body).await.unwrap();
		assert_eq!((got.status, got.code().as_str()), (400, "profile"), "{body}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_custodian_is_none_here() {
	let (node, running, system) = with_system("[auth]\n").await;
	let other = start(&node, CLINIC, "[auth]\n").await;
	hand_in(&other.faces, &profile(&[&system], 1)).await;
	let token = system.token(&other.faces).await;
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patients_key_signs_a_text_and_its_program_reads_what_is_the_patients() {
	let (node, running, _system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let (patient, bound) = (Person::new(50, None), Bound::new(5));
	let ask = |form: Vec<(&'static str, String)>, bound: &Bound| {
		let proof = bound.proof("POST", "/token", None, &json!({}));
		async move { post(faces, "/token", &form, &[&proof]).await }
	};
	let form = challenge_form(&running, &patient, &bound, "patient/*.rs").await;
	let grant = |code: &str| refused(400, "invalid_grant", code);
	assert_eq!(error(&ask(form, &bound).await), grant("standing"), "no patient's key");
	node.change(|world| {
		world.keys.insert((PATIENT, patient.account()));
		world.keys.insert((Hash([0x22; 32]), Person::new(51, None).account()));
	});
	let form = challenge_form(&running, &patient, &bound, "patient/*.rs").await;
	let changed = |name: &'static str, value: &str| {
		let mut form = form.clone();
		form.iter_mut().filter(|(there, _)| *there == name).for_each(|each| each.1 = value.into());
		form
	};
	let other = format!("0x{}", hex::encode(Person::new(51, None).account()));
	for (name, value, expected) in [
		("scope", "patient/*.r", grant("signature")),
		("account", other.as_str(), grant("signature")),
		("account", "nobody", refused(400, "invalid_request", "malformed")),
		("signature", "0x00", grant("signature")),
		("signature", "none", refused(400, "invalid_request", "malformed")),
		("nonce", "AAAA", grant("nonce")),
		("scope", "system/*.rs", refused(400, "invalid_scope", "scope")),
	] {
		assert_eq!(error(&ask(changed(name, value), &bound).await), expected, "{name} {value}");
	}
	assert_eq!(
		error(&ask(form.clone(), &Bound::new(6)).await),
		grant("signature"),
		"for another key"
	);
	let token = issued(&ask(form.clone(), &bound).await);
	assert_eq!(error(&ask(form, &bound).await), grant("replayed"));
	assert_eq!(read(faces, PATH, &token, &bound).await.status, 200);
	let log = faces.log().await;
	assert_eq!(
		(&log[0]["requesterKind"], &log[0]["purpose"], &log[0]["requesterOrganisation"]),
		(&json!("person"), &json!("Patrqt"), &Value::Null)
	);
	assert_eq!(log[0]["requester"], json!(format!("0x{}", hex::encode(patient.account()))));
	assert!(log[0]["decision"].as_str().unwrap().starts_with("Permit: the patient's own access; "));
	// Another patient's program finds nothing, and leaves no line.
	let stranger = Person::new(51, None);
	let form = challenge_form(&running, &stranger, &bound, "patient/*.rs").await;
	let theirs = issued(&ask(form, &bound).await);
	assert_eq!(read(faces, PATH, &theirs, &bound).await.status, 404);
	assert_eq!(faces.log().await.len(), 1);
	// The key is removed, in the best block.
	let at = now() - 1;
	node.change_best(|world| {
		world.removed.insert(patient.account(), at);
	});
	let got = read(faces, PATH, &token, &bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
	assert_eq!(read(faces, PATH, &theirs, &bound).await.status, 404, "another key goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_looked_up_by_the_house_and_ended_by_who_has_it() {
	let (node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	let look_up = |token: &str| {
		let body = format!("token={token}");
		async move {
			let got = faces.post("/introspect", "application/x-www-form-urlencoded", body).await;
			got.unwrap().json()
		}
	};
	let token = system.token(faces).await;
	let told = look_up(&token).await;
	let thumbprint = system.jwk().thumbprint().to_string();
	assert_eq!(
		(&told["active"], &told["client_id"], &told["sub"], &told["scope"], &told["token_type"]),
		(&json!(true), &json!("4"), &json!(thumbprint), &json!(SCOPE), &json!("DPoP"))
	);
	assert_eq!(
		told["cnf"]["jkt"],
		json!(salus_exchange_protocol::jws::thumbprint_text(&system.bound.thumbprint()))
	);
	assert_eq!(told["exp"].as_u64().unwrap() - told["iat"].as_u64().unwrap(), 300);
	let inactive = json!({ "active": false });
	assert_eq!(look_up("another").await, inactive);
	// Not without the token of the house.
	let request = faces.client().post(format!("{}/introspect", faces.inside));
	assert_eq!(faces.send(request.body(format!("token={token}"))).await.unwrap().status, 401);

	let revoke = |token: &str, more: Vec<(&'static str, String)>| {
		let form = [vec![("token", token.to_owned())], more].concat();
		async move { post(faces, "/revoke", &form, &[]).await }
	};
	let by = |who: &System| {
		let mut form = who.form(&who.assertion(&json!({}), &json!({})), "");
		form.retain(|(name, _)| name.starts_with("client"));
		form
	};
	assert_eq!(revoke("another", vec![]).await.status, 200, "there is none: it has ended");
	// What authenticates once is used up, whether or not there was something to end.
	let assertion = system.assertion(&json!({}), &json!({}));
	let mut beside = system.form(&assertion, "");
	beside.retain(|(name, _)| name.starts_with("client"));
	assert_eq!(revoke("another", beside).await.status, 200);
	let at_token = system.bound.proof("POST", "/token", None, &json!({}));
	let again = post(faces, "/token", &system.form(&assertion, SCOPE), &[&at_token]).await;
	assert_eq!(error(&again), refused(401, "invalid_client", "replayed"));
	assert_eq!(revoke(&token, vec![]).await.status, 400, "it is an organisation's");
	let other = System { organisation: 5, ..System::new(7) };
	assert_eq!(error(&revoke(&token, by(&other)).await), refused(401, "invalid_client", "key"));
	assert_eq!(look_up(&token).await["active"], true);
	assert_eq!(revoke(&token, by(&system)).await.status, 200);
	assert_eq!(look_up(&token).await, inactive);
	let got = read(faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
	// One that has ended on the chain is not active, before anybody uses it.
	let token = system.token(faces).await;
	node.change_best(|world| {
		world.organisations.remove(&CLINIC);
	});
	assert_eq!(look_up(&token).await, inactive);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_has_so_many_tokens_and_each_expires() {
	let (_node, running, system) = with_system("[auth]\nmax_tokens = 2\ntoken_life = 30\n").await;
	let faces = &running.faces;
	let token = system.token(faces).await;
	system.token(faces).await;
	let got = system.ask(faces, SCOPE).await;
	assert_eq!(error(&got), refused(429, "slow_down", "too-many"));
	let wait = got.headers.iter().find(|(name, _)| name == "retry-after").unwrap();
	assert!((1..=30).contains(&wait.1.parse::<u64>().unwrap()));
	let store = &running.gateway.store;
	let hash = Hash::of(token.as_bytes());
	assert!(store.token(&hash, now() + 28).unwrap().is_some());
	assert!(store.token(&hash, now() + 30).unwrap().is_none());
	assert_eq!(store.holders(now() + 30).unwrap(), []);
	system.token(faces).await;
}

fn retry_after(got: &Got) -> Option<u64> {
	let header = got.headers.iter().find(|(name, _)| name == "retry-after");
	header.map(|(_, value)| value.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_token_an_organisation_has_the_quota_that_it_has_without() {
	let (_node, running, system) = with_system("[auth]\n[limits]\nrate = 1\n").await;
	let faces = &running.faces;
	let token = system.token(faces).await;
	let (mut answered, mut proof) = (0, String::new());
	for _ in 0..1_000 {
		proof = system.bound.proof("GET", PATH, Some(&token), &json!({}));
		let got = get(faces, PATH, &token, &[&proof]).await;
		if got.status != 200 {
			assert_eq!((got.status, got.code().as_str()), (429, "too-often"));
			assert_eq!(retry_after(&got), Some(1));
			break;
		}
		answered += 1;
	}
	assert!((9..1_000).contains(&answered), "{answered}");
	assert_eq!(faces.log().await.len(), answered, "what was refused so is no line of the log");
	// One quota, whoever asks for it: a person who signs, and where tokens are asked for.
	let (mut signed, mut asked) = (false, false);
	for _ in 0..1_000 {
		let got = running.read(&doctor(), "Observation/r0").await;
		signed = signed || (got.status, got.code().as_str()) == (429, "too-often");
		let got = system.ask(faces, SCOPE).await;
		if got.status != 200 {
			assert_eq!(error(&got), refused(429, "slow_down", "too-often"));
			assert_eq!(retry_after(&got), Some(1));
			asked = true;
		}
		if signed && asked {
			break;
		}
	}
	assert!(signed && asked, "{signed} {asked}");
	// A proof that was refused so is not used up.
	let status = loop {
		let got = get(faces, PATH, &token, &[&proof]).await;
		if got.status != 429 {
			break got.status;
		}
	};
	assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_who_ask_for_tokens_share_one_quota_and_keep_out_nobody_who_is_known() {
	let (node, running, system) = with_system("[auth]\n[limits]\nrate = 1\n").await;
	let faces = &running.faces;
	let (patient, bound) = (Person::new(50, None), Bound::new(5));
	node.change(|world| {
		world.keys.insert((PATIENT, patient.account()));
	});
	let ask = |form: Vec<(&'static str, String)>| {
		let proof = bound.proof("POST", "/token", None, &json!({}));
		async move { post(faces, "/token", &form, &[&proof]).await }
	};
	let form = challenge_form(&running, &patient, &bound, "patient/*.rs").await;
	let token = issued(&ask(form).await);
	assert_eq!(read(faces, PATH, &token, &bound).await.status, 200);
	let mut answers = std::collections::BTreeMap::<(u16, String, String), u32>::new();
	for byte in 60..160 {
		let stranger = Person::new(byte, None);
		let form = challenge_form(&running, &stranger, &bound, "patient/*.rs").await;
		*answers.entry(error(&ask(form).await)).or_default() += 1;
	}
	assert!(answers.contains_key(&refused(400, "invalid_grant", "standing")), "{answers:?}");
	assert!(answers.contains_key(&refused(429, "slow_down", "too-often")), "{answers:?}");
	assert_eq!(answers.len(), 2, "{answers:?}");
	assert_eq!(read(faces, PATH, &token, &bound).await.status, 200, "the patient is known");
	assert_eq!(system.ask(faces, SCOPE).await.status, 200, "the organisation has its own");
	// Nor does a key that is known ask for as many as it likes.
	let mut told = false;
	for _ in 0..1_000 {
		let form = challenge_form(&running, &patient, &bound, "patient/*.rs").await;
		let got = ask(form).await;
		if got.status != 200 {
			assert_eq!(error(&got), refused(429, "slow_down", "too-often"));
			told = true;
			break;
		}
	}
	assert!(told);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_tokens_live_on_and_what_was_used_is_not_taken_again() {
	let (node, running, system) = with_system("[auth]\n").await;
	let assertion = system.assertion(&json!({}), &json!({}));
	let form = system.form(&assertion, SCOPE);
	let at_token = system.bound.proof("POST", "/token", None, &json!({}));
	let token = issued(&post(&running.faces, "/token", &form, &[&at_token]).await);
	let ended = system.token(&running.faces).await;
	let once = system.bound.proof("GET", PATH, Some(&token), &json!({}));
	assert_eq!(get(&running.faces, PATH, &token, &[&once]).await.status, 200);
	running.gateway.store.end_token(&Hash::of(ended.as_bytes())).unwrap();
	let running = running.again(|_| {}).await;
	let got = get(&running.faces, PATH, &token, &[&once]).await;
	assert_eq!((got.status, got.code().as_str()), (401, "proof-replayed"));
	assert_eq!(read(&running.faces, PATH, &token, &system.bound).await.status, 200);
	assert_eq!(read(&running.faces, PATH, &ended, &system.bound).await.status, 401);
	let got = post(&running.faces, "/token", &form, &[&at_token]).await;
	assert_eq!(error(&got), refused(400, "invalid_dpop_proof", "proof-replayed"));
	let other = system.bound.proof("POST", "/token", None, &json!({}));
	let got = post(&running.faces, "/token", &form, &[&other]).await;
	assert_eq!(error(&got), refused(401, "invalid_client", "replayed"));
	// What ended while it did not run has ended.
	let at = later().await;
	node.change(|world| {
		world.licences.insert(CLINIC, vec![(0, Some(at)), (at, None)]);
	});
	let running = running.again(|_| {}).await;
	assert_eq!(read(&running.faces, PATH, &token, &system.bound).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_that_are_not_of_the_present_end_no_token_and_answer_nothing() {
	let (node, running, system) = with_system("[auth]\n").await;
	let token = system.token(&running.faces).await;
	node.behind(30);
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"));
	node.behind(0);
	assert_eq!(read(&running.faces, PATH, &token, &system.bound).await.status, 200);
	// A node that shows an older state, in which there is a licence yet, is caught.
	node.decides_by_this_block(true);
	node.change(|world| {
		world.organisations.remove(&CLINIC);
	});
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"));
	node.decides_by_this_block(false);
	let got = read(&running.faces, PATH, &token, &system.bound).await;
	assert_eq!((got.status, got.code().as_str()), (401, "token-ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_breaks_off_when_its_token_is_ended() {
	let (_node, running, system) = with_system("[auth]\n").await;
	let faces = &running.faces;
	put_results(faces, "x", 100, 200_000).await;
	let scope = format!("{SCOPE} urn:salus:action:Export");
	let token = issued(&system.ask(faces, &scope).await);
	let path = "/fhir/$export";
	let proof = system.bound.proof("GET", path, Some(&token), &json!({}));
	let mut response = faces
		.client()
		.get(format!("{}{path}?patient={PATIENT}", faces.outside))
		.header("authorization", format!("DPoP {token}"))
		.header("dpop", proof)
		.send()
		.await
		.unwrap();
	assert_eq!(response.status(), 200);
	assert!(response.chunk().await.unwrap().is_some());
	running.gateway.store.end_token(&Hash::of(token.as_bytes())).unwrap();
	assert!(breaks_off(&mut response).await);
	// Others go on: the permit still stands.
	let again = system.token(faces).await;
	assert_eq!(read(faces, PATH, &again, &system.bound).await.status, 200);
	let log = faces.log().await;
	assert!(log.iter().any(|entry| entry["outcome"] == "refused"), "its end is logged");
	assert!(log.len() < 100, "{}", log.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_forgets_neither_tokens_nor_that_they_ended_nor_what_was_used() {
	let node = world().await;
	let system = System::new(1);
	has_profile(&node, &profile(&[&system], 1));
	let folder = configured(&node, CUSTODIAN, "[auth]\n");
	let mut program = Program::start(folder.path());
	let mut faces = program.faces.clone();
	let linked = json!({ "handle": PATIENT.to_string(), "patient": "p" }).to_string();
	assert_eq!(faces.post("/links", "application/json", linked).await.unwrap().status, 200);
	assert_eq!(faces.ingest(&result("r0")).await["state"], "held");
	hand_in(&faces, &profile(&[&system], 1)).await;
	let (lives, ended) = (system.token(&faces).await, system.token(&faces).await);
	for _ in 0..3 {
		let assertion = system.assertion(&json!({}), &json!({}));
		let form = system.form(&assertion, SCOPE);
		let at_token = system.bound.proof("POST", "/token", None, &json!({}));
		issued(&post(&faces, "/token", &form, &[&at_token]).await);
		let once = system.bound.proof("GET", PATH, Some(&lives), &json!({}));
		assert_eq!(get(&faces, PATH, &lives, &[&once]).await.status, 200);
		let mut revoke = system.form(&system.assertion(&json!({}), &json!({})), "");
		revoke.retain(|(name, _)| name.starts_with("client"));
		revoke.push(("token", ended.clone()));
		assert_eq!(post(&faces, "/revoke", &revoke, &[]).await.status, 200);
		program.kill();
		program = Program::start(folder.path());
		faces = program.faces.clone();
		let got = get(&faces, PATH, &lives, &[&once]).await;
		assert_eq!((got.status, got.code().as_str()), (401, "proof-replayed"));
		let got = post(&faces, "/token", &form, &[&at_token]).await;
		assert_eq!(error(&got), refused(400, "invalid_dpop_proof", "proof-replayed"));
		let got = read(&faces, PATH, &ended, &system.bound).await;
		assert_eq!((got.status, got.code().as_str()), (401, "token-unknown"));
		assert_eq!(read(&faces, PATH, &lives, &system.bound).await.status, 200);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_the_chain_does_not_believe_takes_nothing_of_the_organisations_quota() {
	let (_node, running, _) = with_system("[auth]\n[limits]\nrate = 1\n").await;
	let old = System::new(8);
	let shown = hand_in(&running.faces, &profile(&[&old], 2)).await;
	assert_eq!(shown["believed"], false);
	let mut answers = std::collections::BTreeMap::<(u16, String, String), u32>::new();
	for _ in 0..40 {
		*answers.entry(error(&old.ask(&running.faces, SCOPE).await)).or_default() += 1;
	}
	assert!(answers.contains_key(&refused(401, "invalid_client", "standing")), "{answers:?}");
	// On a machine that is slow none of them came too soon after another.
	let limited = refused(429, "slow_down", "too-often");
	answers.retain(|answer, _| *answer != limited);
	assert_eq!(answers.len(), 1, "{answers:?}");
	let quotas = &running.gateway.quotas;
	let left = (0..20).filter(|_| quotas.take(Party::Organisation(CLINIC)).is_ok()).count();
	assert!(left >= 10, "{left} of ten seconds' worth are left");
}
