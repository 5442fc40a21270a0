//! What the pallet stores, and what it answers.

// The derived codecs convert the indices of enums with `as`.
#![allow(clippy::as_conversions)]

mod anchors;
mod answers;
mod life;

pub use anchors::*;
pub use answers::*;
pub use life::*;
