/** A patient's directives from the chain, in the form in which they go out. */
import type { ApiPromise } from '@polkadot/api';
import type { SalusConsentDecisionDirective, SalusConsentDecisionGrantee } from '@polkadot/types/lookup';
import { ACTIONS, codesOf, DATA_CLASSES, PURPOSES, SENSITIVITY_LABELS, type ConsentDirective, type Grantee } from '@salus/types';
import { numberOf } from './query.js';

/** A directive with its number, and when it ended before its time, in Unix seconds. */
export interface NumberedDirective {
  number: number;
  directive: ConsentDirective;
  ended?: number;
}

function granteeOf(grantee: SalusConsentDecisionGrantee): Grantee {
  switch (grantee.type) {
    case 'Any': return 'Any';
    case 'Organisation': return { organisation: numberOf(grantee.asOrganisation) };
    case 'RoleAt': return { organisation: numberOf(grantee.asRoleAt[0]), role: grantee.asRoleAt[1].type };
    case 'Practitioner': return { practitioner: grantee.asPractitioner.toString() };
    case 'PractitionerAt': return { practitioner: grantee.asPractitionerAt[0].toString(), at: numberOf(grantee.asPractitionerAt[1]) };
  }
}

/** A directive as the chain gives it. */
export function directiveFrom(patient: string, given: SalusConsentDecisionDirective): ConsentDirective {
  const { effect, grantee, scope, period, rediscloseDepth, eraseAfter } = given;
  const [dataFrom, dataUntil] = [numberOf(scope.data.from), numberOf(scope.data.until)];
  // The chain writes "without an end" as the last moment that it has, and "of any age" as all of its time.
  const data = dataUntil > Number.MAX_SAFE_INTEGER ? { from: dataFrom } : { from: dataFrom, until: dataUntil };
  const depth = numberOf(rediscloseDepth);
  return {
    effect: effect.type, patient, grantee: granteeOf(grantee),
    scope: {
      actions: codesOf(ACTIONS, numberOf(scope.actions)),
      purposes: codesOf(PURPOSES, numberOf(scope.purposes)),
      classes: codesOf(DATA_CLASSES, numberOf(scope.classes)),
      ...(data.from === 0 && data.until === undefined ? {} : { data }),
    },
    labels: codesOf(SENSITIVITY_LABELS, numberOf(scope.labels)),
    from: numberOf(period.from), until: numberOf(period.until),
    ...(eraseAfter.isSome ? { eraseAfter: numberOf(eraseAfter.unwrap()) } : {}),
    ...(depth > 0 ? { rediscloseDepth: depth } : {}),
  };
}

/** The patient's directives in force, and those that ended lately. */
export async function directivesOf(api: ApiPromise, patient: string): Promise<NumberedDirective[]> {
  const found = await api.call.consentApi.directives(patient);
  return found.map(([number, given]) => ({
    number: numberOf(number), directive: directiveFrom(patient, given),
    ...(given.ended.isSome ? { ended: numberOf(given.ended.unwrap().at) } : {}),
  }));
}
