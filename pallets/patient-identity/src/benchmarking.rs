//! Benchmarks: every call in its worst case, with `MaxKeys` keys where keys are read. What is looked up for a signer by the number
//! of employers has a benchmark of its own, which is added (`signer`).

use crate::{messages, types::*, *};
use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, Get};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkHelper,
	signing,
	traits::{Credentials, TokenlessAccounts},
	KeyPurposeSet, Moment, OrgKind, PatientId, PatientState, Role,
};

const NOW: Moment = 1_800_000_000;
const AGREEMENT: [u8; 32] = [9; 32];

/// Sets the clock.
fn set_time<T: Config>() {
	T::BenchmarkHelper::set_time(NOW);
	assert_eq!(Pallet::<T>::now(), NOW, "the clock follows the helper");
}

/// Sets the clock, and registers a handle long ago whose first key is the account returned.
fn registered<T: Config>() -> (T::AccountId, PatientId) {
	let key: T::AccountId = account("patient", 0, 0);
	set_time::<T>();
	T::Consideration::ensure_successful(&key, Pallet::<T>::footprint());
	Pallet::<T>::register(RawOrigin::Signed(key.clone()).into(), AGREEMENT)
		.expect("a new key can be registered");
	let id = Pallet::<T>::handle_of(&key);
	Patients::<T>::mutate_extant(id, |patient| {
		patient.created_at = 1;
		patient.state.current.from = 1;
		patient.agreement_key.current.from = 1;
	});
	Keys::<T>::mutate_extant(&key, |entry| entry.from = 1);
	(key, id)
}

/// Fills the handle's list with keys up to `count`, and returns the last.
fn fill<T: Config>(
	id: PatientId,
	count: u32,
	purposes: KeyPurposeSet,
	from: Moment,
	until: Option<Moment>,
) -> T::AccountId {
	let mut last: T::AccountId = account("key", 0, 0);
	Patients::<T>::mutate_extant(id, |patient| {
		for index in patient.keys.len() as u32..count {
			last = account("key", index, 0);
			Keys::<T>::insert(&last, Key { patient: id, purposes, from, until });
			if Pallet::<T>::now() < from {
				T::Tokenless::invite(&last).expect("it only adds");
			}
			patient.keys.try_push(last.clone()).expect("at most MaxKeys");
		}
	});
	last
}

/// Puts the handle into `state`, with a plan for `from`.
fn plan_state<T: Config>(id: PatientId, state: PatientState, from: Moment) {
	Patients::<T>::mutate_extant(id, |patient| {
		patient.state.current.value = state;
		patient.state.next = Some(Since { value: PatientState::Active, from });
	});
}

/// Plans a rotation of the handle's agreement key for `from`.
fn plan_rotation<T: Config>(id: PatientId, from: Moment) {
	Patients::<T>::mutate_extant(id, |patient| {
		patient.agreement_key.next = Some(Since { value: [8; 32], from });
	});
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The account that registers itself is touched for its deposit because it signs, and is not counted, as that of any
	/// [`whitelisted_caller`]: its nonce and its fee have been written there when the call begins, and each transaction
	/// declares that. It is always the signer of the transaction: a call that loosens for a patient is made through no other account.
	#[benchmark]
	fn register() {
		let key: T::AccountId = whitelisted_caller();
		set_time::<T>();
		T::Consideration::ensure_successful(&key, Pallet::<T>::footprint());

		#[extrinsic_call]
		_(RawOrigin::Signed(key.clone()), AGREEMENT);

		assert!(Keys::<T>::contains_key(key));
	}

	#[benchmark]
	fn register_for() {
		set_time::<T>();
		let admin: T::AccountId = account("admin", 0, 0);
		let member: T::AccountId = account("member", 0, 0);
		let role = Role::Clinician;
		let org = T::Credentials::benchmark_organisation(OrgKind::Provider, &admin, &member, role);
		T::Consideration::ensure_successful(&admin, Pallet::<T>::footprint());
		let expiry = NOW + T::MaxSignatureLife::get();
		let genesis = Pallet::<T>::genesis();
		// Wrapped, because that form is tried last.
		let (key, signature) = T::BenchmarkHelper::sign(&|key| {
			signing::wrapped(&messages::register_for(&genesis, org, key, &AGREEMENT, expiry))
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(member), org, key.clone(), AGREEMENT, expiry, signature);

		assert!(Keys::<T>::contains_key(key));
	}

	/// No call, but what is looked up in one for a signer who has `e` employers, all of them flagged by now, and at none of
	/// which that person works any more; and how many they are, which is asked again for the weight.
	#[benchmark]
	fn signer(e: Linear<0, { T::Credentials::max_employers() }>) {
		set_time::<T>();
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
	fn add_key() {
		let (first, id) = registered::<T>();
		// One has ended and makes room.
		let max = T::MaxKeys::get();
		fill::<T>(id, max - 1, KeyPurposeSet::ALL, 1, None);
		fill::<T>(id, max, KeyPurposeSet::ALL, 1, Some(NOW));
		let (purposes, expiry) = (KeyPurposeSet::ALL, NOW + T::MaxSignatureLife::get());
		let genesis = Pallet::<T>::genesis();
		let (key, signature) = T::BenchmarkHelper::sign(&|key| {
			signing::wrapped(&messages::add_key(&genesis, &id, key, purposes, expiry))
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(first), key.clone(), purposes, expiry, signature);

		assert!(Keys::<T>::contains_key(key));
	}

	#[benchmark]
	fn cancel_pending_key() {
		let (first, id) = registered::<T>();
		let key = fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, NOW + 1, None);

		#[extrinsic_call]
		_(RawOrigin::Signed(first), key.clone());

		assert!(!Keys::<T>::contains_key(key));
	}

	#[benchmark]
	fn remove_own_key() {
		let (first, id) = registered::<T>();
		// Every other key is read before the one that stays is found.
		let max = T::MaxKeys::get();
		fill::<T>(id, max - 1, KeyPurposeSet::EMPTY, 1, None);
		fill::<T>(id, max, KeyPurposeSet::ALL, 1, None);

		#[extrinsic_call]
		_(RawOrigin::Signed(first.clone()));

		assert_eq!(Keys::<T>::get(first).expect("kept").until, Some(NOW));
	}

	#[benchmark]
	fn remove_key() {
		let (first, id) = registered::<T>();
		let max = T::MaxKeys::get();
		let key = fill::<T>(id, 2, KeyPurposeSet::ALL, 1, None);
		fill::<T>(id, max - 1, KeyPurposeSet::EMPTY, 1, None);
		fill::<T>(id, max, KeyPurposeSet::ALL, 1, None);
		// The sender is itself bound to end, so that the last key is the one that stays.
		Keys::<T>::mutate_extant(&first, |entry| entry.until = Some(NOW + 1));

		#[extrinsic_call]
		_(RawOrigin::Signed(first), key.clone());

		assert!(Keys::<T>::get(key).expect("kept").until.is_some());
	}

	#[benchmark]
	fn cancel_key_removal() {
		let (first, id) = registered::<T>();
		let key = fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, Some(NOW + 1));

		#[extrinsic_call]
		_(RawOrigin::Signed(first), key.clone());

		assert!(Keys::<T>::get(key).expect("kept").until.is_none());
	}

	#[benchmark]
	fn rotate_agreement_key() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);
		plan_rotation::<T>(id, NOW);

		#[extrinsic_call]
		_(RawOrigin::Signed(first), [7; 32]);

		assert_eq!(AgreementKeyHistory::<T>::iter_prefix(id).count(), 1);
	}

	#[benchmark]
	fn cancel_rotation() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);
		plan_rotation::<T>(id, NOW + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(first));

		assert!(Patients::<T>::get(id).expect("kept").agreement_key.next.is_none());
	}

	#[benchmark]
	fn freeze() {
		let (first, id) = registered::<T>();
		// All others are pending, and forgotten with their accounts, which takes more than to keep those that are leaving.
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, NOW + 1, None);
		plan_rotation::<T>(id, NOW + 1);
		plan_state::<T>(id, PatientState::Frozen, NOW - 1);
		Patients::<T>::mutate_extant(id, |patient| patient.retires_from = Some(NOW));

		#[extrinsic_call]
		_(RawOrigin::Signed(first.clone()));

		assert_eq!(StateHistory::<T>::iter_prefix(id).count(), 2);
		assert_eq!(Patients::<T>::get(id).expect("kept").keys.into_inner(), [first]);
	}

	#[benchmark]
	fn unfreeze() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);
		Pallet::<T>::freeze(RawOrigin::Signed(first.clone()).into()).expect("active");

		#[extrinsic_call]
		_(RawOrigin::Signed(first));

		assert!(Patients::<T>::get(id).expect("kept").state.next.is_some());
	}

	#[benchmark]
	fn cancel_unfreeze() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);
		plan_state::<T>(id, PatientState::Frozen, NOW + 1);
		// All others were leaving.
		Patients::<T>::mutate_extant(id, |patient| {
			let mut others = patient.keys.clone();
			others.retain(|key| *key != first);
			LeavingAtFreeze::<T>::insert(id, others);
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(first));

		assert!(Patients::<T>::get(id).expect("kept").state.next.is_none());
	}

	#[benchmark]
	fn retire() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);

		#[extrinsic_call]
		_(RawOrigin::Signed(first));

		assert!(Patients::<T>::get(id).expect("kept").retires_from.is_some());
	}

	#[benchmark]
	fn cancel_retirement() {
		let (first, id) = registered::<T>();
		fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, 1, None);
		Patients::<T>::mutate_extant(id, |patient| patient.retires_from = Some(NOW));

		#[extrinsic_call]
		_(RawOrigin::Signed(first));

		assert!(Patients::<T>::get(id).expect("kept").retires_from.is_none());
	}

	/// All keys but the first are pending, and forgotten with their accounts.
	#[benchmark]
	fn complete_retirement() {
		let (_, id) = registered::<T>();
		let last = fill::<T>(id, T::MaxKeys::get(), KeyPurposeSet::ALL, NOW + 1, None);
		plan_rotation::<T>(id, NOW + 1);
		plan_state::<T>(id, PatientState::Frozen, NOW - 1);
		Patients::<T>::mutate_extant(id, |patient| patient.retires_from = Some(NOW));
		let anybody: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), id);

		assert!(Patients::<T>::get(id).expect("kept").keys.is_empty());
		assert!(!Keys::<T>::contains_key(last));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
