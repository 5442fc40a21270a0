/**
 * How fast a node answers who may see what, beside the two cheapest things that it can be asked: one value of the state, and
 * a function of the runtime that does nothing. What is sent is made once, and what comes back is not read: the client's part is its socket.
 */
import { ApiPromise } from '@polkadot/api';
import { WsProvider } from '@polkadot/rpc-provider';
import { best, consent, type Snapshot } from '@salus/client';
import { DATA_CLASSES, PURPOSES, type Access, type Question } from '@salus/types';
import { quantile } from '../quantile.js';
import type { Peopled } from '../setting.js';
import { registerPatients } from '../steps/patient.js';
import { DAY } from '../world.js';
import { processorTime } from './processes.js';

/** As many directives as the runtime keeps in force for one patient, and how many of them can be Permits. */
const [DIRECTIVES, PERMITS] = [64, 48];
/** How many patients are asked about in turns. */
const PATIENTS = 8;
/** How many requests are under way when as many as possible are asked. */
const AT_ONCE = 32;
/** How many times as many requests are made then: for some seconds, since processor time is told in hundredths. */
const MANY = 10;

/** What is aimed at (design, page 5), in the units of what was found. */
export interface Aims {
  p50?: number;
  p99?: number;
  perSecond?: number;
  perCore?: number;
}

/** A decision alone. 10,000 a second are of two cores, on which this program runs as well. */
export const DECIDE: Aims = { p50: 0.3, p99: 4, perSecond: 10_000, perCore: 5_000 };
/** 256 of them in one request. */
export const DECIDE_MANY: Aims = { p50: 1.5 };
/** How much more than an empty function a decision may take, in milliseconds, of an answer and of the node's processors, where a machine misses the aims. */
export const BEYOND_EMPTY = 0.2;
/** Of what nobody has named an aim. */
export const REPORTED: Aims = {};

/** The function of the runtime that does nothing. What another one takes beyond it is that one's own, with what it reads of the state. */
export const EMPTY = 'an empty function of the runtime (`Core_version`)';

export interface Asked {
  name: string;
  aims?: Aims;
  /** One at a time, in milliseconds. */
  p50: number;
  p99: number;
  /** Many at a time. */
  perSecond: number;
  /** The same, of each second of processor time that the nodes took. */
  perCore: number;
  /** The processor time of this program meanwhile, as a share of that time. */
  own: number;
}

type Request = [method: string, params: unknown[]];

/** Requests that ask one thing in turns, by its name. */
export interface Asking {
  name: string;
  requests: readonly Request[];
  /** The share of the rounds that are made of it: what takes long is asked less often. */
  share: number;
  aims?: Aims;
}

/** The two cheapest things that a node can be asked. */
export const cheapest = (api: ApiPromise): Asking[] => [
  { name: 'one value of the state (`state_getStorage`)', requests: [['state_getStorage', [api.query.timestamp.now.key()]]], share: 1 },
  { name: EMPTY, requests: [['state_call', ['Core_version', '0x']]], share: 1 },
];

/** The request that the SDK makes when it asks. */
export async function requestOf(endpoint: string, ask: (at: Snapshot) => Promise<unknown>): Promise<Request> {
  const provider = new WsProvider(endpoint);
  let seen: Request | undefined;
  const send = provider.send.bind(provider);
  provider.send = (method, params, ...rest) => {
    if (method === 'state_call') seen = [method, params];
    return send(method, params, ...rest);
  };
  const api = await ApiPromise.create({ provider, noInitWarn: true });
  try {
    await ask(await best(api));
  } finally {
    await api.disconnect();
  }
  if (!seen) throw new Error('the SDK did not ask the runtime');
  // Without the block that the SDK names.
  return [seen[0], seen[1].slice(0, 2)];
}

async function measure(provider: WsProvider, { name, requests, share, aims }: Asking, all: number): Promise<Asked> {
  const rounds = Math.ceil(all * share);
  const ask = async (nth: number): Promise<void> => {
    const [method, params] = requests[nth % requests.length] as Request;
    await provider.send(method, params);
  };
  for (let nth = 0; nth < rounds / 10; nth += 1) await ask(nth);
  const times: number[] = [];
  for (let nth = 0; nth < rounds; nth += 1) {
    const start = performance.now();
    await ask(nth);
    times.push(performance.now() - start);
  }
  const together = rounds * MANY;
  const [start, used, took] = [performance.now(), process.cpuUsage(), await processorTime()];
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < together) await ask(next++);
  }));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  return {
    name, ...(aims && { aims }), p50: quantile(times, 0.5), p99: quantile(times, 0.99), perSecond: together / seconds,
    perCore: together / (await processorTime() - took), own: (user + system) / 1e6 / seconds,
  };
}

/** Makes patients with as many directives as one can have, and what is asked about them: of the best block, whichever that is. Tells one of them too. */
export async function questions(all: Peopled, endpoint: string): Promise<{ asking: Asking[]; full: `0x${string}` }> {
  const { api, world, institutions, staff } = all;
  const { clinic, hospital } = institutions;
  const patients = await registerPatients(world, hospital, staff, PATIENTS);
  await world.fund(patients.map(({ pair }) => pair));
  const until = await world.now() + 30 * DAY;
  const scope = { actions: ['Read'], purposes: ['Treat'] } satisfies Partial<Access>;
  // The first permits; all others have to be looked at too, because any could deny.
  const calls = [
    consent.permit(api, { organisation: clinic.org }, { ...scope, classes: ['Laboratory'], until }),
    ...Array.from({ length: PERMITS - 1 }, () =>
      consent.permit(api, { organisation: hospital.org }, { ...scope, classes: ['Observations'], until })),
    ...Array.from({ length: DIRECTIVES - PERMITS }, () =>
      consent.deny(api, { organisation: clinic.org }, { ...scope, classes: ['Imaging'] }, until)),
  ];
  await Promise.all(patients.map(async ({ pair }) => {
    for (let first = 0; first < calls.length; first += 16) await world.send(api.tx.utility.batchAll(calls.slice(first, first + 16)), pair);
  }));
  const about = (handle: `0x${string}`): Question => ({
    subject: handle, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
    actor: { organisation: clinic.org, practitioner: staff.specialist.address },
  });
  const decide: Request[] = [];
  for (const { handle } of patients) {
    const { verdict } = await consent.decideAt(await best(api), about(handle));
    if (verdict !== 'Permit') throw new Error(`the question is answered ${verdict}`);
    decide.push(await requestOf(endpoint, (at) => consent.decideAt(at, about(handle))));
  }
  const one = patients[0] as (typeof patients)[number];
  // Each differs from the others: nothing of one but what is the patient's answers another.
  const different = PURPOSES.flatMap((purpose) => DATA_CLASSES.flatMap((dataClass) => [clinic, hospital].map(({ org }): Question => (
    { ...about(one.handle), purpose, dataClass, actor: { organisation: org, practitioner: staff.specialist.address } }
  )))).slice(0, consent.MAX_QUESTIONS);
  if (different.length !== consent.MAX_QUESTIONS) throw new Error(`${different.length} different questions are too few`);
  const many = await requestOf(endpoint, (at) => consent.decideManyAt(at, different));
  const asking: Asking[] = [
    ...cheapest(api),
    { name: `\`decide\`, ${DIRECTIVES} directives`, requests: decide, share: 1, aims: DECIDE },
    { name: `\`decideMany\`, ${consent.MAX_QUESTIONS} different questions about one patient, ${DIRECTIVES} directives`, requests: [many], share: 0.1, aims: DECIDE_MANY },
  ];
  return { asking, full: one.handle };
}

/**
 * Asks whether a clinician may see what each of these patients has permitted, one after the other. The node at `endpoint` must know them: one whom it does
 * not know is answered sooner.
 */
export async function ofEach(all: Peopled, endpoint: string, name: string, handles: readonly `0x${string}`[]): Promise<Asking> {
  const { institutions: { clinic }, staff } = all;
  const about = (subject: `0x${string}`): Question => ({
    subject, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', actor: { organisation: clinic.org, practitioner: staff.specialist.address },
  });
  const asked = (subject: `0x${string}`): Promise<Request> => requestOf(endpoint, async (at) => {
    const { verdict } = await consent.decideAt(at, about(subject));
    if (verdict !== 'Permit') throw new Error(`the question about a copy is answered ${verdict}`);
  });
  const [one, last] = [handles[0], handles.at(-1)];
  if (!one || !last) throw new Error('nobody is asked about');
  const [[method, [runtimeApi, data]]] = await Promise.all([asked(one), asked(last)]);
  // Only whom it is about differs.
  const of = (handle: string): Request => [method, [runtimeApi, (data as string).replace(one.slice(2), handle.slice(2))]];
  return { name, requests: handles.map(of), share: 1, aims: DECIDE };
}

/** Asks a node, so many times what is asked most. */
export async function asked(endpoint: string, all: readonly Asking[], rounds: number): Promise<Asked[]> {
  const provider = new WsProvider(endpoint);
  await provider.isReady;
  try {
    const found: Asked[] = [];
    for (const asking of all) found.push(await measure(provider, asking, rounds));
    return found;
  } finally {
    await provider.disconnect();
  }
}
