/** What the tests of a file begin with: a chain, and those who act on it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiPromise } from '@polkadot/api';
import { chain, reach } from './node.js';
import { admission, type Institutions } from './steps/admission.js';
import { takeOnStaff, type Staff } from './steps/staff.js';
import { Transcript } from './transcript.js';
import { World } from './world.js';

/** A chain, where to reach it, and a folder that goes with it. */
export interface Setting {
  endpoint: string;
  api: ApiPromise;
  folder: string;
  stop: () => Promise<void>;
}

/** Institutions, and those who work there. */
export interface Peopled extends Setting {
  world: World;
  institutions: Institutions;
  staff: Staff;
}

/** The chain of these tests, or the node that `start` starts with the folder. */
export async function begin(
  start: (folder: string) => Promise<{ endpoint: string; stop: () => Promise<void> }> = chain,
): Promise<Setting> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-test-'));
  try {
    const { endpoint, stop } = await start(folder);
    try {
      const api = await reach(endpoint);
      return {
        endpoint, api, folder,
        stop: async () => {
          await api.disconnect();
          await stop();
          await rm(folder, { recursive: true, force: true });
        },
      };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The same, with three organisations and their staff. */
export async function people(setting: Setting): Promise<Peopled> {
  try {
    const world = new World(setting.api, new Transcript(setting.api, () => undefined), setting.folder);
    const institutions = await admission(world);
    return { ...setting, world, institutions, staff: await takeOnStaff(world, institutions) };
  } catch (error) {
    await setting.stop();
    throw error;
  }
}
