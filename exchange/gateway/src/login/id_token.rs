//! What of an ID token must hold (OpenID Connect Core, 3.1.3.7), beside its signature.

use super::{BadToken, SUBJECT};
use salus_exchange_protocol::{json::Part, jws::Jws};

/// The longest ID token that is read, in bytes.
pub const MAX_ID_TOKEN: usize = 16 << 10;
/// How much ahead the provider's clock may be, in seconds.
const AHEAD: u64 = 60;
/// How long ago an ID token may have been issued, in seconds: it was just asked for.
const OLDEST: u64 = 600;
/// The longest subject, in bytes (OpenID Connect Core, 2).
const MAX_SUBJECT: usize = 255;

/// What an ID token must say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected<'a> {
	/// Who issued it.
	pub issuer: &'a str,
	/// For whom.
	pub client: &'a str,
	/// Of which login.
	pub nonce: &'a str,
	/// When it is, in seconds since 1970.
	pub now: u64,
}

/// Checks what a token says, and gives the subject. That its signature holds is checked elsewhere, and before.
pub fn check<'a>(token: &'a Jws, expected: &Expected) -> Result<&'a str, BadToken> {
	let bad = BadToken::Malformed;
	if token.text("iss").ok_or(bad("iss"))? != expected.issuer {
		return Err(BadToken::Issuer);
	}
	// For this gateway alone: whom else it is for is not trusted, and could have sent it.
	let is_for = match token.claim("aud") {
		Some(Part::Text(told)) => told == expected.client,
		Some(Part::List(list)) => *list == [Part::of(expected.client)],
		_ => return Err(bad("aud")),
	};
	let by = match token.claim("azp") {
		None => Some(expected.client),
		Some(part) => part.text(),
	};
	if !is_for || by != Some(expected.client) {
		return Err(BadToken::Audience);
	}
	if token.text("nonce") != Some(expected.nonce) {
		return Err(BadToken::Nonce);
	}
	let moment = |name: &'static str| match token.claim(name) {
		None => Ok(None),
		Some(part) => part.whole().map(Some).ok_or(bad(name)),
	};
	let (expiry, issued) = (moment("exp")?.ok_or(bad("exp"))?, moment("iat")?.ok_or(bad("iat"))?);
	if expiry <= expected.now || issued.saturating_add(OLDEST) < expected.now {
		return Err(BadToken::Expired);
	}
	let latest = expected.now.saturating_add(AHEAD);
	if issued > latest || moment("nbf")?.is_some_and(|begins| begins > latest) {
		return Err(BadToken::Future);
	}
	let subject = token.text(SUBJECT).filter(|it| !it.is_empty() && it.len() <= MAX_SUBJECT);
	subject.ok_or(bad(SUBJECT))
}
