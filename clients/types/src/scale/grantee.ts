/** Whom a directive is about, in SCALE: as the chain's rules take it and as sealed directives commit to it. */
import { orgId } from '../arguments.js';
import { ROLES } from '../codes.js';
import type { Grantee } from '../consent.js';
import { fields, fixed, key, oneOf, variant } from './writer.js';

/** The number of an organisation. */
export const organisationBytes = (value: number, name: string): Uint8Array => fixed(32, orgId(value, name), name);

/** A grantee. Throws `InvalidArgument` with the name of what nothing can mean. */
export function granteeBytes(grantee: Grantee, name: string): Uint8Array {
  if (grantee === 'Any') return variant(0);
  if ('practitioner' in fields(grantee, name)) {
    const { practitioner, at } = grantee as Extract<Grantee, { practitioner: string }>;
    const who = key(practitioner, `${name}.practitioner`);
    return at === undefined ? variant(3, who) : variant(4, who, organisationBytes(at, `${name}.at`));
  }
  const { organisation, role } = grantee as Extract<Grantee, { organisation: number }>;
  const where = organisationBytes(organisation, `${name}.organisation`);
  return role === undefined ? variant(1, where) : variant(2, where, oneOf(ROLES, role, `${name}.role`));
}
