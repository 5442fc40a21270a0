/** No module of the SDK imports itself by way of others: neither what it does, nor what it calls things. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../src', import.meta.url));
/** Those of `interfaces` are generated, and import each other. Nothing imports a test. */
const OTHERS = /^(interfaces|tests)\//;

/** Which modules a source imports or exports from, by their paths below the folder. */
const importsIn = (text: string, folder: string): string[] =>
  [...text.matchAll(/^(?:import|export|\}) .*?from '(\.[^']+)\.js'|^import '(\.[^']+)\.js'|\bimport\('(\.[^']+)\.js'\)/gm)]
    .map(([, from, alone, typed]) => `${join(folder, (from ?? alone ?? typed) as string)}.ts`);

/** The first way from a module back to itself. */
function circleIn(modules: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const from = (name: string): string[] | undefined => {
    const at = way.indexOf(name);
    if (at >= 0) return [...way.slice(at), name];
    if (done.has(name)) return undefined;
    way.push(name);
    for (const next of modules.get(name) ?? []) {
      const circle = from(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(name);
    return undefined;
  };
  for (const name of modules.keys()) {
    const circle = from(name);
    if (circle) return circle;
  }
  return undefined;
}

test('no module imports itself by way of others', async () => {
  const modules = new Map<string, string[]>();
  for (const entry of await readdir(ROOT, { recursive: true, withFileTypes: true })) {
    const path = relative(ROOT, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !path.endsWith('.ts') || OTHERS.test(path)) continue;
    modules.set(path, importsIn(await readFile(join(ROOT, path), 'utf8'), dirname(path)).filter((each) => !OTHERS.test(each)));
  }
  // All are found, and what they import is among them.
  assert.ok(modules.size > 100, `${modules.size} modules`);
  for (const [path, imported] of modules) for (const each of imported) assert.ok(modules.has(each), `${path} imports ${each}, which is not there`);
  assert.deepEqual(circleIn(modules), undefined);
});

test('a circle is found, however long, and in imports of types, over several lines, and of dynamic ones', () => {
  const text = "import { a } from './a.js';\nimport type { B } from '../b.js';\nimport {\n  c,\n} from './sub/c.js';\nexport * from './d.js';\nimport './e.js';\ntype F = import('./f.js').F;\n";
  assert.deepEqual(importsIn(text, 'x'), ['x/a.ts', 'b.ts', 'x/sub/c.ts', 'x/d.ts', 'x/e.ts', 'x/f.ts']);
  assert.deepEqual(circleIn(new Map([['a', ['b', 'c']], ['b', []], ['c', ['d']], ['d', ['c']]])), ['c', 'd', 'c']);
  assert.equal(circleIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]])), undefined);
});
