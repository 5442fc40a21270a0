/**
 * Openings of sealed directives, and the commitments to them: the twin of `pallets/consent/decision/src/sealed.rs`, checked against
 * the same vectors (`docs/vectors/sealed.json`).
 *
 * An opening says what a sealed directive says. It goes from the patient to those whom it concerns, encrypted (`seal` of an envelope
 * with {@link openingBytes}), never into a transaction and never to somebody else's node.
 */
import { encodeAddress } from '@polkadot/util-crypto';
import {
  ACTIONS, blake2, bytes32, codesOf, concat, DATA_CLASSES, EFFECTS, equal, IntegrityBroken, InvalidArgument, PURPOSES, random, ROLES,
  SENSITIVITY_LABELS, toHex, utf8, type Effect, type Grantee, type Hex, type Scope, type SensitivityLabel,
} from '@salus/types';
import { code, hash, LAST_MOMENT, mask, moment, u32 } from '@salus/types/arguments';
import { granteeBytes, Reader, toLittleEndian } from '@salus/types/scale';
import { dataInterval, FOREVER, purposesOf } from '../consent.js';

const DOMAIN = utf8('salus:sealed-directive:v1');

/** What a sealed directive says, beyond what the chain holds of it: that it lets or forbids, and from when to when. */
export interface SealedContent extends Scope {
  grantee: Grantee;
  /** The sensitivity labels that it is about; none unless given. */
  labels?: SensitivityLabel[];
  /** By when copies must be erased, in seconds since 1970; only for a Permit. */
  eraseAfter?: number;
}

/** What opens a sealed directive. */
export interface Opening {
  /** 32 fresh random bytes, for one directive alone. All zeros, which nobody draws, open nothing. */
  salt: Uint8Array;
  content: SealedContent;
}

/** An opening of `content` with a fresh salt. Keep it: nobody can make it again, and without it the directive lets nothing. */
export const newOpening = (content: SealedContent): Opening => ({ salt: random(32), content });

/** The salt as bytes. What anybody guesses protects nothing: whoever knows the salt finds what was said by trying. */
function saltBytes(salt: Uint8Array): Uint8Array {
  const bytes = bytes32(salt);
  if (bytes.every((byte) => byte === 0)) throw new InvalidArgument('salt', 'is all zeros: newOpening draws one');
  return bytes;
}

/**
 * How many of `ROLES` each version of the chain's code lists has; the other lists are the same in all of them. The place in this list is
 * the version, from 1 on. A directive that was sealed under one version says nothing with a code that came later.
 */
const ROLES_OF_VERSION: readonly number[] = [0, 8, 11];

/** The last version of the chain's code lists that this SDK knows. */
export const CODES_VERSION = ROLES_OF_VERSION.length - 1;

/** Whether a directive that was sealed under this version of the lists could name this grantee. */
function couldName(version: number, grantee: Grantee): boolean {
  const roles = ROLES_OF_VERSION[version] ?? 0;
  if (roles === 0) return false;
  if (typeof grantee === 'string' || !('organisation' in grantee) || grantee.role === undefined) return true;
  return ROLES.indexOf(grantee.role) < roles;
}

const number = (value: number | bigint, bytes: number): Uint8Array => toLittleEndian(BigInt(value), bytes);

function dataBytes(data: Scope['data']): Uint8Array {
  const { from, until } = dataInterval(data);
  return concat(number(from, 8), number(until, 8));
}

/** SCALE, as the chain's crate encodes it. */
export function contentBytes({ grantee, actions, purposes, classes, labels = [], data, eraseAfter }: SealedContent): Uint8Array {
  return concat(
    granteeBytes(grantee, 'grantee'),
    number(mask(ACTIONS, actions, 'actions'), 1), number(purposesOf(purposes), 4), number(mask(DATA_CLASSES, classes, 'classes'), 4),
    number(mask(SENSITIVITY_LABELS, labels, 'labels', true), 2),
    dataBytes(data),
    eraseAfter === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), number(moment(eraseAfter, 'eraseAfter'), 8)),
  );
}

/** Refuses what no directive with this effect could say: the chain's rules would not open it. */
export function checkEffect(effect: Effect, { actions, eraseAfter }: SealedContent): void {
  code(EFFECTS, effect, 'effect');
  if (effect === 'Permit' && actions.includes('Redisclose')) {
    throw new InvalidArgument('actions', 'has Redisclose: what a sealed Permit lets somebody see is never passed on');
  }
  if (effect === 'Deny' && eraseAfter !== undefined) throw new InvalidArgument('eraseAfter', 'is given for a Deny, which lets nobody keep copies');
}

/** An opening as bytes: the salt and the content. */
export const openingBytes = ({ salt, content }: Opening): Uint8Array => concat(bytes32(salt), contentBytes(content));

/** Whether an opening can be written at all: one that was damaged where it was kept cannot. */
export function isReadable(opening: Opening): boolean {
  try {
    openingBytes(opening);
    return true;
  } catch {
    return false;
  }
}

function readCodes<T extends string>(list: readonly T[], bits: number, name: string): T[] {
  const known = codesOf(list, bits);
  if (known.length < bits.toString(2).replaceAll('0', '').length) throw new IntegrityBroken(`the opening has ${name} that this SDK does not know`);
  return known;
}

function readMoment(value: bigint, name: string): number {
  if (value > BigInt(LAST_MOMENT)) throw new IntegrityBroken(`the opening has a moment (${name}) after the year 9999`);
  return Number(value);
}

function readGrantee(reader: Reader): Grantee {
  const who = (): string => encodeAddress(reader.take(32));
  switch (reader.u8()) {
    case 0: return 'Any';
    case 1: return { organisation: reader.u32() };
    case 2: {
      const [org, role] = [reader.u32(), ROLES[reader.u8()]];
      if (role === undefined) throw new IntegrityBroken('the opening has a role that this SDK does not know');
      return { organisation: org, role };
    }
    case 3: return { practitioner: who() };
    case 4: return { practitioner: who(), at: reader.u32() };
    default: throw new IntegrityBroken('the opening is about a kind of grantee that this SDK does not know');
  }
}

function readData(reader: Reader): Pick<Scope, 'data'> {
  const [from, until] = [reader.u64(), reader.u64()];
  if (from === 0n && until === FOREVER) return {};
  const begin = { from: readMoment(from, 'data.from') };
  return { data: until === FOREVER ? begin : { ...begin, until: readMoment(until, 'data.until') } };
}

/** The opening that `bytes` are, all of them. Throws {@link IntegrityBroken} if they are none, or say what this SDK cannot read. */
export function openingFrom(bytes: Uint8Array): Opening {
  const reader = new Reader(bytes);
  const salt = reader.take(32);
  const grantee = readGrantee(reader);
  const content: SealedContent = {
    grantee,
    actions: readCodes(ACTIONS, reader.u8(), 'actions'),
    purposes: readCodes(PURPOSES, reader.u32(), 'purposes'),
    classes: readCodes(DATA_CLASSES, reader.u32(), 'classes'),
    labels: readCodes(SENSITIVITY_LABELS, reader.u8() | (reader.u8() << 8), 'labels'),
    ...readData(reader),
  };
  const eraseAfter = reader.option(() => readMoment(reader.u64(), 'eraseAfter'));
  reader.end();
  const opening = { salt, content: eraseAfter === undefined ? content : { ...content, eraseAfter } };
  // Of two encodings of the same there is one: the other would open nothing, and pass for another opening.
  if (!same(opening, bytes)) throw new IntegrityBroken('the opening says what no directive could say');
  return opening;
}

function same(opening: Opening, bytes: Uint8Array): boolean {
  try {
    return equal(openingBytes(opening), bytes);
  } catch (error) {
    if (error instanceof InvalidArgument) return false;
    throw error;
  }
}

/**
 * The commitment under which `patient` seals a directive as its number `sealed`, on the chain with that genesis hash. Ask for the number
 * first (`nextSealed`). Throws `InvalidArgument` for what no directive with this effect could say, because nothing would ever open it.
 */
export function sealedCommitment(genesisHash: Uint8Array | string, patient: Uint8Array | string, sealed: number, effect: Effect, opening: Opening): Hex {
  checkEffect(effect, opening.content);
  saltBytes(opening.salt);
  return toHex(blake2(concat(
    DOMAIN, bytes32(hash(genesisHash, 'genesisHash')), bytes32(hash(patient, 'patient')), number(u32(sealed, 'sealed'), 4),
    Uint8Array.of(EFFECTS.indexOf(effect)), openingBytes(opening),
  )));
}

/**
 * Whether `opening` opens the sealed directive that `patient` has as its number `sealed`. What no directive could say opens nothing, nor
 * does anything of a version of the code lists that this SDK does not know.
 */
export function opensSealed(
  genesisHash: Uint8Array | string,
  patient: Uint8Array | string,
  sealed: number,
  held: { effect: Effect; commitment: string; from: number; version: number },
  opening: Opening,
): boolean {
  const commitment = bytes32(hash(held.commitment, 'commitment'));
  const { eraseAfter, grantee } = opening.content;
  if (!couldName(held.version, grantee) || (eraseAfter !== undefined && eraseAfter <= moment(held.from, 'from'))) return false;
  try {
    return equal(bytes32(sealedCommitment(genesisHash, patient, sealed, held.effect, opening)), commitment);
  } catch (error) {
    if (error instanceof InvalidArgument && !['genesisHash', 'patient', 'sealed', 'effect'].includes(error.argument)) return false;
    throw error;
  }
}
