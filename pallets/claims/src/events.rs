//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. No event names a patient's handle; a member shows as its coverage.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A payer published a version of a plan.
		PlanPublished {
			/// The payer.
			payer: OrgId,
			/// The plan.
			plan: PlanId,
			/// The version, from 0.
			version: u32,
		},
		/// A payer offered a coverage.
		Enrolled {
			/// The coverage.
			coverage: CoverageId,
			/// The payer.
			payer: OrgId,
			/// The plan.
			plan: PlanId,
			/// The version of it.
			version: u32,
		},
		/// A member accepted a coverage.
		Accepted {
			/// The coverage.
			coverage: CoverageId,
		},
		/// The end of a coverage was brought forward.
		Terminated {
			/// The coverage.
			coverage: CoverageId,
			/// When it ends.
			until: Moment,
		},
		/// A payer named another member key, which has yet to accept.
		RekeyProposed {
			/// The coverage.
			coverage: CoverageId,
			/// From when on the new key may accept.
			from: Moment,
		},
		/// Another member key took the place of the present one.
		Rekeyed {
			/// The coverage.
			coverage: CoverageId,
		},
		/// The change of the member key was called off.
		RekeyCancelled {
			/// The coverage.
			coverage: CoverageId,
		},
		/// A provider opened an encounter.
		EncounterOpened {
			/// The encounter.
			encounter: EncounterId,
			/// The provider.
			provider: OrgId,
			/// Whether as an emergency.
			emergency: bool,
		},
		/// A member attested an encounter.
		EncounterAttested {
			/// The encounter.
			encounter: EncounterId,
			/// The coverage that it is on.
			coverage: CoverageId,
		},
		/// A provider wrote down what was done in an encounter.
		EncounterClosed {
			/// The encounter.
			encounter: EncounterId,
			/// The root over the services.
			root: Commitment,
			/// How many there are.
			lines: u8,
		},
		/// A provider changed what it had written down.
		EncounterAmended {
			/// The encounter.
			encounter: EncounterId,
			/// The root that stood before.
			was: Commitment,
			/// The root that stands now.
			root: Commitment,
			/// How many services there are now.
			lines: u8,
		},
		/// A claim was submitted.
		Submitted {
			/// The claim.
			claim: ClaimId,
			/// Its encounter.
			encounter: EncounterId,
			/// Its coverage.
			coverage: CoverageId,
			/// The claim that it corrects.
			previous: Option<ClaimId>,
		},
		/// A claim awaits the payer's decision.
		Pended {
			/// The claim.
			claim: ClaimId,
			/// Why.
			reason: PendReason,
			/// Until when.
			due: Moment,
			/// What is on hold for it.
			held: Money,
		},
		/// The payer asked for information.
		InformationRequested {
			/// The claim.
			claim: ClaimId,
			/// Until when the provider may answer.
			due: Moment,
		},
		/// The provider answered.
		Answered {
			/// The claim.
			claim: ClaimId,
			/// Until when the payer may decide now.
			due: Moment,
		},
		/// A claim was decided.
		Adjudicated {
			/// The claim.
			claim: ClaimId,
			/// Its totals.
			totals: Totals,
		},
		/// A decided claim waits for the payer's funds.
		Waiting {
			/// The claim.
			claim: ClaimId,
			/// What is to be paid, without interest.
			amount: Money,
			/// How many claims are paid before it.
			ahead: u64,
		},
		/// A claim was paid, if anything was to be paid.
		Settled {
			/// The claim.
			claim: ClaimId,
			/// What the payer transferred now, without interest.
			paid: Money,
			/// What the provider gave back.
			returned: Money,
			/// The interest on top.
			interest: Money,
		},
		/// A corrected claim took the place of one before.
		Superseded {
			/// The claim before.
			claim: ClaimId,
			/// The corrected one.
			by: ClaimId,
		},
		/// A claim was taken back.
		Voided {
			/// The claim.
			claim: ClaimId,
			/// What the provider gave back.
			returned: Money,
		},
		/// A correction came to nothing.
		Lapsed {
			/// The correction.
			claim: ClaimId,
		},
		/// Money was put into an organisation's settlement account.
		Funded {
			/// The organisation.
			org: OrgId,
			/// The asset.
			asset: AssetIdOf<T>,
			/// How much.
			amount: Money,
		},
		/// Money was taken out of an organisation's settlement account.
		Withdrawn {
			/// The organisation.
			org: OrgId,
			/// The asset.
			asset: AssetIdOf<T>,
			/// How much.
			amount: Money,
		},
		/// The hold of a claim that was decided, or ended, while the asset was frozen was released.
		HoldReleased {
			/// The claim.
			claim: ClaimId,
			/// How much.
			amount: Money,
		},
		/// What was on hold for a decided claim was paid, and is not all that the claim is owed. The
		/// rest waits.
		PaidInPart {
			/// The claim.
			claim: ClaimId,
			/// What the payer transferred now, without interest.
			paid: Money,
			/// The interest on that.
			interest: Money,
		},
	}

	/// Why a call was refused. Nothing was changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer does not act for the organisation in a role that may do this.
		NotAuthorised,
		/// The organisation holds no live licence of a kind that may do this.
		NotLicensed,
		/// The organisation's very name says something about its patients, so it names none here.
		FlaggedOrganisation,
		/// There is no such plan, or no such version of it.
		PlanNotFound,
		/// The plan is another payer's.
		NotYourPlan,
		/// A share of the plan is more than the whole, or a cap is 0.
		UnsoundPlan,
		/// The plan demands prior authorisation for a benefit, which nobody can give on this chain yet.
		AuthorisationNotOffered,
		/// A clock of the plan lies outside its bounds.
		ClockOutOfRange,
		/// The asset does not exist, or an account of it must hold more than one smallest unit.
		UnsuitableAsset,
		/// There is no such coverage.
		CoverageNotFound,
		/// The coverage is another payer's.
		NotYourCoverage,
		/// The signer is not the member key of the coverage.
		NotMember,
		/// The key is, or was, the member key of a coverage, or is offered another.
		KeyInUse,
		/// The key belongs to a patient's handle, with which a coverage must not be linked.
		KeyOfPatient,
		/// The period would begin in the past.
		PeriodInPast,
		/// The period is empty, or longer than a coverage may be.
		PeriodOutOfRange,
		/// The member has accepted before.
		AlreadyAccepted,
		/// The period has ended.
		CoverageEnded,
		/// The member has not accepted the coverage.
		NotAccepted,
		/// The coverage ends by then anyway, or that moment has passed.
		NotAnEarlierEnd,
		/// No change of the member key is under way.
		NoRekey,
		/// The time in which the present key can say no is not over.
		TooEarly,
		/// There is no such encounter.
		EncounterNotFound,
		/// The encounter is another provider's.
		NotYourEncounter,
		/// The member has attested the encounter before.
		AlreadyAttested,
		/// The encounter is on another coverage.
		OtherCoverage,
		/// The signature is not that of the member key over this encounter.
		BadSignature,
		/// The signature has expired.
		SignatureExpired,
		/// The signature would hold for longer than signatures may.
		SignatureTooLong,
		/// The encounter has been closed before.
		AlreadyClosed,
		/// The encounter has not been closed.
		NotClosed,
		/// The encounter was open for longer than encounters may be.
		EncounterExpired,
		/// There must be 1 to 64 lines.
		WrongLineCount,
		/// The root is all zeros, which commits to nothing, or is the one that stands.
		WrongRoot,
		/// The member has not attested the encounter.
		NotAttested,
		/// A claim stands for the encounter. Correct it.
		AlreadyClaimed,
		/// The lines are not those that the provider wrote down when it closed the encounter.
		LinesNotRecorded,
		/// A line is claimed already: in this claim, or for another encounter.
		LineAlreadyClaimed,
		/// The quantity of a line is 0.
		ZeroQuantity,
		/// The amounts add up to more than can be counted.
		AmountTooLarge,
		/// Provider and payer are the same organisation, or the signer acts for both.
		ConflictOfInterest,
		/// There is no such claim.
		ClaimNotFound,
		/// The claim is not the organisation's.
		NotYourClaim,
		/// The claim does not stand: it was corrected, taken back or came to nothing.
		NotCurrent,
		/// A correction of the claim awaits a decision.
		CorrectionPending,
		/// The time for filing has passed.
		FilingLimitPassed,
		/// The claim does not await the payer's decision.
		NotPended,
		/// The payer has not asked for information.
		NotRequested,
		/// The payer has asked as often as it may.
		TooManyRequests,
		/// The payer's time to decide line by line is over: the rules decide.
		DecisionTooLate,
		/// There is not one decision for each line.
		DecisionCountMismatch,
		/// Payment and adjustments of a line do not add up to its charge.
		Unbalanced,
		/// An adjustment is of nothing.
		ZeroAdjustment,
		/// Two adjustments of a line have the same group and reason.
		RepeatedAdjustment,
		/// A reason stands in a group in which it may not.
		WrongGroup,
		/// A line is paid although a reason denies it.
		PaidThoughDenied,
		/// CARC 45 stands for a whole charge, which the code list forbids.
		WholeCharge,
		/// The decision would use more of a benefit than the plan has.
		LimitExceeded,
		/// Nothing is due: the clock still runs, or has nothing to end.
		NothingDue,
		/// No claim waits for this payer's funds in this asset.
		NothingWaiting,
		/// There is no such organisation.
		OrganisationNotFound,
		/// The settlement account holds too little that is free.
		InsufficientFunds,
		/// Claims wait for these funds.
		ClaimsWaiting,
		/// The amount is 0.
		ZeroAmount,
		/// The settlement asset, or the payer's account of it, is frozen: nothing is decided by silence, and
		/// no hold is released, until it is not.
		AssetFrozen,
	}
}
