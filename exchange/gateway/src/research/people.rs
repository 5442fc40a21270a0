//! Who is counted: people with data of a group, whom the group fits, and who are permitted now, in the best and in the last final block. Each
//! once.

use super::{subjects::Subject, NotNow};
use crate::{
	chain::{
		facts::{Judge, Proven, Question},
		research::Basis,
		Block, Present,
	},
	decide::{Asker, Decider, Undecided, NOTHING},
	gateway::{Failure, Gateway},
	openings::Opening,
};
use salus_consent_decision::{Actor, SealedId};
use salus_counts::{
	query::{Group, Month, Query},
	values::ValueSet,
};
use salus_exchange_policy::Ask;
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	Hash,
};
use std::{collections::BTreeSet, sync::Arc};
use time::{Date, Month as OfYear};

/// The most records that are looked at for one query.
const MOST_RECORDS: usize = 8_000_000;
/// How many of them are read in one go.
const AT_ONCE: usize = 10_000;
/// How many people the chain is asked about in one go.
const TOGETHER: usize = 64;

/// A patient's record with data of a group, with the place of that group.
type Row = (Hash, u64, usize);

/// Somebody with data of groups: numbers of records, each with the place of its group.
type Found = (Hash, Vec<(u64, usize)>);

/// Somebody whom a group fits.
struct Candidate {
	patient: Hash,
	/// What must be permitted: all of one of them.
	ways: Vec<BTreeSet<Ask>>,
	openings: Vec<(SealedId, Opening)>,
}

/// More people have such data than are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TooMany;

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

impl Gateway {
	/// Records with data of the query's groups, by patient, each with the place of its group.
	pub(super) fn found_by(
		&self,
		query: &Query,
		set: &ValueSet,
	) -> Result<Result<Vec<Row>, TooMany>, Failure> {
		let mut all: Vec<Row> = Vec::new();
		for (place, group) in query.groups().iter().enumerate() {
			let times = (moments(group.from), moments(group.until));
			let (Some((from, _)), Some((_, until))) = times else { continue };
			for concept in set.concepts(&group.code).into_iter().flatten() {
				let code = (concept.system.as_str(), concept.code.as_str());
				let mut after = 0;
				loop {
					// In parts: whoever asks for a record meanwhile does not wait for all of them.
					let found = self.store.coded(code, (from, until), after, AT_ONCE)?;
					let Some((_, last)) = found.last() else { break };
					after = *last;
					if all.len().saturating_add(found.len()) > MOST_RECORDS {
						return Ok(Err(TooMany));
					}
					all.extend(found.into_iter().map(|(patient, record)| (patient, record, place)));
				}
			}
		}
		all.sort_unstable_by(|a, b| (&a.0 .0, a.1, a.2).cmp(&(&b.0 .0, b.1, b.2)));
		all.dedup();
		Ok(Ok(all))
	}

	/// Those of some people whom a group fits.
	fn fitting(&self, groups: &[Group], some: Vec<Found>) -> Result<Vec<Candidate>, Failure> {
		let mut fitting = Vec::new();
		for (patient, records) in some {
			let row = self.subject_row(&patient)?;
			let subject = row.as_ref().map(|row| self.subject(row)).transpose()?;
			let mut ways: Vec<BTreeSet<Ask>> = Vec::new();
			for (number, place) in records {
				let Some(group) = groups.get(place) else { continue };
				let known = subject.clone().unwrap_or_else(Subject::default);
				if !known.fits(group) {
					continue;
				}
				let Some(judged) = self.store.held_as(number)? else { continue };
				let mut asks = judged.asks;
				// What the group asks of the person is data of the person too.
				if group.asks_of_person() {
					asks.extend(row.iter().flat_map(|row| row.judged.asks.iter().cloned()));
				}
				if !asks.is_empty() && !ways.contains(&asks) {
					ways.push(asks);
				}
			}
			if !ways.is_empty() {
				let openings = self.kept_openings(&patient)?;
				fitting.push(Candidate { patient, ways, openings });
			}
		}
		Ok(fitting)
	}

	/// How many of some people are permitted, in both blocks.
	async fn permitted(
		&self,
		present: &Present,
		basis: Basis,
		some: Vec<Candidate>,
	) -> Result<u64, NotNow> {
		let actor = Actor::Organisation(self.config.organisation);
		let asker = Asker { actor, purpose: Purpose::Hresch, action: Action::Read };
		let questions: Vec<Question> =
			some.iter().filter_map(|each| asker.asks(&each.patient, NOTHING, None)).collect();
		if questions.is_empty() {
			return Ok(0);
		}
		let (best, finalised) = tokio::try_join!(
			Judge::prove_likely(&self.node, &present.best, &questions),
			Judge::prove_likely(&self.node, &present.finalised, &questions),
		)?;
		let mut count: u64 = 0;
		for each in some {
			let Some(question) = asker.asks(&each.patient, NOTHING, None) else { continue };
			let judge = |block: Block, all: &Proven| {
				Judge::with_proven(block, each.openings.clone(), all.likely_of(&question))
			};
			let mut judges = [judge(present.best, &best), judge(present.finalised, &finalised)];
			let is_permitted = match basis {
				Basis::Consent => {
					let decider =
						Decider::begin_with(&self.node, each.patient, asker, judges).await?;
					self.may_be_counted(decider, each.ways).await?
				},
				// A veto is heard whatever the right is by which the data is used.
				Basis::OptOut | Basis::LegalPermit(_) => {
					let [best, finalised] = &mut judges;
					best.is_not_opted_out(&self.node, &question).await?
						&& finalised.is_not_opted_out(&self.node, &question).await?
				},
			};
			if is_permitted {
				count = count.saturating_add(1);
			}
		}
		Ok(count)
	}

	/// Whether all that one record asks for is permitted.
	async fn may_be_counted(
		&self,
		mut decider: Decider<'_>,
		ways: Vec<BTreeSet<Ask>>,
	) -> Result<bool, NotNow> {
		let asks: BTreeSet<Ask> = ways.iter().flatten().cloned().collect();
		let decided = decider.decide(asks).await.map_err(|undecided| match undecided {
			Undecided::Silent(silent) => NotNow::Silent(silent),
			Undecided::Failure(failure) => NotNow::Failure(failure),
		})?;
		let is_permitted = |ask: &Ask| decided.permitted.get(ask) == Some(&true);
		Ok(ways.iter().any(|way| way.iter().all(is_permitted)))
	}

	/// How many people are in a group of the query at least.
	pub(super) async fn count_people(
		self: &Arc<Self>,
		present: &Present,
		basis: Basis,
		query: &Query,
		set: &ValueSet,
	) -> Result<Result<u64, TooMany>, NotNow> {
		let (asked, of) = (query.clone(), set.clone());
		let found = match self.blocking(move |it| it.found_by(&asked, &of)).await? {
			Ok(found) => found,
			Err(too_many) => return Ok(Err(too_many)),
		};
		let mut people = found.chunk_by(|a, b| a.0 == b.0);
		let mut count: u64 = 0;
		loop {
			let some: Vec<Found> = people
				.by_ref()
				.take(TOGETHER)
				.filter_map(|rows| {
					let (patient, ..) = rows.first()?;
					Some((*patient, rows.iter().map(|row| (row.1, row.2)).collect()))
				})
				.collect();
			if some.is_empty() {
				return Ok(Ok(count));
			}
			let groups = query.groups().to_vec();
			let fitting = self.blocking(move |it| it.fitting(&groups, some)).await?;
			count = count.saturating_add(self.permitted(present, basis, fitting).await?);
		}
	}
}

#[cfg(test)]
mod million;

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn months_are_those_of_the_calendar() {
		let of = |text| moments(Month::read(text).unwrap()).unwrap();
		assert_eq!(of("2024-02"), (1_706_745_600, 1_709_251_200));
		assert_eq!(of("2023-12"), (1_701_388_800, 1_704_067_200));
		assert_eq!(of("1969-12"), (0, 0));
	}
}
