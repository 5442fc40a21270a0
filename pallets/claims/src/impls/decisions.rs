//! What a payer decides, and what time decides.

use super::{
	pricing::{Case, Outcome},
	Done, Taken,
};
use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{ensure, pallet_prelude::Weight};
use salus_claims_adjudication::Carc;
use salus_primitives::{traits::Credentials, OrgId};
use sp_runtime::{DispatchError, DispatchResult};

/// By what the weight of a decision goes.
pub(crate) struct Decided {
	/// How many lines the claim has.
	pub lines: u32,
	/// What was done.
	pub done: Done,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_information(
		who: &T::AccountId,
		org: OrgId,
		id: ClaimId,
	) -> DispatchResult {
		let mut claim = Self::claim_of_payer(who, org, id)?;
		let ClaimState::Pended { reason, due } = claim.state else {
			return Err(Error::<T>::NotPended.into());
		};
		ensure!(claim.requests < MAX_REQUESTS, Error::<T>::TooManyRequests);
		let since = Self::now();
		ensure!(since < due, Error::<T>::NothingDue);
		let left = due.saturating_sub(since);
		let terms = Self::terms(&Self::coverage(claim.coverage)?)?;
		let due = since.saturating_add(terms.answer_time);
		claim.requests = claim.requests.saturating_add(1);
		claim.state = ClaimState::InformationRequested { reason, since, due, left };
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::InformationRequested { claim: id, due });
		Ok(())
	}

	/// How a decision is weighed: by the lines of the claim, and of the claim that it replaces.
	pub(crate) fn weight_of(decision: &Decision) -> fn(u32, u32) -> Weight {
		match decision {
			Decision::AsAdjudicated => T::WeightInfo::decide_by_rules,
			Decision::Lines(_) => T::WeightInfo::decide,
		}
	}

	/// Decides as a person says.
	pub(crate) fn do_decide(
		who: &T::AccountId,
		org: OrgId,
		id: ClaimId,
		decision: Decision,
	) -> Result<Decided, DispatchError> {
		let claim = Self::claim_of_payer(who, org, id)?;
		ensure!(claim.state.is_pending(), Error::<T>::NotPended);
		let mut case = Self::case(id, claim)?;
		Self::stop_pausing(&mut case.claim);
		let outcome = match decision {
			Decision::AsAdjudicated => case.by_rules()?,
			Decision::Lines(decisions) => {
				// A payer that was silent has agreed to the rules, whether anybody poked or not. While its
				// money is frozen its silence says nothing.
				let late =
					matches!(claim.state, ClaimState::Pended { due, .. } if due <= Self::now());
				let excused = late && Self::is_frozen(&case.terms.asset, org);
				ensure!(!late || excused, Error::<T>::DecisionTooLate);
				case.encounter.reviewed = true;
				case.by_person(decisions)?
			},
		};
		let lines = Self::count(&case.lines);
		Ok(Decided { lines, done: Self::conclude(case, outcome)? })
	}

	/// Lets the time that has passed take effect.
	pub(crate) fn do_poke(id: ClaimId) -> Result<Decided, DispatchError> {
		let mut case = Self::case(id, Self::claim(id)?)?;
		let lines = Self::count(&case.lines);
		let now = Self::now();
		let done = match (case.claim.state, case.encounter.attested) {
			(ClaimState::Pended { reason: PendReason::NotAttested, due }, Some(attested)) => {
				let outcome = case.by_rules()?;
				match case.needs_decision(&outcome) {
					None => Self::conclude_or_lapse(case, outcome)?,
					Some(reason) => {
						// Until the member spoke, the payer could rely on the claim being denied.
						let due = due.max(attested.saturating_add(case.terms.decision_time));
						Self::pend(case, &outcome, reason, due)?;
						Done::nothing(&outcome)
					},
				}
			},
			(ClaimState::Pended { due, .. }, attested) => {
				ensure!(due <= now, Error::<T>::NothingDue);
				if attested.is_some() {
					// Silence is no agreement as long as a decision could not be carried out.
					let frozen = Self::is_frozen(&case.terms.asset, case.claim.payer);
					ensure!(!frozen, Error::<T>::AssetFrozen);
					let outcome = case.by_rules()?;
					Self::conclude_or_lapse(case, outcome)?
				} else {
					Self::deny_or_lapse(case, Carc::LacksInformation)?
				}
			},
			(ClaimState::InformationRequested { due, .. }, _) => {
				ensure!(due <= now, Error::<T>::NothingDue);
				Self::stop_pausing(&mut case.claim);
				Self::deny_or_lapse(case, Carc::NoAnswer)?
			},
			// What waits is paid what is on hold for it, if that can move again.
			(ClaimState::Waiting { .. }, _) => {
				let taken = Self::pay_hold(case)?;
				Done { replaced: 0, taken }
			},
			// It awaits no decision.
			_ => {
				Self::release_left_hold(case)?;
				Done { replaced: 0, taken: Taken::default() }
			},
		};
		Ok(Decided { lines, done })
	}

	/// Releases the hold of a claim that was decided, or ended, while the asset was frozen.
	fn release_left_hold(case: Case<T>) -> DispatchResult {
		let Case { id, mut claim, terms, .. } = case;
		let amount = claim.held;
		ensure!(amount > 0, Error::<T>::NothingDue);
		Self::release_hold(&mut claim, &terms.asset, 0)?;
		ensure!(claim.held == 0, Error::<T>::AssetFrozen);
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::HoldReleased { claim: id, amount });
		Ok(())
	}

	/// Concludes, unless the provider cannot give back what a correction leaves too much.
	fn conclude_or_lapse(case: Case<T>, outcome: Outcome) -> Result<Done, DispatchError> {
		if Self::can_give_back(&case, &outcome) {
			Self::conclude(case, outcome)
		} else {
			let taken = outcome.taken();
			Ok(Done { replaced: Self::lapse(case)?, taken })
		}
	}

	/// Denies a claim; a correction lapses instead, and what it would have corrected stands.
	fn deny_or_lapse(case: Case<T>, reason: Carc) -> Result<Done, DispatchError> {
		if case.encounter.correction == Some(case.id) {
			return Ok(Done { replaced: Self::lapse(case)?, taken: Taken::default() });
		}
		let outcome = case.denied(reason)?;
		Self::conclude(case, outcome)
	}

	/// Counts the time for which a question stood open.
	pub(super) fn stop_pausing(claim: &mut Claim) {
		if let ClaimState::InformationRequested { since, .. } = claim.state {
			claim.paused = claim.paused.saturating_add(Self::now().saturating_sub(since));
		}
	}

	/// A claim against `org`, for somebody who bills for it and does not act for the provider.
	fn claim_of_payer(who: &T::AccountId, org: OrgId, id: ClaimId) -> Result<Claim, DispatchError> {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let claim = Self::claim(id)?;
		ensure!(claim.payer == org, Error::<T>::NotYourClaim);
		let partial = T::Credentials::acts_for(claim.provider, who, Self::now());
		ensure!(!partial, Error::<T>::ConflictOfInterest);
		Ok(claim)
	}
}
