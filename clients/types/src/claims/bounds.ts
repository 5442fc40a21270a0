/** What the chain's numbers can hold, checked before anything is encoded. */
export const MAX_U32 = 2 ** 32 - 1;
const MAX_AMOUNT = 2n ** 128n - 1n;
/** The most lines of a claim. */
export const MAX_LINES = 64;

/** Refuses, with a `RangeError`, what is not 1 to 64 lines of `what`. */
export function checkCount(what: string, { length }: readonly unknown[]): void {
  if (length < 1 || length > MAX_LINES) throw new RangeError(`${what} has 1 to ${MAX_LINES} lines, not ${length}`);
}

/** Refuses, with a `RangeError`, what is not a whole number from `least` to `most`. */
export function checkWhole(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} is ${value}, not ${least} to ${most}`);
  }
}

/** Refuses, with a `RangeError`, what is no amount of at least `least`. */
export function checkAmount(what: string, value: bigint, least = 0n): void {
  if (typeof value !== 'bigint' || value < least || value > MAX_AMOUNT) {
    throw new RangeError(`${what} is ${value}, not ${least} to ${MAX_AMOUNT}`);
  }
}
