//! The metadata of the runtime, and its calls, with what their arguments say.

use super::every_call;
use crate::runtime::*;
use codec::{Decode, DecodeLimit, Encode};
use frame_metadata::{v15::RuntimeMetadataV15, RuntimeMetadata, RuntimeMetadataPrefixed};
use frame_support::traits::GetCallMetadata;
use scale_info::TypeDef;
use std::collections::BTreeSet;

pub fn metadata() -> RuntimeMetadataV15 {
	// A constant (the session's length) is read from the state.
	let opaque = sp_io::TestExternalities::new_empty()
		.execute_with(|| Runtime::metadata_at_version(15))
		.expect("version 15 is served");
	match RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes").1 {
		RuntimeMetadata::V15(metadata) => metadata,
		_ => panic!("not version 15"),
	}
}

/// The names of the types of everything that each call takes, at whatever depth, by the call's name.
pub fn arguments() -> Vec<(String, BTreeSet<String>)> {
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
pub fn several_of_every_call() -> Vec<(String, RuntimeCall)> {
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
