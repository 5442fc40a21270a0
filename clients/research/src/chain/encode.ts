/** Terms and statements as the pallet's calls take them. What nothing can mean is `InvalidArgument` by the argument's name. */
import { InvalidArgument } from '@salus/types';
import { code, hash, mask, moment, orgId, u16, u32, yesOrNo } from '../checks.js';
import { MODIFIERS, PERMISSIONS, USES, type Permission } from './codes.js';
import type { CommitteeRule, DatasetBasis, Offer, Region, Statement } from './model.js';

/** The pallet's names of the permissions. */
const PERMISSION_NAMES: Readonly<Record<Permission, string>> = { NRES: 'Nres', GRU: 'Gru', HMB: 'Hmb', DS: 'Ds', POA: 'Poa', Other: 'Other' };

/** The most months for which data is asked. */
export const MAX_MONTHS = 120;

const orNull = <T, R>(value: T | undefined, map: (value: T) => R): R | null => (value === undefined ? null : map(value));

export function encodeRegion(region: Region, name: string): object {
  const [key, ...others] = Object.keys(region as object);
  if (others.length > 0 || (key !== 'country' && key !== 'area')) throw new InvalidArgument(name, 'must be either { country } or { area }');
  return 'country' in region ? { Country: u16(region.country, `${name}.country`) } : { Area: u16(region.area, `${name}.area`) };
}

/** Terms for a call. A disease belongs to DS, and to it alone. */
export function encodeOffer(offer: Offer, name = 'terms'): object {
  const permission = code(PERMISSIONS, offer.permission, `${name}.permission`);
  if ((permission === 'DS') !== (offer.disease !== undefined)) {
    throw new InvalidArgument(`${name}.disease`, permission === 'DS' ? 'is missing: DS names a disease' : `is given, and ${permission} has none`);
  }
  if (offer.unknownModifiers !== undefined && offer.unknownModifiers.length > 0) {
    throw new InvalidArgument(`${name}.unknownModifiers`, 'has modifiers that this version does not know, and it writes none of those');
  }
  return {
    permission: permission === 'DS' ? { Ds: hash(offer.disease, `${name}.disease`) } : { [PERMISSION_NAMES[permission]]: null },
    modifiers: mask(MODIFIERS, offer.modifiers, `${name}.modifiers`, true),
    region: orNull(offer.region, (region) => encodeRegion(region, `${name}.region`)),
    months: orNull(offer.months, (months) => u16(months, `${name}.months`)),
    moratorium: orNull(offer.moratorium, (at) => moment(at, `${name}.moratorium`)),
  };
}

const stated = (value: boolean | undefined, name: string): string => (value === undefined ? 'Nothing' : yesOrNo(value, name) ? 'Yes' : 'No');

/** A statement for a call. Whether there is an ethics approval the chain knows, and takes from nobody. */
export function encodeStatement(statement: Statement, name = 'statement'): object {
  const { uses, genotypes, forProfit, commercial, publishes, collaborates, returns, region, months, publishesFrom } = statement;
  return {
    uses: mask(USES, uses, `${name}.uses`, true),
    genotypes: stated(genotypes, `${name}.genotypes`), forProfit: stated(forProfit, `${name}.forProfit`),
    commercial: stated(commercial, `${name}.commercial`), publishes: stated(publishes, `${name}.publishes`),
    collaborates: stated(collaborates, `${name}.collaborates`), returns: stated(returns, `${name}.returns`), ethicsApproved: 'Nothing',
    region: orNull(region, (place) => encodeRegion(place, `${name}.region`)),
    months: orNull(months, (count) => u16(count, `${name}.months`)),
    publishesFrom: orNull(publishesFrom, (at) => moment(at, `${name}.publishesFrom`)),
  };
}

export function encodeBasis(basis: DatasetBasis): object {
  const kind = code(['Consent', 'OptOut', 'LegalPermit'], basis.basis, 'basis');
  return basis.basis === 'LegalPermit' ? { LegalPermit: u16(basis.code, 'basis.code') } : { [kind]: null };
}

export const encodeRule = ({ committee, quorum, deliberation }: CommitteeRule): object => ({
  committee: orgId(committee, 'rule.committee'), quorum: u32(quorum, 'rule.quorum'), deliberation: moment(deliberation, 'rule.deliberation'),
});
