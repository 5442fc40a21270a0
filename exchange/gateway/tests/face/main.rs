//! The faces: what they offer and refuse, that their descriptions are true, that whatever is read is read or refused, what leaves there, and what the
//! house's own staff sees in an emergency. One program, for what it shares takes long to build. A file beside this one is tested only if it is named
//! here. The FHIR answers of this program are validated by what others wrote (`scripts/foreign-clients.sh validate`).

#[path = "../common/mod.rs"]
mod common;

mod askers;
mod consents;
mod damaged;
mod emergency;
mod openapi;
mod parameters;
mod parsers;
mod releases;
mod views;
