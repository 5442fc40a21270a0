//! Where a node listens, and whether one starts with the addresses that a file of members may hold.

use std::{
	fs,
	io::Read,
	net::{TcpListener, TcpStream, UdpSocket},
	path::PathBuf,
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(120);
const EXAMPLE: &str = include_str!("../../docs/operators/consortium.example.toml");

/// A folder of one test, gone when dropped, with the node that runs in it.
struct Running {
	folder: PathBuf,
	node: Option<Child>,
}

impl Running {
	fn new(name: &str) -> Self {
		let folder = std::env::temp_dir().join(format!("salus-{}-{name}", std::process::id()));
		fs::create_dir_all(&folder).expect("the temporary folder is writable");
		Self { folder, node: None }
	}

	/// Start a node and wait until it has said all `words`.
	fn start(&mut self, args: &[&str], words: &[&str]) -> String {
		let log = self.folder.join("log");
		let node = Command::new(env!("CARGO_BIN_EXE_salus-node"))
			.args(args)
			.arg("--base-path")
			.arg(self.folder.join("base"))
			.args(["--no-prometheus", "--no-telemetry", "--db-storage-threshold", "64"])
			.args(["--rpc-port", "0"])
			.stdout(Stdio::null())
			.stderr(fs::File::create(&log).expect("the folder is writable"))
			.spawn()
			.expect("the node can be run");
		let node = self.node.insert(node);
		let begin = Instant::now();
		loop {
			let said = fs::read_to_string(&log).unwrap_or_default();
			if words.iter().all(|word| said.contains(word)) {
				return said;
			}
			let ended = node.try_wait().expect("it is our child");
			assert!(ended.is_none() && begin.elapsed() < PATIENCE, "{args:?}: {said}");
			thread::sleep(Duration::from_millis(100));
		}
	}
}

impl Drop for Running {
	fn drop(&mut self) {
		if let Some(mut node) = self.node.take() {
			let _ = node.kill();
			let _ = node.wait();
		}
		let _ = fs::remove_dir_all(&self.folder);
	}
}

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
		running.start(&args, &["Running JSON-RPC server"]);
		await_listener(port);
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
	running.start(&["--dev", "--listen-addr", &address], &["Running JSON-RPC server"]);
	await_listener(port);
	assert_eq!(listeners(port), ["tcp 00000000"]);
}

fn await_listener(port: u16) {
	let begin = Instant::now();
	while TcpStream::connect(("127.0.0.1", port)).is_err() {
		assert!(begin.elapsed() < PATIENCE, "nobody listens at {port}");
		thread::sleep(Duration::from_millis(100));
	}
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
	for backend in ["litep2p", "libp2p"] {
		let mut running = Running::new(&format!("accepted-{backend}"));
		let members = running.folder.join("members.toml");
		fs::write(&members, &file).expect("the folder is writable");
		let output = Command::new(env!("CARGO_BIN_EXE_salus-node"))
			.args(["build-spec", "--raw", "-lerror", "--consortium"])
			.arg(&members)
			.output()
			.expect("the node can be run");
		assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
		let chain = running.folder.join("chain.json");
		fs::write(&chain, &output.stdout).expect("the folder is writable");
		let chain = chain.to_str().expect("a printable name").to_string();
		let port = free_port().to_string();
		let count = 5 + accepted.len();
		let words = [&*format!("this node has {count} reserved peers"), "Running JSON-RPC server"];
		running.start(&["--chain", &chain, "--port", &port, "--network-backend", backend], &words);
		// It goes on, with nobody to talk to.
		thread::sleep(Duration::from_secs(3));
		let node = running.node.as_mut().expect("it was started");
		assert!(node.try_wait().expect("it is our child").is_none(), "{backend}: it has ended");
	}
}
