//! Invitations of organisations, and affiliations with them.

use super::*;
use frame_support::dispatch::GetDispatchInfo;
use pallet_registry::WeightInfo as _;

type Weights = <Runtime as pallet_registry::Config>::WeightInfo;

/// Of an account that was there for nothing else, and ends: several people sign for it, so that it never sent a transaction itself.
#[test]
fn an_invitation_is_declined_by_an_account_that_ends() {
	let (mut chain, org, _) = Chain::with_patient();
	let mut signatories = [account("Doctor"), account("Nurse")];
	signatories.sort();
	let both = Multisig::multi_account_id(&signatories, 2);
	let (role, until) = (Role::Nurse, chain.now() + YEAR);
	make(&mut chain, "Hospital", Register::invite { org, account: both.clone(), role, until });
	let decline = RuntimeCall::from(Register::decline_affiliation { org, role });
	let found = touched_by(&mut chain, || {
		let done = decline.dispatch_bypass_filter(RuntimeOrigin::signed(both));
		done.expect("it succeeds");
	});
	assert_reached(&found, &[("registry", "decline_affiliation", &[])], &[]);
}

/// Of somebody who has sent a transaction, and stays; so does the deposit.
#[test]
fn an_invitation_is_declined_by_somebody_who_stays() {
	let (mut chain, org, _) = Chain::with_patient();
	let (role, until) = (Role::Nurse, chain.now() + YEAR);
	make(&mut chain, "Hospital", Register::invite { org, account: account("Guest"), role, until });
	endowed(&mut chain, "Guest");
	chain.succeed("Guest", pallet_utility::Call::batch { calls: vec![] });
	let decline = Register::decline_affiliation { org, role };
	let found = touched(&mut chain, "Guest", decline);
	assert_eq!(found["Registry::Lingering"], Accesses { reads: 1, writes: 1 });
	let parts: [Part; 1] = [("registry", "decline_affiliation", &[])];
	assert_declared_but_for(&["Registry::Lingering"], &found, &parts);
}

/// Whose account ends, since nothing was ever sent by it; after the administrator who has invited handed over.
#[test]
fn an_invitation_of_an_account_that_ends_is_taken_back() {
	let (mut chain, org, _) = Chain::with_patient();
	endowed(&mut chain, "Successor");
	let (role, until) = (Role::Nurse, chain.now() + YEAR);
	make(&mut chain, "Hospital", Register::invite { org, account: account("Guest"), role, until });
	make(&mut chain, "Hospital", Register::rotate_admin { org, new: account("Successor") });
	make(&mut chain, "Successor", Register::accept_admin { org });
	let cancel = Register::cancel_invitation { org, account: account("Guest"), role };
	let found = touched(&mut chain, "Successor", cancel);
	assert_reached(&found, &[("registry", "cancel_invitation", &[])], &[]);
}

/// By somebody who has worked there before, and for as many others since as are remembered. None of those was ever flagged, so that it is
/// read of each whether it is.
#[test]
fn an_invitation_is_accepted_in_place_of_one_of_those_that_were_never_flagged() {
	let (mut chain, org, _) = Chain::with_patient();
	let (role, until, doctor) = (Role::Clinician, chain.now() + YEAR, account("Doctor"));
	chain.next_block();
	employed(&mut chain, org, "Hospital", "Doctor", role);
	chain.next_block();
	make(&mut chain, "Doctor", Register::end_affiliation { org, account: doctor.clone(), role });
	let others = left(&mut chain, "Doctor", MOST_EMPLOYERS, false);
	assert_eq!(
		chain.run(|| pallet_registry::Employers::<Runtime>::get(&doctor)).len(),
		others.len()
	);
	make(&mut chain, "Hospital", Register::invite { org, account: doctor, role, until });
	let found = touched(&mut chain, "Doctor", Register::accept_affiliation { org, role });
	assert_eq!(found["Registry::Organisations"].reads, MOST_EMPLOYERS);
	// No deposit of an invitation that was declined stands for an account that has been affiliated since.
	let lingering: &[Less] = &[("Registry::Lingering", 0, 1)];
	assert_reached(&found, &[("registry", "accept_affiliation_unflagged", &[])], lingering);
	// The call declares both ways.
	let call = RuntimeCall::from(Register::accept_affiliation { org, role });
	let declared = call.get_dispatch_info().call_weight;
	for way in [Weights::accept_affiliation(), Weights::accept_affiliation_unflagged()] {
		assert!(way.all_lte(declared), "{way:?} of {declared:?}");
	}
}

/// In place of one of those that were flagged only since: of each it is read when it was flagged, and when somebody worked there.
#[test]
fn an_invitation_is_accepted_in_place_of_one_of_those_that_were_flagged_later() {
	let (mut chain, org, _) = Chain::with_patient();
	let (role, until, doctor) = (Role::Clinician, chain.now() + YEAR, account("Doctor"));
	chain.next_block();
	employed(&mut chain, org, "Hospital", "Doctor", role);
	chain.next_block();
	make(&mut chain, "Doctor", Register::end_affiliation { org, account: doctor.clone(), role });
	for other in left(&mut chain, "Doctor", MOST_EMPLOYERS, false) {
		make(&mut chain, "Registrar", Register::set_flag { org: other, flagged: true });
	}
	make(&mut chain, "Hospital", Register::invite { org, account: doctor, role, until });
	let found = touched(&mut chain, "Doctor", Register::accept_affiliation { org, role });
	assert_eq!(found["Registry::Flags"].reads, MOST_EMPLOYERS);
	// No deposit of an invitation that was declined stands for an account that has been affiliated since.
	let lingering: &[Less] = &[("Registry::Lingering", 0, 1)];
	assert_reached(&found, &[("registry", "accept_affiliation", &[])], lingering);
}

/// Of an account that nobody knew.
#[test]
fn somebody_is_invited_and_somebody_leaves() {
	let (mut chain, org, _) = Chain::with_patient();
	let (role, until) = (Role::Clinician, chain.now() + YEAR);
	employed(&mut chain, org, "Hospital", "Doctor", role);
	chain.next_block();
	let invite = Register::invite { org, account: account("Newcomer"), role, until };
	let found = touched_by_itself(&mut chain, "Hospital", invite);
	assert_reached(&found, &[("registry", "invite", &[])], &[]);
	let end = Register::end_affiliation { org, account: account("Doctor"), role };
	let found = touched(&mut chain, "Hospital", end);
	assert_reached(&found, &[("registry", "end_affiliation", &[])], &[]);
}

/// What was put down for the organisation moves at once, and what was for those who work there when they are named.
#[test]
fn an_administration_is_handed_over() {
	let (mut chain, org, _) = Chain::with_patient();
	employed(&mut chain, org, "Hospital", "Doctor", Role::Clinician);
	endowed(&mut chain, "Successor");
	let rotate = RuntimeCall::from(Register::rotate_admin { org, new: account("Successor") });
	let found = touched(&mut chain, "Hospital", rotate.clone());
	assert_reached(&found, &[("registry", "rotate_admin", &[])], &[]);
	make(&mut chain, "Hospital", rotate);
	let accept = RuntimeCall::from(Register::accept_admin { org });
	let found = touched_by_itself(&mut chain, "Successor", accept.clone());
	assert_reached(&found, &[("registry", "accept_admin", &[])], &[]);
	make(&mut chain, "Successor", accept);
	let assume = Register::assume_deposit { org, account: account("Doctor") };
	let found = touched_by_itself(&mut chain, "Successor", assume);
	assert_reached(&found, &[("registry", "assume_deposit", &[])], &[]);
}
