//! What `try_state` notices of who decided, of what was active, and of what came out of its time: each test spoils one thing.

use super::*;

#[test]
fn votes_of_those_who_had_none_are_noticed() {
	let what = "votes counted of those who are no members, or have a part in the request";
	noticed(what, || request(|found| found.votes[0].by = STRANGER));
	let before = |hired: fn()| {
		let at = now();
		set_now(START);
		hired();
		set_now(at);
	};
	noticed(what, || before(|| hire(INSTITUTE, MEMBERS[0], Role::Nurse)));
	noticed(what, || {
		before(|| {
			hire(CLINIC, MEMBERS[0], Role::Nurse);
			hire(CLINIC, INVESTIGATOR, Role::Nurse);
		});
	});
	// Another one than the voter on the budget, who would be noticed first.
	noticed(what, || before(|| dismiss(COMMITTEE, MEMBERS[1])));
	noticed("a decision for an investigator with too many employers", || {
		before(|| {
			for place in ELSEWHERE {
				hire(place, INVESTIGATOR, Role::Nurse);
			}
		});
	});
	noticed("a vote that was late, or of those who ask", || {
		request(|found| found.administrator = MEMBERS[0]);
	});
}

#[test]
fn queries_under_a_permit_that_was_not_active_are_noticed() {
	let what = "a query under a permit that was not active";
	noticed(what, || {
		let ended = Some((START + 1, ApprovalEnding::Suspended));
		study(|found| found.approvals[0].ended = ended);
	});
	noticed(what, || {
		let at = now();
		set_now(START + 1);
		suspend(INSTITUTE);
		set_now(at);
	});
	noticed(what, || {
		let at = now();
		set_now(START + 1);
		dismiss(INSTITUTE, INVESTIGATOR);
		set_now(at);
	});
}

/// What lapses in the second of a query may have come after it.
#[test]
fn what_lapsed_in_the_second_of_a_query_is_not_held_against_it() {
	let lapses: [fn(); 5] = [
		|| {
			assert_ok!(Research::suspend_ethics(signed(ETHICIST), ETHICS, 0));
		},
		|| suspend(INSTITUTE),
		|| dismiss(INSTITUTE, INVESTIGATOR),
		|| {
			assert_ok!(publish(0, Offer { months: Some(36), ..terms() }, 1));
		},
		|| {
			assert_ok!(Research::retire_dataset(signed(STEWARD), HOSPITAL, 0));
		},
	];
	for lapse in lapses {
		build_and_execute(|| {
			let permit = permitted();
			pass(10);
			assert_ok!(reserve(permit, 1, 100_000));
			lapse();
			assert_ne!(standing(permit), Standing::Active);
			Research::do_try_state().unwrap();
			pass(10);
		});
	}
}

#[test]
fn renewals_and_reports_out_of_their_time_are_noticed() {
	let renew = |at| {
		permit(|found| {
			let until = found.permit.period.until + 24 * MONTH;
			found.permit.renewal = Some(Renewal { at, until });
		});
	};
	noticed("a renewal out of time", || renew(now()));
	noticed("a renewal for longer than the terms allow", || {
		version(0, |found| found.terms.months = Some(40));
		set_now(now() + 24 * MONTH);
		renew(now());
	});
	let file = |year| {
		permit(|found| {
			let filed = YearlyReport { year, at: now() };
			found.reports.try_push(Report { filed, commitment: commitment(1) }).unwrap();
		});
	};
	noticed("a report of no year", || file(0));
	noticed("a report of no year", || file(MAX_YEARS + 1));
	noticed("a report before its time", || file(1));
	noticed("the destruction of data was attested out of time", || {
		let attested = Destruction { commitment: commitment(1), at: now() };
		permit(|found| found.destruction = Some(attested));
	});
}

#[test]
fn versions_and_votes_after_the_end_are_noticed() {
	noticed("a version of a dataset that was taken back", || {
		pass(1);
		assert_ok!(publish(0, Offer { months: Some(36), ..terms() }, 2));
		dataset(|found| found.retired_at = Some(now() - 1));
	});
	noticed("a vote on more budget after its time", || {
		BudgetMotions::<Test>::mutate(HOSPITAL, |motion| {
			let motion = motion.as_mut().unwrap();
			motion.votes[0].at = motion.at + 21 * DAY;
		});
		pass(21 * DAY);
	});
}

#[test]
fn deposits_and_signatures_that_were_not_given_are_noticed() {
	noticed("a signed request without the signatory's deposit", || {
		request(|found| found.deposit = None);
	});
	noticed("a version without a deposit that answers no clock", || {
		version(1, |found| found.deposit = None);
		dataset(|found| found.unpaid = 1);
	});
	noticed("versions without a deposit are not those counted", || {
		dataset(|found| found.unpaid = 1);
	});
	noticed("a study that counts as signed and is not, or the other way round", || {
		study(|found| found.signed = false);
	});
	noticed("the studies that wait for a signature are not those counted", || {
		UnsignedStudies::<Test>::insert(INSTITUTE, INVESTIGATOR, 1);
	});
}

#[test]
fn votes_of_those_who_had_a_part_when_they_voted_are_noticed() {
	let what = "a vote of somebody who had a part in the request by then";
	let before = START - 1;
	noticed(what, || hire_since(INSTITUTE, MEMBERS[0], Role::Nurse, before));
	noticed(what, || {
		for who in [INVESTIGATOR, MEMBERS[0]] {
			hire_since(CLINIC, who, Role::Nurse, before);
		}
	});
}

/// Three have voted for it, and those alone were counted.
#[test]
fn votes_against_that_were_left_out_are_noticed() {
	noticed("a vote against that was left out", || {
		request(|found| {
			let at = found.votes[2].at;
			let against = Vote { by: MEMBERS[3], in_favour: false, at };
			found.votes.try_push(against).unwrap();
		});
	});
}
