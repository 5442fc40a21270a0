//! How many connections there are from each address, so that one that opens many leaves some for others.

use std::{
	collections::HashMap,
	net::{IpAddr, Ipv6Addr},
	sync::{Arc, Mutex, PoisonError},
};

/// How much of an address of IPv6 is one network, in bits: whoever has one address there has all of them.
const NETWORK: u32 = 64;

/// The connections of one face.
#[derive(Debug)]
pub(crate) struct Addresses {
	most: usize,
	proxies: Vec<IpAddr>,
	open: Mutex<HashMap<IpAddr, usize>>,
}

/// The place of one connection, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place(Option<(Arc<Addresses>, IpAddr)>);

/// As what an address counts.
fn counted(address: IpAddr) -> IpAddr {
	match address.to_canonical() {
		IpAddr::V6(address) => {
			let mask = u128::MAX.checked_shl(128_u32.saturating_sub(NETWORK)).unwrap_or(u128::MAX);
			IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
		},
		address => address,
	}
}

impl Addresses {
	/// At most so many connections from one address, but for those from `proxies`: these are of many, whom the proxy tells apart.
	pub(crate) fn new(most: usize, proxies: &[IpAddr]) -> Arc<Self> {
		let proxies = proxies.iter().map(IpAddr::to_canonical).collect();
		Arc::new(Self { most, proxies, open: Mutex::default() })
	}

	/// A place for a connection from an address; none if it has as many as there may be.
	pub(crate) fn place(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
		if self.proxies.contains(&address.to_canonical()) {
			return Some(Place(None));
		}
		let address = counted(address);
		let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
		let count = open.get(&address).copied().unwrap_or(0);
		if count >= self.most {
			return None;
		}
		open.insert(address, count.saturating_add(1));
		Some(Place(Some((Arc::clone(self), address))))
	}
}

impl Drop for Place {
	fn drop(&mut self) {
		let Some((addresses, address)) = &self.0 else { return };
		let mut open = addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
		let left = open.get(address).map_or(0, |count| count.saturating_sub(1));
		match left {
			0 => open.remove(address),
			left => open.insert(*address, left),
		};
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn at(text: &str) -> IpAddr {
		text.parse().unwrap()
	}

	#[test]
	fn an_address_has_so_many_places_and_others_have_theirs() {
		let addresses = Addresses::new(2, &[at("127.0.0.1")]);
		let held = [addresses.place(at("192.0.2.1")), addresses.place(at("::ffff:192.0.2.1"))];
		assert!(held.iter().all(Option::is_some));
		assert!(addresses.place(at("192.0.2.1")).is_none());
		assert!(addresses.place(at("192.0.2.2")).is_some());
		let all: Vec<_> = (0..9).map(|_| addresses.place(at("127.0.0.1"))).collect();
		assert!(all.iter().all(Option::is_some), "a proxy speaks for many");
		drop(held);
		assert!(addresses.place(at("192.0.2.1")).is_some());
		assert!(addresses.open.lock().unwrap().is_empty(), "nothing is left of them");
	}

	#[test]
	fn a_network_of_ipv6_counts_as_one_address() {
		let addresses = Addresses::new(1, &[]);
		let held = addresses.place(at("2001:db8::1"));
		assert!(held.is_some() && addresses.place(at("2001:db8::ffff:1")).is_none());
		assert!(addresses.place(at("2001:db8:0:1::1")).is_some());
	}
}
