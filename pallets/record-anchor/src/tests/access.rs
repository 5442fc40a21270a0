//! Who may do what.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::GetCallName};
use salus_primitives::{commitment::Form, OrgKind, Role};
use sp_runtime::{traits::Dispatchable, DispatchError};

/// One valid call of each kind for the hospital, in the order of the indices. The slot 0 is a
/// record about the patient, the slot 1 a batch.
fn calls() -> Vec<RuntimeCall> {
	assert_ok!(anchor_about(0, Some(patient()), None));
	assert_ok!(anchor_batch(8));
	let retention = RetentionClass::Standard;
	vec![
		RuntimeCall::RecordAnchor(Call::anchor {
			org: HOSPITAL,
			commitment: commitment(100),
			form: Form::Bytes,
			subject: None,
			previous: None,
			retention,
		}),
		RuntimeCall::RecordAnchor(Call::anchor_batch {
			org: HOSPITAL,
			root: commitment(101),
			leaves: 5,
			form: Form::Bytes,
			retention,
		}),
		RuntimeCall::RecordAnchor(Call::retract {
			org: HOSPITAL,
			seq: 1,
			leaf: Some(3),
			reason: RetractReason::WrongContent,
		}),
		RuntimeCall::RecordAnchor(Call::acknowledge { author: HOSPITAL, seq: 0 }),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		let calls = calls();
		let names: Vec<_> = calls
			.iter()
			.map(|call| match call {
				RuntimeCall::RecordAnchor(call) => call.get_call_name(),
				_ => "another pallet's",
			})
			.collect();
		assert_eq!(names, Call::<Test>::get_call_names(), "a call is missing from this table");
		for call in calls {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				assert_noop!(call.clone().dispatch(origin), DispatchError::BadOrigin);
			}
			let patients_call = matches!(call, RuntimeCall::RecordAnchor(Call::acknowledge { .. }));
			let refused: DispatchError = if patients_call {
				Error::<Test>::NotSubject.into()
			} else {
				Error::<Test>::NotAuthorised.into()
			};
			for who in [STRANGER, BILLER, CLINIC_ADMIN, CLINICIAN, PAYER_ADMIN, OTHER_KEY] {
				assert_noop!(call.clone().dispatch(RuntimeOrigin::signed(who)), refused);
			}
			let other = if patients_call { DOCTOR } else { PATIENT_KEY };
			assert_noop!(call.clone().dispatch(RuntimeOrigin::signed(other)), refused);

			let right = if patients_call { PATIENT_KEY } else { DOCTOR };
			assert_ok!(call.dispatch(RuntimeOrigin::signed(right)));
		}
	});
}

#[test]
fn the_administrator_and_the_roles_that_make_records_act_for_an_organisation() {
	build_and_execute(|| {
		let anchor = |who, n| {
			RecordAnchor::anchor_batch(
				RuntimeOrigin::signed(who),
				HOSPITAL,
				commitment(n),
				1,
				Form::Bytes,
				RetentionClass::Standard,
			)
		};
		assert_ok!(anchor(ADMIN, 1_000));
		for role in Role::ALL {
			let who = 500 + u64::from(role.index());
			employ(HOSPITAL, who, *role);
			let makes_records = matches!(
				role,
				Role::Clinician
					| Role::Nurse | Role::Pharmacist
					| Role::LabScientist
					| Role::DataSteward
			);
			if makes_records {
				assert_ok!(anchor(who, who));
			} else {
				assert_noop!(anchor(who, who), Error::<Test>::NotAuthorised);
			}
		}
	});
}

#[test]
fn an_affiliation_that_ended_is_none_from_that_second_on() {
	build_and_execute(|| {
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().staff[0].2.until = START + 10);
		set_now(START + 9);
		assert_ok!(anchor(1));
		set_now(START + 10);
		assert_noop!(anchor(2), Error::<Test>::NotAuthorised);
		assert_noop!(
			RecordAnchor::retract(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				0,
				None,
				RetractReason::Duplicate
			),
			Error::<Test>::NotAuthorised
		);
	});
}

#[test]
fn a_suspended_licence_is_refused_at_that_second() {
	build_and_execute(|| {
		suspend(HOSPITAL, START + 10);
		set_now(START + 9);
		assert_ok!(anchor(1));
		assert_ok!(anchor_batch(2));
		set_now(START + 10);
		assert_noop!(anchor(2), Error::<Test>::NotLicensed);
		assert_noop!(anchor_batch(3), Error::<Test>::NotLicensed);

		license(HOSPITAL, OrgKind::Provider, START + 20, END);
		set_now(START + 19);
		assert_noop!(anchor(2), Error::<Test>::NotLicensed);
		set_now(START + 20);
		assert_ok!(anchor(2));
		assert_eq!(info(0).anchor.authority, Authority { kind: OrgKind::Provider, interval: 0 });
		assert_eq!(info(2).anchor.authority, Authority { kind: OrgKind::Provider, interval: 1 });
	});
}

#[test]
fn an_error_can_be_marked_after_a_licence_was_suspended() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		suspend(HOSPITAL, START + 10);
		set_now(START + 10);
		assert_ok!(RecordAnchor::retract(
			RuntimeOrigin::signed(DOCTOR),
			HOSPITAL,
			0,
			None,
			RetractReason::WrongContent
		));
	});
}

#[test]
fn only_the_kinds_that_make_records_anchor() {
	build_and_execute(|| {
		let anchor = |org, who, n| {
			RecordAnchor::anchor(
				RuntimeOrigin::signed(who),
				org,
				commitment(n),
				Form::Bytes,
				None,
				None,
				RetentionClass::Standard,
			)
		};
		for kind in OrgKind::ALL {
			let (org, admin) = (100 + u32::from(kind.index()), ADMIN);
			edit_orgs(|orgs| {
				let licences = vec![(*kind, salus_primitives::Interval::ALWAYS)];
				orgs.insert(org, Org { admin, licences, staff: vec![] });
			});
			if AUTHOR_KINDS.contains(kind) {
				assert_ok!(anchor(org, admin, 1));
				let stored = Anchors::<Test>::get(org, 0).unwrap();
				assert_eq!(stored.authority, Authority { kind: *kind, interval: 0 });
			} else {
				assert_noop!(anchor(org, admin, 1), Error::<Test>::NotLicensed);
			}
		}
		assert_noop!(anchor(PAYER, PAYER_ADMIN, 1), Error::<Test>::NotLicensed);
		assert_noop!(anchor(77, ADMIN, 1), Error::<Test>::NotAuthorised);
	});
}

#[test]
fn an_author_of_two_kinds_is_recorded_with_the_first_of_the_order() {
	build_and_execute(|| {
		assert_ok!(RecordAnchor::anchor_batch(
			RuntimeOrigin::signed(SCIENTIST),
			LAB,
			commitment(1),
			1,
			Form::FhirJson,
			RetentionClass::Imaging,
		));
		let stored = Anchors::<Test>::get(LAB, 0).unwrap();
		assert_eq!(stored.authority.kind, OrgKind::Laboratory);
		assert_eq!((stored.form, stored.retention), (Form::FhirJson, RetentionClass::Imaging));
	});
}

#[test]
fn an_author_whose_name_discloses_names_no_patient() {
	build_and_execute(|| {
		permit(patient(), HOSPITAL, DOCTOR);
		flag(HOSPITAL);
		assert_noop!(anchor_about(1, Some(patient()), None), Error::<Test>::FlaggedOrganisation);
		assert_ok!(anchor_about(1, None, None));
		assert_ok!(anchor_batch(3));
	});
}
