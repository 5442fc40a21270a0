/**
 * A researcher's folder: the mailbox with its jobs and the replies to them, the profiles of custodians, salts, and the answers that were believed. Whatever is
 * written appears whole or not at all. It holds salts and queries: nobody else may read it.
 */
import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '@salus/exchange';
import { random, SalusError, toHex, type Hex } from '@salus/types';
import { canonical, Closed, Malformed, readJson } from './closed.js';
import { jobText, MAX_JOB, readJob, type SignedJob } from './job.js';
import { keptText, readKept, type KeptProof } from './proof.js';
import { answerText, MAX_REPLY } from './reply.js';

/** Something about the folder that the caller has to mend. */
export class FolderUnsound extends SalusError {}

const ID = /^0x[0-9a-f]{64}$/;
/** The shortest token of a site, in characters. */
export const MIN_TOKEN = 32;
/** The most jobs of a folder: each page is searched for among all of them. */
const MAX_JOBS = 10_000;

/** A job that was left for a site. */
export interface LeftJob {
  seq: number;
  custodian: number;
  signed: SignedJob;
}

/** An answer that was believed, as it is kept. */
export interface KeptAnswer {
  left: LeftJob;
  reply: string;
  proof: KeptProof;
  profile: Profile;
}

/** A job with what lies there as the reply to it. */
export type RepliedJob = Pick<KeptAnswer, 'left' | 'reply' | 'profile'>;

/** A site's access to the mailbox. */
export interface SiteToken {
  custodian: number;
  datasets: number[];
  token: string;
}

const isThere = async (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file whole, over an earlier one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.${toHex(random(8)).slice(2)}.new`;
  await writeNew(fresh, text);
  await rename(fresh, path);
}

/** Writes a file whole, unless it is there. Whether it was written. */
async function writeOnce(path: string, text: string): Promise<boolean> {
  const fresh = `${path}.${toHex(random(8)).slice(2)}.new`;
  await writeNew(fresh, text);
  try {
    await link(fresh, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

function jobId(id: string): string {
  if (!ID.test(id)) throw new FolderUnsound(`${id} is no id of a job`);
  return id;
}

export class ResearchFolder {
  private constructor(readonly path: string, readonly mailbox: Hex) {}

  /** Opens a folder, and makes one if `make` says so. */
  static async open(path: string, make = false): Promise<ResearchFolder> {
    const name = join(path, 'mailbox.json');
    if (!await isThere(name)) {
      if (!make) throw new FolderUnsound(`${path} is no folder of salus-research: there is no mailbox.json`);
      for (const each of ['jobs', 'replies', 'answers', 'profiles', 'salts']) await mkdir(join(path, each), { recursive: true, mode: 0o700 });
      await chmod(path, 0o700);
      // Who comes second takes what the first one wrote.
      await writeOnce(name, canonical({ mailbox: toHex(random(32)) }));
    }
    const box = new Closed(readJson(await readFile(name), 1_000), 'mailbox.json', ['mailbox']);
    return new ResearchFolder(path, box.hash('mailbox'));
  }

  /** Leaves a job for a custodian. Its number is one that no job had. */
  async leave(custodian: number, signed: SignedJob): Promise<number> {
    const last = (await this.#jobFiles()).at(-1)?.seq ?? 0;
    for (let seq = last + 1; ; seq += 1) {
      if (seq > MAX_JOBS) throw new FolderUnsound(`${this.path} has ${MAX_JOBS} jobs: begin another folder`);
      const name = join(this.path, 'jobs', `${String(seq).padStart(8, '0')}.json`);
      if (await writeOnce(name, canonical({ custodian, signed: JSON.parse(jobText(signed)) as unknown }))) return seq;
    }
  }

  async #jobFiles(): Promise<{ seq: number; name: string }[]> {
    const names = (await readdir(join(this.path, 'jobs'))).filter((name) => /^\d{8}\.json$/.test(name)).sort();
    return names.map((name) => ({ seq: Number(name.slice(0, 8)), name }));
  }

  async #job({ seq, name }: { seq: number; name: string }): Promise<LeftJob> {
    const whole = new Closed(readJson(await readFile(join(this.path, 'jobs', name)), MAX_JOB + 100), name, ['custodian', 'signed']);
    return { seq, custodian: whole.small('custodian'), signed: readJob(canonical(whole.need('signed'))) };
  }

  /** All jobs that were left, by rising number. */
  async *jobs(after = 0): AsyncGenerator<LeftJob> {
    for (const file of await this.#jobFiles()) if (file.seq > after) yield await this.#job(file);
  }

  async jobWith(id: string): Promise<LeftJob | undefined> {
    for await (const left of this.jobs()) if (left.signed.job.id === id) return left;
    return undefined;
  }

  /** Keeps the reply to a job: `kept` also if the same is there, `other` if another one is. It is on the disk then. */
  async keepReply(id: string, text: string): Promise<'kept' | 'other'> {
    const name = join(this.path, 'replies', `${jobId(id)}.jws`);
    if (await writeOnce(name, text)) return 'kept';
    return await readFile(name, 'utf8') === text ? 'kept' : 'other';
  }

  async reply(id: string): Promise<string | undefined> {
    const name = join(this.path, 'replies', `${jobId(id)}.jws`);
    if (!await isThere(name)) return undefined;
    if ((await stat(name)).size > MAX_REPLY) throw new Malformed('document');
    return readFile(name, 'utf8');
  }

  /** Keeps an answer that was believed, with its receipt. */
  async keepAnswer({ left, reply, proof, profile }: KeptAnswer): Promise<string> {
    const folder = join(this.path, 'answers', jobId(left.signed.job.id));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [name, text] of [
      ['job.json', canonical({ custodian: left.custodian, seq: left.seq, signed: JSON.parse(jobText(left.signed)) as unknown })],
      ['query.json', canonical(left.signed.job.query)], ['reply.jws', reply], ['answer.json', answerText(reply)], ['profile.json', JSON.stringify(profile)],
      // Last: what has it is complete.
      ['reservation.json', keptText(proof)],
    ] as const) await writeWhole(join(folder, name), text);
    return folder;
  }

  /** The answer to a job, if it is kept. */
  async kept(id: string): Promise<KeptAnswer | undefined> {
    const folder = join(this.path, 'answers', jobId(id));
    return await isThere(join(folder, 'reservation.json')) ? readAnswer(folder) : undefined;
  }

  /** The answers that are kept, by the number of their job. */
  async answers(): Promise<KeptAnswer[]> {
    const kept: KeptAnswer[] = [];
    for (const id of (await readdir(join(this.path, 'answers'))).filter((name) => ID.test(name))) {
      const folder = join(this.path, 'answers', id);
      if (!await isThere(join(folder, 'reservation.json'))) continue;
      kept.push(await readAnswer(folder));
    }
    return kept.sort((a, b) => a.left.seq - b.left.seq);
  }

  /** All replies that are here, believed or not, by the number of their job; each with the profile that was kept with it, or with the custodian's as it was handed over. */
  async replies(): Promise<RepliedJob[]> {
    const kept = new Map((await this.answers()).map((each) => [each.left.signed.job.id, each]));
    const replied: RepliedJob[] = [...kept.values()];
    for await (const left of this.jobs()) {
      const { id } = left.signed.job;
      // What is too large to be read is told as a reply that cannot be read.
      const reply = await this.reply(id).catch((error: unknown) => { if (error instanceof Malformed) return ''; throw error; });
      if (reply === undefined || kept.get(id)?.reply === reply) continue;
      replied.push({ left, reply, profile: await this.profile(left.custodian) });
    }
    return replied.sort((a, b) => a.left.seq - b.left.seq);
  }

  /** The profile of a custodian, as it was handed over. */
  async profile(custodian: number): Promise<Profile> {
    const name = join(this.path, 'profiles', `${custodian}.json`);
    const text = await readFile(name, 'utf8').catch(() => {
      throw new FolderUnsound(`the profile of organisation ${custodian} is missing: put what it has handed over into ${name}`);
    });
    return profileFrom(text, name);
  }

  /** The tokens of sites, from a file that nobody else can read. */
  async tokens(): Promise<SiteToken[]> {
    const name = join(this.path, 'tokens.json');
    const found = await stat(name).catch(() => undefined);
    if (!found) throw new FolderUnsound(`${name} is missing: a list of {"custodian", "datasets", "token"}, a token of ${MIN_TOKEN} characters or more for each site`);
    if ((found.mode & 0o077) !== 0) throw new FolderUnsound(`others can read ${name}: take its rights away with chmod 600, and give the sites other tokens`);
    return tokensFrom(await readFile(name), name);
  }

  /** Keeps the salt of a commitment, before the commitment is sent: without it nobody can open that again. */
  async keepSalt(name: string, value: Record<string, unknown>): Promise<string> {
    const path = join(this.path, 'salts', `${name}.json`);
    await writeWhole(path, JSON.stringify(value));
    return path;
  }
}

/** A kept answer from its folder. */
export async function readAnswer(folder: string): Promise<KeptAnswer> {
  const job = new Closed(readJson(await readFile(join(folder, 'job.json')), MAX_JOB + 100), 'job.json', ['custodian', 'seq', 'signed']);
  return {
    left: { custodian: job.small('custodian'), seq: job.whole('seq'), signed: readJob(canonical(job.need('signed'))) },
    reply: await readFile(join(folder, 'reply.jws'), 'utf8'),
    proof: readKept(await readFile(join(folder, 'reservation.json'))),
    profile: profileFrom(await readFile(join(folder, 'profile.json'), 'utf8'), join(folder, 'profile.json')),
  };
}

/** A profile as organisations hand it over, with their number or without. */
export function profileFrom(text: string, name: string): Profile {
  try {
    const { organisation: _, ...profile } = JSON.parse(text) as Profile & { organisation?: number };
    if (typeof profile.name === 'string' && ID.test(profile.salt) && (profile.keys === undefined || Array.isArray(profile.keys))) return profile;
  } catch { /* said below */ }
  throw new FolderUnsound(`${name} is no profile of an organisation`);
}

function tokensFrom(bytes: Uint8Array, name: string): SiteToken[] {
  const list = readJson(bytes, 1 << 20);
  if (!Array.isArray(list)) throw new Malformed(name);
  const tokens = list.map((value): SiteToken => {
    const each = new Closed(value, name, ['custodian', 'datasets', 'token']);
    const datasets = each.list('datasets');
    if (!datasets.every((id): id is number => Number.isSafeInteger(id))) throw new Malformed('datasets');
    return { custodian: each.small('custodian'), datasets, token: each.text('token', /^[\x21-\x7e]{32,512}$/) };
  });
  if (new Set(tokens.map(({ token }) => token)).size < tokens.length) throw new FolderUnsound(`${name} has one token twice: each site has one of its own`);
  return tokens;
}
