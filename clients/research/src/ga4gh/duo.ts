/**
 * Terms of an offer, and uses of a study, as codings of the GA4GH Data Use Ontology (DUO, release 2021-02-23), in the form of Beacon v2's
 * `dataUseConditions.duoDataUse`. Both ways; what one side cannot say is refused, and nothing is left out.
 */
import { InvalidArgument } from '@salus/types';
import type { Modifier, Permission, Use } from '../chain/codes.js';
import type { Offer, Region } from '../chain/model.js';
import { diseaseCode, diseaseOf } from '../disease.js';
import { NotRepresentable, refuse, shown } from '../refused.js';

export const DUO_RELEASE = '2021-02-23';

/** A term with a parameter: DUO says that there is one, and not how it is written. */
export interface DuoParameter {
  id: string;
  label?: string;
}

/** A coding of DUO. */
export interface DuoCoding {
  /** `DUO:` and seven digits. */
  id: string;
  label?: string;
  version?: string;
  /** A disease of DS, a place of GS, a time of TS, a moment of MOR. */
  modifiers?: DuoParameter[];
}

type Codes<T extends string> = readonly (readonly [number, T, string])[];

const PERMISSIONS_OF_DUO: Codes<Exclude<Permission, 'Other'>> = [
  [4, 'NRES', 'no restriction'], [42, 'GRU', 'general research use'], [6, 'HMB', 'health or medical or biomedical research'],
  [7, 'DS', 'disease specific research'], [11, 'POA', 'population origins or ancestry research only'],
];
const MODIFIERS_OF_DUO: Codes<Exclude<Modifier, 'OTHER'>> = [
  [45, 'NPU', 'not for profit organisation use only'], [46, 'NCU', 'non-commercial use only'], [18, 'NPUNCU', 'not for profit, non commercial use only'],
  [16, 'GSO', 'genetic studies only'], [15, 'NMDS', 'no general methods research'], [19, 'PUB', 'publication required'],
  [20, 'COL', 'collaboration required'], [21, 'IRB', 'ethics approval required'], [29, 'RTN', 'return to database or resource'],
  [26, 'US', 'user specific restriction'], [27, 'PS', 'project specific restriction'], [28, 'IS', 'institution specific restriction'],
  [43, 'CC', 'clinical care use'], [12, 'RS', 'research specific restrictions'], [44, 'NPOA', 'population origins or ancestry research prohibited'],
];
const USES_OF_DUO: Codes<Use> = [
  [42, 'GENERAL', 'general research use'], [37, 'BIOMEDICAL', 'biomedical research'], [40, 'DISEASE', 'disease category research'],
  [33, 'ANCESTRY', 'ancestry research'], [31, 'METHODS', 'method development'], [36, 'CONTROL', 'research control'],
  [32, 'POPULATION-GROUP', 'population research'], [34, 'AGE-GROUP', 'age category research'], [35, 'GENDER', 'gender category research'],
  [39, 'DRUG-DEVELOPMENT', 'drug development research'],
];
const REGION = 22;
const MORATORIUM = 24;
const MONTHS = 25;
/** Terms that sort others and restrict nothing by themselves. */
const GROUPS: ReadonlySet<number> = new Set([1, 17]);

const duoId = (number: number): string => `DUO:${String(number).padStart(7, '0')}`;
const coding = (number: number, label: string, ...modifiers: DuoParameter[]): DuoCoding => ({
  id: duoId(number), label, version: DUO_RELEASE, ...(modifiers.length > 0 ? { modifiers } : {}),
});

function numberIn(id: unknown, path: string): number {
  const [, digits] = /^DUO[:_](\d{7})$/.exec(typeof id === 'string' ? id : '') ?? [];
  return digits === undefined ? refuse('other-kind', path, `${shown(id)} is no term of DUO such as DUO:0000042`) : Number(digits);
}

/** What is known beside the terms. */
export interface DuoOptions {
  /** The diseases that a commitment may stand for, such as `MONDO:0005015`: the chain does not say which it is. */
  diseases?: Iterable<string>;
}

/** The terms of an offer as codings. Refuses what DUO has no term for. */
export function offerToDuo(offer: Offer, { diseases = [] }: DuoOptions = {}): DuoCoding[] {
  const { permission, disease, modifiers, unknownModifiers, region, months, moratorium } = offer;
  const base = PERMISSIONS_OF_DUO.find(([, name]) => name === permission);
  if (!base) return refuse('not-representable', 'permission', 'the permission is none of DUO\'s, or several');
  if (unknownModifiers !== undefined && unknownModifiers.length > 0) {
    refuse('code-unknown', 'modifiers', `the offer has modifiers that this version does not know: ${unknownModifiers.join(', ')}`);
  }
  const first = permission === 'DS' ? coding(base[0], base[2], { id: named(disease, diseases) }) : coding(base[0], base[2]);
  return [
    first,
    ...modifiers.map((modifier) => {
      const found = MODIFIERS_OF_DUO.find(([, name]) => name === modifier);
      return found ? coding(found[0], found[2]) : refuse('not-representable', 'modifiers', `DUO has no term for the modifier ${modifier}`);
    }),
    ...(region === undefined ? [] : [coding(REGION, 'geographical restriction', placeOf(region))]),
    ...(months === undefined ? [] : [coding(MONTHS, 'time limit on use', { id: `salus.months:${months}`, label: `${months} months` })]),
    ...(moratorium === undefined ? [] : [coding(MORATORIUM, 'publication moratorium', { id: `salus.from:${moratorium}`, label: new Date(moratorium * 1000).toISOString() })]),
  ];
}

function named(disease: Offer['disease'], diseases: Iterable<string>): string {
  if (disease === undefined) return refuse('missing', 'disease', 'DS names a disease, and there is none');
  return diseaseOf(disease, diseases) ?? refuse('unknown-party', 'disease', `the chain has the commitment ${disease}, and none of the diseases that were given is it`);
}

const placeOf = (region: Region): DuoParameter => ('country' in region
  ? { id: `ISO3166-1:${String(region.country).padStart(3, '0')}` } : { id: `M49:${String(region.area).padStart(3, '0')}` });

function parameterOf({ modifiers }: DuoCoding, path: string, what: string): string {
  const ids = (modifiers ?? []).map(({ id }) => id);
  if (ids.length !== 1) return refuse(ids.length === 0 ? 'missing' : 'not-representable', `${path}.modifiers`, `${ids.length} parameters, and the chain has one: ${what}`);
  return ids[0] as string;
}

function numberAfter(prefix: RegExp, id: string, most: number, path: string, what: string): number {
  const [, digits] = prefix.exec(id) ?? [];
  const value = Number(digits);
  return digits === undefined || value > most ? refuse('other-kind', path, `${shown(id)} is no ${what}`) : value;
}

function regionFrom(id: string, path: string): Region {
  const [, system, digits] = /^(ISO3166-1|M49):(\d{1,3})$/.exec(id) ?? [];
  if (digits === undefined) return refuse('other-kind', path, `${shown(id)} is no place such as ISO3166-1:276 or M49:150`);
  return system === 'M49' ? { area: Number(digits) } : { country: Number(digits) };
}

/** Codings as the terms of an offer. Refuses a code that is not known, or that the chain has no word for: to leave it out would loosen the terms. */
export function offerFromDuo(codings: readonly DuoCoding[]): Offer {
  const offer: Partial<Offer> & { modifiers: Modifier[] } = { modifiers: [] };
  const seen = new Set<number>();
  for (const [at, each] of codings.entries()) {
    const path = `codings[${at}]`;
    const number = numberIn(each?.id, path);
    if (seen.has(number)) refuse('contradiction', path, `${duoId(number)} is there twice`);
    seen.add(number);
    const permission = PERMISSIONS_OF_DUO.find(([duo]) => duo === number)?.[1];
    const modifier = MODIFIERS_OF_DUO.find(([duo]) => duo === number)?.[1];
    const takes = number === 7 || number === REGION || number === MONTHS || number === MORATORIUM;
    if (!takes && (each.modifiers ?? []).length > 0) refuse('not-representable', `${path}.modifiers`, `${duoId(number)} has a parameter, which would limit it further`);
    if (permission !== undefined) {
      if (offer.permission !== undefined) refuse('contradiction', path, `${offer.permission} and ${permission} are both permissions, and an offer has one`);
      offer.permission = permission;
      if (permission === 'DS') offer.disease = diseaseIn(parameterOf(each, path, 'a disease'), path);
    } else if (modifier !== undefined) offer.modifiers.push(modifier);
    else if (number === REGION) offer.region = regionFrom(parameterOf(each, path, 'a place'), path);
    else if (number === MONTHS) offer.months = numberAfter(/^salus\.months:(\d{1,5})$/, parameterOf(each, path, 'months'), 0xffff, path, 'number of months such as salus.months:12');
    else if (number === MORATORIUM) offer.moratorium = numberAfter(/^salus\.from:(\d{1,12})$/, parameterOf(each, path, 'a moment'), 253_402_300_799, path, 'moment such as salus.from:1800000000');
    else if (GROUPS.has(number)) refuse('not-representable', path, `${duoId(number)} sorts other terms, and restricts nothing by itself`);
    else refuse('code-unknown', path, `${duoId(number)} is no permission and no modifier of DUO ${DUO_RELEASE} that is known here`);
  }
  const { permission } = offer;
  if (permission === undefined) return refuse('missing', 'codings', 'no permission is among them (NRES, GRU, HMB, DS, POA)');
  return { ...offer, permission };
}

function diseaseIn(id: string, path: string): Offer['disease'] & string {
  try {
    return diseaseCode(id);
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    throw new NotRepresentable('other-kind', `${path}.modifiers[0]`, `${shown(id)} is no term for a disease`, { cause: error });
  }
}

/** Uses of a study as terms for purposes of research. Refuses a use that DUO has no term for: the sensitive ones, above all. */
export const usesToDuo = (uses: readonly Use[]): DuoCoding[] => uses.map((use, at) => {
  const found = USES_OF_DUO.find(([, name]) => name === use);
  return found ? coding(found[0], found[2]) : refuse('not-representable', `uses[${at}]`, `DUO has no term for the use ${use}`);
});

/** Terms for purposes of research as uses of a study. */
export const usesFromDuo = (codings: readonly DuoCoding[]): Use[] => codings.map((each, at) => {
  const number = numberIn(each?.id, `codings[${at}]`);
  if ((each.modifiers ?? []).length > 0) refuse('not-representable', `codings[${at}].modifiers`, 'a use has no parameter: a disease is stated beside the uses');
  return USES_OF_DUO.find(([duo]) => duo === number)?.[1]
    ?? refuse('code-unknown', `codings[${at}]`, `${duoId(number)} is no purpose of research that is known here`);
});

/** The permission or modifier that a word of the command line means: a short name, or a term. */
export function termNamed(word: string): Permission | Modifier | 'GS' | 'TS' | 'MOR' | undefined {
  const [, digits] = /^DUO[:_](\d{7})$/i.exec(word) ?? [];
  const number = digits === undefined ? undefined : Number(digits);
  const shorthand = word.toUpperCase();
  const found = [...PERMISSIONS_OF_DUO, ...MODIFIERS_OF_DUO].find(([duo, name]) => (number === undefined ? name === shorthand : duo === number))?.[1];
  if (found !== undefined) return found;
  return ([[REGION, 'GS'], [MONTHS, 'TS'], [MORATORIUM, 'MOR']] as const).find(([duo, name]) => (number === undefined ? name === shorthand : duo === number))?.[1];
}
