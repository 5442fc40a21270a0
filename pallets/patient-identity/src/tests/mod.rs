//! Tests by topic. Each runs `try_state` at its end.

mod agreement;
mod freeze;
mod history;
mod invariants;
mod keys;
mod origins;
mod property;
mod register;
mod retire;
mod signatures;
mod stolen;
mod tightening;
mod weights;

use crate::{messages, mock::*, Error, Event, Keys, Patients};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use salus_primitives::{KeyPurpose, KeyPurposeSet, Moment, OrgId, PatientId, PatientState};
use sp_runtime::{DispatchResult, MultiSignature};

/// Keys that manage the handle.
const AUTHENTICATION: KeyPurposeSet = KeyPurposeSet::EMPTY.with(KeyPurpose::Authentication);
/// Keys that only look, and tighten.
const VIEW: KeyPurposeSet = KeyPurposeSet::EMPTY.with(KeyPurpose::View);
/// An agreement key that is fine.
const AGREEMENT: [u8; 32] = [9; 32];

/// `key`'s signature that lets `org` register it.
fn registration(wallet: &Wallet, org: OrgId, expiry: Moment) -> MultiSignature {
	let key = wallet.account();
	wallet.sign(&messages::register_for(&GENESIS, org, &key, &AGREEMENT, expiry))
}

/// `register_for` by the hospital's member, as everything should be.
fn register_for(wallet: &Wallet) -> DispatchResultWithPostInfo {
	let (key, expiry) = (wallet.account(), now() + SIGNATURE_LIFE);
	let signature = registration(wallet, HOSPITAL, expiry);
	PatientIdentity::register_for(
		signed(&member(HOSPITAL)),
		HOSPITAL,
		key,
		AGREEMENT,
		expiry,
		signature,
	)
}

/// `add_key` by `by`, as everything should be.
fn add(by: &Wallet, new: &Wallet, purposes: KeyPurposeSet) -> DispatchResult {
	let patient = PatientIdentity::patient_of(&by.account()).unwrap_or_default();
	let (key, expiry) = (new.account(), now() + SIGNATURE_LIFE);
	let message = messages::add_key(&GENESIS, &patient, &key, purposes, expiry);
	PatientIdentity::add_key(signed(&by.account()), key, purposes, expiry, new.sign(&message))
}

/// A new wallet that is a live key of `by`'s handle.
fn added(by: &Wallet, seed: u8, purposes: KeyPurposeSet) -> Wallet {
	let new = Wallet::new(seed);
	assert_ok!(add(by, &new, purposes));
	advance(KEY_DELAY);
	events();
	new
}

fn freeze(by: &Wallet) -> DispatchResult {
	PatientIdentity::freeze(signed(&by.account()))
}

fn unfreeze(by: &Wallet) -> DispatchResult {
	PatientIdentity::unfreeze(signed(&by.account()))
}

fn remove(by: &Wallet, key: &Wallet) -> DispatchResult {
	if by.account() == key.account() {
		PatientIdentity::remove_own_key(signed(&by.account()))
	} else {
		PatientIdentity::remove_key(signed(&by.account()), key.account())
	}
}

/// Retires the handle, delay included.
fn retired(by: &Wallet, id: PatientId) {
	assert_ok!(PatientIdentity::retire(signed(&by.account())));
	advance(RETIREMENT_DELAY);
	assert_ok!(PatientIdentity::complete_retirement(signed(&member(CLINIC)), id));
}

fn is_live(key: &Wallet) -> bool {
	Keys::<Test>::get(key.account()).is_some_and(|key| key.is_live(now()))
}

fn state(id: &PatientId) -> PatientState {
	PatientIdentity::resolve(id).unwrap().state
}
