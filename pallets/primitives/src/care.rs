//! Who treats whom, and what the network makes of it: the words that care, consent and the decision share.

use crate::{Interval, Moment, OrgId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The number of a care relationship: counted over the whole chain from 0, never given twice.
pub type RelationshipId = u64;

/// What a live care relationship means on this network.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum CarePolicy {
	/// Nothing by itself: every access needs a directive of the patient.
	#[default]
	#[codec(index = 0)]
	ConsentOnly,
	/// The care team may read unlabelled data for treatment, unless the patient says otherwise.
	#[codec(index = 1)]
	CareTeam,
}

/// That an organisation treats a patient: when, and since when no more. The patient is the key under
/// which it is found.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Treatment {
	/// The organisation.
	pub organisation: OrgId,
	/// When the relationship lasts, unless it ends earlier.
	pub period: Interval,
	/// The first moment at which it lasted no more, if it ended before its time.
	pub ended: Option<Moment>,
}

impl Treatment {
	/// The first moment at which the relationship lasts no more.
	pub fn end(&self) -> Moment {
		self.ended.map_or(self.period.until, |ended| ended.min(self.period.until))
	}

	/// Whether the relationship lasted at `at`.
	pub fn in_force(&self, at: Moment) -> bool {
		self.period.from <= at && at < self.end()
	}
}

/// Towards whom a patient opts out of care by default.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Towards {
	/// Every organisation.
	#[codec(index = 0)]
	Everybody,
	/// One organisation.
	#[codec(index = 1)]
	Organisation(OrgId),
}

impl Towards {
	/// Whether `organisation` is meant.
	pub fn means(&self, organisation: OrgId) -> bool {
		match self {
			Self::Everybody => true,
			Self::Organisation(named) => *named == organisation,
		}
	}
}

/// A patient's word that no care relationship lets anybody see anything.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct OptOut {
	/// Towards whom.
	pub towards: Towards,
	/// From when it holds.
	pub from: Moment,
	/// Since when it holds no more; `None` while it does.
	pub until: Option<Moment>,
}

impl OptOut {
	/// Whether the patient had opted out by this at `at`.
	pub fn in_force(&self, at: Moment) -> bool {
		self.from <= at && self.until.is_none_or(|until| at < until)
	}

	/// Whether this makes `treatment` mean nothing at `at`: the patient has opted out since the
	/// relationship began. An opt-out voids the relationships that it meets for ever: opting in again
	/// revives none of them.
	pub fn voids(&self, treatment: &Treatment, at: Moment) -> bool {
		let begun_before = treatment.period.from <= self.from && self.from <= at;
		self.towards.means(treatment.organisation) && (begun_before || self.in_force(at))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn treatment(from: Moment, until: Moment, ended: Option<Moment>) -> Treatment {
		Treatment { organisation: 1, period: Interval::new(from, until), ended }
	}

	#[test]
	fn a_relationship_lasts_from_its_start_to_just_before_its_end() {
		let ended = treatment(10, 20, Some(15));
		assert!(!ended.in_force(9) && ended.in_force(10));
		assert!(ended.in_force(14) && !ended.in_force(15));
		assert_eq!(treatment(10, 20, Some(30)).end(), 20);
	}

	#[test]
	fn an_opt_out_voids_what_began_before_it_for_ever_and_nothing_that_begins_after_it() {
		let out = OptOut { towards: Towards::Organisation(1), from: 15, until: Some(17) };
		let before = treatment(10, 20, None);
		assert!(!out.voids(&before, 14));
		for at in 15..20 {
			assert!(out.voids(&before, at), "{at}");
		}
		assert!(out.voids(&treatment(15, 20, None), 15), "of the same second");
		assert!(!out.voids(&treatment(17, 20, None), 17), "after opting in");
		let other = Treatment { organisation: 2, ..before };
		assert!(!out.voids(&other, 16));
		assert!(OptOut { towards: Towards::Everybody, ..out }.voids(&other, 16));
	}
}
