/** Epochs: the vectors that the Rust crate makes, and what an auditor finds. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { toHex, type ConsentDirective, type Decision, type Hex, type Question } from '@salus/types';
import { auditEpoch, EpochRefused, leafCommitment, LOOKED, readOpening, rootOf, type EpochChain, type Leaf, type Opening } from '../answers/epoch.js';
import { Malformed } from '../answers/closed.js';
import { SIZES } from '../chain/codes.js';
import type { Dataset, Version } from '../chain/model.js';
import type { ResearchChain } from '../cli/chain.js';
import { main } from '../cli/main.js';
import { DAY, HASH, NOW, oneOfEach, repositoryFile } from './scene.js';

interface Vector {
  name: string;
  leaves: { commitment: Hex; salt: Hex; patient: Hex; tag: number; number: number }[];
  root: Hex;
  size: number;
  opening: string;
}

const { epochs } = JSON.parse(repositoryFile('docs/vectors/research-epochs.json')) as { epochs: Vector[] };
const vector = (name: string): Vector => epochs.find((each) => each.name === name) as Vector;

test('openings have the leaves and roots of the vectors', () => {
  assert.equal(epochs.length, 3);
  for (const { leaves, root, opening } of epochs) {
    const read = readOpening(opening);
    assert.deepEqual(read.leaves.map((leaf) => toHex(leafCommitment(read, leaf))), leaves.map(({ commitment }) => commitment));
    assert.deepEqual(read.leaves.map(({ patient, salt, number = 0 }) => [patient, salt, number]), leaves.map(({ patient, salt, number }) => [patient, salt, number]));
    assert.deepEqual([toHex(rootOf(read)), read.root], [root, root]);
  }
});

test('an opening that is another than its form is malformed', () => {
  const { opening } = vector('several');
  const [head, first, ...rest] = opening.trim().split('\n') as [string, string, ...string[]];
  const nobody = vector('nobody').opening.trim().split('\n')[1] as string;
  for (const text of [
    '', head, [head, ...rest].join('\n'), opening.replace('"leaves":7', '"leaves":8'), opening.replace('"by":"unspoken"', '"by":"unspoken","number":0'),
    opening.replace('"by":"sealed","number":3', '"by":"sealed"'), opening.replace('"by":"unspoken"', '"by":"nobody"'), opening.replace('"by":"unspoken"', '"by":"other"'),
    opening.replace('"salt":"0x', '"salt":"0X'), [head, nobody, ...rest].join('\n'), opening.replace(first, `${first.slice(0, -1)},"more":1}`),
  ]) assert.throws(() => readOpening(text), Malformed, text.slice(0, 300));
});

/** What a patient has said: a directive with its number, from and until when it holds, and of which data; and a veto. */
interface Said {
  directive?: { number: number; from?: number; until: number; data?: { from: number; until?: number } };
  veto?: number;
  sealed?: { number: number; until: number };
  /** A sealed denial, which nobody opens. */
  denied?: boolean;
  /** A base decision of Permit. */
  base?: boolean;
  gone?: number;
}

const directive = (patient: Hex, { from = 0, until, data }: NonNullable<Said['directive']>): ConsentDirective => ({
  effect: 'Permit', patient, grantee: { organisation: 4 },
  scope: { actions: ['Read'], purposes: ['Hresch'], classes: ['Laboratory', 'Problems'], ...(data ? { data } : {}) }, labels: [], from, until,
});

/** A chain by which the rules are few: a directive lets, of its data, while it holds, unless there is a sealed denial; and where nothing speaks, a base decision. */
function chainOf(opening: Opening, said: Map<Hex, Said>, basis: Dataset['basis'] = { basis: 'Consent' }, version: Partial<Version> = {}): EpochChain {
  const people = opening.leaves.filter(({ by }) => by !== 'nobody').length;
  const found = {
    number: opening.version, root: opening.root, epoch: opening.epoch, at: opening.at, size: SIZES[Math.max(String(people).length - 2, 0)], termsVersion: 0, nextEpochDue: opening.at + 30 * DAY, ...version,
  } as Version;
  const decided = ({ subject, dataTime = 0, at = 0 }: Question): Decision => {
    const { directive: own, denied, base } = said.get(subject as Hex) ?? {};
    const on = { block: 9, moment: NOW };
    if (denied) return { ...on, verdict: 'Deny', why: { kind: 'Sealed', sealed: 5 } };
    const [from, until] = [own?.data?.from ?? 0, own?.data?.until ?? Number.MAX_SAFE_INTEGER];
    const lets = own !== undefined && (own.from ?? 0) <= at && at < own.until && from <= dataTime && dataTime < until;
    if (lets) return { ...on, verdict: 'Permit', why: { kind: 'Directive', directive: own.number } };
    return base ? { ...on, verdict: 'Permit', why: { kind: 'Base' } } : { ...on, verdict: 'Deny', why: { kind: 'Default' } };
  };
  return {
    genesis: opening.genesis,
    dataset: async (id) => (id === opening.dataset ? { id, custodian: opening.custodian, basis, version: found } as Dataset : undefined),
    versionAt: async (_, at) => (at >= opening.at ? found : undefined),
    stateAt: async (patient, at) => (at >= (said.get(patient)?.gone ?? Number.MAX_SAFE_INTEGER) ? 'Retired' : 'Active'),
    vetoedAt: async (patient, at) => at >= (said.get(patient)?.veto ?? Number.MAX_SAFE_INTEGER),
    directives: async (patient) => {
      const own = said.get(patient)?.directive;
      return own ? [{ number: own.number, directive: directive(patient, own) }] : [];
    },
    sealedAt: async (patient, at) => {
      const own = said.get(patient)?.sealed;
      return own && at < own.until ? [own.number] : [];
    },
    decide: async (questions) => questions.map(decided),
  };
}

/** An opening with these leaves, in their order and with their root. */
function opened(leaves: Omit<Leaf, 'salt'>[], at = NOW): Opening {
  const of = { genesis: HASH(0x47), custodian: 4, dataset: 7, epoch: 3, version: 4, at };
  const salted = leaves.map((leaf, index): Leaf => ({ ...leaf, salt: HASH(index + 1) }));
  const text = (leaf: Leaf): string => toHex(leafCommitment(of, leaf));
  const sorted = salted.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  const opening = { ...of, root: HASH(0), leaves: sorted };
  return { ...opening, root: toHex(rootOf(opening)) };
}

const by = (byte: number, number = 1): Omit<Leaf, 'salt'> => ({ patient: HASH(byte), by: 'directive', number });

test('whoever withdrew before the publication and is in it all the same is named, and nobody else', async () => {
  const [good, kept, late, vetoed, gone, other, old] = [1, 2, 3, 4, 5, 6, 7].map(HASH) as [Hex, Hex, Hex, Hex, Hex, Hex, Hex];
  const opening = opened([1, 2, 3, 4, 6, 7].map((byte) => by(byte)).concat({ patient: gone, by: 'directive', number: 9 }));
  const holds = { number: 1, until: NOW + DAY };
  const said = new Map<Hex, Said>([
    [good, { directive: holds }], [kept, { directive: { ...holds, until: NOW - DAY } }], [late, { directive: { ...holds, until: NOW - 60 } }],
    [vetoed, { directive: holds, veto: NOW - LOOKED - 1 }], [gone, { directive: holds }], [other, { directive: { ...holds, number: 2 } }],
    // Of data of a time of which nothing else is said.
    [old, { directive: { ...holds, data: { from: 1_000, until: 2_000 } } }],
  ]);
  const report = await auditEpoch(chainOf(opening, said), opening);
  assert.deepEqual([report.participants, report.counted], [7, 2]);
  assert.deepEqual(report.kept.map(({ patient }) => patient).sort(), [kept, vetoed, gone, other]);
  assert.deepEqual(report.late.map(({ patient }) => patient), [late]);
  assert.match(report.kept.find(({ patient }) => patient === vetoed)?.why ?? '', /vetoed/);
  assert.match(report.kept.find(({ patient }) => patient === gone)?.why ?? '', /no directive 9/);
  // Whoever permitted it and took it back within the hour could be counted in between.
  const brief = new Map([[good, { directive: { ...holds, from: NOW - 2_400, until: NOW - 600 } }]]);
  const permitted = await auditEpoch(chainOf(opened([by(1)]), brief), opened([by(1)]));
  assert.deepEqual([permitted.kept.length, permitted.late.length], [0, 1]);
  // The moment counts, not the present: who withdraws afterwards was in it rightly.
  const after = new Map([[good, { directive: { ...holds, until: NOW + 1 } }]]);
  const one = opened([by(1)]);
  assert.deepEqual((await auditEpoch(chainOf(one, after), one)).kept, []);
});

test('under consent a base decision of Permit is nothing by which somebody is in an epoch', async () => {
  // By a directive; by a base decision alone; and by a directive that was revoked, beside a base decision.
  const said = new Map<Hex, Said>([
    [HASH(1), { directive: { number: 1, until: NOW + DAY }, base: true }], [HASH(2), { base: true }], [HASH(3), { directive: { number: 1, until: NOW - DAY }, base: true }],
  ]);
  const named = opened([by(1), by(2), by(3)]);
  const { counted, kept } = await auditEpoch(chainOf(named, said), named);
  assert.deepEqual([counted, kept.map(({ patient }) => patient).sort()], [1, [HASH(2), HASH(3)]]);
  assert.match(kept.find(({ patient }) => patient === HASH(3))?.why ?? '', /base decision/);
  for (const patient of [HASH(2), HASH(3)]) {
    const unspoken = opened([by(1), { patient, by: 'unspoken' }]);
    const refused = (error: unknown) => error instanceof EpochRefused && error.doubt === 'noDirective' && error.message.includes(`1 of its leaves name no directive, that of ${patient}`);
    await assert.rejects(auditEpoch(chainOf(unspoken, said), unspoken), refused);
    // Where nobody needs to have said yes, nobody is named with a directive.
    const all = opened([1, 2, 3].map((byte) => ({ patient: HASH(byte), by: 'unspoken' as const })));
    assert.equal((await auditEpoch(chainOf(all, said, { basis: 'OptOut' }), all)).counted, 3);
  }
});

test('what only the opening of a sealed directive tells is said to be unknown', async () => {
  const opening = opened([by(1), { patient: HASH(2), by: 'sealed', number: 3 }, { patient: HASH(3), by: 'sealed', number: 3 }]);
  const said = new Map<Hex, Said>([
    [HASH(1), { directive: { number: 1, until: NOW + 1 }, denied: true }], [HASH(2), { sealed: { number: 3, until: NOW + 1 } }], [HASH(3), { sealed: { number: 3, until: NOW - DAY } }],
  ]);
  const { kept, unknown, counted } = await auditEpoch(chainOf(opening, said), opening);
  assert.deepEqual([counted, unknown.map(({ patient }) => patient).sort(), kept.map(({ patient }) => patient)], [0, [HASH(1), HASH(2)], [HASH(3)]]);
});

test('under opt-out a veto, or a handle that is not in use, is what speaks against somebody', async () => {
  const opening = opened([1, 2, 3].map((byte) => ({ patient: HASH(byte), by: 'unspoken' as const })));
  const said = new Map<Hex, Said>([[HASH(2), { veto: NOW - DAY }], [HASH(3), { gone: NOW - DAY }]]);
  const { kept, counted } = await auditEpoch(chainOf(opening, said, { basis: 'OptOut' }), opening);
  assert.deepEqual([counted, kept.map(({ patient }) => patient).sort()], [1, [HASH(2), HASH(3)]]);
});

test('an opening that is not that of the version on the chain is refused', async () => {
  const opening = opened([1, 2, 3].map((byte) => by(byte)));
  const said = new Map(opening.leaves.map(({ patient }) => [patient, { directive: { number: 1, until: NOW + DAY } }] as const));
  const without = { ...opening, leaves: opening.leaves.slice(1) };
  const swapped = { ...opening, leaves: [...opening.leaves].reverse() };
  const salted = { ...opening, leaves: opening.leaves.map((leaf) => ({ ...leaf, number: 2 })) };
  const chain = chainOf(opening, said);
  for (const [wrong, against, doubt] of [
    [without, chain, 'otherRoot'], [swapped, chain, 'otherOrder'], [{ ...opening, genesis: HASH(1) }, chain, 'otherChain'], [{ ...opening, dataset: 8 }, chain, 'unknownDataset'],
    [{ ...opening, custodian: 5 }, chain, 'otherCustodian'], [{ ...opening, at: opening.at + 1 }, chain, 'otherVersion'], [{ ...opening, version: 5 }, chain, 'otherVersion'],
    [{ ...opening, epoch: 4 }, chain, 'otherVersion'], [opening, chainOf(opening, said, { basis: 'Consent' }, { size: 'Million' }), 'otherSize'],
    [opening, chainOf(opening, said, { basis: 'Consent' }, { root: HASH(9) }), 'otherRoot'], [opening, chainOf(opening, said, { basis: 'OptOut' }), 'otherBasis'],
  ] as const) {
    await assert.rejects(auditEpoch(against, wrong), (error) => error instanceof EpochRefused && error.doubt === doubt, doubt);
  }
  await assert.rejects(auditEpoch(chain, salted), EpochRefused);
  assert.equal((await auditEpoch(chain, opening)).counted, 3);
  const empty = readOpening(vector('nobody').opening);
  assert.deepEqual((await auditEpoch(chainOf(empty, new Map()), empty)).participants, 0);
});

test('the command says what it shows and what it does not, and refuses what is not that of the chain', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-research-epoch-'));
  try {
    const file = join(folder, 'opening.jsonl');
    await writeFile(file, vector('several').opening);
    await chmod(file, 0o600);
    const run = async (argv: string[], problem?: string) => {
      let [out, err] = ['', ''];
      const at = { api: oneOfEach(), number: 200, moment: NOW };
      const chain = { genesis: HASH(0x47), final: at, best: at, now: () => NOW, problem, close: async () => undefined } as unknown as ResearchChain;
      const code = await main(argv, { out: (line) => { out += `${line}\n`; }, err: (line) => { err += `${line}\n`; }, env: {}, open: async () => chain });
      return { code, out, err };
    };
    // The chain of the scene has another version of the dataset.
    const other = await run(['epoch', file]);
    assert.deepEqual([other.code, /^REFUSED: the opening is refused: no version 3 of epoch 2/m.test(other.out)], [3, true], other.out + other.err);
    assert.equal((await run(['epoch', file], 'it is cut off')).code, 1);
    assert.deepEqual([(await run(['epoch'])).code, (await run(['epoch', join(folder, 'none')])).code, (await run(['epoch', file, '--folder', folder])).code], [2, 2, 2]);
    assert.match((await run([])).out, /salus-research epoch FILE/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
