//! Worst case of every call.

use crate::{
	Approvals, Call, Catalogue, Config, Delays, EnactmentClass, Floors, Pallet, Proposal, Proposals,
};
use alloc::boxed::Box;
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use sp_runtime::traits::Hash;

/// Stores the largest call of the catalogue as a proposal with `approvals`; its hash.
fn propose<T: Config>(approvals: Approvals, due: bool, lapsed: bool) -> T::Hash {
	let call = T::Catalogue::benchmark_call();
	let class = T::Catalogue::class(&call).expect("it is in the catalogue");
	let now = Pallet::<T>::now();
	let bytes = call.encode();
	let hash = T::Hashing::hash(&bytes);
	let proposal = Proposal::<T> {
		call: bytes.try_into().expect("no call of the catalogue is too long"),
		class,
		proposed_at: now,
		approvals,
		due: due.then_some(now),
		lapses: if lapsed { now } else { now + T::ApprovalWindow::get() },
	};
	Proposals::<T>::insert(hash, proposal);
	hash
}

const BOTH: Approvals = Approvals { council: true, technical: true };
const COUNCIL_ONLY: Approvals = Approvals { council: true, technical: false };

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The second approval: it reads the delay and announces the agreement as well.
	#[benchmark]
	fn approve() -> Result<(), BenchmarkError> {
		let hash = propose::<T>(COUNCIL_ONLY, false, false);
		let origin =
			T::TechnicalOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let call = Box::new(T::Catalogue::benchmark_call());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, call);

		assert!(Proposals::<T>::get(hash).is_some_and(|proposal| proposal.due.is_some()));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let hash = propose::<T>(BOTH, true, false);
		let origin =
			T::TechnicalOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, hash);

		assert!(!Proposals::<T>::contains_key(hash));
		Ok(())
	}

	/// All but the call itself, which has a weight of its own.
	#[benchmark]
	fn enact() -> Result<(), BenchmarkError> {
		let hash = propose::<T>(BOTH, true, false);
		let call;

		#[block]
		{
			call = Pallet::<T>::take_due(hash)?;
			Pallet::<T>::deposit_event(crate::Event::Enacted { proposal: hash });
		}

		assert_eq!(call.encode(), T::Catalogue::benchmark_call().encode());
		assert!(!Proposals::<T>::contains_key(hash));
		Ok(())
	}

	#[benchmark]
	fn clear() {
		let hash = propose::<T>(BOTH, false, true);
		let caller = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), hash);

		assert!(!Proposals::<T>::contains_key(hash));
	}

	#[benchmark]
	fn set_delay() {
		let class = EnactmentClass::Upgrade;
		let seconds = Floors::<T>::get().upgrade + 1;

		#[extrinsic_call]
		_(RawOrigin::Root, class, seconds);

		assert_eq!(Delays::<T>::get().upgrade, seconds);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
