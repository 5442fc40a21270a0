//! Named examples, agreement with a naive reference, and laws.

mod agreement;
mod base;
mod care;
mod emergencies;
mod generator;
mod laws;
mod naive;
mod precedence;
mod sealed;
mod sealed_laws;
mod vectors;
