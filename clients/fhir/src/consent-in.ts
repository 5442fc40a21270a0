/** FHIR Consents, of R4 and of R5, as proposed directives. */
import {
  ACTIONS, DATA_CLASSES, MAX_REDISCLOSE_DEPTH, parseFhirJson, PURPOSES, ROLES, SENSITIVITY_LABELS, type Action, type ConsentDirective,
  type DataClass, type DataTime, type Grantee, type Purpose, type SensitivityLabel,
} from '@salus/types';
import { moment as momentArgument } from '@salus/types/arguments';
import { moment, NotAMoment, periodSpan, type Span } from '@salus/types/days';
import { ORGANISATION_SYSTEM } from './claims/fhir-parts.js';
import { codingsOf, has, isAccount, isHandle, keysOf, known, organisationOf, ours, personAt, whom } from './books.js';
import { ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, ACTIONS_READ, CATEGORIES, codesShown, CONSENT_ACTION, DATA_CLASS_SYSTEM, ERASE_AFTER, isClassified, isOneOf, LABEL_CODES, NEAREST_ACTION, PATIENT_SYSTEM, PRIVACY, purposeCode, RECIPIENTS, REDISCLOSE_DEPTH, RESOURCE_TYPES, ROLE_SYSTEM, TYPES_OF_CLASS } from './consent-codes.js';
import { onlyElements } from './consent-elements.js';
import { NAMES, periodOf, refuse, rulesOf, versionOf, type FhirVersion, type Rule } from './consent-rules.js';
import { labelRule } from './label-table.js';
import { marksOf, modifiersOf } from './modifiers.js';
import { listOf, member, pathsOf } from './refused.js';
import { codeOf, inWords, shown, V3_ACT_CODE, V3_ACT_REASON, V3_CONFIDENTIALITY } from './systems.js';

/** What is known beside the Consent. */
export interface ReadConsentOptions {
  /** The version of FHIR in which it is written: R4 (`4.0`) unless said, or R5 (`5.0`). A Consent does not say it itself. */
  fhirVersion?: FhirVersion;
  /** Now, in Unix seconds: what is over already is refused, and so is what has not begun or is dated later. */
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

class Reader {
  readonly remarks: string[] = [];
  readonly version: FhirVersion;

  constructor(readonly consent: unknown, readonly options: ReadConsentOptions) {
    this.version = versionOf(options.fhirVersion);
    // Compared with what is no number, nothing would be over, and nothing later.
    momentArgument(options.now, 'now');
  }

  read(): ReadConsent {
    const { consent, version } = this;
    if (member(consent, 'resourceType') !== 'Consent') refuse('not-a-consent', 'resource', 'it is no Consent');
    // Before all that it may change.
    this.#unmodified();
    this.#complete();
    onlyElements(consent, version);
    this.#labelled();
    if (member(consent, 'status') !== 'active') refuse('not-in-force', 'Consent.status', `it is ${inWords(member(consent, 'status'), 40)}`);
    this.#past(member(consent, NAMES[version].date), `Consent.${NAMES[version].date}`);
    if (version === '4.0' && !isOneOf(member(consent, 'scope'), PRIVACY)) refuse('other-kind', 'Consent.scope', 'it is not about privacy, or not about it alone');
    this.#category();
    this.#verified();
    const patient = this.#patient();
    const { rules, permitsElse } = rulesOf(consent, version);
    if (permitsElse) {
      this.remarks.push('Its base rule permits what is not denied. Here nothing is permitted without a directive: what is to be permitted has to be said.');
    }
    if (['sourceAttachment', 'sourceReference', 'policyText'].some((name) => has(consent, name))) {
      this.remarks.push('It has a source: what people agreed to in words is there.');
    }
    if (has(consent, 'grantee')) this.remarks.push('It names who has to comply with it. Whom it permits or denies is taken from its provisions alone.');
    const directives = rules.flatMap((rule) => this.#directives(rule, patient));
    return { directives, remarks: [...new Set(this.remarks)] };
  }

  /** Nothing says that the rest means something else. Of extensions that do, ours are read where they stand. */
  #unmodified(): void {
    for (const { name, path, urls, place } of modifiersOf(this.consent, 'Consent')) {
      if (name === 'implicitRules') refuse('modified', path, 'it is to be read by rules that are not known here');
      const foreign = urls.find((url) => ![ERASE_AFTER, REDISCLOSE_DEPTH].includes(url));
      const isRead = foreign === undefined && place === 'provision' && path.endsWith('.modifierExtension');
      if (!isRead) refuse('modified', path, `the extension ${foreign ?? urls[0] ?? 'without a url'} changes the meaning, and is not known here`);
    }
  }

  /** It does not say of itself that parts were left out, or that it is a test. */
  #complete(): void {
    for (const [mark, path] of marksOf(this.consent, 'Consent')) {
      if (mark === 'SUBSETTED') refuse('modified', path, 'parts of it were left out (SUBSETTED)');
      refuse('not-in-force', path, 'it is marked as test data (HTEST)');
    }
  }

  /**
   * Its labels say how confidential it is, and nothing else. What obliges or forbids (`NODSCLCD`), or says what it may be
   * used for, would have to be kept by whoever acts on the directives, and no directive can say it.
   */
  #labelled(): void {
    for (const [coding, path] of pathsOf(member(member(this.consent, 'meta'), 'security'), 'Consent.meta.security')) {
      const code = codeOf(coding);
      if (code === undefined || labelRule(code) === undefined) {
        refuse('label-unknown', path, `${shown(coding)} obliges or limits those who have it, or is unknown, and no directive can say so`);
      }
    }
  }

  /** A date that is there is not later than now. A day is later when it has not begun. */
  #past(date: unknown, path: string): void {
    const from = date === undefined ? undefined : this.#span({ start: date }, path)?.from;
    if (from !== undefined && from > this.options.now) refuse('not-in-force', path, 'it is later than now');
  }

  #category(): void {
    const categories = pathsOf(member(this.consent, 'category'), 'Consent.category');
    if (categories.length === 0) refuse('other-kind', 'Consent.category', 'it has no category');
    const kinds = this.version === '5.0' ? new Set([...CATEGORIES, ...PRIVACY]) : CATEGORIES;
    for (const [category, path] of categories) {
      if (!isOneOf(category, kinds)) {
        refuse('other-kind', path, `${codesShown(category)} is no consent to share that is known here, or not that alone`);
      }
    }
  }

  #verified(): void {
    for (const [verification, path] of pathsOf(member(this.consent, 'verification'), 'Consent.verification')) {
      if (member(verification, 'verified') !== true) refuse('not-verified', path, 'it was not verified');
      for (const [date, at] of pathsOf(member(verification, 'verificationDate'), `${path}.verificationDate`)) this.#past(date, at);
    }
  }

  #patient(): string {
    const { patient: name, giver } = NAMES[this.version];
    const reference = member(this.consent, name);
    const patient = ours(reference, PATIENT_SYSTEM) ?? known(this.options.patients, reference);
    if (patient === undefined || !isHandle(patient)) {
      return refuse('patient-unknown', `Consent.${name}`, `${whom(reference)} is no patient known here: give the handle in \`patients\``);
    }
    for (const [performer, path] of pathsOf(member(this.consent, giver), `Consent.${giver}`)) {
      if (!keysOf(performer).some((key) => keysOf(reference).includes(key))) {
        refuse('given-by-another', path, `${whom(performer, 'somebody')} gave it, and not the patient`);
      }
    }
    return patient;
  }

  #directives(rule: Rule, patient: string): ConsentDirective[] {
    const { node, path, effect } = rule;
    for (const name of NAMES[this.version].finer) {
      if (has(node, name)) refuse('too-fine', `${path}.${name}`, 'the chain has classes of data, and nothing finer: no single resources, types of documents or codes');
    }
    const { from, until } = this.#period(rule);
    const data = this.#span(member(node, 'dataPeriod'), `${path}.dataPeriod`);
    const actions = this.#actions(node, path, effect);
    const shared = {
      effect, patient, labels: this.#labels(node, path, effect), from, until,
      scope: {
        actions, purposes: this.#purposes(node, path, effect), classes: this.#classes(node, path, effect),
        ...(data === undefined ? {} : { data: this.#dataTime(data, `${path}.dataPeriod`) }),
      },
      ...this.#duties(node, path, effect, actions),
    } as const;
    return this.#grantees(node, path, effect).map((grantee) => ({ ...shared, grantee }));
  }

  #span(value: unknown, path: string): Partial<Span> | undefined {
    if (value === undefined) return undefined;
    const [start, end] = ['start', 'end'].map((name) => member(value, name));
    const isText = (part: unknown): part is string | undefined => part === undefined || typeof part === 'string';
    if (!isText(start) || !isText(end)) return refuse('no-moment', path, 'there is something else where a date belongs');
    try {
      return periodSpan({ start, end }, this.options.zone);
    } catch (error) {
      if (!(error instanceof NotAMoment)) throw error;
      return refuse('no-moment', path, error.message, { cause: error });
    }
  }

  /** A period without an end goes on. Without a start it would reach back to data of any age, which nobody has said. */
  #dataTime({ from, until }: Partial<Span>, path: string): DataTime {
    if (from === undefined) return refuse('no-moment', path, 'a period of data needs a start');
    return until === undefined ? { from } : { from, until };
  }

  #period(rule: Rule): Span {
    const { now, denyUntil } = this.options;
    const { effect } = rule;
    const [period, path] = periodOf(this.consent, rule, this.version);
    const { from = now, until = effect === 'Deny' ? denyUntil : undefined } = this.#span(period, path) ?? {};
    if (until === undefined) {
      return refuse('unlimited', path, effect === 'Permit' ? 'a Permit needs an end' : 'it has no end: say in `denyUntil` how long it is to hold');
    }
    if (until <= now) refuse('not-in-force', path, 'it is over');
    if (from > now) refuse('not-in-force', path, 'it has not begun, and a directive begins when it is made');
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
      if (!isOneOf(role, RECIPIENTS)) {
        refuse('actor-role', `${at}.role`, `${codesShown(role)} is not one who receives, or not that alone`);
      }
      const reference = member(actor, 'reference');
      return this.#grantee(reference) ?? known(this.options.grantees, reference)
        ?? refuse('actor-unknown', `${at}.reference`, `${whom(reference)} is not known here: say in \`grantees\` who it is`);
    });
  }

  /** Whether a rule is written as `toConsent` writes it: about a patient of ours, in our words for actions and classes. */
  #isOurs(rule: unknown): boolean {
    const { patient, dataClass } = NAMES[this.version];
    const [actions, classes] = [listOf(member(rule, 'action')), listOf(member(rule, dataClass))];
    return ours(member(this.consent, patient), PATIENT_SYSTEM) !== undefined
      && actions.every((action) => codingsOf(action).some((coding) => codeOf(coding)?.system === ACTION_SYSTEM))
      && classes.every((coding) => codeOf(coding)?.system === DATA_CLASS_SYSTEM);
  }

  #grantee(reference: unknown): Grantee | undefined {
    const organisation = organisationOf(ours(reference, ORGANISATION_SYSTEM) ?? '');
    if (organisation !== undefined) return { organisation };
    const practitioner = ours(reference, ACCOUNT_SYSTEM);
    if (practitioner !== undefined && isAccount(practitioner)) return { practitioner };
    const there = personAt(ours(reference, ACCOUNT_AT_SYSTEM) ?? '');
    if (there !== undefined) return { practitioner: there.account, at: there.organisation };
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
      const local = codes.filter((code) => code?.system === ACTION_SYSTEM);
      const others = codes.filter((code) => code?.system === CONSENT_ACTION);
      // Each of them: one that is passed over would make a Deny narrower.
      if (local.length + others.length === codes.length) {
        const own = local.length === 1 ? ACTIONS.find((action) => action === local[0]?.code) : undefined;
        if (own && others.every((code) => code?.code === NEAREST_ACTION[own])) return [own];
        const theirs = local.length > 0 ? [] : others.map((code) => (code && Object.hasOwn(ACTIONS_READ, code.code) ? ACTIONS_READ[code.code] ?? [] : []));
        if (theirs.length > 0 && theirs.every((actions) => actions.length > 0)) return theirs.flat();
      }
      return refuse('action-unknown', at, `which actions of the chain ${codesShown(concept)} means cannot be told`);
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
    const { dataClass: name } = NAMES[this.version];
    const classes = this.#codes(rule, name, path, effect, DATA_CLASSES, (coding, at) => {
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
      refuse('too-fine', `${path}.${name}`, `the chain has no class that is ${less} alone`);
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
      const [kind, other] = isErasure ? ['valueDateTime', 'valueInteger'] as const : ['valueInteger', 'valueDateTime'] as const;
      const value = member(extension, kind);
      if (effect === 'Deny' || found[name] !== undefined) refuse('modified', at, `${name} has no place here, or two`);
      if (has(extension, other)) refuse('modified', at, `${name} has two values, or one of another kind`);
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
      return moment(inWords(value), this.options.zone);
    } catch (error) {
      if (!(error instanceof NotAMoment)) throw error;
      return refuse('no-moment', path, error.message, { cause: error });
    }
  }
}

/**
 * Reads a FHIR Consent as directives that the patient may sign. What the chain cannot say exactly is refused
 * (`ResourceRefused` with fault and path): a Permit is never wider than what was written, and a Deny never narrower.
 * Give the bytes as they came; what is no JSON throws `NotFhirJson`.
 */
export const consentFromFhir = (record: Uint8Array, options: ReadConsentOptions): ReadConsent =>
  new Reader(parseFhirJson(record), options).read();
