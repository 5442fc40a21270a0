//! The keys that sign: each is in memory, out of a file, or in a token that never hands it out.
//!
//! - [`uri`]: how a configuration names a key in a token. [`pkcs11`]: the token.

pub mod pkcs11;
pub mod uri;

use crate::config::{read_key, read_p384};
use ed25519_zebra::{SigningKey, VerificationKey};
use p384::ecdsa::{signature::Signer, Signature};
use pkcs11::{Kind, TokenFault, TokenKey};
use std::{
	fmt,
	path::{Path, PathBuf},
	sync::Arc,
};
use uri::{TokenUri, SCHEME};

/// Where a key is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyPlace {
	/// In a file that nobody else may read.
	File(PathBuf),
	/// In a token.
	Token(TokenUri),
}

impl fmt::Display for KeyPlace {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::File(file) => file.display().fmt(f),
			Self::Token(uri) => uri.fmt(f),
		}
	}
}

impl KeyPlace {
	/// What it must be.
	pub const MUST: &'static str = "an absolute path, or a pkcs11: URI";

	/// Reads the name of a key. What is wrong with it is said as what follows the name of a setting.
	pub fn read(text: &str) -> Result<Self, String> {
		if text.starts_with(SCHEME) {
			return TokenUri::read(text).map(Self::Token);
		}
		match Path::new(text) {
			file if file.is_absolute() => Ok(Self::File(file.into())),
			_ => Err(format!("must be {}", Self::MUST)),
		}
	}
}

/// Why a key cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyFault {
	/// The file.
	File(String),
	/// The token.
	Token(TokenFault),
}

impl fmt::Display for KeyFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::File(problem) => f.write_str(problem),
			Self::Token(fault) => fault.fmt(f),
		}
	}
}

impl std::error::Error for KeyFault {}

impl From<TokenFault> for KeyFault {
	fn from(fault: TokenFault) -> Self {
		Self::Token(fault)
	}
}

/// The key of an account: Ed25519.
pub enum Ed25519 {
	/// In memory.
	Memory(SigningKey),
	/// In a token, and its public part.
	Token(Arc<TokenKey>, VerificationKey),
}

/// The key of answers for research: ECDSA on the curve P-384.
pub enum P384 {
	/// In memory.
	Memory(p384::ecdsa::SigningKey),
	/// In a token, and its public part.
	Token(Arc<TokenKey>, p384::ecdsa::VerifyingKey),
}

/// Says nothing of what is secret.
impl fmt::Debug for Ed25519 {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_tuple("Ed25519").field(&hex::encode(self.account())).finish()
	}
}

/// Says nothing of what is secret.
impl fmt::Debug for P384 {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_tuple("P384").field(&hex::encode(self.public().to_encoded_point(true))).finish()
	}
}

impl From<SigningKey> for Ed25519 {
	fn from(key: SigningKey) -> Self {
		Self::Memory(key)
	}
}

impl Ed25519 {
	/// Reads the file, or asks the token for a signature as a test. Waits for the disk and the token.
	pub fn open(place: &KeyPlace) -> Result<Self, KeyFault> {
		let uri = match place {
			KeyPlace::File(file) => {
				let key = read_key(file).map_err(KeyFault::File)?;
				return Ok(Self::Memory(key.into()));
			},
			KeyPlace::Token(uri) => uri,
		};
		let key = TokenKey::open(uri, Kind::Ed25519)?;
		let public = VerificationKey::try_from(key.public());
		let public = public.map_err(|_| TokenFault::Public(uri.key()))?;
		Ok(Self::Token(Arc::new(key), public))
	}

	/// The public part.
	pub fn public(&self) -> VerificationKey {
		match self {
			Self::Memory(key) => key.into(),
			Self::Token(_, public) => *public,
		}
	}

	/// The account whose key it is.
	pub fn account(&self) -> [u8; 32] {
		self.public().into()
	}

	/// Signs.
	pub async fn sign(&self, message: &[u8]) -> Result<[u8; 64], KeyFault> {
		match self {
			Self::Memory(key) => Ok(key.sign(message).into()),
			Self::Token(key, _) => {
				let signature = key.sign(message).await?;
				Ok(signature.try_into().map_err(|_| TokenFault::Signature)?)
			},
		}
	}

	/// What weakens it.
	pub fn warnings(&self) -> &[String] {
		match self {
			Self::Memory(_) => &[],
			Self::Token(key, _) => key.warnings(),
		}
	}
}

impl P384 {
	/// Reads the file, or asks the token for a signature as a test. Waits for the disk and the token.
	pub fn open(place: &KeyPlace) -> Result<Self, KeyFault> {
		let uri = match place {
			KeyPlace::File(file) => {
				let named = |problem| KeyFault::File(format!("{} {problem}", file.display()));
				return read_p384(file).map(Self::Memory).map_err(named);
			},
			KeyPlace::Token(uri) => uri,
		};
		let key = TokenKey::open(uri, Kind::P384)?;
		let public = p384::ecdsa::VerifyingKey::from_sec1_bytes(key.public());
		let public = public.map_err(|_| TokenFault::Public(uri.key()))?;
		Ok(Self::Token(Arc::new(key), public))
	}

	/// The public part.
	pub fn public(&self) -> p384::ecdsa::VerifyingKey {
		match self {
			Self::Memory(key) => *key.verifying_key(),
			Self::Token(_, public) => *public,
		}
	}

	/// Signs: `r` and `s`, 48 bytes each, over the SHA-384 of the message.
	pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
		match self {
			Self::Memory(key) => {
				let signature: Signature =
					key.try_sign(message).map_err(|error| KeyFault::File(error.to_string()))?;
				Ok(signature.to_bytes().to_vec())
			},
			Self::Token(key, _) => Ok(key.sign(message).await?),
		}
	}

	/// What weakens it.
	pub fn warnings(&self) -> &[String] {
		match self {
			Self::Memory(_) => &[],
			Self::Token(key, _) => key.warnings(),
		}
	}
}
