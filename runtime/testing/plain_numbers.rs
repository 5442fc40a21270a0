//! What a number gives away: a call that names a directive, a request, a lift, a record, a coverage, an
//! encounter or a claim names whatever the state has under it.
//!
//! One row for each such call, and the rows are compared with the metadata. A row says whether the call
//! would tie a patient or a member to an organisation that was flagged after all that happened. What would
//! tie them anew is refused before a block. What the state ties under that number is told by the state
//! already: it goes through, and above all what tightens.

use crate::common::{account, calls::metadata, Chain};
use crate::runtime::{
	genesis_config_presets::SETTLEMENT_ASSET as ASSET, policy::filter::CallFilter, *,
};
use codec::{Decode, Encode};
use frame_support::traits::Contains;
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_claims::{Call as Claim, Terms};
use pallet_consent::{Call as Con, Grantee, LiftTarget, RequestFor};
use pallet_record_anchor::Call as Anchor;
use salus_primitives::{
	time::{DAY, YEAR},
	Interval, OrgId, OrgKind, OrgKindSet, PatientId, Towards,
};
use scale_info::TypeDef;
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;
use std::collections::BTreeSet;

/// The types of numbers under which the state may have an organisation.
const NUMBERS: [&str; 10] = [
	"DirectiveId",
	"RequestId",
	"LiftTarget",
	"Seq",
	"CoverageId",
	"EncounterId",
	"ClaimId",
	"RelationshipId",
	"InvitationId",
	"EmergencyId",
];

/// Whether a call ties a patient or a member to the organisation under its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
	/// It would do so anew: refused before a block.
	Anew,
	/// The state has both together under that number.
	ByTheState,
	/// It names no patient and no member.
	OfNobody,
}

use Told::{Anew, ByTheState, OfNobody};

/// Every such call, with zeros for arguments: the first directive, request, coverage and encounter are of
/// the flagged organisation, and so is whatever organisation the call names.
const ROWS: [(&str, Told); 36] = [
	// A patient's directives and requests, which name the organisation and stand in the state.
	("Consent.revoke", ByTheState),
	("Consent.lift", ByTheState),
	("Consent.apply_lift", ByTheState),
	("Consent.cancel_lift", ByTheState),
	// The pallet refuses it, since the organisation must not be let in by a plain directive.
	("Consent.approve", ByTheState),
	("Consent.decline", ByTheState),
	("Consent.expire_request", ByTheState),
	// The author's own work, and a court's: whom a record is about stands in the state or nowhere.
	("RecordAnchor.anchor", OfNobody),
	("RecordAnchor.retract", OfNobody),
	("RecordAnchor.extend_dispute", OfNobody),
	("RecordAnchor.answer_dispute", OfNobody),
	("RecordAnchor.extend_retention", OfNobody),
	("RecordAnchor.hold", OfNobody),
	("RecordAnchor.release", OfNobody),
	("RecordAnchor.refuse_erasure", OfNobody),
	("RecordAnchor.shred", OfNobody),
	("RecordAnchor.evict", OfNobody),
	("RecordAnchor.sweep", OfNobody),
	// A patient signs, about a record that names nobody.
	("RecordAnchor.acknowledge", Anew),
	("RecordAnchor.dispute", Anew),
	("RecordAnchor.request_erasure", Anew),
	("RecordAnchor.withdraw_erasure", Anew),
	// The coverage stands in the state, with its payer and its member.
	("Claims.accept_coverage", ByTheState),
	("Claims.terminate_coverage", ByTheState),
	("Claims.accept_rekey", ByTheState),
	("Claims.cancel_rekey", ByTheState),
	// A new member key beside the payer.
	("Claims.rekey_coverage", Anew),
	// A member beside the provider, for the first time.
	("Claims.open_emergency", Anew),
	("Claims.attest", Anew),
	("Claims.attest_for", Anew),
	// What was done in an encounter, and what became of it: whose it is stands in the state or nowhere.
	("Claims.close_encounter", OfNobody),
	("Claims.amend_encounter", OfNobody),
	("Claims.submit", OfNobody),
	("Claims.correct", OfNobody),
	("Claims.void", OfNobody),
	("Claims.request_information", OfNobody),
];

/// The rest of the rows: a payer's work on a claim.
const OF_A_CLAIM: [(&str, Told); 3] =
	[("Claims.answer", OfNobody), ("Claims.decide", OfNobody), ("Claims.poke", OfNobody)];

/// Relationships, invitations and emergencies, which name patient and organisation and stand in the state.
const OF_CARE: [(&str, Told); 7] = [
	("Care.withdraw_invitation", ByTheState),
	("Care.end", ByTheState),
	("Care.leave", ByTheState),
	("Care.end_for", ByTheState),
	("Emergency.review", ByTheState),
	("Emergency.dispute", ByTheState),
	("Emergency.rule", ByTheState),
];

/// Revocations. An acknowledgement names its organisation itself; whoever marks one overdue, the directive alone, under which
/// it stands in the state: the pallet refuses where it is flagged.
const OF_REVOCATIONS: [(&str, Told); 2] =
	[("Acknowledgement.acknowledge", Anew), ("Acknowledgement.mark_overdue", ByTheState)];

fn rows() -> impl Iterator<Item = (&'static str, Told)> {
	ROWS.into_iter().chain(OF_A_CLAIM).chain(OF_CARE).chain(OF_REVOCATIONS)
}

/// A hospital that treats and insures, in which everything has happened; and then it is flagged.
fn scene() -> (Chain, OrgId, PatientId) {
	let (mut chain, org, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Payer, chain.now() + YEAR);
	let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
	chain.succeed("Hospital", pallet_registry::Call::apply { kinds, profile });
	chain.succeed("Registrar", pallet_registry::Call::admit { org, kind, until });

	let access = chain.access(&[]);
	let grantee = Grantee::Organisation(org);
	let permit = chain.permit(grantee.clone());
	chain.succeed("Patient", permit);
	chain.succeed("Patient", Con::deny { grantee, scope: access.scope, until: u64::MAX });
	chain.succeed("Patient", Con::lift { directive: 1 });
	for n in 1..4 {
		let (terms, request_for) = (H256::repeat_byte(n), RequestFor::Organisation);
		let ask = Con::request_access { organisation: org, patient, request_for, access, terms };
		chain.succeed("Hospital", ask);
	}
	chain.succeed("Patient", Con::block_requester { organisation: org });
	chain.succeed("Patient", Con::unblock_requester { organisation: org });

	let until = chain.now() + DAY;
	chain.succeed("Patient", Relate::invite { organisation: org, until });
	let kind = RelationshipKind::Ambulatory;
	chain.succeed("Hospital", Relate::open { organisation: org, patient, kind, until });
	let towards = Towards::Organisation(org);
	chain.succeed("Patient", Relate::opt_out_of { organisation: org });
	chain.succeed("Patient", Relate::opt_in { towards });

	let terms = Terms {
		asset: ASSET,
		rules: Default::default(),
		auto_limit: 100_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	};
	chain.succeed("Hospital", Claim::create_plan { org, terms: Box::new(terms) });
	let period = Interval::new(chain.now(), chain.now() + YEAR);
	let member = account("Member");
	chain.succeed("Hospital", Claim::enrol { org, plan: 0, member, period });
	chain.succeed("Member", Claim::accept_coverage { coverage: 0 });
	// The first visit is nobody's yet, the second names the coverage.
	chain.succeed("Hospital", Claim::open_encounter { org });
	chain.succeed("Hospital", Claim::open_emergency { org, coverage: 0 });

	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });
	(chain, org, patient)
}

fn in_a_block(chain: &mut Chain, call: &RuntimeCall) -> bool {
	let batch = |call| RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call] });
	let nested = batch(batch(call.clone()));
	let open = chain.run(|| CallFilter::contains(call));
	assert_eq!(chain.run(|| CallFilter::contains(&nested)), open, "{call:?}");
	open
}

/// The calls of the runtime with the name and type of each argument.
fn described() -> Vec<(String, Vec<String>)> {
	let metadata = metadata();
	let mut found = vec![];
	for pallet in &metadata.pallets {
		let Some(calls) = &pallet.calls else { continue };
		let calls = metadata.types.resolve(calls.ty.id).expect("known");
		let TypeDef::Variant(calls) = &calls.type_def else { panic!("no calls") };
		for call in &calls.variants {
			let types = call.fields.iter().map(|field| field.type_name.clone().unwrap_or_default());
			found.push((format!("{}.{}", pallet.name, call.name), types.collect()));
		}
	}
	found
}

/// The calls of the rows, each for or about `org` where it names an organisation.
fn calls(org: OrgId) -> Vec<(&'static str, Told, RuntimeCall)> {
	let (zeros, described) = (crate::common::every_call(), described());
	let call = |(name, told): (&'static str, Told)| {
		let (_, call) = zeros.iter().find(|(other, _)| other == name).expect("a call");
		let (_, types) = described.iter().find(|(other, _)| other == name).expect("described");
		let mut bytes = call.encode();
		if types.first().is_some_and(|first| first == "OrgId") {
			// Behind the numbers of the pallet and of the call.
			bytes[2..6].copy_from_slice(&org.encode());
		} else {
			assert!(!types.contains(&"OrgId".to_string()), "{name} names it elsewhere");
		}
		(name, told, RuntimeCall::decode(&mut &bytes[..]).expect("a call"))
	};
	rows().map(call).collect()
}

#[test]
fn a_number_that_would_tie_a_patient_to_a_flagged_organisation_anew_is_refused_before_a_block() {
	let (mut chain, org, _) = scene();
	for (name, told, call) in calls(org) {
		assert_eq!(in_a_block(&mut chain, &call), told != Anew, "{name}");
	}
	// Without the flag all of them go through.
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: false });
	for (name, _, call) in calls(org) {
		assert!(in_a_block(&mut chain, &call), "{name}");
	}
}

#[test]
fn every_call_with_such_a_number_has_a_row() {
	let numbers = |name: &String| {
		let mut words = name.split(|c: char| !c.is_alphanumeric());
		words.any(|word| NUMBERS.contains(&word))
	};
	let found: BTreeSet<_> = described()
		.into_iter()
		.filter(|(_, types)| types.iter().any(numbers))
		.map(|(name, _)| name)
		.collect();
	let rows: BTreeSet<_> = rows().map(|(name, _)| name.to_string()).collect();
	assert_eq!(found, rows);
}

/// What zeros do not say: the other things that a number may stand for.
#[test]
fn what_stands_in_the_state_is_told_by_it_and_an_organisation_by_its_own_number_is_not() {
	let (mut chain, org, patient) = scene();
	let target = LiftTarget::Requester(org);
	let towards = Towards::Organisation(org);
	let refused: [RuntimeCall; 4] = [
		Con::cancel_lift { target }.into(),
		Con::apply_lift { patient, target }.into(),
		Relate::apply_opt_in { patient, towards }.into(),
		// The first relationship is its own; there is no second one.
		Relate::end_for { organisation: org, relationship: 1 }.into(),
	];
	for call in &refused {
		assert!(!in_a_block(&mut chain, call), "{call:?}");
	}
	// A freeze names nobody, and stops that lift for ever.
	let target = LiftTarget::Directive(1);
	let (encounter, coverage) = (1, 0);
	let expiry = chain.now() + 60;
	let signature = sp_core::sr25519::Signature::from_raw([0; 64]).into();
	chain.run(|| pallet_record_anchor::Subjects::<Runtime>::insert(org, 7, patient));
	let (author, seq) = (org, 7);
	let told: [RuntimeCall; 9] = [
		// A return that waits in the state.
		Relate::cancel_opt_in { towards }.into(),
		Con::cancel_lift { target }.into(),
		Con::apply_lift { patient, target }.into(),
		Claim::attest { encounter, coverage }.into(),
		Claim::attest_for { org, encounter, coverage, expiry, signature }.into(),
		Anchor::acknowledge { author, seq }.into(),
		Anchor::dispute { author, seq, statement: H256::repeat_byte(1) }.into(),
		Anchor::request_erasure { author, seq }.into(),
		Anchor::withdraw_erasure { author, seq }.into(),
	];
	for call in &told {
		assert!(in_a_block(&mut chain, call), "{call:?}");
	}
	chain.run(|| pallet_record_anchor::Subjects::<Runtime>::remove(org, 7));
	// Another coverage than the one that the encounter names would be told anew.
	let other: RuntimeCall = Claim::attest { encounter, coverage: 1 }.into();
	assert!(!in_a_block(&mut chain, &other));
}

/// However it came about: what was permitted, asked or planned can be stopped.
#[test]
fn what_tightens_takes_effect_towards_an_organisation_that_was_flagged_meanwhile() {
	let (mut chain, org, patient) = scene();
	chain.succeed("Patient", Con::revoke { directive: 0 });
	chain.succeed("Patient", Con::cancel_lift { target: LiftTarget::Directive(1) });
	chain.succeed("Patient", Con::decline { request: 0 });
	let access = chain.access(&[]);
	let approved = chain.dispatch("Patient", Con::approve { request: 1, access });
	assert_eq!(approved, Err(pallet_consent::Error::<Runtime>::FlaggedOrganisation.into()));
	chain.succeed("Member", Claim::attest { encounter: 1, coverage: 0 });
	let until = chain.now();
	chain.succeed("Member", Claim::terminate_coverage { coverage: 0, until });
	// The lift of the block names the organisation by its own number, and waits in vain.
	let target = LiftTarget::Requester(org);
	for (who, call) in
		[("Patient", Con::cancel_lift { target }), ("Bob", Con::apply_lift { patient, target })]
	{
		assert_eq!(chain.apply(who, call), Err(InvalidTransaction::Call.into()));
	}
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
}
