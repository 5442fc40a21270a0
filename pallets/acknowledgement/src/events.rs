//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. Ids alone: storage has the rest.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An organisation acknowledged that a patient has revoked what it was permitted.
		RevocationAcknowledged {
			/// The organisation.
			organisation: OrgId,
			/// The patient.
			patient: PatientId,
			/// The directive that was revoked.
			directive: DirectiveId,
			/// Whether the deadline was kept.
			on_time: bool,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// A revocation was not acknowledged by its deadline, and somebody marked that.
		RevocationOverdue {
			/// The organisation that has not acknowledged it.
			organisation: OrgId,
			/// The patient.
			patient: PatientId,
			/// The directive that was revoked.
			directive: DirectiveId,
			/// Who marked it: anybody may.
			by: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer does not acknowledge revocations for the organisation.
		NotAuthorised,
		/// The organisation must not be named in plain beside a patient, or the signer works at such an organisation.
		/// No acknowledgement on chain is needed.
		FlaggedOrganisation,
		/// The patient has not revoked such a directive, it named no organisation, or it was revoked so long ago that
		/// consent does not tell any more.
		NotRevoked,
		/// The directive was revoked before the network asked for acknowledgements.
		RevokedBefore,
		/// The directive named another organisation.
		WrongOrganisation,
		/// The revocation was acknowledged already.
		AlreadyAcknowledged,
		/// The revocation was marked overdue already.
		AlreadyOverdue,
		/// The deadline is not over. The time for which the organisation was flagged meanwhile does not count.
		TooEarly,
		/// There is no such organisation any more.
		UnknownOrganisation,
	}
}
