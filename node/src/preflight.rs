//! Checks before a node starts, so that a wrong setting ends in one clear line.
//!
//! Without them the SDK takes a random RPC port when the chosen one is busy, and goes on without a
//! peer-to-peer listener or metrics when those ports are: the node runs, and nobody reaches it.

use crate::{
	address::{self, Address},
	chain_spec,
};
use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{config::NetworkConfiguration, Configuration};
use std::{
	fs, io,
	net::{IpAddr, SocketAddr, TcpListener, UdpSocket},
	path::Path,
};

/// The transport protocol of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
	Tcp,
	Udp,
}

/// Check that the node `config` describes can write its data and open its ports, and hold it to
/// the RPC ports that were asked for.
///
/// # Errors
/// One sentence that names the path or the port, and the flag that changes it.
pub fn check(config: &mut Configuration) -> Result<(), String> {
	writable_folder(&config.data_path, "--base-path")?;
	if let Some(path) = config.database.path() {
		writable_folder(path, "--base-path")?;
	}

	usable_addresses(&config.network)?;
	for text in chain_spec::telemetry_servers(config.telemetry_endpoints.as_ref()) {
		address::telemetry(&text).map_err(|error| format!("{error}; see --telemetry-url"))?;
	}
	for address in &config.network.listen_addresses {
		if let Some((transport, socket)) = socket_of(address) {
			free_port(transport, socket, "peer-to-peer", "--port")?;
		}
	}
	if let Some(prometheus) = &config.prometheus_config {
		free_port(Transport::Tcp, prometheus.port, "Prometheus", "--prometheus-port")?;
	}
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		free_port(Transport::Tcp, endpoint.listen_addr, "RPC", "--rpc-port")?;
		endpoint.retry_random_port = false;
	}
	Ok(())
}

/// Check the addresses of the command line together with those of the chain specification. The SDK
/// ends with some of the wrong ones, and goes on without the others.
fn usable_addresses(network: &NetworkConfiguration) -> Result<(), String> {
	for (nodes, flag) in [
		(&network.boot_nodes, "--bootnodes"),
		(&network.default_peers_set.reserved_nodes, "--reserved-nodes"),
	] {
		chain_spec::usable_nodes(nodes).map_err(|error| format!("{error}; see {flag}"))?;
	}
	for address in &network.public_addresses {
		let mut address = address.clone();
		// The SDK adds the peer id, and takes it as well.
		if matches!(address.iter().last(), Some(Protocol::P2p(_))) {
			address.pop();
		}
		Address::read(&address)
			.map_err(|problems| format!("{}; see --public-addr", problems.join("; and ")))?;
	}
	for address in &network.listen_addresses {
		address::listenable(address).map_err(|error| format!("{error}; see --listen-addr"))?;
	}
	Ok(())
}

/// Create the folder if it is missing, and try to write in it. The base path must pass before a
/// configuration is made: the SDK already writes there for it.
///
/// # Errors
/// One sentence that names the path and the flag that changes it.
pub fn writable_folder(path: &Path, flag: &str) -> Result<(), String> {
	let probe = path.join(format!(".write-test-{}", std::process::id()));
	fs::create_dir_all(path)
		.and_then(|()| fs::write(&probe, []))
		.and_then(|()| fs::remove_file(&probe))
		.map_err(|error| {
			format!("cannot write to `{}`: {error}; choose another with {flag}", path.display())
		})
}

/// Try to open the port, and close it again.
fn free_port(
	transport: Transport,
	socket: SocketAddr,
	service: &str,
	flag: &str,
) -> Result<(), String> {
	let opened = match transport {
		Transport::Tcp => TcpListener::bind(socket).map(drop),
		Transport::Udp => UdpSocket::bind(socket).map(drop),
	};
	match opened {
		Ok(()) => Ok(()),
		Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(format!(
			"the {service} port {} at {} is in use; choose another with {flag}",
			socket.port(),
			socket.ip(),
		)),
		// A machine without IPv6; every default IPv6 address has an IPv4 one beside it.
		Err(error) if socket.is_ipv6() && error.kind() != io::ErrorKind::PermissionDenied => Ok(()),
		Err(error) => Err(format!("cannot open the {service} port {socket}: {error}; see {flag}")),
	}
}

/// The socket a listen address stands for; none for DNS names and in-memory transports.
fn socket_of(address: &Multiaddr) -> Option<(Transport, SocketAddr)> {
	let mut parts = address.iter();
	let ip = match parts.next()? {
		Protocol::Ip4(ip) => IpAddr::V4(ip),
		Protocol::Ip6(ip) => IpAddr::V6(ip),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some((Transport::Tcp, SocketAddr::new(ip, port))),
		Protocol::Udp(port) => Some((Transport::Udp, SocketAddr::new(ip, port))),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn busy_port() -> (TcpListener, SocketAddr) {
		let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
		let socket = listener.local_addr().expect("it is bound");
		(listener, socket)
	}

	#[test]
	fn a_busy_tcp_port_is_named_with_its_flag() {
		let (_listener, socket) = busy_port();
		let error = free_port(Transport::Tcp, socket, "RPC", "--rpc-port").unwrap_err();
		assert_eq!(
			error,
			format!(
				"the RPC port {} at 127.0.0.1 is in use; choose another with --rpc-port",
				socket.port()
			)
		);
	}

	#[test]
	fn a_port_held_on_one_address_is_busy_for_all_addresses() {
		let (_listener, socket) = busy_port();
		let everywhere = SocketAddr::new("0.0.0.0".parse().unwrap(), socket.port());
		assert!(free_port(Transport::Tcp, everywhere, "peer-to-peer", "--port").is_err());
	}

	#[test]
	fn a_busy_udp_port_is_refused() {
		let held = UdpSocket::bind("127.0.0.1:0").expect("some port is free");
		let socket = held.local_addr().expect("it is bound");
		assert!(free_port(Transport::Udp, socket, "peer-to-peer", "--port").is_err());
		// The two transports do not share ports.
		drop(held);
		assert_eq!(free_port(Transport::Udp, socket, "peer-to-peer", "--port"), Ok(()));
	}

	#[test]
	fn a_port_is_free_again_after_its_holder_left() {
		let (listener, socket) = busy_port();
		drop(listener);
		assert_eq!(free_port(Transport::Tcp, socket, "RPC", "--rpc-port"), Ok(()));
		// The check itself does not hold it either.
		assert_eq!(free_port(Transport::Tcp, socket, "RPC", "--rpc-port"), Ok(()));
	}

	#[test]
	fn an_address_of_another_machine_is_refused_for_ipv4() {
		// TEST-NET-1: no machine has it.
		let socket = SocketAddr::new("192.0.2.1".parse().unwrap(), 0);
		let error = free_port(Transport::Tcp, socket, "RPC", "--rpc-port").unwrap_err();
		assert!(error.starts_with("cannot open the RPC port 192.0.2.1:0"), "{error}");
	}

	#[test]
	fn a_missing_ipv6_address_is_no_obstacle() {
		// The documentation prefix: no machine has it.
		let socket = SocketAddr::new("2001:db8::1".parse().unwrap(), 0);
		assert_eq!(free_port(Transport::Tcp, socket, "RPC", "--rpc-port"), Ok(()));
	}

	#[test]
	fn listen_addresses_become_sockets() {
		let socket = |address: &str| socket_of(&address.parse().expect("a multiaddress"));
		assert_eq!(
			socket("/ip4/0.0.0.0/tcp/30333"),
			Some((Transport::Tcp, "0.0.0.0:30333".parse().unwrap()))
		);
		assert_eq!(
			socket("/ip6/::/tcp/30333/ws"),
			Some((Transport::Tcp, "[::]:30333".parse().unwrap()))
		);
		assert_eq!(
			socket("/ip4/0.0.0.0/udp/30333/webrtc-direct"),
			Some((Transport::Udp, "0.0.0.0:30333".parse().unwrap()))
		);
		assert_eq!(socket("/dns/localhost/tcp/30333"), None);
	}

	#[test]
	fn a_new_folder_is_made_and_left_empty() {
		let base = std::env::temp_dir().join(format!("salus-preflight-{}", std::process::id()));
		let folder = base.join("chains/salus_dev");
		assert_eq!(writable_folder(&folder, "--base-path"), Ok(()));
		assert_eq!(
			writable_folder(&folder, "--base-path"),
			Ok(()),
			"also when it is there already"
		);
		assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
		fs::remove_dir_all(base).unwrap();
	}

	#[test]
	fn a_folder_that_cannot_be_is_named_with_its_flag() {
		// Below a file no folder can be, not even for root.
		let file = std::env::temp_dir().join(format!("salus-file-{}", std::process::id()));
		fs::write(&file, "").unwrap();
		let error = writable_folder(&file.join("chains"), "--keys").unwrap_err();
		fs::remove_file(&file).unwrap();
		assert!(error.starts_with(&format!("cannot write to `{}/chains`", file.display())));
		assert!(error.ends_with("choose another with --keys"), "{error}");
		assert_eq!(error.lines().count(), 1, "{error}");
	}

	fn network() -> NetworkConfiguration {
		NetworkConfiguration::new("node", "client", Default::default(), None)
	}

	#[test]
	fn addresses_of_the_command_line_can_be_dialled() {
		let peer = "12D3KooWRpPeKbVSE4AkXokJCrzF8193NVkXnX91y4R7FwtPSERU";
		let other = "12D3KooWSJXNPAJtVWc9KG5vURfiYorpXntDoMUidgK9Yzz3sYsZ";
		let node = |text: &str| text.parse().expect("an address with a peer id");
		let good = node(&format!("/ip4/127.0.0.1/tcp/30333/p2p/{peer}"));

		let mut right = network();
		right.boot_nodes.push(good);
		right.default_peers_set.reserved_nodes = right.boot_nodes.clone();
		right.public_addresses =
			vec![format!("/dns/salus.example/tcp/30333/p2p/{peer}").parse().expect("an address")];
		right.listen_addresses = vec!["/ip4/0.0.0.0/tcp/0".parse().expect("an address")];
		assert_eq!(usable_addresses(&right), Ok(()));

		for wrong in ["/memory/7", "/ip4/10.0.0.1/tcp/0", "/dns//tcp/1", "/ip4/0.0.0.0/tcp/1"] {
			let mut network = right.clone();
			network.boot_nodes.push(node(&format!("{wrong}/p2p/{peer}")));
			let error = usable_addresses(&network).expect_err(wrong);
			assert!(error.contains(wrong) && error.ends_with("see --bootnodes"), "{error}");

			let mut network = right.clone();
			network.default_peers_set.reserved_nodes.push(node(&format!("{wrong}/p2p/{peer}")));
			let error = usable_addresses(&network).expect_err(wrong);
			assert!(error.contains(wrong) && error.ends_with("see --reserved-nodes"), "{error}");

			let mut network = right.clone();
			network.public_addresses.push(wrong.parse().expect("a multiaddress"));
			let error = usable_addresses(&network).expect_err(wrong);
			assert!(error.contains(wrong) && error.ends_with("see --public-addr"), "{error}");
		}

		let mut network = right.clone();
		network.boot_nodes.push(node(&format!("/ip4/127.0.0.1/tcp/30333/ws/p2p/{other}")));
		let error = usable_addresses(&network).unwrap_err();
		assert!(error.contains(peer) && error.contains(other), "{error}");

		let mut network = right;
		network.listen_addresses.push("/dns/localhost/tcp/1".parse().expect("a multiaddress"));
		assert!(usable_addresses(&network).unwrap_err().ends_with("see --listen-addr"));
	}
}
