//! Budgets: whoever makes many accounts has no more for it, and no account starves the others.

use super::used;
use crate::{mock::*, Budget, Budgets, Entitlement, Limit, Refusal};
use frame_support::assert_ok;
use salus_primitives::{
	time::{DAY, YEAR},
	traits::TokenlessAccounts,
	Cohort, Party, PatientId, Refill,
};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The first of many accounts that one patient or one organisation makes.
const FIRST: AccountId = 1_000;

fn stumble() -> ward::Call<Test> {
	ward::Call::stumble {}
}

fn custom(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

/// The budget that is a person's own, or else the organisation's.
fn budget_of(entitlement: Entitlement) -> Budget {
	match entitlement {
		Entitlement::Staff(org) | Entitlement::StaffInEmergency { organisation: org, .. } => {
			Budget::Organisation(org)
		},
		Entitlement::StaffAnswering { organisation, .. } => Budget::Answers(organisation),
		Entitlement::Patient { patient, .. } => Budget::Patient(patient),
		Entitlement::Member { payer, .. } => Budget::Members(payer),
	}
}

fn shared(entitlement: Entitlement) -> Balance {
	used_of(budget_of(entitlement))
}

fn used_of(budget: Budget) -> Balance {
	Budgets::<Test>::get(budget).used
}

/// Sends as much as it can from one new account for the same after the other; what the pot paid for
/// all of them.
fn drain(entitlement: Entitlement, accounts: u64) -> Balance {
	drain_as(|_| entitlement, accounts)
}

/// The same, where each new account acts for another.
fn drain_as(entitlement: impl Fn(u64) -> Entitlement, accounts: u64) -> Balance {
	for who in FIRST..FIRST + accounts {
		entitle(who, entitlement(who));
		while send(who, stumble(), 0).is_ok() {}
	}
	sponsored().iter().map(|(_, fee)| fee).sum()
}

/// A handle of its own for each account, all registered by one desk of the hospital.
fn new_handle(who: u64) -> Entitlement {
	Entitlement::Patient {
		patient: PatientId::from_low_u64_be(who),
		party: Party { organisation: HOSPITAL_ORG, cohort: Cohort(5), since: 0 },
		tightens: false,
	}
}

#[test]
fn a_handle_with_many_keys_has_one_budget() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		Allowed::set(2 * fee);
		AllowedPatient::set(6 * fee);
		assert_eq!(drain(HANDLE, 50), 6 * fee);
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_eq!(used(PATIENT), 0);
		// Nobody else feels it.
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn one_key_cannot_use_up_what_the_others_need() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		Allowed::set(2 * fee);
		AllowedPatient::set(6 * fee);
		assert_eq!(drain(HANDLE, 1), 2 * fee);
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_eq!(shared(HANDLE), 4 * fee);
	});
}

#[test]
fn an_organisation_that_takes_many_on_has_its_budget_and_no_more() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(7 * fee);
		assert_eq!(drain(HOSPITAL, 50), 7 * fee);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		set_now(Now::get() + DAY);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn a_quote_names_the_moment_at_which_both_suffice() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(2 * fee);
		drain(HOSPITAL, 1);
		// The budget is used up, the nurse's own allowance is not.
		let start = Now::get();
		let state = Sponsorship::allowance(&NURSE).unwrap();
		assert_eq!((state.left, state.per_day, state.full_at), (2 * fee, 2 * fee, start));
		let quote = |fee| Sponsorship::quote(NURSE, stumble().into(), fee);
		assert_eq!(quote(fee), Err(Refusal::AllowanceExhausted { until: Some(start + DAY / 2) }));
		assert_eq!(quote(3 * fee), Err(Refusal::AllowanceExhausted { until: None }));
		set_now(start + DAY / 2 - 1);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		set_now(start + DAY / 2);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn the_refund_goes_to_the_budget_too() {
	build_and_execute(|| {
		assert_ok!(send(PATIENT, ward::Call::visit {}, 0).unwrap());
		let fee = sponsored()[0].1;
		assert!(fee < fee_of(PATIENT, ward::Call::visit {}));
		assert_eq!((used(PATIENT), shared(HANDLE)), (fee, fee));
	});
}

#[test]
fn who_acts_for_nobody_any_more_is_told_so_and_may_be_taken_on_again() {
	build_and_execute(|| {
		dismiss(PATIENT);
		assert_eq!(Sponsorship::quote(PATIENT, stumble().into(), 1), Err(Refusal::NotEntitled));
		assert_eq!(validate(PATIENT, stumble(), 0), Err(custom(164)));
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(164)));
		assert_eq!((used(PATIENT), shared(HANDLE)), (0, 0));
		// It is still there, and cannot be replayed.
		assert!(System::account_exists(&PATIENT));
		entitle(PATIENT, HOSPITAL);
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert_eq!(System::sufficients(&PATIENT), 1);
		assert!(shared(HOSPITAL) > 0);
	});
}

#[test]
fn a_new_employer_finds_what_the_account_itself_has_used() {
	build_and_execute(|| {
		Allowed::set(fee_of(NURSE, stumble()));
		assert!(send(NURSE, stumble(), 0).is_ok());
		entitle(NURSE, Entitlement::Staff(8));
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		assert_eq!(shared(Entitlement::Staff(8)), 0);
	});
}

#[test]
fn a_quote_is_refused_as_the_transaction_would_be() {
	build_and_execute(|| {
		let quote = |who, call: ward::Call<Test>| Sponsorship::quote(who, call.into(), 1);
		assert_eq!(quote(STRANGER, stumble()), Err(Refusal::NotWelcomed));
		assert_eq!(quote(PATIENT, ward::Call::open {}), Err(Refusal::CallNotSponsored));
		assert_ok!(Sponsorship::welcome(&STRANGER));
		assert_eq!(quote(STRANGER, stumble()), Err(Refusal::NotEntitled));
	});
}

#[test]
fn many_handles_of_one_desk_use_up_the_share_of_that_desk_and_no_more() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		AllowedCohort::set(12 * fee);
		AllowedTogether::set(30 * fee);
		assert_eq!(drain_as(new_handle, 50), 12 * fee);
		// Other patients of the hospital, its staff, and of course other hospitals'.
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert!(send(NURSE, stumble(), 0).is_ok());
		assert_eq!(used_of(Budget::Patients(HOSPITAL_ORG)), 13 * fee);
	});
}

#[test]
fn all_patients_of_an_organisation_have_its_budget_and_another_organisations_do_not_feel_it() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		AllowedPatient::set(3 * fee);
		AllowedCohort::set(4 * fee);
		AllowedTogether::set(9 * fee);
		let spread = |who| handle((who - FIRST) as u8 + 50, (who - FIRST) as u32);
		assert_eq!(drain_as(spread, 40), 9 * fee);
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert!(send(NURSE, stumble(), 0).is_ok(), "the staff's is another");
		let Entitlement::Patient { patient, party, tightens } = HANDLE else { unreachable!() };
		let party = Party { organisation: 8, ..party };
		entitle(PATIENT, Entitlement::Patient { patient, party, tightens });
		assert!(send(PATIENT, stumble(), 0).is_ok());
	});
}

#[test]
fn a_new_handle_begins_low_and_grows_to_the_full_allowance() {
	build_and_execute(|| {
		AllowedPatient::set(30_000);
		Allowed::set(29_999);
		let Entitlement::Patient { patient, party, tightens } = HANDLE else { unreachable!() };
		let party = Party { since: Now::get(), ..party };
		entitle(PATIENT, Entitlement::Patient { patient, party, tightens });
		let left = || Sponsorship::quote(PATIENT, stumble().into(), 1).unwrap().left;
		let start = Now::get();
		let growth: Vec<_> = [0, 1, 2, 8, 9, 400]
			.into_iter()
			.map(|day| {
				set_now(start + day * DAY);
				left()
			})
			.collect();
		assert_eq!(growth, vec![3_000, 6_000, 9_000, 27_000, 29_999, 29_999]);
		set_now(start + DAY - 1);
		assert_eq!(left(), 3_000);
	});
}

/// Somebody else has used up what the patient shares; the patient can deny all the same.
#[test]
fn a_patient_tightens_from_a_reserve_when_the_shared_budgets_are_used_up() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, ward::Call::bar {});
		AllowedTogether::set(65_000_000_000);
		let spread = |who| handle((who - FIRST) as u8 + 50, (who - FIRST) as u32 + 2);
		drain_as(spread, 40);
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_eq!(used_of(Budget::PatientReserve(PatientId::repeat_byte(1))), 0);
		let quote = Sponsorship::quote(PATIENT, ward::Call::bar {}.into(), fee).unwrap();
		assert_eq!((quote.payer, quote.left), (Sponsorship::pot(), ReservedPatient::get()));
		assert_ok!(send(PATIENT, ward::Call::bar {}, 0).unwrap());
		assert_eq!(used_of(Budget::PatientReserve(PatientId::repeat_byte(1))), fee);
		// The account's own allowance is not touched, and only what tightens has a reserve.
		assert_eq!((used(PATIENT), shared(HANDLE)), (0, 0));
		while send(PATIENT, ward::Call::bar {}, 0).is_ok() {}
		let spent = used_of(Budget::PatientReserve(PatientId::repeat_byte(1)));
		assert!(spent <= ReservedPatient::get() && spent + fee > ReservedPatient::get());
		assert_eq!(send(PATIENT, ward::Call::bar {}, 0), Err(custom(162)));
	});
}

#[test]
fn what_tightens_is_on_the_ordinary_budgets_while_they_last() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, ward::Call::bar {});
		assert_ok!(send(PATIENT, ward::Call::bar {}, 0).unwrap());
		assert_eq!((used(PATIENT), shared(HANDLE)), (fee, fee));
		assert_eq!(used_of(Budget::PatientReserve(PatientId::repeat_byte(1))), 0);
	});
}

/// However many handles use up theirs, and though they are of the same cohort.
#[test]
fn nobody_else_uses_up_a_patients_reserve_and_it_comes_back_over_a_year() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, ward::Call::bar {});
		ReservedPatient::set(2 * fee);
		entitle(PATIENT, new_handle(1));
		for who in FIRST..FIRST + 60 {
			entitle(who, new_handle(who));
			while send(who, ward::Call::bar {}, 0).is_ok() {}
		}
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_ok!(send(PATIENT, ward::Call::bar {}, 0).unwrap());
		assert_ok!(send(PATIENT, ward::Call::bar {}, 0).unwrap());
		let reserve = Limit {
			budget: Some(Budget::PatientReserve(PatientId::from_low_u64_be(1))),
			refill: Refill { amount: 2 * fee, within: YEAR },
		};
		assert_eq!(Sponsorship::left(&PATIENT, &[reserve]), 0);
		set_now(Now::get() + YEAR / 2);
		assert_eq!(Sponsorship::left(&PATIENT, &[reserve]), fee);
		set_now(Now::get() + YEAR);
		assert_eq!(Sponsorship::left(&PATIENT, &[reserve]), 2 * fee);
	});
}

#[test]
fn a_quote_of_what_tightens_names_the_first_moment_at_which_either_way_suffices() {
	build_and_execute(|| {
		let (start, bar) = (Now::get(), || RuntimeCall::from(ward::Call::bar {}));
		Allowed::set(1_000);
		ReservedPatient::set(100);
		let quote = |fee| Sponsorship::quote(PATIENT, bar(), fee);
		assert_eq!(quote(1_001), Err(Refusal::AllowanceExhausted { until: None }));
		super::set_used(PATIENT, 1_000, start);
		assert_eq!(quote(100).unwrap().left, 100);
		// Of the two ways, only the account's own allowance ever has so much.
		let until = Some(start + (500 * DAY).div_ceil(1_000));
		assert_eq!(quote(500), Err(Refusal::AllowanceExhausted { until }));
		let reserve = Budget::PatientReserve(PatientId::repeat_byte(1));
		Budgets::<Test>::insert(reserve, crate::Allowance { used: 100, since: start });
		// A year for the reserve, a tenth of a day for the allowance.
		let until = Some(start + (100 * DAY).div_ceil(1_000));
		assert_eq!(quote(100), Err(Refusal::AllowanceExhausted { until }));
	});
}

#[test]
fn a_member_has_a_small_share_and_its_cohort_a_part_of_what_all_members_have() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		AllowedMember::set(2 * fee);
		AllowedCohort::set(5 * fee);
		AllowedTogether::set(12 * fee);
		let member = |coverage| Entitlement::Member { payer: 9, coverage };
		assert_eq!(drain(member(0), 1), 2 * fee);
		assert_eq!(drain(member(0), 10), 5 * fee);
		entitle(STRANGER, member(1_000));
		assert!(send(STRANGER, stumble(), 0).is_ok());
		assert_eq!(used_of(Budget::Members(9)), 6 * fee);
		// The staff of the same payer have their own.
		entitle(NURSE, Entitlement::Staff(9));
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn a_member_keeps_its_reserve_whatever_the_others_use_up() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		AllowedCohort::set(11_000_000_000);
		ReservedMember::set(fee);
		drain_as(|who| Entitlement::Member { payer: 9, coverage: who - FIRST }, 20);
		entitle(STRANGER, Entitlement::Member { payer: 9, coverage: 999 });
		assert_eq!(Sponsorship::quote(STRANGER, stumble().into(), fee).unwrap().left, fee);
		assert!(send(STRANGER, stumble(), 0).is_ok());
		assert_eq!(send(STRANGER, stumble(), 0), Err(custom(162)));
		assert_eq!(used_of(Budget::MemberReserve(999)), fee);
	});
}

/// However busy the day was: in an emergency what staff does otherwise has not used up what is needed.
#[test]
fn an_emergency_is_paid_for_when_what_staff_shares_is_used_up_and_nobody_uses_up_the_others_part() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(4 * fee);
		AllowedEmergency::set(3 * fee);
		AllowedEmergencies::set(8 * fee);
		assert_eq!(drain(HOSPITAL, 5), 4 * fee);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		// The nurse's own allowance is there, and the organisation's is not.
		entitle(NURSE, in_emergency(2));
		assert_eq!(used_of(Budget::Emergencies(HOSPITAL_ORG)), 0);
		let mut sent = 0;
		while send(NURSE, stumble(), 0).is_ok() {
			sent += 1;
		}
		assert_eq!((sent, used_of(Budget::EmergenciesOf(HOSPITAL_ORG, [2; 32]))), (3, 3 * fee));
		// What a colleague has is untouched; all of them together have what the organisation has.
		for (who, expected) in [(11, 3), (12, 2), (13, 0)] {
			entitle(who, in_emergency(who as u8));
			let mut sent = 0;
			while send(who, stumble(), 0).is_ok() {
				sent += 1;
			}
			assert_eq!(sent, expected, "{who}");
		}
		assert_eq!(used_of(Budget::Emergencies(HOSPITAL_ORG)), 8 * fee);
		assert_eq!(used_of(Budget::Organisation(HOSPITAL_ORG)), 4 * fee);
		set_now(Now::get() + DAY);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn an_emergency_is_on_the_ordinary_budgets_while_they_last() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		entitle(NURSE, in_emergency(2));
		assert!(send(NURSE, stumble(), 0).is_ok());
		assert_eq!((used(NURSE), used_of(Budget::Organisation(HOSPITAL_ORG))), (fee, fee));
		assert_eq!(used_of(Budget::Emergencies(HOSPITAL_ORG)), 0);
	});
}

/// However much patients make an organisation answer, and however busy the rest of the day is.
#[test]
fn answers_neither_use_up_what_other_work_needs_nor_are_used_up_by_it() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(4 * fee);
		AllowedAnswer::set(3 * fee);
		AllowedAnswers::set(5 * fee);
		let sent = |who| {
			let mut sent = 0;
			while send(who, stumble(), 0).is_ok() {
				sent += 1;
			}
			sent
		};
		entitle(NURSE, answering(2));
		assert_eq!(sent(NURSE), 3);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		assert_eq!(used_of(Budget::AnswersOf(HOSPITAL_ORG, [2; 32])), 3 * fee);
		// Nothing of it is on what the same person does otherwise.
		assert_eq!((used(NURSE), used_of(Budget::Organisation(HOSPITAL_ORG))), (0, 0));
		entitle(NURSE, HOSPITAL);
		assert_eq!(sent(NURSE), 2);
		assert_eq!(drain(HOSPITAL, 5), 7 * fee);
		// What staff shares is used up; a colleague answers all the same, until what the organisation has for that is.
		entitle(11, answering(11));
		assert_eq!(sent(11), 2);
		assert_eq!(used_of(Budget::Answers(HOSPITAL_ORG)), 5 * fee);
		assert_eq!(used_of(Budget::Organisation(HOSPITAL_ORG)), 4 * fee);
		set_now(Now::get() + DAY);
		assert_eq!(sent(11), 3);
	});
}

#[test]
fn every_way_ends_in_a_budget_that_an_organisation_keeps_but_the_reserves() {
	build_and_execute(|| {
		let Entitlement::Patient { patient, party, .. } = HANDLE else { unreachable!() };
		let tightening = Entitlement::Patient { patient, party, tightens: true };
		let member = Entitlement::Member { payer: 9, coverage: 3 };
		for entitlement in [HANDLE, HOSPITAL, answering(2), tightening, member] {
			let ways = Sponsorship::ways(&entitlement);
			let (ordinary, reserve) = ways.split_first().unwrap();
			let last = ordinary.last().unwrap().budget.unwrap();
			assert!(last.organisation().is_some(), "{ordinary:?}");
			let expected = match entitlement {
				Entitlement::Patient { tightens: true, .. } => {
					Some(Budget::PatientReserve(patient))
				},
				Entitlement::Member { coverage, .. } => Some(Budget::MemberReserve(coverage)),
				_ => None,
			};
			let reserved: Vec<_> =
				reserve.iter().flatten().map(|limit| limit.budget.unwrap()).collect();
			assert_eq!(reserved, Vec::from_iter(expected));
		}
	});
}
