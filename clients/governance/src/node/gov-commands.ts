/** The commands of `gov`. */
import type { Call, Included } from '@salus/client';
import { UsageError } from '@salus/client/node';
import { SalusError } from '@salus/types';
import {
  authorityOf, BODY_NAMES, buildDecision, close, decodeCall, enactmentApprove, enactmentClear, enactmentDelays, enactmentEnact,
  enactmentFloors, findMotion, findProposal, hasEnactment, inspect, KINDS, motionStatus, motionsLink, openMotions, pausedCalls,
  proposalStatuses, proposeCancellation, propose, proposedAs, seatsOf, usageOf, vote, votesNeeded, authorisedCode, pendingCode, presentVersion, validatorsOf,
  type Body, type Motion, type MotionStatus, type ProposalStatus,
} from '../governance.js';
import { delaysText, inspectionText, motionText, outcomeText, proposalText } from './gov-text.js';
import type { Session } from './gov-session.js';

/** The call that a body would propose for a decision: itself, or its approval for enactment. */
function proposalFor(session: Session, decision: Call): Call {
  const authority = authorityOf(`${decision.method.section}.${decision.method.method}`);
  return authority?.by === 'enactment' ? enactmentApprove(session.api, decision) : decision;
}

/** The body that is to decide: the one that was named, or the only one that can. */
function bodyFor(session: Session, decision: Call): Body {
  if (session.options.body) return session.options.body;
  const authority = authorityOf(`${decision.method.section}.${decision.method.method}`);
  if (authority?.by === 'either') throw new UsageError('either body can decide this: say which, --body council or --body technical');
  if (authority?.by === 'enactment') throw new UsageError('both bodies must approve this: say in which it is to be proposed, --body council or --body technical');
  return authority?.by === 'technical' ? 'technicalCommittee' : 'council';
}

function wanted(args: readonly string[], count: number, usage: string): string[] {
  if (args.length !== count) throw new UsageError(`this is written: gov ${usage}`);
  return [...args];
}

async function show(session: Session, call: Call, body: Body): Promise<string[]> {
  const found = await inspect(session.api, call.method, body);
  session.say(...inspectionText(found, session.options.ws));
  const { authority: _, ...rest } = found;
  session.result['inspection'] = rest;
  return [...found.refusals, ...found.obstacles];
}

/** `gov build KIND ...` */
export async function build(session: Session, [kind = '', ...args]: string[]): Promise<void> {
  const decision = buildDecision(session.api, kind, args);
  const authority = authorityOf(`${decision.method.section}.${decision.method.method}`);
  const needsBoth = authority?.by === 'enactment';
  const body = session.options.body ?? (authority?.by === 'technical' ? 'technicalCommittee' : 'council');
  await show(session, needsBoth && hasEnactment(session.api) ? enactmentApprove(session.api, decision) : decision, body);
  session.result['decision'] = { kind, hex: decision.method.toHex(), hash: decision.method.hash.toHex() };
  if (needsBoth) session.say(`The decision itself: ${decision.method.toHex()}`, `Proposal for enactment it would be: ${decision.method.hash.toHex()}`);
}

/** `gov inspect HEX|HASH` */
export async function inspectAny(session: Session, args: string[]): Promise<void> {
  const [text = ''] = wanted(args, 1, 'inspect HEX|HASH');
  if (/^0x[0-9a-f]{1,64}$/i.test(text)) {
    const motions = (await openMotions(session.api)).filter(({ hash }) => hash.startsWith(text.toLowerCase()));
    const proposals = hasEnactment(session.api)
      ? (await proposalStatuses(session.api)).filter(({ stored }) => stored.hash.startsWith(text.toLowerCase())) : [];
    for (const motion of motions) await showMotion(session, motion);
    for (const proposal of proposals) await showProposal(session, proposal);
    const call = motions[0]?.call ?? proposals[0]?.call;
    if (call) {
      await showCall(session, call.toHex(), motions[0]?.body);
      return;
    }
  }
  await showCall(session, text);
}

async function showCall(session: Session, hex: string, body?: Body): Promise<void> {
  const call = /^0x(?:[0-9a-f]{2})+$/i.test(hex) ? decodeCall(session.api, hex) : undefined;
  if (!call) throw new UsageError('it is neither a call of this chain in hexadecimal digits, nor the hash of an open motion or proposal');
  const first = authorityOf(`${call.section}.${call.method}`)?.by === 'technical' ? 'technicalCommittee' : 'council';
  const found = await inspect(session.api, call, session.options.body ?? body ?? first);
  session.say('', ...inspectionText(found, session.options.ws));
  const { authority: _, ...rest } = found;
  session.result['inspection'] = rest;
}

/** `gov propose KIND ...` */
export async function proposeMotion(session: Session, [kind = '', ...args]: string[]): Promise<void> {
  const decision = buildDecision(session.api, kind, args);
  await proposeIn(session, bodyFor(session, decision), proposalFor(session, decision));
}

/** Shows a call, and proposes it in a body. */
export async function proposeIn(session: Session, body: Body, proposal: Call): Promise<void> {
  const { api, options } = session;
  const stops = await show(session, proposal, body);
  const { seats } = await seatsOf(api, body);
  const threshold = options.threshold ?? votesNeeded(seats.length);
  if (threshold < votesNeeded(seats.length)) {
    stops.push(`${threshold} of ${seats.length} seats are less than two thirds: with no more ayes it fails with BadOrigin`);
  }
  if (threshold > seats.length) stops.push(`there are only ${seats.length} seats, and ${threshold} ayes can never be had`);
  const hash = proposal.method.hash.toHex();
  if ((await openMotions(api, body)).some((motion) => motion.hash === hash)) stops.push(`the ${BODY_NAMES[body]} has the same motion open (DuplicateProposal): vote on ${hash}`);
  session.stopIf(stops);
  const motionCall = await propose(api, body, proposal, threshold);
  const included = await session.send(motionCall, () => session.member(body), `a motion of the ${BODY_NAMES[body]} for the call above, to be carried by ${threshold} of ${seats.length} ayes`);
  if (!included) return;
  const made = proposedAs(included, body);
  if (!made) {
    session.say('With a threshold of 1 it was carried out at once.');
    return;
  }
  session.result['motion'] = { body, ...made };
  session.say(`Motion ${made.index} of the ${BODY_NAMES[body]}: ${made.hash}`, `  ${motionsLink(options.ws, body)}`, `  Next: gov vote ${made.hash} aye`);
  if (options.aye) await castVote(session, { body, ...made }, true);
}

async function castVote(session: Session, motion: Pick<Motion, 'body' | 'hash' | 'index'>, aye: boolean): Promise<void> {
  await session.send(vote(session.api, motion, aye), () => session.member(motion.body), `${aye ? 'aye' : 'nay'} to motion ${motion.index} of the ${BODY_NAMES[motion.body]}`);
  const now = await findMotion(session.api, motion.hash, motion.body);
  const { outcome } = await showMotion(session, now);
  if (outcome === 'Passes' || outcome === 'IsRejected') session.say(`  Next: gov close ${motion.hash} --body ${motion.body}`);
}

/** `gov vote HASH aye|nay` */
export async function voteOn(session: Session, args: string[]): Promise<void> {
  const [hash = '', word = ''] = wanted(args, 2, 'vote HASH aye|nay');
  if (!/^(aye|nay)$/i.test(word)) throw new UsageError(`"${word}" is no vote: aye or nay`);
  const aye = word.toLowerCase() === 'aye';
  const motion = await findMotion(session.api, hash, session.options.body);
  await showCall(session, motion.call.toHex(), motion.body);
  if (!session.options.dryRun) {
    await session.member(motion.body);
    const address = await session.acting();
    if ((aye ? motion.ayes : motion.nays).includes(address)) session.stopIf([`${address} has voted ${word.toLowerCase()} already (DuplicateVote)`]);
  }
  await castVote(session, motion, aye);
}

const happened = (included: Included, body: Body, method: string): boolean =>
  included.events.some(({ event }) => event.section === body && event.method === method);

/** `gov close HASH` */
export async function closeMotion(session: Session, args: string[]): Promise<void> {
  const [hash = ''] = wanted(args, 1, 'close HASH');
  const motion = await findMotion(session.api, hash, session.options.body);
  const status = await motionStatus(session.api, motion);
  session.say(...await motionText(session.api, status, session.options.ws));
  if (status.outcome === 'IsOpen' || status.outcome === 'FailsForWantOfVotes') session.stopIf([`the motion ${outcomeText(status)}`]);
  const included = await session.send(await close(session.api, motion), () => session.signer(), `closing motion ${motion.index} of the ${BODY_NAMES[motion.body]}`);
  if (!included) return;
  const passed = happened(included, motion.body, 'Approved');
  session.result['outcome'] = passed ? 'carried out' : 'rejected';
  session.say(passed ? 'Carried out.' : 'Rejected, and removed.');
}

const motionJson = (session: Session, status: MotionStatus): Record<string, unknown> => {
  const { motion, ...rest } = status;
  return { ...session.motionJson(motion), ...rest };
};

async function showMotion(session: Session, motion: Motion): Promise<MotionStatus> {
  const status = await motionStatus(session.api, motion);
  session.say('', ...await motionText(session.api, status, session.options.ws));
  session.result['motion'] = motionJson(session, status);
  return status;
}

const proposalJson = (session: Session, { call, motions, ...rest }: ProposalStatus): Record<string, unknown> => ({
  ...rest, call: call ? { name: `${call.section}.${call.method}`, hex: call.toHex() } : null,
  motions: motions.map((motion) => session.motionJson(motion)),
});

async function showProposal(session: Session, status: ProposalStatus): Promise<void> {
  session.say('', ...await proposalText(session.api, status));
  session.result['proposal'] = proposalJson(session, status);
}

/** `gov status [HASH]` */
export async function status(session: Session, args: string[]): Promise<void> {
  const { api } = session;
  const [hash] = args;
  if (hash !== undefined) {
    wanted(args, 1, 'status [HASH]');
    const motions = (await openMotions(api)).filter((motion) => motion.hash.startsWith(hash.toLowerCase()));
    const proposals = hasEnactment(api) ? (await proposalStatuses(api)).filter(({ stored }) => stored.hash.startsWith(hash.toLowerCase())) : [];
    if (motions.length + proposals.length === 0) throw new SalusError(`no open motion and no proposal has the hash ${hash}`);
    for (const motion of motions) await showMotion(session, motion);
    for (const proposal of proposals) await showProposal(session, proposal);
    return;
  }
  const [motions, header, until, paused, authorised, version, validators, pending] = await Promise.all([
    openMotions(api), api.rpc.chain.getHeader(), api.query.safeMode.enteredUntil(), pausedCalls(api), authorisedCode(api), presentVersion(api),
    validatorsOf(api), pendingCode(api),
  ]);
  session.say(`Block ${header.number.toString()}, ${version.specName} ${version.specVersion}.`);
  for (const body of ['council', 'technicalCommittee'] as const) {
    const { seats, prime } = await seatsOf(api, body);
    session.say(`${BODY_NAMES[body]}: ${seats.length} seats, ${votesNeeded(seats.length)} are two thirds${prime ? `; prime, which changes no vote: ${prime}` : ''}.`,
      ...seats.map(({ account, organisation }) => `  ${account}${organisation === undefined ? '' : ` (organisation ${organisation})`}`));
  }
  const { inSet, members, sound, offenders, minimum } = validators;
  session.say(`Validators: ${inSet.length} in the set, ${members.length} members, ${sound.length} of them with session keys and without offence; the minimum is ${minimum}.`,
    ...offenders.map((account) => `  ${account} offended and is disabled`));
  const statuses = await Promise.all(motions.map((motion) => motionStatus(api, motion)));
  for (const one of statuses) session.say('', ...await motionText(api, one, session.options.ws));
  if (motions.length === 0) session.say('No open motions.');
  Object.assign(session.result, {
    block: header.number.toNumber(), version, validators, motions: statuses.map((one) => motionJson(session, one)),
    safeMode: until.isSome ? { until: until.unwrap().toNumber() } : null, paused, authorisedUpgrade: authorised ?? null, pendingUpgrade: pending ?? null,
  });
  if (hasEnactment(api)) {
    const proposals = await proposalStatuses(api);
    for (const proposal of proposals) session.say('', ...await proposalText(api, proposal));
    if (proposals.length === 0) session.say('No proposals for enactment.');
    const [delays, floors] = await Promise.all([enactmentDelays(api), enactmentFloors(api)]);
    session.say(delaysText(delays, floors));
    Object.assign(session.result, { proposals: proposals.map((proposal) => proposalJson(session, proposal)), delays, floors });
  } else session.say('This runtime has no enactment: what takes Root cannot be done.');
  session.say(
    until.isSome ? `Safe mode is ON until block ${until.unwrap().toString()}.` : 'Safe mode is off.',
    paused.length > 0 ? `Paused calls: ${paused.map((pair) => pair.join('.')).join(', ')}` : 'No call is paused.',
    authorised ? `A runtime is authorised and not yet applied: ${authorised}` : 'No runtime is authorised.',
    ...(pending ? [`A runtime is stored, and the relay chain has not decided on it: ${pending.hash}`] : []),
  );
}

/** `gov enact HASH` */
export async function enact(session: Session, args: string[]): Promise<void> {
  const [hash = ''] = wanted(args, 1, 'enact HASH');
  const found = await findProposal(session.api, hash);
  await showProposal(session, found);
  if (found.stage !== 'Ready') session.stopIf([`the proposal cannot be enacted: ${{ OneBody: 'only one body has approved it (NotAgreed)', Delay: 'its delay is not over (TooEarly)', Lapsed: 'it has lapsed (Lapsed)' }[found.stage]}`]);
  const included = await session.send(enactmentEnact(session.api, found.stored.hash), () => session.signer(), `enacting the proposal ${found.stored.hash}`);
  if (included) session.say('Enacted.');
}

/** `gov cancel HASH` */
export async function cancel(session: Session, args: string[]): Promise<void> {
  const [hash = ''] = wanted(args, 1, 'cancel HASH --body BODY');
  if (!session.options.body) throw new UsageError('either body can stop a proposal: say which, --body council or --body technical');
  const found = await findProposal(session.api, hash);
  await showProposal(session, found);
  const { method } = await proposeCancellation(session.api, session.options.body, found.stored.hash);
  const inner = method.args[1] as unknown as Call['method'];
  await proposeIn(session, session.options.body, buildDecision(session.api, 'call', [inner.toHex()]));
}

/** `gov clear HASH` */
export async function clear(session: Session, args: string[]): Promise<void> {
  const [hash = ''] = wanted(args, 1, 'clear HASH');
  const found = await findProposal(session.api, hash);
  await showProposal(session, found);
  if (found.stage !== 'Lapsed') session.stopIf(['it has not lapsed (NotLapsed)']);
  await session.send(enactmentClear(session.api, found.stored.hash), () => session.signer(), `removing the lapsed proposal ${found.stored.hash}`);
}

/** Whether a word names a kind of decision, for a better sentence. */
export const kindHint = (word: string): string => {
  const kind = KINDS.get(word);
  return kind ? `"${word}" is a kind of decision: gov build ${usageOf(word, kind)}, or gov propose ...` : `there is no command "${word}": gov help`;
};
