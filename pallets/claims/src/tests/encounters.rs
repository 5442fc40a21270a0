//! Encounters: opened, attested, closed, amended.

use crate::{mock::*, Closing, Encounters, Error, Event};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{time::YEAR, Commitment};

type PalletError = Error<Test>;

#[test]
fn a_visit_is_opened_attested_and_closed() {
	build_and_execute(|| {
		let coverage = covered();
		let encounter = opened();
		assert_ok!(Claims::attest(signed(member()), encounter, coverage));
		let lines = [visit(1, 100), visit(2, 50)];
		pass(3_600);
		assert_ok!(close(encounter, &lines));
		let stored = Encounters::<Test>::get(encounter).unwrap();
		assert_eq!(stored.opened, START);
		assert_eq!((stored.coverage, stored.attested), (Some(coverage), Some(START)));
		let closing = Closing { at: START + 3_600, root: root(&lines), lines: 2, amendments: 0 };
		assert_eq!(stored.closing, Some(closing));
		let tail = events().split_off(3);
		assert_eq!(
			tail,
			[
				Event::EncounterOpened { encounter, provider: HOSPITAL, emergency: false },
				Event::EncounterAttested { encounter, coverage },
				Event::EncounterClosed { encounter, root: root(&lines), lines: 2 },
			]
		);
	});
}

#[test]
fn only_a_licensed_provider_opens() {
	build_and_execute(|| {
		let coverage = covered();
		for (who, org) in [(stranger(), HOSPITAL), (biller(), CLINIC), (doctor(), 99)] {
			assert_noop!(Claims::open_encounter(signed(who), org), PalletError::NotAuthorised);
		}
		assert_noop!(
			Claims::open_encounter(signed(payer_admin()), PAYER),
			PalletError::NotLicensed
		);
		assert_ok!(Claims::open_encounter(signed(clinic_admin()), CLINIC));
		suspend(HOSPITAL);
		assert_noop!(Claims::open_encounter(signed(doctor()), HOSPITAL), PalletError::NotLicensed);
		assert_noop!(
			Claims::open_emergency(signed(doctor()), HOSPITAL, coverage),
			PalletError::NotLicensed
		);
	});
}

/// An HIV clinic must not stand beside a member, not even beside a key.
#[test]
fn an_organisation_whose_name_discloses_opens_nothing() {
	build_and_execute(|| {
		flag(HOSPITAL);
		assert_noop!(
			Claims::open_encounter(signed(doctor()), HOSPITAL),
			PalletError::FlaggedOrganisation
		);
	});
}

#[test]
fn nobody_attests_for_another_or_twice() {
	build_and_execute(|| {
		let coverage = covered();
		let plan = 0;
		let other = account_of(&pair(61));
		let offered = enrolled(plan, other.clone());
		let encounter = opened();
		let attest =
			|who: AccountId, encounter, coverage| Claims::attest(signed(who), encounter, coverage);
		assert_noop!(attest(stranger(), encounter, coverage), PalletError::NotMember);
		assert_noop!(attest(payer_admin(), encounter, coverage), PalletError::NotMember);
		assert_noop!(attest(member(), encounter, 9), PalletError::CoverageNotFound);
		assert_noop!(attest(member(), 9, coverage), PalletError::EncounterNotFound);
		assert_noop!(attest(other.clone(), encounter, offered), PalletError::NotAccepted);
		assert_ok!(attest(member(), encounter, coverage));
		assert_noop!(attest(member(), encounter, coverage), PalletError::AlreadyAttested);
		assert_ok!(Claims::accept_coverage(signed(other.clone()), offered));
		assert_noop!(attest(other, encounter, offered), PalletError::AlreadyAttested);
	});
}

#[test]
fn in_an_emergency_the_provider_names_the_coverage_and_the_member_attests_later() {
	build_and_execute(|| {
		let coverage = covered();
		let other = covered_as(0, account_of(&pair(61)));
		let offered = enrolled(0, account(62));
		let open = |coverage| Claims::open_emergency(signed(doctor()), HOSPITAL, coverage);
		assert_noop!(open(9), PalletError::CoverageNotFound);
		assert_noop!(open(offered), PalletError::NotAccepted);
		let encounter = emergency(coverage);
		assert_noop!(
			Claims::attest(signed(account_of(&pair(61))), encounter, other),
			PalletError::OtherCoverage
		);
		assert_ok!(Claims::attest(signed(member()), encounter, coverage));
		assert!(Encounters::<Test>::get(encounter).unwrap().emergency);
	});
}

#[test]
fn what_was_done_is_written_down_once_and_amended_in_the_open() {
	build_and_execute(|| {
		let encounter = opened();
		let lines = [visit(1, 100)];
		let close_as = |org, who: AccountId, encounter, root, lines| {
			Claims::close_encounter(signed(who), org, encounter, root, lines)
		};
		let commitment = root(&lines);
		assert_noop!(amend(encounter, &lines), PalletError::NotClosed);
		assert_noop!(
			close_as(CLINIC, clinic_admin(), encounter, commitment, 1),
			PalletError::NotYourEncounter
		);
		assert_noop!(
			close_as(HOSPITAL, doctor(), 9, commitment, 1),
			PalletError::EncounterNotFound
		);
		for count in [0, 65] {
			assert_noop!(
				close_as(HOSPITAL, doctor(), encounter, commitment, count),
				PalletError::WrongLineCount
			);
		}
		assert_noop!(
			close_as(HOSPITAL, doctor(), encounter, Commitment::zero(), 1),
			PalletError::WrongRoot
		);
		assert_ok!(close(encounter, &lines));
		assert_noop!(close(encounter, &lines), PalletError::AlreadyClosed);

		assert_noop!(amend(encounter, &lines), PalletError::WrongRoot);
		assert_noop!(
			Claims::amend_encounter(signed(doctor()), HOSPITAL, encounter, commitment, 65),
			PalletError::WrongLineCount
		);
		let more = [visit(1, 100), visit(2, 100)];
		pass(10);
		assert_ok!(amend(encounter, &more));
		let event =
			Event::EncounterAmended { encounter, was: commitment, root: root(&more), lines: 2 };
		assert_eq!(events().last(), Some(&event));
		let closing = Encounters::<Test>::get(encounter).unwrap().closing.unwrap();
		assert_eq!((closing.at, closing.amendments), (START, 1));
	});
}

#[test]
fn an_encounter_is_not_open_for_ever() {
	build_and_execute(|| {
		let (first, second) = (opened(), opened());
		pass(YEAR);
		assert_ok!(close(first, &[visit(1, 100)]));
		pass(1);
		assert_noop!(close(second, &[visit(2, 100)]), PalletError::EncounterExpired);
	});
}
