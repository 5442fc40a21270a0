//! `Patient/$match`: which patient of the house somebody is, by the handle of the chain and by nothing else. It tells what a search for the Patient of
//! that handle tells, and is decided and logged as that one is: one certain match, or none.

use crate::{
	gateway::Gateway, ingest::PATIENT, openings::Sent, release::Refusal, search::Search,
	store::Wanted,
};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::sync::Arc;

/// The system of an identifier that is a handle of the chain.
pub const HANDLE: &str = "urn:salus:handle";
/// The longest body, in bytes.
pub const MAX_BODY: usize = 16 << 10;
const OFFERED: &str = "offered is Parameters with one parameter resource: a Patient with one identifier of the system urn:salus:handle, and nothing else that tells of a person; and beside it count, and onlyCertainMatches, which is true";

/// What is signed for a match: its name, and the hash of the body as it is sent.
pub fn target(body: &[u8]) -> String {
	format!("{PATIENT}/$match?{}", Hash::of(body))
}

/// A member of an object that has these members alone.
fn only<'a>(value: &'a Value, allowed: &[&str]) -> Option<&'a Value> {
	let Value::Object(members) = value else { return None };
	members.iter().all(|(name, _)| allowed.contains(&name.as_str())).then_some(value)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
	value.get(name).and_then(Value::text)
}

/// The handle that is asked about. Whatever else tells of a person is refused, before anybody is looked for: it would be a search for people.
fn handle(body: &[u8]) -> Option<Hash> {
	let whole = (body.len() <= MAX_BODY).then(|| fhir::read(body).ok())??;
	let whole = only(&whole, &["resourceType", "id", "parameter"])?;
	if text(whole, "resourceType")? != "Parameters" {
		return None;
	}
	let Some(Value::List(parameters)) = whole.get("parameter") else { return None };
	let mut found = None;
	let mut seen = Vec::new();
	for parameter in parameters {
		let name = text(parameter, "name").filter(|name| !seen.contains(name))?;
		seen.push(name);
		match name {
			"resource" => {
				let resource = only(parameter, &["name", "resource"])?.get("resource")?;
				found = Some(handle_of(resource)?);
			},
			"count" => match only(parameter, &["name", "valueInteger"])?.get("valueInteger")? {
				Value::Number(number) if !number.starts_with(['-', '0']) => {},
				_ => return None,
			},
			"onlyCertainMatches" => {
				let value = only(parameter, &["name", "valueBoolean"])?.get("valueBoolean")?;
				if *value != Value::Bool(true) {
					return None;
				}
			},
			_ => return None,
		}
	}
	found
}

fn handle_of(resource: &Value) -> Option<Hash> {
	let resource = only(resource, &["resourceType", "identifier"])?;
	let Some(Value::List(identifiers)) = resource.get("identifier") else { return None };
	let [identifier] = identifiers.as_slice() else { return None };
	let identifier = only(identifier, &["system", "value", "use"])?;
	let is_handle =
		text(resource, "resourceType")? == PATIENT && text(identifier, "system")? == HANDLE;
	text(identifier, "value").filter(|_| is_handle)?.parse().ok()
}

impl Gateway {
	/// The Patient of a handle, as far as whoever asks may see it: `Patient/id`, and the resource. None if there is none, if it is not permitted, if it is
	/// in quarantine, or if nobody is linked: which, is for the log alone.
	pub async fn matched(
		self: &Arc<Self>,
		sent: Sent,
		body: &[u8],
	) -> Result<Option<(String, Vec<u8>)>, Refusal> {
		let patient = handle(body).ok_or_else(|| Refusal::Search(OFFERED.into()))?;
		let mut caller = self.caller(sent, &target(body)).await?;
		let wanted = Wanted {
			patient,
			resource_type: PATIENT.into(),
			id: None,
			tokens: Vec::new(),
			moments: Vec::new(),
			after: 0,
		};
		let search = Search { wanted, count: 1, cursor: None, rest: String::new() };
		let done = self.search_by(&mut caller, search).await;
		match self.ended(&caller, done).await {
			Err(Refusal::NotFound(_)) => Ok(None),
			// A handle is tied to one id of the house, and a Patient is of the id that it has: there is one at most.
			done => Ok(done?.resources.into_iter().next()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const OF: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";

	fn body(patient: &str, more: &str) -> Vec<u8> {
		format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"resource","resource":{patient}}}{more}]}}"#).into_bytes()
	}

	fn patient(more: &str) -> String {
		format!(
			r#"{{"resourceType":"Patient","identifier":[{{"system":"{HANDLE}","value":"{OF}"}}]{more}}}"#
		)
	}

	#[test]
	fn a_handle_is_taken_and_nothing_that_describes_a_person() {
		let found = Some(Hash([0x11; 32]));
		assert_eq!(handle(&body(&patient(""), "")), found);
		let more = r#",{"name":"onlyCertainMatches","valueBoolean":true},{"name":"count","valueInteger":3}"#;
		assert_eq!(handle(&body(&patient(""), more)), found);
		for bad in [
			body(&patient(r#","birthDate":"1970-01-01""#), ""),
			body(&patient(r#","name":[{"family":"Doe"}]"#), ""),
			body(&patient(r#","id":"p""#), ""),
			body(&patient("").replace(HANDLE, "urn:oid:1.2.3"), ""),
			body(&patient("").replace("0x1111", "0x11"), ""),
			body(&patient("").replace("Patient", "Person"), ""),
			body(r#"{"resourceType":"Patient","identifier":[]}"#, ""),
			body(
				&format!(
					r#"{{"resourceType":"Patient","identifier":[{{"system":"{HANDLE}","value":"{OF}"}},{{"system":"{HANDLE}","value":"{OF}"}}]}}"#
				),
				"",
			),
			body(&patient(""), r#",{"name":"onlyCertainMatches","valueBoolean":false}"#),
			body(&patient(""), r#",{"name":"count","valueInteger":0}"#),
			body(&patient(""), r#",{"name":"other","valueString":"x"}"#),
			body(&patient(""), &format!(r#",{{"name":"resource","resource":{}}}"#, patient(""))),
			br#"{"resourceType":"Parameters"}"#.to_vec(),
			br#"{"resourceType":"Bundle","parameter":[]}"#.to_vec(),
			patient("").into_bytes(),
			b"".to_vec(),
			vec![b' '; MAX_BODY + 1],
		] {
			assert_eq!(handle(&bad), None, "{}", String::from_utf8_lossy(&bad));
		}
	}
}
