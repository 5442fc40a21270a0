import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  anchors, classify, commit, newSalt, ResourceRefused, seal, MerkleTree, utf8,
  type AnchorRef, type Classification, type DataClass, type ResourceFault,
} from '@salus/client';
import { FileStore } from '@salus/client/node';
import { fhirExamples, syntheticRecords, type Fixture } from '../fixtures.js';
import { expect } from '../transcript.js';
import type { Institution, Patient, World } from '../world.js';
import type { Staff } from './staff.js';

/** The record that is anchored alone: a complete blood count. */
const ALONE = 'DiagnosticReport-f001';

/** A head CT, which is no laboratory report. */
const SCAN = 'DiagnosticReport-f201';

/** What is refused of the records, and why: of each reason one at least. */
const ASIDE: readonly (readonly [fixture: string, fault: ResourceFault])[] = [
  ['DocumentReference-example', 'restricted-unexplained'], ['Composition-example', 'document-not-given'], ['Observation-decimal', 'class-unknown'],
];

/** Its results but one are not among the examples. The privacy officer has looked at them: none is genetic, or has a label. */
const LOOKED_AT = new Set([ALONE]);

/** The observations that a record may name as its results, as entries of the Bundle in which the hospital has them. */
function observationsOf(fixtures: readonly Fixture[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { bytes } of fixtures) {
    const text = new TextDecoder().decode(bytes);
    const { resourceType, id } = JSON.parse(text) as { resourceType: string; id?: string };
    if (resourceType !== 'Observation' || id === undefined) continue;
    found.set(`Observation/${id}`, bytes);
    found.set(`urn:uuid:${id}`, utf8(`{"fullUrl":"urn:uuid:${id}","resource":${text}}`));
  }
  return found;
}

/** The class and the labels of a record, with the results that it names. */
function classified({ name, bytes }: Fixture, observations: Map<string, Uint8Array>): Classification {
  const { result = [] } = JSON.parse(new TextDecoder().decode(bytes)) as { result?: { reference: string }[] };
  const results = result.map(({ reference }) => observations.get(reference)).filter((each) => each !== undefined);
  return classify(bytes, { results, missingResults: LOOKED_AT.has(name) ? 'tell' : 'refuse' });
}

interface Prepared extends Fixture, Classification {
  id: string;
  salt: Uint8Array;
  commitment: Uint8Array;
}

export interface Records {
  store: FileStore;
  /** The id of the record that is anchored alone: a laboratory report. */
  report: string;
  /** The id of a record in the batch: a radiology report. */
  scan: string;
  /** The id of a record in the batch, of a class. */
  inBatch: (dataClass: DataClass) => string;
  /** The id of the record in the batch that was made of a fixture. */
  named: (fixture: string) => string;
}

/** The envelopes of all records by id, 32 at a time. */
async function sealAll(records: Prepared[], readers: string[]): Promise<Map<string, Uint8Array>> {
  const envelopes = new Map<string, Uint8Array>();
  for (let start = 0; start < records.length; start += 32) {
    await Promise.all(records.slice(start, start + 32).map(async ({ id, salt, bytes }) => {
      envelopes.set(id, await seal({ form: 'Bytes', salt, record: bytes }, readers));
    }));
  }
  return envelopes;
}

/** Of which class or with which labels a record is, cannot always be told: it is not anchored to be released. */
function tellAside({ out }: World, aside: Map<string, ResourceRefused>): void {
  out.saw(`${aside.size} of them are put aside for the privacy officer: of which class they are, or how sensitive, cannot be told`);
  for (const [name, fault] of ASIDE) {
    const refusal = aside.get(name);
    expect(refusal?.fault === fault, `${name} is not put aside as ${fault}, but ${refusal?.fault ?? 'taken'}`);
    out.because(`${name}: ${refusal.detail} (${refusal.fault})`);
  }
  const conflicts = [...aside.values()].filter(({ fault }) => fault === 'class-conflict').length;
  out.because(`${conflicts} of the synthetic patient: questionnaires and blood pressures that were filed under the laboratory (class-conflict)`);
}

/**
 * The hospital salts and hashes the exact bytes of its records, anchors one alone and the others in
 * one batch, and keeps them encrypted to the patient and to itself.
 */
export async function anchorRecords(
  world: World,
  hospital: Institution,
  { steward }: Staff,
  patient: Patient,
): Promise<Records> {
  const { api, out } = world;
  out.chapter('The hospital anchors what it keeps');
  const examples = await fhirExamples();
  const synthetic = await syntheticRecords();
  out.saw(`${examples.length} example resources of FHIR R4, and ${synthetic.length} of a synthetic patient`);

  const aside = new Map<string, ResourceRefused>();
  const observations = observationsOf([...examples, ...synthetic]);
  const prepared: Prepared[] = [...examples, ...synthetic].flatMap((fixture) => {
    try {
      const salt = newSalt();
      return [{ ...fixture, ...classified(fixture, observations), id: randomUUID(), salt, commitment: commit(salt, fixture.bytes) }];
    } catch (error) {
      if (!(error instanceof ResourceRefused)) throw error;
      aside.set(fixture.name, error);
      return [];
    }
  });
  tellAside(world, aside);
  const alone = prepared.find(({ name }) => name === ALONE);
  expect(alone?.dataClass === 'Laboratory', `the fixture ${ALONE} is missing, or no laboratory report`);
  const batch = prepared.filter((record) => record !== alone);
  expect(batch.length >= 1000, `the batch has ${batch.length} records only`);

  // While blocks are made, the envelopes are.
  const sealing = sealAll(prepared, [patient.agreement.publicKey, hospital.agreement.publicKey]);
  const single = await world.send(
    anchors.anchor(api, hospital.org, alone.commitment, { subject: patient.handle }), steward,
  );
  const slot = anchors.anchoredAt(single);
  await out.did(single, `one record alone, about the patient: slot ${slot.org}/${slot.seq}`);

  const tree = new MerkleTree(batch.map(({ commitment }) => commitment));
  const batched = await world.send(anchors.anchorBatch(api, hospital.org, tree), steward);
  const root = anchors.anchoredAt(batched);
  await out.did(batched, `${tree.leaves} records in one transaction: slot ${root.org}/${root.seq}, depth ${tree.depth}`);

  const store = new FileStore(join(world.folder, 'envelopes'));
  const envelopes = await sealing;
  const keep = async ({ id, dataClass, labels }: Prepared, anchor: AnchorRef): Promise<void> => {
    const envelope = envelopes.get(id);
    expect(envelope !== undefined, `no envelope for ${id}`);
    await store.put({ id, subject: patient.handle, dataClass, labels, anchor, envelope });
  };
  await keep(alone, slot);
  for (const [index, record] of batch.entries()) await keep(record, { ...root, proof: tree.path(index) });
  const kept = await store.count();
  expect(kept === prepared.length, `${kept} envelopes for ${prepared.length} records`);
  out.saw(`${kept} envelopes in a plain folder, encrypted with age to the patient and the hospital`);

  for (const [record, ref] of [[alone, slot], [batch[997] as Prepared, { ...root, proof: tree.path(997) }]] as const) {
    const verified = await anchors.verify(api, ref, record.commitment);
    expect(verified.ok && verified.status === 'Current', `${record.name} does not verify`);
  }
  out.saw('the record alone, and number 997 of the batch by its path, verify against the chain');

  const idOf = (which: (record: Prepared) => boolean, what: string): string => {
    const found = batch.find(which);
    expect(found !== undefined, `no record ${what}`);
    return found.id;
  };
  return {
    store,
    report: alone.id,
    scan: idOf(({ name, dataClass }) => name === SCAN && dataClass === 'Imaging', `that is the radiology report ${SCAN}`),
    inBatch: (dataClass) => idOf((record) => record.dataClass === dataClass, `of the class ${dataClass}`),
    named: (fixture) => idOf(({ name }) => name === fixture, `that was made of ${fixture}`),
  };
}
