/**
 * Categories of benefits in FHIR.
 *
 * Going out, a category always has our own code, and a standard code beside it only where the two mean
 * the same. `Sensitive` never has any other: whatever refined it would tell what it is there to hide.
 * Coming in, a standard code is taken if all that it stands for lies within one category.
 */
import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { BENEFIT_CATEGORIES, categoryInWords, type BenefitCategory } from '@salus/types/claims';

export const CATEGORY_SYSTEM = 'urn:salus:benefit-category';
export const HL7_CATEGORY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/ex-benefitcategory';
export const X12_SERVICE_TYPE_SYSTEM = 'https://x12.org/codes/service-type-codes';

/** X12 service types that mean what a category means. HL7's example categories have no such code. */
const SAME: Partial<Record<Exclude<BenefitCategory, 'Sensitive'>, string>> = {
  Prescription: '88', Emergency: '86', UrgentCare: 'UC', HospitalStay: '48', HomeHealth: '42', Rehabilitation: 'A9',
};

const within = (system: string, codes: Partial<Record<BenefitCategory, string>>): [string, BenefitCategory][] =>
  BENEFIT_CATEGORIES.flatMap((category) =>
    (codes[category]?.split(' ') ?? []).map((code): [string, BenefitCategory] => [`${system}|${code}`, category]));

const KNOWN = new Map<string, BenefitCategory>([
  ...BENEFIT_CATEGORIES.map((category): [string, BenefitCategory] => [`${CATEGORY_SYSTEM}|${category}`, category]),
  ...within(HL7_CATEGORY_SYSTEM, {
    DiagnosticTest: '4 5', Imaging: '62', HospitalStay: '49',
    DentalAndVision: '23 24 25 26 28 35 36 37 F3 F6', Sensitive: '61 69',
  }),
  ...within(X12_SERVICE_TYPE_SYSTEM, SAME),
  ...within(X12_SERVICE_TYPE_SYSTEM, {
    Preventive: '80', DiagnosticTest: '4 5', Imaging: '62', SkilledNursing: 'AG 45', MedicalEquipment: '12 18',
    DentalAndVision: '23 24 25 26 28 35 36 37 AL', Sensitive: '61 69 82 83 84 A4 A5 A6 A7 A8 AI AJ AK MH',
  }),
]);

/** A category as a FHIR concept. */
export function categoryConcept(category: BenefitCategory): CodeableConcept {
  const coding: Coding[] = [{ system: CATEGORY_SYSTEM, code: category, display: categoryInWords(category) }];
  const same = category === 'Sensitive' ? undefined : SAME[category];
  if (same) coding.push({ system: X12_SERVICE_TYPE_SYSTEM, code: same });
  return { coding, text: categoryInWords(category) };
}

/**
 * The category of a FHIR concept, or `undefined` if none of its codes is known. Codes that stand for
 * two categories are a `RangeError`.
 */
export function categoryOf(concept: CodeableConcept | undefined): BenefitCategory | undefined {
  const codings = concept?.coding ?? [];
  const found = new Set(codings.flatMap(({ system, code }) => KNOWN.get(`${system}|${code}`) ?? []));
  if (found.size > 1) throw new RangeError(`its codes stand for several categories: ${[...found].join(', ')}`);
  return [...found][0];
}
