//! What the pallet stores and what its calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Moment, OrgId, Role, RoleSet};
use scale_info::TypeInfo;

/// The root of a Merkle tree of log entries, or the hash that a chain of heads has come to.
pub type LogHash = salus_primitives::Commitment;

/// A day: whole days of 86,400 seconds since the beginning of 1970, in UTC.
pub type Day = u32;

/// The roles in which somebody commits to logs for an organisation. Its administrator may too.
pub const LOG_ROLES: RoleSet = RoleSet::EMPTY.with(Role::PrivacyOfficer).with(Role::DataSteward);

/// The most entries in one commit: as many as a tree of records has leaves. So the numbers of a log, of 64 bits, cannot be
/// used up by one commit, nor in any time.
pub const MAX_ENTRIES: u64 = 1 << 32;

/// The root of a commit without entries.
pub fn empty_root() -> LogHash {
	LogHash::zero()
}

/// Whether `root` is that of a commit without entries.
pub fn is_empty_root(root: &LogHash) -> bool {
	root.is_zero()
}

/// What a custodian committed to at one time: its log entries from one number to just before another. Or that it
/// begins anew: then the epoch is one more than before, and there are no entries.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LogCommit<AccountId, Ticket> {
	/// The epoch: how often the log was begun anew by then, with this commit.
	pub epoch: u32,
	/// The number of the first entry.
	pub seq_from: u64,
	/// The number of the first entry that is not in it: the same as the first, if there is none.
	pub seq_until: u64,
	/// The root of the Merkle tree of the entries.
	pub root: LogHash,
	/// The head of the chain with this commit.
	pub head: LogHash,
	/// When.
	pub at: Moment,
	/// Whose deposit there is, and the deposit; `None` if the administrator could not pay it.
	pub deposit: Option<(AccountId, Ticket)>,
}

/// Where a custodian's log stands.
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
pub struct Custodian {
	/// How many commits there are, through all epochs: the number of the next one.
	pub commits: u32,
	/// The epoch: how often the log was begun anew.
	pub epoch: u32,
	/// How many entries there are in this epoch: the number of the next one.
	pub entries: u64,
	/// The head of the chain.
	pub head: LogHash,
	/// When the last commit was made.
	pub last_at: Moment,
	/// How many commits and attestations have no deposit, because the administrator could not pay it.
	pub unpaid: u32,
}

/// What a custodian found of one day when it compared its log with another's: numbers of disclosures, no content.
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
pub struct Counts {
	/// Logged by both.
	pub matched: u32,
	/// Logged by the one who says this alone.
	pub only_ours: u32,
	/// Logged by the other alone.
	pub only_theirs: u32,
}

impl Counts {
	/// The same, as the other sees it.
	pub const fn mirrored(self) -> Self {
		Self { only_ours: self.only_theirs, only_theirs: self.only_ours, ..self }
	}
}

/// What a custodian said it found, and when.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Attestation<AccountId, Ticket> {
	/// What it found.
	pub counts: Counts,
	/// When it said so.
	pub at: Moment,
	/// Whose deposit there is, and the deposit; `None` if the administrator could not pay it.
	pub deposit: Option<(AccountId, Ticket)>,
}

/// What two custodians together said of a day.
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
pub enum Reconciliation {
	/// Neither has said anything.
	#[codec(index = 0)]
	Nobody,
	/// This one has, the other has not.
	#[codec(index = 1)]
	OneSided(OrgId, Counts),
	/// Both have said the same, from the first one's side. What only one side logged is still open to question.
	#[codec(index = 2)]
	Agreed(Counts),
	/// They have said what does not fit together: the first one's word, and the second one's.
	#[codec(index = 3)]
	Disagreed(Counts, Counts),
}

/// A commit as it is told, without its deposit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CommitInfo {
	/// Its number.
	pub number: u32,
	/// Its epoch: how often the log was begun anew by then. If it is more than that of the commit before, it was begun
	/// anew with this one.
	pub epoch: u32,
	/// The number of its first entry.
	pub seq_from: u64,
	/// The number of the first entry that is not in it.
	pub seq_until: u64,
	/// The root of the Merkle tree of its entries.
	pub root: LogHash,
	/// The head of the chain with it.
	pub head: LogHash,
	/// When it was made.
	pub at: Moment,
}
