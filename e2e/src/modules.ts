/**
 * The SDK and its packages for a browser, module by module, as a bundler would pick them: a page imports
 * `/module/clients/receipts/dist/rules/index.js`, and what that imports by the name of a package is found as Node.js finds it, for browsers.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';

/** Where modules are served. */
export const MODULES = '/module/';

/** Which of a package's files, if it has several of the same. */
const CONDITIONS = ['browser', 'module', 'import', 'default'];
/** What a module imports or exports from, at the beginning of a line; both groups around it stay. */
const IMPORT = /^((?:import|export|\})[^'"\n]*?from\s*['"]|import\s*['"])([^'"]+)(['"])/gm;

type Exports = string | { [key: string]: Exports } | null | undefined;

function chosen(exports: Exports): string | undefined {
  if (typeof exports === 'string') return exports;
  for (const [key, value] of Object.entries(exports ?? {})) {
    const found = CONDITIONS.includes(key) ? chosen(value) : undefined;
    if (found) return found;
  }
  return undefined;
}

interface Manifest {
  exports?: { [path: string]: Exports };
  module?: string;
  main?: string;
  type?: string;
}

const manifestOf = async (folder: string): Promise<Manifest> => JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

/** The file that `specifier` means in `from`. */
async function fileOf(specifier: string, from: string): Promise<string> {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) as unknown as [string, string, string];
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) {
      const { exports, module, main } = await manifestOf(place);
      const file = exports ? chosen(exports[`.${rest}`]) : rest || (module ?? main);
      if (file) return join(place, file);
      throw new Error(`${specifier} of ${from} has nothing for browsers`);
    }
    if (folder === dirname(folder)) throw new Error(`${specifier} of ${from} is not installed`);
  }
}

/** Whether a file is a module of CommonJS, which no browser loads as it is. */
async function isCommon(file: string): Promise<boolean> {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const { type, module } = await manifestOf(folder);
  return type !== 'module' && !(module && file.endsWith(normalize(module)));
}

/** The text of a module by its path behind {@link MODULES}, with paths for packages' names; `undefined` if there is none. */
export async function moduleAt(root: string, path: string): Promise<string | undefined> {
  const file = normalize(join(root, path));
  const within = /^(clients\/[a-z]+\/dist|node_modules)\//.test(relative(root, file));
  if (!within || !file.endsWith('.js') || !existsSync(file)) return undefined;
  const text = await readFile(file, 'utf8');
  if (await isCommon(file)) {
    const names = new Set([...text.matchAll(/^exports\.(\w+) = /gm)].map(([, name]) => name).filter((name) => name !== 'default'));
    const named = [...names].map((name) => `export const ${name} = module.exports.${name};\n`).join('');
    return `const module = { exports: {} };\n(function (module, exports) {\n${text}\n})(module, module.exports);\nexport default module.exports;\n${named}`;
  }
  const paths = new Map<string, string>();
  for (const [, , specifier] of text.matchAll(IMPORT) as Iterable<[string, string, string]>) {
    if (!specifier.startsWith('.')) paths.set(specifier, MODULES + relative(root, await fileOf(specifier, file)));
  }
  return text.replace(IMPORT, (_, before: string, specifier: string, after: string) => before + (paths.get(specifier) ?? specifier) + after);
}
