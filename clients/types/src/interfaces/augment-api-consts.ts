// Auto-generated via `yarn polkadot-types-from-chain`, do not edit
/* eslint-disable */

// import type lookup before we augment - in some environments
// this is required to allow for ambient/previous definitions
import '@polkadot/api-base/types/consts';

import type { ApiTypes, AugmentedConst } from '@polkadot/api-base/types';
import type { Option, u128, u16, u32, u64, u8 } from '@polkadot/types-codec';
import type { AccountId32, Permill } from '@polkadot/types/interfaces/runtime';
import type { FrameSupportPalletId, FrameSystemLimitsBlockLength, FrameSystemLimitsBlockWeights, PalletEnactmentDelayTable, PalletRecordAnchorLifeRetentionTerms, SpVersionRuntimeVersion, SpWeightsRuntimeDbWeight, SpWeightsWeightV2Weight } from '@polkadot/types/lookup';

export type __AugmentedConst<ApiType extends ApiTypes> = AugmentedConst<ApiType>;

declare module '@polkadot/api-base/types/consts' {
  interface AugmentedConsts<ApiType extends ApiTypes> {
    accessLog: {
      /**
       * How many seconds at least lie between two commits of a custodian. It bounds what an organisation can store
       * whose administrator cannot pay deposits.
       **/
      commitInterval: u64 & AugmentedConst<ApiType>;
      /**
       * After how many seconds without a commit a log is stale.
       **/
      heartbeat: u64 & AugmentedConst<ApiType>;
      /**
       * The most entries in one commit.
       **/
      maxEntries: u64 & AugmentedConst<ApiType>;
      /**
       * For how many seconds after a day's end it can be said what was found of it.
       **/
      reconciliationTime: u64 & AugmentedConst<ApiType>;
    };
    acknowledgement: {
      /**
       * For how many seconds after a revocation its acknowledgement is on time; those for which the organisation is
       * flagged are not counted.
       **/
      deadline: u64 & AugmentedConst<ApiType>;
    };
    assets: {
      /**
       * The amount of funds that must be reserved when creating a new approval.
       **/
      approvalDeposit: u128 & AugmentedConst<ApiType>;
      /**
       * The amount of funds that must be reserved for a non-provider asset account to be
       * maintained.
       **/
      assetAccountDeposit: u128 & AugmentedConst<ApiType>;
      /**
       * The basic amount of funds that must be reserved for an asset.
       **/
      assetDeposit: u128 & AugmentedConst<ApiType>;
      /**
       * The basic amount of funds that must be reserved when adding metadata to your asset.
       **/
      metadataDepositBase: u128 & AugmentedConst<ApiType>;
      /**
       * The additional funds that must be reserved for the number of bytes you store in your
       * metadata.
       **/
      metadataDepositPerByte: u128 & AugmentedConst<ApiType>;
      /**
       * Max number of items to destroy per `destroy_accounts` and `destroy_approvals` call.
       * 
       * Must be configured to result in a weight that makes each call fit in a block.
       **/
      removeItemsLimit: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum length of a name or symbol stored on-chain.
       **/
      stringLimit: u32 & AugmentedConst<ApiType>;
    };
    babe: {
      /**
       * The amount of time, in slots, that each epoch should last.
       * NOTE: Currently it is not possible to change the epoch duration after
       * the chain has started. Attempting to do so will brick block production.
       **/
      epochDuration: u64 & AugmentedConst<ApiType>;
      /**
       * The expected average block time at which BABE should be creating
       * blocks. Since BABE is probabilistic it is not trivial to figure out
       * what the expected average block time should be based on the slot
       * duration and the security parameter `c` (where `1 - c` represents
       * the probability of a slot being empty).
       **/
      expectedBlockTime: u64 & AugmentedConst<ApiType>;
      /**
       * Max number of authorities allowed
       **/
      maxAuthorities: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum number of nominators for each validator.
       **/
      maxNominators: u32 & AugmentedConst<ApiType>;
    };
    balances: {
      /**
       * The minimum amount required to keep an account open. MUST BE GREATER THAN ZERO!
       * 
       * If you *really* need it to be zero, you can enable the feature `insecure_zero_ed` for
       * this pallet. However, you do so at your own risk: this will open up a major DoS vector.
       * In case you have multiple sources of provider references, you may also get unexpected
       * behaviour if you set this to zero.
       * 
       * Bottom line: Do yourself a favour and make it at least one!
       **/
      existentialDeposit: u128 & AugmentedConst<ApiType>;
      /**
       * The maximum number of individual freeze locks that can exist on an account at any time.
       **/
      maxFreezes: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum number of locks that should exist on an account.
       * Not strictly enforced, but used for weight estimation.
       * 
       * Use of locks is deprecated in favour of freezes. See `https://github.com/paritytech/substrate/pull/12951/`
       **/
      maxLocks: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum number of named reserves that can exist on an account.
       * 
       * Use of reserves is deprecated in favour of holds. See `https://github.com/paritytech/substrate/pull/12951/`
       **/
      maxReserves: u32 & AugmentedConst<ApiType>;
    };
    care: {
      /**
       * How long an invitation can be used, in seconds.
       **/
      invitationLife: u64 & AugmentedConst<ApiType>;
      /**
       * The most invitations of one patient that are open.
       **/
      maxInvitations: u32 & AugmentedConst<ApiType>;
      /**
       * The most organisations towards which one patient has opted out.
       **/
      maxOptOuts: u32 & AugmentedConst<ApiType>;
      /**
       * The most blocks between the one that a signature names and the one in which it is handed in. A signature names a
       * block so that it cannot be made before it.
       **/
      maxSignatureAge: u32 & AugmentedConst<ApiType>;
      /**
       * The longest time for which a signature can be used, in seconds.
       **/
      maxSignatureLife: u64 & AugmentedConst<ApiType>;
      /**
       * The longest relationship, in seconds. A longer one needs the patient's word again.
       **/
      maxTerm: u64 & AugmentedConst<ApiType>;
      /**
       * How long a return from an opt-out waits, in seconds.
       **/
      optInDelay: u64 & AugmentedConst<ApiType>;
      /**
       * How long ahead another care policy is announced, in seconds.
       **/
      policyNotice: u64 & AugmentedConst<ApiType>;
    };
    claims: {
      /**
       * The longest coverage, in seconds: about a year, after which the member takes a new key.
       **/
      maxCoverageTerm: u64 & AugmentedConst<ApiType>;
      /**
       * How long an encounter may be open at most, in seconds.
       **/
      maxEncounterTerm: u64 & AugmentedConst<ApiType>;
      /**
       * For how long from now a signature may hold, in seconds.
       **/
      maxSignatureLife: u64 & AugmentedConst<ApiType>;
      /**
       * How many waiting claims, or claims of a coverage, one call or answer looks at.
       **/
      page: u32 & AugmentedConst<ApiType>;
      /**
       * From what the settlement accounts are derived.
       **/
      potId: FrameSupportPalletId & AugmentedConst<ApiType>;
      /**
       * For how long the present member key can say no to another, in seconds.
       **/
      rekeyDelay: u64 & AugmentedConst<ApiType>;
      /**
       * How many waiting claims one funding looks at.
       **/
      settledByFunding: u32 & AugmentedConst<ApiType>;
    };
    consent: {
      /**
       * How long a lift waits, in seconds.
       **/
      liftDelay: u64 & AugmentedConst<ApiType>;
      /**
       * The most base decisions, past and present, of one patient.
       **/
      maxBase: u32 & AugmentedConst<ApiType>;
      /**
       * The longest term of a Permit for care, in seconds.
       **/
      maxCareTerm: u64 & AugmentedConst<ApiType>;
      /**
       * The most directives of one patient that are not in the history.
       **/
      maxLive: u32 & AugmentedConst<ApiType>;
      /**
       * The longest term of a Permit for payment, in seconds.
       **/
      maxPaymentTerm: u64 & AugmentedConst<ApiType>;
      /**
       * The most Permits of one patient in force.
       **/
      maxPermits: u32 & AugmentedConst<ApiType>;
      /**
       * The most questions in one call of the runtime API.
       **/
      maxQuestions: u32 & AugmentedConst<ApiType>;
      /**
       * The most open requests to one patient.
       **/
      maxRequests: u32 & AugmentedConst<ApiType>;
      /**
       * The most open requests of one organisation to one patient.
       **/
      maxRequestsOfOne: u32 & AugmentedConst<ApiType>;
      /**
       * The longest term of a Permit for research, in seconds.
       **/
      maxResearchTerm: u64 & AugmentedConst<ApiType>;
      /**
       * How long a request for access can be approved, in seconds.
       **/
      requestLife: u64 & AugmentedConst<ApiType>;
    };
    council: {
      /**
       * The maximum weight of a dispatch call that can be proposed and executed.
       **/
      maxProposalWeight: SpWeightsWeightV2Weight & AugmentedConst<ApiType>;
    };
    emergency: {
      /**
       * How long emergency access lasts, in seconds. An upgrade must not shorten it: answers about the past look for
       * what began before, and stop at the first that ended.
       **/
      accessLength: u64 & AugmentedConst<ApiType>;
      /**
       * How many emergencies an organisation may declare within [`Config::CreditPeriod`] before they are beyond
       * credit.
       **/
      credit: u32 & AugmentedConst<ApiType>;
      /**
       * Within how many seconds credit that was used comes back.
       **/
      creditPeriod: u64 & AugmentedConst<ApiType>;
      /**
       * How long after it was recorded a patient can dispute an emergency, in seconds.
       **/
      disputeTime: u64 & AugmentedConst<ApiType>;
      /**
       * How many emergencies one person may record late for an organisation in 24 hours.
       **/
      latePerDay: u32 & AugmentedConst<ApiType>;
      /**
       * How long after it happened an emergency can be recorded, in seconds.
       **/
      lateWindow: u64 & AugmentedConst<ApiType>;
      /**
       * By how much the credit can shrink at most: less than [`Config::Credit`].
       **/
      maxPenalty: u32 & AugmentedConst<ApiType>;
      /**
       * For how long, of that, only the organisation itself reviews what was recorded in time, in seconds.
       **/
      ownReviewTime: u64 & AugmentedConst<ApiType>;
      /**
       * By how much each unjustified emergency makes the organisation's credit shrink.
       **/
      penalty: u32 & AugmentedConst<ApiType>;
      /**
       * Within how many seconds a credit that shrank by [`Config::MaxPenalty`] recovers.
       **/
      penaltyPeriod: u64 & AugmentedConst<ApiType>;
      /**
       * How many emergencies one person may declare for an organisation within [`Config::AccessLength`] before
       * they are beyond credit.
       **/
      personalCredit: u32 & AugmentedConst<ApiType>;
      /**
       * How long a relaxation of an advance directive waits, in seconds.
       **/
      relaxDelay: u64 & AugmentedConst<ApiType>;
      /**
       * How long an emergency can be reviewed, in seconds.
       **/
      reviewTime: u64 & AugmentedConst<ApiType>;
    };
    enactment: {
      /**
       * How long the second body has to approve, in seconds.
       **/
      approvalWindow: u64 & AugmentedConst<ApiType>;
      /**
       * The shortest delays, where the genesis does not say otherwise.
       **/
      defaultFloors: PalletEnactmentDelayTable & AugmentedConst<ApiType>;
      /**
       * How long what is due can be enacted, in seconds.
       **/
      enactmentWindow: u64 & AugmentedConst<ApiType>;
      /**
       * The largest call, in bytes of its encoding.
       **/
      maxCallSize: u32 & AugmentedConst<ApiType>;
      /**
       * The heaviest call.
       **/
      maxCallWeight: SpWeightsWeightV2Weight & AugmentedConst<ApiType>;
      /**
       * The longest delay that can be set, in seconds: a longer one would shut the way for good.
       **/
      maxDelay: u64 & AugmentedConst<ApiType>;
      /**
       * The most proposals at a time.
       **/
      maxProposals: u32 & AugmentedConst<ApiType>;
    };
    grandpa: {
      /**
       * Max Authorities in use
       **/
      maxAuthorities: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum number of nominators for each validator.
       **/
      maxNominators: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum number of entries to keep in the set id to session index mapping.
       * 
       * Since the `SetIdSession` map is only used for validating equivocations this
       * value should relate to the bonding duration of whatever staking system is
       * being used (if any). If equivocation handling is not enabled then this value
       * can be zero.
       **/
      maxSetIdSessionEntries: u64 & AugmentedConst<ApiType>;
    };
    multiBlockMigrations: {
      /**
       * The maximal length of an encoded cursor.
       * 
       * A good default needs to selected such that no migration will ever have a cursor with MEL
       * above this limit. This is statically checked in `integrity_test`.
       **/
      cursorMaxLen: u32 & AugmentedConst<ApiType>;
      /**
       * The maximal length of an encoded identifier.
       * 
       * A good default needs to selected such that no migration will ever have an identifier
       * with MEL above this limit. This is statically checked in `integrity_test`.
       **/
      identifierMaxLen: u32 & AugmentedConst<ApiType>;
    };
    multisig: {
      /**
       * The base amount of currency needed to reserve for creating a multisig execution or to
       * store a dispatch call for later.
       * 
       * This is held for an additional storage item whose value size is
       * `4 + sizeof((BlockNumber, Balance, AccountId))` bytes and whose key size is
       * `32 + sizeof(AccountId)` bytes.
       **/
      depositBase: u128 & AugmentedConst<ApiType>;
      /**
       * The amount of currency needed per unit threshold when creating a multisig execution.
       * 
       * This is held for adding 32 bytes more into a pre-existing storage value.
       **/
      depositFactor: u128 & AugmentedConst<ApiType>;
      /**
       * The maximum amount of signatories allowed in the multisig.
       **/
      maxSignatories: u32 & AugmentedConst<ApiType>;
    };
    patientIdentity: {
      /**
       * How long adding a key, removing another key and rotating the agreement key wait, in
       * seconds.
       **/
      keyDelay: u64 & AugmentedConst<ApiType>;
      /**
       * How many keys a handle has at most, live and pending.
       **/
      maxKeys: u32 & AugmentedConst<ApiType>;
      /**
       * How many handles an organisation registers at most at a time; refills evenly over 24 hours.
       **/
      maxRegistrations: u32 & AugmentedConst<ApiType>;
      /**
       * How many of them one account registers at most at a time; refills evenly over 24 hours.
       * Below [`Config::MaxRegistrations`]: one member of staff must not keep the others from it.
       **/
      maxRegistrationsByMember: u32 & AugmentedConst<ApiType>;
      /**
       * How far ahead the expiry of an off-chain signature may lie, in seconds.
       **/
      maxSignatureLife: u64 & AugmentedConst<ApiType>;
      /**
       * How long retiring waits, in seconds.
       **/
      retirementDelay: u64 & AugmentedConst<ApiType>;
      /**
       * How long unfreezing waits, in seconds.
       **/
      unfreezeDelay: u64 & AugmentedConst<ApiType>;
    };
    proxy: {
      /**
       * The base amount of currency needed to reserve for creating an announcement.
       * 
       * This is held when a new storage item holding a `Balance` is created (typically 16
       * bytes).
       **/
      announcementDepositBase: u128 & AugmentedConst<ApiType>;
      /**
       * The amount of currency needed per announcement made.
       * 
       * This is held for adding an `AccountId`, `Hash` and `BlockNumber` (typically 68 bytes)
       * into a pre-existing storage value.
       **/
      announcementDepositFactor: u128 & AugmentedConst<ApiType>;
      /**
       * The maximum amount of time-delayed announcements that are allowed to be pending.
       **/
      maxPending: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum amount of proxies allowed for a single account.
       **/
      maxProxies: u32 & AugmentedConst<ApiType>;
      /**
       * The base amount of currency needed to reserve for creating a proxy.
       * 
       * This is held for an additional storage item whose value size is
       * `sizeof(Balance)` bytes and whose key size is `sizeof(AccountId)` bytes.
       **/
      proxyDepositBase: u128 & AugmentedConst<ApiType>;
      /**
       * The amount of currency needed per proxy added.
       * 
       * This is held for adding 32 bytes plus an instance of `ProxyType` more into a
       * pre-existing storage value. Thus, when configuring `ProxyDepositFactor` one should take
       * into account `32 + proxy_type.encode().len()` bytes of data.
       **/
      proxyDepositFactor: u128 & AugmentedConst<ApiType>;
    };
    recordAnchor: {
      /**
       * How much more time it can take, once, in seconds.
       **/
      disputeExtension: u64 & AugmentedConst<ApiType>;
      /**
       * How much time an author has to answer a dispute, in seconds.
       **/
      disputeTime: u64 & AugmentedConst<ApiType>;
      /**
       * How much time an author has to answer a request for erasure, in seconds.
       **/
      erasureTime: u64 & AugmentedConst<ApiType>;
      /**
       * The most versions that one question about a lineage answers. At least 1.
       **/
      lineagePage: u32 & AugmentedConst<ApiType>;
      /**
       * The most slots that one call evicts, and the most leaves that one call clears away. At
       * least 1.
       **/
      maxEvicted: u32 & AugmentedConst<ApiType>;
      /**
       * The longest time from now for which a legal hold is placed or renewed, in seconds.
       **/
      maxHold: u64 & AugmentedConst<ApiType>;
      /**
       * The most records that one call anchors one by one. At least 1.
       **/
      maxRecords: u32 & AugmentedConst<ApiType>;
      /**
       * How far from now the retention of a slot can be extended, in seconds.
       **/
      maxRetention: u64 & AugmentedConst<ApiType>;
      /**
       * For how long a slot of each class is kept at least. An upgrade of the runtime may make
       * these longer, for what is there too, and never shorter.
       **/
      retentionTerms: PalletRecordAnchorLifeRetentionTerms & AugmentedConst<ApiType>;
    };
    registry: {
      /**
       * How many intervals an account can have at one organisation, all roles together.
       **/
      maxAffiliationIntervals: u32 & AugmentedConst<ApiType>;
      /**
       * The longest time from now for which an affiliation is agreed, in seconds.
       **/
      maxAffiliationTerm: u64 & AugmentedConst<ApiType>;
      /**
       * At how many organisations an account can be affiliated at a time.
       **/
      maxEmployers: u32 & AugmentedConst<ApiType>;
      /**
       * How many invitations an organisation makes at most at a time; refills evenly over 24 hours.
       * Each lets an account in, and the deposit of one that comes to nothing goes back if the account does.
       **/
      maxInvitations: u32 & AugmentedConst<ApiType>;
      /**
       * How many intervals the history of one licence can hold. A full history refuses renewal
       * and reinstatement, never suspension and revocation.
       **/
      maxLicenceIntervals: u32 & AugmentedConst<ApiType>;
      /**
       * The longest time from now for which a licence is given, in seconds.
       **/
      maxLicenceTerm: u64 & AugmentedConst<ApiType>;
      /**
       * The longest term of a registrar, in seconds.
       **/
      maxRegistrarTerm: u64 & AugmentedConst<ApiType>;
      /**
       * How many terms one registrar can have.
       **/
      maxRegistrarTerms: u32 & AugmentedConst<ApiType>;
    };
    research: {
      /**
       * A researcher's time to accept the terms after an approval, in seconds. An upgrade must not change it: where a request
       * stood at a past moment rests on it.
       **/
      acceptanceTime: u64 & AugmentedConst<ApiType>;
      /**
       * How long votes on more budget are open before they are counted, in seconds.
       **/
      budgetDeliberation: u64 & AugmentedConst<ApiType>;
      /**
       * How long after a committee has refused more budget, or has let a vote on it lapse, none is proposed to it, in seconds.
       **/
      budgetPause: u64 & AugmentedConst<ApiType>;
      /**
       * How long after its end, or its revocation, a permit is to be closed, in seconds.
       **/
      closeOutTime: u64 & AugmentedConst<ApiType>;
      /**
       * How much of the time to vote is left at least, once votes may be counted, to count them in, in seconds.
       **/
      countTime: u64 & AugmentedConst<ApiType>;
      /**
       * How long after a withdrawal epoch the next one is due, in seconds. An upgrade must not change it: answers about
       * the past rest on it.
       **/
      epochTime: u64 & AugmentedConst<ApiType>;
      /**
       * The most that a population's budget begins with, and that one vote adds to it, in millionths of epsilon.
       **/
      maxBudget: u64 & AugmentedConst<ApiType>;
      /**
       * The most that a query costs, in millionths of epsilon.
       **/
      maxEpsilon: u64 & AugmentedConst<ApiType>;
      /**
       * The longest time from now for which a study is approved, in seconds. An upgrade must not shorten it: what was approved
       * rests on it.
       **/
      maxEthicsTerm: u64 & AugmentedConst<ApiType>;
      /**
       * How many requests one study makes, ever.
       **/
      maxRequests: u32 & AugmentedConst<ApiType>;
      /**
       * How many studies a researcher has at an institution of which that has co-signed no request. It bounds what a researcher
       * makes the administrator put down without being asked.
       **/
      maxUnsignedStudies: u32 & AugmentedConst<ApiType>;
      /**
       * How long votes on a request are open at least before they are counted, in seconds, whatever the dataset says.
       **/
      minDeliberation: u64 & AugmentedConst<ApiType>;
      /**
       * The least that a query costs, in millionths of epsilon. It bounds how many there are.
       **/
      minEpsilon: u64 & AugmentedConst<ApiType>;
      /**
       * For how long before a request whoever was employed by the applicant's organisation, or beside the investigator, is
       * recused, and before an ethics approval likewise, in seconds. An upgrade must not change it: whose votes counted rests on it.
       **/
      recusalTime: u64 & AugmentedConst<ApiType>;
      /**
       * For how long before and after its end a permit can be renewed, and for how long before the end of a year, or of the
       * permit, the report of that year can be filed, in seconds. An upgrade must not change it: what was renewed and filed
       * rests on it.
       **/
      renewalWindow: u64 & AugmentedConst<ApiType>;
      /**
       * How long after a year of a permit its report may still be filed, in seconds. An upgrade must not change it: answers
       * about the past rest on it.
       **/
      reportGrace: u64 & AugmentedConst<ApiType>;
      /**
       * An institution's time to co-sign a request, in seconds. An upgrade must not change it: where a request stood at a past
       * moment rests on it.
       **/
      signatureTime: u64 & AugmentedConst<ApiType>;
      /**
       * A committee's time to vote, in seconds. An upgrade must not change it: where a request stood at a past moment rests on it.
       **/
      voteTime: u64 & AugmentedConst<ApiType>;
    };
    safeMode: {
      /**
       * The amount that will be reserved upon calling [`Pallet::enter`].
       * 
       * `None` disallows permissionlessly enabling the safe-mode and is a sane default.
       **/
      enterDepositAmount: Option<u128> & AugmentedConst<ApiType>;
      /**
       * For how many blocks the safe-mode will be entered by [`Pallet::enter`].
       **/
      enterDuration: u32 & AugmentedConst<ApiType>;
      /**
       * The amount that will be reserved upon calling [`Pallet::extend`].
       * 
       * `None` disallows permissionlessly extending the safe-mode and is a sane default.
       **/
      extendDepositAmount: Option<u128> & AugmentedConst<ApiType>;
      /**
       * For how many blocks the safe-mode can be extended by each [`Pallet::extend`] call.
       * 
       * This does not impose a hard limit as the safe-mode can be extended multiple times.
       **/
      extendDuration: u32 & AugmentedConst<ApiType>;
      /**
       * The minimal duration a deposit will remain reserved after safe-mode is entered or
       * extended, unless [`Pallet::force_release_deposit`] is successfully called sooner.
       * 
       * Every deposit is tied to a specific activation or extension, thus each deposit can be
       * released independently after the delay for it has passed.
       * 
       * `None` disallows permissionlessly releasing the safe-mode deposits and is a sane
       * default.
       **/
      releaseDelay: Option<u32> & AugmentedConst<ApiType>;
    };
    scheduler: {
      /**
       * The maximum weight that may be scheduled per block for any dispatchables.
       **/
      maximumWeight: SpWeightsWeightV2Weight & AugmentedConst<ApiType>;
      /**
       * The maximum number of scheduled calls in the queue for a single block.
       * 
       * NOTE:
       * + Dependent pallets' benchmarks might require a higher limit for the setting. Set a
       * higher limit under `runtime-benchmarks` feature.
       **/
      maxScheduledPerBlock: u32 & AugmentedConst<ApiType>;
    };
    sealed: {
      /**
       * What the ends of sealed directives are multiples of, in seconds since 1970.
       **/
      grid: u64 & AugmentedConst<ApiType>;
      /**
       * How long a lift waits, in seconds.
       **/
      liftDelay: u64 & AugmentedConst<ApiType>;
      /**
       * The most sealed directives of one patient that are not in the history.
       **/
      maxLive: u32 & AugmentedConst<ApiType>;
      /**
       * The most sealed Permits of one patient in force.
       **/
      maxPermits: u32 & AugmentedConst<ApiType>;
      /**
       * The longest term of a sealed Permit, in seconds. Its purposes are not known here, so it is that of the
       * strictest. A sealed Deny that ends lasts as long at most, to the next moment on the grid.
       **/
      maxTerm: u64 & AugmentedConst<ApiType>;
    };
    session: {
      /**
       * The amount to be held when setting keys.
       **/
      keyDeposit: u128 & AugmentedConst<ApiType>;
    };
    sponsorship: {
      /**
       * What the pot pays for one account of staff at most at a time, in the smallest unit of the asset;
       * refills evenly over 24 hours.
       **/
      allowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays for one account of staff at most at a time for what patients can make its organisation answer;
       * refills evenly over 24 hours. At least what it costs to answer all that the patients of one cohort can ask in a day.
       **/
      answerAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for the patients, or the members, of one cohort of an
       * organisation; refills evenly over 24 hours.
       **/
      cohortAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * After how many days a new handle has all of [`Config::PatientAllowancePerDay`]. It begins
       * with one part of so many, and gets another every day.
       **/
      daysToFullAllowance: u32 & AugmentedConst<ApiType>;
      /**
       * What the pot pays for one account of staff at most at a time for emergencies, if a budget above is used up;
       * refills evenly over 24 hours.
       **/
      emergencyAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * The priority of a free call in the pool. High: to withdraw a permission must work while
       * the chain is busy.
       **/
      freeCallPriority: u64 & AugmentedConst<ApiType>;
      /**
       * What the pot pays for one key of a patient at most at a time; refills evenly over 24 hours. A
       * key in the wrong hands must leave something to the others.
       **/
      keyAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays for the member of a coverage at most at a time; refills evenly over 24
       * hours. A person can have many coverages, and few calls to make in each.
       **/
      memberAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for the member of a coverage, if a budget above is used
       * up; refills evenly over a year. Nobody shares it, so it must be less than the bond for a
       * coverage.
       **/
      memberReserve: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for all staff of one organisation; as much again for all
       * patients whom it registered, and for all its members. Refills evenly over 24 hours.
       **/
      organisationAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for such answers of all staff of one organisation; refills evenly over 24
       * hours. Nothing else uses it up.
       **/
      organisationAnswersPerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for the emergencies of all staff of one organisation, if a budget above
       * is used up; refills evenly over 24 hours. Nothing else uses it up.
       **/
      organisationEmergenciesPerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays for all keys of one patient at most at a time; refills evenly over
       * 24 hours.
       **/
      patientAllowancePerDay: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot pays at most at a time for what one patient does to tighten, if a budget above
       * is used up; refills evenly over a year. Nobody shares it, so it must be less than the deposit
       * for a handle.
       **/
      patientReserve: u128 & AugmentedConst<ApiType>;
      /**
       * What the pot's account is derived from.
       **/
      potId: FrameSupportPalletId & AugmentedConst<ApiType>;
    };
    system: {
      /**
       * Maximum number of block number to block hash mappings to keep (oldest pruned first).
       **/
      blockHashCount: u32 & AugmentedConst<ApiType>;
      /**
       * The maximum length of a block (in bytes).
       **/
      blockLength: FrameSystemLimitsBlockLength & AugmentedConst<ApiType>;
      /**
       * Block & extrinsics weights: base values and limits.
       **/
      blockWeights: FrameSystemLimitsBlockWeights & AugmentedConst<ApiType>;
      /**
       * The weight of runtime database operations the runtime can invoke.
       **/
      dbWeight: SpWeightsRuntimeDbWeight & AugmentedConst<ApiType>;
      /**
       * The designated SS58 prefix of this chain.
       * 
       * This replaces the "ss58Format" property declared in the chain spec. Reason is
       * that the runtime should know about the prefix in order to make use of it as
       * an identifier of the chain.
       **/
      ss58Prefix: u16 & AugmentedConst<ApiType>;
      /**
       * Get the chain's in-code version.
       **/
      version: SpVersionRuntimeVersion & AugmentedConst<ApiType>;
    };
    technicalCommittee: {
      /**
       * The maximum weight of a dispatch call that can be proposed and executed.
       **/
      maxProposalWeight: SpWeightsWeightV2Weight & AugmentedConst<ApiType>;
    };
    timestamp: {
      /**
       * The minimum period between blocks.
       * 
       * Be aware that this is different to the *expected* period that the block production
       * apparatus provides. Your chosen consensus system will generally work with this to
       * determine a sensible block time. For example, in the Aura pallet it will be double this
       * period on default settings.
       **/
      minimumPeriod: u64 & AugmentedConst<ApiType>;
    };
    transactionPayment: {
      /**
       * A fee multiplier for `Operational` extrinsics to compute "virtual tip" to boost their
       * `priority`
       * 
       * This value is multiplied by the `final_fee` to obtain a "virtual tip" that is later
       * added to a tip component in regular `priority` calculations.
       * It means that a `Normal` transaction can front-run a similarly-sized `Operational`
       * extrinsic (with no tip), by including a tip value greater than the virtual tip.
       * 
       * ```rust,ignore
       * // For `Normal`
       * let priority = priority_calc(tip);
       * 
       * // For `Operational`
       * let virtual_tip = (inclusion_fee + tip) * OperationalFeeMultiplier;
       * let priority = priority_calc(tip + virtual_tip);
       * ```
       * 
       * Note that since we use `final_fee` the multiplier applies also to the regular `tip`
       * sent with the transaction. So, not only does the transaction get a priority bump based
       * on the `inclusion_fee`, but we also amplify the impact of tips applied to `Operational`
       * transactions.
       **/
      operationalFeeMultiplier: u8 & AugmentedConst<ApiType>;
    };
    treasury: {
      /**
       * Percentage of spare funds (if any) that are burnt per spend period.
       **/
      burn: Permill & AugmentedConst<ApiType>;
      /**
       * DEPRECATED: associated with `spend_local` call and will be removed in May 2025.
       * Refer to <https://github.com/paritytech/polkadot-sdk/pull/5961> for migration to `spend`.
       * 
       * The maximum number of approvals that can wait in the spending queue.
       * 
       * NOTE: This parameter is also used within the Bounties Pallet extension if enabled.
       **/
      maxApprovals: u32 & AugmentedConst<ApiType>;
      /**
       * The treasury's pallet id, used for deriving its sovereign account ID.
       **/
      palletId: FrameSupportPalletId & AugmentedConst<ApiType>;
      /**
       * The period during which an approved treasury spend has to be claimed.
       **/
      payoutPeriod: u32 & AugmentedConst<ApiType>;
      /**
       * Gets this pallet's derived pot account.
       **/
      potAccount: AccountId32 & AugmentedConst<ApiType>;
      /**
       * Period between successive spends.
       **/
      spendPeriod: u32 & AugmentedConst<ApiType>;
    };
    txPause: {
      /**
       * Maximum length for pallet name and call name SCALE encoded string names.
       * 
       * TOO LONG NAMES WILL BE TREATED AS PAUSED.
       **/
      maxNameLen: u32 & AugmentedConst<ApiType>;
    };
    utility: {
      /**
       * The limit on the number of batched calls.
       **/
      batchedCallsLimit: u32 & AugmentedConst<ApiType>;
    };
    validatorSet: {
      /**
       * For how many past sessions an equivocation can be proven. At least as many as the
       * reporting period of the consensus pallets spans.
       **/
      historyDepth: u32 & AugmentedConst<ApiType>;
      /**
       * How many offences are kept for each organisation; all of them are counted.
       **/
      maxOffences: u32 & AugmentedConst<ApiType>;
      /**
       * The most members that there may be.
       **/
      maxValidators: u32 & AugmentedConst<ApiType>;
      /**
       * The smallest set, where the genesis does not say otherwise. Four tolerate one fault.
       **/
      minValidators: u32 & AugmentedConst<ApiType>;
    };
  } // AugmentedConsts
} // declare module
