//! What is offered on each face, as OpenAPI 3.1. Kept by hand: `tests/face/openapi.rs` compares it with the routes, and each answer that a test
//! gets with what it says.

use super::outcome::{answer, JSON};
use axum::{http::StatusCode, response::Response};

/// The face for others.
pub(crate) const OUTSIDE: &str = include_str!("../../openapi/outside.json");
/// The face for the house.
pub(crate) const INSIDE: &str = include_str!("../../openapi/inside.json");

pub(crate) fn described(face: &'static str) -> Response {
	answer(StatusCode::OK, JSON, face)
}
