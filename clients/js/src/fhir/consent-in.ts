/** FHIR R4 Consents as proposed directives. */
import { decodeAddress } from '@polkadot/util-crypto';
import { ACTIONS, DATA_CLASSES, PURPOSES, ROLES, SENSITIVITY_LABELS, type Action, type DataClass, type Purpose, type SensitivityLabel } from '../codes.js';
import { moment, NotAMoment, periodSpan, type Span } from '../claims/days.js';
import { ORGANISATION_SYSTEM } from '../claims/fhir-parts.js';
import { MAX_REDISCLOSE_DEPTH, type Grantee } from '../consent.js';
import {
  ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, ACTIONS_READ, CONSENT_ACTION, CONSENT_SCOPE, DATA_CLASS_SYSTEM, ERASE_AFTER, isClassified, LABEL_CODES, NEAREST_ACTION,
  PATIENT_SYSTEM, purposeCode, REDISCLOSE_DEPTH, RESOURCE_TYPES, ROLE_SYSTEM, TYPES_OF_CLASS, type ConsentDirective,
} from './consent-codes.js';
import { ConsentRefused, type ConsentFault } from './consent-refused.js';
import { parseFhirJson } from './json.js';
import { listOf, member, membersOf, pathsOf } from './refused.js';
import { codeOf, LOINC, shown, V3_ACT_CODE, V3_ACT_REASON, V3_CONFIDENTIALITY, V3_PARTICIPATION_TYPE } from './systems.js';

/** What is known beside the Consent. */
export interface ReadConsentOptions {
  /** Now, in Unix seconds: what is over already is refused, and so is what has not begun. */
  now: number;
  /** The time zone of the place where it was written, for its days. */
  zone: string;
  /** The handles of patients, by the references under which the sender knows them: `Patient/f001`. */
  patients?: Readonly<Record<string, string>>;
  /** Whom the sender's references to organisations and persons mean on the chain. */
  grantees?: Readonly<Record<string, Grantee>>;
  /** Until when a Deny without an end is to hold, in Unix seconds. A Permit without an end is refused. */
  denyUntil?: number;
}

/** A Consent that was understood. */
export interface ReadConsent {
  /** What the patient is asked to sign. Nothing holds before that. */
  directives: ConsentDirective[];
  /** What the patient has to be told besides. */
  remarks: string[];
}

const ELEMENTS = new Set([
  'resourceType', 'id', 'meta', 'language', 'text', 'contained', 'extension', 'identifier', 'status', 'scope', 'category', 'patient', 'dateTime',
  'performer', 'organization', 'sourceAttachment', 'sourceReference', 'policy', 'policyRule', 'verification', 'provision',
]);
const RULE_ELEMENTS = new Set([
  'id', 'extension', 'modifierExtension', 'type', 'period', 'actor', 'action', 'securityLabel', 'purpose', 'class', 'code', 'dataPeriod', 'data', 'provision',
]);

/** Consents to share: the general one, to release, to access, to disclose. */
const CATEGORIES = new Set([`${LOINC} 59284-0`, `${LOINC} 64292-6`, `${V3_ACT_CODE} INFA`, `${V3_ACT_CODE} IDSCL`]);
/** Who receives: primarily, or as such. */
const RECIPIENTS = new Set(['PRCP', 'IRCP']);

const refuse = (fault: ConsentFault, path: string, detail: string, options?: ErrorOptions): never => {
  throw new ConsentRefused(fault, path, detail, options);
};
const has = (node: unknown, name: string): boolean => listOf(member(node, name)).length > 0;
const codingsOf = (concept: unknown): unknown[] => listOf(member(concept, 'coding'));

/** Whether one coding of a concept is the code, and no other of that system says something else beside it. */
function isCode(concept: unknown, system: string, code: string): boolean {
  const codes = codingsOf(concept).map(codeOf).filter((each) => each?.system === system);
  return codes.length > 0 && codes.every((each) => each?.code === code);
}

/** The words by which the sender may know what a reference is to. */
function keysOf(reference: unknown): string[] {
  const [text, identifier] = [member(reference, 'reference'), member(reference, 'identifier')];
  const [system, value] = [member(identifier, 'system'), member(identifier, 'value')];
  return [...(typeof text === 'string' ? [text] : []), ...(typeof system === 'string' && typeof value === 'string' ? [`${system}|${value}`] : [])];
}

const known = <T>(book: Readonly<Record<string, T>> | undefined, reference: unknown): T | undefined => {
  const key = keysOf(reference).find((each) => book !== undefined && Object.hasOwn(book, each));
  return key === undefined ? undefined : book?.[key];
};

/** The value of an identifier of ours. */
const ours = (reference: unknown, system: string): string | undefined => {
  const identifier = member(reference, 'identifier');
  const value = member(identifier, 'value');
  return member(identifier, 'system') === system && typeof value === 'string' ? value : undefined;
};

const organisationOf = (text: string): number | undefined =>
  /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined;

function isAccount(text: string): boolean {
  try {
    return text.length <= 66 && decodeAddress(text).length === 32;
  } catch {
    return false;
  }
}

class Reader {
  readonly remarks: string[] = [];

  constructor(readonly consent: unknown, readonly options: ReadConsentOptions) {}

  read(): ReadConsent {
    const { consent } = this;
    if (member(consent, 'resourceType') !== 'Consent') refuse('not-a-consent', 'resource', 'it is no Consent');
    // Before all that it may change.
    this.#unmodified(consent, 'Consent', 'Consent');
    this.#complete();
    this.#only(consent, ELEMENTS, 'Consent');
    if (member(consent, 'status') !== 'active') refuse('not-in-force', 'Consent.status', `it is ${String(member(consent, 'status')).slice(0, 40)}`);
    if (!isCode(member(consent, 'scope'), CONSENT_SCOPE, 'patient-privacy')) refuse('other-kind', 'Consent.scope', 'it is not about privacy');
    this.#category();
    this.#verified();
    const patient = this.#patient();
    const permitsElse = this.#basePermits();
    if (has(consent, 'sourceAttachment') || has(consent, 'sourceReference')) this.remarks.push('It has a source: what people agreed to in words is there.');
    const directives = this.#rules().flatMap(([rule, path]) => this.#directives(rule, path, patient, permitsElse));
    return { directives, remarks: [...new Set(this.remarks)] };
  }

  /** Nothing says that the rest means something else. Of extensions that do, ours are read where they stand. */
  #unmodified(node: unknown, path: string, place: string): void {
    for (const [name, value] of membersOf(node)) {
      const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
      if (name === 'implicitRules') refuse('modified', at, 'it is to be read by rules that are not known here');
      if (name === 'modifierExtension') {
        const foreign = listOf(value).find((extension) => ![ERASE_AFTER, REDISCLOSE_DEPTH].includes(String(member(extension, 'url'))));
        if (foreign !== undefined || place !== 'provision') {
          refuse('modified', at, `the extension ${String(member(foreign, 'url')).slice(0, 120)} changes the meaning, and is not known here`);
        }
      }
      if (typeof value === 'object' && value !== null) this.#unmodified(value, at, Array.isArray(node) ? place : name);
    }
  }

  /** It does not say of itself that parts were left out, or that it is a test. */
  #complete(): void {
    for (const name of ['tag', 'security']) {
      for (const [coding, path] of pathsOf(member(member(this.consent, 'meta'), name), `Consent.meta.${name}`)) {
        const code = member(coding, 'code');
        if (code === 'SUBSETTED') refuse('modified', path, 'parts of it were left out (SUBSETTED)');
        if (code === 'HTEST') refuse('not-in-force', path, 'it is marked as test data (HTEST)');
      }
    }
  }

  #only(node: unknown, elements: ReadonlySet<string>, path: string): void {
    const other = membersOf(node).find(([name]) => !elements.has(name) && !(name.startsWith('_') && elements.has(name.slice(1))));
    if (other) refuse('not-a-consent', `${path}.${other[0].slice(0, 60)}`, 'FHIR R4 does not know the element');
  }

  #category(): void {
    const categories = pathsOf(member(this.consent, 'category'), 'Consent.category');
    if (categories.length === 0) refuse('other-kind', 'Consent.category', 'it has no category');
    for (const [category, path] of categories) {
      const codes = codingsOf(category).map(codeOf);
      if (codes.length === 0 || !codes.every((code) => code && CATEGORIES.has(`${code.system} ${code.code}`))) {
        refuse('other-kind', path, `${codingsOf(category).map(shown).join(', ') || 'text'} is no consent to share that is known here`);
      }
    }
  }

  #verified(): void {
    for (const [verification, path] of pathsOf(member(this.consent, 'verification'), 'Consent.verification')) {
      if (member(verification, 'verified') !== true) refuse('not-verified', path, 'it was not verified');
    }
  }

  #patient(): string {
    const reference = member(this.consent, 'patient');
    const patient = ours(reference, PATIENT_SYSTEM) ?? known(this.options.patients, reference);
    if (patient === undefined || !/^0x[0-9a-f]{64}$/.test(patient)) {
      return refuse('patient-unknown', 'Consent.patient', `${keysOf(reference)[0]?.slice(0, 120) ?? 'nobody'} is no patient known here: give the handle in \`patients\``);
    }
    for (const [performer, path] of pathsOf(member(this.consent, 'performer'), 'Consent.performer')) {
      if (!keysOf(performer).some((key) => keysOf(reference).includes(key))) {
        refuse('given-by-another', path, `${keysOf(performer)[0]?.slice(0, 120) ?? 'somebody'} gave it, and not the patient`);
      }
    }
    return patient;
  }

  /** Whether the base rule permits what no provision denies. */
  #basePermits(): boolean {
    if (has(this.consent, 'policy')) refuse('policy-unknown', 'Consent.policy', 'a policy applies that is not known here');
    const rule = member(this.consent, 'policyRule');
    if (rule === undefined) return false;
    if (isCode(rule, V3_ACT_CODE, 'OPTOUT')) return false;
    if (isCode(rule, V3_ACT_CODE, 'OPTIN')) return true;
    return refuse('policy-unknown', 'Consent.policyRule', `${codingsOf(rule).map(shown).join(', ').slice(0, 200) || 'text'} is not known here`);
  }

  /** The provisions that are rules: the root, or, below a root that says nothing itself, those in it. */
  #rules(): [unknown, string][] {
    const root = member(this.consent, 'provision');
    if (root === undefined) return refuse('no-effect', 'Consent.provision', 'it has none');
    if (Array.isArray(root)) return refuse('not-a-consent', 'Consent.provision', 'there can be one only');
    this.#only(root, RULE_ELEMENTS, 'Consent.provision');
    const inner = pathsOf(member(root, 'provision'), 'Consent.provision.provision');
    if (inner.length === 0) return [[root, 'Consent.provision']];
    if (membersOf(root).some(([name]) => name !== 'provision' && name !== 'id' && name !== 'extension')) {
      refuse('nested', 'Consent.provision.provision', 'provisions that limit one another are not read');
    }
    for (const [rule, path] of inner) {
      this.#only(rule, RULE_ELEMENTS, path);
      if (has(rule, 'provision')) refuse('nested', `${path}.provision`, 'provisions that limit one another are not read');
    }
    if (new Set(inner.map(([rule]) => member(rule, 'type'))).size > 1) {
      refuse('nested', 'Consent.provision.provision', 'some permit and some deny, and R4 does not say which prevail');
    }
    return inner;
  }

  #directives(rule: unknown, path: string, patient: string, permitsElse: boolean): ConsentDirective[] {
    const type = member(rule, 'type');
    if (type !== 'permit' && type !== 'deny') return refuse('no-effect', `${path}.type`, 'it neither permits nor denies');
    const effect = type === 'permit' ? 'Permit' : 'Deny';
    if (permitsElse) {
      if (effect === 'Permit') refuse('base-permits', 'Consent.policyRule', 'all is permitted already, so what the provision adds cannot be told');
      this.remarks.push('Its base rule permits what is not denied. Here nothing is permitted without a directive: what is to be permitted has to be said.');
    }
    for (const name of ['code', 'data']) if (has(rule, name)) refuse('too-fine', `${path}.${name}`, 'the chain has classes of data, and no single resources or codes');
    const { from, until } = this.#period(rule, path, effect);
    const data = this.#span(member(rule, 'dataPeriod'), `${path}.dataPeriod`);
    const actions = this.#actions(rule, path, effect);
    const shared = {
      effect, patient, labels: this.#labels(rule, path, effect), from, until,
      scope: {
        actions, purposes: this.#purposes(rule, path, effect), classes: this.#classes(rule, path, effect),
        ...(data === undefined ? {} : { data: this.#whole(data, `${path}.dataPeriod`) }),
      },
      ...this.#duties(rule, path, effect, actions),
    } as const;
    return this.#grantees(rule, path, effect).map((grantee) => ({ ...shared, grantee }));
  }

  #span(value: unknown, path: string): Partial<Span> | undefined {
    if (value === undefined) return undefined;
    const [start, end] = ['start', 'end'].map((name) => member(value, name));
    const isText = (part: unknown): part is string | undefined => part === undefined || typeof part === 'string';
    if (!isText(start) || !isText(end)) return refuse('no-moment', path, 'its sides are no dates');
    try {
      return periodSpan({ start, end }, this.options.zone);
    } catch (error) {
      if (!(error instanceof NotAMoment)) throw error;
      return refuse('no-moment', path, error.message, { cause: error });
    }
  }

  #whole({ from, until }: Partial<Span>, path: string): Span {
    if (from === undefined || until === undefined) return refuse('no-moment', path, 'a period of data needs both sides');
    return { from, until };
  }

  #period(rule: unknown, path: string, effect: 'Permit' | 'Deny'): Span {
    const { now, denyUntil } = this.options;
    const { from = now, until = effect === 'Deny' ? denyUntil : undefined } = this.#span(member(rule, 'period'), `${path}.period`) ?? {};
    if (until === undefined) {
      return refuse('unlimited', `${path}.period`, effect === 'Permit' ? 'a Permit needs an end' : 'it has no end: say in `denyUntil` how long it is to hold');
    }
    if (until <= now) refuse('not-in-force', `${path}.period`, 'it is over');
    if (from > now) refuse('not-in-force', `${path}.period`, 'it has not begun, and a directive begins when it is made');
    return { from, until };
  }

  #grantees(rule: unknown, path: string, effect: 'Permit' | 'Deny'): Grantee[] {
    const actors = pathsOf(member(rule, 'actor'), `${path}.actor`);
    if (actors.length === 0) {
      // Ours says "Any" so. Of others it may be all who come, or a list that was forgotten.
      if (effect === 'Permit' && !this.#isOurs(rule)) {
        refuse('unlimited', `${path}.actor`, 'it names nobody, and would permit whoever has a licence');
      }
      return ['Any'];
    }
    return actors.map(([actor, at]) => {
      const role = member(actor, 'role');
      const roles = codingsOf(role).map(codeOf).filter((code) => code?.system === V3_PARTICIPATION_TYPE);
      if (roles.length === 0 || !roles.every((code) => code && RECIPIENTS.has(code.code))) {
        refuse('actor-role', `${at}.role`, `${codingsOf(role).map(shown).join(', ') || 'text'} is not one who receives`);
      }
      const reference = member(actor, 'reference');
      return this.#grantee(reference) ?? known(this.options.grantees, reference)
        ?? refuse('actor-unknown', `${at}.reference`, `${keysOf(reference)[0]?.slice(0, 120) ?? 'nobody'} is not known here: say in \`grantees\` who it is`);
    });
  }

  /** Whether a rule is written as `toConsent` writes it: about a patient of ours, in our words for actions and classes. */
  #isOurs(rule: unknown): boolean {
    const [actions, classes] = [listOf(member(rule, 'action')), listOf(member(rule, 'class'))];
    return ours(member(this.consent, 'patient'), PATIENT_SYSTEM) !== undefined
      && actions.every((action) => codingsOf(action).some((coding) => codeOf(coding)?.system === ACTION_SYSTEM))
      && classes.every((coding) => codeOf(coding)?.system === DATA_CLASS_SYSTEM);
  }

  #grantee(reference: unknown): Grantee | undefined {
    const organisation = organisationOf(ours(reference, ORGANISATION_SYSTEM) ?? '');
    if (organisation !== undefined) return { organisation };
    const practitioner = ours(reference, ACCOUNT_SYSTEM);
    if (practitioner !== undefined && isAccount(practitioner)) return { practitioner };
    const [employer = '', person = '', ...rest] = (ours(reference, ACCOUNT_AT_SYSTEM) ?? '').split('/');
    const employedAt = organisationOf(employer);
    if (employedAt !== undefined && isAccount(person) && rest.length === 0) return { practitioner: person, at: employedAt };
    const [number = '', name = '', ...more] = (ours(reference, ROLE_SYSTEM) ?? '').split('/');
    const [at, role] = [organisationOf(number), ROLES.find((each) => each === name)];
    return at !== undefined && role !== undefined && more.length === 0 ? { organisation: at, role } : undefined;
  }

  /** The codes of a list, each of which must be known; the whole list where a Deny names none. */
  #codes<T>(rule: unknown, name: string, path: string, effect: 'Permit' | 'Deny', list: readonly T[], read: (value: unknown, at: string) => readonly T[]): T[] {
    const values = pathsOf(member(rule, name), `${path}.${name}`);
    if (values.length === 0) {
      if (effect === 'Permit') refuse('unlimited', `${path}.${name}`, `it names no ${name}, and would permit every one`);
      return [...list];
    }
    const found = new Set(values.flatMap(([value, at]) => read(value, at)));
    return list.filter((code) => found.has(code));
  }

  #actions(rule: unknown, path: string, effect: 'Permit' | 'Deny'): Action[] {
    return this.#codes(rule, 'action', path, effect, ACTIONS, (concept, at): readonly Action[] => {
      const codes = codingsOf(concept).map(codeOf);
      const own = ACTIONS.find((action) => codes.some((code) => code?.system === ACTION_SYSTEM && code.code === action));
      const others = codes.filter((code) => code?.system === CONSENT_ACTION);
      if (own && others.every((code) => code?.code === NEAREST_ACTION[own])) return [own];
      // Each of them: one that is passed over would make a Deny narrower.
      const theirs = own ? [] : others.map((code) => (code && Object.hasOwn(ACTIONS_READ, code.code) ? ACTIONS_READ[code.code] ?? [] : []));
      if (theirs.length > 0 && theirs.every((actions) => actions.length > 0)) return theirs.flat();
      return refuse('action-unknown', at, `which actions of the chain ${codingsOf(concept).map(shown).join(', ') || 'text'} means cannot be told`);
    });
  }

  #purposes(rule: unknown, path: string, effect: 'Permit' | 'Deny'): Purpose[] {
    // Breaking the glass is nobody's to permit or to deny by a directive.
    const plain = PURPOSES.filter((purpose) => purpose !== 'Btg');
    return this.#codes(rule, 'purpose', path, effect, plain, (coding, at) => {
      const code = codeOf(coding);
      const purpose = plain.find((each) => code?.system === V3_ACT_REASON && code.code === purposeCode(each));
      return purpose ? [purpose] : refuse('purpose-unknown', at, `${shown(coding)} is no purpose of a directive`);
    });
  }

  #classes(rule: unknown, path: string, effect: 'Permit' | 'Deny'): DataClass[] {
    const types = new Set<string>();
    const classes = this.#codes(rule, 'class', path, effect, DATA_CLASSES, (coding, at) => {
      const code = codeOf(coding);
      const own = DATA_CLASSES.find((each) => code?.system === DATA_CLASS_SYSTEM && code.code === each);
      if (own) return [own];
      if (code?.system !== RESOURCE_TYPES || !isClassified(code.code)) return refuse('class-unknown', at, `${shown(coding)} is no class of data`);
      types.add(code.code);
      return [];
    });
    for (const [dataClass, all] of TYPES_OF_CLASS) {
      if (![...all].every((type) => types.has(type))) continue;
      all.forEach((type) => types.delete(type));
      classes.push(dataClass);
    }
    const [less] = types;
    if (less !== undefined) {
      refuse('too-fine', `${path}.class`, `the chain has no class that is ${less} alone`);
    }
    return DATA_CLASSES.filter((dataClass) => classes.includes(dataClass));
  }

  /** A Permit says `N` beside its labels: the chain's reaches ordinary data always. */
  #labels(rule: unknown, path: string, effect: 'Permit' | 'Deny'): SensitivityLabel[] {
    const found = new Set<SensitivityLabel>();
    let ordinary = false;
    const values = pathsOf(member(rule, 'securityLabel'), `${path}.securityLabel`);
    for (const [coding, at] of values) {
      const code = codeOf(coding);
      const label = SENSITIVITY_LABELS.find((each) => code?.system === V3_ACT_CODE && code.code === LABEL_CODES[each]);
      if (label) found.add(label);
      else if (effect === 'Permit' && code?.system === V3_CONFIDENTIALITY && code.code === 'N') ordinary = true;
      else refuse('label-unknown', at, `${shown(coding)} is no label of a ${effect}`);
    }
    if (effect === 'Permit' && found.size > 0 && !ordinary) {
      refuse('label-unknown', `${path}.securityLabel`, 'it permits labelled data alone, and a Permit of the chain reaches ordinary data too');
    }
    if (effect === 'Permit' && values.length === 0) this.remarks.push('It limits itself to no security label. Labelled data is permitted only where its label is named, and none is.');
    return SENSITIVITY_LABELS.filter((label) => found.has(label));
  }

  #duties(rule: unknown, path: string, effect: 'Permit' | 'Deny', actions: readonly Action[]): { eraseAfter?: number; rediscloseDepth?: number } {
    const found: { eraseAfter?: number; rediscloseDepth?: number } = {};
    for (const [extension, at] of pathsOf(member(rule, 'modifierExtension'), `${path}.modifierExtension`)) {
      const isErasure = member(extension, 'url') === ERASE_AFTER;
      const name = isErasure ? 'eraseAfter' : 'rediscloseDepth';
      const value = member(extension, isErasure ? 'valueDateTime' : 'valueInteger');
      if (effect === 'Deny' || found[name] !== undefined) refuse('modified', at, `${name} has no place here, or two`);
      found[name] = isErasure ? this.#moment(value, at) : Number.isInteger(value) ? value as number : Number.NaN;
    }
    const depth = found.rediscloseDepth;
    const passesOn = effect === 'Permit' && actions.includes('Redisclose');
    if (passesOn !== (depth !== undefined) || (depth !== undefined && !(depth >= 1 && depth <= MAX_REDISCLOSE_DEPTH))) {
      refuse('unlimited', path, `a Permit to pass data on, and no other, says over how many hands: 1 to ${MAX_REDISCLOSE_DEPTH}`);
    }
    return found;
  }

  #moment(value: unknown, path: string): number {
    try {
      return moment(String(value), this.options.zone);
    } catch (error) {
      if (!(error instanceof NotAMoment)) throw error;
      return refuse('no-moment', path, error.message, { cause: error });
    }
  }
}

/**
 * Reads a FHIR R4 Consent as directives that the patient may sign. What the chain cannot say exactly is refused
 * (`ConsentRefused` with fault and path): a Permit is never wider than what was written, and a Deny never narrower.
 * Give the bytes as they came; what is no JSON throws `NotFhirJson`.
 */
export const consentFromFhir = (record: Uint8Array, options: ReadConsentOptions): ReadConsent =>
  new Reader(parseFhirJson(record), options).read();
