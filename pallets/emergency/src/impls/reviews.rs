//! What others find of an emergency: reviews, disputes, rulings.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
};
use salus_primitives::{traits::Credentials, Moment, OrgId, OrgKind, Role};

impl<T: Config> Pallet<T> {
	/// What stood of an emergency at `at`, once it was recorded.
	pub(crate) fn outcome<Ticket>(found: &Emergency<T::AccountId, Ticket>, at: Moment) -> Outcome {
		let by_then = |opinion: &Option<Opinion<T::AccountId>>| {
			opinion.as_ref().filter(|opinion| opinion.at <= at).map(|opinion| opinion.finding)
		};
		if let Some(finding) = by_then(&found.ruling) {
			return Outcome::Ruled(finding);
		}
		if let Some(since) = found.disputed_at.filter(|since| *since <= at) {
			return Outcome::Disputed(since);
		}
		if let Some(finding) = by_then(&found.review) {
			return Outcome::Found(finding);
		}
		if at < Self::review_by(found.recorded_at) {
			Outcome::Pending
		} else if found.is_late() {
			Outcome::Unreviewed
		} else {
			Outcome::UnjustifiedBySilence
		}
	}

	/// Refuses who is no auditor, for the organisation `acting_for`, at `now`; who acts for the organisation that is
	/// judged; and who works at that one, or did so when the emergency was recorded, or administers it, or put down the deposit
	/// of the emergency: that was its administrator then.
	fn ensure_auditor(
		who: &T::AccountId,
		acting_for: OrgId,
		found: &EmergencyOf<T>,
		now: Moment,
	) -> Result<(), Error<T>> {
		let judged = found.access.organisation;
		let auditor = acting_for != judged
			&& T::Credentials::was_affiliated(acting_for, who, Role::Auditor, now)
			&& T::Credentials::was_licensed(acting_for, OrgKind::Auditor, now);
		ensure!(auditor, Error::<T>::NotAuthorised);
		let inside = T::Credentials::acts_for(judged, who, now)
			|| !T::Credentials::roles(judged, who, found.recorded_at).is_empty();
		let administered = found.deposit.as_ref().is_some_and(|(payer, _)| payer == who);
		ensure!(!inside && !administered, Error::<T>::NotAuthorised);
		Ok(())
	}

	pub(crate) fn do_review(
		by: T::AccountId,
		acting_for: OrgId,
		emergency: EmergencyId,
		finding: Finding,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Emergencies::<T>::get(emergency).ok_or(Error::<T>::NotFound)?;
		let organisation = found.access.organisation;
		ensure!(found.access.who != by, Error::<T>::OwnEmergency);
		if acting_for == organisation {
			ensure!(!found.is_late(), Error::<T>::AuditorOnly);
			ensure!(
				T::Credentials::was_affiliated(acting_for, &by, Role::PrivacyOfficer, now),
				Error::<T>::NotAuthorised
			);
		} else {
			Self::ensure_auditor(&by, acting_for, &found, now)?;
		}
		ensure!(found.review.is_none(), Error::<T>::AlreadyReviewed);
		ensure!(now < Self::review_by(found.recorded_at), Error::<T>::ReviewTooLate);
		let first = found.recorded_at.saturating_add(T::OwnReviewTime::get());
		ensure!(
			acting_for == organisation || found.is_late() || first <= now,
			Error::<T>::OrganisationFirst
		);
		let shrinks = Self::shrinks_credit(&found);
		found.review = Some(Opinion { finding, at: now, by: by.clone(), acting_for });
		Emergencies::<T>::insert(emergency, &found);
		if finding == Finding::Unjustified && acting_for == organisation {
			Self::stop_like(&found, now);
		}
		Ledgers::<T>::mutate(organisation, |ledger| {
			let counts = &mut ledger.counts;
			match finding {
				Finding::Justified => counts.justified = counts.justified.saturating_add(1),
				Finding::Unjustified => {
					counts.unjustified = counts.unjustified.saturating_add(1);
					if shrinks {
						Self::penalise(ledger, now);
					}
				},
			}
		});
		Self::deposit_event(Event::Reviewed { emergency, finding, by, acting_for });
		Ok(())
	}

	/// Everything that a dispute needs: the emergency, and now.
	pub(crate) fn check_dispute(
		who: &T::AccountId,
		emergency: EmergencyId,
	) -> Result<(EmergencyOf<T>, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let found = Emergencies::<T>::get(emergency)
			.filter(|found| found.patient == patient)
			.ok_or(Error::<T>::NotFound)?;
		match Self::outcome(&found, now) {
			Outcome::Pending => return Err(Error::<T>::NotReviewed.into()),
			Outcome::Found(Finding::Justified) => {},
			Outcome::Found(Finding::Unjustified)
			| Outcome::UnjustifiedBySilence
			| Outcome::Unreviewed => return Err(Error::<T>::NothingToDispute.into()),
			Outcome::Disputed(_) | Outcome::Ruled(_) => {
				return Err(Error::<T>::AlreadyDisputed.into());
			},
		}
		let latest = found.recorded_at.saturating_add(T::DisputeTime::get());
		ensure!(now < latest, Error::<T>::DisputeTooLate);
		Ok((found, now))
	}

	pub(crate) fn do_dispute(by: T::AccountId, emergency: EmergencyId) -> DispatchResult {
		let (mut found, now) = Self::check_dispute(&by, emergency)?;
		let organisation = found.access.organisation;
		found.disputed_at = Some(now);
		Emergencies::<T>::insert(emergency, found);
		Ledgers::<T>::mutate(organisation, |ledger| {
			ledger.counts.disputed = ledger.counts.disputed.saturating_add(1);
		});
		Self::deposit_event(Event::Disputed { emergency, by });
		Ok(())
	}

	pub(crate) fn do_rule(
		by: T::AccountId,
		acting_for: OrgId,
		emergency: EmergencyId,
		finding: Finding,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Emergencies::<T>::get(emergency).ok_or(Error::<T>::NotFound)?;
		let organisation = found.access.organisation;
		ensure!(found.access.who != by, Error::<T>::OwnEmergency);
		// Nor another of the body that found it: a colleague is no other eyes.
		let reviewed = found
			.review
			.as_ref()
			.is_some_and(|review| review.by == by || review.acting_for == acting_for);
		ensure!(!reviewed, Error::<T>::OwnReview);
		Self::ensure_auditor(&by, acting_for, &found, now)?;
		ensure!(found.disputed_at.is_some(), Error::<T>::NotDisputed);
		ensure!(found.ruling.is_none(), Error::<T>::AlreadyRuled);
		let shrinks = Self::shrinks_credit(&found);
		found.ruling = Some(Opinion { finding, at: now, by: by.clone(), acting_for });
		Emergencies::<T>::insert(emergency, found);
		// Only what was found justified is disputed.
		if finding == Finding::Unjustified {
			Ledgers::<T>::mutate(organisation, |ledger| {
				ledger.counts.overruled = ledger.counts.overruled.saturating_add(1);
				if shrinks {
					Self::penalise(ledger, now);
				}
			});
		}
		Self::deposit_event(Event::Ruled { emergency, finding, by, acting_for });
		Ok(())
	}
}
