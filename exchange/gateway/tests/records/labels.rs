//! Codes that ask for labels, the house's own rules, and what becomes of what is held when the rules are others.

use crate::common::{
	configured, doctor, linked, secret, start, world, Running, CUSTODIAN, PATIENT,
};
use salus_exchange_policy::{Labels, SensitivityLabel};
use salus_exchange_protocol::Hash;
use salus_gateway::{
	config::Config,
	gateway::Gateway,
	store::{InForce, State, Whose},
};
use serde_json::{json, Value};
use std::{fs, path::Path};

const ICD: &str = "http://hl7.org/fhir/sid/icd-10";
const OURS: &str = "https://ehr.example/codes";

fn diagnosis(id: &str, system: &str, code: &str) -> Value {
	json!({
		"resourceType": "Condition", "id": id, "subject": { "reference": "Patient/p" }, "recordedDate": "2026-03-01",
		"code": { "coding": [{ "system": system, "code": code }] },
	})
}

fn labels(gateway: &Gateway, name: &str, id: &str) -> Labels {
	match gateway.store.current(name, id).unwrap().unwrap().state {
		State::Held(judged) => {
			for ask in &judged.asks {
				assert_eq!(ask.labels, judged.labels, "each part asks for it");
			}
			judged.labels
		},
		other => panic!("{other:?}"),
	}
}

/// Writes rules that two have approved, and names them in the configuration.
fn put_rules(folder: &Path, rules: &str) {
	let hash = hex::encode(Hash::of(rules.as_bytes()).0);
	let approvals =
		["A, privacy officer", "B, data steward"].map(|officer| {
			format!("[[approval]]\nofficer = \"{officer}\"\ndate = \"2026-11-29\"\napproves = \"{hash}\"\n")
		});
	let file = folder.join("label-rules.toml");
	fs::write(&file, format!("{rules}{}", approvals.concat())).unwrap();
	let config = folder.join("gateway.toml");
	let text = fs::read_to_string(&config).unwrap();
	if !text.starts_with("label_rules") {
		fs::write(&config, format!("label_rules = \"{}\"\n{text}", file.display())).unwrap();
	}
}

fn rules(codes: &str) -> String {
	rules_of(1, codes)
}

fn rules_of(version: u32, codes: &str) -> String {
	format!("version = {version}\n[[rule]]\nname = \"a\"\nsystems = [\"{OURS}\"]\nmatch = \"under\"\ncodes = [{codes}]\nlabels = [\"Psy\"]\nsource = \"the clinic's list\"\n")
}

fn copy_all(from: &Path, to: &Path) {
	for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
		let there = to.join(entry.file_name());
		match entry.path().is_dir() {
			true => {
				fs::create_dir(&there).unwrap();
				copy_all(&entry.path(), &there);
			},
			false => assert!(fs::copy(entry.path(), there).is_ok()),
		}
	}
}

async fn status(hospital: &Running, reference: &str) -> u16 {
	hospital.read(&doctor(), reference).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_that_nobody_labelled_does_not_leave_under_a_grant_without_labels() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	for (id, code) in [("pressure", "I10"), ("hiv", "B24")] {
		assert_eq!(hospital.faces.ingest(&diagnosis(id, ICD, code)).await["state"], "held");
	}
	assert_eq!(labels(&hospital.gateway, "Condition", "hiv"), [SensitivityLabel::Hiv].into());
	assert_eq!(status(&hospital, "Condition/pressure").await, 200);
	assert_eq!(status(&hospital, "Condition/hiv").await, 404);
	let found = hospital.search(&doctor(), "Condition", &format!("patient={PATIENT}")).await.json();
	let ids: Vec<&Value> =
		found["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]["id"]).collect();
	assert_eq!(ids, ["pressure"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_medicine_that_is_referenced_must_be_there_and_labels_the_order() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let order = json!({
		"resourceType": "MedicationRequest", "id": "o", "subject": { "reference": "Patient/p" }, "authoredOn": "2026-03-01",
		"medicationReference": { "reference": "Medication/m" },
	});
	let taken = hospital.faces.ingest(&order).await;
	assert_eq!(
		(&taken["state"], &taken["fault"]),
		(&json!("quarantined"), &json!("document-not-given"))
	);
	let medicine = json!({
		"resourceType": "Medication", "id": "m",
		"code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J05AR20" }] },
	});
	hospital.faces.ingest(&medicine).await;
	let number = hospital.gateway.store.current("MedicationRequest", "o").unwrap().unwrap().number;
	assert_eq!(hospital.gateway.again(number).unwrap(), Some(true));
	assert_eq!(labels(&hospital.gateway, "MedicationRequest", "o"), [SensitivityLabel::Hiv].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_gets_the_labels_of_new_rules_before_anybody_is_answered_and_keeps_them() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	for (id, code) in [("a", "PSY-1"), ("b", "EYE-1")] {
		hospital.faces.ingest(&diagnosis(id, OURS, code)).await;
		assert_eq!(status(&hospital, &format!("Condition/{id}")).await, 200);
	}
	assert_eq!(hospital.gateway.relabel().unwrap(), None, "the rules are the same");

	let hospital = hospital.again(|folder| put_rules(folder, &rules("\"PSY\""))).await;
	assert_eq!(labels(&hospital.gateway, "Condition", "a"), [SensitivityLabel::Psy].into());
	assert_eq!(labels(&hospital.gateway, "Condition", "b"), Labels::new());
	assert_eq!(status(&hospital, "Condition/a").await, 404);
	assert_eq!(status(&hospital, "Condition/b").await, 200);
	// What comes under the rules is labelled as it comes.
	hospital.faces.ingest(&diagnosis("c", OURS, "psy 2")).await;
	assert_eq!(labels(&hospital.gateway, "Condition", "c"), [SensitivityLabel::Psy].into());

	let hospital = hospital.again(|folder| put_rules(folder, &rules_of(2, "\"EYE\""))).await;
	for id in ["a", "b", "c"] {
		assert_eq!(labels(&hospital.gateway, "Condition", id), [SensitivityLabel::Psy].into());
	}
}

/// A Bundle with these members and records.
fn bundle(more: Value, records: &[Value]) -> Value {
	let mut bundle = more;
	bundle["resourceType"] = json!("Bundle");
	bundle["type"] = json!("collection");
	let entries = records.iter().map(|record| json!({ "resource": record }));
	bundle["entry"] = entries.collect();
	bundle
}

fn hiv() -> Value {
	let system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
	json!({ "security": [{ "system": system, "code": "HIV" }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_in_a_bundle_that_is_labelled_now_are_labelled_and_stay_so() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let list = |id: &str| {
		json!({
			"resourceType": "List", "id": "l", "meta": hiv(), "status": "current", "mode": "snapshot",
			"entry": [{ "item": { "reference": format!("Condition/{id}") } }],
		})
	};
	let provenance = |id: &str| {
		json!({
			"resourceType": "Provenance", "id": "v", "meta": hiv(), "recorded": "2026-03-01T00:00:00Z",
			"target": [{ "reference": format!("Condition/{id}/_history/1") }],
			"agent": [{ "who": { "reference": "Practitioner/x" } }],
		})
	};
	let plain = |id: &str| diagnosis(id, ICD, "I10");
	let cases: [(&str, Value); 3] = [
		("by-bundle", bundle(json!({ "meta": hiv() }), &[plain("by-bundle")])),
		("by-list", bundle(json!({}), &[plain("by-list"), list("by-list")])),
		(
			"by-provenance",
			bundle(json!({}), &[plain("by-provenance"), provenance("by-provenance")]),
		),
	];
	for (id, labelled) in cases {
		let unlabelled = bundle(json!({}), &[plain(id)]);
		let reference = format!("Condition/{id}");
		assert_eq!(hospital.faces.ingest(&unlabelled).await["state"], "held");
		assert_eq!(status(&hospital, &reference).await, 200, "{id}");
		let again = hospital.faces.ingest(&labelled).await;
		assert_eq!((&again["state"], &again["version"]), (&json!("same"), &json!(1)), "{id}");
		assert_eq!(labels(&hospital.gateway, "Condition", id), [SensitivityLabel::Hiv].into());
		assert_eq!(status(&hospital, &reference).await, 404, "{id}");
		// What comes without the label takes none away.
		assert_eq!(hospital.faces.ingest(&unlabelled).await["state"], "same");
		assert_eq!(labels(&hospital.gateway, "Condition", id), [SensitivityLabel::Hiv].into());
	}
	// A label that is not known is a reason to keep it.
	let unknown = json!({ "meta": { "security": [{ "system": "https://ehr.example/labels", "code": "X" }] } });
	hospital.faces.ingest(&bundle(json!({}), &[plain("unknown")])).await;
	hospital.faces.ingest(&bundle(unknown, &[plain("unknown")])).await;
	let found = hospital.gateway.store.current("Condition", "unknown").unwrap().unwrap();
	assert!(matches!(found.state, State::Quarantined { .. }), "{found:?}");
	assert_eq!(status(&hospital, "Condition/unknown").await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_quarantine_keeps_the_labels_that_come_with_the_same_bytes() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let one = [diagnosis("waits", ICD, "I10")];
	let psy = json!({ "meta": { "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] } });
	for around in [json!({}), json!({ "meta": hiv() }), psy, json!({})] {
		hospital.faces.ingest(&bundle(around, &one)).await;
	}
	assert_eq!(hospital.link(PATIENT, "p").await.status, 200);
	let both = [SensitivityLabel::Hiv, SensitivityLabel::Psy].into();
	assert_eq!(labels(&hospital.gateway, "Condition", "waits"), both);
}

/// The file of the vault with that name.
fn file_of(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
	let mut left = vec![folder.to_path_buf()];
	while let Some(folder) = left.pop() {
		for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
			match entry.path().is_dir() {
				true => left.push(entry.path()),
				false if entry.file_name().to_string_lossy().contains(name) => {
					return Some(entry.path())
				},
				false => {},
			}
		}
	}
	None
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_damaged_keeps_nothing_else_from_being_judged_by_new_rules() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	for id in ["damaged", "missing", "a"] {
		hospital.faces.ingest(&diagnosis(id, OURS, "PSY-1")).await;
	}
	let blob =
		|id: &str| hospital.gateway.store.current("Condition", id).unwrap().unwrap().blob.unwrap();
	let (damaged, missing) = (blob("damaged"), blob("missing"));
	let hospital = hospital
		.again(|folder| {
			put_rules(folder, &rules("\"PSY\""));
			fs::write(file_of(folder, &damaged).unwrap(), b"damaged").unwrap();
			fs::remove_file(file_of(folder, &missing).unwrap()).unwrap();
		})
		.await;
	assert_eq!(labels(&hospital.gateway, "Condition", "a"), [SensitivityLabel::Psy].into());
	for id in ["damaged", "missing"] {
		let found = hospital.gateway.store.current("Condition", id).unwrap().unwrap();
		let State::Quarantined { fault, .. } = found.state else { panic!("{id}") };
		assert_eq!(fault, "file-damaged");
		assert_eq!(status(&hospital, &format!("Condition/{id}")).await, 404);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_does_not_start_with_rules_that_were_changed_after_they_were_approved() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	put_rules(folder.path(), &rules("\"PSY\""));
	let open = || Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	assert_eq!(open().on_this_host(), []);
	let file = folder.path().join("label-rules.toml");
	let text = fs::read_to_string(&file).unwrap();
	fs::write(&file, text.replacen("PSY", "PSX", 1)).unwrap();
	let faults: Vec<String> = open().on_this_host().into_iter().map(|fault| fault.at).collect();
	assert_eq!(faults, ["label_rules.approval[0].approves", "label_rules.approval[1].approves"]);
	let failure = Gateway::open(open()).unwrap_err().to_string();
	assert!(failure.contains("somebody has changed the rules since"), "{failure}");
	fs::remove_file(&file).unwrap();
	assert!(Gateway::open(open()).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_never_replaced_by_an_older_version_and_come_back_under_a_higher_one() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	let open = || Gateway::open(Config::read_file(&folder.path().join("gateway.toml")).unwrap());
	let refused = || open().unwrap_err().to_string();
	let (psy, eye) = ("\"PSY\"", "\"EYE\"");
	// Whoever has no rules of their own starts without.
	drop(open().unwrap());
	put_rules(folder.path(), &rules_of(3, psy));
	drop(open().unwrap());
	drop(open().unwrap());

	put_rules(folder.path(), &rules_of(2, psy));
	let lower = refused();
	assert!(lower.starts_with("label_rules.version: is 2, and version 3 is in force"), "{lower}");
	assert!(lower.contains("a version above 3"), "{lower}");
	put_rules(folder.path(), &rules_of(3, eye));
	let same = refused();
	assert!(same.contains("raise the version"), "{same}");
	let config = folder.path().join("gateway.toml");
	let named = fs::read_to_string(&config).unwrap();
	let unnamed = named.lines().filter(|line| !line.starts_with("label_rules"));
	fs::write(&config, unnamed.collect::<Vec<_>>().join("\n")).unwrap();
	let gone = refused();
	assert!(gone.starts_with("label_rules: is missing, and version 3"), "{gone}");
	// What was refused has changed nothing.
	fs::write(&config, named).unwrap();
	put_rules(folder.path(), &rules_of(3, psy));
	let gateway = open().unwrap();
	let in_force = gateway.store.rules_in_force(Whose::House).unwrap().unwrap();
	assert_eq!((in_force.version, in_force.rules), (3, Hash::of(rules_of(3, psy).as_bytes())));
	drop(gateway);

	put_rules(folder.path(), &rules_of(4, eye));
	drop(open().unwrap());
	put_rules(folder.path(), &rules_of(5, psy));
	drop(open().unwrap());
	// None at all, by two.
	put_rules(folder.path(), "version = 6\n");
	drop(open().unwrap());
	put_rules(folder.path(), &rules_of(5, psy));
	assert!(refused().contains("version 6 is in force"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_older_rules_does_not_start_where_later_ones_were_in_force() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	let open = || Gateway::open(Config::read_file(&folder.path().join("gateway.toml")).unwrap());
	let gateway = open().unwrap();
	let ours = gateway.store.rules_in_force(Whose::Gateway).unwrap().unwrap();
	assert_eq!(ours.version, gateway.tables.rules_version);
	let later = InForce { version: ours.version + 1, ..ours };
	gateway.store.put_in_force(Whose::Gateway, &later).unwrap();
	drop(gateway);
	let failure = open().unwrap_err().to_string();
	assert!(failure.contains("of a later program was in force"), "{failure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_does_not_start_with_another_vaults_key() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	hospital.faces.ingest(&diagnosis("a", ICD, "I10")).await;
	// While it is stopped: a database that is not a file is used by one gateway at a time.
	let mut failure = String::new();
	hospital
		.again(|folder| {
			let copy = tempfile::tempdir().unwrap();
			copy_all(folder, copy.path());
			secret(&copy.path().join("vault.key"), &format!("0x{}", hex::encode([8; 32])));
			let config = copy.path().join("gateway.toml");
			let text = fs::read_to_string(&config).unwrap();
			let (here, there) = (folder.display().to_string(), copy.path().display().to_string());
			fs::write(&config, text.replace(&here, &there)).unwrap();
			let config = Config::read_file(&config).unwrap();
			failure = Gateway::open(config).unwrap_err().to_string();
		})
		.await;
	assert!(failure.contains("does not open with the vault's key"), "{failure}");
}
