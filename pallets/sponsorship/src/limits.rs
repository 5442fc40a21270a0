//! What limits a fee.

use crate::{
	types::Limit, Accounts, Allowance, BalanceOf, Budget, Budgets, Config, Entitlement, Pallet,
};
use alloc::{vec, vec::Vec};
use frame_support::traits::Get;
use salus_primitives::{
	time::{DAY, YEAR},
	Cohort, Moment, Refill,
};
use sp_runtime::{
	traits::{CheckedDiv, Saturating, Zero},
	SaturatedConversion,
};

impl<T: Config> Pallet<T> {
	/// The limits that a fee of somebody who is so entitled is on, all at once: the first ones, or
	/// where they do not suffice the next.
	pub fn ways(entitlement: &Entitlement) -> Vec<Vec<Limit<BalanceOf<T>>>> {
		let together = T::OrganisationAllowancePerDay::get();
		let account = |amount| Limit { budget: None, refill: Refill::daily(amount) };
		let limit = |budget, amount| Limit { budget: Some(budget), refill: Refill::daily(amount) };
		let reserve = |budget, amount| Limit {
			budget: Some(budget),
			refill: Refill { amount, within: YEAR },
		};
		let staff = |org| {
			vec![account(T::AllowancePerDay::get()), limit(Budget::Organisation(org), together)]
		};
		match *entitlement {
			Entitlement::Staff(org) => vec![staff(org)],
			Entitlement::StaffInEmergency { organisation: org, person } => vec![
				staff(org),
				vec![
					limit(Budget::EmergenciesOf(org, person), T::EmergencyAllowancePerDay::get()),
					limit(Budget::Emergencies(org), T::OrganisationEmergenciesPerDay::get()),
				],
			],
			// What patients force is on nothing that staff needs for its other work, and the other way round.
			Entitlement::StaffAnswering { organisation: org, person } => vec![vec![
				limit(Budget::AnswersOf(org, person), T::AnswerAllowancePerDay::get()),
				limit(Budget::Answers(org), T::OrganisationAnswersPerDay::get()),
			]],
			Entitlement::Member { payer, coverage } => {
				let cohort = Budget::MemberCohort(payer, Cohort::of_coverage(coverage));
				vec![
					vec![
						account(T::MemberAllowancePerDay::get()),
						limit(cohort, T::CohortAllowancePerDay::get()),
						limit(Budget::Members(payer), together),
					],
					vec![reserve(Budget::MemberReserve(coverage), T::MemberReserve::get())],
				]
			},
			Entitlement::Patient { patient, party, tightens } => {
				let (org, cohort) = (party.organisation, party.cohort);
				let mut ways = vec![vec![
					account(T::KeyAllowancePerDay::get()),
					limit(Budget::Patient(patient), Self::patient_allowance(party.since)),
					limit(Budget::PatientCohort(org, cohort), T::CohortAllowancePerDay::get()),
					limit(Budget::Patients(org), together),
				]];
				if tightens {
					let own = Budget::PatientReserve(patient);
					ways.push(vec![reserve(own, T::PatientReserve::get())]);
				}
				ways
			},
		}
	}

	/// What a patient may use up whose handle exists since `since`. It begins low, and grows with every
	/// day.
	fn patient_allowance(since: Moment) -> BalanceOf<T> {
		let (full, days) = (T::PatientAllowancePerDay::get(), T::DaysToFullAllowance::get().max(1));
		let age = Self::now().saturating_sub(since).checked_div(DAY).unwrap_or_default();
		let earned = age.saturating_add(1).min(days.into());
		let days = BalanceOf::<T>::from(days);
		full.saturating_mul(earned.saturated_into()).checked_div(&days).unwrap_or_else(Zero::zero)
	}

	/// What is left for `who` on the one of `limits` on which least is left.
	pub(crate) fn left(who: &T::AccountId, limits: &[Limit<BalanceOf<T>>]) -> BalanceOf<T> {
		let now = Self::now();
		let left = limits.iter().map(|limit| Self::used(who, limit).left(limit.refill, now));
		left.min().unwrap_or_else(Zero::zero)
	}

	/// From when on all of `limits` suffice for `fee` of `who`; `None` if one never does.
	pub(crate) fn sufficient_at(
		who: &T::AccountId,
		limits: &[Limit<BalanceOf<T>>],
		fee: BalanceOf<T>,
	) -> Option<Moment> {
		let at = |limit: &Limit<_>| Self::used(who, limit).sufficient_at(fee, limit.refill);
		limits.iter().try_fold(0, |latest: Moment, limit| Some(latest.max(at(limit)?)))
	}

	/// What has been used of `limit`, of which `who` has a part or which is its own.
	fn used(who: &T::AccountId, limit: &Limit<BalanceOf<T>>) -> Allowance<BalanceOf<T>> {
		match limit.budget {
			Some(budget) => Budgets::<T>::get(budget),
			None => Accounts::<T>::get(who).unwrap_or_default(),
		}
	}

	/// Takes `fee` of `who` from all of `limits`, which were found to suffice.
	pub(crate) fn consume(who: &T::AccountId, limits: &[Limit<BalanceOf<T>>], fee: BalanceOf<T>) {
		let now = Self::now();
		Self::update(who, limits, |used, refill| used.spend(fee, refill, now));
	}

	/// Gives `amount`, which was consumed and then not spent, back to all of `limits`.
	pub(crate) fn give_back(
		who: &T::AccountId,
		limits: &[Limit<BalanceOf<T>>],
		amount: BalanceOf<T>,
	) {
		if !amount.is_zero() {
			Self::update(who, limits, |used, _| used.give_back(amount));
		}
	}

	fn update(
		who: &T::AccountId,
		limits: &[Limit<BalanceOf<T>>],
		change: impl Fn(&mut Allowance<BalanceOf<T>>, Refill<BalanceOf<T>>),
	) {
		for Limit { budget, refill } in limits {
			match budget {
				Some(budget) => Budgets::<T>::mutate(budget, |used| change(used, *refill)),
				None => {
					Accounts::<T>::mutate_extant(who, |used| change(used, *refill));
				},
			}
		}
	}
}
