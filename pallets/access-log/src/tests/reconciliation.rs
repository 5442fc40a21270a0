//! Each side says once what it found of a day, in numbers; together they agree or not.

use super::*;

/// Both have logs, and a day has gone by.
fn yesterday() -> Day {
	commit(10);
	let day = today();
	pass(DAY);
	commit(10);
	assert_ok!(commit_by(OFFICER, CLINIC, 4));
	day
}

#[test]
fn two_who_say_the_same_from_either_side_agree() {
	build_and_execute(|| {
		let day = yesterday();
		let together = |one, other| Log::reconciliation(one, other, day);
		assert_eq!(together(HOSPITAL, CLINIC), Reconciliation::Nobody);
		assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
		let one_sided = Reconciliation::OneSided(HOSPITAL, COUNTS);
		assert_eq!(together(HOSPITAL, CLINIC), one_sided);
		assert_eq!(together(CLINIC, HOSPITAL), one_sided);
		assert_ok!(attest(OFFICER, CLINIC, HOSPITAL, day, COUNTS.mirrored()));
		assert_eq!(together(HOSPITAL, CLINIC), Reconciliation::Agreed(COUNTS));
		assert_eq!(together(CLINIC, HOSPITAL), Reconciliation::Agreed(COUNTS.mirrored()));
		assert_eq!(Log::reconciliation(HOSPITAL, CLINIC, day + 1), Reconciliation::Nobody);
	});
}

#[test]
fn two_who_do_not_disagree() {
	build_and_execute(|| {
		let day = yesterday();
		assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
		assert_ok!(attest(OFFICER, CLINIC, HOSPITAL, day, COUNTS));
		assert_eq!(
			Log::reconciliation(HOSPITAL, CLINIC, day),
			Reconciliation::Disagreed(COUNTS, COUNTS)
		);
	});
}

#[test]
fn it_is_said_once_and_by_whoever_keeps_the_log() {
	build_and_execute(|| {
		let day = yesterday();
		assert_noop!(attest(CLINICIAN, HOSPITAL, CLINIC, day, COUNTS), PalletError::NotAuthorised);
		assert_noop!(attest(OFFICER, HOSPITAL, CLINIC, day, COUNTS), PalletError::NotAuthorised);
		assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
		let other = Counts { matched: 9, ..COUNTS };
		assert_noop!(
			attest(HOSPITAL_ADMIN, HOSPITAL, CLINIC, day, other),
			PalletError::AlreadyAttested
		);
		assert_eq!(Log::attestation(HOSPITAL, CLINIC, day), Some(COUNTS));
	});
}

#[test]
fn a_log_is_compared_with_that_of_another_organisation_that_there_is() {
	build_and_execute(|| {
		let day = yesterday();
		assert_noop!(
			attest(STEWARD, HOSPITAL, HOSPITAL, day, COUNTS),
			PalletError::SameOrganisation
		);
		assert_noop!(attest(STEWARD, HOSPITAL, 77, day, COUNTS), PalletError::UnknownOrganisation);
	});
}

#[test]
fn a_day_is_compared_once_it_is_over_and_committed_to_and_for_ninety_days() {
	build_and_execute(|| {
		commit(10);
		let day = today();
		let over = (u64::from(day) + 1) * DAY;
		set_now(over - 1);
		assert_noop!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS), PalletError::DayNotOver);
		set_now(over);
		assert_noop!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS), PalletError::LogNotCommitted);
		assert_noop!(attest(OFFICER, CLINIC, HOSPITAL, day, COUNTS), PalletError::LogNotCommitted);
		assert_noop!(attest(STEWARD, HOSPITAL, CLINIC, Day::MAX, COUNTS), PalletError::DayNotOver);
		assert_ok!(commit_by(STEWARD, HOSPITAL, 1));
		set_now(over + 90 * DAY);
		assert_noop!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS), PalletError::TooLate);
		set_now(over + 90 * DAY - 1);
		assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
	});
}

#[test]
fn it_costs_a_deposit_and_is_said_without_it_where_the_administrator_cannot_pay() {
	build_and_execute(|| {
		let day = yesterday();
		impoverish(HOSPITAL_ADMIN);
		assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
		assert_ok!(attest(OFFICER, CLINIC, HOSPITAL, day, COUNTS));
		assert_eq!(Log::custodian(HOSPITAL).unwrap().unpaid, 1);
		assert_eq!(Log::custodian(CLINIC).unwrap().unpaid, 0);
		let paid = deposit(Log::commit_footprint()) + deposit(Log::attestation_footprint());
		assert_eq!(held(CLINIC_ADMIN), paid);
	});
}
