//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. No event says more than that a named account acted for a named organisation.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An organisation applied for licences.
		Applied {
			/// The organisation's number.
			org: OrgId,
			/// The account that administers it.
			admin: T::AccountId,
			/// The kinds applied for by this call.
			kinds: OrgKindSet,
			/// The commitment to its documents.
			profile: Commitment,
		},
		/// An organisation was admitted to a kind.
		Admitted {
			/// The organisation.
			org: OrgId,
			/// To which kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
			/// The end of the licence.
			until: Moment,
		},
		/// An application for a kind was declined.
		Declined {
			/// The organisation.
			org: OrgId,
			/// For which kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
		},
		/// An organisation withdrew what it had applied for.
		Withdrawn {
			/// The organisation.
			org: OrgId,
			/// The kinds that were still pending.
			kinds: OrgKindSet,
			/// Whether the organisation is gone, since it never held a licence.
			removed: bool,
		},
		/// A licence was renewed.
		Renewed {
			/// The organisation.
			org: OrgId,
			/// Its licence's kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
			/// The new end.
			until: Moment,
		},
		/// A licence was suspended, as of this block's time.
		Suspended {
			/// The organisation.
			org: OrgId,
			/// Its licence's kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
		},
		/// A suspended licence was reinstated, as of this block's time.
		Reinstated {
			/// The organisation.
			org: OrgId,
			/// Its licence's kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
			/// The end of the licence.
			until: Moment,
		},
		/// A licence was revoked for ever, as of this block's time.
		Revoked {
			/// The organisation.
			org: OrgId,
			/// Its licence's kind.
			kind: OrgKind,
			/// By whom.
			registrar: T::AccountId,
		},
		/// An organisation's flag changed.
		FlagSet {
			/// The organisation.
			org: OrgId,
			/// Whether its very name says something about its patients.
			flagged: bool,
			/// By whom.
			registrar: T::AccountId,
		},
		/// The administration of an organisation was offered to another account.
		AdminOffered {
			/// The organisation.
			org: OrgId,
			/// To whom.
			new: T::AccountId,
		},
		/// The offer of the administration was taken back.
		AdminOfferCancelled {
			/// The organisation.
			org: OrgId,
		},
		/// An organisation has another administrator.
		AdminRotated {
			/// The organisation.
			org: OrgId,
			/// Who administered it.
			old: T::AccountId,
			/// Who administers it now.
			new: T::AccountId,
		},
		/// An account was invited to an organisation.
		Invited {
			/// The organisation.
			org: OrgId,
			/// Who was invited.
			who: T::AccountId,
			/// In which role.
			role: Role,
			/// The end of the affiliation that is offered.
			until: Moment,
		},
		/// An invitation was taken back.
		InvitationCancelled {
			/// The organisation.
			org: OrgId,
			/// Who had been invited.
			who: T::AccountId,
			/// In which role.
			role: Role,
		},
		/// An invitation was declined.
		InvitationDeclined {
			/// The organisation.
			org: OrgId,
			/// Who had been invited.
			who: T::AccountId,
			/// In which role.
			role: Role,
		},
		/// An invitation was accepted: the account is affiliated from this block's time on.
		Affiliated {
			/// The organisation.
			org: OrgId,
			/// Who is affiliated.
			who: T::AccountId,
			/// In which role.
			role: Role,
			/// The end of the affiliation.
			until: Moment,
		},
		/// An affiliation ended before its term, as of this block's time.
		AffiliationEnded {
			/// The organisation.
			org: OrgId,
			/// Whose affiliation.
			who: T::AccountId,
			/// In which role.
			role: Role,
			/// Whether the affiliated account itself ended it, rather than the organisation.
			by_member: bool,
		},
		/// The organisation's administrator took over the deposit for an affiliated account.
		DepositAssumed {
			/// The organisation.
			org: OrgId,
			/// For whose affiliation.
			who: T::AccountId,
			/// Who got the deposit back.
			old: T::AccountId,
			/// Who has posted it now.
			new: T::AccountId,
		},
		/// A registrar was appointed, or appointed anew on other terms.
		RegistrarAppointed {
			/// The registrar.
			who: T::AccountId,
			/// For which organisation it acts.
			org: OrgId,
			/// The kinds that it may license.
			kinds: OrgKindSet,
			/// What else it may do.
			capabilities: CapabilitySet,
			/// The end of the term.
			until: Moment,
		},
		/// Others encrypt to this key from now on what is for the organisation.
		AgreementKeySet {
			/// The organisation.
			org: OrgId,
			/// Its X25519 public key.
			agreement_key: [u8; 32],
		},
		/// The organisation's systems authenticate with these keys from now on, and with none before.
		ClientKeysSet {
			/// The organisation.
			org: OrgId,
			/// A salted commitment to the document that lists them; zero for no key.
			keys: Commitment,
		},
		/// A registrar was dismissed, as of this block's time.
		RegistrarDismissed {
			/// Who was the registrar.
			who: T::AccountId,
			/// For which organisation.
			org: OrgId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such organisation.
		UnknownOrganisation,
		/// The caller does not administer the organisation.
		NotAdmin,
		/// The caller is no registrar, or its term is over.
		NotRegistrar,
		/// The registrar's entry does not cover this kind of organisation.
		KindNotCovered,
		/// The registrar acts for this organisation itself.
		ConflictOfInterest,
		/// The set of kinds is empty.
		NoKind,
		/// A bit of the set stands for no code.
		UnknownCode,
		/// The profile is zero, which stands for none.
		NoProfile,
		/// The profile is not the one with which the organisation first applied.
		ProfileDiffers,
		/// A kind applied for is pending already.
		AlreadyPending,
		/// A kind applied for was admitted before; a revoked licence is not given again.
		AlreadyAdmitted,
		/// There is nothing to withdraw.
		NothingPending,
		/// The organisation has no application for this kind.
		NotPending,
		/// Every number of an organisation has been given.
		TooManyOrganisations,
		/// The end does not lie after now, or not after the end that it would replace.
		TermTooShort,
		/// The end lies further ahead than is allowed.
		TermTooLong,
		/// The history can hold no further interval.
		HistoryFull,
		/// The organisation has no licence, or none that is in force.
		NotLicensed,
		/// The licence is suspended.
		IsSuspended,
		/// The licence is not suspended.
		NotSuspended,
		/// The licence was revoked for ever.
		AlreadyRevoked,
		/// It has that value already.
		Unchanged,
		/// The account administers the organisation already.
		AlreadyAdmin,
		/// The account administers another organisation.
		AdministersAnother,
		/// The administration was not offered to the caller.
		NotOffered,
		/// There is an invitation for this account and role already.
		AlreadyInvited,
		/// There is no such invitation.
		NotInvited,
		/// The affiliation offered would be over by now.
		InvitationLapsed,
		/// There is no such affiliation, or it is over.
		NotAffiliated,
		/// The caller is neither the affiliated account nor the organisation's administrator.
		NotAuthorised,
		/// The administrator has posted this deposit already.
		AlreadyDepositor,
		/// The registrar would have neither kinds nor capabilities.
		NothingCovered,
		/// The account is affiliated to as many organisations as it can be. Those where it worked while they were flagged
		/// count for ever: who has no room left works under another account.
		TooManyEmployers,
		/// The agreement key is zero, or another point of low order.
		InvalidAgreementKey,
		/// The organisation has made as many invitations as it may for now.
		TooManyInvitations,
		/// The registrar has taken the flag of this organisation off as often as one registrar may. Another one can.
		FlagTakenTooOften,
		/// The affiliation began, or the licence is in force, since this very second. The next block can end it.
		BeganThisSecond,
	}
}
