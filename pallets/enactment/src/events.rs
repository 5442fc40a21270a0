//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A body approved a call.
		Approved {
			/// The hash of the call.
			proposal: T::Hash,
			/// The body.
			body: Body,
		},
		/// Both bodies have approved. The delay runs.
		Agreed {
			/// The hash of the call.
			proposal: T::Hash,
			/// From when on anybody can enact it, in Unix seconds.
			due: Moment,
		},
		/// A body took a proposal off the table.
		Cancelled {
			/// The hash of the call.
			proposal: T::Hash,
			/// The body.
			body: Body,
		},
		/// A call was carried out by Root.
		Enacted {
			/// The hash of the call.
			proposal: T::Hash,
		},
		/// A proposal that had lapsed was removed.
		Cleared {
			/// The hash of the call.
			proposal: T::Hash,
		},
		/// A delay was changed.
		DelaySet {
			/// The class of calls it is for.
			class: EnactmentClass,
			/// The delay from now on, in seconds.
			seconds: Moment,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// Root has no business with this call: it is not in the catalogue.
		NotInCatalogue,
		/// The call is larger than a call of the catalogue can be.
		CallTooLong,
		/// The call is heavier than a call of the catalogue can be.
		CallTooHeavy,
		/// This body has approved already.
		AlreadyApproved,
		/// There are as many proposals as there can be.
		TooManyProposals,
		/// There is no such proposal.
		NoSuchProposal,
		/// Not both bodies have approved.
		NotAgreed,
		/// The delay is not over.
		TooEarly,
		/// The time to enact it is over.
		Lapsed,
		/// The proposal has not lapsed.
		NotLapsed,
		/// The call cannot be read by the present code.
		Undecodable,
		/// The delay would be shorter than its floor.
		BelowFloor,
		/// The delay would be longer than the longest.
		AboveCeiling,
	}
}
