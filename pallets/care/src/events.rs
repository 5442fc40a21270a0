//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. Ids alone: storage has the rest.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient let an organisation record a relationship.
		Invited {
			/// The patient.
			patient: PatientId,
			/// The invitation.
			invitation: InvitationId,
			/// The organisation.
			organisation: OrgId,
			/// The organisation that sent the patient, if one did.
			referred_by: Option<OrgId>,
			/// The key of the patient, or who handed in its signature.
			by: T::AccountId,
		},
		/// A patient took an invitation back.
		InvitationWithdrawn {
			/// The patient.
			patient: PatientId,
			/// The invitation.
			invitation: InvitationId,
			/// The key that took it back.
			by: T::AccountId,
		},
		/// A relationship began.
		RelationshipOpened {
			/// The relationship.
			relationship: RelationshipId,
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrgId,
			/// The relationship of the two that it took the place of, if one lasted.
			renewed: Option<RelationshipId>,
			/// Who recorded it.
			by: T::AccountId,
		},
		/// A relationship ended before its time.
		RelationshipEnded {
			/// The relationship.
			relationship: RelationshipId,
			/// Whose side ended it.
			ended_by: EndedBy,
			/// Who signed.
			by: T::AccountId,
		},
		/// A patient opted out.
		OptedOut {
			/// The patient.
			patient: PatientId,
			/// Towards whom.
			towards: Towards,
			/// The key that did.
			by: T::AccountId,
		},
		/// A patient is to opt in again after a delay.
		OptInRequested {
			/// The patient.
			patient: PatientId,
			/// Towards whom.
			towards: Towards,
			/// From when it can be applied.
			ready_at: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// A patient has opted in again. Relationships that the opt-out met stay void.
		OptedIn {
			/// The patient.
			patient: PatientId,
			/// Towards whom.
			towards: Towards,
			/// Who applied it: anyone may.
			by: T::AccountId,
		},
		/// A return that waited was called off.
		OptInCancelled {
			/// The patient.
			patient: PatientId,
			/// Towards whom the opt-out stays.
			towards: Towards,
			/// The key that called it off.
			by: T::AccountId,
		},
		/// The network will have another care policy.
		PolicyAnnounced {
			/// The policy.
			policy: CarePolicy,
			/// From when it is in force.
			from: Moment,
		},
		/// A care policy that was announced will not come into force.
		PolicyWithdrawn {
			/// The policy that stays in force.
			policy: CarePolicy,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer is no live key of a patient, its key is not for consent, or it does not record or end
		/// relationships for the organisation.
		NotAuthorised,
		/// The state of the handle does not allow the call.
		WrongState,
		/// There is no such handle.
		UnknownPatient,
		/// There is no such organisation.
		UnknownOrganisation,
		/// The organisation must not be named in plain: its name says something about its patients. Or the
		/// signer works at such an organisation.
		FlaggedOrganisation,
		/// The organisation holds no live licence as a provider, pharmacy or laboratory.
		NotLicensed,
		/// The end is not after now, or further away than a relationship may last.
		InvalidTerm,
		/// The relationship would last longer than the patient has said.
		BeyondInvitation,
		/// The patient has not invited the organisation, or the invitation was used, taken back or voided.
		NotInvited,
		/// The invitation has expired.
		InvitationExpired,
		/// The handle left Active since the invitation was made: whoever made it may not have been the patient.
		InvitationStopped,
		/// As many invitations are open as there is room for.
		TooManyInvitations,
		/// Only what came about by a referral is of that kind, and always.
		WrongKind,
		/// There is no such invitation, relationship or waiting return.
		NotFound,
		/// The relationship has ended or expired, or the patient has opted out since it began.
		AlreadyEnded,
		/// The relationship is another organisation's, or the organisation has none with the patient.
		NotRelated,
		/// An organisation cannot send a patient to itself.
		SameOrganisation,
		/// The patient has opted out, towards everybody or towards the organisation.
		OptedOut,
		/// The patient has opted out towards these already.
		AlreadyOptedOut,
		/// The patient has not opted out towards these.
		NotOptedOut,
		/// The patient has opted out towards as many organisations as there is room for.
		TooManyOptOuts,
		/// The history of opt-outs is full.
		OptOutHistoryFull,
		/// The same return waits already.
		AlreadyPending,
		/// As many returns wait as there is room for.
		TooManyPending,
		/// The delay of the return is not over.
		TooEarly,
		/// The handle left Active since the return was asked for.
		OptInStopped,
		/// The signature is not the key's over this message.
		BadSignature,
		/// The signature can be used no more.
		SignatureExpired,
		/// The signature could be used for too long.
		ExpiryTooFar,
		/// The signature names a block that the chain does not have, or not yet.
		UnknownBlock,
		/// The signature names a block that is too many blocks ago.
		BlockTooOld,
		/// The signature names a block before the patient ended the relationship, opted out, took an invitation back or
		/// froze its handle, or before the organisation ended the relationship: it was given before, and is void.
		WordVoid,
		/// The id is not the one that is due: the signature was used, or voided by an end or an opt-out.
		WrongId,
		/// The policy is in force already, and no other is announced.
		AlreadyInForce,
		/// The policy is announced already.
		AlreadyAnnounced,
		/// The network has had as many policies as there is room for.
		PolicyHistoryFull,
		/// The numbers for relationships, invitations or signatures are used up.
		IdsExhausted,
	}
}
