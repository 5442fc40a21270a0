//! # salus-gateway
//!
//! The gateway of a custodian. It keeps records in a vault of its own, and releases one only if the chain permits it, in the best
//! and in the last final block, both of the present; and only after the entry of its log is on the disk. Operators read
//! `docs/exchange.md`, other implementers `docs/exchange-protocol.md`.
//!
//! - [`config`]: one file, and all that is wrong with it at once. [`label_rules`]: the house's own rules, which two have approved.
//! - [`vault`], [`blobs`], [`store`]: secrets, encrypted files, and the database of what is where. [`keys`]: those that sign, in files or in a token.
//! - [`ingest`]: records come in, each classified, or into quarantine; as messages of HL7 v2 too ([`hl7`]); [`binaries`]: what is attached to them. [`relabel`]: what is held is looked at anew when the rules are others. [`linking`]: whose they are, as patients sign it at a desk. [`outbox`]: batches of commitments for the chain. [`revocations`]: what patients took back. [`orders`]: what the chain orders about records.
//!   [`submit`]: what reaches the chain, and how.
//! - [`upstream`]: the house's own FHIR server, from which what is new is taken in. [`shadow`]: what would leave of it, told without taking
//!   in, releasing or anchoring anything.
//! - [`chain`]: what the chain says, with proofs. [`openings`]: of what is sealed there. [`decide`]: whether something may leave.
//! - [`release`], [`search`], [`export`], [`summary`], [`matching`], [`audit_events`], [`consents`]: what leaves, to whom. [`fetch`]: asking another gateway, and checking what came; [`others`]: where that is. [`reconcile`]:
//!   comparing logs with it; [`nightly`]: each night by itself.
//! - [`auth`]: tokens, for clients that cannot sign each request.
//! - [`research`]: counts for research, of jobs that are pulled from mailboxes.
//! - [`standby`]: what is kept of the chain for when it is silent. [`emergency`]: what staff sees then. [`late`]: telling the chain of that.
//! - [`http`]: the two faces, one for others and one for the house itself. [`quotas`]: how often somebody may ask, [`downloads`] and [`room`]: how much at a time. [`meters`]: what is counted.
//!
//! What decides and what is said stands in the pure crates `salus-exchange-policy` and `salus-exchange-protocol`.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::todo,
		clippy::unreachable,
		clippy::unwrap_used
	)
)]

pub mod audit_events;
pub mod auth;
pub mod binaries;
mod binary_labels;
mod binary_named;
mod binary_urls;
pub mod blobs;
pub mod chain;
pub mod config;
pub mod consents;
pub mod decide;
pub mod downloads;
pub mod emergency;
mod erasure;
pub mod export;
pub mod fetch;
pub mod gateway;
mod group;
pub mod hl7;
pub mod http;
pub mod ingest;
pub mod keys;
pub mod label_rules;
pub mod late;
pub mod linking;
pub mod login;
pub mod matching;
pub mod meters;
pub mod nightly;
pub mod openings;
pub mod orders;
pub mod others;
pub mod outbox;
mod percent;
pub mod quotas;
pub mod reconcile;
pub mod relabel;
pub mod release;
pub mod research;
pub mod revocations;
pub mod room;
mod said;
mod scan;
pub mod search;
pub mod shadow;
pub mod standby;
pub mod store;
pub mod submit;
pub mod summary;
pub mod tally;
pub mod upstream;
pub mod vault;
mod versions;
mod within;
