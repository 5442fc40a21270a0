//! The worst case of every call: the longest chains, full histories, a backlog to settle. What is looked up for a signer by the
//! number of employers has a benchmark of its own, which is added (`signer`).

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, Get};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkClock,
	traits::{Credentials, Patients},
	AdvanceDirective, Commitment, DataClass, DataClassSet, EmergencyReason, Interval, Moment,
	OrgId, OrgKind, PatientId, Role,
};

/// When benchmarks happen.
const NOW: Moment = 1_800_000_000;

fn set_time<T: Config>(now: Moment) {
	T::BenchmarkClock::set_time(now);
}

fn patient<T: Config>() -> (T::AccountId, PatientId) {
	let key: T::AccountId = account("patient", 0, 0);
	let patient = T::Patients::benchmark_patient(&key);
	(key, patient)
}

/// A licensed organisation whose administrator can pay, and a member of it.
fn organisation<T: Config>(index: u32, kind: OrgKind, role: Role) -> (OrgId, T::AccountId) {
	let admin: T::AccountId = account("admin", index, 0);
	let member: T::AccountId = account("member", index, 0);
	let org = T::Credentials::benchmark_organisation(kind, &admin, &member, role);
	for _ in 0..64 {
		T::Consideration::ensure_successful(&admin, Pallet::<T>::footprint(4));
	}
	(org, member)
}

fn one(class: DataClass) -> DataClassSet {
	DataClassSet::of(&[class])
}

/// Declares an emergency of `who`.
fn declare<T: Config>(who: &T::AccountId, org: OrgId, patient: PatientId, classes: DataClassSet) {
	Pallet::<T>::do_break_glass(
		who.clone(),
		org,
		patient,
		EmergencyReason::UrgentCare,
		classes,
		Commitment::zero(),
	)
	.expect("a clinician may");
}

/// Lets `who` read all data of `patient` by as many emergencies as can last; whether that person is a clinician.
pub(crate) fn open<T: Config>(patient: &PatientId, org: OrgId, who: &T::AccountId) -> bool {
	let now = Pallet::<T>::now();
	if !T::Credentials::was_affiliated(org, who, Role::Clinician, now) {
		return false;
	}
	// One that has lapsed stands before those that last, and is read as well.
	declare::<T>(who, org, *patient, DataClassSet::ALL);
	Emergencies::<T>::mutate(last::<T>(), |found| {
		let period = &mut found.as_mut().expect("it was declared").access.period;
		*period = Interval::new(now.saturating_sub(T::AccessLength::get()), now);
	});
	for class in DataClass::ALL {
		declare::<T>(who, org, *patient, one(*class));
	}
	true
}

/// A hospital of which as many emergencies have lapsed as one call settles, and its clinician, who has declared one for
/// each class but the first, in time and late, and has all its credit.
fn busy<T: Config>() -> (OrgId, T::AccountId, T::AccountId, PatientId) {
	set_time::<T>(NOW - 2 * T::ReviewTime::get());
	let (key, patient) = patient::<T>();
	let (org, who) = organisation::<T>(0, OrgKind::Provider, Role::Clinician);
	let classes = DataClass::ALL.iter().take(SETTLED_AT_ONCE as usize);
	for class in classes {
		declare::<T>(&who, org, patient, one(*class));
	}
	let mut ledger = Ledgers::<T>::get(org);
	// Those that have just ended are read as well, for what was stopped.
	set_time::<T>(NOW - T::AccessLength::get());
	for class in DataClass::ALL {
		declare::<T>(&who, org, patient, one(*class));
	}
	set_time::<T>(NOW);
	for class in DataClass::ALL.iter().skip(1) {
		declare::<T>(&who, org, patient, one(*class));
		PersonalUse::<T>::remove(org, &who);
		Pallet::<T>::do_break_glass_late(
			who.clone(),
			org,
			patient,
			EmergencyReason::UrgentCare,
			one(*class),
			NOW,
			Commitment::zero(),
		)
		.expect("a clinician may");
		PersonalUse::<T>::remove(org, &who);
	}
	// What was settled meanwhile is to be settled once more.
	ledger.next = Ledgers::<T>::get(org).next;
	Ledgers::<T>::insert(org, ledger);
	let terms: Vec<_> = (0..MAX_ADVANCE - 2)
		.map(|n| AdvanceTerm {
			from: n.into(),
			value: match n % 2 {
				0 => AdvanceDirective::NoLabelled,
				_ => AdvanceDirective::Unrestricted,
			},
		})
		.collect();
	AdvanceDirectives::<T>::insert(patient, AdvanceList::truncate_from(terms));
	(org, who, key, patient)
}

/// The number of the hospital's last emergency.
fn last<T: Config>() -> EmergencyId {
	NextEmergency::<T>::get() - 1
}

/// One change fewer in the history than there can be, the last `NoEmergency`.
fn strict<T: Config>(patient: PatientId) {
	AdvanceDirectives::<T>::mutate(patient, |terms| {
		terms.pop();
		let from = (MAX_ADVANCE - 3).into();
		let value = AdvanceDirective::NoEmergency;
		terms.try_push(AdvanceTerm { from, value }).expect("there is room");
	});
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn break_glass() {
		let (org, who, _, patient) = busy::<T>();
		let before = NextEmergency::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			org,
			patient,
			EmergencyReason::UrgentCare,
			DataClassSet::ALL,
			Commitment::zero(),
		);

		assert_eq!(NextEmergency::<T>::get(), before + 1);
		assert_eq!(Ledgers::<T>::get(org).settled, SETTLED_AT_ONCE);
		assert!(Emergencies::<T>::get(before).is_some_and(|found| found.deposit.is_some()));
	}

	/// No call, but what is looked up in one for a signer who has `e` employers, all of them flagged by now, and at none of
	/// which that person works any more; and how many they are, which is asked again for the weight.
	#[benchmark]
	fn signer(e: Linear<0, { T::Credentials::max_employers() }>) {
		set_time::<T>(NOW);
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

	/// Of a moment before the organisation's licences were suspended and reinstated: they are looked up in the history.
	#[benchmark]
	fn break_glass_late() {
		let (org, who, _, patient) = busy::<T>();
		T::Credentials::benchmark_reinstated(org, OrgKind::Provider);
		let before = NextEmergency::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			org,
			patient,
			EmergencyReason::UrgentCare,
			DataClassSet::ALL,
			NOW,
			Commitment::zero(),
		);

		assert_eq!(NextEmergency::<T>::get(), before + 1);
		assert!(Emergencies::<T>::get(before).is_some_and(|found| found.deposit.is_some()));
	}

	#[benchmark]
	fn review() {
		let (org, who, _, patient) = busy::<T>();
		// With it as many last as can, each of another class, and all of them are stopped.
		declare::<T>(&who, org, patient, DataClassSet::ALL);
		let officer: T::AccountId = account("officer", 0, 0);
		let (kind, admin) = (OrgKind::Provider, account("admin", 0, 0));
		let role = Role::PrivacyOfficer;
		let same = T::Credentials::benchmark_organisation(kind, &admin, &officer, role);
		assert_eq!(same, org);
		let stopped =
			|id| Emergencies::<T>::get(id).is_some_and(|found| found.stopped_at.is_some());
		let all = || (0..NextEmergency::<T>::get()).filter(|id| stopped(*id)).count();
		assert_eq!(all(), 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), org, last::<T>(), Finding::Unjustified);

		assert_eq!(all(), DataClass::ALL.len());
	}

	#[benchmark]
	fn dispute() {
		let (_, _, key, _) = busy::<T>();
		let (body, auditor) = organisation::<T>(1, OrgKind::Auditor, Role::Auditor);
		Pallet::<T>::do_review(auditor, body, last::<T>(), Finding::Justified)
			.expect("an auditor may");

		#[extrinsic_call]
		_(RawOrigin::Signed(key), last::<T>());

		assert!(Emergencies::<T>::get(last::<T>()).is_some_and(|found| found.disputed_at.is_some()));
	}

	#[benchmark]
	fn rule() {
		let (_, _, key, _) = busy::<T>();
		let (body, auditor) = organisation::<T>(1, OrgKind::Auditor, Role::Auditor);
		let (other, second) = organisation::<T>(2, OrgKind::Auditor, Role::Auditor);
		Pallet::<T>::do_review(auditor, body, last::<T>(), Finding::Justified)
			.expect("an auditor may");
		Pallet::<T>::do_dispute(key, last::<T>()).expect("the patient may");

		#[extrinsic_call]
		_(RawOrigin::Signed(second), other, last::<T>(), Finding::Unjustified);

		assert!(Emergencies::<T>::get(last::<T>()).is_some_and(|found| found.ruling.is_some()));
	}

	#[benchmark]
	fn set_advance_directive() {
		let (_, _, key, patient) = busy::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(key), AdvanceDirective::NoLabelled);

		assert_eq!(AdvanceDirectives::<T>::get(patient).len() as u32, MAX_ADVANCE - 1);
	}

	#[benchmark]
	fn relax_advance_directive() {
		let (_, _, key, patient) = busy::<T>();
		strict::<T>(patient);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), AdvanceDirective::NoLabelled);

		assert!(PendingRelaxations::<T>::contains_key(patient));
	}

	#[benchmark]
	fn apply_relaxation() {
		let (_, _, key, patient) = busy::<T>();
		strict::<T>(patient);
		Pallet::<T>::do_relax_advance_directive(key, AdvanceDirective::NoLabelled)
			.expect("the patient may");
		set_time::<T>(NOW + T::RelaxDelay::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0, 0)), patient);

		assert!(!PendingRelaxations::<T>::contains_key(patient));
	}

	#[benchmark]
	fn cancel_relaxation() {
		let (_, _, key, patient) = busy::<T>();
		strict::<T>(patient);
		Pallet::<T>::do_relax_advance_directive(key.clone(), AdvanceDirective::NoLabelled)
			.expect("the patient may");

		#[extrinsic_call]
		_(RawOrigin::Signed(key));

		assert!(!PendingRelaxations::<T>::contains_key(patient));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
