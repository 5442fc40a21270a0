//! Epochs of datasets that this gateway has made.

use super::{
	hash,
	sql::{params, Row},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;

/// An epoch as it is kept, but for who is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EpochRow {
	/// The dataset.
	pub dataset: u32,
	/// The epoch.
	pub epoch: u32,
	/// The number of the version that was in force when it was made.
	pub made_under: u32,
	/// The time of the last final block when it was made, in seconds since 1970.
	pub made: u64,
	/// What the chain is told.
	pub root: Hash,
	/// How many are in it.
	pub people: u64,
	/// The version with this root on the chain, and when it was published.
	pub published: Option<(u32, u64)>,
}

const ROW: &str = "dataset, epoch, after, made, root, people, version, published";

struct RawEpoch {
	numbers: [i64; 5],
	root: Vec<u8>,
	published: (Option<i64>, Option<i64>),
}

fn raw(row: &dyn Row) -> Result<RawEpoch, StoreFault> {
	Ok(RawEpoch {
		numbers: [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(5)?],
		root: row.get(4)?,
		published: (row.get(6)?, row.get(7)?),
	})
}

fn small(number: i64) -> Result<u32, StoreFault> {
	u32::try_from(number).map_err(|_| StoreFault::Corrupt("a number of an epoch"))
}

fn epoch(raw: RawEpoch) -> Result<EpochRow, StoreFault> {
	let [dataset, epoch, made_under, made, people] = raw.numbers;
	let published = match raw.published {
		(Some(version), Some(at)) => Some((small(version)?, unstored(at)?)),
		_ => None,
	};
	Ok(EpochRow {
		dataset: small(dataset)?,
		epoch: small(epoch)?,
		made_under: small(made_under)?,
		made: unstored(made)?,
		root: hash(raw.root)?,
		people: unstored(people)?,
		published,
	})
}

impl Store {
	/// The epochs of a dataset, the last one first.
	pub fn epochs(&self, dataset: u32) -> Result<Vec<EpochRow>, StoreFault> {
		let sql =
			format!("SELECT {ROW} FROM research_epoch WHERE dataset = ?1 ORDER BY epoch DESC");
		self.read(|connection| {
			let rows = connection.query_map(&sql, params![dataset], raw)?;
			rows.into_iter().map(epoch).collect()
		})
	}

	/// Who is in an epoch, encrypted.
	pub fn epoch_content(&self, dataset: u32, epoch: u32) -> Result<Option<Vec<u8>>, StoreFault> {
		self.read(|connection| {
			connection.query_opt(
				"SELECT content FROM research_epoch WHERE dataset = ?1 AND epoch = ?2",
				params![dataset, epoch],
				|row| row.get(0),
			)
		})
	}

	/// Keeps an epoch, in the place of one that was made before and is not published.
	pub fn put_epoch(&self, row: &EpochRow, content: &[u8]) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"DELETE FROM research_epoch WHERE dataset = ?1 AND epoch = ?2 AND published IS NULL",
				params![row.dataset, row.epoch],
			)?;
			let changed = transaction.execute(
				"INSERT INTO research_epoch (dataset, epoch, after, made, root, people, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
				 ON CONFLICT DO NOTHING",
				params![
					row.dataset,
					row.epoch,
					row.made_under,
					stored(row.made)?,
					row.root.0,
					stored(row.people)?,
					content
				],
			)?;
			Ok(changed == 1)
		})
	}

	/// Notes with which version an epoch was published, and forgets those of the dataset before `oldest`.
	pub fn epoch_published(
		&self,
		row: &EpochRow,
		(version, at): (u32, u64),
		oldest: u32,
	) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE research_epoch SET version = ?3, published = ?4 WHERE dataset = ?1 AND epoch = ?2 AND root = ?5",
				params![row.dataset, row.epoch, version, stored(at)?, row.root.0],
			)?;
			transaction.execute(
				"DELETE FROM research_epoch WHERE dataset = ?1 AND epoch < ?2",
				params![row.dataset, oldest],
			)?;
			Ok(())
		})
	}

	/// Forgets an epoch that was never published.
	pub fn forget_epoch(&self, row: &EpochRow) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"DELETE FROM research_epoch WHERE dataset = ?1 AND epoch = ?2 AND published IS NULL",
				params![row.dataset, row.epoch],
			)?;
			Ok(())
		})
	}
}

#[cfg(test)]
mod tests {
	use super::{super::tests::Fresh, *};

	#[test]
	fn an_epoch_is_made_anew_until_it_is_published_and_kept_then() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let row = |epoch, byte| EpochRow {
			dataset: 7,
			epoch,
			made_under: 3,
			made: 50,
			root: Hash([byte; 32]),
			people: 2,
			published: None,
		};
		assert!(store.put_epoch(&row(4, 1), b"one").unwrap());
		assert!(store.put_epoch(&row(4, 2), b"two").unwrap());
		assert_eq!(store.epochs(7).unwrap(), [row(4, 2)]);
		assert_eq!(store.epoch_content(7, 4).unwrap().as_deref(), Some(&b"two"[..]));
		// Of another root nothing is noted.
		store.epoch_published(&row(4, 1), (5, 60), 0).unwrap();
		assert_eq!(store.epochs(7).unwrap()[0].published, None);
		store.epoch_published(&row(4, 2), (5, 60), 0).unwrap();
		assert!(!store.put_epoch(&row(4, 3), b"three").unwrap());
		store.forget_epoch(&row(4, 2)).unwrap();
		let kept = EpochRow { published: Some((5, 60)), ..row(4, 2) };
		assert_eq!(store.epochs(7).unwrap(), std::slice::from_ref(&kept));
		assert!(store.put_epoch(&row(5, 4), b"four").unwrap());
		assert_eq!(store.epochs(7).unwrap(), [row(5, 4), kept]);
		store.epoch_published(&row(5, 4), (6, 90), 5).unwrap();
		assert_eq!((store.epochs(7).unwrap().len(), store.epochs(8).unwrap().len()), (1, 0));
		assert_eq!(store.epoch_content(7, 4).unwrap(), None);
	}
}
