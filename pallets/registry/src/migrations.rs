//! What an upgrade that brings [`LastLicensed`] runs.

use crate::*;
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{
	migrations::{MigrationId, SteppedMigration, SteppedMigrationError},
	traits::Get,
	weights::{Weight, WeightMeter},
};
use salus_primitives::{OrgId, OrgKind};

/// The most blocks that it takes, and then it has failed. Each sees to a hundred organisations at least, also where a block's proof is bounded:
/// so that is enough for a hundred thousand, and takes fifty minutes at most on a chain with a block each three seconds.
pub const MAX_BLOCKS: u32 = 1_000;

/// What the way to an item takes of a block's proof, as benchmarks count it, beside the item.
const PROOF_OF_PATH: u64 = 2_475;

/// Draws [`LastLicensed`] from the licences, of which nothing changes: of as many organisations in each block as it has room for.
///
/// What is asked meanwhile of an organisation that it has not come to is answered from its licences. The version of the storage stays: what was there before is as it was, and whoever reads
/// proofs of it need not learn anything. Running it again writes the same again.
pub struct KeepLastLicensed<T>(PhantomData<T>);

impl<T: Config> KeepLastLicensed<T> {
	/// What one organisation takes at most: its number and its entry, a licence of every kind, and the key after the last of them.
	pub fn of_one() -> Weight {
		let kinds = u64::try_from(OrgKind::ALL.len()).unwrap_or(u64::MAX);
		let size = |of: usize| u64::try_from(of).unwrap_or(u64::MAX).saturating_add(PROOF_OF_PATH);
		let licences = size(Licence::<T>::max_encoded_len()).saturating_mul(kinds);
		let proof = licences
			.saturating_add(size(LastTerms::max_encoded_len()))
			.saturating_add(PROOF_OF_PATH.saturating_mul(2));
		let accesses = T::DbWeight::get().reads_writes(kinds.saturating_add(3), 1);
		accesses.saturating_add(Weight::from_parts(0, proof))
	}
}

impl<T: Config> SteppedMigration for KeepLastLicensed<T> {
	/// The organisation that was seen to last.
	type Cursor = OrgId;
	type Identifier = MigrationId<15>;

	fn id() -> Self::Identifier {
		MigrationId { pallet_id: *b"pallet_registry", version_from: 1, version_to: 1 }
	}

	fn max_steps() -> Option<u32> {
		Some(MAX_BLOCKS)
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		let required = Self::of_one();
		if meter.remaining().any_lt(required) {
			return Err(SteppedMigrationError::InsufficientWeight { required });
		}
		let mut organisations = match cursor {
			Some(last) => {
				Organisations::<T>::iter_keys_from(Organisations::<T>::hashed_key_for(last))
			},
			None => Organisations::<T>::iter_keys(),
		};
		let mut last = cursor;
		while meter.try_consume(required).is_ok() {
			let Some(org) = organisations.next() else { return Ok(None) };
			let terms = Pallet::<T>::last_terms(org);
			if !terms.is_empty() {
				LastLicensed::<T>::insert(org, terms);
			}
			last = Some(org);
		}
		Ok(last)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: alloc::vec::Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		for org in Organisations::<T>::iter_keys() {
			frame_support::ensure!(
				LastLicensed::<T>::get(org) == Pallet::<T>::drawn(org),
				"what was kept of the last times is not what the licences say"
			);
		}
		Ok(())
	}
}
