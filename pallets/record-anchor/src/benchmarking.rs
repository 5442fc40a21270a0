//! What each call costs at worst.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::traits::Consideration;
use frame_system::RawOrigin;
use salus_primitives::{
	commitment::Form,
	traits::{Credentials, Patients, TreatmentRelation},
	Commitment, OrgId, OrgKind, Role,
};

/// The most leaves that a tree can have.
const LEAVES: u64 = 1 << 32;

fn commitment(n: u8) -> Commitment {
	Commitment::repeat_byte(n)
}

/// An organisation of the kind whose licence is looked up last, and a member that acts for it.
fn author<T: Config>() -> (OrgId, T::AccountId, T::AccountId) {
	let admin: T::AccountId = account("admin", 0, 0);
	let member: T::AccountId = whitelisted_caller();
	let org = T::Credentials::benchmark_organisation(
		OrgKind::Pharmacy,
		&admin,
		&member,
		Role::DataSteward,
	);
	(org, admin, member)
}

/// Gives `admin` what the deposits of one call take.
fn fund<T: Config>(admin: &T::AccountId) {
	T::Consideration::ensure_successful(admin, Pallet::<T>::anchor_footprint(true));
	T::Consideration::ensure_successful(admin, Pallet::<T>::leaf_footprint());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// A new version about a patient whose consent has to be asked.
	#[benchmark]
	fn anchor() -> Result<(), BenchmarkError> {
		let (org, admin, member) = author::<T>();
		let patient = T::Patients::benchmark_patient(&account("patient", 0, 0));
		T::Treatment::benchmark_treatment(&patient, org, &member);
		for seq in 0..2u8 {
			fund::<T>(&admin);
			Pallet::<T>::do_anchor(
				&member,
				org,
				commitment(seq + 1),
				Form::Bytes,
				Some(patient),
				seq.checked_sub(1).map(|before| (before.into(), Relation::Amends)),
				RetentionClass::Standard,
			)?;
		}
		fund::<T>(&admin);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(member),
			org,
			commitment(3),
			Form::Bytes,
			Some(patient),
			Some((1, Relation::Corrects)),
			RetentionClass::Standard,
		);

		assert_eq!(Pallet::<T>::head(org, 0), 2);
		assert_eq!(Subjects::<T>::get(org, 2), Some(patient));
		Ok(())
	}

	#[benchmark]
	fn anchor_batch() {
		let (org, admin, member) = author::<T>();
		fund::<T>(&admin);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(member),
			org,
			commitment(1),
			LEAVES,
			Form::Bytes,
			RetentionClass::Standard,
		);

		assert_eq!(NextSeq::<T>::get(org), 1);
	}

	/// A leaf, which has a deposit of its own.
	#[benchmark]
	fn retract() -> Result<(), BenchmarkError> {
		let (org, admin, member) = author::<T>();
		fund::<T>(&admin);
		Pallet::<T>::do_anchor_batch(
			&member,
			org,
			commitment(1),
			LEAVES,
			Form::Bytes,
			RetentionClass::Standard,
		)?;
		fund::<T>(&admin);
		let leaf = Some(LEAVES - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(member), org, 0, leaf, RetractReason::WrongContent);

		assert!(Retractions::<T>::contains_key((org, 0, leaf)));
		Ok(())
	}

	#[benchmark]
	fn acknowledge() -> Result<(), BenchmarkError> {
		let (org, admin, member) = author::<T>();
		let key: T::AccountId = account("patient", 0, 0);
		let patient = T::Patients::benchmark_patient(&key);
		T::Treatment::benchmark_treatment(&patient, org, &member);
		fund::<T>(&admin);
		Pallet::<T>::do_anchor(
			&member,
			org,
			commitment(1),
			Form::Bytes,
			Some(patient),
			None,
			RetentionClass::Standard,
		)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(key), org, 0);

		assert!(Acknowledgements::<T>::contains_key(org, 0));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
