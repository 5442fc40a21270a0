//! What the pallet stores and what its calls take, beyond the types of the decision.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, DefaultNoBound};
use salus_primitives::{Commitment, Moment, OrgId, Purpose, PurposeSet, Role};
use scale_info::TypeInfo;

pub use salus_consent_decision::{
	Actor, BaseDecision, Basis, Directive, DirectiveBasis, DirectiveId, Effect, EndReason, Ended,
	GrantedBy, Grantee, LawfulCode, Opening, PurposeVeto, Question, Reason, RequestId, Scope,
	SealedContent, SealedDirective, SealedId, Told, Verdict, BASE_PERMIT_TERM,
};

/// The most directives that one patient has in [`crate::Live`].
pub const MAX_LIVE: u32 = 64;
/// The most Permits in force of one patient: 16 places stay free for denials.
pub const MAX_PERMITS: u32 = 48;
/// How many directives a page of the history holds.
pub const PAGE: u32 = 32;
/// The most directives that one call moves to the history.
pub const SWEEP: u32 = 8;
/// The most intervals of vetoes, past and present, of one patient.
pub const MAX_VETOES: u32 = 96;
/// How many of them are kept free for vetoes in force: as many as a set of purposes has bits, so
/// that a veto always finds room.
pub const VETO_ROOM: u32 = 32;
/// The most base decisions, past and present, of one patient. As many of them are kept free as the present one can
/// still be made stricter, so that a stricter one always finds room.
pub const MAX_BASE: u32 = 64;
/// How many pages of a patient's history are searched, from the newest on, for one directive that was revoked. The newest
/// may have one directive, so the 225 that were moved last are found at least.
pub const LOOK_BACK: u32 = 8;
/// The most open requests to one patient.
pub const MAX_REQUESTS: u32 = 16;
/// The most open requests to one patient from one organisation.
pub const MAX_REQUESTS_OF_ONE: u32 = 3;
/// The most lifts of one patient that wait at the same time.
pub const MAX_PENDING: u32 = 32;
/// The most questions in one call of the runtime API.
pub const MAX_QUESTIONS: u32 = 256;
/// The most openings with one question: as many as a patient has sealed directives in force, and as many wrong ones.
pub const MAX_OPENINGS: u32 = 64;
/// The most hands over which data may be passed on.
pub const MAX_REDISCLOSE_DEPTH: u8 = 2;

/// A directive with its number.
pub type Numbered<AccountId> = (DirectiveId, Directive<AccountId>);

/// One patient's directives that are not in the history yet: those in force, and a few that ended.
///
/// One item, so that a decision for now is one read of directives.
#[derive(Clone, PartialEq, Eq, Debug, DefaultNoBound, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LiveSet<AccountId> {
	/// The number that the next directive gets.
	pub next: DirectiveId,
	/// How many directives were moved to the history.
	pub swept: u32,
	/// The directives, by rising number.
	pub entries: BoundedVec<Numbered<AccountId>, ConstU32<MAX_LIVE>>,
}

impl<AccountId> LiveSet<AccountId> {
	/// How many directives it has.
	pub(crate) fn count(&self) -> u32 {
		u32::try_from(self.entries.len()).unwrap_or(MAX_LIVE)
	}
}

/// A page of a patient's history: directives that ended or expired. Only the last page grows.
#[derive(Clone, PartialEq, Eq, Debug, DefaultNoBound, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct HistoryPage<AccountId> {
	/// When the page last grew. No directive of this page or an earlier one was in force then.
	pub swept: Moment,
	/// The directives, as they were moved here.
	pub entries: BoundedVec<Numbered<AccountId>, ConstU32<PAGE>>,
}

/// From when which base decision of a patient held. It did until the next one; before the first it was
/// [`BaseDecision::Unset`].
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
pub struct BaseTerm {
	/// The first moment at which it held.
	pub from: Moment,
	/// The base decision.
	pub decision: BaseDecision,
}

/// What access somebody is given, or asks for, beside who that is.
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
pub struct Access {
	/// What it is about.
	pub scope: Scope,
	/// When it ends. It starts with the block that makes it.
	pub until: Moment,
	/// How often it may be used. Only `None` until uses are counted.
	pub max_uses: Option<u32>,
	/// Over how many hands the data may be passed on: 1 or 2 with
	/// [`salus_primitives::Action::Redisclose`], 0 without.
	pub redisclose_depth: u8,
	/// The moment by which the grantee must have erased its copies.
	pub erase_after: Option<Moment>,
}

impl Access {
	/// Whether this access reaches nothing that `asked` does not, and binds as strictly.
	pub fn is_within(&self, asked: &Self) -> bool {
		fn at_most<N: Ord>(given: Option<N>, asked: Option<N>) -> bool {
			match (given, asked) {
				(_, None) => true,
				(None, Some(_)) => false,
				(Some(given), Some(asked)) => given <= asked,
			}
		}
		self.scope.is_within(&asked.scope)
			&& self.until <= asked.until
			&& at_most(self.max_uses, asked.max_uses)
			&& self.redisclose_depth <= asked.redisclose_depth
			&& at_most(self.erase_after, asked.erase_after)
	}
}

/// For whom at the asking organisation access is requested.
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
pub enum RequestFor {
	/// The organisation and everybody affiliated to it.
	#[codec(index = 0)]
	Organisation,
	/// Everybody affiliated to it in the role.
	#[codec(index = 1)]
	Role(Role),
	/// The practitioner who signs the request, as long as that person acts for the organisation.
	#[codec(index = 2)]
	Requester,
}

/// An open request for access. In storage with the deposit's ticket, elsewhere with `()`.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Request<AccountId, Ticket> {
	/// The organisation that asks.
	pub organisation: OrgId,
	/// Who signed for it.
	pub requested_by: AccountId,
	/// Who is to get the access.
	pub grantee: Grantee<AccountId>,
	/// The access asked for. The patient may approve less.
	pub access: Access,
	/// A commitment to the document that the patient is asked to agree to.
	pub terms: Commitment,
	/// From when the request cannot be approved any more.
	pub expires_at: Moment,
	/// Who posted the deposit.
	pub payer: AccountId,
	/// The deposit.
	pub ticket: Ticket,
}

/// One patient's open requests.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RequestIndex {
	/// The number that the next request gets.
	pub next: RequestId,
	/// The open requests and the organisations that made them, by rising number.
	pub open: BoundedVec<(RequestId, OrgId), ConstU32<MAX_REQUESTS>>,
}

/// What was agreed with an approved request, and the deposit that pays for keeping it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Agreement<AccountId, Ticket> {
	/// The organisation that asked.
	pub organisation: OrgId,
	/// The commitment to the document that the patient agreed to.
	pub terms: Commitment,
	/// Who posted the deposit.
	pub payer: AccountId,
	/// The deposit.
	pub ticket: Ticket,
}

/// What a patient wants to end although it protects: loosening, so it waits.
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
pub enum LiftTarget {
	/// The Deny with this number.
	#[codec(index = 0)]
	Directive(DirectiveId),
	/// The veto of this purpose.
	#[codec(index = 1)]
	Veto(Purpose),
	/// The block of this organisation's requests.
	#[codec(index = 2)]
	Requester(OrgId),
	/// The base decision, in favour of this one, which refuses less.
	#[codec(index = 3)]
	BaseDecision(BaseDecision),
}

/// A lift that waits.
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
pub struct PendingLift {
	/// What is to be lifted.
	pub target: LiftTarget,
	/// When it was asked for. A handle that left Active since then stops it.
	pub requested_at: Moment,
	/// From when anyone may apply it.
	pub ready_at: Moment,
}

/// Why a question has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum QuestionError {
	/// The question is about a moment after now.
	#[codec(index = 0)]
	FutureMoment,
	/// There is no such handle, or there was none at that moment.
	#[codec(index = 1)]
	UnknownPatient,
	/// The answer needs history that this state holds no more.
	#[codec(index = 2)]
	HistoryUnavailable,
	/// More than [`MAX_QUESTIONS`] questions in one call.
	#[codec(index = 3)]
	TooManyQuestions,
	/// More than [`MAX_OPENINGS`] openings with one question.
	#[codec(index = 4)]
	TooManyOpenings,
}

/// Which longest term a purpose belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermClass {
	/// Treatment and everything without a class of its own.
	Care,
	/// Payment for care.
	Payment,
	/// Research.
	Research,
}

impl TermClass {
	/// The class of `purpose`.
	pub const fn of(purpose: Purpose) -> Self {
		match purpose {
			Purpose::Hpaymt | Purpose::Coverage | Purpose::Eligdtrm => Self::Payment,
			Purpose::Hresch | Purpose::Clintrch => Self::Research,
			_ => Self::Care,
		}
	}

	/// The classes of `purposes`.
	pub fn of_all(purposes: PurposeSet) -> impl Iterator<Item = Self> {
		purposes.iter().map(Self::of)
	}
}
