//! The logic behind the calls: checks first, writes last.

mod answers;
mod budgets;
mod committees;
mod datasets;
mod permits;
mod queries;
mod requests;
mod studies;

use crate::*;
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	pallet_prelude::DispatchError,
	traits::{Consideration, Footprint, Get, UnixTime},
};
use salus_primitives::{time::YEAR, traits::Credentials, Moment, OrgId, OrgKind, Role};
use salus_research_permits::MAX_YEARS;

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		for (time, what) in [
			(T::EpochTime::get(), "an epoch must last"),
			(T::SignatureTime::get(), "there must be time to co-sign"),
			(T::VoteTime::get(), "there must be time to vote"),
			(T::AcceptanceTime::get(), "there must be time to accept the terms"),
			(T::MaxEthicsTerm::get(), "an ethics approval must last"),
		] {
			assert!(time > 0, "{what}");
		}
		assert!(
			T::MaxUnsignedStudies::get() > 0,
			"a researcher needs a study to ask for something"
		);
		assert!(
			T::RenewalWindow::get() < YEAR,
			"a report must not be filed before its year has begun"
		);
		for deliberation in [T::MinDeliberation::get(), T::BudgetDeliberation::get()] {
			assert!(
				deliberation > 0 && deliberation <= Self::max_deliberation(),
				"there must be time to vote before votes are counted, and to count them"
			);
		}
		assert!(T::CountTime::get() > 0, "there must be time to count votes");
		assert!(T::ReportGrace::get() < YEAR, "a report must be overdue before the next is due");
		let months = Moment::from(MAX_MONTHS).saturating_mul(MONTH);
		let years = months.saturating_mul(2).checked_div(YEAR).unwrap_or(MAX_YEARS);
		assert!(years <= MAX_YEARS, "a permit must not outlast the reports that are asked for");
		assert!(
			MAX_YEARS == u64::from(MAX_REPORTS),
			"there must be room for every report that is asked for"
		);
		assert!(
			T::MinEpsilon::get() > 0
				&& T::MinEpsilon::get() <= T::MaxEpsilon::get()
				&& T::MaxEpsilon::get() <= T::MaxBudget::get(),
			"a query must cost something, and no more than there can be"
		);
	}

	/// How long votes are open at most before they may be counted.
	pub(crate) fn max_deliberation() -> Moment {
		T::VoteTime::get().saturating_sub(T::CountTime::get())
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Takes the deposit for something of this size from the administrator of `organisation`.
	pub(crate) fn take_deposit<Stored: MaxEncodedLen>(
		organisation: OrgId,
	) -> Result<DepositOf<T>, DispatchError> {
		let payer = T::Credentials::admin(organisation).ok_or(Error::<T>::UnknownOrganisation)?;
		let ticket = T::Consideration::new(&payer, Self::footprint::<Stored>())?;
		Ok((payer, ticket))
	}

	/// The same, if the administrator can pay: what answers a clock is not stopped by an empty account.
	pub(crate) fn take_deposit_if_possible<Stored: MaxEncodedLen>(
		organisation: OrgId,
	) -> Option<DepositOf<T>> {
		Self::take_deposit::<Stored>(organisation).ok()
	}

	/// What the deposit for something of this size pays for.
	pub(crate) fn footprint<Stored: MaxEncodedLen>() -> Footprint {
		Footprint::from_mel::<Stored>()
	}

	/// Refuses whoever does not answer for the data of `custodian`: its administrator does, and its data stewards.
	pub(crate) fn ensure_steward(
		who: &T::AccountId,
		custodian: OrgId,
		now: Moment,
	) -> Result<(), Error<T>> {
		let may = Self::administers(who, custodian)
			|| T::Credentials::was_affiliated(custodian, who, Role::DataSteward, now);
		ensure!(may, Error::<T>::NotAuthorised);
		Ok(())
	}

	/// Whether `who` administers `organisation` now.
	pub(crate) fn administers(who: &T::AccountId, organisation: OrgId) -> bool {
		T::Credentials::admin(organisation).as_ref() == Some(who)
	}

	/// Refuses an organisation without a live licence of any kind.
	pub(crate) fn ensure_licensed(organisation: OrgId, now: Moment) -> Result<(), Error<T>> {
		let kinds = T::Credentials::licensed_kinds(organisation, now);
		ensure!(!kinds.is_empty(), Error::<T>::NotLicensed);
		Ok(())
	}

	/// Refuses whoever is not a researcher of `organisation`.
	pub(crate) fn ensure_researcher(
		who: &T::AccountId,
		organisation: OrgId,
		now: Moment,
	) -> Result<(), Error<T>> {
		let may = T::Credentials::was_affiliated(organisation, who, Role::Researcher, now);
		ensure!(may, Error::<T>::NotAuthorised);
		Ok(())
	}

	/// Refuses an organisation without a live licence for research.
	pub(crate) fn ensure_research(organisation: OrgId, now: Moment) -> Result<(), Error<T>> {
		let licensed = T::Credentials::was_licensed(organisation, OrgKind::Research, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		Ok(())
	}

	/// The study, if `who` leads it at `organisation` now.
	pub(crate) fn led_by(
		who: &T::AccountId,
		organisation: OrgId,
		study: StudyId,
		now: Moment,
	) -> Result<StudyOf<T>, DispatchError> {
		let found = Studies::<T>::get(study).ok_or(Error::<T>::UnknownStudy)?;
		ensure!(
			found.organisation == organisation && found.investigator == *who,
			Error::<T>::NotAuthorised
		);
		Self::ensure_researcher(who, organisation, now)?;
		Ok(found)
	}

	/// The dataset, if `who` answers for it at `custodian` now.
	pub(crate) fn kept_by(
		who: &T::AccountId,
		custodian: OrgId,
		dataset: DatasetId,
		now: Moment,
	) -> Result<DatasetOf<T>, DispatchError> {
		let found = Datasets::<T>::get(dataset).ok_or(Error::<T>::UnknownDataset)?;
		ensure!(found.custodian == custodian, Error::<T>::NotAuthorised);
		Self::ensure_steward(who, custodian, now)?;
		Ok(found)
	}

	/// The version of `found` that is in force, and its number.
	pub(crate) fn in_force(
		dataset: DatasetId,
		found: &DatasetOf<T>,
	) -> Result<(u32, VersionOf<T>), Error<T>> {
		let number = found.versions.checked_sub(1).ok_or(Error::<T>::UnknownDataset)?;
		let version = Versions::<T>::get(dataset, number).ok_or(Error::<T>::UnknownDataset)?;
		Ok((number, version))
	}
}

/// What is paid for with the deposit of a population.
pub(crate) type PopulationSize<T> =
	(OrgId, Population<AccountOf<T>, ()>, BudgetMotion<AccountOf<T>>);
/// What is paid for with the deposit of a dataset.
pub(crate) type DatasetSize<T> = (DatasetId, Dataset<AccountOf<T>, ()>);
/// What is paid for with the deposit of a version.
pub(crate) type VersionSize<T> = (DatasetId, u32, Version<AccountOf<T>, ()>);
/// What is paid for with the deposit of a study: it, and the count of those that are not signed.
pub(crate) type StudySize<T> = (StudyId, Study<AccountOf<T>, ()>, (OrgId, AccountOf<T>, u32));
/// What is paid for with the deposit of a request: it, and its permit.
pub(crate) type RequestSize<T> = (AccessRequestId, AccessRequest<AccountOf<T>, ()>, PermitRecord);
