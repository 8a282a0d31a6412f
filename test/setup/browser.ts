import type { TestProject } from 'vitest/node';
import { findChromium } from '../helpers/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program of a Chromium. */
    chromiumPath: string;
  }
}

/** Makes sure of a browser before any test's time runs: fetching one takes minutes. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromiumPath', await findChromium((sentence) => console.log(sentence)));
}
