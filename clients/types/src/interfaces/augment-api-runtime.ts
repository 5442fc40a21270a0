// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/calls';

import type { ApiTypes, AugmentedCall, DecoratedCallBase } from '@polkadot/api-base/types';
import type { Bytes, Null, Option, Result, Text, U8aFixed, Vec, bool, u128, u16, u32, u64 } from '@polkadot/types-codec';
import type { AnyNumber, IMethod, ITuple } from '@polkadot/types-codec/types';
import type { OpaqueKeyOwnershipProof } from '@polkadot/types/interfaces/babe';
import type { Extrinsic } from '@polkadot/types/interfaces/extrinsics';
import type { OpaqueMetadata } from '@polkadot/types/interfaces/metadata';
import type { AccountId32, H256, Slot } from '@polkadot/types/interfaces/runtime';
import type { FrameSupportViewFunctionsViewFunctionDispatchError, FrameSupportViewFunctionsViewFunctionId, PalletAccessLogCommitInfo, PalletAccessLogCustodian, PalletAccessLogReconciliation, PalletAcknowledgementNoticeInfo, PalletAcknowledgementTally, PalletCareInvitation, PalletCarePendingOptIn, PalletCarePolicyTerm, PalletCareRelationshipInfo, PalletClaimsAnswersEligibility, PalletClaimsAnswersExplanation, PalletClaimsAnswersQueryError, PalletClaimsEncounter, PalletClaimsPlanTerms, PalletConsentBaseTerm, PalletConsentPendingLift, PalletConsentQuestionError, PalletConsentRequest, PalletEmergencyAdvanceTerm, PalletEmergencyCreditInfo, PalletEmergencyEmergencyInfo, PalletEmergencyOutcome, PalletEmergencyPendingRelaxation, PalletPatientIdentityPatientDocument, PalletPatientIdentityRuntimeApiAsOfError, PalletPatientIdentitySince, PalletRecordAnchorAnswersAnchorInfo, PalletRecordAnchorAnswersLineageEntry, PalletRecordAnchorAnswersMerkleProof, PalletRecordAnchorAnswersSlotState, PalletRecordAnchorAnswersVerification, PalletRecordAnchorAnswersVerifyError, PalletRegistryRegistrarTerm, PalletRegistryRuntimeApiOrganisationInfo, PalletRegistryRuntimeApiQueryError, PalletResearchAnswersDatasetInfo, PalletResearchAnswersLapsedPermit, PalletResearchAnswersPermitInfo, PalletResearchAnswersPopulationInfo, PalletResearchAnswersQueryInfo, PalletResearchAnswersRequestInfo, PalletResearchAnswersStudyInfo, PalletResearchAnswersVersionInfo, PalletResearchRequestsStage, PalletSealedPendingLift, PalletSealedSealedError, PalletSponsorshipAllowanceState, PalletSponsorshipQuote, PalletSponsorshipRefusal, PalletTransactionPaymentFeeDetails, PalletTransactionPaymentRuntimeDispatchInfo, SalusClaimsAdjudicationClaimClaimLine, SalusClaimsAdjudicationResultAdjudication, SalusConsentDecisionDirective, SalusConsentDecisionPurposeVeto, SalusConsentDecisionQuestion, SalusConsentDecisionSealedOpening, SalusConsentDecisionSealedSealedDirective, SalusConsentDecisionVerdict, SalusPrimitivesCareCarePolicy, SalusPrimitivesCareOptOut, SalusPrimitivesCareTreatment, SalusPrimitivesCodesOrgKind, SalusPrimitivesCodesPatientState, SalusPrimitivesCodesRole, SalusPrimitivesTimeInterval, SalusResearchDataUseDecision, SalusResearchDataUseOffer, SalusResearchDataUseRequest, SalusResearchDataUseRule, SalusResearchPermitsStanding, SpConsensusBabeAppPublic, SpConsensusBabeBabeConfiguration, SpConsensusBabeEpoch, SpConsensusGrandpaAppPublic, SpConsensusGrandpaEquivocationProof, SpConsensusSlotsEquivocationProof, SpCoreCryptoKeyTypeId, SpInherentsCheckInherentsResult, SpInherentsInherentData, SpRuntimeBlockLazyBlock, SpRuntimeDispatchError, SpRuntimeExtrinsicInclusionMode, SpRuntimeHeader, SpRuntimeTransactionValidityTransactionSource, SpRuntimeTransactionValidityTransactionValidityError, SpRuntimeTransactionValidityValidTransaction, SpSessionRuntimeApiOpaqueGeneratedSessionKeys, SpVersionRuntimeVersion, SpWeightsWeightV2Weight } from '@polkadot/types/lookup';
import type { IExtrinsic, Observable } from '@polkadot/types/types';

export type __AugmentedCall<ApiType extends ApiTypes> = AugmentedCall<ApiType>;
export type __DecoratedCallBase<ApiType extends ApiTypes> = DecoratedCallBase<ApiType>;

declare module '@polkadot/api-base/types/calls' {
  interface AugmentedCalls<ApiType extends ApiTypes> {
    /** 0x1b7fb46b56c2d7ba/ */
    accessLogApi: {
      /**
       * The organisation's last commit that was made by `at`, in Unix seconds.
       **/
      commitBy: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletAccessLogCommitInfo>>>;
      /**
       * Where the organisation's log stands; `None` if it has never committed to one.
       **/
      custodian: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAccessLogCustodian>>>;
      /**
       * Up to 256 commits of the organisation, from number `first` on, counted from 0.
       **/
      logCommits: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array, first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletAccessLogCommitInfo>>>;
      /**
       * What the two together said of a day.
       **/
      reconciliation: AugmentedCall<ApiType, (one: u32 | AnyNumber | Uint8Array, other: u32 | AnyNumber | Uint8Array, day: u32 | AnyNumber | Uint8Array) => Observable<PalletAccessLogReconciliation>>;
      /**
       * Whether the organisation's log was stale at `at`; `None` if it had none, or `at` is after now.
       **/
      wasStale: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<bool>>>;
    };
    /** 0xbc9d89904f5b923f/ */
    accountNonceApi: {
      /**
       * Get current account nonce of given `AccountId`.
       **/
      accountNonce: AugmentedCall<ApiType, (account: AccountId32 | string | Uint8Array) => Observable<u32>>;
    };
    /** 0x0e8a17abd476da05/ */
    acknowledgementApi: {
      /**
       * How the revocation of the patient's directive stands, however long ago it was; `None` if it needs no, acknowledgement now. Of an organisation that is flagged before its time is over that is so as long as it is, flagged; afterwards the rest of its time goes on.
       **/
      revocation: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, directive: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAcknowledgementNoticeInfo>>>;
      /**
       * How many revocations the organisation has acknowledged in time and late, how many are marked overdue, and still open, and how many acknowledgements have no deposit. The counts depend on what others do: a, revocation that nobody marks is not counted, and whoever makes patients of its own can acknowledge what, they revoke.
       **/
      tally: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array) => Observable<PalletAcknowledgementTally>>;
    };
    /** 0xcbca25e39f142387/ */
    babeApi: {
      /**
       * Return the configuration for BABE.
       **/
      configuration: AugmentedCall<ApiType, () => Observable<SpConsensusBabeBabeConfiguration>>;
      /**
       * Returns information regarding the current epoch.
       **/
      currentEpoch: AugmentedCall<ApiType, () => Observable<SpConsensusBabeEpoch>>;
      /**
       * Returns the slot that started the current epoch.
       **/
      currentEpochStart: AugmentedCall<ApiType, () => Observable<Slot>>;
      /**
       * Generates a proof of key ownership for the given authority in the, current epoch. An example usage of this module is coupled with the, session historical module to prove that a given authority key is, tied to a given staking identity during a specific session. Proofs, of key ownership are necessary for submitting equivocation reports., NOTE: even though the API takes a `slot` as parameter the current, implementations ignores this parameter and instead relies on this, method being called at the correct block height, i.e. any point at, which the epoch for the given slot is live on-chain. Future, implementations will instead use indexed data through an offchain, worker, not requiring older states to be available.
       **/
      generateKeyOwnershipProof: AugmentedCall<ApiType, (slot: Slot | AnyNumber | Uint8Array, authority_id: SpConsensusBabeAppPublic | string | Uint8Array) => Observable<Option<Bytes>>>;
      /**
       * Returns information regarding the next epoch (which was already, previously announced).
       **/
      nextEpoch: AugmentedCall<ApiType, () => Observable<SpConsensusBabeEpoch>>;
      /**
       * Submits an unsigned extrinsic to report an equivocation. The caller, must provide the equivocation proof and a key ownership proof, (should be obtained using `generate_key_ownership_proof`). The, extrinsic will be unsigned and should only be accepted for local, authorship (not to be broadcast to the network). This method returns, `None` when creation of the extrinsic fails, e.g. if equivocation, reporting is disabled for the given runtime (i.e. this method is, hardcoded to return `None`). Only useful in an offchain context.
       **/
      submitReportEquivocationUnsignedExtrinsic: AugmentedCall<ApiType, (equivocation_proof: SpConsensusSlotsEquivocationProof | { offender?: any; slot?: any; firstHeader?: any; secondHeader?: any } | string | Uint8Array, key_owner_proof: OpaqueKeyOwnershipProof | string | Uint8Array) => Observable<Option<Null>>>;
    };
    /** 0x40fe3ad401f8959a/ */
    blockBuilder: {
      /**
       * Apply the given extrinsic.,, Returns an inclusion outcome which specifies if this extrinsic is included in, this block or not.
       **/
      applyExtrinsic: AugmentedCall<ApiType, (extrinsic: Extrinsic | IExtrinsic | string | Uint8Array) => Observable<Result<Result<Null, SpRuntimeDispatchError>, SpRuntimeTransactionValidityTransactionValidityError>>>;
      /**
       * Check that the inherents are valid. The inherent data will vary from chain to chain.
       **/
      checkInherents: AugmentedCall<ApiType, (block: SpRuntimeBlockLazyBlock | { header?: any; extrinsics?: any } | string | Uint8Array, data: SpInherentsInherentData | { data?: any } | string | Uint8Array) => Observable<SpInherentsCheckInherentsResult>>;
      /**
       * Finish the current block.
       **/
      finalizeBlock: AugmentedCall<ApiType, () => Observable<SpRuntimeHeader>>;
      /**
       * Generate inherent extrinsics. The inherent data will vary from chain to chain.
       **/
      inherentExtrinsics: AugmentedCall<ApiType, (inherent: SpInherentsInherentData | { data?: any } | string | Uint8Array) => Observable<Vec<Bytes>>>;
    };
    /** 0xa4013ed232dcbfaf/ */
    careApi: {
      /**
       * The care policies, past, present and announced.
       **/
      carePolicies: AugmentedCall<ApiType, () => Observable<Vec<PalletCarePolicyTerm>>>;
      /**
       * The care policy at `at`, in Unix seconds. For a moment after now it is what is announced so far, which can, still change.
       **/
      carePolicy: AugmentedCall<ApiType, (at: u64 | AnyNumber | Uint8Array) => Observable<SalusPrimitivesCareCarePolicy>>;
      /**
       * The patient's invitations that can be used.
       **/
      invitations: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<ITuple<[u32, PalletCareInvitation]>>>>;
      /**
       * The id that the patient's next signature for the organisation must bear.
       **/
      nextWord: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, organisation: u32 | AnyNumber | Uint8Array) => Observable<Option<u32>>>;
      /**
       * The patient's opt-outs, past and present.
       **/
      optOuts: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<SalusPrimitivesCareOptOut>>>;
      /**
       * The patient's returns that wait.
       **/
      pendingOptIns: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletCarePendingOptIn>>>;
      /**
       * The relationship with this number, and whose it is.
       **/
      relationship: AugmentedCall<ApiType, (id: u64 | AnyNumber | Uint8Array) => Observable<Option<ITuple<[H256, PalletCareRelationshipInfo]>>>>;
      /**
       * The relationship of the two that lasted at `at`, opt-outs apart.
       **/
      relationshipAt: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, organisation: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<ITuple<[u64, SalusPrimitivesCareTreatment]>>>>;
      /**
       * The patient's last relationship with each organisation.
       **/
      relationships: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletCareRelationshipInfo>>>;
    };
    /** 0x6a29b9f028e63dcf/ */
    claimsApi: {
      /**
       * Claims of a coverage, oldest first, from behind `after` on. One answer holds a page.
       **/
      claimsOf: AugmentedCall<ApiType, (coverage: u64 | AnyNumber | Uint8Array, after: Option<u64> | null | Uint8Array | u64 | AnyNumber) => Observable<Vec<u64>>>;
      /**
       * For which coverage a key has agreed to stand. Of what is offered to it, its payer tells the number.
       **/
      coverageOf: AugmentedCall<ApiType, (member: AccountId32 | string | Uint8Array) => Observable<Option<u64>>>;
      /**
       * What a coverage covers, and what is left of it, as of `at` (seconds since 1970; now, if, none is given).
       **/
      eligibility: AugmentedCall<ApiType, (coverage: u64 | AnyNumber | Uint8Array, at: Option<u64> | null | Uint8Array | u64 | AnyNumber) => Observable<Result<PalletClaimsAnswersEligibility, PalletClaimsAnswersQueryError>>>;
      /**
       * An encounter.
       **/
      encounter: AugmentedCall<ApiType, (encounter: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsEncounter>>>;
      /**
       * What lines would come to, were they claimed now.
       **/
      estimate: AugmentedCall<ApiType, (coverage: u64 | AnyNumber | Uint8Array, lines: Vec<SalusClaimsAdjudicationClaimClaimLine> | (SalusClaimsAdjudicationClaimClaimLine | { category?: any; quantity?: any; charge?: any; authorisation?: any; denial?: any; prior?: any } | string | Uint8Array)[]) => Observable<Result<SalusClaimsAdjudicationResultAdjudication, PalletClaimsAnswersQueryError>>>;
      /**
       * What became of a claim, line by line.
       **/
      explanation: AugmentedCall<ApiType, (claim: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsAnswersExplanation>>>;
      /**
       * A version of a plan.
       **/
      plan: AugmentedCall<ApiType, (plan: u32 | AnyNumber | Uint8Array, version: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsPlanTerms>>>;
      /**
       * The account in which an organisation's money for claims stands.
       **/
      settlementAccount: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array) => Observable<AccountId32>>;
      /**
       * How many claims wait for a payer's funds, and the first of them, in their order.
       **/
      waiting: AugmentedCall<ApiType, (payer: u32 | AnyNumber | Uint8Array, asset: u32 | AnyNumber | Uint8Array) => Observable<ITuple<[u64, Vec<u64>]>>>;
    };
    /** 0xc5ef2a0399e7295e/ */
    consentApi: {
      /**
       * The patient's base decisions, past and present, in the order in which they were made; none if it has never, made one.
       **/
      baseDecisions: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletConsentBaseTerm>>>;
      /**
       * Answers one question, as of the block's moment or of any moment before.
       **/
      decide: AugmentedCall<ApiType, (question: SalusConsentDecisionQuestion | { subject?: any; actor?: any; purpose?: any; action?: any; class?: any; labels?: any; dataTime?: any; at?: any } | string | Uint8Array) => Observable<Result<SalusConsentDecisionVerdict, PalletConsentQuestionError>>>;
      /**
       * Answers up to 256 questions.
       **/
      decideMany: AugmentedCall<ApiType, (questions: Vec<SalusConsentDecisionQuestion> | (SalusConsentDecisionQuestion | { subject?: any; actor?: any; purpose?: any; action?: any; class?: any; labels?: any; dataTime?: any; at?: any } | string | Uint8Array)[]) => Observable<Result<Vec<Result<SalusConsentDecisionVerdict, PalletConsentQuestionError>>, PalletConsentQuestionError>>>;
      /**
       * Answers one question with the openings of up to 64 sealed directives, each with its number. Only to be asked of, one's own node: whoever else gets an opening knows what the patient has sealed. The verdict is as secret as the, openings: whoever asked is told what `Verdict::told` leaves of it.
       **/
      decideWith: AugmentedCall<ApiType, (question: SalusConsentDecisionQuestion | { subject?: any; actor?: any; purpose?: any; action?: any; class?: any; labels?: any; dataTime?: any; at?: any } | string | Uint8Array, openings: Vec<ITuple<[u32, SalusConsentDecisionSealedOpening]>> | ([u32 | AnyNumber | Uint8Array, SalusConsentDecisionSealedOpening | { salt?: any; content?: any } | string | Uint8Array])[]) => Observable<Result<SalusConsentDecisionVerdict, PalletConsentQuestionError>>>;
      /**
       * The patient's directives in force, and those that ended but are not in the history yet.
       **/
      directives: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<ITuple<[u32, SalusConsentDecisionDirective]>>>>;
      /**
       * A page, from 0, of the patient's directives that ended; `None` past the last.
       **/
      history: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, page: u32 | AnyNumber | Uint8Array) => Observable<Option<Vec<ITuple<[u32, SalusConsentDecisionDirective]>>>>>;
      /**
       * The patient's lifts that wait, also those that a freeze has stopped.
       **/
      pendingLifts: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletConsentPendingLift>>>;
      /**
       * The open requests to the patient, also expired ones that are still there.
       **/
      requests: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<ITuple<[u32, PalletConsentRequest]>>>>;
      /**
       * The patient's vetoes, past and present.
       **/
      vetoes: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<SalusConsentDecisionPurposeVeto>>>;
    };
    /** 0xdf6acb689907609b/ */
    core: {
      /**
       * Execute the given block.
       **/
      executeBlock: AugmentedCall<ApiType, (block: SpRuntimeBlockLazyBlock | { header?: any; extrinsics?: any } | string | Uint8Array) => Observable<Null>>;
      /**
       * Initialize a block with the given header and return the runtime executive mode.
       **/
      initializeBlock: AugmentedCall<ApiType, (header: SpRuntimeHeader | { parentHash?: any; number?: any; stateRoot?: any; extrinsicsRoot?: any; digest?: any } | string | Uint8Array) => Observable<SpRuntimeExtrinsicInclusionMode>>;
      /**
       * Returns the version of the runtime.
       **/
      version: AugmentedCall<ApiType, () => Observable<SpVersionRuntimeVersion>>;
    };
    /** 0x50f4bb79b2ca6004/ */
    emergencyApi: {
      /**
       * The patient's advance directives, past and present.
       **/
      advanceDirectives: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletEmergencyAdvanceTerm>>>;
      /**
       * Up to 256 emergencies of an organisation, from its `first` one on, counted from 0.
       **/
      emergenciesOfOrganisation: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array, first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletEmergencyEmergencyInfo>>>;
      /**
       * Up to 256 emergencies of a patient, from its `first` one on, counted from 0.
       **/
      emergenciesOfPatient: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletEmergencyEmergencyInfo>>>;
      /**
       * The emergency with this number, and what stands of it.
       **/
      emergency: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletEmergencyEmergencyInfo>>>;
      /**
       * What stood of the emergency at `at`; `None` if it was not recorded by then.
       **/
      outcomeAt: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletEmergencyOutcome>>>;
      /**
       * The relaxation of the patient's advance directive that waits.
       **/
      pendingRelaxation: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Option<PalletEmergencyPendingRelaxation>>>;
      /**
       * The credit of an organisation, and how many emergencies there were.
       **/
      standing: AugmentedCall<ApiType, (organisation: u32 | AnyNumber | Uint8Array) => Observable<PalletEmergencyCreditInfo>>;
    };
    /** 0xfbc577b9d747efd6/ */
    genesisBuilder: {
      /**
       * Build `RuntimeGenesisConfig` from a JSON blob not using any defaults and store it in the, storage.,, In the case of a FRAME-based runtime, this function deserializes the full, `RuntimeGenesisConfig` from the given JSON blob and puts it into the storage. If the, provided JSON blob is incorrect or incomplete or the deserialization fails, an error, is returned.,, Please note that provided JSON blob must contain all `RuntimeGenesisConfig` fields, no, defaults will be used.
       **/
      buildState: AugmentedCall<ApiType, (json: Bytes | string | Uint8Array) => Observable<Result<Null, Text>>>;
      /**
       * Returns a JSON blob representation of the built-in `RuntimeGenesisConfig` identified by, `id`.,, If `id` is `None` the function should return JSON blob representation of the default, `RuntimeGenesisConfig` struct of the runtime. Implementation must provide default, `RuntimeGenesisConfig`.,, Otherwise function returns a JSON representation of the built-in, named, `RuntimeGenesisConfig` preset identified by `id`, or `None` if such preset does not, exist. Returned `Vec<u8>` contains bytes of JSON blob (patch) which comprises a list of, (potentially nested) key-value pairs that are intended for customizing the default, runtime genesis config. The patch shall be merged (rfc7386) with the JSON representation, of the default `RuntimeGenesisConfig` to create a comprehensive genesis config that can, be used in `build_state` method.
       **/
      getPreset: AugmentedCall<ApiType, (id: Option<Text> | null | Uint8Array | Text | string) => Observable<Option<Bytes>>>;
      /**
       * Returns a list of identifiers for available builtin `RuntimeGenesisConfig` presets.,, The presets from the list can be queried with [`GenesisBuilder::get_preset`] method. If, no named presets are provided by the runtime the list is empty.
       **/
      presetNames: AugmentedCall<ApiType, () => Observable<Vec<Text>>>;
    };
    /** 0xed99c5acb25eedf5/ */
    grandpaApi: {
      /**
       * Get current GRANDPA authority set id.
       **/
      currentSetId: AugmentedCall<ApiType, () => Observable<u64>>;
      /**
       * Generates a proof of key ownership for the given authority in the, given set. An example usage of this module is coupled with the, session historical module to prove that a given authority key is, tied to a given staking identity during a specific session. Proofs, of key ownership are necessary for submitting equivocation reports., NOTE: even though the API takes a `set_id` as parameter the current, implementations ignore this parameter and instead rely on this, method being called at the correct block height, i.e. any point at, which the given set id is live on-chain. Future implementations will, instead use indexed data through an offchain worker, not requiring, older states to be available.
       **/
      generateKeyOwnershipProof: AugmentedCall<ApiType, (set_id: u64 | AnyNumber | Uint8Array, authority_id: SpConsensusGrandpaAppPublic | string | Uint8Array) => Observable<Option<Bytes>>>;
      /**
       * Get the current GRANDPA authorities and weights. This should not change except, for when changes are scheduled and the corresponding delay has passed.,, When called at block B, it will return the set of authorities that should be, used to finalize descendants of this block (B+1, B+2, ...). The block B itself, is finalized by the authorities from block B-1.
       **/
      grandpaAuthorities: AugmentedCall<ApiType, () => Observable<Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>>>>;
      /**
       * Submits an unsigned extrinsic to report an equivocation. The caller, must provide the equivocation proof and a key ownership proof, (should be obtained using `generate_key_ownership_proof`). The, extrinsic will be unsigned and should only be accepted for local, authorship (not to be broadcast to the network). This method returns, `None` when creation of the extrinsic fails, e.g. if equivocation, reporting is disabled for the given runtime (i.e. this method is, hardcoded to return `None`). Only useful in an offchain context.
       **/
      submitReportEquivocationUnsignedExtrinsic: AugmentedCall<ApiType, (equivocation_proof: SpConsensusGrandpaEquivocationProof | { setId?: any; equivocation?: any } | string | Uint8Array, key_owner_proof: Bytes | string | Uint8Array) => Observable<Option<Null>>>;
    };
    /** 0x37e397fc7c91f5e4/ */
    metadata: {
      /**
       * Returns the metadata of a runtime.
       **/
      metadata: AugmentedCall<ApiType, () => Observable<OpaqueMetadata>>;
      /**
       * Returns the metadata at a given version.,, If the given `version` isn't supported, this will return `None`., Use [`Self::metadata_versions`] to find out about supported metadata version of the runtime.
       **/
      metadataAtVersion: AugmentedCall<ApiType, (version: u32 | AnyNumber | Uint8Array) => Observable<Option<OpaqueMetadata>>>;
      /**
       * Returns the supported metadata versions.,, This can be used to call `metadata_at_version`.
       **/
      metadataVersions: AugmentedCall<ApiType, () => Observable<Vec<u32>>>;
    };
    /** 0xf78b278be53f454c/ */
    offchainWorkerApi: {
      /**
       * Starts the off-chain task for given block header.
       **/
      offchainWorker: AugmentedCall<ApiType, (header: SpRuntimeHeader | { parentHash?: any; number?: any; stateRoot?: any; extrinsicsRoot?: any; digest?: any } | string | Uint8Array) => Observable<Null>>;
    };
    /** 0xb5b17a21cd4e3f15/ */
    patientIdentityApi: {
      /**
       * The agreement key of `patient` at `at`, and since when; `Ok(None)` if there was no such, handle then.
       **/
      agreementKeyAt: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<Option<PalletPatientIdentitySince>, PalletPatientIdentityRuntimeApiAsOfError>>>;
      /**
       * The handle that registering `first_key` gives or gave.
       **/
      handleOf: AugmentedCall<ApiType, (first_key: AccountId32 | string | Uint8Array) => Observable<H256>>;
      /**
       * Whose key `account` is, was, or is about to be.
       **/
      patientOf: AugmentedCall<ApiType, (account: AccountId32 | string | Uint8Array) => Observable<Option<H256>>>;
      /**
       * All that a W3C DID document of `patient` needs; `None` if there is no such handle.
       **/
      resolve: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Option<PalletPatientIdentityPatientDocument>>>;
      /**
       * The state of `patient` at `at`; `Ok(None)` if there was no such handle then.
       **/
      stateAt: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<Option<SalusPrimitivesCodesPatientState>, PalletPatientIdentityRuntimeApiAsOfError>>>;
    };
    /** 0xcafc9fb3f282daac/ */
    recordAnchorApi: {
      /**
       * All that is known of the slot `seq` of `author`, but for its subject: the slot, what stands, beside it, until when it is kept, and how disputes and a request for erasure stand now.
       **/
      anchor: AugmentedCall<ApiType, (author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletRecordAnchorAnswersAnchorInfo>>>;
      /**
       * The version in the slot `seq` of `author` and those before it, newest first. One answer, holds at most `LineagePage`; to go on, ask for the `previous` of the last one. It stops at a, version that is no longer kept: `slot` tells what became of it.
       **/
      lineage: AugmentedCall<ApiType, (author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => Observable<Vec<PalletRecordAnchorAnswersLineageEntry>>>;
      /**
       * What has become of the slot `seq` of `author`: never filled, kept, shredded, evicted.
       **/
      slot: AugmentedCall<ApiType, (author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => Observable<PalletRecordAnchorAnswersSlotState>>;
      /**
       * Whether `commitment` is in the slot `seq` of `author`, by `proof` if the slot is a batch,, and how it stood at `at` (seconds since 1970; now, if none is given). An answer for a, past moment never changes while the slot is kept. After that, the error tells what became of, it.
       **/
      verify: AugmentedCall<ApiType, (author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array, proof: Option<PalletRecordAnchorAnswersMerkleProof> | null | Uint8Array | PalletRecordAnchorAnswersMerkleProof | { index?: any; path?: any } | string, at: Option<u64> | null | Uint8Array | u64 | AnyNumber) => Observable<Result<PalletRecordAnchorAnswersVerification, PalletRecordAnchorAnswersVerifyError>>>;
    };
    /** 0x5079b8933f5ea7a8/ */
    registryApi: {
      /**
       * The organisation that `admin` administers now.
       **/
      administers: AugmentedCall<ApiType, (admin: AccountId32 | string | Uint8Array) => Observable<Option<u32>>>;
      /**
       * All that is known of `org`; `None` if there is no such organisation.
       **/
      organisation: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletRegistryRuntimeApiOrganisationInfo>>>;
      /**
       * When a plain denial of `org`, or of `who` who asks for it, was refused, up to now, in any order: what a decider, without a node takes as the times at which the actor was flagged.
       **/
      refusedTimes: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array, who: Option<AccountId32> | null | Uint8Array | AccountId32 | string) => Observable<Vec<SalusPrimitivesTimeInterval>>>;
      /**
       * The term of the registrar `who` that is in force now.
       **/
      registrar: AugmentedCall<ApiType, (who: AccountId32 | string | Uint8Array) => Observable<Option<PalletRegistryRegistrarTerm>>>;
      /**
       * The roles of `who` at `org` at `at` (Unix seconds, not after now).
       **/
      roles: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array, who: AccountId32 | string | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<u16, PalletRegistryRuntimeApiQueryError>>>;
      /**
       * Whether `who` was affiliated to `org` in `role` at `at` (Unix seconds, not after now).
       **/
      wasAffiliated: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array, who: AccountId32 | string | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<bool, PalletRegistryRuntimeApiQueryError>>>;
      /**
       * Whether the very name of `org` was taken, at `at` (Unix seconds, not after now), to say something about its, patients.
       **/
      wasFlagged: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<bool, PalletRegistryRuntimeApiQueryError>>>;
      /**
       * Whether `org` held a licence of `kind` at `at` (Unix seconds, not after now).
       **/
      wasLicensed: AugmentedCall<ApiType, (org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<bool, PalletRegistryRuntimeApiQueryError>>>;
    };
    /** 0x4abbe0c89c38270d/ */
    researchApi: {
      /**
       * The dataset with this number, and the version in force.
       **/
      dataset: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersDatasetInfo>>>;
      /**
       * Up to 256 datasets from the number `first` on.
       **/
      datasets: AugmentedCall<ApiType, (first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletResearchAnswersDatasetInfo>>>;
      /**
       * The first rule by which terms exclude a statement, also beside a code on which the table abstains. Such a request is, excluded, and no committee sees it. Whether there is an ethics approval is taken from the statement here.
       **/
      excludedBy: AugmentedCall<ApiType, (terms: SalusResearchDataUseOffer | { permission?: any; modifiers?: any; region?: any; months?: any; moratorium?: any } | string | Uint8Array, statement: SalusResearchDataUseRequest | { uses?: any; genotypes?: any; forProfit?: any; commercial?: any; publishes?: any; collaborates?: any; returns?: any; ethicsApproved?: any; region?: any; months?: any; publishesFrom?: any } | string | Uint8Array, disease: Option<U8aFixed> | null | Uint8Array | U8aFixed | string) => Observable<Option<SalusResearchDataUseRule>>>;
      /**
       * The permits that are suspended now, and what has lapsed, among 256 requests from the number `first` on.
       **/
      lapsed: AugmentedCall<ApiType, (first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletResearchAnswersLapsedPermit>>>;
      /**
       * Whether a statement fits terms, by the table of this runtime, and the table's version. The lineage of the disease is, not known.
       **/
      matchTerms: AugmentedCall<ApiType, (terms: SalusResearchDataUseOffer | { permission?: any; modifiers?: any; region?: any; months?: any; moratorium?: any } | string | Uint8Array, statement: SalusResearchDataUseRequest | { uses?: any; genotypes?: any; forProfit?: any; commercial?: any; publishes?: any; collaborates?: any; returns?: any; ethicsApproved?: any; region?: any; months?: any; publishesFrom?: any } | string | Uint8Array, disease: Option<U8aFixed> | null | Uint8Array | U8aFixed | string) => Observable<SalusResearchDataUseDecision>>;
      /**
       * The permit with this number, and what is true of it now.
       **/
      permit: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersPermitInfo>>>;
      /**
       * What was true of a permit at `at`; `None` if nobody had asked for it by then, or `at` is after now.
       **/
      permitAt: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<SalusResearchPermitsStanding>>>;
      /**
       * The population of a custodian, with its privacy budget.
       **/
      population: AugmentedCall<ApiType, (custodian: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersPopulationInfo>>>;
      /**
       * Up to 256 queries of a custodian's population, from the number `first` on.
       **/
      queries: AugmentedCall<ApiType, (custodian: u32 | AnyNumber | Uint8Array, first: u64 | AnyNumber | Uint8Array) => Observable<Vec<PalletResearchAnswersQueryInfo>>>;
      /**
       * The request with this number, and where it stands.
       **/
      request: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersRequestInfo>>>;
      /**
       * Up to 256 requests from the number `first` on.
       **/
      requests: AugmentedCall<ApiType, (first: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletResearchAnswersRequestInfo>>>;
      /**
       * The query of a custodian that was reserved with this commitment. An answer without one must not be believed.
       **/
      reserved: AugmentedCall<ApiType, (custodian: u32 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array) => Observable<Option<PalletResearchAnswersQueryInfo>>>;
      /**
       * Where a request stood at `at` (Unix seconds, not after now).
       **/
      stageAt: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchRequestsStage>>>;
      /**
       * The study with this number.
       **/
      study: AugmentedCall<ApiType, (id: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersStudyInfo>>>;
      /**
       * The version of a dataset that was in force at `at` (Unix seconds, not after now).
       **/
      versionAt: AugmentedCall<ApiType, (dataset: u32 | AnyNumber | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchAnswersVersionInfo>>>;
    };
    /** 0xccd9de6396c899ca/ */
    runtimeViewFunction: {
      /**
       * Execute a view function query.
       **/
      executeViewFunction: AugmentedCall<ApiType, (query_id: FrameSupportViewFunctionsViewFunctionId | { prefix?: any; suffix?: any } | string | Uint8Array, input: Bytes | string | Uint8Array) => Observable<Result<Bytes, FrameSupportViewFunctionsViewFunctionDispatchError>>>;
    };
    /** 0xec1b010f6ec382f1/ */
    sealedApi: {
      /**
       * The number that the patient's next sealed directive gets: its commitment is made over it.
       **/
      nextSealed: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<u32>>;
      /**
       * The patient's lifts that wait, also those that a freeze has stopped.
       **/
      pendingSealedLifts: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<PalletSealedPendingLift>>>;
      /**
       * The patient's sealed directives that were in force at `at`, in Unix seconds, not after now.
       **/
      sealed: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, at: u64 | AnyNumber | Uint8Array) => Observable<Result<Vec<ITuple<[u32, SalusConsentDecisionSealedSealedDirective]>>, PalletSealedSealedError>>>;
      /**
       * The patient's sealed directives in force, and those that ended but are not in the history yet.
       **/
      sealedDirectives: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array) => Observable<Vec<ITuple<[u32, SalusConsentDecisionSealedSealedDirective]>>>>;
      /**
       * A page, from 0, of the patient's sealed directives that ended; `None` past the last.
       **/
      sealedHistory: AugmentedCall<ApiType, (patient: H256 | string | Uint8Array, page: u32 | AnyNumber | Uint8Array) => Observable<Option<Vec<ITuple<[u32, SalusConsentDecisionSealedSealedDirective]>>>>>;
    };
    /** 0xab3c0572291feb8b/ */
    sessionKeys: {
      /**
       * Decode the given public session keys.,, Returns the list of public raw public keys + key type.
       **/
      decodeSessionKeys: AugmentedCall<ApiType, (encoded: Bytes | string | Uint8Array) => Observable<Option<Vec<ITuple<[Bytes, SpCoreCryptoKeyTypeId]>>>>>;
      /**
       * Generate a set of session keys with optionally using the given seed., The keys should be stored within the keystore exposed via runtime, externalities.,, The seed needs to be a valid `utf8` string.,, Returns the concatenated SCALE encoded public keys.
       **/
      generateSessionKeys: AugmentedCall<ApiType, (owner: Bytes | string | Uint8Array, seed: Option<Bytes> | null | Uint8Array | Bytes | string) => Observable<SpSessionRuntimeApiOpaqueGeneratedSessionKeys>>;
    };
    /** 0x5de390698a86a921/ */
    sponsorshipApi: {
      /**
       * What is left of the allowance of `who`, if it was ever welcomed. Less may be left of the, budget that it shares.
       **/
      allowance: AugmentedCall<ApiType, (who: AccountId32 | string | Uint8Array) => Observable<Option<PalletSponsorshipAllowanceState>>>;
      /**
       * Who would pay `fee` (from `TransactionPaymentApi.query_info`, without a tip) if `who`, signed `call`, judged by the state of this block; or why nobody would.
       **/
      quote: AugmentedCall<ApiType, (who: AccountId32 | string | Uint8Array, call: IMethod | string | Uint8Array, fee: u128 | AnyNumber | Uint8Array) => Observable<Result<PalletSponsorshipQuote, PalletSponsorshipRefusal>>>;
    };
    /** 0xd2bc9897eed08f15/ */
    taggedTransactionQueue: {
      /**
       * Validate the transaction.,, This method is invoked by the transaction pool to learn details about given transaction., The implementation should make sure to verify the correctness of the transaction, against current state. The given `block_hash` corresponds to the hash of the block, that is used as current state.,, Note that this call may be performed by the pool multiple times and transactions, might be verified in any possible order.
       **/
      validateTransaction: AugmentedCall<ApiType, (source: SpRuntimeTransactionValidityTransactionSource | 'InBlock' | 'Local' | 'External' | number | Uint8Array, tx: Extrinsic | IExtrinsic | string | Uint8Array, block_hash: H256 | string | Uint8Array) => Observable<Result<SpRuntimeTransactionValidityValidTransaction, SpRuntimeTransactionValidityTransactionValidityError>>>;
    };
    /** 0x37c8bb1350a9a2a8/ */
    transactionPaymentApi: {
      /**
       * 
       **/
      queryFeeDetails: AugmentedCall<ApiType, (uxt: Extrinsic | IExtrinsic | string | Uint8Array, len: u32 | AnyNumber | Uint8Array) => Observable<PalletTransactionPaymentFeeDetails>>;
      /**
       * 
       **/
      queryInfo: AugmentedCall<ApiType, (uxt: Extrinsic | IExtrinsic | string | Uint8Array, len: u32 | AnyNumber | Uint8Array) => Observable<PalletTransactionPaymentRuntimeDispatchInfo>>;
      /**
       * 
       **/
      queryLengthToFee: AugmentedCall<ApiType, (length: u32 | AnyNumber | Uint8Array) => Observable<u128>>;
      /**
       * 
       **/
      queryWeightToFee: AugmentedCall<ApiType, (weight: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array) => Observable<u128>>;
    };
    /** 0xf3ff14d5ab527059/ */
    transactionPaymentCallApi: {
      /**
       * Query fee details of a given encoded `Call`.
       **/
      queryCallFeeDetails: AugmentedCall<ApiType, (call: IMethod | string | Uint8Array, len: u32 | AnyNumber | Uint8Array) => Observable<PalletTransactionPaymentFeeDetails>>;
      /**
       * Query information of a dispatch class, weight, and fee of a given encoded `Call`.
       **/
      queryCallInfo: AugmentedCall<ApiType, (call: IMethod | string | Uint8Array, len: u32 | AnyNumber | Uint8Array) => Observable<PalletTransactionPaymentRuntimeDispatchInfo>>;
      /**
       * Query the output of the current `LengthToFee` given some input.
       **/
      queryLengthToFee: AugmentedCall<ApiType, (length: u32 | AnyNumber | Uint8Array) => Observable<u128>>;
      /**
       * Query the output of the current `WeightToFee` given some input.
       **/
      queryWeightToFee: AugmentedCall<ApiType, (weight: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array) => Observable<u128>>;
    };
  } // AugmentedCalls
} // declare module
