//! Registering, alone and through a provider.

use super::*;
use crate::Parties;
use frame_support::traits::fungible::InspectHold;
use salus_primitives::agreement::{self, LOW_ORDER};
use salus_primitives::{time::DAY, traits::Patients as _, Cohort, Party, Role};

fn held(who: &AccountId) -> u64 {
	Balances::total_balance_on_hold(who)
}

#[test]
fn a_wallet_registers_itself_and_pays_the_deposit() {
	build_and_execute(|| {
		let wallet = Wallet::new(1);
		let key = wallet.account();
		let id = PatientIdentity::handle_of(&key);
		assert_ok!(PatientIdentity::register(signed(&key), AGREEMENT));
		assert_eq!(
			events(),
			[Event::Registered {
				patient: id,
				key: key.clone(),
				organisation: None,
				by: key.clone()
			}]
		);
		let document = PatientIdentity::resolve(&id).unwrap();
		assert_eq!(document.state, PatientState::Active);
		assert_eq!((document.since, document.created_at), (START, START));
		assert_eq!(document.registered_by, None);
		assert_eq!(document.agreement_key.value, AGREEMENT);
		assert_eq!(document.keys.len(), 1);
		assert_eq!(document.keys[0].account, key);
		assert_eq!(document.keys[0].purposes, KeyPurposeSet::ALL);
		assert!(is_live(&wallet) && is_welcomed(&key));
		assert!(held(&key) > 0);
		assert_eq!(PatientIdentity::patient_of(&key), Some(id));
		assert_eq!(PatientIdentity::state(&id), Some((PatientState::Active, START)));
		assert_eq!(PatientIdentity::registered_by(&id), None);
		assert_eq!(PatientIdentity::last_left_active(&id), None);
		assert!(PatientIdentity::key(&key).unwrap().was_live(START));
	});
}

#[test]
fn a_provider_registers_a_wallet_without_tokens_and_its_administrator_pays() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let key = wallet.account();
		assert_ok!(register_for(&wallet));
		let id = PatientIdentity::handle_of(&key);
		assert_eq!(
			events(),
			[Event::Registered {
				patient: id,
				key: key.clone(),
				organisation: Some(HOSPITAL),
				by: member(HOSPITAL),
			}]
		);
		assert_eq!(PatientIdentity::registered_by(&id), Some(HOSPITAL));
		assert!(held(&admin(HOSPITAL)) > 0);
		assert_eq!(held(&member(HOSPITAL)) + held(&key), 0);
		assert!(is_live(&wallet) && is_welcomed(&key));
	});
}

#[test]
fn the_administrator_may_register_too() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let expiry = now() + 1;
		assert_ok!(PatientIdentity::register_for(
			signed(&admin(HOSPITAL)),
			HOSPITAL,
			wallet.account(),
			AGREEMENT,
			expiry,
			registration(&wallet, HOSPITAL, expiry),
		));
	});
}

#[test]
fn only_those_who_act_for_a_licensed_provider_register_others() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let expiry = now() + 1;
		let by = |who: AccountId, org: OrgId| {
			PatientIdentity::register_for(
				signed(&who),
				org,
				wallet.account(),
				AGREEMENT,
				expiry,
				registration(&wallet, org, expiry),
			)
		};
		assert_noop!(by(member(CLINIC), HOSPITAL), Error::<Test>::NotAuthorised);
		assert_noop!(by(wallet.account(), HOSPITAL), Error::<Test>::NotAuthorised);
		assert_noop!(by(member(99), 98), Error::<Test>::NotAuthorised);
		// A member of an organisation that has no administrator: nobody could pay.
		assert_noop!(by(member(ORPHAN), ORPHAN), Error::<Test>::NotAuthorised);
		assert_noop!(by(member(INSURER), INSURER), Error::<Test>::NotLicensed);
		suspend(HOSPITAL);
		assert_noop!(by(member(HOSPITAL), HOSPITAL), Error::<Test>::NotLicensed);
		assert_ok!(by(member(CLINIC), CLINIC));
	});
}

#[test]
fn a_flagged_organisation_registers_nobody_in_its_own_name() {
	build_and_execute(|| {
		flag(HOSPITAL);
		let wallet = Wallet::new(200);
		assert_noop!(register_for(&wallet), Error::<Test>::FlaggedOrganisation);
	});
}

/// The event names the sender, for ever, beside the handle.
#[test]
fn nobody_who_works_at_a_flagged_organisation_registers_for_another() {
	build_and_execute(|| {
		let nurse = employed(Role::Nurse);
		assert_ok!(register_by(&nurse, 101));
		works_at_flagged(nurse.clone());
		assert_noop!(register_by(&nurse, 102), Error::<Test>::FlaggedOrganisation);
		assert_ok!(register_by(&employed(Role::Clinician), 102));
	});
}

/// The colleague's patients share what they may use up for nothing with nobody whom another can choose.
#[test]
fn whoever_chooses_a_key_or_the_moment_at_which_to_begin_does_not_choose_its_cohort() {
	build_and_execute(|| {
		MaxRegistrationsByMember::set(1_000);
		MaxRegistrations::set(1_000);
		let cohort = |seed: u8| {
			let handle = PatientIdentity::handle_of(&Wallet::new(seed).account());
			PatientIdentity::party(&handle).expect("registered by an organisation").cohort
		};
		let colleague = employed(Role::Nurse);
		assert_ok!(register_by(&colleague, 101));
		let chosen = cohort(101);
		// As many keys as one likes, tried one after the other: one for each of them is taken on.
		for seed in 0..60 {
			let who = employed_as([seed; 32].into(), Role::Clinician);
			assert_ok!(register_by(&who, 102 + seed));
			assert_ne!(cohort(102 + seed), chosen, "the key {seed} shares with the colleague");
			assert_eq!(cohort(102 + seed).desk(), 2 + u32::from(seed));
		}
		// Who has a desk keeps it, and the same account has another elsewhere.
		assert_ok!(register_by(&colleague, 170));
		assert_eq!(cohort(170), chosen);
		let (wallet, expiry) = (Wallet::new(171), now() + 1);
		assert_ok!(PatientIdentity::register_for(
			signed(&employed_as([7; 32].into(), Role::Clinician)),
			CLINIC,
			wallet.account(),
			AGREEMENT,
			expiry,
			registration(&wallet, CLINIC, expiry),
		));
		assert_eq!(cohort(171).desk(), 1);
	});
}

#[test]
fn a_key_registers_once_for_ever() {
	build_and_execute(|| {
		let (wallet, _) = registered(1);
		let again = || PatientIdentity::register(signed(&wallet.account()), AGREEMENT);
		assert_noop!(again(), Error::<Test>::KeyInUse);
		assert_noop!(register_for(&wallet), Error::<Test>::KeyInUse);
		// Nor once it is removed, nor while it is pending for another handle.
		let other = added(&wallet, 2, AUTHENTICATION);
		assert_ok!(remove(&wallet, &wallet));
		assert_noop!(again(), Error::<Test>::KeyInUse);
		let pending = Wallet::new(3);
		assert_ok!(add(&other, &pending, VIEW));
		assert_noop!(
			PatientIdentity::register(signed(&pending.account()), AGREEMENT),
			Error::<Test>::KeyInUse
		);
	});
}

#[test]
fn handles_are_of_one_network() {
	build_and_execute(|| {
		let key = Wallet::new(1).account();
		let here = PatientIdentity::handle_of(&key);
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256::repeat_byte(1));
		assert_ne!(here, PatientIdentity::handle_of(&key));
	});
}

#[test]
fn agreement_keys_of_low_order_are_refused() {
	build_and_execute(|| {
		let wallet = Wallet::new(1);
		for mut key in LOW_ORDER {
			// X25519 ignores the top bit.
			for top in [0x00, 0x80] {
				key[31] |= top;
				assert_noop!(
					PatientIdentity::register(signed(&wallet.account()), key),
					Error::<Test>::InvalidAgreementKey
				);
			}
		}
		let expiry = now() + 1;
		assert_noop!(
			PatientIdentity::register_for(
				signed(&member(HOSPITAL)),
				HOSPITAL,
				wallet.account(),
				[0; 32],
				expiry,
				registration(&wallet, HOSPITAL, expiry),
			),
			Error::<Test>::InvalidAgreementKey
		);
		// The base point, and the neighbours of those refused, are fine.
		let mut base = [0; 32];
		base[0] = 9;
		assert!(agreement::is_usable(&base));
		base[0] = 2;
		assert!(agreement::is_usable(&base));
	});
}

#[test]
fn without_a_deposit_or_a_welcome_nothing_is_registered() {
	build_and_execute(|| {
		let poor = Wallet::new(200);
		assert_noop!(
			PatientIdentity::register(signed(&poor.account()), AGREEMENT),
			sp_runtime::TokenError::FundsUnavailable
		);
		close_doors();
		let rich = Wallet::new(1);
		assert_noop!(
			PatientIdentity::register(signed(&rich.account()), AGREEMENT),
			sp_runtime::DispatchError::Other("closed")
		);
	});
}

/// A key that stands for a coverage elsewhere would show whose it is.
#[test]
fn a_reserved_key_becomes_nobodys() {
	build_and_execute(|| {
		assert_noop!(
			PatientIdentity::register(signed(&reserved()), [7; 32]),
			Error::<Test>::KeyInUse
		);
		assert_eq!(PatientIdentity::patient_of(&reserved()), None);
	});
}

/// `register_for` by `who` of the hospital, for a wallet of its own making.
fn register_by(who: &AccountId, seed: u8) -> DispatchResultWithPostInfo {
	let (wallet, expiry) = (Wallet::new(seed), now() + SIGNATURE_LIFE);
	PatientIdentity::register_for(
		signed(who),
		HOSPITAL,
		wallet.account(),
		AGREEMENT,
		expiry,
		registration(&wallet, HOSPITAL, expiry),
	)
}

#[test]
fn only_roles_of_care_and_records_register() {
	build_and_execute(|| {
		let mut seed = 100;
		let mut may = Vec::new();
		for role in Role::ALL {
			seed += 1;
			match register_by(&employed(*role), seed) {
				Ok(_) => may.push(*role),
				Err(why) => assert_eq!(why, Error::<Test>::NotAuthorised.into(), "{role:?}"),
			}
		}
		assert_eq!(may, [Role::Clinician, Role::Nurse, Role::Pharmacist, Role::DataSteward]);
	});
}

#[test]
fn one_member_of_staff_registers_its_share_and_leaves_the_others_theirs() {
	build_and_execute(|| {
		MaxRegistrationsByMember::set(3);
		MaxRegistrations::set(5);
		let (nurse, clinician) = (employed(Role::Nurse), employed(Role::Clinician));
		for seed in 101..=103 {
			assert_ok!(register_by(&nurse, seed));
		}
		assert_noop!(register_by(&nurse, 104), Error::<Test>::TooManyRegistrations);
		assert_ok!(register_by(&clinician, 104));
		assert_ok!(register_by(&clinician, 105));
		// The organisation's own limit, which another does not feel.
		assert_noop!(register_by(&clinician, 106), Error::<Test>::TooManyRegistrations);
		assert_noop!(register_by(&admin(HOSPITAL), 106), Error::<Test>::TooManyRegistrations);
		let (wallet, expiry) = (Wallet::new(107), now() + 1);
		assert_ok!(PatientIdentity::register_for(
			signed(&nurse),
			CLINIC,
			wallet.account(),
			AGREEMENT,
			expiry,
			registration(&wallet, CLINIC, expiry),
		));
		// It comes back evenly over the day.
		advance(DAY / 3);
		assert_ok!(register_by(&nurse, 108));
		assert_noop!(register_by(&nurse, 109), Error::<Test>::TooManyRegistrations);
		// Who registers itself pays for itself.
		registered(1);
	});
}

#[test]
fn a_handle_knows_who_keeps_its_limits() {
	build_and_execute(|| {
		let nurse = employed(Role::Nurse);
		assert_ok!(register_by(&nurse, 101));
		let of = |seed: u8| PatientIdentity::handle_of(&Wallet::new(seed).account());
		let party =
			Party { organisation: HOSPITAL, cohort: Cohort::of_patient(1, START), since: START };
		assert_eq!(PatientIdentity::party(&of(101)), Some(party));
		let (_, own) = registered(1);
		assert_eq!(PatientIdentity::party(&own), None);
		// As version 0.1.0 left it.
		Parties::<Test>::remove(of(101));
		let cohort = Cohort::of_patient(Cohort::UNRECORDED, START);
		assert_eq!(PatientIdentity::party(&of(101)), Some(Party { cohort, ..party }));
	});
}
