/**
 * Making a decision receipt: that the chain's own rules gave this verdict on this question, for whoever recomputes it years
 * later without any node (`salus-verify decision`).
 */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';
import { decideAt } from '@salus/client/consent';
import {
  ACTIONS, codesOf, DATA_CLASSES, IntegrityBroken, PURPOSES, QueryFailed, SENSITIVITY_LABELS, toHex, type Decision, type Hex, type Question,
} from '@salus/types';
import { account as accountOf, code, hash, mask, moment, orgId } from '@salus/types/arguments';
import { Reader } from '@salus/types/scale';
import { DECISION_FORMAT, type DecisionActor, type DecisionQuestion, type DecisionVerdict, type OwnDecision, type ParachainDecision } from './decision-format.js';
import { circumstances, factsOf } from './decision-items.js';
import type { Item, Reading } from './decision-reading.js';
import { ReceiptRefused } from './errors.js';
import { awaitJustification, finalBlock, headerOf, readProof, storageAt } from './finality.js';
import { FORMAT_VERSION, LATER_VERSION } from './format.js';
import type { BlockHeader } from './grandpa.js';
import { genesisKey, timeKey } from './keys.js';
import { keptFrom, patience, unpruned, type MakeOptions } from './make.js';
import { StorageProof } from './trie.js';
import { awaitNamed } from './under-relay.js';

const REMEDY = 'leave out `at`: what was decided at a moment is proven from any later block';

/**
 * Makes a decision receipt for a question, as of the moment `question.at` or, unless given, of the block that shows it. That block is
 * the first that becomes final and is not older than that moment and the best block of now; or the one that `options.at` names. So a gate that has decided at 14:03 has it proven minutes or
 * years later, by any node that is synced: the chain's answers about the past do not change.
 *
 * Throws {@link ReceiptRefused} if it cannot be complete: `Unanswered` where the chain has no answer, `UnknownRules` where
 * this SDK does not know what the runtime stores, `Unsound` where the node's answers do not fit together, and as `make` does.
 */
export async function makeDecision(api: ApiPromise, question: Question, options: Pick<MakeOptions, 'at' | 'timeout'> = {}): Promise<OwnDecision> {
  const timeout = patience(options);
  const asked = questionOf(question);
  if (!('grandpa' in api.query)) {
    throw new ReceiptRefused('WrongRelay', 'this chain has no authorities that make its blocks final: of a parachain, a receipt needs a connection to the relay chain too');
  }
  const receipt = async (bytes: Uint8Array): Promise<OwnDecision> => {
    const { header, headerBytes, justification, setId } = await finalBlock(api, bytes);
    const body = await provenAt(api, question, asked, header);
    return { format: DECISION_FORMAT, version: FORMAT_VERSION, genesis: api.genesisHash.toHex() as Hex, header: headerBytes, finality: { setId, justification }, ...body };
  };
  return unpruned(REMEDY, async () => {
    if (options.at !== undefined) return receipt(await keptFrom(api, options.at));
    const { header: { number: now } } = await headerOf(api, (await api.rpc.chain.getBlockHash()).toHex());
    return awaitJustification(api, timeout, async (bytes, { target, number }) => {
      if (number < now || !await isReached(api, asked, target)) return undefined;
      return receipt(bytes);
    });
  });
}

/**
 * The same of a parachain, as of the first block that the relay chain makes final and that is not older than the question's moment and the
 * best one of now. `relay` is a connection to a node of the relay chain (`connectRelay`).
 */
export async function makeDecisionUnderRelay(
  api: ApiPromise,
  relay: ApiPromise,
  question: Question,
  options: Pick<MakeOptions, 'timeout'> = {},
): Promise<ParachainDecision> {
  const asked = questionOf(question);
  return awaitNamed(api, relay, patience(options), ({ hash: target }) => isReached(api, asked, target), async ({ header, headerBytes, evidence }) => {
    const body = await provenAt(api, question, asked, header, [genesisKey()]);
    const genesis = api.genesisHash.toHex() as Hex;
    return { format: DECISION_FORMAT, version: LATER_VERSION, genesis, header: headerBytes, finality: { relay: evidence }, ...body };
  });
}

/** The question as the file has it; without a moment as long as none is given. */
type Asked = Omit<DecisionQuestion, 'at'> & { at: string | undefined };

function questionOf({ subject, actor, purpose, action, dataClass, labels = [], dataTime, at }: Question): Asked {
  const decimal = (value: number, name: string): string => String(moment(value, name));
  return {
    subject: hash(subject, 'subject'), actor: actorOf(actor),
    purpose: code(PURPOSES, purpose, 'purpose'), action: code(ACTIONS, action, 'action'), dataClass: code(DATA_CLASSES, dataClass, 'dataClass'),
    labels: codesOf(SENSITIVITY_LABELS, mask(SENSITIVITY_LABELS, labels, 'labels', true)),
    dataTime: dataTime === undefined ? null : decimal(dataTime, 'dataTime'),
    at: at === undefined ? undefined : decimal(at, 'at'),
  };
}

function actorOf(actor: Question['actor']): DecisionActor {
  const bytes = (address: string, name: string): Hex => toHex(decodeAddress(accountOf(address, name)));
  if ('own' in actor) return { kind: 'Own', organisation: null, account: bytes(actor.own, 'own') };
  const organisation = orgId(actor.organisation);
  return actor.practitioner === undefined
    ? { kind: 'Organisation', organisation, account: null }
    : { kind: 'Practitioner', organisation, account: bytes(actor.practitioner, 'practitioner') };
}

function verdictOf({ verdict, why }: Decision): DecisionVerdict {
  switch (why.kind) {
    case 'Directive': return { kind: verdict, rule: why.kind, number: String(why.directive) };
    case 'Sealed': return { kind: verdict, rule: why.kind, number: String(why.sealed) };
    case 'SealedDirective': throw new ReceiptRefused('UnknownRules', `the answer rests on what is in the sealed directive ${why.sealed}, which no receipt opens`);
    case 'Emergency': return { kind: verdict, rule: why.kind, number: String(why.emergency) };
    case 'TreatmentRelationship': return { kind: verdict, rule: why.kind, number: String(why.relationship) };
    case 'Unanswered': throw new ReceiptRefused('Unanswered', `the chain has no answer: ${why.error}`);
    case 'Unknown': throw new ReceiptRefused('UnknownRules', `the chain answers by the rule ${why.name}, which this SDK does not know`);
    default: return { kind: verdict, rule: why.kind, number: null };
  }
}

/** Whether a block is not before the moment of the question. */
async function isReached(api: ApiPromise, { at }: Asked, hash: string): Promise<boolean> {
  if (at === undefined) return true;
  const time = (await storageAt(api, [timeKey()], hash)).get(timeKey());
  return time !== undefined && BigInt(at) <= new Reader(time).u64() / 1000n;
}

/** The question, its verdict and the proof of all that it depends on, in the state of a block. */
async function provenAt(
  api: ApiPromise,
  asked: Question,
  question: Asked,
  header: BlockHeader,
  more: readonly Hex[] = [],
): Promise<Pick<OwnDecision, 'proof' | 'specVersion' | 'question' | 'verdict'>> {
  const keys = new Set<Hex>(more);
  const fromNode = async <T>(reading: Reading<T>): Promise<T> => {
    let next = reading.next();
    while (next.done !== true) {
      const { key } = next.value;
      keys.add(key);
      next = reading.next((await storageAt(api, [key], header.hash)).get(key));
    }
    return next.value;
  };
  const { specVersion, strange, time } = await sound(() => fromNode(circumstances()));
  if (strange !== undefined) throw new ReceiptRefused('UnknownRules', `${strange} stores in a version that this SDK does not read`);
  const complete: DecisionQuestion = { ...question, at: question.at ?? String(time) };
  const unanswerable = await sound(() => fromNode(factsOf(complete, time)));
  if (unanswerable) throw new ReceiptRefused('Unanswered', `the chain has no answer at block ${header.number}: ${unanswerable}`);
  const verdict = verdictOf(await answer(api, { ...asked, at: Number(complete.at) }, header, time));
  const nodes = await readProof(api, [...keys], header.hash);
  checkComplete(complete, header, nodes);
  return { specVersion, question: complete, verdict, proof: nodes };
}

async function answer(api: ApiPromise, question: Question, { hash: block, number }: BlockHeader, time: bigint): Promise<Decision> {
  try {
    return await decideAt({ hash: block, number, moment: Number(time), api: await api.at(block) }, question);
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    throw new ReceiptRefused('Unanswered', `the chain has no answer at block ${number}: ${error.reason}`, { cause: error });
  }
}

/**
 * Throws {@link ReceiptRefused} unless the nodes prove all that the answer depends on. They are read as a verifier reads them, from the
 * question alone: what the node said of single items counts for nothing here.
 */
export function checkComplete(question: DecisionQuestion, header: BlockHeader, nodes: readonly Hex[]): void {
  const proof = new StorageProof(header.stateRoot, nodes.map((node) => hexToU8a(node)));
  const fromProof = <T>(reading: Reading<T>): T => {
    let next = reading.next();
    while (next.done !== true) next = reading.next(proven(proof, next.value));
    return next.value;
  };
  try {
    const { time } = fromProof(circumstances());
    const unanswerable = fromProof(factsOf(question, time));
    if (unanswerable) throw new IntegrityBroken(`the state that is proven has no answer: ${unanswerable}`);
  } catch (error) {
    throw unsoundness(error);
  }
}

function proven(proof: StorageProof, { key, tells }: Item): Uint8Array | undefined {
  const value = proof.lookUp(hexToU8a(key));
  if (value === 'open') throw new IntegrityBroken(`the node's proof leaves open ${tells}`);
  return value;
}

async function sound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unsoundness(error);
  }
}

const unsoundness = (error: unknown): unknown =>
  (error instanceof IntegrityBroken ? new ReceiptRefused('Unsound', error.message, { cause: error }) : error);
