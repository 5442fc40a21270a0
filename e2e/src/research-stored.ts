/** What the chain stores of research, as a gateway reads it: for the tests of `exchange/gateway`, which read the bytes without a node. */
import type { ApiPromise } from '@salus/client';
import * as research from '@salus/research';
import type { Site } from './steps/counts.js';

/** What is stored, in bytes, and what it says, as the runtime's own metadata reads it. */
export async function storedOf(api: ApiPromise, { org, dataset, permit }: Pick<Site, 'org' | 'dataset' | 'permit'>): Promise<object> {
  const at = await api.at(await api.rpc.chain.getFinalizedHead());
  const pallet = at.query['research'] as unknown as Record<string, (...keys: unknown[]) => Promise<{ isSome: boolean; unwrap: () => { toHex: (isLe?: boolean) => string; toU8a: () => Uint8Array } }>>;
  const bytes = async (item: string, ...keys: unknown[]): Promise<string> => {
    const found = await pallet[item]?.(...keys);
    if (!found?.isSome) throw new Error(`the chain stores no ${item} ${keys.join()}`);
    return `0x${Buffer.from(found.unwrap().toU8a()).toString('hex')}`;
  };
  const [offered, people] = [await research.dataset(at, dataset), await research.population(at, org)];
  if (!offered || !people) throw new Error(`the chain has no dataset ${dataset}, or no population of ${org}`);
  return {
    about: 'What a development node of this repository stores of research: written by e2e/src/tests/research-sites.test.ts with SALUS_WRITE_TABLES=1, read by exchange/gateway/tests/exchange/answers.rs.',
    dataset: await bytes('datasets', dataset), version: await bytes('versions', dataset, offered.version.number), population: await bytes('populations', org),
    permit: await bytes('permits', permit), query: await bytes('queries', org, 0),
    says: {
      custodian: offered.custodian, minCohort: offered.minCohort, retired: offered.retiredAt !== undefined, version: offered.version.number, epoch: offered.version.epoch,
      left: people.left, permitDataset: dataset, permit,
    },
  };
}
