//! Published and named cases, agreement with a naive table, laws, and encoding.

mod agreement;
mod codec;
mod failures;
mod generator;
mod laws;
mod naive;
mod published;
mod tightening;

use crate::*;

/// A disease by its name: the name, padded.
pub fn disease(name: &str) -> DiseaseCode {
	let mut code = [0; 32];
	code[..name.len()].copy_from_slice(name.as_bytes());
	code
}
