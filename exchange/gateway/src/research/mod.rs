//! Counts for research: jobs are pulled from mailboxes, checked at the chain, counted once budget is reserved, and told once they are
//! settled. The protocol is `docs/research-protocol.md`; why it is so, `docs/decisions/0059`.
//!
//! - [`take`]: a job becomes a count, or waits for one that there is, or is refused.
//! - [`steps`]: a count goes on, by what the last final block says. What is done is on the disk before the next step begins, so that a gateway
//!   that was killed goes on where it was: noise is drawn once for a reservation, and nothing is given back.
//! - [`epochs`]: who is in a dataset, and what the chain is told of it. [`steward`]: what its steward asks.
//! - [`people`]: who is counted. [`subjects`]: what is known of them. [`mailbox`]: HTTP.

pub mod epochs;
mod mailbox;
mod people;
mod steps;
pub mod steward;
mod subjects;
mod take;

use crate::{
	chain::Silent,
	config::{read_p384, read_token, read_values, Research},
	gateway::{Failure, Gateway},
};
use p384::ecdsa::{signature::Signer, Signature, SigningKey};
use salus_counts::{
	query::ValueSetRef,
	reply::{with_signature, Refusal, Reply, Says},
	values::ValueSet,
	Hash,
};
use std::{
	collections::BTreeMap,
	fmt,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

/// How often it is looked whether a count can go on.
const EVERY: Duration = Duration::from_secs(6);
/// How often epochs are looked at.
const EPOCHS_EVERY: Duration = Duration::from_secs(60);
/// How many counts in one state, or replies, are looked at in one go.
const MOST: u32 = 64;

/// What counts are made with.
pub struct Counting {
	/// As it is configured.
	pub config: Research,
	key: SigningKey,
	/// Datasets with their value sets.
	sets: BTreeMap<u32, Vec<(ValueSetRef, ValueSet)>>,
	/// Mailboxes: a hash of the URL, the URL, and the token.
	mailboxes: Vec<(Hash, String, String)>,
	client: reqwest::Client,
	/// How long it was tried to make counts that are not made yet, by their numbers.
	taken: Mutex<BTreeMap<u64, Duration>>,
	/// What the chain had of datasets when it was looked at last.
	seen: Mutex<BTreeMap<u32, epochs::Seen>>,
}

/// Says nothing of what is secret.
impl fmt::Debug for Counting {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Counting").field("kid", &self.config.kid).finish_non_exhaustive()
	}
}

impl Counting {
	/// Reads the files that the configuration names.
	pub fn open(config: &Research) -> Result<Self, Failure> {
		let named = |file: &std::path::Path, problem: String| {
			Failure::Secret(format!("{} {problem}", file.display()))
		};
		let mut sets = BTreeMap::new();
		for dataset in &config.datasets {
			let read = dataset.values.iter().map(|file| {
				let set = read_values(file).map_err(|problem| named(file, problem))?;
				Ok((set.reference(), set))
			});
			sets.insert(dataset.id, read.collect::<Result<Vec<_>, Failure>>()?);
		}
		let mailboxes = config.mailboxes.iter().map(|mailbox| {
			let token = read_token(&mailbox.token).map_err(Failure::Secret)?;
			Ok((Hash::of(mailbox.url.as_bytes()), mailbox.url.clone(), token))
		});
		Ok(Self {
			key: read_p384(&config.key).map_err(|problem| named(&config.key, problem))?,
			sets,
			mailboxes: mailboxes.collect::<Result<Vec<_>, Failure>>()?,
			client: mailbox::client().map_err(Failure::Io)?,
			taken: Mutex::default(),
			seen: Mutex::default(),
			config: config.clone(),
		})
	}

	/// How long a count may take yet.
	fn left_for(&self, number: u64) -> Duration {
		let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
		self.config.longest.saturating_sub(taken.get(&number).copied().unwrap_or_default())
	}

	/// Notes how long it was tried to make a count. Once there is an end to it, the next try has all the time again.
	fn took(&self, number: u64, time: Duration, is_over: bool) {
		let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
		match is_over {
			true => drop(taken.remove(&number)),
			false => {
				let sum = taken.entry(number).or_default();
				*sum = sum.saturating_add(time);
			},
		}
	}

	/// The value set of a query for a dataset, if it is served.
	fn set(&self, dataset: u32, wanted: &ValueSetRef) -> Option<&ValueSet> {
		let sets = self.sets.get(&dataset)?;
		sets.iter().find_map(|(of, set)| (of == wanted).then_some(set))
	}

	/// The value sets of a dataset.
	fn sets_of(&self, dataset: u32) -> Vec<ValueSet> {
		self.sets.get(&dataset).into_iter().flatten().map(|(_, set)| set.clone()).collect()
	}

	fn sign(&self, reply: &Reply) -> String {
		let text = reply.to_sign(&self.config.kid);
		let signature: Signature = self.key.sign(text.as_bytes());
		with_signature(&text, &signature.to_bytes())
	}
}

/// Why something could not be done now. It is tried again.
#[derive(Debug)]
pub enum NotNow {
	/// The chain.
	Silent(Silent),
	/// Something here.
	Failure(Failure),
}

impl fmt::Display for NotNow {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Silent(silent) => silent.fmt(f),
			Self::Failure(failure) => failure.fmt(f),
		}
	}
}

impl From<Silent> for NotNow {
	fn from(silent: Silent) -> Self {
		Self::Silent(silent)
	}
}

impl From<Failure> for NotNow {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl Gateway {
	/// A signed reply to a job.
	fn signed_reply(
		&self,
		counting: &Counting,
		(dataset, job, permit): (u32, Hash, Option<u32>),
		says: Says,
	) -> String {
		counting.sign(&Reply {
			genesis: self.node.genesis(),
			custodian: self.config.organisation,
			dataset,
			job,
			permit,
			told: crate::chain::now(),
			says,
		})
	}

	fn signed_refusal(
		&self,
		counting: &Counting,
		of: (u32, Hash, Option<u32>),
		refusal: Refusal,
	) -> String {
		self.signed_reply(counting, of, Says::Refusal(refusal))
	}

	/// Takes jobs from the mailboxes.
	pub async fn pull_jobs(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		let at = crate::chain::now();
		self.blocking(move |gateway| Ok(gateway.store.forget_jobs(at)?)).await?;
		for (mailbox, url, token) in &counting.mailboxes {
			for dataset in &counting.config.datasets {
				if let Err(why) =
					self.pull(counting, (*mailbox, url.as_str(), token.as_str()), dataset).await
				{
					// Neither the URL nor what came from there.
					tracing::warn!(dataset = dataset.id, %why, "jobs are not pulled");
				}
			}
		}
		Ok(())
	}

	/// Looks once whether counts can go on, and tells mailboxes what they wait for.
	pub async fn go_on_counting(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		self.step(counting).await?;
		self.send_replies(counting).await
	}

	/// Pulls, goes on, and looks at epochs, again and again.
	pub async fn keep_counting(self: Arc<Self>) {
		let Some(every) = self.counting.as_ref().map(|it| it.config.every) else { return };
		let mut pull = tokio::time::interval(every);
		let mut step = tokio::time::interval(EVERY);
		let mut epochs = tokio::time::interval(EPOCHS_EVERY);
		for each in [&mut pull, &mut step, &mut epochs] {
			each.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
			// The first tick is at once.
			each.tick().await;
		}
		loop {
			let done = tokio::select! {
				_ = pull.tick() => self.pull_jobs().await,
				_ = step.tick() => self.go_on_counting().await,
				_ = epochs.tick() => self.look_at_epochs().await,
			};
			if let Err(why) = done {
				tracing::warn!(%why, "counting");
			}
		}
	}
}
