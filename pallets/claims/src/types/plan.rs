//! Plans: what a payer promises.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_claims_adjudication::{BenefitCategory, Money, PartsPerMillion, Plan as Rules, WHOLE};
use salus_primitives::{time::DAY, Moment, OrgId};
use scale_info::TypeInfo;

/// The number of a plan: 0, 1, 2 ... over all payers, never given twice.
pub type PlanId = u32;

/// The shortest time that a plan may leave for filing a claim.
pub const MIN_FILING_LIMIT: Moment = 90 * DAY;
/// The longest.
pub const MAX_FILING_LIMIT: Moment = 730 * DAY;
/// The longest time that a payer may give itself to decide about a claim, or to pay it.
pub const MAX_PAYER_TIME: Moment = 90 * DAY;
/// The shortest time that a payer must leave a provider to answer.
pub const MIN_ANSWER_TIME: Moment = 7 * DAY;
/// The longest time in which a provider's answer may stop the payer's clock.
pub const MAX_ANSWER_TIME: Moment = 45 * DAY;
/// How often a payer may ask for information about one claim.
pub const MAX_REQUESTS: u8 = 2;

/// A version of a plan. It never changes; a new one applies to new coverages.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Terms<AssetId> {
	/// The settlement asset. All amounts of the plan and of its claims are in its smallest unit.
	pub asset: AssetId,
	/// The benefits, as the adjudication reads them.
	pub rules: Rules,
	/// Up to which payment a claim is settled without anybody's decision.
	pub auto_limit: Money,
	/// For how long after an encounter was closed a claim for it may be filed, in seconds:
	/// [`MIN_FILING_LIMIT`] to [`MAX_FILING_LIMIT`].
	pub filing_limit: Moment,
	/// For how long the payer may think about a pended claim, in seconds: more than nothing, and at
	/// most [`MAX_PAYER_TIME`]. After that the rules decide.
	pub decision_time: Moment,
	/// For how long a provider may take to answer a question, in seconds: [`MIN_ANSWER_TIME`] to
	/// [`MAX_ANSWER_TIME`]. The payer's clocks stand meanwhile.
	pub answer_time: Moment,
	/// After which time since it was submitted a claim that is not paid bears interest, in
	/// seconds: at most [`MAX_PAYER_TIME`].
	pub payment_time: Moment,
	/// The interest, in parts per million for a year of 365 days, simple, on whole seconds. At most
	/// the whole.
	pub interest: PartsPerMillion,
}

impl<AssetId> Terms<AssetId> {
	/// Whether every clock lies within its bounds.
	pub fn has_sound_clocks(&self) -> bool {
		(MIN_FILING_LIMIT..=MAX_FILING_LIMIT).contains(&self.filing_limit)
			&& (1..=MAX_PAYER_TIME).contains(&self.decision_time)
			&& (MIN_ANSWER_TIME..=MAX_ANSWER_TIME).contains(&self.answer_time)
			&& self.payment_time <= MAX_PAYER_TIME
	}

	/// Whether a benefit demands prior authorisation.
	pub fn demands_authorisation(&self) -> bool {
		let benefits = &self.rules.benefits;
		BenefitCategory::ALL.iter().any(|category| benefits.get(*category).authorisation_required)
	}

	/// Whether the shares, caps and the interest mean something.
	pub fn is_sound(&self) -> bool {
		self.rules.is_sound() && self.interest <= WHOLE
	}
}

/// Whose plan it is, and how many versions it has.
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
pub struct Plan {
	/// The payer.
	pub payer: OrgId,
	/// How many versions there are: the newest is this less one.
	pub versions: u32,
}
