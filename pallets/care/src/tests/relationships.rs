//! A relationship takes two words, lasts as long as it says, and either side ends it at once.

use super::*;

#[test]
fn a_relationship_needs_the_word_of_both() {
	build_and_execute(|| {
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotInvited);
		invite(HOSPITAL);
		assert!(!treats(), "an invitation is no relationship");
		assert_ok!(open_by(CLINICIAN, HOSPITAL));
		assert!(treats());
		assert_eq!(
			last_event(),
			Event::RelationshipOpened {
				relationship: 0,
				patient: PATIENT,
				organisation: HOSPITAL,
				renewed: None,
				by: CLINICIAN
			}
		);
		let stored = Relationships::<Test>::get(0).unwrap();
		assert_eq!(stored.treatment.period, Interval::new(now(), now() + 30 * DAY));
		assert_eq!((stored.word, stored.payer), (Word::Invitation(0), HOSPITAL_ADMIN));
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotInvited);
	});
}

#[test]
fn it_ends_by_itself_at_the_second_it_says() {
	build_and_execute(|| {
		open();
		pass(30 * DAY - 1);
		assert!(treats());
		pass(1);
		assert!(!treats());
		assert_noop!(Care::end(signed(WALLET), 0), PalletError::AlreadyEnded);
	});
}

#[test]
fn either_side_ends_it_at_once_and_once() {
	build_and_execute(|| {
		let first = open();
		assert_ok!(Care::end(signed(VIEWER), first));
		assert!(!treats());
		assert_noop!(Care::end(signed(VIEWER), first), PalletError::AlreadyEnded);
		let second = open();
		assert!(treats());
		assert_noop!(
			Care::end_for(signed(SPECIALIST), HOSPITAL, second),
			PalletError::NotAuthorised
		);
		assert_noop!(Care::end_for(signed(SPECIALIST), CLINIC, second), PalletError::NotRelated);
		assert_noop!(Care::end_for(signed(CLINICIAN), HOSPITAL, 99), PalletError::NotFound);
		// Also without a licence.
		suspend(HOSPITAL);
		hire(HOSPITAL, STRANGER, Role::PrivacyOfficer);
		assert_ok!(Care::end_for(signed(STRANGER), HOSPITAL, second));
		assert!(!treats());
		assert_eq!(
			last_event(),
			Event::RelationshipEnded {
				relationship: second,
				ended_by: EndedBy::Organisation,
				by: STRANGER
			}
		);
		assert_noop!(Care::end_for(signed(STRANGER), HOSPITAL, second), PalletError::AlreadyEnded);
	});
}

#[test]
fn who_ends_it_for_the_organisation_records_relationships_or_guards_privacy() {
	build_and_execute(|| {
		for (n, role) in Role::ALL.iter().copied().enumerate() {
			let who = 500 + n as u64;
			hire(HOSPITAL, who, role);
			let id = open();
			let end = Care::end_for(signed(who), HOSPITAL, id);
			let may = RECORDING_ROLES.contains(role) || role == Role::PrivacyOfficer;
			assert_eq!(end, if may { Ok(()) } else { Err(PalletError::NotAuthorised.into()) });
			assert_eq!(treats(), !may, "{role:?}");
		}
		let id = open();
		assert_ok!(Care::end_for(signed(HOSPITAL_ADMIN), HOSPITAL, id));
		assert!(!RECORDING_ROLES.contains(Role::Biller), "somebody who may not is among them");
	});
}

#[test]
fn nobody_ends_what_is_anothers() {
	build_and_execute(|| {
		let id = open();
		assert_noop!(Care::end(signed(OTHER_WALLET), id), PalletError::NotFound);
		assert_noop!(Care::leave(signed(OTHER_WALLET), id), PalletError::NotFound);
		assert_noop!(Care::end(signed(WALLET), 7), PalletError::NotFound);
		set_state(PATIENT, PatientState::Retired);
		assert_noop!(Care::end(signed(WALLET), id), PalletError::WrongState);
	});
}

#[test]
fn who_records_it_is_staff_that_treats_or_keeps_records_of_an_organisation_that_treats() {
	build_and_execute(|| {
		for (n, role) in Role::ALL.iter().copied().enumerate() {
			let who = 500 + n as u64;
			hire(HOSPITAL, who, role);
			invite(HOSPITAL);
			if RECORDING_ROLES.contains(role) {
				assert_ok!(open_by(who, HOSPITAL));
			} else {
				assert_noop!(open_by(who, HOSPITAL), PalletError::NotAuthorised);
			}
		}
		invite(HOSPITAL);
		assert_ok!(open_by(HOSPITAL_ADMIN, HOSPITAL));
		invite(HOSPITAL);
		assert_noop!(open_by(SPECIALIST, HOSPITAL), PalletError::NotAuthorised);
		assert_noop!(open_by(CLINICIAN, 77), PalletError::NotAuthorised);
		suspend(HOSPITAL);
		license(HOSPITAL, OrgKind::Payer);
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotLicensed);
		for kind in [OrgKind::Pharmacy, OrgKind::Laboratory] {
			license(HOSPITAL, kind);
			assert_ok!(open_by(CLINICIAN, HOSPITAL));
			invite(HOSPITAL);
		}
	});
}

#[test]
fn an_organisation_whose_name_discloses_has_none_in_plain_nor_does_its_staff_record_any() {
	build_and_execute(|| {
		let until = now() + DAY;
		let flagged = PalletError::FlaggedOrganisation;
		assert_noop!(Care::invite(signed(WALLET), HIV_CLINIC, until), flagged);
		assert_noop!(
			Care::opt_out_of(signed(WALLET), HIV_CLINIC),
			PalletError::FlaggedOrganisation
		);
		let flagged = PalletError::FlaggedOrganisation;
		assert_noop!(open_by(HIV_CLINIC_ADMIN, HIV_CLINIC), flagged);
		invite(HOSPITAL);
		hire(HIV_CLINIC, CLINICIAN, Role::Clinician);
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::FlaggedOrganisation);
		assert_ok!(open_by(NURSE, HOSPITAL));
		// What was flagged afterwards ends all the same, by its number.
		flag(HOSPITAL);
		assert_ok!(Care::leave(signed(WALLET), 0));
	});
}

#[test]
fn only_an_active_handle_opens_and_a_frozen_one_keeps() {
	build_and_execute(|| {
		open();
		invite(HOSPITAL);
		for state in [
			PatientState::Frozen,
			PatientState::Recovering,
			PatientState::Contested,
			PatientState::DeceasedProvisional,
			PatientState::DeceasedFinal,
		] {
			set_state(PATIENT, state);
			assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::WrongState);
			assert_noop!(open_for(next_word()), PalletError::WrongState);
			assert_noop!(
				Care::invite(signed(WALLET), HOSPITAL, now() + DAY),
				PalletError::WrongState
			);
			assert!(treats(), "{state:?}");
		}
		assert_ok!(Care::end(signed(WALLET), 0));
		assert_noop!(
			Care::open(
				signed(CLINICIAN),
				HOSPITAL,
				PatientId::repeat_byte(99),
				RelationshipKind::Admission,
				now() + DAY
			),
			PalletError::UnknownPatient
		);
	});
}

#[test]
fn it_lasts_a_year_at_most_and_no_longer_than_the_patient_has_said() {
	build_and_execute(|| {
		for until in [0, now(), now() + YEAR + 1, Moment::MAX] {
			assert_noop!(Care::invite(signed(WALLET), HOSPITAL, until), PalletError::InvalidTerm);
		}
		assert_ok!(Care::invite(signed(WALLET), HOSPITAL, now() + YEAR));
		let until = |until| {
			let kind = RelationshipKind::Ambulatory;
			Care::open(signed(CLINICIAN), HOSPITAL, PATIENT, kind, until)
		};
		assert_noop!(until(now()), PalletError::InvalidTerm);
		assert_noop!(until(now() + YEAR + 1), PalletError::BeyondInvitation);
		assert_ok!(until(now() + YEAR));
		pass(YEAR - 1);
		assert!(treats());
		pass(1);
		assert!(!treats());
	});
}

#[test]
fn an_invitation_is_used_once_expires_and_can_be_taken_back() {
	build_and_execute(|| {
		let first = invite(HOSPITAL);
		pass(30 * DAY - 1);
		assert_eq!(Care::invitations(&PATIENT).len(), 1);
		pass(1);
		assert!(Care::invitations(&PATIENT).is_empty());
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::InvitationExpired);
		// A newer one takes its place.
		let second = invite(HOSPITAL);
		assert_noop!(Care::withdraw_invitation(signed(WALLET), first), PalletError::NotFound);
		assert_noop!(
			Care::withdraw_invitation(signed(OTHER_WALLET), second),
			PalletError::NotFound
		);
		assert_ok!(Care::withdraw_invitation(signed(VIEWER), second));
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotInvited);
	});
}

/// Whoever had stolen a key invited an accomplice; the owner freezes, has the key removed, and thaws.
#[test]
fn an_invitation_that_was_made_before_a_freeze_opens_nothing_afterwards() {
	build_and_execute(|| {
		let before = invite(HOSPITAL);
		pass(DAY);
		// In the very second of the freeze, too.
		invite(CLINIC);
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		set_state(PATIENT, PatientState::Active);
		for (who, organisation) in [(CLINICIAN, HOSPITAL), (SPECIALIST, CLINIC)] {
			assert_noop!(open_by(who, organisation), PalletError::InvitationStopped);
		}
		assert!(Care::invitations(&PATIENT).is_empty());
		// It can still be taken back, and another one is good, and sweeps away what is stopped.
		assert_ok!(Care::withdraw_invitation(signed(VIEWER), before));
		invite(HOSPITAL);
		assert_eq!(Invitations::<Test>::get(PATIENT).open.len(), 1);
		assert_ok!(open_by(CLINICIAN, HOSPITAL));
		assert!(treats());
	});
}

#[test]
fn as_many_are_invited_as_there_is_room_for() {
	build_and_execute(|| {
		let until = now() + DAY;
		for n in 0..MAX_INVITATIONS {
			add_organisation(1_000 + n, HOSPITAL_ADMIN);
			assert_ok!(Care::invite(signed(WALLET), 1_000 + n, until));
		}
		assert_noop!(
			Care::invite(signed(WALLET), HOSPITAL, until),
			PalletError::TooManyInvitations
		);
		// The same organisation again takes no other place.
		assert_ok!(Care::invite(signed(WALLET), 1_000, until));
		assert_noop!(Care::invite(signed(WALLET), 77, until), PalletError::UnknownOrganisation);
		// What has expired makes room.
		pass(30 * DAY);
		assert_ok!(Care::invite(signed(WALLET), HOSPITAL, now() + DAY));
		assert_eq!(Invitations::<Test>::get(PATIENT).open.len(), 1);
	});
}

#[test]
fn a_new_relationship_takes_the_place_of_the_one_that_lasts() {
	build_and_execute(|| {
		let first = open();
		pass(DAY);
		let second = open();
		assert!(matches!(
			last_event(),
			Event::RelationshipOpened { renewed: Some(id), .. } if id == first
		));
		let stored = Relationships::<Test>::get(first).unwrap();
		assert_eq!(stored.ended_by, Some(EndedBy::Renewal));
		assert_eq!(stored.treatment.ended, Some(now()));
		let at = |at| <Care as CareRelations>::relationship(&PATIENT, HOSPITAL, at).map(|r| r.0);
		assert_eq!(at(now() - 1), Some(first));
		assert_eq!(at(now()), Some(second));
	});
}

/// The organisation renews; the patient knows the number of the day on which it came.
#[test]
fn the_number_of_a_relationship_that_was_renewed_ends_what_took_its_place_and_once() {
	build_and_execute(|| {
		let first = open();
		let second = open();
		let third = open();
		assert_ok!(Care::end(signed(VIEWER), first));
		assert!(!treats());
		assert_eq!(
			last_event(),
			Event::RelationshipEnded {
				relationship: third,
				ended_by: EndedBy::Patient,
				by: VIEWER
			}
		);
		for id in [first, second, third] {
			assert_noop!(Care::end(signed(VIEWER), id), PalletError::AlreadyEnded);
			assert_noop!(Care::leave(signed(VIEWER), id), PalletError::AlreadyEnded);
		}
		let first = open();
		open();
		assert_noop!(Care::end(signed(OTHER_WALLET), first), PalletError::NotFound);
		assert_ok!(Care::leave(signed(VIEWER), first));
		assert!(!treats());
		let outs = OptOuts::<Test>::get(PATIENT);
		assert_eq!(outs.last().map(|out| out.towards), Some(Towards::Organisation(HOSPITAL)));
	});
}

/// Only renewals lead from the number to what lasts: what began by a new word is not what the patient means.
#[test]
fn the_number_of_a_relationship_that_was_renewed_does_not_end_one_that_began_after_an_end() {
	for between in [1, MAX_RENEWALS_FOLLOWED] {
		for how in [0, 1, 2] {
			build_and_execute(|| {
				let first = open();
				let mut last = first;
				for _ in 0..between {
					last = open();
				}
				match how {
					0 => {
						assert_ok!(Care::end(signed(WALLET), last));
					},
					1 => {
						assert_ok!(Care::end_for(signed(NURSE), HOSPITAL, last));
					},
					// It ends by itself.
					_ => pass(30 * DAY),
				}
				let new = open();
				// Renewed itself, as far as can be followed.
				for _ in 1..between {
					open();
				}
				assert_noop!(Care::end(signed(WALLET), first), PalletError::AlreadyEnded);
				assert_noop!(Care::leave(signed(WALLET), first), PalletError::AlreadyEnded);
				assert!(treats());
				assert_ok!(Care::end(signed(WALLET), new));
			});
		}
	}
}

/// However often the organisation renews, the first number is enough.
#[test]
fn the_number_of_a_relationship_that_was_renewed_many_times_ends_what_took_its_place() {
	for renewals in 1..MAX_RENEWALS_FOLLOWED + 4 {
		build_and_execute(|| {
			let first = open();
			for _ in 0..renewals {
				open();
			}
			assert_ok!(Care::end(signed(VIEWER), first));
			assert!(!treats(), "renewed {renewals} times");
		});
	}
}

#[test]
fn an_end_voids_the_invitations_for_the_organisation_and_no_others() {
	build_and_execute(|| {
		let id = open();
		invite(HOSPITAL);
		invite(CLINIC);
		assert_ok!(Care::end(signed(WALLET), id));
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotInvited);
		assert_ok!(open_by(SPECIALIST, CLINIC));
	});
}

#[test]
fn a_relationship_costs_a_deposit_and_without_it_there_is_none() {
	build_and_execute(|| {
		add_organisation(40, STRANGER);
		hire(40, 401, Role::Nurse);
		invite(40);
		assert!(open_by(401, 40).is_err(), "its administrator has no tokens");
		open();
		assert_eq!(held(HOSPITAL_ADMIN), deposit());
		assert_ok!(Care::end(signed(WALLET), 0));
		assert_eq!(held(HOSPITAL_ADMIN), deposit(), "it stays on record, and so does its deposit");
	});
}

#[test]
fn numbers_that_are_used_up_open_nothing_and_end_everything() {
	build_and_execute(|| {
		let id = open();
		invite(HOSPITAL);
		Pairs::<Test>::mutate(PATIENT, HOSPITAL, |pair| pair.words = u32::MAX);
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::IdsExhausted);
		assert_noop!(open_for(u32::MAX), PalletError::IdsExhausted);
		assert_ok!(Care::end(signed(WALLET), id));
		Pairs::<Test>::mutate(PATIENT, HOSPITAL, |pair| pair.words = 5);
		invite(HOSPITAL);
		NextRelationship::<Test>::put(u64::MAX);
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::IdsExhausted);
		NextRelationship::<Test>::put(1);
		Invitations::<Test>::mutate(PATIENT, |book| book.next = u32::MAX);
		assert_noop!(Care::invite(signed(WALLET), CLINIC, now() + DAY), PalletError::IdsExhausted);
	});
}
