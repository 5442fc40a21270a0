//! A Permit that came from a request holds for the organisation that asked, and for nobody else.

use super::*;
use salus_primitives::traits::Credentials as _;

/// Whatever a request can name.
const WHOM: [RequestFor; 3] =
	[RequestFor::Requester, RequestFor::Role(Role::Clinician), RequestFor::Organisation];

/// The specialist, acting for the hospital.
const AT_THE_HOSPITAL: Actor<u64> = Actor::Practitioner { who: SPECIALIST, organisation: HOSPITAL };

/// The clinic's specialist, who works at the hospital too, has asked for itself at the clinic or for
/// the clinic; the number of the Permit.
fn asked(whom: RequestFor) -> Id {
	if !Register::roles(HOSPITAL, &SPECIALIST, now()).contains(Role::Clinician) {
		hire(HOSPITAL, SPECIALIST, Role::Clinician);
	}
	let id = request_for(whom, access());
	let directive = next_id(PATIENT);
	assert_ok!(Consent::approve(RuntimeOrigin::signed(WALLET), id, access()));
	directive
}

#[test]
fn it_is_no_use_at_another_employer() {
	for whom in WHOM {
		build_and_execute(|| {
			let id = asked(whom);
			assert_eq!(ask(CLINIC_SPECIALIST), permitted(id), "{whom:?}");
			assert_eq!(ask(AT_THE_HOSPITAL), BY_DEFAULT, "{whom:?}");
			let deny = deny(Grantee::Organisation(HOSPITAL));
			assert_eq!(ask(AT_THE_HOSPITAL), denied(deny), "{whom:?}");
			assert_eq!(ask(CLINIC_SPECIALIST), permitted(id), "{whom:?}");
		});
	}
}

#[test]
fn it_outlives_neither_the_licence_nor_the_affiliation_of_who_asked() {
	for whom in WHOM {
		build_and_execute(|| {
			let id = asked(whom);
			pass(10);
			suspend(CLINIC);
			assert_eq!(ask(CLINIC_SPECIALIST), Verdict::Deny(Reason::Credential), "{whom:?}");
			assert_eq!(ask(AT_THE_HOSPITAL), BY_DEFAULT, "{whom:?}");
			assert_eq!(ask_at(CLINIC_SPECIALIST, now() - 1), permitted(id), "as it was answered");
			pass(10);
			reinstate(CLINIC);
			assert_eq!(ask(CLINIC_SPECIALIST), permitted(id), "{whom:?}");
			dismiss(CLINIC, SPECIALIST);
			assert_eq!(ask(CLINIC_SPECIALIST), Verdict::Deny(Reason::Credential), "{whom:?}");
			assert_eq!(ask(AT_THE_HOSPITAL), BY_DEFAULT, "{whom:?}");
		});
	}
}

#[test]
fn approved_after_the_licence_ended_or_the_asker_left_it_lets_nobody() {
	let leaving: [fn(); 2] = [|| suspend(CLINIC), || dismiss(CLINIC, SPECIALIST)];
	for whom in WHOM {
		for leave in leaving {
			build_and_execute(|| {
				hire(HOSPITAL, SPECIALIST, Role::Clinician);
				let asked = access();
				let id = request_for(whom, asked);
				pass(10);
				leave();
				assert_ok!(Consent::approve(RuntimeOrigin::signed(WALLET), id, asked));
				assert_eq!(ask(CLINIC_SPECIALIST), Verdict::Deny(Reason::Credential), "{whom:?}");
				assert_eq!(ask(AT_THE_HOSPITAL), BY_DEFAULT, "{whom:?}");
			});
		}
	}
}

#[test]
fn it_is_no_relation_of_treatment_at_another_employer() {
	use salus_primitives::traits::TreatmentRelation;
	for whom in WHOM {
		build_and_execute(|| {
			asked(whom);
			let treats = |org| Consent::treats(&PATIENT, org, &SPECIALIST, DataClassSet::ALL);
			assert!(treats(CLINIC) && !treats(HOSPITAL), "{whom:?}");
		});
	}
}

/// The patient's own word to a person is another matter: it names the person, not an employer.
#[test]
fn a_patients_own_permit_names_a_person_anywhere_or_at_one_organisation() {
	build_and_execute(|| {
		hire(HOSPITAL, SPECIALIST, Role::Clinician);
		let here = permit(Grantee::PractitionerAt(SPECIALIST, CLINIC));
		let deny = deny(Grantee::Organisation(HOSPITAL));
		assert_eq!(ask(CLINIC_SPECIALIST), permitted(here));
		assert_eq!(ask(AT_THE_HOSPITAL), denied(deny));
		let anywhere = permit(Grantee::Practitioner(SPECIALIST));
		assert_eq!(ask(AT_THE_HOSPITAL), permitted(anywhere));
		// A Deny of the person there is as specific, and wins.
		let there = Grantee::PractitionerAt(SPECIALIST, HOSPITAL);
		let forbidden = next_id(PATIENT);
		assert_ok!(Consent::deny(RuntimeOrigin::signed(VIEWER), there, scope(), Moment::MAX));
		assert_eq!(ask(AT_THE_HOSPITAL), denied(forbidden));
		assert_eq!(ask(CLINIC_SPECIALIST), permitted(here));
	});
}

#[test]
fn a_person_at_an_organisation_is_named_only_where_both_may_be() {
	build_and_execute(|| {
		let named = |who, org| {
			let grantee = Grantee::PractitionerAt(who, org);
			Consent::permit(RuntimeOrigin::signed(WALLET), grantee, access())
		};
		assert_noop!(named(SPECIALIST, 77), Error::<Test>::UnknownOrganisation);
		assert_noop!(named(SPECIALIST, HIV_CLINIC), Error::<Test>::FlaggedOrganisation);
		hire(HIV_CLINIC, SPECIALIST, Role::Clinician);
		assert_noop!(named(SPECIALIST, CLINIC), Error::<Test>::FlaggedOrganisation);
	});
}
