//! The command line: the flags of a running node, and the subcommands.

use sc_cli::{
	BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};

/// Everything that can stand on the command line. Without a subcommand a node starts.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to do instead of starting a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// The flags of a node that starts.
	#[command(flatten)]
	pub run: RunCmd,
}

/// What the binary can do besides running a node.
#[derive(Debug, clap::Subcommand)]
// Parsed once at start; boxing the large variants would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
	/// Generate, inspect and insert keys
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Print a chain specification, with a boot node if it has none
	BuildSpec(BuildSpecCmd),

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
