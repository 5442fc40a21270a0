//! Votes of committees: who may vote, and whose vote counts.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_support::{
	ensure,
	pallet_prelude::{ConstU32, DispatchError},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{traits::Credentials, Interval, Moment, OrgId, Role};

/// Who has a part in a request: neither they nor those whom their organisations employ decide about it.
pub(crate) struct Parties<AccountId> {
	/// The principal investigator, those who administer or have administered the institution, and those who administer another organisation for
	/// which the investigator works.
	pub people: Vec<AccountId>,
	/// The institution.
	pub institution: OrgId,
	/// Whatever other organisation the principal investigator works for, or did: [`MAX_OTHER_EMPLOYERS`] at most when a committee
	/// decides.
	pub others: Vec<OrgId>,
	/// Employment at any moment of it counts.
	pub within: Interval,
}

type Votes<T> = BoundedVec<Vote<AccountOf<T>>, ConstU32<MAX_VOTES>>;

impl<T: Config> Pallet<T> {
	/// Refuses a committee that is no organisation or is not licensed, or a quorum that is too small or so large that there is hardly room
	/// for it.
	pub(crate) fn ensure_committee(
		committee: OrgId,
		quorum: u32,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(T::Credentials::admin(committee).is_some(), Error::<T>::UnknownOrganisation);
		Self::ensure_licensed(committee, now)?;
		ensure!((MIN_QUORUM..=MAX_QUORUM).contains(&quorum), Error::<T>::WrongQuorum);
		Ok(())
	}

	/// Whether `who` is a member for data access of `committee` at `now`.
	pub(crate) fn is_member(who: &T::AccountId, committee: OrgId, now: Moment) -> bool {
		T::Credentials::was_affiliated(committee, who, Role::DacMember, now)
	}

	/// Whether `who` decides for `committee` about what was asked at `asked_at`: a member now, and then. So nobody is made a member for
	/// the sake of one vote.
	pub(crate) fn decides(
		who: &T::AccountId,
		committee: OrgId,
		asked_at: Moment,
		now: Moment,
	) -> bool {
		Self::is_member(who, committee, now) && Self::is_member(who, committee, asked_at)
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

	/// Who has a part in `request` of `study` from [`Config::RecusalTime`] before it until the moment before `until`, as far as the
	/// past tells. The administration has no history: known is who administers the institution at the study's
	/// registration, at the request and at its co-signature.
	pub(crate) fn parties_until(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		until: Moment,
	) -> Parties<T::AccountId> {
		let since = request.asked_at.saturating_sub(T::RecusalTime::get());
		let within = Interval::new(since, until);
		let lead = &study.investigator;
		let mut people = vec![lead.clone(), study.deposit.0.clone(), request.administrator.clone()];
		people.extend(request.cosigned.as_ref().map(|cosigned| cosigned.by.clone()));
		let others = Self::other_employers(study, within);
		Parties { people, institution: study.organisation, others, within }
	}

	/// For which organisations but the institution the principal investigator of `study` worked at some moment of `within`.
	fn other_employers(study: &StudyOf<T>, within: Interval) -> Vec<OrgId> {
		let mut others = T::Credentials::employers(&study.investigator);
		others.retain(|org| {
			*org != study.organisation
				&& T::Credentials::was_employed_within(*org, &study.investigator, within)
		});
		others
	}

	/// Refuses to decide for an investigator who works, or did, for more than [`MAX_OTHER_EMPLOYERS`] of these.
	fn ensure_few(others: &[OrgId]) -> Result<(), Error<T>> {
		ensure!(others.len() <= MAX_OTHER_EMPLOYERS, Error::<T>::TooManyEmployers);
		Ok(())
	}

	/// Refuses a new request for `study` about which no committee could decide, since its principal investigator works, or did within
	/// [`Config::RecusalTime`], for too many organisations beside the institution.
	pub(crate) fn ensure_few_employers(study: &StudyOf<T>, now: Moment) -> Result<(), Error<T>> {
		Self::ensure_few(&Self::other_employers(study, Self::lately(now)))
	}

	/// From [`Config::RecusalTime`] ago until now.
	fn lately(now: Moment) -> Interval {
		Interval::new(now.saturating_sub(T::RecusalTime::get()), now.saturating_add(1))
	}

	/// Who has a part in `request` of `study` now: whoever has had one until now, and whoever administers the institution, or another
	/// employer of the principal investigator.
	pub(crate) fn parties(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		now: Moment,
	) -> Result<Parties<T::AccountId>, Error<T>> {
		Self::with_administrators(Self::parties_until(request, study, now.saturating_add(1)))
	}

	/// Who has a part in `study` itself now, from [`Config::RecusalTime`] ago: of those who administered the institution, the one is known
	/// who put the study's deposit down.
	pub(crate) fn parties_of_study(
		study: &StudyOf<T>,
		now: Moment,
	) -> Result<Parties<T::AccountId>, Error<T>> {
		Self::with_administrators(Self::parties_of_study_within(study, Self::lately(now)))
	}

	/// Who has a part in `study` itself by what was so within this time, as far as the past tells.
	pub(crate) fn parties_of_study_within(
		study: &StudyOf<T>,
		within: Interval,
	) -> Parties<T::AccountId> {
		let people = vec![study.investigator.clone(), study.deposit.0.clone()];
		let others = Self::other_employers(study, within);
		Parties { people, institution: study.organisation, others, within }
	}

	/// Adds those who administer the organisations now: who employs one of the parties has a part in it too. Refuses an investigator who has
	/// come to work for too many organisations: each is compared with each voter, and none is left out.
	fn with_administrators(
		mut parties: Parties<T::AccountId>,
	) -> Result<Parties<T::AccountId>, Error<T>> {
		Self::ensure_few(&parties.others)?;
		let organisations = parties.others.iter().chain([&parties.institution]);
		let admins: Vec<_> = organisations.filter_map(|org| T::Credentials::admin(*org)).collect();
		parties.people.extend(admins);
		Ok(parties)
	}

	/// Whether `who` is one of `parties`, or was employed by one of their organisations.
	pub(crate) fn is_recused(who: &T::AccountId, parties: &Parties<T::AccountId>) -> bool {
		let Parties { people, institution, others, within } = parties;
		let worked_at = |org: &OrgId| T::Credentials::was_employed_within(*org, who, *within);
		people.contains(who) || worked_at(institution) || others.iter().any(worked_at)
	}

	/// Whether `vote` on the request of which these are the `parties` counts for nothing by now. One in favour does if its voter has a
	/// part in the request. Whoever voted against had none then, and that vote stands whatever others do, so that nobody turns a no into a
	/// yes by taking up a job where the voters work, or by handing over an administration. It falls only with its voter's own step over to
	/// the institution, which nobody is affiliated to without accepting it.
	pub(crate) fn is_void(vote: &Vote<T::AccountId>, parties: &Parties<T::AccountId>) -> bool {
		let Parties { institution, within, .. } = parties;
		match vote.in_favour {
			true => Self::is_recused(&vote.by, parties),
			false => T::Credentials::was_employed_within(*institution, &vote.by, *within),
		}
	}

	/// Refuses that `committee` decides what `parties` have a part in, if whoever administers it now is one of them, or was employed by
	/// one of their organisations: whoever may invite its members has a part in each of their votes.
	pub(crate) fn ensure_impartial(
		committee: OrgId,
		parties: &Parties<T::AccountId>,
	) -> Result<(), Error<T>> {
		Self::ensure_administrator(committee, |admin| !Self::is_recused(admin, parties))
	}

	/// Refuses that `committee` decides, unless somebody administers it of whom `is_impartial` is true.
	pub(crate) fn ensure_administrator(
		committee: OrgId,
		is_impartial: impl Fn(&T::AccountId) -> bool,
	) -> Result<(), Error<T>> {
		let admin = T::Credentials::admin(committee);
		ensure!(admin.as_ref().is_some_and(is_impartial), Error::<T>::AdministratorRecused);
		Ok(())
	}

	/// Whether what `committee` has agreed to beforehand counts for `request`: not if whoever administers it, and so agrees for it, has a
	/// part in the request, and not if the investigator has too many employers for that to be known.
	pub(crate) fn may_shortcut(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		committee: OrgId,
		now: Moment,
	) -> bool {
		Self::parties(request, study, now)
			.and_then(|parties| Self::ensure_impartial(committee, &parties))
			.is_ok()
	}

	/// Whether `who` acts for `organisation` now, or was employed by it at any moment since [`Config::RecusalTime`] ago.
	pub(crate) fn acted_lately_for(who: &T::AccountId, organisation: OrgId, now: Moment) -> bool {
		Self::administers(who, organisation)
			|| T::Credentials::was_employed_within(organisation, who, Self::lately(now))
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

	/// Counts those votes about what was asked at `asked_at`, of members of `committee`, that are not void. A vote in favour is that of
	/// somebody who is a member still; one against stands also when the membership has ended since, so that nobody turns a no into a yes by
	/// ending memberships.
	pub(crate) fn tally(
		votes: &[Vote<T::AccountId>],
		committee: OrgId,
		(asked_at, now): (Moment, Moment),
		is_void: impl Fn(&Vote<T::AccountId>) -> bool,
	) -> Tally {
		votes
			.iter()
			.filter(|vote| !vote.in_favour || Self::decides(&vote.by, committee, asked_at, now))
			.filter(|vote| !is_void(vote))
			.fold(Tally::default(), |tally, vote| match vote.in_favour {
				true => Tally { in_favour: tally.in_favour.saturating_add(1), ..tally },
				false => Tally { against: tally.against.saturating_add(1), ..tally },
			})
	}

	/// The votes on `request` that count at `now`. There is no answer if the investigator has too many employers by then, or whoever
	/// administers the committee has a part in the request.
	pub(crate) fn tally_of(
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		committee: OrgId,
		now: Moment,
	) -> Result<Tally, Error<T>> {
		let parties = Self::parties(request, study, now)?;
		Self::ensure_impartial(committee, &parties)?;
		let within = (request.asked_at, now);
		Ok(Self::tally(&request.votes, committee, within, |vote| Self::is_void(vote, &parties)))
	}
}
