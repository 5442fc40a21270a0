//! What must reach the chain: batches of commitments. A batch is closed once and never changes. Whoever holds the organisation's key
//! takes it from the inside face and hands it in (`anchorBatch` of the SDK); the gateway has no such key. It looks itself, with a
//! proof of the final state, whether the chain has a batch: by its root, which an organisation anchors only once. So handing in twice
//! changes nothing, and a gateway that was killed in between finds out.

use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	store::Batch,
};
use std::{sync::Arc, time::Duration};

/// How often it is looked whether the chain has what was closed.
const LOOK_EVERY: Duration = Duration::from_secs(15);

impl Gateway {
	/// Closes batches of all that waits. Tells how many.
	pub async fn close_batches(self: &Arc<Self>) -> Result<u64, Failure> {
		let mut closed = 0_u64;
		while self.blocking(|gateway| Ok(gateway.store.close_batch(now())?)).await?.is_some() {
			closed = closed.saturating_add(1);
		}
		Ok(closed)
	}

	/// Looks for open batches on the chain. Tells which are still open; those that were found are no more. If the node cannot be
	/// relied on, all are.
	pub async fn look_for_batches(self: &Arc<Self>) -> Result<Vec<Batch>, Failure> {
		let open = self.blocking(|gateway| Ok(gateway.store.open_batches()?)).await?;
		if open.is_empty() {
			return Ok(open);
		}
		let present = match self.node.present().await {
			Ok(present) => present,
			Err(stale) => {
				tracing::warn!(%stale, "batches are not looked for");
				return Ok(open);
			},
		};
		let mut left = Vec::new();
		for batch in open {
			match self.slot_of(&present.finalised, &batch).await {
				Ok(Some(slot)) => {
					self.blocking(move |gateway| Ok(gateway.store.anchored(batch.number, slot)?))
						.await?;
					tracing::info!(batch = batch.number, slot, "a batch is anchored");
				},
				Ok(None) => left.push(batch),
				Err(silent) => {
					tracing::warn!(batch = batch.number, %silent, "a batch is not looked for");
					left.push(batch);
				},
			}
		}
		Ok(left)
	}

	/// The slot in which the chain has a batch: with its root, and as many leaves.
	async fn slot_of(
		&self,
		at: &crate::chain::Block,
		batch: &Batch,
	) -> Result<Option<u64>, crate::chain::Silent> {
		let organisation = self.config.organisation;
		let Some(slot) = self.node.slot_of(at, organisation, &batch.root).await? else {
			return Ok(None);
		};
		let anchor = self.node.anchor(at, organisation, slot, None).await?;
		let is_it = anchor.is_some_and(|(anchor, _)| {
			anchor.commitment == batch.root
				&& anchor.leaves == Some(batch.leaves)
				&& anchor.form == 0
		});
		Ok(is_it.then_some(slot))
	}

	/// Closes batches and looks for them, again and again.
	pub async fn keep_batches(self: Arc<Self>) {
		let mut close = tokio::time::interval(self.config.batch_every);
		let mut look = tokio::time::interval(LOOK_EVERY);
		for each in [&mut close, &mut look] {
			each.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
			// The first tick is at once; what waits when a gateway starts waits on.
			each.tick().await;
		}
		loop {
			let done = tokio::select! {
				_ = close.tick() => self.close_batches().await.map(drop),
				_ = look.tick() => self.look_for_batches().await.map(drop),
			};
			if let Err(failure) = done {
				tracing::error!(%failure, "the outbox");
			}
		}
	}
}
