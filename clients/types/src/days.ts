/**
 * Days and moments. The chain has moments, in Unix seconds; FHIR has days, which are days of some place.
 * So a day is neither made nor read without the zone of the place, by its IANA name.
 */
import { SalusError } from './errors.js';

/** The platform does not know the zone. Names are those of the IANA database, such as `America/Los_Angeles`. */
export class UnknownZone extends SalusError {
  constructor(readonly zone: unknown, options?: ErrorOptions) {
    super(`${JSON.stringify(zone)} is not a time zone of the IANA database`, options);
  }
}

/** A moment or a day that does not exist, or that FHIR or the chain cannot tell. */
export class NotAMoment extends SalusError {}

/** Moments from `from` up to, not including, `until`, in Unix seconds. */
export interface Span {
  from: number;
  until: number;
}

const DAY = 86_400;
/** The last moment that a date of FHIR can tell: the end of the year 9999. */
const LAST = 253_402_300_799;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known) return known;
  if (typeof zone !== 'string' || zone === '') throw new UnknownZone(zone);
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    FORMATS.set(zone, format);
    return format;
  } catch (error) {
    throw new UnknownZone(zone, { cause: error });
  }
}

/** What the clocks of a place show at a moment, as if it were UTC. */
function wallAt(seconds: number, zone: string): number {
  const parts = new Map(formatOf(zone).formatToParts(new Date(seconds * 1000)).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) as number;
  return utc(part('year'), part('month'), part('day')) + part('hour') * 3600 + part('minute') * 60 + part('second');
}

/** Midnight of a day in UTC. `Date.UTC` takes years below 100 for others. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000;
}

const text = (wall: number): string => new Date(wall * 1000).toISOString().slice(0, 19);

function checkMoment(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LAST) throw new NotAMoment(`${seconds} is not a moment that FHIR can tell`);
}

/** The day of a moment, where the clocks are those of `zone`. */
export function date(seconds: number, zone: string): string {
  checkMoment(seconds);
  return text(wallAt(seconds, zone)).slice(0, 10);
}

/** A moment as a FHIR dateTime, with the offset of `zone` at that moment: its first ten characters are the day there. */
export function dateTime(seconds: number, zone: string): string {
  checkMoment(seconds);
  const wall = wallAt(seconds, zone);
  const offset = wall - seconds;
  if (offset === 0) return `${text(wall)}Z`;
  if (offset % 60 !== 0) throw new NotAMoment(`${seconds} is at an offset in ${zone} that FHIR cannot write`);
  const minutes = Math.abs(offset) / 60;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${text(wall)}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The moment at which the clocks of a place first show `wall` or more. Where they are put forward over
 * it, that is the moment of the change; where they are put back over it, the first of the two.
 */
function firstAt(wall: number, zone: string): number {
  let before = wall - 2 * DAY;
  let after = wall + 2 * DAY;
  const candidates = [before, after].map((near) => wall - (wallAt(near, zone) - near)).filter((at) => wallAt(at, zone) === wall);
  if (candidates.length > 0) return Math.min(...candidates);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallAt(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function dayNumber(written: string, year: number, month: number, day: number): number {
  const midnight = utc(year, month, day);
  const again = new Date(midnight * 1000);
  if (year === 0 || again.getUTCMonth() !== month - 1 || again.getUTCDate() !== day) throw new NotAMoment(`${written} is not a day of the calendar`);
  return midnight;
}

/** Whether a FHIR date or dateTime is a whole day, month or year rather than a moment. */
export const isDay = (written: string): boolean => DATE.test(written);

/**
 * The moments of a FHIR date, a day, month or year of the place `zone`: with summer time a day has 23, 24
 * or 25 hours. `NotAMoment` for what is no date, and for a day that the place left out.
 */
export function daySpan(written: string, zone: string): Span {
  formatOf(zone);
  const [, year, month, day] = DATE.exec(written) ?? [];
  if (year === undefined) throw new NotAMoment(`${written} is not a date of FHIR`);
  const first = dayNumber(written, Number(year), Number(month ?? 1), Number(day ?? 1));
  const next = day !== undefined ? first + DAY
    : month !== undefined ? utc(Number(year), Number(month) + 1, 1) : utc(Number(year) + 1, 1, 1);
  const span = { from: firstAt(first, zone), until: firstAt(next, zone) };
  if (span.from >= span.until) throw new NotAMoment(`there was no ${written} in ${zone}`);
  return span;
}

/**
 * The moments that a FHIR dateTime stands for: one second, or the day, month or year that it is.
 * A time of day without an offset is not FHIR, and a `NotAMoment`.
 */
export function momentSpan(written: string, zone: string): Span {
  const [, year, month, day, hour, minute, second, offset = ''] = DATE_TIME.exec(written) ?? [];
  if (year === undefined) {
    if (/T/.test(written)) throw new NotAMoment(`${written} is not a dateTime of FHIR: it needs seconds and an offset`);
    return daySpan(written, zone);
  }
  formatOf(zone);
  const ofDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const away = offset === 'Z' ? 0 : (Number(offset.slice(1, 3)) * 3600 + Number(offset.slice(4)) * 60) * (offset.startsWith('-') ? -1 : 1);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60 || Math.abs(away) > 14 * 3600 || Number(offset.slice(4)) > 59) {
    throw new NotAMoment(`${written} is not a time of day`);
  }
  const from = dayNumber(written, Number(year), Number(month), Number(day)) + ofDay - away;
  return { from, until: from + 1 };
}

/** The one moment of a FHIR dateTime or instant. A day is none: `NotAMoment`. */
export function moment(written: string, zone: string): number {
  if (isDay(written)) throw new NotAMoment(`${written} is a day, and not a moment`);
  return momentSpan(written, zone).from;
}

/** A chain's period as one of FHIR: the chain's ends just before `until`, FHIR's includes its end. */
export function period({ from, until }: Span, zone: string): { start: string; end: string } {
  return { start: dateTime(from, zone), end: dateTime(Math.max(from, until - 1), zone) };
}

/** The moments of a FHIR period. Its end is included: a day to its last second. A side that is not there is open. */
export function periodSpan({ start, end }: { start?: string | undefined; end?: string | undefined }, zone: string): Partial<Span> {
  const from = start === undefined ? undefined : momentSpan(start, zone).from;
  const until = end === undefined ? undefined : momentSpan(end, zone).until;
  if (from !== undefined && until !== undefined && until <= from) throw new NotAMoment(`the period from ${start} to ${end} ends before it begins`);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}
