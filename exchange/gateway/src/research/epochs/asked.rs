//! What is known of the epochs of datasets between two looks at them: what the chain had, and what stewards have asked for.

use super::{EPOCH, FRESH, NEAR, PAUSE};
use crate::{
	chain::{now, research::VersionFacts},
	config::Dataset,
	research::Counting,
};
use std::sync::PoisonError;

/// How often it is warned of an end that is near.
const WARN_EVERY: u64 = 6 * 3_600;

/// What the chain had of a dataset when it was looked at last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
	/// The version in force.
	pub version: u32,
	/// Its epoch.
	pub epoch: u32,
	/// When that was published.
	pub epoch_at: u64,
	/// When its end was warned of last.
	warned: u64,
	/// From when on the next one is made, after it could not be.
	pub(super) not_before: u64,
}

impl Seen {
	/// When the epoch ends: from then on every permit for the dataset is suspended.
	pub const fn ends(&self) -> u64 {
		self.epoch_at.saturating_add(EPOCH)
	}

	/// From when on the next one is published.
	pub const fn half(&self) -> u64 {
		self.epoch_at.saturating_add(EPOCH / 2)
	}
}

/// That a steward wants the next epoch now. It holds for as long as what is made is handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
	/// The number of that epoch, once the chain was looked at.
	epoch: Option<u32>,
	/// Until when.
	until: u64,
}

impl Counting {
	/// What was last seen of a dataset; none if it was not looked at yet, or is not ours.
	pub fn seen(&self, dataset: u32) -> Option<Seen> {
		self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(&dataset).copied()
	}

	/// Datasets with the ends of their epochs.
	pub fn epochs_end(&self) -> Vec<(u32, u64)> {
		let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		seen.iter().map(|(dataset, seen)| (*dataset, seen.ends())).collect()
	}

	/// Has the next epoch of a dataset made and published now, though half of the time is not over. False if none is published from here.
	pub fn ask_for_epoch(&self, dataset: u32) -> bool {
		let is_here = self.config.datasets.iter().any(|it| it.id == dataset && it.publish);
		if is_here {
			// Whoever asks has seen to it that it can be made now.
			self.pause(dataset, 0);
			let order = Asked { epoch: None, until: now().saturating_add(FRESH) };
			let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
			// Whoever asks again before it is on the chain means the same one.
			asked.entry(dataset).or_insert(order).until = order.until;
			self.woken.notify_one();
		}
		is_here
	}

	/// Whether an epoch that was asked for is awaited.
	pub(in crate::research) fn awaits_epochs(&self) -> bool {
		!self.asked.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
	}

	/// Whether the next epoch of a dataset was asked for, and its number is `next`. An order that is done, or too old, is forgotten.
	pub(super) fn is_asked_for(&self, dataset: u32, next: u32, time: u64) -> bool {
		let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
		let Some(order) = asked.get_mut(&dataset) else { return false };
		let is_open = *order.epoch.get_or_insert(next) >= next && time <= order.until;
		if !is_open {
			asked.remove(&dataset);
		}
		is_open
	}

	/// Forgets that an epoch was asked for.
	pub(super) fn forget_order(&self, dataset: u32) {
		self.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&dataset);
	}

	/// Notes that the next epoch could not be made. Who wants it sooner than it is tried again has to ask anew.
	pub(super) fn put_off(&self, dataset: u32, time: u64) {
		self.forget_order(dataset);
		self.pause(dataset, time.saturating_add(PAUSE));
	}

	/// Has the next epoch of a dataset not made before a moment, also if it was asked for.
	pub(super) fn pause(&self, dataset: u32, until: u64) {
		let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some(seen) = all.get_mut(&dataset) {
			seen.not_before = until;
		}
	}

	/// Whether the next epoch of a dataset is not made yet, since it could not be made a short while ago.
	pub(super) fn is_paused(&self, dataset: u32, time: u64) -> bool {
		self.seen(dataset).is_some_and(|seen| time < seen.not_before)
	}

	/// Notes what the chain has, and warns if the end comes near.
	pub(super) fn note(&self, dataset: &Dataset, found: Option<(u32, VersionFacts)>, time: u64) {
		let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		let before = all.remove(&dataset.id);
		let Some((version, VersionFacts { epoch, epoch_at, .. })) = found else { return };
		let before = before.filter(|it| it.epoch == epoch);
		let (warned, not_before) = before.map_or((0, 0), |it| (it.warned, it.not_before));
		let mut seen = Seen { version, epoch, epoch_at, warned, not_before };
		let (id, publishes, ends) = (dataset.id, dataset.publish, seen.ends());
		let is_near = time.saturating_add(NEAR) >= ends;
		if is_near && time >= warned.saturating_add(WARN_EVERY) {
			seen.warned = time;
			let left = ends.saturating_sub(time);
			match left {
				0 => tracing::error!(
					dataset = id,
					epoch,
					publishes,
					"an epoch is over and the next one is not published: all permits are suspended"
				),
				left => tracing::warn!(
					dataset = id,
					epoch,
					publishes,
					left,
					"an epoch ends soon and the next one is not published"
				),
			}
		}
		all.insert(id, seen);
	}
}
