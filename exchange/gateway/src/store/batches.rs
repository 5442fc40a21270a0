//! Batches of commitments on their way to the chain.

use super::{hash, stored, unstored, Store, StoreFault};
use rusqlite::{params, OptionalExtension};
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
		self.write(|transaction| {
			let mut query = transaction.prepare("SELECT number, commitment FROM record WHERE batch IS NULL ORDER BY number LIMIT ?1")?;
			let waiting = query
				.query_map([MAX_LEAVES], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?
				.collect::<Result<Vec<_>, _>>()?;
			let commitments = waiting.iter().map(|(_, bytes)| hash(bytes.clone())).collect::<Result<Vec<_>, _>>()?;
			let Some(tree) = MerkleTree::new(&commitments) else { return Ok(None) };
			transaction.execute(
				"INSERT INTO batch (root, leaves, closed) VALUES (?1, ?2, ?3)",
				params![tree.root().0, stored(tree.leaves())?, stored(now)?],
			)?;
			let number = transaction.last_insert_rowid();
			let mut update = transaction.prepare("UPDATE record SET batch = ?1, leaf = ?2 WHERE number = ?3")?;
			for (leaf, (record, _)) in (0_i64..).zip(&waiting) {
				update.execute(params![number, leaf, record])?;
			}
			let (root, leaves) = (tree.root(), tree.leaves());
			Ok(Some(Batch { number: unstored(number)?, root, leaves, closed: now, slot: None }))
		})
	}

	/// The batches that the chain is not known to have, the oldest first.
	pub fn open_batches(&self) -> Result<Vec<Batch>, StoreFault> {
		self.read(|connection| {
			let mut query = connection.prepare(
				"SELECT number, root, leaves, closed FROM batch WHERE slot IS NULL ORDER BY number",
			)?;
			let rows = query
				.query_map([], |row| {
					Ok((
						row.get::<_, i64>(0)?,
						row.get::<_, Vec<u8>>(1)?,
						row.get::<_, i64>(2)?,
						row.get::<_, i64>(3)?,
					))
				})?
				.collect::<Result<Vec<_>, _>>()?;
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
				[],
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
		self.read(|connection| {
			let place = connection
				.query_row(
					"SELECT batch.number, batch.slot, record.leaf FROM record JOIN batch ON batch.number = record.batch
					 WHERE record.number = ?1 AND batch.slot IS NOT NULL",
					[stored(record)?],
					|row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
				)
				.optional()?;
			let Some((batch, slot, leaf)) = place else { return Ok(None) };
			let mut query = connection.prepare("SELECT commitment FROM record WHERE batch = ?1 ORDER BY leaf")?;
			let commitments = query.query_map([batch], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
			let commitments = commitments.into_iter().map(hash).collect::<Result<Vec<_>, _>>()?;
			let path = MerkleTree::new(&commitments).and_then(|tree| tree.path(u64::try_from(leaf).ok()?));
			Ok(Some((unstored(slot)?, path.ok_or(StoreFault::Corrupt("the place of a record in its batch"))?)))
		})
	}
}
