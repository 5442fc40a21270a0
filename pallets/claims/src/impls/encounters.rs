//! Encounters: opened, attested, closed.

use super::BondChange;
use crate::{messages, pallet::*, types::*};
use frame_support::{ensure, traits::Get};
use salus_primitives::{
	signing,
	traits::{Credentials, Licensed},
	Commitment, Moment, OrgId,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Opens an encounter. Tells what became of the bond.
	pub(crate) fn do_open_encounter(
		who: &T::AccountId,
		org: OrgId,
		coverage: Option<CoverageId>,
	) -> Result<BondChange, DispatchError> {
		Self::ensure_staff(who, org, CARE_ROLES)?;
		let now = Self::now();
		ensure!(Self::was_provider(org, now).then, Error::<T>::NotLicensed);
		ensure!(!T::Credentials::is_flagged(org), Error::<T>::FlaggedOrganisation);
		if let Some(id) = coverage {
			ensure!(Self::coverage(id)?.accepted.is_some(), Error::<T>::NotAccepted);
		}
		let id = Self::next_number::<EncounterId, NextEncounter<T>>()?;
		let emergency = coverage.is_some();
		let encounter = Encounter {
			provider: org,
			opened: now,
			emergency,
			coverage,
			attested: None,
			closing: None,
			reviewed: false,
			claim: None,
			correction: None,
		};
		Self::ensure_account(org);
		let change = Self::charge_bond(org, &encounter)?;
		Encounters::<T>::insert(id, encounter);
		Self::deposit_event(Event::EncounterOpened { encounter: id, provider: org, emergency });
		Ok(change)
	}

	pub(crate) fn do_attest(
		who: &T::AccountId,
		id: EncounterId,
		coverage_id: CoverageId,
	) -> DispatchResult {
		let coverage = Self::coverage(coverage_id)?;
		ensure!(coverage.member == *who, Error::<T>::NotMember);
		let encounter = Self::encounter(id)?;
		ensure!(encounter.attested.is_none(), Error::<T>::AlreadyAttested);
		let same = encounter.coverage.is_none_or(|named| named == coverage_id);
		ensure!(same, Error::<T>::OtherCoverage);
		Self::write_attestation(id, encounter, coverage_id, &coverage)
	}

	pub(crate) fn do_attest_for(
		who: &T::AccountId,
		org: OrgId,
		id: EncounterId,
		coverage_id: CoverageId,
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		Self::ensure_staff(who, org, CARE_ROLES)?;
		let encounter = Self::encounter_of(org, id)?;
		let coverage = Self::coverage(coverage_id)?;
		let now = Self::now();
		ensure!(now < expiry, Error::<T>::SignatureExpired);
		let latest = now.saturating_add(T::MaxSignatureLife::get());
		ensure!(expiry <= latest, Error::<T>::SignatureTooLong);
		let message = messages::attest(&Self::genesis(), org, id, coverage_id, expiry);
		let signed = signing::verify(&message, &signature, &coverage.member);
		ensure!(signed, Error::<T>::BadSignature);
		let same = encounter.coverage == Some(coverage_id);
		ensure!(!(same && encounter.attested.is_some()), Error::<T>::AlreadyAttested);
		// Any member could attest any encounter that it sees on chain. Provider and patient together
		// say whose it is, until it is claimed.
		ensure!(same || encounter.claim.is_none(), Error::<T>::OtherCoverage);
		Self::write_attestation(id, encounter, coverage_id, &coverage)
	}

	fn write_attestation(
		id: EncounterId,
		mut encounter: Encounter,
		coverage_id: CoverageId,
		coverage: &CoverageOf<T>,
	) -> DispatchResult {
		ensure!(coverage.accepted.is_some(), Error::<T>::NotAccepted);
		encounter.coverage = Some(coverage_id);
		encounter.attested = Some(Self::now());
		Encounters::<T>::insert(id, encounter);
		Self::deposit_event(Event::EncounterAttested { encounter: id, coverage: coverage_id });
		Ok(())
	}

	pub(crate) fn do_close_encounter(
		who: &T::AccountId,
		org: OrgId,
		id: EncounterId,
		root: Commitment,
		lines: u8,
	) -> DispatchResult {
		Self::ensure_staff(who, org, CARE_ROLES)?;
		let mut encounter = Self::encounter_of(org, id)?;
		ensure!(encounter.closing.is_none(), Error::<T>::AlreadyClosed);
		let at = Self::now();
		let open = at.saturating_sub(encounter.opened);
		ensure!(open <= T::MaxEncounterTerm::get(), Error::<T>::EncounterExpired);
		Self::ensure_line_count(lines)?;
		ensure!(!root.is_zero(), Error::<T>::WrongRoot);
		encounter.closing = Some(Closing { at, root, lines, amendments: 0 });
		Encounters::<T>::insert(id, encounter);
		Self::deposit_event(Event::EncounterClosed { encounter: id, root, lines });
		Ok(())
	}

	pub(crate) fn do_amend_encounter(
		who: &T::AccountId,
		org: OrgId,
		id: EncounterId,
		root: Commitment,
		lines: u8,
	) -> DispatchResult {
		Self::ensure_staff(who, org, CARE_ROLES)?;
		let mut encounter = Self::encounter_of(org, id)?;
		let closing = encounter.closing.ok_or(Error::<T>::NotClosed)?;
		Self::ensure_line_count(lines)?;
		let was = closing.root;
		ensure!(!root.is_zero() && root != was, Error::<T>::WrongRoot);
		let amendments = closing.amendments.saturating_add(1);
		encounter.closing = Some(Closing { root, lines, amendments, ..closing });
		Encounters::<T>::insert(id, encounter);
		Self::deposit_event(Event::EncounterAmended { encounter: id, was, root, lines });
		Ok(())
	}

	fn ensure_line_count(lines: u8) -> DispatchResult {
		ensure!((1..=MAX_LINES).contains(&lines.into()), Error::<T>::WrongLineCount);
		Ok(())
	}

	/// Whether `org` was licensed at `at` to treat.
	pub(crate) fn was_provider(org: OrgId, at: Moment) -> Licensed {
		T::Credentials::was_licensed_as_any(org, &PROVIDER_KINDS, at)
	}

	/// An encounter.
	pub(super) fn encounter(id: EncounterId) -> Result<Encounter, DispatchError> {
		Ok(Encounters::<T>::get(id).ok_or(Error::<T>::EncounterNotFound)?)
	}

	/// An encounter of `org`.
	pub(super) fn encounter_of(org: OrgId, id: EncounterId) -> Result<Encounter, DispatchError> {
		let encounter = Self::encounter(id)?;
		ensure!(encounter.provider == org, Error::<T>::NotYourEncounter);
		Ok(encounter)
	}
}
