/** `gov upgrade FILE.wasm`: what a runtime is, how far its upgrade is, and its next step. */
import { readFile } from 'node:fs/promises';
import type { ApiPromise } from '@polkadot/api';
import type { Included } from '@salus/client';
import { UsageError } from '@salus/client/node';
import { SalusError } from '@salus/types';
import { span } from '@salus/types/time';
import { applyUpgrade, authorise, authorisedCode, BODY_NAMES, callHash, enactmentApprove, followPendingCode, hasEnactment, isParachain, openMotions, pendingCode, presentVersion, proposalStatuses, readRuntime, versionObstacles, type PendingCode, type ProposalStatus } from '../governance.js';
import { proposeIn } from './gov-commands.js';
import { NotDecided } from './gov-options.js';
import type { Session } from './gov-session.js';
import { proposalText } from './gov-text.js';

async function codeIn(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    throw new UsageError(`the file ${path} cannot be read`);
  }
}

/** What the chain knows of a runtime, and of others that are on their way. */
interface Found {
  /** A final block of before that was asked. */
  finalBefore: number;
  hash: string;
  authorised: string | undefined;
  proposal: ProposalStatus | undefined;
  pending: PendingCode | undefined;
}

/** Where the relay chain's decision is to be seen. Its signals are not in the parachain's own state: see `followPendingCode`. */
function whereToLook(api: ApiPromise): string {
  const id = (api.consts as { parachainSystem?: { selfParaId?: unknown } }).parachainSystem?.selfParaId;
  const of = id === undefined ? '' : `(${String(id)})`;
  return `on the relay chain: paras.futureCodeUpgrades${of} and paras.upgradeGoAheadSignal${of}`;
}

/** What is to be done next, in one sentence. */
async function nextStep(session: Session, file: string, { hash, authorised, proposal, pending }: Found): Promise<string> {
  if (pending?.hash === hash) {
    return `Stored on the parachain. The relay chain decides when it applies, or that it is discarded (${whereToLook(session.api)}). To follow that: gov upgrade ${file} --apply`;
  }
  if (pending && authorised === hash) return `Authorised. It can be applied once the relay chain has decided on the other runtime: gov upgrade ${file} --apply`;
  if (authorised === hash) return `Authorised. Anybody can apply it: gov upgrade ${file} --apply`;
  if (!hasEnactment(session.api)) return 'This runtime has no enactment: it cannot be upgraded by governance.';
  const approval = enactmentApprove(session.api, authorise(session.api, hash)).method.hash.toHex();
  const open = (await openMotions(session.api)).filter((motion) => motion.hash === approval);
  const voting = open.map((motion) => `the motion of the ${BODY_NAMES[motion.body]} is open: gov vote ${motion.hash} aye --body ${motion.body}`);
  const missing = (proposal?.missing ?? (['council', 'technicalCommittee'] as const)).filter((body) => !open.some((motion) => motion.body === body));
  const proposing = missing.map((body) => `the ${BODY_NAMES[body]} has to approve it: gov upgrade ${file} --body ${body}`);
  switch (proposal?.stage) {
    case undefined: case 'OneBody': return [...voting, ...proposing].join('; ');
    case 'Delay': return 'Both bodies have approved it, and the public delay runs.';
    case 'Ready': return `The delay is over. Anybody can enact it: gov enact ${proposal?.stored.hash}`;
    case 'Lapsed': return `It lapsed; gov clear ${proposal?.stored.hash}, and begin again.`;
  }
}

/** `gov upgrade FILE.wasm` */
export async function upgrade(session: Session, args: string[]): Promise<void> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) throw new UsageError('this is written: gov upgrade FILE.wasm [--body BODY | --apply]');
  const { api, options } = session;
  const code = await codeIn(file);
  const runtime = readRuntime(code);
  const present = await presentVersion(api);
  const obstacles = runtime.version ? versionObstacles(present, runtime.version) : [];
  // Asked for first: whatever is decided on the code that is pending is decided in a block above this one, or has been.
  const finalBefore = (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  const [authorised, pending] = await Promise.all([authorisedCode(api), pendingCode(api)]);
  const wantedHash = callHash(authorise(api, runtime.hash).method.toU8a());
  const proposal = hasEnactment(api) ? (await proposalStatuses(api)).find(({ stored }) => stored.hash === wantedHash) : undefined;
  session.say(
    `File:    ${file}, ${runtime.size} bytes${runtime.compressed ? ', compressed' : ''}`,
    `Hash:    ${runtime.hash} (BLAKE2b-256 of the file)`,
    runtime.version
      ? `Version: ${runtime.version.specName} ${runtime.version.specVersion}, transaction version ${runtime.version.transactionVersion}`
      : `Version: cannot be read from the file (${runtime.unreadable}); compare the hash with that of a build of your own`,
    `Present: ${present.specName} ${present.specVersion}, transaction version ${present.transactionVersion}`,
    ...(runtime.version && runtime.version.transactionVersion !== present.transactionVersion
      ? ['The transaction version changes: calls are encoded otherwise, and offline signers need the new metadata.'] : []),
    ...(pending ? [`Stored:  ${pending.hash}, ${pending.size} bytes; the relay chain has not decided on it`] : []),
    ...obstacles.map((obstacle) => `In its way: ${obstacle}`),
  );
  Object.assign(session.result, { file, runtime, present, obstacles, authorised: authorised ?? null, pending: pending ?? null, proposal: proposal?.stored ?? null, stage: proposal?.stage ?? null });
  if (proposal) session.say('', ...await proposalText(api, proposal));
  const found: Found = { finalBefore, hash: runtime.hash, authorised, proposal, pending };
  if (options.apply) return apply(session, code, found, obstacles);
  if (options.body) {
    session.stopIf(obstacles);
    return proposeIn(session, options.body, enactmentApprove(api, authorise(api, runtime.hash)));
  }
  const stuck = obstacles.length > 0 && pending?.hash !== runtime.hash;
  session.say(`Next: ${stuck ? 'nothing, while that is in its way' : await nextStep(session, file, found)}`);
  return undefined;
}

async function apply(session: Session, code: Uint8Array, { finalBefore, hash, authorised, pending }: Found, obstacles: string[]): Promise<void> {
  const { api } = session;
  if (pending?.hash === hash) {
    session.say('It is stored already, and nothing is sent.');
    if (session.options.dryRun) return session.say(`Without --dry-run the relay chain's decision is waited for (${whereToLook(api)}).`);
    return follow(session, code, finalBefore);
  }
  session.stopIf([
    ...obstacles,
    ...(authorised === undefined ? ['no runtime is authorised (NothingAuthorized)']
      : authorised === hash ? [] : [`another runtime is authorised, ${authorised} (Unauthorized)`]),
    ...(pending ? [`another runtime is stored, ${pending.hash}, and the relay chain has not decided on it (OverlappingUpgrades)`] : []),
  ]);
  const included = await session.send(applyUpgrade(api, code), () => session.signer(), `applying the runtime ${hash}`);
  if (!included) return undefined;
  const taken = isParachain(api) ? 'parachainSystem.ValidationFunctionStored' : 'system.CodeUpdated';
  if (!emitted(included, taken)) {
    const refused = emitted(included, 'system.RejectedInvalidAuthorizedUpgrade') ? 'refused the file (system.RejectedInvalidAuthorizedUpgrade)' : `emitted no ${taken}`;
    throw new SalusError(`the runtime was not applied, and the chain runs as before: it ${refused}`);
  }
  if (!isParachain(api)) return applied(session, included.blockNumber, included.blockHash);
  session.result['stored'] = { block: included.blockNumber };
  session.say(`Stored in block ${included.blockNumber}. Until the relay chain decides, the chain runs as before.`);
  return follow(session, code, included.blockNumber);
}

const emitted = ({ events }: Included, name: string): boolean => events.some(({ event }) => `${event.section}.${event.method}` === name);

/** Follows code that was pending in block `after`, or was stored in a block above it, until the relay chain has decided on it. */
async function follow(session: Session, code: Uint8Array, after: number): Promise<void> {
  const { api, options: { wait, inBlock } } = session;
  session.say(`The relay chain decides when the new code applies, or that it is discarded. Waiting for that, for ${span(wait)} at most (--wait).`);
  const decision = await followPendingCode(api, code, after, { until: inBlock ? 'inBlock' : 'finalized', timeout: wait * 1000 });
  session.result['decision'] = { ...decision, trouble: undefined };
  switch (decision.state) {
    case 'Applied': return applied(session, decision.blockNumber, decision.blockHash, decision.toldBy);
    case 'Discarded':
      throw new SalusError(`the relay chain refused the runtime, block ${decision.blockNumber} ${decision.toldBy === 'state' ? 'or one before it ' : ''}discarded it, and the chain runs as before: its validators' logs say why`);
    case 'Pending': {
      const trouble = decision.trouble instanceof Error ? `; at last the node could not be asked: ${decision.trouble.message}` : '';
      throw new NotDecided(`the runtime is stored, and up to block ${decision.upTo} the relay chain has not decided on it in ${span(wait)}${trouble}. Look ${whereToLook(api)}; the same command waits again`);
    }
  }
}

async function applied(session: Session, block: number, hash: string, toldBy: 'event' | 'state' = 'event'): Promise<void> {
  const now = await presentVersion(session.api, hash);
  session.result['applied'] = { block, version: now };
  session.say(`Applied in block ${block}${toldBy === 'state' ? ' or before' : ''}; the chain runs ${now.specName} ${now.specVersion} from the next block on.`);
}
