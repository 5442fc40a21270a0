//! The policies of calls: every call has one, under its name too, and none hides what it carries or names.

use crate::common::every_call;
use crate::runtime::{
	policy::{inner_calls, names, policy, policy_of},
	*,
};
use codec::{Decode, DecodeLimit, Encode};
use frame_metadata::{v15::RuntimeMetadataV15, RuntimeMetadata, RuntimeMetadataPrefixed};
use frame_support::traits::GetCallMetadata;
use salus_primitives::policy::{Effect, Fee, Signer, Ties};
use scale_info::TypeDef;
use std::collections::BTreeSet;

fn metadata() -> RuntimeMetadataV15 {
	let opaque = sp_io::TestExternalities::new_empty()
		.execute_with(|| Runtime::metadata_at_version(15))
		.expect("version 15 is served");
	match RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes").1 {
		RuntimeMetadata::V15(metadata) => metadata,
		_ => panic!("not version 15"),
	}
}

/// The names of the types of everything that each call takes, at whatever depth, by the call's name.
fn arguments() -> Vec<(String, BTreeSet<String>)> {
	let metadata = metadata();
	let types = &metadata.types;
	let fields = |id: u32| -> Vec<(Option<String>, u32)> {
		let ty = types.resolve(id).expect("known");
		let of = |fields: &[scale_info::Field<scale_info::form::PortableForm>]| {
			fields.iter().map(|f| (f.type_name.clone(), f.ty.id)).collect::<Vec<_>>()
		};
		match &ty.type_def {
			TypeDef::Composite(composite) => of(&composite.fields),
			TypeDef::Variant(variants) => {
				variants.variants.iter().flat_map(|variant| of(&variant.fields)).collect()
			},
			TypeDef::Sequence(sequence) => vec![(None, sequence.type_param.id)],
			TypeDef::Array(array) => vec![(None, array.type_param.id)],
			TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| (None, field.id)).collect(),
			TypeDef::Compact(compact) => vec![(None, compact.type_param.id)],
			TypeDef::Primitive(_) | TypeDef::BitSequence(_) => Vec::new(),
		}
	};
	let mut found = Vec::new();
	for pallet in &metadata.pallets {
		let Some(calls) = &pallet.calls else { continue };
		let TypeDef::Variant(calls) = &types.resolve(calls.ty.id).expect("known").type_def else {
			panic!("calls are variants")
		};
		for call in &calls.variants {
			let (mut seen, mut said) = (BTreeSet::new(), BTreeSet::new());
			let mut left: Vec<_> =
				call.fields.iter().map(|f| (f.type_name.clone(), f.ty.id)).collect();
			while let Some((name, id)) = left.pop() {
				let ident = types.resolve(id).and_then(|ty| ty.path.ident());
				said.extend(name.into_iter().chain(ident.clone()));
				// What a carried call takes is that call's affair.
				if ident.as_deref() != Some("RuntimeCall") && seen.insert(id) {
					left.extend(fields(id));
				}
			}
			found.push((format!("{}.{}", pallet.name, call.name), said));
		}
	}
	found
}

/// Several of every call, with arguments that are made of one byte over and over: with zeros there is nothing in
/// an option or a list, and of an enum only the first variant.
fn several_of_every_call() -> Vec<(String, RuntimeCall)> {
	let mut calls = every_call();
	let kinds: BTreeSet<(u8, u8)> =
		calls.iter().map(|(_, call)| call.encode()).map(|bytes| (bytes[0], bytes[1])).collect();
	for (pallet, call) in kinds {
		for (lead, fill) in
			[(1, 1), (2, 2), (3, 3), (4, 0), (4, 4), (1, 2), (0, 1), (0, 2), (0, 4), (4, 1)]
		{
			let mut bytes = vec![pallet, call, lead];
			bytes.resize(16_384, fill);
			// Of some bytes a call is made that carries itself, and so on.
			let decoded = RuntimeCall::decode_with_depth_limit(16, &mut &bytes[..]);
			if let Ok(call) = decoded {
				let name = call.get_call_metadata();
				calls.push((format!("{}.{}", name.pallet_name, name.function_name), call));
			}
		}
	}
	calls
}

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
	assert!(declared.is_subset(&tied), "{:?}", declared.difference(&tied).collect::<Vec<_>>());
	assert!(declared.contains("Consent.request_access"), "{declared:?}");
	assert!(declared.contains("RecordAnchor.anchor_many"), "{declared:?}");
}

/// The calls with a `feeless_if`, read from the pallets: what the SDK makes of it does not say.
#[test]
fn what_is_free_by_policy_is_free_by_its_pallet_and_the_other_way_round() {
	const PALLETS: [(&str, &str); 7] = [
		("Registry", "registry"),
		("PatientIdentity", "patient-identity"),
		("Consent", "consent"),
		("RecordAnchor", "record-anchor"),
		("Claims", "claims"),
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

#[test]
fn what_tightens_is_open_and_what_loosens_is_not() {
	for (name, call) in every_call() {
		let policy = policy(&call);
		match policy.effect {
			Effect::Tightening => {
				assert!(!policy.may_be_paused && policy.open_in_safe_mode, "{name}");
			},
			Effect::Loosening => {
				let clock = !policy.clocks.is_empty();
				assert_eq!(
					(policy.may_be_paused, policy.open_in_safe_mode),
					(!clock, clock),
					"{name}"
				);
			},
			Effect::Professional | Effect::Administrative | Effect::Neutral => {},
		}
		assert!(
			policy.effect == Effect::Tightening || policy.fee != Fee::FreeWhenEffective,
			"{name}"
		);
	}
}
