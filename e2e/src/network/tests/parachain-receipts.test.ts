/** Receipts of the parachain: made over two connections, verified offline from the relay chain's genesis, and forged. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { anchors, connectRelay, registry, type ApiPromise } from '@salus/client';
import { receipts } from '@salus/receipts';
import { commit, newSalt, utf8, type Hex } from '@salus/types';
import { Verifier } from '../../verifier.js';
import { account, eventually, PARA_ID, RelayNetwork, saw, scene, send } from '../harness.js';

const YEAR = 365 * 86_400;

let api: ApiPromise;
let relay: ApiPromise;
let genesis: Hex;
let folder: string;
let relaySpec: string;
/** Verifies from the relay chain's genesis. */
let verifier: Verifier;
let start: { file: receipts.StartFile; block: receipts.BlockHeader };
let first: receipts.ParachainReceipt;
let again: () => Promise<receipts.ParachainReceipt>;
const record = utf8('Discharge letter: recovered, wound check in ten days.');

const size = (parts: Hex[]): number => parts.reduce((sum, part) => sum + part.length / 2 - 1, 0);

/** What somebody names who believes the relay chain from its genesis on, with the trail as it is now. */
async function pinned(): Promise<string[]> {
  const trail = join(folder, 'relay-trail.json');
  await writeFile(trail, JSON.stringify(await receipts.fetchTrail(relay)));
  return [
    '--para-id', String(PARA_ID), '--expect-genesis', genesis, '--trail', trail,
    '--relay-spec', relaySpec, '--expect-relay-genesis', relay.genesisHash.toHex(),
  ];
}

/** The program's answer to a receipt for the record. */
async function judged(by: Verifier, receipt: unknown, name: string): Promise<{ code: number | null; sentence: string }> {
  const file = join(folder, `${name}.receipt.json`);
  await writeFile(file, JSON.stringify(receipt));
  return by.verify(file, await by.keep('letter.txt', record), 'letter');
}

/** The same receipt with the relay chain's part changed, or another member of its own. */
const forged = (change: Partial<receipts.RelayEvidence>, own: Partial<receipts.ParachainReceipt> = {}): receipts.ParachainReceipt =>
  ({ ...first, ...own, finality: { relay: { ...first.finality.relay, ...change } } });

scene('a parachain with one record', () => RelayNetwork.start(), (step) => {
  step('a record is anchored, and its receipt made soon', 300, async (network) => {
    api = await network.api();
    folder = network.folder;
    genesis = api.genesisHash.toHex() as Hex;
    const endpoint = network.validators[0]?.endpoint ?? '';
    relay = await connectRelay(endpoint);
    ({ relaySpec } = network);
    // From here on, and from genesis: both lead to the receipt.
    start = await eventually('something is final on the relay chain', 60, () => receipts.fetchStart(relay).catch(() => undefined));

    const admin = account('Hospital');
    const org = registry.appliedAs(await send(api, registry.apply(api, ['Provider'], `0x${'11'.repeat(32)}`), admin));
    await send(api, registry.admit(api, org, 'Provider', Math.floor(Date.now() / 1000) + YEAR), account('Registrar'));
    const salt = newSalt();
    const anchor = anchors.anchoredAt(await send(api, anchors.anchor(api, org, commit(salt, record)), admin));
    const began = Date.now();
    again = () => receipts.makeUnderRelay(api, relay, [{ anchor, salt, record, name: 'letter' }]);
    first = await again();
    const { relay: above } = first.finality;
    saw(`block ${receipts.decodeHeader(hexToU8a(first.header)).number}, head in relay block ${receipts.decodeHeader(hexToU8a(above.header)).number}, ${((Date.now() - began) / 1000).toFixed(0)} s after it was anchored: ${JSON.stringify(first).length} bytes`);
    saw(`of them ${size([above.justification])} of the justification, ${size([above.header])} of the relay block's header, ${size(above.proof)} of the head's proof, ${size(first.proof)} of the state's`);
    assert.deepEqual([above.paraId, above.genesis, first.genesis], [PARA_ID, relay.genesisHash.toHex(), genesis]);
  });

  step('it verifies with the network off, from the relay chain\'s genesis and from a start', 60, async () => {
    verifier = await Verifier.of(folder, await pinned());
    const fromGenesis = await judged(verifier, first, 'first');
    saw(fromGenesis.sentence);
    assert.equal(fromGenesis.code, 0, fromGenesis.sentence);
    const file = join(folder, 'start.json');
    await writeFile(file, JSON.stringify(start.file));
    const pins = ['--para-id', String(PARA_ID), '--expect-genesis', genesis, '--relay-start', file, '--expect-relay-block', start.block.hash];
    const fromStart = await judged(await Verifier.of(folder, pins), first, 'first');
    saw(`${fromStart.sentence} The start has ${JSON.stringify(start.file).length} bytes.`);
    assert.equal(fromStart.code, 0, fromStart.sentence);

    const sets = new receipts.Sets(receipts.fromStart(start.file, start.block.hash));
    const opened = new receipts.OpenedReceipt(first, { relay: sets, paraId: PARA_ID, genesis });
    const [entry] = opened.find(record);
    assert.ok(entry && opened.verify(entry) === 'Current', 'the client does not say the same');
  });

  step('each forgery is refused with its own words', 300, async () => {
    const bytes = hexToU8a(first.finality.relay.justification);
    // A bit in the first signature: behind round, target, count and vote.
    bytes[8 + 36 + 1 + 36] = (bytes[8 + 36 + 1 + 36] as number) ^ 1;
    const later = await again();
    const own = { setId: first.finality.relay.setId, justification: first.finality.relay.justification };
    const other = `0x${'11'.repeat(32)}` as Hex;
    const cases: [string, unknown, RegExp][] = [
      ['a justification with a flipped bit', forged({ justification: u8aToHex(bytes) as Hex }), /block \d+ of the relay chain is not proven to be final: the justification is forged/],
      ['the justification of another block', forged({ justification: later.finality.relay.justification }), /of the relay chain is not proven to be final: the justification is not for block/],
      ['the head proof of another relay block', forged({ proof: later.finality.relay.proof }), /another relay block's state/],
      ['a header that the head does not name', forged({}, { header: later.header }), /names another head of parachain 2000/],
      ['the head of another parachain', forged({ paraId: PARA_ID + 1 }), /is of another parachain: of number 2001, not 2000/],
      ['another relay chain', forged({ genesis: other }), /under another relay chain/],
      ['another chain', forged({}, { genesis: other }), /the receipt is of another chain/],
      ['the state of another block', forged({}, { proof: later.proof }), /the proof is of another block's state/],
      ['a chain of its own finality', { ...first, version: 1, finality: own }, /that is a parachain, which has none/],
    ];
    for (const [what, receipt, words] of cases) {
      const { code, sentence } = await judged(verifier, receipt, 'forged');
      saw(`${what}: ${code}, ${sentence.slice(0, 160)}`);
      assert.deepEqual([code, words.test(sentence)], [1, true], `${what}: ${code}, ${sentence}`);
    }
    for (const [what, receipt] of [
      ['a cut header', forged({ header: first.finality.relay.header.slice(0, -2) as Hex })],
      ['a cut justification', forged({ justification: first.finality.relay.justification.slice(0, -2) as Hex })],
      ['no number of the parachain', forged({ paraId: undefined as never })],
    ] as const) {
      const { code, sentence } = await judged(verifier, receipt, 'forged');
      saw(`${what}: ${code}, ${sentence.replace(/^\S+: /, '')}`);
      assert.equal(code, 2, sentence);
    }
    // What is pinned is not what the receipt is of.
    const pins = await pinned();
    const expecting = (genesis: Hex): string[] => pins.map((each, i) => (pins[i - 1] === '--expect-genesis' ? genesis : each));
    const above = relay.genesisHash.toHex() as Hex;
    for (const [what, given, receipt, words] of [
      ['another chain under the number', expecting(other), forged({}, { genesis: other }), /parachain 2000 is another chain by now/],
      ['nobody said which relay chain and parachain', ['--chain-spec', relaySpec, '--expect-genesis', above],
        forged({}, { genesis: above }), /was not said which relay chain/],
    ] as [string, string[], receipts.ParachainReceipt, RegExp][]) {
      const { code, sentence } = await judged(await Verifier.of(folder, given), receipt, 'forged');
      saw(`${what}: ${code}, ${sentence.slice(0, 160)}`);
      assert.deepEqual([code, words.test(sentence)], [1, true], `${what}: ${code}, ${sentence}`);
    }
    await relay.disconnect();
  });
});
