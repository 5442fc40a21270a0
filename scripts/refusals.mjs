// Is every error of our pallets reached by a test of that pallet, does a table of all its calls
// show that wrong origins are refused, and is every message of `try_state` named by a test that
// spoils something?
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

// The pallets of which each message of `try_state` is looked for.
const spoilt = ['research'];
// Every text there is a message, but for those of the log and of constants.
const messages = (text) => {
	const rest = text.replaceAll(/\blog::\w+!\([^;]*;|\bconst [^;]*;/g, '');
	return new Set([...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, message]) => message));
};

let bad = 0;
let errors = 0;
let invariants = 0;
const complain = (line) => {
	console.log(line);
	bad += 1;
};
for (const pallet of readdirSync('pallets')) {
	const folder = join('pallets', pallet, 'src');
	if (!existsSync(folder)) continue;
	const isTest = (file) => file.startsWith(join(folder, 'tests') + '/');
	const own = code(read(sources(folder).filter((file) => !isTest(file) && !file.endsWith('/mock.rs') && !file.startsWith(join(folder, 'mock') + '/'))));
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

	if (!spoilt.includes(pallet)) continue;
	const isTryState = (file) =>
		file === join(folder, 'try_state.rs') || file.startsWith(join(folder, 'try_state') + '/');
	for (const message of messages(code(read(sources(folder).filter(isTryState))))) {
		invariants += 1;
		if (!tests.includes(`"${message}"`)) complain(`${pallet}: no test has try_state say "${message}"`);
	}
}
console.log(`${errors} errors and ${invariants} messages of try_state looked for`);
if (errors === 0) complain('found no error at all: has the form of the pallets changed?');
if (invariants === 0) complain('found no message of try_state: has it another name or place?');
process.exit(bad === 0 ? 0 : 1);
