//! Why no token is issued, and why one is not taken: each with a code of its own beside that of OAuth.

use super::NotOffered;
use crate::{chain::Stale, gateway::Failure, quotas::TooOften};
use salus_exchange_protocol::{assertion::AssertionFault, dpop::ProofFault};
use std::fmt;

/// Why an organisation is not authenticated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoClient {
	/// The assertion, by itself.
	Assertion(AssertionFault),
	/// No profile that this gateway was shown has a key of that name that has signed it.
	Key,
	/// The organisation has no licence that lasts, or the key is not in the profile that it is licensed with.
	Standing,
	/// The assertion was presented before.
	Replayed,
}

impl NoClient {
	/// Its code.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Assertion(AssertionFault::Malformed(_)) => "malformed",
			Self::Assertion(AssertionFault::Audience) => "audience",
			Self::Assertion(AssertionFault::Expired) => "expired",
			Self::Assertion(AssertionFault::TooLong) => "too-long",
			Self::Assertion(AssertionFault::Future) => "future",
			Self::Key => "key",
			Self::Standing => "standing",
			Self::Replayed => "replayed",
		}
	}

	/// As what it is counted.
	const fn counted(&self) -> &'static str {
		match self {
			Self::Assertion(AssertionFault::Malformed(_)) => "malformed",
			Self::Assertion(AssertionFault::Audience) => "otherCustodian",
			Self::Assertion(AssertionFault::Expired) => "expired",
			Self::Assertion(AssertionFault::TooLong | AssertionFault::Future) => "tooLong",
			Self::Key => "signature",
			Self::Standing => "organisation",
			Self::Replayed => "replayed",
		}
	}
}

impl fmt::Display for NoClient {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Assertion(fault) => fault.fmt(f),
			Self::Key => f.write_str("no profile of this organisation that is known here has a key of that kid that has signed the assertion"),
			Self::Standing => f.write_str("the organisation has no licence that lasts, or the key is not in the profile that the chain has of it"),
			Self::Replayed => f.write_str("the assertion was presented before"),
		}
	}
}

/// Why a patient's signature is exchanged for nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoGrant {
	/// The nonce is none of this gateway's.
	Nonce,
	/// The nonce has expired.
	Expired,
	/// The signature is not the account's over this challenge.
	Signature,
	/// The account is no live key with which a patient views.
	Standing,
	/// The nonce was used before.
	Replayed,
}

impl NoGrant {
	/// Its code.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Nonce => "nonce",
			Self::Expired => "expired",
			Self::Signature => "signature",
			Self::Standing => "standing",
			Self::Replayed => "replayed",
		}
	}

	const fn counted(&self) -> &'static str {
		match self {
			Self::Nonce => "malformed",
			Self::Expired => "expired",
			Self::Signature => "signature",
			Self::Standing => "notOwn",
			Self::Replayed => "replayed",
		}
	}
}

impl fmt::Display for NoGrant {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Nonce => "the nonce is none of this gateway's",
			Self::Expired => "the nonce has expired",
			Self::Signature => "the signature is not the account's over this challenge",
			Self::Standing => "the account is no live key with which a patient views",
			Self::Replayed => "the nonce was used before",
		})
	}
}

/// Why a proof of a key is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoProof {
	/// There is none, or there are several.
	Missing,
	/// The proof, by itself.
	Proof(ProofFault),
	/// It is of another key than the token is bound to.
	OtherKey,
	/// It was presented before.
	Replayed,
}

impl NoProof {
	/// Its code.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Missing => "proof-missing",
			Self::Proof(ProofFault::Malformed(_)) => "proof-malformed",
			Self::Proof(ProofFault::Signature) => "proof-signature",
			Self::Proof(ProofFault::Method) => "proof-method",
			Self::Proof(ProofFault::Url) => "proof-url",
			Self::Proof(ProofFault::Old) => "proof-old",
			Self::Proof(ProofFault::Future) => "proof-future",
			Self::Proof(ProofFault::Token) => "proof-token",
			Self::OtherKey => "proof-other-key",
			Self::Replayed => "proof-replayed",
		}
	}

	const fn counted(&self) -> &'static str {
		match self {
			Self::Missing | Self::Proof(ProofFault::Malformed(_)) => "malformed",
			Self::Proof(ProofFault::Method | ProofFault::Url | ProofFault::Token) => "malformed",
			Self::Proof(ProofFault::Signature) | Self::OtherKey => "signature",
			Self::Proof(ProofFault::Old) => "expired",
			Self::Proof(ProofFault::Future) => "tooLong",
			Self::Replayed => "replayed",
		}
	}
}

impl fmt::Display for NoProof {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Missing => f.write_str("one header DPoP with a proof is missing"),
			Self::Proof(fault) => fault.fmt(f),
			Self::OtherKey => f.write_str("the proof is of another key than the token is bound to"),
			Self::Replayed => f.write_str("the proof was presented before"),
		}
	}
}

/// Why no token is issued.
#[derive(Debug)]
pub enum NotIssued {
	/// A part of the request is missing, there twice, or not as it must be.
	Request(&'static str),
	/// No such grant is offered.
	GrantType,
	/// The organisation is not authenticated.
	Client(NoClient),
	/// The patient's signature is exchanged for nothing.
	Grant(NoGrant),
	/// The scope is none that is offered.
	Scope(NotOffered),
	/// The key that the token would be bound to is not proven.
	Proof(NoProof),
	/// There are as many tokens as one may have; one expires in so many seconds.
	TooMany(u64),
	/// The organisation, or the patient's key, or strangers altogether, asked too often: after how many seconds there is an answer again.
	TooOften(TooOften),
	/// What the chain says is not known now.
	Stale(Stale),
	/// Something here.
	Failure(Failure),
}

impl NotIssued {
	/// As what it is counted, if it is somebody's who was not authenticated.
	pub(crate) fn counted(&self) -> Option<&'static str> {
		match self {
			Self::Request(_) | Self::GrantType | Self::Scope(_) => Some("malformed"),
			Self::Client(no) => Some(no.counted()),
			Self::Grant(no) => Some(no.counted()),
			Self::Proof(no) => Some(no.counted()),
			Self::Stale(Stale::Silent(_)) => Some("silent"),
			Self::Stale(_) => Some("stale"),
			Self::TooMany(_) | Self::TooOften(_) | Self::Failure(_) => None,
		}
	}
}

/// Why a token is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoToken {
	/// There is no such token that lives: it never did here, has expired, or was ended.
	Unknown,
	/// The licence, the profile or the key behind it is not what it was when it was issued.
	Ended,
	/// The key that it is bound to is not proven.
	Proof(NoProof),
	/// It is not good for this.
	Scope,
}

impl NoToken {
	/// Its code.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Unknown => "token-unknown",
			Self::Ended => "token-ended",
			Self::Proof(no) => no.code(),
			Self::Scope => "scope",
		}
	}

	/// The code of OAuth.
	pub const fn error(&self) -> &'static str {
		match self {
			Self::Unknown | Self::Ended => "invalid_token",
			Self::Proof(_) => "invalid_dpop_proof",
			Self::Scope => "insufficient_scope",
		}
	}

	/// As what it is counted.
	pub(crate) const fn counted(&self) -> &'static str {
		match self {
			Self::Unknown => "expired",
			Self::Ended => "organisation",
			Self::Proof(no) => no.counted(),
			Self::Scope => "malformed",
		}
	}
}

impl fmt::Display for NoToken {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unknown => f.write_str("there is no such token, or it has expired or was ended"),
			Self::Ended => f.write_str("what the token rests on has ended on the chain"),
			Self::Proof(no) => no.fmt(f),
			Self::Scope => f.write_str("the token's scope does not cover this"),
		}
	}
}

macro_rules! from {
	($($of:ty => $to:ident :: $variant:ident),* $(,)?) => {
		$(impl From<$of> for $to {
			fn from(why: $of) -> Self {
				Self::$variant(why)
			}
		})*
	};
}

from! {
	AssertionFault => NoClient::Assertion,
	ProofFault => NoProof::Proof,
	NoClient => NotIssued::Client,
	NoGrant => NotIssued::Grant,
	NotOffered => NotIssued::Scope,
	NoProof => NotIssued::Proof,
	Stale => NotIssued::Stale,
	TooOften => NotIssued::TooOften,
	Failure => NotIssued::Failure,
	NoProof => NoToken::Proof,
}
