//! Datasets: offered, kept up to date, taken back.

use crate::{
	impls::{DatasetSize, VersionSize},
	*,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use salus_primitives::{Commitment, Moment, OrgId};
use salus_research_data_use::Offer;

impl<T: Config> Pallet<T> {
	#[allow(clippy::too_many_arguments, reason = "as the call has them")]
	pub(crate) fn do_offer_dataset(
		by: T::AccountId,
		custodian: OrgId,
		basis: Basis,
		min_cohort: u32,
		rule: CommitteeRule,
		terms: Offer,
		root: Commitment,
		size: SizeBucket,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_steward(&by, custodian, now)?;
		Self::ensure_licensed(custodian, now)?;
		ensure!(Populations::<T>::contains_key(custodian), Error::<T>::UnknownPopulation);
		Self::ensure_committee(rule.committee, rule.quorum, now)?;
		let deliberation = T::MinDeliberation::get()..=Self::max_deliberation();
		ensure!(deliberation.contains(&rule.deliberation), Error::<T>::WrongDeliberation);
		ensure!(min_cohort >= MIN_COHORT, Error::<T>::CohortTooSmall);
		let dataset = NextDataset::<T>::get();
		let next = dataset.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let deposit = Self::take_deposit::<DatasetSize<T>>(custodian)?;
		let of_version = Self::take_deposit::<VersionSize<T>>(custodian)?;
		NextDataset::<T>::put(next);
		let (epoch, terms_version) = (0, 0);
		Versions::<T>::insert(
			dataset,
			0,
			Version {
				terms,
				terms_version,
				root,
				size,
				epoch,
				epoch_at: now,
				at: now,
				deposit: Some(of_version),
			},
		);
		Datasets::<T>::insert(
			dataset,
			Dataset {
				custodian,
				basis,
				min_cohort,
				rule,
				shortcut: false,
				versions: 1,
				unpaid: 0,
				offered_at: now,
				retired_at: None,
				deposit,
			},
		);
		let committee = rule.committee;
		Self::deposit_event(Event::DatasetOffered { dataset, custodian, committee });
		Self::deposit_event(Event::VersionPublished { dataset, version: 0, terms_version, epoch });
		Ok(())
	}

	pub(crate) fn do_publish_version(
		by: T::AccountId,
		custodian: OrgId,
		dataset: DatasetId,
		terms: Offer,
		root: Commitment,
		size: SizeBucket,
		epoch: u32,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::kept_by(&by, custodian, dataset, now)?;
		ensure!(found.retired_at.is_none(), Error::<T>::DatasetRetired);
		let (_, before) = Self::in_force(dataset, &found)?;
		ensure!(terms.keeps_or_tightens(&before.terms), Error::<T>::TermsLoosened);
		let is_next = before.epoch.checked_add(1) == Some(epoch);
		ensure!(is_next || epoch == before.epoch, Error::<T>::WrongEpoch);
		let version = found.versions;
		ensure!(version < MAX_VERSIONS, Error::<T>::TooManyVersions);
		let changed = u32::from(terms != before.terms);
		let terms_version =
			before.terms_version.checked_add(changed).ok_or(Error::<T>::TooManyVersions)?;
		found.versions = version.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;
		// An epoch that is due answers a clock. Whatever else is published waits for the deposit, so that growth without one is bounded.
		let deposit = if is_next && Self::epoch_may_be_unpaid(before.epoch_at, now) {
			Self::take_deposit_if_possible::<VersionSize<T>>(custodian)
		} else {
			Some(Self::take_deposit::<VersionSize<T>>(custodian)?)
		};
		found.unpaid = found.unpaid.saturating_add(u32::from(deposit.is_none()));
		let epoch_at = if is_next { now } else { before.epoch_at };
		Versions::<T>::insert(
			dataset,
			version,
			Version { terms, terms_version, root, size, epoch, epoch_at, at: now, deposit },
		);
		Datasets::<T>::insert(dataset, found);
		Self::deposit_event(Event::VersionPublished { dataset, version, terms_version, epoch });
		Ok(())
	}

	/// Whether the epoch after the one of `epoch_at` can be published at `now` without a deposit: once half of its time is over.
	pub(crate) fn epoch_may_be_unpaid(epoch_at: Moment, now: Moment) -> bool {
		let half = T::EpochTime::get().checked_div(2).unwrap_or(0);
		epoch_at.saturating_add(half) <= now
	}

	pub(crate) fn do_set_shortcut(
		by: T::AccountId,
		committee: OrgId,
		dataset: DatasetId,
		allowed: bool,
	) -> DispatchResult {
		let mut found = Datasets::<T>::get(dataset).ok_or(Error::<T>::UnknownDataset)?;
		ensure!(
			found.rule.committee == committee && Self::administers(&by, committee),
			Error::<T>::NotAuthorised
		);
		ensure!(found.shortcut != allowed, Error::<T>::NothingToChange);
		found.shortcut = allowed;
		Datasets::<T>::insert(dataset, found);
		Self::deposit_event(Event::ShortcutSet { dataset, allowed });
		Ok(())
	}

	pub(crate) fn do_retire_dataset(
		by: T::AccountId,
		custodian: OrgId,
		dataset: DatasetId,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::kept_by(&by, custodian, dataset, now)?;
		ensure!(found.retired_at.is_none(), Error::<T>::DatasetRetired);
		found.retired_at = Some(now);
		Datasets::<T>::insert(dataset, found);
		Self::deposit_event(Event::DatasetRetired { dataset });
		Ok(())
	}

	/// The version of `dataset` that was in force at `at`, and its number: the last that was published by then. One read of
	/// the present; of the past at most as many more as [`MAX_VERSIONS`] has binary digits.
	pub(crate) fn version_by(
		dataset: DatasetId,
		found: &DatasetOf<T>,
		at: Moment,
	) -> Option<(u32, VersionOf<T>)> {
		let (number, newest) = Self::in_force(dataset, found).ok()?;
		if newest.at <= at {
			return Some((number, newest));
		}
		let (mut low, mut high) = (0, number);
		let mut last = None;
		// Versions below `low` were published by `at`, those from `high` on were not.
		while low < high {
			let half = high.saturating_sub(low).checked_div(2).unwrap_or(0);
			let middle = low.saturating_add(half);
			let version = Versions::<T>::get(dataset, middle)?;
			if version.at <= at {
				last = Some((middle, version));
				low = middle.saturating_add(1);
			} else {
				high = middle;
			}
		}
		last
	}
}
