/** The memory of answered requests in a file, so that restarting a gate answers none of them again. */
import { IntegrityBroken, isRequestId, type Hex } from '@salus/types';
import { UsedRequests, type ReplayCache, type UsedRequest } from '../replay.js';
import { LineFile } from './lines.js';

/** How many lines more than needed the file may have before it is written anew. */
const SLACK = 256;

/**
 * A file with one claimed request a line, `{"id":"0x…","expiry":…}`. It is written anew without those
 * that have expired when these are more than the others; then the first line is `{"horizon":…}`, the
 * moment by which they had.
 *
 * Each gate has its own file, and one process opens it at a time. Do not delete it: with an empty one
 * whatever was answered in the last ten minutes could be sent again.
 */
export class FileReplayCache implements ReplayCache {
  readonly #file: LineFile;
  readonly #used: UsedRequests;

  private constructor(file: LineFile, used: UsedRequests) {
    this.#file = file;
    this.#used = used;
  }

  /** Opens the file, or makes it. Throws {@link IntegrityBroken} if a line of it is unreadable. */
  static async open(path: string): Promise<FileReplayCache> {
    const { file, values } = await LineFile.open(path);
    const horizon = horizonOf(values[0]);
    const used = (horizon === undefined ? values : values.slice(1)).map((value, index) => {
      if (isUsedRequest(value)) return value;
      throw new IntegrityBroken(`${path}: entry ${index} is no used request`);
    });
    return new FileReplayCache(file, new UsedRequests(horizon, used));
  }

  async claim(id: Hex, expiry: number, now: number): Promise<boolean> {
    // In memory at once, so that the same request a moment later finds it there; on the disk before it
    // is answered. If that fails the id stays claimed.
    if (!this.#used.add(id, expiry, now)) return false;
    await this.#file.append({ id, expiry });
    await this.#file.rewrite(() => {
      if (this.#file.count <= 2 * this.#used.size + SLACK) return undefined;
      return [{ horizon: this.#used.horizon }, ...this.#used.list()];
    });
    return true;
  }
}

const isMoment = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function horizonOf(value: unknown): number | undefined {
  const { horizon } = (value ?? {}) as { horizon?: unknown };
  return isMoment(horizon) && !isUsedRequest(value) ? horizon : undefined;
}

function isUsedRequest(value: unknown): value is UsedRequest {
  const { id, expiry } = (value ?? {}) as { id?: unknown; expiry?: unknown };
  return isRequestId(id) && isMoment(expiry);
}
