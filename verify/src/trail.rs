//! The sets of authorities that a chain has had, each proven by the one before.

use crate::{
	files::{Checkpoint, Handoff, Trail},
	genesis::{Genesis, Start},
	header::{Authority, Change, Header},
	justification::{Justification, Majority},
	Error, Hash,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// All sets that the trail proves, from the one of the start on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sets {
	/// The chain.
	pub genesis: Hash,
	/// The block from which the sets were followed, with its hash, unless it is block 0.
	pub start: Option<(u32, Hash)>,
	/// The number of the first set.
	first: u64,
	/// Whether there was a trail.
	followed: bool,
	terms: Vec<Term>,
}

/// When which authorities decide what is final.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
	authorities: Vec<Authority>,
	/// The last block that is not theirs.
	after: Option<u32>,
	/// The last block that is theirs, if they have handed over; with its hash, unless the change
	/// was forced.
	last: Option<(u32, Option<Hash>)>,
	/// Who vouches for them, or for a set before them.
	vouched: Option<String>,
}

/// That a block is final, and by whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finality {
	/// The number of the set.
	pub set: u64,
	/// How many of it voted for the block.
	pub majority: Majority,
	/// Whom one must trust for the set, if it does not follow from the genesis alone.
	pub checkpoint: Option<String>,
	/// What the trail says of the end of the set's term.
	pub end: End,
}

/// What a trail says of the end of a set's term. A set whose end nobody knows could go on to sign: its
/// keys may have been given away when it was replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
	/// The set handed over, in a block that it made final; the receipt's block is not after it.
	Proven,
	/// The set was replaced by force, and nothing proves the block of it.
	Unproven,
	/// It is the last set of the trail: newer trails may know of a later one.
	Open,
	/// There was no trail at all.
	Untold,
}

impl Sets {
	/// Follows `trail` from `genesis` to its end. A forced change needs one of `checkpoints`.
	pub fn follow(
		genesis: &Genesis,
		trail: Option<&Trail>,
		checkpoints: &[Checkpoint],
	) -> Result<Self, Error> {
		Self::follow_from(&Start::from(genesis), trail, checkpoints)
	}

	/// The same from `start`. What a trail tells of changes before it is not looked at.
	pub fn follow_from(
		start: &Start,
		trail: Option<&Trail>,
		checkpoints: &[Checkpoint],
	) -> Result<Self, Error> {
		let Start { genesis, block, set, authorities } = start;
		let same = |what, found| match found == *genesis {
			true => Ok(()),
			false => Err(Error::OtherGenesis { what, found, expected: *genesis }),
		};
		let first = Term {
			authorities: authorities.clone(),
			after: block.map(|(number, _)| number),
			last: None,
			vouched: None,
		};
		let (genesis, start, first_set) = (*genesis, *block, *set);
		let followed = trail.is_some();
		let mut sets = Self { genesis, start, first: first_set, followed, terms: vec![first] };
		if let Some(trail) = trail {
			same("trail", trail.genesis)?;
			let known = set
				.checked_sub(trail.from)
				.ok_or(Error::TrailTooLate { from: trail.from, set: *set })?;
			let known = usize::try_from(known).unwrap_or(usize::MAX);
			// One that ends before the start says nothing of the sets from there on.
			if trail.handoffs.len() < known {
				let count = u64::try_from(trail.handoffs.len()).unwrap_or(u64::MAX);
				let latest = trail.from.saturating_add(count);
				return Err(Error::TrailTooShort { set: *set, latest });
			}
			for handoff in trail.handoffs.iter().skip(known) {
				sets.hand_over(handoff, checkpoints)?;
			}
		}
		for checkpoint in checkpoints {
			same("checkpoint", checkpoint.genesis)?;
			if sets.term(checkpoint.set).is_some_and(|term| !agrees(&term.authorities, checkpoint))
			{
				return Err(disagrees(checkpoint));
			}
		}
		Ok(sets)
	}

	/// The number of the last set.
	pub fn latest(&self) -> u64 {
		let behind = u64::try_from(self.terms.len()).unwrap_or(u64::MAX).saturating_sub(1);
		self.first.saturating_add(behind)
	}

	fn term(&self, set: u64) -> Option<&Term> {
		self.terms.get(usize::try_from(set.checked_sub(self.first)?).ok()?)
	}

	fn hand_over(&mut self, handoff: &Handoff, checkpoints: &[Checkpoint]) -> Result<(), Error> {
		let set = self.latest();
		let next = set.saturating_add(1);
		let Handoff { header, justification } = handoff;
		let change =
			header.change.as_ref().ok_or(Error::NoChange { next, number: header.number })?;
		let before = self.terms.len().checked_sub(2).and_then(|i| self.terms.get(i));
		let start = self.start.map(|(number, _)| number);
		let last = before.map_or(start, |term| term.last.map(|(last, _)| last));
		if last.is_some_and(|last| header.number <= last) {
			return Err(Error::OutOfOrder { next, number: header.number });
		}
		let Some(term) = self.terms.last_mut() else { return Err(Error::NoAuthorities) };
		let mut vouched = term.vouched.clone();
		let after = match change {
			Change { forced: None, delay: 0, authorities } => {
				let refused =
					|error| Error::Handoff { next, number: header.number, error: Box::new(error) };
				let justification = justification.as_ref().ok_or(Error::Unjustified);
				justification
					.and_then(|j| j.verify(header.hash, header.number, set, &term.authorities))
					.map_err(refused)?;
				if authorities.is_empty() {
					return Err(Error::UnsoundSet { set: next });
				}
				term.last = Some((header.number, Some(header.hash)));
				header.number
			},
			Change { forced: None, delay, .. } => {
				return Err(Error::Delayed { next, number: header.number, delay: *delay })
			},
			// Nothing proves this header. The checkpoint vouches for the keys, and nothing is taken
			// from the header that could matter: not the weights either.
			Change { forced: Some(last_final), authorities, .. } => {
				let checkpoint = checkpoints.iter().find(|checkpoint| checkpoint.set == next);
				let checkpoint = checkpoint.ok_or(Error::Forced { next, number: header.number })?;
				if !agrees(authorities, checkpoint) {
					return Err(disagrees(checkpoint));
				}
				vouched = Some(checkpoint.name.clone());
				term.last = Some((header.number, None));
				(*last_final).min(header.number)
			},
		};
		let authorities = change.authorities.clone();
		self.terms.push(Term { authorities, after: Some(after), last: None, vouched });
		Ok(())
	}

	/// Checks that the set with the number `set` made the block of `header` final, in its time.
	pub fn finality(
		&self,
		header: &Header,
		set: u64,
		justification: &Justification,
	) -> Result<Finality, Error> {
		let number = header.number;
		if let Some((start, _)) = self.start {
			if number <= start {
				return Err(Error::BeforeStart { number, start });
			}
			if set < self.first {
				return Err(Error::AfterTerm { set, number, last: start });
			}
		}
		let term = self.term(set).ok_or(Error::TrailTooShort { set, latest: self.latest() })?;
		if let Some(after) = term.after.filter(|after| number <= *after) {
			return Err(Error::BeforeTerm { set, number, after });
		}
		if let Some((last, hash)) = term.last {
			if number > last {
				return Err(Error::AfterTerm { set, number, last });
			}
			if number == last && hash.is_some_and(|hash| hash != header.hash) {
				return Err(Error::OtherHandoff { set, number });
			}
		}
		let majority = justification
			.verify(header.hash, number, set, &term.authorities)
			.map_err(|error| self.explain(error, header, justification))?;
		let end = match term.last {
			Some((_, Some(_))) => End::Proven,
			Some((_, None)) => End::Unproven,
			None if self.followed => End::Open,
			None => End::Untold,
		};
		Ok(Finality { set, majority, checkpoint: term.vouched.clone(), end })
	}

	/// Tells more of a refusal, if the signers were, or are, authorities in another set.
	fn explain(&self, error: Error, header: &Header, justification: &Justification) -> Error {
		let numbered = || (self.first..).zip(&self.terms);
		match error {
			Error::Stranger { set, voter, .. } | Error::BadSignature { set, voter } => {
				let other = numbered().find(|(other, term)| {
					let holds = term.authorities.iter().any(|(key, _)| *key == voter);
					let verify = || {
						justification.verify(header.hash, header.number, *other, &term.authorities)
					};
					*other != set && holds && verify().is_ok()
				});
				if let Some((signed, _)) = other {
					return Error::OtherSet { set, signed };
				}
				let Error::Stranger { .. } = error else { return error };
				let was = numbered()
					.take_while(|(other, _)| *other < set)
					.filter(|(_, term)| term.authorities.iter().any(|(key, _)| *key == voter));
				Error::Stranger { set, voter, formerly: was.last().map(|(set, _)| set) }
			},
			other => other,
		}
	}
}

fn agrees(authorities: &[Authority], checkpoint: &Checkpoint) -> bool {
	let ours = authorities.iter().map(|(key, weight)| (*key, *weight));
	ours.eq(checkpoint.authorities.iter().map(|key| (*key, 1)))
}

fn disagrees(checkpoint: &Checkpoint) -> Error {
	Error::CheckpointDisagrees { set: checkpoint.set, name: checkpoint.name.clone() }
}
