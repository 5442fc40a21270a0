//! Receipts, genuine and not: each with what must be said of it. They are also the vectors in
//! `docs/vectors/receipts` and, of parachains, in `docs/vectors/receipts-relay`.

pub mod decisions;
pub mod decisions_sealed;
mod finality;
mod records;
mod relay;
mod trails;

use super::{anchor, hex, state_with, Block, Chain, Kept, State};
use salus_verify::{
	commitment::{leaf, node, Form},
	Checkpoint, Error, Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt, Sets,
	Start, StartFile, Trail, Trust, Verified,
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

/// What is believed of a parachain: `genesis`, `trail` and `checkpoint` of the case are the relay chain's.
#[derive(Clone)]
pub struct Pins {
	pub para: u32,
	/// The hash of the relay chain's block 0, or of the block of `start`.
	pub relay: Hash,
	pub start: Option<Value>,
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
	/// For a receipt that is held to be of a parachain.
	pub pins: Option<Pins>,
	pub verdict: Verdict,
}

impl Case {
	/// The whole check of the case's record, as the program does it.
	pub fn judge(&self) -> Result<Verified, Error> {
		let text = |value: &Value| value.to_string().into_bytes();
		let receipt = Receipt::parse(&text(&self.receipt))?;
		let start = match &self.pins {
			Some(Pins { start: Some(file), relay, .. }) => {
				Start::from_file(&StartFile::parse(&text(file))?, *relay)?
			},
			pins => {
				let expected = pins.as_ref().map_or(self.expect, |pins| pins.relay);
				let file = GenesisFile::parse(&text(&self.genesis))?;
				Start::from(&Genesis::from_file(&file, expected)?)
			},
		};
		let trail = Trail::parse(&text(&self.trail))?;
		let checkpoints = self
			.checkpoint
			.iter()
			.map(|c| Checkpoint::parse(&text(c)))
			.collect::<Result<Vec<_>, _>>()?;
		let sets = Sets::follow_from(&start, Some(&trail), &checkpoints)?;
		let trust = match &self.pins {
			None => Trust::from(&sets),
			Some(pins) => Parachain { relay: &sets, id: pins.para, genesis: self.expect }.into(),
		};
		let opened = Opened::new(&receipt, trust)?;
		let presented = Presented { file: "the file", name: None, bytes: &self.record };
		opened.verify(opened.find(&presented)?[0])
	}

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
		let mut json = json!({
			"name": self.name, "about": self.about, "record": hex(&self.record),
			"expectGenesis": self.expect, "genesis": unless_usual("genesis", &self.genesis),
			"trail": unless_usual("trail", &self.trail),
			"checkpoint": self.checkpoint, "receipt": self.receipt,
			"verdict": { "exit": self.verdict.exit(), "error": error },
		});
		match &self.pins {
			None => (),
			Some(Pins { para, relay, start: None }) => {
				json["relay"] = json!({ "paraId": para, "expectGenesis": relay });
			},
			Some(Pins { para, relay, start: Some(start) }) => {
				json["relay"] = json!({ "paraId": para, "expectBlock": relay, "start": start });
			},
		}
		json
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
			pins: None,
			verdict,
		}
	}

	/// The trail and the genesis of nearly all cases.
	pub fn usual(&self) -> Value {
		json!({ "genesis": self.genesis(), "trail": self.chain.trail_json() })
	}

	/// All cases of a chain with authorities of its own.
	pub fn cases(&self) -> Vec<Case> {
		let mut cases = self.of_records();
		cases.extend(self.of_finality());
		cases.extend(self.of_trails());
		cases
	}

	/// All cases, also of parachains.
	pub fn all(&self) -> Vec<Case> {
		self.folders().into_iter().flat_map(|(_, cases)| cases).collect()
	}

	/// The cases, by their folder among the vectors.
	pub fn folders(&self) -> [(&'static str, Vec<Case>); 2] {
		[("receipts", self.cases()), ("receipts-relay", self.of_relay())]
	}
}
