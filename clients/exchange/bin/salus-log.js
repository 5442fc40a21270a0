#!/usr/bin/env node
// The command line tool for access logs. `npm run build` at the root makes what it imports.
import { main } from '../dist/node/access-log.js';

process.exitCode = await main(process.argv.slice(2));
