//! What anchoring costs, by the way that it takes: whether a record succeeds another, whether it names a patient, and whether
//! that patient's consent has to be asked.

use crate::{pallet::*, types::*, weights::WeightInfo};
use alloc::collections::BTreeSet;
use frame_support::pallet_prelude::Weight;

impl<T: Config> Pallet<T> {
	/// The most that a record takes: if it names a patient, that consent is asked.
	pub(crate) fn most_for_one(named: bool, succeeds: bool) -> Weight {
		match named {
			true => T::WeightInfo::anchor_about(),
			false => Self::used_for_one(named, succeeds, false),
		}
	}

	/// What a record took.
	pub(crate) fn used_for_one(named: bool, succeeds: bool, asked: bool) -> Weight {
		match (named, succeeds, asked) {
			(true, _, true) => T::WeightInfo::anchor_about(),
			(true, true, false) => T::WeightInfo::anchor_own_version(),
			(true, false, false) => T::WeightInfo::anchor_own(),
			(false, true, _) => T::WeightInfo::anchor_version(),
			(false, false, _) => T::WeightInfo::anchor(),
		}
	}

	/// The most that these records take together. What is read for one patient is read once; of others it is read
	/// besides, as much as for a record alone.
	pub(crate) fn most_for_many(records: &[NewAnchor]) -> Weight {
		let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
		let subjects: BTreeSet<_> = records.iter().filter_map(|record| record.subject).collect();
		if subjects.is_empty() {
			return match records.iter().any(|record| record.previous.is_some()) {
				true => T::WeightInfo::anchor_many_versions(count),
				false => T::WeightInfo::anchor_many(count),
			};
		}
		let others = u64::try_from(subjects.len().saturating_sub(1)).unwrap_or(u64::MAX);
		T::WeightInfo::anchor_many_about(count)
			.saturating_add(T::WeightInfo::anchor_about().saturating_mul(others))
	}
}
