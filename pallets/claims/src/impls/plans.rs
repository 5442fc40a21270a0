//! Plans and their versions.

use crate::{pallet::*, types::*};
use frame_support::{ensure, traits::fungibles::Inspect};
use salus_primitives::{traits::Credentials, OrgId, OrgKind};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_plan(
		who: &T::AccountId,
		org: OrgId,
		terms: TermsOf<T>,
	) -> DispatchResult {
		Self::ensure_admin(who, org)?;
		Self::ensure_payer(org)?;
		let plan = Self::next_number::<PlanId, NextPlan<T>>()?;
		Self::ensure_account(org);
		Self::publish(org, plan, 0, terms)
	}

	pub(crate) fn do_revise_plan(
		who: &T::AccountId,
		org: OrgId,
		plan: PlanId,
		terms: TermsOf<T>,
	) -> DispatchResult {
		Self::ensure_admin(who, org)?;
		Self::ensure_payer(org)?;
		let version = Self::plan_of(org, plan)?.versions;
		Self::publish(org, plan, version, terms)
	}

	/// Writes a version of a plan down, once it is sound.
	fn publish(payer: OrgId, plan: PlanId, version: u32, terms: TermsOf<T>) -> DispatchResult {
		ensure!(terms.is_sound(), Error::<T>::UnsoundPlan);
		// Every line of such a benefit would be denied (CO 197), whatever the member did.
		ensure!(!terms.demands_authorisation(), Error::<T>::AuthorisationNotOffered);
		ensure!(terms.has_sound_clocks(), Error::<T>::ClockOutOfRange);
		ensure!(Self::is_suitable(terms.asset.clone()), Error::<T>::UnsuitableAsset);
		let versions = version.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Self::charge_bond(payer, &terms)?;
		Plans::<T>::insert(plan, Plan { payer, versions });
		PlanVersions::<T>::insert(plan, version, terms);
		Self::deposit_event(Event::PlanPublished { payer, plan, version });
		Ok(())
	}

	/// Whether no payment in `asset` can be too small to arrive, or leave dust behind.
	pub(super) fn is_suitable(asset: AssetIdOf<T>) -> bool {
		T::Assets::asset_exists(asset.clone()) && T::Assets::minimum_balance(asset) <= 1
	}

	/// Whether `org` may promise anything today. What it promised before holds without a licence.
	pub(super) fn ensure_payer(org: OrgId) -> DispatchResult {
		let licensed = T::Credentials::was_licensed(org, OrgKind::Payer, Self::now());
		ensure!(licensed, Error::<T>::NotLicensed);
		Ok(())
	}

	/// A plan of `org`.
	pub(super) fn plan_of(org: OrgId, plan: PlanId) -> Result<Plan, DispatchError> {
		let found = Plans::<T>::get(plan).ok_or(Error::<T>::PlanNotFound)?;
		ensure!(found.payer == org, Error::<T>::NotYourPlan);
		Ok(found)
	}

	/// The terms under which a coverage stands.
	pub(crate) fn terms(coverage: &CoverageOf<T>) -> Result<TermsOf<T>, DispatchError> {
		let terms = PlanVersions::<T>::get(coverage.plan, coverage.version);
		Ok(terms.ok_or(Error::<T>::PlanNotFound)?)
	}
}
