//! `build-spec --consortium`: the chain specification of a network of members, from a file that
//! people read and agree on.
//!
//! [`file`] is what they write, [`check`] refuses what would not be a safe network, [`genesis`] is
//! what the chain begins with. Nothing is printed that could not start.

mod check;
mod file;
mod genesis;
mod keys;
mod values;

use crate::{chain_spec, genesis_check};
use std::{
	fs,
	path::Path,
	time::{SystemTime, UNIX_EPOCH},
};

/// The specification in JSON that the file describes; with the genesis as storage if `raw`.
///
/// # Errors
/// Every problem of the file, a sentence each.
pub fn specification(path: &Path, raw: bool) -> Result<String, Vec<String>> {
	let text =
		fs::read_to_string(path).map_err(|error| vec![format!("cannot read it: {error}")])?;
	// Before 1970 nothing has ended.
	let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
	build(&text, now, raw)
}

fn build(text: &str, now: u64, raw: bool) -> Result<String, Vec<String>> {
	let file = file::parse(text).map_err(|problem| vec![problem])?;
	print(&check::check(&file, now)?, raw)
}

fn print(network: &genesis::Checked, raw: bool) -> Result<String, Vec<String>> {
	let one = |problem| vec![problem];
	let (name, id, peers) = (&network.name, &network.id, network.peers.clone());
	let mut spec = chain_spec::network_of_members(name, id, peers, network.patch()).map_err(one)?;
	let genesis = genesis_check::build(&spec).map_err(one)?;
	if raw {
		// Building it once more would compile the runtime once more.
		sc_service::ChainSpec::set_storage(&mut spec, genesis);
	}
	sc_service::chain_ops::build_spec(&spec, raw).map_err(|error| one(error.to_string()))
}

#[cfg(test)]
mod tests;
