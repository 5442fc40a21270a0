// Takes the vectors of receipts apart into inputs for the fuzzer: seeds.mjs VECTORS FOLDER
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [vectors, folder] = process.argv.slice(2);
const bytes = (hex) => Buffer.from(hex.slice(2), 'hex');
const seen = new Set();
const put = (pick, content) => {
  const input = Buffer.concat([Buffer.of(pick), Buffer.from(content)]);
  const key = input.toString('base64');
  if (!seen.has(key)) writeFileSync(join(folder, String(seen.add(key).size)), input);
};
const read = (name) => JSON.parse(readFileSync(join(vectors, name), 'utf8'));
const usual = read('usual.json');
for (const name of readdirSync(vectors)) {
  if (name === 'usual.json') continue;
  const { receipt, checkpoint, record, ...rest } = read(name);
  const trail = rest.trail === 'usual' ? usual.trail : rest.trail;
  const genesis = rest.genesis === 'usual' ? usual.genesis : rest.genesis;
  put(0, JSON.stringify(receipt));
  put(1, JSON.stringify(trail));
  put(2, JSON.stringify(genesis));
  if (checkpoint) put(3, JSON.stringify(checkpoint));
  put(5, bytes(record));
  for (const { header, justification } of [{ header: receipt.header, ...receipt.finality }, ...trail.handoffs]) {
    put(6, bytes(header));
    put(7, bytes(justification));
  }
  for (const node of receipt.proof) put(9, Buffer.concat([Buffer.of(0x26, 0xaa, 0, 0), bytes(node)]));
}
put(4, '{"genesis":{"raw":{"top":{"0x01":"0x02","0x0102":"0x03"},"childrenDefault":{"0x01":{"0x02":"0x03"}}}}}');
put(8, Buffer.from('000909090909090909000100000001000000010a', 'hex'));
