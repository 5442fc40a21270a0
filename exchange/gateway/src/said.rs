//! What is said of a resource around it: by the Bundle that it comes in, and by a List or a Provenance in there that names it. It is kept beside
//! the record, and only ever added to: whoever sends the same bytes again, with a label around them, has labelled the record.

use crate::{
	binaries::without_version,
	binary_labels::tokens_of_labels,
	gateway::{Failure, Gateway},
	ingest::{
		text_of, tokens_of, tokens_of_attached, Besides, AFTER_RETRACTION, LASTS, STAYS, TRIES,
	},
	store::{Anew, Change, Found, Names, Stands, State, StoreFault, Tokens},
	vault::Kind,
};
use salus_exchange_protocol::fhir::{self, Value};
use std::collections::BTreeMap;

/// The most of it that is kept for one record.
pub(crate) const MAX_SAID: usize = 100;
/// The fault of a record of which more was said. What is beyond is not kept, so that it does not leave by itself any more.
pub(crate) const TOO_MUCH_SAID: &str = "too-much-said";
/// Under which member it is kept, where there is more than one.
const ALL: &str = "said";

/// What a Bundle says of all that is in it, besides what it is and what it has: labels, and modifiers that may not be understood. None if it
/// says nothing.
pub(crate) fn said_by(bundle: &Value) -> Option<Value> {
	const SAYS_NOTHING: [&str; 6] = ["entry", "id", "identifier", "timestamp", "total", "link"];
	let mut said = without(bundle, &SAYS_NOTHING)?;
	if let Some((_, meta)) = said.iter_mut().find(|(name, _)| name == "meta") {
		// Which version of the Bundle it is, and when that was made: often another one with each answer of a server.
		const OF_THE_VERSION: [&str; 5] = ["id", "versionId", "lastUpdated", "source", "profile"];
		*meta = Value::Object(without(meta, &OF_THE_VERSION).unwrap_or_default());
	}
	let nothing = Value::Object(Vec::new());
	said.retain(|(name, value)| name != "meta" || *value != nothing);
	let says = said.iter().any(|(name, _)| name != "resourceType" && name != "type");
	says.then_some(Value::Object(said))
}

/// The members of an object but for these.
fn without(value: &Value, names: &[&str]) -> Option<Vec<(String, Value)>> {
	let Value::Object(members) = value else { return None };
	Some(members.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
}

/// What Lists and Provenances of a Bundle have as labels, by what they refer to: each as a Bundle that has these labels.
#[derive(Default)]
pub(crate) struct Lists(BTreeMap<String, Vec<Value>>);

impl Lists {
	/// Those of these entries.
	pub(crate) fn of(entries: &[Value]) -> Self {
		let mut all = BTreeMap::<String, Vec<Value>>::new();
		for resource in entries.iter().filter_map(|entry| entry.get("resource")) {
			let labels = resource.get("meta").and_then(|meta| meta.get("security"));
			let Some(labels) = labels else { continue };
			let said = with_labels(labels);
			for target in named_by(resource) {
				let there = all.entry(target.into()).or_default();
				if !there.contains(&said) {
					there.push(said.clone());
				}
			}
		}
		Self(all)
	}

	/// What is said of the resource of an entry, by its type and id or by its URL.
	pub(crate) fn said_of(&self, entry: &Value) -> Vec<Value> {
		if self.0.is_empty() {
			return Vec::new();
		}
		let resource = entry.get("resource").unwrap_or(&Value::Null);
		let own = text_of(resource, "resourceType").zip(text_of(resource, "id"));
		let own = own.map(|(name, id)| format!("{name}/{id}"));
		let targets = own.into_iter().chain(text_of(entry, "fullUrl").map(Into::into));
		let mut said = Vec::new();
		for each in targets.filter_map(|target: String| self.0.get(&target)).flatten() {
			if !said.contains(each) {
				said.push(each.clone());
			}
		}
		said
	}
}

fn with_labels(labels: &Value) -> Value {
	let text = |text: &str| Value::Text(text.into());
	Value::Object(vec![
		("resourceType".into(), text("Bundle")),
		("type".into(), text("collection")),
		("meta".into(), Value::Object(vec![("security".into(), labels.clone())])),
	])
}

/// What a List has as its items, or a Provenance as its targets. A version that is named is not told apart from another.
fn named_by(resource: &Value) -> Vec<&str> {
	let (member, inner) = match text_of(resource, "resourceType") {
		Some("List") => ("entry", Some("item")),
		Some("Provenance") => ("target", None),
		_ => return Vec::new(),
	};
	let items = match resource.get(member) {
		Some(Value::List(items)) => items.as_slice(),
		_ => &[],
	};
	items
		.iter()
		.filter_map(|each| inner.map_or(Some(each), |inner| each.get(inner)))
		.filter_map(|each| text_of(each, "reference"))
		.map(without_version)
		.collect()
}

/// The Bundle that says it, with the resource in it.
pub(crate) fn said_with(said: &Value, resource: &Value) -> Vec<u8> {
	let Value::Object(members) = said else { return said.canonical() };
	let entry = Value::Object(vec![("resource".into(), resource.clone())]);
	let members = members.iter().filter(|(name, _)| name != "entry").cloned();
	let entries = ("entry".into(), Value::List(vec![entry]));
	Value::Object(members.chain([entries]).collect()).canonical()
}

/// Under which name it is encrypted.
fn name_of(blob: &str) -> Vec<u8> {
	format!("around/{blob}").into_bytes()
}

/// That more was said of a record than is kept.
pub(crate) fn too_much_said() -> State {
	State::Quarantined {
		fault: TOO_MUCH_SAID.into(),
		path: String::new(),
		detail: format!("more than {MAX_SAID} different things were said of it by what it came in; erase it, or send it under another id"),
	}
}

impl Gateway {
	/// What was said, encrypted, to be kept beside the file of a record.
	pub(crate) fn seal_said(&self, blob: &str, said: &[Value]) -> Result<Vec<u8>, Failure> {
		let all = match said {
			[one] => one.clone(),
			all => Value::Object(vec![(ALL.into(), Value::List(all.to_vec()))]),
		};
		Ok(self.vault.seal(Kind::Record, &name_of(blob), &all.canonical())?)
	}

	/// What is kept of what was said of a record.
	pub(crate) fn kept_said(&self, number: u64, blob: &str) -> Result<Vec<Value>, Failure> {
		match self.store.around(number)? {
			Some(sealed) => self.opened_said(blob, &sealed),
			None => Ok(Vec::new()),
		}
	}

	/// The same, of what [`Gateway::seal_said`] made.
	pub(crate) fn opened_said(&self, blob: &str, sealed: &[u8]) -> Result<Vec<Value>, Failure> {
		let said = self.vault.open(Kind::Record, &name_of(blob), sealed);
		let said = said.ok().and_then(|said| fhir::read(&said).ok());
		let said = said.ok_or(Failure::Vault("what a Bundle said does not open"))?;
		Ok(match said.get(ALL) {
			Some(Value::List(all)) => all.clone(),
			_ => vec![said],
		})
	}

	/// The bytes of a record came again. What is said of them is kept besides what was said before. What is held gets the labels that there are
	/// now, and loses none; what is in quarantine is judged anew, unless that would not settle it. Two who say something at once are heard both.
	pub(crate) fn heard_again(
		&self,
		(name, id, version): (&str, &str, u64),
		record: (&[u8], &Value),
		beside: &Besides,
		said: &[Value],
	) -> Result<(), Failure> {
		for _ in 0..TRIES {
			let Some(stands) = self.store.stands_as(name, id, version)? else { return Ok(()) };
			let Some(blob) = &stands.found.blob else { return Ok(()) };
			if self.heard_of(&stands, blob, record, beside, said)? {
				return Ok(());
			}
		}
		Err(StoreFault::Moved.into())
	}

	/// The same of a record as it stands. False if it stands otherwise by now, and nothing was written. All of it is written at once: if something
	/// breaks off, whoever got no answer sends it again.
	fn heard_of(
		&self,
		stands: &Stands,
		blob: &str,
		(record, resource): (&[u8], &Value),
		beside: &Besides,
		said: &[Value],
	) -> Result<bool, Failure> {
		let found = &stands.found;
		let mut all = match &stands.around {
			Some(sealed) => self.opened_said(blob, sealed)?,
			None => Vec::new(),
		};
		let before = all.len();
		for each in said {
			if !all.contains(each) {
				all.push(each.clone());
			}
		}
		let is_too_much = all.len() > MAX_SAID;
		let with = |said: &[Value]| -> Vec<Vec<u8>> {
			let said = said.iter().map(|said| said_with(said, resource));
			beside.given.iter().cloned().chain(said).collect()
		};
		// Also if it is too much to be kept.
		let mut naming = None;
		let tokens = tokens_of_attached(resource);
		if !tokens.is_empty() {
			naming = self.naming_of((record, resource), &with(&all), None, &tokens);
		}
		if let Some(naming) = &mut naming {
			// What is beyond is not kept, and what it says of labels not heard again.
			naming.is_whole = !is_too_much;
		}
		let around = match all.len() > before && !is_too_much {
			true => Some(self.seal_said(blob, &all)?),
			false => None,
		};
		let change = |judged: Option<Anew>| Change {
			number: found.number,
			mark: stands.mark,
			names: Names::default(),
			namings: naming.iter().cloned().collect(),
			around: around.clone(),
			judged,
		};
		if is_too_much {
			return Ok(self.store.change(&change(self.withheld_anew(found, resource)?))?);
		}
		match &found.state {
			State::Held(judged) => {
				let kept = all.get(..before).unwrap_or_default();
				let (_, state) = self.relabelled(record, &with(kept), (**judged).clone());
				let judged = state.map(|state| {
					let more = self.waits_in(resource, &state, &beside.targets);
					Anew { patient: found.patient, state, tokens: Tokens::More(more) }
				});
				if !self.store.change(&change(judged))? {
					return Ok(false);
				}
				self.judge_attached(&tokens_of(resource))?;
			},
			State::Quarantined { fault, .. } if !STAYS.contains(&fault.as_str()) => {
				let record = (record, resource);
				let mut judgement = self.judgement(stands, record, beside, &all, false)?;
				judgement.change.namings.extend(naming);
				judgement.change.around = around;
				if !self.store.change(&judgement.change)? {
					return Ok(false);
				}
				self.is_judged(&judgement)?;
			},
			_ => return Ok(self.store.change(&change(None))?),
		}
		Ok(true)
	}

	/// How a record is judged of which more was said than is kept: by that alone it can be judged no more. It keeps no other back. None if it stays as
	/// it is.
	fn withheld_anew(&self, found: &Found, resource: &Value) -> Result<Option<Anew>, Failure> {
		// A person lets what comes after a retraction; not without all that was said of it.
		let lasts = |fault: &str| LASTS.contains(&fault) && fault != AFTER_RETRACTION;
		let tokens = match &found.state {
			State::Held(_) => Tokens::More(tokens_of_labels(&self.labels_had(found)?)),
			State::Quarantined { fault, .. } if !lasts(fault) => {
				let mut tokens = tokens_of(resource);
				tokens.extend(tokens_of_labels(&self.labels_had(found)?));
				Tokens::Instead(tokens)
			},
			_ => return Ok(None),
		};
		Ok(Some(Anew { patient: found.patient, state: too_much_said(), tokens }))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn which_version_a_bundle_is_of_says_nothing_of_what_is_in_it() {
		let said = |meta: &str| {
			let bundle = format!(
				r#"{{"resourceType":"Bundle","type":"searchset","total":1,{meta}"entry":[{{"fullUrl":"urn:x"}}]}}"#
			);
			said_by(&fhir::read(bundle.as_bytes()).unwrap())
				.map(|said| String::from_utf8(said.canonical()).unwrap())
		};
		assert_eq!(said(""), None);
		assert_eq!(said(r#""meta":{"lastUpdated":"2026-03-01T10:00:00Z","versionId":"7"},"#), None);
		let labelled = |moment: &str| {
			said(&format!(
				r#""meta":{{"lastUpdated":"{moment}","security":[{{"code":"R"}}],"tag":[{{"code":"x"}}]}},"#
			))
		};
		let one = labelled("2026-03-01T10:00:00Z");
		assert_eq!(one, labelled("2026-03-01T10:00:01Z"));
		let one = one.unwrap();
		assert!(
			one.contains(r#""security""#) && one.contains(r#""tag""#) && !one.contains("2026"),
			"{one}"
		);
		assert!(said(r#""implicitRules":"urn:x","#).is_some());
	}
}
