//! Records with the codes of a search, in the order of their patients: a range of that order at a time. As many are in memory together, however many a house has.
//!
//! The database finds records by their codes, in the order in which they are stored. So each range takes one look at all of them, and keeps those that are
//! in it. Where it ends is found on the way: when there is no more room, the half that comes last is left to the next range.

use crate::{
	gateway::{Failure, Gateway},
	store::NotCounted,
};
use salus_counts::{
	epoch::{Ground, Participant},
	query::{Group, Month, Query, YEARS},
	values::{Concept, ValueSet},
};
use salus_exchange_protocol::Hash;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::Instant,
};
use time::{Date, Month as OfYear};

/// The most records that are in memory at a time, of 48 bytes, for one that looks for people. A count and an epoch do so at the same time.
const MOST_RECORDS: usize = 5_000_000;
/// How many of them are found in one go.
const AT_ONCE: usize = 10_000;
/// For how many more there is room made when there is none.
const MORE: usize = 1_000_000;
/// Of how many records the patients are looked at in one go.
pub(super) const LOOKED_AT: usize = 32_768;

/// A patient's record with data of a group, with the place of that group.
pub(super) type Row = (Hash, u64, usize);

/// The first moment of a month, and of the next one, in seconds since 1970; 0 before that.
fn moments(month: Month) -> Option<(u64, u64)> {
	let first = |(year, month): (u32, u32)| {
		let month = OfYear::try_from(u8::try_from(month).ok()?).ok()?;
		let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, 1).ok()?;
		let moment = date.midnight().assume_utc().unix_timestamp();
		Some(u64::try_from(moment).unwrap_or(0))
	};
	let (year, number) = month.parts();
	let next = match number {
		12 => (year.saturating_add(1), 1),
		_ => (year, number.saturating_add(1)),
	};
	Some((first((year, number))?, first(next)?))
}

/// Records that are looked for: with this concept, and of a time from its first moment to just before the second, for the group at this place.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wanted {
	concept: Concept,
	time: (u64, u64),
	place: usize,
}

/// Whom a count, or an epoch, looks for, and until when.
#[derive(Clone, Debug)]
pub(super) struct Search {
	wanted: Arc<[Wanted]>,
	/// Whoever is in one of these at least.
	pub(super) groups: Arc<[Group]>,
	/// When it ends.
	pub(super) until: Instant,
	/// How many records are in memory at a time.
	most: usize,
}

impl Search {
	fn new<'a>(
		wanted: impl Iterator<Item = (usize, &'a Group, &'a Concept)>,
		groups: &[Group],
		until: Instant,
	) -> Self {
		let wanted = wanted.filter_map(|(place, group, concept)| {
			let ((from, _), (_, to)) = (moments(group.from)?, moments(group.until)?);
			Some(Wanted { concept: concept.clone(), time: (from, to), place })
		});
		Self { wanted: wanted.collect(), groups: groups.into(), until, most: MOST_RECORDS }
	}

	/// Those with data of the query's groups.
	pub(super) fn of_query(query: &Query, set: &ValueSet, until: Instant) -> Self {
		let wanted = query.groups().iter().enumerate().flat_map(|(place, group)| {
			let concepts = set.concepts(&group.code).into_iter().flatten();
			concepts.map(move |concept| (place, group, concept))
		});
		Self::new(wanted, query.groups(), until)
	}

	/// Those with data of one of the codes of these value sets, whatever its time.
	pub(super) fn of_dataset(sets: &[ValueSet], until: Instant) -> Self {
		let whole = Month::of(YEARS.0, 1).zip(Month::of(YEARS.1, 12));
		let group = |(from, until)| Group {
			code: String::new(),
			from,
			until,
			age: None,
			sex: None,
			region: None,
		};
		let groups: Vec<Group> = whole.map(group).into_iter().collect();
		let concepts: BTreeSet<&Concept> = sets.iter().flat_map(ValueSet::all_concepts).collect();
		let wanted = groups.iter().enumerate().flat_map(|(place, group)| {
			concepts.iter().map(move |concept| (place, group, *concept))
		});
		Self::new(wanted, &groups, until)
	}

	/// The same with another number of records in memory.
	#[cfg(test)]
	pub(super) fn with_most(self, most: usize) -> Self {
		Self { most, ..self }
	}
}

/// The records of a range.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Found {
	/// By their patients, each once.
	pub(super) rows: Vec<Row>,
	/// Whether there are none behind them.
	pub(super) is_last: bool,
}

/// A range that is being filled.
struct Filling {
	/// It begins behind this one; without one at the first of all.
	after: Option<Row>,
	/// It ends before this one, once there were more than there is room for.
	before: Option<Row>,
	rows: Vec<Row>,
	most: usize,
}

impl Filling {
	const fn new(after: Option<Row>, most: usize) -> Self {
		Self { after, before: None, rows: Vec::new(), most }
	}

	fn has(&self, row: &Row) -> bool {
		self.after.is_none_or(|after| after < *row) && self.before.is_none_or(|end| *row < end)
	}

	/// Takes what is of this range, whatever the order.
	fn take(&mut self, found: impl Iterator<Item = Row>) {
		for row in found {
			if self.rows.len() >= self.most {
				self.leave_half();
			}
			if !self.has(&row) {
				continue;
			}
			// Not twice what there is, as it would grow by itself.
			if self.rows.len() == self.rows.capacity() {
				self.rows.reserve_exact(MORE.min(self.most));
			}
			self.rows.push(row);
		}
	}

	/// By their patients, and what was found by two concepts once.
	fn put_in_order(&mut self) {
		self.rows.sort_unstable();
		self.rows.dedup();
	}

	/// Leaves the half that comes last to the next range. There is always one left here: so each range is of some rows.
	fn leave_half(&mut self) {
		self.put_in_order();
		let half = self.most.div_ceil(2);
		if let Some(first) = self.rows.get(half) {
			self.before = Some(*first);
			self.rows.truncate(half);
		}
	}

	fn done(mut self) -> Found {
		self.put_in_order();
		Found { rows: self.rows, is_last: self.before.is_none() }
	}
}

impl Gateway {
	/// The records of a search behind `after`, as many as are in memory at a time.
	pub(super) fn range_of(
		&self,
		search: &Search,
		after: Option<Row>,
	) -> Result<Result<Found, NotCounted>, Failure> {
		let mut filling = Filling::new(after, search.most);
		for Wanted { concept, time, place } in search.wanted.iter() {
			let code = (concept.system.as_str(), concept.code.as_str());
			let mut last = 0;
			loop {
				if Instant::now() >= search.until {
					return Ok(Err(NotCounted::TooLong));
				}
				// In parts: whoever asks for a record meanwhile does not wait for all of them.
				let found = self.store.coded(code, *time, last, AT_ONCE)?;
				let Some((_, number)) = found.last() else { break };
				last = *number;
				filling.take(found.into_iter().map(|(patient, record)| (patient, record, *place)));
			}
		}
		Ok(Ok(filling.done()))
	}
}

/// Where the part of the rows that begins there ends: with the last row of its last patient, unless that one has as many more as a part has; none behind
/// the last row.
pub(super) fn end_of(rows: &[Row], from: usize) -> Option<usize> {
	let (last, _, _) = rows.get(from..)?.iter().take(LOOKED_AT).next_back()?;
	let after = from.saturating_add(LOOKED_AT).min(rows.len());
	let more = rows.get(after..)?.iter().take(LOOKED_AT);
	Some(after.saturating_add(more.take_while(|(patient, ..)| patient == last).count()))
}

/// Whose rows go on behind the part that ends there, or may go on in the next range.
pub(super) fn cut_there(found: &Found, to: usize) -> Option<Hash> {
	let (last, ..) = found.rows.get(to.checked_sub(1)?)?;
	let goes_on = found.rows.get(to).map_or(!found.is_last, |(next, ..)| next == last);
	goes_on.then_some(*last)
}

/// People whose records are in several parts, with what lets each of them be counted by the parts that were looked at: so that each is there once.
#[derive(Default)]
pub(super) struct Spread(BTreeMap<[u8; 32], Option<Ground>>);

impl Spread {
	/// Notes somebody, before the first of the parts is looked at.
	pub(super) fn note(&mut self, patient: Hash) {
		self.0.entry(patient.0).or_default();
	}

	/// Keeps those who are noted, and hands back all others.
	pub(super) fn keep(&mut self, mut some: Vec<Participant>) -> Vec<Participant> {
		some.retain(|each| match self.0.get_mut(&each.patient) {
			None => true,
			Some(known) => {
				*known = Some(known.map_or(each.by, |known| known.min(each.by)));
				false
			},
		});
		some
	}

	/// Those who were kept.
	pub(super) fn all(self) -> Vec<Participant> {
		let kept = self.0.into_iter();
		kept.filter_map(|(patient, by)| by.map(|by| Participant { patient, by })).collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn row(patient: u8, number: u64) -> Row {
		(Hash([patient; 32]), number, 0)
	}

	#[test]
	fn months_are_those_of_the_calendar() {
		let of = |text| moments(Month::read(text).unwrap()).unwrap();
		assert_eq!(of("2024-02"), (1_706_745_600, 1_709_251_200));
		assert_eq!(of("2023-12"), (1_701_388_800, 1_704_067_200));
		assert_eq!(of("1969-12"), (0, 0));
	}

	#[test]
	fn a_part_has_all_rows_of_each_of_its_patients() {
		let many = u64::try_from(LOOKED_AT).unwrap();
		let mut rows: Vec<Row> = (0..many - 1).map(|number| row(1, number)).collect();
		assert_eq!(end_of(&rows, 0), Some(LOOKED_AT - 1));
		// The patient of the last row has three more, and another one comes then.
		rows.extend((0..4).map(|number| row(2, number)).chain([row(3, 0)]));
		assert_eq!(end_of(&rows, 0), Some(LOOKED_AT + 3));
		assert_eq!(end_of(&rows, LOOKED_AT + 3), Some(LOOKED_AT + 4));
		assert_eq!(end_of(&rows, LOOKED_AT + 4), None);
		assert_eq!(end_of(&[], 0), None);
		let found = Found { rows, is_last: true };
		assert_eq!([LOOKED_AT + 3, LOOKED_AT + 4].map(|to| cut_there(&found, to)), [None; 2]);
	}

	#[test]
	fn who_has_more_rows_than_two_parts_is_in_several_of_them() {
		let many = u64::try_from(2 * LOOKED_AT).unwrap();
		let rows = (0..=many).map(|number| row(1, number)).chain([row(2, 0)]).collect();
		let found = Found { rows, is_last: false };
		assert_eq!(end_of(&found.rows, 0), Some(2 * LOOKED_AT));
		assert_eq!(cut_there(&found, 2 * LOOKED_AT), Some(Hash([1; 32])));
		let end = end_of(&found.rows, 2 * LOOKED_AT);
		assert_eq!(end, Some(found.rows.len()));
		// The one of the last row may have more of them in the next range.
		assert_eq!(cut_there(&found, found.rows.len()), Some(Hash([2; 32])));
		let last = Found { is_last: true, ..found };
		assert_eq!(cut_there(&last, last.rows.len()), None);
	}

	/// The ranges of these rows with room for so many.
	fn ranges(rows: &[Row], most: usize) -> Vec<Vec<Row>> {
		let mut ranges: Vec<Vec<Row>> = Vec::new();
		loop {
			let after = ranges.last().and_then(|range| range.last()).copied();
			let mut filling = Filling::new(after, most);
			for some in rows.chunks(7) {
				filling.take(some.iter().copied());
				assert!(filling.rows.len() <= most.max(2), "{}", filling.rows.len());
			}
			let Found { rows, is_last } = filling.done();
			assert!(is_last || !rows.is_empty(), "it would never end");
			ranges.push(rows);
			if is_last {
				return ranges;
			}
		}
	}

	#[test]
	fn ranges_have_all_rows_in_their_order_each_once_whatever_room_there_is() {
		// In no order, some of them twice.
		let mut rows: Vec<Row> =
			(0..400_u64).map(|at| row(u8::try_from(at * 37 % 91).unwrap(), at * 13 % 29)).collect();
		rows.extend_from_within(..100);
		let mut whole = rows.clone();
		whole.sort_unstable();
		whole.dedup();
		assert!(whole.len() > 300 && whole.len() < rows.len());
		for most in [1, 2, 3, 10, 99, 250, whole.len() - 1] {
			let ranges = ranges(&rows, most);
			assert!(ranges.len() > 1, "{most}");
			assert_eq!(ranges.concat(), whole, "{most}");
		}
		assert_eq!(ranges(&rows, rows.len()), [whole.clone()]);
		// What was found twice takes no room for good.
		assert_eq!(ranges(&[[row(1, 1); 50].as_slice(), &[row(2, 1)]].concat(), 10).len(), 1);
		assert_eq!(ranges(&[], 10), [Vec::<Row>::new()]);
	}

	#[test]
	fn who_is_in_several_parts_is_there_once_with_what_is_named_first() {
		let of = |patient, by| Participant { patient: [patient; 32], by };
		let mut spread = Spread::default();
		for patient in [2, 3, 4] {
			spread.note(Hash([patient; 32]));
		}
		let others = spread.keep(vec![
			of(1, Ground::Directive(9)),
			of(2, Ground::Sealed(1)),
			of(3, Ground::Directive(5)),
		]);
		assert_eq!(others, [of(1, Ground::Directive(9))]);
		let found = vec![of(3, Ground::Directive(8)), of(2, Ground::Directive(7))];
		assert_eq!(spread.keep(found), []);
		// The one that is left is let by no part.
		assert_eq!(spread.all(), [of(2, Ground::Directive(7)), of(3, Ground::Directive(5))]);
	}
}
