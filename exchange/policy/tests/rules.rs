//! Label rules against published lists of codes, and files of rules that are none.

use salus_exchange_policy::{
	classify, BadTables, Beside, CodeWithoutPlace, DataClass, House, LabelRuleRow, Labels,
	RuleMatch, SensitivityLabel, Tables,
};
use serde_json::{json, Value};
use std::collections::BTreeMap;

fn lists_of(member: &str) -> Value {
	let path =
		format!("{}/../../docs/vectors/exchange/label-lists.json", env!("CARGO_MANIFEST_DIR"));
	let mut file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
	file[member].take()
}

fn lists(member: &str) -> Vec<Value> {
	lists_of(member).as_array().unwrap().clone()
}

fn asked(tables: &Tables, system: &str, code: &str) -> Labels {
	let record = json!({ "resourceType": "Condition", "code": { "coding": [{ "system": system, "code": code }] } });
	classify(record.to_string().as_bytes(), &Beside::default(), tables, &House::default())
		.unwrap()
		.labels
}

fn texts(list: &Value, member: &str) -> Vec<String> {
	let items = list[member].as_array().cloned().unwrap_or_default();
	items.iter().map(|each| each.as_str().unwrap().to_owned()).collect()
}

/// What a list has and need not be caught; each with a reason.
fn exceptions(list: &Value) -> Vec<String> {
	let all = list["exceptions"].as_array().cloned().unwrap_or_default();
	all.iter()
		.flat_map(|each| {
			assert!(each["why"].as_str().unwrap().len() > 5, "{list}");
			texts(each, "codes")
		})
		.collect()
}

fn labels_of(list: &Value) -> Labels {
	texts(list, "labels").iter().map(|label| SensitivityLabel::named(label).unwrap()).collect()
}

/// A code of ICD-10-CM as lists write it, and as records do, with its dot.
fn written(system: &str, code: &str) -> Vec<String> {
	let dotted = (system.ends_with("icd-10-cm") && code.len() > 3)
		.then(|| format!("{}.{}", &code[..3], &code[3..]));
	std::iter::once(code.to_owned()).chain(dotted).collect()
}

#[test]
fn every_code_of_the_published_lists_is_caught_but_for_exceptions_that_say_why() {
	let tables = Tables::standard().unwrap();
	let (mut missed, mut stale) = (Vec::new(), Vec::new());
	// Lists, codes and exceptions, by label and by whether a rule has its codes from the same source.
	let mut counts: BTreeMap<(String, String), [usize; 3]> = BTreeMap::new();
	for list in lists("must") {
		let [name, system, standing] =
			["name", "system", "standing"].map(|member| list[member].as_str().unwrap());
		assert!(["independent", "regression"].contains(&standing), "{name}");
		assert!(list["package"].is_string() && list["file"].is_string(), "{name}");
		let (labels, left) = (labels_of(&list), exceptions(&list));
		let is_caught = |code: &str| {
			written(system, code).iter().all(|each| labels.is_subset(&asked(&tables, system, each)))
		};
		let codes = texts(&list, "codes");
		let codes: Vec<&String> = codes.iter().filter(|code| !left.contains(code)).collect();
		missed.extend(
			codes.iter().filter(|code| !is_caught(code)).map(|code| format!("{name} {code}")),
		);
		stale.extend(
			left.iter().filter(|code| is_caught(code)).map(|code| format!("{name} {code}")),
		);
		for label in &texts(&list, "labels") {
			let count = counts.entry((label.clone(), standing.to_owned())).or_default();
			*count = [count[0] + 1, count[1] + codes.len(), count[2] + left.len()];
		}
		println!(
			"{name} {system} {labels:?} {standing}: {} must, {} exceptions",
			codes.len(),
			left.len()
		);
	}
	for ((label, standing), [lists, codes, left]) in &counts {
		println!("{label} {standing}: {lists} lists, {codes} must, {left} exceptions");
	}
	assert!(missed.is_empty(), "{} missed: {missed:?}", missed.len());
	assert!(stale.is_empty(), "an exception that is caught is none: {stale:?}");
	let independent = |label: &str| counts[&(label.to_owned(), "independent".to_owned())][1];
	for (label, least) in [
		("Hiv", 90),
		("Eth", 2_500),
		("Ethud", 300),
		("Opioidud", 100),
		("Psy", 4_000),
		("Sdv", 80),
		("Sex", 1_000),
	] {
		assert!(independent(label) >= least, "{label} {}", independent(label));
	}
}

/// There is no label for genetics: it has a class, so that whoever permits the laboratory has not permitted it.
#[test]
fn genetic_results_are_of_their_own_class_though_they_stand_under_the_laboratory() {
	let tables = Tables::standard().unwrap();
	let coding =
		|system: &str, code: &str| json!({ "coding": [{ "system": system, "code": code }] });
	let under_laboratory = |code: Value, components: Value| {
		let category =
			coding("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory");
		let record = json!({ "resourceType": "Observation", "status": "final", "category": [category], "code": code, "component": components });
		let found =
			classify(record.to_string().as_bytes(), &Beside::default(), &tables, &House::default())
				.unwrap();
		assert!(found.asks.iter().all(|ask| ask.data_class == found.data_class), "{record}");
		found.data_class
	};
	let genetics = lists_of("genetics");
	for list in genetics["results"].as_array().unwrap() {
		let system = list["system"].as_str().unwrap();
		let (codes, left) = (texts(list, "codes"), exceptions(list));
		println!("{} {system}: {} must, {} exceptions", list["name"], codes.len(), left.len());
		for code in &codes {
			assert_eq!(
				under_laboratory(coding(system, code), json!([])),
				DataClass::Genomics,
				"{code}"
			);
			let part = json!([{ "code": coding(system, code) }]);
			assert_eq!(
				under_laboratory(coding("urn:x", "x"), part),
				DataClass::Genomics,
				"{code} as a component"
			);
		}
		for code in &left {
			assert_eq!(
				under_laboratory(coding(system, code), json!([])),
				DataClass::Laboratory,
				"{code} is no exception any more"
			);
			let part = json!([{ "code": coding(system, code) }]);
			assert_eq!(
				under_laboratory(coding(system, "69548-6"), part),
				DataClass::Genomics,
				"{code} beside a variant"
			);
		}
	}
	// A diagnosis keeps its class and is labelled by nothing, which docs/label-rules.md says.
	for list in genetics["diagnoses"].as_array().unwrap() {
		for code in texts(list, "codes") {
			let found = asked(&tables, list["system"].as_str().unwrap(), &code);
			assert!(found.is_empty(), "{code} has a label now: say so in the documents");
		}
	}
}

#[test]
fn no_code_of_lists_about_other_things_is_caught() {
	let tables = Tables::standard().unwrap();
	let (mut caught, mut count) = (Vec::new(), 0);
	for list in lists("mustNot") {
		for code in texts(&list, "codes") {
			count += 1;
			if !asked(&tables, list["system"].as_str().unwrap(), &code).is_empty() {
				caught.push(format!("{} {code}", list["name"]));
			}
		}
	}
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
