//! Who decided about requests and studies, and that renewals, reports, outputs and ends came in their time.

use crate::*;
use frame_support::{ensure, traits::Get};
use salus_primitives::{time::YEAR, traits::Credentials, Interval, Moment, OrgId, Role};
use salus_research_data_use::{Offer, Stated, TABLE_VERSION};
use salus_research_permits::{Ending, Renewal, YearlyReport, MAX_YEARS};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Whether `who` was a member of `committee` at some time of the second `at`: one whose membership ended in it may have been one before.
	pub(super) fn was_member_around(who: &T::AccountId, committee: OrgId, at: Moment) -> bool {
		Self::is_member(who, committee, at) || Self::is_member(who, committee, at.saturating_sub(1))
	}

	/// Nobody has voted who had a part in the request by then (E5). What came in the second of the vote may have come after it.
	pub(super) fn check_voters(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
	) -> Result<(), DispatchError> {
		let had_a_part = |vote: &Vote<T::AccountId>| {
			let parties = Self::parties_until(request, study, vote.at);
			Self::is_recused(&vote.by, &parties)
		};
		ensure!(
			!request.votes.iter().any(had_a_part),
			"a vote of somebody who had a part in the request by then"
		);
		Ok(())
	}

	/// Neither is the institution one of those who decide about `request`, nor had the investigator been employed by one of them within
	/// [`Config::RecusalTime`]: the `committee` of the dataset, and that of the population whose budget it spends.
	pub(super) fn check_committees(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		dataset: &DatasetOf<T>,
	) -> Result<(), DispatchError> {
		let committee = dataset.rule.committee;
		ensure!(committee != study.organisation, "a request that the applicant decides itself");
		let population =
			Populations::<T>::get(dataset.custodian).ok_or("a dataset without a population")?;
		ensure!(
			population.committee != study.organisation,
			"a request of the organisation that votes on the budget"
		);
		// Whoever came to work there in the second of the request may have come after it.
		let since = request.asked_at.saturating_sub(T::RecusalTime::get());
		let within = Interval::new(since, request.asked_at);
		let worked = |org| T::Credentials::was_employed_within(org, &study.investigator, within);
		ensure!(
			!worked(committee) && !worked(population.committee),
			"a request of somebody who worked for those who decide"
		);
		Ok(())
	}

	/// An approval was signed by a member of the ethics body who had no part in the study, and for whose body the investigator had not
	/// worked within [`Config::RecusalTime`]. What came in the second of the approval may have come after it.
	pub(super) fn check_signer(
		study: &StudyOf<T>,
		approval: &Approval<T::AccountId>,
	) -> Result<(), DispatchError> {
		let from = approval.period.from;
		let was_member =
			|at| T::Credentials::was_affiliated(study.ethics, &approval.by, Role::EthicsMember, at);
		ensure!(
			was_member(from) || was_member(from.saturating_sub(1)),
			"approved by somebody who was no member of the ethics body"
		);
		let within = Interval::new(from.saturating_sub(T::RecusalTime::get()), from);
		let parties = Self::parties_of_study_within(study, within);
		ensure!(
			!Self::is_recused(&approval.by, &parties),
			"approved by somebody who had a part in the study"
		);
		ensure!(
			!T::Credentials::was_employed_within(study.ethics, &study.investigator, within),
			"approved by a body for which the investigator worked"
		);
		Ok(())
	}

	/// The investigator had few enough employers for each to be compared with each vote, and no more votes counted than there are of
	/// members when it was made (E5): in favour, of those who were members still, and had no part in the request, when it was decided;
	/// against, of those who had not come to work for the institution, and of all of these. What came in that very second may have come
	/// after the count, and counts for the votes here.
	pub(super) fn check_who_decided(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		dataset: &DatasetOf<T>,
		outcome: &Outcome,
		tally: Tally,
	) -> Result<(), DispatchError> {
		let committee = dataset.rule.committee;
		let parties = Self::parties_until(request, study, outcome.at);
		ensure!(
			parties.others.len() <= MAX_OTHER_EMPLOYERS,
			"a decision for an investigator with too many employers"
		);
		let was_member = |vote: &Vote<T::AccountId>| {
			let was = |at| Self::was_member_around(&vote.by, committee, at);
			let still = || vote.at == outcome.at || was(outcome.at);
			was(request.asked_at) && (!vote.in_favour || still())
		};
		let most = |which| {
			let those = request.votes.iter().filter(|vote| {
				vote.in_favour == which && was_member(vote) && !Self::is_void(vote, &parties)
			});
			those.fold(0u32, |count, _| count.saturating_add(1))
		};
		ensure!(
			tally.in_favour <= most(true) && tally.against <= most(false),
			"votes counted of those who are no members, or have a part in the request"
		);
		// Whoever voted against and has not come to work for the institution by the end of that second was counted.
		let by_then = Interval::new(parties.within.from, outcome.at.saturating_add(1));
		let stands = |vote: &&Vote<T::AccountId>| {
			!T::Credentials::was_employed_within(study.organisation, &vote.by, by_then)
		};
		let against = request.votes.iter().filter(|vote| !vote.in_favour).filter(stands);
		let least = against.fold(0u32, |count, _| count.saturating_add(1));
		ensure!(least <= tally.against, "a vote against that was left out");
		Ok(())
	}

	/// Whether this version of a dataset was its last one at some time of the second `at`.
	pub(super) fn was_last(dataset: DatasetId, version: u32, at: Moment) -> bool {
		let published = Versions::<T>::get(dataset, version).is_some_and(|it| it.at <= at);
		let next = version.checked_add(1).and_then(|next| Versions::<T>::get(dataset, next));
		published && next.is_none_or(|next| at <= next.at)
	}

	/// Each request was matched with the version that was the last one then, and what is kept is what the table says (E6), unless it was
	/// an older table. An approval that began or ended in that very second may have been there or not.
	pub(super) fn check_matches() -> Result<(), DispatchError> {
		for request in Requests::<T>::iter_values() {
			let Some(cosigned) = &request.cosigned else { continue };
			ensure!(
				Self::was_last(request.dataset, cosigned.version, cosigned.at),
				"matched with a version that was the last no more, or not yet"
			);
			if cosigned.decision.version != TABLE_VERSION {
				continue;
			}
			let study = Studies::<T>::get(request.study).ok_or("a request of no study")?;
			let version = Versions::<T>::get(request.dataset, cosigned.version)
				.ok_or("matched with no version")?;
			let kept = (cosigned.decision, cosigned.excluded);
			let said = |at| Self::matched(&version.terms, &request, &study, at);
			let by_approval = || Self::matched_if(&version.terms, &request, Stated::Yes);
			// One that began and ended in that second: it was there at no whole second.
			let brief = study.approvals.iter().any(|approval| {
				let end = approval.ended.map(|(end, _)| end);
				approval.period.from == cosigned.at && end == Some(cosigned.at)
			});
			ensure!(
				said(cosigned.at) == kept
					|| said(cosigned.at.saturating_sub(1)) == kept
					|| (brief && by_approval() == kept),
				"matched otherwise than the table says"
			);
		}
		Ok(())
	}

	/// A renewal came around the end of the permit, and stays within the months of the terms that were accepted for it.
	pub(super) fn check_renewal(
		record: &PermitRecord,
		renewal: &Renewal,
	) -> Result<(), DispatchError> {
		let (period, window) = (record.permit.period, T::RenewalWindow::get());
		ensure!(
			period.until.saturating_sub(window) <= renewal.at
				&& renewal.at < period.until.saturating_add(window),
			"a renewal out of time"
		);
		let allowed = Self::terms_around(record, renewal.at)
			.any(|terms| Self::ensure_within(&terms, period.from, renewal.until).is_ok());
		ensure!(allowed, "a renewal for longer than the terms allow");
		Ok(())
	}

	/// The terms that were accepted for the permit in the second `at`, or last before it: each may have been in force when something was
	/// done in that second.
	fn terms_around(record: &PermitRecord, at: Moment) -> impl Iterator<Item = Offer> + '_ {
		let earlier = record.accepted.iter().rev().find(|one| one.terms.from < at);
		let then = record.accepted.iter().filter(move |one| one.terms.from == at);
		let dataset = record.dataset;
		earlier.into_iter().chain(then).filter_map(move |one| {
			Versions::<T>::get(dataset, one.version).map(|version| version.terms)
		})
	}

	/// A publication was recorded after the moratorium of the terms that were accepted then (MOR).
	pub(super) fn check_output(
		record: &PermitRecord,
		output: &Output,
	) -> Result<(), DispatchError> {
		let may = output.kind != OutputKind::Publication
			|| Self::terms_around(record, output.at)
				.any(|terms| terms.moratorium.is_none_or(|end| end <= output.at));
		ensure!(may, "a publication before the moratorium was over");
		Ok(())
	}

	/// A permit was closed with what its terms demand (PUB, RTN), and with the reports of all years that had begun. Nothing is added to
	/// it after that.
	pub(super) fn check_closed(record: &PermitRecord) -> Result<(), DispatchError> {
		let Some(end) = record.permit.ended.filter(|end| end.how == Ending::Closed) else {
			return Ok(());
		};
		ensure!(!Self::owes_output(record), "a permit that was closed without an output it owed");
		ensure!(
			Self::reports_owed(record, end.at).is_empty(),
			"a permit that was closed without a report it owed"
		);
		Ok(())
	}

	/// A report is of a year of the permit, and was filed when that year was nearly over, or when the permit was closed.
	pub(super) fn check_report(
		record: &PermitRecord,
		filed: &YearlyReport,
	) -> Result<(), DispatchError> {
		ensure!((1..=MAX_YEARS).contains(&filed.year), "a report of no year");
		// The end as it was agreed then. Of a renewal in that very second either may have been it.
		let end = match record.permit.renewal {
			Some(renewal) if renewal.at < filed.at => renewal.until,
			_ => record.permit.period.until,
		};
		let begins = filed.year.saturating_sub(1).saturating_mul(YEAR);
		let has_begun = record.permit.period.from.saturating_add(begins) <= filed.at;
		let with_the_end = record.destruction.is_some_and(|attested| attested.at == filed.at);
		let in_time = Self::reportable_from(record, filed.year, end) <= filed.at;
		ensure!(in_time || (with_the_end && has_begun), "a report before its time");
		Ok(())
	}
}
