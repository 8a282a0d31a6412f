import { announce } from '@ripen/engine';
import type { Channel, Properties } from '@ripen/shared';
import type { Pool } from 'pg';
import type { Delivery } from './message.ts';

/** A delivery with what is needed to carry it out. */
export interface PendingDelivery extends Delivery {
  channelId: string;
  /** Null when no such channel is published. */
  channel: Channel | null;
  /** Signing secret of a webhook channel. */
  secret: string | null;
  /** Whether a run waits for what comes of it. */
  awaited: boolean;
}

interface Row {
  run_id: string;
  contact_id: string;
  automation: string;
  node: string;
  channel: string;
  at: string | number;
  payload: Properties;
  /** Published documents were checked when they were. */
  document: Channel | null;
  secret: string | null;
  answer: 'awaited' | 'given' | null;
}

const pendingSql = `
  select d.run_id, d.contact_id, r.automation, d.node, d.channel, d.at, d.payload, d.answer, c.document, s.secret
  from deliveries d
  join runs r on r.id = d.run_id
  left join definitions c on c.kind = 'channel' and c.id = d.channel and c.to_revision is null
  left join channel_secrets s on s.channel = d.channel
  where d.id = $1 and d.status = 'pending'`;

/** The books of what is told to the outside. */
export class DeliveryStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Null when there is nothing to do any more: delivered, given up, or held. */
  async pending(id: string): Promise<PendingDelivery | null> {
    const { rows } = await this.#pool.query<Row>(pendingSql, [id]);
    const row = rows[0];
    if (!row) return null;
    return {
      id,
      runId: row.run_id,
      contactId: row.contact_id,
      automation: row.automation,
      node: row.node,
      at: Number(row.at),
      payload: row.payload,
      channelId: row.channel,
      channel: row.document,
      secret: row.secret,
      asks: row.answer !== null,
      awaited: row.answer === 'awaited',
    };
  }

  async delivered(id: string): Promise<void> {
    await this.#update(
      `update deliveries set status = 'delivered', delivered_at = now(), attempts = attempts + 1, last_error = null
       where id = $1 and status = 'pending'`,
      [id],
    );
  }

  async attemptFailed(id: string, error: string): Promise<void> {
    await this.#update(
      `update deliveries set attempts = attempts + 1, last_error = $2 where id = $1 and status = 'pending'`,
      [id, error],
    );
  }

  async givenUp(id: string, error: string): Promise<void> {
    await this.#update(
      `update deliveries set status = 'failed', last_error = coalesce(last_error, $2) where id = $1 and status = 'pending'`,
      [id, error],
    );
  }

  /** Tells those who look at the run, too. */
  async #update(sql: string, values: unknown[]): Promise<void> {
    const { rows } = await this.#pool.query<{ run_id: string }>(`${sql} returning run_id`, values);
    if (rows.length > 0) await announce(this.#pool, { operations: null, runs: rows.map((row) => row.run_id) });
  }
}
