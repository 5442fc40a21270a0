/** By which function of the weights each hot call of the flood is declared. */
import type { Hot } from './agreed.js';
import type { Weighed } from './declared.js';

/** How many directives each patient of the rows about consent gives: below what one may have in force. */
export const DIRECTIVES = 32;

/** What each hot call declares of its own where the flood makes it: of directives in force, the half of those that a patient gives. */
export const WEIGHED: Readonly<Record<Hot, Weighed>> = {
  'patient_identity.register': { pallet: 'patient-identity', call: 'register' },
  'consent.permit (to an organisation)': { pallet: 'consent', call: 'permit', at: { l: DIRECTIVES / 2 } },
  'consent.revoke': { pallet: 'consent', call: 'revoke', at: { l: DIRECTIVES / 2 } },
  'record_anchor.anchor': { pallet: 'record-anchor', call: 'anchor' },
  'record_anchor.anchor_batch': { pallet: 'record-anchor', call: 'anchor_batch' },
  'claims.submit (one line, settled)': { pallet: 'claims', call: 'submit', at: { n: 1 } },
};
