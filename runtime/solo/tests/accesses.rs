//! No call touches the state more often than its weight declares.
//!
//! Each benchmark whose weights are measured here, of our pallets and of the SDK's that every transaction meets, runs once at each
//! corner of its ranges, on the state that `frame-omni-bencher` counts with. What it reads and writes is compared with the numbers in
//! `weights.rs` or in `measured`, which were counted when the weights were measured. The runtime runs as code of this machine, and
//! nothing is timed: it takes seconds. An access that was added to a call after its weight was measured, or that it needs no more,
//! makes this fail.
//!
//! That compares a benchmark with itself. Whether the benchmarks of calls that are hot, dear or sponsored are the worst case is asked of
//! scenes that are made by calls (`scenes`). What a block takes without any call is listed (`hooks`).
#![cfg(feature = "runtime-benchmarks")]

use salus_runtime as runtime;

#[path = "../../testing/common.rs"]
mod common;
#[path = "accesses/hooks.rs"]
mod hooks;
#[path = "shared/of_consensus.rs"]
#[allow(dead_code)]
mod of_consensus;
#[path = "accesses/scenes.rs"]
mod scenes;

use common::genesis_of;
use frame_benchmarking::{
	runtime_decl_for_benchmark::BenchmarkV2, BenchmarkConfig, BenchmarkList, BenchmarkParameter,
	BenchmarkResult,
};
use salus_runtime::{genesis_config_presets, Block, Runtime};
use sc_client_db::BenchmarkingState;
use sp_core::storage::Storage;
use sp_externalities::{set_and_run_with_externalities, Extensions};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::BlakeTwo256, BuildStorage};
use sp_state_machine::{Ext, OverlayedChanges};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::{Path, PathBuf},
};

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
	/// The most for each storage item.
	items: BTreeMap<String, Accesses>,
}

impl Declared {
	fn at(&self, components: &Components) -> Accesses {
		let named: Vec<_> = components.iter().map(|(name, n)| (format!("{name:?}"), *n)).collect();
		let named: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
		self.of(&named)
	}

	fn of(&self, components: &[(&str, u32)]) -> Accesses {
		components.iter().fold(self.base, |sum, (name, value)| {
			let each = self.each.get(*name).copied().unwrap_or_default();
			Accesses {
				reads: sum.reads + each.reads * value,
				writes: sum.writes + each.writes * value,
			}
		})
	}
}

/// The functions of a `weights.rs`, by name. Its form is that of `scripts/frame-weight-template.hbs`, or of `sdk-weight-template.hbs`.
fn declared_in(file: &Path) -> BTreeMap<String, Declared> {
	let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
	let measured = text
		.split("WeightInfo for SubstrateWeight<T> {")
		.nth(1)
		.and_then(|rest| rest.split("WeightInfo for ()").next())
		.unwrap_or_else(|| panic!("{file:?} has another form"));
	let mut functions = BTreeMap::new();
	let parts: Vec<&str> = measured.split("\tfn ").collect();
	for pair in parts.windows(2) {
		let [before, function] = pair else { unreachable!("two") };
		let name = function.split('(').next().expect("a name").to_owned();
		let mut declared = Declared { items: items_in(before), ..Declared::default() };
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

/// The storage items that a function's documentation names, which ends the text `before` it.
fn items_in(before: &str) -> BTreeMap<String, Accesses> {
	let documented = before.rsplit("\n\t}\n").next().unwrap_or_default();
	let lines = documented.lines().filter_map(|line| line.trim().strip_prefix("/// Storage: "));
	let item = |line: &str| {
		let (name, rest) = line.split_once(" (r:")?;
		let (reads, writes) = rest.trim_end_matches(')').split_once(" w:")?;
		let (reads, writes) = (reads.parse().ok()?, writes.parse().ok()?);
		Some((name.trim_matches('`').to_owned(), Accesses { reads, writes }))
	};
	lines.map(|line| item(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

/// The state of the development preset, in which `scripts/weights.sh` measures.
fn genesis() -> Storage {
	genesis_of(genesis_config_presets::development()).build_storage().expect("a state")
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

/// The values at each corner of a benchmark's ranges.
fn corners(ranges: &[(BenchmarkParameter, u32, u32)]) -> Vec<Components> {
	let mut corners = vec![Components::new()];
	for (name, low, high) in ranges {
		let ends: BTreeSet<u32> = [*low, *high].into();
		let with = |corner: &Components, end: u32| {
			let mut corner = corner.clone();
			corner.push((*name, end));
			corner
		};
		corners = ends
			.into_iter()
			.flat_map(|end| corners.iter().map(move |corner| with(corner, end)).collect::<Vec<_>>())
			.collect();
	}
	corners
}

/// The root of the repository.
fn root() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The file with the weights of what a list of benchmarks is of, if they are measured here. Other pallets of the SDK have theirs elsewhere.
fn weights_of(list: &str) -> Option<PathBuf> {
	let ours = match list.strip_prefix("pallet_") {
		Some(pallet) => format!("pallets/{}/src/weights.rs", pallet.replace('_', "-")),
		None => format!("runtime/solo/src/weights/{list}.rs"),
	};
	let of_sdk = format!("runtime/common/composed/measured/{list}.rs");
	[ours, of_sdk].into_iter().map(|file| root().join(file)).find(|file| file.exists())
}

/// Of the SDK, what `weights_of` finds: the lists of benchmarks that are measured for `measured`.
const OF_SDK: [&str; 4] = [
	"frame_system_extensions",
	"pallet_balances",
	"pallet_timestamp",
	"pallet_transaction_payment",
];

/// Benchmarks without a component that take less than their weights declare: by how many reads, and why.
const LESS_THAN_DECLARED: &[(&str, u32, &str)] = &[
	(
		"frame_system_extensions::check_genesis",
		1,
		"the template adds the hash of the first block, which the SDK's benchmark does not count",
	),
	(
		"frame_system_extensions::check_mortality_mortal_transaction",
		1,
		"the template adds the hash of the block it is alive from, which the SDK's benchmark does not count",
	),
];

#[test]
fn no_call_touches_the_state_more_often_than_its_weight_declares() {
	let state = BenchmarkingState::new(genesis(), None, false, true).expect("a state");
	// Without those that are declared by nobody: the SDK has some that only time other ways.
	let (lists, _) = on(&state, || <Runtime as BenchmarkV2<Block>>::benchmark_metadata(false));
	let (mut tried, mut wrong) = (0, Vec::new());
	let mut unused: BTreeMap<&str, u32> =
		LESS_THAN_DECLARED.iter().map(|(name, reads, _)| (*name, *reads)).collect();
	let mut of_sdk: BTreeSet<&str> = OF_SDK.into();
	for list in &lists {
		let name = String::from_utf8(list.pallet.clone()).expect("a name");
		let Some(file) = weights_of(&name) else { continue };
		of_sdk.remove(name.as_str());
		let mut declared = declared_in(&file);
		for benchmark in &list.benchmarks {
			let call = String::from_utf8(benchmark.name.clone()).expect("a name");
			let weight = declared
				.remove(&call)
				.unwrap_or_else(|| panic!("{name}::{call} has no weight: run scripts/weights.sh"));
			let less = unused.remove(format!("{name}::{call}").as_str()).unwrap_or_default();
			for components in corners(&benchmark.components) {
				let mut found = counted(&state, list, &benchmark.name, &components);
				found.reads += less;
				let says = weight.at(&components);
				tried += 1;
				let more = found.reads > says.reads || found.writes > says.writes;
				// Where there is a component, what is declared is the line that fits best through several values.
				if more || (components.is_empty() && found != says) {
					wrong.push(format!(
						"{name}::{call} {components:?}: {found:?}, declared {says:?}"
					));
				}
			}
		}
		assert!(declared.is_empty(), "{name}: weights without a benchmark: {:?}", declared.keys());
	}
	assert!(tried > 200, "only {tried} were tried");
	assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
	assert!(unused.is_empty(), "no such benchmarks: {unused:?}");
	assert!(of_sdk.is_empty(), "no benchmarks of {of_sdk:?}");
}
