//! What a provider does: submit, correct, take back, answer.

use super::{
	pricing::{Case, Outcome},
	BondChange, Done, Taken,
};
use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::ensure;
use salus_claims_adjudication::reverse;
use salus_primitives::{commitment::merkle_root, Commitment, Moment, OrgId};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Claims an encounter. Tells what it took.
	pub(crate) fn do_submit(
		who: &T::AccountId,
		org: OrgId,
		id: EncounterId,
		lines: PerLine<Line>,
	) -> Result<Taken, DispatchError> {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let encounter = Self::encounter_of(org, id)?;
		ensure!(encounter.claim.is_none(), Error::<T>::AlreadyClaimed);
		let (case, bond) = Self::open_case(id, encounter, None, lines)?;
		let done = Self::take_up(case)?;
		Ok(Taken { bond, ..done.taken })
	}

	/// Replaces a claim. Tells how many lines the claim had that it replaced now, none if that stands
	/// until the payer has decided; and what it took.
	pub(crate) fn do_correct(
		who: &T::AccountId,
		org: OrgId,
		previous: ClaimId,
		lines: PerLine<Line>,
	) -> Result<Done, DispatchError> {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let before = Self::claim_of_provider(org, previous)?;
		let encounter = Self::encounter(before.encounter)?;
		Self::ensure_current(&encounter, previous)?;
		let previous = Some((previous, before));
		let (case, bond) = Self::open_case(before.encounter, encounter, previous, lines)?;
		// A denial for lateness would take back what was paid in time.
		ensure!(!case.is_late(), Error::<T>::FilingLimitPassed);
		let Done { replaced, taken } = Self::take_up(case)?;
		Ok(Done { replaced, taken: Taken { bond, ..taken } })
	}

	/// The claim that stands for an encounter, with no correction under way.
	fn ensure_current(encounter: &Encounter, id: ClaimId) -> DispatchResult {
		ensure!(encounter.claim == Some(id), Error::<T>::NotCurrent);
		ensure!(encounter.correction.is_none(), Error::<T>::CorrectionPending);
		Ok(())
	}

	/// Writes a new claim down, once everything that the provider could put right is right. Tells what became
	/// of the bond.
	fn open_case(
		encounter_id: EncounterId,
		encounter: Encounter,
		previous: Option<(ClaimId, Claim)>,
		lines: PerLine<Line>,
	) -> Result<(Case<T>, BondChange), DispatchError> {
		let closing = encounter.closing.ok_or(Error::<T>::NotClosed)?;
		let vouched = encounter.attested.is_some() || encounter.emergency;
		let coverage_id = encounter.coverage.filter(|_| vouched).ok_or(Error::<T>::NotAttested)?;
		let coverage = Self::coverage(coverage_id)?;
		let (provider, payer) = (encounter.provider, coverage.payer);
		ensure!(provider != payer, Error::<T>::ConflictOfInterest);
		let terms = Self::terms(&coverage)?;
		// A number that fills an accumulator would keep every later claim from being decided.
		let countable = |line: &Line| line.quantity <= MAX_QUANTITY && line.charge <= MAX_CHARGE;
		ensure!(lines.iter().all(countable), Error::<T>::AmountTooLarge);

		let details: Vec<Commitment> = lines.iter().map(|line| line.detail).collect();
		let recorded = u8::try_from(details.len()) == Ok(closing.lines)
			&& merkle_root(&details) == Some(closing.root);
		ensure!(recorded, Error::<T>::LinesNotRecorded);
		Self::take_lines(encounter_id, details)?;

		let id = Self::next_number::<ClaimId, NextClaim<T>>()?;
		let claim = Claim {
			encounter: encounter_id,
			coverage: coverage_id,
			provider,
			payer,
			version: previous.map_or(1, |(_, before)| before.version.saturating_add(1)),
			previous: previous.map(|(id, _)| id),
			submitted: Self::now(),
			paused: 0,
			requests: 0,
			// Replaced before the call returns.
			state: ClaimState::Voided { at: 0 },
			totals: None,
			transferred: 0,
			interest: 0,
			held: 0,
		};
		let bond = Self::charge_bond(provider, &(claim, &lines))?;
		ClaimLines::<T>::insert(id, &lines);
		CoverageClaims::<T>::insert(coverage_id, id, ());
		Self::deposit_event(Event::Submitted {
			claim: id,
			encounter: encounter_id,
			coverage: coverage_id,
			previous: claim.previous,
		});
		Ok((Case { id, claim, encounter, coverage, terms, lines }, bond))
	}

	/// Decides about a new claim, or pends it. Tells how many lines the claim had that it replaced, and what it took.
	fn take_up(mut case: Case<T>) -> Result<Done, DispatchError> {
		let before = case.claim.previous.map(Self::claim).transpose()?;
		let undecided = before.is_some_and(|before| before.state.is_pending());
		let mut replaced = 0;
		if let (true, Some(previous)) = (undecided, case.claim.previous) {
			replaced = Self::supersede(previous, &mut case)?;
		}
		let outcome = case.by_rules()?;
		let Some(reason) = case.needs_decision(&outcome) else {
			let done = Self::conclude(case, outcome)?;
			return Ok(Done { replaced: replaced.max(done.replaced), ..done });
		};
		if before.is_some_and(|before| before.state.is_decided()) {
			case.encounter.correction = Some(case.id);
		} else {
			case.encounter.claim = Some(case.id);
		}
		Encounters::<T>::insert(case.claim.encounter, case.encounter);
		let due = case.claim.submitted.saturating_add(case.terms.decision_time);
		Self::pend(case, &outcome, reason, due)?;
		Ok(Done { replaced, ..Done::nothing(&outcome) })
	}

	/// Lets a claim await the payer until `due`, and holds what it is expected to cost.
	pub(super) fn pend(
		case: Case<T>,
		outcome: &Outcome,
		reason: PendReason,
		due: Moment,
	) -> DispatchResult {
		let expected = outcome.totals.paid.saturating_sub(case.already_paid());
		let Case { id, mut claim, terms, .. } = case;
		// Without the member's word no claim ties up the payer's money.
		let needed = if reason == PendReason::NotAttested { 0 } else { expected };
		Self::hold(&mut claim, &terms.asset, needed)?;
		claim.state = ClaimState::Pended { reason, due };
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::Pended { claim: id, reason, due, held: claim.held });
		Ok(())
	}

	/// Ends the claim that `case` replaces. What the provider has of it, and what is on hold for it,
	/// is the new claim's: whoever puts a claim right does not lose what was set aside for it. Returns how
	/// many lines the ended claim had.
	pub(super) fn supersede(previous: ClaimId, case: &mut Case<T>) -> Result<u32, DispatchError> {
		let mut before = Self::claim(previous)?;
		if matches!(before.state, ClaimState::Superseded { .. }) {
			// It was undecided, and was replaced when this one was submitted.
			return Ok(0);
		}
		// An encounter stays on its coverage while it is claimed, so payer and terms are the same.
		Self::dequeue(previous, before.payer, &case.terms.asset);
		let lines = ClaimLines::<T>::get(previous);
		Self::free_lines(&lines, &case.lines);
		let (transferred, held) = (before.transferred, before.held);
		(before.transferred, before.held) = (0, 0);
		let claim = &mut case.claim;
		claim.transferred =
			claim.transferred.checked_add(transferred).ok_or(ArithmeticError::Overflow)?;
		claim.held = claim.held.checked_add(held).ok_or(ArithmeticError::Overflow)?;
		before.state = ClaimState::Superseded { by: case.id };
		Claims::<T>::insert(previous, before);
		Self::deposit_event(Event::Superseded { claim: previous, by: case.id });
		Ok(Self::count(&lines))
	}

	/// Takes a claim back. Returns of how many lines it had to see to.
	pub(crate) fn do_void(
		who: &T::AccountId,
		org: OrgId,
		id: ClaimId,
	) -> Result<u32, DispatchError> {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let claim = Self::claim_of_provider(org, id)?;
		let case = Self::case(id, claim)?;
		if case.encounter.correction == Some(id) {
			return Self::lapse(case);
		}
		Self::ensure_current(&case.encounter, id)?;
		let Case { mut claim, mut encounter, terms, lines, .. } = case;
		Self::release_hold(&mut claim, &terms.asset, 0)?;
		if claim.state.is_decided() {
			Self::dequeue(id, claim.payer, &terms.asset);
			let results = ClaimResults::<T>::get(id).unwrap_or_default();
			let used = Used::<T>::get(claim.coverage);
			Used::<T>::insert(claim.coverage, reverse(&used, &results).map_err(Self::fault)?);
		}
		let returned = core::mem::take(&mut claim.transferred);
		// Its weight is that of an account that ends, whether it does or not.
		Self::give_back(&claim, &terms.asset, returned, &mut Taken::default())?;
		Self::free_lines(&lines, &[]);
		encounter.claim = None;
		Encounters::<T>::insert(claim.encounter, encounter);
		claim.state = ClaimState::Voided { at: Self::now() };
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::Voided { claim: id, returned });
		Ok(Self::count(&lines))
	}

	/// Ends a correction that came to nothing: the claim before it stands. Returns how many lines the
	/// longer one of the two has.
	pub(super) fn lapse(case: Case<T>) -> Result<u32, DispatchError> {
		let Case { id, mut claim, mut encounter, terms, lines, .. } = case;
		Self::release_hold(&mut claim, &terms.asset, 0)?;
		let standing = encounter.claim.map(ClaimLines::<T>::get).unwrap_or_default();
		Self::free_lines(&lines, &standing);
		encounter.correction = None;
		Encounters::<T>::insert(claim.encounter, encounter);
		claim.state = ClaimState::Lapsed { at: Self::now() };
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::Lapsed { claim: id });
		Ok(Self::count(&lines).max(Self::count(&standing)))
	}

	pub(crate) fn do_answer(who: &T::AccountId, org: OrgId, id: ClaimId) -> DispatchResult {
		Self::ensure_staff(who, org, BILLING_ROLES)?;
		let mut claim = Self::claim_of_provider(org, id)?;
		let ClaimState::InformationRequested { reason, due, left, .. } = claim.state else {
			return Err(Error::<T>::NotRequested.into());
		};
		let now = Self::now();
		ensure!(now < due, Error::<T>::NothingDue);
		Self::stop_pausing(&mut claim);
		let due = now.saturating_add(left);
		claim.state = ClaimState::Pended { reason, due };
		Claims::<T>::insert(id, claim);
		Self::deposit_event(Event::Answered { claim: id, due });
		Ok(())
	}

	/// Makes every line of a claim one of `encounter`, and of no other.
	fn take_lines(encounter: EncounterId, mut details: Vec<Commitment>) -> DispatchResult {
		details.sort_unstable();
		let twice = details.windows(2).any(|pair| matches!(pair, [a, b] if a == b));
		ensure!(!twice, Error::<T>::LineAlreadyClaimed);
		for detail in details {
			match ServiceLines::<T>::get(detail) {
				None => ServiceLines::<T>::insert(detail, encounter),
				Some(of) => ensure!(of == encounter, Error::<T>::LineAlreadyClaimed),
			}
		}
		Ok(())
	}

	/// Frees the lines that no claim has any more: those that are not in `kept`.
	fn free_lines(lines: &[Line], kept: &[Line]) {
		let mut kept: Vec<Commitment> = kept.iter().map(|line| line.detail).collect();
		kept.sort_unstable();
		for line in lines {
			if kept.binary_search(&line.detail).is_err() {
				ServiceLines::<T>::remove(line.detail);
			}
		}
	}

	/// How many lines these are.
	pub(crate) fn count(lines: &PerLine<Line>) -> u32 {
		u32::try_from(lines.len()).unwrap_or(MAX_LINES)
	}

	/// A claim.
	pub(super) fn claim(id: ClaimId) -> Result<Claim, DispatchError> {
		Ok(Claims::<T>::get(id).ok_or(Error::<T>::ClaimNotFound)?)
	}

	fn claim_of_provider(org: OrgId, id: ClaimId) -> Result<Claim, DispatchError> {
		let claim = Self::claim(id)?;
		ensure!(claim.provider == org, Error::<T>::NotYourClaim);
		Ok(claim)
	}
}
