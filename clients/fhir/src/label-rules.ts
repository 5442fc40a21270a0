/**
 * Label rules: which codes of diagnoses, tests and medicines ask for which labels, whether or not a record says that it is sensitive.
 * What they say is data (`label-rules-data.ts`); an organisation adds rules of its own. A rule adds labels and takes none away.
 */
import type { SensitivityLabel } from '@salus/types';
import type { LabelRuleRow, RuleMatch } from './label-rule-file.js';
import { LABEL_RULES } from './label-rules-data.js';
import { keyOf, type Code } from './systems.js';

/** A rule of an organisation. */
export interface OwnRule {
  systems: readonly string[];
  match: RuleMatch;
  codes: readonly string[];
  labels: readonly SensitivityLabel[];
}

/** The most letters and digits that a code has above which others stand. */
export const MOST_UNDER = 7;

/**
 * The letters and digits of a code of a classification, in capitals, at most {@link MOST_UNDER}: `f10.2` is `F102`. None if a dot
 * stands before the third, for then it is no category of ICD: `30.4` is an operation and not `304`.
 */
export function placeOf(code: string): string | undefined {
  let place = '';
  let isBefore = true;
  for (let at = 0; at < code.length && place.length < MOST_UNDER; at += 1) {
    const each = code.charAt(at);
    if (each === '.' && isBefore) {
      if (place.length < 3) return undefined;
      isBefore = false;
    } else if (/[0-9A-Za-z]/.test(each)) place += each.toUpperCase();
  }
  return place === '' ? undefined : place;
}

type Labels = ReadonlySet<SensitivityLabel>;

/** Rules, by their codes. */
export class LabelRules {
  readonly #exact = new Map<string, Set<SensitivityLabel>>();
  readonly #under = new Map<string, Map<string, Set<SensitivityLabel>>>();

  constructor(rules: readonly OwnRule[]) {
    for (const { systems, match, codes, labels } of rules) {
      for (const system of systems) for (const code of codes) this.#add(system, match, code, labels);
    }
  }

  #add(system: string, match: RuleMatch, code: string, labels: readonly SensitivityLabel[]): void {
    const places = this.#under.get(system) ?? new Map<string, Set<SensitivityLabel>>();
    const [codes, key] = match === 'exact' ? [this.#exact, keyOf({ system, code })] : [places, placeOf(code)];
    if (key === undefined) throw new RangeError(`a rule has the code "${code}", below which no code can be`);
    if (match === 'under') this.#under.set(system, places);
    const there = codes.get(key) ?? new Set();
    for (const label of labels) there.add(label);
    codes.set(key, there);
  }

  /** Adds the labels for which a code asks. */
  addLabels(code: Code, labels: Set<SensitivityLabel>): void {
    const put = (found: Labels | undefined): void => found?.forEach((label) => labels.add(label));
    put(this.#exact.get(keyOf(code)));
    const places = this.#under.get(code.system);
    const place = places && placeOf(code.code);
    if (places && place !== undefined) for (let length = 1; length <= place.length; length += 1) put(places.get(place.slice(0, length)));
  }
}

/** The rules of this version. The file has been checked against the chain's labels by a test. */
export const STANDARD_RULES = new LabelRules(LABEL_RULES.rules as readonly (LabelRuleRow & OwnRule)[]);
