//! Receipts, genuine and not: each with what must be said of it. They are also the vectors in
//! `docs/vectors/receipts`.

use super::{
	anchor, chain_spec, checkpoint, forced, genesis_state, header, hex, named, prove, scheduled,
	state_with, Block, Chain, Draft, Kept, State, ANCHORED,
};
use salus_verify::{
	commitment::{leaf, node, Form},
	state::{retraction_key, slot_key},
	GenesisFile, Hash,
};
use serde_json::{json, Value};

/// What must be said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// It is verified, and it stood.
	Stood,
	/// It is verified, and had been retracted or superseded.
	Ended,
	/// It is refused with this code.
	Refused(&'static str),
	/// The file is malformed.
	Malformed,
}

impl Verdict {
	pub fn exit(self) -> u8 {
		match self {
			Self::Stood => 0,
			Self::Refused(_) => 1,
			Self::Malformed => 2,
			Self::Ended => 3,
		}
	}
}

/// A receipt with all that belongs to it.
pub struct Case {
	pub name: &'static str,
	pub about: &'static str,
	pub receipt: Value,
	pub trail: Value,
	pub genesis: Value,
	pub expect: Hash,
	pub checkpoint: Option<Value>,
	pub record: Vec<u8>,
	pub verdict: Verdict,
}

impl Case {
	/// The case as a vector: what is as in `usual` is not repeated.
	pub fn json(&self, usual: &Value) -> Value {
		let error = match self.verdict {
			Verdict::Refused(code) => Some(code),
			Verdict::Malformed => Some("malformed"),
			_ => None,
		};
		let unless_usual = |name: &str, value: &Value| match usual[name] == *value {
			true => json!("usual"),
			false => value.clone(),
		};
		json!({
			"name": self.name, "about": self.about, "record": hex(&self.record),
			"expectGenesis": self.expect, "genesis": unless_usual("genesis", &self.genesis),
			"trail": unless_usual("trail", &self.trail),
			"checkpoint": self.checkpoint, "receipt": self.receipt,
			"verdict": { "exit": self.verdict.exit(), "error": error },
		})
	}
}

pub const LETTER: &str = "Discharge letter of 2026-02-27: recovered, wound check in ten days.\n";
const OBSERVATION: &str = "{\n  \"status\": \"final\",\n  \"resourceType\": \"Observation\",\n  \"valueQuantity\": { \"value\": 1.00, \"unit\": \"mmol/L\" }\n}\n";

/// A batch of five records, of which the fourth is `kept`.
pub fn batch(kept: &Kept) -> (Hash, Kept) {
	let mut leaves: Vec<Hash> = (0..5_u8).map(|i| leaf(&Hash([i; 32]))).collect();
	leaves[3] = leaf(&kept.commitment());
	let (left, right) = (node(&leaves[0], &leaves[1]), node(&leaves[2], &leaves[3]));
	let root = node(&node(&left, &right), &leaves[4]);
	let kept = Kept { leaf: Some((3, vec![leaves[2], left, leaves[4]])), ..kept.clone() };
	(root, kept)
}

/// Makes the cases from one chain, with two records in block 12, in the term of set 1.
pub struct Maker {
	pub chain: Chain,
	pub letter: Kept,
	pub of_batch: Kept,
	pub state: State,
}

impl Default for Maker {
	fn default() -> Self {
		let letter = Kept { name: Some("letter.txt"), ..Kept::new(5, LETTER) };
		let observation = Kept { form: Form::FhirJson, ..Kept::new(40, OBSERVATION) };
		let (root, of_batch) = batch(&observation);
		let state = state_with(&[
			(7, 5, anchor(&letter.commitment(), Form::Bytes, None)),
			(7, 40, anchor(&root, Form::FhirJson, Some(5))),
		]);
		Self { chain: Chain::usual(), letter, of_batch, state }
	}
}

impl Maker {
	pub fn block(&self) -> Block {
		self.block_with(self.state.clone())
	}

	pub fn block_with(&self, state: State) -> Block {
		Block { number: 12, set: 1, voters: self.chain.sets[1].clone(), state }
	}

	/// The state, and something more.
	pub fn and(&self, key: Vec<u8>, value: Vec<u8>) -> State {
		let mut state = self.state.clone();
		state.insert(key, value);
		state
	}

	fn genesis(&self) -> Value {
		let spec = self.chain.spec.to_string();
		let (_, file) = salus_verify::Genesis::from_chain_spec(spec.as_bytes()).expect("made well");
		serde_json::from_str(&GenesisFile::to_json(&file)).expect("made well")
	}

	fn case(
		&self,
		name: &'static str,
		about: &'static str,
		verdict: Verdict,
		receipt: Value,
	) -> Case {
		Case {
			name,
			about,
			receipt,
			trail: self.chain.trail_json(),
			genesis: self.genesis(),
			expect: self.chain.genesis.hash,
			checkpoint: None,
			record: self.letter.record.clone(),
			verdict,
		}
	}

	/// The trail and the genesis of nearly all cases.
	pub fn usual(&self) -> Value {
		json!({ "genesis": self.genesis(), "trail": self.chain.trail_json() })
	}

	/// All cases.
	pub fn cases(&self) -> Vec<Case> {
		let mut cases = self.of_records();
		cases.extend(self.of_finality());
		cases.extend(self.of_trails());
		cases
	}

	fn of_records(&self) -> Vec<Case> {
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

	fn of_finality(&self) -> Vec<Case> {
		use Verdict::Refused;
		let (chain, block) = (&self.chain, self.block());
		let head = block.header();
		let set = &chain.sets[1];
		let with =
			|draft: &Draft| block.receipt_with(chain, std::slice::from_ref(&self.letter), draft);
		let by = |set: u64, voters: &[_]| Draft::new(set, &head, 12, voters);
		let mut forged = with(&by(1, set));
		let text = forged["finality"]["justification"].as_str().expect("hex").to_string();
		// A bit within the first signature: behind round, target, count and the vote.
		let mut bytes = hex::decode(&text[2..]).expect("hex");
		bytes[8 + 36 + 1 + 36 + 10] ^= 1;
		forged["finality"]["justification"] = json!(hex(&bytes));
		let mut twice = by(1, &set[..2]);
		twice.ballots.push(twice.ballots[0].clone());
		let mut strangers = by(1, set);
		strangers.ballots.extend(by(1, &named(&["x"])).ballots);
		let mut unused = by(1, set);
		unused.ancestry.push(header(unused.target, 13, Hash([3; 32]), &[]));
		let other = header(Hash([1; 32]), 12, Hash([4; 32]), &[]);
		let mut as_first = block.receipt(chain, std::slice::from_ref(&self.letter));
		as_first["finality"] =
			json!({ "setId": 0, "justification": hex(by(0, &chain.sets[0]).encode()) });
		let mut early = as_first.clone();
		early["finality"] =
			json!({ "setId": 2, "justification": hex(by(2, &chain.sets[2]).encode()) });
		let mut late = as_first.clone();
		late["finality"] = json!({ "setId": 4, "justification": hex(by(4, set).encode()) });
		vec![
			self.case(
				"signature-forged",
				"A bit of a signature is flipped.",
				Refused("bad-signature"),
				forged,
			),
			self.case(
				"minority",
				"Two of four voted: not more than two thirds.",
				Refused("minority"),
				with(&by(1, &set[..2])),
			),
			self.case(
				"vote-twice",
				"A minority, and one vote of it again.",
				Refused("duplicate-vote"),
				with(&twice),
			),
			self.case(
				"stranger",
				"A vote by nobody of the set.",
				Refused("stranger"),
				with(&strangers),
			),
			self.case(
				"signed-by-other-set",
				"Set 0 signs, and the receipt says set 1.",
				Refused("other-set"),
				with(&by(0, &chain.sets[0])),
			),
			self.case(
				"signed-by-former",
				"Authorities of set 0 sign in the name of set 1.",
				Refused("stranger"),
				with(&by(1, &chain.sets[0])),
			),
			self.case(
				"former-set",
				"Set 0 makes a block final after it has handed over.",
				Refused("former-set"),
				as_first,
			),
			self.case(
				"later-set",
				"Set 2 makes a block final before it has taken over.",
				Refused("before-term"),
				early,
			),
			self.case(
				"trail-too-short",
				"A set that the trail does not reach.",
				Refused("trail-too-short"),
				late,
			),
			self.case(
				"ancestry-unused",
				"A header that no vote needs.",
				Refused("unused-ancestry"),
				with(&unused),
			),
			self.case(
				"other-target",
				"The votes are for another block.",
				Refused("other-target"),
				with(&Draft::new(1, &other, 12, set)),
			),
		]
	}

	fn of_trails(&self) -> Vec<Case> {
		use Verdict::{Refused, Stood};
		let block = self.block();
		let genuine = block.receipt(&self.chain, std::slice::from_ref(&self.letter));
		let base = |name, about, verdict| self.case(name, about, verdict, genuine.clone());
		let other = Chain::new(&[&["h", "i", "j", "k"], &["b", "c", "d", "e"]]);
		let with = |name, about, verdict, change: &dyn Fn(&mut Vec<Value>)| {
			let mut case = base(name, about, verdict);
			change(case.trail["handoffs"].as_array_mut().expect("a list"));
			case
		};
		let first = |digest: Vec<u8>, voters: &[_]| {
			let block = header(Hash([10; 32]), 10, Hash([9; 32]), &[digest]);
			let justification = Draft::new(0, &block, 10, voters).encode();
			json!({ "header": hex(block), "justification": hex(justification) })
		};
		let (sets, second) = (&self.chain.sets, &self.chain.sets[1]);
		let delayed = first(scheduled(second, 5), &sets[0]);
		let minority = first(scheduled(second, 0), &sets[0][..2]);
		let mut jump = first(forced(second, 8, 0), &sets[0]);
		jump["justification"] = json!("0x");
		let vouch = |names: &[&str]| {
			let named = checkpoint(&self.chain, 1, &named(names));
			json!({
				"format": "salus-checkpoint", "version": 1, "genesis": named.genesis, "setId": named.set,
				"authorities": named.authorities, "name": named.name,
			})
		};
		let forced_with = |name, about, verdict, checkpoint| {
			let mut case =
				with(name, about, verdict, &|list: &mut Vec<Value>| list[0] = jump.clone());
			case.checkpoint = checkpoint;
			case
		};
		vec![
			Case {
				genesis: serde_json::from_str(
					&salus_verify::Genesis::from_chain_spec(
						chain_spec(&genesis_state(&other.sets[0])).to_string().as_bytes(),
					)
					.expect("made well")
					.1
					.to_json(),
				)
				.expect("made well"),
				expect: other.genesis.hash,
				trail: other.trail_json(),
				..base("other-genesis", "All of it is of another chain.", Refused("other-genesis"))
			},
			Case {
				trail: other.trail_json(),
				..base("other-trail", "The trail is of another chain.", Refused("other-genesis"))
			},
			with(
				"truncated",
				"The trail ends before the receipt's set.",
				Refused("trail-too-short"),
				&|list| list.clear(),
			),
			with("gap", "A hand-off is missing.", Refused("hand-off"), &|list| {
				drop(list.remove(0))
			}),
			with("swapped", "Two hand-offs in the wrong order.", Refused("hand-off"), &|list| {
				list.swap(0, 1)
			}),
			with("repeated", "A hand-off comes again.", Refused("out-of-order"), &|list| {
				list.push(list[2].clone())
			}),
			with("delayed", "A hand-off with a delay.", Refused("delayed-change"), &|list| {
				list[0] = delayed.clone()
			}),
			with("minority-hand-off", "A hand-off by two of four.", Refused("hand-off"), &|list| {
				list[0] = minority.clone()
			}),
			with("unjustified", "A hand-off that nobody signed.", Refused("hand-off"), &|list| {
				list[0]["justification"] = json!("0x")
			}),
			forced_with("forced", "A forced change.", Refused("forced-change"), None),
			forced_with(
				"forced-vouched",
				"A forced change, and a checkpoint for it.",
				Stood,
				Some(vouch(&["b", "c", "d", "e"])),
			),
			forced_with(
				"forced-otherwise",
				"A checkpoint for other authorities.",
				Refused("checkpoint-disagrees"),
				Some(vouch(&["b", "c", "d", "f"])),
			),
		]
	}
}
