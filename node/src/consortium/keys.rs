//! Keys, accounts and peers as the file writes them, and those that everybody has the secret of.

use curve25519_dalek::{edwards::CompressedEdwardsY, ristretto::CompressedRistretto};
use sc_network::{config::ed25519 as node_key, PeerId};
use sc_service::config::MultiaddrWithPeerId;
use sp_core::{
	bytes::from_hex,
	crypto::{AccountId32, Ss58AddressFormat, Ss58Codec},
	ecdsa, ed25519, sr25519, Pair,
};
use sp_runtime::traits::IdentifyAccount;
use std::{collections::HashMap, sync::LazyLock};

/// The address prefix of the network.
const PREFIX: u16 = 42;

/// Names that development keys are derived from: those of the SDK, and those of the care journey and
/// the tests.
const NAMES: &[&str] = &[
	"",
	"Alice",
	"Bob",
	"Charlie",
	"Dave",
	"Eve",
	"Ferdie",
	"One",
	"Two",
	"Grace",
	"Heidi",
	"Ivan",
	"Judy",
	"Registrar",
	"Hospital",
	"Clinic",
	"Insurer",
	"Payer",
	"Patient",
	"Requester",
	"Admin",
	"Doctor",
	"Nurse",
	"Specialist",
	"Officer",
	"Sponsor",
	"Council",
	"Treasury",
	"Validator",
	"Regulator",
	"Laboratory",
	"Pharmacy",
	"Member",
	"Clerk",
	"Adjuster",
	"Observer",
	"observer",
];
/// What is derived further from a name.
const SUFFIXES: &[&str] = &["", "//stash", "//babe", "//grandpa", "//session", "//0", "//1", "//2"];

/// The keys whose secret is in the SDK or in this repository, as 32 bytes, each with what it is.
pub struct WellKnown(HashMap<[u8; 32], String>);

impl WellKnown {
	/// All of them. They are derived once.
	pub fn all() -> &'static Self {
		static ALL: LazyLock<WellKnown> = LazyLock::new(WellKnown::derive);
		&ALL
	}

	fn derive() -> Self {
		let mut keys = HashMap::new();
		for name in NAMES {
			let name = if name.is_empty() { String::new() } else { format!("//{name}") };
			for suffix in SUFFIXES {
				let seed = format!("{name}{suffix}");
				let label =
					if seed.is_empty() { "the development phrase".into() } else { seed.clone() };
				let uri = if seed.is_empty() { sp_core::crypto::DEV_PHRASE.into() } else { seed };
				let mut know = |key: Option<[u8; 32]>| {
					if let Some(key) = key {
						keys.insert(key, label.clone());
					}
				};
				know(sr25519::Pair::from_string(&uri, None).ok().map(|pair| pair.public().0));
				know(ed25519::Pair::from_string(&uri, None).ok().map(|pair| pair.public().0));
				know(ecdsa::Pair::from_string(&uri, None).ok().map(|pair| {
					sp_runtime::MultiSigner::from(pair.public()).into_account().into()
				}));
			}
			// Test tools make the network key of a node from its name.
			let name = name.trim_start_matches('/').to_lowercase();
			if !name.is_empty() {
				let public = node_public(sp_io::hashing::sha2_256(name.as_bytes()));
				keys.insert(public, format!("the node key that test tools give `{name}`"));
			}
		}
		// Tutorials use small numbers as secrets of nodes, at either end.
		for number in 0..=u8::MAX {
			let mut last = [0; 32];
			last[31] = number;
			let mut first = [0; 32];
			first[0] = number;
			for secret in [first, last, [number; 32]] {
				keys.insert(node_public(secret), format!("the secret that is {number}"));
			}
			keys.insert([number; 32], format!("32 times the byte {number}"));
		}
		Self(keys)
	}

	/// What the key is, if everybody has its secret (or nobody can have it).
	pub fn name(&self, key: &[u8; 32]) -> Option<&str> {
		self.0.get(key).map(String::as_str)
	}
}

fn node_public(secret: [u8; 32]) -> [u8; 32] {
	node_key::SecretKey::try_from_bytes(secret)
		.map(|secret| node_key::Keypair::from(secret).public().to_bytes())
		.unwrap_or_default()
}

/// Read an account: an address with the network's prefix, or 32 bytes in hexadecimal.
///
/// # Errors
/// What is wrong with it.
pub fn account(text: &str) -> Result<AccountId32, String> {
	if text.starts_with("0x") {
		return Ok(bytes(text)?.into());
	}
	match AccountId32::from_ss58check_with_version(text) {
		Ok((account, format)) if format == Ss58AddressFormat::custom(PREFIX) => Ok(account),
		Ok((_, format)) => Err(format!(
			"`{text}` is an address of another network (prefix {}, not {PREFIX})",
			u16::from(format)
		)),
		Err(_) => Err(format!(
			"`{text}` is no account: neither an address with prefix {PREFIX} nor 0x and 64 \
			 hexadecimal digits"
		)),
	}
}

/// Read the public key for BABE.
///
/// # Errors
/// What is wrong with it.
pub fn babe(text: &str) -> Result<sr25519::Public, String> {
	let key = bytes(text)?;
	match CompressedRistretto(key).decompress() {
		Some(_) if key != [0; 32] => Ok(sr25519::Public::from_raw(key)),
		_ => Err(format!("`{text}` is no sr25519 public key: it is not a point of the curve")),
	}
}

/// Read the public key for GRANDPA.
///
/// # Errors
/// What is wrong with it.
pub fn grandpa(text: &str) -> Result<ed25519::Public, String> {
	let key = bytes(text)?;
	ed25519_point(&key, text)?;
	Ok(ed25519::Public::from_raw(key))
}

/// Check that somebody can have the secret of the ed25519 public key, and not everybody. It is written
/// as `text`.
///
/// # Errors
/// What is wrong with it.
pub fn ed25519_point(key: &[u8; 32], text: &str) -> Result<(), String> {
	match CompressedEdwardsY(*key).decompress() {
		// For the weak points anybody can make signatures.
		Some(point) if !point.is_small_order() => Ok(()),
		Some(_) => Err(format!("`{text}` is a weak ed25519 public key")),
		None => Err(format!("`{text}` is no ed25519 public key: it is not a point of the curve")),
	}
}

/// Read the address of a node with its peer id.
///
/// # Errors
/// What is wrong with it.
pub fn peer(text: &str) -> Result<MultiaddrWithPeerId, String> {
	text.parse::<MultiaddrWithPeerId>().map_err(|error| {
		format!(
			"`{text}` is no address with a peer id, such as \
			 /dns/validator.example.org/tcp/30333/p2p/12D3Koo... ({error})"
		)
	})
}

/// The public key that an ed25519 peer id is made of.
pub fn key_of(peer: &PeerId) -> Option<[u8; 32]> {
	// A multihash `identity`, 36 bytes long, of a message: key type 1, key of 32 bytes.
	peer.to_bytes().strip_prefix(&[0x00, 0x24, 0x08, 0x01, 0x12, 0x20])?.try_into().ok()
}

fn bytes(text: &str) -> Result<[u8; 32], String> {
	let not = || format!("`{text}` is no key: 0x and 64 hexadecimal digits are expected");
	if !text.starts_with("0x") {
		return Err(not());
	}
	from_hex(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(not)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::crypto::ByteArray;

	#[test]
	fn a_peer_id_gives_its_key_back() {
		let pair = node_key::Keypair::generate();
		let peer = pair.public().to_peer_id();
		assert_eq!(key_of(&peer), Some(pair.public().to_bytes()));
		assert_eq!(key_of(&PeerId::random()), None, "another kind of peer id");
	}

	#[test]
	fn the_keys_of_the_sdk_are_known() {
		let known = WellKnown::all();
		for who in sp_keyring::Sr25519Keyring::iter() {
			assert!(known.name(&who.to_raw_public()).is_some(), "{who:?}");
		}
		for who in sp_keyring::Ed25519Keyring::iter() {
			assert!(known.name(&who.to_raw_public()).is_some(), "{who:?}");
		}
		assert_eq!(
			known.name(&sp_keyring::Sr25519Keyring::AliceStash.to_raw_public()),
			Some("//Alice//stash")
		);
		let fresh = sr25519::Pair::generate().0.public();
		assert_eq!(known.name(fresh.as_slice().try_into().unwrap()), None);
	}

	#[test]
	fn an_account_is_read_in_both_forms() {
		let account_id = AccountId32::from([7; 32]);
		let address = account_id.to_ss58check_with_version(Ss58AddressFormat::custom(42));
		assert_eq!(account(&address), Ok(account_id.clone()));
		assert_eq!(account(&format!("0x{}", "07".repeat(32))), Ok(account_id));
	}
}
