//! How a count goes on. Each step rests on the last final block, and is on the disk before the next one.

use super::{
	judging::{Judged, Under, UNLICENSED},
	Counting, NotNow,
};
use crate::{
	chain::{extrinsic::Call, Present},
	gateway::{Failure, Gateway},
	store::{CountRow, CountState, JobRow, NewCount, Store, StoreFault},
	submit::Due,
	vault::{random, Kind},
};
use salus_counts::{
	noise::{discrete_laplace, Bits, NoNoise},
	reply::{Answer, Code, Count, Refusal, Says},
	Hash,
};
use std::{future::Future, io, sync::Arc};

/// How many counts in a state are read from the store in one go.
const READ_AT_ONCE: u32 = 64;
/// How many counts that are to be settled are due at a time.
const MOST_DUE: u32 = 64;

/// How counts are read from the store: those after a number.
type Rows = fn(&Store, u64) -> Result<Vec<CountRow>, StoreFault>;

pub(super) const DAMAGED: Failure = Failure::Vault("what is kept of a count does not open");

/// Random bits of the operating system.
struct Os;

impl Bits for Os {
	type Error = io::Error;

	fn next(&mut self) -> io::Result<u64> {
		random::<8>().map(u64::from_le_bytes)
	}
}

/// What submissions of reservations begin with, before the number of the count.
const RESERVATION: &str = "reservation:";

/// What a submission of it is called.
fn reservation_of(row: &CountRow) -> String {
	format!("{RESERVATION}{}", row.number)
}

/// Of which count a submission is the reservation, if it is one.
pub(super) fn number_of(what: &str) -> Option<u64> {
	what.strip_prefix(RESERVATION)?.parse().ok()
}

pub(super) fn told_name(commitment: &Hash) -> Vec<u8> {
	[commitment.0.as_slice(), b"told"].concat()
}

/// Tells the log that a count does not go on. It is tried again.
pub(super) fn does_not_go_on(count: u64, why: &NotNow) {
	match why {
		NotNow::Silent(silent) => tracing::warn!(count, %silent, "a count does not go on"),
		NotNow::Failure(_) | NotNow::Key(_) => {
			tracing::error!(count, %why, "a count does not go on")
		},
	}
}

impl Gateway {
	/// What of counts the chain does not have yet, at this height of the final block.
	pub(crate) fn due_of_counts(&self, height: u64) -> Result<Vec<Due>, Failure> {
		let Some(counting) = self.counting.as_ref() else { return Ok(Vec::new()) };
		let custodian = self.config.organisation;
		let mut due = Vec::new();
		for row in self.store.counts_in(CountState::Counted, 0, MOST_DUE)? {
			let (Some(query), Some(result)) = (row.reservation, row.result) else { continue };
			due.push(Due {
				what: format!("settlement:{}", row.number),
				call: Call::SettleQuery { custodian, query, result },
			});
		}
		for row in self.to_reserve(counting, height)? {
			let NewCount { permit, version, commitment, epsilon, .. } = row.of;
			due.push(Due {
				what: reservation_of(&row),
				call: Call::ReserveQuery { custodian, permit, version, commitment, epsilon },
			});
		}
		Ok(due)
	}

	/// Looks at all counts that are not done, but for those that are to be made.
	pub(super) async fn step(self: &Arc<Self>, counting: &Counting) -> Result<(), NotNow> {
		let reserving: Rows =
			|store, after| store.counts_in(CountState::Reserving, after, READ_AT_ONCE);
		self.each(reserving, |at, row| self.reserving(counting, at, row)).await?;
		let counted: Rows =
			|store, after| store.counts_in(CountState::Counted, after, READ_AT_ONCE);
		self.each(counted, |at, row| self.counted(counting, at, row)).await?;
		let settled: Rows =
			|store, after| store.counts_awaited(CountState::Settled, after, READ_AT_ONCE);
		self.each(settled, |at, row| self.tell_all(counting, at, row)).await?;
		// Whoever came to wait in the moment in which it was given up, and all if the gateway was killed then.
		let void: Rows = |store, after| store.counts_awaited(CountState::Void, after, READ_AT_ONCE);
		self.each(void, |_, row| self.not_reserved(counting, row)).await
	}

	/// The best and the last final block; none if the node cannot be relied on now.
	pub(super) async fn present_for_counts(&self) -> Option<Present> {
		match self.node.present().await {
			Ok(present) => Some(present),
			Err(stale) => {
				tracing::warn!(%stale, "nothing is counted");
				None
			},
		}
	}

	/// Does a step for each of some counts. For each of them it is looked anew what the chain says now: the one before may have taken long. One that
	/// fails keeps no other from going on, unless the node cannot be relied on at all.
	async fn each<F: Future<Output = Result<(), NotNow>>>(
		self: &Arc<Self>,
		rows: Rows,
		step: impl Fn(Present, CountRow) -> F,
	) -> Result<(), NotNow> {
		let mut after = 0;
		loop {
			let found = self.blocking(move |it| Ok(rows(&it.store, after)?)).await?;
			let Some(last) = found.last() else { return Ok(()) };
			after = last.number;
			for row in found {
				let count = row.number;
				let Some(present) = self.present_for_counts().await else { return Ok(()) };
				if let Err(why) = step(present, row).await {
					does_not_go_on(count, &why);
				}
			}
		}
	}

	/// Looks whether budget was reserved. If it was, noise is drawn and kept: in one transaction with that, so that there is one for each
	/// reservation. If it cannot be any more, the jobs are refused.
	async fn reserving(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: CountRow,
	) -> Result<(), NotNow> {
		let custodian = self.config.organisation;
		let NewCount { permit, version, commitment, epsilon, .. } = row.of;
		let found = self.node.research_reserved(&present.finalised, custodian, &commitment).await?;
		if let Some((reservation, found)) = found {
			let is_it = found.permit == permit
				&& found.version == version
				&& found.epsilon == epsilon
				&& found.result.is_none();
			if !is_it {
				// Somebody else acts for this organisation with this commitment, or an old copy of the database was put back: what was
				// drawn for it once is not drawn again.
				tracing::error!(
					count = row.number,
					"the chain has a commitment of this gateway otherwise"
				);
				return self.used_otherwise(counting, &row).await;
			}
			let noise = discrete_laplace(epsilon, &mut Os).map_err(|why| match why {
				NoNoise::Bits(error) => Failure::Io(error),
				NoNoise::Epsilon | NoNoise::Overflow => {
					Failure::Io(io::Error::other("no noise was drawn"))
				},
			})?;
			let sealed = self
				.vault
				.seal(Kind::Noise, &commitment.0, &noise.to_le_bytes())
				.map_err(Failure::Io)?;
			let number = row.number;
			self.blocking(move |it| Ok(it.store.count_reserved(number, reservation, &sealed)?))
				.await?;
			tracing::info!(count = number, reservation, "budget is reserved");
			return Ok(());
		}
		let best = self.node.research_budget(&present.best, custodian).await?;
		let is_licensed = self.is_licensed(&present.best).await?;
		let expires = self.waiting(&row).await?.iter().map(|job| job.expires).max();
		let alike = |code: Code| (Refusal::from(code), Refusal::from(code));
		let (refusal, others) =
			match self.judged(&present, Under::of(&row.of, permit), None).await? {
				// What ends the permit of whoever asked first is no word about those of the others.
				Judged::Refused(refusal) => (refusal, Code::NotReserved.into()),
				_ if expires.is_none() => alike(Code::NotReserved),
				_ if best.is_none_or(|left| left < epsilon) => alike(Code::BudgetSpent),
				_ if !is_licensed => {
					tracing::warn!(
						count = row.number,
						"this organisation has no licence: the chain takes no reservation of it"
					);
					alike(UNLICENSED)
				},
				// They waited for their turn, and what would be reserved now could be lost.
				_ if expires.is_some_and(|expires| counting.is_too_late(expires, 0)) => {
					alike(Code::Expired)
				},
				_ => return Ok(()),
			};
		// Nothing is handed in meanwhile, and nothing of it is on its way.
		let _alone = self.handing_in.lock().await;
		let (what, height) = (reservation_of(&row), u64::from(present.finalised.number));
		let number = row.number;
		let is_over = self
			.blocking(move |it| {
				let sent = it.store.submissions()?;
				let is_over = !sent.iter().any(|each| each.what == what && each.dies > height);
				if is_over {
					it.store.count_void(number)?;
				}
				Ok(is_over)
			})
			.await?;
		if is_over {
			let waiting = self.waiting(&row).await?.into_iter();
			let (first, rest) = waiting.partition(|job| job.permit == Some(permit));
			self.refuse_all(counting, &row, first, &refusal).await?;
			self.refuse_all(counting, &row, rest, &others).await?;
		}
		Ok(())
	}

	/// Gives up a count of which the chain has something else, and tells those who wait for it.
	async fn used_otherwise(
		self: &Arc<Self>,
		counting: &Counting,
		row: &CountRow,
	) -> Result<(), NotNow> {
		let number = row.number;
		self.blocking(move |it| Ok(it.store.count_void(number)?)).await?;
		let waiting = self.waiting(row).await?;
		self.refuse_all(counting, row, waiting, &Code::CommitmentUsed.into()).await
	}

	/// Tells those who wait for a count that was given up.
	async fn not_reserved(
		self: &Arc<Self>,
		counting: &Counting,
		row: CountRow,
	) -> Result<(), NotNow> {
		let waiting = self.waiting(&row).await?;
		self.refuse_all(counting, &row, waiting, &Code::NotReserved.into()).await
	}

	/// Looks whether the chain has the commitment to what is told.
	async fn counted(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: CountRow,
	) -> Result<(), NotNow> {
		let custodian = self.config.organisation;
		let commitment = row.of.commitment;
		let found = self.node.research_reserved(&present.finalised, custodian, &commitment).await?;
		let settled = found.and_then(|(_, found)| found.result).map(|(result, _)| Hash(result));
		let Some(settled) = settled else { return Ok(()) };
		if Some(settled) != row.result {
			// An old copy of the database was put back, of before what was told: that is known here no more, and nothing else is told.
			tracing::error!(count = row.number, "the chain has another result than this gateway");
			return self.used_otherwise(counting, &row).await;
		}
		let number = row.number;
		self.blocking(move |it| Ok(it.store.count_settled(number)?)).await?;
		Ok(())
	}

	/// Tells all who wait for a count, each if its own permit is alive.
	async fn tell_all(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: CountRow,
	) -> Result<(), NotNow> {
		let open = |name: &[u8], sealed: &[u8]| {
			let kept = self.vault.open(Kind::Count, name, sealed).map_err(|_| DAMAGED)?;
			let (salt, text) = kept.split_first_chunk::<32>().ok_or(DAMAGED)?;
			Ok::<_, Failure>((Hash(*salt), text.to_vec()))
		};
		let of = &row.of;
		let told = row.told.as_ref().ok_or(DAMAGED)?;
		let (query_salt, _) = open(&of.commitment.0, &of.asked)?;
		let (result_salt, text) = open(&told_name(&of.commitment), told)?;
		let count = Count::read(&text).map_err(|_| DAMAGED)?;
		let answer = Answer { count, query_salt, result_salt };
		for job in self.waiting(&row).await? {
			let Some(permit) = job.permit else { continue };
			let says = match self.judged(&present, Under::of(of, permit), None).await? {
				Judged::Live(_) => Says::Answer(Box::new(answer)),
				Judged::Refused(refusal) => Says::Refusal(refusal),
				Judged::Later => continue,
			};
			let of = (job.dataset, job.id, job.permit);
			let reply = self.signed_reply(counting, of, says).await?;
			self.keep_reply(&job, &reply).await?;
		}
		Ok(())
	}

	pub(super) async fn waiting(self: &Arc<Self>, row: &CountRow) -> Result<Vec<JobRow>, NotNow> {
		let number = row.number;
		Ok(self.blocking(move |it| Ok(it.store.waiting_for(number)?)).await?)
	}

	pub(super) async fn refuse_all(
		self: &Arc<Self>,
		counting: &Counting,
		row: &CountRow,
		waiting: Vec<JobRow>,
		refusal: &Refusal,
	) -> Result<(), NotNow> {
		for job in waiting {
			tracing::info!(count = row.number, code = %refusal.code, "a job is refused");
			let of = (job.dataset, job.id, job.permit);
			let reply = self.signed_refusal(counting, of, refusal.clone()).await?;
			self.keep_reply(&job, &reply).await?;
		}
		Ok(())
	}
}
