//! What the gateway itself sees of the chain, each second, whether or not somebody asks: the answer of `/readyz` and of the metrics, and whether
//! the chain counts as silent. Whoever asks for these makes the gateway ask the node nothing, and changes nothing of the answer.

use super::{Present, Silent, Stale};
use crate::gateway::Gateway;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch::Sender, time::MissedTickBehavior};

/// How long after one look the next one begins.
const EVERY: Duration = Duration::from_secs(1);
/// How long after decisions were compared others are.
const COMPARES_EVERY: Duration = Duration::from_secs(5);
/// How long the node may take over the cheapest question before a look has failed.
const ANSWERS: Duration = Duration::from_secs(4);
/// After how many looks that failed, one after another, the chain counts as silent.
pub const MISSES: u32 = 3;

#[derive(Clone, Default, Debug)]
struct Seen {
	last: Option<Result<Present, Stale>>,
	misses: u32,
}

/// What was seen of the chain.
#[derive(Default, Debug)]
pub struct Watch(Sender<Seen>);

impl Watch {
	/// Notes what a look gave. A node that is asked too often is there: such a look tells neither that the chain is silent nor that it is not.
	pub fn note(&self, look: Result<Present, Stale>) {
		self.0.send_modify(|seen| {
			seen.misses = match &look {
				Ok(_) => 0,
				Err(stale) if stale.is_busy() => seen.misses,
				Err(_) => seen.misses.saturating_add(1),
			};
			seen.last = Some(look);
		});
	}

	/// What the last look gave, as it holds at the moment `now`; waits for the first one.
	pub async fn last(&self, now: u64) -> Result<Present, Stale> {
		let mut seen = self.0.subscribe();
		let last = match seen.wait_for(|seen| seen.last.is_some()).await {
			Ok(seen) => seen.last.clone(),
			// The sender is here.
			Err(_) => None,
		};
		let present = last.unwrap_or(Err(Stale::Syncing))?;
		present.check(now)?;
		Ok(present)
	}

	/// Whether the last [`MISSES`] looks have failed.
	pub fn is_silent(&self) -> bool {
		self.0.borrow().misses >= MISSES
	}

	/// Why the chain counts as silent, if it does because the node gives no answer.
	fn silence(&self) -> Option<Stale> {
		self.0.borrow().silence()
	}

	/// Waits until the chain counts as silent because the node gives no answer, and tells why.
	async fn silenced(&self) -> Stale {
		let mut seen = self.0.subscribe();
		let silence = seen.wait_for(|seen| seen.silence().is_some()).await;
		let silence = silence.ok().and_then(|seen| seen.silence());
		match silence {
			Some(stale) => stale,
			// The sender is here, and what was waited for is there.
			None => std::future::pending().await,
		}
	}
}

impl Seen {
	fn silence(&self) -> Option<Stale> {
		let last = self.last.as_ref().filter(|_| self.misses >= MISSES)?;
		let unreachable = |stale: &&Stale| matches!(stale, Stale::Silent(Silent::Unreachable(_)));
		last.as_ref().err().filter(unreachable).cloned()
	}
}

impl Gateway {
	/// The blocks of the present, for somebody who asks. While the chain counts as silent because the node gives no answer, they are told so at once,
	/// also those who wait already: a node that hangs would have all of them wait for it, each twice as long as one look may take.
	pub(crate) async fn present(&self) -> Result<Present, Stale> {
		if let Some(stale) = self.watch.silence() {
			return Err(stale);
		}
		tokio::select! {
			present = self.node.present() => present,
			stale = self.watch.silenced() => Err(stale),
		}
	}

	/// Compares some of the decisions with the node's runtime, again and again.
	pub async fn keep_comparing(self: Arc<Self>) {
		let mut ticks = tokio::time::interval(COMPARES_EVERY);
		ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
		loop {
			ticks.tick().await;
			let (agreement, silent) = self.node.compare().await;
			self.meters.agreed(agreement);
			if let Some(silent) = silent {
				tracing::debug!(%silent, "decisions are not compared");
			}
		}
	}

	/// Looks at the chain again and again. Of a development chain whose clock stands in for the host's, this keeps the clock too.
	pub async fn keep_watch(self: Arc<Self>) {
		let mut ticks = tokio::time::interval(EVERY);
		ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
		loop {
			ticks.tick().await;
			let look = self.node.look_alone(ANSWERS).await;
			let (before, why) = (self.watch.is_silent(), look.as_ref().err().map(Stale::to_string));
			self.watch.note(look);
			match (before, self.watch.is_silent()) {
				(false, true) => tracing::warn!(why, "the chain counts as silent"),
				(true, false) => tracing::warn!("the chain is silent no more"),
				_ => {},
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::Block, config::Limits};
	use salus_exchange_protocol::Hash;

	fn seen() -> Result<Present, Stale> {
		let block =
			Block { hash: Hash([1; 32]), number: 1, state_root: Hash([1; 32]), time: 1_000 };
		Ok(Present::of(block, block, Limits::SOLO))
	}

	fn missed() -> Result<Present, Stale> {
		Err(Silent::Unreachable("it hangs".into()).into())
	}

	fn busy() -> Result<Present, Stale> {
		Err(Silent::Busy.into())
	}

	#[test]
	fn three_looks_in_a_row_that_failed_are_silence_and_one_that_did_not_ends_it() {
		let watch = Watch::default();
		let mut told = Vec::new();
		for look in [missed, missed, seen, missed, missed, missed, missed, seen] {
			watch.note(look());
			told.push(watch.is_silent());
			assert_eq!(watch.silence().is_some(), watch.is_silent());
		}
		assert_eq!(told, [false, false, false, false, false, true, true, false]);
	}

	#[test]
	fn a_node_that_is_asked_too_often_is_not_silent() {
		let watch = Watch::default();
		for look in [busy, busy, busy, busy, missed, busy, missed, busy] {
			watch.note(look());
			assert!(!watch.is_silent());
		}
		watch.note(missed());
		assert!(watch.is_silent(), "what failed besides counts");
	}

	#[tokio::test]
	async fn whoever_waits_for_the_node_is_told_when_it_counts_as_silent() {
		let watch = std::sync::Arc::new(Watch::default());
		let waiting = tokio::spawn({
			let watch = watch.clone();
			async move { watch.silenced().await }
		});
		for look in [missed, busy, missed] {
			watch.note(look());
			tokio::task::yield_now().await;
			assert!(!waiting.is_finished());
		}
		watch.note(missed());
		assert_eq!(waiting.await.unwrap(), missed().unwrap_err());
	}

	#[tokio::test]
	async fn what_was_seen_last_is_told_while_it_is_of_the_present() {
		let watch = Watch::default();
		watch.note(missed());
		assert!(watch.last(1_000).await.is_err());
		watch.note(seen());
		assert_eq!(watch.last(1_012).await, seen());
		assert_eq!(watch.last(1_013).await, Err(Stale::BestOld(13, 12)), "no look ends any more");
	}
}
