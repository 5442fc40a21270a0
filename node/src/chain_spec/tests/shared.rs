//! What tests of several modules share. Whatever asks the runtime for a genesis compiles it, which takes many seconds.

use crate::chain_spec::{load, runtime_code, ChainSpec};
use sc_chain_spec::{
	ChainSpec as Specification, ChainType, GenesisConfigBuilderRuntimeCaller, GetExtension,
	Properties,
};
use sc_service::config::MultiaddrWithPeerId;
use sc_telemetry::TelemetryEndpoints;
use serde_json::Value;
use sp_core::storage::{well_known_keys::CODE, Storage};
use sp_runtime::BuildStorage;
use std::{collections::BTreeMap, sync::LazyLock};

/// The specification of a preset, in the form that people edit.
pub fn written(id: &str) -> &'static str {
	static DEV: LazyLock<String> = LazyLock::new(|| write("dev"));
	static LOCAL: LazyLock<String> = LazyLock::new(|| write("local"));
	match id {
		"dev" => DEV.as_str(),
		"local" => LOCAL.as_str(),
		_ => panic!("`{id}` is no preset"),
	}
}

fn write(id: &str) -> String {
	let spec = load(id).expect("the tests are built with the runtime");
	spec.as_json(false).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// A specification whose genesis is built by one runtime, which is compiled once for all tests. The SDK compiles it for each
/// genesis, and does the same with it. A specification with another runtime is left to the SDK.
pub struct Shared(pub ChainSpec);

impl BuildStorage for Shared {
	fn assimilate_storage(&self, storage: &mut Storage) -> Result<(), String> {
		static RUNTIME: LazyLock<GenesisConfigBuilderRuntimeCaller<'static>> =
			LazyLock::new(|| GenesisConfigBuilderRuntimeCaller::new(own_code()));
		let json = Specification::as_json(&self.0, false)?;
		let spec: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
		let genesis = &spec["genesis"]["runtimeGenesis"];
		let code = genesis["code"].as_str().and_then(|hex| sp_core::bytes::from_hex(hex).ok());
		match genesis.get("patch") {
			Some(patch) if code.as_deref() == Some(own_code()) => {
				RUNTIME.get_storage_for_patch(patch.clone())?.assimilate_storage(storage)?;
				storage.top.insert(CODE.to_vec(), own_code().to_vec());
				Ok(())
			},
			_ => self.0.assimilate_storage(storage),
		}
	}
}

fn own_code() -> &'static [u8] {
	runtime_code().expect("the tests are built with the runtime")
}

/// All but the genesis is that of the specification.
impl Specification for Shared {
	fn name(&self) -> &str {
		Specification::name(&self.0)
	}

	fn id(&self) -> &str {
		Specification::id(&self.0)
	}

	fn chain_type(&self) -> ChainType {
		Specification::chain_type(&self.0)
	}

	fn boot_nodes(&self) -> &[MultiaddrWithPeerId] {
		Specification::boot_nodes(&self.0)
	}

	fn telemetry_endpoints(&self) -> &Option<TelemetryEndpoints> {
		Specification::telemetry_endpoints(&self.0)
	}

	fn protocol_id(&self) -> Option<&str> {
		Specification::protocol_id(&self.0)
	}

	fn fork_id(&self) -> Option<&str> {
		Specification::fork_id(&self.0)
	}

	fn properties(&self) -> Properties {
		Specification::properties(&self.0)
	}

	fn extensions(&self) -> &dyn GetExtension {
		Specification::extensions(&self.0)
	}

	fn extensions_mut(&mut self) -> &mut dyn GetExtension {
		Specification::extensions_mut(&mut self.0)
	}

	fn add_boot_node(&mut self, addr: MultiaddrWithPeerId) {
		Specification::add_boot_node(&mut self.0, addr);
	}

	fn as_json(&self, raw: bool) -> Result<String, String> {
		Specification::as_json(&self.0, raw)
	}

	fn as_storage_builder(&self) -> &dyn BuildStorage {
		self
	}

	fn cloned_box(&self) -> Box<dyn Specification> {
		Box::new(Self(self.0.clone()))
	}

	fn set_storage(&mut self, storage: Storage) {
		Specification::set_storage(&mut self.0, storage);
	}

	fn code_substitutes(&self) -> BTreeMap<String, Vec<u8>> {
		Specification::code_substitutes(&self.0)
	}
}
