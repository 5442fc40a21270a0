//! What `try_state` notices of datasets and their versions.

use super::*;

#[test]
fn datasets_that_nobody_could_have_offered_are_noticed() {
	// Another one than that of the queries, which would be noticed first.
	noticed("a dataset without a population", || {
		assert_ok!(offer(terms()));
		Datasets::<Test>::mutate(1, |found| found.as_mut().unwrap().custodian = CLINIC);
	});
	noticed("offered or taken back in the future", || {
		dataset(|found| found.offered_at = now() + 1);
	});
	noticed("offered or taken back in the future", || {
		dataset(|found| found.retired_at = Some(now() + 1));
	});
	for versions in [0, MAX_VERSIONS + 1] {
		noticed("a dataset without a version, or with too many", || {
			dataset(|found| found.versions = versions);
		});
	}
}

#[test]
fn versions_that_nobody_could_have_published_are_noticed() {
	noticed("a version from the future", || version(1, |found| found.at = now() + 1));
	noticed("a version from the future", || version(1, |found| found.epoch_at = now() + 1));
	noticed("a version of no dataset", || {
		let found = Versions::<Test>::get(0, 0).unwrap();
		Versions::<Test>::insert(9, 0, found);
	});
	// The one after that of which was asked is not too early for the queries, but for the version before it.
	noticed("versions out of order", || {
		assert_ok!(publish(0, Offer { months: Some(36), ..terms() }, 2));
		version(2, |found| (found.at, found.epoch_at) = (START, START));
	});
}
