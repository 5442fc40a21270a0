//! Tokens that live, by their hashes. What has ended is deleted, and so stays ended.

use super::{
	hash,
	sql::{params, Row},
	stored, unstored, Store, StoreFault,
};
use crate::auth::{Holder, Scope, Token};
use salus_exchange_protocol::{account::Account, Hash};

/// The columns of [`read`].
const COLUMNS: &str = "hash, organisation, key, bound_to, scope, since, issued, expiry";

type Columns = (Vec<u8>, Option<u32>, Vec<u8>, Vec<u8>, String, i64, i64, i64);

fn columns(row: &dyn Row) -> Result<Columns, StoreFault> {
	Ok((
		row.get(0)?,
		row.get(1)?,
		row.get(2)?,
		row.get(3)?,
		row.get(4)?,
		row.get(5)?,
		row.get(6)?,
		row.get(7)?,
	))
}

fn holder(organisation: Option<u32>, key: Vec<u8>) -> Result<Holder, StoreFault> {
	let key = hash(key)?;
	Ok(match organisation {
		Some(number) => Holder::Organisation { number, key },
		None => Holder::Patient(Account(key.0)),
	})
}

fn token(columns: Columns) -> Result<Token, StoreFault> {
	let (of, organisation, key, bound_to, scope, since, issued, expiry) = columns;
	let holder = holder(organisation, key)?;
	Ok(Token {
		hash: hash(of)?,
		scope: Scope::read(&scope, &holder).map_err(|_| StoreFault::Corrupt("a scope"))?,
		holder,
		bound_to: hash(bound_to)?,
		since: unstored(since)?,
		issued: unstored(issued)?,
		expiry: unstored(expiry)?,
	})
}

impl Store {
	/// Keeps a token, unless its holder has `most` that live: then it is told when the first of them expires.
	pub fn keep_token(&self, token: &Token, most: u32) -> Result<Option<u64>, StoreFault> {
		let (organisation, key) = token.holder.columns();
		self.write(|transaction| {
			let now = stored(token.issued)?;
			transaction.execute("DELETE FROM access_token WHERE expiry <= ?1", params![now])?;
			let (count, first): (u32, Option<i64>) = transaction.query_row(
				"SELECT count(*), min(expiry) FROM access_token WHERE organisation IS NOT DISTINCT FROM ?1 AND (?1 IS NOT NULL OR key = ?2)",
				params![organisation, key.0],
				|row| Ok((row.get(0)?, row.get(1)?)),
			)?;
			if count >= most {
				return Ok(Some(unstored(first.unwrap_or(now))?));
			}
			transaction.execute(
				&format!("INSERT INTO access_token ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
				params![
					token.hash.0,
					organisation,
					key.0,
					token.bound_to.0,
					token.scope.as_str(),
					stored(token.since)?,
					now,
					stored(token.expiry)?,
				],
			)?;
			Ok(None)
		})
	}

	/// The token with this hash, if it lives at `now`. A clock that is set back does not bring one to life.
	pub fn token(&self, of: &Hash, now: u64) -> Result<Option<Token>, StoreFault> {
		let now = stored(now)?;
		self.read(|connection| {
			let found = connection.query_opt(
				&format!(
						"SELECT {COLUMNS} FROM access_token WHERE hash = ?1 AND issued <= ?2 AND ?2 < expiry"
					),
				params![of.0, now],
				columns,
			)?;
			found.map(token).transpose()
		})
	}

	/// Ends a token. False if none lived.
	pub fn end_token(&self, of: &Hash) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			Ok(transaction.execute("DELETE FROM access_token WHERE hash = ?1", params![of.0])? == 1)
		})
	}

	/// Ends all tokens of a holder. How many there were.
	pub fn end_tokens(&self, holder: &Holder) -> Result<u64, StoreFault> {
		let (organisation, key) = holder.columns();
		self.write(|transaction| {
			transaction.execute(
				"DELETE FROM access_token WHERE organisation IS NOT DISTINCT FROM ?1 AND key = ?2",
				params![organisation, key.0],
			)
		})
	}

	/// Forgets tokens that have expired, and tells who has some that live, each with the first moment since which the standing must have lasted.
	pub fn holders(&self, now: u64) -> Result<Vec<(Holder, u64)>, StoreFault> {
		let rows: Vec<(Option<u32>, Vec<u8>, i64)> = self.write(|transaction| {
			transaction
				.execute("DELETE FROM access_token WHERE expiry <= ?1", params![stored(now)?])?;
			transaction.query_map(
				"SELECT organisation, key, min(since) FROM access_token GROUP BY organisation, key",
				params![],
				|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
			)
		})?;
		let holders = rows
			.into_iter()
			.map(|(organisation, key, since)| Ok((holder(organisation, key)?, unstored(since)?)));
		holders.collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	fn token(number: u8, holder: Holder, issued: u64) -> Token {
		let scope = match holder {
			Holder::Organisation { .. } => "system/*.rs urn:salus:purpose:Treat",
			Holder::Patient(_) => "patient/*.rs",
		};
		Token {
			hash: Hash([number; 32]),
			holder,
			bound_to: Hash([7; 32]),
			scope: Scope::read(scope, &holder).unwrap(),
			since: issued - 2,
			issued,
			expiry: issued + 300,
		}
	}

	#[test]
	fn a_token_lives_until_it_expires_or_is_ended_and_a_holder_has_so_many() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let clinic = Holder::Organisation { number: 4, key: Hash([1; 32]) };
		let same = Holder::Organisation { number: 4, key: Hash([2; 32]) };
		let patient = Holder::Patient(Account([1; 32]));
		let first = token(1, clinic, 100);
		assert_eq!(store.keep_token(&first, 2).unwrap(), None);
		assert_eq!(store.keep_token(&token(2, same, 110), 2).unwrap(), None);
		assert_eq!(
			store.keep_token(&token(3, clinic, 110), 2).unwrap(),
			Some(400),
			"of the organisation"
		);
		assert_eq!(store.keep_token(&token(3, patient, 110), 1).unwrap(), None);
		assert_eq!(store.keep_token(&token(4, patient, 110), 1).unwrap(), Some(410));
		drop(store);
		let store = fresh.open();
		assert_eq!(store.token(&first.hash, 399).unwrap(), Some(first.clone()));
		assert_eq!(store.token(&first.hash, 400).unwrap(), None, "expired");
		assert_eq!(store.token(&first.hash, 99).unwrap(), None, "the clock was set back");
		assert_eq!(store.holders(200).unwrap().len(), 3);
		assert_eq!(store.end_tokens(&clinic).unwrap(), 1, "those of another key go on");
		assert_eq!(store.token(&first.hash, 200).unwrap(), None);
		assert!(
			store.end_token(&Hash([3; 32])).unwrap() && !store.end_token(&Hash([3; 32])).unwrap()
		);
		assert_eq!(store.holders(410).unwrap(), [], "what has expired is forgotten");
	}
}
