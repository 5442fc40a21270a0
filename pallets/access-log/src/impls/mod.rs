//! The logic behind the calls: checks first, writes last.

mod answers;

use crate::{heads::Link, *};
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
		assert!(
			T::Heartbeat::get() > T::CommitInterval::get(),
			"a log must not be stale before it may be committed to again"
		);
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
		let before = Custodians::<T>::get(organisation);
		Self::ensure_follows(before.as_ref(), &previous, now)?;
		let due = before.map_or(0, |before| before.entries);
		ensure!(seq_from == due, Error::<T>::WrongSequence);
		let count = seq_until.checked_sub(seq_from).ok_or(Error::<T>::WrongSequence)?;
		ensure!(count <= MAX_ENTRIES, Error::<T>::TooManyEntries);
		ensure!(is_empty_root(&root) == (count == 0), Error::<T>::WrongRoot);
		let number = before.map_or(0, |before| before.commits);
		let epoch = before.map_or(0, |before| before.epoch);
		let link = Link { number, epoch, root, seq_from, seq_until };
		let head = Self::put_commit(organisation, before, link, previous, payer, now)?;
		Self::deposit_event(Event::LogCommitted { organisation, number, head, seq_until, by });
		Ok(())
	}

	pub(crate) fn do_begin_anew(
		by: T::AccountId,
		organisation: OrgId,
		previous: LogHash,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_logs(&by, organisation, now)?;
		let before = Custodians::<T>::get(organisation).ok_or(Error::<T>::LogNotCommitted)?;
		Self::ensure_follows(Some(&before), &previous, now)?;
		let number = before.commits;
		let epoch = before.epoch.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let link = Link { number, epoch, root: empty_root(), seq_from: 0, seq_until: 0 };
		let head = Self::put_commit(organisation, Some(before), link, previous, payer, now)?;
		Self::deposit_event(Event::LogBegunAnew { organisation, number, epoch, head, by });
		Ok(())
	}

	/// Refuses what does not continue the chain of heads as it stands, and what comes too soon after its last commit.
	fn ensure_follows(
		before: Option<&Custodian>,
		previous: &LogHash,
		now: Moment,
	) -> Result<(), Error<T>> {
		let head = before.map_or_else(heads::origin, |before| before.head);
		ensure!(*previous == head, Error::<T>::WrongPrevious);
		let waited = before
			.is_none_or(|before| before.last_at.saturating_add(T::CommitInterval::get()) <= now);
		ensure!(waited, Error::<T>::TooSoon);
		Ok(())
	}

	/// Writes a commit that has passed all other checks. Tells the head with it.
	fn put_commit(
		organisation: OrgId,
		before: Option<Custodian>,
		link: Link,
		previous: LogHash,
		payer: T::AccountId,
		now: Moment,
	) -> Result<LogHash, Error<T>> {
		let Link { number, epoch, root, seq_from, seq_until } = link;
		let commits = number.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let head = heads::head(&Self::genesis(), organisation, &previous, &link);
		let deposit = Self::take_deposit(payer, Self::commit_footprint());
		let unpaid =
			before.map_or(0, |before| before.unpaid).saturating_add(u32::from(deposit.is_none()));
		Commits::<T>::insert(
			organisation,
			number,
			LogCommit { epoch, seq_from, seq_until, root, head, at: now, deposit },
		);
		Custodians::<T>::insert(
			organisation,
			Custodian { commits, epoch, entries: seq_until, head, last_at: now, unpaid },
		);
		Ok(head)
	}

	/// Takes a deposit from `payer`; `None` if it cannot pay. Who looked is to be told all the same: what is stored
	/// without a deposit is bounded by [`Config::CommitInterval`], and by there being one attestation for each
	/// organisation and day.
	fn take_deposit(
		payer: T::AccountId,
		footprint: Footprint,
	) -> Option<(T::AccountId, T::Consideration)> {
		let ticket = T::Consideration::new(&payer, footprint).ok()?;
		Some((payer, ticket))
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
		let mut custodian = Custodians::<T>::get(organisation)
			.filter(|custodian| over <= custodian.last_at)
			.ok_or(Error::<T>::LogNotCommitted)?;
		ensure!(
			!Attestations::<T>::contains_key(organisation, (counterparty, day)),
			Error::<T>::AlreadyAttested
		);
		let deposit = Self::take_deposit(payer, Self::attestation_footprint());
		if deposit.is_none() {
			custodian.unpaid = custodian.unpaid.saturating_add(1);
			Custodians::<T>::insert(organisation, custodian);
		}
		Attestations::<T>::insert(
			organisation,
			(counterparty, day),
			Attestation { counts, at: now, deposit },
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
