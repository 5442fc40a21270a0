/**
 * How the packages of the SDK hang together: each imports what its package.json names and nothing else, only by what others export, and no
 * package and no module imports itself by way of others.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
/** Those of `interfaces` are generated, and import each other. Nothing imports a test. */
const OTHERS = /^(interfaces|tests)\//;
/** Whose interface is in a package of another name. */
const TYPED_BY = { fhir: '@types/fhir' };

const STATEMENT = /^(?:import|export)(\s+type)?\s+(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

/** What a source imports and exports from; `type` if it is gone when it is compiled. */
function importsOf(text) {
  return [...text.matchAll(STATEMENT)].map(([, type, from, dynamic]) => ({ from: from ?? dynamic, type: type !== undefined || dynamic !== undefined }));
}

/** Which modules a source imports or exports from, by their paths below the folder. */
const importsIn = (text, folder) =>
  importsOf(text).filter(({ from }) => /^\..*\.js$/.test(from)).map(({ from }) => join(folder, from.replace(/\.js$/, '.ts')));

/** The first way from a name back to itself. */
function circleIn(graph) {
  const done = new Set();
  const way = [];
  const from = (name) => {
    const at = way.indexOf(name);
    if (at >= 0) return [...way.slice(at), name];
    if (done.has(name)) return undefined;
    way.push(name);
    for (const next of graph.get(name) ?? []) {
      const circle = from(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const circle = from(name);
    if (circle) return circle;
  }
  return undefined;
}

/** The package of a specifier, such as `@salus/types` of `@salus/types/claims`. */
const packageOf = (specifier) => {
  const [first, second] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : TYPED_BY[first] ?? first;
};

/** A package of this repository: its package.json, and its sources by their paths. */
async function packageIn(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const references = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8')).references ?? [];
  const sources = new Map();
  for (const part of ['src', 'scripts', 'bin']) {
    if (!existsSync(join(folder, part))) continue;
    for (const entry of await readdir(join(folder, part), { recursive: true, withFileTypes: true })) {
      const path = relative(folder, join(entry.parentPath, entry.name));
      if (entry.isFile() && /\.(ts|js|mjs)$/.test(path)) sources.set(path, importsOf(readFileSync(join(folder, path), 'utf8')));
    }
  }
  return { manifest, sources, references: references.map(({ path }) => join(folder, path)), folder };
}

/** The packages of the SDK, by their names. `wasm` is a crate. */
async function packages() {
  const all = new Map();
  for (const { name } of await readdir(ROOT, { withFileTypes: true })) {
    if (!existsSync(join(ROOT, name, 'package.json'))) continue;
    const found = await packageIn(join(ROOT, name));
    all.set(found.manifest.name, found);
  }
  return all;
}

/** Whether a source is for tests or for those who change the package alone: what it imports need not be there for others. */
const isOurs = (path) => /^(src\/tests\/|scripts\/)/.test(path);
const dependenciesOf = ({ manifest: { dependencies = {}, devDependencies = {} } }) => ({ ...dependencies, ...devDependencies });

/** What is wrong with what one package imports, and with what it says that it needs. */
function faultsOf({ manifest, sources, references, folder }, all) {
  const faults = [];
  const { name, dependencies = {}, devDependencies = {} } = manifest;
  const used = new Map();
  for (const [path, imports] of sources) {
    for (const { from } of imports) {
      if (from.startsWith('node:')) continue;
      if (from.startsWith('.')) {
        if (/^\.\./.test(normalize(join(dirname(path), from)))) faults.push(`${path} imports ${from}, which is outside of ${name}`);
        continue;
      }
      const of = packageOf(from);
      used.set(of, (used.get(of) ?? true) && isOurs(path));
      if (of === name) faults.push(`${path} imports its own package as ${from}`);
      else if (!(of in dependencies) && !(isOurs(path) && of in devDependencies)) faults.push(`${path} imports ${from}, and ${name} does not name ${of}`);
      const other = all.get(of);
      if (other && !(`.${from.slice(of.length)}` in other.manifest.exports)) faults.push(`${path} imports ${from}, which ${of} does not export`);
    }
  }
  for (const each of Object.keys(dependencies)) if (used.get(each) !== false) faults.push(`${name} names ${each}, which it does not need`);
  for (const each of Object.keys(devDependencies)) if (!used.has(each)) faults.push(`${name} names ${each} for its tests, which it does not need`);
  for (const [each, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${name} takes ${each} as ${version}, which is not one version`);
  }
  const needed = Object.keys(dependenciesOf({ manifest })).flatMap((each) => all.get(each)?.folder ?? []);
  if (JSON.stringify([...needed].sort()) !== JSON.stringify([...references].sort())) faults.push(`${name}: tsconfig.json refers to other packages than package.json names`);
  return faults;
}

/** Of which packages of others a package is when it runs, by the entries that it is imported by. */
function loadedBy(specifier, all) {
  const [loaded, seen] = [new Set(), new Set()];
  const visit = (of, path) => {
    const key = `${of}:${path}`;
    if (seen.has(key)) return;
    seen.add(key);
    const imports = all.get(of).sources.get(path);
    assert.ok(imports, `${of} has no ${path}`);
    for (const { from, type } of imports) {
      if (type || from.startsWith('node:') || from.endsWith('.json')) continue;
      if (from.startsWith('.')) visit(of, join(dirname(path), from.replace(/\.js$/, '.ts')));
      else enter(from);
    }
  };
  const enter = (from) => {
    const other = all.get(packageOf(from));
    if (!other) loaded.add(packageOf(from));
    else visit(packageOf(from), other.manifest.exports[`.${from.slice(packageOf(from).length)}`].default.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts'));
  };
  enter(specifier);
  return loaded;
}

test('no module imports itself by way of others', async () => {
  let count = 0;
  for (const [name, { sources, folder }] of await packages()) {
    const modules = new Map();
    for (const path of sources.keys()) {
      const below = relative('src', path);
      if (!path.startsWith('src/') || OTHERS.test(below)) continue;
      modules.set(below, importsIn(readFileSync(join(folder, path), 'utf8'), dirname(below)).filter((each) => !OTHERS.test(each)));
    }
    count += modules.size;
    for (const [path, imported] of modules) for (const each of imported) assert.ok(modules.has(each), `${name}: ${path} imports ${each}, which is not there`);
    assert.deepEqual(circleIn(modules), undefined, name);
  }
  // All are found, and what they import is among them.
  assert.ok(count > 100, `${count} modules`);
});

test('a circle is found, however long, and in imports of types, over several lines, and of dynamic ones', () => {
  const text = "import { a } from './a.js';\nimport type { B } from '../b.js';\nimport {\n  c,\n} from './sub/c.js';\nexport * from './d.js';\nimport './e.js';\ntype F = import('./f.js').F;\n";
  assert.deepEqual(importsIn(text, 'x'), ['x/a.ts', 'b.ts', 'x/sub/c.ts', 'x/d.ts', 'x/e.ts', 'x/f.ts']);
  assert.deepEqual(circleIn(new Map([['a', ['b', 'c']], ['b', []], ['c', ['d']], ['d', ['c']]])), ['c', 'd', 'c']);
  assert.equal(circleIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]])), undefined);
});

test('each package imports what it names, and names what it imports', async () => {
  const all = await packages();
  for (const name of ['types', 'client', 'fhir', 'exchange', 'receipts', 'governance']) assert.ok(all.has(`@salus/${name}`), name);
  assert.deepEqual([...all.values()].flatMap((each) => faultsOf(each, all)), []);
  // `tsc -b clients` builds each of them.
  const built = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')).references.map(({ path }) => join(ROOT, path));
  assert.deepEqual(built.sort(), [...all.values()].map(({ folder }) => folder).sort());
  // The end-to-end tests take the packages as others do.
  const e2e = await packageIn(join(ROOT, '../e2e'));
  assert.deepEqual(faultsOf(e2e, all).filter((fault) => /(imports|names|takes) @salus\/|tsconfig/.test(fault)), []);
});

test('what a package must not import is found', () => {
  const made = (name, imports, more = {}, path = 'src/a.ts') =>
    ({ manifest: { name, exports: { '.': {}, './part': {} }, ...more }, sources: new Map([[path, importsOf(imports)]]), references: [], folder: `/${name}` });
  const other = made('@salus/other', '');
  const all = new Map([['@salus/other', other]]);
  const faults = (...args) => faultsOf({ ...made('@salus/one', ...args), references: args[2] ?? [] }, all);
  const named = { dependencies: { '@salus/other': '0.1.0' } };
  const check = (imports, more, references, path) => faultsOf({ ...made('@salus/one', imports, more, path), references }, all);
  assert.deepEqual(check("import { a } from '@salus/other/part';\n", named, ['/@salus/other']), []);
  assert.match(check("import { a } from '@salus/other/dist/a.js';\n", named, ['/@salus/other']).join(), /does not export/);
  assert.match(faults("import { a } from '../../other/src/a.js';\n").join(), /outside of @salus\/one/);
  assert.match(faults("import type {\n  A,\n} from 'rxjs';\n").join(), /does not name rxjs/);
  assert.match(faults("import { a } from '@salus/one';\n").join(), /its own package/);
  assert.match(faults('', { dependencies: { rxjs: '7.8.2' } }).join(), /does not need/);
  // What tests alone use is for tests, and what others need is not.
  const forTests = { devDependencies: { rxjs: '7.8.2' } };
  assert.deepEqual(check("import { a } from 'rxjs';\n", forTests, [], 'src/tests/a.test.ts'), []);
  assert.match(check("import { a } from 'rxjs';\n", forTests, []).join(), /does not name rxjs/);
  assert.match(check("import { a } from 'rxjs';\n", { dependencies: { rxjs: '7.8.2' } }, [], 'src/tests/a.test.ts').join(), /does not need/);
  assert.match(check("import { a } from 'rxjs';\n", { dependencies: { rxjs: '^7.8.2' } }, []).join(), /not one version/);
  assert.match(check("import { a } from '@salus/other';\n", named, []).join(), /tsconfig/);
});

test('no package depends on itself by way of others, and types on none', async () => {
  const all = await packages();
  const graph = new Map([...all].map(([name, each]) => [name, Object.keys(dependenciesOf(each)).filter((other) => all.has(other))]));
  assert.deepEqual(circleIn(graph), undefined);
  assert.deepEqual(graph.get('@salus/types'), []);
  assert.deepEqual(graph.get('@salus/fhir'), ['@salus/types']);
});

test('values, FHIR and the rules load nothing that talks to a chain', async () => {
  const all = await packages();
  const chain = /^@polkadot\/(api|rpc|types)|^rxjs$/;
  for (const entry of ['@salus/types', '@salus/types/claims', '@salus/types/scale', '@salus/fhir', '@salus/fhir/claims', '@salus/receipts/rules']) {
    const loaded = [...loadedBy(entry, all)];
    assert.ok(loaded.includes('@polkadot/util-crypto'), `${entry} loads ${loaded.join()}`);
    assert.deepEqual(loaded.filter((each) => chain.test(each)), [], entry);
  }
  // What does is told apart.
  assert.ok([...loadedBy('@salus/client', all)].some((each) => chain.test(each)));
  assert.deepEqual([...loadedBy('@salus/types/errors', all)], []);
});
