//! The policies of all calls of both chains, for the tools that people govern with: they say who may make a call, and go by
//! `clients/governance/src/policies.json`. This test compares it with the policies, and writes it when
//! `SALUS_WRITE_TABLES` is set.

use crate::both;
use frame_metadata::v15::RuntimeMetadataV15;
use salus_primitives::policy::Policy;
use scale_info::TypeDef;
use std::{collections::BTreeMap, fs, path::Path};

/// Every call of a chain, as the metadata spells pallet and call.
fn calls(metadata: &RuntimeMetadataV15) -> Vec<(String, String)> {
	let mut calls = Vec::new();
	for pallet in &metadata.pallets {
		let Some(of) = &pallet.calls else { continue };
		let TypeDef::Variant(variants) = &metadata.types.resolve(of.ty.id).expect("known").type_def
		else {
			panic!("the calls of {} are no enum", pallet.name);
		};
		let named = variants.variants.iter().map(|call| (pallet.name.clone(), call.name.clone()));
		calls.extend(named);
	}
	calls
}

/// `pallet.call` as clients in JavaScript spell it.
fn spelled(pallet: &str, call: &str) -> String {
	let (first, rest) = pallet.split_at(1);
	let mut words = call.split('_');
	let mut name =
		format!("{}{rest}.{}", first.to_lowercase(), words.next().expect("it has a name"));
	for word in words {
		let (first, rest) = word.split_at(1);
		name.push_str(&first.to_uppercase());
		name.push_str(rest);
	}
	name
}

fn policies() -> BTreeMap<String, Policy> {
	let mut policies = BTreeMap::new();
	let [solo, parachain] = both();
	let of_solo = |(pallet, call): (String, String)| {
		(spelled(&pallet, &call), salus_runtime::policy::policy_of(&pallet, &call).expect("known"))
	};
	let of_parachain = |(pallet, call): (String, String)| {
		let policy = salus_parachain_runtime::policy::policy_of(&pallet, &call);
		(spelled(&pallet, &call), policy.expect("known"))
	};
	policies.extend(calls(&solo).into_iter().map(of_solo));
	for (name, policy) in calls(&parachain).into_iter().map(of_parachain) {
		let before = policies.insert(name.clone(), policy);
		assert!(before.is_none_or(|before| before == policy), "{name} differs between the chains");
	}
	policies
}

#[test]
fn the_file_of_the_policies_is_that_of_the_calls() {
	let policies = policies();
	assert!(policies.len() > 250, "only {}", policies.len());
	let line = |(name, policy): (&String, &Policy)| {
		let (signer, pausable) = (policy.signer, policy.may_be_paused);
		format!("  \"{name}\": {{\"signer\": \"{signer:?}\", \"pausable\": {pausable}}}")
	};
	let lines: Vec<_> = policies.iter().map(line).collect();
	let text = format!("{{\n{}\n}}\n", lines.join(",\n"));
	let path =
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../../clients/governance/src/policies.json");
	if std::env::var_os("SALUS_WRITE_TABLES").is_some() {
		fs::write(&path, &text).expect("writable");
	}
	let written = fs::read_to_string(&path).expect("clients/governance/src/policies.json");
	assert!(
		written == text,
		"write it anew with SALUS_WRITE_TABLES=1: see 'Adding a call' in CONTRIBUTING.md"
	);
}
