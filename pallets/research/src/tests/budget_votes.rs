//! Votes on more budget: on which proposal, after how long, and by whom.

use super::*;

/// How long votes on more budget are open before they are counted, and how long none is proposed after a no.
const DELIBERATION: Moment = 7 * DAY;
const PAUSE: Moment = 30 * DAY;

fn all_vote(in_favour: bool) {
	for member in &MEMBERS[..3] {
		assert_ok!(vote_budget(*member, in_favour));
	}
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
		pass(DELIBERATION);
		assert_noop!(conclude_budget(), PalletError::NoQuorum);
		assert_ok!(vote_budget(MEMBERS[2], false));
		assert_noop!(
			Research::conclude_budget(signed(STRANGER), ETHICS, HOSPITAL, 0),
			PalletError::NotAuthorised
		);
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);

		// After a yes the next may follow at once.
		assert_ok!(propose(500_000));
		all_vote(false);
		pass(DELIBERATION);
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
		all_vote(true);
		pass(21 * DAY);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);
		assert_eq!(Research::population(HOSPITAL).unwrap().motion, None);
		assert_eq!(budget().total, TOTAL);
		// Another takes its place after the pause, without its votes.
		assert_noop!(propose(400_000), PalletError::RefusedLately);
		pass(PAUSE);
		assert_ok!(propose(400_000));
		pass(DELIBERATION);
		assert_noop!(conclude_budget(), PalletError::NoQuorum);
		suspend(COMMITTEE);
		assert_noop!(conclude_budget(), PalletError::NotLicensed);
	});
}

/// Nobody turns a no into a yes by ending the memberships of those who were against.
#[test]
fn a_vote_against_more_budget_counts_though_its_member_was_dismissed() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		for (member, in_favour) in MEMBERS.iter().zip([true, true, false, false]) {
			assert_ok!(vote_budget(*member, in_favour));
		}
		pass(DELIBERATION);
		for member in &MEMBERS[2..4] {
			dismiss(COMMITTEE, *member);
		}
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL);
	});
}

/// As many have voted for more budget as against it.
fn tied() {
	hire(COMMITTEE, 406, Role::DacMember);
	assert_ok!(open());
	assert_ok!(propose(500_000));
	all_vote(true);
	for member in [MEMBERS[3], MEMBERS[4], 406] {
		assert_ok!(vote_budget(member, false));
	}
	pass(DELIBERATION);
}

/// Who voted against wanted no budget. Whoever comes to have a part in it by the custodian's act stays counted.
#[test]
fn the_custodian_makes_no_vote_against_more_budget_fall() {
	let ways: [fn(); 3] = [
		|| hand_over(HOSPITAL, MEMBERS[3]),
		|| {
			hand_over(HOSPITAL, MEMBERS[3]);
			hand_over(HOSPITAL, MEMBERS[4]);
		},
		|| {
			hand_over(HOSPITAL, MEMBERS[3]);
			dismiss(COMMITTEE, MEMBERS[3]);
			dismiss(COMMITTEE, MEMBERS[4]);
		},
	];
	for come_to_have_a_part in ways {
		build_and_execute(|| {
			tied();
			come_to_have_a_part();
			assert_ok!(conclude_budget());
			assert_eq!(budget().total, TOTAL);
			let tally = Tally { in_favour: 3, against: 3 };
			let told = Event::BudgetConcluded {
				custodian: HOSPITAL,
				motion: 0,
				more: 500_000,
				granted: false,
				tally,
			};
			assert!(events().contains(&told));
		});
	}
	// But whoever goes to work for the custodian does so by an own act.
	build_and_execute(|| {
		tied();
		hire(HOSPITAL, MEMBERS[3], Role::Nurse);
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
	});
}

/// So much was never voted: the sum is refused rather than cut.
#[test]
fn a_budget_beyond_all_numbers_is_refused() {
	new_test_ext().execute_with(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(true);
		pass(DELIBERATION);
		Populations::<Test>::mutate(HOSPITAL, |population| {
			population.as_mut().unwrap().budget.total = MicroEpsilon::MAX;
		});
		assert_noop!(conclude_budget(), PalletError::BudgetUnsound);
	});
}

/// A vote that was signed for one proposal and arrives when there is another counts for neither.
#[test]
fn a_vote_is_on_the_proposal_that_it_names() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(10_000));
		assert_eq!(Research::population(HOSPITAL).unwrap().motion.unwrap().number, 0);
		all_vote(true);
		pass(DELIBERATION);
		assert_ok!(conclude_budget());
		assert_ok!(propose(10_000_000));
		let told =
			Event::BudgetProposed { custodian: HOSPITAL, motion: 1, more: 10_000_000, by: STEWARD };
		assert!(events().contains(&told));
		for motion in [0, 2] {
			assert_noop!(
				Research::vote_budget(signed(MEMBERS[3]), COMMITTEE, HOSPITAL, motion, true),
				PalletError::VoteClosed
			);
		}
		for member in &MEMBERS[..3] {
			assert_ok!(Research::vote_budget(signed(*member), COMMITTEE, HOSPITAL, 1, true));
		}
		pass(DELIBERATION);
		assert_noop!(
			Research::conclude_budget(signed(STRANGER), COMMITTEE, HOSPITAL, 0),
			PalletError::VoteClosed
		);
		assert_ok!(Research::conclude_budget(signed(STRANGER), COMMITTEE, HOSPITAL, 1));
		Populations::<Test>::mutate(HOSPITAL, |found| {
			found.as_mut().unwrap().motions = MotionId::MAX;
		});
		assert_noop!(propose(1), PalletError::IdsExhausted);
		Populations::<Test>::mutate(HOSPITAL, |found| found.as_mut().unwrap().motions = 2);
	});
}

#[test]
fn all_can_vote_on_more_budget_before_the_first_three_decide() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(true);
		assert_noop!(conclude_budget(), PalletError::TooEarly);
		pass(DELIBERATION - 1);
		assert_noop!(conclude_budget(), PalletError::TooEarly);
		pass(1);
		assert_ok!(conclude_budget());
	});
}

/// Whoever administers the committee invites its members.
#[test]
fn who_proposes_more_budget_and_the_committee_have_nothing_to_do_with_each_other() {
	build_and_execute(|| {
		assert_ok!(open());
		hand_over(COMMITTEE, STEWARD);
		assert_noop!(propose(500_000), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, COMMITTEE_ADMIN);
		assert_ok!(propose(500_000));
		pass(1);
		hire(COMMITTEE, STRANGER, Role::DacMember);
		assert_noop!(vote_budget(STRANGER, true), PalletError::Recused);
		hand_over(COMMITTEE, STEWARD);
		assert_noop!(vote_budget(MEMBERS[0], true), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, COMMITTEE_ADMIN);
		all_vote(true);
		pass(DELIBERATION);
		hand_over(COMMITTEE, STEWARD);
		assert_noop!(conclude_budget(), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, COMMITTEE_ADMIN);
		assert_ok!(conclude_budget());
	});
}

/// Nor has anybody else who could not vote on it: the custodian's administrator proposes, and a steward invites those who vote.
#[test]
fn nothing_about_more_budget_is_decided_while_one_of_the_custodian_administers_the_committee() {
	let former = 701;
	let propose = || Research::propose_budget(signed(HOSPITAL_ADMIN), HOSPITAL, 500_000);
	build_and_execute(|| {
		assert_ok!(open());
		hire(HOSPITAL, former, Role::Nurse);
		pass(10);
		dismiss(HOSPITAL, former);
		pass(YEAR - 1);
		for admin in [STEWARD, HOSPITAL_ADMIN, former] {
			hand_over(COMMITTEE, admin);
			assert_noop!(propose(), PalletError::AdministratorRecused);
		}
		// Who left a year before may.
		pass(1);
		assert_ok!(propose());
		hand_over(COMMITTEE, STEWARD);
		assert_noop!(vote_budget(MEMBERS[0], true), PalletError::AdministratorRecused);
		hand_over(COMMITTEE, COMMITTEE_ADMIN);
		all_vote(true);
		pass(DELIBERATION);
		for admin in [STEWARD, HOSPITAL_ADMIN] {
			hand_over(COMMITTEE, admin);
			assert_noop!(vote_budget(MEMBERS[3], false), PalletError::AdministratorRecused);
			assert_noop!(conclude_budget(), PalletError::AdministratorRecused);
		}
		// The votes stay, and count under another.
		hand_over(COMMITTEE, COMMITTEE_ADMIN);
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
	});
}

/// Whoever administered the custodian when more was proposed has a part in it, whatever became of that.
#[test]
fn whoever_hands_the_custodian_over_and_takes_up_the_committee_during_the_vote_decides_nothing() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(true);
		pass(DELIBERATION);
		hand_over(HOSPITAL, 777);
		for admin in [HOSPITAL_ADMIN, 777] {
			hand_over(COMMITTEE, admin);
			assert_noop!(conclude_budget(), PalletError::AdministratorRecused);
		}
	});
}

/// A vote that cannot be counted in its time is one that nobody counted.
#[test]
fn a_committee_whose_administrator_the_custodian_hires_during_the_vote_decides_under_another_or_not_at_all(
) {
	let hired_meanwhile = || {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(true);
		pass(DELIBERATION);
		hire(HOSPITAL, COMMITTEE_ADMIN, Role::Nurse);
		assert_noop!(vote_budget(MEMBERS[3], true), PalletError::AdministratorRecused);
		assert_noop!(conclude_budget(), PalletError::AdministratorRecused);
		pass(1);
		dismiss(HOSPITAL, COMMITTEE_ADMIN);
		assert_noop!(conclude_budget(), PalletError::AdministratorRecused);
	};
	build_and_execute(|| {
		hired_meanwhile();
		hand_over(COMMITTEE, STRANGER);
		assert_ok!(conclude_budget());
		assert_eq!(budget().total, TOTAL + 500_000);
	});
	build_and_execute(|| {
		hired_meanwhile();
		pass(14 * DAY);
		assert_noop!(conclude_budget(), PalletError::VoteClosed);
		hand_over(COMMITTEE, STRANGER);
		assert_noop!(propose(500_000), PalletError::RefusedLately);
		assert_eq!(budget().total, TOTAL);
	});
}

#[test]
fn what_was_refused_is_not_proposed_again_at_once() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(false);
		pass(DELIBERATION);
		assert_ok!(conclude_budget());
		let refused_at = now();
		assert_eq!(Research::population(HOSPITAL).unwrap().refused_at, Some(refused_at));
		assert_noop!(propose(1), PalletError::RefusedLately);
		pass(PAUSE - 1);
		assert_noop!(propose(1), PalletError::RefusedLately);
		pass(1);
		assert_ok!(propose(1));
	});
}

#[test]
fn what_nobody_counted_in_its_time_is_not_proposed_again_at_once() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		pass(21 * DAY - 1);
		assert_eq!(Research::population(HOSPITAL).unwrap().refused_at, None);
		pass(1);
		// It is shown from when on the pause counts.
		assert_eq!(Research::population(HOSPITAL).unwrap().refused_at, Some(now()));
		assert_noop!(propose(1), PalletError::RefusedLately);
		pass(PAUSE - 1);
		assert_noop!(propose(1), PalletError::RefusedLately);
		pass(1);
		assert_ok!(propose(1));
		let lapsed_at = now() - PAUSE;
		assert_eq!(Research::population(HOSPITAL).unwrap().refused_at, Some(lapsed_at));
	});
}

/// Whoever wants more budget does not grant it.
#[test]
fn nobody_of_the_custodian_votes_on_its_budget() {
	build_and_execute(|| {
		assert_ok!(open());
		hire(COMMITTEE, HOSPITAL_ADMIN, Role::DacMember);
		hire(HOSPITAL, MEMBERS[0], Role::DataSteward);
		hire(HOSPITAL, MEMBERS[1], Role::Nurse);
		pass(10);
		dismiss(HOSPITAL, MEMBERS[1]);
		pass(YEAR - 1);
		assert_ok!(propose(500_000));
		for who in [HOSPITAL_ADMIN, MEMBERS[0], MEMBERS[1]] {
			assert_noop!(vote_budget(who, true), PalletError::Recused);
		}
		// Who left a year before may.
		pass(21 * DAY + PAUSE);
		assert_ok!(propose(500_000));
		assert_ok!(vote_budget(MEMBERS[1], true));
	});
}

#[test]
fn whoever_administered_the_custodian_when_it_proposed_does_not_vote() {
	build_and_execute(|| {
		assert_ok!(open());
		hire(COMMITTEE, HOSPITAL_ADMIN, Role::DacMember);
		assert_ok!(propose(500_000));
		// The administration is handed over.
		add_organisation(HOSPITAL, 777, OrgKind::Provider);
		hire(COMMITTEE, 777, Role::DacMember);
		assert_noop!(vote_budget(HOSPITAL_ADMIN, true), PalletError::Recused);
		assert_noop!(vote_budget(777, true), PalletError::Recused);
	});
}

#[test]
fn whoever_the_custodian_hires_during_the_vote_does_not_count() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_ok!(propose(500_000));
		all_vote(true);
		pass(DELIBERATION);
		hire(HOSPITAL, MEMBERS[0], Role::DataSteward);
		pass(1);
		assert_noop!(conclude_budget(), PalletError::NoQuorum);
		assert_ok!(vote_budget(MEMBERS[3], false));
		assert_ok!(conclude_budget());
		let tally = Tally { in_favour: 2, against: 1 };
		let more = 500_000;
		assert!(events().contains(&Event::BudgetConcluded {
			custodian: HOSPITAL,
			motion: 0,
			more,
			granted: true,
			tally
		}));
	});
}

#[test]
fn a_custodian_is_not_the_committee_of_its_own_budget() {
	build_and_execute(|| {
		assert_noop!(
			Research::open_population(signed(STEWARD), HOSPITAL, HOSPITAL, 3, TOTAL),
			PalletError::OwnCommittee
		);
		assert_ok!(open());
	});
}
