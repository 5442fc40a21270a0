//! Messages of HL7 v2 over MLLP: what becomes of them, and what is answered.

use crate::common::{
	self, configured, doctor, result, start_in, world, Running, CUSTODIAN, PATIENT,
};
use serde_json::{json, Value};
use std::time::Duration;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
};

async fn with_hl7(node: &common::node::Node) -> Running {
	let folder = configured(node, CUSTODIAN, "[hl7]\nlisten = \"127.0.0.1:0\"\n");
	start_in(folder).await
}

/// Somebody who sends messages.
struct Sender(TcpStream);

impl Sender {
	async fn to(running: &Running) -> Self {
		Self(TcpStream::connect(running.hl7.unwrap()).await.unwrap())
	}

	async fn write(&mut self, bytes: &[u8]) {
		self.0.write_all(bytes).await.unwrap();
	}

	/// The next answer: its code and words.
	async fn answer(&mut self) -> (String, String) {
		let mut bytes = Vec::new();
		while !bytes.ends_with(&[0x1C, 0x0D]) {
			let mut byte = [0];
			let read = tokio::time::timeout(Duration::from_secs(20), self.0.read_exact(&mut byte));
			read.await.unwrap().unwrap();
			bytes.extend(byte);
		}
		let text = String::from_utf8(bytes).unwrap();
		let told = text.split('\r').find(|line| line.starts_with("MSA|")).unwrap();
		let mut parts = told.split('|').skip(1).map(str::to_owned);
		(parts.next().unwrap(), parts.nth(1).unwrap())
	}

	async fn send(&mut self, message: &str) -> (String, String) {
		self.write(&[&[0x0B], message.as_bytes(), &[0x1C, 0x0D]].concat()).await;
		self.answer().await
	}
}

fn head(kind: &str) -> String {
	format!("MSH|^~\\&|LAB|HOSPITAL|GATEWAY|HOSPITAL|20260301103000||{kind}|42|P|2.5\r")
}

/// A laboratory's report of cholesterol and triglycerides.
fn lipids() -> String {
	head("ORU^R01^ORU_R01")
		+ "PID|1||p^^^HOSPITAL^MR||Doe^Jane\r\
		   OBR|1|P1|F1|24331-1^Lipids^LN|||20260301|||||||||||||||||CH|F\r\
		   OBX|1|NM|2093-3^Cholesterol^LN||7.10|mmol/L^^UCUM|||||F\r\
		   OBX|2|NM|2571-8^Triglycerides^LN||1.2|mmol/L^^UCUM|||||F\r"
}

async fn search(running: &Running, name: &str) -> Vec<Value> {
	let query = format!("patient={PATIENT}");
	let page = running.search(&doctor(), name, &query).await.json();
	let entries = page["entry"].as_array().cloned().unwrap_or_default();
	entries.into_iter().map(|entry| entry["resource"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_a_laboratory_is_kept_and_leaves_by_the_chain_s_word() {
	let node = world().await;
	let running = with_hl7(&node).await;
	running.link(PATIENT, "p").await;
	let mut sender = Sender::to(&running).await;
	assert_eq!(sender.send(&lipids()).await, ("AA".into(), String::new()));
	let found = search(&running, "Observation").await;
	assert_eq!(found.len(), 2);
	assert_eq!(found[0]["valueQuantity"]["code"], "mmol/L");
	assert_eq!(found[0]["code"]["coding"][0]["code"], "2093-3");
	let reports = search(&running, "DiagnosticReport").await;
	assert_eq!(reports[0]["result"].as_array().unwrap().len(), 2);
	// The number keeps its digits.
	let id = found[0]["id"].as_str().unwrap();
	let read = running.read(&doctor(), &format!("Observation/{id}")).await;
	assert!(String::from_utf8(read.body).unwrap().contains("\"value\":7.10"));
	// It comes again, in another message too, and nothing is there twice.
	assert_eq!(sender.send(&lipids()).await.0, "AA");
	assert_eq!(sender.send(&lipids().replace("|42|", "|43|")).await.0, "AA");
	let closed = running.faces.post("/outbox", "application/json", "").await.unwrap().json();
	assert_eq!(closed["open"][0]["leaves"], 3);
	// A correction is a new version.
	let corrected = lipids().replace("||7.10|mmol/L^^UCUM|||||F", "||7.20|mmol/L^^UCUM|||||C");
	assert_eq!(sender.send(&corrected).await.0, "AA");
	let found = search(&running, "Observation").await;
	assert!(found.iter().any(|one| one["status"] == "corrected"), "{found:?}");
	assert_eq!(found.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_told_is_taken_into_quarantine_and_does_not_leave() {
	let node = world().await;
	let running = with_hl7(&node).await;
	let mut sender = Sender::to(&running).await;
	assert_eq!(sender.send(&lipids()).await.0, "AA", "nobody is linked");
	assert_eq!(search(&running, "Observation").await, [Value::Null; 0]);
	running.link(PATIENT, "p").await;
	assert_eq!(search(&running, "Observation").await.len(), 2);
	// Of no section of a laboratory, and with a code of confidentiality that nobody knows.
	let untold = lipids().replace("|CH|F", "||F").replace("F1", "F2").replace("2093-3", "99999-9");
	assert_eq!(sender.send(&untold).await.0, "AA");
	let vip = "PID|1||p^^^HOSPITAL^MR\rTXA|1|11502-2^Report^LN|TX|20260301||||||||D1||||||VIP\rOBX|1|TX|||All is well.\r";
	assert_eq!(sender.send(&(head("MDM^T02") + vip)).await.0, "AA");
	let left = running.faces.house("/quarantine").await.json()["quarantine"].clone();
	let faults: Vec<&str> =
		left.as_array().unwrap().iter().map(|each| each["fault"].as_str().unwrap()).collect();
	assert!(faults.contains(&"label-unknown") && faults.contains(&"class-unknown"), "{faults:?}");
	let found = search(&running, "Observation").await;
	assert!(!found.iter().any(|one| one["code"]["coding"][0]["code"] == "99999-9"), "{found:?}");
	// What is confidential as HIV has that label.
	let labelled = vip.replace("VIP", "HIV").replace("D1", "D2");
	assert_eq!(sender.send(&(head("MDM^T02") + &labelled)).await.0, "AA");
	assert_eq!(search(&running, "DocumentReference").await, [Value::Null; 0]);
	let open = vip.replace("VIP", "U").replace("D1", "D3");
	assert_eq!(sender.send(&(head("MDM^T02") + &open)).await.0, "AA");
	let found = search(&running, "DocumentReference").await;
	assert_eq!(found.len(), 1);
	assert_eq!(common::decoded(&found[0]["content"][0]["attachment"]["data"]), b"All is well.");
}

#[tokio::test(flavor = "multi_thread")]
async fn patients_and_visits_are_kept_and_a_merge_joins_nothing() {
	let node = world().await;
	let running = with_hl7(&node).await;
	running.link(PATIENT, "p").await;
	let mut sender = Sender::to(&running).await;
	let about = "PID|1||p^^^HOSPITAL^MR||Doe^Jane^A||19800102|F\rPV1|1|I|||||||||||||||||V7|||||||||||||||||||||||||20260301\r";
	assert_eq!(sender.send(&(head("ADT^A01") + about)).await.0, "AA");
	let changed = about.replace("Doe", "Roe");
	assert_eq!(sender.send(&(head("ADT^A08") + &changed)).await.0, "AA");
	let found = running.read(&doctor(), "Patient/p").await.json();
	assert_eq!(
		(&found["name"][0]["family"], &found["birthDate"]),
		(&json!("Roe"), &json!("1980-01-02"))
	);
	assert_eq!(search(&running, "Encounter").await[0]["class"]["code"], "IMP");

	// Another patient of the house, without a handle, is to be the same one.
	let other = lipids().replace("|p^", "|q^").replace("F1", "F9");
	assert_eq!(sender.send(&other).await.0, "AA");
	let merge = head("ADT^A40") + "PID|1||p^^^HOSPITAL^MR\rMRG|q^^^HOSPITAL^MR\r";
	assert_eq!(sender.send(&merge).await.0, "AA");
	assert_eq!(sender.send(&merge).await.0, "AA");
	assert_eq!(search(&running, "Observation").await, [Value::Null; 0], "nothing is joined");
	assert_eq!(
		running.gateway.store.handle_of(&running.gateway.vault.index("patient", b"q")).unwrap(),
		None
	);
	let merges = running.faces.house("/merges").await.json()["merges"].clone();
	assert_eq!(merges.as_array().unwrap().len(), 1);
	assert_eq!((&merges[0]["stays"], &merges[0]["goes"]), (&json!("p"), &json!("q")));
	let path = format!("/merges/{}/done", merges[0]["number"]);
	assert_eq!(running.faces.post(&path, "application/json", "").await.unwrap().status, 200);
	assert_eq!(running.faces.post(&path, "application/json", "").await.unwrap().status, 404);
	assert_eq!(running.faces.house("/merges").await.json()["merges"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_or_none_that_is_taken_is_refused_and_the_connection_goes_on() {
	let node = world().await;
	let running = with_hl7(&node).await;
	running.link(PATIENT, "p").await;
	let mut sender = Sender::to(&running).await;
	assert_eq!(sender.send("nothing").await.0, "AR");
	let (code, why) = sender.send(&(head("ADT^A03") + "PID|1||p\r")).await;
	assert_eq!((code.as_str(), why.contains("not taken")), ("AR", true), "{why}");
	assert_eq!(sender.send(&(head("ORU^R01") + "PID|1||p\r")).await.0, "AR");
	assert_eq!(sender.send(&lipids()).await.0, "AA");
	// What was erased does not come back.
	let found = search(&running, "Observation").await;
	let path = format!("/records/Observation/{}", found[0]["id"].as_str().unwrap());
	assert_eq!(running.faces.delete(&path).await.status, 200);
	let (code, why) = sender.send(&lipids()).await;
	assert_eq!((code.as_str(), why.contains("erased")), ("AR", true), "{why}");
	// In pieces, and two at once.
	let whole = [&[0x0B], lipids().replace("F1", "F5").as_bytes(), &[0x1C, 0x0D]].concat();
	for piece in whole.chunks(100) {
		sender.write(piece).await;
		tokio::time::sleep(Duration::from_millis(2)).await;
	}
	assert_eq!(sender.answer().await.0, "AA");
	sender.write(&[whole.as_slice(), &whole].concat()).await;
	assert_eq!((sender.answer().await.0, sender.answer().await.0), ("AA".into(), "AA".into()));
	// Without its beginning: the connection ends, and others go on.
	sender.write(b"MSH|^~\\&|\r\x1c\r").await;
	let mut rest = Vec::new();
	sender.0.read_to_end(&mut rest).await.unwrap();
	assert_eq!(rest, b"");
	assert_eq!(Sender::to(&running).await.send(&lipids().replace("F1", "F6")).await.0, "AA");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_written_is_to_be_sent_again() {
	let node = world().await;
	let running = with_hl7(&node).await;
	running.link(PATIENT, "p").await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	// As when the disk is full: no file can be made where records are kept.
	let vault = running.folder.path().join("vault");
	let away = running.folder.path().join("away");
	std::fs::rename(&vault, &away).unwrap();
	std::fs::write(&vault, b"").unwrap();
	let mut sender = Sender::to(&running).await;
	assert_eq!(sender.send(&lipids()).await.0, "AE");
	let got = running
		.faces
		.post("/ingest", "application/fhir+json", result("r1").to_string())
		.await
		.unwrap();
	assert_eq!((got.status, got.code().as_str()), (500, "failure"));
	std::fs::remove_file(&vault).unwrap();
	std::fs::rename(&away, &vault).unwrap();
	assert_eq!(sender.send(&lipids()).await.0, "AA");
	assert_eq!(search(&running, "Observation").await.len(), 3);
}
