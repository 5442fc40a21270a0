//! Populations, and how their budgets grow: by a public vote only.

use crate::{impls::PopulationSize, *};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{Moment, OrgId};
use salus_research_permits::{Budget, MicroEpsilon};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_population(
		by: T::AccountId,
		custodian: OrgId,
		committee: OrgId,
		quorum: u32,
		total: MicroEpsilon,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_steward(&by, custodian, now)?;
		Self::ensure_licensed(custodian, now)?;
		ensure!(!Populations::<T>::contains_key(custodian), Error::<T>::AlreadyOpened);
		Self::ensure_committee(committee, quorum, now)?;
		Self::ensure_amount(total)?;
		let deposit = Self::take_deposit::<PopulationSize<T>>(custodian)?;
		Populations::<T>::insert(
			custodian,
			Population {
				committee,
				quorum,
				budget: Budget::new(total),
				opened_with: total,
				granted: 0,
				queries: 0,
				opened_at: now,
				deposit,
			},
		);
		Self::deposit_event(Event::PopulationOpened { custodian, total });
		Ok(())
	}

	/// Refuses nothing, and more than one population begins with or one vote adds.
	fn ensure_amount(amount: MicroEpsilon) -> Result<(), Error<T>> {
		ensure!(amount > 0 && amount <= T::MaxBudget::get(), Error::<T>::WrongBudget);
		Ok(())
	}

	pub(crate) fn do_propose_budget(
		by: T::AccountId,
		custodian: OrgId,
		more: MicroEpsilon,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_steward(&by, custodian, now)?;
		ensure!(Populations::<T>::contains_key(custodian), Error::<T>::UnknownPopulation);
		Self::ensure_amount(more)?;
		ensure!(Self::motion(custodian, now).is_none(), Error::<T>::MotionPending);
		BudgetMotions::<T>::insert(
			custodian,
			BudgetMotion { more, by: by.clone(), at: now, votes: BoundedVec::new() },
		);
		Self::deposit_event(Event::BudgetProposed { custodian, more, by });
		Ok(())
	}

	/// The motion for `custodian` on which can be voted at `now`.
	pub(crate) fn motion(custodian: OrgId, now: Moment) -> Option<BudgetMotion<T::AccountId>> {
		BudgetMotions::<T>::get(custodian)
			.filter(|motion| now < motion.at.saturating_add(T::VoteTime::get()))
	}

	/// The population of `custodian`, and the motion on which can be voted.
	fn voted_on(
		custodian: OrgId,
		now: Moment,
	) -> Result<(PopulationOf<T>, BudgetMotion<T::AccountId>), DispatchError> {
		let population = Populations::<T>::get(custodian).ok_or(Error::<T>::UnknownPopulation)?;
		let motion = Self::motion(custodian, now).ok_or(Error::<T>::VoteClosed)?;
		Ok((population, motion))
	}

	pub(crate) fn do_vote_budget(
		by: T::AccountId,
		committee: OrgId,
		custodian: OrgId,
		in_favour: bool,
	) -> DispatchResult {
		let now = Self::now();
		let (population, mut motion) = Self::voted_on(custodian, now)?;
		Self::ensure_votes_for(&by, committee, population.committee, now)?;
		ensure!(motion.by != by, Error::<T>::Recused);
		Self::cast(&mut motion.votes, by.clone(), in_favour, now)?;
		BudgetMotions::<T>::insert(custodian, motion);
		Self::deposit_event(Event::BudgetVoted { custodian, in_favour, by });
		Ok(())
	}

	pub(crate) fn do_conclude_budget(custodian: OrgId) -> DispatchResult {
		let now = Self::now();
		let (mut population, motion) = Self::voted_on(custodian, now)?;
		Self::ensure_licensed(population.committee, now)?;
		let tally = Self::tally(&motion.votes, population.committee, now, |_| true);
		ensure!(tally.counted() >= population.quorum, Error::<T>::NoQuorum);
		let (granted, more) = (tally.is_carried(), motion.more);
		if granted {
			population.budget =
				population.budget.renew(more).map_err(|_| Error::<T>::BudgetUnsound)?;
			population.granted =
				population.granted.checked_add(more).ok_or(Error::<T>::BudgetUnsound)?;
			Populations::<T>::insert(custodian, population);
		}
		BudgetMotions::<T>::remove(custodian);
		Self::deposit_event(Event::BudgetConcluded { custodian, more, granted, tally });
		Ok(())
	}
}
