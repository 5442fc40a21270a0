//! Builds the runtime's wasm, with the metadata hash where a build for publication asks for it.

fn main() {
	#[cfg(all(feature = "std", feature = "wasm-binary"))]
	wasm();
}

#[cfg(all(feature = "std", feature = "wasm-binary"))]
fn wasm() {
	use substrate_wasm_builder::WasmBuilder;

	// wasm-builder hands the enabled features on to the build of the wasm, which must not build a
	// wasm of its own.
	std::env::remove_var("CARGO_FEATURE_WASM_BINARY");
	std::env::remove_var("CARGO_FEATURE_METADATA_HASH");

	#[cfg(not(feature = "metadata-hash"))]
	WasmBuilder::build_using_defaults();
	#[cfg(feature = "metadata-hash")]
	WasmBuilder::init_with_defaults().enable_metadata_hash("SLS", 12).build();
}
