//! Research: counts, epochs of datasets, and attacks on the privacy of counts. One program, for what it shares takes long to build. A file beside
//! this one is tested only if it is named here.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/program.rs"]
mod program;

mod attacks;
mod counts;
mod counts_on_the_way;
mod epoch_waits;
mod epochs;
mod mailboxes;
mod replies;
mod turns;
