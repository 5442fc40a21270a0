//! # salus-counts
//!
//! Counts for research: how many people of a custodian's population are in at least one of a query's groups. Whoever asks leaves
//! a signed job in a mailbox; the custodian's gateway pulls it, checks it, counts, and puts a signed reply there. The rules to the
//! letter, and how it goes over HTTP: `docs/research-protocol.md`; vectors: `vectors/`.
//!
//! - [`query`]: what is asked, its canonical form and its commitment. [`values`]: the value sets that it names.
//! - [`job`]: a query under a permit, signed by the principal investigator. [`mailbox`]: pages of jobs, and bounds.
//! - [`noise`]: the discrete Laplace distribution, sampled exactly. [`told`]: what of a noisy count is told.
//! - [`epoch`]: who is in a dataset, and what the chain is told of it.
//! - [`reply`]: an answer or a refusal, signed by the custodian's gateway. [`views`]: answers in the forms of GA4GH and FHIR.
//!
//! Pure: bytes come in, values or a named fault go out. No input or output, no clock, no randomness of its own, no panic.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![deny(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::todo,
	clippy::unreachable,
	clippy::unwrap_used
)]

pub mod epoch;
pub mod job;
mod json;
pub mod mailbox;
pub mod noise;
pub mod query;
pub mod reply;
pub mod told;
pub mod values;
pub mod views;

pub use json::Malformed;
pub use salus_exchange_protocol::Hash;
