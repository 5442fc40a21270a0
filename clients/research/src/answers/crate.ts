/**
 * Answers with their receipts as a research object: a folder with `ro-crate-metadata.json` by RO-Crate 1.1. It shows queries and salts to whoever gets it, since
 * without them nobody could verify the answers.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256AsU8a } from '@polkadot/util-crypto';
import { SalusError, utf8 } from '@salus/types';
import { epsilon } from '../words.js';
import { canonical } from './closed.js';
import type { KeptAnswer } from './folder.js';
import { jobText } from './job.js';
import { isReceipt, keptText } from './proof.js';
import { answerText, readReply } from './reply.js';
import { countInWords } from './words.js';

export const CRATE_CONTEXT = 'https://w3id.org/ro/crate/1.1/context';
export const CRATE_PROFILE = 'https://w3id.org/ro/crate/1.1';
export const CRATE_METADATA = 'ro-crate-metadata.json';

/** What a crate says of itself. */
export interface CrateAbout {
  name: string;
  description: string;
  /** The licence of what is in it: an address. */
  license: string;
  /** When it is made, in milliseconds since 1970. */
  now: number;
}

type Entity = Record<string, unknown> & { '@id': string; '@type': string | string[] };
const ref = (id: string) => ({ '@id': id });

interface Packed {
  path: string;
  text: string;
  entity: Entity;
}

function file(path: string, text: string, name: string, encodingFormat: string, more: Record<string, unknown> = {}): Packed {
  const bytes = utf8(text);
  // RFC 6920: the name of a digest.
  const identifier = `ni:///sha-256;${Buffer.from(sha256AsU8a(bytes)).toString('base64url')}`;
  return { path, text, entity: { '@id': path, '@type': 'File', name, encodingFormat, contentSize: String(bytes.length), identifier, ...more } };
}

/** The files and the metadata of a crate. Pure, so that what is written can be checked. */
export function crateOf(kept: readonly KeptAnswer[], about: CrateAbout): { files: { path: string; text: string }[]; metadata: { '@context': string; '@graph': Entity[] } } {
  if (kept.length === 0) throw new SalusError('there is no answer to be packed');
  const graph: Entity[] = [];
  const files: Packed[] = [];
  const custodians = new Map<number, Entity>();
  const permits = new Map<number, Entity>();
  const folders: Entity[] = kept.map(({ left, reply, proof, profile }) => {
    const { job } = left.signed;
    const { says } = readReply(reply).reply;
    if (!('answer' in says)) throw new SalusError(`the reply to job ${job.id} is no answer`);
    const { count } = says.answer;
    const folder = `answers/${job.id}/`;
    const organisation = `urn:salus:organisation:${count.custodian}`;
    custodians.set(count.custodian, { '@id': organisation, '@type': 'Organization', name: profile.name, identifier: organisation });
    const permit = `urn:salus:permit:${count.permit}`;
    permits.set(count.permit, { '@id': permit, '@type': 'CreativeWork', name: `Permit ${count.permit} for dataset ${count.dataset}`, identifier: permit });
    const parts = [
      file(`${folder}job.json`, jobText(left.signed), 'The job: the query, as it was asked and signed', 'application/json'),
      file(`${folder}query.json`, canonical(job.query), 'The query alone', 'application/json'),
      file(`${folder}reply.jws`, reply, 'The answer, signed by the custodian', 'application/jose', { creator: ref(organisation) }),
      file(`${folder}answer.json`, answerText(reply), 'The count, and what opens the commitments to it and to the query', 'application/json'),
      file(`${folder}reservation.json`, keptText(proof), isReceipt(proof)
        ? 'Receipt: budget was reserved on the chain and the answer settled, in a block with the signatures that made it final'
        : 'Proof that budget was reserved on the chain and the answer settled', 'application/json'),
      file(`${folder}profile.json`, JSON.stringify(profile), 'The custodian\'s profile with its keys', 'application/json'),
    ];
    files.push(...parts);
    return {
      '@id': folder, '@type': 'Dataset', name: `Answer of organisation ${count.custodian}, dataset ${count.dataset}`,
      description: `${countInWords(count)}. With noise (epsilon ${epsilon(count.epsilon)}) and rounded. Not to be summed with others: people are at several sites.`,
      identifier: `urn:salus:query:${count.custodian}:${count.reservation}`, creator: ref(organisation), isBasedOn: ref(permit),
      dateCreated: new Date(count.moment * 1000).toISOString(), hasPart: parts.map(({ path }) => ref(path)),
    };
  });
  const root: Entity = {
    '@id': './', '@type': 'Dataset', name: about.name, description: about.description, datePublished: new Date(about.now).toISOString(),
    license: ref(about.license), hasPart: [...folders.map((folder) => ref(folder['@id'])), ...files.map(({ path }) => ref(path))],
  };
  graph.push(
    { '@id': CRATE_METADATA, '@type': 'CreativeWork', conformsTo: ref(CRATE_PROFILE), about: ref('./') }, root, ...folders,
    ...files.map(({ entity }) => entity), ...custodians.values(), ...permits.values(), { '@id': about.license, '@type': 'CreativeWork', name: about.license },
  );
  return { files: files.map(({ path, text }) => ({ path, text })), metadata: { '@context': CRATE_CONTEXT, '@graph': graph } };
}

/** Writes a crate into a folder that is not there yet. */
export async function writeCrate(folder: string, kept: readonly KeptAnswer[], about: CrateAbout): Promise<number> {
  const { files, metadata } = crateOf(kept, about);
  await mkdir(folder);
  for (const { left: { signed: { job } } } of kept) await mkdir(join(folder, 'answers', job.id), { recursive: true });
  for (const { path, text } of files) await writeFile(join(folder, path), text, { flag: 'wx' });
  // Last: a folder without it is no crate.
  await writeFile(join(folder, CRATE_METADATA), `${JSON.stringify(metadata, null, 2)}\n`, { flag: 'wx' });
  return files.length;
}

