//! Answers for other pallets and for the runtime API.

use crate::*;
use alloc::vec::Vec;
use salus_primitives::{
	traits::Emergencies as Answers, AdvanceDirective, EmergencyAccess, Moment, OrgId, PatientId,
};

/// The most emergencies in one answer of the runtime API.
pub const MAX_LISTED: u32 = 256;

impl<T: Config> Pallet<T> {
	/// The emergency with the number `id`, and what stands of it.
	pub fn emergency(id: EmergencyId) -> Option<EmergencyInfo<T::AccountId>> {
		let found = Emergencies::<T>::get(id)?;
		let outcome = Self::outcome(&found, Self::now());
		let review_by = Self::review_by(found.recorded_at);
		let Emergency {
			patient,
			access,
			reason,
			detail,
			recorded_at,
			over_credit,
			review,
			disputed_at,
			ruling,
			previous,
			deposit,
		} = found;
		let emergency = Emergency {
			patient,
			access,
			reason,
			detail,
			recorded_at,
			over_credit,
			review,
			disputed_at,
			ruling,
			previous,
			deposit: deposit.map(|(payer, _)| (payer, ())),
		};
		Some(EmergencyInfo { id, emergency, review_by, outcome })
	}

	/// What stood of the emergency `id` at `at`; `None` if it was not recorded by then.
	pub fn outcome_at(id: EmergencyId, at: Moment) -> Option<Outcome> {
		let found = Emergencies::<T>::get(id).filter(|found| found.recorded_at <= at)?;
		Some(Self::outcome(&found, at.min(Self::now())))
	}

	/// The emergencies of `patient`.
	pub fn emergencies_of_patient(patient: &PatientId) -> Vec<EmergencyInfo<T::AccountId>> {
		OfPatient::<T>::iter_key_prefix(patient).filter_map(Self::emergency).collect()
	}

	/// Up to [`MAX_LISTED`] emergencies of `organisation`, from its `first` one on.
	pub fn emergencies_of_organisation(
		organisation: OrgId,
		first: u32,
	) -> Vec<EmergencyInfo<T::AccountId>> {
		(first..first.saturating_add(MAX_LISTED))
			.map_while(|place| OfOrganisation::<T>::get(organisation, place))
			.filter_map(Self::emergency)
			.collect()
	}

	/// How `organisation` stands now, as if everything that nobody reviewed were settled.
	pub fn standing(organisation: OrgId) -> CreditInfo {
		let now = Self::now();
		let mut ledger = Ledgers::<T>::get(organisation);
		let all = ledger.next.saturating_sub(ledger.settled);
		Self::settle(organisation, &mut ledger, now, all);
		let credit = Self::credit(&ledger, now);
		let pending = (ledger.settled..ledger.next)
			.filter_map(|place| OfOrganisation::<T>::get(organisation, place))
			.filter_map(Emergencies::<T>::get)
			.filter(|found| found.review.is_none())
			.fold(0u32, |count, _| count.saturating_add(1));
		CreditInfo {
			credit: credit.amount,
			left: ledger.used.left(credit, now),
			pending,
			counts: ledger.counts,
		}
	}

	/// The advance directives of `patient`, past and present.
	pub fn advance_directives(patient: &PatientId) -> Vec<AdvanceTerm> {
		AdvanceDirectives::<T>::get(patient).into_inner()
	}

	/// The emergencies of `who` at `organisation` for `patient` that lasted at `at`, the newest first.
	///
	/// For now it reads those that last, and one more: each adds a class, so there are few. For a past moment it
	/// reads those since as well.
	pub(crate) fn open_at(
		patient: &PatientId,
		organisation: OrgId,
		who: &T::AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<T::AccountId>)> {
		let mut next = Latest::<T>::get(patient, (organisation, who.clone()));
		let mut open = Vec::new();
		while let Some((id, found)) = next.and_then(|id| Some((id, Emergencies::<T>::get(id)?))) {
			if found.access.period.contains(at) {
				open.push((id, found.access));
			} else if found.access.period.until <= at {
				// All before it ended earlier.
				break;
			}
			next = found.previous;
		}
		open
	}
}

impl<T: Config> Answers<T::AccountId> for Pallet<T> {
	fn emergencies(
		patient: &PatientId,
		org: OrgId,
		who: &T::AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<T::AccountId>)> {
		Self::open_at(patient, org, who, at)
	}

	fn advance_directive(patient: &PatientId, at: Moment) -> AdvanceDirective {
		Self::advance_of(&AdvanceDirectives::<T>::get(patient), at)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_emergency(patient: &PatientId, org: OrgId, who: &T::AccountId) -> bool {
		crate::benchmarking::open::<T>(patient, org, who)
	}
}
