import { announce } from './announce.ts';
import type { Queryable } from './store.ts';

/** Which folder each automation lies in; those in none are absent. */
export const readFolders = async (db: Queryable): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ automation: string; folder: string }>(
    'select automation, folder from automation_folders',
  );
  return new Map(rows.map((row) => [row.automation, row.folder]));
};

/** Null takes the automation out of its folder. */
export const writeFolder = async (db: Queryable, automation: string, folder: string | null): Promise<void> => {
  if (folder === null) await db.query('delete from automation_folders where automation = $1', [automation]);
  else
    await db.query(
      'insert into automation_folders (automation, folder) values ($1, $2) on conflict (automation) do update set folder = excluded.folder',
      [automation, folder],
    );
  await announce(db, { definitions: [automation] });
};
