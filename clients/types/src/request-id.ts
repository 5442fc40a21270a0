/** The ids of requests and of the records that they ask for. */
import type { Hex } from './bytes.js';

/** The most characters of a record's id in a request: ids go into logs. */
export const MAX_RECORD_ID = 128;

/** Whether `value` is the id of a request, in the one form in which it is taken. */
export const isRequestId = (value: unknown): value is Hex =>
  typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
