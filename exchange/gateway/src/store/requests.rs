//! Which requests were answered: each is, once.

use super::{sql::params, stored, Store, StoreFault};
use salus_exchange_protocol::Hash;

impl Store {
	/// Claims the id of a request until it expires. False if it was claimed before, or may have been: what has expired is
	/// forgotten, and a clock that is set back does not bring it to life.
	pub fn claim(&self, id: &Hash, expiry: u64, now: u64) -> Result<bool, StoreFault> {
		let (expiry, now) = (stored(expiry)?, stored(now)?);
		self.write(|transaction| {
			let horizon: i64 =
				transaction.query_row("SELECT moment FROM horizon", params![], |row| row.get(0))?;
			let horizon = horizon.max(now);
			transaction.execute("UPDATE horizon SET moment = ?1", params![horizon])?;
			transaction.execute("DELETE FROM request WHERE expiry <= ?1", params![horizon])?;
			if expiry <= horizon {
				return Ok(false);
			}
			let new = transaction.execute(
				"INSERT INTO request (id, expiry) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
				params![id.0, expiry],
			)?;
			Ok(new == 1)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn a_request_is_claimed_once_also_after_a_restart_and_if_the_clock_is_set_back() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let id = |byte| Hash([byte; 32]);
		assert!(store.claim(&id(1), 100, 50).unwrap());
		assert!(!store.claim(&id(1), 100, 50).unwrap());
		drop(store);
		let store = fresh.open();
		assert!(!store.claim(&id(1), 100, 50).unwrap());
		assert!(store.claim(&id(2), 300, 200).unwrap(), "forgets the first");
		assert!(!store.claim(&id(1), 100, 50).unwrap());
		assert!(
			!store.claim(&id(3), 200, 50).unwrap(),
			"expired by the latest moment there has been"
		);
	}
}
