//! Label rules against published lists of codes, and files of rules that are none.

use salus_exchange_policy::{
	classify, BadTables, Beside, CodeWithoutPlace, House, LabelRuleRow, Labels, RuleMatch,
	SensitivityLabel, Tables,
};
use serde_json::{json, Value};

fn lists(member: &str) -> Vec<Value> {
	let path =
		format!("{}/../../docs/vectors/exchange/label-lists.json", env!("CARGO_MANIFEST_DIR"));
	let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
	file[member].as_array().unwrap().clone()
}

fn asked(tables: &Tables, system: &str, code: &str) -> Labels {
	let record = json!({ "resourceType": "Condition", "code": { "coding": [{ "system": system, "code": code }] } });
	classify(record.to_string().as_bytes(), &Beside::default(), tables, &House::default())
		.unwrap()
		.labels
}

/// Each code with its labels; what a list does not say is empty.
fn each(member: &str, mut check: impl FnMut(&str, &Labels, &str, Labels)) -> usize {
	let tables = Tables::standard().unwrap();
	let mut count = 0;
	for list in lists(member) {
		let named = |name: &str| list[name].as_array().cloned().unwrap_or_default();
		let labels: Labels = named("labels")
			.iter()
			.map(|label| SensitivityLabel::named(label.as_str().unwrap()).unwrap())
			.collect();
		for code in named("codes") {
			let code = code.as_str().unwrap();
			let found = asked(&tables, list["system"].as_str().unwrap(), code);
			check(list["name"].as_str().unwrap(), &labels, code, found);
			count += 1;
		}
	}
	count
}

#[test]
fn every_code_of_the_published_lists_is_caught_but_for_tobacco_which_no_law_protects() {
	let mut missed = Vec::new();
	let count = each("must", |name, labels, code, found| {
		if !labels.is_subset(&found) {
			missed.push(format!("{name} {code}"));
		}
	});
	assert!(count > 2_500, "{count}");
	missed.retain(|each| !each.starts_with("Substance Abuse F17"));
	assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn no_code_of_lists_about_other_things_is_caught() {
	let mut caught = Vec::new();
	let count = each("mustNot", |name, _, code, found| {
		if !found.is_empty() {
			caught.push(format!("{name} {code}"));
		}
	});
	assert!(count > 1_500, "{count}");
	assert!(caught.is_empty(), "{caught:?}");
}

#[test]
fn files_of_rules_that_are_none_are_refused_by_name() {
	let tables = include_bytes!("../tables/fhir-r4.json");
	let file = |rules: Value| {
		Tables::read(
			tables,
			json!({ "about": "", "version": 3, "rules": rules }).to_string().as_bytes(),
		)
	};
	let rule = |change: (&str, Value)| {
		let mut rule = json!({ "name": "a", "title": "", "labels": ["Hiv"], "systems": ["urn:x"], "match": "under", "source": "", "codes": ["B20"] });
		rule[change.0] = change.1;
		rule
	};
	let good = rule(("title", "".into()));
	assert_eq!(file(json!([good])).unwrap().rules_version, 3);
	assert_eq!(file(json!([good, good])).unwrap_err(), BadTables::Twice("a".into()));
	for member in ["labels", "systems", "codes"] {
		assert_eq!(
			file(json!([rule((member, json!([])))])).unwrap_err(),
			BadTables::EmptyRule("a".into()),
			"{member}"
		);
	}
	assert_eq!(
		file(json!([rule(("labels", json!(["Odd"])))])).unwrap_err(),
		BadTables::UnknownLabel("Odd".into())
	);
	assert_eq!(
		file(json!([rule(("codes", json!(["3.4"])))])).unwrap_err(),
		BadTables::CodeWithoutPlace("3.4".into())
	);
	for bad in [rule(("match", "like".into())), rule(("more", 1.into())), json!({})] {
		assert!(matches!(file(json!([bad])), Err(BadTables::Malformed(_))), "{bad}");
	}
}

#[test]
fn a_rule_of_the_house_below_whose_code_nothing_can_be_is_refused() {
	let row = LabelRuleRow {
		systems: vec!["urn:x".into()],
		matched: RuleMatch::Under,
		codes: vec!["A12".into(), "1.2".into()],
		labels: Labels::from([SensitivityLabel::Psy]),
	};
	assert_eq!(House::default().with_rule(&row), Err(CodeWithoutPlace("1.2".into())));
}
