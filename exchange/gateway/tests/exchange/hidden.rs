//! However many hidden records a search meets, it finds the same, and asks the node as often. How long it may take: decision 0074.

use crate::common::{
	doctor, linked,
	node::{Grant, ALWAYS},
	result, world, CLINIC, OTHER, PATIENT,
};
use serde_json::{json, Value};

/// More than a search looks at in one go, and than a page has.
const HIDDEN: usize = 1_100;

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_meets_many_hidden_records_answers_as_one_that_meets_none() {
	let node = world().await;
	// Of the other patient nothing is hidden.
	node.change(|world| {
		world.patients.insert(OTHER);
		world.grants.push(Grant {
			patient: OTHER,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	let hospital = linked(&node, "").await;
	hospital.link(OTHER, "q").await;
	let hidden = (0..HIDDEN).map(|number| {
		let mut resource = result(&format!("hidden-{number}"));
		resource["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
		json!({ "resource": resource })
	});
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": hidden.collect::<Vec<_>>() });
	let got = hospital.faces.post("/ingest", "application/fhir+json", bundle.to_string()).await;
	let got = got.unwrap().json();
	let all = got["results"].as_array().unwrap();
	assert!(all.len() == HIDDEN && all.iter().all(|it| it["state"] == "held"), "{}", all[0]);
	let mut others = result("seen-q");
	others["subject"] = json!({ "reference": "Patient/q" });
	for seen in [result("seen-p"), others] {
		assert_eq!(hospital.faces.ingest(&seen).await["state"], "held");
	}
	for more in ["", "&_count=1", "&_count=100"] {
		let mut told = Vec::new();
		for (patient, id) in [(PATIENT, "seen-p"), (OTHER, "seen-q")] {
			// Others ask the node too, now and then.
			let mut least = u64::MAX;
			let mut links = Value::Null;
			for _ in 0..3 {
				let before = node.proofs();
				let query = format!("patient={patient}{more}");
				let page = hospital.search(&doctor(), "Observation", &query).await.json();
				least = least.min(node.proofs() - before);
				let entries = page["entry"].as_array().unwrap();
				assert_eq!((entries.len(), &entries[0]["resource"]["id"]), (1, &json!(id)));
				links = json!(page["link"].as_array().unwrap().len());
			}
			told.push((least, links));
		}
		assert_eq!(told[0], told[1], "{more}: as many proofs, and no next page");
		assert_eq!(told[0].1, json!(1));
	}
}
