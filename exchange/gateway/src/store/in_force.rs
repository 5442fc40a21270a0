//! Which version of label rules counts here.

use super::{hash, sql::params, Store, StoreFault};
use salus_exchange_protocol::Hash;

/// Whose label rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
	/// Those of the house, which two have approved.
	House,
	/// Those that come with the program.
	Gateway,
}

impl Whose {
	const fn name(self) -> &'static str {
		match self {
			Self::House => "house",
			Self::Gateway => "gateway",
		}
	}
}

/// Label rules as they were taken: their version, and a hash of what they say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InForce {
	/// Their version.
	pub version: u32,
	/// A hash of them.
	pub rules: Hash,
}

impl Store {
	/// The rules that count; none if there never were any.
	pub fn rules_in_force(&self, whose: Whose) -> Result<Option<InForce>, StoreFault> {
		let row = self.read(|connection| {
			let sql = "SELECT version, rules FROM rules_in_force WHERE whose = ?1";
			connection.query_opt(sql, params![whose.name()], |row| Ok((row.get(0)?, row.get(1)?)))
		})?;
		row.map(|(version, rules)| Ok(InForce { version, rules: hash(rules)? })).transpose()
	}

	/// These count from now on.
	pub fn put_in_force(&self, whose: Whose, rules: &InForce) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO rules_in_force (whose, version, rules) VALUES (?1, ?2, ?3)
				 ON CONFLICT (whose) DO UPDATE SET version = excluded.version, rules = excluded.rules",
				params![whose.name(), rules.version, rules.rules.0],
			)?;
			Ok(())
		})
	}
}
