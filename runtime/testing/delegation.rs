//! What a proxy may do: no kind but `Any` hands over control of anything.

use crate::common::{account, every_call, Chain};
use crate::of_consensus::DELEGATION;
use crate::runtime::{configs::proxies::ProxyType, *};
use codec::Encode;
use frame_support::traits::InstanceFilter;
use pallet_proxy::Call as Prox;
use salus_primitives::{OrgId, OrgKind, OrgKindSet};
use sp_core::H256;
use std::collections::BTreeSet;

const NARROW: [ProxyType; 6] = [
	ProxyType::NonTransfer,
	ProxyType::Governance,
	ProxyType::ValidatorOperation,
	ProxyType::Records,
	ProxyType::Tightening,
	ProxyType::Billing,
];

/// For each pallet the calls that hand over control of something (an organisation, a key, a seat, a body's
/// members, a coverage, a plan, a licence, an affiliation, a record's protection, a validator, the receiver of money or of
/// what is encrypted, an asset, powers themselves), move money, end for good what nobody can give back, carry other calls as somebody else, or cut a
/// patient off from care at large; and then those that do not.
///
/// A call that stands in neither list fails the test: decide, and add it.
const CALLS: &[(&str, &str, &str)] = &[
	(
		"System",
		"set_code set_code_without_checks set_storage kill_storage kill_prefix authorize_upgrade \
		 authorize_upgrade_without_checks apply_authorized_upgrade",
		"remark remark_with_event set_heap_pages",
	),
	("Timestamp", "", "set"),
	("Preimage", "", "note_preimage unnote_preimage request_preimage unrequest_preimage ensure_updated"),
	(
		"Scheduler",
		"schedule schedule_named schedule_after schedule_named_after cancel cancel_named set_retry \
		 set_retry_named cancel_retry cancel_retry_named",
		"",
	),
	// A batch, and an account derived from the signer, are judged by what they carry.
	(
		"Utility",
		"dispatch_as dispatch_as_fallible with_weight",
		"batch batch_all force_batch if_else as_derivative",
	),
	("Multisig", "as_multi as_multi_threshold_1 approve_as_multi cancel_as_multi poke_deposit", ""),
	(
		"Proxy",
		"proxy proxy_announced add_proxy remove_proxy remove_proxies create_pure kill_pure announce \
		 remove_announcement reject_announcement poke_deposit",
		"",
	),
	(
		"SafeMode",
		"force_enter force_extend force_exit force_slash_deposit force_release_deposit enter extend \
		 release_deposit",
		"",
	),
	(
		"MultiBlockMigrations",
		"force_set_cursor force_set_active_cursor force_onboard_mbms clear_historic",
		"",
	),
	("TxPause", "pause unpause", ""),
	(
		"Balances",
		"transfer_allow_death transfer_keep_alive transfer_all force_transfer force_unreserve \
		 force_set_balance force_adjust_total_issuance burn upgrade_accounts",
		"",
	),
	(
		"Assets",
		"create force_create start_destroy destroy_accounts destroy_approvals finish_destroy mint burn \
		 transfer transfer_keep_alive transfer_all force_transfer freeze thaw freeze_asset thaw_asset block \
		 transfer_ownership set_team set_metadata clear_metadata force_set_metadata force_clear_metadata \
		 force_asset_status approve_transfer cancel_approval force_cancel_approval transfer_approved touch \
		 refund touch_other refund_other set_min_balance set_reserves",
		"",
	),
	("Treasury", "spend_local remove_approval spend payout check_status void_spend", ""),
	// With the session keys goes the validator's voice, and its expulsion.
	("Session", "set_keys purge_keys", ""),
	("ValidatorSet", "add_validator remove_validator", "retire"),
	(
		"Council",
		"set_members disapprove_proposal kill",
		"propose vote close execute release_proposal_cost",
	),
	(
		"TechnicalCommittee",
		"set_members disapprove_proposal kill",
		"propose vote close execute release_proposal_cost",
	),
	(
		"Membership",
		"add_member remove_member swap_member reset_members change_key set_prime clear_prime",
		"",
	),
	(
		"TechnicalMembership",
		"add_member remove_member swap_member reset_members change_key set_prime clear_prime",
		"",
	),
	("Enactment", "approve cancel set_delay", "enact clear"),
	(
		"Registry",
		"rotate_admin accept_admin set_agreement_key set_client_keys invite accept_affiliation appoint_registrar dismiss_registrar \
		 admit renew reinstate set_flag revoke assume_deposit",
		"apply decline withdraw suspend decline_affiliation cancel_invitation end_affiliation",
	),
	(
		"PatientIdentity",
		"register add_key remove_key remove_own_key rotate_agreement_key unfreeze retire",
		"register_for cancel_pending_key cancel_key_removal cancel_rotation freeze cancel_unfreeze \
		 cancel_retirement complete_retirement",
	),
	(
		"Consent",
		// `set_base_decision` hands nothing over, but cuts the patient off from care at large.
		"permit lift lift_veto approve unblock_requester set_base_decision relax_base_decision",
		"deny revoke veto_purpose apply_lift cancel_lift request_access decline expire_request \
		 block_requester",
	),
	(
		"RecordAnchor",
		"release request_erasure dispute shred extend_retention",
		"anchor anchor_batch anchor_many retract acknowledge extend_dispute answer_dispute \
		 hold withdraw_erasure refuse_erasure evict sweep",
	),
	(
		"Claims",
		"create_plan revise_plan enrol terminate_coverage void rekey_coverage accept_rekey accept_coverage attest fund \
		 withdraw decide correct",
		"cancel_rekey open_encounter open_emergency attest_for close_encounter amend_encounter submit \
		 request_information answer poke settle_waiting",
	),
	(
		"Care",
		// `opt_out` hands nothing over, but cuts the patient off from care at large.
		"invite opt_out opt_in set_policy",
		"withdraw_invitation open open_for refer end leave end_for opt_out_of apply_opt_in \
		 cancel_opt_in",
	),
	(
		"Emergency",
		"set_advance_directive relax_advance_directive",
		"break_glass break_glass_late review dispute rule apply_relaxation cancel_relaxation",
	),
	("AccessLog", "", "commit attest_reconciled begin_anew"),
	("Acknowledgement", "", "acknowledge mark_overdue"),
	(
		"Research",
		"open_population offer_dataset set_shortcut cosign close_out retire_dataset withdraw_ethics revoke",
		"propose_budget vote_budget conclude_budget publish_version register_study amend_study approve_ethics \
		 suspend_ethics request vote conclude accept_terms renew report record_output reserve_query settle_query",
	),
	// One sealed denial that nobody opens shuts all labelled data, and a flagged organisation altogether.
	("Sealed", "permit_sealed deny_sealed lift", "revoke apply_lift cancel_lift"),
];

#[test]
fn every_call_is_listed_and_only_any_hands_over_control() {
	let (mut hands_over, mut keeps) = (BTreeSet::new(), BTreeSet::new());
	for (pallet, over, kept) in CALLS.iter().chain(&DELEGATION) {
		hands_over.extend(over.split_whitespace().map(|call| format!("{pallet}.{call}")));
		keeps.extend(kept.split_whitespace().map(|call| format!("{pallet}.{call}")));
	}
	let calls = every_call();
	let known: BTreeSet<_> = calls.iter().map(|(name, _)| name.clone()).collect();
	let listed: BTreeSet<_> = hands_over.union(&keeps).cloned().collect();
	assert_eq!(listed, known, "every call is listed, and nothing else");
	assert!(hands_over.is_disjoint(&keeps));

	let batch =
		|call: RuntimeCall| RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call] });
	let derived = |call: RuntimeCall| {
		let call = Box::new(call);
		RuntimeCall::from(pallet_utility::Call::as_derivative { index: 0, call })
	};
	let mut delegated = 0;
	for (name, call) in calls {
		let over = hands_over.contains(&name);
		for carried in [call.clone(), batch(call.clone()), derived(batch(call))] {
			// A carrier of zeros carries nothing, and nobody may make it.
			let empty = name.starts_with("Utility.");
			assert!(empty || ProxyType::Any.filter(&carried), "{name}");
			for kind in NARROW {
				let allowed = kind.filter(&carried);
				assert!(!(over && allowed), "{kind:?} would hand over control: {name}");
				delegated += usize::from(allowed);
			}
		}
	}
	assert!(delegated > 100, "only {delegated} ways to delegate anything");
}

/// All that a thief of `//Hospital` is after.
fn belongings(org: OrgId) -> Vec<u8> {
	let asset = genesis_config_presets::SETTLEMENT_ASSET;
	(
		pallet_registry::Organisations::<Runtime>::get(org),
		pallet_registry::AgreementKeys::<Runtime>::get(org),
		pallet_registry::ClientKeys::<Runtime>::get(org),
		pallet_registry::Invitations::<Runtime>::iter_keys().collect::<Vec<_>>(),
		Assets::balance(asset, Claims::settlement_account(org)),
		Balances::free_balance(account("Hospital")),
		pallet_proxy::Proxies::<Runtime>::get(account("Hospital")),
	)
		.encode()
}

/// What whoever holds a `NonTransfer` proxy of a hospital's administrator tried, live.
#[test]
fn an_administrators_proxy_does_not_take_the_hospital_over() {
	let (mut chain, org, _) = Chain::with_patient();
	let insurer = "Insurer";
	let kinds = OrgKindSet::of(&[OrgKind::Payer]);
	chain.succeed(insurer, pallet_registry::Call::apply { kinds, profile: H256::repeat_byte(1) });
	chain.next_block();
	let asset = genesis_config_presets::SETTLEMENT_ASSET;
	chain.succeed(insurer, pallet_claims::Call::fund { org, asset, amount: 1_000 });
	for (kind, thief) in [(ProxyType::NonTransfer, "Bob"), (ProxyType::Billing, "Charlie")] {
		let delegate = account(thief).into();
		chain.succeed("Hospital", Prox::add_proxy { delegate, proxy_type: kind, delay: 0 });
		let tried: Vec<RuntimeCall> = vec![
			pallet_registry::Call::rotate_admin { org, new: account(thief) }.into(),
			pallet_registry::Call::set_agreement_key { org, agreement_key: [7; 32] }.into(),
			pallet_registry::Call::set_client_keys { org, keys: H256::repeat_byte(7) }.into(),
			pallet_registry::Call::invite {
				org,
				account: account(thief),
				role: salus_primitives::Role::PrivacyOfficer,
				until: chain.now() + 1_000,
			}
			.into(),
			pallet_claims::Call::withdraw { org, asset, amount: 1_000 }.into(),
			Prox::add_proxy {
				delegate: account("Eve").into(),
				proxy_type: ProxyType::Any,
				delay: 0,
			}
			.into(),
			pallet_balances::Call::transfer_all { dest: account(thief).into(), keep_alive: false }
				.into(),
		];
		for call in tried {
			for call in [call.clone(), pallet_utility::Call::batch_all { calls: vec![call] }.into()]
			{
				let before = chain.run(|| belongings(org));
				chain.run(System::reset_events);
				chain.succeed(
					thief,
					Prox::proxy {
						real: account("Hospital").into(),
						force_proxy_type: None,
						call: Box::new(call.clone()),
					},
				);
				let refused = chain.run(|| {
					System::events().into_iter().any(|record| {
						let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
						record.event
							== RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted {
								result: Err(filtered),
							})
					})
				});
				assert!(refused, "{kind:?}: {call:?}");
				let after = chain.run(|| belongings(org));
				assert_eq!(before, after, "{kind:?}: {call:?}");
			}
			chain.next_block();
		}
	}
	// The work goes on.
	let batch = pallet_record_anchor::Call::anchor_batch {
		org,
		root: H256::repeat_byte(3),
		leaves: 1,
		form: salus_primitives::commitment::Form::Bytes,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	chain.succeed(
		"Bob",
		Prox::proxy {
			real: account("Hospital").into(),
			force_proxy_type: None,
			call: Box::new(batch.into()),
		},
	);
	assert!(chain.run(|| pallet_record_anchor::Anchors::<Runtime>::contains_key(org, 0)));
}

/// Its owner has lost the other key, or somebody else holds it: without this one the handle would be theirs.
#[test]
fn a_helper_of_a_patient_freezes_and_does_not_take_the_key_away() {
	use pallet_patient_identity::Call as Id;
	let (mut chain, _, patient) = Chain::with_patient();
	chain.add_key(patient, "Lost");
	chain.pass_a_day();
	let value = 100 * UNIT;
	let dest = account("Patient").into();
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
	for (kind, helper) in [(ProxyType::Tightening, "Bob"), (ProxyType::NonTransfer, "Charlie")] {
		let delegate = account(helper).into();
		chain.succeed("Patient", Prox::add_proxy { delegate, proxy_type: kind, delay: 0 });
	}
	let by_proxy = |call: Id<Runtime>| -> Prox<Runtime> {
		let (real, call) = (account("Patient").into(), Box::new(call.into()));
		Prox::proxy { real, force_proxy_type: None, call }
	};
	let keys = |chain: &mut Chain| {
		chain.run(|| PatientIdentity::resolve(&patient)).expect("registered").keys.len()
	};
	for helper in ["Bob", "Charlie"] {
		chain.succeed(helper, by_proxy(Id::remove_own_key {}));
		assert_eq!(keys(&mut chain), 2, "{helper}");
	}
	chain.succeed("Bob", by_proxy(Id::freeze {}));
	let state = chain.run(|| PatientIdentity::resolve(&patient)).expect("registered").state;
	assert_eq!(state, salus_primitives::PatientState::Frozen);
	// The owner itself still may.
	chain.succeed("Patient", Id::remove_own_key {});
	assert_eq!(keys(&mut chain), 1);
}

/// A helper closes one door. What shuts all of them is the patient's own.
#[test]
fn a_helper_of_a_patient_revokes_and_cuts_it_off_from_nobody_at_large() {
	use pallet_consent::{BaseDecision, Call as Con};
	use pallet_sealed::{Call as Seal, GRID};
	let (mut chain, _, patient) = Chain::with_patient();
	let (dest, value) = (account("Patient").into(), 100 * UNIT);
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
	for (kind, helper) in [(ProxyType::Tightening, "Bob"), (ProxyType::NonTransfer, "Charlie")] {
		let delegate = account(helper).into();
		chain.succeed("Patient", Prox::add_proxy { delegate, proxy_type: kind, delay: 0 });
	}
	let (commitment, until) = (H256::repeat_byte(7), (chain.now() / GRID + 2) * GRID);
	for sealed in 0..2 {
		chain.succeed("Patient", Seal::permit_sealed { sealed, commitment, until });
	}
	let by_proxy = |call: RuntimeCall| -> Prox<Runtime> {
		let (real, call) = (account("Patient").into(), Box::new(call));
		Prox::proxy { real, force_proxy_type: None, call }
	};
	let in_force = |chain: &mut Chain| {
		let now = chain.now();
		chain.run(|| Sealed::sealed(&patient, now)).expect("of the present").len()
	};
	for (helper, left) in [("Bob", 1), ("Charlie", 0)] {
		let deny = Con::set_base_decision { decision: BaseDecision::Deny };
		chain.succeed(helper, by_proxy(deny.into()));
		assert!(chain.run(|| Consent::base_decisions(&patient)).is_empty(), "{helper}");
		let deny = Seal::deny_sealed { sealed: 2, commitment, until: u64::MAX };
		chain.succeed(helper, by_proxy(deny.into()));
		assert_eq!(chain.run(|| Sealed::next_sealed(&patient)), 2, "{helper}");
		chain.succeed(helper, by_proxy(Seal::revoke { sealed: left }.into()));
		assert_eq!(in_force(&mut chain), left as usize, "{helper}");
		chain.next_block();
	}
}
