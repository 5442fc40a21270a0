//! How many requests came whose sender could not be authenticated, by why. They are logged as one entry for all: strangers could fill
//! the log with a line each. What was counted since the last entry is lost if the process is killed.

use crate::{
	chain::now,
	gateway::{Failure, Gateway},
};
use salus_exchange_protocol::event::{Event, Summary};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

/// How often what was counted is logged.
const SUMMARY: Duration = Duration::from_secs(3_600);

/// What was counted since the last entry of the log.
#[derive(Debug)]
pub struct Tally(Mutex<Counted>);

#[derive(Debug)]
struct Counted {
	since: u64,
	failures: BTreeMap<&'static str, u64>,
}

impl Tally {
	/// Nothing was counted yet.
	pub fn new(now: u64) -> Self {
		Self(Mutex::new(Counted { since: now, failures: BTreeMap::new() }))
	}

	/// Counts one; `why` is one of `AUTHENTICATION_FAILURES` of the protocol.
	pub fn count(&self, why: &'static str) {
		let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		if counted.failures.is_empty() {
			counted.since = now();
		}
		let count = counted.failures.entry(why).or_default();
		*count = count.saturating_add(1);
	}

	fn take(&self) -> Option<Counted> {
		let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		let failures = std::mem::take(&mut counted.failures);
		(!failures.is_empty()).then_some(Counted { since: counted.since, failures })
	}

	fn restore(&self, taken: &Counted) {
		let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		counted.since = taken.since;
		for (why, count) in &taken.failures {
			let there = counted.failures.entry(why).or_default();
			*there = there.saturating_add(*count);
		}
	}
}

impl Gateway {
	/// Logs what was counted, if anything was.
	pub async fn summarise(self: &Arc<Self>) -> Result<(), Failure> {
		let Some(taken) = self.tally.take() else { return Ok(()) };
		let time = now();
		let event = Event::Unauthenticated(Summary {
			time,
			organisation: self.config.organisation,
			since: taken.since.min(time),
			failures: taken.failures.iter().map(|(why, count)| ((*why).into(), *count)).collect(),
		});
		let written = self.blocking(move |gateway| Ok(gateway.store.append(&[event])?)).await;
		if written.is_err() {
			self.tally.restore(&taken);
		}
		written.map(drop)
	}

	/// Does so every hour.
	pub(crate) async fn keep_summaries(self: Arc<Self>) {
		let mut ticks = tokio::time::interval(SUMMARY);
		loop {
			ticks.tick().await;
			if let Err(failure) = self.summarise().await {
				tracing::error!(%failure, "the summary of strangers");
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::event::AUTHENTICATION_FAILURES;

	#[test]
	fn what_could_not_be_logged_is_counted_on() {
		let tally = Tally::new(5);
		assert!(tally.take().is_none());
		tally.count("signature");
		let taken = tally.take().unwrap();
		assert!(tally.take().is_none());
		tally.count("signature");
		tally.count("expired");
		tally.restore(&taken);
		assert_eq!(
			tally.take().unwrap().failures,
			BTreeMap::from([("expired", 1), ("signature", 2)])
		);
		assert!(["signature", "expired"].iter().all(|why| AUTHENTICATION_FAILURES.contains(why)));
	}
}
