//! Populations, and how their budgets grow: by a public vote only.

use crate::{impls::PopulationSize, *};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{traits::Credentials, Interval, Moment, OrgId};
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
		// Else those who want more budget would grant it.
		ensure!(committee != custodian, Error::<T>::OwnCommittee);
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
				motions: 0,
				refused_at: None,
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
		let mut population =
			Populations::<T>::get(custodian).ok_or(Error::<T>::UnknownPopulation)?;
		Self::ensure_amount(more)?;
		ensure!(Self::motion(custodian, now).is_none(), Error::<T>::MotionPending);
		population.refused_at = Self::refused_at(custodian, &population, now);
		let again = |at: Moment| at.saturating_add(T::BudgetPause::get());
		let may = population.refused_at.is_none_or(|refused_at| again(refused_at) <= now);
		ensure!(may, Error::<T>::RefusedLately);
		let admin = T::Credentials::admin(custodian).ok_or(Error::<T>::UnknownOrganisation)?;
		let motion = population.motions;
		let proposed = BudgetMotion {
			number: motion,
			more,
			by: by.clone(),
			admin,
			at: now,
			votes: BoundedVec::new(),
		};
		Self::ensure_impartial_on(custodian, &proposed, population.committee, now)?;
		population.motions = motion.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		Populations::<T>::insert(custodian, population);
		BudgetMotions::<T>::insert(custodian, proposed);
		Self::deposit_event(Event::BudgetProposed { custodian, motion, more, by });
		Ok(())
	}

	/// When more budget was refused last. One on which too few voted in its time was refused at the end of it.
	pub(crate) fn refused_at(
		custodian: OrgId,
		population: &PopulationOf<T>,
		now: Moment,
	) -> Option<Moment> {
		let lapsed = BudgetMotions::<T>::get(custodian)
			.map(|motion| motion.at.saturating_add(T::VoteTime::get()))
			.filter(|lapsed_at| *lapsed_at <= now);
		population.refused_at.max(lapsed)
	}

	/// The motion for `custodian` on which can be voted at `now`.
	pub(crate) fn motion(custodian: OrgId, now: Moment) -> Option<BudgetMotion<T::AccountId>> {
		BudgetMotions::<T>::get(custodian)
			.filter(|motion| now < motion.at.saturating_add(T::VoteTime::get()))
	}

	/// The population of `custodian`, and its motion with this number, if that is the one on which can be voted.
	fn voted_on(
		custodian: OrgId,
		number: MotionId,
		now: Moment,
	) -> Result<(PopulationOf<T>, BudgetMotion<T::AccountId>), DispatchError> {
		let population = Populations::<T>::get(custodian).ok_or(Error::<T>::UnknownPopulation)?;
		let motion = Self::motion(custodian, now).filter(|motion| motion.number == number);
		Ok((population, motion.ok_or(Error::<T>::VoteClosed)?))
	}

	/// Whether `who` has a part in `motion` of `custodian`: proposed it, administers the custodian or did when it was
	/// proposed, or has been employed there at any moment from [`Config::RecusalTime`] before until now.
	fn wants_budget(
		who: &T::AccountId,
		custodian: OrgId,
		motion: &BudgetMotion<T::AccountId>,
		now: Moment,
	) -> bool {
		motion.by == *who
			|| motion.admin == *who
			|| Self::administers(who, custodian)
			|| Self::worked_for_custodian(who, custodian, motion, now)
	}

	/// Whether `who` has been employed by `custodian` at any moment from [`Config::RecusalTime`] before `motion` until now.
	fn worked_for_custodian(
		who: &T::AccountId,
		custodian: OrgId,
		motion: &BudgetMotion<T::AccountId>,
		now: Moment,
	) -> bool {
		let since = motion.at.saturating_sub(T::RecusalTime::get());
		let within = Interval::new(since, now.saturating_add(1));
		T::Credentials::was_employed_within(custodian, who, within)
	}

	/// Whether `vote` on `motion` counts for nothing by now: one in favour if its voter wants the budget, and one against only if its voter
	/// has come to work for the custodian. The administration that is handed to somebody who voted against makes nothing of that vote.
	fn is_void_on(
		vote: &Vote<T::AccountId>,
		custodian: OrgId,
		motion: &BudgetMotion<T::AccountId>,
		now: Moment,
	) -> bool {
		match vote.in_favour {
			true => Self::wants_budget(&vote.by, custodian, motion, now),
			false => Self::worked_for_custodian(&vote.by, custodian, motion, now),
		}
	}

	/// Refuses that `committee` decides about `motion` of `custodian`, if whoever administers the committee now has a part in it: whoever
	/// may invite its members has a part in each of their votes.
	fn ensure_impartial_on(
		custodian: OrgId,
		motion: &BudgetMotion<T::AccountId>,
		committee: OrgId,
		now: Moment,
	) -> Result<(), Error<T>> {
		Self::ensure_administrator(committee, |admin| {
			!Self::wants_budget(admin, custodian, motion, now)
		})
	}

	pub(crate) fn do_vote_budget(
		by: T::AccountId,
		committee: OrgId,
		custodian: OrgId,
		motion: MotionId,
		in_favour: bool,
	) -> DispatchResult {
		let now = Self::now();
		let (population, mut found) = Self::voted_on(custodian, motion, now)?;
		Self::ensure_votes_for(&by, committee, population.committee, now)?;
		Self::ensure_impartial_on(custodian, &found, committee, now)?;
		ensure!(!Self::wants_budget(&by, custodian, &found, now), Error::<T>::Recused);
		ensure!(Self::decides(&by, committee, found.at, now), Error::<T>::Recused);
		Self::cast(&mut found.votes, by.clone(), in_favour, now)?;
		BudgetMotions::<T>::insert(custodian, found);
		Self::deposit_event(Event::BudgetVoted { custodian, motion, in_favour, by });
		Ok(())
	}

	pub(crate) fn do_conclude_budget(
		committee: OrgId,
		custodian: OrgId,
		motion: MotionId,
	) -> DispatchResult {
		let now = Self::now();
		let (mut population, found) = Self::voted_on(custodian, motion, now)?;
		ensure!(population.committee == committee, Error::<T>::NotAuthorised);
		Self::ensure_licensed(committee, now)?;
		let open_until = found.at.saturating_add(T::BudgetDeliberation::get());
		ensure!(open_until <= now, Error::<T>::TooEarly);
		Self::ensure_impartial_on(custodian, &found, committee, now)?;
		let tally = Self::tally(&found.votes, committee, (found.at, now), |vote| {
			Self::is_void_on(vote, custodian, &found, now)
		});
		ensure!(tally.counted() >= population.quorum, Error::<T>::NoQuorum);
		let (granted, more) = (tally.is_carried(), found.more);
		if granted {
			population.budget =
				population.budget.renew(more).map_err(|_| Error::<T>::BudgetUnsound)?;
			population.granted =
				population.granted.checked_add(more).ok_or(Error::<T>::BudgetUnsound)?;
		} else {
			population.refused_at = Some(now);
		}
		Populations::<T>::insert(custodian, population);
		BudgetMotions::<T>::remove(custodian);
		Self::deposit_event(Event::BudgetConcluded { custodian, motion, more, granted, tally });
		Ok(())
	}
}
