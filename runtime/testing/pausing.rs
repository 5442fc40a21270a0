//! Stopping single calls: what can be stopped, what never, and by whom.

use crate::common::{account, every_call, Chain};
use crate::runtime::{
	policy::{filter::CallFilter, is_free_when_effective, is_tightening, pausing::NeverPaused},
	*,
};
use frame_support::{assert_noop, assert_ok, traits::Contains};
use pallet_consent::Grantee;
use pallet_tx_pause::{Error, RuntimeCallNameOf};
use sp_runtime::{traits::Dispatchable, DispatchError};

fn name(pallet: &str, call: &str) -> RuntimeCallNameOf<Runtime> {
	let bytes = |text: &str| text.as_bytes().to_vec().try_into().expect("no longer than a name");
	(bytes(pallet), bytes(call))
}

fn council() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(2, 3).into()
}

fn technical() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(2, 3).into()
}

#[test]
fn a_paused_call_is_refused_until_it_is_let_go_on() {
	let (mut chain, org, _) = Chain::with_patient();
	let permit = chain.permit(Grantee::Organisation(org));
	assert_ok!(chain.run(|| TxPause::pause(technical(), name("Consent", "permit"))));
	chain.refused("Patient", permit.clone());
	// Nor in a batch.
	let batch = pallet_utility::Call::batch_all { calls: vec![permit.clone()] };
	let carried = chain.apply("Alice", batch).expect("the batch itself is open");
	assert_eq!(carried, Err(frame_system::Error::<Runtime>::CallFiltered.into()));
	assert_ok!(chain.run(|| TxPause::unpause(council(), name("Consent", "permit"))));
	chain.succeed("Patient", permit);
}

#[test]
fn only_two_thirds_of_a_body_pause() {
	let mut chain = Chain::development();
	chain.run(|| {
		let pause: RuntimeCall =
			pallet_tx_pause::Call::pause { full_name: name("Consent", "permit") }.into();
		let one_of_three =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(1, 3);
		let origins: [RuntimeOrigin; 2] =
			[RuntimeOrigin::signed(account("Alice")), one_of_three.into()];
		for origin in origins {
			let refused = pause.clone().dispatch(origin).map_err(|failure| failure.error);
			assert_noop!(refused, DispatchError::BadOrigin);
		}
	});
}

/// The pallets of which nothing can be paused: without one of their calls the chain would halt, or
/// nobody could get it out of an emergency.
const NEVER: [&str; 17] = [
	"Utility",
	"Multisig",
	"Proxy",
	"System",
	"Timestamp",
	"Preimage",
	"Scheduler",
	"SafeMode",
	"MultiBlockMigrations",
	"TxPause",
	"ValidatorSet",
	"Session",
	"Council",
	"TechnicalCommittee",
	"Membership",
	"TechnicalMembership",
	"Enactment",
];

/// Answers to clocks, and what keeps a record from going or from being believed.
const ANSWERS: [&str; 20] = [
	"RecordAnchor.answer_dispute",
	"RecordAnchor.extend_dispute",
	"RecordAnchor.refuse_erasure",
	"RecordAnchor.shred",
	"RecordAnchor.hold",
	"RecordAnchor.extend_retention",
	"RecordAnchor.retract",
	"Claims.attest",
	"Claims.attest_for",
	"Claims.close_encounter",
	"Claims.amend_encounter",
	"Claims.submit",
	"Claims.correct",
	"Claims.request_information",
	"Claims.answer",
	"Claims.decide",
	"Claims.settle_waiting",
	"Claims.fund",
	"Treasury.payout",
	"Registry.dismiss_registrar",
];

#[test]
fn what_tightens_governs_or_is_mandatory_can_never_be_paused_and_all_else_can() {
	let mut chain = Chain::development();
	chain.run(|| {
		let mut pausable = 0;
		for (full, call) in every_call() {
			let (pallet, function) = full.split_once('.').expect("a pallet and a call");
			let never = NEVER.contains(&pallet)
				|| crate::of_consensus::PALLETS.contains(&pallet)
				|| ANSWERS.contains(&full.as_str())
				|| is_tightening(&call)
				|| is_free_when_effective(&call);
			let (name, before) = (name(pallet, function), TxPause::contains(&call));
			assert!(before, "{full} is paused from the beginning");
			assert_eq!(NeverPaused::contains(&name), never, "{full}");
			let paused = TxPause::pause(council(), name);
			if never {
				assert_eq!(paused, Err(Error::<Runtime>::Unpausable.into()), "{full}");
				assert!(TxPause::contains(&call), "{full}");
			} else {
				assert_eq!(paused, Ok(()), "{full}");
				assert!(!TxPause::contains(&call), "{full}");
				pausable += 1;
			}
		}
		assert!(pausable > 50, "only {pausable} calls can be paused");
	});
}

#[test]
fn words_that_name_no_call_do_not_reach_a_block() {
	for (pallet, call) in [
		("Consent", "The patient was seen at"),
		("Nobody", "permit"),
		("", ""),
		("Consent", "Permit"),
	] {
		let words: [RuntimeCall; 2] = [
			pallet_tx_pause::Call::pause { full_name: name(pallet, call) }.into(),
			pallet_tx_pause::Call::unpause { ident: name(pallet, call) }.into(),
		];
		for words in words {
			assert!(!CallFilter::contains(&words), "{words:?}");
			let motion: RuntimeCall =
				pallet_collective::Call::<Runtime, pallet_collective::Instance1>::propose {
					threshold: 2,
					proposal: Box::new(words),
					length_bound: 1_000,
				}
				.into();
			assert!(!CallFilter::contains(&motion));
		}
	}
	let real = pallet_tx_pause::Call::pause { full_name: name("Consent", "permit") }.into();
	assert!(CallFilter::contains(&real));
}

#[test]
fn a_migration_that_failed_leaves_a_chain_that_goes_on_in_safe_mode() {
	use frame_support::migrations::{FailedMigrationHandler, FailedMigrationHandling};
	let (mut chain, org, _) = Chain::with_patient();
	let handling = chain.run(|| configs::system::SafeModeOnFailedMigration::failed(Some(0)));
	assert!(matches!(handling, FailedMigrationHandling::ForceUnstuck), "blocks take transactions");
	assert!(chain.run(SafeMode::is_entered));
	// Another one while it is on is no harm.
	chain.run(|| configs::system::SafeModeOnFailedMigration::failed(None));
	chain.next_block();
	let permit = chain.permit(Grantee::Organisation(org));
	chain.refused("Patient", permit);
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	let call = frame_system::Call::authorize_upgrade { code_hash: Default::default() };
	let approve: RuntimeCall =
		pallet_enactment::Call::approve { call: Box::new(call.into()) }.into();
	chain.succeed(
		"Alice",
		pallet_collective::Call::<Runtime, pallet_collective::Instance2>::propose {
			threshold: 2,
			proposal: Box::new(approve),
			length_bound: 200,
		},
	);
}

#[test]
fn safe_mode_is_not_extended_beyond_what_one_extension_gives() {
	let mut chain = Chain::development();
	chain.run(|| {
		let extend: RuntimeCall = pallet_safe_mode::Call::force_extend {}.into();
		let enter: RuntimeCall = pallet_safe_mode::Call::force_enter {}.into();
		assert_ok!(enter.dispatch(council()));
		let left = || {
			let until = pallet_safe_mode::EnteredUntil::<Runtime>::get().expect("it is on");
			until - System::block_number()
		};
		let extension = configs::system::SafeModeExtendDuration::get();
		assert_eq!(left(), 2 * extension);
		assert!(!CallFilter::contains(&extend), "more than an extension is left");
		System::set_block_number(System::block_number() + extension);
		let thrice = pallet_utility::Call::batch { calls: vec![extend; 3] };
		assert_ok!(RuntimeCall::from(thrice).dispatch(technical()));
		assert_eq!(left(), 2 * extension, "the second and third were refused");
		System::set_block_number(System::block_number() - extension);
	});
}
