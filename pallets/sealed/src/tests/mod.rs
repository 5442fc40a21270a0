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

/// The patient seals a Permit for 30 days; its number.
fn permit() -> SealedId {
	let id = Sealed::next_sealed(&PATIENT);
	assert_ok!(Sealed::permit_sealed(signed(WALLET), commitment(), now() + 30 * DAY));
	id
}

/// The patient seals a Deny for ever; its number.
fn deny() -> SealedId {
	let id = Sealed::next_sealed(&PATIENT);
	assert_ok!(Sealed::deny_sealed(signed(VIEWER), commitment(), Moment::MAX));
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
