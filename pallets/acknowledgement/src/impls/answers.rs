//! Answers for the runtime API.

use crate::*;
use salus_primitives::{traits::Credentials, DirectiveId, OrgId, PatientId};

impl<T: Config> Pallet<T> {
	/// How the revocation of `directive` stands now; `None` if it needs no acknowledgement, or is too long ago for
	/// consent to tell and nobody acknowledged or marked it.
	pub fn revocation(patient: &PatientId, directive: DirectiveId) -> Option<NoticeInfo> {
		if let Some(Notice { organisation, revoked_at, state }) =
			Notices::<T>::get(patient, directive)
		{
			let standing = match state {
				NoticeState::Overdue { marked_at } => {
					NoticeStanding::Overdue { marked_at: Some(marked_at) }
				},
				NoticeState::Acknowledged { at, on_time, .. } => {
					NoticeStanding::Acknowledged { at, on_time }
				},
			};
			let due = Self::due(revoked_at);
			return Some(NoticeInfo { organisation, revoked_at, due, standing });
		}
		let found = Self::revocation_of(patient, directive).ok()?;
		if T::Credentials::is_flagged(found.organisation) {
			return None;
		}
		let due = Self::due(found.at);
		let standing = if Self::now() < due {
			NoticeStanding::Awaited
		} else {
			NoticeStanding::Overdue { marked_at: None }
		};
		Some(NoticeInfo { organisation: found.organisation, revoked_at: found.at, due, standing })
	}

	/// How many revocations `organisation` has acknowledged in time and late, and how many are marked overdue and still
	/// open.
	pub fn tally(organisation: OrgId) -> Tally {
		Tallies::<T>::get(organisation)
	}
}
