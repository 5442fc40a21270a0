//! Bounds of the health pallets that rules outside them reckon with.

/// At how many organisations an account can be affiliated at a time.
pub const MAX_EMPLOYERS: u32 = 16;
