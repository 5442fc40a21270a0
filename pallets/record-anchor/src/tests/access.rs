//! Who may do what.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{GetCallIndex, GetCallName},
};
use salus_primitives::{commitment::Form, OrgKind, Role};
use sp_runtime::{traits::Dispatchable, DispatchError};

/// A valid call, who may make it, and what all others hear. No error: anybody may.
struct Row {
	call: Call<Test>,
	may: &'static [AccountId],
	refused: Option<Error<Test>>,
}

/// Everybody there is.
const EVERYBODY: [AccountId; 18] = [
	ADMIN,
	DOCTOR,
	BILLER,
	OFFICER,
	STEWARD,
	CLINIC_ADMIN,
	CLINICIAN,
	LAB_ADMIN,
	SCIENTIST,
	PAYER_ADMIN,
	PATIENT_KEY,
	SECOND_KEY,
	OTHER_KEY,
	JUDGE,
	CLERK,
	INSPECTOR,
	CORONER,
	STRANGER,
];

/// One valid call of each kind for the hospital, in the order of the indices and such that each is
/// valid also after those before it.
fn rows() -> Vec<Row> {
	let origin = || RuntimeOrigin::signed(DOCTOR);
	let brief = RetentionClass::EmergencySummary;
	// Slots 0 and 1 are about the patient, 2 is a batch, 3 can be evicted, 4 is a batch that was.
	assert_ok!(anchor_about(0, Some(patient()), None));
	assert_ok!(anchor_about(1, Some(patient()), None));
	assert_ok!(anchor_batch(8));
	for (seq, leaves) in [(3, 3), (4, 4)] {
		let root = commitment(200 + seq);
		assert_ok!(RecordAnchor::anchor_batch(
			origin(),
			HOSPITAL,
			root,
			leaves,
			Form::Bytes,
			brief
		));
	}
	let reason = RetractReason::Duplicate;
	assert_ok!(RecordAnchor::retract(origin(), HOSPITAL, 4, Some(0), reason));
	assert_ok!(request_erasure(1));
	set_now(START + 100);
	assert_ok!(evict(&[4]));

	let (org, author) = (HOSPITAL, HOSPITAL);
	let row = |call, may, refused| Row { call, may, refused: Some(refused) };
	let authors = |call| row(call, &[DOCTOR, ADMIN, STEWARD], Error::NotAuthorised);
	let answerers = |call| row(call, &[DOCTOR, ADMIN, STEWARD, OFFICER], Error::NotAuthorised);
	let officers = |call| row(call, &[OFFICER, ADMIN, STEWARD], Error::NotAuthorised);
	let patients = |call| row(call, &[PATIENT_KEY, SECOND_KEY], Error::NotSubject);
	let courts = |call| row(call, &[JUDGE, CLERK, INSPECTOR], Error::NotCourt);
	let anybodys = |call| Row { call, may: &[STRANGER], refused: None };
	let (form, retention, statement) = (Form::Bytes, RetentionClass::Standard, commitment(900));
	vec![
		authors(Call::anchor {
			org,
			commitment: commitment(100),
			form,
			subject: None,
			previous: None,
			retention,
		}),
		authors(Call::anchor_batch { org, root: commitment(101), leaves: 5, form, retention }),
		authors(Call::retract { org, seq: 2, leaf: Some(3), reason }),
		patients(Call::acknowledge { author, seq: 0 }),
		authors(Call::anchor_many { org, records: vec![record(102)].try_into().unwrap() }),
		patients(Call::dispute { author, seq: 0, statement }),
		answerers(Call::extend_dispute { org, seq: 0 }),
		answerers(Call::answer_dispute { org, seq: 0, outcome: Outcome::Rejected, statement }),
		officers(Call::extend_retention { org, seq: 0, until: START + 2 * RETENTION }),
		courts(Call::hold { author, seq: 0, until: START + 200 }),
		courts(Call::release { author, seq: 0 }),
		patients(Call::request_erasure { author, seq: 0 }),
		patients(Call::withdraw_erasure { author, seq: 0 }),
		officers(Call::refuse_erasure { org, seq: 1, reason: RefusalReason::LegalClaims }),
		officers(Call::shred { org, seq: 1 }),
		anybodys(Call::evict { author, seqs: vec![3].try_into().unwrap() }),
		anybodys(Call::sweep { author, seq: 4, limit: 1 }),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		let rows = rows();
		let names: Vec<_> = rows.iter().map(|row| row.call.get_call_name()).collect();
		assert_eq!(names, Call::<Test>::get_call_names(), "a call is missing from this table");
		for Row { call, may, refused } in rows {
			let name = call.get_call_name();
			let call = RuntimeCall::RecordAnchor(call);
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				assert_noop!(call.clone().dispatch(origin), DispatchError::BadOrigin);
			}
			if let Some(refused) = refused {
				let refused: DispatchError = refused.into();
				for who in EVERYBODY.into_iter().filter(|who| !may.contains(who)) {
					let result = call.clone().dispatch(RuntimeOrigin::signed(who));
					assert_eq!(result.unwrap_err().error, refused, "{name} by {who}");
				}
			}
			let result = call.dispatch(RuntimeOrigin::signed(may[0]));
			assert!(result.is_ok(), "{name}: {result:?}");
		}
	});
}

/// Old front-ends and signed calls that wait somewhere know calls by their numbers.
#[test]
fn the_numbers_of_the_calls_are_kept() {
	build_and_execute(|| {
		let numbers: Vec<_> = rows().iter().map(|row| row.call.get_call_index()).collect();
		assert_eq!(numbers, (0..17).collect::<Vec<u8>>());
	});
}

#[test]
fn each_role_has_its_calls() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(request_erasure(0));
		for (n, role) in (0u64..).zip(Role::ALL) {
			let who = 500 + n;
			employ(HOSPITAL, who, *role);
			let may = |roles: salus_primitives::RoleSet, result: sp_runtime::DispatchResult| {
				let expected = if roles.contains(*role) {
					Ok(())
				} else {
					Err(Error::<Test>::NotAuthorised.into())
				};
				assert_eq!(result, expected, "{role:?}");
			};
			let origin = || RuntimeOrigin::signed(who);
			let records = vec![record(300 + n)].try_into().unwrap();
			let many = RecordAnchor::anchor_many(origin(), HOSPITAL, records);
			may(AUTHOR_ROLES, many.map(|_| ()).map_err(|refused| refused.error));
			assert_ok!(dispute(0));
			may(ANSWER_ROLES, RecordAnchor::extend_dispute(origin(), HOSPITAL, 0));
			let answer = |outcome| {
				RecordAnchor::answer_dispute(origin(), HOSPITAL, 0, outcome, commitment(1))
			};
			may(ANSWER_ROLES, answer(Outcome::Upheld));
			Disputes::<Test>::remove(HOSPITAL, 0);
			let until = START + RETENTION + 1 + n;
			may(PRIVACY_ROLES, RecordAnchor::extend_retention(origin(), HOSPITAL, 0, until));
			ErasureRequests::<Test>::mutate(HOSPITAL, 0, |request| {
				request.as_mut().unwrap().refusal = None;
			});
			let reason = RefusalReason::Archiving;
			may(PRIVACY_ROLES, RecordAnchor::refuse_erasure(origin(), HOSPITAL, 0, reason));
			if !PRIVACY_ROLES.contains(*role) {
				may(PRIVACY_ROLES, RecordAnchor::shred(origin(), HOSPITAL, 0));
			}
		}
		let privacy = [Role::PrivacyOfficer, Role::DataSteward];
		assert_eq!(PRIVACY_ROLES.iter().collect::<Vec<_>>(), privacy);
	});
}

#[test]
fn what_an_author_owes_it_does_without_a_licence() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		suspend(HOSPITAL, START + 1);
		set_now(START + 1);
		let records = vec![record(1)].try_into().unwrap();
		assert_noop!(
			RecordAnchor::anchor_many(RuntimeOrigin::signed(DOCTOR), HOSPITAL, records),
			Error::<Test>::NotLicensed
		);
		assert_ok!(dispute(0));
		let officer = || RuntimeOrigin::signed(OFFICER);
		assert_ok!(RecordAnchor::extend_dispute(officer(), HOSPITAL, 0));
		let (outcome, reasons) = (Outcome::Upheld, commitment(1));
		assert_ok!(RecordAnchor::answer_dispute(officer(), HOSPITAL, 0, outcome, reasons));
		let until = START + 2 * RETENTION;
		assert_ok!(RecordAnchor::extend_retention(officer(), HOSPITAL, 0, until));
		assert_ok!(request_erasure(0));
		let reason = RefusalReason::PublicHealth;
		assert_ok!(RecordAnchor::refuse_erasure(officer(), HOSPITAL, 0, reason));
		assert_ok!(shred(0));
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
