//! The verifier, as a library and as a program, before chains that are made by hand and the vectors of running ones. One
//! program, for what it shares takes long to build. A file beside this one is tested only if it is named here.

#[path = "../support/folder.rs"]
mod folder;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod cli;
mod cli_decisions;
mod decisions;
mod fhir;
mod files;
mod finality;
mod reservations;
mod rules;
mod status;
mod trail;
mod trie;
mod usage;
mod vectors;
mod verify;
