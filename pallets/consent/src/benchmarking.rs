//! The worst case of every call: a full set of directives. What a call takes only sometimes has a benchmark of its own,
//! which is added where it does: `practitioner` for a grantee who is a person, by the number of
//! employers, and `sweep` where directives that ended go over to the history. What transactions take besides their calls has one, too.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Consideration, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use salus_primitives::{
	time::HOUR,
	traits::{Credentials, Patients, TreatmentRelation},
	Action, ActionSet, Commitment, DataClass, DataClassSet, Interval, LabelSet, Moment, OrgId,
	OrgKind, PatientId, Purpose, PurposeSet, Role,
};

fn scope() -> Scope {
	Scope {
		actions: ActionSet::ALL,
		purposes: PurposeSet::ALL.without(Purpose::Btg),
		classes: DataClassSet::ALL,
		labels: LabelSet::EMPTY,
		data: Interval::ALWAYS,
	}
}

fn access<T: Config>() -> Access {
	let now = Pallet::<T>::now();
	Access {
		scope: scope(),
		until: now + HOUR,
		max_uses: None,
		redisclose_depth: MAX_REDISCLOSE_DEPTH,
		erase_after: Some(now + HOUR),
	}
}

/// A patient with one key.
fn patient<T: Config>() -> (T::AccountId, PatientId) {
	let key: T::AccountId = account("patient", 0, 0);
	let patient = T::Patients::benchmark_patient(&key);
	(key, patient)
}

/// A licensed organisation whose administrator can pay for `requests` requests, and a clinician.
fn organisation<T: Config>(index: u32, requests: u32) -> (OrgId, T::AccountId) {
	let admin: T::AccountId = account("admin", index, 0);
	let clinician: T::AccountId = account("clinician", index, 0);
	let org = T::Credentials::benchmark_organisation(
		OrgKind::Provider,
		&admin,
		&clinician,
		Role::Clinician,
	);
	for _ in 0..requests {
		T::Consideration::ensure_successful(&admin, Pallet::<T>::footprint());
	}
	(org, clinician)
}

fn directive<T: Config>(effect: Effect, ended: bool) -> Directive<T::AccountId> {
	let now = Pallet::<T>::now();
	let Access { scope, until, max_uses, redisclose_depth, erase_after } = access::<T>();
	let why = match effect {
		Effect::Permit => EndReason::Revoked,
		Effect::Deny => EndReason::Lifted,
	};
	Directive {
		effect,
		grantee: Grantee::PractitionerAt(account("grantee", 0, 0), 0),
		scope,
		period: Interval::new(now, until),
		max_uses,
		redisclose_depth,
		erase_after,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: ended.then_some(Ended { at: now, why }),
	}
}

/// A live set of `count` directives in force: Permits up to one below their limit, then denials.
fn fill_in_force<T: Config>(patient: PatientId, count: u32) {
	let entries: Vec<_> = (0..count)
		.map(|id| match id {
			_ if id < MAX_PERMITS - 1 => (id, directive::<T>(Effect::Permit, false)),
			_ => (id, directive::<T>(Effect::Deny, false)),
		})
		.collect();
	let entries = BoundedVec::truncate_from(entries);
	Live::<T>::insert(patient, LiveSet { next: count, swept: 0, entries });
}

/// A full live set: Permits up to one below their limit, as many directives that ended as one call
/// sweeps, denials; and a page of history with room for exactly those.
fn fill<T: Config>(patient: PatientId) {
	let kept = PAGE - SWEEP;
	let old: Vec<_> = (0..kept).map(|id| (id, directive::<T>(Effect::Permit, true))).collect();
	History::<T>::insert(
		patient,
		0,
		HistoryPage { swept: Pallet::<T>::now(), entries: BoundedVec::truncate_from(old) },
	);
	let entries: Vec<_> = (0..MAX_LIVE)
		.map(|i| {
			let found = match i {
				0..SWEEP => directive::<T>(Effect::Permit, true),
				_ if i < SWEEP + MAX_PERMITS - 1 => directive::<T>(Effect::Permit, false),
				_ => directive::<T>(Effect::Deny, false),
			};
			(kept + i, found)
		})
		.collect();
	Live::<T>::insert(
		patient,
		LiveSet { next: kept + MAX_LIVE, swept: kept, entries: BoundedVec::truncate_from(entries) },
	);
}

/// The last Deny of a filled set.
const LAST_DENY: DirectiveId = PAGE - SWEEP + MAX_LIVE - 1;

/// The longest history of vetoes from which one more can be lifted, and every purpose vetoed but
/// `except`.
pub(crate) fn fill_vetoes<T: Config>(patient: PatientId, except: Option<Purpose>) {
	let now = Pallet::<T>::now();
	let lifted = MAX_VETOES - VETO_ROOM - 1;
	let old = (0..lifted).map(|_| PurposeVeto {
		purpose: Purpose::Treat,
		from: now.saturating_sub(1),
		until: Some(now),
	});
	let standing = Purpose::ALL
		.iter()
		.filter(|purpose| **purpose != Purpose::Btg && Some(**purpose) != except)
		.map(|purpose| PurposeVeto { purpose: *purpose, from: now, until: None });
	Vetoes::<T>::insert(patient, BoundedVec::truncate_from(old.chain(standing).collect()));
}

/// As many base decisions as leave `room` places, the last of which is `last`.
pub(crate) fn fill_base<T: Config>(patient: PatientId, room: u32, last: BaseDecision) {
	let before = match last {
		BaseDecision::Deny => BaseDecision::Permit,
		BaseDecision::Unset | BaseDecision::Permit => BaseDecision::Deny,
	};
	let count = MAX_BASE - room;
	let terms = (1..=count).map(|n| BaseTerm {
		from: Pallet::<T>::now(),
		decision: if (count - n).is_multiple_of(2) { last } else { before },
	});
	BaseDecisions::<T>::insert(patient, BoundedVec::truncate_from(terms.collect()));
}

/// As many lifts that wait as leave room for `room`. Organisations' numbers stand for anything.
fn fill_pending<T: Config>(patient: PatientId, room: u32) -> Vec<PendingLift> {
	let now = Pallet::<T>::now();
	let pending: Vec<_> = (0..MAX_PENDING - room)
		.map(|i| PendingLift {
			target: LiftTarget::Requester(1_000_000 + i),
			requested_at: now,
			ready_at: now + T::LiftDelay::get(),
		})
		.collect();
	PendingLifts::<T>::insert(patient, BoundedVec::truncate_from(pending.clone()));
	pending
}

/// Puts `target` behind all other lifts, ready now.
fn ready<T: Config>(patient: PatientId, target: LiftTarget) {
	let mut pending = fill_pending::<T>(patient, 1);
	pending.push(PendingLift { target, requested_at: Pallet::<T>::now(), ready_at: 0 });
	PendingLifts::<T>::insert(patient, BoundedVec::truncate_from(pending));
}

/// `count` open requests by as few organisations as may make them, for whom these ask; the last one's number.
fn ask<T: Config>(patient: PatientId, count: u32, request_for: RequestFor) -> RequestId {
	let per = MAX_REQUESTS_OF_ONE;
	for index in 0..count.div_ceil(per) {
		let (org, clinician) = organisation::<T>(index + 1, per);
		for _ in 0..per.min(count - index * per) {
			Pallet::<T>::request_access(
				RawOrigin::Signed(clinician.clone()).into(),
				org,
				patient,
				request_for,
				access::<T>(),
				Commitment::repeat_byte(1),
			)
			.expect("an open request");
		}
	}
	count - 1
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// For a role at an organisation, beside `l` directives of which none has ended.
	#[benchmark]
	fn permit(l: Linear<0, { MAX_LIVE - 1 }>) {
		let (key, patient) = patient::<T>();
		fill_in_force::<T>(patient, l);
		let (org, _) = organisation::<T>(0, 0);
		let grantee = Grantee::RoleAt(org, Role::Clinician);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), grantee, access::<T>());

		assert_eq!(Live::<T>::get(patient).count(), l + 1);
	}

	/// For a role at an organisation, beside `l` directives of which none has ended.
	#[benchmark]
	fn deny(l: Linear<0, { MAX_LIVE - 1 }>) {
		let (key, patient) = patient::<T>();
		fill_in_force::<T>(patient, l);
		let (org, _) = organisation::<T>(0, 0);
		let grantee = Grantee::RoleAt(org, Role::Clinician);
		let until = Moment::MAX;

		#[extrinsic_call]
		_(RawOrigin::Signed(key), grantee, scope(), until);

		assert_eq!(Live::<T>::get(patient).count(), l + 1);
	}

	/// Of `l` directives the last Permit.
	#[benchmark]
	fn revoke(l: Linear<1, MAX_LIVE>) {
		let (key, patient) = patient::<T>();
		fill_in_force::<T>(patient, l);
		let last = l.min(MAX_PERMITS - 1) - 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(key), last);

		let live = Live::<T>::get(patient);
		assert_eq!(live.count(), l);
		let (_, found) =
			live.entries.iter().find(|(id, _)| *id == last).expect("it stays in place");
		assert!(found.ended.is_some());
	}

	/// No call, but what it takes to find out whether [`Call::revoke`] is free: of a full set, the last Permit.
	#[benchmark]
	fn revoke_condition() {
		let (key, patient) = patient::<T>();
		fill_in_force::<T>(patient, MAX_LIVE);
		let origin: T::RuntimeOrigin = RawOrigin::Signed(key).into();
		let free;

		#[block]
		{
			free = Pallet::<T>::effective(&origin, |who| {
				Pallet::<T>::check_revoke(who, MAX_PERMITS - 2)
			});
		}

		assert!(free);
	}

	#[benchmark]
	fn lift() {
		let (key, patient) = patient::<T>();
		fill::<T>(patient);
		fill_pending::<T>(patient, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), LAST_DENY);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING);
	}

	#[benchmark]
	fn veto_purpose() {
		let (key, patient) = patient::<T>();
		fill_vetoes::<T>(patient, Some(Purpose::Treat));
		let before = Vetoes::<T>::get(patient).len();

		#[extrinsic_call]
		_(RawOrigin::Signed(key), Purpose::Treat);

		assert_eq!(Vetoes::<T>::get(patient).len(), before + 1);
	}

	#[benchmark]
	fn lift_veto() {
		let (key, patient) = patient::<T>();
		fill_vetoes::<T>(patient, None);
		fill_pending::<T>(patient, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), Purpose::Hsysadmin);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING);
	}

	#[benchmark]
	fn apply_lift() {
		let (_, patient) = patient::<T>();
		fill::<T>(patient);
		let target = LiftTarget::Directive(LAST_DENY);
		ready::<T>(patient, target);
		let anyone: T::AccountId = account("anyone", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), patient, target);

		let live = Live::<T>::get(patient);
		let (_, found) =
			live.entries.iter().find(|(id, _)| *id == LAST_DENY).expect("it stays in place");
		assert!(found.ended.is_some());
	}

	#[benchmark]
	fn cancel_lift() {
		let (key, patient) = patient::<T>();
		let target = LiftTarget::Directive(0);
		ready::<T>(patient, target);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), target);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING - 1);
	}

	/// By somebody whose only employer is the organisation.
	#[benchmark]
	fn request_access() {
		let (_, patient) = patient::<T>();
		ask::<T>(patient, MAX_REQUESTS - 1, RequestFor::Requester);
		let (org, clinician) = organisation::<T>(0, 1);
		let (terms, access) = (Commitment::repeat_byte(1), access::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(clinician), org, patient, RequestFor::Requester, access, terms);

		assert!(Requests::<T>::contains_key(patient, MAX_REQUESTS - 1));
	}

	/// For a role at an organisation, beside `l` directives of which none has ended.
	#[benchmark]
	fn approve(l: Linear<0, { MAX_LIVE - 1 }>) {
		let (key, patient) = patient::<T>();
		let request = ask::<T>(patient, MAX_REQUESTS, RequestFor::Role(Role::Clinician));
		fill_in_force::<T>(patient, l);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), request, access::<T>());

		assert!(Agreements::<T>::contains_key(patient, l));
	}

	/// No call, but what is looked up in one for a person who has `e` employers, all of them flagged by now, and at none of
	/// which the person works any more; and how many they are, which is asked again for the weight.
	#[benchmark]
	fn practitioner(e: Linear<0, { T::Credentials::max_employers() }>) {
		let who: T::AccountId = account("practitioner", 0, 0);
		T::Credentials::benchmark_some_employers(&who, e);
		let now = Pallet::<T>::now();
		let grantee = Grantee::Practitioner(who);
		let named;
		let used;

		#[block]
		{
			named = Pallet::<T>::ensure_grantee(&grantee, now);
			used = Pallet::<T>::used_for(&grantee);
		}

		assert!(named.is_ok());
		assert_eq!(used, T::WeightInfo::practitioner(e));
	}

	/// No call, but what one takes that moves as many directives to the history as one does, onto a page with room for exactly
	/// those.
	#[benchmark]
	fn sweep() {
		let (_, patient) = patient::<T>();
		fill::<T>(patient);
		let mut live = Live::<T>::get(patient);
		let now = Pallet::<T>::now();

		#[block]
		{
			if let Some((number, page)) = Pallet::<T>::sweep(&patient, &mut live, now) {
				History::<T>::insert(patient, number, page);
			}
		}

		assert_eq!(live.swept, PAGE);
		assert_eq!(live.count(), MAX_LIVE - SWEEP);
		assert_eq!(History::<T>::get(patient, 0).expect("written").entries.len() as u32, PAGE);
	}

	#[benchmark]
	fn decline() {
		let (key, patient) = patient::<T>();
		let request = ask::<T>(patient, MAX_REQUESTS, RequestFor::Requester);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), request);

		assert!(!Requests::<T>::contains_key(patient, request));
	}

	#[benchmark]
	fn expire_request() {
		let (_, patient) = patient::<T>();
		let request = ask::<T>(patient, MAX_REQUESTS, RequestFor::Requester);
		Requests::<T>::mutate(patient, request, |open| {
			open.as_mut().expect("it is open").expires_at = 0;
		});
		let anyone: T::AccountId = account("anyone", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), patient, request);

		assert!(!Requests::<T>::contains_key(patient, request));
	}

	#[benchmark]
	fn block_requester() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), org);

		assert!(Blocked::<T>::contains_key(patient, org));
	}

	#[benchmark]
	fn unblock_requester() {
		let (key, patient) = patient::<T>();
		let (org, _) = organisation::<T>(0, 0);
		Blocked::<T>::insert(patient, org, Pallet::<T>::now());
		fill_pending::<T>(patient, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(key), org);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING);
	}

	#[benchmark]
	fn set_base_decision() {
		let (key, patient) = patient::<T>();
		fill_base::<T>(patient, 2, BaseDecision::Permit);
		ready::<T>(patient, LiftTarget::BaseDecision(BaseDecision::Permit));

		#[extrinsic_call]
		_(RawOrigin::Signed(key), BaseDecision::Deny);

		assert_eq!(BaseDecisions::<T>::get(patient).len() as u32, MAX_BASE - 1);
		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING - 1);
	}

	#[benchmark]
	fn relax_base_decision() {
		let (key, patient) = patient::<T>();
		fill_base::<T>(patient, 3, BaseDecision::Deny);
		// Another one waits, whose place it takes.
		ready::<T>(patient, LiftTarget::BaseDecision(BaseDecision::Unset));

		#[extrinsic_call]
		_(RawOrigin::Signed(key), BaseDecision::Permit);

		assert_eq!(PendingLifts::<T>::get(patient).len() as u32, MAX_PENDING);
	}

	/// No call, but what a question costs whoever answers one: by a practitioner about a patient of whom all that can be full is
	/// full, over RPC or for another pallet.
	#[benchmark]
	fn decide() {
		let (_, patient) = patient::<T>();
		let (org, clinician) = organisation::<T>(0, 0);
		T::Credentials::benchmark_employers(&clinician);
		let emergency = Pallet::<T>::benchmark_treatment(&patient, org, &clinician);
		let question = Question {
			subject: patient,
			actor: Actor::Practitioner { who: clinician, organisation: org },
			purpose: if emergency { Purpose::Btg } else { Purpose::Treat },
			action: Action::Read,
			class: DataClass::Laboratory,
			labels: LabelSet::EMPTY,
			data_time: Some(Pallet::<T>::now()),
			at: None,
		};
		let verdict;

		#[block]
		{
			verdict = Pallet::<T>::decide(&question);
		}

		assert!(verdict.is_ok_and(|verdict| verdict.allows()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
