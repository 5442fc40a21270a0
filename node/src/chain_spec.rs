//! Chain specifications: the presets `dev` and `local`, and those read from a file.

use salus_runtime::opaque::Block;
use sc_chain_spec::{
	ChainSpecBuilder, ChainSpecExtension, ChainType, GenericChainSpec, Properties,
	DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET,
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
	/// Whether only the reserved nodes may be peers, as in every network of members.
	#[serde(default)]
	pub closed: bool,
	/// The members' nodes. Each node of the network reserves them.
	#[serde(default)]
	pub reserved_nodes: Vec<MultiaddrWithPeerId>,
}

/// Whether `id` names a preset, and not a file.
pub fn is_preset(id: &str) -> bool {
	matches!(id, "" | "dev" | "local")
}

/// The specification for `id`: `dev`, `local` (also the empty id), else the path of a JSON file.
///
/// # Errors
/// One sentence: the binary carries no runtime, or the file is missing or malformed.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" => Ok(development(runtime_code()?)),
		"" | "local" => Ok(local(runtime_code()?)),
		path => ChainSpec::from_json_file(PathBuf::from(path))
			.map_err(|error| format!("cannot load the chain specification `{path}`: {error}")),
	}
}

/// One authority, Alice; `--dev` uses it.
fn development(code: &[u8]) -> ChainSpec {
	preset(code, "Salus Development", "salus_dev", ChainType::Development, DEV_RUNTIME_PRESET)
}

/// Four authorities, Alice, Bob, Charlie and Dave, on one machine or in one room.
fn local(code: &[u8]) -> ChainSpec {
	preset(code, "Salus Local", "salus_local", ChainType::Local, LOCAL_TESTNET_RUNTIME_PRESET)
}

fn preset(
	code: &[u8],
	name: &str,
	id: &str,
	chain_type: ChainType,
	genesis_preset: &str,
) -> ChainSpec {
	builder(code, name, id, chain_type, Extensions::default())
		.with_genesis_config_preset_name(genesis_preset)
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
mod tests {
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
			let json = spec.as_json(true).unwrap_or_else(|error| panic!("{id}: {error}"));
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
