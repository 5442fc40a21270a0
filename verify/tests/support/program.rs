//! The program, run.

use std::process::Command;

/// Some hash.
pub const EXPECTED: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";

/// The exit code, and what goes to standard output and to standard error.
pub fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> (i32, String, String) {
	let output = Command::new(env!("CARGO_BIN_EXE_salus-verify")).args(arguments).output().unwrap();
	let text = |bytes| String::from_utf8(bytes).unwrap();
	(output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
