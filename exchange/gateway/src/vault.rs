//! Encryption at rest: XChaCha20-Poly1305 with a key that stands in a file of its own, and hashes under a key, by which something
//! is found again without standing in the database.

use chacha20poly1305::{
	aead::{Aead, KeyInit, Payload},
	XChaCha20Poly1305, XNonce,
};
use salus_exchange_protocol::Hash;
use std::fmt;

const NONCE: usize = 24;
const AEAD_KEY: &[u8] = b"salus:vault:v1:aead";
const INDEX_KEY: &[u8] = b"salus:vault:v1:index";

/// What is encrypted: part of what is authenticated, so that one thing cannot stand in the place of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// The bytes of a record; its name is that of its file.
	Record,
	/// The salt of a commitment; its name is the commitment.
	Salt,
	/// A patient's id in the house; its name is the handle.
	LocalId,
	/// Where a search goes on; its name is the search, and who makes it.
	Cursor,
	/// The opening of a sealed directive; its name is the handle and the number.
	Opening,
	/// The two ids of a merge; its name is their hash.
	Merge,
	/// Until when something is good that is given to be signed once; it has no name.
	Challenge,
	/// What was written down about an emergency; its name is that of the emergency.
	Note,
	/// What a login that was begun is finished with; it has no name.
	Login,
	/// What somebody of the staff did; its name is the person.
	Act,
	/// What a count was asked about, or what is told of it; its name is the commitment to the query. Or a reply to a job; its name is the mailbox, the id
	/// and `reply`.
	Count,
	/// The noise of a count; its name is the commitment to the query.
	Noise,
	/// Who is in an epoch of a dataset; its name is the dataset and the epoch.
	Epoch,
	/// The id of the house that an offer of a link is about; its name is the hash of the offer's nonce.
	Offer,
	/// The handle and the account that signed an offer of a link; its name is the hash of the offer's nonce.
	Signer,
	/// What somebody did about a link; its name is its time.
	LinkEntry,
	/// When and where somebody was born and lives, as far as counts need it; its name is the number of the record.
	Subject,
}

impl Kind {
	const fn tag(self) -> u8 {
		match self {
			Self::Record => 0,
			Self::Salt => 1,
			Self::LocalId => 2,
			Self::Cursor => 3,
			Self::Opening => 4,
			Self::Merge => 5,
			Self::Challenge => 6,
			Self::Note => 10,
			Self::Login => 11,
			Self::Act => 12,
			Self::Offer => 13,
			Self::Signer => 14,
			Self::LinkEntry => 15,
			Self::Count => 20,
			Self::Noise => 21,
			Self::Subject => 22,
			Self::Epoch => 23,
		}
	}
}

/// What was to be opened was changed, is something else, or was encrypted with another key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotOurs;

impl fmt::Display for NotOurs {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(
			"the vault's key does not open this: it was changed, or encrypted with another key",
		)
	}
}

impl std::error::Error for NotOurs {}

/// The keys.
pub struct Vault {
	aead: XChaCha20Poly1305,
	index: Hash,
}

/// Says nothing of the keys.
impl fmt::Debug for Vault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Vault").finish_non_exhaustive()
	}
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> std::io::Result<[u8; N]> {
	let mut bytes = [0; N];
	getrandom::fill(&mut bytes)?;
	Ok(bytes)
}

impl Vault {
	/// The vault with that key.
	pub fn new(key: &[u8; 32]) -> Self {
		let of = |domain: &[u8]| Hash::of(&[domain, key].concat());
		Self { aead: XChaCha20Poly1305::new(&of(AEAD_KEY).0.into()), index: of(INDEX_KEY) }
	}

	/// Encrypts. A nonce of 24 random bytes is before the text.
	pub fn seal(&self, kind: Kind, name: &[u8], plain: &[u8]) -> std::io::Result<Vec<u8>> {
		let nonce = random::<NONCE>()?;
		let aad = [&[kind.tag()], name].concat();
		let sealed = self
			.aead
			.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
			.map_err(|_| std::io::Error::other("too large to be encrypted"))?;
		Ok([nonce.as_slice(), &sealed].concat())
	}

	/// Decrypts what was encrypted as `kind` under that name.
	pub fn open(&self, kind: Kind, name: &[u8], sealed: &[u8]) -> Result<Vec<u8>, NotOurs> {
		let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(NotOurs)?;
		let aad = [&[kind.tag()], name].concat();
		let payload = Payload { msg: sealed, aad: &aad };
		self.aead.decrypt(&XNonce::from(*nonce), payload).map_err(|_| NotOurs)
	}

	/// The hash of something under the vault's key: whoever has the database alone cannot try out what it is of. BLAKE2b with
	/// the key, which has a fixed length, before the text; such a hash cannot be extended.
	pub fn index(&self, domain: &str, bytes: &[u8]) -> Hash {
		Hash::of(&[&self.index.0, domain.as_bytes(), &[0], bytes].concat())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_sealed_opens_only_as_what_it_is_and_under_its_name_and_key() {
		let vault = Vault::new(&[7; 32]);
		let sealed = vault.seal(Kind::Record, b"a", b"text").unwrap();
		assert_ne!(sealed, vault.seal(Kind::Record, b"a", b"text").unwrap());
		assert_eq!(vault.open(Kind::Record, b"a", &sealed), Ok(b"text".to_vec()));
		assert_eq!(vault.open(Kind::Record, b"b", &sealed), Err(NotOurs));
		assert_eq!(vault.open(Kind::Salt, b"a", &sealed), Err(NotOurs));
		assert_eq!(Vault::new(&[8; 32]).open(Kind::Record, b"a", &sealed), Err(NotOurs));
		for at in 0..sealed.len() {
			let mut changed = sealed.clone();
			changed[at] ^= 1;
			assert_eq!(vault.open(Kind::Record, b"a", &changed), Err(NotOurs), "{at}");
			assert_eq!(vault.open(Kind::Record, b"a", &sealed[..at]), Err(NotOurs), "{at}");
		}
	}

	#[test]
	fn the_hash_of_something_depends_on_key_and_domain() {
		let [a, b] = [7, 8].map(|byte| Vault::new(&[byte; 32]));
		assert_eq!(a.index("x", b"y"), a.index("x", b"y"));
		assert_ne!(a.index("x", b"y"), b.index("x", b"y"));
		assert_ne!(a.index("x", b"y"), a.index("xy", b""));
	}
}
