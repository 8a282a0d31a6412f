export { RunWorkflows } from './activities/run-workflows.ts';
export type { Drained } from './activities/drained.ts';
export { attemptDelivery, type DeliverySettings } from './delivery/deliver.ts';
export { DeliveryStore } from './delivery/delivery-store.ts';
export { DeliveryError } from './delivery/failure.ts';
export { saveRecording, workflowSourceHash } from './histories/recorded.ts';
export { bundleWorkflows, cachedBundle } from './worker/bundle.ts';
export { createWorkers, type WorkerDeps, type Workers, type WorkersOptions } from './worker/create-workers.ts';
