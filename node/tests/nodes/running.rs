//! What these tests share.

use std::{
	fs,
	net::TcpStream,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::LazyLock,
	thread,
	time::{Duration, Instant},
};

/// How long a node may take to do what is waited for: it may have to compile the runtime, beside others that do.
const PATIENCE: Duration = Duration::from_secs(180);

/// The raw specification of the development chain. Making it compiles the runtime twice, which takes many seconds.
pub static DEVELOPMENT: LazyLock<String> =
	LazyLock::new(|| specification(&["--chain", "dev", "--raw", "--disable-default-bootnode"]));

/// What `build-spec` prints.
pub fn specification(args: &[&str]) -> String {
	let output = Command::new(env!("CARGO_BIN_EXE_salus-node"))
		.args(["build-spec", "-lerror"])
		.args(args)
		.output()
		.expect("the node can be run");
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	String::from_utf8(output.stdout).expect("a specification is text")
}

/// Where these nodes keep the compiled runtime, also from one run of the tests to the next. Who names a folder of its own
/// finds it there afterwards.
pub fn compiled() -> PathBuf {
	std::env::var_os("SALUS_RUNTIME_CACHE").map_or_else(
		|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-runtimes"),
		PathBuf::from,
	)
}

/// A folder of one test, gone when dropped, with the node that runs in it.
pub struct Running {
	pub folder: PathBuf,
	node: Option<Child>,
}

impl Running {
	pub fn new(name: &str) -> Self {
		let folder = std::env::temp_dir().join(format!("salus-{}-{name}", std::process::id()));
		fs::create_dir_all(&folder).expect("the temporary folder is writable");
		Self { folder, node: None }
	}

	/// A file of the folder, with this content.
	pub fn file(&self, name: &str, content: &str) -> String {
		let path = self.folder.join(name);
		fs::write(&path, content).expect("the folder is writable");
		path.to_str().expect("the temporary folder has a printable name").into()
	}

	/// Start a node with a database in `base` of the folder, and with the compiled runtimes of `cache` or, without one,
	/// with those beside the database. Wait until it has said all `words`.
	pub fn start(&mut self, base: &str, cache: Option<&Path>, args: &[&str], words: &[&str]) {
		let log = fs::File::create(self.log()).expect("the folder is writable");
		let mut node = Command::new(env!("CARGO_BIN_EXE_salus-node"));
		node.args(args)
			.arg("--base-path")
			.arg(self.folder.join(base))
			.args(["--no-prometheus", "--no-telemetry", "--db-storage-threshold", "64"])
			.args(["--rpc-port", "0"]);
		if let Some(cache) = cache {
			node.arg("--runtime-cache-path").arg(cache);
		}
		let node = node.stdout(Stdio::null()).stderr(log).spawn().expect("the node can be run");
		self.node = Some(node);
		self.until("it says what is waited for", |said| {
			words.iter().all(|word| said.contains(word))
		});
	}

	/// Wait until somebody listens at this port of the machine itself.
	pub fn await_listener(&mut self, port: u16) {
		self.until("somebody listens", |_| TcpStream::connect(("127.0.0.1", port)).is_ok());
	}

	/// Wait until something is so, by what the node has said or otherwise, while the node goes on.
	fn until(&mut self, what: &str, is_so: impl Fn(&str) -> bool) {
		let begin = Instant::now();
		loop {
			let said = self.said();
			if is_so(&said) {
				return;
			}
			assert!(self.goes_on(), "the node has ended before {what}: {said}");
			assert!(begin.elapsed() < PATIENCE, "in vain until {what}: {said}");
			thread::sleep(Duration::from_millis(50));
		}
	}

	/// Whether the node that was started still runs.
	pub fn goes_on(&mut self) -> bool {
		let node = self.node.as_mut().expect("it was started");
		node.try_wait().expect("it is our child").is_none()
	}

	/// What the last node has said.
	pub fn said(&self) -> String {
		fs::read_to_string(self.log()).unwrap_or_default()
	}

	fn log(&self) -> PathBuf {
		self.folder.join("log")
	}

	pub fn stop(&mut self) {
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
