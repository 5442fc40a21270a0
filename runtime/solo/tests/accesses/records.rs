//! Records.

use super::*;
use frame_support::{traits::Get, BoundedVec};
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_consent::Grantee;
use pallet_record_anchor::{Call as Anchor, NewAnchor, Relation, RetentionClass, Seq};
use salus_primitives::{
	commitment::Form, time::DAY, DataClass, DataClassSet, EmergencyReason, Moment,
};

/// The `n`th record of `org`, about `subject`, that takes the place of `previous`.
pub(super) fn anchor(
	org: OrgId,
	n: u8,
	subject: Option<PatientId>,
	previous: Option<Seq>,
) -> RuntimeCall {
	Anchor::anchor {
		org,
		commitment: H256::repeat_byte(n),
		form: Form::Bytes,
		subject,
		previous: previous.map(|seq| (seq, Relation::Corrects)),
		retention: RetentionClass::Standard,
	}
	.into()
}

/// As many records of `org` as one call takes, the `batch`th such, about `subject`; each in place of one from `previous` on.
fn anchor_many(
	org: OrgId,
	batch: u8,
	subject: Option<PatientId>,
	previous: Option<Seq>,
) -> RuntimeCall {
	let record = |n: u32| {
		let mut commitment = H256::repeat_byte(batch);
		commitment.as_bytes_mut()[..4].copy_from_slice(&n.to_le_bytes());
		NewAnchor {
			commitment,
			form: Form::Bytes,
			subject,
			previous: previous.map(|first| (first + Seq::from(n), Relation::Corrects)),
			retention: RetentionClass::Standard,
		}
	};
	let records = BoundedVec::truncate_from((0..most_records()).map(record).collect());
	Anchor::<Runtime>::anchor_many { org, records }.into()
}

fn most_records() -> u32 {
	<Runtime as pallet_record_anchor::Config>::MaxRecords::get()
}

/// New, and a version of one that has a version already; of nobody, and about a patient whom the hospital has registered.
#[test]
fn an_anchor_without_asking_for_consent() {
	let (mut chain, hospital, patient, _) = hospital_and_clinic();
	for (subject, new, version) in
		[(None, "anchor", "anchor_version"), (Some(patient), "anchor_own", "anchor_own_version")]
	{
		let first = chain.run(|| pallet_record_anchor::NextSeq::<Runtime>::get(hospital));
		let n = first as u8 + 1;
		let call = anchor(hospital, n, subject, None);
		let found = touched(&mut chain, "Doctor", call.clone());
		assert_reached(&found, &[("record_anchor", new, &[])], &[]);
		make(&mut chain, "Doctor", call);
		make(&mut chain, "Doctor", anchor(hospital, n + 1, subject, Some(first)));
		let call = anchor(hospital, n + 2, subject, Some(first + 1));
		let found = touched(&mut chain, "Doctor", call);
		assert_reached(&found, &[("record_anchor", version, &[])], &[]);
	}
}

#[test]
fn an_anchor_of_a_batch() {
	let (mut chain, org, ..) = hospital_and_clinic();
	let batch = Anchor::anchor_batch {
		org,
		root: H256::repeat_byte(7),
		leaves: 1 << 32,
		form: Form::Bytes,
		retention: RetentionClass::Standard,
	};
	let found = touched(&mut chain, "Doctor", batch);
	assert_reached(&found, &[("record_anchor", "anchor_batch", &[])], &[]);
}

#[test]
fn an_anchor_about_a_patient_who_permits() {
	let (mut chain, _, patient, clinic) = hospital_and_clinic();
	// Of an organisation that did not register the patient, whose consent is asked.
	let permit = chain.permit(Grantee::Organisation(clinic));
	chain.succeed("Patient", permit);
	let found = touched(&mut chain, "Doctor", anchor(clinic, 7, Some(patient), None));
	assert_declared(&found, &[("record_anchor", "anchor_about", &[])]);
}

/// A patient who has opted out of all care and sealed a denial, and a clinic whose `//Doctor` has worked for as many organisations as are
/// remembered while they were flagged. One emergency for each class lets, and one has lapsed.
fn nothing_but_emergencies() -> (Chain, OrgId, PatientId) {
	let (mut chain, _, patient) = Chain::with_patient();
	let clinic = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	chain.next_block();
	employed(&mut chain, clinic, "Clinic", "Doctor", Role::Clinician);
	let until = chain.now() + 10 * DAY;
	make(&mut chain, "Patient", Relate::invite { organisation: clinic, until });
	let kind = RelationshipKind::Admission;
	make(&mut chain, "Doctor", Relate::open { organisation: clinic, patient, kind, until });
	for org in left_flagged(&mut chain, "Doctor", MOST_EMPLOYERS - 1) {
		make(&mut chain, "Registrar", Register::set_flag { org, flagged: false });
	}
	// Once no flag stands, so that the denial does not count for who was flagged.
	hours(&mut chain, 1);
	make(&mut chain, "Patient", Relate::opt_out {});
	let (commitment, until) = (H256::repeat_byte(1), Moment::MAX);
	make(&mut chain, "Patient", pallet_sealed::Call::deny_sealed { sealed: 0, commitment, until });
	let break_glass = |classes| pallet_emergency::Call::break_glass {
		organisation: clinic,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes,
		detail: H256::repeat_byte(7),
	};
	make(&mut chain, "Doctor", break_glass(DataClassSet::ALL));
	hours(&mut chain, 4);
	for class in DataClass::ALL {
		make(&mut chain, "Doctor", break_glass(DataClassSet::of(&[*class])));
	}
	(chain, clinic, patient)
}

/// A version of one that has a version already.
#[test]
fn an_anchor_about_a_patient_whom_nothing_but_emergencies_lets_read() {
	let (mut chain, clinic, patient) = nothing_but_emergencies();
	make(&mut chain, "Doctor", anchor(clinic, 1, Some(patient), None));
	make(&mut chain, "Doctor", anchor(clinic, 2, Some(patient), Some(0)));
	let found = touched(&mut chain, "Doctor", anchor(clinic, 3, Some(patient), Some(1)));
	assert_reached(&found, &[("record_anchor", "anchor_about", &[])], &[]);
}

/// As many as one call takes: new, and versions of others.
#[test]
fn as_many_anchors_without_asking_for_consent_as_one_call_takes() {
	let (mut chain, hospital, ..) = hospital_and_clinic();
	let n = most_records();
	let first = anchor_many(hospital, 1, None, None);
	let found = touched(&mut chain, "Doctor", first.clone());
	assert_reached(&found, &[("record_anchor", "anchor_many", &[("n", n)])], &[]);
	make(&mut chain, "Doctor", first);
	let versions = anchor_many(hospital, 2, None, Some(0));
	let found = touched(&mut chain, "Doctor", versions);
	assert_reached(&found, &[("record_anchor", "anchor_many_versions", &[("n", n)])], &[]);
}

/// What lets the patient be named is read once for all.
#[test]
fn as_many_versions_about_a_patient_whom_nothing_but_emergencies_lets_read_as_one_call_takes() {
	let (mut chain, clinic, patient) = nothing_but_emergencies();
	make(&mut chain, "Doctor", anchor_many(clinic, 1, Some(patient), None));
	let versions = anchor_many(clinic, 2, Some(patient), Some(0));
	let found = touched(&mut chain, "Doctor", versions);
	let n = most_records();
	assert_reached(&found, &[("record_anchor", "anchor_many_about", &[("n", n)])], &[]);
}
