//! Money: what a decision moves, what waits, what is held.

use super::{
	pricing::{Case, Outcome},
	Done, Taken,
};
use crate::{pallet::*, types::*};
use frame_support::{
	ensure,
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungibles::{hold::Inspect as _, hold::Mutate as _, Inspect as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation, Provenance, WithdrawConsequence},
		Get,
	},
};
use salus_claims_adjudication::Money;
use salus_primitives::{traits::Credentials, Moment, OrgId};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Puts a decision into effect: the claim stands, in the place of the one before if it corrects
	/// one, and money moves. Tells how many lines the claim before had, if it was replaced now, and what it took.
	///
	/// # Errors
	/// [`Error::InsufficientFunds`] if the provider cannot give back what is too much.
	pub(super) fn conclude(mut case: Case<T>, outcome: Outcome) -> Result<Done, DispatchError> {
		let mut taken = outcome.taken();
		let Outcome { results, totals, used, .. } = outcome;
		let replaced = match case.claim.previous {
			Some(previous) => Self::supersede(previous, &mut case)?,
			None => 0,
		};
		let Case { id, mut claim, mut encounter, terms, .. } = case;
		Used::<T>::insert(claim.coverage, used);
		ClaimResults::<T>::insert(id, results);
		claim.totals = Some(totals);
		encounter.claim = Some(id);
		encounter.correction = None;
		Encounters::<T>::insert(claim.encounter, encounter);
		Self::deposit_event(Event::Adjudicated { claim: id, totals });

		let returned = claim.transferred.saturating_sub(totals.paid);
		Self::give_back(&claim, &terms.asset, returned, &mut taken)?;
		claim.transferred = claim.transferred.saturating_sub(returned);
		let queue = Queues::<T>::get(claim.payer, &terms.asset);
		let first = queue.first.is_none();
		if !Self::settle(id, &mut claim, &terms, returned, first, &mut taken)? {
			Self::enqueue(id, &mut claim, &terms.asset, queue)?;
			let (amount, ahead) = (claim.owed(), queue.length);
			Self::deposit_event(Event::Waiting { claim: id, amount, ahead });
		}
		Claims::<T>::insert(id, claim);
		Ok(Done { replaced, taken })
	}

	/// Pays what a decided claim is owed, with interest, if it is its turn: if it is the `first` that
	/// is paid, or if what is on hold for it would do without interest. Otherwise, or if that is more
	/// than there is, it pays what the hold covers. Whether all is paid.
	fn settle(
		id: ClaimId,
		claim: &mut Claim,
		terms: &TermsOf<T>,
		returned: Money,
		first: bool,
		taken: &mut Taken,
	) -> Result<bool, DispatchError> {
		let (owed, now) = (claim.owed(), Self::now());
		if first || owed <= claim.held {
			if let Some(interest) = Self::pay(claim, terms, owed, taken)? {
				claim.state = ClaimState::Settled { at: now };
				Self::deposit_event(Event::Settled { claim: id, paid: owed, returned, interest });
				return Ok(true);
			}
		}
		let overdue = Self::overdue(claim, terms);
		let part = payable(claim.held, terms.interest, overdue);
		if 0 < part && part < owed {
			if let Some(interest) = Self::pay(claim, terms, part, taken)? {
				Self::deposit_event(Event::PaidInPart { claim: id, paid: part, interest });
			}
		}
		Ok(false)
	}

	/// Pays `amount` of what a claim is owed, with the interest on it, out of what is on hold for it
	/// and what is free. Returns the interest, or `None` if the money is not there or cannot move:
	/// nothing has changed then, and what is on hold stays on hold.
	fn pay(
		claim: &mut Claim,
		terms: &TermsOf<T>,
		amount: Money,
		taken: &mut Taken,
	) -> Result<Option<Money>, DispatchError> {
		let interest = interest(amount, terms.interest, Self::overdue(claim, terms));
		let all = amount.checked_add(interest).ok_or(ArithmeticError::Overflow)?;
		let mut after = *claim;
		after.transferred =
			claim.transferred.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		after.interest = claim.interest.checked_add(interest).ok_or(ArithmeticError::Overflow)?;
		let paid = with_transaction(|| {
			let (asset, from, to) = (&terms.asset, claim.payer, claim.provider);
			let moved = Self::release_hold(&mut after, asset, 0)
				.and_then(|()| Self::move_money(asset, from, to, all, taken));
			match moved {
				Ok(true) => TransactionOutcome::Commit(Ok(true)),
				not => TransactionOutcome::Rollback(not),
			}
		})?;
		Ok(paid.then(|| {
			*claim = after;
			interest
		}))
	}

	/// By how many seconds the payer is late with a claim.
	fn overdue(claim: &Claim, terms: &TermsOf<T>) -> Moment {
		let due = claim.submitted.saturating_add(claim.paused).saturating_add(terms.payment_time);
		Self::now().saturating_sub(due)
	}

	/// Pays a claim that waits what is on hold for it. It is, if the asset was frozen when the claim was
	/// decided: its hold waits for nobody. Tells what it took.
	pub(super) fn pay_hold(case: Case<T>) -> Result<Taken, DispatchError> {
		let Case { id, mut claim, terms, .. } = case;
		let before = claim.held;
		let first = Queues::<T>::get(claim.payer, &terms.asset).first == Some(id);
		let mut taken = Taken::default();
		if Self::settle(id, &mut claim, &terms, 0, first, &mut taken)? {
			Self::dequeue(id, claim.payer, &terms.asset);
		}
		ensure!(claim.held < before, Error::<T>::NothingDue);
		Claims::<T>::insert(id, claim);
		Ok(taken)
	}

	/// Moves `amount` from one settlement account to another, if it is free there and can arrive here.
	/// Whether it has. Notes whether an account begins or ends by it.
	pub(crate) fn move_money(
		asset: &AssetIdOf<T>,
		from: OrgId,
		to: OrgId,
		amount: Money,
		taken: &mut Taken,
	) -> Result<bool, DispatchError> {
		if amount == 0 {
			return Ok(true);
		}
		let (from, to) = (Self::settlement_account(from), Self::settlement_account(to));
		if Self::free(asset, &from) < amount {
			return Ok(false);
		}
		// The system is asked whether an account can begin, also where it cannot.
		taken.account |= Self::is_empty(asset, &to);
		if !Self::arrives(asset, &to, amount) {
			return Ok(false);
		}
		T::Assets::transfer(asset.clone(), &from, &to, amount, Preservation::Expendable)?;
		taken.account |= Self::is_empty(asset, &from);
		Ok(true)
	}

	/// Whether [`Pallet::move_money`] would.
	fn can_move(asset: &AssetIdOf<T>, from: OrgId, to: OrgId, amount: Money) -> bool {
		amount == 0
			|| (Self::free(asset, &Self::settlement_account(from)) >= amount
				&& Self::arrives(asset, &Self::settlement_account(to), amount))
	}

	/// Whether `amount` can arrive in an account.
	fn arrives(asset: &AssetIdOf<T>, to: &T::AccountId, amount: Money) -> bool {
		let arrives = T::Assets::can_deposit(asset.clone(), to, amount, Provenance::Extant);
		arrives.into_result().is_ok()
	}

	/// Whether an account has none of `asset`, on hold or not: what is on hold keeps at least one unit beside it.
	fn is_empty(asset: &AssetIdOf<T>, account: &T::AccountId) -> bool {
		T::Assets::balance(asset.clone(), account) == 0
	}

	/// What of an account is free.
	fn free(asset: &AssetIdOf<T>, account: &T::AccountId) -> Money {
		let expendable = Preservation::Expendable;
		T::Assets::reducible_balance(asset.clone(), account, expendable, Fortitude::Polite)
	}

	/// Takes `amount` back from the provider.
	pub(super) fn give_back(
		claim: &Claim,
		asset: &AssetIdOf<T>,
		amount: Money,
		taken: &mut Taken,
	) -> DispatchResult {
		let moved = Self::move_money(asset, claim.provider, claim.payer, amount, taken)?;
		ensure!(moved, Error::<T>::InsufficientFunds);
		Ok(())
	}

	/// Whether the provider can give back what a correction leaves too much.
	pub(super) fn can_give_back(case: &Case<T>, outcome: &Outcome) -> bool {
		let Case { claim, terms, .. } = case;
		let returned = case.already_paid().saturating_sub(outcome.totals.paid);
		Self::can_move(&terms.asset, claim.provider, claim.payer, returned)
	}

	/// Holds what a pended claim is expected to cost, if it is there and nobody waits for it. What is
	/// on hold for it already, because it was for the claim before, stays as far as it is needed.
	pub(super) fn hold(claim: &mut Claim, asset: &AssetIdOf<T>, expected: Money) -> DispatchResult {
		Self::release_hold(claim, asset, expected)?;
		let more = expected.saturating_sub(claim.held);
		let queue = Queues::<T>::get(claim.payer, asset);
		let account = Self::settlement_account(claim.payer);
		let reason = HoldReason::PendedClaim.into();
		let can = more > 0
			&& queue.first.is_none()
			&& T::AssetsHold::can_hold(asset.clone(), &reason, &account, more);
		if can {
			T::AssetsHold::hold(asset.clone(), &reason, &account, more)?;
			claim.held = expected;
		}
		Ok(())
	}

	/// Whether no money of `org` can be moved now, as the issuer has frozen the asset or the account.
	pub(crate) fn is_frozen(asset: &AssetIdOf<T>, org: OrgId) -> bool {
		use WithdrawConsequence::{Frozen, UnknownAsset};
		let account = Self::settlement_account(org);
		matches!(T::Assets::can_withdraw(asset.clone(), &account, 1), Frozen | UnknownAsset)
	}

	/// Releases what is on hold for a claim beyond `needed`. While the asset is frozen the hold stays, and
	/// keeps no decision from being made: [`Pallet::poke`] releases it later.
	pub(super) fn release_hold(
		claim: &mut Claim,
		asset: &AssetIdOf<T>,
		needed: Money,
	) -> DispatchResult {
		let more = claim.held.saturating_sub(needed);
		if more > 0 && !Self::is_frozen(asset, claim.payer) {
			let account = Self::settlement_account(claim.payer);
			let reason = HoldReason::PendedClaim.into();
			T::AssetsHold::release(asset.clone(), &reason, &account, more, Precision::Exact)?;
			claim.held = claim.held.saturating_sub(more);
		}
		Ok(())
	}

	/// Puts a claim at the end of its queue.
	pub(crate) fn enqueue(
		id: ClaimId,
		claim: &mut Claim,
		asset: &AssetIdOf<T>,
		mut queue: Queue,
	) -> DispatchResult {
		if let Some(last) = queue.last {
			Neighbouring::<T>::mutate_extant(last, |neighbours| neighbours.after = Some(id));
		} else {
			queue.first = Some(id);
		}
		Neighbouring::<T>::insert(id, Neighbours { before: queue.last, after: None });
		queue.last = Some(id);
		queue.length = queue.length.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Queues::<T>::insert(claim.payer, asset, queue);
		claim.state = ClaimState::Waiting { since: Self::now() };
		Ok(())
	}

	/// Takes a claim out of its queue, if it waits.
	pub(super) fn dequeue(id: ClaimId, payer: OrgId, asset: &AssetIdOf<T>) {
		let Some(Neighbours { before, after }) = Neighbouring::<T>::take(id) else { return };
		Queues::<T>::mutate_exists(payer, asset, |stored| {
			let mut queue = stored.unwrap_or_default();
			match before {
				Some(id) => {
					Neighbouring::<T>::mutate_extant(id, |neighbours| neighbours.after = after)
				},
				None => queue.first = after,
			}
			match after {
				Some(id) => {
					Neighbouring::<T>::mutate_extant(id, |neighbours| neighbours.before = before)
				},
				None => queue.last = before,
			}
			queue.length = queue.length.saturating_sub(1);
			*stored = queue.first.is_some().then_some(queue);
		});
	}

	/// Pays from the head of a queue. Returns how many claims were looked at, and what it took.
	pub(crate) fn do_settle_waiting(
		payer: OrgId,
		asset: AssetIdOf<T>,
		limit: u32,
	) -> Result<(u32, Taken), DispatchError> {
		ensure!(Queues::<T>::contains_key(payer, &asset), Error::<T>::NothingWaiting);
		let mut taken = Taken::default();
		let limit = limit.min(T::Page::get());
		let (looked, paid) = Self::pay_waiting(payer, &asset, limit, &mut taken)?;
		ensure!(paid > 0, Error::<T>::InsufficientFunds);
		Ok((looked, taken))
	}

	/// Pays up to `limit` claims of a queue, in their order, until the funds are short. How many
	/// claims were looked at, and to how many something was paid.
	fn pay_waiting(
		payer: OrgId,
		asset: &AssetIdOf<T>,
		limit: u32,
		taken: &mut Taken,
	) -> Result<(u32, u32), DispatchError> {
		let (mut looked, mut paid) = (0u32, 0u32);
		while looked < limit {
			let Some(id) = Queues::<T>::get(payer, asset).first else { break };
			looked = looked.saturating_add(1);
			let mut claim = Self::claim(id)?;
			let before = claim.transferred;
			let terms = Self::terms(&Self::coverage(claim.coverage)?)?;
			let settled = Self::settle(id, &mut claim, &terms, 0, true, taken)?;
			Claims::<T>::insert(id, claim);
			if settled || claim.transferred > before {
				paid = paid.saturating_add(1);
			}
			if !settled {
				break;
			}
			Self::dequeue(id, payer, asset);
		}
		Ok((looked, paid))
	}

	/// Returns how many claims were looked at that wait, and what it took to pay them.
	pub(crate) fn do_fund(
		who: &T::AccountId,
		org: OrgId,
		asset: AssetIdOf<T>,
		amount: Money,
	) -> Result<(u32, Taken), DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(Self::is_suitable(asset.clone()), Error::<T>::UnsuitableAsset);
		ensure!(T::Credentials::admin(org).is_some(), Error::<T>::OrganisationNotFound);
		Self::ensure_account(org);
		let account = Self::settlement_account(org);
		let expendable = Preservation::Expendable;
		T::Assets::transfer(asset.clone(), who, &account, amount, expendable)?;
		Self::deposit_event(Event::Funded { org, asset: asset.clone(), amount });
		let (limit, mut taken) = (T::SettledByFunding::get(), Taken::default());
		let (looked, _) = Self::pay_waiting(org, &asset, limit, &mut taken)?;
		Ok((looked, taken))
	}

	pub(crate) fn do_withdraw(
		who: &T::AccountId,
		org: OrgId,
		asset: AssetIdOf<T>,
		amount: Money,
	) -> DispatchResult {
		Self::ensure_admin(who, org)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(!Queues::<T>::contains_key(org, &asset), Error::<T>::ClaimsWaiting);
		let account = Self::settlement_account(org);
		ensure!(Self::free(&asset, &account) >= amount, Error::<T>::InsufficientFunds);
		T::Assets::transfer(asset.clone(), &account, who, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::Withdrawn { org, asset, amount });
		Ok(())
	}
}
