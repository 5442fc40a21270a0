import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Encrypter } from 'age-encryption';
import { bytes32, commit, IntegrityBroken, newSalt, random, toHex, utf8 } from '@salus/types';
import { commitmentOf, newAgreementKey, open, publicKeyOf, recipientOf, rewrap, seal } from '../envelope.js';
import { isProfile, newProfile, profileCommitment } from '../profile.js';

test('an X25519 key and its age recipient are two forms of one', async () => {
  const key = random(32);
  assert.deepEqual(publicKeyOf(recipientOf(key)), key);
  assert.match(recipientOf(key), /^age1[02-9ac-hj-np-z]{58}$/);
  assert.throws(() => publicKeyOf('age1qqqq'), Error);
  assert.throws(() => recipientOf(random(31)), RangeError);
  const pair = await newAgreementKey();
  assert.equal(toHex(publicKeyOf(recipientOf(pair.publicKey))), pair.publicKey);
});

test('an envelope opens for each reader, and for nobody else', async () => {
  const [patient, custodian, stranger] = await Promise.all([newAgreementKey(), newAgreementKey(), newAgreementKey()]);
  const sealed = { form: 'Bytes' as const, salt: newSalt(), record: utf8('{"value":1.00}\n') };
  const envelope = await seal(sealed, [patient.publicKey, custodian.publicKey]);
  for (const reader of [patient, custodian]) {
    const opened = await open(envelope, reader.identity);
    assert.deepEqual(opened, sealed);
    assert.deepEqual(commitmentOf(opened), commit(sealed.salt, sealed.record));
  }
  await assert.rejects(open(envelope, stranger.identity), IntegrityBroken);
  await assert.rejects(seal(sealed, []), RangeError);

  const again = await rewrap(envelope, custodian.identity, [stranger.publicKey]);
  assert.deepEqual(await open(again, stranger.identity), sealed);
  await assert.rejects(open(again, patient.identity), IntegrityBroken);
});

test('one flipped bit anywhere in an envelope keeps it shut', async () => {
  const reader = await newAgreementKey();
  const envelope = await seal({ form: 'Bytes', salt: newSalt(), record: utf8('x') }, [reader.publicKey]);
  for (let at = 0; at < envelope.length; at += 17) {
    const changed = envelope.slice();
    changed[at] = (changed[at] as number) ^ 1;
    await assert.rejects(open(changed, reader.identity), IntegrityBroken, `byte ${at}`);
  }
});

test('an age file that is no envelope of ours is refused', async () => {
  const reader = await newAgreementKey();
  const age = new Encrypter();
  age.addRecipient(recipientOf(reader.publicKey));
  await assert.rejects(open(await age.encrypt('something else'), reader.identity), IntegrityBroken);
});

test('a profile is the one behind its commitment, or it is not', () => {
  const profile = newProfile('Clinic');
  const commitment = profileCommitment(profile);
  assert.ok(isProfile(profile, commitment));
  assert.ok(!isProfile({ ...profile, salt: toHex(random(32)) }, commitment));
  assert.ok(!isProfile({ ...profile, name: 'clinic' }, commitment));
  assert.ok(!isProfile(profile, bytes32(random(32))));
});
