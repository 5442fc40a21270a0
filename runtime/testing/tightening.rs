//! A patient with an empty account can always tighten: free, at once, and in safe mode too; and
//! nobody can do it in the patient's stead by a detour, or loosen.

use crate::common::{account, Chain};
use crate::runtime::{policy::filter::CallFilter, *};
use frame_support::traits::{fungible::Inspect, Contains};
use pallet_consent::{BaseDecision, Call as Con, Grantee};
use pallet_sealed::{Call as Seal, GRID};
use salus_primitives::Moment;
use sp_core::H256;

fn pot(chain: &mut Chain) -> Balance {
	chain.run(|| Balances::balance(&Sponsorship::pot()))
}

#[test]
fn the_sponsor_pays_for_a_permit_and_nobody_for_its_revocation() {
	let (mut chain, org, patient) = Chain::with_patient();
	let before = pot(&mut chain);
	let call = chain.permit(Grantee::Organisation(org));
	chain.succeed("Patient", call);
	let between = pot(&mut chain);
	assert!(between < before, "the pot paid");
	let directive = chain.run(|| Consent::directives(&patient)[0].0);
	chain.next_block();
	chain.succeed("Patient", pallet_consent::Call::revoke { directive });
	assert_eq!(pot(&mut chain), between, "nobody paid");
	// A second time it is not effective: the signer would pay, and has nothing.
	chain.refused("Patient", pallet_consent::Call::revoke { directive });
	assert_eq!(pot(&mut chain), between, "the sponsor never pays for a tightening");
}

#[test]
fn safe_mode_stops_loosening_and_not_tightening() {
	let (mut chain, org, patient) = Chain::with_patient();
	let call = chain.permit(Grantee::Organisation(org));
	chain.succeed("Patient", call);
	let directive = chain.run(|| Consent::directives(&patient)[0].0);
	chain.run(|| pallet_safe_mode::EnteredUntil::<Runtime>::put(1_000_000));
	chain.next_block();
	let call = chain.permit(Grantee::Organisation(org));
	chain.refused("Patient", call);
	chain.succeed("Patient", pallet_consent::Call::revoke { directive });
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	// Governance goes on too.
	chain.succeed(
		"Alice",
		pallet_collective::Call::<Runtime, pallet_collective::Instance1>::propose {
			threshold: 2,
			proposal: Box::new(pallet_safe_mode::Call::force_exit {}.into()),
			length_bound: 100,
		},
	);
}

#[test]
fn nobody_loosens_for_a_patient_by_a_detour() {
	let (mut chain, org, _) = Chain::with_patient();
	let loosen = chain.permit(Grantee::Organisation(org));
	let tighten: RuntimeCall = pallet_patient_identity::Call::freeze {}.into();
	let detours: [fn(RuntimeCall) -> RuntimeCall; 4] = [
		|call| {
			pallet_proxy::Call::proxy {
				real: account("Patient").into(),
				force_proxy_type: None,
				call: Box::new(call),
			}
			.into()
		},
		|call| {
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![account("Bob")],
				call: Box::new(call),
			}
			.into()
		},
		|call| pallet_utility::Call::as_derivative { index: 1, call: Box::new(call) }.into(),
		|call| {
			pallet_collective::Call::<Runtime, pallet_collective::Instance1>::propose {
				threshold: 2,
				proposal: Box::new(call),
				length_bound: 1_000,
			}
			.into()
		},
	];
	chain.run(|| {
		for detour in detours {
			assert!(!CallFilter::contains(&detour(loosen.clone())));
			assert!(CallFilter::contains(&detour(tighten.clone())));
			let batch = pallet_utility::Call::batch { calls: vec![loosen.clone()] };
			assert!(!CallFilter::contains(&detour(batch.into())));
		}
		// The patient's own batch is the patient's own.
		let own = pallet_utility::Call::batch { calls: vec![loosen] };
		assert!(CallFilter::contains(&own.into()));
	});
}

/// A patient without tokens who has a sealed Permit, a sealed Deny whose lift waits, and a looser base decision that waits.
fn loosened() -> Chain {
	let (mut chain, ..) = Chain::with_patient();
	let (commitment, until) = (H256::repeat_byte(7), (chain.now() / GRID + 2) * GRID);
	chain.succeed("Patient", Seal::permit_sealed { sealed: 0, commitment, until });
	let until = Moment::MAX;
	chain.succeed("Patient", Seal::deny_sealed { sealed: 1, commitment, until });
	chain.succeed("Patient", Seal::lift { sealed: 1 });
	chain.succeed("Patient", Con::relax_base_decision { decision: BaseDecision::Permit });
	chain.next_block();
	chain
}

/// What takes that back: all of it free.
fn tightenings() -> [RuntimeCall; 3] {
	[
		Seal::revoke { sealed: 0 }.into(),
		Seal::cancel_lift { sealed: 1 }.into(),
		Con::set_base_decision { decision: BaseDecision::Deny }.into(),
	]
}

#[test]
fn what_takes_sealed_directives_and_a_looser_base_decision_back_is_free_once() {
	let mut chain = loosened();
	let before = pot(&mut chain);
	for call in tightenings() {
		chain.succeed("Patient", call.clone());
		assert_eq!(pot(&mut chain), before, "nobody paid for {call:?}");
		chain.refused("Patient", call);
	}
	// What waits anew is called off anew, although the base decision is as strict as can be; then no more.
	chain.succeed("Patient", Con::relax_base_decision { decision: BaseDecision::Unset });
	let before = pot(&mut chain);
	let [.., deny] = tightenings();
	chain.succeed("Patient", deny.clone());
	chain.refused("Patient", deny);
	assert_eq!(pot(&mut chain), before);
}

#[test]
fn carried_by_another_call_it_is_not_free() {
	let mut chain = loosened();
	for call in tightenings() {
		let boxed = || Box::new(call.clone());
		let real = account("Patient").into();
		let other_signatories = vec![account("Bob")];
		let carriers: [RuntimeCall; 4] = [
			pallet_utility::Call::batch { calls: vec![call.clone()] }.into(),
			pallet_proxy::Call::proxy { real, force_proxy_type: None, call: boxed() }.into(),
			pallet_multisig::Call::as_multi_threshold_1 { other_signatories, call: boxed() }.into(),
			pallet_utility::Call::as_derivative { index: 0, call: boxed() }.into(),
		];
		for carrier in carriers {
			chain.refused("Patient", carrier);
		}
		chain.succeed("Patient", call);
	}
}

#[test]
fn a_frozen_handle_and_safe_mode_stop_none_of_it_and_safe_mode_its_opposite() {
	let mut frozen = loosened();
	frozen.succeed("Patient", pallet_patient_identity::Call::freeze {});
	for call in tightenings() {
		frozen.succeed("Patient", call);
	}
	let mut safe = loosened();
	safe.run(|| pallet_safe_mode::EnteredUntil::<Runtime>::put(1_000_000));
	safe.next_block();
	let (commitment, until) = (H256::repeat_byte(7), (safe.now() / GRID + 2) * GRID);
	let loosen: [RuntimeCall; 3] = [
		Seal::permit_sealed { sealed: 2, commitment, until }.into(),
		Seal::lift { sealed: 1 }.into(),
		Con::relax_base_decision { decision: BaseDecision::Unset }.into(),
	];
	for call in loosen {
		safe.refused("Patient", call);
	}
	for call in tightenings() {
		safe.succeed("Patient", call);
	}
	safe.succeed("Patient", Seal::deny_sealed { sealed: 2, commitment, until });
}
