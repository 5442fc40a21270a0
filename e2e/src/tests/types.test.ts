import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs } from '../chains.js';
import { chain, run } from '../node.js';

test('the SDK\'s generated types are those of the running chain', needs('generated types'), async (t) => {
  const { endpoint, stop } = await chain();
  t.after(stop);
  const script = fileURLToPath(new URL('../../../clients/types/scripts/generate.mjs', import.meta.url));
  const { code, stderr } = await run(process.execPath, [script, endpoint, '--check']);
  assert.equal(code, 0, stderr);
});
