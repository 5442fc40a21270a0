//! Making sealed directives, and ending sealed Permits.

use super::*;

#[test]
fn a_sealed_permit_holds_from_its_block_until_its_end_and_keeps_nothing_but_the_commitment() {
	build_and_execute(|| {
		let until = end(2);
		assert_ok!(permit_by(WALLET, until));
		let (patient, sealed, by) = (PATIENT, 0, WALLET);
		assert_eq!(last_event(), Event::PermitSealed { patient, sealed, by });
		let expected = SealedDirective {
			effect: Effect::Permit,
			commitment: commitment(),
			period: Interval::new(START, until),
			ended: None,
			version: salus_consent_decision::sealed::VERSION,
		};
		assert_eq!(Sealed::sealed_directives(&PATIENT), vec![(0, expected)]);
		assert_eq!(in_force(), [0]);
		set_now(until - 1);
		assert_eq!(in_force(), [0]);
		set_now(until);
		assert_eq!(in_force(), NONE);
		assert_eq!(
			[START - 1, START, until - 1, until].map(in_force_at),
			[vec![], vec![0], vec![0], vec![]]
		);
		assert_noop!(Sealed::revoke(signed(WALLET), 0), PalletError::AlreadyEnded);
	});
}

#[test]
fn a_sealed_deny_takes_any_live_key_and_any_state_but_retired() {
	build_and_execute(|| {
		use PatientState::*;
		for (sealed, state) in
			(0..).zip([Active, Frozen, Recovering, Contested, DeceasedProvisional, DeceasedFinal])
		{
			set_state(PATIENT, state);
			assert_ok!(deny_by(VIEWER, Moment::MAX));
			let (patient, by) = (PATIENT, VIEWER);
			assert_eq!(last_event(), Event::DenialSealed { patient, sealed, by });
			let (_, found) = Sealed::sealed_directives(&PATIENT)[sealed as usize];
			assert_eq!((found.effect, found.period.until), (Effect::Deny, Moment::MAX));
		}
		set_state(PATIENT, Retired);
		assert_noop!(deny_by(VIEWER, Moment::MAX), PalletError::WrongState);
		end_key(VIEWER);
		assert_noop!(deny_by(VIEWER, Moment::MAX), PalletError::NotAuthorised);
	});
}

#[test]
fn a_sealed_permit_needs_a_key_for_consent_and_an_active_handle() {
	build_and_execute(|| {
		let permit = |who| permit_by(who, end(1));
		assert_noop!(permit(VIEWER), PalletError::NotAuthorised);
		for state in
			[PatientState::Frozen, PatientState::DeceasedProvisional, PatientState::Retired]
		{
			set_state(PATIENT, state);
			assert_noop!(permit(WALLET), PalletError::WrongState);
		}
		set_state(PATIENT, PatientState::Active);
		assert_ok!(permit(WALLET));
		end_key(WALLET);
		assert_noop!(permit(WALLET), PalletError::NotAuthorised);
	});
}

#[test]
fn an_end_lies_after_now_and_that_of_a_permit_no_further_than_its_longest_term() {
	build_and_execute(|| {
		// Two years after this moment a sealed directive may end to the second.
		set_now(end(1) + GRID - 2 * YEAR % GRID);
		assert!(is_on_grid(now() + 2 * YEAR));
		let permit = |until| permit_by(WALLET, until);
		let deny = |until| deny_by(WALLET, until);
		assert_noop!(permit(now()), PalletError::InvalidInterval);
		assert_noop!(deny(now()), PalletError::InvalidInterval);
		assert_noop!(deny(end(0)), PalletError::InvalidInterval);
		assert_noop!(permit(now() + 2 * YEAR + GRID), PalletError::TermTooLong);
		assert_noop!(permit(Moment::MAX), PalletError::TermTooLong);
		assert_ok!(permit(now() + 2 * YEAR));
		assert_ok!(permit(end(1)));
		assert_ok!(deny(end(1)));
		assert_ok!(deny(now() + 2 * YEAR));
		assert_ok!(deny(Moment::MAX));
		set_now(end(1) - 1);
		assert_ok!(permit(now() + 1));
		pass(1);
		assert_noop!(permit(now()), PalletError::InvalidInterval);
	});
}

/// An end to the second tells whose software chose it.
#[test]
fn an_end_is_a_multiple_of_thirty_days_and_tells_no_habit() {
	assert_eq!(GRID, 30 * DAY);
	build_and_execute(|| {
		for until in
			[now() + 1, now() + 30 * DAY, now() + YEAR, end(1) - 1, end(1) + 1, end(24) + DAY]
		{
			assert_noop!(permit_by(WALLET, until), PalletError::NotOnGrid);
			assert_noop!(deny_by(WALLET, until), PalletError::NotOnGrid);
		}
		assert_noop!(deny_by(WALLET, Moment::MAX - 1), PalletError::NotOnGrid);
		assert_ok!(permit_by(WALLET, end(1)));
		assert_ok!(deny_by(WALLET, end(13)));
	});
}

/// What was wrong: a Deny ended at any point of the grid, however far ahead, and there are millions of millions of them.
#[test]
fn a_denial_that_ends_does_so_within_the_longest_term_and_the_next_point_of_the_grid() {
	build_and_execute(|| {
		let longest = now() + 2 * YEAR;
		let last = longest.div_ceil(GRID) * GRID;
		assert!(longest < last, "it is rounded up");
		for far in [last + GRID, 9_999 * GRID, Moment::MAX / GRID * GRID] {
			assert_noop!(deny_by(WALLET, far), PalletError::TermTooLong);
		}
		for until in [end(1), last, Moment::MAX] {
			assert_ok!(deny_by(WALLET, until));
		}
	});
}

/// What is over another number is never opened: refused, it costs a fee and shuts nothing.
#[test]
fn what_was_made_over_another_number_is_refused_and_leaves_nothing() {
	build_and_execute(|| {
		let with = |sealed| {
			let permitted = Sealed::permit_sealed(signed(WALLET), sealed, commitment(), end(1));
			let denied = Sealed::deny_sealed(signed(VIEWER), sealed, commitment(), Moment::MAX);
			(permitted, denied)
		};
		let wrong = || Err(PalletError::WrongNumber.into());
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		for sealed in [1, 2, SealedId::MAX] {
			assert_eq!(with(sealed), (wrong(), wrong()));
		}
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
		// Two devices have asked for the number, and both use it.
		assert_eq!(with(0), (Ok(()), wrong()));
		assert_eq!(in_force(), [0]);
		// Another patient's numbers are its own.
		assert_ok!(permit_by(OTHER_WALLET, end(1)));
	});
}

#[test]
fn a_revoked_permit_ends_in_its_block_once_and_whoever_seals_again_leaves_a_gap() {
	build_and_execute(|| {
		let id = permit();
		pass(DAY);
		assert_ok!(Sealed::revoke(signed(VIEWER), id));
		let (patient, sealed, by) = (PATIENT, id, VIEWER);
		assert_eq!(last_event(), Event::SealedRevoked { patient, sealed, by });
		assert_eq!(in_force(), NONE);
		assert_noop!(Sealed::revoke(signed(WALLET), id), PalletError::AlreadyEnded);
		pass(DAY);
		assert_eq!(permit(), 1);
		pass(1);
		let told = [START, START + DAY - 1, START + DAY, START + 2 * DAY - 1, START + 2 * DAY];
		assert_eq!(told.map(in_force_at), [vec![0], vec![0], vec![], vec![], vec![1]]);
		// In its very second it was in force for no moment.
		let at_once = permit();
		revoke(at_once);
		pass(1);
		assert!(!in_force_at(now() - 1).contains(&at_once));
	});
}

#[test]
fn only_a_permit_of_ones_own_is_revoked() {
	build_and_execute(|| {
		let (yes, no) = (permit(), deny());
		assert_noop!(Sealed::revoke(signed(WALLET), no), PalletError::NotAPermit);
		assert_noop!(Sealed::revoke(signed(WALLET), 7), PalletError::NotFound);
		assert_noop!(Sealed::revoke(signed(OTHER_WALLET), yes), PalletError::NotFound);
		set_state(PATIENT, PatientState::Frozen);
		assert_ok!(Sealed::revoke(signed(VIEWER), yes));
		set_state(PATIENT, PatientState::Retired);
		assert_noop!(Sealed::revoke(signed(VIEWER), yes), PalletError::WrongState);
	});
}

#[test]
fn numbers_are_counted_per_patient_and_told_before() {
	build_and_execute(|| {
		assert_eq!(Sealed::next_sealed(&PATIENT), 0);
		assert_eq!((permit(), deny(), permit()), (0, 1, 2));
		assert_eq!(Sealed::next_sealed(&PATIENT), 3);
		assert_eq!(Sealed::next_sealed(&OTHER_PATIENT), 0);
		assert_ok!(permit_by(OTHER_WALLET, end(1)));
		assert_eq!(Sealed::next_sealed(&OTHER_PATIENT), 1);
		Live::<Test>::mutate(OTHER_PATIENT, |live| live.next = SealedId::MAX);
		assert_noop!(permit_by(OTHER_WALLET, end(1)), PalletError::IdsExhausted);
		Live::<Test>::mutate(OTHER_PATIENT, |live| live.next = 1);
	});
}
