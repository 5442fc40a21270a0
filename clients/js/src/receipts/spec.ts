/** The genesis authority set, from a raw chain spec. */
import { concat, toHex, utf8 } from '../bytes.js';
import { hexToU8a } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';
import { TrailBroken } from './errors.js';
import { decodeAuthorities, type Authority } from './grandpa.js';

const AUTHORITIES = toHex(concat(xxhashAsU8a(utf8('Grandpa'), 128), xxhashAsU8a(utf8('Authorities'), 128)));

/**
 * GRANDPA's authorities at genesis, as a raw chain spec has them. This reads them and proves nothing: whether
 * the spec is that of the chain is for verifiers, which compute the genesis hash from it.
 */
export function genesisAuthorities(spec: string): Authority[] {
  let value: string | undefined;
  try {
    const parsed = JSON.parse(spec) as { genesis?: { raw?: { top?: Record<string, string> } } };
    value = parsed.genesis?.raw?.top?.[AUTHORITIES];
  } catch (error) {
    throw new TrailBroken('the chain spec is not JSON', { cause: error });
  }
  if (value === undefined) throw new TrailBroken('the chain spec is not raw, or has no GRANDPA authorities');
  return decodeAuthorities(hexToU8a(value));
}
