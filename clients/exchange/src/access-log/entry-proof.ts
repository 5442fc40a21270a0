/** One entry of a custodian's log, shown to the patient or the requester whom it is about, and proved by a head. */
import { bytes32, entryHash, IntegrityBroken, InvalidArgument, MerkleTree, toHex, verifyPath, type Hex, type LogEntry } from '@salus/types';
import { orgId, u64 } from '@salus/types/arguments';
import { following, isEntry, type Entries } from './entries.js';
import type { Commit } from './heads.js';

/** An entry with its place under the root of a commit. It can be written as JSON. */
export interface EntryProof {
  organisation: number;
  /** The number of the commit. */
  commit: number;
  entry: LogEntry;
  /** The siblings from the entry's leaf upwards. How many entries there are beside it is told by the commit. */
  path: Hex[];
}

/**
 * The proof of entry `seq` of an epoch, the last unless told. `entries` is the log of that epoch, or what of it has the entries of
 * that entry's commit.
 *
 * Throws `InvalidArgument` if the entry is not committed to, and {@link IntegrityBroken} if the log is broken, or is not
 * the one that was committed to.
 */
export async function proveEntry(
  organisation: number,
  seq: number,
  commits: readonly Commit[],
  entries: Entries,
  epoch = commits.at(-1)?.epoch,
): Promise<EntryProof> {
  orgId(organisation);
  u64(seq, 'seq');
  const commit = commits.find((each) => each.epoch === epoch && each.seqFrom <= seq && seq < each.seqUntil);
  if (!commit) throw new InvalidArgument('seq', `is ${seq}, and no commit of epoch ${epoch ?? 0} has that entry`);
  const hashes: Uint8Array[] = [];
  let found: LogEntry | undefined;
  for await (const entry of following(entries, organisation)) {
    if (entry.seq >= commit.seqUntil) break;
    if (entry.seq < commit.seqFrom) continue;
    hashes.push(bytes32(entry.hash));
    if (entry.seq === seq) found = entry;
  }
  if (!found || BigInt(hashes.length) !== commit.seqUntil - commit.seqFrom) throw new IntegrityBroken(`the access log does not have all entries of commit ${commit.number}`);
  const tree = new MerkleTree(hashes);
  if (toHex(tree.root) !== commit.root) throw new IntegrityBroken(`the access log is not the one that was committed to with commit ${commit.number}`);
  return { organisation, commit: commit.number, entry: found, path: tree.path(seq - Number(commit.seqFrom)).path.map(toHex) };
}

/** Why an entry is not proved. */
export const NOT_PROVED = {
  malformed: 'it is no proof of an entry',
  commit: 'it is for another commit',
  organisation: 'the entry is of another organisation\'s log',
  hash: 'the entry is not what its hash is of',
  number: 'the entry has a number that the commit does not have',
  path: 'the entry is not one of those that were committed to',
} as const satisfies Record<string, string>;

export type EntryNotProved = keyof typeof NOT_PROVED;

/**
 * Whether a custodian committed to this very entry: undefined if it did, else why not. `commit` is the custodian's commit
 * with the number that the proof names, read from the chain by whoever checks, for the organisation that is asked about.
 */
export function entryNotProved(proof: EntryProof, organisation: number, commit: Commit): EntryNotProved | undefined {
  const { entry, path } = proof;
  if (!isEntry(entry) || !Array.isArray(path) || !path.every((each) => typeof each === 'string' && /^0x[0-9a-f]{64}$/.test(each))) return 'malformed';
  if (proof.commit !== commit.number) return 'commit';
  if (proof.organisation !== organisation || entry.organisation !== organisation) return 'organisation';
  if (entry.hash !== entryHash(entry)) return 'hash';
  if (entry.seq < commit.seqFrom || entry.seq >= commit.seqUntil) return 'number';
  const place = { index: Number(BigInt(entry.seq) - commit.seqFrom), leaves: Number(commit.seqUntil - commit.seqFrom), path: path.map(bytes32) };
  return verifyPath(bytes32(commit.root), bytes32(entry.hash), place) ? undefined : 'path';
}
