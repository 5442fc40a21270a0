//! What a real node was asked, and what it answered (`answers.json`): the bytes that this program writes and reads are the chain's.

use codec::Decode;
use salus_exchange_protocol::Hash;
use salus_gateway::chain::{
	research::{left_of, Offered, PermitRecord, Reserved},
	scale::header,
};
use salus_research_permits::VersionFrom;
use salus_verify::{bytes::from_hex, state::State};
use serde_json::Value;

fn file() -> Value {
	serde_json::from_str(include_str!("../answers.json")).unwrap()
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

/// A dataset that was taken back, its version, its custodian's population, a permit, and a query that was settled, as the pallet stores them.
#[test]
fn what_the_chain_stores_of_research_is_read_to_its_last_byte() {
	let file: Value = serde_json::from_str(include_str!("../research.json")).unwrap();
	let stored = |name: &str| bytes(&file[name]);
	let says = |name: &str| file["says"][name].as_u64().unwrap();
	let (dataset, version, population) =
		(stored("dataset"), stored("version"), stored("population"));
	let offered = Offered::read(&dataset, &version).unwrap();
	let numbers = [offered.custodian, offered.min_cohort, offered.version, offered.epoch];
	let expected = ["custodian", "minCohort", "version", "epoch"].map(says);
	assert_eq!(numbers.map(u64::from), expected);
	assert!(offered.is_retired && file["says"]["retired"] == true);
	assert_eq!(left_of(&population).unwrap(), says("left"));
	let permit = stored("permit");
	let record = PermitRecord::read(&permit).unwrap();
	assert_eq!(u64::from(record.dataset), says("permitDataset"));
	assert_eq!((record.permit.ended, record.permit.renewal), (None, None));
	// It began when the terms were accepted, and lasts twelve months of 30 days.
	let period = record.permit.period;
	assert_eq!(record.accepted, [VersionFrom { version: 0, from: period.from }]);
	assert_eq!(period.until - period.from, 360 * 86_400);
	for other in [&permit[1..], &permit[..permit.len() - 1], &[&permit[..], &[0]].concat()] {
		assert!(PermitRecord::read(other).is_err());
	}
	let query = Reserved::decode(&mut stored("query").as_slice()).unwrap();
	assert_eq!(u64::from(query.permit), says("permit"));
	assert!(query.result.is_some());
	// A byte more or less is another layout, and nothing is guessed.
	for (dataset, version) in [
		(&dataset[1..], &version[..]),
		(&dataset[..dataset.len() - 1], &version[..]),
		(&dataset[..], &version[..version.len() - 1]),
	] {
		assert!(Offered::read(dataset, version).is_err());
	}
	assert!(left_of(&population[1..]).is_err());
	assert!(Offered::read(&[&dataset[..], &[0]].concat(), &version).is_err());
}
