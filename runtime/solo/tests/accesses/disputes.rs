//! What is said about a record once it stands: by the patient whom it names, and by its author, who is no administrator, so that the
//! affiliation is read as well.

use super::{records::anchor, *};
use pallet_record_anchor::{Call as Anchor, Outcome, RefusalReason, RetentionClass, RetractReason};
use salus_primitives::commitment::Form;

/// A record about the patient, whose number is 0, and its next version, 1. `//Doctor` has made them; `//Officer` answers for the hospital's
/// privacy.
fn recorded() -> (Chain, OrgId) {
	let (mut chain, hospital, patient, _) = hospital_and_clinic();
	employed(&mut chain, hospital, "Hospital", "Officer", Role::PrivacyOfficer);
	make(&mut chain, "Doctor", anchor(hospital, 1, Some(patient), None));
	make(&mut chain, "Doctor", anchor(hospital, 2, Some(patient), Some(0)));
	(chain, hospital)
}

/// By a newer version, which is looked up.
#[test]
fn a_record_is_acknowledged_disputed_and_answered_for() {
	let (mut chain, author) = recorded();
	let (org, seq, statement) = (author, 0, H256::repeat_byte(9));
	let found = touched(&mut chain, "Patient", Anchor::acknowledge { author, seq });
	assert_reached(&found, &[("record_anchor", "acknowledge", &[])], &[]);
	let dispute = RuntimeCall::from(Anchor::dispute { author, seq, statement });
	let found = touched(&mut chain, "Patient", dispute.clone());
	assert_reached(&found, &[("record_anchor", "dispute", &[])], &[]);
	make(&mut chain, "Patient", dispute);
	let found = touched(&mut chain, "Doctor", Anchor::extend_dispute { org, seq });
	assert_reached(&found, &[("record_anchor", "extend_dispute", &[])], &[]);
	let outcome = Outcome::Corrected { by: 1 };
	let answer = Anchor::answer_dispute { org, seq, outcome, statement };
	let found = touched(&mut chain, "Doctor", answer);
	assert_reached(&found, &[("record_anchor", "answer_dispute", &[])], &[]);
}

/// The head of its lineage, which ends with it.
#[test]
fn an_erasure_is_asked_for_taken_back_refused_or_done() {
	let (mut chain, author) = recorded();
	let (org, seq) = (author, 1);
	let ask = RuntimeCall::from(Anchor::request_erasure { author, seq });
	let found = touched(&mut chain, "Patient", ask.clone());
	assert_reached(&found, &[("record_anchor", "request_erasure", &[])], &[]);
	make(&mut chain, "Patient", ask);
	let found = touched(&mut chain, "Patient", Anchor::withdraw_erasure { author, seq });
	assert_reached(&found, &[("record_anchor", "withdraw_erasure", &[])], &[]);
	let refuse = Anchor::refuse_erasure { org, seq, reason: RefusalReason::LegalObligation };
	let found = touched(&mut chain, "Officer", refuse);
	assert_reached(&found, &[("record_anchor", "refuse_erasure", &[])], &[]);
	let found = touched(&mut chain, "Officer", Anchor::shred { org, seq });
	assert_reached(&found, &[("record_anchor", "shred", &[])], &[]);
}

/// Of a batch, which has a deposit for each.
#[test]
fn a_leaf_is_retracted() {
	let (mut chain, org) = recorded();
	let batch = Anchor::anchor_batch {
		org,
		root: H256::repeat_byte(7),
		leaves: 1 << 32,
		form: Form::Bytes,
		retention: RetentionClass::Standard,
	};
	make(&mut chain, "Doctor", batch);
	let (leaf, reason) = (Some((1 << 32) - 1), RetractReason::WrongContent);
	let retract = Anchor::retract { org, seq: 2, leaf, reason };
	let found = touched(&mut chain, "Doctor", retract);
	assert_reached(&found, &[("record_anchor", "retract", &[])], &[]);
}
