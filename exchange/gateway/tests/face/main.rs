//! The faces: what they offer and refuse, that their descriptions are true, and that whatever is read is read or refused. One program, for what it
//! shares takes long to build.

#[path = "../common/mod.rs"]
mod common;

mod consents;
mod openapi;
mod parameters;
mod parsers;
mod views;
