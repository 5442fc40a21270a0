//! What the runtime makes of the policies of calls.
//!
//! Each pallet of ours says what its calls are, in its own `policy.rs`; for the SDK's pallets `sdk.rs`
//! says it. Here nothing is said of a call: the functions below ask the pallet, and the other modules compute from the answers
//!
//! - [`filter`]: the call filter, and what it looks at beyond the policy;
//! - [`signers`]: who may not sign what the filter lets through;
//! - `disclosure`: what a call says in plain that must not be said so;
//! - `addresses`: accounts as calls name them;
//! - [`pausing`]: what safe mode leaves open, and what can never be paused;
//! - [`fees`]: what is free, what is sponsored, and on whose budget.
//!
//! What a proxy may do is computed in [`crate::configs::proxies`]. Nothing here uses a module of `configs`: those use this one.

mod addresses;
mod disclosure;
pub mod fees;
pub mod filter;
pub mod pausing;
pub(crate) mod sdk;
pub mod signers;

use crate::*;
use frame_support::dispatch::CallableCallFor;
use salus_primitives::policy::{CallPolicy, Effect, Fee, Names, Policy};

macro_rules! pallets {
	($($pallet:ident),+ $(,)?) => {
		/// What a call is.
		pub fn policy(call: &RuntimeCall) -> Policy {
			match call {
				$(RuntimeCall::$pallet(call) => CallPolicy::<RuntimeCall>::policy(call),)+
			}
		}

		/// What the call of this name is, in the metadata's spelling; `None` if there is none.
		pub fn policy_of(pallet: &str, call: &str) -> Option<Policy> {
			match pallet {
				$(stringify!($pallet) => {
					<CallableCallFor<$pallet, Runtime> as CallPolicy<RuntimeCall>>::policy_of(call)
				},)+
				_ => None,
			}
		}

		/// Whom a call names itself, not in what it carries.
		pub fn names(call: &RuntimeCall) -> Names<AccountId> {
			match call {
				$(RuntimeCall::$pallet(call) => CallPolicy::<RuntimeCall>::names(call),)+
			}
		}

		/// The calls that `call` carries inside, one level down.
		pub fn inner_calls(call: &RuntimeCall) -> Vec<&RuntimeCall> {
			match call {
				$(RuntimeCall::$pallet(call) => CallPolicy::<RuntimeCall>::inner(call),)+
			}
		}
	};
}

// With those of this chain's consensus.
with_pallets_of_consensus!(
	pallets:
	System,
	Timestamp,
	Preimage,
	Scheduler,
	Utility,
	Multisig,
	Proxy,
	SafeMode,
	MultiBlockMigrations,
	TxPause,
	Balances,
	Assets,
	Treasury,
	ValidatorSet,
	Session,
	Council,
	TechnicalCommittee,
	Membership,
	TechnicalMembership,
	Enactment,
	Registry,
	PatientIdentity,
	Consent,
	RecordAnchor,
	Claims,
	Care,
	Emergency,
	AccessLog,
	Acknowledgement,
	Sealed,
	Research,
);

/// Whether `call` ends what somebody may see, do or claim, or keeps it from beginning: never paused,
/// and open in safe mode.
pub fn is_tightening(call: &RuntimeCall) -> bool {
	policy(call).effect == Effect::Tightening
}

/// Whether `call` costs nothing where it takes effect.
pub fn is_free_when_effective(call: &RuntimeCall) -> bool {
	policy(call).fee == Fee::FreeWhenEffective
}
