//! The worst case of every call, in which the deposit is paid. None depends on how long a log is.

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, Get};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkClock, time::DAY, traits::Credentials, Moment, OrgId, OrgKind, Role,
};

/// When benchmarks happen.
const NOW: Moment = 1_800_000_000;

/// An organisation whose administrator can pay, and its data steward; it has committed to a log, long enough ago.
fn custodian<T: Config>(index: u32) -> (OrgId, T::AccountId) {
	T::BenchmarkClock::set_time(NOW.saturating_sub(T::CommitInterval::get()));
	let admin: T::AccountId = account("admin", index, 0);
	let steward: T::AccountId = account("steward", index, 0);
	let org = T::Credentials::benchmark_organisation(
		OrgKind::Provider,
		&admin,
		&steward,
		Role::DataSteward,
	);
	for _ in 0..2 {
		T::Consideration::ensure_successful(&admin, Pallet::<T>::commit_footprint());
		T::Consideration::ensure_successful(&admin, Pallet::<T>::attestation_footprint());
	}
	let root = LogHash::repeat_byte(1);
	Pallet::<T>::do_commit(steward.clone(), org, 0, 10, root, heads::origin())
		.expect("the first commit");
	T::BenchmarkClock::set_time(NOW);
	(org, steward)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn commit() {
		let (org, steward) = custodian::<T>(0);
		let head = Custodians::<T>::get(org).expect("it has committed").head;

		#[extrinsic_call]
		_(RawOrigin::Signed(steward), org, 10, 20, LogHash::repeat_byte(2), head);

		let stands = Custodians::<T>::get(org).expect("it has committed");
		assert_eq!((stands.commits, stands.unpaid), (2, 0));
	}

	#[benchmark]
	fn attest_reconciled() {
		let (org, steward) = custodian::<T>(0);
		let (other, _) = custodian::<T>(1);
		let day = (NOW / DAY) as Day - 1;
		let counts = Counts { matched: 1, only_ours: 2, only_theirs: 3 };

		#[extrinsic_call]
		_(RawOrigin::Signed(steward), org, other, day, counts);

		assert_eq!(Pallet::<T>::attestation(org, other, day), Some(counts));
	}

	#[benchmark]
	fn begin_anew() {
		let (org, steward) = custodian::<T>(0);
		let head = Custodians::<T>::get(org).expect("it has committed").head;

		#[extrinsic_call]
		_(RawOrigin::Signed(steward), org, head);

		let stands = Custodians::<T>::get(org).expect("it has committed");
		assert_eq!((stands.epoch, stands.unpaid), (1, 0));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
