/** The form of the label rules as data. */

/** How the codes of a rule are compared with those of a resource. */
export type RuleMatch =
  /** They are the same. */
  | 'exact'
  /** It is the rule's code or below it: its letters and digits begin with those of the rule, as the categories of ICD and ATC do. */
  | 'under';

/** Codes that ask for labels. */
export interface LabelRuleRow {
  name: string;
  title: string;
  labels: readonly string[];
  /** The systems of which the codes are. */
  systems: readonly string[];
  match: string;
  /** Who says so. */
  source: string;
  codes: readonly string[];
}

/** The file of rules. */
export interface LabelRuleFile {
  about: string;
  /** Raised with each change. */
  version: number;
  rules: readonly LabelRuleRow[];
}
