/** Codes in the answers of the rules. */
import { RulesUnusable } from './errors.js';

/** The code with an index in its list, in an answer. */
export function codeAt<T extends string>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RulesUnusable(`they answer with index ${index} of ${list.join(', ')}, which this SDK does not know`);
  return found;
}
