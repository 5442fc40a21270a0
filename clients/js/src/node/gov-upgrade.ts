/** `gov upgrade FILE.wasm`: what a runtime is, how far its upgrade is, and its next step. */
import { readFile } from 'node:fs/promises';
import {
  applyUpgrade, authorise, authorisedCode, BODY_NAMES, callHash, enactmentApprove, hasEnactment, openMotions,
  presentVersion, proposalStatuses, readRuntime, versionObstacles, type ProposalStatus,
} from '../governance/index.js';
import { SalusError } from '../errors.js';
import { proposeIn } from './gov-commands.js';
import { UsageError } from './gov-options.js';
import type { Session } from './gov-session.js';
import { proposalText } from './gov-text.js';

async function codeIn(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    throw new UsageError(`the file ${path} cannot be read`);
  }
}

/** What is to be done next, in one sentence. */
async function nextStep(session: Session, file: string, hash: string, authorised: string | undefined, proposal: ProposalStatus | undefined): Promise<string> {
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
  const authorised = await authorisedCode(api);
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
    ...obstacles.map((obstacle) => `In its way: ${obstacle}`),
  );
  Object.assign(session.result, { file, runtime, present, obstacles, authorised: authorised ?? null, proposal: proposal?.stored ?? null, stage: proposal?.stage ?? null });
  if (proposal) session.say('', ...await proposalText(api, proposal));
  if (options.apply) return apply(session, code, runtime.hash, authorised, obstacles);
  if (options.body) {
    session.stopIf(obstacles);
    return proposeIn(session, options.body, enactmentApprove(api, authorise(api, runtime.hash)));
  }
  session.say(`Next: ${await nextStep(session, file, runtime.hash, authorised, proposal)}`);
  return undefined;
}

async function apply(session: Session, code: Uint8Array, hash: string, authorised: string | undefined, obstacles: string[]): Promise<void> {
  session.stopIf([
    ...obstacles,
    ...(authorised === undefined ? ['no runtime is authorised (NothingAuthorized)']
      : authorised === hash ? [] : [`another runtime is authorised, ${authorised} (Unauthorized)`]),
  ]);
  const included = await session.send(applyUpgrade(session.api, code), () => session.signer(), `applying the runtime ${hash}`);
  if (!included) return;
  if (!included.events.some(({ event }) => event.section === 'system' && event.method === 'CodeUpdated')) {
    throw new SalusError('the runtime was not applied: the chain emitted no system.CodeUpdated');
  }
  const now = await presentVersion(session.api, included.blockHash);
  session.result['applied'] = { block: included.blockNumber, version: now };
  session.say(`Applied in block ${included.blockNumber}; the chain runs ${now.specName} ${now.specVersion} from the next block on.`);
}

