//! What was let by the last final block, and refused by a best block: it stays refused until a block of that height is final, also when the chain takes
//! another way in between, on which it was never taken back.

use super::facts::Question;
use codec::Encode;
use salus_exchange_protocol::Hash;
use std::{
	collections::HashMap,
	sync::{Mutex, PoisonError},
};

/// The most questions that are remembered: more than a gateway is asked in the time until a block is final. Beyond them nothing is noted: what the best
/// block refuses is refused all the same.
const MOST: usize = 50_000;

/// The questions, each with the number of the last best block that refused it.
#[derive(Default, Debug)]
pub(crate) struct Withdrawn(Mutex<HashMap<Hash, u32>>);

impl Withdrawn {
	/// Notes a question that the best block of that number refuses, and the last final block lets.
	pub(crate) fn note(&self, question: &Question, best: u32, finalised: u32) {
		let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		if all.len() >= MOST {
			all.retain(|_, refused| *refused > finalised);
		}
		let key = Hash::of(&question.encode());
		if all.len() < MOST || all.contains_key(&key) {
			let refused = all.entry(key).or_default();
			*refused = best.max(*refused);
		}
	}

	/// Whether a question that both blocks let now was refused by a best block of which it is not decided yet whether it stays.
	pub(crate) fn holds(&self, question: &Question, finalised: u32) -> bool {
		let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		if all.is_empty() {
			return false;
		}
		let key = Hash::of(&question.encode());
		let holds = all.get(&key).is_some_and(|refused| *refused > finalised);
		if !holds {
			all.remove(&key);
		}
		holds
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::facts::tests::question;

	#[test]
	fn what_a_best_block_refused_stays_refused_until_a_block_of_its_height_is_final() {
		let withdrawn = Withdrawn::default();
		withdrawn.note(&question(1), 12, 9);
		assert!(withdrawn.holds(&question(1), 9) && !withdrawn.holds(&question(2), 9));
		// A lower block of another way does not make it shorter.
		withdrawn.note(&question(1), 11, 9);
		assert!(withdrawn.holds(&question(1), 11));
		assert!(!withdrawn.holds(&question(1), 12), "now the final block says what holds");
		assert!(withdrawn.0.lock().unwrap().is_empty(), "and it is forgotten");
	}

	#[test]
	fn only_so_many_are_remembered_and_what_is_decided_makes_room() {
		let withdrawn = Withdrawn::default();
		for each in 0..u64::try_from(MOST).unwrap() {
			withdrawn.note(&question(each), 12, 9);
		}
		withdrawn.note(&question(u64::MAX), 13, 9);
		assert!(!withdrawn.holds(&question(u64::MAX), 9));
		withdrawn.note(&question(u64::MAX), 13, 12);
		assert!(withdrawn.holds(&question(u64::MAX), 12));
		assert_eq!(withdrawn.0.lock().unwrap().len(), 1);
	}
}
