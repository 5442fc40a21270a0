//! What came of comparing the access log with those of others, by day and organisation.

use super::{
	sql::{params, Row},
	stored, unstored, Store, StoreFault,
};

/// How many days are kept: a year, and a month for whoever reviews it.
const KEPT: u64 = 396;

/// How much of a day is the same in two logs, and how much is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Differences {
	/// Disclosures that both logged.
	pub matched: u64,
	/// Those that this house alone logged.
	pub only_ours: u64,
	/// Those that the other alone logged.
	pub only_theirs: u64,
	/// What was received from somebody who is not named.
	pub unattributed: u64,
	/// Of what both logged, that about which the two say different things.
	pub differing: u64,
}

/// One day with one organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
	/// The day, counted from 1970.
	pub day: u64,
	/// The other organisation.
	pub organisation: u32,
	/// When it was last tried, in seconds since 1970.
	pub tried: u64,
	/// How often it was tried.
	pub attempts: u64,
	/// Why it could not be compared when it was last tried, by its code; none if it was. What was found before stays then.
	pub fault: Option<String>,
	/// How much is the same, and how much is not.
	pub counts: Differences,
	/// The entries that differ, as JSON.
	pub found: Option<String>,
}

/// How things stand, over some days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ComparedStanding {
	/// When something was compared last, in seconds since 1970; 0 if never.
	pub last: u64,
	/// Days of organisations that could not be compared yet.
	pub unanswered: u64,
	/// What differs, added up.
	pub counts: Differences,
}

const COLUMNS: &str = "day, organisation, tried, attempts, fault, matched, only_ours, only_theirs, unattributed, differing, found";

/// A row as it is stored.
type Raw = ([i64; 3], u32, Option<String>, [i64; 5], Option<String>);

fn raw(row: &dyn Row) -> Result<Raw, StoreFault> {
	Ok((
		[row.get(0)?, row.get(2)?, row.get(3)?],
		row.get(1)?,
		row.get(4)?,
		[row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?],
		row.get(10)?,
	))
}

fn counts(
	[matched, ours, theirs, unattributed, differing]: [i64; 5],
) -> Result<Differences, StoreFault> {
	Ok(Differences {
		matched: unstored(matched)?,
		only_ours: unstored(ours)?,
		only_theirs: unstored(theirs)?,
		unattributed: unstored(unattributed)?,
		differing: unstored(differing)?,
	})
}

fn read(raw: Raw) -> Result<Compared, StoreFault> {
	let ([day, tried, attempts], organisation, fault, numbers, found) = raw;
	Ok(Compared {
		day: unstored(day)?,
		organisation,
		tried: unstored(tried)?,
		attempts: unstored(attempts)?,
		fault,
		counts: counts(numbers)?,
		found,
	})
}

impl Store {
	/// Keeps what came of a day with an organisation; `attempts` are counted here. If it could not be compared, what was found before stays.
	/// Forgets what is older than 13 months.
	pub fn put_compared(&self, each: &Compared) -> Result<(), StoreFault> {
		let old = stored(each.day.saturating_sub(KEPT))?;
		let Differences { matched, only_ours, only_theirs, unattributed, differing } = each.counts;
		let (day, tried) = (stored(each.day)?, stored(each.tried)?);
		let numbers = [matched, only_ours, only_theirs, unattributed, differing];
		let numbers: Vec<i64> = numbers.into_iter().map(stored).collect::<Result<_, _>>()?;
		let [matched, ours, theirs, unattributed, differing] = numbers.as_slice() else {
			return Err(StoreFault::Corrupt("counts of a comparison"));
		};
		self.write(|transaction| {
			transaction.execute("DELETE FROM compared WHERE day < ?1", params![old])?;
			transaction.execute(
				"INSERT INTO compared (day, organisation, tried, attempts, fault, matched, only_ours, only_theirs, unattributed, differing, found)
				 VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
				 ON CONFLICT (day, organisation) DO UPDATE SET tried = excluded.tried, attempts = compared.attempts + 1, fault = excluded.fault",
				params![
					day,
					each.organisation,
					tried,
					each.fault,
					matched,
					ours,
					theirs,
					unattributed,
					differing,
					each.found
				],
			)?;
			if each.fault.is_none() {
				transaction.execute(
					"UPDATE compared SET matched = ?3, only_ours = ?4, only_theirs = ?5, unattributed = ?6, differing = ?7, found = ?8
					 WHERE day = ?1 AND organisation = ?2",
					params![day, each.organisation, matched, ours, theirs, unattributed, differing, each.found],
				)?;
			}
			Ok(())
		})
	}

	/// Whether a day was compared with an organisation, since that moment.
	pub fn is_compared(&self, day: u64, organisation: u32, since: u64) -> Result<bool, StoreFault> {
		let (day, since) = (stored(day)?, stored(since)?);
		self.read(|connection| {
			let sql = "SELECT 1 FROM compared WHERE day = ?1 AND organisation = ?2 AND fault IS NULL AND tried >= ?3";
			connection.exists(sql, params![day, organisation, since])
		})
	}

	/// Days from one on, the oldest first, at most `most` rows.
	pub fn compared(&self, from: u64, most: u32) -> Result<Vec<Compared>, StoreFault> {
		let from = stored(from)?;
		let rows = self.read(|connection| {
			let sql = format!(
				"SELECT {COLUMNS} FROM compared WHERE day >= ?1 ORDER BY day, organisation LIMIT ?2"
			);
			connection.query_map(&sql, params![from, most], raw)
		})?;
		rows.into_iter().map(read).collect()
	}

	/// How things stand, of the days from one on.
	pub fn compared_standing(&self, from: u64) -> Result<ComparedStanding, StoreFault> {
		let from = stored(from)?;
		let (last, unanswered, numbers) = self.read(|connection| {
			let sql = "SELECT coalesce(max(tried), 0), count(fault), CAST(coalesce(sum(matched), 0) AS BIGINT), CAST(coalesce(sum(only_ours), 0) AS BIGINT),
				CAST(coalesce(sum(only_theirs), 0) AS BIGINT), CAST(coalesce(sum(unattributed), 0) AS BIGINT), CAST(coalesce(sum(differing), 0) AS BIGINT) FROM compared WHERE day >= ?1";
			connection.query_row(sql, params![from], |row| {
				let numbers = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
				Ok((row.get(0)?, row.get(1)?, numbers))
			})
		})?;
		Ok(ComparedStanding {
			last: unstored(last)?,
			unanswered: unstored(unanswered)?,
			counts: counts(numbers)?,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn a_day_that_was_compared_at_last_is_no_more_unanswered_and_old_ones_are_forgotten() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let day = |day, fault: Option<&str>, only_ours| Compared {
			day,
			organisation: 4,
			tried: day * 86_400 + 7,
			attempts: 0,
			fault: fault.map(Into::into),
			counts: Differences { matched: 1, only_ours, ..Differences::default() },
			found: None,
		};
		store.put_compared(&day(1_000, Some("unreachable"), 0)).unwrap();
		store.put_compared(&day(1_001, None, 2)).unwrap();
		let is_compared = |day, organisation| store.is_compared(day, organisation, 0).unwrap();
		assert!(!is_compared(1_000, 4) && is_compared(1_001, 4) && !is_compared(1_001, 5));
		let tried = 1_001 * 86_400 + 7;
		assert!(store.is_compared(1_001, 4, tried).unwrap());
		assert!(!store.is_compared(1_001, 4, tried + 1).unwrap(), "it was before");
		let standing = store.compared_standing(1_000).unwrap();
		assert_eq!(
			(standing.unanswered, standing.counts.only_ours, standing.last),
			(1, 2, 1_001 * 86_400 + 7)
		);
		store.put_compared(&day(1_000, None, 0)).unwrap();
		let rows = store.compared(0, 10).unwrap();
		assert_eq!(
			rows.iter().map(|row| (row.day, row.attempts)).collect::<Vec<_>>(),
			[(1_000, 2), (1_001, 1)]
		);
		assert_eq!(rows[0].fault, None);
		// Whoever does not answer in a later night takes nothing away.
		store.put_compared(&day(1_001, Some("refused"), 0)).unwrap();
		assert_eq!(store.compared(1_001, 1).unwrap()[0].counts.only_ours, 2);
		assert_eq!(store.compared_standing(1_001).unwrap().unanswered, 1);
		store.put_compared(&day(1_001, None, 2)).unwrap();
		assert_eq!(store.compared(1_001, 10).unwrap().len(), 1);
		assert_eq!(store.compared_standing(1_001).unwrap().unanswered, 0);
		store.put_compared(&day(1_000 + KEPT + 1, None, 0)).unwrap();
		let days: Vec<u64> = store.compared(0, 10).unwrap().iter().map(|row| row.day).collect();
		assert_eq!(days, [1_001, 1_000 + KEPT + 1]);
	}
}
