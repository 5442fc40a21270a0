//! The health pallets know nothing of the consensus below them.

use std::{
	collections::BTreeSet,
	fs,
	path::{Path, PathBuf},
	process::Command,
};

/// Crates that a health pallet may not depend on, at any depth.
const CONSENSUS: [&str; 9] = [
	"pallet-babe",
	"pallet-aura",
	"pallet-grandpa",
	"pallet-session",
	"pallet-authorship",
	"sp-consensus-babe",
	"sp-consensus-aura",
	"sp-consensus-grandpa",
	"sp-consensus-slots",
];

const HEALTH: [&str; 15] = [
	"pallet-registry",
	"pallet-patient-identity",
	"pallet-consent",
	"pallet-record-anchor",
	"pallet-claims",
	"pallet-care",
	"pallet-emergency",
	"pallet-access-log",
	"pallet-acknowledgement",
	"pallet-sealed",
	"pallet-research",
	"salus-research-data-use",
	"salus-research-permits",
	"salus-primitives",
	"salus-consent-decision",
];

fn tree(package: &str) -> BTreeSet<String> {
	let output = Command::new(env!("CARGO"))
		.args(["tree", "--offline", "--locked", "--prefix", "none", "--edges", "normal"])
		.args(["--package", package])
		.current_dir(env!("CARGO_MANIFEST_DIR"))
		.output()
		.expect("cargo runs");
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	String::from_utf8(output.stdout)
		.expect("text")
		.lines()
		.filter_map(|line| line.split(' ').next().map(str::to_string))
		.collect()
}

#[test]
fn health_pallets_depend_on_no_consensus_crate() {
	for package in HEALTH {
		let tree = tree(package);
		assert!(tree.contains("parity-scale-codec"), "the tree of {package} was read");
		for crate_name in CONSENSUS {
			assert!(!tree.contains(crate_name), "{package} depends on {crate_name}");
		}
	}
	// What Cumulus brings is under another licence (docs/decisions/0007): it stays out of the other runtime.
	let solo = tree("salus-runtime");
	assert!(!solo
		.iter()
		.any(|name| name.starts_with("polkadot-primitives") || name.contains("xcm")));
	assert!(tree("salus-parachain-runtime").contains("polkadot-primitives"));
	// The probe works: the runtime does depend on them.
	assert!(tree("salus-runtime").contains("pallet-babe"));
}

/// All of them, also those that are not about health.
fn pallets() -> BTreeSet<String> {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets");
	let entries = fs::read_dir(&folder).expect("the folder of the pallets");
	let names = entries.map(|entry| entry.expect("an entry").path());
	let pallets = names.filter(|path| {
		let lib = fs::read_to_string(path.join("src/lib.rs"));
		lib.is_ok_and(|text| text.contains("#[pallet::pallet]"))
	});
	let name = |path: PathBuf| path.file_name().and_then(|name| name.to_str()).map(str::to_string);
	pallets.filter_map(name).map(|name| format!("pallet-{name}")).collect()
}

#[test]
fn a_pallet_of_ours_depends_on_no_other_pallet_of_ours() {
	let ours = pallets();
	assert!(ours.len() >= 8, "{ours:?}");
	for package in &ours {
		let tree = tree(package);
		for other in &ours {
			assert!(package == other || !tree.contains(other), "{package} depends on {other}");
		}
	}
}

/// The configuration uses the policies. The other way round it would be a circle.
#[test]
fn the_policies_use_no_module_of_the_configuration() {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("composed/policy");
	let mut read = 0;
	for entry in fs::read_dir(&folder).expect("the folder of the policies") {
		let path = entry.expect("an entry").path();
		let text = fs::read_to_string(&path).expect("it is text");
		let mut code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
		assert!(!code.any(|line| line.contains("configs")), "{}", path.display());
		read += 1;
	}
	assert!(read > 5, "only {read} files");
}
