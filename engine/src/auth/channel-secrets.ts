import { randomBytes } from 'node:crypto';
import type { Definition } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';

/** Gives webhook channels a signing secret (Standard Webhooks) when they are published first; later ones keep theirs. */
export const ensureChannelSecrets = async (db: Queryable, documents: readonly Definition[]): Promise<void> => {
  for (const document of documents) {
    if (document.kind !== 'channel' || document.type !== 'webhook') continue;
    await db.query('insert into channel_secrets (channel, secret) values ($1, $2) on conflict do nothing', [
      document.id,
      `whsec_${randomBytes(32).toString('base64')}`,
    ]);
  }
};

export const channelSecret = async (db: Queryable, channel: string): Promise<string | null> => {
  const { rows } = await db.query<{ secret: string }>('select secret from channel_secrets where channel = $1', [
    channel,
  ]);
  return rows[0]?.secret ?? null;
};
