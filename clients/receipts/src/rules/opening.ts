/**
 * Sealed directives and their openings as the module takes them, and what it says of them: `Disclosure` and `Force` of
 * `clients/wasm/src/opening.rs`, field by field. It takes also what no directive could say, and says so; `sealedCommitment` takes less.
 */
import { EFFECTS, InvalidArgument } from '@salus/types';
import { digest, fields, fixed, granteeBytes, oneOf, option, struct, type Reader } from '@salus/types/scale';
import { ALWAYS, END_REASONS, type Disclosure, type Force, type Opening, type SealedDirective } from './model.js';
import { codeAt } from './codes.js';
import { moment, scopeOf, u32 } from './words.js';

/** What the chain holds, without the number. Why it ended is said by its effect: the chain keeps a revoked Permit and a lifted Deny, and nothing else. */
export function heldOf(directive: SealedDirective, name: string): Uint8Array {
  const { effect, commitment, from, until, ended, version } = fields(directive, name);
  return struct(
    oneOf(EFFECTS, effect, `${name}.effect`),
    digest(commitment, `${name}.commitment`),
    moment(from, `${name}.from`),
    moment(until, `${name}.until`),
    option(ended, (at) => struct(moment(at, `${name}.ended`), oneOf(END_REASONS, effect === 'Permit' ? 'Revoked' : 'Lifted', name))),
    fixed(8, version, `${name}.version`),
  );
}

function saltOf(salt: Uint8Array, name: string): Uint8Array {
  if (salt instanceof Uint8Array && salt.length === 32) return salt;
  throw new InvalidArgument(name, 'is not of 32 bytes');
}

/** An opening, as `openingBytes` writes it where a directive could say it. */
export function openingOf(opening: Opening, name: string): Uint8Array {
  const { salt } = fields(opening, name);
  const { grantee, actions, purposes, classes, labels = [], data = ALWAYS, eraseAfter } = fields(opening.content, `${name}.content`);
  const { from, until = ALWAYS.until } = fields(data, `${name}.content.data`);
  return struct(
    saltOf(salt, `${name}.salt`),
    granteeBytes(grantee, `${name}.content.grantee`),
    scopeOf({ actions, purposes, classes, labels, data: { from, until } }, `${name}.content`),
    option(eraseAfter, (time) => moment(time, `${name}.content.eraseAfter`)),
  );
}

/** What is disclosed, as the module takes it. Throws `InvalidArgument` with the name of what nothing can mean. */
export function encodeDisclosure(given: Disclosure): Uint8Array {
  const { genesisHash, patient, directive, opening, at } = fields(given, 'disclosure');
  return struct(
    digest(genesisHash, 'genesisHash'),
    digest(patient, 'patient'),
    u32(fields(directive, 'directive').id, 'directive.id'),
    heldOf(directive, 'directive'),
    openingOf(opening, 'opening'),
    moment(at, 'at'),
  );
}

const FORCES = ['NotYet', 'InForce', 'RunOut', 'Ended'] as const;

/** Whether a directive is in force, as the module gives it. */
export function decodeForce(reader: Reader): Force {
  const force = codeAt(FORCES, reader.u8());
  return force === 'Ended' ? codeAt(END_REASONS, reader.u8()) : force;
}
