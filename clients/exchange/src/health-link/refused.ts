import { SalusError } from '@salus/types';

/** Why a SMART Health Link, or what it leads to, is not read. */
export const HEALTH_LINK_FAULTS = [
  'malformed', 'newer-version', 'expired', 'passcode-needed', 'wrong-passcode', 'gone', 'too-often', 'refused', 'too-large', 'not-decrypted',
] as const;
export type HealthLinkFault = (typeof HEALTH_LINK_FAULTS)[number];

/** What more is known of a refusal. */
export interface HealthLinkDetails {
  /** How often another passcode may be tried, as the server says. */
  remainingAttempts?: number;
  /** How long to wait, in seconds, as the server says. */
  retryAfter?: number;
  /** What a link of a newer version says that it is about. */
  label?: string;
}

/**
 * A link, or what it leads to, is not read.
 *
 * - `malformed`: it is no SMART Health Link, or what is there is no manifest or encrypted file.
 * - `newer-version`: it is of a version of the protocol that is not known here; `label` says what it is about.
 * - `expired`: its time is over.
 * - `passcode-needed`, `wrong-passcode`: ask for it; `remainingAttempts` says how often that may be wrong.
 * - `gone`: there is nothing behind it any more.
 * - `too-often`: ask again in `retryAfter` seconds.
 * - `refused`: the server answered otherwise.
 * - `too-large`: more than is read.
 * - `not-decrypted`: the file is not encrypted with the link's key, or was changed.
 */
export class HealthLinkRefused extends SalusError {
  constructor(readonly fault: HealthLinkFault, detail: string, readonly details: HealthLinkDetails = {}) {
    super(`the health link is not read: ${detail}`);
  }
}

export const malformed = (problem: string): HealthLinkRefused => new HealthLinkRefused('malformed', problem);
