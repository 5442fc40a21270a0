// Are the licences of all packages in the lock file among those that deny.toml allows?
// usage: node scripts/licences.mjs deny.toml metadata.json   (of `cargo metadata --format-version 1`)
import { readFileSync } from 'node:fs';

const [config, metadata] = process.argv.slice(2);
const toml = readFileSync(config, 'utf8');
const strings = (text) => [...text.replaceAll(/#.*$/gm, '').matchAll(/"([^"]*)"/g)].map((m) => m[1]);
const list = (name) => strings(toml.match(new RegExp(`^${name} = \\[([^\\]]*)\\]`, 'm'))?.[1] ?? '');

const allowed = new Set(list('allow'));
const exceptions = new Map(
	[...toml.matchAll(/\{ crate = "([^"]+)", allow = \[([^\]]*)\]/g)].map((m) => [m[1], new Set(strings(m[2]))]),
);
const clarified = new Map(
	[...toml.matchAll(/\[\[licenses\.clarify\]\]\s*crate = "([^"]+)"\s*expression = "([^"]+)"/g)].map((m) => [m[1], m[2]]),
);
if (allowed.size === 0) throw new Error(`found no allowed licences in ${config}`);

// An SPDX expression: AND binds tighter than OR, "/" is an old way to write OR.
function accepted(expression, ok) {
	const tokens = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g);
	const term = () => {
		if (tokens[0] === '(') {
			tokens.shift();
			const value = any();
			tokens.shift();
			return value;
		}
		let name = tokens.shift();
		if (tokens[0] === 'WITH') name += ` ${tokens.shift()} ${tokens.shift()}`;
		return ok(name);
	};
	const all = () => {
		let value = term();
		while (tokens[0] === 'AND') {
			tokens.shift();
			value = term() && value;
		}
		return value;
	};
	const any = () => {
		let value = all();
		while (tokens[0] === 'OR') {
			tokens.shift();
			value = all() || value;
		}
		return value;
	};
	return any();
}

let bad = 0;
const { packages } = JSON.parse(readFileSync(metadata, 'utf8'));
for (const { name, version, license } of packages) {
	const expression = license ?? clarified.get(name);
	const ok = (id) => allowed.has(id) || exceptions.get(name)?.has(id);
	if (!expression || !accepted(expression, ok)) {
		console.log(`${name} ${version}: ${expression ?? 'no licence named'}`);
		bad += 1;
	}
}
console.log(`${packages.length} packages, ${bad} with a licence that deny.toml does not allow`);
process.exit(bad === 0 ? 0 : 1);
