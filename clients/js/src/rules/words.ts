/** What directives are written in, plain and sealed ones: whom they are about, with what, and when. */
import { orgId } from '../arguments.js';
import { ACTIONS, DATA_CLASSES, PURPOSES, ROLES, SENSITIVITY_LABELS } from '../codes.js';
import type { Grantee } from '../consent.js';
import type { Directive, Interval } from './model.js';
import { fields, fixed, key, oneOf, setOf, struct, variant, type Whole } from './scale.js';

export const u32 = (value: Whole, name: string): Uint8Array => fixed(32, value, name);
export const moment = (value: Whole, name: string): Uint8Array => fixed(64, value, name);
export const organisation = (value: number, name: string): Uint8Array => u32(orgId(value, name), name);

export function interval(value: Interval, name: string): Uint8Array {
  const { from, until } = fields(value, name);
  return struct(moment(from, `${name}.from`), moment(until, `${name}.until`));
}

export function granteeOf(grantee: Grantee, name: string): Uint8Array {
  if (grantee === 'Any') return variant(0);
  if ('practitioner' in fields(grantee, name)) {
    const { practitioner, at } = grantee as Extract<Grantee, { practitioner: string }>;
    const who = key(practitioner, `${name}.practitioner`);
    return at === undefined ? variant(3, who) : variant(4, who, organisation(at, `${name}.at`));
  }
  const { organisation: at, role } = grantee as Extract<Grantee, { organisation: number }>;
  const where = organisation(at, `${name}.organisation`);
  return role === undefined ? variant(1, where) : variant(2, where, oneOf(ROLES, role, `${name}.role`));
}

export function scopeOf(scope: Directive['scope'], name: string): Uint8Array {
  const { actions, purposes, classes, labels, data } = fields(scope, name);
  return struct(
    setOf(ACTIONS, 8, actions, `${name}.actions`),
    setOf(PURPOSES, 32, purposes, `${name}.purposes`),
    setOf(DATA_CLASSES, 32, classes, `${name}.classes`),
    setOf(SENSITIVITY_LABELS, 16, labels, `${name}.labels`),
    interval(data, `${name}.data`),
  );
}
