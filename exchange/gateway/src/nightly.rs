//! Comparing the access log with each counterparty's, each night by itself. Both sides do it, so that what only one logged, and what was changed
//! or dated otherwise afterwards, is named to the officers of both. Each of the last days is compared in each night: what is written later, with the
//! date of a day that was compared before, lies in such a day.

use crate::{
	chain::now,
	fetch::NotFetched,
	gateway::{Failure, Gateway},
	others::NoPlace,
	store::{Compared, ComparedStanding, Differences},
	vault::random,
};
use salus_exchange_protocol::{
	event::RequesterKind,
	reconcile::{Comparison, Entry, DAY},
};
use serde_json::{json, Value};
use std::{collections::BTreeSet, sync::Arc, time::Duration};

/// How many days are compared, and tried again: of those before nothing more is to be expected from a counterparty that did not answer.
pub const AGAIN: u64 = 7;
/// Within how many seconds after the configured time it begins, at random, so that not all ask at the same moment.
const JITTER: u64 = 3_600;
/// Within how many seconds a day is not compared twice: somewhat less than from one night to the next.
const ONCE: u64 = DAY / 2;
/// Of how many days differences are counted.
const MONTH: u64 = 31;
/// How many entries of each kind are kept by name. All are counted.
const NAMED: usize = 200;

/// An entry as it is told to an officer.
pub(crate) fn named(entry: &Entry) -> Value {
	json!({
		"seq": entry.seq, "hash": entry.hash.to_string(), "time": entry.access.time, "requestId": entry.access.request_id.to_string(),
		"recordId": entry.access.record_id,
	})
}

/// What differs, as it is told to an officer.
pub(crate) fn differences(found: &Comparison, most: usize) -> Value {
	let all = |entries: &[Entry]| entries.iter().take(most).map(named).collect::<Vec<_>>();
	let differing = found.matched.iter().filter(|pair| !pair.differ.is_empty()).take(most);
	let differing = differing.map(|pair| {
		json!({ "source": named(&pair.source), "recipient": named(&pair.recipient), "differ": pair.differ })
	});
	json!({
		"onlyOurs": all(&found.only_ours), "onlyTheirs": all(&found.only_theirs), "unattributed": all(&found.unattributed),
		"disagreements": differing.collect::<Vec<_>>(),
	})
}

fn counted(found: &Comparison) -> Differences {
	let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
	Differences {
		matched: count(found.matched.len()),
		only_ours: count(found.only_ours.len()),
		only_theirs: count(found.only_theirs.len()),
		unattributed: count(found.unattributed.len()),
		differing: count(found.matched.iter().filter(|pair| !pair.differ.is_empty()).count()),
	}
}

/// The seconds until a time of day (in seconds, UTC) comes next.
fn until_next(now: u64, at: u64) -> u64 {
	let passed = now.checked_rem(DAY).unwrap_or(0);
	match at > passed {
		true => at.saturating_sub(passed),
		false => DAY.saturating_sub(passed).saturating_add(at),
	}
}

impl Gateway {
	/// With whom a day is to be compared: whoever the log of that day tells of, and all others who are known. One of whom our log tells nothing
	/// may have something about us in theirs.
	async fn counterparties(self: &Arc<Self>, day: u64) -> Result<[BTreeSet<u32>; 2], Failure> {
		let from = day.saturating_mul(DAY);
		let (mut in_log, mut known) = self
			.blocking(move |gateway| {
				let known: BTreeSet<u32> =
					gateway.store.organisations_with_profiles()?.into_iter().collect();
				let all = gateway.store.others_between(from, from.saturating_add(DAY))?;
				Ok((all, known))
			})
			.await?;
		known.extend(self.config.others.gateways.iter().map(|row| row.organisation));
		in_log.remove(&self.config.organisation);
		known.remove(&self.config.organisation);
		known.retain(|organisation| !in_log.contains(organisation));
		Ok([in_log, known])
	}

	/// Compares the days of the last week that are over, and were not compared in this night, with each counterparty. Tells how many were, and how
	/// many could not be.
	pub async fn reconcile_due(self: &Arc<Self>, now: u64) -> Result<(u64, u64), Failure> {
		let today = now.checked_div(DAY).unwrap_or(0);
		let this_night = now.saturating_sub(ONCE);
		let (mut done, mut failed) = (0_u64, 0_u64);
		for day in today.saturating_sub(AGAIN)..today {
			let [in_log, known] = self.counterparties(day).await?;
			for organisation in in_log.iter().chain(&known).copied() {
				let is_done = self
					.blocking(move |gateway| {
						Ok(gateway.store.is_compared(day, organisation, this_night)?)
					})
					.await?;
				if is_done {
					continue;
				}
				let compared =
					self.reconcile(None, organisation, day, RequesterKind::Machine).await;
				let is_nobody = matches!(&compared, Err(NotFetched::Place(NoPlace::Unknown(_))));
				if is_nobody && known.contains(&organisation) {
					// A profile without a gateway, and nothing between the two.
					continue;
				}
				let (fault, counts, found) = match &compared {
					Ok(found) => {
						done = done.saturating_add(1);
						(None, counted(found), Some(differences(found, NAMED).to_string()))
					},
					Err(not) => {
						failed = failed.saturating_add(1);
						tracing::warn!(
							organisation,
							day,
							code = not.code(),
							"a day could not be compared"
						);
						(Some(not.code().to_owned()), Differences::default(), None)
					},
				};
				let Differences { only_ours, only_theirs, differing, .. } = counts;
				if only_ours > 0 || only_theirs > 0 || differing > 0 {
					tracing::warn!(
						organisation,
						day,
						only_ours,
						only_theirs,
						differing,
						"the access logs differ: GET /reconciliations names the entries"
					);
				}
				let row =
					Compared { day, organisation, tried: now, attempts: 0, fault, counts, found };
				self.blocking(move |gateway| Ok(gateway.store.put_compared(&row)?)).await?;
			}
		}
		Ok((done, failed))
	}

	/// How things stand: differences of the last month, and what could not be compared of the last week.
	pub(crate) fn compared_standing(&self, now: u64) -> Result<ComparedStanding, Failure> {
		let today = now.checked_div(DAY).unwrap_or(0);
		let month = self.store.compared_standing(today.saturating_sub(MONTH))?;
		let week = self.store.compared_standing(today.saturating_sub(AGAIN))?;
		Ok(ComparedStanding { unanswered: week.unanswered, ..month })
	}

	/// Compares each night, if the house has a key to ask with.
	pub async fn keep_reconciling(self: Arc<Self>) {
		let Some(at) = self.config.nightly.filter(|_| self.signer.is_some()) else { return };
		loop {
			let jitter = random::<8>().map(u64::from_le_bytes).unwrap_or(0);
			let jitter = jitter.checked_rem(JITTER).unwrap_or(0);
			let wait = until_next(now(), at).saturating_add(jitter);
			tokio::time::sleep(Duration::from_secs(wait)).await;
			match self.reconcile_due(now()).await {
				Ok((done, failed)) => {
					tracing::info!(done, failed, "the access log was compared with others'")
				},
				Err(failure) => tracing::error!(%failure, "comparing the access log"),
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn it_begins_at_the_next_time_of_that_day_or_of_the_next() {
		let half_past_two = 9_000;
		assert_eq!(until_next(20 * DAY, half_past_two), 9_000);
		assert_eq!(until_next(20 * DAY + 8_999, half_past_two), 1);
		assert_eq!(until_next(20 * DAY + 9_000, half_past_two), DAY);
		assert_eq!(until_next(20 * DAY + 9_001, half_past_two), DAY - 1);
		assert_eq!(until_next(20 * DAY, 0), DAY);
	}
}
