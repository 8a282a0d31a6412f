/** The API's contract: schemas of requests and responses, from which OpenAPI is made. */
export * from './api-common.ts';
export * from './api-change.ts';
export * from './api-contacts.ts';
export * from './api-definitions.ts';
export * from './api-health.ts';
export * from './api-insight.ts';
export * from './api-leads.ts';
export * from './api-live.ts';
export * from './api-operations.ts';
export * from './api-people.ts';
export * from './api-presence.ts';
export * from './api-runs.ts';
export * from './api-sample.ts';
export * from './api-segments.ts';
export * from './api-templates.ts';
export * from './api-tracking.ts';
export * from './permissions.ts';
