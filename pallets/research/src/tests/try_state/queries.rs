//! What `try_state` notices of queries.

use super::*;

#[test]
fn queries_of_nothing_are_noticed() {
	noticed("a query of no population", || {
		let found = Queries::<Test>::get(HOSPITAL, 0).unwrap();
		Queries::<Test>::insert(CLINIC, 0, found);
	});
	noticed("a query from the future", || {
		let found = Queries::<Test>::take(HOSPITAL, 1).unwrap();
		Queries::<Test>::insert(HOSPITAL, 5, found);
	});
	noticed("a query of no dataset", || permit(|found| found.dataset = 9));
	noticed("a query of another's dataset", || dataset(|found| found.custodian = CLINIC));
}

#[test]
fn queries_out_of_their_time_are_noticed() {
	// The permit began a day after the start.
	for at in [START, START + DAY + 1] {
		noticed("a query before its permit, or from the future", || {
			query(1, |found| found.reserved_at = at);
		});
	}
}

#[test]
fn queries_of_versions_that_nobody_could_have_asked_are_noticed() {
	noticed("a query of no version", || query(1, |found| found.version = 9));
	noticed("a query of a version before that was published", || {
		version(0, |found| found.at = now() + 1);
	});
	// Such a version is of no dataset, but queries are looked at first.
	noticed("a version beyond the last", || {
		let found = Versions::<Test>::get(0, 0).unwrap();
		Versions::<Test>::insert(0, u32::MAX, found);
		query(1, |found| found.version = u32::MAX);
	});
}
