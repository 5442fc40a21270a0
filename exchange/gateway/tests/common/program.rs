//! The program, in a process of its own: for tests, since there is no program where examples are built.

#![allow(dead_code)] // Each test program uses a part of it.

use crate::common::Faces;
use std::{
	io::{BufRead, BufReader},
	path::Path,
	process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// The program while it runs; it is killed when this is dropped.
pub struct Program {
	child: Child,
	pub faces: Faces,
	/// Where others ask.
	pub outside: String,
	/// Where the house asks.
	pub inside: String,
	/// Where messages of HL7 v2 come, if they do.
	pub hl7: Option<String>,
	/// Its folder, if nobody else keeps that.
	_folder: Option<TempDir>,
}

impl Program {
	/// Starts it with the configuration of a folder, and waits until it listens.
	pub fn start(folder: &Path) -> Self {
		let mut child = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
			.arg("run")
			.arg(folder.join("gateway.toml"))
			.stdout(Stdio::piped())
			.stderr(Stdio::null())
			.spawn()
			.unwrap();
		let mut line = String::new();
		BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
		let words: Vec<&str> = line.split_whitespace().collect();
		let (outside, inside, hl7) = match words[..] {
			["listening", "outside", outside, "inside", inside] => (outside, inside, None),
			["listening", "outside", outside, "inside", inside, "hl7", hl7] => {
				(outside, inside, Some(hl7.to_owned()))
			},
			_ => panic!("it does not listen: {line}"),
		};
		let (outside, inside) = (outside.to_owned(), inside.to_owned());
		Self { child, faces: Faces::new(&outside, &inside), outside, inside, hl7, _folder: None }
	}

	/// The same, and the folder is its own.
	pub fn of(folder: TempDir) -> Self {
		let mut program = Self::start(folder.path());
		program._folder = Some(folder);
		program
	}

	/// The number of its process.
	pub fn id(&self) -> u32 {
		self.child.id()
	}

	/// Kills it, at once.
	pub fn kill(&mut self) {
		self.child.kill().unwrap();
		self.child.wait().unwrap();
	}
}

impl Drop for Program {
	fn drop(&mut self) {
		// It may have been killed before.
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}
