//! What a proxy may do for the account that named it.

pub use crate::ProxyType;

use crate::{
	policy::{inner_calls, policy},
	*,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use sp_runtime::traits::BlakeTwo256;

/// Whether a proxy of this `kind` may make `call`, as its policy has it.
fn allows(kind: ProxyType, call: &RuntimeCall) -> bool {
	kind.covers(policy(call).proxy).unwrap_or_else(|| {
		let inner = inner_calls(call);
		!inner.is_empty() && inner.into_iter().all(|inner| allows(kind, inner))
	})
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		allows(*self, call)
	}

	fn is_superset(&self, other: &Self) -> bool {
		self.is_superset_of(*other)
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
