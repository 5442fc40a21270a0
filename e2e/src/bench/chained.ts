/**
 * How many records a second a table of PostgreSQL takes whose rows are chained by hashes: each row has the hash of the row before it and of its own
 * content, so that none can be changed without all that follow it. Such a chain has one writer, since each hash needs the one before it.
 *
 * The server is that of scripts/database.sh, with the settings that it comes with. The client is `pgbench`, which comes with it too. The content of a row is
 * what a leaf of a batch is: the commitment of a record.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { run } from '../node.js';
import { until } from '../wait.js';

/** For how long each number of rows is written, in seconds. */
const SECONDS = 15;
/** How many bytes a commitment has, and a hash. */
const BYTES = 32;
/** What the client hands in, again and again: so many transactions of so many rows. */
const LOADS = [{ rows: 1, transactions: 100 }, { rows: 1000, transactions: 16 }] as const;
/** What each transaction must have made durable before it is answered: one flush of the log. The server counts what it has done with some delay. */
const FLUSHES = 0.99;

export interface Written {
  /** In one transaction. */
  rows: number;
  transactions: number;
  /** Rows. */
  perSecond: number;
  /** How often the log was flushed to the disk for each transaction. */
  flushes: number;
}

export interface Chained {
  version: string;
  /** The device of the server's folder, and its file system. */
  disk: string;
  written: Written[];
  /** How many rows the chain had in the end, all of them verified. */
  verified: number;
}

/** Why it could not be measured here. */
export interface Missing {
  missing: string;
}

interface Server {
  url: string;
  /** The folder of its programs. */
  programs: string;
  stop: () => Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('../../../scripts/database.sh', import.meta.url));
/** How the script ends where there is no PostgreSQL. */
const NOT_THERE = 69;

/** Starts a server, in the folder for temporary files: the nodes of the bench have their chains there too. */
async function serve(): Promise<Server | Missing> {
  // It ends with its input, and so with this program, however that ends.
  const command = 'printf "%s\\n" "$SALUS_TEST_DATABASE" "$SALUS_TEST_DATABASE_PROGRAMS"; exec cat';
  const child = spawn(SCRIPT, ['bash', '-c', command], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: tmpdir() } });
  const lines: string[] = [];
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { complaint = (complaint + text).slice(-2_000); });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => { if (lines.push(line) === 2) resolve(); });
  });
  const code = await Promise.race([ready, ended]);
  const [url, programs] = lines;
  if (url === undefined || programs === undefined) {
    if (code === NOT_THERE) return { missing: complaint.trim().replace(/^error: /, '') };
    throw new Error(`PostgreSQL was not started:\n${complaint}`);
  }
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  return { url, programs, stop };
}

const QUIET = ['--quiet', '--no-psqlrc', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1'];

async function said(program: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, args);
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${stderr.slice(-2_000)}`);
  return stdout.trim();
}

const psql = ({ url, programs }: Server, sql: string): Promise<string> => said(join(programs, 'psql'), [...QUIET, `--dbname=${url}`, `--command=${sql}`]);

/** Before the first row. */
const NO_HASH = '00'.repeat(BYTES);

/**
 * The table, and the function that appends rows: the contents come one after the other. Two writers would both follow the same row: the second one's row has a
 * place then that is taken, and its transaction fails.
 */
const TABLE = `
CREATE TABLE chained (place bigint PRIMARY KEY, content bytea NOT NULL, hash bytea NOT NULL);
INSERT INTO chained VALUES (0, '', '\\x${NO_HASH}');
CREATE FUNCTION append(contents bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
  link bytea;
  links bytea[] := '{}';
BEGIN
  SELECT place, hash INTO last, link FROM chained ORDER BY place DESC LIMIT 1;
  FOR nth IN 0 .. length(contents) / ${BYTES} - 1 LOOP
    link := sha256(link || substring(contents FROM nth * ${BYTES} + 1 FOR ${BYTES}));
    links := links || link;
  END LOOP;
  INSERT INTO chained
    SELECT last + nth, substring(contents FROM (nth::int - 1) * ${BYTES} + 1 FOR ${BYTES}), hash FROM unnest(links) WITH ORDINALITY AS made (hash, nth);
END $$`;

/** The server's version as a number and in words, if what it answers to a client is on the disk by then. */
async function durable(server: Server): Promise<{ number: number; version: string }> {
  const names = ['server_version_num', 'server_version', 'fsync', 'synchronous_commit', 'full_page_writes'];
  const [number, version, ...settings] = (await psql(server, `SELECT concat_ws('|', ${names.map((name) => `current_setting('${name}')`).join(', ')})`)).split('|');
  if (settings.length !== 3 || settings.some((value) => value !== 'on')) throw new Error(`${names.slice(2).join(', ')} are ${settings.join(', ')}`);
  // After the first word comes whose package it is.
  return { number: Number(number), version: version?.split(' ')[0] ?? '' };
}

/** How often the server has flushed its log. */
const flushesOf = async (server: Server, version: number): Promise<number> =>
  Number(await psql(server, version < 180_000 ? 'SELECT wal_sync FROM pg_stat_wal' : "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'"));

/** Appends what one load has, again and again, by one client. */
async function write(server: Server, version: number, folder: string, contents: readonly string[], { rows, transactions }: (typeof LOADS)[number]): Promise<Written> {
  const file = join(folder, 'load.sql');
  // Each statement is a transaction. What pgbench calls one is all of the file.
  const statements = Array.from({ length: transactions }, (_, nth) => `SELECT append('\\x${contents.slice(nth * rows, (nth + 1) * rows).join('')}');\n`);
  await writeFile(file, statements.join(''));
  const before = await flushesOf(server, version);
  const told = await said(join(server.programs, 'pgbench'), ['--no-vacuum', '--client=1', '--jobs=1', `--time=${SECONDS}`, `--file=${file}`, server.url]);
  const number = (pattern: RegExp): number => {
    const [, digits] = pattern.exec(told) ?? [];
    if (digits === undefined) throw new Error(`pgbench says neither how many it made nor how fast:\n${told}`);
    return Number(digits);
  };
  const made = number(/^number of transactions actually processed: (\d+)/m) * transactions;
  const perSecond = number(/^tps = ([\d.]+)/m) * transactions * rows;
  const flushes = await until('the log was flushed for each transaction', async () => {
    const each = (await flushesOf(server, version) - before) / made;
    return each >= FLUSHES && each;
  }, { limit: 30 });
  return { rows, transactions: made, perSecond, flushes };
}

/**
 * Reads the chain and reckons every hash again: how many rows hold, and whether another one follows that does not. A row holds that is the next one, has its
 * content and the hash of it and of the row before.
 */
async function verify({ url, programs }: Server, contentOf?: (place: number) => string | undefined): Promise<{ held: number; broken: boolean }> {
  const rows = "COPY (SELECT place, encode(content, 'hex'), encode(hash, 'hex') FROM chained WHERE place > 0 ORDER BY place) TO STDOUT";
  const child = spawn(join(programs, 'psql'), [...QUIET, `--dbname=${url}`, `--command=${rows}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { complaint += text; });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let [held, before, rest, broken] = [0, NO_HASH, '', false];
  const holds = (line: string): boolean => {
    const [place, content = '', hash = ''] = line.split('\t');
    const due = createHash('sha256').update(before + content, 'hex').digest('hex');
    if (Number(place) !== held + 1 || hash !== due || (contentOf && content !== contentOf(held + 1))) return false;
    [held, before] = [held + 1, hash];
    return true;
  };
  for await (const text of child.stdout.setEncoding('latin1') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    broken = !lines.every(holds);
    // What comes after it is not read.
    if (broken) break;
  }
  if (broken) child.kill();
  const code = await ended;
  if (code !== 0 && !broken) throw new Error(`the chain was not read: psql ended with ${code}:\n${complaint}`);
  return { held, broken };
}

/** Gives a row another content, and the hash that fits: the row after it must not hold then. Otherwise nothing was chained, or nothing is verified. */
async function changed(server: Server, place: number): Promise<void> {
  const other = `decode(repeat('ff', ${BYTES}), 'hex')`;
  await psql(server, `UPDATE chained SET content = ${other}, hash = sha256((SELECT hash FROM chained WHERE place = ${place - 1}) || ${other}) WHERE place = ${place}`);
  const { held, broken } = await verify(server);
  if (!broken || held !== place) throw new Error(`row ${place} was changed, and of the chain ${held} rows hold${broken ? '' : ', which are all'}`);
}

async function measured(server: Server, disk: string, folder: string): Promise<Chained> {
  const { number, version } = await durable(server);
  await psql(server, TABLE);
  const most = Math.max(...LOADS.map(({ rows, transactions }) => rows * transactions));
  const contents = Array.from({ length: most }, () => randomBytes(BYTES).toString('hex'));
  const written: Written[] = [];
  for (const load of LOADS) written.push(await write(server, number, folder, contents, load));
  // What each row must have, in the order in which it was handed in.
  const due = written.flatMap(({ rows, transactions }, nth) => {
    const loaded = rows * (LOADS[nth] as (typeof LOADS)[number]).transactions;
    return Array.from({ length: rows * transactions }, (_, at) => contents[at % loaded] as string);
  });
  const { held, broken } = await verify(server, (place) => due[place - 1]);
  if (broken) throw new Error(`the chain is broken after ${held} rows of ${due.length}`);
  if (held !== due.length) throw new Error(`the chain has ${held} rows, and ${due.length} were written`);
  await changed(server, Math.ceil(held / 2));
  return { version, disk, written, verified: held };
}

/** Measures it, where there is a PostgreSQL and a disk. */
export async function chained(): Promise<Chained | Missing> {
  const [device, kind] = (await said('df', ['--output=source,fstype', tmpdir()])).split('\n').at(-1)?.split(/\s+/) ?? [];
  if (kind === 'tmpfs' || kind === 'ramfs') return { missing: `${tmpdir()} is in memory: name a folder on a disk in TMPDIR` };
  const folder = await mkdtemp(join(tmpdir(), 'salus-chained-'));
  try {
    const server = await serve();
    if ('missing' in server) return server;
    try {
      return await measured(server, `${device}, ${kind}`, folder);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
