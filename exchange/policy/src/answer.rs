//! What of an answer may leave, given what was decided about it.

use crate::{
	classify::{classify, Beside, Classified},
	refused::NotClassified,
	tables::{House, Tables},
	time::DataTime,
};
use salus_exchange_protocol::{
	codes::{DataClass, Labels},
	fhir::{self, Value},
};
use std::collections::{BTreeMap, BTreeSet};

/// What there is to be decided about data: of this class, with these labels, of this time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Ask {
	/// The class.
	pub data_class: DataClass,
	/// The labels: a directive is needed for each.
	pub labels: Labels,
	/// The time; none if it is not known. It must be permitted for the whole of it: see [`DataTime::moments`].
	pub data_time: Option<DataTime>,
}

/// A resource that does not leave before somebody has looked at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantine {
	/// Which of the answer's resources, counted from 0.
	pub at: usize,
	/// Why: for the privacy officer's work list, and for nobody who asks.
	pub reason: NotClassified,
}

/// What is known of one resource of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Judged {
	/// How it is to be treated.
	Classified(Classified),
	/// That it cannot be told.
	Unclassified(NotClassified),
}

/// The resources of an answer, each judged by itself. A page of a search is an answer, and so is a single read; Bundles are not
/// judged, for their parts may be of several classes.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
	resources: Vec<(&'a [u8], Judged)>,
}

/// A resource that may leave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Released {
	/// Which of the answer's resources, counted from 0.
	pub at: usize,
	/// What leaves: the very bytes that are kept; or, if something stays behind, the canonical form of what is left, which is
	/// not what was anchored.
	pub resource: Vec<u8>,
	/// The places in `contained` that stay behind. If there are any, so do all narratives, for they may tell of them; and the
	/// resource is tagged `SUBSETTED`, so that nobody takes it for the whole.
	pub left_behind: Vec<usize>,
}

/// What leaves, and what does not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Leaving {
	/// What leaves, in the answer's order.
	pub released: Vec<Released>,
	/// What does not, because it is not permitted. To whoever asks it is as if it were not there.
	pub withheld: Vec<usize>,
	/// What does not, because nothing tells how it is to be treated. To whoever asks it is as if it were not there.
	pub quarantined: Vec<Quarantine>,
}

impl<'a> Answer<'a> {
	/// Judges each resource, with what is known beside it.
	pub fn judge(resources: &[(&'a [u8], Beside<'_>)], tables: &Tables, house: &House) -> Self {
		let judged = resources.iter().map(|(bytes, beside)| {
			let judged = match classify(bytes, beside, tables, house) {
				Ok(classified) => Judged::Classified(classified),
				Err(reason) => Judged::Unclassified(reason),
			};
			(*bytes, judged)
		});
		Self { resources: judged.collect() }
	}

	/// The same of resources that were judged before, when they came: with what came beside them.
	pub fn of(resources: Vec<(&'a [u8], Judged)>) -> Self {
		Self { resources }
	}

	/// What is known of each resource, in the answer's order.
	pub fn judged(&self) -> impl Iterator<Item = &Judged> {
		self.resources.iter().map(|(_, judged)| judged)
	}

	/// What is to be decided: each once.
	pub fn asks(&self) -> BTreeSet<Ask> {
		let classified = self.judged().filter_map(|judged| match judged {
			Judged::Classified(classified) => Some(classified),
			Judged::Unclassified(_) => None,
		});
		classified
			.flat_map(|each| {
				each.asks.iter().chain(each.contained.iter().flat_map(|part| &part.asks))
			})
			.cloned()
			.collect()
	}

	/// What may leave, if just that is permitted for which `permitted` has `true`: of what was not decided nothing is.
	///
	/// A resource goes if it and every result inside it are permitted. What else it contains goes only if it is permitted
	/// itself, by its own class, labels and time; a narrative only if nothing stays behind. A resource of which a named result is
	/// not here does not go.
	pub fn leaving(&self, permitted: &BTreeMap<Ask, bool>) -> Leaving {
		let may = |asks: &BTreeSet<Ask>| asks.iter().all(|ask| permitted.get(ask) == Some(&true));
		let mut leaving = Leaving::default();
		for (at, (bytes, judged)) in self.resources.iter().enumerate() {
			let classified = match judged {
				Judged::Unclassified(reason) => {
					leaving.quarantined.push(Quarantine { at, reason: reason.clone() });
					continue;
				},
				Judged::Classified(classified) => classified,
			};
			if classified.asks.is_empty()
				|| !may(&classified.asks)
				|| !classified.missing.is_empty()
			{
				leaving.withheld.push(at);
				continue;
			}
			let left_behind: Vec<usize> = classified
				.contained
				.iter()
				.filter(|part| !may(&part.asks))
				.map(|part| part.at)
				.collect();
			if left_behind.is_empty() {
				leaving.released.push(Released { at, resource: bytes.to_vec(), left_behind });
				continue;
			}
			match fhir::read(bytes) {
				Ok(resource) => {
					let resource = without(resource, &left_behind).canonical();
					leaving.released.push(Released { at, resource, left_behind });
				},
				Err(error) => leaving.quarantined.push(Quarantine { at, reason: error.into() }),
			}
		}
		leaving
	}
}

/// A resource without some of what it contains, without narratives, and tagged as such. References to what stays behind remain, without the words
/// and codes that stand beside them: they say that there is something, and not what.
fn without(resource: Value, left_behind: &[usize]) -> Value {
	let gone = references_to(&resource, left_behind);
	let members = match bare(resource, &gone) {
		Value::Object(members) => members,
		other => return other,
	};
	let mut kept: Vec<(String, Value)> = Vec::new();
	let mut meta = Vec::new();
	for (name, value) in members {
		match (name.as_str(), value) {
			("meta", Value::Object(members)) => meta = members,
			("contained", value) => {
				let items = match value {
					Value::List(items) => items,
					one => vec![one],
				};
				let items =
					items.into_iter().enumerate().filter(|(at, _)| !left_behind.contains(at));
				let items: Vec<Value> = items.map(|(_, item)| item).collect();
				// FHIR has no empty lists.
				if !items.is_empty() {
					kept.push((name, Value::List(items)));
				}
			},
			(_, value) => kept.push((name, value)),
		}
	}
	kept.push(("meta".into(), tagged(meta)));
	without_narratives(sorted(kept))
}

/// How what stays behind is referred to inside the resource.
fn references_to(resource: &Value, left_behind: &[usize]) -> BTreeSet<String> {
	let items = match resource.get("contained") {
		Some(Value::List(items)) => items.as_slice(),
		Some(one) => std::slice::from_ref(one),
		None => &[],
	};
	let ids = left_behind.iter().filter_map(|at| match items.get(*at)?.get("id") {
		Some(Value::Text(id)) => Some(format!("#{id}")),
		_ => None,
	});
	ids.collect()
}

/// A value in which each of these references stands alone.
fn bare(value: Value, gone: &BTreeSet<String>) -> Value {
	match value {
		Value::Object(members) => {
			let is_gone = |(name, value): &(String, Value)| {
				name == "reference" && matches!(value, Value::Text(text) if gone.contains(text))
			};
			let alone = members.iter().any(is_gone);
			let kept = members.into_iter().filter(|(name, _)| !alone || name == "reference");
			Value::Object(kept.map(|(name, value)| (name, bare(value, gone))).collect())
		},
		Value::List(items) => Value::List(items.into_iter().map(|item| bare(item, gone)).collect()),
		other => other,
	}
}

/// A value without narratives, those of sections and of contained resources too: an element `text` with a `div`. Other elements
/// of that name are strings.
fn without_narratives(value: Value) -> Value {
	match value {
		Value::Object(members) => {
			let kept = members
				.into_iter()
				.filter(|(name, value)| name != "text" || value.get("div").is_none());
			Value::Object(kept.map(|(name, value)| (name, without_narratives(value))).collect())
		},
		Value::List(items) => Value::List(items.into_iter().map(without_narratives).collect()),
		other => other,
	}
}

/// `meta` with the tag of resources that are not whole.
fn tagged(mut meta: Vec<(String, Value)>) -> Value {
	let text = |text: &str| Value::Text(text.into());
	let tag = Value::Object(vec![
		("code".into(), text("SUBSETTED")),
		("system".into(), text("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")),
	]);
	match meta.iter_mut().find(|(name, _)| name == "tag") {
		Some((_, Value::List(tags))) => {
			if !tags.contains(&tag) {
				tags.push(tag);
			}
		},
		Some((_, other)) => *other = Value::List(vec![tag]),
		None => meta.push(("tag".into(), Value::List(vec![tag]))),
	}
	sorted(meta)
}

/// An object with its members in the order of all objects.
fn sorted(mut members: Vec<(String, Value)>) -> Value {
	members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
	Value::Object(members)
}
