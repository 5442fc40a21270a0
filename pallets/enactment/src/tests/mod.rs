//! Tests, by topic.

mod agreement;
mod delays;
mod enacting;
mod origins;
mod random;
mod try_state;
