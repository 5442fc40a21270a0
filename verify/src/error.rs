//! Why something is not verified, each with a sentence of its own.

use crate::{decision::Item, json, sentence::moment, shape, Hash};
use alloc::{boxed::Box, string::String};
use core::fmt;

/// Why something is not verified.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // The sentences below say what each is.
pub enum Error {
	/// Bytes are not the encoding that they should be.
	Malformed {
		what: &'static str,
		why: String,
	},
	/// A file is not as `docs/receipts.md` says that it must be.
	MalformedFile {
		what: &'static str,
		fault: shape::Fault,
		why: String,
	},
	/// The record is not of the form that the receipt says.
	NotFhir {
		fault: json::Fault,
		why: String,
	},

	// The chain.
	OtherGenesis {
		what: &'static str,
		found: Hash,
		expected: Hash,
	},
	NoAuthorities,
	NoGenesis,
	OtherStart {
		found: Hash,
		expected: Hash,
	},
	UnsoundSet {
		set: u64,
	},

	// The trail.
	NoChange {
		next: u64,
		number: u32,
	},
	OutOfOrder {
		next: u64,
		number: u32,
	},
	Delayed {
		next: u64,
		number: u32,
		delay: u32,
	},
	Forced {
		next: u64,
		number: u32,
	},
	CheckpointDisagrees {
		set: u64,
		name: String,
	},
	Unjustified,
	Handoff {
		next: u64,
		number: u32,
		error: Box<Error>,
	},
	TrailTooShort {
		set: u64,
		latest: u64,
	},
	TrailTooLate {
		from: u64,
		set: u64,
	},
	BeforeStart {
		number: u32,
		start: u32,
	},

	// Finality.
	BeforeTerm {
		set: u64,
		number: u32,
		after: u32,
	},
	AfterTerm {
		set: u64,
		number: u32,
		last: u32,
	},
	OtherHandoff {
		set: u64,
		number: u32,
	},
	OtherSet {
		set: u64,
		signed: u64,
	},
	OtherTarget {
		number: u32,
		target: u32,
	},
	Stranger {
		set: u64,
		voter: Hash,
		formerly: Option<u64>,
	},
	DuplicateVote {
		voter: Hash,
	},
	BadSignature {
		set: u64,
		voter: Hash,
	},
	BrokenAncestry,
	UnusedAncestry,
	Minority {
		set: u64,
		number: u32,
		voters: usize,
		of: usize,
	},
	NotExact {
		number: u32,
	},

	// Finality by a relay chain.
	RelayNotPinned {
		para: u32,
		relay: Hash,
	},
	NotUnderRelay,
	OtherRelay {
		found: Hash,
		expected: Hash,
	},
	OtherPara {
		found: u32,
		expected: u32,
	},
	RelayBlock {
		number: u32,
		error: Box<Error>,
	},
	OtherRelayState {
		number: u32,
	},
	HeadUnproven {
		para: u32,
		relay: u32,
	},
	NoHead {
		para: u32,
		relay: u32,
	},
	OtherHead {
		para: u32,
		relay: u32,
		number: u32,
	},
	OtherParachain {
		para: u32,
		found: Option<Hash>,
		expected: Hash,
	},

	// The state.
	OtherState {
		root: Hash,
	},
	ProofIncomplete,

	// The decision.
	FactUnproven {
		item: Item,
	},
	UnreadableFact {
		item: Item,
	},
	UnknownRuntime {
		name: String,
		version: u32,
	},
	OtherRuntime {
		claimed: u32,
		found: u32,
	},
	UnknownLayout {
		pallet: &'static str,
		found: u16,
		expected: u16,
	},
	/// The verdict rests on what is in a sealed directive, which no receipt opens.
	NeedsOpening {
		sealed: u32,
	},
	FutureMoment {
		at: u64,
		now: u64,
	},
	NoSuchPatient {
		at: u64,
	},
	OtherVerdict {
		claimed: String,
		found: String,
	},

	// The reservation.
	NotReserved {
		custodian: u32,
		query: u64,
		block: u32,
	},
	NotSettled {
		custodian: u32,
		query: u64,
	},
	/// The answer says another thing of the reservation than the chain.
	OtherReservation {
		part: &'static str,
	},
	OtherAnswer {
		custodian: u32,
		query: u64,
	},
	/// Budget was reserved for another query than the one that is shown, or under another salt than the answer's.
	OtherQuery {
		custodian: u32,
		query: u64,
	},

	// The record.
	Changed {
		file: String,
		found: Hash,
		expected: Hash,
	},
	NotInReceipt {
		file: String,
	},
	NoSuchName {
		name: String,
	},
	AmbiguousName {
		name: String,
	},
	NotAnchored {
		author: u32,
		seq: u64,
	},
	OtherForm {
		author: u32,
		seq: u64,
	},
	NotOpened {
		author: u32,
		seq: u64,
	},
	PathUnexpected {
		author: u32,
		seq: u64,
	},
	PathMissing {
		author: u32,
		seq: u64,
	},
	NotInBatch {
		author: u32,
		seq: u64,
		index: u64,
	},
}

impl Error {
	/// Whether the fault is in how a file is made, and not in what it says.
	pub fn is_malformed(&self) -> bool {
		matches!(self, Self::Malformed { .. } | Self::MalformedFile { .. })
	}

	/// A name for programs, which stays the same.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Malformed { .. } | Self::MalformedFile { .. } => "malformed",
			Self::NotFhir { .. } => "not-fhir-json",
			Self::OtherGenesis { .. } => "other-genesis",
			Self::NoAuthorities => "no-authorities",
			Self::NoGenesis => "no-genesis",
			Self::OtherStart { .. } => "other-start",
			Self::UnsoundSet { .. } => "unsound-set",
			Self::NoChange { .. } => "no-change",
			Self::OutOfOrder { .. } => "out-of-order",
			Self::Delayed { .. } => "delayed-change",
			Self::Forced { .. } => "forced-change",
			Self::CheckpointDisagrees { .. } => "checkpoint-disagrees",
			Self::Unjustified => "unjustified",
			Self::Handoff { .. } => "hand-off",
			Self::TrailTooShort { .. } => "trail-too-short",
			Self::TrailTooLate { .. } => "trail-too-late",
			Self::BeforeStart { .. } => "before-start",
			Self::BeforeTerm { .. } => "before-term",
			Self::AfterTerm { .. } => "former-set",
			Self::OtherHandoff { .. } => "other-hand-off",
			Self::OtherSet { .. } => "other-set",
			Self::OtherTarget { .. } => "other-target",
			Self::Stranger { .. } => "stranger",
			Self::DuplicateVote { .. } => "duplicate-vote",
			Self::BadSignature { .. } => "bad-signature",
			Self::BrokenAncestry => "broken-ancestry",
			Self::UnusedAncestry => "unused-ancestry",
			Self::Minority { .. } => "minority",
			Self::NotExact { .. } => "not-exact",
			Self::RelayNotPinned { .. } => "relay-not-pinned",
			Self::NotUnderRelay => "not-under-relay",
			Self::OtherRelay { .. } => "other-relay",
			Self::OtherPara { .. } => "other-para",
			// What is wrong with a relay block's votes is what can be wrong with any block's.
			Self::RelayBlock { error, .. } => error.code(),
			Self::OtherRelayState { .. } => "other-relay-state",
			Self::HeadUnproven { .. } => "head-unproven",
			Self::NoHead { .. } => "no-head",
			Self::OtherHead { .. } => "other-head",
			Self::OtherParachain { .. } => "other-parachain",
			Self::OtherState { .. } => "other-state",
			Self::ProofIncomplete => "proof-incomplete",
			Self::FactUnproven { .. } => "fact-unproven",
			Self::UnreadableFact { .. } => "unreadable-fact",
			Self::UnknownRuntime { .. } => "unknown-runtime",
			Self::OtherRuntime { .. } => "other-runtime",
			Self::UnknownLayout { .. } => "unknown-layout",
			Self::NeedsOpening { .. } => "needs-opening",
			Self::FutureMoment { .. } => "future-moment",
			Self::NoSuchPatient { .. } => "no-such-patient",
			Self::OtherVerdict { .. } => "other-verdict",
			Self::NotReserved { .. } => "not-reserved",
			Self::NotSettled { .. } => "not-settled",
			Self::OtherReservation { .. } => "other-reservation",
			Self::OtherAnswer { .. } => "other-answer",
			Self::OtherQuery { .. } => "other-query",
			Self::Changed { .. } => "changed",
			Self::NotInReceipt { .. } => "not-in-receipt",
			Self::NoSuchName { .. } => "no-such-name",
			Self::AmbiguousName { .. } => "ambiguous-name",
			Self::NotAnchored { .. } => "not-anchored",
			Self::OtherForm { .. } => "other-form",
			Self::NotOpened { .. } => "not-opened",
			Self::PathUnexpected { .. } => "path-unexpected",
			Self::PathMissing { .. } => "path-missing",
			Self::NotInBatch { .. } => "not-in-batch",
		}
	}
}

impl core::error::Error for Error {}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed { what, why } | Self::MalformedFile { what, why, .. } => {
				write!(f, "the {what} is malformed: {why}")
			},
			Self::NotFhir { why, .. } => write!(f, "the record is not FHIR JSON of one reading: {why}"),
			Self::OtherGenesis { what, found, expected } => {
				write!(f, "the {what} is of another chain: its genesis is {found}, not {expected}")
			},
			Self::NoAuthorities => f.write_str("the state that was begun from names no authorities"),
			Self::NoGenesis => f.write_str("the start's state does not tell which chain it is of"),
			Self::OtherStart { found, expected } => write!(
				f,
				"the file of the start is of another block than the one that is expected: of {found}, not {expected}"
			),
			Self::UnsoundSet { set } => {
				write!(f, "authority set {set} is empty, or names a key twice or without weight")
			},
			Self::NoChange { next, number } => write!(
				f,
				"block {number} stands in the trail as the hand-off to authority set {next} and names no authorities"
			),
			Self::OutOfOrder { next, number } => write!(
				f,
				"the trail is out of order: block {number}, the hand-off to authority set {next}, is not after the hand-off before"
			),
			Self::Delayed { next, number, delay } => write!(
				f,
				"block {number} hands over to authority set {next} with a delay of {delay} blocks, which this chain never does"
			),
			Self::Forced { next, number } => write!(
				f,
				"block {number} forces authority set {next} on the chain, which nobody's signatures prove: a named checkpoint for set {next} is needed"
			),
			Self::CheckpointDisagrees { set, name } => write!(
				f,
				"the checkpoint \"{name}\" names other authorities for set {set} than the trail"
			),
			Self::Unjustified => f.write_str("the trail has no justification for it"),
			Self::Handoff { next, number, error } => {
				write!(f, "the hand-off to authority set {next} at block {number} is not proven: {error}")
			},
			Self::TrailTooShort { set, latest } => write!(
				f,
				"the trail ends with authority set {latest}, and set {set} is needed: fetch a longer one"
			),
			Self::TrailTooLate { from, set } => write!(
				f,
				"the trail begins with authority set {from}, and the sets must be followed from set {set} on: fetch one that begins there"
			),
			Self::BeforeStart { number, start } => write!(
				f,
				"block {number} is not after block {start}, from which the authorities are followed: take an earlier start"
			),
			Self::BeforeTerm { set, number, after } => write!(
				f,
				"authority set {set} signed block {number}, but took over only after block {after}"
			),
			Self::AfterTerm { set, number, last } => write!(
				f,
				"authority set {set} signed block {number}, but is a former set: it had handed over by block {last}"
			),
			Self::OtherHandoff { set, number } => write!(
				f,
				"authority set {set} handed over with another block {number} than the receipt's"
			),
			Self::OtherSet { set, signed } => write!(
				f,
				"the justification is said to be by authority set {set} and is signed by set {signed}"
			),
			Self::OtherTarget { number, target } => write!(
				f,
				"the justification is not for block {number} with this hash, but for another (number {target})"
			),
			Self::Stranger { set, voter, formerly: None } => {
				write!(f, "the justification has a vote by {voter}, which is not in authority set {set}")
			},
			Self::Stranger { set, voter, formerly: Some(former) } => write!(
				f,
				"the justification has a vote by {voter}, which was in authority set {former} and is not in set {set}"
			),
			Self::DuplicateVote { voter } => {
				write!(f, "the justification counts a vote by {voter} more than once")
			},
			Self::BadSignature { set, voter } => write!(
				f,
				"the justification is forged: the vote by {voter} in authority set {set} has a wrong signature"
			),
			Self::BrokenAncestry => f.write_str(
				"the justification does not show that the blocks voted for descend from each other",
			),
			Self::UnusedAncestry => f.write_str("the justification has headers that no vote needs"),
			Self::Minority { set, number, voters, of } => write!(
				f,
				"block {number} is not final: only {voters} of the {of} authorities of set {set} voted for it, and more than two thirds are needed"
			),
			Self::NotExact { number } => write!(
				f,
				"the justification is for a block after block {number}, not for block {number} itself"
			),
			Self::RelayNotPinned { para, relay } => write!(
				f,
				"the receipt's block became final by the relay chain {relay}, as a block of parachain {para}, and it was not said which relay chain and which parachain to believe"
			),
			Self::NotUnderRelay => f.write_str(
				"the receipt's block is said to be final by authorities of its own chain, and that is a parachain, which has none",
			),
			Self::OtherRelay { found, expected } => write!(
				f,
				"the receipt is under another relay chain: that one's genesis is {found}, not {expected}"
			),
			Self::OtherPara { found, expected } => write!(
				f,
				"the receipt is of another parachain: of number {found}, not {expected}"
			),
			Self::RelayBlock { number, error } => {
				write!(f, "block {number} of the relay chain is not proven to be final: {error}")
			},
			Self::OtherRelayState { number } => write!(
				f,
				"the proof of the parachain's head is of another relay block's state: it has nothing of the state of block {number}"
			),
			Self::HeadUnproven { para, relay } => write!(
				f,
				"the proof of the parachain's head does not lead to parachain {para} in relay block {relay}: nodes are missing from it, or it is for another parachain"
			),
			Self::NoHead { para, relay } => {
				write!(f, "relay block {relay} knows no parachain {para}")
			},
			Self::OtherHead { para, relay, number } => write!(
				f,
				"relay block {relay} names another head of parachain {para} than the receipt's block {number}"
			),
			Self::OtherParachain { para, found: Some(found), expected } => write!(
				f,
				"parachain {para} is another chain by now: the genesis that its state names is {found}, not {expected}"
			),
			Self::OtherParachain { para, found: None, expected } => write!(
				f,
				"parachain {para} is another chain by now: its state names no genesis, where {expected} is expected"
			),
			Self::OtherState { root } => write!(
				f,
				"the proof is of another block's state: it has nothing of the state with the root {root}"
			),
			Self::ProofIncomplete => f.write_str("the proof leaves a question open: nodes of the state are missing from it"),
			Self::FactUnproven { item } => write!(
				f,
				"the proof leaves open {item}, on which the answer depends: nodes of the state are missing from it, or it was made for another question"
			),
			Self::UnreadableFact { item } => {
				write!(f, "what the state holds of {item} is not laid out as this version knows it")
			},
			Self::UnknownRuntime { name, version } => write!(
				f,
				"the state is of the runtime {name} {version}, whose rules this version does not know: take a newer salus-verify"
			),
			Self::OtherRuntime { claimed, found } => write!(
				f,
				"the receipt names the rules of version {claimed}, and the state is of version {found}"
			),
			Self::UnknownLayout { pallet, found, expected } => write!(
				f,
				"{pallet} stores in version {found}, and this version reads only version {expected}: take a newer salus-verify"
			),
			Self::NeedsOpening { sealed } => write!(
				f,
				"the verdict rests on what is in the sealed directive {sealed}: the chain never opens one, and no receipt holds what would"
			),
			Self::FutureMoment { at, now } => write!(
				f,
				"the question is about {}, and the receipt's block is older, of {}: a state cannot tell what came after it",
				moment(*at),
				moment(*now)
			),
			Self::NoSuchPatient { at } => {
				write!(f, "at {} there was no such patient on the chain", moment(*at))
			},
			Self::OtherVerdict { claimed, found } => write!(
				f,
				"the receipt says \"{claimed}\", and the chain's rules say \"{found}\" to that question in that state"
			),
			Self::NotReserved { custodian, query, block } => write!(
				f,
				"organisation {custodian} had reserved no query {query} as of block {block}"
			),
			Self::NotSettled { custodian, query } => write!(
				f,
				"query {query} of organisation {custodian} is not settled as of that block, so that no answer is its"
			),
			Self::OtherReservation { part } => {
				write!(f, "the answer is not that of this reservation: its {part} is another")
			},
			Self::OtherAnswer { custodian, query } => write!(
				f,
				"organisation {custodian} has settled its query {query} with another answer than this: it was changed, or was never the one"
			),
			Self::OtherQuery { custodian, query } => write!(
				f,
				"organisation {custodian} has reserved its query {query} for another query than this, or under another salt than the answer's: one of them was changed, or was never the one"
			),
			Self::Changed { file, found, expected } => write!(
				f,
				"{file} is not the record of this receipt: its digest is {found}, not {expected}"
			),
			Self::NotInReceipt { file } => {
				write!(f, "{file} is none of the records of this receipt: it was changed, or is another")
			},
			Self::NoSuchName { name } => write!(f, "the receipt has no record named \"{name}\""),
			Self::AmbiguousName { name } => {
				write!(f, "the receipt has more than one record named \"{name}\"")
			},
			Self::NotAnchored { author, seq } => write!(
				f,
				"organisation {author} had anchored nothing in its slot {seq} at the receipt's block, or it was no longer kept"
			),
			Self::OtherForm { author, seq } => write!(
				f,
				"the receipt takes the record in another form than slot {seq} of organisation {author}"
			),
			Self::NotOpened { author, seq } => write!(
				f,
				"salt and digest do not open the commitment in slot {seq} of organisation {author}: the salt is wrong, or the slot is about another record"
			),
			Self::PathUnexpected { author, seq } => write!(
				f,
				"slot {seq} of organisation {author} is a single record, and the receipt has a path into a batch"
			),
			Self::PathMissing { author, seq } => write!(
				f,
				"slot {seq} of organisation {author} is a batch, and the receipt has no path into it"
			),
			Self::NotInBatch { author, seq, index } => write!(
				f,
				"the record is not number {index} of the batch in slot {seq} of organisation {author}: salt, index or path are wrong"
			),
		}
	}
}
