//! Compiled runtimes are kept, and used again.

use std::{
	fs,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(180);

/// A folder of the test, gone when dropped, with the node that runs in it.
struct Running {
	folder: PathBuf,
	node: Option<Child>,
}

impl Running {
	/// Start a node of a new chain, with this cache, and wait until it answers.
	fn start(&mut self, base: &str, cache: &Path) {
		let log = self.folder.join(format!("{base}.log"));
		let node = Command::new(env!("CARGO_BIN_EXE_salus-node"))
			.args(["--dev", "--no-prometheus", "--no-telemetry", "--rpc-port", "0", "--port", "0"])
			.arg("--base-path")
			.arg(self.folder.join(base))
			.arg("--runtime-cache-path")
			.arg(cache)
			.stdout(Stdio::null())
			.stderr(fs::File::create(&log).expect("the folder is writable"))
			.spawn()
			.expect("the node can be run");
		let node = self.node.insert(node);
		let begin = Instant::now();
		loop {
			let said = fs::read_to_string(&log).unwrap_or_default();
			if said.contains("Running JSON-RPC server") {
				return;
			}
			let ended = node.try_wait().expect("it is our child");
			assert!(ended.is_none() && begin.elapsed() < PATIENCE, "{said}");
			thread::sleep(Duration::from_millis(50));
		}
	}

	fn stop(&mut self) {
		if let Some(mut node) = self.node.take() {
			let _ = node.kill();
			let _ = node.wait();
		}
	}
}

impl Drop for Running {
	fn drop(&mut self) {
		self.stop();
		let _ = fs::remove_dir_all(&self.folder);
	}
}

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
	let folder = std::env::temp_dir().join(format!("salus-{}-cache", std::process::id()));
	let cache = folder.join("compiled");
	fs::create_dir_all(&folder).expect("the temporary folder is writable");
	let mut running = Running { folder, node: None };
	let kept = || {
		let mut found = Vec::new();
		modules(&cache, &mut found);
		found
	};

	running.start("first", &cache);
	running.stop();
	let first = kept();
	assert_eq!(first.len(), 1, "{first:?}");
	let written = fs::metadata(&first[0]).and_then(|data| data.modified()).expect("it is there");
	assert!(!running.folder.join("first/chains/dev/runtime-cache").exists());

	// Another base path, as of another node of this machine.
	running.start("second", &cache);
	running.stop();
	assert_eq!(kept(), first);
	let again = fs::metadata(&first[0]).and_then(|data| data.modified()).expect("it is there");
	assert_eq!(again, written, "it was compiled again");
}
