//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. Ids alone: storage has the rest, and it does not have what was said.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A sealed Permit was made.
		PermitSealed {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// The key that made it.
			by: T::AccountId,
		},
		/// A sealed Deny was made.
		DenialSealed {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// The key that made it.
			by: T::AccountId,
		},
		/// A sealed Permit was ended.
		SealedRevoked {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// The key that ended it.
			by: T::AccountId,
		},
		/// A sealed Deny is to be lifted after a delay.
		LiftRequested {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// From when it can be applied.
			ready_at: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// A sealed Deny was lifted.
		LiftApplied {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// Who applied it: anyone may.
			by: T::AccountId,
		},
		/// A lift that waited was called off.
		LiftCancelled {
			/// The patient.
			patient: PatientId,
			/// The sealed directive.
			sealed: SealedId,
			/// The key that called it off.
			by: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer is no live key of a patient, or its key is not for consent.
		NotAuthorised,
		/// The state of the handle does not allow the call.
		WrongState,
		/// There is no such handle.
		UnknownPatient,
		/// The patient has no such sealed directive, or no such lift waits.
		NotFound,
		/// The sealed directive is a Deny.
		NotAPermit,
		/// The sealed directive is a Permit.
		NotADeny,
		/// The sealed directive was revoked or lifted, or has expired.
		AlreadyEnded,
		/// The end is not after now.
		InvalidInterval,
		/// The end is no multiple of 30 days since 1970: it would tell by whose habit it was chosen.
		NotOnGrid,
		/// It is not the number that the next sealed directive gets: another one was made meanwhile. A commitment over
		/// it would never be opened.
		WrongNumber,
		/// The end is further away than a sealed Permit may last, or than a sealed Deny that ends.
		TermTooLong,
		/// The patient has as many sealed directives as there is room for; some of it is for denials alone.
		TooManyDirectives,
		/// The numbers for sealed directives are used up.
		IdsExhausted,
		/// The lift of this sealed directive waits already.
		AlreadyPending,
		/// The delay of the lift is not over.
		TooEarly,
		/// The handle left Active since the lift was asked for.
		LiftStopped,
	}
}
