//! The logic behind the calls: checks first, writes last.

mod answers;
mod opt_outs;
mod policies;
mod relationships;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	traits::{Get, UnixTime},
};
use frame_system::{
	ensure_signed,
	pallet_prelude::{BlockNumberFor, OriginFor},
};
use salus_primitives::{
	traits::{Credentials, LeftActive, Patients},
	KeyPurpose, Moment, OrgId, PatientId, PatientState, RoleSet, Towards,
};
use sp_runtime::traits::{Saturating, Zero};

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		for (time, what) in [
			(T::MaxTerm::get(), "a relationship must last"),
			(T::InvitationLife::get(), "an invitation must live"),
			(T::MaxSignatureLife::get(), "a signature must live"),
			(T::OptInDelay::get(), "opting in must not be immediate"),
			(T::PolicyNotice::get(), "another care policy must be announced"),
		] {
			assert!(time > 0, "{what}");
		}
		let age = T::MaxSignatureAge::get();
		assert!(!age.is_zero(), "a signature must live");
		assert!(
			age < <T as frame_system::Config>::BlockHashCount::get(),
			"the hash of each block that a signature may name must be known"
		);
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The genesis hash, which every signature binds.
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// The patient whose live key `who` is: enough to tighten, in every state but Retired.
	pub(crate) fn tightening(who: &T::AccountId) -> Result<(PatientId, Moment), DispatchError> {
		let now = Self::now();
		let key = T::Patients::key(who)
			.filter(|key| key.was_live(now))
			.ok_or(Error::<T>::NotAuthorised)?;
		let (state, _) = T::Patients::state(&key.patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(state != PatientState::Retired, Error::<T>::WrongState);
		Ok((key.patient, now))
	}

	/// The patient whose live key for consent `who` is, the handle being Active: enough to loosen.
	pub(crate) fn loosening(who: &T::AccountId) -> Result<(PatientId, Moment), DispatchError> {
		let now = Self::now();
		let key = T::Patients::key(who)
			.filter(|key| key.was_live(now) && key.purposes.contains(KeyPurpose::Consent))
			.ok_or(Error::<T>::NotAuthorised)?;
		Self::ensure_active(&key.patient)?;
		Ok((key.patient, now))
	}

	/// Refuses unless the handle is Active.
	pub(crate) fn ensure_active(patient: &PatientId) -> DispatchResult {
		let (state, _) = T::Patients::state(patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(state == PatientState::Active, Error::<T>::WrongState);
		Ok(())
	}

	/// Whether a free call by `origin` would take effect, where `check` makes its checks.
	pub(crate) fn effective<R>(
		origin: &OriginFor<T>,
		check: impl FnOnce(&T::AccountId) -> Result<R, DispatchError>,
	) -> bool {
		ensure_signed(origin.clone()).is_ok_and(|who| check(&who).is_ok())
	}

	/// Refuses an organisation that does not exist, or one that must not be named in plain.
	pub(crate) fn ensure_plain(organisation: OrgId) -> DispatchResult {
		ensure!(T::Credentials::admin(organisation).is_some(), Error::<T>::UnknownOrganisation);
		ensure!(!T::Credentials::is_flagged(organisation), Error::<T>::FlaggedOrganisation);
		Ok(())
	}

	/// Refuses who does not record relationships for `organisation`, and what does not treat. Tells who pays.
	pub(crate) fn ensure_records(
		who: &T::AccountId,
		organisation: OrgId,
		now: Moment,
	) -> Result<T::AccountId, DispatchError> {
		let admin = Self::ensure_in_role(who, organisation, RECORDING_ROLES, now)?;
		let kinds = T::Credentials::licensed_kinds(organisation, now);
		ensure!(kinds.intersects(CARE_KINDS), Error::<T>::NotLicensed);
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

	/// Refuses who neither administers `organisation` nor works there in one of `roles`. Tells who administers it.
	pub(crate) fn ensure_in_role(
		who: &T::AccountId,
		organisation: OrgId,
		roles: RoleSet,
		now: Moment,
	) -> Result<T::AccountId, Error<T>> {
		let admin = T::Credentials::admin(organisation).ok_or(Error::<T>::NotAuthorised)?;
		let may = admin == *who || T::Credentials::roles(organisation, who, now).intersects(roles);
		ensure!(may, Error::<T>::NotAuthorised);
		Ok(admin)
	}

	/// Refuses an end that is not after `now`, or too far away.
	pub(crate) fn ensure_term(until: Moment, now: Moment) -> DispatchResult {
		let latest = now.saturating_add(T::MaxTerm::get());
		ensure!(now < until && until <= latest, Error::<T>::InvalidTerm);
		Ok(())
	}

	/// The block `block` with its hash, as a signature of `patient` for `organisation` names it: the signature was made when
	/// there was that block. Refuses one that is not known or too old, and one before the patient's words were last voided or the
	/// handle last left Active: the signature may have been made before that, by the patient or by whoever had a key.
	///
	/// A block's hash is known from the next block on, so that whoever names the very block of an end signed after it.
	pub(crate) fn ensure_seen(
		block: BlockNumberFor<T>,
		patient: &PatientId,
		organisation: OrgId,
	) -> Result<messages::Seen<BlockNumberFor<T>, T::Hash>, DispatchError> {
		let present = frame_system::Pallet::<T>::block_number();
		ensure!(block < present, Error::<T>::UnknownBlock);
		let age = present.saturating_sub(block);
		ensure!(age <= T::MaxSignatureAge::get(), Error::<T>::BlockTooOld);
		let hash = frame_system::Pallet::<T>::block_hash(block);
		ensure!(hash != T::Hash::default(), Error::<T>::UnknownBlock);
		let voided = VoidedIn::<T>::get(patient)
			.iter()
			.any(|(towards, voided)| towards.means(organisation) && block < *voided);
		let left = T::Patients::left_active_in(patient).is_some_and(|left| block < left);
		ensure!(!voided && !left, Error::<T>::WordVoid);
		Ok((block, hash))
	}

	/// From this block on, what the patient signed before it for these opens nothing.
	///
	/// What a signature that is young enough cannot be older than goes. It never fails: where there is no room, what the
	/// patient has signed before this block opens nothing for anybody.
	pub(crate) fn void_words(patient: &PatientId, towards: Towards) {
		let present = frame_system::Pallet::<T>::block_number();
		let age = T::MaxSignatureAge::get();
		let mut voided = VoidedIn::<T>::get(patient);
		voided.retain(|(other, block)| {
			let covered = towards == Towards::Everybody || *other == towards;
			!covered && present.saturating_sub(*block) < age
		});
		if voided.try_push((towards, present)).is_err() {
			voided = VoidedList::truncate_from(alloc::vec![(Towards::Everybody, present)]);
		}
		VoidedIn::<T>::insert(patient, voided);
	}

	/// Refuses a signature that can be used no more, or for too long.
	pub(crate) fn ensure_expiry(expiry: Moment, now: Moment) -> DispatchResult {
		ensure!(now < expiry, Error::<T>::SignatureExpired);
		let latest = now.saturating_add(T::MaxSignatureLife::get());
		ensure!(expiry <= latest, Error::<T>::ExpiryTooFar);
		Ok(())
	}
}
