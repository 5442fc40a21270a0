/** Where the patient's records are: the list that her wallet keeps, and a SMART Health Link that shows it to others. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readLinkOffer, shownProfile } from '@salus/exchange';
import {
  addCustodian, believedHouse, bundleOf, CustodiansRefused, housesOf, listKeyOf, mergeLists, newList, newListKey, openList, sealList, type CustodianList, type LinkState,
} from '@salus/exchange/custodians';
import { encryptHealthFile, fetchHealthLink, HealthLinkRefused, healthLinkText, newHealthLink, readHealthLink } from '@salus/exchange/health-link';
import { utf8 } from '@salus/types';
import { CHAIN } from '../chains.js';
import { LOCAL_PATIENT } from '../fixtures.js';
import { clock, expect } from '../transcript.js';
import type { Patient, World } from '../world.js';
import { NO_GATEWAYS, type House, type Houses } from './gateways.js';

/** For how long the link is good, in seconds. */
const HOUR = 3_600;

/** A store for files, as anybody may rent one: it keeps what it is given, by name. */
class Store {
  readonly files = new Map<string, string>();
  /** Who asked for a file, as they said. */
  readonly recipients: string[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async open(): Promise<Store> {
    const store = new Store();
    await new Promise<void>((resolve) => { store.#server.listen(0, '127.0.0.1', resolve); });
    return store;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      this.files.set(pathname, Buffer.concat(parts).toString());
      response.writeHead(201).end();
      return;
    }
    const found = this.files.get(pathname);
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    this.recipients.push(searchParams.get('recipient') ?? '');
    response.writeHead(200, { 'content-type': 'application/jose' }).end(found);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }
}

/** What a function throws; a surprise if it throws nothing. */
async function errorOf(what: string, asked: Promise<unknown>): Promise<unknown> {
  const [error] = await asked.then(() => [] as unknown[], (thrown: unknown) => [thrown]);
  expect(error !== undefined, `${what} is not refused`);
  return error;
}

/** Where a gateway says that it is: its desk shows it to the wallet. */
async function shownAtDesk({ gateway }: House, genesisHash: string): Promise<string> {
  const made = await gateway.house('/links/offers', JSON.stringify({ patient: LOCAL_PATIENT }));
  expect(made.status === 201, `the desk has no offer: ${made.status} ${made.body}`);
  return readLinkOffer((made.json() as { text: string }).text, { genesisHash }).gateway;
}

/** The list of a device that knows one house: its name by its profile, which the chain bears out, and where it is by its profile or its desk. */
async function listOf({ api }: World, house: House, state: LinkState): Promise<CustodianList> {
  const genesisHash = api.genesisHash.toHex();
  const believed = await believedHouse(api, shownProfile(house.org, house.profile), { clock: CHAIN.clock });
  expect(believed.organisation === house.org && believed.name === house.name, `the profile of ${house.name} tells of ${believed.name}`);
  return addCustodian(newList(genesisHash), { ...believed, gateway: believed.gateway ?? await shownAtDesk(house, genesisHash) }, { state });
}

/** The list of two devices, kept encrypted. Answers what the second device opens. */
async function keep({ api, out }: World, patient: Patient, phone: CustodianList, tablet: CustodianList): Promise<CustodianList> {
  const here = { genesisHash: api.genesisHash.toHex() };
  const keyOf = (): Promise<Uint8Array> => listKeyOf(utf8(patient.agreement.identity), { ...here, handle: patient.handle });
  const [kept, empty] = await Promise.all([sealList(mergeLists(phone, tablet), await keyOf()), sealList(newList(here.genesisHash), await keyOf())]);
  expect(kept.length === empty.length, `a list of two has ${kept.length} characters, and an empty one ${empty.length}`);
  out.saw(`the lists of two devices become one of ${mergeLists(phone, tablet).custodians.length} houses, encrypted by a key that comes from the wallet's: ${kept.length} characters, as many as an empty one`);

  const foreign = await errorOf('another key', openList(kept, newListKey(), here));
  expect(foreign instanceof CustodiansRefused && foreign.fault === 'wrong-key', `another key: ${String(foreign)}`);
  out.refused('another wallet, to open it', foreign.message);
  const at = kept.length - 1_000;
  const changed = `${kept.slice(0, at)}${kept[at] === 'A' ? 'B' : 'A'}${kept.slice(at + 1)}`;
  const altered = await errorOf('a changed list', openList(changed, await keyOf(), here));
  expect(altered instanceof CustodiansRefused && altered.fault === 'altered', `a changed list: ${String(altered)}`);
  out.refused('one character was changed', altered.message);
  return openList(kept, await keyOf(), here);
}

/** The patient shows the list by a link to a file at a store; another device reads it, until the file is gone. */
async function show({ api, out }: World, { hospital, clinic }: Houses, list: CustodianList, store: Store): Promise<void> {
  const here = { genesisHash: api.genesisHash.toHex() };
  const expires = Math.floor(Date.now() / 1000) + HOUR;
  const link = newHealthLink({ folder: store.url, expires, label: 'Where my records are' });
  const body = await encryptHealthFile(link, bundleOf(list.custodians, here));
  expect((await fetch(link.url, { method: 'PUT', body })).status === 201, 'the store does not take the file');
  const shown = healthLinkText(link, 'https://viewer.example');
  out.saw(`the patient makes a SMART Health Link, good until ${clock(expires)}: ${shown.slice(0, 40)}…, of ${shown.length} characters`);
  const held = [...store.files.values()].flatMap((text) => text.split('.')).map((part) => Buffer.from(part, 'base64url'));
  for (const { name } of [hospital, clinic]) expect(held.length === 5 && !held.some((part) => part.includes(name)), `the store sees ${name}`);

  // The store of this trial is on this device, without TLS.
  const read = readHealthLink(shown, { local: true });
  const asking = { recipient: 'Dr. Rossi\'s tablet' };
  const [file, ...more] = await fetchHealthLink(read, asking);
  expect(file !== undefined && more.length === 0, 'there is not one file behind the link');
  const houses = housesOf(file.content, here);
  expect(JSON.stringify(houses.map(({ organisation, name }) => [organisation, name])) === JSON.stringify(list.custodians.map(({ organisation, name }) => [organisation, name])), 'another device reads other houses');
  expect(store.recipients.join() === asking.recipient, `the store heard of ${store.recipients.join()}`);
  out.saw(`another device reads it: ${houses.map(({ organisation, name, gateway }) => `${name}, organisation ${organisation}, at ${gateway}`).join('; ')}`);
  out.because('the store has one encrypted file and heard who asked for it; what is true of a house, its profile says, and not the link');

  store.files.clear();
  const gone = await errorOf('a link to nothing', fetchHealthLink(read, asking));
  expect(gone instanceof HealthLinkRefused && gone.fault === 'gone', `a link to nothing: ${String(gone)}`);
  out.refused('the same once the patient has removed the file', gone.message);
  const over = await errorOf('a link whose time is over', (async () => readHealthLink(shown, { now: expires, local: true }))());
  expect(over instanceof HealthLinkRefused && over.fault === 'expired', `a link whose time is over: ${String(over)}`);
  out.refused('the link, an hour later', over.message);
}

/** The patient's wallet lists who keeps her records, keeps the list encrypted, and shows it by a link. The chain hears nothing of it. */
export async function listWhereRecordsAre(world: World, houses: Houses | undefined, patient: Patient): Promise<void> {
  const { out } = world;
  out.chapter('The patient\'s wallet keeps where her records are, and shows it by a link');
  if (!houses) return out.skipped('this chapter', NO_GATEWAYS);
  const { hospital, clinic } = houses;
  const before = await world.nonceOf(patient.pair);
  const [phone, tablet] = await Promise.all([listOf(world, hospital, 'Linked'), listOf(world, clinic, 'Noted')]);
  out.saw(`the phone notes ${hospital.name}, the tablet ${clinic.name}: their names stand in profiles that are those of their licences`);
  const list = await keep(world, patient, phone, tablet);
  const states = new Map(list.custodians.map(({ organisation, state }) => [organisation, state]));
  expect(states.size === 2 && states.get(hospital.org) === 'Linked' && states.get(clinic.org) === 'Noted', `the list is of ${[...states].join('; ')}`);
  const store = await Store.open();
  try {
    await show(world, houses, list, store);
  } finally {
    await store.close();
  }
  expect(await world.nonceOf(patient.pair) === before, 'the patient has sent a transaction');
  out.saw('the patient has sent no transaction for any of it');
}
