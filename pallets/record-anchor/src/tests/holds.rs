//! Legal holds.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{Capability, CapabilitySet};
use sp_runtime::DispatchResult;

fn release(who: AccountId, seq: Seq) -> DispatchResult {
	RecordAnchor::release(RuntimeOrigin::signed(who), HOSPITAL, seq)
}

#[test]
fn what_is_held_is_neither_shredded_nor_evicted() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_batch(4));
		set_now(START + RETENTION);
		for seq in [0, 1] {
			assert_ok!(hold(JUDGE, seq, 10));
			assert_noop!(evict(&[seq]), Error::<Test>::OnHold);
			assert_noop!(shred(seq), Error::<Test>::OnHold);
		}
		// Not even at the patient's wish.
		assert_ok!(request_erasure(0));
		assert_noop!(shred(0), Error::<Test>::OnHold);
		// A hold ends by itself, to the second.
		set_now(START + RETENTION + 9);
		assert_noop!(shred(0), Error::<Test>::OnHold);
		assert_eq!(info(0).holds.len(), 1);
		set_now(START + RETENTION + 10);
		assert!(info(0).holds.is_empty());
		assert_ok!(shred(0));
		assert_ok!(evict(&[1]));
		assert_eq!(Holds::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_hold_says_whose_and_until_when() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		set_now(START + 3);
		events();
		assert_ok!(hold(JUDGE, 0, 20));
		let (author, seq, by, until) = (HOSPITAL, 0, HIGH_COURT, START + 23);
		assert_eq!(info(0).holds, [LegalHold { organisation: by, from: START + 3, until }]);
		assert_eq!(events(), [Event::Held { author, seq, by, until }]);
		assert_ok!(release(JUDGE, 0));
		assert_eq!(events(), [Event::Released { author, seq, by }]);
		assert!(!Holds::<Test>::contains_key(HOSPITAL, 0));
	});
}

#[test]
fn a_hold_lasts_as_long_as_the_longest_at_most_and_is_renewed() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_noop!(hold(JUDGE, 0, 0), Error::<Test>::WrongHold);
		assert_noop!(hold(JUDGE, 0, MAX_HOLD + 1), Error::<Test>::WrongHold);
		assert_noop!(hold(JUDGE, 9, 10), Error::<Test>::NotFound);
		assert_noop!(release(JUDGE, 9), Error::<Test>::NotFound);
		assert_ok!(hold(JUDGE, 0, MAX_HOLD));
		assert_noop!(hold(JUDGE, 0, MAX_HOLD), Error::<Test>::HoldNotLonger);
		assert_noop!(hold(JUDGE, 0, 1), Error::<Test>::HoldNotLonger);
		set_now(START + 400);
		// By another registrar of the same court: one hold, from when it was first placed.
		assert_ok!(hold(CLERK, 0, MAX_HOLD));
		let until = START + 400 + MAX_HOLD;
		assert_eq!(info(0).holds, [LegalHold { organisation: HIGH_COURT, from: START, until }]);
	});
}

#[test]
fn each_organisation_has_its_own_hold() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_noop!(release(JUDGE, 0), Error::<Test>::NotHeld);
		assert_ok!(hold(JUDGE, 0, 100));
		assert_noop!(release(INSPECTOR, 0), Error::<Test>::NotHeld);
		assert_ok!(hold(INSPECTOR, 0, 200));
		assert_ok!(release(CLERK, 0));
		assert_noop!(release(JUDGE, 0), Error::<Test>::NotHeld);
		assert_eq!(info(0).holds.len(), 1);
		set_now(START + 200);
		assert_noop!(release(INSPECTOR, 0), Error::<Test>::NotHeld);
		// What has run out and was renewed begins anew.
		assert_ok!(hold(INSPECTOR, 0, 1));
		assert_eq!(info(0).holds[0].from, START + 200);
	});
}

#[test]
fn a_registrar_needs_the_capability_now_and_its_hold_outlives_it() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_noop!(hold(CORONER, 0, 10), Error::<Test>::NotCourt);
		assert_ok!(hold(JUDGE, 0, 10));
		dismiss(JUDGE);
		assert_noop!(hold(JUDGE, 0, 20), Error::<Test>::NotCourt);
		assert_noop!(release(JUDGE, 0), Error::<Test>::NotCourt);
		assert_eq!(info(0).holds.len(), 1);
		assert_ok!(release(CLERK, 0));
	});
}

#[test]
fn eight_organisations_can_hold_a_slot() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		let orders = CapabilitySet::of(&[Capability::CourtOrders]);
		for n in 0..=MAX_HOLDS {
			appoint(300 + u64::from(n), 300 + n, orders);
		}
		for n in 0..MAX_HOLDS {
			assert_ok!(hold(300 + u64::from(n), 0, 10 + u64::from(n)));
		}
		assert_noop!(hold(308, 0, 100), Error::<Test>::TooManyHolds);
		assert_eq!(info(0).holds.len(), 8);
		// One that has run out makes room.
		set_now(START + 10);
		assert_ok!(hold(308, 0, 100));
		assert_eq!(info(0).holds.len(), 8);
	});
}
