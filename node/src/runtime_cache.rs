//! Compiled runtimes, kept from one start to the next.
//!
//! Compiling the runtime's wasm is most of what a start takes: five megabytes, some ten seconds on two cores. The SDK's
//! executor can keep what came of it in files; its own service does not make it do so.

use crate::service::HostFunctions;
use sc_executor::{HeapAllocStrategy, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::Configuration;
use std::path::{self, Path, PathBuf};

/// The folder beside the database.
const FOLDER: &str = "runtime-cache";

/// The executor as `sc_service::new_wasm_executor` makes it, which in addition keeps compiled runtimes in `cache`, or beside
/// the database.
///
/// A file is found by a hash of the module, the compiler and its settings: another runtime or another build of the node
/// has others. If the folder cannot be written to, the executor says so in the log and compiles at each start.
pub fn executor(config: &Configuration, cache: Option<&Path>) -> WasmExecutor<HostFunctions> {
	let settings = &config.executor;
	let strategy = settings.default_heap_pages.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
		HeapAllocStrategy::Static { extra_pages: u32::try_from(pages).unwrap_or(u32::MAX) }
	});
	WasmExecutor::builder()
		.with_execution_method(settings.wasm_method)
		.with_onchain_heap_alloc_strategy(strategy)
		.with_offchain_heap_alloc_strategy(strategy)
		.with_max_runtime_instances(settings.max_runtime_instances)
		.with_runtime_cache_size(settings.runtime_cache_size)
		.with_cache_path(folder(config, cache))
		.build()
}

/// Absolute: the compiler takes no other.
fn folder(config: &Configuration, cache: Option<&Path>) -> PathBuf {
	let folder = cache.map_or_else(|| config.data_path.join(FOLDER), Path::to_owned);
	path::absolute(&folder).unwrap_or(folder)
}
