//! The storage of version 1, in which a Permit that was asked for named a person at any employer.

use super::*;
use crate::migrations::v3::NameWhoAsked;
use frame_support::traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion};

/// The specialist, acting for the hospital.
const AT_THE_HOSPITAL: Actor<u64> = Actor::Practitioner { who: SPECIALIST, organisation: HOSPITAL };

/// What the specialist asked for itself, approved, as version 1 wrote it; its number.
fn of_version_1() -> Id {
	let id = request_for(RequestFor::Requester, access());
	let directive = next_id(PATIENT);
	assert_ok!(Consent::approve(RuntimeOrigin::signed(WALLET), id, access()));
	Live::<Test>::mutate(PATIENT, |live| {
		live.entries.last_mut().unwrap().1.grantee = Grantee::Practitioner(SPECIALIST);
	});
	directive
}

/// As the block of an upgrade does it: before it has a time of its own, which is later than the last block's by this.
const SLOT: Moment = 6;

fn migrate() {
	StorageVersion::new(1).put::<Consent>();
	NameWhoAsked::<Test>::on_runtime_upgrade();
	assert_eq!(Consent::on_chain_storage_version(), Consent::in_code_storage_version());
	assert_ok!(Consent::do_try_state());
	pass(SLOT);
	assert_ok!(Consent::do_try_state());
}

#[test]
fn a_permit_in_force_is_replaced_by_one_for_who_asked_and_the_past_stays() {
	build_and_execute(|| {
		hire(HOSPITAL, SPECIALIST, Role::Clinician);
		let old = of_version_1();
		let own = permit(Grantee::Practitioner(CLINICIAN));
		let over = of_version_1();
		pass(HOUR);
		revoke(over);
		let agreed = Agreements::<Test>::get(PATIENT, old).unwrap();
		let waiting = request_for(RequestFor::Requester, access());
		Requests::<Test>::mutate(PATIENT, waiting, |request| {
			request.as_mut().unwrap().grantee = Grantee::Practitioner(SPECIALIST);
		});
		// In the second of the last block before the upgrade.
		let moment = now();
		for actor in [AT_THE_HOSPITAL, CLINIC_SPECIALIST] {
			assert_eq!(ask(actor), permitted(old), "as version 1 answered");
		}
		migrate();
		let new = next_id(PATIENT) - 1;
		assert_eq!(ask(AT_THE_HOSPITAL), BY_DEFAULT);
		assert_eq!(ask(CLINIC_SPECIALIST), permitted(new));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(own), "the patient's own word stays");
		assert_eq!(
			Consent::directives(&PATIENT).last().unwrap().1.grantee,
			Grantee::PractitionerAt(SPECIALIST, CLINIC)
		);
		assert_eq!(Agreements::<Test>::get(PATIENT, new), Some(agreed));
		assert_eq!(Agreements::<Test>::get(PATIENT, old), None);
		assert!(Agreements::<Test>::contains_key(PATIENT, over), "what had ended is as it was");
		pass(HOUR);
		for actor in [AT_THE_HOSPITAL, CLINIC_SPECIALIST] {
			assert_eq!(ask_at(actor, moment - 1), permitted(old), "as it was answered");
			assert_eq!(
				ask_at(actor, moment),
				permitted(old),
				"as it was answered, to the last second"
			);
		}
		assert_eq!(ask_at(AT_THE_HOSPITAL, moment + 1), BY_DEFAULT);
		assert_eq!(ask_at(CLINIC_SPECIALIST, moment + 1), permitted(new));
		assert_ok!(Consent::approve(
			RuntimeOrigin::signed(WALLET),
			waiting,
			Access { until: now() + DAY, ..access() }
		));
		assert_eq!(
			Consent::directives(&PATIENT).last().unwrap().1.grantee,
			Grantee::PractitionerAt(SPECIALIST, CLINIC)
		);
		revoke(new);
	});
}

#[test]
fn a_permit_that_ends_with_the_last_second_before_the_upgrade_ends_by_itself() {
	build_and_execute(|| {
		hire(HOSPITAL, SPECIALIST, Role::Clinician);
		let old = of_version_1();
		let moment = now();
		Live::<Test>::mutate(PATIENT, |live| {
			live.entries.last_mut().unwrap().1.period.until = moment + 1;
		});
		migrate();
		assert_eq!(next_id(PATIENT), old + 1, "nothing takes its place");
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		for actor in [AT_THE_HOSPITAL, CLINIC_SPECIALIST] {
			assert_eq!(ask_at(actor, moment), permitted(old), "as it was answered");
		}
	});
}

#[test]
fn a_patient_with_as_many_permits_as_there_is_room_for_loses_none() {
	build_and_execute(|| {
		for _ in 0..MAX_PERMITS {
			of_version_1();
		}
		for _ in MAX_PERMITS..MAX_LIVE {
			deny(Grantee::Organisation(HOSPITAL));
		}
		pass(1);
		migrate();
		let live = Consent::directives(&PATIENT);
		let narrow = Grantee::PractitionerAt(SPECIALIST, CLINIC);
		let kept =
			live.iter().filter(|(_, found)| found.grantee == narrow && found.in_force(now()));
		assert_eq!(kept.count() as u32, MAX_PERMITS);
		assert_eq!(live.iter().filter(|(_, found)| found.effect == Effect::Deny).count(), 16);
	});
}

#[test]
fn what_is_of_version_3_is_left_alone() {
	build_and_execute(|| {
		let id = request_for(RequestFor::Requester, access());
		assert_ok!(Consent::approve(RuntimeOrigin::signed(WALLET), id, access()));
		request_for(RequestFor::Organisation, access());
		StorageVersion::new(3).put::<Consent>();
		let same = sp_io::storage::root(sp_runtime::StateVersion::V1);
		NameWhoAsked::<Test>::on_runtime_upgrade();
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), same);
		migrate();
		assert_eq!(ask(CLINIC_SPECIALIST), permitted(0));
		assert_eq!(next_id(PATIENT), 1);
	});
}
