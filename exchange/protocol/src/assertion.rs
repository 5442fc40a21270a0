//! What an organisation authenticates with where it asks for a token: a JWT that one of the keys in its profile has signed
//! (`private_key_jwt`, RFC 7523, as SMART Backend Services narrow it).

use crate::{
	dpop::{MAX_AHEAD, MAX_JTI},
	json::Part,
	jws::{Curve, Jwk, Jws},
	request::NO_ORGANISATION,
	Hash,
};
use std::fmt;

/// What stands as `client_assertion_type`.
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest assertion, in bytes.
pub const MAX_ASSERTION: usize = 8_192;
/// The longest time, in seconds, from now to the expiry of an assertion. That long its `jti` is remembered.
pub const MAX_ASSERTION_LIFE: u64 = 300;

/// An assertion, as it says. Whether a key of its organisation has signed it, [`is_of`](Self::is_of) tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assertion {
	jws: Jws,
	/// The organisation that it says it is of: its number, as `iss` and `sub`.
	pub organisation: u32,
	/// Until when it is good, in seconds since 1970.
	pub exp: u64,
	jti: String,
}

/// Why an assertion is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssertionFault {
	/// It is no assertion: which part is not as it must be, or `document`.
	Malformed(&'static str),
	/// It is for another token endpoint.
	Audience,
	/// It has expired.
	Expired,
	/// It runs for longer than [`MAX_ASSERTION_LIFE`].
	TooLong,
	/// It was made, or is good from, more than [`MAX_AHEAD`] from now.
	Future,
}

impl fmt::Display for AssertionFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed(part) => write!(f, "the assertion is malformed: {part}"),
			Self::Audience => f.write_str("aud is not the URL of this token endpoint alone"),
			Self::Expired => f.write_str("the assertion has expired"),
			Self::TooLong => {
				write!(f, "exp is more than {MAX_ASSERTION_LIFE} seconds from now")
			},
			Self::Future => f.write_str("iat or nbf is in the future"),
		}
	}
}

impl std::error::Error for AssertionFault {}

/// The number of an organisation as a client's id: its digits, without more.
pub fn client(text: &str) -> Option<u32> {
	let number: u32 = text.parse().ok()?;
	(number.to_string() == text && number != NO_ORGANISATION).then_some(number)
}

impl Assertion {
	/// Reads an assertion for the token endpoint `audience`, at the moment `now`.
	pub fn read(text: &str, audience: &str, now: u64) -> Result<Self, AssertionFault> {
		let bad = AssertionFault::Malformed;
		let jws = Jws::read(text, MAX_ASSERTION).map_err(|_| bad("document"))?;
		if jws.header("alg") != Some(Curve::P384.algorithm()) {
			return Err(bad("alg"));
		}
		if jws.header("typ").is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
			return Err(bad("typ"));
		}
		let organisation = jws.text("iss").and_then(client).ok_or(bad("iss"))?;
		if jws.text("sub") != jws.text("iss") {
			return Err(bad("sub"));
		}
		let jti = jws.text("jti").filter(|jti| !jti.is_empty() && jti.len() <= MAX_JTI);
		let jti = jti.ok_or(bad("jti"))?.to_owned();
		let moment = |name: &'static str| match jws.claim(name) {
			None => Ok(None),
			Some(part) => part.whole().map(Some).ok_or(bad(name)),
		};
		let exp = moment("exp")?.ok_or(bad("exp"))?;
		// For one place alone: what others could present here too is not taken.
		let is_for = match jws.claim("aud") {
			Some(Part::Text(told)) => told == audience,
			Some(Part::List(list)) => *list == [Part::of(audience)],
			_ => return Err(bad("aud")),
		};
		if !is_for {
			return Err(AssertionFault::Audience);
		}
		if exp <= now {
			return Err(AssertionFault::Expired);
		}
		if exp > now.saturating_add(MAX_ASSERTION_LIFE) {
			return Err(AssertionFault::TooLong);
		}
		for begins in [moment("iat")?, moment("nbf")?].into_iter().flatten() {
			if begins > now.saturating_add(MAX_AHEAD) {
				return Err(AssertionFault::Future);
			}
		}
		Ok(Self { jws, organisation, exp, jti })
	}

	/// The name of the key that has signed it, if it says so.
	pub fn kid(&self) -> Option<&str> {
		self.jws.header("kid")
	}

	/// Whether this key has signed it.
	pub fn is_of(&self, key: &Jwk) -> bool {
		self.jws.is_of(key)
	}

	/// What it is remembered by: organisations do not share their `jti`s.
	pub fn id(&self) -> Hash {
		let of = self.organisation.to_le_bytes();
		Hash::of(&[b"salus:assertion:v1".as_slice(), &of, self.jti.as_bytes()].concat())
	}
}
