//! What the gateway makes nothing of by itself: slots that are about somebody else than the patient of their record, and slots of which it is not known
//! what they were.

use super::Ordered;
use crate::{
	orders::{Order, What},
	store::{sql::params, unstored, Store, StoreFault},
};

/// How a slot stands whose subject is not the patient of its record.
const OTHER_SUBJECT: &str = "other-subject";
/// How a slot with a subject stands of whose record it is not known whose it is.
const NO_PATIENT: &str = "patient-unknown";
/// How a slot stands that was shredded at the patient's wish before it was seen what is anchored there.
pub(super) const RECORD_UNKNOWN: &str = "record-unknown";

impl Store {
	/// Records that are not, or not known to be, of the patient of whom their slot is, the newest slot first, at most so many: what that patient wants
	/// of the slot is not done to the record.
	pub(super) fn conflicts(&self, most: u32) -> Result<Vec<Ordered>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT own_slot.slot, own_slot.anchored, record.patient IS NULL, record.type, record.id, record.version, record.state
				 FROM own_slot JOIN record ON record.number = own_slot.record
				 WHERE own_slot.subject IS NOT NULL AND (record.patient IS NULL OR record.patient <> own_slot.subject) AND record.state <> 'erased'
				 ORDER BY own_slot.slot DESC LIMIT ?1",
				params![most],
				|row| {
					let slot: (i64, Option<i64>, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
					let name: (String, String) = (row.get(3)?, row.get(4)?);
					Ok((slot, name, row.get::<i64>(5)?, row.get::<String>(6)?))
				},
			)
		})?;
		let rows = rows.into_iter().map(|((slot, at, is_nobodys), (name, id), version, state)| {
			let standing = if is_nobodys { NO_PATIENT } else { OTHER_SUBJECT };
			let order = Order::new(What::Conflict, standing, unstored(at.unwrap_or(0))?, None);
			let record = Some((name, id, unstored(version)?, state));
			Ok(Ordered { slot: unstored(slot)?, leaf: None, record, order })
		});
		rows.collect()
	}

	/// Slots that were shredded at the patient's wish, and of which it is not known what they were, the newest first, at most so many.
	pub(super) fn unknown(&self, most: u32) -> Result<Vec<Ordered>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT own_slot.slot, chain_order.since FROM own_slot JOIN chain_order ON chain_order.slot = own_slot.slot
				 WHERE own_slot.record IS NULL AND own_slot.batch IS NULL AND chain_order.what = 'shredded' ORDER BY own_slot.slot DESC LIMIT ?1",
				params![most],
				|row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
			)
		})?;
		let rows = rows.into_iter().map(|(slot, since)| {
			let order = Order::new(What::Shredded, RECORD_UNKNOWN, unstored(since)?, None);
			Ok(Ordered { slot: unstored(slot)?, leaf: None, record: None, order })
		});
		rows.collect()
	}

	/// How many slots there are that were shredded at the patient's wish, and of which it is not known what they were.
	pub fn shredded_unknown(&self) -> Result<u64, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT count(*) FROM own_slot WHERE record IS NULL AND batch IS NULL";
			unstored(connection.query_row(sql, params![], |row| row.get(0))?)
		})
	}
}
