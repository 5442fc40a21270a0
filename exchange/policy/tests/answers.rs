//! What of an answer may leave.

use salus_exchange_policy::{
	Answer, Ask, Beside, DataClass, DataTime, House, Judged, Labels, Leaving, MissingResults,
	SensitivityLabel, Tables,
};
use serde_json::{json, Value};
use std::collections::BTreeMap;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

fn with(mut resource: Value, more: Value) -> Value {
	resource.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
	resource
}

fn observation(category: &str, more: Value) -> Value {
	with(
		json!({ "resourceType": "Observation", "category": [{ "coding": [{ "system": CATEGORY, "code": category }] }] }),
		more,
	)
}

fn narrative(words: &str) -> Value {
	json!({ "status": "generated", "div": format!("<div>{words}</div>") })
}

fn judge(resources: &[String]) -> Answer<'_> {
	let resources: Vec<_> =
		resources.iter().map(|each| (each.as_bytes(), Beside::default())).collect();
	Answer::judge(&resources, &Tables::standard().unwrap(), &House::default())
}

fn texts(resources: &[Value]) -> Vec<String> {
	resources.iter().map(Value::to_string).collect()
}

/// What leaves if all is permitted that `permits` permits.
fn leaving(resources: &[String], permits: impl Fn(&Ask) -> bool) -> Leaving {
	let answer = judge(resources);
	let decided = answer.asks().into_iter().map(|ask| (ask.clone(), permits(&ask))).collect();
	answer.leaving(&decided)
}

fn all(_: &Ask) -> bool {
	true
}

#[test]
fn what_is_permitted_leaves_byte_for_byte_and_nothing_else_does() {
	let odd = format!(
		" {{ \"n\" : 1.00,\n \"resourceType\":\"Patient\", \"text\": {} }} ",
		narrative("Ada")
	);
	let resources = [
		odd.clone(),
		observation("laboratory", json!({ "text": narrative("x") })).to_string(),
		json!({ "resourceType": "List" }).to_string(),
		"{".into(),
	];
	let found = leaving(&resources, |ask| ask.data_class == DataClass::Demographics);
	assert_eq!(
		found.released.iter().map(|each| (each.at, &each.resource)).collect::<Vec<_>>(),
		[(0, &odd.into_bytes())]
	);
	assert_eq!(found.withheld, [1]);
	let reasons: Vec<_> =
		found.quarantined.iter().map(|each| (each.at, each.reason.code())).collect();
	assert_eq!(reasons, [(2, "type-without-class"), (3, "not-json")]);
}

#[test]
fn of_what_was_not_decided_nothing_leaves() {
	let resources = texts(&[json!({ "resourceType": "Patient" })]);
	let found = judge(&resources).leaving(&BTreeMap::new());
	assert_eq!((found.released.len(), found.withheld), (0, vec![0]));
}

#[test]
fn each_class_label_and_time_is_asked_once() {
	let hiv = json!({ "meta": { "security": [{ "system": ACT_CODE, "code": "HIV" }] } });
	let at = |moment: &str| json!({ "effectiveDateTime": moment });
	let resources = texts(&[
		observation("laboratory", json!({ "id": "a" })),
		observation("laboratory", json!({ "id": "b" })),
		observation("laboratory", hiv.clone()),
		observation("laboratory", with(hiv, at("1970-01-02T00:00:00Z"))),
		observation("laboratory", at("1970-01-02T00:00:00Z")),
	]);
	let ask = |labels: &[SensitivityLabel], time: Option<u64>| Ask {
		data_class: DataClass::Laboratory,
		labels: labels.iter().copied().collect::<Labels>(),
		data_time: time.map(|at| DataTime { from: at, to: at }),
	};
	let hiv = [SensitivityLabel::Hiv];
	let expected =
		[ask(&[], None), ask(&hiv, None), ask(&hiv, Some(86_400)), ask(&[], Some(86_400))];
	assert_eq!(judge(&resources).asks(), expected.into());
}

#[test]
fn a_label_withholds_what_has_it_and_what_contains_that() {
	let hiv = json!({ "meta": { "security": [{ "system": ACT_CODE, "code": "HIV" }] } });
	let inner = with(json!({ "resourceType": "Medication" }), hiv);
	let resources = texts(&[
		json!({ "resourceType": "MedicationRequest", "contained": [inner] }),
		json!({ "resourceType": "MedicationRequest" }),
	]);
	let found = leaving(&resources, |ask| ask.labels.is_empty());
	assert_eq!(
		(found.released.iter().map(|each| each.at).collect::<Vec<_>>(), found.withheld),
		(vec![1], vec![0])
	);
}

fn report() -> Value {
	let category = json!([{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB" }] }]);
	json!({
		"resourceType": "DiagnosticReport", "category": category, "text": narrative("a report for Ada"), "conclusion": "low",
		"code": { "text": "a code" },
		"result": [{ "reference": "#r" }], "performer": [{ "reference": "#p", "display": "Dr Ada", "type": "Practitioner" }], "specimen": [{ "reference": "#s" }],
		"contained": [
			{ "resourceType": "Practitioner", "id": "p", "text": narrative("Dr Ada") },
			observation("laboratory", json!({ "id": "r", "text": narrative("low"), "code": { "text": "another code" } })),
			{ "resourceType": "Substance", "id": "s" },
			{ "resourceType": "Condition", "id": "c", "onsetDateTime": "2001-01-01T00:00:00Z" },
		],
	})
}

#[test]
fn what_is_contained_goes_only_if_it_is_permitted_itself_and_narratives_only_if_all_of_it_goes() {
	let resources = texts(&[report()]);
	let whole = leaving(&resources, all);
	assert_eq!(
		(whole.released[0].resource.as_slice(), whole.released[0].left_behind.len()),
		(resources[0].as_bytes(), 0)
	);

	let found = leaving(&resources, |ask| ask.data_class == DataClass::Laboratory);
	assert_eq!(found.released[0].left_behind, [0, 3]);
	let left: Value = serde_json::from_slice(&found.released[0].resource).unwrap();
	let contained: Vec<_> = left["contained"]
		.as_array()
		.unwrap()
		.iter()
		.map(|each| each["id"].as_str().unwrap())
		.collect();
	assert_eq!(contained, ["r", "s"]);
	let text = left.to_string();
	assert!(!text.contains("div") && !text.contains("Ada"), "{text}");
	assert_eq!(
		(&left["code"]["text"], &left["contained"][0]["code"]["text"], &left["conclusion"]),
		(&json!("a code"), &json!("another code"), &json!("low"))
	);
	assert_eq!(
		left["meta"]["tag"],
		json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED" }])
	);
	assert_eq!(left["performer"], json!([{ "reference": "#p" }]), "that it is there, and not what");

	let found = leaving(&resources, |ask| ask.data_class != DataClass::Problems);
	assert_eq!(found.released[0].left_behind, [3]);
	let found = leaving(&resources, |ask| ask.data_class != DataClass::Laboratory);
	assert_eq!((found.released.len(), found.withheld), (0, vec![0]));
}

#[test]
fn what_is_left_is_classified_as_the_whole_and_has_numbers_as_they_were_written() {
	let text = report().to_string().replace(
		"\"conclusion\"",
		"\"extension\":[{\"url\":\"x\",\"valueDecimal\":1.00}],\"conclusion\"",
	);
	let found = leaving(std::slice::from_ref(&text), |ask| ask.data_class == DataClass::Laboratory);
	let left = String::from_utf8(found.released[0].resource.clone()).unwrap();
	assert!(left.contains("\"valueDecimal\":1.00"), "{left}");
	let again = [left];
	let (before, after) = (judge(std::slice::from_ref(&text)), judge(&again));
	let [Judged::Classified(before), Judged::Classified(after)] =
		[before.judged().next().unwrap().clone(), after.judged().next().unwrap().clone()]
	else {
		panic!()
	};
	assert_eq!(
		(before.data_class, before.labels, before.data_time),
		(after.data_class, after.labels, after.data_time)
	);
	// Nothing more stays behind of what is left.
	assert!(after.contained.is_empty());
	assert_eq!(
		leaving(&again, |ask| ask.data_class == DataClass::Laboratory).released[0].resource,
		again[0].as_bytes()
	);
}

#[test]
fn what_remains_of_tags_and_of_an_empty_list_is_fhir() {
	let tag = json!({ "system": "urn:x", "code": "x" });
	let with_tag = |meta: Value| {
		observation("exam", json!({ "meta": meta, "contained": [{ "resourceType": "Condition" }] }))
	};
	let resources = texts(&[
		with_tag(json!({ "tag": [tag], "versionId": "2" })),
		with_tag(json!({})),
		with_tag(json!({ "tag": "wrong" })),
	]);
	let found = leaving(&resources, |ask| ask.data_class == DataClass::Observations);
	assert_eq!(found.released.len(), 3);
	for (each, tags) in found.released.iter().zip([2, 1, 1]) {
		let left: Value = serde_json::from_slice(&each.resource).unwrap();
		assert_eq!(left["meta"]["tag"].as_array().unwrap().len(), tags);
		assert_eq!(left.get("contained"), None);
	}
	let left: Value = serde_json::from_slice(&found.released[0].resource).unwrap();
	assert_eq!((&left["meta"]["versionId"], &left["meta"]["tag"][0]), (&json!("2"), &tag));
}

#[test]
fn narratives_of_sections_stay_behind_too() {
	let composition = json!({
		"resourceType": "Composition", "type": { "coding": [{ "system": "http://loinc.org", "code": "11488-4" }] },
		"section": [{ "title": "x", "text": narrative("Ada"), "section": [{ "text": narrative("Ada") }] }], "contained": [{ "resourceType": "Patient", "id": "p" }],
	});
	let found = leaving(&texts(&[composition]), |ask| ask.data_class == DataClass::Documents);
	let left = String::from_utf8(found.released[0].resource.clone()).unwrap();
	assert!(left.contains("\"title\"") && !left.contains("div"), "{left}");
}

#[test]
fn a_result_inside_goes_with_the_whole_or_neither_goes() {
	let inner = observation(
		"laboratory",
		json!({ "id": "r", "effectiveDateTime": "2001-01-01T00:00:00Z" }),
	);
	let outer = observation(
		"laboratory",
		json!({ "effectiveDateTime": "2024-01-01T00:00:00Z", "hasMember": [{ "reference": "#r" }], "contained": [inner] }),
	);
	let recent = |ask: &Ask| ask.data_time.is_some_and(|time| time.from > 1_500_000_000);
	let found = leaving(&texts(std::slice::from_ref(&outer)), recent);
	assert_eq!((found.released.len(), found.withheld), (0, vec![0]));
	assert_eq!(leaving(&texts(&[outer]), all).released.len(), 1);
}

#[test]
fn a_resource_in_an_extension_goes_with_the_whole_or_neither_goes() {
	let outer = observation(
		"exam",
		json!({ "extension": [{ "url": "urn:x", "valueResource": { "resourceType": "Patient" } }] }),
	);
	let found = leaving(&texts(&[outer]), |ask| ask.data_class == DataClass::Observations);
	assert_eq!((found.released.len(), found.withheld), (0, vec![0]));
}

#[test]
fn a_part_is_asked_with_its_own_labels() {
	let security = json!({ "security": [{ "system": ACT_CODE, "code": "PSY" }] });
	let outer = observation(
		"exam",
		json!({ "contained": [{ "resourceType": "Condition", "meta": security }, { "resourceType": "Condition" }] }),
	);
	let asks = judge(&texts(&[outer])).asks();
	let problems: Vec<usize> = asks
		.iter()
		.filter(|ask| ask.data_class == DataClass::Problems)
		.map(|ask| ask.labels.len())
		.collect();
	assert_eq!(problems, [0, 1]);
}

#[test]
fn a_resource_of_which_a_named_result_is_not_here_does_not_leave() {
	let report =
		with(report(), json!({ "result": [{ "reference": "Observation/elsewhere" }] })).to_string();
	let tables = Tables::standard().unwrap();
	let judge = |missing_results| {
		let beside = Beside { missing_results, ..Beside::default() };
		let answer = Answer::judge(&[(report.as_bytes(), beside)], &tables, &House::default());
		let decided = answer.asks().into_iter().map(|ask| (ask, true)).collect();
		answer.leaving(&decided)
	};
	let refused = judge(MissingResults::Refuse);
	assert_eq!(
		(refused.released.len(), refused.quarantined[0].reason.code()),
		(0, "result-not-given")
	);
	let told = judge(MissingResults::Tell);
	assert_eq!((told.released.len(), told.withheld), (0, vec![0]));
}
