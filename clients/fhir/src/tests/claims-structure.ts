/** A small check that JSON is a resource of FHIR R4, or of R5: what must be there, what may be, and what we promise. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Members = { [name: string]: Json };

/** The elements of R4 with a minimum of 1, wherever what contains them is there. */
const REQUIRED: Record<string, string[]> = {
  Coverage: ['status', 'beneficiary', 'payor', 'class.type', 'class.value'],
  Claim: [
    'status', 'type', 'use', 'patient', 'created', 'provider', 'priority', 'insurance', 'insurance.sequence', 'insurance.focal',
    'insurance.coverage', 'payee.type', 'item.sequence', 'item.productOrService',
  ],
  ClaimResponse: [
    'status', 'type', 'use', 'patient', 'created', 'insurer', 'outcome', 'item.itemSequence', 'item.adjudication',
    'item.adjudication.category', 'total.category', 'total.amount', 'payment.type', 'payment.amount', 'insurance.sequence',
    'insurance.focal', 'insurance.coverage',
  ],
  ExplanationOfBenefit: [
    'status', 'type', 'use', 'patient', 'created', 'insurer', 'provider', 'outcome', 'insurance', 'insurance.focal',
    'insurance.coverage', 'item.sequence', 'item.productOrService', 'item.adjudication.category', 'total.category', 'total.amount',
  ],
  CoverageEligibilityRequest: ['status', 'purpose', 'patient', 'created', 'insurer', 'insurance.coverage'],
  CoverageEligibilityResponse: [
    'status', 'purpose', 'patient', 'created', 'request', 'outcome', 'insurer', 'insurance.coverage', 'insurance.item.benefit.type',
  ],
};

export const requiredOf = (type: string): string[] => REQUIRED[type] ?? [];

const isMembers = (node: Json | undefined): node is Members => typeof node === 'object' && node !== null && !Array.isArray(node);
const listed = (node: Json | undefined): Json[] => (node === undefined ? [] : [node].flat() as Json[]);

/** Everything at a path, through all repetitions. */
export const at = (node: Json, path: string): Json[] =>
  path.split('.').reduce<Json[]>((nodes, name) => nodes.flatMap((inside) => (isMembers(inside) ? listed(inside[name]) : [])), [node]);

interface Field {
  type: string;
  many: boolean;
  optional: boolean;
}

type Types = Map<string, { base: string | undefined; fields: Map<string, Field> }>;

/** The elements that each type adds to its base, as `@types/fhir` has them. */
export function typesOf(version: 'r4' | 'r5'): Types {
  const types: Types = new Map();
  const source = readFileSync(createRequire(import.meta.url).resolve(`@types/fhir/${version}.d.ts`), 'utf8');
  for (const [, name = '', base, body = ''] of source.matchAll(/^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}/gms)) {
    const fields = new Map<string, Field>();
    for (const [, field = '', mark, type = ''] of body.matchAll(/^ {2}(?:readonly )?(\w+)(\?)?: (.+);$/gm)) {
      const plain = type.replace(/ ?\| undefined$/, '');
      fields.set(field, { type: plain.replace(/\[\]$/, ''), many: plain.endsWith('[]'), optional: mark === '?' });
    }
    types.set(name, { base, fields });
  }
  return types;
}

const R4 = typesOf('r4');

export function fieldsOf(type: string, types = R4): Map<string, Field> | undefined {
  const found = types.get(type);
  return found && new Map([...(found.base ? fieldsOf(found.base, types) ?? [] : []), ...found.fields]);
}

/** Checks every member against the types: known, repeated or not as it should be, present if required, never empty. */
function checkMembers(node: Json, type: string, path: string, types = R4): void {
  const fields = fieldsOf(type, types);
  if (!fields) {
    const quoted = type.startsWith('(') ? type.slice(1, -1).split('|').map((part) => part.slice(1, -1)) : type.startsWith("'") ? [type.slice(1, -1)] : undefined;
    if (quoted) assert.ok(quoted.includes(node as string), `${path}: ${String(node)} is none of ${quoted.join(', ')}`);
    else assert.equal(typeof node, type, path);
    return;
  }
  assert.ok(isMembers(node), `${path} is not an object`);
  assert.ok(Object.keys(node).length > 0, `${path} is empty`);
  for (const [name, value] of Object.entries(node)) {
    const field = fields.get(name);
    assert.ok(field, `${path}.${name} is not in FHIR ${types === R4 ? 'R4' : 'R5'}`);
    assert.equal(Array.isArray(value), field.many, `${path}.${name} repeats or not`);
    assert.ok(listed(value).length > 0, `${path}.${name} is empty`);
    listed(value).forEach((inside, index) => checkMembers(inside, field.type, `${path}.${name}${field.many ? `[${index}]` : ''}`, types));
  }
  for (const [name, { optional }] of fields) assert.ok(optional || name in node, `${path}.${name} is missing`);
}

/** Checks the elements of a resource against the types of a version of FHIR, and nothing that only we promise. */
export function checkForm(resource: { resourceType: string }, version: 'r4' | 'r5'): void {
  checkMembers(JSON.parse(JSON.stringify(resource)) as Json, resource.resourceType, resource.resourceType, version === 'r4' ? R4 : typesOf(version));
}

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/;

/** What we promise of every resource beyond R4: references by identifier alone, the person by member key alone. */
function checkPromises(node: Json, member: string, path: string): void {
  if (Array.isArray(node)) return node.forEach((inside, index) => checkPromises(inside, member, `${path}[${index}]`));
  if (!isMembers(node)) return;
  const { identifier } = node;
  if (isMembers(identifier)) {
    assert.deepEqual(Object.keys(node).sort(), ['identifier', 'type'], `${path} is more than a logical reference`);
    assert.match(String(identifier['system']), /^urn:salus:/, path);
    assert.equal(node['type'] === 'Patient', identifier['system'] === 'urn:salus:member-key', path);
    if (node['type'] === 'Patient') assert.equal(identifier['value'], member, path);
  }
  if ('currency' in node) assert.ok(Number.isFinite(node['value']), `${path} is money without a value`);
  for (const name of ['created', 'date', 'start', 'end', 'servicedDate']) {
    if (name in node) assert.match(String(node[name]), DATE, `${path}.${name}`);
  }
  for (const name of ['reference', 'subject', 'name', 'contained']) assert.ok(!(name in node), `${path}.${name}`);
  for (const [name, inside] of Object.entries(node)) checkPromises(inside, member, `${path}.${name}`);
}

/** Checks a resource as it goes out, as JSON. */
export function checkResource(resource: { resourceType: string }, member: string): void {
  const json = JSON.parse(JSON.stringify(resource)) as Members;
  const type = resource.resourceType;
  assert.doesNotMatch(JSON.stringify(json), /\byour?\b/i, 'a resource has more readers than the patient');
  assert.ok(fieldsOf(type)?.has('id'), 'the types were not read');
  assert.ok(type in REQUIRED, `no requirements for ${type}`);
  for (const path of requiredOf(type)) {
    const names = path.split('.');
    const last = names.pop() as string;
    const around = names.length === 0 ? [json] : at(json, names.join('.'));
    for (const inside of around) assert.ok(isMembers(inside) && listed(inside[last]).length > 0, `${type}.${path} is missing`);
  }
  checkMembers(json, type, type);
  checkPromises(json, member, type);
}
