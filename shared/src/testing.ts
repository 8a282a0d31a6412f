/** For tests of this and other packages: generated definitions and histories, and the slow reference. */
export * from './core/generators/index.ts';
export { referenceScore } from './core/reference/books.ts';
export { resimulate } from './core/reference/resimulate.ts';
export { History } from './simulate/history.ts';
