//! Public keys as JSON (RFC 7517) and signed JSON in its compact form (RFC 7515), of the two kinds that are taken: ES256 and ES384.
//! The curves are those of the crates `p256` and `p384`.

use crate::{json::Part, Hash};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use std::fmt;

/// A curve, and with it the one algorithm by which its keys sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Curve {
	/// P-256, which signs ES256.
	P256,
	/// P-384, which signs ES384.
	P384,
}

impl Curve {
	/// Both.
	pub const ALL: [Self; 2] = [Self::P256, Self::P384];

	/// Its name in a key.
	pub const fn name(self) -> &'static str {
		match self {
			Self::P256 => "P-256",
			Self::P384 => "P-384",
		}
	}

	/// Its algorithm's name in a header.
	pub const fn algorithm(self) -> &'static str {
		match self {
			Self::P256 => "ES256",
			Self::P384 => "ES384",
		}
	}

	/// The bytes of a coordinate.
	const fn size(self) -> usize {
		match self {
			Self::P256 => 32,
			Self::P384 => 48,
		}
	}
}

/// A public key: a point of its curve that was checked to be one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Jwk {
	curve: Curve,
	x: Vec<u8>,
	y: Vec<u8>,
}

impl Jwk {
	/// The key in an object with `kty`, `crv`, `x` and `y`. None if it is no public key of such a curve, or if a private one stands there.
	pub fn from_part(part: &Part) -> Option<Self> {
		let text = |name: &str| part.get(name).and_then(Part::text);
		if text("kty") != Some("EC") || part.get("d").is_some() {
			return None;
		}
		let curve = Curve::ALL.into_iter().find(|curve| text("crv") == Some(curve.name()))?;
		let coordinate = |name: &str| {
			let bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
			(bytes.len() == curve.size()).then_some(bytes)
		};
		let key = Self { curve, x: coordinate("x")?, y: coordinate("y")? };
		let point = key.point();
		let is_point = match curve {
			Curve::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).is_ok(),
			Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).is_ok(),
		};
		is_point.then_some(key)
	}

	/// The curve.
	pub fn curve(&self) -> Curve {
		self.curve
	}

	/// The members that a key must have, in the order of RFC 7638.
	pub fn members(&self) -> Vec<(String, Part)> {
		let coordinate = |bytes: &[u8]| Part::Text(URL_SAFE_NO_PAD.encode(bytes));
		vec![
			("crv".into(), Part::of(self.curve.name())),
			("kty".into(), Part::of("EC")),
			("x".into(), coordinate(&self.x)),
			("y".into(), coordinate(&self.y)),
		]
	}

	/// Its thumbprint: SHA-256, as RFC 7638 takes it. Its usual text is [`thumbprint_text`].
	pub fn thumbprint(&self) -> Hash {
		let mut text = String::new();
		Part::Object(self.members()).put(&mut text);
		Hash(sp_crypto_hashing::sha2_256(text.as_bytes()))
	}

	/// The point, uncompressed (SEC 1).
	fn point(&self) -> Vec<u8> {
		[&[4], self.x.as_slice(), &self.y].concat()
	}

	/// Whether this key has made this signature, `r ‖ s`, over these bytes.
	fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
		let point = self.point();
		let held = match self.curve {
			Curve::P256 => {
				use p256::ecdsa::{signature::Verifier, Signature, VerifyingKey};
				VerifyingKey::from_sec1_bytes(&point)
					.and_then(|key| key.verify(bytes, &Signature::from_slice(signature)?))
			},
			Curve::P384 => {
				use p384::ecdsa::{signature::Verifier, Signature, VerifyingKey};
				VerifyingKey::from_sec1_bytes(&point)
					.and_then(|key| key.verify(bytes, &Signature::from_slice(signature)?))
			},
		};
		held.is_ok()
	}
}

/// A thumbprint, or another hash, as base64url without padding.
pub fn thumbprint_text(hash: &Hash) -> String {
	URL_SAFE_NO_PAD.encode(hash.0)
}

/// A text is no signed JSON in its compact form: too long, not three parts, not JSON, or with a header that demands what is not offered
/// (`crit`, `b64`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotSigned;

impl fmt::Display for NotSigned {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("no signed JSON in its compact form")
	}
}

impl std::error::Error for NotSigned {}

/// Signed JSON that was read. Whether its signature holds, [`is_of`](Self::is_of) tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Jws {
	header: Part,
	claims: Part,
	signed: Vec<u8>,
	signature: Vec<u8>,
}

impl Jws {
	/// Reads a text of at most `most` bytes.
	pub fn read(text: &str, most: usize) -> Result<Self, NotSigned> {
		if text.len() > most {
			return Err(NotSigned);
		}
		let mut parts = text.split('.');
		let (Some(header), Some(claims), Some(signature), None) =
			(parts.next(), parts.next(), parts.next(), parts.next())
		else {
			return Err(NotSigned);
		};
		let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| NotSigned);
		let object = |part: &str| match Part::read(&bytes(part)?, most) {
			Ok(object @ Part::Object(_)) => Ok(object),
			_ => Err(NotSigned),
		};
		let (head, body) = (object(header)?, object(claims)?);
		if ["crit", "b64"].iter().any(|name| head.get(name).is_some()) {
			return Err(NotSigned);
		}
		Ok(Self {
			header: head,
			claims: body,
			signed: [header, ".", claims].concat().into_bytes(),
			signature: bytes(signature)?,
		})
	}

	/// A member of the header, as a text.
	pub fn header(&self, name: &str) -> Option<&str> {
		self.header.get(name).and_then(Part::text)
	}

	/// The key in the header.
	pub fn own_key(&self) -> Option<Jwk> {
		self.header.get("jwk").and_then(Jwk::from_part)
	}

	/// All claims: an object.
	pub fn claims(&self) -> &Part {
		&self.claims
	}

	/// A claim.
	pub fn claim(&self, name: &str) -> Option<&Part> {
		self.claims.get(name)
	}

	/// A claim that is a text.
	pub fn text(&self, name: &str) -> Option<&str> {
		self.claim(name).and_then(Part::text)
	}

	/// The bytes that are signed, for keys of other kinds than [`Jwk`]. Whoever checks these looks at `alg` too.
	pub fn signed(&self) -> &[u8] {
		&self.signed
	}

	/// The signature.
	pub fn signature(&self) -> &[u8] {
		&self.signature
	}

	/// Whether `key` has signed it, by the algorithm of its curve and no other.
	pub fn is_of(&self, key: &Jwk) -> bool {
		self.header("alg") == Some(key.curve.algorithm())
			&& key.has_signed(&self.signed, &self.signature)
	}
}
