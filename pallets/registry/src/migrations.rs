//! What an upgrade that brings [`LastLicensed`] runs.

use crate::*;
use core::marker::PhantomData;
use frame_support::{
	traits::{Get, OnRuntimeUpgrade},
	weights::Weight,
};
use salus_primitives::OrgId;

/// Draws [`LastLicensed`] from the licences, of which nothing changes.
///
/// The version of the storage stays: what was there before is as it was, and whoever reads proofs of it need not learn
/// anything. Running it again writes the same again.
pub struct KeepLastLicensed<T>(PhantomData<T>);

impl<T: Config> KeepLastLicensed<T> {
	/// What the licences of `org` say.
	fn drawn(org: OrgId) -> LastTerms {
		let licences = Licences::<T>::iter_prefix(org);
		let terms = licences.filter_map(|(kind, licence)| licence.last_term(kind)).collect();
		LastTerms::truncate_from(terms)
	}
}

impl<T: Config> OnRuntimeUpgrade for KeepLastLicensed<T> {
	fn on_runtime_upgrade() -> Weight {
		let (mut read, mut written) = (0u64, 0u64);
		for org in Organisations::<T>::iter_keys() {
			let terms = Self::drawn(org);
			let licences = u64::try_from(terms.len()).unwrap_or(u64::MAX);
			// The number of the organisation, its licences, and the key after the last of them.
			read = read.saturating_add(licences).saturating_add(2);
			if !terms.is_empty() {
				written = written.saturating_add(1);
				LastLicensed::<T>::insert(org, terms);
			}
		}
		T::DbWeight::get().reads_writes(read, written)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: alloc::vec::Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		for (org, kind, _) in Licences::<T>::iter() {
			frame_support::ensure!(
				LastLicensed::<T>::get(org).iter().any(|term| term.kind == kind),
				"a licence of which the last time was not kept"
			);
		}
		Ok(())
	}
}
