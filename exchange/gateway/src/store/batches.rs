//! Batches of commitments on their way to the chain.

use super::{hash, sql::params, stored, unstored, Store, StoreFault};
use salus_exchange_protocol::{
	tree::{MerklePath, MerkleTree},
	Hash,
};

/// The most records of a batch: a path is made from all of them, when it is asked for.
pub const MAX_LEAVES: u32 = 65_536;

/// A batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Batch {
	/// Its number, from 1.
	pub number: u64,
	/// The root of its tree: what the chain is told.
	pub root: Hash,
	/// How many records it has.
	pub leaves: u64,
	/// When it was closed.
	pub closed: u64,
	/// The slot that the chain has it in, once it has.
	pub slot: Option<u64>,
}

impl Store {
	/// Makes a batch of the records that are in none, the oldest first. Nothing changes it afterwards, so that its root, however
	/// often it is handed in, is one. None if no record waits.
	pub fn close_batch(&self, now: u64) -> Result<Option<Batch>, StoreFault> {
		loop {
			let waiting = self.read(|connection| {
				// Without the second condition, which always holds with the first, all that wait are sorted for each batch.
				connection.query_map(
					"SELECT number, commitment FROM record WHERE batch IS NULL AND leaf IS NULL ORDER BY number LIMIT ?1",
					params![MAX_LEAVES],
					|row| Ok((row.get::<i64>(0)?, row.get::<[u8; 32]>(1)?)),
				)
			})?;
			let (Some((first, _)), Some((last, _))) = (waiting.first(), waiting.last()) else {
				return Ok(None);
			};
			let commitments: Vec<Hash> = waiting.iter().map(|(_, bytes)| Hash(*bytes)).collect();
			// While it is hashed nobody waits for the database.
			let Some(tree) = MerkleTree::new(&commitments) else { return Ok(None) };
			let (root, leaves) = (tree.root(), tree.leaves());
			let closed = self.write(|transaction| {
				let waits: i64 = transaction.query_row(
					"SELECT count(*) FROM record WHERE batch IS NULL AND number BETWEEN ?1 AND ?2",
					params![first, last],
					|row| row.get(0),
				)?;
				// Somebody else has closed one meanwhile.
				if unstored(waits)? != leaves {
					return Ok(None);
				}
				let number: i64 = transaction.query_row(
					"INSERT INTO batch (root, leaves, closed) VALUES (?1, ?2, ?3) RETURNING number",
					params![root.0, stored(leaves)?, stored(now)?],
					|row| row.get(0),
				)?;
				// All at once: one after another they are as many round trips.
				let placed = transaction.execute(
					"UPDATE record SET batch = ?1, leaf = waiting.leaf FROM
					 (SELECT number, row_number() OVER (ORDER BY number) - 1 AS leaf FROM record WHERE batch IS NULL AND number BETWEEN ?2 AND ?3) AS waiting
					 WHERE record.number = waiting.number",
					params![number, first, last],
				)?;
				if placed != leaves {
					return Err(StoreFault::Corrupt("a batch without some of its records"));
				}
				Ok(Some(unstored(number)?))
			})?;
			if let Some(number) = closed {
				return Ok(Some(Batch { number, root, leaves, closed: now, slot: None }));
			}
		}
	}

	/// The batches that the chain is not known to have, the oldest first.
	pub fn open_batches(&self) -> Result<Vec<Batch>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT number, root, leaves, closed FROM batch WHERE slot IS NULL ORDER BY number",
				params![],
				|row| {
					Ok((
						row.get::<i64>(0)?,
						row.get::<Vec<u8>>(1)?,
						row.get::<i64>(2)?,
						row.get::<i64>(3)?,
					))
				},
			)?;
			rows.into_iter()
				.map(|(number, root, leaves, closed)| {
					Ok(Batch {
						number: unstored(number)?,
						root: hash(root)?,
						leaves: unstored(leaves)?,
						closed: unstored(closed)?,
						slot: None,
					})
				})
				.collect()
		})
	}

	/// How many records are in no batch.
	pub fn waiting(&self) -> Result<u64, StoreFault> {
		self.read(|connection| {
			unstored(connection.query_row(
				"SELECT count(*) FROM record WHERE batch IS NULL",
				params![],
				|row| row.get(0),
			)?)
		})
	}

	/// That the chain has a batch in a slot.
	pub fn anchored(&self, batch: u64, slot: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE batch SET slot = ?2 WHERE number = ?1 AND slot IS NULL",
				params![stored(batch)?, stored(slot)?],
			)?;
			Ok(())
		})
	}

	/// The slot of a record, and its path there; none while the chain is not known to have it.
	pub fn place_of(&self, record: u64) -> Result<Option<(u64, MerklePath)>, StoreFault> {
		let found = self.read(|connection| {
			let place = connection
				.query_opt(
					"SELECT batch.number, batch.slot, record.leaf FROM record JOIN batch ON batch.number = record.batch
					 WHERE record.number = ?1 AND batch.slot IS NOT NULL",
					params![stored(record)?],
					|row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)),
				)?;
			let Some((batch, slot, leaf)) = place else { return Ok(None) };
			let commitments = connection.query_map(
				"SELECT commitment FROM record WHERE batch = ?1 ORDER BY leaf",
				params![batch],
				|row| row.get::<[u8; 32]>(0).map(Hash),
			)?;
			Ok(Some((slot, leaf, commitments)))
		})?;
		let Some((slot, leaf, commitments)) = found else { return Ok(None) };
		// While it is hashed nobody waits for the database.
		let leaf = unstored(leaf)?;
		let path = MerkleTree::new(&commitments).and_then(|tree| tree.path(leaf));
		let path = path.ok_or(StoreFault::Corrupt("the place of a record in its batch"))?;
		Ok(Some((unstored(slot)?, path)))
	}
}
