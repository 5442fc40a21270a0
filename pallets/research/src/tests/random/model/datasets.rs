//! What is on record of a dataset: its versions, its epochs, and who withdrew.

use super::*;

/// A version of a dataset.
pub struct Published {
	pub terms: Offer,
	/// How often the terms had changed.
	pub terms_version: u32,
	pub epoch: u32,
	pub at: Moment,
}

/// A dataset.
pub struct Kept {
	pub custodian: OrgId,
	pub published: Vec<Published>,
	pub(super) shortcut: bool,
	pub(super) retired: bool,
	/// When participants said no.
	pub(super) withdrawals: Vec<Moment>,
}

impl Kept {
	pub fn last(&self) -> &Published {
		self.published.last().unwrap()
	}

	/// When epochs were published: the versions in which the number of the epoch went up.
	pub(super) fn epochs(&self) -> impl Iterator<Item = Moment> + '_ {
		let before = std::iter::once(None).chain(self.published.iter().map(|one| Some(one.epoch)));
		let pairs = before.zip(&self.published);
		pairs.filter(|(before, one)| *before != Some(one.epoch)).map(|(_, one)| one.at)
	}

	/// E4: whether no epoch was published in the last 30 days.
	pub(super) fn is_overdue(&self) -> bool {
		!self.epochs().any(|at| at <= now() && now() < at + 30 * DAY)
	}

	/// How many have said no 30 days ago or longer; and how many of them before no epoch.
	pub(super) fn withdrawn(&self) -> (u32, u32) {
		let old = || self.withdrawals.iter().filter(|at| **at + 30 * DAY <= now());
		let unheard = old().filter(|at| !self.epochs().any(|epoch| **at < epoch));
		(old().count() as u32, unheard.count() as u32)
	}
}
