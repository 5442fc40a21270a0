use super::*;
use sc_network::config::ed25519;
use std::net::SocketAddr;

fn key(seed: u8) -> ed25519::SecretKey {
	ed25519::SecretKey::try_from_bytes([seed; 32]).expect("32 bytes are a key")
}

fn peer_id(seed: u8) -> PeerId {
	ed25519::Keypair::from(key(seed)).public().to_peer_id()
}

fn member(seed: u8) -> MultiaddrWithPeerId {
	format!("/ip4/10.0.0.{seed}/tcp/30333/p2p/{}", peer_id(seed))
		.parse()
		.expect("an address with a peer id")
}

fn network() -> NetworkConfiguration {
	let mut network = NetworkConfiguration::new("node", "client", NodeKeyConfig::default(), None);
	network.transport = TransportConfig::Normal { enable_mdns: true, allow_private_ip: false };
	network.enable_dht_random_walk = true;
	network
}

fn endpoint(address: &str, rpc_methods: RpcMethods) -> RpcEndpoint {
	RpcEndpoint {
		listen_addr: address.parse::<SocketAddr>().expect("an address"),
		batch_config: sc_service::config::RpcBatchRequestConfig::Unlimited,
		max_connections: 1,
		max_payload_in_mb: 1,
		max_payload_out_mb: 1,
		max_subscriptions_per_connection: 1,
		max_buffer_capacity_per_connection: 1,
		rate_limit: None,
		rate_limit_trust_proxy_headers: false,
		rate_limit_whitelisted_ips: Vec::new(),
		cors: None,
		rpc_methods,
		is_optional: false,
		retry_random_port: false,
	}
}

#[test]
fn strangers_are_denied_and_not_looked_for() {
	let mut network = network();
	close_network(&mut network, vec![member(1), member(2)], true).unwrap();
	assert!(matches!(network.default_peers_set.non_reserved_mode, NonReservedPeerMode::Deny));
	assert_eq!(network.default_peers_set.reserved_nodes, vec![member(1), member(2)]);
	assert!(!network.enable_dht_random_walk);
	assert!(matches!(network.transport, TransportConfig::Normal { enable_mdns: false, .. }));
}

#[test]
fn nodes_of_the_command_line_are_reserved_as_well() {
	let mut network = network();
	network.default_peers_set.reserved_nodes = vec![member(9), member(1)];
	close_network(&mut network, vec![member(1), member(2)], true).unwrap();
	let reserved = network.default_peers_set.reserved_nodes;
	assert_eq!(reserved, vec![member(9), member(1), member(2)]);
}

#[test]
fn a_node_does_not_reserve_itself() {
	let mut network = network();
	network.node_key = NodeKeyConfig::Ed25519(Secret::Input(key(2)));
	close_network(&mut network, vec![member(1), member(2), member(3)], true).unwrap();
	assert_eq!(network.default_peers_set.reserved_nodes, vec![member(1), member(3)]);
}

#[test]
fn boot_nodes_that_are_no_members_are_not_dialled() {
	let mut network = network();
	network.boot_nodes = vec![member(1), member(8)];
	close_network(&mut network, vec![member(1)], true).unwrap();
	assert_eq!(network.boot_nodes, vec![member(1)]);
}

#[test]
fn listeners_for_browsers_are_opened_only_when_asked_for() {
	let tcp: Multiaddr = "/ip4/0.0.0.0/tcp/30333".parse().unwrap();
	let browsers: Multiaddr = "/ip4/0.0.0.0/udp/30333/webrtc-direct".parse().unwrap();
	for (default_listeners, expected) in
		[(true, vec![tcp.clone()]), (false, vec![tcp.clone(), browsers.clone()])]
	{
		let mut network = network();
		network.listen_addresses = vec![tcp.clone(), browsers.clone()];
		close_network(&mut network, vec![member(1)], default_listeners).unwrap();
		assert_eq!(network.listen_addresses, expected);
	}
}

#[test]
fn a_server_for_everybody_is_refused() {
	let mut network = network();
	network.ipfs_server = true;
	let error = close_network(&mut network, vec![member(1)], true).unwrap_err();
	assert!(error.contains("--ipfs-server"), "{error}");
}

#[test]
fn rpc_for_other_machines_needs_a_proxy() {
	let mut endpoints = [endpoint("0.0.0.0:9944", RpcMethods::Auto)];
	let error = close_rpc(endpoints.iter_mut(), false).unwrap_err();
	assert!(error.contains("0.0.0.0:9944") && error.contains("--rpc-behind-proxy"), "{error}");
	assert_eq!(close_rpc(endpoints.iter_mut(), true), Ok(()));
	assert!(matches!(endpoints[0].rpc_methods, RpcMethods::Safe));
}

#[test]
fn unsafe_methods_are_never_for_other_machines() {
	for behind_proxy in [false, true] {
		let mut endpoints = [endpoint("[::]:9944", RpcMethods::Unsafe)];
		let error = close_rpc(endpoints.iter_mut(), behind_proxy).unwrap_err();
		assert!(error.contains("[::]:9944") && error.contains("loopback"), "{error}");
	}
}

#[test]
fn loopback_is_the_operators_own() {
	let mut endpoints =
		[endpoint("127.0.0.1:9944", RpcMethods::Auto), endpoint("[::1]:9944", RpcMethods::Unsafe)];
	assert_eq!(close_rpc(endpoints.iter_mut(), false), Ok(()));
	assert!(matches!(endpoints[0].rpc_methods, RpcMethods::Auto));
	assert!(matches!(endpoints[1].rpc_methods, RpcMethods::Unsafe));
}

#[test]
fn what_comes_through_a_proxy_of_this_machine_gets_safe_methods_only() {
	let mut endpoints = [
		endpoint("127.0.0.1:9944", RpcMethods::Auto),
		endpoint("127.0.0.1:9945", RpcMethods::Unsafe),
	];
	assert_eq!(close_rpc(endpoints.iter_mut(), true), Ok(()));
	assert!(matches!(endpoints[0].rpc_methods, RpcMethods::Safe));
	// Asked for by name: the operator's own.
	assert!(matches!(endpoints[1].rpc_methods, RpcMethods::Unsafe));
}
