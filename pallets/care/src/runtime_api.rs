//! Questions from outside: Polkadot.js offers them as `api.call.careApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{Invitation, InvitationId, PendingOptIn, PolicyTerm, RelationshipInfo};
use alloc::vec::Vec;
use salus_primitives::{CarePolicy, Moment, OptOut, OrgId, PatientId, RelationshipId, Treatment};

sp_api::decl_runtime_apis! {
	/// Who treats whom. What follows from it is told by `ConsentApi`.
	pub trait CareApi {
		/// The care policy at `at`, in Unix seconds. For a moment after now it is what is announced so far, which can
		/// still change.
		fn care_policy(at: Moment) -> CarePolicy;

		/// The care policies, past, present and announced.
		fn care_policies() -> Vec<PolicyTerm>;

		/// The relationship of the two that lasted at `at`, opt-outs apart.
		fn relationship_at(
			patient: PatientId,
			organisation: OrgId,
			at: Moment,
		) -> Option<(RelationshipId, Treatment)>;

		/// The relationship with this number, and whose it is.
		fn relationship(id: RelationshipId) -> Option<(PatientId, RelationshipInfo)>;

		/// The patient's last relationship with each organisation.
		fn relationships(patient: PatientId) -> Vec<RelationshipInfo>;

		/// The patient's invitations that can be used.
		fn invitations(patient: PatientId) -> Vec<(InvitationId, Invitation)>;

		/// The patient's opt-outs, past and present.
		fn opt_outs(patient: PatientId) -> Vec<OptOut>;

		/// The patient's returns that wait.
		fn pending_opt_ins(patient: PatientId) -> Vec<PendingOptIn>;

		/// The id that the patient's next signature for the organisation must bear.
		fn next_word(patient: PatientId, organisation: OrgId) -> Option<u32>;
	}
}
