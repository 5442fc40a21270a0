//! Between a gateway and those whom it deals with: patients who are linked, whoever asks with a token or for a download, whoever sends messages, other
//! gateways, and the node; and the program's commands. One program, for what it shares takes long to build. A file beside this one is tested only if it is
//! named here.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/program.rs"]
mod program;

mod answers;
mod asking;
mod commands;
mod export;
mod hidden;
mod lies;
mod linking;
mod matching;
mod messages;
mod others;
mod reconcile;
mod sealed;
mod tokens;
