//! A patient's access to its own records, by the purposes of the key.

use super::*;

const OWN: u64 = 50;

/// What a key for `purposes` gets.
fn own(purposes: KeyPurposeSet) -> Verdict {
	add_key(OWN, PATIENT, purposes);
	ask(Actor::Own(OWN))
}

#[test]
fn a_key_that_is_not_for_viewing_reads_nothing() {
	build_and_execute(|| {
		// Every set of purposes that there is.
		for bits in 1..=KeyPurposeSet::ALL.0 {
			let purposes = KeyPurposeSet(bits);
			let expected = if purposes.contains(KeyPurpose::View) {
				Verdict::Permit(Basis::Own)
			} else {
				Verdict::Deny(Reason::Credential)
			};
			assert_eq!(own(purposes), expected, "{purposes:?}");
		}
	});
}

#[test]
fn a_key_for_viewing_reads_in_every_state_for_every_purpose_and_not_once_it_has_ended() {
	build_and_execute(|| {
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Treat));
		deny(Grantee::Any);
		set_state(PATIENT, PatientState::Frozen);
		let labels = LabelSet::ALL;
		for purpose in Purpose::ALL.iter().copied() {
			let question = Question { purpose, labels, ..question(Actor::Own(VIEWER)) };
			assert_eq!(Consent::decide(&question), Ok(Verdict::Permit(Basis::Own)), "{purpose:?}");
		}
		pass(10);
		end_key(VIEWER);
		assert_eq!(ask(Actor::Own(VIEWER)), Verdict::Deny(Reason::Credential));
		assert_eq!(ask_at(Actor::Own(VIEWER), now() - 1), Verdict::Permit(Basis::Own));
		// Nor is it of use with another patient's records.
		let others = Question { subject: OTHER_PATIENT, ..question(Actor::Own(WALLET)) };
		assert_eq!(Consent::decide(&others), Ok(Verdict::Deny(Reason::Credential)));
	});
}
