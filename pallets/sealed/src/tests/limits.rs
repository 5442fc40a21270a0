//! Each bound at its maximum and one beyond, and the history.

use super::*;
use frame_support::traits::{Get, Hooks};

fn sizes() -> (usize, u32) {
	let live = Live::<Test>::get(PATIENT);
	(live.entries.len(), live.swept)
}

#[test]
fn permits_leave_room_for_denials_and_denials_fill_it() {
	build_and_execute(|| {
		for _ in 0..MAX_PERMITS {
			permit();
		}
		assert_noop!(permit_by(WALLET, end(1)), PalletError::TooManyDirectives);
		for _ in MAX_PERMITS..MAX_LIVE {
			deny();
		}
		assert_noop!(deny_by(WALLET, Moment::MAX), PalletError::TooManyDirectives);
		// One that ended makes room at once, for either.
		revoke(3);
		deny();
		assert_noop!(permit_by(WALLET, end(1)), PalletError::TooManyDirectives);
		revoke(4);
		permit();
	});
}

#[test]
fn what_ended_is_moved_a_few_at_a_time_to_pages_that_fill_up() {
	build_and_execute(|| {
		for id in 0..MAX_PERMITS {
			permit();
			revoke(id);
		}
		// Each call has moved the one before it.
		assert_eq!(sizes(), (1, MAX_PERMITS - 1));
		for _ in 0..MAX_PERMITS {
			permit();
		}
		assert_eq!(sizes(), (MAX_PERMITS as usize, MAX_PERMITS));
		for id in MAX_PERMITS..2 * MAX_PERMITS {
			revoke(id);
		}
		assert_eq!(sizes(), (MAX_PERMITS as usize, MAX_PERMITS));
		deny();
		// The page holds 32, of which 24 were there.
		assert_eq!(sizes(), ((MAX_PERMITS - SWEEP + 1) as usize, PAGE));
		assert_eq!(Sealed::sealed_history(&PATIENT, 0).unwrap().len() as u32, PAGE);
		assert_eq!(Sealed::sealed_history(&PATIENT, 1), None);
		deny();
		assert_eq!(Sealed::sealed_history(&PATIENT, 1).unwrap().len() as u32, SWEEP);
		deny();
		deny();
		assert_eq!(sizes(), (4, 2 * MAX_PERMITS));
	});
}

#[test]
fn a_page_that_has_room_for_fewer_takes_those() {
	build_and_execute(|| {
		for id in 0..PAGE - 2 {
			permit();
			revoke(id);
		}
		let next = Sealed::next_sealed(&PATIENT);
		for _ in 0..4 {
			permit();
		}
		assert_eq!(sizes(), (4, PAGE - 2));
		for id in next..next + 4 {
			revoke(id);
		}
		deny();
		assert_eq!(sizes(), (3, PAGE));
		deny();
		assert_eq!(sizes(), (2, PAGE + 2));
	});
}

#[test]
fn the_configuration_is_sound_and_an_empty_pallet_too() {
	build_and_execute(|| {
		<Sealed as Hooks<u64>>::integrity_test();
		assert_eq!(<<Test as Config>::LiftDelay as Get<u64>>::get(), DAY);
		assert_eq!(in_force(), NONE);
	});
}
