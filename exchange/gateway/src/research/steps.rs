//! How a count goes on. Each step rests on the last final block, and is on the disk before the next one.

use super::{
	people::NotCounted,
	take::{Judged, Under},
	Counting, NotNow, MOST,
};
use crate::{
	chain::{extrinsic::Call, Present},
	gateway::{Failure, Gateway},
	store::{CountRow, CountState, JobRow, NewCount},
	submit::Due,
	vault::{random, Kind},
};
use salus_counts::{
	noise::{discrete_laplace, Bits, NoNoise},
	query::Query,
	reply::{Answer, Code, Count, Refusal, Says},
	told::{least_cohort, tell},
	Hash,
};
use std::{io, sync::Arc, time::Instant};

const DAMAGED: Failure = Failure::Vault("what is kept of a count does not open");

/// Random bits of the operating system.
struct Os;

impl Bits for Os {
	type Error = io::Error;

	fn next(&mut self) -> io::Result<u64> {
		random::<8>().map(u64::from_le_bytes)
	}
}

fn under(of: &NewCount, permit: u32) -> Under {
	Under { permit, dataset: of.dataset, version: of.version }
}

/// What a submission of it is called.
fn reservation_of(row: &CountRow) -> String {
	format!("reservation:{}", row.number)
}

fn told_name(commitment: &Hash) -> Vec<u8> {
	[commitment.0.as_slice(), b"told"].concat()
}

impl Gateway {
	/// What of counts the chain does not have yet.
	pub(crate) fn due_of_counts(&self) -> Result<Vec<Due>, Failure> {
		if self.counting.is_none() {
			return Ok(Vec::new());
		}
		let custodian = self.config.organisation;
		let mut due = Vec::new();
		for row in self.store.counts_in(CountState::Counted, 0, MOST)? {
			let (Some(query), Some(result)) = (row.reservation, row.result) else { continue };
			due.push(Due {
				what: format!("settlement:{}", row.number),
				call: Call::SettleQuery { custodian, query, result },
			});
		}
		for row in self.store.counts_in(CountState::Reserving, 0, MOST)? {
			let NewCount { permit, version, commitment, epsilon, .. } = row.of;
			due.push(Due {
				what: reservation_of(&row),
				call: Call::ReserveQuery { custodian, permit, version, commitment, epsilon },
			});
		}
		Ok(due)
	}

	/// Looks at all counts that are not done. For each of them it is looked anew what the chain says now: the one before may have taken long.
	pub(super) async fn step(self: &Arc<Self>, counting: &Counting) -> Result<(), NotNow> {
		self.each(CountState::Reserving, |at, row| self.reserving(counting, at, row)).await?;
		self.each(CountState::Reserved, |at, row| self.reserved(counting, at, row)).await?;
		self.each(CountState::Counted, |at, row| self.counted(at, row)).await?;
		let settled = self.blocking(|it| Ok(it.store.counts_to_tell(MOST)?)).await?;
		for row in settled {
			let Some(present) = self.present_for_counts().await else { return Ok(()) };
			self.tell_all(counting, &present, &row).await?;
		}
		Ok(())
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

	async fn each<F: std::future::Future<Output = Result<(), NotNow>>>(
		self: &Arc<Self>,
		state: CountState,
		step: impl Fn(Present, CountRow) -> F,
	) -> Result<(), NotNow> {
		let mut after = 0;
		loop {
			let rows = self.blocking(move |it| Ok(it.store.counts_in(state, after, MOST)?)).await?;
			let Some(last) = rows.last() else { return Ok(()) };
			after = last.number;
			for row in rows {
				let number = row.number;
				let Some(present) = self.present_for_counts().await else { return Ok(()) };
				match step(present, row).await {
					Ok(()) => {},
					Err(NotNow::Failure(failure)) => {
						// The others go on.
						tracing::error!(count = number, %failure, "a count does not go on");
					},
					Err(silent) => return Err(silent),
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
				let (number, waiting) = (row.number, self.waiting(&row).await?);
				self.blocking(move |it| Ok(it.store.count_void(number)?)).await?;
				self.refuse_all(counting, &row, waiting, &Code::CommitmentUsed.into()).await?;
				return Ok(());
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
		let waiting = self.waiting(&row).await?;
		let best = self.node.research_budget(&present.best, custodian).await?;
		let refusal = match self.judged(&present, under(&row.of, permit), None).await? {
			Judged::Refused(refusal) => Some(refusal),
			_ if waiting.is_empty() => Some(Code::NotReserved.into()),
			_ if best.is_none_or(|left| left < epsilon) => Some(Code::BudgetSpent.into()),
			_ => None,
		};
		let Some(refusal) = refusal else { return Ok(()) };
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
			self.refuse_all(counting, &row, waiting, &refusal).await?;
		}
		Ok(())
	}

	/// Counts, if somebody waits whose permit is alive, and keeps what is told. If that takes longer than it may, whoever waits is told so; the
	/// count stays reserved, with its noise, and the next who asks the same has it counted again for the same cost.
	async fn reserved(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: CountRow,
	) -> Result<(), NotNow> {
		let mut alive = None;
		for job in self.waiting(&row).await? {
			let Some(permit) = job.permit else { continue };
			match self.judged(&present, under(&row.of, permit), None).await? {
				// The epoch of a version never changes.
				Judged::Live(offered) if offered.epoch == row.of.epoch => alive = Some(offered),
				Judged::Live(_) | Judged::Later => {},
				Judged::Refused(refusal) => {
					self.refuse_all(counting, &row, vec![job], &refusal).await?
				},
			}
		}
		let (Some(offered), Some(reservation), Some(noise)) =
			(alive, row.reservation, row.noise.as_ref())
		else {
			return Ok(());
		};
		let of = &row.of;
		let asked = self.vault.open(Kind::Count, &of.commitment.0, &of.asked);
		let asked = asked.map_err(|_| DAMAGED)?;
		let (_, canonical) = asked.split_first_chunk::<32>().ok_or(DAMAGED)?;
		let query = Query::read(canonical).map_err(|_| DAMAGED)?;
		let noise = self.vault.open(Kind::Noise, &of.commitment.0, noise).map_err(|_| DAMAGED)?;
		let noise = i64::from_le_bytes(noise.try_into().map_err(|_| DAMAGED)?);
		let known = counting.config.datasets.iter().find(|it| it.id == of.dataset);
		let set = counting.set(of.dataset, query.values());
		let (Some(dataset), Some(set)) = (known, set) else {
			// It was configured otherwise meanwhile.
			let waiting = self.waiting(&row).await?;
			return self.refuse_all(counting, &row, waiting, &Code::UnknownValueSet.into()).await;
		};
		let (begun, left) = (Instant::now(), counting.left_for(row.number));
		let until = begun.checked_add(left).unwrap_or(begun);
		let counted = self.count_people(present, offered.basis, (&query, set), until).await;
		// What broke off, because the node did not answer, took its time too.
		counting.took(row.number, begun.elapsed(), counted.is_ok());
		let count = match counted? {
			Ok(count) => count,
			Err(not) => {
				let code = match not {
					NotCounted::TooMany => Code::TooManyPeople,
					NotCounted::TooLong => {
						let limit = counting.config.longest.as_secs();
						tracing::error!(count = row.number, limit, "a count took too long");
						Code::TookTooLong
					},
				};
				let waiting = self.waiting(&row).await?;
				return self.refuse_all(counting, &row, waiting, &code.into()).await;
			},
		};
		let told = Count {
			genesis: self.node.genesis(),
			custodian: self.config.organisation,
			dataset: of.dataset,
			version: of.version,
			epoch: of.epoch,
			permit: of.permit,
			query: of.commitment,
			reservation,
			epsilon: of.epsilon,
			block: present.finalised.hash,
			block_number: present.finalised.number,
			moment: present.finalised.time,
			result: tell(count, noise, least_cohort(dataset.k, offered.min_cohort)),
		};
		let salt = Hash(random::<32>().map_err(Failure::Io)?);
		let result = told.commitment(&salt);
		let kept = [salt.0.as_slice(), told.canonical().as_bytes()].concat();
		let sealed =
			self.vault.seal(Kind::Count, &told_name(&of.commitment), &kept).map_err(Failure::Io)?;
		let number = row.number;
		self.blocking(move |it| Ok(it.store.count_made(number, &sealed, &result)?)).await?;
		tracing::info!(count = number, reservation, "a count is made");
		Ok(())
	}

	/// Looks whether the chain has the commitment to what is told.
	async fn counted(self: &Arc<Self>, present: Present, row: CountRow) -> Result<(), NotNow> {
		let custodian = self.config.organisation;
		let commitment = row.of.commitment;
		let found = self.node.research_reserved(&present.finalised, custodian, &commitment).await?;
		let settled = found.and_then(|(_, found)| found.result).map(|(result, _)| Hash(result));
		let Some(settled) = settled else { return Ok(()) };
		if Some(settled) != row.result {
			tracing::error!(count = row.number, "the chain has another result than this gateway");
			return Ok(());
		}
		let number = row.number;
		self.blocking(move |it| Ok(it.store.count_settled(number)?)).await?;
		Ok(())
	}

	/// Tells all who wait for a count, each if its own permit is alive.
	async fn tell_all(
		self: &Arc<Self>,
		counting: &Counting,
		present: &Present,
		row: &CountRow,
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
		for job in self.waiting(row).await? {
			let Some(permit) = job.permit else { continue };
			let says = match self.judged(present, under(of, permit), None).await? {
				Judged::Live(_) => Says::Answer(Box::new(answer)),
				Judged::Refused(refusal) => Says::Refusal(refusal),
				Judged::Later => continue,
			};
			let reply = self.signed_reply(counting, (job.dataset, job.id, job.permit), says);
			self.blocking(move |it| Ok(it.store.reply(&job.mailbox, &job.id, &reply)?)).await?;
		}
		Ok(())
	}

	async fn waiting(self: &Arc<Self>, row: &CountRow) -> Result<Vec<JobRow>, NotNow> {
		let number = row.number;
		Ok(self.blocking(move |it| Ok(it.store.waiting_for(number)?)).await?)
	}

	async fn refuse_all(
		self: &Arc<Self>,
		counting: &Counting,
		row: &CountRow,
		waiting: Vec<JobRow>,
		refusal: &Refusal,
	) -> Result<(), NotNow> {
		for job in waiting {
			tracing::info!(count = row.number, code = %refusal.code, "a job is refused");
			let of = (job.dataset, job.id, job.permit);
			let reply = self.signed_refusal(counting, of, refusal.clone());
			self.blocking(move |it| Ok(it.store.reply(&job.mailbox, &job.id, &reply)?)).await?;
		}
		Ok(())
	}
}
