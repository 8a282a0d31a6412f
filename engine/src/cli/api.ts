import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  acceptedSchema,
  accountFieldsSaidSchema,
  importSchema,
  type Accepted,
  type AccountFieldsBody,
} from '@ripen/shared';
import type { Refusal } from '@ripen/shared/import';
import type { z } from 'zod';
import { CliError, exitCodes } from './cli-error.ts';
import type { Client } from './client.ts';

/** A historical load as the server shows it. */
export type HistoricalLoad = z.output<typeof importSchema>;

const compress = promisify(gzip);

/** The routes that commands use, in one place. */
export class Api {
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** Opens a historical load; returns its id. */
  async openImport(name: string): Promise<string> {
    const { body } = await this.client.call({
      method: 'POST',
      path: '/api/imports',
      body: { name },
      auth: 'api',
      repeatable: false,
    });
    return read(importSchema, body).id;
  }

  async readImport(id: string): Promise<HistoricalLoad> {
    const { body } = await this.client.call({
      method: 'GET',
      path: `/api/imports/${encodeURIComponent(id)}`,
      auth: 'api',
      repeatable: true,
    });
    return read(importSchema, body);
  }

  async closeImport(id: string): Promise<void> {
    await this.client.call({
      method: 'POST',
      path: `/api/imports/${encodeURIComponent(id)}/close`,
      body: {},
      auth: 'api',
      repeatable: true,
    });
  }

  /** Tells what of the files was not taken, so that it can be found again later. */
  async keepRefusals(id: string, refused: number, items: readonly Refusal[]): Promise<void> {
    await this.client.call({
      method: 'POST',
      path: `/api/imports/${encodeURIComponent(id)}/refusals`,
      body: { refused, items },
      auth: 'api',
      repeatable: true,
    });
  }

  /** Says something of accounts; saying it again changes nothing. */
  async sayOfAccounts(body: AccountFieldsBody): Promise<z.output<typeof accountFieldsSaidSchema>> {
    const answer = await this.client.call({
      method: 'POST',
      path: '/api/accounts/fields',
      body,
      auth: 'api',
      repeatable: true,
    });
    return read(accountFieldsSaidSchema, answer.body);
  }

  /** Sends a packed batch into an open load. Message ids make sending again safe. */
  async sendBatch(bytes: Uint8Array): Promise<Accepted> {
    const { body } = await this.client.call({
      method: 'POST',
      path: '/v1/batch',
      auth: 'write',
      repeatable: true,
      raw: { bytes, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    });
    return read(acceptedSchema, body);
  }
}

/** A batch of messages, given as JSON text, as it is sent. */
export const packBatch = (importId: string, messages: readonly string[]): Promise<Uint8Array> =>
  compress(`{"importId":${JSON.stringify(importId)},"batch":[${messages.join(',')}]}`, { level: 1 });

/** An answer, checked against the contract. */
export const read = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CliError(
    `The server's answer is not what this command expects (${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}). Is the server of the same version?`,
    exitCodes.server,
  );
};

/** Reads something of the server. */
export const get = async <T>(client: Client, schema: z.ZodType<T>, path: string): Promise<T> =>
  read(schema, (await client.call({ method: 'GET', path, auth: 'api', repeatable: true })).body);
