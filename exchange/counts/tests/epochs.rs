//! The vectors of epochs, which the TypeScript client checks too.

use salus_counts::{
	epoch::{
		commitment, leaves, opening, size, tree, EpochOf, Ground, Leaf, Participant, Published,
	},
	Hash,
};
use serde_json::Value;

fn hash(value: &Value, name: &str) -> Hash {
	value[name].as_str().unwrap().parse().unwrap()
}

fn number(value: &Value, name: &str) -> u32 {
	u32::try_from(value[name].as_u64().unwrap()).unwrap()
}

fn leaf(value: &Value) -> Leaf {
	let by = u8::try_from(number(value, "tag")).unwrap();
	let by = Ground::of(by, number(value, "number")).unwrap();
	let who = Participant { patient: hash(value, "patient").0, by };
	Leaf { commitment: hash(value, "commitment"), salt: hash(value, "salt"), who }
}

#[test]
fn epochs_have_the_leaves_and_roots_of_the_vectors() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/vectors/research-epochs.json");
	let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
	let epochs = all["epochs"].as_array().unwrap();
	assert_eq!(epochs.len(), 3);
	for case in epochs {
		let genesis = hash(case, "genesis");
		let of =
			EpochOf { genesis, dataset: number(case, "dataset"), epoch: number(case, "epoch") };
		let told: Vec<Leaf> = case["leaves"].as_array().unwrap().iter().map(leaf).collect();
		for each in &told {
			assert_eq!(commitment(&of, &each.salt, &each.who), each.commitment);
		}
		let mut people: Vec<Participant> = told.iter().map(|each| each.who).collect();
		people.retain(|who| *who != Participant::NOBODY);
		// In whatever order they come, and of nobody there is a leaf.
		people.reverse();
		assert_eq!(leaves(&of, &hash(case, "secret"), &people), told);
		let root = tree(&told).unwrap().root();
		assert_eq!(root, hash(case, "root"));
		assert_eq!(size(people.len()), u8::try_from(number(case, "size")).unwrap());
		let version = of.epoch + 1;
		let published = Published { custodian: 4, version, at: 1_800_000_000, root };
		assert_eq!(opening(&of, &published, &told), case["opening"].as_str().unwrap());
	}
}

#[test]
fn a_leaf_is_of_one_dataset_epoch_patient_and_directive_alone() {
	let of = EpochOf { genesis: Hash([1; 32]), dataset: 7, epoch: 3 };
	let who = Participant { patient: [2; 32], by: Ground::Directive(5) };
	let salt = Hash([3; 32]);
	let mut all = vec![
		commitment(&of, &salt, &who),
		commitment(&EpochOf { genesis: Hash([2; 32]), ..of }, &salt, &who),
		commitment(&EpochOf { dataset: 8, ..of }, &salt, &who),
		commitment(&EpochOf { epoch: 4, ..of }, &salt, &who),
		commitment(&of, &Hash([4; 32]), &who),
		commitment(&of, &salt, &Participant { patient: [3; 32], ..who }),
		commitment(&of, &salt, &Participant { by: Ground::Sealed(5), ..who }),
		commitment(&of, &salt, &Participant { by: Ground::Directive(6), ..who }),
	];
	all.sort_by_key(|it| it.0);
	all.dedup();
	assert_eq!(all.len(), 8);
	for (tag, number) in [(0, 1), (3, 1), (4, 0)] {
		assert_eq!(Ground::of(tag, number), None);
	}
}

#[test]
fn sizes_are_those_of_the_chain() {
	for (people, expected) in [
		(0, 0),
		(99, 0),
		(100, 1),
		(999, 1),
		(1_000, 2),
		(9_999, 2),
		(10_000, 3),
		(99_999, 3),
		(100_000, 4),
		(999_999, 4),
		(1_000_000, 5),
		(usize::MAX, 5),
	] {
		assert_eq!(size(people), expected, "{people}");
	}
}
