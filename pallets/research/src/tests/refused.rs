//! Requests that could come to nothing are refused at once.

use super::*;

/// The institute is the committee of a dataset, and has agreed that a match will do: it would let itself in.
#[test]
fn nobody_asks_for_a_dataset_of_which_it_is_the_committee() {
	build_and_execute(|| {
		assert_ok!(open());
		let rule = CommitteeRule { committee: INSTITUTE, ..rule() };
		assert_ok!(Research::offer_dataset(
			signed(STEWARD),
			HOSPITAL,
			Basis::Consent,
			10,
			rule,
			terms(),
			commitment(1),
			SizeBucket::Below10000,
		));
		assert_ok!(Research::set_shortcut(signed(INSTITUTE_ADMIN), INSTITUTE, 0, true));
		let study = studied();
		assert_noop!(ask(study, 0, statement()), PalletError::OwnCommittee);
	});
}

#[test]
fn a_study_that_was_withdrawn_asks_for_nothing_and_gets_nothing() {
	let withdraw = || {
		assert_ok!(Research::withdraw_ethics(signed(ETHICIST), ETHICS, 0));
	};
	build_and_execute(|| {
		let (dataset, study) = (offered(terms()), studied());
		assert_ok!(ask(study, dataset, statement()));
		withdraw();
		assert_noop!(ask(study, dataset, statement()), PalletError::StudyWithdrawn);
		assert_noop!(cosign(0), PalletError::StudyWithdrawn);
	});
	build_and_execute(|| {
		let request = approved_for(offered(terms()), statement());
		withdraw();
		assert_noop!(accept(request), PalletError::StudyWithdrawn);
	});
}
