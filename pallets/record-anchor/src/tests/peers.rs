//! Defects that were found in comparable chains, and are not here.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::commitment::{leaf, node, Form};
use scale_info::{
	form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, TypeDefPrimitive,
};
use std::collections::BTreeSet;

/// There, an anchor that was evicted could be committed again under the same id, to other content.
#[test]
fn an_evicted_slot_is_not_filled_again() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		set_now(START + RETENTION);
		assert_ok!(evict(&[0]));
		// No call names the slot to fill. The same commitment gets the next one, and its own time.
		for n in [0, 1] {
			assert_ok!(anchor(n));
			assert_eq!(verify(0, n, None), Err(VerifyError::Evicted));
			assert_eq!(slot(0), SlotState::Evicted);
		}
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), 3);
		assert_eq!(verify(1, 0, None).unwrap().anchored_at, START + RETENTION);
		assert_eq!(
			verify(1, 0, Some(START + RETENTION - 1)).unwrap().status,
			Status::NotYetAnchored
		);
	});
}

/// There, an owner could remove an anchor and write another hash in its place.
#[test]
fn a_shredded_slot_is_not_written_again() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_after(1, Some((0, Relation::Corrects))));
		assert_ok!(request_erasure(0));
		assert_ok!(shred(0));
		assert_ok!(anchor(2));
		assert_noop!(
			anchor_after(3, Some((0, Relation::Corrects))),
			Error::<Test>::PreviousNotFound
		);
		for n in 0..4 {
			assert_eq!(verify(0, n, None), Err(VerifyError::Shredded { at: START }));
		}
		assert_eq!(info(2).anchor.commitment, commitment(2));
		assert!(!Anchors::<Test>::contains_key(HOSPITAL, 0));
	});
}

/// There, the hash of two leaves passed for a record, and a record's hash for a node.
#[test]
fn leaves_and_nodes_are_not_confused() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		let leaves: Vec<_> = commitments(4).iter().map(leaf).collect();
		let (left, right) = (node(&leaves[0], &leaves[1]), node(&leaves[2], &leaves[3]));
		let root = info(0).anchor.commitment;
		assert_eq!(root, node(&left, &right));
		for (claimed, path) in [
			(left, vec![right]),
			(leaves[0], vec![leaves[1], right]),
			(root, vec![]),
			(commitment(0), vec![commitment(1), right]),
		] {
			for index in 0..4 {
				let proof = Some(MerkleProof { index, path: path.clone() });
				let answer = RecordAnchor::verify(HOSPITAL, 0, claimed, proof, None);
				assert_eq!(answer, Err(VerifyError::NotAMember));
			}
		}
		// A root cannot be made a leaf of a larger tree either: its leaf is another hash.
		let tree = salus_primitives::commitment::merkle_root(&[root, commitment(9)]).unwrap();
		assert_ne!(tree, node(&root, &leaf(&commitment(9))));
	});
}

/// There, ids could be foreseen, and whoever came first kept the author out.
#[test]
fn nobody_squats() {
	build_and_execute(|| {
		let by = |org, who, n| {
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
		// Every commitment of the hospital is copied before it gets there.
		for n in 0..3 {
			assert_ok!(by(CLINIC, CLINICIAN, n));
			assert_noop!(by(HOSPITAL, CLINICIAN, n), Error::<Test>::NotAuthorised);
			assert_ok!(by(HOSPITAL, DOCTOR, n));
			assert_eq!(verify(n, n, None).unwrap().status, Status::Current);
		}
		// Nor does anybody take the hospital's out again.
		let clinics = |seq| RecordAnchor::shred(RuntimeOrigin::signed(CLINIC_ADMIN), HOSPITAL, seq);
		assert_noop!(clinics(0), Error::<Test>::NotAuthorised);
	});
}

/// Whether values of a type can hold bytes of free length, or text.
fn holds_free_bytes(types: &PortableRegistry, id: u32, seen: &mut BTreeSet<u32>) -> bool {
	if !seen.insert(id) {
		return false;
	}
	let mut any = |id: u32| holds_free_bytes(types, id, seen);
	let mut fields =
		|fields: &[scale_info::Field<PortableForm>]| fields.iter().any(|field| any(field.ty.id));
	match &types.resolve(id).unwrap().type_def {
		TypeDef::Primitive(TypeDefPrimitive::Str) => true,
		TypeDef::Primitive(_) => false,
		TypeDef::Sequence(items) => {
			let byte = TypeDef::Primitive(TypeDefPrimitive::U8);
			types.resolve(items.type_param.id).unwrap().type_def == byte || any(items.type_param.id)
		},
		TypeDef::Composite(composite) => fields(&composite.fields),
		TypeDef::Variant(variants) => {
			variants.variants.iter().any(|variant| fields(&variant.fields))
		},
		TypeDef::Array(array) => any(array.type_param.id),
		TypeDef::Tuple(tuple) => tuple.fields.iter().any(|field| any(field.id)),
		TypeDef::Compact(compact) => any(compact.type_param.id),
		TypeDef::BitSequence(_) => true,
	}
}

/// There, the pre-image stood in the block for ever (C7).
#[test]
fn no_call_takes_a_record_or_a_salt() {
	let free = |ty: MetaType| {
		let mut registry = Registry::new();
		let id = registry.register_type(&ty).id;
		holds_free_bytes(&registry.into(), id, &mut BTreeSet::new())
	};
	assert!(!free(MetaType::new::<Call<Test>>()));
	assert!(!free(MetaType::new::<Event<Test>>()));
	// The search finds what it looks for.
	assert!(free(MetaType::new::<Vec<Option<(u32, Vec<u8>)>>>()));
	assert!(free(MetaType::new::<frame_system::Call<Test>>()));
	// The fixed bytes that there are come as hashes, and each has a name of its own: a call has no
	// place for a salt beside its commitment.
	let hashes = |call: &str| {
		let mut registry = Registry::new();
		let id = registry.register_type(&MetaType::new::<Call<Test>>()).id;
		let types: PortableRegistry = registry.into();
		let TypeDef::Variant(calls) = &types.resolve(id).unwrap().type_def else {
			panic!("calls are variants")
		};
		let call = calls.variants.iter().find(|variant| variant.name == call).unwrap();
		let is_hash =
			|id| types.resolve(id).unwrap().path.segments.last().is_some_and(|s| s == "H256");
		call.fields.iter().filter(|field| is_hash(field.ty.id)).count()
	};
	assert_eq!(["anchor", "anchor_batch", "dispute", "answer_dispute"].map(hashes), [1; 4]);
	assert_eq!(["retract", "shred", "evict", "hold"].map(hashes), [0; 4]);
}
