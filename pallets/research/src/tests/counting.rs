//! When votes are counted and how many are demanded, and what is asked of the storage to tell.

use super::*;

fn offer_with(rule: CommitteeRule) -> DispatchResult {
	Research::offer_dataset(
		signed(STEWARD),
		HOSPITAL,
		Basis::Consent,
		10,
		rule,
		terms(),
		commitment(1),
		SizeBucket::Below10000,
	)
}

#[test]
fn all_have_time_to_vote_and_somebody_to_count() {
	build_and_execute(|| {
		assert_ok!(open());
		for deliberation in [0, DAY - 1, 14 * DAY + 1, 21 * DAY - 1, 21 * DAY, Moment::MAX] {
			let wrong = CommitteeRule { deliberation, ..rule() };
			assert_noop!(offer_with(wrong), PalletError::WrongDeliberation);
		}
		for deliberation in [DAY, 14 * DAY] {
			assert_ok!(offer_with(CommitteeRule { deliberation, ..rule() }));
		}
	});
}

/// With a quorum of all votes for which there is room, one who votes and leaves would end the vote.
#[test]
fn no_more_votes_are_demanded_than_half_of_those_for_which_there_is_room() {
	build_and_execute(|| {
		assert_eq!((MAX_QUORUM, MAX_VOTES), (16, 32));
		assert_noop!(
			Research::open_population(signed(STEWARD), HOSPITAL, COMMITTEE, MAX_QUORUM + 1, TOTAL),
			PalletError::WrongQuorum
		);
		assert_ok!(open());
		let quorum = MAX_QUORUM + 1;
		assert_noop!(offer_with(CommitteeRule { quorum, ..rule() }), PalletError::WrongQuorum);
		let quorum = MAX_QUORUM;
		assert_ok!(offer_with(CommitteeRule { quorum, ..rule() }));
		let request = asked_for(0, statement());
		let voters = 10_000..10_000 + u64::from(MAX_VOTES);
		for who in voters.clone() {
			hire(COMMITTEE, who, Role::DacMember);
			assert_ok!(vote(who, request, true));
		}
		pass(DAY);
		for who in voters.take(16) {
			dismiss(COMMITTEE, who);
		}
		assert_ok!(conclude(request));
		assert_eq!(stage(request), Stage::Approved);
	});
}

#[test]
fn whoever_counts_names_the_committee() {
	build_and_execute(|| {
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		pass(DAY);
		assert_noop!(
			Research::conclude(signed(STRANGER), ETHICS, request),
			PalletError::NotAuthorised
		);
		assert_ok!(conclude(request));
	});
}

/// What was decided stays so in what is told, whoever leaves later.
#[test]
fn of_what_is_decided_the_votes_are_told_that_counted() {
	build_and_execute(|| {
		let tally = |request| {
			let Tally { in_favour, against } = Research::request_info(request).unwrap().tally;
			(in_favour, against)
		};
		let request = voting();
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		assert_eq!(tally(request), (3, 0));
		pass(DAY);
		assert_ok!(conclude(request));
		dismiss(COMMITTEE, MEMBERS[0]);
		pass(1);
		assert_eq!(tally(request), (3, 0));
		let lapsed = asked_for(0, statement());
		for member in &MEMBERS[1..3] {
			assert_ok!(vote(*member, lapsed, true));
		}
		assert_eq!(tally(lapsed), (2, 0));
		pass(21 * DAY);
		assert_eq!((stage(lapsed), tally(lapsed)), (Stage::Lapsed, (0, 0)));
	});
}

/// The past does not change when a permit begins.
#[test]
fn of_a_moment_without_a_permit_the_same_is_told_before_and_after_it_begins() {
	build_and_execute(|| {
		pass(10);
		let request = approved_for(offered(terms()), statement());
		let asked_at = Requests::<Test>::get(request).unwrap().asked_at;
		pass(1);
		let told = |at| Research::permit_at(request, at);
		let moments = [asked_at - 1, asked_at, now() - 1];
		let before = moments.map(told);
		assert_eq!(before, [None, Some(Standing::NotYet), Some(Standing::NotYet)]);
		assert_ok!(accept(request));
		assert_eq!(moments.map(told), before);
		assert_eq!(told(now()), Some(Standing::Active));
	});
}

/// Every query asks for it.
#[test]
fn the_version_in_force_is_found_without_a_search() {
	new_test_ext().execute_with(|| {
		let permit = permitted();
		for epoch in 1..20 {
			pass(DAY);
			assert_ok!(publish(0, terms(), epoch));
		}
		// Nothing but the last version is read.
		for number in 0..19 {
			Versions::<Test>::remove(0, number);
		}
		assert_eq!(Research::version_at(0, now()).unwrap().number, 19);
		assert_eq!(standing(permit), Standing::Active);
		assert_ok!(reserve(permit, 1, 100_000));
	});
}
