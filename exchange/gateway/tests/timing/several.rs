//! Answers that are made of several records: pages of a search, downloads and summaries. Of one patient the house has many records, all of them hidden,
//! and of another it has none.

use crate::{
	common::{doctor, node::Node, result, Got, Person, Running, CUSTODIAN, PATIENT},
	gateway,
	measure::{is_long, times_tell_nothing, Asking},
	of, OTHERS,
};
use salus_exchange_protocol::{codes::Action, request::ReleaseRequest, Hash};
use salus_gateway::{export, fetch::signed_header, search, summary};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

/// How many records are hidden: more than a part of a download has, many times.
const HIDDEN: usize = 500;
/// Patients whom the chain knows as it knows the one with the records, and of whom the house has nothing.
const EMPTY: Hash = Hash([0x31; 32]);
const PLANTED: Hash = Hash([0x32; 32]);
const PATIENTS: [Hash; 3] = [EMPTY, PATIENT, PLANTED];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
	Page,
	Download,
	Summary,
}

/// Somebody who asks for one of these.
struct Scene {
	what: What,
	who: Person,
	name: &'static str,
}

impl Scene {
	/// The path, and what is signed.
	fn target(&self, patient: Hash) -> (String, String) {
		let query = format!("patient={patient}");
		match self.what {
			What::Page => {
				(format!("/fhir/Observation?{query}"), search::target("Observation", &query))
			},
			What::Download => (format!("/fhir/$export?{query}"), export::target(&query)),
			What::Summary => (format!("/fhir/Patient/$summary?{query}"), summary::target(&query)),
		}
	}
}

impl Asking for Scene {
	fn name(&self) -> String {
		format!("{:?} {}", self.what, self.name)
	}

	fn kinds(&self) -> &'static [&'static str] {
		&["none", "hidden", "planted"]
	}

	fn planted(&self) -> String {
		PLANTED.to_string()
	}

	async fn prepare(&self, _: &Running, _: usize) {}

	fn asks(&self, running: &Running, kind: usize, _: usize) -> (String, String) {
		let (path, target) = self.target(PATIENTS[kind]);
		let action = if self.what == What::Download { Action::Export } else { Action::Read };
		let request = ReleaseRequest { action, ..self.who.request(CUSTODIAN, &target) };
		(path, signed_header(&request, &running.genesis(), &self.who.key))
	}

	/// All but the patient's handle, and what a summary draws for itself: these are as long.
	fn told(&self, mut got: Got) -> Got {
		assert_eq!(got.status, 200, "{got:?}");
		got.body.fill(0);
		got
	}
}

/// A gateway with the patients; those who ask for each of the three, and see nothing.
async fn scenes() -> (Node, Running, Vec<Scene>) {
	let (node, running) = gateway().await;
	node.change(|world| {
		let grants: Vec<_> =
			world.grants.iter().filter(|it| it.patient == PATIENT).cloned().collect();
		for patient in [EMPTY, PLANTED] {
			world.patients.insert(patient);
			world.grants.extend(grants.iter().cloned().map(|mut grant| {
				grant.patient = patient;
				grant
			}));
			if let Some(said) = world.advance.get(&PATIENT).copied() {
				world.advance.insert(patient, said);
			}
		}
	});
	for (patient, local) in [(EMPTY, "q"), (PLANTED, "r")] {
		assert_eq!(running.link(patient, local).await.status, 200);
	}
	let entries = (0..HIDDEN).map(|number| {
		let mut resource = result(&format!("hidden-{number}"));
		resource["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
		json!({ "resource": resource })
	});
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries.collect::<Vec<_>>() });
	let got =
		running.faces.post("/ingest", "application/fhir+json", bundle.to_string()).await.unwrap();
	assert!(
		got.json()["results"].as_array().unwrap().iter().all(|it: &Value| it["state"] == "held"),
		"{got:?}"
	);
	let mut scenes = Vec::new();
	for what in [What::Page, What::Download, What::Summary] {
		scenes.push(Scene { what, who: of(OTHERS), name: "without standing" });
		scenes.push(Scene { what, who: doctor(), name: "with a permit for other data" });
	}
	(node, running, scenes)
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_page_nor_a_download_nor_a_summary_tells_whether_there_are_hidden_records() {
	/// As the decision 0074 says.
	const STEP: Duration = Duration::from_millis(25);
	let (node, running, scenes) = scenes().await;
	for scene in &scenes {
		let mut counted = Vec::new();
		let mut told: Option<Got> = None;
		for kind in 0..2 {
			let mut least = u64::MAX;
			for _ in 0..3 {
				let before = node.proofs();
				let (path, header) = scene.asks(&running, kind, 0);
				let begin = Instant::now();
				let got = scene.told(running.faces.get(&path, &header).await.unwrap());
				assert!(begin.elapsed() >= STEP, "{} {:?}", scene.name(), begin.elapsed());
				assert_eq!(told.get_or_insert_with(|| got.clone()), &got, "{}", scene.name());
				least = least.min(node.proofs() - before);
			}
			counted.push(least);
		}
		assert!(counted[0] > 0 && counted[0] == counted[1], "{} {counted:?}", scene.name());
	}
}

/// Where the patient lets nothing, no record is looked at. Where the patient lets other data, the time that it takes to look at hidden ones is
/// in the answer's, and 25 ms hide it as long as they are few.
#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_of_hidden_records_among_several() {
	if !is_long() {
		return;
	}
	let (_node, running, scenes) = scenes().await;
	for scene in scenes.iter().filter(|scene| scene.who.organisation == Some(OTHERS)) {
		times_tell_nothing(&running, scene).await;
	}
}
