/** FHIR AuditEvents, of R4 or of R5, as events of access logs. */
import { base64 } from '@scure/base';
import {
  ACTIONS, AUTHENTICATION_FAILURES, checkEvent, entryHash, InvalidArgument, parseFhirJson, PURPOSES, REQUESTER_KINDS, type AccessEvent,
  type Action, type AuthenticationFailure, type FailureCounts, type Hex, type LogEntry, type LogEvent, type Purpose, type RequesterKind, type Side,
} from '@salus/types';
import { moment, NotAMoment } from '@salus/types/days';
import { ORGANISATION_SYSTEM } from './claims/fhir-parts.js';
import {
  AUDIT_ENTITY_SYSTEM, CUSTODIAN, DATA_TYPE, ENTRY_SYSTEM, KIND_CODES, KINDS, LOG_OUTCOME_SYSTEM, ownEntity, PATIENT_ROLE, PATIENT_TYPE, RECIPIENT, RECORD_SYSTEM, REFUSAL, RESTFUL, SOURCE, SUCCESS,
  TRANSACTION_TYPE, type Kind,
} from './audit-codes.js';
import type { AuditFault } from './audit-faults.js';
import { codingsOf, has, isAccount, isHandle, keysOf, known, organisationOf, ours, personAt, whom } from './books.js';
import { ELEMENTS_R5, inR4 } from './audit-r5.js';
import { ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, PATIENT_SYSTEM, purposeCode, RESOURCE_TYPES } from './consent-codes.js';
import { versionOf, type FhirVersion } from './consent-rules.js';
import { marksOf, modifiersOf } from './modifiers.js';
import { targetOf } from './references.js';
import { listOf, member, membersOf, pathsOf, ResourceRefused } from './refused.js';
import { codeOf, shown, V3_ACT_REASON, type Code } from './systems.js';

/** Who a person or a system of another house is on the chain. */
export interface AuditRequester {
  /** The address of its account. */
  account: string;
  /** For which organisation it asked; none of a patient, who asks for no organisation. */
  organisation?: number;
}

/** What is known beside the AuditEvent: what the sender's references mean here. They are written as in its resources, `Device/7`. */
export interface ReadAuditEventOptions {
  /** Organisations, by references to them, or to machines of theirs. */
  organisations?: Readonly<Record<string, number>>;
  /** Who asked. */
  requesters?: Readonly<Record<string, AuditRequester>>;
  /** Handles of patients. */
  patients?: Readonly<Record<string, string>>;
  /** The names of records with their custodian, by references with or without a version. */
  records?: Readonly<Record<string, string>>;
  /** Requests, by the sender's number for the transaction (`X-Request-Id`). */
  requests?: Readonly<Record<string, Hex>>;
  /** The version of FHIR: R4 (`4.0`) unless said, or R5 (`5.0`). */
  fhirVersion?: FhirVersion;
  /** Which action a disclosure of the sender is that does not say it. Without it such a one is refused. */
  action?: Action;
}

/** An AuditEvent that was understood. */
export interface ReadAuditEvent {
  event: LogEvent;
  /** The event in its place in a log, if the AuditEvent names it; then its hash was found to be right. */
  entry?: LogEntry;
  /** The handle of the patient whose record it is, if it was told. No hash covers it. */
  patient?: string;
  /** The paths of what an entry has no place for, and was passed over. */
  unread: string[];
}

const ELEMENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  root: new Set([
    'resourceType', 'id', 'meta', 'language', 'text', 'contained', 'extension', 'type', 'subtype', 'action', 'period', 'recorded', 'outcome', 'outcomeDesc',
    'purposeOfEvent', 'agent', 'source', 'entity',
  ]),
  agent: new Set(['id', 'extension', 'type', 'role', 'who', 'altId', 'name', 'requestor', 'location', 'policy', 'media', 'network', 'purposeOfUse']),
  source: new Set(['id', 'extension', 'site', 'observer', 'type']),
  entity: new Set(['id', 'extension', 'what', 'type', 'role', 'lifecycle', 'securityLabel', 'name', 'description', 'query', 'detail']),
};

const HASH = /^0x[0-9a-f]{64}$/i;
const isHash = (value: unknown): value is Hex => typeof value === 'string' && HASH.test(value);

const refuse = (fault: AuditFault, path: string, detail: string, options?: ErrorOptions): never => {
  throw new ResourceRefused(fault, path, detail, options);
};

/** The types of resources that are persons, as whoever they are. */
const PERSONS: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson', 'Person']);

/** Of which type a reference says that its target is: in words, or by its path. */
function typeNamed(reference: unknown): string | undefined {
  const [type, text] = [member(reference, 'type'), member(reference, 'reference')];
  if (typeof type === 'string') return type;
  return typeof text === 'string' ? /(?:^|\/)([A-Z][A-Za-z]*)\/[^/]+$/.exec(targetOf(text))?.[1] : undefined;
}

const same = (code: Code | undefined, other: Code): boolean => code?.system === other.system && code.code === other.code;
const hasCode = (concept: unknown, code: Code): boolean => codingsOf(concept).some((coding) => same(codeOf(coding), code));

/** Whether two references are to the same, as far as they say it: by a reference or an identifier, or else by all that they say. */
function meanTheSame(one: unknown, other: unknown): boolean {
  const [keys, others] = [keysOf(one), keysOf(other)];
  if (keys.length > 0 || others.length > 0) return keys.some((key) => others.includes(key));
  return member(one, 'display') !== undefined && member(one, 'display') === member(other, 'display');
}

/** An element with its path. */
type At = [node: unknown, path: string];

/** Throws for what could not be read whatever else it says; `elements` are those that its version of FHIR has. */
function ensureWhole(audit: unknown, fhirVersion: FhirVersion, elements: Readonly<Record<string, ReadonlySet<string>>>): void {
  if (member(audit, 'resourceType') !== 'AuditEvent') refuse('not-an-audit-event', 'resource', 'it is no AuditEvent');
  // Before all that it may change.
  const [modifier] = modifiersOf(audit, 'AuditEvent');
  if (modifier) refuse('modified', modifier.path, `${modifier.name === 'implicitRules' ? 'there are rules' : `there is an extension ${modifier.urls[0]}`}, not known here, by which it means something else`);
  for (const [mark, path] of marksOf(audit, 'AuditEvent')) {
    if (mark === 'SUBSETTED') refuse('modified', path, 'parts of it were left out (SUBSETTED)');
    refuse('test-data', path, 'it is marked as test data (HTEST)');
  }
  const parts: [string, At][] = [
    ['root', [audit, 'AuditEvent']],
    ...Object.keys(elements).filter((name) => name !== 'root')
      .flatMap((name) => pathsOf(member(audit, name), `AuditEvent.${name}`).map((at): [string, At] => [name, at])),
  ];
  for (const [name, [node, path]] of parts) {
    const other = membersOf(node).find(([each]) => !elements[name]?.has(each.replace(/^_/, '')));
    if (other) refuse('not-an-audit-event', `${path}.${other[0].slice(0, 60)}`, `FHIR ${fhirVersion === '5.0' ? 'R5' : 'R4'} does not know the element`);
  }
}

class Reader {
  readonly unread: string[] = [];

  /** `audit` is an AuditEvent in the form of R4, of which all elements are known. */
  constructor(readonly audit: unknown, readonly options: ReadAuditEventOptions) {}

  read(): ReadAuditEvent {
    const kind = this.#kind();
    const time = this.#moment(member(this.audit, 'recorded'), 'AuditEvent.recorded');
    const event = kind === KINDS.strangers ? this.#strangers(time) : this.#access(kind, time);
    try {
      checkEvent(event);
    } catch (error) {
      if (!(error instanceof InvalidArgument)) throw error;
      refuse('not-an-event', 'AuditEvent', error.message, { cause: error });
    }
    const entry = this.#entry(event);
    const patient = this.#patient();
    this.#passedOver(kind);
    return { event, ...(entry === undefined ? {} : { entry }), ...(patient === undefined ? {} : { patient }), unread: this.unread };
  }

  #all = (name: string): At[] => pathsOf(member(this.audit, name), `AuditEvent.${name}`);

  #subtypes = (system: string): string[] => this.#all('subtype').flatMap(([coding]) => {
    const code = codeOf(coding);
    return code?.system === system ? [code.code] : [];
  });

  #kind(): Kind {
    const { audit } = this;
    const [type, subtypes] = [codeOf(member(audit, 'type')), this.#all('subtype').map(([coding]) => codeOf(coding))];
    const kind = Object.values<Kind>(KINDS).find((each) => same(type, each.type));
    if (kind === undefined) return refuse('other-kind', 'AuditEvent.type', `${shown(member(audit, 'type'))} is no record that was given out`);
    if (!kind.subtypes.some((each) => subtypes.some((code) => same(code, each)))) {
      refuse('other-kind', 'AuditEvent.subtype', `none is ${kind.subtypes.map(({ code }) => code).join(' or ')}`);
    }
    const action = member(audit, 'action');
    if (action === undefined) refuse('missing', 'AuditEvent.action', 'it says no action');
    if (action !== kind.action) refuse('action-unknown', 'AuditEvent.action', `it is ${String(action).slice(0, 40)}, and ${kind.action} in events of this kind`);
    return kind;
  }

  #moment(value: unknown, path: string): number {
    if (value === undefined) return refuse('missing', path, 'there is no time');
    try {
      return moment(String(value), 'UTC');
    } catch (error) {
      if (!(error instanceof NotAMoment)) throw error;
      return refuse('no-moment', path, error.message, { cause: error });
    }
  }

  /** The one of a list; undefined if there is none. */
  #one(found: At[], what: string): At | undefined {
    if (found.length > 1) refuse('several', found[1]?.[1] ?? '', `there is more than one ${what}`);
    return found[0];
  }

  #agent = (code: Code, what: string): At | undefined => this.#one(this.#all('agent').filter(([agent]) => hasCode(member(agent, 'type'), code)), what);
  #entity = (code: Code, what: string): At | undefined => this.#one(this.#all('entity').filter(([entity]) => same(codeOf(member(entity, 'type')), code)), what);

  /** The organisation that a reference means, by itself or by the caller's word. */
  #organisation = (who: unknown): number | undefined => organisationOf(ours(who, ORGANISATION_SYSTEM) ?? '') ?? known(this.options.organisations, who);

  #access(kind: Kind, time: number): AccessEvent {
    const [source, recipient] = [this.#agent(SOURCE, 'source'), this.#agent(RECIPIENT, 'recipient')];
    const side = this.#side(kind, source, recipient);
    const outcome = this.#outcome(kind, side);
    const asked = this.#asked();
    const { account, organisation: employer } = this.#requester(asked);
    const requesterKind = this.#requesterKind(asked);
    const house = this.#house(source);
    const who = member(recipient?.[0], 'who');
    const to = this.#organisation(who);
    // A patient's log is of no organisation: whoever received it asked for it.
    const isRequester = (ours(who, ACCOUNT_SYSTEM) ?? known(this.options.requesters, who)?.account) === account;
    const organisation = side === 'source' ? house?.organisation : to;
    if (organisation === undefined && !(side === 'recipient' && isRequester)) {
      const log = side === 'source' ? house?.path : recipient && `${recipient[1]}.who`;
      refuse('organisation-unknown', log ?? 'AuditEvent.agent', 'whose log it is, is not known here: say in `organisations`');
    }
    if (side === 'source' && to !== undefined && to !== employer) {
      refuse('contradiction', `${recipient?.[1]}.who`, 'the record went to another organisation than that for which it was asked');
    }
    if (recipient && to === undefined && !isRequester) this.unread.push(`${recipient[1]}.who`);
    const custodian = side === 'recipient' ? house?.organisation : undefined;
    const counterpart = this.#counterpart();
    return {
      time, side, outcome, requestId: this.#request(), recordId: this.#record(), requester: account, purpose: this.#purpose(), action: this.#action(),
      decision: this.#text('decision', this.#described()) ?? '',
      ...(organisation === undefined ? {} : { organisation }), ...(employer === undefined ? {} : { requesterOrganisation: employer }),
      ...(requesterKind === undefined ? {} : { requesterKind }),
      ...(counterpart === undefined ? {} : { counterpart }), ...(custodian === undefined ? {} : { custodian }),
    };
  }

  /** Who recorded it: what the type says, and whoever the observer is. */
  #side(kind: Kind, source: At | undefined, recipient: At | undefined): Side {
    const observer = member(member(this.audit, 'source'), 'observer');
    const is = (agent: At | undefined): boolean => agent !== undefined && meanTheSame(member(agent[0], 'who'), observer);
    const found = kind.side ?? (is(source) ? 'source' : 'recipient');
    if (!is(found === 'source' ? source : recipient)) {
      const why = kind.side === undefined ? 'it is neither the source nor the recipient' : `it is not the ${kind.side}, which records such events`;
      refuse('side-unknown', 'AuditEvent.source.observer', why);
    }
    return found;
  }

  #outcome(kind: Kind, side: Side): AccessEvent['outcome'] {
    const outcome = member(this.audit, 'outcome');
    const [own, ...others] = this.#subtypes(LOG_OUTCOME_SYSTEM);
    if (outcome === undefined) return refuse('missing', 'AuditEvent.outcome', 'it does not say whether it succeeded');
    const found = outcome === SUCCESS ? (side === 'source' ? 'released' : 'received')
      : outcome === REFUSAL && own === 'refused' && kind === KINDS.read && side === 'source' ? 'refused'
        : refuse('outcome-unknown', 'AuditEvent.outcome', `it is ${String(outcome).slice(0, 40)}: it failed, and nothing says that it was refused`);
    if (others.length > 0 || (own !== undefined && own !== found)) {
      refuse('contradiction', 'AuditEvent.subtype', `it is said to be ${[own, ...others].join(', ').slice(0, 80)}, and was ${found}`);
    }
    return found;
  }

  /** The organisation that gives out: the custodian, or whoever has the machine that does. */
  #house(source: At | undefined): { organisation: number | undefined; path: string } | undefined {
    const custodian = this.#agent(CUSTODIAN, 'custodian');
    const [named, owner] = [custodian, source].map((agent) => agent && this.#organisation(member(agent[0], 'who')));
    for (const [agent, found] of [[custodian, named], [source, owner]] as const) {
      if (agent && found === undefined && keysOf(member(agent[0], 'who')).length > 0) this.unread.push(`${agent[1]}.who`);
    }
    if (named !== undefined && owner !== undefined && named !== owner) {
      refuse('contradiction', `${custodian?.[1]}.who`, 'the custodian is another organisation than the source');
    }
    const from = custodian ?? source;
    return from && { organisation: named ?? owner, path: `${from[1]}.who` };
  }

  #asked(): At {
    return this.#one(this.#all('agent').filter(([agent]) => member(agent, 'requestor') === true), 'requestor')
      ?? refuse('missing', 'AuditEvent.agent', 'of none it says that it asked (requestor)');
  }

  /** Whether a person asked or a machine, if a code says it. */
  #requesterKind([agent, path]: At): RequesterKind | undefined {
    const [kind, other] = REQUESTER_KINDS.filter((each) => hasCode(member(agent, 'type'), KIND_CODES[each]));
    const type = typeNamed(member(agent, 'who'));
    if (other !== undefined || (kind === 'person' && type === 'Device') || (kind === 'machine' && PERSONS.has(type ?? ''))) {
      refuse('contradiction', `${path}.type`, 'it is said to be a person, and a machine');
    }
    return kind;
  }

  #requester(asked: At): AuditRequester {
    const who = member(asked[0], 'who');
    const there = personAt(ours(who, ACCOUNT_AT_SYSTEM) ?? '');
    if (there !== undefined) return there;
    const account = ours(who, ACCOUNT_SYSTEM);
    if (account !== undefined && isAccount(account)) return { account };
    const given = known(this.options.requesters, who);
    if (given === undefined || !isAccount(given.account)) {
      return refuse('requester-unknown', `${asked[1]}.who`, `${whom(who)} is not known here: say in \`requesters\` who it is`);
    }
    return given;
  }

  #request(): Hex {
    const transaction = this.#entity(TRANSACTION_TYPE, 'transaction');
    if (transaction === undefined) return refuse('missing', 'AuditEvent.entity', 'it names no transaction (XrequestId)');
    const value = member(member(member(transaction[0], 'what'), 'identifier'), 'value');
    if (isHash(value)) return value;
    const book = this.options.requests ?? {};
    const request = typeof value === 'string' && Object.hasOwn(book, value) ? book[value] : undefined;
    return isHash(request) ? request
      : refuse('request-unknown', `${transaction[1]}.what`, `${shown({ code: value })} is no request that is known here: say in \`requests\``);
  }

  #record(): string {
    const data = this.#one(this.#all('entity').filter(([entity]) => {
      const code = codeOf(member(entity, 'type'));
      return same(code, DATA_TYPE) || code?.system === RESOURCE_TYPES;
    }), 'record');
    if (data === undefined) return refuse('missing', 'AuditEvent.entity', 'it names no record');
    const what = member(data[0], 'what');
    const { records } = this.options;
    // A reference may name a version of the record, which the caller need not know.
    const text = member(what, 'reference');
    const named = known(records, what) ?? (typeof text === 'string' ? known(records, { reference: targetOf(text) }) : undefined);
    return this.#text('recordId', ours(what, RECORD_SYSTEM) ?? named)
      ?? refuse('record-unknown', `${data[1]}.what`, `${whom(what, 'it')} is no record that is known here: say in \`records\` which it is`);
  }

  /** A text that stands in its place, or is carried beside it because FHIR's strings would change it. */
  #text(name: 'recordId' | 'decision', inPlace: string | undefined): string | undefined {
    const detail = this.#detail(this.#entity(ownEntity('entry'), 'entry'), name);
    if (detail === undefined) return inPlace;
    if (inPlace !== undefined) refuse('contradiction', detail[1], 'the text stands in its place too');
    try {
      const text: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(base64.decode(String(member(detail[0], 'valueBase64Binary')))));
      if (typeof text === 'string') return text;
    } catch { /* said below */ }
    return refuse('not-an-event', detail[1], 'it is no text, as JSON in base64');
  }

  #detail = (entity: At | undefined, type: string): At | undefined => entity && this.#one(
    pathsOf(member(entity[0], 'detail'), `${entity[1]}.detail`).filter(([detail]) => member(detail, 'type') === type), `detail ${type}`,
  );

  #described(): string | undefined {
    const text = member(this.audit, 'outcomeDesc');
    return text === undefined || typeof text === 'string' ? text : refuse('not-an-event', 'AuditEvent.outcomeDesc', 'it is no text');
  }

  #purpose(): Purpose {
    const asked = this.#all('agent').find(([agent]) => member(agent, 'requestor') === true);
    const event = this.#all('purposeOfEvent');
    const concepts = event.length > 0 || asked === undefined ? event : pathsOf(member(asked[0], 'purposeOfUse'), `${asked[1]}.purposeOfUse`);
    const found = new Set(concepts.map(([concept, path]) => {
      const codes = codingsOf(concept).map(codeOf).filter((code) => code?.system === V3_ACT_REASON);
      const [purpose, ...others] = PURPOSES.filter((each) => codes.some((code) => code?.code === purposeCode(each)));
      return purpose !== undefined && others.length === 0 && codes.length === 1 ? purpose
        : refuse('purpose-unknown', path, `${codingsOf(concept).map(shown).join(', ').slice(0, 200) || 'text'} is no purpose that the chain knows`);
    }));
    const [purpose, ...more] = found;
    return purpose !== undefined && more.length === 0 ? purpose
      : refuse('purpose-unknown', 'AuditEvent.purposeOfEvent', found.size === 0 ? 'it says no purpose' : 'it says several, and an entry has one');
  }

  /** The chain's action: ours, or reading where it was a read, or what the caller says of the sender's disclosures. */
  #action(): Action {
    const [own, ...others] = this.#subtypes(ACTION_SYSTEM);
    const action = ACTIONS.find((each) => each === own);
    if (own !== undefined) {
      return action !== undefined && others.length === 0 ? action
        : refuse('action-unknown', 'AuditEvent.subtype', `${[own, ...others].join(', ').slice(0, 80)} is no action of the chain`);
    }
    if (this.#subtypes(RESTFUL).some((code) => code === 'read' || code === 'vread')) return 'Read';
    return this.options.action ?? refuse('action-unknown', 'AuditEvent.subtype', 'which of the chain\'s actions the disclosure was cannot be told: say in `action`');
  }

  #counterpart(): Hex | undefined {
    const counterpart = this.#entity(ownEntity('counterpart'), 'counterpart');
    if (counterpart === undefined) return undefined;
    const value = ours(member(counterpart[0], 'what'), ENTRY_SYSTEM);
    return isHash(value) ? value : refuse('not-an-event', `${counterpart[1]}.what`, 'it is no hash of an entry');
  }

  #strangers(time: number): LogEvent {
    const { audit } = this;
    const period = member(audit, 'period');
    const [since, until] = ['start', 'end'].map((name) => this.#moment(member(period, name), `AuditEvent.period.${name}`));
    if (until !== time) refuse('contradiction', 'AuditEvent.period.end', 'it is another time than that of recording');
    if (member(audit, 'outcome') !== REFUSAL) refuse('outcome-unknown', 'AuditEvent.outcome', 'requests that were not authenticated are refused');
    const source = this.#agent(SOURCE, 'source');
    this.#side(KINDS.strangers, source, undefined);
    const organisation = this.#organisation(member(source?.[0], 'who'))
      ?? refuse('organisation-unknown', `${source?.[1]}.who`, 'whose log it is, is not known here: say in `organisations`');
    const counted = this.#entity(ownEntity('failures'), 'count of failures') ?? refuse('missing', 'AuditEvent.entity', 'it counts nothing');
    const failures: FailureCounts = {};
    for (const [detail, path] of pathsOf(member(counted[0], 'detail'), `${counted[1]}.detail`)) {
      const [why, count] = [member(detail, 'type'), member(detail, 'valueString')];
      if (typeof why !== 'string' || !Object.hasOwn(AUTHENTICATION_FAILURES, why) || typeof count !== 'string' || !/^[1-9]\d{0,15}$/.test(count)) {
        return refuse('not-an-event', path, 'it counts no failures that are known here');
      }
      if (Object.hasOwn(failures, why)) refuse('several', path, `there is more than one count of ${why}`);
      failures[why as AuthenticationFailure] = Number(count);
    }
    return { time, side: 'source', organisation, outcome: 'unauthenticated', since: since as number, failures };
  }

  /** The event in its place, if it is told. */
  #entry(event: LogEvent): LogEntry | undefined {
    const found = this.#entity(ownEntity('entry'), 'entry');
    if (found === undefined) return undefined;
    const [seq, previous] = ['seq', 'previous'].map((name) => member(this.#detail(found, name)?.[0], 'valueString'));
    const hash = ours(member(found[0], 'what'), ENTRY_SYSTEM);
    if (typeof seq !== 'string' || !/^(0|[1-9]\d{0,15})$/.test(seq) || !Number.isSafeInteger(Number(seq)) || !isHash(previous) || !isHash(hash)) {
      return refuse('not-an-event', found[1], 'it is no entry: it needs a hash, `seq` and `previous`');
    }
    const entry: LogEntry = { ...event, seq: Number(seq), previous, hash };
    if (entryHash(entry) !== hash) refuse('entry-broken', found[1], 'the entry that it names says something else');
    return entry;
  }

  #patient(): string | undefined {
    const found = this.#one(this.#all('entity').filter(([entity]) =>
      same(codeOf(member(entity, 'type')), PATIENT_TYPE) && same(codeOf(member(entity, 'role')), PATIENT_ROLE)), 'patient');
    const what = member(found?.[0], 'what');
    const patient = ours(what, PATIENT_SYSTEM) ?? known(this.options.patients, what);
    if (patient !== undefined && isHandle(patient)) return patient;
    if (found && keysOf(what).length > 0) this.unread.push(`${found[1]}.what`);
    return undefined;
  }

  /** Tells what an entry has no place for. */
  #passedOver(kind: Kind): void {
    const tell = ([node, path]: At, read: readonly string[] | undefined): void => {
      if (read === undefined) this.unread.push(path);
      else this.unread.push(...membersOf(node).filter(([name, value]) => !['id', ...read].includes(name) && !isNothing(value)).map(([name]) => `${path}.${name}`));
    };
    tell([this.audit, 'AuditEvent'], [
      'resourceType', 'meta', 'language', 'text', 'type', 'subtype', 'action', 'recorded', 'outcome', 'outcomeDesc', 'purposeOfEvent', 'agent', 'source', 'entity',
      ...(kind === KINDS.strangers ? ['period'] : []),
    ]);
    for (const source of this.#all('source')) tell(source, ['observer']);
    for (const agent of this.#all('agent')) {
      const asked = member(agent[0], 'requestor') === true;
      const isRead = asked || [SOURCE, RECIPIENT, CUSTODIAN].some((code) => hasCode(member(agent[0], 'type'), code));
      tell(agent, isRead ? ['type', 'who', 'requestor', ...(asked && !has(this.audit, 'purposeOfEvent') ? ['purposeOfUse'] : [])] : undefined);
    }
    for (const entity of this.#all('entity')) {
      const code = codeOf(member(entity[0], 'type'));
      const isRead = [PATIENT_TYPE, DATA_TYPE, TRANSACTION_TYPE].some((each) => same(code, each)) || code?.system === RESOURCE_TYPES;
      tell(entity, code?.system === AUDIT_ENTITY_SYSTEM ? ['what', 'type', 'role', 'detail'] : isRead ? ['what', 'type', 'role'] : undefined);
    }
  }
}

/** Whether an element only says that something is not there. */
const isNothing = (value: unknown): boolean =>
  listOf(value).every((each) => membersOf(each).length > 0 && membersOf(each).every(([name]) => name === 'extension'));

/** Reads one of R5 in the form of R4, and says of all that it tells where in R5 that is. */
function readR5(audit: unknown, options: ReadAuditEventOptions): ReadAuditEvent {
  const { audit: node, pathOf, unread } = inR4(audit, refuse);
  try {
    const read = new Reader(node, options).read();
    return { ...read, unread: [...read.unread.map(pathOf), ...unread] };
  } catch (error) {
    if (!(error instanceof ResourceRefused)) throw error;
    throw new ResourceRefused(error.fault, pathOf(error.path), error.detail, { cause: error });
  }
}

/**
 * Reads a FHIR AuditEvent, of R4 or R5, as an event of an access log. Of ours (`toAuditEvent`) it gives the entry, whose hash it checks. Those of
 * other systems are read if they follow IHE's Basic Audit Log Patterns for reading, disclosing or receiving a record, and say all that
 * an entry says; what their references mean is for the caller to say. `unread` tells what an entry has no place for.
 *
 * Throws `ResourceRefused`, with fault and path, for all else. Give the bytes as they came; what is no JSON throws `NotFhirJson`.
 */
export function auditEventFromFhir(record: Uint8Array, options: ReadAuditEventOptions = {}): ReadAuditEvent {
  const fhirVersion = versionOf(options.fhirVersion);
  const audit = parseFhirJson(record);
  ensureWhole(audit, fhirVersion, fhirVersion === '5.0' ? ELEMENTS_R5 : ELEMENTS);
  return fhirVersion === '5.0' ? readR5(audit, options) : new Reader(audit, options).read();
}
