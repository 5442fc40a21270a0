//! Requests: made, co-signed, matched.

use super::*;

#[test]
fn a_request_is_of_the_studys_uses_for_some_months() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		let addiction = Request { uses: UseSet::of(&[Use::Addiction]), ..statement() };
		assert_noop!(ask(study, dataset, addiction), PalletError::UseNotOfStudy);
		for months in [None, Some(0), Some(MAX_MONTHS + 1)] {
			let wrong = Request { months, ..statement() };
			assert_noop!(ask(study, dataset, wrong), PalletError::WrongMonths);
		}
		assert_noop!(ask(study, 7, statement()), PalletError::UnknownDataset);
		assert_noop!(ask(7, dataset, statement()), PalletError::UnknownStudy);
		suspend(INSTITUTE);
		assert_noop!(ask(study, dataset, statement()), PalletError::NotLicensed);
		license(INSTITUTE, OrgKind::Research);
		NextRequest::<Test>::put(u32::MAX);
		assert_noop!(ask(study, dataset, statement()), PalletError::IdsExhausted);
		NextRequest::<Test>::put(0);
		assert_ok!(ask(study, dataset, Request { months: Some(MAX_MONTHS), ..statement() }));
		assert_eq!(stage(0), Stage::AwaitingSignature);
	});
}

#[test]
fn a_study_makes_so_many_requests_and_no_more() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		for _ in 0..8 {
			assert_ok!(ask(study, dataset, statement()));
		}
		assert_noop!(ask(study, dataset, statement()), PalletError::TooManyRequests);
		assert_eq!(Research::requests(0).len(), 8);
	});
}

#[test]
fn the_institution_signs_in_time_and_not_by_whoever_asks() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		assert_ok!(ask(study, dataset, statement()));
		assert_ok!(ask(study, dataset, statement()));
		for who in [INVESTIGATOR, HOSPITAL_ADMIN, STRANGER] {
			assert_noop!(Research::cosign(signed(who), INSTITUTE, 0), PalletError::NotAuthorised);
		}
		assert_ok!(cosign(0));
		assert_noop!(cosign(0), PalletError::AlreadyCosigned);
		assert_noop!(cosign(9), PalletError::UnknownRequest);
		pass(30 * DAY - 1);
		assert_eq!(stage(1), Stage::AwaitingSignature);
		pass(1);
		assert_eq!(stage(1), Stage::Lapsed);
		assert_noop!(cosign(1), PalletError::Lapsed);
		// As it stood before.
		assert_eq!(Research::stage_at(1, now() - 1), Some(Stage::AwaitingSignature));
	});
}

#[test]
fn an_administrator_who_leads_the_study_does_not_sign_for_the_institution() {
	build_and_execute(|| {
		let dataset = offered(terms());
		hire(INSTITUTE, INSTITUTE_ADMIN, Role::Researcher);
		let uses = UseSet::of(&[Use::Biomedical]);
		let by = || signed(INSTITUTE_ADMIN);
		assert_ok!(Research::register_study(by(), INSTITUTE, ETHICS, uses, commitment(3)));
		assert_ok!(Research::request(by(), INSTITUTE, 0, dataset, statement(), None));
		assert_noop!(cosign(0), PalletError::OwnRequest);
	});
}

#[test]
fn what_the_terms_exclude_no_committee_can_approve() {
	build_and_execute(|| {
		let dataset = offered(Offer { months: Some(12), ..terms() });
		let request = asked_for(dataset, statement());
		assert_eq!(stage(request), Stage::Excluded(Rule::Ts));
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::VoteClosed);
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_noop!(accept(request), PalletError::NotGranted);
		pass(YEAR);
		assert_eq!(stage(request), Stage::Excluded(Rule::Ts));
	});
}

#[test]
fn a_match_needs_no_vote_only_where_the_committee_has_agreed() {
	build_and_execute(|| {
		let dataset = offered(terms());
		let before = asked_for(dataset, statement());
		assert_eq!(Research::request_info(before).unwrap().answer, Some(Answer::Match));
		assert_eq!(stage(before), Stage::Voting);
		assert_ok!(Research::set_shortcut(signed(COMMITTEE_ADMIN), COMMITTEE, dataset, true));
		// What was asked before is voted on.
		assert_eq!(stage(before), Stage::Voting);
		let request = asked_for(dataset, statement());
		assert_eq!(stage(request), Stage::Approved);
		assert_ok!(accept(request));
		assert_eq!(standing(request), Standing::Active);
	});
}

/// E6: a sensitive purpose, and a code without a rule, never pass without people.
#[test]
fn what_is_sensitive_or_unknown_goes_to_the_committee_whatever_it_has_agreed() {
	build_and_execute(|| {
		let dataset = offered(terms());
		assert_ok!(Research::set_shortcut(signed(COMMITTEE_ADMIN), COMMITTEE, dataset, true));
		let uses = UseSet::of(&[Use::Biomedical, Use::Vulnerable]);
		let request = asked_for(dataset, Request { uses, ..statement() });
		let abstains = Answer::Abstain(Code::Use(Use::Vulnerable.index()));
		assert_eq!(Research::request_info(request).unwrap().answer, Some(abstains));
		assert_eq!(stage(request), Stage::Voting);
	});
}

#[test]
fn whether_there_is_an_ethics_approval_the_chain_knows_and_is_not_told() {
	build_and_execute(|| {
		let modifiers = ModifierSet::of(&[Modifier::Irb]);
		let dataset = offered(Offer { modifiers, ..terms() });
		let study = registered();
		let says_yes = Request { ethics_approved: Stated::Yes, ..statement() };
		assert_ok!(ask(study, dataset, says_yes));
		assert_ok!(cosign(0));
		assert_eq!(stage(0), Stage::Excluded(Rule::Irb));
		assert_ok!(approve(study, now() + YEAR));
		let says_no = Request { ethics_approved: Stated::No, ..statement() };
		assert_ok!(ask(study, dataset, says_no));
		assert_ok!(cosign(1));
		assert_eq!(Research::request_info(1).unwrap().answer, Some(Answer::Match));
	});
}

#[test]
fn another_disease_than_the_offers_leads_to_people() {
	build_and_execute(|| {
		let dataset = offered(Offer::new(Permission::Ds([7; 32])));
		let study = studied();
		let uses = UseSet::EMPTY;
		let ask = |disease: [u8; 32]| {
			Research::request(
				signed(INVESTIGATOR),
				INSTITUTE,
				study,
				dataset,
				Request { uses, ..statement() },
				Some(disease),
			)
		};
		assert_ok!(ask([7; 32]));
		assert_ok!(ask([8; 32]));
		assert_ok!(cosign(0));
		assert_ok!(cosign(1));
		let answer = |request| Research::request_info(request).unwrap().answer.unwrap();
		assert_eq!(answer(0), Answer::Match);
		assert_eq!(answer(1), Answer::Abstain(Code::Condition(Rule::Disease)));
	});
}

#[test]
fn an_approval_that_is_not_taken_up_in_time_lapses() {
	build_and_execute(|| {
		let request = approved_for(offered(terms()), statement());
		pass(30 * DAY - 1);
		assert_eq!(stage(request), Stage::Approved);
		pass(1);
		assert_eq!(stage(request), Stage::Lapsed);
		assert_noop!(accept(request), PalletError::Lapsed);
		assert_eq!(Research::request_info(request).unwrap().lapses_at, None);
	});
}
