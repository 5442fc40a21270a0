//! Deposits: who puts them down, when, and what goes on without one.

use super::*;

/// Takes nearly all that the account has.
fn empty(who: u64) {
	let all = Balances::free_balance(who);
	assert_ok!(Balances::transfer_allow_death(signed(who), STRANGER, all - 10));
}

#[test]
fn a_request_costs_the_administrator_nothing_before_the_signature() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		let before = held(INSTITUTE_ADMIN);
		for _ in 0..8 {
			assert_ok!(ask(study, dataset, statement()));
		}
		assert_eq!(held(INSTITUTE_ADMIN), before);
		assert_ok!(cosign(0));
		let one = held(INSTITUTE_ADMIN) - before;
		assert!(one > 0);
		assert_ok!(cosign(1));
		assert_eq!(held(INSTITUTE_ADMIN), before + 2 * one);
		empty(INSTITUTE_ADMIN);
		let refused = cosign(2);
		assert!(refused.is_err());
		assert_eq!(stage(2), Stage::AwaitingSignature);
		assert_eq!(Requests::<Test>::get(2).unwrap().deposit, None);
	});
}

#[test]
fn so_many_studies_of_a_researcher_wait_for_the_institution() {
	build_and_execute(|| {
		let uses = UseSet::of(&[Use::Biomedical]);
		let register =
			|who| Research::register_study(signed(who), INSTITUTE, ETHICS, uses, commitment(3));
		let dataset = offered(terms());
		for _ in 0..3 {
			assert_ok!(register(INVESTIGATOR));
		}
		assert_noop!(register(INVESTIGATOR), PalletError::TooManyStudies);
		// Each researcher has as many.
		hire(INSTITUTE, 202, Role::Researcher);
		assert_ok!(register(202));
		// With the first signature a study waits no more; with another one nothing changes.
		assert_ok!(ask(0, dataset, statement()));
		assert_ok!(ask(0, dataset, statement()));
		assert_noop!(register(INVESTIGATOR), PalletError::TooManyStudies);
		assert_ok!(cosign(0));
		assert_ok!(cosign(1));
		assert_eq!(UnsignedStudies::<Test>::get(INSTITUTE, INVESTIGATOR), 2);
		assert_ok!(register(INVESTIGATOR));
		assert_noop!(register(INVESTIGATOR), PalletError::TooManyStudies);
		for study in 1..3 {
			assert_ok!(ask(study, dataset, statement()));
		}
		assert_ok!(cosign(2));
		assert_ok!(cosign(3));
		assert_eq!(UnsignedStudies::<Test>::get(INSTITUTE, INVESTIGATOR), 1);
	});
}

#[test]
fn an_epoch_that_is_due_is_published_though_nobody_can_pay_for_it() {
	build_and_execute(|| {
		let permit = permitted();
		empty(HOSPITAL_ADMIN);
		let before = held(HOSPITAL_ADMIN);
		// Neither a version without the next epoch, nor an epoch long before it is due.
		set_now(START + 15 * DAY - 1);
		assert!(publish(0, terms(), 1).is_err());
		pass(1);
		assert!(publish(0, terms(), 0).is_err());
		assert_ok!(publish(0, terms(), 1));
		assert_eq!(held(HOSPITAL_ADMIN), before);
		assert_eq!(Versions::<Test>::get(0, 1).unwrap().deposit, None);
		assert_eq!(Research::dataset(0).unwrap().unpaid, 1);
		// And not the one after it at once.
		assert!(publish(0, terms(), 2).is_err());
		set_now(START + 31 * DAY);
		assert_eq!(standing(permit), Standing::Active);
		// Whoever can pay does.
		assert_ok!(Balances::transfer_allow_death(signed(STRANGER), HOSPITAL_ADMIN, 1_000_000));
		assert_ok!(publish(0, terms(), 2));
		assert!(held(HOSPITAL_ADMIN) > before);
		assert_eq!(Research::dataset(0).unwrap().unpaid, 1);
	});
}

#[test]
fn what_was_put_down_stays_with_whoever_did_and_the_next_administrator_pays_for_what_follows() {
	build_and_execute(|| {
		let permit = permitted();
		assert_eq!(permit, 0);
		let before = held(HOSPITAL_ADMIN);
		let pay = Balances::transfer_allow_death(signed(HOSPITAL_ADMIN), 110, 1_000_000);
		assert_ok!(pay);
		hand_over(HOSPITAL, 110);
		assert_ok!(publish(0, terms(), 1));
		assert_eq!(held(HOSPITAL_ADMIN), before);
		assert!(held(110) > 0);
	});
}
