/** The authority sets of a chain, followed from its genesis or from a later block that the caller names. */
import { hexToU8a } from '@polkadot/util';
import type { Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { ReceiptInvalid } from './errors.js';
import { step, type Trail, type TrailEnd } from './format.js';
import { decodeAuthorities, decodeHeader, decodeJustification, type Authority, type BlockHeader } from './grandpa.js';
import { authoritiesKey, genesisKey, setKey } from './keys.js';
import { flawOf } from './majority.js';
import type { Beginning } from './read.js';
import { StorageProof } from './trie.js';
import type { Votes } from './format.js';

/** Where sets are followed from. */
export interface Start {
  /** The genesis hash, by which the chain is known. */
  genesis: Hex;
  setId: number;
  authorities: Authority[];
  /** The block, unless it is block 0. */
  block: { number: number; hash: Hex } | undefined;
}

/** Which set made a block final, and what is known of the end of its term: as in `salus-verify`. */
export interface Signers {
  setId: number;
  /** The block of the hand-off is proven; or it is the last set that the trail knows; or there was no trail. */
  end: 'proven' | 'open' | 'untold';
}

interface Term {
  authorities: Authority[];
  /** The last block of the set, if it has handed over. */
  last?: BlockHeader;
}

const stateOf = ({ stateRoot }: BlockHeader, { proof }: Beginning): StorageProof =>
  new StorageProof(stateRoot, proof.map((node) => hexToU8a(node)));

function authoritiesIn(state: StorageProof): Authority[] {
  const list = state.get(hexToU8a(authoritiesKey()));
  const authorities = list ? decodeAuthorities(list) : [];
  if (authorities.length === 0) throw new ReceiptInvalid('no-authorities', 'the state that was begun from names no authorities');
  return authorities;
}

/** The start at the genesis with the hash `expected`, from its compact form. */
export function fromGenesis(file: Beginning, expected: Hex): Start {
  const header = decodeHeader(hexToU8a(file.header));
  if (header.hash !== expected) {
    throw new ReceiptInvalid('other-genesis', `the genesis file is of another chain: its genesis is ${header.hash}, not ${expected}`);
  }
  return { genesis: expected, setId: 0, authorities: authoritiesIn(stateOf(header, file)), block: undefined };
}

/** The start at the block with the hash `expected`: its own state says which chain it is of, and which set is in force. */
export function fromStart(file: Beginning, expected: Hex): Start {
  const { hash, number, stateRoot, ...header } = decodeHeader(hexToU8a(file.header));
  if (hash !== expected) throw new ReceiptInvalid('other-start', `the start is of another block than the one that is expected: ${hash}, not ${expected}`);
  const state = stateOf({ hash, number, stateRoot, ...header }, file);
  const [genesis, set] = [state.get(hexToU8a(genesisKey())), state.get(hexToU8a(setKey()))];
  if (number === 0 || !genesis) throw new ReceiptInvalid('no-genesis', 'the start\'s state does not tell which chain it is of');
  const reader = new Reader(genesis);
  return {
    genesis: reader.hash(), setId: set ? Number(new Reader(set).u64()) : 0, authorities: authoritiesIn(state),
    block: { number, hash },
  };
}

/** All sets that a trail proves. */
export class Sets {
  readonly genesis: Hex;
  /** The block from which they were followed, unless it is block 0. */
  readonly start: { number: number; hash: Hex } | undefined;
  readonly #first: number;
  readonly #terms: Term[];
  readonly #followed: boolean;

  /**
   * Follows `trail` from `start` to its end; what it tells of changes before that is not looked at. Throws
   * {@link TrailBroken} where it does not lead on.
   */
  constructor({ genesis, setId, authorities, block }: Start, trail?: Trail) {
    this.genesis = genesis;
    this.start = block;
    this.#first = setId;
    this.#terms = [{ authorities }];
    this.#followed = trail !== undefined;
    if (!trail) return;
    if (trail.genesis !== genesis) throw new ReceiptInvalid('other-genesis', `the trail is of another chain: its genesis is ${trail.genesis}, not ${genesis}`);
    const from = trail.from ?? 0;
    if (from > setId) throw new ReceiptInvalid('trail-too-late', `the trail begins with authority set ${from}, and the sets must be followed from set ${setId} on`);
    if (from + trail.handoffs.length < setId) {
      throw new ReceiptInvalid('trail-too-short', `the trail ends with authority set ${from + trail.handoffs.length}, and set ${setId} is needed`);
    }
    let end: TrailEnd = { setId, authorities, number: block?.number ?? 0 };
    for (const handoff of trail.handoffs.slice(setId - from)) {
      end = step(end, handoff);
      (this.#terms.at(-1) as Term).last = decodeHeader(hexToU8a(handoff.header));
      this.#terms.push({ authorities: end.authorities as Authority[] });
    }
  }

  /** Who made the block of `header` final by `votes`. Throws {@link ReceiptInvalid} unless they did, in the term of their set. */
  judge(header: BlockHeader, { setId, justification }: Votes): Signers {
    const { number, hash } = header;
    if (this.start && number <= this.start.number) {
      throw new ReceiptInvalid('before-start', `block ${number} is not after block ${this.start.number}, from which the authorities are followed`);
    }
    const at = setId - this.#first;
    const [term, before] = [this.#terms[at], this.#terms[at - 1]];
    const former = (last: number): ReceiptInvalid =>
      new ReceiptInvalid('former-set', `authority set ${setId} signed block ${number}, but is a former set: it had handed over by block ${last}`);
    if (at < 0) throw former(this.start?.number ?? 0);
    if (!term) {
      const latest = this.#first + this.#terms.length - 1;
      throw new ReceiptInvalid('trail-too-short', `the trail ends with authority set ${latest}, and set ${setId} is needed`);
    }
    if (before?.last && number <= before.last.number) {
      throw new ReceiptInvalid('before-term', `authority set ${setId} signed block ${number}, but took over only after block ${before.last.number}`);
    }
    if (term.last && number > term.last.number) throw former(term.last.number);
    if (term.last && number === term.last.number && hash !== term.last.hash) {
      throw new ReceiptInvalid('other-hand-off', `authority set ${setId} handed over with another block ${number}`);
    }
    const flaw = flawOf(decodeJustification(hexToU8a(justification)), header, BigInt(setId), term.authorities);
    if (flaw) throw new ReceiptInvalid('votes', `block ${number} is not proven to be final: ${flaw}`);
    return { setId, end: term.last ? 'proven' : this.#followed ? 'open' : 'untold' };
  }
}
