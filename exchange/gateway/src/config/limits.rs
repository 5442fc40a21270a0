//! The section `[limits]`, and which addresses are those of proxies: how often somebody may ask, and by how many connections.

use super::{number, Reader, Section};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How many requests a second there may be unless it is said.
const RATE: u32 = 100;
/// How many connections from one address there may be unless it is said.
const PER_ADDRESS: usize = 64;
/// How many connections outside there may be unless it is said: with all else that is open they are fewer than the 1,024 files that a process may
/// have open where nothing else is set.
const CONNECTIONS: usize = 512;
/// How many it may be said that there may be.
const MOST_CONNECTIONS: std::ops::RangeInclusive<u64> = 64..=16_384;
/// How many of one address it may be said that there may be.
const MOST_PER_ADDRESS: u64 = 512;
/// The most proxies.
const MAX_PROXIES: usize = 100;
/// What connects from this host is the proxy in front, unless something else is said.
const THIS_HOST: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// What the section says.
pub(super) struct Limits {
	/// How many requests a second one organisation, or one patient, may make.
	pub(super) rate: u32,
	/// How many connections there may be outside.
	pub(super) connections: usize,
	/// How many of them from one address.
	pub(super) per_address: usize,
}

impl Reader {
	/// The section, or what holds without it.
	pub(super) fn limits(&mut self, top: &mut Section) -> Limits {
		let mut section = self.section(top, "limits");
		let rate = self.may(
			&mut section,
			"rate",
			"a whole number of requests a second from 1 to 100000",
			|value| {
				let rate = number(value).filter(|rate| (1..=100_000).contains(rate))?;
				u32::try_from(rate).ok()
			},
		);
		let connections = self.may(
			&mut section,
			"connections",
			"a whole number of connections from 64 to 16384",
			|value| {
				let most = number(value).filter(|most| MOST_CONNECTIONS.contains(most))?;
				usize::try_from(most).ok()
			},
		);
		let per_address = self.may(
			&mut section,
			"connections_per_address",
			"a whole number of connections from 1 to 512",
			|value| {
				let most = number(value).filter(|most| (1..=MOST_PER_ADDRESS).contains(most))?;
				usize::try_from(most).ok()
			},
		);
		self.end(section);
		Limits {
			rate: rate.unwrap_or(RATE),
			connections: connections.unwrap_or(CONNECTIONS),
			per_address: per_address.unwrap_or(PER_ADDRESS),
		}
	}

	/// The addresses of the proxies in front of the outside face.
	pub(super) fn proxies(&mut self, outside: &mut Section) -> Vec<IpAddr> {
		let all = self.may(
			outside,
			"proxies",
			"a list of at most 100 IP addresses, such as [\"10.0.0.7\"]",
			|value| {
				let list = value.as_array().filter(|list| list.len() <= MAX_PROXIES)?;
				list.iter().map(|each| each.as_str()?.parse().ok()).collect::<Option<Vec<IpAddr>>>()
			},
		);
		all.unwrap_or_else(|| THIS_HOST.into())
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::{
			tests::{faults, GOOD},
			Config,
		},
		IpAddr,
	};

	#[test]
	fn the_rate_is_a_number_from_1_to_100000() {
		assert_eq!(Config::read(GOOD).unwrap().rate, 100);
		let with = |rate: &str| format!("{GOOD}[limits]\nrate = {rate}\n");
		assert_eq!(Config::read(&with("7")).unwrap().rate, 7);
		for rate in ["0", "100001", "-1", "\"7\""] {
			assert_eq!(faults(&with(rate)), ["limits.rate"], "{rate}");
		}
	}

	#[test]
	fn connections_are_bounded_for_each_address_but_those_of_proxies() {
		let config = Config::read(GOOD).unwrap();
		assert_eq!(config.per_address, 64);
		let at = |text: &str| text.parse::<IpAddr>().unwrap();
		assert_eq!(config.proxies, [at("127.0.0.1"), at("::1")]);
		assert_eq!(config.connections, 512);
		let all = |most: &str| format!("{GOOD}[limits]\nconnections = {most}\n");
		for most in [64, 1_000, 16_384] {
			assert_eq!(Config::read(&all(&most.to_string())).unwrap().connections, most);
		}
		for most in ["63", "16385", "\"512\""] {
			assert_eq!(faults(&all(most)), ["limits.connections"], "{most}");
		}
		let with = |most: &str| format!("{GOOD}[limits]\nconnections_per_address = {most}\n");
		assert_eq!(Config::read(&with("512")).unwrap().per_address, 512);
		for most in ["0", "513", "\"7\""] {
			assert_eq!(faults(&with(most)), ["limits.connections_per_address"], "{most}");
		}
		let with =
			|list: &str| GOOD.replacen("[outside]\n", &format!("[outside]\nproxies = {list}\n"), 1);
		assert!(Config::read(&with("[]")).unwrap().proxies.is_empty());
		let one = Config::read(&with("[\"10.0.0.7\"]")).unwrap().proxies;
		assert_eq!(one, [at("10.0.0.7")]);
		for list in ["[\"x\"]", "\"10.0.0.7\"", "[7]"] {
			assert_eq!(faults(&with(list)), ["outside.proxies"], "{list}");
		}
	}
}
