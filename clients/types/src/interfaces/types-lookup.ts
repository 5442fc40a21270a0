// Auto-generated via `yarn polkadot-types-from-defs`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/types/lookup';

import type { BTreeMap, Bytes, Compact, Enum, Null, Option, Result, Struct, Text, U8aFixed, Vec, bool, u128, u16, u32, u64, u8 } from '@polkadot/types-codec';
import type { ITuple } from '@polkadot/types-codec/types';
import type { AccountId32, Call, H256, MultiAddress, Perbill } from '@polkadot/types/interfaces/runtime';
import type { Event } from '@polkadot/types/interfaces/system';

declare module '@polkadot/types/lookup' {
  /** @name FrameSystemCall (9) */
  interface FrameSystemCall extends Enum {
    readonly isRemark: boolean;
    readonly asRemark: {
      readonly remark: Bytes;
    } & Struct;
    readonly isSetHeapPages: boolean;
    readonly asSetHeapPages: {
      readonly pages: u64;
    } & Struct;
    readonly isSetCode: boolean;
    readonly asSetCode: {
      readonly code: Bytes;
    } & Struct;
    readonly isSetCodeWithoutChecks: boolean;
    readonly asSetCodeWithoutChecks: {
      readonly code: Bytes;
    } & Struct;
    readonly isSetStorage: boolean;
    readonly asSetStorage: {
      readonly items: Vec<ITuple<[Bytes, Bytes]>>;
    } & Struct;
    readonly isKillStorage: boolean;
    readonly asKillStorage: {
      readonly keys_: Vec<Bytes>;
    } & Struct;
    readonly isKillPrefix: boolean;
    readonly asKillPrefix: {
      readonly prefix: Bytes;
      readonly subkeys: u32;
    } & Struct;
    readonly isRemarkWithEvent: boolean;
    readonly asRemarkWithEvent: {
      readonly remark: Bytes;
    } & Struct;
    readonly isAuthorizeUpgrade: boolean;
    readonly asAuthorizeUpgrade: {
      readonly codeHash: H256;
    } & Struct;
    readonly isAuthorizeUpgradeWithoutChecks: boolean;
    readonly asAuthorizeUpgradeWithoutChecks: {
      readonly codeHash: H256;
    } & Struct;
    readonly isApplyAuthorizedUpgrade: boolean;
    readonly asApplyAuthorizedUpgrade: {
      readonly code: Bytes;
    } & Struct;
    readonly type: 'Remark' | 'SetHeapPages' | 'SetCode' | 'SetCodeWithoutChecks' | 'SetStorage' | 'KillStorage' | 'KillPrefix' | 'RemarkWithEvent' | 'AuthorizeUpgrade' | 'AuthorizeUpgradeWithoutChecks' | 'ApplyAuthorizedUpgrade';
  }

  /** @name PalletTimestampCall (16) */
  interface PalletTimestampCall extends Enum {
    readonly isSet: boolean;
    readonly asSet: {
      readonly now: Compact<u64>;
    } & Struct;
    readonly type: 'Set';
  }

  /** @name PalletPreimageCall (18) */
  interface PalletPreimageCall extends Enum {
    readonly isNotePreimage: boolean;
    readonly asNotePreimage: {
      readonly bytes: Bytes;
    } & Struct;
    readonly isUnnotePreimage: boolean;
    readonly asUnnotePreimage: {
      readonly hash_: H256;
    } & Struct;
    readonly isRequestPreimage: boolean;
    readonly asRequestPreimage: {
      readonly hash_: H256;
    } & Struct;
    readonly isUnrequestPreimage: boolean;
    readonly asUnrequestPreimage: {
      readonly hash_: H256;
    } & Struct;
    readonly isEnsureUpdated: boolean;
    readonly asEnsureUpdated: {
      readonly hashes: Vec<H256>;
    } & Struct;
    readonly type: 'NotePreimage' | 'UnnotePreimage' | 'RequestPreimage' | 'UnrequestPreimage' | 'EnsureUpdated';
  }

  /** @name PalletSchedulerCall (20) */
  interface PalletSchedulerCall extends Enum {
    readonly isSchedule: boolean;
    readonly asSchedule: {
      readonly when: u32;
      readonly maybePeriodic: Option<ITuple<[u32, u32]>>;
      readonly priority: u8;
      readonly call: Call;
    } & Struct;
    readonly isCancel: boolean;
    readonly asCancel: {
      readonly when: u32;
      readonly index: u32;
    } & Struct;
    readonly isScheduleNamed: boolean;
    readonly asScheduleNamed: {
      readonly id: U8aFixed;
      readonly when: u32;
      readonly maybePeriodic: Option<ITuple<[u32, u32]>>;
      readonly priority: u8;
      readonly call: Call;
    } & Struct;
    readonly isCancelNamed: boolean;
    readonly asCancelNamed: {
      readonly id: U8aFixed;
    } & Struct;
    readonly isScheduleAfter: boolean;
    readonly asScheduleAfter: {
      readonly after: u32;
      readonly maybePeriodic: Option<ITuple<[u32, u32]>>;
      readonly priority: u8;
      readonly call: Call;
    } & Struct;
    readonly isScheduleNamedAfter: boolean;
    readonly asScheduleNamedAfter: {
      readonly id: U8aFixed;
      readonly after: u32;
      readonly maybePeriodic: Option<ITuple<[u32, u32]>>;
      readonly priority: u8;
      readonly call: Call;
    } & Struct;
    readonly isSetRetry: boolean;
    readonly asSetRetry: {
      readonly task: ITuple<[u32, u32]>;
      readonly retries: u8;
      readonly period: u32;
    } & Struct;
    readonly isSetRetryNamed: boolean;
    readonly asSetRetryNamed: {
      readonly id: U8aFixed;
      readonly retries: u8;
      readonly period: u32;
    } & Struct;
    readonly isCancelRetry: boolean;
    readonly asCancelRetry: {
      readonly task: ITuple<[u32, u32]>;
    } & Struct;
    readonly isCancelRetryNamed: boolean;
    readonly asCancelRetryNamed: {
      readonly id: U8aFixed;
    } & Struct;
    readonly type: 'Schedule' | 'Cancel' | 'ScheduleNamed' | 'CancelNamed' | 'ScheduleAfter' | 'ScheduleNamedAfter' | 'SetRetry' | 'SetRetryNamed' | 'CancelRetry' | 'CancelRetryNamed';
  }

  /** @name PalletUtilityCall (23) */
  interface PalletUtilityCall extends Enum {
    readonly isBatch: boolean;
    readonly asBatch: {
      readonly calls: Vec<Call>;
    } & Struct;
    readonly isAsDerivative: boolean;
    readonly asAsDerivative: {
      readonly index: u16;
      readonly call: Call;
    } & Struct;
    readonly isBatchAll: boolean;
    readonly asBatchAll: {
      readonly calls: Vec<Call>;
    } & Struct;
    readonly isDispatchAs: boolean;
    readonly asDispatchAs: {
      readonly asOrigin: SalusRuntimeOriginCaller;
      readonly call: Call;
    } & Struct;
    readonly isForceBatch: boolean;
    readonly asForceBatch: {
      readonly calls: Vec<Call>;
    } & Struct;
    readonly isWithWeight: boolean;
    readonly asWithWeight: {
      readonly call: Call;
      readonly weight: SpWeightsWeightV2Weight;
    } & Struct;
    readonly isIfElse: boolean;
    readonly asIfElse: {
      readonly main: Call;
      readonly fallback: Call;
    } & Struct;
    readonly isDispatchAsFallible: boolean;
    readonly asDispatchAsFallible: {
      readonly asOrigin: SalusRuntimeOriginCaller;
      readonly call: Call;
    } & Struct;
    readonly type: 'Batch' | 'AsDerivative' | 'BatchAll' | 'DispatchAs' | 'ForceBatch' | 'WithWeight' | 'IfElse' | 'DispatchAsFallible';
  }

  /** @name SalusRuntimeOriginCaller (26) */
  interface SalusRuntimeOriginCaller extends Enum {
    readonly isSystem: boolean;
    readonly asSystem: FrameSupportDispatchRawOrigin;
    readonly isCouncil: boolean;
    readonly asCouncil: PalletCollectiveRawOrigin;
    readonly isTechnicalCommittee: boolean;
    readonly asTechnicalCommittee: PalletCollectiveRawOrigin;
    readonly type: 'System' | 'Council' | 'TechnicalCommittee';
  }

  /** @name FrameSupportDispatchRawOrigin (27) */
  interface FrameSupportDispatchRawOrigin extends Enum {
    readonly isRoot: boolean;
    readonly isSigned: boolean;
    readonly asSigned: AccountId32;
    readonly isNone: boolean;
    readonly isAuthorized: boolean;
    readonly type: 'Root' | 'Signed' | 'None' | 'Authorized';
  }

  /** @name PalletCollectiveRawOrigin (28) */
  interface PalletCollectiveRawOrigin extends Enum {
    readonly isMembers: boolean;
    readonly asMembers: ITuple<[u32, u32]>;
    readonly isMember: boolean;
    readonly asMember: AccountId32;
    readonly isPhantom: boolean;
    readonly type: 'Members' | 'Member' | 'Phantom';
  }

  /** @name SpWeightsWeightV2Weight (30) */
  interface SpWeightsWeightV2Weight extends Struct {
    readonly refTime: Compact<u64>;
    readonly proofSize: Compact<u64>;
  }

  /** @name PalletMultisigCall (31) */
  interface PalletMultisigCall extends Enum {
    readonly isAsMultiThreshold1: boolean;
    readonly asAsMultiThreshold1: {
      readonly otherSignatories: Vec<AccountId32>;
      readonly call: Call;
    } & Struct;
    readonly isAsMulti: boolean;
    readonly asAsMulti: {
      readonly threshold: u16;
      readonly otherSignatories: Vec<AccountId32>;
      readonly maybeTimepoint: Option<PalletMultisigTimepoint>;
      readonly call: Call;
      readonly maxWeight: SpWeightsWeightV2Weight;
    } & Struct;
    readonly isApproveAsMulti: boolean;
    readonly asApproveAsMulti: {
      readonly threshold: u16;
      readonly otherSignatories: Vec<AccountId32>;
      readonly maybeTimepoint: Option<PalletMultisigTimepoint>;
      readonly callHash: U8aFixed;
      readonly maxWeight: SpWeightsWeightV2Weight;
    } & Struct;
    readonly isCancelAsMulti: boolean;
    readonly asCancelAsMulti: {
      readonly threshold: u16;
      readonly otherSignatories: Vec<AccountId32>;
      readonly timepoint: PalletMultisigTimepoint;
      readonly callHash: U8aFixed;
    } & Struct;
    readonly isPokeDeposit: boolean;
    readonly asPokeDeposit: {
      readonly threshold: u16;
      readonly otherSignatories: Vec<AccountId32>;
      readonly callHash: U8aFixed;
    } & Struct;
    readonly type: 'AsMultiThreshold1' | 'AsMulti' | 'ApproveAsMulti' | 'CancelAsMulti' | 'PokeDeposit';
  }

  /** @name PalletMultisigTimepoint (34) */
  interface PalletMultisigTimepoint extends Struct {
    readonly height: u32;
    readonly index: u32;
  }

  /** @name PalletProxyCall (35) */
  interface PalletProxyCall extends Enum {
    readonly isProxy: boolean;
    readonly asProxy: {
      readonly real: MultiAddress;
      readonly forceProxyType: Option<SalusRuntimeCommonProxyType>;
      readonly call: Call;
    } & Struct;
    readonly isAddProxy: boolean;
    readonly asAddProxy: {
      readonly delegate: MultiAddress;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly delay: u32;
    } & Struct;
    readonly isRemoveProxy: boolean;
    readonly asRemoveProxy: {
      readonly delegate: MultiAddress;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly delay: u32;
    } & Struct;
    readonly isRemoveProxies: boolean;
    readonly isCreatePure: boolean;
    readonly asCreatePure: {
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly delay: u32;
      readonly index: u16;
    } & Struct;
    readonly isKillPure: boolean;
    readonly asKillPure: {
      readonly spawner: MultiAddress;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly index: u16;
      readonly height: Compact<u32>;
      readonly extIndex: Compact<u32>;
    } & Struct;
    readonly isAnnounce: boolean;
    readonly asAnnounce: {
      readonly real: MultiAddress;
      readonly callHash: H256;
    } & Struct;
    readonly isRemoveAnnouncement: boolean;
    readonly asRemoveAnnouncement: {
      readonly real: MultiAddress;
      readonly callHash: H256;
    } & Struct;
    readonly isRejectAnnouncement: boolean;
    readonly asRejectAnnouncement: {
      readonly delegate: MultiAddress;
      readonly callHash: H256;
    } & Struct;
    readonly isProxyAnnounced: boolean;
    readonly asProxyAnnounced: {
      readonly delegate: MultiAddress;
      readonly real: MultiAddress;
      readonly forceProxyType: Option<SalusRuntimeCommonProxyType>;
      readonly call: Call;
    } & Struct;
    readonly isPokeDeposit: boolean;
    readonly type: 'Proxy' | 'AddProxy' | 'RemoveProxy' | 'RemoveProxies' | 'CreatePure' | 'KillPure' | 'Announce' | 'RemoveAnnouncement' | 'RejectAnnouncement' | 'ProxyAnnounced' | 'PokeDeposit';
  }

  /** @name SalusRuntimeCommonProxyType (37) */
  interface SalusRuntimeCommonProxyType extends Enum {
    readonly isAny: boolean;
    readonly isNonTransfer: boolean;
    readonly isGovernance: boolean;
    readonly isValidatorOperation: boolean;
    readonly isRecords: boolean;
    readonly isTightening: boolean;
    readonly isBilling: boolean;
    readonly type: 'Any' | 'NonTransfer' | 'Governance' | 'ValidatorOperation' | 'Records' | 'Tightening' | 'Billing';
  }

  /** @name PalletSafeModeCall (39) */
  interface PalletSafeModeCall extends Enum {
    readonly isEnter: boolean;
    readonly isForceEnter: boolean;
    readonly isExtend: boolean;
    readonly isForceExtend: boolean;
    readonly isForceExit: boolean;
    readonly isForceSlashDeposit: boolean;
    readonly asForceSlashDeposit: {
      readonly account: AccountId32;
      readonly block: u32;
    } & Struct;
    readonly isReleaseDeposit: boolean;
    readonly asReleaseDeposit: {
      readonly account: AccountId32;
      readonly block: u32;
    } & Struct;
    readonly isForceReleaseDeposit: boolean;
    readonly asForceReleaseDeposit: {
      readonly account: AccountId32;
      readonly block: u32;
    } & Struct;
    readonly type: 'Enter' | 'ForceEnter' | 'Extend' | 'ForceExtend' | 'ForceExit' | 'ForceSlashDeposit' | 'ReleaseDeposit' | 'ForceReleaseDeposit';
  }

  /** @name PalletMigrationsCall (40) */
  interface PalletMigrationsCall extends Enum {
    readonly isForceSetCursor: boolean;
    readonly asForceSetCursor: {
      readonly cursor: Option<PalletMigrationsMigrationCursor>;
    } & Struct;
    readonly isForceSetActiveCursor: boolean;
    readonly asForceSetActiveCursor: {
      readonly index: u32;
      readonly innerCursor: Option<Bytes>;
      readonly startedAt: Option<u32>;
    } & Struct;
    readonly isForceOnboardMbms: boolean;
    readonly isClearHistoric: boolean;
    readonly asClearHistoric: {
      readonly selector: PalletMigrationsHistoricCleanupSelector;
    } & Struct;
    readonly type: 'ForceSetCursor' | 'ForceSetActiveCursor' | 'ForceOnboardMbms' | 'ClearHistoric';
  }

  /** @name PalletMigrationsMigrationCursor (42) */
  interface PalletMigrationsMigrationCursor extends Enum {
    readonly isActive: boolean;
    readonly asActive: PalletMigrationsActiveCursor;
    readonly isStuck: boolean;
    readonly type: 'Active' | 'Stuck';
  }

  /** @name PalletMigrationsActiveCursor (44) */
  interface PalletMigrationsActiveCursor extends Struct {
    readonly index: u32;
    readonly innerCursor: Option<Bytes>;
    readonly startedAt: u32;
  }

  /** @name PalletMigrationsHistoricCleanupSelector (47) */
  interface PalletMigrationsHistoricCleanupSelector extends Enum {
    readonly isSpecific: boolean;
    readonly asSpecific: Vec<Bytes>;
    readonly isWildcard: boolean;
    readonly asWildcard: {
      readonly limit: Option<u32>;
      readonly previousCursor: Option<Bytes>;
    } & Struct;
    readonly type: 'Specific' | 'Wildcard';
  }

  /** @name PalletTxPauseCall (51) */
  interface PalletTxPauseCall extends Enum {
    readonly isPause: boolean;
    readonly asPause: {
      readonly fullName: ITuple<[Bytes, Bytes]>;
    } & Struct;
    readonly isUnpause: boolean;
    readonly asUnpause: {
      readonly ident: ITuple<[Bytes, Bytes]>;
    } & Struct;
    readonly type: 'Pause' | 'Unpause';
  }

  /** @name PalletBalancesCall (54) */
  interface PalletBalancesCall extends Enum {
    readonly isTransferAllowDeath: boolean;
    readonly asTransferAllowDeath: {
      readonly dest: MultiAddress;
      readonly value: Compact<u128>;
    } & Struct;
    readonly isForceTransfer: boolean;
    readonly asForceTransfer: {
      readonly source: MultiAddress;
      readonly dest: MultiAddress;
      readonly value: Compact<u128>;
    } & Struct;
    readonly isTransferKeepAlive: boolean;
    readonly asTransferKeepAlive: {
      readonly dest: MultiAddress;
      readonly value: Compact<u128>;
    } & Struct;
    readonly isTransferAll: boolean;
    readonly asTransferAll: {
      readonly dest: MultiAddress;
      readonly keepAlive: bool;
    } & Struct;
    readonly isForceUnreserve: boolean;
    readonly asForceUnreserve: {
      readonly who: MultiAddress;
      readonly amount: u128;
    } & Struct;
    readonly isUpgradeAccounts: boolean;
    readonly asUpgradeAccounts: {
      readonly who: Vec<AccountId32>;
    } & Struct;
    readonly isForceSetBalance: boolean;
    readonly asForceSetBalance: {
      readonly who: MultiAddress;
      readonly newFree: Compact<u128>;
    } & Struct;
    readonly isForceAdjustTotalIssuance: boolean;
    readonly asForceAdjustTotalIssuance: {
      readonly direction: PalletBalancesAdjustmentDirection;
      readonly delta: Compact<u128>;
    } & Struct;
    readonly isBurn: boolean;
    readonly asBurn: {
      readonly value: Compact<u128>;
      readonly keepAlive: bool;
    } & Struct;
    readonly type: 'TransferAllowDeath' | 'ForceTransfer' | 'TransferKeepAlive' | 'TransferAll' | 'ForceUnreserve' | 'UpgradeAccounts' | 'ForceSetBalance' | 'ForceAdjustTotalIssuance' | 'Burn';
  }

  /** @name PalletBalancesAdjustmentDirection (58) */
  interface PalletBalancesAdjustmentDirection extends Enum {
    readonly isIncrease: boolean;
    readonly isDecrease: boolean;
    readonly type: 'Increase' | 'Decrease';
  }

  /** @name PalletAssetsCall (59) */
  interface PalletAssetsCall extends Enum {
    readonly isCreate: boolean;
    readonly asCreate: {
      readonly id: Compact<u32>;
      readonly admin: MultiAddress;
      readonly minBalance: u128;
    } & Struct;
    readonly isForceCreate: boolean;
    readonly asForceCreate: {
      readonly id: Compact<u32>;
      readonly owner: MultiAddress;
      readonly isSufficient: bool;
      readonly minBalance: Compact<u128>;
    } & Struct;
    readonly isStartDestroy: boolean;
    readonly asStartDestroy: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isDestroyAccounts: boolean;
    readonly asDestroyAccounts: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isDestroyApprovals: boolean;
    readonly asDestroyApprovals: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isFinishDestroy: boolean;
    readonly asFinishDestroy: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isMint: boolean;
    readonly asMint: {
      readonly id: Compact<u32>;
      readonly beneficiary: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isBurn: boolean;
    readonly asBurn: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isTransfer: boolean;
    readonly asTransfer: {
      readonly id: Compact<u32>;
      readonly target: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isTransferKeepAlive: boolean;
    readonly asTransferKeepAlive: {
      readonly id: Compact<u32>;
      readonly target: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isForceTransfer: boolean;
    readonly asForceTransfer: {
      readonly id: Compact<u32>;
      readonly source: MultiAddress;
      readonly dest: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isFreeze: boolean;
    readonly asFreeze: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
    } & Struct;
    readonly isThaw: boolean;
    readonly asThaw: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
    } & Struct;
    readonly isFreezeAsset: boolean;
    readonly asFreezeAsset: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isThawAsset: boolean;
    readonly asThawAsset: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isTransferOwnership: boolean;
    readonly asTransferOwnership: {
      readonly id: Compact<u32>;
      readonly owner: MultiAddress;
    } & Struct;
    readonly isSetTeam: boolean;
    readonly asSetTeam: {
      readonly id: Compact<u32>;
      readonly issuer: MultiAddress;
      readonly admin: MultiAddress;
      readonly freezer: MultiAddress;
    } & Struct;
    readonly isSetMetadata: boolean;
    readonly asSetMetadata: {
      readonly id: Compact<u32>;
      readonly name: Bytes;
      readonly symbol: Bytes;
      readonly decimals: u8;
    } & Struct;
    readonly isClearMetadata: boolean;
    readonly asClearMetadata: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isForceSetMetadata: boolean;
    readonly asForceSetMetadata: {
      readonly id: Compact<u32>;
      readonly name: Bytes;
      readonly symbol: Bytes;
      readonly decimals: u8;
      readonly isFrozen: bool;
    } & Struct;
    readonly isForceClearMetadata: boolean;
    readonly asForceClearMetadata: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isForceAssetStatus: boolean;
    readonly asForceAssetStatus: {
      readonly id: Compact<u32>;
      readonly owner: MultiAddress;
      readonly issuer: MultiAddress;
      readonly admin: MultiAddress;
      readonly freezer: MultiAddress;
      readonly minBalance: Compact<u128>;
      readonly isSufficient: bool;
      readonly isFrozen: bool;
    } & Struct;
    readonly isApproveTransfer: boolean;
    readonly asApproveTransfer: {
      readonly id: Compact<u32>;
      readonly delegate: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isCancelApproval: boolean;
    readonly asCancelApproval: {
      readonly id: Compact<u32>;
      readonly delegate: MultiAddress;
    } & Struct;
    readonly isForceCancelApproval: boolean;
    readonly asForceCancelApproval: {
      readonly id: Compact<u32>;
      readonly owner: MultiAddress;
      readonly delegate: MultiAddress;
    } & Struct;
    readonly isTransferApproved: boolean;
    readonly asTransferApproved: {
      readonly id: Compact<u32>;
      readonly owner: MultiAddress;
      readonly destination: MultiAddress;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isTouch: boolean;
    readonly asTouch: {
      readonly id: Compact<u32>;
    } & Struct;
    readonly isRefund: boolean;
    readonly asRefund: {
      readonly id: Compact<u32>;
      readonly allowBurn: bool;
    } & Struct;
    readonly isSetMinBalance: boolean;
    readonly asSetMinBalance: {
      readonly id: Compact<u32>;
      readonly minBalance: u128;
    } & Struct;
    readonly isTouchOther: boolean;
    readonly asTouchOther: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
    } & Struct;
    readonly isRefundOther: boolean;
    readonly asRefundOther: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
    } & Struct;
    readonly isBlock: boolean;
    readonly asBlock: {
      readonly id: Compact<u32>;
      readonly who: MultiAddress;
    } & Struct;
    readonly isTransferAll: boolean;
    readonly asTransferAll: {
      readonly id: Compact<u32>;
      readonly dest: MultiAddress;
      readonly keepAlive: bool;
    } & Struct;
    readonly isSetReserves: boolean;
    readonly asSetReserves: {
      readonly id: Compact<u32>;
      readonly reserves: Vec<Null>;
    } & Struct;
    readonly type: 'Create' | 'ForceCreate' | 'StartDestroy' | 'DestroyAccounts' | 'DestroyApprovals' | 'FinishDestroy' | 'Mint' | 'Burn' | 'Transfer' | 'TransferKeepAlive' | 'ForceTransfer' | 'Freeze' | 'Thaw' | 'FreezeAsset' | 'ThawAsset' | 'TransferOwnership' | 'SetTeam' | 'SetMetadata' | 'ClearMetadata' | 'ForceSetMetadata' | 'ForceClearMetadata' | 'ForceAssetStatus' | 'ApproveTransfer' | 'CancelApproval' | 'ForceCancelApproval' | 'TransferApproved' | 'Touch' | 'Refund' | 'SetMinBalance' | 'TouchOther' | 'RefundOther' | 'Block' | 'TransferAll' | 'SetReserves';
  }

  /** @name PalletTreasuryCall (62) */
  interface PalletTreasuryCall extends Enum {
    readonly isSpendLocal: boolean;
    readonly asSpendLocal: {
      readonly amount: Compact<u128>;
      readonly beneficiary: MultiAddress;
    } & Struct;
    readonly isRemoveApproval: boolean;
    readonly asRemoveApproval: {
      readonly proposalId: Compact<u32>;
    } & Struct;
    readonly isSpend: boolean;
    readonly asSpend: {
      readonly assetKind: Null;
      readonly amount: Compact<u128>;
      readonly beneficiary: AccountId32;
      readonly validFrom: Option<u32>;
    } & Struct;
    readonly isPayout: boolean;
    readonly asPayout: {
      readonly index: u32;
    } & Struct;
    readonly isCheckStatus: boolean;
    readonly asCheckStatus: {
      readonly index: u32;
    } & Struct;
    readonly isVoidSpend: boolean;
    readonly asVoidSpend: {
      readonly index: u32;
    } & Struct;
    readonly type: 'SpendLocal' | 'RemoveApproval' | 'Spend' | 'Payout' | 'CheckStatus' | 'VoidSpend';
  }

  /** @name PalletBabeCall (63) */
  interface PalletBabeCall extends Enum {
    readonly isReportEquivocation: boolean;
    readonly asReportEquivocation: {
      readonly equivocationProof: SpConsensusSlotsEquivocationProof;
      readonly keyOwnerProof: SpSessionMembershipProof;
    } & Struct;
    readonly isReportEquivocationUnsigned: boolean;
    readonly asReportEquivocationUnsigned: {
      readonly equivocationProof: SpConsensusSlotsEquivocationProof;
      readonly keyOwnerProof: SpSessionMembershipProof;
    } & Struct;
    readonly isPlanConfigChange: boolean;
    readonly asPlanConfigChange: {
      readonly config: SpConsensusBabeDigestsNextConfigDescriptor;
    } & Struct;
    readonly type: 'ReportEquivocation' | 'ReportEquivocationUnsigned' | 'PlanConfigChange';
  }

  /** @name SpConsensusSlotsEquivocationProof (64) */
  interface SpConsensusSlotsEquivocationProof extends Struct {
    readonly offender: SpConsensusBabeAppPublic;
    readonly slot: u64;
    readonly firstHeader: SpRuntimeHeader;
    readonly secondHeader: SpRuntimeHeader;
  }

  /** @name SpRuntimeHeader (65) */
  interface SpRuntimeHeader extends Struct {
    readonly parentHash: H256;
    readonly number: Compact<u32>;
    readonly stateRoot: H256;
    readonly extrinsicsRoot: H256;
    readonly digest: SpRuntimeDigest;
  }

  /** @name SpRuntimeDigest (66) */
  interface SpRuntimeDigest extends Struct {
    readonly logs: Vec<SpRuntimeDigestDigestItem>;
  }

  /** @name SpRuntimeDigestDigestItem (68) */
  interface SpRuntimeDigestDigestItem extends Enum {
    readonly isOther: boolean;
    readonly asOther: Bytes;
    readonly isConsensus: boolean;
    readonly asConsensus: ITuple<[U8aFixed, Bytes]>;
    readonly isSeal: boolean;
    readonly asSeal: ITuple<[U8aFixed, Bytes]>;
    readonly isPreRuntime: boolean;
    readonly asPreRuntime: ITuple<[U8aFixed, Bytes]>;
    readonly isRuntimeEnvironmentUpdated: boolean;
    readonly type: 'Other' | 'Consensus' | 'Seal' | 'PreRuntime' | 'RuntimeEnvironmentUpdated';
  }

  /** @name SpConsensusBabeAppPublic (70) */
  interface SpConsensusBabeAppPublic extends U8aFixed {}

  /** @name SpSessionMembershipProof (72) */
  interface SpSessionMembershipProof extends Struct {
    readonly session: u32;
    readonly trieNodes: Vec<Bytes>;
    readonly validatorCount: u32;
  }

  /** @name SpConsensusBabeDigestsNextConfigDescriptor (73) */
  interface SpConsensusBabeDigestsNextConfigDescriptor extends Enum {
    readonly isV1: boolean;
    readonly asV1: {
      readonly c: ITuple<[u64, u64]>;
      readonly allowedSlots: SpConsensusBabeAllowedSlots;
    } & Struct;
    readonly type: 'V1';
  }

  /** @name SpConsensusBabeAllowedSlots (75) */
  interface SpConsensusBabeAllowedSlots extends Enum {
    readonly isPrimarySlots: boolean;
    readonly isPrimaryAndSecondaryPlainSlots: boolean;
    readonly isPrimaryAndSecondaryVRFSlots: boolean;
    readonly type: 'PrimarySlots' | 'PrimaryAndSecondaryPlainSlots' | 'PrimaryAndSecondaryVRFSlots';
  }

  /** @name PalletValidatorSetCall (76) */
  interface PalletValidatorSetCall extends Enum {
    readonly isAddValidator: boolean;
    readonly asAddValidator: {
      readonly validator: AccountId32;
      readonly organisation: u32;
    } & Struct;
    readonly isRemoveValidator: boolean;
    readonly asRemoveValidator: {
      readonly validator: AccountId32;
    } & Struct;
    readonly isRetire: boolean;
    readonly type: 'AddValidator' | 'RemoveValidator' | 'Retire';
  }

  /** @name PalletSessionCall (77) */
  interface PalletSessionCall extends Enum {
    readonly isSetKeys: boolean;
    readonly asSetKeys: {
      readonly keys_: SalusRuntimeSessionKeys;
      readonly proof: Bytes;
    } & Struct;
    readonly isPurgeKeys: boolean;
    readonly type: 'SetKeys' | 'PurgeKeys';
  }

  /** @name SalusRuntimeSessionKeys (78) */
  interface SalusRuntimeSessionKeys extends Struct {
    readonly babe: SpConsensusBabeAppPublic;
    readonly grandpa: SpConsensusGrandpaAppPublic;
  }

  /** @name SpConsensusGrandpaAppPublic (79) */
  interface SpConsensusGrandpaAppPublic extends U8aFixed {}

  /** @name PalletGrandpaCall (80) */
  interface PalletGrandpaCall extends Enum {
    readonly isReportEquivocation: boolean;
    readonly asReportEquivocation: {
      readonly equivocationProof: SpConsensusGrandpaEquivocationProof;
      readonly keyOwnerProof: SpSessionMembershipProof;
    } & Struct;
    readonly isReportEquivocationUnsigned: boolean;
    readonly asReportEquivocationUnsigned: {
      readonly equivocationProof: SpConsensusGrandpaEquivocationProof;
      readonly keyOwnerProof: SpSessionMembershipProof;
    } & Struct;
    readonly isNoteStalled: boolean;
    readonly asNoteStalled: {
      readonly delay: u32;
      readonly bestFinalizedBlockNumber: u32;
    } & Struct;
    readonly type: 'ReportEquivocation' | 'ReportEquivocationUnsigned' | 'NoteStalled';
  }

  /** @name SpConsensusGrandpaEquivocationProof (81) */
  interface SpConsensusGrandpaEquivocationProof extends Struct {
    readonly setId: u64;
    readonly equivocation: SpConsensusGrandpaEquivocation;
  }

  /** @name SpConsensusGrandpaEquivocation (82) */
  interface SpConsensusGrandpaEquivocation extends Enum {
    readonly isPrevote: boolean;
    readonly asPrevote: FinalityGrandpaEquivocationPrevote;
    readonly isPrecommit: boolean;
    readonly asPrecommit: FinalityGrandpaEquivocationPrecommit;
    readonly type: 'Prevote' | 'Precommit';
  }

  /** @name FinalityGrandpaEquivocationPrevote (83) */
  interface FinalityGrandpaEquivocationPrevote extends Struct {
    readonly roundNumber: u64;
    readonly identity: SpConsensusGrandpaAppPublic;
    readonly first: ITuple<[FinalityGrandpaPrevote, SpConsensusGrandpaAppSignature]>;
    readonly second: ITuple<[FinalityGrandpaPrevote, SpConsensusGrandpaAppSignature]>;
  }

  /** @name FinalityGrandpaPrevote (84) */
  interface FinalityGrandpaPrevote extends Struct {
    readonly targetHash: H256;
    readonly targetNumber: u32;
  }

  /** @name SpConsensusGrandpaAppSignature (85) */
  interface SpConsensusGrandpaAppSignature extends U8aFixed {}

  /** @name FinalityGrandpaEquivocationPrecommit (88) */
  interface FinalityGrandpaEquivocationPrecommit extends Struct {
    readonly roundNumber: u64;
    readonly identity: SpConsensusGrandpaAppPublic;
    readonly first: ITuple<[FinalityGrandpaPrecommit, SpConsensusGrandpaAppSignature]>;
    readonly second: ITuple<[FinalityGrandpaPrecommit, SpConsensusGrandpaAppSignature]>;
  }

  /** @name FinalityGrandpaPrecommit (89) */
  interface FinalityGrandpaPrecommit extends Struct {
    readonly targetHash: H256;
    readonly targetNumber: u32;
  }

  /** @name PalletCollectiveCall (91) */
  interface PalletCollectiveCall extends Enum {
    readonly isSetMembers: boolean;
    readonly asSetMembers: {
      readonly newMembers: Vec<AccountId32>;
      readonly prime: Option<AccountId32>;
      readonly oldCount: u32;
    } & Struct;
    readonly isExecute: boolean;
    readonly asExecute: {
      readonly proposal: Call;
      readonly lengthBound: Compact<u32>;
    } & Struct;
    readonly isPropose: boolean;
    readonly asPropose: {
      readonly threshold: Compact<u32>;
      readonly proposal: Call;
      readonly lengthBound: Compact<u32>;
    } & Struct;
    readonly isVote: boolean;
    readonly asVote: {
      readonly proposal: H256;
      readonly index: Compact<u32>;
      readonly approve: bool;
    } & Struct;
    readonly isDisapproveProposal: boolean;
    readonly asDisapproveProposal: {
      readonly proposalHash: H256;
    } & Struct;
    readonly isClose: boolean;
    readonly asClose: {
      readonly proposalHash: H256;
      readonly index: Compact<u32>;
      readonly proposalWeightBound: SpWeightsWeightV2Weight;
      readonly lengthBound: Compact<u32>;
    } & Struct;
    readonly isKill: boolean;
    readonly asKill: {
      readonly proposalHash: H256;
    } & Struct;
    readonly isReleaseProposalCost: boolean;
    readonly asReleaseProposalCost: {
      readonly proposalHash: H256;
    } & Struct;
    readonly type: 'SetMembers' | 'Execute' | 'Propose' | 'Vote' | 'DisapproveProposal' | 'Close' | 'Kill' | 'ReleaseProposalCost';
  }

  /** @name PalletMembershipCall (94) */
  interface PalletMembershipCall extends Enum {
    readonly isAddMember: boolean;
    readonly asAddMember: {
      readonly who: MultiAddress;
    } & Struct;
    readonly isRemoveMember: boolean;
    readonly asRemoveMember: {
      readonly who: MultiAddress;
    } & Struct;
    readonly isSwapMember: boolean;
    readonly asSwapMember: {
      readonly remove: MultiAddress;
      readonly add: MultiAddress;
    } & Struct;
    readonly isResetMembers: boolean;
    readonly asResetMembers: {
      readonly members: Vec<AccountId32>;
    } & Struct;
    readonly isChangeKey: boolean;
    readonly asChangeKey: {
      readonly new_: MultiAddress;
    } & Struct;
    readonly isSetPrime: boolean;
    readonly asSetPrime: {
      readonly who: MultiAddress;
    } & Struct;
    readonly isClearPrime: boolean;
    readonly type: 'AddMember' | 'RemoveMember' | 'SwapMember' | 'ResetMembers' | 'ChangeKey' | 'SetPrime' | 'ClearPrime';
  }

  /** @name PalletEnactmentCall (96) */
  interface PalletEnactmentCall extends Enum {
    readonly isApprove: boolean;
    readonly asApprove: {
      readonly call: Call;
    } & Struct;
    readonly isCancel: boolean;
    readonly asCancel: {
      readonly proposal: H256;
    } & Struct;
    readonly isEnact: boolean;
    readonly asEnact: {
      readonly proposal: H256;
    } & Struct;
    readonly isClear: boolean;
    readonly asClear: {
      readonly proposal: H256;
    } & Struct;
    readonly isSetDelay: boolean;
    readonly asSetDelay: {
      readonly class: PalletEnactmentEnactmentClass;
      readonly seconds: u64;
    } & Struct;
    readonly type: 'Approve' | 'Cancel' | 'Enact' | 'Clear' | 'SetDelay';
  }

  /** @name PalletEnactmentEnactmentClass (97) */
  interface PalletEnactmentEnactmentClass extends Enum {
    readonly isUpgrade: boolean;
    readonly isParameter: boolean;
    readonly isEmergency: boolean;
    readonly type: 'Upgrade' | 'Parameter' | 'Emergency';
  }

  /** @name PalletRegistryCall (98) */
  interface PalletRegistryCall extends Enum {
    readonly isApply: boolean;
    readonly asApply: {
      readonly kinds: u16;
      readonly profile: H256;
    } & Struct;
    readonly isAdmit: boolean;
    readonly asAdmit: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly until: u64;
    } & Struct;
    readonly isDecline: boolean;
    readonly asDecline: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
    } & Struct;
    readonly isWithdraw: boolean;
    readonly asWithdraw: {
      readonly org: u32;
    } & Struct;
    readonly isRenew: boolean;
    readonly asRenew: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly until: u64;
    } & Struct;
    readonly isSuspend: boolean;
    readonly asSuspend: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
    } & Struct;
    readonly isReinstate: boolean;
    readonly asReinstate: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly until: u64;
    } & Struct;
    readonly isRevoke: boolean;
    readonly asRevoke: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
    } & Struct;
    readonly isSetFlag: boolean;
    readonly asSetFlag: {
      readonly org: u32;
      readonly flagged: bool;
    } & Struct;
    readonly isRotateAdmin: boolean;
    readonly asRotateAdmin: {
      readonly org: u32;
      readonly new_: AccountId32;
    } & Struct;
    readonly isAcceptAdmin: boolean;
    readonly asAcceptAdmin: {
      readonly org: u32;
    } & Struct;
    readonly isInvite: boolean;
    readonly asInvite: {
      readonly org: u32;
      readonly account: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
      readonly until: u64;
    } & Struct;
    readonly isAcceptAffiliation: boolean;
    readonly asAcceptAffiliation: {
      readonly org: u32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isDeclineAffiliation: boolean;
    readonly asDeclineAffiliation: {
      readonly org: u32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isCancelInvitation: boolean;
    readonly asCancelInvitation: {
      readonly org: u32;
      readonly account: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isEndAffiliation: boolean;
    readonly asEndAffiliation: {
      readonly org: u32;
      readonly account: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isAssumeDeposit: boolean;
    readonly asAssumeDeposit: {
      readonly org: u32;
      readonly account: AccountId32;
    } & Struct;
    readonly isAppointRegistrar: boolean;
    readonly asAppointRegistrar: {
      readonly account: AccountId32;
      readonly org: u32;
      readonly kinds: u16;
      readonly capabilities: u8;
      readonly until: u64;
    } & Struct;
    readonly isDismissRegistrar: boolean;
    readonly asDismissRegistrar: {
      readonly account: AccountId32;
    } & Struct;
    readonly isSetAgreementKey: boolean;
    readonly asSetAgreementKey: {
      readonly org: u32;
      readonly agreementKey: U8aFixed;
    } & Struct;
    readonly isSetClientKeys: boolean;
    readonly asSetClientKeys: {
      readonly org: u32;
      readonly keys_: H256;
    } & Struct;
    readonly type: 'Apply' | 'Admit' | 'Decline' | 'Withdraw' | 'Renew' | 'Suspend' | 'Reinstate' | 'Revoke' | 'SetFlag' | 'RotateAdmin' | 'AcceptAdmin' | 'Invite' | 'AcceptAffiliation' | 'DeclineAffiliation' | 'CancelInvitation' | 'EndAffiliation' | 'AssumeDeposit' | 'AppointRegistrar' | 'DismissRegistrar' | 'SetAgreementKey' | 'SetClientKeys';
  }

  /** @name SalusPrimitivesCodesOrgKind (100) */
  interface SalusPrimitivesCodesOrgKind extends Enum {
    readonly isProvider: boolean;
    readonly isPayer: boolean;
    readonly isPharmacy: boolean;
    readonly isLaboratory: boolean;
    readonly isResearch: boolean;
    readonly isEthics: boolean;
    readonly isAuditor: boolean;
    readonly type: 'Provider' | 'Payer' | 'Pharmacy' | 'Laboratory' | 'Research' | 'Ethics' | 'Auditor';
  }

  /** @name SalusPrimitivesCodesRole (101) */
  interface SalusPrimitivesCodesRole extends Enum {
    readonly isClinician: boolean;
    readonly isNurse: boolean;
    readonly isPharmacist: boolean;
    readonly isLabScientist: boolean;
    readonly isPrivacyOfficer: boolean;
    readonly isBiller: boolean;
    readonly isDataSteward: boolean;
    readonly isAuditor: boolean;
    readonly isResearcher: boolean;
    readonly isEthicsMember: boolean;
    readonly isDacMember: boolean;
    readonly type: 'Clinician' | 'Nurse' | 'Pharmacist' | 'LabScientist' | 'PrivacyOfficer' | 'Biller' | 'DataSteward' | 'Auditor' | 'Researcher' | 'EthicsMember' | 'DacMember';
  }

  /** @name PalletPatientIdentityCall (103) */
  interface PalletPatientIdentityCall extends Enum {
    readonly isRegister: boolean;
    readonly asRegister: {
      readonly agreementKey: U8aFixed;
    } & Struct;
    readonly isRegisterFor: boolean;
    readonly asRegisterFor: {
      readonly org: u32;
      readonly key: AccountId32;
      readonly agreementKey: U8aFixed;
      readonly expiry: u64;
      readonly signature: SpRuntimeMultiSignature;
    } & Struct;
    readonly isAddKey: boolean;
    readonly asAddKey: {
      readonly key: AccountId32;
      readonly purposes: u8;
      readonly expiry: u64;
      readonly signature: SpRuntimeMultiSignature;
    } & Struct;
    readonly isCancelPendingKey: boolean;
    readonly asCancelPendingKey: {
      readonly key: AccountId32;
    } & Struct;
    readonly isRemoveKey: boolean;
    readonly asRemoveKey: {
      readonly key: AccountId32;
    } & Struct;
    readonly isCancelKeyRemoval: boolean;
    readonly asCancelKeyRemoval: {
      readonly key: AccountId32;
    } & Struct;
    readonly isRotateAgreementKey: boolean;
    readonly asRotateAgreementKey: {
      readonly agreementKey: U8aFixed;
    } & Struct;
    readonly isCancelRotation: boolean;
    readonly isFreeze: boolean;
    readonly isUnfreeze: boolean;
    readonly isCancelUnfreeze: boolean;
    readonly isRetire: boolean;
    readonly isCancelRetirement: boolean;
    readonly isCompleteRetirement: boolean;
    readonly asCompleteRetirement: {
      readonly patient: H256;
    } & Struct;
    readonly isRemoveOwnKey: boolean;
    readonly type: 'Register' | 'RegisterFor' | 'AddKey' | 'CancelPendingKey' | 'RemoveKey' | 'CancelKeyRemoval' | 'RotateAgreementKey' | 'CancelRotation' | 'Freeze' | 'Unfreeze' | 'CancelUnfreeze' | 'Retire' | 'CancelRetirement' | 'CompleteRetirement' | 'RemoveOwnKey';
  }

  /** @name SpRuntimeMultiSignature (104) */
  interface SpRuntimeMultiSignature extends Enum {
    readonly isEd25519: boolean;
    readonly asEd25519: U8aFixed;
    readonly isSr25519: boolean;
    readonly asSr25519: U8aFixed;
    readonly isEcdsa: boolean;
    readonly asEcdsa: U8aFixed;
    readonly isEth: boolean;
    readonly asEth: U8aFixed;
    readonly type: 'Ed25519' | 'Sr25519' | 'Ecdsa' | 'Eth';
  }

  /** @name PalletConsentCall (107) */
  interface PalletConsentCall extends Enum {
    readonly isPermit: boolean;
    readonly asPermit: {
      readonly grantee: SalusConsentDecisionGrantee;
      readonly access: PalletConsentAccess;
    } & Struct;
    readonly isDeny: boolean;
    readonly asDeny: {
      readonly grantee: SalusConsentDecisionGrantee;
      readonly scope: SalusConsentDecisionScope;
      readonly until: u64;
    } & Struct;
    readonly isRevoke: boolean;
    readonly asRevoke: {
      readonly directive: u32;
    } & Struct;
    readonly isLift: boolean;
    readonly asLift: {
      readonly directive: u32;
    } & Struct;
    readonly isVetoPurpose: boolean;
    readonly asVetoPurpose: {
      readonly purpose: SalusPrimitivesCodesPurpose;
    } & Struct;
    readonly isLiftVeto: boolean;
    readonly asLiftVeto: {
      readonly purpose: SalusPrimitivesCodesPurpose;
    } & Struct;
    readonly isApplyLift: boolean;
    readonly asApplyLift: {
      readonly patient: H256;
      readonly target: PalletConsentLiftTarget;
    } & Struct;
    readonly isCancelLift: boolean;
    readonly asCancelLift: {
      readonly target: PalletConsentLiftTarget;
    } & Struct;
    readonly isRequestAccess: boolean;
    readonly asRequestAccess: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly requestFor: PalletConsentRequestFor;
      readonly access: PalletConsentAccess;
      readonly terms: H256;
    } & Struct;
    readonly isApprove: boolean;
    readonly asApprove: {
      readonly request: u32;
      readonly access: PalletConsentAccess;
    } & Struct;
    readonly isDecline: boolean;
    readonly asDecline: {
      readonly request: u32;
    } & Struct;
    readonly isExpireRequest: boolean;
    readonly asExpireRequest: {
      readonly patient: H256;
      readonly request: u32;
    } & Struct;
    readonly isBlockRequester: boolean;
    readonly asBlockRequester: {
      readonly organisation: u32;
    } & Struct;
    readonly isUnblockRequester: boolean;
    readonly asUnblockRequester: {
      readonly organisation: u32;
    } & Struct;
    readonly isSetBaseDecision: boolean;
    readonly asSetBaseDecision: {
      readonly decision: SalusConsentDecisionBaseDecision;
    } & Struct;
    readonly isRelaxBaseDecision: boolean;
    readonly asRelaxBaseDecision: {
      readonly decision: SalusConsentDecisionBaseDecision;
    } & Struct;
    readonly type: 'Permit' | 'Deny' | 'Revoke' | 'Lift' | 'VetoPurpose' | 'LiftVeto' | 'ApplyLift' | 'CancelLift' | 'RequestAccess' | 'Approve' | 'Decline' | 'ExpireRequest' | 'BlockRequester' | 'UnblockRequester' | 'SetBaseDecision' | 'RelaxBaseDecision';
  }

  /** @name SalusConsentDecisionGrantee (108) */
  interface SalusConsentDecisionGrantee extends Enum {
    readonly isAny: boolean;
    readonly isOrganisation: boolean;
    readonly asOrganisation: u32;
    readonly isRoleAt: boolean;
    readonly asRoleAt: ITuple<[u32, SalusPrimitivesCodesRole]>;
    readonly isPractitioner: boolean;
    readonly asPractitioner: AccountId32;
    readonly isPractitionerAt: boolean;
    readonly asPractitionerAt: ITuple<[AccountId32, u32]>;
    readonly type: 'Any' | 'Organisation' | 'RoleAt' | 'Practitioner' | 'PractitionerAt';
  }

  /** @name PalletConsentAccess (109) */
  interface PalletConsentAccess extends Struct {
    readonly scope: SalusConsentDecisionScope;
    readonly until: u64;
    readonly maxUses: Option<u32>;
    readonly rediscloseDepth: u8;
    readonly eraseAfter: Option<u64>;
  }

  /** @name SalusConsentDecisionScope (110) */
  interface SalusConsentDecisionScope extends Struct {
    readonly actions: u8;
    readonly purposes: u32;
    readonly classes: u32;
    readonly labels: u16;
    readonly data: SalusPrimitivesTimeInterval;
  }

  /** @name SalusPrimitivesTimeInterval (115) */
  interface SalusPrimitivesTimeInterval extends Struct {
    readonly from: u64;
    readonly until: u64;
  }

  /** @name SalusPrimitivesCodesPurpose (117) */
  interface SalusPrimitivesCodesPurpose extends Enum {
    readonly isTreat: boolean;
    readonly isEtreat: boolean;
    readonly isBtg: boolean;
    readonly isHpaymt: boolean;
    readonly isHoperat: boolean;
    readonly isHresch: boolean;
    readonly isClintrch: boolean;
    readonly isPubhlth: boolean;
    readonly isCaremgt: boolean;
    readonly isPatrqt: boolean;
    readonly isFamrqt: boolean;
    readonly isCoverage: boolean;
    readonly isEligdtrm: boolean;
    readonly isHmarkt: boolean;
    readonly isHdirect: boolean;
    readonly isHlegal: boolean;
    readonly isTrain: boolean;
    readonly isHsysadmin: boolean;
    readonly type: 'Treat' | 'Etreat' | 'Btg' | 'Hpaymt' | 'Hoperat' | 'Hresch' | 'Clintrch' | 'Pubhlth' | 'Caremgt' | 'Patrqt' | 'Famrqt' | 'Coverage' | 'Eligdtrm' | 'Hmarkt' | 'Hdirect' | 'Hlegal' | 'Train' | 'Hsysadmin';
  }

  /** @name PalletConsentLiftTarget (118) */
  interface PalletConsentLiftTarget extends Enum {
    readonly isDirective: boolean;
    readonly asDirective: u32;
    readonly isVeto: boolean;
    readonly asVeto: SalusPrimitivesCodesPurpose;
    readonly isRequester: boolean;
    readonly asRequester: u32;
    readonly isBaseDecision: boolean;
    readonly asBaseDecision: SalusConsentDecisionBaseDecision;
    readonly type: 'Directive' | 'Veto' | 'Requester' | 'BaseDecision';
  }

  /** @name SalusConsentDecisionBaseDecision (119) */
  interface SalusConsentDecisionBaseDecision extends Enum {
    readonly isUnset: boolean;
    readonly isDeny: boolean;
    readonly isPermit: boolean;
    readonly type: 'Unset' | 'Deny' | 'Permit';
  }

  /** @name PalletConsentRequestFor (120) */
  interface PalletConsentRequestFor extends Enum {
    readonly isOrganisation: boolean;
    readonly isRole: boolean;
    readonly asRole: SalusPrimitivesCodesRole;
    readonly isRequester: boolean;
    readonly type: 'Organisation' | 'Role' | 'Requester';
  }

  /** @name PalletRecordAnchorCall (121) */
  interface PalletRecordAnchorCall extends Enum {
    readonly isAnchor: boolean;
    readonly asAnchor: {
      readonly org: u32;
      readonly commitment: H256;
      readonly form: SalusPrimitivesCommitmentForm;
      readonly subject: Option<H256>;
      readonly previous: Option<ITuple<[u64, PalletRecordAnchorAnchorsRelation]>>;
      readonly retention: PalletRecordAnchorAnchorsRetentionClass;
    } & Struct;
    readonly isAnchorBatch: boolean;
    readonly asAnchorBatch: {
      readonly org: u32;
      readonly root: H256;
      readonly leaves: u64;
      readonly form: SalusPrimitivesCommitmentForm;
      readonly retention: PalletRecordAnchorAnchorsRetentionClass;
    } & Struct;
    readonly isRetract: boolean;
    readonly asRetract: {
      readonly org: u32;
      readonly seq: u64;
      readonly leaf: Option<u64>;
      readonly reason: PalletRecordAnchorAnchorsRetractReason;
    } & Struct;
    readonly isAcknowledge: boolean;
    readonly asAcknowledge: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isAnchorMany: boolean;
    readonly asAnchorMany: {
      readonly org: u32;
      readonly records: Vec<PalletRecordAnchorAnchorsNewAnchor>;
    } & Struct;
    readonly isDispute: boolean;
    readonly asDispute: {
      readonly author: u32;
      readonly seq: u64;
      readonly statement: H256;
    } & Struct;
    readonly isExtendDispute: boolean;
    readonly asExtendDispute: {
      readonly org: u32;
      readonly seq: u64;
    } & Struct;
    readonly isAnswerDispute: boolean;
    readonly asAnswerDispute: {
      readonly org: u32;
      readonly seq: u64;
      readonly outcome: PalletRecordAnchorLifeOutcome;
      readonly statement: H256;
    } & Struct;
    readonly isExtendRetention: boolean;
    readonly asExtendRetention: {
      readonly org: u32;
      readonly seq: u64;
      readonly until: u64;
    } & Struct;
    readonly isHold: boolean;
    readonly asHold: {
      readonly author: u32;
      readonly seq: u64;
      readonly until: u64;
    } & Struct;
    readonly isRelease: boolean;
    readonly asRelease: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isRequestErasure: boolean;
    readonly asRequestErasure: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isWithdrawErasure: boolean;
    readonly asWithdrawErasure: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isRefuseErasure: boolean;
    readonly asRefuseErasure: {
      readonly org: u32;
      readonly seq: u64;
      readonly reason: PalletRecordAnchorLifeRefusalReason;
    } & Struct;
    readonly isShred: boolean;
    readonly asShred: {
      readonly org: u32;
      readonly seq: u64;
    } & Struct;
    readonly isEvict: boolean;
    readonly asEvict: {
      readonly author: u32;
      readonly seqs: Vec<u64>;
    } & Struct;
    readonly isSweep: boolean;
    readonly asSweep: {
      readonly author: u32;
      readonly seq: u64;
      readonly limit: u32;
    } & Struct;
    readonly type: 'Anchor' | 'AnchorBatch' | 'Retract' | 'Acknowledge' | 'AnchorMany' | 'Dispute' | 'ExtendDispute' | 'AnswerDispute' | 'ExtendRetention' | 'Hold' | 'Release' | 'RequestErasure' | 'WithdrawErasure' | 'RefuseErasure' | 'Shred' | 'Evict' | 'Sweep';
  }

  /** @name SalusPrimitivesCommitmentForm (122) */
  interface SalusPrimitivesCommitmentForm extends Enum {
    readonly isBytes: boolean;
    readonly isFhirJson: boolean;
    readonly type: 'Bytes' | 'FhirJson';
  }

  /** @name PalletRecordAnchorAnchorsRelation (126) */
  interface PalletRecordAnchorAnchorsRelation extends Enum {
    readonly isNew: boolean;
    readonly isAmends: boolean;
    readonly isCorrects: boolean;
    readonly isSupersedes: boolean;
    readonly isEnteredInError: boolean;
    readonly type: 'New' | 'Amends' | 'Corrects' | 'Supersedes' | 'EnteredInError';
  }

  /** @name PalletRecordAnchorAnchorsRetentionClass (127) */
  interface PalletRecordAnchorAnchorsRetentionClass extends Enum {
    readonly isStandard: boolean;
    readonly isMinor: boolean;
    readonly isImaging: boolean;
    readonly isTraceability: boolean;
    readonly isEmergencySummary: boolean;
    readonly type: 'Standard' | 'Minor' | 'Imaging' | 'Traceability' | 'EmergencySummary';
  }

  /** @name PalletRecordAnchorAnchorsRetractReason (128) */
  interface PalletRecordAnchorAnchorsRetractReason extends Enum {
    readonly isWrongContent: boolean;
    readonly isWrongSubject: boolean;
    readonly isDuplicate: boolean;
    readonly isNotPerformed: boolean;
    readonly isTechnicalFault: boolean;
    readonly isReplaced: boolean;
    readonly type: 'WrongContent' | 'WrongSubject' | 'Duplicate' | 'NotPerformed' | 'TechnicalFault' | 'Replaced';
  }

  /** @name PalletRecordAnchorAnchorsNewAnchor (130) */
  interface PalletRecordAnchorAnchorsNewAnchor extends Struct {
    readonly commitment: H256;
    readonly form: SalusPrimitivesCommitmentForm;
    readonly subject: Option<H256>;
    readonly previous: Option<ITuple<[u64, PalletRecordAnchorAnchorsRelation]>>;
    readonly retention: PalletRecordAnchorAnchorsRetentionClass;
  }

  /** @name PalletRecordAnchorLifeOutcome (132) */
  interface PalletRecordAnchorLifeOutcome extends Enum {
    readonly isUpheld: boolean;
    readonly isCorrected: boolean;
    readonly asCorrected: {
      readonly by: u64;
    } & Struct;
    readonly isRejected: boolean;
    readonly type: 'Upheld' | 'Corrected' | 'Rejected';
  }

  /** @name PalletRecordAnchorLifeRefusalReason (133) */
  interface PalletRecordAnchorLifeRefusalReason extends Enum {
    readonly isLegalObligation: boolean;
    readonly isPublicHealth: boolean;
    readonly isArchiving: boolean;
    readonly isLegalClaims: boolean;
    readonly type: 'LegalObligation' | 'PublicHealth' | 'Archiving' | 'LegalClaims';
  }

  /** @name PalletClaimsCall (136) */
  interface PalletClaimsCall extends Enum {
    readonly isCreatePlan: boolean;
    readonly asCreatePlan: {
      readonly org: u32;
      readonly terms: PalletClaimsPlanTerms;
    } & Struct;
    readonly isRevisePlan: boolean;
    readonly asRevisePlan: {
      readonly org: u32;
      readonly plan: u32;
      readonly terms: PalletClaimsPlanTerms;
    } & Struct;
    readonly isEnrol: boolean;
    readonly asEnrol: {
      readonly org: u32;
      readonly plan: u32;
      readonly member: AccountId32;
      readonly period: SalusPrimitivesTimeInterval;
    } & Struct;
    readonly isAcceptCoverage: boolean;
    readonly asAcceptCoverage: {
      readonly coverage: u64;
    } & Struct;
    readonly isTerminateCoverage: boolean;
    readonly asTerminateCoverage: {
      readonly coverage: u64;
      readonly until: u64;
    } & Struct;
    readonly isRekeyCoverage: boolean;
    readonly asRekeyCoverage: {
      readonly org: u32;
      readonly coverage: u64;
      readonly key: AccountId32;
    } & Struct;
    readonly isAcceptRekey: boolean;
    readonly asAcceptRekey: {
      readonly coverage: u64;
    } & Struct;
    readonly isCancelRekey: boolean;
    readonly asCancelRekey: {
      readonly coverage: u64;
    } & Struct;
    readonly isOpenEncounter: boolean;
    readonly asOpenEncounter: {
      readonly org: u32;
    } & Struct;
    readonly isOpenEmergency: boolean;
    readonly asOpenEmergency: {
      readonly org: u32;
      readonly coverage: u64;
    } & Struct;
    readonly isAttest: boolean;
    readonly asAttest: {
      readonly encounter: u64;
      readonly coverage: u64;
    } & Struct;
    readonly isAttestFor: boolean;
    readonly asAttestFor: {
      readonly org: u32;
      readonly encounter: u64;
      readonly coverage: u64;
      readonly expiry: u64;
      readonly signature: SpRuntimeMultiSignature;
    } & Struct;
    readonly isCloseEncounter: boolean;
    readonly asCloseEncounter: {
      readonly org: u32;
      readonly encounter: u64;
      readonly root: H256;
      readonly lines: u8;
    } & Struct;
    readonly isAmendEncounter: boolean;
    readonly asAmendEncounter: {
      readonly org: u32;
      readonly encounter: u64;
      readonly root: H256;
      readonly lines: u8;
    } & Struct;
    readonly isSubmit: boolean;
    readonly asSubmit: {
      readonly org: u32;
      readonly encounter: u64;
      readonly lines: Vec<PalletClaimsClaimLine>;
    } & Struct;
    readonly isCorrect: boolean;
    readonly asCorrect: {
      readonly org: u32;
      readonly claim: u64;
      readonly lines: Vec<PalletClaimsClaimLine>;
    } & Struct;
    readonly isVoid: boolean;
    readonly asVoid: {
      readonly org: u32;
      readonly claim: u64;
    } & Struct;
    readonly isRequestInformation: boolean;
    readonly asRequestInformation: {
      readonly org: u32;
      readonly claim: u64;
    } & Struct;
    readonly isAnswer: boolean;
    readonly asAnswer: {
      readonly org: u32;
      readonly claim: u64;
    } & Struct;
    readonly isDecide: boolean;
    readonly asDecide: {
      readonly org: u32;
      readonly claim: u64;
      readonly decision: PalletClaimsClaimDecision;
    } & Struct;
    readonly isPoke: boolean;
    readonly asPoke: {
      readonly claim: u64;
    } & Struct;
    readonly isSettleWaiting: boolean;
    readonly asSettleWaiting: {
      readonly payer: u32;
      readonly asset: u32;
      readonly limit: u32;
    } & Struct;
    readonly isFund: boolean;
    readonly asFund: {
      readonly org: u32;
      readonly asset: u32;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly isWithdraw: boolean;
    readonly asWithdraw: {
      readonly org: u32;
      readonly asset: u32;
      readonly amount: Compact<u128>;
    } & Struct;
    readonly type: 'CreatePlan' | 'RevisePlan' | 'Enrol' | 'AcceptCoverage' | 'TerminateCoverage' | 'RekeyCoverage' | 'AcceptRekey' | 'CancelRekey' | 'OpenEncounter' | 'OpenEmergency' | 'Attest' | 'AttestFor' | 'CloseEncounter' | 'AmendEncounter' | 'Submit' | 'Correct' | 'Void' | 'RequestInformation' | 'Answer' | 'Decide' | 'Poke' | 'SettleWaiting' | 'Fund' | 'Withdraw';
  }

  /** @name PalletClaimsPlanTerms (137) */
  interface PalletClaimsPlanTerms extends Struct {
    readonly asset: u32;
    readonly rules: SalusClaimsAdjudicationPlan;
    readonly autoLimit: u128;
    readonly filingLimit: u64;
    readonly decisionTime: u64;
    readonly answerTime: u64;
    readonly paymentTime: u64;
    readonly interest: u32;
  }

  /** @name SalusClaimsAdjudicationPlan (138) */
  interface SalusClaimsAdjudicationPlan extends Struct {
    readonly deductible: u128;
    readonly outOfPocketMaximum: Option<u128>;
    readonly coordination: SalusClaimsAdjudicationPlanCoordination;
    readonly benefits: SalusClaimsAdjudicationPlanByCategoryBenefit;
  }

  /** @name SalusClaimsAdjudicationPlanCoordination (140) */
  interface SalusClaimsAdjudicationPlanCoordination extends Enum {
    readonly isHigherAllowed: boolean;
    readonly isOwnAllowed: boolean;
    readonly type: 'HigherAllowed' | 'OwnAllowed';
  }

  /** @name SalusClaimsAdjudicationPlanByCategoryBenefit (141) */
  interface SalusClaimsAdjudicationPlanByCategoryBenefit extends Struct {
    readonly primaryCare: SalusClaimsAdjudicationPlanBenefit;
    readonly specialist: SalusClaimsAdjudicationPlanBenefit;
    readonly preventive: SalusClaimsAdjudicationPlanBenefit;
    readonly diagnosticTest: SalusClaimsAdjudicationPlanBenefit;
    readonly imaging: SalusClaimsAdjudicationPlanBenefit;
    readonly prescription: SalusClaimsAdjudicationPlanBenefit;
    readonly outpatientSurgery: SalusClaimsAdjudicationPlanBenefit;
    readonly emergency: SalusClaimsAdjudicationPlanBenefit;
    readonly urgentCare: SalusClaimsAdjudicationPlanBenefit;
    readonly hospitalStay: SalusClaimsAdjudicationPlanBenefit;
    readonly homeHealth: SalusClaimsAdjudicationPlanBenefit;
    readonly rehabilitation: SalusClaimsAdjudicationPlanBenefit;
    readonly skilledNursing: SalusClaimsAdjudicationPlanBenefit;
    readonly medicalEquipment: SalusClaimsAdjudicationPlanBenefit;
    readonly dentalAndVision: SalusClaimsAdjudicationPlanBenefit;
    readonly sensitive: SalusClaimsAdjudicationPlanBenefit;
  }

  /** @name SalusClaimsAdjudicationPlanBenefit (142) */
  interface SalusClaimsAdjudicationPlanBenefit extends Struct {
    readonly covered: bool;
    readonly authorisationRequired: bool;
    readonly deductibleApplies: bool;
    readonly allowedCap: Option<u128>;
    readonly visitLimit: Option<u32>;
    readonly amountLimit: Option<SalusClaimsAdjudicationPlanAmountLimit>;
    readonly copay: u128;
    readonly coinsurance: u32;
  }

  /** @name SalusClaimsAdjudicationPlanAmountLimit (144) */
  interface SalusClaimsAdjudicationPlanAmountLimit extends Enum {
    readonly isConsidered: boolean;
    readonly asConsidered: u128;
    readonly isPaid: boolean;
    readonly asPaid: u128;
    readonly type: 'Considered' | 'Paid';
  }

  /** @name PalletClaimsClaimLine (146) */
  interface PalletClaimsClaimLine extends Struct {
    readonly category: SalusClaimsAdjudicationPlanBenefitCategory;
    readonly quantity: Compact<u32>;
    readonly charge: Compact<u128>;
    readonly detail: H256;
  }

  /** @name SalusClaimsAdjudicationPlanBenefitCategory (147) */
  interface SalusClaimsAdjudicationPlanBenefitCategory extends Enum {
    readonly isPrimaryCare: boolean;
    readonly isSpecialist: boolean;
    readonly isPreventive: boolean;
    readonly isDiagnosticTest: boolean;
    readonly isImaging: boolean;
    readonly isPrescription: boolean;
    readonly isOutpatientSurgery: boolean;
    readonly isEmergency: boolean;
    readonly isUrgentCare: boolean;
    readonly isHospitalStay: boolean;
    readonly isHomeHealth: boolean;
    readonly isRehabilitation: boolean;
    readonly isSkilledNursing: boolean;
    readonly isMedicalEquipment: boolean;
    readonly isDentalAndVision: boolean;
    readonly isSensitive: boolean;
    readonly type: 'PrimaryCare' | 'Specialist' | 'Preventive' | 'DiagnosticTest' | 'Imaging' | 'Prescription' | 'OutpatientSurgery' | 'Emergency' | 'UrgentCare' | 'HospitalStay' | 'HomeHealth' | 'Rehabilitation' | 'SkilledNursing' | 'MedicalEquipment' | 'DentalAndVision' | 'Sensitive';
  }

  /** @name PalletClaimsClaimDecision (149) */
  interface PalletClaimsClaimDecision extends Enum {
    readonly isAsAdjudicated: boolean;
    readonly isLines: boolean;
    readonly asLines: Vec<PalletClaimsClaimLineDecision>;
    readonly type: 'AsAdjudicated' | 'Lines';
  }

  /** @name PalletClaimsClaimLineDecision (151) */
  interface PalletClaimsClaimLineDecision extends Struct {
    readonly paid: Compact<u128>;
    readonly adjustments: SalusClaimsAdjudicationListAdjustment;
  }

  /** @name SalusClaimsAdjudicationListAdjustment (152) */
  interface SalusClaimsAdjudicationListAdjustment extends Vec<SalusClaimsAdjudicationResultAdjustment> {}

  /** @name SalusClaimsAdjudicationResultAdjustment (153) */
  interface SalusClaimsAdjudicationResultAdjustment extends Struct {
    readonly group: SalusClaimsAdjudicationCodesGroup;
    readonly carc: SalusClaimsAdjudicationCodesCarc;
    readonly amount: Compact<u128>;
  }

  /** @name SalusClaimsAdjudicationCodesGroup (154) */
  interface SalusClaimsAdjudicationCodesGroup extends Enum {
    readonly isContractualObligation: boolean;
    readonly isPatientResponsibility: boolean;
    readonly isOtherAdjustment: boolean;
    readonly isPayerInitiated: boolean;
    readonly type: 'ContractualObligation' | 'PatientResponsibility' | 'OtherAdjustment' | 'PayerInitiated';
  }

  /** @name SalusClaimsAdjudicationCodesCarc (155) */
  interface SalusClaimsAdjudicationCodesCarc extends Enum {
    readonly isDeductible: boolean;
    readonly isCoinsurance: boolean;
    readonly isCopay: boolean;
    readonly isLacksInformation: boolean;
    readonly isDuplicate: boolean;
    readonly isOtherPayer: boolean;
    readonly isPriorPayer: boolean;
    readonly isBeforeCoverage: boolean;
    readonly isAfterCoverage: boolean;
    readonly isFilingLimit: boolean;
    readonly isFeeSchedule: boolean;
    readonly isNotNecessary: boolean;
    readonly isNonCovered: boolean;
    readonly isBundled: boolean;
    readonly isBenefitMaximum: boolean;
    readonly isNegotiatedDiscount: boolean;
    readonly isAuthorisationAbsent: boolean;
    readonly isAuthorisationExceeded: boolean;
    readonly isNoAnswer: boolean;
    readonly isProviderNotEligible: boolean;
    readonly type: 'Deductible' | 'Coinsurance' | 'Copay' | 'LacksInformation' | 'Duplicate' | 'OtherPayer' | 'PriorPayer' | 'BeforeCoverage' | 'AfterCoverage' | 'FilingLimit' | 'FeeSchedule' | 'NotNecessary' | 'NonCovered' | 'Bundled' | 'BenefitMaximum' | 'NegotiatedDiscount' | 'AuthorisationAbsent' | 'AuthorisationExceeded' | 'NoAnswer' | 'ProviderNotEligible';
  }

  /** @name PalletCareCall (158) */
  interface PalletCareCall extends Enum {
    readonly isInvite: boolean;
    readonly asInvite: {
      readonly organisation: u32;
      readonly until: u64;
    } & Struct;
    readonly isWithdrawInvitation: boolean;
    readonly asWithdrawInvitation: {
      readonly invitation: u32;
    } & Struct;
    readonly isOpen: boolean;
    readonly asOpen: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly kind: PalletCareRelationshipKind;
      readonly until: u64;
    } & Struct;
    readonly isOpenFor: boolean;
    readonly asOpenFor: {
      readonly organisation: u32;
      readonly key: AccountId32;
      readonly kind: PalletCareRelationshipKind;
      readonly until: u64;
      readonly id: u32;
      readonly block: u32;
      readonly expiry: u64;
      readonly signature: SpRuntimeMultiSignature;
    } & Struct;
    readonly isRefer: boolean;
    readonly asRefer: {
      readonly from: u32;
      readonly to: u32;
      readonly key: AccountId32;
      readonly until: u64;
      readonly id: u32;
      readonly block: u32;
      readonly expiry: u64;
      readonly signature: SpRuntimeMultiSignature;
    } & Struct;
    readonly isEnd: boolean;
    readonly asEnd: {
      readonly relationship: u64;
    } & Struct;
    readonly isLeave: boolean;
    readonly asLeave: {
      readonly relationship: u64;
    } & Struct;
    readonly isEndFor: boolean;
    readonly asEndFor: {
      readonly organisation: u32;
      readonly relationship: u64;
    } & Struct;
    readonly isOptOut: boolean;
    readonly isOptOutOf: boolean;
    readonly asOptOutOf: {
      readonly organisation: u32;
    } & Struct;
    readonly isOptIn: boolean;
    readonly asOptIn: {
      readonly towards: SalusPrimitivesCareTowards;
    } & Struct;
    readonly isApplyOptIn: boolean;
    readonly asApplyOptIn: {
      readonly patient: H256;
      readonly towards: SalusPrimitivesCareTowards;
    } & Struct;
    readonly isCancelOptIn: boolean;
    readonly asCancelOptIn: {
      readonly towards: SalusPrimitivesCareTowards;
    } & Struct;
    readonly isSetPolicy: boolean;
    readonly asSetPolicy: {
      readonly policy: SalusPrimitivesCareCarePolicy;
    } & Struct;
    readonly type: 'Invite' | 'WithdrawInvitation' | 'Open' | 'OpenFor' | 'Refer' | 'End' | 'Leave' | 'EndFor' | 'OptOut' | 'OptOutOf' | 'OptIn' | 'ApplyOptIn' | 'CancelOptIn' | 'SetPolicy';
  }

  /** @name PalletCareRelationshipKind (159) */
  interface PalletCareRelationshipKind extends Enum {
    readonly isAdmission: boolean;
    readonly isAmbulatory: boolean;
    readonly isPrimaryCare: boolean;
    readonly isReferral: boolean;
    readonly type: 'Admission' | 'Ambulatory' | 'PrimaryCare' | 'Referral';
  }

  /** @name SalusPrimitivesCareTowards (160) */
  interface SalusPrimitivesCareTowards extends Enum {
    readonly isEverybody: boolean;
    readonly isOrganisation: boolean;
    readonly asOrganisation: u32;
    readonly type: 'Everybody' | 'Organisation';
  }

  /** @name SalusPrimitivesCareCarePolicy (161) */
  interface SalusPrimitivesCareCarePolicy extends Enum {
    readonly isConsentOnly: boolean;
    readonly isCareTeam: boolean;
    readonly type: 'ConsentOnly' | 'CareTeam';
  }

  /** @name PalletEmergencyCall (162) */
  interface PalletEmergencyCall extends Enum {
    readonly isBreakGlass: boolean;
    readonly asBreakGlass: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly reason: SalusPrimitivesEmergencyEmergencyReason;
      readonly classes: u32;
      readonly detail: H256;
    } & Struct;
    readonly isBreakGlassLate: boolean;
    readonly asBreakGlassLate: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly reason: SalusPrimitivesEmergencyEmergencyReason;
      readonly classes: u32;
      readonly happenedAt: u64;
      readonly detail: H256;
    } & Struct;
    readonly isReview: boolean;
    readonly asReview: {
      readonly actingFor: u32;
      readonly emergency: u32;
      readonly finding: PalletEmergencyFinding;
    } & Struct;
    readonly isDispute: boolean;
    readonly asDispute: {
      readonly emergency: u32;
    } & Struct;
    readonly isRule: boolean;
    readonly asRule: {
      readonly actingFor: u32;
      readonly emergency: u32;
      readonly finding: PalletEmergencyFinding;
    } & Struct;
    readonly isSetAdvanceDirective: boolean;
    readonly asSetAdvanceDirective: {
      readonly value: SalusPrimitivesEmergencyAdvanceDirective;
    } & Struct;
    readonly isRelaxAdvanceDirective: boolean;
    readonly asRelaxAdvanceDirective: {
      readonly value: SalusPrimitivesEmergencyAdvanceDirective;
    } & Struct;
    readonly isApplyRelaxation: boolean;
    readonly asApplyRelaxation: {
      readonly patient: H256;
    } & Struct;
    readonly isCancelRelaxation: boolean;
    readonly type: 'BreakGlass' | 'BreakGlassLate' | 'Review' | 'Dispute' | 'Rule' | 'SetAdvanceDirective' | 'RelaxAdvanceDirective' | 'ApplyRelaxation' | 'CancelRelaxation';
  }

  /** @name SalusPrimitivesEmergencyEmergencyReason (163) */
  interface SalusPrimitivesEmergencyEmergencyReason extends Enum {
    readonly isUrgentCare: boolean;
    readonly isConsentUnobtainable: boolean;
    readonly isTransfer: boolean;
    readonly isMajorIncident: boolean;
    readonly type: 'UrgentCare' | 'ConsentUnobtainable' | 'Transfer' | 'MajorIncident';
  }

  /** @name PalletEmergencyFinding (164) */
  interface PalletEmergencyFinding extends Enum {
    readonly isJustified: boolean;
    readonly isUnjustified: boolean;
    readonly type: 'Justified' | 'Unjustified';
  }

  /** @name SalusPrimitivesEmergencyAdvanceDirective (165) */
  interface SalusPrimitivesEmergencyAdvanceDirective extends Enum {
    readonly isUnrestricted: boolean;
    readonly isNoLabelled: boolean;
    readonly isNoEmergency: boolean;
    readonly type: 'Unrestricted' | 'NoLabelled' | 'NoEmergency';
  }

  /** @name PalletAccessLogCall (166) */
  interface PalletAccessLogCall extends Enum {
    readonly isCommit: boolean;
    readonly asCommit: {
      readonly organisation: u32;
      readonly seqFrom: u64;
      readonly seqUntil: u64;
      readonly root: H256;
      readonly previous: H256;
    } & Struct;
    readonly isAttestReconciled: boolean;
    readonly asAttestReconciled: {
      readonly organisation: u32;
      readonly counterparty: u32;
      readonly day: u32;
      readonly counts: PalletAccessLogCounts;
    } & Struct;
    readonly isBeginAnew: boolean;
    readonly asBeginAnew: {
      readonly organisation: u32;
      readonly previous: H256;
    } & Struct;
    readonly type: 'Commit' | 'AttestReconciled' | 'BeginAnew';
  }

  /** @name PalletAccessLogCounts (167) */
  interface PalletAccessLogCounts extends Struct {
    readonly matched: u32;
    readonly onlyOurs: u32;
    readonly onlyTheirs: u32;
  }

  /** @name PalletAcknowledgementCall (168) */
  interface PalletAcknowledgementCall extends Enum {
    readonly isAcknowledge: boolean;
    readonly asAcknowledge: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly directive: u32;
    } & Struct;
    readonly isMarkOverdue: boolean;
    readonly asMarkOverdue: {
      readonly patient: H256;
      readonly directive: u32;
    } & Struct;
    readonly type: 'Acknowledge' | 'MarkOverdue';
  }

  /** @name PalletSealedCall (169) */
  interface PalletSealedCall extends Enum {
    readonly isPermitSealed: boolean;
    readonly asPermitSealed: {
      readonly sealed: u32;
      readonly commitment: H256;
      readonly until: u64;
    } & Struct;
    readonly isDenySealed: boolean;
    readonly asDenySealed: {
      readonly sealed: u32;
      readonly commitment: H256;
      readonly until: u64;
    } & Struct;
    readonly isRevoke: boolean;
    readonly asRevoke: {
      readonly sealed: u32;
    } & Struct;
    readonly isLift: boolean;
    readonly asLift: {
      readonly sealed: u32;
    } & Struct;
    readonly isApplyLift: boolean;
    readonly asApplyLift: {
      readonly patient: H256;
      readonly sealed: u32;
    } & Struct;
    readonly isCancelLift: boolean;
    readonly asCancelLift: {
      readonly sealed: u32;
    } & Struct;
    readonly type: 'PermitSealed' | 'DenySealed' | 'Revoke' | 'Lift' | 'ApplyLift' | 'CancelLift';
  }

  /** @name PalletResearchCall (170) */
  interface PalletResearchCall extends Enum {
    readonly isOpenPopulation: boolean;
    readonly asOpenPopulation: {
      readonly custodian: u32;
      readonly committee: u32;
      readonly quorum: u32;
      readonly total: u64;
    } & Struct;
    readonly isProposeBudget: boolean;
    readonly asProposeBudget: {
      readonly custodian: u32;
      readonly more: u64;
    } & Struct;
    readonly isVoteBudget: boolean;
    readonly asVoteBudget: {
      readonly committee: u32;
      readonly custodian: u32;
      readonly motion: u32;
      readonly inFavour: bool;
    } & Struct;
    readonly isConcludeBudget: boolean;
    readonly asConcludeBudget: {
      readonly committee: u32;
      readonly custodian: u32;
      readonly motion: u32;
    } & Struct;
    readonly isOfferDataset: boolean;
    readonly asOfferDataset: {
      readonly custodian: u32;
      readonly basis: PalletResearchDatasetsBasis;
      readonly minCohort: u32;
      readonly rule: PalletResearchDatasetsCommitteeRule;
      readonly terms: SalusResearchDataUseOffer;
      readonly root: H256;
      readonly size_: PalletResearchDatasetsSizeBucket;
    } & Struct;
    readonly isPublishVersion: boolean;
    readonly asPublishVersion: {
      readonly custodian: u32;
      readonly dataset: u32;
      readonly terms: SalusResearchDataUseOffer;
      readonly root: H256;
      readonly size_: PalletResearchDatasetsSizeBucket;
      readonly epoch: u32;
    } & Struct;
    readonly isSetShortcut: boolean;
    readonly asSetShortcut: {
      readonly committee: u32;
      readonly dataset: u32;
      readonly allowed: bool;
    } & Struct;
    readonly isRetireDataset: boolean;
    readonly asRetireDataset: {
      readonly custodian: u32;
      readonly dataset: u32;
    } & Struct;
    readonly isRegisterStudy: boolean;
    readonly asRegisterStudy: {
      readonly organisation: u32;
      readonly ethics: u32;
      readonly uses: u32;
      readonly protocol: H256;
    } & Struct;
    readonly isAmendStudy: boolean;
    readonly asAmendStudy: {
      readonly organisation: u32;
      readonly study: u32;
      readonly protocol: H256;
    } & Struct;
    readonly isApproveEthics: boolean;
    readonly asApproveEthics: {
      readonly ethics: u32;
      readonly study: u32;
      readonly protocol: H256;
      readonly until: u64;
    } & Struct;
    readonly isSuspendEthics: boolean;
    readonly asSuspendEthics: {
      readonly ethics: u32;
      readonly study: u32;
    } & Struct;
    readonly isWithdrawEthics: boolean;
    readonly asWithdrawEthics: {
      readonly ethics: u32;
      readonly study: u32;
    } & Struct;
    readonly isRequest: boolean;
    readonly asRequest: {
      readonly organisation: u32;
      readonly study: u32;
      readonly dataset: u32;
      readonly statement: SalusResearchDataUseRequest;
      readonly disease: Option<U8aFixed>;
    } & Struct;
    readonly isCosign: boolean;
    readonly asCosign: {
      readonly organisation: u32;
      readonly request: u32;
    } & Struct;
    readonly isVote: boolean;
    readonly asVote: {
      readonly committee: u32;
      readonly request: u32;
      readonly inFavour: bool;
    } & Struct;
    readonly isConclude: boolean;
    readonly asConclude: {
      readonly committee: u32;
      readonly request: u32;
    } & Struct;
    readonly isAcceptTerms: boolean;
    readonly asAcceptTerms: {
      readonly organisation: u32;
      readonly request: u32;
      readonly version: u32;
    } & Struct;
    readonly isRenew: boolean;
    readonly asRenew: {
      readonly organisation: u32;
      readonly permit: u32;
    } & Struct;
    readonly isReport: boolean;
    readonly asReport: {
      readonly organisation: u32;
      readonly permit: u32;
      readonly year: u64;
      readonly commitment: H256;
    } & Struct;
    readonly isRecordOutput: boolean;
    readonly asRecordOutput: {
      readonly organisation: u32;
      readonly permit: u32;
      readonly kind: PalletResearchPermitsOutputKind;
      readonly commitment: H256;
    } & Struct;
    readonly isCloseOut: boolean;
    readonly asCloseOut: {
      readonly organisation: u32;
      readonly permit: u32;
      readonly destruction: H256;
      readonly report: Option<H256>;
    } & Struct;
    readonly isRevoke: boolean;
    readonly asRevoke: {
      readonly actingFor: u32;
      readonly permit: u32;
      readonly reason: PalletResearchPermitsRevocationReason;
    } & Struct;
    readonly isReserveQuery: boolean;
    readonly asReserveQuery: {
      readonly custodian: u32;
      readonly permit: u32;
      readonly version: u32;
      readonly commitment: H256;
      readonly epsilon: u64;
    } & Struct;
    readonly isSettleQuery: boolean;
    readonly asSettleQuery: {
      readonly custodian: u32;
      readonly query: u64;
      readonly result: H256;
    } & Struct;
    readonly type: 'OpenPopulation' | 'ProposeBudget' | 'VoteBudget' | 'ConcludeBudget' | 'OfferDataset' | 'PublishVersion' | 'SetShortcut' | 'RetireDataset' | 'RegisterStudy' | 'AmendStudy' | 'ApproveEthics' | 'SuspendEthics' | 'WithdrawEthics' | 'Request' | 'Cosign' | 'Vote' | 'Conclude' | 'AcceptTerms' | 'Renew' | 'Report' | 'RecordOutput' | 'CloseOut' | 'Revoke' | 'ReserveQuery' | 'SettleQuery';
  }

  /** @name PalletResearchDatasetsBasis (171) */
  interface PalletResearchDatasetsBasis extends Enum {
    readonly isConsent: boolean;
    readonly isOptOut: boolean;
    readonly isLegalPermit: boolean;
    readonly asLegalPermit: u16;
    readonly type: 'Consent' | 'OptOut' | 'LegalPermit';
  }

  /** @name PalletResearchDatasetsCommitteeRule (172) */
  interface PalletResearchDatasetsCommitteeRule extends Struct {
    readonly committee: u32;
    readonly quorum: u32;
    readonly deliberation: u64;
  }

  /** @name SalusResearchDataUseOffer (173) */
  interface SalusResearchDataUseOffer extends Struct {
    readonly permission: SalusResearchDataUsePermission;
    readonly modifiers: u32;
    readonly region: Option<SalusResearchDataUseRegion>;
    readonly months: Option<u16>;
    readonly moratorium: Option<u64>;
  }

  /** @name SalusResearchDataUsePermission (174) */
  interface SalusResearchDataUsePermission extends Enum {
    readonly isNres: boolean;
    readonly isGru: boolean;
    readonly isHmb: boolean;
    readonly isDs: boolean;
    readonly asDs: U8aFixed;
    readonly isPoa: boolean;
    readonly isOther: boolean;
    readonly type: 'Nres' | 'Gru' | 'Hmb' | 'Ds' | 'Poa' | 'Other';
  }

  /** @name SalusResearchDataUseRegion (177) */
  interface SalusResearchDataUseRegion extends Enum {
    readonly isCountry: boolean;
    readonly asCountry: u16;
    readonly isArea: boolean;
    readonly asArea: u16;
    readonly type: 'Country' | 'Area';
  }

  /** @name PalletResearchDatasetsSizeBucket (179) */
  interface PalletResearchDatasetsSizeBucket extends Enum {
    readonly isBelow100: boolean;
    readonly isBelow1000: boolean;
    readonly isBelow10000: boolean;
    readonly isBelow100000: boolean;
    readonly isBelow1000000: boolean;
    readonly isMillion: boolean;
    readonly type: 'Below100' | 'Below1000' | 'Below10000' | 'Below100000' | 'Below1000000' | 'Million';
  }

  /** @name SalusResearchDataUseRequest (181) */
  interface SalusResearchDataUseRequest extends Struct {
    readonly uses: u32;
    readonly genotypes: SalusResearchDataUseStated;
    readonly forProfit: SalusResearchDataUseStated;
    readonly commercial: SalusResearchDataUseStated;
    readonly publishes: SalusResearchDataUseStated;
    readonly collaborates: SalusResearchDataUseStated;
    readonly returns: SalusResearchDataUseStated;
    readonly ethicsApproved: SalusResearchDataUseStated;
    readonly region: Option<SalusResearchDataUseRegion>;
    readonly months: Option<u16>;
    readonly publishesFrom: Option<u64>;
  }

  /** @name SalusResearchDataUseStated (182) */
  interface SalusResearchDataUseStated extends Enum {
    readonly isNothing: boolean;
    readonly isNo: boolean;
    readonly isYes: boolean;
    readonly type: 'Nothing' | 'No' | 'Yes';
  }

  /** @name PalletResearchPermitsOutputKind (184) */
  interface PalletResearchPermitsOutputKind extends Enum {
    readonly isPublication: boolean;
    readonly isReturn: boolean;
    readonly type: 'Publication' | 'Return';
  }

  /** @name PalletResearchPermitsRevocationReason (185) */
  interface PalletResearchPermitsRevocationReason extends Enum {
    readonly isTermsBroken: boolean;
    readonly isReidentification: boolean;
    readonly isFalseStatement: boolean;
    readonly isOfferEnded: boolean;
    readonly isOrder: boolean;
    readonly isDecisionFlawed: boolean;
    readonly type: 'TermsBroken' | 'Reidentification' | 'FalseStatement' | 'OfferEnded' | 'Order' | 'DecisionFlawed';
  }

  /** @name FrameSystemExtensionsCheckNonZeroSender (186) */
  type FrameSystemExtensionsCheckNonZeroSender = Null;

  /** @name FrameSystemExtensionsCheckSpecVersion (187) */
  type FrameSystemExtensionsCheckSpecVersion = Null;

  /** @name FrameSystemExtensionsCheckTxVersion (188) */
  type FrameSystemExtensionsCheckTxVersion = Null;

  /** @name FrameSystemExtensionsCheckGenesis (189) */
  type FrameSystemExtensionsCheckGenesis = Null;

  /** @name FrameSystemExtensionsCheckNonce (192) */
  interface FrameSystemExtensionsCheckNonce extends Compact<u32> {}

  /** @name FrameSystemExtensionsCheckWeight (193) */
  type FrameSystemExtensionsCheckWeight = Null;

  /** @name PalletTransactionPaymentChargeTransactionPayment (194) */
  interface PalletTransactionPaymentChargeTransactionPayment extends Compact<u128> {}

  /** @name FrameMetadataHashExtensionCheckMetadataHash (195) */
  interface FrameMetadataHashExtensionCheckMetadataHash extends Struct {
    readonly mode: FrameMetadataHashExtensionMode;
  }

  /** @name FrameMetadataHashExtensionMode (196) */
  interface FrameMetadataHashExtensionMode extends Enum {
    readonly isDisabled: boolean;
    readonly isEnabled: boolean;
    readonly type: 'Disabled' | 'Enabled';
  }

  /** @name FrameSystemExtensionsWeightReclaim (197) */
  type FrameSystemExtensionsWeightReclaim = Null;

  /** @name FrameSystemAccountInfo (198) */
  interface FrameSystemAccountInfo extends Struct {
    readonly nonce: u32;
    readonly consumers: u32;
    readonly providers: u32;
    readonly sufficients: u32;
    readonly data: PalletBalancesAccountData;
  }

  /** @name PalletBalancesAccountData (199) */
  interface PalletBalancesAccountData extends Struct {
    readonly free: u128;
    readonly reserved: u128;
    readonly frozen: u128;
    readonly flags: u128;
  }

  /** @name FrameSupportDispatchPerDispatchClassWeight (201) */
  interface FrameSupportDispatchPerDispatchClassWeight extends Struct {
    readonly normal: SpWeightsWeightV2Weight;
    readonly operational: SpWeightsWeightV2Weight;
    readonly mandatory: SpWeightsWeightV2Weight;
  }

  /** @name FrameSystemEventRecord (203) */
  interface FrameSystemEventRecord extends Struct {
    readonly phase: FrameSystemPhase;
    readonly event: Event;
    readonly topics: Vec<H256>;
  }

  /** @name FrameSystemEvent (205) */
  interface FrameSystemEvent extends Enum {
    readonly isExtrinsicSuccess: boolean;
    readonly asExtrinsicSuccess: {
      readonly dispatchInfo: FrameSystemDispatchEventInfo;
    } & Struct;
    readonly isExtrinsicFailed: boolean;
    readonly asExtrinsicFailed: {
      readonly dispatchError: SpRuntimeDispatchError;
      readonly dispatchInfo: FrameSystemDispatchEventInfo;
    } & Struct;
    readonly isCodeUpdated: boolean;
    readonly asCodeUpdated: {
      readonly hash_: H256;
    } & Struct;
    readonly isNewAccount: boolean;
    readonly asNewAccount: {
      readonly account: AccountId32;
    } & Struct;
    readonly isKilledAccount: boolean;
    readonly asKilledAccount: {
      readonly account: AccountId32;
    } & Struct;
    readonly isRemarked: boolean;
    readonly asRemarked: {
      readonly sender: AccountId32;
      readonly hash_: H256;
    } & Struct;
    readonly isUpgradeAuthorized: boolean;
    readonly asUpgradeAuthorized: {
      readonly codeHash: H256;
      readonly checkVersion: bool;
    } & Struct;
    readonly isRejectedInvalidAuthorizedUpgrade: boolean;
    readonly asRejectedInvalidAuthorizedUpgrade: {
      readonly codeHash: H256;
      readonly error: SpRuntimeDispatchError;
    } & Struct;
    readonly type: 'ExtrinsicSuccess' | 'ExtrinsicFailed' | 'CodeUpdated' | 'NewAccount' | 'KilledAccount' | 'Remarked' | 'UpgradeAuthorized' | 'RejectedInvalidAuthorizedUpgrade';
  }

  /** @name FrameSystemDispatchEventInfo (206) */
  interface FrameSystemDispatchEventInfo extends Struct {
    readonly weight: SpWeightsWeightV2Weight;
    readonly class: FrameSupportDispatchDispatchClass;
    readonly paysFee: FrameSupportDispatchPays;
  }

  /** @name FrameSupportDispatchDispatchClass (207) */
  interface FrameSupportDispatchDispatchClass extends Enum {
    readonly isNormal: boolean;
    readonly isOperational: boolean;
    readonly isMandatory: boolean;
    readonly type: 'Normal' | 'Operational' | 'Mandatory';
  }

  /** @name FrameSupportDispatchPays (208) */
  interface FrameSupportDispatchPays extends Enum {
    readonly isYes: boolean;
    readonly isNo: boolean;
    readonly type: 'Yes' | 'No';
  }

  /** @name SpRuntimeDispatchError (209) */
  interface SpRuntimeDispatchError extends Enum {
    readonly isOther: boolean;
    readonly isCannotLookup: boolean;
    readonly isBadOrigin: boolean;
    readonly isModule: boolean;
    readonly asModule: SpRuntimeModuleError;
    readonly isConsumerRemaining: boolean;
    readonly isNoProviders: boolean;
    readonly isTooManyConsumers: boolean;
    readonly isToken: boolean;
    readonly asToken: SpRuntimeTokenError;
    readonly isArithmetic: boolean;
    readonly asArithmetic: SpArithmeticArithmeticError;
    readonly isTransactional: boolean;
    readonly asTransactional: SpRuntimeTransactionalError;
    readonly isExhausted: boolean;
    readonly isCorruption: boolean;
    readonly isUnavailable: boolean;
    readonly isRootNotAllowed: boolean;
    readonly isTrie: boolean;
    readonly asTrie: SpRuntimeProvingTrieTrieError;
    readonly type: 'Other' | 'CannotLookup' | 'BadOrigin' | 'Module' | 'ConsumerRemaining' | 'NoProviders' | 'TooManyConsumers' | 'Token' | 'Arithmetic' | 'Transactional' | 'Exhausted' | 'Corruption' | 'Unavailable' | 'RootNotAllowed' | 'Trie';
  }

  /** @name SpRuntimeModuleError (210) */
  interface SpRuntimeModuleError extends Struct {
    readonly index: u8;
    readonly error: U8aFixed;
  }

  /** @name SpRuntimeTokenError (211) */
  interface SpRuntimeTokenError extends Enum {
    readonly isFundsUnavailable: boolean;
    readonly isOnlyProvider: boolean;
    readonly isBelowMinimum: boolean;
    readonly isCannotCreate: boolean;
    readonly isUnknownAsset: boolean;
    readonly isFrozen: boolean;
    readonly isUnsupported: boolean;
    readonly isCannotCreateHold: boolean;
    readonly isNotExpendable: boolean;
    readonly isBlocked: boolean;
    readonly type: 'FundsUnavailable' | 'OnlyProvider' | 'BelowMinimum' | 'CannotCreate' | 'UnknownAsset' | 'Frozen' | 'Unsupported' | 'CannotCreateHold' | 'NotExpendable' | 'Blocked';
  }

  /** @name SpArithmeticArithmeticError (212) */
  interface SpArithmeticArithmeticError extends Enum {
    readonly isUnderflow: boolean;
    readonly isOverflow: boolean;
    readonly isDivisionByZero: boolean;
    readonly type: 'Underflow' | 'Overflow' | 'DivisionByZero';
  }

  /** @name SpRuntimeTransactionalError (213) */
  interface SpRuntimeTransactionalError extends Enum {
    readonly isLimitReached: boolean;
    readonly isNoLayer: boolean;
    readonly type: 'LimitReached' | 'NoLayer';
  }

  /** @name SpRuntimeProvingTrieTrieError (214) */
  interface SpRuntimeProvingTrieTrieError extends Enum {
    readonly isInvalidStateRoot: boolean;
    readonly isIncompleteDatabase: boolean;
    readonly isValueAtIncompleteKey: boolean;
    readonly isDecoderError: boolean;
    readonly isInvalidHash: boolean;
    readonly isDuplicateKey: boolean;
    readonly isExtraneousNode: boolean;
    readonly isExtraneousValue: boolean;
    readonly isExtraneousHashReference: boolean;
    readonly isInvalidChildReference: boolean;
    readonly isValueMismatch: boolean;
    readonly isIncompleteProof: boolean;
    readonly isRootMismatch: boolean;
    readonly isDecodeError: boolean;
    readonly type: 'InvalidStateRoot' | 'IncompleteDatabase' | 'ValueAtIncompleteKey' | 'DecoderError' | 'InvalidHash' | 'DuplicateKey' | 'ExtraneousNode' | 'ExtraneousValue' | 'ExtraneousHashReference' | 'InvalidChildReference' | 'ValueMismatch' | 'IncompleteProof' | 'RootMismatch' | 'DecodeError';
  }

  /** @name PalletPreimageEvent (215) */
  interface PalletPreimageEvent extends Enum {
    readonly isNoted: boolean;
    readonly asNoted: {
      readonly hash_: H256;
    } & Struct;
    readonly isRequested: boolean;
    readonly asRequested: {
      readonly hash_: H256;
    } & Struct;
    readonly isCleared: boolean;
    readonly asCleared: {
      readonly hash_: H256;
    } & Struct;
    readonly type: 'Noted' | 'Requested' | 'Cleared';
  }

  /** @name PalletSchedulerEvent (216) */
  interface PalletSchedulerEvent extends Enum {
    readonly isScheduled: boolean;
    readonly asScheduled: {
      readonly when: u32;
      readonly index: u32;
    } & Struct;
    readonly isCanceled: boolean;
    readonly asCanceled: {
      readonly when: u32;
      readonly index: u32;
    } & Struct;
    readonly isDispatched: boolean;
    readonly asDispatched: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isRetrySet: boolean;
    readonly asRetrySet: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
      readonly period: u32;
      readonly retries: u8;
    } & Struct;
    readonly isRetryCancelled: boolean;
    readonly asRetryCancelled: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
    } & Struct;
    readonly isCallUnavailable: boolean;
    readonly asCallUnavailable: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
    } & Struct;
    readonly isPeriodicFailed: boolean;
    readonly asPeriodicFailed: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
    } & Struct;
    readonly isRetryFailed: boolean;
    readonly asRetryFailed: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
    } & Struct;
    readonly isPermanentlyOverweight: boolean;
    readonly asPermanentlyOverweight: {
      readonly task: ITuple<[u32, u32]>;
      readonly id: Option<U8aFixed>;
    } & Struct;
    readonly isAgendaIncomplete: boolean;
    readonly asAgendaIncomplete: {
      readonly when: u32;
    } & Struct;
    readonly type: 'Scheduled' | 'Canceled' | 'Dispatched' | 'RetrySet' | 'RetryCancelled' | 'CallUnavailable' | 'PeriodicFailed' | 'RetryFailed' | 'PermanentlyOverweight' | 'AgendaIncomplete';
  }

  /** @name PalletUtilityEvent (218) */
  interface PalletUtilityEvent extends Enum {
    readonly isBatchInterrupted: boolean;
    readonly asBatchInterrupted: {
      readonly index: u32;
      readonly error: SpRuntimeDispatchError;
    } & Struct;
    readonly isBatchCompleted: boolean;
    readonly isBatchCompletedWithErrors: boolean;
    readonly isItemCompleted: boolean;
    readonly isItemFailed: boolean;
    readonly asItemFailed: {
      readonly error: SpRuntimeDispatchError;
    } & Struct;
    readonly isDispatchedAs: boolean;
    readonly asDispatchedAs: {
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isIfElseMainSuccess: boolean;
    readonly isIfElseFallbackCalled: boolean;
    readonly asIfElseFallbackCalled: {
      readonly mainError: SpRuntimeDispatchError;
    } & Struct;
    readonly type: 'BatchInterrupted' | 'BatchCompleted' | 'BatchCompletedWithErrors' | 'ItemCompleted' | 'ItemFailed' | 'DispatchedAs' | 'IfElseMainSuccess' | 'IfElseFallbackCalled';
  }

  /** @name PalletMultisigEvent (219) */
  interface PalletMultisigEvent extends Enum {
    readonly isNewMultisig: boolean;
    readonly asNewMultisig: {
      readonly approving: AccountId32;
      readonly multisig: AccountId32;
      readonly callHash: U8aFixed;
    } & Struct;
    readonly isMultisigApproval: boolean;
    readonly asMultisigApproval: {
      readonly approving: AccountId32;
      readonly timepoint: PalletMultisigTimepoint;
      readonly multisig: AccountId32;
      readonly callHash: U8aFixed;
    } & Struct;
    readonly isMultisigExecuted: boolean;
    readonly asMultisigExecuted: {
      readonly approving: AccountId32;
      readonly timepoint: PalletMultisigTimepoint;
      readonly multisig: AccountId32;
      readonly callHash: U8aFixed;
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isMultisigCancelled: boolean;
    readonly asMultisigCancelled: {
      readonly cancelling: AccountId32;
      readonly timepoint: PalletMultisigTimepoint;
      readonly multisig: AccountId32;
      readonly callHash: U8aFixed;
    } & Struct;
    readonly isDepositPoked: boolean;
    readonly asDepositPoked: {
      readonly who: AccountId32;
      readonly callHash: U8aFixed;
      readonly oldDeposit: u128;
      readonly newDeposit: u128;
    } & Struct;
    readonly type: 'NewMultisig' | 'MultisigApproval' | 'MultisigExecuted' | 'MultisigCancelled' | 'DepositPoked';
  }

  /** @name PalletProxyEvent (220) */
  interface PalletProxyEvent extends Enum {
    readonly isProxyExecuted: boolean;
    readonly asProxyExecuted: {
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isPureCreated: boolean;
    readonly asPureCreated: {
      readonly pure: AccountId32;
      readonly who: AccountId32;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly disambiguationIndex: u16;
      readonly at: u32;
      readonly extrinsicIndex: u32;
    } & Struct;
    readonly isPureKilled: boolean;
    readonly asPureKilled: {
      readonly pure: AccountId32;
      readonly spawner: AccountId32;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly disambiguationIndex: u16;
    } & Struct;
    readonly isAnnounced: boolean;
    readonly asAnnounced: {
      readonly real: AccountId32;
      readonly proxy: AccountId32;
      readonly callHash: H256;
    } & Struct;
    readonly isProxyAdded: boolean;
    readonly asProxyAdded: {
      readonly delegator: AccountId32;
      readonly delegatee: AccountId32;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly delay: u32;
    } & Struct;
    readonly isProxyRemoved: boolean;
    readonly asProxyRemoved: {
      readonly delegator: AccountId32;
      readonly delegatee: AccountId32;
      readonly proxyType: SalusRuntimeCommonProxyType;
      readonly delay: u32;
    } & Struct;
    readonly isDepositPoked: boolean;
    readonly asDepositPoked: {
      readonly who: AccountId32;
      readonly kind: PalletProxyDepositKind;
      readonly oldDeposit: u128;
      readonly newDeposit: u128;
    } & Struct;
    readonly type: 'ProxyExecuted' | 'PureCreated' | 'PureKilled' | 'Announced' | 'ProxyAdded' | 'ProxyRemoved' | 'DepositPoked';
  }

  /** @name PalletProxyDepositKind (221) */
  interface PalletProxyDepositKind extends Enum {
    readonly isProxies: boolean;
    readonly isAnnouncements: boolean;
    readonly type: 'Proxies' | 'Announcements';
  }

  /** @name PalletSafeModeEvent (222) */
  interface PalletSafeModeEvent extends Enum {
    readonly isEntered: boolean;
    readonly asEntered: {
      readonly until: u32;
    } & Struct;
    readonly isExtended: boolean;
    readonly asExtended: {
      readonly until: u32;
    } & Struct;
    readonly isExited: boolean;
    readonly asExited: {
      readonly reason: PalletSafeModeExitReason;
    } & Struct;
    readonly isDepositPlaced: boolean;
    readonly asDepositPlaced: {
      readonly account: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isDepositReleased: boolean;
    readonly asDepositReleased: {
      readonly account: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isDepositSlashed: boolean;
    readonly asDepositSlashed: {
      readonly account: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isCannotDeposit: boolean;
    readonly isCannotRelease: boolean;
    readonly type: 'Entered' | 'Extended' | 'Exited' | 'DepositPlaced' | 'DepositReleased' | 'DepositSlashed' | 'CannotDeposit' | 'CannotRelease';
  }

  /** @name PalletSafeModeExitReason (223) */
  interface PalletSafeModeExitReason extends Enum {
    readonly isTimeout: boolean;
    readonly isForce: boolean;
    readonly type: 'Timeout' | 'Force';
  }

  /** @name PalletMigrationsEvent (224) */
  interface PalletMigrationsEvent extends Enum {
    readonly isUpgradeStarted: boolean;
    readonly asUpgradeStarted: {
      readonly migrations: u32;
    } & Struct;
    readonly isUpgradeCompleted: boolean;
    readonly isUpgradeFailed: boolean;
    readonly isMigrationSkipped: boolean;
    readonly asMigrationSkipped: {
      readonly index: u32;
    } & Struct;
    readonly isMigrationAdvanced: boolean;
    readonly asMigrationAdvanced: {
      readonly index: u32;
      readonly took: u32;
    } & Struct;
    readonly isMigrationCompleted: boolean;
    readonly asMigrationCompleted: {
      readonly index: u32;
      readonly took: u32;
    } & Struct;
    readonly isMigrationFailed: boolean;
    readonly asMigrationFailed: {
      readonly index: u32;
      readonly took: u32;
    } & Struct;
    readonly isHistoricCleared: boolean;
    readonly asHistoricCleared: {
      readonly nextCursor: Option<Bytes>;
    } & Struct;
    readonly type: 'UpgradeStarted' | 'UpgradeCompleted' | 'UpgradeFailed' | 'MigrationSkipped' | 'MigrationAdvanced' | 'MigrationCompleted' | 'MigrationFailed' | 'HistoricCleared';
  }

  /** @name PalletTxPauseEvent (225) */
  interface PalletTxPauseEvent extends Enum {
    readonly isCallPaused: boolean;
    readonly asCallPaused: {
      readonly fullName: ITuple<[Bytes, Bytes]>;
    } & Struct;
    readonly isCallUnpaused: boolean;
    readonly asCallUnpaused: {
      readonly fullName: ITuple<[Bytes, Bytes]>;
    } & Struct;
    readonly type: 'CallPaused' | 'CallUnpaused';
  }

  /** @name PalletBalancesEvent (226) */
  interface PalletBalancesEvent extends Enum {
    readonly isEndowed: boolean;
    readonly asEndowed: {
      readonly account: AccountId32;
      readonly freeBalance: u128;
    } & Struct;
    readonly isDustLost: boolean;
    readonly asDustLost: {
      readonly account: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isTransfer: boolean;
    readonly asTransfer: {
      readonly from: AccountId32;
      readonly to: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isBalanceSet: boolean;
    readonly asBalanceSet: {
      readonly who: AccountId32;
      readonly free: u128;
    } & Struct;
    readonly isReserved: boolean;
    readonly asReserved: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isUnreserved: boolean;
    readonly asUnreserved: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isReserveRepatriated: boolean;
    readonly asReserveRepatriated: {
      readonly from: AccountId32;
      readonly to: AccountId32;
      readonly amount: u128;
      readonly destinationStatus: FrameSupportTokensMiscBalanceStatus;
    } & Struct;
    readonly isDeposit: boolean;
    readonly asDeposit: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isWithdraw: boolean;
    readonly asWithdraw: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isSlashed: boolean;
    readonly asSlashed: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isMinted: boolean;
    readonly asMinted: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isMintedCredit: boolean;
    readonly asMintedCredit: {
      readonly amount: u128;
    } & Struct;
    readonly isBurned: boolean;
    readonly asBurned: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isBurnedDebt: boolean;
    readonly asBurnedDebt: {
      readonly amount: u128;
    } & Struct;
    readonly isSuspended: boolean;
    readonly asSuspended: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isRestored: boolean;
    readonly asRestored: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isUpgraded: boolean;
    readonly asUpgraded: {
      readonly who: AccountId32;
    } & Struct;
    readonly isIssued: boolean;
    readonly asIssued: {
      readonly amount: u128;
    } & Struct;
    readonly isRescinded: boolean;
    readonly asRescinded: {
      readonly amount: u128;
    } & Struct;
    readonly isLocked: boolean;
    readonly asLocked: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isUnlocked: boolean;
    readonly asUnlocked: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isFrozen: boolean;
    readonly asFrozen: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isThawed: boolean;
    readonly asThawed: {
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isTotalIssuanceForced: boolean;
    readonly asTotalIssuanceForced: {
      readonly old: u128;
      readonly new_: u128;
    } & Struct;
    readonly isHeld: boolean;
    readonly asHeld: {
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isBurnedHeld: boolean;
    readonly asBurnedHeld: {
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isTransferOnHold: boolean;
    readonly asTransferOnHold: {
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly source: AccountId32;
      readonly dest: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isTransferAndHold: boolean;
    readonly asTransferAndHold: {
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly source: AccountId32;
      readonly dest: AccountId32;
      readonly transferred: u128;
    } & Struct;
    readonly isReleased: boolean;
    readonly asReleased: {
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isUnexpected: boolean;
    readonly asUnexpected: PalletBalancesUnexpectedKind;
    readonly type: 'Endowed' | 'DustLost' | 'Transfer' | 'BalanceSet' | 'Reserved' | 'Unreserved' | 'ReserveRepatriated' | 'Deposit' | 'Withdraw' | 'Slashed' | 'Minted' | 'MintedCredit' | 'Burned' | 'BurnedDebt' | 'Suspended' | 'Restored' | 'Upgraded' | 'Issued' | 'Rescinded' | 'Locked' | 'Unlocked' | 'Frozen' | 'Thawed' | 'TotalIssuanceForced' | 'Held' | 'BurnedHeld' | 'TransferOnHold' | 'TransferAndHold' | 'Released' | 'Unexpected';
  }

  /** @name FrameSupportTokensMiscBalanceStatus (227) */
  interface FrameSupportTokensMiscBalanceStatus extends Enum {
    readonly isFree: boolean;
    readonly isReserved: boolean;
    readonly type: 'Free' | 'Reserved';
  }

  /** @name SalusRuntimeRuntimeHoldReason (228) */
  interface SalusRuntimeRuntimeHoldReason extends Enum {
    readonly isPreimage: boolean;
    readonly asPreimage: PalletPreimageHoldReason;
    readonly isSafeMode: boolean;
    readonly asSafeMode: PalletSafeModeHoldReason;
    readonly isSession: boolean;
    readonly asSession: PalletSessionHoldReason;
    readonly isCouncil: boolean;
    readonly asCouncil: PalletCollectiveHoldReason;
    readonly isTechnicalCommittee: boolean;
    readonly asTechnicalCommittee: PalletCollectiveHoldReason;
    readonly isRegistry: boolean;
    readonly asRegistry: PalletRegistryHoldReason;
    readonly isPatientIdentity: boolean;
    readonly asPatientIdentity: PalletPatientIdentityHoldReason;
    readonly isConsent: boolean;
    readonly asConsent: PalletConsentHoldReason;
    readonly isRecordAnchor: boolean;
    readonly asRecordAnchor: PalletRecordAnchorHoldReason;
    readonly isClaims: boolean;
    readonly asClaims: PalletClaimsHoldReason;
    readonly isCare: boolean;
    readonly asCare: PalletCareHoldReason;
    readonly isEmergency: boolean;
    readonly asEmergency: PalletEmergencyHoldReason;
    readonly isAccessLog: boolean;
    readonly asAccessLog: PalletAccessLogHoldReason;
    readonly isAcknowledgement: boolean;
    readonly asAcknowledgement: PalletAcknowledgementHoldReason;
    readonly isResearch: boolean;
    readonly asResearch: PalletResearchHoldReason;
    readonly type: 'Preimage' | 'SafeMode' | 'Session' | 'Council' | 'TechnicalCommittee' | 'Registry' | 'PatientIdentity' | 'Consent' | 'RecordAnchor' | 'Claims' | 'Care' | 'Emergency' | 'AccessLog' | 'Acknowledgement' | 'Research';
  }

  /** @name PalletPreimageHoldReason (229) */
  interface PalletPreimageHoldReason extends Enum {
    readonly isPreimage: boolean;
    readonly type: 'Preimage';
  }

  /** @name PalletSafeModeHoldReason (230) */
  interface PalletSafeModeHoldReason extends Enum {
    readonly isEnterOrExtend: boolean;
    readonly type: 'EnterOrExtend';
  }

  /** @name PalletSessionHoldReason (231) */
  interface PalletSessionHoldReason extends Enum {
    readonly isKeys: boolean;
    readonly type: 'Keys';
  }

  /** @name PalletCollectiveHoldReason (232) */
  interface PalletCollectiveHoldReason extends Enum {
    readonly isProposalSubmission: boolean;
    readonly type: 'ProposalSubmission';
  }

  /** @name PalletRegistryHoldReason (234) */
  interface PalletRegistryHoldReason extends Enum {
    readonly isRegistration: boolean;
    readonly type: 'Registration';
  }

  /** @name PalletPatientIdentityHoldReason (235) */
  interface PalletPatientIdentityHoldReason extends Enum {
    readonly isRegistration: boolean;
    readonly type: 'Registration';
  }

  /** @name PalletConsentHoldReason (236) */
  interface PalletConsentHoldReason extends Enum {
    readonly isRequest: boolean;
    readonly type: 'Request';
  }

  /** @name PalletRecordAnchorHoldReason (237) */
  interface PalletRecordAnchorHoldReason extends Enum {
    readonly isAnchor: boolean;
    readonly type: 'Anchor';
  }

  /** @name PalletClaimsHoldReason (238) */
  interface PalletClaimsHoldReason extends Enum {
    readonly isBond: boolean;
    readonly isPendedClaim: boolean;
    readonly type: 'Bond' | 'PendedClaim';
  }

  /** @name PalletCareHoldReason (239) */
  interface PalletCareHoldReason extends Enum {
    readonly isRelationship: boolean;
    readonly type: 'Relationship';
  }

  /** @name PalletEmergencyHoldReason (240) */
  interface PalletEmergencyHoldReason extends Enum {
    readonly isEmergency: boolean;
    readonly type: 'Emergency';
  }

  /** @name PalletAccessLogHoldReason (241) */
  interface PalletAccessLogHoldReason extends Enum {
    readonly isLog: boolean;
    readonly type: 'Log';
  }

  /** @name PalletAcknowledgementHoldReason (242) */
  interface PalletAcknowledgementHoldReason extends Enum {
    readonly isAcknowledgement: boolean;
    readonly type: 'Acknowledgement';
  }

  /** @name PalletResearchHoldReason (243) */
  interface PalletResearchHoldReason extends Enum {
    readonly isResearch: boolean;
    readonly type: 'Research';
  }

  /** @name PalletBalancesUnexpectedKind (244) */
  interface PalletBalancesUnexpectedKind extends Enum {
    readonly isBalanceUpdated: boolean;
    readonly isFailedToMutateAccount: boolean;
    readonly type: 'BalanceUpdated' | 'FailedToMutateAccount';
  }

  /** @name PalletTransactionPaymentEvent (245) */
  interface PalletTransactionPaymentEvent extends Enum {
    readonly isTransactionFeePaid: boolean;
    readonly asTransactionFeePaid: {
      readonly who: AccountId32;
      readonly actualFee: u128;
      readonly tip: u128;
    } & Struct;
    readonly type: 'TransactionFeePaid';
  }

  /** @name PalletSkipFeelessPaymentEvent (246) */
  interface PalletSkipFeelessPaymentEvent extends Enum {
    readonly isFeeSkipped: boolean;
    readonly asFeeSkipped: {
      readonly origin: SalusRuntimeOriginCaller;
    } & Struct;
    readonly type: 'FeeSkipped';
  }

  /** @name PalletSponsorshipEvent (247) */
  interface PalletSponsorshipEvent extends Enum {
    readonly isWelcomed: boolean;
    readonly asWelcomed: {
      readonly who: AccountId32;
    } & Struct;
    readonly isFeeSponsored: boolean;
    readonly asFeeSponsored: {
      readonly who: AccountId32;
      readonly payer: AccountId32;
      readonly fee: u128;
    } & Struct;
    readonly isForgotten: boolean;
    readonly asForgotten: {
      readonly who: AccountId32;
    } & Struct;
    readonly type: 'Welcomed' | 'FeeSponsored' | 'Forgotten';
  }

  /** @name PalletAssetsEvent (248) */
  interface PalletAssetsEvent extends Enum {
    readonly isCreated: boolean;
    readonly asCreated: {
      readonly assetId: u32;
      readonly creator: AccountId32;
      readonly owner: AccountId32;
    } & Struct;
    readonly isIssued: boolean;
    readonly asIssued: {
      readonly assetId: u32;
      readonly owner: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isTransferred: boolean;
    readonly asTransferred: {
      readonly assetId: u32;
      readonly from: AccountId32;
      readonly to: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isBurned: boolean;
    readonly asBurned: {
      readonly assetId: u32;
      readonly owner: AccountId32;
      readonly balance: u128;
    } & Struct;
    readonly isTeamChanged: boolean;
    readonly asTeamChanged: {
      readonly assetId: u32;
      readonly issuer: AccountId32;
      readonly admin: AccountId32;
      readonly freezer: AccountId32;
    } & Struct;
    readonly isOwnerChanged: boolean;
    readonly asOwnerChanged: {
      readonly assetId: u32;
      readonly owner: AccountId32;
    } & Struct;
    readonly isFrozen: boolean;
    readonly asFrozen: {
      readonly assetId: u32;
      readonly who: AccountId32;
    } & Struct;
    readonly isThawed: boolean;
    readonly asThawed: {
      readonly assetId: u32;
      readonly who: AccountId32;
    } & Struct;
    readonly isAssetFrozen: boolean;
    readonly asAssetFrozen: {
      readonly assetId: u32;
    } & Struct;
    readonly isAssetThawed: boolean;
    readonly asAssetThawed: {
      readonly assetId: u32;
    } & Struct;
    readonly isAccountsDestroyed: boolean;
    readonly asAccountsDestroyed: {
      readonly assetId: u32;
      readonly accountsDestroyed: u32;
      readonly accountsRemaining: u32;
    } & Struct;
    readonly isApprovalsDestroyed: boolean;
    readonly asApprovalsDestroyed: {
      readonly assetId: u32;
      readonly approvalsDestroyed: u32;
      readonly approvalsRemaining: u32;
    } & Struct;
    readonly isDestructionStarted: boolean;
    readonly asDestructionStarted: {
      readonly assetId: u32;
    } & Struct;
    readonly isDestroyed: boolean;
    readonly asDestroyed: {
      readonly assetId: u32;
    } & Struct;
    readonly isForceCreated: boolean;
    readonly asForceCreated: {
      readonly assetId: u32;
      readonly owner: AccountId32;
    } & Struct;
    readonly isMetadataSet: boolean;
    readonly asMetadataSet: {
      readonly assetId: u32;
      readonly name: Bytes;
      readonly symbol: Bytes;
      readonly decimals: u8;
      readonly isFrozen: bool;
    } & Struct;
    readonly isMetadataCleared: boolean;
    readonly asMetadataCleared: {
      readonly assetId: u32;
    } & Struct;
    readonly isApprovedTransfer: boolean;
    readonly asApprovedTransfer: {
      readonly assetId: u32;
      readonly source: AccountId32;
      readonly delegate: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isApprovalCancelled: boolean;
    readonly asApprovalCancelled: {
      readonly assetId: u32;
      readonly owner: AccountId32;
      readonly delegate: AccountId32;
    } & Struct;
    readonly isTransferredApproved: boolean;
    readonly asTransferredApproved: {
      readonly assetId: u32;
      readonly owner: AccountId32;
      readonly delegate: AccountId32;
      readonly destination: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isAssetStatusChanged: boolean;
    readonly asAssetStatusChanged: {
      readonly assetId: u32;
    } & Struct;
    readonly isAssetMinBalanceChanged: boolean;
    readonly asAssetMinBalanceChanged: {
      readonly assetId: u32;
      readonly newMinBalance: u128;
    } & Struct;
    readonly isTouched: boolean;
    readonly asTouched: {
      readonly assetId: u32;
      readonly who: AccountId32;
      readonly depositor: AccountId32;
    } & Struct;
    readonly isBlocked: boolean;
    readonly asBlocked: {
      readonly assetId: u32;
      readonly who: AccountId32;
    } & Struct;
    readonly isDeposited: boolean;
    readonly asDeposited: {
      readonly assetId: u32;
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isWithdrawn: boolean;
    readonly asWithdrawn: {
      readonly assetId: u32;
      readonly who: AccountId32;
      readonly amount: u128;
    } & Struct;
    readonly isReservesUpdated: boolean;
    readonly asReservesUpdated: {
      readonly assetId: u32;
      readonly reserves: Vec<Null>;
    } & Struct;
    readonly isReservesRemoved: boolean;
    readonly asReservesRemoved: {
      readonly assetId: u32;
    } & Struct;
    readonly isIssuedCredit: boolean;
    readonly asIssuedCredit: {
      readonly assetId: u32;
      readonly amount: u128;
    } & Struct;
    readonly isBurnedCredit: boolean;
    readonly asBurnedCredit: {
      readonly assetId: u32;
      readonly amount: u128;
    } & Struct;
    readonly isIssuedDebt: boolean;
    readonly asIssuedDebt: {
      readonly assetId: u32;
      readonly amount: u128;
    } & Struct;
    readonly isBurnedDebt: boolean;
    readonly asBurnedDebt: {
      readonly assetId: u32;
      readonly amount: u128;
    } & Struct;
    readonly type: 'Created' | 'Issued' | 'Transferred' | 'Burned' | 'TeamChanged' | 'OwnerChanged' | 'Frozen' | 'Thawed' | 'AssetFrozen' | 'AssetThawed' | 'AccountsDestroyed' | 'ApprovalsDestroyed' | 'DestructionStarted' | 'Destroyed' | 'ForceCreated' | 'MetadataSet' | 'MetadataCleared' | 'ApprovedTransfer' | 'ApprovalCancelled' | 'TransferredApproved' | 'AssetStatusChanged' | 'AssetMinBalanceChanged' | 'Touched' | 'Blocked' | 'Deposited' | 'Withdrawn' | 'ReservesUpdated' | 'ReservesRemoved' | 'IssuedCredit' | 'BurnedCredit' | 'IssuedDebt' | 'BurnedDebt';
  }

  /** @name PalletAssetsHolderEvent (249) */
  interface PalletAssetsHolderEvent extends Enum {
    readonly isHeld: boolean;
    readonly asHeld: {
      readonly who: AccountId32;
      readonly assetId: u32;
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly amount: u128;
    } & Struct;
    readonly isReleased: boolean;
    readonly asReleased: {
      readonly who: AccountId32;
      readonly assetId: u32;
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly amount: u128;
    } & Struct;
    readonly isBurned: boolean;
    readonly asBurned: {
      readonly who: AccountId32;
      readonly assetId: u32;
      readonly reason: SalusRuntimeRuntimeHoldReason;
      readonly amount: u128;
    } & Struct;
    readonly type: 'Held' | 'Released' | 'Burned';
  }

  /** @name PalletTreasuryEvent (250) */
  interface PalletTreasuryEvent extends Enum {
    readonly isSpending: boolean;
    readonly asSpending: {
      readonly budgetRemaining: u128;
    } & Struct;
    readonly isAwarded: boolean;
    readonly asAwarded: {
      readonly proposalIndex: u32;
      readonly award: u128;
      readonly account: AccountId32;
    } & Struct;
    readonly isBurnt: boolean;
    readonly asBurnt: {
      readonly burntFunds: u128;
    } & Struct;
    readonly isRollover: boolean;
    readonly asRollover: {
      readonly rolloverBalance: u128;
    } & Struct;
    readonly isDeposit: boolean;
    readonly asDeposit: {
      readonly value: u128;
    } & Struct;
    readonly isSpendApproved: boolean;
    readonly asSpendApproved: {
      readonly proposalIndex: u32;
      readonly amount: u128;
      readonly beneficiary: AccountId32;
    } & Struct;
    readonly isUpdatedInactive: boolean;
    readonly asUpdatedInactive: {
      readonly reactivated: u128;
      readonly deactivated: u128;
    } & Struct;
    readonly isAssetSpendApproved: boolean;
    readonly asAssetSpendApproved: {
      readonly index: u32;
      readonly assetKind: Null;
      readonly amount: u128;
      readonly beneficiary: AccountId32;
      readonly validFrom: u32;
      readonly expireAt: u32;
    } & Struct;
    readonly isAssetSpendVoided: boolean;
    readonly asAssetSpendVoided: {
      readonly index: u32;
    } & Struct;
    readonly isPaid: boolean;
    readonly asPaid: {
      readonly index: u32;
      readonly paymentId: Null;
    } & Struct;
    readonly isPaymentFailed: boolean;
    readonly asPaymentFailed: {
      readonly index: u32;
      readonly paymentId: Null;
    } & Struct;
    readonly isSpendProcessed: boolean;
    readonly asSpendProcessed: {
      readonly index: u32;
    } & Struct;
    readonly type: 'Spending' | 'Awarded' | 'Burnt' | 'Rollover' | 'Deposit' | 'SpendApproved' | 'UpdatedInactive' | 'AssetSpendApproved' | 'AssetSpendVoided' | 'Paid' | 'PaymentFailed' | 'SpendProcessed';
  }

  /** @name PalletOffencesEvent (251) */
  interface PalletOffencesEvent extends Enum {
    readonly isOffence: boolean;
    readonly asOffence: {
      readonly kind: U8aFixed;
      readonly slot: Bytes;
    } & Struct;
    readonly type: 'Offence';
  }

  /** @name PalletSessionHistoricalPalletEvent (253) */
  interface PalletSessionHistoricalPalletEvent extends Enum {
    readonly isRootStored: boolean;
    readonly asRootStored: {
      readonly index: u32;
    } & Struct;
    readonly isRootsPruned: boolean;
    readonly asRootsPruned: {
      readonly upTo: u32;
    } & Struct;
    readonly type: 'RootStored' | 'RootsPruned';
  }

  /** @name PalletValidatorSetEvent (254) */
  interface PalletValidatorSetEvent extends Enum {
    readonly isValidatorAdded: boolean;
    readonly asValidatorAdded: {
      readonly validator: AccountId32;
      readonly organisation: u32;
    } & Struct;
    readonly isValidatorRemoved: boolean;
    readonly asValidatorRemoved: {
      readonly validator: AccountId32;
      readonly organisation: u32;
      readonly reason: PalletValidatorSetRemovalReason;
    } & Struct;
    readonly isValidatorLeft: boolean;
    readonly asValidatorLeft: {
      readonly validator: AccountId32;
      readonly organisation: u32;
    } & Struct;
    readonly isOffenceRecorded: boolean;
    readonly asOffenceRecorded: {
      readonly organisation: u32;
      readonly validator: AccountId32;
      readonly session: u32;
      readonly severity: Perbill;
    } & Struct;
    readonly isOffenderRetained: boolean;
    readonly asOffenderRetained: {
      readonly validator: AccountId32;
      readonly organisation: u32;
    } & Struct;
    readonly type: 'ValidatorAdded' | 'ValidatorRemoved' | 'ValidatorLeft' | 'OffenceRecorded' | 'OffenderRetained';
  }

  /** @name PalletValidatorSetRemovalReason (255) */
  interface PalletValidatorSetRemovalReason extends Enum {
    readonly isGovernance: boolean;
    readonly isRetired: boolean;
    readonly isOffence: boolean;
    readonly type: 'Governance' | 'Retired' | 'Offence';
  }

  /** @name PalletSessionEvent (257) */
  interface PalletSessionEvent extends Enum {
    readonly isNewSession: boolean;
    readonly asNewSession: {
      readonly sessionIndex: u32;
    } & Struct;
    readonly isNewQueued: boolean;
    readonly isValidatorDisabled: boolean;
    readonly asValidatorDisabled: {
      readonly validator: AccountId32;
    } & Struct;
    readonly isValidatorReenabled: boolean;
    readonly asValidatorReenabled: {
      readonly validator: AccountId32;
    } & Struct;
    readonly type: 'NewSession' | 'NewQueued' | 'ValidatorDisabled' | 'ValidatorReenabled';
  }

  /** @name PalletGrandpaEvent (258) */
  interface PalletGrandpaEvent extends Enum {
    readonly isNewAuthorities: boolean;
    readonly asNewAuthorities: {
      readonly authoritySet: Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>>;
    } & Struct;
    readonly isPaused: boolean;
    readonly isResumed: boolean;
    readonly type: 'NewAuthorities' | 'Paused' | 'Resumed';
  }

  /** @name PalletCollectiveEvent (261) */
  interface PalletCollectiveEvent extends Enum {
    readonly isProposed: boolean;
    readonly asProposed: {
      readonly account: AccountId32;
      readonly proposalIndex: u32;
      readonly proposalHash: H256;
      readonly threshold: u32;
    } & Struct;
    readonly isVoted: boolean;
    readonly asVoted: {
      readonly account: AccountId32;
      readonly proposalHash: H256;
      readonly voted: bool;
      readonly yes: u32;
      readonly no: u32;
    } & Struct;
    readonly isApproved: boolean;
    readonly asApproved: {
      readonly proposalHash: H256;
    } & Struct;
    readonly isDisapproved: boolean;
    readonly asDisapproved: {
      readonly proposalHash: H256;
    } & Struct;
    readonly isExecuted: boolean;
    readonly asExecuted: {
      readonly proposalHash: H256;
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isMemberExecuted: boolean;
    readonly asMemberExecuted: {
      readonly proposalHash: H256;
      readonly result: Result<Null, SpRuntimeDispatchError>;
    } & Struct;
    readonly isClosed: boolean;
    readonly asClosed: {
      readonly proposalHash: H256;
      readonly yes: u32;
      readonly no: u32;
    } & Struct;
    readonly isKilled: boolean;
    readonly asKilled: {
      readonly proposalHash: H256;
    } & Struct;
    readonly isProposalCostBurned: boolean;
    readonly asProposalCostBurned: {
      readonly proposalHash: H256;
      readonly who: AccountId32;
    } & Struct;
    readonly isProposalCostReleased: boolean;
    readonly asProposalCostReleased: {
      readonly proposalHash: H256;
      readonly who: AccountId32;
    } & Struct;
    readonly type: 'Proposed' | 'Voted' | 'Approved' | 'Disapproved' | 'Executed' | 'MemberExecuted' | 'Closed' | 'Killed' | 'ProposalCostBurned' | 'ProposalCostReleased';
  }

  /** @name PalletMembershipEvent (263) */
  interface PalletMembershipEvent extends Enum {
    readonly isMemberAdded: boolean;
    readonly isMemberRemoved: boolean;
    readonly isMembersSwapped: boolean;
    readonly isMembersReset: boolean;
    readonly isKeyChanged: boolean;
    readonly isDummy: boolean;
    readonly type: 'MemberAdded' | 'MemberRemoved' | 'MembersSwapped' | 'MembersReset' | 'KeyChanged' | 'Dummy';
  }

  /** @name PalletEnactmentEvent (265) */
  interface PalletEnactmentEvent extends Enum {
    readonly isApproved: boolean;
    readonly asApproved: {
      readonly proposal: H256;
      readonly body: PalletEnactmentBody;
    } & Struct;
    readonly isAgreed: boolean;
    readonly asAgreed: {
      readonly proposal: H256;
      readonly due: u64;
    } & Struct;
    readonly isCancelled: boolean;
    readonly asCancelled: {
      readonly proposal: H256;
      readonly body: PalletEnactmentBody;
    } & Struct;
    readonly isEnacted: boolean;
    readonly asEnacted: {
      readonly proposal: H256;
    } & Struct;
    readonly isCleared: boolean;
    readonly asCleared: {
      readonly proposal: H256;
    } & Struct;
    readonly isDelaySet: boolean;
    readonly asDelaySet: {
      readonly class: PalletEnactmentEnactmentClass;
      readonly seconds: u64;
    } & Struct;
    readonly type: 'Approved' | 'Agreed' | 'Cancelled' | 'Enacted' | 'Cleared' | 'DelaySet';
  }

  /** @name PalletEnactmentBody (266) */
  interface PalletEnactmentBody extends Enum {
    readonly isCouncil: boolean;
    readonly isTechnicalCommittee: boolean;
    readonly type: 'Council' | 'TechnicalCommittee';
  }

  /** @name PalletRegistryEvent (267) */
  interface PalletRegistryEvent extends Enum {
    readonly isApplied: boolean;
    readonly asApplied: {
      readonly org: u32;
      readonly admin: AccountId32;
      readonly kinds: u16;
      readonly profile: H256;
    } & Struct;
    readonly isAdmitted: boolean;
    readonly asAdmitted: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
      readonly until: u64;
    } & Struct;
    readonly isDeclined: boolean;
    readonly asDeclined: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
    } & Struct;
    readonly isWithdrawn: boolean;
    readonly asWithdrawn: {
      readonly org: u32;
      readonly kinds: u16;
      readonly removed: bool;
    } & Struct;
    readonly isRenewed: boolean;
    readonly asRenewed: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
      readonly until: u64;
    } & Struct;
    readonly isSuspended: boolean;
    readonly asSuspended: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
    } & Struct;
    readonly isReinstated: boolean;
    readonly asReinstated: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
      readonly until: u64;
    } & Struct;
    readonly isRevoked: boolean;
    readonly asRevoked: {
      readonly org: u32;
      readonly kind: SalusPrimitivesCodesOrgKind;
      readonly registrar: AccountId32;
    } & Struct;
    readonly isFlagSet: boolean;
    readonly asFlagSet: {
      readonly org: u32;
      readonly flagged: bool;
      readonly registrar: AccountId32;
    } & Struct;
    readonly isAdminOffered: boolean;
    readonly asAdminOffered: {
      readonly org: u32;
      readonly new_: AccountId32;
    } & Struct;
    readonly isAdminOfferCancelled: boolean;
    readonly asAdminOfferCancelled: {
      readonly org: u32;
    } & Struct;
    readonly isAdminRotated: boolean;
    readonly asAdminRotated: {
      readonly org: u32;
      readonly old: AccountId32;
      readonly new_: AccountId32;
    } & Struct;
    readonly isInvited: boolean;
    readonly asInvited: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
      readonly until: u64;
    } & Struct;
    readonly isInvitationCancelled: boolean;
    readonly asInvitationCancelled: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isInvitationDeclined: boolean;
    readonly asInvitationDeclined: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
    } & Struct;
    readonly isAffiliated: boolean;
    readonly asAffiliated: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
      readonly until: u64;
    } & Struct;
    readonly isAffiliationEnded: boolean;
    readonly asAffiliationEnded: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly role: SalusPrimitivesCodesRole;
      readonly byMember: bool;
    } & Struct;
    readonly isDepositAssumed: boolean;
    readonly asDepositAssumed: {
      readonly org: u32;
      readonly who: AccountId32;
      readonly old: AccountId32;
      readonly new_: AccountId32;
    } & Struct;
    readonly isRegistrarAppointed: boolean;
    readonly asRegistrarAppointed: {
      readonly who: AccountId32;
      readonly org: u32;
      readonly kinds: u16;
      readonly capabilities: u8;
      readonly until: u64;
    } & Struct;
    readonly isAgreementKeySet: boolean;
    readonly asAgreementKeySet: {
      readonly org: u32;
      readonly agreementKey: U8aFixed;
    } & Struct;
    readonly isClientKeysSet: boolean;
    readonly asClientKeysSet: {
      readonly org: u32;
      readonly keys_: H256;
    } & Struct;
    readonly isRegistrarDismissed: boolean;
    readonly asRegistrarDismissed: {
      readonly who: AccountId32;
      readonly org: u32;
    } & Struct;
    readonly type: 'Applied' | 'Admitted' | 'Declined' | 'Withdrawn' | 'Renewed' | 'Suspended' | 'Reinstated' | 'Revoked' | 'FlagSet' | 'AdminOffered' | 'AdminOfferCancelled' | 'AdminRotated' | 'Invited' | 'InvitationCancelled' | 'InvitationDeclined' | 'Affiliated' | 'AffiliationEnded' | 'DepositAssumed' | 'RegistrarAppointed' | 'AgreementKeySet' | 'ClientKeysSet' | 'RegistrarDismissed';
  }

  /** @name PalletPatientIdentityEvent (268) */
  interface PalletPatientIdentityEvent extends Enum {
    readonly isRegistered: boolean;
    readonly asRegistered: {
      readonly patient: H256;
      readonly key: AccountId32;
      readonly organisation: Option<u32>;
      readonly by: AccountId32;
    } & Struct;
    readonly isKeyAdded: boolean;
    readonly asKeyAdded: {
      readonly patient: H256;
      readonly key: AccountId32;
      readonly purposes: u8;
      readonly from: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isPendingKeyCancelled: boolean;
    readonly asPendingKeyCancelled: {
      readonly patient: H256;
      readonly key: AccountId32;
      readonly by: AccountId32;
    } & Struct;
    readonly isKeyRemoved: boolean;
    readonly asKeyRemoved: {
      readonly patient: H256;
      readonly key: AccountId32;
      readonly until: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isKeyRemovalCancelled: boolean;
    readonly asKeyRemovalCancelled: {
      readonly patient: H256;
      readonly key: AccountId32;
      readonly by: AccountId32;
    } & Struct;
    readonly isAgreementKeyRotated: boolean;
    readonly asAgreementKeyRotated: {
      readonly patient: H256;
      readonly agreementKey: U8aFixed;
      readonly from: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isRotationCancelled: boolean;
    readonly asRotationCancelled: {
      readonly patient: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly isFrozen: boolean;
    readonly asFrozen: {
      readonly patient: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly isUnfreezeRequested: boolean;
    readonly asUnfreezeRequested: {
      readonly patient: H256;
      readonly from: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isUnfreezeCancelled: boolean;
    readonly asUnfreezeCancelled: {
      readonly patient: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly isRetirementRequested: boolean;
    readonly asRetirementRequested: {
      readonly patient: H256;
      readonly from: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isRetirementCancelled: boolean;
    readonly asRetirementCancelled: {
      readonly patient: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly isRetired: boolean;
    readonly asRetired: {
      readonly patient: H256;
    } & Struct;
    readonly type: 'Registered' | 'KeyAdded' | 'PendingKeyCancelled' | 'KeyRemoved' | 'KeyRemovalCancelled' | 'AgreementKeyRotated' | 'RotationCancelled' | 'Frozen' | 'UnfreezeRequested' | 'UnfreezeCancelled' | 'RetirementRequested' | 'RetirementCancelled' | 'Retired';
  }

  /** @name PalletConsentEvent (269) */
  interface PalletConsentEvent extends Enum {
    readonly isPermitGranted: boolean;
    readonly asPermitGranted: {
      readonly patient: H256;
      readonly directive: u32;
      readonly basis: SalusConsentDecisionDirectiveBasis;
      readonly by: AccountId32;
    } & Struct;
    readonly isDenialMade: boolean;
    readonly asDenialMade: {
      readonly patient: H256;
      readonly directive: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isDirectiveRevoked: boolean;
    readonly asDirectiveRevoked: {
      readonly patient: H256;
      readonly directive: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isPurposeVetoed: boolean;
    readonly asPurposeVetoed: {
      readonly patient: H256;
      readonly purpose: SalusPrimitivesCodesPurpose;
      readonly by: AccountId32;
    } & Struct;
    readonly isBaseDecisionSet: boolean;
    readonly asBaseDecisionSet: {
      readonly patient: H256;
      readonly decision: SalusConsentDecisionBaseDecision;
      readonly by: AccountId32;
    } & Struct;
    readonly isRequesterBlocked: boolean;
    readonly asRequesterBlocked: {
      readonly patient: H256;
      readonly organisation: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftRequested: boolean;
    readonly asLiftRequested: {
      readonly patient: H256;
      readonly target: PalletConsentLiftTarget;
      readonly readyAt: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftApplied: boolean;
    readonly asLiftApplied: {
      readonly patient: H256;
      readonly target: PalletConsentLiftTarget;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftCancelled: boolean;
    readonly asLiftCancelled: {
      readonly patient: H256;
      readonly target: PalletConsentLiftTarget;
      readonly by: AccountId32;
    } & Struct;
    readonly isAccessRequested: boolean;
    readonly asAccessRequested: {
      readonly patient: H256;
      readonly request: u32;
      readonly organisation: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isRequestDeclined: boolean;
    readonly asRequestDeclined: {
      readonly patient: H256;
      readonly request: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isRequestExpired: boolean;
    readonly asRequestExpired: {
      readonly patient: H256;
      readonly request: u32;
    } & Struct;
    readonly type: 'PermitGranted' | 'DenialMade' | 'DirectiveRevoked' | 'PurposeVetoed' | 'BaseDecisionSet' | 'RequesterBlocked' | 'LiftRequested' | 'LiftApplied' | 'LiftCancelled' | 'AccessRequested' | 'RequestDeclined' | 'RequestExpired';
  }

  /** @name SalusConsentDecisionDirectiveBasis (270) */
  interface SalusConsentDecisionDirectiveBasis extends Enum {
    readonly isRequest: boolean;
    readonly asRequest: u32;
    readonly isSelfMade: boolean;
    readonly type: 'Request' | 'SelfMade';
  }

  /** @name PalletRecordAnchorEvent (271) */
  interface PalletRecordAnchorEvent extends Enum {
    readonly isAnchored: boolean;
    readonly asAnchored: {
      readonly author: u32;
      readonly seq: u64;
      readonly version: u32;
      readonly previous: Option<u64>;
      readonly relation: PalletRecordAnchorAnchorsRelation;
    } & Struct;
    readonly isBatchAnchored: boolean;
    readonly asBatchAnchored: {
      readonly author: u32;
      readonly seq: u64;
      readonly leaves: u64;
    } & Struct;
    readonly isRetracted: boolean;
    readonly asRetracted: {
      readonly author: u32;
      readonly seq: u64;
      readonly leaf: Option<u64>;
      readonly reason: PalletRecordAnchorAnchorsRetractReason;
    } & Struct;
    readonly isAcknowledged: boolean;
    readonly asAcknowledged: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isDisputed: boolean;
    readonly asDisputed: {
      readonly author: u32;
      readonly seq: u64;
      readonly statement: H256;
      readonly due: u64;
    } & Struct;
    readonly isDisputeExtended: boolean;
    readonly asDisputeExtended: {
      readonly author: u32;
      readonly seq: u64;
      readonly due: u64;
    } & Struct;
    readonly isDisputeAnswered: boolean;
    readonly asDisputeAnswered: {
      readonly author: u32;
      readonly seq: u64;
      readonly outcome: PalletRecordAnchorLifeOutcome;
      readonly statement: H256;
    } & Struct;
    readonly isRetentionExtended: boolean;
    readonly asRetentionExtended: {
      readonly author: u32;
      readonly seq: u64;
      readonly until: u64;
    } & Struct;
    readonly isHeld: boolean;
    readonly asHeld: {
      readonly author: u32;
      readonly seq: u64;
      readonly by: u32;
      readonly until: u64;
    } & Struct;
    readonly isReleased: boolean;
    readonly asReleased: {
      readonly author: u32;
      readonly seq: u64;
      readonly by: u32;
    } & Struct;
    readonly isErasureRequested: boolean;
    readonly asErasureRequested: {
      readonly author: u32;
      readonly seq: u64;
      readonly due: u64;
    } & Struct;
    readonly isErasureWithdrawn: boolean;
    readonly asErasureWithdrawn: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isErasureRefused: boolean;
    readonly asErasureRefused: {
      readonly author: u32;
      readonly seq: u64;
      readonly reason: PalletRecordAnchorLifeRefusalReason;
    } & Struct;
    readonly isShredded: boolean;
    readonly asShredded: {
      readonly author: u32;
      readonly seq: u64;
      readonly why: PalletRecordAnchorLifeShredReason;
    } & Struct;
    readonly isEvicted: boolean;
    readonly asEvicted: {
      readonly author: u32;
      readonly seq: u64;
    } & Struct;
    readonly isSwept: boolean;
    readonly asSwept: {
      readonly author: u32;
      readonly seq: u64;
      readonly leaves: u32;
    } & Struct;
    readonly type: 'Anchored' | 'BatchAnchored' | 'Retracted' | 'Acknowledged' | 'Disputed' | 'DisputeExtended' | 'DisputeAnswered' | 'RetentionExtended' | 'Held' | 'Released' | 'ErasureRequested' | 'ErasureWithdrawn' | 'ErasureRefused' | 'Shredded' | 'Evicted' | 'Swept';
  }

  /** @name PalletRecordAnchorLifeShredReason (272) */
  interface PalletRecordAnchorLifeShredReason extends Enum {
    readonly isRetentionOver: boolean;
    readonly isErasureRequested: boolean;
    readonly type: 'RetentionOver' | 'ErasureRequested';
  }

  /** @name PalletClaimsEvent (273) */
  interface PalletClaimsEvent extends Enum {
    readonly isPlanPublished: boolean;
    readonly asPlanPublished: {
      readonly payer: u32;
      readonly plan: u32;
      readonly version: u32;
    } & Struct;
    readonly isEnrolled: boolean;
    readonly asEnrolled: {
      readonly coverage: u64;
      readonly payer: u32;
      readonly plan: u32;
      readonly version: u32;
    } & Struct;
    readonly isAccepted: boolean;
    readonly asAccepted: {
      readonly coverage: u64;
    } & Struct;
    readonly isTerminated: boolean;
    readonly asTerminated: {
      readonly coverage: u64;
      readonly until: u64;
    } & Struct;
    readonly isRekeyProposed: boolean;
    readonly asRekeyProposed: {
      readonly coverage: u64;
      readonly from: u64;
    } & Struct;
    readonly isRekeyed: boolean;
    readonly asRekeyed: {
      readonly coverage: u64;
    } & Struct;
    readonly isRekeyCancelled: boolean;
    readonly asRekeyCancelled: {
      readonly coverage: u64;
    } & Struct;
    readonly isEncounterOpened: boolean;
    readonly asEncounterOpened: {
      readonly encounter: u64;
      readonly provider: u32;
      readonly emergency: bool;
    } & Struct;
    readonly isEncounterAttested: boolean;
    readonly asEncounterAttested: {
      readonly encounter: u64;
      readonly coverage: u64;
    } & Struct;
    readonly isEncounterClosed: boolean;
    readonly asEncounterClosed: {
      readonly encounter: u64;
      readonly root: H256;
      readonly lines: u8;
    } & Struct;
    readonly isEncounterAmended: boolean;
    readonly asEncounterAmended: {
      readonly encounter: u64;
      readonly was: H256;
      readonly root: H256;
      readonly lines: u8;
    } & Struct;
    readonly isSubmitted: boolean;
    readonly asSubmitted: {
      readonly claim: u64;
      readonly encounter: u64;
      readonly coverage: u64;
      readonly previous: Option<u64>;
    } & Struct;
    readonly isPended: boolean;
    readonly asPended: {
      readonly claim: u64;
      readonly reason: PalletClaimsClaimPendReason;
      readonly due: u64;
      readonly held: u128;
    } & Struct;
    readonly isInformationRequested: boolean;
    readonly asInformationRequested: {
      readonly claim: u64;
      readonly due: u64;
    } & Struct;
    readonly isAnswered: boolean;
    readonly asAnswered: {
      readonly claim: u64;
      readonly due: u64;
    } & Struct;
    readonly isAdjudicated: boolean;
    readonly asAdjudicated: {
      readonly claim: u64;
      readonly totals: SalusClaimsAdjudicationResultTotals;
    } & Struct;
    readonly isWaiting: boolean;
    readonly asWaiting: {
      readonly claim: u64;
      readonly amount: u128;
      readonly ahead: u64;
    } & Struct;
    readonly isSettled: boolean;
    readonly asSettled: {
      readonly claim: u64;
      readonly paid: u128;
      readonly returned: u128;
      readonly interest: u128;
    } & Struct;
    readonly isSuperseded: boolean;
    readonly asSuperseded: {
      readonly claim: u64;
      readonly by: u64;
    } & Struct;
    readonly isVoided: boolean;
    readonly asVoided: {
      readonly claim: u64;
      readonly returned: u128;
    } & Struct;
    readonly isLapsed: boolean;
    readonly asLapsed: {
      readonly claim: u64;
    } & Struct;
    readonly isFunded: boolean;
    readonly asFunded: {
      readonly org: u32;
      readonly asset: u32;
      readonly amount: u128;
    } & Struct;
    readonly isWithdrawn: boolean;
    readonly asWithdrawn: {
      readonly org: u32;
      readonly asset: u32;
      readonly amount: u128;
    } & Struct;
    readonly isHoldReleased: boolean;
    readonly asHoldReleased: {
      readonly claim: u64;
      readonly amount: u128;
    } & Struct;
    readonly isPaidInPart: boolean;
    readonly asPaidInPart: {
      readonly claim: u64;
      readonly paid: u128;
      readonly interest: u128;
    } & Struct;
    readonly type: 'PlanPublished' | 'Enrolled' | 'Accepted' | 'Terminated' | 'RekeyProposed' | 'Rekeyed' | 'RekeyCancelled' | 'EncounterOpened' | 'EncounterAttested' | 'EncounterClosed' | 'EncounterAmended' | 'Submitted' | 'Pended' | 'InformationRequested' | 'Answered' | 'Adjudicated' | 'Waiting' | 'Settled' | 'Superseded' | 'Voided' | 'Lapsed' | 'Funded' | 'Withdrawn' | 'HoldReleased' | 'PaidInPart';
  }

  /** @name PalletClaimsClaimPendReason (274) */
  interface PalletClaimsClaimPendReason extends Enum {
    readonly isAboveLimit: boolean;
    readonly isNotAttested: boolean;
    readonly isReviewed: boolean;
    readonly type: 'AboveLimit' | 'NotAttested' | 'Reviewed';
  }

  /** @name SalusClaimsAdjudicationResultTotals (275) */
  interface SalusClaimsAdjudicationResultTotals extends Struct {
    readonly charge: Compact<u128>;
    readonly paid: Compact<u128>;
    readonly contractualObligation: Compact<u128>;
    readonly patientResponsibility: Compact<u128>;
    readonly otherAdjustment: Compact<u128>;
    readonly payerInitiated: Compact<u128>;
  }

  /** @name PalletCareEvent (276) */
  interface PalletCareEvent extends Enum {
    readonly isInvited: boolean;
    readonly asInvited: {
      readonly patient: H256;
      readonly invitation: u32;
      readonly organisation: u32;
      readonly referredBy: Option<u32>;
      readonly by: AccountId32;
    } & Struct;
    readonly isInvitationWithdrawn: boolean;
    readonly asInvitationWithdrawn: {
      readonly patient: H256;
      readonly invitation: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isRelationshipOpened: boolean;
    readonly asRelationshipOpened: {
      readonly relationship: u64;
      readonly patient: H256;
      readonly organisation: u32;
      readonly renewed: Option<u64>;
      readonly by: AccountId32;
    } & Struct;
    readonly isRelationshipEnded: boolean;
    readonly asRelationshipEnded: {
      readonly relationship: u64;
      readonly endedBy: PalletCareEndedBy;
      readonly by: AccountId32;
    } & Struct;
    readonly isOptedOut: boolean;
    readonly asOptedOut: {
      readonly patient: H256;
      readonly towards: SalusPrimitivesCareTowards;
      readonly by: AccountId32;
    } & Struct;
    readonly isOptInRequested: boolean;
    readonly asOptInRequested: {
      readonly patient: H256;
      readonly towards: SalusPrimitivesCareTowards;
      readonly readyAt: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isOptedIn: boolean;
    readonly asOptedIn: {
      readonly patient: H256;
      readonly towards: SalusPrimitivesCareTowards;
      readonly by: AccountId32;
    } & Struct;
    readonly isOptInCancelled: boolean;
    readonly asOptInCancelled: {
      readonly patient: H256;
      readonly towards: SalusPrimitivesCareTowards;
      readonly by: AccountId32;
    } & Struct;
    readonly isPolicyAnnounced: boolean;
    readonly asPolicyAnnounced: {
      readonly policy: SalusPrimitivesCareCarePolicy;
      readonly from: u64;
    } & Struct;
    readonly isPolicyWithdrawn: boolean;
    readonly asPolicyWithdrawn: {
      readonly policy: SalusPrimitivesCareCarePolicy;
    } & Struct;
    readonly type: 'Invited' | 'InvitationWithdrawn' | 'RelationshipOpened' | 'RelationshipEnded' | 'OptedOut' | 'OptInRequested' | 'OptedIn' | 'OptInCancelled' | 'PolicyAnnounced' | 'PolicyWithdrawn';
  }

  /** @name PalletCareEndedBy (277) */
  interface PalletCareEndedBy extends Enum {
    readonly isPatient: boolean;
    readonly isOrganisation: boolean;
    readonly isRenewal: boolean;
    readonly type: 'Patient' | 'Organisation' | 'Renewal';
  }

  /** @name PalletEmergencyEvent (278) */
  interface PalletEmergencyEvent extends Enum {
    readonly isGlassBroken: boolean;
    readonly asGlassBroken: {
      readonly emergency: u32;
      readonly patient: H256;
      readonly organisation: u32;
      readonly by: AccountId32;
      readonly until: u64;
    } & Struct;
    readonly isRecordedLate: boolean;
    readonly asRecordedLate: {
      readonly emergency: u32;
      readonly patient: H256;
      readonly organisation: u32;
      readonly by: AccountId32;
      readonly happenedAt: u64;
    } & Struct;
    readonly isOverCredit: boolean;
    readonly asOverCredit: {
      readonly emergency: u32;
      readonly organisation: u32;
    } & Struct;
    readonly isReviewed: boolean;
    readonly asReviewed: {
      readonly emergency: u32;
      readonly finding: PalletEmergencyFinding;
      readonly by: AccountId32;
      readonly actingFor: u32;
    } & Struct;
    readonly isDisputed: boolean;
    readonly asDisputed: {
      readonly emergency: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isRuled: boolean;
    readonly asRuled: {
      readonly emergency: u32;
      readonly finding: PalletEmergencyFinding;
      readonly by: AccountId32;
      readonly actingFor: u32;
    } & Struct;
    readonly isAdvanceDirectiveSet: boolean;
    readonly asAdvanceDirectiveSet: {
      readonly patient: H256;
      readonly value: SalusPrimitivesEmergencyAdvanceDirective;
      readonly by: AccountId32;
    } & Struct;
    readonly isRelaxationRequested: boolean;
    readonly asRelaxationRequested: {
      readonly patient: H256;
      readonly value: SalusPrimitivesEmergencyAdvanceDirective;
      readonly readyAt: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isAdvanceDirectiveRelaxed: boolean;
    readonly asAdvanceDirectiveRelaxed: {
      readonly patient: H256;
      readonly value: SalusPrimitivesEmergencyAdvanceDirective;
      readonly by: AccountId32;
    } & Struct;
    readonly isRelaxationCancelled: boolean;
    readonly asRelaxationCancelled: {
      readonly patient: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly type: 'GlassBroken' | 'RecordedLate' | 'OverCredit' | 'Reviewed' | 'Disputed' | 'Ruled' | 'AdvanceDirectiveSet' | 'RelaxationRequested' | 'AdvanceDirectiveRelaxed' | 'RelaxationCancelled';
  }

  /** @name PalletAccessLogEvent (279) */
  interface PalletAccessLogEvent extends Enum {
    readonly isLogCommitted: boolean;
    readonly asLogCommitted: {
      readonly organisation: u32;
      readonly number: u32;
      readonly head: H256;
      readonly seqUntil: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isLogBegunAnew: boolean;
    readonly asLogBegunAnew: {
      readonly organisation: u32;
      readonly number: u32;
      readonly epoch: u32;
      readonly head: H256;
      readonly by: AccountId32;
    } & Struct;
    readonly isReconciliationAttested: boolean;
    readonly asReconciliationAttested: {
      readonly organisation: u32;
      readonly counterparty: u32;
      readonly day: u32;
      readonly counts: PalletAccessLogCounts;
      readonly by: AccountId32;
    } & Struct;
    readonly type: 'LogCommitted' | 'LogBegunAnew' | 'ReconciliationAttested';
  }

  /** @name PalletAcknowledgementEvent (280) */
  interface PalletAcknowledgementEvent extends Enum {
    readonly isRevocationAcknowledged: boolean;
    readonly asRevocationAcknowledged: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly directive: u32;
      readonly onTime: bool;
      readonly by: AccountId32;
    } & Struct;
    readonly isRevocationOverdue: boolean;
    readonly asRevocationOverdue: {
      readonly organisation: u32;
      readonly patient: H256;
      readonly directive: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly type: 'RevocationAcknowledged' | 'RevocationOverdue';
  }

  /** @name PalletSealedEvent (281) */
  interface PalletSealedEvent extends Enum {
    readonly isPermitSealed: boolean;
    readonly asPermitSealed: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isDenialSealed: boolean;
    readonly asDenialSealed: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isSealedRevoked: boolean;
    readonly asSealedRevoked: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftRequested: boolean;
    readonly asLiftRequested: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly readyAt: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftApplied: boolean;
    readonly asLiftApplied: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isLiftCancelled: boolean;
    readonly asLiftCancelled: {
      readonly patient: H256;
      readonly sealed: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly type: 'PermitSealed' | 'DenialSealed' | 'SealedRevoked' | 'LiftRequested' | 'LiftApplied' | 'LiftCancelled';
  }

  /** @name PalletResearchEvent (282) */
  interface PalletResearchEvent extends Enum {
    readonly isPopulationOpened: boolean;
    readonly asPopulationOpened: {
      readonly custodian: u32;
      readonly total: u64;
    } & Struct;
    readonly isBudgetProposed: boolean;
    readonly asBudgetProposed: {
      readonly custodian: u32;
      readonly motion: u32;
      readonly more: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isBudgetVoted: boolean;
    readonly asBudgetVoted: {
      readonly custodian: u32;
      readonly motion: u32;
      readonly inFavour: bool;
      readonly by: AccountId32;
    } & Struct;
    readonly isBudgetConcluded: boolean;
    readonly asBudgetConcluded: {
      readonly custodian: u32;
      readonly motion: u32;
      readonly more: u64;
      readonly granted: bool;
      readonly tally: PalletResearchTally;
    } & Struct;
    readonly isDatasetOffered: boolean;
    readonly asDatasetOffered: {
      readonly dataset: u32;
      readonly custodian: u32;
      readonly committee: u32;
    } & Struct;
    readonly isVersionPublished: boolean;
    readonly asVersionPublished: {
      readonly dataset: u32;
      readonly version: u32;
      readonly termsVersion: u32;
      readonly epoch: u32;
    } & Struct;
    readonly isShortcutSet: boolean;
    readonly asShortcutSet: {
      readonly dataset: u32;
      readonly allowed: bool;
    } & Struct;
    readonly isDatasetRetired: boolean;
    readonly asDatasetRetired: {
      readonly dataset: u32;
    } & Struct;
    readonly isStudyRegistered: boolean;
    readonly asStudyRegistered: {
      readonly study: u32;
      readonly organisation: u32;
      readonly investigator: AccountId32;
      readonly ethics: u32;
    } & Struct;
    readonly isStudyAmended: boolean;
    readonly asStudyAmended: {
      readonly study: u32;
      readonly protocol: u32;
    } & Struct;
    readonly isEthicsApproved: boolean;
    readonly asEthicsApproved: {
      readonly study: u32;
      readonly protocol: H256;
      readonly organisation: u32;
      readonly until: u64;
      readonly by: AccountId32;
    } & Struct;
    readonly isEthicsEnded: boolean;
    readonly asEthicsEnded: {
      readonly study: u32;
      readonly organisation: u32;
      readonly forGood: bool;
      readonly by: AccountId32;
    } & Struct;
    readonly isAccessRequested: boolean;
    readonly asAccessRequested: {
      readonly request: u32;
      readonly study: u32;
      readonly dataset: u32;
    } & Struct;
    readonly isRequestCosigned: boolean;
    readonly asRequestCosigned: {
      readonly request: u32;
      readonly decision: SalusResearchDataUseDecision;
      readonly excluded: Option<SalusResearchDataUseRule>;
      readonly by: AccountId32;
    } & Struct;
    readonly isVoted: boolean;
    readonly asVoted: {
      readonly request: u32;
      readonly inFavour: bool;
      readonly by: AccountId32;
    } & Struct;
    readonly isRequestDecided: boolean;
    readonly asRequestDecided: {
      readonly request: u32;
      readonly approved: bool;
      readonly by: PalletResearchRequestsDecidedBy;
    } & Struct;
    readonly isTermsAccepted: boolean;
    readonly asTermsAccepted: {
      readonly permit: u32;
      readonly version: u32;
      readonly until: u64;
    } & Struct;
    readonly isPermitRenewed: boolean;
    readonly asPermitRenewed: {
      readonly permit: u32;
      readonly until: u64;
    } & Struct;
    readonly isReportFiled: boolean;
    readonly asReportFiled: {
      readonly permit: u32;
      readonly year: u64;
    } & Struct;
    readonly isOutputRecorded: boolean;
    readonly asOutputRecorded: {
      readonly permit: u32;
      readonly kind: PalletResearchPermitsOutputKind;
      readonly commitment: H256;
    } & Struct;
    readonly isPermitClosed: boolean;
    readonly asPermitClosed: {
      readonly permit: u32;
    } & Struct;
    readonly isDestructionAttested: boolean;
    readonly asDestructionAttested: {
      readonly permit: u32;
    } & Struct;
    readonly isPermitRevoked: boolean;
    readonly asPermitRevoked: {
      readonly permit: u32;
      readonly reason: PalletResearchPermitsRevocationReason;
      readonly actingFor: u32;
      readonly by: AccountId32;
    } & Struct;
    readonly isQueryReserved: boolean;
    readonly asQueryReserved: {
      readonly custodian: u32;
      readonly query: u64;
      readonly permit: u32;
      readonly epsilon: u64;
    } & Struct;
    readonly isQuerySettled: boolean;
    readonly asQuerySettled: {
      readonly custodian: u32;
      readonly query: u64;
    } & Struct;
    readonly type: 'PopulationOpened' | 'BudgetProposed' | 'BudgetVoted' | 'BudgetConcluded' | 'DatasetOffered' | 'VersionPublished' | 'ShortcutSet' | 'DatasetRetired' | 'StudyRegistered' | 'StudyAmended' | 'EthicsApproved' | 'EthicsEnded' | 'AccessRequested' | 'RequestCosigned' | 'Voted' | 'RequestDecided' | 'TermsAccepted' | 'PermitRenewed' | 'ReportFiled' | 'OutputRecorded' | 'PermitClosed' | 'DestructionAttested' | 'PermitRevoked' | 'QueryReserved' | 'QuerySettled';
  }

  /** @name PalletResearchTally (283) */
  interface PalletResearchTally extends Struct {
    readonly inFavour: u32;
    readonly against: u32;
  }

  /** @name SalusResearchDataUseDecision (284) */
  interface SalusResearchDataUseDecision extends Struct {
    readonly version: u16;
    readonly answer: SalusResearchDataUseAnswer;
  }

  /** @name SalusResearchDataUseAnswer (285) */
  interface SalusResearchDataUseAnswer extends Enum {
    readonly isMatch: boolean;
    readonly isNoMatch: boolean;
    readonly asNoMatch: SalusResearchDataUseRule;
    readonly isAbstain: boolean;
    readonly asAbstain: SalusResearchDataUseCode;
    readonly type: 'Match' | 'NoMatch' | 'Abstain';
  }

  /** @name SalusResearchDataUseRule (286) */
  interface SalusResearchDataUseRule extends Enum {
    readonly isGeneral: boolean;
    readonly isBiomedical: boolean;
    readonly isDisease: boolean;
    readonly isAncestry: boolean;
    readonly isMethods: boolean;
    readonly isClinicalCare: boolean;
    readonly isNpu: boolean;
    readonly isNcu: boolean;
    readonly isNpuncu: boolean;
    readonly isGso: boolean;
    readonly isPub: boolean;
    readonly isCol: boolean;
    readonly isIrb: boolean;
    readonly isRtn: boolean;
    readonly isUs: boolean;
    readonly isPs: boolean;
    readonly isIs: boolean;
    readonly isGs: boolean;
    readonly isTs: boolean;
    readonly isMor: boolean;
    readonly type: 'General' | 'Biomedical' | 'Disease' | 'Ancestry' | 'Methods' | 'ClinicalCare' | 'Npu' | 'Ncu' | 'Npuncu' | 'Gso' | 'Pub' | 'Col' | 'Irb' | 'Rtn' | 'Us' | 'Ps' | 'Is' | 'Gs' | 'Ts' | 'Mor';
  }

  /** @name SalusResearchDataUseCode (287) */
  interface SalusResearchDataUseCode extends Enum {
    readonly isPermission: boolean;
    readonly isModifier: boolean;
    readonly asModifier: u8;
    readonly isUse: boolean;
    readonly asUse: u8;
    readonly isNoUse: boolean;
    readonly isCondition: boolean;
    readonly asCondition: SalusResearchDataUseRule;
    readonly type: 'Permission' | 'Modifier' | 'Use' | 'NoUse' | 'Condition';
  }

  /** @name PalletResearchRequestsDecidedBy (289) */
  interface PalletResearchRequestsDecidedBy extends Enum {
    readonly isMatch: boolean;
    readonly isVote: boolean;
    readonly asVote: PalletResearchTally;
    readonly type: 'Match' | 'Vote';
  }

  /** @name FrameSystemPhase (290) */
  interface FrameSystemPhase extends Enum {
    readonly isApplyExtrinsic: boolean;
    readonly asApplyExtrinsic: u32;
    readonly isFinalization: boolean;
    readonly isInitialization: boolean;
    readonly type: 'ApplyExtrinsic' | 'Finalization' | 'Initialization';
  }

  /** @name FrameSystemLastRuntimeUpgradeInfo (292) */
  interface FrameSystemLastRuntimeUpgradeInfo extends Struct {
    readonly specVersion: Compact<u32>;
    readonly specName: Text;
  }

  /** @name FrameSystemCodeUpgradeAuthorization (295) */
  interface FrameSystemCodeUpgradeAuthorization extends Struct {
    readonly codeHash: H256;
    readonly checkVersion: bool;
  }

  /** @name FrameSystemLimitsBlockWeights (296) */
  interface FrameSystemLimitsBlockWeights extends Struct {
    readonly baseBlock: SpWeightsWeightV2Weight;
    readonly maxBlock: SpWeightsWeightV2Weight;
    readonly perClass: FrameSupportDispatchPerDispatchClassWeightsPerClass;
  }

  /** @name FrameSupportDispatchPerDispatchClassWeightsPerClass (297) */
  interface FrameSupportDispatchPerDispatchClassWeightsPerClass extends Struct {
    readonly normal: FrameSystemLimitsWeightsPerClass;
    readonly operational: FrameSystemLimitsWeightsPerClass;
    readonly mandatory: FrameSystemLimitsWeightsPerClass;
  }

  /** @name FrameSystemLimitsWeightsPerClass (298) */
  interface FrameSystemLimitsWeightsPerClass extends Struct {
    readonly baseExtrinsic: SpWeightsWeightV2Weight;
    readonly maxExtrinsic: Option<SpWeightsWeightV2Weight>;
    readonly maxTotal: Option<SpWeightsWeightV2Weight>;
    readonly reserved: Option<SpWeightsWeightV2Weight>;
  }

  /** @name FrameSystemLimitsBlockLength (300) */
  interface FrameSystemLimitsBlockLength extends Struct {
    readonly max: FrameSupportDispatchPerDispatchClassU32;
    readonly maxHeaderSize: Option<u32>;
  }

  /** @name FrameSupportDispatchPerDispatchClassU32 (301) */
  interface FrameSupportDispatchPerDispatchClassU32 extends Struct {
    readonly normal: u32;
    readonly operational: u32;
    readonly mandatory: u32;
  }

  /** @name SpWeightsRuntimeDbWeight (302) */
  interface SpWeightsRuntimeDbWeight extends Struct {
    readonly read: u64;
    readonly write: u64;
  }

  /** @name SpVersionRuntimeVersion (303) */
  interface SpVersionRuntimeVersion extends Struct {
    readonly specName: Text;
    readonly implName: Text;
    readonly authoringVersion: u32;
    readonly specVersion: u32;
    readonly implVersion: u32;
    readonly apis: Vec<ITuple<[U8aFixed, u32]>>;
    readonly transactionVersion: u32;
    readonly systemVersion: u8;
  }

  /** @name FrameSystemError (308) */
  interface FrameSystemError extends Enum {
    readonly isInvalidSpecName: boolean;
    readonly isSpecVersionNeedsToIncrease: boolean;
    readonly isFailedToExtractRuntimeVersion: boolean;
    readonly isNonDefaultComposite: boolean;
    readonly isNonZeroRefCount: boolean;
    readonly isCallFiltered: boolean;
    readonly isMultiBlockMigrationsOngoing: boolean;
    readonly isNothingAuthorized: boolean;
    readonly isUnauthorized: boolean;
    readonly type: 'InvalidSpecName' | 'SpecVersionNeedsToIncrease' | 'FailedToExtractRuntimeVersion' | 'NonDefaultComposite' | 'NonZeroRefCount' | 'CallFiltered' | 'MultiBlockMigrationsOngoing' | 'NothingAuthorized' | 'Unauthorized';
  }

  /** @name SpRuntimeBlakeTwo256 (309) */
  type SpRuntimeBlakeTwo256 = Null;

  /** @name SpRuntimeBlock (310) */
  interface SpRuntimeBlock extends Struct {
    readonly header: SpRuntimeHeader;
    readonly extrinsics: Vec<Bytes>;
  }

  /** @name PalletPreimageOldRequestStatus (314) */
  interface PalletPreimageOldRequestStatus extends Enum {
    readonly isUnrequested: boolean;
    readonly asUnrequested: {
      readonly deposit: ITuple<[AccountId32, u128]>;
      readonly len: u32;
    } & Struct;
    readonly isRequested: boolean;
    readonly asRequested: {
      readonly deposit: Option<ITuple<[AccountId32, u128]>>;
      readonly count: u32;
      readonly len: Option<u32>;
    } & Struct;
    readonly type: 'Unrequested' | 'Requested';
  }

  /** @name PalletPreimageRequestStatus (317) */
  interface PalletPreimageRequestStatus extends Enum {
    readonly isUnrequested: boolean;
    readonly asUnrequested: {
      readonly ticket: ITuple<[AccountId32, u128]>;
      readonly len: u32;
    } & Struct;
    readonly isRequested: boolean;
    readonly asRequested: {
      readonly maybeTicket: Option<ITuple<[AccountId32, u128]>>;
      readonly count: u32;
      readonly maybeLen: Option<u32>;
    } & Struct;
    readonly type: 'Unrequested' | 'Requested';
  }

  /** @name PalletPreimageError (323) */
  interface PalletPreimageError extends Enum {
    readonly isTooBig: boolean;
    readonly isAlreadyNoted: boolean;
    readonly isNotAuthorized: boolean;
    readonly isNotNoted: boolean;
    readonly isRequested: boolean;
    readonly isNotRequested: boolean;
    readonly isTooMany: boolean;
    readonly isTooFew: boolean;
    readonly type: 'TooBig' | 'AlreadyNoted' | 'NotAuthorized' | 'NotNoted' | 'Requested' | 'NotRequested' | 'TooMany' | 'TooFew';
  }

  /** @name PalletSchedulerScheduled (326) */
  interface PalletSchedulerScheduled extends Struct {
    readonly maybeId: Option<U8aFixed>;
    readonly priority: u8;
    readonly call: FrameSupportPreimagesBounded;
    readonly maybePeriodic: Option<ITuple<[u32, u32]>>;
    readonly origin: SalusRuntimeOriginCaller;
  }

  /** @name FrameSupportPreimagesBounded (327) */
  interface FrameSupportPreimagesBounded extends Enum {
    readonly isLegacy: boolean;
    readonly asLegacy: {
      readonly hash_: H256;
    } & Struct;
    readonly isInline: boolean;
    readonly asInline: Bytes;
    readonly isLookup: boolean;
    readonly asLookup: {
      readonly hash_: H256;
      readonly len: u32;
    } & Struct;
    readonly type: 'Legacy' | 'Inline' | 'Lookup';
  }

  /** @name PalletSchedulerRetryConfig (330) */
  interface PalletSchedulerRetryConfig extends Struct {
    readonly totalRetries: u8;
    readonly remaining: u8;
    readonly period: u32;
  }

  /** @name PalletSchedulerError (331) */
  interface PalletSchedulerError extends Enum {
    readonly isFailedToSchedule: boolean;
    readonly isNotFound: boolean;
    readonly isTargetBlockNumberInPast: boolean;
    readonly isRescheduleNoChange: boolean;
    readonly isNamed: boolean;
    readonly type: 'FailedToSchedule' | 'NotFound' | 'TargetBlockNumberInPast' | 'RescheduleNoChange' | 'Named';
  }

  /** @name PalletUtilityError (332) */
  interface PalletUtilityError extends Enum {
    readonly isTooManyCalls: boolean;
    readonly type: 'TooManyCalls';
  }

  /** @name PalletMultisigMultisig (334) */
  interface PalletMultisigMultisig extends Struct {
    readonly when: PalletMultisigTimepoint;
    readonly deposit: u128;
    readonly depositor: AccountId32;
    readonly approvals: Vec<AccountId32>;
  }

  /** @name PalletMultisigError (336) */
  interface PalletMultisigError extends Enum {
    readonly isMinimumThreshold: boolean;
    readonly isAlreadyApproved: boolean;
    readonly isNoApprovalsNeeded: boolean;
    readonly isTooFewSignatories: boolean;
    readonly isTooManySignatories: boolean;
    readonly isSignatoriesOutOfOrder: boolean;
    readonly isSenderInSignatories: boolean;
    readonly isNotFound: boolean;
    readonly isNotOwner: boolean;
    readonly isNoTimepoint: boolean;
    readonly isWrongTimepoint: boolean;
    readonly isUnexpectedTimepoint: boolean;
    readonly isMaxWeightTooLow: boolean;
    readonly isAlreadyStored: boolean;
    readonly type: 'MinimumThreshold' | 'AlreadyApproved' | 'NoApprovalsNeeded' | 'TooFewSignatories' | 'TooManySignatories' | 'SignatoriesOutOfOrder' | 'SenderInSignatories' | 'NotFound' | 'NotOwner' | 'NoTimepoint' | 'WrongTimepoint' | 'UnexpectedTimepoint' | 'MaxWeightTooLow' | 'AlreadyStored';
  }

  /** @name PalletProxyProxyDefinition (339) */
  interface PalletProxyProxyDefinition extends Struct {
    readonly delegate: AccountId32;
    readonly proxyType: SalusRuntimeCommonProxyType;
    readonly delay: u32;
  }

  /** @name PalletProxyAnnouncement (343) */
  interface PalletProxyAnnouncement extends Struct {
    readonly real: AccountId32;
    readonly callHash: H256;
    readonly height: u32;
  }

  /** @name PalletProxyError (345) */
  interface PalletProxyError extends Enum {
    readonly isTooMany: boolean;
    readonly isNotFound: boolean;
    readonly isNotProxy: boolean;
    readonly isUnproxyable: boolean;
    readonly isDuplicate: boolean;
    readonly isNoPermission: boolean;
    readonly isUnannounced: boolean;
    readonly isNoSelfProxy: boolean;
    readonly type: 'TooMany' | 'NotFound' | 'NotProxy' | 'Unproxyable' | 'Duplicate' | 'NoPermission' | 'Unannounced' | 'NoSelfProxy';
  }

  /** @name PalletSafeModeError (347) */
  interface PalletSafeModeError extends Enum {
    readonly isEntered: boolean;
    readonly isExited: boolean;
    readonly isNotConfigured: boolean;
    readonly isNoDeposit: boolean;
    readonly isAlreadyDeposited: boolean;
    readonly isCannotReleaseYet: boolean;
    readonly isCurrencyError: boolean;
    readonly type: 'Entered' | 'Exited' | 'NotConfigured' | 'NoDeposit' | 'AlreadyDeposited' | 'CannotReleaseYet' | 'CurrencyError';
  }

  /** @name PalletMigrationsError (348) */
  interface PalletMigrationsError extends Enum {
    readonly isOngoing: boolean;
    readonly type: 'Ongoing';
  }

  /** @name PalletMigrationsMbmIsOngoing (349) */
  interface PalletMigrationsMbmIsOngoing extends Enum {
    readonly isYes: boolean;
    readonly isNo: boolean;
    readonly isStuck: boolean;
    readonly type: 'Yes' | 'No' | 'Stuck';
  }

  /** @name PalletMigrationsMbmProgress (351) */
  interface PalletMigrationsMbmProgress extends Struct {
    readonly currentMigration: u32;
    readonly totalMigrations: u32;
    readonly currentMigrationSteps: u32;
    readonly currentMigrationMaxSteps: Option<u32>;
  }

  /** @name PalletMigrationsMbmStatus (352) */
  interface PalletMigrationsMbmStatus extends Struct {
    readonly ongoing: PalletMigrationsMbmIsOngoing;
    readonly progress: Option<PalletMigrationsMbmProgress>;
    readonly prefixes: Vec<Bytes>;
  }

  /** @name PalletTxPauseError (353) */
  interface PalletTxPauseError extends Enum {
    readonly isIsPaused: boolean;
    readonly isIsUnpaused: boolean;
    readonly isUnpausable: boolean;
    readonly isNotFound: boolean;
    readonly type: 'IsPaused' | 'IsUnpaused' | 'Unpausable' | 'NotFound';
  }

  /** @name PalletBalancesBalanceLock (355) */
  interface PalletBalancesBalanceLock extends Struct {
    readonly id: U8aFixed;
    readonly amount: u128;
    readonly reasons: PalletBalancesReasons;
  }

  /** @name PalletBalancesReasons (356) */
  interface PalletBalancesReasons extends Enum {
    readonly isFee: boolean;
    readonly isMisc: boolean;
    readonly isAll: boolean;
    readonly type: 'Fee' | 'Misc' | 'All';
  }

  /** @name PalletBalancesReserveData (359) */
  interface PalletBalancesReserveData extends Struct {
    readonly id: U8aFixed;
    readonly amount: u128;
  }

  /** @name FrameSupportTokensMiscIdAmountRuntimeHoldReason (362) */
  interface FrameSupportTokensMiscIdAmountRuntimeHoldReason extends Struct {
    readonly id: SalusRuntimeRuntimeHoldReason;
    readonly amount: u128;
  }

  /** @name FrameSupportTokensMiscIdAmountRuntimeFreezeReason (365) */
  interface FrameSupportTokensMiscIdAmountRuntimeFreezeReason extends Struct {
    readonly id: SalusRuntimeRuntimeFreezeReason;
    readonly amount: u128;
  }

  /** @name SalusRuntimeRuntimeFreezeReason (366) */
  type SalusRuntimeRuntimeFreezeReason = Null;

  /** @name PalletBalancesError (368) */
  interface PalletBalancesError extends Enum {
    readonly isVestingBalance: boolean;
    readonly isLiquidityRestrictions: boolean;
    readonly isInsufficientBalance: boolean;
    readonly isExistentialDeposit: boolean;
    readonly isExpendability: boolean;
    readonly isExistingVestingSchedule: boolean;
    readonly isDeadAccount: boolean;
    readonly isTooManyReserves: boolean;
    readonly isTooManyHolds: boolean;
    readonly isTooManyFreezes: boolean;
    readonly isIssuanceDeactivated: boolean;
    readonly isDeltaZero: boolean;
    readonly type: 'VestingBalance' | 'LiquidityRestrictions' | 'InsufficientBalance' | 'ExistentialDeposit' | 'Expendability' | 'ExistingVestingSchedule' | 'DeadAccount' | 'TooManyReserves' | 'TooManyHolds' | 'TooManyFreezes' | 'IssuanceDeactivated' | 'DeltaZero';
  }

  /** @name PalletTransactionPaymentReleases (370) */
  interface PalletTransactionPaymentReleases extends Enum {
    readonly isV1Ancient: boolean;
    readonly isV2: boolean;
    readonly type: 'V1Ancient' | 'V2';
  }

  /** @name FrameSupportStorageNoDrop (371) */
  interface FrameSupportStorageNoDrop extends FrameSupportTokensFungibleImbalance {}

  /** @name FrameSupportTokensFungibleImbalance (372) */
  interface FrameSupportTokensFungibleImbalance extends Struct {
    readonly amount: u128;
  }

  /** @name SalusPrimitivesAllowanceU128 (373) */
  interface SalusPrimitivesAllowanceU128 extends Struct {
    readonly used: u128;
    readonly since: u64;
  }

  /** @name PalletSponsorshipBudget (374) */
  interface PalletSponsorshipBudget extends Enum {
    readonly isPatient: boolean;
    readonly asPatient: H256;
    readonly isOrganisation: boolean;
    readonly asOrganisation: u32;
    readonly isMembers: boolean;
    readonly asMembers: u32;
    readonly isPatients: boolean;
    readonly asPatients: u32;
    readonly isPatientCohort: boolean;
    readonly asPatientCohort: ITuple<[u32, u32]>;
    readonly isMemberCohort: boolean;
    readonly asMemberCohort: ITuple<[u32, u32]>;
    readonly isPatientReserve: boolean;
    readonly asPatientReserve: H256;
    readonly isMemberReserve: boolean;
    readonly asMemberReserve: u64;
    readonly isEmergencies: boolean;
    readonly asEmergencies: u32;
    readonly isEmergenciesOf: boolean;
    readonly asEmergenciesOf: ITuple<[u32, U8aFixed]>;
    readonly isAnswers: boolean;
    readonly asAnswers: u32;
    readonly isAnswersOf: boolean;
    readonly asAnswersOf: ITuple<[u32, U8aFixed]>;
    readonly type: 'Patient' | 'Organisation' | 'Members' | 'Patients' | 'PatientCohort' | 'MemberCohort' | 'PatientReserve' | 'MemberReserve' | 'Emergencies' | 'EmergenciesOf' | 'Answers' | 'AnswersOf';
  }

  /** @name FrameSupportPalletId (376) */
  interface FrameSupportPalletId extends U8aFixed {}

  /** @name PalletAssetsAssetDetails (377) */
  interface PalletAssetsAssetDetails extends Struct {
    readonly owner: AccountId32;
    readonly issuer: AccountId32;
    readonly admin: AccountId32;
    readonly freezer: AccountId32;
    readonly supply: u128;
    readonly deposit: u128;
    readonly minBalance: u128;
    readonly isSufficient: bool;
    readonly accounts: u32;
    readonly sufficients: u32;
    readonly approvals: u32;
    readonly status: PalletAssetsAssetStatus;
  }

  /** @name PalletAssetsAssetStatus (378) */
  interface PalletAssetsAssetStatus extends Enum {
    readonly isLive: boolean;
    readonly isFrozen: boolean;
    readonly isDestroying: boolean;
    readonly type: 'Live' | 'Frozen' | 'Destroying';
  }

  /** @name PalletAssetsAssetAccount (380) */
  interface PalletAssetsAssetAccount extends Struct {
    readonly balance: u128;
    readonly status: PalletAssetsAccountStatus;
    readonly reason: PalletAssetsExistenceReason;
    readonly extra: Null;
  }

  /** @name PalletAssetsAccountStatus (381) */
  interface PalletAssetsAccountStatus extends Enum {
    readonly isLiquid: boolean;
    readonly isFrozen: boolean;
    readonly isBlocked: boolean;
    readonly type: 'Liquid' | 'Frozen' | 'Blocked';
  }

  /** @name PalletAssetsExistenceReason (382) */
  interface PalletAssetsExistenceReason extends Enum {
    readonly isConsumer: boolean;
    readonly isSufficient: boolean;
    readonly isDepositHeld: boolean;
    readonly asDepositHeld: u128;
    readonly isDepositRefunded: boolean;
    readonly isDepositFrom: boolean;
    readonly asDepositFrom: ITuple<[AccountId32, u128]>;
    readonly type: 'Consumer' | 'Sufficient' | 'DepositHeld' | 'DepositRefunded' | 'DepositFrom';
  }

  /** @name PalletAssetsApproval (384) */
  interface PalletAssetsApproval extends Struct {
    readonly amount: u128;
    readonly deposit: u128;
  }

  /** @name PalletAssetsAssetMetadata (385) */
  interface PalletAssetsAssetMetadata extends Struct {
    readonly deposit: u128;
    readonly name: Bytes;
    readonly symbol: Bytes;
    readonly decimals: u8;
    readonly isFrozen: bool;
  }

  /** @name PalletAssetsError (387) */
  interface PalletAssetsError extends Enum {
    readonly isBalanceLow: boolean;
    readonly isNoAccount: boolean;
    readonly isNoPermission: boolean;
    readonly isUnknown: boolean;
    readonly isFrozen: boolean;
    readonly isInUse: boolean;
    readonly isBadWitness: boolean;
    readonly isMinBalanceZero: boolean;
    readonly isUnavailableConsumer: boolean;
    readonly isBadMetadata: boolean;
    readonly isUnapproved: boolean;
    readonly isWouldDie: boolean;
    readonly isAlreadyExists: boolean;
    readonly isNoDeposit: boolean;
    readonly isWouldBurn: boolean;
    readonly isLiveAsset: boolean;
    readonly isAssetNotLive: boolean;
    readonly isIncorrectStatus: boolean;
    readonly isNotFrozen: boolean;
    readonly isCallbackFailed: boolean;
    readonly isBadAssetId: boolean;
    readonly isAssetIdAllocationFailed: boolean;
    readonly isContainsFreezes: boolean;
    readonly isContainsHolds: boolean;
    readonly isTooManyReserves: boolean;
    readonly isIncompleteDepositTransfer: boolean;
    readonly type: 'BalanceLow' | 'NoAccount' | 'NoPermission' | 'Unknown' | 'Frozen' | 'InUse' | 'BadWitness' | 'MinBalanceZero' | 'UnavailableConsumer' | 'BadMetadata' | 'Unapproved' | 'WouldDie' | 'AlreadyExists' | 'NoDeposit' | 'WouldBurn' | 'LiveAsset' | 'AssetNotLive' | 'IncorrectStatus' | 'NotFrozen' | 'CallbackFailed' | 'BadAssetId' | 'AssetIdAllocationFailed' | 'ContainsFreezes' | 'ContainsHolds' | 'TooManyReserves' | 'IncompleteDepositTransfer';
  }

  /** @name PalletAssetsHolderError (390) */
  interface PalletAssetsHolderError extends Enum {
    readonly isTooManyHolds: boolean;
    readonly type: 'TooManyHolds';
  }

  /** @name PalletTreasuryProposal (391) */
  interface PalletTreasuryProposal extends Struct {
    readonly proposer: AccountId32;
    readonly value: u128;
    readonly beneficiary: AccountId32;
    readonly bond: u128;
  }

  /** @name PalletTreasurySpendStatus (394) */
  interface PalletTreasurySpendStatus extends Struct {
    readonly assetKind: Null;
    readonly amount: u128;
    readonly beneficiary: AccountId32;
    readonly validFrom: u32;
    readonly expireAt: u32;
    readonly status: PalletTreasuryPaymentState;
  }

  /** @name PalletTreasuryPaymentState (395) */
  interface PalletTreasuryPaymentState extends Enum {
    readonly isPending: boolean;
    readonly isAttempted: boolean;
    readonly asAttempted: {
      readonly id: Null;
    } & Struct;
    readonly isFailed: boolean;
    readonly type: 'Pending' | 'Attempted' | 'Failed';
  }

  /** @name PalletTreasuryError (397) */
  interface PalletTreasuryError extends Enum {
    readonly isInvalidIndex: boolean;
    readonly isTooManyApprovals: boolean;
    readonly isInsufficientPermission: boolean;
    readonly isProposalNotApproved: boolean;
    readonly isFailedToConvertBalance: boolean;
    readonly isSpendExpired: boolean;
    readonly isEarlyPayout: boolean;
    readonly isAlreadyAttempted: boolean;
    readonly isPayoutError: boolean;
    readonly isNotAttempted: boolean;
    readonly isInconclusive: boolean;
    readonly type: 'InvalidIndex' | 'TooManyApprovals' | 'InsufficientPermission' | 'ProposalNotApproved' | 'FailedToConvertBalance' | 'SpendExpired' | 'EarlyPayout' | 'AlreadyAttempted' | 'PayoutError' | 'NotAttempted' | 'Inconclusive';
  }

  /** @name SpConsensusBabeDigestsPreDigest (404) */
  interface SpConsensusBabeDigestsPreDigest extends Enum {
    readonly isPrimary: boolean;
    readonly asPrimary: SpConsensusBabeDigestsPrimaryPreDigest;
    readonly isSecondaryPlain: boolean;
    readonly asSecondaryPlain: SpConsensusBabeDigestsSecondaryPlainPreDigest;
    readonly isSecondaryVRF: boolean;
    readonly asSecondaryVRF: SpConsensusBabeDigestsSecondaryVRFPreDigest;
    readonly type: 'Primary' | 'SecondaryPlain' | 'SecondaryVRF';
  }

  /** @name SpConsensusBabeDigestsPrimaryPreDigest (405) */
  interface SpConsensusBabeDigestsPrimaryPreDigest extends Struct {
    readonly authorityIndex: u32;
    readonly slot: u64;
    readonly vrfSignature: SpCoreSr25519VrfVrfSignature;
  }

  /** @name SpCoreSr25519VrfVrfSignature (406) */
  interface SpCoreSr25519VrfVrfSignature extends Struct {
    readonly preOutput: U8aFixed;
    readonly proof: U8aFixed;
  }

  /** @name SpConsensusBabeDigestsSecondaryPlainPreDigest (407) */
  interface SpConsensusBabeDigestsSecondaryPlainPreDigest extends Struct {
    readonly authorityIndex: u32;
    readonly slot: u64;
  }

  /** @name SpConsensusBabeDigestsSecondaryVRFPreDigest (408) */
  interface SpConsensusBabeDigestsSecondaryVRFPreDigest extends Struct {
    readonly authorityIndex: u32;
    readonly slot: u64;
    readonly vrfSignature: SpCoreSr25519VrfVrfSignature;
  }

  /** @name SpConsensusBabeBabeEpochConfiguration (409) */
  interface SpConsensusBabeBabeEpochConfiguration extends Struct {
    readonly c: ITuple<[u64, u64]>;
    readonly allowedSlots: SpConsensusBabeAllowedSlots;
  }

  /** @name PalletBabeError (413) */
  interface PalletBabeError extends Enum {
    readonly isInvalidEquivocationProof: boolean;
    readonly isInvalidKeyOwnershipProof: boolean;
    readonly isDuplicateOffenceReport: boolean;
    readonly isInvalidConfiguration: boolean;
    readonly type: 'InvalidEquivocationProof' | 'InvalidKeyOwnershipProof' | 'DuplicateOffenceReport' | 'InvalidConfiguration';
  }

  /** @name SpStakingOffenceOffenceDetails (414) */
  interface SpStakingOffenceOffenceDetails extends Struct {
    readonly offender: ITuple<[AccountId32, u32]>;
    readonly reporters: Vec<AccountId32>;
  }

  /** @name PalletValidatorSetMembership (416) */
  interface PalletValidatorSetMembership extends Struct {
    readonly organisation: u32;
    readonly since: u32;
  }

  /** @name PalletValidatorSetDeparture (417) */
  interface PalletValidatorSetDeparture extends Struct {
    readonly organisation: u32;
    readonly since: u32;
  }

  /** @name PalletValidatorSetOffender (418) */
  interface PalletValidatorSetOffender extends Struct {
    readonly severity: Perbill;
    readonly retained: bool;
  }

  /** @name PalletValidatorSetOrganisationRecord (419) */
  interface PalletValidatorSetOrganisationRecord extends Struct {
    readonly count: u32;
    readonly latest: Vec<PalletValidatorSetOffenceRecord>;
  }

  /** @name PalletValidatorSetOffenceRecord (421) */
  interface PalletValidatorSetOffenceRecord extends Struct {
    readonly validator: AccountId32;
    readonly session: u32;
    readonly severity: Perbill;
  }

  /** @name PalletValidatorSetError (423) */
  interface PalletValidatorSetError extends Enum {
    readonly isAlreadyMember: boolean;
    readonly isNotMember: boolean;
    readonly isStillLeaving: boolean;
    readonly isTooManyValidators: boolean;
    readonly isBelowMinimum: boolean;
    readonly type: 'AlreadyMember' | 'NotMember' | 'StillLeaving' | 'TooManyValidators' | 'BelowMinimum';
  }

  /** @name SpCoreCryptoKeyTypeId (430) */
  interface SpCoreCryptoKeyTypeId extends U8aFixed {}

  /** @name PalletSessionError (431) */
  interface PalletSessionError extends Enum {
    readonly isInvalidProof: boolean;
    readonly isNoAssociatedValidatorId: boolean;
    readonly isDuplicatedKey: boolean;
    readonly isNoKeys: boolean;
    readonly isNoAccount: boolean;
    readonly type: 'InvalidProof' | 'NoAssociatedValidatorId' | 'DuplicatedKey' | 'NoKeys' | 'NoAccount';
  }

  /** @name PalletGrandpaStoredState (432) */
  interface PalletGrandpaStoredState extends Enum {
    readonly isLive: boolean;
    readonly isPendingPause: boolean;
    readonly asPendingPause: {
      readonly scheduledAt: u32;
      readonly delay: u32;
    } & Struct;
    readonly isPaused: boolean;
    readonly isPendingResume: boolean;
    readonly asPendingResume: {
      readonly scheduledAt: u32;
      readonly delay: u32;
    } & Struct;
    readonly type: 'Live' | 'PendingPause' | 'Paused' | 'PendingResume';
  }

  /** @name PalletGrandpaStoredPendingChange (433) */
  interface PalletGrandpaStoredPendingChange extends Struct {
    readonly scheduledAt: u32;
    readonly delay: u32;
    readonly nextAuthorities: Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>>;
    readonly forced: Option<u32>;
  }

  /** @name PalletGrandpaError (435) */
  interface PalletGrandpaError extends Enum {
    readonly isPauseFailed: boolean;
    readonly isResumeFailed: boolean;
    readonly isChangePending: boolean;
    readonly isTooSoon: boolean;
    readonly isInvalidKeyOwnershipProof: boolean;
    readonly isInvalidEquivocationProof: boolean;
    readonly isDuplicateOffenceReport: boolean;
    readonly type: 'PauseFailed' | 'ResumeFailed' | 'ChangePending' | 'TooSoon' | 'InvalidKeyOwnershipProof' | 'InvalidEquivocationProof' | 'DuplicateOffenceReport';
  }

  /** @name PalletCollectiveVotes (438) */
  interface PalletCollectiveVotes extends Struct {
    readonly index: u32;
    readonly threshold: u32;
    readonly ayes: Vec<AccountId32>;
    readonly nays: Vec<AccountId32>;
    readonly end: u32;
  }

  /** @name PalletCollectiveError (439) */
  interface PalletCollectiveError extends Enum {
    readonly isNotMember: boolean;
    readonly isDuplicateProposal: boolean;
    readonly isProposalMissing: boolean;
    readonly isWrongIndex: boolean;
    readonly isDuplicateVote: boolean;
    readonly isAlreadyInitialized: boolean;
    readonly isTooEarly: boolean;
    readonly isTooManyProposals: boolean;
    readonly isWrongProposalWeight: boolean;
    readonly isWrongProposalLength: boolean;
    readonly isPrimeAccountNotMember: boolean;
    readonly isProposalActive: boolean;
    readonly type: 'NotMember' | 'DuplicateProposal' | 'ProposalMissing' | 'WrongIndex' | 'DuplicateVote' | 'AlreadyInitialized' | 'TooEarly' | 'TooManyProposals' | 'WrongProposalWeight' | 'WrongProposalLength' | 'PrimeAccountNotMember' | 'ProposalActive';
  }

  /** @name PalletMembershipError (442) */
  interface PalletMembershipError extends Enum {
    readonly isAlreadyMember: boolean;
    readonly isNotMember: boolean;
    readonly isTooManyMembers: boolean;
    readonly type: 'AlreadyMember' | 'NotMember' | 'TooManyMembers';
  }

  /** @name PalletEnactmentProposal (444) */
  interface PalletEnactmentProposal extends Struct {
    readonly call: Bytes;
    readonly class: PalletEnactmentEnactmentClass;
    readonly proposedAt: u64;
    readonly approvals: PalletEnactmentApprovals;
    readonly due: Option<u64>;
    readonly lapses: u64;
  }

  /** @name PalletEnactmentApprovals (445) */
  interface PalletEnactmentApprovals extends Struct {
    readonly council: bool;
    readonly technical: bool;
  }

  /** @name PalletEnactmentDelayTable (446) */
  interface PalletEnactmentDelayTable extends Struct {
    readonly upgrade: u64;
    readonly parameter: u64;
    readonly emergency: u64;
  }

  /** @name PalletEnactmentError (447) */
  interface PalletEnactmentError extends Enum {
    readonly isNotInCatalogue: boolean;
    readonly isCallTooLong: boolean;
    readonly isCallTooHeavy: boolean;
    readonly isAlreadyApproved: boolean;
    readonly isTooManyProposals: boolean;
    readonly isNoSuchProposal: boolean;
    readonly isNotAgreed: boolean;
    readonly isTooEarly: boolean;
    readonly isLapsed: boolean;
    readonly isNotLapsed: boolean;
    readonly isUndecodable: boolean;
    readonly isBelowFloor: boolean;
    readonly isAboveCeiling: boolean;
    readonly type: 'NotInCatalogue' | 'CallTooLong' | 'CallTooHeavy' | 'AlreadyApproved' | 'TooManyProposals' | 'NoSuchProposal' | 'NotAgreed' | 'TooEarly' | 'Lapsed' | 'NotLapsed' | 'Undecodable' | 'BelowFloor' | 'AboveCeiling';
  }

  /** @name PalletRegistryOrganisation (448) */
  interface PalletRegistryOrganisation extends Struct {
    readonly admin: AccountId32;
    readonly nextAdmin: Option<AccountId32>;
    readonly profile: H256;
    readonly pending: u16;
    readonly held: u16;
    readonly flagged: bool;
    readonly established: bool;
    readonly ticket: Option<u128>;
  }

  /** @name PalletRegistryFlagInterval (452) */
  interface PalletRegistryFlagInterval extends Struct {
    readonly from: u64;
    readonly until: Option<u64>;
  }

  /** @name PalletRegistryAgreementKey (455) */
  interface PalletRegistryAgreementKey extends Struct {
    readonly key: U8aFixed;
    readonly since: u64;
  }

  /** @name PalletRegistryClientKeySet (456) */
  interface PalletRegistryClientKeySet extends Struct {
    readonly keys_: H256;
    readonly since: u64;
  }

  /** @name PalletRegistryLicence (458) */
  interface PalletRegistryLicence extends Struct {
    readonly revoked: Option<u64>;
    readonly intervals: Vec<PalletRegistryLicenceInterval>;
  }

  /** @name PalletRegistryLicenceInterval (460) */
  interface PalletRegistryLicenceInterval extends Struct {
    readonly from: u64;
    readonly until: u64;
    readonly ended: Option<ITuple<[u64, PalletRegistryLicenceEnd]>>;
  }

  /** @name PalletRegistryLicenceEnd (463) */
  interface PalletRegistryLicenceEnd extends Enum {
    readonly isSuspended: boolean;
    readonly isRevoked: boolean;
    readonly isRenewed: boolean;
    readonly type: 'Suspended' | 'Revoked' | 'Renewed';
  }

  /** @name PalletRegistryLastTerm (466) */
  interface PalletRegistryLastTerm extends Struct {
    readonly kind: SalusPrimitivesCodesOrgKind;
    readonly since: u64;
    readonly index: u32;
    readonly from: u64;
    readonly until: u64;
  }

  /** @name PalletRegistryAffiliation (468) */
  interface PalletRegistryAffiliation extends Struct {
    readonly deposit: Option<PalletRegistryDeposit>;
    readonly intervals: Vec<PalletRegistryAffiliationInterval>;
  }

  /** @name PalletRegistryDeposit (470) */
  interface PalletRegistryDeposit extends Struct {
    readonly depositor: AccountId32;
    readonly ticket: u128;
  }

  /** @name PalletRegistryAffiliationInterval (472) */
  interface PalletRegistryAffiliationInterval extends Struct {
    readonly role: SalusPrimitivesCodesRole;
    readonly from: u64;
    readonly until: u64;
    readonly ended: Option<u64>;
  }

  /** @name PalletRegistryInvitation (476) */
  interface PalletRegistryInvitation extends Struct {
    readonly until: u64;
    readonly deposit: PalletRegistryDeposit;
  }

  /** @name SalusPrimitivesAllowanceU32 (477) */
  interface SalusPrimitivesAllowanceU32 extends Struct {
    readonly used: u32;
    readonly since: u64;
  }

  /** @name PalletRegistryRegistrarTerm (479) */
  interface PalletRegistryRegistrarTerm extends Struct {
    readonly organisation: u32;
    readonly kinds: u16;
    readonly capabilities: u8;
    readonly from: u64;
    readonly until: u64;
    readonly ended: Option<u64>;
  }

  /** @name PalletRegistryError (481) */
  interface PalletRegistryError extends Enum {
    readonly isUnknownOrganisation: boolean;
    readonly isNotAdmin: boolean;
    readonly isNotRegistrar: boolean;
    readonly isKindNotCovered: boolean;
    readonly isConflictOfInterest: boolean;
    readonly isNoKind: boolean;
    readonly isUnknownCode: boolean;
    readonly isNoProfile: boolean;
    readonly isProfileDiffers: boolean;
    readonly isAlreadyPending: boolean;
    readonly isAlreadyAdmitted: boolean;
    readonly isNothingPending: boolean;
    readonly isNotPending: boolean;
    readonly isTooManyOrganisations: boolean;
    readonly isTermTooShort: boolean;
    readonly isTermTooLong: boolean;
    readonly isHistoryFull: boolean;
    readonly isNotLicensed: boolean;
    readonly isIsSuspended: boolean;
    readonly isNotSuspended: boolean;
    readonly isAlreadyRevoked: boolean;
    readonly isUnchanged: boolean;
    readonly isAlreadyAdmin: boolean;
    readonly isAdministersAnother: boolean;
    readonly isNotOffered: boolean;
    readonly isAlreadyInvited: boolean;
    readonly isNotInvited: boolean;
    readonly isInvitationLapsed: boolean;
    readonly isNotAffiliated: boolean;
    readonly isNotAuthorised: boolean;
    readonly isAlreadyDepositor: boolean;
    readonly isNothingCovered: boolean;
    readonly isTooManyEmployers: boolean;
    readonly isInvalidAgreementKey: boolean;
    readonly isTooManyInvitations: boolean;
    readonly isFlagTakenTooOften: boolean;
    readonly isBeganThisSecond: boolean;
    readonly type: 'UnknownOrganisation' | 'NotAdmin' | 'NotRegistrar' | 'KindNotCovered' | 'ConflictOfInterest' | 'NoKind' | 'UnknownCode' | 'NoProfile' | 'ProfileDiffers' | 'AlreadyPending' | 'AlreadyAdmitted' | 'NothingPending' | 'NotPending' | 'TooManyOrganisations' | 'TermTooShort' | 'TermTooLong' | 'HistoryFull' | 'NotLicensed' | 'IsSuspended' | 'NotSuspended' | 'AlreadyRevoked' | 'Unchanged' | 'AlreadyAdmin' | 'AdministersAnother' | 'NotOffered' | 'AlreadyInvited' | 'NotInvited' | 'InvitationLapsed' | 'NotAffiliated' | 'NotAuthorised' | 'AlreadyDepositor' | 'NothingCovered' | 'TooManyEmployers' | 'InvalidAgreementKey' | 'TooManyInvitations' | 'FlagTakenTooOften' | 'BeganThisSecond';
  }

  /** @name PalletPatientIdentityPatient (482) */
  interface PalletPatientIdentityPatient extends Struct {
    readonly createdAt: u64;
    readonly registeredBy: Option<u32>;
    readonly deposit: Option<PalletPatientIdentityDeposit>;
    readonly keys_: Vec<AccountId32>;
    readonly state: {
      readonly current: {
      readonly value: SalusPrimitivesCodesPatientState;
      readonly from: u64;
    } & Struct;
      readonly next: Option<{
      readonly value: SalusPrimitivesCodesPatientState;
      readonly from: u64;
    } & Struct>;
      readonly past: u32;
    } & Struct;
    readonly lastLeftActive: Option<u64>;
    readonly retiresFrom: Option<u64>;
    readonly agreementKey: PalletPatientIdentityTimeline;
  }

  /** @name PalletPatientIdentityDeposit (484) */
  interface PalletPatientIdentityDeposit extends Struct {
    readonly payer: AccountId32;
    readonly ticket: u128;
  }

  /** @name SalusPrimitivesCodesPatientState (488) */
  interface SalusPrimitivesCodesPatientState extends Enum {
    readonly isActive: boolean;
    readonly isFrozen: boolean;
    readonly isRecovering: boolean;
    readonly isContested: boolean;
    readonly isDeceasedProvisional: boolean;
    readonly isDeceasedFinal: boolean;
    readonly isRetired: boolean;
    readonly type: 'Active' | 'Frozen' | 'Recovering' | 'Contested' | 'DeceasedProvisional' | 'DeceasedFinal' | 'Retired';
  }

  /** @name PalletPatientIdentityTimeline (491) */
  interface PalletPatientIdentityTimeline extends Struct {
    readonly current: PalletPatientIdentitySince;
    readonly next: Option<PalletPatientIdentitySince>;
    readonly past: u32;
  }

  /** @name PalletPatientIdentitySince (492) */
  interface PalletPatientIdentitySince extends Struct {
    readonly value: U8aFixed;
    readonly from: u64;
  }

  /** @name PalletPatientIdentityKey (494) */
  interface PalletPatientIdentityKey extends Struct {
    readonly patient: H256;
    readonly purposes: u8;
    readonly from: u64;
    readonly until: Option<u64>;
  }

  /** @name SalusPrimitivesParty (495) */
  interface SalusPrimitivesParty extends Struct {
    readonly organisation: u32;
    readonly cohort: u32;
    readonly since: u64;
  }

  /** @name PalletPatientIdentityAdmission (496) */
  interface PalletPatientIdentityAdmission extends Struct {
    readonly desks: u32;
    readonly made: SalusPrimitivesAllowanceU32;
  }

  /** @name PalletPatientIdentityDesk (497) */
  interface PalletPatientIdentityDesk extends Struct {
    readonly number: u32;
    readonly made: SalusPrimitivesAllowanceU32;
  }

  /** @name PalletPatientIdentityError (498) */
  interface PalletPatientIdentityError extends Enum {
    readonly isNotFound: boolean;
    readonly isNotAKey: boolean;
    readonly isNotAuthenticationKey: boolean;
    readonly isNotAuthorised: boolean;
    readonly isNotLicensed: boolean;
    readonly isSignatureExpired: boolean;
    readonly isExpiryTooFar: boolean;
    readonly isBadSignature: boolean;
    readonly isKeyInUse: boolean;
    readonly isTooManyKeys: boolean;
    readonly isInvalidPurposes: boolean;
    readonly isKeyNotFound: boolean;
    readonly isKeyNotLive: boolean;
    readonly isKeyNotPending: boolean;
    readonly isLastAuthenticationKey: boolean;
    readonly isRemovalPending: boolean;
    readonly isNoRemovalPending: boolean;
    readonly isInvalidAgreementKey: boolean;
    readonly isSameAgreementKey: boolean;
    readonly isRotationPending: boolean;
    readonly isNoRotationPending: boolean;
    readonly isNotActive: boolean;
    readonly isAlreadyFrozen: boolean;
    readonly isNotFrozen: boolean;
    readonly isUnfreezePending: boolean;
    readonly isNoUnfreezePending: boolean;
    readonly isRetirementPending: boolean;
    readonly isNoRetirementPending: boolean;
    readonly isTooEarly: boolean;
    readonly isOwnKey: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isWasLeaving: boolean;
    readonly isTooManyRegistrations: boolean;
    readonly type: 'NotFound' | 'NotAKey' | 'NotAuthenticationKey' | 'NotAuthorised' | 'NotLicensed' | 'SignatureExpired' | 'ExpiryTooFar' | 'BadSignature' | 'KeyInUse' | 'TooManyKeys' | 'InvalidPurposes' | 'KeyNotFound' | 'KeyNotLive' | 'KeyNotPending' | 'LastAuthenticationKey' | 'RemovalPending' | 'NoRemovalPending' | 'InvalidAgreementKey' | 'SameAgreementKey' | 'RotationPending' | 'NoRotationPending' | 'NotActive' | 'AlreadyFrozen' | 'NotFrozen' | 'UnfreezePending' | 'NoUnfreezePending' | 'RetirementPending' | 'NoRetirementPending' | 'TooEarly' | 'OwnKey' | 'FlaggedOrganisation' | 'WasLeaving' | 'TooManyRegistrations';
  }

  /** @name PalletConsentLiveSet (499) */
  interface PalletConsentLiveSet extends Struct {
    readonly next: u32;
    readonly swept: u32;
    readonly entries_: Vec<ITuple<[u32, SalusConsentDecisionDirective]>>;
  }

  /** @name SalusConsentDecisionDirective (502) */
  interface SalusConsentDecisionDirective extends Struct {
    readonly effect: SalusConsentDecisionEffect;
    readonly grantee: SalusConsentDecisionGrantee;
    readonly scope: SalusConsentDecisionScope;
    readonly period: SalusPrimitivesTimeInterval;
    readonly maxUses: Option<u32>;
    readonly rediscloseDepth: u8;
    readonly eraseAfter: Option<u64>;
    readonly grantedBy: SalusConsentDecisionGrantedBy;
    readonly basis: SalusConsentDecisionDirectiveBasis;
    readonly ended: Option<SalusConsentDecisionEnded>;
  }

  /** @name SalusConsentDecisionEffect (503) */
  interface SalusConsentDecisionEffect extends Enum {
    readonly isPermit: boolean;
    readonly isDeny: boolean;
    readonly type: 'Permit' | 'Deny';
  }

  /** @name SalusConsentDecisionGrantedBy (504) */
  interface SalusConsentDecisionGrantedBy extends Enum {
    readonly isKey: boolean;
    readonly isMandate: boolean;
    readonly asMandate: u32;
    readonly type: 'Key' | 'Mandate';
  }

  /** @name SalusConsentDecisionEnded (506) */
  interface SalusConsentDecisionEnded extends Struct {
    readonly at: u64;
    readonly why: SalusConsentDecisionEndReason;
  }

  /** @name SalusConsentDecisionEndReason (507) */
  interface SalusConsentDecisionEndReason extends Enum {
    readonly isRevoked: boolean;
    readonly isLifted: boolean;
    readonly isReplaced: boolean;
    readonly type: 'Revoked' | 'Lifted' | 'Replaced';
  }

  /** @name PalletConsentHistoryPage (509) */
  interface PalletConsentHistoryPage extends Struct {
    readonly swept: u64;
    readonly entries_: Vec<ITuple<[u32, SalusConsentDecisionDirective]>>;
  }

  /** @name SalusConsentDecisionPurposeVeto (512) */
  interface SalusConsentDecisionPurposeVeto extends Struct {
    readonly purpose: SalusPrimitivesCodesPurpose;
    readonly from: u64;
    readonly until: Option<u64>;
  }

  /** @name PalletConsentBaseTerm (515) */
  interface PalletConsentBaseTerm extends Struct {
    readonly from: u64;
    readonly decision: SalusConsentDecisionBaseDecision;
  }

  /** @name PalletConsentRequestIndex (519) */
  interface PalletConsentRequestIndex extends Struct {
    readonly next: u32;
    readonly open: Vec<ITuple<[u32, u32]>>;
  }

  /** @name PalletConsentAgreement (521) */
  interface PalletConsentAgreement extends Struct {
    readonly organisation: u32;
    readonly terms: H256;
    readonly payer: AccountId32;
    readonly ticket: u128;
  }

  /** @name PalletConsentPendingLift (523) */
  interface PalletConsentPendingLift extends Struct {
    readonly target: PalletConsentLiftTarget;
    readonly requestedAt: u64;
    readonly readyAt: u64;
  }

  /** @name PalletConsentError (525) */
  interface PalletConsentError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isWrongState: boolean;
    readonly isUnknownPatient: boolean;
    readonly isUnknownOrganisation: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isNotLicensed: boolean;
    readonly isLabelsNotPlain: boolean;
    readonly isUnknownBits: boolean;
    readonly isEmptySet: boolean;
    readonly isPurposeExcluded: boolean;
    readonly isInvalidInterval: boolean;
    readonly isTermTooLong: boolean;
    readonly isUsesNotCounted: boolean;
    readonly isInvalidRedisclosure: boolean;
    readonly isTooManyDirectives: boolean;
    readonly isNotFound: boolean;
    readonly isNotAPermit: boolean;
    readonly isNotADeny: boolean;
    readonly isAlreadyEnded: boolean;
    readonly isAlreadyVetoed: boolean;
    readonly isNotVetoed: boolean;
    readonly isVetoHistoryFull: boolean;
    readonly isNotStricter: boolean;
    readonly isNotLooser: boolean;
    readonly isBaseHistoryFull: boolean;
    readonly isAlreadyBlocked: boolean;
    readonly isNotBlocked: boolean;
    readonly isRequesterBlocked: boolean;
    readonly isAlreadyPending: boolean;
    readonly isTooManyPending: boolean;
    readonly isTooEarly: boolean;
    readonly isLiftStopped: boolean;
    readonly isTooManyRequests: boolean;
    readonly isTooManyOfOne: boolean;
    readonly isRequestExpired: boolean;
    readonly isNotExpired: boolean;
    readonly isNotASubset: boolean;
    readonly isIdsExhausted: boolean;
    readonly type: 'NotAuthorised' | 'WrongState' | 'UnknownPatient' | 'UnknownOrganisation' | 'FlaggedOrganisation' | 'NotLicensed' | 'LabelsNotPlain' | 'UnknownBits' | 'EmptySet' | 'PurposeExcluded' | 'InvalidInterval' | 'TermTooLong' | 'UsesNotCounted' | 'InvalidRedisclosure' | 'TooManyDirectives' | 'NotFound' | 'NotAPermit' | 'NotADeny' | 'AlreadyEnded' | 'AlreadyVetoed' | 'NotVetoed' | 'VetoHistoryFull' | 'NotStricter' | 'NotLooser' | 'BaseHistoryFull' | 'AlreadyBlocked' | 'NotBlocked' | 'RequesterBlocked' | 'AlreadyPending' | 'TooManyPending' | 'TooEarly' | 'LiftStopped' | 'TooManyRequests' | 'TooManyOfOne' | 'RequestExpired' | 'NotExpired' | 'NotASubset' | 'IdsExhausted';
  }

  /** @name PalletRecordAnchorAnchorsAnchor (527) */
  interface PalletRecordAnchorAnchorsAnchor extends Struct {
    readonly commitment: H256;
    readonly form: SalusPrimitivesCommitmentForm;
    readonly algorithm: SalusPrimitivesCommitmentAlgorithm;
    readonly kind: PalletRecordAnchorAnchorsKind;
    readonly first: u64;
    readonly version: u32;
    readonly previous: Option<u64>;
    readonly relation: PalletRecordAnchorAnchorsRelation;
    readonly retention: PalletRecordAnchorAnchorsRetentionClass;
    readonly anchoredAt: u64;
    readonly authority: PalletRecordAnchorAnchorsAuthority;
  }

  /** @name SalusPrimitivesCommitmentAlgorithm (528) */
  interface SalusPrimitivesCommitmentAlgorithm extends Enum {
    readonly isBlake2b256: boolean;
    readonly type: 'Blake2b256';
  }

  /** @name PalletRecordAnchorAnchorsKind (529) */
  interface PalletRecordAnchorAnchorsKind extends Enum {
    readonly isSingle: boolean;
    readonly isBatch: boolean;
    readonly asBatch: {
      readonly leaves: u64;
      readonly depth: u8;
    } & Struct;
    readonly type: 'Single' | 'Batch';
  }

  /** @name PalletRecordAnchorAnchorsAuthority (530) */
  interface PalletRecordAnchorAnchorsAuthority extends Struct {
    readonly kind: SalusPrimitivesCodesOrgKind;
    readonly interval: u32;
  }

  /** @name PalletRecordAnchorAnchorsSuccessor (532) */
  interface PalletRecordAnchorAnchorsSuccessor extends Struct {
    readonly seq: u64;
    readonly at: u64;
  }

  /** @name PalletRecordAnchorAnchorsRetraction (534) */
  interface PalletRecordAnchorAnchorsRetraction extends Struct {
    readonly reason: PalletRecordAnchorAnchorsRetractReason;
    readonly at: u64;
  }

  /** @name PalletRecordAnchorLifeDispute (536) */
  interface PalletRecordAnchorLifeDispute extends Struct {
    readonly statement: H256;
    readonly raisedAt: u64;
    readonly due: u64;
    readonly extended: bool;
    readonly answer: Option<PalletRecordAnchorLifeAnswer>;
  }

  /** @name PalletRecordAnchorLifeAnswer (538) */
  interface PalletRecordAnchorLifeAnswer extends Struct {
    readonly outcome: PalletRecordAnchorLifeOutcome;
    readonly statement: H256;
    readonly at: u64;
  }

  /** @name PalletRecordAnchorLifeLegalHold (541) */
  interface PalletRecordAnchorLifeLegalHold extends Struct {
    readonly organisation: u32;
    readonly from: u64;
    readonly until: u64;
  }

  /** @name PalletRecordAnchorLifeErasureRequest (543) */
  interface PalletRecordAnchorLifeErasureRequest extends Struct {
    readonly requestedAt: u64;
    readonly due: u64;
    readonly refusal: Option<PalletRecordAnchorLifeRefusal>;
  }

  /** @name PalletRecordAnchorLifeRefusal (545) */
  interface PalletRecordAnchorLifeRefusal extends Struct {
    readonly reason: PalletRecordAnchorLifeRefusalReason;
    readonly at: u64;
  }

  /** @name PalletRecordAnchorLifeTombstone (546) */
  interface PalletRecordAnchorLifeTombstone extends Struct {
    readonly why: PalletRecordAnchorLifeShredReason;
    readonly at: u64;
    readonly relation: PalletRecordAnchorAnchorsRelation;
  }

  /** @name PalletRecordAnchorAnchorsDeposit (547) */
  interface PalletRecordAnchorAnchorsDeposit extends Struct {
    readonly payer: AccountId32;
    readonly ticket: u128;
  }

  /** @name PalletRecordAnchorLifeRetentionTerms (549) */
  interface PalletRecordAnchorLifeRetentionTerms extends Struct {
    readonly standard: u64;
    readonly minor: u64;
    readonly imaging: u64;
    readonly traceability: u64;
    readonly emergencySummary: u64;
  }

  /** @name PalletRecordAnchorError (550) */
  interface PalletRecordAnchorError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isNotLicensed: boolean;
    readonly isZeroCommitment: boolean;
    readonly isAlreadyAnchored: boolean;
    readonly isSubjectNotFound: boolean;
    readonly isSubjectClosed: boolean;
    readonly isNotRelated: boolean;
    readonly isSubjectMismatch: boolean;
    readonly isPreviousNotFound: boolean;
    readonly isPreviousNotSingle: boolean;
    readonly isPreviousNotHead: boolean;
    readonly isWrongRelation: boolean;
    readonly isWrongLeafCount: boolean;
    readonly isNotFound: boolean;
    readonly isNotBatch: boolean;
    readonly isLeafNotFound: boolean;
    readonly isAlreadyRetracted: boolean;
    readonly isNotSubject: boolean;
    readonly isAlreadyAcknowledged: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isEmptyList: boolean;
    readonly isDisputeOpen: boolean;
    readonly isTooManyDisputes: boolean;
    readonly isNotDisputed: boolean;
    readonly isAlreadyAnswered: boolean;
    readonly isAnswerTooLate: boolean;
    readonly isAlreadyExtended: boolean;
    readonly isNotACorrection: boolean;
    readonly isRetentionNotLonger: boolean;
    readonly isWrongRetention: boolean;
    readonly isRetentionNotOver: boolean;
    readonly isNotCourt: boolean;
    readonly isWrongHold: boolean;
    readonly isHoldNotLonger: boolean;
    readonly isTooManyHolds: boolean;
    readonly isNotHeld: boolean;
    readonly isOnHold: boolean;
    readonly isAlreadyRequested: boolean;
    readonly isNotRequested: boolean;
    readonly isAlreadyRefused: boolean;
    readonly isEarlierVersionKept: boolean;
    readonly isStillKept: boolean;
    readonly isNothingLeft: boolean;
    readonly isWrongLimit: boolean;
    readonly isNotForConsent: boolean;
    readonly isSubjectNotActive: boolean;
    readonly isNotForDisputes: boolean;
    readonly type: 'NotAuthorised' | 'NotLicensed' | 'ZeroCommitment' | 'AlreadyAnchored' | 'SubjectNotFound' | 'SubjectClosed' | 'NotRelated' | 'SubjectMismatch' | 'PreviousNotFound' | 'PreviousNotSingle' | 'PreviousNotHead' | 'WrongRelation' | 'WrongLeafCount' | 'NotFound' | 'NotBatch' | 'LeafNotFound' | 'AlreadyRetracted' | 'NotSubject' | 'AlreadyAcknowledged' | 'FlaggedOrganisation' | 'EmptyList' | 'DisputeOpen' | 'TooManyDisputes' | 'NotDisputed' | 'AlreadyAnswered' | 'AnswerTooLate' | 'AlreadyExtended' | 'NotACorrection' | 'RetentionNotLonger' | 'WrongRetention' | 'RetentionNotOver' | 'NotCourt' | 'WrongHold' | 'HoldNotLonger' | 'TooManyHolds' | 'NotHeld' | 'OnHold' | 'AlreadyRequested' | 'NotRequested' | 'AlreadyRefused' | 'EarlierVersionKept' | 'StillKept' | 'NothingLeft' | 'WrongLimit' | 'NotForConsent' | 'SubjectNotActive' | 'NotForDisputes';
  }

  /** @name PalletClaimsPlan (551) */
  interface PalletClaimsPlan extends Struct {
    readonly payer: u32;
    readonly versions: u32;
  }

  /** @name PalletClaimsCoverage (552) */
  interface PalletClaimsCoverage extends Struct {
    readonly payer: u32;
    readonly plan: u32;
    readonly version: u32;
    readonly member: AccountId32;
    readonly period: SalusPrimitivesTimeInterval;
    readonly accepted: Option<u64>;
    readonly nextKey: Option<PalletClaimsCoverageNextKey>;
  }

  /** @name PalletClaimsCoverageNextKey (554) */
  interface PalletClaimsCoverageNextKey extends Struct {
    readonly key: AccountId32;
    readonly from: u64;
  }

  /** @name SalusClaimsAdjudicationPlanAccumulators (555) */
  interface SalusClaimsAdjudicationPlanAccumulators extends Struct {
    readonly deductible: Compact<u128>;
    readonly outOfPocket: Compact<u128>;
    readonly usage: SalusClaimsAdjudicationPlanByCategoryUsage;
  }

  /** @name SalusClaimsAdjudicationPlanByCategoryUsage (556) */
  interface SalusClaimsAdjudicationPlanByCategoryUsage extends Struct {
    readonly primaryCare: SalusClaimsAdjudicationPlanUsage;
    readonly specialist: SalusClaimsAdjudicationPlanUsage;
    readonly preventive: SalusClaimsAdjudicationPlanUsage;
    readonly diagnosticTest: SalusClaimsAdjudicationPlanUsage;
    readonly imaging: SalusClaimsAdjudicationPlanUsage;
    readonly prescription: SalusClaimsAdjudicationPlanUsage;
    readonly outpatientSurgery: SalusClaimsAdjudicationPlanUsage;
    readonly emergency: SalusClaimsAdjudicationPlanUsage;
    readonly urgentCare: SalusClaimsAdjudicationPlanUsage;
    readonly hospitalStay: SalusClaimsAdjudicationPlanUsage;
    readonly homeHealth: SalusClaimsAdjudicationPlanUsage;
    readonly rehabilitation: SalusClaimsAdjudicationPlanUsage;
    readonly skilledNursing: SalusClaimsAdjudicationPlanUsage;
    readonly medicalEquipment: SalusClaimsAdjudicationPlanUsage;
    readonly dentalAndVision: SalusClaimsAdjudicationPlanUsage;
    readonly sensitive: SalusClaimsAdjudicationPlanUsage;
  }

  /** @name SalusClaimsAdjudicationPlanUsage (557) */
  interface SalusClaimsAdjudicationPlanUsage extends Struct {
    readonly visits: Compact<u32>;
    readonly amount: Compact<u128>;
  }

  /** @name PalletClaimsEncounter (558) */
  interface PalletClaimsEncounter extends Struct {
    readonly provider: u32;
    readonly opened: u64;
    readonly emergency: bool;
    readonly coverage: Option<u64>;
    readonly attested: Option<u64>;
    readonly closing: Option<PalletClaimsEncounterClosing>;
    readonly reviewed: bool;
    readonly claim: Option<u64>;
    readonly correction: Option<u64>;
  }

  /** @name PalletClaimsEncounterClosing (560) */
  interface PalletClaimsEncounterClosing extends Struct {
    readonly at: u64;
    readonly root: H256;
    readonly lines: u8;
    readonly amendments: u32;
  }

  /** @name PalletClaimsClaim (561) */
  interface PalletClaimsClaim extends Struct {
    readonly encounter: u64;
    readonly coverage: u64;
    readonly provider: u32;
    readonly payer: u32;
    readonly version: u32;
    readonly previous: Option<u64>;
    readonly submitted: u64;
    readonly paused: u64;
    readonly requests: u8;
    readonly state: PalletClaimsClaimClaimState;
    readonly totals: Option<SalusClaimsAdjudicationResultTotals>;
    readonly transferred: Compact<u128>;
    readonly interest: Compact<u128>;
    readonly held: Compact<u128>;
  }

  /** @name PalletClaimsClaimClaimState (562) */
  interface PalletClaimsClaimClaimState extends Enum {
    readonly isPended: boolean;
    readonly asPended: {
      readonly reason: PalletClaimsClaimPendReason;
      readonly due: u64;
    } & Struct;
    readonly isInformationRequested: boolean;
    readonly asInformationRequested: {
      readonly reason: PalletClaimsClaimPendReason;
      readonly since: u64;
      readonly due: u64;
      readonly left: u64;
    } & Struct;
    readonly isWaiting: boolean;
    readonly asWaiting: {
      readonly since: u64;
    } & Struct;
    readonly isSettled: boolean;
    readonly asSettled: {
      readonly at: u64;
    } & Struct;
    readonly isSuperseded: boolean;
    readonly asSuperseded: {
      readonly by: u64;
    } & Struct;
    readonly isVoided: boolean;
    readonly asVoided: {
      readonly at: u64;
    } & Struct;
    readonly isLapsed: boolean;
    readonly asLapsed: {
      readonly at: u64;
    } & Struct;
    readonly type: 'Pended' | 'InformationRequested' | 'Waiting' | 'Settled' | 'Superseded' | 'Voided' | 'Lapsed';
  }

  /** @name SalusClaimsAdjudicationResultLineResult (565) */
  interface SalusClaimsAdjudicationResultLineResult extends Struct {
    readonly category: SalusClaimsAdjudicationPlanBenefitCategory;
    readonly paid: Compact<u128>;
    readonly patientResponsibility: Compact<u128>;
    readonly usage: SalusClaimsAdjudicationPlanUsage;
    readonly adjustments: SalusClaimsAdjudicationListAdjustment;
  }

  /** @name PalletClaimsMoneyQueue (567) */
  interface PalletClaimsMoneyQueue extends Struct {
    readonly first: Option<u64>;
    readonly last: Option<u64>;
    readonly length: u64;
  }

  /** @name PalletClaimsMoneyNeighbours (568) */
  interface PalletClaimsMoneyNeighbours extends Struct {
    readonly before: Option<u64>;
    readonly after: Option<u64>;
  }

  /** @name PalletClaimsMoneyBond (569) */
  interface PalletClaimsMoneyBond extends Struct {
    readonly payer: AccountId32;
    readonly size_: u64;
    readonly ticket: u128;
  }

  /** @name PalletClaimsError (571) */
  interface PalletClaimsError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isNotLicensed: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isPlanNotFound: boolean;
    readonly isNotYourPlan: boolean;
    readonly isUnsoundPlan: boolean;
    readonly isAuthorisationNotOffered: boolean;
    readonly isClockOutOfRange: boolean;
    readonly isUnsuitableAsset: boolean;
    readonly isCoverageNotFound: boolean;
    readonly isNotYourCoverage: boolean;
    readonly isNotMember: boolean;
    readonly isKeyInUse: boolean;
    readonly isKeyOfPatient: boolean;
    readonly isPeriodInPast: boolean;
    readonly isPeriodOutOfRange: boolean;
    readonly isAlreadyAccepted: boolean;
    readonly isCoverageEnded: boolean;
    readonly isNotAccepted: boolean;
    readonly isNotAnEarlierEnd: boolean;
    readonly isNoRekey: boolean;
    readonly isTooEarly: boolean;
    readonly isEncounterNotFound: boolean;
    readonly isNotYourEncounter: boolean;
    readonly isAlreadyAttested: boolean;
    readonly isOtherCoverage: boolean;
    readonly isBadSignature: boolean;
    readonly isSignatureExpired: boolean;
    readonly isSignatureTooLong: boolean;
    readonly isAlreadyClosed: boolean;
    readonly isNotClosed: boolean;
    readonly isEncounterExpired: boolean;
    readonly isWrongLineCount: boolean;
    readonly isWrongRoot: boolean;
    readonly isNotAttested: boolean;
    readonly isAlreadyClaimed: boolean;
    readonly isLinesNotRecorded: boolean;
    readonly isLineAlreadyClaimed: boolean;
    readonly isZeroQuantity: boolean;
    readonly isAmountTooLarge: boolean;
    readonly isConflictOfInterest: boolean;
    readonly isClaimNotFound: boolean;
    readonly isNotYourClaim: boolean;
    readonly isNotCurrent: boolean;
    readonly isCorrectionPending: boolean;
    readonly isFilingLimitPassed: boolean;
    readonly isNotPended: boolean;
    readonly isNotRequested: boolean;
    readonly isTooManyRequests: boolean;
    readonly isDecisionTooLate: boolean;
    readonly isDecisionCountMismatch: boolean;
    readonly isUnbalanced: boolean;
    readonly isZeroAdjustment: boolean;
    readonly isRepeatedAdjustment: boolean;
    readonly isWrongGroup: boolean;
    readonly isPaidThoughDenied: boolean;
    readonly isWholeCharge: boolean;
    readonly isLimitExceeded: boolean;
    readonly isNothingDue: boolean;
    readonly isNothingWaiting: boolean;
    readonly isOrganisationNotFound: boolean;
    readonly isInsufficientFunds: boolean;
    readonly isClaimsWaiting: boolean;
    readonly isZeroAmount: boolean;
    readonly isAssetFrozen: boolean;
    readonly type: 'NotAuthorised' | 'NotLicensed' | 'FlaggedOrganisation' | 'PlanNotFound' | 'NotYourPlan' | 'UnsoundPlan' | 'AuthorisationNotOffered' | 'ClockOutOfRange' | 'UnsuitableAsset' | 'CoverageNotFound' | 'NotYourCoverage' | 'NotMember' | 'KeyInUse' | 'KeyOfPatient' | 'PeriodInPast' | 'PeriodOutOfRange' | 'AlreadyAccepted' | 'CoverageEnded' | 'NotAccepted' | 'NotAnEarlierEnd' | 'NoRekey' | 'TooEarly' | 'EncounterNotFound' | 'NotYourEncounter' | 'AlreadyAttested' | 'OtherCoverage' | 'BadSignature' | 'SignatureExpired' | 'SignatureTooLong' | 'AlreadyClosed' | 'NotClosed' | 'EncounterExpired' | 'WrongLineCount' | 'WrongRoot' | 'NotAttested' | 'AlreadyClaimed' | 'LinesNotRecorded' | 'LineAlreadyClaimed' | 'ZeroQuantity' | 'AmountTooLarge' | 'ConflictOfInterest' | 'ClaimNotFound' | 'NotYourClaim' | 'NotCurrent' | 'CorrectionPending' | 'FilingLimitPassed' | 'NotPended' | 'NotRequested' | 'TooManyRequests' | 'DecisionTooLate' | 'DecisionCountMismatch' | 'Unbalanced' | 'ZeroAdjustment' | 'RepeatedAdjustment' | 'WrongGroup' | 'PaidThoughDenied' | 'WholeCharge' | 'LimitExceeded' | 'NothingDue' | 'NothingWaiting' | 'OrganisationNotFound' | 'InsufficientFunds' | 'ClaimsWaiting' | 'ZeroAmount' | 'AssetFrozen';
  }

  /** @name PalletCareRelationship (572) */
  interface PalletCareRelationship extends Struct {
    readonly patient: H256;
    readonly treatment: SalusPrimitivesCareTreatment;
    readonly kind: PalletCareRelationshipKind;
    readonly word: PalletCareWord;
    readonly referredBy: Option<u32>;
    readonly endedBy: Option<PalletCareEndedBy>;
    readonly previous: Option<u64>;
    readonly payer: AccountId32;
    readonly ticket: u128;
  }

  /** @name SalusPrimitivesCareTreatment (574) */
  interface SalusPrimitivesCareTreatment extends Struct {
    readonly organisation: u32;
    readonly period: SalusPrimitivesTimeInterval;
    readonly ended: Option<u64>;
  }

  /** @name PalletCareWord (575) */
  interface PalletCareWord extends Enum {
    readonly isInvitation: boolean;
    readonly asInvitation: u32;
    readonly isSignature: boolean;
    readonly type: 'Invitation' | 'Signature';
  }

  /** @name PalletCarePair (577) */
  interface PalletCarePair extends Struct {
    readonly latest: Option<u64>;
    readonly words: u32;
  }

  /** @name PalletCareInvitationBook (581) */
  interface PalletCareInvitationBook extends Struct {
    readonly next: u32;
    readonly open: Vec<ITuple<[u32, PalletCareInvitation]>>;
  }

  /** @name PalletCareInvitation (584) */
  interface PalletCareInvitation extends Struct {
    readonly organisation: u32;
    readonly until: u64;
    readonly madeAt: u64;
    readonly expiresAt: u64;
    readonly referredBy: Option<u32>;
  }

  /** @name SalusPrimitivesCareOptOut (587) */
  interface SalusPrimitivesCareOptOut extends Struct {
    readonly towards: SalusPrimitivesCareTowards;
    readonly from: u64;
    readonly until: Option<u64>;
  }

  /** @name PalletCarePendingOptIn (590) */
  interface PalletCarePendingOptIn extends Struct {
    readonly towards: SalusPrimitivesCareTowards;
    readonly requestedAt: u64;
    readonly readyAt: u64;
  }

  /** @name PalletCarePolicyTerm (593) */
  interface PalletCarePolicyTerm extends Struct {
    readonly from: u64;
    readonly policy: SalusPrimitivesCareCarePolicy;
  }

  /** @name PalletCareError (595) */
  interface PalletCareError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isWrongState: boolean;
    readonly isUnknownPatient: boolean;
    readonly isUnknownOrganisation: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isNotLicensed: boolean;
    readonly isInvalidTerm: boolean;
    readonly isBeyondInvitation: boolean;
    readonly isNotInvited: boolean;
    readonly isInvitationExpired: boolean;
    readonly isInvitationStopped: boolean;
    readonly isTooManyInvitations: boolean;
    readonly isWrongKind: boolean;
    readonly isNotFound: boolean;
    readonly isAlreadyEnded: boolean;
    readonly isNotRelated: boolean;
    readonly isSameOrganisation: boolean;
    readonly isOptedOut: boolean;
    readonly isAlreadyOptedOut: boolean;
    readonly isNotOptedOut: boolean;
    readonly isTooManyOptOuts: boolean;
    readonly isOptOutHistoryFull: boolean;
    readonly isAlreadyPending: boolean;
    readonly isTooManyPending: boolean;
    readonly isTooEarly: boolean;
    readonly isOptInStopped: boolean;
    readonly isBadSignature: boolean;
    readonly isSignatureExpired: boolean;
    readonly isExpiryTooFar: boolean;
    readonly isUnknownBlock: boolean;
    readonly isBlockTooOld: boolean;
    readonly isWordVoid: boolean;
    readonly isWrongId: boolean;
    readonly isAlreadyInForce: boolean;
    readonly isAlreadyAnnounced: boolean;
    readonly isPolicyHistoryFull: boolean;
    readonly isIdsExhausted: boolean;
    readonly type: 'NotAuthorised' | 'WrongState' | 'UnknownPatient' | 'UnknownOrganisation' | 'FlaggedOrganisation' | 'NotLicensed' | 'InvalidTerm' | 'BeyondInvitation' | 'NotInvited' | 'InvitationExpired' | 'InvitationStopped' | 'TooManyInvitations' | 'WrongKind' | 'NotFound' | 'AlreadyEnded' | 'NotRelated' | 'SameOrganisation' | 'OptedOut' | 'AlreadyOptedOut' | 'NotOptedOut' | 'TooManyOptOuts' | 'OptOutHistoryFull' | 'AlreadyPending' | 'TooManyPending' | 'TooEarly' | 'OptInStopped' | 'BadSignature' | 'SignatureExpired' | 'ExpiryTooFar' | 'UnknownBlock' | 'BlockTooOld' | 'WordVoid' | 'WrongId' | 'AlreadyInForce' | 'AlreadyAnnounced' | 'PolicyHistoryFull' | 'IdsExhausted';
  }

  /** @name SalusPrimitivesEmergencyEmergencyAccess (598) */
  interface SalusPrimitivesEmergencyEmergencyAccess extends Struct {
    readonly who: AccountId32;
    readonly organisation: u32;
    readonly classes: u32;
    readonly period: SalusPrimitivesTimeInterval;
  }

  /** @name PalletEmergencyOpinion (600) */
  interface PalletEmergencyOpinion extends Struct {
    readonly finding: PalletEmergencyFinding;
    readonly at: u64;
    readonly by: AccountId32;
    readonly actingFor: u32;
  }

  /** @name PalletEmergencyLedger (604) */
  interface PalletEmergencyLedger extends Struct {
    readonly next: u32;
    readonly settled: u32;
    readonly used: SalusPrimitivesAllowanceU64;
    readonly penalty: SalusPrimitivesAllowanceU64;
    readonly counts: PalletEmergencyCounts;
  }

  /** @name SalusPrimitivesAllowanceU64 (605) */
  interface SalusPrimitivesAllowanceU64 extends Struct {
    readonly used: u64;
    readonly since: u64;
  }

  /** @name PalletEmergencyCounts (606) */
  interface PalletEmergencyCounts extends Struct {
    readonly timely: u32;
    readonly late: u32;
    readonly overCredit: u32;
    readonly justified: u32;
    readonly unjustified: u32;
    readonly bySilence: u32;
    readonly lateUnreviewed: u32;
    readonly disputed: u32;
    readonly overruled: u32;
    readonly unpaid: u32;
  }

  /** @name PalletEmergencyPersonUse (607) */
  interface PalletEmergencyPersonUse extends Struct {
    readonly credit: SalusPrimitivesAllowanceU64;
    readonly late: SalusPrimitivesAllowanceU64;
  }

  /** @name PalletEmergencyAdvanceTerm (609) */
  interface PalletEmergencyAdvanceTerm extends Struct {
    readonly from: u64;
    readonly value: SalusPrimitivesEmergencyAdvanceDirective;
  }

  /** @name PalletEmergencyPendingRelaxation (611) */
  interface PalletEmergencyPendingRelaxation extends Struct {
    readonly value: SalusPrimitivesEmergencyAdvanceDirective;
    readonly requestedAt: u64;
    readonly readyAt: u64;
  }

  /** @name PalletEmergencyError (612) */
  interface PalletEmergencyError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isWrongRole: boolean;
    readonly isNotLicensed: boolean;
    readonly isLicenceStopped: boolean;
    readonly isUnknownPatient: boolean;
    readonly isWrongState: boolean;
    readonly isExcluded: boolean;
    readonly isUnknownBits: boolean;
    readonly isEmptySet: boolean;
    readonly isAlreadyOpen: boolean;
    readonly isStopped: boolean;
    readonly isAlreadyRecorded: boolean;
    readonly isTooManyLate: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isNotYet: boolean;
    readonly isTooLate: boolean;
    readonly isNotFound: boolean;
    readonly isOwnEmergency: boolean;
    readonly isAuditorOnly: boolean;
    readonly isOrganisationFirst: boolean;
    readonly isAlreadyReviewed: boolean;
    readonly isReviewTooLate: boolean;
    readonly isNotReviewed: boolean;
    readonly isNothingToDispute: boolean;
    readonly isAlreadyDisputed: boolean;
    readonly isDisputeTooLate: boolean;
    readonly isNotDisputed: boolean;
    readonly isAlreadyRuled: boolean;
    readonly isOwnReview: boolean;
    readonly isNotStricter: boolean;
    readonly isNotLooser: boolean;
    readonly isAlreadyPending: boolean;
    readonly isTooEarly: boolean;
    readonly isRelaxationStopped: boolean;
    readonly isHistoryFull: boolean;
    readonly isIdsExhausted: boolean;
    readonly type: 'NotAuthorised' | 'WrongRole' | 'NotLicensed' | 'LicenceStopped' | 'UnknownPatient' | 'WrongState' | 'Excluded' | 'UnknownBits' | 'EmptySet' | 'AlreadyOpen' | 'Stopped' | 'AlreadyRecorded' | 'TooManyLate' | 'FlaggedOrganisation' | 'NotYet' | 'TooLate' | 'NotFound' | 'OwnEmergency' | 'AuditorOnly' | 'OrganisationFirst' | 'AlreadyReviewed' | 'ReviewTooLate' | 'NotReviewed' | 'NothingToDispute' | 'AlreadyDisputed' | 'DisputeTooLate' | 'NotDisputed' | 'AlreadyRuled' | 'OwnReview' | 'NotStricter' | 'NotLooser' | 'AlreadyPending' | 'TooEarly' | 'RelaxationStopped' | 'HistoryFull' | 'IdsExhausted';
  }

  /** @name PalletAccessLogCustodian (613) */
  interface PalletAccessLogCustodian extends Struct {
    readonly commits: u32;
    readonly epoch: u32;
    readonly entries_: u64;
    readonly head: H256;
    readonly lastAt: u64;
    readonly unpaid: u32;
  }

  /** @name PalletAccessLogLogCommit (614) */
  interface PalletAccessLogLogCommit extends Struct {
    readonly epoch: u32;
    readonly seqFrom: u64;
    readonly seqUntil: u64;
    readonly root: H256;
    readonly head: H256;
    readonly at: u64;
    readonly deposit: Option<ITuple<[AccountId32, u128]>>;
  }

  /** @name PalletAccessLogAttestation (619) */
  interface PalletAccessLogAttestation extends Struct {
    readonly counts: PalletAccessLogCounts;
    readonly at: u64;
    readonly deposit: Option<ITuple<[AccountId32, u128]>>;
  }

  /** @name PalletAccessLogError (620) */
  interface PalletAccessLogError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isWrongPrevious: boolean;
    readonly isWrongSequence: boolean;
    readonly isWrongRoot: boolean;
    readonly isTooManyEntries: boolean;
    readonly isTooSoon: boolean;
    readonly isUnknownOrganisation: boolean;
    readonly isSameOrganisation: boolean;
    readonly isLogNotCommitted: boolean;
    readonly isDayNotOver: boolean;
    readonly isTooLate: boolean;
    readonly isAlreadyAttested: boolean;
    readonly isIdsExhausted: boolean;
    readonly type: 'NotAuthorised' | 'WrongPrevious' | 'WrongSequence' | 'WrongRoot' | 'TooManyEntries' | 'TooSoon' | 'UnknownOrganisation' | 'SameOrganisation' | 'LogNotCommitted' | 'DayNotOver' | 'TooLate' | 'AlreadyAttested' | 'IdsExhausted';
  }

  /** @name PalletAcknowledgementNotice (621) */
  interface PalletAcknowledgementNotice extends Struct {
    readonly organisation: u32;
    readonly revokedAt: u64;
    readonly due: u64;
    readonly state: PalletAcknowledgementNoticeState;
  }

  /** @name PalletAcknowledgementNoticeState (623) */
  interface PalletAcknowledgementNoticeState extends Enum {
    readonly isOverdue: boolean;
    readonly asOverdue: {
      readonly markedAt: u64;
    } & Struct;
    readonly isAcknowledged: boolean;
    readonly asAcknowledged: {
      readonly at: u64;
      readonly deposit: Option<ITuple<[AccountId32, u128]>>;
    } & Struct;
    readonly type: 'Overdue' | 'Acknowledged';
  }

  /** @name PalletAcknowledgementTally (626) */
  interface PalletAcknowledgementTally extends Struct {
    readonly onTime: u32;
    readonly late: u32;
    readonly overdue: u32;
    readonly unpaid: u32;
  }

  /** @name PalletAcknowledgementError (627) */
  interface PalletAcknowledgementError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isFlaggedOrganisation: boolean;
    readonly isNotRevoked: boolean;
    readonly isRevokedBefore: boolean;
    readonly isWrongOrganisation: boolean;
    readonly isAlreadyAcknowledged: boolean;
    readonly isAlreadyOverdue: boolean;
    readonly isTooEarly: boolean;
    readonly isUnknownOrganisation: boolean;
    readonly type: 'NotAuthorised' | 'FlaggedOrganisation' | 'NotRevoked' | 'RevokedBefore' | 'WrongOrganisation' | 'AlreadyAcknowledged' | 'AlreadyOverdue' | 'TooEarly' | 'UnknownOrganisation';
  }

  /** @name PalletSealedLiveSet (628) */
  interface PalletSealedLiveSet extends Struct {
    readonly next: u32;
    readonly swept: u32;
    readonly entries_: Vec<ITuple<[u32, SalusConsentDecisionSealedSealedDirective]>>;
  }

  /** @name SalusConsentDecisionSealedSealedDirective (631) */
  interface SalusConsentDecisionSealedSealedDirective extends Struct {
    readonly effect: SalusConsentDecisionEffect;
    readonly commitment: H256;
    readonly period: SalusPrimitivesTimeInterval;
    readonly ended: Option<SalusConsentDecisionEnded>;
    readonly version: u8;
  }

  /** @name PalletSealedHistoryPage (633) */
  interface PalletSealedHistoryPage extends Struct {
    readonly swept: u64;
    readonly entries_: Vec<ITuple<[u32, SalusConsentDecisionSealedSealedDirective]>>;
  }

  /** @name PalletSealedPendingLift (635) */
  interface PalletSealedPendingLift extends Struct {
    readonly sealed: u32;
    readonly requestedAt: u64;
    readonly readyAt: u64;
  }

  /** @name PalletSealedError (637) */
  interface PalletSealedError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isWrongState: boolean;
    readonly isUnknownPatient: boolean;
    readonly isNotFound: boolean;
    readonly isNotAPermit: boolean;
    readonly isNotADeny: boolean;
    readonly isAlreadyEnded: boolean;
    readonly isInvalidInterval: boolean;
    readonly isNotOnGrid: boolean;
    readonly isWrongNumber: boolean;
    readonly isTermTooLong: boolean;
    readonly isTooManyDirectives: boolean;
    readonly isIdsExhausted: boolean;
    readonly isAlreadyPending: boolean;
    readonly isTooEarly: boolean;
    readonly isLiftStopped: boolean;
    readonly type: 'NotAuthorised' | 'WrongState' | 'UnknownPatient' | 'NotFound' | 'NotAPermit' | 'NotADeny' | 'AlreadyEnded' | 'InvalidInterval' | 'NotOnGrid' | 'WrongNumber' | 'TermTooLong' | 'TooManyDirectives' | 'IdsExhausted' | 'AlreadyPending' | 'TooEarly' | 'LiftStopped';
  }

  /** @name PalletResearchBudgetsPopulation (638) */
  interface PalletResearchBudgetsPopulation extends Struct {
    readonly committee: u32;
    readonly quorum: u32;
    readonly budget: SalusResearchPermitsBudget;
    readonly openedWith: u64;
    readonly granted: u64;
    readonly queries: u64;
    readonly motions: u32;
    readonly refusedAt: Option<u64>;
    readonly openedAt: u64;
    readonly deposit: ITuple<[AccountId32, u128]>;
  }

  /** @name SalusResearchPermitsBudget (640) */
  interface SalusResearchPermitsBudget extends Struct {
    readonly total: u64;
    readonly reserved: u64;
    readonly settled: u64;
  }

  /** @name PalletResearchBudgetsBudgetMotion (642) */
  interface PalletResearchBudgetsBudgetMotion extends Struct {
    readonly number: u32;
    readonly more: u64;
    readonly by: AccountId32;
    readonly admin: AccountId32;
    readonly at: u64;
    readonly votes: Vec<PalletResearchVote>;
  }

  /** @name PalletResearchVote (644) */
  interface PalletResearchVote extends Struct {
    readonly by: AccountId32;
    readonly inFavour: bool;
    readonly at: u64;
  }

  /** @name PalletResearchDatasetsDataset (646) */
  interface PalletResearchDatasetsDataset extends Struct {
    readonly custodian: u32;
    readonly basis: PalletResearchDatasetsBasis;
    readonly minCohort: u32;
    readonly rule: PalletResearchDatasetsCommitteeRule;
    readonly shortcut: bool;
    readonly versions: u32;
    readonly unpaid: u32;
    readonly offeredAt: u64;
    readonly retiredAt: Option<u64>;
    readonly deposit: ITuple<[AccountId32, u128]>;
  }

  /** @name PalletResearchDatasetsVersion (647) */
  interface PalletResearchDatasetsVersion extends Struct {
    readonly terms: SalusResearchDataUseOffer;
    readonly termsVersion: u32;
    readonly root: H256;
    readonly size_: PalletResearchDatasetsSizeBucket;
    readonly epoch: u32;
    readonly epochAt: u64;
    readonly at: u64;
    readonly deposit: Option<ITuple<[AccountId32, u128]>>;
  }

  /** @name PalletResearchStudiesProtocol (651) */
  interface PalletResearchStudiesProtocol extends Struct {
    readonly commitment: H256;
    readonly at: u64;
  }

  /** @name PalletResearchStudiesApproval (654) */
  interface PalletResearchStudiesApproval extends Struct {
    readonly by: AccountId32;
    readonly protocol: u32;
    readonly period: SalusPrimitivesTimeInterval;
    readonly ended: Option<ITuple<[u64, PalletResearchStudiesApprovalEnding]>>;
  }

  /** @name PalletResearchStudiesApprovalEnding (657) */
  interface PalletResearchStudiesApprovalEnding extends Enum {
    readonly isSuspended: boolean;
    readonly isWithdrawn: boolean;
    readonly isAmended: boolean;
    readonly isRenewed: boolean;
    readonly type: 'Suspended' | 'Withdrawn' | 'Amended' | 'Renewed';
  }

  /** @name PalletResearchRequestsCosigned (661) */
  interface PalletResearchRequestsCosigned extends Struct {
    readonly by: AccountId32;
    readonly at: u64;
    readonly version: u32;
    readonly decision: SalusResearchDataUseDecision;
    readonly excluded: Option<SalusResearchDataUseRule>;
  }

  /** @name PalletResearchRequestsOutcome (663) */
  interface PalletResearchRequestsOutcome extends Struct {
    readonly at: u64;
    readonly approved: bool;
    readonly by: PalletResearchRequestsDecidedBy;
  }

  /** @name PalletResearchPermitsPermitRecord (664) */
  interface PalletResearchPermitsPermitRecord extends Struct {
    readonly study: u32;
    readonly dataset: u32;
    readonly permit: SalusResearchPermitsPermit;
    readonly accepted: Vec<PalletResearchPermitsAccepted>;
    readonly reports: Vec<PalletResearchPermitsReport>;
    readonly outputs: Vec<PalletResearchPermitsOutput>;
    readonly revoked: Option<PalletResearchPermitsRevocationReason>;
    readonly destruction: Option<PalletResearchPermitsDestruction>;
  }

  /** @name SalusResearchPermitsPermit (665) */
  interface SalusResearchPermitsPermit extends Struct {
    readonly period: SalusPrimitivesTimeInterval;
    readonly renewal: Option<SalusResearchPermitsRenewal>;
    readonly ended: Option<SalusResearchPermitsPermitEnd>;
  }

  /** @name SalusResearchPermitsRenewal (667) */
  interface SalusResearchPermitsRenewal extends Struct {
    readonly at: u64;
    readonly until: u64;
  }

  /** @name SalusResearchPermitsPermitEnd (669) */
  interface SalusResearchPermitsPermitEnd extends Struct {
    readonly at: u64;
    readonly how: SalusResearchPermitsEnding;
  }

  /** @name SalusResearchPermitsEnding (670) */
  interface SalusResearchPermitsEnding extends Enum {
    readonly isRevoked: boolean;
    readonly isClosed: boolean;
    readonly type: 'Revoked' | 'Closed';
  }

  /** @name PalletResearchPermitsAccepted (672) */
  interface PalletResearchPermitsAccepted extends Struct {
    readonly terms: SalusResearchPermitsVersionFrom;
    readonly version: u32;
  }

  /** @name SalusResearchPermitsVersionFrom (673) */
  interface SalusResearchPermitsVersionFrom extends Struct {
    readonly version: u32;
    readonly from: u64;
  }

  /** @name PalletResearchPermitsReport (676) */
  interface PalletResearchPermitsReport extends Struct {
    readonly filed: SalusResearchPermitsYearlyReport;
    readonly commitment: H256;
  }

  /** @name SalusResearchPermitsYearlyReport (677) */
  interface SalusResearchPermitsYearlyReport extends Struct {
    readonly year: u64;
    readonly at: u64;
  }

  /** @name PalletResearchPermitsOutput (680) */
  interface PalletResearchPermitsOutput extends Struct {
    readonly kind: PalletResearchPermitsOutputKind;
    readonly commitment: H256;
    readonly at: u64;
  }

  /** @name PalletResearchPermitsDestruction (684) */
  interface PalletResearchPermitsDestruction extends Struct {
    readonly commitment: H256;
    readonly at: u64;
  }

  /** @name PalletResearchBudgetsQuery (685) */
  interface PalletResearchBudgetsQuery extends Struct {
    readonly permit: u32;
    readonly version: u32;
    readonly commitment: H256;
    readonly epsilon: u64;
    readonly reservedAt: u64;
    readonly result: Option<PalletResearchBudgetsQueryResult>;
  }

  /** @name PalletResearchBudgetsQueryResult (687) */
  interface PalletResearchBudgetsQueryResult extends Struct {
    readonly commitment: H256;
    readonly at: u64;
  }

  /** @name PalletResearchError (688) */
  interface PalletResearchError extends Enum {
    readonly isNotAuthorised: boolean;
    readonly isNotLicensed: boolean;
    readonly isIdsExhausted: boolean;
    readonly isUnknownPopulation: boolean;
    readonly isUnknownDataset: boolean;
    readonly isUnknownStudy: boolean;
    readonly isUnknownRequest: boolean;
    readonly isUnknownPermit: boolean;
    readonly isUnknownQuery: boolean;
    readonly isUnknownOrganisation: boolean;
    readonly isAlreadyOpened: boolean;
    readonly isWrongBudget: boolean;
    readonly isWrongQuorum: boolean;
    readonly isWrongDeliberation: boolean;
    readonly isOwnCommittee: boolean;
    readonly isCohortTooSmall: boolean;
    readonly isMotionPending: boolean;
    readonly isRefusedLately: boolean;
    readonly isVoteClosed: boolean;
    readonly isAlreadyVoted: boolean;
    readonly isTooManyVotes: boolean;
    readonly isRecused: boolean;
    readonly isTooEarly: boolean;
    readonly isNoQuorum: boolean;
    readonly isTermsLoosened: boolean;
    readonly isWrongEpoch: boolean;
    readonly isTooManyVersions: boolean;
    readonly isDatasetRetired: boolean;
    readonly isNothingToChange: boolean;
    readonly isWrongUses: boolean;
    readonly isOwnStudy: boolean;
    readonly isTooManyStudies: boolean;
    readonly isWrongProtocol: boolean;
    readonly isStudyWithdrawn: boolean;
    readonly isNotApproved: boolean;
    readonly isWrongTerm: boolean;
    readonly isHistoryFull: boolean;
    readonly isUseNotOfStudy: boolean;
    readonly isWrongMonths: boolean;
    readonly isTooManyRequests: boolean;
    readonly isAlreadyCosigned: boolean;
    readonly isOwnRequest: boolean;
    readonly isLapsed: boolean;
    readonly isNotGranted: boolean;
    readonly isWrongVersion: boolean;
    readonly isTermsExclude: boolean;
    readonly isAlreadyAccepted: boolean;
    readonly isPermitEnded: boolean;
    readonly isNotActive: boolean;
    readonly isAlreadyRenewed: boolean;
    readonly isNotRenewable: boolean;
    readonly isRenewalTooLong: boolean;
    readonly isWrongYear: boolean;
    readonly isAlreadyReported: boolean;
    readonly isReportMissing: boolean;
    readonly isMoratorium: boolean;
    readonly isOutputMissing: boolean;
    readonly isWrongEpsilon: boolean;
    readonly isAlreadyReserved: boolean;
    readonly isBudgetExhausted: boolean;
    readonly isAlreadySettled: boolean;
    readonly isBudgetUnsound: boolean;
    readonly isTooManyEmployers: boolean;
    readonly isAdministratorRecused: boolean;
    readonly type: 'NotAuthorised' | 'NotLicensed' | 'IdsExhausted' | 'UnknownPopulation' | 'UnknownDataset' | 'UnknownStudy' | 'UnknownRequest' | 'UnknownPermit' | 'UnknownQuery' | 'UnknownOrganisation' | 'AlreadyOpened' | 'WrongBudget' | 'WrongQuorum' | 'WrongDeliberation' | 'OwnCommittee' | 'CohortTooSmall' | 'MotionPending' | 'RefusedLately' | 'VoteClosed' | 'AlreadyVoted' | 'TooManyVotes' | 'Recused' | 'TooEarly' | 'NoQuorum' | 'TermsLoosened' | 'WrongEpoch' | 'TooManyVersions' | 'DatasetRetired' | 'NothingToChange' | 'WrongUses' | 'OwnStudy' | 'TooManyStudies' | 'WrongProtocol' | 'StudyWithdrawn' | 'NotApproved' | 'WrongTerm' | 'HistoryFull' | 'UseNotOfStudy' | 'WrongMonths' | 'TooManyRequests' | 'AlreadyCosigned' | 'OwnRequest' | 'Lapsed' | 'NotGranted' | 'WrongVersion' | 'TermsExclude' | 'AlreadyAccepted' | 'PermitEnded' | 'NotActive' | 'AlreadyRenewed' | 'NotRenewable' | 'RenewalTooLong' | 'WrongYear' | 'AlreadyReported' | 'ReportMissing' | 'Moratorium' | 'OutputMissing' | 'WrongEpsilon' | 'AlreadyReserved' | 'BudgetExhausted' | 'AlreadySettled' | 'BudgetUnsound' | 'TooManyEmployers' | 'AdministratorRecused';
  }

  /** @name SpConsensusBabeBabeConfiguration (689) */
  interface SpConsensusBabeBabeConfiguration extends Struct {
    readonly slotDuration: u64;
    readonly epochLength: u64;
    readonly c: ITuple<[u64, u64]>;
    readonly authorities: Vec<ITuple<[SpConsensusBabeAppPublic, u64]>>;
    readonly randomness: U8aFixed;
    readonly allowedSlots: SpConsensusBabeAllowedSlots;
  }

  /** @name SpConsensusBabeEpoch (690) */
  interface SpConsensusBabeEpoch extends Struct {
    readonly epochIndex: u64;
    readonly startSlot: u64;
    readonly duration: u64;
    readonly authorities: Vec<ITuple<[SpConsensusBabeAppPublic, u64]>>;
    readonly randomness: U8aFixed;
    readonly config: SpConsensusBabeBabeEpochConfiguration;
  }

  /** @name SpRuntimeBlockLazyBlock (696) */
  interface SpRuntimeBlockLazyBlock extends Struct {
    readonly header: SpRuntimeHeader;
    readonly extrinsics: Vec<Bytes>;
  }

  /** @name SpRuntimeExtrinsicInclusionMode (699) */
  interface SpRuntimeExtrinsicInclusionMode extends Enum {
    readonly isAllExtrinsics: boolean;
    readonly isOnlyInherents: boolean;
    readonly type: 'AllExtrinsics' | 'OnlyInherents';
  }

  /** @name FrameSupportViewFunctionsViewFunctionId (702) */
  interface FrameSupportViewFunctionsViewFunctionId extends Struct {
    readonly prefix: U8aFixed;
    readonly suffix: U8aFixed;
  }

  /** @name FrameSupportViewFunctionsViewFunctionDispatchError (704) */
  interface FrameSupportViewFunctionsViewFunctionDispatchError extends Enum {
    readonly isNotImplemented: boolean;
    readonly isNotFound: boolean;
    readonly asNotFound: FrameSupportViewFunctionsViewFunctionId;
    readonly isCodec: boolean;
    readonly type: 'NotImplemented' | 'NotFound' | 'Codec';
  }

  /** @name SpRuntimeTransactionValidityTransactionValidityError (706) */
  interface SpRuntimeTransactionValidityTransactionValidityError extends Enum {
    readonly isInvalid: boolean;
    readonly asInvalid: SpRuntimeTransactionValidityInvalidTransaction;
    readonly isUnknown: boolean;
    readonly asUnknown: SpRuntimeTransactionValidityUnknownTransaction;
    readonly type: 'Invalid' | 'Unknown';
  }

  /** @name SpRuntimeTransactionValidityInvalidTransaction (707) */
  interface SpRuntimeTransactionValidityInvalidTransaction extends Enum {
    readonly isCall: boolean;
    readonly isPayment: boolean;
    readonly isFuture: boolean;
    readonly isStale: boolean;
    readonly isBadProof: boolean;
    readonly isAncientBirthBlock: boolean;
    readonly isExhaustsResources: boolean;
    readonly isCustom: boolean;
    readonly asCustom: u8;
    readonly isBadMandatory: boolean;
    readonly isMandatoryValidation: boolean;
    readonly isBadSigner: boolean;
    readonly isIndeterminateImplicit: boolean;
    readonly isUnknownOrigin: boolean;
    readonly type: 'Call' | 'Payment' | 'Future' | 'Stale' | 'BadProof' | 'AncientBirthBlock' | 'ExhaustsResources' | 'Custom' | 'BadMandatory' | 'MandatoryValidation' | 'BadSigner' | 'IndeterminateImplicit' | 'UnknownOrigin';
  }

  /** @name SpRuntimeTransactionValidityUnknownTransaction (708) */
  interface SpRuntimeTransactionValidityUnknownTransaction extends Enum {
    readonly isCannotLookup: boolean;
    readonly isNoUnsignedValidator: boolean;
    readonly isCustom: boolean;
    readonly asCustom: u8;
    readonly type: 'CannotLookup' | 'NoUnsignedValidator' | 'Custom';
  }

  /** @name SpInherentsInherentData (709) */
  interface SpInherentsInherentData extends Struct {
    readonly data: BTreeMap<U8aFixed, Bytes>;
  }

  /** @name SpInherentsCheckInherentsResult (713) */
  interface SpInherentsCheckInherentsResult extends Struct {
    readonly okay: bool;
    readonly fatalError: bool;
    readonly errors: SpInherentsInherentData;
  }

  /** @name SpRuntimeTransactionValidityTransactionSource (714) */
  interface SpRuntimeTransactionValidityTransactionSource extends Enum {
    readonly isInBlock: boolean;
    readonly isLocal: boolean;
    readonly isExternal: boolean;
    readonly type: 'InBlock' | 'Local' | 'External';
  }

  /** @name SpRuntimeTransactionValidityValidTransaction (716) */
  interface SpRuntimeTransactionValidityValidTransaction extends Struct {
    readonly priority: u64;
    readonly requires: Vec<Bytes>;
    readonly provides: Vec<Bytes>;
    readonly longevity: u64;
    readonly propagate: bool;
  }

  /** @name SpSessionRuntimeApiOpaqueGeneratedSessionKeys (717) */
  interface SpSessionRuntimeApiOpaqueGeneratedSessionKeys extends Struct {
    readonly keys_: Bytes;
    readonly proof: Bytes;
  }

  /** @name PalletTransactionPaymentRuntimeDispatchInfo (721) */
  interface PalletTransactionPaymentRuntimeDispatchInfo extends Struct {
    readonly weight: SpWeightsWeightV2Weight;
    readonly class: FrameSupportDispatchDispatchClass;
    readonly partialFee: u128;
  }

  /** @name PalletTransactionPaymentFeeDetails (722) */
  interface PalletTransactionPaymentFeeDetails extends Struct {
    readonly inclusionFee: Option<PalletTransactionPaymentInclusionFee>;
    readonly tip: u128;
  }

  /** @name PalletTransactionPaymentInclusionFee (724) */
  interface PalletTransactionPaymentInclusionFee extends Struct {
    readonly baseFee: u128;
    readonly lenFee: u128;
    readonly adjustedWeightFee: u128;
  }

  /** @name PalletRegistryRuntimeApiOrganisationInfo (726) */
  interface PalletRegistryRuntimeApiOrganisationInfo extends Struct {
    readonly admin: AccountId32;
    readonly nextAdmin: Option<AccountId32>;
    readonly profile: H256;
    readonly agreementKey: Option<PalletRegistryAgreementKey>;
    readonly flagged: bool;
    readonly pending: u16;
    readonly licences: Vec<PalletRegistryRuntimeApiLicenceInfo>;
  }

  /** @name PalletRegistryRuntimeApiLicenceInfo (729) */
  interface PalletRegistryRuntimeApiLicenceInfo extends Struct {
    readonly kind: SalusPrimitivesCodesOrgKind;
    readonly status: PalletRegistryLicenceStatus;
    readonly revoked: Option<u64>;
    readonly intervals: Vec<PalletRegistryLicenceInterval>;
  }

  /** @name PalletRegistryLicenceStatus (730) */
  interface PalletRegistryLicenceStatus extends Enum {
    readonly isLive: boolean;
    readonly isExpired: boolean;
    readonly isSuspended: boolean;
    readonly isRevoked: boolean;
    readonly type: 'Live' | 'Expired' | 'Suspended' | 'Revoked';
  }

  /** @name PalletRegistryRuntimeApiQueryError (732) */
  interface PalletRegistryRuntimeApiQueryError extends Enum {
    readonly isInFuture: boolean;
    readonly type: 'InFuture';
  }

  /** @name PalletPatientIdentityPatientDocument (738) */
  interface PalletPatientIdentityPatientDocument extends Struct {
    readonly patient: H256;
    readonly state: SalusPrimitivesCodesPatientState;
    readonly since: u64;
    readonly activeFrom: Option<u64>;
    readonly retiresFrom: Option<u64>;
    readonly lastLeftActive: Option<u64>;
    readonly createdAt: u64;
    readonly registeredBy: Option<u32>;
    readonly keys_: Vec<PalletPatientIdentityDocumentKey>;
    readonly agreementKey: PalletPatientIdentitySince;
    readonly nextAgreementKey: Option<PalletPatientIdentitySince>;
  }

  /** @name PalletPatientIdentityDocumentKey (740) */
  interface PalletPatientIdentityDocumentKey extends Struct {
    readonly account: AccountId32;
    readonly purposes: u8;
    readonly from: u64;
    readonly until: Option<u64>;
  }

  /** @name PalletPatientIdentityRuntimeApiAsOfError (743) */
  interface PalletPatientIdentityRuntimeApiAsOfError extends Enum {
    readonly isInFuture: boolean;
    readonly type: 'InFuture';
  }

  /** @name SalusConsentDecisionQuestion (745) */
  interface SalusConsentDecisionQuestion extends Struct {
    readonly subject: H256;
    readonly actor: SalusConsentDecisionActor;
    readonly purpose: SalusPrimitivesCodesPurpose;
    readonly action: SalusPrimitivesCodesAction;
    readonly class: SalusPrimitivesCodesDataClass;
    readonly labels: u16;
    readonly dataTime: Option<u64>;
    readonly at: Option<u64>;
  }

  /** @name SalusConsentDecisionActor (746) */
  interface SalusConsentDecisionActor extends Enum {
    readonly isOrganisation: boolean;
    readonly asOrganisation: u32;
    readonly isPractitioner: boolean;
    readonly asPractitioner: {
      readonly who: AccountId32;
      readonly organisation: u32;
    } & Struct;
    readonly isOwn: boolean;
    readonly asOwn: AccountId32;
    readonly type: 'Organisation' | 'Practitioner' | 'Own';
  }

  /** @name SalusPrimitivesCodesAction (747) */
  interface SalusPrimitivesCodesAction extends Enum {
    readonly isRead: boolean;
    readonly isExport: boolean;
    readonly isAmend: boolean;
    readonly isRedisclose: boolean;
    readonly type: 'Read' | 'Export' | 'Amend' | 'Redisclose';
  }

  /** @name SalusPrimitivesCodesDataClass (748) */
  interface SalusPrimitivesCodesDataClass extends Enum {
    readonly isDemographics: boolean;
    readonly isProblems: boolean;
    readonly isMedications: boolean;
    readonly isLaboratory: boolean;
    readonly isObservations: boolean;
    readonly isImaging: boolean;
    readonly isProcedures: boolean;
    readonly isEncounters: boolean;
    readonly isDocuments: boolean;
    readonly isCarePlans: boolean;
    readonly isQuestionnaires: boolean;
    readonly isGenomics: boolean;
    readonly isFinancial: boolean;
    readonly type: 'Demographics' | 'Problems' | 'Medications' | 'Laboratory' | 'Observations' | 'Imaging' | 'Procedures' | 'Encounters' | 'Documents' | 'CarePlans' | 'Questionnaires' | 'Genomics' | 'Financial';
  }

  /** @name SalusConsentDecisionVerdict (750) */
  interface SalusConsentDecisionVerdict extends Enum {
    readonly isPermit: boolean;
    readonly asPermit: SalusConsentDecisionBasis;
    readonly isDeny: boolean;
    readonly asDeny: SalusConsentDecisionReason;
    readonly isEmergency: boolean;
    readonly asEmergency: u32;
    readonly isLawfulBasis: boolean;
    readonly asLawfulBasis: SalusConsentDecisionLawfulCode;
    readonly type: 'Permit' | 'Deny' | 'Emergency' | 'LawfulBasis';
  }

  /** @name SalusConsentDecisionBasis (751) */
  interface SalusConsentDecisionBasis extends Enum {
    readonly isDirective: boolean;
    readonly asDirective: u32;
    readonly isOwn: boolean;
    readonly isBase: boolean;
    readonly isSealedDirective: boolean;
    readonly asSealedDirective: u32;
    readonly type: 'Directive' | 'Own' | 'Base' | 'SealedDirective';
  }

  /** @name SalusConsentDecisionReason (752) */
  interface SalusConsentDecisionReason extends Enum {
    readonly isDirective: boolean;
    readonly asDirective: u32;
    readonly isDefault: boolean;
    readonly isVeto: boolean;
    readonly isState: boolean;
    readonly isCredential: boolean;
    readonly isSealed: boolean;
    readonly asSealed: u32;
    readonly isSealedDirective: boolean;
    readonly asSealedDirective: u32;
    readonly type: 'Directive' | 'Default' | 'Veto' | 'State' | 'Credential' | 'Sealed' | 'SealedDirective';
  }

  /** @name SalusConsentDecisionLawfulCode (753) */
  interface SalusConsentDecisionLawfulCode extends Enum {
    readonly isTreatmentRelationship: boolean;
    readonly asTreatmentRelationship: u64;
    readonly type: 'TreatmentRelationship';
  }

  /** @name PalletConsentQuestionError (754) */
  interface PalletConsentQuestionError extends Enum {
    readonly isFutureMoment: boolean;
    readonly isUnknownPatient: boolean;
    readonly isHistoryUnavailable: boolean;
    readonly isTooManyQuestions: boolean;
    readonly isTooManyOpenings: boolean;
    readonly type: 'FutureMoment' | 'UnknownPatient' | 'HistoryUnavailable' | 'TooManyQuestions' | 'TooManyOpenings';
  }

  /** @name PalletConsentRequest (761) */
  interface PalletConsentRequest extends Struct {
    readonly organisation: u32;
    readonly requestedBy: AccountId32;
    readonly grantee: SalusConsentDecisionGrantee;
    readonly access: PalletConsentAccess;
    readonly terms: H256;
    readonly expiresAt: u64;
    readonly payer: AccountId32;
    readonly ticket: Null;
  }

  /** @name SalusConsentDecisionSealedOpening (764) */
  interface SalusConsentDecisionSealedOpening extends Struct {
    readonly salt: U8aFixed;
    readonly content: SalusConsentDecisionSealedSealedContent;
  }

  /** @name SalusConsentDecisionSealedSealedContent (765) */
  interface SalusConsentDecisionSealedSealedContent extends Struct {
    readonly grantee: SalusConsentDecisionGrantee;
    readonly scope: SalusConsentDecisionScope;
    readonly eraseAfter: Option<u64>;
  }

  /** @name PalletSealedSealedError (767) */
  interface PalletSealedSealedError extends Enum {
    readonly isFutureMoment: boolean;
    readonly isHistoryUnavailable: boolean;
    readonly type: 'FutureMoment' | 'HistoryUnavailable';
  }

  /** @name PalletCareRelationshipInfo (773) */
  interface PalletCareRelationshipInfo extends Struct {
    readonly id: u64;
    readonly treatment: SalusPrimitivesCareTreatment;
    readonly kind: PalletCareRelationshipKind;
    readonly word: PalletCareWord;
    readonly referredBy: Option<u32>;
    readonly endedBy: Option<PalletCareEndedBy>;
    readonly live: bool;
  }

  /** @name PalletEmergencyEmergencyInfo (776) */
  interface PalletEmergencyEmergencyInfo extends Struct {
    readonly id: u32;
    readonly emergency: PalletEmergencyEmergency;
    readonly letsUntil: u64;
    readonly reviewBy: u64;
    readonly outcome: PalletEmergencyOutcome;
  }

  /** @name PalletEmergencyEmergency (777) */
  interface PalletEmergencyEmergency extends Struct {
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
    readonly deposit: Option<ITuple<[AccountId32, Null]>>;
  }

  /** @name PalletEmergencyOutcome (779) */
  interface PalletEmergencyOutcome extends Enum {
    readonly isPending: boolean;
    readonly isFound: boolean;
    readonly asFound: PalletEmergencyFinding;
    readonly isUnjustifiedBySilence: boolean;
    readonly isRuled: boolean;
    readonly asRuled: PalletEmergencyFinding;
    readonly isDisputed: boolean;
    readonly asDisputed: u64;
    readonly isUnreviewed: boolean;
    readonly type: 'Pending' | 'Found' | 'UnjustifiedBySilence' | 'Ruled' | 'Disputed' | 'Unreviewed';
  }

  /** @name PalletEmergencyCreditInfo (782) */
  interface PalletEmergencyCreditInfo extends Struct {
    readonly credit: u32;
    readonly left: u32;
    readonly pending: u32;
    readonly counts: PalletEmergencyCounts;
  }

  /** @name PalletAccessLogCommitInfo (786) */
  interface PalletAccessLogCommitInfo extends Struct {
    readonly number: u32;
    readonly epoch: u32;
    readonly seqFrom: u64;
    readonly seqUntil: u64;
    readonly root: H256;
    readonly head: H256;
    readonly at: u64;
  }

  /** @name PalletAccessLogReconciliation (789) */
  interface PalletAccessLogReconciliation extends Enum {
    readonly isNobody: boolean;
    readonly isOneSided: boolean;
    readonly asOneSided: ITuple<[u32, PalletAccessLogCounts]>;
    readonly isAgreed: boolean;
    readonly asAgreed: PalletAccessLogCounts;
    readonly isDisagreed: boolean;
    readonly asDisagreed: ITuple<[PalletAccessLogCounts, PalletAccessLogCounts]>;
    readonly type: 'Nobody' | 'OneSided' | 'Agreed' | 'Disagreed';
  }

  /** @name PalletResearchAnswersPopulationInfo (791) */
  interface PalletResearchAnswersPopulationInfo extends Struct {
    readonly committee: u32;
    readonly quorum: u32;
    readonly budget: SalusResearchPermitsBudget;
    readonly left: u64;
    readonly queries: u64;
    readonly refusedAt: Option<u64>;
    readonly motion: Option<PalletResearchBudgetsBudgetMotion>;
  }

  /** @name PalletResearchAnswersDatasetInfo (794) */
  interface PalletResearchAnswersDatasetInfo extends Struct {
    readonly id: u32;
    readonly custodian: u32;
    readonly basis: PalletResearchDatasetsBasis;
    readonly minCohort: u32;
    readonly rule: PalletResearchDatasetsCommitteeRule;
    readonly shortcut: bool;
    readonly offeredAt: u64;
    readonly retiredAt: Option<u64>;
    readonly unpaid: u32;
    readonly version: PalletResearchAnswersVersionInfo;
  }

  /** @name PalletResearchAnswersVersionInfo (795) */
  interface PalletResearchAnswersVersionInfo extends Struct {
    readonly number: u32;
    readonly terms: SalusResearchDataUseOffer;
    readonly termsVersion: u32;
    readonly root: H256;
    readonly size_: PalletResearchDatasetsSizeBucket;
    readonly epoch: u32;
    readonly nextEpochDue: u64;
    readonly at: u64;
  }

  /** @name PalletResearchAnswersStudyInfo (799) */
  interface PalletResearchAnswersStudyInfo extends Struct {
    readonly study: PalletResearchStudiesStudy;
    readonly approved: bool;
  }

  /** @name PalletResearchStudiesStudy (800) */
  interface PalletResearchStudiesStudy extends Struct {
    readonly organisation: u32;
    readonly investigator: AccountId32;
    readonly ethics: u32;
    readonly uses: u32;
    readonly protocols: Vec<PalletResearchStudiesProtocol>;
    readonly approvals: Vec<PalletResearchStudiesApproval>;
    readonly withdrawnAt: Option<u64>;
    readonly requests: u32;
    readonly signed: bool;
    readonly deposit: ITuple<[AccountId32, Null]>;
  }

  /** @name PalletResearchAnswersRequestInfo (802) */
  interface PalletResearchAnswersRequestInfo extends Struct {
    readonly id: u32;
    readonly request: PalletResearchRequestsAccessRequest;
    readonly stage: PalletResearchRequestsStage;
    readonly lapsesAt: Option<u64>;
    readonly answer: Option<SalusResearchDataUseAnswer>;
    readonly tally: PalletResearchTally;
  }

  /** @name PalletResearchRequestsAccessRequest (803) */
  interface PalletResearchRequestsAccessRequest extends Struct {
    readonly study: u32;
    readonly dataset: u32;
    readonly statement: SalusResearchDataUseRequest;
    readonly disease: Option<U8aFixed>;
    readonly askedAt: u64;
    readonly administrator: AccountId32;
    readonly cosigned: Option<PalletResearchRequestsCosigned>;
    readonly votes: Vec<PalletResearchVote>;
    readonly outcome: Option<PalletResearchRequestsOutcome>;
    readonly deposit: Option<ITuple<[AccountId32, Null]>>;
  }

  /** @name PalletResearchRequestsStage (804) */
  interface PalletResearchRequestsStage extends Enum {
    readonly isAwaitingSignature: boolean;
    readonly isExcluded: boolean;
    readonly asExcluded: SalusResearchDataUseRule;
    readonly isVoting: boolean;
    readonly isRejected: boolean;
    readonly isApproved: boolean;
    readonly isPermitted: boolean;
    readonly isLapsed: boolean;
    readonly type: 'AwaitingSignature' | 'Excluded' | 'Voting' | 'Rejected' | 'Approved' | 'Permitted' | 'Lapsed';
  }

  /** @name PalletResearchAnswersPermitInfo (809) */
  interface PalletResearchAnswersPermitInfo extends Struct {
    readonly id: u32;
    readonly record: PalletResearchPermitsPermitRecord;
    readonly standing: SalusResearchPermitsStanding;
    readonly closeOutDue: u64;
  }

  /** @name SalusResearchPermitsStanding (810) */
  interface SalusResearchPermitsStanding extends Enum {
    readonly isNotYet: boolean;
    readonly isActive: boolean;
    readonly isSuspended: boolean;
    readonly asSuspended: u8;
    readonly isEnded: boolean;
    readonly asEnded: SalusResearchPermitsEnding;
    readonly type: 'NotYet' | 'Active' | 'Suspended' | 'Ended';
  }

  /** @name PalletResearchAnswersLapsedPermit (814) */
  interface PalletResearchAnswersLapsedPermit extends Struct {
    readonly id: u32;
    readonly lapses: u8;
  }

  /** @name PalletResearchAnswersQueryInfo (816) */
  interface PalletResearchAnswersQueryInfo extends Struct {
    readonly id: u64;
    readonly query: PalletResearchBudgetsQuery;
  }

  /** @name PalletAcknowledgementNoticeInfo (819) */
  interface PalletAcknowledgementNoticeInfo extends Struct {
    readonly organisation: u32;
    readonly revokedAt: u64;
    readonly due: u64;
    readonly standing: PalletAcknowledgementNoticeStanding;
  }

  /** @name PalletAcknowledgementNoticeStanding (820) */
  interface PalletAcknowledgementNoticeStanding extends Enum {
    readonly isAwaited: boolean;
    readonly isOverdue: boolean;
    readonly asOverdue: {
      readonly markedAt: Option<u64>;
    } & Struct;
    readonly isAcknowledged: boolean;
    readonly asAcknowledged: {
      readonly at: u64;
      readonly onTime: bool;
    } & Struct;
    readonly isTooLongAgo: boolean;
    readonly type: 'Awaited' | 'Overdue' | 'Acknowledged' | 'TooLongAgo';
  }

  /** @name PalletRecordAnchorAnswersSlotState (821) */
  interface PalletRecordAnchorAnswersSlotState extends Enum {
    readonly isUnused: boolean;
    readonly isKept: boolean;
    readonly isShredded: boolean;
    readonly asShredded: PalletRecordAnchorLifeTombstone;
    readonly isEvicted: boolean;
    readonly type: 'Unused' | 'Kept' | 'Shredded' | 'Evicted';
  }

  /** @name PalletRecordAnchorAnswersAnchorInfo (823) */
  interface PalletRecordAnchorAnswersAnchorInfo extends Struct {
    readonly anchor: PalletRecordAnchorAnchorsAnchor;
    readonly head: u64;
    readonly successor: Option<PalletRecordAnchorAnchorsSuccessor>;
    readonly retraction: Option<PalletRecordAnchorAnchorsRetraction>;
    readonly acknowledgedAt: Option<u64>;
    readonly retentionUntil: u64;
    readonly holds: Vec<PalletRecordAnchorLifeLegalHold>;
    readonly disputes: Vec<PalletRecordAnchorAnswersDisputeInfo>;
    readonly erasure: Option<PalletRecordAnchorAnswersErasureInfo>;
  }

  /** @name PalletRecordAnchorAnswersDisputeInfo (827) */
  interface PalletRecordAnchorAnswersDisputeInfo extends Struct {
    readonly dispute: PalletRecordAnchorLifeDispute;
    readonly state: PalletRecordAnchorAnswersDisputeState;
  }

  /** @name PalletRecordAnchorAnswersDisputeState (828) */
  interface PalletRecordAnchorAnswersDisputeState extends Enum {
    readonly isOpen: boolean;
    readonly asOpen: {
      readonly due: u64;
    } & Struct;
    readonly isUnanswered: boolean;
    readonly asUnanswered: {
      readonly since: u64;
    } & Struct;
    readonly isAnswered: boolean;
    readonly type: 'Open' | 'Unanswered' | 'Answered';
  }

  /** @name PalletRecordAnchorAnswersErasureInfo (830) */
  interface PalletRecordAnchorAnswersErasureInfo extends Struct {
    readonly request: PalletRecordAnchorLifeErasureRequest;
    readonly state: PalletRecordAnchorAnswersErasureState;
  }

  /** @name PalletRecordAnchorAnswersErasureState (831) */
  interface PalletRecordAnchorAnswersErasureState extends Enum {
    readonly isOpen: boolean;
    readonly asOpen: {
      readonly due: u64;
    } & Struct;
    readonly isOverdue: boolean;
    readonly asOverdue: {
      readonly since: u64;
    } & Struct;
    readonly isRefused: boolean;
    readonly asRefused: {
      readonly reason: PalletRecordAnchorLifeRefusalReason;
      readonly at: u64;
    } & Struct;
    readonly type: 'Open' | 'Overdue' | 'Refused';
  }

  /** @name PalletRecordAnchorAnswersLineageEntry (833) */
  interface PalletRecordAnchorAnswersLineageEntry extends Struct {
    readonly seq: u64;
    readonly anchor: PalletRecordAnchorAnchorsAnchor;
    readonly retraction: Option<PalletRecordAnchorAnchorsRetraction>;
  }

  /** @name PalletRecordAnchorAnswersMerkleProof (835) */
  interface PalletRecordAnchorAnswersMerkleProof extends Struct {
    readonly index: u64;
    readonly path: Vec<H256>;
  }

  /** @name PalletRecordAnchorAnswersVerification (837) */
  interface PalletRecordAnchorAnswersVerification extends Struct {
    readonly anchoredAt: u64;
    readonly authority: PalletRecordAnchorAnchorsAuthority;
    readonly version: u32;
    readonly status: PalletRecordAnchorAnswersStatus;
    readonly head: Option<u64>;
  }

  /** @name PalletRecordAnchorAnswersStatus (838) */
  interface PalletRecordAnchorAnswersStatus extends Enum {
    readonly isNotYetAnchored: boolean;
    readonly isCurrent: boolean;
    readonly isSuperseded: boolean;
    readonly asSuperseded: {
      readonly by: u64;
      readonly relation: PalletRecordAnchorAnchorsRelation;
      readonly at: u64;
    } & Struct;
    readonly isRetracted: boolean;
    readonly asRetracted: {
      readonly reason: PalletRecordAnchorAnchorsRetractReason;
      readonly at: u64;
    } & Struct;
    readonly type: 'NotYetAnchored' | 'Current' | 'Superseded' | 'Retracted';
  }

  /** @name PalletRecordAnchorAnswersVerifyError (839) */
  interface PalletRecordAnchorAnswersVerifyError extends Enum {
    readonly isUnknown: boolean;
    readonly isNotAMember: boolean;
    readonly isProofRequired: boolean;
    readonly isProofUnexpected: boolean;
    readonly isFuture: boolean;
    readonly isEvicted: boolean;
    readonly isShredded: boolean;
    readonly asShredded: {
      readonly at: u64;
    } & Struct;
    readonly type: 'Unknown' | 'NotAMember' | 'ProofRequired' | 'ProofUnexpected' | 'Future' | 'Evicted' | 'Shredded';
  }

  /** @name PalletClaimsAnswersEligibility (842) */
  interface PalletClaimsAnswersEligibility extends Struct {
    readonly coverage: PalletClaimsCoverage;
    readonly at: u64;
    readonly inForce: bool;
    readonly rules: SalusClaimsAdjudicationPlan;
    readonly used: SalusClaimsAdjudicationPlanAccumulators;
  }

  /** @name PalletClaimsAnswersQueryError (843) */
  interface PalletClaimsAnswersQueryError extends Enum {
    readonly isUnknownCoverage: boolean;
    readonly isInTheFuture: boolean;
    readonly isLines: boolean;
    readonly asLines: SalusClaimsAdjudicationError;
    readonly type: 'UnknownCoverage' | 'InTheFuture' | 'Lines';
  }

  /** @name SalusClaimsAdjudicationError (844) */
  interface SalusClaimsAdjudicationError extends Enum {
    readonly isNoLines: boolean;
    readonly isTooManyLines: boolean;
    readonly isUnsoundPlan: boolean;
    readonly isLimitExceeded: boolean;
    readonly isAccumulatorOverflow: boolean;
    readonly isNotAccumulated: boolean;
    readonly isTotalOverflow: boolean;
    readonly isCountMismatch: boolean;
    readonly isLine: boolean;
    readonly asLine: {
      readonly index: u8;
      readonly error: SalusClaimsAdjudicationErrorLineError;
    } & Struct;
    readonly type: 'NoLines' | 'TooManyLines' | 'UnsoundPlan' | 'LimitExceeded' | 'AccumulatorOverflow' | 'NotAccumulated' | 'TotalOverflow' | 'CountMismatch' | 'Line';
  }

  /** @name SalusClaimsAdjudicationErrorLineError (845) */
  interface SalusClaimsAdjudicationErrorLineError extends Enum {
    readonly isZeroQuantity: boolean;
    readonly isPriorAboveCharge: boolean;
    readonly isUnbalanced: boolean;
    readonly isZeroAdjustment: boolean;
    readonly isRepeatedAdjustment: boolean;
    readonly isWrongGroup: boolean;
    readonly isPaidThoughDenied: boolean;
    readonly isTooManyAdjustments: boolean;
    readonly isWrongCategory: boolean;
    readonly isWrongResponsibility: boolean;
    readonly isWrongUsage: boolean;
    readonly isAboveOpen: boolean;
    readonly isWholeCharge: boolean;
    readonly type: 'ZeroQuantity' | 'PriorAboveCharge' | 'Unbalanced' | 'ZeroAdjustment' | 'RepeatedAdjustment' | 'WrongGroup' | 'PaidThoughDenied' | 'TooManyAdjustments' | 'WrongCategory' | 'WrongResponsibility' | 'WrongUsage' | 'AboveOpen' | 'WholeCharge';
  }

  /** @name SalusClaimsAdjudicationClaimClaimLine (847) */
  interface SalusClaimsAdjudicationClaimClaimLine extends Struct {
    readonly category: SalusClaimsAdjudicationPlanBenefitCategory;
    readonly quantity: u32;
    readonly charge: u128;
    readonly authorisation: Option<SalusClaimsAdjudicationClaimAuthorisation>;
    readonly denial: Option<SalusClaimsAdjudicationClaimDenial>;
    readonly prior: Option<SalusClaimsAdjudicationClaimPriorPayment>;
  }

  /** @name SalusClaimsAdjudicationClaimAuthorisation (849) */
  interface SalusClaimsAdjudicationClaimAuthorisation extends Struct {
    readonly quantity: u32;
    readonly amount: u128;
  }

  /** @name SalusClaimsAdjudicationClaimDenial (851) */
  interface SalusClaimsAdjudicationClaimDenial extends Enum {
    readonly isBeforeCoverage: boolean;
    readonly isAfterCoverage: boolean;
    readonly isFilingLimit: boolean;
    readonly isDuplicate: boolean;
    readonly isLacksInformation: boolean;
    readonly isProviderNotEligible: boolean;
    readonly isNonCovered: boolean;
    readonly isAuthorisationAbsent: boolean;
    readonly type: 'BeforeCoverage' | 'AfterCoverage' | 'FilingLimit' | 'Duplicate' | 'LacksInformation' | 'ProviderNotEligible' | 'NonCovered' | 'AuthorisationAbsent';
  }

  /** @name SalusClaimsAdjudicationClaimPriorPayment (853) */
  interface SalusClaimsAdjudicationClaimPriorPayment extends Struct {
    readonly paid: u128;
    readonly patientResponsibility: u128;
  }

  /** @name SalusClaimsAdjudicationResultAdjudication (855) */
  interface SalusClaimsAdjudicationResultAdjudication extends Struct {
    readonly lines: SalusClaimsAdjudicationListLineResult;
    readonly totals: SalusClaimsAdjudicationResultTotals;
    readonly accumulators: SalusClaimsAdjudicationPlanAccumulators;
  }

  /** @name SalusClaimsAdjudicationListLineResult (856) */
  interface SalusClaimsAdjudicationListLineResult extends Vec<SalusClaimsAdjudicationResultLineResult> {}

  /** @name PalletClaimsAnswersExplanation (859) */
  interface PalletClaimsAnswersExplanation extends Struct {
    readonly id: u64;
    readonly claim: PalletClaimsClaim;
    readonly encounter: PalletClaimsEncounter;
    readonly lines: Vec<PalletClaimsClaimLine>;
    readonly results: Vec<SalusClaimsAdjudicationResultLineResult>;
  }

  /** @name PalletSponsorshipQuote (862) */
  interface PalletSponsorshipQuote extends Struct {
    readonly payer: AccountId32;
    readonly fee: u128;
    readonly left: u128;
  }

  /** @name PalletSponsorshipRefusal (863) */
  interface PalletSponsorshipRefusal extends Enum {
    readonly isNotWelcomed: boolean;
    readonly isCallNotSponsored: boolean;
    readonly isTipOffered: boolean;
    readonly isAllowanceExhausted: boolean;
    readonly asAllowanceExhausted: {
      readonly until: Option<u64>;
    } & Struct;
    readonly isPotEmpty: boolean;
    readonly isNotEntitled: boolean;
    readonly type: 'NotWelcomed' | 'CallNotSponsored' | 'TipOffered' | 'AllowanceExhausted' | 'PotEmpty' | 'NotEntitled';
  }

  /** @name PalletSponsorshipAllowanceState (865) */
  interface PalletSponsorshipAllowanceState extends Struct {
    readonly left: u128;
    readonly perDay: u128;
    readonly fullAt: u64;
  }

  /** @name SalusRuntimeRuntimeError (869) */
  interface SalusRuntimeRuntimeError extends Enum {
    readonly isSystem: boolean;
    readonly asSystem: FrameSystemError;
    readonly isPreimage: boolean;
    readonly asPreimage: PalletPreimageError;
    readonly isScheduler: boolean;
    readonly asScheduler: PalletSchedulerError;
    readonly isUtility: boolean;
    readonly asUtility: PalletUtilityError;
    readonly isMultisig: boolean;
    readonly asMultisig: PalletMultisigError;
    readonly isProxy: boolean;
    readonly asProxy: PalletProxyError;
    readonly isSafeMode: boolean;
    readonly asSafeMode: PalletSafeModeError;
    readonly isMultiBlockMigrations: boolean;
    readonly asMultiBlockMigrations: PalletMigrationsError;
    readonly isTxPause: boolean;
    readonly asTxPause: PalletTxPauseError;
    readonly isBalances: boolean;
    readonly asBalances: PalletBalancesError;
    readonly isAssets: boolean;
    readonly asAssets: PalletAssetsError;
    readonly isAssetsHolder: boolean;
    readonly asAssetsHolder: PalletAssetsHolderError;
    readonly isTreasury: boolean;
    readonly asTreasury: PalletTreasuryError;
    readonly isBabe: boolean;
    readonly asBabe: PalletBabeError;
    readonly isValidatorSet: boolean;
    readonly asValidatorSet: PalletValidatorSetError;
    readonly isSession: boolean;
    readonly asSession: PalletSessionError;
    readonly isGrandpa: boolean;
    readonly asGrandpa: PalletGrandpaError;
    readonly isCouncil: boolean;
    readonly asCouncil: PalletCollectiveError;
    readonly isTechnicalCommittee: boolean;
    readonly asTechnicalCommittee: PalletCollectiveError;
    readonly isMembership: boolean;
    readonly asMembership: PalletMembershipError;
    readonly isTechnicalMembership: boolean;
    readonly asTechnicalMembership: PalletMembershipError;
    readonly isEnactment: boolean;
    readonly asEnactment: PalletEnactmentError;
    readonly isRegistry: boolean;
    readonly asRegistry: PalletRegistryError;
    readonly isPatientIdentity: boolean;
    readonly asPatientIdentity: PalletPatientIdentityError;
    readonly isConsent: boolean;
    readonly asConsent: PalletConsentError;
    readonly isRecordAnchor: boolean;
    readonly asRecordAnchor: PalletRecordAnchorError;
    readonly isClaims: boolean;
    readonly asClaims: PalletClaimsError;
    readonly isCare: boolean;
    readonly asCare: PalletCareError;
    readonly isEmergency: boolean;
    readonly asEmergency: PalletEmergencyError;
    readonly isAccessLog: boolean;
    readonly asAccessLog: PalletAccessLogError;
    readonly isAcknowledgement: boolean;
    readonly asAcknowledgement: PalletAcknowledgementError;
    readonly isSealed: boolean;
    readonly asSealed: PalletSealedError;
    readonly isResearch: boolean;
    readonly asResearch: PalletResearchError;
    readonly type: 'System' | 'Preimage' | 'Scheduler' | 'Utility' | 'Multisig' | 'Proxy' | 'SafeMode' | 'MultiBlockMigrations' | 'TxPause' | 'Balances' | 'Assets' | 'AssetsHolder' | 'Treasury' | 'Babe' | 'ValidatorSet' | 'Session' | 'Grandpa' | 'Council' | 'TechnicalCommittee' | 'Membership' | 'TechnicalMembership' | 'Enactment' | 'Registry' | 'PatientIdentity' | 'Consent' | 'RecordAnchor' | 'Claims' | 'Care' | 'Emergency' | 'AccessLog' | 'Acknowledgement' | 'Sealed' | 'Research';
  }

} // declare module
