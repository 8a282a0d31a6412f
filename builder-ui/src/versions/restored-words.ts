/** What is said when an older version has become the draft. */
export const restoredWords = (version: number): string =>
  `Version ${version} is the draft now. It becomes live when you publish it.`;
