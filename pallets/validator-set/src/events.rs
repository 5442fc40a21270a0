//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A validator became a member. It validates from the second session after it has set its
		/// session keys.
		ValidatorAdded {
			/// The validator.
			validator: T::AccountId,
			/// The organisation that operates it.
			organisation: OrgId,
		},
		/// A validator is a member no more. If it is in the set, it leaves with the next change.
		ValidatorRemoved {
			/// The validator.
			validator: T::AccountId,
			/// The organisation that operates it.
			organisation: OrgId,
			/// Why it leaves.
			reason: RemovalReason,
		},
		/// A validator that is no member has left the set. Its session keys are purged, and their
		/// deposit is returned.
		ValidatorLeft {
			/// The validator.
			validator: T::AccountId,
			/// The organisation that operated it.
			organisation: OrgId,
		},
		/// A validator provably misbehaved.
		OffenceRecorded {
			/// The organisation that operated it then.
			organisation: OrgId,
			/// The validator.
			validator: T::AccountId,
			/// The session of the offence.
			session: SessionIndex,
			/// How grave it is: the part of a stake that it would cost.
			severity: Perbill,
		},
		/// An offender stays in the set, disabled, because without it the set would be too small.
		/// It leaves when governance has added a member.
		OffenderRetained {
			/// The validator.
			validator: T::AccountId,
			/// The organisation that operates it.
			organisation: OrgId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is a member already.
		AlreadyMember,
		/// The account is no member.
		NotMember,
		/// The account was removed and is still in the set, for two sessions at most.
		StillLeaving,
		/// There are as many members as there may be.
		TooManyValidators,
		/// Too few validators that have session keys and did not offend would remain.
		BelowMinimum,
	}
}
