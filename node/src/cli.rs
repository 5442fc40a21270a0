//! The command line: the flags of a running node, and the subcommands.

use sc_cli::{
	BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};
use sc_storage_monitor::StorageMonitorParams;
use std::path::PathBuf;

/// Everything that can stand on the command line. Without a subcommand a node starts.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to do instead of starting a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// The flags of a node that starts.
	#[command(flatten)]
	pub run: RunCmd,

	/// When the disk counts as full.
	#[command(flatten)]
	pub storage_monitor: StorageMonitorParams,

	/// Confirm that RPC is served to others through a proxy that says who may ask what. A node of
	/// a closed network opens RPC to other machines only with it, and offers safe methods only
	#[arg(long)]
	pub rpc_behind_proxy: bool,

	/// The folder in which compiled runtimes are kept from one start to the next; nodes may share
	/// one. What it holds is run: nobody else may write to it. Default: `runtime-cache` beside the
	/// database
	#[arg(long, value_name = "PATH")]
	pub runtime_cache_path: Option<PathBuf>,
}

/// What the binary can do besides running a node.
#[derive(Debug, clap::Subcommand)]
// Parsed once at start; boxing the large variants would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
	/// Generate, inspect and insert keys
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Print a chain specification: of a network of members, or a preset's with a boot node
	BuildSpec(BuildSpec),

	/// Print a chain specification, or write it to a file
	ExportChainSpec(ExportChainSpecCmd),

	/// Verify one block again
	CheckBlock(CheckBlockCmd),

	/// Write blocks to a file
	ExportBlocks(ExportBlocksCmd),

	/// Import blocks from a file
	ImportBlocks(ImportBlocksCmd),

	/// Print the state at a block as a chain specification
	ExportState(ExportStateCmd),

	/// Take back blocks that are not final yet
	Revert(RevertCmd),

	/// Delete the whole database of a chain
	PurgeChain(PurgeChainCmd),

	/// Print what the database holds: best and final block, genesis, gap
	ChainInfo(ChainInfoCmd),
}

/// What `build-spec` takes.
#[derive(Debug, clap::Args)]
pub struct BuildSpec {
	/// The file that describes the members of a new network; see docs/operators/consortium-file.md
	#[arg(long, value_name = "FILE", conflicts_with_all = ["chain", "dev"])]
	pub consortium: Option<PathBuf>,

	/// What the SDK's command takes.
	#[command(flatten)]
	pub sdk: BuildSpecCmd,
}
