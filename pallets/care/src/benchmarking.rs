//! The worst case of every call: full lists, the longest histories. What is looked up for a signer by the number of employers
//! has a benchmark of its own, which is added (`signer`).

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Consideration, Get},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use salus_primitives::{
	benchmarking::BenchmarkHelper,
	signing,
	time::HOUR,
	traits::{Credentials, Patients},
	CarePolicy, Interval, Moment, OptOut, OrgId, OrgKind, PatientId, RelationshipId, Role, Towards,
	Treatment,
};
use sp_runtime::traits::{Hash as _, One};

/// When benchmarks happen.
const NOW: Moment = 1_800_000_000;

fn set_time<T: Config>() {
	T::BenchmarkHelper::set_time(NOW);
}

/// The block before this one, which is not the first: its hash is read besides that of the first. The patient's words were voided in it,
/// and are good since.
fn seen<T: Config>(
	patient: &PatientId,
	organisation: OrgId,
) -> messages::Seen<BlockNumberFor<T>, T::Hash> {
	let number = BlockNumberFor::<T>::one();
	frame_system::Pallet::<T>::set_block_number(number + BlockNumberFor::<T>::one());
	frame_system::BlockHash::<T>::insert(number, T::Hashing::hash(b"seen"));
	VoidedIn::<T>::mutate(patient, |voided| {
		let last = (Towards::Organisation(organisation), number);
		voided.try_push(last).expect("there is room for one more");
	});
	(number, frame_system::Pallet::<T>::block_hash(number))
}

/// A relationship of `patient` and `org` that took the place of others, of which the first, whose number this is, takes
/// longest to follow.
fn renewed<T: Config>(patient: &PatientId, org: OrgId) -> RelationshipId {
	let first = related::<T>(patient, org);
	let mut before = first;
	for _ in 0..=MAX_RENEWALS_FOLLOWED {
		let next = related::<T>(patient, org);
		Relationships::<T>::mutate(before, |found| {
			let found = found.as_mut().expect("it was put there");
			found.treatment.ended = Some(Pallet::<T>::now());
			found.ended_by = Some(EndedBy::Renewal);
		});
		Relationships::<T>::mutate(next, |found| {
			found.as_mut().expect("it was put there").previous = Some(before);
		});
		before = next;
	}
	first
}

/// A patient with one key, and full lists but for one place each.
fn patient<T: Config>() -> (T::AccountId, PatientId) {
	set_time::<T>();
	let key: T::AccountId = account("patient", 0, 0);
	let patient = T::Patients::benchmark_patient(&key);
	fill::<T>(&patient, 1_000_000);
	(key, patient)
}

/// A licensed organisation whose administrator can pay, and a clinician who works nowhere else.
fn organisation<T: Config>(index: u32) -> (OrgId, T::AccountId) {
	let admin: T::AccountId = account("admin", index, 0);
	let clinician: T::AccountId = account("clinician", index, 0);
	let org = T::Credentials::benchmark_organisation(
		OrgKind::Provider,
		&admin,
		&clinician,
		Role::Clinician,
	);
	for _ in 0..2 {
		T::Consideration::ensure_successful(&admin, Pallet::<T>::footprint());
	}
	(org, clinician)
}

/// Fills the lists of `patient` with what is about organisations from `first` on, and leaves one place in each.
fn fill<T: Config>(patient: &PatientId, first: OrgId) {
	let now = Pallet::<T>::now();
	let open: Vec<_> = (1..MAX_INVITATIONS)
		.map(|n| {
			let invitation = Invitation {
				organisation: first + n,
				until: now + HOUR,
				made_at: now,
				expires_at: now + HOUR,
				referred_by: None,
			};
			(n, invitation)
		})
		.collect();
	Invitations::<T>::insert(
		patient,
		InvitationBook { next: MAX_INVITATIONS, open: BoundedVec::truncate_from(open) },
	);
	let outs: Vec<_> = (0..MAX_OPT_OUT_HISTORY - 2)
		.map(|n| OptOut {
			towards: Towards::Organisation(first + n),
			from: now.saturating_sub(2),
			// As many are in force as one less than can be.
			until: (n >= MAX_OPT_OUTS - 1).then_some(now.saturating_sub(1)),
		})
		.collect();
	OptOuts::<T>::insert(patient, BoundedVec::truncate_from(outs));
	let pending: Vec<_> = (1..MAX_PENDING)
		.map(|n| PendingOptIn {
			towards: Towards::Organisation(first + n),
			requested_at: now.saturating_sub(1),
			ready_at: now,
		})
		.collect();
	PendingOptIns::<T>::insert(patient, PendingList::truncate_from(pending));
	let block = frame_system::Pallet::<T>::block_number();
	let voided: Vec<_> =
		(1..MAX_VOIDED).map(|n| (Towards::Organisation(first + n), block)).collect();
	VoidedIn::<T>::insert(patient, VoidedList::truncate_from(voided));
}

/// Makes the last of the patient's opt-outs that are in force one towards these.
fn out_of<T: Config>(patient: &PatientId, towards: Towards) {
	OptOuts::<T>::mutate(patient, |outs| {
		let last = outs.iter_mut().rfind(|out| out.until.is_none());
		last.expect("there are some").towards = towards;
	});
}

/// A relationship of `patient` and `org` that lasts.
fn related<T: Config>(patient: &PatientId, org: OrgId) -> RelationshipId {
	let now = Pallet::<T>::now();
	let payer = T::Credentials::admin(org).expect("an organisation has one");
	T::Consideration::ensure_successful(&payer, Pallet::<T>::footprint());
	let ticket = T::Consideration::new(&payer, Pallet::<T>::footprint()).expect("it can pay");
	let id = NextRelationship::<T>::get();
	NextRelationship::<T>::put(id + 1);
	let period = Interval::new(now.saturating_sub(1), now + HOUR);
	Relationships::<T>::insert(
		id,
		Relationship {
			patient: *patient,
			treatment: Treatment { organisation: org, period, ended: None },
			kind: RelationshipKind::Referral,
			word: Word::Invitation(0),
			referred_by: Some(org),
			ended_by: None,
			previous: None,
			payer,
			ticket,
		},
	);
	Pairs::<T>::insert(patient, org, Pair { latest: Some(id), words: 1 });
	id
}

/// A relationship of `org` with `patient`, who has opted out: the answer takes longest to find.
pub(crate) fn relate<T: Config>(patient: &PatientId, org: OrgId) {
	let now = Pallet::<T>::now();
	fill::<T>(patient, org.saturating_add(1));
	related::<T>(patient, org);
	fill_policies::<T>(MAX_POLICIES, CarePolicy::CareTeam);
	OptOuts::<T>::mutate(patient, |outs| {
		let out = OptOut { towards: Towards::Everybody, from: now, until: None };
		outs.try_push(out).expect("there is room for one more");
	});
}

/// As many policies as `count`, of which the last is `last` and in force.
fn fill_policies<T: Config>(count: u32, last: CarePolicy) {
	let other = match last {
		CarePolicy::ConsentOnly => CarePolicy::CareTeam,
		CarePolicy::CareTeam => CarePolicy::ConsentOnly,
	};
	let terms: Vec<_> = (0..count)
		.map(|n| PolicyTerm {
			from: n.into(),
			policy: if (count - n) % 2 == 1 { last } else { other },
		})
		.collect();
	Policies::<T>::put(PolicyList::truncate_from(terms));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn invite() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), org, NOW + T::MaxTerm::get());

		assert_eq!(Invitations::<T>::get(patient).next, MAX_INVITATIONS + 1);
	}

	#[benchmark]
	fn withdraw_invitation() {
		let (key, patient) = patient::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(key), MAX_INVITATIONS - 1);

		assert_eq!(Invitations::<T>::get(patient).open.len() as u32, MAX_INVITATIONS - 2);
	}

	#[benchmark]
	fn open() {
		let (key, patient) = patient::<T>();
		let (org, clinician) = organisation::<T>(0);
		let before = related::<T>(&patient, org);
		let until = NOW + T::MaxTerm::get();
		Pallet::<T>::do_invite(key, org, until).expect("there is room for one more");

		#[extrinsic_call]
		_(RawOrigin::Signed(clinician), org, patient, RelationshipKind::Admission, until);

		assert_eq!(Pairs::<T>::get(patient, org).latest, Some(before + 1));
	}

	#[benchmark]
	fn open_for() {
		set_time::<T>();
		let (org, clinician) = organisation::<T>(0);
		let (until, expiry) = (NOW + T::MaxTerm::get(), NOW + T::MaxSignatureLife::get());
		let genesis = Pallet::<T>::genesis();
		let kind = RelationshipKind::Admission;
		// Wrapped, because that form is tried last.
		let (key, signature) = T::BenchmarkHelper::sign(&|key| {
			let patient = T::Patients::benchmark_patient(key);
			fill::<T>(&patient, 1_000_000);
			related::<T>(&patient, org);
			Pallet::<T>::put_benchmark_invitation(patient, org);
			let seen = seen::<T>(&patient, org);
			signing::wrapped(&messages::open_for(
				&genesis, org, &patient, kind, until, 1, &seen, expiry,
			))
		});
		let patient = T::Patients::key(&key).expect("a patient's").patient;

		#[extrinsic_call]
		_(RawOrigin::Signed(clinician), org, key, kind, until, 1, One::one(), expiry, signature);

		assert_eq!(Pairs::<T>::get(patient, org).words, 2);
	}

	#[benchmark]
	fn refer() {
		set_time::<T>();
		let (from, clinician) = organisation::<T>(0);
		let (to, _) = organisation::<T>(1);
		let (until, expiry) = (NOW + T::MaxTerm::get(), NOW + T::MaxSignatureLife::get());
		let genesis = Pallet::<T>::genesis();
		let (key, signature) = T::BenchmarkHelper::sign(&|key| {
			let patient = T::Patients::benchmark_patient(key);
			fill::<T>(&patient, 1_000_000);
			related::<T>(&patient, from);
			let seen = seen::<T>(&patient, to);
			signing::wrapped(&messages::refer(
				&genesis, from, &patient, to, until, 0, &seen, expiry,
			))
		});
		let patient = T::Patients::key(&key).expect("a patient's").patient;

		#[extrinsic_call]
		_(RawOrigin::Signed(clinician), from, to, key, until, 0, One::one(), expiry, signature);

		assert_eq!(Pairs::<T>::get(patient, to).words, 1);
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
	fn end() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		let id = renewed::<T>(&patient, org);
		Pallet::<T>::put_benchmark_invitation(patient, org);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), id);

		assert_eq!(Pairs::<T>::get(patient, org).words, 2);
	}

	#[benchmark]
	fn leave() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		let id = renewed::<T>(&patient, org);
		Pallet::<T>::put_benchmark_invitation(patient, org);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), id);

		assert_eq!(OptOuts::<T>::get(patient).len() as u32, MAX_OPT_OUT_HISTORY - 1);
	}

	/// No call, but what it takes to find out whether [`Call::leave`] is free.
	#[benchmark]
	fn leave_condition() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		let id = renewed::<T>(&patient, org);
		let origin: T::RuntimeOrigin = RawOrigin::Signed(key).into();
		let free;

		#[block]
		{
			free = Pallet::<T>::effective(&origin, |who| Pallet::<T>::check_leave(who, id));
		}

		assert!(free);
	}

	#[benchmark]
	fn end_for() {
		let (_, patient) = patient::<T>();
		let (org, clinician) = organisation::<T>(0);
		let id = related::<T>(&patient, org);
		Pallet::<T>::put_benchmark_invitation(patient, org);

		#[extrinsic_call]
		_(RawOrigin::Signed(clinician), org, id);

		assert_eq!(Pairs::<T>::get(patient, org).words, 2);
	}

	#[benchmark]
	fn opt_out() {
		let (key, patient) = patient::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(key));

		assert_eq!(OptOuts::<T>::get(patient).len() as u32, MAX_OPT_OUT_HISTORY - 1);
		assert!(Invitations::<T>::get(patient).open.is_empty());
	}

	#[benchmark]
	fn opt_out_of() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		Pallet::<T>::put_benchmark_invitation(patient, org);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), org);

		assert_eq!(OptOuts::<T>::get(patient).len() as u32, MAX_OPT_OUT_HISTORY - 1);
	}

	#[benchmark]
	fn opt_in() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		let towards = Towards::Organisation(org);
		out_of::<T>(&patient, towards);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), towards);

		assert_eq!(PendingOptIns::<T>::get(patient).len() as u32, MAX_PENDING);
	}

	#[benchmark]
	fn apply_opt_in() {
		let (_, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0);
		let towards = Towards::Organisation(org);
		out_of::<T>(&patient, towards);
		PendingOptIns::<T>::mutate(patient, |pending| {
			pending.iter_mut().next_back().expect("there are some").towards = towards;
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0, 0)), patient, towards);

		assert_eq!(PendingOptIns::<T>::get(patient).len() as u32, MAX_PENDING - 2);
	}

	#[benchmark]
	fn cancel_opt_in() {
		let (key, patient) = patient::<T>();
		let towards = Towards::Organisation(1_000_000 + MAX_PENDING - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), towards);

		assert_eq!(PendingOptIns::<T>::get(patient).len() as u32, MAX_PENDING - 2);
	}

	#[benchmark]
	fn set_policy() {
		set_time::<T>();
		fill_policies::<T>(MAX_POLICIES - 1, CarePolicy::ConsentOnly);

		#[extrinsic_call]
		_(RawOrigin::Root, CarePolicy::CareTeam);

		assert_eq!(Policies::<T>::get().len() as u32, MAX_POLICIES);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

impl<T: Config> Pallet<T> {
	/// Fills the last place of the patient's invitations with one for `organisation`.
	fn put_benchmark_invitation(patient: PatientId, organisation: OrgId) {
		let made_at = Self::now();
		let expires_at = made_at + HOUR;
		let invitation =
			Invitation { organisation, until: expires_at, made_at, expires_at, referred_by: None };
		Invitations::<T>::mutate(patient, |book| {
			let id = book.next;
			book.next += 1;
			book.open.try_push((id, invitation)).expect("there is room for one more");
		});
	}
}
