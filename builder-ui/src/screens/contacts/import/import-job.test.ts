import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../../../api/client.ts';
import type { HistoricalLoad, Refusal } from '../../../api/imports.ts';
import { guessPlan } from './guess.ts';
import type { AccountFieldsBody } from '@ripen/shared';
import { ImportJob, type ImportApi, type ImportState } from './import-job.ts';
import { mappingOf } from './plan.ts';
import { previewOf, sampleOf, type Reading } from './read-file.ts';

const rowCount = 5_000;
const csv = [
  'user,when,page',
  ...Array.from({ length: rowCount }, (_, row) =>
    row === 17 ? 'u1,soon,x' : `u${row % 50},2026-03-${String(1 + ((row * 7) % 28)).padStart(2, '0')},"p ""${row}"""`,
  ),
].join('\n');
const file = (): File => new File([csv], 'visits.csv');

const readingOf = async (): Promise<Reading> => ({
  kind: 'csv',
  mapping: mappingOf({ ...guessPlan(await sampleOf(file()), 'visits.csv'), rows: 'events' }, 'visits.csv', 0),
});

interface Message {
  messageId: string;
  timestamp: string;
}

/** A load that takes in what it is sent, each message once; `trouble` may throw first. */
const serverWith = (trouble: (batch: number) => void = () => undefined) => {
  const taken = new Map<string, Message>();
  const order: string[] = [];
  const kept: Refusal[] = [];
  const said: AccountFieldsBody['accounts'][] = [];
  let batches = 0;
  let status: HistoricalLoad['status'] = 'open';
  const load = (): HistoricalLoad => ({
    id: 'load',
    name: 'visits.csv',
    status,
    received: taken.size,
    waiting: 0,
    refused: kept.length,
    createdAt: '2026-04-01T00:00:00.000Z',
    closedAt: null,
  });
  const api: ImportApi = {
    openLoad: () => Promise.resolve(load()),
    readLoad: () => Promise.resolve(load()),
    closeLoad: () => {
      status = 'closed';
      return Promise.resolve(load());
    },
    cancelLoad: () => {
      status = 'cancelled';
      return Promise.resolve(load());
    },
    keepRefusals: (_, { items }) => {
      kept.push(...items);
      return Promise.resolve(load());
    },
    sayOfAccounts: ({ accounts }) => {
      trouble(batches++);
      said.push(accounts);
      return Promise.resolve({ accounts: accounts.length, withoutContacts: 1 });
    },
    sendMessages: async (_, messages) => {
      trouble(batches++);
      let duplicates = 0;
      for (const message of messages as Message[]) {
        if (taken.has(message.messageId)) duplicates++;
        else order.push(message.timestamp);
        taken.set(message.messageId, message);
      }
      return Promise.resolve({ success: true, accepted: messages.length - duplicates, duplicates, errors: [] });
    },
  };
  return { api, order, kept, said, status: () => status };
};

const until = (job: ImportJob, holds: (state: ImportState) => boolean): Promise<ImportState> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (holds(job.state)) resolve(job.state);
    };
    job.subscribe(look);
    look();
  });

describe('an import', () => {
  test('reads, sorts and sends every row once, and tells what came of it', async () => {
    const { api, order, kept, status } = serverWith();
    const job = new ImportJob(file(), await readingOf(), api);
    await job.run(Date.parse('2026-04-01'));
    expect(job.state).toEqual({
      phase: 'done',
      report: { of: 'contacts', contacts: 50, events: rowCount - 1, duplicates: 0, refused: 1 },
    });
    expect(order).toEqual([...order].toSorted());
    expect(status()).toBe('closed');
    expect(kept).toMatchObject([{ file: 'visits.csv', line: 19, original: 'u1,soon,x' }]);
    expect(await job.refusals?.file().text()).toBe(
      'file,line,reason,row\nvisits.csv,19,"timestamp ""soon"" is not a date of the expected format","u1,soon,x"\n',
    );
  });

  test('a file of which nothing can be used is kept with the reasons too, hundreds at a time', async () => {
    const { api, kept, status } = serverWith();
    const bad = new File([`user,when,page\n${'u,soon,x\n'.repeat(250)}`], 'visits.csv');
    const job = new ImportJob(bad, await readingOf(), api);
    await job.run(Date.parse('2026-04-01'));
    expect(job.state).toMatchObject({ phase: 'failed' });
    expect(kept.map(({ line }) => line)).toEqual(Array.from({ length: 250 }, (_, index) => index + 2));
    expect(status()).toBe('closed');
  });

  test('waits for a connection that is lost, and loses nothing', async () => {
    const { api, order } = serverWith((batch) => {
      if (batch === 1) throw new ApiProblem(0, 'offline', 'away');
    });
    const job = new ImportJob(file(), await readingOf(), api);
    const run = job.run(Date.parse('2026-04-01'));
    const state = await until(job, (each) => each.phase === 'sending' && each.trouble !== null);
    expect(state).toMatchObject({ phase: 'sending', trouble: expect.stringContaining('connection is lost') as string });
    await run;
    expect(job.state.phase).toBe('done');
    expect(order).toHaveLength(rowCount - 1);
  });

  test('what will never work ends it with the reason', async () => {
    const { api } = serverWith(() => {
      throw new ApiProblem(403, 'forbidden', 'The role sales lacks the permission ingest.');
    });
    const job = new ImportJob(file(), await readingOf(), api);
    await job.run(Date.parse('2026-04-01'));
    expect(job.state).toEqual({ phase: 'failed', sentence: 'The role sales lacks the permission ingest.' });
  });

  test('a pause holds, going on goes on', async () => {
    const { api, order } = serverWith(() => job.pause());
    const job = new ImportJob(file(), await readingOf(), api);
    const run = job.run(Date.parse('2026-04-01'));
    await until(job, (state) => state.phase === 'sending' && state.paused && state.sent > 0);
    expect(order.length).toBeLessThan(rowCount - 1);
    const resume = setInterval(() => job.resume(), 1);
    await run;
    clearInterval(resume);
    expect(order).toHaveLength(rowCount - 1);
  });

  test('cancelling ends the load', async () => {
    const { api, status } = serverWith(() => job.pause());
    const job = new ImportJob(file(), await readingOf(), api);
    const run = job.run(Date.parse('2026-04-01'));
    await until(job, (state) => state.phase === 'sending' && state.paused && state.sent > 0);
    await job.cancel();
    await run;
    expect(job.state.phase).toBe('cancelled');
    expect(status()).toBe('cancelled');
  });
});

describe('an import of accounts', () => {
  const companies = (): File =>
    new File(
      [
        'Domain,Company name,Employees,Updated\n',
        ...Array.from(
          { length: 1_500 },
          (_, row) => `c${row}.example,Company ${row},${row === 3 ? 'many' : row},2026-03-01\n`,
        ),
      ],
      'companies.csv',
    );
  const readingOfCompanies = async (): Promise<Reading> => {
    const plan = guessPlan(await sampleOf(companies()), 'companies.csv', 'accounts');
    return { kind: 'csv', mapping: mappingOf(plan, 'companies.csv', 0) };
  };

  test('says each row once, opens no load, and refuses row by row', async () => {
    const { api, said, status } = serverWith();
    const job = new ImportJob(companies(), await readingOfCompanies(), api);
    await job.run(Date.parse('2026-04-01'));
    expect(job.state).toEqual({
      phase: 'done',
      report: { of: 'accounts', accounts: 1_499, withoutContacts: 2, refused: 1 },
    });
    expect(said.map((batch) => batch.length)).toEqual([1_000, 499]);
    expect(said[0]?.[0]).toEqual({
      ...{ id: 'c0.example', name: 'Company 0', at: '2026-03-01T00:00:00.000Z' },
      fields: { 'account.employees': 0 },
    });
    expect(job.refusals?.first).toMatchObject([{ line: 5 }]);
    expect(status()).toBe('open');
  });

  test('waits for a connection, pauses, and ends where it is told to', async () => {
    const { api, said } = serverWith((batch) => {
      if (batch === 0) throw new ApiProblem(0, 'offline', 'away');
      job.pause();
    });
    const job = new ImportJob(companies(), await readingOfCompanies(), api);
    const run = job.run(Date.parse('2026-04-01'));
    await until(job, (state) => state.phase === 'sending' && state.paused && state.sent > 0);
    await job.cancel();
    await run;
    expect(job.state).toEqual({ phase: 'cancelled', sent: 1_000 });
    expect(said).toHaveLength(1);
  });
});

test('the preview says what becomes of the first rows', async () => {
  const rows = await previewOf(file(), await readingOf(), 20, Date.parse('2026-04-01'));
  expect(
    rows.map(({ line, outcome }) => (outcome.ok ? outcome.messages.length : `${line}: ${outcome.reason}`)),
  ).toEqual(
    Array.from({ length: 20 }, (_, row) =>
      row === 17 ? '19: timestamp "soon" is not a date of the expected format' : 1,
    ),
  );
});
