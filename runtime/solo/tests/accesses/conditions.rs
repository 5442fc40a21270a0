//! Whether a tightening call is free is found out before it is taken. Two of these conditions were measured; any other declares the larger
//! of the two. So none of them reads more than those.

use super::*;
use crate::common::every_call;

/// Calls that read more items than any condition, since they write more: their conditions are asked of scenes below.
const READ_MORE_THEMSELVES: [&str; 3] = ["Care.end", "Care.leave", "PatientIdentity.freeze"];

/// How many items a function of `weights.rs` reads, and how many bytes they have at most: with histories that are full.
fn read_by(pallet: &str, function: &str) -> (u32, u64) {
	let infos = AllPalletsWithSystem::storage_info().into_iter();
	let sizes: BTreeMap<Vec<u8>, u64> =
		infos.map(|info| (info.prefix, info.max_size.unwrap_or_default().into())).collect();
	let sizes: BTreeMap<String, u64> =
		items().into_iter().map(|(prefix, item)| (item, sizes[&prefix])).collect();
	let file = weights_of(&format!("pallet_{pallet}")).expect("a pallet of ours");
	let declared = declared_in(&file).remove(function);
	let declared = declared.unwrap_or_else(|| panic!("{pallet}::{function}")).items;
	// Each block has the time in memory.
	let read = declared.into_iter().filter(|(item, _)| item != "Timestamp::Now");
	read.fold((0, 0), |(count, bytes), (item, found)| {
		let size = sizes.get(&item).copied().unwrap_or_else(|| panic!("no size of {item}"));
		(count + found.reads, bytes + size * u64::from(found.reads))
	})
}

/// `PatientIdentity` is in the folder of `patient_identity`.
fn folder(pallet: &str) -> String {
	let mut name = String::new();
	for letter in pallet.chars() {
		if letter.is_uppercase() && !name.is_empty() {
			name.push('_');
		}
		name.extend(letter.to_lowercase());
	}
	name
}

/// A condition reads no more than its call, which asks the same first.
#[test]
fn no_condition_reads_more_than_those_that_were_measured() {
	let (most_items, _) = read_by("care", "leave_condition");
	let (_, most_bytes) = read_by("consent", "revoke_condition");
	let mut tried = 0;
	for (name, call) in every_call() {
		if FreeConditions::condition_weight(&call).is_none() {
			continue;
		}
		let (pallet, function) = name.split_once('.').expect("a pallet and a call");
		let (items, bytes) = read_by(&folder(pallet), function);
		let more = READ_MORE_THEMSELVES.contains(&name.as_str());
		assert_eq!(items > most_items, more, "{name} reads {items} items, of {most_items}");
		assert!(bytes <= most_bytes, "{name} reads {bytes} bytes, of {most_bytes}");
		tried += 1;
	}
	assert!(tried > 15, "only {tried} were tried");
}

#[test]
fn whether_a_handle_is_frozen_for_free_takes_less() {
	let (mut chain, ..) = Chain::with_patient();
	let call = RuntimeCall::from(pallet_patient_identity::Call::freeze {});
	let (found, _) = touched_by_condition(&mut chain, "Patient", &call);
	let (most, _) = read_by("care", "leave_condition");
	assert!(sum(&found).reads <= most, "{found:?}");
}
