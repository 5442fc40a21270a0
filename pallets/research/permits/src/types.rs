//! Permits, what they depend on, and what is true of them.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Interval, Moment};
use scale_info::TypeInfo;

/// The most yearly reports that are asked about.
pub const MAX_YEARS: u64 = 20;

/// A permit: the right of a study to ask of a dataset. Immutable but for its renewal and its end.
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
pub struct Permit {
	/// From when to when, unless it is renewed.
	pub period: Interval,
	/// The one renewal, if there was one.
	pub renewal: Option<Renewal>,
	/// Its end, if it did not come by itself.
	pub ended: Option<PermitEnd>,
}

/// The renewal of a permit.
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
pub struct Renewal {
	/// When it was made: it counts from then on, and not before.
	pub at: Moment,
	/// The first moment at which it has expired.
	pub until: Moment,
}

/// The end of a permit by somebody's hand.
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
pub struct PermitEnd {
	/// The first moment at which it was no more.
	pub at: Moment,
	/// How.
	pub how: Ending,
}

/// How a permit ended.
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
pub enum Ending {
	/// The committee or the custodian revoked it.
	#[codec(index = 0)]
	Revoked,
	/// The researcher closed it, and attested that the data was destroyed.
	#[codec(index = 1)]
	Closed,
}

/// From when a version of a dataset's terms is in force, or is accepted. A later version has a
/// higher number.
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
pub struct VersionFrom {
	/// The version.
	pub version: u32,
	/// From when.
	pub from: Moment,
}

/// A withdrawal epoch that a custodian has to publish.
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
pub struct EpochDue {
	/// The first moment at which it is overdue.
	pub due: Moment,
	/// When it was published, if it was.
	pub published: Option<Moment>,
}

/// A yearly report.
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
pub struct YearlyReport {
	/// Of which year of the permit: 1 for the first.
	pub year: u64,
	/// When it was filed.
	pub at: Moment,
}

/// When reports are due: that of year *n* is overdue from `period.from + n × every + grace` on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportRule {
	/// The length of a year, in seconds. Zero asks for no report.
	pub every: Moment,
	/// How long after a year its report may still be filed, in seconds.
	pub grace: Moment,
}

/// Everything that an answer about a permit depends on. Lists may be in any order, and hold facts of
/// moments after [`Context::at`], which are not read.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
	/// The moment for which the answer is given.
	pub at: Moment,
	/// The permit.
	pub permit: &'a Permit,
	/// The ethics approvals of the study, each until it ended.
	pub approvals: &'a [Interval],
	/// Whether the organisation held a licence for research at that moment.
	pub licensed: bool,
	/// Whether the principal investigator was affiliated to it as a researcher at that moment.
	pub affiliated: bool,
	/// The versions of the dataset's terms.
	pub terms: &'a [VersionFrom],
	/// Which of them were accepted for the permit.
	pub accepted: &'a [VersionFrom],
	/// The withdrawal epochs of the dataset.
	pub epochs: &'a [EpochDue],
	/// The reports filed.
	pub reports: &'a [YearlyReport],
	/// When they are due.
	pub report_rule: ReportRule,
	/// When the dataset was taken back, if it was: it never is offered again.
	pub retired_at: Option<Moment>,
}

/// Why a permit is suspended. In a [`LapseSet`], bit *n* stands for the lapse with index *n*.
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
pub enum Lapse {
	/// No ethics approval of the study lasts.
	#[codec(index = 0)]
	Ethics,
	/// The organisation holds no licence for research.
	#[codec(index = 1)]
	Licence,
	/// The principal investigator is not affiliated to the organisation as a researcher.
	#[codec(index = 2)]
	Affiliation,
	/// The dataset's terms in force are not those last accepted.
	#[codec(index = 3)]
	Terms,
	/// A withdrawal epoch of the dataset is overdue.
	#[codec(index = 4)]
	Epoch,
	/// A yearly report is overdue.
	#[codec(index = 5)]
	Report,
	/// The permit's time is over.
	#[codec(index = 6)]
	Expired,
	/// The dataset was taken back, for good.
	#[codec(index = 7)]
	Retired,
}

impl Lapse {
	/// Every lapse, in the order of the indices.
	pub const ALL: [Self; 8] = [
		Self::Ethics,
		Self::Licence,
		Self::Affiliation,
		Self::Terms,
		Self::Epoch,
		Self::Report,
		Self::Expired,
		Self::Retired,
	];

	const fn bit(self) -> u8 {
		match self {
			Self::Ethics => 1 << 0,
			Self::Licence => 1 << 1,
			Self::Affiliation => 1 << 2,
			Self::Terms => 1 << 3,
			Self::Epoch => 1 << 4,
			Self::Report => 1 << 5,
			Self::Expired => 1 << 6,
			Self::Retired => 1 << 7,
		}
	}
}

/// A set of [`Lapse`]s.
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
)]
pub struct LapseSet(pub u8);

impl LapseSet {
	/// No lapse.
	pub const EMPTY: Self = Self(0);

	/// This set and `lapse`.
	#[must_use]
	pub const fn with(self, lapse: Lapse) -> Self {
		Self(self.0 | lapse.bit())
	}

	/// Whether `lapse` is in the set.
	pub const fn contains(self, lapse: Lapse) -> bool {
		self.0 & lapse.bit() != 0
	}

	/// Whether the set has no lapse.
	pub const fn is_empty(self) -> bool {
		self.0 == 0
	}
}

/// What is true of a permit at a moment.
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
pub enum Standing {
	/// It has not begun.
	#[codec(index = 0)]
	NotYet,
	/// It lets the study ask.
	#[codec(index = 1)]
	Active,
	/// It does not, for these reasons: all that there are.
	#[codec(index = 2)]
	Suspended(LapseSet),
	/// It never will again.
	#[codec(index = 3)]
	Ended(Ending),
}
