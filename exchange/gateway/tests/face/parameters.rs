//! What the face for others offers, and what it refuses by name: parameters, versions, parts of resources, and asking too often.

use crate::common::{
	doctor, linked,
	node::{Grant, ALWAYS},
	result, world, Got, Person, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::account::Account;
use salus_gateway::quotas::Party;
use serde_json::{json, Value};

/// What would tell more than is decided, or is not done: of FHIR's search, of its results, and of this gateway's neighbours.
const NOT_OFFERED: [&str; 33] = [
	"_include=Observation:subject",
	"_include=*",
	"_include:iterate=Observation:subject",
	"_revinclude=Provenance:target",
	"_has:Observation:patient:code=718-7",
	"_total=accurate",
	"_total=none",
	"_summary=count",
	"_summary=true",
	"_elements=id",
	"_sort=date",
	"_sort=-_lastUpdated",
	"_contained=both",
	"_containedType=container",
	"_count=0",
	"_count=101",
	"_score=1",
	"_format=json",
	"_format=xml",
	"_pretty=true",
	"_filter=code%20eq%20718-7",
	"_query=everything",
	"_list=1",
	"_text=secret",
	"_content=secret",
	"_security=HIV",
	"_tag=x",
	"_profile=x",
	"subject:Patient.name=Doe",
	"subject.name=Doe",
	"patient:missing=true",
	"code:in=http%3A%2F%2Fx",
	"identifier=7",
];

async fn with(node: &crate::common::node::Node, resources: &[Value], more: &str) -> Running {
	let running = linked(node, more).await;
	for resource in resources {
		assert_eq!(running.faces.ingest(resource).await["state"], "held");
	}
	running
}

/// Laboratory results alone.
fn only_results() -> Vec<Grant> {
	vec![Grant {
		patient: PATIENT,
		organisation: CLINIC,
		classes: vec![3],
		data: ALWAYS,
		ended: None,
	}]
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_that_are_not_offered_are_refused_by_name_and_found_nothing() {
	let node = world().await;
	let running = with(&node, &[result("r0")], "").await;
	for parameter in NOT_OFFERED {
		let got = running
			.search(&doctor(), "Observation", &format!("patient={PATIENT}&{parameter}"))
			.await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"), "{parameter}");
		// Of a resource that is asked for by its name too.
		let path = format!("/fhir/Observation/r0?{parameter}");
		let got = running
			.faces
			.ask(&doctor(), CUSTODIAN, &path, "Observation/r0", running.genesis())
			.await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"), "{parameter}");
	}
	let got = running.search(&doctor(), "Observation", "code=718-7").await;
	assert_eq!((got.status, got.code().as_str()), (400, "search"), "of everybody");
	// What was refused is not answered, and so not logged as a disclosure.
	assert!(running.faces.log().await.iter().all(|entry| entry["outcome"] != "released"));
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_current_version_leaves_and_others_are_as_if_they_were_not_there() {
	let node = world().await;
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	let mut hidden = result("hidden");
	hidden["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
	let running = with(&node, &[result("r0"), amended, hidden], "").await;
	let etag = |got: &Got| {
		got.headers.iter().find(|(name, _)| name == "etag").map(|(_, value)| value.clone())
	};
	let got = running.read(&doctor(), "Observation/r0").await;
	assert_eq!(etag(&got).as_deref(), Some("W/\"2\""));
	let second = running.read(&doctor(), "Observation/r0/_history/2").await;
	assert_eq!((second.status, &second.body), (200, &got.body));
	assert_eq!(etag(&second).as_deref(), Some("W/\"2\""));
	let unknown = running.read(&doctor(), "Observation/unknown/_history/1").await;
	assert_eq!((unknown.status, unknown.code().as_str()), (404, "not-found"));
	for version in ["1", "3", "02", "0", "-1", "x", "18446744073709551616"] {
		assert_eq!(
			running.read(&doctor(), &format!("Observation/r0/_history/{version}")).await,
			unknown,
			"{version}"
		);
	}
	assert_eq!(running.read(&doctor(), "Observation/hidden/_history/1").await, unknown);
	// A request for one is none for the other.
	let path = "/fhir/Observation/r0/_history/2";
	let got =
		running.faces.ask(&doctor(), CUSTODIAN, path, "Observation/r0", running.genesis()).await;
	assert_eq!((got.status, got.code().as_str()), (401, "other-target"));
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_and_narratives_leave_in_no_way_what_may_not_leave() {
	let node = world().await;
	let mut person = result("person");
	person["text"] = json!({ "status": "generated", "div": "<div>of Mrs. Secretname</div>" });
	person["contained"] =
		json!([{ "resourceType": "Patient", "id": "p", "name": [{ "family": "Secretname" }] }]);
	let mut labelled = result("labelled");
	labelled["contained"] = json!([{
		"resourceType": "Condition", "id": "in", "code": { "text": "Secretname" },
		"meta": { "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] },
	}]);
	let mut inner = result("inner");
	inner["contained"] = json!([{
		"resourceType": "Observation", "id": "in", "status": "final", "code": { "text": "Secretname" },
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "social-history" }] }],
	}]);
	inner["hasMember"] = json!([{ "reference": "#in" }]);
	let mut told = result("told");
	told["text"] = json!({ "status": "generated", "div": "<div>a result and nothing else</div>" });
	let running = with(&node, &[person, labelled, told], "").await;
	// Whatever its class is found to be, it is held or in quarantine.
	running.faces.ingest(&inner).await;
	node.change(|world| world.grants = only_results());

	let whole = running.read(&doctor(), "Observation/told").await;
	assert!(
		whole.status == 200 && String::from_utf8(whole.body).unwrap().contains("nothing else"),
		"a narrative of what leaves whole"
	);
	let person = running.read(&doctor(), "Observation/person").await;
	let text = String::from_utf8(person.body).unwrap();
	assert!(
		person.status == 200 && text.contains("SUBSETTED") && !text.contains("\"div\""),
		"{text}"
	);
	// The same over every way on which it could leave.
	let query = format!("patient={PATIENT}");
	let page = running.search(&doctor(), "Observation", &query).await;
	assert_eq!(page.status, 200);
	let mut request = doctor().request(CUSTODIAN, &salus_gateway::export::target(&query));
	request.action = salus_exchange_protocol::codes::Action::Export;
	let header = salus_gateway::fetch::signed_header(&request, &running.genesis(), &doctor().key);
	let download = running.faces.get(&format!("/fhir/$export?{query}"), &header).await.unwrap();
	assert_eq!(download.status, 200);
	let mut texts = vec![
		text,
		String::from_utf8(page.body).unwrap(),
		String::from_utf8(download.body).unwrap(),
	];
	for id in ["labelled", "inner", "person/_history/1"] {
		texts.push(
			String::from_utf8(running.read(&doctor(), &format!("Observation/{id}")).await.body)
				.unwrap(),
		);
	}
	for text in texts {
		assert!(!text.contains("Secretname"), "{text}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_large_resources_ends_early_and_none_is_lost() {
	let node = world().await;
	let large: Vec<Value> = (0..5)
		.map(|at| {
			let mut large = result(&format!("r{at}"));
			large["note"] = json!([{ "text": "x".repeat(7 << 20) }]);
			large
		})
		.collect();
	let running = with(&node, &large, "").await;
	let mut query = format!("patient={PATIENT}");
	let (mut ids, mut pages, mut late) = (Vec::new(), 0, 0);
	loop {
		let got = running.search(&doctor(), "Observation", &query).await;
		// On a machine that is very busy the blocks may not be of the present any more when a page is ready.
		if got.status == 503 && late < 20 {
			late += 1;
			continue;
		}
		assert_eq!(got.status, 200, "{}", got.code());
		assert!(got.body.len() < 32 << 20, "{}", got.body.len());
		let page = got.json();
		let entries = page["entry"].as_array().unwrap();
		ids.extend(
			entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()),
		);
		pages += 1;
		let links = page["link"].as_array().unwrap();
		let Some(next) = links.iter().find(|link| link["relation"] == "next") else { break };
		query = next["url"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
	}
	assert_eq!((ids, pages), ((0..5).map(|at| format!("r{at}")).collect(), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_has_one_quota_whoever_asks_for_it_and_others_have_theirs() {
	let node = world().await;
	let colleague = Person::new(77, Some(CLINIC));
	let patient = Person::new(78, None);
	node.change(|world| {
		world.members.insert((CLINIC, colleague.account()));
		world.keys.insert((PATIENT, patient.account()));
	});
	let running = with(&node, &[result("r0")], "[limits]\nrate = 1\n").await;
	let retry_after = |got: &Got| {
		let header = got.headers.iter().find(|(name, _)| name == "retry-after");
		header.map(|(_, value)| value.parse::<u64>().unwrap())
	};
	// By turns, until each was told.
	let query = format!("patient={PATIENT}");
	let (mut answered, mut told) = (0, [false; 3]);
	for at in 0..1_000 {
		let got = match at % 3 {
			0 => running.read(&doctor(), "Observation/r0").await,
			1 => running.read(&colleague, "Observation/r0").await,
			_ => running.search(&doctor(), "Observation", &query).await,
		};
		if got.status == 200 {
			answered += 1;
			continue;
		}
		assert_eq!((got.status, got.code().as_str()), (429, "too-often"));
		assert_eq!(retry_after(&got), Some(1));
		told[at % 3] = true;
		if told == [true; 3] {
			break;
		}
	}
	assert!(answered >= 10 && told == [true; 3], "{answered} {told:?}");
	// What was refused so was not answered: it is not used up, and no line of the log.
	assert_eq!(running.faces.log().await.len(), answered);
	assert_eq!(
		running.read(&patient, "Observation/r0").await.status,
		200,
		"the patient has a quota of her own"
	);
	let counted = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
	let limited = counted
		.lines()
		.find_map(|line| line.strip_prefix("salus_gateway_answers_total{outcome=\"limited\"} "));
	assert!(limited.unwrap().parse::<u32>().unwrap() >= 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_with_however_many_keys_do_not_keep_out_who_is_known() {
	let node = world().await;
	let running = with(&node, &[result("r0")], "[limits]\nrate = 1\n").await;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	let mut statuses = std::collections::BTreeMap::<(u16, String), u32>::new();
	for byte in 50..250 {
		// Some say that they are of the clinic: that takes nothing of its quota.
		let stranger = Person::new(byte, (byte % 2 == 0).then_some(CLINIC));
		let got = running.read(&stranger, "Observation/r0").await;
		*statuses.entry((got.status, got.code())).or_default() += 1;
	}
	assert!(
		statuses.get(&(429, "too-often".into())).is_some_and(|count| *count > 10),
		"{statuses:?}"
	);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200, "{statuses:?}");
}

/// Whoever is known and asks too often costs the node nothing: that is known before it is asked.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_does_not_reach_the_node() {
	let node = world().await;
	let patient = Person::new(78, None);
	node.change(|world| {
		world.keys.insert((PATIENT, patient.account()));
	});
	let running = with(&node, &[result("r0")], "[limits]\nrate = 1\n").await;
	let key = Account(patient.account());
	for (who, party) in [(doctor(), Party::Organisation(CLINIC)), (patient, Party::Key(key))] {
		assert_eq!(running.read(&who, "Observation/r0").await.status, 200);
		// A request that reaches the node is answered otherwise now.
		node.silent(true);
		let mut told = Vec::new();
		// Between the last one and this request a second may pass, on a machine that is slow.
		while told.last() != Some(&429) && told.len() < 50 {
			while running.gateway.quotas.take(party).is_ok() {}
			told.push(running.read(&who, "Observation/r0").await.status);
		}
		assert_eq!(told.last(), Some(&429), "{told:?}");
		node.silent(false);
	}
}

/// However many ask whether the gateway is ready, the node is asked as often as if nobody did.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_whether_it_is_ready_does_not_reach_the_node() {
	const MANY: u64 = 2_000;
	let node = world().await;
	let running = with(&node, &[result("r0")], "").await;
	running.ready(200, "").await;
	let before = node.calls();
	let asked = (0..20).map(|_| {
		let faces = running.faces.clone();
		tokio::spawn(async move {
			for _ in 0..MANY / 20 {
				assert_eq!(faces.anybody("/readyz").await.status, 200);
			}
		})
	});
	for each in asked.collect::<Vec<_>>() {
		each.await.unwrap();
	}
	let calls = node.calls() - before;
	assert!(calls < MANY / 2, "{calls} calls for {MANY} requests");
}

/// Many who ask at once share the looks at the chain.
#[tokio::test(flavor = "multi_thread")]
async fn many_who_ask_at_once_share_one_look_at_the_chain() {
	const MANY: u64 = 500;
	let node = world().await;
	let running = with(&node, &[result("r0")], "").await;
	node.stands(true);
	let before = node.calls();
	let asked = (0..MANY).map(|_| {
		let gateway = running.gateway.clone();
		tokio::spawn(async move { gateway.node.present().await.unwrap().best.number })
	});
	let mut numbers = std::collections::BTreeSet::new();
	for each in asked.collect::<Vec<_>>() {
		numbers.insert(each.await.unwrap());
	}
	assert_eq!(numbers.len(), 1);
	let calls = node.calls() - before;
	assert!(calls < 2 * MANY, "{calls} calls: one look has four");
	// What is asked afterwards is of afterwards.
	node.block();
	let after = running.gateway.node.present().await.unwrap().best.number;
	assert_eq!(numbers.first(), Some(&(after - 1)));
}
