//! When the next epoch of a dataset is to be made, and what waits for it meanwhile.

use super::{what, EPOCH, FRESH, NEAR, PAUSE};
use crate::{
	chain::{research::Offered, Block},
	config::Dataset,
	gateway::{Failure, Gateway},
	research::Counting,
	store::{EpochRow, Submission},
};
use std::sync::Arc;

/// How long one that has fallen due waits at most for counts that are on their way, in seconds.
pub const HELD: u64 = 86_400;
const _: () = assert!(
	EPOCH / 2 + HELD + FRESH + PAUSE + NEAR < EPOCH,
	"an epoch that has waited is published late"
);

/// How far the next epoch of a dataset is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
	/// It is not to be made.
	NotDue,
	/// It is to be made; it fell due at this moment.
	Due(u64),
	/// It is made, and the chain may take it at any moment.
	Made,
}

impl Next {
	/// By when the last one was published, from when on the next one may be made, and what was made of it.
	fn of(
		(published, not_before): (u64, u64),
		made: Option<&EpochRow>,
		sent: &[Submission],
		at: &Block,
	) -> Self {
		if made.is_some_and(|row| is_fresh(row, at) || on_its_way(sent, row, at)) {
			return Self::Made;
		}
		// What the chain did not take in its time it may not take at all: each try keeps everything else that is handed in waiting.
		let again = made.map_or(0, |row| row.made.saturating_add(FRESH).saturating_add(PAUSE));
		let half = published.saturating_add(EPOCH / 2);
		let due = half.max(not_before).max(again);
		match at.time >= due {
			// Once for an epoch: one that is made anew has waited for counts before.
			true => Self::Due(half),
			false => Self::NotDue,
		}
	}
}

/// Whether something may still be on its way.
pub(super) fn on_its_way(sent: &[Submission], row: &EpochRow, at: &Block) -> bool {
	let what = what(row);
	sent.iter().any(|each| each.what == what && each.dies > u64::from(at.number))
}

/// Whether what was made is still handed in.
pub(super) const fn is_fresh(row: &EpochRow, at: &Block) -> bool {
	at.time <= row.made.saturating_add(FRESH)
}

impl Gateway {
	/// How far the next epoch of a dataset is.
	pub(super) async fn next_epoch(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: u32,
		(offered, at): (&Offered, &Block),
	) -> Result<Next, Failure> {
		let Some(next) = offered.epoch.checked_add(1) else { return Ok(Next::NotDue) };
		let seen = counting.seen(dataset).filter(|seen| seen.epoch == offered.epoch);
		let times = (offered.epoch_at, seen.map_or(0, |seen| seen.not_before));
		let looked = move |it: &Self| Ok((it.store.epochs(dataset)?, it.store.submissions()?));
		let (rows, sent) = self.blocking(looked).await?;
		Ok(Next::of(times, rows.iter().find(|row| row.epoch == next), &sent, at))
	}

	/// Whether no new count of a dataset is begun: if its next epoch is published from here, and is due or made. Also while it is not tried again to
	/// make one: what is begun then is told too late all the same.
	pub(in crate::research) async fn holds_counts(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: &Dataset,
		(offered, at): (&Offered, &Block),
	) -> Result<bool, Failure> {
		if !dataset.publish {
			return Ok(false);
		}
		let is_half_over = at.time >= offered.epoch_at.saturating_add(EPOCH / 2);
		Ok(is_half_over
			|| self.next_epoch(counting, dataset.id, (offered, at)).await? == Next::Made)
	}

	/// Whether an epoch that is due `since` then waits for counts that are on their way.
	pub(super) async fn waits_for_counts(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: u32,
		(since, time): (u64, u64),
	) -> Result<bool, Failure> {
		// A job that is just being taken is there then. Whatever is taken after it finds that the epoch is due.
		let _alone = counting.taking.lock().await;
		let is_awaited = self.blocking(move |it| Ok(it.store.is_awaited(dataset)?)).await?;
		let is_over = time >= since.saturating_add(HELD);
		match (is_awaited, is_over) {
			(true, true) => tracing::warn!(
				dataset,
				"an epoch waits no longer for counts that are on their way: they are refused"
			),
			(true, false) => tracing::info!(
				dataset,
				since,
				"an epoch is due and waits for counts that are on their way"
			),
			(false, _) => {},
		}
		Ok(is_awaited && !is_over)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_counts::Hash;

	#[test]
	fn an_epoch_is_due_from_half_of_its_time_on_and_each_time_that_it_can_be_made_again() {
		let at = |time| Block { hash: Hash([1; 32]), number: 50, state_root: Hash([2; 32]), time };
		let row = |made| EpochRow {
			dataset: 7,
			epoch: 3,
			made_under: 3,
			made,
			root: Hash([3; 32]),
			people: 2,
			published: None,
		};
		let sent = |dies| Submission { what: "epoch:7:3".into(), attempts: 1, dies, again: 0 };
		let half = 1_000 + EPOCH / 2;
		let of = |not_before, made: Option<u64>, dies, time| {
			Next::of((1_000, not_before), made.map(row).as_ref(), &[sent(dies)], &at(time))
		};
		assert_eq!(of(0, None, 0, half - 1), Next::NotDue);
		assert_eq!(of(0, None, 0, half), Next::Due(half));
		assert_eq!(of(0, None, 0, half + 9 * HELD), Next::Due(half), "it waits from then on");
		// It could not be made, and is put off.
		assert_eq!(of(half + PAUSE, None, 0, half + PAUSE - 1), Next::NotDue);
		assert_eq!(of(half + PAUSE, None, 0, half + PAUSE), Next::Due(half));
		// It is made, and then the chain did not take it.
		assert_eq!(of(0, Some(half), 0, half + FRESH), Next::Made);
		assert_eq!(of(0, Some(half), 51, half + FRESH + 1), Next::Made, "it may still be included");
		assert_eq!(of(0, Some(half), 50, half + FRESH + 1), Next::NotDue);
		let again = half + FRESH + PAUSE;
		assert_eq!(of(0, Some(half), 50, again - 1), Next::NotDue);
		assert_eq!(of(0, Some(half), 50, again), Next::Due(half), "it does not wait once more");
		// By hand, before half of the time is over.
		assert_eq!(of(0, Some(2_000), 0, 2_000), Next::Made);
	}
}
