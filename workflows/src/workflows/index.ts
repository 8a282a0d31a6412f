/** The only export list of workflows: what the worker registers, by these names (`workflowTypes` of the contract). */
export { lane } from './lane.ts';
export { dispatcher } from './dispatcher.ts';
export { run } from './run.ts';
export { rebuild } from './rebuild.ts';
export { sample } from './sample.ts';
export { backTest } from './back-test.ts';
export { impact } from './impact.ts';
export { inFlight } from './in-flight.ts';
export { undoPoints } from './undo-points.ts';
export { maintain, maintenanceDue } from './maintain.ts';
export { enrolScheduled, enrolmentDue } from './enrol-scheduled.ts';
