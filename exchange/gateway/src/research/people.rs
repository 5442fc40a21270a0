//! Who is counted, and who is in a dataset: people with data of a group, whom the group fits, and who are permitted now, in the best and in the last final block. Each
//! once.
//!
//! Records are found by their codes, put into the order of their patients, as many as are in memory at a time ([`ranges`]), and looked at many people at
//! a time: some queries of the database for thousands of people, and one proof of the chain for more than a hundred. All of it ends at a moment that is
//! given.

mod ranges;

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
use ranges::{cut_there, end_of, Row, Search, Spread};
use salus_consent_decision::{Actor, SealedId};
use salus_counts::{
	epoch::{Ground, Participant},
	query::{Group, Query},
	values::ValueSet,
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
use tokio::task::JoinSet;

/// How many people the chain is asked about in one proof: eight keys for each, in an answer that a node gives.
const TOGETHER: usize = 128;
/// How many such proofs are asked for at a time.
const PROOFS: usize = 4;

/// Somebody whom a group fits.
struct Candidate {
	patient: Hash,
	/// What must be permitted: all of one of them.
	ways: BTreeSet<BTreeSet<Ask>>,
	openings: Vec<(SealedId, Opening)>,
}

impl Gateway {
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
			let mut ways: BTreeSet<BTreeSet<Ask>> = BTreeSet::new();
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
				if !asks.is_empty() {
					ways.insert(asks);
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
			let judges = [judge(present.best, &best), judge(present.finalised, &finalised)];
			let by = match basis {
				// A directive that lets research, and nothing else: a base decision of Permit is no consent.
				Basis::Consent => {
					let decider =
						Decider::begin_with(&self.node, each.patient, asker, judges).await?;
					self.counted_by(decider, each.ways).await?
				},
				// A veto is heard whatever the right is by which the data is used. Here nothing else is: a denial is not.
				Basis::OptOut | Basis::LegalPermit(_) => {
					self.has_not_opted_out(judges, &question).await?.then_some(Ground::Unspoken)
				},
			};
			permitted.extend(by.map(|by| Participant { patient: each.patient.0, by }));
		}
		Ok(permitted)
	}

	/// Whether somebody has not opted out: by neither block, nor by one that was the best when it was looked at and of which it is not final yet
	/// whether it stays.
	async fn has_not_opted_out(
		&self,
		[mut best, mut finalised]: [Judge; 2],
		question: &Question,
	) -> Result<bool, NotNow> {
		let [at_best, at_final] = [&best, &finalised].map(|judge| judge.block().number);
		let by_best = best.is_not_opted_out(&self.node, question).await?;
		let by_final = finalised.is_not_opted_out(&self.node, question).await?;
		let withdrawn = &self.node.withdrawn;
		// `at` keeps this note apart from those of decisions, none of which is asked for with it: a directive that was taken back is no veto.
		let veto = Question { at: Some(0), ..question.clone() };
		Ok(match (by_best, by_final) {
			(false, true) => {
				withdrawn.note(&veto, at_best, at_final);
				false
			},
			(true, true) => !withdrawn.holds(&veto, at_final),
			_ => false,
		})
	}

	/// The directive that lets all that one record asks for, if there is one.
	async fn counted_by(
		&self,
		mut decider: Decider<'_>,
		ways: BTreeSet<BTreeSet<Ask>>,
	) -> Result<Option<Ground>, NotNow> {
		let asks: BTreeSet<Ask> = ways.iter().flatten().cloned().collect();
		decider.decide(asks).await.map_err(|undecided| match undecided {
			Undecided::Silent(silent) => NotNow::Silent(silent),
			Undecided::Failure(failure) => NotNow::Failure(failure),
		})?;
		Ok(ways.iter().filter_map(|way| decider.directive(way)).min())
	}

	/// How many people are in a group of the query at least. It ends at the moment `until`.
	pub(super) async fn count_people(
		self: &Arc<Self>,
		present: Present,
		basis: Basis,
		(query, set): (&Query, &ValueSet),
		until: Instant,
	) -> Result<Result<u64, NotCounted>, NotNow> {
		self.count_found((present, basis), Search::of_query(query, set, until)).await
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
		self.people_found((present, basis), Search::of_dataset(&sets, until)).await
	}

	async fn count_found(
		self: &Arc<Self>,
		now: (Present, Basis),
		search: Search,
	) -> Result<Result<u64, NotCounted>, NotNow> {
		let mut count = 0_u64;
		let add = |some: Vec<Participant>| {
			count = count.saturating_add(u64::try_from(some.len()).unwrap_or(u64::MAX));
		};
		let done = self.each_permitted(now, search, add).await?;
		Ok(done.map(|()| count))
	}

	async fn people_found(
		self: &Arc<Self>,
		now: (Present, Basis),
		search: Search,
	) -> Result<Result<Vec<Participant>, NotCounted>, NotNow> {
		let mut people = Vec::new();
		let add = |some: Vec<Participant>| people.extend(some);
		let done = self.each_permitted(now, search, add).await?;
		Ok(done.map(|()| people))
	}

	/// Hands over those who are permitted, of people with records of a search whom a group fits: each once, some at a time and in no order.
	async fn each_permitted(
		self: &Arc<Self>,
		(present, basis): (Present, Basis),
		search: Search,
		mut add: impl FnMut(Vec<Participant>),
	) -> Result<Result<(), NotCounted>, NotNow> {
		let until = search.until;
		let (mut running, mut spread) = (JoinSet::new(), Spread::default());
		let mut after: Option<Row> = None;
		loop {
			let next = search.clone();
			let found = match self.blocking(move |it| it.range_of(&next, after)).await? {
				Ok(found) => Arc::new(found),
				Err(not) => return Ok(Err(not)),
			};
			let mut from = 0_usize;
			while let Some(to) = end_of(&found.rows, from) {
				if let Some(patient) = cut_there(&found, to) {
					spread.note(patient);
				}
				let (part, groups) = (Arc::clone(&found), Arc::clone(&search.groups));
				let looked = move |it: &Self| {
					it.fitting(&groups, part.rows.get(from..to).unwrap_or_default())
				};
				let mut fitting = self.blocking(looked).await?;
				from = to;
				while !fitting.is_empty() {
					let rest = fitting.split_off(fitting.len().min(TOGETHER));
					let some = std::mem::replace(&mut fitting, rest);
					if running.len() >= PROOFS {
						add(spread.keep(next_of(&mut running).await?));
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
			match found.rows.last() {
				Some(last) if !found.is_last => after = Some(*last),
				_ => break,
			}
		}
		while !running.is_empty() {
			add(spread.keep(next_of(&mut running).await?));
			if Instant::now() >= until {
				return Ok(Err(NotCounted::TooLong));
			}
		}
		add(spread.all());
		Ok(Ok(()))
	}
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
