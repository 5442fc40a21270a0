//! `salus-verify`: verifies receipts offline. See `docs/receipts.md`.

mod args;
mod commands;
mod node;
mod report;

use std::process::ExitCode;

/// The exit codes: part of the interface, listed in `docs/receipts.md`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
	/// Verified, and it stood.
	Stood = 0,
	/// Not verified.
	Refused = 1,
	/// Wrong usage, or a malformed file.
	Usage = 2,
	/// Verified, but retracted or superseded at the receipt's block; of a decision, refused; of a
	/// reservation, not settled.
	Ended = 3,
	/// Verified, but it does not stand any more, as the node says.
	EndedSince = 4,
	/// The node could not be asked, or its last final block is not of the present.
	NoNode = 5,
}

fn main() -> ExitCode {
	let arguments: Vec<String> =
		match std::env::args_os().skip(1).map(|a| a.into_string()).collect() {
			Ok(arguments) => arguments,
			Err(_) => {
				eprintln!("error: the arguments are not UTF-8");
				return ExitCode::from(Exit::Usage as u8);
			},
		};
	let exit = match args::parse(&arguments) {
		Ok(command) => commands::run(command),
		Err(why) => {
			eprintln!("error: {why}\n\n{}", args::USAGE);
			Exit::Usage
		},
	};
	ExitCode::from(exit as u8)
}
