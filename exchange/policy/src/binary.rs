//! A Binary has no patient, class or time of its own: it is a part of what has it attached, and goes where that may go.

use crate::{
	answer::Ask,
	classify::{Beside, Classified},
	given::Given,
	labels::{find_labels, Found},
	members::type_of,
	modifiers::refuse_modifiers,
	node::{brief, list_of, Paths},
	refused::{Fault, NotClassified, Refused},
	tables::{House, Rules, Tables},
	time::DataTime,
};
use salus_exchange_protocol::{
	codes::Labels,
	fhir::{self, Value},
};

/// The type.
pub const BINARY: &str = "Binary";

/// Where resources have something attached that is kept apart: the type, the element, and the member of that, unless the element is the attachment
/// itself.
const ATTACHED: [(&str, &str, Option<&str>); 3] = [
	("DocumentReference", "content", Some("attachment")),
	("DiagnosticReport", "presentedForm", None),
	("Media", "content", None),
];

/// The URLs of what a resource has attached and keeps apart: of a document, the forms of a report, and media; and of each of these within it, at any
/// depth, for a document that another resource contains has it attached all the same.
pub fn attachments(resource: &Value) -> Vec<&str> {
	let (mut urls, mut left) = (Vec::new(), vec![resource]);
	while let Some(value) = left.pop() {
		match value {
			Value::Object(members) => {
				urls.extend(own_attachments(value));
				left.extend(members.iter().map(|(_, value)| value));
			},
			Value::List(items) => left.extend(items),
			_ => {},
		}
	}
	urls
}

/// The same of a resource without what is within it.
fn own_attachments(resource: &Value) -> impl Iterator<Item = &str> {
	let name = type_of(resource).unwrap_or_default();
	let places = ATTACHED.iter().filter(move |(of, ..)| *of == name);
	let attached = places.flat_map(move |(_, element, member)| {
		let items = list_of(resource.get(element)).iter();
		items.filter_map(move |item| member.map_or(Some(item), |member| item.get(member)))
	});
	attached.filter_map(|attached| attached.get("url").and_then(Value::text))
}

/// How a Binary is to be treated that has these labels itself, by how each is treated that names it: as all of them together, each with the labels
/// of all. It is of their classes and times, and may tell of what they contain, so that must be permitted too; but for who made them or keeps them
/// ([`is_actor`](crate::Contained::is_actor)), of whom the labels alone count. None if nothing names it.
pub fn as_attached(own: &Labels, named_by: &[Classified]) -> Option<Classified> {
	let first = named_by.first()?;
	let parts = || named_by.iter().flat_map(|each| &each.contained);
	let of_parts = parts().filter(|part| !part.is_actor).flat_map(|part| &part.asks);
	let asks: Vec<&Ask> = named_by.iter().flat_map(|each| &each.asks).chain(of_parts).collect();
	// What a part of one of them asks for, all of it asks for: which part it is, nothing tells.
	let of_asks = asks.iter().flat_map(|ask| &ask.labels);
	let of_actors = parts().flat_map(|part| &part.asks).flat_map(|ask| &ask.labels);
	let of_all = named_by.iter().flat_map(|each| &each.labels);
	let labels: Labels = of_asks.chain(of_actors).chain(of_all).chain(own).copied().collect();
	let asks = asks.into_iter().map(|ask| Ask { labels: labels.clone(), ..ask.clone() }).collect();
	let both = |one: DataTime, other: DataTime| DataTime {
		from: one.from.min(other.from),
		to: one.to.max(other.to),
	};
	let times = named_by.iter().map(|each| each.data_time);
	Some(Classified {
		resource_type: BINARY.into(),
		data_class: first.data_class,
		data_time: times.reduce(|one, other| Some(both(one?, other?))).flatten(),
		missing: named_by.iter().flat_map(|each| &each.missing).cloned().collect(),
		labels,
		asks,
		contained: Vec::new(),
	})
}

/// Classifies a Binary by what names it: by what has it attached, and what its `securityContext` is to, each as it is treated itself. Labels that
/// stand in it, and those of what is beside it, are added. What its `securityContext` is to must be given beside it.
pub fn classify_binary(
	record: &[u8],
	beside: &Beside,
	named_by: &[Classified],
	tables: &Tables,
	house: &House,
) -> Result<Classified, NotClassified> {
	let resource = fhir::read(record)?;
	let given = beside.given.iter().map(|each| fhir::read(each)).collect::<Result<Vec<_>, _>>()?;
	Ok(with_labels(&resource, &given, named_by, Rules { tables, house })?)
}

fn with_labels<'a>(
	resource: &'a Value,
	given: &'a [Value],
	named_by: &[Classified],
	rules: Rules<'a>,
) -> Result<Classified, Refused> {
	let mut paths = Paths::default();
	let place = paths.root(BINARY);
	if type_of(resource) != Some(BINARY) {
		return Err(Refused {
			fault: Fault::NotAResource,
			path: paths.show(place),
			detail: "it is no Binary".into(),
			labels: None,
		});
	}
	refuse_modifiers(resource, &mut paths, place)?;
	for each in given {
		let place = paths.root(type_of(each).map_or("given", brief));
		refuse_modifiers(each, &mut paths, place)?;
	}
	let given = Given::new(given);
	let Found { labels, .. } = find_labels(rules, &mut paths, resource, &given)?;
	as_attached(&labels, named_by).ok_or_else(|| Refused {
		fault: Fault::ClassUnknown,
		path: paths.show(place),
		detail: "it has no class of its own, and nothing that is held has it attached".into(),
		labels: Some(labels.clone()),
	})
}
