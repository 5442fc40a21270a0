//! Logins of staff with an identity provider: who is let in to what, and each thing for which nobody is. The provider is one of these tests; a
//! real one is in `real_provider.rs`.

#[path = "../common/mod.rs"]
mod common;

mod browser;
mod emergencies;
mod provider;
mod real_provider;
mod refusals;
mod sessions;
mod silence;
