/** Writes `docs/fhir-classes.md`; build first. */
import { writeFileSync } from 'node:fs';
import { classesDocument } from '../dist/tests/classes-document.js';

writeFileSync(new URL('../../../docs/fhir-classes.md', import.meta.url), classesDocument());
