//! Studies, requests and permits.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use salus_primitives::{Moment, OrgId};
use salus_research_data_use::{Answer, Code, UseSet};
use salus_research_permits::Ending;
use sp_runtime::DispatchError;

/// What all requests together say of one study.
#[derive(Clone, Copy, Default)]
struct Asked {
	/// How many requests it has.
	requests: u32,
	/// Whether its institution has signed any of them.
	signed: bool,
}

impl<T: Config> Pallet<T> {
	/// The requests, gone through once, by study.
	fn asked() -> BTreeMap<StudyId, Asked> {
		let mut asked = BTreeMap::<StudyId, Asked>::new();
		for request in Requests::<T>::iter_values() {
			let of_study = asked.entry(request.study).or_default();
			of_study.requests = of_study.requests.saturating_add(1);
			of_study.signed |= request.cosigned.is_some();
		}
		asked
	}

	/// Studies: the protocols are a chain, and approvals are of others, within their time, and none after a withdrawal.
	pub(super) fn check_studies(now: Moment) -> Result<(), DispatchError> {
		let asked = Self::asked();
		for (id, found) in Studies::<T>::iter() {
			ensure!(
				!found.uses.is_empty() && found.uses.is_subset_of(UseSet::ALL),
				"a study for nothing, or for what nobody knows"
			);
			ensure!(found.ethics != found.organisation, "a study that is its own ethics body's");
			let mut before = 0;
			for protocol in &found.protocols {
				ensure!(before <= protocol.at && protocol.at <= now, "protocols out of order");
				before = protocol.at;
			}
			ensure!(!found.protocols.is_empty(), "a study without a protocol");
			let (mut before, mut over) = (0, 0);
			for approval in &found.approvals {
				let from = approval.period.from;
				ensure!(before <= from && from <= now, "approvals out of order");
				before = from;
				ensure!(
					from < approval.period.until
						&& approval.period.until.saturating_sub(from) <= T::MaxEthicsTerm::get(),
					"an approval for no time or too long"
				);
				ensure!(
					approval.by != found.investigator && approval.by != found.deposit.0,
					"a study that was approved by those whose it is"
				);
				ensure!(
					approval.ended.is_none_or(|(at, _)| from <= at
						&& at < approval.period.until
						&& at <= now),
					"an approval that ended out of time"
				);
				Self::check_signer(&found, approval)?;
				ensure!(over <= from, "two approvals that last");
				over = approval.span().until;
				let amended = found.protocols.iter().map(|protocol| protocol.at);
				let approved_protocol = (0u32..)
					.zip(amended)
					.filter(|(number, _)| *number > approval.protocol)
					.all(|(_, at)| approval.span().until <= at);
				ensure!(approved_protocol, "an approval that outlasts the protocol it is of");
				ensure!(
					found.withdrawn_at.is_none_or(|at| from <= at && approval.span().until <= at),
					"approved after an ethics body withdrew"
				);
			}
			let requests = asked.get(&id).map_or(0, |of_study| of_study.requests);
			ensure!(requests == found.requests, "the count of a study is not that of its requests");
			ensure!(requests <= T::MaxRequests::get(), "a study with too many requests");
		}
		Ok(())
	}

	/// The studies that wait for a first signature of the institution are counted, and are not too many.
	pub(super) fn check_unsigned() -> Result<(), DispatchError> {
		let asked = Self::asked();
		let mut counted = BTreeMap::<(OrgId, T::AccountId), u32>::new();
		for (id, found) in Studies::<T>::iter() {
			let signed = asked.get(&id).is_some_and(|of_study| of_study.signed);
			ensure!(
				signed == found.signed,
				"a study that counts as signed and is not, or the other way round"
			);
			if signed {
				continue;
			}
			let count = counted.entry((found.organisation, found.investigator)).or_default();
			*count = count.saturating_add(1);
		}
		let stored: BTreeMap<_, _> = UnsignedStudies::<T>::iter()
			.map(|(organisation, who, count)| ((organisation, who), count))
			.collect();
		ensure!(counted == stored, "the studies that wait for a signature are not those counted");
		ensure!(
			counted.values().all(|count| *count <= T::MaxUnsignedStudies::get()),
			"more studies wait for a signature than may"
		);
		Ok(())
	}

	/// Requests: each step follows the one before in its time; what is approved was not excluded, and had its quorum.
	pub(super) fn check_requests(now: Moment) -> Result<(), DispatchError> {
		for found in Requests::<T>::iter_values() {
			let study = Studies::<T>::get(found.study).ok_or("a request of no study")?;
			let dataset = Datasets::<T>::get(found.dataset).ok_or("a request for no dataset")?;
			ensure!(found.asked_at <= now, "a request from the future");
			let last = [Some(found.asked_at), found.cosigned.as_ref().map(|cosigned| cosigned.at)];
			let last = last.into_iter().flatten().max().unwrap_or(0);
			ensure!(
				study.withdrawn_at.is_none_or(|at| last <= at),
				"a request of a study that was withdrawn"
			);
			ensure!(
				dataset.retired_at.is_none_or(|at| last <= at),
				"a request for a dataset that was taken back"
			);
			Self::check_committees(&found, &study, &dataset)?;
			ensure!(found.statement.uses.is_subset_of(study.uses), "a use that the study lacks");
			let months = found.statement.months.unwrap_or(0);
			ensure!((1..=MAX_MONTHS).contains(&months), "a request for no time or too long");
			let Some(cosigned) = &found.cosigned else {
				ensure!(
					found.votes.is_empty() && found.outcome.is_none(),
					"decided without the institution's signature"
				);
				ensure!(found.deposit.is_none(), "a deposit before the institution has signed");
				continue;
			};
			ensure!(cosigned.by != study.investigator, "co-signed by whoever asked");
			ensure!(
				found.deposit.as_ref().is_some_and(|(payer, _)| *payer == cosigned.by),
				"a signed request without the signatory's deposit"
			);
			ensure!(
				found.asked_at <= cosigned.at
					&& cosigned.at <= now
					&& cosigned.at < found.asked_at.saturating_add(T::SignatureTime::get()),
				"co-signed out of time"
			);
			ensure!(cosigned.version < dataset.versions, "matched with no version");
			let over = cosigned.at.saturating_add(T::VoteTime::get());
			Self::check_votes(&found.votes, cosigned.at, now)?;
			let late = found.votes.iter().any(|vote| {
				over <= vote.at
					|| vote.by == study.investigator
					|| vote.by == cosigned.by
					|| vote.by == found.administrator
					|| vote.by == study.deposit.0
					|| found.outcome.is_some_and(|outcome| outcome.at < vote.at)
			});
			ensure!(!late, "a vote that was late, or of those who ask");
			Self::check_voters(&found, &study)?;
			let answer = cosigned.decision.answer;
			let excluded = cosigned.excluded.is_some() || matches!(answer, Answer::NoMatch(_));
			ensure!(
				!excluded || (found.votes.is_empty() && found.outcome.is_none()),
				"decided, though the terms exclude it"
			);
			let rule_of_table = match answer {
				Answer::NoMatch(rule) => Some(rule),
				Answer::Match | Answer::Abstain(Code::Condition(_)) => None,
				// Beside a code without a rule the table does not say.
				Answer::Abstain(_) => cosigned.excluded,
			};
			ensure!(rule_of_table == cosigned.excluded, "excluded otherwise than the table says");
			let Some(outcome) = found.outcome else { continue };
			ensure!(
				cosigned.at <= outcome.at && outcome.at <= now && outcome.at < over,
				"decided out of time"
			);
			match outcome.by {
				DecidedBy::Match => ensure!(
					outcome.approved
						&& answer == Answer::Match
						&& outcome.at == cosigned.at
						&& found.votes.is_empty(),
					"approved as a match that is none"
				),
				DecidedBy::Vote(tally) => {
					let votes = |which| {
						let those = found.votes.iter().filter(|vote| vote.in_favour == which);
						those.fold(0u32, |n, _| n.saturating_add(1))
					};
					ensure!(
						tally.counted() >= dataset.rule.quorum
							&& tally.in_favour <= votes(true)
							&& tally.against <= votes(false)
							&& tally.is_carried() == outcome.approved,
						"decided otherwise than was voted, or without a quorum"
					);
					let deliberated = cosigned.at.saturating_add(dataset.rule.deliberation);
					ensure!(deliberated <= outcome.at, "decided before all could vote");
					Self::check_who_decided(&found, &study, &dataset, &outcome, tally)?;
				},
			}
		}
		Ok(())
	}

	/// Permits: each is of a request that was approved, lasts no longer than was asked, and has its histories in order.
	pub(super) fn check_permits(now: Moment) -> Result<(), DispatchError> {
		for (id, record) in Permits::<T>::iter() {
			let request = Requests::<T>::get(id).ok_or("a permit without a request")?;
			ensure!(
				record.study == request.study && record.dataset == request.dataset,
				"a permit of another request"
			);
			// They are there: those of every request are.
			let dataset = Datasets::<T>::get(record.dataset).ok_or("a request for no dataset")?;
			let study = Studies::<T>::get(record.study).ok_or("a request of no study")?;
			let outcome = request.outcome.filter(|outcome| outcome.approved);
			let outcome = outcome.ok_or("a permit that nobody approved")?;
			let period = record.permit.period;
			ensure!(
				outcome.at <= period.from
					&& period.from <= now
					&& period.from < outcome.at.saturating_add(T::AcceptanceTime::get()),
				"a permit that began out of time"
			);
			let months = Moment::from(request.statement.months.unwrap_or(0));
			let length = period.until.saturating_sub(period.from);
			ensure!(
				length == months.saturating_mul(MONTH),
				"a permit that does not last as long as was asked"
			);
			if let Some(renewal) = record.permit.renewal {
				ensure!(
					renewal.until.saturating_sub(period.until) == length
						&& renewal.at < renewal.until
						&& renewal.at <= now,
					"a renewal that is not as long as the permit"
				);
				Self::check_renewal(&record, &renewal)?;
			}
			let ended = record.permit.ended;
			ensure!(
				ended.is_none_or(|end| period.from <= end.at && end.at <= now)
					&& ended.is_some_and(|end| end.how == Ending::Revoked)
						== record.revoked.is_some()
					&& (record.destruction.is_some()
						|| ended.is_none_or(|end| end.how != Ending::Closed)),
				"a permit whose end is not what was done"
			);
			ensure!(
				record.destruction.is_none_or(|attested| {
					attested.at <= now
						&& ended.is_some_and(|end| match end.how {
							Ending::Closed => attested.at == end.at,
							Ending::Revoked => end.at <= attested.at,
						})
				}),
				"the destruction of data was attested out of time"
			);
			let mut before = None;
			for accepted in &record.accepted {
				let version = Versions::<T>::get(record.dataset, accepted.version)
					.ok_or("terms of no version were accepted")?;
				let terms = accepted.terms;
				ensure!(
					version.terms_version == terms.version
						&& version.at <= terms.from
						&& terms.from <= now,
					"terms were accepted that were not offered"
				);
				ensure!(
					Self::was_last(record.dataset, accepted.version, terms.from),
					"terms were accepted that were replaced already"
				);
				ensure!(
					dataset.retired_at.is_none_or(|at| terms.from <= at),
					"terms of a dataset that was taken back were accepted"
				);
				ensure!(
					study.withdrawn_at.is_none_or(|at| terms.from <= at),
					"terms were accepted for a study that was withdrawn"
				);
				ensure!(
					before.map_or(terms.from == period.from, |(number, from)| {
						number < terms.version && from <= terms.from
					}),
					"terms were accepted out of order"
				);
				before = Some((terms.version, terms.from));
			}
			ensure!(before.is_some(), "a permit without terms");
			let terms = Self::accepted_terms(&record).ok_or("terms of no version were accepted")?;
			ensure!(
				Self::ensure_within(&terms, period.from, Self::end_of(&record)).is_ok(),
				"a permit that lasts longer than its terms allow"
			);
			for (n, report) in record.reports.iter().enumerate() {
				let filed = report.filed;
				ensure!(
					period.from <= filed.at && filed.at <= now,
					"a report before its permit, or from the future"
				);
				let twice =
					record.reports.iter().take(n).any(|other| other.filed.year == filed.year);
				ensure!(!twice, "two reports of a year");
			}
			for report in &record.reports {
				Self::check_report(&record, &report.filed)?;
			}
			for output in &record.outputs {
				ensure!(
					period.from <= output.at && output.at <= now,
					"an output before its permit, or from the future"
				);
				Self::check_output(&record, output)?;
			}
			Self::check_closed(&record)?;
		}
		Ok(())
	}
}
