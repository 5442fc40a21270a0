//! The keys of a provider (RFC 7517), and the algorithms that are taken. The elliptic curves are read and checked by
//! `salus-exchange-protocol::jws`, as they are of DPoP; RSA, which most providers sign with, by `ring`, which TLS brings.

use super::BadToken;
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use ring::signature::{
	RsaPublicKeyComponents, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
};
use salus_exchange_protocol::{
	json::Part,
	jws::{Curve, Jwk, Jws},
};

/// The most keys of a provider.
const MOST_KEYS: usize = 64;

/// How an ID token may be signed. Nothing else is: neither `none`, nor HS256, for which the public key of a provider, or a secret that
/// it shares with others, would be enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
	/// RSA, PKCS #1 v1.5.
	Rs256,
	/// RSA, PSS.
	Ps256,
	/// P-256.
	Es256,
	/// P-384.
	Es384,
}

impl Algorithm {
	/// All of them.
	pub const ALL: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::Es384];

	/// Its name (RFC 7518).
	pub const fn name(self) -> &'static str {
		match self {
			Self::Rs256 => "RS256",
			Self::Ps256 => "PS256",
			Self::Es256 => "ES256",
			Self::Es384 => "ES384",
		}
	}

	fn of(token: &Jws) -> Result<Self, BadToken> {
		let name = token.header("alg");
		Self::ALL.into_iter().find(|it| Some(it.name()) == name).ok_or(BadToken::Algorithm)
	}
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Public {
	Curve(Jwk),
	Rsa {
		/// The modulus, without zeros before it.
		n: Vec<u8>,
		/// The exponent, likewise.
		e: Vec<u8>,
	},
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Key {
	id: Option<String>,
	/// The one algorithm that it is for, if the provider says so.
	only: Option<String>,
	public: Public,
}

impl Key {
	/// A key for signatures. None of another use, or of a kind that is not taken.
	fn read(part: &Part) -> Option<Self> {
		let text = |name: &str| part.get(name).and_then(Part::text);
		if text("use").is_some_and(|of| of != "sig") {
			return None;
		}
		let number = |name: &str| {
			let bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
			Some(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
		};
		let public = match text("kty")? {
			"EC" => Public::Curve(Jwk::from_part(part)?),
			"RSA" if part.get("d").is_none() => Public::Rsa { n: number("n")?, e: number("e")? },
			_ => return None,
		};
		let owned = |name: &str| text(name).map(str::to_owned);
		Some(Self { id: owned("kid"), only: owned("alg"), public })
	}

	/// Whether it signs by this algorithm.
	fn fits(&self, algorithm: Algorithm) -> bool {
		let is_kind = match (&self.public, algorithm) {
			(Public::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256) => true,
			(Public::Curve(key), Algorithm::Es256) => key.curve() == Curve::P256,
			(Public::Curve(key), Algorithm::Es384) => key.curve() == Curve::P384,
			_ => false,
		};
		is_kind && self.only.as_deref().is_none_or(|only| only == algorithm.name())
	}

	fn has_signed(&self, token: &Jws, algorithm: Algorithm) -> bool {
		let (n, e) = match &self.public {
			Public::Curve(key) => return token.is_of(key),
			Public::Rsa { n, e } => (n, e),
		};
		let how = match algorithm {
			Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
			Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
			Algorithm::Es256 | Algorithm::Es384 => return false,
		};
		let key = RsaPublicKeyComponents { n, e };
		key.verify(how, token.signed(), token.signature()).is_ok()
	}
}

/// A provider's keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys(Vec<Key>);

impl Keys {
	/// Reads a document with keys. None if it is none, or has more than 64. Keys of other kinds and uses are passed over.
	pub fn read(document: &Part) -> Option<Self> {
		let Some(Part::List(list)) = document.get("keys") else { return None };
		(list.len() <= MOST_KEYS).then(|| Self(list.iter().filter_map(Key::read).collect()))
	}

	/// Whether one of them has signed a token. [`BadToken::Key`] if there is no such key: the provider may have newer ones.
	pub fn check(&self, token: &Jws) -> Result<(), BadToken> {
		let algorithm = Algorithm::of(token)?;
		let id = token.header("kid");
		let mut fitting = self
			.0
			.iter()
			.filter(|key| key.fits(algorithm) && id.is_none_or(|id| key.id.as_deref() == Some(id)));
		// Without a name it must be clear which key it is (OpenID Connect Core, 10.1); with one it must be one key.
		let (Some(key), None) = (fitting.next(), fitting.next()) else { return Err(BadToken::Key) };
		match key.has_signed(token, algorithm) {
			true => Ok(()),
			false => Err(BadToken::Signature),
		}
	}
}
