/** The care journey, played as a program of its own. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { undoable } from './machine.js';
import { atEnd } from './wait.js';

export interface Played {
  code: number | null;
  said: string;
  /** Moments, in milliseconds. */
  began: number;
  ended: number;
}

/**
 * Plays it once against the node at `endpoint`, without gateways: these networks change their runtime meanwhile, and a gateway releases nothing by rules
 * that it does not know.
 */
export async function playJourney(endpoint: string, settings: Record<string, string>): Promise<Played> {
  const script = fileURLToPath(new URL('../journey.js', import.meta.url));
  const began = Date.now();
  let said = '';
  const child = spawn(process.execPath, [script, endpoint, '--no-gateways'], { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const done = undoable(() => { child.kill('SIGKILL'); });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => { said += text; });
  }
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve); });
  done();
  return { code, said, began, ended: Date.now() };
}

/** The last line of what a journey said. */
export const lastLine = ({ said }: Played): string => said.trim().split('\n').at(-1) ?? '';

/** The journey, over and over, and how each run ended. */
export class Journeys {
  readonly ends: Played[] = [];
  #stopped = false;
  readonly #loop: Promise<void>;

  constructor(private readonly endpoint: string, private readonly settings: Record<string, string>) {
    atEnd(() => { this.#stopped = true; });
    this.#loop = this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) this.ends.push(await playJourney(this.endpoint, this.settings));
  }

  /** Waits for the run under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }
}
