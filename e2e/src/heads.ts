/** What an auditor reads of an access log on the chain. */
import type { ApiPromise, Snapshot } from '@salus/client';
import { accessLog } from '@salus/exchange';
import type { Institution } from './world.js';

/** All that a log of an organisation is compared with, in one state: its heads, and the chain's own numbers. */
export async function headsOf(api: ApiPromise, state: Snapshot, { org }: Institution): Promise<Omit<accessLog.Audit, 'entries'>> {
  return {
    organisation: org, genesisHash: api.genesisHash.toHex(), heartbeat: accessLog.heartbeatOf(state), now: state.moment,
    ...await accessLog.allCommits(accessLog.logCommits(state), org),
  };
}
