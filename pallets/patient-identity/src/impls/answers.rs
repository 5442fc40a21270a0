//! What other pallets and front-ends may ask.

use crate::{messages, pallet::*, runtime_api::AsOfError, types::*};
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use salus_primitives::{
	traits::{self, PatientKey},
	Cohort, Moment, OrgId, Party, PatientId, PatientState,
};
use sp_io::hashing::blake2_256;

impl<T: Config> Pallet<T> {
	/// The handle that registering `first_key` gives or gave.
	pub fn handle_of(first_key: &T::AccountId) -> PatientId {
		PatientId::from(blake2_256(&messages::handle(&Self::genesis(), first_key)))
	}

	/// Whose key `account` is, was, or is about to be.
	pub fn patient_of(account: &T::AccountId) -> Option<PatientId> {
		Keys::<T>::get(account).map(|key| key.patient)
	}

	/// All that a W3C DID document of `patient` needs; `None` if there is no such handle.
	pub fn resolve(id: &PatientId) -> Option<PatientDocument<T::AccountId>> {
		let now = Self::now();
		let patient = Patients::<T>::get(id)?;
		let state = patient.state.now(now);
		let entry = |account: &T::AccountId| {
			let Key { purposes, from, until, .. } =
				Keys::<T>::get(account).filter(|key| !key.has_ended(now))?;
			Some(DocumentKey { account: account.clone(), purposes, from, until })
		};
		Some(PatientDocument {
			patient: *id,
			state: state.value,
			since: state.from,
			active_from: patient.state.planned(now).map(|planned| planned.from),
			retires_from: patient.retires_from,
			last_left_active: patient.last_left_active,
			created_at: patient.created_at,
			registered_by: patient.registered_by,
			keys: patient.keys.iter().filter_map(entry).collect::<Vec<_>>(),
			agreement_key: patient.agreement_key.now(now),
			next_agreement_key: patient.agreement_key.planned(now),
		})
	}

	/// The state of `patient` at `at`; `Ok(None)` if there was no such handle then. Reads at most
	/// one entry of the history for each doubling of its length.
	pub fn state_at(id: &PatientId, at: Moment) -> Result<Option<PatientState>, AsOfError> {
		Self::check_past(at)?;
		let load = |index| StateHistory::<T>::get(id, index);
		Ok(Patients::<T>::get(id)
			.and_then(|patient| patient.state.at(at, load))
			.map(|since| since.value))
	}

	/// The agreement key of `patient` at `at`, and since when; `Ok(None)` if there was no such
	/// handle then.
	pub fn agreement_key_at(
		id: &PatientId,
		at: Moment,
	) -> Result<Option<Since<[u8; 32]>>, AsOfError> {
		Self::check_past(at)?;
		let load = |index| AgreementKeyHistory::<T>::get(id, index);
		Ok(Patients::<T>::get(id).and_then(|patient| patient.agreement_key.at(at, load)))
	}

	fn check_past(at: Moment) -> Result<(), AsOfError> {
		if at <= Self::now() {
			Ok(())
		} else {
			Err(AsOfError::InFuture)
		}
	}
}

impl<T: Config> traits::LeftActive<BlockNumberFor<T>> for Pallet<T> {
	fn left_active_in(patient: &PatientId) -> Option<BlockNumberFor<T>> {
		LeftActiveIn::<T>::get(patient)
	}
}

impl<T: Config> traits::Patients<T::AccountId> for Pallet<T> {
	fn key(key: &T::AccountId) -> Option<PatientKey> {
		Keys::<T>::get(key).map(Into::into)
	}

	fn state(patient: &PatientId) -> Option<(PatientState, Moment)> {
		let state = Patients::<T>::get(patient)?.state.now(Self::now());
		Some((state.value, state.from))
	}

	/// A question about the future has no answer, as if there was no such handle.
	fn state_at(patient: &PatientId, at: Moment) -> Option<PatientState> {
		Self::state_at(patient, at).ok().flatten()
	}

	fn last_left_active(patient: &PatientId) -> Option<Moment> {
		Patients::<T>::get(patient)?.last_left_active
	}

	fn registered_by(patient: &PatientId) -> Option<OrgId> {
		Patients::<T>::get(patient)?.registered_by
	}

	fn party(patient: &PatientId) -> Option<Party> {
		// A handle of version 0.1.0 has no entry.
		Parties::<T>::get(patient).or_else(|| {
			let Patient { registered_by, created_at, .. } = Patients::<T>::get(patient)?;
			let cohort = Cohort::of_patient(Cohort::UNRECORDED, created_at);
			Some(Party { organisation: registered_by?, cohort, since: created_at })
		})
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(key: &T::AccountId) -> PatientId {
		let mut agreement_key = [0; 32];
		agreement_key[0] = 9;
		// Without a deposit, so that the balances of the caller's benchmark stay as they are.
		Self::create(key.clone(), agreement_key, None, None, key.clone())
			.expect("a fresh key can be registered")
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient_of(key: &T::AccountId, org: OrgId) -> PatientId {
		let patient = Self::benchmark_patient(key);
		Patients::<T>::mutate_extant(patient, |found| found.registered_by = Some(org));
		patient
	}
}
