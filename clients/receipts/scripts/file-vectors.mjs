/** Writes `docs/vectors/files.json`; build first. */
import { writeFileSync } from 'node:fs';
import { makeVectors, VECTORS, vectorsText } from '../dist/tests/file-cases.js';

writeFileSync(new URL('files.json', VECTORS), vectorsText(makeVectors()));
