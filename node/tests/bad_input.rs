//! Wrong settings end the node at once, with one clear line and a failing exit code.

use std::{
	fs,
	net::{TcpListener, UdpSocket},
	path::PathBuf,
	process::{Command, Output},
};

/// A chain whose specification is well-formed, with code that no test here comes to run.
const CHAIN: &str = r#"{
	"name": "Bad input", "id": "bad_input", "chainType": "Local", "bootNodes": [],
	"genesis": { "raw": { "top": { "0x3a636f6465": "0x00" }, "childrenDefault": {} } }
}"#;

/// A folder of one test, gone when dropped.
struct Folder(PathBuf);

impl Folder {
	fn new(test: &str) -> Self {
		let path = std::env::temp_dir().join(format!("salus-{}-{test}", std::process::id()));
		fs::create_dir_all(&path).expect("the temporary folder is writable");
		Self(path)
	}

	fn file(&self, name: &str, content: &str) -> String {
		let path = self.0.join(name);
		fs::write(&path, content).expect("the temporary folder is writable");
		self.path(name)
	}

	fn path(&self, name: &str) -> String {
		self.0.join(name).to_str().expect("the temporary folder has a printable name").into()
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = fs::remove_dir_all(&self.0);
	}
}

fn node(args: &[&str]) -> Output {
	// Of the system's own warnings (few file descriptors, say) nothing is asserted here.
	let quiet = match args {
		["export-chain-spec", ..] | ["key", "generate-node-key", ..] => &[][..],
		_ => &["-lerror"],
	};
	Command::new(env!("CARGO_BIN_EXE_salus-node"))
		.args(args)
		.args(quiet)
		.output()
		.expect("the node can be run")
}

/// Run the node, and expect it to refuse with one line that holds all `words`.
fn refused(args: &[&str], words: &[&str]) {
	let Output { status, stdout, stderr } = node(args);
	let text = String::from_utf8(stderr).expect("messages are text");
	assert!(!status.success(), "{args:?} succeeded");
	assert!(stdout.is_empty(), "{args:?} wrote to stdout");
	assert_eq!(text.lines().count(), 1, "{args:?}: {text}");
	assert!(text.starts_with("Error: "), "{args:?}: {text}");
	for word in words {
		assert!(text.contains(word), "{args:?}: `{word}` is missing in: {text}");
	}
}

#[test]
fn a_chain_must_be_chosen() {
	refused(&[], &["no chain was chosen", "--dev"]);
}

#[test]
fn a_malformed_chain_specification_is_refused() {
	let folder = Folder::new("spec");
	let broken = folder.file("broken.json", "{ \"name\": ");
	refused(&["--chain", &broken], &["cannot load the chain specification", &broken]);

	let missing = folder.path("missing.json");
	refused(&["--chain", &missing], &["cannot load the chain specification", &missing]);

	let hollow = folder.file("hollow.json", r#"{ "name": "Hollow", "id": "hollow" }"#);
	refused(&["--chain", &hollow], &["cannot load the chain specification"]);

	let head = r#"{ "name": "No genesis", "id": "no_genesis", "bootNodes": [], "genesis": {} }"#;
	let head = folder.file("head.json", head);
	refused(&["--chain", &head], &["`no_genesis` has no usable genesis"]);
}

/// [`CHAIN`] with another value of one field of its head.
fn chain_with(field: &str, value: &str) -> String {
	let mut spec: serde_json::Value = serde_json::from_str(CHAIN).expect("it is JSON");
	spec[field] = serde_json::from_str(value).expect("it is JSON");
	spec.to_string()
}

/// All ways in which a chain's specification comes to the node, each with the base path.
const COMMANDS: &[&[&str]] = &[
	&[],
	&["--validator"],
	&["build-spec"],
	&["build-spec", "--raw"],
	&["check-block", "1"],
	&["export-blocks"],
	&["import-blocks", "/dev/null"],
	&["export-state"],
	&["revert", "1"],
	&["purge-chain", "-y"],
	&["chain-info"],
	&["key", "generate-node-key"],
	&["key", "insert", "--key-type", "babe", "--scheme", "sr25519", "--suri", "//Nobody"],
];

#[test]
fn a_chain_whose_id_is_a_path_touches_nothing() {
	let folder = Folder::new("id");
	let outside = folder.path("outside");
	let keystore = format!("{outside}/keystore");
	fs::create_dir_all(&keystore).expect("the temporary folder is writable");
	fs::create_dir_all(format!("{outside}/paritydb/full")).expect("it is writable");
	let base = folder.path("base");
	for (name, id) in [("relative", "../../outside"), ("absolute", &*outside), ("dots", "..")] {
		let chain = folder.file(&format!("{name}.json"), &chain_with("id", &format!("{id:?}")));
		for command in COMMANDS {
			let place = ["--chain", &chain, "--base-path", &base];
			let args = command.iter().copied().chain(place).collect::<Vec<_>>();
			refused(&args, &[&chain, "`id`", "letters, digits, hyphens and underscores"]);
		}
		let raw = ["export-chain-spec", "--chain", &chain, "--raw"];
		refused(&raw, &[&chain, "`id`"]);
	}
	assert!(!std::path::Path::new(&base).exists(), "something was written");
	assert_eq!(fs::read_dir(&keystore).expect("it is there").count(), 0, "a key was written");
	assert!(std::path::Path::new(&format!("{outside}/paritydb/full")).exists(), "it was deleted");

	for field in ["protocolId", "forkId"] {
		let chain = folder.file("name.json", &chain_with(field, "\"a/../b\""));
		refused(&["--chain", &chain, "--base-path", &base], &[&chain, &format!("`{field}`")]);
	}
}

#[test]
fn an_address_that_nobody_can_dial_is_refused() {
	const PEER: &str = "12D3KooWRpPeKbVSE4AkXokJCrzF8193NVkXnX91y4R7FwtPSERU";
	let folder = Folder::new("address");
	let base = folder.path("base");
	for wrong in ["/memory/7", "/ip4/10.0.0.1/tcp/0", "/dns//tcp/30333", "/ip4/0.0.0.0/tcp/30333"] {
		let node = format!("{wrong}/p2p/{PEER}");
		for field in ["bootNodes", "reservedNodes"] {
			let chain = folder.file("node.json", &chain_with(field, &format!("[{node:?}]")));
			refused(&["--chain", &chain, "--base-path", &base], &[&chain, field, wrong]);
		}
		let chain = folder.file("chain.json", CHAIN);
		let common =
			["--chain", &chain, "--base-path", &base, "--no-prometheus", "--rpc-port", "0"];
		for (flag, value) in
			[("--bootnodes", &*node), ("--reserved-nodes", &*node), ("--public-addr", wrong)]
		{
			let args = common.iter().copied().chain([flag, value]).collect::<Vec<_>>();
			refused(&args, &[flag, wrong]);
		}
	}
	let chain =
		folder.file("telemetry.json", &chain_with("telemetryEndpoints", "[[\"/memory/7\", 0]]"));
	refused(
		&["--chain", &chain, "--base-path", &base],
		&[&chain, "telemetryEndpoints", "/memory/7"],
	);
}

#[test]
fn a_genesis_that_names_something_twice_is_refused_by_every_command() {
	let folder = Folder::new("twice");
	let output = node(&["build-spec", "--chain", "dev", "--disable-default-bootnode"]);
	let mut spec: serde_json::Value =
		serde_json::from_slice(&output.stdout).expect("the specification is JSON");
	spec["id"] = "edited".into();
	let balances = &mut spec["genesis"]["runtimeGenesis"]["patch"]["balances"]["balances"];
	let account = balances[0][0].as_str().expect("an address").to_string();
	let again = balances[0].clone();
	balances.as_array_mut().expect("a list").push(again);
	let chain = folder.file("twice.json", &spec.to_string());
	let base = folder.path("base");
	for command in COMMANDS {
		if matches!(command.first(), Some(&"key" | &"purge-chain" | &"chain-info")) {
			continue;
		}
		let place = ["--chain", &chain, "--base-path", &base];
		let args = command.iter().copied().chain(place).collect::<Vec<_>>();
		refused(&args, &["`edited`", &account, "twice in `balances.balances`"]);
	}
	refused(&["export-chain-spec", "--chain", &chain, "--raw"], &["`edited`", &account, "twice"]);
	assert!(!std::path::Path::new(&base).exists(), "something was written");
}

#[test]
fn a_busy_port_is_refused() {
	let folder = Folder::new("port");
	let chain = folder.file("chain.json", CHAIN);
	let base = folder.path("base");
	let common = ["--chain", &chain, "--base-path", &base, "--network-backend", "litep2p"];

	let listener = TcpListener::bind("0.0.0.0:0").expect("some port is free");
	let port = listener.local_addr().expect("it is bound").port().to_string();
	for (flags, service) in [
		(["--no-prometheus", "--port", "0", "--rpc-port", &port], "the RPC port"),
		(["--no-prometheus", "--rpc-port", "0", "--port", &port], "the peer-to-peer port"),
	] {
		let args: Vec<&str> = common.iter().copied().chain(flags).collect();
		refused(&args, &[service, &port, "is in use", flags[3]]);
	}
	let args = ["--port", "0", "--rpc-port", "0", "--prometheus-port", &port];
	let args: Vec<&str> = common.iter().copied().chain(args).collect();
	refused(&args, &["the Prometheus port", &port, "is in use", "--prometheus-port"]);

	let socket = UdpSocket::bind("0.0.0.0:0").expect("some port is free");
	let address = format!(
		"/ip4/0.0.0.0/udp/{}/webrtc-direct",
		socket.local_addr().expect("it is bound").port()
	);
	let args = ["--no-prometheus", "--rpc-port", "0", "--listen-addr", &address];
	let args: Vec<&str> = common.iter().copied().chain(args).collect();
	refused(&args, &["the peer-to-peer port", "is in use"]);
}

#[test]
fn an_unwritable_base_path_is_refused() {
	let folder = Folder::new("base-path");
	let chain = folder.file("chain.json", CHAIN);
	// Below a file no folder can be, not even for root.
	let base = folder.file("file", "") + "/base";
	refused(&["--chain", &chain, "--base-path", &base], &["cannot write to", &base]);
	let (place, cache) = (folder.path("base"), folder.file("other", "") + "/cache");
	refused(
		&["--chain", &chain, "--base-path", &place, "--runtime-cache-path", &cache],
		&["cannot write to", &cache, "choose another with --runtime-cache-path"],
	);
}

#[test]
fn a_validator_needs_a_lasting_network_key() {
	let folder = Folder::new("key");
	let chain = folder.file("chain.json", CHAIN);
	let base = folder.path("base");
	refused(
		&["--validator", "--chain", &chain, "--base-path", &base],
		&["network key", "key generate-node-key"],
	);
}
