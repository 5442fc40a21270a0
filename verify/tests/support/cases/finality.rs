//! About whether the receipt's block is final.

use super::{Case, Maker, Verdict};
use crate::support::{header, hex, named, Draft};
use salus_verify::Hash;
use serde_json::json;

impl Maker {
	pub(super) fn of_finality(&self) -> Vec<Case> {
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
}
