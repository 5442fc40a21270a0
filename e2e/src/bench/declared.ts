/** What a call declares of its own, by the weights that the runtime is built from: what it computes, and how often it touches the state. */
import { existsSync, readFileSync } from 'node:fs';
import type { ApiPromise, Call } from '@salus/client';

/** A function of the weights of a pallet of ours, and how large its components are where the flood makes the call. */
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

const root = new URL('../../../', import.meta.url);
const MEASURED = 'runtime/common/composed/measured';
const number = (digits: string): number => Number(digits.replaceAll('_', ''));

/** The same from the text of a `weights.rs` (scripts/*-weight-template.hbs). */
export function ownIn(text: string, call: string, at: Readonly<Record<string, number>> = {}): Own {
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split(`\n\tfn ${call}(`)[1]?.split('\n\t}')[0];
  if (body === undefined) throw new Error(`there is no weight of ${call}`);
  let [picoseconds, reads, writes] = [0, 0, 0];
  for (const line of body.split('\n')) {
    const component = /saturating_mul\((\w+)\.into\(\)\)/.exec(line)?.[1];
    const times = component === undefined ? 1 : at[component];
    if (times === undefined) throw new Error(`the weight of ${call} has a component ${component}`);
    const time = /Weight::from_parts\(([\d_]+),/.exec(line)?.[1];
    if (time !== undefined) picoseconds += number(time) * times;
    const [, access, count] = /DbWeight::get\(\)\.(reads|writes)\(\(?([\d_]+)_u64/.exec(line) ?? [];
    if (count === undefined) continue;
    if (access === 'reads') reads += number(count) * times;
    else writes += number(count) * times;
  }
  return { compute: picoseconds / 1e6, reads, writes };
}

export const ownOf = ({ pallet, call, at }: Weighed): Own => ownIn(readFileSync(new URL(`pallets/${pallet}/src/weights.rs`, root), 'utf8'), call, at);

/** What a transfer declares: as it is measured with this chain, or, until then, as the SDK's authors measured it. */
export function ownOfTransfer(): { own: Own; fromElsewhere: string | undefined } {
  const file = new URL(`${MEASURED}/pallet_balances.rs`, root);
  if (existsSync(file)) return { own: ownIn(readFileSync(file, 'utf8'), 'transfer_keep_alive'), fromElsewhere: undefined };
  return { own: { compute: 39, reads: 1, writes: 1 }, fromElsewhere: `a transfer is reckoned by the SDK's weights: ${MEASURED}/pallet_balances.rs is not there (scripts/weights.sh balances)` };
}

/** How many writes the extensions of a signed transaction declare: those of every one, and those of taking the fee, which a free call gives back. */
export interface SignedWrites {
  always: number;
  fee: number;
}

/** All writes that the functions of a `weights.rs` declare together. */
export function writesIn(text: string): number {
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split('\n}')[0];
  if (body === undefined) throw new Error('there are no weights');
  return [...body.matchAll(/DbWeight::get\(\)\.writes\(([\d_]+)_u64\)/g)].reduce((sum, [, count = '']) => sum + number(count), 0);
}

/** By the weights of this checkout. The node's runtime does not tell computing and accesses of an extension apart. */
export function writesOfSigned(): SignedWrites {
  const of = (file: string): number => writesIn(readFileSync(new URL(`${MEASURED}/${file}.rs`, root), 'utf8'));
  return { always: of('frame_system_extensions'), fee: of('pallet_transaction_payment') };
}

/** The constants that a module of `measured` has, in microseconds. Empty, if it takes those of the SDK. */
export function constantsIn(text: string): Map<string, number> {
  const found = text.matchAll(/(\w+):(?: Weight =)?\s[^;,{]*?PER_NANOS\.saturating_mul\(([\d_]+)\)/g);
  return new Map([...found].map(([, name = '', time = '']) => [name, number(time) / 1e3]));
}

const constantsOf = (module: string): Map<string, number> => constantsIn(readFileSync(new URL(`${MEASURED}/${module}.rs`, root), 'utf8'));

/** A call, and what it declares by this checkout before it is made. */
export interface Declaring {
  name: string;
  call: Call;
  own: Own;
}

/** In microseconds: figures of one runtime are equal but for rounding. */
const SAME = 0.001;

/** What a block declares for itself: what was measured of one that does nothing, and the account of the treasury, into which all fees go. */
function emptyBlock(account: number): number | undefined {
  const measured = constantsOf('block').get('BlockExecutionWeight');
  return measured === undefined ? undefined : measured + account;
}

/**
 * What the node's runtime declares otherwise than this checkout. The tables have the weights of this checkout, and the blocks those of the node: if the node
 * was built from other sources, the two say different things.
 */
export async function otherwise(api: ApiPromise, declaring: readonly Declaring[]): Promise<string[]> {
  const { read, write } = api.consts.system.dbWeight;
  const { baseBlock, perClass } = api.consts.system.blockWeights;
  const [readTime, writeTime] = [read.toNumber() / 1e6, write.toNumber() / 1e6];
  const database = constantsOf('database');
  const found: [what: string, node: number, checkout: number | undefined][] = [
    ['a read of the state', readTime, database.get('read')],
    ['a write of the state', writeTime, database.get('write')],
    ['a transaction', perClass.normal.baseExtrinsic.refTime.toNumber() / 1e6, constantsOf('extrinsic').get('ExtrinsicBaseWeight')],
    ['an empty block', baseBlock.refTime.toNumber() / 1e6, emptyBlock(readTime + writeTime)],
  ];
  for (const { name, call, own: { compute, reads, writes } } of declaring) {
    const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, call.method.encodedLength);
    found.push([name, weight.refTime.toNumber() / 1e6, compute + reads * readTime + writes * writeTime]);
  }
  return found.flatMap(([what, node, checkout]) => (checkout === undefined || Math.abs(node - checkout) <= SAME ? []
    : [`${what}: the node declares ${node.toFixed(3)} µs, and this checkout ${checkout.toFixed(3)} µs: the node is built from other sources`]));
}
