//! Two logs that are compared: the vectors that the client writes.

mod shared;

use salus_exchange_protocol::{
	log::Line,
	reconcile::{entries, reconcile, Entry, NotComparable},
	Hash,
};
use serde_json::Value;
use shared::{hash, list, text, vectors};

fn lines(value: &Value, name: &str) -> Vec<Line> {
	let entries = value[name].as_array().unwrap().iter();
	entries.map(|entry| Line::read(entry.to_string().as_bytes()).unwrap()).collect()
}

fn hashes(found: &[Entry]) -> Vec<Hash> {
	found.iter().map(|entry| entry.hash).collect()
}

fn told(value: &Value, name: &str) -> Vec<Hash> {
	value[name].as_array().unwrap().iter().map(|it| it.as_str().unwrap().parse().unwrap()).collect()
}

#[test]
fn what_each_side_alone_logged_and_where_they_differ_is_found_as_the_client_finds_it() {
	let file = vectors("exchange/reconcile.json");
	for case in list(&file, "cases") {
		let name = text(case, "name");
		let (ours, theirs) = (lines(case, "ours"), lines(case, "theirs"));
		let day = case["day"].as_u64().unwrap();
		let (ours, theirs) = (entries(7, &ours).unwrap(), entries(8, &theirs).unwrap());
		let found = reconcile((7, &ours), (8, &theirs), day);
		let expected = case["matched"].as_array().unwrap();
		assert_eq!(found.matched.len(), expected.len(), "{name}");
		for (pair, told) in found.matched.iter().zip(expected) {
			assert_eq!(
				(pair.source.hash, pair.recipient.hash),
				(hash(told, "source"), hash(told, "recipient")),
				"{name}"
			);
			let differ: Vec<&str> =
				told["differ"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
			assert_eq!(pair.differ, differ, "{name}");
		}
		assert_eq!(hashes(&found.only_ours), told(case, "onlyOurs"), "{name}");
		assert_eq!(hashes(&found.only_theirs), told(case, "onlyTheirs"), "{name}");
		assert_eq!(hashes(&found.unattributed), told(case, "unattributed"), "{name}");
		// Seen from the other side it is the same.
		let mirrored = reconcile((8, &theirs), (7, &ours), day);
		assert_eq!(mirrored.matched.len(), found.matched.len(), "{name}");
		assert_eq!(hashes(&mirrored.only_ours), hashes(&found.only_theirs), "{name}");
	}
}

#[test]
fn a_line_that_was_changed_or_is_of_another_log_is_not_compared() {
	let file = vectors("exchange/reconcile.json");
	let all = lines(&list(&file, "cases")[0], "ours");
	assert!(entries(7, &all).is_ok());
	assert_eq!(entries(9, &all), Err(NotComparable::OtherLog(0)));
	let changed = all[0].to_text().replacen("\"time\":", "\"time\":1", 1);
	let changed = Line::read(changed.as_bytes()).unwrap();
	assert_eq!(entries(7, &[changed]), Err(NotComparable::Line(0)));
}
