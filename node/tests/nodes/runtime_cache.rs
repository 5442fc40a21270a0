//! Compiled runtimes are kept, and used again.

use super::running::{Running, DEVELOPMENT};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// The files of compiled modules: those of some megabytes, beside the cache's own small notes.
fn modules(folder: &Path, found: &mut Vec<PathBuf>) {
	for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
		let path = entry.path();
		if path.is_dir() {
			modules(&path, found);
		} else if entry.metadata().is_ok_and(|data| data.len() > 1 << 20) {
			found.push(path);
		}
	}
	found.sort();
}

#[test]
fn a_second_node_uses_what_the_first_has_compiled() {
	let mut running = Running::new("cache");
	// A folder of this test alone.
	let cache = running.folder.join("compiled");
	let chain = running.file("chain.json", &DEVELOPMENT);
	let args = ["--dev", "--chain", &chain, "--port", "0"];
	let answers = ["Running JSON-RPC server"];
	let kept = || {
		let mut found = Vec::new();
		modules(&cache, &mut found);
		found
	};

	running.start("first", Some(&cache), &args, &answers);
	running.stop();
	let first = kept();
	assert_eq!(first.len(), 1, "{first:?}");
	let written = fs::metadata(&first[0]).and_then(|data| data.modified()).expect("it is there");
	let beside = running.folder.join("first/chains/salus_dev");
	assert!(beside.exists() && !beside.join("runtime-cache").exists(), "it is kept there as well");

	// Another base path, as of another node of this machine.
	running.start("second", Some(&cache), &args, &answers);
	running.stop();
	assert_eq!(kept(), first);
	let again = fs::metadata(&first[0]).and_then(|data| data.modified()).expect("it is there");
	assert_eq!(again, written, "it was compiled again");
}
