/** Who is in an epoch of a dataset (`docs/research-protocol.md`, "Epochs"): the opening that a custodian gives an auditor, and what can be shown by it. */
import {
  blake2, concat, equal, MerkleTree, SalusError, toHex, utf8, whyInWords, type ConsentDirective, type Decision, type Hex, type PatientState, type Question,
} from '@salus/types';
import { hexToU8a } from '@polkadot/util';
import { SIZES } from '../chain/codes.js';
import type { Dataset, Version } from '../chain/model.js';
import { Closed, Malformed, readJson } from './closed.js';

/** What lets somebody be counted, by its tag in a leaf. */
const GROUNDS = ['nobody', 'directive', 'sealed', 'unspoken'] as const;
export type Ground = (typeof GROUNDS)[number];

/** Somebody in an epoch. */
export interface Leaf {
  patient: Hex;
  by: Ground;
  /** The number of the directive, plain or sealed. */
  number?: number;
  salt: Hex;
}

export interface Opening {
  genesis: Hex;
  custodian: number;
  dataset: number;
  epoch: number;
  version: number;
  /** When the version was published, in seconds since 1970. */
  at: number;
  root: Hex;
  leaves: Leaf[];
}

const NOBODY = `0x${'00'.repeat(32)}`;
/** The longest line of an opening. */
const LONGEST = 1_024;

function readLeaf(line: string): Leaf {
  const leaf = new Closed(readJson(line, LONGEST), 'leaf', ['by', 'number', 'patient', 'salt']);
  const by = GROUNDS.find((name) => name === leaf.text('by'));
  if (by === undefined) throw new Malformed('by');
  const isNumbered = by === 'directive' || by === 'sealed';
  if (leaf.has('number') !== isNumbered) throw new Malformed('number');
  const read = { patient: leaf.hash('patient'), by, salt: leaf.hash('salt') };
  if ((by === 'nobody') !== (read.patient === NOBODY)) throw new Malformed('patient');
  return isNumbered ? { ...read, number: leaf.small('number') } : read;
}

/** Reads the lines of an opening: of what it is, and a leaf each. */
export function readOpening(text: string): Opening {
  const [first = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const head = new Closed(readJson(first, LONGEST), 'document', ['at', 'custodian', 'dataset', 'epoch', 'genesis', 'leaves', 'root', 'version']);
  const leaves = lines.map(readLeaf);
  if (head.small('leaves') !== leaves.length || leaves.length === 0) throw new Malformed('leaves');
  if (leaves.length > 1 && leaves.some(({ by }) => by === 'nobody')) throw new Malformed('leaves');
  return {
    genesis: head.hash('genesis'), custodian: head.small('custodian'), dataset: head.small('dataset'), epoch: head.small('epoch'), version: head.small('version'),
    at: head.whole('at'), root: head.hash('root'), leaves,
  };
}

const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
};

/** The commitment to somebody who is in an epoch. */
export const leafCommitment = ({ genesis, dataset, epoch }: Pick<Opening, 'genesis' | 'dataset' | 'epoch'>, { salt, patient, by, number = 0 }: Leaf): Uint8Array => blake2(concat(
  utf8('salus:epoch-leaf:v1'), hexToU8a(salt), hexToU8a(genesis), u32(dataset), u32(epoch), hexToU8a(patient), Uint8Array.of(GROUNDS.indexOf(by)), u32(number),
));

/** The root of an opening, from its leaves. The same patient twice, or leaves in another order than that of their commitments, are refused. */
export function rootOf(opening: Opening): Uint8Array {
  const commitments = opening.leaves.map((leaf) => leafCommitment(opening, leaf));
  const texts = commitments.map(toHex);
  if (texts.some((text, at) => at > 0 && (texts[at - 1] as string) >= text)) throw new EpochRefused('otherOrder', 'its leaves are not in the order of their commitments');
  if (new Set(opening.leaves.map(({ patient }) => patient)).size < opening.leaves.length) throw new EpochRefused('twice', 'a patient is in it twice');
  return new MerkleTree(commitments).root;
}

/** What speaks against an opening as a whole. */
export type EpochDoubt =
  | 'otherChain' | 'unknownDataset' | 'otherCustodian' | 'otherVersion' | 'otherRoot' | 'otherOrder' | 'twice' | 'otherSize' | 'otherBasis' | 'noDirective';

export class EpochRefused extends SalusError {
  constructor(readonly doubt: EpochDoubt, detail: string) {
    super(`the opening is refused: ${detail}`);
  }
}

/** What the check asks of the chain, in one final state. */
export interface EpochChain {
  genesis: Hex;
  dataset(id: number): Promise<Dataset | undefined>;
  versionAt(id: number, at: number): Promise<Version | undefined>;
  stateAt(patient: Hex, at: number): Promise<PatientState | undefined>;
  /** Whether a veto of HRESCH was in force. */
  vetoedAt(patient: Hex, at: number): Promise<boolean>;
  /** All directives of a patient, ended ones too. */
  directives(patient: Hex): Promise<{ number: number; directive: ConsentDirective }[]>;
  /** The numbers of the sealed Permits in force. */
  sealedAt(patient: Hex, at: number): Promise<number[]>;
  decide(questions: Question[]): Promise<Decision[]>;
}

/** Whether somebody could be counted at a moment; `unknown` where only the opening of a sealed directive tells. */
type Word = { counted: 'yes' } | { counted: 'no' | 'unknown'; why: string };

const NO_DIRECTIVE = 'a base decision of Permit is no consent to research';
const YES: Word = { counted: 'yes' };
const no = (why: string): Word => ({ counted: 'no', why });
const unknown = (why: string): Word => ({ counted: 'unknown', why });

/** Of which times data may be asked about, so that each answer that there is, is among theirs: between two bounds of data intervals none changes. */
function timesIn(all: readonly { directive: ConsentDirective }[], own: ConsentDirective): number[] {
  const [from, until] = [own.scope.data?.from ?? 0, own.scope.data?.until ?? Number.MAX_SAFE_INTEGER];
  const bounds = all.flatMap(({ directive: { scope: { data } } }) => (data === undefined ? [] : [data.from, ...(data.until === undefined ? [] : [data.until])]));
  return [...new Set([from, ...bounds.filter((bound) => bound > from && bound < until)])];
}

/** By the chain's own rules: whether there are data that the custodian may read for research, because of just that directive. Whatever else lets is no consent. */
async function byRules(chain: EpochChain, custodian: number, { patient, number }: Leaf, at: number): Promise<Word> {
  const all = await chain.directives(patient);
  const own = all.find((each) => each.number === number)?.directive;
  if (own === undefined) return no(`there is no directive ${number}`);
  const questions: Question[] = timesIn(all, own).flatMap((dataTime) => own.scope.classes.map((dataClass): Question => ({
    subject: patient, actor: { organisation: custodian }, purpose: 'Hresch', action: 'Read', dataClass, labels: [], dataTime, at,
  })));
  const decisions = await chain.decide(questions);
  const lets = ({ verdict, why }: Decision): boolean => verdict === 'Permit' && why.kind === 'Directive' && 'directive' in why && why.directive === number;
  if (decisions.some(lets)) return YES;
  if (decisions.some(({ why }) => why.kind === 'Sealed')) return unknown('there is a sealed denial, and only its opening tells what it is about');
  const why = decisions[0]?.why;
  if (why?.kind === 'Base') return no(`directive ${number} lets nothing, and ${NO_DIRECTIVE}`);
  return no(why === undefined ? 'it says nothing of any data' : `the rules say: ${whyInWords(why)}`);
}

/** Whether what a leaf names let somebody be counted at a moment. */
async function wordAt(chain: EpochChain, { custodian, basis: { basis } }: Dataset, leaf: Leaf, at: number): Promise<Word> {
  const { patient, by, number = 0 } = leaf;
  if (await chain.vetoedAt(patient, at)) return no('research was vetoed');
  if (basis !== 'Consent' || by === 'sealed') {
    const state = await chain.stateAt(patient, at);
    if (state !== 'Active') return no(`the handle was ${state ?? 'not there'}`);
  }
  if (basis !== 'Consent') return YES;
  // An opening with such a leaf is refused as a whole; to whoever asks about the leaf alone it is a no all the same.
  if (by === 'unspoken') return no(NO_DIRECTIVE);
  if (by !== 'sealed') return byRules(chain, custodian, leaf, at);
  const inForce = (await chain.sealedAt(patient, at)).includes(number);
  return inForce ? unknown(`sealed directive ${number} was in force, and only its opening tells what it is about`) : no(`sealed directive ${number} was not in force`);
}

/** For how long before the publication a custodian may have looked, in seconds. */
export const LOOKED = 3_600;

/** Somebody in an epoch about whom something is to be said. */
export interface Named {
  patient: Hex;
  by: Ground;
  number?: number;
  why: string;
}

export interface EpochReport {
  opening: Omit<Opening, 'leaves'>;
  participants: number;
  /** Those whom what the leaf names let be counted at the moment of the publication. */
  counted: number;
  /** Those who were in it though they could not be counted. */
  kept: Named[];
  /** Those who withdrew in the hour before the publication. */
  late: Named[];
  /** Those of whom the chain alone does not tell. */
  unknown: Named[];
}

async function published(chain: EpochChain, opening: Opening): Promise<Dataset> {
  if (opening.genesis !== chain.genesis) throw new EpochRefused('otherChain', 'it is of another chain');
  const dataset = await chain.dataset(opening.dataset);
  if (dataset === undefined) throw new EpochRefused('unknownDataset', `the chain has no dataset ${opening.dataset}`);
  if (dataset.custodian !== opening.custodian) throw new EpochRefused('otherCustodian', `dataset ${opening.dataset} is of organisation ${dataset.custodian}`);
  const version = await chain.versionAt(opening.dataset, opening.at);
  if (version?.number !== opening.version || version.at !== opening.at || version.epoch !== opening.epoch) {
    throw new EpochRefused('otherVersion', `no version ${opening.version} of epoch ${opening.epoch} was published at that moment`);
  }
  if (version.root !== opening.root || !equal(hexToU8a(version.root), rootOf(opening))) throw new EpochRefused('otherRoot', 'the chain has another root than its leaves');
  const people = opening.leaves.filter(({ by }) => by !== 'nobody').length;
  const size = SIZES[Math.min(Math.max(String(people).length - 2, 0), SIZES.length - 1)];
  if (version.size !== size) throw new EpochRefused('otherSize', `it has ${people} people, and the chain was told ${version.size}`);
  const without = dataset.basis.basis === 'Consent' ? opening.leaves.filter(({ by }) => by === 'unspoken') : [];
  if (without.length > 0) throw new EpochRefused('noDirective', `the dataset is of people who have consented, and ${without.length} of its leaves name no directive, that of ${without[0]?.patient} first: ${NO_DIRECTIVE}`);
  const wrong = dataset.basis.basis !== 'Consent' && opening.leaves.some(({ by }) => by === 'directive' || by === 'sealed');
  if (wrong) throw new EpochRefused('otherBasis', 'its leaves name directives, and the dataset needs none');
  return dataset;
}

/** How many people are asked about at a time. */
const TOGETHER = 16;

/** Looks whether an opening is that of the root on the chain, and whether everybody in it could be counted when it was published. */
export async function auditEpoch(chain: EpochChain, opening: Opening): Promise<EpochReport> {
  const dataset = await published(chain, opening);
  const { leaves, ...of } = opening;
  const people = leaves.filter(({ by }) => by !== 'nobody');
  const report: EpochReport = { opening: of, participants: people.length, counted: 0, kept: [], late: [], unknown: [] };
  const judge = async (leaf: Leaf): Promise<void> => {
    const { salt: _salt, ...who } = leaf;
    const word = await wordAt(chain, dataset, leaf, opening.at);
    if (word.counted === 'yes') {
      report.counted += 1;
      return;
    }
    const named = { ...who, why: word.why };
    if (word.counted === 'unknown') {
      report.unknown.push(named);
      return;
    }
    // Whoever permits it and takes it back within that hour could be counted in between.
    const first = Math.max(opening.at - LOOKED, 0);
    const began = leaf.by === 'directive' ? (await chain.directives(leaf.patient)).find(({ number }) => number === leaf.number)?.directive.from : undefined;
    const moments = [first, ...(began !== undefined && began > first && began < opening.at ? [began] : [])];
    const before = await Promise.all(moments.map((at) => wordAt(chain, dataset, leaf, at)));
    (before.every(({ counted }) => counted === 'no') ? report.kept : report.late).push(named);
  };
  for (let from = 0; from < people.length; from += TOGETHER) await Promise.all(people.slice(from, from + TOGETHER).map(judge));
  return report;
}
