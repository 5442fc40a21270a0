/** What a call declares of its own, by the weights that the runtime is built from: what it computes, and how often it touches the state. */
import { readFileSync } from 'node:fs';

/** A function of a pallet's weights, and how large its components are where the flood makes the call. */
export interface Weighed {
  pallet: string;
  call: string;
  at?: Readonly<Record<string, number>>;
}

export interface Own {
  /** In microseconds. */
  compute: number;
  reads: number;
  writes: number;
}

const number = (digits: string): number => Number(digits.replaceAll('_', ''));

export function ownOf({ pallet, call, at = {} }: Weighed): Own {
  const text = readFileSync(new URL(`../../../pallets/${pallet}/src/weights.rs`, import.meta.url), 'utf8');
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split(`\n\tfn ${call}(`)[1]?.split('\n\t}')[0];
  if (body === undefined) throw new Error(`${pallet} has no weight of ${call}`);
  const own: Own = { compute: 0, reads: 0, writes: 0 };
  for (const line of body.split('\n')) {
    const component = /saturating_mul\((\w+)\.into\(\)\)/.exec(line)?.[1];
    const times = component === undefined ? 1 : at[component];
    if (times === undefined) throw new Error(`the weight of ${call} has a component ${component}`);
    const time = /Weight::from_parts\(([\d_]+),/.exec(line)?.[1];
    if (time !== undefined) own.compute += number(time) / 1e6 * times;
    const [, access, count] = /DbWeight::get\(\)\.(reads|writes)\(\(?([\d_]+)_u64/.exec(line) ?? [];
    if (count !== undefined) own[access as 'reads' | 'writes'] += number(count) * times;
  }
  return own;
}
