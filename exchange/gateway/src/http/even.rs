//! When an answer leaves that must not tell what is behind it.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};
use std::time::Duration;
use tokio::time::{sleep_until, Instant};

/// Answers leave at a multiple of this after their request came. Longer than what an answer takes on most nodes, and too short to be felt.
pub(crate) const STEP: Duration = Duration::from_millis(25);

/// How long after its request an answer leaves that took so long: the next multiple of [`STEP`].
fn even(took: Duration) -> Duration {
	let step = STEP.as_nanos();
	let nanos = took.as_nanos().div_ceil(step).max(1).saturating_mul(step);
	Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

async fn wait(began: Instant) {
	// An answer beyond what the clock holds is none.
	if let Some(moment) = began.checked_add(even(began.elapsed())) {
		sleep_until(moment).await;
	}
}

/// For what is asked for by its name: the answer that there is no such thing for whoever asks. A release hides nothing and does not wait.
pub(crate) async fn nothing(request: Request, next: Next) -> Response {
	let began = Instant::now();
	let response = next.run(request).await;
	if response.status() == StatusCode::NOT_FOUND {
		wait(began).await;
	}
	response
}

/// For what may be made of several records: each answer. It hides those that were looked at and left out.
pub(crate) async fn all(request: Request, next: Next) -> Response {
	let began = Instant::now();
	let response = next.run(request).await;
	wait(began).await;
	response
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_answer_leaves_at_the_next_multiple_and_never_at_once() {
		for (took, leaves) in [
			(0, 25_000),
			(1, 25_000),
			(5_250, 25_000),
			(25_000, 25_000),
			(25_001, 50_000),
			(99_000, 100_000),
		] {
			assert_eq!(even(Duration::from_micros(took)), Duration::from_micros(leaves), "{took}");
		}
		assert!(even(Duration::MAX) > Duration::from_secs(60));
	}
}
