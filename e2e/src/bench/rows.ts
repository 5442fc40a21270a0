/**
 * What the chain is flooded with: the calls that patients and staff make most, each with what it needs to succeed. Every
 * signer holds tokens and pays its own fee, as in a plain transfer. What a sponsor costs besides is not measured: its limits for a day allow no flood.
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
import { sign, type Effect, type Signed } from './flood.js';

/** One call of many, on a chain that is ready for it. */
export interface Row {
  name: string;
  /** At least which share of the rate of transfers it is to have (design, page 5). */
  aim?: number;
  /** How many times as many as of the others, where a block holds more or fewer. */
  times?: number;
  /** What each call must have done, if that is more than to succeed. */
  effect?: Effect;
  /** Makes the chain ready, and signs as many calls of the row as there shall be. */
  prepare: (count: number) => Promise<Signed[]>;
}

/** How many calls one batch of the preparation has. */
const BATCH = 100;

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Calls of one account, sent in batches, with all of the blocks that they need. */
async function sendMany(world: World, calls: readonly Call[], sender: KeyringPair): Promise<void> {
  const batches = [];
  for (let first = 0; first < calls.length; first += BATCH) batches.push(world.api.tx.utility.batchAll(calls.slice(first, first + BATCH)));
  // A few at a time, so that one failure is told at once.
  for (let first = 0; first < batches.length; first += 8) await world.sendAll(batches.slice(first, first + 8), sender);
}

/** Fresh accounts that hold tokens. */
async function wallets(world: World, count: number): Promise<KeyringPair[]> {
  const pairs = range(count).map(() => world.stranger());
  const alice = world.keyring.addFromUri('//Alice');
  await sendMany(world, pairs.map(({ address }) => world.api.tx.balances.transferKeepAlive(address, 20_000_000_000_000n)), alice);
  return pairs;
}

/** Accounts that are patients, with tokens. */
async function patients(world: World, count: number): Promise<KeyringPair[]> {
  const pairs = await wallets(world, count);
  await Promise.all(pairs.map((pair) => world.send(identity.register(world.api, agreementKey()), pair)));
  return pairs;
}

const agreementKey = (): string => `0x${Buffer.from(newSalt()).toString('hex')}`;

/** The same number of calls by each account; `call` is told the account and which of its calls it is. */
async function byEach(
  world: World, pairs: readonly KeyringPair[], count: number, call: (pair: KeyringPair, nth: number) => Call,
): Promise<Signed[]> {
  const each = Math.ceil(count / pairs.length);
  const signed = await Promise.all(pairs.map(async (pair) =>
    sign(world.api, pair, range(each).map((nth) => call(pair, nth)), await world.nonceOf(pair))));
  // In turns, so that the pool gets what it can include at once.
  return range(each).flatMap((nth) => signed.map((calls) => calls[nth] as Signed)).slice(0, count);
}

/** How many directives each patient of the rows about consent gives: below what one may have in force. */
const EACH = 32;

/** The rows, in the order in which they build on one another. */
export function rows({ api, world, institutions, staff, members }: Insured): Row[] {
  const { hospital, clinic } = institutions;
  const steward = staff.steward;
  let permitted: KeyringPair[] = [];
  const permits = async (count: number): Promise<Signed[]> => {
    permitted = await patients(world, Math.ceil(count / EACH));
    const end = await world.now() + 30 * DAY;
    return byEach(world, permitted, count, () => consent.permit(api, { organisation: clinic.org }, {
      actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: end,
    }));
  };
  // Deposits and bonds are the administrator's, whoever signs: for some thousands they are more than one purse.
  const filled = async (...signers: KeyringPair[]): Promise<void> => {
    for (let purse = 0; purse < 4; purse += 1) await world.fund([hospital.admin]);
    await world.fund(signers);
  };
  return [
    {
      name: 'balances.transfer_keep_alive', times: 3,
      prepare: async (count) => {
        const to = world.stranger();
        await world.fund([to]);
        return byEach(world, await wallets(world, 64), count, () => api.tx.balances.transferKeepAlive(to.address, 1_000_000_000n));
      },
    },
    {
      name: 'patient_identity.register', aim: 0.8,
      prepare: async (count) => byEach(world, await wallets(world, count), count, () => identity.register(api, agreementKey())),
    },
    {
      name: 'consent.permit (to an organisation)', aim: 0.8,
      prepare: permits,
    },
    {
      name: 'consent.revoke', aim: 0.8,
      // What the row before gave, or the same made here.
      prepare: async (count) => {
        if (permitted.length === 0) {
          await Promise.all((await permits(count)).map((transaction) => api.rpc.author.submitExtrinsic(transaction)));
          await until('the Permits are given', async () => (await api.rpc.author.pendingExtrinsics()).length === 0);
        }
        return byEach(world, permitted, count, (_, nth) => consent.revoke(api, nth));
      },
    },
    {
      name: 'record_anchor.anchor', aim: 0.8, times: 0.5,
      prepare: async (count) => {
        await filled(steward);
        return byEach(world, [steward], count, () => anchors.anchor(api, hospital.org, newSalt()));
      },
    },
    {
      name: 'record_anchor.anchor_batch', aim: 0.8, times: 0.5,
      prepare: async (count) => {
        await filled(steward);
        return byEach(world, [steward], count, () => anchors.anchorBatch(api, hospital.org, { root: newSalt(), leaves: 65_536 }));
      },
    },
    {
      name: 'claims.submit (one line, settled)', aim: 0.5, times: 0.5, effect: ['claims', 'Settled'],
      prepare: async (count) => {
        const provider = hospitalOf(institutions, staff);
        await filled(provider.nurse, provider.clerk);
        return settled(world, provider, count, members);
      },
    },
  ];
}

/** Visits that are over, one for each claim, and the claims. */
async function settled(world: World, provider: Provider, count: number, members: Insured['members']): Promise<Signed[]> {
  const { api } = world;
  const { institution: { org }, nurse, clerk } = provider;
  const line = (): ClaimLine => coded('Preventive', 'G0438', '0.10').line;
  const lines = range(count).map(line);
  const { encounter } = await open(world, provider);
  const first = encounter + 1;
  await sendMany(world, lines.map(() => claims.openEncounter(api, org)), nurse);
  const expiry = await world.now() + 50 * 60;
  const attested = await Promise.all(lines.map(async (_, at) => {
    const { coverage, member } = members[at % members.length] as Insured['members'][number];
    const signature = await signMessage(member, attestMessage(api.genesisHash.toHex(), org, first + at, coverage, expiry));
    return claims.attestFor(api, org, first + at, coverage, expiry, signature);
  }));
  await sendMany(world, attested, nurse);
  await sendMany(world, lines.map((each, at) => claims.closeEncounter(api, org, first + at, [each])), clerk);
  return sign(api, clerk, lines.map((each, at) => claims.submit(api, org, first + at, [each])), await world.nonceOf(clerk));
}
