export { ensureChromium, type Chromium, type ChromiumSearch } from '../local/browser/chromium.ts';
export { ripenHome, userCache, type Report } from '../local/home.ts';
export { freePort } from '../local/ports.ts';
export { removePostgres, startPostgres, type PostgresOptions, type PostgresServer } from '../local/postgres/server.ts';
export { ensureTemporalCli } from '../local/temporal/cli.ts';
export {
  startTemporalDev,
  stopTemporalDev,
  type TemporalDevOptions,
  type TemporalDevServer,
} from '../local/temporal/dev-server.ts';
export { ensureSearchAttributes } from '../local/temporal/search-attributes.ts';
export { ensureTimeSkippingServer } from '../local/temporal/time-skipping.ts';
export { startChild, type Child, type ChildOptions, type Exit } from '../local/process/child.ts';
export { nodeFlags } from '../local/stack/node-part.ts';
export { buildUserInterface, userInterfaceDir } from '../local/stack/user-interface.ts';
export { waitUntil, type Wait } from '../local/wait.ts';
export { dumpSchema } from './dump/schema.ts';
export { migrate } from './migrate.ts';
