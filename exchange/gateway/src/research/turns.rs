//! Whose turn it is: of which counts budget is reserved, and which count is made next. Nothing is given back, so no more is reserved than can be counted
//! before the jobs expire; and turns go by permits, so that whoever asks much keeps nobody else waiting.

use super::{steps::number_of, Counting};
use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	store::{CountRow, CountState},
};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::{MutexGuard, PoisonError},
};

/// How many counts have their budget reserved, or handed in for that, and are not made yet: one that is made, and one that waits for it.
const MOST_AHEAD: usize = 2;
/// How long it takes at most, in seconds, until a reservation is final, and what is told of it is settled, final, and told.
const FINAL: u64 = 120;
/// Of how many permits it is known when they were served last.
const MOST_PERMITS: usize = 10_000;

/// A count for which somebody waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Waiting {
	/// Its number.
	pub(super) number: u64,
	/// The permit of whoever asked first.
	pub(super) permit: u32,
	/// When the last of those who wait waits no longer.
	until: u64,
}

/// When permits were served, and what cannot be.
#[derive(Debug, Default)]
pub(super) struct Turns {
	/// How many turns there were.
	count: u64,
	/// Permits with their last turns.
	served: BTreeMap<u32, u64>,
	/// Reserved counts that cannot be made as they are kept here. Nothing waits for them.
	damaged: BTreeSet<u64>,
}

impl Turns {
	/// The next one: of a permit that has as few counts under way as any, that was served longest ago, the oldest.
	pub(super) fn next(&self, waiting: &[Waiting], under_way: &[u32]) -> Option<Waiting> {
		waiting.iter().copied().min_by_key(|it| {
			let own = under_way.iter().filter(|permit| **permit == it.permit).count();
			(own, self.served.get(&it.permit).copied(), it.number)
		})
	}

	/// Notes that a count had its turn, and whether what is kept of it is damaged.
	pub(super) fn had(&mut self, it: &Waiting, is_damaged: bool) {
		self.count = self.count.saturating_add(1);
		self.served.insert(it.permit, self.count);
		if self.served.len() > MOST_PERMITS {
			// The one that was served longest ago is as one that never was: it is served before all that are known.
			let first = self.served.iter().min_by_key(|(_, turn)| **turn);
			if let Some(permit) = first.map(|(permit, _)| *permit) {
				self.served.remove(&permit);
			}
		}
		if is_damaged {
			self.damaged.insert(it.number);
		} else {
			self.damaged.remove(&it.number);
		}
	}

	/// Forgets the damage of counts for which nobody waits.
	pub(super) fn keep(&mut self, waiting: &[Waiting]) {
		self.damaged.retain(|number| waiting.iter().any(|it| it.number == *number));
	}
}

impl Counting {
	pub(super) fn turns(&self) -> MutexGuard<'_, Turns> {
		self.turns.lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// Whether budget that is reserved now could be lost for jobs that expire at a moment: if it comes before so many other counts, and each of them, and
	/// this one, takes as long as it may.
	pub(super) fn is_too_late(&self, expires: u64, others: u64) -> bool {
		let counts = self.config.longest.as_secs().saturating_mul(others.saturating_add(1));
		expires < now().saturating_add(counts).saturating_add(FINAL)
	}
}

impl Gateway {
	/// The counts in a state for which somebody waits.
	pub(super) fn waiting_in(&self, state: CountState) -> Result<Vec<Waiting>, Failure> {
		let rows = self.store.awaited(state)?.into_iter();
		Ok(rows.map(|(number, permit, until)| Waiting { number, permit, until }).collect())
	}

	/// The counts of which budget is to be reserved: those of which a reservation was handed in, since the chain may take it, and then as many as can be made
	/// in their time.
	pub(super) fn to_reserve(
		&self,
		counting: &Counting,
		height: u64,
	) -> Result<Vec<CountRow>, Failure> {
		let mut rows = Vec::new();
		// What can be in no block any more is not handed in again here: whether it is given up is looked at first.
		let submissions = self.store.submissions()?.into_iter();
		for sent in submissions.filter(|sent| sent.dies > height) {
			let Some(number) = number_of(&sent.what) else { continue };
			rows.extend(self.store.count_in(CountState::Reserving, number)?);
		}
		let mut waiting = self.waiting_in(CountState::Reserving)?;
		waiting.retain(|it| !rows.iter().any(|row| row.number == it.number));
		let reserved = self.waiting_in(CountState::Reserved)?;
		for number in next_of(counting, &rows, waiting, &reserved) {
			rows.extend(self.store.count_in(CountState::Reserving, number)?);
		}
		Ok(rows)
	}
}

/// Of which of those that wait budget is reserved next, where these were handed in, and these are reserved.
fn next_of(
	counting: &Counting,
	handed_in: &[CountRow],
	mut waiting: Vec<Waiting>,
	reserved: &[Waiting],
) -> Vec<u64> {
	let turns = counting.turns();
	let sound = reserved.iter().filter(|it| !turns.damaged.contains(&it.number));
	let handed_in = handed_in.iter().map(|row| row.of.permit);
	let mut under_way: Vec<u32> = handed_in.chain(sound.map(|it| it.permit)).collect();
	let mut next = Vec::new();
	while under_way.len() < MOST_AHEAD {
		let others = u64::try_from(under_way.len()).unwrap_or(u64::MAX);
		waiting.retain(|it| !counting.is_too_late(it.until, others));
		let Some(one) = turns.next(&waiting, &under_way) else { break };
		waiting.retain(|it| it.number != one.number);
		under_way.push(one.permit);
		next.push(one.number);
	}
	next
}

#[cfg(test)]
mod tests {
	use super::*;

	const fn waiting(number: u64, permit: u32) -> Waiting {
		Waiting { number, permit, until: u64::MAX }
	}

	#[test]
	fn whoever_asks_much_keeps_nobody_else_waiting() {
		let mut turns = Turns::default();
		let mut all = vec![
			waiting(1, 12),
			waiting(2, 12),
			waiting(3, 12),
			waiting(4, 13),
			waiting(5, 14),
			waiting(6, 13),
		];
		// What is under way counts for its permit.
		assert_eq!(turns.next(&all, &[12]), Some(waiting(4, 13)));
		assert_eq!(turns.next(&all, &[12, 13, 14, 14]), Some(waiting(1, 12)));
		let mut order = Vec::new();
		while let Some(next) = turns.next(&all, &[]) {
			turns.had(&next, false);
			all.retain(|it| *it != next);
			order.push(next.number);
		}
		assert_eq!(order, [1, 4, 5, 2, 6, 3]);
	}

	#[test]
	fn what_is_known_of_turns_is_bounded() {
		let mut turns = Turns::default();
		let most = u32::try_from(MOST_PERMITS).unwrap();
		(0..=most).for_each(|permit| turns.had(&waiting(u64::from(permit), permit), true));
		assert_eq!(turns.served.len(), MOST_PERMITS);
		assert!(!turns.served.contains_key(&0), "the one that was served longest ago");
		assert_eq!(turns.damaged.len(), MOST_PERMITS + 1);
		turns.keep(&[waiting(3, 3)]);
		assert_eq!(turns.damaged, BTreeSet::from([3]));
		turns.had(&waiting(3, 3), false);
		assert_eq!(turns.damaged, BTreeSet::new());
	}
}
