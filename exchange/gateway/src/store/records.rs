//! Records, as far as the database knows them: what is in them, the vault has.

use super::{
	attached::forget_naming,
	hash, read_judged,
	sql::{params, Built, Connection, Row},
	stored, unstored, write_judged, Store, StoreFault,
};
use crate::{
	ingest::{AFTER_RETRACTION, LASTS, RETRACTED},
	orders::What,
};
use salus_exchange_policy::{Classified, DataTime, BINARY};
use salus_exchange_protocol::Hash;
use std::collections::{BTreeSet, HashSet};

/// A code by which a search finds a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Token {
	/// The parameter: `category`, `code`, `type`, `status`.
	pub name: String,
	/// The URL of the code's system; empty if it has none.
	pub system: String,
	/// The code.
	pub code: String,
}

/// The most bytes of a code together with its system: longer ones do not fit into the indexes of every database, and nobody searches for them.
const MAX_TOKEN: usize = 1_000;

impl Token {
	/// A code as records are found by it; none of one that is too long. Not every database holds U+0000 in a text.
	pub fn of(name: &str, system: &str, code: &str) -> Option<Self> {
		let fits = system.len().saturating_add(code.len()) <= MAX_TOKEN;
		let text = |text: &str| text.replace('\0', "\u{fffd}");
		fits.then(|| Self { name: name.into(), system: text(system), code: text(code) })
	}
}

/// How a record is to be treated, or why that is not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
	/// It is known.
	Held(Box<Classified>),
	/// It is not: the record is in quarantine.
	Quarantined {
		/// The name of the fault.
		fault: String,
		/// Where in the resource.
		path: String,
		/// In words.
		detail: String,
	},
	/// It was erased.
	Erased,
}

impl State {
	/// How it is to be treated, if that is known.
	pub fn held(&self) -> Option<&Classified> {
		match self {
			Self::Held(judged) => Some(judged),
			_ => None,
		}
	}
}

/// A record that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
	/// Its number, among all records.
	pub number: u64,
	/// The type of the resource.
	pub resource_type: String,
	/// Its id.
	pub id: String,
	/// Its version, counted from 1.
	pub version: u64,
	/// Whose it is.
	pub patient: Option<Hash>,
	/// How it is to be treated.
	pub state: State,
	/// The commitment to its bytes.
	pub commitment: Hash,
	/// The commitment's salt, encrypted; none of what was erased.
	pub salt: Option<Vec<u8>>,
	/// The file of the vault; none of what was erased.
	pub blob: Option<String>,
}

/// A record in quarantine, for the privacy officer's work list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantined {
	/// Its number, among all records.
	pub number: u64,
	/// The type of the resource.
	pub resource_type: String,
	/// Its id.
	pub id: String,
	/// The name of the fault.
	pub fault: String,
	/// Where in the resource.
	pub path: String,
	/// In words.
	pub detail: String,
	/// When it came, in seconds since 1970.
	pub received: u64,
}

/// A record that a search may find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
	/// Its number, among all records.
	pub number: u64,
	/// How it is to be treated.
	pub judged: Classified,
}

/// Codes of which a record must have one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenFilter {
	/// The parameter.
	pub name: String,
	/// The codes; of any system where none is told.
	pub any: Vec<(Option<String>, String)>,
}

/// What a search is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
	/// The patient.
	pub patient: Hash,
	/// The type.
	pub resource_type: String,
	/// The id of the resource, if only that is wanted.
	pub id: Option<String>,
	/// What codes it must have.
	pub tokens: Vec<TokenFilter>,
	/// Conditions over `time_from` and `time_to` (of the data) and `received`, each up to its value: SQL that the search writes, in
	/// which nothing of whoever asks stands.
	pub moments: Vec<(&'static str, u64)>,
	/// The number after which to go on.
	pub after: u64,
}

/// How a search for [`Candidate`]s begins.
const CANDIDATES: &str = "SELECT number, judged FROM record WHERE current = 1 AND state = 'held'";

pub(super) const COLUMNS: &str =
	"number, type, id, patient, state, judged, fault, path, detail, commitment, salt, blob, version";

/// A row of [`COLUMNS`], before it is judged.
pub(super) struct Raw {
	pub(super) number: i64,
	resource_type: String,
	id: String,
	pub(super) patient: Option<Vec<u8>>,
	pub(super) state: String,
	pub(super) judged: Option<String>,
	pub(super) fault: [Option<String>; 3],
	commitment: Vec<u8>,
	salt: Option<Vec<u8>>,
	pub(super) blob: Option<String>,
	pub(super) version: i64,
}

pub(super) fn raw(row: &dyn Row) -> Result<Raw, StoreFault> {
	Ok(Raw {
		number: row.get(0)?,
		resource_type: row.get(1)?,
		id: row.get(2)?,
		patient: row.get(3)?,
		state: row.get(4)?,
		judged: row.get(5)?,
		fault: [row.get(6)?, row.get(7)?, row.get(8)?],
		commitment: row.get(9)?,
		salt: row.get(10)?,
		blob: row.get(11)?,
		version: row.get(12)?,
	})
}

pub(super) fn found(raw: Raw) -> Result<Found, StoreFault> {
	let [fault, path, detail] = raw.fault.map(Option::unwrap_or_default);
	let state = match (raw.state.as_str(), raw.judged) {
		("held", Some(judged)) => State::Held(Box::new(read_judged(&judged)?)),
		("quarantined", _) => State::Quarantined { fault, path, detail },
		("erased", _) => State::Erased,
		_ => return Err(StoreFault::Corrupt("the state of a record")),
	};
	Ok(Found {
		number: unstored(raw.number)?,
		resource_type: raw.resource_type,
		id: raw.id,
		version: unstored(raw.version)?,
		patient: raw.patient.map(hash).transpose()?,
		state,
		commitment: hash(raw.commitment)?,
		salt: raw.salt,
		blob: raw.blob,
	})
}

/// How a record is to be treated, in the columns of the database.
pub(super) struct Columns {
	pub(super) state: &'static str,
	pub(super) judged: Option<String>,
	pub(super) fault: Option<[String; 3]>,
	pub(super) time: Option<DataTime>,
}

pub(super) fn columns(state: &State) -> Result<Columns, StoreFault> {
	Ok(match state {
		State::Held(judged) => Columns {
			state: "held",
			judged: Some(write_judged(judged)?),
			fault: None,
			time: judged.data_time,
		},
		State::Quarantined { fault, path, detail } => {
			let fault = Some([fault.clone(), path.clone(), detail.clone()]);
			Columns { state: "quarantined", judged: None, fault, time: None }
		},
		State::Erased => Columns { state: "erased", judged: None, fault: None, time: None },
	})
}

/// A moment of the data beyond what SQLite holds is the latest that it holds.
pub(super) fn moment(value: Option<u64>) -> Option<i64> {
	value.map(|value| i64::try_from(value).unwrap_or(i64::MAX))
}

pub(super) fn put_tokens(
	transaction: &Connection,
	record: i64,
	tokens: &BTreeSet<Token>,
) -> Result<(), StoreFault> {
	transaction.execute("DELETE FROM token WHERE record = ?1", params![record])?;
	add_tokens(transaction, record, tokens)
}

pub(super) fn add_tokens(
	transaction: &Connection,
	record: i64,
	tokens: &BTreeSet<Token>,
) -> Result<(), StoreFault> {
	for Token { name, system, code } in tokens {
		transaction.execute(
			"INSERT INTO token (record, name, system, code) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
			params![record, name, system, code],
		)?;
	}
	Ok(())
}

/// The codes by which a record is found.
pub(super) fn tokens_of(
	connection: &Connection,
	record: i64,
) -> Result<BTreeSet<Token>, StoreFault> {
	let sql = "SELECT name, system, code FROM token WHERE record = ?1";
	let tokens = connection.query_map(sql, params![record], |row| {
		Ok(Token { name: row.get(0)?, system: row.get(1)?, code: row.get(2)? })
	})?;
	Ok(tokens.into_iter().collect())
}

/// Puts the current version of a record into quarantine, whatever it was before, unless it was erased, or is there with a fault that lasts: with
/// another fault it would be judged anew later.
pub(super) fn put_withheld(
	transaction: &Connection,
	resource_type: &str,
	id: &str,
	fault: &str,
	detail: &str,
) -> Result<(), StoreFault> {
	let [one, other, third, fourth, fifth] = LASTS;
	transaction.execute(
		"UPDATE record SET state = 'quarantined', judged = NULL, fault = ?3, path = '', detail = ?4, time_from = NULL, time_to = NULL
		 WHERE type = ?1 AND id = ?2 AND current = 1 AND state <> 'erased' AND (fault IS NULL OR (fault <> ?5 AND fault <> ?6 AND fault <> ?7 AND fault <> ?8 AND fault <> ?9))",
		params![resource_type, id, fault, detail, one, other, third, fourth, fifth],
	)?;
	Ok(())
}

impl Store {
	/// The current version of a record, whatever its state.
	pub fn current(&self, resource_type: &str, id: &str) -> Result<Option<Found>, StoreFault> {
		let sql =
			format!("SELECT {COLUMNS} FROM record WHERE type = ?1 AND id = ?2 AND current = 1");
		self.read(|connection| {
			connection.query_opt(&sql, params![resource_type, id], raw)?.map(found).transpose()
		})
	}

	/// Whether a version of a record was retracted, and none that came after the retraction was held: whatever comes then waits for a person. That
	/// is so also of a version that was not the newest any more when it was retracted.
	pub fn is_after_retraction(&self, resource_type: &str, id: &str) -> Result<bool, StoreFault> {
		self.read(|connection| {
			let waits = connection.exists(
				"SELECT 1 FROM record WHERE type = ?1 AND id = ?2 AND fault IN (?3, ?4)
				 AND version > COALESCE((SELECT max(version) FROM record WHERE type = ?1 AND id = ?2 AND state = 'held'), 0) LIMIT 1",
				params![resource_type, id, RETRACTED, AFTER_RETRACTION],
			)?;
			if waits {
				return Ok(true);
			}
			connection.exists(
				"SELECT 1 FROM record AS one JOIN own_slot ON own_slot.record = one.number OR own_slot.batch = one.batch
				 JOIN chain_order ON chain_order.slot = own_slot.slot AND chain_order.leaf IN (-1, COALESCE(one.leaf, -1))
				 WHERE one.type = ?1 AND one.id = ?2 AND chain_order.what = ?3
				 AND NOT EXISTS (SELECT 1 FROM record AS later WHERE later.type = ?1 AND later.id = ?2 AND later.version > one.version
				 AND later.state = 'held' AND later.received > chain_order.since) LIMIT 1",
				params![resource_type, id, What::Retracted.name()],
			)
		})
	}

	/// One version of a record, whatever its state.
	pub fn versioned(
		&self,
		resource_type: &str,
		id: &str,
		version: u64,
	) -> Result<Option<Found>, StoreFault> {
		let sql =
			format!("SELECT {COLUMNS} FROM record WHERE type = ?1 AND id = ?2 AND version = ?3");
		self.read(|connection| {
			connection
				.query_opt(&sql, params![resource_type, id, stored(version)?], raw)?
				.map(found)
				.transpose()
		})
	}

	/// The record of that number, whatever its state.
	pub fn numbered(&self, number: u64) -> Result<Option<Found>, StoreFault> {
		let sql = format!("SELECT {COLUMNS} FROM record WHERE number = ?1");
		self.read(|connection| {
			connection.query_opt(&sql, params![stored(number)?], raw)?.map(found).transpose()
		})
	}

	/// What was said of the Bundle that a record came in, encrypted, if something was.
	pub fn around(&self, number: u64) -> Result<Option<Vec<u8>>, StoreFault> {
		self.read(|connection| {
			connection.query_opt(
				"SELECT bundle FROM around WHERE number = ?1",
				params![stored(number)?],
				|row| row.get(0),
			)
		})
	}

	/// What a search may find, by rising number, at most so many.
	pub fn candidates(&self, wanted: &Wanted, most: usize) -> Result<Vec<Candidate>, StoreFault> {
		let after = stored(wanted.after)?;
		let mut search = Built::new(CANDIDATES);
		search.put(" AND patient = ", &wanted.patient.0);
		search.put(" AND type = ", &wanted.resource_type);
		search.put(" AND number > ", &after);
		if let Some(id) = &wanted.id {
			search.put(" AND id = ", id);
		}
		for TokenFilter { name, any } in &wanted.tokens {
			search.put(
				" AND EXISTS (SELECT 1 FROM token WHERE token.record = record.number AND name = ",
				name,
			);
			search.add(" AND (FALSE");
			for (system, code) in any {
				search.put(" OR (code = ", code);
				if let Some(system) = system {
					search.put(" AND system = ", system);
				}
				search.add(")");
			}
			search.add("))");
		}
		let moments = wanted.moments.iter();
		let moments = moments.map(|(condition, value)| Ok((*condition, stored(*value)?)));
		let moments = moments.collect::<Result<Vec<_>, StoreFault>>()?;
		for (condition, value) in &moments {
			search.add(" AND ");
			search.put(condition, value);
		}
		self.found_by(search, most)
	}

	fn found_by(&self, search: Built, most: usize) -> Result<Vec<Candidate>, StoreFault> {
		let most = stored(most)?;
		let mut search: Built = search;
		search.put(" ORDER BY number LIMIT ", &most);
		let rows = self.read(|connection| {
			connection.query_map(search.sql(), search.values(), |row| {
				Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
			})
		})?;
		let candidates = rows.into_iter().map(|(number, judged)| {
			Ok(Candidate { number: unstored(number)?, judged: read_judged(&judged)? })
		});
		candidates.collect()
	}

	/// What is held of a patient, of some types or of all, by rising number after that one.
	pub fn all_of(
		&self,
		patient: &Hash,
		types: &BTreeSet<String>,
		after: u64,
		most: usize,
	) -> Result<Vec<Candidate>, StoreFault> {
		let after = stored(after)?;
		let mut search = Built::new(CANDIDATES);
		search.put(" AND patient = ", &patient.0);
		search.put(" AND number > ", &after);
		if !types.is_empty() {
			for (at, each) in types.iter().enumerate() {
				search.put(if at == 0 { " AND type IN (" } else { ", " }, each);
			}
			search.add(")");
		}
		self.found_by(search, most)
	}

	/// What is in quarantine, by rising number, after that one.
	pub fn quarantined(&self, after: u64, most: u32) -> Result<Vec<Quarantined>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map("SELECT number, type, id, fault, path, detail, received FROM record WHERE state = 'quarantined' AND number > ?1 ORDER BY number LIMIT ?2", params![stored(after)?, most], |row| Ok((row.get::<i64>(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?], row.get::<i64>(6)?)))?;
			rows.into_iter()
				.map(|(number, [resource_type, id, fault, path, detail], received)| {
					Ok(Quarantined { number: unstored(number)?, resource_type, id, fault, path, detail, received: unstored(received)? })
				})
				.collect()
		})
	}

	/// Erases a record in all its versions: salts and what is known of them. Their files are to go then ([`Store::leaving_of`]). False if there is
	/// no such record. Commitments stay: without its salt a commitment says nothing, and others are in trees with it.
	pub fn erase(&self, resource_type: &str, id: &str) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let named = params![resource_type, id];
			let sql = "SELECT number FROM record WHERE type = ?1 AND id = ?2";
			let versions = transaction.query_map(sql, named, |row| row.get::<i64>(0))?;
			if versions.is_empty() {
				return Ok(false);
			}
			transaction.execute(
				"INSERT INTO leaving (blob, record) SELECT blob, number FROM record WHERE type = ?1 AND id = ?2 AND blob IS NOT NULL",
				named,
			)?;
			if resource_type == BINARY {
				forget_naming(transaction, id)?;
			}
			for number in &versions {
				put_tokens(transaction, *number, &BTreeSet::new())?;
				transaction.execute("DELETE FROM around WHERE number = ?1", params![number])?;
			}
			transaction.execute(
				"UPDATE record SET state = 'erased', patient = NULL, judged = NULL, fault = NULL, path = NULL, detail = NULL, time_from = NULL,
				 time_to = NULL, salt = NULL, blob = NULL WHERE type = ?1 AND id = ?2",
				named,
			)?;
			Ok(true)
		})
	}

	/// The files of the vault that belong to records, or are written down to go, of those whose names, of hexadecimal digits, begin so.
	pub fn blobs(&self, start: &str) -> Result<HashSet<String>, StoreFault> {
		self.read(|connection| {
			// No digit comes after `f`.
			let names: Vec<String> = connection.query_map(
				"SELECT blob FROM record WHERE blob >= ?1 AND blob < ?2 UNION ALL SELECT blob FROM leaving WHERE blob >= ?1 AND blob < ?2",
				params![start, format!("{start}g")],
				|row| row.get(0),
			)?;
			Ok(names.into_iter().collect())
		})
	}
}
