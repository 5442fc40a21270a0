//! Answers for other pallets and for the runtime API.

use crate::*;
use alloc::vec::Vec;
use salus_primitives::{
	traits::{CareRelations, Patients},
	CarePolicy, Moment, OptOut, OrgId, PatientId, RelationshipId, Treatment,
};

impl<T: Config> Pallet<T> {
	/// The network's care policies, past, present and announced.
	pub fn policies() -> Vec<PolicyTerm> {
		Policies::<T>::get().into_inner()
	}

	/// The last relationship of `patient` with each organisation, past ones included.
	pub fn relationships(patient: &PatientId) -> Vec<RelationshipInfo> {
		let (now, outs) = (Self::now(), OptOuts::<T>::get(patient));
		Pairs::<T>::iter_prefix(patient)
			.filter_map(|(_, pair)| {
				let id = pair.latest?;
				Some(Self::told(id, Relationships::<T>::get(id)?, &outs, now))
			})
			.collect()
	}

	/// The relationship with the number `id`, and whose it is.
	pub fn relationship_by_id(id: RelationshipId) -> Option<(PatientId, RelationshipInfo)> {
		let found = Relationships::<T>::get(id)?;
		let (patient, outs) = (found.patient, OptOuts::<T>::get(found.patient));
		Some((patient, Self::told(id, found, &outs, Self::now())))
	}

	fn told(
		id: RelationshipId,
		found: RelationshipOf<T>,
		outs: &[OptOut],
		now: Moment,
	) -> RelationshipInfo {
		let Relationship { treatment, kind, word, referred_by, ended_by, .. } = found;
		let live = Self::is_live(&treatment, outs, now);
		RelationshipInfo { id, treatment, kind, word, referred_by, ended_by, live }
	}

	/// The invitations of `patient` that can be used.
	pub fn invitations(patient: &PatientId) -> Vec<(InvitationId, Invitation)> {
		let (now, left) = (Self::now(), T::Patients::last_left_active(patient));
		let open = Invitations::<T>::get(patient).open;
		open.into_iter()
			.filter(|(_, invitation)| Self::ensure_usable(invitation, left, now).is_ok())
			.collect()
	}

	/// The returns of `patient` that wait, also those that a freeze has stopped.
	pub fn pending_opt_ins(patient: &PatientId) -> Vec<PendingOptIn> {
		PendingOptIns::<T>::get(patient).into_inner()
	}

	/// The id that the next signature of `patient` for `organisation` must bear; `None` if none is left.
	pub fn next_word(patient: &PatientId, organisation: OrgId) -> Option<u32> {
		let pair = Pairs::<T>::get(patient, organisation);
		Self::word_of(&pair, &OptOuts::<T>::get(patient), organisation)
	}
}

/// For now this reads the pair and its last relationship; for a past moment also those before, as far back as
/// that moment.
impl<T: Config> CareRelations for Pallet<T> {
	fn policy(at: Moment) -> CarePolicy {
		Self::policy_of(&Policies::<T>::get(), at)
	}

	fn relationship(
		patient: &PatientId,
		org: OrgId,
		at: Moment,
	) -> Option<(RelationshipId, Treatment)> {
		let mut next = Pairs::<T>::get(patient, org).latest;
		while let Some(id) = next {
			let found = Relationships::<T>::get(id)?;
			// The relationships of a pair follow each other, so only the last that began by then can have lasted.
			if found.treatment.period.from <= at {
				if found.treatment.in_force(at) {
					return Some((id, found.treatment));
				}
				// Of several that began in that very second, only the last was not empty.
				return None;
			}
			next = found.previous;
		}
		None
	}

	fn opt_outs(patient: &PatientId) -> Vec<OptOut> {
		OptOuts::<T>::get(patient).into_inner()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_relationship(patient: &PatientId, org: OrgId) {
		crate::benchmarking::relate::<T>(patient, org);
	}
}
