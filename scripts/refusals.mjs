// Is every error of our pallets reached by a test of that pallet, and does a table of all its calls
// show that wrong origins are refused?
// usage: node scripts/refusals.mjs   (from the root of the repository)
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = (folder) =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const read = (files) => files.map((file) => readFileSync(file, 'utf8')).join('\n');
// Comments name errors too.
const code = (text) => text.replaceAll(/\/\/.*$/gm, '');

let bad = 0;
let errors = 0;
const complain = (line) => {
	console.log(line);
	bad += 1;
};
for (const pallet of readdirSync('pallets')) {
	const folder = join('pallets', pallet, 'src');
	if (!existsSync(folder)) continue;
	const isTest = (file) => file.startsWith(join(folder, 'tests') + '/');
	const own = code(read(sources(folder).filter((file) => !isTest(file) && !file.endsWith('/mock.rs'))));
	const tests = code(read(sources(folder).filter(isTest)));

	const body = own.match(/#\[pallet::error\]\s*pub enum Error<T> \{([^}]*)\}/)?.[1] ?? '';
	for (const [, variant] of body.matchAll(/^\s*([A-Z]\w*)\b/gm)) {
		errors += 1;
		if (!new RegExp(`\\b(?:Pallet)?Error(::<Test>)?::${variant}\\b`).test(tests)) {
			complain(`${pallet}: no test reaches the error ${variant}`);
		}
	}
	if (/#\[pallet::call\]/.test(own) && !/get_call_names\(\)/.test(tests)) {
		complain(`${pallet}: no table of all calls (one that compares with get_call_names()) tests their origins`);
	}
}
console.log(`${errors} errors looked for`);
if (errors === 0) complain('found no error at all: has the form of the pallets changed?');
process.exit(bad === 0 ? 0 : 1);
