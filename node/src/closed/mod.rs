//! A closed network: only the members' nodes are peers, whatever flags are forgotten.
//!
//! A chain specification says `"closed": true` and names the members' nodes in `reservedNodes`. The
//! node then keeps to them by itself: this module changes its configuration ([`enforce`]), and
//! [`network`] sets its network up so that nobody else is answered. What remains open to strangers is
//! in `docs/decisions/0017-closed-network.md`.

mod describe;
mod gate;
pub mod network;
mod proofless;

pub use gate::{Reserved, LOG_TARGET};

use crate::chain_spec::Extensions;
use sc_network::{
	config::{NodeKeyConfig, NonReservedPeerMode, Secret, TransportConfig},
	multiaddr::Protocol,
	Multiaddr, PeerId,
};
use sc_service::{
	config::{MultiaddrWithPeerId, NetworkConfiguration, RpcEndpoint, RpcMethods},
	ChainSpec, Configuration,
};

/// The members' nodes, if the specification describes a closed network.
pub fn members(spec: &dyn ChainSpec) -> Option<&[MultiaddrWithPeerId]> {
	let extensions = sc_chain_spec::get_extension::<Extensions>(spec.extensions())?;
	extensions.closed.then_some(&extensions.reserved_nodes[..])
}

/// Hold the node to what its chain specification says of the network. Does nothing unless that is
/// closed. `default_listeners` says whether no listen address was asked for, and `behind_proxy` that
/// RPC is served to others through a proxy that says who may ask what.
///
/// # Errors
/// One sentence that names the flag, if the command line would open the network or its RPC.
pub fn enforce(
	config: &mut Configuration,
	default_listeners: bool,
	behind_proxy: bool,
) -> Result<(), String> {
	let Some(members) = members(&*config.chain_spec) else { return Ok(()) };
	let members = members.to_vec();
	close_rpc(config.rpc.addr.iter_mut().flatten(), behind_proxy)?;
	close_network(&mut config.network, members, default_listeners)
}

fn close_network(
	network: &mut NetworkConfiguration,
	members: Vec<MultiaddrWithPeerId>,
	default_listeners: bool,
) -> Result<(), String> {
	if network.ipfs_server {
		return Err("this network is closed, and --ipfs-server would serve anybody".into());
	}
	let own = own_peer_id(&network.node_key)?;
	let peers = &mut network.default_peers_set;
	for member in members {
		if Some(member.peer_id) != own && !peers.reserved_nodes.contains(&member) {
			peers.reserved_nodes.push(member);
		}
	}
	peers.non_reserved_mode = NonReservedPeerMode::Deny;
	network.enable_dht_random_walk = false;
	// A small network with a member away still lets another catch up: what is synced proves itself.
	network.min_peers_to_start_warp_sync = Some(1);
	if let TransportConfig::Normal { enable_mdns, .. } = &mut network.transport {
		*enable_mdns = false;
	}
	if default_listeners {
		network.listen_addresses.retain(|address| !is_for_browsers(address));
	}
	// The addresses of members are known; whoever is none is not to be dialled.
	network
		.boot_nodes
		.retain(|node| peers.reserved_nodes.iter().any(|member| member.peer_id == node.peer_id));

	log::info!(
		target: LOG_TARGET,
		"Closed network: this node has {} reserved peers and answers nobody else.",
		peers.reserved_nodes.len(),
	);
	Ok(())
}

/// Listeners that the SDK opens besides TCP for light clients in browsers.
fn is_for_browsers(address: &Multiaddr) -> bool {
	address.iter().any(|part| part == Protocol::WebRTCDirect)
}

/// The node's own peer id, if it has a lasting key.
fn own_peer_id(key: &NodeKeyConfig) -> Result<Option<PeerId>, String> {
	if matches!(key, NodeKeyConfig::Ed25519(Secret::New)) {
		return Ok(None);
	}
	let pair = key
		.clone()
		.into_keypair()
		.map_err(|error| format!("the node's network key cannot be read: {error}"))?;
	Ok(Some(pair.public().to_peer_id()))
}

fn close_rpc<'a>(
	endpoints: impl Iterator<Item = &'a mut RpcEndpoint>,
	behind_proxy: bool,
) -> Result<(), String> {
	for endpoint in endpoints {
		let address = endpoint.listen_addr;
		let local = address.ip().is_loopback();
		if !local && matches!(endpoint.rpc_methods, RpcMethods::Unsafe) {
			return Err(format!(
				"this network is closed, and RPC at {address} would let other machines use the \
				 node's keys; unsafe methods are for loopback addresses only"
			));
		}
		if !local && !behind_proxy {
			return Err(format!(
				"this network is closed, and RPC at {address} would answer anybody who reaches it; \
				 serve it through a proxy that knows who asks, and confirm that with \
				 --rpc-behind-proxy"
			));
		}
		// A proxy on this machine comes from a loopback address, to which the SDK would offer all.
		if behind_proxy && matches!(endpoint.rpc_methods, RpcMethods::Auto) {
			endpoint.rpc_methods = RpcMethods::Safe;
		}
	}
	Ok(())
}

/// Tell the operator if this node is none of those that all members reserve.
pub fn say_who(spec: &dyn ChainSpec, own: PeerId) {
	let Some(members) = members(spec) else { return };
	if !members.iter().any(|member| member.peer_id == own) {
		log::warn!(
			target: LOG_TARGET,
			"This node, {own}, is not among the reserved nodes of the chain specification: it gets \
			 blocks only from members that name it with --reserved-nodes.",
		);
	}
}

#[cfg(test)]
mod tests;
