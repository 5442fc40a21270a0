//! One record, asked for by its name.

use crate::{
	common::{doctor, result, Got, Person, Running, CUSTODIAN},
	gateway,
	measure::{is_long, times_tell_nothing, Asking},
	of, OTHERS, RESCUING, TREATING,
};
use salus_exchange_protocol::{codes::Purpose, request::ReleaseRequest};
use salus_gateway::fetch::signed_header;
use serde_json::json;
use std::time::{Duration, Instant};

const KINDS: [&str; 5] = ["unknown", "hidden", "quarantined", "erased", "planted"];
/// Where the kind with a delay stands among them.
const PLANTED: usize = 4;

/// Somebody who asks, and what is hidden from them.
struct Scene {
	name: &'static str,
	who: Person,
	/// What for.
	purpose: Purpose,
	/// The label of the record that is hidden.
	label: Option<&'static str>,
}

fn scenes() -> [Scene; 4] {
	[
		("without-standing", of(OTHERS), Purpose::Treat, None),
		("with-a-permit-for-other-data", doctor(), Purpose::Treat, Some("PSY")),
		("treating", of(TREATING), Purpose::Treat, Some("PSY")),
		("in-an-emergency", of(RESCUING), Purpose::Btg, Some("PSY")),
	]
	.map(|(name, who, purpose, label)| Scene { name, who, purpose, label })
}

impl Scene {
	/// What a record of that kind is called in one run.
	fn id(&self, kind: &str, number: usize) -> String {
		format!("{kind}-{}-{number}", self.name)
	}

	/// A signed request for a record.
	fn signed(&self, running: &Running, target: &str) -> String {
		let request =
			ReleaseRequest { purpose: self.purpose, ..self.who.request(CUSTODIAN, target) };
		signed_header(&request, &running.genesis(), &self.who.key)
	}
}

impl Asking for Scene {
	fn name(&self) -> String {
		self.name.into()
	}

	fn kinds(&self) -> &'static [&'static str] {
		&KINDS
	}

	fn planted(&self) -> String {
		"/fhir/Observation/planted".into()
	}

	/// Takes in a record of each kind that there is.
	async fn prepare(&self, running: &Running, number: usize) {
		let labelled = |kind: &str, system: &str, code: &str| {
			let mut resource = result(&self.id(kind, number));
			resource["meta"] = json!({ "security": [{ "system": system, "code": code }] });
			resource
		};
		let hidden = match self.label {
			Some(code) => {
				labelled("hidden", "http://terminology.hl7.org/CodeSystem/v3-ActCode", code)
			},
			None => result(&self.id("hidden", number)),
		};
		let unlabelled = labelled("quarantined", "urn:unknown", "X");
		let erased = self.id("erased", number);
		for (resource, state) in
			[(&hidden, "held"), (&unlabelled, "quarantined"), (&result(&erased), "held")]
		{
			assert_eq!(running.faces.ingest(resource).await["state"], state);
		}
		let erased = running.faces.delete(&format!("/records/Observation/{erased}")).await;
		assert_eq!(erased.status, 200);
	}

	fn asks(&self, running: &Running, kind: usize, run: usize) -> (String, String) {
		let target = format!("Observation/{}", self.id(KINDS[kind], run));
		(format!("/fhir/{target}"), self.signed(running, &target))
	}

	/// Status, headers but for the date, and body: to the byte.
	fn told(&self, got: Got) -> Got {
		assert_eq!(got.status, 404);
		got
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_proofs_are_asked_for_does_not_tell_what_is_behind_it() {
	let (node, running) = gateway().await;
	for scene in &scenes() {
		scene.prepare(&running, 0).await;
		let mut counted = Vec::new();
		for kind in 0..PLANTED {
			let mut least = u64::MAX;
			// Besides, the gateway keeps for an emergency what it has not kept yet: that is once.
			for _ in 0..3 {
				let before = node.proofs();
				let (path, header) = scene.asks(&running, kind, 0);
				let got = running.faces.get(&path, &header).await.unwrap();
				assert_eq!(got.status, 404, "{got:?}");
				least = least.min(node.proofs() - before);
			}
			counted.push(least);
		}
		assert!(
			counted[0] > 0 && counted.iter().all(|each| *each == counted[0]),
			"{} {counted:?}",
			scene.name
		);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gives_nothing_leaves_no_earlier_than_the_others() {
	/// As the decision 0074 says.
	const STEP: Duration = Duration::from_millis(25);
	let (_node, running) = gateway().await;
	let [scene, ..] = scenes();
	scene.prepare(&running, 0).await;
	for kind in &KINDS[..PLANTED] {
		let record = format!("Observation/{}", scene.id(kind, 0));
		for (path, target) in [
			(format!("/fhir/{record}"), record.clone()),
			(format!("/records/{record}"), record.clone()),
			(format!("/fhir/{record}/_history/1"), format!("{record}/_history/1")),
		] {
			let header = scene.signed(&running, &target);
			let begin = Instant::now();
			let got = running.faces.get(&path, &header).await.unwrap();
			assert_eq!(got.status, 404, "{path}");
			assert!(begin.elapsed() >= STEP, "{path} {:?}", begin.elapsed());
		}
	}
}

/// What is told apart from what by the time of an answer, to the one of that name.
async fn tell_nothing(name: &str) {
	if !is_long() {
		return;
	}
	let (_node, running) = gateway().await;
	let scenes = scenes();
	let scene = scenes.iter().find(|scene| scene.name == name).unwrap();
	times_tell_nothing(&running, scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_somebody_without_standing() {
	tell_nothing("without-standing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_whom_other_data_is_permitted() {
	tell_nothing("with-a-permit-for-other-data").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_who_treats_the_patient() {
	tell_nothing("treating").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_in_an_emergency() {
	tell_nothing("in-an-emergency").await;
}
