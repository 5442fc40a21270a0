/** How others ask a custodian's gateway, and what they make of its answers. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { hexToU8a } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import type { AnchorRef } from '@salus/client';
import { signRequest, type SealedRecord, type SignedRequest } from '@salus/exchange';
import { concat, equal, FORMS, utf8, type AccessEvent, type Action, type LogEntry, type Purpose } from '@salus/types';
import { codeOf, type Answer, type Gateway } from './gateway.js';
import { expect } from './transcript.js';
import type { World } from './world.js';

/** What somebody asks for besides a record, and what for, unless to read it and to treat. */
export interface AskOptions {
  purpose?: Purpose;
  action?: Action;
}

/** A record with its receipt, as `GET /records/Type/id` answers it. */
export interface Receipted {
  anchor: AnchorRef & Required<Pick<AnchorRef, 'proof'>>;
  sealed: SealedRecord;
}

/** The target that is signed for a query of a type, or of `$export`. */
export const target = (of: string, query: string): string => `${of}?${blake2AsHex(query)}`;

/** Why, from the decision in an entry of a gateway's log: without the blocks on which it rests. */
export const reasonOf = ({ decision }: Pick<AccessEvent, 'decision'>): string => decision.replace(/; best block .*$/, '');

/** The counter of a custodian: its gateway, from outside. What its log says is the custodian's. */
export class Counter {
  constructor(
    private readonly world: World,
    private readonly custodian: number,
    readonly gateway: Gateway,
  ) {}

  /** A request of a person for a record, a search or a download; without an organisation, of a patient. */
  async sign(who: KeyringPair, organisation: number | undefined, recordId: string, { purpose = 'Treat', action = 'Read' }: AskOptions = {}): Promise<SignedRequest> {
    return signRequest(this.world.api.genesisHash.toHex(), who, {
      custodian: this.custodian, recordId, purpose, action, expiry: await this.world.now() + 300,
      requesterKind: 'person', ...(organisation === undefined ? {} : { organisation }),
    });
  }

  /** Asks for the record as FHIR. */
  read(signed: SignedRequest): Promise<Answer> {
    return this.gateway.ask(`/fhir/${signed.request.recordId}`, signed);
  }

  /** The record, which must be released, with the custodian's log entry of that. */
  async released(signed: SignedRequest): Promise<{ record: Uint8Array; entry: LogEntry<AccessEvent> }> {
    const answer = await this.read(signed);
    expect(answer.status === 200, `the gateway refuses ${signed.request.recordId} for ${signed.request.purpose}: ${answer.status} ${codeOf(answer)}`);
    const entry = Buffer.from(answer.header('salus-log-entry') ?? '', 'base64url').toString();
    return { record: utf8(answer.body), entry: JSON.parse(entry) as LogEntry<AccessEvent> };
  }

  /** The refusal that must come: what is told, and what the custodian's own log says of it if it has an entry. */
  async refusal(signed: SignedRequest): Promise<string> {
    const answer = await this.read(signed);
    expect(answer.status >= 400, `the gateway released ${signed.request.recordId} for ${signed.request.purpose}`);
    const told = `${answer.status} ${codeOf(answer)}`;
    const last = (await this.gateway.log()).at(-1);
    return last?.outcome === 'refused' && last.requestId === signed.request.id ? `${told}; the hospital's own log says: ${reasonOf(last)}` : told;
  }

  /** The record, which must be released, with its receipt. */
  async receipted(signed: SignedRequest): Promise<Receipted> {
    const answer = await this.gateway.ask(`/records/${signed.request.recordId}`, signed);
    expect(answer.status === 200, `the gateway gives no receipt for ${signed.request.recordId}: ${answer.status} ${codeOf(answer)}`);
    const { receipt: { anchor }, sealed } = answer.json() as {
      receipt: { anchor: { org: number; seq: number; proof: { index: number; leaves: number; path: string[] } } }; sealed: string;
    };
    const { org, seq, proof: { index, leaves, path } } = anchor;
    return { anchor: { org, seq, proof: { index, leaves, path: path.map((each) => hexToU8a(each)) } }, sealed: unsealed(Buffer.from(sealed, 'base64')) };
  }

  /** A page of a search: what is on it, and the query of the next one if there is one. */
  async page(who: KeyringPair, organisation: number | undefined, type: string, query: string, options: AskOptions = {}): Promise<{ entries: object[]; next: string | undefined }> {
    const answer = await this.gateway.ask(`/fhir/${type}?${query}`, await this.sign(who, organisation, target(type, query), options));
    expect(answer.status === 200, `the search is not answered: ${answer.status} ${codeOf(answer)}`);
    const { entry = [], link } = answer.json() as { entry?: { resource: object }[]; link: { relation: string; url: string }[] };
    return { entries: entry.map(({ resource }) => resource), next: link.find(({ relation }) => relation === 'next')?.url.split('?')[1] };
  }
}

/** `"salus:envelope:v1" ‖ form ‖ salt ‖ record`: what an envelope holds, which here the connection keeps from others. */
export function unsealed(bytes: Uint8Array): SealedRecord {
  const domain = utf8('salus:envelope:v1');
  const form = FORMS[bytes[domain.length] ?? -1];
  const head = concat(domain, Uint8Array.of(bytes[domain.length] ?? 0));
  expect(form !== undefined && equal(bytes.subarray(0, head.length), head), 'what came with a receipt is no record');
  return { form, salt: bytes.slice(head.length, head.length + 32), record: bytes.slice(head.length + 32) };
}
