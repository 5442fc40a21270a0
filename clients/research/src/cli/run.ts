/** A command's run: what it prints, which chain it speaks to, and where its folder is. */
import { printableLine } from './printable.js';
import { ResearchFolder } from '../answers/folder.js';
import type { ChainOptions, Prepared, ResearchChain } from './chain.js';
import { UsageError, type CommandLine, type Values } from './options.js';

/** Where the tool writes, and how it reaches a chain; the process's own streams and a node unless a test gives others. */
export interface Surroundings {
  out: (line: string) => void;
  err: (line: string) => void;
  env: NodeJS.ProcessEnv;
  open: (options: ChainOptions, env: NodeJS.ProcessEnv) => Promise<ResearchChain>;
  /** Resolves when a server is to end. */
  stopped: () => Promise<void>;
  pause: (millis: number) => Promise<void>;
}

/** 0 if all is well, 3 if something was found, is missing or was refused. */
export type Outcome = 0 | 3;

export class Run {
  /** What `--json` prints. */
  readonly result: Record<string, unknown> = {};

  constructor(readonly line: CommandLine, readonly around: Surroundings) {}

  get values(): Values {
    return this.line.values;
  }

  /** Prints lines for people; with `--json` one object is printed in the end. */
  say(...lines: string[]): void {
    if (!this.values.json) lines.forEach((each) => this.around.out(printableLine(each)));
  }

  async withChain(use: (chain: ResearchChain) => Promise<Outcome>): Promise<Outcome> {
    const { values, around: { env, open, err } } = this;
    const crypto = values.crypto ?? 'sr25519';
    if (crypto !== 'sr25519' && crypto !== 'ed25519' && crypto !== 'ecdsa') throw new UsageError(`there is no kind of key "${crypto}": sr25519, ed25519 or ecdsa`);
    const chain = await open({
      node: values.node ?? values.ws ?? env['SALUS_WS'] ?? 'ws://127.0.0.1:9944', genesis: values.genesis, chainClock: values['chain-clock'] ?? false, relay: values.relay,
      suriFile: values['suri-file'] ?? env['SALUS_SURI_FILE'], crypto,
    }, env);
    try {
      if (chain.problem !== undefined) {
        this.result['notPresent'] = chain.problem;
        err(`Note: what follows is not of the present. The node cannot be relied on now: ${chain.problem}.`);
      }
      return await use(chain);
    } finally {
      await chain.close();
    }
  }

  /** The researcher's folder. */
  folder(make = false): Promise<ResearchFolder> {
    const path = this.values.folder ?? this.around.env['SALUS_RESEARCH_FOLDER'];
    if (path === undefined) throw new UsageError(`${this.line.command} needs --folder FOLDER (or SALUS_RESEARCH_FOLDER)`);
    return ResearchFolder.open(path, make);
  }

  /** Shows a call, or sends it. What was sent, if it was. */
  async showOrSend(prepared: Prepared): Promise<Awaited<ReturnType<Prepared['send']>> | undefined> {
    this.result['call'] = { name: prepared.name, hex: prepared.hex };
    if (!this.values.send) {
      this.say(`To be signed: ${prepared.name} ${prepared.hex}`, 'Nothing was sent (--send).');
      return undefined;
    }
    const done = await prepared.send();
    this.result['sent'] = { by: done.by, block: done.block };
    this.say(`Signed by ${done.by}, in block ${done.block}, which is final.`);
    return done;
  }
}
