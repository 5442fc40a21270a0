/** What can be seen of a chain from outside: its heads, who authored which block, what happened. */
import type { EventRecord } from '@polkadot/types/interfaces';
import type { ApiPromise } from '@salus/client';
import type { Hex } from '@salus/types';
import type { Member } from './member.js';

export interface Head {
  hash: Hex;
  number: number;
}

export interface Heads {
  best: Head;
  finalised: Head;
}

async function head(member: Member, hash: Hex): Promise<Head> {
  const { number } = await member.rpc<{ number: string }>('chain_getHeader', [hash]);
  return { hash, number: Number(number) };
}

/** The best and the last final block as a node sees them. */
export async function heads(member: Member): Promise<Heads> {
  // In this order the final one is never ahead.
  const finalised = await head(member, await member.rpc<Hex>('chain_getFinalizedHead'));
  const best = await head(member, await member.rpc<Hex>('chain_getBlockHash'));
  return { best, finalised };
}

/** By how many blocks finality is behind. */
export const lagOf = ({ best, finalised }: Heads): number => best.number - finalised.number;

/** The hash at a height of a node's best chain, if it has one. */
export const hashAt = (member: Member, number: number): Promise<Hex | null> =>
  member.rpc<Hex | null>('chain_getBlockHash', [number]);

export interface SeenBlock {
  number: number;
  hash: Hex;
  /** The account of the validator that made it. */
  author: string;
  events: EventRecord[];
}

/** A block of the best chain, with its author and its events. */
export async function blockAt(api: ApiPromise, number: number): Promise<SeenBlock> {
  const hash = await api.rpc.chain.getBlockHash(number);
  const [at, header] = await Promise.all([api.at(hash), api.rpc.chain.getHeader(hash)]);
  const [events, validators] = await Promise.all([at.query.system.events(), at.query.session.validators()]);
  const digest = header.digest.logs.find((log) => log.isPreRuntime && (log.asPreRuntime[0].isBabe || log.asPreRuntime[0].isAura));
  if (!digest) throw new Error(`block ${number} has no slot`);
  const [engine, bytes] = digest.asPreRuntime;
  const data = Buffer.from(bytes.toU8a(true));
  // Among the authorities after the block's own beginning, where a session may have changed. BABE: a variant, then
  // the author's index. Aura: the slot, and authors take turns.
  const index = engine.isBabe ? data.readUInt32LE(1) : Number(data.readBigUInt64LE() % BigInt(validators.length));
  const author = validators[index]?.toString();
  if (author === undefined) throw new Error(`block ${number} was made by authority ${index} of ${validators.length}`);
  return { number, hash: hash.toHex(), author, events: [...events] };
}

/** The blocks from one height to another, both included. */
export async function blocks(api: ApiPromise, from: number, to: number): Promise<SeenBlock[]> {
  const found: SeenBlock[] = [];
  for (let number = from; number <= to; number += 1) found.push(await blockAt(api, number));
  return found;
}

/** How many blocks each account made. */
export function countAuthors(seen: SeenBlock[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { author } of seen) counts.set(author, (counts.get(author) ?? 0) + 1);
  return counts;
}

/** The data of each event `pallet.Name` in a block. */
export function eventsNamed(block: Pick<SeenBlock, 'events'>, name: string): Record<string, unknown>[] {
  return block.events
    .filter(({ event }) => `${event.section}.${event.method}` === name)
    .map(({ event }) => event.data as unknown as Record<string, unknown>);
}

/** Walks over the final blocks from a height on, as they come, each once. */
export class FinalBlocks {
  readonly seen: SeenBlock[] = [];

  constructor(private readonly api: ApiPromise, private next: number) {}

  /** Those that are final and not yet seen. */
  async more(): Promise<SeenBlock[]> {
    const head = await this.api.rpc.chain.getFinalizedHead();
    const { number } = await this.api.rpc.chain.getHeader(head);
    const fresh = await blocks(this.api, this.next, number.toNumber());
    this.next = Math.max(this.next, number.toNumber() + 1);
    this.seen.push(...fresh);
    return fresh;
  }

  /** The first one, seen already or to come, that holds the event. */
  async find(name: string): Promise<{ block: SeenBlock; data: Record<string, unknown> } | undefined> {
    await this.more();
    for (const block of this.seen) {
      const [data] = eventsNamed(block, name);
      if (data) return { block, data };
    }
    return undefined;
  }
}

/** The state of sessions and finality's set at the best block. */
export async function session(api: ApiPromise): Promise<{ index: number; setId: number; validators: string[]; disabled: string[] }> {
  const at = await api.at(await api.rpc.chain.getBlockHash());
  return sessionAt(at);
}

/** The same at a block. */
export async function sessionAt(at: Awaited<ReturnType<ApiPromise['at']>>): Promise<{ index: number; setId: number; validators: string[]; disabled: string[] }> {
  const [index, setId, validators, disabled] = await Promise.all([
    at.query.session.currentIndex(), at.query.grandpa.currentSetId(),
    at.query.session.validators(), at.query.session.disabledValidators(),
  ]);
  const names = validators.map(String);
  return {
    index: index.toNumber(),
    setId: Number(setId),
    validators: names,
    disabled: disabled.map(([place]) => names[place.toNumber()] ?? `authority ${place.toString()}`),
  };
}
