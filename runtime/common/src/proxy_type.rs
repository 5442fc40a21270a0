//! The kinds of proxies. They are here and not in a runtime so that they have one name in the metadata of all chains.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::policy::Proxy;
use scale_info::TypeInfo;

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
	/// Everything but moving money, and handing over control: administrators, keys, seats, licences, affiliations, plans,
	/// coverages, powers.
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
	/// What a billing service does for a provider or a payer: encounters, claims, questions and answers,
	/// but neither plans nor coverages, decisions nor corrections, nor money going in or out or back.
	#[codec(index = 6)]
	Billing,
}

impl ProxyType {
	/// Whether this kind may make every call of which `policy` is the narrowest kind; `None` if that depends on
	/// what the call carries.
	pub fn covers(self, policy: Proxy) -> Option<bool> {
		use ProxyType::*;
		Some(match policy {
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
			Proxy::AsCarried => return None,
		})
	}

	/// Whether this kind may do everything that `other` may.
	pub fn is_superset_of(self, other: Self) -> bool {
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
