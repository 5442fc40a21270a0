//! What a proxy may do for the account that named it.

use super::filters::{inner_calls, is_tightening};
use crate::*;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

/// The kinds of proxies. No kind may loosen a patient's protection: see
/// [`super::filters::is_patient_loosening`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything that the account may do, but for loosening as a patient.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Everything but moving money.
	#[codec(index = 1)]
	NonTransfer,
	/// Proposing, voting and closing in the collectives.
	#[codec(index = 2)]
	Governance,
	/// A validator's session keys and its retirement.
	#[codec(index = 3)]
	ValidatorOperation,
	/// Anchoring and retracting records, and asking for access.
	#[codec(index = 4)]
	Records,
	/// Revoking, vetoing, freezing: tightening a patient's protection, for a trusted helper.
	#[codec(index = 5)]
	Tightening,
	/// What a billing service does for a provider or a payer: encounters, claims and their decision,
	/// but neither plans nor money going in or out.
	#[codec(index = 6)]
	Billing,
}

impl ProxyType {
	fn allows(self, call: &RuntimeCall) -> bool {
		use ProxyType::*;
		match call {
			// Carriers are allowed if all they carry is.
			RuntimeCall::Utility(_) => {
				let inner = inner_calls(call);
				!inner.is_empty() && inner.into_iter().all(|inner| self.allows(inner))
			},
			RuntimeCall::PatientIdentity(_) | RuntimeCall::Consent(_) if is_tightening(call) => {
				matches!(self, Any | NonTransfer | Tightening)
			},
			RuntimeCall::RecordAnchor(_) if is_tightening(call) => {
				matches!(self, Any | NonTransfer | Records | Tightening)
			},
			RuntimeCall::RecordAnchor(
				pallet_record_anchor::Call::hold { .. }
				| pallet_record_anchor::Call::release { .. },
			) => matches!(self, Any | NonTransfer),
			RuntimeCall::PatientIdentity(_) => matches!(self, Any | NonTransfer),
			RuntimeCall::Consent(_) | RuntimeCall::RecordAnchor(_) => {
				matches!(self, Any | NonTransfer | Records)
			},
			RuntimeCall::Registry(_) => matches!(self, Any | NonTransfer),
			RuntimeCall::Claims(call) => {
				use pallet_claims::Call as Claim;
				match call {
					Claim::fund { .. } | Claim::withdraw { .. } => matches!(self, Any),
					Claim::create_plan { .. } | Claim::revise_plan { .. } => {
						matches!(self, Any | NonTransfer)
					},
					_ => matches!(self, Any | NonTransfer | Billing),
				}
			},
			RuntimeCall::Session(_) | RuntimeCall::ValidatorSet(_) => {
				matches!(self, Any | NonTransfer | ValidatorOperation)
			},
			// A seat that gives itself away is not taken back by removing the proxy.
			RuntimeCall::Membership(pallet_membership::Call::change_key { .. })
			| RuntimeCall::TechnicalMembership(pallet_membership::Call::change_key { .. }) => {
				matches!(self, Any)
			},
			RuntimeCall::Council(_)
			| RuntimeCall::TechnicalCommittee(_)
			| RuntimeCall::Membership(_)
			| RuntimeCall::TechnicalMembership(_)
			| RuntimeCall::Enactment(_) => matches!(self, Any | NonTransfer | Governance),
			RuntimeCall::Balances(_) | RuntimeCall::Assets(_) | RuntimeCall::Treasury(_) => {
				matches!(self, Any)
			},
			RuntimeCall::System(_)
			| RuntimeCall::Timestamp(_)
			| RuntimeCall::Preimage(_)
			| RuntimeCall::Scheduler(_)
			| RuntimeCall::Multisig(_)
			| RuntimeCall::Proxy(_)
			| RuntimeCall::SafeMode(_)
			| RuntimeCall::TxPause(_)
			| RuntimeCall::MultiBlockMigrations(_)
			| RuntimeCall::Babe(_)
			| RuntimeCall::Grandpa(_) => matches!(self, Any),
		}
	}
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		self.allows(call)
	}

	fn is_superset(&self, other: &Self) -> bool {
		use ProxyType::*;
		match (self, other) {
			(a, b) if a == b => true,
			(Any, _) => true,
			(_, Any) => false,
			(NonTransfer, _) => true,
			_ => false,
		}
	}
}

parameter_types! {
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<16>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<16>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}
