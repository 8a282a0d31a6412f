import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the workflow code, as a URL that ends with a slash. */
export const workflowsFolder = new URL('../workflows/', import.meta.url);

/** Paths of every file whose code runs inside workflows, in a fixed order: what histories and bundles depend on. */
export const workflowSourceFiles = (): string[] => [
  ...readdirSync(workflowsFolder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => fileURLToPath(new URL(name, workflowsFolder))),
  fileURLToPath(import.meta.resolve('@ripen/shared/contract')),
];
