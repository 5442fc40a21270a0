//! A migration that is only rehearsed: it reads every anchor with the present type and writes it
//! back, a few a block.
//!
//! It changes nothing, and takes the way that a migration takes which does: through the cursor, over
//! several blocks in which only mandatory calls run, within a stated number of them.

use crate::Runtime;
use frame_support::{
	migrations::{MigrationId, SteppedMigration, SteppedMigrationError},
	weights::WeightMeter,
	BoundedVec,
};
use pallet_record_anchor::Anchors;
use sp_core::ConstU32;

/// The most anchors that one block migrates.
pub const ANCHORS_PER_BLOCK: u32 = 8;
/// The most blocks that it takes: more than any chain of a rehearsal has anchors for.
pub const MAX_BLOCKS: u32 = 1_000;

/// The migration.
pub struct RecodeAnchors;

impl SteppedMigration for RecodeAnchors {
	/// The raw key of the last anchor that was migrated.
	type Cursor = BoundedVec<u8, ConstU32<128>>;
	type Identifier = MigrationId<15>;

	fn id() -> Self::Identifier {
		MigrationId { pallet_id: *b"rehearse-anchor", version_from: 1, version_to: 1 }
	}

	fn max_steps() -> Option<u32> {
		Some(MAX_BLOCKS)
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		// Decoding and encoding a hundred bytes is nothing beside the database.
		let of_one = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(2, 1);
		if meter.remaining().any_lt(of_one) {
			return Err(SteppedMigrationError::InsufficientWeight { required: of_one });
		}
		let mut anchors = match &cursor {
			Some(last) => Anchors::<Runtime>::iter_from(last.to_vec()),
			None => Anchors::<Runtime>::iter(),
		};
		let mut last = cursor;
		for _ in 0..ANCHORS_PER_BLOCK {
			if meter.try_consume(of_one).is_err() {
				break;
			}
			let Some((author, seq, anchor)) = anchors.next() else {
				return Ok(None);
			};
			Anchors::<Runtime>::insert(author, seq, anchor);
			let key = Anchors::<Runtime>::hashed_key_for(author, seq);
			let key = Self::Cursor::try_from(key).map_err(|_| SteppedMigrationError::Failed)?;
			last = Some(key);
		}
		Ok(last)
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<alloc::vec::Vec<u8>, sp_runtime::TryRuntimeError> {
		use codec::Encode;
		Ok(Anchors::<Runtime>::iter().collect::<alloc::vec::Vec<_>>().encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: alloc::vec::Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		use codec::Encode;
		let after = Anchors::<Runtime>::iter().collect::<alloc::vec::Vec<_>>().encode();
		frame_support::ensure!(before == after, "the rehearsal changed an anchor");
		Ok(())
	}
}
