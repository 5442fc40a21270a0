//! The section `[chain]`: the node that is asked, and how old its blocks may be.

use super::{number, url, Reader, Section, URL};
use salus_exchange_protocol::Hash;
use std::time::Duration;

const SECONDS: &str = "a whole number of seconds";

/// Which chain it is, and so how old its blocks may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// The time between two blocks, in seconds.
	pub block_time: u64,
	/// How old the best block may be, in seconds.
	pub best_age: u64,
	/// How old the last final block may be, in seconds.
	pub final_age: u64,
}

impl Limits {
	/// Those of a chain of its own: a block each 3 s, finality by its own authorities.
	pub const SOLO: Self = Self { block_time: 3, best_age: 12, final_age: 60 };
	/// Those of a parachain: a block each 6 s, finality by the relay chain.
	pub const PARACHAIN: Self = Self { block_time: 6, best_age: 24, final_age: 120 };
}

/// Who makes the chain's blocks final.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// Its own authorities.
	Solo,
	/// Those of a relay chain.
	Parachain,
}

/// The node that is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain {
	/// Where its JSON-RPC is, over HTTP.
	pub node: String,
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// Who makes its blocks final.
	pub kind: Kind,
	/// How old its blocks may be.
	pub limits: Limits,
	/// Whether its clock stands in for the host's: of a development chain alone, whose node is believed about the time too.
	pub by_its_clock: bool,
	/// Whether the node is believed about which block is final as long as the first authorities have never changed, of whom no node hands
	/// out votes.
	pub believes_first: bool,
	/// How long it may take to answer.
	pub timeout: Duration,
}

impl Reader {
	/// The node, if nothing about it is wrong: that is told instead.
	pub(super) fn chain(&mut self, section: &mut Section) -> Option<Chain> {
		let node = self.need(section, "node", URL, url);
		let genesis = self.need(
			section,
			"genesis",
			"0x and 64 hexadecimal digits in lower case: the hash of the chain's block 0",
			|value| value.as_str()?.parse::<Hash>().ok(),
		);
		let kind =
			self.need(section, "kind", "\"solo\" or \"parachain\"", |value| match value.as_str() {
				Some("solo") => Some((Kind::Solo, Limits::SOLO)),
				Some("parachain") => Some((Kind::Parachain, Limits::PARACHAIN)),
				_ => None,
			});
		let ages = kind.map(|(_, limits)| Limits {
			best_age: self.age(section, "max_best_age", limits.best_age),
			final_age: self.age(section, "max_final_age", limits.final_age),
			..limits
		});
		let timeout =
			self.may(section, "timeout", "a whole number of seconds from 1 to 60", |value| {
				number(value).filter(|seconds| (1..=60).contains(seconds))
			});
		let clock =
			self.may(section, "clock", "\"host\", or \"chain\" of a development chain", |value| {
				match value.as_str() {
					Some("host") => Some(false),
					Some("chain") => Some(true),
					_ => None,
				}
			});
		let finality = self.may(
			section,
			"finality",
			"\"proven\", or \"believed\" while the chain's first validators have never changed",
			|value| match value.as_str() {
				Some("proven") => Some(false),
				Some("believed") => Some(true),
				_ => None,
			},
		);
		Some(Chain {
			believes_first: finality.unwrap_or(false),
			by_its_clock: clock.unwrap_or(false),
			node: node?,
			genesis: genesis?,
			kind: kind?.0,
			limits: ages?,
			timeout: Duration::from_secs(timeout.unwrap_or(10)),
		})
	}

	/// An age that may be set lower than the rule has it, and not higher.
	fn age(&mut self, section: &mut Section, member: &str, most: u64) -> u64 {
		let set = self.may(section, member, SECONDS, number);
		match set {
			Some(age) if age == 0 || age > most => {
				self.fault(section.at(member), format!("must be from 1 to {most} seconds: it can be made stricter than the rule, and not laxer"));
				most
			},
			set => set.unwrap_or(most),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::super::{tests::GOOD, Config};
	use super::*;

	#[test]
	fn finality_is_proven_unless_it_is_said() {
		let with = |more: &str| Config::read(&format!("{GOOD}{more}\n"));
		let believes = |more: &str| with(more).unwrap().chain.believes_first;
		let told = ["", "finality = \"proven\"", "finality = \"believed\""].map(believes);
		assert_eq!(told, [false, false, true]);
		assert!(with("finality = true").is_err());
	}

	#[test]
	fn ages_can_be_made_stricter_and_not_laxer() {
		let with = |age: &str| Config::read(&format!("{GOOD}{age}\n"));
		assert_eq!(
			with("max_best_age = 5\nmax_final_age = 20").unwrap().chain.limits,
			Limits { block_time: 3, best_age: 5, final_age: 20 }
		);
		for age in [
			"max_best_age = 13",
			"max_best_age = 0",
			"max_best_age = -1",
			"max_final_age = 61",
			"max_final_age = \"60\"",
		] {
			assert!(with(age).is_err(), "{age}");
		}
	}
}
