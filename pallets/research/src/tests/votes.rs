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
		hire(COMMITTEE, INSTITUTE_ADMIN, Role::DacMember);
		assert_noop!(vote(INSTITUTE_ADMIN, request, true), PalletError::Recused);
		// Whoever administers the committee employs the investigator then.
		hire(COMMITTEE, INVESTIGATOR, Role::DacMember);
		assert_noop!(vote(INVESTIGATOR, request, true), PalletError::AdministratorRecused);
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

/// E5: nobody turns a no into a yes by ending the memberships of those who were against.
#[test]
fn a_vote_against_counts_though_its_member_was_dismissed() {
	build_and_execute(|| {
		let request = voting();
		for (member, in_favour) in MEMBERS.iter().zip([true, true, false, false, false]) {
			assert_ok!(vote(*member, request, in_favour));
		}
		pass(DAY);
		for member in &MEMBERS[2..] {
			dismiss(COMMITTEE, *member);
		}
		assert_eq!(tally(request), (2, 3));
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Rejected);
	});
	// But not that of whoever has come to have a part in the request.
	build_and_execute(|| {
		let request = voting();
		for (member, in_favour) in MEMBERS.iter().zip([true, true, true, false]) {
			assert_ok!(vote(*member, request, in_favour));
		}
		dismiss(COMMITTEE, MEMBERS[3]);
		hire(INSTITUTE, MEMBERS[3], Role::Nurse);
		assert_eq!(tally(request), (3, 0));
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
