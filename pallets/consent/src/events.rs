//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. Ids alone: storage has the rest.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A Permit was made.
		PermitGranted {
			/// The patient.
			patient: PatientId,
			/// The directive.
			directive: DirectiveId,
			/// The approved request, or the patient's own initiative.
			basis: DirectiveBasis,
			/// The key that made it.
			by: T::AccountId,
		},
		/// A Deny was made.
		DenialMade {
			/// The patient.
			patient: PatientId,
			/// The directive.
			directive: DirectiveId,
			/// The key that made it.
			by: T::AccountId,
		},
		/// A Permit was ended.
		DirectiveRevoked {
			/// The patient.
			patient: PatientId,
			/// The directive.
			directive: DirectiveId,
			/// The key that ended it.
			by: T::AccountId,
		},
		/// A purpose was vetoed.
		PurposeVetoed {
			/// The patient.
			patient: PatientId,
			/// The purpose.
			purpose: Purpose,
			/// The key that vetoed it.
			by: T::AccountId,
		},
		/// A stricter base decision was made.
		BaseDecisionSet {
			/// The patient.
			patient: PatientId,
			/// The base decision from now on.
			decision: BaseDecision,
			/// The key that made it.
			by: T::AccountId,
		},
		/// An organisation may ask for access no more.
		RequesterBlocked {
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrgId,
			/// The key that blocked it.
			by: T::AccountId,
		},
		/// A protection is to be lifted after a delay.
		LiftRequested {
			/// The patient.
			patient: PatientId,
			/// What is to be lifted.
			target: LiftTarget,
			/// From when it can be applied.
			ready_at: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// A protection was lifted: a Deny or a veto ended, an organisation may ask again, or a base decision that
		/// refuses less holds.
		LiftApplied {
			/// The patient.
			patient: PatientId,
			/// What was lifted.
			target: LiftTarget,
			/// Who applied it: anyone may.
			by: T::AccountId,
		},
		/// A lift that waited was called off: by itself, by a stricter base decision, or by another looser one.
		LiftCancelled {
			/// The patient.
			patient: PatientId,
			/// What stays in force.
			target: LiftTarget,
			/// The key that called it off.
			by: T::AccountId,
		},
		/// An organisation asked for access.
		AccessRequested {
			/// The patient.
			patient: PatientId,
			/// The request.
			request: RequestId,
			/// The organisation.
			organisation: OrgId,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// A request was declined, and its deposit returned.
		RequestDeclined {
			/// The patient.
			patient: PatientId,
			/// The request.
			request: RequestId,
			/// The key that declined it.
			by: T::AccountId,
		},
		/// A request expired unanswered, and its deposit was returned.
		RequestExpired {
			/// The patient.
			patient: PatientId,
			/// The request.
			request: RequestId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer is no live key of a patient, its key is not for consent, or it does not act
		/// for the organisation.
		NotAuthorised,
		/// The state of the handle does not allow the call.
		WrongState,
		/// There is no such handle.
		UnknownPatient,
		/// There is no such organisation.
		UnknownOrganisation,
		/// The organisation must not be named in plain: its name says something about its patients.
		FlaggedOrganisation,
		/// The organisation holds no live licence, or none of a kind that a purpose is for.
		NotLicensed,
		/// A label must not be named in plain.
		LabelsNotPlain,
		/// A set has a bit that stands for nothing.
		UnknownBits,
		/// A set of actions, purposes or classes is empty.
		EmptySet,
		/// Break-the-glass is no matter of directives and vetoes.
		PurposeExcluded,
		/// The interval of the data is empty, or an end is not after now.
		InvalidInterval,
		/// The term is longer than its purposes allow.
		TermTooLong,
		/// A limit on uses cannot be kept yet, so it is not accepted.
		UsesNotCounted,
		/// More than two hands, or hands without the action redisclose, or that action without
		/// hands.
		InvalidRedisclosure,
		/// The patient has as many Permits, or as many directives, as there is room for.
		TooManyDirectives,
		/// There is no such directive, request or waiting lift.
		NotFound,
		/// The directive is a Deny: it is lifted, not revoked.
		NotAPermit,
		/// The directive is a Permit: it is revoked, not lifted.
		NotADeny,
		/// The directive was revoked or lifted, or has expired.
		AlreadyEnded,
		/// The purpose is vetoed already.
		AlreadyVetoed,
		/// The purpose is not vetoed.
		NotVetoed,
		/// The history of vetoes is full: no further veto can be lifted.
		VetoHistoryFull,
		/// The base decision in force is as strict, and none that is looser waits.
		NotStricter,
		/// The base decision in force is as loose.
		NotLooser,
		/// So many base decisions were made that there would be no room to make a stricter one again.
		BaseHistoryFull,
		/// The organisation is blocked already.
		AlreadyBlocked,
		/// The organisation is not blocked.
		NotBlocked,
		/// The patient does not want to be asked by this organisation.
		RequesterBlocked,
		/// The same lift waits already.
		AlreadyPending,
		/// As many lifts wait as there is room for.
		TooManyPending,
		/// The delay of the lift is not over.
		TooEarly,
		/// The handle left Active since the lift was asked for.
		LiftStopped,
		/// As many requests to the patient are open as there is room for.
		TooManyRequests,
		/// As many requests of the organisation to the patient are open as are allowed.
		TooManyOfOne,
		/// The request has expired.
		RequestExpired,
		/// The request has not expired.
		NotExpired,
		/// The access approved is more than the access asked for.
		NotASubset,
		/// The patient's numbers for directives or requests are used up.
		IdsExhausted,
	}
}
