import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { committedSchemaPath, migratedSchema } from '../dump/committed.ts';

// `npm run db:dump` writes infra/schema.sql; with --check it compares instead and fails when they differ.
const schema = await migratedSchema();
const shown = relative(process.cwd(), committedSchemaPath);
if (!process.argv.includes('--check')) {
  writeFileSync(committedSchemaPath, schema);
  console.log(`Wrote ${shown}.`);
} else if (!existsSync(committedSchemaPath) || readFileSync(committedSchemaPath, 'utf8') !== schema) {
  console.error(`${shown} is not what the migrations make. Run "npm run db:dump" and commit the result.`);
  process.exitCode = 1;
}
