/**
 * Studies as FHIR R4 `ResearchStudy`, both ways. The chain has of a study who is behind it, who approves it, what it wants data for, and commitments to
 * its protocol. All else that a ResearchStudy says belongs to the protocol: whoever registers one commits to its bytes.
 */
import type { CodeableConcept, Extension, Reference, ResearchStudy } from 'fhir/r4.js';
import { commit, newSalt, toHex, type Hex } from '@salus/types';
import { dateTime, period } from '@salus/types/days';
import { USES, type Use } from '../chain/codes.js';
import type { Study } from '../chain/model.js';
import { usesFromDuo, usesToDuo } from '../ga4gh/duo.js';
import { refuse, shown } from '../refused.js';
import { codingsOf, identifiedBy, itemsOf, member, numberIn, resourceIn, unmodified, type Node } from './json.js';

export const STUDY_SYSTEM = 'urn:salus:study';
export const RESEARCH_USE_SYSTEM = 'urn:salus:research-use';
export const ETHICS_BODY = 'urn:salus:ethics-body';
export const ETHICS_APPROVAL = 'urn:salus:ethics-approval';
export const PROTOCOL_COMMITMENT = 'urn:salus:protocol-commitment';
export const ORGANISATION_SYSTEM = 'urn:salus:organisation';
export const ACCOUNT_SYSTEM = 'urn:salus:account';
/** How FHIR names DUO, an ontology of OBO. */
export const DUO_SYSTEM = 'http://purl.obolibrary.org/obo/duo.owl';

const reference = (type: string, system: string, value: string): Reference => ({ type, identifier: { system, value } });

/** A use in the chain's words, and in DUO's where DUO has one. */
function category(use: Use): CodeableConcept {
  const own = { system: RESEARCH_USE_SYSTEM, code: use };
  try {
    return { coding: [own, ...usesToDuo([use]).map(({ id, label }) => ({ system: DUO_SYSTEM, code: id, display: label ?? id }))] };
  } catch {
    return { coding: [own] };
  }
}

/**
 * R4's word for where a study is: `approved` while an approval lasts, `withdrawn` after one was withdrawn for good, `temporarily-closed-to-accrual-and-intervention` while
 * one is suspended, and `in-review` otherwise. Whether data is used is not the study's, but a permit's.
 */
function statusOf({ approved, withdrawnAt, approvals }: Study): ResearchStudy['status'] {
  if (withdrawnAt !== undefined) return 'withdrawn';
  if (approved) return 'approved';
  return approvals.at(-1)?.ended?.how === 'Suspended' ? 'temporarily-closed-to-accrual-and-intervention' : 'in-review';
}

/** A study of the chain as a ResearchStudy. `zone` is the time zone of its dates, by its IANA name. */
export function toResearchStudy(study: Study, zone: string): ResearchStudy {
  const extension: Extension[] = [
    { url: ETHICS_BODY, valueReference: reference('Organization', ORGANISATION_SYSTEM, String(study.ethics)) },
    ...study.approvals.map(({ from, until, ended, protocol }): Extension => ({
      url: ETHICS_APPROVAL,
      extension: [
        { url: 'period', valuePeriod: period({ from, until: Math.max(from + 1, Math.min(until, ended?.at ?? until)) }, zone) },
        { url: 'protocol', valueUnsignedInt: protocol },
        ...(ended === undefined ? [] : [{ url: 'ended', valueCode: ended.how }]),
      ],
    })),
    ...study.protocols.map(({ commitment, at }): Extension => ({
      url: PROTOCOL_COMMITMENT, extension: [{ url: 'commitment', valueString: commitment }, { url: 'at', valueDateTime: dateTime(at, zone) }],
    })),
  ];
  return {
    resourceType: 'ResearchStudy', extension,
    identifier: [{ system: STUDY_SYSTEM, value: String(study.id) }],
    status: statusOf(study),
    category: study.uses.map(category),
    sponsor: reference('Organization', ORGANISATION_SYSTEM, String(study.organisation)),
    principalInvestigator: reference('Practitioner', ACCOUNT_SYSTEM, study.investigator),
  };
}

/** What the references of a ResearchStudy mean, by their text: `Organization/7`. */
export interface StudyBook {
  organisations?: Readonly<Record<string, number>>;
  investigators?: Readonly<Record<string, string>>;
  /** The ethics body, if the resource names none: R4 has no element for it. */
  ethics?: number;
}

/** What a ResearchStudy asks the chain to register. */
export interface StudyProposal {
  organisation: number;
  ethics: number;
  /** The principal investigator, who signs. */
  investigator: string | undefined;
  uses: Use[];
  /** Of one that is on the chain: its number. */
  id: number | undefined;
}

/** States in which a study may still ask for data. */
const OPEN: readonly unknown[] = ['active', 'approved', 'in-review', 'temporarily-closed-to-accrual', 'temporarily-closed-to-accrual-and-intervention'];

function party<T>(node: unknown, path: string, own: (reference: unknown) => T | undefined, book: Readonly<Record<string, T>> = {}): T {
  const text = member(node, 'reference');
  return own(node) ?? (typeof text === 'string' && Object.hasOwn(book, text) ? book[text] : undefined)
    ?? refuse('unknown-party', path, `${shown(node)} is nobody known here: say who it is`);
}

const organisationIn = (node: unknown): number | undefined => numberIn(identifiedBy(node, ORGANISATION_SYSTEM));

function usesIn(study: Node): Use[] {
  const categories = itemsOf(study['category'], 'ResearchStudy.category');
  if (categories.length === 0) refuse('missing', 'ResearchStudy.category', 'it does not say what data is wanted for: a use of the chain, or a purpose of DUO');
  const found = categories.flatMap(([concept, path]) => {
    const uses = codingsOf(concept, path).map(({ system, code, path: at }): Use => {
      if (system === RESEARCH_USE_SYSTEM) return USES.find((use) => use === code) ?? refuse('code-unknown', at, `${shown(code)} is no use of the chain`);
      if (system === DUO_SYSTEM) return usesFromDuo([{ id: code }])[0] as Use;
      return refuse('code-unknown', at, `${shown(system)} is no system of uses that is read here: what it limits or adds cannot be told`);
    });
    // Codings of one concept mean the same.
    if (new Set(uses).size > 1) refuse('contradiction', path, `its codes mean different uses: ${uses.join(', ')}`);
    return uses.slice(0, 1);
  });
  return USES.filter((use) => found.includes(use));
}

/**
 * Reads a ResearchStudy for the chain. Refuses (`NotRepresentable`) what is over, what does not say for what data is wanted or who is behind it, and
 * what changes the meaning of the rest. What it says besides, of arms, sites or objectives, is the protocol's: commit to the resource with {@link protocolOf}.
 */
export function studyFromFhir(record: Uint8Array, book: StudyBook = {}): StudyProposal {
  const study = resourceIn(record, 'ResearchStudy');
  unmodified(study);
  const { status } = study;
  if (!OPEN.includes(status)) refuse('not-in-force', 'ResearchStudy.status', `it is ${shown(status)}, and asks for no data any more`);
  const uses = usesIn(study);
  if (study['sponsor'] === undefined) refuse('missing', 'ResearchStudy.sponsor', 'it names no institution');
  const organisation = party(study['sponsor'], 'ResearchStudy.sponsor', organisationIn, book.organisations);
  const bodies = itemsOf(study['extension'], 'ResearchStudy.extension').filter(([extension]) => member(extension, 'url') === ETHICS_BODY);
  if (bodies.length > 1) refuse('contradiction', bodies[1]?.[1] ?? 'ResearchStudy.extension', 'two ethics bodies, and a study has one');
  const [body] = bodies;
  const ethics = body === undefined ? book.ethics : party(member(body[0], 'valueReference'), body[1], organisationIn, book.organisations);
  if (ethics === undefined) return refuse('missing', 'ResearchStudy', 'no ethics body is named, neither there nor beside it');
  const investigator = study['principalInvestigator'] === undefined ? undefined : party(
    study['principalInvestigator'], 'ResearchStudy.principalInvestigator', (node) => identifiedBy(node, ACCOUNT_SYSTEM), book.investigators,
  );
  const ids = itemsOf(study['identifier'], 'ResearchStudy.identifier').filter(([identifier]) => member(identifier, 'system') === STUDY_SYSTEM);
  const id = ids.length === 0 ? undefined : numberIn(String(member(ids[0]?.[0], 'value')));
  return { organisation, ethics, investigator, uses, id };
}

/** A salted commitment to a protocol: to the bytes of a ResearchStudy in their form `FhirJson`, or to any other document. Keep the salt. */
export function protocolOf(record: Uint8Array, form: 'Bytes' | 'FhirJson' = 'FhirJson', salt: Uint8Array = newSalt()): { commitment: Hex; salt: Hex; form: 'Bytes' | 'FhirJson' } {
  return { commitment: toHex(commit(salt, record, form)), salt: toHex(salt), form };
}
