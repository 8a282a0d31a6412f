export { startPostgres, type PostgresOptions, type PostgresServer } from '../local/postgres/server.ts';
export { migrate } from './migrate.ts';
