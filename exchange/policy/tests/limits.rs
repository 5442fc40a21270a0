//! Whatever the bytes, the answer is a classification or a fault, in a time that grows with the length.

use proptest::prelude::*;
use salus_exchange_policy::{
	classify, find_person, BadTables, Beside, Classified, Fault, House, NotClassified, Tables,
};
use std::{
	convert::Infallible,
	time::{Duration, Instant},
};

fn made(record: &str, given: &[&str]) -> Result<Classified, NotClassified> {
	let given: Vec<&[u8]> = given.iter().map(|each| each.as_bytes()).collect();
	classify(
		record.as_bytes(),
		&Beside { given: &given, ..Beside::default() },
		&Tables::standard().unwrap(),
		&House::default(),
	)
}

fn many(item: &str, count: usize) -> String {
	format!("[{}]", vec![item; count].join(","))
}

const VITAL: &str = "\"resourceType\":\"Observation\",\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}]";
const LETTER: &str = "\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"type\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"11488-4\"}]}";
const HIV: &str =
	"{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"HIV\"}";

#[test]
fn lists_of_any_length_are_read() {
	let labels =
		made(&format!("{{{VITAL},\"meta\":{{\"security\":{}}}}}", many(HIV, 150_000)), &[])
			.unwrap()
			.labels;
	assert_eq!(labels.len(), 1);
	let references = many("{\"target\":{\"reference\":\"DocumentReference/d\"}}", 150_000);
	assert!(made(&format!("{{{LETTER},\"relatesTo\":{references}}}"), &[]).is_ok());
	let same = many(&format!("{{\"resource\":{{{LETTER}}}}}"), 20_000);
	let bundle = format!("{{\"resourceType\":\"Bundle\",\"entry\":{same}}}");
	assert!(made("{\"resourceType\":\"Encounter\",\"extension\":[{\"valueReference\":{\"reference\":\"DocumentReference/d\"}}]}", &[&bundle]).is_ok());
}

#[test]
fn a_long_name_around_many_values_takes_no_time_of_its_own() {
	let around = "x".repeat(1_000_000);
	assert!(made(
		&format!(
			"{{{LETTER},\"{around}\":{{\"relatesTo\":{}}}}}",
			many("{\"display\":\"a letter\"}", 50_000)
		),
		&[]
	)
	.is_ok());
}

#[test]
fn long_names_make_no_long_messages() {
	let long = "é".repeat(100_000);
	for record in [
		format!("{{{VITAL},\"{long}\":{{\"meta\":{{\"security\":[{{\"system\":\"{long}\",\"code\":\"{long}\"}}]}}}}}}"),
		format!("{{\"resourceType\":\"{long}\"}}"),
		format!("{{{VITAL},\"derivedFrom\":[{{\"reference\":\"{long}\"}}]}}"),
	] {
		let error = made(&record, &[]).unwrap_err();
		let NotClassified::Refused(refused) = &error else { panic!("{error}") };
		assert!(refused.path.len() <= 300 && error.to_string().len() < 1_500, "{error}");
	}
}

#[test]
fn depth_is_limited_and_what_is_below_the_limit_is_walked_without_harm() {
	let deep =
		|levels: usize| format!("{{{VITAL},\"x\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
	assert!(made(&deep(511), &[]).is_ok());
	assert_eq!(made(&deep(600), &[]).unwrap_err().code(), "too-deep");
	let contained = (0..250)
		.fold(String::from("{\"resourceType\":\"MolecularSequence\"}"), |inner, _| {
			format!("{{\"resourceType\":\"Patient\",\"contained\":[{inner}]}}")
		});
	assert_eq!(
		made(&format!("{{{VITAL},\"contained\":[{contained}]}}"), &[]).unwrap_err().code(),
		"class-conflict"
	);
}

#[test]
fn a_line_of_results_that_no_stack_could_hold_is_followed() {
	let lab = VITAL.replace("vital-signs", "laboratory");
	let line: Vec<String> = (0..20_000)
		.map(|at| {
			format!(
				"{{{lab},\"id\":\"l{at}\",\"hasMember\":[{{\"reference\":\"Observation/l{}\"}}]}}",
				at + 1
			)
		})
		.collect();
	let mut given: Vec<&str> = line.iter().map(String::as_str).collect();
	let last = format!("{{{lab},\"id\":\"l20000\",\"meta\":{{\"security\":[{HIV}]}}}}");
	given.push(&last);
	assert_eq!(made(&line[0], &given).unwrap().labels.len(), 1);
}

/// Who made it is looked for once, and not for each that it contains. By squares each of these would take many minutes.
#[test]
fn many_that_are_contained_are_looked_at_once() {
	const MANY: usize = 50_000;
	const LONG: Duration = Duration::from_secs(60);
	let begun = Instant::now();
	let items = |made: &dyn Fn(usize) -> String| (0..MANY).map(made).collect::<Vec<_>>().join(",");
	let within = items(&|at| format!("{{\"resourceType\":\"Practitioner\",\"id\":\"c{at}\"}}"));
	let named = items(&|at| format!("{{\"reference\":\"#c{at}\"}}"));
	let record = format!("{{{LETTER},\"contained\":[{within}],\"author\":[{named}]}}");
	let parts = made(&record, &[]).unwrap().contained;
	assert_eq!(parts.iter().filter(|part| part.is_actor).count(), MANY);
	// And each reference to one of them is to that one.
	let resource = salus_exchange_protocol::fhir::read(record.as_bytes()).unwrap();
	let found = find_person(&resource, |_| Ok::<_, Infallible>(true));
	assert_eq!(found, Ok(None), "none may be a patient");
	assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
	// Nothing is kept of those who are passed, and a path is made for the one alone.
	let begun = Instant::now();
	let people = many("{\"reference\":\"Patient/p\"}", 1_000_000);
	let around = "x".repeat(1_000_000);
	let record = format!("{{{VITAL},\"{around}\":{{\"performer\":{people}}}}}");
	let resource = salus_exchange_protocol::fhir::read(record.as_bytes()).unwrap();
	let mut count = 0_usize;
	let found = find_person(&resource, |_| {
		count += 1;
		Ok::<_, Infallible>(count == 1_000_000)
	});
	assert_eq!(found.unwrap().unwrap().path.len(), "Observation..performer".len() + 40);
	assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
}

/// What is said of a Bundle counts for each resource that is found in it, and so is gone through for each.
#[test]
fn a_large_bundle_around_many_results_is_refused_and_does_not_take_for_ever() {
	let lab = VITAL.replace("vital-signs", "laboratory");
	let entry = |at: usize| {
		format!("{{\"resource\":{{{lab},\"id\":\"l{at}\",\"hasMember\":[{{\"reference\":\"Observation/l{}\"}}]}}}}", at + 1)
	};
	let bundle = |entries: usize, links: usize| {
		let all: Vec<String> = (0..entries).map(entry).collect();
		let last = format!("{{\"resource\":{{{lab},\"id\":\"l{entries}\"}}}}");
		format!(
			"{{\"resourceType\":\"Bundle\",\"link\":{},\"entry\":[{},{last}]}}",
			many("0", links),
			all.join(",")
		)
	};
	let root = format!("{{{lab},\"hasMember\":[{{\"reference\":\"Observation/l0\"}}]}}");
	assert!(made(&root, &[&bundle(1_000, 10_000)]).is_ok());
	assert_eq!(made(&root, &[&bundle(20_000, 10_000)]).unwrap_err().code(), "too-many-values");
}

/// The client takes a list with one text for that text; a reader that did not would let a resource of another class pass as a part.
#[test]
fn a_type_that_is_no_text_is_refused_wherever_it_is() {
	for inner in ["[\"MolecularSequence\"]", "7", "null", "{}"] {
		let error = made(&format!("{{{VITAL},\"contained\":[{{\"resourceType\":{inner}}}]}}"), &[])
			.unwrap_err();
		let NotClassified::Refused(refused) = error else { panic!("{error}") };
		assert_eq!(
			(refused.fault, refused.path.as_str()),
			(Fault::NotAResource, "Observation.contained[0]")
		);
	}
}

#[test]
fn tables_that_are_none_are_refused_by_name() {
	let text = include_str!("../tables/fhir-r4.json");
	let rules = include_bytes!("../tables/label-rules.json");
	assert_eq!(Tables::read(text.as_bytes(), rules), Tables::standard());
	assert_eq!(Tables::standard().unwrap().version, 2);
	let read = |from: &str, to: &str| {
		assert!(text.contains(from), "{from}");
		Tables::read(text.replacen(from, to, 1).as_bytes(), rules).unwrap_err()
	};
	assert!(matches!(read("\"version\": 2", "\"version\": \"2\""), BadTables::Malformed(_)));
	assert!(matches!(
		read("\"version\": 2", "\"version\": 2, \"more\": 1"),
		BadTables::Malformed(_)
	));
	assert_eq!(read("\"Demographics\"", "\"Demography\""), BadTables::OtherCodes);
	assert_eq!(
		read("\"Patient\": \"Demographics\"", "\"Patient\": \"People\""),
		BadTables::UnknownClass("People".into())
	);
	assert_eq!(
		read("\"rule\": \"ordinary\"", "\"rule\": \"none\""),
		BadTables::UnknownLabel("none".into())
	);
	assert_eq!(
		read("\"rule\": \"ordinary\"", "\"rule\": [\"Odd\"]"),
		BadTables::UnknownLabel("Odd".into())
	);
	assert_eq!(read("\"rule\": \"ordinary\"", "\"rule\": []"), BadTables::UnknownLabel("U".into()));
	assert!(matches!(read("\"code\": \"L\"", "\"code\": \"U\""), BadTables::Twice(_)));
	assert_eq!(
		read("\"Patient\": \"Demographics\"", "\"Observation\": \"Demographics\""),
		BadTables::Twice("Observation".into())
	);
}

proptest! {
	#[test]
	fn any_resource_of_the_words_of_fhir_is_classified_or_refused(words in proptest::collection::vec(0usize..24, 1..60)) {
		const WORDS: [&str; 24] = [
			"{", "}", "[", "]", ",", ":", "\"resourceType\"", "\"Observation\"", "\"contained\"", "\"reference\"", "\"#1\"", "\"id\"", "\"1\"", "\"meta\"", "\"security\"",
			"\"coding\"", "\"system\"", "\"code\"", "\"HIV\"", "\"Bundle\"", "\"entry\"", "\"resource\"", "\"hasMember\"", "null",
		];
		let text: String = words.iter().map(|at| WORDS[*at]).collect();
		let _ = made(&text, &[&text]);
		let _ = made(&format!("{{{VITAL},\"x\":{text}}}"), &[&text]);
	}
}
