/** Why an AuditEvent is not taken: it is no entry of an access log, or does not say enough to be one. */
export const AUDIT_FAULTS = [
  /** Not an AuditEvent of FHIR R4, or with elements that R4 does not know. */
  'not-an-audit-event',
  /** Something says that the rest means something else (`implicitRules`, a `modifierExtension`), or that parts were left out. */
  'modified',
  /** Marked as test data. */
  'test-data',
  /** It tells of something else than a record that was given out, or was to be. */
  'other-kind',
  /** An action other than that of its kind, or no telling which of the chain's it was. */
  'action-unknown',
  /** A failure of which nothing says that it was a refusal. */
  'outcome-unknown',
  /** No purpose, several, or one that the chain does not know. */
  'purpose-unknown',
  /** A part is not there that every entry has. */
  'missing',
  /** There are several of what an entry has one of. */
  'several',
  /** Two parts that say the same thing say it differently. */
  'contradiction',
  /** No telling whether the source or the recipient recorded it. */
  'side-unknown',
  'organisation-unknown',
  'requester-unknown',
  'record-unknown',
  'request-unknown',
  /** A time that does not exist, or a day where a moment is needed. */
  'no-moment',
  /** It says what no entry can say, such as a text that is too long. */
  'not-an-event',
  /** It names an entry of a log, and what it says is not what that entry says. */
  'entry-broken',
] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];
