//! What a call declares is what its arguments can take; what it gives back is what they did not.

use super::*;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	weights::Weight,
};

/// What the mock weighs with.
type Weights = ();

/// The most employers that a person has here.
const EMPLOYERS: u32 = 16;

fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

fn permitted_to(grantee: Grantee<u64>) -> Weight {
	used_by(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, access()))
}

#[test]
fn only_a_person_is_looked_up() {
	build_and_execute(|| {
		let base = Weights::permit(MAX_LIVE).saturating_add(Weights::sweep());
		let person = base.saturating_add(Weights::practitioner(EMPLOYERS));
		for (grantee, expected) in [
			(Grantee::Any, base),
			(Grantee::Organisation(HOSPITAL), base),
			(Grantee::RoleAt(HOSPITAL, Role::Clinician), base),
			(Grantee::Practitioner(CLINICIAN), person),
			(Grantee::PractitionerAt(CLINICIAN, HOSPITAL), person),
		] {
			assert_eq!(declared(Call::permit { grantee, access: access() }), expected);
			let (scope, until) = (scope(), Moment::MAX);
			let deny = declared(Call::deny { grantee, scope, until });
			let of_deny = expected
				.saturating_sub(Weights::permit(MAX_LIVE))
				.saturating_add(Weights::deny(MAX_LIVE));
			assert_eq!(deny, of_deny);
		}
	});
}

/// Five reads and one write: the time, the key, the patient, the organisation, and the live set.
#[test]
fn a_permit_to_an_organisation_reads_five_items_and_writes_one() {
	use frame_support::weights::constants::RocksDbWeight;
	build_and_execute(|| {
		let used = permitted_to(Grantee::Organisation(HOSPITAL));
		assert_eq!(used, Weights::permit(0));
		let storage = RocksDbWeight::get().reads_writes(5, 1).ref_time();
		let time = used.ref_time().checked_sub(storage).expect("at least what the storage takes");
		assert!(time < RocksDbWeight::get().writes(1).ref_time(), "and nothing beside: {time}");
	});
}

#[test]
fn a_permit_is_charged_for_those_that_are_there() {
	build_and_execute(|| {
		for live in 0..5 {
			assert_eq!(permitted_to(Grantee::Organisation(HOSPITAL)), Weights::permit(live));
		}
		let revoked = used_by(Consent::revoke(RuntimeOrigin::signed(VIEWER), 3));
		assert_eq!(revoked, Weights::revoke(5));
		assert_eq!(declared(Call::revoke { directive: 3 }), Weights::revoke(MAX_LIVE));
	});
}

#[test]
fn the_history_is_charged_where_something_goes_over_to_it() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		permit(Grantee::Organisation(HOSPITAL));
		revoke(id);
		pass(1);
		let used = permitted_to(Grantee::Organisation(CLINIC));
		assert_eq!(used, Weights::permit(2).saturating_add(Weights::sweep()));
		assert_eq!(Live::<Test>::get(PATIENT).swept, 1);
		assert_eq!(permitted_to(Grantee::Organisation(CLINIC)), Weights::permit(2));
		let denied = used_by(Consent::deny(
			RuntimeOrigin::signed(VIEWER),
			Grantee::Any,
			scope(),
			Moment::MAX,
		));
		assert_eq!(denied, Weights::deny(3));
	});
}

#[test]
fn a_person_is_charged_by_its_employers() {
	build_and_execute(|| {
		let one = Weights::permit(0).saturating_add(Weights::practitioner(1));
		assert_eq!(permitted_to(Grantee::Practitioner(SPECIALIST)), one);
		hire(HOSPITAL, SPECIALIST, Role::Nurse);
		let two = Weights::permit(1).saturating_add(Weights::practitioner(2));
		assert_eq!(permitted_to(Grantee::PractitionerAt(SPECIALIST, CLINIC)), two);
	});
}

#[test]
fn who_asks_is_looked_up_and_who_is_approved_only_if_it_is_a_person() {
	build_and_execute(|| {
		let asked = |request_for| {
			used_by(Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				request_for,
				access(),
				Commitment::zero(),
			))
		};
		let one = Weights::request_access().saturating_add(Weights::practitioner(1));
		for whom in [RequestFor::Organisation, RequestFor::Requester] {
			assert_eq!(asked(whom), one);
		}
		let call = Call::approve { request: 0, access: access() };
		let most = Weights::approve(MAX_LIVE)
			.saturating_add(Weights::sweep())
			.saturating_add(Weights::practitioner(EMPLOYERS));
		assert_eq!(declared(call), most);
		let approved =
			|request| used_by(Consent::approve(RuntimeOrigin::signed(WALLET), request, access()));
		assert_eq!(approved(0), Weights::approve(0));
		assert_eq!(approved(1), Weights::approve(1).saturating_add(Weights::practitioner(1)));
	});
}
