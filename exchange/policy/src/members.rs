//! The results that a resource names as its own: those of a report, the members of a panel, and what a value was derived from.
//! The twin of `clients/fhir/src/members.ts`.

use crate::{
	given::Given,
	node::{id_of, is_compound, list_of, Id, Paths, Place},
	references::{target_of, type_in},
	tables::{NamedElement, Tables},
};
use salus_exchange_protocol::fhir::Value;
use std::collections::{HashMap, HashSet};

/// A reference to a result.
#[derive(Clone, Copy)]
pub struct Named<'a> {
	/// As it is written, if it is more than text.
	pub reference: Option<&'a str>,
	/// Where.
	pub place: Place,
	/// In which element.
	pub element: &'a NamedElement,
}

impl Named<'_> {
	/// Whether a resource may stand where it is named.
	pub fn fits(&self, resource: &Value) -> bool {
		type_of(resource).is_some_and(|name| self.element.types.contains(name))
	}
}

/// The type of a resource.
pub fn type_of(resource: &Value) -> Option<&str> {
	resource.get("resourceType").and_then(Value::text)
}

/// The results that a resource names itself, not those inside it.
pub fn named_by<'a>(
	tables: &'a Tables,
	paths: &mut Paths<'a>,
	resource: &'a Value,
	place: Place,
) -> Vec<Named<'a>> {
	let elements = type_of(resource).and_then(|name| tables.named_elements.get(name));
	let mut all = Vec::new();
	for element in elements.into_iter().flatten() {
		for (node, place) in paths.items_of(resource, place, &element.name) {
			let reference = node.get("reference").and_then(Value::text);
			let of = node.get("type");
			if element.is_source {
				let name = reference.and_then(type_in).or(of.and_then(Value::text));
				if (reference.is_none() && of.is_none())
					|| name.is_some_and(|name| tables.is_document(name))
				{
					continue;
				}
			}
			all.push(Named { reference, place, element });
		}
	}
	all
}

/// A resource, the one in which its `#id` are, and where it is.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
	/// The resource.
	pub resource: &'a Value,
	/// What has its `contained`.
	pub container: &'a Value,
	/// Where it is.
	pub place: Place,
}

/// All resources inside one, at any depth, which whoever read the JSON has bounded.
fn inner_resources<'a>(
	paths: &mut Paths<'a>,
	node: &'a Value,
	place: Place,
	found: &mut Vec<(&'a Value, Place)>,
) {
	let mut each = |paths: &mut Paths<'a>, value: &'a Value, place: Place| {
		if value.get("resourceType").is_some() {
			found.push((value, place));
		}
		inner_resources(paths, value, place, found);
	};
	match node {
		Value::List(items) => {
			for (at, item) in items.iter().enumerate().filter(|(_, item)| is_compound(item)) {
				let place = paths.item(place, at);
				each(paths, item, place);
			}
		},
		Value::Object(members) => {
			for (name, value) in members.iter().filter(|(_, value)| is_compound(value)) {
				let place = paths.member(place, name);
				each(paths, value, place);
			}
		},
		_ => {},
	}
}

/// What a resource is made of, as far as it is here.
pub struct Members<'a> {
	tables: &'a Tables,
	/// The results that are named, by whatever is there, however far away; each once, with where it was named first.
	pub named: Vec<(&'a Value, Place)>,
	/// Which these are.
	pub is_named: HashSet<Id>,
	/// All resources inside the first and inside the named ones, each once.
	pub inner: Vec<(&'a Value, Place)>,
	contained: HashMap<Id, HashMap<&'a str, Option<&'a Value>>>,
	work: Vec<Standing<'a>>,
	seen: HashSet<Id>,
}

impl<'a> Members<'a> {
	/// Of the resource, with what was given beside it.
	pub fn new(
		tables: &'a Tables,
		paths: &mut Paths<'a>,
		given: &Given<'a>,
		root: &'a Value,
		place: Place,
	) -> Self {
		let mut members = Self {
			tables,
			named: Vec::new(),
			is_named: HashSet::new(),
			inner: Vec::new(),
			contained: HashMap::new(),
			work: Vec::new(),
			seen: HashSet::new(),
		};
		members.enter(paths, root, place);
		// The list grows while it is read; each resource is in it once, so that circles end.
		let mut at = 0usize;
		while let Some(standing) = members.work.get(at).copied() {
			at = at.saturating_add(1);
			for (found, place) in members.of(paths, given, standing) {
				let Some(found) = found else { continue };
				if members.is_named.insert(id_of(found)) {
					members.named.push((found, place));
				}
				members.enter(paths, found, place);
			}
		}
		members
	}

	fn enter(&mut self, paths: &mut Paths<'a>, resource: &'a Value, place: Place) {
		if !self.seen.insert(id_of(resource)) {
			return;
		}
		self.work.push(Standing { resource, container: resource, place });
		let mut inside = Vec::new();
		inner_resources(paths, resource, place, &mut inside);
		for (inner, place) in inside {
			if self.seen.insert(id_of(inner)) {
				self.inner.push((inner, place));
				self.work.push(Standing { resource: inner, container: resource, place });
			}
		}
	}

	/// What a resource names itself, with the places; none for what is not here, or of another type.
	pub fn of(
		&mut self,
		paths: &mut Paths<'a>,
		given: &Given<'a>,
		standing: Standing<'a>,
	) -> Vec<(Option<&'a Value>, Place)> {
		let named = named_by(self.tables, paths, standing.resource, standing.place);
		let found = named.into_iter().map(|named| {
			let found = match named.reference {
				None => None,
				Some(reference) => match reference.strip_prefix('#') {
					Some(id) => self.contained_in(standing.container).get(id).copied().flatten(),
					None => given.find(&target_of(reference)),
				},
			};
			(found.filter(|found| named.fits(found)), named.place)
		});
		found.collect()
	}

	fn contained_in(&mut self, container: &'a Value) -> &HashMap<&'a str, Option<&'a Value>> {
		self.contained.entry(id_of(container)).or_insert_with(|| {
			let mut contained = HashMap::new();
			for each in list_of(container.get("contained")) {
				if let Some(id) = each.get("id").and_then(Value::text) {
					// Two of one name: neither is meant for certain.
					contained.entry(id).and_modify(|there| *there = None).or_insert(Some(each));
				}
			}
			contained
		})
	}
}
