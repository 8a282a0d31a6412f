import { isIPv6 } from 'node:net';
import type { Queryable } from '../store/store.ts';

/** How many passwords may be tried from one address, and for one e-mail address, within a window. */
const mostPerAddress = 50;
const mostPerEmail = 10;
const windowMinutes = 15;

export interface Attempt {
  address: string;
  email: string;
}

const keysOf = ({ address, email }: Attempt): string[] => [`address:${networkOf(address)}`, `email:${email}`];

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
};

/**
 * Counts an attempt before its password is looked at, so that many at once count too. Returns how long to wait, seconds, when
 * there were too many; null when it may be made.
 */
export const startAttempt = async (db: Queryable, attempt: Attempt): Promise<number | null> => {
  await db.query(`delete from sign_in_attempts where started_at < now() - make_interval(mins => $1)`, [windowMinutes]);
  const { rows } = await db.query<{ key: string; attempts: number; seconds: number }>(
    `insert into sign_in_attempts as s (key, attempts, started_at) select key, 1, now() from unnest($1::text[]) key order by key
     on conflict (key) do update set attempts = s.attempts + 1
     returning key, attempts, extract(epoch from started_at + make_interval(mins => $2) - now())::float8 as seconds`,
    [keysOf(attempt), windowMinutes],
  );
  const over = rows.filter((row) => row.attempts > (row.key.startsWith('email:') ? mostPerEmail : mostPerAddress));
  return over.length === 0 ? null : Math.max(1, Math.ceil(Math.max(...over.map((row) => row.seconds))));
};

/** A password was right: its e-mail address starts afresh, and the attempt does not count against its network address. */
export const forgiveAttempt = async (db: Queryable, attempt: Attempt): Promise<void> => {
  const [address, email] = keysOf(attempt);
  await db.query('delete from sign_in_attempts where key = $1', [email]);
  await db.query('update sign_in_attempts set attempts = greatest(attempts - 1, 0) where key = $1', [address]);
};
