//! The class, the labels and the time of one FHIR R4 resource: the twin of `clients/fhir/src/classify.ts`, and the time
//! besides.

use crate::{
	actors::Actors,
	answer::Ask,
	given::Given,
	labels::{find_labels, Found},
	members::{type_of, Members, Standing},
	modifiers::refuse_modifiers,
	node::{brief, id_of, list_of, Id, Paths, Place},
	refused::{Fault, NotClassified, Refused},
	tables::{House, Rules, Tables, ToldClass},
	time::{data_time, DataTime},
};
use salus_exchange_protocol::{
	codes::{DataClass, Labels},
	fhir::{self, Value},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is done if a result that a resource names is neither inside nor given, and might be genetic, or labelled.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum MissingResults {
	/// It is refused.
	#[default]
	Refuse,
	/// The class and the labels without it are told, with where it is named. Whoever asks for that decides about those results.
	Tell,
}

/// What is known beside a resource.
#[derive(Clone, Copy, Default, Debug)]
pub struct Beside<'a> {
	/// Documents that it references, and results that it names, as they are stored, or the Bundle that it came in with them; also
	/// entries of Bundles, which tell what a reference is to that names no type. Their labels count as its own, and the classes of
	/// the results.
	pub given: &'a [&'a [u8]],
	/// What is done about results that are not here.
	pub missing_results: MissingResults,
}

/// A resource inside another that may go or stay without it: a part, of no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contained {
	/// Its place in `contained`.
	pub at: usize,
	/// What must be permitted for it to go.
	pub asks: BTreeSet<Ask>,
	/// Whether it is nothing but whoever made the whole, answers for it or keeps it: of a type of those who treat, with nothing within it, and referred
	/// to from nowhere else. What is attached to the whole tells of such a one no more than the whole does.
	pub is_actor: bool,
}

/// How a resource is to be treated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Classified {
	/// Its type.
	pub resource_type: String,
	/// Its class.
	pub data_class: DataClass,
	/// Its labels, with those of all inside it, of the documents that it references and of the results that it names.
	pub labels: Labels,
	/// Of what time it is; none if that is not known, and then only what is permitted for all of time is permitted.
	pub data_time: Option<DataTime>,
	/// Where results are named that were not here. Empty unless [`MissingResults::Tell`].
	pub missing: Vec<String>,
	/// What must be permitted for it to go at all: its own class, labels and time, and those of the results inside it.
	pub asks: BTreeSet<Ask>,
	/// The resources in its `contained` that have a class, and may stay behind.
	pub contained: Vec<Contained>,
}

/// What a resource tells of its class, and where.
struct Told<'a> {
	class: ToldClass,
	place: Place,
	what: &'a str,
}

struct Classifier<'a, 'p> {
	rules: Rules<'a>,
	paths: &'p mut Paths<'a>,
	given: &'p Given<'a>,
	labels: &'p Labels,
}

impl<'a> Classifier<'a, '_> {
	fn refused(&self, fault: Fault, place: Place, detail: String) -> Refused {
		Refused { fault, path: self.paths.show(place), detail, labels: Some(self.labels.clone()) }
	}

	/// The class of a resource: what it says, and what the results say that it names; nothing inside is of another one.
	fn class_of(&mut self, resource: &'a Value, place: Place) -> Result<DataClass, Refused> {
		let mut members = Members::new(self.rules.tables, self.paths, self.given, resource, place);
		let mut told = self.told_of(resource, place)?;
		if told.is_empty() && !self.is_told_by_results(resource, place, &mut members)? {
			return Err(self.unknown(resource, place));
		}
		for (named, at) in &members.named {
			told.extend(self.told_of(named, *at)?);
		}
		let data_class = self.agreed(&told, place)?;
		for (inner, at) in &members.inner {
			// What is named has been heard already.
			if members.is_named.contains(&id_of(inner)) {
				continue;
			}
			match self.inside(inner, *at)? {
				Some(inside) if inside != data_class => {
					let detail = format!("it is of the class {inside}, and what contains it of the class {data_class}");
					return Err(self.refused(Fault::ClassConflict, *at, detail));
				},
				_ => {},
			}
		}
		Ok(data_class)
	}

	/// The class of a contained result or document; none if it does not tell, for then it is a part of what contains it.
	fn inside(&mut self, resource: &'a Value, place: Place) -> Result<Option<DataClass>, Refused> {
		let tables = self.rules.tables;
		let name = type_of(resource).unwrap_or_default();
		if !tables.results.contains(name) && !tables.holders.contains(name) {
			return Ok(None);
		}
		let told = self.told_of(resource, place)?;
		match told.is_empty() {
			true => Ok(None),
			false => self.agreed(&told, place).map(Some),
		}
	}

	/// What a resource tells of its class: by its type, or else by category and code; nothing, if these say nothing.
	fn told_of(&mut self, resource: &'a Value, place: Place) -> Result<Vec<Told<'a>>, Refused> {
		let tables = self.rules.tables;
		let name = type_of(resource).unwrap_or_default();
		let elements = tables.elements_of(name);
		if !elements.is_empty() {
			let mut told = Vec::new();
			for element in elements {
				for (concept, at) in self.paths.items_of(resource, place, element) {
					told.extend(self.told_in(concept, at));
				}
			}
			told.extend(self.genetic_in(resource, place));
			return Ok(told);
		}
		match tables.class_by_type.get(name) {
			Some(data_class) => {
				let class = ToldClass { data_class: *data_class, above: BTreeSet::new() };
				Ok(vec![Told { class, place, what: name }])
			},
			None => {
				let detail = format!("no data class for a resource of type \"{}\"", brief(name));
				Err(self.refused(Fault::TypeWithoutClass, place, detail))
			},
		}
	}

	fn told_in(&self, concept: &'a Value, place: Place) -> Vec<Told<'a>> {
		let codings = list_of(concept.get("coding")).iter();
		let told = codings.filter_map(|coding| {
			let code = self.rules.tables.code_of(coding)?;
			Some(Told { class: self.rules.class_of(code)?.clone(), place, what: code.1 })
		});
		told.collect()
	}

	/// A gene or a variant among the components makes the whole genetic; of other things they tell nothing, for a panel may
	/// have a temperature.
	fn genetic_in(&mut self, resource: &'a Value, place: Place) -> Vec<Told<'a>> {
		let mut told = Vec::new();
		for (part, at) in self.paths.items_of(resource, place, "component") {
			let Some(code) = part.get("code") else { continue };
			let at = self.paths.member(at, "code");
			told.extend(self.told_in(code, at));
		}
		told.retain(|each| each.class.data_class == DataClass::Genomics);
		told
	}

	fn unknown(&mut self, resource: &'a Value, place: Place) -> Refused {
		let elements = self.rules.tables.elements_of(type_of(resource).unwrap_or_default());
		let said = elements.iter().filter(|name| !list_of(resource.get(name)).is_empty());
		let said: Vec<&str> = said.map(String::as_str).collect();
		let detail = match said.is_empty() {
			true => format!("it has neither {}", elements.join(" nor ")),
			false => format!("of which class it is cannot be told by its {}", said.join(" and ")),
		};
		self.refused(Fault::ClassUnknown, place, detail)
	}

	/// The one class of what is told: all say it, or are headings above what says it.
	fn agreed(&self, told: &[Told], place: Place) -> Result<DataClass, Refused> {
		// One of each kind: a list may be long.
		let mut kinds: BTreeMap<&ToldClass, &Told> = BTreeMap::new();
		for each in told {
			kinds.entry(&each.class).or_insert(each);
		}
		let agrees = |class: DataClass| {
			kinds.keys().all(|other| other.data_class == class || other.above.contains(&class))
		};
		let classes: BTreeSet<DataClass> =
			kinds.keys().map(|kind| kind.data_class).filter(|class| agrees(*class)).collect();
		let mut classes = classes.into_iter();
		match (classes.next(), classes.next()) {
			(Some(only), None) => Ok(only),
			_ => {
				let said = kinds.values().map(|each| {
					format!(
						"{} says {} by {}",
						self.paths.show(each.place),
						each.class.data_class,
						brief(each.what)
					)
				});
				let said: Vec<String> = said.take(3).collect();
				Err(self.refused(Fault::ClassConflict, place, said.join(", ")))
			},
		}
	}

	/// Whether a report that says nothing itself is told by its results: all of them are here, and each tells its class by itself.
	fn is_told_by_results(
		&mut self,
		report: &'a Value,
		place: Place,
		members: &mut Members<'a>,
	) -> Result<bool, Refused> {
		let beside = self.rules.tables.beside_results.iter().any(|name| report.get(name).is_some());
		if type_of(report) != Some("DiagnosticReport") || beside {
			return Ok(false);
		}
		let results = members.of(
			self.paths,
			self.given,
			Standing { resource: report, container: report, place },
		);
		for (result, at) in &results {
			let tells = match result {
				Some(result) => !self.told_of(result, *at)?.is_empty(),
				None => false,
			};
			if !tells {
				return Ok(false);
			}
		}
		Ok(!results.is_empty())
	}
}

/// Classifies one FHIR R4 resource, with the labels of all that is inside it, of the documents that it references, and of the
/// results that it names. Reports, observations, documents and media are of the class that their category and code tell, with
/// their systems, and of which their results are: of a class and its heading the class decides, of two others neither. A report
/// of which category and code tell nothing is of the class of its results, if all are given and of one.
pub fn classify(
	record: &[u8],
	beside: &Beside,
	tables: &Tables,
	house: &House,
) -> Result<Classified, NotClassified> {
	let resource = fhir::read(record)?;
	check_type(&resource)?;
	let given = beside.given.iter().map(|each| fhir::read(each)).collect::<Result<Vec<_>, _>>()?;
	Ok(classify_values(&resource, &given, beside.missing_results, Rules { tables, house })?)
}

fn check_type(resource: &Value) -> Result<&str, Refused> {
	type_of(resource).filter(|name| !name.is_empty()).ok_or_else(|| Refused {
		fault: Fault::NotAResource,
		path: "resource".into(),
		detail: "it has no resourceType".into(),
		labels: None,
	})
}

fn classify_values<'a>(
	resource: &'a Value,
	given: &'a [Value],
	missing_results: MissingResults,
	rules: Rules<'a>,
) -> Result<Classified, Refused> {
	let name = check_type(resource)?;
	let mut paths = Paths::default();
	let place = paths.root(name);
	refuse_modifiers(resource, &mut paths, place)?;
	for each in given {
		let place = paths.root(type_of(each).map_or("given", brief));
		refuse_modifiers(each, &mut paths, place)?;
	}
	let given = Given::new(given);
	let Found { labels, missing, of_resource } = find_labels(rules, &mut paths, resource, &given)?;
	let mut classifier = Classifier { rules, paths: &mut paths, given: &given, labels: &labels };
	let data_class = classifier.class_of(resource, place)?;
	if let (Some(first), MissingResults::Refuse) = (missing.first(), missing_results) {
		let detail = "the result is not here, and its class and labels are unknown".into();
		return Err(classifier.refused(Fault::ResultNotGiven, *first, detail));
	}
	let data_time = data_time(resource);
	let mut asks = BTreeSet::from([Ask { data_class, labels: labels.clone(), data_time }]);
	let mut contained = Vec::new();
	classifier.split(resource, place, &of_resource, &mut asks, &mut contained)?;
	let missing = missing.into_iter().map(|place| paths.show(place)).collect();
	Ok(Classified {
		resource_type: name.into(),
		data_class,
		labels,
		data_time,
		missing,
		asks,
		contained,
	})
}

impl<'a> Classifier<'a, '_> {
	/// What of the inside must be permitted with the whole, and what may stay behind: an item of `contained` in which there is no
	/// result, answer or document, of which the whole would tell.
	fn split(
		&mut self,
		resource: &'a Value,
		place: Place,
		labels: &HashMap<Id, Labels>,
		whole: &mut BTreeSet<Ask>,
		contained: &mut Vec<Contained>,
	) -> Result<(), Refused> {
		let Value::Object(members) = resource else { return Ok(()) };
		for (name, value) in members {
			let at = self.paths.member(place, name);
			if name != "contained" {
				self.asks_of(value, at, labels, whole)?;
				continue;
			}
			let actors = Actors::of(resource);
			for (index, item) in list_of(Some(value)).iter().enumerate() {
				let mut asks = BTreeSet::new();
				match self.asks_of(item, at, labels, &mut asks)? {
					true => whole.extend(asks),
					false if asks.is_empty() => {},
					false => {
						let is_actor = actors.has(item);
						contained.push(Contained { at: index, asks, is_actor });
					},
				}
			}
		}
		Ok(())
	}

	/// Adds what is to be decided about the resources in a value, itself too; tells whether one of them is a result, an answer or
	/// a document. What has no class of its own is a part of what contains it.
	fn asks_of(
		&mut self,
		value: &'a Value,
		place: Place,
		labels: &HashMap<Id, Labels>,
		asks: &mut BTreeSet<Ask>,
	) -> Result<bool, Refused> {
		let tables = self.rules.tables;
		let mut is_result = false;
		let mut left = vec![value];
		while let Some(value) = left.pop() {
			if let Some(name) = type_of(value) {
				let data_class = match tables.class_by_type.get(name) {
					Some(data_class) => Some(*data_class),
					None => self.inside(value, place)?,
				};
				is_result = is_result || tables.results.contains(name);
				let labels =
					labels.get(&id_of(value)).cloned().unwrap_or_else(|| self.labels.clone());
				asks.extend(data_class.map(|data_class| Ask {
					data_class,
					labels,
					data_time: data_time(value),
				}));
			}
			match value {
				Value::List(items) => left.extend(items),
				Value::Object(members) => left.extend(members.iter().map(|(_, value)| value)),
				_ => {},
			}
		}
		Ok(is_result)
	}
}
