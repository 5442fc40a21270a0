//! What a patient signs off chain opens one relationship, for whom it names, and nothing after an end or an opt-out.

use super::*;
use codec::Encode;
use salus_primitives::signing;

#[test]
fn a_signature_raw_or_wrapped_opens_a_relationship_once() {
	build_and_execute(|| {
		assert_eq!(next_word(), 0);
		assert_ok!(open_for(0));
		assert!(treats());
		assert_eq!(Relationships::<Test>::get(0).unwrap().word, Word::Signature);
		assert_noop!(open_for(0), PalletError::WrongId);
		assert_eq!(next_word(), 1);
		let expiry = now() + HOUR;
		let TestSignature(key, message) = word(WALLET, HOSPITAL, 1, expiry);
		let wrapped = TestSignature(key, signing::wrapped(&message));
		assert_ok!(hand_in(CLINICIAN, HOSPITAL, 1, expiry, wrapped));
	});
}

/// Everything in the message is bound: nothing of it can be swapped.
#[test]
fn a_signature_for_anything_else_is_refused() {
	build_and_execute(|| {
		let expiry = now() + HOUR;
		let until = now() + 30 * DAY;
		let genesis = Care::genesis();
		let elsewhere = sp_core::H256::repeat_byte(7);
		let admission = RelationshipKind::Admission;
		let of = |bytes: Vec<u8>| TestSignature(WALLET, bytes);
		let seen = seen();
		let message = |org, patient: &PatientId, kind, until, id, expiry| {
			messages::open_for(&genesis, org, patient, kind, until, id, &seen, expiry)
		};
		let wrong = [
			TestSignature(VIEWER, message(HOSPITAL, &PATIENT, admission, until, 0, expiry)),
			of(message(CLINIC, &PATIENT, admission, until, 0, expiry)),
			of(message(HOSPITAL, &OTHER_PATIENT, admission, until, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, RelationshipKind::Ambulatory, until, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until + 1, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until, 1, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until, 0, expiry + 1)),
			of(messages::open_for(
				&elsewhere, HOSPITAL, &PATIENT, admission, until, 0, &seen, expiry,
			)),
			// Another block, and another hash of it.
			of(messages::open_for(
				&genesis,
				HOSPITAL,
				&PATIENT,
				admission,
				until,
				0,
				&(seen.0 + 1, seen.1),
				expiry,
			)),
			of(messages::open_for(
				&genesis,
				HOSPITAL,
				&PATIENT,
				admission,
				until,
				0,
				&(seen.0, elsewhere),
				expiry,
			)),
			of(messages::refer(&genesis, HOSPITAL, &PATIENT, CLINIC, until, 0, &seen, expiry)),
			of((
				b"salus:care:open_for:v1",
				genesis,
				HOSPITAL,
				PATIENT,
				admission,
				until,
				0u32,
				seen,
				expiry,
			)
				.encode()),
			of(vec![]),
		];
		for signature in wrong {
			assert_noop!(
				hand_in(CLINICIAN, HOSPITAL, 0, expiry, signature),
				PalletError::BadSignature
			);
		}
		assert_ok!(open_for(0));
	});
}

#[test]
fn the_key_must_be_live_and_for_consent() {
	build_and_execute(|| {
		let expiry = now() + HOUR;
		let by = |key| {
			let signature = TestSignature(key, vec![]);
			let (kind, until) = (RelationshipKind::Admission, now() + 30 * DAY);
			let block = seen().0;
			Care::open_for(
				signed(CLINICIAN),
				HOSPITAL,
				key,
				kind,
				until,
				0,
				block,
				expiry,
				signature,
			)
		};
		for key in [VIEWER, STRANGER, CLINICIAN] {
			assert_noop!(by(key), PalletError::NotAuthorised);
		}
		end_key(WALLET);
		assert_noop!(open_for(0), PalletError::NotAuthorised);
	});
}

#[test]
fn a_signature_lives_for_an_hour_at_most() {
	build_and_execute(|| {
		let with =
			|expiry| hand_in(CLINICIAN, HOSPITAL, 0, expiry, word(WALLET, HOSPITAL, 0, expiry));
		assert_noop!(with(now()), PalletError::SignatureExpired);
		assert_noop!(with(now() + HOUR + 1), PalletError::ExpiryTooFar);
		assert_ok!(with(now() + 1));
	});
}

#[test]
fn who_hands_it_in_must_record_for_the_organisation_that_it_names() {
	build_and_execute(|| {
		let expiry = now() + HOUR;
		let signature = word(WALLET, HOSPITAL, 0, expiry);
		let by = |who, org| hand_in(who, org, 0, expiry, signature.clone());
		assert_noop!(by(STRANGER, HOSPITAL), PalletError::NotAuthorised);
		assert_noop!(by(SPECIALIST, HOSPITAL), PalletError::NotAuthorised);
		assert_noop!(by(SPECIALIST, CLINIC), PalletError::BadSignature);
		assert_noop!(by(HIV_CLINIC_ADMIN, HIV_CLINIC), PalletError::FlaggedOrganisation);
		suspend(HOSPITAL);
		assert_noop!(by(CLINICIAN, HOSPITAL), PalletError::NotLicensed);
	});
}

#[test]
fn a_term_and_a_kind_are_checked_as_with_an_invitation() {
	build_and_execute(|| {
		let expiry = now() + HOUR;
		let with = |kind, until| {
			let (by, seen) = (signed(CLINICIAN), seen());
			let genesis = Care::genesis();
			let message =
				messages::open_for(&genesis, HOSPITAL, &PATIENT, kind, until, 0, &seen, expiry);
			let signature = TestSignature(WALLET, message);
			Care::open_for(by, HOSPITAL, WALLET, kind, until, 0, seen.0, expiry, signature)
		};
		let kind = RelationshipKind::PrimaryCare;
		assert_noop!(with(kind, now()), PalletError::InvalidTerm);
		assert_noop!(with(kind, now() + YEAR + 1), PalletError::InvalidTerm);
		assert_noop!(with(RelationshipKind::Referral, now() + DAY), PalletError::WrongKind);
		assert_ok!(with(kind, now() + YEAR));
	});
}

#[test]
fn an_end_voids_what_was_signed_before_it() {
	build_and_execute(|| {
		let id = open();
		let signed_before = next_word();
		assert_ok!(Care::end(signed(WALLET), id));
		assert_noop!(open_for(signed_before), PalletError::WrongId);
		// And so does an end by the organisation.
		let id = open();
		let signed_before = next_word();
		assert_ok!(Care::end_for(signed(NURSE), HOSPITAL, id));
		assert_noop!(open_for(signed_before), PalletError::WrongId);
		// In the block of the end no word counts that could have been given before it.
		assert_noop!(open_for(next_word()), PalletError::WordVoid);
		next_block();
		assert_ok!(open_for(next_word()));
	});
}

#[test]
fn a_signature_opens_nothing_after_an_opt_out_and_nothing_after_opting_in_again() {
	build_and_execute(|| {
		for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
			let before = next_word();
			assert_ok!(match towards {
				Towards::Everybody => Care::opt_out(signed(VIEWER)),
				Towards::Organisation(org) => Care::opt_out_of(signed(VIEWER), org),
			});
			assert_noop!(open_for(before), PalletError::OptedOut);
			assert_ok!(Care::opt_in(signed(WALLET), towards));
			pass(DAY);
			assert_ok!(Care::apply_opt_in(signed(STRANGER), PATIENT, towards));
			assert_noop!(open_for(before), PalletError::WrongId);
			assert!(next_word() > before);
			next_block();
			assert_ok!(open_for(next_word()));
			assert!(treats());
		}
	});
}

/// The signature of the wallet with the id `id` that names `seen`, and its end.
fn named(
	id: u32,
	seen: messages::Seen<u64, sp_core::H256>,
) -> (TestSignature, u64, Moment, Moment) {
	let (until, expiry) = (START + 30 * DAY, START + 2 * DAY + HOUR);
	let (genesis, kind) = (Care::genesis(), RelationshipKind::Admission);
	let message = messages::open_for(&genesis, HOSPITAL, &PATIENT, kind, until, id, &seen, expiry);
	(TestSignature(WALLET, message), seen.0, until, expiry)
}

fn hand(word: &(TestSignature, u64, Moment, Moment), id: u32) -> DispatchResultWithPostInfo {
	let (signature, block, until, expiry) = word.clone();
	let (by, kind) = (signed(CLINICIAN), RelationshipKind::Admission);
	Care::open_for(by, HOSPITAL, WALLET, kind, until, id, block, expiry, signature)
}

/// What was wrong: the number that is due later can be told in advance, and the expiry dated ahead.
#[test]
fn what_was_signed_ahead_with_the_number_that_an_end_makes_due_opens_nothing_after_it() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		assert_ok!(open_for(0));
		let ahead = named(2, seen());
		assert_ok!(Care::end(signed(WALLET), 0));
		assert_eq!(next_word(), 2);
		for _ in 0..3 {
			assert_noop!(hand(&ahead, 2), PalletError::WordVoid);
			next_block();
		}
		// What is signed by somebody who knows the block of the end was signed after it.
		assert_ok!(hand(&named(2, seen()), 2));
	});
}

#[test]
fn what_was_signed_ahead_opens_nothing_after_an_end_by_the_organisation() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		assert_ok!(open_for(0));
		let ahead = named(2, seen());
		assert_ok!(Care::end_for(signed(NURSE), HOSPITAL, 0));
		next_block();
		assert_noop!(hand(&ahead, 2), PalletError::WordVoid);
	});
}

#[test]
fn what_was_signed_ahead_opens_nothing_after_an_opt_out_and_a_return() {
	for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
		build_and_execute(|| {
			let ahead = named(1, seen());
			assert_ok!(match towards {
				Towards::Everybody => Care::opt_out(signed(VIEWER)),
				Towards::Organisation(org) => Care::opt_out_of(signed(VIEWER), org),
			});
			assert_ok!(Care::opt_in(signed(WALLET), towards));
			pass(2 * DAY);
			assert_ok!(Care::apply_opt_in(signed(STRANGER), PATIENT, towards));
			assert_eq!(next_word(), 1);
			assert_noop!(hand(&ahead, 1), PalletError::WordVoid);
			assert_ok!(hand(&named(1, seen()), 1));
		});
	}
}

/// Whoever had the phone for a minute signs for an accomplice; the owner freezes and thaws.
#[test]
fn what_was_signed_before_a_freeze_opens_and_refers_nothing_after_the_thaw() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		open();
		let (until, expiry) = (now() + 20 * DAY, now() + HOUR);
		let (word, referral) = (named(1, seen()), seen());
		next_block();
		set_state(PATIENT, PatientState::Frozen);
		next_block();
		set_state(PATIENT, PatientState::Active);
		next_block();
		assert_noop!(hand(&word, 1), PalletError::WordVoid);
		assert_noop!(refer_with(CLINIC, 0, referral, until, expiry), PalletError::WordVoid);
		assert_ok!(refer_with(CLINIC, 0, seen(), until, expiry));
		assert_ok!(hand(&named(1, seen()), 1));
	});
}

#[test]
fn taking_an_invitation_back_voids_what_was_signed_for_the_organisation_and_for_no_other() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		let word = named(0, seen());
		let invitation = invite(CLINIC);
		assert_ok!(Care::withdraw_invitation(signed(WALLET), invitation));
		next_block();
		assert_ok!(hand(&word, 0));
		let word = named(1, seen());
		let invitation = invite(HOSPITAL);
		assert_ok!(Care::withdraw_invitation(signed(WALLET), invitation));
		next_block();
		assert_noop!(hand(&word, 1), PalletError::WordVoid);
	});
}

/// The patient invites the organisation, and takes that back at once.
fn take_back(organisation: OrgId) {
	let invitation = invite(organisation);
	assert_ok!(Care::withdraw_invitation(signed(WALLET), invitation));
}

/// The same with so many others.
fn take_back_from_others(count: u32) {
	for organisation in 1_000..1_000 + count {
		add_organisation(organisation, HOSPITAL_ADMIN);
		take_back(organisation);
	}
}

fn voided() -> Vec<(Towards, u64)> {
	VoidedIn::<Test>::get(PATIENT).into_inner()
}

/// Words are voided as long as a signature that was made before can be young enough, and no longer.
#[test]
fn what_voided_words_is_kept_for_as_long_as_a_signature_is_good() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		let word = named(0, seen());
		take_back(HOSPITAL);
		let block = System::block_number();
		let of = |org| (Towards::Organisation(org), block);
		assert_eq!(voided(), [of(HOSPITAL)]);
		for age in 1..AGE {
			next_block();
			take_back(CLINIC);
			let again = (Towards::Organisation(CLINIC), block + age);
			assert_eq!(voided(), [of(HOSPITAL), again], "{age}");
			// It names the last block before that of the withdrawal.
			assert_noop!(hand(&word, 0), PalletError::WordVoid);
		}
		next_block();
		assert_noop!(hand(&word, 0), PalletError::BlockTooOld);
		take_back(CLINIC);
		assert_eq!(voided(), [(Towards::Organisation(CLINIC), block + AGE)]);
		assert_noop!(hand(&word, 0), PalletError::BlockTooOld);
	});
}

#[test]
fn where_too_many_words_are_voided_in_a_short_time_all_are() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		let word = named(0, seen());
		take_back_from_others(MAX_VOIDED);
		assert_eq!(voided().len(), MAX_VOIDED as usize);
		next_block();
		assert_ok!(hand(&word, 0));
		let word = named(1, seen());
		take_back(CLINIC);
		assert_eq!(voided(), [(Towards::Everybody, System::block_number())]);
		next_block();
		assert_noop!(hand(&word, 1), PalletError::WordVoid);
		assert_ok!(hand(&named(1, seen()), 1));
	});
}

#[test]
fn opting_out_towards_everybody_takes_the_place_of_what_voided_words_before() {
	build_and_execute(|| {
		take_back_from_others(3);
		assert_ok!(Care::opt_out(signed(VIEWER)));
		assert_eq!(voided(), [(Towards::Everybody, System::block_number())]);
	});
}

#[test]
fn a_signature_names_a_block_that_there_is_and_that_is_not_long_ago() {
	build_and_execute(|| {
		set_now(START + 2 * DAY);
		for _ in 0..AGE {
			next_block();
		}
		let present = System::block_number();
		let oldest = present - AGE;
		let of = |number| (number, System::block_hash(number));
		assert_noop!(hand(&named(0, of(oldest - 1)), 0), PalletError::BlockTooOld);
		// The present one has no hash yet, and one that is to come has none either: zeros could be signed in advance.
		for number in [present, present + 1, u64::MAX] {
			assert_eq!(of(number).1, Default::default());
			assert_noop!(hand(&named(0, of(number)), 0), PalletError::UnknownBlock);
		}
		frame_system::BlockHash::<Test>::remove(oldest + 1);
		assert_noop!(hand(&named(0, of(oldest + 1)), 0), PalletError::UnknownBlock);
		assert_ok!(hand(&named(0, of(oldest)), 0));
	});
}

#[test]
fn every_id_is_due_once() {
	build_and_execute(|| {
		let mut seen = std::collections::BTreeSet::new();
		let mut due = || assert!(seen.insert(next_word()), "{} again", next_word());
		due();
		let id = open();
		due();
		assert_ok!(Care::end(signed(WALLET), id));
		due();
		assert_ok!(Care::opt_out(signed(WALLET)));
		due();
		assert_ok!(Care::opt_out_of(signed(WALLET), HOSPITAL));
		due();
		for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
			assert_ok!(Care::opt_in(signed(WALLET), towards));
		}
		pass(DAY);
		for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
			assert_ok!(Care::apply_opt_in(signed(WALLET), PATIENT, towards));
		}
		let id = open();
		due();
		assert_ok!(Care::leave(signed(WALLET), id));
		due();
	});
}

/// The hospital sends the patient to the clinic, with the patient's signature.
pub(super) fn refer(id: u32) -> DispatchResultWithPostInfo {
	refer_to(CLINIC, id)
}

fn refer_to(to: OrgId, id: u32) -> DispatchResultWithPostInfo {
	let (until, expiry) = (now() + 20 * DAY, now() + HOUR);
	refer_with(to, id, seen(), until, expiry)
}

fn refer_with(
	to: OrgId,
	id: u32,
	seen: messages::Seen<u64, sp_core::H256>,
	until: Moment,
	expiry: Moment,
) -> DispatchResultWithPostInfo {
	let genesis = Care::genesis();
	let message = messages::refer(&genesis, HOSPITAL, &PATIENT, to, until, id, &seen, expiry);
	let signature = TestSignature(WALLET, message);
	Care::refer(signed(CLINICIAN), HOSPITAL, to, WALLET, until, id, seen.0, expiry, signature)
}

#[test]
fn whoever_treats_a_patient_sends_it_elsewhere_with_its_word() {
	build_and_execute(|| {
		assert_noop!(refer(0), PalletError::NotRelated);
		open();
		assert_ok!(refer(0));
		assert_noop!(refer(0), PalletError::WrongId);
		let until = now() + 20 * DAY;
		let by = |kind| Care::open(signed(SPECIALIST), CLINIC, PATIENT, kind, until);
		assert_noop!(by(RelationshipKind::Admission), PalletError::WrongKind);
		assert_ok!(by(RelationshipKind::Referral));
		assert_eq!(Relationships::<Test>::get(1).unwrap().referred_by, Some(HOSPITAL));
		invite(HOSPITAL);
		assert_noop!(
			Care::open(signed(CLINICIAN), HOSPITAL, PATIENT, RelationshipKind::Referral, until),
			PalletError::WrongKind
		);
	});
}

#[test]
fn a_referral_is_refused_for_whatever_would_let_too_much() {
	build_and_execute(|| {
		open();
		assert_noop!(refer_to(HOSPITAL, next_word()), PalletError::SameOrganisation);
		assert_noop!(refer_to(77, 0), PalletError::UnknownOrganisation);
		assert_noop!(refer_to(HIV_CLINIC, 0), PalletError::FlaggedOrganisation);
		let (until, expiry) = (now() + 20 * DAY, now() + HOUR);
		let genesis = Care::genesis();
		let with = |by, until, expiry, signature| {
			let block = seen().0;
			Care::refer(signed(by), HOSPITAL, CLINIC, WALLET, until, 0, block, expiry, signature)
		};
		let good = messages::refer(&genesis, HOSPITAL, &PATIENT, CLINIC, until, 0, &seen(), expiry);
		let good = TestSignature(WALLET, good);
		assert_noop!(with(STRANGER, until, expiry, good.clone()), PalletError::NotAuthorised);
		assert_noop!(with(CLINICIAN, until, now(), good.clone()), PalletError::SignatureExpired);
		let far = now() + HOUR + 1;
		assert_noop!(with(CLINICIAN, until, far, good.clone()), PalletError::ExpiryTooFar);
		assert_noop!(with(CLINICIAN, now(), expiry, good.clone()), PalletError::InvalidTerm);
		assert_noop!(with(CLINICIAN, until + 1, expiry, good), PalletError::BadSignature);
		let other =
			messages::refer(&genesis, HOSPITAL, &PATIENT, HIV_CLINIC, until, 0, &seen(), expiry);
		let other = TestSignature(WALLET, other);
		assert_noop!(with(CLINICIAN, until, expiry, other), PalletError::BadSignature);
		assert_ok!(Care::opt_out_of(signed(WALLET), CLINIC));
		let id = Care::next_word(&PATIENT, CLINIC).unwrap();
		assert_noop!(refer(id), PalletError::OptedOut);
	});
}

#[test]
fn the_messages_are_these_bytes() {
	let patient = PatientId::repeat_byte(3);
	let genesis = sp_core::H256::repeat_byte(1);
	let seen = (77u32, sp_core::H256::repeat_byte(9));
	let open_for = messages::open_for(
		&genesis,
		10,
		&patient,
		RelationshipKind::PrimaryCare,
		2_000_000_000,
		5,
		&seen,
		1_900_000_000,
	);
	let expected = [
		b"salus:care:open_for:v2".to_vec(),
		vec![1; 32],
		10u32.to_le_bytes().to_vec(),
		vec![3; 32],
		vec![2],
		2_000_000_000u64.to_le_bytes().to_vec(),
		5u32.to_le_bytes().to_vec(),
		77u32.to_le_bytes().to_vec(),
		vec![9; 32],
		1_900_000_000u64.to_le_bytes().to_vec(),
	]
	.concat();
	assert_eq!(open_for, expected);
	let refer = messages::refer(&genesis, 10, &patient, 20, 2_000_000_000, 5, &seen, 1_900_000_000);
	let expected = [
		b"salus:care:refer:v2".to_vec(),
		vec![1; 32],
		10u32.to_le_bytes().to_vec(),
		vec![3; 32],
		20u32.to_le_bytes().to_vec(),
		2_000_000_000u64.to_le_bytes().to_vec(),
		5u32.to_le_bytes().to_vec(),
		77u32.to_le_bytes().to_vec(),
		vec![9; 32],
		1_900_000_000u64.to_le_bytes().to_vec(),
	]
	.concat();
	assert_eq!(refer, expected);
}

/// `docs/vectors/signing.json` holds these messages, which other implementations build by themselves.
#[test]
fn the_published_messages_are_those_of_the_pallet() {
	let file = include_str!("../../../../docs/vectors/signing.json");
	let genesis = sp_core::H256::repeat_byte(0x47);
	let patient = "2681667b82d674691da24c0ae6b3e37694e88d6cb7eb08dc67c03969a9ec55ac";
	let patient: PatientId = patient.parse().expect("hex");
	let (until, id, expiry) = (1_831_536_000, 5, 1_800_003_600);
	let kind = RelationshipKind::PrimaryCare;
	let seen = (1_234_567u32, sp_core::H256::repeat_byte(0x48));
	for message in [
		messages::open_for(&genesis, 7, &patient, kind, until, id, &seen, expiry),
		messages::refer(&genesis, 7, &patient, 8, until, id, &seen, expiry),
	] {
		let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
		assert!(file.contains(&format!("\"message\": \"0x{hex}\"")), "{hex}");
	}
}
