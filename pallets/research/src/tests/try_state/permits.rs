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
