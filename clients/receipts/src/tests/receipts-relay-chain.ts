/** A relay chain in memory that names blocks of a parachain, whose nodes have no GRANDPA. */
import { compactToU8a, hexToU8a } from '@polkadot/util';
import type { ApiPromise } from '@polkadot/api';
import { concat, utf8 } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';
import type { Start } from '../receipts.js';
import { genesisKey, headKey, paraIdKey } from '../keys.js';
import { authoritiesOf, Chain, voter } from './receipts-chain.js';

export const PARA = 2000;
export const voters = ['a', 'b', 'c', 'd'].map(voter);

export type Block = Chain['blocks'][number];

/** A chain that is a parachain, and says so. */
export function asParachain(chain: Chain): Chain {
  return chain.set(genesisKey(), hexToU8a((chain.blocks[0] as Block).hash)).set(paraIdKey(), toLittleEndian(BigInt(PARA), 4));
}

export function withoutGrandpa(api: ApiPromise): ApiPromise {
  delete (api.query as unknown as Record<string, unknown>)['grandpa'];
  return api;
}

/** A relay chain that names blocks of parachains. */
export class Relay extends Chain {
  constructor(by = voters) {
    super(by);
    this.set(genesisKey(), hexToU8a((this.blocks[0] as Block).hash));
    this.set(headKey(PARA + 1), head(utf8('some other head')));
  }

  name({ bytes }: Block, paraId = PARA): Block {
    this.set(headKey(paraId), head(bytes));
    return this.add();
  }

  get start(): Start {
    return { genesis: (this.blocks[0] as Block).hash, setId: 0, authorities: authoritiesOf(voters), block: undefined };
  }
}

export const head = (header: Uint8Array): Uint8Array => concat(compactToU8a(header.length), header);
