//! What `try_state` notices of populations, and of the votes on more budget.

use super::*;

#[test]
fn populations_that_nobody_could_have_opened_are_noticed() {
	noticed("a population that was opened in the future", || {
		population(|found| found.opened_at = now() + 1);
	});
	for quorum in [MIN_QUORUM - 1, MAX_QUORUM + 1] {
		noticed("a quorum that is none, or can never be reached", || {
			population(|found| found.quorum = quorum);
		});
	}
	noticed("a budget that began with nothing or too much", || {
		population(|found| found.opened_with = 10_000_001);
	});
}

/// The first query is settled. Two of a kind are needed for a sum, whichever of them is added first.
#[test]
fn more_than_can_be_counted_is_noticed() {
	noticed("more was used than can be counted", || {
		query(0, |found| found.result = None);
		query(1, |found| found.epsilon = MicroEpsilon::MAX);
	});
	noticed("more was used than can be counted", || {
		query(0, |found| found.epsilon = MicroEpsilon::MAX);
		query(1, |found| {
			found.result = Some(QueryResult { commitment: commitment(9), at: now() });
		});
	});
}

#[test]
fn votes_on_more_budget_that_nobody_could_have_proposed_are_noticed() {
	noticed("a vote on the budget of no population", || {
		let found = BudgetMotions::<Test>::get(HOSPITAL).unwrap();
		BudgetMotions::<Test>::insert(CLINIC, found);
	});
	for more in [0, 10_000_001] {
		noticed("a vote on nothing or too much", || proposal(|found| found.more = more));
	}
	noticed("a vote from the future", || proposal(|found| found.at = now() + 1));
}

#[test]
fn votes_on_more_budget_in_another_order_are_noticed() {
	noticed("votes out of order", || proposal(|found| found.votes[0].at = found.at - 1));
	noticed("votes out of order", || proposal(|found| found.votes[0].at = now() + 1));
	noticed("somebody has voted twice", || {
		proposal(|found| {
			let again = found.votes[0].clone();
			found.votes.try_push(again).unwrap();
		});
	});
}

/// The only proposal is pending.
#[test]
fn budgets_that_grew_by_more_than_was_proposed_are_noticed() {
	noticed("a budget that grew by more than was proposed", || {
		population(|found| {
			found.granted += 1;
			found.budget.total += 1;
		});
	});
	noticed("a budget that grew by more than was proposed", || {
		BudgetMotions::<Test>::remove(HOSPITAL);
		population(|found| {
			found.granted += 10_000_001;
			found.budget.total += 10_000_001;
		});
	});
}

#[test]
fn votes_on_more_budget_of_those_who_had_none_are_noticed() {
	let what = "a vote on more budget of somebody who was no member";
	noticed(what, || proposal(|found| found.votes[0].by = STRANGER));
	// Nor when it was proposed.
	noticed(what, || {
		pass(1);
		hire(COMMITTEE, STRANGER, Role::DacMember);
		proposal(|found| (found.votes[0].by, found.votes[0].at) = (STRANGER, now()));
	});
	// Nor any more when voting.
	noticed(what, || {
		pass(1);
		dismiss(COMMITTEE, MEMBERS[0]);
		pass(2);
		proposal(|found| found.votes[0].at = now());
	});
}
