/** Writes `docs/label-rules.md`; build first. */
import { writeFileSync } from 'node:fs';
import { labelRulesDocument } from '../dist/tests/label-rules-document.js';

writeFileSync(new URL('../../../docs/label-rules.md', import.meta.url), labelRulesDocument());
