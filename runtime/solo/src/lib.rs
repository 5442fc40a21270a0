//! # Salus runtime
//!
//! The health pallets composed with consensus, governance and money into one solo chain.
//!
//! What it has alike with other chains is in `runtime/common`: the crate [`common`], and the files that this crate
//! compiles as modules of its own (`runtime/common/composed`).
//!
//! - [`configs`]: the configuration of every pallet, a file a domain.
//! - [`policy`]: what the policies of calls come to: filter, fees, pausing, safe mode.
//! - [`apis`]: the runtime APIs, through which front-ends and the node read.
//! - [`genesis_config_presets`]: the `development` and `local_testnet` presets.
//! - [`migrations`]: what an upgrade runs.
//!
//! Pallet indices have gaps between the domains and are never reused; the reserved ones are named
//! where the gaps are.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
#![cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::expect_used, clippy::float_arithmetic, clippy::panic, clippy::unwrap_used)
)]

extern crate alloc;

#[cfg(all(feature = "std", feature = "wasm-binary"))]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

/// The pallets that `$macro` is made for: those that every chain has, and those of this chain's consensus.
macro_rules! with_pallets_of_consensus {
	($macro:ident: $($pallet:ident),+ $(,)?) => {
		$macro!($($pallet,)+ Babe, Grandpa);
	};
}

// Not for all of the crate: what `frame_support::runtime` expands to converts the indices of pallets by `as`.
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
pub mod configs;
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
pub mod genesis_config_presets;
#[cfg(all(feature = "empty-remark", not(feature = "runtime-benchmarks")))]
compile_error!("a runtime that takes an empty remark is for scripts/weights.sh alone");

#[path = "../../common/composed/measured/mod.rs"]
pub mod measured;
#[path = "../../common/composed/migrations/mod.rs"]
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
pub mod migrations;
#[path = "../../common/composed/policy/mod.rs"]
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
pub mod policy;
#[cfg_attr(
	not(any(test, feature = "std", feature = "runtime-benchmarks")),
	deny(clippy::as_conversions)
)]
mod policy_of_consensus;
pub mod weights;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
#[cfg(feature = "runtime-benchmarks")]
use benchmarking::Pallet as ConsensusBench;

pub use common::*;
pub use salus_runtime_common as common;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{generic, impl_opaque_keys, traits::Verify};
use sp_version::RuntimeVersion;

/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// What every signed transaction goes through, in this order. All of them are known to Polkadot.js.
pub type TxExtension = (
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_sponsorship::FreeCalls<
		Runtime,
		pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);
/// A transaction as it travels.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a transaction's signature is over.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// What executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

impl_opaque_keys! {
	/// The keys with which a validator takes part in a session.
	pub struct SessionKeys {
		/// Authors blocks.
		pub babe: Babe,
		/// Finalises them.
		pub grandpa: Grandpa,
	}
}

macro_rules! version {
	// The version also goes into a section of the wasm, for which it must be a number as written.
	($spec_version:tt) => {
		/// The version of this runtime. `spec_version` is
		/// `major * 1_000_000 + minor * 1_000 + patch`.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("salus"),
			impl_name: Cow::Borrowed("salus-node"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 0,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}
#[cfg(not(feature = "rehearsal"))]
version!(2_000);
#[cfg(feature = "rehearsal")]
version!(2_001);

/// Milliseconds from one block to the next.
pub const MILLISECS_PER_BLOCK: u64 = 3_000;
/// Milliseconds of a BABE slot: each slot makes one block.
pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;
/// Blocks in a minute.
pub const MINUTES: BlockNumber = 20;
/// Blocks in an hour.
pub const HOURS: BlockNumber = MINUTES * 60;
/// Blocks in a day.
pub const DAYS: BlockNumber = HOURS * 24;

/// The configuration of BABE at genesis: one slot in four is primary, the others are drawn by VRF.
pub const BABE_GENESIS_EPOCH_CONFIG: sp_consensus_babe::BabeEpochConfiguration =
	sp_consensus_babe::BabeEpochConfiguration {
		c: (1, 4),
		allowed_slots: sp_consensus_babe::AllowedSlots::PrimaryAndSecondaryVRFSlots,
	};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// 0-9: system.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(3)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(4)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(5)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(6)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(7)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(8)]
	pub type MultiBlockMigrations = pallet_migrations;
	#[runtime::pallet_index(9)]
	pub type TxPause = pallet_tx_pause;

	// 10-19: money.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type SkipFeelessPayment = pallet_skip_feeless_payment;
	#[runtime::pallet_index(13)]
	pub type Sponsorship = pallet_sponsorship;
	#[runtime::pallet_index(14)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(15)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(16)]
	pub type Treasury = pallet_treasury;

	// 20-29: consensus. The order matters: Authorship and Babe before Session, ValidatorSet before
	// Session, Session before Grandpa. 27 and 28 are those of a parachain.
	#[runtime::pallet_index(20)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(21)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(22)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(23)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(24)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(25)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(26)]
	pub type Grandpa = pallet_grandpa;

	// 30-39: governance.
	#[runtime::pallet_index(30)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(31)]
	pub type TechnicalCommittee = pallet_collective<Instance2>;
	#[runtime::pallet_index(32)]
	pub type Membership = pallet_membership<Instance1>;
	#[runtime::pallet_index(33)]
	pub type TechnicalMembership = pallet_membership<Instance2>;
	#[runtime::pallet_index(34)]
	pub type Enactment = pallet_enactment;

	// 40-49: health. It goes on at 60.
	#[runtime::pallet_index(40)]
	pub type Registry = pallet_registry;
	#[runtime::pallet_index(41)]
	pub type PatientIdentity = pallet_patient_identity;
	#[runtime::pallet_index(42)]
	pub type Consent = pallet_consent;
	#[runtime::pallet_index(43)]
	pub type RecordAnchor = pallet_record_anchor;
	#[runtime::pallet_index(44)]
	pub type Claims = pallet_claims;
	#[runtime::pallet_index(45)]
	pub type Care = pallet_care;
	#[runtime::pallet_index(46)]
	pub type Emergency = pallet_emergency;
	#[runtime::pallet_index(47)]
	pub type AccessLog = pallet_access_log;
	#[runtime::pallet_index(48)]
	pub type Acknowledgement = pallet_acknowledgement;
	#[runtime::pallet_index(49)]
	pub type Sealed = pallet_sealed;

	// 50-59 are reserved for the pallets of a parachain.

	// 60-69: more of health.
	#[runtime::pallet_index(60)]
	pub type Research = pallet_research;
}
