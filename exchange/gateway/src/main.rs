//! The program `salus-gateway`: see `docs/exchange.md`.

use clap::{Parser, Subcommand};
use salus_gateway::{
	chain::Node,
	config::{Config, Fault, Faults},
	gateway::Gateway,
	http::Listening,
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

async fn run(file: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
	let config = checked(file, false).await?;
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
