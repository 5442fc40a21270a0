//! The shadow tells what a gateway would do, and does nothing of it. Its numbers are those of a count by hand.

use crate::common::{
	doctor,
	fhir::{Fhir, Links, Trouble},
	node::Node,
	result, secret, world, CLINIC, CUSTODIAN, PATIENT,
};
use salus_gateway::{
	config::ShadowConfig,
	shadow::{
		look,
		report::{Fates, Report},
		write, NoReport,
	},
	upstream::Unread,
};
use serde_json::{json, Value};
use std::{collections::BTreeMap, process::Command, time::Duration};
use tempfile::TempDir;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// A resource of a patient, with more members.
fn resource(name: &str, id: &str, patient: &str, more: Value) -> Value {
	let mut resource = json!({ "resourceType": name, "id": id, "subject": { "reference": format!("Patient/{patient}") } });
	let members = resource.as_object_mut().unwrap();
	members.extend(more.as_object().unwrap().clone());
	resource
}

fn labelled(mut resource: Value, code: &str) -> Value {
	resource["meta"] = json!({ "security": [{ "system": ACT_CODE, "code": code }] });
	resource
}

/// What the house has, counted by hand in the tests: 13 resources.
fn hospital(fhir: &Fhir) {
	// Two patients: p is linked, q is not.
	fhir.put(json!({ "resourceType": "Patient", "id": "p" }));
	fhir.put(json!({ "resourceType": "Patient", "id": "q" }));
	// Results: two ordinary ones and one with a label of p, one of q.
	fhir.put(result("lab1"));
	fhir.put(result("lab2"));
	fhir.put(labelled(result("lab-hiv"), "HIV"));
	let mut other = result("lab-q");
	other["subject"]["reference"] = json!("Patient/q");
	fhir.put(other);
	// A code that is in no table: of no known class.
	let own = json!({ "coding": [{ "system": "http://hospital.example/codes", "code": "X7" }] });
	fhir.put(resource("Observation", "obs-own1", "p", json!({ "code": own })));
	fhir.put(resource("Observation", "obs-own2", "p", json!({ "code": own })));
	// A label that is in no table.
	fhir.put(labelled(resource("Condition", "c-label", "p", json!({})), "NEVER"));
	// Something inside that has a class of its own, and needs a Permit of its own.
	fhir.put(resource("Condition", "c-inside", "p", json!({ "recordedDate": "2026-02-01", "contained": [{ "resourceType": "Practitioner", "id": "d" }] })));
	// A report that names a result which the server does not have.
	fhir.put(resource("DiagnosticReport", "rep", "p", json!({
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB" }] }],
		"result": [{ "reference": "Observation/nowhere" }],
	})));
	// Of two patients, and so of nobody.
	fhir.put(
		json!({ "resourceType": "Procedure", "id": "proc", "subject": { "reference": "Group/7" } }),
	);
	// Not read: no class.
	fhir.put(json!({ "resourceType": "List", "id": "l" }));
	fhir.put(resource("Encounter", "enc", "p", json!({ "period": { "start": "2026-01-01" } })));
}

struct Shadow {
	folder: TempDir,
	config: ShadowConfig,
}

fn shadow(fhir: &Fhir, node: Option<&Node>, upstream: &str, more: &str) -> Shadow {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().display();
	secret(&folder.path().join("links.csv"), &format!("# linked by hand\n{PATIENT},p\n"));
	let chain = node.map_or_else(String::new, |node| {
		format!(
			"[chain]\nnode = \"{}\"\ngenesis = \"{}\"\nkind = \"solo\"\n",
			node.url,
			node.genesis()
		)
	});
	let text = format!(
		"{chain}[upstream]\nurl = \"{}\"\ncount = 2\n{upstream}[shadow]\nreport = \"{path}/report\"\nlinks = \"{path}/links.csv\"\n{more}",
		fhir.url
	);
	let file = folder.path().join("shadow.toml");
	std::fs::write(&file, text.replace("FOLDER", &path.to_string())).unwrap();
	let mut config = ShadowConfig::read_file(&file).unwrap();
	config.upstream.first_wait = Duration::from_millis(1);
	Shadow { folder, config }
}

/// Two who ask: the doctor of the clinic, who has a Permit for all without labels, and another organisation, which has none.
fn questions() -> String {
	let who = hex::encode(doctor().account());
	format!(
		"[[shadow.question]]\nname = \"clinic\"\norganisation = {CLINIC}\nwho = \"0x{who}\"\npurpose = \"Treat\"\n\
		 [[shadow.question]]\nname = \"payer\"\norganisation = {CUSTODIAN}\npurpose = \"Hpaymt\"\n"
	)
}

fn counts(report: &Report, name: &str) -> [u64; 5] {
	let counts = report.types[name].counts;
	[counts.read, counts.held, counts.quarantined, counts.refused, counts.held_once_linked]
}

fn fates(rows: &BTreeMap<String, Fates>, name: &str) -> [u64; 4] {
	let row = rows[name];
	[row.whole, row.part, row.refused, row.undecided]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_are_those_of_a_count_by_hand() {
	let fhir = Fhir::start().await;
	hospital(&fhir);
	let shadow = shadow(&fhir, None, "", "examples = 1\n");
	let report = look(&shadow.config).await.unwrap();
	// Read, held, quarantined, refused, held once all are linked.
	assert_eq!(counts(&report, "Patient"), [2, 1, 1, 0, 2]);
	assert_eq!(counts(&report, "Observation"), [6, 3, 3, 0, 4]);
	assert_eq!(counts(&report, "Condition"), [2, 1, 1, 0, 1]);
	assert_eq!(counts(&report, "DiagnosticReport"), [1, 0, 1, 0, 0]);
	assert_eq!(counts(&report, "Procedure"), [1, 0, 1, 0, 0]);
	assert_eq!(counts(&report, "Encounter"), [1, 1, 0, 0, 1]);
	let totals = report.totals;
	assert_eq!((totals.read, totals.held, totals.quarantined, totals.refused), (13, 6, 7, 0));
	assert_eq!(totals.held_once_linked, 8);
	assert!(report.types.values().all(|row| row.is_all && row.fault.is_none()));
	assert_eq!(
		(report.not_read.as_slice(), report.not_offered.len()),
		(&["List".to_owned()][..], 30)
	);
	let faults: Vec<(&str, u64)> =
		report.faults.iter().map(|(code, row)| (code.as_str(), row.records)).collect();
	assert_eq!(
		faults,
		[
			("class-unknown", 2),
			("label-unknown", 1),
			("patient-unknown", 3),
			("result-not-given", 1)
		]
	);
	let own = &report.faults["class-unknown"];
	assert_eq!((own.codes.len(), own.codes[0].code.as_str(), own.codes[0].records), (1, "X7", 2));
	assert_eq!(own.examples.len(), 1);
	let classes: Vec<(&str, [u64; 3])> = report
		.classes
		.iter()
		.map(|(name, row)| (name.as_str(), [row.records, row.labelled, row.time_unknown]))
		.collect();
	assert_eq!(
		classes,
		[
			("Demographics", [2, 0, 2]),
			("Encounters", [1, 0, 1]),
			("Laboratory", [4, 1, 0]),
			("Problems", [1, 0, 0]),
			("Procedures", [1, 0, 1]),
		]
	);
	let labels: Vec<(&str, u64)> =
		report.labels.iter().map(|(name, count)| (name.as_str(), *count)).collect();
	assert_eq!(labels, [("Hiv", 1), ("none", 8)]);
	let patients = report.patients;
	assert_eq!((patients.linked, patients.unlinked), (1, 1));
	assert_eq!((patients.records_linked, patients.records_unlinked), (10, 2));
	assert_eq!(patients.records_of_nobody, 1);
	assert!(report.questions.is_empty() && report.requests.is_none());
	// The house's own code is known now, and a sample is said to be one.
	let known = "[[code]]\nsystem = \"http://hospital.example/codes\"\ncode = \"X7\"\nclass = \"Observations\"\n";
	let shadow = self::shadow(
		&fhir,
		None,
		"types = [\"Observation\", \"Media\"]\n",
		&format!("most = 5\n{known}"),
	);
	let report = look(&shadow.config).await.unwrap();
	assert_eq!(counts(&report, "Observation"), [5, 4, 1, 0, 5]);
	assert!(!report.types["Observation"].is_all && !report.faults.contains_key("class-unknown"));
	assert_eq!(report.not_offered, ["Media"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_decides_as_it_does_for_a_release() {
	let (node, fhir) = (world().await, Fhir::start().await);
	hospital(&fhir);
	let shadow = shadow(&fhir, Some(&node), "", &questions());
	let report = look(&shadow.config).await.unwrap();
	let [clinic, payer] = &report.questions[..] else { panic!() };
	// Held are Patient p, three results, Condition c-inside and Encounter enc. The one with a label is refused.
	let all = |report: &salus_gateway::shadow::report::QuestionReport| {
		let Fates { whole, part, refused, undecided } = report.totals;
		[whole, part, refused, undecided]
	};
	assert_eq!((all(clinic), &clinic.undecided), ([5, 0, 1, 0], &None));
	assert_eq!(fates(&clinic.labels, "Hiv"), [0, 0, 1, 0]);
	assert_eq!(fates(&clinic.types, "Observation"), [2, 0, 1, 0]);
	assert_eq!(fates(&clinic.classes, "Problems"), [1, 0, 0, 0]);
	assert_eq!(clinic.reasons.values().sum::<u64>(), 1);
	assert_eq!(clinic.examples[0].reference, "Observation/lab-hiv");
	assert_eq!(all(payer), [0, 0, 6, 0]);
	assert_eq!(payer.reasons, BTreeMap::from([("Deny: no directive speaks".to_owned(), 6)]));
	// A Permit for problems alone: the practitioner inside stays behind.
	node.change(|world| world.grants[0].classes = vec![1]);
	let report = look(&shadow.config).await.unwrap();
	assert_eq!(all(&report.questions[0]), [0, 1, 5, 0]);
	assert_eq!(fates(&report.questions[0].classes, "Problems"), [0, 1, 0, 0]);
	// Blocks that are not of the present decide nothing.
	node.behind(30);
	let report = look(&shadow.config).await.unwrap();
	assert_eq!(all(&report.questions[0]), [0, 0, 0, 6]);
	assert!(report.questions[0].undecided.as_ref().unwrap().contains("best block"));
	assert_eq!(node.handed_in(), 0);
	assert!(fhir.requests().iter().all(|request| request.starts_with("GET ")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_of_the_server_is_played_back() {
	let (node, fhir) = (world().await, Fhir::start().await);
	hospital(&fhir);
	// Beyond the sample, and asked for all the same.
	fhir.put(result("lab3"));
	let more = format!("requests = \"FOLDER/requests.ndjson\"\nmost = 6\n{}", questions());
	let lines = [
		("clinic", "GET /fhir/Observation/lab1"),
		("clinic", "GET /fhir/Observation/lab3 HTTP/1.1"),
		("clinic", "GET /fhir/Observation/lab-hiv"),
		("clinic", "GET /fhir/Observation/obs-own1"),
		("clinic", "GET /fhir/Observation/lab-q"),
		("clinic", "GET /fhir/Observation/unheard-of"),
		("clinic", "GET /fhir/Encounter?patient=p"),
		("clinic", "GET /fhir/Observation?subject=Patient/p"),
		("payer", "GET /fhir/Observation?subject=Patient/p"),
		("clinic", "GET /fhir/metadata"),
		("somebody", "GET /fhir/Observation/lab1"),
	];
	let lines = lines.map(|(who, what)| json!({ "who": who, "what": what }).to_string());
	let folder = tempfile::tempdir().unwrap();
	let file = folder.path().join("requests.ndjson");
	std::fs::write(&file, lines.join("\n")).unwrap();
	let more = more.replace("FOLDER", &folder.path().display().to_string());
	let shadow = shadow(&fhir, Some(&node), "", &more);
	let report = look(&shadow.config).await.unwrap();
	let requests = report.requests.unwrap();
	assert_eq!((requests.requests, requests.unknown_asker, requests.not_understood), (11, 1, 1));
	let clinic = &requests.by_asker["clinic"];
	assert_eq!((clinic.requests, clinic.released), (8, 2));
	assert_eq!((clinic.search_all, clinic.search_some, clinic.search_none), (1, 1, 0));
	let refused: Vec<u64> = clinic.refused.values().copied().collect();
	assert_eq!(refused, [1, 1, 1, 1], "{:?}", clinic.refused);
	for why in [
		"quarantine: class-unknown",
		"quarantine: the patient is not linked",
		"the server does not have it",
	] {
		assert_eq!(clinic.refused[why], 1);
	}
	assert_eq!(requests.by_asker["payer"].search_none, 1);
	assert_eq!(report.types["Observation"].counts.read, 6, "what is asked for is not counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_writes_its_report_for_the_house_and_says_nothing_of_anybody() {
	use std::os::unix::fs::PermissionsExt;
	let (node, fhir) = (world().await, Fhir::start().await);
	hospital(&fhir);
	let shadow = shadow(&fhir, Some(&node), "", &questions());
	let done = tokio::task::spawn_blocking({
		let file = shadow.folder.path().join("shadow.toml");
		move || {
			let mut command = Command::new(env!("CARGO_BIN_EXE_salus-gateway"));
			command.arg("shadow").arg(file).output().unwrap()
		}
	});
	let done = done.await.unwrap();
	let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
	let (out, log) = (text(done.stdout), text(done.stderr));
	assert!(done.status.success(), "{log}");
	assert!(out.starts_with("read 13 held 6 quarantined 7 refused 0 report "), "{out}");
	for secret in ["lab1", "lab-hiv", "obs-own1", "c-inside", &PATIENT.to_string()[2..]] {
		assert!(!out.contains(secret) && !log.contains(secret), "{secret} in {log}");
	}
	let folder = shadow.folder.path().join("report");
	let mode =
		|path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
	let (json, page) = (folder.join("shadow.json"), folder.join("shadow.md"));
	assert_eq!([mode(&folder), mode(&json), mode(&page)], [0o700, 0o600, 0o600]);
	let told: Value = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
	assert_eq!(told["totals"]["read"], 13);
	assert_eq!(told["types"]["Observation"]["held"], 3);
	assert_eq!(told["questions"][0]["totals"]["whole"], 5);
	let page = std::fs::read_to_string(page).unwrap();
	for line in [
		"| Observation | 6 | 3 | 3 | 0 | 4 |",
		"### class-unknown: 2",
		"| X7 | http://hospital.example/codes | code | 2 |",
		"| Hiv | 0 | 0 | 1 | 0 |",
		"### clinic: organisation 4, Treat, Read",
	] {
		assert!(page.lines().any(|each| each == line), "{line} in\n{page}");
	}
	// A handle is in no file of the house but the one that ties it to an id.
	assert!(!page.contains(&PATIENT.to_string()));
	// It is written anew, over what was there.
	let report = look(&shadow.config).await.unwrap();
	write(&report, &folder).unwrap();
	assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_read_is_named_and_a_type_that_cannot_is_left() {
	let fhir = Fhir::start().await;
	hospital(&fhir);
	let shadow = shadow(&fhir, None, "", "");
	fhir.troubles([Trouble::Status(403)]);
	let report = look(&shadow.config).await.unwrap();
	let failed: Vec<&String> =
		report.types.iter().filter(|(_, row)| row.fault.is_some()).map(|(name, _)| name).collect();
	assert_eq!(failed, ["Patient"], "the first type");
	assert_eq!(report.totals.read, 11);
	fhir.change(|inner| inner.authorization = Some("Bearer x".into()));
	let none = look(&shadow.config).await.unwrap_err();
	assert!(matches!(none, NoReport::Server(Unread::Refused(401))), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_gives_no_links_is_read_to_the_end_too() {
	let fhir = Fhir::start().await;
	hospital(&fhir);
	let expected = look(&shadow(&fhir, None, "", "").config).await.unwrap();
	fhir.change(|inner| inner.links = Links::None);
	let report = look(&shadow(&fhir, None, "", "").config).await.unwrap();
	assert!(expected.totals.read > 2);
	assert_eq!(report.totals, expected.totals);
	for (name, row) in &report.types {
		assert!(row.is_all && row.fault.is_none(), "{name}");
	}
}

/// A server that nobody here wrote: `SALUS_FHIR_SERVER` is its base URL. It is only read.
#[tokio::test(flavor = "multi_thread")]
async fn a_real_server_can_be_read() {
	let Ok(url) = std::env::var("SALUS_FHIR_SERVER") else {
		println!("skipped: SALUS_FHIR_SERVER names no server");
		return;
	};
	let folder = tempfile::tempdir().unwrap();
	let text = format!(
		"[upstream]\nurl = \"{url}\"\nplain_http = true\ncount = 20\ntimeout = 600\n[shadow]\nreport = \"{}\"\nmost = 200\n",
		folder.path().join("report").display()
	);
	let config = ShadowConfig::read(&text).unwrap();
	let report = look(&config).await.unwrap();
	write(&report, &config.shadow.report).unwrap();
	assert!(report.totals.read > 0, "there is something to read");
	let counts = report.totals;
	assert_eq!(counts.held + counts.quarantined + counts.refused, counts.read);
	for (name, row) in &report.types {
		println!("{name}: {:?} all {} {:?}", row.counts, row.is_all, row.fault);
		assert_eq!(row.fault, None, "{name}");
	}
	for (code, row) in &report.faults {
		println!("{code}: {}", row.records);
	}
}

/// What is refused for what is within a record, for whom it names, and for what it has attached, is told as ingest would refuse it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_within_a_record_and_what_it_has_attached_is_told_as_ingest_would() {
	let fhir = Fhir::start().await;
	let number = json!([{ "system": "urn:mrn", "value": "77" }]);
	fhir.put(json!({ "resourceType": "Patient", "id": "p", "identifier": number }));
	let with = |id: &str, element: &str, value: Value| {
		let mut record = result(id);
		record[element] = value;
		record
	};
	let within = |identifier: &str| json!([{ "resourceType": "Patient", "id": "in", "identifier": [{ "system": "urn:mrn", "value": identifier }] }]);
	fhir.put(with("own", "contained", within("77")));
	fhir.put(with("other", "contained", within("78")));
	fhir.put(with("basic", "contained", json!([{ "resourceType": "Basic", "id": "in" }])));
	fhir.put(with("focus", "focus", json!([{ "reference": "Patient/q" }])));
	fhir.put(with("performer", "performer", json!([{ "reference": "Patient/q" }])));
	fhir.put(with("herself", "performer", json!([{ "reference": "Patient/p" }])));
	let letter = |id: &str, url: &str| {
		json!({
			"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-03-01T10:00:00Z",
			"subject": { "reference": "Patient/p" }, "type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
			"content": [{ "attachment": { "url": url } }],
		})
	};
	let binary = |id: &str| json!({ "resourceType": "Binary", "id": id, "data": "aGk=" });
	for (id, url) in [
		("d1", "Binary/a"),
		("d2", "Binary/b"),
		("d3", "Binary/c"),
		("d5", "Binary/?identifier=x"),
		("d6", "Binary/none"),
	] {
		fhir.put(letter(id, url));
	}
	// One of two that have it has a label; one of two would not be held.
	fhir.put(labelled(letter("d2b", &format!("{}/Binary/b", fhir.url)), "HIV"));
	fhir.put(labelled(letter("d3b", "Binary/c"), "NEVER"));
	["a", "b", "c"].into_iter().for_each(|id| fhir.put(binary(id)));
	let shadow = shadow(&fhir, None, "", "");
	let report = look(&shadow.config).await.unwrap();
	assert_eq!(counts(&report, "Observation"), [6, 2, 4, 0, 2]);
	assert_eq!(counts(&report, "DocumentReference"), [7, 5, 2, 0, 5]);
	assert_eq!(counts(&report, "Binary"), [3, 2, 1, 0, 2]);
	let faults: Vec<(&str, u64)> =
		report.faults.iter().map(|(code, row)| (code.as_str(), row.records)).collect();
	let expected = [
		("about-another", 1),
		("attachment-unclear", 1),
		("document-not-held", 1),
		("label-unknown", 1),
		("names-another", 1),
		("patient-unknown", 1),
		("type-without-class", 1),
	];
	assert_eq!(faults, expected);
	assert_eq!(report.faults["about-another"].examples[0].path, "Observation.focus");
	assert_eq!(report.labels["Hiv"], 2, "the document's and the Binary's");
	assert!(fhir.requests().iter().all(|request| request.starts_with("GET ")));
}
