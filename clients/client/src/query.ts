/** Reading answers of runtime APIs. */
import type { Codec } from '@polkadot/types/types';
import type { Option, Result } from '@polkadot/types-codec';
import { QueryFailed } from '@salus/types';

/** The value of a `Result`; its error as a {@link QueryFailed}. */
export function okOf<T extends Codec>(result: Result<T, Codec>, question: string): T {
  if (result.isErr) throw new QueryFailed(String(result.asErr), question);
  return result.asOk;
}

/** The value of an `Option`, mapped, or `undefined`. */
export const maybe = <T extends Codec, R>(option: Option<T>, map: (value: T) => R): R | undefined =>
  option.isSome ? map(option.unwrap()) : undefined;

export const numberOf = (value: { toString(): string }): number => Number(value.toString());
