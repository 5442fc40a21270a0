//! What staff who signed in did.

use super::{hash, sql::params, stored, unstored, Store, StoreFault};
use salus_exchange_protocol::Hash;

/// How long it is kept, in seconds: a year, and a month for whoever reviews it.
pub(super) const KEPT: u64 = 396 * 86_400;

/// What somebody did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
	/// Its number; they only grow.
	pub number: u64,
	/// When, in seconds since 1970.
	pub time: u64,
	/// Who.
	pub person: Hash,
	/// What, encrypted.
	pub sealed: Vec<u8>,
}

impl Store {
	/// Writes down what somebody does, and forgets what was done more than 13 months ago.
	pub fn put_act(&self, time: u64, person: &Hash, sealed: &[u8]) -> Result<(), StoreFault> {
		let (old, time) = (stored(time.saturating_sub(KEPT))?, stored(time)?);
		self.write(|transaction| {
			transaction.execute("DELETE FROM act WHERE time < ?1", params![old])?;
			transaction.execute(
				"INSERT INTO act (time, person, sealed) VALUES (?1, ?2, ?3)",
				params![time, person.0, sealed],
			)?;
			Ok(())
		})
	}

	/// What was done, from a number on, at most `most` of it.
	pub fn acts(&self, from: u64, most: u32) -> Result<Vec<Act>, StoreFault> {
		let from = stored(from)?;
		self.read(|connection| {
			let rows = connection.query_map("SELECT number, time, person, sealed FROM act WHERE number >= ?1 ORDER BY number LIMIT ?2", params![from, most], |row| {
				Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
			})?;
			let mut acts = Vec::new();
			for (number, time, person, sealed) in rows {
				let (number, time) = (unstored(number)?, unstored(time)?);
				acts.push(Act { number, time, person: hash(person)?, sealed });
			}
			Ok(acts)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn what_was_done_is_kept_for_thirteen_months_and_its_number_is_not_given_again() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let put = |time| store.put_act(time, &Hash([1; 32]), b"sealed").unwrap();
		let numbers = |from| {
			store
				.acts(from, 2)
				.unwrap()
				.iter()
				.map(|act| (act.number, act.time))
				.collect::<Vec<_>>()
		};
		put(1_000);
		put(2_000);
		put(3_000);
		assert_eq!(numbers(0), [(1, 1_000), (2, 2_000)]);
		assert_eq!(numbers(3), [(3, 3_000)]);
		put(KEPT + 3_001);
		assert_eq!(numbers(0), [(4, KEPT + 3_001)]);
	}
}
