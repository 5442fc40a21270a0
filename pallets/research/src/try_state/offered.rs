//! Populations, their queries, and datasets.

use crate::*;
use frame_support::{ensure, traits::Get};
use salus_primitives::{traits::Credentials, Interval, Moment};
use salus_research_permits::MicroEpsilon;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Budgets: reserved and settled are what queries cost, and never more than the total, which is what it began with and what was
	/// granted since, no more than the proposals that are over can have asked for. Of these nothing else is kept.
	pub(super) fn check_populations(now: Moment) -> Result<(), DispatchError> {
		for (custodian, found) in Populations::<T>::iter() {
			let budget = found.budget;
			ensure!(budget.is_sound(), "more was used of a budget than there is");
			ensure!(
				found.opened_with > 0 && found.opened_with <= T::MaxBudget::get(),
				"a budget that began with nothing or too much"
			);
			ensure!(
				found.opened_with.checked_add(found.granted) == Some(budget.total),
				"a budget that grew without a vote"
			);
			// What is kept of a proposal is pending, or has lapsed: it has added nothing.
			let kept = u32::from(BudgetMotions::<T>::contains_key(custodian));
			let over = MicroEpsilon::from(found.motions.saturating_sub(kept));
			ensure!(
				found.granted <= over.saturating_mul(T::MaxBudget::get()),
				"a budget that grew by more than was proposed"
			);
			ensure!(found.opened_at <= now, "a population that was opened in the future");
			ensure!(
				found.committee != custodian,
				"a population whose custodian grants itself more"
			);
			ensure!(
				found.refused_at.is_none_or(|at| found.opened_at <= at && at <= now),
				"more budget was refused out of time"
			);
			ensure!(
				(MIN_QUORUM..=MAX_QUORUM).contains(&found.quorum),
				"a quorum that is none, or can never be reached"
			);
			let (mut reserved, mut settled, mut count) = (0u64, 0u64, 0u64);
			for query in Queries::<T>::iter_prefix_values(custodian) {
				let sum = if query.result.is_some() { &mut settled } else { &mut reserved };
				*sum = sum.checked_add(query.epsilon).ok_or("more was used than can be counted")?;
				count = count.saturating_add(1);
			}
			ensure!(reserved == budget.reserved, "reserved is not what open queries cost");
			ensure!(settled == budget.settled, "settled is not what settled queries cost");
			ensure!(count == found.queries, "a query is lost");
		}
		for (custodian, motion) in BudgetMotions::<T>::iter() {
			let population =
				Populations::<T>::get(custodian).ok_or("a vote on the budget of no population")?;
			ensure!(
				motion.number.checked_add(1) == Some(population.motions),
				"a vote on a proposal that is not the last"
			);
			let again = population.refused_at.map(|at| at.saturating_add(T::BudgetPause::get()));
			ensure!(again.is_none_or(|again| again <= motion.at), "proposed again too early");
			ensure!(
				motion.more > 0 && motion.more <= T::MaxBudget::get(),
				"a vote on nothing or too much"
			);
			ensure!(motion.at <= now, "a vote from the future");
			Self::check_votes(&motion.votes, motion.at, now)?;
			let over = motion.at.saturating_add(T::VoteTime::get());
			ensure!(
				motion.votes.iter().all(|vote| vote.at < over),
				"a vote on more budget after its time"
			);
			ensure!(
				!motion.votes.iter().any(|vote| vote.by == motion.by || vote.by == motion.admin),
				"whoever proposed more budget has voted on it"
			);
			let since = motion.at.saturating_sub(T::RecusalTime::get());
			let worked = |who: &T::AccountId, until| {
				let within = Interval::new(since, until);
				T::Credentials::was_employed_within(custodian, who, within)
			};
			// What came in the second of the vote may have come after it.
			ensure!(
				!motion.votes.iter().any(|vote| worked(&vote.by, vote.at)),
				"somebody of the custodian has voted on its budget"
			);
			let was_member = |vote: &Vote<T::AccountId>| {
				[motion.at, vote.at]
					.into_iter()
					.all(|at| Self::was_member_around(&vote.by, population.committee, at))
			};
			ensure!(
				motion.votes.iter().all(was_member),
				"a vote on more budget of somebody who was no member"
			);
		}
		Ok(())
	}

	/// Every query is of a permit for a dataset of its custodian, of a version that was the last one then, and has its
	/// commitment once.
	pub(super) fn check_queries(now: Moment) -> Result<(), DispatchError> {
		let mut count = 0u64;
		for (custodian, id, query) in Queries::<T>::iter() {
			count = count.saturating_add(1);
			let population = Populations::<T>::get(custodian).ok_or("a query of no population")?;
			ensure!(id < population.queries, "a query from the future");
			let costs = T::MinEpsilon::get()..=T::MaxEpsilon::get();
			ensure!(costs.contains(&query.epsilon), "a query that costs too little or too much");
			let record = Permits::<T>::get(query.permit).ok_or("a query without a permit")?;
			let dataset = Datasets::<T>::get(record.dataset).ok_or("a query of no dataset")?;
			ensure!(dataset.custodian == custodian, "a query of another's dataset");
			let at = query.reserved_at;
			ensure!(
				record.permit.period.from <= at && at <= now,
				"a query before its permit, or from the future"
			);
			let version =
				Versions::<T>::get(record.dataset, query.version).ok_or("a query of no version")?;
			ensure!(version.at <= at, "a query of a version before that was published");
			let next = query.version.checked_add(1).ok_or("a version beyond the last")?;
			let replaced = Versions::<T>::get(record.dataset, next);
			ensure!(
				replaced.is_none_or(|next| at <= next.at),
				"a query of a version that was the last no more"
			);
			if let Some(result) = query.result {
				ensure!(at <= result.at && result.at <= now, "settled out of time");
			}
			ensure!(
				dataset.retired_at.is_none_or(|retired_at| at <= retired_at),
				"a query of a dataset that was taken back"
			);
			ensure!(
				QueryByCommitment::<T>::get(custodian, query.commitment) == Some(id),
				"a query that is not found by its commitment"
			);
			// Whatever ended it in that very second may have come after.
			let ended = record.permit.ended;
			ensure!(ended.is_none_or(|end| at <= end.at), "a query after the end of its permit");
		}
		let found = QueryByCommitment::<T>::iter_keys().fold(0u64, |n, _| n.saturating_add(1));
		ensure!(found == count, "a commitment of no query");
		Ok(())
	}

	/// Datasets: all versions are there, no terms loosen, no epoch is skipped or goes back.
	pub(super) fn check_datasets(now: Moment) -> Result<(), DispatchError> {
		let mut versions = 0u32;
		for (id, found) in Datasets::<T>::iter() {
			ensure!(
				Populations::<T>::contains_key(found.custodian),
				"a dataset without a population"
			);
			ensure!(found.min_cohort >= MIN_COHORT, "a cohort that is too small");
			ensure!(
				(MIN_QUORUM..=MAX_QUORUM).contains(&found.rule.quorum),
				"a quorum that is none, or can never be reached"
			);
			let deliberation = T::MinDeliberation::get()..=Self::max_deliberation();
			ensure!(
				deliberation.contains(&found.rule.deliberation),
				"a deliberation that is none, or leaves no time to count"
			);
			ensure!(
				found.offered_at <= now && found.retired_at.is_none_or(|at| at <= now),
				"offered or taken back in the future"
			);
			ensure!(
				(1..=MAX_VERSIONS).contains(&found.versions),
				"a dataset without a version, or with too many"
			);
			versions = versions.saturating_add(found.versions);
			let mut before: Option<VersionOf<T>> = None;
			let mut unpaid = 0u32;
			for number in 0..found.versions {
				let version = Versions::<T>::get(id, number).ok_or("a version is lost")?;
				ensure!(
					version.epoch_at <= version.at && version.at <= now,
					"a version from the future"
				);
				ensure!(
					found.retired_at.is_none_or(|retired_at| version.at <= retired_at),
					"a version of a dataset that was taken back"
				);
				unpaid = unpaid.saturating_add(u32::from(version.deposit.is_none()));
				match &before {
					None => ensure!(
						version.at == found.offered_at
							&& version.epoch_at == version.at
							&& version.epoch == 0 && version.terms_version == 0
							&& version.deposit.is_some(),
						"a first version that is none"
					),
					Some(before) => Self::check_follows(before, &version)?,
				}
				before = Some(version);
			}
			ensure!(unpaid == found.unpaid, "versions without a deposit are not those counted");
		}
		let stored = Versions::<T>::iter_keys().fold(0u32, |n, _| n.saturating_add(1));
		ensure!(stored == versions, "a version of no dataset");
		Ok(())
	}

	/// Whether `version` may follow `before`.
	fn check_follows(before: &VersionOf<T>, version: &VersionOf<T>) -> Result<(), DispatchError> {
		ensure!(before.at <= version.at, "versions out of order");
		ensure!(version.terms.keeps_or_tightens(&before.terms), "terms were loosened");
		let changed = u32::from(version.terms != before.terms);
		ensure!(
			before.terms_version.checked_add(changed) == Some(version.terms_version),
			"terms changed, and it was not counted; or the other way round"
		);
		let same = version.epoch == before.epoch && version.epoch_at == before.epoch_at;
		let next =
			before.epoch.checked_add(1) == Some(version.epoch) && version.epoch_at == version.at;
		ensure!(same || next, "an epoch that is neither the last nor the next");
		ensure!(
			version.deposit.is_some()
				|| (next && Self::epoch_may_be_unpaid(before.epoch_at, version.at)),
			"a version without a deposit that answers no clock"
		);
		Ok(())
	}
}
