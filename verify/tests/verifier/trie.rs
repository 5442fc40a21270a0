//! The trie against the SDK's.

use crate::support::{prove, State};
use proptest::prelude::*;
use salus_verify::{
	trie::{Builder, Proof, EMPTY_ROOT},
	Error, Hash,
};

/// States with keys that begin alike, are parts of each other or of other lengths, and with values
/// around the length from which they are stored by hash.
fn states() -> impl Strategy<Value = State> {
	let key = prop_oneof![
		prop::collection::vec(prop_oneof![Just(0x00), Just(0x01), Just(0x10), any::<u8>()], 0..6),
		prop::collection::vec(any::<u8>(), 40..160).prop_map(|mut key| {
			key[..32].fill(0x26);
			key
		}),
	];
	let value = prop_oneof![
		prop::collection::vec(any::<u8>(), 0..8),
		prop::collection::vec(any::<u8>(), 30..36),
		prop::collection::vec(any::<u8>(), 200..300),
	];
	prop::collection::btree_map(key, value, 0..60)
}

proptest! {
	#[test]
	fn the_root_is_the_sdks(state in states()) {
		prop_assert_eq!(Builder::new(&state).root(), prove(&state, &[]).0);
	}

	#[test]
	fn a_whole_trie_answers_for_every_key(state in states(), strange in prop::collection::vec(any::<u8>(), 0..40)) {
		let trie = Builder::new(&state);
		let proof = Proof::new(trie.root(), trie.nodes());
		for key in state.keys().chain([&strange]) {
			prop_assert_eq!(proof.get(key), Ok(state.get(key).map(Vec::as_slice)));
			let nodes = proof.nodes_for(key).unwrap();
			let alone = Proof::new(trie.root(), nodes.iter().map(Vec::as_slice));
			prop_assert_eq!(alone.get(key), Ok(state.get(key).map(Vec::as_slice)));
		}
	}

	/// What a node proves is read; without any one of its nodes the answer is not another.
	#[test]
	fn a_proof_answers_and_no_part_of_it_answers_otherwise(
		state in states(), pick in any::<prop::sample::Index>(), strange in prop::collection::vec(any::<u8>(), 0..40),
		there in any::<bool>(),
	) {
		let all: Vec<_> = state.keys().cloned().collect();
		let key = if there && !all.is_empty() { pick.get(&all).clone() } else { strange };
		let (root, nodes) = prove(&state, std::slice::from_ref(&key));
		let expected = Ok(state.get(&key).map(Vec::as_slice));
		let proof = Proof::new(root, nodes.iter().map(Vec::as_slice));
		prop_assert_eq!(proof.get(&key), expected);
		for without in 0..nodes.len() {
			let some = nodes.iter().enumerate().filter(|(i, _)| *i != without).map(|(_, n)| n.as_slice());
			prop_assert_eq!(Proof::new(root, some).get(&key), Err(Error::ProofIncomplete));
		}
	}

	/// One flipped bit anywhere in a node makes it another's node.
	#[test]
	fn a_changed_node_proves_nothing(
		state in states(), pick in any::<prop::sample::Index>(), node in any::<prop::sample::Index>(),
		byte in any::<prop::sample::Index>(), bit in 0..8_u32,
	) {
		prop_assume!(!state.is_empty());
		let all: Vec<_> = state.keys().cloned().collect();
		let key = pick.get(&all).clone();
		let (root, mut nodes) = prove(&state, std::slice::from_ref(&key));
		let node = node.index(nodes.len());
		prop_assume!(!nodes[node].is_empty());
		let byte = byte.index(nodes[node].len());
		nodes[node][byte] ^= 1_u8 << bit;
		let proof = Proof::new(root, nodes.iter().map(Vec::as_slice));
		prop_assert_eq!(proof.get(&key), Err(Error::ProofIncomplete));
	}
}

#[test]
fn the_root_of_nothing_is_known() {
	assert_eq!(Hash::of(&[0]), EMPTY_ROOT);
	assert_eq!(Builder::new(&State::new()).root(), EMPTY_ROOT);
	assert_eq!(prove(&State::new(), &[]).0, EMPTY_ROOT);
}

/// Parts of keys so long that their length takes two and three more bytes.
#[test]
fn long_keys_are_the_sdks_too() {
	for length in [31, 32, 33, 62, 63, 64, 65, 126, 127, 128, 159, 160, 161, 200, 287, 288, 400] {
		for value in [1, 40] {
			let mut state = State::from([(vec![0xab; length], vec![1; value])]);
			assert_eq!(Builder::new(&state).root(), prove(&state, &[]).0, "{length}");
			state.insert([vec![0xab; length], vec![1]].concat(), vec![2; value]);
			state.insert([vec![0xab; length], vec![2]].concat(), vec![3; 3]);
			let trie = Builder::new(&state);
			assert_eq!(trie.root(), prove(&state, &[]).0, "{length}");
			let proof = Proof::new(trie.root(), trie.nodes());
			for (key, value) in &state {
				assert_eq!(proof.get(key), Ok(Some(value.as_slice())));
			}
		}
	}
}
