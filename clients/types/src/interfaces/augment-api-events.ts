// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/events';

import type { ApiTypes, AugmentedEvent } from '@polkadot/api-base/types';
import type { Bytes, Null, Option, Result, U8aFixed, Vec, bool, u128, u16, u32, u64, u8 } from '@polkadot/types-codec';
import type { ITuple } from '@polkadot/types-codec/types';
import type { AccountId32, H256, Perbill } from '@polkadot/types/interfaces/runtime';
import type { FrameSupportTokensMiscBalanceStatus, FrameSystemDispatchEventInfo, PalletAccessLogCounts, PalletBalancesUnexpectedKind, PalletCareEndedBy, PalletClaimsClaimPendReason, PalletConsentLiftTarget, PalletEmergencyFinding, PalletEnactmentBody, PalletEnactmentEnactmentClass, PalletMultisigTimepoint, PalletProxyDepositKind, PalletRecordAnchorAnchorsRelation, PalletRecordAnchorAnchorsRetractReason, PalletRecordAnchorLifeOutcome, PalletRecordAnchorLifeRefusalReason, PalletRecordAnchorLifeShredReason, PalletResearchPermitsOutputKind, PalletResearchPermitsRevocationReason, PalletResearchRequestsDecidedBy, PalletResearchTally, PalletSafeModeExitReason, PalletValidatorSetRemovalReason, SalusClaimsAdjudicationResultTotals, SalusConsentDecisionBaseDecision, SalusConsentDecisionDirectiveBasis, SalusPrimitivesCareCarePolicy, SalusPrimitivesCareTowards, SalusPrimitivesCodesOrgKind, SalusPrimitivesCodesPurpose, SalusPrimitivesCodesRole, SalusPrimitivesEmergencyAdvanceDirective, SalusResearchDataUseDecision, SalusResearchDataUseRule, SalusRuntimeCommonProxyType, SalusRuntimeOriginCaller, SalusRuntimeRuntimeHoldReason, SpConsensusGrandpaAppPublic, SpRuntimeDispatchError } from '@polkadot/types/lookup';

export type __AugmentedEvent<ApiType extends ApiTypes> = AugmentedEvent<ApiType>;

declare module '@polkadot/api-base/types/events' {
  interface AugmentedEvents<ApiType extends ApiTypes> {
    accessLog: {
      /**
       * A custodian began its log anew: its entries are counted from 0 again. What it committed to before stays on
       * record, and nobody can take this back.
       **/
      LogBegunAnew: AugmentedEvent<ApiType, [organisation: u32, number: u32, epoch: u32, head: H256, by: AccountId32], { organisation: u32, number: u32, epoch: u32, head: H256, by: AccountId32 }>;
      /**
       * A custodian committed to what it has logged.
       **/
      LogCommitted: AugmentedEvent<ApiType, [organisation: u32, number: u32, head: H256, seqUntil: u64, by: AccountId32], { organisation: u32, number: u32, head: H256, seqUntil: u64, by: AccountId32 }>;
      /**
       * A custodian said what it found when it compared its log with another's.
       **/
      ReconciliationAttested: AugmentedEvent<ApiType, [organisation: u32, counterparty: u32, day: u32, counts: PalletAccessLogCounts, by: AccountId32], { organisation: u32, counterparty: u32, day: u32, counts: PalletAccessLogCounts, by: AccountId32 }>;
    };
    acknowledgement: {
      /**
       * An organisation acknowledged that a patient has revoked what it was permitted.
       **/
      RevocationAcknowledged: AugmentedEvent<ApiType, [organisation: u32, patient: H256, directive: u32, onTime: bool, by: AccountId32], { organisation: u32, patient: H256, directive: u32, onTime: bool, by: AccountId32 }>;
      /**
       * A revocation was not acknowledged by its deadline, and somebody marked that.
       **/
      RevocationOverdue: AugmentedEvent<ApiType, [organisation: u32, patient: H256, directive: u32, by: AccountId32], { organisation: u32, patient: H256, directive: u32, by: AccountId32 }>;
    };
    assets: {
      /**
       * Accounts were destroyed for given asset.
       **/
      AccountsDestroyed: AugmentedEvent<ApiType, [assetId: u32, accountsDestroyed: u32, accountsRemaining: u32], { assetId: u32, accountsDestroyed: u32, accountsRemaining: u32 }>;
      /**
       * An approval for account `delegate` was cancelled by `owner`.
       **/
      ApprovalCancelled: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32, delegate: AccountId32], { assetId: u32, owner: AccountId32, delegate: AccountId32 }>;
      /**
       * Approvals were destroyed for given asset.
       **/
      ApprovalsDestroyed: AugmentedEvent<ApiType, [assetId: u32, approvalsDestroyed: u32, approvalsRemaining: u32], { assetId: u32, approvalsDestroyed: u32, approvalsRemaining: u32 }>;
      /**
       * (Additional) funds have been approved for transfer to a destination account.
       **/
      ApprovedTransfer: AugmentedEvent<ApiType, [assetId: u32, source: AccountId32, delegate: AccountId32, amount: u128], { assetId: u32, source: AccountId32, delegate: AccountId32, amount: u128 }>;
      /**
       * Some asset `asset_id` was frozen.
       **/
      AssetFrozen: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * The min_balance of an asset has been updated by the asset owner.
       **/
      AssetMinBalanceChanged: AugmentedEvent<ApiType, [assetId: u32, newMinBalance: u128], { assetId: u32, newMinBalance: u128 }>;
      /**
       * An asset has had its attributes changed by the `Force` origin.
       **/
      AssetStatusChanged: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * Some asset `asset_id` was thawed.
       **/
      AssetThawed: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * Some account `who` was blocked.
       **/
      Blocked: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32], { assetId: u32, who: AccountId32 }>;
      /**
       * Some assets were destroyed.
       **/
      Burned: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32, balance: u128], { assetId: u32, owner: AccountId32, balance: u128 }>;
      /**
       * Some assets Credit was destroyed.
       **/
      BurnedCredit: AugmentedEvent<ApiType, [assetId: u32, amount: u128], { assetId: u32, amount: u128 }>;
      /**
       * Some assets Debt was destroyed (and assets issued).
       **/
      BurnedDebt: AugmentedEvent<ApiType, [assetId: u32, amount: u128], { assetId: u32, amount: u128 }>;
      /**
       * Some asset class was created.
       **/
      Created: AugmentedEvent<ApiType, [assetId: u32, creator: AccountId32, owner: AccountId32], { assetId: u32, creator: AccountId32, owner: AccountId32 }>;
      /**
       * Some assets were deposited (e.g. for transaction fees).
       **/
      Deposited: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32, amount: u128], { assetId: u32, who: AccountId32, amount: u128 }>;
      /**
       * An asset class was destroyed.
       **/
      Destroyed: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * An asset class is in the process of being destroyed.
       **/
      DestructionStarted: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * Some asset class was force-created.
       **/
      ForceCreated: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32], { assetId: u32, owner: AccountId32 }>;
      /**
       * Some account `who` was frozen.
       **/
      Frozen: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32], { assetId: u32, who: AccountId32 }>;
      /**
       * Some assets were issued.
       **/
      Issued: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32, amount: u128], { assetId: u32, owner: AccountId32, amount: u128 }>;
      /**
       * Some assets were issued as Credit (no owner yet).
       **/
      IssuedCredit: AugmentedEvent<ApiType, [assetId: u32, amount: u128], { assetId: u32, amount: u128 }>;
      /**
       * Some assets were burned and a Debt was created.
       **/
      IssuedDebt: AugmentedEvent<ApiType, [assetId: u32, amount: u128], { assetId: u32, amount: u128 }>;
      /**
       * Metadata has been cleared for an asset.
       **/
      MetadataCleared: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * New metadata has been set for an asset.
       **/
      MetadataSet: AugmentedEvent<ApiType, [assetId: u32, name: Bytes, symbol_: Bytes, decimals: u8, isFrozen: bool], { assetId: u32, name: Bytes, symbol: Bytes, decimals: u8, isFrozen: bool }>;
      /**
       * The owner changed.
       **/
      OwnerChanged: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32], { assetId: u32, owner: AccountId32 }>;
      /**
       * Reserve information was removed for `asset_id`.
       **/
      ReservesRemoved: AugmentedEvent<ApiType, [assetId: u32], { assetId: u32 }>;
      /**
       * Reserve information was set or updated for `asset_id`.
       **/
      ReservesUpdated: AugmentedEvent<ApiType, [assetId: u32, reserves: Vec<Null>], { assetId: u32, reserves: Vec<Null> }>;
      /**
       * The management team changed.
       **/
      TeamChanged: AugmentedEvent<ApiType, [assetId: u32, issuer: AccountId32, admin: AccountId32, freezer: AccountId32], { assetId: u32, issuer: AccountId32, admin: AccountId32, freezer: AccountId32 }>;
      /**
       * Some account `who` was thawed.
       **/
      Thawed: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32], { assetId: u32, who: AccountId32 }>;
      /**
       * Some account `who` was created with a deposit from `depositor`.
       **/
      Touched: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32, depositor: AccountId32], { assetId: u32, who: AccountId32, depositor: AccountId32 }>;
      /**
       * Some assets were transferred.
       **/
      Transferred: AugmentedEvent<ApiType, [assetId: u32, from: AccountId32, to: AccountId32, amount: u128], { assetId: u32, from: AccountId32, to: AccountId32, amount: u128 }>;
      /**
       * An `amount` was transferred in its entirety from `owner` to `destination` by
       * the approved `delegate`.
       **/
      TransferredApproved: AugmentedEvent<ApiType, [assetId: u32, owner: AccountId32, delegate: AccountId32, destination: AccountId32, amount: u128], { assetId: u32, owner: AccountId32, delegate: AccountId32, destination: AccountId32, amount: u128 }>;
      /**
       * Some assets were withdrawn from the account (e.g. for transaction fees).
       **/
      Withdrawn: AugmentedEvent<ApiType, [assetId: u32, who: AccountId32, amount: u128], { assetId: u32, who: AccountId32, amount: u128 }>;
    };
    assetsHolder: {
      /**
       * `who`s balance on hold was burned by `amount`.
       **/
      Burned: AugmentedEvent<ApiType, [who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128], { who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128 }>;
      /**
       * `who`s balance on hold was increased by `amount`.
       **/
      Held: AugmentedEvent<ApiType, [who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128], { who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128 }>;
      /**
       * `who`s balance on hold was decreased by `amount`.
       **/
      Released: AugmentedEvent<ApiType, [who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128], { who: AccountId32, assetId: u32, reason: SalusRuntimeRuntimeHoldReason, amount: u128 }>;
    };
    balances: {
      /**
       * A balance was set by root.
       **/
      BalanceSet: AugmentedEvent<ApiType, [who: AccountId32, free: u128], { who: AccountId32, free: u128 }>;
      /**
       * Some amount was burned from an account.
       **/
      Burned: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some debt has been dropped from the Total Issuance.
       **/
      BurnedDebt: AugmentedEvent<ApiType, [amount: u128], { amount: u128 }>;
      /**
       * Held balance was burned from an account.
       **/
      BurnedHeld: AugmentedEvent<ApiType, [reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128], { reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128 }>;
      /**
       * Some amount was deposited (e.g. for transaction fees).
       **/
      Deposit: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * An account was removed whose balance was non-zero but below ExistentialDeposit,
       * resulting in an outright loss.
       **/
      DustLost: AugmentedEvent<ApiType, [account: AccountId32, amount: u128], { account: AccountId32, amount: u128 }>;
      /**
       * An account was created with some free balance.
       **/
      Endowed: AugmentedEvent<ApiType, [account: AccountId32, freeBalance: u128], { account: AccountId32, freeBalance: u128 }>;
      /**
       * Some balance was frozen.
       **/
      Frozen: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some balance was placed on hold.
       **/
      Held: AugmentedEvent<ApiType, [reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128], { reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128 }>;
      /**
       * Total issuance was increased by `amount`, creating a credit to be balanced.
       **/
      Issued: AugmentedEvent<ApiType, [amount: u128], { amount: u128 }>;
      /**
       * Some balance was locked.
       **/
      Locked: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some amount was minted into an account.
       **/
      Minted: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some credit was balanced and added to the TotalIssuance.
       **/
      MintedCredit: AugmentedEvent<ApiType, [amount: u128], { amount: u128 }>;
      /**
       * Some balance was released from hold.
       **/
      Released: AugmentedEvent<ApiType, [reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128], { reason: SalusRuntimeRuntimeHoldReason, who: AccountId32, amount: u128 }>;
      /**
       * Total issuance was decreased by `amount`, creating a debt to be balanced.
       **/
      Rescinded: AugmentedEvent<ApiType, [amount: u128], { amount: u128 }>;
      /**
       * Some balance was reserved (moved from free to reserved).
       **/
      Reserved: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some balance was moved from the reserve of the first account to the second account.
       * Final argument indicates the destination balance type.
       **/
      ReserveRepatriated: AugmentedEvent<ApiType, [from: AccountId32, to: AccountId32, amount: u128, destinationStatus: FrameSupportTokensMiscBalanceStatus], { from: AccountId32, to: AccountId32, amount: u128, destinationStatus: FrameSupportTokensMiscBalanceStatus }>;
      /**
       * Some amount was restored into an account.
       **/
      Restored: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some amount was removed from the account (e.g. for misbehavior).
       **/
      Slashed: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some amount was suspended from an account (it can be restored later).
       **/
      Suspended: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some balance was thawed.
       **/
      Thawed: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * The `TotalIssuance` was forcefully changed.
       **/
      TotalIssuanceForced: AugmentedEvent<ApiType, [old: u128, new_: u128], { old: u128, new_: u128 }>;
      /**
       * Transfer succeeded.
       **/
      Transfer: AugmentedEvent<ApiType, [from: AccountId32, to: AccountId32, amount: u128], { from: AccountId32, to: AccountId32, amount: u128 }>;
      /**
       * The `transferred` balance is placed on hold at the `dest` account.
       **/
      TransferAndHold: AugmentedEvent<ApiType, [reason: SalusRuntimeRuntimeHoldReason, source: AccountId32, dest: AccountId32, transferred: u128], { reason: SalusRuntimeRuntimeHoldReason, source: AccountId32, dest: AccountId32, transferred: u128 }>;
      /**
       * A transfer of `amount` on hold from `source` to `dest` was initiated.
       **/
      TransferOnHold: AugmentedEvent<ApiType, [reason: SalusRuntimeRuntimeHoldReason, source: AccountId32, dest: AccountId32, amount: u128], { reason: SalusRuntimeRuntimeHoldReason, source: AccountId32, dest: AccountId32, amount: u128 }>;
      /**
       * An unexpected/defensive event was triggered.
       **/
      Unexpected: AugmentedEvent<ApiType, [PalletBalancesUnexpectedKind]>;
      /**
       * Some balance was unlocked.
       **/
      Unlocked: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * Some balance was unreserved (moved from reserved to free).
       **/
      Unreserved: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
      /**
       * An account was upgraded.
       **/
      Upgraded: AugmentedEvent<ApiType, [who: AccountId32], { who: AccountId32 }>;
      /**
       * Some amount was withdrawn from the account (e.g. for transaction fees).
       **/
      Withdraw: AugmentedEvent<ApiType, [who: AccountId32, amount: u128], { who: AccountId32, amount: u128 }>;
    };
    care: {
      /**
       * A patient took an invitation back.
       **/
      InvitationWithdrawn: AugmentedEvent<ApiType, [patient: H256, invitation: u32, by: AccountId32], { patient: H256, invitation: u32, by: AccountId32 }>;
      /**
       * A patient let an organisation record a relationship.
       **/
      Invited: AugmentedEvent<ApiType, [patient: H256, invitation: u32, organisation: u32, referredBy: Option<u32>, by: AccountId32], { patient: H256, invitation: u32, organisation: u32, referredBy: Option<u32>, by: AccountId32 }>;
      /**
       * A patient has opted in again. Relationships that the opt-out met stay void.
       **/
      OptedIn: AugmentedEvent<ApiType, [patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32], { patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32 }>;
      /**
       * A patient opted out.
       **/
      OptedOut: AugmentedEvent<ApiType, [patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32], { patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32 }>;
      /**
       * A return that waited was called off.
       **/
      OptInCancelled: AugmentedEvent<ApiType, [patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32], { patient: H256, towards: SalusPrimitivesCareTowards, by: AccountId32 }>;
      /**
       * A patient is to opt in again after a delay.
       **/
      OptInRequested: AugmentedEvent<ApiType, [patient: H256, towards: SalusPrimitivesCareTowards, readyAt: u64, by: AccountId32], { patient: H256, towards: SalusPrimitivesCareTowards, readyAt: u64, by: AccountId32 }>;
      /**
       * The network will have another care policy.
       **/
      PolicyAnnounced: AugmentedEvent<ApiType, [policy: SalusPrimitivesCareCarePolicy, from: u64], { policy: SalusPrimitivesCareCarePolicy, from: u64 }>;
      /**
       * A care policy that was announced will not come into force.
       **/
      PolicyWithdrawn: AugmentedEvent<ApiType, [policy: SalusPrimitivesCareCarePolicy], { policy: SalusPrimitivesCareCarePolicy }>;
      /**
       * A relationship ended before its time.
       **/
      RelationshipEnded: AugmentedEvent<ApiType, [relationship: u64, endedBy: PalletCareEndedBy, by: AccountId32], { relationship: u64, endedBy: PalletCareEndedBy, by: AccountId32 }>;
      /**
       * A relationship began.
       **/
      RelationshipOpened: AugmentedEvent<ApiType, [relationship: u64, patient: H256, organisation: u32, renewed: Option<u64>, by: AccountId32], { relationship: u64, patient: H256, organisation: u32, renewed: Option<u64>, by: AccountId32 }>;
    };
    claims: {
      /**
       * A member accepted a coverage.
       **/
      Accepted: AugmentedEvent<ApiType, [coverage: u64], { coverage: u64 }>;
      /**
       * A claim was decided.
       **/
      Adjudicated: AugmentedEvent<ApiType, [claim: u64, totals: SalusClaimsAdjudicationResultTotals], { claim: u64, totals: SalusClaimsAdjudicationResultTotals }>;
      /**
       * The provider answered.
       **/
      Answered: AugmentedEvent<ApiType, [claim: u64, due: u64], { claim: u64, due: u64 }>;
      /**
       * A provider changed what it had written down.
       **/
      EncounterAmended: AugmentedEvent<ApiType, [encounter: u64, was: H256, root: H256, lines: u8], { encounter: u64, was: H256, root: H256, lines: u8 }>;
      /**
       * A member attested an encounter.
       **/
      EncounterAttested: AugmentedEvent<ApiType, [encounter: u64, coverage: u64], { encounter: u64, coverage: u64 }>;
      /**
       * A provider wrote down what was done in an encounter.
       **/
      EncounterClosed: AugmentedEvent<ApiType, [encounter: u64, root: H256, lines: u8], { encounter: u64, root: H256, lines: u8 }>;
      /**
       * A provider opened an encounter.
       **/
      EncounterOpened: AugmentedEvent<ApiType, [encounter: u64, provider: u32, emergency: bool], { encounter: u64, provider: u32, emergency: bool }>;
      /**
       * A payer offered a coverage.
       **/
      Enrolled: AugmentedEvent<ApiType, [coverage: u64, payer: u32, plan: u32, version: u32], { coverage: u64, payer: u32, plan: u32, version: u32 }>;
      /**
       * Money was put into an organisation's settlement account.
       **/
      Funded: AugmentedEvent<ApiType, [org: u32, asset: u32, amount: u128], { org: u32, asset: u32, amount: u128 }>;
      /**
       * The hold of a claim that was decided, or ended, while the asset was frozen was released.
       **/
      HoldReleased: AugmentedEvent<ApiType, [claim: u64, amount: u128], { claim: u64, amount: u128 }>;
      /**
       * The payer asked for information.
       **/
      InformationRequested: AugmentedEvent<ApiType, [claim: u64, due: u64], { claim: u64, due: u64 }>;
      /**
       * A correction came to nothing.
       **/
      Lapsed: AugmentedEvent<ApiType, [claim: u64], { claim: u64 }>;
      /**
       * What was on hold for a decided claim was paid, and is not all that the claim is owed. The
       * rest waits.
       **/
      PaidInPart: AugmentedEvent<ApiType, [claim: u64, paid: u128, interest: u128], { claim: u64, paid: u128, interest: u128 }>;
      /**
       * A claim awaits the payer's decision.
       **/
      Pended: AugmentedEvent<ApiType, [claim: u64, reason: PalletClaimsClaimPendReason, due: u64, held: u128], { claim: u64, reason: PalletClaimsClaimPendReason, due: u64, held: u128 }>;
      /**
       * A payer published a version of a plan.
       **/
      PlanPublished: AugmentedEvent<ApiType, [payer: u32, plan: u32, version: u32], { payer: u32, plan: u32, version: u32 }>;
      /**
       * The change of the member key was called off.
       **/
      RekeyCancelled: AugmentedEvent<ApiType, [coverage: u64], { coverage: u64 }>;
      /**
       * Another member key took the place of the present one.
       **/
      Rekeyed: AugmentedEvent<ApiType, [coverage: u64], { coverage: u64 }>;
      /**
       * A payer named another member key, which has yet to accept.
       **/
      RekeyProposed: AugmentedEvent<ApiType, [coverage: u64, from: u64], { coverage: u64, from: u64 }>;
      /**
       * A claim was paid, if anything was to be paid.
       **/
      Settled: AugmentedEvent<ApiType, [claim: u64, paid: u128, returned: u128, interest: u128], { claim: u64, paid: u128, returned: u128, interest: u128 }>;
      /**
       * A claim was submitted.
       **/
      Submitted: AugmentedEvent<ApiType, [claim: u64, encounter: u64, coverage: u64, previous: Option<u64>], { claim: u64, encounter: u64, coverage: u64, previous: Option<u64> }>;
      /**
       * A corrected claim took the place of one before.
       **/
      Superseded: AugmentedEvent<ApiType, [claim: u64, by: u64], { claim: u64, by: u64 }>;
      /**
       * The end of a coverage was brought forward.
       **/
      Terminated: AugmentedEvent<ApiType, [coverage: u64, until: u64], { coverage: u64, until: u64 }>;
      /**
       * A claim was taken back.
       **/
      Voided: AugmentedEvent<ApiType, [claim: u64, returned: u128], { claim: u64, returned: u128 }>;
      /**
       * A decided claim waits for the payer's funds.
       **/
      Waiting: AugmentedEvent<ApiType, [claim: u64, amount: u128, ahead: u64], { claim: u64, amount: u128, ahead: u64 }>;
      /**
       * Money was taken out of an organisation's settlement account.
       **/
      Withdrawn: AugmentedEvent<ApiType, [org: u32, asset: u32, amount: u128], { org: u32, asset: u32, amount: u128 }>;
    };
    consent: {
      /**
       * An organisation asked for access.
       **/
      AccessRequested: AugmentedEvent<ApiType, [patient: H256, request: u32, organisation: u32, by: AccountId32], { patient: H256, request: u32, organisation: u32, by: AccountId32 }>;
      /**
       * A stricter base decision was made.
       **/
      BaseDecisionSet: AugmentedEvent<ApiType, [patient: H256, decision: SalusConsentDecisionBaseDecision, by: AccountId32], { patient: H256, decision: SalusConsentDecisionBaseDecision, by: AccountId32 }>;
      /**
       * A Deny was made.
       **/
      DenialMade: AugmentedEvent<ApiType, [patient: H256, directive: u32, by: AccountId32], { patient: H256, directive: u32, by: AccountId32 }>;
      /**
       * A Permit was ended.
       **/
      DirectiveRevoked: AugmentedEvent<ApiType, [patient: H256, directive: u32, by: AccountId32], { patient: H256, directive: u32, by: AccountId32 }>;
      /**
       * A protection was lifted: a Deny or a veto ended, an organisation may ask again, or a base decision that
       * refuses less holds.
       **/
      LiftApplied: AugmentedEvent<ApiType, [patient: H256, target: PalletConsentLiftTarget, by: AccountId32], { patient: H256, target: PalletConsentLiftTarget, by: AccountId32 }>;
      /**
       * A lift that waited was called off: by itself, by a stricter base decision, or by another looser one.
       **/
      LiftCancelled: AugmentedEvent<ApiType, [patient: H256, target: PalletConsentLiftTarget, by: AccountId32], { patient: H256, target: PalletConsentLiftTarget, by: AccountId32 }>;
      /**
       * A protection is to be lifted after a delay.
       **/
      LiftRequested: AugmentedEvent<ApiType, [patient: H256, target: PalletConsentLiftTarget, readyAt: u64, by: AccountId32], { patient: H256, target: PalletConsentLiftTarget, readyAt: u64, by: AccountId32 }>;
      /**
       * A Permit was made.
       **/
      PermitGranted: AugmentedEvent<ApiType, [patient: H256, directive: u32, basis: SalusConsentDecisionDirectiveBasis, by: AccountId32], { patient: H256, directive: u32, basis: SalusConsentDecisionDirectiveBasis, by: AccountId32 }>;
      /**
       * A purpose was vetoed.
       **/
      PurposeVetoed: AugmentedEvent<ApiType, [patient: H256, purpose: SalusPrimitivesCodesPurpose, by: AccountId32], { patient: H256, purpose: SalusPrimitivesCodesPurpose, by: AccountId32 }>;
      /**
       * A request was declined, and its deposit returned.
       **/
      RequestDeclined: AugmentedEvent<ApiType, [patient: H256, request: u32, by: AccountId32], { patient: H256, request: u32, by: AccountId32 }>;
      /**
       * An organisation may ask for access no more.
       **/
      RequesterBlocked: AugmentedEvent<ApiType, [patient: H256, organisation: u32, by: AccountId32], { patient: H256, organisation: u32, by: AccountId32 }>;
      /**
       * A request expired unanswered, and its deposit was returned.
       **/
      RequestExpired: AugmentedEvent<ApiType, [patient: H256, request: u32], { patient: H256, request: u32 }>;
    };
    council: {
      /**
       * A motion was approved by the required threshold.
       **/
      Approved: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A proposal was closed because its threshold was reached or after its duration was up.
       **/
      Closed: AugmentedEvent<ApiType, [proposalHash: H256, yes: u32, no: u32], { proposalHash: H256, yes: u32, no: u32 }>;
      /**
       * A motion was not approved by the required threshold.
       **/
      Disapproved: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A motion was executed; result will be `Ok` if it returned without error.
       **/
      Executed: AugmentedEvent<ApiType, [proposalHash: H256, result: Result<Null, SpRuntimeDispatchError>], { proposalHash: H256, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * A proposal was killed.
       **/
      Killed: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A single member did some action; result will be `Ok` if it returned without error.
       **/
      MemberExecuted: AugmentedEvent<ApiType, [proposalHash: H256, result: Result<Null, SpRuntimeDispatchError>], { proposalHash: H256, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * Some cost for storing a proposal was burned.
       **/
      ProposalCostBurned: AugmentedEvent<ApiType, [proposalHash: H256, who: AccountId32], { proposalHash: H256, who: AccountId32 }>;
      /**
       * Some cost for storing a proposal was released.
       **/
      ProposalCostReleased: AugmentedEvent<ApiType, [proposalHash: H256, who: AccountId32], { proposalHash: H256, who: AccountId32 }>;
      /**
       * A motion (given hash) has been proposed (by given account) with a threshold (given
       * `MemberCount`).
       **/
      Proposed: AugmentedEvent<ApiType, [account: AccountId32, proposalIndex: u32, proposalHash: H256, threshold: u32], { account: AccountId32, proposalIndex: u32, proposalHash: H256, threshold: u32 }>;
      /**
       * A motion (given hash) has been voted on by given account, leaving
       * a tally (yes votes and no votes given respectively as `MemberCount`).
       **/
      Voted: AugmentedEvent<ApiType, [account: AccountId32, proposalHash: H256, voted: bool, yes: u32, no: u32], { account: AccountId32, proposalHash: H256, voted: bool, yes: u32, no: u32 }>;
    };
    emergency: {
      /**
       * A patient's advance directive was relaxed.
       **/
      AdvanceDirectiveRelaxed: AugmentedEvent<ApiType, [patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, by: AccountId32], { patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, by: AccountId32 }>;
      /**
       * A patient's advance directive became stricter.
       **/
      AdvanceDirectiveSet: AugmentedEvent<ApiType, [patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, by: AccountId32], { patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, by: AccountId32 }>;
      /**
       * A patient disputed that an emergency was justified.
       **/
      Disputed: AugmentedEvent<ApiType, [emergency: u32, by: AccountId32], { emergency: u32, by: AccountId32 }>;
      /**
       * Somebody broke the glass.
       **/
      GlassBroken: AugmentedEvent<ApiType, [emergency: u32, patient: H256, organisation: u32, by: AccountId32, until: u64], { emergency: u32, patient: H256, organisation: u32, by: AccountId32, until: u64 }>;
      /**
       * An emergency was beyond credit. For the regulator.
       **/
      OverCredit: AugmentedEvent<ApiType, [emergency: u32, organisation: u32], { emergency: u32, organisation: u32 }>;
      /**
       * Somebody recorded an emergency that had happened.
       **/
      RecordedLate: AugmentedEvent<ApiType, [emergency: u32, patient: H256, organisation: u32, by: AccountId32, happenedAt: u64], { emergency: u32, patient: H256, organisation: u32, by: AccountId32, happenedAt: u64 }>;
      /**
       * A relaxation that waited was called off.
       **/
      RelaxationCancelled: AugmentedEvent<ApiType, [patient: H256, by: AccountId32], { patient: H256, by: AccountId32 }>;
      /**
       * A patient's advance directive is to be relaxed after a delay.
       **/
      RelaxationRequested: AugmentedEvent<ApiType, [patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, readyAt: u64, by: AccountId32], { patient: H256, value: SalusPrimitivesEmergencyAdvanceDirective, readyAt: u64, by: AccountId32 }>;
      /**
       * An emergency was reviewed.
       **/
      Reviewed: AugmentedEvent<ApiType, [emergency: u32, finding: PalletEmergencyFinding, by: AccountId32, actingFor: u32], { emergency: u32, finding: PalletEmergencyFinding, by: AccountId32, actingFor: u32 }>;
      /**
       * An auditor ruled on a dispute.
       **/
      Ruled: AugmentedEvent<ApiType, [emergency: u32, finding: PalletEmergencyFinding, by: AccountId32, actingFor: u32], { emergency: u32, finding: PalletEmergencyFinding, by: AccountId32, actingFor: u32 }>;
    };
    enactment: {
      /**
       * Both bodies have approved. The delay runs.
       **/
      Agreed: AugmentedEvent<ApiType, [proposal: H256, due: u64], { proposal: H256, due: u64 }>;
      /**
       * A body approved a call.
       **/
      Approved: AugmentedEvent<ApiType, [proposal: H256, body: PalletEnactmentBody], { proposal: H256, body: PalletEnactmentBody }>;
      /**
       * A body took a proposal off the table.
       **/
      Cancelled: AugmentedEvent<ApiType, [proposal: H256, body: PalletEnactmentBody], { proposal: H256, body: PalletEnactmentBody }>;
      /**
       * A proposal that had lapsed was removed.
       **/
      Cleared: AugmentedEvent<ApiType, [proposal: H256], { proposal: H256 }>;
      /**
       * A delay was changed.
       **/
      DelaySet: AugmentedEvent<ApiType, [class_: PalletEnactmentEnactmentClass, seconds: u64], { class: PalletEnactmentEnactmentClass, seconds: u64 }>;
      /**
       * A call was carried out by Root.
       **/
      Enacted: AugmentedEvent<ApiType, [proposal: H256], { proposal: H256 }>;
    };
    grandpa: {
      /**
       * New authority set has been applied.
       **/
      NewAuthorities: AugmentedEvent<ApiType, [authoritySet: Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>>], { authoritySet: Vec<ITuple<[SpConsensusGrandpaAppPublic, u64]>> }>;
      /**
       * Current authority set has been paused.
       **/
      Paused: AugmentedEvent<ApiType, []>;
      /**
       * Current authority set has been resumed.
       **/
      Resumed: AugmentedEvent<ApiType, []>;
    };
    historical: {
      /**
       * The merkle roots of up to this session index were pruned
       **/
      RootsPruned: AugmentedEvent<ApiType, [upTo: u32], { upTo: u32 }>;
      /**
       * The merkle root of the validators of the said session were stored
       **/
      RootStored: AugmentedEvent<ApiType, [index: u32], { index: u32 }>;
    };
    membership: {
      /**
       * Phantom member, never used.
       **/
      Dummy: AugmentedEvent<ApiType, []>;
      /**
       * One of the members' keys changed.
       **/
      KeyChanged: AugmentedEvent<ApiType, []>;
      /**
       * The given member was added; see the transaction for who.
       **/
      MemberAdded: AugmentedEvent<ApiType, []>;
      /**
       * The given member was removed; see the transaction for who.
       **/
      MemberRemoved: AugmentedEvent<ApiType, []>;
      /**
       * The membership was reset; see the transaction for who the new set is.
       **/
      MembersReset: AugmentedEvent<ApiType, []>;
      /**
       * Two members were swapped; see the transaction for who.
       **/
      MembersSwapped: AugmentedEvent<ApiType, []>;
    };
    multiBlockMigrations: {
      /**
       * The set of historical migrations has been cleared.
       **/
      HistoricCleared: AugmentedEvent<ApiType, [nextCursor: Option<Bytes>], { nextCursor: Option<Bytes> }>;
      /**
       * A migration progressed.
       **/
      MigrationAdvanced: AugmentedEvent<ApiType, [index: u32, took: u32], { index: u32, took: u32 }>;
      /**
       * A Migration completed.
       **/
      MigrationCompleted: AugmentedEvent<ApiType, [index: u32, took: u32], { index: u32, took: u32 }>;
      /**
       * A Migration failed.
       * 
       * This implies that the whole upgrade failed and governance intervention is required.
       **/
      MigrationFailed: AugmentedEvent<ApiType, [index: u32, took: u32], { index: u32, took: u32 }>;
      /**
       * A migration was skipped since it was already executed in the past.
       **/
      MigrationSkipped: AugmentedEvent<ApiType, [index: u32], { index: u32 }>;
      /**
       * The current runtime upgrade completed.
       * 
       * This implies that all of its migrations completed successfully as well.
       **/
      UpgradeCompleted: AugmentedEvent<ApiType, []>;
      /**
       * Runtime upgrade failed.
       * 
       * This is very bad and will require governance intervention.
       **/
      UpgradeFailed: AugmentedEvent<ApiType, []>;
      /**
       * A Runtime upgrade started.
       * 
       * Its end is indicated by `UpgradeCompleted` or `UpgradeFailed`.
       **/
      UpgradeStarted: AugmentedEvent<ApiType, [migrations: u32], { migrations: u32 }>;
    };
    multisig: {
      /**
       * The deposit for a multisig operation has been updated/poked.
       **/
      DepositPoked: AugmentedEvent<ApiType, [who: AccountId32, callHash: U8aFixed, oldDeposit: u128, newDeposit: u128], { who: AccountId32, callHash: U8aFixed, oldDeposit: u128, newDeposit: u128 }>;
      /**
       * A multisig operation has been approved by someone.
       **/
      MultisigApproval: AugmentedEvent<ApiType, [approving: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed], { approving: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed }>;
      /**
       * A multisig operation has been cancelled.
       **/
      MultisigCancelled: AugmentedEvent<ApiType, [cancelling: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed], { cancelling: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed }>;
      /**
       * A multisig operation has been executed.
       **/
      MultisigExecuted: AugmentedEvent<ApiType, [approving: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed, result: Result<Null, SpRuntimeDispatchError>], { approving: AccountId32, timepoint: PalletMultisigTimepoint, multisig: AccountId32, callHash: U8aFixed, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * A new multisig operation has begun.
       **/
      NewMultisig: AugmentedEvent<ApiType, [approving: AccountId32, multisig: AccountId32, callHash: U8aFixed], { approving: AccountId32, multisig: AccountId32, callHash: U8aFixed }>;
    };
    offences: {
      /**
       * There is an offence reported of the given `kind` happened at the `session_index` and
       * (kind-specific) time slot. This event is not deposited for duplicate slashes.
       * \[kind, slot\].
       **/
      Offence: AugmentedEvent<ApiType, [kind: U8aFixed, slot: Bytes], { kind: U8aFixed, slot: Bytes }>;
    };
    patientIdentity: {
      /**
       * The agreement key was rotated. The new one holds from `from` on, unless that is
       * cancelled before.
       **/
      AgreementKeyRotated: AugmentedEvent<ApiType, [patient: H256, agreementKey: U8aFixed, from: u64, by: AccountId32], { patient: H256, agreementKey: U8aFixed, from: u64, by: AccountId32 }>;
      /**
       * A handle was frozen.
       **/
      Frozen: AugmentedEvent<ApiType, [patient: H256, by: AccountId32], { patient: H256, by: AccountId32 }>;
      /**
       * A key was added. It is live from `from` on, unless that is cancelled before.
       **/
      KeyAdded: AugmentedEvent<ApiType, [patient: H256, key: AccountId32, purposes: u8, from: u64, by: AccountId32], { patient: H256, key: AccountId32, purposes: u8, from: u64, by: AccountId32 }>;
      /**
       * The removal of a key was stopped.
       **/
      KeyRemovalCancelled: AugmentedEvent<ApiType, [patient: H256, key: AccountId32, by: AccountId32], { patient: H256, key: AccountId32, by: AccountId32 }>;
      /**
       * A key was removed. It is live no more from `until` on, unless that is cancelled before.
       **/
      KeyRemoved: AugmentedEvent<ApiType, [patient: H256, key: AccountId32, until: u64, by: AccountId32], { patient: H256, key: AccountId32, until: u64, by: AccountId32 }>;
      /**
       * A key was stopped before it became live, and is forgotten.
       **/
      PendingKeyCancelled: AugmentedEvent<ApiType, [patient: H256, key: AccountId32, by: AccountId32], { patient: H256, key: AccountId32, by: AccountId32 }>;
      /**
       * A handle was registered.
       **/
      Registered: AugmentedEvent<ApiType, [patient: H256, key: AccountId32, organisation: Option<u32>, by: AccountId32], { patient: H256, key: AccountId32, organisation: Option<u32>, by: AccountId32 }>;
      /**
       * A handle was retired: neither it nor its keys are ever used again.
       **/
      Retired: AugmentedEvent<ApiType, [patient: H256], { patient: H256 }>;
      /**
       * Retirement was stopped.
       **/
      RetirementCancelled: AugmentedEvent<ApiType, [patient: H256, by: AccountId32], { patient: H256, by: AccountId32 }>;
      /**
       * Retirement was asked for. Anybody can complete it from `from` on, unless it is cancelled
       * before.
       **/
      RetirementRequested: AugmentedEvent<ApiType, [patient: H256, from: u64, by: AccountId32], { patient: H256, from: u64, by: AccountId32 }>;
      /**
       * The rotation of the agreement key was stopped.
       **/
      RotationCancelled: AugmentedEvent<ApiType, [patient: H256, by: AccountId32], { patient: H256, by: AccountId32 }>;
      /**
       * Unfreezing was stopped.
       **/
      UnfreezeCancelled: AugmentedEvent<ApiType, [patient: H256, by: AccountId32], { patient: H256, by: AccountId32 }>;
      /**
       * Unfreezing was asked for. The handle is active from `from` on, unless that is cancelled
       * before.
       **/
      UnfreezeRequested: AugmentedEvent<ApiType, [patient: H256, from: u64, by: AccountId32], { patient: H256, from: u64, by: AccountId32 }>;
    };
    preimage: {
      /**
       * A preimage has ben cleared.
       **/
      Cleared: AugmentedEvent<ApiType, [hash_: H256], { hash_: H256 }>;
      /**
       * A preimage has been noted.
       **/
      Noted: AugmentedEvent<ApiType, [hash_: H256], { hash_: H256 }>;
      /**
       * A preimage has been requested.
       **/
      Requested: AugmentedEvent<ApiType, [hash_: H256], { hash_: H256 }>;
    };
    proxy: {
      /**
       * An announcement was placed to make a call in the future.
       **/
      Announced: AugmentedEvent<ApiType, [real: AccountId32, proxy: AccountId32, callHash: H256], { real: AccountId32, proxy: AccountId32, callHash: H256 }>;
      /**
       * A deposit stored for proxies or announcements was poked / updated.
       **/
      DepositPoked: AugmentedEvent<ApiType, [who: AccountId32, kind: PalletProxyDepositKind, oldDeposit: u128, newDeposit: u128], { who: AccountId32, kind: PalletProxyDepositKind, oldDeposit: u128, newDeposit: u128 }>;
      /**
       * A proxy was added.
       **/
      ProxyAdded: AugmentedEvent<ApiType, [delegator: AccountId32, delegatee: AccountId32, proxyType: SalusRuntimeCommonProxyType, delay: u32], { delegator: AccountId32, delegatee: AccountId32, proxyType: SalusRuntimeCommonProxyType, delay: u32 }>;
      /**
       * A proxy was executed correctly, with the given.
       **/
      ProxyExecuted: AugmentedEvent<ApiType, [result: Result<Null, SpRuntimeDispatchError>], { result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * A proxy was removed.
       **/
      ProxyRemoved: AugmentedEvent<ApiType, [delegator: AccountId32, delegatee: AccountId32, proxyType: SalusRuntimeCommonProxyType, delay: u32], { delegator: AccountId32, delegatee: AccountId32, proxyType: SalusRuntimeCommonProxyType, delay: u32 }>;
      /**
       * A pure account has been created by new proxy with given
       * disambiguation index and proxy type.
       **/
      PureCreated: AugmentedEvent<ApiType, [pure: AccountId32, who: AccountId32, proxyType: SalusRuntimeCommonProxyType, disambiguationIndex: u16, at: u32, extrinsicIndex: u32], { pure: AccountId32, who: AccountId32, proxyType: SalusRuntimeCommonProxyType, disambiguationIndex: u16, at: u32, extrinsicIndex: u32 }>;
      /**
       * A pure proxy was killed by its spawner.
       **/
      PureKilled: AugmentedEvent<ApiType, [pure: AccountId32, spawner: AccountId32, proxyType: SalusRuntimeCommonProxyType, disambiguationIndex: u16], { pure: AccountId32, spawner: AccountId32, proxyType: SalusRuntimeCommonProxyType, disambiguationIndex: u16 }>;
    };
    recordAnchor: {
      /**
       * The patient confirmed to have seen a record.
       **/
      Acknowledged: AugmentedEvent<ApiType, [author: u32, seq: u64], { author: u32, seq: u64 }>;
      /**
       * A record was anchored.
       **/
      Anchored: AugmentedEvent<ApiType, [author: u32, seq: u64, version: u32, previous: Option<u64>, relation: PalletRecordAnchorAnchorsRelation], { author: u32, seq: u64, version: u32, previous: Option<u64>, relation: PalletRecordAnchorAnchorsRelation }>;
      /**
       * A batch of records was anchored.
       **/
      BatchAnchored: AugmentedEvent<ApiType, [author: u32, seq: u64, leaves: u64], { author: u32, seq: u64, leaves: u64 }>;
      /**
       * The author answered a dispute.
       **/
      DisputeAnswered: AugmentedEvent<ApiType, [author: u32, seq: u64, outcome: PalletRecordAnchorLifeOutcome, statement: H256], { author: u32, seq: u64, outcome: PalletRecordAnchorLifeOutcome, statement: H256 }>;
      /**
       * The patient says that a record is wrong or incomplete.
       **/
      Disputed: AugmentedEvent<ApiType, [author: u32, seq: u64, statement: H256, due: u64], { author: u32, seq: u64, statement: H256, due: u64 }>;
      /**
       * The author took more time to answer a dispute.
       **/
      DisputeExtended: AugmentedEvent<ApiType, [author: u32, seq: u64, due: u64], { author: u32, seq: u64, due: u64 }>;
      /**
       * The author does not erase a record.
       **/
      ErasureRefused: AugmentedEvent<ApiType, [author: u32, seq: u64, reason: PalletRecordAnchorLifeRefusalReason], { author: u32, seq: u64, reason: PalletRecordAnchorLifeRefusalReason }>;
      /**
       * The patient wants a record erased.
       **/
      ErasureRequested: AugmentedEvent<ApiType, [author: u32, seq: u64, due: u64], { author: u32, seq: u64, due: u64 }>;
      /**
       * The patient does not want it erased any more.
       **/
      ErasureWithdrawn: AugmentedEvent<ApiType, [author: u32, seq: u64], { author: u32, seq: u64 }>;
      /**
       * A slot was evicted after its retention.
       **/
      Evicted: AugmentedEvent<ApiType, [author: u32, seq: u64], { author: u32, seq: u64 }>;
      /**
       * A slot was put on legal hold, or its hold renewed.
       **/
      Held: AugmentedEvent<ApiType, [author: u32, seq: u64, by: u32, until: u64], { author: u32, seq: u64, by: u32, until: u64 }>;
      /**
       * A legal hold was taken off a slot.
       **/
      Released: AugmentedEvent<ApiType, [author: u32, seq: u64, by: u32], { author: u32, seq: u64, by: u32 }>;
      /**
       * The author keeps a slot for longer.
       **/
      RetentionExtended: AugmentedEvent<ApiType, [author: u32, seq: u64, until: u64], { author: u32, seq: u64, until: u64 }>;
      /**
       * A record does not stand any more.
       **/
      Retracted: AugmentedEvent<ApiType, [author: u32, seq: u64, leaf: Option<u64>, reason: PalletRecordAnchorAnchorsRetractReason], { author: u32, seq: u64, leaf: Option<u64>, reason: PalletRecordAnchorAnchorsRetractReason }>;
      /**
       * The author shredded a slot: a tombstone is left.
       **/
      Shredded: AugmentedEvent<ApiType, [author: u32, seq: u64, why: PalletRecordAnchorLifeShredReason], { author: u32, seq: u64, why: PalletRecordAnchorLifeShredReason }>;
      /**
       * What was left of a batch that is gone was cleared away.
       **/
      Swept: AugmentedEvent<ApiType, [author: u32, seq: u64, leaves: u32], { author: u32, seq: u64, leaves: u32 }>;
    };
    registry: {
      /**
       * The offer of the administration was taken back.
       **/
      AdminOfferCancelled: AugmentedEvent<ApiType, [org: u32], { org: u32 }>;
      /**
       * The administration of an organisation was offered to another account.
       **/
      AdminOffered: AugmentedEvent<ApiType, [org: u32, new_: AccountId32], { org: u32, new_: AccountId32 }>;
      /**
       * An organisation has another administrator.
       **/
      AdminRotated: AugmentedEvent<ApiType, [org: u32, old: AccountId32, new_: AccountId32], { org: u32, old: AccountId32, new_: AccountId32 }>;
      /**
       * An organisation was admitted to a kind.
       **/
      Admitted: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64 }>;
      /**
       * An invitation was accepted: the account is affiliated from this block's time on.
       **/
      Affiliated: AugmentedEvent<ApiType, [org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, until: u64], { org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, until: u64 }>;
      /**
       * An affiliation ended before its term, as of this block's time.
       **/
      AffiliationEnded: AugmentedEvent<ApiType, [org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, byMember: bool], { org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, byMember: bool }>;
      /**
       * Others encrypt to this key from now on what is for the organisation.
       **/
      AgreementKeySet: AugmentedEvent<ApiType, [org: u32, agreementKey: U8aFixed], { org: u32, agreementKey: U8aFixed }>;
      /**
       * An organisation applied for licences.
       **/
      Applied: AugmentedEvent<ApiType, [org: u32, admin: AccountId32, kinds: u16, profile: H256], { org: u32, admin: AccountId32, kinds: u16, profile: H256 }>;
      /**
       * The organisation's systems authenticate with these keys from now on, and with none before.
       **/
      ClientKeysSet: AugmentedEvent<ApiType, [org: u32, keys_: H256], { org: u32, keys_: H256 }>;
      /**
       * An application for a kind was declined.
       **/
      Declined: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32 }>;
      /**
       * The organisation's administrator took over the deposit for an affiliated account.
       **/
      DepositAssumed: AugmentedEvent<ApiType, [org: u32, who: AccountId32, old: AccountId32, new_: AccountId32], { org: u32, who: AccountId32, old: AccountId32, new_: AccountId32 }>;
      /**
       * An organisation's flag changed.
       **/
      FlagSet: AugmentedEvent<ApiType, [org: u32, flagged: bool, registrar: AccountId32], { org: u32, flagged: bool, registrar: AccountId32 }>;
      /**
       * An invitation was taken back.
       **/
      InvitationCancelled: AugmentedEvent<ApiType, [org: u32, who: AccountId32, role: SalusPrimitivesCodesRole], { org: u32, who: AccountId32, role: SalusPrimitivesCodesRole }>;
      /**
       * An invitation was declined.
       **/
      InvitationDeclined: AugmentedEvent<ApiType, [org: u32, who: AccountId32, role: SalusPrimitivesCodesRole], { org: u32, who: AccountId32, role: SalusPrimitivesCodesRole }>;
      /**
       * An account was invited to an organisation.
       **/
      Invited: AugmentedEvent<ApiType, [org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, until: u64], { org: u32, who: AccountId32, role: SalusPrimitivesCodesRole, until: u64 }>;
      /**
       * A registrar was appointed, or appointed anew on other terms.
       **/
      RegistrarAppointed: AugmentedEvent<ApiType, [who: AccountId32, org: u32, kinds: u16, capabilities: u8, until: u64], { who: AccountId32, org: u32, kinds: u16, capabilities: u8, until: u64 }>;
      /**
       * A registrar was dismissed, as of this block's time.
       **/
      RegistrarDismissed: AugmentedEvent<ApiType, [who: AccountId32, org: u32], { who: AccountId32, org: u32 }>;
      /**
       * A suspended licence was reinstated, as of this block's time.
       **/
      Reinstated: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64 }>;
      /**
       * A licence was renewed.
       **/
      Renewed: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32, until: u64 }>;
      /**
       * A licence was revoked for ever, as of this block's time.
       **/
      Revoked: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32 }>;
      /**
       * A licence was suspended, as of this block's time.
       **/
      Suspended: AugmentedEvent<ApiType, [org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32], { org: u32, kind: SalusPrimitivesCodesOrgKind, registrar: AccountId32 }>;
      /**
       * An organisation withdrew what it had applied for.
       **/
      Withdrawn: AugmentedEvent<ApiType, [org: u32, kinds: u16, removed: bool], { org: u32, kinds: u16, removed: bool }>;
    };
    research: {
      /**
       * A study asked for a dataset.
       **/
      AccessRequested: AugmentedEvent<ApiType, [request: u32, study: u32, dataset: u32], { request: u32, study: u32, dataset: u32 }>;
      /**
       * A committee decided about more budget.
       **/
      BudgetConcluded: AugmentedEvent<ApiType, [custodian: u32, motion: u32, more: u64, granted: bool, tally: PalletResearchTally], { custodian: u32, motion: u32, more: u64, granted: bool, tally: PalletResearchTally }>;
      /**
       * A custodian proposed more budget.
       **/
      BudgetProposed: AugmentedEvent<ApiType, [custodian: u32, motion: u32, more: u64, by: AccountId32], { custodian: u32, motion: u32, more: u64, by: AccountId32 }>;
      /**
       * A member of a committee voted on more budget.
       **/
      BudgetVoted: AugmentedEvent<ApiType, [custodian: u32, motion: u32, inFavour: bool, by: AccountId32], { custodian: u32, motion: u32, inFavour: bool, by: AccountId32 }>;
      /**
       * A dataset was offered. Its first version has the number 0.
       **/
      DatasetOffered: AugmentedEvent<ApiType, [dataset: u32, custodian: u32, committee: u32], { dataset: u32, custodian: u32, committee: u32 }>;
      /**
       * A dataset takes neither requests nor queries any more.
       **/
      DatasetRetired: AugmentedEvent<ApiType, [dataset: u32], { dataset: u32 }>;
      /**
       * The destruction of the data was attested for a permit that had been revoked.
       **/
      DestructionAttested: AugmentedEvent<ApiType, [permit: u32], { permit: u32 }>;
      /**
       * An ethics body approved a study.
       **/
      EthicsApproved: AugmentedEvent<ApiType, [study: u32, protocol: H256, organisation: u32, until: u64, by: AccountId32], { study: u32, protocol: H256, organisation: u32, until: u64, by: AccountId32 }>;
      /**
       * An ethics body ended its approval of a study.
       **/
      EthicsEnded: AugmentedEvent<ApiType, [study: u32, organisation: u32, forGood: bool, by: AccountId32], { study: u32, organisation: u32, forGood: bool, by: AccountId32 }>;
      /**
       * Something that came of a permit was recorded.
       **/
      OutputRecorded: AugmentedEvent<ApiType, [permit: u32, kind: PalletResearchPermitsOutputKind, commitment: H256], { permit: u32, kind: PalletResearchPermitsOutputKind, commitment: H256 }>;
      /**
       * A permit was closed: its researcher attested that the data was destroyed.
       **/
      PermitClosed: AugmentedEvent<ApiType, [permit: u32], { permit: u32 }>;
      /**
       * A permit was renewed.
       **/
      PermitRenewed: AugmentedEvent<ApiType, [permit: u32, until: u64], { permit: u32, until: u64 }>;
      /**
       * A permit was revoked.
       **/
      PermitRevoked: AugmentedEvent<ApiType, [permit: u32, reason: PalletResearchPermitsRevocationReason, actingFor: u32, by: AccountId32], { permit: u32, reason: PalletResearchPermitsRevocationReason, actingFor: u32, by: AccountId32 }>;
      /**
       * A custodian opened its population.
       **/
      PopulationOpened: AugmentedEvent<ApiType, [custodian: u32, total: u64], { custodian: u32, total: u64 }>;
      /**
       * Budget was reserved for a query.
       **/
      QueryReserved: AugmentedEvent<ApiType, [custodian: u32, query: u64, permit: u32, epsilon: u64], { custodian: u32, query: u64, permit: u32, epsilon: u64 }>;
      /**
       * A query has its result, delivered or suppressed.
       **/
      QuerySettled: AugmentedEvent<ApiType, [custodian: u32, query: u64], { custodian: u32, query: u64 }>;
      /**
       * A yearly report was filed.
       **/
      ReportFiled: AugmentedEvent<ApiType, [permit: u32, year: u64], { permit: u32, year: u64 }>;
      /**
       * An institution co-signed a request, and the request was matched with the terms.
       **/
      RequestCosigned: AugmentedEvent<ApiType, [request: u32, decision: SalusResearchDataUseDecision, excluded: Option<SalusResearchDataUseRule>, by: AccountId32], { request: u32, decision: SalusResearchDataUseDecision, excluded: Option<SalusResearchDataUseRule>, by: AccountId32 }>;
      /**
       * A request was decided.
       **/
      RequestDecided: AugmentedEvent<ApiType, [request: u32, approved: bool, by: PalletResearchRequestsDecidedBy], { request: u32, approved: bool, by: PalletResearchRequestsDecidedBy }>;
      /**
       * A committee agreed, or agreed no more, that what matches the terms of a dataset needs no vote.
       **/
      ShortcutSet: AugmentedEvent<ApiType, [dataset: u32, allowed: bool], { dataset: u32, allowed: bool }>;
      /**
       * A study's protocol was amended. Its ethics approval ended.
       **/
      StudyAmended: AugmentedEvent<ApiType, [study: u32, protocol: u32], { study: u32, protocol: u32 }>;
      /**
       * A study was registered.
       **/
      StudyRegistered: AugmentedEvent<ApiType, [study: u32, organisation: u32, investigator: AccountId32, ethics: u32], { study: u32, organisation: u32, investigator: AccountId32, ethics: u32 }>;
      /**
       * The terms of a dataset were accepted for a permit. The first time, the permit begins.
       **/
      TermsAccepted: AugmentedEvent<ApiType, [permit: u32, version: u32, until: u64], { permit: u32, version: u32, until: u64 }>;
      /**
       * A version of a dataset was published.
       **/
      VersionPublished: AugmentedEvent<ApiType, [dataset: u32, version: u32, termsVersion: u32, epoch: u32], { dataset: u32, version: u32, termsVersion: u32, epoch: u32 }>;
      /**
       * A member of a committee voted on a request.
       **/
      Voted: AugmentedEvent<ApiType, [request: u32, inFavour: bool, by: AccountId32], { request: u32, inFavour: bool, by: AccountId32 }>;
    };
    safeMode: {
      /**
       * Could not hold funds for entering or extending the safe-mode.
       * 
       * This error comes from the underlying `Currency`.
       **/
      CannotDeposit: AugmentedEvent<ApiType, []>;
      /**
       * Could not release funds for entering or extending the safe-mode.
       * 
       * This error comes from the underlying `Currency`.
       **/
      CannotRelease: AugmentedEvent<ApiType, []>;
      /**
       * An account reserved funds for either entering or extending the safe-mode.
       **/
      DepositPlaced: AugmentedEvent<ApiType, [account: AccountId32, amount: u128], { account: AccountId32, amount: u128 }>;
      /**
       * An account had a reserve released that was reserved.
       **/
      DepositReleased: AugmentedEvent<ApiType, [account: AccountId32, amount: u128], { account: AccountId32, amount: u128 }>;
      /**
       * An account had reserve slashed that was reserved.
       **/
      DepositSlashed: AugmentedEvent<ApiType, [account: AccountId32, amount: u128], { account: AccountId32, amount: u128 }>;
      /**
       * The safe-mode was entered until inclusively this block.
       **/
      Entered: AugmentedEvent<ApiType, [until: u32], { until: u32 }>;
      /**
       * Exited the safe-mode for a specific reason.
       **/
      Exited: AugmentedEvent<ApiType, [reason: PalletSafeModeExitReason], { reason: PalletSafeModeExitReason }>;
      /**
       * The safe-mode was extended until inclusively this block.
       **/
      Extended: AugmentedEvent<ApiType, [until: u32], { until: u32 }>;
    };
    scheduler: {
      /**
       * Agenda is incomplete from `when`.
       **/
      AgendaIncomplete: AugmentedEvent<ApiType, [when: u32], { when: u32 }>;
      /**
       * The call for the provided hash was not found so the task has been aborted.
       **/
      CallUnavailable: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed> }>;
      /**
       * Canceled some task.
       **/
      Canceled: AugmentedEvent<ApiType, [when: u32, index: u32], { when: u32, index: u32 }>;
      /**
       * Dispatched some task.
       **/
      Dispatched: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>, result: Result<Null, SpRuntimeDispatchError>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed>, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * The given task was unable to be renewed since the agenda is full at that block.
       **/
      PeriodicFailed: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed> }>;
      /**
       * The given task can never be executed since it is overweight.
       **/
      PermanentlyOverweight: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed> }>;
      /**
       * Cancel a retry configuration for some task.
       **/
      RetryCancelled: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed> }>;
      /**
       * The given task was unable to be retried since the agenda is full at that block or there
       * was not enough weight to reschedule it.
       **/
      RetryFailed: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>], { task: ITuple<[u32, u32]>, id: Option<U8aFixed> }>;
      /**
       * Set a retry configuration for some task.
       **/
      RetrySet: AugmentedEvent<ApiType, [task: ITuple<[u32, u32]>, id: Option<U8aFixed>, period: u32, retries: u8], { task: ITuple<[u32, u32]>, id: Option<U8aFixed>, period: u32, retries: u8 }>;
      /**
       * Scheduled some task.
       **/
      Scheduled: AugmentedEvent<ApiType, [when: u32, index: u32], { when: u32, index: u32 }>;
    };
    sealed: {
      /**
       * A sealed Deny was made.
       **/
      DenialSealed: AugmentedEvent<ApiType, [patient: H256, sealed: u32, by: AccountId32], { patient: H256, sealed: u32, by: AccountId32 }>;
      /**
       * A sealed Deny was lifted.
       **/
      LiftApplied: AugmentedEvent<ApiType, [patient: H256, sealed: u32, by: AccountId32], { patient: H256, sealed: u32, by: AccountId32 }>;
      /**
       * A lift that waited was called off.
       **/
      LiftCancelled: AugmentedEvent<ApiType, [patient: H256, sealed: u32, by: AccountId32], { patient: H256, sealed: u32, by: AccountId32 }>;
      /**
       * A sealed Deny is to be lifted after a delay.
       **/
      LiftRequested: AugmentedEvent<ApiType, [patient: H256, sealed: u32, readyAt: u64, by: AccountId32], { patient: H256, sealed: u32, readyAt: u64, by: AccountId32 }>;
      /**
       * A sealed Permit was made.
       **/
      PermitSealed: AugmentedEvent<ApiType, [patient: H256, sealed: u32, by: AccountId32], { patient: H256, sealed: u32, by: AccountId32 }>;
      /**
       * A sealed Permit was ended.
       **/
      SealedRevoked: AugmentedEvent<ApiType, [patient: H256, sealed: u32, by: AccountId32], { patient: H256, sealed: u32, by: AccountId32 }>;
    };
    session: {
      /**
       * The `NewSession` event in the current block also implies a new validator set to be
       * queued.
       **/
      NewQueued: AugmentedEvent<ApiType, []>;
      /**
       * New session has happened. Note that the argument is the session index, not the
       * block number as the type might suggest.
       **/
      NewSession: AugmentedEvent<ApiType, [sessionIndex: u32], { sessionIndex: u32 }>;
      /**
       * Validator has been disabled.
       **/
      ValidatorDisabled: AugmentedEvent<ApiType, [validator: AccountId32], { validator: AccountId32 }>;
      /**
       * Validator has been re-enabled.
       **/
      ValidatorReenabled: AugmentedEvent<ApiType, [validator: AccountId32], { validator: AccountId32 }>;
    };
    skipFeelessPayment: {
      /**
       * A transaction fee was skipped.
       **/
      FeeSkipped: AugmentedEvent<ApiType, [origin: SalusRuntimeOriginCaller], { origin: SalusRuntimeOriginCaller }>;
    };
    sponsorship: {
      /**
       * Somebody else paid the fee of a transaction.
       **/
      FeeSponsored: AugmentedEvent<ApiType, [who: AccountId32, payer: AccountId32, fee: u128], { who: AccountId32, payer: AccountId32, fee: u128 }>;
      /**
       * An account that was invited, and of which nothing came, is known no more.
       **/
      Forgotten: AugmentedEvent<ApiType, [who: AccountId32], { who: AccountId32 }>;
      /**
       * An account may send transactions without holding tokens, from now on; for ever, unless it is
       * forgotten.
       **/
      Welcomed: AugmentedEvent<ApiType, [who: AccountId32], { who: AccountId32 }>;
    };
    system: {
      /**
       * `:code` was updated to the code with the given hash.
       **/
      CodeUpdated: AugmentedEvent<ApiType, [hash_: H256], { hash_: H256 }>;
      /**
       * An extrinsic failed.
       **/
      ExtrinsicFailed: AugmentedEvent<ApiType, [dispatchError: SpRuntimeDispatchError, dispatchInfo: FrameSystemDispatchEventInfo], { dispatchError: SpRuntimeDispatchError, dispatchInfo: FrameSystemDispatchEventInfo }>;
      /**
       * An extrinsic completed successfully.
       **/
      ExtrinsicSuccess: AugmentedEvent<ApiType, [dispatchInfo: FrameSystemDispatchEventInfo], { dispatchInfo: FrameSystemDispatchEventInfo }>;
      /**
       * An account was reaped.
       **/
      KilledAccount: AugmentedEvent<ApiType, [account: AccountId32], { account: AccountId32 }>;
      /**
       * A new account was created.
       **/
      NewAccount: AugmentedEvent<ApiType, [account: AccountId32], { account: AccountId32 }>;
      /**
       * An invalid authorized upgrade was rejected while trying to apply it.
       **/
      RejectedInvalidAuthorizedUpgrade: AugmentedEvent<ApiType, [codeHash: H256, error: SpRuntimeDispatchError], { codeHash: H256, error: SpRuntimeDispatchError }>;
      /**
       * On on-chain remark happened.
       **/
      Remarked: AugmentedEvent<ApiType, [sender: AccountId32, hash_: H256], { sender: AccountId32, hash_: H256 }>;
      /**
       * An upgrade was authorized.
       **/
      UpgradeAuthorized: AugmentedEvent<ApiType, [codeHash: H256, checkVersion: bool], { codeHash: H256, checkVersion: bool }>;
    };
    technicalCommittee: {
      /**
       * A motion was approved by the required threshold.
       **/
      Approved: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A proposal was closed because its threshold was reached or after its duration was up.
       **/
      Closed: AugmentedEvent<ApiType, [proposalHash: H256, yes: u32, no: u32], { proposalHash: H256, yes: u32, no: u32 }>;
      /**
       * A motion was not approved by the required threshold.
       **/
      Disapproved: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A motion was executed; result will be `Ok` if it returned without error.
       **/
      Executed: AugmentedEvent<ApiType, [proposalHash: H256, result: Result<Null, SpRuntimeDispatchError>], { proposalHash: H256, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * A proposal was killed.
       **/
      Killed: AugmentedEvent<ApiType, [proposalHash: H256], { proposalHash: H256 }>;
      /**
       * A single member did some action; result will be `Ok` if it returned without error.
       **/
      MemberExecuted: AugmentedEvent<ApiType, [proposalHash: H256, result: Result<Null, SpRuntimeDispatchError>], { proposalHash: H256, result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * Some cost for storing a proposal was burned.
       **/
      ProposalCostBurned: AugmentedEvent<ApiType, [proposalHash: H256, who: AccountId32], { proposalHash: H256, who: AccountId32 }>;
      /**
       * Some cost for storing a proposal was released.
       **/
      ProposalCostReleased: AugmentedEvent<ApiType, [proposalHash: H256, who: AccountId32], { proposalHash: H256, who: AccountId32 }>;
      /**
       * A motion (given hash) has been proposed (by given account) with a threshold (given
       * `MemberCount`).
       **/
      Proposed: AugmentedEvent<ApiType, [account: AccountId32, proposalIndex: u32, proposalHash: H256, threshold: u32], { account: AccountId32, proposalIndex: u32, proposalHash: H256, threshold: u32 }>;
      /**
       * A motion (given hash) has been voted on by given account, leaving
       * a tally (yes votes and no votes given respectively as `MemberCount`).
       **/
      Voted: AugmentedEvent<ApiType, [account: AccountId32, proposalHash: H256, voted: bool, yes: u32, no: u32], { account: AccountId32, proposalHash: H256, voted: bool, yes: u32, no: u32 }>;
    };
    technicalMembership: {
      /**
       * Phantom member, never used.
       **/
      Dummy: AugmentedEvent<ApiType, []>;
      /**
       * One of the members' keys changed.
       **/
      KeyChanged: AugmentedEvent<ApiType, []>;
      /**
       * The given member was added; see the transaction for who.
       **/
      MemberAdded: AugmentedEvent<ApiType, []>;
      /**
       * The given member was removed; see the transaction for who.
       **/
      MemberRemoved: AugmentedEvent<ApiType, []>;
      /**
       * The membership was reset; see the transaction for who the new set is.
       **/
      MembersReset: AugmentedEvent<ApiType, []>;
      /**
       * Two members were swapped; see the transaction for who.
       **/
      MembersSwapped: AugmentedEvent<ApiType, []>;
    };
    transactionPayment: {
      /**
       * A transaction fee `actual_fee`, of which `tip` was added to the minimum inclusion fee,
       * has been paid by `who`.
       **/
      TransactionFeePaid: AugmentedEvent<ApiType, [who: AccountId32, actualFee: u128, tip: u128], { who: AccountId32, actualFee: u128, tip: u128 }>;
    };
    treasury: {
      /**
       * A new asset spend proposal has been approved.
       **/
      AssetSpendApproved: AugmentedEvent<ApiType, [index: u32, assetKind: Null, amount: u128, beneficiary: AccountId32, validFrom: u32, expireAt: u32], { index: u32, assetKind: Null, amount: u128, beneficiary: AccountId32, validFrom: u32, expireAt: u32 }>;
      /**
       * An approved spend was voided.
       **/
      AssetSpendVoided: AugmentedEvent<ApiType, [index: u32], { index: u32 }>;
      /**
       * Some funds have been allocated.
       **/
      Awarded: AugmentedEvent<ApiType, [proposalIndex: u32, award: u128, account: AccountId32], { proposalIndex: u32, award: u128, account: AccountId32 }>;
      /**
       * Some of our funds have been burnt.
       **/
      Burnt: AugmentedEvent<ApiType, [burntFunds: u128], { burntFunds: u128 }>;
      /**
       * Some funds have been deposited.
       **/
      Deposit: AugmentedEvent<ApiType, [value: u128], { value: u128 }>;
      /**
       * A payment happened.
       **/
      Paid: AugmentedEvent<ApiType, [index: u32, paymentId: Null], { index: u32, paymentId: Null }>;
      /**
       * A payment failed and can be retried.
       **/
      PaymentFailed: AugmentedEvent<ApiType, [index: u32, paymentId: Null], { index: u32, paymentId: Null }>;
      /**
       * Spending has finished; this is the amount that rolls over until next spend.
       **/
      Rollover: AugmentedEvent<ApiType, [rolloverBalance: u128], { rolloverBalance: u128 }>;
      /**
       * A new spend proposal has been approved.
       **/
      SpendApproved: AugmentedEvent<ApiType, [proposalIndex: u32, amount: u128, beneficiary: AccountId32], { proposalIndex: u32, amount: u128, beneficiary: AccountId32 }>;
      /**
       * We have ended a spend period and will now allocate funds.
       **/
      Spending: AugmentedEvent<ApiType, [budgetRemaining: u128], { budgetRemaining: u128 }>;
      /**
       * A spend was processed and removed from the storage. It might have been successfully
       * paid or it may have expired.
       **/
      SpendProcessed: AugmentedEvent<ApiType, [index: u32], { index: u32 }>;
      /**
       * The inactive funds of the pallet have been updated.
       **/
      UpdatedInactive: AugmentedEvent<ApiType, [reactivated: u128, deactivated: u128], { reactivated: u128, deactivated: u128 }>;
    };
    txPause: {
      /**
       * This pallet, or a specific call is now paused.
       **/
      CallPaused: AugmentedEvent<ApiType, [fullName: ITuple<[Bytes, Bytes]>], { fullName: ITuple<[Bytes, Bytes]> }>;
      /**
       * This pallet, or a specific call is now unpaused.
       **/
      CallUnpaused: AugmentedEvent<ApiType, [fullName: ITuple<[Bytes, Bytes]>], { fullName: ITuple<[Bytes, Bytes]> }>;
    };
    utility: {
      /**
       * Batch of dispatches completed fully with no error.
       **/
      BatchCompleted: AugmentedEvent<ApiType, []>;
      /**
       * Batch of dispatches completed but has errors.
       **/
      BatchCompletedWithErrors: AugmentedEvent<ApiType, []>;
      /**
       * Batch of dispatches did not complete fully. Index of first failing dispatch given, as
       * well as the error.
       **/
      BatchInterrupted: AugmentedEvent<ApiType, [index: u32, error: SpRuntimeDispatchError], { index: u32, error: SpRuntimeDispatchError }>;
      /**
       * A call was dispatched.
       **/
      DispatchedAs: AugmentedEvent<ApiType, [result: Result<Null, SpRuntimeDispatchError>], { result: Result<Null, SpRuntimeDispatchError> }>;
      /**
       * The fallback call was dispatched.
       **/
      IfElseFallbackCalled: AugmentedEvent<ApiType, [mainError: SpRuntimeDispatchError], { mainError: SpRuntimeDispatchError }>;
      /**
       * Main call was dispatched.
       **/
      IfElseMainSuccess: AugmentedEvent<ApiType, []>;
      /**
       * A single item within a Batch of dispatches has completed with no error.
       **/
      ItemCompleted: AugmentedEvent<ApiType, []>;
      /**
       * A single item within a Batch of dispatches has completed with error.
       **/
      ItemFailed: AugmentedEvent<ApiType, [error: SpRuntimeDispatchError], { error: SpRuntimeDispatchError }>;
    };
    validatorSet: {
      /**
       * A validator provably misbehaved.
       **/
      OffenceRecorded: AugmentedEvent<ApiType, [organisation: u32, validator: AccountId32, session: u32, severity: Perbill], { organisation: u32, validator: AccountId32, session: u32, severity: Perbill }>;
      /**
       * An offender stays in the set, disabled, because without it the set would be too small.
       * It leaves when governance has added a member.
       **/
      OffenderRetained: AugmentedEvent<ApiType, [validator: AccountId32, organisation: u32], { validator: AccountId32, organisation: u32 }>;
      /**
       * A validator became a member. It validates from the second session after it has set its
       * session keys.
       **/
      ValidatorAdded: AugmentedEvent<ApiType, [validator: AccountId32, organisation: u32], { validator: AccountId32, organisation: u32 }>;
      /**
       * A validator that is no member has left the set. Its session keys are purged, and their
       * deposit is returned.
       **/
      ValidatorLeft: AugmentedEvent<ApiType, [validator: AccountId32, organisation: u32], { validator: AccountId32, organisation: u32 }>;
      /**
       * A validator is a member no more. If it is in the set, it leaves with the next change.
       **/
      ValidatorRemoved: AugmentedEvent<ApiType, [validator: AccountId32, organisation: u32, reason: PalletValidatorSetRemovalReason], { validator: AccountId32, organisation: u32, reason: PalletValidatorSetRemovalReason }>;
    };
  } // AugmentedEvents
} // declare module
