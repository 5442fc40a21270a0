//! By what the records are found that have a Binary attached, and what all that ever had it attached has told of it.

use super::{
	records::{add_tokens, found, raw, Token, COLUMNS},
	sql::{params, Connection},
	stored, unstored, Found, Store, StoreFault,
};
use crate::binary_named::{fewer_classes, CLASS};
use std::collections::BTreeSet;

/// What is told of a Binary by something whose labels are not known: the number of that record.
const UNKNOWN: &str = "unknown";

/// How it is added to what is told.
const ADD: &str =
	"INSERT INTO named_by (id, host, what, value) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";

/// What a record that has Binaries attached tells of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Naming {
	/// Which Binaries these may be: each by its host, which is empty if the record names none, and its id.
	pub meant: BTreeSet<(String, String)>,
	/// What it tells of them: of which kind, and what.
	pub told: BTreeSet<(String, String)>,
	/// Whether its labels are known.
	pub is_known: bool,
	/// Whether all that was said of it was looked at: if not, what was not known before is not known by this.
	pub is_whole: bool,
}

/// A record that is not held as the current version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotCurrent {
	/// Its number.
	pub number: u64,
	/// Its file.
	pub blob: String,
	/// Why it is in quarantine, if it is.
	pub fault: Option<String>,
}

/// Adds what a record tells of Binaries to what is known of these. Nothing that was told before is taken back, but that the labels of this record
/// are not known, once they are.
pub(super) fn put_naming(
	transaction: &Connection,
	number: i64,
	naming: &Naming,
) -> Result<(), StoreFault> {
	let record = number.to_string();
	for (host, id) in &naming.meant {
		for (what, value) in &naming.told {
			transaction.execute(ADD, params![id, host, what, value])?;
		}
		merge_classes(transaction, id, host)?;
		match (naming.is_known, naming.is_whole) {
			(true, true) => transaction.execute(
				"DELETE FROM named_by WHERE id = ?1 AND host = ?2 AND what = ?3 AND value = ?4",
				params![id, host, UNKNOWN, record],
			)?,
			(true, false) => 0,
			(false, _) => transaction.execute(ADD, params![id, host, UNKNOWN, record])?,
		};
	}
	Ok(())
}

/// Whether [`put_naming`] would change nothing.
pub(super) fn is_told(
	connection: &Connection,
	number: i64,
	naming: &Naming,
) -> Result<bool, StoreFault> {
	let unknown = (UNKNOWN.to_owned(), number.to_string());
	for (host, id) in &naming.meant {
		let sql = "SELECT what, value FROM named_by WHERE id = ?1 AND host = ?2";
		let there: Vec<(String, String)> =
			connection.query_map(sql, params![id, host], |row| Ok((row.get(0)?, row.get(1)?)))?;
		let there: BTreeSet<(String, String)> = there.into_iter().collect();
		let is_unknown = there.contains(&unknown);
		let is_marked = match (naming.is_known, naming.is_whole) {
			(true, true) => !is_unknown,
			(true, false) => true,
			(false, _) => is_unknown,
		};
		if !is_marked || !naming.told.is_subset(&there) {
			return Ok(false);
		}
	}
	Ok(true)
}

/// Puts fewer rows in the place of many that tell of which classes and times a Binary is: a document that is saved each day with its date would have
/// more each day, and then no more would be looked at.
fn merge_classes(transaction: &Connection, id: &str, host: &str) -> Result<(), StoreFault> {
	let sql = "SELECT value FROM named_by WHERE id = ?1 AND host = ?2 AND what = ?3";
	let there: Vec<String> =
		transaction.query_map(sql, params![id, host, CLASS], |row| row.get(0))?;
	let Some(fewer) = fewer_classes(&there) else { return Ok(()) };
	transaction.execute(
		"DELETE FROM named_by WHERE id = ?1 AND host = ?2 AND what = ?3",
		params![id, host, CLASS],
	)?;
	for value in fewer {
		transaction.execute(ADD, params![id, host, CLASS, value])?;
	}
	Ok(())
}

/// Forgets what was told of a Binary.
pub(super) fn forget_naming(transaction: &Connection, id: &str) -> Result<(), StoreFault> {
	transaction.execute("DELETE FROM named_by WHERE id = ?1", params![id])?;
	Ok(())
}

impl Store {
	/// The current versions of records that have this code, of no system, under a name: whatever their state, but for what was erased. At most so
	/// many: no more rows than that are read, however many have it.
	pub fn with_token(
		&self,
		name: &str,
		code: &str,
		most: usize,
	) -> Result<Vec<Found>, StoreFault> {
		let sql = format!(
			"SELECT {COLUMNS} FROM token JOIN record ON record.number = token.record
			 WHERE token.name = ?1 AND token.system = '' AND token.code = ?2 AND current = 1 AND state <> 'erased' ORDER BY token.record LIMIT ?3"
		);
		self.read(|connection| {
			let rows = connection.query_map(&sql, params![name, code, stored(most)?], raw)?;
			rows.into_iter().map(found).collect()
		})
	}

	/// The codes that a record has under a name.
	pub fn tokens_named(&self, number: u64, name: &str) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT code FROM token WHERE record = ?1 AND name = ?2 ORDER BY code";
			connection.query_map(sql, params![stored(number)?, name], |row| row.get(0))
		})
	}

	/// Adds what a record tells of Binaries to what is known of these.
	pub fn put_naming(&self, number: u64, naming: &Naming) -> Result<(), StoreFault> {
		let number = stored(number)?;
		self.write(|transaction| put_naming(transaction, number, naming))
	}

	/// What was told of the Binary of that id at a host, by kind, and whether there is something of which the labels are not known: at most so many.
	pub fn naming(
		&self,
		id: &str,
		host: &str,
		most: usize,
	) -> Result<(Vec<(String, String)>, bool), StoreFault> {
		let most = stored(most)?;
		let mut told: Vec<(String, String)> = self.read(|connection| {
			let sql = "SELECT what, value FROM named_by WHERE id = ?1 AND host = ?2 ORDER BY what, value LIMIT ?3";
			connection.query_map(sql, params![id, host, most], |row| Ok((row.get(0)?, row.get(1)?)))
		})?;
		let all = told.len();
		told.retain(|(what, _)| what != UNKNOWN);
		let is_unknown = told.len() < all;
		Ok((told, is_unknown))
	}

	/// Records that are not the held ones: in quarantine, or held before they had a newer version. Their numbers, files and faults, by rising number
	/// after that one, at most so many.
	pub fn not_current(&self, after: u64, most: u32) -> Result<Vec<NotCurrent>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT number, blob, fault FROM record WHERE (state = 'quarantined' OR (state = 'held' AND current = 0)) AND number > ?1 ORDER BY number LIMIT ?2",
				params![stored(after)?, most],
				|row| Ok((row.get::<i64>(0)?, row.get(1)?, row.get(2)?)),
			)
		})?;
		let rows = rows.into_iter();
		rows.map(|(number, blob, fault)| Ok(NotCurrent { number: unstored(number)?, blob, fault }))
			.collect()
	}

	/// Adds to the codes by which a record is found, unless it was erased.
	pub fn add_tokens(&self, number: u64, tokens: &BTreeSet<Token>) -> Result<(), StoreFault> {
		self.add_all_tokens([(number, tokens)])
	}

	/// The same of several.
	pub fn add_all_tokens<'a>(
		&self,
		all: impl IntoIterator<Item = (u64, &'a BTreeSet<Token>)>,
	) -> Result<(), StoreFault> {
		let all = all.into_iter().filter(|(_, tokens)| !tokens.is_empty());
		let all: Vec<(u64, &BTreeSet<Token>)> = all.collect();
		if all.is_empty() {
			return Ok(());
		}
		self.write(|transaction| {
			for (number, tokens) in all {
				let number = stored(number)?;
				let sql = "SELECT 1 FROM record WHERE number = ?1 AND state <> 'erased'";
				if transaction.exists(sql, params![number])? {
					add_tokens(transaction, number, tokens)?;
				}
			}
			Ok(())
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	fn naming(told: &[(&str, &str)], is_known: bool) -> Naming {
		let pair = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
		let meant = [("h.example", "b"), ("", "b")].iter().map(pair).collect();
		Naming { meant, told: told.iter().map(pair).collect(), is_known, is_whole: true }
	}

	#[test]
	fn what_was_told_stays_and_what_was_not_known_is_told_later() {
		let fresh = Fresh::new();
		{
			let store = fresh.open();
			store.put_naming(1, &naming(&[("label", "Hiv")], true)).unwrap();
			store.put_naming(2, &naming(&[], false)).unwrap();
			store.put_naming(1, &naming(&[("label", "Psy")], true)).unwrap();
		}
		let store = fresh.open();
		let labels = ["Hiv", "Psy"].map(|name| ("label".to_owned(), name.to_owned())).to_vec();
		for host in ["", "h.example"] {
			assert_eq!(store.naming("b", host, 9).unwrap(), (labels.clone(), true), "{host}");
		}
		assert_eq!(store.naming("b", "x", 9).unwrap(), (vec![], false));
		assert_eq!(store.naming("c", "", 9).unwrap(), (vec![], false));
		let not_whole = Naming { is_whole: false, ..naming(&[], true) };
		store.put_naming(2, &not_whole).unwrap();
		assert!(store.naming("b", "", 9).unwrap().1, "not by a part of what was said");
		store.put_naming(2, &naming(&[], true)).unwrap();
		assert_eq!(store.naming("b", "", 9).unwrap(), (labels, false));
		assert_eq!(store.naming("b", "", 1).unwrap().0.len(), 1);
		// However often a document is saved, each time with another date.
		for day in 0..200_u64 {
			let class = format!("Documents {day} {}", day + 1);
			store.put_naming(3, &naming(&[("class", &class)], true)).unwrap();
			assert!(store.naming("b", "", 99).unwrap().0.len() <= 2 + 32, "{day}");
		}
		let (told, _) = store.naming("b", "", 99).unwrap();
		let classes = told.iter().filter(|(what, _)| what == "class");
		let first =
			classes.map(|(_, value)| value.as_str()).find(|it| it.starts_with("Documents 0 "));
		let first = first.expect("the first time is told still");
		assert!(first.split(' ').nth(2).unwrap().parse::<u64>().unwrap() > 150, "{first}");
		store.write(|transaction| forget_naming(transaction, "b")).unwrap();
		assert_eq!(store.naming("b", "h.example", 9).unwrap(), (vec![], false));
	}
}
