/** What `salus-gateway shadow` tells, as it writes it for programs, and that its numbers add up. */
import assert from 'node:assert/strict';

export interface Counts {
  read: number;
  held: number;
  quarantined: number;
  refused: number;
  heldOnceLinked: number;
}

export interface Fates {
  whole: number;
  part: number;
  refused: number;
  undecided: number;
}

export interface Example {
  reference: string;
  path: string;
  detail: string;
}

export interface QuestionReport {
  name: string;
  organisation: number;
  purpose: string;
  action: string;
  totals: Fates;
  reasons: Record<string, number>;
  types: Record<string, Fates>;
  classes: Record<string, Fates>;
  labels: Record<string, Fates>;
  examples: Example[];
  undecided: string | null;
}

export interface Answers {
  requests: number;
  released: number;
  refused: Record<string, number>;
  searchAll: number;
  searchSome: number;
  searchNone: number;
}

export interface ShadowReport {
  made: string;
  server: string;
  totals: Counts;
  types: Record<string, Counts & { isAll: boolean; fault: string | null }>;
  classes: Record<string, { records: number; labelled: number; timeUnknown: number }>;
  labels: Record<string, number>;
  faults: Record<string, { records: number; types: Record<string, number>; examples: Example[] }>;
  patients: { linked: number; unlinked: number; recordsLinked: number; recordsUnlinked: number; recordsOfNobody: number };
  questions: QuestionReport[];
  requests: { requests: number; unknownAsker: number; notUnderstood: number; byAsker: Record<string, Answers> } | null;
}

export const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

const sumOf = <K extends string>(rows: Record<string, Record<K, number>>, key: K): number => sum(Object.values(rows).map((row) => row[key]));

/** A report whose names of resources are taken out. */
export function withoutExamples({ made: _, ...report }: ShadowReport): object {
  return JSON.parse(JSON.stringify(report, (name, value: unknown) => (name === 'examples' ? undefined : value))) as object;
}

/** That each total is the sum of its parts, all was read, and all was decided. */
export function addsUp({ totals, types, classes, labels, faults, patients, questions, requests }: ShadowReport): void {
  for (const key of ['read', 'held', 'quarantined', 'refused', 'heldOnceLinked'] as const) assert.equal(sumOf(types, key), totals[key], key);
  for (const [name, row] of Object.entries({ ...types, totals })) assert.equal(row.held + row.quarantined + row.refused, row.read, name);
  for (const [name, { isAll, fault }] of Object.entries(types)) assert.deepEqual([isAll, fault], [true, null], name);
  assert.equal(sumOf(faults, 'records'), totals.quarantined + totals.refused, 'each that is not held has one fault');
  for (const [name, fault] of Object.entries(faults)) assert.equal(sum(Object.values(fault.types)), fault.records, name);
  assert.equal(patients.recordsLinked + patients.recordsUnlinked + patients.recordsOfNobody, totals.read);
  assert.equal(labels['none'], sumOf(classes, 'records') - sumOf(classes, 'labelled'), 'what has no label');
  for (const { name, totals: all, reasons, types: byType, classes: byClass, undecided } of questions) {
    assert.deepEqual([undecided, all.undecided], [null, 0], name);
    assert.equal(all.whole + all.part + all.refused, totals.held, `${name}: all that is held is decided about`);
    assert.equal(sum(Object.values(reasons)), all.refused, `${name}: each refusal has one reason`);
    for (const key of ['whole', 'part', 'refused'] as const) {
      assert.deepEqual([sumOf(byType, key), sumOf(byClass, key)], [all[key], all[key]], `${name}: ${key}`);
    }
  }
  if (requests === null) return;
  const { requests: all, unknownAsker, notUnderstood, byAsker } = requests;
  assert.equal(sumOf(byAsker, 'requests') + unknownAsker + notUnderstood, all, 'each request has an answer, or is said to have none');
  for (const [name, each] of Object.entries(byAsker)) {
    assert.equal(each.released + sum(Object.values(each.refused)) + each.searchAll + each.searchSome + each.searchNone, each.requests, name);
  }
}
