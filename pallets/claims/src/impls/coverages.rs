//! Coverages and member keys.

use crate::{pallet::*, types::*};
use frame_support::{ensure, traits::Get};
use salus_primitives::{
	traits::{Credentials, Patients, TokenlessAccounts},
	Interval, Moment, OrgId,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_enrol(
		who: &T::AccountId,
		org: OrgId,
		plan: PlanId,
		member: T::AccountId,
		period: Interval,
	) -> DispatchResult {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		Self::ensure_payer(org)?;
		ensure!(!T::Credentials::is_flagged(org), Error::<T>::FlaggedOrganisation);
		let versions = Self::plan_of(org, plan)?.versions;
		let version = versions.checked_sub(1).ok_or(Error::<T>::PlanNotFound)?;
		ensure!(period.from >= Self::now(), Error::<T>::PeriodInPast);
		let term = period.until.saturating_sub(period.from);
		ensure!((1..=T::MaxCoverageTerm::get()).contains(&term), Error::<T>::PeriodOutOfRange);
		let id = Self::next_number::<CoverageId, NextCoverage<T>>()?;
		Self::offer(&member)?;
		let coverage =
			Coverage { payer: org, plan, version, member, period, accepted: None, next_key: None };
		Self::charge_bond(org, &coverage)?;
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::Enrolled { coverage: id, payer: org, plan, version });
		Ok(())
	}

	pub(crate) fn do_accept_coverage(who: &T::AccountId, id: CoverageId) -> DispatchResult {
		let mut coverage = Self::coverage(id)?;
		ensure!(coverage.member == *who, Error::<T>::NotMember);
		ensure!(coverage.accepted.is_none(), Error::<T>::AlreadyAccepted);
		let now = Self::now();
		ensure!(now < coverage.period.until, Error::<T>::CoverageEnded);
		Self::bind(who, id)?;
		coverage.accepted = Some(now);
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::Accepted { coverage: id });
		Ok(())
	}

	pub(crate) fn do_terminate_coverage(
		who: &T::AccountId,
		id: CoverageId,
		until: Moment,
	) -> DispatchResult {
		let mut coverage = Self::coverage(id)?;
		Self::ensure_party(who, &coverage)?;
		let earlier = Self::now() <= until && until < coverage.period.until;
		ensure!(earlier, Error::<T>::NotAnEarlierEnd);
		coverage.period.until = until;
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::Terminated { coverage: id, until });
		Ok(())
	}

	pub(crate) fn do_rekey_coverage(
		who: &T::AccountId,
		org: OrgId,
		id: CoverageId,
		key: T::AccountId,
	) -> DispatchResult {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let mut coverage = Self::coverage(id)?;
		ensure!(coverage.payer == org, Error::<T>::NotYourCoverage);
		let now = Self::now();
		ensure!(now < coverage.period.until, Error::<T>::CoverageEnded);
		Self::offer(&key)?;
		let from = now.saturating_add(T::RekeyDelay::get());
		coverage.next_key = Some(NextKey { key: key.clone(), from });
		Self::charge_bond(org, &key)?;
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::RekeyProposed { coverage: id, from });
		Ok(())
	}

	pub(crate) fn do_accept_rekey(who: &T::AccountId, id: CoverageId) -> DispatchResult {
		let mut coverage = Self::coverage(id)?;
		let next = coverage.next_key.take().ok_or(Error::<T>::NoRekey)?;
		ensure!(next.key == *who, Error::<T>::NotMember);
		ensure!(next.from <= Self::now(), Error::<T>::TooEarly);
		Self::bind(who, id)?;
		coverage.member = next.key;
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::Rekeyed { coverage: id });
		Ok(())
	}

	pub(crate) fn do_cancel_rekey(who: &T::AccountId, id: CoverageId) -> DispatchResult {
		let mut coverage = Self::coverage(id)?;
		Self::ensure_party(who, &coverage)?;
		coverage.next_key.take().ok_or(Error::<T>::NoRekey)?;
		Coverages::<T>::insert(id, coverage);
		Self::deposit_event(Event::RekeyCancelled { coverage: id });
		Ok(())
	}

	/// Whether `who` is the member key of a coverage, and another is proposed in its place.
	pub(crate) fn may_say_no(who: &T::AccountId, id: CoverageId) -> bool {
		Coverages::<T>::get(id)
			.is_some_and(|coverage| coverage.member == *who && coverage.next_key.is_some())
			&& Self::ensure_no_patients(who).is_ok()
	}

	/// Whether `who` is the member key of a coverage, or is to become it.
	pub fn stands_for(who: &T::AccountId, coverage: &CoverageOf<T>) -> bool {
		coverage.member == *who || coverage.next_key.as_ref().is_some_and(|next| next.key == *who)
	}

	/// A coverage.
	pub(crate) fn coverage(id: CoverageId) -> Result<CoverageOf<T>, DispatchError> {
		Ok(Coverages::<T>::get(id).ok_or(Error::<T>::CoverageNotFound)?)
	}

	/// Lets `key` accept what is offered to it. It may still become another's, or a patient's: a payer cannot take
	/// what somebody has not agreed to give.
	fn offer(key: &T::AccountId) -> DispatchResult {
		ensure!(!MemberKeys::<T>::contains_key(key), Error::<T>::KeyInUse);
		Self::ensure_no_patients(key)?;
		T::Tokenless::welcome(key)
	}

	/// Makes `key`, which agrees, that of a coverage, and of nothing else for ever.
	fn bind(key: &T::AccountId, coverage: CoverageId) -> DispatchResult {
		// A key is the coverage's already that took another's place before the coverage was accepted; and version 0.1.0 of
		// the runtime bound a key when the coverage was offered.
		let free = MemberKeys::<T>::get(key).is_none_or(|bound| bound == coverage);
		ensure!(free, Error::<T>::KeyInUse);
		Self::ensure_no_patients(key)?;
		MemberKeys::<T>::insert(key, coverage);
		Ok(())
	}

	fn ensure_no_patients(key: &T::AccountId) -> DispatchResult {
		ensure!(T::Patients::key(key).is_none(), Error::<T>::KeyOfPatient);
		Ok(())
	}

	/// The member, or those who bill for the payer. A key to which something was offered and that is a patient's by now says nothing here: its
	/// handle would stand beside the coverage.
	fn ensure_party(who: &T::AccountId, coverage: &CoverageOf<T>) -> DispatchResult {
		if coverage.member == *who {
			return Self::ensure_no_patients(who);
		}
		ensure!(Self::is_staff(who, coverage.payer, BILLING_ROLES), Error::<T>::NotAuthorised);
		Ok(())
	}
}
