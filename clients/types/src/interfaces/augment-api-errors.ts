// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/errors';

import type { ApiTypes, AugmentedError } from '@polkadot/api-base/types';

export type __AugmentedError<ApiType extends ApiTypes> = AugmentedError<ApiType>;

declare module '@polkadot/api-base/types/errors' {
  interface AugmentedErrors<ApiType extends ApiTypes> {
    accessLog: {
      /**
       * The custodian has said what it found of that day. It is not said twice.
       **/
      AlreadyAttested: AugmentedError<ApiType>;
      /**
       * The day is not over.
       **/
      DayNotOver: AugmentedError<ApiType>;
      /**
       * The numbers for commits are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The custodian has never committed to its log, or not since the end of that day.
       **/
      LogNotCommitted: AugmentedError<ApiType>;
      /**
       * The signer does not commit to logs for the organisation.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * An organisation does not compare its log with itself.
       **/
      SameOrganisation: AugmentedError<ApiType>;
      /**
       * The day is over for too long.
       **/
      TooLate: AugmentedError<ApiType>;
      /**
       * One commit has at most [`MAX_ENTRIES`] entries.
       **/
      TooManyEntries: AugmentedError<ApiType>;
      /**
       * The custodian has just committed to its log: the next commit has to wait for [`Config::CommitInterval`].
       **/
      TooSoon: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
      /**
       * The head before is not the custodian's last: a log has no forks.
       **/
      WrongPrevious: AugmentedError<ApiType>;
      /**
       * A commit without entries has a root, or one with entries has none.
       **/
      WrongRoot: AugmentedError<ApiType>;
      /**
       * The first entry is not the one that is due, or the end lies before it: a log has no gaps.
       **/
      WrongSequence: AugmentedError<ApiType>;
    };
    acknowledgement: {
      /**
       * The revocation was acknowledged already.
       **/
      AlreadyAcknowledged: AugmentedError<ApiType>;
      /**
       * The revocation was marked overdue already.
       **/
      AlreadyOverdue: AugmentedError<ApiType>;
      /**
       * The organisation must not be named in plain beside a patient, or the signer works at such an organisation.
       * No acknowledgement on chain is needed.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The signer does not acknowledge revocations for the organisation.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The patient has not revoked such a directive, it named no organisation, or it was revoked so long ago that
       * consent does not tell any more.
       **/
      NotRevoked: AugmentedError<ApiType>;
      /**
       * The directive was revoked before the network asked for acknowledgements.
       **/
      RevokedBefore: AugmentedError<ApiType>;
      /**
       * The deadline is not over. The time for which the organisation was flagged meanwhile does not count.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * There is no such organisation any more.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
      /**
       * The directive named another organisation.
       **/
      WrongOrganisation: AugmentedError<ApiType>;
    };
    assets: {
      /**
       * The asset-account already exists.
       **/
      AlreadyExists: AugmentedError<ApiType>;
      /**
       * The [`Config::AssetIdAllocator`] cannot allocate the asset ID: the id space is
       * exhausted.
       **/
      AssetIdAllocationFailed: AugmentedError<ApiType>;
      /**
       * The asset is not live, and likely being destroyed.
       **/
      AssetNotLive: AugmentedError<ApiType>;
      /**
       * The asset ID is not the one required by [`Config::AssetIdAllocator`].
       **/
      BadAssetId: AugmentedError<ApiType>;
      /**
       * Invalid metadata given.
       **/
      BadMetadata: AugmentedError<ApiType>;
      /**
       * Invalid witness data given.
       **/
      BadWitness: AugmentedError<ApiType>;
      /**
       * Account balance must be greater than or equal to the transfer amount.
       **/
      BalanceLow: AugmentedError<ApiType>;
      /**
       * Callback action resulted in error
       **/
      CallbackFailed: AugmentedError<ApiType>;
      /**
       * The asset cannot be destroyed because some accounts for this asset contain freezes.
       **/
      ContainsFreezes: AugmentedError<ApiType>;
      /**
       * The asset cannot be destroyed because some accounts for this asset contain holds.
       **/
      ContainsHolds: AugmentedError<ApiType>;
      /**
       * The origin account is frozen.
       **/
      Frozen: AugmentedError<ApiType>;
      /**
       * The asset deposit could not be fully moved due to a lock or freeze on the owner.
       **/
      IncompleteDepositTransfer: AugmentedError<ApiType>;
      /**
       * The asset status is not the expected status.
       **/
      IncorrectStatus: AugmentedError<ApiType>;
      /**
       * The asset ID is already taken.
       **/
      InUse: AugmentedError<ApiType>;
      /**
       * The asset is a live asset and is actively being used. Usually emit for operations such
       * as `start_destroy` which require the asset to be in a destroying state.
       **/
      LiveAsset: AugmentedError<ApiType>;
      /**
       * Minimum balance should be non-zero.
       **/
      MinBalanceZero: AugmentedError<ApiType>;
      /**
       * The account to alter does not exist.
       **/
      NoAccount: AugmentedError<ApiType>;
      /**
       * The asset-account doesn't have an associated deposit.
       **/
      NoDeposit: AugmentedError<ApiType>;
      /**
       * The signing account has no permission to do the operation.
       **/
      NoPermission: AugmentedError<ApiType>;
      /**
       * The asset should be frozen before the given operation.
       **/
      NotFrozen: AugmentedError<ApiType>;
      /**
       * Tried setting too many reserves.
       **/
      TooManyReserves: AugmentedError<ApiType>;
      /**
       * No approval exists that would allow the transfer.
       **/
      Unapproved: AugmentedError<ApiType>;
      /**
       * Unable to increment the consumer reference counters on the account. Either no provider
       * reference exists to allow a non-zero balance of a non-self-sufficient asset, or one
       * fewer then the maximum number of consumers has been reached.
       **/
      UnavailableConsumer: AugmentedError<ApiType>;
      /**
       * The given asset ID is unknown.
       **/
      Unknown: AugmentedError<ApiType>;
      /**
       * The operation would result in funds being burned.
       **/
      WouldBurn: AugmentedError<ApiType>;
      /**
       * The source account would not survive the transfer and it needs to stay alive.
       **/
      WouldDie: AugmentedError<ApiType>;
    };
    assetsHolder: {
      /**
       * Number of holds on an account would exceed the count of `RuntimeHoldReason`.
       **/
      TooManyHolds: AugmentedError<ApiType>;
    };
    babe: {
      /**
       * A given equivocation report is valid but already previously reported.
       **/
      DuplicateOffenceReport: AugmentedError<ApiType>;
      /**
       * Submitted configuration is invalid.
       **/
      InvalidConfiguration: AugmentedError<ApiType>;
      /**
       * An equivocation proof provided as part of an equivocation report is invalid.
       **/
      InvalidEquivocationProof: AugmentedError<ApiType>;
      /**
       * A key ownership proof provided as part of an equivocation report is invalid.
       **/
      InvalidKeyOwnershipProof: AugmentedError<ApiType>;
    };
    balances: {
      /**
       * Beneficiary account must pre-exist.
       **/
      DeadAccount: AugmentedError<ApiType>;
      /**
       * The delta cannot be zero.
       **/
      DeltaZero: AugmentedError<ApiType>;
      /**
       * Value too low to create account due to existential deposit.
       **/
      ExistentialDeposit: AugmentedError<ApiType>;
      /**
       * A vesting schedule already exists for this account.
       **/
      ExistingVestingSchedule: AugmentedError<ApiType>;
      /**
       * Transfer/payment would kill account.
       **/
      Expendability: AugmentedError<ApiType>;
      /**
       * Balance too low to send value.
       **/
      InsufficientBalance: AugmentedError<ApiType>;
      /**
       * The issuance cannot be modified since it is already deactivated.
       **/
      IssuanceDeactivated: AugmentedError<ApiType>;
      /**
       * Account liquidity restrictions prevent withdrawal.
       **/
      LiquidityRestrictions: AugmentedError<ApiType>;
      /**
       * Number of freezes exceed `MaxFreezes`.
       **/
      TooManyFreezes: AugmentedError<ApiType>;
      /**
       * Number of holds exceed `VariantCountOf<T::RuntimeHoldReason>`.
       **/
      TooManyHolds: AugmentedError<ApiType>;
      /**
       * Number of named reserves exceed `MaxReserves`.
       **/
      TooManyReserves: AugmentedError<ApiType>;
      /**
       * Vesting balance too high to send value.
       **/
      VestingBalance: AugmentedError<ApiType>;
    };
    care: {
      /**
       * The policy is announced already.
       **/
      AlreadyAnnounced: AugmentedError<ApiType>;
      /**
       * The relationship has ended or expired, or the patient has opted out since it began.
       **/
      AlreadyEnded: AugmentedError<ApiType>;
      /**
       * The policy is in force already, and no other is announced.
       **/
      AlreadyInForce: AugmentedError<ApiType>;
      /**
       * The patient has opted out towards these already.
       **/
      AlreadyOptedOut: AugmentedError<ApiType>;
      /**
       * The same return waits already.
       **/
      AlreadyPending: AugmentedError<ApiType>;
      /**
       * The signature is not the key's over this message.
       **/
      BadSignature: AugmentedError<ApiType>;
      /**
       * The relationship would last longer than the patient has said.
       **/
      BeyondInvitation: AugmentedError<ApiType>;
      /**
       * The signature names a block that is too many blocks ago.
       **/
      BlockTooOld: AugmentedError<ApiType>;
      /**
       * The signature could be used for too long.
       **/
      ExpiryTooFar: AugmentedError<ApiType>;
      /**
       * The organisation must not be named in plain: its name says something about its patients. Or the
       * signer works at such an organisation.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The numbers for relationships, invitations or signatures are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The end is not after now, or further away than a relationship may last.
       **/
      InvalidTerm: AugmentedError<ApiType>;
      /**
       * The invitation has expired.
       **/
      InvitationExpired: AugmentedError<ApiType>;
      /**
       * The handle left Active since the invitation was made: whoever made it may not have been the patient.
       **/
      InvitationStopped: AugmentedError<ApiType>;
      /**
       * The signer is no live key of a patient, its key is not for consent, or it does not record or end
       * relationships for the organisation.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * There is no such invitation, relationship or waiting return.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * The patient has not invited the organisation, or the invitation was used, taken back or voided.
       **/
      NotInvited: AugmentedError<ApiType>;
      /**
       * The organisation holds no live licence as a provider, pharmacy or laboratory.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * The patient has not opted out towards these.
       **/
      NotOptedOut: AugmentedError<ApiType>;
      /**
       * The relationship is another organisation's, or the organisation has none with the patient.
       **/
      NotRelated: AugmentedError<ApiType>;
      /**
       * The patient has opted out, towards everybody or towards the organisation.
       **/
      OptedOut: AugmentedError<ApiType>;
      /**
       * The handle left Active since the return was asked for.
       **/
      OptInStopped: AugmentedError<ApiType>;
      /**
       * The history of opt-outs is full.
       **/
      OptOutHistoryFull: AugmentedError<ApiType>;
      /**
       * The network has had as many policies as there is room for.
       **/
      PolicyHistoryFull: AugmentedError<ApiType>;
      /**
       * An organisation cannot send a patient to itself.
       **/
      SameOrganisation: AugmentedError<ApiType>;
      /**
       * The signature can be used no more.
       **/
      SignatureExpired: AugmentedError<ApiType>;
      /**
       * The delay of the return is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * As many invitations are open as there is room for.
       **/
      TooManyInvitations: AugmentedError<ApiType>;
      /**
       * The patient has opted out towards as many organisations as there is room for.
       **/
      TooManyOptOuts: AugmentedError<ApiType>;
      /**
       * As many returns wait as there is room for.
       **/
      TooManyPending: AugmentedError<ApiType>;
      /**
       * The signature names a block that the chain does not have, or not yet.
       **/
      UnknownBlock: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
      /**
       * There is no such handle.
       **/
      UnknownPatient: AugmentedError<ApiType>;
      /**
       * The signature names a block before the patient ended the relationship, opted out, took an invitation back or
       * froze its handle, or before the organisation ended the relationship: it was given before, and is void.
       **/
      WordVoid: AugmentedError<ApiType>;
      /**
       * The id is not the one that is due: the signature was used, or voided by an end or an opt-out.
       **/
      WrongId: AugmentedError<ApiType>;
      /**
       * Only what came about by a referral is of that kind, and always.
       **/
      WrongKind: AugmentedError<ApiType>;
      /**
       * The state of the handle does not allow the call.
       **/
      WrongState: AugmentedError<ApiType>;
    };
    claims: {
      /**
       * The member has accepted before.
       **/
      AlreadyAccepted: AugmentedError<ApiType>;
      /**
       * The member has attested the encounter before.
       **/
      AlreadyAttested: AugmentedError<ApiType>;
      /**
       * A claim stands for the encounter. Correct it.
       **/
      AlreadyClaimed: AugmentedError<ApiType>;
      /**
       * The encounter has been closed before.
       **/
      AlreadyClosed: AugmentedError<ApiType>;
      /**
       * The amounts add up to more than can be counted.
       **/
      AmountTooLarge: AugmentedError<ApiType>;
      /**
       * The settlement asset, or the payer's account of it, is frozen: nothing is decided by silence, and
       * no hold is released, until it is not.
       **/
      AssetFrozen: AugmentedError<ApiType>;
      /**
       * The plan demands prior authorisation for a benefit, which nobody can give on this chain yet.
       **/
      AuthorisationNotOffered: AugmentedError<ApiType>;
      /**
       * The signature is not that of the member key over this encounter.
       **/
      BadSignature: AugmentedError<ApiType>;
      /**
       * There is no such claim.
       **/
      ClaimNotFound: AugmentedError<ApiType>;
      /**
       * Claims wait for these funds.
       **/
      ClaimsWaiting: AugmentedError<ApiType>;
      /**
       * A clock of the plan lies outside its bounds.
       **/
      ClockOutOfRange: AugmentedError<ApiType>;
      /**
       * Provider and payer are the same organisation, or the signer acts for both.
       **/
      ConflictOfInterest: AugmentedError<ApiType>;
      /**
       * A correction of the claim awaits a decision.
       **/
      CorrectionPending: AugmentedError<ApiType>;
      /**
       * The period has ended.
       **/
      CoverageEnded: AugmentedError<ApiType>;
      /**
       * There is no such coverage.
       **/
      CoverageNotFound: AugmentedError<ApiType>;
      /**
       * There is not one decision for each line.
       **/
      DecisionCountMismatch: AugmentedError<ApiType>;
      /**
       * The payer's time to decide line by line is over: the rules decide.
       **/
      DecisionTooLate: AugmentedError<ApiType>;
      /**
       * The encounter was open for longer than encounters may be.
       **/
      EncounterExpired: AugmentedError<ApiType>;
      /**
       * There is no such encounter.
       **/
      EncounterNotFound: AugmentedError<ApiType>;
      /**
       * The time for filing has passed.
       **/
      FilingLimitPassed: AugmentedError<ApiType>;
      /**
       * The organisation's very name says something about its patients, so it names none here.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The settlement account holds too little that is free.
       **/
      InsufficientFunds: AugmentedError<ApiType>;
      /**
       * The key is, or was, the member key of a coverage, or is offered another.
       **/
      KeyInUse: AugmentedError<ApiType>;
      /**
       * The key belongs to a patient's handle, with which a coverage must not be linked.
       **/
      KeyOfPatient: AugmentedError<ApiType>;
      /**
       * The decision would use more of a benefit than the plan has.
       **/
      LimitExceeded: AugmentedError<ApiType>;
      /**
       * A line is claimed already: in this claim, or for another encounter.
       **/
      LineAlreadyClaimed: AugmentedError<ApiType>;
      /**
       * The lines are not those that the provider wrote down when it closed the encounter.
       **/
      LinesNotRecorded: AugmentedError<ApiType>;
      /**
       * No change of the member key is under way.
       **/
      NoRekey: AugmentedError<ApiType>;
      /**
       * The member has not accepted the coverage.
       **/
      NotAccepted: AugmentedError<ApiType>;
      /**
       * The coverage ends by then anyway, or that moment has passed.
       **/
      NotAnEarlierEnd: AugmentedError<ApiType>;
      /**
       * The member has not attested the encounter.
       **/
      NotAttested: AugmentedError<ApiType>;
      /**
       * The signer does not act for the organisation in a role that may do this.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The encounter has not been closed.
       **/
      NotClosed: AugmentedError<ApiType>;
      /**
       * The claim does not stand: it was corrected, taken back or came to nothing.
       **/
      NotCurrent: AugmentedError<ApiType>;
      /**
       * Nothing is due: the clock still runs, or has nothing to end.
       **/
      NothingDue: AugmentedError<ApiType>;
      /**
       * No claim waits for this payer's funds in this asset.
       **/
      NothingWaiting: AugmentedError<ApiType>;
      /**
       * The organisation holds no live licence of a kind that may do this.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * The signer is not the member key of the coverage.
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * The claim does not await the payer's decision.
       **/
      NotPended: AugmentedError<ApiType>;
      /**
       * The payer has not asked for information.
       **/
      NotRequested: AugmentedError<ApiType>;
      /**
       * The claim is not the organisation's.
       **/
      NotYourClaim: AugmentedError<ApiType>;
      /**
       * The coverage is another payer's.
       **/
      NotYourCoverage: AugmentedError<ApiType>;
      /**
       * The encounter is another provider's.
       **/
      NotYourEncounter: AugmentedError<ApiType>;
      /**
       * The plan is another payer's.
       **/
      NotYourPlan: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      OrganisationNotFound: AugmentedError<ApiType>;
      /**
       * The encounter is on another coverage.
       **/
      OtherCoverage: AugmentedError<ApiType>;
      /**
       * A line is paid although a reason denies it.
       **/
      PaidThoughDenied: AugmentedError<ApiType>;
      /**
       * The period would begin in the past.
       **/
      PeriodInPast: AugmentedError<ApiType>;
      /**
       * The period is empty, or longer than a coverage may be.
       **/
      PeriodOutOfRange: AugmentedError<ApiType>;
      /**
       * There is no such plan, or no such version of it.
       **/
      PlanNotFound: AugmentedError<ApiType>;
      /**
       * Two adjustments of a line have the same group and reason.
       **/
      RepeatedAdjustment: AugmentedError<ApiType>;
      /**
       * The signature has expired.
       **/
      SignatureExpired: AugmentedError<ApiType>;
      /**
       * The signature would hold for longer than signatures may.
       **/
      SignatureTooLong: AugmentedError<ApiType>;
      /**
       * The time in which the present key can say no is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * The payer has asked as often as it may.
       **/
      TooManyRequests: AugmentedError<ApiType>;
      /**
       * Payment and adjustments of a line do not add up to its charge.
       **/
      Unbalanced: AugmentedError<ApiType>;
      /**
       * A share of the plan is more than the whole, or a cap is 0.
       **/
      UnsoundPlan: AugmentedError<ApiType>;
      /**
       * The asset does not exist, or an account of it must hold more than one smallest unit.
       **/
      UnsuitableAsset: AugmentedError<ApiType>;
      /**
       * CARC 45 stands for a whole charge, which the code list forbids.
       **/
      WholeCharge: AugmentedError<ApiType>;
      /**
       * A reason stands in a group in which it may not.
       **/
      WrongGroup: AugmentedError<ApiType>;
      /**
       * There must be 1 to 64 lines.
       **/
      WrongLineCount: AugmentedError<ApiType>;
      /**
       * The root is all zeros, which commits to nothing, or is the one that stands.
       **/
      WrongRoot: AugmentedError<ApiType>;
      /**
       * An adjustment is of nothing.
       **/
      ZeroAdjustment: AugmentedError<ApiType>;
      /**
       * The amount is 0.
       **/
      ZeroAmount: AugmentedError<ApiType>;
      /**
       * The quantity of a line is 0.
       **/
      ZeroQuantity: AugmentedError<ApiType>;
    };
    consent: {
      /**
       * The organisation is blocked already.
       **/
      AlreadyBlocked: AugmentedError<ApiType>;
      /**
       * The directive was revoked or lifted, or has expired.
       **/
      AlreadyEnded: AugmentedError<ApiType>;
      /**
       * The same lift waits already.
       **/
      AlreadyPending: AugmentedError<ApiType>;
      /**
       * The purpose is vetoed already.
       **/
      AlreadyVetoed: AugmentedError<ApiType>;
      /**
       * So many base decisions were made that there would be no room to make a stricter one again.
       **/
      BaseHistoryFull: AugmentedError<ApiType>;
      /**
       * A set of actions, purposes or classes is empty.
       **/
      EmptySet: AugmentedError<ApiType>;
      /**
       * The organisation must not be named in plain: its name says something about its patients.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The patient's numbers for directives or requests are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The interval of the data is empty, or an end is not after now.
       **/
      InvalidInterval: AugmentedError<ApiType>;
      /**
       * More than two hands, or hands without the action redisclose, or that action without
       * hands.
       **/
      InvalidRedisclosure: AugmentedError<ApiType>;
      /**
       * A label must not be named in plain.
       **/
      LabelsNotPlain: AugmentedError<ApiType>;
      /**
       * The handle left Active since the lift was asked for.
       **/
      LiftStopped: AugmentedError<ApiType>;
      /**
       * The directive is a Permit: it is revoked, not lifted.
       **/
      NotADeny: AugmentedError<ApiType>;
      /**
       * The directive is a Deny: it is lifted, not revoked.
       **/
      NotAPermit: AugmentedError<ApiType>;
      /**
       * The access approved is more than the access asked for.
       **/
      NotASubset: AugmentedError<ApiType>;
      /**
       * The signer is no live key of a patient, its key is not for consent, or it does not act
       * for the organisation.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The organisation is not blocked.
       **/
      NotBlocked: AugmentedError<ApiType>;
      /**
       * The request has not expired.
       **/
      NotExpired: AugmentedError<ApiType>;
      /**
       * There is no such directive, request or waiting lift.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * The organisation holds no live licence, or none of a kind that a purpose is for.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * The base decision in force is as loose.
       **/
      NotLooser: AugmentedError<ApiType>;
      /**
       * The base decision in force is as strict, and none that is looser waits.
       **/
      NotStricter: AugmentedError<ApiType>;
      /**
       * The purpose is not vetoed.
       **/
      NotVetoed: AugmentedError<ApiType>;
      /**
       * Break-the-glass is no matter of directives and vetoes.
       **/
      PurposeExcluded: AugmentedError<ApiType>;
      /**
       * The patient does not want to be asked by this organisation.
       **/
      RequesterBlocked: AugmentedError<ApiType>;
      /**
       * The request has expired.
       **/
      RequestExpired: AugmentedError<ApiType>;
      /**
       * The term is longer than its purposes allow.
       **/
      TermTooLong: AugmentedError<ApiType>;
      /**
       * The delay of the lift is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * The patient has as many Permits, or as many directives, as there is room for.
       **/
      TooManyDirectives: AugmentedError<ApiType>;
      /**
       * As many requests of the organisation to the patient are open as are allowed.
       **/
      TooManyOfOne: AugmentedError<ApiType>;
      /**
       * As many lifts wait as there is room for.
       **/
      TooManyPending: AugmentedError<ApiType>;
      /**
       * As many requests to the patient are open as there is room for.
       **/
      TooManyRequests: AugmentedError<ApiType>;
      /**
       * A set has a bit that stands for nothing.
       **/
      UnknownBits: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
      /**
       * There is no such handle.
       **/
      UnknownPatient: AugmentedError<ApiType>;
      /**
       * A limit on uses cannot be kept yet, so it is not accepted.
       **/
      UsesNotCounted: AugmentedError<ApiType>;
      /**
       * The history of vetoes is full: no further veto can be lifted.
       **/
      VetoHistoryFull: AugmentedError<ApiType>;
      /**
       * The state of the handle does not allow the call.
       **/
      WrongState: AugmentedError<ApiType>;
    };
    council: {
      /**
       * Members are already initialized!
       **/
      AlreadyInitialized: AugmentedError<ApiType>;
      /**
       * Duplicate proposals not allowed
       **/
      DuplicateProposal: AugmentedError<ApiType>;
      /**
       * Duplicate vote ignored
       **/
      DuplicateVote: AugmentedError<ApiType>;
      /**
       * Account is not a member
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * Prime account is not a member
       **/
      PrimeAccountNotMember: AugmentedError<ApiType>;
      /**
       * Proposal is still active.
       **/
      ProposalActive: AugmentedError<ApiType>;
      /**
       * Proposal must exist
       **/
      ProposalMissing: AugmentedError<ApiType>;
      /**
       * The close call was made too early, before the end of the voting.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * There can only be a maximum of `MaxProposals` active proposals.
       **/
      TooManyProposals: AugmentedError<ApiType>;
      /**
       * Mismatched index
       **/
      WrongIndex: AugmentedError<ApiType>;
      /**
       * The given length bound for the proposal was too low.
       **/
      WrongProposalLength: AugmentedError<ApiType>;
      /**
       * The given weight bound for the proposal was too low.
       **/
      WrongProposalWeight: AugmentedError<ApiType>;
    };
    emergency: {
      /**
       * It was disputed.
       **/
      AlreadyDisputed: AugmentedError<ApiType>;
      /**
       * An emergency that the signer declared within the time for which one lasts covers all that is asked for.
       **/
      AlreadyOpen: AugmentedError<ApiType>;
      /**
       * A relaxation waits already.
       **/
      AlreadyPending: AugmentedError<ApiType>;
      /**
       * What the signer recorded late for the patient within the last day covers all that is recorded.
       **/
      AlreadyRecorded: AugmentedError<ApiType>;
      /**
       * It was reviewed.
       **/
      AlreadyReviewed: AugmentedError<ApiType>;
      /**
       * It was ruled on.
       **/
      AlreadyRuled: AugmentedError<ApiType>;
      /**
       * What was recorded late is reviewed by an auditor.
       **/
      AuditorOnly: AugmentedError<ApiType>;
      /**
       * The time to dispute it is over.
       **/
      DisputeTooLate: AugmentedError<ApiType>;
      /**
       * The set of classes is empty.
       **/
      EmptySet: AugmentedError<ApiType>;
      /**
       * The patient has said in advance that there is no emergency access.
       **/
      Excluded: AugmentedError<ApiType>;
      /**
       * The organisation must not be named in plain beside a patient: its name says something about its patients. Or the
       * signer works at such an organisation.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The advance directive has changed as often as there is room for.
       **/
      HistoryFull: AugmentedError<ApiType>;
      /**
       * The numbers for emergencies are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The organisation's licence was suspended or revoked.
       **/
      LicenceStopped: AugmentedError<ApiType>;
      /**
       * The signer is no live key of a patient, its key is not for what the call does, or it does not act for
       * the organisation in a role that the call needs. Or it works, or worked then, at the organisation that is judged.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * It was not disputed.
       **/
      NotDisputed: AugmentedError<ApiType>;
      /**
       * There is no such emergency of the patient's or at all, or no relaxation that waits.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * It stands as unjustified: there is nothing to dispute.
       **/
      NothingToDispute: AugmentedError<ApiType>;
      /**
       * The organisation holds no licence as a provider, pharmacy or laboratory.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * The advance directive is as loose already, or looser.
       **/
      NotLooser: AugmentedError<ApiType>;
      /**
       * It can still be reviewed: there is no finding to dispute.
       **/
      NotReviewed: AugmentedError<ApiType>;
      /**
       * The advance directive is as strict already, or stricter.
       **/
      NotStricter: AugmentedError<ApiType>;
      /**
       * It has not happened yet.
       **/
      NotYet: AugmentedError<ApiType>;
      /**
       * So soon after it was recorded, only the organisation itself reviews it.
       **/
      OrganisationFirst: AugmentedError<ApiType>;
      /**
       * Whoever broke the glass cannot review it, nor rule on it.
       **/
      OwnEmergency: AugmentedError<ApiType>;
      /**
       * Whoever reviewed an emergency cannot rule on it, nor can another of the same body.
       **/
      OwnReview: AugmentedError<ApiType>;
      /**
       * The handle left Active since the relaxation was asked for.
       **/
      RelaxationStopped: AugmentedError<ApiType>;
      /**
       * The time to review it is over: it stands as unjustified.
       **/
      ReviewTooLate: AugmentedError<ApiType>;
      /**
       * The organisation has found unjustified what the signer declared for the patient, and less than the time has passed
       * for which an emergency lasts: meanwhile the signer declares nothing for these classes, others may.
       **/
      Stopped: AugmentedError<ApiType>;
      /**
       * The delay of the relaxation is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * It happened too long ago to be recorded.
       **/
      TooLate: AugmentedError<ApiType>;
      /**
       * The signer has recorded as many emergencies late as one person may in a day.
       **/
      TooManyLate: AugmentedError<ApiType>;
      /**
       * A set has a bit that stands for nothing.
       **/
      UnknownBits: AugmentedError<ApiType>;
      /**
       * There is no such handle, or there was none.
       **/
      UnknownPatient: AugmentedError<ApiType>;
      /**
       * The signer is affiliated to the organisation, but not as a clinician.
       **/
      WrongRole: AugmentedError<ApiType>;
      /**
       * The state of the handle does not allow the call.
       **/
      WrongState: AugmentedError<ApiType>;
    };
    enactment: {
      /**
       * The delay would be longer than the longest.
       **/
      AboveCeiling: AugmentedError<ApiType>;
      /**
       * This body has approved already.
       **/
      AlreadyApproved: AugmentedError<ApiType>;
      /**
       * The delay would be shorter than its floor.
       **/
      BelowFloor: AugmentedError<ApiType>;
      /**
       * The call is heavier than a call of the catalogue can be.
       **/
      CallTooHeavy: AugmentedError<ApiType>;
      /**
       * The call is larger than a call of the catalogue can be.
       **/
      CallTooLong: AugmentedError<ApiType>;
      /**
       * The time to enact it is over.
       **/
      Lapsed: AugmentedError<ApiType>;
      /**
       * There is no such proposal.
       **/
      NoSuchProposal: AugmentedError<ApiType>;
      /**
       * Not both bodies have approved.
       **/
      NotAgreed: AugmentedError<ApiType>;
      /**
       * Root has no business with this call: it is not in the catalogue.
       **/
      NotInCatalogue: AugmentedError<ApiType>;
      /**
       * The proposal has not lapsed.
       **/
      NotLapsed: AugmentedError<ApiType>;
      /**
       * The delay is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * There are as many proposals as there can be.
       **/
      TooManyProposals: AugmentedError<ApiType>;
      /**
       * The call cannot be read by the present code.
       **/
      Undecodable: AugmentedError<ApiType>;
    };
    grandpa: {
      /**
       * Attempt to signal GRANDPA change with one already pending.
       **/
      ChangePending: AugmentedError<ApiType>;
      /**
       * A given equivocation report is valid but already previously reported.
       **/
      DuplicateOffenceReport: AugmentedError<ApiType>;
      /**
       * An equivocation proof provided as part of an equivocation report is invalid.
       **/
      InvalidEquivocationProof: AugmentedError<ApiType>;
      /**
       * A key ownership proof provided as part of an equivocation report is invalid.
       **/
      InvalidKeyOwnershipProof: AugmentedError<ApiType>;
      /**
       * Attempt to signal GRANDPA pause when the authority set isn't live
       * (either paused or already pending pause).
       **/
      PauseFailed: AugmentedError<ApiType>;
      /**
       * Attempt to signal GRANDPA resume when the authority set isn't paused
       * (either live or already pending resume).
       **/
      ResumeFailed: AugmentedError<ApiType>;
      /**
       * Cannot signal forced change so soon after last.
       **/
      TooSoon: AugmentedError<ApiType>;
    };
    membership: {
      /**
       * Already a member.
       **/
      AlreadyMember: AugmentedError<ApiType>;
      /**
       * Not a member.
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * Too many members.
       **/
      TooManyMembers: AugmentedError<ApiType>;
    };
    multiBlockMigrations: {
      /**
       * The operation cannot complete since some MBMs are ongoing.
       **/
      Ongoing: AugmentedError<ApiType>;
    };
    multisig: {
      /**
       * Call is already approved by this signatory.
       **/
      AlreadyApproved: AugmentedError<ApiType>;
      /**
       * The data to be stored is already stored.
       **/
      AlreadyStored: AugmentedError<ApiType>;
      /**
       * The maximum weight information provided was too low.
       **/
      MaxWeightTooLow: AugmentedError<ApiType>;
      /**
       * Threshold must be 2 or greater.
       **/
      MinimumThreshold: AugmentedError<ApiType>;
      /**
       * Call doesn't need any (more) approvals.
       **/
      NoApprovalsNeeded: AugmentedError<ApiType>;
      /**
       * Multisig operation not found in storage.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * No timepoint was given, yet the multisig operation is already underway.
       **/
      NoTimepoint: AugmentedError<ApiType>;
      /**
       * Only the account that originally created the multisig is able to cancel it or update
       * its deposits.
       **/
      NotOwner: AugmentedError<ApiType>;
      /**
       * The sender was contained in the other signatories; it shouldn't be.
       **/
      SenderInSignatories: AugmentedError<ApiType>;
      /**
       * The signatories were provided out of order; they should be ordered.
       **/
      SignatoriesOutOfOrder: AugmentedError<ApiType>;
      /**
       * There are too few signatories in the list.
       **/
      TooFewSignatories: AugmentedError<ApiType>;
      /**
       * There are too many signatories in the list.
       **/
      TooManySignatories: AugmentedError<ApiType>;
      /**
       * A timepoint was given, yet no multisig operation is underway.
       **/
      UnexpectedTimepoint: AugmentedError<ApiType>;
      /**
       * A different timepoint was given to the multisig operation that is underway.
       **/
      WrongTimepoint: AugmentedError<ApiType>;
    };
    patientIdentity: {
      /**
       * The handle is frozen already, and there is no pending removal that the sender could stop.
       **/
      AlreadyFrozen: AugmentedError<ApiType>;
      /**
       * The signature is not the key's over this message.
       **/
      BadSignature: AugmentedError<ApiType>;
      /**
       * The signature's expiry lies further ahead than `MaxSignatureLife`.
       **/
      ExpiryTooFar: AugmentedError<ApiType>;
      /**
       * The organisation's very name says something about its patients: a handle that it
       * registered would say so in plain.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The agreement key is zero, or another point of low order.
       **/
      InvalidAgreementKey: AugmentedError<ApiType>;
      /**
       * The set of purposes is empty, or has a bit without meaning.
       **/
      InvalidPurposes: AugmentedError<ApiType>;
      /**
       * The key is, was, or is about to be a patient's.
       **/
      KeyInUse: AugmentedError<ApiType>;
      /**
       * The key is none of this handle's.
       **/
      KeyNotFound: AugmentedError<ApiType>;
      /**
       * The key is not live: pending, or ended.
       **/
      KeyNotLive: AugmentedError<ApiType>;
      /**
       * The key is not pending.
       **/
      KeyNotPending: AugmentedError<ApiType>;
      /**
       * Without this key the handle would have no authentication key that stays.
       **/
      LastAuthenticationKey: AugmentedError<ApiType>;
      /**
       * No removal of the key is pending.
       **/
      NoRemovalPending: AugmentedError<ApiType>;
      /**
       * No retirement is pending.
       **/
      NoRetirementPending: AugmentedError<ApiType>;
      /**
       * No rotation of the agreement key is pending.
       **/
      NoRotationPending: AugmentedError<ApiType>;
      /**
       * The handle is not active.
       **/
      NotActive: AugmentedError<ApiType>;
      /**
       * The sender is no live key of any handle.
       **/
      NotAKey: AugmentedError<ApiType>;
      /**
       * The sender's key is not for authentication.
       **/
      NotAuthenticationKey: AugmentedError<ApiType>;
      /**
       * The sender does not act for that organisation.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * There is no such handle.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * The handle is not frozen.
       **/
      NotFrozen: AugmentedError<ApiType>;
      /**
       * The organisation is not licensed as a provider now.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * No unfreezing is pending.
       **/
      NoUnfreezePending: AugmentedError<ApiType>;
      /**
       * The key is the sender's own.
       **/
      OwnKey: AugmentedError<ApiType>;
      /**
       * The key's removal is pending already.
       **/
      RemovalPending: AugmentedError<ApiType>;
      /**
       * Retirement is pending already.
       **/
      RetirementPending: AugmentedError<ApiType>;
      /**
       * A rotation of the agreement key is pending already.
       **/
      RotationPending: AugmentedError<ApiType>;
      /**
       * The agreement key is the present one.
       **/
      SameAgreementKey: AugmentedError<ApiType>;
      /**
       * The signature's expiry has passed.
       **/
      SignatureExpired: AugmentedError<ApiType>;
      /**
       * The delay has not passed yet.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * The handle has `MaxKeys` keys, live and pending.
       **/
      TooManyKeys: AugmentedError<ApiType>;
      /**
       * The sender, or its organisation, has registered as many handles as it may for now.
       **/
      TooManyRegistrations: AugmentedError<ApiType>;
      /**
       * Unfreezing is pending already.
       **/
      UnfreezePending: AugmentedError<ApiType>;
      /**
       * The sender's removal was pending when the handle was frozen.
       **/
      WasLeaving: AugmentedError<ApiType>;
    };
    preimage: {
      /**
       * Preimage has already been noted on-chain.
       **/
      AlreadyNoted: AugmentedError<ApiType>;
      /**
       * The user is not authorized to perform this action.
       **/
      NotAuthorized: AugmentedError<ApiType>;
      /**
       * The preimage cannot be removed since it has not yet been noted.
       **/
      NotNoted: AugmentedError<ApiType>;
      /**
       * The preimage request cannot be removed since no outstanding requests exist.
       **/
      NotRequested: AugmentedError<ApiType>;
      /**
       * A preimage may not be removed when there are outstanding requests.
       **/
      Requested: AugmentedError<ApiType>;
      /**
       * Preimage is too large to store on-chain.
       **/
      TooBig: AugmentedError<ApiType>;
      /**
       * Too few hashes were requested to be upgraded (i.e. zero).
       **/
      TooFew: AugmentedError<ApiType>;
      /**
       * More than `MAX_HASH_UPGRADE_BULK_COUNT` hashes were requested to be upgraded at once.
       **/
      TooMany: AugmentedError<ApiType>;
    };
    proxy: {
      /**
       * Account is already a proxy.
       **/
      Duplicate: AugmentedError<ApiType>;
      /**
       * Call may not be made by proxy because it may escalate its privileges.
       **/
      NoPermission: AugmentedError<ApiType>;
      /**
       * Cannot add self as proxy.
       **/
      NoSelfProxy: AugmentedError<ApiType>;
      /**
       * Proxy registration not found.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * Sender is not a proxy of the account to be proxied.
       **/
      NotProxy: AugmentedError<ApiType>;
      /**
       * There are too many proxies registered or too many announcements pending.
       **/
      TooMany: AugmentedError<ApiType>;
      /**
       * Announcement, if made at all, was made too recently.
       **/
      Unannounced: AugmentedError<ApiType>;
      /**
       * A call which is incompatible with the proxy type's filter was attempted.
       **/
      Unproxyable: AugmentedError<ApiType>;
    };
    recordAnchor: {
      /**
       * The patient has confirmed it before.
       **/
      AlreadyAcknowledged: AugmentedError<ApiType>;
      /**
       * The author has anchored this commitment or root before.
       **/
      AlreadyAnchored: AugmentedError<ApiType>;
      /**
       * The dispute was answered before.
       **/
      AlreadyAnswered: AugmentedError<ApiType>;
      /**
       * The author has taken more time for this dispute before.
       **/
      AlreadyExtended: AugmentedError<ApiType>;
      /**
       * The request for erasure was refused before.
       **/
      AlreadyRefused: AugmentedError<ApiType>;
      /**
       * The patient has asked for erasure before.
       **/
      AlreadyRequested: AugmentedError<ApiType>;
      /**
       * It was retracted before, by itself or with its whole batch.
       **/
      AlreadyRetracted: AugmentedError<ApiType>;
      /**
       * The time to answer the dispute is over.
       **/
      AnswerTooLate: AugmentedError<ApiType>;
      /**
       * The last dispute about the record still waits for its answer.
       **/
      DisputeOpen: AugmentedError<ApiType>;
      /**
       * An earlier version of the same record is still kept: a lineage is evicted oldest first.
       **/
      EarlierVersionKept: AugmentedError<ApiType>;
      /**
       * The list is empty.
       **/
      EmptyList: AugmentedError<ApiType>;
      /**
       * The author's very name says something about its patients, so it names none in plain.
       **/
      FlaggedOrganisation: AugmentedError<ApiType>;
      /**
       * The organisation's hold on the slot lasts until then or longer. A hold that is to end
       * earlier is released.
       **/
      HoldNotLonger: AugmentedError<ApiType>;
      /**
       * The batch has fewer leaves.
       **/
      LeafNotFound: AugmentedError<ApiType>;
      /**
       * The slot named is no newer version of the disputed record.
       **/
      NotACorrection: AugmentedError<ApiType>;
      /**
       * The signer neither administers the organisation nor is affiliated to it now in a role
       * that makes records.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * A leaf was named, and the slot is a single record.
       **/
      NotBatch: AugmentedError<ApiType>;
      /**
       * The signer is no registrar that carries out court orders.
       **/
      NotCourt: AugmentedError<ApiType>;
      /**
       * The patient has not disputed the record.
       **/
      NotDisputed: AugmentedError<ApiType>;
      /**
       * The signer's key is not for consent, so it cannot let a record be destroyed.
       **/
      NotForConsent: AugmentedError<ApiType>;
      /**
       * The signer's key may only look: it uses up none of the patient's disputes.
       **/
      NotForDisputes: AugmentedError<ApiType>;
      /**
       * There is no such slot, or none any more.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * The registrar's organisation does not hold the slot.
       **/
      NotHeld: AugmentedError<ApiType>;
      /**
       * Nothing is left of the slot that could be cleared away.
       **/
      NothingLeft: AugmentedError<ApiType>;
      /**
       * The organisation holds no live licence of a kind that makes records.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * Neither does the patient's consent let the signer treat, nor did the author register
       * the patient.
       **/
      NotRelated: AugmentedError<ApiType>;
      /**
       * The patient has not asked for erasure.
       **/
      NotRequested: AugmentedError<ApiType>;
      /**
       * The record names no subject, or the signer is no live key of that patient.
       **/
      NotSubject: AugmentedError<ApiType>;
      /**
       * The slot is on legal hold.
       **/
      OnHold: AugmentedError<ApiType>;
      /**
       * The author has no such slot to succeed.
       **/
      PreviousNotFound: AugmentedError<ApiType>;
      /**
       * The slot to succeed has a successor: a lineage does not fork.
       **/
      PreviousNotHead: AugmentedError<ApiType>;
      /**
       * The slot to succeed is a batch, which has no lineage.
       **/
      PreviousNotSingle: AugmentedError<ApiType>;
      /**
       * The slot is kept until then, or longer, in any case: retention is never shortened.
       **/
      RetentionNotLonger: AugmentedError<ApiType>;
      /**
       * The retention is not over.
       **/
      RetentionNotOver: AugmentedError<ApiType>;
      /**
       * The slot is still kept: there is nothing to clear away after it.
       **/
      StillKept: AugmentedError<ApiType>;
      /**
       * The handle is retired, or the patient is finally recorded as dead.
       **/
      SubjectClosed: AugmentedError<ApiType>;
      /**
       * The version before is about another subject, or about none.
       **/
      SubjectMismatch: AugmentedError<ApiType>;
      /**
       * The patient's handle is frozen or retired.
       **/
      SubjectNotActive: AugmentedError<ApiType>;
      /**
       * There is no such handle.
       **/
      SubjectNotFound: AugmentedError<ApiType>;
      /**
       * The patient has disputed the record as often as it can.
       **/
      TooManyDisputes: AugmentedError<ApiType>;
      /**
       * As many organisations hold the slot as can.
       **/
      TooManyHolds: AugmentedError<ApiType>;
      /**
       * The hold would end in the past, or last too long.
       **/
      WrongHold: AugmentedError<ApiType>;
      /**
       * There is no tree of so many leaves: none, or more than 2^32.
       **/
      WrongLeafCount: AugmentedError<ApiType>;
      /**
       * The limit is zero, or larger than one call can do.
       **/
      WrongLimit: AugmentedError<ApiType>;
      /**
       * `New` relates to no version before.
       **/
      WrongRelation: AugmentedError<ApiType>;
      /**
       * The retention would end in the past, or too far in the future.
       **/
      WrongRetention: AugmentedError<ApiType>;
      /**
       * A commitment, root or statement is all zeros, which commits to nothing.
       **/
      ZeroCommitment: AugmentedError<ApiType>;
    };
    registry: {
      /**
       * The account administers another organisation.
       **/
      AdministersAnother: AugmentedError<ApiType>;
      /**
       * The account administers the organisation already.
       **/
      AlreadyAdmin: AugmentedError<ApiType>;
      /**
       * A kind applied for was admitted before; a revoked licence is not given again.
       **/
      AlreadyAdmitted: AugmentedError<ApiType>;
      /**
       * The administrator has posted this deposit already.
       **/
      AlreadyDepositor: AugmentedError<ApiType>;
      /**
       * There is an invitation for this account and role already.
       **/
      AlreadyInvited: AugmentedError<ApiType>;
      /**
       * A kind applied for is pending already.
       **/
      AlreadyPending: AugmentedError<ApiType>;
      /**
       * The licence was revoked for ever.
       **/
      AlreadyRevoked: AugmentedError<ApiType>;
      /**
       * The affiliation began, or the licence is in force, since this very second. The next block can end it.
       **/
      BeganThisSecond: AugmentedError<ApiType>;
      /**
       * The registrar acts for this organisation itself.
       **/
      ConflictOfInterest: AugmentedError<ApiType>;
      /**
       * The registrar has taken the flag of this organisation off as often as one registrar may. Another one can.
       **/
      FlagTakenTooOften: AugmentedError<ApiType>;
      /**
       * The history can hold no further interval.
       **/
      HistoryFull: AugmentedError<ApiType>;
      /**
       * The agreement key is zero, or another point of low order.
       **/
      InvalidAgreementKey: AugmentedError<ApiType>;
      /**
       * The affiliation offered would be over by now.
       **/
      InvitationLapsed: AugmentedError<ApiType>;
      /**
       * The licence is suspended.
       **/
      IsSuspended: AugmentedError<ApiType>;
      /**
       * The registrar's entry does not cover this kind of organisation.
       **/
      KindNotCovered: AugmentedError<ApiType>;
      /**
       * The set of kinds is empty.
       **/
      NoKind: AugmentedError<ApiType>;
      /**
       * The profile is zero, which stands for none.
       **/
      NoProfile: AugmentedError<ApiType>;
      /**
       * The caller does not administer the organisation.
       **/
      NotAdmin: AugmentedError<ApiType>;
      /**
       * There is no such affiliation, or it is over.
       **/
      NotAffiliated: AugmentedError<ApiType>;
      /**
       * The caller is neither the affiliated account nor the organisation's administrator.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The registrar would have neither kinds nor capabilities.
       **/
      NothingCovered: AugmentedError<ApiType>;
      /**
       * There is nothing to withdraw.
       **/
      NothingPending: AugmentedError<ApiType>;
      /**
       * There is no such invitation.
       **/
      NotInvited: AugmentedError<ApiType>;
      /**
       * The organisation has no licence, or none that is in force.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * The administration was not offered to the caller.
       **/
      NotOffered: AugmentedError<ApiType>;
      /**
       * The organisation has no application for this kind.
       **/
      NotPending: AugmentedError<ApiType>;
      /**
       * The caller is no registrar, or its term is over.
       **/
      NotRegistrar: AugmentedError<ApiType>;
      /**
       * The licence is not suspended.
       **/
      NotSuspended: AugmentedError<ApiType>;
      /**
       * The profile is not the one with which the organisation first applied.
       **/
      ProfileDiffers: AugmentedError<ApiType>;
      /**
       * The end lies further ahead than is allowed.
       **/
      TermTooLong: AugmentedError<ApiType>;
      /**
       * The end does not lie after now, or not after the end that it would replace.
       **/
      TermTooShort: AugmentedError<ApiType>;
      /**
       * The account is affiliated to as many organisations as it can be. Those where it worked while they were flagged
       * count for ever: who has no room left works under another account.
       **/
      TooManyEmployers: AugmentedError<ApiType>;
      /**
       * The organisation has made as many invitations as it may for now.
       **/
      TooManyInvitations: AugmentedError<ApiType>;
      /**
       * Every number of an organisation has been given.
       **/
      TooManyOrganisations: AugmentedError<ApiType>;
      /**
       * It has that value already.
       **/
      Unchanged: AugmentedError<ApiType>;
      /**
       * A bit of the set stands for no code.
       **/
      UnknownCode: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
    };
    research: {
      /**
       * Whoever administers the committee, and so invites its members, could not vote on this: that person has a part in it, or was
       * employed lately by an organisation that does. The committee decides once another administers it.
       **/
      AdministratorRecused: AugmentedError<ApiType>;
      /**
       * The terms in force are accepted.
       **/
      AlreadyAccepted: AugmentedError<ApiType>;
      /**
       * The request was co-signed.
       **/
      AlreadyCosigned: AugmentedError<ApiType>;
      /**
       * The custodian has opened its population already: there is one for all its datasets.
       **/
      AlreadyOpened: AugmentedError<ApiType>;
      /**
       * The permit was renewed once.
       **/
      AlreadyRenewed: AugmentedError<ApiType>;
      /**
       * The report of this year was filed.
       **/
      AlreadyReported: AugmentedError<ApiType>;
      /**
       * A query with this commitment was reserved.
       **/
      AlreadyReserved: AugmentedError<ApiType>;
      /**
       * The query was settled.
       **/
      AlreadySettled: AugmentedError<ApiType>;
      /**
       * The signer has voted.
       **/
      AlreadyVoted: AugmentedError<ApiType>;
      /**
       * Less of the budget is left than the query costs.
       **/
      BudgetExhausted: AugmentedError<ApiType>;
      /**
       * The budget does not add up.
       **/
      BudgetUnsound: AugmentedError<ApiType>;
      /**
       * The smallest cohort is smaller than it may be.
       **/
      CohortTooSmall: AugmentedError<ApiType>;
      /**
       * The dataset takes neither requests nor queries any more.
       **/
      DatasetRetired: AugmentedError<ApiType>;
      /**
       * A history is full: of approvals, protocols, acceptances or outputs.
       **/
      HistoryFull: AugmentedError<ApiType>;
      /**
       * The numbers are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The request has lapsed.
       **/
      Lapsed: AugmentedError<ApiType>;
      /**
       * Nothing may be published before the moratorium ends.
       **/
      Moratorium: AugmentedError<ApiType>;
      /**
       * A vote on more budget is open.
       **/
      MotionPending: AugmentedError<ApiType>;
      /**
       * Too few votes count.
       **/
      NoQuorum: AugmentedError<ApiType>;
      /**
       * The permit is not active.
       **/
      NotActive: AugmentedError<ApiType>;
      /**
       * The study has no ethics approval that lasts.
       **/
      NotApproved: AugmentedError<ApiType>;
      /**
       * The signer does not act for the organisation in a role that the call needs, or the organisation is not the one
       * whose call it is.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The request was not approved, or not yet.
       **/
      NotGranted: AugmentedError<ApiType>;
      /**
       * It is as it is asked to be.
       **/
      NothingToChange: AugmentedError<ApiType>;
      /**
       * The organisation does not hold the licence that the call needs.
       **/
      NotLicensed: AugmentedError<ApiType>;
      /**
       * It is too early, or too late, to renew the permit.
       **/
      NotRenewable: AugmentedError<ApiType>;
      /**
       * The terms demand a publication or a return that was not recorded.
       **/
      OutputMissing: AugmentedError<ApiType>;
      /**
       * The committee is the organisation's own whose wish it decides about, or one for which the principal investigator acts or lately
       * acted: that of the dataset, or of its population.
       **/
      OwnCommittee: AugmentedError<ApiType>;
      /**
       * Whoever asks does not co-sign.
       **/
      OwnRequest: AugmentedError<ApiType>;
      /**
       * The ethics body is the institution itself, or somebody acts for both, or did lately; or the signer acts, or did, for another
       * organisation for which the principal investigator works.
       **/
      OwnStudy: AugmentedError<ApiType>;
      /**
       * The permit has ended.
       **/
      PermitEnded: AugmentedError<ApiType>;
      /**
       * The signer has a part in what is decided, or was no member of the committee when it was asked for.
       **/
      Recused: AugmentedError<ApiType>;
      /**
       * The committee has refused more budget lately.
       **/
      RefusedLately: AugmentedError<ApiType>;
      /**
       * With its renewal the permit lasts longer than the terms allow, or would.
       **/
      RenewalTooLong: AugmentedError<ApiType>;
      /**
       * The report of a year that has begun is not filed.
       **/
      ReportMissing: AugmentedError<ApiType>;
      /**
       * The ethics body has withdrawn its approval of the study for good.
       **/
      StudyWithdrawn: AugmentedError<ApiType>;
      /**
       * The terms in force exclude what was approved, or leave to a committee what none has decided under them.
       **/
      TermsExclude: AugmentedError<ApiType>;
      /**
       * The terms would allow what they did not: that is another dataset.
       **/
      TermsLoosened: AugmentedError<ApiType>;
      /**
       * The votes are to be open for longer before they are counted.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * Beside the institution the principal investigator works for more organisations than [`MAX_OTHER_EMPLOYERS`], or did since
       * [`Config::RecusalTime`] before the request. Another researcher can lead the study, or ask once fewer of them count.
       **/
      TooManyEmployers: AugmentedError<ApiType>;
      /**
       * The study has made as many requests as one study may.
       **/
      TooManyRequests: AugmentedError<ApiType>;
      /**
       * The researcher has as many studies there as can wait for a signature of the institution.
       **/
      TooManyStudies: AugmentedError<ApiType>;
      /**
       * The dataset has as many versions as there can be.
       **/
      TooManyVersions: AugmentedError<ApiType>;
      /**
       * As many have voted as can.
       **/
      TooManyVotes: AugmentedError<ApiType>;
      /**
       * There is no such dataset.
       **/
      UnknownDataset: AugmentedError<ApiType>;
      /**
       * There is no such organisation.
       **/
      UnknownOrganisation: AugmentedError<ApiType>;
      /**
       * There is no such permit.
       **/
      UnknownPermit: AugmentedError<ApiType>;
      /**
       * There is no such population: the custodian has opened none.
       **/
      UnknownPopulation: AugmentedError<ApiType>;
      /**
       * There is no such query.
       **/
      UnknownQuery: AugmentedError<ApiType>;
      /**
       * There is no such request.
       **/
      UnknownRequest: AugmentedError<ApiType>;
      /**
       * There is no such study.
       **/
      UnknownStudy: AugmentedError<ApiType>;
      /**
       * The request states a use that the study does not have.
       **/
      UseNotOfStudy: AugmentedError<ApiType>;
      /**
       * No vote is open, or not this one.
       **/
      VoteClosed: AugmentedError<ApiType>;
      /**
       * The budget is zero, or more than one population begins with or one vote adds.
       **/
      WrongBudget: AugmentedError<ApiType>;
      /**
       * The votes would be counted too early for all to vote, or too late for anybody to count them in time.
       **/
      WrongDeliberation: AugmentedError<ApiType>;
      /**
       * The withdrawal epoch is neither the last one nor the next.
       **/
      WrongEpoch: AugmentedError<ApiType>;
      /**
       * The query costs less than a query may, or more.
       **/
      WrongEpsilon: AugmentedError<ApiType>;
      /**
       * The request states for how many months data is wanted: none, or more than there can be.
       **/
      WrongMonths: AugmentedError<ApiType>;
      /**
       * The protocol is not the last one of the study.
       **/
      WrongProtocol: AugmentedError<ApiType>;
      /**
       * Fewer votes than a committee needs, or more than may be demanded of one.
       **/
      WrongQuorum: AugmentedError<ApiType>;
      /**
       * The end does not lie in the future, or too far in it.
       **/
      WrongTerm: AugmentedError<ApiType>;
      /**
       * The study states no use, or one that there is not.
       **/
      WrongUses: AugmentedError<ApiType>;
      /**
       * The version is not the one in force.
       **/
      WrongVersion: AugmentedError<ApiType>;
      /**
       * The permit has no such year, or its report cannot be filed yet.
       **/
      WrongYear: AugmentedError<ApiType>;
    };
    safeMode: {
      /**
       * The account already has a deposit reserved and can therefore not enter or extend again.
       **/
      AlreadyDeposited: AugmentedError<ApiType>;
      /**
       * This deposit cannot be released yet.
       **/
      CannotReleaseYet: AugmentedError<ApiType>;
      /**
       * An error from the underlying `Currency`.
       **/
      CurrencyError: AugmentedError<ApiType>;
      /**
       * The safe-mode is (already or still) entered.
       **/
      Entered: AugmentedError<ApiType>;
      /**
       * The safe-mode is (already or still) exited.
       **/
      Exited: AugmentedError<ApiType>;
      /**
       * There is no balance reserved.
       **/
      NoDeposit: AugmentedError<ApiType>;
      /**
       * This functionality of the pallet is disabled by the configuration.
       **/
      NotConfigured: AugmentedError<ApiType>;
    };
    scheduler: {
      /**
       * Failed to schedule a call
       **/
      FailedToSchedule: AugmentedError<ApiType>;
      /**
       * Attempt to use a non-named function on a named task.
       **/
      Named: AugmentedError<ApiType>;
      /**
       * Cannot find the scheduled call.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * Reschedule failed because it does not change scheduled time.
       **/
      RescheduleNoChange: AugmentedError<ApiType>;
      /**
       * Given target block number is in the past.
       **/
      TargetBlockNumberInPast: AugmentedError<ApiType>;
    };
    sealed: {
      /**
       * The sealed directive was revoked or lifted, or has expired.
       **/
      AlreadyEnded: AugmentedError<ApiType>;
      /**
       * The lift of this sealed directive waits already.
       **/
      AlreadyPending: AugmentedError<ApiType>;
      /**
       * The numbers for sealed directives are used up.
       **/
      IdsExhausted: AugmentedError<ApiType>;
      /**
       * The end is not after now.
       **/
      InvalidInterval: AugmentedError<ApiType>;
      /**
       * The handle left Active since the lift was asked for.
       **/
      LiftStopped: AugmentedError<ApiType>;
      /**
       * The sealed directive is a Permit.
       **/
      NotADeny: AugmentedError<ApiType>;
      /**
       * The sealed directive is a Deny.
       **/
      NotAPermit: AugmentedError<ApiType>;
      /**
       * The signer is no live key of a patient, or its key is not for consent.
       **/
      NotAuthorised: AugmentedError<ApiType>;
      /**
       * The patient has no such sealed directive, or no such lift waits.
       **/
      NotFound: AugmentedError<ApiType>;
      /**
       * The end is no multiple of 30 days since 1970: it would tell by whose habit it was chosen.
       **/
      NotOnGrid: AugmentedError<ApiType>;
      /**
       * The end is further away than a sealed Permit may last, or than a sealed Deny that ends.
       **/
      TermTooLong: AugmentedError<ApiType>;
      /**
       * The delay of the lift is not over.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * The patient has as many sealed directives as there is room for; some of it is for denials alone.
       **/
      TooManyDirectives: AugmentedError<ApiType>;
      /**
       * There is no such handle.
       **/
      UnknownPatient: AugmentedError<ApiType>;
      /**
       * It is not the number that the next sealed directive gets: another one was made meanwhile. A commitment over
       * it would never be opened.
       **/
      WrongNumber: AugmentedError<ApiType>;
      /**
       * The state of the handle does not allow the call.
       **/
      WrongState: AugmentedError<ApiType>;
    };
    session: {
      /**
       * Registered duplicate key.
       **/
      DuplicatedKey: AugmentedError<ApiType>;
      /**
       * Invalid ownership proof.
       **/
      InvalidProof: AugmentedError<ApiType>;
      /**
       * Key setting account is not live, so it's impossible to associate keys.
       **/
      NoAccount: AugmentedError<ApiType>;
      /**
       * No associated validator ID for account.
       **/
      NoAssociatedValidatorId: AugmentedError<ApiType>;
      /**
       * No keys are associated with this account.
       **/
      NoKeys: AugmentedError<ApiType>;
    };
    system: {
      /**
       * The origin filter prevent the call to be dispatched.
       **/
      CallFiltered: AugmentedError<ApiType>;
      /**
       * Failed to extract the runtime version from the new runtime.
       * 
       * Either calling `Core_version` or decoding `RuntimeVersion` failed.
       **/
      FailedToExtractRuntimeVersion: AugmentedError<ApiType>;
      /**
       * The name of specification does not match between the current runtime
       * and the new runtime.
       **/
      InvalidSpecName: AugmentedError<ApiType>;
      /**
       * A multi-block migration is ongoing and prevents the current code from being replaced.
       **/
      MultiBlockMigrationsOngoing: AugmentedError<ApiType>;
      /**
       * Suicide called when the account has non-default composite data.
       **/
      NonDefaultComposite: AugmentedError<ApiType>;
      /**
       * There is a non-zero reference count preventing the account from being purged.
       **/
      NonZeroRefCount: AugmentedError<ApiType>;
      /**
       * No upgrade authorized.
       **/
      NothingAuthorized: AugmentedError<ApiType>;
      /**
       * The specification version is not allowed to decrease between the current runtime
       * and the new runtime.
       **/
      SpecVersionNeedsToIncrease: AugmentedError<ApiType>;
      /**
       * The submitted code is not authorized.
       **/
      Unauthorized: AugmentedError<ApiType>;
    };
    technicalCommittee: {
      /**
       * Members are already initialized!
       **/
      AlreadyInitialized: AugmentedError<ApiType>;
      /**
       * Duplicate proposals not allowed
       **/
      DuplicateProposal: AugmentedError<ApiType>;
      /**
       * Duplicate vote ignored
       **/
      DuplicateVote: AugmentedError<ApiType>;
      /**
       * Account is not a member
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * Prime account is not a member
       **/
      PrimeAccountNotMember: AugmentedError<ApiType>;
      /**
       * Proposal is still active.
       **/
      ProposalActive: AugmentedError<ApiType>;
      /**
       * Proposal must exist
       **/
      ProposalMissing: AugmentedError<ApiType>;
      /**
       * The close call was made too early, before the end of the voting.
       **/
      TooEarly: AugmentedError<ApiType>;
      /**
       * There can only be a maximum of `MaxProposals` active proposals.
       **/
      TooManyProposals: AugmentedError<ApiType>;
      /**
       * Mismatched index
       **/
      WrongIndex: AugmentedError<ApiType>;
      /**
       * The given length bound for the proposal was too low.
       **/
      WrongProposalLength: AugmentedError<ApiType>;
      /**
       * The given weight bound for the proposal was too low.
       **/
      WrongProposalWeight: AugmentedError<ApiType>;
    };
    technicalMembership: {
      /**
       * Already a member.
       **/
      AlreadyMember: AugmentedError<ApiType>;
      /**
       * Not a member.
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * Too many members.
       **/
      TooManyMembers: AugmentedError<ApiType>;
    };
    treasury: {
      /**
       * The payment has already been attempted.
       **/
      AlreadyAttempted: AugmentedError<ApiType>;
      /**
       * The spend is not yet eligible for payout.
       **/
      EarlyPayout: AugmentedError<ApiType>;
      /**
       * The balance of the asset kind is not convertible to the balance of the native asset.
       **/
      FailedToConvertBalance: AugmentedError<ApiType>;
      /**
       * The payment has neither failed nor succeeded yet.
       **/
      Inconclusive: AugmentedError<ApiType>;
      /**
       * The spend origin is valid but the amount it is allowed to spend is lower than the
       * amount to be spent.
       **/
      InsufficientPermission: AugmentedError<ApiType>;
      /**
       * No proposal, bounty or spend at that index.
       **/
      InvalidIndex: AugmentedError<ApiType>;
      /**
       * The payout was not yet attempted/claimed.
       **/
      NotAttempted: AugmentedError<ApiType>;
      /**
       * There was some issue with the mechanism of payment.
       **/
      PayoutError: AugmentedError<ApiType>;
      /**
       * Proposal has not been approved.
       **/
      ProposalNotApproved: AugmentedError<ApiType>;
      /**
       * The spend has expired and cannot be claimed.
       **/
      SpendExpired: AugmentedError<ApiType>;
      /**
       * Too many approvals in the queue.
       **/
      TooManyApprovals: AugmentedError<ApiType>;
    };
    txPause: {
      /**
       * The call is paused.
       **/
      IsPaused: AugmentedError<ApiType>;
      /**
       * The call is unpaused.
       **/
      IsUnpaused: AugmentedError<ApiType>;
      NotFound: AugmentedError<ApiType>;
      /**
       * The call is whitelisted and cannot be paused.
       **/
      Unpausable: AugmentedError<ApiType>;
    };
    utility: {
      /**
       * Too many calls batched.
       **/
      TooManyCalls: AugmentedError<ApiType>;
    };
    validatorSet: {
      /**
       * The account is a member already.
       **/
      AlreadyMember: AugmentedError<ApiType>;
      /**
       * Too few validators that have session keys and did not offend would remain.
       **/
      BelowMinimum: AugmentedError<ApiType>;
      /**
       * The account is no member.
       **/
      NotMember: AugmentedError<ApiType>;
      /**
       * The account was removed and is still in the set, for two sessions at most.
       **/
      StillLeaving: AugmentedError<ApiType>;
      /**
       * There are as many members as there may be.
       **/
      TooManyValidators: AugmentedError<ApiType>;
    };
  } // AugmentedErrors
} // declare module
