/** Vectors of AuditEvents, for whoever else makes them of entries: `docs/vectors/exchange/audit-events.json`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from '@salus/types';
import { agreesWithVectors, storedVectors } from '@salus/types/testing';
import { toAuditEvent } from '../audit-out.js';

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
