//! The sensitivity labels of a resource, from every place where FHIR puts them: the twin of `clients/fhir/src/labels.ts`.

use crate::{
	given::{Given, Wrapped},
	members::{named_by, type_of, Named},
	node::{brief, id_of, is_compound, list_of, Id, Paths, Place},
	references::{target_of, type_in, Spot},
	refused::{Fault, Refused},
	tables::{LabelRule, Rules},
};
use salus_exchange_protocol::{codes::Labels, fhir::Value};
use std::collections::{HashMap, HashSet};

const V3_CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/// Extensions that hold a label: of a part of a resource (DS4P), and a Composition's second confidentiality.
const LABEL_EXTENSIONS: [&str; 3] = ["sec-label", "security-label", "confidentiality"];

/// Extensions of DS4P that are about labels: whether there are any inside, who gave them, by which law.
const ABOUT_LABELS: [&str; 4] = [
	"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-has-inline-sec-label",
	"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-basis",
	"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-classifier",
	"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-related-artifact",
];

/// How many values are gone through for one resource, all that is given counted as often as it is gone through: four times as
/// many as the largest record has.
const MAX_STEPS: usize = 16_777_216;

fn holds_label(url: &str) -> bool {
	let lower = url.to_ascii_lowercase();
	LABEL_EXTENSIONS.iter().any(|part| lower.contains(part)) && !ABOUT_LABELS.contains(&url)
}

/// A coding, or a code whose system the element fixes.
#[derive(Clone, Copy)]
enum Coding<'a> {
	Whole(&'a Value),
	Confidentiality(&'a Value),
}

/// A reference to a document, or whatever stands where a document is referenced.
#[derive(Clone, Copy)]
struct Pointer<'a> {
	reference: Option<&'a str>,
	place: Place,
	/// Nothing says of which type it is: it may be a document.
	is_untyped: bool,
}

#[derive(Clone, Copy)]
enum What<'a> {
	Document(Pointer<'a>),
	Result(Named<'a>),
	/// What may be a reason: what it is to counts if it is here.
	Reason(&'a str),
}

/// What was found in a value: labels that are written, and labels for which codes ask.
#[derive(Default)]
struct Inside {
	written: Labels,
	coded: Labels,
}

impl Inside {
	fn extend(&mut self, other: Self) {
		self.written.extend(other.written);
		self.coded.extend(other.coded);
	}

	fn all(&self) -> Labels {
		self.written.union(&self.coded).copied().collect()
	}
}

/// A reference that the walk has met, with the number of the resource in which its `#id` is.
#[derive(Clone, Copy)]
struct Met<'a> {
	container: usize,
	what: What<'a>,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct At<'a> {
	place: Place,
	spot: Spot<'a>,
	/// The type of the resource around.
	resource_type: &'a str,
	container: usize,
}

/// What was found in a resource and beside it.
pub struct Found {
	/// The labels.
	pub labels: Labels,
	/// Where results are named that are not here: each may have other labels.
	pub missing: Vec<Place>,
	/// The labels of each resource that the first walk met.
	pub of_resource: HashMap<Id, Labels>,
}

/// Walks over a resource and all inside it.
struct Walk<'a, 'p> {
	rules: Rules<'a>,
	paths: &'p mut Paths<'a>,
	found: Labels,
	pointers: Vec<Met<'a>>,
	/// What the walk has been over, by the names under which references know it.
	known: HashSet<String>,
	/// What is in the `contained` of each resource, by the number of that and the id.
	contained: HashMap<usize, HashSet<&'a str>>,
	/// How many resources there were that are in no other's `contained`.
	containers: usize,
	of_resource: HashMap<Id, Labels>,
	/// How many values it has been over.
	steps: usize,
	/// Whether what it is over counts for itself alone.
	is_alone: bool,
	/// The reasons that it has been over.
	reasons: HashSet<String>,
}

impl<'a> Walk<'a, '_> {
	fn refused(
		&self,
		fault: Fault,
		place: Place,
		detail: String,
		labels: Option<Labels>,
	) -> Refused {
		Refused { fault, path: self.paths.show(place), detail, labels }
	}

	/// Collects what is in a value; a restriction must be explained in the object that has it, or inside that.
	fn over(&mut self, wrapped: &Wrapped<'a>) -> Result<(), Refused> {
		let place = self.paths.root(type_of(wrapped.whole).unwrap_or("resource"));
		let spot = Spot { name: "", around: "", is_contained: false };
		let at = At { place, spot, resource_type: "", container: 0 };
		let inside = self.inside(wrapped.whole, at, &wrapped.entries)?;
		self.found.extend(inside.all());
		Ok(())
	}

	/// The same, and nothing of what that references. It is none of the results and documents that count wherever they are.
	fn over_alone(&mut self, wrapped: &Wrapped<'a>) -> Result<(), Refused> {
		self.is_alone = true;
		let walked = self.over(wrapped);
		self.is_alone = false;
		walked
	}

	fn inside(
		&mut self,
		node: &'a Value,
		mut at: At<'a>,
		entries: &HashMap<Id, &'a Value>,
	) -> Result<Inside, Refused> {
		let At { place, spot, .. } = at;
		let own = node.get("resourceType");
		if let Some(own) = own {
			let Some(name) = own.text() else {
				return Err(self.refused(
					Fault::NotAResource,
					place,
					"its resourceType is no text".into(),
					None,
				));
			};
			at.resource_type = name;
			if !spot.is_contained {
				self.containers = self.containers.saturating_add(1);
				at.container = self.containers;
			}
		}
		if !self.is_alone {
			self.note(node, own.is_some().then_some(at.resource_type), at);
		}
		let inside = self.of_parts(node, at, entries)?;
		let inside = self.with_own(node, place, inside)?;
		if own.is_some() {
			self.of_resource.insert(id_of(node), inside.all());
		}
		Ok(inside)
	}

	/// What references know a value by, and what it references. The name is its own type, if it is a resource.
	fn note(&mut self, node: &'a Value, name: Option<&'a str>, at: At<'a>) {
		let container = at.container;
		if let Some(name) = name {
			self.know(node, name, at);
			for named in named_by(self.rules.tables, self.paths, node, at.place) {
				self.pointers.push(Met { container, what: What::Result(named) });
			}
		}
		if let (Some(url), true) =
			(node.get("fullUrl").and_then(Value::text), node.get("resource").is_some())
		{
			self.known.insert(target_of(url));
		}
		if let Some(pointer) = self.pointer_of(node, at) {
			self.pointers.push(Met { container, what: What::Document(pointer) });
		}
		if let Some(reference) = self.reason_of(node) {
			self.pointers.push(Met { container, what: What::Reason(reference) });
		}
	}

	/// The labels of what is inside.
	fn of_parts(
		&mut self,
		node: &'a Value,
		at: At<'a>,
		entries: &HashMap<Id, &'a Value>,
	) -> Result<Inside, Refused> {
		let mut labels = Inside::default();
		let parts = match node {
			Value::List(items) => items.len(),
			Value::Object(members) => members.len(),
			_ => 0,
		};
		self.steps = self.steps.saturating_add(parts);
		if self.steps > MAX_STEPS {
			let detail = format!("more than {MAX_STEPS} values to go through");
			return Err(self.refused(Fault::TooManyValues, at.place, detail, None));
		}
		let only = entries.get(&id_of(node)).copied();
		match node {
			Value::List(items) => {
				for (index, item) in items.iter().enumerate().filter(|(_, item)| is_compound(item))
				{
					let place = self.paths.item(at.place, index);
					labels.extend(self.inside(item, At { place, ..at }, entries)?);
				}
			},
			Value::Object(members) => {
				for (name, value) in members.iter().filter(|(_, value)| is_compound(value)) {
					let mut place = self.paths.member(at.place, name);
					let is_contained = at.spot.is_contained || name == "contained";
					let spot = Spot { name: name.as_str(), around: at.spot.name, is_contained };
					// Of a Bundle that was given only the entry counts for which it was looked up.
					let value = match only {
						Some(entry) if name == "entry" => {
							place = self.paths.item(place, 0);
							entry
						},
						_ => value,
					};
					labels.extend(self.inside(value, At { place, spot, ..at }, entries)?);
				}
			},
			_ => {},
		}
		Ok(labels)
	}

	/// These labels with those that a node has itself.
	fn with_own(
		&self,
		node: &'a Value,
		place: Place,
		mut labels: Inside,
	) -> Result<Inside, Refused> {
		if let Some(code) = self.rules.tables.code_of(node) {
			self.rules.add_coded(code, &mut labels.coded);
		}
		let mut restricted = None;
		for label in self.labels_at(node, place) {
			for (rule, place) in self.rules_of(&label)? {
				match rule {
					LabelRule::Labels(more) => labels.written.extend(more.iter().copied()),
					LabelRule::Restricted => restricted = restricted.or(Some(place)),
					LabelRule::Ordinary | LabelRule::NoLabel => {},
				}
			}
		}
		// What restricts the whole may be explained by a part, but not a part by something around it; and not by a code, for who
		// restricted it need not have meant that.
		match restricted.filter(|_| labels.written.is_empty()) {
			None => Ok(labels),
			Some(path) => Err(Refused {
				fault: Fault::RestrictedUnexplained,
				path,
				detail: "it is more than ordinary, and nothing says why".into(),
				labels: None,
			}),
		}
	}

	/// A contained resource goes by `#id` alone: under `Type/id` the server has another one.
	fn know(&mut self, resource: &'a Value, name: &str, at: At<'a>) {
		let Some(id) = resource.get("id").and_then(Value::text) else { return };
		match at.spot.is_contained {
			false => _ = self.known.insert(format!("{name}/{id}")),
			true => _ = self.contained.entry(at.container).or_default().insert(id),
		}
	}

	/// Whether the walk has been over what a reference in a resource is to.
	fn has(&self, reference: &str, container: usize) -> bool {
		match reference.strip_prefix('#') {
			Some(id) => self.contained.get(&container).is_some_and(|there| there.contains(id)),
			None => self.known.contains(&target_of(reference)),
		}
	}

	fn pointer_of(&self, node: &'a Value, at: At<'a>) -> Option<Pointer<'a>> {
		let reference = node.get("reference").and_then(Value::text);
		let named = node.get("type").and_then(Value::text);
		let by_identifier = node.get("identifier").is_some() && named.is_some();
		if reference.is_none() && !by_identifier && node.get("display").is_none() {
			return None;
		}
		let tables = self.rules.tables;
		let pointer = |is_untyped| Pointer { reference, place: at.place, is_untyped };
		if tables.is_document_place(at.resource_type, at.spot) {
			return Some(pointer(false));
		}
		match reference.and_then(type_in).or(named) {
			Some(name) => tables.is_document(name).then(|| pointer(false)),
			// Of text alone nothing can be looked up; of a reference without a type it matters whether it is to a document.
			None => (reference.is_some() && tables.may_be_document(at.resource_type, at.spot))
				.then(|| pointer(true)),
		}
	}

	/// A reference to a reason, or to what does not say of which type it is.
	fn reason_of(&self, node: &'a Value) -> Option<&'a str> {
		let reference = node.get("reference").and_then(Value::text)?;
		let named = type_in(reference).or_else(|| node.get("type").and_then(Value::text));
		named.is_none_or(|name| self.rules.tables.reasons.contains(name)).then_some(reference)
	}

	/// The labels of one object, without those of what is inside it.
	fn labels_at(&self, node: &'a Value, place: Place) -> Vec<LabelAt<'a>> {
		let mut all = Vec::new();
		let base = Trail { place, rest: Vec::new() };
		if !matches!(node, Value::Object(_)) {
			return all;
		}
		for (meta, trail) in base.items(node, "meta") {
			labels_in(meta.get("security"), &trail.member("security"), &mut all);
		}
		// DocumentReference, a provision of a Consent, an entity of an AuditEvent.
		labels_in(node.get("securityLabel"), &base.member("securityLabel"), &mut all);
		// In a Composition it is a code, whose system the element fixes.
		for (code, trail) in base.items(node, "confidentiality") {
			match code {
				Value::Text(_) => {
					all.push(LabelAt { codings: vec![Coding::Confidentiality(code)], trail })
				},
				_ => labels_in(Some(code), &trail, &mut all),
			}
		}
		// A code that is not there but has an extension, which says why it is not there.
		if node.get("confidentiality").is_none() && node.get("_confidentiality").is_some() {
			all.push(LabelAt { codings: Vec::new(), trail: base.member("_confidentiality") });
		}
		let (Value::Object(members), Some(url)) = (node, node.get("url").and_then(Value::text))
		else {
			return all;
		};
		if holds_label(url) {
			for (name, value) in members.iter().filter(|(name, _)| name.starts_with("value")) {
				match name.as_str() {
					"valueCode" => all.push(LabelAt {
						codings: vec![Coding::Confidentiality(value)],
						trail: base.member(name),
					}),
					_ => labels_in(Some(value), &base.member(name), &mut all),
				}
			}
		}
		all
	}

	/// What the codings of one label ask for. Each must be known: one may say more than the other.
	fn rules_of(&self, label: &LabelAt<'a>) -> Result<Vec<(&'a LabelRule, String)>, Refused> {
		let unknown = |path: String, detail: String| Refused {
			fault: Fault::LabelUnknown,
			path,
			detail,
			labels: None,
		};
		if label.codings.is_empty() {
			return Err(unknown(
				label.trail.show(self.paths),
				"the security label is no code".into(),
			));
		}
		let several = label.codings.len() > 1;
		let mut all: Vec<(&'a LabelRule, String)> = Vec::new();
		for (index, coding) in label.codings.iter().enumerate() {
			let path = || match several {
				true => label.trail.member("coding").item(index).show(self.paths),
				false => label.trail.show(self.paths),
			};
			let tables = self.rules.tables;
			let code = match *coding {
				Coding::Whole(coding) => tables.code_of(coding),
				Coding::Confidentiality(code) => tables.code_in(V3_CONFIDENTIALITY, code),
			};
			let unknown = |why: &str| {
				let shown = code.map_or("without a code or its system".into(), |(system, code)| {
					format!("\"{}\" of {}", brief(code), brief(system))
				});
				unknown(path(), format!("the security label {shown} is {why}"))
			};
			match code.and_then(|code| self.rules.label_rule(code)) {
				None => return Err(unknown("unknown")),
				Some(LabelRule::NoLabel) => {
					return Err(unknown("one for which the chain has no label"))
				},
				// Of many of one kind the first tells where.
				Some(rule) if all.iter().any(|(there, _)| *there == rule) => {},
				Some(rule) => all.push((
					rule,
					if *rule == LabelRule::Restricted { path() } else { String::new() },
				)),
			}
		}
		Ok(all)
	}
}

/// A place where FHIR puts a label: the codings of one concept. An empty list is a label without a code.
struct LabelAt<'a> {
	codings: Vec<Coding<'a>>,
	trail: Trail<'a>,
}

/// A place below one that the walk is at: there are few such, and they are shown only if something is wrong with them.
#[derive(Clone)]
struct Trail<'a> {
	place: Place,
	rest: Vec<Below<'a>>,
}

#[derive(Clone, Copy)]
enum Below<'a> {
	Member(&'a str),
	Item(usize),
}

impl<'a> Trail<'a> {
	fn then(&self, below: Below<'a>) -> Self {
		let mut rest = Vec::with_capacity(self.rest.len().saturating_add(1));
		rest.extend(&self.rest);
		rest.push(below);
		Self { place: self.place, rest }
	}

	fn member(&self, name: &'a str) -> Self {
		self.then(Below::Member(name))
	}

	fn item(&self, at: usize) -> Self {
		self.then(Below::Item(at))
	}

	/// The items there are in a member, with where they are.
	fn items(&self, node: &'a Value, name: &'a str) -> Vec<(&'a Value, Self)> {
		let there = node.get(name);
		let trail = self.member(name);
		let is_list = matches!(there, Some(Value::List(_)));
		list_of(there)
			.iter()
			.enumerate()
			.map(|(at, item)| (item, if is_list { trail.item(at) } else { trail.clone() }))
			.collect()
	}

	fn show(&self, paths: &Paths<'a>) -> String {
		paths.show_below(
			self.place,
			self.rest.iter().map(|below| match below {
				Below::Member(name) => (Some(*name), 0),
				Below::Item(at) => (None, *at),
			}),
		)
	}
}

/// The labels of a value that is a `Coding`, a `CodeableConcept`, or a list of either.
fn labels_in<'a>(value: Option<&'a Value>, trail: &Trail<'a>, all: &mut Vec<LabelAt<'a>>) {
	let is_list = matches!(value, Some(Value::List(_)));
	for (at, item) in list_of(value).iter().enumerate() {
		let codings = match item.get("coding") {
			None => vec![Coding::Whole(item)],
			codings => list_of(codings).iter().map(Coding::Whole).collect(),
		};
		all.push(LabelAt { codings, trail: if is_list { trail.item(at) } else { trail.clone() } });
	}
}

/// The labels of a resource with what was given beside it. A result that is not here is answered and not refused.
pub fn find_labels<'a>(
	rules: Rules<'a>,
	paths: &mut Paths<'a>,
	resource: &'a Value,
	given: &Given<'a>,
) -> Result<Found, Refused> {
	let mut walk = Walk {
		rules,
		paths,
		found: Labels::new(),
		pointers: Vec::new(),
		known: HashSet::new(),
		contained: HashMap::new(),
		containers: 0,
		of_resource: HashMap::new(),
		steps: 0,
		is_alone: false,
		reasons: HashSet::new(),
	};
	walk.over(&Wrapped { whole: resource, entries: HashMap::new() })?;
	let of_resource = std::mem::take(&mut walk.of_resource);
	for whole in given.same_as(resource) {
		walk.over(&whole)?;
	}
	let tables = rules.tables;
	let mut missing = Vec::new();
	// The list grows while it is read: what is referenced may reference others.
	let mut next = 0usize;
	while let Some(Met { container, what }) = walk.pointers.get(next).copied() {
		next = next.saturating_add(1);
		let reference = match what {
			What::Document(pointer) => pointer.reference,
			What::Result(named) => named.reference,
			What::Reason(reference) => Some(reference),
		};
		if reference.is_some_and(|reference| walk.has(reference, container)) {
			continue;
		}
		// A resource inside another goes by `#id`, there alone, and nothing that is given does.
		let target = reference.filter(|reference| !reference.starts_with('#')).map(target_of);
		let found = target.as_deref().and_then(|target| given.find(target));
		match what {
			What::Reason(_) => {
				let is_reason =
					found.and_then(type_of).is_some_and(|name| tables.reasons.contains(name));
				if let (true, Some(target)) = (is_reason, target) {
					if !walk.reasons.contains(&target) {
						for whole in given.with_bundles(&target) {
							walk.over_alone(&whole)?;
						}
						walk.reasons.insert(target);
					}
				}
				continue;
			},
			What::Result(named) => {
				// A source that turns out to be a document is looked up as one.
				if named.element.is_source && tables.is_document_resource(found) {
					continue;
				}
				if !found.is_some_and(|found| named.fits(found)) {
					missing.push(named.place);
					continue;
				}
			},
			What::Document(pointer) => {
				if found.is_none() {
					let shown = reference
						.map(|reference| format!("\"{}\" ", brief(reference)))
						.unwrap_or_default();
					let detail = match pointer.is_untyped {
						true => format!("{shown}is not here, names no type, and may be a document or a medicine, whose labels would count"),
						false => format!("the document or medicine {shown}is not here, and its labels are unknown"),
					};
					let labels = Some(walk.found.clone());
					return Err(walk.refused(
						Fault::DocumentNotGiven,
						pointer.place,
						detail,
						labels,
					));
				}
				// Here it tells its type; only the labels of documents and of named results count for what references them.
				if pointer.is_untyped && !tables.is_document_resource(found) {
					continue;
				}
			},
		}
		if let Some(target) = target {
			for whole in given.with_bundles(&target) {
				walk.over(&whole)?;
			}
			walk.known.insert(target);
		}
	}
	Ok(Found { labels: walk.found, missing, of_resource })
}
