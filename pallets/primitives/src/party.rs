//! Who keeps a limit: a party that exists once.
//!
//! A person can make accounts, keys, handles and coverages at will, so a limit for each of them limits
//! nothing. An organisation is admitted by a registrar. What an organisation's patients or members may
//! use up is therefore a limit of the organisation, divided into [`Cohort`]s, so that whoever multiplies
//! handles uses up the share of one cohort, and not what the other patients need.

use crate::{time::DAY, Moment, OrgId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// For how long one desk puts patients into the same cohort, in seconds.
pub const COHORT_TERM: Moment = 30 * DAY;

/// How many coverages that follow each other are in the same cohort.
pub const COHORT_COVERAGES: u64 = 1_000;

/// One of the groups into which an organisation's patients, or its members, fall.
///
/// Which one it is says who registered a patient, and when, as far as limits need it: the desk, and one of
/// twelve terms of 30 days. After a year the terms begin anew.
///
/// A *desk* is one account that registers patients for the organisation. It has a number, which the organisation's
/// registry of desks gives one after the other and never twice. So nobody who chooses an account, or the
/// moment at which it begins, shares a cohort with another's patients.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
pub struct Cohort(pub u32);

impl Cohort {
	/// The terms that are told apart.
	pub const TERMS: u32 = 12;
	/// How many cohorts a payer's members fall into at most.
	pub const OF_MEMBERS: u32 = 192;
	/// The desk of patients of whom it is not on record who registered them. Others are counted from 1.
	pub const UNRECORDED: u32 = 0;

	/// The cohort of a patient that `desk` registered at `at`.
	pub fn of_patient(desk: u32, at: Moment) -> Self {
		let term = at.checked_div(COHORT_TERM).map_or(0, |term| Self::wrap(term, Self::TERMS));
		Self(desk.saturating_mul(Self::TERMS).saturating_add(term))
	}

	/// The desk of a patient of this cohort.
	pub fn desk(self) -> u32 {
		self.0.checked_div(Self::TERMS).unwrap_or_default()
	}

	/// The cohort of the member of a coverage. Their numbers are given one after the other, so that who
	/// enrols many fills few cohorts.
	pub fn of_coverage(coverage: u64) -> Self {
		let block = coverage.checked_div(COHORT_COVERAGES);
		Self(block.map_or(0, |block| Self::wrap(block, Self::OF_MEMBERS)))
	}

	/// `number` modulo `count`.
	fn wrap(number: u64, count: u32) -> u32 {
		let rest = number.checked_rem(count.into()).unwrap_or_default();
		u32::try_from(rest).unwrap_or_default()
	}
}

/// Who keeps the limits of a patient: the organisation that registered it.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub struct Party {
	/// The organisation.
	pub organisation: OrgId,
	/// Among its patients, those with whom this one shares.
	pub cohort: Cohort,
	/// Since when the patient's handle exists, in Unix seconds.
	pub since: Moment,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_desk_fills_one_cohort_a_term_and_comes_back_to_it_after_a_year_of_them() {
		let at = |term: u64| Cohort::of_patient(7, term * COHORT_TERM + 5);
		assert_eq!(at(0), Cohort::of_patient(7, COHORT_TERM - 1));
		let year: std::collections::BTreeSet<_> = (0..12).map(at).collect();
		assert_eq!(year.len(), 12);
		assert_eq!(at(12), at(0));
		assert!(year.iter().all(|cohort| cohort.desk() == 7));
	}

	#[test]
	fn no_two_desks_share_a_cohort() {
		let all: std::collections::BTreeSet<_> = (0..4_000u32)
			.flat_map(|desk| (0..12).map(move |term| Cohort::of_patient(desk, term * COHORT_TERM)))
			.collect();
		assert_eq!(all.len(), 4_000 * 12);
		assert!(Cohort::of_patient(u32::MAX, u64::MAX).desk() > 300_000_000);
	}

	#[test]
	fn coverages_that_follow_each_other_are_together() {
		assert_eq!(Cohort::of_coverage(0), Cohort::of_coverage(999));
		assert_ne!(Cohort::of_coverage(999), Cohort::of_coverage(1_000));
		assert_eq!(Cohort::of_coverage(191_999), Cohort(191));
		assert_eq!(Cohort::of_coverage(192_000), Cohort(0));
		assert_eq!(Cohort::of_coverage(u64::MAX).0, (u64::MAX / 1_000 % 192) as u32);
	}
}
