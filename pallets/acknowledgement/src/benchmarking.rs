//! The worst case of every call: a revocation that takes longest to find, of an organisation with counts. What is looked up for a
//! signer by the number of employers has a benchmark of its own, which is added (`signer`).

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, Get};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkClock,
	traits::{Credentials, RevokedDirectives},
	DirectiveId, Moment, OrgId, OrgKind, PatientId, Role,
};

/// When benchmarks happen.
const NOW: Moment = 1_800_000_000;

/// An organisation whose administrator can pay, and its privacy officer, who works nowhere else; a patient, and the number of what it revoked just longer ago than the deadline.
fn revoked<T: Config>() -> (OrgId, T::AccountId, PatientId, DirectiveId) {
	T::BenchmarkClock::set_time(NOW);
	let admin: T::AccountId = account("admin", 0, 0);
	let officer: T::AccountId = account("officer", 0, 0);
	let org = T::Credentials::benchmark_organisation(
		OrgKind::Provider,
		&admin,
		&officer,
		Role::PrivacyOfficer,
	);
	T::Credentials::benchmark_flags(org);
	T::Consideration::ensure_successful(&admin, Pallet::<T>::footprint());
	Tallies::<T>::insert(org, Tally { on_time: 1, late: 1, overdue: 1, unpaid: 1 });
	let patient = PatientId::repeat_byte(1);
	let at = NOW - T::Deadline::get();
	let directive = T::Revocations::benchmark_revoked(&patient, org, at);
	(org, officer, patient, directive)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn acknowledge() {
		let (org, officer, patient, directive) = revoked::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), org, patient, directive);

		assert_eq!(Pallet::<T>::tally(org), Tally { on_time: 1, late: 2, overdue: 1, unpaid: 1 });
	}

	/// No call, but what is looked up in one for a signer who has `e` employers, all of them flagged by now, and at none of
	/// which that person works any more; and how many they are, which is asked again for the weight.
	#[benchmark]
	fn signer(e: Linear<0, { T::Credentials::max_employers() }>) {
		T::BenchmarkClock::set_time(NOW);
		let who: T::AccountId = account("signer", 0, 0);
		T::Credentials::benchmark_some_employers(&who, e);
		let named;
		let used;

		#[block]
		{
			named = T::Credentials::works_at_flagged(&who, NOW);
			used = Pallet::<T>::looked_up(&who);
		}

		assert!(!named);
		assert_eq!(used, T::WeightInfo::signer(e));
	}

	#[benchmark]
	fn mark_overdue() {
		let (org, officer, patient, directive) = revoked::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), patient, directive);

		assert_eq!(Pallet::<T>::tally(org), Tally { on_time: 1, late: 1, overdue: 2, unpaid: 1 });
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
