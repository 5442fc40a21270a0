/** What `gov` prints. */
import type { ApiPromise } from '@polkadot/api';
import { moment, span } from '@salus/types/time';
import { BODY_NAMES, describe, ENACTMENT_CLASSES, KINDS, labelled, motionsLink, decodeLink, usageOf, wordingOf, accountsIn, type Inspection, type MotionStatus, type ProposalStatus, type Body } from '../governance.js';

export const HELP = `gov: governing a Salus chain

  gov kinds                        the kinds of decision
  gov build KIND ARGUMENTS...      the call of a decision, and what it would do
  gov inspect HEX|HASH             what a call, an open motion or a proposal would do
  gov propose KIND ARGUMENTS...    propose it in a body, two thirds needed (--aye: and vote for it)
  gov vote HASH aye|nay            vote on a motion
  gov close HASH                   close a motion: carry it out, or remove it
  gov status [HASH]                motions, proposals for enactment, safe mode, paused calls
  gov upgrade FILE.wasm            what a runtime is, and how far its upgrade is
                                   (--body council|technical: propose to approve it; --apply: apply it)
  gov enact HASH                   enact a proposal whose delay is over
  gov cancel HASH --body BODY      propose to stop a proposal for enactment
  gov clear HASH                   remove a proposal that has lapsed

  --ws URL          the node (default: SALUS_WS, else ws://127.0.0.1:9944)
  --body BODY       council or technical
  --threshold N     ayes that let the motion be closed early (default: two thirds of the seats)
  --suri-file PATH  the secret of the key that signs, in a file with mode 600 (or SALUS_SURI_FILE, or
                    the secret itself in SALUS_SURI); --crypto sr25519|ed25519|ecdsa
  --for ACCOUNT     sign as the proxy of that account
  --in-block        do not wait until the block is final
  --dry-run         show everything, sign nothing       --yes     sign without being asked
  --anyway          send also what would fail           --json    one JSON object on standard output
  --timeout SECONDS how long to wait for the node (default: 30), and for the block of what is sent (default: 120)
  --wait SECONDS    of a parachain, with upgrade --apply: how long to wait for the relay chain's decision
                    (default: 1800)
  --chain-clock     of a development chain, whose time can be moved: tell the present by its own clock

A motion or a proposal is named by its hash, or by the first digits of it.
Exit code: 0 done, 1 refused by the chain, 2 wrong usage, 3 the new runtime is stored on a parachain, and the
relay chain has not decided on it within --wait, 4 sent, and it is not known what became of it: look before you repeat it.`;

export const kindsText = (): string[] => {
  const lines = [...KINDS].map(([name, kind]) => [usageOf(name, kind), kind.about] as const);
  const width = Math.max(...lines.map(([usage]) => (usage.length > 44 ? 0 : usage.length)));
  return lines.map(([usage, about]) => (usage.length > width ? `${usage}\n${' '.repeat(width + 2)}${about}` : `${usage.padEnd(width + 2)}${about}`));
};

const NOT_SIMULATED = 'Nothing was simulated: the runtime has no dry run. This is what the pallets\' rules say of the best block.';

const block = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];

/** A call, before anything is signed. */
export function inspectionText(found: Inspection, ws: string): string[] {
  return [
    ...found.words,
    '',
    `Call:    ${found.name}, ${found.length} bytes`,
    `Hash:    ${found.hash}`,
    ...(found.hex.length <= 2_000 ? [`Encoded: ${found.hex}`] : [`Encoded: ${found.hex.slice(0, 66)}... (${found.length} bytes)`]),
    `May be made by: ${found.mayBeMadeBy}.`,
    ...block('Would be refused', found.refusals),
    ...block('Changes', found.changes),
    ...block('In its way now', found.obstacles),
    ...block('Think twice', found.warnings),
    NOT_SIMULATED,
    ...(found.hex.length <= 4_000 ? [`In Polkadot.js Apps: ${decodeLink(ws, found.hex)}`] : []),
  ];
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What closing a motion now would do. */
export function outcomeText(status: MotionStatus): string {
  const { outcome, missing, motion, needed, canPass } = status;
  switch (outcome) {
    case 'Passes': return 'has the votes: close it to carry it out';
    case 'FailsForWantOfVotes':
      return `reaches its threshold of ${motion.threshold}, but not the two thirds (${needed}): closed now, it fails with BadOrigin and is gone`;
    case 'IsRejected': return 'is rejected: close it to remove it';
    case 'IsOpen': return canPass ? `is open: ${counted(missing, 'aye')} missing` : `is open, but has too many nays to be carried as things stand: ${counted(missing, 'aye')} missing`;
  }
}

/** How a motion stands. */
export async function motionText(api: ApiPromise, status: MotionStatus, ws: string): Promise<string[]> {
  const { motion, seats, needed, yetToVote, blocksLeft, endsAbout } = status;
  const account = await labelled(api, [...seats.map((seat) => seat.account), ...motion.ayes, ...motion.nays, ...accountsIn(motion.call)]);
  const wording = wordingOf(api, account);
  const list = (accounts: readonly string[]): string => accounts.map(account).join(', ') || 'nobody';
  return [
    `${BODY_NAMES[motion.body]}, motion ${motion.index}: ${motion.hash}`,
    ...describe(motion.call, wording).map((line) => `  ${line}`),
    `  Ayes (${motion.ayes.length} of ${needed} needed, ${counted(seats.length, 'seat')}): ${list(motion.ayes)}`,
    `  Nays (${motion.nays.length}): ${list(motion.nays)}`,
    `  Yet to vote: ${list(yetToVote)}`,
    blocksLeft > 0
      ? `  Voting ends at block ${motion.end}, about ${moment(endsAbout)} (in ${span((blocksLeft * wording.blockMillis) / 1000)}); who has not voted by then counts as nay`
      : `  Voting ended at block ${motion.end}`,
    `  It ${outcomeText(status)}.`,
    `  ${motionsLink(ws, motion.body)}`,
  ];
}

const bodies = (list: readonly Body[]): string => list.map((body) => `the ${BODY_NAMES[body]}`).join(' and ');

/** How far a proposal for enactment is. */
export async function proposalText(api: ApiPromise, status: ProposalStatus): Promise<string[]> {
  const { stored, call, stage, missing, motions, delay, now } = status;
  const words = call ? describe(call, wordingOf(api, await labelled(api, accountsIn(call)))) : [`does not decode any more: ${stored.call}`];
  const stageLine = {
    OneBody: `Waits for the approval of ${bodies(missing)}, until ${moment(stored.lapses)}; then ${span(delay)} of public delay.`,
    Delay: `Approved by both bodies. Can be enacted from ${moment(stored.due ?? 0)} (in ${span((stored.due ?? 0) - now)}) until ${moment(stored.lapses)}.`,
    Ready: `Can be enacted now, by anybody, until ${moment(stored.lapses)}: gov enact ${stored.hash}`,
    Lapsed: `Lapsed at ${moment(stored.lapses)}: gov clear ${stored.hash} removes it.`,
  }[stage];
  return [
    `Proposal for enactment (${stored.class}): ${stored.hash}`,
    ...words.map((line) => `  ${line}`),
    `  Approved by: ${bodies((['council', 'technicalCommittee'] as const).filter((body) => stored.approvals[body])) || 'nobody'}`,
    `  ${stageLine}`,
    ...motions.map((motion) => `  Open motion of the ${BODY_NAMES[motion.body]} (${motion.call.section}.${motion.call.method}): ${motion.hash}`),
  ];
}

export const delaysText = (delays: Record<(typeof ENACTMENT_CLASSES)[number], number>, floors: typeof delays): string =>
  `Delays of enactment: ${ENACTMENT_CLASSES.map((name) => `${name} ${span(delays[name])} (never below ${span(floors[name])})`).join(', ')}`;

/** JSON of anything here: amounts as decimal text, calls as their name and bytes. */
export const jsonText = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => {
  if (typeof part === 'bigint') return part.toString();
  return part;
}, 2);
