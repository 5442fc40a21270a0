/** Cases and verdicts as the module takes and gives them: `Case` of `clients/wasm/src/input.rs`, field by field. */
import {
  ACTIONS, ADVANCE_DIRECTIVES, BASE_DECISIONS, CARE_POLICIES, DATA_CLASSES, EFFECTS, ORG_KINDS, PATIENT_STATES, PURPOSES, ROLES,
  SENSITIVITY_LABELS, type Actor,
} from '@salus/types';
import {
  bool, digest, fields, fixed, granteeBytes, key, listOf, oneOf, option, organisationBytes, setOf, struct, variant, type Reader,
} from '@salus/types/scale';
import {
  END_REASONS, type Case, type Directive, type EmergencyAccess, type OptOut, type Question, type Relationship, type Verdict, type Veto,
} from './model.js';
import { heldOf, openingOf } from './opening.js';
import { codeAt } from './codes.js';
import { interval, moment, scopeOf, u32 } from './words.js';

function actorOf(actor: Actor, name: string): Uint8Array {
  if ('own' in fields(actor, name)) return variant(2, key((actor as { own: string }).own, `${name}.own`));
  const { organisation: at, practitioner } = actor as Exclude<Actor, { own: string }>;
  const where = organisationBytes(at, `${name}.organisation`);
  return practitioner === undefined ? variant(0, where) : variant(1, key(practitioner, `${name}.practitioner`), where);
}

function questionOf(question: Question): Uint8Array {
  const { subject, actor, purpose, action, dataClass, labels = [], dataTime, at } = fields(question, 'question');
  return struct(
    digest(subject, 'question.subject'),
    actorOf(actor, 'question.actor'),
    oneOf(PURPOSES, purpose, 'question.purpose'),
    oneOf(ACTIONS, action, 'question.action'),
    oneOf(DATA_CLASSES, dataClass, 'question.dataClass'),
    setOf(SENSITIVITY_LABELS, 16, labels, 'question.labels'),
    option(dataTime, (time) => moment(time, 'question.dataTime')),
    option(at, (time) => moment(time, 'question.at')),
  );
}

const vetoOf = ({ purpose, from, until }: Veto, name: string): Uint8Array => struct(
  oneOf(PURPOSES, purpose, `${name}.purpose`),
  moment(from, `${name}.from`),
  option(until, (time) => moment(time, `${name}.until`)),
);

function directiveOf(directive: Directive, name: string): Uint8Array {
  const { number, effect, grantee, period, maxUses, rediscloseDepth, eraseAfter, grantedBy, basis, ended } = directive;
  return struct(
    u32(number, `${name}.number`),
    oneOf(EFFECTS, effect, `${name}.effect`),
    granteeBytes(grantee, `${name}.grantee`),
    scopeOf(directive.scope, `${name}.scope`),
    interval(period, `${name}.period`),
    option(maxUses, (uses) => u32(uses, `${name}.maxUses`)),
    fixed(8, rediscloseDepth, `${name}.rediscloseDepth`),
    option(eraseAfter, (time) => moment(time, `${name}.eraseAfter`)),
    grantedBy === 'Key' ? variant(0) : variant(1, u32(fields(grantedBy, `${name}.grantedBy`).mandate, `${name}.grantedBy.mandate`)),
    basis === 'SelfMade' ? variant(1) : variant(0, u32(fields(basis, `${name}.basis`).request, `${name}.basis.request`)),
    option(ended, ({ at, why }) => struct(moment(at, `${name}.ended.at`), oneOf(END_REASONS, why, `${name}.ended.why`))),
  );
}

const relationshipOf = ({ number, organisation: at, period, ended }: Relationship, name: string): Uint8Array => struct(
  fixed(64, number, `${name}.number`),
  organisationBytes(at, `${name}.organisation`),
  interval(period, `${name}.period`),
  option(ended, (time) => moment(time, `${name}.ended`)),
);

const optOutOf = ({ towards, from, until }: OptOut, name: string): Uint8Array => struct(
  towards === 'Everybody' ? variant(0)
    : variant(1, organisationBytes(fields(towards, `${name}.towards`).organisation, `${name}.towards.organisation`)),
  moment(from, `${name}.from`),
  option(until, (time) => moment(time, `${name}.until`)),
);

const accessOf = ({ number, who, organisation: at, classes, period }: EmergencyAccess, name: string): Uint8Array => struct(
  u32(number, `${name}.number`),
  key(who, `${name}.who`),
  organisationBytes(at, `${name}.organisation`),
  setOf(DATA_CLASSES, 32, classes, `${name}.classes`),
  interval(period, `${name}.period`),
);

/** A case as the module takes it. Throws `InvalidArgument` with the name of what nothing can mean. */
export function encodeCase(given: Case): Uint8Array {
  const { question, at, state, vetoes, directives, base } = fields(given, 'case');
  const { ownKey, kinds, roles } = fields(given.standing, 'standing');
  const { policy, relationships, optOuts } = fields(given.care, 'care');
  const { advance, accesses } = fields(given.emergency, 'emergency');
  const { genesisHash, flagged, directives: sealed, openings } = fields(given.sealed, 'sealed');
  return struct(
    questionOf(question),
    moment(at, 'at'),
    oneOf(PATIENT_STATES, state, 'state'),
    bool(ownKey, 'standing.ownKey'),
    setOf(ORG_KINDS, 16, kinds, 'standing.kinds'),
    setOf(ROLES, 16, roles, 'standing.roles'),
    listOf(vetoes, 'vetoes', vetoOf),
    listOf(directives, 'directives', directiveOf),
    oneOf(BASE_DECISIONS, base, 'base'),
    oneOf(CARE_POLICIES, policy, 'care.policy'),
    listOf(relationships, 'care.relationships', relationshipOf),
    listOf(optOuts, 'care.optOuts', optOutOf),
    oneOf(ADVANCE_DIRECTIVES, advance, 'emergency.advance'),
    listOf(accesses, 'emergency.accesses', accessOf),
    digest(genesisHash, 'sealed.genesisHash'),
    listOf(flagged, 'sealed.flagged', interval),
    listOf(sealed, 'sealed.directives', (one, name) => struct(u32(one.id, `${name}.id`), heldOf(one, name))),
    listOf(openings, 'sealed.openings', ({ sealed: number, opening }, name) =>
      struct(u32(number, `${name}.sealed`), openingOf(opening, `${name}.opening`))),
  );
}

const VERDICTS = ['Permit', 'Deny', 'Emergency', 'LawfulBasis'] as const;
const BASES = ['Directive', 'Own', 'Base', 'SealedDirective'] as const;
const REASONS = ['Directive', 'Default', 'Veto', 'State', 'Credential', 'Sealed', 'SealedDirective'] as const;
const LAWFUL = ['TreatmentRelationship'] as const;

type Why<K> = K extends 'Directive' ? { kind: K; directive: number } : K extends 'Sealed' | 'SealedDirective' ? { kind: K; sealed: number } : { kind: K };

/** Why the answer is Permit, or Deny: the kind and, if it is a directive, its number. */
function whyOf<K extends string>(reader: Reader, kinds: readonly K[]): Why<K> {
  const kind = codeAt(kinds, reader.u8());
  switch (kind) {
    case 'Directive': return { kind, directive: reader.u32() } as Why<K>;
    case 'Sealed': case 'SealedDirective': return { kind, sealed: reader.u32() } as Why<K>;
    default: return { kind } as Why<K>;
  }
}

/** A verdict as the module gives it. */
export function decodeVerdict(reader: Reader): Verdict {
  const verdict = codeAt(VERDICTS, reader.u8());
  switch (verdict) {
    case 'Permit': return { verdict, why: whyOf(reader, BASES) };
    case 'Deny': return { verdict, why: whyOf(reader, REASONS) };
    case 'Emergency': return { verdict, why: { kind: 'Emergency', emergency: reader.u32() } };
    case 'LawfulBasis': return { verdict, why: { kind: codeAt(LAWFUL, reader.u8()), relationship: reader.u64() } };
  }
}
