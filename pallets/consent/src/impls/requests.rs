//! Requests for access: made, approved, declined, expired.

use super::Made;
use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Consideration, Defensive, Footprint, Get},
};
use salus_consent_decision::kinds_for;
use salus_primitives::{
	traits::{Credentials, Patients},
	Commitment, OrgId, PatientId, PatientState,
};

impl<T: Config> Pallet<T> {
	/// What a request's deposit pays for: the request, and then the directive and the agreement.
	pub(crate) fn footprint() -> Footprint {
		Footprint::from_mel::<(
			Request<T::AccountId, ()>,
			Directive<T::AccountId>,
			Agreement<T::AccountId, ()>,
		)>()
	}

	pub(crate) fn do_request_access(
		by: T::AccountId,
		organisation: OrgId,
		patient: PatientId,
		request_for: RequestFor,
		access: Access,
		terms: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		ensure!(T::Credentials::acts_for(organisation, &by, now), Error::<T>::NotAuthorised);
		let kinds = T::Credentials::licensed_kinds(organisation, now);
		let eligible = |purpose| kinds.intersects(kinds_for(purpose));
		let asked = access.scope.purposes;
		ensure!(!kinds.is_empty() && asked.iter().all(eligible), Error::<T>::NotLicensed);
		Self::ensure_plain(organisation)?;
		// Whoever it is for, the request names who asks, beside the patient.
		Self::ensure_grantee(&Grantee::Practitioner(by.clone()), now)?;
		let grantee = match request_for {
			RequestFor::Organisation => Grantee::Organisation(organisation),
			RequestFor::Role(role) => Grantee::RoleAt(organisation, role),
			RequestFor::Requester => {
				// The administrator as such is no practitioner.
				let roles = T::Credentials::roles(organisation, &by, now);
				ensure!(!roles.is_empty(), Error::<T>::NotAuthorised);
				Grantee::PractitionerAt(by.clone(), organisation)
			},
		};
		Self::ensure_access(&access, now)?;
		match T::Patients::state(&patient).ok_or(Error::<T>::UnknownPatient)?.0 {
			PatientState::Active
			| PatientState::Frozen
			| PatientState::Recovering
			| PatientState::Contested => (),
			PatientState::DeceasedProvisional
			| PatientState::DeceasedFinal
			| PatientState::Retired => return Err(Error::<T>::WrongState.into()),
		}
		ensure!(!Blocked::<T>::contains_key(patient, organisation), Error::<T>::RequesterBlocked);

		let mut index = OpenRequests::<T>::get(patient);
		let mine = index.open.iter().filter(|(_, other)| *other == organisation).count();
		ensure!(
			u32::try_from(mine).is_ok_and(|mine| mine < MAX_REQUESTS_OF_ONE),
			Error::<T>::TooManyOfOne
		);
		let request = index.next;
		index.next = request.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		index.open.try_push((request, organisation)).map_err(|_| Error::<T>::TooManyRequests)?;

		let payer = T::Credentials::admin(organisation).ok_or(Error::<T>::UnknownOrganisation)?;
		let ticket = T::Consideration::new(&payer, Self::footprint())?;
		Requests::<T>::insert(
			patient,
			request,
			Request {
				organisation,
				requested_by: by.clone(),
				grantee,
				access,
				terms,
				expires_at: now.saturating_add(T::RequestLife::get()),
				payer,
				ticket,
			},
		);
		OpenRequests::<T>::insert(patient, index);
		Self::deposit_event(Event::AccessRequested { patient, request, organisation, by });
		Ok(())
	}

	/// Approves a request. Returns the Permit that was made, and for whom.
	pub(crate) fn do_approve(
		by: T::AccountId,
		request: RequestId,
		access: Access,
	) -> Result<(Made, Grantee<T::AccountId>), DispatchError> {
		let (patient, now) = Self::loosening(&by)?;
		let asked = Requests::<T>::get(patient, request).ok_or(Error::<T>::NotFound)?;
		ensure!(now < asked.expires_at, Error::<T>::RequestExpired);
		ensure!(access.is_within(&asked.access), Error::<T>::NotASubset);
		// The flag may have been set since, or the practitioner have gone elsewhere too.
		Self::ensure_plain(asked.organisation)?;
		Self::ensure_grantee(&asked.grantee, now)?;
		Self::ensure_access(&access, now)?;
		let basis = DirectiveBasis::Request(request);
		let Request { organisation, grantee, terms, payer, ticket, .. } = asked;
		let made = Self::make_permit(by, patient, now, grantee.clone(), access, basis)?;
		Self::close(&patient, request);
		let agreement = Agreement { organisation, terms, payer, ticket };
		Agreements::<T>::insert(patient, made.directive, agreement);
		Ok((made, grantee))
	}

	/// Everything that declining needs: the patient and the request.
	pub(crate) fn check_decline(
		who: &T::AccountId,
		request: RequestId,
	) -> Result<(PatientId, RequestOf<T>), DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		let asked = Requests::<T>::get(patient, request).ok_or(Error::<T>::NotFound)?;
		Ok((patient, asked))
	}

	pub(crate) fn do_decline(by: T::AccountId, request: RequestId) -> DispatchResult {
		let (patient, asked) = Self::check_decline(&by, request)?;
		Self::close(&patient, request);
		// A deposit that cannot be returned must not keep a patient from declining.
		let _ = asked.ticket.drop(&asked.payer).defensive();
		Self::deposit_event(Event::RequestDeclined { patient, request, by });
		Ok(())
	}

	pub(crate) fn do_expire_request(patient: PatientId, request: RequestId) -> DispatchResult {
		let asked = Requests::<T>::get(patient, request).ok_or(Error::<T>::NotFound)?;
		ensure!(asked.expires_at <= Self::now(), Error::<T>::NotExpired);
		Self::close(&patient, request);
		asked.ticket.drop(&asked.payer)?;
		Self::deposit_event(Event::RequestExpired { patient, request });
		Ok(())
	}

	/// Takes a request out of storage. What becomes of its deposit is the caller's business.
	fn close(patient: &PatientId, request: RequestId) {
		Requests::<T>::remove(patient, request);
		OpenRequests::<T>::mutate(patient, |index| index.open.retain(|(id, _)| *id != request));
	}
}
