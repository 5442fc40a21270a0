/** Why a FHIR resource is not taken: by a name that a program can act on, and the path of the element. */
import { SalusError } from '@salus/types';

/** The names. The list grows at the end only. */
export const REFUSALS = [
  /** Not JSON in UTF-8, a member twice, or an object instead of bytes. */
  'NotFhirJson',
  /** Another type of resource than was asked for. */
  'OtherResource',
  /** An element that FHIR R4 does not have there. */
  'UnknownElement',
  /** An element that is not of its type, is missing, or is said to be absent. */
  'Malformed',
  'ModifierExtension', 'ImplicitRules',
  /** The resource says of itself that parts were left out, or that it is test data. */
  'Partial', 'TestData',
  'Use', 'Status', 'Items', 'Sequence',
  /** A replacement or a reversal, which are other calls than `submit`. */
  'BillType', 'Related',
  /** Another party than the provider is to be paid, or another one than this coverage's payer may owe it. */
  'Payee', 'Insurance', 'PriorPayer', 'Accident', 'Programme',
  /** Terms beside the plan. */
  'PreAuthorisation', 'BusinessArrangement', 'FundsReserve',
  /** Money that is not part of the sum. */
  'OtherMoney',
  /** Another patient, payer, provider, coverage or encounter than the claim is submitted for. */
  'OtherParty',
  'Category', 'Quantity', 'Unit', 'Amount', 'Currency', 'Net', 'Details', 'Total', 'Date',
  /** An answer whose amounts do not add up, or that has no amounts. */
  'Unbalanced', 'Undecided',
  /** Not made by this SDK, or changed since. */
  'NotOurs', 'Changed',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A FHIR resource is not taken. */
export class FhirRefused extends SalusError {
  constructor(
    readonly code: RefusalCode,
    /** The element, such as `Claim.item[1].quantity`. */
    readonly path: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${reason}`, options);
  }
}

/** A FHIR claim is not one that the chain can take. */
export class ClaimRefused extends FhirRefused {
  constructor(
    code: RefusalCode,
    path: string,
    reason: string,
    /** The sequence of the item, if it is about one and has one. */
    readonly sequence?: number,
    options?: ErrorOptions,
  ) {
    super(code, path, sequence === undefined ? reason : `item ${sequence}: ${reason}`, options);
  }
}
