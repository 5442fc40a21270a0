/** `salus-receipt` without a node: trees, and everything that is wrong on a command line. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { blake2, MerkleTree, newSalt, toHex, utf8 } from '@salus/types';
import { main } from '../node/receipt.js';

let folder: string;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'salus-receipt-')); });
after(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(argv, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

const commitments = Array.from({ length: 100 }, (_, i) => blake2(utf8(`${i}`)));

test('a tree is built from a list, and paths are printed from it', async () => {
  const [list, path] = [join(folder, 'list'), join(folder, 'list.tree')];
  await writeFile(list, `${commitments.map(toHex).join('\n')}\n`);
  const expected = new MerkleTree(commitments);
  const built = await run('tree', list, '--out', path);
  assert.deepEqual([built.code, built.err], [0, []]);
  assert.deepEqual(JSON.parse(built.out.join()), { root: toHex(expected.root), leaves: 100 });
  const printed = await run('tree', path, '--index', '99');
  assert.deepEqual(JSON.parse(printed.out.join()), {
    root: toHex(expected.root), index: 99, leaves: 100, path: expected.path(99).path.map(toHex),
  });
  const beyond = await run('tree', path, '--index', '100');
  assert.deepEqual([beyond.code, beyond.err], [2, ['error: there is no commitment 100: the tree has 100, from 0']]);
});

test('wrong usage ends with 2 and one line', async () => {
  const record = join(folder, 'record');
  const [salt, bare, wrong] = [join(folder, 'salt.json'), join(folder, 'bare.json'), join(folder, 'wrong.json')];
  await writeFile(record, 'a record');
  await writeFile(salt, JSON.stringify({ salt: toHex(newSalt()), anchor: { org: 1, seq: 2 } }));
  await writeFile(bare, JSON.stringify({ salt: toHex(newSalt()) }));
  await writeFile(wrong, '{"salt":"0x12"}');
  const out = ['--out', join(folder, 'r.json')];
  const cases: [string[], RegExp][] = [
    [[], /no command ""; there are: make, trail, start, tree/],
    [['toString'], /no command/],
    [['make', '--what'], /--what/],
    [['make', '--record', record, '--salt', salt], /--out/],
    [['make', ...out], /nothing to prove/],
    [['make', 'x', ...out], /"x"/],
    [['make', ...out, '--record', record], /1 records and 0 salts/],
    [['make', ...out, '--record', join(folder, 'none'), '--salt', salt], /none cannot be read: ENOENT/],
    [['make', ...out, '--record', record, '--salt', wrong], /wrong.json is no file of a salt/],
    [['make', ...out, '--record', record, '--salt', bare], /where is it anchored/],
    [['make', ...out, '--record', record, '--salt', bare, '--author', '1', '--seq', '-1'], /ambiguous|whole number/],
    [['make', ...out, '--record', record, '--salt', bare, '--author', '1', '--seq', '1.5'], /--seq is a whole number, not "1.5"/],
    ...['01', '+1', ' 1', '1 ', '0x1', '1e0', '1.0', '', '\u0661', '9007199254740992'].flatMap((number): [string[], RegExp][] => [
      [['make', ...out, '--record', record, '--salt', bare, '--author', number, '--seq', '1'], /--author is a whole number/],
      [['make', ...out, '--record', record, '--salt', bare, '--author', '1', '--seq', number], /--seq is a whole number/],
      [['make', ...out, '--record', record, '--salt', salt, '--index', number], /--index is a whole number/],
      [['make', ...out, '--record', record, '--salt', salt, '--at', number], /--at is a whole number/],
      [['make', ...out, '--record', record, '--salt', salt, '--timeout', number], /--timeout is a whole number/],
    ]),
    [['make', ...out, '--record', record, '--salt', salt, '--form', 'Xml'], /no form "Xml"; there are: Bytes, FhirJson/],
    [['make', ...out, '--record', record, '--salt', salt, '--index', '4'], /--tree/],
    [['make', ...out, '--record', record, '--salt', salt, '--record', record, '--salt', bare, '--seq', '1'], /--seq is for one record/],
    [['make', ...out, '--store', folder], /--identity/],
    [['make', ...out, '--store', folder, '--id', 'x', '--identity', record], /no age identity/],
    [['make', ...out, '--record', record, '--salt', salt, '--relay', 'ws://127.0.0.1:9', '--at', '3'], /--at is for chains that make their own blocks final/],
    [['trail'], /one FILE/],
    [['trail', 'x', '--relay', 'ws://127.0.0.1:9', '--ws', 'ws://127.0.0.1:9'], /either --relay or --ws/],
    [['trail', 'x', '--start', join(folder, 'none')], /none cannot be read: ENOENT/],
    [['trail', 'x', '--start', salt, '--chain-spec', salt], /either --chain-spec or --start/],
    [['start'], /one FILE/],
    [['start', 'x', '--start', salt], /start has no option --start/],
    [['trail', 'x', '--seq', '1'], /trail has no option --seq/],
    [['tree', salt], /either --out FILE or --index N/],
    [['tree', join(folder, 'none'), '--index', '1'], /ENOENT/],
  ];
  for (const [argv, words] of cases) {
    const { code, err, out: said } = await run(...argv);
    assert.deepEqual([code, err.length, said.length], [2, 1, 0], `${argv.join(' ')}: ${err.join('|')}`);
    assert.match(err[0] as string, words);
  }
});

test('what is refused ends with 1, and writes nothing', async () => {
  const list = join(folder, 'broken');
  await writeFile(list, 'not a commitment\n');
  const before = await readdir(folder);
  const broken = await run('tree', list, '--out', join(folder, 'never.tree'));
  assert.equal(broken.code, 1);
  assert.match(broken.err.join(), /line 1 is no commitment/);
  const trail = join(folder, 'trail.json');
  await writeFile(trail, '{"format":"something"}');
  const other = await run('trail', trail);
  assert.deepEqual([other.code, other.err], [1, ['error: the trail is malformed: the file has no version']]);
  assert.equal(await readFile(trail, 'utf8'), '{"format":"something"}');
  const start = await run('trail', join(folder, 'never'), '--start', trail);
  assert.deepEqual([start.code, start.err], [1, ['error: the start is malformed: the file has no version']]);
  assert.deepEqual((await readdir(folder)).sort(), [...before, 'trail.json'].sort());
});

test('help is there', async () => {
  for (const argv of [['--help'], ['help'], ['make', '-h']]) {
    const { code, out } = await run(...argv);
    assert.equal(code, 0);
    assert.match(out.join('\n'), /salus-receipt make --out FILE/);
  }
});
