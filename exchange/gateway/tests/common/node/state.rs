//! What stands in the state after a block, and its proofs.

use super::{
	super::{consent, research},
	hex, World,
};
use salus_gateway::chain::{commitment_key, orders::next_slot_key};
use salus_verify::{
	bytes::from_hex,
	state::slot_key,
	trie::{Builder, Proof},
};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
};

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// A world, and what of it stands in the state. It is worked out once, and not for each block.
pub(super) struct Written {
	pub(super) world: Arc<World>,
	pub(super) entries: Entries,
}

impl Written {
	pub(super) fn of(world: &Arc<World>) -> Self {
		let mut entries = Entries::new();
		consent::put(world, &mut entries);
		research::put(&world.research, &mut entries);
		entries.extend(world.items.clone());
		for (slot, (organisation, root, leaves)) in (0_u64..).zip(&world.anchors) {
			// It never goes back, whatever becomes of the slot.
			entries.insert(next_slot_key(*organisation), (slot + 1).to_le_bytes().to_vec());
			if world.gone.contains(&slot) {
				continue;
			}
			let kind = match leaves {
				0 => vec![0],
				leaves => [[1].as_slice(), &leaves.to_le_bytes(), &[1]].concat(),
			};
			let relation = world.relations.get(&slot).copied().unwrap_or(0);
			let anchor = [
				root.0.as_slice(),
				&[0, 0],
				&kind,
				&slot.to_le_bytes(),
				&1_u32.to_le_bytes(),
				&[0, relation, 0],
				&7_u64.to_le_bytes(),
				&[0],
				&0_u32.to_le_bytes(),
			];
			entries.insert(slot_key(b"Anchors", *organisation, slot), anchor.concat());
			entries.insert(commitment_key(*organisation, root), slot.to_le_bytes().to_vec());
		}
		Self { world: Arc::clone(world), entries }
	}
}

/// The state after a block, which proves what is asked for.
pub(super) struct Whole {
	/// As long as nothing was asked for.
	trie: Option<Builder>,
	/// All of its nodes, from then on.
	nodes: Option<Proof<'static>>,
}

impl Whole {
	pub(super) fn new(trie: Builder) -> Self {
		Self { trie: Some(trie), nodes: None }
	}

	/// The nodes that these keys need, each once, the root first.
	pub(super) fn prove(&mut self, keys: &[&str]) -> Vec<String> {
		let all = self.nodes.get_or_insert_with(|| {
			// It stays until the process ends: the nodes are found by their hashes, which are worked out once, and borrow from it.
			let trie: &'static Builder = Box::leak(Box::new(self.trie.take().unwrap()));
			Proof::new(trie.root(), trie.nodes())
		});
		let (mut known, mut told) = (BTreeSet::new(), Vec::new());
		for node in keys.iter().flat_map(|key| all.nodes_for(&from_hex(key).unwrap()).unwrap()) {
			if !known.contains(&node) {
				told.push(hex(&node));
				known.insert(node);
			}
		}
		told
	}
}
