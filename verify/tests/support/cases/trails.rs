//! About how the sets of authorities followed each other.

use super::{Case, Maker, Verdict};
use crate::support::{
	chain_spec, checkpoint, forced, genesis_state, header, hex, named, scheduled, Chain, Draft,
};
use salus_verify::Hash;
use serde_json::{json, Value};

impl Maker {
	pub(super) fn of_trails(&self) -> Vec<Case> {
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
