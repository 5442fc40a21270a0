//! Invitations, referrals and relationships.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Consideration, Footprint, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use salus_primitives::{
	signing, traits::Patients, Interval, Moment, OptOut, OrgId, PatientId, RelationshipId, Towards,
	Treatment,
};

/// What a new relationship is made of, once all is checked.
pub(crate) struct Opening<AccountId> {
	organisation: OrgId,
	patient: PatientId,
	kind: RelationshipKind,
	word: Word,
	referred_by: Option<OrgId>,
	period: Interval,
	payer: AccountId,
}

/// A relationship that its patient ends.
pub(crate) struct Ending<T: Config> {
	/// Its number.
	relationship: RelationshipId,
	/// The relationship.
	found: RelationshipOf<T>,
	/// The patient's opt-outs.
	outs: OptOutList,
	/// The moment of this block.
	now: Moment,
}

impl<T: Config> Pallet<T> {
	/// What a relationship's deposit pays for.
	pub(crate) fn footprint() -> Footprint {
		Footprint::from_mel::<(
			RelationshipId,
			Relationship<T::AccountId, ()>,
			PatientId,
			OrgId,
			Pair,
		)>()
	}

	pub(crate) fn do_invite(
		by: T::AccountId,
		organisation: OrgId,
		until: Moment,
	) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		Self::ensure_plain(organisation)?;
		Self::ensure_not_out(&OptOuts::<T>::get(patient), organisation)?;
		Self::ensure_term(until, now)?;
		Self::put_invitation(patient, organisation, until, None, now, by)
	}

	/// Writes an invitation that has passed all other checks.
	fn put_invitation(
		patient: PatientId,
		organisation: OrgId,
		until: Moment,
		referred_by: Option<OrgId>,
		now: Moment,
		by: T::AccountId,
	) -> DispatchResult {
		let mut book = Invitations::<T>::get(patient);
		let invitation = book.next;
		book.next = invitation.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		// What can be used no more makes room.
		let left = T::Patients::last_left_active(&patient);
		book.open.retain(|(_, open)| {
			open.organisation != organisation && Self::ensure_usable(open, left, now).is_ok()
		});
		let expires_at = now.saturating_add(T::InvitationLife::get());
		book.open
			.try_push((
				invitation,
				Invitation { organisation, until, made_at: now, expires_at, referred_by },
			))
			.map_err(|_| Error::<T>::TooManyInvitations)?;
		Invitations::<T>::insert(patient, book);
		Self::deposit_event(Event::Invited { patient, invitation, organisation, referred_by, by });
		Ok(())
	}

	/// Refuses an invitation that has expired, or that was made before the handle last left Active, even in the same
	/// block. Whoever had a key of the patient's then may have made it, and the patient may not know of it.
	pub(crate) fn ensure_usable(
		invitation: &Invitation,
		left_active: Option<Moment>,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(now < invitation.expires_at, Error::<T>::InvitationExpired);
		let stopped = left_active.is_some_and(|left| invitation.made_at <= left);
		ensure!(!stopped, Error::<T>::InvitationStopped);
		Ok(())
	}

	/// Everything that taking an invitation back needs: the patient, its invitations, and which of them.
	pub(crate) fn check_withdraw_invitation(
		who: &T::AccountId,
		invitation: InvitationId,
	) -> Result<(PatientId, InvitationBook, usize), DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		let book = Invitations::<T>::get(patient);
		let position =
			book.open.iter().position(|(id, _)| *id == invitation).ok_or(Error::<T>::NotFound)?;
		Ok((patient, book, position))
	}

	pub(crate) fn do_withdraw_invitation(
		by: T::AccountId,
		invitation: InvitationId,
	) -> DispatchResult {
		let (patient, mut book, position) = Self::check_withdraw_invitation(&by, invitation)?;
		let (_, withdrawn) = book.open.remove(position);
		Invitations::<T>::insert(patient, book);
		// Whoever takes its word back means all of it: also what it, or whoever had its key, has signed for the organisation.
		Self::void_words(&patient, Towards::Organisation(withdrawn.organisation));
		Self::deposit_event(Event::InvitationWithdrawn { patient, invitation, by });
		Ok(())
	}

	pub(crate) fn do_open(
		by: T::AccountId,
		organisation: OrgId,
		patient: PatientId,
		kind: RelationshipKind,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_records(&by, organisation, now)?;
		Self::ensure_active(&patient)?;
		let outs = OptOuts::<T>::get(patient);
		Self::ensure_not_out(&outs, organisation)?;
		let mut book = Invitations::<T>::get(patient);
		let position = book
			.open
			.iter()
			.position(|(_, open)| open.organisation == organisation)
			.ok_or(Error::<T>::NotInvited)?;
		let (id, invitation) = book.open.remove(position);
		Self::ensure_usable(&invitation, T::Patients::last_left_active(&patient), now)?;
		ensure!(until <= invitation.until, Error::<T>::BeyondInvitation);
		Self::ensure_term(until, now)?;
		let referred = invitation.referred_by.is_some();
		ensure!(referred == (kind == RelationshipKind::Referral), Error::<T>::WrongKind);
		let opening = Opening {
			organisation,
			patient,
			kind,
			word: Word::Invitation(id),
			referred_by: invitation.referred_by,
			period: Interval::new(now, until),
			payer,
		};
		Self::record(opening, &outs, by)?;
		Invitations::<T>::insert(patient, book);
		Ok(())
	}

	#[allow(clippy::too_many_arguments)]
	pub(crate) fn do_open_for(
		by: T::AccountId,
		organisation: OrgId,
		key: T::AccountId,
		kind: RelationshipKind,
		until: Moment,
		id: u32,
		block: BlockNumberFor<T>,
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_records(&by, organisation, now)?;
		Self::ensure_expiry(expiry, now)?;
		let (patient, _) = Self::loosening(&key)?;
		let outs = OptOuts::<T>::get(patient);
		Self::ensure_not_out(&outs, organisation)?;
		Self::ensure_term(until, now)?;
		ensure!(kind != RelationshipKind::Referral, Error::<T>::WrongKind);
		let pair = Pairs::<T>::get(patient, organisation);
		ensure!(Self::word_of(&pair, &outs, organisation) == Some(id), Error::<T>::WrongId);
		let seen = Self::ensure_seen(block, &patient, organisation)?;
		let genesis = Self::genesis();
		let message =
			messages::open_for(&genesis, organisation, &patient, kind, until, id, &seen, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		let opening = Opening {
			organisation,
			patient,
			kind,
			word: Word::Signature,
			referred_by: None,
			period: Interval::new(now, until),
			payer,
		};
		Self::record(opening, &outs, by)?;
		Self::void_invitations(&patient, Some(organisation));
		Ok(())
	}

	#[allow(clippy::too_many_arguments)]
	pub(crate) fn do_refer(
		by: T::AccountId,
		from: OrgId,
		to: OrgId,
		key: T::AccountId,
		until: Moment,
		id: u32,
		block: BlockNumberFor<T>,
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_records(&by, from, now)?;
		Self::ensure_plain(to)?;
		ensure!(from != to, Error::<T>::SameOrganisation);
		Self::ensure_expiry(expiry, now)?;
		let (patient, _) = Self::loosening(&key)?;
		let outs = OptOuts::<T>::get(patient);
		Self::find_live(&patient, from, &outs, now).ok_or(Error::<T>::NotRelated)?;
		Self::ensure_not_out(&outs, to)?;
		Self::ensure_term(until, now)?;
		let mut pair = Pairs::<T>::get(patient, to);
		ensure!(Self::word_of(&pair, &outs, to) == Some(id), Error::<T>::WrongId);
		// The word is for the one that receives; of the one that sends it is enough that its relationship lasts.
		let seen = Self::ensure_seen(block, &patient, to)?;
		let genesis = Self::genesis();
		let message = messages::refer(&genesis, from, &patient, to, until, id, &seen, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		pair.words = pair.words.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		Self::put_invitation(patient, to, until, Some(from), now, by)?;
		Pairs::<T>::insert(patient, to, pair);
		Ok(())
	}

	/// Writes a relationship that has passed all other checks, in the place of the one that lasts, if one does.
	/// Every signature of the patient's for the organisation is void from then on.
	fn record(opening: Opening<T::AccountId>, outs: &[OptOut], by: T::AccountId) -> DispatchResult {
		let Opening { organisation, patient, kind, word, referred_by, period, payer } = opening;
		let mut pair = Pairs::<T>::get(patient, organisation);
		pair.words = pair.words.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let relationship = NextRelationship::<T>::get();
		let next = relationship.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let ticket = T::Consideration::new(&payer, Self::footprint())?;

		let now = period.from;
		let previous = pair.latest.replace(relationship);
		let mut renewed = None;
		if let Some((id, mut before)) =
			previous.and_then(|id| Some((id, Relationships::<T>::get(id)?)))
		{
			renewed = Self::is_live(&before.treatment, outs, now).then_some(id);
			if before.treatment.in_force(now) {
				before.treatment.ended = Some(now);
				before.ended_by = Some(EndedBy::Renewal);
				Relationships::<T>::insert(id, before);
			}
		}
		NextRelationship::<T>::put(next);
		Relationships::<T>::insert(
			relationship,
			Relationship {
				patient,
				treatment: Treatment { organisation, period, ended: None },
				kind,
				word,
				referred_by,
				ended_by: None,
				previous,
				payer,
				ticket,
			},
		);
		Pairs::<T>::insert(patient, organisation, pair);
		Self::deposit_event(Event::RelationshipOpened {
			relationship,
			patient,
			organisation,
			renewed,
			by,
		});
		Ok(())
	}

	/// Everything that the patient's end of a relationship needs.
	///
	/// Of one that was renewed it is what lasts in its place: the organisation renews, and the patient may not know the new
	/// number yet.
	pub(crate) fn check_end(
		who: &T::AccountId,
		relationship: RelationshipId,
	) -> Result<Ending<T>, DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let named = Relationships::<T>::get(relationship)
			.filter(|found| found.patient == patient)
			.ok_or(Error::<T>::NotFound)?;
		let (relationship, found) = if named.ended_by == Some(EndedBy::Renewal) {
			Self::successor(&patient, named.treatment.organisation, relationship)?
		} else {
			(relationship, named)
		};
		let outs = OptOuts::<T>::get(patient);
		ensure!(Self::is_live(&found.treatment, &outs, now), Error::<T>::AlreadyEnded);
		Ok(Ending { relationship, found, outs, now })
	}

	/// The last relationship of the two, which has taken the place of `renewed` by one renewal or several. Refuses if one
	/// between them has ended otherwise: then the last one is a new one, by a new word, and not what was renewed.
	///
	/// Looks at [`MAX_RENEWALS_FOLLOWED`] between them. Where there are more it takes the last one for the successor: a
	/// patient that wants to end a relationship must not fail because it was renewed often.
	fn successor(
		patient: &PatientId,
		organisation: OrgId,
		renewed: RelationshipId,
	) -> Result<(RelationshipId, RelationshipOf<T>), Error<T>> {
		let latest = Pairs::<T>::get(patient, organisation).latest.ok_or(Error::<T>::NotFound)?;
		let found = Relationships::<T>::get(latest).ok_or(Error::<T>::NotFound)?;
		let mut before = found.previous;
		for _ in 0..MAX_RENEWALS_FOLLOWED {
			let Some(id) = before.filter(|id| *id != renewed) else { break };
			let between = Relationships::<T>::get(id).ok_or(Error::<T>::NotFound)?;
			ensure!(between.ended_by == Some(EndedBy::Renewal), Error::<T>::AlreadyEnded);
			before = between.previous;
		}
		Ok((latest, found))
	}

	pub(crate) fn do_end(by: T::AccountId, relationship: RelationshipId) -> DispatchResult {
		let Ending { relationship, found, now, .. } = Self::check_end(&by, relationship)?;
		Self::finish(relationship, found, EndedBy::Patient, now, by);
		Ok(())
	}

	/// Everything that leaving an organisation needs, as [`Self::check_end`] tells it.
	pub(crate) fn check_leave(
		who: &T::AccountId,
		relationship: RelationshipId,
	) -> Result<Ending<T>, DispatchError> {
		let ending = Self::check_end(who, relationship)?;
		// The relationship is live, so the patient has not opted out towards its organisation.
		let towards = Towards::Organisation(ending.found.treatment.organisation);
		Self::ensure_room(&ending.outs, towards)?;
		Ok(ending)
	}

	pub(crate) fn do_leave(by: T::AccountId, relationship: RelationshipId) -> DispatchResult {
		let Ending { relationship, found, outs, now } = Self::check_leave(&by, relationship)?;
		let (patient, organisation) = (found.patient, found.treatment.organisation);
		Self::put_opt_out(patient, outs, Towards::Organisation(organisation), now, by.clone())?;
		Self::finish(relationship, found, EndedBy::Patient, now, by);
		Ok(())
	}

	pub(crate) fn do_end_for(
		by: T::AccountId,
		organisation: OrgId,
		relationship: RelationshipId,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_in_role(&by, organisation, ENDING_ROLES, now)?;
		let found = Relationships::<T>::get(relationship).ok_or(Error::<T>::NotFound)?;
		ensure!(found.treatment.organisation == organisation, Error::<T>::NotRelated);
		let outs = OptOuts::<T>::get(found.patient);
		ensure!(Self::is_live(&found.treatment, &outs, now), Error::<T>::AlreadyEnded);
		Self::finish(relationship, found, EndedBy::Organisation, now, by);
		Ok(())
	}

	/// Ends a live relationship, and voids the patient's invitations and signatures for the organisation.
	fn finish(
		relationship: RelationshipId,
		mut found: RelationshipOf<T>,
		ended_by: EndedBy,
		now: Moment,
		by: T::AccountId,
	) {
		let (patient, organisation) = (found.patient, found.treatment.organisation);
		found.treatment.ended = Some(now);
		found.ended_by = Some(ended_by);
		Relationships::<T>::insert(relationship, found);
		// Tightening never fails. Where the numbers are used up, no signature is taken any more.
		Pairs::<T>::mutate(patient, organisation, |pair| pair.words = pair.words.saturating_add(1));
		Self::void_invitations(&patient, Some(organisation));
		Self::void_words(&patient, Towards::Organisation(organisation));
		Self::deposit_event(Event::RelationshipEnded { relationship, ended_by, by });
	}

	/// Takes away the invitations of `patient` for `organisation`, or all.
	pub(crate) fn void_invitations(patient: &PatientId, organisation: Option<OrgId>) {
		let mut book = Invitations::<T>::get(patient);
		let before = book.open.len();
		book.open.retain(|(_, open)| organisation.is_some_and(|org| open.organisation != org));
		if book.open.len() != before {
			Invitations::<T>::insert(patient, book);
		}
	}

	/// Whether a relationship counts at `now`: it lasts, and no opt-out voids it.
	pub(crate) fn is_live(treatment: &Treatment, outs: &[OptOut], now: Moment) -> bool {
		treatment.in_force(now) && !outs.iter().any(|out| out.voids(treatment, now))
	}

	/// The relationship of `patient` with `organisation` that counts at `now`.
	pub(crate) fn find_live(
		patient: &PatientId,
		organisation: OrgId,
		outs: &[OptOut],
		now: Moment,
	) -> Option<RelationshipId> {
		let id = Pairs::<T>::get(patient, organisation).latest?;
		let found = Relationships::<T>::get(id)?;
		Self::is_live(&found.treatment, outs, now).then_some(id)
	}

	/// The id that the next signature for `organisation` must bear; `None` if none is left.
	///
	/// Opt-outs are never removed, so that each that means the organisation makes it another one for good.
	pub(crate) fn word_of(pair: &Pair, outs: &[OptOut], organisation: OrgId) -> Option<u32> {
		let meant = outs.iter().filter(|out| out.towards.means(organisation)).count();
		pair.words.checked_add(u32::try_from(meant).ok()?)
	}
}
