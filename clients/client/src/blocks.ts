/** How fast a chain goes. */
import type { ApiPromise } from '@polkadot/api';
import { SalusError } from '@salus/types';

interface Consts {
  babe?: { expectedBlockTime?: { toNumber(): number } };
  aura?: { slotDuration?: { toNumber(): number } };
}

/** Milliseconds from one block to the next. A parachain has one block in each slot of its collators. */
export function blockMillis(api: ApiPromise): number {
  const { babe, aura } = api.consts as unknown as Consts;
  const found = babe?.expectedBlockTime ?? aura?.slotDuration;
  if (!found) throw new SalusError('the chain does not tell how much time there is between its blocks');
  return found.toNumber();
}
