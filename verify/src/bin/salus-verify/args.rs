//! The arguments.

use salus_verify::{status::MAX_AGE, Hash};

pub const USAGE: &str = "\
usage:
  salus-verify verify --receipt R.json --record FILE [--name NAME] [--record FILE ...]
                      [--trail T.json] [--checkpoint C.json ...]
                      (--chain-spec RAW.json | --genesis G.json) --expect-genesis 0x..
                      [--node http://HOST:PORT] [--max-age SECONDS] [--json]
  salus-verify genesis --chain-spec RAW.json [--expect-genesis 0x..] [--write G.json] [--json]
  salus-verify inspect R.json

--name names the record of the receipt that the --record before it is said to be; without it, a
file is looked for by its digest. --max-age says how old the node's last final block may be, by the
clock of this machine, for its answer to be of today; 60 seconds unless given.

exit codes: 0 verified and it stood; 1 not verified; 2 wrong usage or a malformed file; 3 verified,
but retracted or superseded at the receipt's block; 4 verified, but the node says that it does not
stand any more; 5 verified, but the node could not be asked, or is not at the present";

/// What is to be done.
#[derive(Debug)]
pub enum Command {
	Verify(Verify),
	Genesis { source: Source, write: Option<String>, json: bool },
	Inspect { receipt: String },
	Help,
}

/// Where the chain's beginning is taken from.
#[derive(Debug)]
pub enum Source {
	ChainSpec { file: String, expect: Option<Hash> },
	Genesis { file: String, expect: Hash },
}

#[derive(Debug)]
pub struct Verify {
	pub receipt: String,
	/// Files, each with the name of the record that it is said to be.
	pub records: Vec<(String, Option<String>)>,
	pub trail: Option<String>,
	pub checkpoints: Vec<String>,
	pub source: Source,
	pub node: Option<String>,
	/// How old the node's last final block may be, in seconds.
	pub max_age: u64,
	pub json: bool,
}

#[derive(Default)]
struct Options {
	receipt: Option<String>,
	records: Vec<(String, Option<String>)>,
	trail: Option<String>,
	checkpoints: Vec<String>,
	chain_spec: Option<String>,
	genesis: Option<String>,
	expect: Option<String>,
	node: Option<String>,
	max_age: Option<String>,
	write: Option<String>,
	json: bool,
}

pub fn parse(arguments: &[String]) -> Result<Command, String> {
	let (command, rest) = arguments.split_first().ok_or("a command is missing")?;
	let allowed: &[&str] = match command.as_str() {
		"verify" => &[
			"--receipt",
			"--record",
			"--name",
			"--trail",
			"--checkpoint",
			"--chain-spec",
			"--genesis",
			"--expect-genesis",
			"--node",
			"--max-age",
			"--json",
		],
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
	let source = source(&mut options)?;
	if command == "genesis" {
		return Ok(Command::Genesis { source, write: options.write, json: options.json });
	}
	if options.records.is_empty() {
		return Err("--record is missing".into());
	}
	if matches!(source, Source::ChainSpec { expect: None, .. }) {
		return Err("--expect-genesis is missing: whoever made the receipt could have made the chain as well; \
			\"salus-verify genesis\" tells the hash of a specification, to be compared with what the network publishes"
			.into());
	}
	let max_age = match options.max_age {
		None => MAX_AGE,
		Some(_) if options.node.is_none() => return Err("--max-age is about a --node".into()),
		Some(text) => {
			text.parse().map_err(|_| format!("--max-age: \"{text}\" is no number of seconds"))?
		},
	};
	Ok(Command::Verify(Verify {
		receipt: options.receipt.ok_or("--receipt is missing")?,
		records: options.records,
		trail: options.trail,
		checkpoints: options.checkpoints,
		source,
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
			"--trail" => &mut options.trail,
			"--chain-spec" => &mut options.chain_spec,
			"--genesis" => &mut options.genesis,
			"--expect-genesis" => &mut options.expect,
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

fn source(options: &mut Options) -> Result<Source, String> {
	let expect = match &options.expect {
		None => None,
		Some(text) => Some(text.parse().map_err(|why| format!("--expect-genesis: {why}"))?),
	};
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
