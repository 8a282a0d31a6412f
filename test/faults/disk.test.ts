import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsOf } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { booksOf, expectSameBooks } from '../helpers/books.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { simulate } from '../law/support/simulate.ts';
import { patientDatabase, type PatientDatabase } from './support/database.ts';
import { pageModel } from './support/pages.ts';
import { Senders } from './support/senders.ts';

const { path: home, remove } = temporaryHome();
const disk = join(home, 'postgres');
const filler = join(disk, 'filler');

/** A small disk for the database alone; needs the right to mount. */
const mounted = ((): boolean => {
  mkdirSync(disk, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=755', 'ripen-test', disk], { stdio: 'pipe' });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').at(-1) : String(error);
    console.warn(`SKIPPED: a small disk could not be mounted (${reason}), so a full one is not tried.`);
    return false;
  }
})();

/** Leaves nothing free on the disk. */
const fill = (): void => {
  const file = openSync(filler, 'a');
  const block = Buffer.alloc(1024 * 1024);
  try {
    for (;;) writeSync(file, block);
  } catch {
    // The disk is full: that was the point.
  } finally {
    closeSync(file);
  }
};

const freeBytes = (): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

describe.skipIf(!mounted)('a full disk', () => {
  let product: Product;
  let database: PatientDatabase;
  let api: ReturnType<typeof clientOf>;
  const opened: (() => Promise<unknown>)[] = [];
  const documents = [pageModel()];

  beforeAll(async () => {
    product = await startProduct(home);
    opened.push(product.stop);
    database = patientDatabase(product.databaseUrl);
    opened.push(database.close);
    api = clientOf(product.url, product.keys);
    await api.post('/api/apply', { documents });
  }, 180_000);

  afterAll(async () => {
    for (const close of opened.reverse()) await close();
    if (mounted) execFileSync('umount', ['--lazy', disk]);
    await remove();
  });

  test('is said so while it lasts; when there is room again, everything goes on by itself and nothing is lost', async () => {
    // Bulky, so that it does not take long until the log needs another file.
    const text = 'x'.repeat(8_000);
    const messages = Array.from({ length: 6_000 }, (_, index) => ({
      type: 'page',
      userId: `u${index % 50}`,
      messageId: `m${index}`,
      properties: { text: `${text}${index}` },
    }));
    const senders = new Senders({
      url: product.url,
      writeKey: product.keys.writeKey,
      messages,
      width: 4,
      batchSize: 20,
    });
    senders.release(300);
    await waitUntil({ what: 'The first events', timeoutMs: 60_000, until: async () => senders.acknowledged >= 300 });
    fill();
    expect(freeBytes()).toBeLessThan(1024 * 1024);
    senders.release(Infinity);
    await waitUntil({
      what: 'Senders that are turned away',
      timeoutMs: 120_000,
      until: async () => senders.failures > 20,
    });
    expect(senders.acknowledged).toBeLessThan(messages.length);
    const answer = await api
      .fetch('/v1/batch', {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${api.writeKey}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ batch: [{ type: 'page', userId: 'u1', messageId: 'm0' }] }),
      })
      .catch(() => null);
    // The API may be on its way up again, when it too lost its database; what it answers is a sentence.
    if (answer !== null && answer.status !== 200) {
      const { detail } = (await answer.json()) as { detail: string };
      expect(detail).toMatch(/^[A-Z].*\.$/);
    }
    rmSync(filler);
    await senders.done();
    await settled(database.pool, Date.now(), 120_000).catch(async () => {
      // The pool's first question may meet a server that is still recovering.
      await database.ask('select 1');
      await settled(database.pool, Date.now(), 120_000);
    });
    expect(await database.ask('select count(*)::int as n from events')).toEqual({ n: messages.length });
    const simulated = simulate({
      definitions: definitionsOf(documents),
      messages: await recordedArrivals(database.pool),
      until: Date.now(),
      answers: 'recorded',
    });
    expectSameBooks(await booksOf(database.pool), simulated.books, 'After the full disk and simulated');
  }, 400_000);
});
