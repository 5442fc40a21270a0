//! What must hold of the whole storage, whatever was called.

mod access;
mod decisions;
mod offered;
mod reserved;

use crate::*;
use alloc::vec::Vec;
use frame_support::ensure;
use salus_primitives::deposits::are_backed;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		Self::check_numbers()?;
		Self::check_populations(now)?;
		Self::check_queries(now)?;
		Self::check_datasets(now)?;
		Self::check_studies(now)?;
		Self::check_requests(now)?;
		Self::check_unsigned()?;
		Self::check_permits(now)?;
		Self::check_matches()?;
		Self::check_reserved()?;
		Self::check_deposits()
	}

	/// Numbers are given one after the other, and nothing that has one is ever lost.
	fn check_numbers() -> Result<(), DispatchError> {
		let counted = |ids: &mut dyn Iterator<Item = u32>, next: u32| {
			let mut count = 0u32;
			for id in ids {
				if id >= next {
					return false;
				}
				count = count.saturating_add(1);
			}
			count == next
		};
		ensure!(
			counted(&mut Datasets::<T>::iter_keys(), NextDataset::<T>::get()),
			"a dataset is lost or from the future"
		);
		ensure!(
			counted(&mut Studies::<T>::iter_keys(), NextStudy::<T>::get()),
			"a study is lost or from the future"
		);
		ensure!(
			counted(&mut Requests::<T>::iter_keys(), NextRequest::<T>::get()),
			"a request is lost or from the future"
		);
		Ok(())
	}

	/// What is on hold is what populations, datasets, versions, studies and requests are for.
	fn check_deposits() -> Result<(), DispatchError> {
		let mut deposits: Vec<DepositOf<T>> = Vec::new();
		deposits.extend(Populations::<T>::iter_values().map(|found| found.deposit));
		deposits.extend(Datasets::<T>::iter_values().map(|found| found.deposit));
		deposits.extend(Versions::<T>::iter_values().filter_map(|found| found.deposit));
		deposits.extend(Studies::<T>::iter_values().map(|found| found.deposit));
		deposits.extend(Requests::<T>::iter_values().filter_map(|found| found.deposit));
		ensure!(are_backed::<T, _>(deposits), "what is on hold is not what deposits are for");
		Ok(())
	}

	/// Votes are of different members, in the order in which they were given, within their time.
	fn check_votes(votes: &[Vote<T::AccountId>], from: u64, now: u64) -> Result<(), DispatchError> {
		let mut before = from;
		for (n, vote) in votes.iter().enumerate() {
			ensure!(before <= vote.at && vote.at <= now, "votes out of order");
			before = vote.at;
			let twice = votes.iter().take(n).any(|other| other.by == vote.by);
			ensure!(!twice, "somebody has voted twice");
		}
		Ok(())
	}
}
