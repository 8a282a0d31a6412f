import { join } from 'node:path';
import { ripenHome } from '../../local/home.ts';
import { startPostgres } from '../../local/postgres/server.ts';
import { migrate } from '../migrate.ts';

// `npm run db:migrate`: brings DATABASE_URL, or the local database while nothing runs on it, up to date.
const given = process.env['DATABASE_URL'];
const server = given ? undefined : await startPostgres({ dir: join(ripenHome(), 'postgres') });
try {
  const applied = await migrate(given ?? server?.url ?? '');
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Migrated: ${applied.join(', ')}.`);
} finally {
  await server?.stop();
}
