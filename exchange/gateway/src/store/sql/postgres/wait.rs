//! Waits for an answer on whatever thread asks, also on one that drives others' requests: what is waited for runs on threads of its own.

use std::{
	future::Future,
	pin::pin,
	sync::Arc,
	task::{Context, Poll, Wake},
	thread::{self, Thread},
	time::{Duration, Instant},
};

struct Waiting(Thread);

impl Wake for Waiting {
	fn wake(self: Arc<Self>) {
		self.0.unpark();
	}
}

/// What comes of it; none if that takes longer than `limit`.
pub(super) fn wait<F: Future>(work: F, limit: Duration) -> Option<F::Output> {
	let mut work = pin!(work);
	let waker = Arc::new(Waiting(thread::current())).into();
	let mut context = Context::from_waker(&waker);
	let begun = Instant::now();
	loop {
		if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
			return Some(done);
		}
		let left = limit.saturating_sub(begun.elapsed());
		if left.is_zero() {
			return None;
		}
		thread::park_timeout(left);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn it_is_waited_for_no_longer_than_so_long_also_where_requests_are_driven() {
		let (tell, told) = tokio::sync::oneshot::channel();
		let teller = thread::spawn(move || tell.send(7));
		assert_eq!(wait(told, Duration::from_secs(60)).unwrap(), Ok(7));
		teller.join().unwrap().unwrap();
		assert!(wait(std::future::pending::<()>(), Duration::from_millis(5)).is_none());
	}
}
