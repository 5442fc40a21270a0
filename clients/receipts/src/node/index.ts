/** Trees of commitments in plain files. For Node.js; the rest of the package runs in browsers too. */
export { TreeFile, commitmentsIn } from './tree.js';
