//! What the registry stores: organisations, and the histories of licences, affiliations and
//! registrars.
//!
//! Every history is a list of intervals in the order in which they began. An entry is never
//! removed and never moved; its end is brought forward at most once. Therefore an answer for a
//! moment before now never changes.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{Consideration, ConstU32},
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use salus_primitives::{
	CapabilitySet, Commitment, Interval, Moment, OrgId, OrgKind, OrgKindSet, Role,
};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// The most times at which one organisation was flagged.
pub const MAX_FLAGS: u32 = 64;

/// How many of these times one registrar begins at most, for ever. So it takes eight of them to fill the history, after which
/// the flag cannot be taken off.
pub const MAX_FLAGS_OF_ONE: u32 = 8;

/// The times at which an organisation was flagged, the oldest first.
pub type FlagHistory = BoundedVec<FlagInterval, ConstU32<MAX_FLAGS>>;

/// Who ended each of the times at which an organisation was flagged, the oldest first. Those from before there was such a list are not
/// on it.
pub type FlagTakers<AccountId> = BoundedVec<AccountId, ConstU32<MAX_FLAGS>>;

/// Something that holds from a moment to another, unless it is ended before.
pub trait Tenure {
	/// When it really is or was in force: an early end counts.
	fn span(&self) -> Interval;

	/// Whether it was in force at `at`.
	fn was_in_force(&self, at: Moment) -> bool {
		self.span().contains(at)
	}
}

/// From `from` to the earlier of `until` and `ended`.
const fn span(from: Moment, until: Moment, ended: Option<Moment>) -> Interval {
	match ended {
		Some(ended) if ended < until => Interval::new(from, ended),
		_ => Interval::new(from, until),
	}
}

/// An organisation, whether licensed or still applying.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Organisation<T: Config> {
	/// The account that acts for the organisation here and posts its deposits.
	pub admin: T::AccountId,
	/// The account to which the administration has been offered and that has not accepted yet.
	pub next_admin: Option<T::AccountId>,
	/// A salted commitment to the documents that the registrars examine. It never changes: another
	/// legal person applies anew. Zero for organisations of the genesis until they apply.
	pub profile: Commitment,
	/// The kinds applied for and neither admitted nor declined.
	pub pending: OrgKindSet,
	/// The kinds that were ever admitted, whatever became of the licence.
	pub held: OrgKindSet,
	/// Whether the very name of the organisation says something about its patients.
	pub flagged: bool,
	/// Whether governance has relied on it, at the genesis or by appointing its registrar. Then it
	/// stays on record, whatever it withdraws: others refer to it.
	pub established: bool,
	/// The deposit, posted by `admin`; organisations of the genesis have none.
	pub ticket: Option<T::Consideration>,
}

impl<T: Config> Organisation<T> {
	/// The kinds applied for, and those ever admitted.
	pub fn kinds(&self) -> OrgKindSet {
		OrgKindSet(self.pending.0 | self.held.0)
	}
}

/// A time at which an organisation was flagged.
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
pub struct FlagInterval {
	/// Since when.
	pub from: Moment,
	/// Since when no more; `None` while it is.
	pub until: Option<Moment>,
}

impl FlagInterval {
	/// Whether the organisation was flagged by this at `at`.
	pub fn was_in_force(&self, at: Moment) -> bool {
		self.from <= at && self.until.is_none_or(|until| at < until)
	}
}

/// Why a licence interval ended before its term.
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
pub enum LicenceEnd {
	/// Suspended; it can be reinstated, as a new interval.
	#[codec(index = 0)]
	Suspended,
	/// Revoked for good.
	#[codec(index = 1)]
	Revoked,
	/// Followed without a gap by a new interval with a later end.
	#[codec(index = 2)]
	Renewed,
}

/// One uninterrupted time under a licence.
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
pub struct LicenceInterval {
	/// The first moment under the licence, in Unix seconds.
	pub from: Moment,
	/// The first moment no longer under it, unless it ended before.
	pub until: Moment,
	/// When and why it ended before its term.
	pub ended: Option<(Moment, LicenceEnd)>,
}

impl Tenure for LicenceInterval {
	fn span(&self) -> Interval {
		span(self.from, self.until, self.ended.map(|(at, _)| at))
	}
}

/// What a licence is worth at some moment.
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
pub enum LicenceStatus {
	/// In force.
	#[codec(index = 0)]
	Live,
	/// Its term is over; it can be renewed from now on.
	#[codec(index = 1)]
	Expired,
	/// Suspended; it can be reinstated from now on.
	#[codec(index = 2)]
	Suspended,
	/// Revoked for good.
	#[codec(index = 3)]
	Revoked,
}

/// The licence of one organisation for one kind, with its history.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Licence<T: Config> {
	/// When the licence was revoked: no interval is ever added after that. Kept apart from the
	/// intervals, because what is already over can be revoked too, even when the list is full.
	pub revoked: Option<Moment>,
	/// The intervals, in order and without overlap. All but the last are over.
	pub intervals: BoundedVec<LicenceInterval, T::MaxLicenceIntervals>,
}

impl<T: Config> Licence<T> {
	/// The licence's status now. `now` must not lie before the last change.
	pub fn status(&self, now: Moment) -> LicenceStatus {
		match self.intervals.last() {
			_ if self.revoked.is_some() => LicenceStatus::Revoked,
			Some(last) if matches!(last.ended, Some((_, LicenceEnd::Suspended))) => {
				LicenceStatus::Suspended
			},
			Some(last) if last.was_in_force(now) => LicenceStatus::Live,
			_ => LicenceStatus::Expired,
		}
	}

	/// The index and the interval that was in force at `at`.
	pub fn interval_at(&self, at: Moment) -> Option<(u32, &LicenceInterval)> {
		(0u32..).zip(self.intervals.iter()).find(|(_, interval)| interval.was_in_force(at))
	}

	/// What is known of the last time under this licence of `kind`; `None` if there was none.
	pub fn last_term(&self, kind: OrgKind) -> Option<LastTerm> {
		let (index, last) = (0u32..).zip(self.intervals.iter()).last()?;
		let mut since = last.from;
		for before in self.intervals.iter().rev().skip(1) {
			// A renewal begins in the second in which it ends the interval before.
			let renewed = before.ended == Some((since, LicenceEnd::Renewed));
			if !renewed {
				break;
			}
			since = before.from;
		}
		Some(LastTerm { kind, since, index, from: last.from, until: last.span().until })
	}

	/// Whether the licence is in force at `now` and was not in the second before. It is not ended in that second, for the reason of
	/// [`Affiliation::began_at`].
	pub(crate) fn began_at(&self, now: Moment) -> bool {
		let began =
			self.intervals.last().is_some_and(|last| last.from == now && last.was_in_force(now));
		began && self.interval_at(now.saturating_sub(1)).is_none()
	}

	/// Ends the interval in force, if there is one.
	pub(crate) fn end(&mut self, now: Moment, why: LicenceEnd) {
		if let Some(last) = self.intervals.last_mut().filter(|last| last.was_in_force(now)) {
			last.ended = Some((now, why));
		}
	}
}

/// The last time that an organisation was licensed for a kind: what [`Licence`] says of its last interval, and of those before
/// that it renewed.
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
pub struct LastTerm {
	/// For which kind.
	pub kind: OrgKind,
	/// From when it was licensed without a gap up to the last interval.
	pub since: Moment,
	/// The index of the last interval.
	pub index: u32,
	/// When that began.
	pub from: Moment,
	/// The first moment no longer under the licence, as far as is known: an early end counts.
	pub until: Moment,
}

/// The last times of one organisation, one for each kind that it was ever licensed for.
pub type LastTerms = BoundedVec<LastTerm, ConstU32<MAX_KINDS>>;

/// How many kinds there can be: as many as a set of them has bits.
pub const MAX_KINDS: u32 = u16::BITS;

/// One uninterrupted time of an account in a role at an organisation.
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
pub struct AffiliationInterval {
	/// In which role.
	pub role: Role,
	/// The first moment, in Unix seconds.
	pub from: Moment,
	/// The first moment after, unless it ended before.
	pub until: Moment,
	/// When it ended before its term: by either side, or by an affiliation in the same role that
	/// followed at once.
	pub ended: Option<Moment>,
}

impl Tenure for AffiliationInterval {
	fn span(&self) -> Interval {
		span(self.from, self.until, self.ended)
	}
}

/// What a deposit is for, and whose it is.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Deposit<T: Config> {
	/// Who posted it and gets it back.
	pub depositor: T::AccountId,
	/// What was posted.
	pub ticket: T::Consideration,
}

impl<T: Config> Deposit<T> {
	/// Gives the deposit back to whoever posted it.
	pub(crate) fn release(self) -> DispatchResult {
		self.ticket.drop(&self.depositor)
	}
}

/// The affiliation of an account to an organisation, in all its roles, with its history.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Affiliation<T: Config> {
	/// The deposit for this entry, kept as long as the history is. Only benchmarks leave it out.
	pub deposit: Option<Deposit<T>>,
	/// The intervals, in order; without overlap within a role.
	pub intervals: BoundedVec<AffiliationInterval, T::MaxAffiliationIntervals>,
}

impl<T: Config> Affiliation<T> {
	/// The interval in `role` that is in force at `at`.
	pub(crate) fn live_mut(&mut self, role: Role, at: Moment) -> Option<&mut AffiliationInterval> {
		self.intervals
			.iter_mut()
			.find(|interval| interval.role == role && interval.was_in_force(at))
	}

	/// Whether there is an interval in `role` that is in force at `at`.
	pub(crate) fn is_live(&self, role: Role, at: Moment) -> bool {
		self.intervals.iter().any(|interval| interval.role == role && interval.was_in_force(at))
	}

	/// Whether what is in force in `role` at `now` began in that second. It is not ended in it: then it would have been at no moment at
	/// all, though others were answered by it, and what they did would seem wrong ever after.
	pub(crate) fn began_at(&self, role: Role, now: Moment) -> bool {
		self.intervals.iter().any(|interval| {
			interval.role == role && interval.from == now && interval.was_in_force(now)
		})
	}
}

/// An invitation that its invitee has neither accepted nor declined.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Invitation<T: Config> {
	/// The end of the affiliation that is offered; the offer itself lapses then too.
	pub until: Moment,
	/// The deposit. It becomes that of the affiliation, or goes back.
	pub deposit: Deposit<T>,
}

/// One term of a registrar: an account that verifies others on behalf of an organisation.
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
pub struct RegistrarTerm {
	/// For which organisation it acts.
	pub organisation: OrgId,
	/// The kinds of organisations that it may license.
	pub kinds: OrgKindSet,
	/// What else it may do.
	pub capabilities: CapabilitySet,
	/// The first moment of the term, in Unix seconds.
	pub from: Moment,
	/// The first moment after, unless it ended before.
	pub until: Moment,
	/// When it was dismissed, or appointed anew.
	pub ended: Option<Moment>,
}

impl Tenure for RegistrarTerm {
	fn span(&self) -> Interval {
		span(self.from, self.until, self.ended)
	}
}

/// The terms of one registrar, in order and without overlap.
pub type RegistrarTerms<T> = BoundedVec<RegistrarTerm, <T as Config>::MaxRegistrarTerms>;

/// The X25519 public key to which others encrypt what is for an organisation.
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
pub struct AgreementKey {
	/// The key.
	pub key: [u8; 32],
	/// Since when it is the organisation's, in Unix seconds.
	pub since: Moment,
}

/// The keys with which an organisation's systems authenticate.
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
pub struct ClientKeySet {
	/// A salted commitment to the document that lists them, which the organisation shows to whom it asks. Zero for no key.
	pub keys: Commitment,
	/// Since when these and no others authenticate, in Unix seconds.
	pub since: Moment,
}

/// The organisations at which an account is affiliated, and some at which it was.
pub type EmployersOf<T> = BoundedVec<OrgId, <T as Config>::MaxEmployers>;
