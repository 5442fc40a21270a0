// Is every pallet of ours on every list that a test or a gate goes by, and does each weight have a benchmark?
// usage: node scripts/pallets.mjs   (from the root of the repository)
//
// A list that names pallets is complete until somebody adds a pallet. Then the test that goes by it passes, and does not
// look at the new one. So each list stands here, with the pallets that are not on it and why.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NO_PATIENTS = 'it knows no patients, and nothing that concerns one goes into it';
const camel = (name) => name.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
const lower = (name) => camel(name)[0].toLowerCase() + camel(name).slice(1);
const quoted = (text) => [...text.matchAll(/["']([\w-]+)["']/g)].map(([, word]) => word);
const words = (text) => text.split(/[\s,]+/).filter((word) => word !== '');

/** Where a list is, what it is in the file, how it names a pallet, and which it leaves out. */
const LISTS = [
	{
		file: 'runtime/testing/clocks.rs', found: /const OURS: [^=]*= \[([^\]]*)\]/, named: camel, read: quoted, without: {},
	},
	{
		file: 'runtime/testing/privacy.rs', found: /const HEALTH: [^=]*=\s*\[([^\]]*)\]/, named: camel, read: quoted,
		without: { 'validator-set': NO_PATIENTS, enactment: NO_PATIENTS },
	},
	{
		file: 'runtime/testing/policies.rs', found: /const PALLETS: [^=]*= \[(.*?)\];/s, named: camel, read: quoted,
		without: { sponsorship: 'it has no calls' },
	},
	{
		file: 'runtime/parachain/tests/shared/proof_sizes.rs', found: /const OURS: [^=]*= \[(.*?)\];/s, named: camel, read: quoted,
		without: { sponsorship: 'it has no calls' },
	},
	{
		file: 'runtime/common/tests/dependencies.rs', found: /const HEALTH: [^=]*= \[([^\]]*)\]/, named: (name) => `pallet-${name}`, read: quoted,
		without: {
			'validator-set': 'it is about who makes blocks', enactment: 'it is about the runtime as a whole',
			sponsorship: 'it is about fees, which every chain has in its own way',
		},
	},
	{
		file: 'scripts/test.sh', found: /find pallets\/\{([^}]*)\}\/src/, named: (name) => name, read: words,
		without: { 'validator-set': NO_PATIENTS, enactment: NO_PATIENTS },
	},
	{
		file: 'clients/exchange/src/tests/calls.test.ts', found: /const PALLETS = \[([^\]]*)\]/, named: lower, read: quoted,
		without: {
			'validator-set': 'governance makes its calls: governance/', enactment: 'governance makes its calls: governance/',
			sponsorship: 'it has no calls',
			research: 'its calls are those of clients/research, whose test goes by the pallet\'s own source: clients/research/src/tests/chain.test.ts',
		},
	},
	{
		// Those whose tests stop at an overflow, and at a `defensive!` that is reached.
		file: 'Cargo.toml', found: /^(.*)$/s, named: (name) => `pallet-${name}`,
		read: (text) => [...text.matchAll(/\[profile\.dev\.package\.([\w-]+)\]\nopt-level = \d\ndebug-assertions = true\noverflow-checks = true\n/g)].map(([, name]) => name),
		without: {},
	},
	{
		file: 'e2e/src/tests/metadata.test.ts', found: /const PALLETS = \[([^\]]*)\]/, named: lower, read: quoted,
		without: {},
	},
];

let bad = 0;
const complain = (line) => {
	console.log(line);
	bad += 1;
};
const pallets = readdirSync('pallets').filter((name) => {
	const lib = join('pallets', name, 'src/lib.rs');
	return existsSync(lib) && readFileSync(lib, 'utf8').includes('#[pallet::pallet]');
});
if (pallets.length < 8) complain(`found only these pallets: ${pallets.join(', ')}; has their form changed?`);

for (const { file, found, named, read, without } of LISTS) {
	const body = found.exec(readFileSync(file, 'utf8'))?.[1];
	if (body === undefined) {
		complain(`${file}: the list is not there any more; say in scripts/pallets.mjs where it went`);
		continue;
	}
	const listed = read(body);
	for (const name of pallets) {
		const there = listed.includes(named(name));
		if (!there && !(name in without)) complain(`${file}: its list lacks ${named(name)}; add it, or say in scripts/pallets.mjs why not`);
		if (there && name in without) complain(`${file}: ${named(name)} is on its list; take it off those that are not, in scripts/pallets.mjs`);
	}
	for (const name of Object.keys(without)) if (!pallets.includes(name)) complain(`scripts/pallets.mjs: there is no pallet ${name}`);
}

let weights = 0;
for (const name of pallets) {
	const file = join('pallets', name, 'src/weights.rs');
	if (!existsSync(file)) {
		complain(`${file} is missing`);
		continue;
	}
	const benchmarks = readFileSync(join('pallets', name, 'src/benchmarking.rs'), 'utf8');
	const trait = /pub trait WeightInfo \{(.*?)^\}/ms.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
	for (const [, weight] of trait.matchAll(/fn (\w+)\(/g)) {
		weights += 1;
		if (!new RegExp(`\\bfn ${weight}\\(`).test(benchmarks)) complain(`${file}: no benchmark measures ${weight}`);
	}
}
if (weights === 0) complain('found no weight at all: has the form of weights.rs changed?');
console.log(`${pallets.length} pallets on ${LISTS.length} lists, ${weights} weights looked for`);
process.exit(bad === 0 ? 0 : 1);
