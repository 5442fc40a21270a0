/** What became of a claim, as FHIR R4 `ClaimResponse` and `ExplanationOfBenefit`. */
import type { ClaimResponse, ExplanationOfBenefit, Extension } from 'fhir/r4.js';
import type { Explanation, LineResult, Settlement } from '@salus/types/claims';
import { dateTime, period } from '@salus/types/days';
import { adjudicationOf, paymentOf, totalsInFhir } from './fhir-adjudication.js';
import { checkContext, claimType, itemOf, relatedOf, statusOf, type ClaimContext } from './fhir-claim.js';
import {
  CLAIM_RESPONSE_SYSTEM, DETAIL_EXTENSION, EXPLANATION_EXTENSION, EXPLANATION_SYSTEM, LINE_EXTENSION, USAGE_EXTENSION,
  claimReference, claimResponseReference, concept, coverageReference, extension, hl7, identifier, organisation, patient, type Said,
} from './fhir-parts.js';
import { toMoney } from './fhir-money.js';

/**
 * How far it is: `queued` before a decision; `partial` when it is decided and waits to be paid, so that
 * nobody takes it for the last word; `complete` when nothing more will come of it.
 */
export function outcomeOf({ state }: Explanation): 'queued' | 'partial' | 'complete' {
  if (state.kind === 'Pended' || state.kind === 'InformationRequested') return 'queued';
  return state.kind === 'Waiting' ? 'partial' : 'complete';
}

/** Where the claim stands, to anybody who reads the resource. */
function dispositionOf({ state }: Explanation, zone: string): string {
  switch (state.kind) {
    case 'Pended': {
      const why = {
        AboveLimit: 'it is above the limit for automatic settlement',
        NotAttested: 'the member has not attested the visit',
        Reviewed: 'the payer has decided about the visit before',
      }[state.reason];
      return `Awaits a decision of the payer until ${dateTime(state.due, zone)}, as ${why}`;
    }
    case 'InformationRequested':
      return `The payer asked for information, which the provider may give until ${dateTime(state.due, zone)}`;
    case 'Waiting':
      return 'Decided; waits for funds of the payer';
    case 'Settled':
      return 'Settled';
    case 'Superseded':
      return `Corrected: claim ${state.by} stands in its place`;
    case 'Voided':
      return 'Taken back by the provider';
    case 'Lapsed':
      return 'A correction that came to nothing: the claim before it stands';
  }
}

/** The last moment at which something is known to have happened to the claim. */
function lastChange({ state, submitted }: Explanation): number {
  if ('at' in state) return state.at;
  return 'since' in state ? state.since : submitted;
}

/** What FHIR has no place for, so that the resource can be read back to the second and the unit. */
function explanationExtension(explanation: Explanation, { settlement, zone }: ClaimContext): Extension {
  const { encounter, version, previous, submitted, serviceDate, state, transferred, interest } = explanation;
  const when = (seconds: number | undefined): Said | undefined => (seconds === undefined ? undefined : { valueDateTime: dateTime(seconds, zone) });
  return extension(EXPLANATION_EXTENSION, {
    encounter: { valueString: String(encounter) },
    version: { valueUnsignedInt: version },
    previous: previous === undefined ? undefined : { valueString: String(previous) },
    submitted: when(submitted),
    serviceDate: when(serviceDate),
    state: { valueCode: state.kind },
    reason: 'reason' in state ? { valueCode: state.reason } : undefined,
    since: when('since' in state ? state.since : undefined),
    due: when('due' in state ? state.due : undefined),
    at: when('at' in state ? state.at : undefined),
    by: 'by' in state ? { valueString: String(state.by) } : undefined,
    transferred: { valueMoney: toMoney(transferred, settlement) },
    interest: { valueMoney: toMoney(interest, settlement) },
  });
}

/** What a decided line used of its category. */
const usageOf = (result: LineResult | undefined, settlement: Settlement): Extension[] => (result === undefined ? [] : [extension(USAGE_EXTENSION, {
  visits: { valueUnsignedInt: result.usage.visits }, amount: { valueMoney: toMoney(result.usage.amount, settlement) },
})]);

/** What the two resources say alike. */
function shared(explanation: Explanation, context: ClaimContext) {
  checkContext(explanation, context);
  const payment = paymentOf(explanation, context);
  return {
    extension: [explanationExtension(explanation, context)],
    status: statusOf(explanation),
    type: claimType(context),
    use: 'claim' as const,
    patient: patient(context.coverage.member),
    created: dateTime(lastChange(explanation), context.zone),
    insurer: organisation(explanation.payer),
    outcome: outcomeOf(explanation),
    disposition: dispositionOf(explanation, context.zone),
    total: totalsInFhir(explanation, context.settlement),
    ...(payment ? { payment } : {}),
  };
}

/** The payer's answer to a claim. Throws as `toClaim`. */
export function toClaimResponse(explanation: Explanation, context: ClaimContext): ClaimResponse {
  const { claim, lines, results } = explanation;
  return {
    resourceType: 'ClaimResponse',
    identifier: [identifier(CLAIM_RESPONSE_SYSTEM, claim)],
    ...shared(explanation, context),
    requestor: organisation(explanation.provider),
    request: claimReference(claim),
    payeeType: concept(hl7('payeetype'), 'provider'),
    item: lines.map((line, at) => ({
      extension: [
        { url: DETAIL_EXTENSION, valueString: line.detail },
        extension(LINE_EXTENSION, { category: { valueCode: line.category }, quantity: { valueUnsignedInt: line.quantity } }),
        ...usageOf(results[at], context.settlement),
      ],
      itemSequence: at + 1,
      adjudication: adjudicationOf(line, results[at], context.settlement),
    })),
    insurance: [{ sequence: 1, focal: true, coverage: coverageReference(explanation.coverage) }],
  };
}

/** The claim and the answer to it together, for the patient. Throws as `toClaim`. */
export function toExplanationOfBenefit(explanation: Explanation, context: ClaimContext): ExplanationOfBenefit {
  const { claim, lines, results, serviceDate } = explanation;
  const related = relatedOf(explanation);
  return {
    resourceType: 'ExplanationOfBenefit',
    identifier: [identifier(EXPLANATION_SYSTEM, claim)],
    ...shared(explanation, context),
    billablePeriod: period({ from: serviceDate, until: serviceDate }, context.zone),
    provider: organisation(explanation.provider),
    ...(related ? { related } : {}),
    payee: { type: concept(hl7('payeetype'), 'provider'), party: organisation(explanation.provider) },
    claim: claimReference(claim),
    claimResponse: claimResponseReference(claim),
    insurance: [{ focal: true, coverage: coverageReference(explanation.coverage) }],
    item: lines.map((line, at) => {
      const item = itemOf(explanation, line, at, context);
      return {
        ...item,
        extension: [...item.extension ?? [], ...usageOf(results[at], context.settlement)],
        adjudication: adjudicationOf(line, results[at], context.settlement),
      };
    }),
    benefitPeriod: period(context.coverage, context.zone),
  };
}
