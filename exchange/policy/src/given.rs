//! Resources that were given beside another: alone, as entries of a Bundle with their URLs, or in Bundles at any depth.

use crate::{
	node::{id_of, is_compound, says_the_same, Id},
	references::target_of,
};
use salus_exchange_protocol::fhir::Value;
use std::collections::HashMap;

/// A Bundle around a resource, the value in which that Bundle itself is, and the Bundle around that.
struct Around<'a> {
	bundle: &'a Value,
	entry: &'a Value,
	outer: Option<usize>,
}

/// A resource that was given: the value in which it stands, which may be an entry, and the Bundle around that.
struct Item<'a> {
	resource: &'a Value,
	value: &'a Value,
	around: Option<usize>,
}

/// A resource with what is around it, and nothing else of that: in each Bundle only the entry that leads to it.
pub struct Wrapped<'a> {
	/// The outermost value.
	pub whole: &'a Value,
	/// The one entry of each Bundle.
	pub entries: HashMap<Id, &'a Value>,
}

/// All of them.
#[derive(Default)]
pub struct Given<'a> {
	items: Vec<Item<'a>>,
	arounds: Vec<Around<'a>>,
	/// By what references to them say; none where two different ones would be meant.
	by_target: HashMap<String, Option<Vec<usize>>>,
}

impl<'a> Given<'a> {
	/// What is in these values.
	pub fn new(values: &'a [Value]) -> Self {
		let mut given = Self::default();
		let mut left: Vec<(&'a Value, Option<usize>)> =
			values.iter().map(|value| (value, None)).collect();
		while let Some((value, around)) = left.pop() {
			let resource = match value.get("resource") {
				None | Some(Value::Null) => value,
				Some(resource) => resource,
			};
			if !is_compound(value) || !is_compound(resource) {
				continue;
			}
			let at = given.items.len();
			given.items.push(Item { resource, value, around });
			if let Some(url) = value.get("fullUrl").and_then(Value::text) {
				given.know(target_of(url), at);
			}
			let name = resource.get("resourceType").and_then(Value::text);
			if let (Some(name), Some(id)) = (name, resource.get("id").and_then(Value::text)) {
				given.know(format!("{name}/{id}"), at);
			}
			if name == Some("Bundle") {
				let around = Some(given.arounds.len());
				given.arounds.push(Around {
					bundle: resource,
					entry: value,
					outer: given.items.get(at).and_then(|item| item.around),
				});
				match resource.get("entry") {
					Some(Value::List(entries)) => {
						left.extend(entries.iter().map(|entry| (entry, around)))
					},
					Some(Value::Object(members)) => {
						left.extend(members.iter().map(|(_, entry)| (entry, around)))
					},
					_ => {},
				}
			}
		}
		given
	}

	fn know(&mut self, target: String, at: usize) {
		let Some(there) = self.by_target.get_mut(&target) else {
			self.by_target.insert(target, Some(vec![at]));
			return;
		};
		let Some(items) = there else { return };
		// Its URL may be its Type/id.
		if items.last() == Some(&at) {
			return;
		}
		let first = items.first().and_then(|first| self.items.get(*first));
		match (first, self.items.get(at)) {
			(Some(one), Some(other)) if says_the_same(one.resource, other.resource) => {
				items.push(at)
			},
			_ => *there = None,
		}
	}

	/// The resource that a reference is to.
	pub fn find(&self, target: &str) -> Option<&'a Value> {
		let first = *self.by_target.get(target)?.as_ref()?.first()?;
		self.items.get(first).map(|item| item.resource)
	}

	/// The resource with all that is around it: what is said of a Bundle, or of an entry, is said of each resource in it.
	pub fn with_bundles(&self, target: &str) -> Vec<Wrapped<'a>> {
		let items = self.by_target.get(target).and_then(Option::as_ref);
		items
			.into_iter()
			.flatten()
			.filter_map(|at| self.items.get(*at))
			.map(|item| self.wrapped(item))
			.collect()
	}

	/// The same resource where it is in what was given, with the Bundles around it.
	pub fn same_as(&self, resource: &Value) -> Vec<Wrapped<'a>> {
		let items = self
			.items
			.iter()
			.filter(|item| item.around.is_some() || id_of(item.value) != id_of(item.resource));
		items
			.filter(|item| says_the_same(item.resource, resource))
			.map(|item| self.wrapped(item))
			.collect()
	}

	fn wrapped(&self, item: &Item<'a>) -> Wrapped<'a> {
		let mut wrapped = Wrapped { whole: item.value, entries: HashMap::new() };
		let mut next = item.around;
		while let Some(around) = next.and_then(|at| self.arounds.get(at)) {
			wrapped.entries.insert(id_of(around.bundle), wrapped.whole);
			wrapped.whole = around.entry;
			next = around.outer;
		}
		wrapped
	}
}
