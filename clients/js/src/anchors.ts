/** Anchoring records, and checking them against what was anchored. */
import type { ApiPromise } from '@polkadot/api';
import { toHex, type Hex } from './bytes.js';
import type { Form } from './commitment.js';
import type { ApiAt } from './connect.js';
import { QueryFailed } from './errors.js';
import { numberOf } from './query.js';
import type { MerklePath, MerkleRoot } from './merkle.js';
import { eventOf, type Call, type Included } from './tx.js';

export type Relation = 'Amends' | 'Corrects' | 'Supersedes' | 'EnteredInError';
export type Retention = 'Standard' | 'Minor' | 'Imaging' | 'Traceability' | 'EmergencySummary';

/** Where a record is anchored: a slot of its author, and its place in the batch if it is one. */
export interface AnchorRef {
  org: number;
  seq: number;
  proof?: MerklePath;
}

export interface AnchorOptions {
  form?: Form;
  retention?: Retention;
  /** The patient's handle. It stands in a map of its own, which no receipt touches. */
  subject?: string;
  /** The head of a lineage that this record succeeds, and what it is to that version. */
  previous?: { seq: number; relation: Relation };
}

/** Anchors one record's commitment. Salt and record never enter an extrinsic. */
export function anchor(api: ApiPromise, org: number, commitment: Uint8Array, options: AnchorOptions = {}): Call {
  const { form = 'Bytes', retention = 'Standard', subject, previous } = options;
  return api.tx.recordAnchor.anchor(
    org, toHex(commitment), form, subject ?? null,
    previous ? [previous.seq, previous.relation] : null, retention,
  );
}

/** Anchors a newer version of a single record, `seq`, which must be the newest so far. */
export const amend = (
  api: ApiPromise,
  org: number,
  seq: number,
  relation: Relation,
  commitment: Uint8Array,
  options: Omit<AnchorOptions, 'previous'> = {},
): Call => anchor(api, org, commitment, { ...options, previous: { seq, relation } });

/** Anchors any number of records at once, and costs the same for one as for a million. */
export const anchorBatch = (
  api: ApiPromise,
  org: number,
  tree: MerkleRoot,
  options: Pick<AnchorOptions, 'form' | 'retention'> = {},
): Call => api.tx.recordAnchor.anchorBatch(
  org, toHex(tree.root), tree.leaves, options.form ?? 'Bytes', options.retention ?? 'Standard',
);

/** The slot that `anchor` or `anchorBatch` was given. */
export function anchoredAt(included: Included): { org: number; seq: number } {
  const batch = included.events.some(({ event }) => event.method === 'BatchAnchored');
  const data = eventOf(included, 'recordAnchor', batch ? 'BatchAnchored' : 'Anchored');
  return { org: numberOf(data['author'] as number), seq: numberOf(data['seq'] as number) };
}

/** Confirms, as the patient, to have seen a record. It agrees to nothing. */
export const acknowledge = (api: ApiPromise, ref: AnchorRef): Call =>
  api.tx.recordAnchor.acknowledge(ref.org, ref.seq);

/**
 * Says, as the patient, that a record is wrong or incomplete. `statement` is the salted commitment to what the
 * patient says (`commit`), whose words and salt go to the author off chain. The record stands as before.
 */
export const dispute = (api: ApiPromise, ref: AnchorRef, statement: Uint8Array): Call =>
  api.tx.recordAnchor.dispute(ref.org, ref.seq, toHex(statement));

/** Who is right in a dispute. `Corrected` names the slot of the newer version that says so. */
export type Outcome = 'Upheld' | { Corrected: { by: number } } | 'Rejected';

/** Answers the last dispute about a record, as its author, in time. `statement` commits to the reasons. */
export const answer = (api: ApiPromise, ref: AnchorRef, outcome: Outcome, statement: Uint8Array): Call =>
  api.tx.recordAnchor.answerDispute(ref.org, ref.seq, outcome, toHex(statement));

/** Asks, as the patient, to have a record erased. The author shreds it, or says why not. */
export const requestErasure = (api: ApiPromise, ref: AnchorRef): Call =>
  api.tx.recordAnchor.requestErasure(ref.org, ref.seq);

/**
 * Takes a slot off the chain for ever, as its author: after its retention, or at the patient's wish. Destroy
 * record, salt and copies first, which is what erases; blocks keep what was in them.
 */
export const shred = (api: ApiPromise, ref: AnchorRef): Call => api.tx.recordAnchor.shred(ref.org, ref.seq);

export interface Verified {
  ok: true;
  anchoredAt: number;
  version: number;
  status: 'NotYetAnchored' | 'Current' | 'Superseded' | 'Retracted';
}

/**
 * `NotAMember`: the record was changed, or it is not the one that was anchored there. `Evicted`,
 * `Shredded`: the chain keeps its commitment no more, so only a receipt can still prove it.
 */
export interface NotVerified {
  ok: false;
  reason: 'Unknown' | 'NotAMember' | 'ProofRequired' | 'ProofUnexpected' | 'Evicted' | 'Shredded';
}

/**
 * Whether `commitment` is what stands in a slot, and how it stood at `at` (seconds since 1970; now,
 * unless given).
 */
export async function verify(
  api: ApiAt,
  ref: AnchorRef,
  commitment: Uint8Array,
  at?: number,
): Promise<Verified | NotVerified> {
  const proof = ref.proof && { index: ref.proof.index, path: ref.proof.path.map(toHex) };
  const answer = await api.call.recordAnchorApi.verify(ref.org, ref.seq, toHex(commitment), proof ?? null, at ?? null);
  if (answer.isErr) {
    const reason = answer.asErr.type;
    if (reason === 'Future') throw new QueryFailed(reason, `the record ${ref.org}/${ref.seq}`);
    return { ok: false, reason };
  }
  const found = answer.asOk;
  return {
    ok: true,
    anchoredAt: numberOf(found.anchoredAt),
    version: numberOf(found.version),
    status: found.status.type,
  };
}

/** What a slot holds: the commitment or root, and how many records are under it. */
export async function anchorInfo(api: ApiAt, org: number, seq: number): Promise<{ commitment: Hex; leaves: number; anchoredAt: number } | undefined> {
  const found = await api.call.recordAnchorApi.anchor(org, seq);
  if (found.isNone) return undefined;
  const { anchor: slot } = found.unwrap();
  return {
    commitment: slot.commitment.toHex() as Hex,
    leaves: slot.kind.isBatch ? numberOf(slot.kind.asBatch.leaves) : 1,
    anchoredAt: numberOf(slot.anchoredAt),
  };
}
