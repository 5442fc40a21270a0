//! Who is counted, and who is in a dataset: people with data of a group, whom the group fits, and who are permitted now, in the best and in the last final block. Each
//! once.
//!
//! Records are found by their codes, put into the order of their patients, and looked at many people at a time: some queries of the database for
//! thousands of people, and one proof of the chain for more than a hundred. All of it ends at a moment that is given.

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
	store::{read_judged, NotCounted},
};
use salus_consent_decision::{Actor, SealedId};
use salus_counts::{
	epoch::{Ground, Participant},
	query::{Group, Month, Query, YEARS},
	values::{Concept, ValueSet},
};
use salus_exchange_policy::Ask;
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	Hash,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	io,
	sync::Arc,
	time::Instant,
};
use time::{Date, Month as OfYear};
use tokio::task::JoinSet;

/// The most records that are looked at for one query: as many rows are in memory at a time, of 48 bytes.
const MOST_RECORDS: usize = 8_000_000;
/// How many of them are found in one go.
const AT_ONCE: usize = 10_000;
/// For how many more there is room made when there is none.
const MORE: usize = 1_000_000;
/// Of how many records the patients are looked at in one go.
const LOOKED_AT: usize = 32_768;
/// How many people the chain is asked about in one proof: eight keys for each, in an answer that a node gives.
const TOGETHER: usize = 128;
/// How many such proofs are asked for at a time.
const PROOFS: usize = 4;

/// A patient's record with data of a group, with the place of that group.
type Row = (Hash, u64, usize);

/// Somebody whom a group fits.
struct Candidate {
	patient: Hash,
	/// What must be permitted: all of one of them.
	ways: Vec<BTreeSet<Ask>>,
	openings: Vec<(SealedId, Opening)>,
}

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
		until: Instant,
	) -> Result<Result<Vec<Row>, NotCounted>, Failure> {
		let wanted = query.groups().iter().enumerate().flat_map(|(place, group)| {
			let concepts = set.concepts(&group.code).into_iter().flatten();
			concepts.map(move |concept| (place, group, concept))
		});
		self.rows_of(wanted, until)
	}

	/// Records with these concepts, each in the time of its group, by patient.
	fn rows_of<'a>(
		&self,
		wanted: impl Iterator<Item = (usize, &'a Group, &'a Concept)>,
		until: Instant,
	) -> Result<Result<Vec<Row>, NotCounted>, Failure> {
		let mut all: Vec<Row> = Vec::new();
		for (place, group, concept) in wanted {
			let times = (moments(group.from), moments(group.until));
			let (Some((from, _)), Some((_, to))) = times else { continue };
			let code = (concept.system.as_str(), concept.code.as_str());
			let mut after = 0;
			loop {
				if Instant::now() >= until {
					return Ok(Err(NotCounted::TooLong));
				}
				// In parts: whoever asks for a record meanwhile does not wait for all of them.
				let found = self.store.coded(code, (from, to), after, AT_ONCE)?;
				let Some((_, last)) = found.last() else { break };
				after = *last;
				if all.len().saturating_add(found.len()) > MOST_RECORDS {
					return Ok(Err(NotCounted::TooMany));
				}
				// Not twice what there is, as it would grow by itself.
				if all.capacity().saturating_sub(all.len()) < found.len() {
					all.reserve_exact(MORE);
				}
				all.extend(found.into_iter().map(|(patient, record)| (patient, record, place)));
			}
		}
		all.sort_unstable_by(|a, b| (&a.0 .0, a.1, a.2).cmp(&(&b.0 .0, b.1, b.2)));
		all.dedup();
		Ok(Ok(all))
	}

	/// Those whom a group fits, of people with these records: all that are found of each of them.
	fn fitting(&self, groups: &[Group], rows: &[Row]) -> Result<Vec<Candidate>, Failure> {
		let mut patients: Vec<Hash> = rows.iter().map(|(patient, ..)| *patient).collect();
		patients.dedup();
		// Where no group asks what somebody is like, nobody is looked up.
		let subjects = match groups.iter().any(Group::asks_of_person) {
			true => self.subjects(&patients)?,
			false => BTreeMap::new(),
		};
		let unknown = Subject::default();
		let fits = |(patient, _, place): &&Row| {
			let known = subjects.get(patient).map_or(&unknown, |(subject, _)| subject);
			groups.get(*place).is_some_and(|group| known.fits(group))
		};
		let fitting: Vec<&Row> = rows.iter().filter(fits).collect();
		let mut numbers: Vec<u64> = fitting.iter().map(|(_, number, _)| *number).collect();
		numbers.sort_unstable();
		numbers.dedup();
		let held = self.store.judged_of(&numbers)?.into_iter();
		let asks: BTreeMap<u64, BTreeSet<Ask>> = held
			.map(|(number, judged)| Ok((number, read_judged(&judged)?.asks)))
			.collect::<Result<_, Failure>>()?;
		let mut candidates = Vec::new();
		for own in fitting.chunk_by(|a, b| a.0 == b.0) {
			let Some((patient, ..)) = own.first() else { continue };
			let mut ways: Vec<BTreeSet<Ask>> = Vec::new();
			let mut of_person = None;
			for (_, number, place) in own {
				// One that is held no more since it was found counts for nothing.
				let Some(mut asks) = asks.get(number).cloned() else { continue };
				// What the group asks of the person is data of the person too.
				if groups.get(*place).is_some_and(Group::asks_of_person) {
					if of_person.is_none() {
						let judged = subjects.get(patient).map(|(_, row)| read_judged(&row.judged));
						of_person = Some(judged.transpose()?.map(|it| it.asks).unwrap_or_default());
					}
					asks.extend(of_person.iter().flatten().cloned());
				}
				if !asks.is_empty() && !ways.contains(&asks) {
					ways.push(asks);
				}
			}
			if !ways.is_empty() {
				candidates.push(Candidate { patient: *patient, ways, openings: Vec::new() });
			}
		}
		self.with_openings(candidates)
	}

	/// The same people, each with the openings that the house keeps.
	fn with_openings(&self, mut candidates: Vec<Candidate>) -> Result<Vec<Candidate>, Failure> {
		let patients: Vec<Hash> = candidates.iter().map(|each| each.patient).collect();
		let mut kept = BTreeMap::<Hash, Vec<(SealedId, Opening)>>::new();
		for (patient, sealed, content) in self.store.openings_of(&patients)? {
			let opening = self.kept_opening(&patient, sealed, &content)?;
			kept.entry(patient).or_default().push((sealed, opening));
		}
		for each in &mut candidates {
			each.openings = kept.remove(&each.patient).unwrap_or_default();
		}
		Ok(candidates)
	}

	/// Those of some people who are permitted, in both blocks.
	async fn permitted(
		&self,
		present: Present,
		basis: Basis,
		some: Vec<Candidate>,
	) -> Result<Vec<Participant>, NotNow> {
		let actor = Actor::Organisation(self.config.organisation);
		let asker = Asker { actor, purpose: Purpose::Hresch, action: Action::Read };
		let questions: Vec<Question> =
			some.iter().filter_map(|each| asker.asks(&each.patient, NOTHING, None)).collect();
		if questions.is_empty() {
			return Ok(Vec::new());
		}
		let (best, finalised) = tokio::try_join!(
			Judge::prove_likely(&self.node, &present.best, &questions),
			Judge::prove_likely(&self.node, &present.finalised, &questions),
		)?;
		let mut permitted = Vec::new();
		for each in some {
			let Some(question) = asker.asks(&each.patient, NOTHING, None) else { continue };
			let judge = |block: Block, all: &Proven| {
				Judge::with_proven(block, each.openings.clone(), all.likely_of(&question))
			};
			let mut judges = [judge(present.best, &best), judge(present.finalised, &finalised)];
			let by = match basis {
				Basis::Consent => {
					let decider =
						Decider::begin_with(&self.node, each.patient, asker, judges).await?;
					self.counted_by(decider, each.ways).await?
				},
				// A veto is heard whatever the right is by which the data is used. Here nothing else is: a denial is not.
				Basis::OptOut | Basis::LegalPermit(_) => {
					let [best, finalised] = &mut judges;
					let is_permitted = best.is_not_opted_out(&self.node, &question).await?
						&& finalised.is_not_opted_out(&self.node, &question).await?;
					is_permitted.then_some(Ground::Unspoken)
				},
			};
			permitted.extend(by.map(|by| Participant { patient: each.patient.0, by }));
		}
		Ok(permitted)
	}

	/// What lets all that one record asks for, if something does.
	async fn counted_by(
		&self,
		mut decider: Decider<'_>,
		ways: Vec<BTreeSet<Ask>>,
	) -> Result<Option<Ground>, NotNow> {
		let asks: BTreeSet<Ask> = ways.iter().flatten().cloned().collect();
		let decided = decider.decide(asks).await.map_err(|undecided| match undecided {
			Undecided::Silent(silent) => NotNow::Silent(silent),
			Undecided::Failure(failure) => NotNow::Failure(failure),
		})?;
		let is_permitted = |ask: &Ask| decided.permitted.get(ask) == Some(&true);
		let permitted = ways.iter().filter(|way| way.iter().all(is_permitted));
		Ok(permitted.map(|way| decider.ground(way)).min())
	}

	/// How many people are in a group of the query at least. It ends at the moment `until`.
	pub(super) async fn count_people(
		self: &Arc<Self>,
		present: Present,
		basis: Basis,
		(query, set): (&Query, &ValueSet),
		until: Instant,
	) -> Result<Result<u64, NotCounted>, NotNow> {
		let (asked, of) = (query.clone(), set.clone());
		let found = match self.blocking(move |it| it.found_by(&asked, &of, until)).await? {
			Ok(found) => found,
			Err(not) => return Ok(Err(not)),
		};
		let mut count = 0_u64;
		let add = |some: Vec<Participant>| {
			count = count.saturating_add(u64::try_from(some.len()).unwrap_or(u64::MAX));
		};
		let done = self.each_permitted((present, basis), query.groups(), found, until, add).await?;
		Ok(done.map(|()| count))
	}

	/// All who are in a dataset with these value sets: whoever would be counted by a query with one of their codes, whatever its time. It ends at
	/// the moment `until`.
	pub(super) async fn people_of(
		self: &Arc<Self>,
		present: Present,
		basis: Basis,
		sets: Vec<ValueSet>,
		until: Instant,
	) -> Result<Result<Vec<Participant>, NotCounted>, NotNow> {
		let (Some(from), Some(last)) = (Month::of(YEARS.0, 1), Month::of(YEARS.1, 12)) else {
			return Ok(Ok(Vec::new()));
		};
		let code = String::new();
		let any = [Group { code, from, until: last, age: None, sex: None, region: None }];
		let group = any.clone();
		let looked = move |it: &Self| {
			let concepts: BTreeSet<&Concept> =
				sets.iter().flat_map(ValueSet::all_concepts).collect();
			let wanted =
				concepts.into_iter().flat_map(|each| group.iter().map(move |it| (0, it, each)));
			it.rows_of(wanted, until)
		};
		let found = match self.blocking(looked).await? {
			Ok(found) => found,
			Err(not) => return Ok(Err(not)),
		};
		let mut people = Vec::new();
		let add = |some: Vec<Participant>| people.extend(some);
		let done = self.each_permitted((present, basis), &any, found, until, add).await?;
		Ok(done.map(|()| people))
	}

	/// Hands over those who are permitted, of people with these records whom a group fits, some at a time and in no order.
	async fn each_permitted(
		self: &Arc<Self>,
		(present, basis): (Present, Basis),
		groups: &[Group],
		found: Vec<Row>,
		until: Instant,
		mut add: impl FnMut(Vec<Participant>),
	) -> Result<Result<(), NotCounted>, NotNow> {
		let (found, groups): (_, Arc<[Group]>) = (Arc::new(found), groups.into());
		let mut running = JoinSet::new();
		let mut from = 0_usize;
		while let Some(to) = end_of(&found, from) {
			let (rows, groups) = (Arc::clone(&found), Arc::clone(&groups));
			let looked =
				move |it: &Self| it.fitting(&groups, rows.get(from..to).unwrap_or_default());
			let mut fitting = self.blocking(looked).await?;
			from = to;
			while !fitting.is_empty() {
				let rest = fitting.split_off(fitting.len().min(TOGETHER));
				let some = std::mem::replace(&mut fitting, rest);
				if running.len() >= PROOFS {
					add(next_of(&mut running).await?);
				}
				if Instant::now() >= until {
					return Ok(Err(NotCounted::TooLong));
				}
				let gateway = Arc::clone(self);
				running.spawn(async move { gateway.permitted(present, basis, some).await });
			}
			if Instant::now() >= until {
				return Ok(Err(NotCounted::TooLong));
			}
		}
		while !running.is_empty() {
			add(next_of(&mut running).await?);
			if Instant::now() >= until {
				return Ok(Err(NotCounted::TooLong));
			}
		}
		Ok(Ok(()))
	}
}

/// Where the part of the rows that begins there ends, with all rows of its last patient; none behind the last row.
fn end_of(rows: &[Row], from: usize) -> Option<usize> {
	let (last, _, _) = rows.get(from..)?.iter().take(LOOKED_AT).next_back()?;
	let after = from.saturating_add(LOOKED_AT).min(rows.len());
	let more = rows.get(after..)?.iter().take_while(|(patient, ..)| patient == last).count();
	Some(after.saturating_add(more))
}

/// What comes of one that runs.
async fn next_of(
	running: &mut JoinSet<Result<Vec<Participant>, NotNow>>,
) -> Result<Vec<Participant>, NotNow> {
	match running.join_next().await {
		None => Ok(Vec::new()),
		Some(Ok(done)) => done,
		Some(Err(error)) => Err(Failure::Io(io::Error::other(error)).into()),
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

	#[test]
	fn a_part_has_all_rows_of_each_of_its_patients() {
		let row = |patient: u8, number| (Hash([patient; 32]), number, 0);
		let many = u64::try_from(LOOKED_AT).unwrap();
		let mut rows: Vec<Row> = (0..many - 1).map(|number| row(1, number)).collect();
		assert_eq!(end_of(&rows, 0), Some(LOOKED_AT - 1));
		// The patient of the last row has three more, and another one comes then.
		rows.extend((0..4).map(|number| row(2, number)).chain([row(3, 0)]));
		assert_eq!(end_of(&rows, 0), Some(LOOKED_AT + 3));
		assert_eq!(end_of(&rows, LOOKED_AT + 3), Some(LOOKED_AT + 4));
		assert_eq!(end_of(&rows, LOOKED_AT + 4), None);
		assert_eq!(end_of(&[], 0), None);
	}
}
