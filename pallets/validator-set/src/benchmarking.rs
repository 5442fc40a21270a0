//! Worst case of every call, of an offence, and of a session's plan.

use crate::{Call, Config, Departures, Members, Membership, Minimum, Offences, Offenders, Pallet};
use alloc::vec::Vec;
use codec::Decode;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use pallet_session::{NextKeys, QueuedKeys, Validators};
use salus_primitives::traits::Organisations;
use sp_runtime::{traits::TrailingZeroInput, Perbill};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// Makes `count` members, all with keys and all in the set.
fn populate<T: Config>(count: u32) -> Vec<T::AccountId> {
	let _ = Members::<T>::clear(u32::MAX, None);
	let _ = Departures::<T>::clear(u32::MAX, None);
	let _ = Offenders::<T>::clear(u32::MAX, None);
	Minimum::<T>::put(1);
	// Every validator gets the same keys: nothing here looks at what they are.
	let keys = T::Keys::decode(&mut TrailingZeroInput::zeroes()).expect("keys are of fixed size");
	let validators: Vec<T::AccountId> =
		(0..count).map(|index| account("validator", index, 0)).collect();
	let since = pallet_session::Pallet::<T>::current_index();
	for (validator, organisation) in validators.iter().zip(0..) {
		Members::<T>::insert(validator, Membership { organisation, since });
		NextKeys::<T>::insert(validator, keys.clone());
	}
	QueuedKeys::<T>::put(
		validators.iter().map(|id| (id.clone(), keys.clone())).collect::<Vec<_>>(),
	);
	Validators::<T>::put(&validators);
	validators
}

/// Takes one of `validators` out of the set. Its removal costs the most: its keys are purged at once.
fn idle<T: Config>(mut validators: Vec<T::AccountId>) -> T::AccountId {
	let idle = validators.swap_remove(0);
	Validators::<T>::put(&validators);
	QueuedKeys::<T>::mutate(|queued| queued.retain(|(id, _)| *id != idle));
	frame_system::Pallet::<T>::inc_providers(&idle);
	frame_system::Pallet::<T>::inc_consumers(&idle).expect("it has a provider");
	idle
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn add_validator() -> Result<(), BenchmarkError> {
		populate::<T>(T::MaxValidators::get() - 1);
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let validator: T::AccountId = account("new", 0, 0);
		let organisation = T::Organisations::benchmark_unrelied();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone(), organisation);

		assert!(Members::<T>::contains_key(validator));
		Ok(())
	}

	/// `m`: members.
	#[benchmark]
	fn remove_validator(m: Linear<2, { T::MaxValidators::get() }>) -> Result<(), BenchmarkError> {
		let validator = idle::<T>(populate::<T>(m));
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone());

		assert!(!Members::<T>::contains_key(&validator));
		assert!(!NextKeys::<T>::contains_key(validator));
		Ok(())
	}

	/// `m`: members.
	#[benchmark]
	fn retire(m: Linear<2, { T::MaxValidators::get() }>) {
		let validator = idle::<T>(populate::<T>(m));

		#[extrinsic_call]
		_(RawOrigin::Signed(validator.clone()));

		assert!(!Members::<T>::contains_key(&validator));
		assert!(!NextKeys::<T>::contains_key(validator));
	}

	/// `n`: offenders.
	#[benchmark]
	fn on_offence(n: Linear<1, { T::MaxValidators::get() }>) {
		let validators = populate::<T>(T::MaxValidators::get());
		let session = pallet_session::Pallet::<T>::current_index();
		let size = usize::try_from(n).expect("fits");
		let offenders: Vec<_> = validators
			.into_iter()
			.zip(0u32..)
			.take(size)
			.map(|offender| OffenceDetails::<T::AccountId, _> {
				offender,
				reporters: Default::default(),
			})
			.collect();
		let severities = alloc::vec![Perbill::one(); size];

		#[block]
		{
			Pallet::<T>::on_offence(&offenders, &severities, session);
		}

		assert_eq!(Offences::<T>::get(n - 1).count, 1);
	}

	/// `m`: members, of which one has offended and is expelled.
	#[benchmark]
	fn plan_session(m: Linear<2, { T::MaxValidators::get() }>) {
		let validator = populate::<T>(m).swap_remove(0);
		let session = pallet_session::Pallet::<T>::current_index();
		Pallet::<T>::note_offence(&validator, 0, session, Perbill::one());
		let plan;

		#[block]
		{
			plan = Pallet::<T>::plan_session(session + 2);
		}

		assert!(plan.is_some());
		assert!(!Members::<T>::contains_key(&validator));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
