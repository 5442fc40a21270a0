//! A job that was pulled: it is refused, waits for a count of the same, or begins one. And whether a permit is alive, in both blocks.

use super::{mailbox::Unread, Counting, NotNow};
use crate::{
	chain::{
		now,
		research::{Offered, PermitFacts},
		Block, Present, Silent,
	},
	config::Dataset,
	gateway::Gateway,
	store::{JobRow, NewCount},
	vault::Kind,
};
use salus_counts::{
	job::{Job, JobFault, MAX_JOB_LIFE},
	mailbox::Entry,
	reply::{Code, Refusal, LAPSES},
	Hash,
};
use salus_research_permits::{Ending, Lapse, Standing};
use std::sync::Arc;

/// How long a refusal is kept at least, in seconds: if the job has expired, and if nobody has signed when it expires.
const SHORTEST: u64 = 3_600;
/// The most jobs that are kept. Each mailbox has an equal part of it, so that none of them keeps out the others.
const MOST_JOBS: u64 = 10_000;

/// Under what a count is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Under {
	/// The permit.
	pub permit: u32,
	/// The dataset.
	pub dataset: u32,
	/// Its version.
	pub version: u32,
}

/// What both blocks say of a permit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Judged {
	/// It is alive, and the version is in force.
	Live(Offered),
	/// The best block says no.
	Refused(Refusal),
	/// The best block says yes, and the last final one not yet.
	Later,
}

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

/// Why a permit is not alive, if it is not.
fn of_standing(standing: Standing) -> Option<Refusal> {
	match standing {
		Standing::Active => None,
		Standing::NotYet => Some(Code::PermitNotYet.into()),
		Standing::Ended(Ending::Revoked) => Some(Code::PermitRevoked.into()),
		Standing::Ended(Ending::Closed) => Some(Code::PermitClosed.into()),
		Standing::Suspended(set) => {
			let code = match set.contains(Lapse::Epoch) {
				true => Code::EpochOverdue,
				false => Code::PermitSuspended,
			};
			let named = LAPSES.into_iter().zip(Lapse::ALL);
			let lapses = named.filter(|(_, lapse)| set.contains(*lapse)).map(|(name, _)| name);
			Some(Refusal { code, lapses: lapses.collect() })
		},
	}
}

/// What one block says, at the moment `at`.
fn of_block(
	under: Under,
	custodian: u32,
	investigator: Option<[u8; 32]>,
	(permit, offered, at): (Option<PermitFacts>, Option<Offered>, u64),
) -> Result<Offered, Refusal> {
	let permit = permit.ok_or(Code::UnknownPermit)?;
	let offered = offered.filter(|offered| offered.custodian == custodian);
	let offered =
		offered.filter(|_| permit.record.dataset == under.dataset).ok_or(Code::OtherDataset)?;
	if investigator.is_some_and(|who| who != permit.investigator) {
		return Err(Code::NotInvestigator.into());
	}
	if let Some(refusal) = of_standing(permit.standing(&offered, at)) {
		return Err(refusal);
	}
	if offered.is_retired {
		return Err(Code::DatasetRetired.into());
	}
	match offered.version == under.version {
		true => Ok(offered),
		false => Err(Code::OldVersion.into()),
	}
}

impl Gateway {
	async fn judged_at(
		&self,
		at: &Block,
		under: Under,
		investigator: Option<[u8; 32]>,
	) -> Result<Result<Offered, Refusal>, Silent> {
		let (permit, offered) = tokio::try_join!(
			self.node.research_permit(at, under.permit),
			self.node.research_dataset(at, under.dataset),
		)?;
		let found = (permit, offered, at.time);
		Ok(of_block(under, self.config.organisation, investigator, found))
	}

	/// Whether a permit is alive and lets ask about that version, in both blocks.
	pub(super) async fn judged(
		&self,
		present: &Present,
		under: Under,
		investigator: Option<[u8; 32]>,
	) -> Result<Judged, Silent> {
		let (best, finalised) = tokio::try_join!(
			self.judged_at(&present.best, under, investigator),
			self.judged_at(&present.finalised, under, investigator),
		)?;
		Ok(match (best, finalised) {
			(Err(refusal), _) => Judged::Refused(refusal),
			(Ok(best), Ok(finalised)) if best == finalised => Judged::Live(finalised),
			_ => Judged::Later,
		})
	}

	/// Takes one job. False if it has to be looked at again later.
	pub(super) async fn take_job(
		self: &Arc<Self>,
		counting: &Counting,
		mailbox: &Hash,
		dataset: &Dataset,
		entry: Entry,
	) -> Result<bool, Unread> {
		// What has not even an id cannot be replied to.
		let Some(id) = entry.id else { return Ok(true) };
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
			return Ok(true);
		}
		if !has_room(kept, counting.mailboxes.len()) {
			tracing::warn!(
				dataset = dataset.id,
				"a mailbox has left too many jobs: no more of it are taken"
			);
			return Ok(false);
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
						Begun::Yes => return Ok(true),
						Begun::Later => return Ok(false),
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
		Ok(true)
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
				return Ok(Begun::Later);
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
		// The answer to one that is begun now could not be told any more: it would be of an epoch that is over.
		if self.holds_counts(counting, dataset, (&offered, &present.finalised)).await? {
			tracing::info!(dataset = dataset.id, "jobs wait until the next epoch is published");
			return Ok(Begun::Later);
		}
		// Each block must have enough left, and must not know the commitment.
		let custodian = self.config.organisation;
		for at in [&present.best, &present.finalised] {
			let (left, reserved) = tokio::try_join!(
				self.node.research_budget(at, custodian),
				self.node.research_reserved(at, custodian, &commitment),
			)?;
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
	/// It is refused.
	No(Refusal),
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::research::{Basis, PermitRecord};
	use salus_primitives::Interval;
	use salus_research_permits::{LapseSet, Permit, PermitEnd, VersionFrom};

	const UNDER: Under = Under { permit: 1, dataset: 7, version: 3 };

	const NOW: u64 = 10_000_000;
	const EPOCH_TIME: u64 = 30 * 86_400;

	fn offered() -> Offered {
		Offered {
			custodian: 3,
			basis: Basis::Consent,
			min_cohort: 5,
			is_retired: false,
			version: 3,
			terms_version: 1,
			epoch: 2,
			epoch_at: NOW - EPOCH_TIME + 1,
		}
	}

	fn permit(said: Standing) -> PermitFacts {
		let period = Interval::new(NOW - 100, NOW + 100);
		let record = PermitRecord {
			study: 4,
			dataset: 7,
			permit: Permit { period, renewal: None, ended: None },
			accepted: vec![VersionFrom { version: 1, from: NOW - 100 }],
		};
		PermitFacts { record, investigator: [1; 32], said }
	}

	fn refused(permit: PermitFacts, offered: Option<Offered>) -> Option<Refusal> {
		of_block(UNDER, 3, Some([1; 32]), (Some(permit), offered, NOW)).err()
	}

	fn code(said: Standing, offered: Option<Offered>) -> Option<&'static str> {
		refused(permit(said), offered).map(|refusal| refusal.code.name())
	}

	#[test]
	fn a_permit_must_be_alive_and_for_the_version_in_force() {
		use Standing::{Active, Ended, NotYet, Suspended};
		let suspended = |lapse| Suspended(LapseSet::EMPTY.with(Lapse::Report).with(lapse));
		let none = || Some(offered());
		assert_eq!(code(Active, none()), None);
		assert_eq!(code(NotYet, none()), Some("permitNotYet"));
		assert_eq!(code(suspended(Lapse::Ethics), none()), Some("permitSuspended"));
		assert_eq!(code(suspended(Lapse::Epoch), none()), Some("epochOverdue"));
		assert_eq!(code(Ended(Ending::Revoked), none()), Some("permitRevoked"));
		assert_eq!(code(Ended(Ending::Closed), none()), Some("permitClosed"));
		let of = |change: &dyn Fn(&mut Offered)| {
			let mut changed = offered();
			change(&mut changed);
			code(Active, Some(changed))
		};
		assert_eq!(of(&|it| it.is_retired = true), Some("datasetRetired"));
		assert_eq!(of(&|it| it.version = 4), Some("oldVersion"));
		assert_eq!(of(&|it| it.custodian = 4), Some("otherDataset"));
		assert_eq!(code(Active, None), Some("otherDataset"));
	}

	#[test]
	fn what_is_stored_of_a_permit_speaks_against_it_whatever_the_node_says() {
		type Change = fn(&mut PermitFacts, &mut Offered);
		assert_eq!(code(Standing::Active, Some(offered())), None);
		let cases: [(Change, &str, &[&str]); 6] = [
			(|it, _| it.record.permit.period.from = NOW + 1, "permitNotYet", &[]),
			(|it, _| it.record.permit.period.until = NOW, "permitSuspended", &["Expired"]),
			(|it, _| it.record.accepted.clear(), "permitSuspended", &["Terms"]),
			(|_, of| of.terms_version = 2, "permitSuspended", &["Terms"]),
			(|_, of| of.epoch_at = NOW - EPOCH_TIME, "epochOverdue", &["Epoch"]),
			(
				|it, of| {
					of.epoch_at = NOW - EPOCH_TIME;
					it.said = Standing::Suspended(LapseSet::EMPTY.with(Lapse::Licence));
				},
				"epochOverdue",
				&["Epoch", "Licence"],
			),
		];
		for (change, code, lapses) in cases {
			let (mut changed, mut of) = (permit(Standing::Active), offered());
			change(&mut changed, &mut of);
			let refusal = refused(changed, Some(of));
			let named = refusal.as_ref().map_or("", |refusal| refusal.code.name());
			assert_eq!(named, code);
			let found: Vec<&str> = refusal.into_iter().flat_map(|refusal| refusal.lapses).collect();
			assert_eq!(found, lapses);
		}
		for (how, code) in [(Ending::Revoked, "permitRevoked"), (Ending::Closed, "permitClosed")] {
			let mut changed = permit(Standing::Active);
			changed.record.permit.ended = Some(PermitEnd { at: NOW, how });
			let refusal = refused(changed, Some(offered()));
			assert_eq!(refusal.map(|refusal| refusal.code.name()), Some(code));
		}
	}

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

	#[test]
	fn every_lapse_of_the_chain_is_named() {
		for (name, lapse) in LAPSES.into_iter().zip(Lapse::ALL) {
			assert_eq!(name, format!("{lapse:?}"));
			let refusal = of_standing(Standing::Suspended(LapseSet::EMPTY.with(lapse))).unwrap();
			assert_eq!(refusal.lapses.into_iter().collect::<Vec<_>>(), [name]);
		}
		assert_eq!(LAPSES.len(), Lapse::ALL.len());
	}
}
