//! A node ends itself before its disk is full: a database that cannot write may not open again.

use sc_service::{error::Error as ServiceError, Configuration};
use sc_storage_monitor::{Error, StorageMonitorParams, StorageMonitorService};
use sp_core::traits::SpawnEssentialNamed;
use std::path::PathBuf;

/// The flag's default, in MiB.
const DEFAULT_THRESHOLD: u64 = 1024;
/// The same for a development chain in a temporary folder, which may be a small disk in memory.
const THROWAWAY_THRESHOLD: u64 = 64;

/// Watches the disk that holds the database.
#[derive(Clone, Debug)]
pub struct Watch {
	params: StorageMonitorParams,
	path: PathBuf,
}

impl Watch {
	/// Watch the database of `config` as the flags say; a `throwaway` chain is given less, unless
	/// they name another threshold.
	pub fn new(params: &StorageMonitorParams, throwaway: bool, config: &Configuration) -> Self {
		let path = config.database.path().unwrap_or(&config.data_path);
		Self::of(params, throwaway, path.into())
	}

	fn of(params: &StorageMonitorParams, throwaway: bool, path: PathBuf) -> Self {
		let mut params = params.clone();
		if throwaway && params.threshold == DEFAULT_THRESHOLD {
			params.threshold = THROWAWAY_THRESHOLD;
		}
		Self { params, path }
	}

	/// Check once. The folder must be there.
	///
	/// # Errors
	/// One sentence: how much is free where, and how much must be.
	pub fn check(&self) -> Result<(), String> {
		self.spawn_on(&Nowhere).map_err(|error| match error {
			Error::StorageOutOfSpace(free, needed) => format!(
				"the disk is almost full: {free} MiB are free at `{}`, and the node ends below \
				 {needed} MiB (--db-storage-threshold), before the database is damaged; free some \
				 space and start it again",
				self.path.display()
			),
			Error::IOError(error) => {
				format!("cannot tell how much space is free at `{}`: {error}", self.path.display())
			},
		})
	}

	/// Check as long as the node runs. The essential task ends when the disk is full, and the node
	/// with it.
	///
	/// # Errors
	/// It is full now.
	pub fn spawn(&self, spawner: &impl SpawnEssentialNamed) -> Result<(), ServiceError> {
		self.spawn_on(spawner).map_err(|error| ServiceError::Application(error.into()))
	}

	fn spawn_on(&self, spawner: &impl SpawnEssentialNamed) -> sc_storage_monitor::Result<()> {
		// A threshold of 0 asks for no watch; the SDK's service would say so at each check.
		if self.params.threshold == 0 {
			return Ok(());
		}
		StorageMonitorService::try_spawn(self.params.clone(), self.path.clone(), spawner)
	}
}

/// The SDK's service checks once before it starts its task; here that check is all that is wanted.
#[derive(Clone)]
struct Nowhere;

impl SpawnEssentialNamed for Nowhere {
	fn spawn_essential_blocking(
		&self,
		_: &'static str,
		_: Option<&'static str>,
		_: futures::future::BoxFuture<'static, ()>,
	) {
	}

	fn spawn_essential(
		&self,
		_: &'static str,
		_: Option<&'static str>,
		_: futures::future::BoxFuture<'static, ()>,
	) {
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn params(threshold: u64) -> StorageMonitorParams {
		StorageMonitorParams { threshold, polling_period: 1 }
	}

	#[test]
	fn a_disk_with_too_little_space_is_refused_in_one_sentence() {
		// More than any disk has.
		let error = Watch::of(&params(u64::MAX), false, "/".into()).check().unwrap_err();
		for word in ["almost full", "`/`", "--db-storage-threshold", &u64::MAX.to_string()] {
			assert!(error.contains(word), "`{word}` is missing in: {error}");
		}
		assert_eq!(error.lines().count(), 1);
	}

	#[test]
	fn a_disk_with_space_passes() {
		assert_eq!(Watch::of(&params(1), false, "/".into()).check(), Ok(()));
	}

	#[test]
	fn no_threshold_is_no_watch() {
		assert_eq!(Watch::of(&params(0), false, "/no/such/folder".into()).check(), Ok(()));
	}

	#[test]
	fn a_folder_that_is_not_there_is_named() {
		let error = Watch::of(&params(1), false, "/no/such/folder".into()).check().unwrap_err();
		assert!(error.contains("`/no/such/folder`"), "{error}");
	}

	#[test]
	fn only_a_throwaway_chain_is_given_less_than_the_default() {
		let threshold =
			|given, throwaway| Watch::of(&params(given), throwaway, "/".into()).params.threshold;
		assert_eq!(threshold(DEFAULT_THRESHOLD, false), 1024);
		assert_eq!(threshold(DEFAULT_THRESHOLD, true), 64);
		assert_eq!(threshold(2048, true), 2048);
		assert_eq!(threshold(0, true), 0);
	}

	#[test]
	fn the_default_is_the_flags_default() {
		use clap::Parser;
		let cli = crate::cli::Cli::parse_from(["salus-node", "--dev"]);
		assert_eq!(cli.storage_monitor.threshold, DEFAULT_THRESHOLD);
	}
}
