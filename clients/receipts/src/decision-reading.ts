/** Reading items of the chain's state one after the other, of which one can lead to the next. */
import { IntegrityBroken, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';

/** An item of the state, and what it tells, in words. */
export interface Item {
  key: Hex;
  tells: string;
}

/** Asks for items one after the other, and is told what stands there: `undefined` if nothing does. */
export type Reading<T> = Generator<Item, T, Uint8Array | undefined>;

/** How many directives a page of a history holds, of plain and of sealed ones. */
export const PAGE = 32;

/** What stands at an item. Throws {@link IntegrityBroken} if nothing does. */
export function there(value: Uint8Array | undefined, tells: string): Uint8Array {
  if (!value) throw new IntegrityBroken(`the state has nothing where it must have ${tells}`);
  return value;
}

/** The kinds for which an organisation ever had a licence, and whether it is flagged. */
export function organisationOf(value: Uint8Array): { held: number; flag: boolean } {
  const reader = new Reader(value);
  reader.take(32);
  reader.option(() => reader.take(32));
  reader.take(32);
  reader.u16();
  return { held: reader.u16(), flag: reader.u8() === 1 };
}
