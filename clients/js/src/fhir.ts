/** What the SDK must know of FHIR R4: the class of a resource, and the chain's form `FhirJson`. */
import { IntegrityBroken } from './errors.js';
import { utf8 } from './bytes.js';
import type { DataClass, SensitivityLabel } from './codes.js';
import { labelsOf } from './labels.js';

const CLASS_BY_TYPE = new Map<string, DataClass>(Object.entries({
  Patient: 'Demographics', RelatedPerson: 'Demographics', Practitioner: 'Demographics',
  PractitionerRole: 'Demographics', Organization: 'Demographics', Location: 'Demographics',
  Condition: 'Problems', AllergyIntolerance: 'Problems',
  MedicationRequest: 'Medications', MedicationStatement: 'Medications',
  MedicationDispense: 'Medications', MedicationAdministration: 'Medications',
  DiagnosticReport: 'Laboratory', Specimen: 'Laboratory',
  Observation: 'Observations',
  ImagingStudy: 'Imaging', Media: 'Imaging',
  Procedure: 'Procedures', Immunization: 'Procedures', Device: 'Procedures',
  SupplyDelivery: 'Procedures',
  Encounter: 'Encounters', EpisodeOfCare: 'Encounters', Appointment: 'Encounters',
  Composition: 'Documents', DocumentReference: 'Documents', ClinicalImpression: 'Documents',
  Provenance: 'Documents',
  CarePlan: 'CarePlans', CareTeam: 'CarePlans', Goal: 'CarePlans', ServiceRequest: 'CarePlans',
  Questionnaire: 'Questionnaires', QuestionnaireResponse: 'Questionnaires',
  FamilyMemberHistory: 'Questionnaires',
  MolecularSequence: 'Genomics',
  Coverage: 'Financial', Claim: 'Financial', ClaimResponse: 'Financial',
  ExplanationOfBenefit: 'Financial',
}));

interface Coding {
  code?: string;
}

/** The parts of a resource that say how it is to be treated; the rest is nobody's business here. */
export interface Classification {
  resourceType: string;
  dataClass: DataClass;
  labels: SensitivityLabel[];
}

/**
 * Classifies one FHIR R4 resource, with the labels of all that is inside it. A type or a security code
 * that is not in the tables is refused, never guessed; so are Bundles and Parameters, whose parts may
 * be of several classes, and what has a member twice, of which readers see either the one or the other.
 */
export function classify(resource: Uint8Array): Classification {
  const parsed = JSON.parse(new TextDecoder().decode(canonicalFhirJson(resource))) as {
    resourceType?: string;
    category?: { coding?: Coding[] } | { coding?: Coding[] }[];
  };
  const resourceType = parsed.resourceType ?? '';
  let dataClass = CLASS_BY_TYPE.get(resourceType);
  if (!dataClass) throw new RangeError(`no data class for a resource of type "${resourceType}"`);
  if (resourceType === 'Observation' && parsed.category) {
    const codings = [parsed.category].flat().flatMap((category) => category.coding ?? []);
    if (codings.some((coding) => coding.code === 'laboratory')) dataClass = 'Laboratory';
  }
  return { resourceType, dataClass, labels: labelsOf(parsed) };
}

/** A string is unrolled: as one alternation it would exhaust the stack within an attachment of 8 MB. */
const TOKEN = /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** In how many objects and arrays a value may stand. FHIR's own resources stay below fifty. */
export const MAX_JSON_DEPTH = 512;

/**
 * FHIR JSON with members sorted (by UTF-16 code units, as in RFC 8785), white space removed, strings
 * in their shortest escape, and numbers **kept as they are written**: 1.0 is not 1.00 in FHIR, and
 * RFC 8785 would make both 1. A byte order mark before it is ignored.
 *
 * Throws {@link IntegrityBroken} for what is not JSON in UTF-8, for a member that occurs twice, for half
 * of a surrogate pair, and for a value deeper than {@link MAX_JSON_DEPTH}. `docs/vectors/fhir-forms.json`.
 */
export function canonicalFhirJson(record: Uint8Array): Uint8Array {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(record);
  } catch {
    throw new IntegrityBroken('not JSON: not in UTF-8');
  }
  let at = 0;
  let depth = 0;
  const next = (): string => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = TOKEN.lastIndex = SPACE.lastIndex;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new IntegrityBroken(`not JSON at character ${at}`);
    at += token.length;
    return token;
  };
  const expected = (token: string, wanted: string): void => {
    if (token !== wanted) throw new IntegrityBroken(`not JSON: "${wanted}" expected before character ${at}`);
  };
  const string = (token: string): string => {
    let plain: string;
    try {
      plain = JSON.parse(token) as string;
    } catch {
      throw new IntegrityBroken(`not JSON: a wrong escape before character ${at}`);
    }
    if (LONE_SURROGATE.test(plain)) throw new IntegrityBroken(`half of a surrogate pair before character ${at}`);
    return plain;
  };
  const value = (token: string): string => {
    if (depth > MAX_JSON_DEPTH) throw new IntegrityBroken(`more than ${MAX_JSON_DEPTH} levels at character ${at}`);
    if (token === '{' || token === '[') {
      depth += 1;
      const whole = token === '{' ? object() : array();
      depth -= 1;
      return whole;
    }
    if (token.startsWith('"')) return JSON.stringify(string(token));
    if (/^[}\],:]$/.test(token)) throw new IntegrityBroken(`not JSON: stray "${token}"`);
    return token;
  };
  const object = (): string => {
    const members = new Map<string, string>();
    let token = next();
    while (token !== '}') {
      if (!token.startsWith('"')) throw new IntegrityBroken('not JSON: a member without a name');
      const name = string(token);
      if (members.has(name)) throw new IntegrityBroken(`the member "${name}" occurs twice`);
      expected(next(), ':');
      members.set(name, value(next()));
      token = next();
      if (token === '}') break;
      expected(token, ',');
      token = next();
      if (token === '}') throw new IntegrityBroken('not JSON: a comma before "}"');
    }
    const sorted = [...members.keys()].sort();
    return `{${sorted.map((name) => `${JSON.stringify(name)}:${members.get(name)}`).join(',')}}`;
  };
  const array = (): string => {
    const items: string[] = [];
    let token = next();
    if (token === ']') return '[]';
    for (;;) {
      items.push(value(token));
      token = next();
      if (token === ']') return `[${items.join(',')}]`;
      expected(token, ',');
      token = next();
    }
  };
  const canonical = value(next());
  SPACE.lastIndex = at;
  SPACE.exec(text);
  if (SPACE.lastIndex !== text.length) throw new IntegrityBroken('not JSON: text behind the value');
  return utf8(canonical);
}
