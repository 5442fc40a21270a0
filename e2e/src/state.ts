/** The whole state of a chain, as a node tells it. */
import { rpc } from './rpc.js';

/** The key of the runtime's code. */
export const CODE = '0x3a636f6465';
/** How many keys a node tells at once. */
const PAGE = 1000;

/** Everything that the chain keeps after a block, by key, without the runtime's code. */
export async function stateAt(url: string, hash: string): Promise<Map<string, string>> {
  const state = new Map<string, string>();
  for (let start: string | undefined; ;) {
    const keys: string[] = await rpc(url, 'state_getKeysPaged', ['0x', PAGE, start ?? null, hash]);
    const asked = keys.filter((key) => key !== CODE);
    const [{ changes } = { changes: [] }] = await rpc<{ changes: [string, string | null][] }[]>(url, 'state_queryStorageAt', [asked, hash]);
    for (const [key, value] of changes) state.set(key, value ?? '0x');
    if (keys.length < PAGE) return state;
    start = keys.at(-1);
  }
}
