//! Studies and ethics approvals.

use super::*;

fn register(who: u64, organisation: OrgId, uses: UseSet) -> DispatchResult {
	Research::register_study(signed(who), organisation, ETHICS, uses, commitment(3))
}

fn amend(study: StudyId, byte: u8) -> DispatchResult {
	Research::amend_study(signed(INVESTIGATOR), INSTITUTE, study, commitment(byte))
}

fn uses() -> UseSet {
	UseSet::of(&[Use::Biomedical])
}

fn is_approved(study: StudyId) -> bool {
	Research::study(study).unwrap().approved
}

#[test]
fn a_study_is_registered_by_a_researcher_of_a_licensed_institution_for_known_uses() {
	build_and_execute(|| {
		assert_noop!(register(STRANGER, INSTITUTE, uses()), PalletError::NotAuthorised);
		assert_noop!(register(INSTITUTE_ADMIN, INSTITUTE, uses()), PalletError::NotAuthorised);
		assert_noop!(register(INVESTIGATOR, INSTITUTE, UseSet::EMPTY), PalletError::WrongUses);
		assert_noop!(register(INVESTIGATOR, INSTITUTE, UseSet(1 << 31)), PalletError::WrongUses);
		hire(HOSPITAL, INVESTIGATOR, Role::Researcher);
		assert_noop!(register(INVESTIGATOR, HOSPITAL, uses()), PalletError::NotLicensed);
		NextStudy::<Test>::put(u32::MAX);
		assert_noop!(register(INVESTIGATOR, INSTITUTE, uses()), PalletError::IdsExhausted);
		NextStudy::<Test>::put(0);
		assert_ok!(register(INVESTIGATOR, INSTITUTE, uses()));
		assert!(held(INSTITUTE_ADMIN) > 0);
		assert!(!is_approved(0));
	});
}

#[test]
fn an_approval_is_of_another_body_and_lasts_to_the_second() {
	build_and_execute(|| {
		let study = registered();
		assert_noop!(
			Research::approve_ethics(signed(STRANGER), ETHICS, study, commitment(3), now() + 5),
			PalletError::NotAuthorised
		);
		assert_noop!(approve(study, now()), PalletError::WrongTerm);
		assert_noop!(approve(study, now() + 5 * YEAR + 1), PalletError::WrongTerm);
		assert_noop!(approve(7, now() + 5), PalletError::UnknownStudy);
		assert_ok!(approve(study, now() + 5));
		pass(4);
		assert!(is_approved(study));
		pass(1);
		assert!(!is_approved(study));
		suspend(ETHICS);
		assert_noop!(approve(study, now() + 5), PalletError::NotLicensed);
	});
}

#[test]
fn nobody_approves_an_own_study() {
	build_and_execute(|| {
		let study = registered();
		let by = signed(INVESTIGATOR);
		assert_noop!(
			Research::register_study(by.clone(), INSTITUTE, INSTITUTE, uses(), commitment(3)),
			PalletError::OwnStudy
		);
		assert_noop!(
			Research::register_study(by, INSTITUTE, 77, uses(), commitment(3)),
			PalletError::UnknownOrganisation
		);
		// Who works at the institution does not either.
		hire(INSTITUTE, ETHICIST, Role::Nurse);
		assert_noop!(approve(study, now() + 5), PalletError::OwnStudy);
		for who in [INVESTIGATOR, INSTITUTE_ADMIN] {
			hire(ETHICS, who, Role::EthicsMember);
			assert_noop!(
				Research::approve_ethics(signed(who), ETHICS, study, commitment(3), now() + 5),
				PalletError::OwnStudy
			);
		}
	});
}

#[test]
fn an_approval_is_suspended_at_once_and_can_be_given_again() {
	build_and_execute(|| {
		let study = studied();
		let stop = || Research::suspend_ethics(signed(ETHICIST), ETHICS, study);
		pass(10);
		// With a licence or without: it takes away.
		suspend(ETHICS);
		assert_ok!(stop());
		assert!(!is_approved(study));
		assert_noop!(stop(), PalletError::NotApproved);
		license(ETHICS, OrgKind::Ethics);
		pass(10);
		assert_ok!(approve(study, now() + YEAR));
		assert!(is_approved(study));
	});
}

#[test]
fn a_withdrawal_is_for_good_and_no_other_body_has_a_word() {
	build_and_execute(|| {
		let study = studied();
		// Another body, licensed and with members, neither ends what nobody asked it about, nor approves it.
		hire(COMMITTEE, 406, Role::EthicsMember);
		for refused in [
			Research::withdraw_ethics(signed(406), COMMITTEE, study),
			Research::suspend_ethics(signed(406), COMMITTEE, study),
			Research::approve_ethics(signed(406), COMMITTEE, study, commitment(3), now() + YEAR),
		] {
			assert_eq!(refused, Err(PalletError::NotAuthorised.into()));
		}
		pass(10);
		assert_ok!(Research::withdraw_ethics(signed(ETHICIST), ETHICS, study));
		assert!(!is_approved(study));
		assert_noop!(approve(study, now() + YEAR), PalletError::StudyWithdrawn);
		assert_noop!(
			Research::withdraw_ethics(signed(ETHICIST), ETHICS, study),
			PalletError::StudyWithdrawn
		);
	});
}

/// Whoever amends before the approval is in a block is not approved: the ethics body has read another protocol.
#[test]
fn an_approval_is_of_the_protocol_that_the_body_has_read() {
	build_and_execute(|| {
		let study = registered();
		let approve = |protocol| {
			Research::approve_ethics(signed(ETHICIST), ETHICS, study, protocol, now() + YEAR)
		};
		assert_noop!(approve(commitment(99)), PalletError::WrongProtocol);
		assert_ok!(amend(study, 4));
		assert_noop!(approve(commitment(3)), PalletError::WrongProtocol);
		assert!(!is_approved(study));
		assert_ok!(approve(commitment(4)));
		assert!(is_approved(study));
		let (protocol, organisation, until) = (commitment(4), ETHICS, now() + YEAR);
		let by = ETHICIST;
		let told = Event::EthicsApproved { study, protocol, organisation, until, by };
		assert!(events().contains(&told));
	});
}

#[test]
fn what_is_suspended_or_over_or_was_never_approved_can_be_withdrawn_for_good() {
	let withdraw = |study| Research::withdraw_ethics(signed(ETHICIST), ETHICS, study);
	let before: [fn(StudyId); 3] = [
		|study| {
			assert_ok!(approve(study, now() + YEAR));
			pass(10);
			assert_ok!(Research::suspend_ethics(signed(ETHICIST), ETHICS, study));
		},
		|study| {
			assert_ok!(approve(study, now() + 5));
			pass(5);
		},
		|_| {},
	];
	for before in before {
		build_and_execute(|| {
			let study = registered();
			before(study);
			pass(10);
			assert_ok!(withdraw(study));
			assert_eq!(Studies::<Test>::get(study).unwrap().withdrawn_at, Some(now()));
			assert_noop!(approve(study, now() + YEAR), PalletError::StudyWithdrawn);
			assert_noop!(withdraw(study), PalletError::StudyWithdrawn);
		});
	}
}

/// Twenty years, approved anew in each, and each amendment approved as well.
#[test]
fn there_is_room_for_the_approvals_of_the_longest_permit() {
	build_and_execute(|| {
		let study = registered();
		for year in 0..MAX_REPORTS {
			assert_ok!(approve(study, now() + YEAR));
			if year < MAX_PROTOCOLS - 1 {
				pass(DAY);
				assert_ok!(amend(study, year as u8 + 10));
				assert_ok!(approve(study, now() + YEAR));
			}
			pass(YEAR);
		}
	});
}

/// E9: the first protocol stays, amendments follow it, and no approval covers what it was not given for.
#[test]
fn an_amendment_ends_approvals_and_changes_no_earlier_protocol() {
	build_and_execute(|| {
		let study = studied();
		pass(10);
		assert_ok!(amend(study, 4));
		assert!(!is_approved(study));
		let protocols = Studies::<Test>::get(study).unwrap().protocols;
		let said: Vec<_> = protocols.iter().map(|one| (one.commitment, one.at)).collect();
		assert_eq!(said, [(commitment(3), START), (commitment(4), START + 10)]);
		assert_ok!(approve(study, now() + YEAR));
		let approvals = Studies::<Test>::get(study).unwrap().approvals;
		let said: Vec<_> = approvals.iter().map(|one| (one.protocol, one.ended)).collect();
		assert_eq!(said, [(0, Some((START + 10, ApprovalEnding::Amended))), (1, None)]);
		for byte in 0..MAX_PROTOCOLS - 2 {
			assert_ok!(amend(study, byte as u8));
		}
		assert_noop!(amend(study, 99), PalletError::HistoryFull);
	});
}

#[test]
fn an_approval_anew_takes_the_place_of_the_last_and_there_is_room_for_so_many() {
	build_and_execute(|| {
		let study = registered();
		for n in 0..MAX_APPROVALS {
			assert_ok!(approve(study, now() + YEAR));
			assert_eq!(Studies::<Test>::get(study).unwrap().approvals.len() as u32, n + 1);
			pass(1);
		}
		assert_noop!(approve(study, now() + YEAR), PalletError::HistoryFull);
		let approvals = Studies::<Test>::get(study).unwrap().approvals;
		let lasting = approvals.iter().filter(|one| one.span().contains(now())).count();
		assert_eq!(lasting, 1);
	});
}
