/** A custodian's site in a test: it holds a key that its profile names, reserves, counts and replies. The chain keeps what it reserves, with proofs. */
import { blake2AsU8a } from '@polkadot/util-crypto';
import { bnToU8a, compactToU8a, hexToU8a } from '@polkadot/util';
import { CompactSign, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { newProfile, profileCommitment, type Profile, type ProfileKey } from '@salus/exchange';
import { concat, random, toHex, utf8, type Hex } from '@salus/types';
import { queryCommitment } from '../answers/query.js';
import type { SignedJob } from '../answers/job.js';
import { queryKey, type ReservationProof } from '../answers/proof.js';
import { replyText, resultCommitment, type Count, type CountAnswer, type Refusal, type Reply, type Told } from '../answers/reply.js';
import type { AuditChain } from '../answers/audit.js';
import type { Dataset, Permit, Query, Standing, Study, Version } from '../chain/model.js';
import { dataset, permit, study } from '../chain/questions.js';
import { HASH, NOW, oneOfEach } from './scene.js';

export const GENESIS = HASH(0x47);
export const BLOCK = { number: 123, hash: HASH(0xb1), moment: NOW - 30 };

/** A stored query in SCALE. */
export function storedQuery({ permit: of, version, commitment, epsilon, reservedAt, result }: Query): Uint8Array {
  const u32 = (value: number) => bnToU8a(value, { bitLength: 32, isLe: true });
  const u64 = (value: number) => bnToU8a(value, { bitLength: 64, isLe: true });
  return concat(
    u32(of), u32(version), hexToU8a(commitment), u64(epsilon), u64(reservedAt),
    result === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), hexToU8a(result.commitment), u64(result.at)),
  );
}

/** The proof of a query in a state that holds nothing else: one leaf, whose value is named by its hash, as the chain has values of this length. */
export function proofOf(custodian: number, query: Query): ReservationProof {
  const key = queryKey(custodian, query.id);
  const value = storedQuery(query);
  const nibbles = key.length * 2;
  const leaf = concat(Uint8Array.of(0b0010_0000 | 31, nibbles - 31), key, blake2AsU8a(value));
  const header = concat(new Uint8Array(32), compactToU8a(200), blake2AsU8a(leaf), new Uint8Array(32), compactToU8a(0));
  return { format: 'salus-reservation-proof', version: 1, custodian, query: query.id, header: toHex(header), nodes: [toHex(leaf), toHex(value)] };
}

/** A chain for answers, whose parts a test changes. */
export class FakeAnswers implements AuditChain {
  readonly genesis = GENESIS;
  readonly reserved: { custodian: number; query: Query }[] = [];
  readonly profiles = new Map<number, Hex>();
  standing: Standing | undefined = { standing: 'Active' };
  blocks = [BLOCK];
  /** What is asked of the chain beside; the last word of a test. */
  change: { dataset?: Partial<Dataset>; version?: Partial<Version>; permit?: Partial<Permit>; study?: Partial<Study> } = {};
  /** What was so before a moment. */
  before: { moment: number; standing?: Standing; version?: Partial<Version> } = { moment: 0 };

  async profileOf(organisation: number): Promise<Hex | undefined> {
    return this.profiles.get(organisation);
  }

  async dataset(id: number): Promise<Dataset | undefined> {
    const found = await dataset(oneOfEach(), 7);
    // Dataset 7 is that of organisation 4, dataset 8 that of 5, and so on.
    return found && { ...found, id, custodian: id - 3, ...this.change.dataset, version: { ...found.version, ...this.change.version } };
  }

  async permit(id: number): Promise<Permit | undefined> {
    const found = await permit(oneOfEach(), 12);
    return found && { ...found, id, dataset: id - 5, ...this.change.permit };
  }

  async study(id: number): Promise<Study | undefined> {
    const found = await study(oneOfEach(), id);
    return found && { ...found, ...this.change.study };
  }

  async permitAt(_: number, at: number): Promise<Standing | undefined> {
    return at < this.before.moment ? this.before.standing : this.standing;
  }

  async versionAt(id: number, at: number): Promise<Version | undefined> {
    const version = (await this.dataset(id))?.version;
    return version && { ...version, ...at < this.before.moment ? this.before.version : {} };
  }

  async block(number: number): Promise<{ hash: Hex; moment: number } | undefined> {
    return this.blocks.find((block) => block.number === number);
  }

  async proof(custodian: number, query: number): Promise<ReservationProof | undefined> {
    const found = this.reserved.find((each) => each.custodian === custodian && each.query.id === query);
    return found && proofOf(custodian, found.query);
  }

  async *queries(custodian: number): AsyncGenerator<Query> {
    for (const each of this.reserved) if (each.custodian === custodian) yield each.query;
  }
}

export class Site {
  private constructor(readonly custodian: number, readonly profile: Profile, readonly key: CryptoKey) {}

  /** A site whose organisation has committed to its profile on the chain. */
  static async of(chain: FakeAnswers, custodian: number): Promise<Site> {
    const { publicKey, privateKey } = await generateKeyPair('ES384');
    const { x, y } = await exportJWK(publicKey) as { x: string; y: string };
    const profile = newProfile(`Hospital ${custodian}`, { keys: [{ kid: 'counts-1', crv: 'P-384', kty: 'EC', x, y } satisfies ProfileKey] });
    chain.profiles.set(custodian, profileCommitment(profile));
    return new Site(custodian, profile, privateKey);
  }

  /** The count of a job, reserved and settled on the chain unless it is told not to. */
  count(chain: FakeAnswers, { job }: SignedJob, result: Told, { reserve = true, settle = true, over = {} as Partial<Count> } = {}): CountAnswer {
    const reservation = chain.reserved.filter(({ custodian }) => custodian === this.custodian).length;
    const count: Count = {
      block: BLOCK.hash, blockNumber: BLOCK.number, moment: BLOCK.moment, custodian: this.custodian, dataset: job.dataset, epoch: 2, epsilon: 100_000, genesis: job.genesis,
      permit: job.permit, query: queryCommitment(job.query, job.salt), reservation, result, version: job.version, ...over,
    };
    const answer = { count, querySalt: job.salt, resultSalt: toHex(random(32)) };
    if (reserve) {
      const { permit: of, version, query: commitment, epsilon } = count;
      chain.reserved.push({ custodian: this.custodian, query: {
        id: reservation, permit: of, version, commitment, epsilon, reservedAt: NOW - 40, result: settle ? { commitment: resultCommitment(answer), at: NOW - 20 } : undefined,
      } });
    }
    return answer;
  }

  sign(reply: Reply, key: CryptoKey = this.key): Promise<string> {
    return new CompactSign(utf8(replyText(reply))).setProtectedHeader({ alg: 'ES384', kid: 'counts-1', typ: 'salus-count-reply' }).sign(key);
  }

  #to({ job }: SignedJob, says: Reply['says']): Reply {
    return { custodian: this.custodian, dataset: job.dataset, genesis: job.genesis, job: job.id, permit: job.permit, told: NOW, says };
  }

  answer(signed: SignedJob, answer: CountAnswer, over: Partial<Reply> = {}): Promise<string> {
    return this.sign({ ...this.#to(signed, { answer }), ...over });
  }

  refuse(signed: SignedJob, refusal: Refusal): Promise<string> {
    return this.sign(this.#to(signed, { refusal }));
  }
}
