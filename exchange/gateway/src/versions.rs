//! What a new version of a record may not change by itself: whose it is, and that the version before was retracted.

use crate::{
	gateway::{Failure, Gateway},
	ingest::{AFTER_RETRACTION, PATIENT_CHANGED},
	said::MAX_SAID,
	store::{Found, State},
};
use salus_exchange_protocol::Hash;

/// Whose a record is, and how it is to be treated.
pub(crate) type Judged = (Option<Hash>, State);

/// A record that is to be of the patient whose it was `before`, if that is known. It stays with that one: one that names nobody, and then one that
/// names somebody else, would seem never to have been another's.
pub(crate) fn of_the_same(before: Option<Hash>, (patient, state): Judged) -> Judged {
	match (before, patient) {
		(Some(_), Some(_)) if before != patient => (before, another_patient()),
		_ => (patient.or(before), state),
	}
}

fn another_patient() -> State {
	State::Quarantined {
		fault: PATIENT_CHANGED.into(),
		path: String::new(),
		detail:
			"the version before is about another patient; erase it, or send this under another id"
				.into(),
	}
}

/// That a version before was retracted: the same content comes back in other bytes, as with another `meta.lastUpdated`, and no program tells for
/// sure whether this one is right.
pub(crate) fn after_retraction() -> State {
	State::Quarantined {
		fault: AFTER_RETRACTION.into(),
		path: String::new(),
		detail: "a version before was retracted on the chain; look whether this one stands, and then POST /quarantine/N/again"
			.into(),
	}
}

impl Gateway {
	/// Looks anew at one record of the quarantine because a person says so. That lets a version after one that was retracted go where it is to go by
	/// what is in it; no program does.
	pub fn again_by_a_person(&self, number: u64) -> Result<Option<bool>, Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(None) };
		match (&found.state, &found.blob) {
			(State::Quarantined { fault, .. }, Some(blob)) if fault == AFTER_RETRACTION => {
				self.let_after_retraction(&found, blob)
			},
			_ => self.again(number),
		}
	}

	/// Judges a version after one that was retracted. One of which too much was said stays where it is.
	fn let_after_retraction(&self, found: &Found, blob: &str) -> Result<Option<bool>, Failure> {
		match self.kept_said(found.number, blob)?.len() > MAX_SAID {
			true => Ok(Some(false)),
			false => self.judge_again(found, blob),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_record_stays_with_its_patient_through_one_that_names_nobody() {
		let (one, other) = (Some(Hash([1; 32])), Some(Hash([2; 32])));
		let of = |before, now| of_the_same(before, (now, State::Erased));
		assert_eq!(of(None, one), (one, State::Erased));
		assert_eq!(of(one, one), (one, State::Erased));
		assert_eq!(of(one, None), (one, State::Erased));
		assert_eq!(of(one, other), (one, another_patient()));
	}
}
