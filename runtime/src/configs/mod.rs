//! The configuration of every pallet, a file a domain.

pub(crate) mod addresses;
pub mod consensus;
pub mod fees;
pub mod filters;
pub mod governance;
pub mod health;
pub mod proxies;
pub mod system;
