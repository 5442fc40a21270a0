//! Questions from outside: Polkadot.js offers them as `api.call.acknowledgementApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{NoticeInfo, Tally};
use salus_primitives::{DirectiveId, OrgId, PatientId};

sp_api::decl_runtime_apis! {
	/// Whether organisations have acknowledged what patients took back from them.
	pub trait AcknowledgementApi {
		/// How the revocation of the patient's directive stands; `None` if it needs no acknowledgement, or is too long
		/// ago for consent to tell and nobody acknowledged or marked it.
		fn revocation(patient: PatientId, directive: DirectiveId) -> Option<NoticeInfo>;

		/// How many revocations the organisation has acknowledged in time and late, and how many are marked overdue
		/// and still open.
		fn tally(organisation: OrgId) -> Tally;
	}
}
