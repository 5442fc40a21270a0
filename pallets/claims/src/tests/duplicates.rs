//! The same line a second time.

use crate::{mock::*, Error, PerLine, ServiceLines};
use frame_support::{assert_noop, assert_ok};

type PalletError = Error<Test>;

#[test]
fn a_line_is_not_claimed_for_two_encounters() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		claimed(coverage, &[visit(1, 100)]);
		let again = attested(coverage);
		assert_ok!(close(again, &[visit(2, 100), visit(1, 100)]));
		assert_noop!(
			submit(again, &[visit(2, 100), visit(1, 100)]),
			PalletError::LineAlreadyClaimed
		);
		// Nothing of the refused claim is left behind.
		assert!(!ServiceLines::<Test>::contains_key(detail(2)));
		let twice = attested(coverage);
		assert_ok!(close(twice, &[visit(3, 100), visit(3, 100)]));
		assert_noop!(
			submit(twice, &[visit(3, 100), visit(3, 100)]),
			PalletError::LineAlreadyClaimed
		);
	});
}

#[test]
fn another_provider_cannot_claim_it_either() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let lines = [visit(1, 100)];
		let claim = claimed(coverage, &lines);
		let clinic = || signed(clinic_admin());
		let list = PerLine::truncate_from(lines.to_vec());
		assert_noop!(
			Claims::submit(clinic(), CLINIC, 0, list.clone()),
			PalletError::NotYourEncounter
		);
		assert_noop!(
			Claims::correct(clinic(), CLINIC, claim, list.clone()),
			PalletError::NotYourClaim
		);
		// Not even for an encounter of its own that the member attested.
		assert_ok!(Claims::open_encounter(clinic(), CLINIC));
		assert_ok!(Claims::attest(signed(member()), 1, coverage));
		assert_ok!(Claims::close_encounter(clinic(), CLINIC, 1, root(&lines), 1));
		assert_noop!(Claims::submit(clinic(), CLINIC, 1, list), PalletError::LineAlreadyClaimed);
	});
}

#[test]
fn nor_is_it_after_a_correction_or_while_one_awaits_a_decision() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 100)]);
		let other = attested(coverage);
		let refused = |lines: &[crate::Line]| {
			assert_ok!(amend_or_close(other, lines));
			assert_noop!(submit(other, lines), PalletError::LineAlreadyClaimed);
		};
		assert_ok!(correct(first, &[visit(1, 90)]));
		refused(&[visit(1, 100), visit(5, 1)]);

		// The correction has another line, and waits: both the old and the new one are taken.
		assert_ok!(amend(0, &[visit(2, 90)]));
		assert_ok!(correct(first + 1, &[visit(2, 9_000)]));
		refused(&[visit(1, 100), visit(6, 1)]);
		refused(&[visit(2, 100), visit(7, 1)]);
		assert_ok!(decide(first + 2, crate::Decision::AsAdjudicated));
		refused(&[visit(2, 100), visit(8, 1)]);
		// The line that was corrected away is free.
		assert_ok!(amend(other, &[visit(1, 100)]));
		assert_ok!(submit(other, &[visit(1, 100)]));
	});
}

fn amend_or_close(encounter: u64, lines: &[crate::Line]) -> sp_runtime::DispatchResult {
	if crate::Encounters::<Test>::get(encounter).unwrap().closing.is_some() {
		amend(encounter, lines)
	} else {
		close(encounter, lines)
	}
}

#[test]
fn a_claim_that_was_taken_back_frees_its_lines() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let claim = claimed(coverage, &[visit(1, 100)]);
		assert_ok!(void(claim));
		assert!(!ServiceLines::<Test>::contains_key(detail(1)));
		assert_ok!(submit(0, &[visit(1, 100)]));
		assert_eq!(totals(claim + 1).paid, 64);
		assert_eq!(balance(HOSPITAL), 64);
	});
}
