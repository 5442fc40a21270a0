//! What others write between the moment at which a record is judged and the one at which it is written. Each time just then: a hook of the database
//! does what the others do.

use super::{Taken, PATIENT_UNKNOWN, TOO_MANY_ATTACHED, TRIES};
use crate::{
	config::Config,
	gateway::{Failure, Gateway},
	store::{Stands, State, StoreFault},
	within::NAMES_ANOTHER,
};
use salus_exchange_policy::{Labels, SensitivityLabel};
use salus_exchange_protocol::{fhir, Hash};
use serde_json::{json, Value};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};
use tempfile::TempDir;

const PATIENT: Hash = Hash([0x11; 32]);

/// A gateway that has linked the patient `p`, with a database of SQLite.
fn hospital() -> (TempDir, Arc<Gateway>) {
	let folder = tempfile::tempdir().unwrap();
	let gateway = open(folder.path());
	assert!(gateway.link(&PATIENT, "p").unwrap());
	(folder, gateway)
}

fn open(folder: &Path) -> Arc<Gateway> {
	let secret = |name: &str, text: &str| {
		let file = folder.join(name);
		fs::write(&file, text).unwrap();
		fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
		file.display().to_string()
	};
	let vault = secret("vault.key", &format!("0x{}", "09".repeat(32)));
	let token = secret("token", &"t".repeat(40));
	let text = format!(
		"organisation = 3\ndata = \"{}\"\nvault_key = \"{vault}\"\n[outside]\nlisten = \"127.0.0.1:0\"\nurl = \"https://g.example\"\n\
		 [inside]\nlisten = \"127.0.0.1:0\"\ntoken = \"{token}\"\n\
		 [chain]\nnode = \"http://127.0.0.1:1\"\ngenesis = \"0x{}\"\nkind = \"solo\"\n",
		folder.display(),
		"11".repeat(32),
	);
	fs::write(folder.join("gateway.toml"), text).unwrap();
	Gateway::open(Config::read_file(&folder.join("gateway.toml")).unwrap()).unwrap()
}

fn result(value: f64) -> Value {
	json!({
		"resourceType": "Observation", "id": "r", "status": "final", "subject": { "reference": "Patient/p" }, "effectiveDateTime": "2026-03-01",
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory" }] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": "718-7" }] },
		"valueQuantity": { "value": value, "unit": "mmol/L" },
	})
}

/// Takes a Bundle with that record, and with this label.
fn take(gateway: &Gateway, record: &Value, label: &str) -> Result<Taken, Failure> {
	let system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
	let meta = json!({ "security": [{ "system": system, "code": label }] });
	take_with(gateway, record, &meta)
}

fn take_with(gateway: &Gateway, record: &Value, meta: &Value) -> Result<Taken, Failure> {
	let entry = json!([{ "resource": record }]);
	let bundle =
		json!({ "resourceType": "Bundle", "type": "collection", "meta": meta, "entry": entry });
	let bundle = fhir::read(bundle.to_string().as_bytes()).unwrap();
	let mut outcomes = gateway.ingest_bundle(&bundle)?;
	Ok(outcomes.pop().unwrap().taken)
}

/// The bytes that a record has in a Bundle, sent without one.
fn take_alone(gateway: &Gateway, record: &Value) -> Taken {
	let bytes = fhir::read(record.to_string().as_bytes()).unwrap().canonical();
	gateway.ingest(&bytes).unwrap().taken
}

/// Does something once, just before the next records are written.
fn meanwhile(gateway: &Arc<Gateway>, other: impl FnOnce(&Gateway) + Send + 'static) {
	let there = Arc::clone(gateway);
	let hook: Box<dyn FnOnce() + Send> = Box::new(move || other(&there));
	*gateway.store.before_writing.lock().unwrap() = Some(hook);
}

fn is_done(gateway: &Gateway) -> bool {
	gateway.store.before_writing.lock().unwrap().is_none()
}

fn stands(gateway: &Gateway, name: &str, id: &str) -> Stands {
	gateway.store.stands_now(name, id).unwrap().unwrap()
}

fn labels(gateway: &Gateway) -> Labels {
	match stands(gateway, "Observation", "r").found.state {
		State::Held(judged) => judged.labels,
		other => panic!("{other:?}"),
	}
}

fn fault(gateway: &Gateway, name: &str, id: &str) -> String {
	match stands(gateway, name, id).found.state {
		State::Quarantined { fault, .. } => fault,
		other => panic!("{other:?}"),
	}
}

/// How many files the vault has.
fn files(folder: &Path) -> usize {
	let folders = fs::read_dir(folder.join("vault")).unwrap();
	folders.map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

fn both() -> Labels {
	[SensitivityLabel::Hiv, SensitivityLabel::Psy].into()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_label_the_same_record_at_once_are_heard_both() {
	let (_folder, gateway) = hospital();
	assert_eq!(take_alone(&gateway, &result(7.0)), Taken::Held { version: 1 });
	meanwhile(&gateway, |there| {
		assert_eq!(take(there, &result(7.0), "PSY").unwrap(), Taken::Same { version: 1 });
	});
	assert_eq!(take(&gateway, &result(7.0), "HIV").unwrap(), Taken::Same { version: 1 });
	assert!(is_done(&gateway));
	assert_eq!(labels(&gateway), both());
	// And both hold for the next version.
	assert_eq!(take_alone(&gateway, &result(8.0)), Taken::Held { version: 2 });
	assert_eq!(labels(&gateway), both());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_a_version_while_the_next_one_comes_holds_for_that_one() {
	let (_folder, gateway) = hospital();
	take_alone(&gateway, &result(7.0));
	meanwhile(&gateway, |there| {
		assert_eq!(take(there, &result(7.0), "PSY").unwrap(), Taken::Same { version: 1 });
	});
	assert_eq!(take(&gateway, &result(8.0), "HIV").unwrap(), Taken::Held { version: 2 });
	assert!(is_done(&gateway));
	assert_eq!(labels(&gateway), both());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_versions_at_once_the_later_one_has_what_was_said_of_the_other() {
	let (folder, gateway) = hospital();
	take_alone(&gateway, &result(7.0));
	meanwhile(&gateway, |there| {
		assert_eq!(take(there, &result(8.0), "PSY").unwrap(), Taken::Held { version: 2 });
	});
	assert_eq!(take_alone(&gateway, &result(9.0)), Taken::Held { version: 3 });
	assert!(is_done(&gateway));
	assert_eq!(labels(&gateway), [SensitivityLabel::Psy].into());
	// The very same bytes: they are there once.
	meanwhile(&gateway, |there| {
		assert_eq!(take(there, &result(10.0), "PSY").unwrap(), Taken::Held { version: 4 });
	});
	assert_eq!(take(&gateway, &result(10.0), "HIV").unwrap(), Taken::Same { version: 4 });
	assert_eq!(labels(&gateway), both());
	assert_eq!(stands(&gateway, "Observation", "r").found.version, 4);
	assert_eq!(files(folder.path()), 4, "one for each version, and none besides");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_judged_by_what_is_said_meanwhile() {
	let folder = tempfile::tempdir().unwrap();
	let gateway = open(folder.path());
	let taken = take_alone(&gateway, &result(7.0));
	assert!(matches!(taken, Taken::Quarantined { .. }), "{taken:?}");
	assert_eq!(fault(&gateway, "Observation", "r"), PATIENT_UNKNOWN);
	meanwhile(&gateway, |there| {
		assert_eq!(take(there, &result(7.0), "PSY").unwrap(), Taken::Same { version: 1 });
	});
	assert!(gateway.link(&PATIENT, "p").unwrap());
	assert!(is_done(&gateway));
	assert_eq!(labels(&gateway), [SensitivityLabel::Psy].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_judged_by_the_identifiers_before_is_judged_by_those_that_come_meanwhile() {
	let (_folder, gateway) = hospital();
	let patient = |value: &str| json!({ "resourceType": "Patient", "id": "p", "identifier": [{ "system": "urn:mrn", "value": value }] });
	let mut record = result(7.0);
	record["contained"] = json!([{ "resourceType": "Patient", "identifier": [{ "system": "urn:mrn", "value": "77" }] }]);
	assert_eq!(take_alone(&gateway, &patient("77")), Taken::Held { version: 1 });
	meanwhile(&gateway, move |there| {
		assert_eq!(take_alone(there, &patient("78")), Taken::Held { version: 2 });
		assert!(there.store.numbered_anew(9).unwrap().is_empty(), "it was looked at already");
	});
	let taken = take_alone(&gateway, &record);
	assert!(is_done(&gateway));
	assert!(matches!(taken, Taken::Quarantined { .. }), "{taken:?}");
	assert_eq!(fault(&gateway, "Observation", "r"), PATIENT_UNKNOWN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_who_is_said_to_be_one_that_is_linked_meanwhile_waits() {
	let (_folder, gateway) = hospital();
	let patient = json!({
		"resourceType": "Patient", "id": "p", "link": [{ "other": { "reference": "Patient/q" }, "type": "seealso" }],
	});
	meanwhile(&gateway, |there| assert!(there.link(&Hash([0x22; 32]), "q").unwrap()));
	let taken = take_alone(&gateway, &patient);
	assert!(is_done(&gateway));
	assert!(matches!(taken, Taken::Quarantined { .. }), "{taken:?}");
	assert_eq!(fault(&gateway, "Patient", "p"), NAMES_ANOTHER);
}

/// Says something else of the record each time before something is written.
fn goes_on(gateway: &Arc<Gateway>, turn: usize) {
	let there = Arc::clone(gateway);
	meanwhile(gateway, move |_| {
		let meta = json!({ "tag": [{ "code": format!("t{turn}") }] });
		take_with(&there, &result(7.0), &meta).unwrap();
		goes_on(&there, turn + 1);
	});
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_overtaken_each_time_is_told_so_and_nothing_is_lost() {
	let (folder, gateway) = hospital();
	take_alone(&gateway, &result(7.0));
	for (record, turn) in [(result(7.0), 0), (result(8.0), 100)] {
		goes_on(&gateway, turn);
		let failed = take(&gateway, &record, "HIV").unwrap_err();
		assert!(matches!(failed, Failure::Store(StoreFault::Moved)), "{failed}");
		drop(gateway.store.before_writing.lock().unwrap().take());
	}
	let stands = stands(&gateway, "Observation", "r");
	assert_eq!(stands.found.version, 1);
	let blob = stands.found.blob.clone().unwrap();
	assert_eq!(gateway.kept_said(stands.found.number, &blob).unwrap().len(), 2 * TRIES);
	assert_eq!(labels(&gateway), Labels::new());
	assert_eq!(files(folder.path()), 1, "those that were not kept are gone");
	// When the others have done, it is taken.
	assert_eq!(take(&gateway, &result(7.0), "HIV").unwrap(), Taken::Same { version: 1 });
	assert_eq!(labels(&gateway), [SensitivityLabel::Hiv].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_has_too_many_attached_waits_and_tells_nothing_of_them() {
	let (_folder, gateway) = hospital();
	let letter = |id: &str, count: usize| {
		let content =
			(0..count).map(|at| json!({ "attachment": { "url": format!("Binary/b{at}") } }));
		json!({
			"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-03-01T10:00:00Z",
			"subject": { "reference": "Patient/p" }, "type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
			"content": content.collect::<Vec<_>>(),
		})
	};
	let before = gateway.store.transactions();
	let taken = take_alone(&gateway, &letter("many", 1_001));
	assert!(matches!(&taken, Taken::Quarantined { fault, .. } if fault == TOO_MANY_ATTACHED));
	let number = stands(&gateway, "DocumentReference", "many").found.number;
	let codes = |number| {
		let names = ["attached", "attached-meant"];
		names.map(|name| gateway.store.tokens_named(number, name).unwrap().len())
	};
	assert_eq!(codes(number), [0, 0]);
	assert_eq!(gateway.store.naming("b7", "", 9).unwrap(), (vec![], false));
	// Also when it is sent again, and judged anew.
	assert_eq!(take_alone(&gateway, &letter("many", 1_001)), Taken::Same { version: 1 });
	assert_eq!(gateway.again(number).unwrap(), Some(false));
	assert_eq!(codes(number), [0, 0]);
	assert_eq!(gateway.store.transactions(), before + 1);
	assert_eq!(take_alone(&gateway, &letter("few", 1_000)), Taken::Held { version: 1 });
	assert_eq!(codes(stands(&gateway, "DocumentReference", "few").found.number), [1_000, 1_000]);
	assert!(!gateway.store.naming("b7", "", 9).unwrap().0.is_empty());

	// No Binary of the patient leaves meanwhile: the one that waits may have it attached, with labels that nothing else tells.
	let leaves = |gateway: &Arc<Gateway>| {
		let binary = json!({ "resourceType": "Binary", "id": "b7", "contentType": "text/plain", "data": "aGk=" });
		assert_eq!(take_alone(gateway, &binary), Taken::Held { version: 1 });
		gateway.judged_now(&stands(gateway, "Binary", "b7").found).unwrap().is_some()
	};
	assert!(!leaves(&gateway));
	let (_folder, other) = hospital();
	assert_eq!(take_alone(&other, &letter("few", 1_000)), Taken::Held { version: 1 });
	assert!(leaves(&other));
}
