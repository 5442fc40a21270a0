//! What an upgrade of the runtime runs, in three lists.
//!
//! A pallet that comes with an upgrade gets its storage version by itself. A pallet whose layout
//! changes brings a migration from each version that a chain may still have, tested with the state of
//! a released version (`runtime/tests/upgrade.rs`).

// Also compiled for tests, which step it over the state of a released version.
#[cfg(any(feature = "rehearsal", feature = "try-runtime"))]
pub mod rehearsal;

use crate::Runtime;

/// Migrations of this version that no chain has run yet. They move on when a version is released.
pub type Unreleased = (
	pallet_consent::migrations::v3::NameWhoAsked<Runtime>,
	pallet_acknowledgement::migrations::AskFromNowOn<Runtime>,
);

/// Migrations that run at every upgrade.
pub type Permanent = ();

/// Migrations that run in the block of the upgrade.
pub type SingleBlockMigrations = (Unreleased, Permanent);

/// Migrations of this version over several blocks that no chain has run yet. They move on as well.
pub type UnreleasedSteps = pallet_registry::migrations::KeepLastLicensed<Runtime>;

/// Migrations that run over several blocks, during which nothing but mandatory calls is included.
#[cfg(not(feature = "rehearsal"))]
pub type MbmMigrations = (UnreleasedSteps,);

/// Migrations that run over several blocks, during which nothing but mandatory calls is included.
#[cfg(feature = "rehearsal")]
pub type MbmMigrations = (UnreleasedSteps, rehearsal::RecodeAnchors);
