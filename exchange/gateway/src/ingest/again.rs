//! Records of the quarantine are judged anew: because somebody says so, or because what they wait for has come. By that they are found, so that nobody
//! waits for others' records. What others write meanwhile is not lost: a record that stands otherwise then is judged once more.

use super::{
	tokens_of, Besides, Judging, PATIENT_UNKNOWN, RETRACTED, STAYS, TRIES, WAITS_GIVEN, WAITS_LINK,
};
use crate::{
	binary_labels::keep_labels,
	gateway::{Failure, Gateway},
	said::said_with,
	store::{Anew, Came, Change, Found, Stands, State, StoreFault, Tokens},
	versions::{after_retraction, of_the_same},
};
use salus_exchange_protocol::fhir::{self, Value};
use std::{collections::BTreeSet, sync::atomic::Ordering};

/// How many records, and how much of what has come, is looked up in one go.
const PIECE: u32 = 256;
/// From how many records on they are judged anew, in one transaction.
const MOST: usize = 256;
/// As many codes of records, and parts of how they are judged, end it.
const MOST_PARTS: usize = 10_000;

/// What is to become of a record of the quarantine.
pub(crate) struct Judgement {
	/// What is written about it.
	pub(crate) change: Change,
	/// Whether it is held then.
	pub(crate) is_held: bool,
	/// Whether a retraction may be heard of meanwhile that it would have to be compared with.
	may_be_retracted: bool,
}

impl Judgement {
	/// How many codes it has, and parts of how it is judged.
	fn weight(&self) -> usize {
		let Some(Anew { state, tokens, .. }) = &self.change.judged else { return 0 };
		let (Tokens::More(tokens) | Tokens::Instead(tokens)) = tokens;
		let parts = state.held().map_or(0, |judged| {
			let contained = judged.contained.iter().map(|part| part.asks.len());
			contained.fold(judged.asks.len(), usize::saturating_add)
		});
		tokens.len().saturating_add(parts)
	}
}

impl Gateway {
	/// Looks anew at one record of the quarantine: something was linked, or a code of the house became known. Whether it is held now;
	/// none if it is not in quarantine.
	pub fn again(&self, number: u64) -> Result<Option<bool>, Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(None) };
		let (State::Quarantined { fault, .. }, Some(blob)) = (&found.state, &found.blob) else {
			return Ok(None);
		};
		if STAYS.contains(&fault.as_str()) {
			return Ok(Some(false));
		}
		self.judge_again(&found, blob, false)
	}

	/// Judges a record of the quarantine anew, whatever it was there for; because a person says so, or not. If it is there for something else meanwhile
	/// that looking anew does not settle, it stays. One whose file cannot be read stays, too.
	pub(crate) fn judge_again(
		&self,
		found: &Found,
		blob: &str,
		is_by_person: bool,
	) -> Result<Option<bool>, Failure> {
		let State::Quarantined { fault: waited_for, .. } = &found.state else { return Ok(None) };
		for _ in 0..TRIES {
			let Some(stands) = self.store.stands(found.number)? else { return Ok(None) };
			let State::Quarantined { fault, .. } = &stands.found.state else { return Ok(None) };
			if stands.found.blob.as_deref() != Some(blob) {
				return Ok(None);
			}
			let stays = fault != waited_for && STAYS.contains(&fault.as_str());
			if stays || fault == RETRACTED {
				return Ok(Some(false));
			}
			let Some(judgement) = self.judgement_of(&stands, is_by_person)? else {
				return Ok(Some(false));
			};
			if self.store.change(&judgement.change)? {
				self.is_judged(&judgement)?;
				return Ok(Some(judgement.is_held));
			}
		}
		Err(StoreFault::Moved.into())
	}

	/// What is to become of a record as it stands, by what is in its file. None if that cannot be read: then the record is put aside.
	fn judgement_of(
		&self,
		stands: &Stands,
		is_by_person: bool,
	) -> Result<Option<Judgement>, Failure> {
		let Some(blob) = &stands.found.blob else { return Ok(None) };
		let own = self.own(stands, blob);
		let Some((record, resource, said)) = self.or_withheld(stands.found.number, blob, own)?
		else {
			return Ok(None);
		};
		let beside = self.besides(&resource)?;
		let record = (record.as_slice(), &resource);
		self.judgement(stands, record, &beside, &said, is_by_person).map(Some)
	}

	/// What is kept of a record: its bytes, what they are, and what was said of it.
	fn own(&self, stands: &Stands, blob: &str) -> Result<(Vec<u8>, Value, Vec<Value>), Failure> {
		let record = self.unseal(blob)?;
		let resource =
			fhir::read(&record).map_err(|_| Failure::Vault("a record is no FHIR any more"))?;
		let said = stands.around.as_ref().map(|sealed| self.opened_said(blob, sealed));
		Ok((record, resource, said.transpose()?.unwrap_or_default()))
	}

	/// What is to become of a record as it stands, by what is known beside it and what was said of it. What says what was retracted is let by a person
	/// alone, whatever else it has waited for.
	pub(crate) fn judgement(
		&self,
		stands: &Stands,
		(record, resource): (&[u8], &Value),
		beside: &Besides,
		said: &[Value],
		is_by_person: bool,
	) -> Result<Judgement, Failure> {
		let found = &stands.found;
		let said = said.iter().map(|said| said_with(said, resource));
		let given: Vec<Vec<u8>> = beside.given.iter().cloned().chain(said).collect();
		let Judging { patient, state, names } = self.judge(record, resource, &given)?;
		let mut tokens = tokens_of(resource);
		let naming = self.naming_of((record, resource), &given, state.held(), &tokens);
		let (patient, mut state) = of_the_same(found.patient, (patient, state));
		if !is_by_person
			&& state.held().is_some()
			&& self.says_what_was_retracted(&found.resource_type, &found.id, resource)?
		{
			state = after_retraction();
		}
		keep_labels(resource, &self.labels_had(found)?, &mut state, &mut tokens);
		tokens.extend(self.waits_in(resource, &state, &beside.targets));
		let is_held = state.held().is_some();
		let judged = Anew { patient, state, tokens: Tokens::Instead(tokens) };
		let change = Change {
			number: found.number,
			mark: stands.mark,
			names,
			namings: naming.into_iter().collect(),
			around: None,
			judged: Some(judged),
		};
		Ok(Judgement { change, is_held, may_be_retracted: !is_by_person && found.version > 1 })
	}

	/// Does what is due once a judgement is written.
	pub(crate) fn is_judged(&self, judgement: &Judgement) -> Result<(), Failure> {
		if !judgement.is_held {
			return Ok(());
		}
		if judgement.may_be_retracted {
			// A retraction may have been heard of meanwhile.
			self.is_heard.store(true, Ordering::Release);
		}
		match &judgement.change.judged {
			Some(Anew { tokens: Tokens::More(tokens) | Tokens::Instead(tokens), .. }) => {
				self.judge_attached(tokens)
			},
			None => Ok(()),
		}
	}

	/// Looks anew at records of the quarantine, many in one transaction.
	fn again_all(&self, numbers: &[u64]) -> Result<(), Failure> {
		let (mut piece, mut weight) = (Vec::new(), 0_usize);
		for number in numbers {
			let Some(stands) = self.store.stands(*number)? else { continue };
			match &stands.found.state {
				State::Quarantined { fault, .. } if !STAYS.contains(&fault.as_str()) => {},
				_ => continue,
			}
			let Some(judgement) = self.judgement_of(&stands, false)? else { continue };
			weight = weight.saturating_add(judgement.weight());
			piece.push(judgement);
			if weight >= MOST_PARTS {
				self.write_all(&std::mem::take(&mut piece))?;
				weight = 0;
			}
		}
		self.write_all(&piece)
	}

	/// Writes judgements in one transaction. What others have changed meanwhile is looked at once more by itself.
	fn write_all(&self, piece: &[Judgement]) -> Result<(), Failure> {
		if piece.is_empty() {
			return Ok(());
		}
		let written = self.store.change_all(piece.iter().map(|each| &each.change))?;
		for (judgement, is_written) in piece.iter().zip(written) {
			match is_written {
				true => self.is_judged(judgement)?,
				false => self.again(judgement.change.number).map(drop)?,
			}
		}
		Ok(())
	}

	/// Looks anew at all that waits for something of this, which has come; and notes that it was. What waits for several of these is looked at once.
	pub(super) fn look_at_came(&self, all: &[Came]) -> Result<(), Failure> {
		let mut looked_at = BTreeSet::new();
		let mut piece: Vec<u64> = Vec::new();
		for Came { what, code, .. } in all {
			for is_told in [false, true] {
				let mut after = 0;
				loop {
					let some = match is_told {
						false => self.store.who_waits_for(what, code, after, PIECE)?,
						true if what == WAITS_LINK => {
							self.store.binaries_told(code, PATIENT_UNKNOWN, after, PIECE)?
						},
						true => break,
					};
					let Some(last) = some.last() else { break };
					after = *last;
					piece.extend(some.into_iter().filter(|number| looked_at.insert(*number)));
					if piece.len() >= MOST {
						self.again_all(&std::mem::take(&mut piece))?;
					}
				}
			}
		}
		self.again_all(&piece)?;
		Ok(self.store.looked_at_came(all)?)
	}

	fn look_at_all_that_came(&self, what: &str) -> Result<(), Failure> {
		let mut after = String::new();
		loop {
			let some = self.store.came(what, &after, PIECE)?;
			let Some(last) = some.last() else { return Ok(()) };
			after.clone_from(&last.code);
			self.look_at_came(&some)?;
		}
	}

	/// Looks anew at all that waits for a patient who was linked, of which somebody was kept from looking when that was done.
	pub(crate) fn look_at_links(&self) -> Result<(), Failure> {
		self.look_at_all_that_came(WAITS_LINK)
	}

	/// Looks anew at all that waits for a record that has come.
	pub(crate) fn look_at_given(&self) -> Result<(), Failure> {
		self.look_at_all_that_came(WAITS_GIVEN)
	}
}
