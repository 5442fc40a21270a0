/** What a call would do, in plain words. */
import type { ApiPromise } from '@polkadot/api';
import { GenericMultiAddress } from '@polkadot/types';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Codec } from '@polkadot/types/types';
import { blockMillis } from '@salus/client';
import { codesOf, ORG_KINDS, type CarePolicy } from '@salus/types';
import { toDecimal } from '@salus/types/claims';
import { moment, span } from '@salus/types/time';
import { BODY_NAMES, callHash, type Body } from './bodies.js';
import { carriedBy, nameOfCall } from './carried.js';
import { CAPABILITIES } from './decisions.js';

/** What sentences are made with. */
export interface Wording {
  /** How an account is called; its address unless told. */
  account: (address: string) => string;
  /** The decimals and the symbol of the native token. */
  decimals: number;
  symbol: string;
  /** Milliseconds from one block to the next. */
  blockMillis: number;
}

export const wordingOf = (api: ApiPromise, account: Wording['account'] = (address) => address): Wording => ({
  account, decimals: api.registry.chainDecimals[0] ?? 12, symbol: api.registry.chainTokens[0] ?? 'SLS',
  blockMillis: blockMillis(api),
});

/** An account from an `AccountId` or a `MultiAddress`. */
export function addressOf(value: unknown): string {
  const address = value as { isId?: boolean; asId?: { toString(): string }; toString(): string };
  return address.isId && address.asId ? address.asId.toString() : address.toString();
}

const textOf = (value: unknown): string => (value as { toUtf8(): string }).toUtf8();
const big = (value: unknown): bigint => BigInt(String(value));
const num = (value: unknown): number => Number(String(value));

/** The names that stand for bits of a set, or `none`. */
const listed = <T extends string>(list: readonly T[], mask: unknown): string => codesOf(list, num(mask)).join(', ') || 'none';

const POLICY_IN_WORDS: Readonly<Record<string, string>> = {
  ConsentOnly: 'that an organisation treats a patient lets nobody see anything',
  CareTeam: 'the care team of an organisation that treats a patient reads unlabelled data for treatment, unless the patient says no',
} satisfies Record<CarePolicy, string>;

type Sentence = (args: Codec[], wording: Wording) => string;

/** An amount of the native token, without the zeros at its end. */
export const tokens = (value: unknown, { decimals, symbol }: Pick<Wording, 'decimals' | 'symbol'>): string =>
  `${toDecimal(big(value), decimals).replace(/\.?0+$/, '')} ${symbol}`;
const blocks = (count: number, { blockMillis }: Wording): string =>
  `${count} block${count === 1 ? '' : 's'} (about ${span((count * blockMillis) / 1000)})`;

const membership = (pallet: string, body: Body): [string, Sentence][] => {
  const name = BODY_NAMES[body];
  return [
    [`${pallet}.addMember`, ([who], { account }) => `Gives ${account(addressOf(who))} a seat in the ${name}.`],
    [`${pallet}.removeMember`, ([who], { account }) => `Takes the seat of ${account(addressOf(who))} in the ${name} away.`],
    [`${pallet}.swapMember`, ([out, entering], { account }) =>
      `Gives the seat of ${account(addressOf(out))} in the ${name} to ${account(addressOf(entering))}.`],
    [`${pallet}.resetMembers`, ([all], { account }) =>
      `Replaces ALL members of the ${name} by: ${(all as unknown as Codec[]).map((who) => account(addressOf(who))).join(', ') || 'nobody'}.`],
    [`${pallet}.setPrime`, ([who], { account }) =>
      `Makes ${account(addressOf(who))} the prime of the ${name}. That changes no vote: who does not vote counts as nay.`],
    [`${pallet}.clearPrime`, () => `Leaves the ${name} without a prime. That changes no vote: who does not vote counts as nay.`],
    [`${pallet}.changeKey`, ([to], { account }) => `Moves the signer's own seat in the ${name} to ${account(addressOf(to))}.`],
  ];
};

const collective = (pallet: Body): [string, Sentence][] => {
  const name = BODY_NAMES[pallet];
  return [
    [`${pallet}.propose`, ([threshold]) => `Proposes to the ${name}, to be carried by ${String(threshold)} ayes:`],
    [`${pallet}.vote`, ([hash, index, aye]) => `Votes ${String(aye) === 'true' ? 'aye' : 'nay'} on motion ${String(index)} of the ${name} (${String(hash)}).`],
    [`${pallet}.close`, ([hash, index]) => `Closes motion ${String(index)} of the ${name} (${String(hash)}): carries it out if it has the votes, and removes it.`],
    [`${pallet}.execute`, () => `Carries out with the rights of one member of the ${name}, which suffice for nothing on this chain:`],
  ];
};

const full = (pair: unknown): string => {
  const [pallet, call] = pair as [unknown, unknown];
  return `${textOf(pallet)}.${textOf(call)}`;
};

const SENTENCES = new Map<string, Sentence>([
  ...membership('membership', 'council'), ...membership('technicalMembership', 'technicalCommittee'),
  ...collective('council'), ...collective('technicalCommittee'),
  ['validatorSet.addValidator', ([who, org], { account }) =>
    `Lets ${account(addressOf(who))}, operated by organisation ${String(org)}, become a validator; it validates from the second session after it has set its session keys.`],
  ['validatorSet.removeValidator', ([who], { account }) =>
    `Takes ${account(addressOf(who))} out of the validators; it leaves the set two sessions later and must run until then.`],
  ['validatorSet.retire', () => 'Gives up the signer\'s own membership among the validators.'],
  ['registry.appointRegistrar', ([who, org, kinds, capabilities, until], { account }) =>
    `Appoints ${account(addressOf(who))} registrar, acting for organisation ${String(org)}, until ${moment(num(until))}. `
    + `It may license: ${listed(ORG_KINDS, kinds)}. Besides: ${listed(CAPABILITIES, capabilities)}. A term in force ends.`],
  ['registry.dismissRegistrar', ([who], { account }) => `Dismisses the registrar ${account(addressOf(who))}; what it did stays as it is.`],
  ['safeMode.forceEnter', () => 'Enters safe mode: everything that loosens stops, what tightens, governs or keeps the chain going goes on.'],
  ['safeMode.forceExtend', () => 'Lets the present safe mode last longer.'],
  ['safeMode.forceExit', () => 'Ends safe mode now.'],
  ['txPause.pause', ([name]) => `Pauses the call ${full(name)} for everybody, until it is unpaused.`],
  ['txPause.unpause', ([name]) => `Ends the pause of the call ${full(name)}.`],
  ['treasury.spend', ([, amount, who, from], wording) =>
    `Promises ${tokens(amount, wording)} of the treasury to ${wording.account(addressOf(who))}`
    + `${String(from) === '' ? '' : `, from block ${String(from)} on`}; anybody then pays it out with treasury.payout.`],
  ['treasury.spendLocal', ([amount, who], wording) =>
    `Pays ${tokens(amount, wording)} of the treasury to ${wording.account(addressOf(who))} at the end of the spending period.`],
  ['treasury.voidSpend', ([index]) => `Takes promise ${String(index)} of the treasury back.`],
  ['treasury.removeApproval', ([index]) => `Takes payment ${String(index)} out of the treasury's queue.`],
  ['treasury.payout', ([index]) => `Pays promise ${String(index)} of the treasury out.`],
  ['assets.create', ([id, admin, least], { account }) =>
    `Creates settlement asset ${String(id)}, owned by the treasury. ${account(addressOf(admin))} issues and administers it; nobody can hold less than ${String(least)} of its smallest unit.`],
  ['scheduler.schedule', ([when]) => `Carries out at block ${String(when)}, with the authority of the motion:`],
  ['scheduler.scheduleNamed', ([, when]) => `Carries out at block ${String(when)}, with the authority of the motion:`],
  ['scheduler.scheduleAfter', ([after], wording) => `Carries out ${blocks(num(after), wording)} later, with the authority of the motion:`],
  ['scheduler.scheduleNamedAfter', ([, after], wording) => `Carries out ${blocks(num(after), wording)} later, with the authority of the motion:`],
  ['scheduler.cancel', ([when, index]) => `Takes task ${String(index)} of block ${String(when)} out of the agenda.`],
  ['scheduler.cancelNamed', ([id]) => `Takes the task named ${String(id)} out of the agenda.`],
  ['system.authorizeUpgrade', ([hash]) => `Lets anybody apply the runtime whose code has the hash ${String(hash)}, and no other.`],
  ['system.applyAuthorizedUpgrade', ([code]) => `Applies the authorised runtime with the hash ${callHash((code as unknown as { toU8a(bare: boolean): Uint8Array }).toU8a(true))}.`],
  ['grandpa.noteStalled', ([delay, best], wording) =>
    `Declares finality stalled: from the next session on, that session's validators finalise, ${blocks(num(delay), wording)} later and after block ${String(best)}. `
    + 'If finality was not stalled, two histories could become final.'],
  ['enactment.approve', () => 'Approves for enactment, as one of the two bodies:'],
  ['enactment.cancel', ([proposal]) => `Stops the proposal for enactment ${String(proposal)}.`],
  ['enactment.enact', ([proposal]) => `Enacts the proposal ${String(proposal)}, whose delay is over.`],
  ['enactment.clear', ([proposal]) => `Removes the lapsed proposal ${String(proposal)}.`],
  ['enactment.setDelay', ([ofClass, seconds]) => `Sets the public delay of proposals of the class ${String(ofClass)} to ${span(num(seconds))}.`],
  ['care.setPolicy', ([policy]) =>
    `Announces the care policy ${String(policy)}, from when the notice is over: ${POLICY_IN_WORDS[String(policy)] ?? 'this version of the SDK does not know it'}. `
    + 'If that is the policy in force, withdraws the announcement of another.'],
  ['utility.batch', () => 'Does all of these in order, and stops at the first that fails:'],
  ['utility.batchAll', () => 'Does all of these, or none if one fails:'],
  ['utility.forceBatch', () => 'Does each of these, whatever becomes of the others:'],
  ['utility.ifElse', () => 'Does the first of these, or the second if the first fails:'],
  ['utility.dispatchAs', ([origin]) => `Would act as ${String(origin)}:`],
]);

/** A value for people, cut if it is long. */
function shown(value: Codec): string {
  const text = value.toHuman() === null ? 'none' : JSON.stringify(value.toHuman());
  return text.length > 200 ? `${text.slice(0, 200)}... (${text.length} characters)` : text;
}

/** Calls for which there is a sentence of their own. */
export const hasSentence = (name: string): boolean => SENTENCES.has(name);

/** What a call would do: a line, and the lines of what it carries, indented. */
export function describe(call: RuntimeCall, wording: Wording): string[] {
  const name = nameOfCall(call);
  const carried = carriedBy(call);
  const sentence = SENTENCES.get(name);
  const line = sentence
    ? sentence([...call.args], wording)
    : `${name}(${carried.length > 0 ? '...' : call.meta.args.map(({ name: arg }, at) => `${String(arg)}: ${shown(call.args[at] as Codec)}`).join(', ')})`;
  return [line, ...carried.flatMap((inner) => describe(inner, wording).map((text) => `  ${text}`))];
}

/** The accounts that a call and all that it carries name as its arguments. */
export function accountsIn(call: RuntimeCall): string[] {
  const own = [...call.args].flatMap((arg) => {
    const values = Array.isArray(arg) ? (arg as unknown as Codec[]) : [arg];
    return values.filter((value) => (value instanceof GenericMultiAddress ? value.type === 'Id' : /^AccountId(32)?$/.test(value.toRawType())))
      .map(addressOf);
  });
  return [...new Set([...own, ...carriedBy(call).flatMap(accountsIn)])];
}
