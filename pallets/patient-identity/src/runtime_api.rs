//! Questions that front-ends and gateways ask.

use crate::types::{PatientDocument, Since};
use codec::{Codec, Decode, Encode};
use salus_primitives::{Moment, PatientId, PatientState};
use scale_info::TypeInfo;

/// Why a question about a moment has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum AsOfError {
	/// The moment lies in the future.
	#[codec(index = 0)]
	InFuture,
}

sp_api::decl_runtime_apis! {
	/// Handles, their keys and their states.
	pub trait PatientIdentityApi<AccountId>
	where
		AccountId: Codec,
	{
		/// All that a W3C DID document of `patient` needs; `None` if there is no such handle.
		fn resolve(patient: PatientId) -> Option<PatientDocument<AccountId>>;

		/// Whose key `account` is, was, or is about to be.
		fn patient_of(account: AccountId) -> Option<PatientId>;

		/// The handle that registering `first_key` gives or gave.
		fn handle_of(first_key: AccountId) -> PatientId;

		/// The state of `patient` at `at`; `Ok(None)` if there was no such handle then.
		fn state_at(patient: PatientId, at: Moment) -> Result<Option<PatientState>, AsOfError>;

		/// The agreement key of `patient` at `at`, and since when; `Ok(None)` if there was no such
		/// handle then.
		fn agreement_key_at(
			patient: PatientId,
			at: Moment,
		) -> Result<Option<Since<[u8; 32]>>, AsOfError>;
	}
}
