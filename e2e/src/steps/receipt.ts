import { receipts } from '@salus/receipts';
import { CHAIN, RELAY } from '../chains.js';
import { expect } from '../transcript.js';
import { receiptFor, Verifier } from '../verifier.js';
import type { Patient, World } from '../world.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { LETTER } from './records.js';

/** Years later, somebody with files alone: no node, no account, no network. No verifier where there can be no receipts. */
export async function verifyOffline(world: World, houses: Houses | undefined, patient: Patient): Promise<Verifier | undefined> {
  const { api, out, folder } = world;
  out.chapter('An outsider verifies the discharge letter, with the network off');
  if (CHAIN.lacks.finality) {
    out.skipped('a receipt for the letter, and its verification', CHAIN.lacks.finality);
    return undefined;
  }
  if (!houses) {
    out.skipped('a receipt for the letter, and its verification', NO_GATEWAYS);
    return Verifier.prepare(api, folder);
  }
  const { counter } = houses;
  const { anchor, sealed: { record, salt } } = await counter.receipted(await counter.sign(patient.pair, undefined, LETTER, { purpose: 'Patrqt' }));
  out.saw(`the patient takes the discharge letter home: ${record.length} bytes, number ${anchor.proof.index} of the batch in slot ${anchor.org}/${anchor.seq}`);

  const name = 'discharge letter';
  const receipt = await receiptFor(api, { anchor, salt, record, name });
  const { number } = receipts.decodeHeader(Buffer.from(receipt.header.slice(2), 'hex'));
  const size = JSON.stringify(receipt).length;
  out.saw(`a receipt for it, as of the final block ${number}: ${(size / 1000).toFixed(1)} KB`);
  expect(![patient.handle, patient.pair.address].some((mark) => JSON.stringify(receipt).includes(mark.replace(/^0x/, ''))), 'the receipt names the patient');
  out.saw(`from the consortium: the raw chain specification and the genesis hash; from any node${RELAY ? ' of the relay chain' : ''}: the trail of authority sets`);
  const verifier = await Verifier.prepare(api, folder);

  const receiptFile = await verifier.keep('letter.receipt.json', receipt);
  const genuine = await verifier.verify(receiptFile, await verifier.keep('letter.json', record), name);
  expect(genuine.code === 0, `the letter does not verify (exit code ${genuine.code}): ${genuine.sentence}`);
  out.saw(`the outsider runs salus-verify, ${verifier.how}: exit code 0`);
  out.because(genuine.sentence);

  const flipped = record.slice();
  flipped[100] = (flipped[100] as number) ^ 1;
  const changed = await verifier.verify(receiptFile, await verifier.keep('changed.json', flipped), name);
  expect(changed.code === 1, `a changed letter ends with exit code ${changed.code}: ${changed.sentence}`);
  out.refused('the letter with one flipped bit: exit code 1', changed.sentence);
  return verifier;
}
