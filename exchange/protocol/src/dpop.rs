//! Proofs that whoever presents something has the key that it is bound to (DPoP, RFC 9449).

use crate::{
	json::Part,
	jws::{thumbprint_text, Jwk, Jws},
	Hash,
};
use std::fmt;

/// The longest proof, in bytes.
pub const MAX_PROOF: usize = 4_096;
/// How old a proof may be, in seconds. That long its `jti` is remembered.
pub const MAX_PROOF_AGE: u64 = 60;
/// How far ahead of the clock here the clock may be by which it was made, in seconds.
pub const MAX_AHEAD: u64 = 5;
/// The longest `jti`, in bytes.
pub const MAX_JTI: usize = 128;

/// A proof whose signature holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
	/// The key that has signed it.
	pub key: Jwk,
	/// What makes it different from every other.
	pub jti: String,
	/// The method of the request.
	pub htm: String,
	/// The URL of the request.
	pub htu: String,
	/// When it was made, in seconds since 1970.
	pub iat: u64,
	/// The hash of the token with which it is presented.
	pub ath: Option<String>,
}

/// What a proof must be for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected<'a> {
	/// The method.
	pub method: &'a str,
	/// The URL without query and fragment, as this side writes it.
	pub url: &'a str,
	/// The time, in seconds since 1970.
	pub now: u64,
	/// The token that is presented; none where one is asked for.
	pub token: Option<&'a str>,
}

/// Why a proof is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProofFault {
	/// It is no proof: which part is not as it must be, or `document`.
	Malformed(&'static str),
	/// The key in it has not signed it.
	Signature,
	/// It is for another method.
	Method,
	/// It is for another URL.
	Url,
	/// It was made more than [`MAX_PROOF_AGE`] ago.
	Old,
	/// It was made more than [`MAX_AHEAD`] from now.
	Future,
	/// It is for another token, or for none.
	Token,
}

impl fmt::Display for ProofFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed(part) => write!(f, "the proof is malformed: {part}"),
			Self::Signature => f.write_str("the key in the proof has not signed it"),
			Self::Method => f.write_str("htm is another method"),
			Self::Url => f.write_str("htu is another URL"),
			Self::Old => f.write_str("iat is too long ago"),
			Self::Future => f.write_str("iat is in the future"),
			Self::Token => f.write_str("ath is not the hash of the token"),
		}
	}
}

impl std::error::Error for ProofFault {}

/// The hash by which a proof names a token: SHA-256, in base64url without padding.
pub fn token_hash(token: &str) -> String {
	thumbprint_text(&Hash(sp_crypto_hashing::sha2_256(token.as_bytes())))
}

impl Proof {
	/// Reads a proof, and checks that the key in its header has signed it.
	pub fn read(text: &str) -> Result<Self, ProofFault> {
		let bad = ProofFault::Malformed;
		let jws = Jws::read(text, MAX_PROOF).map_err(|_| bad("document"))?;
		if jws.header("typ") != Some("dpop+jwt") {
			return Err(bad("typ"));
		}
		let key = jws.own_key().ok_or(bad("jwk"))?;
		if jws.header("alg") != Some(key.curve().algorithm()) {
			return Err(bad("alg"));
		}
		let claim = |name: &'static str| jws.text(name).ok_or(bad(name));
		let proof = Self {
			jti: Some(claim("jti")?)
				.filter(|jti| !jti.is_empty() && jti.len() <= MAX_JTI)
				.ok_or(bad("jti"))?
				.into(),
			htm: claim("htm")?.into(),
			htu: claim("htu")?.into(),
			iat: jws.claim("iat").and_then(Part::whole).ok_or(bad("iat"))?,
			ath: match jws.claim("ath") {
				None => None,
				Some(ath) => Some(ath.text().ok_or(bad("ath"))?.into()),
			},
			key,
		};
		match jws.is_of(&proof.key) {
			true => Ok(proof),
			false => Err(ProofFault::Signature),
		}
	}

	/// Checks what it is for. Whether it was presented before only whoever remembers can tell.
	pub fn check(&self, expected: &Expected) -> Result<(), ProofFault> {
		let Expected { method, url, now, token } = *expected;
		if self.htm != method {
			return Err(ProofFault::Method);
		}
		if !is_same_url(&self.htu, url) {
			return Err(ProofFault::Url);
		}
		if self.iat > now.saturating_add(MAX_AHEAD) {
			return Err(ProofFault::Future);
		}
		if self.iat < now.saturating_sub(MAX_PROOF_AGE) {
			return Err(ProofFault::Old);
		}
		// One that names a token, where none is presented, is for another request.
		match self.ath == token.map(token_hash) {
			true => Ok(()),
			false => Err(ProofFault::Token),
		}
	}

	/// Until when its `jti` must be remembered, in seconds since 1970.
	pub fn until(&self) -> u64 {
		self.iat.saturating_add(MAX_PROOF_AGE).saturating_add(1)
	}

	/// What it is remembered by: keys do not share their `jti`s.
	pub fn id(&self) -> Hash {
		let thumbprint = self.key.thumbprint();
		Hash::of(&[b"salus:dpop:v1".as_slice(), &thumbprint.0, self.jti.as_bytes()].concat())
	}
}

/// Whether a URL, without its query and fragment, is that one. Scheme and host are compared without regard to case; the rest as it is
/// written.
fn is_same_url(told: &str, url: &str) -> bool {
	let told = told.split(['?', '#']).next().unwrap_or_default();
	let parts = |text: &str| {
		let (scheme, rest) = text.split_once("://")?;
		let (host, path) = match rest.find('/') {
			Some(at) => rest.split_at_checked(at)?,
			None => (rest, "/"),
		};
		Some((scheme.to_ascii_lowercase(), host.to_ascii_lowercase(), path.to_owned()))
	};
	parts(told).is_some_and(|told| Some(told) == parts(url))
}
