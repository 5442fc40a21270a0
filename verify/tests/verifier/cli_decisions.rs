//! `salus-verify decision`: exit codes, one sentence, JSON.

use crate::{
	folder::Folder,
	program::run,
	support::cases::{decisions::DecisionCase, Maker},
};
use serde_json::{json, Value};

/// The files of a case, and the arguments with which it is verified.
fn arguments(folder: &Folder, case: &DecisionCase, usual: &Value) -> Vec<String> {
	let file = |name: &str, value: &Value| folder.put(name, value.to_string());
	let mut arguments = vec!["decision".into(), "--expect-genesis".into(), case.expect.to_string()];
	let (begin, pins) = match case.relay {
		None => ("--genesis", vec![]),
		Some((para, relay)) => (
			"--relay-genesis",
			vec![
				"--para-id".into(),
				para.to_string(),
				"--expect-relay-genesis".into(),
				relay.to_string(),
			],
		),
	};
	arguments.extend(pins);
	arguments.extend([begin.into(), file("genesis.json", &usual["genesis"])]);
	arguments.extend(["--trail".into(), file("trail.json", &usual["trail"])]);
	arguments.extend(["--receipt".into(), file("decision.json", &case.receipt)]);
	arguments
}

#[test]
fn every_case_ends_with_its_code_and_one_sentence() {
	let maker = Maker::default();
	let usual = maker.usual();
	for case in maker.of_decisions() {
		let folder = Folder::new();
		let mut arguments = arguments(&folder, &case, &usual);
		let (exit, error) = case.verdict;
		let (code, out, err) = run(&arguments);
		assert_eq!((code, err.as_str()), (i32::from(exit), ""), "{}: {out}", case.name);
		assert_eq!(out.lines().count(), 1, "{}", case.name);
		assert!(out.trim_end().ends_with('.'), "{out}");
		let begin = match exit {
			0 | 3 => "Verified: at ",
			1 => "Not verified: ",
			_ => folder.0.to_str().unwrap(),
		};
		assert!(out.starts_with(begin), "{out}");
		arguments.push("--json".into());
		let (again, out, _) = run(&arguments);
		assert_eq!(again, code);
		let json: Value = serde_json::from_str(&out).unwrap();
		assert_eq!((&json["exit"], &json["error"]), (&json!(code), &json!(error)), "{}", case.name);
		assert_eq!(json["verified"], json!(code == 0 || code == 3), "{}", case.name);
	}
}

#[test]
fn the_json_is_stable() {
	let maker = Maker::default();
	let cases = maker.of_decisions();
	let case = cases.iter().find(|case| case.name == "past-relationship").unwrap();
	let folder = Folder::new();
	let mut arguments = arguments(&folder, case, &maker.usual());
	arguments.push("--json".into());
	let (code, out, _) = run(&arguments);
	let mut json: Value = serde_json::from_str(&out).unwrap();
	let message = json["message"].take();
	json["block"]["hash"].take();
	assert_eq!(code, 0);
	assert!(message
		.as_str()
		.unwrap()
		.starts_with("Verified: at 2026-02-28 10:00:00 UTC it was let "));
	let rule = "let on the lawful basis of care relationship 5 under the network's care policy";
	// As in the file, but for the moment, which stands beside it.
	let mut question = case.receipt["question"].clone();
	assert_eq!(question.as_object_mut().unwrap().remove("at"), Some(json!("1772272800")));
	assert!(question["dataTime"].is_null());
	let expected = json!({
		"verified": true, "exit": 0, "genesis": case.expect, "message": null,
		"block": { "hash": null, "number": 12, "time": 1_772_359_200 },
		"finality": { "setId": 1, "votes": 4, "authorities": 4, "checkpoint": null, "end": "proven" },
		"runtime": { "name": "salus", "version": 2_000 },
		"at": 1_772_272_800, "allowed": true, "rule": rule, "question": question,
		"verdict": { "kind": "LawfulBasis", "rule": "TreatmentRelationship", "number": 5 },
	});
	assert_eq!(json, expected);
}
