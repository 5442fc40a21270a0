//! The policies of calls: every call has one, under its name too, and none hides what it carries or names.

use crate::common::{
	calls::{arguments, several_of_every_call},
	every_call,
};
use crate::runtime::policy::{inner_calls, names, policy, policy_of};
use salus_primitives::policy::{Effect, Fee, Signer, Ties};
use std::collections::BTreeSet;

#[test]
fn every_call_has_the_same_policy_by_its_name() {
	let calls = every_call();
	assert!(calls.len() > 200, "only {} calls were found", calls.len());
	for (name, call) in calls {
		let (pallet, function) = name.split_once('.').expect("a pallet and a call");
		assert_eq!(policy_of(pallet, function), Some(policy(&call)), "{name}");
	}
	assert_eq!(policy_of("Consent", "nothing"), None);
	assert_eq!(policy_of("Nobody", "permit"), None);
}

#[test]
fn no_call_carries_calls_unseen() {
	let declared: BTreeSet<_> = arguments()
		.into_iter()
		.filter(|(_, said)| said.contains("RuntimeCall"))
		.map(|(name, _)| name)
		.collect();
	let opened: BTreeSet<_> = several_of_every_call()
		.into_iter()
		.filter(|(_, call)| !inner_calls(call).is_empty())
		.map(|(name, _)| name)
		.collect();
	assert_eq!(opened, declared);
	assert!(declared.len() > 15, "{declared:?}");
}

/// The only call by which an organisation whose very name says something about its patients, or somebody who works at
/// one, names a patient: a refused emergency harms, and nobody chooses where it happens.
const EMERGENCIES: [&str; 1] = ["Emergency.break_glass"];

/// The only call by which a patient names an organisation that the filter lets through whatever it is: it tightens, the state
/// has the two together where it takes effect, and the patient's own key signs it.
const CALLED_OFF: &str = "Care.cancel_opt_in";

/// A call that names a patient's handle and an organisation, or that a patient signs and that names an
/// organisation, says something about both.
#[test]
fn no_call_ties_a_patient_to_an_organisation_unseen() {
	let tied: BTreeSet<_> = several_of_every_call()
		.into_iter()
		.filter(|(_, call)| names(call).ties != Ties::Nothing)
		.map(|(name, _)| name)
		.collect();
	let mut declared = BTreeSet::new();
	for (name, said) in arguments() {
		let (pallet, function) = name.split_once('.').expect("a pallet and a call");
		let signer = policy_of(pallet, function).expect("known").signer;
		let patient = said.iter().any(|name| name.contains("PatientId"))
			|| matches!(signer, Signer::PatientKey | Signer::Member);
		if patient && said.iter().any(|name| name == "OrgId") {
			declared.insert(name);
		}
	}
	declared.retain(|name| !EMERGENCIES.contains(&name.as_str()));
	assert!(declared.remove(CALLED_OFF), "{declared:?}");
	assert!(declared.is_subset(&tied), "{:?}", declared.difference(&tied).collect::<Vec<_>>());
	assert!(declared.contains("Consent.request_access"), "{declared:?}");
	assert!(declared.contains("Care.opt_in"), "{declared:?}");
	assert!(declared.contains("RecordAnchor.anchor_many"), "{declared:?}");
}

/// What is looked up of a practitioner is weighed whatever the state has together already: no call names one and is told by the state.
#[test]
fn no_call_names_a_practitioner_beside_what_the_state_may_have_together() {
	let (mut of_people, mut told) = (BTreeSet::new(), BTreeSet::new());
	for (name, call) in several_of_every_call() {
		let names = names(&call);
		if names.practitioner.is_some() {
			assert!(matches!(names.ties, Ties::Nothing | Ties::Patient), "{name}");
			of_people.insert(name);
		} else if !matches!(names.ties, Ties::Nothing | Ties::Patient) {
			told.insert(name);
		}
	}
	assert!(of_people.contains("Consent.deny"), "{of_people:?}");
	assert!(told.len() > 3, "{told:?}");
}

/// Whoever signs a call that names a patient's handle, and is not that patient, is named beside it.
#[test]
fn no_call_of_another_names_a_patient_unseen() {
	let tied: BTreeSet<_> = several_of_every_call()
		.into_iter()
		.filter(|(_, call)| names(call).ties != Ties::Nothing)
		.map(|(name, _)| name)
		.collect();
	let mut declared = BTreeSet::new();
	for (name, said) in arguments() {
		let (pallet, function) = name.split_once('.').expect("a pallet and a call");
		let signer = policy_of(pallet, function).expect("known").signer;
		let own = matches!(signer, Signer::PatientKey | Signer::Nobody);
		if !own && said.iter().any(|name| name.contains("PatientId")) {
			declared.insert(name);
		}
	}
	declared.retain(|name| !EMERGENCIES.contains(&name.as_str()));
	assert!(declared.is_subset(&tied), "{:?}", declared.difference(&tied).collect::<Vec<_>>());
	assert!(declared.contains("PatientIdentity.complete_retirement"), "{declared:?}");
	assert!(declared.contains("Consent.expire_request"), "{declared:?}");
}

/// The calls with a `feeless_if`, read from the pallets: what the SDK makes of it does not say.
#[test]
fn what_is_free_by_policy_is_free_by_its_pallet_and_the_other_way_round() {
	const PALLETS: [(&str, &str); 13] = [
		("Registry", "registry"),
		("PatientIdentity", "patient-identity"),
		("Consent", "consent"),
		("RecordAnchor", "record-anchor"),
		("Claims", "claims"),
		("Care", "care"),
		("Emergency", "emergency"),
		("AccessLog", "access-log"),
		("Acknowledgement", "acknowledgement"),
		("Sealed", "sealed"),
		("Research", "research"),
		("ValidatorSet", "validator-set"),
		("Enactment", "enactment"),
	];
	let mut declared = BTreeSet::new();
	for (pallet, folder) in PALLETS {
		let path = format!("{}/../../pallets/{folder}/src/lib.rs", env!("CARGO_MANIFEST_DIR"));
		let source = std::fs::read_to_string(&path).expect(&path);
		for after in source.split("#[pallet::feeless_if").skip(1) {
			let function = after.split("pub fn ").nth(1).expect("a call follows");
			let name = function.split(['(', '<']).next().expect("it has a name");
			declared.insert(format!("{pallet}.{name}"));
		}
	}
	let free: BTreeSet<_> = every_call()
		.into_iter()
		.filter(|(_, call)| policy(call).fee == Fee::FreeWhenEffective)
		.map(|(name, _)| name)
		.collect();
	assert_eq!(free, declared);
	assert!(free.len() > 15, "{free:?}");
}

/// By these a patient, or a member, gets back the control over what is its own.
const RECOVERIES: [&str; 5] = [
	"PatientIdentity.add_key",
	"PatientIdentity.remove_key",
	"PatientIdentity.rotate_agreement_key",
	"PatientIdentity.unfreeze",
	"Claims.accept_rekey",
];

#[test]
fn what_tightens_is_open_and_what_loosens_is_not() {
	for (name, call) in every_call() {
		let policy = policy(&call);
		match policy.effect {
			Effect::Tightening => {
				assert!(!policy.may_be_paused && policy.open_in_safe_mode, "{name}");
			},
			Effect::Loosening => {
				// What answers a clock, and that by which a stolen key is taken out of service: pausing.rs
				// says of each call that can be paused why that is no harm.
				let answers = !policy.clocks.is_empty();
				let recovers = RECOVERIES.contains(&name.as_str());
				// The law gives every patient this right, and the author a time to answer.
				let erases = name == "RecordAnchor.request_erasure";
				assert_eq!(policy.may_be_paused, !answers && !recovers && !erases, "{name}");
				let looks = name == "PatientIdentity.remove_key";
				assert_eq!(policy.open_in_safe_mode, answers || looks, "{name}");
			},
			Effect::Professional | Effect::Administrative | Effect::Neutral => {},
		}
		assert!(
			policy.effect == Effect::Tightening || policy.fee != Fee::FreeWhenEffective,
			"{name}"
		);
	}
}
