//! What a real node was asked, and what it answered (`answers.json`): the bytes that this program writes and reads are the chain's.

use salus_exchange_protocol::Hash;
use salus_gateway::chain::scale::header;
use salus_verify::{bytes::from_hex, state::State};
use serde_json::Value;

fn file() -> Value {
	serde_json::from_str(include_str!("answers.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
	from_hex(value.as_str().unwrap()).unwrap()
}

fn hash(value: &Value) -> Hash {
	value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_head_has_its_hash_and_its_state_proves_time_and_genesis() {
	let file = file();
	let (block, head) = (&file["block"], &file["block"]["header"]);
	let number = head["number"].as_str().unwrap().strip_prefix("0x").unwrap();
	let logs: Vec<Vec<u8>> = head["digest"]["logs"].as_array().unwrap().iter().map(bytes).collect();
	let root = hash(&head["stateRoot"]);
	let written = header(
		&hash(&head["parentHash"]),
		u32::from_str_radix(number, 16).unwrap(),
		&root,
		&hash(&head["extrinsicsRoot"]),
		&logs,
	);
	assert_eq!(Hash::of(&written), hash(&block["hash"]));
	let nodes: Vec<Vec<u8>> =
		block["proof"]["proof"].as_array().unwrap().iter().map(bytes).collect();
	let state = State::new(root, &nodes).unwrap();
	assert_eq!(state.time().unwrap(), block["time"].as_u64().unwrap());
	assert_eq!(state.genesis().unwrap(), Some(hash(&block["genesis"])));
}
