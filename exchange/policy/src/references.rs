//! What FHIR R4 references are to, by what they say: the twin of `clients/fhir/src/references.ts`.

use crate::tables::Tables;
use salus_exchange_protocol::fhir::Value;

/// The parts of a reference's path, without what asks for it, or the version that it may name.
fn parts_of(reference: &str) -> Vec<&str> {
	let mut parts: Vec<&str> = reference.split('/').collect();
	while parts.len() > 1 && parts.last() == Some(&"") {
		parts.pop();
	}
	if let Some(version) = parts.iter().rposition(|part| *part == "_history").filter(|at| *at >= 2)
	{
		parts.truncate(version);
	}
	parts
}

/// Whether a text looks like the name of a type: a capital and at least one more letter.
fn is_type(text: &str) -> bool {
	let mut bytes = text.bytes();
	bytes.next().is_some_and(|first| first.is_ascii_uppercase())
		&& text.len() > 1
		&& bytes.all(|byte| byte.is_ascii_alphabetic())
}

/// The type that a reference names, if it is of the form `Type/id`, relative or absolute, or asks for one
/// (`Type?identifier=1`).
pub fn type_in(reference: &str) -> Option<&str> {
	let asked = reference
		.split('/')
		.filter_map(|part| part.split_once('?'))
		.map(|(name, _)| name)
		.find(|name| is_type(name));
	if asked.is_some() {
		return asked;
	}
	match parts_of(reference).as_slice() {
		[.., name, id] if !id.is_empty() && is_type(name) => Some(name),
		_ => None,
	}
}

/// What a reference is to: `Type/id`, `#id`, or a whole URL, for another server has other resources under the same id.
pub fn target_of(reference: &str) -> String {
	parts_of(reference).join("/")
}

/// Names of elements are shorter than that. A sender's may be long, and nothing long is put together for each value.
const LONGEST_NAME: usize = 40;

/// The member in which a value stands, or in whose list, the one around that, and whether it is in `contained`.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
	/// The member.
	pub name: &'a str,
	/// The member around it.
	pub around: &'a str,
	/// Whether it is in `contained`, at any depth.
	pub is_contained: bool,
}

impl Tables {
	/// Whether resources of the type are documents, whose labels count for what references them.
	pub(crate) fn is_document(&self, name: &str) -> bool {
		self.documents.contains(name.rsplit('/').next().unwrap_or(name))
	}

	/// Whether this is a resource of such a type.
	pub(crate) fn is_document_resource(&self, resource: Option<&Value>) -> bool {
		resource
			.and_then(|resource| resource.get("resourceType"))
			.and_then(Value::text)
			.is_some_and(|name| self.is_document(name))
	}

	/// Whether a reference there is to a document whatever it says.
	pub(crate) fn is_document_place(&self, resource_type: &str, spot: Spot) -> bool {
		is_short(resource_type, spot)
			&& [spot.name.into(), format!("{}.{}", spot.around, spot.name)]
				.iter()
				.any(|place| self.document_places.contains(&format!("{resource_type} {place}")))
	}

	/// Whether the element may reference a document.
	pub(crate) fn may_be_document(&self, resource_type: &str, spot: Spot) -> bool {
		is_short(resource_type, spot)
			&& [
				spot.name.into(),
				format!("{}.{}", spot.around, spot.name),
				format!("{resource_type} {}", spot.name),
			]
			.iter()
			.any(|place: &String| self.maybe_documents.contains(place))
	}
}

fn is_short(resource_type: &str, spot: Spot) -> bool {
	[resource_type, spot.name, spot.around].iter().all(|each| each.len() <= LONGEST_NAME)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_reference_names_a_type_if_it_has_the_form_of_one() {
		for (reference, name) in [
			("Observation/1", Some("Observation")),
			("https://x.example/fhir/Observation/1", Some("Observation")),
			("Observation/1/_history/2", Some("Observation")),
			("Observation/1//", Some("Observation")),
			("Observation?identifier=1", Some("Observation")),
			("https://x.example/Observation?a=/Patient?b", Some("Observation")),
			("/Observation/1", Some("Observation")),
			("Observation", None),
			("O/1", None),
			("Obs1/1", None),
			("observation/1", None),
			("urn:uuid:1", None),
			("#1", None),
			("", None),
			("_history/1", None),
			("//", None),
		] {
			assert_eq!(type_in(reference), name, "{reference}");
		}
	}

	#[test]
	fn what_it_is_to_has_no_version_and_no_empty_end() {
		for (reference, target) in [
			("A/1/_history/2", "A/1"),
			("A/1//", "A/1"),
			("_history/1", "_history/1"),
			("", ""),
			("/", ""),
			("a/_history/1", "a/_history/1"),
		] {
			assert_eq!(target_of(reference), target, "{reference}");
		}
	}
}
