//! What the commands do: files in, words or JSON out.

use crate::{
	args::{self, Answer, Beliefs, Command, Pins, RelaySource, Source, Verify, USAGE},
	node::Node,
	report::{self, Outcome, Report},
	Exit,
};
use salus_verify::{
	decision::{sentence, DecisionReceipt},
	files::MAX_FILE,
	reservation::{self, Asked, ReservationReceipt, Reserved, Shown, Told},
	Checkpoint, Error, Evidence, Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt,
	Sets, Start, StartFile, Trail, Trust,
};
use serde_json::json;
use std::{fs::File, io::Read};

/// Why a command ends early.
pub enum Failure {
	/// A file cannot be read or written.
	Io(String),
	/// Something is not verified, or malformed; of a file, if it is one's fault.
	Verify(Option<String>, Error),
	/// The node could not be asked.
	Node(String),
}

impl Failure {
	fn in_file(file: &str) -> impl Fn(Error) -> Self + '_ {
		move |error| Self::Verify(Some(file.into()), error)
	}

	pub fn exit(&self) -> Exit {
		match self {
			Self::Io(_) => Exit::Usage,
			Self::Verify(_, error) if error.is_malformed() => Exit::Usage,
			Self::Verify(..) => Exit::Refused,
			Self::Node(_) => Exit::NoNode,
		}
	}

	pub fn code(&self) -> &'static str {
		match self {
			Self::Io(_) => "file",
			Self::Verify(_, error) => error.code(),
			Self::Node(_) => "node",
		}
	}

	pub fn sentence(&self) -> String {
		match self {
			Self::Io(why) => why.clone(),
			Self::Verify(Some(file), error) if error.is_malformed() => format!("{file}: {error}."),
			Self::Verify(_, error) => format!("Not verified: {error}."),
			Self::Node(why) => format!("The node could not be asked: {why}."),
		}
	}
}

/// Runs `command`, and prints its answer.
pub fn run(command: Command) -> Exit {
	let (json, result) = match command {
		Command::Help => {
			println!("{USAGE}");
			return Exit::Stood;
		},
		Command::Verify(arguments) => (arguments.json, verify(&arguments)),
		Command::Decision { receipt, beliefs, json } => (json, decision(&receipt, &beliefs, json)),
		Command::Reservation(arguments) => (arguments.json, reservation(&arguments)),
		Command::Genesis { source, write, json } => {
			(json, genesis(&source, write.as_deref(), json))
		},
		Command::Inspect { receipt } => (false, inspect(&receipt)),
	};
	match result {
		Ok(exit) => exit,
		Err(failure) => {
			let exit = failure.exit();
			match json {
				true => print_json(&json!({
					"verified": false,
					"exit": exit as u8,
					"error": failure.code(),
					"message": failure.sentence(),
				})),
				false => println!("{}", failure.sentence()),
			}
			exit
		},
	}
}

fn verify(arguments: &Verify) -> Result<Exit, Failure> {
	let receipt =
		Receipt::parse(&read(&arguments.receipt)?).map_err(Failure::in_file(&arguments.receipt))?;
	let sets = sets(&arguments.beliefs)?;
	let trust = trust(&arguments.beliefs, &sets);
	let genesis = trust.genesis();
	let opened = Opened::new(&receipt, trust)
		.map_err(|error| Failure::Verify(Some(arguments.receipt.clone()), error))?;

	let block = (opened.block.number, opened.block.hash);
	let node =
		arguments.node.as_deref().map(|url| Node::new(url, genesis, block, arguments.max_age));
	let mut report = Report::new(&opened.block, genesis, receipt.records.len());
	for (file, name) in &arguments.records {
		let bytes = read(file)?;
		let presented = Presented { file, name: name.as_deref(), bytes: &bytes };
		match opened.find(&presented) {
			Err(error) => report.add(file, Outcome::Refused(error)),
			Ok(records) => {
				for record in records {
					let verified = match opened.verify(record) {
						Ok(verified) => verified,
						Err(error) => {
							report.add(file, Outcome::Refused(error));
							continue;
						},
					};
					let today =
						node.as_ref().map(|node| node.today(&verified, record.leaf.as_ref()));
					report.add(file, Outcome::Verified(verified, today));
				}
			},
		}
	}
	match arguments.json {
		true => print_json(&report.json()),
		false => println!("{}", report.text()),
	}
	Ok(report.exit())
}

/// The authorities that are believed, and those that follow from them.
fn sets(Beliefs { pins, trail, checkpoints }: &Beliefs) -> Result<Sets, Failure> {
	let start = match pins {
		Pins::Own(source) | Pins::Relay { relay: RelaySource::Genesis(source), .. } => {
			Start::from(&begin(source)?.0)
		},
		Pins::Relay { relay: RelaySource::Start { file, expect }, .. } => {
			let parsed = StartFile::parse(&read(file)?).map_err(Failure::in_file(file))?;
			Start::from_file(&parsed, *expect).map_err(Failure::in_file(file))?
		},
	};
	let trail = match trail {
		None => None,
		Some(file) => Some(Trail::parse(&read(file)?).map_err(Failure::in_file(file))?),
	};
	let checkpoints = checkpoints
		.iter()
		.map(|file| Checkpoint::parse(&read(file)?).map_err(Failure::in_file(file)))
		.collect::<Result<Vec<_>, _>>()?;
	let chain = |error| Failure::Verify(None, error);
	Sets::follow_from(&start, trail.as_ref(), &checkpoints).map_err(chain)
}

/// What a receipt is held against.
fn trust<'a>(beliefs: &Beliefs, sets: &'a Sets) -> Trust<'a> {
	match beliefs.pins {
		Pins::Own(_) => Trust::Own(sets),
		Pins::Relay { para, genesis, .. } => {
			Trust::Relay(Parachain { relay: sets, id: para, genesis })
		},
	}
}

fn decision(file: &str, beliefs: &Beliefs, json: bool) -> Result<Exit, Failure> {
	let receipt = DecisionReceipt::parse(&read(file)?).map_err(Failure::in_file(file))?;
	let sets = sets(beliefs)?;
	let decided = receipt.verify(trust(beliefs, &sets)).map_err(Failure::in_file(file))?;
	let exit = match decided.verdict.allows() {
		true => Exit::Stood,
		false => Exit::Ended,
	};
	match json {
		true => print_json(&report::decision(&decided, receipt.genesis, exit)),
		false => println!("{}", sentence(&decided)),
	}
	Ok(exit)
}

fn reservation(arguments: &args::Reservation) -> Result<Exit, Failure> {
	let args::Reservation { receipt: file, answer, beliefs, json } = arguments;
	let receipt = ReservationReceipt::parse(&read(file)?).map_err(Failure::in_file(file))?;
	let held = answer.as_ref().map(Held::open).transpose()?;
	let sets = sets(beliefs)?;
	let reserved = receipt.verify(trust(beliefs, &sets)).map_err(Failure::in_file(file))?;
	let shown = match held {
		None => Shown::Nothing,
		Some(held) => held.against(&reserved, receipt.genesis)?,
	};
	let exit = match reserved.reservation.settled {
		Some(_) => Exit::Stood,
		None => Exit::Ended,
	};
	let sentence = reservation::sentence(&reserved, shown);
	match json {
		true => print_json(&report::reservation(&reserved, receipt.genesis, exit, &sentence)),
		false => println!("{sentence}"),
	}
	Ok(exit)
}

/// What is held against the commitments of a reservation, each with its file.
struct Held<'a> {
	answer: (&'a str, Told),
	query: Option<(&'a str, Asked)>,
}

impl<'a> Held<'a> {
	fn open(Answer { file, query }: &'a Answer) -> Result<Self, Failure> {
		let told = Told::parse(&read(file)?).map_err(Failure::in_file(file))?;
		let query = match query {
			None => None,
			Some(file) => {
				let asked = Asked::parse(&read(file)?).map_err(Failure::in_file(file))?;
				Some((file.as_str(), asked))
			},
		};
		Ok(Self { answer: (file, told), query })
	}

	/// What was shown of the reservation.
	fn against(&self, reserved: &Reserved, genesis: Hash) -> Result<Shown, Failure> {
		let (file, told) = &self.answer;
		reserved.settled_with(told, genesis).map_err(Failure::in_file(file))?;
		let Some((file, asked)) = &self.query else { return Ok(Shown::Answer) };
		reserved.is_for(asked, told).map_err(Failure::in_file(file))?;
		Ok(Shown::AnswerAndQuery)
	}
}

fn genesis(source: &Source, write: Option<&str>, json: bool) -> Result<Exit, Failure> {
	let (genesis, compact) = match (begin(source), source) {
		(Err(Failure::Verify(_, Error::NoAuthorities)), Source::ChainSpec { file, expect })
			if write.is_none() =>
		{
			let hash = Genesis::hash_of_chain_spec(&read(file)?).map_err(Failure::in_file(file))?;
			expected(hash, *expect)?;
			match json {
				true => print_json(&json!({ "genesis": hash, "authorities": [] })),
				false => println!("genesis {hash}\nno authorities of its own, as of a parachain"),
			}
			return Ok(Exit::Stood);
		},
		(begun, _) => begun?,
	};
	if let Some(file) = write {
		std::fs::write(file, compact.to_json() + "\n")
			.map_err(|error| Failure::Io(format!("{file} cannot be written: {error}.")))?;
	}
	let keys: Vec<String> = genesis.authorities.iter().map(|(key, _)| key.to_string()).collect();
	if json {
		print_json(&json!({ "genesis": genesis.hash, "authorities": keys }));
	} else {
		println!("genesis {}", genesis.hash);
		keys.iter().enumerate().for_each(|(i, key)| println!("authority {i} {key}"));
	}
	Ok(Exit::Stood)
}

fn inspect(file: &str) -> Result<Exit, Failure> {
	let receipt = Receipt::parse(&read(file)?).map_err(Failure::in_file(file))?;
	println!("Nothing of this is verified.");
	println!("chain      {}", receipt.genesis);
	println!("block      {} {}", receipt.header.number, receipt.header.hash);
	let size = |nodes: &[Vec<u8>]| {
		format!("{} nodes, {} bytes", nodes.len(), nodes.iter().map(Vec::len).sum::<usize>())
	};
	let votes = match &receipt.finality {
		Evidence::Own(votes) => votes,
		Evidence::Relay(relay) => {
			println!("parachain  {} of the relay chain {}", relay.para, relay.genesis);
			println!("relay      block {} {}", relay.header.number, relay.header.hash);
			println!("head       {}", size(&relay.proof));
			&relay.votes
		},
	};
	let justification = &votes.justification;
	println!(
		"finality   set {}, round {}, {} votes",
		votes.set,
		justification.round,
		justification.votes.len()
	);
	println!("proof      {}", size(&receipt.proof));
	for record in &receipt.records {
		let leaf = match &record.leaf {
			Some(leaf) => format!(", number {} of a batch", leaf.index),
			None => String::new(),
		};
		let name = record.name.as_deref().map(salus_verify::files::printable);
		println!(
			"record     organisation {}, slot {}{leaf}, form {:?}, digest {}{}",
			record.author,
			record.seq,
			record.form,
			record.digest,
			name.map_or(String::new(), |name| format!(", named \"{name}\""))
		);
	}
	Ok(Exit::Stood)
}

fn begin(source: &Source) -> Result<(Genesis, GenesisFile), Failure> {
	match source {
		Source::ChainSpec { file, expect } => {
			let (genesis, compact) =
				Genesis::from_chain_spec(&read(file)?).map_err(Failure::in_file(file))?;
			expected(genesis.hash, *expect)?;
			Ok((genesis, compact))
		},
		Source::Genesis { file, expect } => {
			let compact = GenesisFile::parse(&read(file)?).map_err(Failure::in_file(file))?;
			let genesis = Genesis::from_file(&compact, *expect).map_err(Failure::in_file(file))?;
			Ok((genesis, compact))
		},
	}
}

fn expected(found: Hash, expect: Option<Hash>) -> Result<(), Failure> {
	match expect {
		Some(expected) if expected != found => {
			let what = "chain specification";
			Err(Failure::Verify(None, Error::OtherGenesis { what, found, expected }))
		},
		_ => Ok(()),
	}
}

/// A file's bytes: one more than the largest that is read, if it is larger.
fn read(path: &str) -> Result<Vec<u8>, Failure> {
	let cannot = |error: std::io::Error| Failure::Io(format!("{path} cannot be read: {error}."));
	let mut bytes = Vec::new();
	let most = MAX_FILE as u64 + 1;
	File::open(path).map_err(cannot)?.take(most).read_to_end(&mut bytes).map_err(cannot)?;
	if bytes.len() > MAX_FILE {
		return Err(Failure::Io(format!("{path} is larger than {} MiB.", MAX_FILE >> 20)));
	}
	Ok(bytes)
}

fn print_json(value: &serde_json::Value) {
	println!("{value:#}");
}
