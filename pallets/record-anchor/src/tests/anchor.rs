//! Anchoring one record.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{
	commitment::{Algorithm, Form},
	Commitment, OrgKind, PatientState,
};
use sp_core::H256;
use sp_runtime::{ArithmeticError, DispatchResult};

fn anchor_for_clinic(n: u64, subject: Option<H256>) -> DispatchResult {
	RecordAnchor::anchor(
		RuntimeOrigin::signed(CLINICIAN),
		CLINIC,
		commitment(n),
		Form::Bytes,
		subject,
		None,
		RetentionClass::Standard,
	)
	.map(|_| ())
	.map_err(|refused| refused.error)
}

#[test]
fn an_anchor_says_what_when_and_by_which_licence() {
	build_and_execute(|| {
		assert_ok!(anchor(7));
		assert_eq!(
			info(0),
			AnchorInfo {
				anchor: Anchor {
					commitment: commitment(7),
					form: Form::Bytes,
					algorithm: Algorithm::Blake2b256,
					kind: Kind::Single,
					first: 0,
					version: 1,
					previous: None,
					relation: Relation::New,
					retention: RetentionClass::Standard,
					anchored_at: START,
					authority: Authority { kind: OrgKind::Provider, interval: 0 },
				},
				head: 0,
				successor: None,
				retraction: None,
				acknowledged_at: None,
				retention_until: START + RETENTION,
				holds: vec![],
				disputes: vec![],
				erasure: None,
			}
		);
		let (author, relation) = (HOSPITAL, Relation::New);
		assert_eq!(
			events(),
			[Event::Anchored { author, seq: 0, version: 1, previous: None, relation }]
		);
	});
}

#[test]
fn slots_are_counted_by_author_without_gaps() {
	build_and_execute(|| {
		for n in 0..3 {
			assert_ok!(anchor(n));
		}
		assert_ok!(anchor_for_clinic(9, None));
		// A refused call uses no slot.
		assert_noop!(anchor(1), Error::<Test>::AlreadyAnchored);
		assert_ok!(anchor(3));
		assert_eq!((NextSeq::<Test>::get(HOSPITAL), NextSeq::<Test>::get(CLINIC)), (4, 1));
		assert_eq!(info(3).anchor.commitment, commitment(3));
	});
}

#[test]
fn a_commitment_copied_by_another_author_changes_nothing() {
	build_and_execute(|| {
		assert_ok!(anchor_about(1, Some(patient()), None));
		let before = info(0);
		let verified = verify(0, 1, None);

		set_now(START + 1);
		assert_ok!(anchor_for_clinic(1, None));
		assert_eq!(info(0), before);
		assert_eq!(verify(0, 1, None), verified);
		// The copy proves only what it is: another author, later, about nobody.
		let copy = RecordAnchor::verify(CLINIC, 0, commitment(1), None, None).unwrap();
		assert_eq!(copy.anchored_at, START + 1);
		assert_eq!(Subjects::<Test>::get(CLINIC, 0), None);
	});
}

#[test]
fn a_squatter_blocks_nobody() {
	build_and_execute(|| {
		// The clinic sees the hospital's commitment in the pool and is faster.
		assert_ok!(anchor_for_clinic(1, None));
		assert_ok!(anchor_about(1, Some(patient()), None));
		assert_ok!(verify(0, 1, None));
		assert_ok!(anchor_after(2, Some((0, Relation::Amends))));
	});
}

#[test]
fn an_author_anchors_a_commitment_once() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		assert_noop!(anchor(1), Error::<Test>::AlreadyAnchored);
		assert_noop!(anchor_after(1, Some((0, Relation::Amends))), Error::<Test>::AlreadyAnchored);
		// Neither as the root of a batch, nor a root as a record.
		let batch = |root, leaves| {
			RecordAnchor::anchor_batch(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				root,
				leaves,
				Form::Bytes,
				RetentionClass::Standard,
			)
		};
		assert_noop!(batch(commitment(1), 4), Error::<Test>::AlreadyAnchored);
		assert_ok!(batch(commitment(2), 4));
		assert_noop!(anchor(2), Error::<Test>::AlreadyAnchored);
		// A retraction does not free it.
		assert_ok!(RecordAnchor::retract(
			RuntimeOrigin::signed(DOCTOR),
			HOSPITAL,
			0,
			None,
			RetractReason::WrongContent
		));
		assert_noop!(anchor(1), Error::<Test>::AlreadyAnchored);
	});
}

#[test]
fn zeros_commit_to_nothing() {
	build_and_execute(|| {
		assert_noop!(
			RecordAnchor::anchor(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				Commitment::zero(),
				Form::Bytes,
				None,
				None,
				RetentionClass::Standard,
			),
			Error::<Test>::ZeroCommitment
		);
	});
}

#[test]
fn the_last_slot_is_never_overrun() {
	new_test_ext().execute_with(|| {
		NextSeq::<Test>::insert(HOSPITAL, u64::MAX - 1);
		assert_ok!(anchor(1));
		assert!(Anchors::<Test>::contains_key(HOSPITAL, u64::MAX - 1));
		assert_noop!(anchor(2), ArithmeticError::Overflow);
		assert_noop!(anchor_batch(2), ArithmeticError::Overflow);
	});
}

#[test]
fn the_organisation_that_registered_a_patient_writes_into_its_history() {
	build_and_execute(|| {
		assert_ok!(anchor_about(1, Some(patient()), None));
		assert_eq!(Subjects::<Test>::get(HOSPITAL, 0), Some(patient()));
		// No event and no slot names the patient.
		use codec::Encode;
		let told = (events(), info(0)).encode();
		assert!(!told.windows(32).any(|bytes| bytes == patient().as_bytes()));
	});
}

#[test]
fn consent_to_treat_lets_others_write_while_it_lasts() {
	build_and_execute(|| {
		assert_noop!(anchor_for_clinic(1, Some(patient())), Error::<Test>::NotRelated);
		permit(patient(), CLINIC, CLINICIAN);
		assert_ok!(anchor_for_clinic(1, Some(patient())));
		assert_noop!(anchor_for_clinic(2, Some(other_patient())), Error::<Test>::NotRelated);
		revoke(patient(), CLINIC, CLINICIAN);
		assert_noop!(anchor_for_clinic(2, Some(patient())), Error::<Test>::NotRelated);
		assert_ok!(anchor_for_clinic(2, None));
	});
}

#[test]
fn consent_for_one_organisation_is_none_for_another() {
	build_and_execute(|| {
		// The same person works for both.
		employ(LAB, CLINICIAN, salus_primitives::Role::Clinician);
		permit(other_patient(), CLINIC, CLINICIAN);
		assert_noop!(
			RecordAnchor::anchor(
				RuntimeOrigin::signed(CLINICIAN),
				LAB,
				commitment(1),
				Form::Bytes,
				Some(other_patient()),
				None,
				RetentionClass::Standard,
			),
			Error::<Test>::NotRelated
		);
	});
}

#[test]
fn a_history_is_written_in_every_state_but_the_final_ones() {
	build_and_execute(|| {
		assert_noop!(
			anchor_about(0, Some(H256::repeat_byte(1)), None),
			Error::<Test>::SubjectNotFound
		);
		let open = [
			PatientState::Active,
			PatientState::Frozen,
			PatientState::Recovering,
			PatientState::Contested,
			PatientState::DeceasedProvisional,
		];
		for (n, state) in (0..).zip(open) {
			set_state(patient(), state);
			assert_ok!(anchor_about(n, Some(patient()), None));
		}
		for state in [PatientState::DeceasedFinal, PatientState::Retired] {
			set_state(patient(), state);
			assert_noop!(anchor_about(9, Some(patient()), None), Error::<Test>::SubjectClosed);
		}
		assert_ok!(anchor(9));
	});
}
