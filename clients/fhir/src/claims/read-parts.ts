/** What is read alike in resources that others made. */
import { isDay, momentSpan, NotAMoment, periodSpan, type Span } from '@salus/types/days';
import { targetOf, type FhirElement } from './fhir-tree.js';

/** Refuses a status other than those that are taken. */
export function checkStatus(resource: FhirElement, ...taken: string[]): string {
  const status = resource.required(resource.string('status'), 'status');
  return taken.includes(status) ? status : resource.refuse('Status', `it is ${status}, not ${taken.join(' or ')}`, 'status');
}

/** What a reference that must be there is to: its text, or its identifier as `system|value`. */
export function requiredTarget(element: FhirElement, name: string): string {
  const reference = element.required(element.child(name), name);
  return targetOf(reference) ?? reference.refuse('Malformed', 'it says neither what it is to nor a number of it');
}

export const optionalTarget = (element: FhirElement, name: string): string | undefined => targetOf(element.child(name));

/** Runs `work`; a day or a moment that does not exist is refused with the element. */
export function aboutDays<T>(element: FhirElement, name: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotAMoment) return element.refuse('Date', error.message, name);
    throw error;
  }
}

/** The moments of a date or dateTime of an element. */
export function spanIn(element: FhirElement, name: string, zone: string): Span | undefined {
  const written = element.string(name);
  return written === undefined ? undefined : aboutDays(element, name, () => momentSpan(written, zone));
}

/** The moments of a date of an element, which may not have a time of day. */
export function dateIn(element: FhirElement, name: string, zone: string): Span | undefined {
  const written = element.string(name);
  if (written !== undefined && !isDay(written)) element.refuse('Date', `${written} is not a date`, name);
  return spanIn(element, name, zone);
}

/** The moments of a period of an element; a side that is not there is open. */
export function periodIn(element: FhirElement, name: string, zone: string): Partial<Span> | undefined {
  const period = element.child(name);
  return period && aboutDays(period, undefined, () => periodSpan({ start: period.string('start'), end: period.string('end') }, zone));
}
