//! Tests, by topic.

mod membership;
mod offences;
mod properties;
mod sessions;
mod upkeep;
