//! Coverages and member keys.

use crate::{mock::*, Coverages, Error, Event, MemberKeys};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{
	time::{DAY, YEAR},
	Interval,
};
use sp_runtime::DispatchResult;

type PalletError = Error<Test>;

fn enrol(plan: u32, who: AccountId, from: u64, until: u64) -> DispatchResult {
	Claims::enrol(signed(payer_biller()), PAYER, plan, who, Interval::new(from, until))
}

#[test]
fn the_payer_offers_and_the_member_accepts() {
	build_and_execute(|| {
		let coverage = enrolled(plan(), member());
		assert!(Welcomed::has(&member()));
		let offer = Coverages::<Test>::get(coverage).unwrap();
		assert!(!offer.was_in_force(now()));
		assert_ok!(Claims::accept_coverage(signed(member()), coverage));
		assert!(Coverages::<Test>::get(coverage).unwrap().was_in_force(now()));
		assert_eq!(events().last(), Some(&Event::Accepted { coverage }));
		assert_noop!(
			Claims::accept_coverage(signed(member()), coverage),
			PalletError::AlreadyAccepted
		);
	});
}

#[test]
fn a_coverage_lasts_a_year_at_most_and_begins_no_earlier_than_now() {
	build_and_execute(|| {
		let plan = plan();
		let most = YEAR + DAY;
		assert_noop!(enrol(plan, member(), now() - 1, now() + 1), PalletError::PeriodInPast);
		for until in [now(), now() - 1, now() + most + 1] {
			assert_noop!(enrol(plan, member(), now(), until), PalletError::PeriodOutOfRange);
		}
		assert_noop!(enrol(plan + 1, member(), now(), now() + 1), PalletError::PlanNotFound);
		assert_ok!(enrol(plan, member(), now(), now() + most));
	});
}

#[test]
fn an_offer_ends_with_its_period() {
	build_and_execute(|| {
		let coverage = enrolled(plan(), member());
		pass(YEAR);
		assert_noop!(
			Claims::accept_coverage(signed(member()), coverage),
			PalletError::CoverageEnded
		);
	});
}

/// A key that stood for something else would link the coverage to it.
#[test]
fn a_member_key_stands_for_nothing_else() {
	build_and_execute(|| {
		let plan = plan();
		let term = now() + YEAR;
		assert_noop!(enrol(plan, patient_key(), now(), term), PalletError::KeyOfPatient);
		let coverage = covered_as(plan, member());
		assert_noop!(enrol(plan, member(), now(), term), PalletError::KeyInUse);
		for (key, refusal) in
			[(patient_key(), PalletError::KeyOfPatient), (member(), PalletError::KeyInUse)]
		{
			assert_noop!(
				Claims::rekey_coverage(signed(payer_biller()), PAYER, coverage, key),
				refusal
			);
		}
	});
}

/// Otherwise a payer could keep a stranger's key from ever being a patient's or another payer's member's.
#[test]
fn an_offer_takes_nobodys_key() {
	build_and_execute(|| {
		let plan = plan();
		let (first, second) = (enrolled(plan, member()), enrolled(plan, member()));
		let third = covered_as(plan, account_of(&pair(61)));
		assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, third, member()));
		assert_eq!(MemberKeys::<Test>::get(member()), None);
		// Whichever offer the key accepts, it stands for that alone.
		assert_ok!(Claims::accept_coverage(signed(member()), second));
		assert_eq!(MemberKeys::<Test>::get(member()), Some(second));
		assert_noop!(Claims::accept_coverage(signed(member()), first), PalletError::KeyInUse);
		pass(DAY);
		assert_noop!(Claims::accept_rekey(signed(member()), third), PalletError::KeyInUse);
		assert_eq!(MemberKeys::<Test>::get(member()), Some(second));
	});
}

#[test]
fn a_key_that_takes_over_an_offer_accepts_the_coverage_afterwards() {
	build_and_execute(|| {
		let coverage = enrolled(plan(), member());
		let key = account_of(&pair(61));
		assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, coverage, key.clone()));
		pass(DAY);
		assert_ok!(Claims::accept_rekey(signed(key.clone()), coverage));
		assert_noop!(Claims::accept_coverage(signed(member()), coverage), PalletError::NotMember);
		assert_ok!(Claims::accept_coverage(signed(key.clone()), coverage));
		assert_eq!(MemberKeys::<Test>::get(&key), Some(coverage));
		assert_eq!(MemberKeys::<Test>::get(member()), None);
	});
}

/// As in a state that version 0.1.0 of the runtime has left.
#[test]
fn a_key_that_was_bound_by_an_offer_accepts_it() {
	build_and_execute(|| {
		let coverage = enrolled(plan(), member());
		MemberKeys::<Test>::insert(member(), coverage);
		assert_ok!(Claims::accept_coverage(signed(member()), coverage));
		assert_eq!(MemberKeys::<Test>::get(member()), Some(coverage));
	});
}

#[test]
fn a_key_that_became_a_patients_accepts_no_offer() {
	build_and_execute(|| {
		let plan = plan();
		let key = account_of(&pair(62));
		let (coverage, other) = (enrolled(plan, key.clone()), covered());
		assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, other, key.clone()));
		pass(DAY);
		become_patient(&key);
		assert_noop!(
			Claims::accept_coverage(signed(key.clone()), coverage),
			PalletError::KeyOfPatient
		);
		assert_noop!(Claims::accept_rekey(signed(key.clone()), other), PalletError::KeyOfPatient);
		let end = Claims::terminate_coverage(signed(key.clone()), coverage, now());
		assert_eq!(end, Err(PalletError::KeyOfPatient.into()));
		assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, coverage, account(79)));
		assert_noop!(Claims::cancel_rekey(signed(key), coverage), PalletError::KeyOfPatient);
	});
}

#[test]
fn only_the_member_and_the_payer_have_a_say() {
	build_and_execute(|| {
		let coverage = enrolled(plan(), member());
		for who in [stranger(), payer_admin(), biller()] {
			assert_noop!(Claims::accept_coverage(signed(who), coverage), PalletError::NotMember);
		}
		for who in [stranger(), biller(), other_payer_admin()] {
			assert_noop!(
				Claims::terminate_coverage(signed(who.clone()), coverage, now()),
				PalletError::NotAuthorised
			);
			assert_noop!(Claims::cancel_rekey(signed(who), coverage), PalletError::NotAuthorised);
		}
		assert_noop!(
			Claims::rekey_coverage(signed(other_payer_admin()), OTHER_PAYER, coverage, account(7)),
			PalletError::NotYourCoverage
		);
		for unknown in [
			Claims::accept_coverage(signed(member()), 9),
			Claims::terminate_coverage(signed(member()), 9, now()),
			Claims::cancel_rekey(signed(member()), 9),
			Claims::accept_rekey(signed(member()), 9),
			Claims::rekey_coverage(signed(payer_biller()), PAYER, 9, account(7)),
		] {
			assert_eq!(unknown, Err(PalletError::CoverageNotFound.into()));
		}
	});
}

#[test]
fn an_end_is_brought_forward_and_never_into_the_past() {
	build_and_execute(|| {
		let coverage = covered();
		let end = now() + YEAR;
		let terminate =
			|who: AccountId, until| Claims::terminate_coverage(signed(who), coverage, until);
		for until in [now() - 1, end, end + 1] {
			assert_noop!(terminate(payer_biller(), until), PalletError::NotAnEarlierEnd);
		}
		assert_ok!(terminate(payer_biller(), now() + 10 * DAY));
		assert_noop!(terminate(member(), now() + 10 * DAY), PalletError::NotAnEarlierEnd);
		assert_ok!(terminate(member(), now()));
		assert_eq!(events().last(), Some(&Event::Terminated { coverage, until: now() }));
		assert!(!Coverages::<Test>::get(coverage).unwrap().was_in_force(now()));
		assert!(!Coverages::<Test>::get(coverage).unwrap().was_in_force(now() + DAY));
	});
}

/// Whoever has lost the key gets the coverage back, with the payer's consent and after a day.
#[test]
fn another_key_takes_the_place_of_a_lost_one() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let claim = claimed(coverage, &[visit(1, 100)]);
		let before = used(coverage);
		let new = account_of(&pair(61));
		let accept = |who: AccountId| Claims::accept_rekey(signed(who), coverage);
		assert_noop!(accept(new.clone()), PalletError::NoRekey);
		assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, coverage, new.clone()));
		assert!(Welcomed::has(&new));
		pass(DAY - 1);
		assert_noop!(accept(new.clone()), PalletError::TooEarly);
		pass(1);
		assert_noop!(accept(stranger()), PalletError::NotMember);
		assert_ok!(accept(new.clone()));
		assert_noop!(accept(new.clone()), PalletError::NoRekey);

		assert_eq!(Coverages::<Test>::get(coverage).unwrap().member, new);
		assert_eq!(MemberKeys::<Test>::get(&new), Some(coverage));
		// What was used stays used, and what was claimed stays claimed.
		assert_eq!(used(coverage), before);
		assert_eq!(totals(claim).paid, 64);
		// The lost key has no say any more, and stands for nobody else ever.
		let encounter = opened();
		assert_noop!(Claims::attest(signed(member()), encounter, coverage), PalletError::NotMember);
		assert_ok!(Claims::attest(signed(new), encounter, coverage));
		assert_noop!(enrol(0, member(), now(), now() + YEAR), PalletError::KeyInUse);
	});
}

/// A payer alone cannot take a coverage over: the member has a day to say no.
#[test]
fn the_present_key_says_no_to_another() {
	build_and_execute(|| {
		let coverage = covered();
		let thief = account(77);
		let rekey =
			|key: AccountId| Claims::rekey_coverage(signed(payer_biller()), PAYER, coverage, key);
		assert_ok!(rekey(thief.clone()));
		assert_ok!(Claims::cancel_rekey(signed(member()), coverage));
		assert_eq!(events().last(), Some(&Event::RekeyCancelled { coverage }));
		assert_noop!(Claims::cancel_rekey(signed(member()), coverage), PalletError::NoRekey);
		pass(2 * DAY);
		assert_noop!(Claims::accept_rekey(signed(thief.clone()), coverage), PalletError::NoRekey);
		// It was never the coverage's, and is as free as before.
		assert_eq!(MemberKeys::<Test>::get(&thief), None);
		assert_ok!(rekey(thief));
		assert_ok!(Claims::cancel_rekey(signed(member()), coverage));
		pass(YEAR);
		assert_noop!(rekey(account(78)), PalletError::CoverageEnded);
	});
}

/// Like a flagged clinic's patients, the members of a flagged payer would be told apart by its name.
#[test]
fn a_flagged_payer_enrols_nobody() {
	build_and_execute(|| {
		let plan = plan();
		flag(PAYER);
		let period = Interval::new(now(), now() + YEAR);
		assert_noop!(
			Claims::enrol(signed(payer_biller()), PAYER, plan, member(), period),
			PalletError::FlaggedOrganisation
		);
	});
}
