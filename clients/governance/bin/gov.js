#!/usr/bin/env node
// The command line tool for governance. `npm run build` at the root makes what it imports.
import { main } from '../dist/node/gov.js';

process.exitCode = await main(process.argv.slice(2));
