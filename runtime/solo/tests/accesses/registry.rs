//! Invitations of organisations.

use super::*;

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
