/**
 * Receipts from a chain of short sessions, whose one validator changes its keys: so authority sets follow one another.
 * The node keeps the last states only, as most do.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { anchors, best, blockAtLeast } from '@salus/client';
import { receipts } from '@salus/receipts';
import type { Hex } from '@salus/types';
import { has, needs } from '../chains.js';
import { binary, run, startNode } from '../node.js';
import { anchorOne, checked, refused, tool } from '../receipt-checks.js';
import { begin, people, type Peopled } from '../setting.js';
import { Verifier } from '../verifier.js';

/** In slots of three seconds. */
const SESSION = 5;
/** How many states the node keeps behind the last final block: more than blocks between two justifications that it keeps. */
const STATES = 40;

let all: Peopled;
let api: ApiPromise;
let rawSpec: string;

/** The preset `dev` with shorter sessions, raw. */
async function shortSessions(folder: string): Promise<string> {
  const built = async (args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(binary(), ['build-spec', '--disable-default-bootnode', '--base-path', join(folder, 'spec'), ...args]);
    assert.equal(code, 0, stderr.slice(-2_000));
    return stdout;
  };
  const spec = JSON.parse(await built(['--chain', 'dev'])) as { genesis: { runtimeGenesis: { patch: { validatorSet: { sessionLength: number } } } } };
  spec.genesis.runtimeGenesis.patch.validatorSet.sessionLength = SESSION;
  const [plain, raw] = [join(folder, 'plain.json'), join(folder, 'raw.json')];
  await writeFile(plain, JSON.stringify(spec));
  await writeFile(raw, await built(['--chain', plain, '--raw']));
  return raw;
}

before(async () => {
  if (!has('authorities')) return;
  all = await people(await begin(async (folder) => {
    rawSpec = await shortSessions(folder);
    return startNode(['--dev', '--chain', rawSpec, '--state-pruning', String(STATES)]);
  }));
  ({ api } = all);
  process.env['SALUS_CHAIN_SPEC'] = rawSpec;
});

after(() => all?.stop());

/** How the authority sets followed one another, once the first test has fetched it. */
let trail: receipts.Trail;

const genesisSet = async (): Promise<receipts.Authority[]> => receipts.genesisAuthorities(await readFile(rawSpec, 'utf8'));

/** The set that the trail leads to, after so many changes. */
const setAfter = async (changes: number): Promise<receipts.Authority[]> =>
  receipts.followTrail(trail.handoffs.slice(0, changes), await genesisSet()).authorities ?? [];

const holds = async (receipt: receipts.OwnReceipt): Promise<number> => checked(api, receipt, await setAfter(receipt.finality.setId));

/** The validator takes new keys; resolves when they are in force. */
async function changeKeys(): Promise<number> {
  const alice = all.world.keyring.addFromUri('//Alice');
  const response = await fetch(all.endpoint.replace('ws:', 'http:'), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'author_rotateKeysWithOwner', params: [u8aToHex(alice.publicKey)] }),
  });
  const { result } = await response.json() as { result: { keys: Hex; proof: Hex } };
  const before = (await api.query.grandpa.currentSetId()).toNumber();
  await all.world.send(api.tx.session.setKeys(result.keys, result.proof), alice);
  const until = (await best(api)).number + 4 * SESSION;
  for (;;) {
    const { number } = await best(api);
    const now = (await api.query.grandpa.currentSetId.at(await api.rpc.chain.getFinalizedHead())).toNumber();
    if (now > before) return now;
    assert.ok(number < until, `no new authority set by block ${until}`);
    await blockAtLeast(api, number + 1);
  }
}

test('the trail has every change of the authority set, is continued, and leads to every receipt', needs('authorities'), async () => {
  const spec = await genesisSet();
  const kept = await anchorOne(all, 'before every change');
  const early = await receipts.make(api, [kept]);
  assert.equal(early.finality.setId, 0);
  assert.deepEqual((await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec })).handoffs, []);

  assert.equal(await changeKeys(), 1);
  const first = await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec });
  assert.equal(first.handoffs.length, 1);
  assert.equal(await changeKeys(), 2);

  const path = join(all.folder, 'trail.json');
  await writeFile(path, JSON.stringify(first));
  const continued = await tool('trail', path, '--ws', all.endpoint, '--chain-spec', rawSpec);
  assert.equal(continued.code, 0, continued.stderr);
  assert.match(continued.stdout, /2 hand-offs, 1 of them new; the chain is in authority set 2/);
  trail = receipts.parseTrail(await readFile(path, 'utf8'));
  assert.deepEqual(trail, await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec }), 'the same as fetched at once');
  assert.deepEqual(trail.handoffs[0], first.handoffs[0]);

  const late = await receipts.make(api, [{ ...kept, name: 'letter' }]);
  assert.equal(late.finality.setId, 2);
  await holds(late);
  await holds(early);
  const verifier = await Verifier.prepare(api, all.folder);
  const [receipt, letter] = [await verifier.keep('late.receipt.json', late), await verifier.keep('letter', kept.record)];
  const { code, sentence } = await verifier.verify(receipt, letter, 'letter');
  assert.equal(code, 0, sentence);
  assert.notDeepEqual(await setAfter(2), spec);
  assert.throws(() => checked(api, late, spec), 'the genesis set signs no more');
  assert.throws(() => receipts.followTrail(trail.handoffs.slice(1), spec), receipts.TrailBroken);
});

/** The blocks from `from` to `to` with which the node keeps a justification. */
async function justified(from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let number = from; number <= to; number++) {
    // Raw: the typed question needs the block's state.
    const block = await api.rpc.chain.getBlock.raw(await api.rpc.chain.getBlockHash(number)) as { justifications: unknown };
    if (block.justifications) found.push(number);
  }
  return found;
}

test('a receipt as of a past block, until the node drops that state', needs('authorities'), async () => {
  const finalNumber = async (): Promise<number> => (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  const kept = await anchorOne(all, 'of a past block');
  const anchored = (await best(api)).number;
  const [first] = await justified(1, await finalNumber());
  assert.ok(first !== undefined, 'the node keeps justifications');
  while ((await justified(anchored, await finalNumber())).length === 0) await blockAtLeast(api, await finalNumber() + 2);
  await all.world.send(anchors.retract(api, kept.anchor, 'Duplicate'), all.staff.steward);
  await assert.rejects(receipts.make(api, [kept], { at: anchored }), refused('Retracted'), 'retracted since');
  const past = await receipts.make(api, [kept], { at: anchored, allowEnded: true });
  const [number] = await justified(anchored, await finalNumber());
  assert.equal(await holds(past), number, 'as of then it stood');

  const handoff = receipts.decodeHeader(hexToU8a(trail.handoffs[0]?.header as Hex)).number;
  while (await finalNumber() <= Math.max(first, handoff) + STATES + 1) await blockAtLeast(api, await finalNumber() + 2);
  await assert.rejects(receipts.make(api, [kept], { at: first, allowEnded: true }), refused('StatePruned'));
  const later = await receipts.fetchTrail(api, undefined, { genesisAuthorities: await genesisSet() });
  assert.deepEqual(later, trail, 'the trail needs no old state');
  await assert.rejects(receipts.make(api, [kept], { at: await finalNumber() + 100_000, allowEnded: true }), refused('NotFinal'));
});
