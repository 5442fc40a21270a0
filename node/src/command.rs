//! What each command does, and how its failure is told.

use crate::{
	chain_spec,
	cli::{BuildSpec, Cli, Subcommand},
	closed, consortium, development, disk, genesis_check, preflight,
	service::{self, FullBackend, FullClient},
};
use salus_runtime::{opaque::Block, BlockNumber};
use sc_cli::{Error, SubstrateCli};
use sc_service::{BasePath, Configuration, PartialComponents, PruningMode};
use std::{
	io::Write,
	path::{Path, PathBuf},
	sync::Arc,
};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Salus Node".into()
	}

	fn impl_version() -> String {
		env!("CARGO_PKG_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the Salus authors".into()
	}

	fn support_url() -> String {
		"the folder docs/ and SECURITY.md of the source".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		chain_spec::load(id).map(|spec| Box::new(spec) as Box<_>)
	}
}

/// Read the command line and do what it says.
///
/// # Errors
/// Whatever keeps the command from finishing; [`describe`] makes one line of it.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	// The presets are right, and building them takes time.
	if let Some(id) = chain_with_genesis(&cli).filter(|id| !chain_spec::is_preset(id)) {
		genesis_check::usable(&*cli.load_spec(&id)?)?;
	}

	match &cli.subcommand {
		None => run_node(&cli),
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::BuildSpec(BuildSpec { consortium: Some(file), sdk })) => {
			print_network_of_members(file, sdk.raw)
		},
		Some(Subcommand::BuildSpec(BuildSpec { consortium: None, sdk })) => {
			cli.create_runner(sdk)?.sync_run(|config| sdk.run(config.chain_spec, config.network))
		},
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, other, .. } =
				service::new_partial(&config, None)?;
			let work = async move {
				let result = cmd.run(client, import_queue).await;
				drop(other);
				result
			};
			Ok((work, task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } =
				service::new_partial(&config, None)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, other, .. } =
				service::new_partial(&config, None)?;
			let work = async move {
				let result = cmd.run(client, import_queue).await;
				drop(other);
				result
			};
			Ok((work, task_manager))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } =
				service::new_partial(&config, None)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				service::new_partial(&config, None)?;
			Ok((cmd.run(client, backend, Some(Box::new(revert_consensus))), task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database))
		},
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config))
		},
	}
}

/// The chain whose genesis the command builds or prints, if it does.
fn chain_with_genesis(cli: &Cli) -> Option<String> {
	let shared = match &cli.subcommand {
		// Chosen later, with an error of its own.
		None if cli.run.shared_params.chain.is_none() => return None,
		None => &cli.run.shared_params,
		Some(Subcommand::BuildSpec(BuildSpec { consortium: None, sdk })) => &sdk.shared_params,
		Some(Subcommand::ExportChainSpec(cmd)) => return Some(cmd.chain.clone()),
		Some(Subcommand::CheckBlock(cmd)) => &cmd.shared_params,
		Some(Subcommand::ExportBlocks(cmd)) => &cmd.shared_params,
		Some(Subcommand::ImportBlocks(cmd)) => &cmd.shared_params,
		Some(Subcommand::ExportState(cmd)) => &cmd.shared_params,
		Some(Subcommand::Revert(cmd)) => &cmd.shared_params,
		Some(Subcommand::ChainInfo(_) | Subcommand::Key(_) | Subcommand::PurgeChain(_))
		| Some(Subcommand::BuildSpec(_)) => return None,
	};
	Some(shared.chain_id(shared.is_dev()))
}

/// Start a node and run it until it is told to stop.
fn run_node(cli: &Cli) -> sc_cli::Result<()> {
	let shared = &cli.run.shared_params;
	if shared.chain.is_none() && !shared.is_dev() {
		return Err(Error::Input(
			"no chain was chosen: start with --dev, --chain local or --chain <file.json>".into(),
		));
	}

	if let Some(path) = lasting_base_path(cli) {
		preflight::writable_folder(&path, "--base-path")?;
	}
	if let Some(path) = &cli.runtime_cache_path {
		preflight::writable_folder(path, "--runtime-cache-path")?;
	}

	let mut runner = cli.create_runner(&cli.run)?;
	keep_all_of_a_throwaway_chain(cli, runner.config_mut());
	let no_listeners_named = cli.run.network_params.listen_addr.is_empty();
	if no_listeners_named {
		development::keep_to_this_machine(runner.config_mut(), shared.is_dev());
	}
	let default_listeners = no_listeners_named && !cli.run.network_params.force_enable_webrtc;
	closed::enforce(runner.config_mut(), default_listeners, cli.rpc_behind_proxy)?;
	preflight::check(runner.config_mut())?;
	let disk = disk::Watch::new(&cli.storage_monitor, is_throwaway(cli), runner.config());
	disk.check()?;

	let (watch, cache) = (disk.clone(), cli.runtime_cache_path.clone());
	runner
		.run_node_until_exit(|config| async move {
			service::new_full(config, &watch, cache.as_deref()).map_err(Error::Service)
		})
		// The SDK says only that some task has ended.
		.map_err(|error| disk.check().err().map_or(error, Error::Input))
}

/// Print the chain specification of a network of members, or everything that keeps it from being
/// one.
fn print_network_of_members(file: &Path, raw: bool) -> sc_cli::Result<()> {
	let refused = |what: &str| Error::Input(format!("`{}` {what}", file.display()));
	match consortium::specification(file, raw) {
		Ok(json) => {
			if !cfg!(feature = "metadata-hash") {
				eprintln!(
					"Warning: the runtime of this binary has no metadata hash, and hardware wallets \
					 cannot use a network that begins with it; build the binary with \
					 scripts/release.sh"
				);
			}
			Ok(std::io::stdout().write_all(json.as_bytes())?)
		},
		Err(problems) => match &problems[..] {
			[problem] => Err(refused(&format!("describes no network: {problem}"))),
			_ => {
				for problem in &problems {
					eprintln!("{problem}");
				}
				let count = problems.len();
				Err(refused(&format!("describes no network, for these {count} reasons")))
			},
		},
	}
}

/// Whether this is a development chain in a temporary folder.
fn is_throwaway(cli: &Cli) -> bool {
	cli.run.shared_params.is_dev() && lasting_base_path(cli).is_none()
}

/// The base path, unless the node runs in a temporary folder.
fn lasting_base_path(cli: &Cli) -> Option<PathBuf> {
	let shared = &cli.run.shared_params;
	match &shared.base_path {
		Some(path) => Some(path.clone()),
		None if cli.run.tmp || shared.is_dev() => None,
		None => Some(BasePath::from_project("", "", &Cli::executable_name()).path().into()),
	}
}

/// A development chain in a temporary folder keeps the state of every block, unless the command
/// line says otherwise: developers ask for old blocks, and the `archive` methods are served.
fn keep_all_of_a_throwaway_chain(cli: &Cli, config: &mut Configuration) {
	if is_throwaway(cli) && cli.run.import_params.pruning_params.state_pruning.is_none() {
		config.state_pruning = Some(PruningMode::ArchiveCanonical);
	}
}

/// Take BABE's and GRANDPA's own notes back together with the blocks.
fn revert_consensus(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	blocks: BlockNumber,
) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}

/// The failure in one line, for people.
pub fn describe(error: &Error) -> String {
	let text = match error {
		Error::Input(text) => text.clone(),
		Error::NetworkKeyNotFound(path) => format!(
			"a validator needs a lasting network key, and there is none at `{}`; make one with \
			 `salus-node key generate-node-key`, giving the same --chain and --base-path",
			path.display()
		),
		other => other.to_string(),
	};
	text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{error::ErrorKind, CommandFactory};
	use sc_cli::CliConfiguration;

	fn parse(args: &[&str]) -> Cli {
		let line = std::iter::once("salus-node").chain(args.iter().copied());
		Cli::try_from_iter(line).unwrap_or_else(|error| panic!("{args:?}: {error}"))
	}

	#[test]
	fn the_command_line_is_well_formed() {
		Cli::setup_command(Cli::command()).debug_assert();
	}

	#[test]
	fn dev_needs_no_further_flag() {
		let cli = parse(&["--dev"]);
		assert!(cli.run.is_dev().unwrap());
		assert_eq!(cli.run.chain_id(true).unwrap(), "dev");
		assert!(cli.run.role(true).unwrap().is_authority());
		assert!(cli.run.force_authoring().unwrap());
		assert_eq!(cli.run.dev_key_seed(true).unwrap().as_deref(), Some("//Alice"));
		assert_eq!(cli.run.rpc_cors(true).unwrap(), None, "every origin may call");
	}

	#[test]
	fn every_subcommand_is_there() {
		for args in [
			&["key", "generate"] as &[&str],
			&["build-spec", "--chain", "local"],
			&["export-chain-spec", "--chain", "dev", "--raw"],
			&["check-block", "1", "--chain", "local"],
			&["export-blocks", "--chain", "local"],
			&["import-blocks", "blocks.bin", "--chain", "local"],
			&["export-state", "--chain", "local"],
			&["revert", "1", "--chain", "local"],
			&["purge-chain", "-y", "--chain", "local"],
			&["chain-info", "--chain", "local"],
		] {
			assert!(parse(args).subcommand.is_some(), "{args:?}");
		}
	}

	#[test]
	fn a_file_of_members_takes_the_place_of_a_chain() {
		let cli = parse(&["build-spec", "--consortium", "members.toml", "--raw"]);
		let Some(Subcommand::BuildSpec(BuildSpec { consortium: Some(file), sdk })) = cli.subcommand
		else {
			panic!("the flag belongs to build-spec");
		};
		assert_eq!((file, sdk.raw), (PathBuf::from("members.toml"), true));

		for other in [&["--chain", "local"] as &[&str], &["--dev"]] {
			let line = [&["salus-node", "build-spec", "--consortium", "f.toml"], other].concat();
			let error = Cli::try_from_iter(line).unwrap_err();
			assert_eq!(error.kind(), ErrorKind::ArgumentConflict, "{other:?}");
		}
	}

	#[test]
	fn an_unknown_word_is_refused() {
		let error = Cli::try_from_iter(["salus-node", "serve"]).unwrap_err();
		assert!(matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument));
	}

	#[test]
	fn a_node_without_a_chain_does_not_start() {
		let error = run_node(&parse(&[])).unwrap_err();
		assert!(describe(&error).starts_with("no chain was chosen"), "{error}");
	}

	#[test]
	fn only_temporary_nodes_have_no_lasting_base_path() {
		assert_eq!(lasting_base_path(&parse(&["--dev"])), None);
		assert_eq!(lasting_base_path(&parse(&["--chain", "local", "--tmp"])), None);
		let chosen = lasting_base_path(&parse(&["--dev", "--base-path", "/data"]));
		assert_eq!(chosen, Some(PathBuf::from("/data")));
		assert!(lasting_base_path(&parse(&["--chain", "local"])).is_some());
	}

	#[test]
	fn a_failure_is_one_line_without_preamble() {
		let error = Error::Input("first\n\t second".into());
		assert_eq!(describe(&error), "first second");

		let error = Error::NetworkKeyNotFound("/data/network/secret_ed25519".into());
		let text = describe(&error);
		assert_eq!(text.lines().count(), 1);
		assert!(text.contains("`/data/network/secret_ed25519`"), "{text}");
		assert!(text.contains("key generate-node-key"), "{text}");
	}
}
