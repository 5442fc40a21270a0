//! The file that describes a network, as it is written. What the words mean is in
//! `docs/operators/consortium-file.md`.

use serde::Deserialize;
use toml::value::Datetime;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
	/// The chain.
	pub network: Network,
	/// The member organisations; the first is number 0 in the registry.
	pub organisations: Vec<Organisation>,
	/// The validators.
	pub validators: Vec<Validator>,
	/// Members' nodes that do not validate.
	#[serde(default)]
	pub nodes: Vec<Node>,
	/// The Council.
	pub council: Vec<Seat>,
	/// The Technical Committee.
	pub technical_committee: Vec<Seat>,
	/// The registrars.
	pub registrars: Vec<Registrar>,
	/// The settlement assets.
	#[serde(default)]
	pub assets: Vec<Asset>,
	/// Who holds native tokens.
	pub balances: Vec<Holding>,
}

/// The chain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
	/// For people.
	pub name: String,
	/// For folders and programs.
	pub id: String,
	/// The length of a session.
	pub session_slots: u64,
	/// The smallest set of validators, for ever.
	pub minimum_validators: u32,
	/// What a care relationship means by itself: `consent-only` or `care-team`.
	pub care_policy: String,
	/// The shortest public delays of what needs Root.
	#[serde(default)]
	pub enactment_floors: Floors,
}

/// The shortest public delays, in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Floors {
	/// Of a new runtime.
	pub upgrade: u64,
	/// Of a change of the delays.
	pub parameter: u64,
	/// Of restarting finality.
	pub emergency: u64,
}

impl Default for Floors {
	fn default() -> Self {
		const HOUR: u64 = 60 * 60;
		Self { upgrade: 3 * 24 * HOUR, parameter: 24 * HOUR, emergency: HOUR / 6 }
	}
}

/// A member organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
	/// Its name in this file; the chain has none.
	pub name: String,
	/// The account that administers it.
	pub admin: String,
	/// What it is licensed to be.
	#[serde(default)]
	pub licences: Vec<String>,
	/// The day on which the licences end.
	pub until: Option<Datetime>,
	/// Whether its name says something about its patients.
	#[serde(default)]
	pub flagged: bool,
}

/// A validator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
	/// Its account.
	pub account: String,
	/// Who operates it.
	pub organisation: String,
	/// The public key with which it authors blocks.
	pub babe: String,
	/// The public key with which it finalises them.
	pub grandpa: String,
	/// Where the others reach it, with its peer id.
	pub peer: String,
}

/// A node that does not validate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
	/// Who operates it.
	pub organisation: String,
	/// Where the others reach it, with its peer id.
	pub peer: String,
}

/// A seat in a collective.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
	/// Whose seat it is.
	pub organisation: String,
	/// The account that votes.
	pub account: String,
}

/// A registrar.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registrar {
	/// The account.
	pub account: String,
	/// The organisation it acts for.
	pub organisation: String,
	/// What kinds of organisations it may license.
	#[serde(default)]
	pub kinds: Vec<String>,
	/// What else it may do.
	#[serde(default)]
	pub capabilities: Vec<String>,
	/// The day on which the term ends.
	pub until: Datetime,
}

/// A settlement asset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
	/// Its number.
	pub id: u32,
	/// Its name.
	pub name: String,
	/// Its symbol.
	pub symbol: String,
	/// How many decimals its amounts have.
	pub decimals: u8,
	/// The least that an account may hold.
	pub minimum_balance: String,
	/// Who issues it: an account, or `treasury`.
	pub owner: String,
	/// Who holds it from the beginning.
	#[serde(default)]
	pub holders: Vec<Holding>,
}

/// What an account holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holding {
	/// The account, or `treasury`, or `sponsorship-pot`.
	pub account: String,
	/// How much.
	pub amount: String,
}

/// Read the file.
///
/// # Errors
/// One sentence with the line: it is not TOML, or a field is unknown, missing or of another type.
pub fn parse(text: &str) -> Result<File, String> {
	toml::from_str(text).map_err(|error| {
		let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
		match error.span() {
			Some(span) => {
				let before = text.get(..span.start).unwrap_or(text);
				format!("line {}: {message}", before.matches('\n').count().saturating_add(1))
			},
			None => message,
		}
	})
}
