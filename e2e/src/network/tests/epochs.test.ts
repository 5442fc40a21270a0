/** Months go by: a gateway publishes withdrawal epochs in time and without who withdrew, whoever is kept in is named, and an overdue epoch suspends. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { consent, snapshot, type ApiPromise } from '@salus/client';
import * as research from '@salus/research';
import { toHex } from '@salus/types';
import { developmentSpec } from '../../node.js';
import { chainArguments } from '../../researcher.js';
import { people, type Peopled } from '../../setting.js';
import { fails } from '../../steps/amendment.js';
import { EPSILON, fillWith, VALUES, type Site } from '../../steps/counts.js';
import { auditEpoch, auditOpening, inOrder, linesOf, openEpoch, type OpenedEpoch } from '../../steps/epochs.js';
import { setUp } from '../../steps/gateways.js';
import { approveStudy, permitByMatch, sealed, setUpResearch } from '../../steps/research.js';
import { hire } from '../../steps/staff.js';
import { DAY, type Patient, type World } from '../../world.js';
import { atEnd, eventually, heads, Network, saw, scene } from '../harness.js';

const { answers } = research;
/** A day more than half of an epoch, from which on a gateway publishes the next one. */
const HALF = 16 * DAY;
/** A day more than an epoch lasts. */
const WHOLE = 31 * DAY;

/** A development chain, of one node: gateway and auditor go by its clock, and not by the host's, which stays where it is. */
class Alone extends Network {
  static override async start(): Promise<Alone> {
    const { folder, forget } = await Network.folder();
    const spec = join(folder, 'dev.json');
    await writeFile(spec, await developmentSpec());
    const network = new Alone(folder, spec, forget);
    await network.make({ name: 'Alice', args: ['--dev'] });
    await network.begin(180);
    return network;
  }
}

let all: Peopled;
let api: ApiPromise;
let world: World;
let site: Site;
let auditor: string[];
/** Those whose results the hospital has, and who let it use them for research. */
let known: Patient[];
/** The numbers of the directives by which they do. */
let grants: number[];
/** By how much the node's clock is ahead. */
let ahead = 0;
/** The epoch with all of them. */
let whole: OpenedEpoch;

/** The node is off, and on again so many seconds later; the gateway does not run meanwhile. */
async function later(network: Network, seconds: number): Promise<void> {
  await site.house.gateway.stop();
  const node = network.member('Alice');
  const before = await heads(node);
  await node.stop();
  ahead += seconds;
  await node.start({ clock: ahead });
  await network.everywhere('six more are final', 200, ({ finalised }) => finalised.number >= before.best.number + 6);
  saw(`${Math.round(seconds / DAY)} days later, by the chain's clock: ${new Date(await world.now() * 1000).toISOString()}`);
}

const versionNow = async (): Promise<research.Version> => {
  const found = await research.dataset(api, site.dataset);
  assert.ok(found);
  return found.version;
};

/** Whether the permit is alive, as of the moment or now. */
async function standing(moment?: number): Promise<research.Standing | undefined> {
  const { api: at, moment: now } = await snapshot(api, (await api.rpc.chain.getBlockHash()).toHex());
  return research.permitAt(at, site.permit, moment ?? now);
}

const ACTIVE = { standing: 'Active' };
const OVERDUE = { standing: 'Suspended', lapses: ['Epoch'] };

scene('a dataset, and a gateway that publishes its epochs', () => Alone.start(), (step) => {
  step('six people let the hospital count them, and a permit begins', 600, async (network) => {
    api = await network.api();
    const { endpoint } = network.member('Alice');
    all = await people({ endpoint, api, folder: network.folder, stop: async () => undefined });
    ({ world } = all);
    auditor = chainArguments(endpoint, api.genesisHash.toHex(), 'chain');
    const { hospital } = all.institutions;
    const parties = await setUpResearch(world);
    const study = await approveStudy(world, parties);
    const custodian = { name: hospital.name, org: hospital.org, steward: await hire(world, hospital, 'DataSteward') };
    const house = await setUp(world, hospital, endpoint, { name: 'hospital-gateway', asks: ['Auditor'], clock: 'chain' });
    atEnd(() => { void house.gateway.kill(); });
    site = { ...custodian, house, basis: 'Consent', ...await permitByMatch(world, parties, custodian, study, { basis: 'Consent' }) };
    known = await fillWith(world, site, 6);
    const until = await world.now() + 300 * DAY;
    const permitted = await Promise.all(known.map(({ pair }) =>
      world.send(consent.permit(api, { organisation: hospital.org }, { actions: ['Read'], purposes: ['Hresch'], classes: ['Laboratory'], until }), pair)));
    grants = permitted.map((included) => consent.grantedAs(included));
    await house.handIn();
    // Nobody asks here for a count: no mailbox answers at that address.
    await house.gateway.counts({ mailbox: { url: 'http://127.0.0.1:9', token: 'a-token-that-no-mailbox-will-see' }, values: answers.canonical(VALUES), datasets: [{ id: site.dataset, epsilon: EPSILON }] });
    assert.deepEqual([(await versionNow()).epoch, await standing()], [0, ACTIVE]);
  });

  step('once half of its time is over the gateway publishes the next epoch by itself: all six are in it', 600, async (network) => {
    assert.equal((await versionNow()).epoch, 0, 'an epoch was published before half of the time was over');
    await later(network, HALF);
    await site.house.gateway.start();
    whole = await openEpoch(site, 1);
    await auditEpoch(world, auditor, site, whole, known);
    assert.deepEqual(await standing(), ACTIVE);
  });

  step('one takes the directive back, one vetoes research: the next epoch is without them', 600, async (network) => {
    const [revoking, vetoing, ...rest] = known as [Patient, Patient, ...Patient[]];
    await world.sendForGood(consent.revoke(api, grants[0] as number), revoking.pair);
    await world.sendForGood(consent.vetoPurpose(api, 'Hresch'), vetoing.pair);
    assert.equal((await versionNow()).epoch, 1);
    await later(network, HALF);
    await site.house.gateway.start();
    await auditEpoch(world, auditor, site, await openEpoch(site, 2), rest);
    // What was published before they withdrew stays in order.
    await auditEpoch(world, auditor, site, whole, known);
  });

  step('a custodian that keeps them in is found by the auditor, who is told both by name', 300, async () => {
    await site.house.gateway.stop();
    const of = { ...whole.opening, epoch: 3 };
    const kept = { ...of, leaves: inOrder(of, whole.opening.leaves) };
    const root = answers.rootOf(kept);
    const { terms, size } = await versionNow();
    await world.sendForGood(research.publishVersion(api, site.org, site.dataset, { terms, root, size, epoch: 3 }), site.steward);
    const { number: version, at } = await versionNow();
    const file = join(all.folder, 'kept-in.jsonl');
    await writeFile(file, linesOf({ ...kept, version, at, root: toHex(root) }), { mode: 0o600 });
    const { code, told } = await auditOpening(auditor, file);
    assert.deepEqual([code, told.epoch?.participants, told.epoch?.counted, told.epoch?.late], [3, 6, 4, []]);
    const named = told.epoch?.kept.map(({ patient }) => patient).sort();
    assert.deepEqual(named, known.slice(0, 2).map(({ handle }) => handle).sort());
    for (const { why } of told.epoch?.kept ?? []) saw(`kept in: ${why}`);
  });

  step('an epoch that nobody publishes suspends the permit from the second on at which it is due, and the past stays', 400, async (network) => {
    const { nextEpochDue } = await versionNow();
    await later(network, WHOLE);
    assert.deepEqual([await standing(nextEpochDue - 1), await standing(nextEpochDue), await standing()], [ACTIVE, OVERDUE, OVERDUE]);
    const { number } = await versionNow();
    await fails(world, research.reserveQuery(api, site.org, site.permit, number, sealed('a query'), 100_000), site.steward, 'NotActive', 'research');
  });

  step('the gateway publishes it late: the permit is alive again, and the gap stays in what is told of then', 600, async () => {
    const { nextEpochDue } = await versionNow();
    await site.house.gateway.start();
    await auditEpoch(world, auditor, site, await openEpoch(site, 4), known.slice(2));
    const { at } = await versionNow();
    await eventually('the permit is active', 60, async () => (await standing())?.standing === 'Active');
    assert.deepEqual([await standing(nextEpochDue), await standing(at - 1), await standing(at)], [OVERDUE, OVERDUE, ACTIVE]);
    await site.house.gateway.stop();
  });
});
