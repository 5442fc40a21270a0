//! A key of a patient is stolen, and the patient holds no tokens: through every extension, as in a block.

use crate::common::{account, pair, Chain};
use crate::runtime::*;
use frame_support::{assert_err, assert_ok};
use pallet_patient_identity::{messages, Call, Error};
use salus_primitives::{
	Action, DataClass, KeyPurpose, KeyPurposeSet, LabelSet, PatientId, PatientState, Purpose,
};
use sp_core::Pair;

/// Adds `//Thief` to the patient's keys, for these purposes, and lets the day pass.
fn steal(chain: &mut Chain, patient: PatientId, purposes: &[KeyPurpose]) {
	let (key, purposes) = (account("Thief"), KeyPurposeSet::of(purposes));
	let expiry = chain.now() + 600;
	let message = chain.run(|| {
		let genesis = System::block_hash(0);
		messages::add_key(&genesis, &patient, &key, purposes, expiry)
	});
	let signature = pair("Thief").sign(&message).into();
	chain.succeed("Patient", Call::add_key { key, purposes, expiry, signature });
	chain.pass_a_day();
}

fn state(chain: &mut Chain, patient: PatientId) -> PatientState {
	chain.run(|| PatientIdentity::resolve(&patient)).expect("registered").state
}

#[test]
fn a_thief_that_only_looks_is_out_a_day_after_its_removal_was_asked_for() {
	for purposes in [&[KeyPurpose::View][..], &[KeyPurpose::Consent, KeyPurpose::View]] {
		let (mut chain, _, patient) = Chain::with_patient();
		steal(&mut chain, patient, purposes);
		let key = account("Thief");
		chain.succeed("Patient", Call::remove_key { key: key.clone() });
		chain.succeed("Thief", Call::freeze {});
		chain.next_block();
		chain.succeed("Patient", Call::unfreeze {});
		// It would be charged, and has nothing.
		chain.refused("Thief", Call::cancel_unfreeze {});
		chain.refused("Thief", Call::cancel_key_removal { key: key.clone() });
		chain.pass_a_day();
		assert_eq!(state(&mut chain, patient), PatientState::Active);
		chain.refused("Thief", Call::freeze {});
	}
}

/// A free call comes before a paid one in a block, so the thief is always first.
#[test]
fn a_thief_that_freezes_first_in_every_block_keeps_nothing() {
	let (mut chain, _, patient) = Chain::with_patient();
	steal(&mut chain, patient, &[KeyPurpose::View]);
	chain.succeed("Thief", Call::freeze {});
	chain.succeed("Patient", Call::unfreeze {});
	chain.pass_a_day();
	chain.succeed("Thief", Call::freeze {});
	chain.succeed("Patient", Call::remove_key { key: account("Thief") });
	chain.succeed("Patient", Call::unfreeze {});
	chain.pass_a_day();
	assert_eq!(state(&mut chain, patient), PatientState::Active);
	chain.refused("Thief", Call::freeze {});
	chain.succeed("Patient", Call::freeze {});
}

#[test]
fn a_key_for_consent_alone_reads_nothing_of_the_patients() {
	use pallet_consent::{Actor, Basis, Question, Reason, Verdict};
	let (mut chain, _, patient) = Chain::with_patient();
	steal(&mut chain, patient, &[KeyPurpose::Consent]);
	let mut ask = |who| {
		let question = Question {
			subject: patient,
			actor: Actor::Own(account(who)),
			purpose: Purpose::Patrqt,
			action: Action::Read,
			class: DataClass::Laboratory,
			labels: LabelSet::EMPTY,
			data_time: None,
			at: None,
		};
		chain.run(|| Consent::decide(&question))
	};
	assert_eq!(ask("Thief"), Ok(Verdict::Deny(Reason::Credential)));
	assert_eq!(ask("Patient"), Ok(Verdict::Permit(Basis::Own)));
	// It manages nothing either.
	let refused = chain.dispatch("Thief", Call::unfreeze {});
	assert_err!(refused, Error::<Runtime>::NotAuthenticationKey);
	assert_ok!(chain.dispatch("Thief", Call::freeze {}));
}
