/**
 * Where a patient's records are, as a Bundle of FHIR R4: an Organization for each custodian, and an Endpoint for its gateway. There is nothing clinical in it, and nothing
 * that names the patient: whoever has it may still conclude something from which houses they are.
 */
import { InvalidArgument, utf8, type Hex } from '@salus/types';
import { hash, moment } from '@salus/types/arguments';
import { listIn, membersOf, readMembers, textIn, type Members } from '../json-members.js';
import { checkHouse, MAX_CUSTODIANS, type House } from './list.js';
import { CustodiansRefused } from './refused.js';

/** The system of organisations' numbers, as in the FHIR of other parts of this SDK, and that of chains. */
export const ORGANISATION_SYSTEM = 'urn:salus:organisation';
export const CHAIN_SYSTEM = 'urn:salus:genesis';

/** A Bundle has a multiple of this size, in bytes, so that the size of the encrypted file tells little of how many custodians there are. */
export const BUNDLE_STEP = 32_768;
/** The largest Bundle that is read, in bytes. */
const MAX_BUNDLE = 1_048_576;
const FILLER = 0x20;

const CONNECTION_TYPE = 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type';
const PAYLOAD_TYPE = 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type';

/** What a Bundle tells of a custodian. Whoever made it says so: what is true of an organisation its profile tells. */
export type ShownHouse = Omit<House, 'flagged'>;

/** How a Bundle is made. */
export interface Showing {
  /** The chain whose organisations they are. */
  genesisHash: string;
  /** When it is made, in seconds since 1970, if not now. */
  now?: number;
  /** Whether houses are shown whose very name says something about their patients. Ask the patient for each of them. */
  flagged?: boolean;
}

type Resource = { resourceType: string } & Record<string, unknown>;

/** A custodian as the entries of a Bundle. Their names are fresh each time: by them no two Bundles are known to be of one patient. */
function entriesOf({ organisation, name, gateway }: House): { fullUrl: string; resource: Resource }[] {
  const [house, endpoint] = [`urn:uuid:${crypto.randomUUID()}`, `urn:uuid:${crypto.randomUUID()}`];
  const organization = {
    resourceType: 'Organization', identifier: [{ system: ORGANISATION_SYSTEM, value: String(organisation) }], active: true, name,
    ...(gateway === undefined ? {} : { endpoint: [{ reference: endpoint }] }),
  };
  if (gateway === undefined) return [{ fullUrl: house, resource: organization }];
  return [{ fullUrl: house, resource: organization }, {
    fullUrl: endpoint,
    resource: {
      resourceType: 'Endpoint', status: 'active', connectionType: { system: CONNECTION_TYPE, code: 'hl7-fhir-rest' }, name,
      managingOrganization: { reference: house }, payloadType: [{ coding: [{ system: PAYLOAD_TYPE, code: 'any' }] }],
      payloadMimeType: ['application/fhir+json'], address: gateway,
    },
  }];
}

/** Blanks behind the JSON up to a multiple of {@link BUNDLE_STEP}. */
function padded(text: string): Uint8Array {
  const written = utf8(text);
  const bytes = new Uint8Array(Math.ceil(written.length / BUNDLE_STEP) * BUNDLE_STEP).fill(FILLER);
  bytes.set(written);
  return bytes;
}

/** The Bundle of the custodians that the patient wants to show, as bytes. Throws `InvalidArgument` for one that is flagged, unless `flagged` says that she wants it. */
export function bundleOf(custodians: readonly House[], { genesisHash, now = Math.floor(Date.now() / 1000), flagged = false }: Showing): Uint8Array {
  const genesis = hash(genesisHash, 'genesisHash');
  if (custodians.length > MAX_CUSTODIANS) throw new InvalidArgument('custodians', `are ${custodians.length}, and may be ${MAX_CUSTODIANS}`);
  const houses = custodians.map((each, at) => checkHouse(each, `custodians[${at}]`));
  const telling = houses.find((house) => house.flagged);
  if (telling && !flagged) {
    const why = `have organisation ${telling.organisation}, whose very name says something about its patients: leave it out, or ask the patient and say flagged`;
    throw new InvalidArgument('custodians', why);
  }
  if (new Set(houses.map(({ organisation }) => organisation)).size !== houses.length) throw new InvalidArgument('custodians', 'have an organisation twice');
  const entry = houses.flatMap(entriesOf);
  return padded(JSON.stringify({
    resourceType: 'Bundle', meta: { tag: [{ system: CHAIN_SYSTEM, code: genesis }] }, type: 'collection',
    timestamp: new Date(moment(now, 'now') * 1_000).toISOString(),
    // FHIR has no empty arrays.
    ...(entry.length === 0 ? {} : { entry }),
  }));
}

const malformed = (problem: string): CustodiansRefused => new CustodiansRefused('malformed', problem);

/** What changes the meaning of an element, and is not understood here. */
function checkPlain(resource: Members): void {
  for (const name of ['modifierExtension', 'implicitRules']) if (resource.has(name)) throw malformed(`it has ${name}, which may change what it says`);
}

/** The value with that system in a list of codings or identifiers. */
function valueOf(list: Members, name: string, system: string, member: 'code' | 'value'): string | undefined {
  const found = (listIn(list, name) ?? []).map((each) => membersOf(each)).filter((each) => each && textIn(each, 'system') === system);
  return found.length === 1 && found[0] ? textIn(found[0], member) : undefined;
}

/** The resources of a Bundle, by their URLs. */
function resourcesOf(bundle: Members): Map<string, Members> {
  const resources = new Map<string, Members>();
  if (bundle.has('entry') && !listIn(bundle, 'entry')) throw malformed('its entries are no list');
  for (const value of listIn(bundle, 'entry') ?? []) {
    const entry = membersOf(value);
    const [fullUrl, resource] = [entry && textIn(entry, 'fullUrl'), entry && membersOf(entry.get('resource'))];
    if (!fullUrl || !resource || resources.has(fullUrl)) throw malformed('an entry has no resource, or no URL of its own');
    checkPlain(resource);
    const type = textIn(resource, 'resourceType');
    if (type !== 'Organization' && type !== 'Endpoint') throw malformed('it has more than organisations and their endpoints');
    resources.set(fullUrl, resource);
  }
  return resources;
}

/** Where the gateway of an Organization is: in the Endpoint that it refers to. */
function gatewayOf(organization: Members, resources: ReadonlyMap<string, Members>): string | undefined {
  const references = listIn(organization, 'endpoint');
  if (!references) return undefined;
  const reference = membersOf(references[0]);
  const endpoint = resources.get((reference && textIn(reference, 'reference')) ?? '');
  if (references.length !== 1 || !endpoint || textIn(endpoint, 'resourceType') !== 'Endpoint' || textIn(endpoint, 'status') !== 'active') {
    throw malformed('an organisation has an endpoint that is not there, or not in use');
  }
  // If it has none, it is as wrong as one that is no text.
  return textIn(endpoint, 'address') ?? '';
}

function houseOf(organization: Members, resources: ReadonlyMap<string, Members>): ShownHouse {
  const number = valueOf(organization, 'identifier', ORGANISATION_SYSTEM, 'value');
  const gateway = gatewayOf(organization, resources);
  if (organization.get('active') === false) throw malformed('it has an organisation that is not active');
  if (!number || !/^(?:0|[1-9][0-9]{0,9})$/.test(number)) throw malformed('an organisation has no number');
  try {
    const house = { organisation: Number(number), name: textIn(organization, 'name') as string, ...(gateway === undefined ? {} : { gateway }), flagged: false };
    const { flagged: _, ...shown } = checkHouse(house, 'organisation');
    return shown;
  } catch (error) {
    throw error instanceof InvalidArgument ? malformed(error.message) : error;
  }
}

/**
 * The custodians of a Bundle that {@link bundleOf} has made. Throws `CustodiansRefused` for any other one, and for one of another chain. Whoever made it may have
 * written what they like: ask no gateway there before a profile that is believed (`believedHouse`) says that it is the organisation's.
 */
export function housesOf(bundle: Uint8Array, { genesisHash }: { genesisHash: string }): ShownHouse[] {
  const chain: Hex = hash(genesisHash, 'genesisHash');
  const whole = readMembers(bundle, MAX_BUNDLE, (problem) => malformed(`it ${problem}`));
  if (textIn(whole, 'resourceType') !== 'Bundle' || textIn(whole, 'type') !== 'collection') throw malformed('it is no Bundle of the type collection');
  checkPlain(whole);
  const meta = membersOf(whole.get('meta'));
  const of = meta && valueOf(meta, 'tag', CHAIN_SYSTEM, 'code');
  if (of === undefined) throw malformed('it does not say of which chain its organisations are');
  if (of !== chain) throw new CustodiansRefused('other-chain', 'it is about organisations of another chain than that of this wallet');
  const resources = resourcesOf(whole);
  const houses = [...resources.values()].filter((resource) => textIn(resource, 'resourceType') === 'Organization').map((each) => houseOf(each, resources));
  if (houses.length > MAX_CUSTODIANS) throw malformed(`it has ${houses.length} custodians, and may have ${MAX_CUSTODIANS}`);
  if (new Set(houses.map(({ organisation }) => organisation)).size !== houses.length) throw malformed('it has an organisation twice');
  return houses;
}
