/** Vectors of what is inside envelopes, of profiles and of receipts of releases: `docs/vectors/exchange/{sealed,profiles,releases}.json`. */
import assert from 'node:assert/strict';
import { createECDH, createHash } from 'node:crypto';
import { test } from 'node:test';
import { Decrypter, Encrypter } from 'age-encryption';
import { bytes32, chainEntry, concat, entryHash, IntegrityBroken, toHex, utf8, type AccessEvent, type Hex, type LogEntry } from '@salus/types';
import { agreesWithVectors } from '@salus/types/testing';
import { commitmentOf, newAgreementKey, open, recipientOf, seal, type SealedRecord } from '../envelope.js';
import { isProfile, profileCommitment, profileDocument, shownProfile, type Profile, type ProfileKey } from '../profile.js';
import { checkRelease, NotThisRelease, RELEASE_FAULTS, type ReleaseReceipt } from '../release.js';
import type { ReleaseRequest } from '../request.js';

const bytesOf = (byte: number): Hex => toHex(new Uint8Array(32).fill(byte));

test('the vectors of what is inside an envelope', async () => {
  const { identity, publicKey } = await newAgreementKey();
  const records: [string, SealedRecord][] = [
    ['bytes', { form: 'Bytes', salt: bytes32(bytesOf(1)), record: utf8('{"value":1.00}\n') }],
    ['FHIR JSON', { form: 'FhirJson', salt: bytes32(bytesOf(2)), record: utf8('{ "value":1.00, "a":"\u00e9" }') }],
    ['nothing', { form: 'Bytes', salt: bytes32(bytesOf(3)), record: new Uint8Array() }],
  ];
  const accepted = [];
  for (const [name, sealed] of records) {
    const age = new Decrypter();
    age.addIdentity(identity);
    const plain = await age.decrypt(await seal(sealed, [publicKey]));
    accepted.push({ name, form: sealed.form, salt: toHex(sealed.salt), record: toHex(sealed.record), plain: toHex(plain), commitment: toHex(commitmentOf(sealed)) });
  }
  const head = utf8('salus:envelope:v1');
  const salt = bytes32(bytesOf(1));
  const plains: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['the tag alone', head],
    ['a salt that is too short', concat(head, Uint8Array.of(0), salt.subarray(1))],
    ['another version', concat(utf8('salus:envelope:v2'), Uint8Array.of(0), salt)],
    ['an unknown form', concat(head, Uint8Array.of(2), salt)],
    ['another tag', concat(utf8('salus:record:v1..'), Uint8Array.of(0), salt)],
  ];
  const refused = [];
  for (const [name, plain] of plains) {
    const age = new Encrypter();
    age.addRecipient(recipientOf(publicKey));
    await assert.rejects(open(await age.encrypt(plain), identity), IntegrityBroken, name);
    refused.push({ name, plain: toHex(plain) });
  }
  agreesWithVectors('sealed.json', {
    about: 'What is inside an age envelope: "salus:envelope:v1", the index of the form, 32 bytes of salt, the record. Commitments as in ../merkle.json.', accepted, refused,
  });
});

/** The public key of a private one that is a number: for vectors alone. */
function keyOf(kid: string, number: number): ProfileKey {
  const pair = createECDH('secp384r1');
  pair.setPrivateKey(Buffer.concat([Buffer.alloc(47), Buffer.of(number)]));
  const point = pair.getPublicKey();
  return { kid, crv: 'P-384', kty: 'EC', x: point.subarray(1, 49).toString('base64url'), y: point.subarray(49).toString('base64url') };
}

/** RFC 7638. */
const thumbprint = ({ crv, kty, x, y }: ProfileKey): Hex => toHex(createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest());

test('the vectors of profiles', () => {
  const names = ['Clinic', '', 'Klinik "Zum \\ Hirsch"\n\u0007', '\u00e9\u2028\u{1f600}</script>'];
  const gateway = 'https://records.clinic.example';
  const more: Pick<Profile, 'gateway' | 'keys'>[] = [{ gateway }, { keys: [keyOf('a', 1)] }, { gateway, keys: [keyOf('2026-11', 2), keyOf('reserve', 3)] }];
  const documents = [...names.map((name) => ({ name })), ...more.map((each) => ({ name: 'Clinic', ...each }))];
  const profiles = documents.map((each, at) => {
    const profile: Profile = { ...each, salt: bytesOf(at + 1) };
    const commitment = profileCommitment(profile);
    assert.ok(isProfile(profile, commitment));
    const others = [{ ...profile, name: `${profile.name}.` }, { ...profile, salt: bytesOf(at + 2) }, { ...profile, gateway: `${gateway}/` }, { ...profile, keys: [keyOf('a', 4)] }];
    for (const other of others) assert.ok(!isProfile(other, commitment));
    assert.ok(isProfile(JSON.parse(shownProfile(4, profile)) as Profile, commitment), 'what is shown is the profile');
    const { keys } = profile;
    return { ...profile, document: profileDocument(profile), commitment, shown: shownProfile(4, profile), ...(keys ? { thumbprints: keys.map(thumbprint) } : {}) };
  });
  agreesWithVectors('profiles.json', {
    about: 'An organisation\'s profile: the commitment (form Bytes, as in ../merkle.json) to its document, the JSON text {"name":…} with "gateway" and "keys" after it, if there are any, as JavaScript\'s JSON.stringify writes it. `shown` is what organisation 4 hands to others; thumbprints of keys are those of RFC 7638.',
    profiles,
  });
});

const request: ReleaseRequest = {
  id: bytesOf(1), custodian: 4, recordId: 'r1', requester: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', organisation: 5, purpose: 'Treat', action: 'Read', expiry: 1_800_000_060,
};
const event: AccessEvent = {
  time: 1_800_000_000, side: 'source', organisation: 4, outcome: 'released', requestId: request.id, recordId: 'r1', requester: request.requester, requesterOrganisation: 5,
  purpose: 'Treat', action: 'Read', decision: 'best state Permit (directive 0) at block 9, finalised state Permit (directive 0) at block 7',
};

test('the vectors of receipts of releases: every fault is among them', () => {
  const entry = chainEntry(undefined, event);
  const receipt: ReleaseReceipt = { recordId: 'r1', requestId: request.id, anchor: { org: 4, seq: 0 }, entry };
  const { organisation: _, ...asked } = request;
  const { requesterOrganisation: __, ...told } = event;
  const own: ReleaseRequest = { ...asked, purpose: 'Patrqt' };
  const entryOf = (over: object): LogEntry<AccessEvent> => {
    const changed = { ...entry, ...over };
    return { ...changed, hash: entryHash(changed) };
  };
  const path = [bytesOf(8), bytesOf(9)].map((each) => bytes32(each));
  const cases: [string, ReleaseReceipt, ReleaseRequest][] = [
    ['of one record', receipt, request],
    ['of a record in a batch', { ...receipt, anchor: { org: 4, seq: 7, proof: { index: 2, leaves: 4, path } } }, request],
    ['for a patient', { ...receipt, entry: chainEntry(entry, { ...told, purpose: 'Patrqt' }) }, own],
    ['answers another request', { ...receipt, requestId: bytesOf(2) }, request],
    ['is of another record', { ...receipt, recordId: 'r2' }, request],
    ['anchored by another', { ...receipt, anchor: { org: 9, seq: 0 } }, request],
    ['its entry says another time', { ...receipt, entry: { ...entry, time: entry.time + 1 } }, request],
    ['its entry has another hash', { ...receipt, entry: { ...entry, hash: bytesOf(3) } }, request],
    ...Object.entries({
      side: 'recipient', outcome: 'refused', organisation: 9, requestId: bytesOf(2), recordId: 'r2', requester: '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty', requesterOrganisation: 6,
      purpose: 'Hpaymt', action: 'Export',
    }).map(([name, value]): [string, ReleaseReceipt, ReleaseRequest] => [`its entry has another ${name}`, { ...receipt, entry: entryOf({ [name]: value }) }, request]),
    ['its entry names an organisation for a patient', receipt, { ...asked }],
    ['its entry names none for an organisation', { ...receipt, entry: entryOf({ requesterOrganisation: undefined }) }, request],
    // One account, in the spelling of the custodian's log and in that of the request.
    ['its entry has the account as its key', { ...receipt, entry: entryOf({ requester: '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d' }) }, request],
    ['its entry has the key of another account', { ...receipt, entry: entryOf({ requester: bytesOf(7) }) }, request],
    ['its entry has no account', { ...receipt, entry: entryOf({ requester: 'nobody' }) }, request],
  ];
  const releases = cases.map(([name, each, of]) => {
    let fault: string | null = null;
    try {
      checkRelease(each, of);
    } catch (error) {
      assert.ok(error instanceof NotThisRelease);
      fault = error.fault;
    }
    const { anchor: { proof, ...anchor } } = each;
    return { name, receipt: { ...each, anchor: { ...anchor, ...(proof && { proof: { ...proof, path: proof.path.map(toHex) } }) } }, request: of, fault };
  });
  assert.deepEqual(new Set(releases.map(({ fault }) => fault)), new Set([null, ...RELEASE_FAULTS]));
  agreesWithVectors('releases.json', { about: 'Receipts of releases, the requests that they answer, and why they do not. Whether the record is the one anchored only the chain can tell.', releases });
});
