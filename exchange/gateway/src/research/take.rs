//! A job that was pulled: it is refused, waits for a count of the same, or begins one.

use super::{
	judging::{Judged, Under, UNLICENSED},
	mailbox::Unread,
	Counting, NotNow,
};
use crate::{
	chain::now,
	config::Dataset,
	gateway::Gateway,
	store::{JobRow, NewCount},
	vault::Kind,
};
use salus_counts::{
	job::{Job, JobFault, MAX_JOB_LIFE},
	mailbox::Entry,
	reply::{Code, Refusal},
	Hash,
};
use std::sync::Arc;

/// How long a refusal is kept at least, in seconds: if the job has expired, and if nobody has signed when it expires.
const SHORTEST: u64 = 3_600;
/// The most jobs that are kept. Each mailbox has an equal part of it, so that none of them keeps out the others.
const MOST_JOBS: u64 = 10_000;

/// Whether one more job of a mailbox is kept, of so many mailboxes: where so many are kept, of all mailboxes and of this one.
fn has_room((all, of_mailbox): (u64, u64), mailboxes: usize) -> bool {
	let mailboxes = u64::try_from(mailboxes).unwrap_or(u64::MAX);
	all < MOST_JOBS && of_mailbox < MOST_JOBS.checked_div(mailboxes).unwrap_or(0)
}

fn of_fault(fault: JobFault) -> Code {
	match fault {
		JobFault::OtherChain => Code::OtherChain,
		JobFault::Expired => Code::Expired,
		JobFault::NotYet => Code::NotYet,
		JobFault::TooLong => Code::TooLong,
		JobFault::Signature => Code::Signature,
	}
}

/// What became of a job that was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Taken {
	/// It is known: it waits for a count, or has its reply.
	Yes,
	/// It is to be looked at again. Those behind it may be taken before that.
	Later,
	/// It is to be looked at again, and so is every other of its mailbox.
	NoneNow,
}

impl Gateway {
	/// Takes one job, if it can be taken now.
	pub(super) async fn take_job(
		self: &Arc<Self>,
		counting: &Counting,
		mailbox: &Hash,
		dataset: &Dataset,
		entry: Entry,
	) -> Result<Taken, Unread> {
		// What has not even an id cannot be replied to.
		let Some(id) = entry.id else { return Ok(Taken::Yes) };
		let mailbox = *mailbox;
		let _alone = counting.taking.lock().await;
		let permit = entry.job.as_ref().map_or(0, |signed| signed.job.permit);
		let (is_known, kept, open) = self
			.blocking(move |it| {
				let kept = it.store.jobs_kept(&mailbox)?;
				Ok((it.store.knows_job(&mailbox, &id)?, kept, it.store.jobs_open(permit)?))
			})
			.await?;
		if is_known {
			return Ok(Taken::Yes);
		}
		if !has_room(kept, counting.mailboxes.len()) {
			tracing::warn!(
				dataset = dataset.id,
				"a mailbox has left too many jobs: no more of it are taken"
			);
			return Ok(Taken::NoneNow);
		}
		let row = JobRow {
			mailbox,
			id,
			dataset: dataset.id,
			permit: entry.job.as_ref().ok().map(|signed| signed.job.permit),
			expires: entry.job.as_ref().map_or(0, |signed| signed.job.expires),
			reply: None,
			attempts: 0,
		};
		let (refusal, expires) = match &entry.job {
			Err(_) => (Refusal::from(Code::Malformed), 0),
			Ok(signed) => match signed.check(&self.node.genesis(), now()) {
				// Nothing is known to be signed, and so not how long it would be kept.
				Err(fault) => (Refusal::from(of_fault(fault)), 0),
				Ok(()) => {
					let known = (counting, dataset, open);
					match self.begin_job(known, &signed.job, &row).await? {
						Begun::Yes => return Ok(Taken::Yes),
						Begun::Later => return Ok(Taken::Later),
						Begun::NoneNow => return Ok(Taken::NoneNow),
						Begun::No(refusal) => (refusal, row.expires),
					}
				},
			},
		};
		tracing::info!(dataset = dataset.id, permit, code = %refusal.code, "a job is refused");
		let of = (row.dataset, row.id, row.permit);
		let reply = self.signed_refusal(counting, of, refusal).await?;
		let (first, last) = (now().saturating_add(SHORTEST), now().saturating_add(MAX_JOB_LIFE));
		let reply = self.sealed_reply((&mailbox, &id), &reply)?;
		let row = JobRow { expires: expires.clamp(first, last), reply: Some(reply), ..row };
		self.blocking(move |it| Ok(it.store.put_replied(&row)?)).await?;
		Ok(Taken::Yes)
	}

	/// Begins a count, or waits for one that there is.
	async fn begin_job(
		self: &Arc<Self>,
		(counting, dataset, open): (&Counting, &Dataset, u64),
		job: &Job,
		row: &JobRow,
	) -> Result<Begun, NotNow> {
		let no = |code: Code| Ok(Begun::No(code.into()));
		if job.dataset != dataset.id {
			return no(Code::OtherDataset);
		}
		let Some(set) = counting.set(dataset.id, job.query.values()) else {
			return no(Code::UnknownValueSet);
		};
		if job.query.groups().iter().any(|group| set.concepts(&group.code).is_none()) {
			return no(Code::UnknownCode);
		}
		let present = match self.node.present().await {
			Ok(present) => present,
			Err(stale) => {
				tracing::warn!(%stale, "jobs wait");
				return Ok(Begun::NoneNow);
			},
		};
		let under = Under { permit: job.permit, dataset: job.dataset, version: job.version };
		let offered = match self.judged(&present, under, Some(job.investigator.0)).await? {
			Judged::Live(offered) => offered,
			Judged::Refused(refusal) => return Ok(Begun::No(refusal)),
			Judged::Later => return Ok(Begun::Later),
		};
		if open >= u64::from(counting.config.most_jobs) {
			return no(Code::TooManyJobs);
		}
		let canonical = job.query.canonical();
		let commitment = job.commitment();
		let asked = [job.salt.0.as_slice(), canonical.as_bytes()].concat();
		let of = NewCount {
			dataset: job.dataset,
			version: job.version,
			epoch: offered.epoch,
			query: self.vault.index("research", canonical.as_bytes()),
			permit: job.permit,
			commitment,
			epsilon: dataset.epsilon,
			asked: self
				.vault
				.seal(Kind::Count, &commitment.0, &asked)
				.map_err(crate::gateway::Failure::Io)?,
		};
		let (waiting, same) = (row.clone(), of.clone());
		if self.blocking(move |it| Ok(it.store.wait_for_count(&waiting, &same)?)).await? {
			return Ok(Begun::Yes);
		}
		// It could expire before it is told, and what is reserved for it would be lost.
		if counting.is_too_late(job.expires, 0) {
			return no(Code::Expired);
		}
		// The answer to one that is begun now could not be told any more: it would be of an epoch that is over.
		if self.holds_counts(counting, dataset, (&offered, &present.finalised)).await? {
			tracing::debug!(dataset = dataset.id, "a job waits until the next epoch is published");
			return Ok(Begun::Later);
		}
		// Each block must have a licence of this house and enough left, and must not know the commitment.
		let custodian = self.config.organisation;
		for at in [&present.best, &present.finalised] {
			let (is_licensed, left, reserved) = tokio::try_join!(
				self.is_licensed(at),
				self.node.research_budget(at, custodian),
				self.node.research_reserved(at, custodian, &commitment),
			)?;
			if !is_licensed {
				tracing::warn!(
					dataset = dataset.id,
					"this organisation has no licence: the chain takes no reservation of it"
				);
				return no(UNLICENSED);
			}
			if reserved.is_some() {
				return no(Code::CommitmentUsed);
			}
			if left.is_none_or(|left| left < of.epsilon) {
				return no(Code::BudgetSpent);
			}
		}
		if self.blocking(move |it| Ok(it.store.commitment_used(&commitment)?)).await? {
			return no(Code::CommitmentUsed);
		}
		let row = row.clone();
		self.blocking(move |it| Ok(it.store.begin_count(&row, &of)?)).await?;
		Ok(Begun::Yes)
	}
}

/// What became of a job.
enum Begun {
	/// It waits for a count.
	Yes,
	/// It is looked at again later.
	Later,
	/// It is looked at again later, as every other is: nothing is known of the chain now.
	NoneNow,
	/// It is refused.
	No(Refusal),
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_mailbox_has_its_part_of_the_jobs_that_are_kept() {
		for (all, own, mailboxes, has) in [
			(9_999, 9_999, 1, true),
			(10_000, 10_000, 1, false),
			(5_000, 5_000, 2, false),
			(5_000, 0, 2, true),
			(9_999, 4_999, 2, true),
			(10_000, 0, 2, false),
			(625, 625, 16, false),
			(0, 0, 0, false),
		] {
			assert_eq!(has_room((all, own), mailboxes), has, "{all} {own} {mailboxes}");
		}
	}
}
