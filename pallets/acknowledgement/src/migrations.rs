//! What an upgrade that brings this pallet runs.

use crate::*;
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{
	traits::{Get, OnRuntimeUpgrade},
	weights::Weight,
};

/// Asks for acknowledgements of what is revoked from now on. Nobody was asked before, and what is past must not be
/// overdue the moment the upgrade is made.
///
/// For the one upgrade that brings this pallet to a chain that exists. Where the pallet was before, from the genesis or by an
/// earlier run, [`Since`] is written, and nothing changes.
pub struct AskFromNowOn<T>(PhantomData<T>);

impl<T: Config> OnRuntimeUpgrade for AskFromNowOn<T> {
	fn on_runtime_upgrade() -> Weight {
		if !Since::<T>::exists() {
			Since::<T>::put(Pallet::<T>::now());
		}
		T::DbWeight::get().reads_writes(2, 1)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		frame_support::ensure!(Since::<T>::exists(), "acknowledgements are asked for since ever");
		Ok(())
	}
}
