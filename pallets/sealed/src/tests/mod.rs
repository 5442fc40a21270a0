//! One file per topic; what several of them need is here.

mod as_of;
mod corrupted;
mod directives;
mod feeless;
mod lifts;
mod limits;
mod origins;
mod random;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{time::*, *};
use sp_runtime::DispatchResult;

type PalletError = Error<Test>;

/// The numbers of those in force where nothing is.
const NONE: [SealedId; 0] = [];

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// A commitment to something that only the patient knows.
fn commitment() -> Commitment {
	Commitment::repeat_byte(7)
}

/// The `n`th moment after now at which a sealed directive may end.
fn end(n: u64) -> Moment {
	(now() / GRID + n) * GRID
}

/// `who` seals a Permit under the next number.
fn permit_by(who: u64, until: Moment) -> DispatchResult {
	Sealed::permit_sealed(signed(who), next_of(who), commitment(), until)
}

/// `who` seals a Deny under the next number.
fn deny_by(who: u64, until: Moment) -> DispatchResult {
	Sealed::deny_sealed(signed(who), next_of(who), commitment(), until)
}

/// The number that the next sealed directive of whoever has the key gets.
fn next_of(who: u64) -> SealedId {
	Sealed::next_sealed(if who == OTHER_WALLET { &OTHER_PATIENT } else { &PATIENT })
}

/// The patient seals a Permit for 30 days at least; its number.
fn permit() -> SealedId {
	let id = Sealed::next_sealed(&PATIENT);
	assert_ok!(permit_by(WALLET, end(2)));
	id
}

/// The patient seals a Deny for ever; its number.
fn deny() -> SealedId {
	let id = Sealed::next_sealed(&PATIENT);
	assert_ok!(deny_by(VIEWER, Moment::MAX));
	id
}

fn revoke(sealed: SealedId) {
	assert_ok!(Sealed::revoke(signed(VIEWER), sealed));
}

/// The numbers of those that were in force at `at`, the lowest first.
fn in_force_at(at: Moment) -> Vec<SealedId> {
	let found = Sealed::sealed(&PATIENT, at).unwrap();
	let mut numbers: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
	numbers.sort();
	numbers
}

fn in_force() -> Vec<SealedId> {
	in_force_at(now())
}

fn last_event() -> Event<Test> {
	match System::events().pop().expect("an event").event {
		RuntimeEvent::Sealed(event) => event,
		other => panic!("an event of another pallet: {other:?}"),
	}
}
