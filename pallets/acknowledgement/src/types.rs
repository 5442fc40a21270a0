//! What the pallet stores and what it tells.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Moment, OrgId, Role, RoleSet};
use scale_info::TypeInfo;

/// The roles in which somebody acknowledges revocations for an organisation. Its administrator may too.
pub const ACKNOWLEDGING_ROLES: RoleSet =
	RoleSet::EMPTY.with(Role::PrivacyOfficer).with(Role::DataSteward);

/// What became of a revocation so far.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum NoticeState<AccountId, Ticket> {
	/// The deadline went by, and it was marked overdue. Nobody has acknowledged it yet.
	#[codec(index = 0)]
	Overdue {
		/// When it was marked.
		marked_at: Moment,
	},
	/// It was acknowledged.
	#[codec(index = 1)]
	Acknowledged {
		/// When. On time if that is before [`Notice::due`].
		at: Moment,
		/// Whose deposit there is, and the deposit; `None` if the administrator could not pay it.
		deposit: Option<(AccountId, Ticket)>,
	},
}

/// A revocation, and what became of it. In storage with the deposit's ticket, elsewhere with `()`.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Notice<AccountId, Ticket> {
	/// The organisation that the directive named.
	pub organisation: OrgId,
	/// When the patient revoked the directive.
	pub revoked_at: Moment,
	/// From when an acknowledgement was late. Kept, so that another deadline in a later version changes nothing
	/// about the past.
	pub due: Moment,
	/// What became of it.
	pub state: NoticeState<AccountId, Ticket>,
}

/// How an organisation deals with revocations, in numbers.
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
pub struct Tally {
	/// Acknowledged before the deadline.
	pub on_time: u32,
	/// Acknowledged after the deadline, whether marked overdue before or not.
	pub late: u32,
	/// Marked overdue, and not acknowledged yet.
	pub overdue: u32,
	/// Acknowledged, whether on time or late, without a deposit, because the administrator could not pay it.
	pub unpaid: u32,
}

/// How a revocation stands at the moment of the question.
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
pub enum NoticeStanding {
	/// Not acknowledged, and the deadline is not over.
	#[codec(index = 0)]
	Awaited,
	/// Not acknowledged, and the deadline is over.
	#[codec(index = 1)]
	Overdue {
		/// When somebody marked that; `None` if nobody has, so that no counter knows of it.
		marked_at: Option<Moment>,
	},
	/// Acknowledged.
	#[codec(index = 2)]
	Acknowledged {
		/// When.
		at: Moment,
		/// Whether that was before the deadline.
		on_time: bool,
	},
	/// Neither acknowledged nor marked, and neither can be done any more: too many of the patient's directives were
	/// moved to the history since. Whoever had to acknowledge it has not done so before.
	#[codec(index = 3)]
	TooLongAgo,
}

/// A revocation that an organisation has to acknowledge, or has acknowledged.
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
pub struct NoticeInfo {
	/// The organisation that the directive named.
	pub organisation: OrgId,
	/// When the patient revoked the directive.
	pub revoked_at: Moment,
	/// From when an acknowledgement is late, in Unix seconds. The time for which the organisation was flagged before does
	/// not count, and so it may still move while it is to come.
	pub due: Moment,
	/// How it stands.
	pub standing: NoticeStanding,
}
