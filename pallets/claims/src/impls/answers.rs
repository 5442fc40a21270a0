//! How the questions of the runtime API are answered.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::traits::Get;
use salus_claims_adjudication::{adjudicate, Adjudication, ClaimLine};
use salus_primitives::{Moment, OrgId};

impl<T: Config> Pallet<T> {
	/// What a coverage covers, and what is left of it, as of `at` or now.
	pub fn eligibility(
		id: CoverageId,
		at: Option<Moment>,
	) -> Result<Eligibility<T::AccountId>, QueryError> {
		let now = Self::now();
		let at = at.unwrap_or(now);
		if at > now {
			return Err(QueryError::InTheFuture);
		}
		let coverage = Coverages::<T>::get(id).ok_or(QueryError::UnknownCoverage)?;
		let terms = Self::terms(&coverage).map_err(|_| QueryError::UnknownCoverage)?;
		let in_force = coverage.was_in_force(at);
		Ok(Eligibility { coverage, at, in_force, rules: terms.rules, used: Used::<T>::get(id) })
	}

	/// What lines would come to, were they claimed now. Nothing is promised: other claims may come
	/// before.
	pub fn estimate(id: CoverageId, lines: Vec<ClaimLine>) -> Result<Adjudication, QueryError> {
		let coverage = Coverages::<T>::get(id).ok_or(QueryError::UnknownCoverage)?;
		let terms = Self::terms(&coverage).map_err(|_| QueryError::UnknownCoverage)?;
		adjudicate(&terms.rules, &Used::<T>::get(id), &lines).map_err(QueryError::Lines)
	}

	/// What became of a claim, line by line.
	pub fn explanation(id: ClaimId) -> Option<Explanation> {
		let claim = Claims::<T>::get(id)?;
		Some(Explanation {
			id,
			claim,
			encounter: Encounters::<T>::get(claim.encounter)?,
			lines: ClaimLines::<T>::get(id).into_inner(),
			results: ClaimResults::<T>::get(id).unwrap_or_default().into_inner(),
		})
	}

	/// Claims of a coverage, oldest first, from behind `after` on; at most [`Config::Page`].
	pub fn claims_of(id: CoverageId, after: Option<ClaimId>) -> Vec<ClaimId> {
		let mut claims: Vec<ClaimId> = CoverageClaims::<T>::iter_key_prefix(id)
			.filter(|claim| after.is_none_or(|after| *claim > after))
			.collect();
		claims.sort_unstable();
		(0..T::Page::get()).zip(claims).map(|(_, claim)| claim).collect()
	}

	/// The claims that wait for a payer's funds, in their order; at most [`Config::Page`]. And how
	/// many there are.
	pub fn waiting(payer: OrgId, asset: AssetIdOf<T>) -> (u64, Vec<ClaimId>) {
		let queue = Queues::<T>::get(payer, asset);
		let mut claims = Vec::new();
		let mut next = queue.first;
		for _ in 0..T::Page::get() {
			let Some(id) = next else { break };
			claims.push(id);
			next = Neighbouring::<T>::get(id).and_then(|neighbours| neighbours.after);
		}
		(queue.length, claims)
	}
}
