//! Tests by topic. Each leaves a state that `try_state` accepts, and in which no money was made.

mod answers;
mod bonds;
mod claims;
mod corrections;
mod coverages;
mod decisions;
mod duplicates;
mod encounters;
mod frozen;
mod money;
mod origins;
mod plans;
mod random;
mod signatures;
mod try_state;
mod weights;
