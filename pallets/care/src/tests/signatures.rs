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
		let message = |org, patient: &PatientId, kind, until, id, expiry| {
			messages::open_for(&genesis, org, patient, kind, until, id, expiry)
		};
		let wrong = [
			TestSignature(VIEWER, message(HOSPITAL, &PATIENT, admission, until, 0, expiry)),
			of(message(CLINIC, &PATIENT, admission, until, 0, expiry)),
			of(message(HOSPITAL, &OTHER_PATIENT, admission, until, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, RelationshipKind::Ambulatory, until, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until + 1, 0, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until, 1, expiry)),
			of(message(HOSPITAL, &PATIENT, admission, until, 0, expiry + 1)),
			of(messages::open_for(&elsewhere, HOSPITAL, &PATIENT, admission, until, 0, expiry)),
			of(messages::refer(&genesis, HOSPITAL, &PATIENT, CLINIC, until, 0, expiry)),
			of((
				b"salus:care:open_for:v2",
				genesis,
				HOSPITAL,
				PATIENT,
				admission,
				until,
				0u32,
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
			Care::open_for(signed(CLINICIAN), HOSPITAL, key, kind, until, 0, expiry, signature)
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
			let message =
				messages::open_for(&Care::genesis(), HOSPITAL, &PATIENT, kind, until, 0, expiry);
			let signature = TestSignature(WALLET, message);
			Care::open_for(signed(CLINICIAN), HOSPITAL, WALLET, kind, until, 0, expiry, signature)
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
			assert_ok!(open_for(next_word()));
			assert!(treats());
		}
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
fn refer(id: u32) -> DispatchResult {
	refer_to(CLINIC, id)
}

fn refer_to(to: OrgId, id: u32) -> DispatchResult {
	let (until, expiry) = (now() + 20 * DAY, now() + HOUR);
	let message = messages::refer(&Care::genesis(), HOSPITAL, &PATIENT, to, until, id, expiry);
	let signature = TestSignature(WALLET, message);
	Care::refer(signed(CLINICIAN), HOSPITAL, to, WALLET, until, id, expiry, signature)
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
			Care::refer(signed(by), HOSPITAL, CLINIC, WALLET, until, 0, expiry, signature)
		};
		let good = messages::refer(&genesis, HOSPITAL, &PATIENT, CLINIC, until, 0, expiry);
		let good = TestSignature(WALLET, good);
		assert_noop!(with(STRANGER, until, expiry, good.clone()), PalletError::NotAuthorised);
		assert_noop!(with(CLINICIAN, until, now(), good.clone()), PalletError::SignatureExpired);
		let far = now() + HOUR + 1;
		assert_noop!(with(CLINICIAN, until, far, good.clone()), PalletError::ExpiryTooFar);
		assert_noop!(with(CLINICIAN, now(), expiry, good.clone()), PalletError::InvalidTerm);
		assert_noop!(with(CLINICIAN, until + 1, expiry, good), PalletError::BadSignature);
		let other = messages::refer(&genesis, HOSPITAL, &PATIENT, HIV_CLINIC, until, 0, expiry);
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
	let open_for = messages::open_for(
		&genesis,
		10,
		&patient,
		RelationshipKind::PrimaryCare,
		2_000_000_000,
		5,
		1_900_000_000,
	);
	let expected = [
		b"salus:care:open_for:v1".to_vec(),
		vec![1; 32],
		10u32.to_le_bytes().to_vec(),
		vec![3; 32],
		vec![2],
		2_000_000_000u64.to_le_bytes().to_vec(),
		5u32.to_le_bytes().to_vec(),
		1_900_000_000u64.to_le_bytes().to_vec(),
	]
	.concat();
	assert_eq!(open_for, expected);
	let refer = messages::refer(&genesis, 10, &patient, 20, 2_000_000_000, 5, 1_900_000_000);
	let expected = [
		b"salus:care:refer:v1".to_vec(),
		vec![1; 32],
		10u32.to_le_bytes().to_vec(),
		vec![3; 32],
		20u32.to_le_bytes().to_vec(),
		2_000_000_000u64.to_le_bytes().to_vec(),
		5u32.to_le_bytes().to_vec(),
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
	for message in [
		messages::open_for(&genesis, 7, &patient, kind, until, id, expiry),
		messages::refer(&genesis, 7, &patient, 8, until, id, expiry),
	] {
		let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
		assert!(file.contains(&format!("\"message\": \"0x{hex}\"")), "{hex}");
	}
}
