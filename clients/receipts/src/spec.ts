/** The genesis authority set, from a raw chain spec. */
import { hexToU8a } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';
import { concat, toHex, utf8 } from '@salus/types';
import { TrailBroken } from './errors.js';
import { decodeAuthorities, type Authority } from './grandpa.js';
import { MAX_FILE } from './read.js';
import { StrictFile } from './strict.js';

const AUTHORITIES = toHex(concat(xxhashAsU8a(utf8('Grandpa'), 128), xxhashAsU8a(utf8('Authorities'), 128)));

/**
 * GRANDPA's authorities at genesis, as a raw chain spec has them. This reads them and proves nothing: whether
 * the spec is that of the chain is for verifiers, which compute the genesis hash from it. Throws {@link ReceiptMalformed} for a file
 * that is no raw chain spec, and {@link TrailBroken} for one without such authorities.
 */
export function genesisAuthorities(spec: Uint8Array | string): Authority[] {
  const file = new StrictFile('raw chain specification');
  const { genesis } = file.some(file.json(spec, MAX_FILE), 'the file', ['genesis']);
  const { raw } = file.some(genesis, 'genesis', ['raw']);
  const { top, childrenDefault = new Map() } = file.some(raw, 'genesis.raw', ['top'], ['childrenDefault']);
  for (const [key, child] of file.map(childrenDefault, 'childrenDefault')) {
    file.hex(key, 'a key of childrenDefault');
    file.entries(child, 'childrenDefault');
  }
  const value = file.entries(top, 'top').get(AUTHORITIES);
  if (value === undefined) throw new TrailBroken('the chain spec has no GRANDPA authorities');
  return decodeAuthorities(hexToU8a(value));
}
