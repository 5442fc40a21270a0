//! Votes: who votes, whose vote counts, and what lapses.

use super::*;

fn tally(request: AccessRequestId) -> (u32, u32) {
	let Tally { in_favour, against } = Research::request_info(request).unwrap().tally;
	(in_favour, against)
}

#[test]
fn three_members_decide_after_the_time_in_which_all_can_vote() {
	build_and_execute(|| {
		let request = voting();
		for (n, member) in MEMBERS[..3].iter().enumerate() {
			assert_ok!(vote(*member, request, n != 2));
		}
		assert_noop!(conclude(request), PalletError::TooEarly);
		pass(DAY - 1);
		assert_noop!(conclude(request), PalletError::TooEarly);
		pass(1);
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Approved);
		let by = DecidedBy::Vote(Tally { in_favour: 2, against: 1 });
		assert!(events().contains(&Event::RequestDecided { request, approved: true, by }));
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_noop!(vote(MEMBERS[3], request, false), PalletError::VoteClosed);
	});
}

#[test]
fn as_many_for_as_against_is_a_no() {
	build_and_execute(|| {
		let request = voting();
		for (n, member) in MEMBERS[..4].iter().enumerate() {
			assert_ok!(vote(*member, request, n % 2 == 0));
		}
		pass(DAY);
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Rejected);
		assert_noop!(accept(request), PalletError::NotGranted);
	});
}

#[test]
fn only_members_of_the_named_committee_vote_and_once() {
	build_and_execute(|| {
		let request = voting();
		assert_noop!(vote(STRANGER, request, true), PalletError::NotAuthorised);
		assert_noop!(vote(COMMITTEE_ADMIN, request, true), PalletError::NotAuthorised);
		hire(ETHICS, 302, Role::DacMember);
		assert_noop!(
			Research::vote(signed(302), ETHICS, request, true),
			PalletError::NotAuthorised
		);
		assert_ok!(vote(MEMBERS[0], request, true));
		assert_noop!(vote(MEMBERS[0], request, false), PalletError::AlreadyVoted);
		suspend(COMMITTEE);
		assert_noop!(vote(MEMBERS[1], request, true), PalletError::NotLicensed);
		assert_noop!(conclude(request), PalletError::NotLicensed);
	});
}

#[test]
fn there_is_room_for_so_many_votes() {
	build_and_execute(|| {
		let request = voting();
		for n in 0..MAX_VOTES {
			let who = 10_000 + u64::from(n);
			hire(COMMITTEE, who, Role::DacMember);
			assert_ok!(vote(who, request, true));
		}
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::TooManyVotes);
	});
}

/// E5.
#[test]
fn whoever_is_or_was_lately_employed_by_the_applicant_does_not_vote() {
	build_and_execute(|| {
		hire(INSTITUTE, MEMBERS[0], Role::Nurse);
		hire(INSTITUTE, MEMBERS[1], Role::Nurse);
		dismiss(INSTITUTE, MEMBERS[1]);
		pass(10);
		dismiss(INSTITUTE, MEMBERS[0]);
		pass(YEAR);
		let request = voting();
		// Left a year before the request: no part in it any more. The one hired for no time never worked there.
		assert_ok!(vote(MEMBERS[0], request, true));
		assert_ok!(vote(MEMBERS[1], request, true));
	});
	build_and_execute(|| {
		hire(INSTITUTE, MEMBERS[0], Role::Nurse);
		pass(10);
		dismiss(INSTITUTE, MEMBERS[0]);
		pass(YEAR - 1);
		let request = voting();
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::Recused);
		hire(INSTITUTE, MEMBERS[1], Role::Biller);
		assert_noop!(vote(MEMBERS[1], request, true), PalletError::Recused);
		hire(COMMITTEE, INVESTIGATOR, Role::DacMember);
		assert_noop!(vote(INVESTIGATOR, request, true), PalletError::Recused);
		hire(COMMITTEE, INSTITUTE_ADMIN, Role::DacMember);
		assert_noop!(vote(INSTITUTE_ADMIN, request, true), PalletError::Recused);
	});
}

/// E5.
#[test]
fn whoever_becomes_employed_by_the_applicant_during_the_vote_does_not_count() {
	build_and_execute(|| {
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		assert_eq!(tally(request), (3, 0));
		pass(10);
		hire(INSTITUTE, MEMBERS[0], Role::Researcher);
		assert_eq!(tally(request), (2, 0));
		pass(DAY);
		assert_noop!(conclude(request), PalletError::NoQuorum);
		// Leaving again before the count changes nothing.
		dismiss(INSTITUTE, MEMBERS[0]);
		pass(DAY);
		assert_noop!(conclude(request), PalletError::NoQuorum);
		assert_ok!(vote(MEMBERS[3], request, false));
		assert_ok!(conclude(request));
		let by = DecidedBy::Vote(Tally { in_favour: 2, against: 1 });
		assert!(events().contains(&Event::RequestDecided { request, approved: true, by }));
	});
}

/// E5.
#[test]
fn whoever_is_no_member_any_more_does_not_count() {
	build_and_execute(|| {
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		dismiss(COMMITTEE, MEMBERS[2]);
		assert_noop!(conclude(request), PalletError::NoQuorum);
		assert_eq!(tally(request), (2, 0));
	});
}

#[test]
fn a_vote_whose_quorum_cannot_be_reached_lapses_without_a_transaction() {
	build_and_execute(|| {
		// All of the committee work for the applicant.
		for member in MEMBERS {
			hire(INSTITUTE, member, Role::Researcher);
		}
		let request = voting();
		for member in MEMBERS {
			assert_noop!(vote(member, request, true), PalletError::Recused);
		}
		let lapses_at = Research::request_info(request).unwrap().lapses_at;
		assert_eq!(lapses_at, Some(now() + 21 * DAY));
		pass(21 * DAY - 1);
		assert_eq!(stage(request), Stage::Voting);
		assert_noop!(conclude(request), PalletError::NoQuorum);
		pass(1);
		assert_eq!(stage(request), Stage::Lapsed);
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::VoteClosed);
		assert_noop!(accept(request), PalletError::Lapsed);
	});
}

#[test]
fn a_vote_in_favour_that_nobody_counts_in_time_lapses() {
	build_and_execute(|| {
		let request = voting();
		for member in MEMBERS {
			assert_ok!(vote(member, request, true));
		}
		pass(21 * DAY);
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_eq!(stage(request), Stage::Lapsed);
	});
}

fn propose(more: MicroEpsilon) -> DispatchResult {
	Research::propose_budget(signed(STEWARD), HOSPITAL, more)
}

fn vote_budget(who: u64, in_favour: bool) -> DispatchResult {
	Research::vote_budget(signed(who), COMMITTEE, HOSPITAL, in_favour)
}

fn conclude_budget() -> DispatchResult {
	Research::conclude_budget(signed(STRANGER), HOSPITAL)
}

#[test]
fn a_budget_grows_by_a_vote_and_by_nothing_else() {
	build_and_execute(|| {
		assert_noop!(propose(5), PalletError::UnknownPopulation);
		assert_ok!(open());
		assert_noop!(propose(0), PalletError::WrongBudget);
		assert_noop!(propose(10_000_001), PalletError::WrongBudget);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);
		assert_ok!(propose(500_000));
		assert_noop!(propose(1), PalletError::MotionPending);
		assert_ok!(vote_budget(MEMBERS[0], true));
		assert_ok!(vote_budget(MEMBERS[1], true));
		assert_noop!(vote_budget(MEMBERS[1], true), PalletError::AlreadyVoted);
		assert_noop!(vote_budget(STRANGER, true), PalletError::NotAuthorised);
		assert_noop!(conclude_budget(), PalletError::NoQuorum);
		assert_ok!(vote_budget(MEMBERS[2], false));
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);

		assert_ok!(propose(500_000));
		for member in &MEMBERS[..3] {
			assert_ok!(vote_budget(*member, false));
		}
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
	});
}

#[test]
fn a_vote_on_more_budget_lapses_and_whoever_proposed_it_has_no_vote() {
	build_and_execute(|| {
		assert_ok!(open());
		hire(COMMITTEE, STEWARD, Role::DacMember);
		assert_ok!(propose(500_000));
		assert_noop!(vote_budget(STEWARD, true), PalletError::Recused);
		for member in &MEMBERS[..3] {
			assert_ok!(vote_budget(*member, true));
		}
		pass(21 * DAY);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);
		assert_eq!(Research::population(HOSPITAL).unwrap().motion, None);
		assert_eq!(budget().total, TOTAL);
		// Another takes its place, without its votes.
		assert_ok!(propose(400_000));
		assert_noop!(conclude_budget(), PalletError::NoQuorum);
		suspend(COMMITTEE);
		assert_noop!(conclude_budget(), PalletError::NotLicensed);
	});
}

/// So much was never voted: the sum is refused rather than cut.
#[test]
fn a_budget_beyond_all_numbers_is_refused() {
	new_test_ext().execute_with(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		for member in &MEMBERS[..3] {
			assert_ok!(vote_budget(*member, true));
		}
		Populations::<Test>::mutate(HOSPITAL, |population| {
			population.as_mut().unwrap().budget.total = MicroEpsilon::MAX;
		});
		assert_noop!(conclude_budget(), PalletError::BudgetUnsound);
	});
}
