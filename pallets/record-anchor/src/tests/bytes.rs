//! Where a slot stands in the state, and how it is written (C4).
//!
//! A receipt proves these keys and bytes, years later, to a verifier that knows nothing of this code.
//! They do not change.

use crate::{mock::*, *};
use codec::Encode;
use frame_support::assert_ok;
use salus_primitives::{
	commitment::{Algorithm, Form},
	OrgKind,
};
use sp_io::hashing::{blake2_128, twox_128, twox_64};

fn prefix(item: &str) -> Vec<u8> {
	[twox_128(b"RecordAnchor"), twox_128(item.as_bytes())].concat()
}

fn twox(part: impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&twox_64(bytes)[..], bytes].concat())
}

fn blake(part: impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&blake2_128(bytes)[..], bytes].concat())
}

#[test]
fn the_keys_that_a_receipt_proves() {
	let (author, seq) = (7u32, 5u64);
	let slot = [twox(author), twox(seq)].concat();
	let key = |item| [prefix(item), slot.clone()].concat();
	assert_eq!(Anchors::<Test>::hashed_key_for(author, seq), key("Anchors"));
	assert_eq!(Successors::<Test>::hashed_key_for(author, seq), key("Successors"));
	for leaf in [None, Some(17u64)] {
		assert_eq!(
			Retractions::<Test>::hashed_key_for((author, seq, leaf)),
			[key("Retractions"), blake(leaf)].concat()
		);
	}
	assert_eq!(
		Commitments::<Test>::hashed_key_for(author, commitment(1)),
		[prefix("Commitments"), twox(author), blake(commitment(1))].concat()
	);
	// The subject is somewhere else.
	assert_eq!(Subjects::<Test>::hashed_key_for(author, seq), key("Subjects"));
}

#[test]
fn the_bytes_that_a_receipt_proves() {
	let single = Anchor {
		commitment: commitment(1),
		form: Form::FhirJson,
		algorithm: Algorithm::Blake2b256,
		kind: Kind::Single,
		first: 2,
		version: 3,
		previous: Some(4),
		relation: Relation::Corrects,
		retention: RetentionClass::Imaging,
		anchored_at: 1_000_000,
		authority: Authority { kind: OrgKind::Laboratory, interval: 6 },
	};
	let batch = Anchor {
		kind: Kind::Batch { leaves: 1_000_000, depth: 20 },
		form: Form::Bytes,
		first: 9,
		version: 1,
		previous: None,
		relation: Relation::New,
		..single
	};
	let (le8, le4) = (u64::to_le_bytes, u32::to_le_bytes);
	let root = commitment(1);
	let bytes = [
		&root[..],
		&[1, 0, 0],
		&le8(2),
		&le4(3),
		&[1],
		&le8(4),
		&[2, 2],
		&le8(1_000_000),
		&[3],
		&le4(6),
	]
	.concat();
	assert_eq!(single.encode(), bytes);
	let bytes = [
		&root[..],
		&[0, 0, 1],
		&le8(1_000_000),
		&[20],
		&le8(9),
		&le4(1),
		&[0, 0, 2],
		&le8(1_000_000),
		&[3],
		&le4(6),
	]
	.concat();
	assert_eq!(batch.encode(), bytes);
	let successor = Successor { seq: 5, at: 6 };
	assert_eq!(successor.encode(), [le8(5), le8(6)].concat());
	let retraction = Retraction { reason: RetractReason::NotPerformed, at: 6 };
	assert_eq!(retraction.encode(), [&[3][..], &le8(6)].concat());
}

/// A proof made before stays good: what happens beside a slot does not touch its bytes.
#[test]
fn nothing_that_happens_later_touches_a_slots_bytes() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		let key = Anchors::<Test>::hashed_key_for(HOSPITAL, 0);
		let raw = || sp_io::storage::get(&key);
		let before = raw();
		assert_ok!(dispute(0));
		assert_ok!(request_erasure(0));
		assert_ok!(hold(JUDGE, 0, 10));
		let officer = RuntimeOrigin::signed(OFFICER);
		assert_ok!(RecordAnchor::extend_retention(officer, HOSPITAL, 0, START + 2_000));
		assert_ok!(anchor_after(1, Some((0, Relation::Corrects))));
		let reason = RetractReason::WrongContent;
		assert_ok!(RecordAnchor::retract(RuntimeOrigin::signed(ADMIN), HOSPITAL, 0, None, reason));
		let officer = RuntimeOrigin::signed(OFFICER);
		let reasons = commitment(901);
		assert_ok!(RecordAnchor::answer_dispute(officer, HOSPITAL, 0, Outcome::Rejected, reasons));
		assert_eq!(raw(), before);
		set_now(START + 10);
		assert_ok!(shred(0));
		assert_eq!(raw(), None);
	});
}
