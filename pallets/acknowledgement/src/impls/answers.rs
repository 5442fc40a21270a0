//! Answers for the runtime API.

use crate::*;
use salus_primitives::{
	traits::{Credentials, RevokedDirectives},
	DirectiveId, OrgId, PatientId,
};

impl<T: Config> Pallet<T> {
	/// How the revocation of `directive` stands now; `None` if it needs no acknowledgement now. What was late when the
	/// organisation was flagged is told as late.
	///
	/// Searches the whole history of the patient, where no acknowledgement and no mark stands here: only a node
	/// asks, and no call.
	pub fn revocation(patient: &PatientId, directive: DirectiveId) -> Option<NoticeInfo> {
		if let Some(Notice { organisation, revoked_at, due, state }) =
			Notices::<T>::get(patient, directive)
		{
			let standing = match state {
				NoticeState::Overdue { marked_at } => {
					NoticeStanding::Overdue { marked_at: Some(marked_at) }
				},
				NoticeState::Acknowledged { at, .. } => {
					NoticeStanding::Acknowledged { at, on_time: at < due }
				},
			};
			return Some(NoticeInfo { organisation, revoked_at, due, standing });
		}
		let found = T::Revocations::ever_revoked(patient, directive)?;
		Self::ensure_asked_for(&found).ok()?;
		// Of an organisation that is not there any more nothing is due.
		T::Credentials::admin(found.organisation)?;
		let due = Self::due(&found);
		let awaited = Self::now() < due;
		if awaited && T::Credentials::is_flagged(found.organisation) {
			return None;
		}
		let standing = if T::Revocations::revoked(patient, directive).is_none() {
			NoticeStanding::TooLongAgo
		} else if awaited {
			NoticeStanding::Awaited
		} else {
			NoticeStanding::Overdue { marked_at: None }
		};
		Some(NoticeInfo { organisation: found.organisation, revoked_at: found.at, due, standing })
	}

	/// How many revocations `organisation` has acknowledged in time and late, how many are marked overdue and still
	/// open, and how many acknowledgements have no deposit.
	pub fn tally(organisation: OrgId) -> Tally {
		Tallies::<T>::get(organisation)
	}
}
