/**
 * Who may make each call of the runtime, and which calls nobody may. The source is the runtime's
 * configuration (`runtime/common/composed/configs`) and the policies of its calls (`runtime/common/composed/policy`, `policy.rs` of each pallet); a test against a running
 * chain notices a call that is missing here, and a filter that has changed.
 */
import { utf8 } from '../bytes.js';
import type { EnactmentClass } from './adapter.js';
import { MIN_SEATS } from './seats.js';

/** Who may make a call. */
export type Authority =
  /** Two thirds of the Council, by a motion. */
  | { by: 'council' }
  /** Two thirds of the Technical Committee, by a motion. */
  | { by: 'technical' }
  /** Two thirds of the Council or two thirds of the Technical Committee, by a motion. */
  | { by: 'either' }
  /** Root, reached by two thirds of both bodies and a public delay: `enactment.approve`. */
  | { by: 'enactment'; class: EnactmentClass }
  /** A member of the body, signing alone. */
  | { by: 'seat' }
  /** Any account that signs. */
  | { by: 'anyone' }
  /** The account that the call concerns, by its signature; `who` says which. */
  | { by: 'signer'; who: string }
  /** A carrier: whoever may make all that it carries. */
  | { by: 'carrier' }
  /** The node that makes the block, or that noticed an equivocation. */
  | { by: 'node' }
  /** Nobody; `why` says why. */
  | { by: 'nobody'; why: string };

const COUNCIL: Authority = { by: 'council' };
const TECHNICAL: Authority = { by: 'technical' };
const EITHER: Authority = { by: 'either' };
const SEAT: Authority = { by: 'seat' };
const ANYONE: Authority = { by: 'anyone' };
const CARRIER: Authority = { by: 'carrier' };
const NODE: Authority = { by: 'node' };
const signer = (who: string): Authority => ({ by: 'signer', who });
const ROOT_ONLY = 'only Root could, and no origin and no entry of the Enactment catalogue leads there';
const rootOnly: Authority = { by: 'nobody', why: ROOT_ONLY };
const filtered = (why: string): Authority => ({ by: 'nobody', why: `the call filter refuses it: ${why}` });
const SUDO_LIKE = filtered('it would make somebody Root, or act for somebody without their signature');
const FREE_TEXT = filtered('it carries free text, which the chain would keep for ever');

const SIGNED_REPORT = filtered('nodes report without a signature, and a proof can carry bytes of any kind');

const of = (pallet: string, authority: Authority, ...calls: string[]): [string, Authority][] =>
  calls.map((call) => [`${pallet}.${call}`, authority]);

const COLLECTIVES = ['council', 'technicalCommittee'].flatMap((pallet) => [
  ...of(pallet, SEAT, 'propose', 'vote', 'execute'),
  ...of(pallet, ANYONE, 'close', 'releaseProposalCost'),
  ...of(pallet, rootOnly, 'setMembers', 'disapproveProposal', 'kill'),
]);
const MEMBERSHIPS = (['membership', 'technicalMembership'] as const).flatMap((pallet) => [
  // Neither body appoints the other, or one of them would be both.
  ...of(pallet, pallet === 'membership' ? COUNCIL : TECHNICAL, 'addMember', 'removeMember', 'swapMember', 'setPrime', 'clearPrime'),
  ...of(pallet, filtered('it would seat a whole body anew at one stroke'), 'resetMembers'),
  ...of(pallet, signer('the member whose key it is'), 'changeKey'),
]);

/** The calls about records, by who signs them; as the documentation of `pallet-record-anchor` has it. */
const RECORDS = [
  ...of('recordAnchor', signer('staff of the author that anchors, with a licence of it'), 'anchor', 'anchorMany', 'anchorBatch'),
  ...of('recordAnchor', signer('staff of the author'), 'retract'),
  ...of('recordAnchor', signer('staff of the author, or its privacy officer'), 'extendDispute', 'answerDispute'),
  ...of('recordAnchor', signer("the author's administrator, data steward or privacy officer"), 'extendRetention', 'refuseErasure', 'shred'),
  ...of('recordAnchor', signer('a live key of the patient whom the record names'), 'acknowledge', 'dispute', 'requestErasure', 'withdrawErasure'),
  ...of('recordAnchor', signer('a registrar that carries out court orders'), 'hold', 'release'),
  ...of('recordAnchor', ANYONE, 'evict', 'sweep'),
];

const CALLS = new Map<string, Authority>([
  ...COLLECTIVES, ...MEMBERSHIPS, ...RECORDS,
  ...of('validatorSet', COUNCIL, 'addValidator', 'removeValidator'),
  ...of('validatorSet', signer('the validator itself'), 'retire'),
  ...of('registry', COUNCIL, 'appointRegistrar', 'dismissRegistrar'),
  ...of('registry', signer('a registrar that covers the kind'), 'admit', 'decline', 'renew', 'suspend', 'reinstate', 'revoke', 'setFlag'),
  ...of('treasury', COUNCIL, 'spend', 'spendLocal', 'voidSpend', 'removeApproval'),
  ...of('treasury', ANYONE, 'payout', 'checkStatus'),
  ...of('scheduler', COUNCIL, 'schedule', 'scheduleAfter', 'scheduleNamed', 'scheduleNamedAfter', 'cancel', 'cancelNamed',
    'setRetry', 'setRetryNamed', 'cancelRetry', 'cancelRetryNamed'),
  ...of('assets', COUNCIL, 'create'),
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
  ...of('grandpa', NODE, 'reportEquivocationUnsigned'),
  ...of('grandpa', SIGNED_REPORT, 'reportEquivocation'),
  ...of('babe', NODE, 'reportEquivocationUnsigned'),
  ...of('babe', SIGNED_REPORT, 'reportEquivocation'),
  ...of('babe', rootOnly, 'planConfigChange'),
  ...of('timestamp', NODE, 'set'),
  ...of('parachainSystem', NODE, 'setValidationData'),
  ...of('parachainSystem', SUDO_LIKE, 'sudoSendUpwardMessage'),
  ...of('multiBlockMigrations', SUDO_LIKE, 'forceSetCursor', 'forceSetActiveCursor', 'forceOnboardMbms', 'clearHistoric'),
  ...of('preimage', FREE_TEXT, 'notePreimage'),
  ...of('preimage', rootOnly, 'requestPreimage', 'unrequestPreimage'),
  ...of('balances', SUDO_LIKE, 'forceTransfer', 'forceUnreserve', 'forceSetBalance', 'forceAdjustTotalIssuance'),
  ...of('assets', SUDO_LIKE, 'forceCreate', 'forceTransfer', 'forceClearMetadata', 'forceAssetStatus', 'forceCancelApproval'),
  ...of('assets', FREE_TEXT, 'setMetadata', 'forceSetMetadata'),
  ...of('assets', filtered('it would take the money of every settlement account'),
    'freezeAsset', 'startDestroy', 'destroyAccounts', 'destroyApprovals', 'finishDestroy'),
  ...of('utility', CARRIER, 'batch', 'batchAll', 'forceBatch', 'ifElse'),
  ...of('utility', SUDO_LIKE, 'dispatchAs', 'dispatchAsFallible', 'withWeight'),
  ...of('session', filtered('a validator without keys would drop out of the set; one that leaves calls validatorSet.retire'), 'purgeKeys'),
]);

const PALLETS = new Map<string, Authority>([
  ['registry', signer('the account that the call names in its documentation')],
  ['patientIdentity', signer('a live key of the patient, or staff of a provider')],
  ['consent', signer('a live key of the patient, or staff that asks for access')],
  ['claims', signer('the payer, the provider or the member of the claim')],
  ['balances', signer('the holder of the tokens')],
  ['assets', signer('the holder of the asset, or the account that administers it')],
  ['session', signer('the validator itself')],
  ['multisig', signer('one of the signatories')],
  ['proxy', signer('the account, or its proxy')],
  ['preimage', signer('whoever left the preimage')],
  ['utility', signer('any account')],
]);

/** Who may make the call `pallet.call`; `undefined` if this version of the SDK does not know it. */
export const authorityOf = (name: string): Authority | undefined =>
  CALLS.get(name) ?? PALLETS.get(name.split('.')[0] as string);

/** The calls that the runtime's filter refuses whoever makes them, at whatever depth. */
export const FILTERED: readonly string[] = [...CALLS]
  .filter(([, authority]) => authority.by === 'nobody' && authority.why.startsWith('the call filter'))
  .map(([name]) => name);

const REFUSED_WHERE = new Map<string, string>([
  ...['membership.removeMember', 'technicalMembership.removeMember'].map((name): [string, string] =>
    [name, `where the body has ${MIN_SEATS} seats or fewer`]),
  ...['assets.burn', 'assets.freeze', 'assets.block'].map((name): [string, string] =>
    [name, 'for a payer\'s settlement account']),
  ['system.applyAuthorizedUpgrade', 'for code that is not what was authorised'],
  ...['txPause.pause', 'txPause.unpause'].map((name): [string, string] => [name, 'for a name that no call has']),
]);

/** In which cases the runtime's filter refuses a call that it lets through in others; `undefined` if in none. */
export const refusedWhere = (name: string): string | undefined => REFUSED_WHERE.get(name);

/** What every settlement account begins with: it is derived from the id of the pallet `claims`, as `ClaimsPotId` in the runtime. */
const SETTLEMENT_PREFIX = utf8('modlslsclaim');

/** Whether these are the bytes of a settlement account of `claims`, which an asset's administrator cannot reach. */
export const isSettlementAccount = (account: Uint8Array): boolean =>
  SETTLEMENT_PREFIX.every((byte, at) => account[at] === byte);

/**
 * Whether the call `pallet.call` can never be paused: what is mandatory, governs, sets keys, reports
 * misbehaviour, tightens, or ends a credential; whatever answers a clock that runs; what keeps a record
 * from being believed; what takes a stolen key out of service; and what prolongs a licence, an affiliation or a registrar's
 * term. As the policies of the calls say (`may_be_paused`); a test compares every call with a running chain.
 */
export function isNeverPaused(name: string): boolean {
  const [pallet = '', call = ''] = name.split('.');
  return NEVER_PAUSED[pallet]?.includes(call) ?? UNPAUSABLE_PALLETS.includes(pallet);
}

const UNPAUSABLE_PALLETS: readonly string[] = [
  'system', 'timestamp', 'parachainSystem', 'preimage', 'scheduler', 'safeMode', 'txPause', 'multiBlockMigrations', 'babe', 'grandpa', 'session',
  'validatorSet', 'council', 'technicalCommittee', 'membership', 'technicalMembership', 'enactment',
  // Carriers: seats and helpers act through them, and what they carry is paused by itself.
  'utility', 'multisig', 'proxy',
];
const NEVER_PAUSED: Readonly<Record<string, readonly string[]>> = {
  patientIdentity: [
    'freeze', 'removeOwnKey', 'cancelPendingKey', 'cancelKeyRemoval', 'cancelRotation', 'cancelUnfreeze', 'cancelRetirement',
    'addKey', 'removeKey', 'rotateAgreementKey', 'unfreeze',
  ],
  consent: ['revoke', 'vetoPurpose', 'deny', 'decline', 'cancelLift', 'blockRequester'],
  recordAnchor: ['dispute', 'requestErasure', 'withdrawErasure', 'answerDispute', 'extendDispute', 'refuseErasure', 'shred', 'hold', 'extendRetention', 'retract'],
  claims: [
    'cancelRekey', 'attest', 'attestFor', 'closeEncounter', 'amendEncounter', 'submit', 'correct', 'requestInformation', 'answer', 'decide',
    'settleWaiting', 'fund', 'rekeyCoverage', 'acceptRekey',
  ],
  treasury: ['payout', 'voidSpend'],
  registry: [
    'suspend', 'revoke', 'decline', 'declineAffiliation', 'cancelInvitation', 'endAffiliation', 'dismissRegistrar', 'renew', 'invite', 'acceptAffiliation',
    'appointRegistrar', 'setFlag', 'rotateAdmin', 'acceptAdmin', 'setAgreementKey',
  ],
};

/** Who may make a call, in words. */
export function inWords(authority: Authority): string {
  switch (authority.by) {
    case 'council': return 'two thirds of the Council, by a motion';
    case 'technical': return 'two thirds of the Technical Committee, by a motion';
    case 'either': return 'two thirds of the Council, or two thirds of the Technical Committee, by a motion';
    case 'enactment':
      return `two thirds of the Council and two thirds of the Technical Committee, each by a motion for enactment.approve, `
        + `and then a public delay (class ${authority.class})`;
    case 'seat': return 'a member of the body, alone';
    case 'anyone': return 'any account';
    case 'signer': return `an account that signs: ${authority.who}`;
    case 'carrier': return 'whoever may make all that it carries';
    case 'node': return 'a node';
    case 'nobody': return `nobody: ${authority.why}`;
  }
}
