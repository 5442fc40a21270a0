//! Conflicts of interest: who does not approve, ask or vote because of whom they work for, or did.

use super::*;

/// Who administers the institute after somebody else did, and can pay.
const SUCCESSOR: u64 = 210;

fn succeed() {
	let pay = Balances::transfer_allow_death(signed(INSTITUTE_ADMIN), SUCCESSOR, 1_000_000);
	assert_ok!(pay);
	hand_over(INSTITUTE, SUCCESSOR);
}

fn register(ethics: OrgId) -> DispatchResult {
	let uses = UseSet::of(&[Use::Biomedical]);
	Research::register_study(signed(INVESTIGATOR), INSTITUTE, ethics, uses, commitment(3))
}

#[test]
fn whoever_left_the_institution_lately_approves_nothing_of_it() {
	build_and_execute(|| {
		hire(INSTITUTE, ETHICIST, Role::Nurse);
		pass(10);
		let study = registered();
		dismiss(INSTITUTE, ETHICIST);
		pass(YEAR - 1);
		assert_noop!(approve(study, now() + 5), PalletError::OwnStudy);
		pass(1);
		assert_ok!(approve(study, now() + 5));
	});
}

#[test]
fn whoever_administered_the_institution_at_the_registration_does_not_approve() {
	build_and_execute(|| {
		let study = registered();
		hire(ETHICS, INSTITUTE_ADMIN, Role::EthicsMember);
		hand_over(INSTITUTE, SUCCESSOR);
		let by = signed(INSTITUTE_ADMIN);
		assert_noop!(
			Research::approve_ethics(by, ETHICS, study, commitment(3), now() + 5),
			PalletError::OwnStudy
		);
	});
}

#[test]
fn the_ethics_body_is_not_one_for_which_the_investigator_works_or_did_lately() {
	build_and_execute(|| {
		let study = registered();
		hire(ETHICS, INVESTIGATOR, Role::Nurse);
		assert_noop!(register(ETHICS), PalletError::OwnStudy);
		// Whoever joins it after the registration is not approved either.
		assert_noop!(approve(study, now() + 5), PalletError::OwnStudy);
		pass(10);
		dismiss(ETHICS, INVESTIGATOR);
		pass(YEAR - 1);
		assert_noop!(register(ETHICS), PalletError::OwnStudy);
		assert_noop!(approve(study, now() + 5), PalletError::OwnStudy);
		pass(1);
		assert_ok!(register(ETHICS));
		assert_ok!(approve(study, now() + 5));
	});
	build_and_execute(|| {
		hand_over(ETHICS, INVESTIGATOR);
		assert_noop!(register(ETHICS), PalletError::OwnStudy);
	});
}

#[test]
fn nobody_who_is_not_licensed_is_named_as_a_committee_or_an_ethics_body() {
	build_and_execute(|| {
		let open_for =
			|committee| Research::open_population(signed(STEWARD), HOSPITAL, committee, 3, TOTAL);
		suspend(COMMITTEE);
		assert_noop!(open_for(COMMITTEE), PalletError::NotLicensed);
		license(COMMITTEE, OrgKind::Ethics);
		assert_ok!(open_for(COMMITTEE));
		suspend(COMMITTEE);
		assert_noop!(offer(terms()), PalletError::NotLicensed);
		// A licence of another kind does not make an ethics body.
		assert_noop!(register(CLINIC), PalletError::NotLicensed);
		suspend(ETHICS);
		assert_noop!(register(ETHICS), PalletError::NotLicensed);
		license(ETHICS, OrgKind::Ethics);
		assert_ok!(register(ETHICS));
	});
}

/// E5: the investigator works at the clinic as well, and so does, or did, a member.
#[test]
fn whoever_works_beside_the_investigator_elsewhere_does_not_vote() {
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		hire(CLINIC, MEMBERS[0], Role::Nurse);
		hire(CLINIC, MEMBERS[1], Role::Nurse);
		hire(HOSPITAL, MEMBERS[2], Role::Nurse);
		pass(10);
		dismiss(CLINIC, MEMBERS[1]);
		pass(10);
		let request = voting();
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::Recused);
		assert_noop!(vote(MEMBERS[1], request, true), PalletError::Recused);
		// Another employer, at which the investigator is not, is nothing to the request.
		assert_ok!(vote(MEMBERS[2], request, true));
	});
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		hire(CLINIC, MEMBERS[0], Role::Nurse);
		pass(10);
		dismiss(CLINIC, INVESTIGATOR);
		pass(YEAR);
		// The investigator has left a year ago.
		assert_ok!(vote(MEMBERS[0], voting(), true));
	});
}

/// E5.
#[test]
fn whoever_comes_to_work_beside_the_investigator_during_the_vote_does_not_count() {
	build_and_execute(|| {
		hire(CLINIC, MEMBERS[0], Role::Nurse);
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		assert_noop!(conclude(request), PalletError::NoQuorum);
		assert_ok!(vote(MEMBERS[3], request, true));
		assert_ok!(conclude(request));
		let by = DecidedBy::Vote(Tally { in_favour: 3, against: 0 });
		assert_eq!(Requests::<Test>::get(request).unwrap().outcome.unwrap().by, by);
	});
}

/// The investigator works at these places as well from now on.
fn works_elsewhere(places: &[OrgId]) {
	for place in places {
		hire(*place, INVESTIGATOR, Role::Clinician);
	}
}

/// E5: with as many other employers as there may be, all of them are looked at.
#[test]
fn whoever_works_at_any_other_employer_of_the_investigator_does_not_vote() {
	build_and_execute(|| {
		let few = &ELSEWHERE[..MAX_OTHER_EMPLOYERS];
		works_elsewhere(few);
		let request = voting();
		for (place, member) in few.iter().zip(MEMBERS) {
			hire(*place, member, Role::Nurse);
			assert_noop!(vote(member, request, true), PalletError::Recused);
		}
		assert_ok!(vote(MEMBERS[3], request, true));
	});
}

/// E5: whoever employs the investigator elsewhere.
#[test]
fn whoever_administers_another_employer_of_the_investigator_does_not_vote() {
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		for member in [CLINIC_ADMIN, HOSPITAL_ADMIN] {
			hire(COMMITTEE, member, Role::DacMember);
		}
		let request = voting();
		assert_noop!(vote(CLINIC_ADMIN, request, true), PalletError::Recused);
		// Another employer, at which the investigator is not, is nothing to the request.
		assert_ok!(vote(HOSPITAL_ADMIN, request, true));
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		assert_eq!(Research::request_info(request).unwrap().tally.in_favour, 4);
		// Nor does whoever comes to employ the investigator count any more.
		hire(HOSPITAL, INVESTIGATOR, Role::Clinician);
		assert_eq!(Research::request_info(request).unwrap().tally.in_favour, 3);
		hand_over(COMMITTEE, CLINIC_ADMIN);
		assert_noop!(vote(MEMBERS[3], request, true), PalletError::AdministratorRecused);
	});
}

/// Whoever decides about more budget for a population does not ask for what spends it.
#[test]
fn the_institution_that_votes_on_the_budget_of_a_population_asks_for_none_of_its_datasets() {
	build_and_execute(|| {
		let by = signed(STEWARD);
		assert_ok!(Research::open_population(by, HOSPITAL, INSTITUTE, 3, TOTAL));
		assert_ok!(offer(terms()));
		let study = studied();
		assert_noop!(ask(study, 0, statement()), PalletError::OwnCommittee);
	});
	// An investigator who acts for it, or did lately.
	build_and_execute(|| {
		assert_ok!(Research::open_population(signed(STEWARD), HOSPITAL, CLINIC, 3, TOTAL));
		assert_ok!(offer(terms()));
		let study = studied();
		hire(CLINIC, INVESTIGATOR, Role::DacMember);
		assert_noop!(ask(study, 0, statement()), PalletError::OwnCommittee);
		pass(10);
		dismiss(CLINIC, INVESTIGATOR);
		pass(YEAR - 1);
		assert_noop!(ask(study, 0, statement()), PalletError::OwnCommittee);
		pass(1);
		assert_ok!(ask(study, 0, statement()));
	});
}

#[test]
fn whoever_works_for_too_many_others_or_did_lately_asks_for_nothing() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		works_elsewhere(&ELSEWHERE);
		pass(10);
		assert_noop!(ask(study, dataset, statement()), PalletError::TooManyEmployers);
		dismiss(ELSEWHERE[0], INVESTIGATOR);
		pass(YEAR - 1);
		assert_noop!(ask(study, dataset, statement()), PalletError::TooManyEmployers);
		pass(1);
		assert_ok!(ask(study, dataset, statement()));
	});
	// The institution itself is none of them.
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		works_elsewhere(&ELSEWHERE[..MAX_OTHER_EMPLOYERS]);
		assert_ok!(ask(study, dataset, statement()));
	});
}

/// Nobody is left out of the comparison: what cannot be compared is not decided.
#[test]
fn a_request_whose_investigator_comes_to_work_for_too_many_others_is_not_decided_and_lapses() {
	build_and_execute(|| {
		let (few, one_too_many) = ELSEWHERE.split_at(MAX_OTHER_EMPLOYERS);
		works_elsewhere(few);
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		assert_eq!(Research::request_info(request).unwrap().tally.in_favour, 3);
		pass(DAY);
		works_elsewhere(one_too_many);
		assert_noop!(vote(MEMBERS[3], request, true), PalletError::TooManyEmployers);
		assert_noop!(conclude(request), PalletError::TooManyEmployers);
		assert_eq!(Research::request_info(request).unwrap().tally, Tally::default());
		// Whoever was there for a second was there.
		pass(1);
		dismiss(one_too_many[0], INVESTIGATOR);
		pass(DAY);
		assert_noop!(conclude(request), PalletError::TooManyEmployers);
		pass(19 * DAY);
		assert_eq!(stage(request), Stage::Lapsed);
	});
}

#[test]
fn an_investigator_who_acts_for_the_committee_or_did_lately_asks_it_nothing() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		hire(COMMITTEE, INVESTIGATOR, Role::DacMember);
		assert_noop!(ask(study, dataset, statement()), PalletError::OwnCommittee);
		pass(10);
		dismiss(COMMITTEE, INVESTIGATOR);
		pass(YEAR - 1);
		assert_noop!(ask(study, dataset, statement()), PalletError::OwnCommittee);
		pass(1);
		assert_ok!(ask(study, dataset, statement()));
		hand_over(COMMITTEE, INVESTIGATOR);
		assert_noop!(ask(study, dataset, statement()), PalletError::OwnCommittee);
	});
}

/// E5: the administration has no history, so who administered is kept with the study and with the request.
#[test]
fn whoever_administered_the_institution_does_not_vote_after_handing_it_over() {
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		hire(COMMITTEE, INSTITUTE_ADMIN, Role::DacMember);
		hire(COMMITTEE, SUCCESSOR, Role::DacMember);
		// At the registration.
		succeed();
		assert_ok!(ask(study, dataset, statement()));
		// At the request.
		hand_over(INSTITUTE, HOSPITAL_ADMIN);
		assert_ok!(Research::cosign(signed(HOSPITAL_ADMIN), INSTITUTE, 0));
		for who in [INSTITUTE_ADMIN, SUCCESSOR] {
			assert_noop!(vote(who, 0, true), PalletError::Recused);
		}
		// At the co-signature, and now.
		hire(COMMITTEE, HOSPITAL_ADMIN, Role::DacMember);
		assert_noop!(vote(HOSPITAL_ADMIN, 0, true), PalletError::Recused);
		hand_over(INSTITUTE, MEMBERS[0]);
		assert_noop!(vote(HOSPITAL_ADMIN, 0, true), PalletError::Recused);
		assert_noop!(vote(MEMBERS[0], 0, true), PalletError::Recused);
	});
}

/// E5: whoever administers the committee invites its members.
#[test]
fn an_investigator_who_comes_to_administer_the_committee_is_decided_about_by_nobody() {
	build_and_execute(|| {
		let request = voting();
		hand_over(COMMITTEE, INVESTIGATOR);
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, SUCCESSOR);
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		hand_over(COMMITTEE, INVESTIGATOR);
		assert_noop!(conclude(request), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, SUCCESSOR);
		assert_ok!(conclude(request));
	});
}

/// E5: all for whom the members could not vote, if they were one of them.
#[test]
fn nobody_votes_and_nothing_is_counted_while_whoever_administers_the_committee_has_a_part_in_it() {
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		// At the institute now, and until a while ago; beside the investigator at the clinic.
		let (employee, former, colleague) = (701, 702, 703);
		hire(INSTITUTE, employee, Role::Nurse);
		hire(INSTITUTE, former, Role::Nurse);
		hire(CLINIC, colleague, Role::Nurse);
		pass(10);
		dismiss(INSTITUTE, former);
		pass(YEAR - 1);
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		let counted = Tally { in_favour: 3, against: 0 };
		for admin in [INVESTIGATOR, INSTITUTE_ADMIN, employee, former, colleague] {
			hand_over(COMMITTEE, admin);
			assert_noop!(vote(MEMBERS[3], request, false), PalletError::AdministratorRecused);
			assert_noop!(conclude(request), PalletError::AdministratorRecused);
			assert_eq!(Research::request_info(request).unwrap().tally, Tally::default());
		}
		// The votes stay, and count under another.
		hand_over(COMMITTEE, SUCCESSOR);
		assert_eq!(Research::request_info(request).unwrap().tally, counted);
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Approved);
	});
	// Somebody who has left a year before the request, or works for the custodian, may administer it.
	build_and_execute(|| {
		hire(INSTITUTE, COMMITTEE_ADMIN, Role::Nurse);
		hire(HOSPITAL, COMMITTEE_ADMIN, Role::Nurse);
		pass(10);
		dismiss(INSTITUTE, COMMITTEE_ADMIN);
		pass(YEAR);
		approved_for(offered(terms()), statement());
	});
}

/// E5: also if it comes to be so during the vote, and then for as long as the vote lasts.
#[test]
fn a_committee_whose_administrator_the_institution_hires_during_the_vote_decides_under_another_or_not_at_all(
) {
	let hired_meanwhile = || {
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		hire(INSTITUTE, COMMITTEE_ADMIN, Role::Nurse);
		assert_noop!(vote(MEMBERS[3], request, true), PalletError::AdministratorRecused);
		assert_noop!(conclude(request), PalletError::AdministratorRecused);
		// Whoever was there for a second was there.
		pass(1);
		dismiss(INSTITUTE, COMMITTEE_ADMIN);
		assert_noop!(conclude(request), PalletError::AdministratorRecused);
		request
	};
	build_and_execute(|| {
		let request = hired_meanwhile();
		hand_over(COMMITTEE, SUCCESSOR);
		assert_ok!(conclude(request));
	});
	build_and_execute(|| {
		let request = hired_meanwhile();
		pass(20 * DAY);
		assert_eq!(stage(request), Stage::Lapsed);
		hand_over(COMMITTEE, SUCCESSOR);
		assert_noop!(conclude(request), PalletError::VoteClosed);
	});
	// The investigator comes to work where the administrator does.
	build_and_execute(|| {
		hire(CLINIC, COMMITTEE_ADMIN, Role::Nurse);
		let request = voting();
		assert_ok!(vote(MEMBERS[0], request, true));
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		assert_noop!(vote(MEMBERS[1], request, true), PalletError::AdministratorRecused);
	});
}

/// E5: who could not vote does not approve it by an agreement of before.
#[test]
fn a_match_needs_a_vote_if_whoever_administers_the_committee_has_a_part_in_the_request() {
	let asked = || {
		let (dataset, study) = (offered(terms()), studied());
		let request = NextRequest::<Test>::get();
		assert_ok!(Research::set_shortcut(signed(COMMITTEE_ADMIN), COMMITTEE, dataset, true));
		assert_ok!(ask(study, dataset, statement()));
		request
	};
	let with_a_part: [fn(); 4] = [
		|| hire(INSTITUTE, COMMITTEE_ADMIN, Role::Nurse),
		|| hand_over(COMMITTEE, INVESTIGATOR),
		|| hand_over(COMMITTEE, INSTITUTE_ADMIN),
		|| works_elsewhere(&ELSEWHERE),
	];
	for comes_to_have in with_a_part {
		build_and_execute(|| {
			let request = asked();
			comes_to_have();
			pass(1);
			assert_ok!(cosign(request));
			assert_eq!(Research::request_info(request).unwrap().answer, Some(Answer::Match));
			assert_eq!(stage(request), Stage::Voting);
		});
	}
	// The vote is under another administrator, or there is none.
	build_and_execute(|| {
		let request = asked();
		hire(INSTITUTE, COMMITTEE_ADMIN, Role::Nurse);
		assert_ok!(cosign(request));
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, SUCCESSOR);
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Approved);
	});
	// Whoever administers the committee when it is co-signed counts.
	build_and_execute(|| {
		let request = asked();
		hire(INSTITUTE, COMMITTEE_ADMIN, Role::Nurse);
		hand_over(COMMITTEE, SUCCESSOR);
		assert_ok!(cosign(request));
		assert_eq!(stage(request), Stage::Approved);
	});
}

/// Nor does it help to invite members and to hand the committee back.
#[test]
fn whoever_becomes_a_member_after_a_request_does_not_decide_about_it() {
	build_and_execute(|| {
		let request = voting();
		pass(1);
		hire(COMMITTEE, SUCCESSOR, Role::DacMember);
		assert_noop!(vote(SUCCESSOR, request, true), PalletError::Recused);
		// Whoever left and came back was a member then.
		dismiss(COMMITTEE, MEMBERS[0]);
		pass(1);
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::NotAuthorised);
		hire(COMMITTEE, MEMBERS[0], Role::DacMember);
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		assert_ok!(conclude(request));
	});
}

/// A sixth member of the committee.
const SIXTH: u64 = 406;

/// Who has voted against the request of [`tied`]: all of them work at the clinic.
const AGAINST: [u64; 3] = [MEMBERS[3], MEMBERS[4], SIXTH];

/// A request on which three have voted for it and three against, and which can be counted.
fn tied() -> AccessRequestId {
	hire(COMMITTEE, SIXTH, Role::DacMember);
	for member in AGAINST {
		hire(CLINIC, member, Role::Nurse);
	}
	let request = voting();
	for member in &MEMBERS[..3] {
		assert_ok!(vote(*member, request, true));
	}
	for member in AGAINST {
		assert_ok!(vote(member, request, false));
	}
	pass(DAY);
	request
}

/// E5: who voted against had no part in the request, and whoever comes to have one by another's act stays counted. Else the investigator
/// would turn three to three into three to none by taking up a job at the clinic.
#[test]
fn nobody_makes_votes_against_fall_by_coming_to_have_a_part_in_the_request() {
	let ways: [fn(); 6] = [
		|| hire(CLINIC, INVESTIGATOR, Role::Clinician),
		// For a second.
		|| {
			hire(CLINIC, INVESTIGATOR, Role::Clinician);
			pass(1);
			dismiss(CLINIC, INVESTIGATOR);
		},
		|| hand_over(INSTITUTE, MEMBERS[3]),
		// Another employer of the investigator, which one of those administers who voted against.
		|| {
			hire(HOSPITAL, INVESTIGATOR, Role::Clinician);
			hand_over(HOSPITAL, MEMBERS[4]);
		},
		|| AGAINST.into_iter().for_each(|member| dismiss(COMMITTEE, member)),
		// All of it.
		|| {
			for place in [CLINIC, HOSPITAL] {
				hire(place, INVESTIGATOR, Role::Clinician);
			}
			hand_over(INSTITUTE, MEMBERS[3]);
			hand_over(HOSPITAL, MEMBERS[4]);
			AGAINST.into_iter().for_each(|member| dismiss(COMMITTEE, member));
		},
	];
	for come_to_have_a_part in ways {
		build_and_execute(|| {
			let request = tied();
			come_to_have_a_part();
			let counted = Tally { in_favour: 3, against: 3 };
			assert_eq!(Research::request_info(request).unwrap().tally, counted);
			assert_ok!(conclude(request));
			let outcome = Requests::<Test>::get(request).unwrap().outcome.unwrap();
			assert_eq!(outcome.by, DecidedBy::Vote(counted));
			assert_eq!(stage(request), Stage::Rejected);
			assert_noop!(accept(request), PalletError::NotGranted);
		});
	}
}

/// E5: those who take up a job at the institution itself do so by their own act.
#[test]
fn a_vote_against_falls_with_the_step_of_its_voter_over_to_the_institution() {
	build_and_execute(|| {
		let request = tied();
		hire(INSTITUTE, AGAINST[0], Role::Nurse);
		let counted = Tally { in_favour: 3, against: 2 };
		assert_eq!(Research::request_info(request).unwrap().tally, counted);
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Approved);
	});
}

/// E5: a vote in favour falls in each of the ways in which one against does not.
#[test]
fn a_vote_in_favour_falls_whoever_brings_it_about() {
	let ways: [fn(); 3] = [
		|| hire(CLINIC, INVESTIGATOR, Role::Clinician),
		|| hand_over(INSTITUTE, MEMBERS[0]),
		|| dismiss(COMMITTEE, MEMBERS[0]),
	];
	for come_to_have_a_part in ways {
		build_and_execute(|| {
			hire(CLINIC, MEMBERS[0], Role::Nurse);
			let request = voting();
			for (n, member) in MEMBERS[..4].iter().enumerate() {
				assert_ok!(vote(*member, request, n < 2));
			}
			pass(DAY);
			come_to_have_a_part();
			let counted = Tally { in_favour: 1, against: 2 };
			assert_eq!(Research::request_info(request).unwrap().tally, counted);
		});
	}
}
