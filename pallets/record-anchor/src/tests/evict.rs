//! What leaves the state when its time is over, and what is swept after it.

use crate::{mock::*, *};
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold, BoundedVec};
use sp_runtime::{traits::Convert, DispatchResult};

fn held(who: AccountId) -> u64 {
	Balances::balance_on_hold(&AnchorHold::get(), &who)
}

fn sweep(seq: Seq, limit: u32) -> DispatchResult {
	RecordAnchor::sweep(RuntimeOrigin::signed(STRANGER), HOSPITAL, seq, limit)
}

#[test]
fn anybody_evicts_what_need_not_be_kept() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_batch(3));
		set_now(START + RETENTION - 1);
		assert_noop!(evict(&[0]), Error::<Test>::RetentionNotOver);
		set_now(START + RETENTION);
		events();
		assert_ok!(evict(&[1, 0]));
		let author = HOSPITAL;
		assert_eq!(
			events(),
			[Event::Evicted { author, seq: 1 }, Event::Evicted { author, seq: 0 }]
		);
		assert_eq!(
			(slot(0), slot(1), slot(2)),
			(SlotState::Evicted, SlotState::Evicted, SlotState::Unused)
		);
		assert_eq!((held(ADMIN), NextSeq::<Test>::get(HOSPITAL)), (0, 2));
		assert_eq!(Commitments::<Test>::iter().count() + Subjects::<Test>::iter().count(), 0);
		for at in [None, Some(START)] {
			assert_eq!(verify(0, 0, at), Err(VerifyError::Evicted));
		}
		assert_eq!(verify(2, 0, None), Err(VerifyError::Unknown));
	});
}

#[test]
fn all_are_evicted_or_none() {
	build_and_execute(|| {
		for n in 0..3 {
			assert_ok!(anchor_about(n, Some(patient()), None));
		}
		set_now(START + RETENTION);
		assert_ok!(anchor(3));
		assert_ok!(hold(JUDGE, 1, 10));
		assert_ok!(dispute(2));
		assert_noop!(evict(&[]), Error::<Test>::EmptyList);
		assert_noop!(evict(&[0, 9]), Error::<Test>::NotFound);
		assert_noop!(evict(&[0, 0]), Error::<Test>::NotFound);
		assert_noop!(evict(&[0, 1]), Error::<Test>::OnHold);
		assert_noop!(evict(&[0, 2]), Error::<Test>::DisputeOpen);
		assert_noop!(evict(&[0, 3]), Error::<Test>::RetentionNotOver);
		assert_ok!(evict(&[0]));
		assert_noop!(evict(&[0]), Error::<Test>::NotFound);
		// A dispute that is answered or not answered in time keeps nothing.
		set_now(START + RETENTION + DISPUTE_TIME);
		assert_ok!(evict(&[1, 2]));
	});
}

#[test]
fn a_hundred_slots_go_at_once_and_no_more() {
	build_and_execute(|| {
		for first in [0, 50] {
			let records: Vec<_> = (first..first + 50).map(record).collect();
			assert_ok!(RecordAnchor::anchor_many(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				records.try_into().unwrap()
			));
		}
		set_now(START + RETENTION);
		assert_ok!(evict(&(0..100).collect::<Vec<_>>()));
		assert_eq!(Anchors::<Test>::iter().count(), 0);
		let decode = |seqs: &[Seq]| {
			type Seqs = BoundedVec<Seq, <Test as Config>::MaxEvicted>;
			Seqs::decode(&mut &seqs.encode()[..])
		};
		let seqs: Vec<_> = (0..101).collect();
		assert!(decode(&seqs[..100]).is_ok() && decode(&seqs).is_err());
	});
}

#[test]
fn a_lineage_is_evicted_from_its_beginning_on() {
	build_and_execute(|| {
		for (n, previous) in [(0, None), (1, Some(0)), (2, Some(1))] {
			assert_ok!(anchor_after(n, previous.map(|seq| (seq, Relation::Corrects))));
		}
		set_now(START + RETENTION);
		assert_noop!(evict(&[2]), Error::<Test>::EarlierVersionKept);
		assert_noop!(evict(&[1, 0]), Error::<Test>::EarlierVersionKept);
		assert_ok!(evict(&[0]));
		// The rest is a lineage as before, and goes on.
		assert_eq!((info(1).head, info(1).anchor.version), (2, 2));
		let entries = RecordAnchor::lineage(HOSPITAL, 2);
		assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 1]);
		assert_ok!(anchor_after(3, Some((2, Relation::Amends))));
		assert_eq!((info(3).anchor.first, info(1).head), (0, 3));
		assert_ok!(evict(&[1, 2]));
		assert_eq!(info(3).head, 3);
		set_now(START + 2 * RETENTION);
		assert_ok!(evict(&[3]));
		assert_eq!(Heads::<Test>::iter().count() + Successors::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_shredded_version_is_no_obstacle_and_changes_no_answer() {
	build_and_execute(|| {
		let subject = Some(patient());
		assert_ok!(anchor_about(0, subject, None));
		assert_ok!(anchor_about(1, subject, Some((0, Relation::Amends))));
		assert_ok!(anchor_about(2, subject, Some((1, Relation::Amends))));
		assert_ok!(anchor_about(3, subject, Some((2, Relation::Corrects))));
		assert_ok!(request_erasure(2));
		assert_ok!(shred(2));
		let officer = RuntimeOrigin::signed(OFFICER);
		assert_ok!(RecordAnchor::extend_retention(officer, HOSPITAL, 0, START + 2_000));
		set_now(START + RETENTION);
		let ask = || [0, 1].map(|seq| verify(seq, seq, Some(START + 5)));
		let before = ask();
		assert_noop!(evict(&[1]), Error::<Test>::EarlierVersionKept);
		assert_ok!(evict(&[3]));
		assert_eq!(ask(), before);
		// The newest version that the chain knows of, now that its head is gone.
		assert_eq!((info(0).head, info(1).head), (2, 2));
		set_now(START + 2_000);
		assert_ok!(evict(&[0, 1]));
		assert_eq!(slot(3), SlotState::Evicted);
		assert!(matches!(slot(2), SlotState::Shredded(_)));
	});
}

#[test]
fn deposits_go_back_to_who_put_them_down() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = LAB_ADMIN);
		assert_ok!(anchor(1));
		let free = [ADMIN, LAB_ADMIN].map(Balances::free_balance);
		let price = Price::convert(RecordAnchor::anchor_footprint(false));
		set_now(START + RETENTION);
		assert_ok!(evict(&[0, 1]));
		let after = [ADMIN, LAB_ADMIN].map(Balances::free_balance);
		assert_eq!(after, free.map(|free| free + price));
		assert_eq!((held(ADMIN), held(LAB_ADMIN), held(STRANGER)), (0, 0, 0));
	});
}

#[test]
fn retracted_leaves_are_swept_after_their_batch() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(8));
		assert_ok!(anchor_batch(9));
		let retract = |seq, leaf| {
			let reason = RetractReason::Replaced;
			RecordAnchor::retract(RuntimeOrigin::signed(DOCTOR), HOSPITAL, seq, leaf, reason)
		};
		for leaf in 0..5 {
			assert_ok!(retract(0, Some(leaf)));
		}
		assert_ok!(retract(1, Some(7)));
		assert_ok!(retract(0, None));
		let price = Price::convert(RecordAnchor::leaf_footprint());
		assert_noop!(sweep(0, 5), Error::<Test>::StillKept);
		set_now(START + RETENTION);
		assert_ok!(evict(&[0]));
		assert_ok!(shred(1));
		assert_noop!(sweep(0, 0), Error::<Test>::WrongLimit);
		assert_noop!(sweep(0, 101), Error::<Test>::WrongLimit);
		let before = held(ADMIN);
		events();
		assert_ok!(sweep(0, 2));
		assert_eq!(events(), [Event::Swept { author: HOSPITAL, seq: 0, leaves: 2 }]);
		assert_eq!(held(ADMIN), before - 2 * price);
		assert_ok!(sweep(0, 100));
		assert_eq!(events(), [Event::Swept { author: HOSPITAL, seq: 0, leaves: 3 }]);
		assert_noop!(sweep(0, 1), Error::<Test>::NothingLeft);
		assert_noop!(sweep(9, 1), Error::<Test>::NothingLeft);
		// The tombstone and its deposit stay.
		assert_ok!(sweep(1, 1));
		assert_eq!(held(ADMIN), Price::convert(RecordAnchor::tombstone_footprint()));
		assert!(matches!(slot(1), SlotState::Shredded(_)));
	});
}
