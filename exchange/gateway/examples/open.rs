//! A gateway before a node that is none, which issues tokens and takes messages of HL7 v2, for clients that nobody here wrote
//! (`exchange/foreign/read.mjs`, `messages.py`): with records of
//! a patient, of which some are permitted to a clinic, and with the profile of that clinic. Prints what a client is told, as JSON on one line, and
//! answers until its input ends.

#[path = "../tests/common/mod.rs"]
mod common;

use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use common::{
	configured,
	oauth::{hand_in, has_profile, profile, System, SCOPE},
	result, start_in, world, CLINIC, CUSTODIAN, PATIENT, TOKEN,
};
use serde_json::json;
use std::{fs, io::Read, net::TcpListener};

/// A code of FHIR that asks for the label HIV, which nobody has a Permit for.
const SENSITIVE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

#[tokio::main]
async fn main() {
	tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
	let node = world().await;
	let system = System::new(21);
	has_profile(&node, &profile(&[&system], 1));
	let folder = configured(&node, CUSTODIAN, "[auth]\n[hl7]\nlisten = \"127.0.0.1:0\"\n");
	// A client writes the gateway's URL as the gateway does, so that the port has to be known before.
	let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	let file = folder.path().join("gateway.toml");
	let (url, text) = (format!("http://127.0.0.1:{port}"), fs::read_to_string(&file).unwrap());
	let text = text.replacen("127.0.0.1:0", &format!("127.0.0.1:{port}"), 1);
	fs::write(&file, text.replace("https://gateway.example", &url)).unwrap();
	let running = start_in(folder).await;
	running.link(PATIENT, "p").await;
	for at in 0..25 {
		running.faces.ingest(&result(&format!("r{at}"))).await;
	}
	let mut hidden = result("hidden");
	hidden["meta"] = json!({ "security": [{ "system": SENSITIVE, "code": "HIV" }] });
	running.faces.ingest(&hidden).await;
	hand_in(&running.faces, &profile(&[&system], 1)).await;
	let point = system.key.verifying_key().to_encoded_point(false);
	let (x, y) = point.as_bytes()[1..].split_at(48);
	let key = json!({
		"kty": "EC", "crv": "P-384", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
		"d": URL_SAFE_NO_PAD.encode(system.key.to_bytes()),
	});
	let told = json!({
		"base": format!("{url}/fhir"), "client": CLINIC.to_string(), "kid": system.kid, "key": key, "scope": SCOPE,
		"patient": PATIENT.to_string(), "permitted": 25, "hidden": "Observation/hidden",
		"hl7": running.hl7.unwrap().to_string(), "inside": running.faces.inside, "token": TOKEN,
	});
	println!("{told}");
	tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()))
		.await
		.unwrap()
		.unwrap();
}
