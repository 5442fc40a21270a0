//! What is kept of the chain for when it is silent.

use super::{
	hash,
	sql::{params, Row},
	stored, unstored, Store, StoreFault,
};
use crate::{
	chain::{finality::Followed, Block},
	standby::Kept,
};
use codec::{DecodeAll, Encode};
use salus_exchange_protocol::Hash;

/// Of whom something is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Of {
	/// The organisation itself.
	House,
	/// Somebody of its staff, by account.
	Staff([u8; 32]),
	/// A patient who is linked, by handle.
	Patient(Hash),
}

impl Of {
	fn key(&self) -> (i64, Vec<u8>) {
		match self {
			Self::House => (0, Vec::new()),
			Self::Staff(who) => (1, who.to_vec()),
			Self::Patient(handle) => (2, handle.0.to_vec()),
		}
	}

	fn read(kind: i64, id: Vec<u8>) -> Result<Self, StoreFault> {
		match kind {
			0 => Ok(Self::House),
			1 => Ok(Self::Staff(hash(id)?.0)),
			2 => Ok(Self::Patient(hash(id)?)),
			_ => Err(StoreFault::Corrupt("what is kept of whom")),
		}
	}
}

impl Store {
	/// Of whom what is kept is from before that moment, the oldest first: the house and its staff before all patients. Those are few, and what is
	/// taken away from them must be known the soonest.
	pub fn kept_before(&self, time: u64, most: u32) -> Result<Vec<Of>, StoreFault> {
		const OURS: &str =
			"SELECT kind, id FROM standby WHERE kind IN (0, 1) AND time < ?1 ORDER BY kind, time LIMIT ?2";
		const ALL: &str = "SELECT kind, id FROM standby WHERE time < ?1 ORDER BY time LIMIT ?2";
		let time = stored(time)?;
		let rows = self.read(|connection| {
			let read = |sql| {
				let row = |row: &dyn Row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?));
				connection.query_map(sql, params![time, most], row)
			};
			let mut rows = read(OURS)?;
			rows.extend(read(ALL)?.into_iter().filter(|(kind, _)| !matches!(kind, 0 | 1)));
			Ok(rows)
		})?;
		let most = usize::try_from(most).unwrap_or(usize::MAX);
		rows.into_iter().take(most).map(|(kind, id)| Of::read(kind, id)).collect()
	}

	/// Keeps what a final block has of some, in the place of what was kept of no later one: who looked earlier may write later. Of somebody who is no longer to be kept nothing is.
	pub fn keep(&self, block: &Block, kept: &[(Of, Vec<u8>)]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for (of, content) in kept {
				let (kind, id) = of.key();
				transaction.execute(
					"UPDATE standby SET content = ?3, number = ?4, hash = ?5, time = ?6 WHERE kind = ?1 AND id = ?2
					 AND (number IS NULL OR number <= ?4)",
					params![kind, id, content, stored(block.number)?, block.hash.0, stored(block.time)?],
				)?;
			}
			Ok(())
		})
	}

	/// What is kept of somebody, and of which block; none if nothing is.
	pub fn kept(&self, of: &Of) -> Result<Option<Kept>, StoreFault> {
		let (kind, id) = of.key();
		let row = self.read(|connection| {
			connection.query_opt("SELECT content, number, hash, time FROM standby WHERE kind = ?1 AND id = ?2 AND content IS NOT NULL", params![kind, id], |row| {
				Ok((
					row.get::<Vec<u8>>(0)?,
					row.get::<u32>(1)?,
					row.get::<Vec<u8>>(2)?,
					row.get::<i64>(3)?,
				))
			})
		})?;
		let Some((content, number, block, time)) = row else { return Ok(None) };
		Ok(Some(Kept { content, number, hash: hash(block)?, time: unstored(time)? }))
	}

	/// The latest moment of which anything is kept, in seconds since 1970; 0 if nothing is.
	pub fn kept_last(&self) -> Result<u64, StoreFault> {
		self.read(|connection| {
			unstored(
				connection
					.query_row("SELECT max(time) FROM standby", params![], |row| row.get(0))?,
			)
		})
	}

	/// The authorities of the chain with the hash `genesis`, as far as they were followed; none if they were not.
	pub fn followed(&self, genesis: &Hash) -> Result<Option<Followed>, StoreFault> {
		let row = self.read(|connection| {
			connection.query_opt(
				"SELECT \"set\", authorities, number, hash FROM followed WHERE genesis = ?1",
				params![genesis.0],
				|row| {
					Ok((
						row.get::<i64>(0)?,
						row.get::<Vec<u8>>(1)?,
						row.get::<u32>(2)?,
						row.get::<Vec<u8>>(3)?,
					))
				},
			)
		})?;
		let Some((set, list, number, block)) = row else { return Ok(None) };
		let list = Vec::<([u8; 32], u64)>::decode_all(&mut list.as_slice())
			.map_err(|_| StoreFault::Corrupt("the authorities of the chain"))?;
		let authorities = list.into_iter().map(|(key, weight)| (Hash(key), weight)).collect();
		Ok(Some(Followed { set: unstored(set)?, authorities, number, hash: hash(block)? }))
	}

	/// Keeps how far the authorities of a chain were followed.
	pub fn keep_followed(&self, genesis: &Hash, followed: &Followed) -> Result<(), StoreFault> {
		let Followed { set, authorities, number, hash } = followed;
		let list: Vec<([u8; 32], u64)> =
			authorities.iter().map(|(key, weight)| (key.0, *weight)).collect();
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO followed (one, genesis, \"set\", authorities, number, hash) VALUES (1, ?1, ?2, ?3, ?4, ?5)
				 ON CONFLICT (one) DO UPDATE SET genesis = excluded.genesis, \"set\" = excluded.\"set\", authorities = excluded.authorities,
				 number = excluded.number, hash = excluded.hash",
				params![genesis.0, stored(*set)?, list.encode(), number, hash.0],
			)?;
			Ok(())
		})
	}

	/// Puts people on the list of the house's staff, and takes others off it. What is kept of who stays is kept on.
	pub fn change_staff(&self, add: &[[u8; 32]], remove: &[[u8; 32]]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for who in add {
				transaction.execute(
					"INSERT INTO standby (kind, id) VALUES (1, ?1) ON CONFLICT DO NOTHING",
					params![who],
				)?;
			}
			for who in remove {
				transaction
					.execute("DELETE FROM standby WHERE kind = 1 AND id = ?1", params![who])?;
			}
			Ok(())
		})
	}

	/// The house's staff, each with the moment of which is known what the chain says of them; 0 if it is not known.
	pub fn staff(&self) -> Result<Vec<([u8; 32], u64)>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT id, time FROM standby WHERE kind = 1 ORDER BY id",
				params![],
				|row| Ok((row.get::<Vec<u8>>(0)?, row.get::<i64>(1)?)),
			)?;
			rows.into_iter().map(|(who, time)| Ok((hash(who)?.0, unstored(time)?))).collect()
		})
	}

	/// Whether somebody is on that list.
	pub fn is_staff(&self, who: &[u8; 32]) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection.exists("SELECT 1 FROM standby WHERE kind = 1 AND id = ?1", params![who])
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn the_house_and_its_staff_do_not_wait_for_patients() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let staff = [7; 32];
		store.change_staff(&[staff], &[]).unwrap();
		store
			.write(|transaction| {
				transaction.execute("UPDATE standby SET time = 5", params![])?;
				for byte in 0..10_u8 {
					let sql = "INSERT INTO standby (kind, id, time) VALUES (2, ?1, ?2)";
					transaction.execute(sql, params![[byte; 32], byte % 2])?;
				}
				Ok(())
			})
			.unwrap();
		let found = store.kept_before(10, 4).unwrap();
		assert_eq!(found[..2], [Of::House, Of::Staff(staff)]);
		assert!(found[2..].iter().all(|of| matches!(of, Of::Patient(_))) && found.len() == 4);
		assert_eq!(store.kept_before(10, 100).unwrap().len(), 12, "each once");
		assert_eq!(store.kept_before(5, 100).unwrap().len(), 10, "what is fresh is left alone");
	}

	#[test]
	fn what_an_earlier_block_had_does_not_take_the_place_of_what_a_later_one_has() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let of = Of::Staff([7; 32]);
		store.change_staff(&[[7; 32]], &[]).unwrap();
		let block = |number| Block {
			hash: Hash([1; 32]),
			number,
			state_root: Hash([0; 32]),
			time: u64::from(number),
		};
		for (number, expected) in [(7, 7), (6, 7), (7, 7), (8, 8)] {
			store.keep(&block(number), &[(of, vec![1])]).unwrap();
			assert_eq!(store.kept(&of).unwrap().unwrap().number, expected);
		}
	}
}
