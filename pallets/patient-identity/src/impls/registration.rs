//! Registering handles.

use crate::{messages, pallet::*, types::*, WeightInfo};
use frame_support::{
	ensure,
	pallet_prelude::Weight,
	traits::{Consideration, Contains, Get},
	BoundedVec,
};
use salus_primitives::{
	agreement, signing,
	traits::{Credentials, TokenlessAccounts},
	Cohort, KeyPurposeSet, Moment, OrgId, OrgKind, Party, PatientId, PatientState, Refill,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register(who: T::AccountId, agreement_key: [u8; 32]) -> DispatchResult {
		Self::check_registration(&who, &agreement_key)?;
		Self::create(who.clone(), agreement_key, None, Some(who.clone()), who)?;
		Ok(())
	}

	pub(crate) fn do_register_for(
		who: T::AccountId,
		org: OrgId,
		key: T::AccountId,
		agreement_key: [u8; 32],
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		let now = Self::now();
		let admin = T::Credentials::admin(org).ok_or(Error::<T>::NotAuthorised)?;
		let may = admin == who || T::Credentials::roles(org, &who, now).intersects(ADMISSION_ROLES);
		ensure!(may, Error::<T>::NotAuthorised);
		let licensed = T::Credentials::was_licensed(org, OrgKind::Provider, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		// The handle names who registered it, for ever; and the event, who sent the transaction.
		let named = T::Credentials::is_flagged(org) || T::Credentials::works_at_flagged(&who, now);
		ensure!(!named, Error::<T>::FlaggedOrganisation);
		Self::check_expiry(expiry, now)?;
		Self::check_registration(&key, &agreement_key)?;
		let genesis = Self::genesis();
		let message = messages::register_for(&genesis, org, &key, &agreement_key, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		let cohort = Self::count_registration(org, &who, now)?;
		let party = Party { organisation: org, cohort, since: now };
		Self::create(key, agreement_key, Some(party), Some(admin), who)?;
		Ok(())
	}

	/// The most that is looked up for whoever registers somebody else: every employer.
	pub(crate) fn most_looked_up() -> Weight {
		T::WeightInfo::signer(T::Credentials::max_employers())
	}

	/// What is looked up for `who`.
	pub(crate) fn looked_up(who: &T::AccountId) -> Weight {
		T::WeightInfo::signer(T::Credentials::count_employers(who))
	}

	/// Counts a handle that `who` registers for `org`, if either may register one more, and tells its cohort.
	///
	/// Each is paid for by a deposit of the organisation's. A desk is known by the order in which it began: were
	/// it known by its account, whoever chooses that could choose whose patients to share with.
	fn count_registration(
		org: OrgId,
		who: &T::AccountId,
		now: Moment,
	) -> Result<Cohort, DispatchError> {
		let mut desk = Desks::<T>::get(org, who);
		let mut all = Registrations::<T>::get(org);
		let may = desk.made.try_spend(1, Refill::daily(T::MaxRegistrationsByMember::get()), now)
			&& all.made.try_spend(1, Refill::daily(T::MaxRegistrations::get()), now);
		ensure!(may, Error::<T>::TooManyRegistrations);
		if desk.number == Cohort::UNRECORDED {
			all.desks = all.desks.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			desk.number = all.desks;
		}
		Desks::<T>::insert(org, who, desk);
		Registrations::<T>::insert(org, all);
		Ok(Cohort::of_patient(desk.number, now))
	}

	/// Whether `key` can become a first key.
	fn check_registration(key: &T::AccountId, agreement_key: &[u8; 32]) -> DispatchResult {
		ensure!(agreement::is_usable(agreement_key), Error::<T>::InvalidAgreementKey);
		ensure!(Self::is_unused(key), Error::<T>::KeyInUse);
		// A handle's first key stays in `Keys` for ever, so a new key cannot meet an old handle.
		Ok(())
	}

	/// Whether `key` stands, and stood, for nothing else.
	pub(super) fn is_unused(key: &T::AccountId) -> bool {
		!Keys::<T>::contains_key(key) && !T::Reserved::contains(key)
	}

	/// Writes a handle that has passed all checks.
	pub(super) fn create(
		key: T::AccountId,
		agreement_key: [u8; 32],
		party: Option<Party>,
		payer: Option<T::AccountId>,
		by: T::AccountId,
	) -> Result<PatientId, DispatchError> {
		let now = Self::now();
		let id = Self::handle_of(&key);
		let organisation = party.map(|party| party.organisation);
		let deposit = payer
			.map(|payer| -> Result<_, DispatchError> {
				let ticket = T::Consideration::new(&payer, Self::footprint())?;
				Ok(Deposit { payer, ticket })
			})
			.transpose()?;
		T::Tokenless::welcome(&key)?;
		let mut keys = BoundedVec::new();
		keys.try_push(key.clone()).map_err(|_| Error::<T>::TooManyKeys)?;
		let patient = Patient::<T> {
			created_at: now,
			registered_by: organisation,
			deposit,
			keys,
			state: Timeline::new(PatientState::Active, now),
			last_left_active: None,
			retires_from: None,
			agreement_key: Timeline::new(agreement_key, now),
		};
		Patients::<T>::insert(id, patient);
		if let Some(party) = party {
			Parties::<T>::insert(id, party);
		}
		let entry = Key { patient: id, purposes: KeyPurposeSet::ALL, from: now, until: None };
		Keys::<T>::insert(&key, entry);
		Self::deposit_event(Event::Registered { patient: id, key, organisation, by });
		Ok(id)
	}
}
