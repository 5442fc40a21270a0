//! Random sequences of calls: the invariants hold after each, and no past answer changes.

use super::*;
use crate::StateHistory;
use frame_support::traits::fungible::InspectHold;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
	Register(u8),
	RegisterFor(u8),
	Add(u8, u8, u8),
	CancelPending(u8, u8),
	Remove(u8, u8),
	CancelRemoval(u8, u8),
	Rotate(u8, u8),
	CancelRotation(u8),
	Freeze(u8),
	Unfreeze(u8),
	CancelUnfreeze(u8),
	Retire(u8),
	CancelRetirement(u8),
	Complete(u8),
	Wait(Moment),
}

fn step() -> impl Strategy<Value = Step> {
	// Few handles and few senders, so that senders meet what others left pending.
	let by = || 1u8..8;
	let nth = || 0u8..8;
	prop_oneof![
		1 => (1u8..3).prop_map(Step::Register),
		1 => (3u8..5).prop_map(Step::RegisterFor),
		8 => (by(), 1u8..14, 0u8..9).prop_map(|(by, new, set)| Step::Add(by, new, set)),
		3 => (by(), nth()).prop_map(|(by, nth)| Step::CancelPending(by, nth)),
		3 => (by(), nth()).prop_map(|(by, nth)| Step::Remove(by, nth)),
		4 => (by(), nth()).prop_map(|(by, nth)| Step::CancelRemoval(by, nth)),
		4 => (by(), 1u8..5).prop_map(|(by, key)| Step::Rotate(by, key)),
		3 => by().prop_map(Step::CancelRotation),
		2 => by().prop_map(Step::Freeze),
		4 => by().prop_map(Step::Unfreeze),
		3 => by().prop_map(Step::CancelUnfreeze),
		1 => by().prop_map(Step::Retire),
		1 => by().prop_map(Step::CancelRetirement),
		2 => by().prop_map(Step::Complete),
		8 => prop_oneof![
			Just(1),
			0..KEY_DELAY / 8,
			Just(HOUR_BUT_ONE),
			Just(KEY_DELAY - 1),
			Just(KEY_DELAY),
			Just(RETIREMENT_DELAY),
			0..2 * KEY_DELAY,
		]
		.prop_map(Step::Wait),
	]
}

const HOUR_BUT_ONE: Moment = SIGNATURE_LIFE - 1;

fn play(step: &Step) -> DispatchResult {
	let account = |seed: &u8| Wallet::new(*seed).account();
	// One of the keys of the sender's handle, or else any account.
	let sibling = |seed: &u8, nth: &u8| {
		let id = PatientIdentity::patient_of(&account(seed)).unwrap_or_default();
		let keys = Patients::<Test>::get(id).map(|patient| patient.keys).unwrap_or_default();
		let nth = keys.iter().cycle().nth((*nth).into()).cloned();
		nth.unwrap_or_else(|| account(seed))
	};
	let by = |seed: &u8| signed(&account(seed));
	match step {
		Step::Register(seed) => PatientIdentity::register(by(seed), AGREEMENT),
		Step::RegisterFor(seed) => {
			register_for(&Wallet::new(*seed)).map(|_| ()).map_err(|refused| refused.error)
		},
		Step::Add(seed, new, set) => {
			add(&Wallet::new(*seed), &Wallet::new(*new), KeyPurposeSet(*set))
		},
		Step::CancelPending(seed, key) => {
			PatientIdentity::cancel_pending_key(by(seed), sibling(seed, key))
		},
		Step::Remove(seed, nth) => match sibling(seed, nth) {
			own if own == account(seed) => PatientIdentity::remove_own_key(by(seed)),
			other => PatientIdentity::remove_key(by(seed), other),
		},
		Step::CancelRemoval(seed, key) => {
			// Mostly one that is bound to end.
			let id = PatientIdentity::patient_of(&account(seed)).unwrap_or_default();
			let keys = Patients::<Test>::get(id).map(|patient| patient.keys).unwrap_or_default();
			let leaving = keys.into_iter().find(|key| {
				*key != account(seed) && Keys::<Test>::get(key).is_some_and(|k| k.is_leaving(now()))
			});
			let key = leaving.unwrap_or_else(|| sibling(seed, key));
			PatientIdentity::cancel_key_removal(by(seed), key)
		},
		Step::Rotate(seed, key) => PatientIdentity::rotate_agreement_key(by(seed), [*key; 32]),
		Step::CancelRotation(seed) => PatientIdentity::cancel_rotation(by(seed)),
		Step::Freeze(seed) => PatientIdentity::freeze(by(seed)),
		Step::Unfreeze(seed) => PatientIdentity::unfreeze(by(seed)),
		Step::CancelUnfreeze(seed) => PatientIdentity::cancel_unfreeze(by(seed)),
		Step::Retire(seed) => PatientIdentity::retire(by(seed)),
		Step::CancelRetirement(seed) => PatientIdentity::cancel_retirement(by(seed)),
		Step::Complete(seed) => {
			let id = PatientIdentity::patient_of(&account(seed)).unwrap_or_default();
			PatientIdentity::complete_retirement(by(seed), id)
		},
		Step::Wait(seconds) => {
			advance(*seconds);
			Ok(())
		},
	}
}

/// Random sequences that only fail would show nothing.
#[test]
fn random_sequences_get_every_call_through() {
	let mut runner = TestRunner::deterministic();
	let sequences = prop::collection::vec(step(), 80);
	let mut through = BTreeSet::new();
	for _ in 0..256 {
		let steps = sequences.new_tree(&mut runner).unwrap().current();
		new_test_ext().execute_with(|| {
			for step in &steps {
				if frame_support::storage::with_storage_layer(|| play(step)).is_ok() {
					through.insert(format!("{step:?}").split('(').next().unwrap().to_string());
				}
			}
		});
	}
	assert_eq!(through.len(), 15, "{through:?}");
}

/// What was answered, once for each handle and moment, about the second before.
type Answers = BTreeMap<(PatientId, Moment), (Option<PatientState>, Option<[u8; 32]>)>;

fn answer(id: &PatientId, at: Moment) -> (Option<PatientState>, Option<[u8; 32]>) {
	let agreement_key = PatientIdentity::agreement_key_at(id, at).unwrap();
	(PatientIdentity::state_at(id, at).unwrap(), agreement_key.map(|since| since.value))
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

	#[test]
	fn invariants_hold_and_the_past_stays(steps in prop::collection::vec(step(), 1..80)) {
		new_test_ext().execute_with(|| {
			let mut asked = Answers::new();
			let mut owners = BTreeMap::new();
			for step in &steps {
				// A call in a block is undone as a whole when it fails.
				let _ = frame_support::storage::with_storage_layer(|| play(step));
				PatientIdentity::do_try_state().unwrap();

				for id in Patients::<Test>::iter_keys() {
					let before = now() - 1;
					asked.entry((id, before)).or_insert_with(|| answer(&id, before));
				}
				// A key that was live once is its handle's for ever.
				for (account, key) in Keys::<Test>::iter() {
					if !key.is_pending(now()) {
						let owner = *owners.entry(account).or_insert(key.patient);
						assert_eq!(owner, key.patient);
					}
				}
				assert!(owners.keys().all(Keys::<Test>::contains_key));
			}
			for ((id, at), answered) in &asked {
				assert_eq!(&answer(id, *at), answered, "{id:?} at {at}");
			}
			// What is held is what the handles' receipts say.
			let payers = RICH.map(|seed| Wallet::new(seed).account()).chain([admin(HOSPITAL)]);
			for payer in payers {
				let owed: u64 = Patients::<Test>::iter_values()
					.filter(|patient| patient.deposit.as_ref().is_some_and(|d| d.payer == payer))
					.map(|patient| match patient.state.now(now()).value {
						PatientState::Retired => price(PatientIdentity::retired_footprint()),
						_ => price(PatientIdentity::footprint()),
					})
					.sum();
				assert_eq!(Balances::total_balance_on_hold(&payer), owed);
			}
			assert!(StateHistory::<Test>::iter().count() <= 2 * steps.len());
		});
	}
}
