//! What this chain does because there is a relay chain: who makes blocks, how code is replaced, what becomes of
//! messages.

use crate::{
	common::{account, Chain},
	of_consensus::RELAY,
};
use codec::Encode;
use cumulus_primitives_core::relay_chain::UpgradeGoAhead;
use frame_support::{assert_noop, assert_ok, traits::UnfilteredDispatchable};
use frame_system::SetCode;
use salus_parachain_runtime::{genesis_config_presets::*, *};
use salus_primitives::{OrgKind, OrgKindSet};
use sp_core::H256;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError,
};

#[test]
fn every_collator_of_the_presets_makes_blocks() {
	for patch in [development(), local_testnet()] {
		let mut chain = Chain::from_preset(patch);
		chain.run(|| {
			let authorities = pallet_aura::Authorities::<Runtime>::get();
			assert_eq!(authorities.len(), Session::validators().len());
		});
	}
}

/// As its operator does it: an organisation that is licensed, the Council's vote, keys made by the node, and their proof.
#[test]
fn a_collator_that_governance_adds_makes_blocks_two_sessions_later() {
	let mut chain = Chain::development();
	chain.ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	let bob = account("Bob");
	let (kinds, until) = (OrgKindSet::of(&[OrgKind::Provider]), chain.now() + 1_000_000);
	let org = chain.organisation("Bob", kinds, until);
	chain.run(|| {
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		assert_ok!(ValidatorSet::add_validator(council, bob.clone(), org));
	});
	let made = chain.run(|| SessionKeys::generate(&bob.encode(), None));
	let (keys, proof) = (made.keys, made.proof.encode());
	let stranger = pallet_session::Call::set_keys { keys: keys.clone(), proof: proof.clone() };
	assert!(chain.dispatch("Charlie", stranger).is_err(), "the proof is of Bob's account");
	chain.succeed("Bob", pallet_session::Call::set_keys { keys, proof });
	for _ in 0..3 * SHORT_SESSION {
		chain.next_block();
	}
	chain.run(|| assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 2));
}

/// Safe mode stops what it stops, and blocks are made.
#[test]
fn what_the_relay_chain_says_comes_into_blocks_in_safe_mode_and_cannot_be_paused() {
	let mut chain = Chain::development();
	let council = || -> RuntimeOrigin {
		pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
			.into()
	};
	chain.run(|| {
		let name = |text: &[u8]| text.to_vec().try_into().expect("short");
		let inherent = (name(b"ParachainSystem"), name(b"set_validation_data"));
		assert!(TxPause::pause(council(), inherent).is_err());
		assert_ok!(SafeMode::force_enter(council()));
	});
	for _ in 0..3 {
		chain.next_block();
	}
	assert!(chain.run(SafeMode::is_entered));
}

#[test]
fn code_is_replaced_when_the_relay_chain_gives_its_go_ahead_and_not_before() {
	let mut chain = Chain::development();
	let code = || sp_io::storage::get(sp_core::storage::well_known_keys::CODE);
	let before = chain.run(code);
	chain.run(|| {
		assert_ok!(<Runtime as frame_system::Config>::OnSetCode::set_code(vec![7; 100]));
	});
	for _ in 0..3 {
		chain.next_block();
		assert_eq!(chain.run(code), before);
	}
	// A second upgrade waits for the first.
	chain.run(|| {
		let again = <Runtime as frame_system::Config>::OnSetCode::set_code(vec![8; 100]);
		assert_eq!(
			again,
			Err(cumulus_pallet_parachain_system::Error::<Runtime>::OverlappingUpgrades.into())
		);
	});
	RELAY.with_borrow_mut(|relay| relay.upgrade = Some(UpgradeGoAhead::GoAhead));
	chain.next_block();
	assert_eq!(chain.run(code).as_deref(), Some(&vec![7; 100][..]));
}

#[test]
fn code_that_the_relay_chain_refuses_is_forgotten() {
	let mut chain = Chain::development();
	chain.run(|| {
		assert_ok!(<Runtime as frame_system::Config>::OnSetCode::set_code(vec![7; 100]));
	});
	RELAY.with_borrow_mut(|relay| relay.upgrade = Some(UpgradeGoAhead::Abort));
	chain.next_block();
	chain.run(|| {
		assert!(!cumulus_pallet_parachain_system::PendingValidationCode::<Runtime>::exists());
	});
}

/// Without a signature nobody pays for what fails. So code that the relay chain would not take does not get into a block.
#[test]
fn authorised_code_that_cannot_be_stored_now_is_refused_before_a_block() {
	use cumulus_pallet_parachain_system::{HostConfiguration, UpgradeRestrictionSignal};
	use cumulus_primitives_core::relay_chain::UpgradeRestriction;
	use frame_support::storage::{with_transaction, TransactionOutcome};
	let mut chain = Chain::development();
	chain.run(|| {
		let most =
			HostConfiguration::<Runtime>::get().expect("the relay chain said so").max_code_size;
		let bare = |code: &[u8]| {
			let code = code.to_vec();
			UncheckedExtrinsic::new_bare(
				frame_system::Call::apply_authorized_upgrade { code }.into(),
			)
		};
		let authorise = |code: &[u8]| {
			let code_hash = BlakeTwo256::hash(code);
			let call =
				frame_system::Call::<Runtime>::authorize_upgrade_without_checks { code_hash };
			assert_ok!(call.dispatch_bypass_filter(RuntimeOrigin::root()));
		};
		let judged = |code: &[u8]| {
			// It begins a block of its own.
			with_transaction(|| {
				let external = TransactionSource::External;
				let judged = Executive::validate_transaction(external, bare(code), H256::zero());
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(judged.map(drop)))
			})
			.expect("it was not dispatched")
		};
		let refused = Err(InvalidTransaction::Call.into());
		let (largest, too_large) = (vec![7; most as usize], vec![7; most as usize + 1]);

		authorise(&too_large);
		assert_eq!(judged(&too_large), refused);
		authorise(&largest);
		assert_eq!(judged(&largest), Ok(()));

		UpgradeRestrictionSignal::<Runtime>::put(Some(UpgradeRestriction::Present));
		assert_eq!(judged(&largest), refused);
		assert_eq!(Executive::apply_extrinsic(bare(&largest)), refused.map(Ok));
		UpgradeRestrictionSignal::<Runtime>::kill();

		assert_eq!(judged(&largest), Ok(()));
		assert_ok!(Executive::apply_extrinsic(bare(&largest)).expect("it is in the block"));
		// Another one, while that waits for the relay chain.
		authorise(&largest);
		assert_eq!(judged(&largest), refused);
	});
}

#[test]
fn a_message_from_the_relay_chain_is_dropped_and_the_chain_goes_on() {
	let mut chain = Chain::development();
	// Bytes that are no message, and more of them than a message has.
	RELAY.with_borrow_mut(|relay| relay.messages = vec![vec![0xff; 8], vec![0; 10_000]]);
	chain.next_block();
	// Nothing is done for it: in the block are the two inherents and what fees do.
	chain.run(|| {
		for record in System::events() {
			let what = format!("{:?}", record.event);
			assert!(what.contains("ParachainSystem") || what.contains("System"), "{what}");
		}
	});
	chain.next_block();
	let to = account("Bob").into();
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest: to, value: UNIT });
}

#[test]
fn nobody_sends_a_message_to_the_relay_chain() {
	let mut chain = Chain::development();
	let call: RuntimeCall =
		cumulus_pallet_parachain_system::Call::sudo_send_upward_message { message: vec![1, 2, 3] }
			.into();
	assert_eq!(chain.refused("Alice", call.clone()), InvalidTransaction::Call.into());
	chain.run(|| {
		assert_noop!(
			call.dispatch_bypass_filter(RuntimeOrigin::signed(account("Alice"))),
			DispatchError::BadOrigin
		);
		assert!(cumulus_pallet_parachain_system::PendingUpwardMessages::<Runtime>::get().is_empty());
	});
}
