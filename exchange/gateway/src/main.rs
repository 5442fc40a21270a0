//! The program `salus-gateway`: see `docs/exchange.md`.

use clap::{Parser, Subcommand};
use salus_gateway::{
	chain::Node,
	config::{draw_p384, profile_key, Config, Fault, Faults, ShadowConfig},
	gateway::Gateway,
	http::Listening,
	keys::{pkcs11::is_pin_refused, KeyPlace, P384},
	research::steward::{research_epoch, research_epoch_now},
	shadow::{self, report::Counts},
	store::Store,
};
use std::{path::PathBuf, process::ExitCode};
use tokio::signal::unix::{signal, SignalKind};

/// Keeps a custodian's records, and releases them only if the chain permits it.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Names all that is wrong with a configuration, and with the files that it names.
	CheckConfig {
		/// The configuration.
		file: PathBuf,
		/// Also asks the node: whether it answers, is of that chain, and has blocks of the present.
		#[arg(long)]
		with_node: bool,
		/// Also connects to the database in PostgreSQL: whether it will do, and whether the user may work in it. Takes nothing from a gateway
		/// that runs.
		#[arg(long)]
		with_database: bool,
	},
	/// Checks the configuration, opens the store, and answers until it is stopped.
	Run {
		/// The configuration.
		file: PathBuf,
		/// Takes a database in PostgreSQL that is older than the folder of data knows, the one with so many transactions: what it lacks is lost, and
		/// files of records that it does not know are removed. Copy the folder first.
		#[arg(long, value_name = "TRANSACTIONS")]
		take_older: Option<u64>,
	},
	/// Prints the public part of the key that signs counts for research (`research.key`), as your profile has it.
	ResearchKey {
		/// The configuration.
		file: PathBuf,
		/// Draws a key first, into the file that `research.key` names, which must not be there yet.
		#[arg(long)]
		new: bool,
	},
	/// Asks the gateway that runs where the epochs of a dataset stand: the version and its epoch, when the next one is due, and how many are in it.
	ResearchEpoch {
		/// The configuration.
		file: PathBuf,
		/// The number of the dataset.
		dataset: u32,
		/// Has it make and publish the next epoch now, though half of the time of the last one is not over: the chain takes a deposit then.
		#[arg(long, conflicts_with = "open")]
		now: bool,
		/// Writes the opening of a published epoch into this file, which must not be there yet: everybody who is in it, with the salts.
		#[arg(long)]
		open: Option<PathBuf>,
		/// Of which epoch, in the place of the newest.
		#[arg(long, requires = "open")]
		epoch: Option<u32>,
	},
	/// Reads the house's FHIR server and tells what would be held, and what would leave, without doing anything of it.
	Shadow {
		/// The configuration; it needs `[upstream]` and `[shadow]` only.
		file: PathBuf,
	},
}

/// How long work on the disk that has begun is waited for at the end.
const LEFT: std::time::Duration = std::time::Duration::from_secs(10);

fn main() -> ExitCode {
	let Arguments { command } = Arguments::parse();
	tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => return failed(&error),
	};
	let code = carried_out(command, &runtime);
	// A token that does not answer keeps a thread, and nobody waits for that.
	runtime.shutdown_timeout(LEFT);
	code
}

fn carried_out(command: Command, runtime: &tokio::runtime::Runtime) -> ExitCode {
	match command {
		Command::CheckConfig { file, with_node, with_database } => {
			match runtime.block_on(checked(&file, with_node, with_database)) {
				Ok(config) => {
					for warning in config.warnings() {
						eprintln!("warning: {warning}");
					}
					println!("no faults");
					ExitCode::SUCCESS
				},
				Err(faults) => failed(&faults),
			}
		},
		Command::ResearchKey { file, new } => match research_key(&file, new) {
			Ok(key) => {
				println!("{key}");
				ExitCode::SUCCESS
			},
			Err(error) => failed(&*error),
		},
		Command::ResearchEpoch { file, dataset, now, open, epoch } => {
			match runtime.block_on(epochs(&file, dataset, now, (epoch, open.as_deref()))) {
				Ok(words) => {
					println!("{words}");
					ExitCode::SUCCESS
				},
				Err(error) => failed(&*error),
			}
		},
		Command::Shadow { file } => match runtime.block_on(shadow(&file)) {
			Ok(()) => ExitCode::SUCCESS,
			Err(error) => failed(&*error),
		},
		Command::Run { file, take_older } => match runtime.block_on(run(&file, take_older)) {
			Ok(()) => ExitCode::SUCCESS,
			Err(error) => failed(&*error),
		},
	}
}

/// A token did not take its PIN. Whoever starts programs anew must not start this one: after a few wrong PINs a token locks itself.
const PIN_REFUSED: u8 = 77;

fn failed(why: &(impl std::fmt::Display + ?Sized)) -> ExitCode {
	eprintln!("{why}");
	match is_pin_refused() {
		true => ExitCode::from(PIN_REFUSED),
		false => ExitCode::FAILURE,
	}
}

async fn checked(
	file: &std::path::Path,
	with_node: bool,
	with_database: bool,
) -> Result<Config, Faults> {
	let config = Config::read_file(file)?;
	let mut faults = config.on_this_host();
	if with_node {
		let present = match Node::new(&config.chain, None) {
			Ok(node) => node.present().await.map(drop).map_err(|stale| stale.to_string()),
			Err(silent) => Err(silent.to_string()),
		};
		faults.extend(present.err().map(|problem| Fault { at: "chain.node".into(), problem }));
	}
	let database = config.database.as_ref().filter(|_| with_database && faults.is_empty());
	if let Some(Err(fault)) = database.map(Store::look) {
		faults.push(Fault { at: "database.url".into(), problem: fault.to_string() });
	}
	match faults.is_empty() {
		true => Ok(config),
		false => Err(Faults(faults)),
	}
}

/// The key of a profile, on one line. Nothing else is looked at: the node may not be there yet, nor the other secrets.
fn research_key(file: &std::path::Path, new: bool) -> Result<String, Box<dyn std::error::Error>> {
	let research = Config::read_file(file)?
		.research
		.ok_or("there is no section [research]: without it the gateway makes no counts")?;
	let named = |problem: String| format!("research.key: {} {problem}", research.key);
	match &research.key {
		KeyPlace::File(file) if new => draw_p384(file).map_err(named)?,
		KeyPlace::Token(_) if new => {
			return Err(named("is in a token: generate it there, and leave --new out".into()).into())
		},
		_ => {},
	}
	let key = P384::open(&research.key).map_err(|fault| format!("research.key: {fault}"))?;
	Ok(profile_key(&research.kid, &key.public()))
}

async fn epochs(
	file: &std::path::Path,
	dataset: u32,
	now: bool,
	wanted: (Option<u32>, Option<&std::path::Path>),
) -> Result<String, Box<dyn std::error::Error>> {
	let config = Config::read_file(file)?;
	match now {
		true => research_epoch_now(&config, dataset).await,
		false => research_epoch(&config, dataset, wanted).await,
	}
}

async fn shadow(file: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
	let config = ShadowConfig::read_file(file)?;
	let report = shadow::look(&config).await?;
	shadow::write(&report, &config.shadow.report)?;
	let Counts { read, held, quarantined, refused, .. } = report.totals;
	println!(
		"read {read} held {held} quarantined {quarantined} refused {refused} report {}",
		config.shadow.report.display()
	);
	Ok(())
}

async fn run(
	file: &std::path::Path,
	take_older: Option<u64>,
) -> Result<(), Box<dyn std::error::Error>> {
	let by_chains_clock = Config::read_file(file)?.chain.by_its_clock;
	// By that clock there is no time before the node has answered.
	let config = Config { take_older, ..checked(file, by_chains_clock, false).await? };
	if by_chains_clock {
		tracing::warn!("the chain's clock stands in for the host's (chain.clock): a node that stands still is not noticed");
	}
	if config.chain.believes_first {
		tracing::warn!("while the chain's first validators have never changed, the node is believed about which block is final (chain.finality)");
	}
	let gateway = Gateway::open(config)?;
	let listening = Listening::bind(gateway.clone()).await?;
	let (mut stop, mut interrupt) =
		(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
	// For whoever starts it with a port of 0, and for whoever waits until it listens.
	let hl7 = listening.hl7.map_or_else(String::new, |address| format!(" hl7 {address}"));
	println!("listening outside {} inside {}{hl7}", listening.outside, listening.inside);
	let (tell, told) = tokio::sync::oneshot::channel();
	listening
		.serve(async move {
			let ended = tokio::select! {
				_ = stop.recv() => None,
				_ = interrupt.recv() => None,
				fault = gateway.store.ended() => Some(fault),
			};
			// Whoever waits for it does so until all is served.
			let _ = tell.send(ended);
		})
		.await?;
	match told.await {
		Ok(Some(fault)) => Err(fault.into()),
		_ => Ok(()),
	}
}
