//! The Salus node: BABE authorship and GRANDPA finality over the Salus runtime.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// The SDK's error types are large; they are made at most once in a run.
#![allow(clippy::result_large_err)]

mod address;
mod chain_spec;
mod cli;
mod closed;
mod command;
mod consortium;
mod development;
mod disk;
mod equivocation;
mod genesis_check;
mod genesis_fields;
mod preflight;
mod rpc;
mod runtime_cache;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {}", command::describe(&error));
			ExitCode::FAILURE
		},
	}
}
