//! The logic behind the calls: checks first, writes last.

mod answers;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Consideration, Footprint, Get, UnixTime},
};
use frame_system::pallet_prelude::BlockNumberFor;
use salus_primitives::{time::DAY, traits::Credentials, Moment, OrgId};
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		assert!(T::Heartbeat::get() > 0, "a log must not be stale at once");
		assert!(
			T::ReconciliationTime::get() > T::Heartbeat::get(),
			"what is compared must be committed to before"
		);
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The genesis hash, which every head binds.
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// What the deposit of a commit pays for.
	pub(crate) fn commit_footprint() -> Footprint {
		Footprint::from_mel::<(OrgId, u32, LogCommit<T::AccountId, ()>)>()
	}

	/// What the deposit of an attestation pays for.
	pub(crate) fn attestation_footprint() -> Footprint {
		Footprint::from_mel::<(OrgId, OrgId, Day, Attestation<T::AccountId, ()>)>()
	}

	/// Refuses who does not commit to logs for `organisation`. Tells who pays.
	fn ensure_logs(
		who: &T::AccountId,
		organisation: OrgId,
		now: Moment,
	) -> Result<T::AccountId, DispatchError> {
		let admin = T::Credentials::admin(organisation).ok_or(Error::<T>::NotAuthorised)?;
		let may =
			admin == *who || T::Credentials::roles(organisation, who, now).intersects(LOG_ROLES);
		ensure!(may, Error::<T>::NotAuthorised);
		Ok(admin)
	}

	pub(crate) fn do_commit(
		by: T::AccountId,
		organisation: OrgId,
		seq_from: u64,
		seq_until: u64,
		root: LogHash,
		previous: LogHash,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_logs(&by, organisation, now)?;
		let before = Custodians::<T>::get(organisation).unwrap_or(Custodian {
			commits: 0,
			entries: 0,
			head: heads::origin(),
			last_at: now,
		});
		ensure!(previous == before.head, Error::<T>::WrongPrevious);
		ensure!(seq_from == before.entries && seq_from <= seq_until, Error::<T>::WrongSequence);
		ensure!(is_empty_root(&root) == (seq_from == seq_until), Error::<T>::WrongRoot);
		let number = before.commits;
		let commits = number.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let ticket = T::Consideration::new(&payer, Self::commit_footprint())?;
		let genesis = Self::genesis();
		let head =
			heads::head(&genesis, organisation, number, &previous, &root, seq_from, seq_until);
		Commits::<T>::insert(
			organisation,
			number,
			LogCommit { seq_from, seq_until, root, head, at: now, payer, ticket },
		);
		let custodian = Custodian { commits, entries: seq_until, head, last_at: now };
		Custodians::<T>::insert(organisation, custodian);
		Self::deposit_event(Event::LogCommitted { organisation, number, head, seq_until, by });
		Ok(())
	}

	pub(crate) fn do_attest_reconciled(
		by: T::AccountId,
		organisation: OrgId,
		counterparty: OrgId,
		day: Day,
		counts: Counts,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_logs(&by, organisation, now)?;
		ensure!(organisation != counterparty, Error::<T>::SameOrganisation);
		ensure!(T::Credentials::admin(counterparty).is_some(), Error::<T>::UnknownOrganisation);
		let over = Self::end_of(day);
		ensure!(over <= now, Error::<T>::DayNotOver);
		ensure!(now < over.saturating_add(T::ReconciliationTime::get()), Error::<T>::TooLate);
		ensure!(
			Custodians::<T>::get(organisation).is_some_and(|custodian| over <= custodian.last_at),
			Error::<T>::LogNotCommitted
		);
		ensure!(
			!Attestations::<T>::contains_key(organisation, (counterparty, day)),
			Error::<T>::AlreadyAttested
		);
		let ticket = T::Consideration::new(&payer, Self::attestation_footprint())?;
		Attestations::<T>::insert(
			organisation,
			(counterparty, day),
			Attestation { counts, at: now, payer, ticket },
		);
		Self::deposit_event(Event::ReconciliationAttested {
			organisation,
			counterparty,
			day,
			counts,
			by,
		});
		Ok(())
	}

	/// The first moment after `day`.
	pub(crate) fn end_of(day: Day) -> Moment {
		Moment::from(day).saturating_add(1).saturating_mul(DAY)
	}
}
