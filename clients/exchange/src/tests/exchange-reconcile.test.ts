/** Vectors of two logs that are compared, for whoever else compares them: `docs/vectors/exchange/reconcile.json`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeAddress } from '@polkadot/util-crypto';
import { chainEntry, type AccessEvent, type LogEntry, type LogEvent } from '@salus/types';
import { agreesWithVectors } from '@salus/types/testing';
import { dayOf, reconcile } from '../access-log/index.js';
import { accessFrom, below, bytesFrom, DAY, HOUR, ORG, OTHER, seeded, START, type Random } from './access-log-fixture.js';

const THIRD = 9;

/** Two logs that are written side by side. */
class Logs {
  readonly of: Record<number, LogEntry[]> = { [ORG]: [], [OTHER]: [] };

  log<E extends LogEvent>(organisation: number, event: E): LogEntry<E> {
    const log = this.of[organisation]!;
    const entry = chainEntry(log.at(-1), { ...event, organisation });
    log.push(entry);
    return entry;
  }

  give(random: Random, from: number, to: number, time: number): LogEntry<AccessEvent> {
    return this.log(from, accessFrom(random, time, { outcome: 'released', requesterOrganisation: to, requestId: bytesFrom(random) }));
  }

  get(to: number, source: LogEntry<AccessEvent>, time: number, more: Partial<AccessEvent> = {}): void {
    const { requestId, recordId, requester, requesterOrganisation, requesterKind, purpose, action, decision } = source;
    this.log(to, {
      time, side: 'recipient', organisation: to, outcome: 'received', requestId, recordId, requester, requesterOrganisation, requesterKind, purpose, action, decision,
      counterpart: source.hash, custodian: source.organisation, ...more,
    });
  }
}

const CASES: Record<string, (logs: Logs, random: Random) => void> = {
  'both logged both ways': (logs, random) => {
    logs.get(OTHER, logs.give(random, ORG, OTHER, START + 1), START + 2);
    logs.get(ORG, logs.give(random, OTHER, ORG, START + 3), START + 4);
  },
  'one side logged alone': (logs, random) => {
    logs.give(random, ORG, OTHER, START + 5);
    const kept = logs.give(random, OTHER, ORG, START + 6);
    logs.get(OTHER, { ...kept, organisation: ORG, requestId: bytesFrom(random), hash: bytesFrom(random) }, START + 7);
  },
  'around midnight the day is that of the source': (logs, random) => {
    logs.get(OTHER, logs.give(random, ORG, OTHER, START + DAY - 1), START + DAY + 1);
    logs.get(OTHER, logs.give(random, ORG, OTHER, START + DAY), START + DAY - 3);
    logs.get(ORG, logs.give(random, OTHER, ORG, START - 1), START + 1);
  },
  'the source was changed afterwards, so that its hash is another one': (logs, random) => {
    const source = logs.give(random, ORG, OTHER, START + 9);
    logs.get(OTHER, { ...source, hash: bytesFrom(random) }, START + 10);
  },
  'they say different things': (logs, random) => {
    const source = logs.log(ORG, accessFrom(random, START, { outcome: 'released', requesterOrganisation: OTHER, requesterKind: 'person', purpose: 'Treat', action: 'Read' }));
    logs.get(OTHER, source, START + 1, { recordId: 'another', requesterKind: 'machine', purpose: 'Hmarkt', action: 'Export', decision: 'because' });
  },
  'an address with another prefix is the same account': (logs, random) => {
    const source = logs.give(random, ORG, OTHER, START);
    logs.get(OTHER, source, START + 1, { requester: encodeAddress(source.requester, 0) });
  },
  'what was opened again counts once': (logs, random) => {
    const source = logs.give(random, ORG, OTHER, START);
    logs.get(OTHER, source, START + 1);
    logs.get(OTHER, source, START + HOUR);
    logs.get(OTHER, source, START + 3, { counterpart: bytesFrom(random) });
  },
  'the source logged twice': (logs, random) => {
    const source = logs.give(random, ORG, OTHER, START);
    logs.get(OTHER, source, START + 1);
    const { seq: _, previous: __, hash: ___, ...again } = source;
    logs.log(ORG, { ...again, time: START + 2 });
  },
  'from somebody who is not named': (logs, random) => {
    const source = logs.give(random, ORG, OTHER, START);
    logs.get(OTHER, source, START + 1, { custodian: undefined });
    logs.get(OTHER, { ...source, hash: bytesFrom(random), requestId: bytesFrom(random) }, START + 2, { custodian: undefined });
  },
  'of others, of patients, of strangers, and what was refused': (logs, random) => {
    logs.give(random, ORG, THIRD, START);
    logs.log(ORG, accessFrom(random, START, { outcome: 'refused', requesterOrganisation: OTHER }));
    logs.log(ORG, { time: START, side: 'source', organisation: ORG, outcome: 'unauthenticated', since: START, failures: { signature: 1 } });
    logs.get(OTHER, logs.give(random, ORG, OTHER, START), START, { custodian: THIRD });
  },
  'a busy day': (logs, random) => {
    for (let at = 0; at < 40; at += 1) {
      const [from, to] = below(random, 2) === 0 ? [ORG, OTHER] as const : [OTHER, ORG] as const;
      const source = logs.give(random, from, to, START + at * 60);
      if (below(random, 5) !== 0) logs.get(to, source, START + at * 60 + below(random, 30), below(random, 6) === 0 ? { counterpart: undefined } : {});
    }
  },
};

test('the vectors of compared logs say what the code says', async () => {
  const vectors = [];
  for (const [at, [name, write]] of Object.entries(CASES).entries()) {
    const logs = new Logs();
    write(logs, seeded(at + 1));
    const [ours, theirs] = [logs.of[ORG]!, logs.of[OTHER]!];
    const day = dayOf(START);
    const found = await reconcile({ organisation: ORG, counterparty: OTHER, day, ours, theirs });
    const hashes = (entries: readonly LogEntry[]) => entries.map(({ hash }) => hash);
    const disagreements = new Map(found.disagreements.map(({ source, differ }) => [source.hash, differ]));
    vectors.push({
      name, day, ours, theirs, matched: found.matched.map(({ source, recipient }) => ({ source: source.hash, recipient: recipient.hash, differ: disagreements.get(source.hash) ?? [] })),
      onlyOurs: hashes(found.onlyOurs), onlyTheirs: hashes(found.onlyTheirs), unattributed: hashes(found.unattributed),
    });
  }
  assert.ok(vectors.some(({ matched }) => matched.length > 9) && vectors.some(({ unattributed }) => unattributed.length > 0));
  agreesWithVectors('reconcile.json', {
    about: 'Two access logs, of organisation 7 and of 8, as 7 compares them for a day (counted from 1970): entries by their hashes. `differ`: the members of which source and recipient say different things. Written by clients/exchange/src/tests/exchange-reconcile.test.ts.',
    organisation: ORG, counterparty: OTHER, cases: vectors,
  });
});
