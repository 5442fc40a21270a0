//! What must hold after every block.

use crate::{Config, Departures, Members, Minimum, Offences, Offenders, Pallet};
use frame_support::{ensure, traits::Get};
use pallet_session::Pallet as Session;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// The members are as many as allowed; whoever leaves is no member and still in the set;
	/// whoever offended is one of them; and what is recorded is counted.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let count = Members::<T>::count();
		let keys: u32 = Members::<T>::iter_keys().fold(0, |sum, _| sum.saturating_add(1));
		ensure!(keys == count, "the count of the members is wrong");
		ensure!(count <= T::MaxValidators::get(), "there are too many members");
		ensure!(Minimum::<T>::get() > 0, "the set may be empty");
		ensure!(count == 0 || count >= Minimum::<T>::get(), "there are too few members");

		let validators = Session::<T>::validators();
		let queued = Session::<T>::queued_keys();
		for validator in Departures::<T>::iter_keys() {
			ensure!(!Members::<T>::contains_key(&validator), "a member is leaving");
			ensure!(
				validators.contains(&validator) || queued.iter().any(|(id, _)| *id == validator),
				"somebody is leaving who is not in the set"
			);
		}
		for validator in Offenders::<T>::iter_keys() {
			ensure!(
				Members::<T>::contains_key(&validator) || Departures::<T>::contains_key(&validator),
				"an offender is neither a member nor leaving"
			);
		}
		for record in Offences::<T>::iter_values() {
			let latest = u32::try_from(record.latest.len()).unwrap_or(u32::MAX);
			ensure!(latest > 0 && record.count >= latest, "an offence is not counted");
		}
		Ok(())
	}
}
