//! Making sealed directives, and ending sealed Permits.

use super::*;

#[test]
fn a_sealed_permit_holds_from_its_block_until_its_end_and_keeps_nothing_but_the_commitment() {
	build_and_execute(|| {
		let until = now() + 30 * DAY;
		assert_ok!(Sealed::permit_sealed(signed(WALLET), commitment(), until));
		let (patient, sealed, by) = (PATIENT, 0, WALLET);
		assert_eq!(last_event(), Event::PermitSealed { patient, sealed, by });
		let expected = SealedDirective {
			effect: Effect::Permit,
			commitment: commitment(),
			period: Interval::new(START, until),
			ended: None,
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
			assert_ok!(Sealed::deny_sealed(signed(VIEWER), commitment(), Moment::MAX));
			let (patient, by) = (PATIENT, VIEWER);
			assert_eq!(last_event(), Event::DenialSealed { patient, sealed, by });
			let (_, found) = Sealed::sealed_directives(&PATIENT)[sealed as usize];
			assert_eq!((found.effect, found.period.until), (Effect::Deny, Moment::MAX));
		}
		set_state(PATIENT, Retired);
		assert_noop!(
			Sealed::deny_sealed(signed(VIEWER), commitment(), Moment::MAX),
			PalletError::WrongState
		);
		end_key(VIEWER);
		assert_noop!(
			Sealed::deny_sealed(signed(VIEWER), commitment(), Moment::MAX),
			PalletError::NotAuthorised
		);
	});
}

#[test]
fn a_sealed_permit_needs_a_key_for_consent_and_an_active_handle() {
	build_and_execute(|| {
		let permit = |who| Sealed::permit_sealed(signed(who), commitment(), now() + DAY);
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
		let permit = |until| Sealed::permit_sealed(signed(WALLET), commitment(), until);
		let deny = |until| Sealed::deny_sealed(signed(WALLET), commitment(), until);
		assert_noop!(permit(now()), PalletError::InvalidInterval);
		assert_noop!(deny(now()), PalletError::InvalidInterval);
		assert_noop!(permit(now() + 2 * YEAR + 1), PalletError::TermTooLong);
		assert_noop!(permit(Moment::MAX), PalletError::TermTooLong);
		assert_ok!(permit(now() + 2 * YEAR));
		assert_ok!(permit(now() + 1));
		assert_ok!(deny(now() + 1));
		assert_ok!(deny(Moment::MAX));
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
		assert_ok!(Sealed::permit_sealed(signed(OTHER_WALLET), commitment(), now() + DAY));
		assert_eq!(Sealed::next_sealed(&OTHER_PATIENT), 1);
		Live::<Test>::mutate(OTHER_PATIENT, |live| live.next = SealedId::MAX);
		assert_noop!(
			Sealed::permit_sealed(signed(OTHER_WALLET), commitment(), now() + DAY),
			PalletError::IdsExhausted
		);
		Live::<Test>::mutate(OTHER_PATIENT, |live| live.next = 1);
	});
}
