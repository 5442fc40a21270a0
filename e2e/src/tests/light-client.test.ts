/** A light client, unmodified: smoldot reads the exported specification and follows the chain, trusting no node. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { start, type Chain } from 'smoldot';
import { u8aToHex } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';
import { needs, soloSpec } from '../chains.js';
import { developmentSpec, startNode } from '../node.js';
import { rpc } from '../rpc.js';
import { until } from '../wait.js';

/** How many blocks must become final under its eyes. */
const BLOCKS = 3;

interface Message {
  id?: number;
  error?: { message: string };
  result?: unknown;
  params?: { result: FollowEvent };
}

interface FollowEvent {
  event: string;
  finalizedBlockHashes?: string[];
  finalizedBlockRuntime?: { type: string; spec?: { specName: string } };
  operationId?: string;
  items?: { value: string }[];
}

/** It follows no more, and wants to be asked again. */
class Stopped extends Error {}

/** The JSON-RPC that smoldot offers for one chain. */
class Rpc {
  #next = 0;
  readonly #events: FollowEvent[] = [];

  constructor(private readonly chain: Chain) {}

  /** Sends a request, and keeps the events that come before its answer. */
  async ask<Answer>(method: string, ...params: unknown[]): Promise<Answer> {
    this.#next += 1;
    const id = this.#next;
    this.chain.sendJsonRpc(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    for (;;) {
      const message = await this.#receive();
      if (message.id !== id) continue;
      assert.equal(message.error, undefined, `${method}: ${message.error?.message}`);
      return message.result as Answer;
    }
  }

  /** The next event with this name. Others are passed over. */
  async event(name: string): Promise<FollowEvent> {
    for (;;) {
      const seen = this.#events.shift();
      if (seen?.event === name) return seen;
      if (seen?.event === 'stop') throw new Stopped('smoldot has lost the chain');
      if (!seen) await this.#receive();
    }
  }

  async #receive(): Promise<Message> {
    const message = JSON.parse(await this.chain.nextJsonRpcResponse()) as Message;
    if (message.params) this.#events.push(message.params.result);
    return message;
  }
}

const askNode = <Answer>(endpoint: string, method: string, ...params: unknown[]): Promise<Answer> =>
  rpc<Answer>(endpoint.replace('ws:', 'http:'), method, params);

let spec: Promise<string> | undefined;

/** The specification of the development chain, as the node exports it for others. */
async function exported(bootNodes: string[]): Promise<string> {
  spec ??= developmentSpec();
  return JSON.stringify({ ...(JSON.parse(await spec) as object), bootNodes });
}

/** Adds the chain to a light client that may dial nothing but WebSockets, as in a browser. */
async function light(t: TestContext, chainSpec: string): Promise<Chain> {
  const client = start({
    forbidTcp: true, forbidWebRtc: true, maxLogLevel: 2,
    logCallback: (level, target, message) => { console.log(`smoldot: ${level} ${target} ${message}`); },
  });
  t.after(() => client.terminate());
  return client.addChain({ chainSpec });
}

test('smoldot reads the exported specification and follows final blocks', needs('light client'), async (t) => {
  const node = await startNode(['--dev', ...soloSpec(), '--listen-addr', '/ip4/127.0.0.1/tcp/0/ws']);
  t.after(() => node.stop());
  const rpc = new Rpc(await light(t, await exported([await node.peerAddress()])));

  const genesis = await askNode<string>(node.endpoint, 'chain_getBlockHash', 0);
  assert.equal(await rpc.ask('chainSpec_v1_genesisHash'), genesis, 'it computes the same genesis from the file');

  /** Follows from here on until some blocks have become final. */
  const follow = async (): Promise<void> => {
    const subscription = await rpc.ask<string>('chainHead_v1_follow', true);
    const first = await rpc.event('initialized');
    assert.equal(first.finalizedBlockRuntime?.spec?.specName, 'salus', JSON.stringify(first));

    let seen = 0;
    let last = '';
    while (seen < BLOCKS) {
      const { finalizedBlockHashes = [] } = await rpc.event('finalized');
      for (const hash of finalizedBlockHashes) {
        const header = await rpc.ask<string | null>('chainHead_v1_header', subscription, hash);
        // It has the header, unless it has stopped meanwhile, and then says so.
        if (header === null) await rpc.event('nothing more');
        // The same block stands at the same height in the node's chain.
        const { number } = await askNode<{ number: string }>(node.endpoint, 'chain_getHeader', hash);
        assert.equal(await askNode(node.endpoint, 'chain_getBlockHash', Number(number)), hash);
        seen += 1;
        last = hash;
      }
    }

    // A proof of a stored value, which smoldot checks: the time of the last block.
    const key = u8aToHex(new Uint8Array([...xxhashAsU8a('Timestamp', 128), ...xxhashAsU8a('Now', 128)]));
    const { operationId } = await rpc.ask<{ operationId: string }>(
      'chainHead_v1_storage', subscription, last, [{ key, type: 'value' }], null,
    );
    const items = await rpc.event('operationStorageItems');
    assert.equal(items.operationId, operationId);
    assert.equal(items.items?.[0]?.value, await askNode(node.endpoint, 'state_getStorage', key, last));
  };
  // On a busy machine it falls behind, says that it stops, and is asked again, as the specification of these methods has it.
  await until('it follows the chain', () => follow().then(() => true, (error: unknown) => {
    if (!(error instanceof Stopped)) throw error;
    return false;
  }));
});

test('what smoldot does not know is in closed specifications alone', needs('light client'), async (t) => {
  const open = JSON.parse(await exported([])) as Record<string, unknown>;
  for (const field of ['closed', 'reservedNodes']) assert.equal(field in open, false, field);
  // Why it matters: one unknown field, and the whole file is refused.
  await assert.rejects(light(t, JSON.stringify({ ...open, closed: false })), /parse chain spec/);
});
