//! Entries of access logs as FHIR R4 AuditEvents: the twin of `toAuditEvent` in `clients/fhir/src/audit-out.ts`. What was released or received is
//! one of the patterns of IHE's Basic Audit Log Patterns (BALP 1.1.4), and `meta.profile` says which; refusals and counts of strangers have no
//! pattern. An AuditEvent names nobody and nothing that its entry does not name, but the patient if one is given.

use crate::{
	codes::Action,
	event::{Access, Event, EventFault, Outcome, RequesterKind, Summary},
	json::Part,
	log::Line,
	Hash,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde_json::{json, Map, Value};
use time::OffsetDateTime;

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const OUTCOME: &str = "urn:salus:access-log-outcome";
const ENTRY: &str = "urn:salus:access-log-entry";
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

pub(crate) fn code(system: &str, code: &str) -> Value {
	json!({ "system": system, "code": code })
}

pub(crate) fn reference(kind: &str, system: &str, value: &str) -> Value {
	json!({ "type": kind, "identifier": { "system": system, "value": value } })
}

fn organisation(number: u32) -> Value {
	reference("Organization", "urn:salus:organisation", &number.to_string())
}

fn absent(why: &str) -> Value {
	json!([{ "url": ABSENT, "valueCode": why }])
}

fn own_entity(name: &str) -> Value {
	code("urn:salus:audit-entity", name)
}

/// A moment in UTC, as FHIR writes it. None of ours is beyond the year 9999.
pub fn moment(seconds: u64) -> String {
	let moment =
		i64::try_from(seconds).ok().and_then(|it| OffsetDateTime::from_unix_timestamp(it).ok());
	let at = moment.unwrap_or(OffsetDateTime::UNIX_EPOCH);
	let (month, day) = (u8::from(at.month()), at.day());
	format!(
		"{:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
		at.year(),
		at.hour(),
		at.minute(),
		at.second()
	)
}

/// Whether a text is one that FHIR's strings carry unchanged. A requester chooses the name of a record, and may choose others.
fn is_plain(text: &str) -> bool {
	let is_odd = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
	!text.is_empty() && text.trim().trim_matches('\u{feff}') == text && !text.chars().any(is_odd)
}

/// What FHIR's strings would change is carried beside, as JSON in base64.
fn carried(name: &str, text: &str) -> Option<Value> {
	let mut written = String::new();
	crate::fhir::put_string(&mut written, text);
	(!is_plain(text))
		.then(|| json!({ "type": name, "valueBase64Binary": STANDARD.encode(&written) }))
}

/// A kind of event: its type, subtype, action, and the pattern of BALP.
struct Kind {
	kind: Value,
	subtype: Value,
	action: &'static str,
	profile: &'static str,
}

/// The house's own people reading is no disclosure; all else that leaves is one.
fn kind_of(access: &Access) -> Kind {
	let disclose = || code("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose");
	let is_own =
		access.organisation == access.requester_organisation && access.action == Action::Read;
	match access.outcome {
		Outcome::Received { .. } => Kind {
			kind: code(DICOM, "110107"),
			subtype: disclose(),
			action: "C",
			profile: "PrivacyDisclosure.Recipient",
		},
		Outcome::Released if !is_own => Kind {
			kind: code(DICOM, "110106"),
			subtype: disclose(),
			action: "R",
			profile: "PrivacyDisclosure.Source",
		},
		_ => Kind {
			kind: code("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest"),
			subtype: code("http://hl7.org/fhir/restful-interaction", "read"),
			action: "R",
			profile: "PatientRead",
		},
	}
}

fn requester(access: &Access) -> Value {
	let account = access.requester.as_str();
	let kind = match (access.requester_kind, access.requester_organisation) {
		(Some(RequesterKind::Machine), _) => "Device",
		(_, None) => "Patient",
		_ => "PractitionerRole",
	};
	match access.requester_organisation {
		None => reference(kind, "urn:salus:account", account),
		Some(number) => reference(kind, "urn:salus:account-at", &format!("{number}/{account}")),
	}
}

fn agents(access: &Access, is_read: bool) -> Vec<Value> {
	let machine = |role: &str, who: Value| {
		json!({
			"type": { "coding": [code(DICOM, role)] }, "who": who, "requestor": false, "network": { "extension": absent("unknown") },
		})
	};
	let (from, to) = match access.outcome {
		Outcome::Received { custodian, .. } => (custodian, access.organisation),
		_ => (access.organisation, access.requester_organisation),
	};
	let to_whom = match to {
		Some(number) => organisation(number),
		None => {
			let kind =
				if access.requester_organisation.is_none() { "Patient" } else { "Practitioner" };
			reference(kind, "urn:salus:account", access.requester.as_str())
		},
	};
	let mut user = vec![code("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP")];
	user.extend(access.requester_kind.map(|kind| match kind {
		RequesterKind::Person => {
			code("http://terminology.hl7.org/CodeSystem/extra-security-role-type", "humanuser")
		},
		RequesterKind::Machine => code(DICOM, "110150"),
	}));
	let unknown = || json!({ "extension": absent("unknown") });
	let mut agents = vec![
		machine("110153", from.map_or_else(unknown, organisation)),
		machine("110152", to_whom),
		json!({ "type": { "coding": user }, "who": requester(access), "requestor": true }),
	];
	if let (false, Some(from)) = (is_read, from) {
		let custodian = code("http://snomed.info/sct", "159541003");
		agents.push(
			json!({ "type": { "coding": [custodian] }, "who": organisation(from), "requestor": false }),
		);
	}
	agents
}

fn text<'a>(entry: &'a Line, name: &str) -> &'a str {
	entry.get(name).and_then(Part::text).unwrap_or_default()
}

/// The entry's place in its log.
fn place(entry: &Line, more: impl Iterator<Item = Value>) -> Value {
	let seq = entry.get("seq").and_then(Part::whole).unwrap_or(0);
	let mut detail = vec![
		json!({ "type": "seq", "valueString": seq.to_string() }),
		json!({ "type": "previous", "valueString": text(entry, "previous") }),
	];
	detail.extend(more);
	json!({
		"what": { "identifier": { "system": ENTRY, "value": text(entry, "hash") } }, "type": own_entity("entry"), "detail": detail,
	})
}

fn entities(entry: &Line, access: &Access, patient: Option<&Hash>) -> Vec<Value> {
	let whose = match patient {
		Some(patient) => reference("Patient", "urn:salus:patient", &patient.to_string()),
		None => json!({ "extension": absent("masked"), "type": "Patient" }),
	};
	let mut record = Map::from_iter([("system".to_owned(), json!("urn:salus:record"))]);
	if is_plain(&access.record_id) {
		record.insert("value".into(), json!(access.record_id));
	}
	let beside = [carried("recordId", &access.record_id), carried("decision", &access.decision)];
	let mut entities = vec![
		json!({ "what": whose, "type": code(ENTITY_TYPE, "1"), "role": code(OBJECT_ROLE, "1") }),
		json!({ "what": { "identifier": record }, "type": code(ENTITY_TYPE, "2"), "role": code(OBJECT_ROLE, "4") }),
		json!({
			"what": { "identifier": { "system": "urn:salus:request", "value": text(entry, "requestId") } },
			"type": code("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId"),
		}),
		place(entry, beside.into_iter().flatten()),
	];
	let counterpart = text(entry, "counterpart");
	if !counterpart.is_empty() {
		entities.push(json!({
			"what": { "identifier": { "system": ENTRY, "value": counterpart } }, "type": own_entity("counterpart"),
		}));
	}
	entities
}

fn of_access(entry: &Line, access: &Access, patient: Option<&Hash>) -> Value {
	let Kind { kind, subtype, action, profile } = kind_of(access);
	let outcome = match access.outcome {
		Outcome::Released => "released",
		Outcome::Refused => "refused",
		Outcome::Received { .. } => "received",
	};
	let has_succeeded = access.outcome != Outcome::Refused;
	let agents = agents(access, profile == "PatientRead");
	// BALP: whoever records it is the source itself, or the recipient itself.
	let observer =
		agents.get(usize::from(outcome == "received")).and_then(|agent| agent.get("who"));
	let mut event = json!({
		"resourceType": "AuditEvent",
		"type": kind,
		"subtype": [subtype, code("urn:salus:action", access.action.name()), code(OUTCOME, outcome)],
		"action": action,
		"recorded": moment(access.time),
		"outcome": if has_succeeded { "0" } else { "4" },
		"purposeOfEvent": [{ "coding": [code("http://terminology.hl7.org/CodeSystem/v3-ActReason", &access.purpose.name().to_ascii_uppercase())] }],
		"source": { "observer": observer },
		"agent": agents,
		"entity": entities(entry, access, patient),
	});
	let Value::Object(members) = &mut event else { return event };
	if has_succeeded {
		let profile = format!(
			"https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.{profile}"
		);
		members.insert("meta".into(), json!({ "profile": [profile] }));
	}
	if is_plain(&access.decision) {
		members.insert("outcomeDesc".into(), json!(access.decision));
	}
	event
}

fn of_strangers(entry: &Line, summary: &Summary) -> Value {
	let who = organisation(summary.organisation);
	let failures: Vec<Value> = summary
		.failures
		.iter()
		.map(|(why, count)| json!({ "type": why, "valueString": count.to_string() }))
		.collect();
	json!({
		"resourceType": "AuditEvent",
		"type": code(DICOM, "110113"),
		"subtype": [code(OUTCOME, "unauthenticated")],
		"action": "E",
		"period": { "start": moment(summary.since), "end": moment(summary.time) },
		"recorded": moment(summary.time),
		"outcome": "4",
		"agent": [{ "type": { "coding": [code(DICOM, "110153")] }, "who": who, "requestor": false }],
		"source": { "observer": who },
		"entity": [place(entry, std::iter::empty()), { "type": own_entity("failures"), "detail": failures }],
	})
}

/// An entry as an AuditEvent, without an id. `patient`: the handle of the patient whose record it is, for readers who may know it; the entry does not have
/// it, and without it the AuditEvent says that it is kept back.
pub fn audit_event(entry: &Line, patient: Option<&Hash>) -> Result<Value, EventFault> {
	Ok(match entry.event()? {
		Event::Access(access) => of_access(entry, &access, patient),
		Event::Unauthenticated(summary) => of_strangers(entry, &summary),
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn moments_are_those_of_the_calendar() {
		for (seconds, written) in [
			(0, "1970-01-01T00:00:00Z"),
			(951_782_399, "2000-02-28T23:59:59Z"),
			(951_782_400, "2000-02-29T00:00:00Z"),
			(951_868_800, "2000-03-01T00:00:00Z"),
			(1_772_366_400, "2026-03-01T12:00:00Z"),
			(4_107_542_400, "2100-03-01T00:00:00Z"),
			(253_402_300_799, "9999-12-31T23:59:59Z"),
		] {
			assert_eq!(moment(seconds), written);
		}
	}

	#[test]
	fn texts_that_fhir_would_change_are_carried_beside() {
		for text in ["Directive 3 of block 17", "Ü 漢 🩺", "a/b?c|d"] {
			assert!(is_plain(text) && carried("x", text).is_none(), "{text}");
		}
		for text in ["", " ", " x", "x\t", "two\nlines", "\u{0}", "\u{feff}", "\u{85}", "\u{ffff}"]
		{
			assert!(!is_plain(text), "{text:?}");
		}
		assert_eq!(
			carried("x", " a"),
			Some(json!({ "type": "x", "valueBase64Binary": "IiBhIg==" }))
		);
	}
}
