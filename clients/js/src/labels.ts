/** The sensitivity labels of a FHIR resource: what `meta.security` says, of it and of all inside it. */
import { SENSITIVITY_LABELS, type SensitivityLabel } from './codes.js';

/** HL7 v3 ActCode, sensitivity: the codes in `meta.security` that the chain knows as labels. */
const LABEL_BY_CODE = new Map<string, SensitivityLabel>([
  ['ETH', 'Eth'], ['ETHUD', 'Ethud'], ['OPIOIDUD', 'Opioidud'], ['PSY', 'Psy'], ['SDV', 'Sdv'],
  ['HIV', 'Hiv'], ['SEX', 'Sex'], ['MINOR', 'Minor'],
]);

/** Security codes that ask for no more care than any record gets: confidentiality up to normal, and test data. */
const ORDINARY_CODES = new Set(['U', 'L', 'M', 'N', 'HTEST']);

/** Restricted and very restricted: fine beside a label that says why, and refused alone. */
const RESTRICTED_CODES = new Set(['R', 'V']);

/** Members of JSON values, by name or position; of anything else none. */
const membersOf = (node: unknown): [string, unknown][] =>
  typeof node === 'object' && node !== null ? Object.entries(node) : [];

const member = (node: unknown, name: string): unknown => membersOf(node).find(([key]) => key === name)?.[1];

/** A list of what is there: FHIR repeats by arrays, and what is one thing in the place of an array is taken too. */
const listOf = (node: unknown): unknown[] => (node === undefined || node === null ? [] : [node].flat());

/** The codes in `meta.security`; `undefined` for a label without a code, which nobody knows either. */
const securityCodes = (node: unknown): unknown[] => listOf(member(node, 'meta'))
  .flatMap((meta) => listOf(member(meta, 'security')))
  .map((coding) => member(coding, 'code'));

/** The labels in `node` and below. */
function collect(node: unknown): Set<SensitivityLabel> {
  const labels = new Set(membersOf(node).flatMap(([, inside]) => [...collect(inside)]));
  const codes = securityCodes(node).map((code) => (typeof code === 'string' ? code : ''));
  for (const code of codes) {
    const label = LABEL_BY_CODE.get(code);
    if (label) labels.add(label);
  }
  for (const code of codes) {
    // What restricts the whole may be explained by a part, but not a part by something around it.
    const explained = RESTRICTED_CODES.has(code) && labels.size > 0;
    if (!LABEL_BY_CODE.has(code) && !ORDINARY_CODES.has(code) && !explained) {
      throw new RangeError(`no label is known for the security code "${code}": treat the record by hand`);
    }
  }
  return labels;
}

/**
 * The labels of a resource, as JSON gives it: its own, and those of every resource inside it, at any
 * depth: in `contained`, in the entries of a Bundle, in the parts of Parameters. FHIR forbids labels on
 * contained resources (dom-5); one that is there all the same must not be lost.
 *
 * Throws a `RangeError` at a security code that is not in the tables, wherever it is.
 */
export function labelsOf(resource: unknown): SensitivityLabel[] {
  const found = collect(resource);
  return SENSITIVITY_LABELS.filter((label) => found.has(label));
}
