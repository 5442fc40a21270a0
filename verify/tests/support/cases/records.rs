//! About what the record is, what its slot holds, and how it stood.

use super::{Case, Maker, Verdict, LETTER, OBSERVATION};
use crate::support::{anchor, prove, Kept, ANCHORED};
use salus_verify::{
	commitment::{leaf, node, Form},
	state::{retraction_key, slot_key},
	Hash,
};
use serde_json::{json, Value};

impl Maker {
	pub(super) fn of_records(&self) -> Vec<Case> {
		use Verdict::{Ended, Malformed, Refused, Stood};
		let (letter, of_batch) = (&self.letter, &self.of_batch);
		let block = self.block();
		let genuine = block.receipt(&self.chain, std::slice::from_ref(letter));
		let in_batch = block.receipt(&self.chain, std::slice::from_ref(of_batch));
		let changed = |path: &str, value: Value| {
			let mut receipt = genuine.clone();
			*receipt.pointer_mut(path).expect("there is such a place") = value;
			receipt
		};
		let batch_changed = |path: &str, value: Value| {
			let mut receipt = in_batch.clone();
			*receipt.pointer_mut(path).expect("there is such a place") = value;
			receipt
		};
		let of = |case: Case, record: &[u8]| Case { record: record.to_vec(), ..case };
		let path = of_batch.leaf.clone().expect("it is in a batch").1;
		// The hash above leaves 2 and 3, passed off as a leaf of a smaller tree.
		let inner = node(&path[0], &leaf(&of_batch.commitment()));
		let mut confused = of_batch.clone();
		confused.leaf = Some((1, vec![path[1], path[2]]));
		let mut confused = block.receipt(&self.chain, &[confused]);
		confused["records"][0]["digest"] = json!(inner);
		let retracted = [[1].as_slice(), &(ANCHORED + 60).to_le_bytes()].concat();
		let successor = [6_u64.to_le_bytes(), (ANCHORED + 60).to_le_bytes()].concat();
		let ended = |key, value: &[u8], kept: &Kept| {
			self.block_with(self.and(key, value.to_vec()))
				.receipt(&self.chain, std::slice::from_ref(kept))
		};
		// What comes later is told later: the record by itself, for another reason, and then all of the batch.
		let mut twice_ended = self.and(retraction_key(7, 40, Some(3)), retracted.clone());
		let later = [[0].as_slice(), &(ANCHORED + 120).to_le_bytes()].concat();
		twice_ended.insert(retraction_key(7, 40, None), later);
		let twice_ended =
			self.block_with(twice_ended).receipt(&self.chain, std::slice::from_ref(of_batch));
		let mut other_state = genuine.clone();
		other_state["proof"] = self
			.block_with(self.and(b"other".to_vec(), vec![1]))
			.receipt(&self.chain, std::slice::from_ref(letter))["proof"]
			.clone();
		let mut incomplete = genuine.clone();
		let nodes = incomplete["proof"].as_array_mut().expect("a list");
		let root = prove(&self.state, &[]).0;
		let longest = nodes
			.iter()
			.position(|node| {
				Hash::of(&hex::decode(&node.as_str().expect("hex")[2..]).expect("hex")) != root
			})
			.expect("there is more than the root");
		nodes.remove(longest);
		let nowhere = Kept { seq: 99, ..letter.clone() };
		let observation = OBSERVATION.as_bytes();
		let reordered = br#"{"resourceType":"Observation","valueQuantity":{"unit":"mmol/L","value":1.00},"status":"final"}"#;
		let imprecise = br#"{"resourceType":"Observation","valueQuantity":{"unit":"mmol/L","value":1.0},"status":"final"}"#;
		let twice = br#"{"resourceType":"Observation","status":"final","status":"final"}"#;
		let mut flipped = LETTER.as_bytes().to_vec();
		flipped[3] ^= 1;
		let mut unknown = genuine.clone();
		unknown["patient"] = json!("0x00");
		vec![
			self.case("genuine", "One record, in the form of its bytes.", Stood, genuine.clone()),
			of(
				self.case(
					"genuine-batch",
					"One record of a batch of five, as FHIR JSON.",
					Stood,
					in_batch.clone(),
				),
				observation,
			),
			of(
				self.case(
					"other-serialisation",
					"The same resource as another server writes it.",
					Stood,
					in_batch.clone(),
				),
				reordered,
			),
			of(
				self.case(
					"other-precision",
					"1.0 is not 1.00.",
					Refused("changed"),
					in_batch.clone(),
				),
				imprecise,
			),
			of(
				self.case(
					"member-twice",
					"A resource that can be read in two ways.",
					Refused("not-fhir-json"),
					in_batch.clone(),
				),
				twice,
			),
			of(
				self.case(
					"record-flipped",
					"One bit of the record is flipped.",
					Refused("changed"),
					genuine.clone(),
				),
				&flipped,
			),
			self.case(
				"salt-wrong",
				"Another salt.",
				Refused("not-opened"),
				changed("/records/0/salt", json!(Hash([1; 32]))),
			),
			of(
				self.case(
					"salt-wrong-batch",
					"Another salt, in a batch.",
					Refused("not-in-batch"),
					batch_changed("/records/0/salt", json!(Hash([1; 32]))),
				),
				observation,
			),
			of(
				self.case(
					"path-wrong",
					"Another sibling in the path.",
					Refused("not-in-batch"),
					batch_changed("/records/0/leaf/path/1", json!(Hash([1; 32]))),
				),
				observation,
			),
			of(
				self.case(
					"path-short",
					"The path ends too early.",
					Refused("not-in-batch"),
					batch_changed("/records/0/leaf/path", json!(path[..2])),
				),
				observation,
			),
			of(
				self.case(
					"index-wrong",
					"Another leaf's index.",
					Refused("not-in-batch"),
					batch_changed("/records/0/leaf/index", json!("2")),
				),
				observation,
			),
			of(
				self.case(
					"node-as-leaf",
					"The hash of two leaves, passed off as a record.",
					Refused("changed"),
					confused,
				),
				observation,
			),
			self.case(
				"path-unexpected",
				"A path into a single record.",
				Refused("path-unexpected"),
				{
					let kept = Kept { leaf: Some((0, vec![])), ..letter.clone() };
					block.receipt(&self.chain, &[kept])
				},
			),
			of(
				self.case(
					"path-missing",
					"A batch without a path.",
					Refused("path-missing"),
					batch_changed("/records/0/leaf", Value::Null),
				),
				observation,
			),
			self.case(
				"form-wrong",
				"The slot takes its record in another form.",
				Refused("other-form"),
				{
					let anchored = anchor(&letter.commitment(), Form::FhirJson, None);
					ended(slot_key(b"Anchors", 7, 5), &anchored, letter)
				},
			),
			self.case(
				"not-anchored",
				"An empty slot.",
				Refused("not-anchored"),
				block.receipt(&self.chain, &[nowhere]),
			),
			self.case(
				"retracted",
				"Retracted before the receipt's block.",
				Ended,
				ended(retraction_key(7, 5, None), &retracted, letter),
			),
			of(
				self.case(
					"retracted-batch",
					"The whole batch was retracted.",
					Ended,
					ended(retraction_key(7, 40, None), &retracted, of_batch),
				),
				observation,
			),
			of(
				self.case(
					"retracted-leaf",
					"This record of the batch was retracted.",
					Ended,
					ended(retraction_key(7, 40, Some(3)), &retracted, of_batch),
				),
				observation,
			),
			of(
				self.case(
					"retracted-leaf-then-batch",
					"This record of the batch was retracted, and later the whole batch.",
					Ended,
					twice_ended,
				),
				observation,
			),
			of(
				self.case(
					"retracted-other-leaf",
					"Another record of the batch was retracted.",
					Stood,
					ended(retraction_key(7, 40, Some(2)), &retracted, of_batch),
				),
				observation,
			),
			self.case(
				"superseded",
				"A newer version was there.",
				Ended,
				ended(slot_key(b"Successors", 7, 5), &successor, letter),
			),
			self.case(
				"other-state",
				"The proof is from another block.",
				Refused("other-state"),
				other_state,
			),
			self.case(
				"proof-incomplete",
				"A node of the proof is missing.",
				Refused("proof-incomplete"),
				incomplete,
			),
			self.case("unknown-member", "A member that receipts do not have.", Malformed, unknown),
			self.case(
				"other-version",
				"A version to come.",
				Malformed,
				changed("/version", json!(2)),
			),
			self.case(
				"sequence-as-number",
				"A slot that is written as a number.",
				Malformed,
				changed("/records/0/seq", json!(5)),
			),
		]
	}
}
