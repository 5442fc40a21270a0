//! Questions from outside: Polkadot.js offers them as `api.call.acknowledgementApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{NoticeInfo, Tally};
use salus_primitives::{DirectiveId, OrgId, PatientId};

sp_api::decl_runtime_apis! {
	/// Whether organisations have acknowledged what patients took back from them.
	pub trait AcknowledgementApi {
		/// How the revocation of the patient's directive stands, however long ago it was; `None` if it needs no
		/// acknowledgement now. Of an organisation that is flagged before its time is over that is so as long as it is
		/// flagged; afterwards the rest of its time goes on.
		fn revocation(patient: PatientId, directive: DirectiveId) -> Option<NoticeInfo>;

		/// How many revocations the organisation has acknowledged in time and late, how many are marked overdue
		/// and still open, and how many acknowledgements have no deposit. The counts depend on what others do: a
		/// revocation that nobody marks is not counted, and whoever makes patients of its own can acknowledge what
		/// they revoke.
		fn tally(organisation: OrgId) -> Tally;
	}
}
