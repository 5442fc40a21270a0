/** What the command line tool reads: records with what opens them, from plain files or from a store of envelopes. */
import { basename } from 'node:path';
import type { AnchorRef } from '@salus/client/anchors';
import { input, inputText, UsageError, wholeNumber } from '@salus/client/node';
import { open } from '@salus/exchange';
import { FileStore } from '@salus/exchange/node';
import { bytes32, FORMS, type Form, type MerklePath } from '@salus/types';
import type { ReceiptRequest } from '../make.js';
import { TreeFile } from './tree.js';

export interface RecordOptions {
  record?: string[] | undefined;
  salt?: string[] | undefined;
  author?: string | undefined;
  seq?: string | undefined;
  form?: string | undefined;
  tree?: string | undefined;
  index?: string | undefined;
  store?: string | undefined;
  id?: string[] | undefined;
  identity?: string | undefined;
  names?: boolean | undefined;
}

/** The requests that the options describe. */
export async function requestsOf(options: RecordOptions): Promise<ReceiptRequest[]> {
  const tree = options.tree === undefined ? undefined : await TreeFile.open(options.tree);
  try {
    if (options.store !== undefined) return await fromStore(options);
    return await fromFiles(options, tree);
  } finally {
    await tree?.close();
  }
}

async function fromStore({ store, id = [], identity, names }: RecordOptions): Promise<ReceiptRequest[]> {
  if (id.length === 0 || identity === undefined) throw new UsageError('--store needs --id, once or more, and --identity FILE with the key that opens the envelopes');
  const secret = /^AGE-SECRET-KEY-1\S+$/m.exec(await inputText(identity))?.[0];
  if (!secret) throw new UsageError(`${identity} holds no age identity`);
  const folder = new FileStore(store as string);
  return Promise.all(id.map(async (each) => {
    const stored = await folder.get(each);
    if (!stored) throw new UsageError(`the store has no record ${each}`);
    const { salt, form, record } = await open(stored.envelope, secret);
    return { anchor: stored.anchor, salt, form, record, ...(names ? { name: each } : {}) };
  }));
}

/** A salt's file: JSON with `salt`, and what else is known of the record. */
interface SaltFile {
  salt: string;
  form?: string;
  /** As records are kept by a store; `index` in place of `proof` where the tree is in a file. */
  anchor?: { org?: number; seq?: number; index?: number; proof?: { index: number; leaves: number; path: string[] } };
}

async function fromFiles(options: RecordOptions, tree: TreeFile | undefined): Promise<ReceiptRequest[]> {
  const { record = [], salt = [] } = options;
  if (record.length === 0) throw new UsageError('nothing to prove: name a --record and its --salt, or a --store');
  if (record.length !== salt.length) throw new UsageError(`${record.length} records and ${salt.length} salts: name one --salt for each --record, in the same order`);
  const ofOne = (['author', 'seq', 'index', 'form'] as const).find((name) => options[name] !== undefined);
  if (record.length > 1 && ofOne) throw new UsageError(`--${ofOne} is for one record; for several, write it into the salts' files`);
  return Promise.all(record.map(async (path, i) => {
    const saltPath = salt[i] as string;
    const known = await saltFile(saltPath);
    const form = (options.form ?? known.form ?? 'Bytes') as Form;
    if (!FORMS.includes(form)) throw new UsageError(`there is no form "${form}"; there are: ${FORMS.join(', ')}`);
    return {
      anchor: await anchorOf(options, known, tree, saltPath), form,
      salt: known.salt, record: await input(path), ...(options.names ? { name: basename(path) } : {}),
    };
  }));
}

async function saltFile(path: string): Promise<SaltFile> {
  try {
    const value = JSON.parse(await inputText(path)) as SaltFile;
    bytes32(value.salt);
    return value;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is no file of a salt: JSON with "salt", 32 bytes in hexadecimal digits`);
  }
}

async function anchorOf(options: RecordOptions, { anchor = {} }: SaltFile, tree: TreeFile | undefined, path: string): Promise<AnchorRef> {
  const org = options.author === undefined ? anchor.org : wholeNumber(options.author, '--author');
  const seq = options.seq === undefined ? anchor.seq : wholeNumber(options.seq, '--seq');
  if (org === undefined || seq === undefined) throw new UsageError(`where is it anchored? Give --author and --seq, or write "anchor" into ${path}`);
  const index = options.index === undefined ? anchor.index : wholeNumber(options.index, '--index');
  let proof: MerklePath | undefined;
  if (tree && index !== undefined) proof = await tree.path(index);
  else if (anchor.proof) proof = { ...anchor.proof, path: anchor.proof.path.map(bytes32) };
  else if (index !== undefined) throw new UsageError('--index needs the batch\'s --tree');
  return { org, seq, ...(proof ? { proof } : {}) };
}
