/**
 * A GA4GH Passport visa for a permit: `ControlledAccessGrants`, version 1, as a signed JWT. It lives an hour at most, and is given only while
 * the chain says, at the best and at the last final block, that the permit is active: who holds a visa holds no more than that. It ends before that hour
 * where it is known that the permit will not be active any more: `activeUntil`.
 */
import { present, type ApiAt, type ApiPromise, type FreshnessOptions } from '@salus/client';
import { decodeProtectedHeader, errors as joseErrors, jwtVerify, SignJWT, type CryptoKey, type JWTPayload, type KeyObject } from 'jose';
import { InvalidArgument, SalusError } from '@salus/types';
import type { AccessRequest, Approval, Permit, Standing, Version } from '../chain/model.js';
import { accessRequest, dataset as datasetOf, permit as permitOf, permitAt, study as studyOf } from '../chain/questions.js';
import { u32 } from '../checks.js';
import { NotRepresentable, refuse } from '../refused.js';
import { standingInWords } from '../words.js';

/** The longest life of a visa, in seconds. */
export const MAX_VISA_LIFE = 3_600;
/** How far clocks may differ when a visa is read, in seconds. */
const CLOCK_SLACK = 60;
export const VISA_TYPE = 'vnd.ga4gh.visa+jwt';
/** The kinds of signatures: ES256 of the GA4GH profile, and Ed25519 (RFC 9864). */
export const VISA_ALGORITHMS = ['ES256', 'Ed25519'] as const;
export type VisaAlgorithm = (typeof VISA_ALGORITHMS)[number];

/** A key that signs visas. The key itself comes from the caller, and is never printed. */
export interface VisaKey {
  alg: VisaAlgorithm;
  /** The name under which verifiers find the public key. */
  kid: string;
  key: CryptoKey | KeyObject;
}

/** What a visa says beside the permit. */
export interface VisaOptions extends FreshnessOptions {
  /** Who issues it: an https address. */
  issuer: string;
  /** Whom it is about, as the passport broker knows the person. */
  subject: string;
  /** The dataset's address, https. */
  value: string;
  /** The custodian's address, https. */
  source: string;
  /** For how many seconds: 3,600 at most, which holds unless told. */
  life?: number;
}

/** No visa: the permit is not active. */
export class NoVisa extends SalusError {
  constructor(readonly permit: number, readonly standing: Standing | undefined, readonly block: 'best' | 'final') {
    super(`no visa for permit ${permit}: as of the ${block} block ${standing === undefined ? 'there is none' : standingInWords(standing)}`);
  }
}

/** No visa: the permit was active as of the block, and by the clock it is so no more. */
export class VisaOver extends SalusError {
  constructor(readonly permit: number, readonly until: number, now: number) {
    super(`no visa for permit ${permit}: it was active until ${until} at the latest, and now is ${now}`);
  }
}

/** The claim `ga4gh_visa_v1`. */
export interface VisaClaim {
  type: 'ControlledAccessGrants';
  asserted: number;
  value: string;
  source: string;
  by: 'dac' | 'system';
}

export interface VisaPayload {
  iss: string;
  sub: string;
  iat: number;
  exp: number;
  ga4gh_visa_v1: VisaClaim;
  /** The permit on the chain, and the chain by the hash of its genesis, so that whoever reads the visa can ask again. */
  salus_permit: number;
  salus_chain: string;
}

function https(value: unknown, name: string): string {
  if (typeof value === 'string' && value.length <= 1_000) {
    try {
      if (new URL(value).protocol === 'https:') return value;
    } catch { /* said below */ }
  }
  throw new InvalidArgument(name, 'must be an https address');
}

/** Until when a permit lasts, with its renewal. */
export const endOf = ({ until, renewal }: Pick<Permit, 'until' | 'renewal'>): number => renewal?.until ?? until;

/** A permit with what a visa for it depends on, all in one state. */
export interface VisaGround {
  permit: Permit;
  request: Pick<AccessRequest, 'outcome'>;
  study: { approvals: readonly Pick<Approval, 'from' | 'until' | 'ended'>[] };
  dataset: { version: Pick<Version, 'nextEpochDue'> };
}

/**
 * Until when a permit that is active at `now` can be so, as far as it is known then: until its own end, the end of the study's approval, and the moment at
 * which the next epoch of the dataset is overdue. That nobody takes any of it back before, nor any other lapse, it does not tell.
 */
export function activeUntil({ permit, study, dataset }: Pick<VisaGround, 'permit' | 'study' | 'dataset'>, now: number): number {
  const ends = study.approvals.map(({ from, until, ended }) => (from <= now ? Math.min(until, ended?.at ?? until) : 0));
  return Math.min(endOf(permit), Math.max(0, ...ends), dataset.version.nextEpochDue);
}

/** The payload of a visa for a permit that was found to be active at `now`. */
export function visaPayload(of: VisaGround, chain: string, now: number, options: VisaOptions): VisaPayload {
  const { permit, request } = of;
  const life = options.life ?? MAX_VISA_LIFE;
  if (!Number.isSafeInteger(life) || life < 1 || life > MAX_VISA_LIFE) throw new InvalidArgument('life', `must be a number of seconds from 1 to ${MAX_VISA_LIFE}`);
  if (typeof options.subject !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(options.subject)) throw new InvalidArgument('subject', 'must be 1 to 255 visible ASCII characters');
  const until = activeUntil(of, now);
  if (until <= now) throw new VisaOver(permit.id, until, now);
  return {
    iss: https(options.issuer, 'issuer'), sub: options.subject, iat: now, exp: Math.min(now + life, until),
    ga4gh_visa_v1: {
      type: 'ControlledAccessGrants', asserted: permit.accepted.at(-1)?.at ?? permit.from, value: https(options.value, 'value'),
      source: https(options.source, 'source'), by: request.outcome?.by === 'Match' ? 'system' : 'dac',
    },
    salus_permit: permit.id, salus_chain: chain,
  };
}

/** Signs a payload. */
export const signVisa = (payload: VisaPayload, { alg, kid, key }: VisaKey): Promise<string> => {
  if (!VISA_ALGORITHMS.includes(alg)) throw new InvalidArgument('alg', `must be one of ${VISA_ALGORITHMS.join(', ')}`);
  return new SignJWT(payload as unknown as JWTPayload).setProtectedHeader({ alg, kid, typ: VISA_TYPE }).sign(key);
};

/** What a visa for a permit depends on in one state. */
async function groundOf(api: ApiAt, id: number): Promise<VisaGround | undefined> {
  const [permit, request] = await Promise.all([permitOf(api, id), accessRequest(api, id)]);
  if (!permit || !request) return undefined;
  const [study, dataset] = await Promise.all([studyOf(api, permit.study), datasetOf(api, permit.dataset)]);
  return study && dataset && { permit, request, study, dataset };
}

/**
 * Issues a visa for a permit. Throws `NoVisa` unless it is active in the best and in the last final state, `VisaOver` if by the clock it has ended since,
 * and `StaleNode` if the node does not know the present.
 */
export async function issueVisa(api: ApiPromise, id: number, key: VisaKey, options: VisaOptions): Promise<string> {
  const now = await present(api, options);
  for (const block of ['finalised', 'best'] as const) {
    const { api: at, moment } = now[block];
    const standing = await permitAt(at, u32(id, 'permit'), moment);
    if (standing?.standing !== 'Active') throw new NoVisa(id, standing, block === 'best' ? 'best' : 'final');
  }
  const [best, final] = await Promise.all([groundOf(now.best.api, id), groundOf(now.finalised.api, id)]);
  if (!best || !final) throw new NoVisa(id, undefined, best ? 'final' : 'best');
  // Which of the two states stays is not known: it ends with whichever ends first.
  const payload = (of: VisaGround): VisaPayload => visaPayload(of, api.genesisHash.toHex(), now.now(), options);
  const [first, other] = [payload(best), payload(final)];
  return signVisa({ ...first, exp: Math.min(first.exp, other.exp) }, key);
}

/** Reads a visa that one of `keys` signed. `now` is in seconds. Whether the permit is still active only the chain tells. */
export async function readVisa(token: string, keys: readonly VisaKey[], now: number): Promise<VisaPayload> {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw new NotRepresentable('other-kind', 'visa', 'it is no signed token', { cause: error });
  }
  if (header.typ !== VISA_TYPE) refuse('other-kind', 'visa.typ', `it is of the type ${String(header.typ)}, and not ${VISA_TYPE}`);
  const found = keys.find(({ kid, alg }) => kid === header.kid && alg === header.alg);
  if (!found) return refuse('unknown-party', 'visa.kid', 'no key that is known here signed it');
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, found.key, {
      algorithms: [found.alg], clockTolerance: CLOCK_SLACK, currentDate: new Date(now * 1000), requiredClaims: ['iss', 'sub', 'iat', 'exp'],
    }));
  } catch (error) {
    const fault = error instanceof joseErrors.JWTExpired ? 'not-in-force' : 'other-kind';
    throw new NotRepresentable(fault, 'visa', error instanceof Error ? error.message : 'it does not hold', { cause: error });
  }
  return checkedPayload(payload, now);
}

function checkedPayload(payload: JWTPayload, now: number): VisaPayload {
  const { iat, exp } = payload as { iat: number; exp: number };
  if (iat > now + CLOCK_SLACK) refuse('not-in-force', 'visa.iat', 'it was issued later than now');
  if (exp - iat > MAX_VISA_LIFE) refuse('not-representable', 'visa.exp', `it lives for ${exp - iat} s, and a visa lives for ${MAX_VISA_LIFE} s at most`);
  const claim = payload['ga4gh_visa_v1'] as Partial<VisaClaim> | undefined;
  if (claim?.type !== 'ControlledAccessGrants') refuse('other-kind', 'visa.ga4gh_visa_v1.type', 'it is no ControlledAccessGrants');
  const shape = Number.isSafeInteger(claim?.asserted) && typeof claim?.value === 'string' && typeof claim.source === 'string'
    && (claim.by === 'dac' || claim.by === 'system') && Number.isSafeInteger(payload['salus_permit']) && typeof payload['salus_chain'] === 'string';
  if (!shape) refuse('missing', 'visa', 'a claim is missing, or of another kind');
  return payload as unknown as VisaPayload;
}
