import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Permission } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';

export interface ApiKey {
  id: string;
  /** `write` keys only ingest; `api` keys hold the permissions listed. */
  kind: 'write' | 'api';
  name: string;
  permissions: string[];
  createdAt: Date;
  revokedAt: Date | null;
}

const columns = 'id, kind, name, permissions, created_at as "createdAt", revoked_at as "revokedAt"';

/** What is kept of a key. Keys are 192 random bits, so a plain hash cannot be turned back. */
export const keyHash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a key. It is returned once; the database keeps its hash. */
export const createKey = async (
  db: Queryable,
  spec: { kind: 'write'; name: string } | { kind: 'api'; name: string; permissions: readonly Permission[] },
): Promise<{ apiKey: ApiKey; key: string }> => {
  const key = `${spec.kind === 'write' ? 'rpw' : 'rpa'}_${randomBytes(24).toString('base64url')}`;
  const granted = spec.kind === 'write' ? ['ingest'] : [...new Set(spec.permissions)];
  const { rows } = await db.query<ApiKey>(
    `insert into api_keys (id, kind, name, hash, permissions) values ($1, $2, $3, $4, $5) returning ${columns}`,
    [randomUUID(), spec.kind, spec.name, keyHash(key), granted],
  );
  const apiKey = rows[0];
  if (!apiKey) throw new Error('A key was inserted without coming back.');
  return { apiKey, key };
};

/** The key that this text is, unless it was revoked. */
export const findKey = async (db: Queryable, key: string): Promise<ApiKey | null> => {
  const { rows } = await db.query<ApiKey>({
    name: 'api_key_find',
    text: `select ${columns} from api_keys where hash = $1 and revoked_at is null`,
    values: [keyHash(key)],
  });
  return rows[0] ?? null;
};

export const listKeys = async (db: Queryable): Promise<ApiKey[]> =>
  (await db.query<ApiKey>(`select ${columns} from api_keys order by created_at, id`)).rows;

/** Null when there is no such key; revoking twice keeps the first moment. */
export const revokeKey = async (db: Queryable, id: string): Promise<ApiKey | null> => {
  const { rows } = await db.query<ApiKey>(
    `update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning ${columns}`,
    [id],
  );
  return rows[0] ?? null;
};
