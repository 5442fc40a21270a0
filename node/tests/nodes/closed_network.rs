//! Who gets an answer over a bare connection to a node: on a closed network only reserved peers.
//!
//! The stranger here is no node. It opens a connection and asks, as anybody could.

use super::running::{compiled, Running, DEVELOPMENT};
use futures::StreamExt;
use litep2p::{
	config::ConfigBuilder,
	crypto::ed25519::Keypair,
	protocol::request_response::{
		ConfigBuilder as ProtocolBuilder, DialOptions, RequestResponseEvent,
	},
	types::multiaddr::Multiaddr,
	Litep2p, PeerId,
};
use serde_json::{json, Value};
use std::{net::TcpListener, time::Duration};

/// The secret of the node's network key; the test derives the node's peer id from it.
const NODE_SECRET: [u8; 32] = [0x5a; 32];
/// How long a peer may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

const BLOCKS: &str = "/salus/sync/2";
const STATE: &str = "/salus/state/2";
const WARP: &str = "/salus/sync/warp";
const LIGHT: &str = "/salus/light/2";

/// A node that listens at a port.
struct Node {
	running: Running,
	port: u16,
}

impl Node {
	/// Start a development chain with `changes` in its specification.
	fn start(name: &str, changes: Value, flags: &[&str]) -> Self {
		let mut running = Running::new(name);
		let mut spec: Value = serde_json::from_str(&DEVELOPMENT).expect("it is JSON");
		for (key, value) in changes.as_object().expect("an object") {
			spec[key] = value.clone();
		}
		let chain = running.file("chain.json", &spec.to_string());
		let port = free_port();
		let secret = NODE_SECRET.map(|byte| format!("{byte:02x}")).concat();
		let address = format!("/ip4/127.0.0.1/tcp/{port}");
		let common = [
			&["--alice", "--force-authoring", "--unsafe-force-node-key-generation"][..],
			&["--node-key", &secret, "--listen-addr", &address, "--chain", &chain],
			flags,
		];
		running.start("base", Some(&compiled()), &common.concat(), &[]);
		running.await_listener(port);
		Self { running, port }
	}

	fn log(&self) -> String {
		self.running.said()
	}
}

fn free_port() -> u16 {
	let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
	listener.local_addr().expect("it is bound").port()
}

fn pair(secret: [u8; 32]) -> Keypair {
	litep2p::crypto::ed25519::SecretKey::try_from_bytes(secret).expect("32 bytes are a key").into()
}

/// Connect with the key `who` and ask; nothing if the node refuses.
fn ask(node: &Node, who: Keypair, protocol: &'static str, request: Vec<u8>) -> Option<Vec<u8>> {
	let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
	runtime.block_on(async {
		let (config, mut handle) = ProtocolBuilder::new(protocol.into())
			.with_max_size(32 * 1024 * 1024)
			.with_timeout(PATIENCE)
			.build();
		let mut network = Litep2p::new(
			ConfigBuilder::new()
				.with_tcp(Default::default())
				.with_keypair(who)
				.with_request_response_protocol(config)
				.build(),
		)
		.expect("a network can be made");
		let peer: PeerId = pair(NODE_SECRET).public().to_peer_id();
		let address: Multiaddr =
			format!("/ip4/127.0.0.1/tcp/{}/p2p/{peer}", node.port).parse().expect("an address");
		network.add_known_address(peer, std::iter::once(address));
		handle.send_request(peer, request, DialOptions::Dial).await.expect("it can be sent");
		let answer = async {
			loop {
				tokio::select! {
					_ = network.next_event() => (),
					event = handle.next() => match event.expect("the network runs") {
						RequestResponseEvent::ResponseReceived { response, .. } => {
							return Some(response);
						},
						RequestResponseEvent::RequestFailed { .. } => return None,
						RequestResponseEvent::RequestReceived { .. } => (),
					},
				}
			}
		};
		tokio::time::timeout(PATIENCE, answer).await.expect("it answers or refuses")
	})
}

/// One message of protobuf: fields that are texts of bytes, each with its number.
fn message(fields: &[(u8, &[u8])]) -> Vec<u8> {
	let mut bytes = Vec::new();
	for (number, content) in fields {
		bytes.push(number << 3 | 2);
		bytes.push(content.len().try_into().expect("short"));
		bytes.extend_from_slice(content);
	}
	bytes
}

/// The header of block 0.
fn genesis_header() -> Vec<u8> {
	let header_alone = [0x08, 0x80, 0x80, 0x80, 0x08];
	let one_block = [0x30, 0x01];
	[&header_alone[..], &message(&[(3, &[0; 4])]), &one_block].concat()
}

/// The requests that need the hash of the genesis.
fn requests(genesis: &[u8]) -> [(&'static str, Vec<u8>); 3] {
	let read = message(&[(2, genesis), (3, b":code")]);
	[(STATE, message(&[(1, genesis)])), (WARP, genesis.to_vec()), (LIGHT, message(&[(2, &read)]))]
}

/// An answer to a light client that holds no proof.
const NO_PROOF: &[u8] = &[0x12, 0x00];

/// Whether an answer holds what was asked for. A warp sync proof of a chain without a change of
/// validators is two bytes long.
fn holds_something(answer: Vec<u8>) -> bool {
	answer.len() >= 2 && answer != NO_PROOF
}

/// The hash of the only block in the answer to a request of blocks.
fn hash_in(answer: &[u8]) -> Vec<u8> {
	let start = answer.windows(2).position(|bytes| bytes == [0x0a, 0x20]).expect("a hash") + 2;
	answer[start..start + 32].to_vec()
}

fn backends() -> [&'static str; 2] {
	["litep2p", "libp2p"]
}

/// Why a closed network needs more than the SDK's flag. If this fails, the SDK has changed, and the
/// gate may have become superfluous.
#[test]
fn reserved_only_answers_strangers() {
	for backend in backends() {
		let name = format!("reserved-only-{backend}");
		let flags = ["--reserved-only", "--network-backend", backend];
		let node = Node::start(&name, json!({}), &flags);
		let stranger = || Keypair::generate();
		let block = ask(&node, stranger(), BLOCKS, genesis_header()).expect("it is answered");
		for (protocol, request) in requests(&hash_in(&block)) {
			let answer = ask(&node, stranger(), protocol, request);
			assert!(answer.is_some_and(holds_something), "{backend} {protocol}");
		}
	}
}

#[test]
fn a_closed_network_answers_members_only() {
	for backend in backends() {
		let secret = [0xc3; 32];
		let member = format!(
			"/ip4/127.0.0.1/tcp/{}/p2p/{}",
			free_port(),
			pair(secret).public().to_peer_id()
		);
		let node = Node::start(
			&format!("closed-{backend}"),
			json!({ "closed": true, "reservedNodes": [member] }),
			&["--network-backend", backend],
		);
		let block = ask(&node, pair(secret), BLOCKS, genesis_header());
		let block =
			block.unwrap_or_else(|| panic!("{backend}: a member is refused: {}", node.log()));
		let genesis = hash_in(&block);

		assert_eq!(ask(&node, Keypair::generate(), BLOCKS, genesis_header()), None, "{backend}");
		for (protocol, request) in requests(&genesis) {
			let stranger = ask(&node, Keypair::generate(), protocol, request.clone());
			let member = ask(&node, pair(secret), protocol, request);
			if protocol == LIGHT {
				assert_eq!(stranger.as_deref(), Some(NO_PROOF), "{backend}");
				assert_eq!(member.as_deref(), Some(NO_PROOF), "{backend}");
			} else {
				assert_eq!(stranger, None, "{backend} {protocol}");
				assert!(member.is_some_and(holds_something), "{backend} {protocol}");
			}
		}
		let log = node.log();
		assert!(log.contains("Closed network: this node has 1 reserved peers"), "{log}");
		assert!(log.contains("is not among the reserved nodes"), "{log}");
	}
}
