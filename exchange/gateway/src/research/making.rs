//! How a count is made: who is in it, with the noise that was drawn, and what is told of it. It may take long, so that nothing else waits for it.

use super::{
	judging::{Judged, Under},
	steps::{does_not_go_on, told_name, DAMAGED},
	Counting, NotNow,
};
use crate::{
	chain::{now, research::Offered, Present},
	config::Dataset,
	gateway::{Failure, Gateway},
	store::{CountRow, CountState, NotCounted},
	vault::{random, Kind},
};
use salus_counts::{
	query::Query,
	reply::{Code, Count},
	told::{least_cohort, tell},
	values::ValueSet,
	Hash,
};
use std::{
	collections::BTreeSet,
	sync::Arc,
	time::{Duration, Instant},
};

/// How long it is not tried again to make a count that could not be made, for each time that it could not, and at most, in seconds. Each try takes up
/// to `research.longest`, in which no other count is made, and costs whoever asks nothing.
const PAUSE: (u64, u64) = (3_600, 86_400);

/// After what time no other count is made in the same go. In each go each is tried once.
const GO: Duration = Duration::from_secs(60);

/// When a count that could not be made one more time is tried again at the earliest.
fn again(tries: u32, now: u64) -> u64 {
	let times = u64::from(tries).saturating_add(1);
	now.saturating_add(PAUSE.0.saturating_mul(times).min(PAUSE.1))
}

fn code_of(why: NotCounted) -> Code {
	match why {
		NotCounted::TooMany => Code::TooManyPeople,
		NotCounted::TooLong => Code::TookTooLong,
	}
}

impl Gateway {
	/// Makes counts that are reserved and for which somebody waits, one after the other, in their turns. Before each it is looked anew who waits and
	/// what the chain says: the one before may have taken long. One that fails keeps no other from being made.
	pub(super) async fn make_all(self: &Arc<Self>, counting: &Counting) -> Result<(), NotNow> {
		let (begun, mut tried) = (Instant::now(), BTreeSet::new());
		while begun.elapsed() < GO {
			let mut waiting = self.blocking(|it| it.waiting_in(CountState::Reserved)).await?;
			counting.turns().keep(&waiting);
			waiting.retain(|it| !tried.contains(&it.number));
			let next = counting.turns().next(&waiting, &[]);
			let Some(next) = next else { return Ok(()) };
			let number = next.number;
			tried.insert(number);
			let found = move |it: &Self| Ok(it.store.count_in(CountState::Reserved, number)?);
			let Some(row) = self.blocking(found).await? else { continue };
			let Some(present) = self.present_for_counts().await else { return Ok(()) };
			let done = self.reserved(counting, present, row).await;
			counting.turns().had(&next, matches!(done, Err(NotNow::Failure(_))));
			if let Err(why) = done {
				does_not_go_on(number, &why);
			}
		}
		Ok(())
	}

	/// Counts, if somebody waits whose permit is alive, and keeps what is told. If it cannot be done, whoever waits is told so, and whoever
	/// asks the same within a while too; the count stays reserved, with its noise, and the next who asks the same after that has it
	/// tried again for the same cost.
	async fn reserved(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: CountRow,
	) -> Result<(), NotNow> {
		let Some(offered) = self.alive_of(counting, &present, &row).await? else { return Ok(()) };
		if let Some((why, _)) = row.failed.filter(|(_, again)| now() < *again) {
			let waiting = self.waiting(&row).await?;
			return self.refuse_all(counting, &row, waiting, &code_of(why).into()).await;
		}
		if !self.may_ask_about_people(&present).await? {
			return Ok(());
		}
		let query = self.query_of(&row)?;
		let known = counting.config.datasets.iter().find(|it| it.id == row.of.dataset);
		let set = counting.set(row.of.dataset, query.values());
		let (Some(dataset), Some(set)) = (known, set) else {
			// It was configured otherwise meanwhile.
			let waiting = self.waiting(&row).await?;
			return self.refuse_all(counting, &row, waiting, &Code::UnknownValueSet.into()).await;
		};
		match self.count_of(counting, present, &row, (&offered, &query, set)).await? {
			Ok(count) => self.keep_count(present, row, count, (dataset, &offered)).await,
			Err(why) => {
				let limit = counting.config.longest.as_secs();
				tracing::error!(count = row.number, ?why, limit, "a count could not be made");
				let (number, again) = (row.number, again(row.tries, now()));
				self.blocking(move |it| Ok(it.store.count_failed(number, why, again)?)).await?;
				let waiting = self.waiting(&row).await?;
				self.refuse_all(counting, &row, waiting, &code_of(why).into()).await
			},
		}
	}

	/// The dataset as it is offered, if somebody waits whose permit is alive. Those whose permits are not are refused.
	async fn alive_of(
		self: &Arc<Self>,
		counting: &Counting,
		present: &Present,
		row: &CountRow,
	) -> Result<Option<Offered>, NotNow> {
		let mut alive = None;
		for job in self.waiting(row).await? {
			let Some(permit) = job.permit else { continue };
			match self.judged(present, Under::of(&row.of, permit), None).await? {
				// The epoch of a version never changes.
				Judged::Live(offered) if offered.epoch == row.of.epoch => alive = Some(offered),
				Judged::Live(_) | Judged::Later => {},
				Judged::Refused(refusal) => {
					self.refuse_all(counting, row, vec![job], &refusal).await?
				},
			}
		}
		Ok(alive)
	}

	/// What was asked.
	fn query_of(&self, row: &CountRow) -> Result<Query, Failure> {
		let asked = self.vault.open(Kind::Count, &row.of.commitment.0, &row.of.asked);
		let asked = asked.map_err(|_| DAMAGED)?;
		let (_, canonical) = asked.split_first_chunk::<32>().ok_or(DAMAGED)?;
		Query::read(canonical).map_err(|_| DAMAGED)
	}

	/// How many there are, without noise. It is told nobody.
	async fn count_of(
		self: &Arc<Self>,
		counting: &Counting,
		present: Present,
		row: &CountRow,
		(offered, query, set): (&Offered, &Query, &ValueSet),
	) -> Result<Result<u64, NotCounted>, NotNow> {
		// Without its noise nothing is told: nobody is looked at for that.
		self.noise_of(row)?;
		let (begun, left) = (Instant::now(), counting.left_for(row.number));
		let until = begun.checked_add(left).unwrap_or(begun);
		let counted = self.count_people(present, offered.basis, (query, set), until).await;
		// What broke off, because the node did not answer, took its time too.
		counting.took(row.number, begun.elapsed(), counted.is_ok());
		counted
	}

	/// The noise that was drawn when budget was reserved.
	fn noise_of(&self, row: &CountRow) -> Result<i64, Failure> {
		let noise = row.noise.as_ref().ok_or(DAMAGED)?;
		let noise = self.vault.open(Kind::Noise, &row.of.commitment.0, noise);
		let noise = noise.map_err(|_| DAMAGED)?;
		Ok(i64::from_le_bytes(noise.try_into().map_err(|_| DAMAGED)?))
	}

	/// Keeps what is told of a count, in the place of its noise.
	async fn keep_count(
		self: &Arc<Self>,
		present: Present,
		row: CountRow,
		count: u64,
		(dataset, offered): (&Dataset, &Offered),
	) -> Result<(), NotNow> {
		let (of, noise) = (&row.of, self.noise_of(&row)?);
		let reservation = row.reservation.ok_or(DAMAGED)?;
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
		let sealed = self.vault.seal(Kind::Count, &told_name(&of.commitment), &kept);
		let (number, sealed) = (row.number, sealed.map_err(Failure::Io)?);
		self.blocking(move |it| Ok(it.store.count_made(number, &sealed, &result)?)).await?;
		tracing::info!(count = number, reservation, "a count is made");
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_time_that_a_count_could_not_be_made_it_waits_longer() {
		let hour = 3_600;
		assert_eq!([0, 1, 2].map(|tries| again(tries, 7)), [1, 2, 3].map(|hours| 7 + hours * hour));
		assert_eq!(again(u32::MAX, 7), 7 + 24 * hour);
		assert_eq!(again(0, u64::MAX), u64::MAX);
	}
}
