//! Named examples, agreement with a naive reference, and laws.

mod agreement;
mod generator;
mod laws;
mod naive;
mod precedence;
