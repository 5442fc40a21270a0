/**
 * Receipts: files with which anyone can verify records offline, years later, against the genesis of the
 * chain; and the trail of authority sets that verifiers of all receipts share.
 */
export { make } from './make.js';
export type { CommonOptions, MakeOptions, ReceiptRequest } from './make.js';
export { fetchStart, makeUnderRelay } from './under-relay.js';
export type { StartFile } from './under-relay.js';
export { makeDecision, makeDecisionUnderRelay } from './decisions.js';
export { parseDecision } from './decision-read.js';
export { DECISION_FORMAT } from './decision-format.js';
export type { DecisionActor, DecisionQuestion, DecisionReceipt, DecisionVerdict, OwnDecision, ParachainDecision } from './decision-format.js';
export { makeReservation, makeReservationUnderRelay, parseReservation, verifyReservation } from './reservations.js';
export type { ReservationOptions, VerifiedReservation } from './reservations.js';
export { RESERVATION_FORMAT } from './reservation-format.js';
export type { OwnReservation, ParachainReservation, ReservationReceipt } from './reservation-format.js';
export type { ProvenReservation } from './reservation-items.js';
export { parseGenesis, parseReceipt, parseStart, parseTrail } from './read.js';
export type { Beginning } from './read.js';
export { fromGenesis, fromStart, Sets } from './sets.js';
export type { Signers, Start } from './sets.js';
export { OpenedReceipt } from './verify.js';
export type { Ending, Parachain, RelayBlock, Trust } from './verify.js';
export { fetchTrail } from './trail.js';
export type { TrailOptions } from './trail.js';
export { genesisAuthorities } from './spec.js';
export { FILE_FAULTS, ReceiptInvalid, ReceiptMalformed, ReceiptRefused, TrailBroken } from './errors.js';
export type { FileFault, RefusalReason } from './errors.js';
export { endOf, followTrail } from './format.js';
export type { Handoff, OwnReceipt, ParachainReceipt, Receipt, ReceiptRecord, RelayEvidence, Trail, TrailEnd, Votes } from './format.js';
export { decodeAuthorities, decodeHeader, decodeJustification } from './grandpa.js';
export type { Authority, BlockHeader, Justification, Precommit, SetChange } from './grandpa.js';
export { flawOf } from './majority.js';
export { StorageProof } from './trie.js';
