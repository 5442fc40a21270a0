/**
 * What a call would change in the present state, before and after, and what in that state stands in its
 * way. Nothing is simulated: the runtime has no dry run, so these are the rules of the pallets, read here.
 */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Codec } from '@polkadot/types/types';
import { best } from '@salus/client';
import { policies, policyAt } from '@salus/client/care';
import { maybe } from '@salus/client/query';
import { moment, span } from '@salus/types/time';
import {
  enactmentDelays, enactmentFloors, ENACTMENT_CLASSES, hasEnactment, longestDelay, pausedCalls, storedProposalOf,
} from './adapter.js';
import { BODY_NAMES, callHash, validatorsOf, type Body } from './bodies.js';
import { allCalls, carriedBy, nameOfCall } from './carried.js';
import { stageOf } from './enactment.js';
import { isNeverPaused } from './powers.js';
import { added, MIN_SEATS, motionsUnder, removed, seatingsOf, seatsLine, swapped, type SeatChange, type Seating, type Seatings } from './seats.js';
import { authorisedCode, presentVersion } from './upgrade.js';
import { addressOf, tokens, type Wording } from './words.js';

export interface Effects {
  /** What changes: one line each. */
  changes: string[];
  /** What in the present state would make it fail, or would do lasting harm. */
  obstacles: string[];
  /** What should make one think twice. */
  warnings: string[];
}

type Reader = (api: ApiPromise, args: Codec[], wording: Wording, seatings: Seatings) => Promise<Partial<Effects>>;

const only = (...changes: string[]): Partial<Effects> => ({ changes });
const failing = (...obstacles: string[]): Partial<Effects> => ({ obstacles });
const text = (value: unknown): string => (value as { toUtf8(): string }).toUtf8();

/** `transfer_keep_alive` and `Balances` as the SDK spells them. */
const camel = (name: string): string =>
  (name[0] ?? '').toLowerCase() + name.slice(1).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function seatChange(body: Body, change: (seating: Seating, args: Codec[]) => SeatChange): Reader {
  return async (api, args, _, seatings) => {
    const seating = await seatings(body);
    const before = seating.members.length;
    const { after, obstacles } = change(seating, args);
    // What comes after it in the same motion finds the seats as this leaves them.
    if (obstacles.length === 0) seating.members = after;
    const warnings = after.length === before ? [] : await motionsUnder(api, body, after.length);
    if (after.length < MIN_SEATS) warnings.push(`with ${after.length} seat${after.length === 1 ? '' : 's'}, two thirds are all of them: one lost key stops the ${BODY_NAMES[body]}`);
    return { changes: [seatsLine(body, before, after.length)], obstacles, warnings };
  };
}

const seats = (pallet: string, body: Body): [string, Reader][] => [
  [`${pallet}.addMember`, seatChange(body, ({ members }, [who]) => added(members, addressOf(who)))],
  [`${pallet}.removeMember`, seatChange(body, (seating, [who]) => removed(seating, addressOf(who), body))],
  [`${pallet}.swapMember`, seatChange(body, ({ members }, [out, entering]) => swapped(members, addressOf(out), addressOf(entering)))],
  [`${pallet}.setPrime`, async (api, [who], { account }, seatings) => {
    const prime = maybe(await api.query[body].prime(), String);
    const { members } = await seatings(body);
    return {
      changes: [`Prime of the ${BODY_NAMES[body]}: ${prime ? account(prime) : 'nobody'} before, ${account(addressOf(who))} after.`],
      obstacles: members.includes(addressOf(who)) ? [] : ['it has no seat (NotMember)'],
    };
  }],
];

const blocksIn = (count: number, { blockMillis }: Wording): string => `${count} blocks (about ${span((count * blockMillis) / 1000)})`;

const STOPS = 'Stops: registering, licensing, appointing and inviting; everything of a patient that loosens; anchoring, shredding and evicting; new coverages, encounters, '
  + 'claims and payments; all transfers and treasury spending.';
const GOES_ON = 'Goes on: revoking, denying, vetoing, freezing, removing keys; renewing, suspending and dismissing; retracting, disputing and holding records; attesting, answering and voiding; governance, session keys, '
  + 'equivocation reports, upgrades, and all that a block needs.';

const READERS = new Map<string, Reader>([
  ...seats('membership', 'council'), ...seats('technicalMembership', 'technicalCommittee'),
  ['validatorSet.addValidator', async (api, [who, org]) => {
    const { members, sound, minimum } = await validatorsOf(api);
    const [leaving, known] = await Promise.all([
      api.query.validatorSet.departures(addressOf(who)), api.query.registry.organisations(String(org)),
    ]);
    return {
      changes: [`Validators: ${members.length} members before, ${members.length + 1} after; ${sound.length} of them have session keys and did not offend; the minimum is ${minimum}.`],
      obstacles: [
        ...(members.includes(addressOf(who)) ? ['it is a member already (AlreadyMember)'] : []),
        ...(leaving.isSome ? ['it was removed and is still in the set (StillLeaving); wait two sessions'] : []),
        ...(known.isNone ? [`there is no organisation ${String(org)} (UnknownOrganisation)`] : []),
      ],
    };
  }],
  ['validatorSet.removeValidator', async (api, [who]) => {
    const { members, sound, minimum, offenders } = await validatorsOf(api);
    const account = addressOf(who);
    const left = sound.filter((member) => member !== account).length;
    const hasKeys = sound.includes(account) || offenders.includes(account);
    const changes = [`Validators: ${members.length} members before, ${members.length - 1} after; with session keys and without offence: ${sound.length} before, ${left} after; the minimum is ${minimum}.`];
    const obstacles: string[] = [];
    if (!members.includes(account)) obstacles.push('it is no member (NotMember)');
    else if (hasKeys && left < minimum) obstacles.push(`the minimum of ${minimum} would be broken (BelowMinimum): add a validator first`);
    return { changes, obstacles };
  }],
  ['registry.appointRegistrar', async (api, [who, org, kinds, capabilities, until], { account }) => {
    const [known, term, millis] = await Promise.all([
      api.query.registry.organisations(String(org)), api.call.registryApi.registrar(addressOf(who)), api.query.timestamp.now(),
    ]);
    const now = Math.floor(millis.toNumber() / 1000);
    const longest = api.consts.registry.maxRegistrarTerm.toNumber();
    return {
      changes: [`${account(addressOf(who))}: ${term.isSome ? 'is a registrar, whose term ends now and begins anew' : 'is no registrar before, and is one after'}.`],
      obstacles: [
        ...(known.isNone ? [`there is no organisation ${String(org)} (UnknownOrganisation)`] : []),
        ...(Number(String(until)) <= now ? [`${moment(Number(String(until)))} is not after now (TermTooShort)`] : []),
        ...(Number(String(until)) > now + longest ? [`a term lasts ${span(longest)} at most (TermTooLong)`] : []),
        ...(Number(String(kinds)) === 0 && Number(String(capabilities)) === 0 ? ['it would cover nothing (NothingCovered)'] : []),
      ],
    };
  }],
  ['registry.dismissRegistrar', async (api, [who]) => {
    const term = await api.call.registryApi.registrar(addressOf(who));
    return { obstacles: term.isNone ? ['it is no registrar now (NotRegistrar)'] : [] };
  }],
  ['safeMode.forceEnter', async (api, _, wording) => {
    const until = await api.query.safeMode.enteredUntil();
    return {
      changes: [`Lasts ${blocksIn(api.consts.safeMode.enterDuration.toNumber(), wording)} and then ends by itself.`, STOPS, GOES_ON],
      obstacles: until.isSome ? [`safe mode is on already, until block ${until.unwrap().toString()} (Entered): extend it`] : [],
    };
  }],
  ['safeMode.forceExtend', async (api, _, wording) => {
    const until = await api.query.safeMode.enteredUntil();
    const more = api.consts.safeMode.extendDuration.toNumber();
    return until.isSome
      ? only(`Safe mode ends after block ${until.unwrap().toString()} before, ${until.unwrap().toNumber() + more} after: ${blocksIn(more, wording)} later.`)
      : failing(...['safe mode is not on (Exited)']);
  }],
  ['safeMode.forceExit', async (api) => {
    const until = await api.query.safeMode.enteredUntil();
    return until.isSome
      ? only(`Safe mode would have ended by itself after block ${until.unwrap().toString()}.`)
      : failing(...['safe mode is not on (Exited)']);
  }],
  ['txPause.pause', async (api, [name]) => {
    const [pallet, call] = name as unknown as [unknown, unknown];
    const paused = (await pausedCalls(api)).some(([one, other]) => one === text(pallet) && other === text(call));
    return {
      changes: ['Lasts until it is unpaused; it does not end by itself. Calls that carry it fail too.'],
      obstacles: [
        ...(paused ? ['it is paused already (IsPaused)'] : []),
        ...(isNeverPaused(`${camel(text(pallet))}.${camel(text(call))}`) ? ['it tightens, governs, answers a clock or is mandatory, and cannot be paused (Unpausable)'] : []),
      ],
    };
  }],
  ['txPause.unpause', async (api, [name]) => {
    const [pallet, call] = name as unknown as [unknown, unknown];
    const paused = (await pausedCalls(api)).some(([one, other]) => one === text(pallet) && other === text(call));
    return { obstacles: paused ? [] : ['it is not paused (IsUnpaused)'] };
  }],
  ['treasury.spend', async (api, [, amount], wording) => {
    const pot = (await api.query.system.account(api.consts.treasury.potAccount)).data.free.toBigInt();
    const wanted = BigInt(String(amount));
    return {
      changes: [`The treasury holds ${tokens(pot, wording)}. The promise can be paid out for ${blocksIn(api.consts.treasury.payoutPeriod.toNumber(), wording)}.`],
      warnings: wanted > pot ? ['the treasury does not hold that much: the payout would fail'] : [],
    };
  }],
  ['assets.create', async (api, [id]) => {
    const found = await api.query.assets.asset(String(id));
    return { obstacles: found.isSome ? [`asset ${String(id)} exists (InUse)`] : [] };
  }],
  ['scheduler.schedule', async (api, [when]) => {
    const now = (await api.rpc.chain.getHeader()).number.toNumber();
    return { obstacles: Number(String(when)) <= now ? [`block ${String(when)} is past; the chain is at ${now} (TargetBlockNumberInPast)`] : [] };
  }],
  ['scheduler.cancel', async (api, [when, index]) => {
    const agenda = await api.query.scheduler.agenda(String(when));
    return { obstacles: agenda[Number(String(index))]?.isSome ? [] : [`nothing is scheduled at place ${String(index)} of block ${String(when)} (NotFound)`] };
  }],
  ['system.authorizeUpgrade', async (api, [hash]) => {
    const [present, authorised] = await Promise.all([presentVersion(api), authorisedCode(api)]);
    return only(
      `The chain runs ${present.specName} ${present.specVersion}. Compare the hash with that of a build of your own, and \`gov upgrade FILE\` shows what is in the file.`,
      ...(authorised && authorised !== String(hash) ? [`It takes the place of ${authorised}, which is authorised now.`] : []),
    );
  }],
  ['grandpa.noteStalled', async (api, [delay]) => {
    const [best, final] = await Promise.all([
      api.rpc.chain.getHeader(), api.rpc.chain.getFinalizedHead().then((hash) => api.rpc.chain.getHeader(hash)),
    ]);
    const behind = best.number.toNumber() - final.number.toNumber();
    return {
      changes: [`Best block ${best.number.toString()}, last final ${final.number.toString()}: ${behind} behind.`],
      warnings: [
        ...(behind < 100 ? ['finality is not stalled now, as far as this node can tell'] : []),
        ...(Number(String(delay)) < 1_000 ? ['the delay must outlast every reorganisation of the chain; about 1,000 blocks are usual'] : []),
      ],
    };
  }],
  ['enactment.setDelay', async (api, [ofClass, seconds]) => {
    const [delays, floors] = await Promise.all([enactmentDelays(api), enactmentFloors(api)]);
    const known = ENACTMENT_CLASSES.find((name) => name === String(ofClass)) ?? 'Parameter';
    const wanted = Number(String(seconds));
    return {
      changes: [`Delay of the class ${known}: ${span(delays[known])} before, ${span(wanted)} after; never below ${span(floors[known])}.`],
      obstacles: [
        ...(wanted < floors[known] ? [`it is below the floor of ${span(floors[known])} (BelowFloor)`] : []),
        ...(wanted > longestDelay(api) ? [`it is above the longest delay of ${span(longestDelay(api))} (AboveCeiling)`] : []),
      ],
    };
  }],
  ['care.setPolicy', async (api, [wanted]) => {
    const at = await best(api);
    const [terms, present] = await Promise.all([policies(at.api), policyAt(at.api, at.moment)]);
    const announced = terms.find(({ from }) => from > at.moment);
    const notice = span(Number(String(api.consts.care.policyNotice)));
    return {
      changes: [
        `Care policy in force: ${present}${announced ? `; announced: ${announced.policy}, from ${moment(announced.from)}` : '; no other is announced'}.`,
        String(wanted) === present ? 'What is announced is withdrawn.' : `${String(wanted)} begins ${notice} after this is enacted.`,
      ],
      obstacles: [
        ...(announced?.policy === String(wanted) ? ['it is announced already (AlreadyAnnounced)'] : []),
        ...(!announced && present === String(wanted) ? ['it is in force, and no other is announced (AlreadyInForce)'] : []),
      ],
    };
  }],
  ['enactment.cancel', async (api, [proposal]) => {
    const stored = await storedProposalOf(api, String(proposal));
    return { obstacles: stored ? [] : ['there is no such proposal (NoSuchProposal)'] };
  }],
  ['enactment.enact', async (api, [proposal]) => {
    const stored = await storedProposalOf(api, String(proposal));
    if (!stored) return { obstacles: ['there is no such proposal (NoSuchProposal)'] };
    const now = Math.floor((await api.query.timestamp.now()).toNumber() / 1000);
    const stage = stageOf(stored, now);
    const why = {
      OneBody: 'only one body has approved it (NotAgreed)',
      Delay: `its delay runs until ${moment(stored.due ?? 0)} (TooEarly)`,
      Lapsed: `it lapsed at ${moment(stored.lapses)} (Lapsed)`, Ready: undefined,
    }[stage];
    return { obstacles: why ? [why] : [] };
  }],
]);

/** What an approval by a body would make of a proposal for enactment. */
async function approvalEffects(api: ApiPromise, approve: RuntimeCall, body: Body | undefined): Promise<Partial<Effects>> {
  const inner = carriedBy(approve)[0];
  if (!inner || !hasEnactment(api)) return {};
  const hash = callHash(inner.toU8a());
  const [found, delays, millis] = await Promise.all([storedProposalOf(api, hash), enactmentDelays(api), api.query.timestamp.now()]);
  // What has lapsed begins anew.
  const stored = found && stageOf(found, Math.floor(millis.toNumber() / 1000)) !== 'Lapsed' ? found : undefined;
  if (!stored) return only(`Makes proposal ${hash}; the other body must approve it too, and then the public delay begins.`);
  const obstacles = body && stored.approvals[body] ? [`the ${BODY_NAMES[body]} has approved it already (AlreadyApproved)`] : [];
  if (stored.due !== undefined) return { changes: [`Proposal ${hash} can be enacted from ${moment(stored.due)} until ${moment(stored.lapses)}.`], obstacles };
  return { changes: [`Proposal ${hash} has one approval; with the second its delay of ${span(delays[stored.class])} begins.`], obstacles };
}

/** What a call and all that it carries would change now; `body` is the one whose motion it would be. */
export async function effectsOf(api: ApiPromise, call: RuntimeCall, wording: Wording, body?: Body): Promise<Effects> {
  const parts: Partial<Effects>[] = [];
  const seatings = seatingsOf(api);
  // One after the other: a call finds the seats as those before it leave them.
  for (const inner of allCalls(call)) {
    const name = nameOfCall(inner);
    parts.push(name === 'enactment.approve'
      ? await approvalEffects(api, inner, body)
      : await READERS.get(name)?.(api, [...inner.args], wording, seatings) ?? {});
  }
  return {
    changes: parts.flatMap(({ changes }) => changes ?? []), obstacles: parts.flatMap(({ obstacles }) => obstacles ?? []),
    warnings: parts.flatMap(({ warnings }) => warnings ?? []),
  };
}
