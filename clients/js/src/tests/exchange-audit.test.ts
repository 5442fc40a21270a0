/** Vectors of AuditEvents, for whoever else makes them of entries: `docs/vectors/exchange/audit-events.json`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toAuditEvent } from '../fhir/audit-out.js';
import type { LogEntry } from '../log.js';
import { agreesWithVectors, storedVectors } from './vector-file.js';

const PATIENT = `0x${'5a'.repeat(32)}`;

interface Logs {
  logs: { name: string; lines: string[] }[];
}

test('entries of every kind are the AuditEvents of the vectors, with the patient and without', () => {
  const lines = storedVectors<Logs>('log.json')?.logs.find(({ name }) => name === 'every kind of entry')?.lines ?? [];
  assert.ok(lines.length > 10);
  const events = lines.map((line) => {
    const entry = JSON.parse(line) as LogEntry;
    const patient = entry.outcome === 'unauthenticated' ? {} : { patient: PATIENT };
    return { line, ...patient, withPatient: toAuditEvent(entry, patient), without: toAuditEvent(entry) };
  });
  agreesWithVectors('audit-events.json', {
    about: 'Entries of access logs, and the FHIR R4 AuditEvents that they are: with the handle of the patient, where the entry may have one, and without. The order of members means nothing.',
    events,
  });
});
