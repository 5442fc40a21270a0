//! The transaction extension: which calls are free.

use crate::{
	BalanceOf, Charged, Config, FreeCallConditions, Pallet, SignedCalls, SponsoredFees, WeightInfo,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::{CheckIfFeeless, DispatchResult},
	traits::{Contains, Get, OriginTrait},
	weights::Weight,
};
use frame_system::pallet_prelude::OriginFor;
use pallet_skip_feeless_payment::{Intermediate, SkipCheckIfFeeless};
use pallet_transaction_payment::{ChargeTransactionPayment, OnChargeTransaction, Pre};
use scale_info::{StaticTypeInfo, TypeInfo};
use sp_runtime::{
	traits::{
		DispatchInfoOf, DispatchOriginOf, Dispatchable, Hash, Implication, PostDispatchInfoOf,
		RefundWeight, TransactionExtension, TransactionExtensionMetadata, ValidateResult,
	},
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
};

/// The SDK's `SkipCheckIfFeeless` around the payment extension `S`, made safe for public use.
///
/// Identifier, metadata, implicit data, type and encoding are those of `SkipCheckIfFeeless`, which
/// are those of `S`: no wallet can tell the difference. What this adds:
///
/// - only calls that [`Config::FreeCallConditions`] names can be free, and each weighs what it takes to find out;
/// - a call that the runtime's filter would refuse does not get into a block: free text among its
///   arguments would be kept there, though the call failed; nor does one that must not stand there beside the
///   name of its signer ([`Config::SignedCalls`]), and each weighs what it costs to find out, as often as it is found out; what
///   that did not take is taken out of its weight;
/// - a free call has [`Config::FreeCallPriority`], instead of none;
/// - it provides a tag made of its signer and itself, so that the pool holds one of each at most;
/// - the payment that it skips is taken out of its weight;
/// - a call that can be sponsored weighs what sponsoring it costs; if its signer pays, that is taken out of its weight, and
///   out of the fee.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq)]
pub struct FreeCalls<T, S>(pub SkipCheckIfFeeless<T, S>);

impl<T, S: StaticTypeInfo> TypeInfo for FreeCalls<T, S> {
	type Identity = S;
	fn type_info() -> scale_info::Type {
		S::type_info()
	}
}

impl<T, S: Encode> core::fmt::Debug for FreeCalls<T, S> {
	#[cfg(feature = "std")]
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		write!(f, "FreeCalls<{:?}>", self.0 .0.encode())
	}
	#[cfg(not(feature = "std"))]
	fn fmt(&self, _: &mut core::fmt::Formatter) -> core::fmt::Result {
		Ok(())
	}
}

impl<T, S> From<S> for FreeCalls<T, S> {
	fn from(payment: S) -> Self {
		Self(payment.into())
	}
}

/// A payment extension that tells, once it has charged, whether a sponsor pays.
pub trait Payment<Call: Dispatchable>: TransactionExtension<Call> {
	/// Whether a sponsor pays what was charged.
	fn is_sponsored(charged: &Self::Pre) -> bool;
}

impl<T, Inner> Payment<T::RuntimeCall> for ChargeTransactionPayment<T>
where
	T: Config
		+ pallet_transaction_payment::Config<OnChargeTransaction = SponsoredFees<Inner>>
		+ Send
		+ Sync,
	Self: TransactionExtension<T::RuntimeCall, Pre = Pre<T>>,
	SponsoredFees<Inner>: OnChargeTransaction<
		T,
		LiquidityInfo = Charged<
			T::AccountId,
			BalanceOf<T>,
			<Inner as OnChargeTransaction<T>>::LiquidityInfo,
		>,
	>,
	Inner: OnChargeTransaction<T>,
{
	fn is_sponsored(charged: &Pre<T>) -> bool {
		match charged {
			Pre::Charge { liquidity_info, .. } => liquidity_info.is_sponsored(),
			Pre::NoCharge { .. } => false,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What it costs to sponsor a call, if it can be sponsored.
	fn sponsorship_weight(call: &T::RuntimeCall) -> Weight {
		if !Self::is_sponsored(call) {
			return Weight::zero();
		}
		<T as Config>::WeightInfo::sponsored_staff_fee()
			.max(<T as Config>::WeightInfo::sponsored_patient_fee())
			.max(<T as Config>::WeightInfo::sponsored_reserve_fee())
	}

	/// What it costs at most to find out whether `call` may stand in a block, whoever signs: what the call filter looks up, and what
	/// is looked up of who signs.
	fn look_up_weight(call: &T::RuntimeCall) -> Weight {
		T::SignedCalls::weight(call).saturating_add(T::SignedCalls::filter_weight(call))
	}

	/// The place of a free call in the pool: before others, and once.
	pub(crate) fn free_validity(signer: &T::AccountId, call: &T::RuntimeCall) -> ValidTransaction {
		let tag = T::Hashing::hash_of(&("salus:free", signer, call));
		ValidTransaction {
			priority: T::FreeCallPriority::get(),
			provides: vec![tag.encode()],
			..Default::default()
		}
	}
}

impl<T, S> TransactionExtension<T::RuntimeCall> for FreeCalls<T, S>
where
	T: Config + pallet_skip_feeless_payment::Config + Send + Sync,
	S: Payment<T::RuntimeCall>,
	T::RuntimeCall: CheckIfFeeless<Origin = OriginFor<T>>,
{
	const IDENTIFIER: &'static str =
		<SkipCheckIfFeeless<T, S> as TransactionExtension<T::RuntimeCall>>::IDENTIFIER;
	type Implicit = S::Implicit;
	/// What the wrapped extension found, and what it took to look up who signs and whom the call names.
	type Val = (<SkipCheckIfFeeless<T, S> as TransactionExtension<T::RuntimeCall>>::Val, Weight);
	/// What the wrapped extension prepared, and the weight that turned out not to be needed.
	type Pre = (<SkipCheckIfFeeless<T, S> as TransactionExtension<T::RuntimeCall>>::Pre, Weight);

	fn metadata() -> Vec<TransactionExtensionMetadata> {
		<SkipCheckIfFeeless<T, S> as TransactionExtension<T::RuntimeCall>>::metadata()
	}

	fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
		self.0.implicit()
	}

	fn weight(&self, call: &T::RuntimeCall) -> Weight {
		let condition = T::FreeCallConditions::condition_weight(call)
			.map_or_else(Weight::zero, |condition| {
				condition.saturating_add(<T as Config>::WeightInfo::free_call())
			});
		self.0
			.weight(call)
			.saturating_add(Pallet::<T>::look_up_weight(call))
			.saturating_add(condition)
			.saturating_add(Pallet::<T>::sponsorship_weight(call))
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
		self_implicit: Self::Implicit,
		inherited_implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		// A filtered call would fail at dispatch, but only after its words had reached a block.
		if !T::BaseCallFilter::contains(call) {
			return Err(InvalidTransaction::Call.into());
		}
		let signer = origin.as_system_ref().and_then(|raw| raw.as_signed()).cloned();
		// The signature stands in the block, whatever becomes of the call.
		let looked_up = match &signer {
			Some(who) => T::SignedCalls::look_up(who, call).ok_or(InvalidTransaction::Call)?,
			None => Weight::zero(),
		};
		let looked_up = looked_up.saturating_add(T::SignedCalls::filtered(call));
		// Only the signer of a transaction gets anything for free, and only for a call whose
		// condition was weighed.
		let signer = signer.filter(|_| T::FreeCallConditions::condition_weight(call).is_some());
		let Some(signer) = signer else {
			let (validity, val, origin) = self.0 .0.validate(
				origin,
				call,
				info,
				len,
				self_implicit,
				inherited_implication,
				source,
			)?;
			return Ok((validity, (Intermediate::Apply(val), looked_up), origin));
		};
		let (validity, val, origin) = self.0.validate(
			origin,
			call,
			info,
			len,
			self_implicit,
			inherited_implication,
			source,
		)?;
		let validity = match val {
			Intermediate::Skip(_) => Pallet::<T>::free_validity(&signer, call),
			Intermediate::Apply(_) => validity,
		};
		Ok((validity, (val, looked_up), origin))
	}

	fn prepare(
		self,
		(val, looked_up): Self::Val,
		origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		let payment = match val {
			Intermediate::Skip(_) => self.0.weight(call),
			Intermediate::Apply(_) => Weight::zero(),
		};
		let pre = self.0.prepare(val, origin, call, info, len)?;
		let unspent = match &pre {
			Intermediate::Apply(charged) if S::is_sponsored(charged) => Weight::zero(),
			_ => payment.saturating_add(Pallet::<T>::sponsorship_weight(call)),
		};
		let spared = Pallet::<T>::look_up_weight(call).saturating_sub(looked_up);
		Ok((pre, unspent.saturating_add(spared)))
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		let (pre, unspent) = pre;
		// Who pays, pays for what was done.
		let mut done = *post_info;
		done.refund(unspent);
		let inner = <SkipCheckIfFeeless<T, S> as TransactionExtension<T::RuntimeCall>>
			::post_dispatch_details(pre, info, &done, len, result)?;
		Ok(inner.saturating_add(unspent))
	}
}
