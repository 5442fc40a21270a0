//! Who decided about requests, and that renewals and reports came in their time.

use crate::*;
use frame_support::{ensure, traits::Get};
use salus_primitives::{time::YEAR, Moment};
use salus_research_data_use::{Stated, TABLE_VERSION};
use salus_research_permits::{Renewal, YearlyReport, MAX_YEARS};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The investigator had few enough employers for each to be compared with each vote, and no more votes counted than there are of
	/// members, when it was made and, of those in favour, when it was decided, who had no part in the request when it was decided (E5). What
	/// came in that very second may have come after the count, and counts for the votes here.
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
			let was = |at| Self::is_member(&vote.by, committee, at);
			let then = was(request.asked_at) || was(request.asked_at.saturating_sub(1));
			let still =
				|| vote.at == outcome.at || was(outcome.at) || was(outcome.at.saturating_sub(1));
			then && (!vote.in_favour || still())
		};
		let most = |which| {
			let those = request.votes.iter().filter(|vote| {
				vote.in_favour == which && was_member(vote) && !Self::is_recused(&vote.by, &parties)
			});
			those.fold(0u32, |count, _| count.saturating_add(1))
		};
		ensure!(
			tally.in_favour <= most(true) && tally.against <= most(false),
			"votes counted of those who are no members, or have a part in the request"
		);
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
		let length = renewal.until.saturating_sub(period.from);
		let allows = |accepted: &&Accepted| {
			let version = Versions::<T>::get(record.dataset, accepted.version);
			version.is_some_and(|version| {
				version
					.terms
					.months
					.is_none_or(|months| length <= Moment::from(months).saturating_mul(MONTH))
			})
		};
		// Those in force when it was renewed: the last ones accepted before. Others may have been in that very second.
		let earlier = record.accepted.iter().rev().find(|one| one.terms.from < renewal.at);
		let mut then = record.accepted.iter().filter(|one| one.terms.from == renewal.at);
		let allowed = earlier.as_ref().is_some_and(allows) || then.any(|one| allows(&one));
		ensure!(allowed, "a renewal for longer than the terms allow");
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
