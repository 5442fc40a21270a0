/** Sealed directives: what must not stand on the chain in plain. The chain holds a commitment; what it says travels off the chain. */
export {
  applyLift, cancelLift, decideSafely, decideWithAt, denySealed, endOnGrid, GRID, lift, MAX_OPENINGS, nextSealed, pendingLifts, permitSealed,
  revoke, sealedAs, sealedAt, sealedDirectives, sealedHistory, sealedInForceAt, sealing,
} from './directives.js';
export type { SealedDirective, Sealing } from './directives.js';
export { CODES_VERSION, isReadable, newOpening, openingBytes, openingFrom, opensSealed, sealedCommitment } from './opening.js';
export type { Opening, SealedContent } from './opening.js';
export { checkSealedRequest, MAX_SEALED_REQUEST_LIFE, mayAsk, sealedRequestMessage, signSealedRequest } from './request.js';
export type { SealedRequest, SignedSealedRequest } from './request.js';
