//! The logic behind the calls: checks first, writes last.

mod answers;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	traits::{Consideration, Footprint, Get, UnixTime},
};
use salus_primitives::{
	traits::{Credentials, Revocation, RevokedDirectives},
	DirectiveId, Moment, OrgId, PatientId,
};

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		assert!(T::Deadline::get() > 0, "an acknowledgement must be possible in time");
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// What the deposit of an acknowledgement pays for.
	pub(crate) fn footprint() -> Footprint {
		Footprint::from_mel::<(PatientId, DirectiveId, Notice<T::AccountId, ()>)>()
	}

	/// From when an acknowledgement of `revocation` is late: when its organisation has had [`Config::Deadline`] since then
	/// without being flagged. While it is flagged it cannot answer, so its time stands still. If it is flagged now, before
	/// its time is over, nobody knows when that goes on, and this is [`Moment::MAX`].
	///
	/// What is past by now stays so: a flag that is set from now on begins no earlier.
	pub(crate) fn due(revocation: &Revocation) -> Moment {
		let Revocation { organisation, at } = *revocation;
		let mut due = at.saturating_add(T::Deadline::get());
		// The oldest first, so that each is compared with what those before it have made of the deadline.
		for flag in T::Credentials::flags(organisation) {
			if flag.from < due && at < flag.until {
				let stood_still = flag.until.saturating_sub(flag.from.max(at));
				due = due.saturating_add(stood_still);
			}
		}
		due
	}

	/// The revocation of `directive`, if it is to be acknowledged.
	pub(crate) fn revocation_of(
		patient: &PatientId,
		directive: DirectiveId,
	) -> Result<Revocation, Error<T>> {
		let found = T::Revocations::revoked(patient, directive).ok_or(Error::<T>::NotRevoked)?;
		Self::ensure_asked_for(&found)?;
		Ok(found)
	}

	/// Refuses what was revoked before the network asked for acknowledgements.
	pub(crate) fn ensure_asked_for(revocation: &Revocation) -> Result<(), Error<T>> {
		ensure!(Since::<T>::get() <= revocation.at, Error::<T>::RevokedBefore);
		Ok(())
	}

	/// Takes the deposit of an acknowledgement from `payer`; `None` if it cannot pay. An acknowledgement answers a clock,
	/// which no empty account may stop. What is stored without a deposit is bounded: one for each Permit that was revoked.
	fn take_deposit(payer: T::AccountId) -> Option<(T::AccountId, T::Consideration)> {
		let ticket = T::Consideration::new(&payer, Self::footprint()).ok()?;
		Some((payer, ticket))
	}

	/// Refuses who does not acknowledge for `organisation`, or must not name it beside a patient. Tells who pays.
	fn ensure_acknowledges(
		who: &T::AccountId,
		organisation: OrgId,
		now: Moment,
	) -> Result<T::AccountId, DispatchError> {
		let admin = T::Credentials::admin(organisation).ok_or(Error::<T>::NotAuthorised)?;
		let roles = T::Credentials::roles(organisation, who, now);
		ensure!(admin == *who || roles.intersects(ACKNOWLEDGING_ROLES), Error::<T>::NotAuthorised);
		// The signer stands beside the patient in the block.
		let named =
			T::Credentials::is_flagged(organisation) || T::Credentials::works_at_flagged(who, now);
		ensure!(!named, Error::<T>::FlaggedOrganisation);
		Ok(admin)
	}

	/// The most that is looked up for a signer, who stands beside a patient in the block: every employer.
	pub(crate) fn most_looked_up() -> Weight {
		T::WeightInfo::signer(T::Credentials::max_employers())
	}

	/// What is looked up for `who`.
	pub(crate) fn looked_up(who: &T::AccountId) -> Weight {
		T::WeightInfo::signer(T::Credentials::count_employers(who))
	}

	pub(crate) fn do_acknowledge(
		by: T::AccountId,
		organisation: OrgId,
		patient: PatientId,
		directive: DirectiveId,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_acknowledges(&by, organisation, now)?;
		let before = Notices::<T>::get(patient, directive);
		// What was marked overdue is known here, whatever consent still tells.
		let marked = before.is_some();
		let (revoked_at, due) = match before {
			Some(notice) => {
				ensure!(notice.organisation == organisation, Error::<T>::WrongOrganisation);
				let open = matches!(notice.state, NoticeState::Overdue { .. });
				ensure!(open, Error::<T>::AlreadyAcknowledged);
				(notice.revoked_at, notice.due)
			},
			None => {
				let found = Self::revocation_of(&patient, directive)?;
				ensure!(found.organisation == organisation, Error::<T>::WrongOrganisation);
				(found.at, Self::due(&found))
			},
		};
		let deposit = Self::take_deposit(payer);
		let on_time = now < due;
		Tallies::<T>::mutate(organisation, |tally| {
			if marked {
				tally.overdue = tally.overdue.saturating_sub(1);
			}
			if deposit.is_none() {
				tally.unpaid = tally.unpaid.saturating_add(1);
			}
			let count = if on_time { &mut tally.on_time } else { &mut tally.late };
			*count = count.saturating_add(1);
		});
		let state = NoticeState::Acknowledged { at: now, deposit };
		Notices::<T>::insert(patient, directive, Notice { organisation, revoked_at, due, state });
		Self::deposit_event(Event::RevocationAcknowledged {
			organisation,
			patient,
			directive,
			on_time,
			by,
		});
		Ok(())
	}

	pub(crate) fn do_mark_overdue(
		by: T::AccountId,
		patient: PatientId,
		directive: DirectiveId,
	) -> DispatchResult {
		let now = Self::now();
		match Notices::<T>::get(patient, directive).map(|notice| notice.state) {
			None => (),
			Some(NoticeState::Overdue { .. }) => return Err(Error::<T>::AlreadyOverdue.into()),
			Some(NoticeState::Acknowledged { .. }) => {
				return Err(Error::<T>::AlreadyAcknowledged.into())
			},
		}
		let revocation = Self::revocation_of(&patient, directive)?;
		let Revocation { organisation, at: revoked_at } = revocation;
		ensure!(T::Credentials::admin(organisation).is_some(), Error::<T>::UnknownOrganisation);
		ensure!(!T::Credentials::is_flagged(organisation), Error::<T>::FlaggedOrganisation);
		let due = Self::due(&revocation);
		ensure!(due <= now, Error::<T>::TooEarly);
		Tallies::<T>::mutate(organisation, |tally| {
			tally.overdue = tally.overdue.saturating_add(1);
		});
		let state = NoticeState::Overdue { marked_at: now };
		Notices::<T>::insert(patient, directive, Notice { organisation, revoked_at, due, state });
		Self::deposit_event(Event::RevocationOverdue { organisation, patient, directive, by });
		Ok(())
	}
}
