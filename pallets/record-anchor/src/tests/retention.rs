//! For how long slots are kept.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::Hooks};
use sp_runtime::DispatchResult;

fn extend(seq: Seq, until: u64) -> DispatchResult {
	RecordAnchor::extend_retention(RuntimeOrigin::signed(STEWARD), HOSPITAL, seq, until)
}

#[test]
fn the_class_says_for_how_long() {
	build_and_execute(|| {
		let classes = [
			(RetentionClass::Standard, 1_000),
			(RetentionClass::Minor, 2_500),
			(RetentionClass::Imaging, 800),
			(RetentionClass::Traceability, 3_000),
			(RetentionClass::EmergencySummary, 100),
		];
		for (seq, (class, seconds)) in (0..).zip(classes) {
			let records = vec![NewAnchor { retention: class, ..record(seq) }];
			assert_ok!(RecordAnchor::anchor_many(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				records.try_into().unwrap()
			));
			assert_eq!(info(seq).retention_until, START + seconds, "{class:?}");
			set_now(START + seconds - 1);
			assert_noop!(evict(&[seq]), Error::<Test>::RetentionNotOver);
			assert_noop!(shred(seq), Error::<Test>::RetentionNotOver);
			set_now(START + seconds);
			assert_ok!(evict(&[seq]));
			set_now(START);
		}
		set_now(START + 3_000);
	});
}

#[test]
fn retention_is_extended_and_never_shortened() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		let by_class = START + RETENTION;
		for until in [0, START + 1, by_class] {
			assert_noop!(extend(0, until), Error::<Test>::RetentionNotLonger);
		}
		events();
		assert_ok!(extend(0, by_class + 1));
		let until = by_class + 1;
		assert_eq!(events(), [Event::RetentionExtended { author: HOSPITAL, seq: 0, until }]);
		assert_eq!(info(0).retention_until, until);
		assert_noop!(extend(0, until), Error::<Test>::RetentionNotLonger);
		assert_noop!(extend(0, START + MAX_RETENTION + 1), Error::<Test>::WrongRetention);
		assert_noop!(extend(0, u64::MAX), Error::<Test>::WrongRetention);
		assert_ok!(extend(0, START + MAX_RETENTION));
		assert_noop!(extend(1, START + MAX_RETENTION), Error::<Test>::NotFound);
	});
}

#[test]
fn an_extension_keeps_to_the_second() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		// Also one that was over, as long as nobody has evicted it.
		set_now(START + RETENTION + 5);
		assert_noop!(extend(0, START + RETENTION + 5), Error::<Test>::WrongRetention);
		assert_ok!(extend(0, START + 2_000));
		set_now(START + 1_999);
		assert_noop!(evict(&[0]), Error::<Test>::RetentionNotOver);
		set_now(START + 2_000);
		assert_ok!(evict(&[0]));
		assert!(!Extensions::<Test>::contains_key(HOSPITAL, 0));
	});
}

#[test]
fn the_constants_are_sound() {
	new_test_ext().execute_with(RecordAnchor::integrity_test);
}
