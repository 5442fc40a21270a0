// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/storage';

import type { ApiTypes, AugmentedQuery, QueryableStorageEntry } from '@polkadot/api-base/types';
import type { Bytes, Null, Option, Struct, U8aFixed, Vec, bool, u128, u32, u64, u8 } from '@polkadot/types-codec';
import type { AnyNumber, ITuple } from '@polkadot/types-codec/types';
import type { AccountId32, Call, H256, Perbill } from '@polkadot/types/interfaces/runtime';
import type { FrameSupportDispatchPerDispatchClassWeight, FrameSupportTokensFungibleImbalance, FrameSupportTokensMiscIdAmountRuntimeFreezeReason, FrameSupportTokensMiscIdAmountRuntimeHoldReason, FrameSystemAccountInfo, FrameSystemCodeUpgradeAuthorization, FrameSystemEventRecord, FrameSystemLastRuntimeUpgradeInfo, FrameSystemPhase, PalletAccessLogAttestation, PalletAccessLogCustodian, PalletAccessLogLogCommit, PalletAcknowledgementNotice, PalletAcknowledgementTally, PalletAssetsApproval, PalletAssetsAssetAccount, PalletAssetsAssetDetails, PalletAssetsAssetMetadata, PalletBalancesAccountData, PalletBalancesBalanceLock, PalletBalancesReserveData, PalletCareInvitationBook, PalletCarePair, PalletCarePendingOptIn, PalletCarePolicyTerm, PalletCareRelationship, PalletClaimsClaim, PalletClaimsClaimLine, PalletClaimsCoverage, PalletClaimsEncounter, PalletClaimsMoneyBond, PalletClaimsMoneyNeighbours, PalletClaimsMoneyQueue, PalletClaimsPlan, PalletClaimsPlanTerms, PalletCollectiveVotes, PalletConsentAccess, PalletConsentAgreement, PalletConsentBaseTerm, PalletConsentHistoryPage, PalletConsentLiveSet, PalletConsentPendingLift, PalletConsentRequestIndex, PalletEmergencyAdvanceTerm, PalletEmergencyLedger, PalletEmergencyOpinion, PalletEmergencyPendingRelaxation, PalletEmergencyPersonUse, PalletEnactmentDelayTable, PalletEnactmentProposal, PalletGrandpaStoredPendingChange, PalletGrandpaStoredState, PalletMigrationsMigrationCursor, PalletMultisigMultisig, PalletPatientIdentityAdmission, PalletPatientIdentityDesk, PalletPatientIdentityKey, PalletPatientIdentityPatient, PalletPatientIdentitySince, PalletPreimageOldRequestStatus, PalletPreimageRequestStatus, PalletProxyAnnouncement, PalletProxyProxyDefinition, PalletRecordAnchorAnchorsAnchor, PalletRecordAnchorAnchorsDeposit, PalletRecordAnchorAnchorsRetraction, PalletRecordAnchorAnchorsSuccessor, PalletRecordAnchorLifeDispute, PalletRecordAnchorLifeErasureRequest, PalletRecordAnchorLifeLegalHold, PalletRecordAnchorLifeTombstone, PalletRegistryAffiliation, PalletRegistryAgreementKey, PalletRegistryClientKeySet, PalletRegistryDeposit, PalletRegistryFlagInterval, PalletRegistryInvitation, PalletRegistryLastTerm, PalletRegistryLicence, PalletRegistryOrganisation, PalletRegistryRegistrarTerm, PalletResearchBudgetsBudgetMotion, PalletResearchBudgetsPopulation, PalletResearchBudgetsQuery, PalletResearchDatasetsDataset, PalletResearchDatasetsVersion, PalletResearchPermitsPermitRecord, PalletResearchRequestsCosigned, PalletResearchRequestsOutcome, PalletResearchStudiesApproval, PalletResearchStudiesProtocol, PalletResearchVote, PalletSchedulerRetryConfig, PalletSchedulerScheduled, PalletSealedHistoryPage, PalletSealedLiveSet, PalletSealedPendingLift, PalletSponsorshipBudget, PalletTransactionPaymentReleases, PalletTreasuryProposal, PalletTreasurySpendStatus, PalletValidatorSetDeparture, PalletValidatorSetMembership, PalletValidatorSetOffender, PalletValidatorSetOrganisationRecord, SalusClaimsAdjudicationPlanAccumulators, SalusClaimsAdjudicationResultLineResult, SalusConsentDecisionGrantee, SalusConsentDecisionPurposeVeto, SalusPrimitivesAllowanceU128, SalusPrimitivesAllowanceU32, SalusPrimitivesCareOptOut, SalusPrimitivesCareTowards, SalusPrimitivesCodesOrgKind, SalusPrimitivesCodesPatientState, SalusPrimitivesCodesRole, SalusPrimitivesEmergencyEmergencyAccess, SalusPrimitivesEmergencyEmergencyReason, SalusPrimitivesParty, SalusResearchDataUseRequest, SalusRuntimeSessionKeys, SpConsensusBabeAppPublic, SpConsensusBabeBabeEpochConfiguration, SpConsensusBabeDigestsNextConfigDescriptor, SpConsensusBabeDigestsPreDigest, SpConsensusGrandpaAppPublic, SpCoreCryptoKeyTypeId, SpRuntimeDigest, SpStakingOffenceOffenceDetails, SpWeightsWeightV2Weight } from '@polkadot/types/lookup';
import type { Observable } from '@polkadot/types/types';

export type __AugmentedQuery<ApiType extends ApiTypes> = AugmentedQuery<ApiType, () => unknown>;
export type __QueryableStorageEntry<ApiType extends ApiTypes> = QueryableStorageEntry<ApiType>;

declare module '@polkadot/api-base/types/storage' {
  interface AugmentedQueries<ApiType extends ApiTypes> {
    accessLog: {
      /**
       * What a custodian found of a day when it compared its log with another's: by the one who says so, and by the
       * other and the day.
       **/
      attestations: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array]) => Observable<Option<PalletAccessLogAttestation>>, [u32, ITuple<[u32, u32]>]>;
      /**
       * The commits of a custodian, by number from 0, without a gap and through all epochs.
       **/
      commits: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAccessLogLogCommit>>, [u32, u32]>;
      /**
       * Where the log of each custodian stands.
       **/
      custodians: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAccessLogCustodian>>, [u32]>;
    };
    acknowledgement: {
      /**
       * What became of each revocation that was acknowledged, or marked overdue. Of the others there is nothing here.
       **/
      notices: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAcknowledgementNotice>>, [H256, u32]>;
      /**
       * Revocations before this moment need no acknowledgement: the network did not ask for any then. Zero, and written, on a
       * network that has had this pallet from its beginning.
       **/
      since: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * How many revocations each organisation has acknowledged in time and late, how many are marked overdue
       * and still open, and how many acknowledgements have no deposit. Computed from [`Notices`] as they change.
       **/
      tallies: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<PalletAcknowledgementTally>, [u32]>;
    };
    assets: {
      /**
       * The holdings of a specific account for a specific asset.
       **/
      account: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<Option<PalletAssetsAssetAccount>>, [u32, AccountId32]>;
      /**
       * Approved balance transfers. First balance is the amount approved for transfer. Second
       * is the amount of `T::Currency` reserved for storing this.
       * First key is the asset ID, second key is the owner and third key is the delegate.
       **/
      approvals: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array, arg3: AccountId32 | string | Uint8Array) => Observable<Option<PalletAssetsApproval>>, [u32, AccountId32, AccountId32]>;
      /**
       * Details of an asset.
       **/
      asset: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletAssetsAssetDetails>>, [u32]>;
      /**
       * Metadata of an asset.
       **/
      metadata: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<PalletAssetsAssetMetadata>, [u32]>;
      /**
       * The asset ID enforced for the next asset creation, if any present. Otherwise, this storage
       * item has no effect.
       * 
       * Only read by [`crate::AutoIncAssetId`]: configure it as [`Config::AssetIdAllocator`] and
       * provide an initial value here to apply an auto-increment model to all new asset IDs.
       * 
       * The initial next asset ID can be set using the [`GenesisConfig`] or the
       * [SetNextAssetId](`migration::next_asset_id::SetNextAssetId`) migration.
       **/
      nextAssetId: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * Maps an asset to a list of its configured reserve information.
       **/
      reserves: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<Null>>, [u32]>;
    };
    assetsHolder: {
      /**
       * A map that stores the current total balance on hold for every account on a given AssetId.
       **/
      balancesOnHold: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<Option<u128>>, [u32, AccountId32]>;
      /**
       * A map that stores holds applied on an account for a given AssetId.
       **/
      holds: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<Vec<FrameSupportTokensMiscIdAmountRuntimeHoldReason>>, [u32, AccountId32]>;
    };
    authorship: {
      /**
       * Author of current block.
       **/
      author: AugmentedQuery<ApiType, () => Observable<Option<AccountId32>>, []>;
    };
    babe: {
      /**
       * Current epoch authorities.
       **/
      authorities: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[SpConsensusBabeAppPublic, u64]>>>, []>;
      /**
       * This field should always be populated during block processing unless
       * secondary plain slots are enabled (which don't contain a VRF output).
       * 
       * It is set in `on_finalize`, before it will contain the value from the last block.
       **/
      authorVrfRandomness: AugmentedQuery<ApiType, () => Observable<Option<U8aFixed>>, []>;
      /**
       * Current slot number.
       **/
      currentSlot: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The configuration for the current epoch. Should never be `None` as it is initialized in
       * genesis.
       **/
      epochConfig: AugmentedQuery<ApiType, () => Observable<Option<SpConsensusBabeBabeEpochConfiguration>>, []>;
      /**
       * Current epoch index.
       **/
      epochIndex: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The block numbers when the last and current epoch have started, respectively `N-1` and
       * `N`.
       * NOTE: We track this is in order to annotate the block number when a given pool of
       * entropy was fixed (i.e. it was known to chain observers). Since epochs are defined in
       * slots, which may be skipped, the block numbers may not line up with the slot numbers.
       **/
      epochStart: AugmentedQuery<ApiType, () => Observable<ITuple<[u32, u32]>>, []>;
      /**
       * The slot at which the first epoch actually started. This is 0
       * until the first block of the chain.
       **/
      genesisSlot: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * Temporary value (cleared at block finalization) which is `Some`
       * if per-block initialization has already been called for current block.
       **/
      initialized: AugmentedQuery<ApiType, () => Observable<Option<Option<SpConsensusBabeDigestsPreDigest>>>, []>;
      /**
       * How late the current block is compared to its parent.
       * 
       * This entry is populated as part of block execution and is cleaned up
       * on block finalization. Querying this storage entry outside of block
       * execution context should always yield zero.
       **/
      lateness: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Next epoch authorities.
       **/
      nextAuthorities: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[SpConsensusBabeAppPublic, u64]>>>, []>;
      /**
       * The configuration for the next epoch, `None` if the config will not change
       * (you can fallback to `EpochConfig` instead in that case).
       **/
      nextEpochConfig: AugmentedQuery<ApiType, () => Observable<Option<SpConsensusBabeBabeEpochConfiguration>>, []>;
      /**
       * Next epoch randomness.
       **/
      nextRandomness: AugmentedQuery<ApiType, () => Observable<U8aFixed>, []>;
      /**
       * Pending epoch configuration change that will be applied when the next epoch is enacted.
       **/
      pendingEpochConfigChange: AugmentedQuery<ApiType, () => Observable<Option<SpConsensusBabeDigestsNextConfigDescriptor>>, []>;
      /**
       * The epoch randomness for the *current* epoch.
       * 
       * # Security
       * 
       * This MUST NOT be used for gambling, as it can be influenced by a
       * malicious validator in the short term. It MAY be used in many
       * cryptographic protocols, however, so long as one remembers that this
       * (like everything else on-chain) it is public. For example, it can be
       * used where a number is needed that cannot have been chosen by an
       * adversary, for purposes such as public-coin zero-knowledge proofs.
       **/
      randomness: AugmentedQuery<ApiType, () => Observable<U8aFixed>, []>;
      /**
       * Randomness under construction.
       * 
       * We make a trade-off between storage accesses and list length.
       * We store the under-construction randomness in segments of up to
       * `UNDER_CONSTRUCTION_SEGMENT_LENGTH`.
       * 
       * Once a segment reaches this length, we begin the next one.
       * We reset all segments and return to `0` at the beginning of every
       * epoch.
       **/
      segmentIndex: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * A list of the last 100 skipped epochs and the corresponding session index
       * when the epoch was skipped.
       * 
       * This is only used for validating equivocation proofs. An equivocation proof
       * must contains a key-ownership proof for a given session, therefore we need a
       * way to tie together sessions and epoch indices, i.e. we need to validate that
       * a validator was the owner of a given key on a given session, and what the
       * active epoch index was during that session.
       **/
      skippedEpochs: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[u64, u32]>>>, []>;
      /**
       * TWOX-NOTE: `SegmentIndex` is an increasing integer, so this is okay.
       **/
      underConstruction: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<U8aFixed>>, [u32]>;
    };
    balances: {
      /**
       * The Balances pallet example of storing the balance of an account.
       * 
       * # Example
       * 
       * ```nocompile
       * impl pallet_balances::Config for Runtime {
       * type AccountStore = StorageMapShim<Self::Account<Runtime>, frame_system::Provider<Runtime>, AccountId, Self::AccountData<Balance>>
       * }
       * ```
       * 
       * You can also store the balance of an account in the `System` pallet.
       * 
       * # Example
       * 
       * ```nocompile
       * impl pallet_balances::Config for Runtime {
       * type AccountStore = System
       * }
       * ```
       * 
       * But this comes with tradeoffs, storing account balances in the system pallet stores
       * `frame_system` data alongside the account data contrary to storing account balances in the
       * `Balances` pallet, which uses a `StorageMap` to store balances data only.
       * NOTE: This is only used in the case that this pallet is used to store balances.
       **/
      account: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<PalletBalancesAccountData>, [AccountId32]>;
      /**
       * Freeze locks on account balances.
       **/
      freezes: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<FrameSupportTokensMiscIdAmountRuntimeFreezeReason>>, [AccountId32]>;
      /**
       * Holds on account balances.
       **/
      holds: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<FrameSupportTokensMiscIdAmountRuntimeHoldReason>>, [AccountId32]>;
      /**
       * The total units of outstanding deactivated balance in the system.
       * 
       * This is not guaranteed to be less than or equal to [`TotalIssuance`]. Total issuance may be
       * reduced independently of this value, including while a reversible imbalance is outstanding.
       * Active issuance is therefore derived using saturating subtraction.
       **/
      inactiveIssuance: AugmentedQuery<ApiType, () => Observable<u128>, []>;
      /**
       * Any liquidity locks on some account balances.
       * NOTE: Should only be accessed when setting, changing and freeing a lock.
       * 
       * Use of locks is deprecated in favour of freezes. See `https://github.com/paritytech/substrate/pull/12951/`
       **/
      locks: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<PalletBalancesBalanceLock>>, [AccountId32]>;
      /**
       * Named reserves on some account balances.
       * 
       * Use of reserves is deprecated in favour of holds. See `https://github.com/paritytech/substrate/pull/12951/`
       **/
      reserves: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<PalletBalancesReserveData>>, [AccountId32]>;
      /**
       * The total units issued in the system.
       **/
      totalIssuance: AugmentedQuery<ApiType, () => Observable<u128>, []>;
    };
    care: {
      /**
       * The invitations of a patient.
       **/
      invitations: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<PalletCareInvitationBook>, [H256]>;
      /**
       * The number of the next relationship.
       **/
      nextRelationship: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The opt-outs of a patient, past and present. At most one towards each is in force.
       **/
      optOuts: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<SalusPrimitivesCareOptOut>>, [H256]>;
      /**
       * The last relationship of a patient and an organisation, and how many words of the patient's for this
       * organisation were used up.
       **/
      pairs: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<PalletCarePair>, [H256, u32]>;
      /**
       * The returns of a patient from opt-outs that wait.
       **/
      pendingOptIns: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<PalletCarePendingOptIn>>, [H256]>;
      /**
       * The network's care policies, past, present and announced. Before the first it was `ConsentOnly`.
       **/
      policies: AugmentedQuery<ApiType, () => Observable<Vec<PalletCarePolicyTerm>>, []>;
      /**
       * Every relationship there is and was.
       **/
      relationships: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletCareRelationship>>, [u64]>;
      /**
       * The blocks in which a patient's words were lately voided, for an organisation by an end, an opt-out or the withdrawal
       * of an invitation, or for everybody by an opt-out. What was signed without knowing that block, or a later one, opens
       * nothing. What is [`Config::MaxSignatureAge`] blocks old says nothing any more, and goes when the next is written.
       **/
      voidedIn: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<ITuple<[SalusPrimitivesCareTowards, u32]>>>, [H256]>;
    };
    claims: {
      /**
       * What each organisation's administrator has put down.
       **/
      bonds: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsMoneyBond>>, [u32]>;
      /**
       * Their lines.
       **/
      claimLines: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Vec<PalletClaimsClaimLine>>, [u64]>;
      /**
       * What became of their lines, once they were decided.
       **/
      claimResults: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<Vec<SalusClaimsAdjudicationResultLineResult>>>, [u64]>;
      /**
       * The claims.
       **/
      claims: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsClaim>>, [u64]>;
      /**
       * The claims of each coverage.
       **/
      coverageClaims: AugmentedQuery<ApiType, (arg1: u64 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<Null>>, [u64, u64]>;
      /**
       * The coverages.
       **/
      coverages: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsCoverage>>, [u64]>;
      /**
       * The encounters.
       **/
      encounters: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsEncounter>>, [u64]>;
      /**
       * Which coverage a key has agreed to stand for. Never another.
       **/
      memberKeys: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<u64>>, [AccountId32]>;
      /**
       * The claims right before and right after each claim that waits.
       **/
      neighbouring: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsMoneyNeighbours>>, [u64]>;
      /**
       * The number of the next claim.
       **/
      nextClaim: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The number of the next coverage.
       **/
      nextCoverage: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The number of the next encounter.
       **/
      nextEncounter: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * The number of the next plan.
       **/
      nextPlan: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The plans.
       **/
      plans: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsPlan>>, [u32]>;
      /**
       * Their versions.
       **/
      planVersions: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletClaimsPlanTerms>>, [u32, u32]>;
      /**
       * The claims that wait for a payer's funds in an asset: the ends of a list in [`Neighbouring`].
       **/
      queues: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<PalletClaimsMoneyQueue>, [u32, u32]>;
      /**
       * In which encounter a service is claimed, by the commitment to its detail: its nullifier.
       **/
      serviceLines: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<u64>>, [H256]>;
      /**
       * What has been used of each coverage: the fold of its decided claims.
       **/
      used: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<SalusClaimsAdjudicationPlanAccumulators>, [u64]>;
    };
    consent: {
      /**
       * What was agreed with each approved request, by the directive that it led to.
       **/
      agreements: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletConsentAgreement>>, [H256, u32]>;
      /**
       * The base decisions of a patient, past and present, in the order in which they were made.
       **/
      baseDecisions: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<PalletConsentBaseTerm>>, [H256]>;
      /**
       * The organisations that may not ask a patient for access, and since when.
       **/
      blocked: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<u64>>, [H256, u32]>;
      /**
       * The directives of a patient that ended or expired, by page. A full page never changes.
       **/
      history: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletConsentHistoryPage>>, [H256, u32]>;
      /**
       * The directives of a patient that are not in the history yet.
       **/
      live: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<PalletConsentLiveSet>, [H256]>;
      /**
       * Which requests to a patient are open, and of which organisations.
       **/
      openRequests: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<PalletConsentRequestIndex>, [H256]>;
      /**
       * The lifts of a patient that wait.
       **/
      pendingLifts: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<PalletConsentPendingLift>>, [H256]>;
      /**
       * The open requests for access to a patient's data.
       **/
      requests: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<{
    readonly organisation: u32;
    readonly requestedBy: AccountId32;
    readonly grantee: SalusConsentDecisionGrantee;
    readonly access: PalletConsentAccess;
    readonly terms: H256;
    readonly expiresAt: u64;
    readonly payer: AccountId32;
    readonly ticket: u128;
  } & Struct>>, [H256, u32]>;
      /**
       * The vetoes of a patient, past and present. At most one of each purpose is in force.
       **/
      vetoes: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<SalusConsentDecisionPurposeVeto>>, [H256]>;
    };
    council: {
      /**
       * Consideration cost created for publishing and storing a proposal.
       * 
       * Determined by [Config::Consideration] and may be not present for certain proposals (e.g. if
       * the proposal count at the time of creation was below threshold N).
       **/
      costOf: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<ITuple<[AccountId32, Null]>>>, [H256]>;
      /**
       * The current members of the collective. This is stored sorted (just by value).
       **/
      members: AugmentedQuery<ApiType, () => Observable<Vec<AccountId32>>, []>;
      /**
       * The prime member that helps determine the default vote behavior in case of abstentions.
       **/
      prime: AugmentedQuery<ApiType, () => Observable<Option<AccountId32>>, []>;
      /**
       * Proposals so far.
       **/
      proposalCount: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Actual proposal for a given hash, if it's current.
       **/
      proposalOf: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<Call>>, [H256]>;
      /**
       * The hashes of the active proposals.
       **/
      proposals: AugmentedQuery<ApiType, () => Observable<Vec<H256>>, []>;
      /**
       * Votes on a given proposal, if it is ongoing.
       **/
      voting: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletCollectiveVotes>>, [H256]>;
    };
    emergency: {
      /**
       * The advance directives of a patient, past and present. Before the first it had said nothing.
       **/
      advanceDirectives: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<PalletEmergencyAdvanceTerm>>, [H256]>;
      /**
       * How many emergencies a patient has: the place of the next one among them.
       **/
      countOfPatient: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<u32>, [H256]>;
      /**
       * Every emergency there was.
       **/
      emergencies: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<{
    readonly patient: H256;
    readonly access: SalusPrimitivesEmergencyEmergencyAccess;
    readonly reason: SalusPrimitivesEmergencyEmergencyReason;
    readonly detail: H256;
    readonly recordedAt: u64;
    readonly overCredit: bool;
    readonly beyondPerson: bool;
    readonly stoppedAt: Option<u64>;
    readonly review: Option<PalletEmergencyOpinion>;
    readonly disputedAt: Option<u64>;
    readonly ruling: Option<PalletEmergencyOpinion>;
    readonly previous: Option<u32>;
    readonly deposit: Option<ITuple<[AccountId32, u128]>>;
  } & Struct>>, [u32]>;
      /**
       * The last emergency that a person at an organisation declared for a patient, those recorded late apart.
       **/
      latest: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: ITuple<[u32, AccountId32]> | [u32 | AnyNumber | Uint8Array, AccountId32 | string | Uint8Array]) => Observable<Option<u32>>, [H256, ITuple<[u32, AccountId32]>]>;
      /**
       * The last emergency that a person at an organisation recorded late for a patient.
       **/
      latestLate: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: ITuple<[u32, AccountId32]> | [u32 | AnyNumber | Uint8Array, AccountId32 | string | Uint8Array]) => Observable<Option<u32>>, [H256, ITuple<[u32, AccountId32]>]>;
      /**
       * What is kept of an organisation: credit, counts, and up to where it is settled.
       **/
      ledgers: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<PalletEmergencyLedger>, [u32]>;
      /**
       * The number of the next emergency.
       **/
      nextEmergency: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The emergencies of an organisation, by their place among them.
       **/
      ofOrganisation: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<u32>>, [u32, u32]>;
      /**
       * The emergencies of a patient, by their place among them.
       **/
      ofPatient: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<u32>>, [H256, u32]>;
      /**
       * The relaxation of a patient's advance directive that waits.
       **/
      pendingRelaxations: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletEmergencyPendingRelaxation>>, [H256]>;
      /**
       * What a person has used of what is its own at an organisation.
       **/
      personalUse: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<PalletEmergencyPersonUse>, [u32, AccountId32]>;
    };
    enactment: {
      /**
       * Counter for the related counted storage map
       **/
      counterForProposals: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The delays now, in seconds.
       **/
      delays: AugmentedQuery<ApiType, () => Observable<PalletEnactmentDelayTable>, []>;
      /**
       * The shortest delays on this chain, in seconds. Written at genesis and never again.
       **/
      floors: AugmentedQuery<ApiType, () => Observable<PalletEnactmentDelayTable>, []>;
      /**
       * What was approved by one body or both and is not carried out yet, by the BLAKE2-256 hash of
       * the encoded call.
       **/
      proposals: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletEnactmentProposal>>, [H256]>;
    };
    grandpa: {
      /**
       * The current list of authorities.
       **/
      authorities: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>>>, []>;
      /**
       * The number of changes (both in terms of keys and underlying economic responsibilities)
       * in the "set" of Grandpa validators from genesis.
       **/
      currentSetId: AugmentedQuery<ApiType, () => Observable<u64>, []>;
      /**
       * next block number where we can force a change.
       **/
      nextForced: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * Pending change: (signaled at, scheduled change).
       **/
      pendingChange: AugmentedQuery<ApiType, () => Observable<Option<PalletGrandpaStoredPendingChange>>, []>;
      /**
       * A mapping from grandpa set ID to the index of the *most recent* session for which its
       * members were responsible.
       * 
       * This is only used for validating equivocation proofs. An equivocation proof must
       * contains a key-ownership proof for a given session, therefore we need a way to tie
       * together sessions and GRANDPA set ids, i.e. we need to validate that a validator
       * was the owner of a given key on a given session, and what the active set ID was
       * during that session.
       * 
       * TWOX-NOTE: `SetId` is not under user control.
       **/
      setIdSession: AugmentedQuery<ApiType, (arg: u64 | AnyNumber | Uint8Array) => Observable<Option<u32>>, [u64]>;
      /**
       * `true` if we are currently stalled.
       **/
      stalled: AugmentedQuery<ApiType, () => Observable<Option<ITuple<[u32, u32]>>>, []>;
      /**
       * State of the current authority set.
       **/
      state: AugmentedQuery<ApiType, () => Observable<PalletGrandpaStoredState>, []>;
    };
    historical: {
      /**
       * Mapping from historical session indices to session-data root hash and validator count.
       **/
      historicalSessions: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<ITuple<[H256, u32]>>>, [u32]>;
      /**
       * The range of historical sessions we store. [first, last)
       **/
      storedRange: AugmentedQuery<ApiType, () => Observable<Option<ITuple<[u32, u32]>>>, []>;
    };
    membership: {
      /**
       * The current membership, stored as an ordered Vec.
       **/
      members: AugmentedQuery<ApiType, () => Observable<Vec<AccountId32>>, []>;
      /**
       * The current prime member, if one exists.
       **/
      prime: AugmentedQuery<ApiType, () => Observable<Option<AccountId32>>, []>;
    };
    multiBlockMigrations: {
      /**
       * The currently active migration to run and its cursor.
       * 
       * `None` indicates that no migration is running.
       **/
      cursor: AugmentedQuery<ApiType, () => Observable<Option<PalletMigrationsMigrationCursor>>, []>;
      /**
       * Set of all successfully executed migrations.
       * 
       * This is used as blacklist, to not re-execute migrations that have not been removed from the
       * codebase yet. Governance can regularly clear this out via `clear_historic`.
       **/
      historic: AugmentedQuery<ApiType, (arg: Bytes | string | Uint8Array) => Observable<Option<Null>>, [Bytes]>;
    };
    multisig: {
      /**
       * The set of open multisig operations.
       **/
      multisigs: AugmentedQuery<ApiType, (arg1: AccountId32 | string | Uint8Array, arg2: U8aFixed | string | Uint8Array) => Observable<Option<PalletMultisigMultisig>>, [AccountId32, U8aFixed]>;
    };
    offences: {
      /**
       * A vector of reports of the same kind that happened at the same time slot.
       **/
      concurrentReportsIndex: AugmentedQuery<ApiType, (arg1: U8aFixed | string | Uint8Array, arg2: Bytes | string | Uint8Array) => Observable<Vec<H256>>, [U8aFixed, Bytes]>;
      /**
       * The primary structure that holds all offence records keyed by report identifiers.
       **/
      reports: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<SpStakingOffenceOffenceDetails>>, [H256]>;
    };
    patientIdentity: {
      /**
       * The superseded agreement keys of each handle, oldest first: which one an old envelope was
       * encrypted to.
       **/
      agreementKeyHistory: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletPatientIdentitySince>>, [H256, u32]>;
      /**
       * The desks: the accounts that register handles for each organisation.
       **/
      desks: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<PalletPatientIdentityDesk>, [u32, AccountId32]>;
      /**
       * Every key that is pending, live, or was ever live.
       **/
      keys: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<PalletPatientIdentityKey>>, [AccountId32]>;
      /**
       * The keys whose removal was pending when the handle was last frozen: they cannot keep it frozen.
       **/
      leavingAtFreeze: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<AccountId32>>, [H256]>;
      /**
       * The block in which each handle last left Active. The moment of it stands with the handle; a signature names a block,
       * and this tells whether it was made before. One item a handle at most: the number of handles, each with a deposit,
       * bounds them. The deposit does not pay for this item (52 bytes), because those of version 0.1.0 could not. Handles
       * that left Active under version 0.1.0 have no entry.
       **/
      leftActiveIn: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<u32>>, [H256]>;
      /**
       * Who keeps the limits of each handle that an organisation registered. Written with the handle,
       * and never again. Handles of version 0.1.0 have no entry.
       **/
      parties: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<SalusPrimitivesParty>>, [H256]>;
      /**
       * Every handle ever registered, retired ones included.
       **/
      patients: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletPatientIdentityPatient>>, [H256]>;
      /**
       * How many handles each organisation has registered lately, and how many desks it has had.
       **/
      registrations: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<PalletPatientIdentityAdmission>, [u32]>;
      /**
       * The superseded states of each handle, oldest first.
       **/
      stateHistory: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<{
    readonly value: SalusPrimitivesCodesPatientState;
    readonly from: u64;
  } & Struct>>, [H256, u32]>;
    };
    preimage: {
      preimageFor: AugmentedQuery<ApiType, (arg: ITuple<[H256, u32]> | [H256 | string | Uint8Array, u32 | AnyNumber | Uint8Array]) => Observable<Option<Bytes>>, [ITuple<[H256, u32]>]>;
      /**
       * The request status of a given hash.
       **/
      requestStatusFor: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletPreimageRequestStatus>>, [H256]>;
      /**
       * The request status of a given hash.
       * 
       * @deprecated RequestStatusFor
       **/
      statusFor: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletPreimageOldRequestStatus>>, [H256]>;
    };
    proxy: {
      /**
       * The announcements made by the proxy (key).
       **/
      announcements: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<ITuple<[Vec<PalletProxyAnnouncement>, u128]>>, [AccountId32]>;
      /**
       * The set of account proxies. Maps the account which has delegated to the accounts
       * which are being delegated to, together with the amount held on deposit.
       **/
      proxies: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<ITuple<[Vec<PalletProxyProxyDefinition>, u128]>>, [AccountId32]>;
    };
    recordAnchor: {
      /**
       * When the patient confirmed to have seen a record, by author and slot.
       **/
      acknowledgements: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<u64>>, [u32, u64]>;
      /**
       * The slots, by author and number.
       **/
      anchors: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletRecordAnchorAnchorsAnchor>>, [u32, u64]>;
      /**
       * In which slot an author anchored a commitment or root. Each only once, within its author.
       **/
      commitments: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: H256 | string | Uint8Array) => Observable<Option<u64>>, [u32, H256]>;
      /**
       * The deposits: by author, slot, and retracted leaf. Without a leaf, that of the slot, or of the
       * tombstone that it left.
       **/
      deposits: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array, arg3: Option<u64> | null | Uint8Array | u64 | AnyNumber) => Observable<Option<PalletRecordAnchorAnchorsDeposit>>, [u32, u64, Option<u64>]>;
      /**
       * A patient's disputes about a record, oldest first, by author and slot.
       **/
      disputes: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Vec<PalletRecordAnchorLifeDispute>>, [u32, u64]>;
      /**
       * The patient's wish to have a record erased, by author and slot.
       **/
      erasureRequests: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletRecordAnchorLifeErasureRequest>>, [u32, u64]>;
      /**
       * Until when a slot is kept beyond what its class asks, by author and slot.
       **/
      extensions: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<u64>>, [u32, u64]>;
      /**
       * The newest version of each lineage of more than one, by author and first slot. It stands beside
       * that version, and goes with it.
       **/
      heads: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<u64>>, [u32, u64]>;
      /**
       * The legal holds on a slot, by author and slot. Those that have run out may still be there.
       **/
      holds: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Vec<PalletRecordAnchorLifeLegalHold>>, [u32, u64]>;
      /**
       * The next free slot of each author: how many it has ever used. Never goes back.
       **/
      nextSeq: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<u64>, [u32]>;
      /**
       * What does not stand: by author, slot, and leaf of a batch. Without a leaf, the whole slot.
       **/
      retractions: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array, arg3: Option<u64> | null | Uint8Array | u64 | AnyNumber) => Observable<Option<PalletRecordAnchorAnchorsRetraction>>, [u32, u64, Option<u64>]>;
      /**
       * Whom a single record is about, where it says so. No proof of a slot touches this map.
       **/
      subjects: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<H256>>, [u32, u64]>;
      /**
       * The version right after a slot's, by author and slot.
       **/
      successors: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletRecordAnchorAnchorsSuccessor>>, [u32, u64]>;
      /**
       * What is left of slots that were shredded, by author and slot.
       **/
      tombstones: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletRecordAnchorLifeTombstone>>, [u32, u64]>;
    };
    registry: {
      /**
       * Which organisation an account administers: one at most.
       **/
      administrators: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<u32>>, [AccountId32]>;
      /**
       * The accounts affiliated to each organisation, with their history.
       **/
      affiliations: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<Option<PalletRegistryAffiliation>>, [u32, AccountId32]>;
      /**
       * The key of each organisation to which others encrypt.
       **/
      agreementKeys: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletRegistryAgreementKey>>, [u32]>;
      /**
       * The keys with which each organisation's systems authenticate. Of one without an entry, those in its profile.
       **/
      clientKeys: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletRegistryClientKeySet>>, [u32]>;
      /**
       * The organisations at which an account is affiliated, all at which it was while they were flagged, and as many others at which
       * it was as there is room for, those that it left last. (Of a chain that had no history of flags those are missing that made room before.)
       **/
      employers: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<u32>>, [AccountId32]>;
      /**
       * When each organisation was flagged, the oldest first. Of one without an entry the flag never changed.
       **/
      flags: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletRegistryFlagInterval>>, [u32]>;
      /**
       * The open invitations of each organisation, by account and role.
       **/
      invitations: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array, arg3: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array) => Observable<Option<PalletRegistryInvitation>>, [u32, AccountId32, SalusPrimitivesCodesRole]>;
      /**
       * How many invitations each organisation has made lately.
       **/
      invitationsMade: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<SalusPrimitivesAllowanceU32>, [u32]>;
      /**
       * The last time that each organisation was licensed for each kind, by kind, drawn from [`Licences`]: whether it is licensed
       * now is one read. Of one that was licensed before there was this map there is no entry until a migration has come to it.
       **/
      lastLicensed: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<PalletRegistryLastTerm>>, [u32]>;
      /**
       * The licences of each organisation by kind, with their history.
       **/
      licences: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array) => Observable<Option<PalletRegistryLicence>>, [u32, SalusPrimitivesCodesOrgKind]>;
      /**
       * The deposits of invitations that came to nothing, by the account that was invited, where it stays: it has
       * sent a transaction, be it to decline. Given back when the account is affiliated somewhere.
       **/
      lingering: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<PalletRegistryDeposit>>, [AccountId32]>;
      /**
       * The number of the next organisation that applies. Numbers are never given twice.
       **/
      nextOrgId: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The organisations, licensed or applying.
       **/
      organisations: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletRegistryOrganisation>>, [u32]>;
      /**
       * The terms of each registrar, past and present.
       **/
      registrars: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Vec<PalletRegistryRegistrarTerm>>, [AccountId32]>;
      /**
       * Which registrars have taken the flag of each organisation off, once for each time on record that one has ended.
       **/
      unflaggedBy: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<AccountId32>>, [u32]>;
    };
    research: {
      /**
       * The proposal of more budget for each custodian's population on which is voted, or was voted last without a conclusion.
       **/
      budgetMotions: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchBudgetsBudgetMotion>>, [u32]>;
      /**
       * Every dataset that was ever offered.
       **/
      datasets: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchDatasetsDataset>>, [u32]>;
      /**
       * The number of the next dataset.
       **/
      nextDataset: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The number of the next request.
       **/
      nextRequest: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The number of the next study.
       **/
      nextStudy: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * The permits, each under the number of its request.
       **/
      permits: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchPermitsPermitRecord>>, [u32]>;
      /**
       * The population of each custodian, with its privacy budget.
       **/
      populations: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchBudgetsPopulation>>, [u32]>;
      /**
       * The queries of a custodian's population for which budget was reserved, by number from 0, without a gap.
       **/
      queries: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u64 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchBudgetsQuery>>, [u32, u64]>;
      /**
       * The number of a custodian's query with this commitment: each is reserved once.
       **/
      queryByCommitment: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: H256 | string | Uint8Array) => Observable<Option<u64>>, [u32, H256]>;
      /**
       * Every request that was ever made.
       **/
      requests: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<{
    readonly study: u32;
    readonly dataset: u32;
    readonly statement: SalusResearchDataUseRequest;
    readonly disease: Option<U8aFixed>;
    readonly askedAt: u64;
    readonly administrator: AccountId32;
    readonly cosigned: Option<PalletResearchRequestsCosigned>;
    readonly votes: Vec<PalletResearchVote>;
    readonly outcome: Option<PalletResearchRequestsOutcome>;
    readonly deposit: Option<ITuple<[AccountId32, u128]>>;
  } & Struct>>, [u32]>;
      /**
       * Every study that was ever registered.
       **/
      studies: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<{
    readonly organisation: u32;
    readonly investigator: AccountId32;
    readonly ethics: u32;
    readonly uses: u32;
    readonly protocols: Vec<PalletResearchStudiesProtocol>;
    readonly approvals: Vec<PalletResearchStudiesApproval>;
    readonly withdrawnAt: Option<u64>;
    readonly requests: u32;
    readonly signed: bool;
    readonly deposit: ITuple<[AccountId32, u128]>;
  } & Struct>>, [u32]>;
      /**
       * How many studies each researcher has at an institution of which that has co-signed no request.
       **/
      unsignedStudies: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: AccountId32 | string | Uint8Array) => Observable<u32>, [u32, AccountId32]>;
      /**
       * The versions of a dataset, by number from 0, without a gap.
       **/
      versions: AugmentedQuery<ApiType, (arg1: u32 | AnyNumber | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletResearchDatasetsVersion>>, [u32, u32]>;
    };
    safeMode: {
      /**
       * Holds the reserve that was taken from an account at a specific block number.
       * 
       * This helps governance to have an overview of outstanding deposits that should be returned or
       * slashed.
       **/
      deposits: AugmentedQuery<ApiType, (arg1: AccountId32 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<u128>>, [AccountId32, u32]>;
      /**
       * Contains the last block number that the safe-mode will remain entered in.
       * 
       * Set to `None` when safe-mode is exited.
       * 
       * Safe-mode is automatically exited when the current block number exceeds this value.
       **/
      enteredUntil: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
    };
    scheduler: {
      /**
       * Items to be executed, indexed by the block number that they should be executed on.
       **/
      agenda: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Vec<Option<PalletSchedulerScheduled>>>, [u32]>;
      /**
       * Block number at which the agenda began incomplete execution.
       **/
      incompleteSince: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * Lookup from a name to the block number and index of the task.
       * 
       * For v3 -> v4 the previously unbounded identities are Blake2-256 hashed to form the v4
       * identities.
       **/
      lookup: AugmentedQuery<ApiType, (arg: U8aFixed | string | Uint8Array) => Observable<Option<ITuple<[u32, u32]>>>, [U8aFixed]>;
      /**
       * Retry configurations for items to be executed, indexed by task address.
       **/
      retries: AugmentedQuery<ApiType, (arg: ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array]) => Observable<Option<PalletSchedulerRetryConfig>>, [ITuple<[u32, u32]>]>;
    };
    sealed: {
      /**
       * The sealed directives of a patient that ended or expired, by page. A full page never changes.
       **/
      history: AugmentedQuery<ApiType, (arg1: H256 | string | Uint8Array, arg2: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletSealedHistoryPage>>, [H256, u32]>;
      /**
       * The sealed directives of a patient that are not in the history yet.
       **/
      live: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<PalletSealedLiveSet>, [H256]>;
      /**
       * The lifts of a patient that wait.
       **/
      pendingLifts: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<PalletSealedPendingLift>>, [H256]>;
    };
    session: {
      /**
       * Current index of the session.
       **/
      currentIndex: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Indices of disabled validators.
       * 
       * The vec is always kept sorted so that we can find whether a given validator is
       * disabled using binary search. It gets cleared when `on_session_ending` returns
       * a new set of identities.
       **/
      disabledValidators: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[u32, Perbill]>>>, []>;
      /**
       * Accounts whose keys were set via `SessionInterface` (external path) without
       * incrementing the consumer reference or placing a key deposit. `do_purge_keys`
       * only decrements consumers for accounts that were registered through the local
       * session pallet.
       **/
      externallySetKeys: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<Null>>, [AccountId32]>;
      /**
       * The owner of a key. The key is the `KeyTypeId` + the encoded key.
       **/
      keyOwner: AugmentedQuery<ApiType, (arg: ITuple<[SpCoreCryptoKeyTypeId, Bytes]> | [SpCoreCryptoKeyTypeId | string | Uint8Array, Bytes | string | Uint8Array]) => Observable<Option<AccountId32>>, [ITuple<[SpCoreCryptoKeyTypeId, Bytes]>]>;
      /**
       * The next session keys for a validator.
       **/
      nextKeys: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<SalusRuntimeSessionKeys>>, [AccountId32]>;
      /**
       * True if the underlying economic identities or weighting behind the validators
       * has changed in the queued validator set.
       **/
      queuedChanged: AugmentedQuery<ApiType, () => Observable<bool>, []>;
      /**
       * The queued keys for the next session. When the next session begins, these keys
       * will be used to determine the validator's session keys.
       **/
      queuedKeys: AugmentedQuery<ApiType, () => Observable<Vec<ITuple<[AccountId32, SalusRuntimeSessionKeys]>>>, []>;
      /**
       * The current set of validators.
       **/
      validators: AugmentedQuery<ApiType, () => Observable<Vec<AccountId32>>, []>;
    };
    sponsorship: {
      /**
       * The welcomed accounts, and what each has used of its allowance. An entry is never removed, but
       * for a guest that never sent a transaction.
       **/
      accounts: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<SalusPrimitivesAllowanceU128>>, [AccountId32]>;
      /**
       * What has been used of each budget.
       **/
      budgets: AugmentedQuery<ApiType, (arg: PalletSponsorshipBudget | { Patient: any } | { Organisation: any } | { Members: any } | { Patients: any } | { PatientCohort: any } | { MemberCohort: any } | { PatientReserve: any } | { MemberReserve: any } | { Emergencies: any } | { EmergenciesOf: any } | { Answers: any } | { AnswersOf: any } | string | Uint8Array) => Observable<SalusPrimitivesAllowanceU128>, [PalletSponsorshipBudget]>;
      /**
       * Those of the welcomed accounts that are only invited, and by how many invitations. Whoever
       * accepts one is a guest no more.
       **/
      guests: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<u32>>, [AccountId32]>;
    };
    system: {
      /**
       * The full account information for a particular account ID.
       **/
      account: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<FrameSystemAccountInfo>, [AccountId32]>;
      /**
       * `Some` if a code upgrade has been authorized.
       **/
      authorizedUpgrade: AugmentedQuery<ApiType, () => Observable<Option<FrameSystemCodeUpgradeAuthorization>>, []>;
      /**
       * Map of block numbers to block hashes.
       **/
      blockHash: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<H256>, [u32]>;
      /**
       * Total size (in bytes) of the current block.
       * 
       * Tracks the size of the header and all extrinsics.
       **/
      blockSize: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * Number of blocks till the pending code upgrade is applied.
       **/
      blocksTillUpgrade: AugmentedQuery<ApiType, () => Observable<Option<u8>>, []>;
      /**
       * The current weight for the block.
       **/
      blockWeight: AugmentedQuery<ApiType, () => Observable<FrameSupportDispatchPerDispatchClassWeight>, []>;
      /**
       * Digest of the current block, also part of the block header.
       **/
      digest: AugmentedQuery<ApiType, () => Observable<SpRuntimeDigest>, []>;
      /**
       * The number of events in the `Events<T>` list.
       **/
      eventCount: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Events deposited for the current block.
       * 
       * NOTE: The item is unbound and should therefore never be read on chain.
       * It could otherwise inflate the PoV size of a block.
       * 
       * Events have a large in-memory size. Box the events to not go out-of-memory
       * just in case someone still reads them from within the runtime.
       **/
      events: AugmentedQuery<ApiType, () => Observable<Vec<FrameSystemEventRecord>>, []>;
      /**
       * Mapping between a topic (represented by T::Hash) and a vector of indexes
       * of events in the `<Events<T>>` list.
       * 
       * All topic vectors have deterministic storage locations depending on the topic. This
       * allows light-clients to leverage the changes trie storage tracking mechanism and
       * in case of changes fetch the list of events of interest.
       * 
       * The value has the type `(BlockNumberFor<T>, EventIndex)` because if we used only just
       * the `EventIndex` then in case if the topic has the same contents on the next block
       * no notification will be triggered thus the event might be lost.
       **/
      eventTopics: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Vec<ITuple<[u32, u32]>>>, [H256]>;
      /**
       * The execution phase of the block.
       **/
      executionPhase: AugmentedQuery<ApiType, () => Observable<Option<FrameSystemPhase>>, []>;
      /**
       * Total extrinsics count for the current block.
       **/
      extrinsicCount: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * Extrinsics data for the current block (maps an extrinsic's index to its data).
       **/
      extrinsicData: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Bytes>, [u32]>;
      /**
       * The weight reclaimed for the extrinsic.
       * 
       * This information is available until the end of the extrinsic execution.
       * More precisely this information is removed in `note_applied_extrinsic`.
       * 
       * Logic doing some post dispatch weight reduction must update this storage to avoid duplicate
       * reduction.
       **/
      extrinsicWeightReclaimed: AugmentedQuery<ApiType, () => Observable<SpWeightsWeightV2Weight>, []>;
      /**
       * Whether all inherents have been applied.
       **/
      inherentsApplied: AugmentedQuery<ApiType, () => Observable<bool>, []>;
      /**
       * Stores the `spec_version` and `spec_name` of when the last runtime upgrade happened.
       **/
      lastRuntimeUpgrade: AugmentedQuery<ApiType, () => Observable<Option<FrameSystemLastRuntimeUpgradeInfo>>, []>;
      /**
       * The current block number being processed. Set by `execute_block`.
       **/
      number: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Hash of the previous block.
       **/
      parentHash: AugmentedQuery<ApiType, () => Observable<H256>, []>;
      /**
       * True if we have upgraded so that AccountInfo contains three types of `RefCount`. False
       * (default) if not.
       **/
      upgradedToTripleRefCount: AugmentedQuery<ApiType, () => Observable<bool>, []>;
      /**
       * True if we have upgraded so that `type RefCount` is `u32`. False (default) if not.
       **/
      upgradedToU32RefCount: AugmentedQuery<ApiType, () => Observable<bool>, []>;
    };
    technicalCommittee: {
      /**
       * Consideration cost created for publishing and storing a proposal.
       * 
       * Determined by [Config::Consideration] and may be not present for certain proposals (e.g. if
       * the proposal count at the time of creation was below threshold N).
       **/
      costOf: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<ITuple<[AccountId32, Null]>>>, [H256]>;
      /**
       * The current members of the collective. This is stored sorted (just by value).
       **/
      members: AugmentedQuery<ApiType, () => Observable<Vec<AccountId32>>, []>;
      /**
       * The prime member that helps determine the default vote behavior in case of abstentions.
       **/
      prime: AugmentedQuery<ApiType, () => Observable<Option<AccountId32>>, []>;
      /**
       * Proposals so far.
       **/
      proposalCount: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Actual proposal for a given hash, if it's current.
       **/
      proposalOf: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<Call>>, [H256]>;
      /**
       * The hashes of the active proposals.
       **/
      proposals: AugmentedQuery<ApiType, () => Observable<Vec<H256>>, []>;
      /**
       * Votes on a given proposal, if it is ongoing.
       **/
      voting: AugmentedQuery<ApiType, (arg: H256 | string | Uint8Array) => Observable<Option<PalletCollectiveVotes>>, [H256]>;
    };
    technicalMembership: {
      /**
       * The current membership, stored as an ordered Vec.
       **/
      members: AugmentedQuery<ApiType, () => Observable<Vec<AccountId32>>, []>;
      /**
       * The current prime member, if one exists.
       **/
      prime: AugmentedQuery<ApiType, () => Observable<Option<AccountId32>>, []>;
    };
    timestamp: {
      /**
       * Whether the timestamp has been updated in this block.
       * 
       * This value is updated to `true` upon successful submission of a timestamp by a node.
       * It is then checked at the end of each block execution in the `on_finalize` hook.
       **/
      didUpdate: AugmentedQuery<ApiType, () => Observable<bool>, []>;
      /**
       * The current time for the current block.
       **/
      now: AugmentedQuery<ApiType, () => Observable<u64>, []>;
    };
    transactionPayment: {
      nextFeeMultiplier: AugmentedQuery<ApiType, () => Observable<u128>, []>;
      storageVersion: AugmentedQuery<ApiType, () => Observable<PalletTransactionPaymentReleases>, []>;
      /**
       * The `OnChargeTransaction` stores the withdrawn tx fee here.
       * 
       * Use `withdraw_txfee` and `remaining_txfee` to access from outside the crate.
       **/
      txPaymentCredit: AugmentedQuery<ApiType, () => Observable<Option<FrameSupportTokensFungibleImbalance>>, []>;
    };
    treasury: {
      /**
       * DEPRECATED: associated with `spend_local` call and will be removed in May 2025.
       * Refer to <https://github.com/paritytech/polkadot-sdk/pull/5961> for migration to `spend`.
       * 
       * Proposal indices that have been approved but not yet awarded.
       **/
      approvals: AugmentedQuery<ApiType, () => Observable<Vec<u32>>, []>;
      /**
       * The amount which has been reported as inactive to Currency.
       **/
      deactivated: AugmentedQuery<ApiType, () => Observable<u128>, []>;
      /**
       * The blocknumber for the last triggered spend period.
       **/
      lastSpendPeriod: AugmentedQuery<ApiType, () => Observable<Option<u32>>, []>;
      /**
       * DEPRECATED: associated with `spend_local` call and will be removed in May 2025.
       * Refer to <https://github.com/paritytech/polkadot-sdk/pull/5961> for migration to `spend`.
       * 
       * Number of proposals that have been made.
       **/
      proposalCount: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * DEPRECATED: associated with `spend_local` call and will be removed in May 2025.
       * Refer to <https://github.com/paritytech/polkadot-sdk/pull/5961> for migration to `spend`.
       * 
       * Proposals that have been made.
       **/
      proposals: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletTreasuryProposal>>, [u32]>;
      /**
       * The count of spends that have been made.
       **/
      spendCount: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Spends that have been approved and being processed.
       **/
      spends: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<Option<PalletTreasurySpendStatus>>, [u32]>;
    };
    txPause: {
      /**
       * The set of calls that are explicitly paused.
       **/
      pausedCalls: AugmentedQuery<ApiType, (arg: ITuple<[Bytes, Bytes]> | [Bytes | string | Uint8Array, Bytes | string | Uint8Array]) => Observable<Option<Null>>, [ITuple<[Bytes, Bytes]>]>;
    };
    validatorSet: {
      /**
       * Counter for the related counted storage map
       **/
      counterForMembers: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * Those who are no members any more, and still validate until the set has changed.
       **/
      departures: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<PalletValidatorSetDeparture>>, [AccountId32]>;
      /**
       * The members: those who validate, or will as soon as they have session keys.
       **/
      members: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<PalletValidatorSetMembership>>, [AccountId32]>;
      /**
       * The smallest set on this chain. Written at genesis and never again.
       **/
      minimum: AugmentedQuery<ApiType, () => Observable<u32>, []>;
      /**
       * What the validators of each organisation did wrong.
       **/
      offences: AugmentedQuery<ApiType, (arg: u32 | AnyNumber | Uint8Array) => Observable<PalletValidatorSetOrganisationRecord>, [u32]>;
      /**
       * Those in the set who offended: disabled for as long as they are in it.
       **/
      offenders: AugmentedQuery<ApiType, (arg: AccountId32 | string | Uint8Array) => Observable<Option<PalletValidatorSetOffender>>, [AccountId32]>;
      /**
       * The length of a session in slots. Written at genesis and never again: the consensus below
       * counts its epochs with it, and a change would shift every one of them.
       **/
      sessionLength: AugmentedQuery<ApiType, () => Observable<u64>, []>;
    };
  } // AugmentedQueries
} // declare module
