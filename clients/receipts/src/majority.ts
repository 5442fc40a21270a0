/** Whether a set of GRANDPA's voters made a block final: the rules are those of `verify/src/justification.rs`. */
import { hexToU8a } from '@polkadot/util';
import { ed25519Verify } from '@polkadot/util-crypto';
import { concat, type Hex } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';
import type { Authority, BlockHeader, Justification, Precommit } from './grandpa.js';

/** The index of a precommit among the messages that voters sign. */
const PRECOMMIT = 1;

/** What a voter signs when it precommits to a block. */
export const precommitMessage = (vote: Pick<Precommit, 'target' | 'number'>, round: bigint, setId: bigint): Uint8Array =>
  concat(
    Uint8Array.of(PRECOMMIT), hexToU8a(vote.target), toLittleEndian(BigInt(vote.number), 4),
    toLittleEndian(round, 8), toLittleEndian(setId, 8),
  );

/**
 * Why a justification does not prove `block` final for the set `setId`, or `undefined` if it does: more than two
 * thirds of the weight signed for that block or one above it, and for no block further up. Stricter than a node
 * where no honest node writes anything else: a vote may not be listed twice, and nobody else's may be.
 */
export function flawOf(
  justification: Justification,
  block: Pick<BlockHeader, 'hash' | 'number'>,
  setId: bigint,
  set: readonly Authority[],
): string | undefined {
  const { round, target, number, precommits } = justification;
  if (target !== block.hash || number !== block.number) return `it is for block ${number}, ${target}`;
  const weights = new Map(set.map(({ id, weight }) => [id, weight]));
  const total = sum(weights.values());
  if (total === 0n || weights.size !== set.length || set.some(({ weight }) => weight <= 0n)) return `the set ${setId} is none`;
  const votes = new Map<Hex, Precommit[]>();
  for (const vote of precommits) {
    if (!weights.has(vote.id)) return `${vote.id} signed and is not in the set ${setId}`;
    const before = votes.get(vote.id) ?? [];
    // Two votes for different blocks are an offence, but they are on record, and count once.
    if (before.length > 1 || before.some((other) => other.target === vote.target && other.number === vote.number)) {
      return `a vote of ${vote.id} is there twice`;
    }
    votes.set(vote.id, [...before, vote]);
    if (!ed25519Verify(precommitMessage(vote, round, setId), vote.signature, vote.id)) {
      return `the signature of ${vote.id} does not hold for the set ${setId}`;
    }
  }
  const routes = routesOf(justification);
  if (typeof routes === 'string') return routes;
  const support = new Map<Hex, bigint>();
  let everywhere = 0n;
  for (const [id, ofVoter] of votes) {
    const weight = weights.get(id) ?? 0n;
    // Whoever votes for two blocks counts for every one.
    if (ofVoter.length > 1) everywhere += weight;
    else for (const block of routes.get((ofVoter[0] as Precommit).target) ?? []) support.set(block, (support.get(block) ?? 0n) + weight);
  }
  const given = (block: Hex): bigint => (support.get(block) ?? 0n) + everywhere;
  const enough = (block: Hex): boolean => 3n * given(block) > 2n * total;
  if (!enough(target)) return `only ${given(target)} of ${total} signed`;
  const further = [...support.keys()].some((block) => block !== target && routes.get(block)?.includes(target) && enough(block));
  return further ? `a block above ${number} is final by the same votes` : undefined;
}

const sum = (weights: Iterable<bigint>): bigint => [...weights].reduce((total, each) => total + each, 0n);

/**
 * For each block that was voted for and each block between, the blocks from it down to the lowest that was voted
 * for; or what is wrong with the headers: all must be needed for that, and their numbers right.
 */
function routesOf({ precommits, ancestries }: Justification): Map<Hex, Hex[]> | string {
  const broken = (vote: Precommit): string => `${vote.id} voted for a block that is not above the target`;
  const needless = 'it carries headers that no vote needs';
  const headers = new Map(ancestries.map((header) => [header.hash, header]));
  if (headers.size !== ancestries.length) return needless;
  const routes = new Map<Hex, Hex[]>();
  const base = precommits.reduce<Precommit | undefined>((lowest, vote) => (lowest && lowest.number <= vote.number ? lowest : vote), undefined);
  if (!base) return routes;
  routes.set(base.target, [base.target]);
  for (const vote of precommits) {
    const above: Hex[] = [];
    let [at, number] = [vote.target, vote.number];
    while (!routes.has(at)) {
      const header = headers.get(at);
      if (!header || header.number !== number) return broken(vote);
      above.push(at);
      at = header.parent;
      number -= 1;
    }
    if ((at === base.target ? base.number : headers.get(at)?.number) !== number) return broken(vote);
    for (const block of above.reverse()) routes.set(block, [block, ...routes.get(headers.get(block)?.parent as Hex) ?? []]);
  }
  return routes.size === headers.size + 1 ? routes : needless;
}
