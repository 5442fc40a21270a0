/** What the command line tools read: numbers and files, each refused in one sentence. */
import { readFile } from 'node:fs/promises';
import { isDecimal, SalusError } from '@salus/types';

/** Something on the command line, or in a file that it names, that cannot be meant: exit code 2. */
export class UsageError extends SalusError {}

/** A number on the command line: decimal digits and nothing else. */
export function wholeNumber(text: string, what: string): number {
  const value = Number(text);
  if (!isDecimal(text) || !Number.isSafeInteger(value)) throw new UsageError(`${what} is a whole number, not "${text}"`);
  return value;
}

/** A file, or a sentence about why it cannot be read. */
export async function input(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

export const inputText = async (path: string): Promise<string> => new TextDecoder().decode(await input(path));
