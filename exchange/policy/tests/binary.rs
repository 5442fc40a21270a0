//! A Binary is treated as what has it attached.

use salus_exchange_policy::{
	as_attached, attachments, classify, classify_binary, Ask, Beside, Classified, DataClass,
	DataTime, House, Labels, SensitivityLabel, Tables,
};
use salus_exchange_protocol::fhir;
use serde_json::{json, Value};

fn label(name: &str) -> SensitivityLabel {
	SensitivityLabel::named(name).unwrap()
}

/// A security label.
fn security(code: &str) -> Value {
	json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": code }])
}

/// A discharge summary with the Binary `b` attached.
fn letter(id: &str) -> Value {
	json!({
		"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-03-01T10:00:00Z",
		"type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
		"content": [{ "attachment": { "contentType": "application/pdf", "url": "Binary/b" } }],
	})
}

fn binary() -> Value {
	json!({ "resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": "JVBERi0=" })
}

fn classified(resource: &Value) -> Classified {
	let (tables, house) = (Tables::standard().unwrap(), House::default());
	classify(resource.to_string().as_bytes(), &Beside::default(), &tables, &house).unwrap()
}

fn of(binary: &Value, beside: &[Value], named_by: &[Classified]) -> Result<Classified, String> {
	let (tables, house) = (Tables::standard().unwrap(), House::default());
	let texts: Vec<String> = beside.iter().map(Value::to_string).collect();
	let given: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
	let beside = Beside { given: &given, ..Beside::default() };
	classify_binary(binary.to_string().as_bytes(), &beside, named_by, &tables, &house)
		.map_err(|reason| reason.code().to_owned())
}

#[test]
fn what_is_attached_is_found_where_resources_have_it_and_nowhere_else() {
	let urls = |resource: Value| {
		let value = fhir::read(resource.to_string().as_bytes()).unwrap();
		attachments(&value).into_iter().map(str::to_owned).collect::<Vec<_>>()
	};
	assert_eq!(urls(letter("d")), ["Binary/b"]);
	let two = json!({ "resourceType": "DocumentReference", "content": [
		{ "attachment": { "url": "Binary/a" } }, { "attachment": { "data": "AA==" } }, { "attachment": { "url": "https://x.example/Binary/b" } },
	] });
	assert_eq!(urls(two), ["Binary/a", "https://x.example/Binary/b"]);
	let report =
		json!({ "resourceType": "DiagnosticReport", "presentedForm": [{ "url": "Binary/c" }] });
	assert_eq!(urls(report), ["Binary/c"]);
	assert_eq!(
		urls(json!({ "resourceType": "Media", "content": { "url": "Binary/d" } })),
		["Binary/d"]
	);
	let others = json!({ "resourceType": "Patient", "photo": [{ "url": "Binary/e" }], "content": [{ "attachment": { "url": "Binary/f" } }] });
	assert_eq!(urls(others), [""; 0]);
	// Within another resource, at any depth.
	let within = json!({ "resourceType": "Encounter", "contained": [{ "resourceType": "Basic", "contained": [letter("d")] }] });
	assert_eq!(urls(within), ["Binary/b"]);
}

#[test]
fn it_has_the_class_the_labels_and_the_time_of_the_document() {
	let mut labelled = letter("d");
	labelled["meta"] = json!({ "security": security("HIV") });
	let document = classified(&labelled);
	let found = of(&binary(), &[], std::slice::from_ref(&document)).unwrap();
	assert_eq!(found.resource_type, "Binary");
	assert_eq!((found.data_class, &found.labels), (DataClass::Documents, &document.labels));
	assert_eq!(found.labels, Labels::from([label("Hiv")]));
	assert!(found.data_time.is_some() && found.data_time == document.data_time);
	assert_eq!(found.asks, document.asks);
	assert_eq!((found.missing.len(), found.contained.len()), (0, 0));
}

#[test]
fn it_has_labels_of_its_own_besides() {
	let mut own = binary();
	own["meta"] = json!({ "security": security("PSY") });
	let found = of(&own, &[], &[classified(&letter("d"))]).unwrap();
	assert_eq!(found.labels, Labels::from([label("Psy")]));
	assert!(found.asks.iter().all(|ask| ask.labels == found.labels));
	own["meta"] = json!({ "security": security("TBOO") });
	assert_eq!(of(&own, &[], &[classified(&letter("d"))]), Err("label-unknown".into()));
}

#[test]
fn what_nothing_names_has_no_class() {
	assert_eq!(of(&binary(), &[], &[]), Err("class-unknown".into()));
	assert_eq!(as_attached(&Labels::new(), &[]), None);
	assert_eq!(of(&letter("d"), &[], &[classified(&letter("d"))]), Err("not-a-resource".into()));
	let mut modified = binary();
	modified["implicitRules"] = json!("urn:rules");
	assert_eq!(of(&modified, &[], &[classified(&letter("d"))]), Err("modifier-unknown".into()));
}

#[test]
fn of_two_that_name_it_all_must_be_permitted_with_the_labels_of_both() {
	let (mut one, mut other) = (letter("d"), letter("e"));
	one["meta"] = json!({ "security": security("HIV") });
	other["meta"] = json!({ "security": security("PSY") });
	other["date"] = json!("2020-01-01T00:00:00Z");
	other["type"] = json!({ "coding": [{ "system": "http://loinc.org", "code": "18748-4" }] });
	let (one, other) = (classified(&one), classified(&other));
	let found = of(&binary(), &[], &[one.clone(), other.clone()]).unwrap();
	let both = Labels::from([label("Hiv"), label("Psy")]);
	assert_eq!(found.labels, both);
	let ask = |data_class, data_time| Ask { data_class, labels: both.clone(), data_time };
	let expected =
		[ask(DataClass::Documents, one.data_time), ask(DataClass::Imaging, other.data_time)];
	assert_eq!(found.asks, expected.into());
	let (early, late) = (other.data_time.unwrap(), one.data_time.unwrap());
	assert_eq!(found.data_time, Some(DataTime { from: early.from, to: late.to }));
	// Of one of them the time is not known: then of the whole neither.
	let timeless = Classified { data_time: None, ..other };
	assert_eq!(of(&binary(), &[], &[one, timeless]).unwrap().data_time, None);
}

#[test]
fn what_a_document_contains_must_be_permitted_too() {
	let mut document = letter("d");
	document["contained"] = json!([{ "resourceType": "Patient", "id": "p" }]);
	let document = classified(&document);
	assert_eq!(document.contained.len(), 1, "it may stay behind when the document goes");
	let found = of(&binary(), &[], &[document]).unwrap();
	assert!(found.asks.iter().any(|ask| ask.data_class == DataClass::Demographics), "{found:?}");
}

/// Whether the only resource within a document is nothing but who made it.
fn is_actor(document: &Value) -> bool {
	let parts = classified(document).contained;
	assert_eq!(parts.len(), 1, "{parts:?}");
	parts[0].is_actor
}

#[test]
fn who_made_a_document_or_keeps_it_asks_for_no_class_and_for_its_labels() {
	let with = |within: Value, element: &str| {
		let mut document = letter("d");
		document["contained"] = json!([within]);
		document[element] = json!([{ "reference": "#in", "display": "somebody" }]);
		document
	};
	let of = |name: &str| json!({ "resourceType": name, "id": "in" });
	for name in ["Practitioner", "PractitionerRole", "Organization", "Location", "Device"] {
		for element in ["author", "custodian", "authenticator"] {
			let document = with(of(name), element);
			assert!(is_actor(&document), "{name} {element}");
			let document = classified(&document);
			let found = of_all(&document);
			assert_eq!(found.asks, document.asks, "{name} {element}");
		}
	}
	// Whom it is about, and who is with her, whatever the element says; what is named elsewhere too, or nowhere; what is a patient's.
	for name in ["Patient", "RelatedPerson"] {
		let document = with(of(name), "author");
		assert!(!is_actor(&document), "{name}");
		let asks = of_all(&classified(&document)).asks;
		assert!(asks.iter().any(|ask| ask.data_class == DataClass::Demographics), "{name}");
	}
	assert!(!is_actor(&with(of("Practitioner"), "subject")));
	assert!(!is_actor(&with(of("Location"), "extension")));
	let mut twice = with(of("Practitioner"), "author");
	twice["extension"] = json!([{ "url": "urn:x", "valueReference": { "reference": "#in" } }]);
	assert!(!is_actor(&twice));
	let mut nowhere = with(of("Practitioner"), "author");
	nowhere["author"] = json!([{ "display": "somebody" }]);
	assert!(!is_actor(&nowhere));
	let implant =
		json!({ "resourceType": "Device", "id": "in", "patient": { "reference": "Patient/p" } });
	assert!(!is_actor(&with(implant, "author")));
	let around =
		json!({ "resourceType": "Organization", "id": "in", "contained": [of("Patient")] });
	assert!(!is_actor(&with(around, "author")));
	// From one of them to another.
	let mut several = letter("d");
	several["contained"] = json!([
		{ "resourceType": "PractitionerRole", "id": "a", "practitioner": { "reference": "#b" }, "location": [{ "reference": "#c" }] },
		{ "resourceType": "Practitioner", "id": "b" }, { "resourceType": "Location", "id": "c" },
	]);
	several["author"] = json!([{ "reference": "#a" }]);
	let parts = classified(&several).contained;
	assert!(parts.len() == 3 && parts.iter().all(|part| part.is_actor), "{parts:?}");
	// A label of theirs is one of the whole.
	let mut strict = of("Practitioner");
	strict["meta"] = json!({ "security": security("HIV") });
	let found = of_all(&classified(&with(strict, "author")));
	assert_eq!(found.labels, Labels::from([label("Hiv")]));
	assert!(found.asks.iter().all(|ask| ask.labels == found.labels));
}

fn of_all(document: &Classified) -> Classified {
	of(&binary(), &[], std::slice::from_ref(document)).unwrap()
}

#[test]
fn what_its_security_context_is_to_must_be_given() {
	let mut own = binary();
	own["securityContext"] = json!({ "reference": "DocumentReference/x" });
	let document = classified(&letter("d"));
	let named_by = std::slice::from_ref(&document);
	assert_eq!(of(&own, &[], named_by), Err("document-not-given".into()));
	let mut context = letter("x");
	context["meta"] = json!({ "security": security("SDV") });
	let found = of(&own, &[context], named_by).unwrap();
	assert_eq!(found.labels, Labels::from([label("Sdv")]));
}
