//! Records of a house: how they come in, what is held of them, with which labels, what the chain is told of them, and what it says of them. One
//! program, for what it shares takes long to build. A file beside this one is tested only if it is named here.

#[path = "../common/mod.rs"]
mod common;

mod binary;
mod hl7;
mod labels;
mod orders;
mod outgoing;
mod people;
mod records;
mod shadow;
mod waiting;
