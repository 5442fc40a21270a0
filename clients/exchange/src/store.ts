/** What a custodian keeps of its records, wherever it keeps it. */
import type { AnchorRef } from '@salus/client/anchors';
import { DATA_CLASSES, SENSITIVITY_LABELS, type DataClass, type Hex, type SensitivityLabel } from '@salus/types';

/** What a custodian keeps of a record: its envelope, and what a decision about it needs. */
export interface StoredRecord {
  /** Says nothing about the patient: it goes into logs. */
  id: string;
  /** The handle of the patient. */
  subject: Hex;
  dataClass: DataClass;
  labels: SensitivityLabel[];
  /** From when the data is, in seconds since 1970, if that is known. */
  dataTime?: number | undefined;
  anchor: AnchorRef;
  envelope: Uint8Array;
}

/** Where records are kept. `FileStore` in `@salus/exchange/node` keeps them in a folder. */
export interface RecordStore {
  get(id: string): Promise<StoredRecord | undefined>;
  put(record: StoredRecord): Promise<void>;
}

/**
 * Why no decision can be asked for about a record; `undefined` if one can. Of a list of labels that is not there a decision
 * makes none, and of none an ordinary record.
 */
export function whyUnclassified({ dataClass, labels }: StoredRecord): string | undefined {
  if (!DATA_CLASSES.includes(dataClass)) return 'the record is kept without a class that is known here';
  const known = Array.isArray(labels) && labels.every((label) => SENSITIVITY_LABELS.includes(label));
  return known ? undefined : 'the record is kept without a list of labels that are known here';
}
