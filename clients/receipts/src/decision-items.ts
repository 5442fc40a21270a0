/**
 * Which items of the chain's state an answer of consent depends on, in the order in which one leads to the next. The same as
 * in `verify/src/decision/facts.rs`, which reads them from the receipt: what one of both would read and the other not makes a
 * receipt that is refused. Both are held to the vectors in `docs/vectors/decisions`.
 */
import { IntegrityBroken, ORG_KINDS, ROLES, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import type { DecisionQuestion } from './decision-format.js';
import { decisionKeys, layoutKey, runtimeKey, timeKey } from './keys.js';
import { organisationOf, PAGE, there, type Reading } from './decision-reading.js';
import { flagged, sealedDenials } from './decision-sealed.js';

/** Why there is no answer. */
export type Unanswerable = 'FutureMoment' | 'UnknownPatient';

/** The pallets whose storage is read, each with the version of its layout; as in `verify/src/decision/rules.rs`. */
export const LAYOUTS = { PatientIdentity: 1, Registry: 1, Consent: 3, Sealed: 1, Care: 1, Emergency: 1 } as const;

const CARE_TEAM = 1;
const CLINICIAN = ROLES.indexOf('Clinician');

/** The runtime that made a state, and its time in seconds since 1970. */
export interface Circumstances {
  specVersion: number;
  /** The pallet that stores in another version than this SDK reads, if one does. */
  strange: string | undefined;
  time: bigint;
}

/** Reads what is proven of every state, whatever the question. */
export function* circumstances(): Reading<Circumstances> {
  const runtime = yield { key: runtimeKey(), tells: 'which runtime the state is of' };
  if (!runtime) throw new IntegrityBroken('the state does not tell of which runtime it is');
  const specVersion = new Reader(runtime).compact();
  let strange: string | undefined;
  for (const [pallet, version] of Object.entries(LAYOUTS)) {
    const found = yield { key: layoutKey(pallet), tells: `in which version ${pallet} stores` };
    if ((found ? new Reader(found).u16() : 0) !== version) strange ??= pallet;
  }
  const time = yield { key: timeKey(), tells: 'the block\'s time' };
  return { specVersion, strange, time: time ? new Reader(time).u64() / 1000n : 0n };
}

/** Reads all that the answer to a question depends on, in a state with the time `now`. */
export function* factsOf(question: DecisionQuestion, now: bigint): Reading<Unanswerable | undefined> {
  const at = BigInt(question.at);
  if (at > now) return 'FutureMoment';
  const { subject: patient, actor: { kind, organisation, account } } = question;
  if (!(yield* existed(patient, at))) return 'UnknownPatient';
  if (kind === 'Own') {
    yield { key: decisionKeys.key(account as Hex), tells: 'whose key the account is' };
    return undefined;
  }
  const org = organisation as number;
  const flag = yield* licences(org);
  const who = kind === 'Practitioner' ? account as Hex : undefined;
  const treats = who !== undefined && (yield* isClinician(org, who, at));
  yield { key: decisionKeys.vetoes(patient), tells: 'the patient\'s vetoes' };
  yield* directives(patient, at, now);
  yield { key: decisionKeys.baseDecisions(patient), tells: 'the patient\'s base decisions' };
  const denied = yield* sealedDenials(patient, at, now);
  if (denied && question.labels.length === 0) yield* flagged(org, flag, who);
  if (question.action !== 'Read') return undefined;
  if (question.purpose === 'Treat' && question.labels.length === 0) {
    if ((yield* policy(at)) !== CARE_TEAM || !(yield* isRelated(patient, org, at))) return undefined;
    yield { key: decisionKeys.optOuts(patient), tells: 'the patient\'s opt-outs' };
  }
  if (question.purpose === 'Btg' && who !== undefined && treats && (yield* isEmergency(patient, org, who, at))) {
    yield { key: decisionKeys.advanceDirectives(patient), tells: 'the patient\'s advance directives' };
  }
  return undefined;
}

/** Whether the handle was there at a moment. */
function* existed(patient: Hex, at: bigint): Reading<boolean> {
  const value = yield { key: decisionKeys.handle(patient), tells: 'the patient\'s handle' };
  if (!value) return false;
  const reader = new Reader(value);
  reader.u64();
  reader.option(() => reader.u32());
  reader.option(() => reader.take(48));
  reader.list(() => reader.take(32));
  const since = (): bigint => {
    reader.u8();
    return reader.u64();
  };
  const current = since();
  const next = reader.option(since);
  const past = reader.u32();
  if ((next !== undefined && next <= at) || current <= at) return true;
  let [low, high, found] = [0, past, false];
  while (low < high) {
    const middle = low + ((high - low) >> 1);
    const tells = `state ${middle} of the handle's past`;
    const state = new Reader(there(yield { key: decisionKeys.pastState(patient, middle), tells }, tells));
    state.u8();
    if (state.u64() <= at) [found, low] = [true, middle + 1];
    else high = middle;
  }
  return found;
}

/** The licences that an organisation ever had. Tells whether it is flagged. */
function* licences(org: number): Reading<boolean> {
  const value = yield { key: decisionKeys.organisation(org), tells: `organisation ${org}` };
  if (!value) return false;
  const { held, flag } = organisationOf(value);
  for (const [kind, name] of ORG_KINDS.entries()) {
    if ((held & (1 << kind)) !== 0) yield { key: decisionKeys.licence(org, kind), tells: `the licence of organisation ${org} as ${name}` };
  }
  return flag;
}

/** Whether somebody works for an organisation as a clinician. */
function* isClinician(org: number, who: Hex, at: bigint): Reading<boolean> {
  const value = yield { key: decisionKeys.affiliation(org, who), tells: `who works for organisation ${org}` };
  if (!value) return false;
  const reader = new Reader(value);
  reader.option(() => reader.take(48));
  return reader.list(() => {
    const role = reader.u8();
    return lasted(reader, at) && role === CLINICIAN;
  }).some(Boolean);
}

/** Whether what lasts from one moment to another, unless it ended earlier, lasted at a moment. */
function lasted(reader: Reader, at: bigint): boolean {
  const [from, until] = [reader.u64(), reader.u64()];
  const ended = reader.option(() => reader.u64());
  return from <= at && at < until && (ended === undefined || at < ended);
}

function* directives(patient: Hex, at: bigint, now: bigint): Reading<void> {
  const live = yield { key: decisionKeys.directives(patient), tells: 'the patient\'s directives' };
  if (!live || at === now) return;
  const reader = new Reader(live);
  reader.u32();
  for (let page = Math.ceil(reader.u32() / PAGE) - 1; page >= 0; page--) {
    const tells = `page ${page} of the patient's past directives`;
    const value = there(yield { key: decisionKeys.pastDirectives(patient, page), tells }, tells);
    if (new Reader(value).u64() <= at) return;
  }
}

/** The network's care policy at a moment. */
function* policy(at: bigint): Reading<number> {
  const value = yield { key: decisionKeys.carePolicies(), tells: 'the network\'s care policies' };
  if (!value) return 0;
  const reader = new Reader(value);
  const terms = reader.list(() => ({ from: reader.u64(), policy: reader.u8() }));
  return terms.findLast(({ from }) => from <= at)?.policy ?? 0;
}

/** Whether a care relationship lasted at a moment. Read from the last one back. */
function* isRelated(patient: Hex, org: number, at: bigint): Reading<boolean> {
  const pair = yield { key: decisionKeys.pair(patient, org), tells: `the patient's last relationship with organisation ${org}` };
  const first = pair && new Reader(pair);
  let next = first?.option(() => first.u64());
  while (next !== undefined) {
    const id: bigint = next;
    const tells = `care relationship ${id}`;
    const reader: Reader = new Reader(there(yield { key: decisionKeys.relationship(id), tells }, tells));
    reader.take(36);
    const from = new Reader(reader.take(8)).u64();
    const until = reader.u64();
    const ended = reader.option(() => reader.u64());
    if (from <= at) return at < until && (ended === undefined || at < ended);
    reader.u8();
    if (reader.u8() === 0) reader.u32();
    reader.option(() => reader.u32());
    reader.option(() => reader.u8());
    next = before(id, reader.option(() => reader.u64()), tells);
  }
  return false;
}

/** Whether an emergency of a person lets something at a moment. All that can are read, from the last one back. */
function* isEmergency(patient: Hex, org: number, who: Hex, at: bigint): Reading<boolean> {
  const latest = yield { key: decisionKeys.latestEmergency(patient, org, who), tells: 'the person\'s last emergency' };
  let next = latest && new Reader(latest).u32();
  let lets = false;
  while (next !== undefined) {
    const id: number = next;
    const tells = `emergency ${id}`;
    const reader: Reader = new Reader(there(yield { key: decisionKeys.emergency(id), tells }, tells));
    reader.take(64 + 4 + 4);
    const [from, until] = [reader.u64(), reader.u64()];
    reader.take(1 + 32 + 8 + 2);
    const stoppedAt = reader.option(() => reader.u64());
    const opinion = (): Uint8Array => reader.take(1 + 8 + 32 + 4);
    reader.option(opinion);
    reader.option(() => reader.u64());
    reader.option(opinion);
    next = before(id, reader.option(() => reader.u32()), tells);
    const stopped = stoppedAt !== undefined && stoppedAt <= at;
    if (from <= at && at < until) lets ||= !stopped;
    else if (until <= at) return lets;
  }
  return lets;
}

/** The number before in a chain of numbers, which only fall. */
function before<N extends number | bigint>(id: N, previous: N | undefined, tells: string): N | undefined {
  if (previous !== undefined && previous >= id) throw new IntegrityBroken(`${tells} names one that is not before it`);
  return previous;
}
