//! Which Permits were revoked, for whoever has to act on that.

use crate::*;
use salus_primitives::{
	traits::{Revocation, RevokedDirectives},
	OrgId, PatientId,
};

impl<T: Config> Pallet<T> {
	/// The organisation that `grantee` names.
	pub(crate) fn named(grantee: &Grantee<T::AccountId>) -> Option<OrgId> {
		match grantee {
			Grantee::Organisation(named)
			| Grantee::RoleAt(named, _)
			| Grantee::PractitionerAt(_, named) => Some(*named),
			Grantee::Any | Grantee::Practitioner(_) => None,
		}
	}

	/// The revocation of `directive`, if that is live or on one of the newest `pages` pages of the history, was a Permit
	/// that named an organisation, and was revoked.
	fn revocation_of(
		patient: &PatientId,
		directive: DirectiveId,
		pages: u32,
	) -> Option<Revocation> {
		let found = Self::find_recent(patient, directive, pages)?;
		let ended = found.ended.filter(|ended| ended.why == EndReason::Revoked)?;
		Some(Revocation { organisation: Self::named(&found.grantee)?, at: ended.at })
	}

	/// The directive, if it is live or on one of the newest `pages` pages of the history.
	fn find_recent(
		patient: &PatientId,
		directive: DirectiveId,
		pages: u32,
	) -> Option<Directive<T::AccountId>> {
		let live = Live::<T>::get(patient);
		// What never was needs no search.
		if live.next <= directive {
			return None;
		}
		let of = |entries: &[Numbered<T::AccountId>]| {
			entries.iter().find(|(id, _)| *id == directive).map(|(_, found)| found.clone())
		};
		of(&live.entries).or_else(|| {
			let end = live.swept.div_ceil(PAGE);
			(end.saturating_sub(pages)..end)
				.rev()
				.find_map(|number| of(&History::<T>::get(patient, number)?.entries))
		})
	}
}

/// Tells of a directive as long as fewer than 225 of the patient's were moved to the history after it: reads the live set, and up
/// to [`LOOK_BACK`] pages. A Permit that an upgrade replaced was not revoked.
impl<T: Config> RevokedDirectives for Pallet<T> {
	fn revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation> {
		Self::revocation_of(patient, directive, LOOK_BACK)
	}

	fn ever_revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation> {
		Self::revocation_of(patient, directive, u32::MAX)
	}

	/// Fills the live set and the pages that are searched, and puts the directive last on the last of them.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_revoked(
		patient: &PatientId,
		organisation: OrgId,
		at: salus_primitives::Moment,
	) -> DirectiveId {
		use frame_support::BoundedVec;
		use salus_primitives::{ActionSet, DataClassSet, Interval, LabelSet, Purpose, PurposeSet};
		let directive = |ended| Directive::<T::AccountId> {
			effect: Effect::Permit,
			grantee: Grantee::Organisation(organisation),
			scope: Scope {
				actions: ActionSet::ALL,
				purposes: PurposeSet::of(&[Purpose::Treat]),
				classes: DataClassSet::ALL,
				labels: LabelSet::EMPTY,
				data: Interval::ALWAYS,
			},
			period: Interval::new(at.saturating_sub(1), salus_primitives::Moment::MAX),
			max_uses: Some(1),
			redisclose_depth: MAX_REDISCLOSE_DEPTH,
			erase_after: Some(at),
			granted_by: GrantedBy::Key,
			basis: DirectiveBasis::SelfMade,
			ended,
		};
		let swept = LOOK_BACK.saturating_mul(PAGE);
		let revoked = Some(Ended { at, why: EndReason::Revoked });
		for number in 0..LOOK_BACK {
			let first = number.saturating_mul(PAGE);
			let all = (first..first.saturating_add(PAGE)).map(|id| (id, directive(revoked)));
			let entries = BoundedVec::truncate_from(all.collect());
			History::<T>::insert(patient, number, HistoryPage { swept: at, entries });
		}
		let next = swept.saturating_add(MAX_LIVE);
		let entries = (swept..next).map(|id| (id, directive(None))).collect();
		let entries = BoundedVec::truncate_from(entries);
		Live::<T>::insert(patient, LiveSet { next, swept, entries });
		PAGE.saturating_sub(1)
	}
}
