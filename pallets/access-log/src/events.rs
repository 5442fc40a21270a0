//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A custodian committed to what it has logged.
		LogCommitted {
			/// The custodian.
			organisation: OrgId,
			/// The number of the commit.
			number: u32,
			/// The head of its chain.
			head: LogHash,
			/// The number of its next entry.
			seq_until: u64,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// A custodian began its log anew: its entries are counted from 0 again. What it committed to before stays on
		/// record, and nobody can take this back.
		LogBegunAnew {
			/// The custodian.
			organisation: OrgId,
			/// The number of the commit with which it did.
			number: u32,
			/// The number of the epoch that begins: how often the log was begun anew.
			epoch: u32,
			/// The head of its chain.
			head: LogHash,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// A custodian said what it found when it compared its log with another's.
		ReconciliationAttested {
			/// The custodian.
			organisation: OrgId,
			/// The other.
			counterparty: OrgId,
			/// The day.
			day: Day,
			/// What it found.
			counts: Counts,
			/// Who signed for it.
			by: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer does not commit to logs for the organisation.
		NotAuthorised,
		/// The head before is not the custodian's last: a log has no forks.
		WrongPrevious,
		/// The first entry is not the one that is due, or the end lies before it: a log has no gaps.
		WrongSequence,
		/// A commit without entries has a root, or one with entries has none.
		WrongRoot,
		/// One commit has at most [`MAX_ENTRIES`] entries.
		TooManyEntries,
		/// The custodian has just committed to its log: the next commit has to wait for [`Config::CommitInterval`].
		TooSoon,
		/// There is no such organisation.
		UnknownOrganisation,
		/// An organisation does not compare its log with itself.
		SameOrganisation,
		/// The custodian has never committed to its log, or not since the end of that day.
		LogNotCommitted,
		/// The day is not over.
		DayNotOver,
		/// The day is over for too long.
		TooLate,
		/// The custodian has said what it found of that day. It is not said twice.
		AlreadyAttested,
		/// The numbers for commits are used up.
		IdsExhausted,
	}
}
