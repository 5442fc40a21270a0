//! Stopping single calls: what can be stopped, what never, and by whom.

use crate::common::{account, every_call, Chain};
use crate::runtime::{
	policy::{
		filter::CallFilter, is_free_when_effective, is_tightening, pausing::NeverPaused, policy,
	},
	*,
};
use frame_support::{assert_noop, assert_ok, traits::Contains};
use pallet_consent::Grantee;
use pallet_tx_pause::{Error, RuntimeCallNameOf};
use salus_primitives::policy::{Effect, Policy, Signer};
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::{BTreeMap, BTreeSet};

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

/// Why it does no harm that a call can be paused, though either body alone can pause it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Waits {
	/// Nobody makes it: the call filter refuses it.
	Refused,
	/// It would let somebody see or do what is closed until then. It stays closed, which is the safe side.
	Loosening,
	/// It would begin something new. Nothing that exists ends, or runs out, because it does not.
	Beginning,
	/// It moves what is the signer's own, which stays where it is.
	OwnMoney,
	/// It ends what goes on to a term that was agreed, or makes room. All stays as it is.
	Ending,
	/// A body decides it, which can end the pause itself.
	Decision,
}
use Waits::*;

/// Every call that can be paused. What tightens is none of them, nor what answers a clock, nor what takes a
/// stolen key out of service, nor what prolongs a licence, an affiliation or a registrar's term, nor what
/// brakes something that itself cannot be paused. A call that is not entered fails: decide what it is.
const PAUSABLE: &[(&str, Waits)] = &[
	("Registry.apply", Beginning),
	("Registry.admit", Beginning),
	("Registry.withdraw", OwnMoney),
	("Registry.reinstate", Loosening),
	("Registry.assume_deposit", OwnMoney),
	("PatientIdentity.register", Beginning),
	("PatientIdentity.register_for", Beginning),
	("PatientIdentity.retire", Ending),
	("PatientIdentity.complete_retirement", Ending),
	("Consent.permit", Loosening),
	("Consent.lift", Loosening),
	("Consent.lift_veto", Loosening),
	("Consent.apply_lift", Loosening),
	("Consent.unblock_requester", Loosening),
	("Consent.relax_base_decision", Loosening),
	("Consent.request_access", Beginning),
	// The request lapses meanwhile, and the organisation asks again.
	("Consent.approve", Loosening),
	("Consent.expire_request", Ending),
	("RecordAnchor.anchor", Beginning),
	("RecordAnchor.anchor_batch", Beginning),
	("RecordAnchor.anchor_many", Beginning),
	("RecordAnchor.acknowledge", Beginning),
	// A hold ends by itself.
	("RecordAnchor.release", Ending),
	("RecordAnchor.evict", Ending),
	("RecordAnchor.sweep", Ending),
	("Claims.create_plan", Beginning),
	("Claims.revise_plan", Beginning),
	("Claims.enrol", Beginning),
	("Claims.terminate_coverage", Ending),
	("Claims.open_encounter", Beginning),
	("Claims.open_emergency", Beginning),
	("Claims.void", Ending),
	// The time that it lets take effect has taken effect when it goes on.
	("Claims.poke", Ending),
	("Claims.withdraw", OwnMoney),
	("Care.invite", Loosening),
	// Whoever treats meanwhile asks for a permit, or breaks the glass.
	("Care.open", Beginning),
	("Care.open_for", Beginning),
	("Care.refer", Beginning),
	("Care.opt_in", Loosening),
	("Care.apply_opt_in", Loosening),
	("Emergency.relax_advance_directive", Loosening),
	("Emergency.apply_relaxation", Loosening),
	// What is overdue is seen without it, and is marked when it goes on.
	("Acknowledgement.mark_overdue", Ending),
	("Sealed.permit_sealed", Loosening),
	("Sealed.lift", Loosening),
	("Sealed.apply_lift", Loosening),
	("Research.open_population", Beginning),
	("Research.propose_budget", Beginning),
	("Research.offer_dataset", Beginning),
	("Research.register_study", Beginning),
	("Research.amend_study", Ending),
	// Permits that wait for it stay suspended, which is the safe side.
	("Research.approve_ethics", Loosening),
	("Research.request", Beginning),
	("Research.renew", Loosening),
	("Research.record_output", Beginning),
	("Research.reserve_query", Beginning),
	// What was reserved stays so.
	("Research.settle_query", Ending),
	("Balances.transfer_allow_death", OwnMoney),
	("Balances.force_transfer", Refused),
	("Balances.transfer_keep_alive", OwnMoney),
	("Balances.transfer_all", OwnMoney),
	("Balances.force_unreserve", Refused),
	("Balances.upgrade_accounts", OwnMoney),
	("Balances.force_set_balance", Refused),
	("Balances.force_adjust_total_issuance", Refused),
	("Balances.burn", OwnMoney),
	("Assets.create", Decision),
	("Assets.force_create", Refused),
	("Assets.start_destroy", Refused),
	("Assets.destroy_accounts", Refused),
	("Assets.destroy_approvals", Refused),
	("Assets.finish_destroy", Refused),
	("Assets.freeze_asset", Refused),
	("Assets.thaw_asset", Loosening),
	("Assets.mint", Beginning),
	("Assets.burn", Ending),
	("Assets.transfer", OwnMoney),
	("Assets.transfer_keep_alive", OwnMoney),
	("Assets.force_transfer", Refused),
	("Assets.freeze", Beginning),
	("Assets.thaw", Loosening),
	("Assets.transfer_ownership", Loosening),
	("Assets.set_team", Loosening),
	("Assets.set_metadata", Refused),
	("Assets.clear_metadata", Ending),
	("Assets.force_set_metadata", Refused),
	("Assets.force_clear_metadata", Refused),
	("Assets.force_asset_status", Refused),
	("Assets.approve_transfer", Loosening),
	("Assets.cancel_approval", OwnMoney),
	("Assets.force_cancel_approval", Refused),
	("Assets.transfer_approved", OwnMoney),
	("Assets.touch", OwnMoney),
	("Assets.refund", OwnMoney),
	("Assets.set_min_balance", Beginning),
	("Assets.touch_other", OwnMoney),
	("Assets.refund_other", OwnMoney),
	("Assets.block", Beginning),
	("Assets.transfer_all", OwnMoney),
	("Assets.set_reserves", Beginning),
	("Treasury.spend_local", Decision),
	("Treasury.remove_approval", Decision),
	("Treasury.spend", Decision),
	("Treasury.check_status", Ending),
];

/// What protects a patient, a member or an organisation against whoever has a key of it, and what protects
/// those whom a term would leave without.
const PROTECTS: [&str; 15] = [
	"PatientIdentity.add_key",
	"PatientIdentity.remove_key",
	"PatientIdentity.rotate_agreement_key",
	"PatientIdentity.unfreeze",
	"Claims.rekey_coverage",
	"Claims.accept_rekey",
	"Registry.rotate_admin",
	"Registry.accept_admin",
	"Registry.set_agreement_key",
	"Registry.set_client_keys",
	"Registry.renew",
	"Registry.invite",
	"Registry.accept_affiliation",
	"Registry.appoint_registrar",
	"Registry.set_flag",
];

#[test]
fn of_every_call_that_can_be_paused_it_is_said_why() {
	let mut chain = Chain::development();
	let entered: BTreeMap<_, _> = PAUSABLE.iter().copied().collect();
	assert_eq!(entered.len(), PAUSABLE.len(), "a call is entered twice");
	chain.run(|| {
		let mut pausable = BTreeSet::new();
		for (full, call) in every_call() {
			let (pallet, function) = full.split_once('.').expect("a pallet and a call");
			let said = policy(&call);
			let why = entered.get(full.as_str());
			let never = why.is_none();
			let must_not = NEVER.contains(&pallet)
				|| crate::of_consensus::PALLETS.contains(&pallet)
				|| PROTECTS.contains(&full.as_str())
				|| !said.clocks.is_empty()
				|| is_tightening(&call)
				|| is_free_when_effective(&call);
			assert!(!must_not || never, "{full} must not be pausable");
			assert_eq!(why == Some(&Refused), never_made(&said) && !never, "{full}");
			let loosens = said.effect == Effect::Loosening;
			assert!(
				!loosens || why.is_none_or(|why| matches!(why, Loosening | Beginning | Ending)),
				"{full}"
			);
			let (name, before) = (name(pallet, function), TxPause::contains(&call));
			assert!(before, "{full} is paused from the beginning");
			assert_eq!(
				NeverPaused::contains(&name),
				never,
				"{full}: what is lost while it is paused? Enter it in PAUSABLE, or let it never be"
			);
			let paused = TxPause::pause(council(), name);
			if never {
				assert_eq!(paused, Err(Error::<Runtime>::Unpausable.into()), "{full}");
				assert!(TxPause::contains(&call), "{full}");
			} else {
				assert_eq!(paused, Ok(()), "{full}");
				assert!(!TxPause::contains(&call), "{full}");
				pausable.insert(full.clone());
			}
		}
		let listed: BTreeSet<_> = entered.keys().map(|name| name.to_string()).collect();
		assert_eq!(pausable, listed);
	});
}

fn never_made(policy: &Policy) -> bool {
	policy.signer == Signer::Nobody
}

/// The Technical Committee pauses all that it can. Then a stolen key is removed all the same, also in safe mode.
#[test]
fn a_stolen_key_is_removed_and_a_handle_unfrozen_whatever_is_paused() {
	let (mut chain, _, patient) = Chain::with_patient();
	chain.add_key(patient, "Stolen");
	chain.pass_a_day();
	chain.run(|| {
		for (full, _) in every_call() {
			let (pallet, function) = full.split_once('.').expect("a pallet and a call");
			let _ = TxPause::pause(technical(), name(pallet, function));
		}
		pallet_safe_mode::EnteredUntil::<Runtime>::put(1_000_000);
	});
	chain.next_block();
	let key = account("Stolen");
	chain.succeed("Patient", pallet_patient_identity::Call::remove_key { key: key.clone() });
	chain.pass_a_day();
	let gone = chain.run(|| {
		use salus_primitives::traits::Patients;
		let now = Timestamp::get() / 1_000;
		<PatientIdentity as Patients<AccountId>>::key(&key).is_some_and(|key| !key.was_live(now))
	});
	assert!(gone, "the key is live");
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	chain.run(pallet_safe_mode::EnteredUntil::<Runtime>::kill);
	chain.next_block();
	chain.succeed("Patient", pallet_patient_identity::Call::unfreeze {});
}

/// A licence that would end is renewed whatever is paused, and in safe mode.
#[test]
fn a_licence_is_renewed_whatever_is_paused() {
	let (mut chain, org, _) = Chain::with_patient();
	chain.run(|| {
		for (full, _) in every_call() {
			let (pallet, function) = full.split_once('.').expect("a pallet and a call");
			let _ = TxPause::pause(technical(), name(pallet, function));
		}
		pallet_safe_mode::EnteredUntil::<Runtime>::put(1_000_000);
	});
	chain.next_block();
	let (kind, until) = (salus_primitives::OrgKind::Provider, chain.now() + 400 * 86_400);
	chain.succeed("Registrar", pallet_registry::Call::renew { org, kind, until });
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
