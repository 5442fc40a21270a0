//! Questions from outside: Polkadot.js offers them as `api.call.researchApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{
	AccessRequestId, DatasetId, DatasetInfo, LapsedPermit, PermitInfo, PopulationInfo, QueryId,
	QueryInfo, RequestInfo, Stage, StudyId, StudyInfo, VersionInfo,
};
use alloc::vec::Vec;
use codec::Codec;
use salus_primitives::{Commitment, Moment, OrgId};
use salus_research_data_use::{Decision, DiseaseCode, Offer, Request, Rule};
use salus_research_permits::Standing;

sp_api::decl_runtime_apis! {
	/// What is offered for research, who asked for it, and what is permitted.
	pub trait ResearchApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The population of a custodian, with its privacy budget.
		fn population(custodian: OrgId) -> Option<PopulationInfo<AccountId>>;

		/// The dataset with this number, and the version in force.
		fn dataset(id: DatasetId) -> Option<DatasetInfo>;

		/// Up to 256 datasets from the number `first` on.
		fn datasets(first: DatasetId) -> Vec<DatasetInfo>;

		/// The version of a dataset that was in force at `at` (Unix seconds, not after now).
		fn version_at(dataset: DatasetId, at: Moment) -> Option<VersionInfo>;

		/// The study with this number.
		fn study(id: StudyId) -> Option<StudyInfo<AccountId>>;

		/// The request with this number, and where it stands.
		fn request(id: AccessRequestId) -> Option<RequestInfo<AccountId>>;

		/// Up to 256 requests from the number `first` on.
		fn requests(first: AccessRequestId) -> Vec<RequestInfo<AccountId>>;

		/// Where a request stood at `at` (Unix seconds, not after now).
		fn stage_at(id: AccessRequestId, at: Moment) -> Option<Stage>;

		/// The permit with this number, and what is true of it now.
		fn permit(id: AccessRequestId) -> Option<PermitInfo>;

		/// What was true of a permit at `at`; `None` if nobody had asked for it by then, or `at` is after now.
		fn permit_at(id: AccessRequestId, at: Moment) -> Option<Standing>;

		/// The permits that are suspended now, and what has lapsed, among 256 requests from the number `first` on.
		fn lapsed(first: AccessRequestId) -> Vec<LapsedPermit>;

		/// Whether a statement fits terms, by the table of this runtime, and the table's version. The lineage of the disease is
		/// not known.
		fn match_terms(
			terms: Offer,
			statement: Request,
			disease: Option<DiseaseCode>,
		) -> Decision;

		/// The first rule by which terms exclude a statement, also beside a code on which the table abstains. Such a request is
		/// excluded, and no committee sees it. Whether there is an ethics approval is taken from the statement here.
		fn excluded_by(
			terms: Offer,
			statement: Request,
			disease: Option<DiseaseCode>,
		) -> Option<Rule>;

		/// Up to 256 queries of a custodian's population, from the number `first` on.
		fn queries(custodian: OrgId, first: QueryId) -> Vec<QueryInfo>;

		/// The query of a custodian that was reserved with this commitment. An answer without one must not be believed.
		fn reserved(custodian: OrgId, commitment: Commitment) -> Option<QueryInfo>;
	}
}
