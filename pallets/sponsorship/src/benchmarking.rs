//! What the fee adapter and the transaction extension cost.

use crate::{Accounts, BalanceOf, BenchmarkHelper, Budget, Budgets, Config, Pallet};
use frame_benchmarking::v2::*;
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
	traits::Get,
};
use pallet_transaction_payment::OnChargeTransaction;
use sp_runtime::traits::{Dispatchable, Saturating, Zero};

/// A fee that every limit allows, which the pot can pay.
fn endow<T>() -> BalanceOf<T>
where
	T: Config
		+ pallet_transaction_payment::Config<
			OnChargeTransaction: OnChargeTransaction<T, Balance = BalanceOf<T>>,
		>,
{
	let fee = T::PatientReserve::get();
	T::OnChargeTransaction::endow_account(
		&Pallet::<T>::pot(),
		T::OnChargeTransaction::minimum_balance().saturating_add(fee),
	);
	fee
}

/// Uses up all that a fee of `who` for `call` is on before the last way, and tells the last budget of that one.
fn last_resort<T: Config>(
	who: &T::AccountId,
	call: &T::RuntimeCall,
) -> Result<Budget, BenchmarkError> {
	let mut ways = Pallet::<T>::ways_of(who, call)
		.map_err(|_| BenchmarkError::Stop("nobody pays for the call"))?;
	let last = ways.pop().and_then(|limits| limits.last()?.budget);
	for limits in ways {
		Pallet::<T>::consume(who, &limits, Pallet::<T>::left(who, &limits));
	}
	last.ok_or(BenchmarkError::Stop("the last way is on no budget"))
}

/// Charges `fee`, and gives back what of it was not `spent`.
fn settle<T>(
	who: &T::AccountId,
	call: &T::RuntimeCall,
	info: &DispatchInfo,
	fee: BalanceOf<T>,
	spent: BalanceOf<T>,
) -> Result<(), BenchmarkError>
where
	T: Config
		+ pallet_transaction_payment::Config<
			OnChargeTransaction: OnChargeTransaction<T, Balance = BalanceOf<T>>,
		>,
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
{
	let charged = T::OnChargeTransaction::withdraw_fee(who, call, info, fee, Zero::zero())
		.map_err(|_| BenchmarkError::Stop("the fee is not sponsored"))?;
	T::OnChargeTransaction::correct_and_deposit_fee(
		who,
		info,
		&PostDispatchInfo::default(),
		spent,
		Zero::zero(),
		charged,
	)
	.map_err(|_| BenchmarkError::Stop("the fee is not settled"))
}

#[benchmarks(
	where
		T: pallet_transaction_payment::Config<
			OnChargeTransaction: OnChargeTransaction<T, Balance = BalanceOf<T>>,
		>,
		T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
)]
mod benchmarks {
	use super::*;

	/// A fee of a member of staff that the pot pays and of which dispatch leaves a part; in an emergency, when the ordinary
	/// budgets do not suffice.
	#[benchmark]
	fn sponsored_staff_fee() -> Result<(), BenchmarkError> {
		let (who, call) = T::BenchmarkHelper::sponsored_staff();
		let info = call.get_dispatch_info();
		let fee = endow::<T>();
		let spent = fee / 2u32.into();
		let last = last_resort::<T>(&who, &call)?;

		#[block]
		{
			settle::<T>(&who, &call, &info, fee, spent)?;
		}

		assert_eq!(Budgets::<T>::get(last).used, spent);
		Ok(())
	}

	/// A fee of a patient that the pot pays and of which dispatch leaves a part. It is on what the patient shares with others, which
	/// is more to write than its reserve.
	#[benchmark]
	fn sponsored_patient_fee() -> Result<(), BenchmarkError> {
		let (who, call) = T::BenchmarkHelper::sponsored_patient();
		let info = call.get_dispatch_info();
		let fee = endow::<T>();
		let spent = fee / 2u32.into();

		#[block]
		{
			settle::<T>(&who, &call, &info, fee, spent)?;
		}

		assert_eq!(Accounts::<T>::get(&who).map(|allowance| allowance.used), Some(spent));
		Ok(())
	}

	/// A fee of a patient for what tightens, when what it shares with others does not suffice and its reserve pays: one budget more is
	/// read. A call that may be sponsored declares the larger of each way.
	#[benchmark]
	fn sponsored_reserve_fee() -> Result<(), BenchmarkError> {
		let (who, call) = T::BenchmarkHelper::sponsored_patient();
		let info = call.get_dispatch_info();
		let fee = endow::<T>();
		let spent = fee / 2u32.into();
		let last = last_resort::<T>(&who, &call)?;

		#[block]
		{
			settle::<T>(&who, &call, &info, fee, spent)?;
		}

		assert!(matches!(last, Budget::PatientReserve(_)));
		assert_eq!(Budgets::<T>::get(last).used, spent);
		Ok(())
	}

	/// What a free call adds besides its condition.
	#[benchmark]
	fn free_call() {
		let who: T::AccountId = whitelisted_caller();
		let (_, call) = T::BenchmarkHelper::sponsored_staff();
		let validity;

		#[block]
		{
			validity = Pallet::<T>::free_validity(&who, &call);
		}

		assert_eq!(validity.provides.len(), 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
