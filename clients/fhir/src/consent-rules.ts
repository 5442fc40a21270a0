/**
 * What the Consents of the versions of FHIR have in different places, and which rules with which effect their provisions
 * are. `consent-elements.ts` has seen before that there are no other elements.
 *
 * In R4 a provision has a type, which permits or denies, below a base rule (`policyRule`). In R5 it has none: `decision`
 * is the base rule, and each provision excepts something from what is around it. So provisions below a base rule that
 * denies permit, those below one that permits deny, and those within them the other way round.
 */
import { code as oneOf } from '@salus/types/arguments';
import { has } from './books.js';
import { CATEGORIES, codesShown, isOneOf } from './consent-codes.js';
import type { ConsentFault } from './consent-faults.js';
import { listOf, member, membersOf, pathsOf, ResourceRefused } from './refused.js';
import { V3_ACT_CODE } from './systems.js';

/** The versions of FHIR whose Consents are written and read. */
export const FHIR_VERSIONS = ['4.0', '5.0'] as const;
export type FhirVersion = (typeof FHIR_VERSIONS)[number];

/** The version that was asked for, R4 unless said. */
export const versionOf = (fhirVersion: FhirVersion | undefined): FhirVersion => oneOf(FHIR_VERSIONS, fhirVersion ?? '4.0', 'fhirVersion');

/** The names that a version has for what both have. */
interface Names {
  /** Whose data it is about. */
  patient: string;
  /** Who gave it. */
  giver: string;
  /** When it was made. */
  date: string;
  /** Which data a provision is about. */
  dataClass: string;
  /** What of a provision is finer than the chain's classes, or limits otherwise. */
  finer: readonly string[];
}

export const NAMES: Readonly<Record<FhirVersion, Names>> = {
  '4.0': { patient: 'patient', giver: 'performer', date: 'dateTime', dataClass: 'class', finer: ['code', 'data'] },
  '5.0': { patient: 'subject', giver: 'grantor', date: 'date', dataClass: 'resourceType', finer: ['code', 'data', 'documentType', 'expression'] },
};

export const refuse = (fault: ConsentFault, path: string, detail: string, options?: ErrorOptions): never => {
  throw new ResourceRefused(fault, path, detail, options);
};

/** A provision that permits or denies by itself. */
export interface Rule {
  node: unknown;
  path: string;
  effect: 'Permit' | 'Deny';
}

/** The rules of a Consent, and whether its base rule permits what none of them denies. */
export interface Rules {
  rules: Rule[];
  permitsElse: boolean;
}

const NESTED = 'provisions that limit one another are not read';

const OPT_OUT: ReadonlySet<string> = new Set([`${V3_ACT_CODE} OPTOUT`]);
const OPT_IN: ReadonlySet<string> = new Set([`${V3_ACT_CODE} OPTIN`]);

/** Whether the base rule of an R4 Consent permits what no provision denies. */
function basePermits(consent: unknown): boolean {
  if (has(consent, 'policy')) refuse('policy-unknown', 'Consent.policy', 'a policy applies that is not known here');
  const rule = member(consent, 'policyRule');
  if (rule === undefined) return false;
  if (isOneOf(rule, OPT_OUT)) return false;
  if (isOneOf(rule, OPT_IN)) return true;
  return refuse('policy-unknown', 'Consent.policyRule', `${codesShown(rule)} is not known here`);
}

/** Of R4: the root, or, below a root that says nothing itself, those in it. */
function provisionsOf(consent: unknown): [unknown, string][] {
  const root = member(consent, 'provision');
  if (root === undefined) return refuse('no-effect', 'Consent.provision', 'it has none');
  const inner = pathsOf(member(root, 'provision'), 'Consent.provision.provision');
  if (inner.length === 0) return [[root, 'Consent.provision']];
  if (membersOf(root).some(([name]) => name !== 'provision' && name !== 'id')) refuse('nested', 'Consent.provision.provision', NESTED);
  for (const [rule, path] of inner) {
    if (has(rule, 'provision')) refuse('nested', `${path}.provision`, NESTED);
  }
  if (new Set(inner.map(([rule]) => member(rule, 'type'))).size > 1) {
    refuse('nested', 'Consent.provision.provision', 'some permit and some deny, and R4 does not say which prevail');
  }
  return inner;
}

function rulesOfR4(consent: unknown): Rules {
  const permitsElse = basePermits(consent);
  const rules = provisionsOf(consent).map(([node, path]): Rule => {
    const type = member(node, 'type');
    if (type !== 'permit' && type !== 'deny') return refuse('no-effect', `${path}.type`, 'it neither permits nor denies');
    if (permitsElse && type === 'permit') refuse('base-permits', 'Consent.policyRule', 'all is permitted already, so what the provision adds cannot be told');
    return { node, path, effect: type === 'permit' ? 'Permit' : 'Deny' };
  });
  return { rules, permitsElse };
}

/** What a provision says besides what it excepts. */
const limitsIn = (provision: unknown): string =>
  JSON.stringify(membersOf(provision).filter(([name]) => !['id', 'provision'].includes(name)).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * A rule that denies below a base rule that denies: something is excepted from the base rule, and the same is excepted
 * from that. So does `toConsent` write a Deny, for a base rule that permits would permit all the rest.
 */
function denialIn(provision: unknown, path: string): Rule {
  const [only, ...more] = pathsOf(member(provision, 'provision'), `${path}.provision`);
  if (only === undefined || more.length > 0) return refuse('nested', `${path}.provision`, NESTED);
  const [node, at] = only;
  if (has(node, 'provision') || limitsIn(node) !== limitsIn(provision)) refuse('nested', `${path}.provision`, NESTED);
  return { node, path: at, effect: 'Deny' };
}

function rulesOfR5(consent: unknown): Rules {
  if (has(consent, 'policyBasis')) refuse('policy-unknown', 'Consent.policyBasis', 'a policy applies that is not known here');
  for (const [basis, path] of pathsOf(member(consent, 'regulatoryBasis'), 'Consent.regulatoryBasis')) {
    // Some write there once more what kind of consent it is. A law may mean more than is written.
    if (!isOneOf(basis, CATEGORIES)) {
      refuse('policy-unknown', path, `${codesShown(basis)} is not known here`);
    }
  }
  const decision = member(consent, 'decision');
  if (decision !== 'permit' && decision !== 'deny') return refuse('no-effect', 'Consent.decision', 'it neither permits nor denies');
  const permitsElse = decision === 'permit';
  const provisions = pathsOf(member(consent, 'provision'), 'Consent.provision');
  if (provisions.length === 0) {
    return permitsElse ? refuse('base-permits', 'Consent.decision', 'it permits all, without an exception')
      : refuse('no-effect', 'Consent.provision', 'it has none, and does not say whether it ends what others permit');
  }
  const rules = provisions.map(([node, path]): Rule => {
    if (!has(node, 'provision')) return { node, path, effect: permitsElse ? 'Deny' : 'Permit' };
    return permitsElse ? refuse('nested', `${path}.provision`, NESTED) : denialIn(node, path);
  });
  // Where two overlap, FHIR lets the one that permits prevail, and the chain the one that denies.
  if (new Set(rules.map(({ effect }) => effect)).size > 1) refuse('nested', 'Consent.provision', 'some permit, and some except from themselves all that they permit');
  return { rules, permitsElse };
}

/** The provisions that are rules. Refuses those that limit one another, and those of which nothing says what they do. */
export const rulesOf = (consent: unknown, version: FhirVersion): Rules => (version === '4.0' ? rulesOfR4(consent) : rulesOfR5(consent));

/** The period of a rule: its own, or else that of an R5 Consent. */
export const periodOf = (consent: unknown, { node, path }: Rule, version: FhirVersion): [unknown, string] =>
  version === '5.0' && listOf(member(node, 'period')).length === 0 && has(consent, 'period')
    ? [member(consent, 'period'), 'Consent.period'] : [member(node, 'period'), `${path}.period`];
