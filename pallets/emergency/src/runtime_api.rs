//! Questions from outside: Polkadot.js offers them as `api.call.emergencyApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{
	AdvanceTerm, CreditInfo, EmergencyId, EmergencyInfo, Outcome, PendingRelaxation,
};
use alloc::vec::Vec;
use codec::Codec;
use salus_primitives::{Moment, OrgId, PatientId};

sp_api::decl_runtime_apis! {
	/// Who broke the glass, and what others found of it.
	pub trait EmergencyApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The emergency with this number, and what stands of it.
		fn emergency(id: EmergencyId) -> Option<EmergencyInfo<AccountId>>;

		/// What stood of the emergency at `at`; `None` if it was not recorded by then.
		fn outcome_at(id: EmergencyId, at: Moment) -> Option<Outcome>;

		/// Up to 256 emergencies of a patient, from its `first` one on, counted from 0.
		fn emergencies_of_patient(
			patient: PatientId,
			first: u32,
		) -> Vec<EmergencyInfo<AccountId>>;

		/// Up to 256 emergencies of an organisation, from its `first` one on, counted from 0.
		fn emergencies_of_organisation(
			organisation: OrgId,
			first: u32,
		) -> Vec<EmergencyInfo<AccountId>>;

		/// The credit of an organisation, and how many emergencies there were.
		fn standing(organisation: OrgId) -> CreditInfo;

		/// The patient's advance directives, past and present.
		fn advance_directives(patient: PatientId) -> Vec<AdvanceTerm>;

		/// The relaxation of the patient's advance directive that waits.
		fn pending_relaxation(patient: PatientId) -> Option<PendingRelaxation>;
	}
}
