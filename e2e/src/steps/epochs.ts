/** Withdrawal epochs: a custodian's gateway makes and publishes them, and an auditor checks who is in one against the chain. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as research from '@salus/research';
import { toHex } from '@salus/types';
import { salusResearch, type Ran } from '../researcher.js';
import { expect } from '../transcript.js';
import { until } from '../wait.js';
import type { Patient, World } from '../world.js';
import type { Site } from './counts.js';

const { answers } = research;
type Opening = research.answers.Opening;

/** Whose gateway publishes the epochs of a dataset. */
export type Publisher = Pick<Site, 'name' | 'org' | 'house' | 'dataset'>;

/** An epoch that was published, with its opening, and the file that the steward has of it. */
export interface OpenedEpoch {
  epoch: number;
  opening: Opening;
  file: string;
}

/** What an auditor is told by `salus-research epoch`: 0 if nobody was kept in, 3 if somebody was, or the opening is refused. */
export interface Audited {
  epoch?: research.answers.EpochReport;
  refused?: { doubt: research.answers.EpochDoubt };
}

/** Waits until the gateway has an epoch of its making on the chain, and takes the opening of it with `salus-gateway research-epoch --open`. */
export async function openEpoch({ name, dataset, house: { gateway } }: Publisher, epoch: number): Promise<OpenedEpoch> {
  const file = join(gateway.folder, `opening-${dataset}-${epoch}.jsonl`);
  await until(`the gateway of ${name} has published epoch ${epoch} of dataset ${dataset}`, async () => {
    const { code, stdout, stderr } = await gateway.researchEpoch(dataset, '--open', file, '--epoch', String(epoch));
    if (code !== 0 && !/has not published that epoch/.test(stderr)) throw new Error(`the gateway of ${name} gives no opening out: ${stdout}${stderr}`);
    return code === 0;
  }, { every: 2_000 });
  return { epoch, file, opening: answers.readOpening(await readFile(file, 'utf8')) };
}

/** A steward has the gateway make and publish the next epoch now, and takes the opening of it when the last final block has it. */
export async function publishEpoch(world: World, site: Publisher): Promise<OpenedEpoch> {
  const { api, out } = world;
  const { name, dataset, house: { gateway } } = site;
  const before = await research.dataset(api, dataset);
  expect(before !== undefined, `there is no dataset ${dataset}`);
  const asked = await gateway.researchEpoch(dataset, '--now');
  expect(asked.code === 0, `the gateway of ${name} is not asked for an epoch: ${asked.stdout}${asked.stderr}`);
  const opened = await openEpoch(site, before.version.epoch + 1);
  const after = await research.dataset(api, dataset);
  expect(
    after?.version.epoch === opened.epoch && after.version.root === opened.opening.root && after.version.termsVersion === before.version.termsVersion,
    `the version in force is not that of epoch ${opened.epoch}: ${JSON.stringify(after?.version)}`,
  );
  out.saw(`the gateway of ${name} publishes withdrawal epoch ${opened.epoch} of dataset ${dataset}: a root over ${opened.opening.leaves.length} salted commitments, and no name`);
  out.because(`the next one is due by ${new Date(after.version.nextEpochDue * 1000).toISOString().slice(0, 16)}Z, whether or not somebody says no: from then on every permit for the dataset would be suspended`);
  return opened;
}

/** What an auditor finds about an opening. `auditor` says of which chain. */
export const auditOpening = (auditor: readonly string[], file: string): Promise<Ran<Audited>> => salusResearch<Audited>('epoch', file, ...auditor);

/** An auditor finds that the root on the chain is that of just these people, and that the chain let each of them be counted. */
export async function auditEpoch({ out }: World, auditor: readonly string[], { name }: Publisher, { epoch, opening, file }: OpenedEpoch, people: readonly Patient[]): Promise<void> {
  const found = new Set(opening.leaves.map(({ patient }) => patient));
  const missing = people.filter(({ handle }) => !found.has(handle));
  expect(missing.length === 0 && found.size === people.length, `epoch ${epoch} of ${name} has ${found.size} people in place of ${people.length}, and lacks ${missing.length} of these`);
  const { code, told } = await auditOpening(auditor, file);
  expect(code === 0 && told.epoch?.participants === people.length && told.epoch.counted === people.length, `the audit of epoch ${epoch} of ${name}: ${JSON.stringify(told)}`);
  out.saw(`an auditor whom ${name} gives the opening of epoch ${epoch} finds, with salus-research, that its root is that of ${people.length} people, of whom each could be counted`);
}

/** The lines of an opening, in the order in which a custodian writes them. */
export function linesOf({ leaves, ...of }: Opening): string {
  const { at, custodian, dataset, epoch, genesis, root, version } = of;
  const lines = [
    { at, custodian, dataset, epoch, genesis, leaves: leaves.length, root, version },
    ...leaves.map(({ by, number, patient, salt }) => ({ by, ...(number === undefined ? {} : { number }), patient, salt })),
  ];
  return lines.map((line) => `${answers.canonical(line)}\n`).join('');
}

/** Leaves in the order of their commitments. */
export function inOrder(of: Pick<Opening, 'genesis' | 'dataset' | 'epoch'>, leaves: readonly research.answers.Leaf[]): research.answers.Leaf[] {
  const placed = leaves.map((leaf) => ({ leaf, place: toHex(answers.leafCommitment(of, leaf)) }));
  return placed.sort((one, other) => (one.place < other.place ? -1 : 1)).map(({ leaf }) => leaf);
}

/** A list with somebody more, who was in the epoch before and has said no since, is refused: the root leaves no place for that person. */
export async function refuseOtherList(
  { out }: World, auditor: readonly string[], { name }: Publisher, { epoch, opening, file }: OpenedEpoch, before: OpenedEpoch, { handle }: Patient,
): Promise<void> {
  const gone = before.opening.leaves.find(({ patient }) => patient === handle);
  expect(gone !== undefined, `who has said no was not in epoch ${before.epoch} of ${name}`);
  const longer = `${file}.longer`;
  await writeFile(longer, linesOf({ ...opening, leaves: inOrder(opening, [...opening.leaves, gone]) }), { mode: 0o600 });
  const { code, told } = await auditOpening(auditor, longer);
  expect(code === 3 && told.refused?.doubt === 'otherRoot', `the audit of a list with somebody more: ${JSON.stringify(told)}`);
  out.refused(`a list for epoch ${epoch} of ${name} with the patient in it`, 'the chain has another root than such a list');
}
