//! The questions that front-ends ask.

use crate::types::{
	AnchorInfo, LineageEntry, MerkleProof, Seq, SlotState, Verification, VerifyError,
};
use alloc::vec::Vec;
use salus_primitives::{Commitment, Moment, OrgId};

sp_api::decl_runtime_apis! {
	/// What was anchored, and how it stands.
	///
	/// Version 2 tells also of disputes, holds, retention and erasure, and what became of slots that
	/// are kept no more.
	#[api_version(2)]
	pub trait RecordAnchorApi {
		/// What has become of the slot `seq` of `author`: never filled, kept, shredded, evicted.
		fn slot(author: OrgId, seq: Seq) -> SlotState;

		/// All that is known of the slot `seq` of `author`, but for its subject: the slot, what stands
		/// beside it, until when it is kept, and how disputes and a request for erasure stand now.
		fn anchor(author: OrgId, seq: Seq) -> Option<AnchorInfo>;

		/// The version in the slot `seq` of `author` and those before it, newest first. One answer
		/// holds at most `LineagePage`; to go on, ask for the `previous` of the last one. It stops at a
		/// version that is no longer kept: `slot` tells what became of it.
		fn lineage(author: OrgId, seq: Seq) -> Vec<LineageEntry>;

		/// Whether `commitment` is in the slot `seq` of `author`, by `proof` if the slot is a batch,
		/// and how it stood at `at` (seconds since 1970; now, if none is given). An answer for a
		/// past moment never changes while the slot is kept. After that, the error tells what became of
		/// it.
		fn verify(
			author: OrgId,
			seq: Seq,
			commitment: Commitment,
			proof: Option<MerkleProof>,
			at: Option<Moment>,
		) -> Result<Verification, VerifyError>;
	}
}
