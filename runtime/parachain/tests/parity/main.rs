//! What front-ends and wallets see of the two chains is the same: pallets and their indices, calls, events, errors,
//! storage, runtime APIs. Only what belongs to a consensus differs, and it is named here.

mod policies;

use codec::Decode;
use frame_metadata::{
	v15::{RuntimeMetadataV15, StorageEntryType},
	RuntimeMetadata, RuntimeMetadataPrefixed,
};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef};
use std::collections::BTreeMap;

/// Pallets of the chain with its own consensus alone.
const SOLO: [(&str, u8); 3] = [("Babe", 21), ("Offences", 22), ("Grandpa", 26)];
/// Pallets of a parachain alone.
const PARACHAIN: [(&str, u8); 5] = [
	("Aura", 27),
	("AuraExt", 28),
	("ParachainSystem", 50),
	("ParachainInfo", 51),
	("WeightReclaim", 52),
];
/// Runtime APIs of the chain with its own consensus alone.
const APIS_OF_SOLO: [&str; 2] = ["BabeApi", "GrandpaApi"];
/// Runtime APIs of a parachain alone.
const APIS_OF_PARACHAIN: [&str; 6] = [
	"AuraApi",
	"AuraUnincludedSegmentApi",
	"CollectCollationInfo",
	"GetParachainInfo",
	"RelayParentOffsetApi",
	"SchedulingV3EnabledApi",
];

/// Constants that differ, by pallet: what a block takes, and parts of it; its time; what is counted in blocks, and is as long on both; and what is kept
/// for reports of misbehaviour, which a parachain does not have. Nothing that a patient, a payer or an organisation goes by.
const NUMBERS_THAT_DIFFER: [(&str, &str); 13] = [
	("Care", "MaxSignatureAge"),
	("Council", "MaxProposalWeight"),
	("Enactment", "MaxCallWeight"),
	("Scheduler", "MaximumWeight"),
	("System", "BlockLength"),
	("System", "BlockWeights"),
	("System", "Version"),
	("TechnicalCommittee", "MaxProposalWeight"),
	("Timestamp", "MinimumPeriod"),
	("Treasury", "PayoutPeriod"),
	("Treasury", "SpendPeriod"),
	("ValidatorSet", "HistoryDepth"),
	("ValidatorSet", "MinValidators"),
];

fn decode(opaque: Option<sp_core::OpaqueMetadata>) -> RuntimeMetadataV15 {
	let opaque = opaque.expect("version 15 is served");
	match RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes").1 {
		RuntimeMetadata::V15(metadata) => metadata,
		_ => panic!("not version 15"),
	}
}

fn both() -> [RuntimeMetadataV15; 2] {
	let mut nothing = sp_io::TestExternalities::new_empty();
	nothing.execute_with(|| {
		[
			decode(salus_runtime::Runtime::metadata_at_version(15)),
			decode(salus_parachain_runtime::Runtime::metadata_at_version(15)),
		]
	})
}

/// A type, spelled out down to its primitives. Types that hold something of every pallet are only named: they
/// differ in the pallets of the consensus, and what the others put into them is compared by itself.
struct Speller<'a> {
	types: &'a PortableRegistry,
	open: Vec<u32>,
}

impl Speller<'_> {
	fn spell(&mut self, id: u32) -> String {
		let ty = self.types.resolve(id).expect("known");
		let path = ty.path.segments.join("::");
		for runtime in ["salus_runtime::", "salus_parachain_runtime::"] {
			if let Some(name) = path.strip_prefix(runtime) {
				return format!("the runtime's {name}");
			}
		}
		if self.open.contains(&id) {
			return format!("{path} again");
		}
		self.open.push(id);
		let spelled = match &ty.type_def {
			TypeDef::Composite(it) => format!("{{{}}}", self.fields(&it.fields)),
			TypeDef::Variant(it) => {
				let variants: Vec<_> = it
					.variants
					.iter()
					.map(|one| format!("{}={}({})", one.index, one.name, self.fields(&one.fields)))
					.collect();
				format!("<{}>", variants.join("|"))
			},
			TypeDef::Sequence(it) => format!("[{}]", self.spell(it.type_param.id)),
			TypeDef::Array(it) => format!("[{}; {}]", self.spell(it.type_param.id), it.len),
			TypeDef::Tuple(it) => {
				let fields: Vec<_> = it.fields.iter().map(|field| self.spell(field.id)).collect();
				format!("({})", fields.join(","))
			},
			TypeDef::Primitive(it) => format!("{it:?}"),
			TypeDef::Compact(it) => format!("compact {}", self.spell(it.type_param.id)),
			TypeDef::BitSequence(_) => "bits".into(),
		};
		self.open.pop();
		format!("{path}{spelled}")
	}

	fn fields(&mut self, fields: &[scale_info::Field<PortableForm>]) -> String {
		let spelled: Vec<_> = fields
			.iter()
			.map(|field| {
				let name = field.name.as_deref().unwrap_or_default();
				format!("{name}:{}", self.spell(field.ty.id))
			})
			.collect();
		spelled.join(",")
	}
}

/// Everything that can be seen of a pallet, each thing by its name.
fn seen(metadata: &RuntimeMetadataV15, pallet: &str) -> BTreeMap<String, String> {
	let mut speller = Speller { types: &metadata.types, open: Vec::new() };
	let found = metadata.pallets.iter().find(|found| found.name == pallet).expect("there");
	let mut seen = BTreeMap::new();
	seen.insert("index".into(), found.index.to_string());
	if let Some(calls) = &found.calls {
		seen.insert("calls".into(), speller.spell(calls.ty.id));
	}
	if let Some(events) = &found.event {
		seen.insert("events".into(), speller.spell(events.ty.id));
	}
	if let Some(errors) = &found.error {
		seen.insert("errors".into(), speller.spell(errors.ty.id));
	}
	for constant in &found.constants {
		seen.insert(format!("constant {}", constant.name), speller.spell(constant.ty.id));
	}
	for entry in found.storage.iter().flat_map(|storage| &storage.entries) {
		let ty = match &entry.ty {
			StorageEntryType::Plain(value) => speller.spell(value.id),
			StorageEntryType::Map { hashers, key, value } => {
				format!("{hashers:?} {} => {}", speller.spell(key.id), speller.spell(value.id))
			},
		};
		seen.insert(format!("storage {}", entry.name), format!("{:?} {ty}", entry.modifier));
	}
	seen
}

#[test]
fn both_chains_have_the_same_pallets_but_for_those_of_the_consensus() {
	let [solo, parachain] = both();
	let pallets = |metadata: &RuntimeMetadataV15, alone: &[(&str, u8)]| -> BTreeMap<u8, String> {
		let all: BTreeMap<u8, String> =
			metadata.pallets.iter().map(|pallet| (pallet.index, pallet.name.clone())).collect();
		for (name, index) in alone {
			assert_eq!(all.get(index).map(String::as_str), Some(*name));
		}
		all.into_iter().filter(|(index, _)| !alone.iter().any(|(_, own)| own == index)).collect()
	};
	let shared = pallets(&solo, &SOLO);
	assert_eq!(shared, pallets(&parachain, &PARACHAIN));
	assert!(shared.len() >= 30, "{shared:?}");
	// A number that one chain uses for a pallet of its consensus is free on the other.
	for (name, index) in SOLO {
		assert!(parachain.pallets.iter().all(|pallet| pallet.index != index), "{name}");
	}
	for (name, index) in PARACHAIN {
		assert!(solo.pallets.iter().all(|pallet| pallet.index != index), "{name}");
	}
}

#[test]
fn calls_events_errors_and_storage_of_the_shared_pallets_are_the_same() {
	let [solo, parachain] = both();
	let mut compared = 0;
	for pallet in &solo.pallets {
		if SOLO.iter().any(|(name, _)| *name == pallet.name) {
			continue;
		}
		let (here, there) = (seen(&solo, &pallet.name), seen(&parachain, &pallet.name));
		let names = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
		assert_eq!(names(&here), names(&there), "{}", pallet.name);
		for (what, spelled) in here {
			assert_eq!(spelled, there[&what], "{}: {what}", pallet.name);
			compared += 1;
		}
	}
	assert!(compared > 300, "only {compared}");
}

#[test]
fn constants_of_the_shared_pallets_are_the_same_but_for_those_that_are_named() {
	let values = |metadata: &RuntimeMetadataV15| -> BTreeMap<(String, String), Vec<u8>> {
		let shared = metadata
			.pallets
			.iter()
			.filter(|pallet| !SOLO.iter().chain(&PARACHAIN).any(|(name, _)| *name == pallet.name));
		let constants = shared.flat_map(|pallet| {
			let of = |name: &str| (pallet.name.clone(), name.to_string());
			pallet.constants.iter().map(move |found| (of(&found.name), found.value.clone()))
		});
		constants.collect()
	};
	let [solo, parachain] = both().map(|metadata| values(&metadata));
	assert!(solo.len() > 100, "only {}", solo.len());
	let differ: Vec<_> = solo
		.iter()
		.filter(|(name, value)| parachain.get(*name) != Some(*value))
		.map(|((pallet, name), _)| (pallet.as_str(), name.as_str()))
		.collect();
	assert_eq!(differ, NUMBERS_THAT_DIFFER);
}

#[test]
fn both_chains_serve_the_same_runtime_apis_but_for_those_of_the_consensus() {
	let spelled = |metadata: &RuntimeMetadataV15, alone: &[&str]| -> BTreeMap<String, String> {
		let mut speller = Speller { types: &metadata.types, open: Vec::new() };
		let all: Vec<&str> = metadata.apis.iter().map(|api| api.name.as_str()).collect();
		for name in alone {
			assert!(all.contains(name), "{name} is not there");
		}
		let mut methods = BTreeMap::new();
		for api in metadata.apis.iter().filter(|api| !alone.contains(&api.name.as_str())) {
			for method in &api.methods {
				let inputs: Vec<_> = method
					.inputs
					.iter()
					.map(|input| format!("{}: {}", input.name, speller.spell(input.ty.id)))
					.collect();
				methods.insert(
					format!("{}.{}", api.name, method.name),
					format!("({}) -> {}", inputs.join(", "), speller.spell(method.output.id)),
				);
			}
		}
		methods
	};
	let [solo, parachain] = both();
	let (here, there) = (spelled(&solo, &APIS_OF_SOLO), spelled(&parachain, &APIS_OF_PARACHAIN));
	assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
	for (method, is) in here {
		assert_eq!(is, there[&method], "{method}");
	}
}

#[test]
fn a_transaction_is_signed_alike_on_both_chains() {
	let spelled = |metadata: &RuntimeMetadataV15| -> Vec<(String, String)> {
		let mut speller = Speller { types: &metadata.types, open: Vec::new() };
		let extensions = metadata.extrinsic.signed_extensions.iter();
		let types = extensions.map(|extension| {
			let (sent, signed) = (extension.ty.id, extension.additional_signed.id);
			let types = format!("{}; {}", speller.spell(sent), speller.spell(signed));
			(extension.identifier.clone(), types)
		});
		types.collect()
	};
	let [solo, parachain] = both().map(|metadata| spelled(&metadata));
	// Each has one that carries nothing and gives weight back: it stands at the end here, around all others there.
	let without = |all: Vec<(String, String)>, own: &str| -> Vec<(String, String)> {
		assert!(all.iter().any(|(name, _)| name == own), "{own} is not in {all:?}");
		all.into_iter().filter(|(name, _)| name != own).collect()
	};
	assert_eq!(without(solo, "WeightReclaim"), without(parachain, "StorageWeightReclaim"));
}
