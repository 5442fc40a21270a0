/** What a custodian commits to next. */
import { bytes32, IntegrityBroken, type Hex } from '@salus/types';
import { orgId } from '@salus/types/arguments';
import { following, type Entries } from './entries.js';
import { HEAD_ORIGIN, rootOf, type Commit, type Custodian } from './heads.js';

/** The arguments of the call `commit`. */
export interface NextCommit extends Pick<Commit, 'seqFrom' | 'seqUntil' | 'root'> {
  organisation: number;
  /** The head before; {@link HEAD_ORIGIN} for the first commit. */
  previous: Hex;
}

/**
 * The commit to the entries of a log that are not committed to yet, however many: of none it has the zero root, and is
 * to be made all the same. `stands` is where the log stands on the chain, in its newest state; undefined if it was never
 * committed to. `entries` is the whole log of its epoch, or its end from the last entry that is committed to, or one before it: a log
 * without new entries is told by that from one that was cut off.
 *
 * Every entry that is given is checked, because what is committed to can never be put right. What was committed to
 * before is not compared with the chain: `verifyLogAgainstHeads` does that.
 *
 * Throws {@link IntegrityBroken} if an entry does not follow from the one before it or is another organisation's, if the
 * log ends before what it is committed to, and if entries between that and its beginning are missing.
 */
export async function nextCommit(organisation: number, stands: Custodian | undefined, entries: Entries): Promise<NextCommit> {
  orgId(organisation);
  const seqFrom = stands?.entries ?? 0n;
  let seqUntil: bigint | undefined;
  async function* fresh(): AsyncGenerator<Uint8Array> {
    for await (const { seq, hash } of following(entries, organisation)) {
      if (seqUntil === undefined && BigInt(seq) > seqFrom) {
        throw new IntegrityBroken(`the access log begins with entry ${seq}, and entry ${seqFrom} is to be committed to next`);
      }
      seqUntil = BigInt(seq) + 1n;
      if (BigInt(seq) >= seqFrom) yield bytes32(hash);
    }
  }
  const { root } = await rootOf(fresh());
  const end = seqUntil ?? 0n;
  if (end < seqFrom) throw new IntegrityBroken(`the access log ends before entry ${end}, and is committed to up to entry ${seqFrom}: entries are missing`);
  return { organisation, seqFrom, seqUntil: end, root, previous: stands?.head ?? HEAD_ORIGIN };
}
