//! Sealed directives, beside as many as a patient can have.

use super::*;
use pallet_sealed::{Call as Seal, SealedId, GRID, MAX_LIVE, MAX_PERMITS, SWEEP};
use salus_primitives::Moment;

/// Seals so many Permits, or denials that never end.
fn say(chain: &mut Chain, patient: PatientId, denials: bool, count: u32) {
	for _ in 0..count {
		let call = next(chain, patient, denials);
		make(chain, "Patient", call);
	}
}

/// The patient's next sealed Permit, or denial.
fn next(chain: &mut Chain, patient: PatientId, denial: bool) -> Seal<Runtime> {
	let sealed = chain.run(|| Sealed::next_sealed(&patient));
	let commitment = H256::repeat_byte(9);
	match denial {
		true => Seal::deny_sealed { sealed, commitment, until: Moment::MAX },
		false => {
			let until = (chain.now() / GRID + 2) * GRID;
			Seal::permit_sealed { sealed, commitment, until }
		},
	}
}

/// A full set, of which as many have ended as one call moves to the history, where some are already: on a page that has room for more, so that it
/// is read.
fn full_and_ended() -> (Chain, PatientId) {
	let (mut chain, _, patient) = Chain::with_patient();
	let revoke = |chain: &mut Chain, first: SealedId| {
		for sealed in first..first + SWEEP {
			make(chain, "Patient", Seal::revoke { sealed });
		}
	};
	say(&mut chain, patient, false, SWEEP);
	revoke(&mut chain, 0);
	// The first of these moves those that ended.
	say(&mut chain, patient, false, MAX_PERMITS);
	say(&mut chain, patient, true, MAX_LIVE - MAX_PERMITS);
	revoke(&mut chain, SWEEP);
	let live = chain.run(|| pallet_sealed::Live::<Runtime>::get(patient));
	assert_eq!((live.entries.len() as u32, live.swept), (MAX_LIVE, SWEEP));
	(chain, patient)
}

/// As many denials as there is room for, all but the last of which are to be lifted; the numbers of the last two.
fn full_of_denials() -> (Chain, PatientId, SealedId, SealedId) {
	let (mut chain, _, patient) = Chain::with_patient();
	say(&mut chain, patient, true, MAX_LIVE);
	let last = MAX_LIVE - 1;
	for sealed in 0..last {
		make(&mut chain, "Patient", Seal::lift { sealed });
	}
	(chain, patient, last - 1, last)
}

#[test]
fn a_permit_or_a_denial_is_sealed_beside_a_full_set_of_which_some_ended() {
	let (mut chain, patient) = full_and_ended();
	for (denial, weight) in [(false, "permit_sealed"), (true, "deny_sealed")] {
		let call = next(&mut chain, patient, denial);
		let found = touched(&mut chain, "Patient", call);
		assert_reached(&found, &[("sealed", weight, &[])], &[]);
	}
}

#[test]
fn a_sealed_permit_of_a_full_set_is_revoked() {
	let (mut chain, _) = full_and_ended();
	let last = SWEEP + MAX_PERMITS - 1;
	let found = touched(&mut chain, "Patient", Seal::revoke { sealed: last });
	assert_reached(&found, &[("sealed", "revoke", &[])], &[]);
}

/// All others are to be lifted already.
#[test]
fn the_last_denial_of_a_full_set_is_to_be_lifted() {
	let (mut chain, _, _, last) = full_of_denials();
	let found = touched(&mut chain, "Patient", Seal::lift { sealed: last });
	assert_reached(&found, &[("sealed", "lift", &[])], &[]);
}

#[test]
fn a_lift_of_as_many_as_can_be_is_cancelled_or_carried_out() {
	let (mut chain, patient, sealed, _) = full_of_denials();
	let found = touched(&mut chain, "Patient", Seal::cancel_lift { sealed });
	assert_reached(&found, &[("sealed", "cancel_lift", &[])], &[]);
	chain.pass_a_day();
	let found = touched(&mut chain, "Anybody", Seal::apply_lift { patient, sealed });
	assert_reached(&found, &[("sealed", "apply_lift", &[])], &[]);
}
