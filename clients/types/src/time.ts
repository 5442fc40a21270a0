/** Moments and spans of time in words. */

/** A moment in Unix seconds as `2026-11-26 04:30:07 UTC`. */
export const moment = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');

const UNITS: [number, string][] = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']];

/** A span in seconds in its two largest units: `2 hours 5 minutes`. */
export function span(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, unit] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

const SPAN_UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds from `90`, `90s`, `15m`, `2h` or `3d`; `undefined` if it is none of these. */
export function secondsFrom(text: string): number | undefined {
  const [, digits, unit] = /^(0|[1-9]\d{0,11})([smhd]?)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (SPAN_UNITS[unit || 's'] as number);
}

/** A moment in Unix seconds from seconds or from a date (`2027-01-31`, or with a time in ISO 8601, UTC unless told). */
export function momentFrom(text: string): number | undefined {
  if (/^[1-9]\d{8,10}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
  const withZone = /T/.test(text) && !/(Z|[+-]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text;
  const millis = Date.parse(withZone);
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000);
}
