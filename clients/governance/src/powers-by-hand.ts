/**
 * What the policy of a call does not say of who may make it: which body decides, by which class of enactment Root is reached,
 * why nobody may, and which account exactly signs. The source is the runtime's configuration (`runtime/common/composed/configs`)
 * and the documentation of the calls. A test compares every entry with the call's policy in `policies.json`.
 */
import type { Authority } from './authority.js';

const COUNCIL: Authority = { by: 'council' };
const TECHNICAL: Authority = { by: 'technical' };
const EITHER: Authority = { by: 'either' };
const ANYONE: Authority = { by: 'anyone' };
const CARRIER: Authority = { by: 'carrier' };
export const signer = (who: string): Authority => ({ by: 'signer', who });
const ROOT_ONLY = 'only Root could, and no origin and no entry of the Enactment catalogue leads there';
const rootOnly: Authority = { by: 'nobody', why: ROOT_ONLY };
const filtered = (why: string): Authority => ({ by: 'nobody', why: `the call filter refuses it: ${why}` });
const SUDO_LIKE = filtered('it would make somebody Root, or act for somebody without their signature');
const FREE_TEXT = filtered('it carries free text, which the chain would keep for ever');
const SIGNED_REPORT = filtered('nodes report without a signature, and a proof can carry bytes of any kind');

const of = (pallet: string, authority: Authority, ...calls: string[]): [string, Authority][] =>
  calls.map((call) => [`${pallet}.${call}`, authority]);

const COLLECTIVES = ['council', 'technicalCommittee'].flatMap((pallet) => [
  ...of(pallet, ANYONE, 'close', 'releaseProposalCost'),
  ...of(pallet, rootOnly, 'setMembers', 'disapproveProposal', 'kill'),
]);
const MEMBERSHIPS = (['membership', 'technicalMembership'] as const).flatMap((pallet) => [
  // Neither body appoints the other, or one of them would be both.
  ...of(pallet, pallet === 'membership' ? COUNCIL : TECHNICAL, 'addMember', 'removeMember', 'swapMember', 'setPrime', 'clearPrime'),
  ...of(pallet, filtered('it would seat a whole body anew at one stroke'), 'resetMembers'),
]);

const REGISTRY = [
  ...of('registry', COUNCIL, 'appointRegistrar', 'dismissRegistrar'),
  ...of('registry', signer('a registrar that covers the kind'), 'admit', 'decline', 'renew', 'suspend', 'reinstate', 'revoke', 'setFlag'),
  ...of('registry', signer('the account that is to administer the organisation'), 'apply'),
  ...of('registry', signer('the account to which the administration was offered'), 'acceptAdmin'),
  ...of('registry', signer('the account that was invited'), 'acceptAffiliation', 'declineAffiliation'),
  ...of('registry', signer("the affiliated account, or the organisation's administrator"), 'endAffiliation'),
];

const PATIENTS = [
  ...of('patientIdentity', signer("an account that was never a patient's key"), 'register'),
  ...of('patientIdentity', signer("a provider's administrator, or staff of it that admits patients"), 'registerFor'),
  ...of('patientIdentity', signer('a live key of the patient for authentication'),
    'addKey', 'removeKey', 'cancelKeyRemoval', 'rotateAgreementKey', 'unfreeze', 'cancelUnfreeze', 'retire'),
  ...of('patientIdentity', ANYONE, 'completeRetirement'),
  ...of('consent', signer('a live key of the patient for consent'), 'permit', 'lift', 'liftVeto', 'relaxBaseDecision', 'approve', 'unblockRequester'),
  ...of('consent', signer('staff of the organisation that asks for access'), 'requestAccess'),
  ...of('consent', ANYONE, 'applyLift', 'expireRequest'),
];

/** Care relationships, emergencies, access logs, acknowledgements and sealed directives; as the documentation of their pallets has it. */
const CARE = [
  ...of('care', signer('a live key of the patient for consent'), 'invite', 'optIn'),
  ...of('care', signer("the organisation's administrator, or staff of it that treats or keeps records"), 'open', 'openFor'),
  ...of('care', signer("the administrator of the organisation that sends, or staff of it that treats or keeps records, with the patient's signature"), 'refer'),
  ...of('care', signer("the organisation's administrator or privacy officer, or staff of it that treats or keeps records"), 'endFor'),
  ...of('care', ANYONE, 'applyOptIn'),
  ...of('care', { by: 'enactment', class: 'Parameter' }, 'setPolicy'),
  ...of('emergency', signer('a clinician of the organisation'), 'breakGlass', 'breakGlassLate'),
  ...of('emergency', signer('a privacy officer of the organisation or an auditor of another, never who broke the glass'), 'review'),
  ...of('emergency', signer('an auditor of another organisation, who has had no part in it'), 'rule'),
  ...of('emergency', signer('a live key of the patient for consent'), 'relaxAdvanceDirective'),
  ...of('emergency', ANYONE, 'applyRelaxation'),
  ...of('accessLog', signer("the custodian's administrator, privacy officer or data steward"), 'commit', 'attestReconciled', 'beginAnew'),
  ...of('acknowledgement', signer("the organisation's administrator, privacy officer or data steward"), 'acknowledge'),
  ...of('acknowledgement', ANYONE, 'markOverdue'),
  ...of('sealed', signer('a live key of the patient for consent'), 'permitSealed', 'lift'),
  ...of('sealed', ANYONE, 'applyLift'),
];

/** The calls about records, by who signs them; as the documentation of `pallet-record-anchor` has it. */
const RECORDS = [
  ...of('recordAnchor', signer('staff of the author that anchors, with a licence of it'), 'anchor', 'anchorMany', 'anchorBatch'),
  ...of('recordAnchor', signer('staff of the author'), 'retract'),
  ...of('recordAnchor', signer('staff of the author, or its privacy officer'), 'extendDispute', 'answerDispute'),
  ...of('recordAnchor', signer("the author's administrator, data steward or privacy officer"), 'extendRetention', 'refuseErasure', 'shred'),
  ...of('recordAnchor', signer('a live key of the patient whom the record names'), 'acknowledge', 'dispute', 'withdrawErasure'),
  ...of('recordAnchor', signer('a live key for consent of the patient whom the record names'), 'requestErasure'),
  ...of('recordAnchor', signer('a registrar that carries out court orders'), 'hold', 'release'),
  ...of('recordAnchor', ANYONE, 'evict', 'sweep'),
];

const CLAIMS = [
  ...of('claims', signer("the payer's administrator"), 'createPlan', 'revisePlan'),
  ...of('claims', signer("the payer's administrator or biller"), 'enrol', 'rekeyCoverage', 'requestInformation', 'decide'),
  ...of('claims', signer("the member of the coverage, or the payer's administrator or biller"), 'terminateCoverage', 'cancelRekey'),
  ...of('claims', signer('the key that is to be the next of the member'), 'acceptRekey'),
  ...of('claims', signer("the provider's administrator, or staff of it that treats or bills"),
    'openEncounter', 'openEmergency', 'attestFor', 'closeEncounter', 'amendEncounter'),
  ...of('claims', signer("the provider's administrator or biller"), 'submit', 'correct', 'void', 'answer'),
  ...of('claims', ANYONE, 'poke', 'settleWaiting', 'fund'),
];

/** Research, by who signs; as the README of the pallet has it. */
const RESEARCH = [
  ...of('research', signer("the custodian's administrator or data steward"),
    'openPopulation', 'proposeBudget', 'offerDataset', 'publishVersion', 'retireDataset', 'reserveQuery', 'settleQuery'),
  ...of('research', signer('a member for data access of the committee, in person'), 'voteBudget', 'vote'),
  ...of('research', ANYONE, 'concludeBudget', 'conclude'),
  ...of('research', signer("the committee's administrator"), 'setShortcut'),
  ...of('research', signer('a researcher of the institution'), 'registerStudy'),
  ...of('research', signer("the study's principal investigator, a researcher of the institution"), 'amendStudy', 'request', 'acceptTerms', 'renew'),
  ...of('research', signer("the institution's administrator, who is not the principal investigator"), 'cosign'),
  ...of('research', signer("the study's principal investigator, or the institution's administrator"), 'report', 'recordOutput', 'closeOut'),
  ...of('research', signer('a member of the ethics body that the study names'), 'approveEthics', 'suspendEthics', 'withdrawEthics'),
  ...of('research', signer("the administrator or a data steward of the custodian, or the administrator or a member for data access of the committee"), 'revoke'),
];

const MONEY = [
  ...of('treasury', COUNCIL, 'spend', 'spendLocal', 'voidSpend', 'removeApproval'),
  ...of('treasury', ANYONE, 'payout', 'checkStatus'),
  ...of('balances', signer('the holder of the tokens'), 'transferAllowDeath', 'transferKeepAlive', 'transferAll', 'burn'),
  ...of('balances', ANYONE, 'upgradeAccounts'),
  ...of('balances', SUDO_LIKE, 'forceTransfer', 'forceUnreserve', 'forceSetBalance', 'forceAdjustTotalIssuance'),
  ...of('assets', COUNCIL, 'create'),
  ...of('assets', signer('the holder of the asset'), 'transfer', 'transferKeepAlive', 'transferAll', 'approveTransfer', 'cancelApproval', 'touch', 'refund'),
  ...of('assets', signer('the account to which the holder of the asset gave leave'), 'transferApproved'),
  ...of('assets', signer('the owner of the asset'), 'transferOwnership', 'setTeam', 'setMinBalance', 'clearMetadata', 'setReserves'),
  ...of('assets', signer('the issuer of the asset'), 'mint'),
  ...of('assets', signer('the admin of the asset'), 'burn', 'thaw', 'thawAsset'),
  ...of('assets', signer('the freezer of the asset'), 'freeze', 'block'),
  ...of('assets', signer('the admin or the freezer of the asset'), 'touchOther'),
  ...of('assets', signer('the account itself, who paid its deposit, or the admin of the asset'), 'refundOther'),
  ...of('assets', SUDO_LIKE, 'forceCreate', 'forceTransfer', 'forceClearMetadata', 'forceAssetStatus', 'forceCancelApproval'),
  ...of('assets', FREE_TEXT, 'setMetadata', 'forceSetMetadata'),
  ...of('assets', filtered('it would take the money of every settlement account'),
    'freezeAsset', 'startDestroy', 'destroyAccounts', 'destroyApprovals', 'finishDestroy'),
];

const CARRIERS = [
  ...of('utility', CARRIER, 'batch', 'batchAll', 'forceBatch', 'ifElse'),
  ...of('utility', SUDO_LIKE, 'dispatchAs', 'dispatchAsFallible', 'withWeight'),
  ...of('multisig', signer('one of the signatories'), 'asMulti', 'asMultiThreshold1', 'approveAsMulti'),
  ...of('multisig', signer('whoever paid the deposit'), 'cancelAsMulti', 'pokeDeposit'),
  ...of('proxy', signer('a proxy of the account'), 'proxy', 'announce', 'removeAnnouncement'),
  ...of('proxy', signer('the account whose proxy it is'), 'addProxy', 'removeProxy', 'removeProxies', 'rejectAnnouncement'),
  ...of('proxy', signer('the pure account itself, through a proxy'), 'killPure'),
  ...of('proxy', ANYONE, 'proxyAnnounced'),
];

const CHAIN = [
  ...of('validatorSet', COUNCIL, 'addValidator', 'removeValidator'),
  ...of('validatorSet', signer('the validator itself'), 'retire'),
  ...of('session', signer('the validator itself'), 'setKeys'),
  ...of('session', filtered('a validator without keys would drop out of the set; one that leaves calls validatorSet.retire'), 'purgeKeys'),
  ...of('scheduler', COUNCIL, 'schedule', 'scheduleAfter', 'scheduleNamed', 'scheduleNamedAfter', 'cancel', 'cancelNamed',
    'setRetry', 'setRetryNamed', 'cancelRetry', 'cancelRetryNamed'),
  ...of('safeMode', EITHER, 'forceEnter', 'forceExtend'),
  ...of('safeMode', COUNCIL, 'forceExit'),
  ...of('safeMode', { by: 'nobody', why: 'no deposit is configured: governance alone enters and extends safe mode' },
    'enter', 'extend', 'releaseDeposit'),
  ...of('safeMode', rootOnly, 'forceSlashDeposit', 'forceReleaseDeposit'),
  ...of('txPause', EITHER, 'pause', 'unpause'),
  ...of('enactment', EITHER, 'approve', 'cancel'),
  ...of('enactment', ANYONE, 'enact', 'clear'),
  ...of('enactment', { by: 'enactment', class: 'Parameter' }, 'setDelay'),
  ...of('system', { by: 'enactment', class: 'Upgrade' }, 'authorizeUpgrade'),
  ...of('system', ANYONE, 'applyAuthorizedUpgrade'),
  ...of('system', SUDO_LIKE, 'setHeapPages', 'setCode', 'setCodeWithoutChecks', 'setStorage', 'killStorage', 'killPrefix',
    'authorizeUpgradeWithoutChecks'),
  ...of('system', FREE_TEXT, 'remark', 'remarkWithEvent'),
  ...of('grandpa', { by: 'enactment', class: 'Emergency' }, 'noteStalled'),
  ...of('grandpa', SIGNED_REPORT, 'reportEquivocation'),
  ...of('babe', SIGNED_REPORT, 'reportEquivocation'),
  ...of('babe', rootOnly, 'planConfigChange'),
  ...of('parachainSystem', SUDO_LIKE, 'sudoSendUpwardMessage'),
  ...of('multiBlockMigrations', SUDO_LIKE, 'forceSetCursor', 'forceSetActiveCursor', 'forceOnboardMbms', 'clearHistoric'),
  ...of('preimage', FREE_TEXT, 'notePreimage'),
  ...of('preimage', signer('whoever left the preimage'), 'unnotePreimage'),
  ...of('preimage', ANYONE, 'ensureUpdated'),
  ...of('preimage', rootOnly, 'requestPreimage', 'unrequestPreimage'),
];

/** Every entry; a test sees that no call has two. */
export const ENTRIES: readonly [string, Authority][] =
  [...COLLECTIVES, ...MEMBERSHIPS, ...REGISTRY, ...PATIENTS, ...CARE, ...RECORDS, ...CLAIMS, ...RESEARCH, ...MONEY, ...CARRIERS, ...CHAIN];

export const BY_HAND: ReadonlyMap<string, Authority> = new Map(ENTRIES);
