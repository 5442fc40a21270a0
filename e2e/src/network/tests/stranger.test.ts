/** A closed network: who is not expected gets no blocks and no RPC, whatever it knows. */
import assert from 'node:assert/strict';
import {
  during, heads, machine, Network, refusedRpc, saw, scene, Wires, type Member, type Place,
} from '../harness.js';

let wires: Wires;
let outside: Place;

async function start(): Promise<Network> {
  wires = await Wires.lay();
  const places = [];
  for (let index = 0; index < 4; index += 1) places.push(await wires.place('a'));
  const auditor = await wires.place('b');
  outside = await wires.place('b');
  return Network.start({ places, closed: true, guests: [{ name: 'auditor', place: auditor }], sessionLength: 10 });
}

/** What a program in a namespace gets from an RPC port: the answer's status, or the error's code. */
function knock(from: Place, url: string): Promise<string> {
  const script = `fetch(${JSON.stringify(url)}, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: '{"id":1,"jsonrpc":"2.0","method":"system_name","params":[]}', signal: AbortSignal.timeout(5000) })
    .then((answer) => console.log(answer.status), (error) => console.log(error.cause?.code ?? error.name))`;
  return machine('ip', 'netns', 'exec', from.namespace, process.execPath, '-e', script).then((said) => said.trim());
}

const placeOf = (member: Member): Place => {
  const { place } = member.options;
  assert.ok(place);
  return place;
};

interface Health {
  peers: number;
}

scene('a closed network and a stranger', start, (step) => {
  step('an expected node follows; a stranger gets no block beyond genesis', 200, async (network) => {
    const expected = await heads(network.member('auditor'));
    assert.ok(expected.finalised.number >= 1, 'the auditor, who is expected, gets no blocks either');
    // It knows everything but is in nobody's list.
    const stranger = await network.add({ name: 'stranger', validator: false, place: outside });
    const members = network.members.filter((member) => member !== stranger);
    await stranger.start({ args: members.flatMap(({ multiaddr }) => ['--bootnodes', multiaddr]) });
    let most = 0;
    await during(60, async () => {
      const [{ best }, { peers }] = await Promise.all([heads(stranger), stranger.rpc<Health>('system_health')]);
      most = Math.max(most, peers);
      assert.equal(best.number, 0, 'the stranger was given a block');
    });
    const { best } = await heads(network.member('auditor'));
    const peers = await Promise.all(members.map(async (member) => (await member.rpc<Health>('system_health')).peers));
    saw(`after 60 s: the auditor is at ${best.number}, the stranger at 0 with at most ${most} peers; peers of the members: ${peers.join(', ')}`);
    assert.ok(best.number >= 10);
    assert.deepEqual(peers, members.map(() => members.length - 1), 'a member counts the stranger among its peers');
    // The wire itself is not what keeps it out.
    await machine('ip', 'netns', 'exec', outside.namespace, process.execPath, '-e',
      `require('net').connect(30333, '${placeOf(network.member('Alice')).address}').once('connect', () => process.exit(0)).once('error', () => process.exit(1))`);
  });

  step('the RPC of validators is not reachable from outside', 60, async (network) => {
    for (const name of ['Alice', 'Bob', 'Charlie', 'Dave']) {
      const place = placeOf(network.member(name));
      assert.equal(await knock(place, 'http://127.0.0.1:9944'), '200', 'it does not answer on its own loopback device');
      const answer = await knock(outside, `http://${place.address}:9944`);
      saw(`${name}: from outside ${answer}`);
      assert.equal(answer, 'ECONNREFUSED');
    }
  });

  step('unsafe methods are refused where only safe ones are open', 60, async (network) => {
    const alice = network.member('Alice');
    const unsafe: [string, unknown[]][] = [
      ['author_rotateKeys', []],
      ['author_rotateKeysWithOwner', ['0x00']],
      ['author_insertKey', ['babe', '//Alice', `0x${'00'.repeat(32)}`]],
      ['author_hasKey', [`0x${'00'.repeat(32)}`, 'babe']],
      ['system_addReservedPeer', [alice.multiaddr]],
      ['system_removeReservedPeer', [alice.nodeKey.peerId]],
      ['system_peers', []],
      ['state_getPairs', ['0x']],
      ['offchain_localStorageSet', ['PERSISTENT', '0x00', '0x00']],
    ];
    for (const [method, params] of unsafe) {
      const reason = await refusedRpc(() => alice.rpc(method, params));
      saw(`${method}: ${reason}`);
      assert.match(String(reason), /unsafe|Method not found/);
    }
    wires.remove();
  });
});
