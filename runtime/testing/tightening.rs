//! A patient with an empty account can always tighten: free, at once, and in safe mode too; and
//! nobody can do it in the patient's stead by a detour, or loosen.

use crate::common::{account, Chain};
use crate::runtime::{policy::filter::CallFilter, *};
use frame_support::traits::{fungible::Inspect, Contains};
use pallet_consent::Grantee;

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
