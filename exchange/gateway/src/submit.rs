//! Handing in what must reach the chain: acknowledgements of revocations, epochs of datasets, what counts for research are settled with and reserve, the head of the access log once a day, and batches of
//! commitments. Kinds take turns in this order, so that many of one kind keep no other waiting. What is to be handed in follows from the chain's last final state and the store alone, so that a gateway
//! that was killed at any moment goes on where it was; and the chain refuses each of them a second time. One transaction is on its
//! way at a time: until the chain has it, or it cannot be included any more.
//!
//! It needs the key of an account that has the role `DataSteward` at the organisation (`chain.key`). Without one nothing is handed in, and whoever
//! holds such a key takes it from `GET /outbox`.

use crate::{
	chain::{
		extrinsic::{transaction, Call, LIFE},
		now,
		outgoing::LogStands,
		Present, Silent,
	},
	gateway::{ticks, Failure, Gateway},
	store::{NoticeState, Submission},
};
use salus_exchange_protocol::{tree::MerkleTree, Hash};
use std::{fmt, sync::Arc, time::Duration};

/// Why something could not be handed in.
type NotHandedIn = Box<dyn std::error::Error + Send + Sync>;

/// How often it is looked whether there is something to hand in.
const EVERY: Duration = Duration::from_secs(6);
/// The most acknowledgements that are looked at in one go.
const MOST: u32 = 100;
/// How long what failed waits before it is tried again, at first and at most, in seconds.
const WAIT: (u64, u64) = (60, 3_600);

/// The kinds, in the order of their turns.
const KINDS: [&str; 6] = ["acknowledgement", "epoch", "settlement", "reservation", "head", "batch"];

/// Something that the chain is to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
	/// What for, as in [`Submission::what`].
	pub what: String,
	/// The call.
	pub call: Call,
}

impl Due {
	/// The kind of what it is for: `acknowledgement`, say.
	pub fn kind(&self) -> &str {
		self.what.split(':').next().unwrap_or_default()
	}
}

/// Which of `waiting`, which are in the order of [`KINDS`], has its turn after one of the kind `last`: the first of a kind that follows it.
fn turn<'due>(waiting: &[&'due Due], last: Option<&str>) -> Option<&'due Due> {
	let place = |kind: &str| KINDS.iter().position(|each| *each == kind);
	let after = last.and_then(place);
	waiting.iter().find(|due| place(due.kind()) > after).or(waiting.first()).copied()
}

/// Whether a transaction that was handed in, with this for an answer, may have been taken all the same: unless the node itself says that it was not.
fn may_be_on_its_way(silent: &Silent) -> bool {
	!matches!(silent, Silent::Refused(_) | Silent::Busy)
}

/// Why the log is not committed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoHead {
	/// The chain has more entries than there are here: so many, and so many.
	Missing(u64, u64),
	/// The log was begun anew on the chain, and not here.
	BegunAnew(u32),
}

impl fmt::Display for NoHead {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Missing(there, here) => write!(
				f,
				"the chain is committed to {there} entries of the access log, and it has {here}: entries are missing, or an old copy was put back"
			),
			Self::BegunAnew(epoch) => {
				write!(f, "on the chain the access log was begun anew ({epoch} times), and here it was not")
			},
		}
	}
}

/// What of the log is committed to next: from which entry to just before which one, and under which head.
pub fn next_head(stands: Option<LogStands>, length: u64) -> Result<(u64, u64, Hash), NoHead> {
	let (entries, head, epoch) =
		stands.map_or((0, Hash([0; 32]), 0), |it| (it.entries, it.head, it.epoch));
	if epoch != 0 {
		return Err(NoHead::BegunAnew(epoch));
	}
	match entries > length {
		true => Err(NoHead::Missing(entries, length)),
		false => Ok((entries, length, head)),
	}
}

impl Gateway {
	/// All that the chain does not have yet, in the order of [`KINDS`].
	pub async fn due(self: &Arc<Self>, present: &Present) -> Result<Vec<Due>, Failure> {
		let organisation = self.config.organisation;
		let mut due = Vec::new();
		let revoked = self.blocking(|gateway| Ok(gateway.store.revocations(MOST)?)).await?;
		for notice in revoked.iter().filter(|notice| notice.state == NoticeState::Due) {
			let (patient, directive) = (notice.patient, notice.directive);
			due.push(Due {
				what: format!("acknowledgement:{patient}:{directive}"),
				call: Call::Acknowledge { organisation, patient, directive },
			});
		}
		due.extend(self.due_of_epochs(present).await?);
		let height = u64::from(present.finalised.number);
		due.extend(self.blocking(move |gateway| gateway.due_of_counts(height)).await?);
		match self.node.log_stands(&present.finalised, organisation).await {
			Ok(stands) => due.extend(self.head(present, stands).await?),
			Err(silent) => {
				tracing::warn!(%silent, "where the log stands on the chain is not known")
			},
		}
		let open = self.look_for_batches().await?;
		due.extend(open.iter().map(|batch| Due {
			what: format!("batch:{}", batch.number),
			call: Call::AnchorBatch { organisation, root: batch.root, leaves: batch.leaves },
		}));
		Ok(due)
	}

	/// The commit to the new entries of the log, if it is time for one. Of a day without an entry it is made all the same.
	async fn head(
		self: &Arc<Self>,
		present: &Present,
		stands: Option<LogStands>,
	) -> Result<Option<Due>, Failure> {
		let every = self.config.heads_every.as_secs();
		let last = stands.map(|stands| stands.last_at.saturating_add(every));
		if last.is_some_and(|next| present.finalised.time < next) {
			return Ok(None);
		}
		let organisation = self.config.organisation;
		let made = self.blocking(move |gateway| {
			let next = next_head(stands, gateway.store.log_length()?);
			Ok(match next {
				Ok((from, until, previous)) => {
					let hashes = gateway.store.log_hashes(from, until)?;
					let root = MerkleTree::new(&hashes).map_or(Hash([0; 32]), |tree| tree.root());
					Ok(Call::CommitLog { organisation, from, until, root, previous })
				},
				Err(no) => Err(no),
			})
		});
		match made.await? {
			Ok(call) => {
				let number = stands.map_or(0, |stands| stands.commits);
				Ok(Some(Due { what: format!("head:{number}"), call }))
			},
			Err(no) => {
				self.meters.log_broken();
				tracing::error!(%no, "the access log is not committed to");
				Ok(None)
			},
		}
	}

	/// Looks for revocations, and hands in what is due, if there is a key and nothing is on its way.
	pub async fn hand_in(self: &Arc<Self>) -> Result<(), Failure> {
		// Two at the same time would each find that nothing is on its way.
		let mut last = self.handing_in.lock().await;
		let present = match self.node.present().await {
			Ok(present) => present,
			Err(stale) => {
				tracing::warn!(%stale, "nothing is looked for or handed in");
				return Ok(());
			},
		};
		self.look_for_revocations(&present).await?;
		let Some(key) = self.steward.as_ref() else { return Ok(()) };
		let due = self.due(&present).await?;
		let sent = self.blocking(|gateway| Ok(gateway.store.submissions()?)).await?;
		let height = u64::from(present.finalised.number);
		let mut on_its_way = false;
		for submission in &sent {
			match due.iter().any(|each| each.what == submission.what) {
				true => on_its_way |= submission.dies > height,
				false => {
					let what = submission.what.clone();
					self.blocking(move |gateway| Ok(gateway.store.submitted(&what)?)).await?;
				},
			}
		}
		if on_its_way {
			return Ok(());
		}
		let before = |what: &str| sent.iter().find(|submission| submission.what == what);
		let waits = |each: &&Due| before(&each.what).is_none_or(|it| it.again <= now());
		let waiting: Vec<&Due> = due.iter().filter(waits).collect();
		let Some(next) = turn(&waiting, last.as_deref()) else { return Ok(()) };
		// A number of 40 digits at most, and no handle.
		let kind = next.kind().to_owned();
		*last = Some(kind.clone());
		let attempts = before(&next.what).map_or(0, |it| it.attempts).saturating_add(1);
		let wait = WAIT.0.saturating_mul(2_u64.saturating_pow(attempts.saturating_sub(1)));
		let mut submission = Submission {
			what: next.what.clone(),
			attempts,
			dies: height.saturating_add(u64::from(LIFE)),
			again: now().saturating_add(wait.min(WAIT.1)),
		};
		// Before it is handed in: whoever is killed in between waits for it.
		let written = submission.clone();
		self.blocking(move |gateway| Ok(gateway.store.put_submission(&written)?)).await?;
		let handed: Result<(), (NotHandedIn, bool)> = async {
			let (born, best) = (present.finalised, &present.best);
			let signed = self.node.next_signed(&key.account(), born, best).await;
			let signed = signed.map_err(|silent| (silent.into(), false))?;
			let transaction = transaction(&next.call, key, &signed).await;
			let transaction = transaction.map_err(|fault| (fault.into(), false))?;
			self.node.submit(&transaction).await.map_err(|silent| {
				let may_be = may_be_on_its_way(&silent);
				(silent.into(), may_be)
			})
		}
		.await;
		match handed {
			Ok(()) => tracing::info!(kind, attempts, "handed in"),
			Err((why, true)) => {
				tracing::error!(kind, attempts, %why, "whether what was handed in was taken is not known");
			},
			Err((why, false)) => {
				tracing::error!(kind, attempts, %why, "what is due could not be handed in");
				// It is on no way: what else is due need not wait for it.
				submission.dies = 0;
				self.blocking(move |gateway| Ok(gateway.store.put_submission(&submission)?))
					.await?;
			},
		}
		Ok(())
	}

	/// Hands in, again and again.
	pub async fn keep_handing_in(self: Arc<Self>) {
		let mut ticks = ticks(EVERY);
		loop {
			ticks.tick().await;
			if let Err(failure) = self.hand_in().await {
				tracing::error!(%failure, "handing in");
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn many_of_one_kind_keep_no_other_waiting() {
		let due = |what: &str| Due {
			what: what.into(),
			call: Call::AnchorBatch { organisation: 1, root: Hash([0; 32]), leaves: 1 },
		};
		let mut all: Vec<Due> =
			(0..9).map(|at| due(&format!("acknowledgement:0x1:{at}"))).collect();
		all.extend(["epoch:7:3", "reservation:1", "reservation:2", "head:0", "batch:4"].map(due));
		let (mut last, mut handed) = (None::<String>, Vec::new());
		while let Some(next) = turn(&all.iter().collect::<Vec<_>>(), last.as_deref()).cloned() {
			last = Some(next.kind().to_owned());
			all.retain(|each| *each != next);
			handed.push(next.what);
		}
		assert_eq!(
			handed[..8],
			[
				"acknowledgement:0x1:0",
				"epoch:7:3",
				"reservation:1",
				"head:0",
				"batch:4",
				"acknowledgement:0x1:1",
				"reservation:2",
				"acknowledgement:0x1:2"
			]
		);
		assert_eq!((handed.len(), turn(&[], Some("batch"))), (14, None));
	}

	#[test]
	fn what_the_node_does_not_refuse_may_be_on_its_way() {
		let text = || "text".to_owned();
		for (silent, may_be) in [
			(Silent::Refused(text()), false),
			(Silent::Busy, false),
			(Silent::Unreachable(text()), true),
			(Silent::Wrong(text()), true),
		] {
			assert_eq!(may_be_on_its_way(&silent), may_be, "{silent}");
		}
	}

	fn stands(epoch: u32, entries: u64) -> LogStands {
		LogStands { commits: 4, epoch, entries, head: Hash([7; 32]), last_at: 9 }
	}

	#[test]
	fn the_next_commit_goes_on_where_the_chain_is() {
		assert_eq!(next_head(None, 0), Ok((0, 0, Hash([0; 32]))));
		assert_eq!(next_head(None, 5), Ok((0, 5, Hash([0; 32]))));
		assert_eq!(next_head(Some(stands(0, 5)), 5), Ok((5, 5, Hash([7; 32]))));
		assert_eq!(next_head(Some(stands(0, 5)), 9), Ok((5, 9, Hash([7; 32]))));
	}

	#[test]
	fn a_log_that_is_shorter_than_the_chain_knows_or_was_begun_anew_is_not_committed_to() {
		assert_eq!(next_head(Some(stands(0, 6)), 5), Err(NoHead::Missing(6, 5)));
		assert_eq!(next_head(Some(stands(1, 0)), 5), Err(NoHead::BegunAnew(1)));
	}
}
