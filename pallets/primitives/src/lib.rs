//! # Salus primitives
//!
//! The vocabulary that the Salus pallets share, and the traits through which they know each other.
//! A pallet never depends on another pallet of ours: it names what it needs as a trait from
//! [`traits`], and the runtime binds the two.
//!
//! Everything here is of fixed size. That is a rule, not a habit: no identifying or clinical
//! content may reach the chain, and a type that cannot hold free text cannot leak it.
//!
//! - [`agreement`]: which X25519 keys are refused.
//! - [`allowance`]: what is used up and comes back.
//! - [`care`]: who treats whom, and what the network makes of it.
//! - [`codes`]: purposes, data classes, labels, actions, roles and kinds, and sets of them.
//! - [`party`]: who keeps a limit.
//! - [`time`]: moments and half-open intervals.
//! - [`deposits`]: whether what deposits are for is on hold.
//! - [`commitment`]: salted commitments to records, and their Merkle trees.
//! - [`emergency`]: emergency access, and what a patient has said about it in advance.
//! - [`policy`]: what a call is: whom it takes, who pays, what may stop it.
//! - [`signing`]: what a wallet signs off chain, and how such a signature is checked.
//! - [`traits`]: what one pallet may ask of another.
//!
//! Without the feature `runtime` there are neither `allowance`, `signing` nor `traits`, and nothing here calls a host.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(any(test, feature = "std")),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub mod agreement;
#[cfg(feature = "runtime")]
pub mod allowance;
#[cfg(feature = "runtime-benchmarks")]
// Nothing of it is in a runtime that is shipped.
#[allow(clippy::arithmetic_side_effects, clippy::expect_used)]
pub mod benchmarking;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
pub mod care;
// As above.
#[allow(clippy::as_conversions)]
pub mod codes;
// As above.
#[allow(clippy::as_conversions)]
pub mod commitment;
pub mod deposits;
// As above.
#[allow(clippy::as_conversions)]
pub mod emergency;
pub mod party;
pub mod policy;
#[cfg(feature = "runtime")]
pub mod signing;
pub mod time;
#[cfg(feature = "runtime")]
pub mod traits;

#[cfg(feature = "runtime")]
pub use allowance::{Allowance, Refill, ONE_THING};
pub use care::{CarePolicy, OptOut, RelationshipId, Towards, Treatment};
pub use codes::*;
pub use commitment::Commitment;
pub use emergency::{AdvanceDirective, EmergencyAccess, EmergencyId, EmergencyReason};
pub use party::{Cohort, Party};
pub use time::{Interval, Moment};

use primitive_types::H256;

/// A patient's pseudonymous handle.
///
/// `blake2_256("salus:patient" ‖ genesis hash ‖ first key)`. One person may hold many; what links
/// them exists only off chain. Still personal data: it names one person to whoever holds the link.
pub type PatientId = H256;

/// The number of an organisation, given in the order of application and never given twice.
pub type OrgId = u32;

/// The number of a patient's directive: counted per patient from 0, never given twice.
pub type DirectiveId = u32;
/// The number of a sealed directive: counted per patient from 0, never given twice.
pub type SealedId = u32;
