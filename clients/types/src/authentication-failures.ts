/** The words of refusals of requests whose sender could not be authenticated. */

/** Why a sender could not be authenticated, in words. */
export const AUTHENTICATION_FAILURES = {
  malformed: 'the request is malformed',
  otherCustodian: 'the request is for another custodian',
  expired: 'the request has expired',
  tooLong: 'the request runs for too long',
  signature: 'the signature is not the requester\'s',
  organisation: 'the organisation is none that a registrar admitted',
  affiliation: 'the requester is not affiliated to the organisation',
  notOwn: 'the requester holds no live key of the patient of such a record',
  replayed: 'the request was answered before',
  stale: 'the gate\'s node cannot be relied on now, and the requester is not known from what it has',
  silent: 'the gate\'s node did not answer',
} as const;

/** Why a sender could not be authenticated: a closed list, so that counting needs no more room than it has entries. */
export type AuthenticationFailure = keyof typeof AUTHENTICATION_FAILURES;

/** How many requests failed, by why. */
export type FailureCounts = Partial<Record<AuthenticationFailure, number>>;
