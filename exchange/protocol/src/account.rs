//! Accounts, as they are written: an SS58 address of any prefix, or `0x` and the 64 digits of the key.

use std::fmt;

/// The longest form of an account, in bytes: the hexadecimal one.
pub const MAX_ADDRESS: usize = 66;

/// What is hashed before an address, for its checksum.
const SS58_DOMAIN: &[u8] = b"SS58PRE";

/// An account: a public key of Ed25519 or Sr25519, or the hash of one of ECDSA.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Account(pub [u8; 32]);

/// The prefix of addresses of all networks.
const PREFIX: u8 = 42;

impl Account {
	/// The account as an SS58 address with the prefix of all networks.
	pub fn ss58(&self) -> String {
		let signed = [&[PREFIX], self.0.as_slice()].concat();
		let hash = sp_crypto_hashing::blake2_512(&[SS58_DOMAIN, &signed].concat());
		let checksum = hash.iter().copied().take(2);
		bs58::encode(signed.iter().copied().chain(checksum).collect::<Vec<u8>>()).into_string()
	}
}

/// An account with the text that it was written as. Entries of a log keep that text, because it is in their hash. What is written here has one text for
/// each account, which it gets by `From<Account>`: else one account would have several names in a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
	text: String,
	account: Account,
}

/// A text that is no address of an account: of a wrong length, alphabet, checksum or prefix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAnAddress;

impl fmt::Display for NotAnAddress {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("not the address of an account")
	}
}

impl std::error::Error for NotAnAddress {}

impl Address {
	/// Reads an address.
	pub fn read(text: &str) -> Result<Self, NotAnAddress> {
		let account = account(text).ok_or(NotAnAddress)?;
		Ok(Self { text: text.into(), account })
	}

	/// The account.
	pub fn account(&self) -> Account {
		self.account
	}

	/// The address as it was written.
	pub fn as_str(&self) -> &str {
		&self.text
	}
}

impl From<Account> for Address {
	/// In the one form that has no prefix of a network: `0x` and 64 digits in lower case.
	fn from(account: Account) -> Self {
		Self { text: format!("0x{}", hex::encode(account.0)), account }
	}
}

fn account(text: &str) -> Option<Account> {
	if text.len() > MAX_ADDRESS {
		return None;
	}
	if let Some(digits) = text.strip_prefix("0x") {
		return hex::decode(digits).ok()?.try_into().ok().map(Account);
	}
	let bytes = bs58::decode(text).into_vec().ok()?;
	let first = *bytes.first()?;
	// Two bytes of prefix if the second bit says so; the first bit, and two numbers, are reserved.
	if first & 0x80 != 0 || first == 46 || first == 47 {
		return None;
	}
	let prefix = if first & 0x40 == 0 { 1 } else { 2 };
	let (signed, checksum) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
	let (_, key) = signed.split_at_checked(prefix)?;
	let hash = sp_crypto_hashing::blake2_512(&[SS58_DOMAIN, signed].concat());
	if !hash.starts_with(checksum) {
		return None;
	}
	key.try_into().ok().map(Account)
}
