//! The questions that front-ends ask.

use crate::types::{
	ClaimId, CoverageId, Eligibility, Encounter, EncounterId, Explanation, PlanId, QueryError,
	Terms,
};
use alloc::vec::Vec;
use codec::Codec;
use salus_claims_adjudication::{Adjudication, ClaimLine};
use salus_primitives::{Moment, OrgId};

sp_api::decl_runtime_apis! {
	/// What is covered, what was claimed, and what became of it.
	pub trait ClaimsApi<AccountId, AssetId>
	where
		AccountId: Codec,
		AssetId: Codec,
	{
		/// A version of a plan.
		fn plan(plan: PlanId, version: u32) -> Option<Terms<AssetId>>;

		/// For which coverage a key has agreed to stand. Of what is offered to it, its payer tells the number.
		fn coverage_of(member: AccountId) -> Option<CoverageId>;

		/// What a coverage covers, and what is left of it, as of `at` (seconds since 1970; now, if
		/// none is given).
		fn eligibility(
			coverage: CoverageId,
			at: Option<Moment>,
		) -> Result<Eligibility<AccountId>, QueryError>;

		/// What lines would come to, were they claimed now.
		fn estimate(
			coverage: CoverageId,
			lines: Vec<ClaimLine>,
		) -> Result<Adjudication, QueryError>;

		/// An encounter.
		fn encounter(encounter: EncounterId) -> Option<Encounter>;

		/// What became of a claim, line by line.
		fn explanation(claim: ClaimId) -> Option<Explanation>;

		/// Claims of a coverage, oldest first, from behind `after` on. One answer holds a page.
		fn claims_of(coverage: CoverageId, after: Option<ClaimId>) -> Vec<ClaimId>;

		/// How many claims wait for a payer's funds, and the first of them, in their order.
		fn waiting(payer: OrgId, asset: AssetId) -> (u64, Vec<ClaimId>);

		/// The account in which an organisation's money for claims stands.
		fn settlement_account(org: OrgId) -> AccountId;
	}
}
