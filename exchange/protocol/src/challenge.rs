//! What a patient signs for a token: a text that a wallet shows. The twin of `clients/exchange/src/challenge.ts`.

use crate::{account::Account, jws::thumbprint_text, signature, Hash};
use std::fmt;

/// The most characters of each part that stands in the text: of the URL, of the challenge, of the scope.
pub const MAX_PART: usize = 512;

/// What is asked for, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Challenge<'a> {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The organisation whose gateway it is.
	pub custodian: u32,
	/// Where that gateway is, as it says itself.
	pub url: &'a str,
	/// The account that signs.
	pub account: Account,
	/// What the token shall be good for.
	pub scope: &'a str,
	/// The thumbprint of the key that the token is bound to.
	pub key: Hash,
	/// What the gateway gave for this once.
	pub nonce: &'a str,
}

/// A part cannot stand in the text: it is empty, longer than [`MAX_PART`], or has a character that is no visible ASCII and no blank inside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoPart(
	/// Which.
	pub &'static str,
);

impl fmt::Display for NoPart {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{} cannot stand in a challenge", self.0)
	}
}

impl std::error::Error for NoPart {}

/// A part of one line: nothing in it begins another, and no two texts look alike.
fn line<'a>(name: &'static str, text: &'a str) -> Result<&'a str, NoPart> {
	let is_line = !text.is_empty()
		&& text.len() <= MAX_PART
		&& text.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
		&& text.trim() == text;
	is_line.then_some(text).ok_or(NoPart(name))
}

impl Challenge<'_> {
	/// The text: lines, each with a name, and no end of line after the last.
	pub fn text(&self) -> Result<String, NoPart> {
		let Self { genesis, custodian, url, account, scope, key, nonce } = self;
		let (url, scope, nonce) = (line("url", url)?, line("scope", scope)?, line("nonce", nonce)?);
		Ok(format!(
			"salus:token:v1\nLet a program read health records for you.\nCustodian: {custodian}\nAt: {url}\nAccount: 0x{}\nFor: {scope}\nKey: {}\nChain: {genesis}\nNonce: {nonce}",
			hex::encode(account.0),
			thumbprint_text(key),
		))
	}

	/// Whether the account has signed it, as it is or in `<Bytes>…</Bytes>`: see [`signature::holds`].
	pub fn is_signed(&self, signature: &[u8]) -> Result<bool, NoPart> {
		Ok(signature::holds(self.account, self.text()?.as_bytes(), signature))
	}
}
