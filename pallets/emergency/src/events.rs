//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. The patient's wallet is notified by these.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody broke the glass.
		GlassBroken {
			/// The emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrgId,
			/// Who broke it.
			by: T::AccountId,
			/// From when it lets nothing any more, unless the organisation finds it unjustified before.
			until: Moment,
		},
		/// Somebody recorded an emergency that had happened.
		RecordedLate {
			/// The emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrgId,
			/// Whose emergency it was.
			by: T::AccountId,
			/// When it happened, as that person says.
			happened_at: Moment,
		},
		/// An emergency was beyond credit. For the regulator.
		OverCredit {
			/// The emergency.
			emergency: EmergencyId,
			/// The organisation.
			organisation: OrgId,
		},
		/// An emergency was reviewed.
		Reviewed {
			/// The emergency.
			emergency: EmergencyId,
			/// What was found.
			finding: Finding,
			/// Who reviewed it.
			by: T::AccountId,
			/// For which organisation.
			acting_for: OrgId,
		},
		/// A patient disputed that an emergency was justified.
		Disputed {
			/// The emergency.
			emergency: EmergencyId,
			/// The key that disputed it.
			by: T::AccountId,
		},
		/// An auditor ruled on a dispute.
		Ruled {
			/// The emergency.
			emergency: EmergencyId,
			/// What was ruled.
			finding: Finding,
			/// Who ruled.
			by: T::AccountId,
			/// For which organisation.
			acting_for: OrgId,
		},
		/// A patient's advance directive became stricter.
		AdvanceDirectiveSet {
			/// The patient.
			patient: PatientId,
			/// What it says.
			value: AdvanceDirective,
			/// The key that set it.
			by: T::AccountId,
		},
		/// A patient's advance directive is to be relaxed after a delay.
		RelaxationRequested {
			/// The patient.
			patient: PatientId,
			/// What it is to say.
			value: AdvanceDirective,
			/// From when it can be applied.
			ready_at: Moment,
			/// The key that asked for it.
			by: T::AccountId,
		},
		/// A patient's advance directive was relaxed.
		AdvanceDirectiveRelaxed {
			/// The patient.
			patient: PatientId,
			/// What it says.
			value: AdvanceDirective,
			/// Who applied it: anyone may.
			by: T::AccountId,
		},
		/// A relaxation that waited was called off.
		RelaxationCancelled {
			/// The patient.
			patient: PatientId,
			/// The key that called it off.
			by: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer is no live key of a patient, its key is not for what the call does, or it does not act for
		/// the organisation in a role that the call needs. Or it works, or worked then, at the organisation that is judged.
		NotAuthorised,
		/// The signer is affiliated to the organisation, but not as a clinician.
		WrongRole,
		/// The organisation holds no licence as a provider, pharmacy or laboratory.
		NotLicensed,
		/// The organisation's licence was suspended or revoked.
		LicenceStopped,
		/// There is no such handle, or there was none.
		UnknownPatient,
		/// The state of the handle does not allow the call.
		WrongState,
		/// The patient has said in advance that there is no emergency access.
		Excluded,
		/// A set has a bit that stands for nothing.
		UnknownBits,
		/// The set of classes is empty.
		EmptySet,
		/// An emergency that the signer declared within the time for which one lasts covers all that is asked for.
		AlreadyOpen,
		/// The organisation has found unjustified what the signer declared for the patient, and less than the time has passed
		/// for which an emergency lasts: meanwhile the signer declares nothing for these classes, others may.
		Stopped,
		/// What the signer recorded late for the patient within the last day covers all that is recorded.
		AlreadyRecorded,
		/// The signer has recorded as many emergencies late as one person may in a day.
		TooManyLate,
		/// The organisation must not be named in plain beside a patient: its name says something about its patients. Or the
		/// signer works at such an organisation.
		FlaggedOrganisation,
		/// It has not happened yet.
		NotYet,
		/// It happened too long ago to be recorded.
		TooLate,
		/// There is no such emergency of the patient's or at all, or no relaxation that waits.
		NotFound,
		/// Whoever broke the glass cannot review it, nor rule on it.
		OwnEmergency,
		/// What was recorded late is reviewed by an auditor.
		AuditorOnly,
		/// So soon after it was recorded, only the organisation itself reviews it.
		OrganisationFirst,
		/// It was reviewed.
		AlreadyReviewed,
		/// The time to review it is over: it stands as unjustified.
		ReviewTooLate,
		/// It can still be reviewed: there is no finding to dispute.
		NotReviewed,
		/// It stands as unjustified: there is nothing to dispute.
		NothingToDispute,
		/// It was disputed.
		AlreadyDisputed,
		/// The time to dispute it is over.
		DisputeTooLate,
		/// It was not disputed.
		NotDisputed,
		/// It was ruled on.
		AlreadyRuled,
		/// Whoever reviewed an emergency cannot rule on it, nor can another of the same body.
		OwnReview,
		/// The advance directive is as strict already, or stricter.
		NotStricter,
		/// The advance directive is as loose already, or looser.
		NotLooser,
		/// A relaxation waits already.
		AlreadyPending,
		/// The delay of the relaxation is not over.
		TooEarly,
		/// The handle left Active since the relaxation was asked for.
		RelaxationStopped,
		/// The advance directive has changed as often as there is room for.
		HistoryFull,
		/// The numbers for emergencies are used up.
		IdsExhausted,
	}
}
