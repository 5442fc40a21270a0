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
//! [`due`]: when one is to be made. [`asked`]: what is known meanwhile, and what stewards have asked for.
//!
//! A steward can have the next epoch made before half of the time is over (`salus-gateway research-epoch --now`): the first one that can be
//! opened, say, since the root with which a dataset is offered was not made here. The chain takes a deposit for it. That one waits for no count.

mod asked;
mod due;

pub use asked::{Asked, Seen};
pub use due::HELD;

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
	store::{EpochRow, NotCounted},
	submit::Due,
	vault::{random, Kind},
};
use due::{is_fresh, on_its_way, Next};
use salus_counts::{
	epoch::{leaves, opening, size, tree, EpochOf, Ground, Leaf, Participant, Published},
	Hash,
};
use serde_json::{json, Value};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};

/// How long an epoch lasts, in seconds.
pub const EPOCH: u64 = crate::chain::research::EPOCH_TIME;
/// For how long what was made is handed in, in seconds.
const FRESH: u64 = 1_800;
/// How long it takes at most to find out who is in an epoch: as much time is left for handing in what is made.
const LONGEST: Duration = Duration::from_secs(FRESH / 2);
/// How long it is not tried again to make an epoch that could not be made, or was not taken, in seconds.
const PAUSE: u64 = 3_600;
/// How long it is not if the node did not answer, in seconds: all of it is asked for once more.
const SILENT_PAUSE: u64 = 600;
/// After what time at the latest nothing of it is on its way any more.
const GONE: u64 = 2 * 3_600;
/// From how long before its end on an epoch is warned of, in seconds.
const NEAR: u64 = 5 * 86_400;
/// How many epochs of a dataset are kept for auditors.
const KEPT: u32 = 24;
/// Among how many versions a root is looked for.
const MOST_VERSIONS: u32 = 16;
/// A participant as it is kept: handle, tag and number.
const ROW: usize = 37;

const DAMAGED: Failure = Failure::Vault("what is kept of an epoch does not open");

fn named(dataset: u32, epoch: u32) -> Vec<u8> {
	[dataset.to_le_bytes(), epoch.to_le_bytes()].concat()
}

/// What a submission of it is called.
fn what(row: &EpochRow) -> String {
	format!("epoch:{}:{}", row.dataset, row.epoch)
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
			_ if counting.is_paused(id, at.time) => false,
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
		if !self.may_ask_about_people(&present).await? {
			counting.pause(id, present.finalised.time.saturating_add(SILENT_PAUSE));
			return Ok(());
		}
		let begun = Instant::now();
		let until = begun.checked_add(counting.config.longest.min(LONGEST)).unwrap_or(begun);
		let sets = counting.sets_of(id);
		let mut people = match self.people_of(present, offered.basis, sets, until).await {
			Ok(Ok(people)) => people,
			Err(NotNow::Silent(silent)) => {
				counting.pause(id, present.finalised.time.saturating_add(SILENT_PAUSE));
				return Err(silent.into());
			},
			Err(why) => return Err(why),
			Ok(Err(not)) => {
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
}
