//! Storage that no call could leave behind is noticed.

use super::*;
use crate::{
	Admission, AgreementKeyHistory, Desk, Desks, Key, LeavingAtFreeze, LeftActiveIn, Parties,
	Patient, Registrations, Since, StateHistory,
};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use salus_primitives::{Allowance, Cohort, Party};

/// Bends the storage of a handle with two keys, a history and a planned rotation, and expects the
/// complaint.
fn noticed(complaint: &str, bend: impl FnOnce(PatientId, &Wallet, &Wallet)) {
	new_test_ext().execute_with(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_ok!(freeze(&first));
		assert_ok!(unfreeze(&first));
		advance(UNFREEZE_DELAY);
		assert_ok!(PatientIdentity::rotate_agreement_key(signed(&first.account()), AGREEMENT));
		advance(KEY_DELAY);
		assert_ok!(PatientIdentity::rotate_agreement_key(signed(&first.account()), [8; 32]));
		PatientIdentity::do_try_state().unwrap();
		bend(id, &first, &view);
		let found = PatientIdentity::do_try_state().unwrap_err();
		assert_eq!(found, sp_runtime::DispatchError::Other(leak(complaint)));
	});
}

fn leak(text: &str) -> &'static str {
	Box::leak(text.into())
}

fn patient(id: PatientId, change: impl FnOnce(&mut Patient<Test>)) {
	Patients::<Test>::mutate(id, |patient| change(patient.as_mut().unwrap()));
}

fn key(wallet: &Wallet, change: impl FnOnce(&mut Key)) {
	Keys::<Test>::mutate(wallet.account(), |key| change(key.as_mut().unwrap()));
}

#[test]
fn keys_and_handles_that_disagree() {
	noticed("a handle lists a key twice", |id, first, _| {
		patient(id, |patient| patient.keys.try_push(first.account()).unwrap());
	});
	noticed("a handle lists a key that does not exist", |_, _, view| {
		Keys::<Test>::remove(view.account());
	});
	noticed("a handle lists another's key", |_, _, view| {
		let (_, other) = registered(3);
		key(view, |key| key.patient = other);
	});
	noticed("a handle does not list a key", |id, _, view| {
		patient(id, |patient| patient.keys.retain(|account| *account != view.account()));
	});
	noticed("a key without a handle", |id, _, _| {
		let entry = Key { patient: id, purposes: VIEW, from: 1, until: Some(2) };
		let stray = Key { patient: PatientId::repeat_byte(1), ..entry };
		Keys::<Test>::insert(Wallet::new(9).account(), stray);
	});
	noticed("a handle without its first key", |id, first, _| {
		let entry = Keys::<Test>::take(first.account()).unwrap();
		let other = Wallet::new(9).account();
		Keys::<Test>::insert(&other, entry);
		patient(id, |patient| patient.keys[0] = other);
	});
}

#[test]
fn keys_that_make_no_sense() {
	noticed("no authentication key stays (A1)", |_, first, _| {
		key(first, |key| key.purposes = VIEW);
	});
	noticed("no authentication key stays (A1)", |_, first, _| {
		key(first, |key| key.until = Some(now() + 1));
	});
	noticed("a key's purposes", |_, _, view| {
		key(view, |key| key.purposes = KeyPurposeSet(0));
	});
	noticed("a key's purposes", |_, _, view| {
		key(view, |key| key.purposes = KeyPurposeSet(8));
	});
	noticed("a key ends before it begins", |_, _, view| {
		key(view, |key| key.until = Some(key.from - 1));
	});
	noticed("a pending key is bound to end", |_, _, view| {
		key(view, |key| (key.from, key.until) = (now() + 1, Some(now() + 2)));
	});
	noticed("an agreement key of low order", |id, _, _| {
		patient(id, |patient| patient.agreement_key.current.value = [0; 32]);
	});
	noticed("an agreement key of low order", |id, _, _| {
		patient(id, |patient| patient.agreement_key.next.as_mut().unwrap().value = [0; 32]);
	});
}

#[test]
fn states_that_make_no_sense() {
	noticed("a handle without a deposit", |id, _, _| patient(id, |p| p.deposit = None));
	noticed("a retired handle has keys", |id, _, _| {
		patient(id, |patient| {
			patient.state.next = Some(Since { value: PatientState::Retired, from: now() });
		});
	});
	noticed("a planned state that is no unfreezing", |id, _, _| {
		patient(id, |patient| {
			patient.state.current.value = PatientState::Active;
			patient.state.next = Some(Since { value: PatientState::Active, from: now() + 1 });
		});
	});
	noticed("a handle that is not active left Active at another moment", |id, first, _| {
		assert_ok!(freeze(first));
		patient(id, |patient| patient.last_left_active = None);
	});
	let elsewhere = "left Active in a block that is not, or never";
	noticed(elsewhere, |id, _, _| patient(id, |patient| patient.last_left_active = None));
	noticed(elsewhere, |id, first, _| {
		assert_ok!(freeze(first));
		LeftActiveIn::<Test>::insert(id, System::block_number() + 1);
	});
	noticed("left Active without a handle", |_, _, _| {
		LeftActiveIn::<Test>::insert(PatientId::repeat_byte(0x77), 0);
	});
	let pending = "something is pending for a handle that is not active (A3)";
	noticed(pending, |id, first, _| {
		assert_ok!(freeze(first));
		patient(id, |patient| patient.retires_from = Some(now()));
	});
	noticed("a removal is pending in a state that allows none (A3)", |id, first, view| {
		assert_ok!(freeze(first));
		key(view, |key| key.until = Some(now() + 1));
		patient(id, |patient| patient.state.current.value = PatientState::Contested);
	});
	noticed(pending, |_, first, view| {
		assert_ok!(freeze(first));
		key(view, |key| key.from = now() + 1);
	});
	noticed(pending, |id, first, _| {
		assert_ok!(freeze(first));
		patient(id, |patient| {
			patient.agreement_key.next = Some(Since { value: [7; 32], from: now() + 1 });
		});
	});
}

#[test]
fn leaving_keys_that_make_no_sense() {
	let frozen = |first: &Wallet, view: &Wallet| {
		assert_ok!(remove(first, view));
		assert_ok!(freeze(first));
	};
	let list = |id, change: fn(&mut Vec<AccountId>)| {
		let mut leaving = LeavingAtFreeze::<Test>::get(id).into_inner();
		change(&mut leaving);
		LeavingAtFreeze::<Test>::insert(id, frame_support::BoundedVec::truncate_from(leaving));
	};
	noticed("keys were leaving no handle", |id, first, view| {
		frozen(first, view);
		let leaving = LeavingAtFreeze::<Test>::get(id);
		LeavingAtFreeze::<Test>::insert(PatientId::repeat_byte(1), leaving);
	});
	noticed("keys were leaving at no freeze", |_, _, _| {
		let (other, id) = registered(3);
		let leaving = frame_support::BoundedVec::truncate_from(vec![other.account()]);
		LeavingAtFreeze::<Test>::insert(id, leaving);
	});
	noticed("a list of leaving keys is of no use", |id, first, view| {
		frozen(first, view);
		list(id, Vec::clear);
	});
	noticed("a key that was leaving does not exist", |id, first, view| {
		frozen(first, view);
		list(id, |leaving| leaving.push(Wallet::new(9).account()));
	});
	noticed("a key was leaving another handle", |id, first, view| {
		frozen(first, view);
		let (other, _) = registered(3);
		LeavingAtFreeze::<Test>::mutate(id, |leaving| leaving[0] = other.account());
	});
}

#[test]
fn histories_that_make_no_sense() {
	noticed("a history has gaps or leftovers", |id, _, _| StateHistory::<Test>::remove(id, 0));
	noticed("a history has gaps or leftovers", |id, first, _| {
		assert_ok!(freeze(first));
		StateHistory::<Test>::swap(id, 0, id, 9);
	});
	noticed("a history has gaps or leftovers", |id, _, _| {
		AgreementKeyHistory::<Test>::insert(id, 5, Since { value: [7; 32], from: 1 });
	});
	noticed("a history is not sorted", |id, first, _| {
		assert_ok!(freeze(first));
		StateHistory::<Test>::swap(id, 1, id, 2);
	});
	noticed("a history does not begin with the handle", |id, _, _| {
		patient(id, |patient| patient.created_at -= 1);
	});
	noticed("a history without a handle", |_, _, _| {
		let entry = Since { value: PatientState::Active, from: 1 };
		StateHistory::<Test>::insert(PatientId::repeat_byte(1), 0, entry);
	});
}

#[test]
fn parties_and_counts_that_are_wrong() {
	noticed("a party without a handle", |_, _, _| {
		let party = Party { organisation: HOSPITAL, cohort: Cohort(0), since: START };
		Parties::<Test>::insert(PatientId::repeat_byte(1), party);
	});
	noticed("a handle was registered by another party", |id, _, _| {
		let party = Party { organisation: HOSPITAL, cohort: Cohort(0), since: START };
		Parties::<Test>::insert(id, party);
	});
	noticed("a handle was registered by another party", |id, _, _| {
		patient(id, |patient| patient.registered_by = Some(HOSPITAL));
		let party =
			Party { organisation: HOSPITAL, cohort: Cohort::of_patient(1, START), since: START };
		Parties::<Test>::insert(id, party);
	});
	let later = || Allowance { used: 1, since: now() + 1 };
	let all = |desks, made| {
		Registrations::<Test>::insert(HOSPITAL, Admission { desks, made });
	};
	let desk = |who, number, made| {
		Desks::<Test>::insert(HOSPITAL, who, Desk { number, made });
	};
	noticed("a registration in the future", |_, _, _| all(0, later()));
	noticed("a registration in the future", |_, _, _| {
		desk(member(HOSPITAL), 1, later());
		all(1, Allowance::default());
	});
	noticed("two desks have the same number", |_, _, _| {
		desk(member(HOSPITAL), 1, Allowance::default());
		desk(admin(HOSPITAL), 1, Allowance::default());
		all(1, Allowance::default());
	});
	for number in [0, 2] {
		noticed("a desk's number was not given in turn", |_, _, _| {
			desk(member(HOSPITAL), number, Allowance::default());
			all(1, Allowance::default());
		});
	}
	noticed("a desk of an organisation that has registered nobody", |_, _, _| {
		desk(member(HOSPITAL), 1, Allowance::default());
	});
}

#[test]
fn deposits_that_are_not_on_hold() {
	let complaint = "what is on hold is not what handles have put down";
	noticed(complaint, |_, first, _| {
		assert_ok!(Balances::hold(&RegistrationHoldReason::get(), &first.account(), 1));
	});
	noticed(complaint, |_, first, _| {
		let reason = RegistrationHoldReason::get();
		assert_ok!(Balances::release(&reason, &first.account(), 1, Precision::Exact));
	});
}
