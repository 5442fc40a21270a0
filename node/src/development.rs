//! A development node is for this machine: its keys are everybody's, and whoever reaches it may do
//! anything on its chain.

use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{ChainType, Configuration};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Listen on loopback addresses alone. For where no listen address was asked for: the SDK's default
/// is every interface, with or without `--port`. `dev` says whether the node was started with `--dev`.
pub fn keep_to_this_machine(config: &mut Configuration, dev: bool) {
	if dev || config.chain_spec.chain_type() == ChainType::Development {
		for address in &mut config.network.listen_addresses {
			*address = on_loopback(address);
		}
	}
}

/// The address with loopback in the place of all interfaces.
fn on_loopback(address: &Multiaddr) -> Multiaddr {
	address
		.iter()
		.map(|part| match part {
			Protocol::Ip4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST).into(),
			Protocol::Ip6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST).into(),
			other => other,
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_interface_becomes_loopback_and_ports_stay() {
		for (from, to) in [
			("/ip4/0.0.0.0/tcp/30333", "/ip4/127.0.0.1/tcp/30333"),
			("/ip6/::/tcp/30333/ws", "/ip6/::1/tcp/30333/ws"),
			("/ip4/0.0.0.0/udp/1/webrtc-direct", "/ip4/127.0.0.1/udp/1/webrtc-direct"),
			("/ip4/10.0.0.1/tcp/30333", "/ip4/10.0.0.1/tcp/30333"),
		] {
			let address: Multiaddr = from.parse().expect("a multiaddress");
			assert_eq!(on_loopback(&address).to_string(), to);
		}
	}
}
