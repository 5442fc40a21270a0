/** What the processes of a test take. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Resident memory in megabytes: of the process itself, and of each that it has started. */
  memory: number;
  workers: number[];
  /** Seconds of processor time so far, of all of them. */
  processor: number;
}

/** Ticks of the kernel's accounting in a second: 100 on every Linux that a test runs on. */
const TICKS = 100;

/** The parent, the ticks and the megabytes of a process; undefined if it has gone. */
function look(pid: number): { parent: number; ticks: number; memory: number } | undefined {
  try {
    // Behind the name in parentheses: state, parent, ...; time in user and kernel mode are numbers 14 and 15 of all.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), memory: Math.round(Number(resident) / 1024) };
  } catch {
    return undefined;
  }
}

export function usageOf(pid: number): Usage {
  const own = look(pid);
  if (!own) throw new Error(`no process ${pid}`);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => look(Number(name)))
    .filter((each) => each !== undefined && each.parent === pid);
  return {
    memory: own.memory,
    workers: children.map((each) => each?.memory ?? 0),
    processor: Math.round([own, ...children].reduce((sum, each) => sum + (each?.ticks ?? 0), 0) / TICKS),
  };
}
