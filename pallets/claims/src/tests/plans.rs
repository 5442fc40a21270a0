//! Plans and their versions.

use crate::{mock::*, Error, Event, NextPlan, Plan, PlanVersions, Plans};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::time::DAY;

type PalletError = Error<Test>;

fn create(terms: crate::Terms<u32>) -> sp_runtime::DispatchResult {
	Claims::create_plan(signed(payer_admin()), PAYER, Box::new(terms))
}

fn revise(plan: u32, terms: crate::Terms<u32>) -> sp_runtime::DispatchResult {
	Claims::revise_plan(signed(payer_admin()), PAYER, plan, Box::new(terms))
}

#[test]
fn a_version_never_changes_and_a_coverage_keeps_its_own() {
	build_and_execute(|| {
		let plan = plan();
		let coverage = covered_as(plan, member());
		let mut dearer = terms();
		dearer.rules.benefits.primary_care.copay = 50;
		assert_ok!(revise(plan, dearer.clone()));
		assert_eq!(Plans::<Test>::get(plan), Some(Plan { payer: PAYER, versions: 2 }));
		assert_eq!(PlanVersions::<Test>::get(plan, 0), Some(terms()));
		assert_eq!(PlanVersions::<Test>::get(plan, 1), Some(dearer));
		assert_eq!(events().last(), Some(&Event::PlanPublished { payer: PAYER, plan, version: 1 }));

		fund(1_000);
		assert_eq!(totals(claimed(coverage, &[visit(1, 100)])).paid, 64);
		let new = covered_as(plan, account_of(&pair(61)));
		assert_eq!(totals(claimed(new, &[visit(2, 100)])).paid, 40);
	});
}

#[test]
fn a_plan_that_means_nothing_is_refused() {
	build_and_execute(|| {
		let plan = plan();
		let mut too_much = terms();
		too_much.rules.benefits.primary_care.coinsurance = 1_000_001;
		let mut usury = terms();
		usury.interest = 1_000_001;
		for unsound in [too_much, usury] {
			assert_noop!(create(unsound.clone()), PalletError::UnsoundPlan);
			assert_noop!(revise(plan, unsound), PalletError::UnsoundPlan);
		}
		let clocks: [fn(&mut crate::Terms<u32>); 7] = [
			|terms| terms.filing_limit = 90 * DAY - 1,
			|terms| terms.filing_limit = 730 * DAY + 1,
			|terms| terms.decision_time = 0,
			|terms| terms.decision_time = 90 * DAY + 1,
			|terms| terms.answer_time = 7 * DAY - 1,
			|terms| terms.answer_time = 45 * DAY + 1,
			|terms| terms.payment_time = 90 * DAY + 1,
		];
		for wind in clocks {
			let mut wrong = terms();
			wind(&mut wrong);
			assert_noop!(create(wrong), PalletError::ClockOutOfRange);
		}
		for asset in [COARSE, 77] {
			assert_noop!(create(crate::Terms { asset, ..terms() }), PalletError::UnsuitableAsset);
		}
		assert_eq!(NextPlan::<Test>::get(), 1);
	});
}

/// Nobody can authorise anything yet: such a benefit would never be paid.
#[test]
fn a_plan_that_demands_authorisation_is_refused() {
	build_and_execute(|| {
		let plan = plan();
		let mut demanding = terms();
		demanding.rules.benefits.hospital_stay.authorisation_required = true;
		assert_noop!(create(demanding.clone()), PalletError::AuthorisationNotOffered);
		assert_noop!(revise(plan, demanding), PalletError::AuthorisationNotOffered);
	});
}

#[test]
fn only_a_licensed_payer_promises_anything() {
	build_and_execute(|| {
		let plan = plan();
		assert_noop!(
			Claims::create_plan(signed(admin()), HOSPITAL, Box::new(terms())),
			PalletError::NotLicensed
		);
		assert_noop!(
			Claims::revise_plan(signed(other_payer_admin()), OTHER_PAYER, plan, Box::new(terms())),
			PalletError::NotYourPlan
		);
		assert_noop!(revise(plan + 1, terms()), PalletError::PlanNotFound);
		suspend(PAYER);
		assert_noop!(create(terms()), PalletError::NotLicensed);
		assert_noop!(revise(plan, terms()), PalletError::NotLicensed);
	});
}

/// A licence that ended does not end what was promised.
#[test]
fn a_payer_without_licence_still_pays() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		suspend(PAYER);
		assert_eq!(totals(claimed(coverage, &[visit(1, 100)])).paid, 64);
		assert_eq!(balance(HOSPITAL), 64);
	});
}
