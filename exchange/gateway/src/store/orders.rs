//! What the chain says of records, as far as it was seen, and in which slots of the house they are.

mod unmatched;

use super::{
	hash,
	records::put_tokens,
	sql::{params, Connection, Row},
	stored, unstored, Store, StoreFault,
};
use crate::{
	chain::orders::Anchored,
	ingest::RETRACTED,
	orders::{Order, What, AT_THE_PATIENTS_WISH},
};
use salus_exchange_protocol::Hash;
use std::collections::BTreeSet;

/// The leaf of what is said of all of a slot.
const WHOLE: i64 = -1;
/// How a wish for erasure stands whose slot was evicted before the house had answered.
const EVICTED: &str = "evicted";

/// An order, with what it is about, for the privacy officer's work list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ordered {
	/// The slot of the house.
	pub slot: u64,
	/// Of one record in a batch its leaf.
	pub leaf: Option<u64>,
	/// The record: type, id, version, and the name of its state; none of a whole batch.
	pub record: Option<(String, String, u64, String)>,
	/// What the chain says.
	pub order: Order,
}

/// A version of a record, and where it is on the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
	/// Its number, among all records.
	pub number: u64,
	/// The version, from 1.
	pub version: u64,
	/// The name of its state.
	pub state: String,
	/// The commitment to its bytes.
	pub commitment: Hash,
	/// The slot of its batch, and the leaf there, once it was seen that the chain has it.
	pub batch: Option<(u64, u64)>,
	/// The slots in which it is anchored by itself.
	pub slots: Vec<u64>,
	/// What the chain says of it.
	pub orders: Vec<Order>,
}

type Stored = (String, String, i64, Option<i64>);

/// What stands in four columns from this one on.
fn columns(row: &dyn Row, from: usize) -> Result<Stored, StoreFault> {
	let at = |more: usize| from.saturating_add(more);
	Ok((row.get(at(0))?, row.get(at(1))?, row.get(at(2))?, row.get(at(3))?))
}

fn order((what, standing, since, until): Stored) -> Result<Order, StoreFault> {
	let what = What::named(&what).ok_or(StoreFault::Corrupt("what the chain says of a slot"))?;
	let (since, until) = (unstored(since)?, until.map(unstored).transpose()?);
	Ok(Order { what, standing, since, until })
}

fn put(
	transaction: &Connection,
	(slot, leaf): (i64, i64),
	Order { what, standing, since, until }: &Order,
) -> Result<(), StoreFault> {
	transaction.execute(
		"INSERT INTO chain_order (slot, leaf, what, standing, since, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		 ON CONFLICT (slot, leaf, what) DO UPDATE SET standing = excluded.standing, since = excluded.since, until = excluded.until",
		params![slot, leaf, what.name(), standing, stored(*since)?, until.map(stored).transpose()?],
	)?;
	Ok(())
}

/// How a record is put into quarantine that does not stand.
const WITHHOLD: &str = "UPDATE record SET state = 'quarantined', judged = NULL, fault = ?2, path = '', detail = ?3, time_from = NULL, time_to = NULL
	WHERE state <> 'erased' AND current = 1 AND ";

/// Withholds what of a slot, or of a leaf there, is the current version of a record.
fn withhold(
	transaction: &Connection,
	(slot, leaf): (i64, i64),
	reason: &str,
) -> Result<(), StoreFault> {
	let detail = format!("the house has said on the chain that it does not stand: {reason}");
	let of_batch = "batch = (SELECT batch FROM own_slot WHERE slot = ?1)";
	if leaf != WHOLE {
		let sql = format!("{WITHHOLD}{of_batch} AND leaf = ?4");
		transaction.execute(&sql, params![slot, RETRACTED, detail, leaf])?;
		return Ok(());
	}
	// One after the other: each is found by an index of its own.
	for which in [of_batch, "number = (SELECT record FROM own_slot WHERE slot = ?1)"] {
		transaction.execute(&format!("{WITHHOLD}{which}"), params![slot, RETRACTED, detail])?;
	}
	Ok(())
}

impl Store {
	/// Up to which slot of the house it was looked what is anchored there.
	pub fn slots_seen(&self) -> Result<u64, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT seen FROM slots_seen WHERE \"only\" = 0";
			unstored(connection.query_row(sql, params![], |row| row.get(0))?)
		})
	}

	/// Notes what is anchored in slots of the house, as far as it is a record or a batch of the gateway; `seen` slots were looked at then.
	pub fn learn_slots(&self, anchored: &[(u64, Anchored)], seen: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for (slot, anchored) in anchored {
				let slot = stored(*slot)?;
				match anchored {
					Anchored::Single { commitment, subject, at } => transaction.execute(
						"INSERT INTO own_slot (slot, record, subject, anchored) SELECT ?1, number, ?3, ?4 FROM record WHERE commitment = ?2
						 ON CONFLICT DO NOTHING",
						params![slot, commitment.0, subject.map(|Hash(handle)| handle), stored(*at)?],
					)?,
					Anchored::Batch { root, leaves } => transaction.execute(
						"INSERT INTO own_slot (slot, batch) SELECT ?1, number FROM batch WHERE root = ?2 AND leaves = ?3 ON CONFLICT DO NOTHING",
						params![slot, root.0, stored(*leaves)?],
					)?,
					// It may have been a record of the gateway, or none.
					Anchored::ShreddedAtWish => transaction.execute(
						"INSERT INTO own_slot (slot) VALUES (?1) ON CONFLICT DO NOTHING",
						params![slot],
					)?,
				};
			}
			transaction.execute("UPDATE slots_seen SET seen = ?1", params![stored(seen)?])?;
			Ok(())
		})
	}

	/// Slots of the house that have records of the gateway, by rising number after that one, at most so many.
	pub fn own_slots(&self, after: Option<u64>, most: u32) -> Result<Vec<u64>, StoreFault> {
		let after = after.map(stored).transpose()?.unwrap_or(-1);
		self.read(|connection| {
			let sql = "SELECT slot FROM own_slot WHERE slot > ?1 ORDER BY slot LIMIT ?2";
			let slots = connection.query_map(sql, params![after, most], |row| row.get::<i64>(0))?;
			slots.into_iter().map(unstored).collect()
		})
	}

	/// Records in batches that the chain has, by rising number after that one: the number, the slot and the leaf. At most so many.
	pub fn own_leaves(&self, after: u64, most: u32) -> Result<Vec<(u64, u64, u64)>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT record.number, own_slot.slot, record.leaf FROM record JOIN own_slot ON own_slot.batch = record.batch
				 WHERE record.number > ?1 AND record.state <> 'erased' ORDER BY record.number LIMIT ?2",
				params![stored(after)?, most],
				|row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)),
			)?;
			let rows = rows.into_iter();
			rows.map(|(number, slot, leaf)| Ok((unstored(number)?, unstored(slot)?, unstored(leaf)?)))
				.collect()
		})
	}

	/// Keeps what the chain says of a slot in the place of what it said before; what was retracted stays so. With a slot that is shredded the chain
	/// forgets what stood beside it, while the record may go on leaving: whoever reads it is told as before. Tells whether that is something new.
	pub fn put_orders(&self, slot: u64, orders: &[Order]) -> Result<bool, StoreFault> {
		let slot = stored(slot)?;
		let there = self.read(|connection| {
			let sql = "SELECT what, standing, since, until FROM chain_order WHERE slot = ?1 AND leaf = ?2";
			let rows = connection.query_map(sql, params![slot, WHOLE], |row| columns(row, 0))?;
			rows.into_iter().map(order).collect::<Result<Vec<_>, _>>()
		})?;
		let is_shredded = orders.iter().any(|order| order.what == What::Shredded);
		let stays = |what: What| match what {
			What::Retracted => true,
			What::Disputed | What::Superseded => is_shredded,
			What::Erasure | What::Held | What::Shredded | What::Conflict => false,
		};
		let is_same = there.iter().all(|order| orders.contains(order) || stays(order.what))
			&& orders.iter().all(|order| there.contains(order));
		if is_same {
			return Ok(false);
		}
		self.write(|transaction| {
			for order in there.iter().filter(|order| !stays(order.what)) {
				transaction.execute(
					"DELETE FROM chain_order WHERE slot = ?1 AND leaf = ?2 AND what = ?3",
					params![slot, WHOLE, order.what.name()],
				)?;
			}
			for order in orders {
				put(transaction, (slot, WHOLE), order)?;
				if order.what == What::Retracted {
					withhold(transaction, (slot, WHOLE), &order.standing)?;
				}
			}
			Ok(true)
		})
	}

	/// Keeps that a slot was evicted: a wish for erasure that stood there waits for no answer any more, because the chain takes none. What else was
	/// known stays. Tells whether that is something new.
	pub fn put_evicted(&self, slot: u64) -> Result<bool, StoreFault> {
		let (slot, wish) = (stored(slot)?, What::Erasure.name());
		let is_open = self.read(|connection| {
			let sql = "SELECT 1 FROM chain_order WHERE slot = ?1 AND leaf = ?2 AND what = ?3 AND standing = ?4";
			connection.exists(sql, params![slot, WHOLE, wish, Order::OPEN])
		})?;
		if !is_open {
			return Ok(false);
		}
		self.write(|transaction| {
			transaction.execute(
				"UPDATE chain_order SET standing = ?4, until = NULL WHERE slot = ?1 AND leaf = ?2 AND what = ?3",
				params![slot, WHOLE, wish, EVICTED],
			)?;
			Ok(true)
		})
	}

	/// Keeps that one record in a batch was retracted. Tells whether that is something new.
	pub fn put_leaf_order(&self, slot: u64, leaf: u64, order: &Order) -> Result<bool, StoreFault> {
		let place = (stored(slot)?, stored(leaf)?);
		let is_there = self.read(|connection| {
			let sql = "SELECT 1 FROM chain_order WHERE slot = ?1 AND leaf = ?2 AND what = ?3";
			connection.exists(sql, params![place.0, place.1, order.what.name()])
		})?;
		if is_there {
			return Ok(false);
		}
		self.write(|transaction| {
			put(transaction, place, order)?;
			withhold(transaction, place, &order.standing)?;
			Ok(true)
		})
	}

	/// Whether there is anything that whoever reads a record may have to be told beside it.
	pub fn tells_of_records(&self) -> Result<bool, StoreFault> {
		let sql = "SELECT 1 FROM chain_order WHERE what IN ('disputed', 'superseded') LIMIT 1";
		self.read(|connection| connection.exists(sql, params![]))
	}

	/// What the chain says of a record: of itself, and of the batch that it is in.
	pub fn orders_of(&self, number: u64) -> Result<Vec<Order>, StoreFault> {
		self.orders_where(number, "")
	}

	/// The same without disputes by somebody else than the patient whose record it is: these are about the slot, and the house has to answer them,
	/// but they say nothing of the record.
	pub fn orders_to_tell(&self, number: u64) -> Result<Vec<Order>, StoreFault> {
		self.orders_where(number, " AND (what <> 'disputed' OR subject = patient)")
	}

	fn orders_where(&self, number: u64, condition: &str) -> Result<Vec<Order>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				&format!("SELECT what, standing, since, until FROM own_slot JOIN chain_order ON chain_order.slot = own_slot.slot AND chain_order.leaf = -1
				 JOIN record ON record.number = own_slot.record WHERE own_slot.record = ?1{condition}
				 UNION ALL
				 SELECT what, standing, since, until FROM chain_order JOIN own_slot ON own_slot.slot = chain_order.slot
				 JOIN record ON record.batch = own_slot.batch
				 WHERE record.number = ?1 AND (chain_order.leaf = -1 OR chain_order.leaf = record.leaf)"),
				params![stored(number)?],
				|row| columns(row, 0),
			)?;
			rows.into_iter().map(order).collect()
		})
	}

	/// The privacy officer's work list at a moment: first what the gateway makes nothing of by itself, about half of the list at most; then what waits for
	/// the house's answer, by when it is due, and then what is newest. A dispute whose time is over waits no more: the chain takes no answer then.
	/// At most so many.
	pub fn orders(&self, most: u32, now: u64) -> Result<Vec<Ordered>, StoreFault> {
		let mut all = self.conflicts(most.div_ceil(4))?;
		all.extend(self.unknown(most.div_ceil(4))?);
		let there = u32::try_from(all.len()).unwrap_or(u32::MAX);
		all.extend(self.known_orders(most.saturating_sub(there), now)?);
		Ok(all)
	}

	fn known_orders(&self, most: u32, now: u64) -> Result<Vec<Ordered>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT chain_order.slot, chain_order.leaf, record.type, record.id, record.version, record.state,
				 chain_order.what, chain_order.standing, chain_order.since, chain_order.until
				 FROM chain_order JOIN own_slot ON own_slot.slot = chain_order.slot
				 LEFT JOIN record ON record.number = own_slot.record OR (record.batch = own_slot.batch AND record.leaf = chain_order.leaf)
				 WHERE own_slot.record IS NOT NULL OR own_slot.batch IS NOT NULL
				 ORDER BY CASE WHEN chain_order.standing = 'open' AND (chain_order.what <> 'disputed' OR chain_order.until > ?2) THEN 0 ELSE 1 END,
				 CASE WHEN chain_order.standing = 'open' AND (chain_order.what <> 'disputed' OR chain_order.until > ?2) THEN chain_order.until
				 ELSE -chain_order.since END, chain_order.slot, chain_order.leaf, chain_order.what LIMIT ?1",
				params![most, stored(now)?],
				|row| {
					let name: (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
					let version: (Option<i64>, Option<String>) = (row.get(4)?, row.get(5)?);
					Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, name, version, columns(row, 6)?))
				},
			)?;
			let ordered = rows.into_iter().map(|(slot, leaf, name, version, of)| {
				let record = match (name, version) {
					((Some(name), Some(id)), (Some(version), Some(state))) => {
						Some((name, id, unstored(version)?, state))
					},
					_ => None,
				};
				let leaf = (leaf != WHOLE).then(|| unstored(leaf)).transpose()?;
				Ok(Ordered { slot: unstored(slot)?, leaf, record, order: order(of)? })
			});
			ordered.collect()
		})
	}

	/// How many disputes wait for the house's answer at a moment, and how many wishes for erasure. A wish may be answered late, and a dispute not.
	pub fn orders_open(&self, now: u64) -> Result<(u64, u64), StoreFault> {
		let now = stored(now)?;
		self.read(|connection| {
			let count = |what: What, from: i64| {
				let sql = "SELECT count(*) FROM chain_order WHERE what = ?1 AND standing = ?2 AND until > ?3";
				let name = what.name();
				let given = params![name, Order::OPEN, from];
				unstored(connection.query_row(sql, given, |row| row.get(0))?)
			};
			Ok((count(What::Disputed, now)?, count(What::Erasure, -1)?))
		})
	}

	/// Where each version of a record is on the chain, and what that says of it; nothing, if there is no such record.
	pub fn placed(&self, resource_type: &str, id: &str) -> Result<Vec<Placed>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT record.number, record.version, record.state, record.commitment, own_slot.slot, record.leaf
				 FROM record LEFT JOIN own_slot ON own_slot.batch = record.batch WHERE record.type = ?1 AND record.id = ?2 ORDER BY record.version",
				params![resource_type, id],
				|row| {
					let place: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
					let (state, commitment) = (row.get::<String>(2)?, row.get::<Vec<u8>>(3)?);
					Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, state, commitment, place))
				},
			)
		})?;
		let placed = rows.into_iter().map(|(number, version, state, commitment, place)| {
			let number = unstored(number)?;
			let batch = match place {
				(Some(slot), Some(leaf)) => Some((unstored(slot)?, unstored(leaf)?)),
				_ => None,
			};
			Ok(Placed {
				number,
				version: unstored(version)?,
				state,
				commitment: hash(commitment)?,
				batch,
				slots: self.slots_of(number)?,
				orders: self.orders_of(number)?,
			})
		});
		placed.collect()
	}

	/// The slots in which a record is anchored by itself.
	fn slots_of(&self, number: u64) -> Result<Vec<u64>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT slot FROM own_slot WHERE record = ?1 ORDER BY slot";
			let slots =
				connection.query_map(sql, params![stored(number)?], |row| row.get::<i64>(0))?;
			slots.into_iter().map(unstored).collect()
		})
	}

	/// What was shredded on the chain at the wish of the patient whose record it is, and is still here: number, type, id, and whether it is the current
	/// version. A slot with another subject, by an error of the house, takes nobody else's record along.
	pub fn to_erase(&self) -> Result<Vec<(u64, String, String, bool)>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT record.number, record.type, record.id, record.current FROM chain_order JOIN own_slot ON own_slot.slot = chain_order.slot
				 JOIN record ON record.number = own_slot.record
				 WHERE chain_order.what = 'shredded' AND chain_order.standing = ?1 AND record.state <> 'erased' AND own_slot.subject = record.patient
				 ORDER BY record.number",
				params![AT_THE_PATIENTS_WISH],
				|row| Ok((row.get::<i64>(0)?, row.get(1)?, row.get(2)?, row.get::<bool>(3)?)),
			)?;
			let rows = rows.into_iter();
			rows.map(|(number, name, id, is_current)| Ok((unstored(number)?, name, id, is_current)))
				.collect()
		})
	}

	/// Whether a court or a regulator wants a record to stay at this moment, in any of its versions.
	pub fn is_on_hold(&self, resource_type: &str, id: &str, now: u64) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection.exists(
				"SELECT 1 FROM chain_order JOIN own_slot ON own_slot.slot = chain_order.slot
				 JOIN record ON record.number = own_slot.record OR record.batch = own_slot.batch
				 WHERE chain_order.what = 'held' AND chain_order.until > ?3 AND record.type = ?1 AND record.id = ?2 LIMIT 1",
				params![resource_type, id, stored(now)?],
			)
		})
	}

	/// Erases one version of a record that has a newer one: its salt and what is known of it. Its file is to go then.
	pub fn erase_version(&self, number: u64) -> Result<(), StoreFault> {
		let number = stored(number)?;
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO leaving (blob, record) SELECT blob, number FROM record WHERE number = ?1 AND blob IS NOT NULL AND current = 0",
				params![number],
			)?;
			let erased = transaction.execute(
				"UPDATE record SET state = 'erased', patient = NULL, judged = NULL, fault = NULL, path = NULL, detail = NULL, time_from = NULL,
				 time_to = NULL, salt = NULL, blob = NULL WHERE number = ?1 AND current = 0",
				params![number],
			)?;
			if erased > 0 {
				put_tokens(transaction, number, &BTreeSet::new())?;
				transaction.execute("DELETE FROM around WHERE number = ?1", params![number])?;
			}
			Ok(())
		})
	}
}

#[cfg(test)]
mod tests;
