/** Anchoring records, and checking them against what was anchored. */
import type { ApiPromise } from '@polkadot/api';
import { QueryFailed, toHex, type Form, type Hex, type MerklePath, type MerkleRoot } from '@salus/types';
import { code, hash, list, moment, orgId, u32, u64 } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { numberOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';

const RELATIONS = ['Amends', 'Corrects', 'Supersedes', 'EnteredInError'] as const;
export type Relation = (typeof RELATIONS)[number];
const RETENTIONS = ['Standard', 'Minor', 'Imaging', 'Traceability', 'EmergencySummary'] as const;
export type Retention = (typeof RETENTIONS)[number];
const RETRACT_REASONS = ['WrongContent', 'WrongSubject', 'Duplicate', 'NotPerformed', 'TechnicalFault', 'Replaced'] as const;
/** Why a record does not stand. `Replaced`: it was right, and a newer version of it is anchored elsewhere. */
export type RetractReason = (typeof RETRACT_REASONS)[number];
const REFUSAL_REASONS = ['LegalObligation', 'PublicHealth', 'Archiving', 'LegalClaims'] as const;
/** Why an author keeps a record that the patient wants erased, by Article 17(3) of the GDPR. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
const FORMS = ['Bytes', 'FhirJson'] as const satisfies readonly Form[];

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

type Encoded = [commitment: Hex, form: Form, subject: Hex | null, previous: [number, Relation] | null, retention: Retention];

const encodeAnchor = (commitment: Uint8Array, { form = 'Bytes', retention = 'Standard', subject, previous }: AnchorOptions): Encoded => [
  hash(commitment, 'commitment'), code(FORMS, form, 'form'), subject === undefined ? null : hash(subject, 'subject'),
  previous ? [u64(previous.seq, 'previous.seq'), code(RELATIONS, previous.relation, 'previous.relation')] : null,
  code(RETENTIONS, retention, 'retention'),
];

/** Anchors one record's commitment. Salt and record never enter an extrinsic. */
export const anchor = (api: ApiPromise, org: number, commitment: Uint8Array, options: AnchorOptions = {}): Call =>
  api.tx.recordAnchor.anchor(orgId(org), ...encodeAnchor(commitment, options));

/** Anchors some records, each in a slot of its own, all or none; one may succeed another that comes before it. */
export const anchorMany = (api: ApiPromise, org: number, records: ({ commitment: Uint8Array } & AnchorOptions)[]): Call =>
  api.tx.recordAnchor.anchorMany(orgId(org), list(records, api.consts.recordAnchor.maxRecords.toNumber(), 'records', (record) => {
    const [commitment, form, subject, previous, retention] = encodeAnchor(record.commitment, record);
    return { commitment, form, subject, previous, retention };
  }));

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
  orgId(org), hash(tree.root, 'root'), u64(tree.leaves, 'leaves'),
  code(FORMS, options.form ?? 'Bytes', 'form'), code(RETENTIONS, options.retention ?? 'Standard', 'retention'),
);

/** The slot that `anchor` or `anchorBatch` was given. */
export function anchoredAt(included: Included): { org: number; seq: number } {
  const batch = included.events.some(({ event }) => event.method === 'BatchAnchored');
  const data = eventOf(included, 'recordAnchor', batch ? 'BatchAnchored' : 'Anchored');
  return { org: numberOf(data['author'] as number), seq: numberOf(data['seq'] as number) };
}

/** Confirms, as the patient, to have seen a record. It agrees to nothing. */
export const acknowledge = (api: ApiPromise, ref: SlotRef): Call =>
  api.tx.recordAnchor.acknowledge(...slotOf(ref));

/** Which record a call is about: its author and slot. */
type SlotRef = Pick<AnchorRef, 'org' | 'seq'>;

const slotOf = ({ org, seq }: SlotRef): [number, number] => [orgId(org), u64(seq, 'seq')];

/**
 * Marks a record as one that does not stand, for ever; signed as `anchor`. Of a batch `leaf` is the index of the
 * record, and without it the whole batch is meant.
 */
export const retract = (api: ApiPromise, ref: SlotRef, reason: RetractReason, leaf?: number): Call =>
  api.tx.recordAnchor.retract(...slotOf(ref), leaf === undefined ? null : u64(leaf, 'leaf'), code(RETRACT_REASONS, reason, 'reason'));

/**
 * Says, as the patient, that a record is wrong or incomplete; signed by a key for consent or for authentication. `statement` is the salted commitment to what the
 * patient says (`commit`), whose words and salt go to the author off chain. The record stands as before.
 */
export const dispute = (api: ApiPromise, ref: SlotRef, statement: Uint8Array): Call =>
  api.tx.recordAnchor.dispute(...slotOf(ref), hash(statement, 'statement'));

/** Takes more time to answer a dispute, once; signed by the author's administrator, or who answers for it. */
export const extendDispute = (api: ApiPromise, ref: SlotRef): Call => api.tx.recordAnchor.extendDispute(...slotOf(ref));

/** Who is right in a dispute. `Corrected` names the slot of the newer version that says so. */
export type Outcome = 'Upheld' | { Corrected: { by: number } } | 'Rejected';

function encodeOutcome(outcome: Outcome) {
  if (typeof outcome === 'string') return code(['Upheld', 'Rejected'], outcome, 'outcome');
  return { Corrected: { by: u64(outcome.Corrected.by, 'by') } };
}

/** Answers the last dispute about a record, as its author, in time. `statement` commits to the reasons. */
export const answer = (api: ApiPromise, ref: SlotRef, outcome: Outcome, statement: Uint8Array): Call =>
  api.tx.recordAnchor.answerDispute(...slotOf(ref), encodeOutcome(outcome), hash(statement, 'statement'));

/** Keeps a slot for longer than its class asks, until a moment; signed by the author's administrator, or who decides about privacy there. */
export const extendRetention = (api: ApiPromise, ref: SlotRef, until: number): Call =>
  api.tx.recordAnchor.extendRetention(...slotOf(ref), moment(until, 'until'));

/** Puts a slot on legal hold until a moment, or renews that; signed by a registrar that carries out court orders. */
export const hold = (api: ApiPromise, ref: SlotRef, until: number): Call =>
  api.tx.recordAnchor.hold(...slotOf(ref), moment(until, 'until'));

/** Takes the hold of the own organisation off a slot; signed by such a registrar. */
export const release = (api: ApiPromise, ref: SlotRef): Call => api.tx.recordAnchor.release(...slotOf(ref));

/** Asks, as the patient, to have a record erased. The author shreds it, or says why not. */
export const requestErasure = (api: ApiPromise, ref: SlotRef): Call => api.tx.recordAnchor.requestErasure(...slotOf(ref));

/** Takes that wish back, as the patient. */
export const withdrawErasure = (api: ApiPromise, ref: SlotRef): Call => api.tx.recordAnchor.withdrawErasure(...slotOf(ref));

/** Says, as the author, why a record is kept although the patient wants it erased. */
export const refuseErasure = (api: ApiPromise, ref: SlotRef, reason: RefusalReason): Call =>
  api.tx.recordAnchor.refuseErasure(...slotOf(ref), code(REFUSAL_REASONS, reason, 'reason'));

/**
 * Takes a slot off the chain for ever, as its author: after its retention, or at the patient's wish. Destroy
 * record, salt and copies first, which is what erases; blocks keep what was in them.
 */
export const shred = (api: ApiPromise, ref: SlotRef): Call => api.tx.recordAnchor.shred(...slotOf(ref));

/** Takes slots whose retention is over off the chain, all or none; signed by anybody. */
export const evict = (api: ApiPromise, author: number, seqs: number[]): Call =>
  api.tx.recordAnchor.evict(orgId(author, 'author'), list(seqs, api.consts.recordAnchor.maxEvicted.toNumber(), 'seqs', u64));

/** Clears away up to `limit` retractions of single records of a batch that is gone; signed by anybody. */
export const sweep = (api: ApiPromise, ref: SlotRef, limit: number): Call =>
  api.tx.recordAnchor.sweep(...slotOf(ref), u32(limit, 'limit'));

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
  const answer = await api.call.recordAnchorApi.verify(
    ...slotOf(ref), hash(commitment, 'commitment'), proof ?? null, at === undefined ? null : moment(at, 'at'),
  );
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
  const found = await api.call.recordAnchorApi.anchor(...slotOf({ org, seq }));
  if (found.isNone) return undefined;
  const { anchor: slot } = found.unwrap();
  return {
    commitment: slot.commitment.toHex() as Hex,
    leaves: slot.kind.isBatch ? numberOf(slot.kind.asBatch.leaves) : 1,
    anchoredAt: numberOf(slot.anchoredAt),
  };
}
