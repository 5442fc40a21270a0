//! Corrupted storage is noticed.

use crate::{mock::*, *};
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, tokens::Precision, Hooks},
	BoundedVec,
};
use salus_primitives::{Moment, OrgKindSet, Role};
use sp_runtime::TryRuntimeError;

/// Corrupts a sound state, and expects the complaint.
fn corrupted(complaint: &'static str, corrupt: impl FnOnce()) {
	licensed().build().execute_with(|| {
		affiliate(DOCTOR, Role::Clinician, START + 100);
		set_now(START + 10);
		check_state();
		corrupt();
		assert_eq!(Registry::do_try_state(), Err(TryRuntimeError::Other(complaint)));
	});
}

fn organisation(change: impl FnOnce(&mut Organisation<Test>)) {
	Organisations::<Test>::mutate_extant(HOSPITAL_ORG, change);
}

fn licence(change: impl FnOnce(&mut Licence<Test>)) {
	Licences::<Test>::mutate(HOSPITAL_ORG, PROVIDER, |l| change(l.as_mut().unwrap()));
}

fn affiliation(change: impl FnOnce(&mut Affiliation<Test>)) {
	Affiliations::<Test>::mutate(HOSPITAL_ORG, DOCTOR, |a| change(a.as_mut().unwrap()));
}

fn registrar(change: impl FnOnce(&mut RegistrarTerms<Test>)) {
	Registrars::<Test>::mutate(REGISTRAR, change);
}

#[test]
fn the_configuration_and_an_empty_registry_are_sound() {
	ExtBuilder::default().build_and_execute(|| {
		<Registry as Hooks<u64>>::integrity_test();
	});
}

#[test]
fn corrupted_organisations_are_noticed() {
	corrupted("an organisation's number was never given", || NextOrgId::<Test>::put(1));
	corrupted("an organisation's administrator is not listed", || {
		Administrators::<Test>::remove(HOSPITAL);
	});
	corrupted("an organisation's administrator is not listed", || {
		organisation(|o| o.admin = STRANGER);
	});
	corrupted("the administration is offered to the administrator", || {
		organisation(|o| o.next_admin = Some(HOSPITAL));
	});
	corrupted("an organisation has an unknown kind", || {
		organisation(|o| o.pending = OrgKindSet(1 << 15));
	});
	corrupted("a kind is both pending and admitted", || {
		organisation(|o| o.pending = o.held);
	});
	corrupted("kinds admitted and licences differ", || {
		organisation(|o| o.held = OrgKindSet::ALL);
	});
	corrupted("kinds admitted and licences differ", || {
		Licences::<Test>::remove(HOSPITAL_ORG, PROVIDER);
	});
	let flags = |org: u32, intervals: &[(Moment, Option<Moment>)]| {
		let all = intervals.iter().map(|(from, until)| FlagInterval { from: *from, until: *until });
		Flags::<Test>::insert(org, FlagHistory::truncate_from(all.collect()));
	};
	let taken_by = |takers: &[AccountId]| {
		let takers = FlagTakers::<AccountId>::truncate_from(takers.to_vec());
		UnflaggedBy::<Test>::insert(HOSPITAL_ORG, takers);
	};
	corrupted("an empty list of who took a flag off", || taken_by(&[]));
	corrupted("a flag was taken off more often than it has ended", || {
		flags(HOSPITAL_ORG, &[(START, None)]);
		organisation(|o| o.flagged = true);
		taken_by(&[REGISTRAR]);
	});
	corrupted("a registrar has taken a flag off too often", || {
		flags(HOSPITAL_ORG, &[(START, Some(START)); 9]);
		taken_by(&[REGISTRAR; 9]);
	});
	corrupted("flags of no organisation", || flags(9, &[(0, Some(1))]));
	corrupted("an empty history of flags", || flags(HOSPITAL_ORG, &[]));
	corrupted("an organisation's flag and its history differ", || {
		flags(HOSPITAL_ORG, &[(START, None)]);
	});
	corrupted("an organisation's flag and its history differ", || {
		flags(HOSPITAL_ORG, &[(START, Some(START))]);
		organisation(|o| o.flagged = true);
	});
	for wrong in [
		[(START, None), (START, Some(START))],
		[(START + 2, Some(START + 3)), (START, Some(START + 3))],
		[(START, Some(START + 3)), (START + 11, Some(START + 11))],
	] {
		corrupted("flags out of order", || flags(HOSPITAL_ORG, &wrong));
	}
	for wrong in [(START + 2, Some(START + 1)), (START, Some(START + 11))] {
		corrupted("a flag with a wrong end", || flags(HOSPITAL_ORG, &[wrong]));
	}
	let key = |org, key, since| {
		AgreementKeys::<Test>::insert(org, AgreementKey { key, since });
	};
	corrupted("an agreement key of no organisation", || key(9, [9; 32], START));
	corrupted("an agreement key that anybody can use", || key(HOSPITAL_ORG, [0; 32], START));
	corrupted("an agreement key from the future", || key(HOSPITAL_ORG, [9; 32], START + 11));
	let keys = |org, since| {
		ClientKeys::<Test>::insert(org, ClientKeySet { keys: profile(), since });
	};
	corrupted("keys of systems of no organisation", || keys(9, START));
	corrupted("keys of systems from the future", || keys(HOSPITAL_ORG, START + 11));
	corrupted("an account administers an organisation that has another administrator", || {
		Administrators::<Test>::insert(STRANGER, HOSPITAL_ORG)
	});
}

#[test]
fn what_is_kept_of_the_last_time_is_what_the_licence_says() {
	let term = |change: fn(&mut LastTerm)| {
		LastLicensed::<Test>::mutate(HOSPITAL_ORG, |terms| change(&mut terms[0]));
	};
	let differs = "the last time under a licence is not what the licence says";
	corrupted(differs, || term(|last| last.since += 1));
	corrupted(differs, || term(|last| last.index += 1));
	corrupted(differs, || term(|last| last.from += 1));
	corrupted(differs, || term(|last| last.until += 1));
	corrupted(differs, || term(|last| last.kind = LABORATORY));
	corrupted(differs, || {
		let found = LastLicensed::<Test>::get(HOSPITAL_ORG);
		LastLicensed::<Test>::insert(9, found);
	});
	corrupted("a kind of licence twice", || {
		LastLicensed::<Test>::mutate(HOSPITAL_ORG, |terms| terms.try_push(terms[0]).unwrap());
	});
	let missing = "a licence of which the last time is not kept, or not in order";
	corrupted(missing, || LastLicensed::<Test>::insert(HOSPITAL_ORG, LastTerms::default()));
}

#[test]
fn corrupted_licences_are_noticed() {
	corrupted("a licence without admission", || {
		Licences::<Test>::insert(9, PROVIDER, Licence::default());
	});
	corrupted("a licence without an interval", || {
		licence(|l| l.intervals = Default::default());
	});
	let order = "a licence's history is out of order";
	corrupted(order, || licence(|l| l.intervals[0].from = START + 11));
	corrupted(order, || licence(|l| l.intervals[0].until = 0));
	corrupted(order, || {
		licence(|l| l.intervals[0].ended = Some((START + 11, LicenceEnd::Suspended)));
	});
	corrupted(order, || {
		licence(|l| {
			l.intervals[0].from = 5;
			l.intervals[0].ended = Some((4, LicenceEnd::Suspended));
		});
	});
	corrupted(order, || {
		let overlapping = LicenceInterval { from: START, until: START + 1_000, ended: None };
		licence(|l| l.intervals.try_push(overlapping).unwrap());
	});
	corrupted("a revocation in the future", || licence(|l| l.revoked = Some(START + 11)));
	corrupted("a revoked interval of a licence that was not revoked then", || {
		licence(|l| l.intervals[0].ended = Some((START, LicenceEnd::Revoked)));
	});
	corrupted("a renewed interval without its successor", || {
		licence(|l| l.intervals[0].ended = Some((START, LicenceEnd::Renewed)));
	});
	corrupted("a revoked licence is in force", || licence(|l| l.revoked = Some(START)));
}

#[test]
fn corrupted_affiliations_are_noticed() {
	corrupted("an affiliation to no organisation", || {
		let affiliation = Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap();
		Affiliations::<Test>::insert(9, DOCTOR, affiliation);
	});
	corrupted("an affiliation that is not among the account's employers", || {
		Employers::<Test>::remove(DOCTOR);
	});
	let worked_while_flagged = |until: Moment| {
		affiliation(|a| a.intervals[0].ended = Some(START + 8));
		let flag = FlagInterval { from: START + 2, until: Some(until) };
		Flags::<Test>::insert(HOSPITAL_ORG, FlagHistory::truncate_from(vec![flag]));
	};
	let missing = "an employer that was flagged meanwhile is not among the account's";
	corrupted(missing, || {
		worked_while_flagged(START + 3);
		assert_ok!(Registry::do_try_state());
		Employers::<Test>::remove(DOCTOR);
	});
	corrupted(missing, || {
		worked_while_flagged(START + 9);
		Employers::<Test>::remove(DOCTOR);
	});
	corrupted("an employer without an affiliation", || {
		Employers::<Test>::mutate(DOCTOR, |employers| employers.try_push(9).unwrap());
	});
	corrupted("an employer twice", || {
		Employers::<Test>::mutate(DOCTOR, |employers| employers.try_push(HOSPITAL_ORG).unwrap());
	});
	corrupted("an affiliation without an interval", || {
		affiliation(|a| a.intervals = Default::default());
	});
	corrupted("an affiliation's history is out of order", || {
		let mut earlier = Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap().intervals[0];
		earlier.from = START - 1;
		earlier.role = Role::Nurse;
		affiliation(|a| a.intervals.try_push(earlier).unwrap());
	});
	corrupted("an affiliation's history in a role is out of order", || {
		let again = Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap().intervals[0];
		affiliation(|a| a.intervals.try_push(again).unwrap());
	});
	corrupted("an affiliation's history in a role is out of order", || {
		affiliation(|a| a.intervals[0].ended = Some(START + 11));
	});
	corrupted("an invitation to no organisation", || {
		let deposit = Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap().deposit.unwrap();
		let invitation = Invitation { until: START + 20, deposit };
		Invitations::<Test>::insert((9, DOCTOR, Role::Nurse), invitation);
	});
}

#[test]
fn deposits_that_are_not_on_hold_are_noticed() {
	let complaint = "what is on hold is not what deposits are for";
	corrupted(complaint, || {
		let deposit = Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap().deposit.unwrap();
		organisation(|o| o.ticket = Some(deposit.ticket));
	});
	corrupted(complaint, || affiliation(|a| a.deposit = None));
	corrupted(complaint, || {
		assert_ok!(Balances::hold(&Reason::get(), &HOSPITAL, 1));
	});
	corrupted(complaint, || {
		assert_ok!(Balances::release(&Reason::get(), &HOSPITAL, 1, Precision::Exact));
	});
}

#[test]
fn corrupted_registrars_are_noticed() {
	corrupted("a registrar without a term", || {
		Registrars::<Test>::insert(STRANGER, BoundedVec::default());
	});
	corrupted("a registrar's history is out of order", || {
		registrar(|terms| terms.try_push(terms[0]).unwrap());
	});
	corrupted("a registrar of an organisation that could leave, or has left", || {
		registrar(|terms| terms[0].organisation = 2);
	});
	corrupted("a registrar of an organisation that could leave, or has left", || {
		Organisations::<Test>::mutate_extant(AUTHORITY_ORG, |o| o.established = false);
	});
	corrupted("a registrar covers unknown codes", || {
		registrar(|terms| terms[0].kinds = OrgKindSet(1 << 15));
	});
}

#[test]
fn invitations_from_the_future_are_noticed() {
	corrupted("an invitation in the future", || {
		let made = salus_primitives::Allowance { used: 1, since: now() + 1 };
		InvitationsMade::<Test>::insert(HOSPITAL_ORG, made);
	});
}
