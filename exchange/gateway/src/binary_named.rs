//! What all that ever had a Binary attached has told of it: its labels, classes, times and patients. What is in the Binary is the same, whatever names it
//! now, so that this is kept by the Binary's name: before it is there, and also when what named it waits in quarantine, is within another record, has a
//! newer version, or is gone.

use crate::{
	binaries::{without_version, MEANT},
	gateway::{Failure, Gateway},
	ingest::{is_type, SUBJECTS},
	relabel::labels_of,
	store::{Naming, StoreFault, Token},
	within::local_in,
};
use salus_exchange_policy::{
	classify, Ask, Beside, Classified, DataClass, DataTime, Labels, SensitivityLabel, BINARY,
};
use salus_exchange_protocol::{fhir::Value, Hash};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of what is told.
const LABEL: &str = "label";
pub(crate) const CLASS: &str = "class";
const PATIENT: &str = "patient";
/// The most that is told of one Binary: more is not looked at.
const MOST: usize = 1_000;
/// The most classes with times that are asked for one by one: a document that is saved each day with its date would make it slower each day.
const FEW: usize = 32;

const DAMAGED: StoreFault = StoreFault::Corrupt("what is told of a Binary");

/// What is known of a Binary by all that ever had it attached.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Told {
	/// Its labels.
	pub(crate) labels: Labels,
	/// Of which classes and times it is; the labels are those of the whole.
	pub(crate) asks: BTreeSet<Ask>,
	/// Whose it is, of whom are linked.
	pub(crate) patients: BTreeSet<Hash>,
	/// Whether it is also of somebody who is not.
	pub(crate) is_of_unlinked: bool,
	/// Whether something named it of which the labels are not known.
	pub(crate) is_unknown: bool,
	/// Whether more is told of it than is looked at.
	pub(crate) is_too_much: bool,
}

impl Told {
	/// As something that names it beside `first`; none if nothing was told.
	pub(crate) fn beside(&self, first: &Classified) -> Option<Classified> {
		if self.labels.is_empty() && self.asks.is_empty() {
			return None;
		}
		let times = self.asks.iter().map(|ask| ask.data_time);
		let all = times.reduce(both);
		Some(Classified {
			resource_type: BINARY.into(),
			data_class: first.data_class,
			labels: self.labels.clone(),
			data_time: all.unwrap_or(first.data_time),
			missing: Vec::new(),
			asks: self.asks.clone(),
			contained: Vec::new(),
		})
	}
}

/// All the time from one to another; none if one of them is not known.
fn both(one: Option<DataTime>, other: Option<DataTime>) -> Option<DataTime> {
	let (one, other) = (one?, other?);
	Some(DataTime { from: one.from.min(other.from), to: one.to.max(other.to) })
}

/// These, if they are few; else each class once, for all the time from its first to its last.
fn few(asks: BTreeSet<Ask>) -> BTreeSet<Ask> {
	if asks.len() <= FEW {
		return asks;
	}
	let mut all: BTreeMap<DataClass, Ask> = BTreeMap::new();
	for ask in asks {
		match all.get_mut(&ask.data_class) {
			Some(there) => there.data_time = both(there.data_time, ask.data_time),
			None => _ = all.insert(ask.data_class, ask),
		}
	}
	all.into_values().collect()
}

/// A class and a time as they are kept.
fn class_text(ask: &Ask) -> String {
	let name = ask.data_class.name();
	match ask.data_time {
		Some(DataTime { from, to }) => format!("{name} {from} {to}"),
		None => name.into(),
	}
}

/// What [`class_text`] wrote.
fn class_of(text: &str) -> Option<Ask> {
	let mut parts = text.split(' ');
	let data_class = DataClass::named(parts.next()?)?;
	let data_time = match (parts.next(), parts.next()) {
		(None, None) => None,
		(Some(from), Some(to)) => Some(DataTime { from: from.parse().ok()?, to: to.parse().ok()? }),
		_ => return None,
	};
	Some(Ask { data_class, labels: Labels::new(), data_time })
}

/// The same classes and times as these texts tell, in fewer of them; none if they are few.
pub(crate) fn fewer_classes(texts: &[String]) -> Option<BTreeSet<String>> {
	if texts.len() <= FEW {
		return None;
	}
	let asks = texts.iter().map(|text| class_of(text)).collect::<Option<BTreeSet<Ask>>>()?;
	Some(few(asks).iter().map(class_text).collect())
}

/// Whom a resource, or one within it, names as the one whom it is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct About {
	/// The house's ids of these patients.
	local: BTreeSet<String>,
	/// Whether it names one besides in another form: by another server, by an identifier, by what is within.
	is_unknown: bool,
}

/// Those of a resource; the house calls its own resources by these `bases`, too.
fn patients_of(resource: &Value, bases: &[String]) -> About {
	let (mut all, mut left) = (About::default(), vec![resource]);
	while let Some(value) = left.pop() {
		match value {
			Value::Object(members) => {
				let named = members.iter().filter(|(name, _)| SUBJECTS.contains(&name.as_str()));
				for named in named.flat_map(|(_, named)| items_of(named)) {
					let Value::Object(_) = named else { continue };
					let reference = named.get("reference").and_then(Value::text);
					match reference.map(|reference| (reference, local_in(reference, bases))) {
						Some((_, Some(local))) => _ = all.local.insert(local.to_owned()),
						Some((reference, None)) if is_of_another_type(reference) => {},
						_ => all.is_unknown = true,
					}
				}
				left.extend(members.iter().map(|(_, value)| value));
			},
			Value::List(items) => left.extend(items),
			_ => {},
		}
	}
	all
}

/// One thing in the place of a list counts as a list of it.
fn items_of(value: &Value) -> &[Value] {
	match value {
		Value::List(items) => items,
		one => std::slice::from_ref(one),
	}
}

/// Whether a reference is to what is no patient: a group, a device, a place.
fn is_of_another_type(reference: &str) -> bool {
	let whole = without_version(reference);
	let name = whole.rsplit('/').nth(1);
	name.is_some_and(|name| is_type(name) && !name.eq_ignore_ascii_case("Patient"))
}

/// The hosts and ids of the Binaries that these tokens may mean.
fn meant_in(tokens: &BTreeSet<Token>) -> BTreeSet<(String, String)> {
	let meant = tokens.iter().filter(|token| token.name == MEANT);
	let pairs = meant.filter_map(|token| {
		let (host, rest) = token.code.split_once('/')?;
		let id = rest.strip_prefix(BINARY)?.strip_prefix('/')?;
		Some((host.to_owned(), id.to_owned()))
	});
	pairs.collect()
}

impl Gateway {
	/// What a record tells of the Binaries that its tokens say it has attached; none if it has none. If it was not `judged`, because it is withheld, its
	/// labels are looked for all the same.
	pub(crate) fn naming_of(
		&self,
		(record, resource): (&[u8], &Value),
		beside: &[Vec<u8>],
		judged: Option<&Classified>,
		tokens: &BTreeSet<Token>,
	) -> Option<Naming> {
		let meant = meant_in(tokens);
		if meant.is_empty() {
			return None;
		}
		let (mut told, mut is_known) = (BTreeSet::new(), true);
		let mut tell = |judged: &Classified| {
			let parts = judged.contained.iter().filter(|part| !part.is_actor);
			let asks = judged.asks.iter().chain(parts.flat_map(|part| &part.asks));
			let asks = asks.map(|ask| Ask { labels: Labels::new(), ..ask.clone() }).collect();
			// All of it is told of each that it has attached.
			let asks = few(asks);
			told.extend(asks.iter().map(|ask| (CLASS.to_owned(), class_text(ask))));
			let all = judged.contained.iter().flat_map(|part| &part.asks).chain(&judged.asks);
			let labels = all.flat_map(|ask| &ask.labels).chain(&judged.labels);
			told.extend(labels.map(|label| (LABEL.to_owned(), label.name().to_owned())));
		};
		match judged {
			Some(judged) => tell(judged),
			None => {
				let given: Vec<&[u8]> = beside.iter().map(Vec::as_slice).collect();
				let beside = Beside { given: &given, ..Beside::default() };
				match classify(record, &beside, &self.tables, &self.config.house) {
					Ok(judged) => tell(&judged),
					Err(reason) => match labels_of(&reason) {
						Some(labels) => {
							let labels = labels.iter().map(|label| label.name().to_owned());
							told.extend(labels.map(|name| (LABEL.to_owned(), name)));
						},
						None => is_known = false,
					},
				}
			},
		}
		let About { local, is_unknown } = patients_of(resource, &self.bases_of_house());
		// Of more than one it is told all the same that it is not one's.
		let patients = local.into_iter().take(FEW);
		told.extend(patients.map(|local| {
			let index = self.vault.index("patient", local.as_bytes());
			(PATIENT.to_owned(), index.to_string())
		}));
		Some(Naming { meant, told, is_known: is_known && !is_unknown, is_whole: true })
	}

	/// Keeps what a record tells of the Binaries that it has attached, as it stands now.
	pub(crate) fn note_naming(
		&self,
		number: u64,
		record: (&[u8], &Value),
		beside: &[Vec<u8>],
		judged: Option<&Classified>,
		tokens: &BTreeSet<Token>,
	) -> Result<(), Failure> {
		match self.naming_of(record, beside, judged, tokens) {
			Some(naming) => Ok(self.store.put_naming(number, &naming)?),
			None => Ok(()),
		}
	}

	/// What is known of the Binary of that id by all that ever had it attached, under one of these hosts.
	pub(crate) fn told_of_binary(
		&self,
		id: &str,
		hosts: &BTreeSet<String>,
	) -> Result<Told, Failure> {
		let mut all = Told::default();
		for host in hosts {
			let (told, is_unknown) = self.store.naming(id, host, MOST.saturating_add(1))?;
			all.is_unknown = all.is_unknown || is_unknown;
			all.is_too_much = all.is_too_much || told.len() > MOST;
			for (what, value) in told {
				match what.as_str() {
					LABEL => {
						all.labels.insert(SensitivityLabel::named(&value).ok_or(DAMAGED)?);
					},
					CLASS => _ = all.asks.insert(class_of(&value).ok_or(DAMAGED)?),
					PATIENT => {
						let index = value.parse::<Hash>().map_err(|_| DAMAGED)?;
						match self.store.handle_of(&index)? {
							Some(handle) => _ = all.patients.insert(handle),
							None => all.is_of_unlinked = true,
						}
					},
					_ => return Err(DAMAGED.into()),
				}
			}
		}
		all.asks = few(all.asks);
		Ok(all)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::fhir;

	#[test]
	fn a_class_and_a_time_are_read_as_they_were_written() {
		for data_time in [None, Some(DataTime { from: 1, to: 2 })] {
			let ask = Ask { data_class: DataClass::Documents, labels: Labels::new(), data_time };
			assert_eq!(class_of(&class_text(&ask)), Some(ask));
		}
		for none in ["", "Nothing", "Documents 1", "Documents x 2"] {
			assert_eq!(class_of(none), None, "{none}");
		}
	}

	#[test]
	fn many_times_of_a_class_are_one_long_one() {
		let ask = |data_class, time: Option<u64>| {
			let data_time = time.map(|at| DataTime { from: at, to: at + 1 });
			Ask { data_class, labels: Labels::new(), data_time }
		};
		let days = |count: u64| (0..count).map(|at| ask(DataClass::Documents, Some(at)));
		assert_eq!(few(days(32).collect()).len(), 32);
		let long = Ask {
			data_time: Some(DataTime { from: 0, to: 33 }),
			..ask(DataClass::Documents, None)
		};
		let other = ask(DataClass::Imaging, Some(5));
		assert_eq!(few(days(33).chain([other.clone()]).collect()), [long, other].into());
		let unknown = ask(DataClass::Documents, None);
		assert_eq!(few(days(33).chain([unknown.clone()]).collect()), [unknown].into());
	}

	#[test]
	fn all_whom_it_is_about_are_patients_also_of_what_is_within() {
		let text = r#"{"resourceType":"Encounter","subject":{"reference":"Patient/p"},"performer":{"reference":"Patient/x"},
			"contained":[{"resourceType":"DocumentReference","subject":{"reference":"Patient/q"}},{"resourceType":"Coverage","beneficiary":{"reference":"https://x.example/Patient/r"}}]}"#;
		let bases = ["https://x.example/".to_owned()];
		let of = |text: &str| {
			let About { local, is_unknown } =
				patients_of(&fhir::read(text.as_bytes()).unwrap(), &bases);
			(local.into_iter().collect::<Vec<_>>().join(" "), is_unknown)
		};
		assert_eq!(of(text), ("p q r".to_owned(), false));
		for (subject, found, is_unknown) in [
			(r#"{"reference":"Patient/p/_history/3"}"#, "p", false),
			(r#"[{"reference":"Patient/p"},{"reference":"Group/g"}]"#, "p", false),
			(r#"{"reference":"https://x.example/Patient/p/_history/3"}"#, "p", false),
			(r#"{"reference":"https://y.example/Patient/p"}"#, "", true),
			(r#"{"reference":"patient/p"}"#, "", true),
			(r#"{"reference":"urn:uuid:1"}"#, "", true),
			(r#"{"identifier":{"value":"1"}}"#, "", true),
			(r##"{"reference":"#p"}"##, "", true),
			(r#"{"reference":"Device/d"}"#, "", false),
			(r#""a text""#, "", false),
		] {
			let text = format!(r#"{{"resourceType":"Media","subject":{subject}}}"#);
			assert_eq!(of(&text), (found.to_owned(), is_unknown), "{subject}");
		}
	}

	#[test]
	fn what_was_told_stands_beside_what_names_it_now() {
		let first = Classified {
			resource_type: "DocumentReference".into(),
			data_class: DataClass::Documents,
			labels: Labels::new(),
			data_time: Some(DataTime { from: 5, to: 6 }),
			missing: Vec::new(),
			asks: BTreeSet::new(),
			contained: Vec::new(),
		};
		assert_eq!(Told::default().beside(&first), None);
		let ask =
			|data_time| Ask { data_class: DataClass::Imaging, labels: Labels::new(), data_time };
		let of = |times: &[Option<DataTime>]| {
			let asks = times.iter().map(|time| ask(*time)).collect();
			let labels = Labels::from([SensitivityLabel::named("Hiv").unwrap()]);
			Told { asks, labels, ..Told::default() }.beside(&first).unwrap()
		};
		assert_eq!(of(&[]).data_time, first.data_time, "labels alone say nothing of a time");
		let times = [Some(DataTime { from: 1, to: 2 }), Some(DataTime { from: 3, to: 9 })];
		assert_eq!(of(&times).data_time, Some(DataTime { from: 1, to: 9 }));
		assert_eq!(of(&[times[0], None]).data_time, None);
		assert_eq!((of(&times).asks.len(), of(&times).labels.len()), (2, 1));
	}
}
