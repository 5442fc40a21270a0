//! The events and errors of the pallet.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account may send transactions without holding tokens, from now on; for ever, unless it is
		/// forgotten.
		Welcomed {
			/// The account.
			who: T::AccountId,
		},
		/// Somebody else paid the fee of a transaction.
		FeeSponsored {
			/// The signer of the transaction.
			who: T::AccountId,
			/// Who paid.
			payer: T::AccountId,
			/// What was paid in the end, after refunds, in the smallest unit of the asset.
			fee: BalanceOf<T>,
		},
		/// An account that was invited, and of which nothing came, is known no more.
		Forgotten {
			/// The account.
			who: T::AccountId,
		},
	}
}
