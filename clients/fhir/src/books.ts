/** Whom and what references mean: identifiers of ours by themselves, those of others by what the caller says of them. */
import { decodeAddress } from '@polkadot/util-crypto';
import { listOf, member } from './refused.js';

/** Whether an element is there, and not an empty list. */
export const has = (node: unknown, name: string): boolean => listOf(member(node, name)).length > 0;

export const codingsOf = (concept: unknown): unknown[] => listOf(member(concept, 'coding'));

/** The words by which the sender may know what a reference is to. */
export function keysOf(reference: unknown): string[] {
  const [text, identifier] = [member(reference, 'reference'), member(reference, 'identifier')];
  const [system, value] = [member(identifier, 'system'), member(identifier, 'value')];
  return [...(typeof text === 'string' ? [text] : []), ...(typeof system === 'string' && typeof value === 'string' ? [`${system}|${value}`] : [])];
}

/** What the caller says that a reference means: by `Type/id`, or by system, `|` and value of an identifier. */
export const known = <T>(book: Readonly<Record<string, T>> | undefined, reference: unknown): T | undefined => {
  const key = keysOf(reference).find((each) => book !== undefined && Object.hasOwn(book, each));
  return key === undefined ? undefined : book?.[key];
};

/** The value of an identifier of ours. */
export const ours = (reference: unknown, system: string): string | undefined => {
  const identifier = member(reference, 'identifier');
  const value = member(identifier, 'value');
  return member(identifier, 'system') === system && typeof value === 'string' ? value : undefined;
};

/** The number of an organisation, as it is written without leading zeros. The last of 32 bits stands for none. */
export const organisationOf = (text: string): number | undefined =>
  /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined;

export function isAccount(text: string): boolean {
  try {
    return text.length <= 66 && decodeAddress(text).length === 32;
  } catch {
    return false;
  }
}

/** An organisation and a person there, as `ACCOUNT_AT_SYSTEM` writes them. */
export function personAt(text: string): { organisation: number; account: string } | undefined {
  const [number = '', account = '', ...rest] = text.split('/');
  const organisation = organisationOf(number);
  return organisation !== undefined && isAccount(account) && rest.length === 0 ? { organisation, account } : undefined;
}

/** A patient's handle. */
export const isHandle = (text: string): boolean => /^0x[0-9a-f]{64}$/.test(text);

/** What a reference is to, for a sentence. Who is named by a name alone is nobody that could be looked up. */
export function whom(reference: unknown, nobody = 'nobody'): string {
  const display = member(reference, 'display');
  return keysOf(reference)[0]?.slice(0, 120) ?? (typeof display === 'string' ? `"${display.slice(0, 80)}", by a name alone,` : nobody);
}
