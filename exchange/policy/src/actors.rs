//! Who made a resource, answers for it or keeps it, where they are within it. FHIR has them as elements of their own (`author`, `custodian`,
//! `performer` …), apart from whom the resource is about; a sender without records of its own for them puts them into `contained`.

use crate::{members::type_of, node::list_of};
use salus_exchange_protocol::fhir::Value;
use std::collections::HashMap;

/// Types of which a resource is one of those who treat, or a thing of theirs. A Patient or a RelatedPerson is not among them, whatever the element
/// says: a patient may be the author of her own document.
const TYPES: [&str; 5] = ["Device", "Location", "Organization", "Practitioner", "PractitionerRole"];
/// Elements that name such a one in documents, reports, media, observations, procedures and orders; and, from one of them to another, as from a role
/// to the person who has it and to where that is.
const ELEMENTS: [&str; 19] = [
	"actor",
	"asserter",
	"attester",
	"authenticator",
	"author",
	"custodian",
	"device",
	"managingOrganization",
	"onBehalfOf",
	"operator",
	"organization",
	"party",
	"performer",
	"practitioner",
	"recorder",
	"requester",
	"resultsInterpreter",
	"serviceProvider",
	"who",
];
/// Elements from one of them to another, and nowhere else: a `location` of something that was done may be where the patient lives.
const AMONG_THEMSELVES: [&str; 3] = ["healthcareService", "location", "partOf"];
/// Elements by which one of these types is about a patient.
const OF_A_PATIENT: [&str; 2] = ["patient", "subject"];

/// What of a resource is needed to tell that of what it contains: found in one walk, for there may be many items, and many places.
pub struct Actors<'a> {
	/// How many items of `contained` have an id.
	items: HashMap<&'a str, usize>,
	/// Whether each is referred to by such elements alone, by its id.
	named: HashMap<&'a str, bool>,
}

impl<'a> Actors<'a> {
	/// Of a resource.
	pub fn of(resource: &'a Value) -> Self {
		let mut items = HashMap::<&'a str, usize>::new();
		for item in list_of(resource.get("contained")) {
			if let Some(id) = item.get("id").and_then(Value::text) {
				let count = items.entry(id).or_default();
				*count = count.saturating_add(1);
			}
		}
		let mut all = Self { items, named: HashMap::new() };
		all.look_at(resource, "", false);
		all
	}

	/// Whether an item of `contained` is nothing but that. It must be named, and by such elements alone.
	pub fn has(&self, item: &Value) -> bool {
		let Some(id) = item.get("id").and_then(Value::text) else { return false };
		let is_alone = self.items.get(id) == Some(&1);
		let is_one = type_of(item).is_some_and(|name| TYPES.contains(&name));
		let is_somebodys = OF_A_PATIENT.iter().any(|name| item.get(name).is_some());
		is_one
			&& is_alone
			&& !is_somebodys
			&& self.named.get(id) == Some(&true)
			&& !has_resources(item)
	}

	/// By which elements something is referred to, and whether from one of those types. A text that is the reference counts wherever it stands. How
	/// deep a value is, whoever read the JSON has bounded.
	fn look_at(&mut self, value: &'a Value, name: &str, is_from_one: bool) {
		match value {
			Value::Text(text) => {
				let Some(id) = text.strip_prefix('#') else { return };
				if !self.items.contains_key(id) {
					return;
				}
				let is_such =
					ELEMENTS.contains(&name) || (is_from_one && AMONG_THEMSELVES.contains(&name));
				let all = self.named.entry(id).or_insert(true);
				*all = *all && is_such;
			},
			Value::List(items) => {
				items.iter().for_each(|item| self.look_at(item, name, is_from_one));
			},
			Value::Object(members) => {
				let is_from_one = type_of(value).map_or(is_from_one, |name| TYPES.contains(&name));
				for (member, inner) in members {
					// What refers stands in `reference`, and the element is the one around that.
					let of = if member == "reference" { name } else { member.as_str() };
					self.look_at(inner, of, is_from_one);
				}
			},
			_ => {},
		}
	}
}

/// Whether there are resources within it.
fn has_resources(item: &Value) -> bool {
	let mut left: Vec<&Value> = match item {
		Value::Object(members) => members.iter().map(|(_, value)| value).collect(),
		_ => Vec::new(),
	};
	while let Some(value) = left.pop() {
		match value {
			Value::Object(members) => {
				if value.get("resourceType").is_some() {
					return true;
				}
				left.extend(members.iter().map(|(_, value)| value));
			},
			Value::List(items) => left.extend(items),
			_ => {},
		}
	}
	false
}
