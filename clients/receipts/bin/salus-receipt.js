#!/usr/bin/env node
// The command line tool for receipts. `npm run build` at the root makes what it imports.
import { main } from '../dist/node/receipt.js';

process.exitCode = await main(process.argv.slice(2));
