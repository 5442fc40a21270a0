//! Where a node listens, and whether one starts with the addresses that a file of members may hold.

use super::running::{compiled, specification, Running, DEVELOPMENT};
use std::{
	fs,
	io::Read,
	net::{TcpListener, UdpSocket},
	thread,
	time::Duration,
};

const EXAMPLE: &str = include_str!("../../../docs/operators/consortium.example.toml");

/// A port that is free for TCP and UDP on all interfaces.
fn free_port() -> u16 {
	loop {
		let listener = TcpListener::bind("0.0.0.0:0").expect("some port is free");
		let port = listener.local_addr().expect("it is bound").port();
		if UdpSocket::bind(("0.0.0.0", port)).is_ok() {
			return port;
		}
	}
}

/// The local addresses of all listening sockets of this port, as the kernel writes them.
fn listeners(port: u16) -> Vec<String> {
	let end = format!(":{port:04X}");
	let mut found = Vec::new();
	for (table, listening) in [("tcp", "0A"), ("tcp6", "0A"), ("udp", "07"), ("udp6", "07")] {
		let mut text = String::new();
		if let Ok(mut file) = fs::File::open(format!("/proc/net/{table}")) {
			file.read_to_string(&mut text).expect("the kernel writes text");
		}
		for line in text.lines().skip(1) {
			let mut fields = line.split_whitespace().skip(1);
			let (local, state) = (fields.next(), fields.nth(1));
			if let (Some(local), Some(state)) = (local, state) {
				if local.ends_with(&end) && state == listening {
					found.push(format!("{table} {}", local.trim_end_matches(&end)));
				}
			}
		}
	}
	found
}

/// Loopback, as the kernel writes it on machines that store the smallest byte first.
const LOOPBACK: [&str; 2] = ["0100007F", "00000000000000000000000001000000"];

#[test]
fn a_development_node_listens_on_loopback_alone() {
	for (name, chain) in [("dev-flag", &["--dev"][..]), ("dev-chain", &["--chain", "dev"])] {
		let port = free_port();
		let port_text = port.to_string();
		let mut running = Running::new(name);
		let args = [chain, &["--port", &port_text]].concat();
		running.start("base", Some(&compiled()), &args, &["Running JSON-RPC server"]);
		running.await_listener(port);
		let found = listeners(port);
		assert!(!found.is_empty(), "{name}: it does not listen");
		for socket in &found {
			let (_, address) = socket.split_once(' ').expect("two words");
			assert!(LOOPBACK.contains(&address), "{name}: it listens at {found:?}");
		}
	}
}

#[test]
fn a_listen_address_that_is_asked_for_wins() {
	let port = free_port();
	let mut running = Running::new("asked");
	let address = format!("/ip4/0.0.0.0/tcp/{port}");
	let chain = running.file("chain.json", &DEVELOPMENT);
	let args = ["--dev", "--chain", &chain, "--listen-addr", &address];
	// This one keeps the compiled runtime where nodes keep it that are told nothing.
	running.start("base", None, &args, &["Running JSON-RPC server"]);
	running.await_listener(port);
	assert_eq!(listeners(port), ["tcp 00000000"]);
}

/// Every form of an address that a file of members may hold, in one network, with which a node starts.
#[test]
fn a_node_starts_with_every_address_that_is_accepted() {
	let accepted = [
		"/ip4/10.0.0.1/tcp/30333",
		"/ip4/10.0.0.2/tcp/1/ws",
		"/ip4/192.0.2.7/tcp/65535",
		"/ip6/2001:db8::1/tcp/30333",
		"/ip6/fd00::2/tcp/30333/ws",
		"/dns/salus.hospital.example/tcp/30333",
		"/dns/Upper.Hospital.EXAMPLE./tcp/30333",
		"/dns4/four.hospital.example/tcp/30333",
		"/dns6/six.hospital.example/tcp/30333/ws",
		"/dns/validator_1/tcp/30333",
		"/dns/salus.hospital.example/tcp/443/wss",
	];
	let mut file = EXAMPLE.to_string();
	for (number, address) in accepted.iter().enumerate() {
		let seed = u8::try_from(number + 1).expect("few addresses");
		let secret =
			litep2p::crypto::ed25519::SecretKey::try_from_bytes([0xa0 ^ seed, seed].repeat(16))
				.expect("32 bytes are a key");
		let id = litep2p::crypto::ed25519::Keypair::from(secret).public().to_peer_id();
		file += &format!(
			"\n[[nodes]]\norganisation = \"Lakeview Clinics\"\npeer = \"{address}/p2p/{id}\"\n"
		);
	}
	let agreed = Running::new("accepted");
	let members = agreed.file("members.toml", &file);
	let raw = specification(&["--raw", "--consortium", &members]);
	for backend in ["litep2p", "libp2p"] {
		let mut running = Running::new(&format!("accepted-{backend}"));
		let chain = running.file("chain.json", &raw);
		let port = free_port().to_string();
		let count = 5 + accepted.len();
		let words = [&*format!("this node has {count} reserved peers"), "Running JSON-RPC server"];
		let args = ["--chain", &chain, "--port", &port, "--network-backend", backend];
		running.start("base", Some(&compiled()), &args, &words);
		// It goes on, with nobody to talk to.
		thread::sleep(Duration::from_secs(3));
		assert!(running.goes_on(), "{backend}: it has ended");
	}
}
