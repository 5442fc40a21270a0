//! The fee adapter: who pays for a transaction.

use crate::{types::Sponsor, BalanceOf, Config, Event, Pallet, Refusal};
use core::marker::PhantomData;
use pallet_transaction_payment::{OnChargeTransaction, TxCreditHold};
use sp_runtime::{
	traits::{DispatchInfoOf, PostDispatchInfoOf, Saturating, Zero},
	transaction_validity::TransactionValidityError,
};

/// Charges a transaction to its signer through `Inner`, or to the signer's sponsor if the signer
/// cannot pay.
///
/// `Inner` is the adapter that the runtime would use without sponsorship, usually
/// `FungibleAdapter`. It must charge [`Config::Currency`].
pub struct SponsoredFees<Inner>(PhantomData<Inner>);

/// What was withdrawn before dispatch, and from whom.
pub struct Charged<AccountId, Balance, Inner> {
	/// The sponsor and what it advanced; `None` if the signer pays.
	sponsor: Option<(Sponsor<AccountId, Balance>, Balance)>,
	/// What the wrapped adapter keeps.
	inner: Inner,
}

impl<AccountId, Balance, Inner> Charged<AccountId, Balance, Inner> {
	/// Whether a sponsor pays.
	pub fn is_sponsored(&self) -> bool {
		self.sponsor.is_some()
	}
}

impl<AccountId, Balance, Inner: Default> Default for Charged<AccountId, Balance, Inner> {
	fn default() -> Self {
		Self { sponsor: None, inner: Inner::default() }
	}
}

impl<Inner> SponsoredFees<Inner> {
	/// Who pays for `who`: `None` for itself, `Some` for its sponsor. Writes nothing.
	fn sponsor<T>(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: BalanceOf<T>,
		tip: BalanceOf<T>,
	) -> Result<Option<Sponsor<T::AccountId, BalanceOf<T>>>, TransactionValidityError>
	where
		T: Config + pallet_transaction_payment::Config,
		Inner: OnChargeTransaction<T, Balance = BalanceOf<T>>,
	{
		// Whoever can pay, pays; and to whom nobody gives, the ordinary refusal applies.
		let Err(refused) = Inner::can_withdraw_fee(who, call, info, fee_with_tip, tip) else {
			return Ok(None);
		};
		match Pallet::<T>::assess(who, call, fee_with_tip, tip) {
			Ok(sponsor) => Ok(Some(sponsor)),
			Err(Refusal::NotWelcomed) => Err(refused),
			Err(refusal) => Err(refusal.into()),
		}
	}
}

impl<T, Inner> TxCreditHold<T> for SponsoredFees<Inner>
where
	T: pallet_transaction_payment::Config,
	Inner: TxCreditHold<T>,
{
	type Credit = Inner::Credit;
}

impl<T, Inner> OnChargeTransaction<T> for SponsoredFees<Inner>
where
	T: Config + pallet_transaction_payment::Config,
	Inner: OnChargeTransaction<T, Balance = BalanceOf<T>>,
{
	type Balance = BalanceOf<T>;
	type LiquidityInfo = Charged<T::AccountId, BalanceOf<T>, Inner::LiquidityInfo>;

	fn withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Self::Balance,
		tip: Self::Balance,
	) -> Result<Self::LiquidityInfo, TransactionValidityError> {
		let sponsor = Self::sponsor::<T>(who, call, info, fee_with_tip, tip)?;
		let payer = sponsor.as_ref().map_or(who, |sponsor| &sponsor.payer);
		let inner = Inner::withdraw_fee(payer, call, info, fee_with_tip, tip)?;
		if let Some(Sponsor { limits, .. }) = &sponsor {
			// Before dispatch, so that a call that fails is paid for as well.
			Pallet::<T>::consume(who, limits, fee_with_tip);
		}
		Ok(Charged { sponsor: sponsor.map(|sponsor| (sponsor, fee_with_tip)), inner })
	}

	fn can_withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Self::Balance,
		tip: Self::Balance,
	) -> Result<(), TransactionValidityError> {
		Self::sponsor::<T>(who, call, info, fee_with_tip, tip).map(|_| ())
	}

	fn correct_and_deposit_fee(
		who: &T::AccountId,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		corrected_fee_with_tip: Self::Balance,
		tip: Self::Balance,
		charged: Self::LiquidityInfo,
	) -> Result<(), TransactionValidityError> {
		let Charged { sponsor, inner } = charged;
		let Some((Sponsor { payer, limits, .. }, advanced)) = sponsor else {
			return Inner::correct_and_deposit_fee(
				who,
				info,
				post_info,
				corrected_fee_with_tip,
				tip,
				inner,
			);
		};
		// The refund goes to whoever paid, and out of what the signer has used.
		Inner::correct_and_deposit_fee(
			&payer,
			info,
			post_info,
			corrected_fee_with_tip,
			tip,
			inner,
		)?;
		// The call may have changed what the signer is entitled to: these are the limits that were charged.
		Pallet::<T>::give_back(who, &limits, advanced.saturating_sub(corrected_fee_with_tip));
		if !corrected_fee_with_tip.is_zero() {
			Pallet::<T>::deposit_event(Event::FeeSponsored {
				who: who.clone(),
				payer,
				fee: corrected_fee_with_tip,
			});
		}
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn endow_account(who: &T::AccountId, amount: Self::Balance) {
		Inner::endow_account(who, amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn minimum_balance() -> Self::Balance {
		Inner::minimum_balance()
	}
}
