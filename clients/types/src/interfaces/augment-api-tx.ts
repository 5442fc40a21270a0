// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/submittable';

import type { ApiTypes, AugmentedSubmittable, SubmittableExtrinsic, SubmittableExtrinsicFunction } from '@polkadot/api-base/types';
import type { Bytes, Compact, Null, Option, U8aFixed, Vec, bool, u128, u16, u32, u64, u8 } from '@polkadot/types-codec';
import type { AnyNumber, IMethod, ITuple } from '@polkadot/types-codec/types';
import type { AccountId32, Call, H256, MultiAddress } from '@polkadot/types/interfaces/runtime';
import type { PalletAccessLogCounts, PalletBalancesAdjustmentDirection, PalletCareRelationshipKind, PalletClaimsClaimDecision, PalletClaimsClaimLine, PalletClaimsPlanTerms, PalletConsentAccess, PalletConsentLiftTarget, PalletConsentRequestFor, PalletEmergencyFinding, PalletEnactmentEnactmentClass, PalletMigrationsHistoricCleanupSelector, PalletMigrationsMigrationCursor, PalletMultisigTimepoint, PalletRecordAnchorAnchorsNewAnchor, PalletRecordAnchorAnchorsRelation, PalletRecordAnchorAnchorsRetentionClass, PalletRecordAnchorAnchorsRetractReason, PalletRecordAnchorLifeOutcome, PalletRecordAnchorLifeRefusalReason, PalletResearchDatasetsBasis, PalletResearchDatasetsCommitteeRule, PalletResearchDatasetsSizeBucket, PalletResearchPermitsOutputKind, PalletResearchPermitsRevocationReason, SalusConsentDecisionBaseDecision, SalusConsentDecisionGrantee, SalusConsentDecisionScope, SalusPrimitivesCareCarePolicy, SalusPrimitivesCareTowards, SalusPrimitivesCodesOrgKind, SalusPrimitivesCodesPurpose, SalusPrimitivesCodesRole, SalusPrimitivesCommitmentForm, SalusPrimitivesEmergencyAdvanceDirective, SalusPrimitivesEmergencyEmergencyReason, SalusPrimitivesTimeInterval, SalusResearchDataUseOffer, SalusResearchDataUseRequest, SalusRuntimeCommonProxyType, SalusRuntimeOriginCaller, SalusRuntimeSessionKeys, SpConsensusBabeDigestsNextConfigDescriptor, SpConsensusGrandpaEquivocationProof, SpConsensusSlotsEquivocationProof, SpRuntimeMultiSignature, SpSessionMembershipProof, SpWeightsWeightV2Weight } from '@polkadot/types/lookup';

export type __AugmentedSubmittable = AugmentedSubmittable<() => unknown>;
export type __SubmittableExtrinsic<ApiType extends ApiTypes> = SubmittableExtrinsic<ApiType>;
export type __SubmittableExtrinsicFunction<ApiType extends ApiTypes> = SubmittableExtrinsicFunction<ApiType>;

declare module '@polkadot/api-base/types/submittable' {
  interface AugmentedSubmittables<ApiType extends ApiTypes> {
    accessLog: {
      /**
       * Says what `organisation` found of `day` when it compared its log of disclosures to and from `counterparty`
       * with that one's: how many both have logged, and how many one side alone. Once, and without content.
       * 
       * Signed for the organisation as [`Pallet::commit`] is, once it has committed to its log since that day. The
       * deposit comes from the organisation's administrator, if it can pay.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
       * - [`Error::SameOrganisation`], [`Error::UnknownOrganisation`]: the counterparty.
       * - [`Error::DayNotOver`], [`Error::TooLate`]: the day is not over, or for longer than
       * [`Config::ReconciliationTime`].
       * - [`Error::LogNotCommitted`]: the organisation has not committed to its log since.
       * - [`Error::AlreadyAttested`]: it has said so.
       * 
       * # Events
       * - [`Event::ReconciliationAttested`].
       **/
      attestReconciled: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, counterparty: u32 | AnyNumber | Uint8Array, day: u32 | AnyNumber | Uint8Array, counts: PalletAccessLogCounts | { matched?: any; onlyOurs?: any; onlyTheirs?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, PalletAccessLogCounts]>;
      /**
       * Begins the log of `organisation` anew, in another epoch: its entries are counted from 0 again, whatever
       * was committed to before. For a custodian that has committed to what it cannot prove, by mistake or by
       * malice, or that has lost its log. It continues the chain of heads as a commit without entries does, stays on
       * record and is counted for ever, so that every auditor sees it and asks for the reason.
       * 
       * Signed for the organisation as [`Pallet::commit`] is, with the deposit of a commit. `previous` is the head
       * of its chain.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
       * - [`Error::LogNotCommitted`]: the organisation has never committed to its log.
       * - [`Error::WrongPrevious`]: `previous` is not the head.
       * - [`Error::TooSoon`]: the last commit was made less than [`Config::CommitInterval`] ago.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::LogBegunAnew`].
       **/
      beginAnew: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, previous: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256]>;
      /**
       * Commits `organisation` to the entries of its access log from number `seq_from` to just before number
       * `seq_until`, of which `root` is the root of the Merkle tree. Without entries the two are the same and
       * `root` is zero: that nobody looked is to be said as well.
       * 
       * Signed for the organisation, by its administrator or in one of the roles [`LOG_ROLES`]; with a licence
       * or without. `previous` is the head of its chain: zero before the first commit. The deposit comes from the
       * organisation's administrator, if it can pay: an empty account keeps nobody from telling who looked.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
       * - [`Error::WrongPrevious`]: `previous` is not the head.
       * - [`Error::TooSoon`]: the last commit was made less than [`Config::CommitInterval`] ago.
       * - [`Error::WrongSequence`]: there would be a gap, or an entry twice.
       * - [`Error::TooManyEntries`]: more than [`MAX_ENTRIES`] at once.
       * - [`Error::WrongRoot`]: the root is zero and there are entries, or the other way round.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::LogCommitted`].
       **/
      commit: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, seqFrom: u64 | AnyNumber | Uint8Array, seqUntil: u64 | AnyNumber | Uint8Array, root: H256 | string | Uint8Array, previous: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, u64, H256, H256]>;
    };
    acknowledgement: {
      /**
       * Says for `organisation` that it knows that `patient` has revoked `directive`, which permitted it something,
       * and acts on that. On time before [`Config::Deadline`] has gone by since the revocation; afterwards late. The time
       * for which the organisation was flagged does not count.
       * 
       * Signed for the organisation, by its administrator or in one of the roles [`ACKNOWLEDGING_ROLES`]; with a
       * licence or without. The deposit comes from the organisation's administrator; if it cannot pay, there is none,
       * which is counted.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not acknowledge for the organisation.
       * - [`Error::FlaggedOrganisation`]: the organisation is flagged, or the signer works at one that is.
       * - [`Error::NotRevoked`]: there is no such revocation, or consent does not tell any more. One that was
       * marked overdue can always be acknowledged.
       * - [`Error::RevokedBefore`]: the network did not ask for acknowledgements then.
       * - [`Error::WrongOrganisation`]: the directive named another.
       * - [`Error::AlreadyAcknowledged`]: it was acknowledged.
       * 
       * # Events
       * - [`Event::RevocationAcknowledged`].
       **/
      acknowledge: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, patient: H256 | string | Uint8Array, directive: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, u32]>;
      /**
       * Marks that nobody has acknowledged the revocation of `directive` by its deadline: the organisation's count
       * of what is overdue grows, until it acknowledges it.
       * 
       * Signed by anyone, once for each revocation.
       * 
       * # Errors
       * - [`Error::AlreadyAcknowledged`], [`Error::AlreadyOverdue`]: it was acknowledged, or marked.
       * - [`Error::NotRevoked`]: there is no such revocation, or consent does not tell any more.
       * - [`Error::RevokedBefore`]: the network did not ask for acknowledgements then.
       * - [`Error::UnknownOrganisation`]: there is no such organisation any more, so nobody could acknowledge it.
       * - [`Error::FlaggedOrganisation`]: the organisation is flagged: it needs not, and cannot, acknowledge on chain.
       * - [`Error::TooEarly`]: the deadline is not over. The time for which the organisation was flagged does not count.
       * 
       * # Events
       * - [`Event::RevocationOverdue`].
       **/
      markOverdue: AugmentedSubmittable<(patient: H256 | string | Uint8Array, directive: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, u32]>;
    };
    assets: {
      /**
       * Approve an amount of asset for transfer by a delegated third-party account.
       * 
       * Origin must be Signed.
       * 
       * Ensures that `ApprovalDeposit` worth of `Currency` is reserved from signing account
       * for the purpose of holding the approval. If some non-zero amount of assets is already
       * approved from signing account to `delegate`, then it is topped up or unreserved to
       * meet the right value.
       * 
       * NOTE: The signing account does not need to own `amount` of assets at the point of
       * making this call.
       * 
       * - `id`: The identifier of the asset.
       * - `delegate`: The account to delegate permission to transfer asset.
       * - `amount`: The amount of asset that may be transferred by `delegate`. If there is
       * already an approval in place, then this acts additively.
       * 
       * Emits `ApprovedTransfer` on success.
       * 
       * Weight: `O(1)`
       **/
      approveTransfer: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, Compact<u128>]>;
      /**
       * Disallow further unprivileged transfers of an asset `id` to and from an account `who`.
       * 
       * Origin must be Signed and the sender should be the Freezer of the asset `id`.
       * 
       * - `id`: The identifier of the account's asset.
       * - `who`: The account to be unblocked.
       * 
       * Emits `Blocked`.
       * 
       * Weight: `O(1)`
       **/
      block: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Reduce the balance of `who` by as much as possible up to `amount` assets of `id`.
       * 
       * Origin must be Signed and the sender should be the Manager of the asset `id`.
       * 
       * Bails with `NoAccount` if the `who` is already dead.
       * 
       * - `id`: The identifier of the asset to have some amount burned.
       * - `who`: The account to be debited from.
       * - `amount`: The maximum amount by which `who`'s balance should be reduced.
       * 
       * Emits `Burned` with the actual amount burned. If this takes the balance to below the
       * minimum for the asset, then the amount burned is increased to take it to zero.
       * 
       * Weight: `O(1)`
       * Modes: Post-existence of `who`; Pre & post Zombie-status of `who`.
       **/
      burn: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, Compact<u128>]>;
      /**
       * Cancel all of some asset approved for delegated transfer by a third-party account.
       * 
       * Origin must be Signed and there must be an approval in place between signer and
       * `delegate`.
       * 
       * Unreserves any deposit previously reserved by `approve_transfer` for the approval.
       * 
       * - `id`: The identifier of the asset.
       * - `delegate`: The account delegated permission to transfer asset.
       * 
       * Emits `ApprovalCancelled` on success.
       * 
       * Weight: `O(1)`
       **/
      cancelApproval: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Clear the metadata for an asset.
       * 
       * Origin must be Signed and the sender should be the Owner of the asset `id`.
       * 
       * Any deposit is freed for the asset owner.
       * 
       * - `id`: The identifier of the asset to clear.
       * 
       * Emits `MetadataCleared`.
       * 
       * Weight: `O(1)`
       **/
      clearMetadata: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Issue a new class of fungible assets from a public origin.
       * 
       * This new asset class has no assets initially and its owner is the origin.
       * 
       * The origin must conform to the configured `CreateOrigin` and have sufficient funds free.
       * 
       * Funds of sender are reserved by `AssetDeposit`.
       * 
       * Parameters:
       * - `id`: The identifier of the new asset. This must not be currently in use to identify
       * an existing asset. If [`Config::AssetIdAllocator`] requires a specific id, this must
       * equal it.
       * - `admin`: The admin of this class of assets. The admin is the initial address of each
       * member of the asset class's admin team.
       * - `min_balance`: The minimum balance of this new asset that any single account must
       * have. If an account's balance is reduced below this, then it collapses to zero.
       * 
       * Emits `Created` event when successful.
       * 
       * Weight: `O(1)`
       **/
      create: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, admin: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, minBalance: u128 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, u128]>;
      /**
       * Destroy all accounts associated with a given asset.
       * 
       * `destroy_accounts` should only be called after `start_destroy` has been called, and the
       * asset is in a `Destroying` state.
       * 
       * Due to weight restrictions, this function may need to be called multiple times to fully
       * destroy all accounts. It will destroy `RemoveItemsLimit` accounts at a time.
       * 
       * - `id`: The identifier of the asset to be destroyed. This must identify an existing
       * asset.
       * 
       * Each call emits the `Event::DestroyedAccounts` event.
       **/
      destroyAccounts: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Destroy all approvals associated with a given asset up to the max (T::RemoveItemsLimit).
       * 
       * `destroy_approvals` should only be called after `start_destroy` has been called, and the
       * asset is in a `Destroying` state.
       * 
       * Due to weight restrictions, this function may need to be called multiple times to fully
       * destroy all approvals. It will destroy `RemoveItemsLimit` approvals at a time.
       * 
       * - `id`: The identifier of the asset to be destroyed. This must identify an existing
       * asset.
       * 
       * Each call emits the `Event::DestroyedApprovals` event.
       **/
      destroyApprovals: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Complete destroying asset and unreserve currency.
       * 
       * `finish_destroy` should only be called after `start_destroy` has been called, and the
       * asset is in a `Destroying` state. All accounts or approvals should be destroyed before
       * hand.
       * 
       * - `id`: The identifier of the asset to be destroyed. This must identify an existing
       * asset.
       * 
       * Each successful call emits the `Event::Destroyed` event.
       **/
      finishDestroy: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Alter the attributes of a given asset.
       * 
       * Origin must be `ForceOrigin`.
       * 
       * - `id`: The identifier of the asset.
       * - `owner`: The new Owner of this asset.
       * - `issuer`: The new Issuer of this asset.
       * - `admin`: The new Admin of this asset.
       * - `freezer`: The new Freezer of this asset.
       * - `min_balance`: The minimum balance of this new asset that any single account must
       * have. If an account's balance is reduced below this, then it collapses to zero.
       * - `is_sufficient`: Whether a non-zero balance of this asset is deposit of sufficient
       * value to account for the state bloat associated with its balance storage. If set to
       * `true`, then non-zero balances may be stored without a `consumer` reference (and thus
       * an ED in the Balances pallet or whatever else is used to control user-account state
       * growth).
       * - `is_frozen`: Whether this asset class is frozen except for permissioned/admin
       * instructions.
       * 
       * Emits `AssetStatusChanged` with the identity of the asset.
       * 
       * Weight: `O(1)`
       **/
      forceAssetStatus: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, owner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, issuer: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, admin: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, freezer: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, minBalance: Compact<u128> | AnyNumber | Uint8Array, isSufficient: bool | boolean | Uint8Array, isFrozen: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, MultiAddress, MultiAddress, MultiAddress, Compact<u128>, bool, bool]>;
      /**
       * Cancel all of some asset approved for delegated transfer by a third-party account.
       * 
       * Origin must be either ForceOrigin or Signed origin with the signer being the Admin
       * account of the asset `id`.
       * 
       * Unreserves any deposit previously reserved by `approve_transfer` for the approval.
       * 
       * - `id`: The identifier of the asset.
       * - `delegate`: The account delegated permission to transfer asset.
       * 
       * Emits `ApprovalCancelled` on success.
       * 
       * Weight: `O(1)`
       **/
      forceCancelApproval: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, owner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, MultiAddress]>;
      /**
       * Clear the metadata for an asset.
       * 
       * Origin must be ForceOrigin.
       * 
       * Any deposit is returned.
       * 
       * - `id`: The identifier of the asset to clear.
       * 
       * Emits `MetadataCleared`.
       * 
       * Weight: `O(1)`
       **/
      forceClearMetadata: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Issue a new class of fungible assets from a privileged origin.
       * 
       * This new asset class has no assets initially.
       * 
       * The origin must conform to `ForceOrigin`.
       * 
       * Unlike `create`, no funds are reserved.
       * 
       * Unlike `create`, the `id` does not have to be the one required by
       * [`Config::AssetIdAllocator`]: a privileged origin may pick any `id`, which is then
       * marked as allocated.
       * 
       * # Warning
       * 
       * Forcing an arbitrary `id` is dangerous: the pallet only checks that `id` is not
       * *currently* in use, not that it was never used before. Reusing an id can corrupt state,
       * most severely for bridged assets, where a collision breaks the local/remote mapping.
       * 
       * - `id`: The identifier of the new asset. This must not be currently in use to identify
       * an existing asset, and must never have been in use previously (see warning above).
       * - `owner`: The owner of this class of assets. The owner has full superuser permissions
       * over this asset, but may later change and configure the permissions using
       * `transfer_ownership` and `set_team`.
       * - `min_balance`: The minimum balance of this new asset that any single account must
       * have. If an account's balance is reduced below this, then it collapses to zero.
       * 
       * Emits `ForceCreated` event when successful.
       * 
       * Weight: `O(1)`
       **/
      forceCreate: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, owner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, isSufficient: bool | boolean | Uint8Array, minBalance: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, bool, Compact<u128>]>;
      /**
       * Force the metadata for an asset to some value.
       * 
       * Origin must be ForceOrigin.
       * 
       * Any deposit is left alone.
       * 
       * - `id`: The identifier of the asset to update.
       * - `name`: The user friendly name of this asset. Limited in length by `StringLimit`.
       * - `symbol`: The exchange symbol for this asset. Limited in length by `StringLimit`.
       * - `decimals`: The number of decimals this asset uses to represent one unit.
       * 
       * Emits `MetadataSet`.
       * 
       * Weight: `O(N + S)` where N and S are the length of the name and symbol respectively.
       **/
      forceSetMetadata: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, name: Bytes | string | Uint8Array, symbol: Bytes | string | Uint8Array, decimals: u8 | AnyNumber | Uint8Array, isFrozen: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, Bytes, Bytes, u8, bool]>;
      /**
       * Move some assets from one account to another.
       * 
       * Origin must be Signed and the sender should be the Admin of the asset `id`.
       * 
       * - `id`: The identifier of the asset to have some amount transferred.
       * - `source`: The account to be debited.
       * - `dest`: The account to be credited.
       * - `amount`: The amount by which the `source`'s balance of assets should be reduced and
       * `dest`'s balance increased. The amount actually transferred may be slightly greater in
       * the case that the transfer would otherwise take the `source` balance above zero but
       * below the minimum balance. Must be greater than zero.
       * 
       * Emits `Transferred` with the actual amount transferred. If this takes the source balance
       * to below the minimum for the asset, then the amount transferred is increased to take it
       * to zero.
       * 
       * Weight: `O(1)`
       * Modes: Pre-existence of `dest`; Post-existence of `source`; Account pre-existence of
       * `dest`.
       **/
      forceTransfer: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, source: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, MultiAddress, Compact<u128>]>;
      /**
       * Disallow further unprivileged transfers of an asset `id` from an account `who`. `who`
       * must already exist as an entry in `Account`s of the asset. If you want to freeze an
       * account that does not have an entry, use `touch_other` first.
       * 
       * Origin must be Signed and the sender should be the Freezer of the asset `id`.
       * 
       * - `id`: The identifier of the asset to be frozen.
       * - `who`: The account to be frozen.
       * 
       * Emits `Frozen`.
       * 
       * Weight: `O(1)`
       **/
      freeze: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Disallow further unprivileged transfers for the asset class.
       * 
       * Origin must be Signed and the sender should be the Freezer of the asset `id`.
       * 
       * - `id`: The identifier of the asset to be frozen.
       * 
       * Emits `Frozen`.
       * 
       * Weight: `O(1)`
       **/
      freezeAsset: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Mint assets of a particular class.
       * 
       * The origin must be Signed and the sender must be the Issuer of the asset `id`.
       * 
       * - `id`: The identifier of the asset to have some amount minted.
       * - `beneficiary`: The account to be credited with the minted assets.
       * - `amount`: The amount of the asset to be minted.
       * 
       * Emits `Issued` event when successful.
       * 
       * Weight: `O(1)`
       * Modes: Pre-existing balance of `beneficiary`; Account pre-existence of `beneficiary`.
       **/
      mint: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, beneficiary: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, Compact<u128>]>;
      /**
       * Return the deposit (if any) of an asset account or a consumer reference (if any) of an
       * account.
       * 
       * The origin must be Signed.
       * 
       * - `id`: The identifier of the asset for which the caller would like the deposit
       * refunded.
       * - `allow_burn`: If `true` then assets may be destroyed in order to complete the refund.
       * 
       * It will fail with either [`Error::ContainsHolds`] or [`Error::ContainsFreezes`] if
       * the asset account contains holds or freezes in place.
       * 
       * Emits `Refunded` event when successful.
       **/
      refund: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, allowBurn: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, bool]>;
      /**
       * Return the deposit (if any) of a target asset account. Useful if you are the depositor.
       * 
       * The origin must be Signed and either the account owner, depositor, or asset `Admin`. In
       * order to burn a non-zero balance of the asset, the caller must be the account and should
       * use `refund`.
       * 
       * - `id`: The identifier of the asset for the account holding a deposit.
       * - `who`: The account to refund.
       * 
       * It will fail with either [`Error::ContainsHolds`] or [`Error::ContainsFreezes`] if
       * the asset account contains holds or freezes in place.
       * 
       * Emits `Refunded` event when successful.
       **/
      refundOther: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Set the metadata for an asset.
       * 
       * Origin must be Signed and the sender should be the Owner of the asset `id`.
       * 
       * Funds of sender are reserved according to the formula:
       * `MetadataDepositBase + MetadataDepositPerByte * (name.len + symbol.len)` taking into
       * account any already reserved funds.
       * 
       * - `id`: The identifier of the asset to update.
       * - `name`: The user friendly name of this asset. Limited in length by `StringLimit`.
       * - `symbol`: The exchange symbol for this asset. Limited in length by `StringLimit`.
       * - `decimals`: The number of decimals this asset uses to represent one unit.
       * 
       * Emits `MetadataSet`.
       * 
       * Weight: `O(1)`
       **/
      setMetadata: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, name: Bytes | string | Uint8Array, symbol: Bytes | string | Uint8Array, decimals: u8 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, Bytes, Bytes, u8]>;
      /**
       * Sets the minimum balance of an asset.
       * 
       * Only works if there aren't any accounts that are holding the asset or if
       * the new value of `min_balance` is less than the old one.
       * 
       * Origin must be Signed and the sender has to be the Owner of the
       * asset `id`.
       * 
       * - `id`: The identifier of the asset.
       * - `min_balance`: The new value of `min_balance`.
       * 
       * Emits `AssetMinBalanceChanged` event when successful.
       **/
      setMinBalance: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, minBalance: u128 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, u128]>;
      /**
       * Sets the trusted reserve information of an asset.
       * 
       * Origin must be the Owner of the asset `id`. The origin must conform to the configured
       * `CreateOrigin` or be the signed `owner` configured during asset creation.
       * 
       * - `id`: The identifier of the asset.
       * - `reserves`: The full list of trusted reserves information.
       * 
       * Emits `AssetMinBalanceChanged` event when successful.
       **/
      setReserves: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, reserves: Vec<Null> | (Null | null)[]) => SubmittableExtrinsic<ApiType>, [Compact<u32>, Vec<Null>]>;
      /**
       * Change the Issuer, Admin and Freezer of an asset.
       * 
       * Origin must be Signed and the sender should be the Owner of the asset `id`.
       * 
       * - `id`: The identifier of the asset to be frozen.
       * - `issuer`: The new Issuer of this asset.
       * - `admin`: The new Admin of this asset.
       * - `freezer`: The new Freezer of this asset.
       * 
       * Emits `TeamChanged`.
       * 
       * Weight: `O(1)`
       **/
      setTeam: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, issuer: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, admin: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, freezer: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, MultiAddress, MultiAddress]>;
      /**
       * Start the process of destroying a fungible asset class.
       * 
       * `start_destroy` is the first in a series of extrinsics that should be called, to allow
       * destruction of an asset class.
       * 
       * The origin must conform to `ForceOrigin` or must be `Signed` by the asset's `owner`.
       * 
       * - `id`: The identifier of the asset to be destroyed. This must identify an existing
       * asset.
       * 
       * It will fail with either [`Error::ContainsHolds`] or [`Error::ContainsFreezes`] if
       * an account contains holds or freezes in place.
       **/
      startDestroy: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Allow unprivileged transfers to and from an account again.
       * 
       * Origin must be Signed and the sender should be the Admin of the asset `id`.
       * 
       * - `id`: The identifier of the asset to be frozen.
       * - `who`: The account to be unfrozen.
       * 
       * Emits `Thawed`.
       * 
       * Weight: `O(1)`
       **/
      thaw: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Allow unprivileged transfers for the asset again.
       * 
       * Origin must be Signed and the sender should be the Admin of the asset `id`.
       * 
       * - `id`: The identifier of the asset to be thawed.
       * 
       * Emits `Thawed`.
       * 
       * Weight: `O(1)`
       **/
      thawAsset: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Create an asset account for non-provider assets.
       * 
       * A deposit will be taken from the signer account.
       * 
       * - `origin`: Must be Signed; the signer account must have sufficient funds for a deposit
       * to be taken.
       * - `id`: The identifier of the asset for the account to be created.
       * 
       * Emits `Touched` event when successful.
       **/
      touch: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Create an asset account for `who`.
       * 
       * A deposit will be taken from the signer account.
       * 
       * - `origin`: Must be Signed; the signer account must have sufficient funds for a deposit
       * to be taken.
       * - `id`: The identifier of the asset for the account to be created, the asset status must
       * be live.
       * - `who`: The account to be created.
       * 
       * Emits `Touched` event when successful.
       **/
      touchOther: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
      /**
       * Move some assets from the sender account to another.
       * 
       * Origin must be Signed.
       * 
       * - `id`: The identifier of the asset to have some amount transferred.
       * - `target`: The account to be credited.
       * - `amount`: The amount by which the sender's balance of assets should be reduced and
       * `target`'s balance increased. The amount actually transferred may be slightly greater in
       * the case that the transfer would otherwise take the sender balance above zero but below
       * the minimum balance. Must be greater than zero.
       * 
       * Emits `Transferred` with the actual amount transferred. If this takes the source balance
       * to below the minimum for the asset, then the amount transferred is increased to take it
       * to zero.
       * 
       * Weight: `O(1)`
       * Modes: Pre-existence of `target`; Post-existence of sender; Account pre-existence of
       * `target`.
       **/
      transfer: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, target: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, Compact<u128>]>;
      /**
       * Transfer the entire transferable balance from the caller asset account.
       * 
       * NOTE: This function only attempts to transfer _transferable_ balances. This means that
       * any held, frozen, or minimum balance (when `keep_alive` is `true`), will not be
       * transferred by this function. To ensure that this function results in a killed account,
       * you might need to prepare the account by removing any reference counters, storage
       * deposits, etc...
       * 
       * The dispatch origin of this call must be Signed.
       * 
       * - `id`: The identifier of the asset for the account holding a deposit.
       * - `dest`: The recipient of the transfer.
       * - `keep_alive`: A boolean to determine if the `transfer_all` operation should send all
       * of the funds the asset account has, causing the sender asset account to be killed
       * (false), or transfer everything except at least the minimum balance, which will
       * guarantee to keep the sender asset account alive (true).
       **/
      transferAll: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, keepAlive: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, bool]>;
      /**
       * Transfer some asset balance from a previously delegated account to some third-party
       * account.
       * 
       * Origin must be Signed and there must be an approval in place by the `owner` to the
       * signer.
       * 
       * If the entire amount approved for transfer is transferred, then any deposit previously
       * reserved by `approve_transfer` is unreserved.
       * 
       * - `id`: The identifier of the asset.
       * - `owner`: The account which previously approved for a transfer of at least `amount` and
       * from which the asset balance will be withdrawn.
       * - `destination`: The account to which the asset balance of `amount` will be transferred.
       * - `amount`: The amount of assets to transfer.
       * 
       * Emits `TransferredApproved` on success.
       * 
       * Weight: `O(1)`
       **/
      transferApproved: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, owner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, destination: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, MultiAddress, Compact<u128>]>;
      /**
       * Move some assets from the sender account to another, keeping the sender account alive.
       * 
       * Origin must be Signed.
       * 
       * - `id`: The identifier of the asset to have some amount transferred.
       * - `target`: The account to be credited.
       * - `amount`: The amount by which the sender's balance of assets should be reduced and
       * `target`'s balance increased. The amount actually transferred may be slightly greater in
       * the case that the transfer would otherwise take the sender balance above zero but below
       * the minimum balance. Must be greater than zero.
       * 
       * Emits `Transferred` with the actual amount transferred. If this takes the source balance
       * to below the minimum for the asset, then the amount transferred is increased to take it
       * to zero.
       * 
       * Weight: `O(1)`
       * Modes: Pre-existence of `target`; Post-existence of sender; Account pre-existence of
       * `target`.
       **/
      transferKeepAlive: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, target: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress, Compact<u128>]>;
      /**
       * Change the Owner of an asset.
       * 
       * Origin must be Signed and the sender should be the Owner of the asset `id`.
       * 
       * The asset (and metadata) deposit is moved from the current to the new owner. Fails
       * with [`Error::IncompleteDepositTransfer`] if a lock or freeze on the current owner
       * blocks the full transfer; clear it and retry.
       * 
       * - `id`: The identifier of the asset.
       * - `owner`: The new Owner of this asset.
       * 
       * Emits `OwnerChanged`.
       * 
       * Weight: `O(1)`
       **/
      transferOwnership: AugmentedSubmittable<(id: Compact<u32> | AnyNumber | Uint8Array, owner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, MultiAddress]>;
    };
    babe: {
      /**
       * Plan an epoch config change. The epoch config change is recorded and will be enacted on
       * the next call to `enact_epoch_change`. The config will be activated one epoch after.
       * Multiple calls to this method will replace any existing planned config change that had
       * not been enacted yet.
       **/
      planConfigChange: AugmentedSubmittable<(config: SpConsensusBabeDigestsNextConfigDescriptor | { V1: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SpConsensusBabeDigestsNextConfigDescriptor]>;
      /**
       * Report authority equivocation/misbehavior. This method will verify
       * the equivocation proof and validate the given key ownership proof
       * against the extracted offender. If both are valid, the offence will
       * be reported.
       **/
      reportEquivocation: AugmentedSubmittable<(equivocationProof: SpConsensusSlotsEquivocationProof | { offender?: any; slot?: any; firstHeader?: any; secondHeader?: any } | string | Uint8Array, keyOwnerProof: SpSessionMembershipProof | { session?: any; trieNodes?: any; validatorCount?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SpConsensusSlotsEquivocationProof, SpSessionMembershipProof]>;
      /**
       * Report authority equivocation/misbehavior. This method will verify
       * the equivocation proof and validate the given key ownership proof
       * against the extracted offender. If both are valid, the offence will
       * be reported.
       * This extrinsic must be called unsigned and it is expected that only
       * block authors will call it (validated in `ValidateUnsigned`), as such
       * if the block author is defined it will be defined as the equivocation
       * reporter.
       **/
      reportEquivocationUnsigned: AugmentedSubmittable<(equivocationProof: SpConsensusSlotsEquivocationProof | { offender?: any; slot?: any; firstHeader?: any; secondHeader?: any } | string | Uint8Array, keyOwnerProof: SpSessionMembershipProof | { session?: any; trieNodes?: any; validatorCount?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SpConsensusSlotsEquivocationProof, SpSessionMembershipProof]>;
    };
    balances: {
      /**
       * Burn the specified liquid free balance from the origin account.
       * 
       * If the origin's account ends up below the existential deposit as a result
       * of the burn and `keep_alive` is false, the account will be reaped.
       * 
       * Unlike sending funds to a _burn_ address, which merely makes the funds inaccessible,
       * this `burn` operation will reduce total issuance by the amount _burned_.
       **/
      burn: AugmentedSubmittable<(value: Compact<u128> | AnyNumber | Uint8Array, keepAlive: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u128>, bool]>;
      /**
       * Adjust the total issuance in a saturating way.
       * 
       * Can only be called by root and always needs a positive `delta`.
       * 
       * # Example
       **/
      forceAdjustTotalIssuance: AugmentedSubmittable<(direction: PalletBalancesAdjustmentDirection | 'Increase' | 'Decrease' | number | Uint8Array, delta: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [PalletBalancesAdjustmentDirection, Compact<u128>]>;
      /**
       * Set the regular balance of a given account.
       * 
       * The dispatch origin for this call is `root`.
       **/
      forceSetBalance: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, newFree: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, Compact<u128>]>;
      /**
       * Exactly as `transfer_allow_death`, except the origin must be root and the source account
       * may be specified.
       **/
      forceTransfer: AugmentedSubmittable<(source: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, value: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, MultiAddress, Compact<u128>]>;
      /**
       * Unreserve some balance from a user by force.
       * 
       * Can only be called by ROOT.
       **/
      forceUnreserve: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, amount: u128 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, u128]>;
      /**
       * Transfer the entire transferable balance from the caller account.
       * 
       * NOTE: This function only attempts to transfer _transferable_ balances. This means that
       * any locked, reserved, or existential deposits (when `keep_alive` is `true`), will not be
       * transferred by this function. To ensure that this function results in a killed account,
       * you might need to prepare the account by removing any reference counters, storage
       * deposits, etc...
       * 
       * The dispatch origin of this call must be Signed.
       * 
       * - `dest`: The recipient of the transfer.
       * - `keep_alive`: A boolean to determine if the `transfer_all` operation should send all
       * of the funds the account has, causing the sender account to be killed (false), or
       * transfer everything except at least the existential deposit, which will guarantee to
       * keep the sender account alive (true).
       **/
      transferAll: AugmentedSubmittable<(dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, keepAlive: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, bool]>;
      /**
       * Transfer some liquid free balance to another account.
       * 
       * `transfer_allow_death` will set the `FreeBalance` of the sender and receiver.
       * If the sender's account is below the existential deposit as a result
       * of the transfer, the account will be reaped.
       * 
       * The dispatch origin for this call must be `Signed` by the transactor.
       **/
      transferAllowDeath: AugmentedSubmittable<(dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, value: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, Compact<u128>]>;
      /**
       * Same as the [`transfer_allow_death`] call, but with a check that the transfer will not
       * kill the origin account.
       * 
       * 99% of the time you want [`transfer_allow_death`] instead.
       * 
       * [`transfer_allow_death`]: struct.Pallet.html#method.transfer
       **/
      transferKeepAlive: AugmentedSubmittable<(dest: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, value: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, Compact<u128>]>;
      /**
       * Upgrade a specified account.
       * 
       * - `origin`: Must be `Signed`.
       * - `who`: The account to be upgraded.
       * 
       * This will waive the transaction fee if at least all but 10% of the accounts needed to
       * be upgraded. (We let some not have to be upgraded just in order to allow for the
       * possibility of churn).
       **/
      upgradeAccounts: AugmentedSubmittable<(who: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>]>;
    };
    care: {
      /**
       * Carries out a return whose delay is over. No relationship revives: each needs the patient's word anew.
       * 
       * Signed by anyone. The handle must be Active and must not have left Active since the return
       * was asked for.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: as with [`Pallet::opt_in`].
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: no such return waits.
       * - [`Error::OptInStopped`]: the handle left Active meanwhile.
       * - [`Error::TooEarly`]: the delay is not over.
       * - [`Error::OptOutHistoryFull`]: there would be no room to opt out towards everybody again.
       * 
       * # Events
       * - [`Event::OptedIn`].
       **/
      applyOptIn: AugmentedSubmittable<(patient: H256 | string | Uint8Array, towards: SalusPrimitivesCareTowards | { Everybody: any } | { Organisation: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, SalusPrimitivesCareTowards]>;
      /**
       * Calls off a return that waits, also towards an organisation that was flagged meanwhile.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: no such return waits.
       * 
       * # Events
       * - [`Event::OptInCancelled`].
       **/
      cancelOptIn: AugmentedSubmittable<(towards: SalusPrimitivesCareTowards | { Everybody: any } | { Organisation: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesCareTowards]>;
      /**
       * Ends a relationship of the patient, in this block, and voids its invitations and signatures for the
       * organisation. Of one that was renewed it ends what lasts in its place, but no relationship that came after that
       * had ended.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such relationship.
       * - [`Error::AlreadyEnded`]: it has ended, or what took its place has, or the patient has opted out since.
       * 
       * # Events
       * - [`Event::RelationshipEnded`].
       **/
      end: AugmentedSubmittable<(relationship: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Ends a relationship of `organisation`, in this block, and voids the patient's invitations and signatures
       * for it.
       * 
       * Signed for the organisation, by its administrator or in one of the roles [`ENDING_ROLES`]; licensed or not.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not end relationships for the organisation.
       * - [`Error::NotFound`]: there is no such relationship.
       * - [`Error::NotRelated`]: it is another organisation's.
       * - [`Error::AlreadyEnded`]: it has ended, or the patient has opted out since.
       * 
       * # Events
       * - [`Event::RelationshipEnded`].
       **/
      endFor: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, relationship: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Lets `organisation` record, with [`Pallet::open`], that it treats the patient until `until` at most.
       * 
       * Signed by a key of the patient for consent, the handle being Active. It takes the place of an earlier
       * invitation of the same organisation. This is also how a patient goes to another organisation by itself.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the organisation.
       * - [`Error::OptedOut`]: the patient has opted out, and opts in first.
       * - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
       * - [`Error::TooManyInvitations`]: [`MAX_INVITATIONS`] are open.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::Invited`].
       **/
      invite: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Ends a relationship of the patient as [`Pallet::end`] does, and opts out towards its organisation for
       * ever, without naming it in the call. The state has the two together already, and so have this call's event and opt-out.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - Those of [`Pallet::end`].
       * - [`Error::TooManyOptOuts`], [`Error::OptOutHistoryFull`]: there is no room. [`Pallet::end`] always works.
       * 
       * # Events
       * - [`Event::RelationshipEnded`], [`Event::OptedOut`].
       **/
      leave: AugmentedSubmittable<(relationship: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Records that `organisation` treats `patient`, who has invited it, from now until `until`.
       * 
       * Signed for the organisation, by its administrator or in one of the roles [`RECORDING_ROLES`]. Uses the
       * invitation up. If a relationship of the two lasts, the new one takes its place. The deposit comes from
       * the organisation's administrator.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not record relationships for the organisation.
       * - [`Error::NotLicensed`]: the organisation does not treat.
       * - [`Error::FlaggedOrganisation`]: the organisation's, or the signer's.
       * - [`Error::UnknownPatient`], [`Error::WrongState`]: the handle is not Active.
       * - [`Error::OptedOut`]: the patient has opted out.
       * - [`Error::NotInvited`], [`Error::InvitationExpired`]: there is no invitation that can be used.
       * - [`Error::InvitationStopped`]: the handle left Active since the patient invited the organisation.
       * - [`Error::BeyondInvitation`]: `until` is later than the invitation says.
       * - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
       * - [`Error::WrongKind`]: `kind` is a referral and the invitation is not, or the other way round.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * - What the deposit's currency refuses.
       * 
       * # Events
       * - [`Event::RelationshipOpened`].
       **/
      open: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, patient: H256 | string | Uint8Array, kind: PalletCareRelationshipKind | 'Admission' | 'Ambulatory' | 'PrimaryCare' | 'Referral' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, PalletCareRelationshipKind, u64]>;
      /**
       * Records that `organisation` treats the patient whose key `key` is, from now until `until`, with that
       * key's signature over [`messages::open_for`].
       * 
       * Signed for the organisation as [`Pallet::open`] is. `id` is what [`Pallet::next_word`] tells of the
       * two: it changes whenever a signature is used, a relationship ends or the patient opts out, so that no
       * signature opens anything twice. `block` is the number of a recent block, whose hash is in the message: the signature
       * was made after it. So none is made in advance, and none opens anything after an end, an opt-out, a withdrawn
       * invitation or a freeze that came after it.
       * 
       * # Errors
       * - What [`Pallet::open`] refuses, invitations apart.
       * - [`Error::SignatureExpired`], [`Error::ExpiryTooFar`]: `expiry` is not after now, or more than
       * [`Config::MaxSignatureLife`] away.
       * - [`Error::NotAuthorised`]: `key` is no live key of a patient for consent.
       * - [`Error::UnknownBlock`], [`Error::BlockTooOld`]: there is no block `block` yet, or it is more than
       * [`Config::MaxSignatureAge`] blocks ago.
       * - [`Error::WordVoid`]: a relationship of the two has ended in a later block, or the patient has opted out towards
       * the organisation, taken an invitation of it back, or left Active.
       * - [`Error::WrongKind`]: a referral needs [`Pallet::refer`].
       * - [`Error::WrongId`]: the signature was used, or is void.
       * - [`Error::BadSignature`]: it is not the key's over this message, raw or wrapped.
       * 
       * # Events
       * - [`Event::RelationshipOpened`].
       **/
      openFor: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, key: AccountId32 | string | Uint8Array, kind: PalletCareRelationshipKind | 'Admission' | 'Ambulatory' | 'PrimaryCare' | 'Referral' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array, id: u32 | AnyNumber | Uint8Array, block: u32 | AnyNumber | Uint8Array, expiry: u64 | AnyNumber | Uint8Array, signature: SpRuntimeMultiSignature | { Ed25519: any } | { Sr25519: any } | { Ecdsa: any } | { Eth: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32, PalletCareRelationshipKind, u64, u32, u32, u64, SpRuntimeMultiSignature]>;
      /**
       * Asks to end an opt-out. It ends with [`Pallet::apply_opt_in`] after the delay.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::FlaggedOrganisation`]: it is flagged, and has no relationship in plain to go back to.
       * - [`Error::NotOptedOut`]: the patient has not opted out towards these.
       * - [`Error::OptOutHistoryFull`]: there would be no room to opt out towards everybody again.
       * - [`Error::AlreadyPending`]: the same waits already.
       * - [`Error::TooManyPending`]: [`MAX_PENDING`] wait.
       * 
       * # Events
       * - [`Event::OptInRequested`].
       **/
      optIn: AugmentedSubmittable<(towards: SalusPrimitivesCareTowards | { Everybody: any } | { Organisation: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesCareTowards]>;
      /**
       * Opts the patient out of care by default towards everybody, from this block on and for ever, until
       * [`Pallet::opt_in`]. Every relationship is void, and every invitation and signature.
       * 
       * Signed by any live key of the patient, in every state but Retired, and by no helper's proxy. Free if it takes
       * effect. There is always room for it. If the patient has opted out and a return waits, the return is called off.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::AlreadyOptedOut`]: the patient has, and no return waits.
       * 
       * # Events
       * - [`Event::OptedOut`] or [`Event::OptInCancelled`].
       **/
      optOut: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Opts the patient out of care by default towards `organisation`, from this block on and for ever, until
       * [`Pallet::opt_in`]. A relationship with it is void, and every invitation and signature for it.
       * 
       * Signed by any live key of the patient, in every state but Retired. While a relationship lasts,
       * [`Pallet::leave`] does the same and is free. If the patient has opted out and a return waits, the return is
       * called off.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::FlaggedOrganisation`]: it is flagged. It has no relationship in plain, and must not be named.
       * - [`Error::AlreadyOptedOut`]: the patient has, towards this organisation, and no return waits.
       * - [`Error::TooManyOptOuts`]: towards [`MAX_OPT_OUTS`] organisations.
       * - [`Error::OptOutHistoryFull`]: the last place is for opting out towards everybody.
       * 
       * # Events
       * - [`Event::OptedOut`] or [`Event::OptInCancelled`].
       **/
      optOutOf: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Sends the patient whose key `key` is from the organisation `from` to the organisation `to`, which may
       * then record a relationship until `until` at most, with that key's signature over [`messages::refer`].
       * 
       * Signed for `from` as [`Pallet::open`] is, while its relationship with the patient lasts. Makes an
       * invitation of the patient for `to`. `id` is what [`Pallet::next_word`] tells of the patient and `to`.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not record relationships for `from`, or `key` is no live key
       * of a patient for consent.
       * - [`Error::NotLicensed`]: `from` does not treat.
       * - [`Error::FlaggedOrganisation`]: one of the organisations is, or the signer works at one.
       * - [`Error::UnknownOrganisation`]: there is no organisation `to`.
       * - [`Error::SameOrganisation`]: the two are one.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotRelated`]: no relationship of `from` with the patient lasts.
       * - [`Error::OptedOut`]: the patient has opted out towards `to`.
       * - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
       * - [`Error::SignatureExpired`], [`Error::ExpiryTooFar`], [`Error::WrongId`], [`Error::UnknownBlock`],
       * [`Error::BlockTooOld`], [`Error::WordVoid`], [`Error::BadSignature`]: as with [`Pallet::open_for`], of `to`.
       * - [`Error::TooManyInvitations`]: [`MAX_INVITATIONS`] are open.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::Invited`].
       **/
      refer: AugmentedSubmittable<(from: u32 | AnyNumber | Uint8Array, to: u32 | AnyNumber | Uint8Array, key: AccountId32 | string | Uint8Array, until: u64 | AnyNumber | Uint8Array, id: u32 | AnyNumber | Uint8Array, block: u32 | AnyNumber | Uint8Array, expiry: u64 | AnyNumber | Uint8Array, signature: SpRuntimeMultiSignature | { Ed25519: any } | { Sr25519: any } | { Ecdsa: any } | { Eth: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, AccountId32, u64, u32, u32, u64, SpRuntimeMultiSignature]>;
      /**
       * Announces that the network will have the care policy `policy`, [`Config::PolicyNotice`] from now; or,
       * if that is the policy in force, withdraws the announcement of another.
       * 
       * Signed by Root.
       * 
       * # Errors
       * - [`Error::AlreadyInForce`]: it is, and no other is announced.
       * - [`Error::AlreadyAnnounced`]: it is.
       * - [`Error::PolicyHistoryFull`]: the network has had [`MAX_POLICIES`].
       * 
       * # Events
       * - [`Event::PolicyAnnounced`] or [`Event::PolicyWithdrawn`].
       **/
      setPolicy: AugmentedSubmittable<(policy: SalusPrimitivesCareCarePolicy | 'ConsentOnly' | 'CareTeam' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesCareCarePolicy]>;
      /**
       * Takes an invitation back, and with it whatever was signed for the organisation before.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such invitation.
       * 
       * # Events
       * - [`Event::InvitationWithdrawn`].
       **/
      withdrawInvitation: AugmentedSubmittable<(invitation: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
    };
    claims: {
      /**
       * Accept a coverage, for its whole period.
       * 
       * Signed by the member key.
       * 
       * # Errors
       * [`Error::CoverageNotFound`], [`Error::NotMember`], [`Error::AlreadyAccepted`],
       * [`Error::CoverageEnded`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
       * 
       * # Events
       * [`Event::Accepted`].
       **/
      acceptCoverage: AugmentedSubmittable<(coverage: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Take the place of the present member key.
       * 
       * Signed by the new key.
       * 
       * # Errors
       * [`Error::CoverageNotFound`], [`Error::NoRekey`], [`Error::NotMember`],
       * [`Error::TooEarly`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
       * 
       * # Events
       * [`Event::Rekeyed`].
       **/
      acceptRekey: AugmentedSubmittable<(coverage: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Change what was written down. Both roots stand in the event; the time of closing stays.
       * A claim that stands is not touched: correct it.
       * 
       * Signed as for [`Pallet::open_encounter`].
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
       * [`Error::NotClosed`], [`Error::WrongLineCount`], [`Error::WrongRoot`].
       * 
       * # Events
       * [`Event::EncounterAmended`].
       **/
      amendEncounter: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, encounter: u64 | AnyNumber | Uint8Array, root: H256 | string | Uint8Array, lines: u8 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, H256, u8]>;
      /**
       * Tell that the information was given. The payer's clocks run on.
       * 
       * Signed by the administrator or a biller of `org`, the provider.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
       * [`Error::NotRequested`], [`Error::NothingDue`] if the time to answer is over.
       * 
       * # Events
       * [`Event::Answered`].
       **/
      answer: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, claim: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Attest an encounter, and that it is on this coverage.
       * 
       * Signed by the member key.
       * 
       * # Errors
       * [`Error::CoverageNotFound`], [`Error::NotMember`], [`Error::NotAccepted`],
       * [`Error::EncounterNotFound`], [`Error::AlreadyAttested`], [`Error::OtherCoverage`].
       * 
       * # Events
       * [`Event::EncounterAttested`].
       **/
      attest: AugmentedSubmittable<(encounter: u64 | AnyNumber | Uint8Array, coverage: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64, u64]>;
      /**
       * Hand in the member's attestation, which names the provider. It counts more than that of
       * a stranger who attested the encounter before, as long as nothing is claimed.
       * 
       * Signed as for [`Pallet::open_encounter`]; `signature` is the member key's over
       * [`crate::messages::attest`].
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
       * [`Error::SignatureExpired`], [`Error::SignatureTooLong`], [`Error::BadSignature`],
       * [`Error::CoverageNotFound`], [`Error::NotAccepted`], [`Error::AlreadyAttested`],
       * [`Error::OtherCoverage`].
       * 
       * # Events
       * [`Event::EncounterAttested`].
       **/
      attestFor: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, encounter: u64 | AnyNumber | Uint8Array, coverage: u64 | AnyNumber | Uint8Array, expiry: u64 | AnyNumber | Uint8Array, signature: SpRuntimeMultiSignature | { Ed25519: any } | { Sr25519: any } | { Ecdsa: any } | { Eth: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, u64, u64, SpRuntimeMultiSignature]>;
      /**
       * Say no to another member key.
       * 
       * Signed by the present member key, or by the payer's administrator or biller. Free for the
       * member, where it takes effect: a key that is to be replaced must be able to say no.
       * 
       * # Errors
       * [`Error::CoverageNotFound`], [`Error::NotAuthorised`], [`Error::NoRekey`].
       * 
       * # Events
       * [`Event::RekeyCancelled`].
       **/
      cancelRekey: AugmentedSubmittable<(coverage: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Write down what was done: the root over the details of the services.
       * 
       * Signed as for [`Pallet::open_encounter`].
       * 
       * - `root`: made as [`salus_primitives::commitment::merkle_root`] makes it, in the order
       * of the lines to come.
       * - `lines`: how many there are, 1 to 64.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
       * [`Error::AlreadyClosed`], [`Error::EncounterExpired`], [`Error::WrongLineCount`],
       * [`Error::WrongRoot`].
       * 
       * # Events
       * [`Event::EncounterClosed`].
       **/
      closeEncounter: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, encounter: u64 | AnyNumber | Uint8Array, root: H256 | string | Uint8Array, lines: u8 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, H256, u8]>;
      /**
       * Replace a claim: reverse it and put the corrected one in its place, in one, and move
       * only the net. If the corrected claim needs the payer's decision, the claim before
       * stands until then. An undecided claim is replaced at once.
       * 
       * Signed by the administrator or a biller of `org`, the provider.
       * 
       * # Errors
       * Those of [`Pallet::submit`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
       * [`Error::NotCurrent`], [`Error::CorrectionPending`], [`Error::FilingLimitPassed`], and
       * [`Error::InsufficientFunds`] if the provider cannot give back what is too much.
       * 
       * # Events
       * [`Event::Submitted`], [`Event::Superseded`], and those of [`Pallet::submit`].
       **/
      correct: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, claim: u64 | AnyNumber | Uint8Array, lines: Vec<PalletClaimsClaimLine> | (PalletClaimsClaimLine | { category?: any; quantity?: any; charge?: any; detail?: any } | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [u32, u64, Vec<PalletClaimsClaimLine>]>;
      /**
       * Publish a new plan.
       * 
       * Signed by the administrator of `org`, a licensed payer.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::UnsoundPlan`],
       * [`Error::AuthorisationNotOffered`], [`Error::ClockOutOfRange`],
       * [`Error::UnsuitableAsset`], and that of the bond.
       * 
       * # Events
       * [`Event::PlanPublished`].
       **/
      createPlan: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, terms: PalletClaimsPlanTerms | { asset?: any; rules?: any; autoLimit?: any; filingLimit?: any; decisionTime?: any; answerTime?: any; paymentTime?: any; interest?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, PalletClaimsPlanTerms]>;
      /**
       * Decide about a pended claim: by the rules or, in time, line by line with a reason for
       * every amount that is not paid. After a decision line by line, every further claim for
       * the encounter awaits the payer.
       * 
       * Signed by the administrator or a biller of `org`, the payer, who does not act for the
       * provider.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
       * [`Error::ConflictOfInterest`], [`Error::NotPended`], [`Error::DecisionTooLate`],
       * [`Error::DecisionCountMismatch`], [`Error::Unbalanced`], [`Error::ZeroAdjustment`],
       * [`Error::RepeatedAdjustment`], [`Error::WrongGroup`], [`Error::PaidThoughDenied`],
       * [`Error::WholeCharge`], [`Error::LimitExceeded`], and [`Error::InsufficientFunds`] if
       * it is a correction, and the provider cannot give back what is too much.
       * 
       * # Events
       * [`Event::Adjudicated`], [`Event::Superseded`], [`Event::Settled`], or
       * [`Event::Waiting`] after [`Event::PaidInPart`] for what was on hold.
       **/
      decide: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, claim: u64 | AnyNumber | Uint8Array, decision: PalletClaimsClaimDecision | { AsAdjudicated: any } | { Lines: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, PalletClaimsClaimDecision]>;
      /**
       * Offer a coverage under the newest version of a plan.
       * 
       * Signed by the administrator or a biller of `org`, a licensed payer. `member` is a key
       * that the person has made for this coverage; it is welcomed without tokens. It becomes that of the coverage
       * when it accepts, and may until then become another's, or a patient's.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::FlaggedOrganisation`],
       * [`Error::PlanNotFound`], [`Error::NotYourPlan`], [`Error::PeriodInPast`], [`Error::PeriodOutOfRange`],
       * [`Error::KeyInUse`], [`Error::KeyOfPatient`], and that of the bond.
       * 
       * # Events
       * [`Event::Enrolled`].
       **/
      enrol: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, plan: u32 | AnyNumber | Uint8Array, member: AccountId32 | string | Uint8Array, period: SalusPrimitivesTimeInterval | { from?: any; until?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, AccountId32, SalusPrimitivesTimeInterval]>;
      /**
       * Put money into an organisation's settlement account, and pay what waits for it.
       * 
       * Signed by anybody, whose money it is.
       * 
       * # Errors
       * [`Error::ZeroAmount`], [`Error::UnsuitableAsset`], [`Error::OrganisationNotFound`], and
       * that of the asset.
       * 
       * # Events
       * [`Event::Funded`], and [`Event::Settled`] for each claim that is paid.
       **/
      fund: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, asset: u32 | AnyNumber | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, Compact<u128>]>;
      /**
       * Open an encounter with somebody who cannot be asked, and name the coverage.
       * 
       * Signed as for [`Pallet::open_encounter`]. The member may attest it later; until then a
       * claim for it awaits the payer, and is denied if the payer says nothing.
       * 
       * # Errors
       * Those of [`Pallet::open_encounter`], [`Error::CoverageNotFound`],
       * [`Error::NotAccepted`].
       * 
       * # Events
       * [`Event::EncounterOpened`].
       **/
      openEmergency: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, coverage: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Open an encounter, when the patient arrives. Now is the service date of all its lines.
       * 
       * Signed by the administrator, or somebody who treats or bills at `org`, which is licensed
       * as provider, laboratory or pharmacy.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::FlaggedOrganisation`], and
       * that of the bond.
       * 
       * # Events
       * [`Event::EncounterOpened`].
       **/
      openEncounter: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Let the time that has passed take effect on a claim.
       * 
       * Signed by anybody. If the payer's time is over, the rules decide; an emergency that was
       * attested meanwhile is taken like any other; one that was not is denied (CO 16); a
       * question without an answer denies (CO 226). A correction lapses where a claim would be
       * denied, or if the provider cannot give back what is too much. While the payer's money is
       * frozen its silence is no agreement, and nothing is decided by it. What is on hold for a claim
       * that was decided or ended meanwhile is paid to it, if it waits, or released.
       * 
       * # Errors
       * [`Error::ClaimNotFound`], [`Error::NothingDue`], [`Error::AssetFrozen`].
       * 
       * # Events
       * Those of [`Pallet::decide`], [`Event::Pended`], [`Event::Lapsed`], or
       * [`Event::HoldReleased`].
       **/
      poke: AugmentedSubmittable<(claim: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Name another member key: the payer's consent to the change, for somebody who has lost
       * the present one. It takes effect when the new key accepts, after [`Config::RekeyDelay`].
       * 
       * Signed by the administrator or a biller of `org`, the payer.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::CoverageNotFound`], [`Error::NotYourCoverage`],
       * [`Error::CoverageEnded`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
       * 
       * # Events
       * [`Event::RekeyProposed`].
       **/
      rekeyCoverage: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, coverage: u64 | AnyNumber | Uint8Array, key: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, AccountId32]>;
      /**
       * Ask the provider for information, off chain. The payer's clocks stand until the answer.
       * 
       * Signed by the administrator or a biller of `org`, the payer.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
       * [`Error::ConflictOfInterest`], [`Error::NotPended`], [`Error::TooManyRequests`],
       * [`Error::NothingDue`] if the payer's own time is over.
       * 
       * # Events
       * [`Event::InformationRequested`].
       **/
      requestInformation: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, claim: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Publish a further version of a plan. Coverages keep the version that they have.
       * 
       * Signed by the administrator of `org`, the payer whose plan it is.
       * 
       * # Errors
       * Those of [`Pallet::create_plan`], [`Error::PlanNotFound`], [`Error::NotYourPlan`].
       * 
       * # Events
       * [`Event::PlanPublished`].
       **/
      revisePlan: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, plan: u32 | AnyNumber | Uint8Array, terms: PalletClaimsPlanTerms | { asset?: any; rules?: any; autoLimit?: any; filingLimit?: any; decisionTime?: any; answerTime?: any; paymentTime?: any; interest?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, PalletClaimsPlanTerms]>;
      /**
       * Pay the claims that wait for a payer's funds, in their order, as far as the funds reach.
       * 
       * Signed by anybody. `limit` says how many claims are looked at, at most
       * [`Config::Page`].
       * 
       * # Errors
       * [`Error::NothingWaiting`], [`Error::InsufficientFunds`] if not even the first can be
       * paid.
       * 
       * # Events
       * [`Event::Settled`] for each.
       **/
      settleWaiting: AugmentedSubmittable<(payer: u32 | AnyNumber | Uint8Array, asset: u32 | AnyNumber | Uint8Array, limit: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32]>;
      /**
       * Claim all lines of a closed encounter. Within the plan's limit it is decided, and paid
       * if the payer has the funds, before the call returns.
       * 
       * Signed by the administrator or a biller of `org`, the provider.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
       * [`Error::NotClosed`], [`Error::NotAttested`], [`Error::AlreadyClaimed`],
       * [`Error::ConflictOfInterest`], [`Error::LinesNotRecorded`],
       * [`Error::LineAlreadyClaimed`], [`Error::ZeroQuantity`], [`Error::AmountTooLarge`], and
       * that of the bond.
       * 
       * # Events
       * [`Event::Submitted`], then [`Event::Pended`], or [`Event::Adjudicated`] and
       * [`Event::Settled`] or [`Event::Waiting`].
       **/
      submit: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, encounter: u64 | AnyNumber | Uint8Array, lines: Vec<PalletClaimsClaimLine> | (PalletClaimsClaimLine | { category?: any; quantity?: any; charge?: any; detail?: any } | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [u32, u64, Vec<PalletClaimsClaimLine>]>;
      /**
       * Bring the end of a coverage forward, to `until` or, if that has passed, not at all.
       * 
       * Signed by the member key, or by the payer's administrator or biller. Claims for visits
       * before `until` are settled as if nothing had happened.
       * 
       * # Errors
       * [`Error::CoverageNotFound`], [`Error::NotAuthorised`], [`Error::NotAnEarlierEnd`].
       * 
       * # Events
       * [`Event::Terminated`].
       **/
      terminateCoverage: AugmentedSubmittable<(coverage: u64 | AnyNumber | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64, u64]>;
      /**
       * Take a claim back, and give back what was paid for it; interest stays. A correction
       * that awaits a decision is called off, and the claim before it stands.
       * 
       * Signed by the administrator or a biller of `org`, the provider.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
       * [`Error::NotCurrent`], [`Error::CorrectionPending`], [`Error::InsufficientFunds`].
       * 
       * # Events
       * [`Event::Voided`] or [`Event::Lapsed`].
       **/
      void: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, claim: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Take free money out of an organisation's settlement account, into its administrator's.
       * 
       * Signed by the administrator. What is on hold stays, and as long as claims wait, all.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::ZeroAmount`], [`Error::ClaimsWaiting`],
       * [`Error::InsufficientFunds`], and that of the asset.
       * 
       * # Events
       * [`Event::Withdrawn`].
       **/
      withdraw: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, asset: u32 | AnyNumber | Uint8Array, amount: Compact<u128> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, Compact<u128>]>;
    };
    consent: {
      /**
       * Carries out a lift whose delay is over.
       * 
       * Signed by anyone. The handle must be Active and must not have left Active since the
       * lift was asked for.
       * 
       * # Errors
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: no such lift waits.
       * - [`Error::LiftStopped`]: the handle left Active meanwhile.
       * - [`Error::TooEarly`]: the delay is not over.
       * - [`Error::AlreadyEnded`]: the Deny has expired meanwhile.
       * - [`Error::VetoHistoryFull`]: so many vetoes were lifted that there is room for no more.
       * - [`Error::NotLooser`]: a base decision that is as loose holds meanwhile.
       * - [`Error::BaseHistoryFull`]: there would be no room for a stricter base decision.
       * 
       * # Events
       * - [`Event::LiftApplied`].
       **/
      applyLift: AugmentedSubmittable<(patient: H256 | string | Uint8Array, target: PalletConsentLiftTarget | { Directive: any } | { Veto: any } | { Requester: any } | { BaseDecision: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, PalletConsentLiftTarget]>;
      /**
       * Approves a request, with `access` that is no more than was asked for.
       * 
       * Signed by a key of the patient for consent, the handle being Active. The Permit is for
       * whom the request named, and begins now. It holds only for the organisation that asked, and
       * only while that organisation has a licence for the purpose: approved without one, it is
       * worth nothing. The deposit stays with it.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: the patient has no such request.
       * - [`Error::RequestExpired`]: it can be approved no more.
       * - [`Error::NotASubset`]: `access` is more than was asked for, or binds less.
       * - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the organisation that
       * asked.
       * - What [`Pallet::permit`] refuses in `access`, and its limits.
       * 
       * # Events
       * - [`Event::PermitGranted`].
       **/
      approve: AugmentedSubmittable<(request: u32 | AnyNumber | Uint8Array, access: PalletConsentAccess | { scope?: any; until?: any; maxUses?: any; rediscloseDepth?: any; eraseAfter?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, PalletConsentAccess]>;
      /**
       * Refuses further requests of `organisation`. Those that are open stay open.
       * 
       * Signed by any live key of the patient, in every state but Retired.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::FlaggedOrganisation`]: it is flagged. It cannot ask, and must not be named.
       * - [`Error::AlreadyBlocked`]: it is blocked.
       * 
       * # Events
       * - [`Event::RequesterBlocked`].
       **/
      blockRequester: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Calls off a lift that waits.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes
       * effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: no such lift waits.
       * 
       * # Events
       * - [`Event::LiftCancelled`].
       **/
      cancelLift: AugmentedSubmittable<(target: PalletConsentLiftTarget | { Directive: any } | { Veto: any } | { Requester: any } | { BaseDecision: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [PalletConsentLiftTarget]>;
      /**
       * Declines a request. Its deposit is returned.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes
       * effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such request.
       * 
       * # Events
       * - [`Event::RequestDeclined`].
       **/
      decline: AugmentedSubmittable<(request: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Forbids `grantee` what `scope` says, from now until `until`.
       * 
       * Signed by any live key of the patient, in every state but Retired.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the grantee's.
       * - [`Error::LabelsNotPlain`]: a label is named.
       * - [`Error::UnknownBits`], [`Error::EmptySet`]: a set says nothing that is known.
       * - [`Error::PurposeExcluded`]: break-the-glass is among the purposes.
       * - [`Error::InvalidInterval`]: the data's interval is empty, or `until` is not after now.
       * - [`Error::TooManyDirectives`]: there are [`MAX_LIVE`] directives in force.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::DenialMade`].
       **/
      deny: AugmentedSubmittable<(grantee: SalusConsentDecisionGrantee | { Any: any } | { Organisation: any } | { RoleAt: any } | { Practitioner: any } | { PractitionerAt: any } | string | Uint8Array, scope: SalusConsentDecisionScope | { actions?: any; purposes?: any; classes?: any; labels?: any; data?: any } | string | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusConsentDecisionGrantee, SalusConsentDecisionScope, u64]>;
      /**
       * Removes a request that expired. Its deposit is returned.
       * 
       * Signed by anyone.
       * 
       * # Errors
       * - [`Error::NotFound`]: the patient has no such request.
       * - [`Error::NotExpired`]: it can still be approved.
       * 
       * # Events
       * - [`Event::RequestExpired`].
       **/
      expireRequest: AugmentedSubmittable<(patient: H256 | string | Uint8Array, request: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, u32]>;
      /**
       * Asks to end the Deny `directive`. It ends with [`Pallet::apply_lift`] after the delay.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: the patient has no such directive.
       * - [`Error::NotADeny`]: it is a Permit.
       * - [`Error::AlreadyEnded`]: it was lifted or has expired.
       * - [`Error::AlreadyPending`]: its lift waits already.
       * - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
       * 
       * # Events
       * - [`Event::LiftRequested`].
       **/
      lift: AugmentedSubmittable<(directive: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Asks to end the veto of `purpose`. It ends with [`Pallet::apply_lift`] after the delay.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotVetoed`]: the purpose is not vetoed.
       * - [`Error::VetoHistoryFull`]: so many vetoes were lifted that there is room for no more.
       * - [`Error::AlreadyPending`]: its lift waits already.
       * - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
       * 
       * # Events
       * - [`Event::LiftRequested`].
       **/
      liftVeto: AugmentedSubmittable<(purpose: SalusPrimitivesCodesPurpose | 'Treat' | 'Etreat' | 'Btg' | 'Hpaymt' | 'Hoperat' | 'Hresch' | 'Clintrch' | 'Pubhlth' | 'Caremgt' | 'Patrqt' | 'Famrqt' | 'Coverage' | 'Eligdtrm' | 'Hmarkt' | 'Hdirect' | 'Hlegal' | 'Train' | 'Hsysadmin' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesCodesPurpose]>;
      /**
       * Lets `grantee` do what `access` says, from now on.
       * 
       * Signed by a key of the patient for consent, the handle being Active. Makes a new
       * directive, also if one of the same scope exists or was revoked.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the grantee's.
       * - [`Error::LabelsNotPlain`]: a label is named.
       * - [`Error::UnknownBits`], [`Error::EmptySet`]: a set says nothing that is known.
       * - [`Error::PurposeExcluded`]: break-the-glass is among the purposes.
       * - [`Error::InvalidInterval`]: the data's interval is empty, or an end is not after now.
       * - [`Error::TermTooLong`]: longer than the strictest purpose allows.
       * - [`Error::UsesNotCounted`]: a limit on uses is given.
       * - [`Error::InvalidRedisclosure`]: the depth does not fit the actions, or is above 2.
       * - [`Error::TooManyDirectives`]: [`MAX_PERMITS`] Permits are in force, or there are
       * [`MAX_LIVE`] directives.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::PermitGranted`].
       **/
      permit: AugmentedSubmittable<(grantee: SalusConsentDecisionGrantee | { Any: any } | { Organisation: any } | { RoleAt: any } | { Practitioner: any } | { PractitionerAt: any } | string | Uint8Array, access: PalletConsentAccess | { scope?: any; until?: any; maxUses?: any; rediscloseDepth?: any; eraseAfter?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusConsentDecisionGrantee, PalletConsentAccess]>;
      /**
       * Asks for a base decision that refuses less than the present one. It holds from [`Pallet::apply_lift`] on,
       * after the delay. One that waits already is called off: the newest alone waits. Permit lets everybody with a
       * credential read and export unlabelled data of a patient who lives, for every purpose but BTG that is not vetoed and
       * of which no directive speaks, for two years.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotLooser`]: the present one is as loose.
       * - [`Error::BaseHistoryFull`]: there would be no room to make a stricter one again.
       * - [`Error::AlreadyPending`]: its lift waits already.
       * - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
       * 
       * # Events
       * - [`Event::LiftCancelled`], if another one waited.
       * - [`Event::LiftRequested`].
       **/
      relaxBaseDecision: AugmentedSubmittable<(decision: SalusConsentDecisionBaseDecision | 'Unset' | 'Deny' | 'Permit' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusConsentDecisionBaseDecision]>;
      /**
       * Asks `patient` for access.
       * 
       * Signed by who acts for `organisation`, which must hold a live licence of a kind that each
       * purpose is for (`kinds_for` in the crate of the decision). `terms` commits
       * to the document that the patient is asked to agree to. The deposit comes from the
       * organisation's administrator.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer does not act for the organisation, or asks for
       * itself without being affiliated in any role.
       * - [`Error::NotLicensed`], [`Error::FlaggedOrganisation`]: the organisation.
       * - [`Error::FlaggedOrganisation`]: the signer works at one, and the request would name the signer.
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the patient is deceased or the handle Retired.
       * - [`Error::RequesterBlocked`]: the patient has blocked the organisation.
       * - [`Error::TooManyOfOne`], [`Error::TooManyRequests`]: too many requests are open. An
       * expired one counts until [`Pallet::expire_request`].
       * - What [`Pallet::permit`] refuses in `access`.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * - What the deposit's currency refuses.
       * 
       * # Events
       * - [`Event::AccessRequested`].
       **/
      requestAccess: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, patient: H256 | string | Uint8Array, requestFor: PalletConsentRequestFor | { Organisation: any } | { Role: any } | { Requester: any } | string | Uint8Array, access: PalletConsentAccess | { scope?: any; until?: any; maxUses?: any; rediscloseDepth?: any; eraseAfter?: any } | string | Uint8Array, terms: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, PalletConsentRequestFor, PalletConsentAccess, H256]>;
      /**
       * Ends the Permit `directive`, in this block.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes
       * effect. Later questions in this block are answered without the Permit already.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such directive.
       * - [`Error::NotAPermit`]: it is a Deny.
       * - [`Error::AlreadyEnded`]: it was revoked or has expired.
       * 
       * # Events
       * - [`Event::DirectiveRevoked`].
       **/
      revoke: AugmentedSubmittable<(directive: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Makes the patient's base decision stricter, in this block: what holds where no directive speaks. Unset is
       * stricter than Permit, Deny stricter than Unset. Deny refuses also where a care relationship would let. A
       * looser one that waits is called off. Where the present one is as strict already and a looser one than
       * `decision` waits, that is called off and nothing else changes.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect. There is always
       * room for it.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotStricter`]: the present one is as strict, and none that is looser than `decision` waits.
       * 
       * # Events
       * - [`Event::LiftCancelled`], if a looser one waited.
       * - [`Event::BaseDecisionSet`], if the present one was not as strict.
       **/
      setBaseDecision: AugmentedSubmittable<(decision: SalusConsentDecisionBaseDecision | 'Unset' | 'Deny' | 'Permit' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusConsentDecisionBaseDecision]>;
      /**
       * Asks to let `organisation` ask again. It may after [`Pallet::apply_lift`].
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotBlocked`]: the organisation is not blocked.
       * - [`Error::AlreadyPending`]: its lift waits already.
       * - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
       * 
       * # Events
       * - [`Event::LiftRequested`].
       **/
      unblockRequester: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Vetoes `purpose`: nothing is permitted for it from this block on, whatever permits.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes
       * effect. There is always room for it.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::PurposeExcluded`]: the purpose is break-the-glass.
       * - [`Error::AlreadyVetoed`]: the purpose is vetoed.
       * 
       * # Events
       * - [`Event::PurposeVetoed`].
       **/
      vetoPurpose: AugmentedSubmittable<(purpose: SalusPrimitivesCodesPurpose | 'Treat' | 'Etreat' | 'Btg' | 'Hpaymt' | 'Hoperat' | 'Hresch' | 'Clintrch' | 'Pubhlth' | 'Caremgt' | 'Patrqt' | 'Famrqt' | 'Coverage' | 'Eligdtrm' | 'Hmarkt' | 'Hdirect' | 'Hlegal' | 'Train' | 'Hsysadmin' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesCodesPurpose]>;
    };
    council: {
      /**
       * Close a vote that is either approved, disapproved or whose voting period has ended.
       * 
       * May be called by any signed account in order to finish voting and close the proposal.
       * 
       * If called before the end of the voting period it will only close the vote if it is
       * has enough votes to be approved or disapproved.
       * 
       * If called after the end of the voting period abstentions are counted as rejections
       * unless there is a prime member set and the prime member cast an approval.
       * 
       * If the close operation completes successfully with disapproval, the transaction fee will
       * be waived. Otherwise execution of the approved operation will be charged to the caller.
       * 
       * + `proposal_weight_bound`: The maximum amount of weight consumed by executing the closed
       * proposal.
       * + `length_bound`: The upper bound for the length of the proposal in storage. Checked via
       * `storage::read` so it is `size_of::<u32>() == 4` larger than the pure length.
       * 
       * ## Complexity
       * - `O(B + M + P1 + P2)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` is members-count (code- and governance-bounded)
       * - `P1` is the complexity of `proposal` preimage.
       * - `P2` is proposal-count (code-bounded)
       **/
      close: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array, index: Compact<u32> | AnyNumber | Uint8Array, proposalWeightBound: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, Compact<u32>, SpWeightsWeightV2Weight, Compact<u32>]>;
      /**
       * Disapprove a proposal, close, and remove it from the system, regardless of its current
       * state.
       * 
       * Must be called by the Root origin.
       * 
       * Parameters:
       * * `proposal_hash`: The hash of the proposal that should be disapproved.
       * 
       * ## Complexity
       * O(P) where P is the number of max proposals
       **/
      disapproveProposal: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Dispatch a proposal from a member using the `Member` origin.
       * 
       * Origin must be a member of the collective.
       * 
       * ## Complexity:
       * - `O(B + M + P)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` members-count (code-bounded)
       * - `P` complexity of dispatching `proposal`
       **/
      execute: AugmentedSubmittable<(proposal: Call | IMethod | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Call, Compact<u32>]>;
      /**
       * Disapprove the proposal and burn the cost held for storing this proposal.
       * 
       * Parameters:
       * - `origin`: must be the `KillOrigin`.
       * - `proposal_hash`: The hash of the proposal that should be killed.
       * 
       * Emits `Killed` and `ProposalCostBurned` if any cost was held for a given proposal.
       **/
      kill: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Add a new proposal to either be voted on or executed directly.
       * 
       * Requires the sender to be member.
       * 
       * `threshold` determines whether `proposal` is executed directly (`threshold < 2`)
       * or put up for voting.
       * 
       * ## Complexity
       * - `O(B + M + P1)` or `O(B + M + P2)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` is members-count (code- and governance-bounded)
       * - branching is influenced by `threshold` where:
       * - `P1` is proposal execution complexity (`threshold < 2`)
       * - `P2` is proposals-count (code-bounded) (`threshold >= 2`)
       **/
      propose: AugmentedSubmittable<(threshold: Compact<u32> | AnyNumber | Uint8Array, proposal: Call | IMethod | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, Call, Compact<u32>]>;
      /**
       * Release the cost held for storing a proposal once the given proposal is completed.
       * 
       * If there is no associated cost for the given proposal, this call will have no effect.
       * 
       * Parameters:
       * - `origin`: must be `Signed` or `Root`.
       * - `proposal_hash`: The hash of the proposal.
       * 
       * Emits `ProposalCostReleased` if any cost held for a given proposal.
       **/
      releaseProposalCost: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Set the collective's membership.
       * 
       * - `new_members`: The new member list. Be nice to the chain and provide it sorted.
       * - `prime`: The prime member whose vote sets the default.
       * - `old_count`: The upper bound for the previous number of members in storage. Used for
       * weight estimation.
       * 
       * The dispatch of this call must be `SetMembersOrigin`.
       * 
       * NOTE: Does not enforce the expected `MaxMembers` limit on the amount of members, but
       * the weight estimations rely on it to estimate dispatchable weight.
       * 
       * # WARNING:
       * 
       * The `pallet-collective` can also be managed by logic outside of the pallet through the
       * implementation of the trait [`ChangeMembers`].
       * Any call to `set_members` must be careful that the member set doesn't get out of sync
       * with other logic managing the member set.
       * 
       * ## Complexity:
       * - `O(MP + N)` where:
       * - `M` old-members-count (code- and governance-bounded)
       * - `N` new-members-count (code- and governance-bounded)
       * - `P` proposals-count (code-bounded)
       **/
      setMembers: AugmentedSubmittable<(newMembers: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], prime: Option<AccountId32> | null | Uint8Array | AccountId32 | string, oldCount: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>, Option<AccountId32>, u32]>;
      /**
       * Add an aye or nay vote for the sender to the given proposal.
       * 
       * Requires the sender to be a member.
       * 
       * Transaction fees will be waived if the member is voting on any particular proposal
       * for the first time and the call is successful. Subsequent vote changes will charge a
       * fee.
       * ## Complexity
       * - `O(M)` where `M` is members-count (code- and governance-bounded)
       **/
      vote: AugmentedSubmittable<(proposal: H256 | string | Uint8Array, index: Compact<u32> | AnyNumber | Uint8Array, approve: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, Compact<u32>, bool]>;
    };
    emergency: {
      /**
       * Carries out a relaxation whose delay is over.
       * 
       * Signed by anyone. The handle must be Active and must not have left Active since the relaxation
       * was asked for.
       * 
       * # Errors
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: none waits.
       * - [`Error::RelaxationStopped`]: the handle left Active meanwhile.
       * - [`Error::TooEarly`]: the delay is not over.
       * 
       * # Events
       * - [`Event::AdvanceDirectiveRelaxed`].
       **/
      applyRelaxation: AugmentedSubmittable<(patient: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Lets the signer, acting for `organisation`, read `classes` of the data of `patient` for
       * [`Config::AccessLength`], without the patient's consent, for the purpose BTG.
       * 
       * Signed by a clinician of an organisation that treats. Labelled data is covered, unless the patient's advance
       * directive excludes it. Beyond credit it succeeds all the same, at double cost, and the regulator is told.
       * The deposit comes from the organisation's administrator; where that cannot pay, and beyond the credit of the
       * signer, there is none: whoever is in danger is not to wait for a transfer. Others review it. If the
       * organisation itself finds it unjustified, access ends in that second.
       * 
       * # Errors
       * - [`Error::UnknownBits`], [`Error::EmptySet`]: `classes` says nothing that is known.
       * - [`Error::NotAuthorised`]: the signer is not affiliated to the organisation.
       * - [`Error::WrongRole`]: not as a clinician.
       * - [`Error::NotLicensed`], [`Error::LicenceStopped`]: the organisation does not treat, or no more.
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the patient is dead beyond dispute, or the handle Retired.
       * - [`Error::Excluded`]: the patient has said that there is no emergency access.
       * - [`Error::Stopped`]: one of `classes` is of an emergency of the signer for this patient that the organisation found
       * unjustified less than [`Config::AccessLength`] ago, while it lasted.
       * - [`Error::AlreadyOpen`]: the signer has declared emergencies for all of `classes` within
       * [`Config::AccessLength`].
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::GlassBroken`], and [`Event::OverCredit`] if it is.
       **/
      breakGlass: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, patient: H256 | string | Uint8Array, reason: SalusPrimitivesEmergencyEmergencyReason | 'UrgentCare' | 'ConsentUnobtainable' | 'Transfer' | 'MajorIncident' | number | Uint8Array, classes: u32 | AnyNumber | Uint8Array, detail: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, SalusPrimitivesEmergencyEmergencyReason, u32, H256]>;
      /**
       * Records an emergency that happened at `happened_at`, while it could not be declared.
       * 
       * Signed by whom the emergency was, who was a clinician of the organisation then. It lets nothing, and
       * changes no answer about the past. It costs double, and an auditor reviews it; that none does in time is told, and
       * is not the organisation's fault. What the patient had said in
       * advance does not keep it from being recorded: what happened is to be known. Since nobody is harmed if it is
       * refused, it is refused towards organisations that must not be named in plain, and more than
       * [`Config::LatePerDay`] times in 24 hours.
       * 
       * # Errors
       * - [`Error::UnknownBits`], [`Error::EmptySet`]: `classes` says nothing that is known.
       * - [`Error::NotYet`], [`Error::TooLate`]: `happened_at` is after now, or more than
       * [`Config::LateWindow`] ago.
       * - [`Error::NotAuthorised`], [`Error::WrongRole`], [`Error::NotLicensed`], [`Error::LicenceStopped`]: as with
       * [`Pallet::break_glass`], at that moment.
       * - [`Error::FlaggedOrganisation`]: the organisation must not be named in plain, or the signer works at one that
       * must not.
       * - [`Error::UnknownPatient`]: there was no such handle.
       * - [`Error::AlreadyRecorded`]: the signer has recorded all of `classes` for the patient within
       * [`Config::LateWindow`].
       * - [`Error::TooManyLate`]: the signer has recorded as many as one person may.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::RecordedLate`], and [`Event::OverCredit`] if it is.
       **/
      breakGlassLate: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, patient: H256 | string | Uint8Array, reason: SalusPrimitivesEmergencyEmergencyReason | 'UrgentCare' | 'ConsentUnobtainable' | 'Transfer' | 'MajorIncident' | number | Uint8Array, classes: u32 | AnyNumber | Uint8Array, happenedAt: u64 | AnyNumber | Uint8Array, detail: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, SalusPrimitivesEmergencyEmergencyReason, u32, u64, H256]>;
      /**
       * Calls off a relaxation that waits.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: none waits.
       * 
       * # Events
       * - [`Event::RelaxationCancelled`].
       **/
      cancelRelaxation: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Disputes that an emergency of the patient was justified. An auditor rules on it.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such emergency.
       * - [`Error::NotReviewed`]: there is no finding yet.
       * - [`Error::NothingToDispute`]: it stands as unjustified.
       * - [`Error::AlreadyDisputed`]: it was disputed.
       * - [`Error::DisputeTooLate`]: it was recorded more than [`Config::DisputeTime`] ago.
       * 
       * # Events
       * - [`Event::Disputed`].
       **/
      dispute: AugmentedSubmittable<(emergency: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Asks to relax the patient's advance directive to `value`. It is relaxed with
       * [`Pallet::apply_relaxation`] after the delay.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotLooser`]: the present one is as loose.
       * - [`Error::HistoryFull`]: there would be no room to make it stricter again.
       * - [`Error::AlreadyPending`]: a relaxation waits.
       * 
       * # Events
       * - [`Event::RelaxationRequested`].
       **/
      relaxAdvanceDirective: AugmentedSubmittable<(value: SalusPrimitivesEmergencyAdvanceDirective | 'Unrestricted' | 'NoLabelled' | 'NoEmergency' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesEmergencyAdvanceDirective]>;
      /**
       * Says what an emergency was, within [`Config::ReviewTime`]. If nobody does, it was unjustified.
       * 
       * Signed by a privacy officer of the organisation, for it; or, once [`Config::OwnReviewTime`] is over, by an
       * auditor, for an organisation that is licensed as one and another. The auditor must not work at the organisation
       * that is judged, nor have done so then. Never by whoever broke the glass. What was recorded late is an
       * auditor's from the beginning.
       * 
       * What the organisation itself finds unjustified lets nothing from that second on. An auditor's finding changes no
       * answer about access.
       * 
       * # Errors
       * - [`Error::NotFound`]: there is no such emergency.
       * - [`Error::OwnEmergency`]: it is the signer's.
       * - [`Error::AuditorOnly`]: it was recorded late, and the signer acts for the organisation.
       * - [`Error::NotAuthorised`]: the signer is neither, or an auditor with a part in the organisation.
       * - [`Error::AlreadyReviewed`]: it was reviewed.
       * - [`Error::ReviewTooLate`]: the time is over.
       * - [`Error::OrganisationFirst`]: it is too early for an auditor.
       * 
       * # Events
       * - [`Event::Reviewed`].
       **/
      review: AugmentedSubmittable<(actingFor: u32 | AnyNumber | Uint8Array, emergency: u32 | AnyNumber | Uint8Array, finding: PalletEmergencyFinding | 'Justified' | 'Unjustified' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, PalletEmergencyFinding]>;
      /**
       * Rules on a disputed emergency, for good.
       * 
       * Signed by an auditor, for an organisation that is licensed as one, and neither the one whose emergency it is nor
       * the one that reviewed it; who neither broke the glass nor reviewed it, and does not work at the organisation
       * that is judged, nor did so then.
       * 
       * # Errors
       * - [`Error::NotFound`]: there is no such emergency.
       * - [`Error::OwnEmergency`], [`Error::OwnReview`]: the signer has had a part in it.
       * - [`Error::NotAuthorised`]: the signer is no auditor, or has a part in that organisation.
       * - [`Error::NotDisputed`]: it was not disputed.
       * - [`Error::AlreadyRuled`]: it was ruled on.
       * 
       * # Events
       * - [`Event::Ruled`].
       **/
      rule: AugmentedSubmittable<(actingFor: u32 | AnyNumber | Uint8Array, emergency: u32 | AnyNumber | Uint8Array, finding: PalletEmergencyFinding | 'Justified' | 'Unjustified' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, PalletEmergencyFinding]>;
      /**
       * Makes the patient's advance directive stricter, in this block. A relaxation that waits is called off.
       * 
       * Signed by a live key of the patient, in every state but Retired: by any key that no labelled data is reached; by
       * one for consent or for authentication that there is no emergency access. Free if it takes effect. There is
       * always room for it.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient, or one that must not say so.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotStricter`]: the present one is as strict.
       * 
       * # Events
       * - [`Event::AdvanceDirectiveSet`].
       **/
      setAdvanceDirective: AugmentedSubmittable<(value: SalusPrimitivesEmergencyAdvanceDirective | 'Unrestricted' | 'NoLabelled' | 'NoEmergency' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusPrimitivesEmergencyAdvanceDirective]>;
    };
    enactment: {
      /**
       * Approves `call` in the name of a body. The first approval proposes it; the other body's
       * starts the delay of its class.
       * 
       * Origin: [`Config::CouncilOrigin`] or [`Config::TechnicalOrigin`]. A proposal that lapsed
       * begins anew.
       * 
       * # Errors
       * - [`Error::NotInCatalogue`] if Root has no business with the call.
       * - [`Error::CallTooLong`], [`Error::CallTooHeavy`] if it is beyond what the catalogue's
       * calls can be.
       * - [`Error::AlreadyApproved`] if this body has approved it.
       * - [`Error::TooManyProposals`] if it would be one more than
       * [`Config::MaxProposals`]; lapsed ones count until they are cleared.
       * 
       * # Events
       * [`Event::Approved`], and with the second approval [`Event::Agreed`].
       **/
      approve: AugmentedSubmittable<(call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Call]>;
      /**
       * Takes a proposal off the table.
       * 
       * Origin: [`Config::CouncilOrigin`] or [`Config::TechnicalOrigin`], whoever had approved.
       * 
       * # Errors
       * [`Error::NoSuchProposal`] if there is none.
       * 
       * # Events
       * [`Event::Cancelled`].
       **/
      cancel: AugmentedSubmittable<(proposal: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Removes a proposal that has lapsed.
       * 
       * Origin: signed by anybody; free if it succeeds.
       * 
       * # Errors
       * - [`Error::NoSuchProposal`] if there is none.
       * - [`Error::NotLapsed`] if it can still be approved or enacted.
       * 
       * # Events
       * [`Event::Cleared`].
       **/
      clear: AugmentedSubmittable<(proposal: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Carries out a call that both bodies approved and whose delay is over.
       * 
       * Origin: signed by anybody; free if the call succeeds.
       * 
       * # Errors
       * - [`Error::NoSuchProposal`] if there is none.
       * - [`Error::NotAgreed`] if a body has not approved.
       * - [`Error::TooEarly`] before the delay is over, [`Error::Lapsed`] after
       * [`Config::EnactmentWindow`].
       * - [`Error::Undecodable`], [`Error::NotInCatalogue`] if the code has changed since, so that
       * it does not know the call, or keeps it from Root.
       * - The error of the call. The proposal stays, and can be tried again.
       * 
       * # Events
       * [`Event::Enacted`], after those of the call.
       **/
      enact: AugmentedSubmittable<(proposal: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Sets the delay of a class, in seconds. What is agreed already keeps its own.
       * 
       * Origin: Root, and thus by [`Pallet::enact`].
       * 
       * # Errors
       * - [`Error::BelowFloor`] if it is shorter than the class's floor.
       * - [`Error::AboveCeiling`] if it is longer than [`Config::MaxDelay`].
       * 
       * # Events
       * [`Event::DelaySet`].
       **/
      setDelay: AugmentedSubmittable<(clazz: PalletEnactmentEnactmentClass | 'Upgrade' | 'Parameter' | 'Emergency' | number | Uint8Array, seconds: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [PalletEnactmentEnactmentClass, u64]>;
    };
    grandpa: {
      /**
       * Note that the current authority set of the GRANDPA finality gadget has stalled.
       * 
       * This will trigger a forced authority set change at the beginning of the next session, to
       * be enacted `delay` blocks after that. The `delay` should be high enough to safely assume
       * that the block signalling the forced change will not be re-orged e.g. 1000 blocks.
       * The block production rate (which may be slowed down because of finality lagging) should
       * be taken into account when choosing the `delay`. The GRANDPA voters based on the new
       * authority will start voting on top of `best_finalized_block_number` for new finalized
       * blocks. `best_finalized_block_number` should be the highest of the latest finalized
       * block of all validators of the new authority set.
       * 
       * Only callable by root.
       **/
      noteStalled: AugmentedSubmittable<(delay: u32 | AnyNumber | Uint8Array, bestFinalizedBlockNumber: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Report voter equivocation/misbehavior. This method will verify the
       * equivocation proof and validate the given key ownership proof
       * against the extracted offender. If both are valid, the offence
       * will be reported.
       **/
      reportEquivocation: AugmentedSubmittable<(equivocationProof: SpConsensusGrandpaEquivocationProof | { setId?: any; equivocation?: any } | string | Uint8Array, keyOwnerProof: SpSessionMembershipProof | { session?: any; trieNodes?: any; validatorCount?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SpConsensusGrandpaEquivocationProof, SpSessionMembershipProof]>;
      /**
       * Report voter equivocation/misbehavior. This method will verify the
       * equivocation proof and validate the given key ownership proof
       * against the extracted offender. If both are valid, the offence
       * will be reported.
       * 
       * This extrinsic must be called unsigned and it is expected that only
       * block authors will call it (validated in `ValidateUnsigned`), as such
       * if the block author is defined it will be defined as the equivocation
       * reporter.
       **/
      reportEquivocationUnsigned: AugmentedSubmittable<(equivocationProof: SpConsensusGrandpaEquivocationProof | { setId?: any; equivocation?: any } | string | Uint8Array, keyOwnerProof: SpSessionMembershipProof | { session?: any; trieNodes?: any; validatorCount?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SpConsensusGrandpaEquivocationProof, SpSessionMembershipProof]>;
    };
    membership: {
      /**
       * Add a member `who` to the set.
       * 
       * May only be called from `T::AddOrigin`.
       **/
      addMember: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Swap out the sending member for some other key `new`.
       * 
       * May only be called from `Signed` origin of a current member.
       * 
       * Prime membership is passed from the origin account to `new`, if extant.
       **/
      changeKey: AugmentedSubmittable<(updated: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Remove the prime member if it exists.
       * 
       * May only be called from `T::PrimeOrigin`.
       **/
      clearPrime: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Remove a member `who` from the set.
       * 
       * May only be called from `T::RemoveOrigin`.
       **/
      removeMember: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Change the membership to a new set, disregarding the existing membership. Be nice and
       * pass `members` pre-sorted.
       * 
       * May only be called from `T::ResetOrigin`.
       **/
      resetMembers: AugmentedSubmittable<(members: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>]>;
      /**
       * Set the prime member. Must be a current member.
       * 
       * May only be called from `T::PrimeOrigin`.
       **/
      setPrime: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Swap out one member `remove` for another `add`.
       * 
       * May only be called from `T::SwapOrigin`.
       * 
       * Prime membership is *not* passed from `remove` to `add`, if extant.
       **/
      swapMember: AugmentedSubmittable<(remove: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, add: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, MultiAddress]>;
    };
    multiBlockMigrations: {
      /**
       * Clears the `Historic` set.
       * 
       * `map_cursor` must be set to the last value that was returned by the
       * `HistoricCleared` event. The first time `None` can be used. `limit` must be chosen in a
       * way that will result in a sensible weight.
       **/
      clearHistoric: AugmentedSubmittable<(selector: PalletMigrationsHistoricCleanupSelector | { Specific: any } | { Wildcard: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [PalletMigrationsHistoricCleanupSelector]>;
      /**
       * Forces the onboarding of the migrations.
       * 
       * This process happens automatically on a runtime upgrade. It is in place as an emergency
       * measurement. The cursor needs to be `None` for this to succeed.
       **/
      forceOnboardMbms: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Allows root to set an active cursor to forcefully start/forward the migration process.
       * 
       * This is an edge-case version of [`Self::force_set_cursor`] that allows to set the
       * `started_at` value to the next block number. Otherwise this would not be possible, since
       * `force_set_cursor` takes an absolute block number. Setting `started_at` to `None`
       * indicates that the current block number plus one should be used.
       **/
      forceSetActiveCursor: AugmentedSubmittable<(index: u32 | AnyNumber | Uint8Array, innerCursor: Option<Bytes> | null | Uint8Array | Bytes | string, startedAt: Option<u32> | null | Uint8Array | u32 | AnyNumber) => SubmittableExtrinsic<ApiType>, [u32, Option<Bytes>, Option<u32>]>;
      /**
       * Allows root to set a cursor to forcefully start, stop or forward the migration process.
       * 
       * Should normally not be needed and is only in place as emergency measure. Note that
       * restarting the migration process in this manner will not call the
       * [`MigrationStatusHandler::started`] hook or emit an `UpgradeStarted` event.
       **/
      forceSetCursor: AugmentedSubmittable<(cursor: Option<PalletMigrationsMigrationCursor> | null | Uint8Array | PalletMigrationsMigrationCursor | { Active: any } | { Stuck: any } | string) => SubmittableExtrinsic<ApiType>, [Option<PalletMigrationsMigrationCursor>]>;
    };
    multisig: {
      /**
       * Register approval for a dispatch to be made from a deterministic composite account if
       * approved by a total of `threshold - 1` of `other_signatories`.
       * 
       * **This function will NEVER execute the call, even if the approval threshold is
       * reached.** It only registers approval. To actually execute the call, `as_multi` must
       * be called with the full call data by any of the signatories.
       * 
       * This function is more efficient than `as_multi` for intermediate approvals since it
       * only requires the call hash, not the full call data.
       * 
       * Payment: `DepositBase` will be reserved if this is the first approval, plus
       * `threshold` times `DepositFactor`. It is returned once this dispatch happens or
       * is cancelled.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * - `threshold`: The total number of approvals for this dispatch before it is executed.
       * - `other_signatories`: The accounts (other than the sender) who can approve this
       * dispatch. May not be empty.
       * - `maybe_timepoint`: If this is the first approval, then this must be `None`. If it is
       * not the first approval, then it must be `Some`, with the timepoint (block number and
       * transaction index) of the first approval transaction.
       * - `call_hash`: The hash of the call to be executed.
       * 
       * NOTE: To execute the call after approvals are gathered, any signatory must call
       * `as_multi` with the full call data. This function cannot execute the call.
       * 
       * ## Complexity
       * - `O(S)`.
       * - Up to one balance-reserve or unreserve operation.
       * - One passthrough operation, one insert, both `O(S)` where `S` is the number of
       * signatories. `S` is capped by `MaxSignatories`, with weight being proportional.
       * - One encode & hash, both of complexity `O(S)`.
       * - Up to one binary search and insert (`O(logS + S)`).
       * - I/O: 1 read `O(S)`, up to 1 mutate `O(S)`. Up to one remove.
       * - One event.
       * - Storage: inserts one item, value size bounded by `MaxSignatories`, with a deposit
       * taken for its lifetime of `DepositBase + threshold * DepositFactor`.
       **/
      approveAsMulti: AugmentedSubmittable<(threshold: u16 | AnyNumber | Uint8Array, otherSignatories: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], maybeTimepoint: Option<PalletMultisigTimepoint> | null | Uint8Array | PalletMultisigTimepoint | { height?: any; index?: any } | string, callHash: U8aFixed | string | Uint8Array, maxWeight: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, Vec<AccountId32>, Option<PalletMultisigTimepoint>, U8aFixed, SpWeightsWeightV2Weight]>;
      /**
       * Register approval for a dispatch to be made from a deterministic composite account if
       * approved by a total of `threshold - 1` of `other_signatories`.
       * 
       * **If the approval threshold is met (including the sender's approval), this will
       * immediately execute the call.** This is the only way to execute a multisig call -
       * `approve_as_multi` will never trigger execution.
       * 
       * Payment: `DepositBase` will be reserved if this is the first approval, plus
       * `threshold` times `DepositFactor`. It is returned once this dispatch happens or
       * is cancelled.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * - `threshold`: The total number of approvals for this dispatch before it is executed.
       * - `other_signatories`: The accounts (other than the sender) who can approve this
       * dispatch. May not be empty.
       * - `maybe_timepoint`: If this is the first approval, then this must be `None`. If it is
       * not the first approval, then it must be `Some`, with the timepoint (block number and
       * transaction index) of the first approval transaction.
       * - `call`: The call to be executed.
       * 
       * NOTE: For intermediate approvals (not the final approval), you should generally use
       * `approve_as_multi` instead, since it only requires a hash of the call and is more
       * efficient.
       * 
       * Result is equivalent to the dispatched result if `threshold` is exactly `1`. Otherwise
       * on success, result is `Ok` and the result from the interior call, if it was executed,
       * may be found in the deposited `MultisigExecuted` event.
       * 
       * ## Complexity
       * - `O(S + Z + Call)`.
       * - Up to one balance-reserve or unreserve operation.
       * - One passthrough operation, one insert, both `O(S)` where `S` is the number of
       * signatories. `S` is capped by `MaxSignatories`, with weight being proportional.
       * - One call encode & hash, both of complexity `O(Z)` where `Z` is tx-len.
       * - One encode & hash, both of complexity `O(S)`.
       * - Up to one binary search and insert (`O(logS + S)`).
       * - I/O: 1 read `O(S)`, up to 1 mutate `O(S)`. Up to one remove.
       * - One event.
       * - The weight of the `call`.
       * - Storage: inserts one item, value size bounded by `MaxSignatories`, with a deposit
       * taken for its lifetime of `DepositBase + threshold * DepositFactor`.
       **/
      asMulti: AugmentedSubmittable<(threshold: u16 | AnyNumber | Uint8Array, otherSignatories: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], maybeTimepoint: Option<PalletMultisigTimepoint> | null | Uint8Array | PalletMultisigTimepoint | { height?: any; index?: any } | string, call: Call | IMethod | string | Uint8Array, maxWeight: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, Vec<AccountId32>, Option<PalletMultisigTimepoint>, Call, SpWeightsWeightV2Weight]>;
      /**
       * Immediately dispatch a multi-signature call using a single approval from the caller.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * - `other_signatories`: The accounts (other than the sender) who are part of the
       * multi-signature, but do not participate in the approval process.
       * - `call`: The call to be executed.
       * 
       * Result is equivalent to the dispatched result.
       * 
       * ## Complexity
       * O(Z + C) where Z is the length of the call and C its execution weight.
       **/
      asMultiThreshold1: AugmentedSubmittable<(otherSignatories: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>, Call]>;
      /**
       * Cancel a pre-existing, on-going multisig transaction. Any deposit reserved previously
       * for this operation will be unreserved on success.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * - `threshold`: The total number of approvals for this dispatch before it is executed.
       * - `other_signatories`: The accounts (other than the sender) who can approve this
       * dispatch. May not be empty.
       * - `timepoint`: The timepoint (block number and transaction index) of the first approval
       * transaction for this dispatch.
       * - `call_hash`: The hash of the call to be executed.
       * 
       * ## Complexity
       * - `O(S)`.
       * - Up to one balance-reserve or unreserve operation.
       * - One passthrough operation, one insert, both `O(S)` where `S` is the number of
       * signatories. `S` is capped by `MaxSignatories`, with weight being proportional.
       * - One encode & hash, both of complexity `O(S)`.
       * - One event.
       * - I/O: 1 read `O(S)`, one remove.
       * - Storage: removes one item.
       **/
      cancelAsMulti: AugmentedSubmittable<(threshold: u16 | AnyNumber | Uint8Array, otherSignatories: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], timepoint: PalletMultisigTimepoint | { height?: any; index?: any } | string | Uint8Array, callHash: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, Vec<AccountId32>, PalletMultisigTimepoint, U8aFixed]>;
      /**
       * Poke the deposit reserved for an existing multisig operation.
       * 
       * The dispatch origin for this call must be _Signed_ and must be the original depositor of
       * the multisig operation.
       * 
       * The transaction fee is waived if the deposit amount has changed.
       * 
       * - `threshold`: The total number of approvals needed for this multisig.
       * - `other_signatories`: The accounts (other than the sender) who are part of the
       * multisig.
       * - `call_hash`: The hash of the call this deposit is reserved for.
       * 
       * Emits `DepositPoked` if successful.
       **/
      pokeDeposit: AugmentedSubmittable<(threshold: u16 | AnyNumber | Uint8Array, otherSignatories: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], callHash: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, Vec<AccountId32>, U8aFixed]>;
    };
    patientIdentity: {
      /**
       * Adds `key` for `purposes`, live after `KeyDelay`.
       * 
       * Origin: signed, by an authentication key of an active handle. `signature` is `key`'s over
       * [`messages::add_key`], raw or wrapped in `<Bytes>`: it proves possession, and names the
       * handle.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `NotActive`: the handle is not active.
       * - `InvalidPurposes`: `purposes` is empty, or has a bit without meaning.
       * - `SignatureExpired`: `expiry` (Unix seconds) is not after now.
       * - `ExpiryTooFar`: `expiry` lies more than `MaxSignatureLife` ahead.
       * - `KeyInUse`: `key` is, was, or is about to be a patient's key, or is reserved
       * ([`Config::Reserved`]).
       * - `TooManyKeys`: the handle has `MaxKeys` keys, live and pending.
       * - `BadSignature`: `signature` is not `key`'s over exactly this.
       * - What the welcome fails with.
       * 
       * # Events
       * `KeyAdded`.
       **/
      addKey: AugmentedSubmittable<(key: AccountId32 | string | Uint8Array, purposes: u8 | AnyNumber | Uint8Array, expiry: u64 | AnyNumber | Uint8Array, signature: SpRuntimeMultiSignature | { Ed25519: any } | { Sr25519: any } | { Ecdsa: any } | { Eth: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u8, u64, SpRuntimeMultiSignature]>;
      /**
       * Stops the pending removal of `key`.
       * 
       * Origin: signed, by another live key of the same handle for authentication: a stolen key must
       * not keep itself, nor two of them each other. Free when it takes effect. An owner whose only
       * authentication key is being removed can freeze.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `KeyNotFound`: `key` is none of this handle's.
       * - `NoRemovalPending`: `key` is not bound to end, or has ended.
       * - `OwnKey`: `key` is the sender.
       * 
       * # Events
       * `KeyRemovalCancelled`.
       **/
      cancelKeyRemoval: AugmentedSubmittable<(key: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32]>;
      /**
       * Stops `key` before it becomes live, and forgets it. Its account goes too, unless it has ever
       * sent a transaction or is known for another reason.
       * 
       * Origin: signed, by any live key of the same handle. Free when it takes effect.
       * 
       * # Errors
       * - `NotAKey`: the sender is no live key.
       * - `KeyNotFound`: `key` is none of this handle's.
       * - `KeyNotPending`: `key` is live or has ended.
       * 
       * # Events
       * `PendingKeyCancelled`.
       **/
      cancelPendingKey: AugmentedSubmittable<(key: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32]>;
      /**
       * Stops the pending retirement, as long as it is not completed.
       * 
       * Origin: signed, by any live key. Free when it takes effect.
       * 
       * # Errors
       * - `NotAKey`: the sender is no live key.
       * - `NoRetirementPending`: there is none.
       * 
       * # Events
       * `RetirementCancelled`.
       **/
      cancelRetirement: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Stops the pending rotation of the agreement key.
       * 
       * Origin: signed, by any live key. Free when it takes effect.
       * 
       * # Errors
       * - `NotAKey`: the sender is no live key.
       * - `NoRotationPending`: there is none.
       * 
       * # Events
       * `RotationCancelled`.
       **/
      cancelRotation: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Stops the pending unfreezing: the handle stays frozen.
       * 
       * Origin: signed, by an authentication key whose removal was not pending when the handle was
       * frozen: a key that was to go must not keep the handle frozen, and so itself. Free when it
       * takes effect.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `WasLeaving`: the sender's removal was pending when the handle was frozen.
       * - `NoUnfreezePending`: there is none.
       * 
       * # Events
       * `UnfreezeCancelled`.
       **/
      cancelUnfreeze: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Retires `patient` for ever: ends all its keys, and returns a part of the deposit to its payer. The
       * rest is for what stays.
       * 
       * Origin: signed, by anybody.
       * 
       * # Errors
       * - `NotFound`: there is no such handle.
       * - `NoRetirementPending`: it was not asked for, or was stopped, or is done.
       * - `TooEarly`: `RetirementDelay` has not passed yet.
       * 
       * # Events
       * `Retired`.
       **/
      completeRetirement: AugmentedSubmittable<(patient: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Freezes the handle at once: nothing can be loosened, and what is pending is dropped; pending
       * removals of keys only if the sender's key is for authentication.
       * 
       * Origin: signed, by any live key of an active handle; by an authentication key also of a frozen
       * one, as long as removals are pending, which are then dropped. Free when it takes effect.
       * 
       * # Errors
       * - `NotAKey`: the sender is no live key.
       * - `AlreadyFrozen`: it is frozen, and the sender has no pending removal to drop (to stop a
       * pending unfreezing, use `cancel_unfreeze`).
       * - `NotActive`: it is in a state that cannot be frozen.
       * 
       * # Events
       * `Frozen`, unless it was frozen; for all that is dropped also `PendingKeyCancelled`,
       * `KeyRemovalCancelled`, `RotationCancelled`, `RetirementCancelled`.
       **/
      freeze: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Registers a handle whose first key is the sender's, for every purpose and at once.
       * 
       * Origin: signed, by an account that was never a patient's key. The sender pays the
       * deposit, and gets a part of it back when the handle is retired.
       * 
       * # Errors
       * - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
       * - `KeyInUse`: the sender is, was, or is about to be a patient's key, or is reserved
       * ([`Config::Reserved`]).
       * - What the deposit and the welcome fail with.
       * 
       * # Events
       * `Registered`.
       **/
      register: AugmentedSubmittable<(agreementKey: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed]>;
      /**
       * Registers a handle for somebody whose wallet holds no tokens. `key` becomes its first
       * key, for every purpose and at once.
       * 
       * Origin: signed, by the administrator of the licensed provider `org` or one of its staff in a
       * role of [`ADMISSION_ROLES`]. The organisation's administrator pays the deposit, and gets a part of it back when
       * the handle is retired. `signature` is `key`'s over [`messages::register_for`], raw or wrapped in
       * `<Bytes>`; it names `org`, so no other organisation can use it.
       * 
       * # Errors
       * - `NotAuthorised`: the sender does not act for `org` in such a role.
       * - `NotLicensed`: `org` is no licensed provider now.
       * - `FlaggedOrganisation`: `org` is flagged, and the handle would name it for ever; or the sender works
       * at an organisation that is, and the event would name the sender.
       * - `SignatureExpired`: `expiry` (Unix seconds) is not after now.
       * - `ExpiryTooFar`: `expiry` lies more than `MaxSignatureLife` ahead.
       * - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
       * - `KeyInUse`: `key` is, was, or is about to be a patient's key, or is reserved
       * ([`Config::Reserved`]).
       * - `BadSignature`: `signature` is not `key`'s over exactly this.
       * - `TooManyRegistrations`: the sender has registered [`Config::MaxRegistrationsByMember`]
       * handles lately, or the organisation [`Config::MaxRegistrations`].
       * - What the deposit and the welcome fail with.
       * 
       * # Events
       * `Registered`.
       **/
      registerFor: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, key: AccountId32 | string | Uint8Array, agreementKey: U8aFixed | string | Uint8Array, expiry: u64 | AnyNumber | Uint8Array, signature: SpRuntimeMultiSignature | { Ed25519: any } | { Sr25519: any } | { Ecdsa: any } | { Eth: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32, U8aFixed, u64, SpRuntimeMultiSignature]>;
      /**
       * Removes another key of the handle after `KeyDelay`. One's own goes by `remove_own_key`.
       * 
       * Origin: signed, by an authentication key of an active handle, or of a frozen one if `key` is
       * not for authentication: freezing keeps no stolen key.
       * 
       * # Errors
       * - `OwnKey`: `key` is the sender.
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `NotActive`: the handle is in a state in which such a key stays.
       * - `KeyNotFound`: `key` is none of this handle's.
       * - `KeyNotLive`: `key` has ended, or is pending (then use `cancel_pending_key`).
       * - `RemovalPending`: this was asked for already.
       * - `LastAuthenticationKey`: no authentication key would stay.
       * 
       * # Events
       * `KeyRemoved`.
       **/
      removeKey: AugmentedSubmittable<(key: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32]>;
      /**
       * Removes the sender's own key at once: a wallet that is lost, or trusted no more.
       * 
       * Origin: signed, by the key, in every state. Free when it takes effect.
       * 
       * # Errors
       * - `NotAKey`: the sender is no live key.
       * - `LastAuthenticationKey`: no authentication key would stay.
       * 
       * # Events
       * `KeyRemoved`.
       **/
      removeOwnKey: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Asks for the handle's retirement, which anybody can complete after `RetirementDelay`.
       * 
       * Origin: signed, by an authentication key of an active handle.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `NotActive`: the handle is not active.
       * - `RetirementPending`: this was asked for already.
       * 
       * # Events
       * `RetirementRequested`.
       **/
      retire: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Replaces the agreement key after `KeyDelay`.
       * 
       * Origin: signed, by an authentication key of an active handle.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `NotActive`: the handle is not active.
       * - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
       * - `SameAgreementKey`: it is the present one.
       * - `RotationPending`: a rotation was asked for already.
       * 
       * # Events
       * `AgreementKeyRotated`.
       **/
      rotateAgreementKey: AugmentedSubmittable<(agreementKey: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed]>;
      /**
       * Makes the handle active again after `UnfreezeDelay`, by itself.
       * 
       * Origin: signed, by an authentication key.
       * 
       * # Errors
       * - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
       * - `NotFrozen`: the handle is not frozen.
       * - `UnfreezePending`: this was asked for already.
       * 
       * # Events
       * `UnfreezeRequested`.
       **/
      unfreeze: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
    };
    preimage: {
      /**
       * Ensure that the bulk of pre-images is upgraded.
       * 
       * The caller pays no fee if at least 90% of pre-images were successfully updated.
       **/
      ensureUpdated: AugmentedSubmittable<(hashes: Vec<H256> | (H256 | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<H256>]>;
      /**
       * Register a preimage on-chain.
       * 
       * If the preimage was previously requested, no fees or deposits are taken for providing
       * the preimage. Otherwise, a deposit is taken proportional to the size of the preimage.
       **/
      notePreimage: AugmentedSubmittable<(bytes: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Request a preimage be uploaded to the chain without paying any fees or deposits.
       * 
       * If the preimage requests has already been provided on-chain, we unreserve any deposit
       * a user may have paid, and take the control of the preimage out of their hands.
       **/
      requestPreimage: AugmentedSubmittable<(hash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Clear an unrequested preimage from the runtime storage.
       * 
       * If `len` is provided, then it will be a much cheaper operation.
       * 
       * - `hash`: The hash of the preimage to be removed from the store.
       * - `len`: The length of the preimage of `hash`.
       **/
      unnotePreimage: AugmentedSubmittable<(hash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Clear a previously made request for a preimage.
       * 
       * NOTE: THIS MUST NOT BE CALLED ON `hash` MORE TIMES THAN `request_preimage`.
       **/
      unrequestPreimage: AugmentedSubmittable<(hash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
    };
    proxy: {
      /**
       * Register a proxy account for the sender that is able to make calls on its behalf.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `proxy`: The account that the `caller` would like to make a proxy.
       * - `proxy_type`: The permissions allowed for this proxy account.
       * - `delay`: The announcement period required of the initial proxy. Will generally be
       * zero.
       **/
      addProxy: AugmentedSubmittable<(delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, proxyType: SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number | Uint8Array, delay: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, SalusRuntimeCommonProxyType, u32]>;
      /**
       * Publish the hash of a proxy-call that will be made in the future.
       * 
       * This must be called some number of blocks before the corresponding `proxy` is attempted
       * if the delay associated with the proxy relationship is greater than zero.
       * 
       * No more than `MaxPending` announcements may be made at any one time.
       * 
       * This will take a deposit of `AnnouncementDepositFactor` as well as
       * `AnnouncementDepositBase` if there are no other pending announcements.
       * 
       * The dispatch origin for this call must be _Signed_ and a proxy of `real`.
       * 
       * Parameters:
       * - `real`: The account that the proxy will make a call on behalf of.
       * - `call_hash`: The hash of the call to be made by the `real` account.
       **/
      announce: AugmentedSubmittable<(real: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, callHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, H256]>;
      /**
       * Spawn a fresh new account that is guaranteed to be otherwise inaccessible, and
       * initialize it with a proxy of `proxy_type` for `origin` sender.
       * 
       * Requires a `Signed` origin.
       * 
       * - `proxy_type`: The type of the proxy that the sender will be registered as over the
       * new account. This will almost always be the most permissive `ProxyType` possible to
       * allow for maximum flexibility.
       * - `index`: A disambiguation index, in case this is called multiple times in the same
       * transaction (e.g. with `utility::batch`). Unless you're using `batch` you probably just
       * want to use `0`.
       * - `delay`: The announcement period required of the initial proxy. Will generally be
       * zero.
       * 
       * Fails with `Duplicate` if this has already been called in this transaction, from the
       * same sender, with the same parameters.
       * 
       * Fails if there are insufficient funds to pay for deposit.
       **/
      createPure: AugmentedSubmittable<(proxyType: SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number | Uint8Array, delay: u32 | AnyNumber | Uint8Array, index: u16 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusRuntimeCommonProxyType, u32, u16]>;
      /**
       * Removes a previously spawned pure proxy.
       * 
       * WARNING: **All access to this account will be lost.** Any funds held in it will be
       * inaccessible.
       * 
       * Requires a `Signed` origin, and the sender account must have been created by a call to
       * `create_pure` with corresponding parameters.
       * 
       * - `spawner`: The account that originally called `create_pure` to create this account.
       * - `index`: The disambiguation index originally passed to `create_pure`. Probably `0`.
       * - `proxy_type`: The proxy type originally passed to `create_pure`.
       * - `height`: The height of the chain when the call to `create_pure` was processed.
       * - `ext_index`: The extrinsic index in which the call to `create_pure` was processed.
       * 
       * Fails with `NoPermission` in case the caller is not a previously created pure
       * account whose `create_pure` call has corresponding parameters.
       **/
      killPure: AugmentedSubmittable<(spawner: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, proxyType: SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number | Uint8Array, index: u16 | AnyNumber | Uint8Array, height: Compact<u32> | AnyNumber | Uint8Array, extIndex: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, SalusRuntimeCommonProxyType, u16, Compact<u32>, Compact<u32>]>;
      /**
       * Poke / Adjust deposits made for proxies and announcements based on current values.
       * This can be used by accounts to possibly lower their locked amount.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * The transaction fee is waived if the deposit amount has changed.
       * 
       * Emits `DepositPoked` if successful.
       **/
      pokeDeposit: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Dispatch the given `call` from an account that the sender is authorised for through
       * `add_proxy`.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `real`: The account that the proxy will make a call on behalf of.
       * - `force_proxy_type`: Specify the exact proxy type to be used and checked for this call.
       * - `call`: The call to be made by the `real` account.
       **/
      proxy: AugmentedSubmittable<(real: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, forceProxyType: Option<SalusRuntimeCommonProxyType> | null | Uint8Array | SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, Option<SalusRuntimeCommonProxyType>, Call]>;
      /**
       * Dispatch the given `call` from an account that the sender is authorized for through
       * `add_proxy`.
       * 
       * Removes any corresponding announcement(s).
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `real`: The account that the proxy will make a call on behalf of.
       * - `force_proxy_type`: Specify the exact proxy type to be used and checked for this call.
       * - `call`: The call to be made by the `real` account.
       **/
      proxyAnnounced: AugmentedSubmittable<(delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, real: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, forceProxyType: Option<SalusRuntimeCommonProxyType> | null | Uint8Array | SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, MultiAddress, Option<SalusRuntimeCommonProxyType>, Call]>;
      /**
       * Remove the given announcement of a delegate.
       * 
       * May be called by a target (proxied) account to remove a call that one of their delegates
       * (`delegate`) has announced they want to execute. The deposit is returned.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `delegate`: The account that previously announced the call.
       * - `call_hash`: The hash of the call to be made.
       **/
      rejectAnnouncement: AugmentedSubmittable<(delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, callHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, H256]>;
      /**
       * Remove a given announcement.
       * 
       * May be called by a proxy account to remove a call they previously announced and return
       * the deposit.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `real`: The account that the proxy will make a call on behalf of.
       * - `call_hash`: The hash of the call to be made by the `real` account.
       **/
      removeAnnouncement: AugmentedSubmittable<(real: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, callHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, H256]>;
      /**
       * Unregister all proxy accounts for the sender.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * WARNING: This may be called on accounts created by `create_pure`, however if done, then
       * the unreserved fees will be inaccessible. **All access to this account will be lost.**
       **/
      removeProxies: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Unregister a proxy account for the sender.
       * 
       * The dispatch origin for this call must be _Signed_.
       * 
       * Parameters:
       * - `proxy`: The account that the `caller` would like to remove as a proxy.
       * - `proxy_type`: The permissions currently enabled for the removed proxy account.
       **/
      removeProxy: AugmentedSubmittable<(delegate: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, proxyType: SalusRuntimeCommonProxyType | 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing' | number | Uint8Array, delay: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, SalusRuntimeCommonProxyType, u32]>;
    };
    recordAnchor: {
      /**
       * Confirm, as the patient, to have seen a record. It agrees to nothing.
       * 
       * Origin: signed by any live key of the patient whom the record names. Without a deposit.
       * 
       * - `author`: the organisation that anchored the record.
       * - `seq`: its slot.
       * 
       * # Errors
       * - [`Error::NotFound`]: there is no such slot, or none any more.
       * - [`Error::NotSubject`]: the record is not about the signer.
       * - [`Error::AlreadyAcknowledged`]: the patient has confirmed it before.
       * 
       * # Events
       * [`Event::Acknowledged`].
       **/
      acknowledge: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Anchor one record in the author's next slot.
       * 
       * Origin: signed by the administrator of `org`, or by its clinician, nurse, pharmacist,
       * laboratory scientist or data steward. The administrator posts the deposit.
       * 
       * - `org`: the author, licensed now as provider, laboratory or pharmacy.
       * - `commitment`: the salted commitment to the record, made off chain.
       * - `form`: over which bytes the record's digest is taken.
       * - `subject`: whom the record is about, if it is to say so.
       * - `previous`: the head of the author's lineage that this version succeeds, and what it
       * is to that version.
       * - `retention`: for how long the record is kept.
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotLicensed`]: signer or organisation.
       * - [`Error::ZeroCommitment`], [`Error::AlreadyAnchored`]: the commitment.
       * - [`Error::WrongRelation`], [`Error::PreviousNotFound`], [`Error::PreviousNotSingle`],
       * [`Error::PreviousNotHead`]: the version before.
       * - [`Error::SubjectMismatch`], [`Error::SubjectNotFound`], [`Error::SubjectClosed`],
       * [`Error::NotRelated`], [`Error::FlaggedOrganisation`]: the subject.
       * - The error of the runtime's `Consideration` if the deposit cannot be held.
       * 
       * # Events
       * [`Event::Anchored`].
       **/
      anchor: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array, form: SalusPrimitivesCommitmentForm | 'Bytes' | 'FhirJson' | number | Uint8Array, subject: Option<H256> | null | Uint8Array | H256 | string, previous: Option<ITuple<[u64, PalletRecordAnchorAnchorsRelation]>> | null | Uint8Array | ITuple<[u64, PalletRecordAnchorAnchorsRelation]> | [u64 | AnyNumber | Uint8Array, PalletRecordAnchorAnchorsRelation | 'New' | 'Amends' | 'Corrects' | 'Supersedes' | 'EnteredInError' | number | Uint8Array], retention: PalletRecordAnchorAnchorsRetentionClass | 'Standard' | 'Minor' | 'Imaging' | 'Traceability' | 'EmergencySummary' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, SalusPrimitivesCommitmentForm, Option<H256>, Option<ITuple<[u64, PalletRecordAnchorAnchorsRelation]>>, PalletRecordAnchorAnchorsRetentionClass]>;
      /**
       * Anchor the root of a Merkle tree of commitments in the author's next slot.
       * 
       * Origin: as for [`Pallet::anchor`]. The cost is the same for any number of leaves. The
       * author keeps the leaves: without them nobody can prove membership.
       * 
       * - `org`: the author, licensed now as provider, laboratory or pharmacy.
       * - `root`: the root, made as [`salus_primitives::commitment::merkle_root`] makes it.
       * - `leaves`: how many commitments are under it, 1 to 2^32. The depth follows from it.
       * - `form`: over which bytes the digest of each record is taken.
       * - `retention`: for how long the records are kept.
       * 
       * # Errors
       * - [`Error::WrongLeafCount`]: there is no such tree.
       * - [`Error::NotAuthorised`], [`Error::NotLicensed`]: signer or organisation.
       * - [`Error::ZeroCommitment`], [`Error::AlreadyAnchored`]: the root.
       * - The error of the runtime's `Consideration` if the deposit cannot be held.
       * 
       * # Events
       * [`Event::BatchAnchored`].
       **/
      anchorBatch: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, root: H256 | string | Uint8Array, leaves: u64 | AnyNumber | Uint8Array, form: SalusPrimitivesCommitmentForm | 'Bytes' | 'FhirJson' | number | Uint8Array, retention: PalletRecordAnchorAnchorsRetentionClass | 'Standard' | 'Minor' | 'Imaging' | 'Traceability' | 'EmergencySummary' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, u64, SalusPrimitivesCommitmentForm, PalletRecordAnchorAnchorsRetentionClass]>;
      /**
       * Anchor several single records in the author's next slots, in the order given: all or none.
       * 
       * Origin: as for [`Pallet::anchor`], as which every record is treated. A record may succeed one
       * that comes before it in the list.
       * 
       * - `org`: the author, licensed now as provider, laboratory or pharmacy.
       * - `records`: 1 to [`Config::MaxRecords`] of them.
       * 
       * # Errors
       * - [`Error::EmptyList`]: there is none.
       * - Those of [`Pallet::anchor`], for any of the records.
       * 
       * # Events
       * [`Event::Anchored`] for each.
       **/
      anchorMany: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, records: Vec<PalletRecordAnchorAnchorsNewAnchor> | (PalletRecordAnchorAnchorsNewAnchor | { commitment?: any; form?: any; subject?: any; previous?: any; retention?: any } | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [u32, Vec<PalletRecordAnchorAnchorsNewAnchor>]>;
      /**
       * Answer the last dispute about a record. In time only: what was not answered in time stays
       * unanswered for all to see.
       * 
       * Origin: as for [`Pallet::extend_dispute`].
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * - `outcome`: who is right. A correction names the newer version.
       * - `statement`: the salted commitment to the reasons, made off chain.
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::NotDisputed`], [`Error::AlreadyAnswered`], [`Error::AnswerTooLate`]: the dispute.
       * - [`Error::ZeroCommitment`]: the statement.
       * - [`Error::NotACorrection`]: the slot named holds no newer version of the record.
       * 
       * # Events
       * [`Event::DisputeAnswered`].
       **/
      answerDispute: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, outcome: PalletRecordAnchorLifeOutcome | { Upheld: any } | { Corrected: any } | { Rejected: any } | string | Uint8Array, statement: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, PalletRecordAnchorLifeOutcome, H256]>;
      /**
       * Say, as the patient, that a record is wrong or incomplete. The record stands as before, and
       * the dispute beside it, answered or not.
       * 
       * Origin: signed by a live key of the patient whom the record names, for consent or for authentication. Without a
       * deposit. Up to [`MAX_DISPUTES`] times for a record, one after the other.
       * 
       * - `author`: the organisation that anchored the record.
       * - `seq`: its slot.
       * - `statement`: the salted commitment to what the patient says, made off chain.
       * 
       * # Errors
       * - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
       * - [`Error::NotForDisputes`]: the key may only look.
       * - [`Error::ZeroCommitment`]: the statement.
       * - [`Error::DisputeOpen`]: the author still has time to answer the last one.
       * - [`Error::TooManyDisputes`]: there were as many as there can be.
       * 
       * # Events
       * [`Event::Disputed`].
       **/
      dispute: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, statement: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, H256]>;
      /**
       * Take slots whose retention is over out of the state, with all that stands beside them: all or
       * none. Their deposits go back to whoever put them down. The numbers are never given again, and
       * receipts that were made before stay good.
       * 
       * Origin: signed by anybody.
       * 
       * - `author`: whose slots.
       * - `seqs`: 1 to [`Config::MaxEvicted`] of them; of a lineage, older versions first.
       * 
       * # Errors
       * - [`Error::EmptyList`]: there is none.
       * - [`Error::NotFound`]: there is no such slot, or it is in the list twice.
       * - [`Error::OnHold`], [`Error::RetentionNotOver`], [`Error::DisputeOpen`]: it has to stay.
       * - [`Error::EarlierVersionKept`]: an older version of the same record has to go first.
       * 
       * # Events
       * [`Event::Evicted`] for each.
       **/
      evict: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seqs: Vec<u64> | (u64 | AnyNumber | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [u32, Vec<u64>]>;
      /**
       * Take more time to answer a dispute: [`Config::DisputeExtension`], once.
       * 
       * Origin: signed by the administrator of `org`, or in one of [`ANSWER_ROLES`]. Without a live
       * licence.
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::NotDisputed`], [`Error::AlreadyAnswered`], [`Error::AnswerTooLate`],
       * [`Error::AlreadyExtended`]: the dispute.
       * 
       * # Events
       * [`Event::DisputeExtended`].
       **/
      extendDispute: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Keep a slot for longer than its class asks, or than was said before. Never for less.
       * 
       * Origin: signed by the administrator of `org`, or in one of [`PRIVACY_ROLES`]. Without a live
       * licence.
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * - `until`: the first moment at which it need not be kept; within [`Config::MaxRetention`].
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::RetentionNotLonger`], [`Error::WrongRetention`]: the moment.
       * 
       * # Events
       * [`Event::RetentionExtended`].
       **/
      extendRetention: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, u64]>;
      /**
       * Put a slot on legal hold, or renew the hold: it is neither shredded nor evicted until then.
       * 
       * Origin: signed by a registrar that carries out court orders. An organisation has one hold on a
       * slot, whichever of its registrars acts; several organisations can hold the same slot.
       * 
       * - `author`, `seq`: the slot, single record or batch.
       * - `until`: the first moment at which it no longer holds; within [`Config::MaxHold`].
       * 
       * # Errors
       * - [`Error::NotCourt`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::WrongHold`], [`Error::HoldNotLonger`]: the moment.
       * - [`Error::TooManyHolds`]: [`MAX_HOLDS`] organisations hold it.
       * 
       * # Events
       * [`Event::Held`].
       **/
      hold: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, u64]>;
      /**
       * Say that a record is not erased, and why. Late rather than never.
       * 
       * Origin: as for [`Pallet::extend_retention`]. The author may change its mind and shred later.
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * - `reason`: which exception applies.
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::NotRequested`], [`Error::AlreadyRefused`]: the request.
       * 
       * # Events
       * [`Event::ErasureRefused`].
       **/
      refuseErasure: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, reason: PalletRecordAnchorLifeRefusalReason | 'LegalObligation' | 'PublicHealth' | 'Archiving' | 'LegalClaims' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, PalletRecordAnchorLifeRefusalReason]>;
      /**
       * Take the hold of one's own organisation off a slot.
       * 
       * Origin: as for [`Pallet::hold`].
       * 
       * - `author`, `seq`: the slot.
       * 
       * # Errors
       * - [`Error::NotCourt`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::NotHeld`]: the organisation holds it not, or not any more.
       * 
       * # Events
       * [`Event::Released`].
       **/
      release: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Ask, as the patient, to have a record erased. The author shreds it or says why not, within
       * [`Config::ErasureTime`]; if it does neither, everybody sees that it is late.
       * 
       * Origin: signed by a live key for consent of the patient whom the record names; the handle is Active. Without a deposit.
       * 
       * - `author`: the organisation that anchored the record.
       * - `seq`: its slot.
       * 
       * # Errors
       * - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
       * - [`Error::NotForConsent`], [`Error::SubjectNotActive`]: the key, the handle.
       * - [`Error::AlreadyRequested`]: the patient has asked before.
       * 
       * # Events
       * [`Event::ErasureRequested`].
       **/
      requestErasure: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Mark a record, or a whole batch, as one that does not stand. Once, and for ever.
       * 
       * Origin: as for [`Pallet::anchor`], but without a live licence. The slot stays, and
       * answers for moments before the retraction do too. A retraction of a leaf costs the
       * administrator a deposit.
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * - `leaf`: the index of a record in a batch; none for the whole slot.
       * - `reason`: why.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer.
       * - [`Error::NotFound`], [`Error::NotBatch`], [`Error::LeafNotFound`]: there is no such
       * record.
       * - [`Error::AlreadyRetracted`]: it was retracted before, by itself or with its batch.
       * - The error of the runtime's `Consideration` if the deposit cannot be held.
       * 
       * # Events
       * [`Event::Retracted`].
       **/
      retract: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, leaf: Option<u64> | null | Uint8Array | u64 | AnyNumber, reason: PalletRecordAnchorAnchorsRetractReason | 'WrongContent' | 'WrongSubject' | 'Duplicate' | 'NotPerformed' | 'TechnicalFault' | 'Replaced' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, Option<u64>, PalletRecordAnchorAnchorsRetractReason]>;
      /**
       * Erase a slot: the commitment leaves the state with all that stands beside it. A tombstone
       * stays, and the number is never given again. The deposit comes back, but for the tombstone's
       * part. Blocks keep what was in them: destroy record and salt first.
       * 
       * Origin: as for [`Pallet::extend_retention`]. After the retention, or before it if the patient
       * has asked for it; a batch, which has no subject, only after.
       * 
       * - `org`: the author.
       * - `seq`: its slot.
       * 
       * # Errors
       * - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
       * - [`Error::OnHold`]: the slot is on legal hold.
       * - [`Error::DisputeOpen`]: the patient waits for an answer.
       * - [`Error::RetentionNotOver`]: it is too early, and the patient has not asked.
       * 
       * # Events
       * [`Event::Shredded`].
       **/
      shred: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Clear away the retractions of single records of a batch that was shredded or evicted, and give
       * their deposits back.
       * 
       * Origin: signed by anybody.
       * 
       * - `author`, `seq`: the slot that the batch was in.
       * - `limit`: how many at most, 1 to [`Config::MaxEvicted`].
       * 
       * # Errors
       * - [`Error::WrongLimit`]: none, or too many.
       * - [`Error::StillKept`]: the slot is still there.
       * - [`Error::NothingLeft`]: there is nothing to clear away.
       * 
       * # Events
       * [`Event::Swept`].
       **/
      sweep: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array, limit: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, u32]>;
      /**
       * Take back, as the patient, the wish to have a record erased: also what somebody asked with a
       * stolen key.
       * 
       * Origin: as for [`Pallet::request_erasure`].
       * 
       * - `author`: the organisation that anchored the record.
       * - `seq`: its slot.
       * 
       * # Errors
       * - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
       * - [`Error::NotRequested`]: the patient has not asked.
       * 
       * # Events
       * [`Event::ErasureWithdrawn`].
       **/
      withdrawErasure: AugmentedSubmittable<(author: u32 | AnyNumber | Uint8Array, seq: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
    };
    registry: {
      /**
       * Accept the administration of an organisation, and with it the organisation's deposit.
       * 
       * Signed by the account to which it was offered. The deposit is held from that account and
       * goes back to the one before.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotOffered`]: the administration was not offered to the caller.
       * - [`Error::AdministersAnother`]: the caller administers another organisation by now.
       * - What the deposit's holder answers, if the caller cannot post the deposit.
       * 
       * # Events
       * [`Event::AdminRotated`].
       **/
      acceptAdmin: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Accept an invitation: affiliated in that role from now to before the end offered.
       * 
       * Signed by the invited account. An affiliation in the same role that is in force ends
       * now, without a gap. The first affiliation keeps the invitation's deposit; that of any
       * further one goes back.
       * 
       * # Errors
       * - [`Error::NotInvited`]: there is no such invitation.
       * - [`Error::InvitationLapsed`]: the end offered has passed.
       * - [`Error::BeganThisSecond`]: one in the same role began in this second.
       * - [`Error::HistoryFull`]: the account has [`Config::MaxAffiliationIntervals`] intervals
       * at the organisation.
       * - [`Error::TooManyEmployers`]: it is affiliated to [`Config::MaxEmployers`] others now, or was to some of them
       * while they were flagged.
       * 
       * # Events
       * [`Event::Affiliated`].
       **/
      acceptAffiliation: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesRole]>;
      /**
       * Admit an organisation to a kind that it applied for, from now to before `until`.
       * 
       * Signed by a registrar that covers `kind` and does not act for `org` in any way.
       * 
       * # Errors
       * - [`Error::NotRegistrar`]: the caller is no registrar now.
       * - [`Error::KindNotCovered`]: its entry does not cover `kind`.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::ConflictOfInterest`]: the caller acts for `org`.
       * - [`Error::NotPending`]: `org` has no application for `kind`.
       * - [`Error::TermTooShort`]: `until` does not lie after now.
       * - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxLicenceTerm`] ahead.
       * 
       * # Events
       * [`Event::Admitted`].
       **/
      admit: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind, u64]>;
      /**
       * Apply for licences, as a new organisation or for further kinds of one's own.
       * 
       * Signed by whoever will administer the organisation, or does already. A deposit for the
       * organisation and each of its kinds is held from the caller. `profile` commits to the
       * documents that registrars examine off chain; it is fixed with the first application.
       * 
       * # Errors
       * - [`Error::NoKind`]: `kinds` is empty.
       * - [`Error::UnknownCode`]: a bit of `kinds` stands for no kind.
       * - [`Error::NoProfile`]: `profile` is zero.
       * - [`Error::ProfileDiffers`]: the caller's organisation has applied with another profile.
       * - [`Error::AlreadyPending`]: a kind is pending already.
       * - [`Error::AlreadyAdmitted`]: a kind was admitted before, be it revoked since.
       * - [`Error::TooManyOrganisations`]: no number is left.
       * - What the deposit's holder answers, if the caller cannot post the deposit.
       * 
       * # Events
       * [`Event::Applied`].
       **/
      apply: AugmentedSubmittable<(kinds: u16 | AnyNumber | Uint8Array, profile: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, H256]>;
      /**
       * Appoint a registrar that acts for `org`, from now to before `until`.
       * 
       * By [`Config::GovernanceOrigin`]. A term in force ends now, and the new one takes its
       * place. From then on the account can send transactions without holding tokens.
       * 
       * # Errors
       * - `BadOrigin`: the origin is not governance.
       * - [`Error::UnknownCode`]: a bit of `kinds` or `capabilities` stands for no code.
       * - [`Error::NothingCovered`]: both sets are empty.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::TermTooShort`]: `until` does not lie after now.
       * - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxRegistrarTerm`] ahead.
       * - [`Error::HistoryFull`]: the account has had [`Config::MaxRegistrarTerms`] terms.
       * 
       * # Events
       * [`Event::RegistrarAppointed`].
       **/
      appointRegistrar: AugmentedSubmittable<(account: AccountId32 | string | Uint8Array, org: u32 | AnyNumber | Uint8Array, kinds: u16 | AnyNumber | Uint8Array, capabilities: u8 | AnyNumber | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u32, u16, u8, u64]>;
      /**
       * Take over the deposit for an affiliated account from an earlier administrator.
       * 
       * Signed by the organisation's administrator. Whoever posted the deposit has it back.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::NotAffiliated`]: the account never was affiliated to it.
       * - [`Error::AlreadyDepositor`]: the deposit is the caller's already.
       * - What the deposit's holder answers, if the caller cannot post the deposit.
       * 
       * # Events
       * [`Event::DepositAssumed`].
       **/
      assumeDeposit: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, account: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32]>;
      /**
       * Take an invitation back. Free when it takes effect.
       * 
       * Signed by the organisation's administrator. The deposit goes back to whoever posted it. The
       * invited account is forgotten, unless it is known for another reason. If it has ever sent a
       * transaction it stays, and so does the deposit, as in [`Pallet::decline_affiliation`].
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::NotInvited`]: there is no such invitation.
       * 
       * # Events
       * [`Event::InvitationCancelled`].
       **/
      cancelInvitation: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, account: AccountId32 | string | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32, SalusPrimitivesCodesRole]>;
      /**
       * Decline an application for a kind. Free when it takes effect.
       * 
       * Signed by a registrar that covers `kind`. The deposit for the kind goes back. The applicant
       * may apply again, or withdraw to have the rest.
       * 
       * # Errors
       * - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotPending`]: `org` has no application for `kind`.
       * 
       * # Events
       * [`Event::Declined`].
       **/
      decline: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind]>;
      /**
       * Decline an invitation. Free when it takes effect.
       * 
       * Signed by the invited account, which stays: it has sent a transaction. So does the deposit, until
       * the account is affiliated somewhere; it goes back at once if the account is known for another reason.
       * 
       * # Errors
       * - [`Error::NotInvited`]: there is no such invitation.
       * 
       * # Events
       * [`Event::InvitationDeclined`].
       **/
      declineAffiliation: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesRole]>;
      /**
       * Dismiss a registrar, as of now. What it did stays as it is.
       * 
       * By [`Config::GovernanceOrigin`].
       * 
       * # Errors
       * - `BadOrigin`: the origin is not governance.
       * - [`Error::NotRegistrar`]: the account is no registrar now.
       * 
       * # Events
       * [`Event::RegistrarDismissed`].
       **/
      dismissRegistrar: AugmentedSubmittable<(account: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32]>;
      /**
       * End an affiliation, as of now. Free when it takes effect.
       * 
       * Signed by the affiliated account or by the organisation's administrator; neither needs
       * the other.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the caller is neither of the two.
       * - [`Error::NotAffiliated`]: there is no such affiliation in force.
       * - [`Error::BeganThisSecond`]: it began in this second; the next block can end it.
       * 
       * # Events
       * [`Event::AffiliationEnded`].
       **/
      endAffiliation: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, account: AccountId32 | string | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32, SalusPrimitivesCodesRole]>;
      /**
       * Invite an account to the organisation in a role, until before `until`.
       * 
       * Signed by the administrator of an organisation with a licence in force, who posts a
       * deposit. From then on the account can send transactions without holding tokens.
       * Whoever has the role already can be invited again, to a later or an earlier end.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::NotLicensed`]: it has no licence in force.
       * - [`Error::TermTooShort`]: `until` does not lie after now.
       * - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxAffiliationTerm`] ahead.
       * - [`Error::AlreadyInvited`]: the account has an open invitation in this role.
       * - [`Error::HistoryFull`]: it has [`Config::MaxAffiliationIntervals`] intervals there.
       * - [`Error::TooManyInvitations`]: the organisation has made [`Config::MaxInvitations`] lately.
       * - What the deposit's holder answers, if the caller cannot post the deposit.
       * 
       * # Events
       * [`Event::Invited`].
       **/
      invite: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, account: AccountId32 | string | Uint8Array, role: SalusPrimitivesCodesRole | 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32, SalusPrimitivesCodesRole, u64]>;
      /**
       * Reinstate a suspended licence, from now to before `until`, as a new interval.
       * 
       * Signed by a registrar that covers `kind` and does not act for `org`.
       * 
       * # Errors
       * - [`Error::NotRegistrar`], [`Error::KindNotCovered`], [`Error::UnknownOrganisation`],
       * [`Error::ConflictOfInterest`], [`Error::TermTooShort`], [`Error::TermTooLong`]: as in
       * [`Pallet::admit`].
       * - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
       * - [`Error::AlreadyRevoked`]: the licence was revoked.
       * - [`Error::NotSuspended`]: it is in force, or its term is over: renew it.
       * - [`Error::HistoryFull`]: the licence has [`Config::MaxLicenceIntervals`] intervals.
       * 
       * # Events
       * [`Event::Reinstated`].
       **/
      reinstate: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind, u64]>;
      /**
       * Renew a licence that is in force or has expired: from now to before `until`.
       * 
       * Signed by a registrar that covers `kind` and does not act for `org`. The interval in
       * force ends now and the new one begins now, so there is no gap.
       * 
       * # Errors
       * - [`Error::NotRegistrar`], [`Error::KindNotCovered`], [`Error::UnknownOrganisation`],
       * [`Error::ConflictOfInterest`], [`Error::TermTooLong`]: as in [`Pallet::admit`].
       * - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
       * - [`Error::AlreadyRevoked`]: the licence was revoked.
       * - [`Error::IsSuspended`]: it is suspended: reinstate it.
       * - [`Error::TermTooShort`]: `until` lies neither after now nor after the present end.
       * - [`Error::HistoryFull`]: the licence has [`Config::MaxLicenceIntervals`] intervals.
       * 
       * # Events
       * [`Event::Renewed`].
       **/
      renew: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind, u64]>;
      /**
       * Revoke a licence for ever, as of now, in whatever state it is. Free when it takes effect.
       * 
       * Signed by a registrar that covers `kind`.
       * 
       * # Errors
       * - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
       * - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
       * - [`Error::AlreadyRevoked`]: it was revoked before.
       * - [`Error::BeganThisSecond`]: it is in force since this second; the next block can end it.
       * 
       * # Events
       * [`Event::Revoked`].
       **/
      revoke: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind]>;
      /**
       * Offer the administration of an organisation to `new`, instead of any earlier offer.
       * 
       * Signed by the administrator. Naming oneself takes an open offer back. Nothing else
       * changes until `new` accepts.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::AlreadyAdmin`]: the caller named itself, and there is no offer to take back.
       * - [`Error::AdministersAnother`]: `new` administers another organisation.
       * - [`Error::Unchanged`]: the administration is offered to `new` already.
       * 
       * # Events
       * [`Event::AdminOffered`] or [`Event::AdminOfferCancelled`].
       **/
      rotateAdmin: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, updated: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, AccountId32]>;
      /**
       * Name the X25519 public key to which others encrypt what is for an organisation, from now
       * on and instead of any before. What was encrypted to an earlier one stays so: keep the
       * private key as long as the envelopes.
       * 
       * Signed by the organisation's administrator.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::InvalidAgreementKey`]: the key is of low order: anybody could decrypt.
       * - [`Error::Unchanged`]: it is the present key.
       * 
       * # Events
       * [`Event::AgreementKeySet`].
       **/
      setAgreementKey: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, agreementKey: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, U8aFixed]>;
      /**
       * Name the keys with which an organisation's systems authenticate, from now on and instead of any before, those of
       * its profile too: by a salted commitment to a document that lists them. Zero stands for no key at all.
       * 
       * Signed by the organisation's administrator. No registrar has a part in it, so that a key which was lost is out of
       * service in the next block.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::Unchanged`]: it is the present commitment.
       * 
       * # Events
       * [`Event::ClientKeysSet`].
       **/
      setClientKeys: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, keys: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256]>;
      /**
       * Flag an organisation whose very name says something about its patients, or unflag it.
       * 
       * Signed by a registrar that covers a kind which the organisation holds or applied for.
       * Nobody unflags an organisation for which it acts.
       * 
       * # Errors
       * - [`Error::NotRegistrar`]: the caller is no registrar now.
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::KindNotCovered`]: its entry covers no kind of the organisation's.
       * - [`Error::Unchanged`]: the flag has that value already.
       * - [`Error::ConflictOfInterest`]: the caller acts for `org` and would unflag it.
       * - [`Error::FlagTakenTooOften`]: the caller has taken it off [`MAX_FLAGS_OF_ONE`] times.
       * - [`Error::HistoryFull`]: it was flagged [`MAX_FLAGS`] times, and stays so.
       * 
       * # Events
       * [`Event::FlagSet`].
       **/
      setFlag: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, flagged: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, bool]>;
      /**
       * Suspend a licence that is in force, as of now. Free when it takes effect.
       * 
       * Signed by a registrar that covers `kind`.
       * 
       * # Errors
       * - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
       * - [`Error::NotLicensed`]: there is no such licence, or it is not in force.
       * - [`Error::IsSuspended`]: it is suspended already.
       * - [`Error::AlreadyRevoked`]: it was revoked.
       * - [`Error::BeganThisSecond`]: it is in force since this second; the next block can end it.
       * 
       * # Events
       * [`Event::Suspended`].
       **/
      suspend: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array, kind: SalusPrimitivesCodesOrgKind | 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, SalusPrimitivesCodesOrgKind]>;
      /**
       * Withdraw all that is pending, and the organisation itself if it never held a licence and
       * governance never relied on it.
       * 
       * Signed by the organisation's administrator, who has the deposit back for what is
       * withdrawn.
       * 
       * # Errors
       * - [`Error::UnknownOrganisation`]: there is no such organisation.
       * - [`Error::NotAdmin`]: the caller does not administer it.
       * - [`Error::NothingPending`]: it has no application, and it stays on record.
       * 
       * # Events
       * [`Event::Withdrawn`].
       **/
      withdraw: AugmentedSubmittable<(org: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
    };
    research: {
      /**
       * Accepts the terms of the dataset, as they are in `version`, which must be the last. After an approval the permit
       * begins with it; later it lifts the suspension that tighter terms brought. What was approved by a vote, and the terms
       * in force leave open, is accepted only under the terms on which was voted.
       * 
       * Signed by the principal investigator, a researcher of the institution.
       * 
       * # Errors
       * [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotGranted`], [`Error::Lapsed`],
       * [`Error::WrongVersion`], [`Error::TermsExclude`], [`Error::RenewalTooLong`], [`Error::AlreadyAccepted`],
       * [`Error::HistoryFull`], [`Error::PermitEnded`], [`Error::DatasetRetired`], [`Error::StudyWithdrawn`].
       * 
       * # Events
       * [`Event::TermsAccepted`].
       **/
      acceptTerms: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, request: u32 | AnyNumber | Uint8Array, version: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32]>;
      /**
       * Amends the protocol of a study. The earlier ones stay as they are. The ethics approval ends: what was approved
       * is not what is done.
       * 
       * Signed by the principal investigator, a researcher of the institution.
       * 
       * # Errors
       * [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::HistoryFull`].
       * 
       * # Events
       * [`Event::StudyAmended`].
       **/
      amendStudy: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, study: u32 | AnyNumber | Uint8Array, protocol: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, H256]>;
      /**
       * Approves a study with the protocol of the commitment `protocol`, which must be the last one, until `until`. An earlier
       * approval ends with it.
       * 
       * Signed by a member of `ethics`, the ethics body that the study names, which is licensed as one.
       * Neither does the signer act for the institution, nor for another organisation for which the principal investigator works,
       * nor the principal investigator for the ethics body, nor did they within [`Config::RecusalTime`]; nor did the signer
       * administer the institution when the study was registered. Nothing is approved while somebody who could not sign for one of
       * these reasons administers the ethics body.
       * 
       * # Errors
       * [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::TooManyEmployers`],
       * [`Error::OwnStudy`], [`Error::AdministratorRecused`], [`Error::StudyWithdrawn`], [`Error::WrongProtocol`],
       * [`Error::WrongTerm`], [`Error::HistoryFull`].
       * 
       * # Events
       * [`Event::EthicsApproved`].
       **/
      approveEthics: AugmentedSubmittable<(ethics: u32 | AnyNumber | Uint8Array, study: u32 | AnyNumber | Uint8Array, protocol: H256 | string | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, H256, u64]>;
      /**
       * Closes a permit for good: attests that the data was destroyed. If the terms last accepted demand it (PUB, RTN), a
       * publication or a return must have been recorded. The reports of all years that have begun must be filed; `report` is
       * that of the last of them, if it was not.
       * 
       * A permit that was revoked stays so. For it the destruction is attested once, and nothing else is asked or taken.
       * 
       * Signed by the principal investigator, a researcher of the institution, or by its administrator.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::OutputMissing`],
       * [`Error::AlreadyReported`], [`Error::ReportMissing`], [`Error::HistoryFull`].
       * 
       * # Events
       * [`Event::PermitClosed`]; [`Event::DestructionAttested`] if it was revoked; [`Event::ReportFiled`] with a `report`.
       **/
      closeOut: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array, destruction: H256 | string | Uint8Array, report: Option<H256> | null | Uint8Array | H256 | string) => SubmittableExtrinsic<ApiType>, [u32, u32, H256, Option<H256>]>;
      /**
       * Counts the votes on a request, once they were open for as long as the dataset says. A vote in favour does not count if its
       * voter could not vote any more, or is no member any more. A vote against does not if its voter has come to work for the
       * applicant's organisation, and stands whatever others do: wherever the principal investigator has taken up a job since, and
       * whoever administers what. Nothing is counted while the committee is administered by somebody who could not vote on it.
       * 
       * Signed by anyone, before the time to vote is over. Without a quorum by then the request has lapsed. `committee` is
       * the dataset's, and pays for its staff.
       * 
       * # Errors
       * [`Error::UnknownRequest`], [`Error::NotAuthorised`] (another committee), [`Error::NotLicensed`],
       * [`Error::VoteClosed`], [`Error::TooEarly`], [`Error::TooManyEmployers`] (the investigator has come to work for more),
       * [`Error::AdministratorRecused`], [`Error::NoQuorum`].
       * 
       * # Events
       * [`Event::RequestDecided`].
       **/
      conclude: AugmentedSubmittable<(committee: u32 | AnyNumber | Uint8Array, request: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Counts the votes on the proposal `motion` of more budget, once they were open for [`Config::BudgetDeliberation`], and
       * carries out what was decided. A vote in favour does not count if its voter has a part in it by now, or is no member any more. A
       * vote against does not if its voter has come to work for the custodian. Nothing is counted while somebody who has a part in it
       * administers the committee.
       * 
       * Signed by anyone, before the time to vote is over. `committee` is the population's, and pays for its staff.
       * 
       * # Errors
       * [`Error::UnknownPopulation`], [`Error::VoteClosed`], [`Error::NotAuthorised`] (another committee),
       * [`Error::NotLicensed`], [`Error::TooEarly`], [`Error::AdministratorRecused`], [`Error::NoQuorum`],
       * [`Error::BudgetUnsound`].
       * 
       * # Events
       * [`Event::BudgetConcluded`].
       **/
      concludeBudget: AugmentedSubmittable<(committee: u32 | AnyNumber | Uint8Array, custodian: u32 | AnyNumber | Uint8Array, motion: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32]>;
      /**
       * Co-signs a request for the institution. It is matched with the terms in force: what they exclude is excluded for
       * good; what matches them is approved if the committee has agreed to that; on all else the committee votes. It votes also
       * on what matches them if whoever administers it has a part in the request, as [`Pallet::vote`] says, or if the investigator
       * works for too many organisations for that to be known.
       * 
       * Signed by the institution's administrator, who is not the principal investigator, and who puts down a deposit, for the
       * permit as well.
       * 
       * # Errors
       * [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::AlreadyCosigned`],
       * [`Error::OwnRequest`], [`Error::Lapsed`], [`Error::DatasetRetired`], [`Error::StudyWithdrawn`].
       * 
       * # Events
       * [`Event::RequestCosigned`], and [`Event::RequestDecided`] if it needs no vote.
       **/
      cosign: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, request: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Offers a dataset under `terms`. Its first version has the number 0 and the withdrawal epoch 0.
       * 
       * Signed by the custodian's administrator or a data steward of it, under a live licence, once its population is
       * open. The administrator puts down a deposit.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the committee), [`Error::UnknownPopulation`],
       * [`Error::UnknownOrganisation`] (the committee), [`Error::WrongQuorum`], [`Error::WrongDeliberation`], [`Error::CohortTooSmall`],
       * [`Error::IdsExhausted`].
       * 
       * # Events
       * [`Event::DatasetOffered`], [`Event::VersionPublished`].
       **/
      offerDataset: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, basis: PalletResearchDatasetsBasis | { Consent: any } | { OptOut: any } | { LegalPermit: any } | string | Uint8Array, minCohort: u32 | AnyNumber | Uint8Array, rule: PalletResearchDatasetsCommitteeRule | { committee?: any; quorum?: any; deliberation?: any } | string | Uint8Array, terms: SalusResearchDataUseOffer | { permission?: any; modifiers?: any; region?: any; months?: any; moratorium?: any } | string | Uint8Array, root: H256 | string | Uint8Array, size: PalletResearchDatasetsSizeBucket | 'Below100' | 'Below1000' | 'Below10000' | 'Below100000' | 'Below1000000' | 'Million' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, PalletResearchDatasetsBasis, u32, PalletResearchDatasetsCommitteeRule, SalusResearchDataUseOffer, H256, PalletResearchDatasetsSizeBucket]>;
      /**
       * Opens the population of `custodian`, from which it draws all its datasets: one budget of `total` millionths of
       * epsilon for all of them and all their versions. `committee`, which is another organisation, votes on more.
       * 
       * Signed by the custodian's administrator or a data steward of it, under a live licence; once. The administrator
       * puts down a deposit.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the committee), [`Error::AlreadyOpened`], [`Error::OwnCommittee`],
       * [`Error::UnknownOrganisation`] (the committee), [`Error::WrongQuorum`], [`Error::WrongBudget`].
       * 
       * # Events
       * [`Event::PopulationOpened`].
       **/
      openPopulation: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, committee: u32 | AnyNumber | Uint8Array, quorum: u32 | AnyNumber | Uint8Array, total: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, u64]>;
      /**
       * Proposes `more` budget for the population of `custodian`. Its committee votes for [`Config::VoteTime`]. The event tells
       * the number of the proposal.
       * 
       * Signed by the custodian's administrator or a data steward of it, not within [`Config::BudgetPause`] after the
       * committee has refused more, or after the end of a vote that nobody counted. Whoever administers the committee has no
       * part in it: is neither the signer, nor administers the custodian, nor was employed by it within [`Config::RecusalTime`].
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::UnknownPopulation`], [`Error::WrongBudget`], [`Error::MotionPending`],
       * [`Error::RefusedLately`], [`Error::AdministratorRecused`], [`Error::IdsExhausted`].
       * 
       * # Events
       * [`Event::BudgetProposed`].
       **/
      proposeBudget: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, more: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64]>;
      /**
       * Publishes the next version of a dataset: under the same terms or tighter ones, with the same withdrawal epoch or
       * the next. Tighter terms suspend every permit until they are accepted for it.
       * 
       * Signed by the custodian's administrator or a data steward of it, with a licence or without. The administrator
       * puts down a deposit. The next epoch is published without one if the administrator cannot pay, once half of
       * [`Config::EpochTime`] is over.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::UnknownDataset`], [`Error::DatasetRetired`], [`Error::TermsLoosened`],
       * [`Error::WrongEpoch`], [`Error::TooManyVersions`].
       * 
       * # Events
       * [`Event::VersionPublished`].
       **/
      publishVersion: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, dataset: u32 | AnyNumber | Uint8Array, terms: SalusResearchDataUseOffer | { permission?: any; modifiers?: any; region?: any; months?: any; moratorium?: any } | string | Uint8Array, root: H256 | string | Uint8Array, size: PalletResearchDatasetsSizeBucket | 'Below100' | 'Below1000' | 'Below10000' | 'Below100000' | 'Below1000000' | 'Million' | number | Uint8Array, epoch: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, SalusResearchDataUseOffer, H256, PalletResearchDatasetsSizeBucket, u32]>;
      /**
       * Records what came of a permit: a publication, whatever its results, or data that was returned.
       * 
       * Signed by the principal investigator, a researcher of the institution, or by its administrator. No publication before
       * the moratorium of the terms last accepted. One place is kept for each kind of which there is none.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::Moratorium`],
       * [`Error::HistoryFull`].
       * 
       * # Events
       * [`Event::OutputRecorded`].
       **/
      recordOutput: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array, kind: PalletResearchPermitsOutputKind | 'Publication' | 'Return' | number | Uint8Array, commitment: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, PalletResearchPermitsOutputKind, H256]>;
      /**
       * Registers a study of which the signer is the principal investigator, and which `ethics` is to approve.
       * 
       * Signed by a researcher of `organisation`, which holds a licence for research. Its administrator puts down a
       * deposit. No more than [`Config::MaxUnsignedStudies`] of a researcher wait for the first signature of the institution.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the ethics body), [`Error::OwnStudy`] (the ethics body is the
       * institution, or the signer acts for it or did lately), [`Error::UnknownOrganisation`] (the ethics body),
       * [`Error::WrongUses`], [`Error::TooManyStudies`], [`Error::IdsExhausted`].
       * 
       * # Events
       * [`Event::StudyRegistered`].
       **/
      registerStudy: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, ethics: u32 | AnyNumber | Uint8Array, uses: u32 | AnyNumber | Uint8Array, protocol: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, H256]>;
      /**
       * Renews a permit, once, by as much time as it was given for.
       * 
       * Signed by the principal investigator, a researcher of the institution, within [`Config::RenewalWindow`] before
       * or after its end, while nothing else than its time has lapsed, and with the reports of all years that have begun.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::AlreadyRenewed`],
       * [`Error::NotRenewable`], [`Error::NotActive`], [`Error::ReportMissing`], [`Error::TermsExclude`], [`Error::RenewalTooLong`],
       * [`Error::DatasetRetired`].
       * 
       * # Events
       * [`Event::PermitRenewed`].
       **/
      renew: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Files the report of a year of a permit, from [`Config::RenewalWindow`] before the end of that year, or of the permit, on;
       * also late.
       * 
       * Signed by the principal investigator, a researcher of the institution, or by its administrator.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::WrongYear`],
       * [`Error::AlreadyReported`].
       * 
       * # Events
       * [`Event::ReportFiled`].
       **/
      report: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array, year: u64 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u64, H256]>;
      /**
       * Asks for a dataset whose committee is not the institution, nor is that of its population. The institution co-signs within
       * [`Config::SignatureTime`].
       * 
       * Signed by the principal investigator, a researcher of the institution, who does not act for either committee, nor did within
       * [`Config::RecusalTime`], and who works for [`MAX_OTHER_EMPLOYERS`] other organisations at most, those of that time
       * included.
       * 
       * # Errors
       * [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::UnknownDataset`],
       * [`Error::DatasetRetired`], [`Error::StudyWithdrawn`], [`Error::UnknownPopulation`], [`Error::OwnCommittee`],
       * [`Error::TooManyEmployers`], [`Error::UseNotOfStudy`], [`Error::WrongMonths`], [`Error::TooManyRequests`],
       * [`Error::IdsExhausted`].
       * 
       * # Events
       * [`Event::AccessRequested`].
       **/
      request: AugmentedSubmittable<(organisation: u32 | AnyNumber | Uint8Array, study: u32 | AnyNumber | Uint8Array, dataset: u32 | AnyNumber | Uint8Array, statement: SalusResearchDataUseRequest | { uses?: any; genotypes?: any; forProfit?: any; commercial?: any; publishes?: any; collaborates?: any; returns?: any; ethicsApproved?: any; region?: any; months?: any; publishesFrom?: any } | string | Uint8Array, disease: Option<U8aFixed> | null | Uint8Array | U8aFixed | string) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, SalusResearchDataUseRequest, Option<U8aFixed>]>;
      /**
       * Reserves `epsilon` of the population's budget for a query under `permit`, before it is answered. Nothing of it
       * is ever given back.
       * 
       * Signed by the custodian's administrator or a data steward of it, under a live licence, while the permit is
       * active. `version` is the last one of the dataset; each `commitment` is reserved once.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::DatasetRetired`],
       * [`Error::NotActive`], [`Error::WrongVersion`], [`Error::WrongEpsilon`], [`Error::AlreadyReserved`],
       * [`Error::BudgetExhausted`], [`Error::IdsExhausted`].
       * 
       * # Events
       * [`Event::QueryReserved`].
       **/
      reserveQuery: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array, version: u32 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array, epsilon: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, H256, u64]>;
      /**
       * Takes a dataset back, for good: it takes neither requests nor queries nor versions any more.
       * 
       * Signed by the custodian's administrator or a data steward of it.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::UnknownDataset`], [`Error::DatasetRetired`].
       * 
       * # Events
       * [`Event::DatasetRetired`].
       **/
      retireDataset: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, dataset: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Revokes a permit, at once and for good.
       * 
       * Signed by the administrator or a data steward of the custodian, or by the administrator or one member for data
       * access of the dataset's committee: taking away needs no vote.
       * 
       * # Errors
       * [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`].
       * 
       * # Events
       * [`Event::PermitRevoked`].
       **/
      revoke: AugmentedSubmittable<(actingFor: u32 | AnyNumber | Uint8Array, permit: u32 | AnyNumber | Uint8Array, reason: PalletResearchPermitsRevocationReason | 'TermsBroken' | 'Reidentification' | 'FalseStatement' | 'OfferEnded' | 'Order' | 'DecisionFlawed' | number | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, PalletResearchPermitsRevocationReason]>;
      /**
       * Agrees for the committee, or agrees no more, that a request which matches the terms needs no vote. Requests that
       * are co-signed from then on are meant, but for those on which whoever administers the committee then could not vote.
       * 
       * Signed by the administrator of `committee`, which is the dataset's.
       * 
       * # Errors
       * [`Error::UnknownDataset`], [`Error::NotAuthorised`], [`Error::NothingToChange`].
       * 
       * # Events
       * [`Event::ShortcutSet`].
       **/
      setShortcut: AugmentedSubmittable<(committee: u32 | AnyNumber | Uint8Array, dataset: u32 | AnyNumber | Uint8Array, allowed: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, bool]>;
      /**
       * Settles a query with a commitment to its result, once, whether it is delivered or suppressed, and whatever has
       * become of the permit meanwhile.
       * 
       * Signed by the custodian's administrator or a data steward of it.
       * 
       * # Errors
       * [`Error::NotAuthorised`], [`Error::UnknownQuery`], [`Error::AlreadySettled`], [`Error::BudgetUnsound`].
       * 
       * # Events
       * [`Event::QuerySettled`].
       **/
      settleQuery: AugmentedSubmittable<(custodian: u32 | AnyNumber | Uint8Array, query: u64 | AnyNumber | Uint8Array, result: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u64, H256]>;
      /**
       * Suspends the approval of `ethics`, at once. The body can approve again.
       * 
       * Signed by a member of it, with a licence of the body or without.
       * 
       * # Errors
       * [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotApproved`].
       * 
       * # Events
       * [`Event::EthicsEnded`].
       **/
      suspendEthics: AugmentedSubmittable<(ethics: u32 | AnyNumber | Uint8Array, study: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Votes on a request, in the open and once.
       * 
       * Signed by a member for data access of `committee`, which is the dataset's, who has not been employed by the
       * applicant's organisation, nor by another for which the principal investigator worked, since
       * [`Config::RecusalTime`] before the request, does not administer one of these, and has not administered the applicant's
       * organisation when the study was registered, or the request made or co-signed. Nobody votes while the investigator, or anybody else who is recused for
       * one of these reasons, administers the committee.
       * 
       * # Errors
       * [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::VoteClosed`],
       * [`Error::TooManyEmployers`] (the investigator has come to work for more), [`Error::AdministratorRecused`],
       * [`Error::Recused`], [`Error::AlreadyVoted`], [`Error::TooManyVotes`].
       * 
       * # Events
       * [`Event::Voted`].
       **/
      vote: AugmentedSubmittable<(committee: u32 | AnyNumber | Uint8Array, request: u32 | AnyNumber | Uint8Array, inFavour: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, bool]>;
      /**
       * Votes on the proposal `motion` of more budget for the population of `custodian`, in the open and once.
       * 
       * Signed by a member for data access of `committee`, which is the population's, but not by whoever proposed it,
       * administers the custodian or did then, or has been employed by it since [`Config::RecusalTime`] before. Nobody
       * votes while one of these administers the committee.
       * 
       * # Errors
       * [`Error::UnknownPopulation`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::VoteClosed`],
       * [`Error::AdministratorRecused`], [`Error::Recused`], [`Error::AlreadyVoted`], [`Error::TooManyVotes`].
       * 
       * # Events
       * [`Event::BudgetVoted`].
       **/
      voteBudget: AugmentedSubmittable<(committee: u32 | AnyNumber | Uint8Array, custodian: u32 | AnyNumber | Uint8Array, motion: u32 | AnyNumber | Uint8Array, inFavour: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32, u32, bool]>;
      /**
       * Withdraws the approval of `ethics`, at once and for good: the study is never approved again. Also while no approval
       * lasts, because it is suspended or over, or there was none.
       * 
       * Signed as [`Pallet::suspend_ethics`] is.
       * 
       * # Errors
       * [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::StudyWithdrawn`].
       * 
       * # Events
       * [`Event::EthicsEnded`].
       **/
      withdrawEthics: AugmentedSubmittable<(ethics: u32 | AnyNumber | Uint8Array, study: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
    };
    safeMode: {
      /**
       * Enter safe-mode permissionlessly for [`Config::EnterDuration`] blocks.
       * 
       * Reserves [`Config::EnterDepositAmount`] from the caller's account.
       * Emits an [`Event::Entered`] event on success.
       * Errors with [`Error::Entered`] if the safe-mode is already entered.
       * Errors with [`Error::NotConfigured`] if the deposit amount is `None`.
       **/
      enter: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Extend the safe-mode permissionlessly for [`Config::ExtendDuration`] blocks.
       * 
       * This accumulates on top of the current remaining duration.
       * Reserves [`Config::ExtendDepositAmount`] from the caller's account.
       * Emits an [`Event::Extended`] event on success.
       * Errors with [`Error::Exited`] if the safe-mode is entered.
       * Errors with [`Error::NotConfigured`] if the deposit amount is `None`.
       * 
       * This may be called by any signed origin with [`Config::ExtendDepositAmount`] free
       * currency to reserve. This call can be disabled for all origins by configuring
       * [`Config::ExtendDepositAmount`] to `None`.
       **/
      extend: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Enter safe-mode by force for a per-origin configured number of blocks.
       * 
       * Emits an [`Event::Entered`] event on success.
       * Errors with [`Error::Entered`] if the safe-mode is already entered.
       * 
       * Can only be called by the [`Config::ForceEnterOrigin`] origin.
       **/
      forceEnter: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Exit safe-mode by force.
       * 
       * Emits an [`Event::Exited`] with [`ExitReason::Force`] event on success.
       * Errors with [`Error::Exited`] if the safe-mode is inactive.
       * 
       * Note: `safe-mode` will be automatically deactivated by [`Pallet::on_initialize`] hook
       * after the block height is greater than the [`EnteredUntil`] storage item.
       * Emits an [`Event::Exited`] with [`ExitReason::Timeout`] event when deactivated in the
       * hook.
       **/
      forceExit: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Extend the safe-mode by force for a per-origin configured number of blocks.
       * 
       * Emits an [`Event::Extended`] event on success.
       * Errors with [`Error::Exited`] if the safe-mode is inactive.
       * 
       * Can only be called by the [`Config::ForceExtendOrigin`] origin.
       **/
      forceExtend: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Force to release a deposit for an account that entered safe-mode at a given
       * historical block.
       * 
       * This can be called while safe-mode is still entered.
       * 
       * Emits a [`Event::DepositReleased`] event on success.
       * Errors with [`Error::Entered`] if safe-mode is entered.
       * Errors with [`Error::NoDeposit`] if the payee has no reserved currency at the
       * specified block.
       * 
       * Can only be called by the [`Config::ForceDepositOrigin`] origin.
       **/
      forceReleaseDeposit: AugmentedSubmittable<(account: AccountId32 | string | Uint8Array, block: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u32]>;
      /**
       * Slash a deposit for an account that entered or extended safe-mode at a given
       * historical block.
       * 
       * This can only be called while safe-mode is entered.
       * 
       * Emits a [`Event::DepositSlashed`] event on success.
       * Errors with [`Error::Entered`] if safe-mode is entered.
       * 
       * Can only be called by the [`Config::ForceDepositOrigin`] origin.
       **/
      forceSlashDeposit: AugmentedSubmittable<(account: AccountId32 | string | Uint8Array, block: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u32]>;
      /**
       * Permissionlessly release a deposit for an account that entered safe-mode at a
       * given historical block.
       * 
       * The call can be completely disabled by setting [`Config::ReleaseDelay`] to `None`.
       * This cannot be called while safe-mode is entered and not until
       * [`Config::ReleaseDelay`] blocks have passed since safe-mode was entered.
       * 
       * Emits a [`Event::DepositReleased`] event on success.
       * Errors with [`Error::Entered`] if the safe-mode is entered.
       * Errors with [`Error::CannotReleaseYet`] if [`Config::ReleaseDelay`] block have not
       * passed since safe-mode was entered. Errors with [`Error::NoDeposit`] if the payee has no
       * reserved currency at the block specified.
       **/
      releaseDeposit: AugmentedSubmittable<(account: AccountId32 | string | Uint8Array, block: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u32]>;
    };
    scheduler: {
      /**
       * Cancel a scheduled task (named or anonymous), by providing the block it is scheduled for
       * execution in, as well as the index of the task in that block's agenda.
       * 
       * In the case of a named task, it will remove it from the lookup table as well.
       **/
      cancel: AugmentedSubmittable<(when: u32 | AnyNumber | Uint8Array, index: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, u32]>;
      /**
       * Cancel a named scheduled task.
       **/
      cancelNamed: AugmentedSubmittable<(id: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed]>;
      /**
       * Removes the retry configuration of a task.
       **/
      cancelRetry: AugmentedSubmittable<(task: ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array]) => SubmittableExtrinsic<ApiType>, [ITuple<[u32, u32]>]>;
      /**
       * Cancel the retry configuration of a named task.
       **/
      cancelRetryNamed: AugmentedSubmittable<(id: U8aFixed | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed]>;
      /**
       * Anonymously schedule a task.
       **/
      schedule: AugmentedSubmittable<(when: u32 | AnyNumber | Uint8Array, maybePeriodic: Option<ITuple<[u32, u32]>> | null | Uint8Array | ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array], priority: u8 | AnyNumber | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, Option<ITuple<[u32, u32]>>, u8, Call]>;
      /**
       * Anonymously schedule a task after a delay.
       **/
      scheduleAfter: AugmentedSubmittable<(after: u32 | AnyNumber | Uint8Array, maybePeriodic: Option<ITuple<[u32, u32]>> | null | Uint8Array | ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array], priority: u8 | AnyNumber | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, Option<ITuple<[u32, u32]>>, u8, Call]>;
      /**
       * Schedule a named task.
       **/
      scheduleNamed: AugmentedSubmittable<(id: U8aFixed | string | Uint8Array, when: u32 | AnyNumber | Uint8Array, maybePeriodic: Option<ITuple<[u32, u32]>> | null | Uint8Array | ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array], priority: u8 | AnyNumber | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed, u32, Option<ITuple<[u32, u32]>>, u8, Call]>;
      /**
       * Schedule a named task after a delay.
       **/
      scheduleNamedAfter: AugmentedSubmittable<(id: U8aFixed | string | Uint8Array, after: u32 | AnyNumber | Uint8Array, maybePeriodic: Option<ITuple<[u32, u32]>> | null | Uint8Array | ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array], priority: u8 | AnyNumber | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed, u32, Option<ITuple<[u32, u32]>>, u8, Call]>;
      /**
       * Set a retry configuration for a task so that, in case its scheduled run fails, it will
       * be retried after `period` blocks, for a total amount of `retries` retries or until it
       * succeeds.
       * 
       * Tasks which need to be scheduled for a retry are still subject to weight metering and
       * agenda space, same as a regular task. If a periodic task fails, it will be scheduled
       * normally while the task is retrying.
       * 
       * Tasks scheduled as a result of a retry for a periodic task are unnamed, non-periodic
       * clones of the original task. Their retry configuration will be derived from the
       * original task's configuration, but will have a lower value for `remaining` than the
       * original `total_retries`.
       * 
       * This call **cannot** be used to set a retry configuration for a named task.
       **/
      setRetry: AugmentedSubmittable<(task: ITuple<[u32, u32]> | [u32 | AnyNumber | Uint8Array, u32 | AnyNumber | Uint8Array], retries: u8 | AnyNumber | Uint8Array, period: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [ITuple<[u32, u32]>, u8, u32]>;
      /**
       * Set a retry configuration for a named task so that, in case its scheduled run fails, it
       * will be retried after `period` blocks, for a total amount of `retries` retries or until
       * it succeeds.
       * 
       * Tasks which need to be scheduled for a retry are still subject to weight metering and
       * agenda space, same as a regular task. If a periodic task fails, it will be scheduled
       * normally while the task is retrying.
       * 
       * Tasks scheduled as a result of a retry for a periodic task are unnamed, non-periodic
       * clones of the original task. Their retry configuration will be derived from the
       * original task's configuration, but will have a lower value for `remaining` than the
       * original `total_retries`.
       * 
       * This is the only way to set a retry configuration for a named task.
       **/
      setRetryNamed: AugmentedSubmittable<(id: U8aFixed | string | Uint8Array, retries: u8 | AnyNumber | Uint8Array, period: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [U8aFixed, u8, u32]>;
    };
    sealed: {
      /**
       * Carries out a lift whose delay is over.
       * 
       * Signed by anyone. The handle must be Active and must not have left Active since the lift was asked for.
       * 
       * # Errors
       * - [`Error::UnknownPatient`]: there is no such handle.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: no such lift waits.
       * - [`Error::LiftStopped`]: the handle left Active meanwhile.
       * - [`Error::TooEarly`]: the delay is not over.
       * - [`Error::AlreadyEnded`]: the Deny has expired meanwhile.
       * 
       * # Events
       * - [`Event::LiftApplied`].
       **/
      applyLift: AugmentedSubmittable<(patient: H256 | string | Uint8Array, sealed: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, u32]>;
      /**
       * Calls off a lift that waits.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: no such lift waits.
       * 
       * # Events
       * - [`Event::LiftCancelled`].
       **/
      cancelLift: AugmentedSubmittable<(sealed: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Forbids somebody what `commitment` is to, from now until `until`, a multiple of [`GRID`] or, for ever,
       * [`Moment::MAX`]. One that ends does so at the first such multiple that is not before [`Config::MaxTerm`] from now,
       * or earlier. Whoever cannot open it refuses all labelled data, every organisation whose very name says
       * something about its patients, and every person who works at one; also those that were or did so since it began.
       * 
       * Signed by any live key of the patient, in every state but Retired. `sealed` and `commitment` are as for
       * [`Pallet::permit_sealed`].
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::InvalidInterval`]: `until` is not after now.
       * - [`Error::NotOnGrid`]: it is no multiple of [`GRID`].
       * - [`Error::TermTooLong`]: it ends later than the first multiple that is not before [`Config::MaxTerm`] from now.
       * - [`Error::WrongNumber`]: `sealed` is not the number of the next one.
       * - [`Error::TooManyDirectives`]: there are [`MAX_LIVE`] sealed directives in force.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::DenialSealed`].
       **/
      denySealed: AugmentedSubmittable<(sealed: u32 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, u64]>;
      /**
       * Asks to end the sealed Deny `sealed`. It ends with [`Pallet::apply_lift`] after the delay.
       * 
       * Signed by a key of the patient for consent, the handle being Active.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::NotFound`]: the patient has no such sealed directive.
       * - [`Error::NotADeny`]: it is a Permit.
       * - [`Error::AlreadyEnded`]: it was lifted or has expired.
       * - [`Error::AlreadyPending`]: its lift waits already.
       * 
       * # Events
       * - [`Event::LiftRequested`].
       **/
      lift: AugmentedSubmittable<(sealed: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Lets somebody do what `commitment` is to, from now until `until`, a multiple of [`GRID`].
       * 
       * Signed by a key of the patient for consent, the handle being Active. `commitment` is made over the number
       * `sealed`, the one that [`Pallet::next_sealed`] tells, by `salus_consent_decision::sealed::commit`. If another
       * sealed directive has taken the number meanwhile, the call is refused, and the patient makes the commitment
       * anew.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
       * - [`Error::WrongState`]: the handle is not Active.
       * - [`Error::InvalidInterval`]: `until` is not after now.
       * - [`Error::NotOnGrid`]: it is no multiple of [`GRID`].
       * - [`Error::TermTooLong`]: it is more than [`Config::MaxTerm`] away.
       * - [`Error::WrongNumber`]: `sealed` is not the number of the next one.
       * - [`Error::TooManyDirectives`]: [`MAX_PERMITS`] sealed Permits are in force, or there are [`MAX_LIVE`]
       * sealed directives.
       * - [`Error::IdsExhausted`]: the numbers are used up.
       * 
       * # Events
       * - [`Event::PermitSealed`].
       **/
      permitSealed: AugmentedSubmittable<(sealed: u32 | AnyNumber | Uint8Array, commitment: H256 | string | Uint8Array, until: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32, H256, u64]>;
      /**
       * Ends the sealed Permit `sealed`, in this block.
       * 
       * Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
       * 
       * # Errors
       * - [`Error::NotAuthorised`]: the signer is no live key of a patient.
       * - [`Error::WrongState`]: the handle is Retired.
       * - [`Error::NotFound`]: the patient has no such sealed directive.
       * - [`Error::NotAPermit`]: it is a Deny.
       * - [`Error::AlreadyEnded`]: it was revoked or has expired.
       * 
       * # Events
       * - [`Event::SealedRevoked`].
       **/
      revoke: AugmentedSubmittable<(sealed: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
    };
    session: {
      /**
       * Removes any session key(s) of the function caller.
       * 
       * This doesn't take effect until the next session.
       * 
       * The dispatch origin of this function must be Signed and the account must be either be
       * convertible to a validator ID using the chain's typical addressing system (this usually
       * means being a controller account) or directly convertible into a validator ID (which
       * usually means being a stash account).
       **/
      purgeKeys: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Sets the session key(s) of the function caller to `keys`.
       * 
       * Allows an account to set its session key prior to becoming a validator.
       * This doesn't take effect until the next session.
       * 
       * - `origin`: The dispatch origin of this function must be signed.
       * - `keys`: The new session keys to set. These are the public keys of all sessions keys
       * setup in the runtime.
       * - `proof`: The proof that `origin` has access to the private keys of `keys`. See
       * [`impl_opaque_keys`](sp_runtime::impl_opaque_keys) for more information about the
       * proof format.
       **/
      setKeys: AugmentedSubmittable<(keys: SalusRuntimeSessionKeys | { babe?: any; grandpa?: any } | string | Uint8Array, proof: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusRuntimeSessionKeys, Bytes]>;
    };
    system: {
      /**
       * Provide the preimage (runtime binary) `code` for an upgrade that has been authorized.
       * 
       * If the authorization required a version check, this call will ensure the spec name
       * remains unchanged and that the spec version has increased.
       * 
       * Depending on the runtime's `OnSetCode` configuration, this function may directly apply
       * the new `code` in the same block or attempt to schedule the upgrade.
       * 
       * All origins are allowed.
       **/
      applyAuthorizedUpgrade: AugmentedSubmittable<(code: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Authorize an upgrade to a given `code_hash` for the runtime. The runtime can be supplied
       * later.
       * 
       * This call requires Root origin.
       **/
      authorizeUpgrade: AugmentedSubmittable<(codeHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Authorize an upgrade to a given `code_hash` for the runtime. The runtime can be supplied
       * later.
       * 
       * WARNING: This authorizes an upgrade that will take place without any safety checks, for
       * example that the spec name remains the same and that the version number increases. Not
       * recommended for normal use. Use `authorize_upgrade` instead.
       * 
       * This call requires Root origin.
       **/
      authorizeUpgradeWithoutChecks: AugmentedSubmittable<(codeHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Kill all storage items with a key that starts with the given prefix.
       * 
       * **NOTE:** We rely on the Root origin to provide us the number of subkeys under
       * the prefix we are removing to accurately calculate the weight of this function.
       **/
      killPrefix: AugmentedSubmittable<(prefix: Bytes | string | Uint8Array, subkeys: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes, u32]>;
      /**
       * Kill some items from storage.
       **/
      killStorage: AugmentedSubmittable<(keys: Vec<Bytes> | (Bytes | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<Bytes>]>;
      /**
       * Make some on-chain remark.
       * 
       * Can be executed by every `origin`.
       **/
      remark: AugmentedSubmittable<(remark: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Make some on-chain remark and emit event.
       **/
      remarkWithEvent: AugmentedSubmittable<(remark: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Set the new runtime code.
       **/
      setCode: AugmentedSubmittable<(code: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Set the new runtime code without doing any checks of the given `code`.
       * 
       * Note that runtime upgrades will not run if this is called with a not-increasing spec
       * version!
       **/
      setCodeWithoutChecks: AugmentedSubmittable<(code: Bytes | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Bytes]>;
      /**
       * Set the number of pages in the WebAssembly environment's heap.
       **/
      setHeapPages: AugmentedSubmittable<(pages: u64 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u64]>;
      /**
       * Set some items of storage.
       **/
      setStorage: AugmentedSubmittable<(items: Vec<ITuple<[Bytes, Bytes]>> | ([Bytes | string | Uint8Array, Bytes | string | Uint8Array])[]) => SubmittableExtrinsic<ApiType>, [Vec<ITuple<[Bytes, Bytes]>>]>;
    };
    technicalCommittee: {
      /**
       * Close a vote that is either approved, disapproved or whose voting period has ended.
       * 
       * May be called by any signed account in order to finish voting and close the proposal.
       * 
       * If called before the end of the voting period it will only close the vote if it is
       * has enough votes to be approved or disapproved.
       * 
       * If called after the end of the voting period abstentions are counted as rejections
       * unless there is a prime member set and the prime member cast an approval.
       * 
       * If the close operation completes successfully with disapproval, the transaction fee will
       * be waived. Otherwise execution of the approved operation will be charged to the caller.
       * 
       * + `proposal_weight_bound`: The maximum amount of weight consumed by executing the closed
       * proposal.
       * + `length_bound`: The upper bound for the length of the proposal in storage. Checked via
       * `storage::read` so it is `size_of::<u32>() == 4` larger than the pure length.
       * 
       * ## Complexity
       * - `O(B + M + P1 + P2)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` is members-count (code- and governance-bounded)
       * - `P1` is the complexity of `proposal` preimage.
       * - `P2` is proposal-count (code-bounded)
       **/
      close: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array, index: Compact<u32> | AnyNumber | Uint8Array, proposalWeightBound: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, Compact<u32>, SpWeightsWeightV2Weight, Compact<u32>]>;
      /**
       * Disapprove a proposal, close, and remove it from the system, regardless of its current
       * state.
       * 
       * Must be called by the Root origin.
       * 
       * Parameters:
       * * `proposal_hash`: The hash of the proposal that should be disapproved.
       * 
       * ## Complexity
       * O(P) where P is the number of max proposals
       **/
      disapproveProposal: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Dispatch a proposal from a member using the `Member` origin.
       * 
       * Origin must be a member of the collective.
       * 
       * ## Complexity:
       * - `O(B + M + P)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` members-count (code-bounded)
       * - `P` complexity of dispatching `proposal`
       **/
      execute: AugmentedSubmittable<(proposal: Call | IMethod | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Call, Compact<u32>]>;
      /**
       * Disapprove the proposal and burn the cost held for storing this proposal.
       * 
       * Parameters:
       * - `origin`: must be the `KillOrigin`.
       * - `proposal_hash`: The hash of the proposal that should be killed.
       * 
       * Emits `Killed` and `ProposalCostBurned` if any cost was held for a given proposal.
       **/
      kill: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Add a new proposal to either be voted on or executed directly.
       * 
       * Requires the sender to be member.
       * 
       * `threshold` determines whether `proposal` is executed directly (`threshold < 2`)
       * or put up for voting.
       * 
       * ## Complexity
       * - `O(B + M + P1)` or `O(B + M + P2)` where:
       * - `B` is `proposal` size in bytes (length-fee-bounded)
       * - `M` is members-count (code- and governance-bounded)
       * - branching is influenced by `threshold` where:
       * - `P1` is proposal execution complexity (`threshold < 2`)
       * - `P2` is proposals-count (code-bounded) (`threshold >= 2`)
       **/
      propose: AugmentedSubmittable<(threshold: Compact<u32> | AnyNumber | Uint8Array, proposal: Call | IMethod | string | Uint8Array, lengthBound: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>, Call, Compact<u32>]>;
      /**
       * Release the cost held for storing a proposal once the given proposal is completed.
       * 
       * If there is no associated cost for the given proposal, this call will have no effect.
       * 
       * Parameters:
       * - `origin`: must be `Signed` or `Root`.
       * - `proposal_hash`: The hash of the proposal.
       * 
       * Emits `ProposalCostReleased` if any cost held for a given proposal.
       **/
      releaseProposalCost: AugmentedSubmittable<(proposalHash: H256 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256]>;
      /**
       * Set the collective's membership.
       * 
       * - `new_members`: The new member list. Be nice to the chain and provide it sorted.
       * - `prime`: The prime member whose vote sets the default.
       * - `old_count`: The upper bound for the previous number of members in storage. Used for
       * weight estimation.
       * 
       * The dispatch of this call must be `SetMembersOrigin`.
       * 
       * NOTE: Does not enforce the expected `MaxMembers` limit on the amount of members, but
       * the weight estimations rely on it to estimate dispatchable weight.
       * 
       * # WARNING:
       * 
       * The `pallet-collective` can also be managed by logic outside of the pallet through the
       * implementation of the trait [`ChangeMembers`].
       * Any call to `set_members` must be careful that the member set doesn't get out of sync
       * with other logic managing the member set.
       * 
       * ## Complexity:
       * - `O(MP + N)` where:
       * - `M` old-members-count (code- and governance-bounded)
       * - `N` new-members-count (code- and governance-bounded)
       * - `P` proposals-count (code-bounded)
       **/
      setMembers: AugmentedSubmittable<(newMembers: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[], prime: Option<AccountId32> | null | Uint8Array | AccountId32 | string, oldCount: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>, Option<AccountId32>, u32]>;
      /**
       * Add an aye or nay vote for the sender to the given proposal.
       * 
       * Requires the sender to be a member.
       * 
       * Transaction fees will be waived if the member is voting on any particular proposal
       * for the first time and the call is successful. Subsequent vote changes will charge a
       * fee.
       * ## Complexity
       * - `O(M)` where `M` is members-count (code- and governance-bounded)
       **/
      vote: AugmentedSubmittable<(proposal: H256 | string | Uint8Array, index: Compact<u32> | AnyNumber | Uint8Array, approve: bool | boolean | Uint8Array) => SubmittableExtrinsic<ApiType>, [H256, Compact<u32>, bool]>;
    };
    technicalMembership: {
      /**
       * Add a member `who` to the set.
       * 
       * May only be called from `T::AddOrigin`.
       **/
      addMember: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Swap out the sending member for some other key `new`.
       * 
       * May only be called from `Signed` origin of a current member.
       * 
       * Prime membership is passed from the origin account to `new`, if extant.
       **/
      changeKey: AugmentedSubmittable<(updated: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Remove the prime member if it exists.
       * 
       * May only be called from `T::PrimeOrigin`.
       **/
      clearPrime: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
      /**
       * Remove a member `who` from the set.
       * 
       * May only be called from `T::RemoveOrigin`.
       **/
      removeMember: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Change the membership to a new set, disregarding the existing membership. Be nice and
       * pass `members` pre-sorted.
       * 
       * May only be called from `T::ResetOrigin`.
       **/
      resetMembers: AugmentedSubmittable<(members: Vec<AccountId32> | (AccountId32 | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<AccountId32>]>;
      /**
       * Set the prime member. Must be a current member.
       * 
       * May only be called from `T::PrimeOrigin`.
       **/
      setPrime: AugmentedSubmittable<(who: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress]>;
      /**
       * Swap out one member `remove` for another `add`.
       * 
       * May only be called from `T::SwapOrigin`.
       * 
       * Prime membership is *not* passed from `remove` to `add`, if extant.
       **/
      swapMember: AugmentedSubmittable<(remove: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array, add: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [MultiAddress, MultiAddress]>;
    };
    timestamp: {
      /**
       * Set the current time.
       * 
       * This call should be invoked exactly once per block. It will panic at the finalization
       * phase, if this call hasn't been invoked by that time.
       * 
       * The timestamp should be greater than the previous one by the amount specified by
       * [`Config::MinimumPeriod`].
       * 
       * The dispatch origin for this call must be _None_.
       * 
       * This dispatch class is _Mandatory_ to ensure it gets executed in the block. Be aware
       * that changing the complexity of this call could result exhausting the resources in a
       * block to execute any other calls.
       * 
       * ## Complexity
       * - `O(1)` (Note that implementations of `OnTimestampSet` must also be `O(1)`)
       * - 1 storage read and 1 storage mutation (codec `O(1)` because of `DidUpdate::take` in
       * `on_finalize`)
       * - 1 event handler `on_timestamp_set`. Must be `O(1)`.
       **/
      set: AugmentedSubmittable<(now: Compact<u64> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u64>]>;
    };
    treasury: {
      /**
       * Check the status of the spend and remove it from the storage if processed.
       * 
       * ## Dispatch Origin
       * 
       * Must be signed.
       * 
       * ## Details
       * 
       * The status check is a prerequisite for retrying a failed payout.
       * If a spend has either succeeded or expired, it is removed from the storage by this
       * function. In such instances, transaction fees are refunded.
       * 
       * ### Parameters
       * - `index`: The spend index.
       * 
       * ## Events
       * 
       * Emits [`Event::PaymentFailed`] if the spend payout has failed.
       * Emits [`Event::SpendProcessed`] if the spend payout has succeed.
       **/
      checkStatus: AugmentedSubmittable<(index: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Claim a spend.
       * 
       * ## Dispatch Origin
       * 
       * Must be signed
       * 
       * ## Details
       * 
       * Spends must be claimed within some temporal bounds. A spend may be claimed within one
       * [`Config::PayoutPeriod`] from the `valid_from` block.
       * In case of a payout failure, the spend status must be updated with the `check_status`
       * dispatchable before retrying with the current function.
       * 
       * ### Parameters
       * - `index`: The spend index.
       * 
       * ## Events
       * 
       * Emits [`Event::Paid`] if successful.
       **/
      payout: AugmentedSubmittable<(index: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
      /**
       * Force a previously approved proposal to be removed from the approval queue.
       * 
       * ## Dispatch Origin
       * 
       * Must be [`Config::RejectOrigin`].
       * 
       * ## Details
       * 
       * The original deposit will no longer be returned.
       * 
       * ### Parameters
       * - `proposal_id`: The index of a proposal
       * 
       * ### Complexity
       * - O(A) where `A` is the number of approvals
       * 
       * ### Errors
       * - [`Error::ProposalNotApproved`]: The `proposal_id` supplied was not found in the
       * approval queue, i.e., the proposal has not been approved. This could also mean the
       * proposal does not exist altogether, thus there is no way it would have been approved
       * in the first place.
       * 
       * @deprecated The `remove_approval` call will be removed by May 2025. It associated with the deprecated `spend_local` call.
       **/
      removeApproval: AugmentedSubmittable<(proposalId: Compact<u32> | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u32>]>;
      /**
       * Propose and approve a spend of treasury funds.
       * 
       * ## Dispatch Origin
       * 
       * Must be [`Config::SpendOrigin`] with the `Success` value being at least
       * `amount` of `asset_kind` in the native asset. The amount of `asset_kind` is converted
       * for assertion using the [`Config::BalanceConverter`].
       * 
       * ## Details
       * 
       * Create an approved spend for transferring a specific `amount` of `asset_kind` to a
       * designated beneficiary. The spend must be claimed using the `payout` dispatchable within
       * the [`Config::PayoutPeriod`].
       * 
       * ### Parameters
       * - `asset_kind`: An indicator of the specific asset class to be spent.
       * - `amount`: The amount to be transferred from the treasury to the `beneficiary`.
       * - `beneficiary`: The beneficiary of the spend.
       * - `valid_from`: The block number from which the spend can be claimed. It can refer to
       * the past if the resulting spend has not yet expired according to the
       * [`Config::PayoutPeriod`]. If `None`, the spend can be claimed immediately after
       * approval.
       * 
       * ## Events
       * 
       * Emits [`Event::AssetSpendApproved`] if successful.
       **/
      spend: AugmentedSubmittable<(assetKind: Null | null, amount: Compact<u128> | AnyNumber | Uint8Array, beneficiary: AccountId32 | string | Uint8Array, validFrom: Option<u32> | null | Uint8Array | u32 | AnyNumber) => SubmittableExtrinsic<ApiType>, [Null, Compact<u128>, AccountId32, Option<u32>]>;
      /**
       * Propose and approve a spend of treasury funds.
       * 
       * ## Dispatch Origin
       * 
       * Must be [`Config::SpendOrigin`] with the `Success` value being at least `amount`.
       * 
       * ### Details
       * NOTE: For record-keeping purposes, the proposer is deemed to be equivalent to the
       * beneficiary.
       * 
       * ### Parameters
       * - `amount`: The amount to be transferred from the treasury to the `beneficiary`.
       * - `beneficiary`: The destination account for the transfer.
       * 
       * ## Events
       * 
       * Emits [`Event::SpendApproved`] if successful.
       * 
       * @deprecated The `spend_local` call will be removed by May 2025. Migrate to the new flow and use the `spend` call.
       **/
      spendLocal: AugmentedSubmittable<(amount: Compact<u128> | AnyNumber | Uint8Array, beneficiary: MultiAddress | { Id: any } | { Index: any } | { Raw: any } | { Address32: any } | { Address20: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Compact<u128>, MultiAddress]>;
      /**
       * Void previously approved spend.
       * 
       * ## Dispatch Origin
       * 
       * Must be [`Config::RejectOrigin`].
       * 
       * ## Details
       * 
       * A spend void is only possible if the payout has not been attempted yet.
       * 
       * ### Parameters
       * - `index`: The spend index.
       * 
       * ## Events
       * 
       * Emits [`Event::AssetSpendVoided`] if successful.
       **/
      voidSpend: AugmentedSubmittable<(index: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [u32]>;
    };
    txPause: {
      /**
       * Pause a call.
       * 
       * Can only be called by [`Config::PauseOrigin`].
       * Emits an [`Event::CallPaused`] event on success.
       **/
      pause: AugmentedSubmittable<(fullName: ITuple<[Bytes, Bytes]> | [Bytes | string | Uint8Array, Bytes | string | Uint8Array]) => SubmittableExtrinsic<ApiType>, [ITuple<[Bytes, Bytes]>]>;
      /**
       * Un-pause a call.
       * 
       * Can only be called by [`Config::UnpauseOrigin`].
       * Emits an [`Event::CallUnpaused`] event on success.
       **/
      unpause: AugmentedSubmittable<(ident: ITuple<[Bytes, Bytes]> | [Bytes | string | Uint8Array, Bytes | string | Uint8Array]) => SubmittableExtrinsic<ApiType>, [ITuple<[Bytes, Bytes]>]>;
    };
    utility: {
      /**
       * Send a call through an indexed pseudonym of the sender.
       * 
       * Filter from origin are passed along. The call will be dispatched with an origin which
       * use the same filter as the origin of this call.
       * 
       * NOTE: If you need to ensure that any account-based filtering is not honored (i.e.
       * because you expect `proxy` to have been used prior in the call stack and you do not want
       * the call restrictions to apply to any sub-accounts), then use `as_multi_threshold_1`
       * in the Multisig pallet instead.
       * 
       * NOTE: Prior to version *12, this was called `as_limited_sub`.
       * 
       * The dispatch origin for this call must be _Signed_.
       **/
      asDerivative: AugmentedSubmittable<(index: u16 | AnyNumber | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [u16, Call]>;
      /**
       * Send a batch of dispatch calls.
       * 
       * May be called from any origin except `None`.
       * 
       * - `calls`: The calls to be dispatched from the same origin. The number of call must not
       * exceed the constant: `batched_calls_limit` (available in constant metadata).
       * 
       * If origin is root then the calls are dispatched without checking origin filter. (This
       * includes bypassing `frame_system::Config::BaseCallFilter`).
       * 
       * ## Complexity
       * - O(C) where C is the number of calls to be batched.
       * 
       * This will return `Ok` in all circumstances. To determine the success of the batch, an
       * event is deposited. If a call failed and the batch was interrupted, then the
       * `BatchInterrupted` event is deposited, along with the number of successful calls made
       * and the error of the failed call. If all were successful, then the `BatchCompleted`
       * event is deposited.
       **/
      batch: AugmentedSubmittable<(calls: Vec<Call> | (Call | IMethod | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<Call>]>;
      /**
       * Send a batch of dispatch calls and atomically execute them.
       * The whole transaction will rollback and fail if any of the calls failed.
       * 
       * May be called from any origin except `None`.
       * 
       * - `calls`: The calls to be dispatched from the same origin. The number of call must not
       * exceed the constant: `batched_calls_limit` (available in constant metadata).
       * 
       * If origin is root then the calls are dispatched without checking origin filter. (This
       * includes bypassing `frame_system::Config::BaseCallFilter`).
       * 
       * ## Complexity
       * - O(C) where C is the number of calls to be batched.
       **/
      batchAll: AugmentedSubmittable<(calls: Vec<Call> | (Call | IMethod | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<Call>]>;
      /**
       * Dispatches a function call with a provided origin.
       * 
       * The dispatch origin for this call must be _Root_.
       * 
       * ## Complexity
       * - O(1).
       **/
      dispatchAs: AugmentedSubmittable<(asOrigin: SalusRuntimeOriginCaller | { system: any } | { Council: any } | { TechnicalCommittee: any } | string | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusRuntimeOriginCaller, Call]>;
      /**
       * Dispatches a function call with a provided origin.
       * 
       * Almost the same as [`Pallet::dispatch_as`] but forwards any error of the inner call.
       * 
       * The dispatch origin for this call must be _Root_.
       **/
      dispatchAsFallible: AugmentedSubmittable<(asOrigin: SalusRuntimeOriginCaller | { system: any } | { Council: any } | { TechnicalCommittee: any } | string | Uint8Array, call: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [SalusRuntimeOriginCaller, Call]>;
      /**
       * Send a batch of dispatch calls.
       * Unlike `batch`, it allows errors and won't interrupt.
       * 
       * May be called from any origin except `None`.
       * 
       * - `calls`: The calls to be dispatched from the same origin. The number of call must not
       * exceed the constant: `batched_calls_limit` (available in constant metadata).
       * 
       * If origin is root then the calls are dispatch without checking origin filter. (This
       * includes bypassing `frame_system::Config::BaseCallFilter`).
       * 
       * ## Complexity
       * - O(C) where C is the number of calls to be batched.
       **/
      forceBatch: AugmentedSubmittable<(calls: Vec<Call> | (Call | IMethod | string | Uint8Array)[]) => SubmittableExtrinsic<ApiType>, [Vec<Call>]>;
      /**
       * Dispatch a fallback call in the event the main call fails to execute.
       * May be called from any origin except `None`.
       * 
       * This function first attempts to dispatch the `main` call.
       * If the `main` call fails, the `fallback` is attemted.
       * if the fallback is successfully dispatched, the weights of both calls
       * are accumulated and an event containing the main call error is deposited.
       * 
       * In the event of a fallback failure the whole call fails
       * with the weights returned.
       * 
       * - `main`: The main call to be dispatched. This is the primary action to execute.
       * - `fallback`: The fallback call to be dispatched in case the `main` call fails.
       * 
       * ## Dispatch Logic
       * - If the origin is `root`, both the main and fallback calls are executed without
       * applying any origin filters.
       * - If the origin is not `root`, the origin filter is applied to both the `main` and
       * `fallback` calls.
       * 
       * ## Use Case
       * - Some use cases might involve submitting a `batch` type call in either main, fallback
       * or both.
       **/
      ifElse: AugmentedSubmittable<(main: Call | IMethod | string | Uint8Array, fallback: Call | IMethod | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Call, Call]>;
      /**
       * Dispatch a function call with a specified weight.
       * 
       * This function does not check the weight of the call, and instead allows the
       * Root origin to specify the weight of the call.
       * 
       * The dispatch origin for this call must be _Root_.
       **/
      withWeight: AugmentedSubmittable<(call: Call | IMethod | string | Uint8Array, weight: SpWeightsWeightV2Weight | { refTime?: any; proofSize?: any } | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [Call, SpWeightsWeightV2Weight]>;
    };
    validatorSet: {
      /**
       * Adds `validator`, which `organisation` operates, to the members.
       * 
       * Origin: [`Config::AdminOrigin`]. The account may set its session keys from now on, and
       * validates from the second session after that.
       * 
       * # Errors
       * - [`Error::AlreadyMember`] if it is a member.
       * - [`Error::StillLeaving`] if it was removed and is still in the set.
       * - [`Error::TooManyValidators`] if there are [`Config::MaxValidators`] members.
       * - What [`Config::Organisations`] answers if there is no such organisation.
       * 
       * # Events
       * [`Event::ValidatorAdded`].
       **/
      addValidator: AugmentedSubmittable<(validator: AccountId32 | string | Uint8Array, organisation: u32 | AnyNumber | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32, u32]>;
      /**
       * Removes `validator` from the members.
       * 
       * Origin: [`Config::AdminOrigin`]. If it is in the set, it leaves two sessions later.
       * 
       * # Errors
       * - [`Error::NotMember`] if it is no member.
       * - [`Error::BelowMinimum`] if it has session keys, and fewer members than the minimum that
       * have session keys and did not offend would remain.
       * 
       * # Events
       * [`Event::ValidatorRemoved`]; [`Event::ValidatorLeft`] once it is out of the set, which is
       * at once if it never was in it.
       **/
      removeValidator: AugmentedSubmittable<(validator: AccountId32 | string | Uint8Array) => SubmittableExtrinsic<ApiType>, [AccountId32]>;
      /**
       * Gives up the membership of the calling validator.
       * 
       * Origin: signed by a member. If it is in the set, it leaves two sessions later; its
       * operator must let it run until then.
       * 
       * # Errors
       * - [`Error::NotMember`] if the caller is no member.
       * - [`Error::BelowMinimum`] if it has session keys, and fewer members than the minimum that
       * have session keys and did not offend would remain.
       * 
       * # Events
       * [`Event::ValidatorRemoved`]; [`Event::ValidatorLeft`] once it is out of the set, which is
       * at once if it never was in it.
       **/
      retire: AugmentedSubmittable<() => SubmittableExtrinsic<ApiType>, []>;
    };
  } // AugmentedSubmittables
} // declare module
