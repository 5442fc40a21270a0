/**
 * What the chain is flooded with: the calls that patients and staff make most, each with what it needs to succeed. Every
 * signer holds tokens and pays its own fee, as in a plain transfer, but for a revocation, which is free. What a sponsor costs besides is not
 * measured: its limits for a day allow no flood.
 */
import type { KeyringPair } from '@polkadot/keyring/types';
import { anchors, attestMessage, claims, consent, identity, signMessage, type Call } from '@salus/client';
import { newSalt } from '@salus/types';
import type { ClaimLine } from '@salus/types/claims';
import { coded, open, type Provider } from '../billing.js';
import type { Insured } from '../insured.js';
import { hospitalOf } from '../steps/visit.js';
import { until } from '../wait.js';
import { DAY, type World } from '../world.js';
import { TRANSFER, type Hot } from './agreed.js';
import { ownOf, ownOfTransfer, type Declaring, type Own } from './declared.js';
import { sign, type Effect, type Signed } from './flood.js';
import { DIRECTIVES, WEIGHED } from './weighed.js';

/** One call of many, on a chain that is ready for it. */
export interface Row {
  /** What it may cost is in agreed.ts. */
  name: Hot | typeof TRANSFER;
  /** What the call declares of its own. */
  own: Own;
  /** How many records each call anchors. */
  leaves?: number;
  /** Whether the call is free: then it gives back what taking the fee declares. */
  free?: boolean;
  /** What each call must have done, if that is more than to succeed. */
  effect?: Effect;
  /** Makes the chain ready, and signs as many calls of the row as there shall be, or some fewer. */
  prepare: (count: number) => Promise<Signed[]>;
}

/** How many calls one batch of the preparation has, and how many batches are under way. */
const [BATCH, BATCHES] = [100, 24];
/** How many requests of the preparation are under way. */
const AT_ONCE = 128;
/** After how many signatures the connection to the node gets its turn: signing alone would make it seem dead. */
const TURN = 100;

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** So many calls of one account, sent in batches, with all of the blocks that they need. */
async function sendMany(world: World, count: number, call: (nth: number) => Call, sender: KeyringPair): Promise<void> {
  const { batchAll } = world.api.tx.utility;
  // Some at a time: one failure is told soon, and so many calls at once would be more than this program's memory holds well.
  for (let sent = 0; sent < count; sent += BATCH * BATCHES) {
    const starts = range(BATCHES).map((nth) => sent + nth * BATCH).filter((first) => first < count);
    await world.sendAll(starts.map((first) => batchAll(range(Math.min(BATCH, count - first)).map((nth) => call(first + nth)))), sender);
  }
}

/** Does something with each, with some of them at a time. */
async function some<One, Done>(each: readonly One[], does: (one: One) => Promise<Done>): Promise<Done[]> {
  const done: Done[] = [];
  for (let first = 0; first < each.length; first += AT_ONCE) done.push(...await Promise.all(each.slice(first, first + AT_ONCE).map(does)));
  return done;
}

/** For some tens of calls with their deposits, and for one: of the latter there are tens of thousands, and one account gives to all. */
const [FOR_MANY, FOR_ONE] = [20_000_000_000_000n, 2_000_000_000_000n];

/** Fresh accounts that hold tokens. */
async function wallets(world: World, count: number, tokens: bigint): Promise<KeyringPair[]> {
  const pairs = range(count).map(() => world.stranger());
  const alice = world.keyring.addFromUri('//Alice');
  await sendMany(world, count, (nth) => world.api.tx.balances.transferKeepAlive((pairs[nth] as KeyringPair).address, tokens), alice);
  return pairs;
}

/** Accounts that are patients, with tokens. */
async function patients(world: World, count: number): Promise<KeyringPair[]> {
  const pairs = await wallets(world, count, FOR_MANY);
  await some(pairs, (pair) => world.send(identity.register(world.api, agreementKey()), pair));
  return pairs;
}

const agreementKey = (): string => `0x${Buffer.from(newSalt()).toString('hex')}`;

/** So many calls of one account, signed one at a time with the nonces from `nonce` on. */
async function signAll(world: World, pair: KeyringPair, count: number, call: (nth: number) => Call, nonce: number): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    signed.push(...sign(world.api, pair, [call(nth)], nonce + nth));
    if (nth % TURN === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  return signed;
}

/** The same number of calls by each account; `call` is told the account and which of its calls it is. */
async function byEach(
  world: World, pairs: readonly KeyringPair[], count: number, call: (pair: KeyringPair, nth: number) => Call,
): Promise<Signed[]> {
  const each = Math.ceil(count / pairs.length);
  const nonces = await some(pairs, (pair) => world.nonceOf(pair));
  const signed: Signed[][] = [];
  for (const [at, pair] of pairs.entries()) signed.push(await signAll(world, pair, each, (nth) => call(pair, nth), nonces[at] as number));
  // In turns, so that the pool gets what it can include at once.
  return range(each).flatMap((nth) => signed.map((calls) => calls[nth] as Signed)).slice(0, count);
}

/** How many records a batch has. */
const LEAVES = 65_536;
/** For how many calls one purse surely pays, fees and deposits: a quarter of a token each. */
const PURSE_LASTS = 400;

/** The rows, in the order in which they build on one another. */
export function rows({ api, world, institutions, staff, members }: Insured): Row[] {
  const { hospital, clinic } = institutions;
  const steward = staff.steward;
  let permitted: KeyringPair[] = [];
  let given = 0;
  const permits = async (count: number): Promise<Signed[]> => {
    given = count;
    permitted = await patients(world, Math.ceil(count / DIRECTIVES));
    const end = await world.now() + 30 * DAY;
    return byEach(world, permitted, count, () => consent.permit(api, { organisation: clinic.org }, {
      actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: end,
    }));
  };
  // Deposits and bonds are the administrator's, whoever signs: for some thousands they are more than one purse.
  const filled = async (count: number, ...signers: KeyringPair[]): Promise<void> => {
    for (const account of [hospital.admin, ...signers]) await world.fund(range(Math.ceil(count / PURSE_LASTS)).map(() => account));
  };
  return [
    {
      name: TRANSFER, own: ownOfTransfer().own,
      prepare: async (count) => {
        const to = world.stranger();
        await world.fund([to]);
        return byEach(world, await wallets(world, 64, FOR_MANY), count, () => api.tx.balances.transferKeepAlive(to.address, 1_000_000_000n));
      },
    },
    {
      name: 'patient_identity.register', own: ownOf(WEIGHED['patient_identity.register']),
      prepare: async (count) => byEach(world, await wallets(world, count, FOR_ONE), count, () => identity.register(api, agreementKey())),
    },
    {
      name: 'consent.permit (to an organisation)', own: ownOf(WEIGHED['consent.permit (to an organisation)']),
      prepare: permits,
    },
    {
      name: 'consent.revoke', own: ownOf(WEIGHED['consent.revoke']), free: true,
      // What the row before gave, or the same made here.
      prepare: async (count) => {
        if (permitted.length === 0) {
          await some(await permits(count), (transaction) => api.rpc.author.submitExtrinsic(transaction));
          await until('the Permits are given', async () => (await api.rpc.author.pendingExtrinsics()).length === 0, { every: 3_000 });
        }
        return byEach(world, permitted, Math.min(count, given), (_, nth) => consent.revoke(api, nth));
      },
    },
    {
      name: 'record_anchor.anchor', own: ownOf(WEIGHED['record_anchor.anchor']),
      prepare: async (count) => {
        await filled(count, steward);
        return byEach(world, [steward], count, () => anchors.anchor(api, hospital.org, newSalt()));
      },
    },
    {
      name: 'record_anchor.anchor_batch', own: ownOf(WEIGHED['record_anchor.anchor_batch']), leaves: LEAVES,
      prepare: async (count) => {
        await filled(count, steward);
        return byEach(world, [steward], count, () => anchors.anchorBatch(api, hospital.org, { root: newSalt(), leaves: LEAVES }));
      },
    },
    {
      name: 'claims.submit (one line, settled)', own: ownOf(WEIGHED['claims.submit (one line, settled)']), effect: ['claims', 'Settled'],
      prepare: async (count) => {
        const provider = hospitalOf(institutions, staff);
        // The visit and the claim.
        await filled(2 * count, provider.nurse, provider.clerk);
        return settled(world, provider, count, members);
      },
    },
  ];
}

/** How many directives one patient may have in force: a revocation declares so many, and gives back what there are less. */
const MAX_LIVE = 64;

/** The hot calls that declare one function of the weights before they are made, with some arguments. The others add parts that only the state decides about. */
export function declaring({ api, institutions: { hospital } }: Insured): Declaring[] {
  const { address } = hospital.admin;
  const batch = { root: newSalt(), leaves: LEAVES };
  return [
    { name: TRANSFER, call: api.tx.balances.transferKeepAlive(address, 1), own: ownOfTransfer().own },
    { name: 'patient_identity.register', call: identity.register(api, agreementKey()), own: ownOf(WEIGHED['patient_identity.register']) },
    { name: 'consent.revoke', call: consent.revoke(api, 0), own: ownOf({ pallet: 'consent', call: 'revoke', at: { l: MAX_LIVE } }) },
    { name: 'record_anchor.anchor', call: anchors.anchor(api, hospital.org, newSalt()), own: ownOf(WEIGHED['record_anchor.anchor']) },
    { name: 'record_anchor.anchor_batch', call: anchors.anchorBatch(api, hospital.org, batch), own: ownOf(WEIGHED['record_anchor.anchor_batch']) },
  ];
}

/** Visits that are over, one for each claim, and the claims. */
async function settled(world: World, provider: Provider, count: number, members: Insured['members']): Promise<Signed[]> {
  const { api } = world;
  const { institution: { org }, nurse, clerk } = provider;
  const line = (): ClaimLine => coded('Preventive', 'G0438', '0.10').line;
  const lines = range(count).map(line);
  const only = (at: number): [ClaimLine] => [lines[at] as ClaimLine];
  const { encounter } = await open(world, provider);
  const first = encounter + 1;
  await sendMany(world, count, () => claims.openEncounter(api, org), nurse);
  const expiry = await world.now() + 50 * 60;
  const coverOf = (at: number): Insured['members'][number] => members[at % members.length] as Insured['members'][number];
  const signatures = await some(range(count), (at) => signMessage(coverOf(at).member, attestMessage(api.genesisHash.toHex(), org, first + at, coverOf(at).coverage, expiry)));
  await sendMany(world, count, (at) => claims.attestFor(api, org, first + at, coverOf(at).coverage, expiry, signatures[at] as (typeof signatures)[number]), nurse);
  await sendMany(world, count, (at) => claims.closeEncounter(api, org, first + at, only(at)), clerk);
  return signAll(world, clerk, count, (at) => claims.submit(api, org, first + at, only(at)), await world.nonceOf(clerk));
}
