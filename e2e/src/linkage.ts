/** Whether anything on the chain connects a patient's handle with a member key. */
import type { ApiPromise } from '@salus/client';
import { stringCamelCase, u8aToHex } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Patient } from './world.js';

/** Where a person is a handle, and where a member key. */
const HANDLES = ['patientIdentity', 'consent', 'care', 'emergency', 'recordAnchor'];
const MEMBERS = ['claims'];

export interface Linkage {
  blocks: number;
  /** Signed ones. */
  transactions: number;
  /** Transactions that have to do with claims, and with handles. */
  ofClaims: number;
  ofHandles: number;
  /** Entries of storage that were read. */
  entries: number;
  /** How often the patient was found among handles, and the members among claims, as must be. */
  patientFound: number;
  membersFound: number;
  /** What connects the two. */
  links: string[];
}

const bare = (hex: string): string => hex.replace(/^0x/, '').toLowerCase();

interface CallLike {
  section: string;
  args: unknown[];
}

const isCall = (value: unknown): value is CallLike =>
  typeof (value as CallLike | undefined)?.section === 'string' && Array.isArray((value as CallLike).args);

/** The pallets of a call and of all that it wraps. */
const sectionsOf = (call: CallLike): string[] => [
  call.section, ...call.args.flatMap((arg) => (Array.isArray(arg) ? arg : [arg])).filter(isCall).flatMap(sectionsOf),
];

/**
 * Looks through every block from `first` to `last`, and through the storage of the last. A transaction is
 * looked at with its signature and with all events that it caused, whichever pallet emitted them.
 */
export async function linkage(
  api: ApiPromise,
  first: number,
  last: number,
  patient: Patient,
  members: KeyringPair[],
): Promise<Linkage> {
  const ofPatient = [patient.handle, u8aToHex(patient.pair.publicKey), patient.agreement.publicKey].map(bare);
  const ofMembers = members.map(({ publicKey }) => bare(u8aToHex(publicKey)));
  const found: Linkage = {
    blocks: 0, transactions: 0, ofClaims: 0, ofHandles: 0, entries: 0, patientFound: 0, membersFound: 0, links: [],
  };
  const check = (what: string, pallets: string[], text: string): { claims: boolean; handles: boolean } => {
    const [patientIn, memberIn] = [ofPatient, ofMembers].map((marks) => marks.some((mark) => text.includes(mark)));
    const claims = pallets.some((pallet) => MEMBERS.includes(pallet));
    const handles = pallets.some((pallet) => HANDLES.includes(pallet));
    if (claims && patientIn) found.links.push(`${what} of claims has the patient's handle or a key`);
    if (handles && memberIn) found.links.push(`${what} of ${pallets.join(', ')} has a member key`);
    if (patientIn && memberIn) found.links.push(`${what} has both`);
    if (handles && patientIn) found.patientFound += 1;
    if (claims && memberIn) found.membersFound += 1;
    return { claims, handles };
  };

  for (let number = first; number <= last; number++) {
    const hash = await api.rpc.chain.getBlockHash(number);
    const [{ block }, at] = await Promise.all([api.rpc.chain.getBlock(hash), api.at(hash)]);
    const events = await at.query.system.events();
    found.blocks += 1;
    block.extrinsics.forEach((extrinsic, index) => {
      const caused = events.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index);
      const pallets = [...sectionsOf(extrinsic.method as unknown as CallLike), ...caused.map(({ event }) => event.section)];
      const text = [extrinsic.toHex(), ...caused.map((record) => record.toHex())].map(bare).join(' ');
      const { claims, handles } = check(`transaction ${index} of block ${number}`, [...new Set(pallets)], text);
      if (extrinsic.isSigned) found.transactions += 1;
      if (claims) found.ofClaims += 1;
      if (handles) found.ofHandles += 1;
    });
    for (const record of events.filter(({ phase }) => !phase.isApplyExtrinsic)) {
      check(`an event of block ${number}`, [record.event.section], bare(record.toHex()));
    }
  }

  const at = await api.at(await api.rpc.chain.getBlockHash(last));
  for (const { name, storage } of api.runtimeMetadata.asLatest.pallets) {
    const pallet = stringCamelCase(name);
    if (storage.isNone || ![...HANDLES, ...MEMBERS].includes(pallet)) continue;
    for (const item of storage.unwrap().items) {
      const query = at.query[pallet]?.[stringCamelCase(item.name)];
      if (!query) throw new Error(`${pallet}.${item.name} cannot be read`);
      const entries = item.type.isMap
        ? (await query.entries()).map(([key, value]) => `${key.toHex()} ${value.toHex()}`)
        : [(await query()).toHex()];
      for (const entry of entries) check(`an entry of ${pallet}.${item.name}`, [pallet], entry.toLowerCase());
      found.entries += entries.length;
    }
  }
  return found;
}
