//! Reservation receipts of a running node, genuine and changed: what the program and the library say of each. They are the vectors in
//! `docs/vectors/reservations-chain`, which the client judges too.

use crate::{folder::Folder, program::run};
use salus_verify::{
	reservation::{sentence, Asked, ReservationReceipt, Reserved, Shown, Told},
	Error, Genesis, GenesisFile, Hash, Sets, Trail,
};
use serde_json::{json, Value};
use std::{fs, path::PathBuf};

fn vectors() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/reservations-chain")
}

fn read(name: &str) -> Value {
	let path = vectors().join(name);
	let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	serde_json::from_slice(&bytes).unwrap()
}

fn cases() -> Vec<Value> {
	let names = fs::read_dir(vectors()).unwrap().map(|entry| entry.unwrap().file_name());
	let names = names.map(|name| name.into_string().unwrap()).filter(|name| name != "usual.json");
	names.map(|name| read(&name)).collect()
}

fn judge(case: &Value, usual: &Value) -> Result<Reserved, Error> {
	let text = |value: &Value| value.to_string().into_bytes();
	let receipt = ReservationReceipt::parse(&text(&case["receipt"]))?;
	let told = match &case["answer"] {
		Value::Null => None,
		answer => Some(Told::parse(&text(answer))?),
	};
	let asked = match &case["asked"] {
		Value::Null => None,
		asked => Some(Asked::parse(&text(asked))?),
	};
	let expected: Hash = case["expectGenesis"].as_str().unwrap().parse().unwrap();
	let genesis = Genesis::from_file(&GenesisFile::parse(&text(&usual["genesis"]))?, expected)?;
	let sets = Sets::follow(&genesis, Some(&Trail::parse(&text(&usual["trail"]))?), &[])?;
	let reserved = receipt.verify(&sets)?;
	if let Some(told) = told {
		reserved.settled_with(&told, receipt.genesis)?;
		if let Some(asked) = asked {
			reserved.is_for(&asked, &told)?;
		}
	}
	Ok(reserved)
}

#[test]
fn each_receipt_of_a_running_chain_is_worth_what_it_says() {
	let usual = read("usual.json");
	let cases = cases();
	assert!(cases.len() >= 21, "{}", cases.len());
	for case in &cases {
		let (exit, code) = match judge(case, &usual) {
			Ok(found) => (if found.reservation.settled.is_some() { 0 } else { 3 }, None),
			Err(error) if error.is_malformed() => (2, Some(error.code())),
			Err(error) => (1, Some(error.code())),
		};
		assert_eq!(case["verdict"], json!({ "exit": exit, "error": code }), "{}", case["name"]);
	}
}

#[test]
fn all_that_the_chain_has_of_it_is_read_and_told() {
	let case = read("settled.json");
	let (found, count) = (judge(&case, &read("usual.json")).unwrap(), &case["answer"]["count"]);
	let it = &found.reservation;
	let settled = it.settled.unwrap();
	let told = json!({
		"custodian": it.custodian, "dataset": it.dataset, "epoch": it.epoch, "epsilon": it.epsilon, "permit": it.permit,
		"query": it.commitment, "reservation": it.query, "version": it.version,
	});
	for (name, value) in told.as_object().unwrap() {
		assert_eq!(value, &count[name], "{name}");
	}
	assert!(it.reserved_at <= settled.at && settled.at <= found.block.time);
	let text = sentence(&found, Shown::Answer);
	assert!(text.starts_with("Verified: organisation 4 reserved an epsilon of 1 on "), "{text}");
	assert!(text.contains(" and settled with this very answer on "), "{text}");
	assert!(sentence(&found, Shown::Nothing).contains(&settled.commitment.to_string()));
	let asked = sentence(&found, Shown::AnswerAndQuery);
	assert!(asked.contains(", and for this very query, by the commitment 0x"), "{asked}");
	assert!(!text.contains("this very query"), "{text}");
}

/// The commitments of the gateway's side, which the researcher's side makes too.
#[test]
fn a_query_has_the_commitment_of_the_protocol_however_it_is_written() {
	let path =
		PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../exchange/counts/vectors/queries.json");
	let all: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
	let accepted = all["accepted"].as_array().unwrap();
	assert!(accepted.len() >= 2);
	for case in accepted {
		let salt: Hash = case["salt"].as_str().unwrap().parse().unwrap();
		let document = case["document"].as_str().unwrap();
		let mut reordered: Value = serde_json::from_str(document).unwrap();
		reordered["groups"].as_array_mut().unwrap().reverse();
		let spaced = format!("{reordered:#}");
		for text in [document, case["canonical"].as_str().unwrap(), &spaced] {
			let found = Asked::parse(text.as_bytes()).unwrap().commitment(&salt);
			assert_eq!(json!(found), case["commitment"], "{text}");
		}
	}
	for wrong in ["[]", "{}", "{\"groups\":1}", "{\"groups\":[],\"groups\":[]}"] {
		assert!(Asked::parse(wrong.as_bytes()).unwrap_err().is_malformed(), "{wrong}");
	}
}

#[test]
fn the_program_says_the_same_in_one_sentence_and_as_json() {
	let usual = read("usual.json");
	for case in cases() {
		let folder = Folder::new();
		let file = |name: &str, value: &Value| folder.put(name, value.to_string());
		let mut arguments: Vec<String> = vec![
			"reservation".into(),
			"--expect-genesis".into(),
			case["expectGenesis"].as_str().unwrap().into(),
			"--genesis".into(),
			file("genesis.json", &usual["genesis"]),
			"--trail".into(),
			file("trail.json", &usual["trail"]),
			"--receipt".into(),
			file("reservation.json", &case["receipt"]),
		];
		if !case["answer"].is_null() {
			arguments.extend(["--answer".into(), file("answer.json", &case["answer"])]);
		}
		if !case["asked"].is_null() {
			arguments.extend(["--query".into(), file("query.json", &case["asked"])]);
		}
		let (code, out, err) = run(&arguments);
		assert_eq!((json!(code), err.as_str()), (case["verdict"]["exit"].clone(), ""), "{out}");
		assert_eq!(out.lines().count(), 1, "{}", case["name"]);
		assert!(out.trim_end().ends_with('.'), "{out}");
		arguments.push("--json".into());
		let (again, out, _) = run(&arguments);
		let json: Value = serde_json::from_str(&out).unwrap();
		assert_eq!((again, &json["error"]), (code, &case["verdict"]["error"]), "{}", case["name"]);
		assert_eq!(json["verified"], json!(code == 0));
		if code == 0 {
			let count = &case["receipt"];
			assert_eq!(json["reservation"]["query"], count["query"]);
			assert_eq!(json["reservation"]["custodian"], count["custodian"]);
			assert!(json["reservation"]["result"]["commitment"].is_string());
		}
	}
}
