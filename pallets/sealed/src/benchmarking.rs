//! The worst case of every call: a full set, with as many to sweep as one call does, and full lists.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkClock, time::HOUR, traits::Patients, Commitment, Interval, Moment,
	PatientId,
};

/// When benchmarks happen.
const NOW: Moment = 1_800_000_000;

fn directive(effect: Effect, ended: bool) -> SealedDirective {
	let why = match effect {
		Effect::Permit => EndReason::Revoked,
		Effect::Deny => EndReason::Lifted,
	};
	SealedDirective {
		effect,
		commitment: Commitment::repeat_byte(7),
		period: Interval::new(NOW - 1, NOW + HOUR),
		ended: ended.then_some(Ended { at: NOW, why }),
		version: salus_consent_decision::sealed::VERSION,
	}
}

/// How many are on the last page of the history: there is room for exactly those that one call sweeps.
const KEPT: u32 = PAGE - SWEEP;

/// The number of the last denial of a patient as [`patient`] makes it.
const LAST: SealedId = KEPT + MAX_LIVE - 1;

/// A patient with one key; a full set, of which as many have ended as one call sweeps, Permits up to one below their
/// limit, or denials alone; a page of history with room for exactly those that ended; and the lifts of all denials
/// but the last one.
fn patient<T: Config>(permits: u32) -> (T::AccountId, PatientId) {
	T::BenchmarkClock::set_time(NOW);
	let key: T::AccountId = account("patient", 0, 0);
	let patient = T::Patients::benchmark_patient(&key);
	let old: Vec<_> = (0..KEPT).map(|id| (id, directive(Effect::Permit, true))).collect();
	let page = HistoryPage { swept: NOW, entries: BoundedVec::truncate_from(old) };
	History::<T>::insert(patient, 0, page);
	let entries: Vec<_> = (0..MAX_LIVE)
		.map(|i| {
			let found = match i {
				0..SWEEP => directive(Effect::Permit, true),
				_ if i < SWEEP + permits => directive(Effect::Permit, false),
				_ => directive(Effect::Deny, false),
			};
			(KEPT + i, found)
		})
		.collect();
	let lifts: Vec<_> = entries
		.iter()
		.filter(|(id, found)| found.effect == Effect::Deny && *id < LAST)
		.map(|(id, _)| PendingLift { sealed: *id, requested_at: NOW - 1, ready_at: NOW })
		.collect();
	if !lifts.is_empty() {
		PendingLifts::<T>::insert(patient, PendingList::truncate_from(lifts));
	}
	let entries = BoundedVec::truncate_from(entries);
	Live::<T>::insert(patient, LiveSet { next: LAST + 1, swept: KEPT, entries });
	(key, patient)
}

/// See [`salus_primitives::traits::SealedDirectives::benchmark_denials`].
pub(crate) fn deny<T: Config>(patient: &PatientId) {
	let period = Interval::new(Pallet::<T>::now(), Moment::MAX);
	let denial = SealedDirective { period, ..directive(Effect::Deny, false) };
	let entries: Vec<_> = (0..MAX_LIVE).map(|id| (id, denial)).collect();
	let entries = BoundedVec::truncate_from(entries);
	Live::<T>::insert(patient, LiveSet { next: MAX_LIVE, swept: 0, entries });
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn permit_sealed() {
		let (key, patient) = patient::<T>(MAX_PERMITS - 1);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(key),
			LAST + 1,
			Commitment::repeat_byte(9),
			(NOW + T::MaxTerm::get()) / GRID * GRID,
		);

		assert_eq!(Live::<T>::get(patient).next, LAST + 2);
		assert_eq!(Live::<T>::get(patient).swept, PAGE);
	}

	#[benchmark]
	fn deny_sealed() {
		let (key, patient) = patient::<T>(MAX_PERMITS - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), LAST + 1, Commitment::repeat_byte(9), Moment::MAX);

		assert_eq!(Live::<T>::get(patient).next, LAST + 2);
		assert_eq!(Live::<T>::get(patient).swept, PAGE);
	}

	#[benchmark]
	fn revoke() {
		let (key, patient) = patient::<T>(MAX_PERMITS - 1);
		let sealed = KEPT + SWEEP + MAX_PERMITS - 2;

		#[extrinsic_call]
		_(RawOrigin::Signed(key), sealed);

		let live = Live::<T>::get(patient);
		let (_, found) = live.entries.iter().find(|(id, _)| *id == sealed).expect("it is there");
		assert!(found.ended.is_some());
	}

	#[benchmark]
	fn lift() {
		let (key, patient) = patient::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), LAST);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_LIVE - SWEEP);
	}

	#[benchmark]
	fn apply_lift() {
		let (_, patient) = patient::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0, 0)), patient, LAST - 1);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_LIVE - SWEEP - 2);
	}

	#[benchmark]
	fn cancel_lift() {
		let (key, patient) = patient::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), LAST - 1);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_LIVE - SWEEP - 2);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
