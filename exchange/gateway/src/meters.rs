//! What is counted, for Prometheus: nothing of it names a patient, a record or who asks.

use crate::{
	chain::{compared::Agreement, now},
	gateway::{Failure, Gateway},
	store::ComparedStanding,
	upstream::Counts,
};
use std::{
	fmt::Write,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
};

/// What answers are counted as.
const ANSWERS: [&str; 7] =
	["answered", "refused", "unauthenticated", "stale", "limited", "invalid", "failed"];

/// Counts since the start.
#[derive(Debug, Default)]
pub struct Meters {
	answers: [AtomicU64; 7],
	log_broken: AtomicU64,
	/// What became of resources of the house's FHIR server, how often a type could not be read, and when all could be last.
	upstream: [AtomicU64; 6],
	upstream_at: AtomicU64,
	/// How often the house's FHIR server told that something has changed.
	notified: AtomicU64,
	/// How many decisions were compared with the node's runtime, and how many differed.
	agreement: [AtomicU64; 2],
}

/// What became of resources of the house's FHIR server, and that they could not be read.
const UPSTREAM: [&str; 6] = ["held", "quarantined", "refused", "gone", "unread", "failed"];

impl Meters {
	fn count(&self, what: &str) {
		if let Some((_, count)) = ANSWERS.iter().zip(&self.answers).find(|(name, _)| **name == what)
		{
			count.fetch_add(1, Ordering::Relaxed);
		}
	}

	/// An answer of the outside face, by its status.
	pub fn answered(&self, status: u16) {
		self.count(match status {
			200 | 202 => "answered",
			401 | 409 => "unauthenticated",
			404 | 422 => "refused",
			503 => "stale",
			429 => "limited",
			500 => "failed",
			_ => "invalid",
		});
	}

	/// What one look at the house's FHIR server brought; how many types could not be read, and when it was.
	pub fn polled(&self, counts: &Counts, failed: usize, now: u64) {
		let Counts { held, quarantined, refused, gone, unread, known: _ } = *counts;
		let failed = u64::try_from(failed).unwrap_or(u64::MAX);
		let all = [held, quarantined, refused, gone, unread, failed];
		for (sum, count) in self.upstream.iter().zip(all) {
			sum.fetch_add(count, Ordering::Relaxed);
		}
		if failed == 0 {
			self.upstream_at.store(now, Ordering::Relaxed);
		}
	}

	/// That the house's FHIR server told that something has changed.
	pub fn notified(&self) {
		self.notified.fetch_add(1, Ordering::Relaxed);
	}

	/// What came of comparing decisions with the node's runtime.
	pub fn agreed(&self, agreement: Agreement) {
		let Agreement { compared, differing } = agreement;
		for (sum, count) in self.agreement.iter().zip([compared, differing]) {
			sum.fetch_add(count, Ordering::Relaxed);
		}
	}

	/// That the access log could not be committed to.
	pub fn log_broken(&self) {
		self.log_broken.fetch_add(1, Ordering::Relaxed);
	}
}

/// How things are at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
	/// Whether something could be released: the blocks are of the present.
	pub ready: bool,
	/// How old the best and the last final block are, in seconds, if the node tells.
	pub ages: Option<(u64, u64)>,
	/// Records in no batch.
	pub waiting: u64,
	/// Batches that the chain does not have.
	pub open_batches: u64,
	/// Records in quarantine.
	pub quarantined: u64,
	/// Entries of the access log.
	pub log_entries: u64,
	/// Revocations that are to be acknowledged.
	pub revocations_due: u64,
	/// Disputes of records that wait for the house's answer on the chain, and wishes for erasure.
	pub orders_open: (u64, u64),
	/// Slots that were shredded at the patient's wish, and of which it is not known which record they had.
	pub shredded_unknown: u64,
	/// Emergencies that were declared while the chain was silent, and how many of them the chain does not have.
	pub emergencies: (u64, u64),
	/// How often what is on its way was handed in at most.
	pub attempts: u64,
	/// Datasets with the moments at which their epochs end.
	pub epochs_end: Vec<(u32, u64)>,
	/// What came of comparing the access log with others', of the last month.
	pub compared: ComparedStanding,
}

impl Meters {
	/// In the format of Prometheus, version 0.0.4.
	pub fn text(&self, standing: &Standing) -> String {
		let mut out = String::new();
		let mut put = |name: &str, kind: &str, help: &str, rows: &[(&str, u64)]| {
			// Writing to a text does not fail.
			let _ = writeln!(
				out,
				"# HELP salus_gateway_{name} {help}\n# TYPE salus_gateway_{name} {kind}"
			);
			for (labels, value) in rows {
				let _ = writeln!(out, "salus_gateway_{name}{labels} {value}");
			}
		};
		let answers: Vec<(String, u64)> = ANSWERS
			.iter()
			.zip(&self.answers)
			.map(|(name, count)| (format!("{{outcome=\"{name}\"}}"), count.load(Ordering::Relaxed)))
			.collect();
		let answers: Vec<(&str, u64)> =
			answers.iter().map(|(labels, count)| (labels.as_str(), *count)).collect();
		put("answers_total", "counter", "Answers of the outside face about records.", &answers);
		let broken = self.log_broken.load(Ordering::Relaxed);
		let one = |value: u64| [("", value)];
		put(
			"log_broken_total",
			"counter",
			"How often the access log could not be committed to.",
			&one(broken),
		);
		let [compared, differing] =
			self.agreement.each_ref().map(|count| count.load(Ordering::Relaxed));
		put(
			"decisions_compared_total",
			"counter",
			"Decisions that were compared with the node's runtime.",
			&one(compared),
		);
		put(
			"decisions_differing_total",
			"counter",
			"Those that the node's runtime makes otherwise.",
			&one(differing),
		);
		put(
			"ready",
			"gauge",
			"Whether something could be released now.",
			&one(standing.ready.into()),
		);
		if let Some((best, finalised)) = standing.ages {
			let rows = [("{block=\"best\"}", best), ("{block=\"final\"}", finalised)];
			put("block_age_seconds", "gauge", "How old the node's blocks are.", &rows);
		}
		let upstream_at = self.upstream_at.load(Ordering::Relaxed);
		if self.upstream.iter().any(|count| count.load(Ordering::Relaxed) > 0) || upstream_at > 0 {
			let rows: Vec<(String, u64)> = UPSTREAM
				.iter()
				.zip(&self.upstream)
				.map(|(name, count)| {
					(format!("{{outcome=\"{name}\"}}"), count.load(Ordering::Relaxed))
				})
				.collect();
			let rows: Vec<(&str, u64)> =
				rows.iter().map(|(labels, count)| (labels.as_str(), *count)).collect();
			put(
				"upstream_total",
				"counter",
				"What became of resources of the house's FHIR server, and types that could not be read.",
				&rows,
			);
			put(
				"upstream_read_seconds",
				"gauge",
				"When all of the house's FHIR server could be read last, in seconds since 1970.",
				&one(upstream_at),
			);
		}
		let notified = self.notified.load(Ordering::Relaxed);
		if notified > 0 {
			put(
				"upstream_notified_total",
				"counter",
				"How often the house's FHIR server told that something has changed.",
				&one(notified),
			);
		}
		put("records_waiting", "gauge", "Records in no batch yet.", &one(standing.waiting));
		put(
			"batches_open",
			"gauge",
			"Batches that the chain does not have yet.",
			&one(standing.open_batches),
		);
		put("records_quarantined", "gauge", "Records in quarantine.", &one(standing.quarantined));
		put("log_entries", "gauge", "Entries of the access log.", &one(standing.log_entries));
		put(
			"revocations_due",
			"gauge",
			"Revocations that are to be acknowledged.",
			&one(standing.revocations_due),
		);
		let (disputes, wishes) = standing.orders_open;
		put(
			"orders_open",
			"gauge",
			"Disputes of records, and wishes for erasure, that wait for the house's answer on the chain.",
			&[("{what=\"dispute\"}", disputes), ("{what=\"erasure\"}", wishes)],
		);
		put(
			"shredded_unknown",
			"gauge",
			"Slots that were shredded at the patient's wish, and of which it is not known which record they had.",
			&one(standing.shredded_unknown),
		);
		let (declared, unrecorded) = standing.emergencies;
		put(
			"emergencies",
			"gauge",
			"Emergencies that were declared while the chain was silent.",
			&one(declared),
		);
		put(
			"emergencies_unrecorded",
			"gauge",
			"How many of them the chain does not have.",
			&one(unrecorded),
		);
		let ComparedStanding { last, unanswered, counts } = standing.compared;
		put(
			"reconciliation_differences",
			"gauge",
			"Disclosures of the last month about which this access log and another's differ.",
			&[
				("{kind=\"only_ours\"}", counts.only_ours),
				("{kind=\"only_theirs\"}", counts.only_theirs),
				("{kind=\"altered\"}", counts.differing),
			],
		);
		put(
			"reconciliation_unanswered",
			"gauge",
			"Days of the last week that could not be compared with a counterparty.",
			&one(unanswered),
		);
		put(
			"reconciled_seconds",
			"gauge",
			"When the access log was compared last, in seconds since 1970.",
			&one(last),
		);
		let ends: Vec<(String, u64)> = standing
			.epochs_end
			.iter()
			.map(|(dataset, ends)| (format!("{{dataset=\"{dataset}\"}}"), *ends))
			.collect();
		if !ends.is_empty() {
			let rows: Vec<(&str, u64)> =
				ends.iter().map(|(labels, ends)| (labels.as_str(), *ends)).collect();
			put(
				"research_epoch_ends_seconds",
				"gauge",
				"When the epoch of a dataset ends, in seconds since 1970: all permits are suspended then, unless the next one is published.",
				&rows,
			);
		}
		put(
			"handing_in_attempts",
			"gauge",
			"How often what the chain does not have was handed in, at most.",
			&one(standing.attempts),
		);
		out
	}
}

impl Gateway {
	/// How things are now.
	pub async fn standing_now(self: &Arc<Self>) -> Result<Standing, Failure> {
		let present = self.watch.last(now()).await.ok();
		let ages = present.map(|present| {
			let age = |time: u64| now().saturating_sub(time);
			(age(present.best.time), age(present.finalised.time))
		});
		let mut standing = self
			.blocking(|gateway| {
				let (quarantined, revocations_due) = gateway.store.counts()?;
				Ok(Standing {
					waiting: gateway.store.waiting()?,
					open_batches: u64::try_from(gateway.store.open_batches()?.len())
						.unwrap_or(u64::MAX),
					quarantined,
					revocations_due,
					orders_open: gateway.store.orders_open(now())?,
					shredded_unknown: gateway.store.shredded_unknown()?,
					emergencies: gateway.store.count_emergencies()?,
					compared: gateway.compared_standing(now())?,
					log_entries: gateway.store.log_length()?,
					attempts: gateway
						.store
						.submissions()?
						.iter()
						.map(|submission| submission.attempts.into())
						.max()
						.unwrap_or(0),
					..Standing::default()
				})
			})
			.await?;
		(standing.ready, standing.ages) = (present.is_some(), ages);
		standing.epochs_end = self.counting.as_ref().map(|it| it.epochs_end()).unwrap_or_default();
		Ok(standing)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_answer_is_counted_as_what_it_is() {
		let meters = Meters::default();
		for status in [200, 200, 404, 422, 401, 409, 503, 500, 400, 429] {
			meters.answered(status);
		}
		let text =
			meters.text(&Standing { ready: true, ages: Some((2, 9)), ..Standing::default() });
		for line in [
			"salus_gateway_answers_total{outcome=\"answered\"} 2",
			"salus_gateway_answers_total{outcome=\"refused\"} 2",
			"salus_gateway_answers_total{outcome=\"unauthenticated\"} 2",
			"salus_gateway_answers_total{outcome=\"stale\"} 1",
			"salus_gateway_answers_total{outcome=\"failed\"} 1",
			"salus_gateway_answers_total{outcome=\"limited\"} 1",
			"salus_gateway_answers_total{outcome=\"invalid\"} 1",
			"salus_gateway_ready 1",
			"salus_gateway_block_age_seconds{block=\"final\"} 9",
		] {
			assert!(text.lines().any(|each| each == line), "{line} in\n{text}");
		}
	}
}
