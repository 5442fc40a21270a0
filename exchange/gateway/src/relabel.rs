//! When the tables or the rules are others than those by which the records were judged, all that is held is looked at anew, before
//! anybody is answered: what the new rules catch gets its label. Labels that are there stay.

use crate::{
	binary_labels::tokens_of_labels,
	gateway::{Failure, Gateway},
	ingest::{
		has_too_many_attached, quarantined, tokens_of_attached, too_many_attached, PATIENT_UNKNOWN,
		WAITING,
	},
	said::said_with,
	store::{NotCurrent, Quarantined, State, Token},
	within::tokens_of_links,
};
use salus_exchange_policy::{classify, Ask, Beside, Classified, Labels, NotClassified, BINARY};
use salus_exchange_protocol::{fhir, Hash};
use std::collections::BTreeSet;

/// How many are looked at in one go.
const SOME: u32 = 500;

/// What is looked for besides, by a name that changes with it: what records have attached, however that is spelled, and what is within them that
/// is somebody else's.
const LOOKS_FOR: &str =
	"attachments as they may be meant, at any depth, told of by all; others within or named; actors; links; how many attachments; what waits for what";
/// The fault of a record whose file is damaged, or not there.
const DAMAGED: &str = "file-damaged";

/// What became of what was held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Relabelled {
	/// How many were looked at.
	pub looked_at: u64,
	/// How many have more labels now.
	pub labelled: u64,
	/// How many are in quarantine now, because what they ask for cannot be told any more.
	pub quarantined: u64,
}

/// Whether something is the matter with the file of one record, and not with the vault or the disk.
pub(crate) fn is_damaged(failure: &Failure) -> bool {
	match failure {
		Failure::Vault(_) => true,
		Failure::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
		_ => false,
	}
}

/// What became of one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Changed {
	/// Nothing.
	Not,
	/// It has more labels.
	Labelled,
	/// It is in quarantine.
	Quarantined,
}

/// These labels for the whole and for each part of it: which part asks for them is not gone into.
pub(crate) fn with_labels(mut judged: Classified, more: &Labels) -> Classified {
	let add = |asks: BTreeSet<Ask>| -> BTreeSet<Ask> {
		let more = |mut ask: Ask| {
			ask.labels.extend(more.iter().copied());
			ask
		};
		asks.into_iter().map(more).collect()
	};
	judged.labels.extend(more.iter().copied());
	judged.asks = add(judged.asks);
	for part in &mut judged.contained {
		part.asks = add(std::mem::take(&mut part.asks));
	}
	judged
}

impl Gateway {
	/// A hash of what the gateway judges by: the tables, the label rules, and what the house has said.
	fn rules(&self) -> Hash {
		Hash::of(format!("{:?} {:?} {LOOKS_FOR}", self.tables, self.config.house).as_bytes())
	}

	/// Puts a record into quarantine whose file cannot be read: by that it cannot leave, and it keeps nothing else from being done.
	pub(crate) fn set_aside(&self, number: u64, failure: Failure) -> Result<(), Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(()) };
		// In quarantine nothing else tells the labels that a Binary has had.
		let tokens = tokens_of_labels(&self.labels_had(&found)?);
		if self.store.put_aside(number, DAMAGED, &failure.to_string(), &tokens)? {
			tracing::error!(number, %failure, "a record cannot be read, and is put into quarantine");
		}
		Ok(())
	}

	/// Looks at all that is held anew, if it was judged by other rules. None if it was judged by these.
	pub fn relabel(&self) -> Result<Option<Relabelled>, Failure> {
		// Whoever linked somebody may have been kept from looking at what waits for that.
		self.look_at_links()?;
		self.look_at_given()?;
		let rules = self.rules();
		if self.store.judged_by()? == Some(rules) {
			return Ok(None);
		}
		let (mut done, mut after) = (Relabelled::default(), 0);
		loop {
			let some = self.store.held(after, SOME)?;
			let Some((last, ..)) = some.last() else { break };
			after = *last;
			for (number, blob, judged) in some {
				done.looked_at = done.looked_at.saturating_add(1);
				let relabelled = self.relabel_one(number, &blob, judged, &mut done);
				if self.or_withheld(number, &blob, relabelled)?.is_none() {
					done.quarantined = done.quarantined.saturating_add(1);
				}
			}
		}
		self.note_old_namings()?;
		self.judge_waiting_binaries()?;
		self.forget_all_actors()?;
		self.store.note_judged_by(&rules)?;
		Ok(Some(done))
	}

	/// Keeps what records tell of the Binaries that they have attached which are not held, for they are in quarantine, or have a newer version; and by
	/// what those are found that wait for something.
	fn note_old_namings(&self) -> Result<(), Failure> {
		let mut after = 0;
		loop {
			let some = self.store.not_current(after, SOME)?;
			let Some(last) = some.last() else { return Ok(()) };
			after = last.number;
			let mut all = Vec::new();
			for each in &some {
				match self.note_old_naming(each) {
					Err(failure) if is_damaged(&failure) => {
						let number = each.number;
						tracing::error!(number, %failure, "what a record has attached cannot be read");
					},
					tokens => all.push((each.number, tokens?)),
				}
			}
			self.store.add_all_tokens(all.iter().map(|(number, tokens)| (*number, tokens)))?;
		}
	}

	/// Looks anew at what Binaries that are held ask for.
	fn forget_all_actors(&self) -> Result<(), Failure> {
		let mut after = 0;
		loop {
			let some = self.store.held(after, SOME)?;
			let Some((last, ..)) = some.last() else { return Ok(()) };
			after = *last;
			for (number, _, judged) in &some {
				if judged.resource_type == BINARY {
					self.forget_actors(*number)?;
				}
			}
		}
	}

	/// By what it is found.
	fn note_old_naming(
		&self,
		NotCurrent { number, blob, fault }: &NotCurrent,
	) -> Result<BTreeSet<Token>, Failure> {
		let record = self.unseal(blob)?;
		let Ok(resource) = fhir::read(&record) else { return Ok(BTreeSet::new()) };
		let mut tokens = tokens_of_attached(&resource);
		let waits = |fault: &&str| *fault == PATIENT_UNKNOWN || WAITING.contains(fault);
		let fault = fault.as_deref().filter(waits);
		if tokens.is_empty() && fault.is_none() {
			return Ok(tokens);
		}
		let besides = self.besides(&resource)?;
		if !tokens.is_empty() {
			let said = self.kept_said(*number, blob)?;
			let said = said.iter().map(|said| said_with(said, &resource));
			let beside: Vec<Vec<u8>> = besides.given.into_iter().chain(said).collect();
			self.note_naming(*number, (&record, &resource), &beside, None, &tokens)?;
		}
		if let Some(fault) = fault {
			tokens.extend(self.waits_of(&resource, fault, &besides.targets));
		}
		Ok(tokens)
	}

	/// Looks anew at Binaries that are in quarantine: there may be something to be made of them now.
	fn judge_waiting_binaries(&self) -> Result<(), Failure> {
		let mut after = 0;
		loop {
			let some = self.store.quarantined(after, SOME)?;
			let Some(last) = some.last() else { return Ok(()) };
			after = last.number;
			let is_one = |each: &&Quarantined| each.resource_type == BINARY;
			for number in some.iter().filter(is_one).map(|each| each.number) {
				match self.again(number) {
					// It stays where it is, and keeps nothing else from being judged.
					Err(failure) if is_damaged(&failure) => {
						tracing::error!(number, %failure, "a record in quarantine cannot be read");
					},
					judged => _ = judged?,
				}
			}
		}
	}

	fn relabel_one(
		&self,
		number: u64,
		blob: &str,
		before: Classified,
		done: &mut Relabelled,
	) -> Result<(), Failure> {
		let record = self.unseal(blob)?;
		let resource =
			fhir::read(&record).map_err(|_| Failure::Vault("a record is no FHIR any more"))?;
		if before.resource_type == BINARY {
			self.store.add_tokens(number, &tokens_of_labels(&before.labels))?;
		}
		let links = tokens_of_links(&resource);
		if !links.is_empty() {
			self.store.add_tokens(number, &links)?;
		}
		let fault = match self.fault_within(&resource)? {
			None => self.fault_attached(&resource),
			fault => fault,
		};
		let is_too_much = has_too_many_attached(&resource);
		if let Some(state) = is_too_much.then(too_many_attached).or(fault) {
			self.store.judge_held(number, &state)?;
			done.quarantined = done.quarantined.saturating_add(1);
			return Ok(());
		}
		// Of the Bundle that it came in only what was said is kept: what else it told of class and results stays as it was told.
		let said = self.kept_said(number, blob)?;
		let besides = self.besides(&resource)?;
		let said = said.iter().map(|said| said_with(said, &resource));
		let beside: Vec<Vec<u8>> = besides.given.into_iter().chain(said).collect();
		let attached = tokens_of_attached(&resource);
		if !attached.is_empty() {
			self.store.add_tokens(number, &attached)?;
			// As it was judged, and by the rules of now besides. Who made it is no data of the patient's, also where it was judged before that was told.
			let marked = self.with_actors(&record, &beside, &before);
			for judged in [Some(&marked), None] {
				self.note_naming(number, (&record, &resource), &beside, judged, &attached)?;
			}
		}
		let (changed, state) = self.relabelled(&record, &beside, before);
		if let Some(state) = state {
			self.store.add_tokens(number, &self.waits_in(&resource, &state, &besides.targets))?;
			self.store.judge_held(number, &state)?;
		}
		match changed {
			Changed::Not => {},
			Changed::Labelled => done.labelled = done.labelled.saturating_add(1),
			Changed::Quarantined => done.quarantined = done.quarantined.saturating_add(1),
		}
		Ok(())
	}

	/// How something was judged, and which of its parts are nothing but who made it, as far as that is found now.
	fn with_actors(&self, record: &[u8], beside: &[Vec<u8>], before: &Classified) -> Classified {
		let mut marked = before.clone();
		let given: Vec<&[u8]> = beside.iter().map(Vec::as_slice).collect();
		let beside = Beside { given: &given, ..Beside::default() };
		if let Ok(judged) = classify(record, &beside, &self.tables, &self.config.house) {
			mark_actors(&mut marked, &judged);
		}
		marked
	}

	/// How what is held is judged with the labels that are found now, by what is known beside it; in quarantine if these cannot be told. No state if it
	/// stays as it was judged before.
	pub(crate) fn relabelled(
		&self,
		record: &[u8],
		beside: &[Vec<u8>],
		mut before: Classified,
	) -> (Changed, Option<State>) {
		let given: Vec<&[u8]> = beside.iter().map(Vec::as_slice).collect();
		let beside = Beside { given: &given, ..Beside::default() };
		let mut is_new = false;
		let found = match classify(record, &beside, &self.tables, &self.config.house) {
			Ok(judged) => {
				is_new = mark_actors(&mut before, &judged);
				judged.labels
			},
			Err(reason) => match labels_of(&reason) {
				Some(labels) => labels,
				None => return (Changed::Quarantined, Some(quarantined(&reason))),
			},
		};
		let more: Labels = found.difference(&before.labels).copied().collect();
		if more.is_empty() {
			return (Changed::Not, is_new.then(|| State::Held(Box::new(before))));
		}
		(Changed::Labelled, Some(State::Held(Box::new(with_labels(before, &more)))))
	}
}

/// Notes which parts are nothing but who made the whole, by how it is judged now; whether that is another answer than before.
fn mark_actors(before: &mut Classified, judged: &Classified) -> bool {
	let actors = judged.contained.iter().filter(|part| part.is_actor);
	let actors: BTreeSet<usize> = actors.map(|part| part.at).collect();
	let mut is_new = false;
	for part in &mut before.contained {
		let is_actor = actors.contains(&part.at);
		is_new = is_new || part.is_actor != is_actor;
		part.is_actor = is_actor;
	}
	is_new
}

/// The labels that were found although something else is the matter; none if it is the labels.
pub(crate) fn labels_of(reason: &NotClassified) -> Option<Labels> {
	match reason {
		NotClassified::Refused(refused) => refused.labels.clone(),
		NotClassified::NotFhirJson(_) => None,
	}
}
