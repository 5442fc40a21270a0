//! What a plain list of slots says of every call: whether it is refused, and why.

use crate::{mock::*, *};
use frame_support::traits::Get;
use salus_primitives::{Moment, OrgId};
use std::collections::{BTreeMap, BTreeSet};

pub type Refused = Result<(), Error<Test>>;

/// How a slot ended, if it did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
	Shredded(Moment, ShredReason),
	Evicted,
}

/// A dispute.
#[derive(Clone)]
pub struct Round {
	pub due: Moment,
	pub extended: bool,
	pub answered: bool,
}

/// One slot.
#[derive(Clone)]
pub struct Slot {
	/// Which commitment is in it.
	pub n: u64,
	/// How many leaves it has, if it is a batch.
	pub leaves: Option<u64>,
	pub subject: bool,
	pub previous: Option<usize>,
	pub succeeded: bool,
	pub anchored_at: Moment,
	pub until: Moment,
	pub disputes: Vec<Round>,
	/// When it was made, and whether it was refused.
	pub request: Option<(Moment, bool)>,
	pub holds: BTreeMap<OrgId, Moment>,
	pub retracted: BTreeSet<u64>,
	pub end: Option<End>,
}

impl Slot {
	fn dispute_is_open(&self) -> bool {
		self.disputes.last().is_some_and(|last| !last.answered && now() < last.due)
	}

	pub fn is_held(&self) -> bool {
		self.holds.values().any(|until| now() < *until)
	}
}

/// All slots of the hospital.
#[derive(Default)]
pub struct Model {
	pub slots: Vec<Slot>,
}

fn refuse_if(refused: bool, error: Error<Test>) -> Refused {
	if refused {
		Err(error)
	} else {
		Ok(())
	}
}

impl Model {
	fn kept(&mut self, seq: usize) -> Result<&mut Slot, Error<Test>> {
		let slot = self.slots.get_mut(seq).filter(|slot| slot.end.is_none());
		slot.ok_or(Error::NotFound)
	}

	fn about(&mut self, seq: usize) -> Result<&mut Slot, Error<Test>> {
		let slot = self.kept(seq)?;
		refuse_if(!slot.subject, Error::NotSubject)?;
		Ok(slot)
	}

	pub fn anchor(&mut self, n: u64, previous: Option<usize>, subject: bool, term: u64) -> Refused {
		if let Some(previous) = previous {
			let before = self.kept(previous).map_err(|_| Error::PreviousNotFound)?;
			refuse_if(before.leaves.is_some(), Error::PreviousNotSingle)?;
			refuse_if(before.succeeded, Error::PreviousNotHead)?;
			refuse_if(subject && !before.subject, Error::SubjectMismatch)?;
			before.succeeded = true;
		}
		self.add(n, None, subject, previous, term);
		Ok(())
	}

	pub fn add(
		&mut self,
		n: u64,
		leaves: Option<u64>,
		subject: bool,
		previous: Option<usize>,
		term: u64,
	) {
		self.slots.push(Slot {
			n,
			leaves,
			subject,
			previous,
			succeeded: false,
			anchored_at: now(),
			until: now() + term,
			disputes: Vec::new(),
			request: None,
			holds: BTreeMap::new(),
			retracted: BTreeSet::new(),
			end: None,
		});
	}

	pub fn retract(&mut self, seq: usize, leaf: u64) -> Refused {
		let slot = self.kept(seq)?;
		let leaves = slot.leaves.ok_or(Error::NotBatch)?;
		refuse_if(leaf >= leaves, Error::LeafNotFound)?;
		refuse_if(!slot.retracted.insert(leaf), Error::AlreadyRetracted)
	}

	pub fn dispute(&mut self, seq: usize) -> Refused {
		let slot = self.about(seq)?;
		refuse_if(slot.dispute_is_open(), Error::DisputeOpen)?;
		refuse_if(slot.disputes.len() == 3, Error::TooManyDisputes)?;
		slot.disputes.push(Round { due: now() + DISPUTE_TIME, extended: false, answered: false });
		Ok(())
	}

	fn last_dispute(&mut self, seq: usize) -> Result<&mut Round, Error<Test>> {
		let dispute = self.kept(seq)?.disputes.last_mut().ok_or(Error::NotDisputed)?;
		refuse_if(dispute.answered, Error::AlreadyAnswered)?;
		refuse_if(dispute.due <= now(), Error::AnswerTooLate)?;
		Ok(dispute)
	}

	pub fn extend_dispute(&mut self, seq: usize) -> Refused {
		let dispute = self.last_dispute(seq)?;
		refuse_if(dispute.extended, Error::AlreadyExtended)?;
		dispute.due += EXTENSION;
		dispute.extended = true;
		Ok(())
	}

	/// Whether `seq` is among the versions before `by`.
	fn is_newer(&self, by: usize, seq: usize) -> bool {
		let before = |at: usize| self.slots.get(at).and_then(|slot| slot.previous);
		let mut at = before(by);
		while let Some(here) = at {
			if here == seq {
				return self.slots[by].end.is_none();
			}
			at = before(here);
		}
		false
	}

	pub fn answer(&mut self, seq: usize, by: Option<usize>) -> Refused {
		self.last_dispute(seq)?;
		refuse_if(by.is_some_and(|by| !self.is_newer(by, seq)), Error::NotACorrection)?;
		self.last_dispute(seq)?.answered = true;
		Ok(())
	}

	pub fn extend_retention(&mut self, seq: usize, until: Moment) -> Refused {
		let slot = self.kept(seq)?;
		refuse_if(until <= slot.until, Error::RetentionNotLonger)?;
		let sound = now() < until && until <= now() + MAX_RETENTION;
		refuse_if(!sound, Error::WrongRetention)?;
		slot.until = until;
		Ok(())
	}

	pub fn hold(&mut self, seq: usize, by: OrgId, seconds: u64) -> Refused {
		let slot = self.kept(seq)?;
		refuse_if(seconds == 0 || seconds > MAX_HOLD, Error::WrongHold)?;
		slot.holds.retain(|_, until| now() < *until);
		let until = now() + seconds;
		let longer = slot.holds.get(&by).is_none_or(|before| until > *before);
		refuse_if(!longer, Error::HoldNotLonger)?;
		slot.holds.insert(by, until);
		Ok(())
	}

	pub fn release(&mut self, seq: usize, by: OrgId) -> Refused {
		let slot = self.kept(seq)?;
		let until = slot.holds.get(&by).copied().filter(|until| now() < *until);
		until.ok_or(Error::NotHeld)?;
		slot.holds.remove(&by);
		Ok(())
	}

	pub fn request(&mut self, seq: usize) -> Refused {
		let slot = self.about(seq)?;
		refuse_if(slot.request.is_some(), Error::AlreadyRequested)?;
		slot.request = Some((now(), false));
		Ok(())
	}

	pub fn withdraw(&mut self, seq: usize) -> Refused {
		self.about(seq)?.request.take().map(|_| ()).ok_or(Error::NotRequested)
	}

	pub fn refuse(&mut self, seq: usize) -> Refused {
		let request = self.kept(seq)?.request.as_mut().ok_or(Error::NotRequested)?;
		refuse_if(request.1, Error::AlreadyRefused)?;
		request.1 = true;
		Ok(())
	}

	pub fn shred(&mut self, seq: usize) -> Refused {
		let slot = self.kept(seq)?;
		refuse_if(slot.is_held(), Error::OnHold)?;
		let (open, over) = (slot.dispute_is_open(), slot.until <= now());
		refuse_if(open, Error::DisputeOpen)?;
		let why = if slot.request.is_some() {
			ShredReason::ErasureRequested
		} else {
			refuse_if(!over, Error::RetentionNotOver)?;
			ShredReason::RetentionOver
		};
		slot.end = Some(End::Shredded(now(), why));
		Ok(())
	}

	/// All or none, so it is asked on a copy.
	pub fn evict(&mut self, seqs: &[usize]) -> Refused {
		let before = self.slots.clone();
		let result = seqs.iter().try_for_each(|seq| {
			let previous = self.kept(*seq)?.previous;
			let kept_before = previous.is_some_and(|previous| self.slots[previous].end.is_none());
			let slot = self.kept(*seq)?;
			refuse_if(slot.is_held(), Error::OnHold)?;
			refuse_if(now() < slot.until, Error::RetentionNotOver)?;
			refuse_if(slot.dispute_is_open(), Error::DisputeOpen)?;
			refuse_if(kept_before, Error::EarlierVersionKept)?;
			slot.end = Some(End::Evicted);
			Ok(())
		});
		if result.is_err() {
			self.slots = before;
		}
		result
	}

	pub fn sweep(&mut self, seq: usize, limit: usize) -> Refused {
		refuse_if(!(1..=100).contains(&limit), Error::WrongLimit)?;
		let Some(slot) = self.slots.get_mut(seq) else { return Err(Error::NothingLeft) };
		refuse_if(slot.end.is_none(), Error::StillKept)?;
		refuse_if(slot.retracted.is_empty(), Error::NothingLeft)?;
		// Which of them go first is the trie's to say.
		let left = slot.retracted.len().saturating_sub(limit);
		slot.retracted = (0..left as u64).collect();
		Ok(())
	}

	/// The newest version of which the chain can know.
	pub fn head(&self, seq: usize) -> usize {
		let mut newest = seq;
		let after = |at| self.slots.iter().position(|slot| slot.previous == Some(at));
		// Where it is not kept, the chain goes from version to version, and not further than a page.
		for _ in 0..<Test as Config>::LineagePage::get() {
			let kept = self.slots[newest].end.is_none();
			let Some(next) = after(newest).filter(|_| kept) else { break };
			newest = next;
		}
		// Where the head is kept, it is told across all gaps.
		let mut last = newest;
		while let Some(next) = after(last) {
			last = next;
		}
		if self.slots[last].end.is_none() {
			last
		} else {
			newest
		}
	}
}
