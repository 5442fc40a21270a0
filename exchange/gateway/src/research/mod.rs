//! Counts for research: jobs are pulled from mailboxes, checked at the chain, counted once budget is reserved, and told once they are
//! settled. The protocol is `docs/research-protocol.md`; why it is so, `docs/decisions/0059`.
//!
//! - [`take`]: a job becomes a count, or waits for one that there is, or is refused. [`judging`]: whether permits are alive, and the house is licensed.
//! - [`steps`]: a count goes on, by what the last final block says. What is done is on the disk before the next step begins, so that a gateway
//!   that was killed goes on where it was: noise is drawn once for a reservation, and nothing is given back.
//! - [`making`]: a count is made. It may take long, and nothing else waits for it. [`turns`]: which one is next, also to have its budget reserved.
//! - [`epochs`]: who is in a dataset, and what the chain is told of it. [`steward`]: what its steward asks.
//! - [`people`]: who is counted. [`subjects`]: what is known of them. [`mailbox`]: HTTP. [`replies`]: how replies are kept.

pub mod epochs;
mod judging;
mod mailbox;
mod making;
mod people;
mod replies;
mod steps;
pub mod steward;
mod subjects;
mod take;
mod turns;

use crate::{
	chain::Silent,
	config::{read_token, read_values, Research},
	gateway::{Failure, Gateway},
	keys::{KeyFault, P384},
};
use mailbox::Mailbox;
use salus_counts::{
	query::ValueSetRef,
	reply::{with_signature, Refusal, Reply, Says},
	values::ValueSet,
	Hash,
};
use std::{
	collections::BTreeMap,
	fmt,
	future::Future,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};
use tokio::{sync::OnceCell, task::JoinSet};

/// How often it is looked whether a count can go on.
const EVERY: Duration = Duration::from_secs(6);
/// How often epochs are looked at.
const EPOCHS_EVERY: Duration = Duration::from_secs(60);

/// What counts are made with.
pub struct Counting {
	/// As it is configured.
	pub config: Research,
	key: P384,
	/// Datasets with their value sets.
	sets: BTreeMap<u32, Vec<(ValueSetRef, ValueSet)>>,
	/// Mailboxes: 16 at most.
	mailboxes: Vec<Arc<Mailbox>>,
	client: reqwest::Client,
	/// Held while a job is taken: of two at the same time each would find that there is no count of the same, and that there is room.
	taking: tokio::sync::Mutex<()>,
	/// Whether no reply is kept any more that was kept in the clear by an earlier version.
	sealed: OnceCell<()>,
	/// How long it was tried to make counts that are not made yet, by their numbers.
	taken: Mutex<BTreeMap<u64, Duration>>,
	/// Whose turn it is.
	turns: Mutex<turns::Turns>,
	/// What the chain had of datasets when it was looked at last.
	seen: Mutex<BTreeMap<u32, epochs::Seen>>,
	/// Datasets of which the next epoch was asked for.
	asked: Mutex<BTreeMap<u32, epochs::Asked>>,
	/// Told when one is asked for.
	woken: tokio::sync::Notify,
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
			Ok(Arc::new(Mailbox::new(&mailbox.url, token)))
		});
		let key = P384::open(&config.key);
		let key = key.map_err(|fault| Failure::Secret(format!("research.key: {fault}")))?;
		for warning in key.warnings() {
			tracing::warn!("research.key: {warning}");
		}
		Ok(Self {
			key,
			sets,
			mailboxes: mailboxes.collect::<Result<Vec<_>, Failure>>()?,
			client: mailbox::client().map_err(Failure::Io)?,
			taking: tokio::sync::Mutex::default(),
			sealed: OnceCell::new(),
			taken: Mutex::default(),
			turns: Mutex::default(),
			seen: Mutex::default(),
			asked: Mutex::default(),
			woken: tokio::sync::Notify::new(),
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

	async fn sign(&self, reply: &Reply) -> Result<String, NotNow> {
		let text = reply.to_sign(&self.config.kid);
		let signature = self.key.sign(text.as_bytes()).await?;
		Ok(with_signature(&text, &signature))
	}
}

/// Why something could not be done now. It is tried again.
#[derive(Debug)]
pub enum NotNow {
	/// The chain.
	Silent(Silent),
	/// The key that signs replies.
	Key(KeyFault),
	/// Something here.
	Failure(Failure),
}

impl fmt::Display for NotNow {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Silent(silent) => silent.fmt(f),
			Self::Key(fault) => write!(f, "research.key does not sign: {fault}"),
			Self::Failure(failure) => failure.fmt(f),
		}
	}
}

impl From<Silent> for NotNow {
	fn from(silent: Silent) -> Self {
		Self::Silent(silent)
	}
}

impl From<KeyFault> for NotNow {
	fn from(fault: KeyFault) -> Self {
		Self::Key(fault)
	}
}

impl From<Failure> for NotNow {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl Gateway {
	/// A signed reply to a job.
	async fn signed_reply(
		&self,
		counting: &Counting,
		(dataset, job, permit): (u32, Hash, Option<u32>),
		says: Says,
	) -> Result<String, NotNow> {
		let reply = Reply {
			genesis: self.node.genesis(),
			custodian: self.config.organisation,
			dataset,
			job,
			permit,
			told: crate::chain::now(),
			says,
		};
		counting.sign(&reply).await
	}

	async fn signed_refusal(
		&self,
		counting: &Counting,
		of: (u32, Hash, Option<u32>),
		refusal: Refusal,
	) -> Result<String, NotNow> {
		self.signed_reply(counting, of, Says::Refusal(refusal)).await
	}

	/// Does something with each mailbox, with all of them at the same time, until all of it has ended.
	async fn at_each_mailbox<F: Future<Output = ()> + Send + 'static>(
		self: &Arc<Self>,
		counting: &Counting,
		what: impl Fn(Arc<Self>, Arc<Mailbox>) -> F,
	) {
		let mut all = JoinSet::new();
		for mailbox in &counting.mailboxes {
			all.spawn(what(Arc::clone(self), Arc::clone(mailbox)));
		}
		while let Some(ended) = all.join_next().await {
			if let Err(error) = ended {
				tracing::error!(%error, "what is done with a mailbox has ended before its time");
			}
		}
	}

	async fn pull_mailbox(self: Arc<Self>, mailbox: Arc<Mailbox>) {
		let Some(counting) = self.counting.as_ref() else { return };
		self.pull_from(counting, &mailbox).await;
	}

	async fn tell_mailbox(self: Arc<Self>, mailbox: Arc<Mailbox>) {
		let Some(counting) = self.counting.as_ref() else { return };
		if let Err(why) = self.tell(counting, &mailbox).await {
			tracing::warn!(%why, "counting");
		}
	}

	/// Reads a mailbox and tells it replies, again and again. Neither waits for the other.
	async fn keep_mailbox(self: Arc<Self>, mailbox: Arc<Mailbox>) {
		let Some(counting) = self.counting.as_ref() else { return };
		tokio::join!(
			again_and_again(counting.config.every, || async {
				self.pull_from(counting, &mailbox).await;
				Ok(())
			}),
			again_and_again(EVERY, || self.tell(counting, &mailbox)),
		);
	}

	/// Forgets jobs that have expired.
	async fn forget_jobs(self: &Arc<Self>) -> Result<(), NotNow> {
		let at = crate::chain::now();
		Ok(self.blocking(move |gateway| Ok(gateway.store.forget_jobs(at)?)).await?)
	}

	/// Takes jobs from all mailboxes, once.
	pub async fn pull_jobs(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		self.forget_jobs().await?;
		self.at_each_mailbox(counting, Self::pull_mailbox).await;
		Ok(())
	}

	/// Looks once whether counts can go on, and then tells mailboxes what they wait for. What takes long is done by [`Gateway::make_counts`].
	pub async fn go_on_counting(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		self.step(counting).await?;
		self.at_each_mailbox(counting, Self::tell_mailbox).await;
		Ok(())
	}

	/// Makes all counts that can be made, one after the other.
	pub async fn make_counts(self: &Arc<Self>) -> Result<(), NotNow> {
		let Some(counting) = self.counting.as_ref() else { return Ok(()) };
		self.make_all(counting).await
	}

	/// Looks at epochs, again and again; at once when one is asked for, and every few seconds from then on until the chain has it.
	async fn keep_looking_at_epochs(self: &Arc<Self>, counting: &Counting) {
		loop {
			let pause = if counting.awaits_epochs() { EVERY } else { EPOCHS_EVERY };
			tokio::select! {
				() = tokio::time::sleep(pause) => {},
				() = counting.woken.notified() => {},
			}
			if let Err(why) = self.look_at_epochs().await {
				tracing::warn!(%why, "counting");
			}
		}
	}

	/// Reads mailboxes and tells them replies, goes on, makes counts, and looks at epochs, again and again. None of them waits for another, nor a
	/// mailbox for another one: a count may take long, and so may a researcher's server.
	pub async fn keep_counting(self: Arc<Self>) {
		let Some(counting) = self.counting.as_ref() else { return };
		tokio::join!(
			again_and_again(counting.config.every, || self.forget_jobs()),
			again_and_again(EVERY, || self.step(counting)),
			again_and_again(EVERY, || self.make_counts()),
			self.keep_looking_at_epochs(counting),
			self.at_each_mailbox(counting, Self::keep_mailbox),
		);
	}
}

/// Does something so often, or as often as it can be done.
async fn again_and_again<F: Future<Output = Result<(), NotNow>>>(
	every: Duration,
	what: impl Fn() -> F,
) {
	let mut ticks = tokio::time::interval(every);
	ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
	// The first tick is at once.
	ticks.tick().await;
	loop {
		ticks.tick().await;
		if let Err(why) = what().await {
			tracing::warn!(%why, "counting");
		}
	}
}
