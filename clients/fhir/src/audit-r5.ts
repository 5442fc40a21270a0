/**
 * AuditEvents of FHIR R5: what they have in other places than those of R4. IHE's patterns are of R4, so an entry is written in the form of its
 * pattern first, and one that is read is put into that form; where a part came from stays known.
 *
 * R5 has a list of categories and one code where R4 has a type and subtypes, and does not say which of them is the type: whichever is one.
 * It has no types of entities, only their roles; the patient is an element; the outcome has its words inside; purposes are authorisations.
 */
import type { AuditEvent, AuditEventAgent, AuditEventEntity, AuditEventEntityDetail, Reference } from 'fhir/r4.js';
import type {
  AuditEvent as AuditEventR5, AuditEventAgent as AgentR5, AuditEventEntity as EntityR5, AuditEventEntityDetail as DetailR5, Reference as ReferenceR5,
} from 'fhir/r5.js';
import {
  AUDIT_ENTITY_SYSTEM, BALP_ENTITY_TYPE, DATA_TYPE, ENTITY_TYPE, KINDS, OBJECT_ROLE, PATIENT_ROLE, PATIENT_TYPE, SUCCESS, type Kind,
} from './audit-codes.js';
import type { AuditFault } from './audit-faults.js';
import { codingsOf } from './books.js';
import { listOf, member, membersOf, pathsOf } from './refused.js';
import { codeOf, keyOf, shown, type Code } from './systems.js';

/** HL7's codes for outcomes as R4 has them, and the one of R5's own for success. */
const OUTCOME = 'http://terminology.hl7.org/CodeSystem/audit-event-outcome';
const SEVERITY = 'http://hl7.org/fhir/issue-severity';

const concept = (...coding: Code[]) => ({ coding });
const conceptOf = (written: unknown) => concept(...codingsOf(written).flatMap((coding) => codeOf(coding) ?? []));

/** Of ours none has more than this. */
function referenceOf({ type, identifier, extension }: Reference): ReferenceR5 {
  const { system, value } = identifier ?? {};
  return {
    ...(type === undefined ? {} : { type }),
    ...(identifier === undefined ? {} : { identifier: { ...(system === undefined ? {} : { system }), ...(value === undefined ? {} : { value }) } }),
    ...(extension === undefined ? {} : { extension: extension.flatMap(({ url, valueCode }) => (valueCode === undefined ? [] : [{ url, valueCode }])) }),
  };
}

function detailOf({ type, valueString, valueBase64Binary }: AuditEventEntityDetail): DetailR5 {
  return {
    type: concept({ system: AUDIT_ENTITY_SYSTEM, code: type }),
    ...(valueString === undefined ? {} : { valueString }), ...(valueBase64Binary === undefined ? {} : { valueBase64Binary }),
  };
}

function entityOf({ what, type, role, detail }: AuditEventEntity): EntityR5 {
  // Of ours each has a role that says what it is, or a type that does.
  const code = codeOf(role) ?? codeOf(type);
  return {
    ...(what === undefined ? {} : { what: referenceOf(what) }), ...(code === undefined ? {} : { role: concept(code) }),
    ...(detail === undefined ? {} : { detail: detail.map(detailOf) }),
  };
}

const isPatient = ({ type, role }: AuditEventEntity): boolean =>
  codeOf(type)?.code === PATIENT_TYPE.code && codeOf(type)?.system === ENTITY_TYPE && codeOf(role)?.code === PATIENT_ROLE.code;

/** In R5 nothing requires an address in the network. */
const agentOf = ({ type, who = {}, requestor }: AuditEventAgent): AgentR5 => ({ ...(type === undefined ? {} : { type: conceptOf(type) }), who: referenceOf(who), requestor });

/** An AuditEvent of ours in R5. */
export function inR5(audit: AuditEvent): AuditEventR5 {
  const { type, subtype = [], action, period, recorded, outcome, outcomeDesc, purposeOfEvent, agent, source, entity = [] } = audit;
  const [kind, first, ...others] = [type, ...subtype].flatMap((coding) => codeOf(coding) ?? []) as [Code, Code, ...Code[]];
  const patient = entity.find(isPatient)?.what;
  return {
    resourceType: 'AuditEvent',
    category: [kind, ...others].map((code) => concept(code)),
    code: concept(first),
    ...(action === undefined ? {} : { action }),
    ...(period?.start === undefined || period.end === undefined ? {} : { occurredPeriod: { start: period.start, end: period.end } }),
    recorded,
    outcome: { code: { system: OUTCOME, code: String(outcome) }, ...(outcomeDesc === undefined ? {} : { detail: [{ text: outcomeDesc }] }) },
    ...(purposeOfEvent === undefined ? {} : { authorization: purposeOfEvent.map(conceptOf) }),
    ...(patient === undefined ? {} : { patient: referenceOf(patient) }),
    agent: agent.map(agentOf), source: { observer: referenceOf(source.observer) }, entity: entity.filter((each) => !isPatient(each)).map(entityOf),
  };
}

/** The elements that R5 has there. */
export const ELEMENTS_R5: Readonly<Record<string, ReadonlySet<string>>> = {
  root: new Set([
    'resourceType', 'id', 'meta', 'language', 'text', 'contained', 'extension', 'category', 'code', 'action', 'severity', 'occurredPeriod', 'occurredDateTime',
    'recorded', 'outcome', 'authorization', 'basedOn', 'patient', 'encounter', 'agent', 'source', 'entity',
  ]),
  agent: new Set([
    'id', 'extension', 'type', 'role', 'who', 'requestor', 'location', 'policy', 'networkReference', 'networkUri', 'networkString', 'authorization',
  ]),
  source: new Set(['id', 'extension', 'site', 'observer', 'type']),
  entity: new Set(['id', 'extension', 'what', 'role', 'securityLabel', 'query', 'detail', 'agent']),
  outcome: new Set(['id', 'extension', 'code', 'detail']),
};

/** An AuditEvent of R5 in the form of R4, and where in it a path of that form came from. */
export interface InR4 {
  audit: unknown;
  pathOf: (path: string) => string;
  /** The paths of what the form of R4 has no place for. */
  unread: string[];
}

type Refuse = (fault: AuditFault, path: string, detail: string) => never;

/** The node with other names for some of its members. */
const renamed = (node: unknown, names: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(membersOf(node).map(([name, value]) => [names[name] ?? name, value]));

/** The roles of things that are records: a report, and any resource. */
const RECORD_ROLES: ReadonlySet<string> = new Set(['3', '4'].map((code) => keyOf({ system: OBJECT_ROLE, code })));

/** What an entity is, by its role: the type and role that it has in R4. */
function entityInR4(entity: unknown): unknown {
  const { role, detail, ...rest } = renamed(entity, {});
  const codes = codingsOf(role).flatMap((coding) => codeOf(coding) ?? []);
  const of = (system: string): Code | undefined => codes.find((code) => code.system === system);
  const [object, own] = [of(OBJECT_ROLE), of(AUDIT_ENTITY_SYSTEM) ?? of(BALP_ENTITY_TYPE)];
  const type = own ?? (object?.code === PATIENT_ROLE.code ? PATIENT_TYPE : object !== undefined && RECORD_ROLES.has(keyOf(object)) ? DATA_TYPE : undefined);
  const details = listOf(detail).map((each) => {
    const [code] = codingsOf(member(each, 'type')).map(codeOf).filter((found) => found?.system === AUDIT_ENTITY_SYSTEM);
    return { ...renamed(each, {}), type: code?.code };
  });
  // What has no type is told as passed over, as a whole.
  return { ...rest, ...(type === undefined ? {} : { type, ...(object === undefined ? {} : { role: object }) }), ...(detail === undefined ? {} : { detail: details }) };
}

/** Success or not, as R4 has it, and the words. */
function outcomeInR4(outcome: unknown, unread: string[], refuse: Refuse): { outcome?: unknown; outcomeDesc?: unknown } {
  if (outcome === undefined) return {};
  const coding = member(outcome, 'code');
  const code = codeOf(coding);
  const succeeded = code?.system === SEVERITY && code.code === 'success';
  if (!succeeded && code?.system !== OUTCOME) refuse('outcome-unknown', 'AuditEvent.outcome.code', `${shown(coding)} does not say that it succeeded, or was refused`);
  const details = pathsOf(member(outcome, 'detail'), 'AuditEvent.outcome.detail');
  // Several details, or codes, are no words of one decision.
  const [only] = details;
  const text = details.length === 1 && codingsOf(only?.[0]).length === 0 ? member(only?.[0], 'text') : undefined;
  if (text === undefined) unread.push(...details.map(([, path]) => path));
  return { outcome: succeeded ? SUCCESS : code?.code, ...(text === undefined ? {} : { outcomeDesc: text }) };
}

const TYPES: ReadonlySet<string> = new Set(Object.values<Kind>(KINDS).map(({ type }) => keyOf(type)));

/** Puts an AuditEvent of R5, of which all elements are known, into the form of R4. */
export function inR4(audit: unknown, refuse: Refuse): InR4 {
  const unread: string[] = [];
  const said = [...pathsOf(member(audit, 'category'), 'AuditEvent.category'), ...pathsOf(member(audit, 'code'), 'AuditEvent.code')]
    .flatMap(([each, path]) => pathsOf(member(each, 'coding'), `${path}.coding`));
  const isType = ([coding]: [unknown, string]): boolean => {
    const code = codeOf(coding);
    return code !== undefined && TYPES.has(keyOf(code));
  };
  const [type, other] = said.filter(isType);
  if (other) refuse('several', other[1], 'it is of more than one kind');
  const subtypes = said.filter((each) => !isType(each));
  const entities = listOf(member(audit, 'entity'));
  const patient = member(audit, 'patient');
  const { category: _category, code: _code, outcome, authorization, occurredPeriod, patient: _patient, agent, entity: _entity, ...rest } = renamed(audit, {});
  const node = {
    ...rest, ...(type === undefined ? {} : { type: type[0] }), subtype: subtypes.map(([coding]) => coding), ...outcomeInR4(outcome, unread, refuse),
    ...(authorization === undefined ? {} : { purposeOfEvent: authorization }), ...(occurredPeriod === undefined ? {} : { period: occurredPeriod }),
    ...(agent === undefined ? {} : { agent: listOf(agent).map((each) => renamed(each, { authorization: 'purposeOfUse' })) }),
    entity: [...entities.map(entityInR4), ...(patient === undefined ? [] : [{ what: patient, type: PATIENT_TYPE, role: PATIENT_ROLE }])],
  };
  const names: [RegExp, string | ((index: string) => string)][] = [
    [/^AuditEvent\.subtype\[(\d+)\]/, (index) => subtypes[Number(index)]?.[1] ?? 'AuditEvent.code'],
    [/^AuditEvent\.subtype\b/, 'AuditEvent.code'],
    [/^AuditEvent\.type\b/, type?.[1] ?? 'AuditEvent.category'],
    [/^AuditEvent\.outcomeDesc\b/, 'AuditEvent.outcome.detail[0].text'],
    [/^AuditEvent\.purposeOfEvent\b/, 'AuditEvent.authorization'],
    [/^(AuditEvent\.agent\[\d+\])\.purposeOfUse\b/, '$1.authorization'],
    [/^AuditEvent\.period\b/, 'AuditEvent.occurredPeriod'],
    [new RegExp(`^AuditEvent\\.entity\\[${entities.length}\\](\\.what)?`), 'AuditEvent.patient'],
  ];
  return {
    audit: node, unread,
    pathOf: (path) => {
      const [pattern, name] = names.find(([each]) => each.test(path)) ?? [];
      if (pattern === undefined || name === undefined) return path;
      return typeof name === 'string' ? path.replace(pattern, name) : path.replace(pattern, (_all, index: string) => name(index));
    },
  };
}
