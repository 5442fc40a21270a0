//! What a claim comes to: the facts about it, the rules, and what a person may decide.

use super::Taken;
use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::ensure;
use salus_claims_adjudication::{
	adjudicate, decide_line, post, reverse, verify, Accumulators, Adjustment, Adjustments, Carc,
	ClaimLine, Denial, Error as AdjudicationError, Group, LineError, LineResult, Money, Totals,
};
use sp_runtime::DispatchError;

/// A claim with all that is needed to decide about it.
pub(super) struct Case<T: Config> {
	pub id: ClaimId,
	pub claim: Claim,
	pub encounter: Encounter,
	pub coverage: CoverageOf<T>,
	pub terms: TermsOf<T>,
	pub lines: PerLine<Line>,
}

/// What a claim comes to.
pub(super) struct Outcome {
	pub results: Results,
	pub totals: Totals,
	/// What has been used of the coverage then.
	pub used: Accumulators,
	/// Whether a fact denied every line.
	pub denied: bool,
	/// Whether the history of the provider's licences was read.
	pub history: bool,
}

impl Outcome {
	/// What it took beyond what every outcome takes.
	pub(super) fn taken(&self) -> Taken {
		Taken { history: self.history, ..Taken::default() }
	}
}

impl<T: Config> Case<T> {
	/// A fact that denies every line: it never changes, whenever it is looked at. And whether the history of the provider's
	/// licences was read to find it.
	fn denial(&self) -> (Option<Denial>, bool) {
		let day = self.encounter.opened;
		let period = self.coverage.period;
		if day < period.from {
			return (Some(Denial::BeforeCoverage), false);
		}
		if !period.contains(day) {
			return (Some(Denial::AfterCoverage), false);
		}
		let licensed = Pallet::<T>::was_provider(self.claim.provider, day);
		let denial = if !licensed.then {
			Some(Denial::ProviderNotEligible)
		} else if self.is_late() {
			Some(Denial::FilingLimit)
		} else {
			None
		};
		(denial, licensed.from_history)
	}

	/// Whether the claim was submitted after the filing limit.
	pub(super) fn is_late(&self) -> bool {
		let closed = self.encounter.closing.map_or(0, |closing| closing.at);
		self.claim.submitted > closed.saturating_add(self.terms.filing_limit)
	}

	/// What the provider has of the claim that this one is to replace.
	pub(super) fn already_paid(&self) -> Money {
		let before = self.claim.previous.and_then(Claims::<T>::get);
		before.map_or(0, |before| before.transferred)
	}

	/// What has been used of the coverage, without the claim that this one is to replace.
	fn base(&self) -> Result<Accumulators, DispatchError> {
		let used = Used::<T>::get(self.claim.coverage);
		match self.claim.previous.and_then(ClaimResults::<T>::get) {
			Some(results) => reverse(&used, &results).map_err(Pallet::<T>::fault),
			None => Ok(used),
		}
	}

	fn priced(&self, denial: Option<Denial>) -> Vec<ClaimLine> {
		self.lines.iter().map(|line| line.priced(denial)).collect()
	}

	/// What the plan's rules come to.
	pub(super) fn by_rules(&self) -> Result<Outcome, DispatchError> {
		let (denial, history) = self.denial();
		let lines = self.priced(denial);
		let adjudication =
			adjudicate(&self.terms.rules, &self.base()?, &lines).map_err(Pallet::<T>::fault)?;
		let results = Pallet::<T>::bounded(adjudication.lines.into_inner())?;
		let (totals, used) = (adjudication.totals, adjudication.accumulators);
		Ok(Outcome { results, totals, used, denied: denial.is_some(), history })
	}

	/// What a person's decision comes to.
	pub(super) fn by_person(
		&self,
		decisions: PerLine<LineDecision>,
	) -> Result<Outcome, DispatchError> {
		ensure!(decisions.len() == self.lines.len(), Error::<T>::DecisionCountMismatch);
		let lines = self.priced(None);
		let mut results = Vec::with_capacity(lines.len());
		for (line, LineDecision { paid, adjustments }) in lines.iter().zip(decisions) {
			let result = decide_line(&self.terms.rules, line, paid, adjustments);
			results.push(result.map_err(Pallet::<T>::line_fault)?);
		}
		let totals = verify(&lines, &results).map_err(Pallet::<T>::fault)?;
		let used = post(&self.terms.rules, &self.base()?, &results).map_err(Pallet::<T>::fault)?;
		let results = Pallet::<T>::bounded(results)?;
		Ok(Outcome { results, totals, used, denied: false, history: false })
	}

	/// Nothing is paid, and the provider bears it, for one reason.
	pub(super) fn denied(&self, reason: Carc) -> Result<Outcome, DispatchError> {
		let decision = |line: &Line| {
			let mut adjustments = Adjustments::new();
			let denial = Adjustment::new(Group::ContractualObligation, reason, line.charge);
			// A charge of nothing has nothing to adjust.
			if line.charge > 0 {
				adjustments.try_push(denial).map_err(|_| DispatchError::Corruption)?;
			}
			Ok(LineDecision { paid: 0, adjustments })
		};
		let decisions =
			self.lines.iter().map(decision).collect::<Result<Vec<_>, DispatchError>>()?;
		self.by_person(PerLine::try_from(decisions).map_err(|_| DispatchError::Corruption)?)
	}

	/// Why a person has to look at this claim, if so.
	pub(super) fn needs_decision(&self, outcome: &Outcome) -> Option<PendReason> {
		if self.encounter.attested.is_none() {
			// Not even that the patient bears something is said about somebody who was not asked.
			Some(PendReason::NotAttested)
		} else if outcome.denied {
			None
		} else if self.encounter.reviewed {
			Some(PendReason::Reviewed)
		} else if outcome.totals.paid > self.terms.auto_limit {
			Some(PendReason::AboveLimit)
		} else {
			None
		}
	}
}

impl<T: Config> Pallet<T> {
	/// All that is needed to decide about a claim that is there.
	pub(super) fn case(id: ClaimId, claim: Claim) -> Result<Case<T>, DispatchError> {
		let encounter = Self::encounter(claim.encounter)?;
		let coverage = Self::coverage(claim.coverage)?;
		let terms = Self::terms(&coverage)?;
		Ok(Case { id, claim, encounter, coverage, terms, lines: ClaimLines::<T>::get(id) })
	}

	fn bounded(results: Vec<LineResult>) -> Result<Results, DispatchError> {
		Results::try_from(results).map_err(|_| Error::<T>::WrongLineCount.into())
	}

	/// The pallet's words for what the adjudication finds.
	pub(super) fn fault(error: AdjudicationError) -> DispatchError {
		match error {
			AdjudicationError::NoLines | AdjudicationError::TooManyLines => {
				Error::<T>::WrongLineCount.into()
			},
			AdjudicationError::LimitExceeded => Error::<T>::LimitExceeded.into(),
			AdjudicationError::AccumulatorOverflow | AdjudicationError::TotalOverflow => {
				Error::<T>::AmountTooLarge.into()
			},
			AdjudicationError::Line { error, .. } => Self::line_fault(error),
			// A plan is sound since it was published, what was posted can be taken back, and there
			// are as many results as lines.
			AdjudicationError::UnsoundPlan
			| AdjudicationError::NotAccumulated
			| AdjudicationError::CountMismatch => Self::corrupted(error),
		}
	}

	fn line_fault(error: LineError) -> DispatchError {
		match error {
			LineError::ZeroQuantity => Error::<T>::ZeroQuantity.into(),
			LineError::Unbalanced => Error::<T>::Unbalanced.into(),
			LineError::ZeroAdjustment => Error::<T>::ZeroAdjustment.into(),
			LineError::RepeatedAdjustment => Error::<T>::RepeatedAdjustment.into(),
			LineError::WrongGroup => Error::<T>::WrongGroup.into(),
			LineError::PaidThoughDenied => Error::<T>::PaidThoughDenied.into(),
			LineError::WholeCharge => Error::<T>::WholeCharge.into(),
			// There is no prior payer, results are derived and adjustments bounded.
			LineError::PriorAboveCharge
			| LineError::TooManyAdjustments
			| LineError::WrongCategory
			| LineError::WrongResponsibility
			| LineError::WrongUsage
			| LineError::AboveOpen => Self::corrupted(error),
		}
	}

	/// Something that cannot be. The call is refused, and nothing is written.
	fn corrupted(what: impl core::fmt::Debug) -> DispatchError {
		log::error!(target: "runtime::claims", "the state contradicts itself: {what:?}");
		DispatchError::Corruption
	}
}
