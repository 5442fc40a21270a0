//! Tests, by topic.

mod allowance;
mod free_calls;
mod properties;
mod sponsored_fees;
mod upkeep;
