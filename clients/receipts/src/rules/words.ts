/** What directives are written in, plain and sealed ones: about what, and when. Whom they are about is in `grantee.ts`. */
import { ACTIONS, DATA_CLASSES, PURPOSES, SENSITIVITY_LABELS } from '@salus/types';
import { fields, fixed, setOf, struct, type Whole } from '@salus/types/scale';
import type { Directive, Interval } from './model.js';

export const u32 = (value: Whole, name: string): Uint8Array => fixed(32, value, name);
export const moment = (value: Whole, name: string): Uint8Array => fixed(64, value, name);

export function interval(value: Interval, name: string): Uint8Array {
  const { from, until } = fields(value, name);
  return struct(moment(from, `${name}.from`), moment(until, `${name}.until`));
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
