//! The arguments.

use salus_verify::{bytes::from_decimal, status::MAX_AGE, Hash};

pub const USAGE: &str = "\
usage:
  salus-verify verify --receipt R.json --record FILE [--name NAME] [--record FILE ...]
                      [--trail T.json] [--checkpoint C.json ...]
                      (--chain-spec RAW.json | --genesis G.json) --expect-genesis 0x..
                      [--node http://HOST:PORT] [--max-age SECONDS] [--json]
      of a parachain, in place of --chain-spec and --genesis:
                      --para-id N --expect-genesis 0x..
                      ((--relay-spec RAW.json | --relay-genesis G.json) --expect-relay-genesis 0x..
                       | --relay-start S.json --expect-relay-block 0x..)
  salus-verify decision --receipt D.json, and as with verify: --trail, --checkpoint, what is believed, --json
  salus-verify reservation --receipt R.json [--answer A.json [--query Q.json]], and as with decision
  salus-verify genesis --chain-spec RAW.json [--expect-genesis 0x..] [--write G.json] [--json]
  salus-verify inspect R.json

--name names the record of the receipt that the --record before it is said to be; without it, a
file is looked for by its digest. --max-age says how old the node's last final block may be, by the
clock of this machine, for its answer to be of today; 60 seconds unless given.
Of a parachain, --trail and --checkpoint are the relay chain's, and --expect-genesis is the parachain's.

exit codes: 0 verified and it stood; 1 not verified; 2 wrong usage or a malformed file; 3 verified,
but retracted or superseded at the receipt's block; 4 verified, but the node says that it does not
stand any more; 5 verified, but the node could not be asked, or is not at the present. Of a decision:
0 verified and it was let; 1 and 2 as above; 3 verified and it was refused. Of a reservation: 0 verified
and settled, with the answer and for the query if they are given; 1 and 2 as above; 3 verified, but not settled";

/// What is to be done.
#[derive(Debug)]
pub enum Command {
	Verify(Verify),
	Decision { receipt: String, beliefs: Beliefs, json: bool },
	Reservation(Reservation),
	Genesis { source: Source, write: Option<String>, json: bool },
	Inspect { receipt: String },
	Help,
}

#[derive(Debug)]
pub struct Reservation {
	pub receipt: String,
	pub answer: Option<Answer>,
	pub beliefs: Beliefs,
	pub json: bool,
}

/// What is held against the commitments of a reservation.
#[derive(Debug)]
pub struct Answer {
	pub file: String,
	/// The file of the query. Its salt is in the answer.
	pub query: Option<String>,
}

/// Where the chain's beginning is taken from.
#[derive(Debug)]
pub enum Source {
	ChainSpec { file: String, expect: Option<Hash> },
	Genesis { file: String, expect: Hash },
}

/// Where the relay chain's authorities are followed from.
#[derive(Debug)]
pub enum RelaySource {
	Genesis(Source),
	Start { file: String, expect: Hash },
}

/// What the receipt is held against.
#[derive(Debug)]
pub enum Pins {
	Own(Source),
	Relay { para: u32, genesis: Hash, relay: RelaySource },
}

/// What the receipt is held against, and what leads from there to its block.
#[derive(Debug)]
pub struct Beliefs {
	pub pins: Pins,
	pub trail: Option<String>,
	pub checkpoints: Vec<String>,
}

#[derive(Debug)]
pub struct Verify {
	pub receipt: String,
	/// Files, each with the name of the record that it is said to be.
	pub records: Vec<(String, Option<String>)>,
	pub beliefs: Beliefs,
	pub node: Option<String>,
	/// How old the node's last final block may be, in seconds.
	pub max_age: u64,
	pub json: bool,
}

#[derive(Default)]
struct Options {
	receipt: Option<String>,
	answer: Option<String>,
	query: Option<String>,
	records: Vec<(String, Option<String>)>,
	trail: Option<String>,
	checkpoints: Vec<String>,
	chain_spec: Option<String>,
	genesis: Option<String>,
	expect: Option<String>,
	para: Option<String>,
	relay_spec: Option<String>,
	relay_genesis: Option<String>,
	expect_relay_genesis: Option<String>,
	relay_start: Option<String>,
	expect_relay_block: Option<String>,
	node: Option<String>,
	max_age: Option<String>,
	write: Option<String>,
	json: bool,
}

/// What every receipt is checked with: itself, what is believed, and how to tell of it.
const BELIEFS: &[&str] = &[
	"--receipt",
	"--trail",
	"--checkpoint",
	"--chain-spec",
	"--genesis",
	"--expect-genesis",
	"--para-id",
	"--relay-spec",
	"--relay-genesis",
	"--expect-relay-genesis",
	"--relay-start",
	"--expect-relay-block",
	"--json",
];

pub fn parse(arguments: &[String]) -> Result<Command, String> {
	let (command, rest) = arguments.split_first().ok_or("a command is missing")?;
	let allowed: &[&str] = match command.as_str() {
		"verify" => &[BELIEFS, &["--record", "--name", "--node", "--max-age"]].concat(),
		"decision" => BELIEFS,
		"reservation" => &[BELIEFS, &["--answer", "--query"]].concat(),
		"genesis" => &["--chain-spec", "--expect-genesis", "--write", "--json"],
		"inspect" => match rest {
			[receipt] if !receipt.starts_with("--") => {
				return Ok(Command::Inspect { receipt: receipt.clone() });
			},
			_ => return Err("inspect takes one receipt".into()),
		},
		"help" | "--help" | "-h" => return Ok(Command::Help),
		other => return Err(format!("there is no command \"{other}\"")),
	};
	let mut options = options(rest, allowed)?;
	if command == "genesis" {
		let source = source(&mut options)?;
		return Ok(Command::Genesis { source, write: options.write, json: options.json });
	}
	let pins = pins(&mut options)?;
	if command == "verify" && options.records.is_empty() {
		return Err("--record is missing".into());
	}
	if matches!(pins, Pins::Own(Source::ChainSpec { expect: None, .. })) {
		return Err(format!("--expect-genesis {UNPINNED}"));
	}
	let beliefs = Beliefs { pins, trail: options.trail, checkpoints: options.checkpoints };
	if command == "decision" {
		let receipt = options.receipt.ok_or("--receipt is missing")?;
		return Ok(Command::Decision { receipt, beliefs, json: options.json });
	}
	if command == "reservation" {
		let receipt = options.receipt.ok_or("--receipt is missing")?;
		let answer = match (options.answer, options.query) {
			(Some(file), query) => Some(Answer { file, query }),
			(None, None) => None,
			(None, Some(_)) => {
				return Err("--query needs --answer: the query's salt is in it".into());
			},
		};
		let json = options.json;
		return Ok(Command::Reservation(Reservation { receipt, answer, beliefs, json }));
	}
	let max_age = match options.max_age {
		None => MAX_AGE,
		Some(_) if options.node.is_none() => return Err("--max-age is about a --node".into()),
		Some(text) => {
			from_decimal(&text).ok_or(format!("--max-age: \"{text}\" is no number of seconds"))?
		},
	};
	Ok(Command::Verify(Verify {
		receipt: options.receipt.ok_or("--receipt is missing")?,
		records: options.records,
		beliefs,
		node: options.node,
		max_age,
		json: options.json,
	}))
}

fn options(arguments: &[String], allowed: &[&str]) -> Result<Options, String> {
	let mut options = Options::default();
	let mut rest = arguments.iter();
	while let Some(option) = rest.next() {
		if !allowed.contains(&option.as_str()) {
			return Err(format!("unknown argument \"{option}\""));
		}
		if option == "--json" {
			options.json = true;
			continue;
		}
		let value = rest.next().ok_or(format!("{option} needs a value"))?.clone();
		let place = match option.as_str() {
			"--record" => {
				options.records.push((value, None));
				continue;
			},
			"--checkpoint" => {
				options.checkpoints.push(value);
				continue;
			},
			"--name" => match options.records.last_mut() {
				Some((_, name)) => name,
				None => return Err("--name stands behind a --record".into()),
			},
			"--receipt" => &mut options.receipt,
			"--answer" => &mut options.answer,
			"--query" => &mut options.query,
			"--trail" => &mut options.trail,
			"--chain-spec" => &mut options.chain_spec,
			"--genesis" => &mut options.genesis,
			"--expect-genesis" => &mut options.expect,
			"--para-id" => &mut options.para,
			"--relay-spec" => &mut options.relay_spec,
			"--relay-genesis" => &mut options.relay_genesis,
			"--expect-relay-genesis" => &mut options.expect_relay_genesis,
			"--relay-start" => &mut options.relay_start,
			"--expect-relay-block" => &mut options.expect_relay_block,
			"--node" => &mut options.node,
			"--max-age" => &mut options.max_age,
			_ => &mut options.write,
		};
		if place.replace(value).is_some() {
			return Err(format!("{option} is given twice"));
		}
	}
	Ok(options)
}

/// Why a hash must be given.
const UNPINNED: &str = "is missing: whoever made the receipt could have made the chain as well; \
	\"salus-verify genesis\" tells the hash of a specification, to be compared with what the network publishes";

fn hash(option: &str, text: &Option<String>) -> Result<Option<Hash>, String> {
	let parse = |text: &String| text.parse().map_err(|why| format!("{option}: {why}"));
	text.as_ref().map(parse).transpose()
}

/// What the receipt is held against: of a parachain, as soon as anything is said of a relay chain.
fn pins(options: &mut Options) -> Result<Pins, String> {
	let of_relay = [
		("--para-id", &options.para),
		("--relay-spec", &options.relay_spec),
		("--relay-genesis", &options.relay_genesis),
		("--expect-relay-genesis", &options.expect_relay_genesis),
		("--relay-start", &options.relay_start),
		("--expect-relay-block", &options.expect_relay_block),
	];
	let Some((given, _)) = of_relay.into_iter().find(|(_, value)| value.is_some()) else {
		return source(options).map(Pins::Own);
	};
	if options.chain_spec.is_some() || options.genesis.is_some() {
		let why = "is about a parachain, of which neither --chain-spec nor --genesis is needed";
		return Err(format!("{given} {why}"));
	}
	let missing = |option, why| format!("{option} is missing: {why}");
	let number =
		"many parachains share a relay chain, and the receipt's maker could have made one of them";
	let para = options.para.take().ok_or(missing("--para-id", number))?;
	let para = from_decimal(&para)
		.and_then(|number| u32::try_from(number).ok())
		.ok_or(format!("--para-id: \"{para}\" is no number of a parachain"))?;
	let number = "a parachain's number does not say which chain it is";
	let genesis = hash("--expect-genesis", &options.expect)?;
	let genesis = genesis.ok_or(missing("--expect-genesis", number))?;
	let block = hash("--expect-relay-block", &options.expect_relay_block)?;
	let expect = hash("--expect-relay-genesis", &options.expect_relay_genesis)?;
	let sources =
		(options.relay_spec.take(), options.relay_genesis.take(), options.relay_start.take());
	let relay = match sources {
		(None, None, Some(file)) => match (block, expect) {
			(Some(expect), None) => RelaySource::Start { file, expect },
			(Some(_), Some(_)) => {
				return Err("--expect-relay-genesis is not needed with --relay-start: the block says of which chain it is".into())
			},
			(None, _) => {
				let why = "a start is only as good as the block's hash, from a source that you trust";
				return Err(missing("--expect-relay-block", why));
			},
		},
		(Some(_), None, None) | (None, Some(_), None) if block.is_some() => {
			return Err("--expect-relay-block is about a --relay-start".into());
		},
		(Some(_), None, None) | (None, Some(_), None) if expect.is_none() => {
			return Err(format!("--expect-relay-genesis {UNPINNED}"));
		},
		(Some(file), None, None) => RelaySource::Genesis(Source::ChainSpec { file, expect }),
		(None, Some(file), None) => {
			let expect = expect.ok_or("--expect-relay-genesis is missing")?;
			RelaySource::Genesis(Source::Genesis { file, expect })
		},
		(None, None, None) => {
			return Err("--relay-spec, --relay-genesis or --relay-start is missing".into());
		},
		_ => return Err("either --relay-spec, --relay-genesis or --relay-start, not several".into()),
	};
	Ok(Pins::Relay { para, genesis, relay })
}

fn source(options: &mut Options) -> Result<Source, String> {
	let expect = hash("--expect-genesis", &options.expect)?;
	match (options.chain_spec.take(), options.genesis.take()) {
		(Some(file), None) => Ok(Source::ChainSpec { file, expect }),
		(None, Some(file)) => {
			let expect =
				expect.ok_or("--genesis needs --expect-genesis: the file alone proves nothing")?;
			Ok(Source::Genesis { file, expect })
		},
		(None, None) => Err("--chain-spec or --genesis is missing".into()),
		_ => Err("either --chain-spec or --genesis, not both".into()),
	}
}
