/** What the bench found, as tables in Markdown, and what of it is not as it must be. */
import { quantile } from '../quantile.js';
import { costOf, HOT, judge, TRANSFER, type Aim } from './agreed.js';
import type { Chained, Missing } from './chained.js';
import type { Own, SignedWrites } from './declared.js';
import type { Flooded } from './flood.js';
import { BEYOND_EMPTY, DECIDE, DECIDE_MANY, EMPTY, type Aims, type Asked } from './questions.js';
import type { Verified } from './receipt.js';
import type { Replayed, Span } from './replay.js';
import type { Row } from './rows.js';

/** A block counts as full that declares at least this share of what its calls may. */
const FULL = 0.95;
/** How many full blocks a row must have, and how many of them that were begun after the hand-in. */
export const LEAST = 4;
/**
 * The share of what it declares without its writes that a full block must take to be built. The database writes when the block is imported, and not while it
 * is built.
 */
const BUILT = 0.6;
/** The most that a proposer waits for the pool, in milliseconds: an eighth of its time for a block. It is in what a block takes to be built. */
const POOL_WAIT = 170;
/** No block of a flood is built sooner, in milliseconds: the proposer goes on trying for so long (`STOP_TRYING_AFTER` in node/src/service.rs). */
const SOONEST = 270;
/**
 * How many slots more than blocks may pass from the first request until the last block: a call that comes just after a block was begun waits for the
 * next slot, and each block is seen when it is made.
 */
const SLOTS = 1;
/** The share of the calls of a full block that each block must have, on average, from the first full one to the last. */
const STEADY = 0.95;
/** How many slots may pass from the last call's block until that block is final. */
const FINAL = 4;
/** The most of a core that this program may take while it floods: with more it might be what is measured. */
const OWN = 0.5;
/** How many times as many calls it must hand in as blocks take. */
export const AHEAD = 1.5;
/** How much longer a decision may take on a chain with more patients. */
const FLAT = 1.2;
/** In seconds. */
const SECOND_START = 2;
/** In milliseconds, and bytes. */
const RECEIPT = { millis: 10, bytes: 100_000 };
const RECORDS_A_SECOND = 1_000_000;

/** What every signed call takes of a block, whatever it does, and what the database takes: in microseconds. */
export interface Prices {
  fixed: number;
  read: number;
  write: number;
  /** How many writes are in `fixed`. */
  signed: SignedWrites;
}

/** What a call would declare if it computed nothing. */
export const floorOf = ({ reads, writes }: Own, { fixed, read, write }: Prices): number => fixed + reads * read + writes * write;

export interface Result {
  name: string;
  own: Own;
  /** What it would declare if it computed nothing, in microseconds. */
  floor: number;
  leaves: number;
  /** Of a block that was full. */
  perBlock: number;
  perSecond: number;
  declaredPerCall: number;
  declared: number;
  /** What a full block declares without the writes of its calls and of their extensions, in milliseconds. */
  withoutWrites: number;
  /** In milliseconds, of the full blocks that were begun after the hand-in. NaN if there were too few of them. */
  built: number;
  /** How many these were. */
  quiet: number;
  /** Of all, from the first request until the last was in a block. */
  untilIncluded: number;
  /** How many slots passed until then, and how many blocks were made from the first with calls of the flood to the last. */
  slots: number;
  made: number;
  /** From then until that block was final, in seconds. */
  tail: number;
  /** The same in slots. */
  tailSlots: number;
  full: number;
  lost: number;
  failed: number;
  ownShare: number;
  handedIn: number;
  /** The full blocks. */
  span: Span;
}

/** `room` is what the calls of a block may declare, in milliseconds, and `millis` the time from one block to the next. */
export function summary({ name, own, leaves = 1, free = false }: Pick<Row, 'name' | 'own' | 'leaves' | 'free'>, prices: Prices, millis: number, room: number, flooded: Flooded): Result {
  const { blocks, seconds, tail, lost, failed, own: ownShare, handedIn } = flooded;
  const full = blocks.filter(({ declared }) => declared >= FULL * room);
  if (full.length < LEAST) throw new Error(`${name}: ${full.length} of ${blocks.length} blocks were full, and ${LEAST} must be`);
  const perBlock = quantile(full.map(({ transactions }) => transactions), 0.5);
  const declared = quantile(full.map((block) => block.declared), 0.5);
  const numbers = full.map(({ number }) => number);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const between = blocks.filter(({ number }) => number >= from && number <= to);
  const built = full.flatMap((block) => (block.quiet && block.built !== undefined ? [block.built] : []));
  const total = (of: (block: Flooded['blocks'][number]) => number): number => between.reduce((sum, block) => sum + of(block), 0);
  const writes = own.writes + prices.signed.always + (free ? 0 : prices.signed.fee);
  const every = blocks.map(({ number }) => number);
  return {
    name, own, floor: floorOf(own, prices), leaves, perBlock, perSecond: perBlock * 1000 / millis, declared, declaredPerCall: declared / perBlock * 1000,
    withoutWrites: declared - perBlock * writes * prices.write / 1000, slots: seconds * 1000 / millis, made: Math.max(...every) - Math.min(...every) + 1,
    tailSlots: tail * 1000 / millis,
    built: built.length < LEAST ? Number.NaN : quantile(built, 0.5), quiet: built.length, full: full.length, lost, failed, ownShare, handedIn, tail,
    untilIncluded: blocks.reduce((sum, { transactions }) => sum + transactions, 0) / seconds,
    span: { name, from, to, calls: total(({ transactions }) => transactions), declared: total((block) => block.declared) },
  };
}

const blocksIn = ({ from, to }: Span): number => to - from + 1;

/** The share of all that they declare that another node takes for the blocks of a row, if they were imported. */
function importedOf({ replayed }: Pick<Found, 'replayed'>, { name }: Result): number | undefined {
  const imported = replayed.find((span) => span.name === name);
  return imported && imported.each * blocksIn(imported) / imported.declared;
}

/** All that was found in one run. */
export interface Found {
  results: Result[];
  prices: Prices | undefined;
  asked: { chain: string; patients: number; asked: Asked[] }[];
  start: { first: number; second: number } | undefined;
  receipt: Verified | undefined;
  replayed: Replayed[];
  /** The imports of one block, whose middle one is taken for the start of the program, in milliseconds. */
  starts: readonly number[];
  /** In MiB, of the node that was flooded. */
  memory: number | undefined;
  /** A table of PostgreSQL whose rows are chained, or why there is none. */
  chained: Chained | Missing | undefined;
}

/** A number without decimals, with commas where it has more than four digits. */
const rate = (value: number): string => (value < 10_000 ? value.toFixed(0) : Math.round(value).toLocaleString('en'));
const share = (value: number): string => value.toFixed(2);
/** What stands where a figure is missing. */
const RUN = '(run)';
const known = (value: number, as: (value: number) => string): string => (Number.isNaN(value) ? RUN : as(value));

const isTransfer = ({ name }: Pick<Result, 'name'>): boolean => name === TRANSFER;
const transferOf = ({ results }: Found): Result | undefined => results.find(isTransfer);

/** The share of the transfers that the call would reach if it computed nothing. */
const ceilingOf = ({ floor }: Result, transfer: Result): number => transfer.declaredPerCall / floor;

/** The share of the transfers that a call reaches, if there are transfers. */
const ratioOf = ({ perSecond }: Result, transfer: Result | undefined): number | undefined => transfer && perSecond / transfer.perSecond;

function missed({ p50, p99, perSecond, perCore, own }: Asked, aims: Aims): string[] {
  return [
    ...(aims.p50 === undefined || p50 <= aims.p50 ? [] : [`p50 is ${p50.toFixed(2)} ms, and ${aims.p50} are aimed at`]),
    ...(aims.p99 === undefined || p99 <= aims.p99 ? [] : [`p99 is ${p99.toFixed(2)} ms, and ${aims.p99} are aimed at`]),
    ...(aims.perSecond === undefined || perSecond >= aims.perSecond ? []
      : [`${perSecond.toFixed(0)} a second, and ${aims.perSecond} are aimed at (the asking took ${own.toFixed(2)} of a core)`]),
    ...(aims.perCore === undefined || perCore >= aims.perCore ? []
      : [`${perCore.toFixed(0)} for each second of a core, and ${aims.perCore} are aimed at`]),
  ];
}

/**
 * Of each block of calls, whether what it declares is what it takes: not much more, and in no case less. It must be built and imported in no more than
 * it declares. And it must not be built in far less than it declares without its writes: what a write declares is mostly what the database takes, which comes when
 * the block is imported; but a part of it is the new root of the state, which the building of a block makes too.
 */
export const faultsOfBlocks = ({ results, replayed }: Found): string[] => results.flatMap((result) => {
  const { name, declared, withoutWrites, built, quiet } = result;
  const taken = importedOf({ replayed }, result);
  const faults: string[] = [];
  if (Number.isNaN(built)) {
    faults.push(`${name}: how long a full block takes to be built is not known: ${quiet} were begun after all was handed in, and ${LEAST} must be`);
  } else if (!(built <= declared)) {
    faults.push(`${name}: a full block declares ${declared.toFixed(0)} ms and takes ${built.toFixed(0)} to be built, up to ${POOL_WAIT} of them to wait for the pool`);
  } else if (!isTransfer(result) && built < BUILT * withoutWrites) {
    // Transfers are what the others are compared with.
    const written = taken === undefined ? '' : `; another node takes ${taken.toFixed(2)} of all that it declares to execute and write it`;
    faults.push(`${name}: a full block is built in ${(built / withoutWrites).toFixed(2)} of what it declares without its writes, and ${BUILT} must be${written}`);
  }
  if (taken !== undefined && !(taken <= 1)) faults.push(`${name}: another node takes ${taken.toFixed(2)} of what a full block declares to check, execute and write it`);
  return faults;
});

/**
 * Of each flood, whether its figures are of what they are said to be: every call came into a block and did what it is for, full blocks came in every slot,
 * they became final, and it was the node that took the time. Without that no figure of its blocks says anything.
 */
export const faultsOfFloods = ({ results }: Found): string[] => results.flatMap((result) => {
  const { name, perBlock, perSecond, lost, failed, ownShare, handedIn, slots, made, span, tailSlots } = result;
  const faults: string[] = [];
  if (lost > 0) faults.push(`${name}: ${lost} were lost`);
  if (failed > 0) faults.push(`${name}: ${failed} failed`);
  if (!(ownShare <= OWN)) faults.push(`${name}: this program took ${ownShare.toFixed(2)} of a core`);
  if (!(handedIn >= AHEAD * perSecond)) faults.push(`${name}: ${handedIn.toFixed(0)} a second were handed in, too few beside ${perSecond.toFixed(0)}`);
  if (!(slots <= made + SLOTS)) faults.push(`${name}: ${made} blocks were made in the time of ${slots.toFixed(1)} slots: not every slot had a block`);
  const average = span.calls / blocksIn(span);
  if (!(average >= STEADY * perBlock)) faults.push(`${name}: from the first full block to the last each has ${average.toFixed(0)} calls on average, and a full one ${perBlock.toFixed(0)}`);
  if (!(tailSlots <= FINAL)) faults.push(`${name}: the last block was final after ${tailSlots.toFixed(1)} slots, and ${FINAL} are the most`);
  return faults;
});

/** Whatever else is not as it must be. */
export function faultsOf(found: Found): string[] {
  const faults: string[] = [];
  const transfer = transferOf(found);
  for (const result of found.results) {
    const { name, perSecond, leaves } = result;
    if (leaves > 1 && !(perSecond * leaves >= RECORDS_A_SECOND)) faults.push(`${name}: ${(perSecond * leaves).toFixed(0)} records a second`);
    const cost = costOf(name);
    if (cost) faults.push(...judge(name, result.own, ratioOf(result, transfer), cost).faults);
  }
  for (const { chain, asked } of found.asked) {
    faults.push(...judgeAnswers(chain, asked).faults);
  }
  const [few, ...more] = found.asked.filter(({ patients }) => patients > 0).sort((one, other) => one.patients - other.patients);
  for (const { asked, patients } of more) {
    const [one, other] = [few?.asked.at(-1), asked.at(-1)];
    if (one && other && !(other.p50 <= FLAT * one.p50)) faults.push(`decide: p50 is ${(other.p50 / one.p50).toFixed(2)} times as long with ${patients} patients`);
  }
  if (found.start && !(found.start.second <= SECOND_START)) faults.push(`start: the second takes ${found.start.second.toFixed(2)} s`);
  const { receipt } = found;
  if (receipt && !(receipt.p50 <= RECEIPT.millis && receipt.bytes <= RECEIPT.bytes)) faults.push(`receipt: ${receipt.p50.toFixed(1)} ms, ${receipt.bytes} bytes`);
  return faults;
}

/**
 * Of what was asked of a chain, the aims that were missed: as is agreed, if an answer takes little more than that of a function which does nothing; else as faults.
 * How fast a machine answers anything at all is not the matter of a call.
 */
export function judgeAnswers(chain: string, asked: readonly Asked[]): { faults: string[]; missed: string[] } {
  const empty = asked.find(({ name }) => name === EMPTY);
  const judged: { faults: string[]; missed: string[] } = { faults: [], missed: [] };
  for (const each of asked) {
    const misses = each.aims ? missed(each, each.aims) : [];
    const isNear = empty !== undefined && each.p50 - empty.p50 <= BEYOND_EMPTY && 1_000 / each.perCore - 1_000 / empty.perCore <= BEYOND_EMPTY;
    const because = isNear ? `; an empty function: p50 ${empty.p50.toFixed(2)} ms, ${empty.perSecond.toFixed(0)} a second, ${empty.perCore.toFixed(0)} for each second of a core` : '';
    for (const miss of misses) {
      if (isNear) judged.missed.push(`${each.name}, ${chain}: aim missed, as agreed: ${miss}${because}`);
      else judged.faults.push(`${each.name}, ${chain}: ${miss}`);
    }
  }
  return judged;
}

/** Of a run that looks at `blocksOnly`, or at all. */
export const faultsOfRun = (found: Found, blocksOnly: boolean): string[] =>
  [...faultsOfFloods(found), ...faultsOfBlocks(found), ...(blocksOnly ? [] : faultsOf(found))];

/** What is to be flooded of every row: what is wanted, and transfers besides where the others are compared with them. */
export function toFlood<One extends { name: string }>(every: readonly One[], wants: (name: string) => boolean, blocksOnly: boolean): One[] {
  const chosen = every.filter(({ name }) => wants(name));
  const needed = blocksOnly || chosen.length === 0 || chosen.some(isTransfer) ? [] : every.filter(isTransfer);
  return [...needed, ...chosen];
}

/** Aims that are missed as is agreed, and what is agreed and not needed any more. */
export function agreedIn(found: Found): { missed: string[]; loose: string[] } {
  const transfer = transferOf(found);
  const judged = found.results.flatMap((result) => {
    const cost = costOf(result.name);
    return cost ? [judge(result.name, result.own, ratioOf(result, transfer), cost)] : [];
  });
  const answers = found.asked.flatMap(({ chain, asked }) => judgeAnswers(chain, asked).missed);
  return { missed: [...judged.flatMap(({ missed: each }) => each), ...answers], loose: judged.flatMap(({ loose }) => loose) };
}

/** What a whole run is to ask, as the table of design 5 names it. */
const QUESTIONS: readonly (readonly [what: string, aims: string, patients: number, begins: string])[] = [
  ['`decide`, 64 directives, few patients', aimsInWords(DECIDE), 0, '`decide`'],
  ['`decideMany`, 256 questions', aimsInWords(DECIDE_MANY), 0, '`decideMany`'],
  ['`decide`, 64 directives, among 1,000 patients', aimsInWords(DECIDE), 1_000, '`decide`'],
  ['`decide`, 64 directives, among 1,000,000 patients', `the same, ≤ ${FLAT} times the p50 among 1,000`, 1_000_000, '`decide`'],
  ['`match_terms`, every condition and a disease', 'reported', 0, '`match_terms`'],
  ['`permit_at`, now, full histories', 'reported', 0, '`permit_at`, now'],
  ['`permit_at`, of its first moment', 'reported', 0, '`permit_at`, of its first moment'],
];
const isAsked = ({ asked }: Found, patients: number, begins: string): boolean =>
  asked.some((one) => one.patients === patients && one.asked.some(({ name }) => name.startsWith(begins)));

/** Which rows of the table of design 5 have no figure: of a run that was to be whole. Those that other programs measure are not among them. */
export function unmeasured(found: Found): string[] {
  const { results, start, receipt, replayed, memory, chained } = found;
  const without = (what: string, has: boolean): string[] => (has ? [] : [what]);
  return [
    ...[TRANSFER, ...HOT].flatMap((name) => without(name, results.some((result) => result.name === name))),
    ...QUESTIONS.flatMap(([what, , patients, begins]) => without(what.replaceAll('`', ''), isAsked(found, patients, begins))),
    ...without('start', start !== undefined),
    ...without('receipt', receipt !== undefined),
    ...[TRANSFER, ...HOT].flatMap((name) => without(`blocks of ${name} imported`, replayed.some((span) => span.name === name))),
    ...without('memory', memory !== undefined),
    ...without('postgresql', chained !== undefined && !('missing' in chained)),
  ];
}

/** A table in Markdown, with columns of numbers after the first `texts`. */
function table(head: readonly string[], lines: readonly (readonly string[])[], texts = 1): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), `|${head.map((_, at) => (at < texts ? '---' : '---:')).join('|')}|`, ...lines.map(row)].join('\n');
}

/** Columns that docs/scaling.md names. */
const [PER_SECOND, DECLARED] = ['a second in full blocks', 'declared, µs a call'];

function calls(found: Found): string {
  const transfer = transferOf(found);
  const of = (value: number, whole: number | undefined): string => (whole === undefined ? '' : share(value / whole));
  return table(
    ['Call', 'in a full block', PER_SECOND, 'of transfers', 'aim', 'ceiling', 'agreed', 'records a second', 'a second until included', 'of transfers', 'final after, s',
      DECLARED, 'full block: declared, ms', 'without its writes, ms', 'built, ms', 'built / without writes', 'built / declared', 'slots until included', 'blocks made', 'full blocks', 'begun after the hand-in', 'lost', 'failed', 'this program\'s share of a core', 'handed in a second'],
    found.results.map((result) => [
      `\`${result.name}\``, rate(result.perBlock), rate(result.perSecond), of(result.perSecond, transfer?.perSecond), String(costOf(result.name)?.aim.ratio ?? ''),
      transfer && !isTransfer(result) ? share(ceilingOf(result, transfer)) : '', String(costOf(result.name)?.agreed.ratio ?? ''),
      result.leaves > 1 ? rate(result.perSecond * result.leaves) : '',
      rate(result.untilIncluded), of(result.untilIncluded, transfer?.untilIncluded), result.tail.toFixed(1), rate(result.declaredPerCall), rate(result.declared),
      rate(result.withoutWrites), known(result.built, rate), known(result.built / result.withoutWrites, share), known(result.built / result.declared, share),
      result.slots.toFixed(1), rate(result.made), String(result.full), String(result.quiet), String(result.lost), String(result.failed),
      share(result.ownShare), rate(result.handedIn),
    ]),
  );
}

const BUILT_IN_WORDS = `*Built* is compared with what a block declares without its writes: the database writes when a block is imported, and that is in *checked, executed, written*, which is compared with all that the block declares. *Built* has in it what the proposer waits for the pool, ${POOL_WAIT} ms at most, and is never less than ${SOONEST} ms: a call whose full block declares less than ${SOONEST / BUILT} ms without its writes reaches ${BUILT} whatever it takes.`;

/** How each ceiling is reckoned. */
function ceilings(found: Found): string {
  const { prices } = found;
  const transfer = transferOf(found);
  if (!prices) return '';
  return table(
    ['Call', 'of every signed call, µs', 'reads', 'writes', `database, µs (${prices.read} a read, ${prices.write} a write)`, 'without computing, µs', 'its own computing, µs', 'declared, µs', 'ceiling'],
    found.results.map((result) => {
      const { name, own: { reads, writes, compute }, floor, declaredPerCall } = result;
      return [`\`${name}\``, rate(prices.fixed), rate(reads), rate(writes), rate(floor - prices.fixed), rate(floor), rate(compute), rate(declaredPerCall), transfer ? share(ceilingOf(result, transfer)) : ''];
    }),
  );
}

/**
 * How much longer an answer takes than that of the empty function on the same chain, in microseconds: for whoever waits for it, and of the node's processors.
 * Of what is asked only to compare with, nothing.
 */
function beyondEmpty(one: Asked, all: readonly Asked[]): { waiting: number; core: number } | undefined {
  const empty = all.find(({ name }) => name === EMPTY);
  if (empty === undefined || !one.aims) return undefined;
  return { waiting: (one.p50 - empty.p50) * 1000, core: 1e6 / one.perCore - 1e6 / empty.perCore };
}

function answers({ asked }: Found): string {
  return table(
    ['Asked over WebSocket', 'of', 'p50, ms', 'p99, ms', 'a second, 32 at a time', 'for each second of a core of the node', 'this program\'s share of a core',
      'p50 beyond the empty function, µs', 'of the node\'s processors beyond it, µs'],
    asked.flatMap(({ chain, asked: all }) => all.map((one) => {
      const beyond = beyondEmpty(one, all);
      return [one.name, chain, share(one.p50), share(one.p99), rate(one.perSecond), rate(one.perCore), share(one.own), beyond ? rate(beyond.waiting) : '', beyond ? rate(beyond.core) : ''];
    })),
    2,
  );
}

/** What is aimed at of a question. */
function aimsInWords({ p50, p99, perSecond, perCore }: Aims): string {
  if (p50 === undefined) return 'reported';
  return `p50 ≤ ${p50} ms${p99 === undefined ? '' : `, p99 ≤ ${p99} ms, ≥ ${rate(perSecond ?? 0)} a second, ≥ ${rate(perCore ?? 0)} a core`}`;
}

/** By how much the start that is subtracted may be another one, in milliseconds: as much as the starts alone are apart. */
const spreadOf = (starts: readonly number[]): number => Math.max(...starts) - Math.min(...starts);

function imports({ replayed, results, starts }: Found): string {
  const spread = spreadOf(starts);
  return [
    table(
      ['Blocks full of', 'blocks', 'calls a block', 'KB a block', 'declared, ms a block', 'built, ms', 'checked, executed, written, ms', '±', 'of declared'],
      replayed.map((span) => {
        const declared = span.declared / blocksIn(span);
        const built = results.find(({ name }) => name === span.name)?.built ?? Number.NaN;
        return [
          `\`${span.name}\``, rate(blocksIn(span)), rate(span.calls / blocksIn(span)), rate(span.bytes / 1000), rate(declared), known(built, rate), rate(span.each),
          rate(spread / blocksIn(span)), share(span.each / declared),
        ];
      }),
    ),
    `The program's start and end with one block, which is subtracted from each row: ${rate(quantile(starts, 0.5))} ms, the middle one of ${starts.length} from ${rate(Math.min(...starts))} to ${rate(Math.max(...starts))}. They are ${rate(spread)} ms apart; divided by a row's blocks that is its ±.`,
  ].join('\n\n');
}

const rowsInWords = (rows: number): string => (rows === 1 ? 'one row a transaction' : `${rows.toLocaleString('en')} rows a transaction`);

/** The table of PostgreSQL, beside the batches of the same run. */
function chain({ chained, results }: Found): string {
  if (!chained) return '';
  if ('missing' in chained) return `A table of PostgreSQL with chained rows was not measured: ${chained.missing}.`;
  const { version, disk, written, verified } = chained;
  const batch = results.find(({ leaves }) => leaves > 1);
  return [
    table(
      ['A table of PostgreSQL, its rows chained by hashes', 'rows a second', 'transactions', 'flushes of the log a transaction', 'times as many records by batches'],
      written.map(({ rows, perSecond, transactions, flushes }) => [
        rowsInWords(rows), rate(perSecond), rate(transactions), share(flushes), batch ? rate(batch.perSecond * batch.leaves / perSecond) : '',
      ]),
    ),
    `PostgreSQL ${version} with \`fsync\` and \`synchronous_commit\`, on ${disk}; one client. All ${verified.toLocaleString('en')} rows were read and their hashes reckoned again.`,
  ].join('\n\n');
}

/** The same in short: the most rows a transaction, and what is beside it. */
function chainOf({ chained }: Found, unknown: string): [string, string] {
  if (!chained) return [unknown, ''];
  if ('missing' in chained) return [`not measured: ${chained.missing}`, ''];
  const [most, ...others] = chained.written.toSorted((one, other) => other.rows - one.rows).map(({ rows, perSecond }) => `${rowsInWords(rows)}: ${rate(perSecond)}`);
  return [most ?? unknown, [...others, `PostgreSQL ${chained.version} with \`fsync\`, on ${chained.disk}`].join('; ')];
}

/** What docs/scaling.md reckons with, by the names that it has there: five rates, and what a batch declares. The lines take the place of those in its table *Inputs*. */
const RATES: readonly (readonly [name: string, call: string])[] = [
  ['transfers/s', 'balances.transfer_keep_alive'], ['register/s', 'patient_identity.register'], ['permit/s', 'consent.permit (to an organisation)'],
  ['revoke/s', 'consent.revoke'], ['anchor/s', 'record_anchor.anchor'],
];

function inputs({ results }: Found): string {
  const line = (name: string, call: string, unit: string, column: string, of: (result: Result) => number): string[] => {
    const result = results.find((each) => each.name === call);
    return [name, result ? rate(of(result)) : RUN, unit, 'M', `[performance.md](performance.md#after), \`${call}\`, *${column}*`];
  };
  return table(['Name', 'Value', 'Unit', '', 'Source'], [
    ...RATES.map(([name, call]) => line(name, call, 'calls/s', PER_SECOND, ({ perSecond }) => perSecond)),
    line('batch µs', 'record_anchor.anchor_batch', 'µs', DECLARED, ({ declaredPerCall }) => declaredPerCall),
  ], 5);
}

/** What the table of design 5 had before calls were weighed by the way that they take (docs/performance.md says of which run). */
const BEFORE: Record<string, { own: string; ratio?: string; built?: string }> = {
  'patient_identity.register': { own: '120 µs, 7 / 6', ratio: '0.55', built: '0.63' },
  'consent.permit (to an organisation)': { own: '345 µs, 40 / 2', ratio: '0.41', built: '0.26' },
  'consent.revoke': { own: '70 µs, 4 / 1', ratio: '0.91', built: '0.43' },
  'record_anchor.anchor': { own: '889 µs, 74 / 9', ratio: '0.20', built: '0.16' },
  'record_anchor.anchor_batch': { own: '173 µs, 10 / 6' },
  'claims.submit (one line, settled)': { own: '399 µs, 23 / 17', ratio: '0.19 (issue)' },
};
/** Of what a block declared with its writes: how many there were is not known of that run. */
const builtBefore = (name: string): string => {
  const built = BEFORE[name]?.built;
  return built === undefined ? 'not measured' : String(built);
};
/** What is aimed at of what a call declares of its own. */
const ownAim = ({ compute, reads, writes }: Aim): string =>
  (reads === undefined || writes === undefined ? `≤ ${compute} µs, whatever the leaves` : `≤ ${compute} µs, ≤ ${reads} / ${writes}`);

/** The table of design 5, as docs/performance.md has it. What another program measures is left open. */
function design(found: Found): string {
  const { results, asked, start, receipt, replayed, memory } = found;
  const [linked, linkedBeside] = chainOf(found, RUN);
  const transfer = transferOf(found);
  const batch = results.find(({ leaves }) => leaves > 1);
  const single = results.find(({ name }) => name === 'record_anchor.anchor');
  const rest: string[][] = asked.flatMap(({ chain, asked: all }) => {
    const beside = all.filter(({ aims }) => !aims).map(({ name, p50 }) => `${name}: ${share(p50)} ms`).join('; ');
    return all.flatMap((one) => {
      const { name, p50, p99, perSecond, perCore, aims } = one;
      if (!aims) return [];
      const beyond = beyondEmpty(one, all);
      const more = beyond ? `; beyond an empty function ${rate(beyond.waiting)} µs, ${rate(beyond.core)} of the node's processors` : '';
      return [[`${name}, of ${chain}`, aimsInWords(aims), 'not measured', `p50 ${share(p50)} ms, p99 ${share(p99)} ms, ${rate(perSecond)} a second, ${rate(perCore)} a core${more}`, beside]];
    });
  });
  const notAsked = QUESTIONS.flatMap(([what, aims, patients, begins]) => (isAsked(found, patients, begins) ? [] : [[what, aims, 'not measured', RUN, '']]));
  // A row for each hot call, also for one that was not measured.
  const each = (of: (name: string, aim: Aim, result: Result | undefined) => string[]): string[][] => HOT.flatMap((name) => {
    const cost = costOf(name);
    return cost ? [of(name, cost.aim, results.find((result) => result.name === name))] : [];
  });
  return table(['What', 'aim', 'before', 'after', 'beside it in the same run'], [
    ...each((name, aim) => [`\`${name}\`: computing of its own, reads / writes`, ownAim(aim), BEFORE[name]?.own ?? '', '[as declared](performance-declared.md)', '']),
    ...each((name, aim, result) => [
      `\`${name}\`: of the rate of transfers`, `≥ ${aim.ratio}`, BEFORE[name]?.ratio ?? 'not measured', result && transfer ? share(result.perSecond / transfer.perSecond) : RUN,
      result && transfer ? `ceiling ${share(ceilingOf(result, transfer))}; transfers: ${rate(transfer.perSecond)} a second` : '',
    ]),
    ['Records a second by batches', `≥ ${rate(RECORDS_A_SECOND)}`, 'not measured', batch ? rate(batch.perSecond * batch.leaves) : RUN, single ? `one a transaction: ${rate(single.perSecond)}` : ''],
    ['Records a second in a table of PostgreSQL, its rows chained by hashes', 'reported', 'not measured', linked, linkedBeside],
    ...rest,
    ...notAsked,
    ...each((name, _, result) => [
      `\`${name}\`: a full block built, of all that it declares`, '≤ 1', builtBefore(name), result ? known(result.built / result.declared, share) : RUN,
      transfer ? `transfers: ${known(transfer.built / transfer.declared, share)}` : '',
    ]),
    ...each((name, _, result) => [
      `\`${name}\`: the same, of what it declares without its writes`, `≥ ${BUILT}`, 'not measured', result ? known(result.built / result.withoutWrites, share) : RUN,
      transfer ? `transfers: ${known(transfer.built / transfer.withoutWrites, share)}` : '',
    ]),
    ...each((name, _, result) => {
      const taken = result && importedOf(found, result);
      const other = transfer && importedOf(found, transfer);
      return [
        `\`${name}\`: a full block checked, executed and written by another node, of all that it declares`, '≤ 1', 'not measured', taken === undefined ? RUN : share(taken),
        other === undefined ? '' : `transfers: ${share(other)}`,
      ];
    }),
    ['Second start to the first answer', `≤ ${SECOND_START} s`, '15 s (issue)', start ? `${share(start.second)} s` : RUN, start ? `the first: ${start.first.toFixed(1)} s` : ''],
    ['Inclusion and finality at half load, four validators', 'p50 ≤ 1 and ≤ 2 blocks', '9.3 s final (issue)', RUN, '`scripts/network.sh load`'],
    ['A receipt verified offline', '≤ 10 ms, ≤ 100 KB', '0.7 ms, 8.0 KB', receipt ? `${receipt.p50.toFixed(1)} ms (p99 ${receipt.p99.toFixed(1)}), ${(receipt.bytes / 1000).toFixed(1)} KB` : RUN, ''],
    ['State of each thing', 'named', '', '[state-sizes.md](state-sizes.md)', ''],
    ['Memory of the node that was flooded', 'reported', 'not measured', memory === undefined ? RUN : `${rate(memory)} MiB`, ''],
    ['Sync: full blocks a second, executed and written', 'reported', 'not measured', replayed.length > 0
      ? (1000 / quantile(replayed.map((span) => span.each), 0.5)).toFixed(1) : RUN, 'the middle one of the rows'],
    ['Clone to journey finished, cold and warm', '≤ 40 min, ≤ 3 min', '', RUN, ''],
  ], 5);
}

/** All tables; that of design 5 only of a run that was `whole`. */
export function report(found: Found, whole: boolean): string {
  const { results, asked, start, receipt, replayed } = found;
  return [
    ...(results.length > 0 ? [calls(found), BUILT_IN_WORDS, ceilings(found)] : []),
    ...(replayed.length > 0 ? [imports(found)] : []),
    ...(asked.length > 0 ? [answers(found)] : []),
    ...(start ? [`From the start to the first answer: ${start.first.toFixed(1)} s the first time, ${start.second.toFixed(2)} s later (median of 5).`] : []),
    ...(receipt ? [`A receipt of one record of a batch of 1,000: ${receipt.bytes} bytes, verified from its text in ${receipt.p50.toFixed(2)} ms (p99 ${receipt.p99.toFixed(2)}).`] : []),
    chain(found),
    ...(whole ? [design(found), inputs(found)] : []),
  ].filter(Boolean).join('\n\n');
}
