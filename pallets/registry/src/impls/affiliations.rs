//! Affiliations: invited, accepted, declined, ended, and who pays for them.

use crate::{pallet::*, Affiliation, AffiliationInterval, Deposit, Invitation, Tenure};
use frame_support::{
	ensure,
	traits::{Consideration, DefensiveOption, Get},
};
use salus_primitives::{
	traits::{Dismissed, TokenlessAccounts},
	Moment, OrgId, Refill, Role,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_invite(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_admin(&who, org)?;
		// Each invitation opens the chain to an account without tokens, so strangers make none.
		ensure!(Self::is_licensed(org, now), Error::<T>::NotLicensed);
		Self::ensure_term(until, now, now, T::MaxAffiliationTerm::get())?;
		ensure!(!Invitations::<T>::contains_key((org, &account, role)), Error::<T>::AlreadyInvited);
		ensure!(
			Affiliations::<T>::get(org, &account).is_none_or(|a| !a.intervals.is_full()),
			Error::<T>::HistoryFull
		);
		let mut made = InvitationsMade::<T>::get(org);
		let may = made.try_spend(1, Refill::daily(T::MaxInvitations::get()), now);
		ensure!(may, Error::<T>::TooManyInvitations);
		let ticket = T::Consideration::new(&who, Self::affiliation_footprint())?;
		T::Tokenless::invite(&account)?;
		InvitationsMade::<T>::insert(org, made);
		Invitations::<T>::insert(
			(org, &account, role),
			Invitation { until, deposit: Deposit { depositor: who, ticket } },
		);
		Self::deposit_event(Event::Invited { org, who: account, role, until });
		Ok(())
	}

	pub(crate) fn do_accept_affiliation(
		who: T::AccountId,
		org: OrgId,
		role: Role,
	) -> DispatchResult {
		let now = Self::now();
		let Invitation { until, deposit } =
			Invitations::<T>::get((org, &who, role)).ok_or(Error::<T>::NotInvited)?;
		ensure!(until > now, Error::<T>::InvitationLapsed);
		let mut affiliation = Affiliations::<T>::get(org, &who).unwrap_or_default();
		ensure!(!affiliation.began_at(role, now), Error::<T>::BeganThisSecond);
		if let Some(live) = affiliation.live_mut(role, now) {
			live.ended = Some(now);
		}
		affiliation
			.intervals
			.try_push(AffiliationInterval { role, from: now, until, ended: None })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Self::employ(&who, org, now)?;
		T::Tokenless::welcome(&who)?;
		// From now on the deposit of the affiliation stands for the account.
		if let Some(deposit) = Lingering::<T>::take(&who) {
			deposit.release()?;
		}
		if affiliation.deposit.is_none() {
			affiliation.deposit = Some(deposit);
		} else {
			deposit.release()?;
		}
		Invitations::<T>::remove((org, &who, role));
		Affiliations::<T>::insert(org, &who, affiliation);
		Self::deposit_event(Event::Affiliated { org, who, role, until });
		Ok(())
	}

	/// Puts `org` among the employers of `who`. Where there is no room, the one goes that `who` left longest ago and that was never
	/// flagged while `who` was affiliated there. Those stay, because a denial that a patient sealed meanwhile still counts for them; and
	/// of the others as many as there is room for, because who judges for somebody else is compared with those whom `who` left lately.
	pub(crate) fn employ(who: &T::AccountId, org: OrgId, now: Moment) -> DispatchResult {
		let mut employers = Employers::<T>::get(who);
		if employers.contains(&org) {
			return Ok(());
		}
		if employers.is_full() {
			let left = |other: &OrgId| Self::left_at(*other, who, now).map(|at| (at, *other));
			let first = employers.iter().filter_map(left).min();
			employers.retain(|other| first.is_none_or(|(_, goes)| *other != goes));
		}
		employers.try_push(org).map_err(|_| Error::<T>::TooManyEmployers)?;
		Employers::<T>::insert(who, employers);
		Ok(())
	}

	/// When `who` left `org` for the last time, if `who` is not affiliated there now and `org` was never flagged meanwhile.
	fn left_at(org: OrgId, who: &T::AccountId, now: Moment) -> Option<Moment> {
		let free = Self::roles_at(org, who, now).is_empty()
			&& Self::worked_while_flagged(org, who).is_empty();
		let intervals = Affiliations::<T>::get(org, who).map(|found| found.intervals);
		let last = intervals.iter().flatten().map(|interval| interval.span().until).max();
		free.then(|| last.unwrap_or_default())
	}

	/// Removes an invitation and gives its deposit back; but if the account stays because of it, the deposit
	/// does.
	fn remove_invitation(org: OrgId, account: &T::AccountId, role: Role) -> DispatchResult {
		let Invitation { deposit, .. } =
			Invitations::<T>::take((org, account, role)).ok_or(Error::<T>::NotInvited)?;
		match T::Tokenless::dismiss(account) {
			Dismissed::Stays if !Lingering::<T>::contains_key(account) => {
				Lingering::<T>::insert(account, deposit);
				Ok(())
			},
			Dismissed::Stays | Dismissed::Settled => deposit.release(),
		}
	}

	pub(crate) fn do_decline_affiliation(
		who: T::AccountId,
		org: OrgId,
		role: Role,
	) -> DispatchResult {
		Self::remove_invitation(org, &who, role)?;
		Self::deposit_event(Event::InvitationDeclined { org, who, role });
		Ok(())
	}

	pub(crate) fn do_cancel_invitation(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		Self::remove_invitation(org, &account, role)?;
		Self::deposit_event(Event::InvitationCancelled { org, who: account, role });
		Ok(())
	}

	pub(crate) fn check_end_affiliation(
		who: &T::AccountId,
		org: OrgId,
		account: &T::AccountId,
		role: Role,
	) -> Result<(Affiliation<T>, Moment), DispatchError> {
		ensure!(
			who == account || Administrators::<T>::get(who) == Some(org),
			Error::<T>::NotAuthorised
		);
		let now = Self::now();
		let affiliation = Affiliations::<T>::get(org, account)
			.filter(|affiliation| affiliation.is_live(role, now))
			.ok_or(Error::<T>::NotAffiliated)?;
		ensure!(!affiliation.began_at(role, now), Error::<T>::BeganThisSecond);
		Ok((affiliation, now))
	}

	pub(crate) fn do_end_affiliation(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
	) -> DispatchResult {
		let (mut affiliation, now) = Self::check_end_affiliation(&who, org, &account, role)?;
		let live = affiliation.live_mut(role, now).defensive_ok_or(Error::<T>::NotAffiliated)?;
		live.ended = Some(now);
		Affiliations::<T>::insert(org, &account, affiliation);
		let by_member = who == account;
		Self::deposit_event(Event::AffiliationEnded { org, who: account, role, by_member });
		Ok(())
	}

	pub(crate) fn do_assume_deposit(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		let mut affiliation =
			Affiliations::<T>::get(org, &account).ok_or(Error::<T>::NotAffiliated)?;
		let old = affiliation.deposit.take().defensive_ok_or(Error::<T>::NotAffiliated)?;
		ensure!(old.depositor != who, Error::<T>::AlreadyDepositor);
		let ticket = T::Consideration::new(&who, Self::affiliation_footprint())?;
		let depositor = old.depositor.clone();
		old.release()?;
		affiliation.deposit = Some(Deposit { depositor: who.clone(), ticket });
		Affiliations::<T>::insert(org, &account, affiliation);
		Self::deposit_event(Event::DepositAssumed { org, who: account, old: depositor, new: who });
		Ok(())
	}
}
