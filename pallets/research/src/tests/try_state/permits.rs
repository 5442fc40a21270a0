//! What `try_state` notices of permits, and of what was done under them.

use super::*;

#[test]
fn permits_of_other_requests_are_noticed() {
	noticed("a permit without a request", || {
		let found = Permits::<Test>::get(0).unwrap();
		Permits::<Test>::insert(9, found);
	});
	noticed("a permit of another request", || permit(|found| found.study = 1));
	// A dataset of the same custodian, which was there when the queries came: they are not noticed.
	noticed("a permit of another request", || {
		assert_ok!(offer(terms()));
		permit(|found| found.dataset = 1);
	});
}

/// The request was decided a day after the start, and the permit began in that second.
#[test]
fn permits_that_began_out_of_their_time_are_noticed() {
	noticed("a permit that began out of time", || {
		permit(|found| found.permit.period.from = START);
	});
	noticed("a permit that began out of time", || {
		without_queries();
		permit(|found| found.permit.period.from = now() + 1);
	});
	// The time to accept the terms was over.
	noticed("a permit that began out of time", || {
		without_queries();
		pass(30 * DAY);
		permit(|found| found.permit.period.from = now());
	});
}

#[test]
fn terms_that_nobody_could_have_accepted_are_noticed() {
	noticed("terms of no version were accepted", || {
		permit(|found| found.accepted[0].version = 9);
	});
	// Before the permit began.
	noticed("terms were accepted out of order", || {
		permit(|found| found.accepted[0].terms.from = START);
	});
	// The same ones again.
	noticed("terms were accepted out of order", || {
		permit(|found| {
			let again = found.accepted[0];
			found.accepted.try_push(again).unwrap();
		});
	});
}

#[test]
fn reports_and_outputs_out_of_their_time_are_noticed() {
	for at in [START, START + DAY + 1] {
		noticed("a report before its permit, or from the future", || {
			let filed = YearlyReport { year: 1, at };
			let report = Report { filed, commitment: commitment(1) };
			permit(|found| found.reports.try_push(report).unwrap());
		});
		noticed("an output before its permit, or from the future", || {
			let kind = OutputKind::Publication;
			let output = Output { kind, commitment: commitment(1), at };
			permit(|found| found.outputs.try_push(output).unwrap());
		});
	}
}

/// The permit began a day after the start, when its terms were accepted.
#[test]
fn terms_that_were_accepted_after_a_withdrawal_for_good_are_noticed() {
	noticed("terms were accepted for a study that was withdrawn", || {
		let at = START + DAY - 1;
		study(|found| {
			found.approvals[0].ended = Some((at, ApprovalEnding::Withdrawn));
			found.withdrawn_at = Some(at);
		});
	});
}

fn all_versions(spoil: impl Fn(&mut Offer)) {
	for number in 0..2 {
		version(number, |found| spoil(&mut found.terms));
	}
}

#[test]
fn publications_before_the_moratorium_are_noticed() {
	noticed("a publication before the moratorium was over", || {
		all_versions(|terms| terms.moratorium = Some(now() + 1));
		let kind = OutputKind::Publication;
		let output = Output { kind, commitment: commitment(1), at: now() };
		permit(|found| found.outputs.try_push(output).unwrap());
	});
}

#[test]
fn permits_that_were_closed_with_less_than_they_owe_are_noticed() {
	fn close() {
		permit(|found| {
			found.permit.ended = Some(PermitEnd { at: now(), how: Ending::Closed });
			found.destruction = Some(Destruction { commitment: commitment(7), at: now() });
		});
	}
	noticed("a permit that was closed without a report it owed", close);
	for modifier in [Modifier::Pub, Modifier::Rtn] {
		noticed("a permit that was closed without an output it owed", || {
			all_versions(|terms| terms.modifiers = ModifierSet::of(&[modifier]));
			close();
		});
	}
}
