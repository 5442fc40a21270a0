//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A handle was registered.
		Registered {
			/// The handle.
			patient: PatientId,
			/// Its first key, which serves every purpose from now on.
			key: T::AccountId,
			/// The organisation that registered it, if the patient did not do so alone.
			organisation: Option<OrgId>,
			/// Who sent the transaction.
			by: T::AccountId,
		},
		/// A key was added. It is live from `from` on, unless that is cancelled before.
		KeyAdded {
			/// The handle.
			patient: PatientId,
			/// The key.
			key: T::AccountId,
			/// What it is for.
			purposes: KeyPurposeSet,
			/// From when it is live, in Unix seconds.
			from: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// A key was stopped before it became live, and is forgotten.
		PendingKeyCancelled {
			/// The handle.
			patient: PatientId,
			/// The key.
			key: T::AccountId,
			/// The key that stopped it.
			by: T::AccountId,
		},
		/// A key was removed. It is live no more from `until` on, unless that is cancelled before.
		KeyRemoved {
			/// The handle.
			patient: PatientId,
			/// The key.
			key: T::AccountId,
			/// Since when it is live no more, in Unix seconds.
			until: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// The removal of a key was stopped.
		KeyRemovalCancelled {
			/// The handle.
			patient: PatientId,
			/// The key that stays.
			key: T::AccountId,
			/// The key that stopped it.
			by: T::AccountId,
		},
		/// The agreement key was rotated. The new one holds from `from` on, unless that is
		/// cancelled before.
		AgreementKeyRotated {
			/// The handle.
			patient: PatientId,
			/// The new X25519 public key.
			agreement_key: [u8; 32],
			/// From when it holds, in Unix seconds.
			from: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// The rotation of the agreement key was stopped.
		RotationCancelled {
			/// The handle.
			patient: PatientId,
			/// The key that stopped it.
			by: T::AccountId,
		},
		/// A handle was frozen.
		Frozen {
			/// The handle.
			patient: PatientId,
			/// The key that froze it.
			by: T::AccountId,
		},
		/// Unfreezing was asked for. The handle is active from `from` on, unless that is cancelled
		/// before.
		UnfreezeRequested {
			/// The handle.
			patient: PatientId,
			/// From when it is active, in Unix seconds.
			from: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// Unfreezing was stopped.
		UnfreezeCancelled {
			/// The handle.
			patient: PatientId,
			/// The key that stopped it.
			by: T::AccountId,
		},
		/// Retirement was asked for. Anybody can complete it from `from` on, unless it is cancelled
		/// before.
		RetirementRequested {
			/// The handle.
			patient: PatientId,
			/// From when it can be completed, in Unix seconds.
			from: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// Retirement was stopped.
		RetirementCancelled {
			/// The handle.
			patient: PatientId,
			/// The key that stopped it.
			by: T::AccountId,
		},
		/// A handle was retired: neither it nor its keys are ever used again.
		Retired {
			/// The handle.
			patient: PatientId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such handle.
		NotFound,
		/// The sender is no live key of any handle.
		NotAKey,
		/// The sender's key is not for authentication.
		NotAuthenticationKey,
		/// The sender does not act for that organisation.
		NotAuthorised,
		/// The organisation is not licensed as a provider now.
		NotLicensed,
		/// The signature's expiry has passed.
		SignatureExpired,
		/// The signature's expiry lies further ahead than `MaxSignatureLife`.
		ExpiryTooFar,
		/// The signature is not the key's over this message.
		BadSignature,
		/// The key is, was, or is about to be a patient's.
		KeyInUse,
		/// The handle has `MaxKeys` keys, live and pending.
		TooManyKeys,
		/// The set of purposes is empty, or has a bit without meaning.
		InvalidPurposes,
		/// The key is none of this handle's.
		KeyNotFound,
		/// The key is not live: pending, or ended.
		KeyNotLive,
		/// The key is not pending.
		KeyNotPending,
		/// Without this key the handle would have no authentication key that stays.
		LastAuthenticationKey,
		/// The key's removal is pending already.
		RemovalPending,
		/// No removal of the key is pending.
		NoRemovalPending,
		/// The agreement key is zero, or another point of low order.
		InvalidAgreementKey,
		/// The agreement key is the present one.
		SameAgreementKey,
		/// A rotation of the agreement key is pending already.
		RotationPending,
		/// No rotation of the agreement key is pending.
		NoRotationPending,
		/// The handle is not active.
		NotActive,
		/// The handle is frozen already, and there is no pending removal that the sender could stop.
		AlreadyFrozen,
		/// The handle is not frozen.
		NotFrozen,
		/// Unfreezing is pending already.
		UnfreezePending,
		/// No unfreezing is pending.
		NoUnfreezePending,
		/// Retirement is pending already.
		RetirementPending,
		/// No retirement is pending.
		NoRetirementPending,
		/// The delay has not passed yet.
		TooEarly,
		/// The key is the sender's own.
		OwnKey,
		/// The organisation's very name says something about its patients: a handle that it
		/// registered would say so in plain.
		FlaggedOrganisation,
		/// The sender's removal was pending when the handle was frozen.
		WasLeaving,
		/// The sender, or its organisation, has registered as many handles as it may for now.
		TooManyRegistrations,
	}
}
