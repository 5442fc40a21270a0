//! What anchoring declares is what its arguments can take; what it gives back is what they did not.

use crate::{mock::*, *};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	weights::Weight,
	BoundedVec,
};
use salus_primitives::PatientId;

/// What the mock weighs with.
type Weights = ();

fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

/// What the n-th record of the hospital declares, and what it took.
fn anchored(
	n: u64,
	subject: Option<PatientId>,
	previous: Option<(Seq, Relation)>,
) -> (Weight, Weight) {
	let NewAnchor { commitment, form, retention, .. } = record(n);
	let org = HOSPITAL;
	let call = Call::anchor { org, commitment, form, subject, previous, retention };
	let by = RuntimeOrigin::signed(DOCTOR);
	let used = RecordAnchor::anchor(by, HOSPITAL, commitment, form, subject, previous, retention);
	(declared(call), used_by(used))
}

/// What these records declare, and what they took.
fn anchored_together(records: Vec<NewAnchor>) -> (Weight, Weight) {
	let records = BoundedVec::try_from(records).unwrap();
	let call = Call::anchor_many { org: HOSPITAL, records: records.clone() };
	let by = RuntimeOrigin::signed(DOCTOR);
	(declared(call), used_by(RecordAnchor::anchor_many(by, HOSPITAL, records)))
}

/// One whom the hospital has not registered, and who lets its doctor write.
fn of_another() -> PatientId {
	permit(other_patient(), HOSPITAL, DOCTOR);
	other_patient()
}

#[test]
fn a_record_is_charged_by_the_way_that_it_takes() {
	build_and_execute(|| {
		let about = Weights::anchor_about();
		let after = |seq| Some((seq, Relation::Amends));
		assert_eq!(anchored(0, None, None), (Weights::anchor(), Weights::anchor()));
		let version = Weights::anchor_version();
		assert_eq!(anchored(1, None, after(0)), (version, version));
		// The hospital has registered this one, which the arguments do not tell.
		assert_eq!(anchored(2, Some(patient()), None), (about, Weights::anchor_own()));
		let own = Weights::anchor_own_version();
		assert_eq!(anchored(3, Some(patient()), after(2)), (about, own));
		let other = of_another();
		assert_eq!(anchored(4, Some(other), None), (about, about));
		assert_eq!(anchored(5, Some(other), after(4)), (about, about));
	});
}

#[test]
fn records_that_name_nobody_are_charged_for_no_patient() {
	build_and_execute(|| {
		let many = Weights::anchor_many(3);
		assert_eq!(anchored_together((0..3).map(record).collect()), (many, many));
		let next = NewAnchor { previous: Some((0, Relation::Amends)), ..record(3) };
		let versions = Weights::anchor_many_versions(1);
		let alone = Weights::anchor_version();
		assert_eq!(anchored_together(vec![next]), (versions, versions.min(alone)));
	});
}

#[test]
fn records_about_several_patients_declare_each_of_them() {
	build_and_execute(|| {
		let other = of_another();
		let about = |n, subject| NewAnchor { subject: Some(subject), ..record(n) };
		let (one, two) = (Weights::anchor_many_about(2), Weights::anchor_about());
		let (declared, used) = anchored_together(vec![about(0, other), about(1, other)]);
		assert_eq!(declared, one);
		assert_eq!(used, one.min(two.saturating_mul(2)));

		let (declared, used) = anchored_together(vec![about(2, other), about(3, patient())]);
		assert_eq!(declared, one.saturating_add(two), "what is read of another is read besides");
		assert_eq!(used, declared.min(two.saturating_add(Weights::anchor_own())));

		let (_, used) = anchored_together(vec![about(4, patient()), about(5, patient())]);
		assert_eq!(used, one.min(Weights::anchor_own().saturating_mul(2)), "nobody was asked");
	});
}
