//! Questions from outside: Polkadot.js offers them as `api.call.sealedApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{Numbered, PendingLift, SealedError, SealedId};
use alloc::vec::Vec;
use salus_primitives::{Moment, PatientId};

sp_api::decl_runtime_apis! {
	/// What the chain holds of sealed directives. What follows from them is told by `ConsentApi`, or by
	/// `salus_consent_decision::decide_with` over this and the openings that one has.
	pub trait SealedApi {
		/// The patient's sealed directives that were in force at `at`, in Unix seconds, not after now.
		fn sealed(patient: PatientId, at: Moment) -> Result<Vec<Numbered>, SealedError>;

		/// The number that the patient's next sealed directive gets: its commitment is made over it.
		fn next_sealed(patient: PatientId) -> SealedId;

		/// The patient's sealed directives in force, and those that ended but are not in the history yet.
		fn sealed_directives(patient: PatientId) -> Vec<Numbered>;

		/// A page, from 0, of the patient's sealed directives that ended; `None` past the last.
		fn sealed_history(patient: PatientId, page: u32) -> Option<Vec<Numbered>>;

		/// The patient's lifts that wait, also those that a freeze has stopped.
		fn pending_sealed_lifts(patient: PatientId) -> Vec<PendingLift>;
	}
}
