//! What must hold after every block.

use crate::{Accounts, Budgets, Config, Guests, Pallet};
use frame_support::{ensure, traits::UnixTime};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every welcomed account is kept alive by a reference of its own, no allowance or budget was used
	/// in the future, and guests are welcome.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = T::Time::now().as_secs();
		for (who, allowance) in Accounts::<T>::iter() {
			ensure!(
				frame_system::Pallet::<T>::sufficients(&who) > 0,
				"a welcomed account has no sufficient reference"
			);
			ensure!(allowance.since <= now, "an allowance was used in the future");
		}
		for (_, shared) in Budgets::<T>::iter() {
			ensure!(shared.since <= now, "a budget was used in the future");
		}
		for (who, count) in Guests::<T>::iter() {
			ensure!(Accounts::<T>::contains_key(&who), "a guest that is not welcome");
			ensure!(count > 0, "a guest whom nobody invited");
		}
		Ok(())
	}
}
