//! Answers for other pallets and for the runtime API.

use crate::*;
use alloc::vec::Vec;
use frame_support::ensure;
use salus_primitives::{traits::SealedDirectives, Moment, PatientId};

impl<T: Config> Pallet<T> {
	/// The sealed directives of `patient` that were in force at `at`.
	///
	/// The answer for a moment before now never changes. Reads the history from its end, and only as far back as
	/// `at`: what was moved to it by then had ended by then.
	///
	/// # Errors
	/// - [`SealedError::FutureMoment`]: `at` is after now.
	/// - [`SealedError::HistoryUnavailable`]: a page of the history is not in this state.
	pub fn sealed(patient: &PatientId, at: Moment) -> Result<Vec<Numbered>, SealedError> {
		let now = Self::now();
		ensure!(at <= now, SealedError::FutureMoment);
		let LiveSet { swept, entries, .. } = Live::<T>::get(patient);
		let mut found = entries.into_inner();
		found.retain(|(_, directive)| directive.in_force(at));
		if at == now {
			return Ok(found);
		}
		for number in (0..swept.div_ceil(PAGE)).rev() {
			let page = History::<T>::get(patient, number).ok_or(SealedError::HistoryUnavailable)?;
			if page.swept <= at {
				break;
			}
			found.extend(page.entries.into_iter().filter(|(_, old)| old.in_force(at)));
		}
		Ok(found)
	}

	/// The number that the next sealed directive of `patient` gets.
	pub fn next_sealed(patient: &PatientId) -> SealedId {
		Live::<T>::get(patient).next
	}

	/// The sealed directives of `patient` in force, and those that ended but are not in the history yet.
	pub fn sealed_directives(patient: &PatientId) -> Vec<Numbered> {
		Live::<T>::get(patient).entries.into_inner()
	}

	/// Page `number` of the sealed directives of `patient` that ended; `None` past the last page.
	pub fn sealed_history(patient: &PatientId, number: u32) -> Option<Vec<Numbered>> {
		History::<T>::get(patient, number).map(|page| page.entries.into_inner())
	}

	/// The lifts of `patient` that wait, also those that a freeze has stopped.
	pub fn pending_sealed_lifts(patient: &PatientId) -> Vec<PendingLift> {
		PendingLifts::<T>::get(patient).into_inner()
	}
}

impl<T: Config> SealedDirectives<SealedDirective> for Pallet<T> {
	fn sealed_at(patient: &PatientId, at: Moment) -> Option<Vec<Numbered>> {
		Self::sealed(patient, at).ok()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_denials(patient: &PatientId) {
		crate::benchmarking::deny::<T>(patient);
	}
}
