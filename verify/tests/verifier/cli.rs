//! The program: exit codes, sentences, JSON, and a node that is not one.

use crate::{
	folder::Folder,
	program::{run, EXPECTED},
	support::{
		self,
		cases::{Case, Maker, Pins},
	},
};
use serde_json::{json, Value};
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::TcpListener,
	path::Path,
	thread,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

impl Folder {
	/// The files of a case, and the arguments with which it is verified.
	fn arguments(&self, case: &Case) -> Vec<String> {
		let mut arguments: Vec<String> = ["verify", "--expect-genesis"].map(String::from).into();
		arguments.push(case.expect.to_string());
		let mut begin = ("--genesis", "genesis.json", &case.genesis);
		if let Some(Pins { para, relay, start }) = &case.pins {
			let expect = match start {
				None => {
					begin.0 = "--relay-genesis";
					"--expect-relay-genesis"
				},
				Some(start) => {
					begin = ("--relay-start", "start.json", start);
					"--expect-relay-block"
				},
			};
			arguments.extend(["--para-id".into(), para.to_string()]);
			arguments.extend([expect.into(), relay.to_string()]);
		}
		let mut add = |option: &str, name: &str, bytes: &[u8]| {
			arguments.extend([option.into(), self.put(name, bytes)]);
		};
		add("--receipt", "receipt.json", case.receipt.to_string().as_bytes());
		add("--record", "record", &case.record);
		add("--trail", "trail.json", case.trail.to_string().as_bytes());
		add(begin.0, begin.1, begin.2.to_string().as_bytes());
		if let Some(checkpoint) = &case.checkpoint {
			add("--checkpoint", "checkpoint.json", checkpoint.to_string().as_bytes());
		}
		arguments
	}
}

fn case(name: &str) -> Case {
	Maker::default().all().into_iter().find(|case| case.name == name).expect("it is there")
}

#[test]
fn every_case_ends_with_its_code_and_one_sentence() {
	for case in Maker::default().all() {
		let folder = Folder::new();
		let mut arguments = folder.arguments(&case);
		let (code, out, err) = run(&arguments);
		assert_eq!(code, i32::from(case.verdict.exit()), "{}: {out}{err}", case.name);
		assert_eq!((out.lines().count(), err.as_str()), (1, ""), "{}", case.name);
		assert!(out.trim_end().ends_with('.'), "{out}");
		arguments.push("--json".into());
		let (again, out, _) = run(&arguments);
		assert_eq!(again, code);
		let json: Value = serde_json::from_str(&out).unwrap();
		assert_eq!(json["exit"], json!(code), "{}", case.name);
		assert_eq!(json["verified"], json!(code == 0 || code == 3), "{}", case.name);
	}
}

#[test]
fn of_two_retractions_the_first_is_told() {
	let folder = Folder::new();
	let (code, out, _) = run(&folder.arguments(&case("retracted-leaf-then-batch")));
	assert_eq!(code, 3);
	assert!(
		out.contains("it was retracted: wrong subject, since 2026-03-01 09:01:00 UTC"),
		"{out}"
	);
}

#[test]
fn the_json_is_stable() {
	let folder = Folder::new();
	let case = case("retracted-leaf");
	let mut arguments = folder.arguments(&case);
	arguments.push("--json".into());
	let (_, out, _) = run(&arguments);
	let mut json: Value = serde_json::from_str(&out).unwrap();
	let record = &mut json["records"][0];
	assert!(record["message"].as_str().unwrap().starts_with("Verified, but it does not stand: "));
	assert!(record["file"].as_str().unwrap().ends_with("/record"));
	record["message"].take();
	record["file"].take();
	json["block"]["hash"].take();
	let expected = json!({
		"verified": true, "exit": 3, "genesis": case.expect, "recordsInReceipt": 1,
		"block": { "hash": null, "number": 12, "time": 1_772_359_200 },
		"finality": { "setId": 1, "votes": 4, "authorities": 4, "checkpoint": null, "end": "proven" },
		"records": [{
			"file": null, "verified": true, "exit": 3, "message": null, "author": 7, "seq": "40",
			"leaf": "3", "version": 1, "anchoredAt": 1_772_355_600, "authorKind": 0,
			"standing": { "code": "retracted", "reason": 1, "since": 1_772_355_660, "whole": false },
		}],
	});
	assert_eq!(json, expected);
}

#[test]
fn the_json_of_a_parachains_receipt_has_the_relay_block() {
	for (name, start) in [("relay-genuine", Value::Null), ("start-genuine", json!(11))] {
		let folder = Folder::new();
		let case = case(name);
		let pins = case.pins.clone().expect("it is of a parachain");
		let mut arguments = folder.arguments(&case);
		arguments.push("--json".into());
		let (code, out, _) = run(&arguments);
		let json: Value = serde_json::from_str(&out).unwrap();
		assert_eq!((code, &json["genesis"]), (0, &json!(case.expect)));
		assert_eq!(json["block"]["number"], 300);
		let finality = &json["finality"];
		assert_eq!((&finality["setId"], &finality["votes"]), (&json!(1), &json!(4)));
		let relay = &finality["relay"];
		assert_eq!((&relay["paraId"], &relay["block"]["number"]), (&json!(2000), &json!(12)));
		assert_eq!(relay["genesis"], case.receipt["finality"]["relay"]["genesis"]);
		assert_eq!(relay["start"]["number"], start);
		if !start.is_null() {
			assert_eq!(relay["start"]["hash"], json!(pins.relay));
		}
	}
}

#[test]
fn the_chain_specification_does_as_well_as_the_compact_form() {
	let folder = Folder::new();
	let maker = Maker::default();
	let case = case("genuine");
	let spec = folder.put("spec.json", maker.chain.spec.to_string());
	let written = folder.0.join("written.json");
	let written = written.to_str().unwrap();
	let (code, out, _) = run(&["genesis", "--chain-spec", &spec, "--write", written]);
	let keys: String = (0..)
		.zip(&maker.chain.sets[0])
		.map(|(i, a)| format!("authority {i} {}\n", a.key()))
		.collect();
	assert_eq!((code, out), (0, format!("genesis {}\n{keys}", case.expect)));
	let mut arguments = folder.arguments(&case);
	std::fs::copy(written, Path::new(&folder.0).join("genesis.json")).unwrap();
	assert_eq!(run(&arguments).0, 0);
	arguments.retain(|argument| argument != "--genesis" && !argument.ends_with("genesis.json"));
	arguments.extend(["--chain-spec".into(), spec]);
	assert_eq!(run(&arguments).0, 0);
	// Another genesis than the one expected.
	arguments[2] = format!("0x{}", "11".repeat(32));
	let (code, out, _) = run(&arguments);
	assert_eq!(code, 1);
	assert!(
		out.starts_with("Not verified: the chain specification is of another chain: "),
		"{out}"
	);
}

/// What a parachain begins with names no authorities: its hash is told all the same, to be pinned.
#[test]
fn the_genesis_of_a_parachain_is_told_by_its_specification() {
	let folder = Folder::new();
	let mut state = support::genesis_state(&[]);
	state.retain(|key, _| key.starts_with(b":"));
	let spec = folder.put("spec.json", support::chain_spec(&state).to_string());
	let hash = salus_verify::Hash::of(&salus_verify::header::Header::genesis(
		support::prove(&state, &[]).0,
	));
	let (code, out, _) = run(&["genesis", "--chain-spec", &spec]);
	let told = format!("genesis {hash}\nno authorities of its own, as of a parachain\n");
	assert_eq!((code, out), (0, told));
	let (code, out, _) = run(&["genesis", "--chain-spec", &spec, "--json"]);
	let json: Value = serde_json::from_str(&out).unwrap();
	assert_eq!((code, json), (0, json!({ "genesis": hash, "authorities": [] })));
	let (code, out, _) = run(&["genesis", "--chain-spec", &spec, "--expect-genesis", EXPECTED]);
	assert!(code == 1 && out.contains("is of another chain"), "{out}");
	let written = folder.0.join("never.json");
	let (code, out, _) =
		run(&["genesis", "--chain-spec", &spec, "--write", written.to_str().unwrap()]);
	assert_eq!(
		(code, out.as_str()),
		(1, "Not verified: the state that was begun from names no authorities.\n")
	);
	assert!(!written.exists());
}

#[test]
fn the_files_of_a_bundle_are_told_one_by_one() {
	let folder = Folder::new();
	let maker = Maker::default();
	let mut case = case("genuine");
	case.receipt =
		maker.block().receipt(&maker.chain, &[maker.letter.clone(), maker.of_batch.clone()]);
	let mut arguments = folder.arguments(&case);
	arguments.extend(["--record".into(), folder.put("second", &maker.of_batch.record)]);
	let (code, out, _) = run(&arguments);
	assert_eq!((code, out.lines().count()), (0, 2), "{out}");
	arguments.extend(["--record".into(), folder.put("third", "something else")]);
	let (code, out, _) = run(&arguments);
	assert_eq!((code, out.lines().count()), (1, 3), "{out}");
	assert!(
		out.lines().nth(2).unwrap().contains("is none of the records of this receipt"),
		"{out}"
	);
	arguments.extend(["--name".into(), "letter.txt".into()]);
	let (code, out, _) = run(&arguments);
	assert!(
		code == 1 && out.contains("third is not the record of this receipt: its digest is"),
		"{out}"
	);
}

#[test]
fn inspect_shows_and_verifies_nothing() {
	let folder = Folder::new();
	let case = case("salt-wrong-batch");
	let receipt = folder.put("receipt.json", case.receipt.to_string());
	let (code, out, _) = run(&["inspect", &receipt]);
	assert_eq!(code, 0);
	assert!(out.starts_with("Nothing of this is verified.\n"), "{out}");
	assert!(
		out.contains("record     organisation 7, slot 40, number 3 of a batch, form FhirJson"),
		"{out}"
	);
	let receipt = folder.put("relay.json", self::case("relay-genuine").receipt.to_string());
	let (code, out, _) = run(&["inspect", &receipt]);
	assert_eq!(code, 0);
	for line in [
		"parachain  2000 of the relay chain 0x",
		"relay      block 12 0x",
		"finality   set 1, round 1, 4 votes",
	] {
		assert!(out.contains(line), "{out}");
	}
}

/// A node that answers as a list says, each request on a connection of its own.
fn node(answers: Vec<Value>, chunked: bool) -> (String, thread::JoinHandle<Vec<Value>>) {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	let serve = move || {
		let mut asked = Vec::new();
		for answer in answers {
			let (mut stream, _) = listener.accept().unwrap();
			let mut reader = BufReader::new(stream.try_clone().unwrap());
			let mut length = 0;
			loop {
				let mut line = String::new();
				reader.read_line(&mut line).unwrap();
				if let Some(value) = line.strip_prefix("Content-Length: ") {
					length = value.trim().parse().unwrap();
				}
				if line == "\r\n" {
					break;
				}
			}
			let mut body = vec![0; length];
			reader.read_exact(&mut body).unwrap();
			asked.push(serde_json::from_slice(&body).unwrap());
			let text = answer.to_string();
			let (first, second) = text.split_at(5);
			let response = match chunked {
				true => format!(
					"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
					second.len()
				),
				false => format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{text}", text.len()),
			};
			stream.write_all(response.as_bytes()).unwrap();
		}
		asked
	};
	(url, thread::spawn(serve))
}

fn result(value: Value) -> Value {
	json!({ "jsonrpc": "2.0", "id": 1, "result": value })
}

const HEAD: &str = "0x0101010101010101010101010101010101010101010101010101010101010101";

/// The time now, in seconds since 1970.
fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What a node of the case's chain answers whose last final block is of the present, in the order of the questions;
/// the last is `answer`.
fn answers(case: &Case, answer: Value) -> Vec<Value> {
	answers_at(case, now(), answer)
}

/// The same of a node whose last final block is of `time`.
fn answers_at(case: &Case, time: u64, answer: Value) -> Vec<Value> {
	let receipt = salus_verify::Receipt::parse(case.receipt.to_string().as_bytes()).unwrap();
	let header = json!({ "number": "0x2a" });
	let block = json!(receipt.header.hash);
	let time = json!(support::hex((time * 1_000).to_le_bytes()));
	[json!(case.expect), json!(HEAD), header, block, time, answer].map(result).into()
}

/// The answer to `RecordAnchorApi_verify`.
fn verification(status: &[u8]) -> String {
	support::hex([&[0][..], &[9; 8], &[0, 1, 0, 0, 0], &[1, 0, 0, 0], status, &[0]].concat())
}

#[test]
fn a_node_adds_what_became_of_the_record() {
	let since = 1_772_355_660_u64.to_le_bytes();
	for (chunked, answer, code, words) in [
		(false, verification(&[1]), 0, "(block 42, its last final one), it stands."),
		(true, verification(&[1]), 0, "(block 42, its last final one), it stands."),
		(
			false,
			verification(&[&[3, 0][..], &since].concat()),
			4,
			"it is retracted: wrong content, since 2026-03-01 09:01:00 UTC.",
		),
		(
			false,
			support::hex([&[1, 6][..], &since].concat()),
			4,
			"no longer on the chain: it was shredded on 2026-03-01 09:01:00 UTC.",
		),
		(false, "0x0100".into(), 4, "no longer on the chain (evicted or shredded)."),
		(false, "0x0105".into(), 4, "no longer on the chain: it was evicted after its retention."),
		(false, "0x0101".into(), 4, "has another history"),
		(false, "0x07".into(), 5, "The node could not be asked: the node's answer is malformed"),
	] {
		let folder = Folder::new();
		let case = case("genuine");
		let answers = answers(&case, json!(answer));
		let (url, serving) = node(answers, chunked);
		let mut arguments = folder.arguments(&case);
		arguments.extend(["--node".into(), url]);
		let (found, out, _) = run(&arguments);
		assert_eq!(found, code, "{out}");
		assert!(
			out.starts_with("Verified: ") && out.contains(words) && out.lines().count() == 1,
			"{out}"
		);
		let asked = serving.join().unwrap();
		assert_eq!(asked[0]["method"], "chain_getBlockHash");
		assert_eq!(asked[4]["method"], "state_getStorage");
		let key = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
		assert_eq!(asked[4]["params"], json!([key, HEAD]));
		assert_eq!(asked[5]["method"], "state_call");
		assert_eq!(asked[5]["params"][0], "RecordAnchorApi_verify");
		assert_eq!(asked[5]["params"][2], HEAD);
	}
}

#[test]
fn an_answer_is_told_with_its_date_and_an_old_one_is_none_of_today() {
	let retracted = verification(&[&[3, 0][..], &1_772_355_660_u64.to_le_bytes()].concat());
	let (stands, day) = (verification(&[1]), 86_400);
	let behind = "the node is cut off or catching up, and knows nothing of what came after.";
	for (time, answer, max_age, code, words) in [
		// A machine under load may take a while from here to the answer.
		(now() - 20, &stands, None, 0, "it stands."),
		(now() - 70, &stands, None, 5, behind),
		(now() - 70, &stands, Some("3600"), 0, "it stands."),
		(now() - 3 * day, &stands, None, 5, "That block is 3 days old: "),
		(now() - 3 * 3_600, &stands, None, 5, "That block is 3 hours old: "),
		(now() + 600, &stands, None, 5, "ahead of the clock of this machine: one of the two is wrong."),
		// What has ended stays so: an old answer is as good, and its date is told.
		(now() - 3 * day, &retracted, None, 4, behind),
		(1_772_359_200, &retracted, None, 4, "as of 2026-03-01 10:00:00 UTC (block 42, its last final one), it is retracted"),
		(1_772_359_200, &stands, None, 5, "as of 2026-03-01 10:00:00 UTC (block 42, its last final one), it stands. That block is "),
	] {
		let folder = Folder::new();
		let case = case("genuine");
		let with = |json: bool| {
			let (url, serving) = node(answers_at(&case, time, json!(answer)), false);
			let mut arguments = folder.arguments(&case);
			arguments.extend(["--node".into(), url]);
			arguments.extend(max_age.iter().flat_map(|age| ["--max-age".into(), age.to_string()]));
			arguments.extend(json.then(|| "--json".into()));
			let (found, out, _) = run(&arguments);
			serving.join().unwrap();
			assert_eq!(found, code, "{out}");
			out
		};
		let out = with(false);
		assert!(out.contains(words) && out.lines().count() == 1, "{out}");
		let told: Value = serde_json::from_str(&with(true)).unwrap();
		let old = out.contains(" old: ") || out.contains(" ahead of ");
		let as_of = json!({ "number": 42, "time": time, "present": !old });
		assert_eq!((&told["records"][0]["asOf"], &told["exit"]), (&as_of, &json!(code)));
		assert_eq!(told["verified"], json!(true));
	}
}

#[test]
fn what_was_so_at_the_receipts_block_comes_before_what_a_node_says() {
	let folder = Folder::new();
	let case = case("retracted");
	let (url, serving) = node(answers(&case, json!("0x0105")), false);
	let mut arguments = folder.arguments(&case);
	arguments.extend(["--node".into(), url]);
	assert_eq!(run(&arguments).0, 3);
	serving.join().unwrap();
}

#[test]
fn a_node_that_answers_byte_by_byte_for_ever_is_given_up_and_not_asked_again() {
	let folder = Folder::new();
	let maker = Maker::default();
	let mut case = case("genuine");
	case.receipt =
		maker.block().receipt(&maker.chain, &[maker.letter.clone(), maker.of_batch.clone()]);
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	thread::spawn(move || {
		let (mut stream, _) = listener.accept().unwrap();
		stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").unwrap();
		while stream.write_all(b" ").is_ok() {
			thread::sleep(Duration::from_millis(200));
		}
	});
	let mut arguments = folder.arguments(&case);
	arguments.extend(["--record".into(), folder.put("second", &maker.of_batch.record)]);
	arguments.extend(["--node".into(), url]);
	let began = Instant::now();
	let (code, out, _) = run(&arguments);
	assert_eq!((code, out.lines().count()), (5, 2), "{out}");
	for line in out.lines() {
		assert!(
			line.contains("Verified: ") && line.contains("no whole answer within 10 seconds."),
			"{out}"
		);
	}
	assert!(began.elapsed() < Duration::from_secs(15), "it was asked again");
}

#[test]
fn a_node_that_cannot_be_asked_is_told() {
	let folder = Folder::new();
	let case = case("genuine");
	let with = |url: String| {
		let mut arguments = folder.arguments(&case);
		arguments.extend(["--node".into(), url]);
		run(&arguments)
	};
	let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
	let (code, out, _) = with(format!("http://{free}"));
	assert_eq!(code, 5);
	assert!(
		out.starts_with("Verified: ") && out.contains("The node could not be asked: "),
		"{out}"
	);
	assert_eq!(with("https://example.org".into()).0, 5);
	let (url, serving) = node(vec![result(json!("0x00"))], false);
	let (code, out, _) = with(url);
	assert!(code == 5 && out.contains("it is of another chain."), "{out}");
	serving.join().unwrap();
	let mut behind = answers(&case, Value::Null);
	behind[2] = result(json!({ "number": "0xb" }));
	behind.truncate(3);
	let (url, serving) = node(behind, false);
	let (code, out, _) = with(url);
	let words = "it is behind: its last final block is 11, the receipt's 12.";
	assert!(code == 5 && out.contains(words), "{out}");
	serving.join().unwrap();
	let mut other = answers(&case, Value::Null);
	other[3] = result(json!(HEAD));
	other.truncate(4);
	let (url, serving) = node(other, false);
	let (code, out, _) = with(url);
	assert!(code == 5 && out.contains("it has another block 12 than the receipt's."), "{out}");
	serving.join().unwrap();
	let refusal = json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": -32601, "message": "Method\nnot found" } });
	let (url, serving) = node(vec![refusal], false);
	let (code, out, _) = with(url);
	assert!(code == 5 && out.contains("chain_getBlockHash: Methodnot found."), "{out}");
	serving.join().unwrap();
}
