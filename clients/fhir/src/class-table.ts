/**
 * Of which of the chain's classes a FHIR R4 resource is: by its type where the type alone says it, and by its
 * category and code where it does not. `docs/fhir-classes.md` prints these tables, with what they make of the
 * standard's own examples, for a clinician to check.
 */
import type { DataClass } from '@salus/types';
import {
  DICOM, GENOMICS_TBD, keyOf, LOINC, MEDIA_MODALITY, MEDIA_TYPE, OBSERVATION_CATEGORY, SNOMED, V2_0074, type Code,
} from './systems.js';

/** Types of which each resource is of one class. */
export const CLASS_BY_TYPE: Readonly<Record<string, DataClass>> = {
  Patient: 'Demographics', RelatedPerson: 'Demographics', Practitioner: 'Demographics',
  PractitionerRole: 'Demographics', Organization: 'Demographics', Location: 'Demographics',
  Condition: 'Problems', AllergyIntolerance: 'Problems',
  MedicationRequest: 'Medications', MedicationStatement: 'Medications',
  MedicationDispense: 'Medications', MedicationAdministration: 'Medications',
  Specimen: 'Laboratory',
  ImagingStudy: 'Imaging',
  Procedure: 'Procedures', Immunization: 'Procedures', Device: 'Procedures', SupplyDelivery: 'Procedures',
  Encounter: 'Encounters', EpisodeOfCare: 'Encounters', Appointment: 'Encounters',
  ClinicalImpression: 'Documents', Provenance: 'Documents',
  CarePlan: 'CarePlans', CareTeam: 'CarePlans', Goal: 'CarePlans', ServiceRequest: 'CarePlans',
  Questionnaire: 'Questionnaires', QuestionnaireResponse: 'Questionnaires', FamilyMemberHistory: 'Questionnaires',
  MolecularSequence: 'Genomics',
  Coverage: 'Financial', Claim: 'Financial', ClaimResponse: 'Financial', ExplanationOfBenefit: 'Financial',
};

/** Types whose class is in what they hold, and the elements that tell it. */
export const TELLING_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  DiagnosticReport: ['category', 'code'],
  Observation: ['category', 'code'],
  DocumentReference: ['category', 'type'],
  DocumentManifest: ['type'],
  Composition: ['category', 'type'],
  Media: ['type', 'modality'],
};

/** Codes of one system that tell one class. */
export interface ClassRow {
  system: string;
  dataClass: DataClass;
  /**
   * A heading above others: beside a code of one of these classes, that one decides. A genetic report is filed
   * under "Laboratory" and "Genetics" both, and is genetic data.
   */
  above?: readonly DataClass[];
  source: string;
  codes: Readonly<Record<string, string>>;
}

const SECTIONS = 'HL7 v2 table 0074, diagnostic service sections (FHIR R4 `diagnostic-service-sections`)';
const CATEGORIES = 'FHIR R4 `observation-category`, by its definitions';
const REPORTS = 'LOINC, report and study documents (C-CDA R2.1 DIRDocumentTypeCodes; FHIR R4 `c80-doc-typecodes`)';
const NOTES = 'LOINC, clinical notes and summaries (C-CDA R2.1; US Core clinical notes; FHIR R4 `c80-doc-typecodes`)';
const ORDERS = 'LOINC, panels and tests of the laboratory (classes HEM/BC, CHEM, MICRO, PANEL); FHIR R4 examples';
const SPECIALTIES = 'SNOMED CT, as the FHIR R4 examples use it for categories';
const US_CATEGORIES = 'LOINC parts, US Core `diagnosticreport-category`; cardiology (LP29708-2) tells no class';
const ANY_DOCUMENT: readonly DataClass[] = ['CarePlans', 'Genomics', 'Imaging', 'Laboratory', 'Medications', 'Procedures', 'Questionnaires'];

export const CLASS_TABLE: readonly ClassRow[] = [
  // Diagnostic service sections. OTH (other) tells nothing.
  { system: V2_0074, dataClass: 'Laboratory', above: ['Genomics'], source: SECTIONS, codes: { LAB: 'Laboratory' } },
  {
    system: V2_0074, dataClass: 'Laboratory', source: SECTIONS,
    codes: {
      BG: 'Blood gases', BLB: 'Blood bank', CH: 'Chemistry', CP: 'Cytopathology', HM: 'Hematology', IMM: 'Immunology',
      MB: 'Microbiology', MCB: 'Mycobacteriology', MYC: 'Mycology', OSL: 'Outside lab', PAR: 'Parasitology',
      PAT: 'Pathology', SP: 'Surgical pathology', SR: 'Serology', TX: 'Toxicology', URN: 'Urinalysis', VR: 'Virology',
    },
  },
  { system: V2_0074, dataClass: 'Genomics', source: SECTIONS, codes: { CG: 'Cytogenetics', GE: 'Genetics' } },
  {
    system: V2_0074, dataClass: 'Imaging', source: SECTIONS,
    codes: {
      CT: 'CAT scan', CUS: 'Cardiac ultrasound', IMG: 'Diagnostic imaging', NMR: 'Nuclear magnetic resonance',
      NMS: 'Nuclear medicine scan', OUS: 'OB ultrasound', RAD: 'Radiology', RUS: 'Radiology ultrasound', RX: 'Radiograph',
      VUS: 'Vascular ultrasound', XRC: 'Cineradiograph',
    },
  },
  {
    system: V2_0074, dataClass: 'Procedures', source: `${SECTIONS}; as \`procedure\` and \`therapy\` below`,
    codes: {
      AU: 'Audiology', CTH: 'Cardiac catheterization', EC: 'Electrocardiac (EKG, Holter)', EN: 'Electroneuro (EEG, EMG)',
      OT: 'Occupational therapy', PF: 'Pulmonary function', PT: 'Physical therapy', RC: 'Respiratory care', RT: 'Radiation therapy',
    },
  },
  { system: V2_0074, dataClass: 'Observations', source: SECTIONS, codes: { ICU: 'Bedside ICU monitoring', NRS: 'Nursing service measures' } },
  { system: V2_0074, dataClass: 'Medications', source: SECTIONS, codes: { PHR: 'Pharmacy' } },
  { system: V2_0074, dataClass: 'Documents', source: SECTIONS, codes: { PHY: 'Physician (history, diagnosis, admission note)' } },

  // Categories of observations.
  { system: OBSERVATION_CATEGORY, dataClass: 'Laboratory', above: ['Genomics'], source: CATEGORIES, codes: { laboratory: 'Laboratory' } },
  { system: OBSERVATION_CATEGORY, dataClass: 'Imaging', source: CATEGORIES, codes: { imaging: 'Imaging' } },
  {
    system: OBSERVATION_CATEGORY, dataClass: 'Procedures', source: CATEGORIES,
    codes: { procedure: 'of procedures but laboratory and imaging (catheterization, endoscopy, electrodiagnostics)', therapy: 'of treatment (occupational, physical, radiation therapy)' },
  },
  {
    system: OBSERVATION_CATEGORY, dataClass: 'Observations', source: CATEGORIES,
    codes: { 'vital-signs': 'Vital signs', exam: 'Findings of an examination', activity: 'Bodily activity' },
  },
  // What people were asked about their lives is filed under both.
  { system: OBSERVATION_CATEGORY, dataClass: 'Observations', above: ['Questionnaires'], source: CATEGORIES, codes: { 'social-history': 'Social history' } },
  { system: OBSERVATION_CATEGORY, dataClass: 'Questionnaires', source: CATEGORIES, codes: { survey: 'Assessment tools and survey instruments' } },

  // Categories of reports and documents in other systems.
  { system: SNOMED, dataClass: 'Laboratory', above: ['Genomics'], source: SPECIALTIES, codes: { 15220000: 'Laboratory test', 108252007: 'Laboratory procedure' } },
  { system: SNOMED, dataClass: 'Laboratory', source: SPECIALTIES, codes: { 252275004: 'Haematology test' } },
  { system: SNOMED, dataClass: 'Imaging', source: SPECIALTIES, codes: { 394914008: 'Radiology', 363679005: 'Imaging' } },
  { system: SNOMED, dataClass: 'Genomics', source: SPECIALTIES, codes: { 394580004: 'Clinical genetics', 363779003: 'Genotype determination' } },
  { system: LOINC, dataClass: 'Imaging', source: US_CATEGORIES, codes: { 'LP29684-5': 'Radiology' } },
  { system: LOINC, dataClass: 'Laboratory', above: ['Genomics'], source: US_CATEGORIES, codes: { 'LP7839-6': 'Pathology' } },
  {
    system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', dataClass: 'Documents', above: ANY_DOCUMENT,
    source: 'US Core `us-core-documentreference-category`', codes: { 'clinical-note': 'Clinical note' },
  },

  // Reports by their code.
  {
    system: LOINC, dataClass: 'Imaging', source: REPORTS,
    codes: {
      '18748-4': 'Diagnostic imaging study', '18726-0': 'Radiology studies (set)', '68604-8': 'Radiology diagnostic study note',
      '18747-6': 'CT study', '18755-9': 'MRI study', '18757-5': 'Nuclear medicine study', '18758-3': 'PET scan study',
      '18760-9': 'US study', '11522-0': 'Cardiac echo study', '11525-3': 'US pelvis and fetus for pregnancy',
      '38269-7': 'Skeletal system DXA study', '24701-5': 'Femur DXA bone density',
    },
  },
  {
    system: LOINC, dataClass: 'Laboratory', above: ['Genomics'], source: REPORTS,
    codes: { '11502-2': 'Laboratory report', '26436-6': 'Laboratory studies (set)', '11526-1': 'Pathology study', '27898-6': 'Pathology studies (set)' },
  },
  {
    system: LOINC, dataClass: 'Laboratory', source: REPORTS,
    codes: {
      '11529-5': 'Surgical pathology study', '33717-0': 'Cervical cytology study', '47527-7': 'Cytology report, cervical, thin prep',
      '47528-5': 'Cytology report, cervical', '33721-2': 'Bone marrow pathology biopsy report', '33716-2': 'Non-gynecological cytology study',
    },
  },
  {
    system: LOINC, dataClass: 'Genomics', source: 'LOINC, molecular genetics (class MOLPATH, HLA); FHIR R4 examples',
    codes: {
      '51969-4': 'Genetic analysis summary report', '51965-2': 'Pharmacogenetic analysis report', '55228-1': 'Cytogenetics study',
      '68652-7': 'Clinical genetics diagnostic study note', '55233-1': 'Genetic analysis master panel', '81247-9': 'Genetic variant reporting panel',
      '69548-6': 'Genetic variant assessment', '59041-4': 'BRCA1 and BRCA2 mutations tested', '79716-7': 'CYP2C9 gene product metabolic activity',
      '13303-3': 'HLA-A+B+C (class I) type', '21636-6': 'BRCA1 gene mutations found', '38530-2': 'BRCA2 gene mutations found',
    },
  },
  // Alone, without the variant beside them, under the category of the laboratory.
  {
    system: LOINC, dataClass: 'Genomics', source: 'vcf2fhir 0.1.1 (PyPI): codes of its observations and of their components',
    codes: {
      '48002-0': 'Genomic source class', '48013-7': 'Genomic reference sequence', '48019-4': 'DNA change type', '51958-7': 'Transcript reference sequence',
      '51959-5': 'A part of a variant', '53034-5': 'Allelic state', '69547-8': 'Genomic reference allele', '69551-0': 'Genomic alternative allele',
      '81254-5': 'Genomic allele start and end', '81258-6': 'Allelic frequency in the sample', '81259-4': 'Associated phenotype',
      '81301-4': 'Structural variant, outer start and end', '81302-2': 'Structural variant, inner start and end', '82155-3': 'Copy number',
      '92822-6': 'Genomic coordinate system',
    },
  },
  {
    system: LOINC, dataClass: 'Genomics', source: 'FHIR R4 examples: analyses of mutations',
    codes: { '54447-8': 'FLT3 gene mutations', '55201-8': 'KIT gene mutations', '75034-9': 'NPM1 gene mutations' },
  },
  // Profiles of this guide say "laboratory" as the only category.
  {
    system: LOINC, dataClass: 'Genomics', source: 'HL7 Genomics Reporting (STU 1, STU 2): codes of its observations and of their components',
    codes: {
      '84413-4': 'Genotype display name', '84414-2': 'Haplotype name', '51968-6': 'Discrete variation analysis overall interpretation',
      '53041-0': 'Region studied', '82120-7': 'Allelic phase', '53037-8': 'Genetic variation clinical significance', '81252-9': 'Discrete genetic variant',
      '48018-6': 'Gene studied', '48004-6': 'DNA change', '48005-3': 'Amino acid change', '51961-1': 'Genetic variation effect on drug efficacy',
      '53040-2': 'Genetic variation effect on drug metabolism',
    },
  },
  {
    system: GENOMICS_TBD, dataClass: 'Genomics', source: 'HL7 Genomics Reporting (STU 2)',
    codes: { 'diagnostic-implication': 'Diagnostic implication', 'therapeutic-implication': 'Therapeutic implication' },
  },
  {
    system: LOINC, dataClass: 'Procedures', source: REPORTS,
    codes: {
      '11524-6': 'EKG study', '18754-2': 'Holter monitor study', '18752-6': 'Exercise stress test study', '18750-0': 'Electrophysiology study',
      '18745-0': 'Cardiac catheterization study', '11523-8': 'EEG study', '18759-1': 'Spirometry study', '18744-3': 'Bronchoscopy study',
      '18746-8': 'Colonoscopy study', '18751-8': 'Endoscopy study', '11369-6': 'History of immunization',
    },
  },
  {
    system: LOINC, dataClass: 'Documents', source: NOTES,
    codes: {
      '34133-9': 'Summary of episode note', '60591-5': 'Patient summary', '18842-5': 'Discharge summary', '28655-9': 'Attending physician discharge summary',
      '11490-0': 'Physician discharge summary', '34105-7': 'Hospital discharge summary', '34106-5': 'Physician hospital discharge summary',
      '78418-1': 'Neonatal discharge summary', '11488-4': 'Consult note', '34099-2': 'Cardiology consult note', '34117-2': 'History and physical note',
      '47039-3': 'Admission history and physical note', '11492-6': 'History and physical note', '11506-3': 'Progress note',
      '18733-6': 'Attending physician progress note', '28570-0': 'Procedure note', '11504-8': 'Surgical operation note',
      '57133-1': 'Referral note', '34140-4': 'Transfer of care referral note', '18761-7': 'Transfer summary note', '34108-1': 'Outpatient note',
      '34111-5': 'Emergency department note', '34746-8': 'Nurse note', '34748-4': 'Telephone encounter note', '51855-5': 'Patient note',
      '51847-2': 'Assessment and plan note', '11485-0': 'Anesthesia records', '59284-0': 'Patient consent', '42348-3': 'Advance directives',
      '64297-5': 'Death certificate',
    },
  },
  { system: LOINC, dataClass: 'CarePlans', source: NOTES, codes: { '18776-5': 'Plan of care note', '52521-2': 'Overall plan of care' } },
  {
    system: LOINC, dataClass: 'Medications', source: NOTES,
    codes: { '10160-0': 'History of medication use', '56445-0': 'Medication summary', '57833-6': 'Prescription for medication', '60593-1': 'Medication dispensed' },
  },

  // Observations, and panels of them, by their code.
  {
    system: LOINC, dataClass: 'Observations', source: 'LOINC, vital signs (FHIR R4 vital signs profiles) and their percentiles',
    codes: {
      '85353-1': 'Vital signs panel', '9279-1': 'Respiratory rate', '8867-4': 'Heart rate', '2708-6': 'Oxygen saturation', '59408-5': 'Oxygen saturation by pulse oximetry',
      '8310-5': 'Body temperature', '8331-1': 'Oral temperature', '8302-2': 'Body height', '8306-3': 'Body height, lying', '9843-4': 'Head circumference',
      '29463-7': 'Body weight', '3141-9': 'Body weight, measured', '39156-5': 'Body mass index', '85354-9': 'Blood pressure panel',
      '8480-6': 'Systolic blood pressure', '8462-4': 'Diastolic blood pressure', '8478-0': 'Mean blood pressure',
      '59576-9': 'BMI percentile', '77606-2': 'Weight-for-length', '8289-1': 'Head circumference percentile',
    },
  },
  {
    system: LOINC, dataClass: 'Laboratory', source: ORDERS,
    codes: {
      '58410-2': 'Complete blood count panel', '57698-3': 'Lipid panel with direct LDL', '24331-1': 'Lipid 1996 panel', '24323-8': 'Comprehensive metabolic panel',
      '24357-6': 'Urinalysis dipstick panel', '34532-2': 'Blood type and indirect antibody screen panel', '18769-0': 'Microbial susceptibility tests',
      '600-7': 'Bacteria identified in blood by culture', '624-7': 'Bacteria identified in sputum by culture', '632-0': 'Bacteria identified in wound by culture',
      '718-7': 'Hemoglobin', '789-8': 'Erythrocytes', '4544-3': 'Hematocrit', '785-6': 'MCH', '786-4': 'MCHC', '787-2': 'MCV', '777-3': 'Platelets', '6690-2': 'Leukocytes',
      '770-8': 'Neutrophils', '751-8': 'Neutrophils, number', '736-9': 'Lymphocytes', '731-0': 'Lymphocytes, number', '742-7': 'Monocytes, number', '5905-5': 'Monocytes',
      '713-8': 'Eosinophils', '711-2': 'Eosinophils, number', '706-2': 'Basophils', '704-7': 'Basophils, number', '883-9': 'ABO group',
      '15074-8': 'Glucose in blood', '2951-2': 'Sodium', '2823-3': 'Potassium', '2075-0': 'Chloride', '1963-8': 'Bicarbonate', '2093-3': 'Cholesterol',
      '2085-9': 'HDL cholesterol', '18262-6': 'LDL cholesterol', '2571-8': 'Triglycerides', '33914-3': 'Estimated glomerular filtration rate',
      '1863-0': 'Anion gap', '14749-6': 'Glucose', '14937-7': 'Urea nitrogen', '14682-9': 'Creatinine', '14933-6': 'Urate', '14631-6': 'Total bilirubin',
      '14629-0': 'Direct bilirubin', '6768-6': 'Alkaline phosphatase', '2324-2': 'Gamma glutamyl transferase', '1742-6': 'Alanine aminotransferase',
      '1920-8': 'Aspartate aminotransferase', '2532-0': 'Lactate dehydrogenase', '2000-8': 'Calcium', '13959-2': 'Ionized calcium', '14879-1': 'Phosphate',
      '2885-2': 'Total protein', '1751-7': 'Albumin', '10834-0': 'Globulin', '14798-3': 'Iron', '14647-2': 'Cholesterol, moles', '14927-8': 'Triglyceride, moles',
      '11475-1': 'Microorganism identified by culture', '20507-0': 'Reagin antibody', '30522-7': 'C reactive protein', '2345-7': 'Glucose in serum', '4548-4': 'Hemoglobin A1c',
      '11555-0': 'Base excess in blood', '11557-6': 'Carbon dioxide in blood',
    },
  },
  {
    system: LOINC, dataClass: 'Questionnaires', source: 'LOINC, survey instruments (class SURVEY, PHENX): questions, scores and panels',
    codes: {
      '55757-9': 'PHQ-2', '55758-7': 'PHQ-2 score', '69737-5': 'GAD-7', '70274-6': 'GAD-7 score', '72109-2': 'AUDIT-C', '75626-2': 'AUDIT-C score',
      '76499-3': 'HARK', '76501-6': 'HARK, afraid of partner', '76504-0': 'HARK score', '82666-9': 'DAST-10', '82667-7': 'DAST-10 score', '89206-7': 'PHQ-9 for teens',
      '89204-2': 'PHQ-9 for teens score', '93025-5': 'PRAPARE', '93026-3': 'PRAPARE, safety', '93027-1': 'PRAPARE, refugee', '93028-9': 'PRAPARE, incarceration',
      '93029-7': 'PRAPARE, contacts', '93030-5': 'PRAPARE, transportation', '93031-3': 'PRAPARE, unmet needs', '93033-9': 'PRAPARE, housing',
      '93034-7': 'PRAPARE, armed forces', '93035-4': 'PRAPARE, farm work', '93038-8': 'Stress level', '32624-9': 'Race', '54899-0': 'Preferred language',
      '56051-6': 'Hispanic or Latino', '56799-0': 'Address', '63512-8': 'People at this address', '63586-2': 'Family income', '67875-5': 'Employment status',
      '71802-3': 'Housing status', '76437-3': 'Primary insurance', '82589-3': 'Highest level of education',
      '10157-6': 'History of family member diseases',
    },
  },

  // Media. What a recording of sound is of, it does not tell.
  { system: MEDIA_TYPE, dataClass: 'Imaging', above: ['Documents'], source: 'FHIR R4 `media-type`', codes: { image: 'Image', video: 'Video' } },
  { system: MEDIA_MODALITY, dataClass: 'Imaging', source: 'FHIR R4 `media-modality`', codes: { diagram: 'Diagram' } },
  { system: MEDIA_MODALITY, dataClass: 'Documents', source: 'FHIR R4 `media-modality`', codes: { fax: 'Fax', scan: 'Scanned document' } },
  {
    system: DICOM, dataClass: 'Imaging', source: 'DICOM PS3.16 CID 29, acquisition modality',
    codes: {
      CR: 'Computed radiography', CT: 'Computed tomography', DX: 'Digital radiography', ES: 'Endoscopy', GM: 'General microscopy', IVUS: 'Intravascular ultrasound',
      MG: 'Mammography', MR: 'Magnetic resonance', NM: 'Nuclear medicine', OP: 'Ophthalmic photography', PT: 'Positron emission tomography',
      RF: 'Radiofluoroscopy', SM: 'Slide microscopy', US: 'Ultrasound', XA: 'X-ray angiography', XC: 'External-camera photography',
    },
  },
];

/** A code's class, and the classes of which it is a heading. */
export type ToldClass = Pick<ClassRow, 'dataClass' | 'above'>;

const TOLD = new Map<string, ToldClass>(CLASS_TABLE.flatMap((row) =>
  Object.keys(row.codes).map((code): [string, ToldClass] => [keyOf({ system: row.system, code }), row])));

/** What a code tells of the class; `undefined` if it is in no row. */
export const toldBy = (code: Code): ToldClass | undefined => TOLD.get(keyOf(code));
