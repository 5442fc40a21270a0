//! Binaries: what documents, reports and media have attached, and keep apart. A Binary tells neither whose it is nor of which class; it is treated as
//! all that have it attached, or ever had (`binary_named`), and as what its `securityContext` is to, with the labels of all. Those that have
//! it attached now must be held, all of one patient, and permitted; and since they change (a label, a newer version, a retraction), that is looked at
//! again at each release.

use crate::{
	binary_labels::keep_labels,
	binary_urls::{host_of, is_unclear, meant_at, meant_by},
	gateway::{Failure, Gateway},
	ingest::{
		is_id, is_type, quarantined, text_of, PATIENT_CHANGED, PATIENT_UNKNOWN, STAYS,
		TOO_MANY_ATTACHED, TRIES,
	},
	store::{Anew, Change, Found, Names, State, StoreFault, Token, Tokens},
};
use salus_exchange_policy::{
	as_attached, attachments, classify_binary, Ask, Beside, Classified, BINARY,
};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::collections::BTreeSet;

/// Under which names the database knows what a resource has attached, and what the `securityContext` of a Binary is to.
pub(crate) const ATTACHED: &str = "attached";
const CONTEXT: &str = "security-context";
/// Under which name it knows what may be meant by what a resource has attached, however that is spelled.
pub(crate) const MEANT: &str = "attached-meant";
/// The fault of a Binary of which something that names it is not held.
pub const NOT_HELD: &str = "document-not-held";
/// The fault of a record that has attached what asks for Binaries of the house, and does not say which.
pub const UNCLEAR: &str = "attachment-unclear";
/// The most resources that may have a Binary attached: all of them are looked at each time, and one that all letters of a house have would make
/// each of these slower than the one before.
const MOST: usize = 100;

/// Why a Binary cannot be treated as what names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Loose {
	/// Something that names it is in quarantine, or its `securityContext` is to nothing that is here.
	NotHeld,
	/// Those that name it are about several patients.
	Several,
	/// More name it than are looked at.
	TooMany,
	/// Something that named it once has labels that are not known, or is about somebody who is not known.
	Unlabelled,
	/// It is, or was, named by something about somebody who is not linked to a handle.
	Unlinked,
}

/// A fault: its name, where, and the words.
type Words = (&'static str, &'static str, &'static str);

/// That something that names a Binary is not held; that it is about several patients.
pub(crate) const LOOSE: Words = (
	NOT_HELD,
	"",
	"what has it attached, or what its securityContext is to, is in quarantine or not here",
);
pub(crate) const SEVERAL: Words = (
	PATIENT_UNKNOWN,
	"",
	"those that name it, or named it once, are about several patients, so it is not known whose it is",
);

impl Loose {
	fn state(self) -> State {
		let (fault, detail) = match self {
			Self::NotHeld => (LOOSE.0, LOOSE.2),
			Self::Several => (SEVERAL.0, SEVERAL.2),
			Self::Unlinked => {
				(PATIENT_UNKNOWN, "something that names it, or named it once, is about a patient who is not linked to a handle")
			},
			Self::Unlabelled => (
				NOT_HELD,
				"something that names it, or named it once, has a security label that is not known, or says in no known form whom it is about: say in [[label]] what the label means, or erase this and send it under another id",
			),
			Self::TooMany => {
				(NOT_HELD, "more than 100 resources have it attached, or more was said of it by these than is looked at")
			},
		};
		State::Quarantined { fault: fault.into(), path: String::new(), detail: detail.into() }
	}
}

/// What names a Binary: whose these are, and how each is to be treated. Nobody's, if nothing does.
type Named = (Option<Hash>, Vec<Classified>);

/// A URL or a reference, without the version that it may name.
pub(crate) fn without_version(url: &str) -> &str {
	url.split_once("/_history/").map_or(url, |(whole, _)| whole)
}

/// What the `securityContext` of a Binary is to, if it has one; empty if that says nothing.
pub(crate) fn context_of(resource: &Value) -> Option<&str> {
	let is_binary = text_of(resource, "resourceType") == Some(BINARY);
	let context = resource.get("securityContext").filter(|_| is_binary)?;
	Some(without_version(text_of(context, "reference").unwrap_or_default()))
}

/// By what is found later what a resource has attached, and what the `securityContext` of a Binary is to.
pub(crate) fn tokens_of_binaries(resource: &Value) -> BTreeSet<Token> {
	let urls = attachments(resource);
	let exact = urls.iter().filter_map(|url| Token::of(ATTACHED, "", without_version(url)));
	let meant = urls.iter().flat_map(|url| meant_by(url));
	let meant = meant.filter_map(|meant| Token::of(MEANT, "", &meant));
	let context = context_of(resource).and_then(|target| {
		// One that cannot be followed is to nothing that is here: it is not as if there were none.
		Token::of(CONTEXT, "", target).or_else(|| Token::of(CONTEXT, "", ""))
	});
	exact.chain(meant).chain(context).collect()
}

/// Whether a resource has attached what asks for Binaries of one of these hosts, and does not say which.
pub(crate) fn unclear_attachment(resource: &Value, hosts: &BTreeSet<String>) -> bool {
	attachments(resource).into_iter().any(|url| is_unclear(url, hosts))
}

/// The fault of that, the path and the words.
pub(crate) const fn unclear() -> Words {
	(
		UNCLEAR,
		"attachment.url",
		"it has attached what asks for Binaries of the house, and does not say which: name it as Binary/id",
	)
}

/// The type and the id in a relative reference.
fn target_of(reference: &str) -> Option<(&str, &str)> {
	reference.split_once('/').filter(|(name, id)| is_type(name) && is_id(id))
}

impl Gateway {
	/// How the house calls its own resources, besides `Type/id`: here, and on its FHIR server.
	pub(crate) fn bases_of_house(&self) -> Vec<String> {
		let upstream = self.config.upstream.as_ref().map(|upstream| format!("{}/", upstream.url));
		[format!("{}/fhir/", self.config.url)].into_iter().chain(upstream).collect()
	}

	/// The hosts of these, and none: who names no host means this one.
	fn hosts(&self) -> BTreeSet<String> {
		let own = self.bases_of_house().into_iter().map(|base| host_of(&base));
		own.chain([String::new()]).collect()
	}

	/// Why a record may not leave for what it has attached: it asks for Binaries of the house, and it cannot be told for which. None if it may.
	pub(crate) fn fault_attached(&self, resource: &Value) -> Option<State> {
		// Most have nothing attached.
		let is_unclear =
			!attachments(resource).is_empty() && unclear_attachment(resource, &self.hosts());
		is_unclear.then(|| {
			let (fault, path, detail) = unclear();
			State::Quarantined { fault: fault.into(), path: path.into(), detail: detail.into() }
		})
	}

	/// The current versions of records that have one of these codes under a name, each once.
	fn with_one_of(
		&self,
		name: &str,
		codes: impl Iterator<Item = String>,
	) -> Result<Vec<Found>, Failure> {
		let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
		for code in codes {
			let found = self.store.with_token(name, &code, MOST.saturating_add(1))?;
			all.extend(found.into_iter().filter(|found| seen.insert(found.number)));
		}
		Ok(all)
	}

	/// A reference as `Type/id`, if it is to a resource of the house. Another server has others under the same id.
	fn relative(&self, reference: &str) -> Option<String> {
		let bases = self.bases_of_house();
		let own = bases.iter().find_map(|base| reference.strip_prefix(base.as_str()));
		let relative = own.unwrap_or(reference);
		target_of(relative).map(|_| relative.to_owned())
	}

	/// What names a Binary: what has it attached, by current versions of records, what its `securityContext` is to, and what was told of it by all that
	/// ever had it attached.
	fn named_by(&self, id: &str, contexts: &[String]) -> Result<Result<Named, Loose>, Failure> {
		let bases = [String::new()].into_iter().chain(self.bases_of_house());
		let mut all =
			self.with_one_of(ATTACHED, bases.map(|base| format!("{base}{BINARY}/{id}")))?;
		if all.is_empty() {
			return Ok(Ok((None, Vec::new())));
		}
		// What only may mean it tells no class by that, and makes it stricter.
		let hosts = self.hosts();
		let meant =
			self.with_one_of(MEANT, hosts.iter().map(|host| format!("{host}/{BINARY}/{id}")))?;
		let known: BTreeSet<u64> = all.iter().map(|found| found.number).collect();
		all.extend(meant.into_iter().filter(|found| !known.contains(&found.number)));
		if all.len() > MOST {
			return Ok(Err(Loose::TooMany));
		}
		for context in contexts {
			let target = self.relative(context);
			let found = match target.as_deref().and_then(target_of) {
				Some((name, id)) => self.store.current(name, id)?,
				None => None,
			};
			match found {
				Some(found) => all.push(found),
				None => return Ok(Err(Loose::NotHeld)),
			}
		}
		let mut patients: BTreeSet<Hash> = all.iter().filter_map(|found| found.patient).collect();
		let mut named: Vec<Classified> = Vec::new();
		for found in all {
			match found.state {
				State::Held(judged) => named.push(*judged),
				_ => return Ok(Err(Loose::NotHeld)),
			}
		}
		// What is in it is the same as when others named it.
		let told = self.told_of_binary(id, &hosts)?;
		if told.is_unknown {
			return Ok(Err(Loose::Unlabelled));
		}
		if told.is_too_much {
			return Ok(Err(Loose::TooMany));
		}
		if told.is_of_unlinked {
			return Ok(Err(Loose::Unlinked));
		}
		named.extend(named.first().and_then(|first| told.beside(first)));
		patients.extend(told.patients);
		Ok(match patients.len() {
			1 => Ok((patients.into_iter().next(), named)),
			_ => Err(Loose::Several),
		})
	}

	/// The resources to which the `securityContext` of a Binary is, as they stand here. None if one of them cannot be read: it is not held then.
	fn contexts(&self, contexts: &[String]) -> Result<Option<Vec<Vec<u8>>>, Failure> {
		let mut all = Vec::new();
		for context in contexts {
			let Some(target) = self.relative(context) else { continue };
			let Some((name, id)) = target_of(&target) else { continue };
			let Some(found) = self.store.current(name, id)? else { continue };
			let Some(blob) = &found.blob else { continue };
			match self.opened_or_withheld(found.number, blob)? {
				Some(record) => all.push(record),
				None => return Ok(None),
			}
		}
		Ok(Some(all))
	}

	/// Whose a Binary is, and how it is to be treated, also by what it was judged as before: what named it then may be erased, and it has
	/// the same in it.
	pub(crate) fn judge_binary(
		&self,
		record: &[u8],
		resource: &Value,
		beside: &[Vec<u8>],
		before: Option<&Classified>,
	) -> Result<(Option<Hash>, State), Failure> {
		let tokens = tokens_of_binaries(resource).into_iter();
		let contexts: Vec<String> =
			tokens.filter(|token| token.name == CONTEXT).map(|token| token.code).collect();
		let id = text_of(resource, "id").unwrap_or_default();
		let (patient, mut named) = match self.named_by(id, &contexts)? {
			Ok(named) => named,
			Err(loose) => return Ok((None, loose.state())),
		};
		// By that alone it would have a class that nothing tells any more.
		if !named.is_empty() {
			named.extend(before.cloned());
		}
		let Some(contexts) = self.contexts(&contexts)? else {
			return Ok((None, Loose::NotHeld.state()));
		};
		let mut given = beside.to_vec();
		for context in contexts {
			if !given.contains(&context) {
				given.push(context);
			}
		}
		let given: Vec<&[u8]> = given.iter().map(Vec::as_slice).collect();
		let beside = Beside { given: &given, ..Beside::default() };
		let judged = classify_binary(record, &beside, &named, &self.tables, &self.config.house);
		Ok(match judged {
			Ok(judged) => (patient, State::Held(Box::new(judged))),
			Err(reason) => (patient, quarantined(&reason)),
		})
	}

	/// How a record that is held is to be treated at this moment: a Binary by what names it now. None if it may not leave.
	pub(crate) fn judged_now(&self, found: &Found) -> Result<Option<Classified>, Failure> {
		let State::Held(judged) = &found.state else { return Ok(None) };
		if found.resource_type != BINARY {
			return Ok(Some((**judged).clone()));
		}
		// Nothing was told of what that one has attached: it may be this Binary, with labels that nothing else has.
		if let Some(patient) = &found.patient {
			if self.store.has_fault(patient, TOO_MANY_ATTACHED)? {
				return Ok(None);
			}
		}
		let contexts = self.store.tokens_named(found.number, CONTEXT)?;
		Ok(match self.named_by(&found.id, &contexts)? {
			Ok((patient, mut named)) if patient.is_some() && patient == found.patient => {
				// What it was judged as stays asked for, too.
				named.push((**judged).clone());
				as_attached(&judged.labels, &named)
			},
			_ => None,
		})
	}

	/// Takes from how a Binary was judged by a version before what it asked for because of who made a document, who was within it: what asks for that
	/// otherwise still does.
	pub(crate) fn forget_actors(&self, number: u64) -> Result<(), Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(()) };
		let State::Held(judged) = &found.state else { return Ok(()) };
		let contexts = self.store.tokens_named(number, CONTEXT)?;
		let Ok((_, named)) = self.named_by(&found.id, &contexts)? else { return Ok(()) };
		let Some(now) = as_attached(&judged.labels, &named) else { return Ok(()) };
		let of = |ask: &Ask| (ask.data_class, ask.data_time);
		let parts = named.iter().flat_map(|each| &each.contained).filter(|part| part.is_actor);
		let actors: BTreeSet<_> = parts.flat_map(|part| &part.asks).map(of).collect();
		let still: BTreeSet<_> = now.asks.iter().map(of).collect();
		let mut left = (**judged).clone();
		left.asks.retain(|ask| !actors.contains(&of(ask)) || still.contains(&of(ask)));
		match left.asks.len() == judged.asks.len() || left.asks.is_empty() {
			true => Ok(()),
			false => Ok(self.store.judge_held(number, &State::Held(Box::new(left)))?),
		}
	}

	/// The ids of Binaries of the house to which these URLs are; only of those of which nothing is kept, if that is wanted.
	pub(crate) fn binaries_at(
		&self,
		urls: &BTreeSet<String>,
		only_missing: bool,
	) -> Result<BTreeSet<String>, Failure> {
		let mut ids = BTreeSet::new();
		for url in urls {
			let target = self.relative(without_version(url));
			let Some((BINARY, id)) = target.as_deref().and_then(target_of) else { continue };
			if !only_missing || self.store.current(BINARY, id)?.is_none() {
				ids.insert(id.to_owned());
			}
		}
		Ok(ids)
	}

	/// Whether what a server has told is the Binary of that id. Many servers answer with what is in it.
	pub(crate) fn is_binary(id: &str, record: &[u8]) -> bool {
		fhir::read(record).is_ok_and(|resource| {
			text_of(&resource, "resourceType") == Some(BINARY)
				&& text_of(&resource, "id") == Some(id)
		})
	}

	/// How each of these records is to be treated at this moment.
	pub(crate) fn judged_by_now(
		&self,
		numbers: Vec<u64>,
	) -> Result<Vec<(u64, Option<Classified>)>, Failure> {
		let judged = numbers.into_iter().map(|number| {
			let found = self.store.numbered(number)?;
			let judged = found.as_ref().map(|found| self.judged_now(found)).transpose()?;
			Ok((number, judged.flatten()))
		});
		judged.collect()
	}

	/// Judges the Binaries anew that a resource has attached, which its tokens tell: it is new, held now, or has other labels. One that cannot be read
	/// is withheld, and keeps nothing else back.
	pub(crate) fn judge_attached(&self, tokens: &BTreeSet<Token>) -> Result<(), Failure> {
		let hosts = self.hosts();
		let meant = tokens.iter().filter(|token| token.name == MEANT);
		let ids: BTreeSet<&str> = meant
			.filter_map(|token| hosts.iter().find_map(|host| meant_at(&token.code, host)))
			.collect();
		for id in ids {
			let Some(found) = self.store.current(BINARY, id)? else { continue };
			let Some(blob) = found.blob.clone() else { continue };
			let judged = match &found.state {
				State::Held(_) => self.judge_held_binary(found.number, &blob),
				State::Quarantined { fault, .. } if !STAYS.contains(&fault.as_str()) => {
					self.judge_again(&found, &blob, false).map(drop)
				},
				_ => Ok(()),
			};
			// What has it attached is kept already, and others may be attached to that.
			self.or_withheld(found.number, &blob, judged)?;
		}
		Ok(())
	}

	/// Judges a held Binary anew. If others change it meanwhile, it is judged once more by what they wrote.
	fn judge_held_binary(&self, number: u64, blob: &str) -> Result<(), Failure> {
		let record = self.unseal(blob)?;
		let resource =
			fhir::read(&record).map_err(|_| Failure::Vault("a record is no FHIR any more"))?;
		for _ in 0..TRIES {
			let Some(stands) = self.store.stands(number)? else { return Ok(()) };
			let State::Held(before) = &stands.found.state else { return Ok(()) };
			if stands.found.blob.as_deref() != Some(blob) {
				return Ok(());
			}
			let said = match &stands.around {
				Some(sealed) => self.opened_said(blob, sealed)?,
				None => Vec::new(),
			};
			let beside = self.beside(&resource, &said)?;
			let (patient, state) =
				self.judge_binary(&record, &resource, &beside, Some(&**before))?;
			let mut state = match state {
				State::Held(_) if patient != stands.found.patient => State::Quarantined {
					fault: PATIENT_CHANGED.into(),
					path: String::new(),
					detail: "what has it attached is about another patient than before; erase it, or send it under another id".into(),
				},
				state => state,
			};
			let (had, mut tokens) = (self.labels_had(&stands.found)?, BTreeSet::new());
			keep_labels(&resource, &had, &mut state, &mut tokens);
			// In quarantine nothing else tells the labels.
			let judged =
				Anew { patient: stands.found.patient, state, tokens: Tokens::More(tokens) };
			let change = Change {
				number,
				mark: stands.mark,
				names: Names::default(),
				namings: Vec::new(),
				around: None,
				judged: Some(judged),
			};
			if self.store.change(&change)? {
				return Ok(());
			}
		}
		Err(StoreFault::Moved.into())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_reference_is_to_a_type_and_an_id_and_nothing_more() {
		assert_eq!(target_of("Binary/b"), Some((BINARY, "b")));
		for none in [
			"Binary",
			"Binary/",
			"/b",
			"Binary/b/c",
			"https://x.example/Binary/b",
			"#b",
			"urn:uuid:1",
		] {
			assert_eq!(target_of(none), None, "{none}");
		}
		assert_eq!(without_version("Binary/b/_history/3"), "Binary/b");
	}

	#[test]
	fn attachments_and_the_security_context_are_found_later() {
		let names = |text: &str| {
			let tokens = tokens_of_binaries(&fhir::read(text.as_bytes()).unwrap());
			tokens.into_iter().map(|token| (token.name, token.code)).collect::<Vec<_>>()
		};
		let document = r#"{"resourceType":"DocumentReference","content":[{"attachment":{"url":"Binary/b/_history/1"}}],"securityContext":{"reference":"X/1"}}"#;
		let meant = (MEANT.to_owned(), "/Binary/b".to_owned());
		assert_eq!(names(document), [(ATTACHED.to_owned(), "Binary/b".to_owned()), meant]);
		let binary =
			r#"{"resourceType":"Binary","securityContext":{"reference":"DocumentReference/d"}}"#;
		assert_eq!(names(binary), [(CONTEXT.to_owned(), "DocumentReference/d".to_owned())]);
		// It is there, and to nothing that could be looked at.
		for context in [r#"{"identifier":{"value":"x"}}"#, r#"[{"reference":"X/1"}]"#, r#""X/1""#] {
			let binary = format!(r#"{{"resourceType":"Binary","securityContext":{context}}}"#);
			assert_eq!(names(&binary), [(CONTEXT.to_owned(), String::new())], "{context}");
		}
	}
}
