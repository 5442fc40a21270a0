//! No call touches the state more often than its weight declares.
//!
//! Each benchmark of our pallets runs once at the upper and once at the lower ends of its ranges, on the state that
//! `frame-omni-bencher` counts with. What it reads and writes is compared with the numbers in `weights.rs`, which were
//! counted when the weights were measured. The runtime runs as code of this machine, and nothing is timed: it takes seconds.
//!
//! An access that was added to a call after its weight was measured makes this fail.
#![cfg(feature = "runtime-benchmarks")]

use frame_benchmarking::{
	runtime_decl_for_benchmark::BenchmarkV2, BenchmarkConfig, BenchmarkList, BenchmarkParameter,
	BenchmarkResult,
};
use salus_runtime::{genesis_config_presets, Block, Runtime, RuntimeGenesisConfig};
use sc_client_db::BenchmarkingState;
use sp_core::storage::Storage;
use sp_externalities::{set_and_run_with_externalities, Extensions};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::BlakeTwo256, BuildStorage};
use sp_state_machine::{Ext, OverlayedChanges};
use std::{collections::BTreeMap, fs, path::Path};

/// The values of a benchmark's components.
type Components = Vec<(BenchmarkParameter, u32)>;

/// How many keys are read, and how many are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Accesses {
	reads: u32,
	writes: u32,
}

/// What a function of `weights.rs` declares: a number for all calls, and one for each unit of a component.
#[derive(Debug, Default)]
struct Declared {
	base: Accesses,
	each: BTreeMap<String, Accesses>,
}

impl Declared {
	fn at(&self, components: &Components) -> Accesses {
		components.iter().fold(self.base, |sum, (name, value)| {
			let each = self.each.get(&format!("{name:?}")).copied().unwrap_or_default();
			Accesses {
				reads: sum.reads + each.reads * value,
				writes: sum.writes + each.writes * value,
			}
		})
	}
}

/// The functions of a `weights.rs`, by name. Its form is that of `scripts/frame-weight-template.hbs`.
fn declared_in(file: &Path) -> BTreeMap<String, Declared> {
	let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
	let measured = text
		.split("WeightInfo for SubstrateWeight<T> {")
		.nth(1)
		.and_then(|rest| rest.split("WeightInfo for ()").next())
		.unwrap_or_else(|| panic!("{file:?} has another form"));
	let mut functions = BTreeMap::new();
	for function in measured.split("\tfn ").skip(1) {
		let name = function.split('(').next().expect("a name").to_owned();
		let mut declared = Declared::default();
		for line in function.lines().filter(|line| line.contains("DbWeight::get()")) {
			let (what, rest) = line
				.split("DbWeight::get().")
				.nth(1)
				.and_then(|call| call.split_once('('))
				.unwrap_or_else(|| panic!("{file:?}: {line}"));
			let number = rest
				.trim_start_matches('(')
				.split("_u64")
				.next()
				.and_then(|number| number.parse::<u32>().ok())
				.unwrap_or_else(|| panic!("{file:?}: {line}"));
			let accesses = match rest.split_once("saturating_mul(") {
				None => &mut declared.base,
				Some((_, component)) => {
					let component = component.split('.').next().expect("a component").to_owned();
					declared.each.entry(component).or_default()
				},
			};
			match what {
				"reads" => accesses.reads += number,
				"writes" => accesses.writes += number,
				other => panic!("{file:?}: what is {other}?"),
			}
		}
		assert!(functions.insert(name, declared).is_none(), "{file:?} has a function twice");
	}
	functions
}

/// The state of the development preset, in which `scripts/weights.sh` measures.
fn genesis() -> Storage {
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("JSON");
	merge(&mut config, genesis_config_presets::development());
	let config: RuntimeGenesisConfig = serde_json::from_value(config).expect("genesis");
	config.build_storage().expect("a state")
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

/// Calls the runtime's interface for benchmarks on a state that counts.
fn on<T>(state: &BenchmarkingState<BlakeTwo256>, call: impl FnOnce() -> T) -> T {
	let mut overlay = OverlayedChanges::default();
	let mut extensions = Extensions::new();
	extensions.register(KeystoreExt::new(MemoryKeystore::new()));
	let mut ext = Ext::new(&mut overlay, state, Some(&mut extensions));
	set_and_run_with_externalities(&mut ext, call)
}

fn counted(
	state: &BenchmarkingState<BlakeTwo256>,
	list: &BenchmarkList,
	benchmark: &[u8],
	components: &Components,
) -> Accesses {
	let config = BenchmarkConfig {
		pallet: list.pallet.clone(),
		instance: list.instance.clone(),
		benchmark: benchmark.to_vec(),
		selected_components: components.clone(),
		verify: false,
		internal_repeats: 1,
	};
	let batches = on(state, || <Runtime as BenchmarkV2<Block>>::dispatch_benchmark(config))
		.unwrap_or_else(|error| panic!("{}: {error}", String::from_utf8_lossy(benchmark)));
	let results: Vec<BenchmarkResult> = batches
		.into_iter()
		.filter(|batch| batch.benchmark == benchmark)
		.flat_map(|batch| batch.results)
		.collect();
	let [result] = &results[..] else { panic!("{} results", results.len()) };
	Accesses { reads: result.reads, writes: result.writes }
}

#[test]
fn no_call_touches_the_state_more_often_than_its_weight_declares() {
	let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
	let state = BenchmarkingState::new(genesis(), None, false, true).expect("a state");
	let (lists, _) = on(&state, || <Runtime as BenchmarkV2<Block>>::benchmark_metadata(true));
	let (mut tried, mut wrong) = (0, Vec::new());
	for list in &lists {
		let name = String::from_utf8(list.pallet.clone()).expect("a name");
		// Those of the SDK, and the reports of consensus, have their weights elsewhere.
		let Some(ours) = name.strip_prefix("pallet_").map(|name| name.replace('_', "-")) else {
			continue;
		};
		let file = root.join(format!("pallets/{ours}/src/weights.rs"));
		if !file.exists() {
			continue;
		}
		let mut declared = declared_in(&file);
		for benchmark in &list.benchmarks {
			let call = String::from_utf8(benchmark.name.clone()).expect("a name");
			let weight = declared
				.remove(&call)
				.unwrap_or_else(|| panic!("{name}::{call} has no weight: run scripts/weights.sh"));
			let upper: Components =
				benchmark.components.iter().map(|(name, _, high)| (*name, *high)).collect();
			let lower: Components =
				benchmark.components.iter().map(|(name, low, _)| (*name, *low)).collect();
			let mut ends = vec![upper];
			if !ends.contains(&lower) {
				ends.push(lower);
			}
			for components in ends {
				let found = counted(&state, list, &benchmark.name, &components);
				let says = weight.at(&components);
				tried += 1;
				if found.reads > says.reads || found.writes > says.writes {
					wrong.push(format!(
						"{name}::{call} {components:?}: {found:?}, declared {says:?}"
					));
				}
			}
		}
		assert!(declared.is_empty(), "{name}: weights without a benchmark: {:?}", declared.keys());
	}
	assert!(tried > 170, "only {tried} were tried");
	assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
