import { SalusError } from '@salus/types';

/** Why a list of custodians is not read. */
export const CUSTODIANS_FAULTS = ['malformed', 'newer-version', 'wrong-key', 'altered', 'other-chain'] as const;
export type CustodiansFault = (typeof CUSTODIANS_FAULTS)[number];

/**
 * A list of custodians is not read.
 *
 * - `malformed`: it is no such list, or says what none can say.
 * - `newer-version`: a newer wallet has written it. Keep it, and update this one.
 * - `wrong-key`: it was written with another key.
 * - `altered`: it was written with this key, and changed afterwards.
 * - `other-chain`: it is about organisations of another chain.
 *
 * Whoever can change the file can also make it look as if it had another key, or were of a newer version. Nothing of it is believed in any case.
 */
export class CustodiansRefused extends SalusError {
  constructor(readonly fault: CustodiansFault, detail: string) {
    super(`the list of custodians is not read: ${detail}`);
  }
}
