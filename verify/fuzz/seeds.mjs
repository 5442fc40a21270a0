// Takes the vectors of receipts apart into inputs for the fuzzer: seeds.mjs FOLDER VECTORS...
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...vectors] = process.argv.slice(2);
const bytes = (hex) => Buffer.from(hex.slice(2), 'hex');
const seen = new Set();
const put = (pick, content) => {
  const input = Buffer.concat([Buffer.of(pick), Buffer.from(content)]);
  const key = input.toString('base64');
  if (!seen.has(key)) writeFileSync(join(folder, String(seen.add(key).size)), input);
};
const all = vectors.flatMap((path) => {
  const read = (name) => JSON.parse(readFileSync(join(path, name), 'utf8'));
  const usual = read('usual.json');
  const whole = ({ trail, genesis, ...rest }) =>
    ({ ...rest, trail: trail === 'usual' ? usual.trail : trail, genesis: genesis === 'usual' ? usual.genesis : genesis });
  return readdirSync(path).filter((name) => name !== 'usual.json').map((name) => whole(read(name)));
});
for (const { receipt, checkpoint, record, trail, genesis, relay } of all) {
  if (receipt.format === 'salus-decision') {
    put(11, JSON.stringify(receipt));
    for (const node of receipt.proof) put(9, Buffer.concat([Buffer.of(0x26, 0xaa, 0, 0), bytes(node)]));
    continue;
  }
  put(0, JSON.stringify(receipt));
  put(1, JSON.stringify(trail));
  put(2, JSON.stringify(genesis));
  if (checkpoint) put(3, JSON.stringify(checkpoint));
  put(5, bytes(record));
  const above = receipt.finality.relay;
  for (const { header, justification } of [{ header: receipt.header, ...receipt.finality }, ...(above ? [above] : []), ...trail.handoffs]) {
    put(6, bytes(header));
    if (justification) put(7, bytes(justification));
  }
  for (const node of [...receipt.proof, ...(above?.proof ?? [])]) put(9, Buffer.concat([Buffer.of(0x26, 0xaa, 0, 0), bytes(node)]));
  if (relay?.start) put(10, JSON.stringify(relay.start));
}
put(4, '{"genesis":{"raw":{"top":{"0x01":"0x02","0x0102":"0x03"},"childrenDefault":{"0x01":{"0x02":"0x03"}}}}}');
put(8, Buffer.from('000909090909090909000100000001000000010a', 'hex'));
