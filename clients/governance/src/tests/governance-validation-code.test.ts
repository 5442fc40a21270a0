/** The upgrade of a parachain, whose relay chain decides: followed over a chain in memory, and by `gov upgrade`. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { compactAddLength } from '@polkadot/util';
import { UsageError } from '@salus/client/node';
import { NodeError, NodeUnavailable, SalusError } from '@salus/types';
import { callHash, decisionIn, followPendingCode, isParachain, pendingCode } from '../governance.js';
import { exitCodeOf } from '../node/gov.js';
import { NotDecided, parseCommandLine } from '../node/gov-options.js';
import { Session } from '../node/gov-session.js';
import { upgrade } from '../node/gov-upgrade.js';

/** A runtime whose version cannot be read, so that nothing of it is in the way. */
const CODE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const HASH = callHash(CODE);
const OTHER = Uint8Array.of(...CODE, 0);

const STORED = 'parachainSystem.ValidationFunctionStored';
const APPLIED = 'parachainSystem.ValidationFunctionApplied';
const PENDING_KEY = '0xpending';
const DISCARDED = 'parachainSystem.ValidationFunctionDiscarded';

const eventsOf = (names: string[]) => names.map((name) => {
  const [section = '', method = ''] = name.split('.');
  return { event: { section, method } };
});
const number = (value: number) => ({ toNumber: () => value, toString: () => String(value) });
const text = (value: string) => ({ toHex: () => value, toString: () => value });

/** A chain whose blocks have the events of a test. Each look at the head runs `grow` first, and so can add to it. */
class Chain {
  readonly blocks: { hash: string; names: string[]; stores: Uint8Array }[] = [];
  final = 0;
  authorised: string | undefined = HASH;
  /** The code that waits from the first block on. */
  pending: Uint8Array = new Uint8Array();
  /** The code that blocks store which say that they store some. */
  stores: Uint8Array = CODE;
  grow: () => void = () => undefined;
  /** Runs after the pending code was read. */
  asked: () => void = () => undefined;
  /** Whether the node has forgotten the state of that block. */
  forgotten: (height: number) => boolean = () => false;

  constructor(readonly kind: 'parachain' | 'solo' = 'parachain') {
    this.add();
  }

  /** Adds a block, on top or at that height in place of what was there. */
  add(names: string[] = [], at = this.blocks.length): void {
    this.blocks.splice(at, Infinity, { hash: `0x${at}-${Math.random()}`, names, stores: this.stores });
  }

  /** The code that waits, and that of the chain, after that block. */
  private state(hash: string): { pending: Uint8Array; code: Uint8Array } {
    const height = this.height(hash);
    let { pending } = this;
    let code: Uint8Array = Uint8Array.of();
    for (const { names, stores } of this.blocks.slice(0, height + 1)) {
      if (names.includes(APPLIED)) code = pending;
      if (names.includes(APPLIED) || names.includes(DISCARDED)) pending = Uint8Array.of();
      if (names.includes(STORED)) pending = stores;
    }
    return { pending, code };
  }

  private height(hash: string): number {
    const height = this.blocks.findIndex((block) => block.hash === hash);
    if (this.forgotten(height)) throw new NodeError('State already discarded', 4003);
    return height;
  }

  get api(): ApiPromise {
    const at = (hash: string) => ({ query: { system: { events: async () => eventsOf(this.blocks.find((block) => block.hash === hash)?.names ?? []) } } });
    return {
      at: async (hash: string) => {
        this.height(hash);
        return at(hash);
      },
      consts: this.kind === 'parachain' ? { parachainSystem: { selfParaId: number(2000) } } : {},
      query: {
        system: { authorizedUpgrade: async () => ({ isSome: this.authorised !== undefined, unwrap: () => ({ codeHash: text(this.authorised ?? '') }) }) },
        ...(this.kind === 'parachain' ? { parachainSystem: { pendingValidationCode: Object.assign(async () => {
          const pending = this.pending;
          this.asked();
          return { toU8a: () => pending };
        }, { key: () => PENDING_KEY }) } } : {}),
      },
      tx: { system: { authorizeUpgrade: () => ({ method: { toU8a: () => CODE } }), applyAuthorizedUpgrade: () => ({}) } },
      rpc: {
        chain: {
          getHeader: async (hash?: string) => {
            this.grow();
            const at = hash === undefined ? this.blocks.length - 1 : this.blocks.findIndex((block) => block.hash === hash);
            return { number: number(at) };
          },
          getFinalizedHead: async () => {
            this.grow();
            return this.blocks[this.final]?.hash;
          },
          getBlockHash: async (height: number) => text(this.blocks[height]?.hash ?? '0x'),
        },
        state: {
          getStorageHash: async (key: string, hash: string) => {
            const { pending, code } = this.state(hash);
            const value = key !== PENDING_KEY ? code : pending.length > 0 ? compactAddLength(pending) : pending;
            return text(value.length > 0 ? callHash(value) : `0x${'00'.repeat(32)}`);
          },
          getRuntimeVersion: async () => ({
            specName: 'salus', implName: 'salus', specVersion: number(2_000), implVersion: number(0), transactionVersion: number(1),
          }),
        },
      },
    } as unknown as ApiPromise;
  }
}

test('what is pending is told by the hash of the code, and nothing is where there is no relay chain', async () => {
  const chain = new Chain();
  assert.ok(isParachain(chain.api));
  assert.equal(await pendingCode(chain.api), undefined);
  chain.pending = CODE;
  assert.deepEqual(await pendingCode(chain.api), { hash: HASH, size: CODE.length });
  const solo = new Chain('solo');
  assert.ok(!isParachain(solo.api));
  assert.equal(await pendingCode(solo.api), undefined);
});

test('only the two events of the decision are one', () => {
  assert.equal(decisionIn(eventsOf([STORED, 'system.CodeUpdated', 'other.ValidationFunctionApplied'])), undefined);
  assert.equal(decisionIn(eventsOf(['system.ExtrinsicSuccess', APPLIED])), 'Applied');
  assert.equal(decisionIn(eventsOf([DISCARDED])), 'Discarded');
});

test('the decision is found in the block that has it, also if that comes later', async () => {
  for (const [event, state] of [[APPLIED, 'Applied'], [DISCARDED, 'Discarded']] as const) {
    const chain = new Chain();
    chain.add([STORED]);
    chain.grow = () => chain.add(chain.blocks.length === 6 ? [event] : []);
    const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 10_000 });
    assert.deepEqual(found, { state, blockNumber: 6, blockHash: chain.blocks[6]?.hash, toldBy: 'event' });
  }
});

test('a decision of before is not taken for that of this code', async () => {
  const chain = new Chain();
  for (const names of [[DISCARDED], [STORED], [], [APPLIED]]) chain.add(names);
  const found = await followPendingCode(chain.api, CODE, 2, { until: 'inBlock', every: 1, timeout: 1_000 });
  assert.equal(found.state === 'Applied' && found.blockNumber, 4);
});

test('a decision on code that was pending before is not taken for that of this code, though both are above the block', async () => {
  for (const event of [APPLIED, DISCARDED]) {
    const chain = new Chain();
    chain.pending = OTHER;
    for (const names of [[], [event], [STORED], [], [DISCARDED]]) chain.add(names);
    const found = await followPendingCode(chain.api, CODE, 0, { until: 'inBlock', every: 1, timeout: 1_000 });
    assert.deepEqual(found, { state: 'Discarded', blockNumber: 5, blockHash: chain.blocks[5]?.hash, toldBy: 'event' });
  }
});

test('where the node has forgotten the block that decided, the state of the last block tells', async () => {
  for (const [event, state] of [[APPLIED, 'Applied'], [DISCARDED, 'Discarded']] as const) {
    const chain = new Chain();
    for (const names of [[STORED], []]) chain.add(names);
    let looks = 0;
    // It was seen pending; then the node is away, and has a hundred blocks more when it is back.
    chain.grow = () => {
      looks += 1;
      if (looks !== 2) return;
      chain.add([event]);
      for (let block = 0; block < 100; block += 1) chain.add();
      chain.forgotten = (height) => height < 90;
    };
    const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 10_000 });
    assert.deepEqual(found, { state, blockNumber: 103, blockHash: chain.blocks[103]?.hash, toldBy: 'state' });
  }
});

test('code that waits still in the last block is followed from there, whatever was forgotten before', async () => {
  const chain = new Chain();
  chain.add([STORED]);
  for (let block = 0; block < 10; block += 1) chain.add();
  chain.forgotten = (height) => height < 11;
  let looks = 0;
  chain.grow = () => {
    looks += 1;
    if (looks === 6) chain.add([APPLIED]);
  };
  const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 10_000 });
  assert.deepEqual(found, { state: 'Applied', blockNumber: 12, blockHash: chain.blocks[12]?.hash, toldBy: 'event' });
});

test('when the time is over the state of the last block tells what is known of the code', async () => {
  const chain = new Chain();
  for (const names of [[STORED], [], [APPLIED], []]) chain.add(names);
  chain.forgotten = (height) => height < 4;
  const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1_000, timeout: 10 });
  assert.deepEqual(found, { state: 'Applied', blockNumber: 4, blockHash: chain.blocks[4]?.hash, toldBy: 'state' });
});

test('code that no block had pending is not said to be discarded', async () => {
  const chain = new Chain();
  for (let block = 0; block < 5; block += 1) chain.add();
  chain.forgotten = (height) => height < 5;
  const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 50 });
  assert.ok(found.state === 'Pending' && found.trouble instanceof NodeError);
});

test('unless told otherwise a decision counts once it is final', async () => {
  const chain = new Chain();
  for (const names of [[STORED], [APPLIED], []]) chain.add(names);
  chain.final = 1;
  const early = await followPendingCode(chain.api, CODE, 1, { every: 1, timeout: 20 });
  assert.deepEqual(early, { state: 'Pending', upTo: 1, trouble: undefined });
  chain.final = 2;
  assert.equal((await followPendingCode(chain.api, CODE, 1, { every: 1, timeout: 20 })).state, 'Applied');
});

test('blocks of another fork that takes the place of the first are looked at anew', async () => {
  const chain = new Chain();
  for (const names of [[STORED], [], []]) chain.add(names);
  let looks = 0;
  chain.grow = () => {
    looks += 1;
    if (looks !== 2) return;
    chain.add([APPLIED], 2);
    chain.add();
  };
  const found = await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 10_000 });
  assert.deepEqual(found, { state: 'Applied', blockNumber: 2, blockHash: chain.blocks[2]?.hash, toldBy: 'event' });
});

test('a node that is away for a while is asked again, and in the end it is said why nothing is known', async () => {
  const chain = new Chain();
  for (const names of [[STORED], [APPLIED]]) chain.add(names);
  let looks = 0;
  chain.grow = () => {
    looks += 1;
    if (looks < 3) throw new NodeUnavailable('gone');
  };
  assert.equal((await followPendingCode(chain.api, CODE, 1, { until: 'inBlock', every: 1, timeout: 10_000 })).state, 'Applied');
  chain.grow = () => { throw new NodeUnavailable('gone'); };
  const found = await followPendingCode(chain.api, CODE, 1, { every: 1, timeout: 20 });
  assert.ok(found.state === 'Pending' && found.trouble instanceof NodeUnavailable);
});

let folder: string;
let file: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salus-upgrade-'));
  file = join(folder, 'runtime.wasm');
  await writeFile(file, CODE);
});
after(() => rm(folder, { recursive: true, force: true }));

/** What `gov upgrade` prints and finds on a chain, where what it sends is included with these events in a block of its own. */
async function gov(chain: Chain, args: string[], names: string[] = []): Promise<{ said: string; sent: number; result: Record<string, any>; error: unknown }> {
  const { options } = parseCommandLine(['upgrade', file, '--in-block', '--wait', '2', ...args], {});
  let [said, sent] = ['', 0];
  const session = Object.assign(Object.create(Session.prototype) as Session, {
    api: chain.api, options, result: {},
    terminal: { out: (line: string) => { said += `${line}\n`; }, err: () => undefined, interactive: false },
    send: async () => {
      sent += 1;
      chain.add(names);
      return { blockNumber: chain.blocks.length - 1, blockHash: chain.blocks.at(-1)?.hash, events: eventsOf(names) };
    },
  });
  let error: unknown;
  await upgrade(session, [file]).catch((reason: unknown) => { error = reason; });
  return { said, sent, result: session.result, error };
}

test('where there is no relay chain, applied is applied, and a file that the chain refuses is said to be refused', async () => {
  const done = await gov(new Chain('solo'), ['--apply'], ['system.CodeUpdated']);
  assert.equal(done.error, undefined);
  assert.match(done.said, /Applied in block 1; the chain runs salus 2000/);
  assert.equal(done.result['applied'].block, 1);
  const { error } = await gov(new Chain('solo'), ['--apply'], ['system.RejectedInvalidAuthorizedUpgrade']);
  assert.ok(error instanceof SalusError && exitCodeOf(error) === 1);
  assert.match(error.message, /was not applied, and the chain runs as before: it refused the file/);
  assert.match(String((await gov(new Chain('solo'), ['--apply'], [STORED])).error), /emitted no system\.CodeUpdated/);
});

test('on a parachain it is said to be stored, and followed until the relay chain has decided', async () => {
  for (const [event, ending] of [[APPLIED, undefined], [DISCARDED, /the relay chain refused the runtime, block 3 discarded it/]] as const) {
    const chain = new Chain();
    chain.grow = () => {
      if (chain.blocks.length !== 2) return;
      chain.add();
      chain.add([event]);
    };
    const { said, sent, error, result } = await gov(chain, ['--apply'], [STORED]);
    assert.equal(sent, 1);
    assert.match(said, /Stored in block 1\. Until the relay chain decides, the chain runs as before\./);
    assert.match(said, /for 2 seconds at most/);
    assert.equal(result['decision'].blockNumber, 3);
    if (ending) {
      assert.ok(error instanceof SalusError && exitCodeOf(error) === 1);
      assert.match(error.message, ending);
      assert.ok(!said.includes('Applied'));
    } else {
      assert.equal(error, undefined);
      assert.match(said, /Applied in block 3/);
    }
  }
  assert.match(String((await gov(new Chain(), ['--apply'], ['system.CodeUpdated'])).error), /emitted no parachainSystem\.ValidationFunctionStored/);
});

test('when the wait is over the exit code is 3, and it is said where to look', async () => {
  const { error, result } = await gov(new Chain(), ['--apply', '--wait', '1'], [STORED]);
  assert.ok(error instanceof NotDecided && exitCodeOf(error) === 3);
  assert.match(error.message, /paras\.futureCodeUpgrades\(2000\) and paras\.upgradeGoAheadSignal\(2000\)/);
  assert.equal(result['decision'].state, 'Pending');
});

test('what is stored already is only followed', async () => {
  const chain = new Chain();
  chain.authorised = undefined;
  chain.pending = CODE;
  chain.grow = () => chain.add(chain.blocks.length === 3 ? [APPLIED] : []);
  const { said, sent, error } = await gov(chain, ['--apply']);
  assert.deepEqual([sent, error], [0, undefined]);
  assert.match(said, /It is stored already, and nothing is sent\.[^]*Applied in block 3/);
});

test('with --dry-run what is stored already is not waited for', async () => {
  const chain = new Chain();
  chain.pending = CODE;
  const { said, sent, error, result } = await gov(chain, ['--apply', '--dry-run']);
  assert.deepEqual([sent, error, result['decision']], [0, undefined, undefined]);
  assert.match(said, /It is stored already, and nothing is sent\.\nWithout --dry-run the relay chain's decision is waited for/);
  assert.ok(!said.includes('Waiting'));
});

test('a decision that becomes final while the chain is asked what is pending is found', async () => {
  const chain = new Chain();
  chain.pending = CODE;
  chain.add();
  chain.grow = () => { chain.final = chain.blocks.length - 1; };
  chain.asked = () => {
    chain.add([APPLIED]);
    chain.asked = () => undefined;
  };
  const { said, error } = await gov(chain, ['--apply']);
  assert.equal(error, undefined);
  assert.match(said, /Applied in block 2/);
});

test('while other code is pending none can be applied', async () => {
  const chain = new Chain();
  chain.pending = OTHER;
  const { sent, error } = await gov(chain, ['--apply']);
  assert.ok(error instanceof UsageError && sent === 0);
  assert.match(error.message, /another runtime is stored, 0x[0-9a-f]{64}, and the relay chain has not decided on it \(OverlappingUpgrades\)/);
});

test('the next step names what is pending', async () => {
  const chain = new Chain();
  assert.match((await gov(chain, [])).said, /Next: Authorised\. Anybody can apply it/);
  chain.pending = OTHER;
  const other = await gov(chain, []);
  assert.match(other.said, new RegExp(`Stored: {2}${callHash(OTHER)}, 9 bytes; the relay chain has not decided on it`));
  assert.match(other.said, /Next: Authorised\. It can be applied once the relay chain has decided on the other runtime/);
  chain.pending = CODE;
  const own = await gov(chain, []);
  assert.match(own.said, /Next: Stored on the parachain\. The relay chain decides .*upgradeGoAheadSignal\(2000\)/);
  assert.deepEqual(own.result['pending'], { hash: HASH, size: CODE.length });
});
