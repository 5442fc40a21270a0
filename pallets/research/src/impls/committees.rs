//! Votes of committees: who may vote, and whose vote counts.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{ConstU32, DispatchError},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{traits::Credentials, Interval, Moment, OrgId, Role};

type Votes<T> = BoundedVec<Vote<AccountOf<T>>, ConstU32<MAX_VOTES>>;

impl<T: Config> Pallet<T> {
	/// Refuses a committee that is no organisation, or a quorum that is too small or so large that there is hardly room for it.
	pub(crate) fn ensure_committee(committee: OrgId, quorum: u32) -> Result<(), Error<T>> {
		ensure!(T::Credentials::admin(committee).is_some(), Error::<T>::UnknownOrganisation);
		ensure!((MIN_QUORUM..=MAX_QUORUM).contains(&quorum), Error::<T>::WrongQuorum);
		Ok(())
	}

	/// Whether `who` is a member for data access of `committee` at `now`.
	pub(crate) fn is_member(who: &T::AccountId, committee: OrgId, now: Moment) -> bool {
		T::Credentials::was_affiliated(committee, who, Role::DacMember, now)
	}

	/// Refuses whoever does not vote for `committee`, which must be `named`.
	pub(crate) fn ensure_votes_for(
		who: &T::AccountId,
		committee: OrgId,
		named: OrgId,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(
			committee == named && Self::is_member(who, committee, now),
			Error::<T>::NotAuthorised
		);
		Self::ensure_licensed(committee, now)
	}

	/// Whether `who` has a part in `request` of `study`: leads the study, signed for the institution or administers it, or
	/// has been employed there at any moment from [`Config::RecusalTime`] before the request until now.
	pub(crate) fn is_recused(
		who: &T::AccountId,
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		now: Moment,
	) -> bool {
		let since = request.asked_at.saturating_sub(T::RecusalTime::get());
		study.investigator == *who
			|| request.cosigned.as_ref().is_some_and(|cosigned| cosigned.by == *who)
			|| Self::administers(who, study.organisation)
			|| T::Credentials::was_employed_within(
				study.organisation,
				who,
				Interval::new(since, now.saturating_add(1)),
			)
	}

	/// Adds a vote. Each member has one.
	pub(crate) fn cast(
		votes: &mut Votes<T>,
		by: T::AccountId,
		in_favour: bool,
		at: Moment,
	) -> Result<(), DispatchError> {
		ensure!(!votes.iter().any(|vote| vote.by == by), Error::<T>::AlreadyVoted);
		votes.try_push(Vote { by, in_favour, at }).map_err(|_| Error::<T>::TooManyVotes.into())
	}

	/// Counts those votes of members of `committee` that `counts` lets count.
	pub(crate) fn tally(
		votes: &[Vote<T::AccountId>],
		committee: OrgId,
		now: Moment,
		counts: impl Fn(&T::AccountId) -> bool,
	) -> Tally {
		votes
			.iter()
			.filter(|vote| Self::is_member(&vote.by, committee, now) && counts(&vote.by))
			.fold(Tally::default(), |tally, vote| match vote.in_favour {
				true => Tally { in_favour: tally.in_favour.saturating_add(1), ..tally },
				false => Tally { against: tally.against.saturating_add(1), ..tally },
			})
	}

	/// The votes on `request` that count at `now`.
	pub(crate) fn tally_of(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		committee: OrgId,
		now: Moment,
	) -> Tally {
		Self::tally(&request.votes, committee, now, |who| {
			!Self::is_recused(who, request, study, now)
		})
	}
}
