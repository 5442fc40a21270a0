//! The program's arguments: what is missing, contradicts itself, or is written otherwise than it must be.

use crate::program::{run, EXPECTED};

#[test]
fn wrong_usage_is_told() {
	let receipt = "r.json";
	for (arguments, why) in [
		(&[][..], "a command is missing"),
		(&["check"], "there is no command \"check\""),
		(&["inspect"], "inspect takes one receipt"),
		(&["verify", "--json"], "--chain-spec or --genesis is missing"),
		(&["verify", "--chain-spec", "s"], "--record is missing"),
		(
			&["verify", "--chain-spec", "s", "--record", "f"],
			"--expect-genesis is missing: whoever made the receipt could have made the chain as well; \
			 \"salus-verify genesis\" tells the hash of a specification, to be compared with what the network \
			 publishes",
		),
		(
			&["verify", "--chain-spec", "s", "--record", "f", "--expect-genesis", EXPECTED],
			"--receipt is missing",
		),
		(
			&["verify", "--chain-spec", "s", "--genesis", "g"],
			"either --chain-spec or --genesis, not both",
		),
		(
			&["verify", "--genesis", "g"],
			"--genesis needs --expect-genesis: the file alone proves nothing",
		),
		(
			&["verify", "--genesis", "g", "--expect-genesis", "0x12"],
			"--expect-genesis: not 32 bytes",
		),
		(&["decision", "--json"], "--chain-spec or --genesis is missing"),
		(&["decision", "--genesis", "g", "--expect-genesis", EXPECTED], "--receipt is missing"),
		(&["decision", "--record", "f"], "unknown argument \"--record\""),
		(&["decision", "--node", "http://h"], "unknown argument \"--node\""),
		(
			&["reservation", "--receipt", receipt, "--genesis", "g", "--expect-genesis", EXPECTED, "--query", "q"],
			"--query needs --answer: the query's salt is in it",
		),
		(&["decision", "--query", "q"], "unknown argument \"--query\""),
		(&["verify", "--receipt"], "--receipt needs a value"),
		(&["verify", "--receipt", receipt, "--receipt", receipt], "--receipt is given twice"),
		(&["verify", "--name", "n"], "--name stands behind a --record"),
		(&["verify", "--force"], "unknown argument \"--force\""),
		(&["genesis", "--node", "http://h"], "unknown argument \"--node\""),
		(
			&["verify", "--genesis", "g", "--expect-genesis", EXPECTED, "--record", "f", "--max-age", "9"],
			"--max-age is about a --node",
		),
		(
			&[
				"verify", "--genesis", "g", "--expect-genesis", EXPECTED, "--record", "f", "--node", "http://h",
				"--max-age", "-1",
			],
			"--max-age: \"-1\" is no number of seconds",
		),		(
			&["verify", "--para-id", "2000", "--genesis", "g"],
			"--para-id is about a parachain, of which neither --chain-spec nor --genesis is needed",
		),
		(
			&["verify", "--relay-genesis", "g", "--expect-relay-genesis", EXPECTED],
			"--para-id is missing: many parachains share a relay chain, and the receipt's maker could have made one \
			 of them",
		),
		(
			&["verify", "--para-id", "two"],
			"--para-id: \"two\" is no number of a parachain",
		),
		(
			&["verify", "--para-id", "2000", "--relay-genesis", "g"],
			"--expect-genesis is missing: a parachain's number does not say which chain it is",
		),
		(
			&["verify", "--para-id", "2000", "--expect-genesis", EXPECTED],
			"--relay-spec, --relay-genesis or --relay-start is missing",
		),
		(
			&["verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-spec", "s", "--relay-start", "s"],
			"either --relay-spec, --relay-genesis or --relay-start, not several",
		),
		(
			&["verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-spec", "s"],
			"--expect-relay-genesis is missing: whoever made the receipt could have made the chain as well; \
			 \"salus-verify genesis\" tells the hash of a specification, to be compared with what the network \
			 publishes",
		),
		(
			&["verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-start", "s"],
			"--expect-relay-block is missing: a start is only as good as the block's hash, from a source that you \
			 trust",
		),
		(
			&[
				"verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-genesis", "s",
				"--expect-relay-block", EXPECTED,
			],
			"--expect-relay-block is about a --relay-start",
		),
		(
			&[
				"verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-start", "s",
				"--expect-relay-block", EXPECTED, "--expect-relay-genesis", EXPECTED,
			],
			"--expect-relay-genesis is not needed with --relay-start: the block says of which chain it is",
		),
		(
			&[
				"verify", "--para-id", "2000", "--expect-genesis", EXPECTED, "--relay-start", "s",
				"--expect-relay-block", EXPECTED,
			],
			"--record is missing",
		),
	] {
		let (code, out, err) = run(arguments);
		assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
		assert_eq!(err.lines().next(), Some(format!("error: {why}").as_str()));
	}
	let (code, out, _) = run(&["--help"]);
	assert!(code == 0 && out.starts_with("usage:"));
	let (code, out, _) = run(&["inspect", "/there/is/no/such/file"]);
	assert_eq!(code, 2);
	assert!(out.starts_with("/there/is/no/such/file cannot be read: "), "{out}");
}

/// In decimal digits, and in nothing else that a program could take for them.
#[test]
fn a_number_is_given_in_one_way() {
	let before = ["verify", "--genesis", "g", "--expect-genesis", EXPECTED, "--record", "f"];
	let age = |text| [&before[..], &["--node", "http://h", "--max-age", text]].concat();
	for text in [
		"+60",
		"060",
		"-1",
		" 60",
		"60 ",
		"0x3c",
		"6e1",
		"60.0",
		"1_000",
		"\u{666}",
		"",
		"18446744073709551616",
	] {
		let (code, _, err) = run(&age(text));
		let why = format!("error: --max-age: \"{text}\" is no number of seconds");
		assert_eq!((code, err.lines().next()), (2, Some(why.as_str())), "{text}");
	}
	// Read, and so something else is missing.
	for text in ["0", "60", "18446744073709551615"] {
		assert!(run(&age(text)).2.starts_with("error: --receipt is missing"), "{text}");
	}
	let para = |text| ["verify", "--para-id", text];
	for text in [
		"+2000",
		"02000",
		"-1",
		" 2000",
		"2000 ",
		"0x7d0",
		"2e3",
		"2000.0",
		"\u{662}",
		"",
		"4294967296",
	] {
		let (code, _, err) = run(&para(text));
		let why = format!("error: --para-id: \"{text}\" is no number of a parachain");
		assert_eq!((code, err.lines().next()), (2, Some(why.as_str())), "{text}");
	}
	for text in ["0", "2000", "4294967295"] {
		assert!(run(&para(text)).2.starts_with("error: --expect-genesis is missing"), "{text}");
	}
}
