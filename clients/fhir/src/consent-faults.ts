/** Why a FHIR Consent is not taken: it does not say what a directive of the chain can say, and the patient is asked anew. */
export const CONSENT_FAULTS = [
  /** Not a Consent, or with elements that the version of FHIR does not know. */
  'not-a-consent',
  /** Not in force: a draft, rejected, withdrawn, over already, not begun, or dated after now. */
  'not-in-force',
  /** Not about privacy, or of a category that is no consent to share (an advance directive, a notice). */
  'other-kind',
  /** Something says that the rest means something else: `implicitRules`, a `modifierExtension`. */
  'modified',
  /** An extension in what is read: it may limit that. */
  'extension-unknown',
  /** Nobody confirmed it who had to. */
  'not-verified',
  /** Given by somebody else than the patient. */
  'given-by-another',
  /** A policy that applies and is not known here. */
  'policy-unknown',
  /** The base rule permits, and the chain permits nothing without a directive. */
  'base-permits',
  /** Provisions within provisions, or several of which some permit and some deny. */
  'nested',
  /** A provision that neither permits nor denies, and nothing says what is excepted from what. */
  'no-effect',
  'patient-unknown',
  'actor-unknown',
  /** An actor who is not one who receives: a custodian, an author. */
  'actor-role',
  'action-unknown',
  'purpose-unknown',
  'class-unknown',
  /** A label that no directive can name, or one of the Consent itself that obliges, forbids or is unknown. */
  'label-unknown',
  /** Limited to single resources, codes of them or types of documents, or by an expression: the chain has classes. */
  'too-fine',
  /** A Permit that is not limited in a way in which the chain's are. */
  'unlimited',
  /** A date that does not exist, or an end before the beginning. */
  'no-moment',
] as const;
export type ConsentFault = (typeof CONSENT_FAULTS)[number];
