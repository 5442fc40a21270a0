//! Epochs of the datasets that are counted in: who is in them, and what the chain is told of it (`docs/research-protocol.md`, "Epochs";
//! `docs/decisions/0073`).
//!
//! From half of its time on the next epoch is made: whoever the function that makes counts finds, by the best and the last final block, is in it.
//! It is on the disk, with the secret of its salts, before anything is handed in, so that a gateway that was killed hands in the same root. What
//! has waited too long is made anew, once nothing of it is on its way: somebody may have withdrawn meanwhile.
//!
//! An answer is told only in the epoch that it was asked in. So from the moment at which the next one falls due no new count of the dataset is begun,
//! and those that are on their way are waited for, a day at most.
//!
//! A steward can have the next epoch made before half of the time is over (`salus-gateway research-epoch --now`): the first one that can be
//! opened, say, since the root with which a dataset is offered was not made here. The chain takes a deposit for it. That one waits for no count.

use super::{Counting, NotNow};
use crate::{
	chain::{
		extrinsic::Call,
		now,
		research::{Offered, VersionFacts},
		Block, Present, Silent,
	},
	config::Dataset,
	gateway::{Failure, Gateway},
	store::{EpochRow, NotCounted, Submission},
	submit::Due,
	vault::{random, Kind},
};
use salus_counts::{
	epoch::{leaves, opening, size, tree, EpochOf, Ground, Leaf, Participant, Published},
	Hash,
};
use serde_json::{json, Value};
use std::{
	sync::{Arc, PoisonError},
	time::{Duration, Instant},
};

/// How long an epoch lasts, in seconds.
pub const EPOCH: u64 = crate::chain::research::EPOCH_TIME;
/// How long one that has fallen due waits at most for counts that are on their way, in seconds.
pub const HELD: u64 = 86_400;
/// For how long what was made is handed in, in seconds.
const FRESH: u64 = 1_800;
/// How long it takes at most to find out who is in an epoch: as much time is left for handing in what is made.
const LONGEST: Duration = Duration::from_secs(FRESH / 2);
/// How long it is not tried again to make an epoch that could not be made, or was not taken, in seconds.
const PAUSE: u64 = 3_600;
/// After what time at the latest nothing of it is on its way any more.
const GONE: u64 = 2 * 3_600;
/// From how long before its end on an epoch is warned of, and how often.
const NEAR: u64 = 5 * 86_400;
const WARN_EVERY: u64 = 6 * 3_600;
const _: () = assert!(
	EPOCH / 2 + HELD + FRESH + PAUSE + NEAR < EPOCH,
	"an epoch that has waited is published late"
);

/// How many epochs of a dataset are kept for auditors.
const KEPT: u32 = 24;
/// Among how many versions a root is looked for.
const MOST_VERSIONS: u32 = 16;
/// A participant as it is kept: handle, tag and number.
const ROW: usize = 37;

const DAMAGED: Failure = Failure::Vault("what is kept of an epoch does not open");

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
	not_before: u64,
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

/// How far the next epoch of a dataset is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
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

fn named(dataset: u32, epoch: u32) -> Vec<u8> {
	[dataset.to_le_bytes(), epoch.to_le_bytes()].concat()
}

/// What a submission of it is called.
fn what(row: &EpochRow) -> String {
	format!("epoch:{}:{}", row.dataset, row.epoch)
}

/// Whether something may still be on its way.
fn on_its_way(sent: &[Submission], row: &EpochRow, at: &Block) -> bool {
	let what = what(row);
	sent.iter().any(|each| each.what == what && each.dies > u64::from(at.number))
}

const fn is_fresh(row: &EpochRow, at: &Block) -> bool {
	at.time <= row.made.saturating_add(FRESH)
}

fn kept(secret: &Hash, people: &[Participant]) -> Vec<u8> {
	let mut bytes = secret.0.to_vec();
	for Participant { patient, by } in people {
		let (tag, number) = by.parts();
		bytes.extend_from_slice(patient);
		bytes.push(tag);
		bytes.extend_from_slice(&number.to_le_bytes());
	}
	bytes
}

fn of_kept(bytes: &[u8]) -> Option<(Hash, Vec<Participant>)> {
	let (secret, rows) = bytes.split_first_chunk::<32>()?;
	let people = rows.chunks(ROW).map(|row| {
		let (patient, rest) = row.split_first_chunk::<32>()?;
		let (tag, number) = rest.split_first()?;
		let by = Ground::of(*tag, u32::from_le_bytes(number.try_into().ok()?))?;
		Some(Participant { patient: *patient, by })
	});
	Some((Hash(*secret), people.collect::<Option<_>>()?))
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
			let order = Asked { epoch: None, until: now().saturating_add(FRESH) };
			let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
			// Whoever asks again before it is on the chain means the same one.
			asked.entry(dataset).or_insert(order).until = order.until;
			self.woken.notify_one();
		}
		is_here
	}

	/// Whether an epoch that was asked for is awaited.
	pub(super) fn awaits_epochs(&self) -> bool {
		!self.asked.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
	}

	/// Whether the next epoch of a dataset was asked for, and its number is `next`. An order that is done, or too old, is forgotten.
	fn is_asked_for(&self, dataset: u32, next: u32, time: u64) -> bool {
		let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
		let Some(order) = asked.get_mut(&dataset) else { return false };
		let is_open = *order.epoch.get_or_insert(next) >= next && time <= order.until;
		if !is_open {
			asked.remove(&dataset);
		}
		is_open
	}

	/// Forgets that an epoch was asked for.
	fn forget_order(&self, dataset: u32) {
		self.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&dataset);
	}

	/// Notes that the next epoch could not be made.
	fn put_off(&self, dataset: u32, time: u64) {
		self.forget_order(dataset);
		let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some(seen) = all.get_mut(&dataset) {
			seen.not_before = time.saturating_add(PAUSE);
		}
	}

	/// Notes what the chain has, and warns if the end comes near.
	fn note(&self, dataset: &Dataset, found: Option<(u32, VersionFacts)>, time: u64) {
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

impl Gateway {
	/// A dataset of ours that is offered, with the version in force.
	async fn in_force(
		&self,
		at: &Block,
		dataset: u32,
	) -> Result<Option<(Offered, VersionFacts)>, Silent> {
		let found = self.node.research_dataset(at, dataset).await?;
		let ours = |it: &Offered| it.custodian == self.config.organisation && !it.is_retired;
		let Some(offered) = found.filter(ours) else { return Ok(None) };
		let version = self.node.research_version(at, dataset, offered.version).await?;
		Ok(version.map(|version| (offered, version)))
	}

	/// What of epochs the chain does not have yet.
	pub(crate) async fn due_of_epochs(
		self: &Arc<Self>,
		present: &Present,
	) -> Result<Vec<Due>, Failure> {
		let datasets = self.counting.iter().flat_map(|it| &it.config.datasets);
		let mut due = Vec::new();
		for dataset in datasets.filter(|dataset| dataset.publish) {
			let id = dataset.id;
			let looked = move |it: &Self| Ok((it.store.epochs(id)?, it.store.submissions()?));
			let (rows, sent) = self.blocking(looked).await?;
			let at = &present.finalised;
			let wanted = |row: &&EpochRow| {
				row.published.is_none() && (is_fresh(row, at) || on_its_way(&sent, row, at))
			};
			let Some(row) = rows.iter().find(wanted) else { continue };
			// What is not known is not taken for done.
			let found = self.in_force(at, id).await.map_err(Failure::Node)?;
			let Some((_, version)) = found else { continue };
			if version.epoch.checked_add(1) != Some(row.epoch) {
				continue;
			}
			due.push(Due {
				what: what(row),
				call: Call::PublishVersion {
					custodian: self.config.organisation,
					dataset: id,
					terms: version.terms,
					root: row.root,
					size: size(usize::try_from(row.people).unwrap_or(usize::MAX)),
					epoch: row.epoch,
				},
			});
		}
		Ok(due)
	}

	/// Looks at the epochs of all datasets: which are published, which end, and which are to be made.
	pub async fn look_at_epochs(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		for dataset in &counting.config.datasets {
			let Some(present) = self.present_for_counts().await else { return Ok(()) };
			if let Err(why) = self.look_at_epoch(counting, dataset, present).await {
				tracing::error!(dataset = dataset.id, %why, "an epoch is not looked at");
			}
		}
		Ok(())
	}

	async fn look_at_epoch(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: &Dataset,
		present: Present,
	) -> Result<(), NotNow> {
		let (at, id) = (&present.finalised, dataset.id);
		let found = self.in_force(at, id).await?;
		let facts = found.map(|(offered, version)| (offered.version, version));
		counting.note(dataset, facts, at.time);
		let Some((offered, version)) = found else {
			counting.forget_order(id);
			return Ok(());
		};
		let rows = self.blocking(move |it| Ok(it.store.epochs(id)?)).await?;
		for row in rows.iter().filter(|row| row.published.is_none()) {
			if row.epoch <= version.epoch {
				self.look_for_epoch(at, row, offered.version).await?;
			}
		}
		let (Some(next), true) = (version.epoch.checked_add(1), dataset.publish) else {
			return Ok(());
		};
		let is_asked_for = counting.is_asked_for(id, next, at.time);
		let is_time = match self.next_epoch(counting, id, (&offered, at)).await? {
			Next::Made => false,
			Next::NotDue => is_asked_for,
			Next::Due(since) => {
				is_asked_for || !self.waits_for_counts(counting, id, (since, at.time)).await?
			},
		};
		match is_time {
			true => self.make_epoch(counting, dataset, present, &offered, next).await,
			false => Ok(()),
		}
	}

	/// How far the next epoch of a dataset is.
	async fn next_epoch(
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

	/// Whether no new count of a dataset is begun: if its next epoch is published from here, and is due or made.
	pub(super) async fn holds_counts(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: &Dataset,
		(offered, at): (&Offered, &Block),
	) -> Result<bool, Failure> {
		if !dataset.publish {
			return Ok(false);
		}
		Ok(self.next_epoch(counting, dataset.id, (offered, at)).await? != Next::NotDue)
	}

	/// Whether an epoch that is due `since` then waits for counts that are on their way.
	async fn waits_for_counts(
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

	/// Looks which version has the root of an epoch that was made. If none has it, somebody else has published that epoch.
	async fn look_for_epoch(
		self: &Arc<Self>,
		at: &Block,
		row: &EpochRow,
		last: u32,
	) -> Result<(), NotNow> {
		let first = row.made_under.saturating_add(1);
		let row = row.clone();
		for number in (first..=last).take(usize::try_from(MOST_VERSIONS).unwrap_or(1)) {
			let found = self.node.research_version(at, row.dataset, number).await?;
			let Some(found) = found.filter(|it| it.root == row.root && it.epoch == row.epoch)
			else {
				continue;
			};
			let (dataset, epoch, people) = (row.dataset, row.epoch, row.people);
			let oldest = epoch.saturating_sub(KEPT);
			self.blocking(move |it| {
				Ok(it.store.epoch_published(&row, (number, found.at), oldest)?)
			})
			.await?;
			tracing::info!(dataset, epoch, version = number, people, "an epoch is published");
			return Ok(());
		}
		// What is on its way may still become another version of the same epoch.
		if at.time > row.made.saturating_add(GONE) {
			tracing::error!(
				dataset = row.dataset,
				epoch = row.epoch,
				"the chain has an epoch with another root than was made here: it cannot be opened here"
			);
			self.blocking(move |it| Ok(it.store.forget_epoch(&row)?)).await?;
		}
		Ok(())
	}

	/// Finds out who is in the next epoch, draws the secret of its salts, and keeps both.
	async fn make_epoch(
		self: &Arc<Self>,
		counting: &Counting,
		dataset: &Dataset,
		present: Present,
		offered: &Offered,
		epoch: u32,
	) -> Result<(), NotNow> {
		let id = dataset.id;
		let begun = Instant::now();
		let until = begun.checked_add(counting.config.longest.min(LONGEST)).unwrap_or(begun);
		let sets = counting.sets_of(id);
		let found = self.people_of(present, offered.basis, sets, until).await?;
		let mut people = match found {
			Ok(people) => people,
			Err(not) => {
				let why = match not {
					NotCounted::TooMany => "it has more records than are looked at",
					NotCounted::TooLong => {
						"it takes too long (research.longest, and a quarter of an hour at most)"
					},
				};
				tracing::error!(dataset = id, epoch, why, "an epoch is not made");
				counting.put_off(id, present.finalised.time);
				return Ok(());
			},
		};
		people.sort_unstable();
		let (at, made_under) = (present.finalised, offered.version);
		let of = EpochOf { genesis: self.node.genesis(), dataset: id, epoch };
		// Nothing is handed in meanwhile, and nothing of what was made before is on its way.
		let _alone = self.handing_in.lock().await;
		let made = self.blocking(move |it| {
			let sent = it.store.submissions()?;
			let before = it.store.epochs(id)?.into_iter().find(|row| row.epoch == epoch);
			if before.is_some_and(|row| on_its_way(&sent, &row, &at)) {
				return Ok(None);
			}
			let secret = Hash(random::<32>()?);
			let Some(tree) = tree(&leaves(&of, &secret, &people)) else { return Ok(None) };
			let row = EpochRow {
				dataset: id,
				epoch,
				made_under,
				made: at.time,
				root: tree.root(),
				people: u64::try_from(people.len()).unwrap_or(u64::MAX),
				published: None,
			};
			let bytes = kept(&secret, &people);
			let content = it.vault.seal(Kind::Epoch, &named(id, epoch), &bytes)?;
			Ok(it.store.put_epoch(&row, &content)?.then_some(row.people))
		});
		if let Some(people) = made.await? {
			tracing::info!(dataset = id, epoch, people, "an epoch is made");
		}
		Ok(())
	}

	/// Where the epochs of a dataset stand; none if it is not counted in here.
	pub fn epochs_stand(&self, dataset: u32) -> Result<Option<Value>, Failure> {
		let Some(counting) = self.counting.as_ref() else { return Ok(None) };
		let configured = counting.config.datasets.iter().find(|it| it.id == dataset);
		let Some(configured) = configured else { return Ok(None) };
		let in_force = counting.seen(dataset).map(|seen| {
			json!({ "version": seen.version, "epoch": seen.epoch, "published": seen.epoch_at, "half": seen.half(), "ends": seen.ends() })
		});
		let sent = self.store.submissions()?;
		let epochs = self.store.epochs(dataset)?;
		let epochs: Vec<Value> = epochs
			.iter()
			.map(|row| {
				let what = what(row);
				let attempts = sent.iter().find(|it| it.what == what).map_or(0, |it| it.attempts);
				let (version, published) = row.published.unzip();
				json!({
					"epoch": row.epoch, "participants": row.people, "made": row.made, "root": row.root.to_string(),
					"version": version, "published": published, "attempts": attempts,
				})
			})
			.collect();
		Ok(Some(json!({
			"dataset": dataset, "publishes": configured.publish, "now": now(), "inForce": in_force, "epochs": epochs,
		})))
	}

	/// An epoch that was published, with its leaves in their order; none if there is none here.
	fn opened_epoch(
		&self,
		dataset: u32,
		epoch: u32,
	) -> Result<Option<(EpochOf, Published, Vec<Leaf>)>, Failure> {
		let row = self.store.epochs(dataset)?.into_iter().find(|row| row.epoch == epoch);
		let Some((row, (version, at))) = row.and_then(|row| row.published.map(|it| (row, it)))
		else {
			return Ok(None);
		};
		let content = self.store.epoch_content(dataset, epoch)?.ok_or(DAMAGED)?;
		let bytes = self.vault.open(Kind::Epoch, &named(dataset, epoch), &content);
		let (secret, people) = of_kept(&bytes.map_err(|_| DAMAGED)?).ok_or(DAMAGED)?;
		let of = EpochOf { genesis: self.node.genesis(), dataset, epoch };
		let leaves = leaves(&of, &secret, &people);
		if tree(&leaves).map(|tree| tree.root()) != Some(row.root) {
			return Err(DAMAGED);
		}
		let custodian = self.config.organisation;
		Ok(Some((of, Published { custodian, version, at, root: row.root }, leaves)))
	}

	/// The opening of an epoch that was published, for an auditor; none if there is none here. Who is in it is personal data.
	pub fn epoch_opening(&self, dataset: u32, epoch: u32) -> Result<Option<String>, Failure> {
		let opened = self.opened_epoch(dataset, epoch)?;
		if opened.is_some() {
			tracing::warn!(
				dataset,
				epoch,
				"the opening of an epoch was given out: it names who is in it"
			);
		}
		Ok(opened.map(|(of, published, leaves)| opening(&of, &published, &leaves)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_kept_of_people_is_read_again() {
		let people: Vec<Participant> =
			[Ground::Directive(7), Ground::Sealed(1), Ground::Unspoken, Ground::Nobody]
				.into_iter()
				.map(|by| Participant { patient: [9; 32], by })
				.collect();
		let bytes = kept(&Hash([1; 32]), &people);
		assert_eq!(bytes.len(), 32 + 4 * ROW);
		assert_eq!(of_kept(&bytes), Some((Hash([1; 32]), people)));
		assert_eq!(of_kept(&bytes[..bytes.len() - 1]), None);
		assert_eq!(of_kept(&kept(&Hash([1; 32]), &[])), Some((Hash([1; 32]), vec![])));
	}

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
