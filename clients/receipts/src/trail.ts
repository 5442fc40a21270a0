/** Fetching the trail of authority sets. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { toHex, type Hex } from '@salus/types';
import { headerOf, rawHeader, setBehind, storedJustification } from './finality.js';
import { followFrom, followTrail, forcedChange, step, FORMAT_VERSION, LATER_VERSION, TRAIL_FORMAT, type Handoff, type Trail, type TrailEnd } from './format.js';
import { decodeHeader, type Authority, type BlockHeader } from './grandpa.js';
import { TrailBroken } from './errors.js';
import type { Start } from './sets.js';

export interface TrailOptions {
  /** Where to begin, if not at genesis: the trail is of version 2 then. It must be given again to continue it. */
  start?: Start;
  /** The authorities at genesis, from the raw chain spec: then the signatures under the first hand-off are checked too. */
  genesisAuthorities?: readonly Authority[];
  /** How many headers to ask for at once. 256 unless told. */
  batch?: number;
  /** Told after each batch of headers: the last block looked at, and the last one there is. */
  progress?: (block: number, last: number) => void;
}

/**
 * The trail of authority sets up to the last final block: a new one, or `previous` continued, which is
 * checked first. It reads every header since the last hand-off, so keep the file and continue it.
 *
 * Throws {@link TrailBroken} if the node does not keep the justification of a hand-off, which nodes that
 * came by warp sync do not for all; and where a change of the set was forced.
 */
export async function fetchTrail(api: ApiPromise, previous?: Trail, options: TrailOptions = {}): Promise<Trail> {
  const { genesisAuthorities, start, batch = 256, progress } = options;
  const genesis = api.genesisHash.toHex() as Hex;
  if (previous && previous.genesis !== genesis) {
    throw new TrailBroken(`the file is of the chain ${previous.genesis}, and the node is on ${genesis}`);
  }
  if (start && start.genesis !== genesis) throw new TrailBroken(`the start is of the chain ${start.genesis}, and the node is on ${genesis}`);
  if (previous && previous.from !== start?.setId) {
    throw new TrailBroken(`the file begins with set ${previous.from ?? 0}${start ? `, and the start with set ${start.setId}` : ': the start that it was made with is needed'}`);
  }
  const handoffs = [...previous?.handoffs ?? []];
  let end = start
    ? followFrom({ setId: start.setId, authorities: start.authorities, number: start.block?.number ?? 0 }, handoffs)
    : followTrail(handoffs, genesisAuthorities);
  await sameChain(api, handoffs.at(-1));
  const head = (await api.rpc.chain.getFinalizedHead()).toHex();
  const { header: { number: last } } = await headerOf(api, head);
  for (let from = end.number + 1; from <= last; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, last - from + 1) }, (_, i) => from + i);
    const found = await Promise.all(numbers.map((number) => handoffAt(api, number)));
    for (const candidate of found) {
      if (!candidate) continue;
      const handoff = await justified(api, candidate);
      end = step(end, handoff);
      handoffs.push(handoff);
    }
    progress?.(from + numbers.length - 1, last);
  }
  await sameEnd(api, head, end);
  return start
    ? { format: TRAIL_FORMAT, version: LATER_VERSION, genesis, from: start.setId, handoffs }
    : { format: TRAIL_FORMAT, version: FORMAT_VERSION, genesis, handoffs };
}

interface Candidate {
  header: BlockHeader;
  headerBytes: Hex;
}

/** What a consensus digest of GRANDPA begins with: the kind of item and `FRNK`. */
const GRANDPA_ITEM = '0x0446524e4b';

/** The block `number` if it names the next authority set. */
async function handoffAt(api: ApiPromise, number: number): Promise<Candidate | undefined> {
  const hash = (await api.rpc.chain.getBlockHash(number)).toHex();
  // Decoded only where GRANDPA said something: nearly all headers are only looked at. Nothing can
  // be hidden so, because the trail would not end in the chain's own set.
  const raw = await rawHeader(api, hash);
  if (!raw) throw new TrailBroken(`the node has no block ${number}`);
  if (!raw.digest.logs.some((item) => item.startsWith(GRANDPA_ITEM))) return undefined;
  const found = await headerOf(api, hash);
  const { change } = found.header;
  if (change?.forced) throw forcedChange(found.header);
  return change && found;
}

async function justified(api: ApiPromise, { header, headerBytes }: Candidate): Promise<Handoff> {
  const justification = await storedJustification(api, header.hash);
  if (!justification) {
    throw new TrailBroken(
      `the node does not keep the justification of block ${header.number}, which names the next authority set; ask a node that was synchronised in full and not by warp sync`,
    );
  }
  return { header: headerBytes, justification: toHex(justification) };
}

/** Whether the node's chain has the last hand-off that the file knows. */
async function sameChain(api: ApiPromise, handoff: Handoff | undefined): Promise<void> {
  if (!handoff) return;
  const { hash, number } = decodeHeader(hexToU8a(handoff.header));
  const found = (await api.rpc.chain.getBlockHash(number)).toHex();
  if (found !== hash) throw new TrailBroken(`the node's block ${number} is not the file's: it is behind, or on another fork`);
}

/** Whether the trail ends in the set that the chain itself says is in force. */
async function sameEnd(api: ApiPromise, head: Hex, { setId, authorities }: TrailEnd): Promise<void> {
  const found = await setBehind(api, head);
  if (found.setId !== setId) throw new TrailBroken(`it ends in set ${setId}, and the chain is in set ${found.setId}`);
  const inWords = (all: readonly Authority[]): string => all.map(({ id, weight }) => `${id}:${weight}`).join();
  if (authorities && inWords(found.authorities) !== inWords(authorities)) {
    throw new TrailBroken(`it ends in another set ${setId} than the chain's`);
  }
}

