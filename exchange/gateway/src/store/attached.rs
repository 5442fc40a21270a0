//! By what the records are found that have a Binary attached.

use super::{
	records::{add_tokens, found, raw, Token, COLUMNS},
	sql::params,
	stored, Found, Store, StoreFault,
};
use std::collections::BTreeSet;

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

	/// Adds to the codes by which a record is found, unless it was erased.
	pub fn add_tokens(&self, number: u64, tokens: &BTreeSet<Token>) -> Result<(), StoreFault> {
		let number = stored(number)?;
		self.write(|transaction| {
			let sql = "SELECT 1 FROM record WHERE number = ?1 AND state <> 'erased'";
			match transaction.exists(sql, params![number])? {
				true => add_tokens(transaction, number, tokens),
				false => Ok(()),
			}
		})
	}
}
