//! About parachains, whose blocks a relay chain makes final.

use super::{Case, Maker, Pins, Verdict};
use crate::support::{
	header, hex, keys, prove,
	relay::{genesis_of, head, para_state, relay_state, start, Under, PARA},
	Draft, State, ANCHORED,
};
use salus_verify::{
	state::{genesis_key, head_key, retraction_key},
	Hash,
};
use serde_json::{json, Value};

impl Maker {
	/// The parachain's block with the records, named by relay block 12, in the term of set 1.
	pub fn under(&self) -> Under {
		let genesis = genesis_of("ours");
		let others = header(Hash([4; 32]), 77, Hash([4; 32]), &[]);
		Under {
			genesis,
			state: para_state(self.state.clone(), genesis),
			number: 300,
			para: PARA,
			head_of: PARA,
			relay_state: relay_state(&[(PARA + 1, others)]),
			relay_number: 12,
			set: 1,
			voters: self.chain.sets[1].clone(),
		}
	}

	/// What is believed of that parachain.
	pub fn pins(&self) -> Pins {
		Pins { para: PARA, relay: self.chain.genesis.hash, start: None }
	}

	/// The trail from set 1 on.
	fn later_trail(&self) -> Value {
		let mut trail = self.chain.trail_json();
		trail["version"] = json!(2);
		trail["from"] = json!(1);
		trail["handoffs"].as_array_mut().expect("a list").remove(0);
		trail
	}

	pub(super) fn of_relay(&self) -> Vec<Case> {
		let mut cases = self.of_heads();
		cases.extend(self.of_relay_votes());
		cases.extend(self.of_parachains());
		cases.extend(self.of_relay_files());
		cases.extend(self.of_starts());
		cases
	}

	fn receipt_of(&self, under: &Under) -> Value {
		under.receipt(&self.chain, std::slice::from_ref(&self.letter))
	}

	fn relay_case(
		&self,
		name: &'static str,
		about: &'static str,
		verdict: Verdict,
		receipt: Value,
	) -> Case {
		let case = self.case(name, about, verdict, receipt);
		Case { expect: self.under().genesis, pins: Some(self.pins()), ..case }
	}

	/// The genuine receipt with something else in its place.
	fn relay_changed(&self, path: &str, value: Value) -> Value {
		let mut receipt = self.receipt_of(&self.under());
		*receipt.pointer_mut(path).expect("there is such a place") = value;
		receipt
	}

	fn of_heads(&self) -> Vec<Case> {
		use Verdict::{Ended, Malformed, Refused, Stood};
		let under = self.under();
		let retracted = [[1].as_slice(), &(ANCHORED + 60).to_le_bytes()].concat();
		let mut ended = under.clone();
		ended.state.insert(retraction_key(7, 5, None), retracted);
		// The same block is head of the neighbour too.
		let neighbour = Under { head_of: PARA + 1, ..under.clone() };
		let mut both = under.clone();
		both.relay_state.insert(head_key(PARA + 1), head(&under.header()));
		// The neighbour's block, and what the relay chain says of ours.
		let mut theirs = self.receipt_of(&both);
		theirs["header"] = json!(hex(header(Hash([4; 32]), 77, Hash([4; 32]), &[])));
		let later = Under { number: 301, ..under.clone() };
		let mut not_head = self.receipt_of(&later);
		not_head["header"] = json!(hex(under.header()));
		let elsewhere = Under { relay_number: 13, ..under.clone() };
		let mut otherwise = elsewhere.clone();
		otherwise.relay_state.insert(b"other".to_vec(), vec![1]);
		let other_proof = self.receipt_of(&otherwise)["finality"]["relay"]["proof"].clone();
		// Only the end of the way is missing.
		let mut cut = self.receipt_of(&under);
		let nodes = cut["finality"]["relay"]["proof"].as_array_mut().expect("a list");
		let holds = |node: &Value| node.as_str().expect("hex").contains(&hex(under.header())[2..]);
		nodes.retain(|node| !holds(node));
		// The relay chain has another state, which its authorities signed.
		let with_state = |state: &State| {
			let (root, nodes) = prove(state, &[head_key(PARA)]);
			let block = header(Hash([8; 32]), 12, root, &[]);
			let votes = Draft::new(1, &block, 12, &under.voters).encode();
			let mut receipt = self.receipt_of(&both);
			let relay = &mut receipt["finality"]["relay"];
			relay["header"] = json!(hex(&block));
			relay["justification"] = json!(hex(votes));
			relay["proof"] = json!(nodes.iter().map(hex).collect::<Vec<_>>());
			receipt
		};
		let unknown = with_state(&under.relay_state);
		let mut odd = under.relay_state.clone();
		odd.insert(head_key(PARA), vec![0xfe, 0xff, 0xff, 0xff]);
		let odd = with_state(&odd);
		vec![
			self.relay_case(
				"relay-genuine",
				"A record of a parachain.",
				Stood,
				self.receipt_of(&under),
			),
			self.relay_case(
				"relay-retracted",
				"A record of a parachain that was retracted.",
				Ended,
				self.receipt_of(&ended),
			),
			self.relay_case(
				"head-of-neighbour",
				"The proof leads to the head of another parachain.",
				Refused("head-unproven"),
				self.receipt_of(&neighbour),
			),
			self.relay_case(
				"block-of-neighbour",
				"The block of another parachain, with the proof of our head.",
				Refused("other-head"),
				theirs,
			),
			self.relay_case(
				"not-the-head",
				"A header of the parachain that the head does not name.",
				Refused("other-head"),
				not_head,
			),
			self.relay_case(
				"head-of-other-block",
				"The proof of the head is of another relay block.",
				Refused("other-relay-state"),
				self.relay_changed("/finality/relay/proof", other_proof),
			),
			self.relay_case(
				"head-cut",
				"The proof does not reach the head.",
				Refused("head-unproven"),
				cut,
			),
			self.relay_case(
				"no-such-parachain",
				"The relay chain has no parachain of that number.",
				Refused("no-head"),
				unknown,
			),
			self.relay_case(
				"head-malformed",
				"What the relay chain keeps as head announces more than is there.",
				Malformed,
				odd,
			),
		]
	}

	fn of_relay_votes(&self) -> Vec<Case> {
		use Verdict::Refused;
		let (under, chain) = (self.under(), &self.chain);
		let kept = std::slice::from_ref(&self.letter);
		let block = under.relay_header();
		let with = |draft: &Draft| under.receipt_with(chain, kept, draft);
		let genuine = self.receipt_of(&under);
		let text = genuine["finality"]["relay"]["justification"].as_str().expect("hex");
		let mut bytes = hex::decode(&text[2..]).expect("hex");
		// A bit within the first signature: behind round, target, count and the vote.
		bytes[8 + 36 + 1 + 36 + 10] ^= 1;
		let forged = self.relay_changed("/finality/relay/justification", json!(hex(bytes)));
		let other = header(Hash([8; 32]), 12, Hash([4; 32]), &[]);
		let after = Under { set: 0, voters: chain.sets[0].clone(), ..under.clone() };
		let late = Under { set: 4, ..under.clone() };
		vec![
			self.relay_case(
				"relay-forged",
				"A bit of a signature for the relay block is flipped.",
				Refused("bad-signature"),
				forged,
			),
			self.relay_case(
				"relay-minority",
				"Two of four voted for the relay block.",
				Refused("minority"),
				with(&Draft::new(1, &block, 12, &chain.sets[1][..2])),
			),
			self.relay_case(
				"relay-other-target",
				"The votes are for another relay block.",
				Refused("other-target"),
				with(&Draft::new(1, &other, 12, &under.voters)),
			),
			self.relay_case(
				"relay-former-set",
				"A set of the relay chain signs after it has handed over.",
				Refused("former-set"),
				self.receipt_of(&after),
			),
			self.relay_case(
				"relay-trail-too-short",
				"A set of the relay chain that the trail does not reach.",
				Refused("trail-too-short"),
				self.receipt_of(&late),
			),
		]
	}

	fn of_parachains(&self) -> Vec<Case> {
		use Verdict::Refused;
		let under = self.under();
		let genuine = self.receipt_of(&under);
		let neighbour = Under { para: PARA + 1, head_of: PARA + 1, ..under.clone() };
		// Governance of the relay chain has given the number to a chain that says what it is.
		let theirs = genesis_of("theirs");
		let replaced = Under { state: para_state(self.state.clone(), theirs), ..under.clone() };
		let claimed = Under { genesis: theirs, ..under.clone() };
		let mut nameless = under.clone();
		nameless.state.remove(&genesis_key());
		// The proof of the receipt without the nodes that lead to the genesis alone.
		let mut cut = self.receipt_of(&under);
		let without: Vec<_> = prove(&under.state, &keys(7, 5, None)).1.iter().map(hex).collect();
		cut["proof"] = json!(without);
		let other_relay = self.relay_changed("/finality/relay/genesis", json!(Hash([1; 32])));
		vec![
			self.relay_case(
				"other-para",
				"All of it is of another parachain, and says so.",
				Refused("other-para"),
				self.receipt_of(&neighbour),
			),
			self.relay_case(
				"other-parachain",
				"Another chain under the number, whose state says so.",
				Refused("other-parachain"),
				self.receipt_of(&replaced),
			),
			self.relay_case(
				"other-parachain-claimed",
				"The receipt says that it is of another chain.",
				Refused("other-genesis"),
				self.receipt_of(&claimed),
			),
			self.relay_case(
				"nameless-parachain",
				"A chain whose state does not say which it is.",
				Refused("other-parachain"),
				self.receipt_of(&nameless),
			),
			self.relay_case(
				"genesis-unproven",
				"The proof does not say which chain it is.",
				Refused("proof-incomplete"),
				cut,
			),
			self.relay_case(
				"other-relay",
				"The receipt says that it is under another relay chain.",
				Refused("other-relay"),
				other_relay,
			),
			Case {
				pins: None,
				expect: self.chain.genesis.hash,
				..self.relay_case(
					"relay-not-pinned",
					"A parachain's receipt, and nobody said which relay chain to believe.",
					Refused("relay-not-pinned"),
					self.relay_changed("/genesis", json!(self.chain.genesis.hash)),
				)
			},
			self.relay_case(
				"not-under-relay",
				"The receipt of a chain that makes its own blocks final, for a parachain.",
				Refused("not-under-relay"),
				{
					let mut receipt =
						self.block().receipt(&self.chain, std::slice::from_ref(&self.letter));
					receipt["genesis"] = genuine["genesis"].clone();
					receipt
				},
			),
		]
	}

	fn of_relay_files(&self) -> Vec<Case> {
		use Verdict::Malformed;
		let genuine = self.receipt_of(&self.under());
		let own = self.block().receipt(&self.chain, std::slice::from_ref(&self.letter));
		let cut = |path: &str| {
			let text = genuine.pointer(path).and_then(Value::as_str).expect("hex");
			self.relay_changed(path, json!(text[..text.len() - 2]))
		};
		let mut without = genuine.clone();
		without["finality"]["relay"].as_object_mut().expect("an object").remove("paraId");
		let mut both = genuine.clone();
		both["finality"]["setId"] = json!(1);
		let mut unknown = genuine.clone();
		unknown["finality"]["relay"]["trusted"] = json!(true);
		let mut later = own;
		later["version"] = json!(2);
		let malformed = |name, about, receipt| self.relay_case(name, about, Malformed, receipt);
		vec![
			malformed("relay-header-cut", "A cut header.", cut("/finality/relay/header")),
			malformed("relay-votes-cut", "Cut votes.", cut("/finality/relay/justification")),
			malformed("para-missing", "The parachain's number is missing.", without),
			malformed(
				"para-as-text",
				"The parachain's number as text.",
				self.relay_changed("/finality/relay/paraId", json!("2000")),
			),
			malformed("finality-twice", "Votes of the chain's own and of a relay chain.", both),
			malformed("relay-unknown-member", "A member that nobody knows.", unknown),
			malformed(
				"relay-in-version-1",
				"A relay chain in a version that knows none.",
				self.relay_changed("/version", json!(1)),
			),
			malformed("own-in-version-2", "A version for relay chains, without one.", later),
		]
	}

	fn of_starts(&self) -> Vec<Case> {
		use Verdict::{Malformed, Refused, Stood};
		let (under, chain) = (self.under(), &self.chain);
		let (file, hash) = start(chain.genesis.hash, 11, 1, &chain.sets[1]);
		let from = |case: Case, file: &Value, relay: Hash, trail: Value| Case {
			pins: Some(Pins { para: PARA, relay, start: Some(file.clone()) }),
			trail,
			..case
		};
		let genuine =
			|name, about, verdict| self.relay_case(name, about, verdict, self.receipt_of(&under));
		let (later_file, later_hash) = start(chain.genesis.hash, 12, 1, &chain.sets[1]);
		let (early_file, early_hash) = start(chain.genesis.hash, 9, 0, &chain.sets[0]);
		// As if set 1 had been in force behind the block with which it handed over.
		let (behind_file, behind_hash) = start(chain.genesis.hash, 20, 1, &chain.sets[1]);
		let far =
			Under { set: 2, relay_number: 25, voters: chain.sets[2].clone(), ..under.clone() };
		let former = Under { set: 0, voters: chain.sets[0].clone(), ..under.clone() };
		let (others_file, others_hash) = start(Hash([1; 32]), 11, 1, &chain.sets[1]);
		let mut cut = file.clone();
		// The longest node is the root.
		let nodes = cut["proof"].as_array_mut().expect("a list");
		nodes.sort_by_key(|node| std::cmp::Reverse(node.as_str().map(str::len)));
		nodes.truncate(1);
		let mut none = file.clone();
		none["proof"] = json!([]);
		let mut bare = file.clone();
		bare.as_object_mut().expect("an object").remove("proof");
		let later = self.later_trail();
		let mut backwards = later.clone();
		backwards["from"] = json!(2);
		let usual = chain.trail_json();
		// It ends with set 0.
		let mut short = chain.trail_json();
		short["handoffs"] = json!([]);
		vec![
			from(
				genuine(
					"start-beyond-trail",
					"The trail ends before it.",
					Refused("trail-too-short"),
				),
				&file,
				hash,
				short,
			),
			from(
				genuine(
					"start-genuine",
					"From a block of the relay chain, without its past.",
					Stood,
				),
				&file,
				hash,
				later.clone(),
			),
			from(
				genuine("start-in-trail", "From a block in the middle of the trail.", Stood),
				&file,
				hash,
				usual.clone(),
			),
			from(
				self.relay_case(
					"start-then-change",
					"From a block of the relay chain, over one change of its authorities.",
					Stood,
					self.receipt_of(&far),
				),
				&file,
				hash,
				later.clone(),
			),
			from(
				genuine("start-other-block", "The start is another block.", Refused("other-start")),
				&file,
				Hash([1; 32]),
				later.clone(),
			),
			from(
				genuine(
					"start-too-late",
					"The relay block is not after it.",
					Refused("before-start"),
				),
				&later_file,
				later_hash,
				later.clone(),
			),
			from(
				self.relay_case(
					"start-former-set",
					"A set from before the start signs a block after it.",
					Refused("former-set"),
					self.receipt_of(&former),
				),
				&file,
				hash,
				later.clone(),
			),
			from(
				genuine("start-gap", "The trail begins later.", Refused("trail-too-late")),
				&early_file,
				early_hash,
				later.clone(),
			),
			from(
				genuine(
					"start-order",
					"The trail's next change is from before the start.",
					Refused("out-of-order"),
				),
				&behind_file,
				behind_hash,
				usual,
			),
			from(
				genuine("start-trail-gap", "A change is left out.", Refused("trail-too-late")),
				&file,
				hash,
				backwards,
			),
			from(
				genuine("start-cut", "Its proof is cut.", Refused("proof-incomplete")),
				&cut,
				hash,
				later.clone(),
			),
			from(
				genuine("start-empty", "It has no proof.", Refused("other-state")),
				&none,
				hash,
				later.clone(),
			),
			from(
				genuine("start-malformed", "The list of nodes is missing.", Malformed),
				&bare,
				hash,
				later.clone(),
			),
			from(
				genuine(
					"start-other-relay",
					"The start is of another relay chain.",
					Refused("other-genesis"),
				),
				&others_file,
				others_hash,
				later,
			),
		]
	}
}
