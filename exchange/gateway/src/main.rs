//! The program `salus-gateway`: see `docs/exchange.md`.

use clap::{Parser, Subcommand};
use salus_gateway::{
	chain::Node,
	config::{Config, Fault, Faults, ShadowConfig},
	gateway::Gateway,
	http::Listening,
	shadow::{self, report::Counts},
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
	},
	/// Checks the configuration, opens the store, and answers until it is stopped.
	Run {
		/// The configuration.
		file: PathBuf,
	},
	/// Reads the house's FHIR server and tells what would be held, and what would leave, without doing anything of it.
	Shadow {
		/// The configuration; it needs `[upstream]` and `[shadow]` only.
		file: PathBuf,
	},
}

fn main() -> ExitCode {
	let Arguments { command } = Arguments::parse();
	tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => return failed(&error),
	};
	match command {
		Command::CheckConfig { file, with_node } => {
			match runtime.block_on(checked(&file, with_node)) {
				Ok(_) => {
					println!("no faults");
					ExitCode::SUCCESS
				},
				Err(faults) => failed(&faults),
			}
		},
		Command::Shadow { file } => match runtime.block_on(shadow(&file)) {
			Ok(()) => ExitCode::SUCCESS,
			Err(error) => failed(&*error),
		},
		Command::Run { file } => match runtime.block_on(run(&file)) {
			Ok(()) => ExitCode::SUCCESS,
			Err(error) => failed(&*error),
		},
	}
}

fn failed(why: &(impl std::fmt::Display + ?Sized)) -> ExitCode {
	eprintln!("{why}");
	ExitCode::FAILURE
}

async fn checked(file: &std::path::Path, with_node: bool) -> Result<Config, Faults> {
	let config = Config::read_file(file)?;
	let mut faults = config.on_this_host();
	if with_node {
		let present = match Node::new(&config.chain, None) {
			Ok(node) => node.present().await.map(drop).map_err(|stale| stale.to_string()),
			Err(silent) => Err(silent.to_string()),
		};
		faults.extend(present.err().map(|problem| Fault { at: "chain.node".into(), problem }));
	}
	match faults.is_empty() {
		true => Ok(config),
		false => Err(Faults(faults)),
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

async fn run(file: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
	let by_chains_clock = Config::read_file(file)?.chain.by_its_clock;
	// By that clock there is no time before the node has answered.
	let config = checked(file, by_chains_clock).await?;
	if by_chains_clock {
		tracing::warn!("the chain's clock stands in for the host's (chain.clock): a node that stands still is not noticed");
	}
	if config.chain.believes_first {
		tracing::warn!("while the chain's first validators have never changed, the node is believed about which block is final (chain.finality)");
	}
	let gateway = Gateway::open(config)?;
	let listening = Listening::bind(gateway).await?;
	let (mut stop, mut interrupt) =
		(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
	// For whoever starts it with a port of 0, and for whoever waits until it listens.
	let hl7 = listening.hl7.map_or_else(String::new, |address| format!(" hl7 {address}"));
	println!("listening outside {} inside {}{hl7}", listening.outside, listening.inside);
	listening
		.serve(async move {
			tokio::select! {
				_ = stop.recv() => {},
				_ = interrupt.recv() => {},
			}
		})
		.await?;
	Ok(())
}
