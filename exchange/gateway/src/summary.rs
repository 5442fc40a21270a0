//! `Patient/$summary`: a document after the International Patient Summary, of what whoever asks may see. Each entry is decided as in a search, and
//! each is in the log. A section in which nothing is looks the same whether there is nothing or nothing that is permitted.

use crate::{
	gateway::Gateway,
	ingest::PATIENT,
	openings::Sent,
	orders::as_extension,
	release::{Caller, Leaving, Refusal},
	room::Held,
	scan::{Extent, Scan},
	search::patient_alone,
	store::Store,
	vault::random,
};
use salus_exchange_protocol::{audit::moment, codes::DataClass, Hash};
use serde_json::{json, Value};
use std::{collections::BTreeSet, sync::Arc};

/// The most resources of a summary. Of a patient of whom there are more, searches tell type by type.
pub const MAX_RESOURCES: usize = 500;
/// How many records are looked at in one go.
const AT_ONCE: usize = 1_000;
const LOINC: &str = "http://loinc.org";

/// A section: its title, its LOINC code, and the types that stand in it.
struct Section {
	title: &'static str,
	code: &'static str,
	types: &'static [&'static str],
}

/// Those that the IPS requires come first.
const SECTIONS: [Section; 7] = [
	Section { title: "Problems", code: "11450-4", types: &["Condition"] },
	Section {
		title: "Allergies and intolerances",
		code: "48765-2",
		types: &["AllergyIntolerance"],
	},
	Section {
		title: "Medications",
		code: "10160-0",
		types: &["MedicationStatement", "MedicationRequest"],
	},
	Section { title: "Immunizations", code: "11369-6", types: &["Immunization"] },
	Section { title: "Results", code: "30954-2", types: &["DiagnosticReport", "Observation"] },
	Section {
		title: "Vital signs and other observations",
		code: "8716-3",
		types: &["Observation"],
	},
	Section { title: "Procedures", code: "47519-4", types: &["Procedure"] },
];

/// What is signed for a summary: its name, and the hash of the query as it stands in the URL.
pub fn target(query: &str) -> String {
	format!("{PATIENT}/$summary?{}", Hash::of(query.as_bytes()))
}

/// Whether a resource stands in a section. Observations of laboratories are results; the others are not.
fn is_of(section: &Section, resource_type: &str, is_laboratory: bool) -> bool {
	let fits = resource_type != "Observation" || is_laboratory == (section.code == "30954-2");
	fits && section.types.contains(&resource_type)
}

/// A random URN.
fn urn() -> std::io::Result<String> {
	let mut bytes = random::<16>()?;
	// A UUID of version 4.
	let [.., six, _, eight, _, _, _, _, _, _, _] = &mut bytes;
	(*six, *eight) = ((*six & 0x0F) | 0x40, (*eight & 0x3F) | 0x80);
	let digits = hex::encode(bytes);
	let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
	Ok(format!(
		"urn:uuid:{}-{}-{}-{}-{}",
		part(0, 8),
		part(8, 12),
		part(12, 16),
		part(16, 20),
		part(20, 32)
	))
}

impl Gateway {
	/// The summary of a patient, as a document, and the room that it takes.
	pub async fn summary(
		self: &Arc<Self>,
		sent: Sent,
		query: &str,
	) -> Result<(Vec<u8>, Held), Refusal> {
		let patient = patient_alone(query)?;
		let mut caller = self.caller(sent, &target(query)).await?;
		let done = self.summary_by(&mut caller, patient).await;
		let (leaving, held) = match self.ended(&caller, done).await {
			// Where nothing is permitted, is what is where there is nothing.
			Err(Refusal::NotFound(_)) => (Vec::new(), None),
			done => done?,
		};
		Ok((self.document(patient, leaving)?, held))
	}

	async fn summary_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		patient: Hash,
	) -> Result<(Vec<Leaving>, Held), Refusal> {
		let types: BTreeSet<String> = SECTIONS
			.iter()
			.flat_map(|section| section.types)
			.chain([&PATIENT])
			.map(|it| (*it).to_owned())
			.collect();
		let openings = caller.openings.clone();
		let mut decider =
			self.decider(caller.present, Some(patient), caller.asker(), openings).await?;
		// One more than there may be: whether there are too many.
		let enough = MAX_RESOURCES.saturating_add(1);
		let extent = Extent { after: 0, enough, at_once: AT_ONCE };
		let look = move |store: &Store, after, most| store.all_of(&patient, &types, after, most);
		let Scan { numbers, decided, .. } = self.scan(caller, &mut decider, extent, look).await?;
		let too_much = || {
			Refusal::Search(format!("the summary would have more than {MAX_RESOURCES} resources, or be too large; search type by type"))
		};
		if numbers.len() > MAX_RESOURCES {
			return Err(too_much());
		}
		let records = self.numbered(numbers).await?;
		let (leaving, is_cut, held) = self.leaving(records, decided, Some(caller.party())).await?;
		if is_cut {
			return Err(too_much());
		}
		if leaving.is_empty() {
			return Err(Refusal::NotFound("nothing that is permitted was found".into()));
		}
		self.logged(caller, &leaving).await?;
		Ok((leaving, held))
	}

	/// The document: a Composition, and then each resource byte for byte.
	fn document(&self, patient: Hash, leaving: Vec<Leaving>) -> Result<Vec<u8>, Refusal> {
		let failed = |error: std::io::Error| Refusal::Failure(error.into());
		let base = format!("{}/fhir", self.config.url);
		let url = |each: &Leaving| format!("{base}/{}/{}", each.found.resource_type, each.found.id);
		let subject = leaving.iter().find(|each| each.found.resource_type == PATIENT);
		let subject = match subject {
			Some(each) => json!({ "reference": url(each) }),
			None => {
				json!({ "type": PATIENT, "identifier": { "system": "urn:salus:patient", "value": patient.to_string() } })
			},
		};
		let sections = SECTIONS.iter().map(|section| {
			let entries: Vec<Value> = leaving
				.iter()
				.filter(|each| is_of(section, &each.found.resource_type, each.is_of_class(DataClass::Laboratory)))
				.map(|each| json!({ "reference": url(each) }))
				.collect();
			let words = if entries.is_empty() { "Nothing is available." } else { "See the entries." };
			let mut written = json!({
				"title": section.title,
				"code": { "coding": [{ "system": LOINC, "code": section.code }] },
				"text": { "status": "generated", "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{words}</div>") },
			});
			if let Value::Object(members) = &mut written {
				match entries.is_empty() {
					true => members.insert("emptyReason".into(), json!({ "coding": [{
						"system": "http://terminology.hl7.org/CodeSystem/list-empty-reason", "code": "unavailable",
					}] })),
					false => members.insert("entry".into(), json!(entries)),
				};
			}
			written
		});
		let (now, own) = (moment(crate::chain::now()), urn().map_err(failed)?);
		let composition = json!({
			"resourceType": "Composition",
			"status": "final",
			"type": { "coding": [{ "system": LOINC, "code": "60591-5" }] },
			"subject": subject,
			"date": now,
			"author": [{ "type": "Organization", "identifier": { "system": "urn:salus:organisation", "value": self.config.organisation.to_string() } }],
			"title": "Patient summary: what may be seen by whoever asked",
			"section": sections.collect::<Vec<_>>(),
		});
		let identifier = json!({ "system": "urn:ietf:rfc:3986", "value": urn().map_err(failed)? });
		let mut out = format!(
			"{{\"resourceType\":\"Bundle\",\"type\":\"document\",\"identifier\":{identifier},\"timestamp\":\"{now}\",\"entry\":[{{\"fullUrl\":\"{own}\",\"resource\":{composition}}}"
		)
		.into_bytes();
		for each in &leaving {
			out.extend(format!(",{{\"fullUrl\":{},\"resource\":", json!(url(each))).into_bytes());
			let resource = &each.released.resource;
			// A byte order mark may begin a file, and nothing else.
			out.extend_from_slice(resource.strip_prefix(b"\xef\xbb\xbf").unwrap_or(resource));
			out.extend_from_slice(as_extension(&each.standing).as_bytes());
			out.push(b'}');
		}
		out.extend_from_slice(b"]}");
		Ok(out)
	}
}
