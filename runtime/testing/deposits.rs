//! What deposits are for is on hold, and nothing else is: for every reason for which this runtime holds
//! tokens.
#![cfg(feature = "try-runtime")]

use crate::common::{account, Chain};
use crate::runtime::*;
use codec::Decode;
use frame_support::{
	assert_ok,
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Hooks,
	},
};
use salus_primitives::commitment::Form;
use sp_core::H256;
use sp_runtime::DispatchError;

/// A pallet's `try_state`.
type Check = fn(BlockNumber) -> Result<(), DispatchError>;

/// The pallet of ours that compares the tokens on hold for `reason` with its tickets, and what it says if
/// they differ; `None` where the pallet is the SDK's.
fn compared_by(reason: RuntimeHoldReason) -> Option<(Check, &'static str)> {
	match reason {
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Registration) => Some((
			<Registry as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what deposits are for",
		)),
		RuntimeHoldReason::PatientIdentity(pallet_patient_identity::HoldReason::Registration) => {
			Some((
				<PatientIdentity as Hooks<BlockNumber>>::try_state,
				"what is on hold is not what handles have put down",
			))
		},
		RuntimeHoldReason::Consent(pallet_consent::HoldReason::Request) => Some((
			<Consent as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what requests have put down",
		)),
		RuntimeHoldReason::RecordAnchor(pallet_record_anchor::HoldReason::Anchor) => Some((
			<RecordAnchor as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what deposits are for",
		)),
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::Bond) => Some((
			<Claims as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what bonds are for",
		)),
		RuntimeHoldReason::Care(pallet_care::HoldReason::Relationship) => Some((
			<Care as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what relationships are for",
		)),
		RuntimeHoldReason::Emergency(pallet_emergency::HoldReason::Emergency) => Some((
			<Emergency as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what emergencies are for",
		)),
		RuntimeHoldReason::AccessLog(pallet_access_log::HoldReason::Log) => Some((
			<AccessLog as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what commits and attestations are for",
		)),
		RuntimeHoldReason::Acknowledgement(pallet_acknowledgement::HoldReason::Acknowledgement) => {
			Some((
				<Acknowledgement as Hooks<BlockNumber>>::try_state,
				"what is on hold is not what acknowledgements are for",
			))
		},
		RuntimeHoldReason::Research(pallet_research::HoldReason::Research) => Some((
			<Research as Hooks<BlockNumber>>::try_state,
			"what is on hold is not what deposits are for",
		)),
		// Of settlement assets, never of tokens.
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::PendedClaim) => None,
		RuntimeHoldReason::Preimage(_)
		| RuntimeHoldReason::Session(_)
		| RuntimeHoldReason::Council(_)
		| RuntimeHoldReason::TechnicalCommittee(_)
		| RuntimeHoldReason::SafeMode(_) => None,
	}
}

/// Every reason for which this runtime can hold tokens.
fn reasons() -> Vec<RuntimeHoldReason> {
	let all = (0..=u8::MAX).flat_map(|pallet| (0..=u8::MAX).map(move |reason| [pallet, reason]));
	all.filter_map(|bytes| RuntimeHoldReason::decode(&mut &bytes[..]).ok()).collect()
}

/// What a pallet says of a state that `change` makes. The change is taken back.
fn after(check: Check, change: impl FnOnce()) -> Result<(), DispatchError> {
	let mut said = Ok(());
	let _ = with_transaction(|| {
		change();
		said = check(System::block_number());
		TransactionOutcome::Rollback(Ok::<(), DispatchError>(()))
	});
	said
}

#[test]
fn tokens_that_are_on_hold_for_nothing_are_noticed_whatever_the_reason() {
	let mut chain = Chain::development();
	let alice = account("Alice");
	let mut seen = 0;
	for reason in reasons() {
		let Some((check, complaint)) = compared_by(reason) else { continue };
		seen += 1;
		let said = chain.run(|| {
			after(check, || {
				assert_ok!(Balances::hold(&reason, &alice, UNIT));
			})
		});
		assert_eq!(said, Err(DispatchError::Other(complaint)), "{reason:?}");
	}
	assert_eq!(seen, 10);
}

#[test]
fn deposits_that_are_not_on_hold_any_more_are_noticed_whatever_the_reason() {
	let (mut chain, org, patient) = Chain::with_patient();
	let (form, retention) = (Form::Bytes, pallet_record_anchor::RetentionClass::Standard);
	let root = H256::repeat_byte(7);
	chain.succeed(
		"Hospital",
		pallet_record_anchor::Call::anchor_batch { org, root, leaves: 2, form, retention },
	);
	chain.succeed("Hospital", pallet_claims::Call::open_encounter { org });
	let access = chain.access(&[]);
	let request_for = pallet_consent::RequestFor::Organisation;
	let (organisation, terms) = (org, H256::repeat_byte(8));
	chain.succeed(
		"Hospital",
		pallet_consent::Call::request_access { organisation, patient, request_for, access, terms },
	);
	let until = chain.now() + 1_000;
	chain.succeed("Patient", pallet_care::Call::invite { organisation, until });
	let kind = pallet_care::RelationshipKind::Ambulatory;
	chain.succeed("Hospital", pallet_care::Call::open { organisation, patient, kind, until });
	chain.employ(org, "Hospital", "Doctor", salus_primitives::Role::Clinician, until);
	let reason = salus_primitives::EmergencyReason::UrgentCare;
	let classes = salus_primitives::DataClassSet::ALL;
	let detail = H256::repeat_byte(9);
	chain.succeed(
		"Doctor",
		pallet_emergency::Call::break_glass { organisation, patient, reason, classes, detail },
	);
	let (seq_from, seq_until, previous) = (0, 0, H256::zero());
	chain.succeed(
		"Hospital",
		pallet_access_log::Call::commit {
			organisation,
			seq_from,
			seq_until,
			root: previous,
			previous,
		},
	);
	let permit = chain.permit(pallet_consent::Grantee::Organisation(organisation));
	chain.succeed("Patient", permit);
	let directive = 0;
	chain.succeed("Patient", pallet_consent::Call::revoke { directive });
	let acknowledge =
		pallet_acknowledgement::Call::acknowledge { organisation, patient, directive };
	chain.succeed("Hospital", acknowledge);
	let kinds = salus_primitives::OrgKindSet::of(&[salus_primitives::OrgKind::Ethics]);
	let until = chain.now() + 500 * salus_primitives::time::DAY;
	let committee = chain.organisation("Clinic", kinds, until);
	let (custodian, quorum, total) = (org, 3, 1_000_000);
	chain.succeed(
		"Hospital",
		pallet_research::Call::open_population { custodian, committee, quorum, total },
	);
	let payer = account("Hospital");
	for reason in reasons() {
		let Some((check, complaint)) = compared_by(reason) else { continue };
		let said = chain.run(|| {
			assert!(Balances::balance_on_hold(&reason, &payer) > 0, "{reason:?}");
			after(check, || {
				assert_ok!(Balances::release(&reason, &payer, 1, Precision::Exact));
			})
		});
		assert_eq!(said, Err(DispatchError::Other(complaint)), "{reason:?}");
	}
}
