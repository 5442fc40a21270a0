//! Answers for the runtime API.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::Get;
use salus_primitives::{Commitment, Moment, OrgId};
use salus_research_permits::Standing;

/// The most entries in one answer of the runtime API.
pub const MAX_LISTED: u32 = 256;

/// The same for queries, whose numbers are wider.
const MAX_QUERIES_LISTED: QueryId = 256;

impl<T: Config> Pallet<T> {
	/// The population of `custodian`, and the vote on more budget that is open.
	pub fn population(custodian: OrgId) -> Option<PopulationInfo<T::AccountId>> {
		let (now, found) = (Self::now(), Populations::<T>::get(custodian)?);
		let refused_at = Self::refused_at(custodian, &found, now);
		let Population { committee, quorum, budget, queries, .. } = found;
		let (left, motion) = (budget.left(), Self::motion(custodian, now));
		Some(PopulationInfo { committee, quorum, budget, left, queries, refused_at, motion })
	}

	fn version_info(number: u32, version: VersionOf<T>) -> VersionInfo {
		let Version { terms, terms_version, root, size, epoch, epoch_at, at, .. } = version;
		let next_epoch_due = epoch_at.saturating_add(T::EpochTime::get());
		VersionInfo { number, terms, terms_version, root, size, epoch, next_epoch_due, at }
	}

	/// The dataset with the number `id`, and the version in force.
	pub fn dataset(id: DatasetId) -> Option<DatasetInfo> {
		let found = Datasets::<T>::get(id)?;
		let (number, version) = Self::in_force(id, &found).ok()?;
		let version = Self::version_info(number, version);
		let Dataset {
			custodian,
			basis,
			min_cohort,
			rule,
			shortcut,
			offered_at,
			retired_at,
			versions: _,
			unpaid,
			deposit: _,
		} = found;
		Some(DatasetInfo {
			id,
			custodian,
			basis,
			min_cohort,
			rule,
			shortcut,
			offered_at,
			retired_at,
			unpaid,
			version,
		})
	}

	/// Up to [`MAX_LISTED`] datasets from the number `first` on.
	pub fn datasets(first: DatasetId) -> Vec<DatasetInfo> {
		(first..first.saturating_add(MAX_LISTED)).map_while(Self::dataset).collect()
	}

	/// The version of a dataset that was in force at `at`; `None` if it was not offered by then, or `at` is after now.
	pub fn version_at(dataset: DatasetId, at: Moment) -> Option<VersionInfo> {
		if at > Self::now() {
			return None;
		}
		let found = Datasets::<T>::get(dataset)?;
		let (number, version) = Self::version_by(dataset, &found, at)?;
		Some(Self::version_info(number, version))
	}

	/// The study with the number `id`.
	pub fn study(id: StudyId) -> Option<StudyInfo<T::AccountId>> {
		let found = Studies::<T>::get(id)?;
		let approved = Self::was_approved(&found, Self::now());
		let Study {
			organisation,
			investigator,
			ethics,
			uses,
			protocols,
			approvals,
			withdrawn_at,
			requests,
			signed,
			deposit: (payer, _),
		} = found;
		let study = Study {
			organisation,
			investigator,
			ethics,
			uses,
			protocols,
			approvals,
			withdrawn_at,
			requests,
			signed,
			deposit: (payer, ()),
		};
		Some(StudyInfo { study, approved })
	}

	/// The request with the number `id`, and where it stands.
	pub fn request_info(id: AccessRequestId) -> Option<RequestInfo<T::AccountId>> {
		let now = Self::now();
		let (found, study, dataset) = Self::whole(id).ok()?;
		let stage = Self::stage(&found, Self::permitted_at(id), now);
		let lapses_at = Self::lapse_of(&found, stage);
		// To ask the registry about each voter is worth it only while it can matter.
		let tally = match (stage, found.outcome) {
			// None counts as long as nobody can count them: the investigator has too many employers, or whoever administers the
			// committee has a part in the request.
			(Stage::Voting, _) => {
				Self::tally_of(&found, &study, dataset.rule.committee, now).unwrap_or_default()
			},
			(_, Some(Outcome { by: DecidedBy::Vote(tally), .. })) => tally,
			_ => Tally::default(),
		};
		let answer = found.cosigned.as_ref().map(|cosigned| cosigned.decision.answer);
		let AccessRequest {
			study,
			dataset,
			statement,
			disease,
			asked_at,
			administrator,
			cosigned,
			votes,
			outcome,
			deposit,
		} = found;
		let request = AccessRequest {
			study,
			dataset,
			statement,
			disease,
			asked_at,
			administrator,
			cosigned,
			votes,
			outcome,
			deposit: deposit.map(|(payer, _)| (payer, ())),
		};
		Some(RequestInfo { id, request, stage, lapses_at, answer, tally })
	}

	/// Up to [`MAX_LISTED`] requests from the number `first` on.
	pub fn requests(first: AccessRequestId) -> Vec<RequestInfo<T::AccountId>> {
		(first..first.saturating_add(MAX_LISTED)).map_while(Self::request_info).collect()
	}

	/// When the permit of the request began, if there is one.
	pub(crate) fn permitted_at(id: AccessRequestId) -> Option<Moment> {
		Permits::<T>::get(id).map(|record| record.permit.period.from)
	}

	/// Where the request stood at `at`; `None` if it was not made by then, or `at` is after now.
	pub fn stage_at(id: AccessRequestId, at: Moment) -> Option<Stage> {
		let found = Requests::<T>::get(id).filter(|found| found.asked_at <= at)?;
		(at <= Self::now()).then(|| Self::stage(&found, Self::permitted_at(id), at))
	}

	/// The permit with the number `id`, and what is true of it.
	pub fn permit(id: AccessRequestId) -> Option<PermitInfo> {
		let record = Permits::<T>::get(id)?;
		let standing = Self::standing(&record, Self::now())?;
		let close_out_due = Self::close_out_due(&record);
		Some(PermitInfo { id, record, standing, close_out_due })
	}

	/// What was true of the permit at `at`; `None` if nobody had asked for it by then, or `at` is after now. Of a moment before
	/// now the answer never changes: as long as there is no permit it has not begun, whether or not one follows.
	pub fn permit_at(id: AccessRequestId, at: Moment) -> Option<Standing> {
		Requests::<T>::get(id).filter(|request| request.asked_at <= at && at <= Self::now())?;
		match Permits::<T>::get(id) {
			Some(record) if record.permit.period.from <= at => Self::standing(&record, at),
			_ => Some(Standing::NotYet),
		}
	}

	/// The permits that are suspended now, among [`MAX_LISTED`] requests from the number `first` on.
	pub fn lapsed(first: AccessRequestId) -> Vec<LapsedPermit> {
		let now = Self::now();
		(first..first.saturating_add(MAX_LISTED))
			.filter_map(|id| match Self::permit_at(id, now)? {
				Standing::Suspended(lapses) => Some(LapsedPermit { id, lapses }),
				_ => None,
			})
			.collect()
	}

	/// Up to [`MAX_LISTED`] queries of a custodian's population, from the number `first` on.
	pub fn queries(custodian: OrgId, first: QueryId) -> Vec<QueryInfo> {
		(first..first.saturating_add(MAX_QUERIES_LISTED))
			.map_while(|id| Some(QueryInfo { id, query: Queries::<T>::get(custodian, id)? }))
			.collect()
	}

	/// The query of a custodian that was reserved with this commitment, if one was.
	pub fn reserved(custodian: OrgId, commitment: Commitment) -> Option<QueryInfo> {
		let id = QueryByCommitment::<T>::get(custodian, commitment)?;
		Some(QueryInfo { id, query: Queries::<T>::get(custodian, id)? })
	}
}
