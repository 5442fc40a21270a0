#!/usr/bin/env node
// The command line tool of a researcher. `npm run build` at the root makes what it imports.
import { main } from '../dist/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
