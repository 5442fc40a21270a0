//! Keeps the FHIR answers that tests get, for validators that others wrote (`scripts/foreign-clients.sh validate`): each body once, in the folder
//! that `SALUS_FHIR_ANSWERS` names.

use salus_exchange_protocol::Hash;
use serde_json::Value;
use std::{env, fs, path::Path};

/// The largest answer that is kept: larger ones have more of the same.
const MOST: usize = 1 << 20;

/// Keeps an answer, if it is FHIR and there is a folder for it.
pub fn keep(content_type: Option<&str>, body: &[u8]) {
	if body.len() > MOST {
		return;
	}
	let Ok(folder) = env::var("SALUS_FHIR_ANSWERS") else { return };
	let is = |name: &str| content_type.is_some_and(|it| it.split(';').next() == Some(name));
	if is("application/fhir+json") {
		put(Path::new(&folder), body);
	} else if is("application/fhir+ndjson") {
		body.split(|byte| *byte == b'\n')
			.filter(|line| !line.is_empty())
			.for_each(|line| put(Path::new(&folder), line));
	}
}

fn put(folder: &Path, body: &[u8]) {
	// What broke off on purpose is none.
	let Ok(resource) = serde_json::from_slice::<Value>(body) else { return };
	let name = resource["resourceType"].as_str().expect("FHIR without a type");
	let digest = Hash::of(body).to_string();
	fs::write(folder.join(format!("{name}-{}.json", &digest[2..18])), body).unwrap();
}
