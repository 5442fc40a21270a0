//! The same classes, labels and faults as the TypeScript client, of the same resources.

use salus_exchange_policy::{
	classify, Beside, Classified, DataClass, House, LabelRuleRow, Labels, MissingResults,
	NotClassified, RuleMatch, SensitivityLabel, Tables,
};
use serde_json::{json, Value};
use std::io::Read;

fn file(path: &str) -> Vec<u8> {
	let path = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
	std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn texts(value: &Value, name: &str) -> Vec<String> {
	let items = value.get(name).and_then(Value::as_array);
	items.into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn label(name: &str) -> SensitivityLabel {
	SensitivityLabel::named(name).unwrap()
}

fn house(case: &Value) -> House {
	let rows = |name: &str| case.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
	let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
	let mut house = House::default();
	for row in rows("ownClasses") {
		house = house.with_class(
			&text(&row, "system"),
			&text(&row, "code"),
			DataClass::named(&text(&row, "dataClass")).unwrap(),
		);
	}
	for row in rows("ownLabels") {
		let labels: Labels = texts(&row, "labels").iter().map(|name| label(name)).collect();
		house = house.with_labels(&text(&row, "system"), &text(&row, "code"), labels);
	}
	for row in rows("ownRules") {
		let rule = LabelRuleRow {
			systems: texts(&row, "systems"),
			matched: match row["match"].as_str().unwrap() {
				"exact" => RuleMatch::Exact,
				_ => RuleMatch::Under,
			},
			codes: texts(&row, "codes"),
			labels: texts(&row, "labels").iter().map(|name| label(name)).collect(),
		};
		house = house.with_rule(&rule).unwrap();
	}
	house
}

fn names(labels: &Labels) -> Value {
	labels.iter().map(|label| label.name()).collect::<Vec<_>>().into()
}

/// What is made of a record, as the vectors write it.
fn made(found: &Result<Classified, NotClassified>) -> Value {
	match found {
		Ok(Classified { data_class, labels, missing, .. }) => {
			json!({ "dataClass": data_class.name(), "labels": names(labels), "missing": missing })
		},
		Err(error @ NotClassified::NotFhirJson(_)) => json!({ "fault": error.code() }),
		Err(NotClassified::Refused(refused)) => {
			json!({ "fault": refused.fault.code(), "path": refused.path, "labels": refused.labels.as_ref().map(names) })
		},
	}
}

#[test]
fn each_case_is_classified_or_refused_as_by_the_client() {
	let tables = Tables::standard().unwrap();
	let vectors: Value =
		serde_json::from_slice(&file("docs/vectors/exchange/classes.json")).unwrap();
	let cases = vectors["cases"].as_array().unwrap();
	assert!(cases.len() >= 470);
	let mut wrong = Vec::new();
	for case in cases {
		let given: Vec<String> =
			texts(case, "documents").into_iter().chain(texts(case, "results")).collect();
		let given: Vec<&[u8]> = given.iter().map(String::as_bytes).collect();
		let missing_results = match case.get("missingResults").and_then(Value::as_str) {
			Some("tell") => MissingResults::Tell,
			_ => MissingResults::Refuse,
		};
		let found = classify(
			case["record"].as_str().unwrap().as_bytes(),
			&Beside { given: &given, missing_results },
			&tables,
			&house(case),
		);
		if made(&found) != case["expected"] {
			wrong.push(format!(
				"{}: {} instead of {}",
				case["name"],
				made(&found),
				case["expected"]
			));
		}
		if let Err(NotClassified::Refused(refused)) = &found {
			assert!(refused.path.len() <= 300 && refused.detail.len() < 1_500, "{refused}");
		}
	}
	assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn each_example_of_the_standard_is_classified_or_refused_as_by_the_client() {
	let tables = Tables::standard().unwrap();
	let house = House::default();
	let packed = file("clients/fhir/fixtures/fhir-examples/classes/resources.ndjson.gz");
	let mut lines = String::new();
	flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut lines).unwrap();
	let texts: Vec<String> = lines
		.lines()
		.map(|line| serde_json::from_str::<Value>(line).unwrap()["resource"].to_string())
		.collect();
	let vectors: Value =
		serde_json::from_slice(&file("docs/vectors/exchange/examples.json")).unwrap();
	let examples = vectors["examples"].as_array().unwrap();
	assert_eq!(examples.len(), texts.len());
	let mut with_results = 0;
	let mut timed = 0;
	for (example, text) in examples.iter().zip(&texts) {
		let alone = classify(text.as_bytes(), &Beside::default(), &tables, &house);
		assert_eq!(made(&alone), example["alone"], "{}", example["from"]);
		timed += usize::from(alone.is_ok_and(|classified| classified.data_time.is_some()));
		if let Some(results) = example.get("results").and_then(Value::as_array) {
			let given: Vec<&[u8]> = results
				.iter()
				.map(|at| texts[usize::try_from(at.as_u64().unwrap()).unwrap()].as_bytes())
				.collect();
			let found = classify(
				text.as_bytes(),
				&Beside { given: &given, ..Beside::default() },
				&tables,
				&house,
			);
			assert_eq!(
				made(&found),
				example["withResults"],
				"{}, with its results",
				example["from"]
			);
			with_results += 1;
		}
	}
	assert!(with_results > 30, "{with_results}");
	assert!(timed > 50, "{timed}");
}
