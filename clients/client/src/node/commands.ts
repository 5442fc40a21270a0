/** Which commands a tool has, and which options each of them takes. */
import { UsageError } from './inputs.js';

/**
 * Refuses a command that is not in `known`, and an option that the command does not take: what a command does not know is a mistake, not
 * a wish.
 */
export function knownCommand(command: string, values: object, known: Readonly<Record<string, readonly string[]>>): void {
  const taken = Object.hasOwn(known, command) ? known[command] : undefined;
  if (!taken) throw new UsageError(`there is no command "${command}"; there are: ${Object.keys(known).join(', ')} (--help)`);
  const stray = Object.keys(values).find((name) => !taken.includes(name));
  if (stray) throw new UsageError(`${command} has no option --${stray}`);
}
