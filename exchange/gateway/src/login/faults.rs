//! Why nobody is signed in. Nothing of it has what a provider or a browser sent.

use crate::gateway::Failure;
use std::fmt;

/// Why an ID token is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadToken {
	/// It is none: which part is not as it must be, or `document`.
	Malformed(&'static str),
	/// It is signed by an algorithm that is not taken: `none`, or with a secret that both sides have.
	Algorithm,
	/// The provider has no key of that name that signs by that algorithm.
	Key,
	/// The key has not signed it.
	Signature,
	/// It is of another issuer.
	Issuer,
	/// It is for somebody else, or not for this gateway alone.
	Audience,
	/// It is not of this login.
	Nonce,
	/// It has expired, or was issued too long ago.
	Expired,
	/// It was issued, or is good from, in the future.
	Future,
}

impl BadToken {
	/// Its code.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Malformed(_) => "id-token-malformed",
			Self::Algorithm => "id-token-algorithm",
			Self::Key => "id-token-key",
			Self::Signature => "id-token-signature",
			Self::Issuer => "id-token-issuer",
			Self::Audience => "id-token-audience",
			Self::Nonce => "id-token-nonce",
			Self::Expired => "id-token-expired",
			Self::Future => "id-token-future",
		}
	}
}

impl fmt::Display for BadToken {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed(part) => write!(f, "the provider's ID token is malformed: {part}"),
			Self::Algorithm => f.write_str("the provider's ID token is signed by an algorithm that is not taken; it must be RS256, PS256, ES256 or ES384"),
			Self::Key => f.write_str("the provider has no key of the name that its ID token gives, for its algorithm"),
			Self::Signature => f.write_str("the signature of the provider's ID token does not hold"),
			Self::Issuer => f.write_str("the ID token is of another issuer than login.issuer"),
			Self::Audience => f.write_str("the ID token is not for this gateway alone (login.client_id)"),
			Self::Nonce => f.write_str("the ID token is not of this login"),
			Self::Expired => f.write_str("the provider's ID token has expired; the clocks may differ"),
			Self::Future => f.write_str("the provider's ID token is of the future; the clocks may differ"),
		}
	}
}

impl std::error::Error for BadToken {}

/// Why nobody is signed in.
#[derive(Debug)]
pub enum NotSignedIn {
	/// The browser does not bring what it was given when the login began, or too late, or the provider answers another login.
	State,
	/// The login was finished before.
	Replayed,
	/// The answer is not of the provider that was asked (RFC 9207), or what it says of itself is not.
	OtherIssuer,
	/// The provider did not let the person in.
	Denied,
	/// The provider refuses the code: it was used before, has expired, or was given to somebody else.
	Code,
	/// The provider does not know this gateway, or not with that secret.
	Client,
	/// The provider cannot be reached, or not in time.
	Silent(String),
	/// An answer of the provider is none: which part.
	Answer(&'static str),
	/// The ID token is not taken.
	Token(BadToken),
	/// The configuration lets whoever it is do nothing.
	NotStaff,
	/// There are as many logins, or sessions, as there may be.
	Busy,
	/// Something here.
	Failure(Failure),
}

impl NotSignedIn {
	/// The code of the refusal.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::State => "login-state",
			Self::Replayed => "login-replayed",
			Self::OtherIssuer => "other-issuer",
			Self::Denied => "login-denied",
			Self::Code => "code-refused",
			Self::Client => "client-refused",
			Self::Silent(_) => "provider-silent",
			Self::Answer(_) => "provider-answer",
			Self::Token(bad) => bad.code(),
			Self::NotStaff => "not-staff",
			Self::Busy => "busy",
			Self::Failure(_) => "failure",
		}
	}
}

impl fmt::Display for NotSignedIn {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::State => f.write_str("this login was not begun in this browser, or too long ago; begin at /login"),
			Self::Replayed => f.write_str("this login was finished before; begin at /login"),
			Self::OtherIssuer => f.write_str("the answer is not of the provider that was asked (login.issuer)"),
			Self::Denied => f.write_str("the provider did not let you in"),
			Self::Code => f.write_str("the provider refuses its own code: it was used before, or has expired; begin at /login"),
			Self::Client => f.write_str("the provider does not take this gateway's login.client_id and login.client_secret"),
			Self::Silent(_) => f.write_str("the provider of logins cannot be reached. Sessions that are open go on, and the desk for emergencies goes on with its own token"),
			Self::Answer(part) => write!(f, "what the provider of logins answers cannot be used: {part}"),
			Self::Token(bad) => bad.fmt(f),
			Self::NotStaff => f.write_str("you are known to the provider, and the configuration of this gateway lets you do nothing"),
			Self::Busy => f.write_str("there are too many logins or sessions at this moment"),
			Self::Failure(_) => f.write_str("the gateway failed; its operator finds out why in its log"),
		}
	}
}

impl std::error::Error for NotSignedIn {}

impl From<BadToken> for NotSignedIn {
	fn from(bad: BadToken) -> Self {
		Self::Token(bad)
	}
}

impl From<Failure> for NotSignedIn {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}
