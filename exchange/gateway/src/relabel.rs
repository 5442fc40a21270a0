//! When the tables or the rules are others than those by which the records were judged, all that is held is looked at anew, before
//! anybody is answered: what the new rules catch gets its label. Labels that are there stay.

use crate::{
	binaries::tokens_of_binaries,
	binary_labels::tokens_of_labels,
	gateway::{Failure, Gateway},
	ingest::quarantined,
	store::{Quarantined, State},
};
use salus_exchange_policy::{classify, Ask, Beside, Classified, Labels, NotClassified, BINARY};
use salus_exchange_protocol::{fhir, Hash};
use std::collections::BTreeSet;

/// How many are looked at in one go.
const SOME: u32 = 500;

/// What is looked for besides, by a name that changes with it: what records have attached, however that is spelled, and what is within them that
/// is somebody else's.
const LOOKS_FOR: &str = "attachments as they may be meant, others within";
/// The fault of a Binary in quarantine of before that.
const BEFORE: &str = "type-without-class";
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
fn is_damaged(failure: &Failure) -> bool {
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

	/// Looks at all that is held anew, if it was judged by other rules. None if it was judged by these.
	pub fn relabel(&self) -> Result<Option<Relabelled>, Failure> {
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
				match self.relabel_one(number, &blob, judged, &mut done) {
					Err(failure) if is_damaged(&failure) => {
						// It cannot leave, and keeps nothing else from being judged.
						tracing::error!(number, %failure, "a record cannot be read, and is put into quarantine");
						done.quarantined = done.quarantined.saturating_add(1);
						let (fault, detail) = (DAMAGED.into(), failure.to_string());
						let state = State::Quarantined { fault, path: String::new(), detail };
						self.store.judge_held(number, &state)?;
					},
					relabelled => relabelled?,
				}
			}
		}
		self.judge_old_binaries()?;
		self.store.note_judged_by(&rules)?;
		Ok(Some(done))
	}

	/// Looks anew at Binaries that went into quarantine before there was something to be made of them.
	fn judge_old_binaries(&self) -> Result<(), Failure> {
		let mut after = 0;
		loop {
			let some = self.store.quarantined(after, SOME)?;
			let Some(last) = some.last() else { return Ok(()) };
			after = last.number;
			let is_one = |each: &&Quarantined| each.fault == BEFORE && each.resource_type == BINARY;
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
		if let Some(state) = self.fault_within(&resource)? {
			self.store.judge_held(number, &state)?;
			done.quarantined = done.quarantined.saturating_add(1);
			return Ok(());
		}
		// Of the Bundle that it came in only what was said is kept: what else it told of class and results stays as it was told.
		let said = self.kept_said(number, blob)?;
		let beside = self.beside(&resource, &said)?;
		let attached = tokens_of_binaries(&resource);
		if !attached.is_empty() {
			self.store.add_tokens(number, &attached)?;
		}
		match self.relabel_by(number, &record, &beside, before)? {
			Changed::Not => {},
			Changed::Labelled => done.labelled = done.labelled.saturating_add(1),
			Changed::Quarantined => done.quarantined = done.quarantined.saturating_add(1),
		}
		Ok(())
	}

	/// Gives what is held the labels that are found now, by what is known beside it; into quarantine if these cannot be told.
	pub(crate) fn relabel_by(
		&self,
		number: u64,
		record: &[u8],
		beside: &[Vec<u8>],
		before: Classified,
	) -> Result<Changed, Failure> {
		let given: Vec<&[u8]> = beside.iter().map(Vec::as_slice).collect();
		let beside = Beside { given: &given, ..Beside::default() };
		let found = match classify(record, &beside, &self.tables, &self.config.house) {
			Ok(judged) => judged.labels,
			Err(reason) => match labels_of(&reason) {
				Some(labels) => labels,
				None => {
					self.store.judge_held(number, &quarantined(&reason))?;
					return Ok(Changed::Quarantined);
				},
			},
		};
		let more: Labels = found.difference(&before.labels).copied().collect();
		if more.is_empty() {
			return Ok(Changed::Not);
		}
		let judged = with_labels(before, &more);
		self.store.judge_held(number, &State::Held(Box::new(judged)))?;
		Ok(Changed::Labelled)
	}
}

/// The labels that were found although something else is the matter; none if it is the labels.
fn labels_of(reason: &NotClassified) -> Option<Labels> {
	match reason {
		NotClassified::Refused(refused) => refused.labels.clone(),
		NotClassified::NotFhirJson(_) => None,
	}
}
