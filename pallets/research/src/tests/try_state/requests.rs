//! What `try_state` notices of requests, their signatures and decisions.

use super::*;

#[test]
fn requests_that_nobody_could_have_made_are_noticed() {
	// The study has made none then; else its count would be noticed first.
	noticed("a request of no study", || {
		request(|found| found.study = 9);
		study(|found| found.requests = 0);
	});
	noticed("a request for no dataset", || request(|found| found.dataset = 9));
	noticed("a request from the future", || request(|found| found.asked_at = now() + 1));
	noticed("a use that the study lacks", || {
		request(|found| found.statement.uses = UseSet::of(&[Use::Ancestry]));
	});
	for months in [None, Some(0), Some(MAX_MONTHS + 1)] {
		noticed("a request for no time or too long", || {
			request(|found| found.statement.months = months);
		});
	}
}

#[test]
fn signatures_that_nobody_could_have_given_are_noticed() {
	noticed("a deposit before the institution has signed", || {
		request(|found| {
			(found.cosigned, found.outcome) = (None, None);
			found.votes = BoundedVec::new();
		});
	});
	for at in [START - 1, START + DAY + 1] {
		noticed("co-signed out of time", || {
			request(|found| found.cosigned.as_mut().unwrap().at = at);
		});
	}
	// The time to co-sign was over.
	noticed("co-signed out of time", || request(|found| found.asked_at = START - 30 * DAY));
	noticed("matched with no version", || {
		request(|found| found.cosigned.as_mut().unwrap().version = 2);
	});
}

#[test]
fn votes_in_another_order_are_noticed() {
	noticed("votes out of order", || request(|found| found.votes[0].at = now()));
	noticed("votes out of order", || request(|found| found.votes[0].at = START - 1));
	noticed("votes out of order", || request(|found| found.votes[2].at = now() + 1));
}

#[test]
fn decisions_out_of_their_time_are_noticed() {
	noticed("decided out of time", || {
		request(|found| found.outcome.as_mut().unwrap().at = now() + 1);
	});
	// The time to vote was over.
	noticed("decided out of time", || {
		set_now(START + 22 * DAY);
		request(|found| found.outcome.as_mut().unwrap().at = START + 21 * DAY);
	});
	// Votes after it would be noticed first.
	noticed("decided out of time", || {
		request(|found| {
			found.votes = BoundedVec::new();
			found.outcome.as_mut().unwrap().at = START - 1;
		});
	});
}

#[test]
fn requests_to_those_for_whom_the_applicant_acts_are_noticed() {
	let decides = |committee| {
		// Votes of those who are no members of it would be noticed first.
		BudgetMotions::<Test>::remove(HOSPITAL);
		population(|found| found.committee = committee);
	};
	noticed("a request of the organisation that votes on the budget", || decides(INSTITUTE));
	let what = "a request of somebody who worked for those who decide";
	noticed(what, || hire_since(COMMITTEE, INVESTIGATOR, Role::Nurse, START - 1));
	noticed(what, || {
		decides(CLINIC);
		hire_since(CLINIC, INVESTIGATOR, Role::Nurse, START - 1);
	});
}

#[test]
fn signatures_after_a_withdrawal_for_good_are_noticed() {
	noticed("a request of a study that was withdrawn", || {
		study(|found| (found.approvals, found.withdrawn_at) = (BoundedVec::new(), Some(START)));
		request(|found| found.cosigned.as_mut().unwrap().at = START + 1);
	});
}
