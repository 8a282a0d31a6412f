import { randomBytes } from 'node:crypto';
import type { Queryable } from '../store/store.ts';

const setting = 'auth_secret';

/**
 * The secret that session cookies are signed with: the one given, or one that the first process makes and all others of the
 * installation find in its settings. It is never logged.
 */
export const authSecret = async (db: Queryable, given: string | null): Promise<string> => {
  if (given !== null) return given;
  const read = async (): Promise<string | undefined> =>
    (await db.query<{ value: string }>('select value from settings where key = $1', [setting])).rows[0]?.value;
  const known = await read();
  if (known !== undefined) return known;
  await db.query('insert into settings (key, value) values ($1, $2) on conflict do nothing', [
    setting,
    JSON.stringify(randomBytes(32).toString('base64url')),
  ]);
  const made = await read();
  if (made === undefined) throw new Error('The secret of sessions was written without coming back.');
  return made;
};
