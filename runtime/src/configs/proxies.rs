//! What a proxy may do for the account that named it.

use crate::{
	policy::{inner_calls, policy},
	*,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use salus_primitives::policy::Proxy;
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

/// The kinds of proxies. No kind may loosen a patient's protection, and none but [`ProxyType::Any`] may hand
/// over control of anything: see [`Proxy`].
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
	/// Everything but moving money, and handing over control: administrators, keys, seats, coverages, powers.
	#[codec(index = 1)]
	NonTransfer,
	/// Proposing, voting and closing in the collectives. A vote about seats is one vote among others; the
	/// seat itself it does not move.
	#[codec(index = 2)]
	Governance,
	/// Taking a validator out of service, by whoever watches it. Its session keys are the account's own
	/// affair: whoever has them can get the validator expelled.
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
	/// Whether a proxy of this kind may make `call`, as its policy has it.
	fn allows(self, call: &RuntimeCall) -> bool {
		use ProxyType::*;
		match policy(call).proxy {
			Proxy::Any => self == Any,
			Proxy::NonTransfer => matches!(self, Any | NonTransfer),
			Proxy::Governance => matches!(self, Any | NonTransfer | Governance),
			Proxy::ValidatorOperation => matches!(self, Any | NonTransfer | ValidatorOperation),
			Proxy::Records => matches!(self, Any | NonTransfer | Records),
			Proxy::Tightening => matches!(self, Any | NonTransfer | Tightening),
			Proxy::RecordsOrTightening => {
				matches!(self, Any | NonTransfer | Records | Tightening)
			},
			Proxy::Billing => matches!(self, Any | NonTransfer | Billing),
			Proxy::AsCarried => {
				let inner = inner_calls(call);
				!inner.is_empty() && inner.into_iter().all(|inner| self.allows(inner))
			},
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
