/** Categories of benefits in words. */
import type { BenefitCategory } from './model.js';

const WORDS: Record<BenefitCategory, string> = {
  PrimaryCare: 'Primary care',
  Specialist: 'Specialist care',
  Preventive: 'Preventive care',
  DiagnosticTest: 'Diagnostic tests',
  Imaging: 'Imaging',
  Prescription: 'Prescription drugs',
  OutpatientSurgery: 'Outpatient surgery',
  Emergency: 'Emergency care',
  UrgentCare: 'Urgent care',
  HospitalStay: 'Hospital stay',
  HomeHealth: 'Home health care',
  Rehabilitation: 'Rehabilitation',
  SkilledNursing: 'Skilled nursing',
  MedicalEquipment: 'Medical equipment',
  DentalAndVision: 'Dental and eye care',
  Sensitive: 'Confidential care',
};

/** What a category is called. */
export const categoryInWords = (category: BenefitCategory): string => WORDS[category];
