//! What an upgrade of the runtime runs, in three lists.

/// Migrations of this version that no chain has run yet. They move on when a version is released.
pub type Unreleased = ();

/// Migrations that run at every upgrade.
pub type Permanent = ();

/// Migrations that run in the block of the upgrade.
pub type SingleBlockMigrations = (Unreleased, Permanent);

/// Migrations that run over several blocks, during which nothing but mandatory calls is included.
pub type MbmMigrations = ();
