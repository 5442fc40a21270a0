//! What the fee adapter and the transaction extension cost.

use crate::{Accounts, BalanceOf, BenchmarkHelper, Config, Pallet};
use frame_benchmarking::v2::*;
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
	traits::Get,
};
use pallet_transaction_payment::OnChargeTransaction;
use sp_runtime::traits::{Dispatchable, Saturating, Zero};

#[benchmarks(
	where
		T: pallet_transaction_payment::Config<
			OnChargeTransaction: OnChargeTransaction<T, Balance = BalanceOf<T>>,
		>,
		T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
)]
mod benchmarks {
	use super::*;

	/// A fee that the pot pays and of which dispatch leaves a part.
	#[benchmark]
	fn sponsored_fee() -> Result<(), BenchmarkError> {
		let (who, call) = T::BenchmarkHelper::sponsored();
		let fee = T::AllowancePerDay::get();
		let spent = fee / 2u32.into();
		T::OnChargeTransaction::endow_account(
			&Pallet::<T>::pot(),
			T::OnChargeTransaction::minimum_balance().saturating_add(fee),
		);
		let info = call.get_dispatch_info();

		#[block]
		{
			let charged =
				T::OnChargeTransaction::withdraw_fee(&who, &call, &info, fee, Zero::zero())
					.map_err(|_| BenchmarkError::Stop("the fee is not sponsored"))?;
			T::OnChargeTransaction::correct_and_deposit_fee(
				&who,
				&info,
				&PostDispatchInfo::default(),
				spent,
				Zero::zero(),
				charged,
			)
			.map_err(|_| BenchmarkError::Stop("the fee is not settled"))?;
		}

		assert_eq!(Accounts::<T>::get(&who).map(|allowance| allowance.used), Some(spent));
		Ok(())
	}

	/// What a free call adds besides the reads of its condition.
	#[benchmark]
	fn free_call() {
		let who: T::AccountId = whitelisted_caller();
		let (_, call) = T::BenchmarkHelper::sponsored();
		let validity;

		#[block]
		{
			validity = Pallet::<T>::free_validity(&who, &call);
		}

		assert_eq!(validity.provides.len(), 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
