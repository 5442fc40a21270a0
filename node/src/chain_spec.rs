//! Chain specifications: the presets `dev` and `local`, and those read from a file.

use crate::address::{self, Address};
use salus_runtime::{genesis_config_presets as presets, opaque::Block};
use sc_chain_spec::{
	ChainSpecBuilder, ChainSpecExtension, ChainType, GenericChainSpec, Properties,
};
use sc_service::config::MultiaddrWithPeerId;
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Symbol of the native token, for wallets.
const TOKEN_SYMBOL: &str = "SLS";
/// Decimals of the native token: 1 SLS = 10^12 units.
pub const TOKEN_DECIMALS: u32 = 12;
/// Address prefix: the generic one.
const SS58_FORMAT: u32 = 42;
/// Prefix of the legacy network protocol names.
const PROTOCOL_ID: &str = "salus";
/// The longest id of a chain, and what else becomes part of a folder's or a protocol's name.
pub const LONGEST_ID: usize = 64;

/// The chain specification of Salus.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// What a specification may say besides genesis.
#[derive(Default, Clone, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks that must stand at their heights.
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Blocks that are never imported.
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// A recent final state from which light clients begin; `sync_state_genSyncSpec` fills it in.
	pub light_sync_state: LightSyncStateExtension,
	/// Whether only the reserved nodes may be peers, as in every network of members. Left out where
	/// they may not: other clients refuse fields that they do not know.
	#[serde(default, skip_serializing_if = "is_false")]
	pub closed: bool,
	/// The members' nodes. Each node of the network reserves them. Left out if there are none.
	#[serde(default, skip_serializing_if = "Vec::is_empty")]
	pub reserved_nodes: Vec<MultiaddrWithPeerId>,
}

/// For serde, which hands over a reference.
fn is_false(value: &bool) -> bool {
	!value
}

/// Whether `id` names a preset, and not a file.
pub fn is_preset(id: &str) -> bool {
	matches!(id, "" | "dev" | "local")
}

/// The specification for `id`: `dev`, `local` (also the empty id), else the path of a JSON file.
///
/// # Errors
/// One sentence: the binary carries no runtime, or the file is missing, malformed, or names a folder
/// or an address that cannot be.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" => Ok(development(runtime_code()?)),
		"" | "local" => Ok(local(runtime_code()?)),
		path => ChainSpec::from_json_file(PathBuf::from(path))
			.and_then(|spec| usable_ids(&spec).map(|()| spec))
			.and_then(|spec| usable_addresses(&spec).map(|()| spec))
			.map_err(|error| format!("cannot load the chain specification `{path}`: {error}")),
	}
}

/// Whether `id` can be part of a folder's name and of a protocol's, and leads nowhere else.
pub fn is_plain_id(id: &str) -> bool {
	let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
	(1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain)
}

/// The folder of the database and the keys is named after the id. A path there would lead out of the
/// base path, and `purge-chain` would follow it.
fn usable_ids(spec: &ChainSpec) -> Result<(), String> {
	// The name is written into logs and on terminals.
	if spec.name().chars().any(char::is_control) {
		return Err(format!("its `name` is {:?}; control characters are not allowed", spec.name()));
	}
	for (field, id) in
		[("id", Some(spec.id())), ("protocolId", spec.protocol_id()), ("forkId", spec.fork_id())]
	{
		if let Some(id) = id.filter(|id| !is_plain_id(id)) {
			return Err(format!(
				"its `{field}` is {id:?}; it must be 1 to {LONGEST_ID} letters, digits, hyphens and \
				 underscores"
			));
		}
	}
	Ok(())
}

/// Addresses that nobody can dial keep a node from starting, or let it run without ever having a peer.
fn usable_addresses(spec: &ChainSpec) -> Result<(), String> {
	let reserved = &spec.extensions().reserved_nodes;
	for (field, nodes) in [("bootNodes", spec.boot_nodes()), ("reservedNodes", &reserved[..])] {
		usable_nodes(nodes).map_err(|error| format!("in `{field}`, {error}"))?;
	}
	for text in telemetry_servers(spec.telemetry_endpoints().as_ref()) {
		address::telemetry(&text).map_err(|error| format!("in `telemetryEndpoints`, {error}"))?;
	}
	Ok(())
}

/// Check that each of the nodes can be dialled, and that no two are at one place.
///
/// # Errors
/// A part of a sentence that names the first address that is wrong, and all that is wrong with it.
pub fn usable_nodes(nodes: &[MultiaddrWithPeerId]) -> Result<(), String> {
	let mut places = std::collections::BTreeMap::new();
	for node in nodes {
		let address = Address::read(&node.multiaddr).map_err(|problems| problems.join("; and "))?;
		if let Some(other) = places.insert(address.place(), node.peer_id) {
			if other != node.peer_id {
				return Err(format!(
					"`{}` is named with two peer ids, {other} and {}",
					node.multiaddr, node.peer_id
				));
			}
		}
	}
	Ok(())
}

/// The addresses of telemetry servers, as the specification writes them. The SDK keeps them to itself.
pub fn telemetry_servers(endpoints: Option<&sc_telemetry::TelemetryEndpoints>) -> Vec<String> {
	let servers = endpoints.and_then(|endpoints| serde_json::to_value(endpoints).ok());
	let servers: Option<Vec<(String, u8)>> =
		servers.and_then(|servers| serde_json::from_value(servers).ok());
	servers.unwrap_or_default().into_iter().map(|(address, _)| address).collect()
}

/// One authority, Alice; `--dev` uses it.
fn development(code: &[u8]) -> ChainSpec {
	let genesis = presets::development();
	preset(code, "Salus Development", "salus_dev", ChainType::Development, genesis)
}

/// Four authorities, Alice, Bob, Charlie and Dave, on one machine or in one room.
fn local(code: &[u8]) -> ChainSpec {
	preset(code, "Salus Local", "salus_local", ChainType::Local, presets::local_testnet())
}

/// A preset as the runtime in this binary has it. Asking the wasm for it would compile that once more at each start.
fn preset(
	code: &[u8],
	name: &str,
	id: &str,
	chain_type: ChainType,
	genesis: serde_json::Value,
) -> ChainSpec {
	builder(code, name, id, chain_type, Extensions::default())
		.with_genesis_config_patch(genesis)
		.build()
}

/// What every specification of Salus has; its genesis is still to be named.
fn builder(
	code: &[u8],
	name: &str,
	id: &str,
	chain_type: ChainType,
	extensions: Extensions,
) -> ChainSpecBuilder<Extensions> {
	ChainSpec::builder(code, extensions)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(PROTOCOL_ID)
		.with_properties(properties())
}

/// A network of members: live and closed, with `genesis` as a patch on the runtime's default.
pub fn network_of_members(
	name: &str,
	id: &str,
	reserved_nodes: Vec<MultiaddrWithPeerId>,
	genesis: serde_json::Value,
) -> Result<ChainSpec, String> {
	let extensions = Extensions { closed: true, reserved_nodes, ..Extensions::default() };
	Ok(builder(runtime_code()?, name, id, ChainType::Live, extensions)
		.with_genesis_config_patch(genesis)
		.build())
}

fn properties() -> Properties {
	Properties::from_iter([
		("tokenSymbol".into(), TOKEN_SYMBOL.into()),
		("tokenDecimals".into(), TOKEN_DECIMALS.into()),
		("ss58Format".into(), SS58_FORMAT.into()),
	])
}

fn runtime_code() -> Result<&'static [u8], String> {
	salus_runtime::WASM_BINARY.ok_or_else(|| {
		"this binary was built without its runtime (SKIP_WASM_BUILD); build it again with it".into()
	})
}

#[cfg(test)]
pub(crate) mod tests {
	pub(crate) mod shared;

	use super::*;
	use sc_chain_spec::{get_extension, ChainSpec as _};

	/// Enough where the code is never run.
	const NO_CODE: &[u8] = b"not a runtime";

	/// A file of its own in the temporary folder, gone when dropped.
	struct TempFile(PathBuf);

	impl TempFile {
		fn new(name: &str, content: &str) -> Self {
			let file = format!("salus-spec-{}-{name}.json", std::process::id());
			let path = std::env::temp_dir().join(file);
			std::fs::write(&path, content).expect("the temporary folder is writable");
			Self(path)
		}

		fn load(&self) -> Result<ChainSpec, String> {
			load(self.0.to_str().expect("the temporary folder has a printable name"))
		}
	}

	impl Drop for TempFile {
		fn drop(&mut self) {
			let _ = std::fs::remove_file(&self.0);
		}
	}

	#[test]
	fn presets_have_their_names_and_ids() {
		let dev = development(NO_CODE);
		assert_eq!((dev.name(), dev.id()), ("Salus Development", "salus_dev"));
		assert_eq!(dev.chain_type(), ChainType::Development);

		let local = local(NO_CODE);
		assert_eq!((local.name(), local.id()), ("Salus Local", "salus_local"));
		assert_eq!(local.chain_type(), ChainType::Local);

		for spec in [dev, local] {
			assert_eq!(spec.protocol_id(), Some("salus"));
			assert_eq!(spec.fork_id(), None);
			assert!(spec.telemetry_endpoints().is_none(), "nothing is sent anywhere by default");
			assert!(spec.boot_nodes().is_empty());
		}
	}

	#[test]
	fn wallets_learn_token_and_address_format() {
		let properties = development(NO_CODE).properties();
		assert_eq!(properties["tokenSymbol"], "SLS");
		assert_eq!(properties["tokenDecimals"], 12);
		assert_eq!(properties["ss58Format"], 42);
		assert_eq!(properties, local(NO_CODE).properties());
	}

	#[test]
	fn light_sync_state_has_its_place_in_the_specification() {
		let spec = development(NO_CODE);
		let extension = get_extension::<LightSyncStateExtension>(
			spec.extensions() as &dyn sc_chain_spec::GetExtension
		);
		assert_eq!(extension, Some(&None));
	}

	#[test]
	fn a_specification_from_before_closed_networks_is_open() {
		let json = r#"{ "name": "Old", "id": "old", "bootNodes": [], "genesis": {},
			"forkBlocks": null, "badBlocks": null, "lightSyncState": null }"#;
		let spec = TempFile::new("old", json).load().expect("it was well-formed then");
		assert!(crate::closed::members(&spec).is_none());
	}

	#[test]
	fn a_closed_specification_names_its_members() {
		let peer = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
		let node = format!("/ip4/10.0.0.1/tcp/30333/p2p/{peer}");
		let json = format!(
			r#"{{ "name": "Closed", "id": "closed", "bootNodes": [], "genesis": {{}},
			"closed": true, "reservedNodes": ["{node}"] }}"#
		);
		let spec = TempFile::new("closed", &json).load().expect("it is well-formed");
		let members = crate::closed::members(&spec).expect("it is closed");
		assert_eq!(members, &[node.parse().expect("an address")][..]);
		assert!(crate::closed::members(&development(NO_CODE)).is_none());
	}

	#[test]
	fn what_is_not_said_is_left_out() {
		for spec in [development(NO_CODE), local(NO_CODE)] {
			let extensions = serde_json::to_value(spec.extensions()).expect("it is written");
			let mut fields = extensions.as_object().expect("an object").keys().collect::<Vec<_>>();
			fields.sort();
			assert_eq!(fields, ["badBlocks", "forkBlocks", "lightSyncState"]);
		}
		let peer =
			"/ip4/10.0.0.1/tcp/30333/p2p/12D3KooWRpPeKbVSE4AkXokJCrzF8193NVkXnX91y4R7FwtPSERU";
		let reserved_nodes = vec![peer.parse().expect("an address")];
		let closed = Extensions { closed: true, reserved_nodes, ..Extensions::default() };
		let written = serde_json::to_value(&closed).expect("it is written");
		assert_eq!(written["closed"], true);
		assert_eq!(written["reservedNodes"], serde_json::json!([peer]));
	}

	/// A specification with these fields in its head.
	fn head(name: &str, fields: serde_json::Value) -> Result<ChainSpec, String> {
		let mut spec = serde_json::json!({
			"name": "Head", "id": "head", "bootNodes": [], "genesis": {},
		});
		for (field, value) in fields.as_object().expect("an object") {
			spec[field] = value.clone();
		}
		TempFile::new(name, &spec.to_string()).load()
	}

	#[test]
	fn an_id_that_leads_elsewhere_is_refused() {
		let long = "a".repeat(LONGEST_ID + 1);
		for id in [
			"",
			".",
			"..",
			"../x",
			"a/b",
			"/etc/salus",
			"a\\b",
			"a b",
			"a\nb",
			"\u{e4}",
			"a\0",
			&long,
		] {
			for field in ["id", "protocolId", "forkId"] {
				let error = head("id", serde_json::json!({ field: id })).err();
				let error = error.unwrap_or_else(|| panic!("{field} {id:?} was accepted"));
				assert!(error.contains(&format!("`{field}`")), "{error}");
				assert_eq!(error.lines().count(), 1, "{error}");
			}
		}
		for name in ["x\nINJECTED", "x\u{1b}[31m", "\r", "\0"] {
			let error = head("name", serde_json::json!({ "name": name })).err();
			let error = error.unwrap_or_else(|| panic!("{name:?} was accepted"));
			assert!(error.contains("`name`") && !error.contains(char::is_control), "{error}");
		}
		for id in ["salus_dev", "A-1", &long[1..]] {
			let fields = serde_json::json!({ "id": id, "protocolId": id, "forkId": id });
			assert!(head("plain-id", fields).is_ok(), "{id}");
		}
	}

	#[test]
	fn an_address_that_nobody_can_dial_is_refused() {
		let peer = "12D3KooWRpPeKbVSE4AkXokJCrzF8193NVkXnX91y4R7FwtPSERU";
		let other = "12D3KooWSJXNPAJtVWc9KG5vURfiYorpXntDoMUidgK9Yzz3sYsZ";
		for field in ["bootNodes", "reservedNodes"] {
			for wrong in ["/memory/7", "/ip4/10.0.0.1/tcp/0", "/ip4/0.0.0.0/tcp/1", "/dns//tcp/1"] {
				let node = format!("{wrong}/p2p/{peer}");
				let error = head("node", serde_json::json!({ field: [node] })).err();
				let error = error.unwrap_or_else(|| panic!("{field} {wrong} was accepted"));
				assert!(error.contains(field) && error.contains(wrong), "{error}");
			}
			for wrong in ["/ip4/10.0.0.1/tcp/1", "no address", ""] {
				assert!(head("no-peer", serde_json::json!({ field: [wrong] })).is_err(), "{wrong}");
			}
			let place = |spelling: &str, peer: &str| format!("/dns/{spelling}/tcp/1/p2p/{peer}");
			let two = [place("a.example", peer), place("A.EXAMPLE.", other)];
			let error = head("two", serde_json::json!({ field: two })).err().expect("two at one");
			assert!(error.contains(peer) && error.contains(other), "{error}");
			// A node may be reached in two ways, and on its own machine.
			let ways =
				[place("localhost", peer), place("a.example", peer), place("a.example", peer)];
			assert!(head("ways", serde_json::json!({ field: ways })).is_ok());
		}
		for server in ["/memory/7", "/ip4/10.0.0.1/tcp/0/ws", "/dns//tcp/443/wss", "nowhere"] {
			let fields = serde_json::json!({ "telemetryEndpoints": [[server, 0]] });
			assert!(head("telemetry", fields).is_err(), "{server}");
		}
		for server in ["wss://telemetry.example/submit/", "/dns/telemetry.example/tcp/443/wss"] {
			let fields = serde_json::json!({ "telemetryEndpoints": [[server, 0]] });
			assert_eq!(head("telemetry", fields).err(), None, "{server}");
		}
	}

	#[test]
	fn only_known_words_name_a_preset() {
		for id in ["", "dev", "local"] {
			assert!(is_preset(id), "{id}");
		}
		for id in ["development", "Dev", "./dev", "spec.json"] {
			assert!(!is_preset(id), "{id}");
		}
	}

	#[test]
	fn a_missing_file_is_named_in_the_error() {
		let error = load("/no/such/spec.json").err().expect("there is no such file");
		assert!(error.contains("`/no/such/spec.json`"), "{error}");
		assert!(error.contains("No such file"), "{error}");
	}

	#[test]
	fn a_malformed_file_is_refused_in_one_line() {
		for (name, content) in [
			("empty", ""),
			("truncated", "{ \"name\": \"Salus\", "),
			("no-id", "{ \"name\": \"Salus\" }"),
			("not-an-object", "[1, 2, 3]"),
		] {
			let file = TempFile::new(name, content);
			let error = file.load().err().unwrap_or_else(|| panic!("`{name}` was accepted"));
			assert!(error.starts_with("cannot load the chain specification"), "{error}");
			assert_eq!(error.lines().count(), 1, "{error}");
		}
	}

	#[test]
	fn presets_build_their_genesis_and_survive_a_file() {
		for id in ["dev", "local"] {
			let spec = load(id).expect("the tests are built with the runtime");
			let plain = TempFile::new(&format!("plain-{id}"), shared::written(id));
			let plain = plain.load().expect("what was written can be read");
			let json = plain.as_json(true).unwrap_or_else(|error| panic!("{id}: {error}"));
			let file = TempFile::new(id, &json);
			let read = file.load().expect("what was written can be read");
			assert_eq!(read.id(), spec.id());
			assert_eq!(read.properties(), spec.properties());
			let storage =
				read.as_storage_builder().build_storage().expect("a raw genesis is just read");
			assert!(storage.top.contains_key(sp_core::storage::well_known_keys::CODE));
			assert!(storage.top.len() > 50, "{id}: {} entries", storage.top.len());
		}
	}
}
