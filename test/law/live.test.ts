import { definitionsOf, internalEvents } from '@ripen/shared';
import { expect, test } from 'vitest';
import { booksOf, expectEnough, expectSameBooks } from '../helpers/books.ts';
import { startLiveStack } from '../helpers/live-stack.ts';
import { startReceiver } from '../workflows/support/receiver.ts';
import { seed, tellSeed } from '../helpers/seed.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { liveOut } from './support/live.ts';
import { richEnough } from './support/enough.ts';
import { answerLookups, assumedLookup, lookupPath } from './support/lookup.ts';
import { expectHands, generatedMessages, shifted } from './support/messages.ts';
import { simulate } from './support/simulate.ts';
import { hookId, lookupId } from './support/world-automations.ts';
import { richWorld } from './support/world.ts';

tellSeed();

const dayMs = 86_400_000;
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

test('lived through, event by event, a history of everything has the ledger that it has simulated', async () => {
  const receiver = await startReceiver();
  answerLookups(receiver);
  const documents = richWorld(`${receiver.url}/hook`, `${receiver.url}${lookupPath}`);
  const stack = await startLiveStack({ documents, secrets: { [hookId]: secret, [lookupId]: secret } });
  try {
    const definitions = definitionsOf(documents);
    const { pool } = stack.deps.store;
    await pool.query(
      `insert into people (name, email, role) select n, n || '@example.com', 'sales' from unnest(array['ada', 'cy']) n`,
    );
    // Time goes forward only: the history begins tomorrow.
    const start = stack.clock.now() + dayMs;
    const answers = { response: 0, failed: 0 };
    const { messages, until, simulated } = richEnough(definitions, {
      outside: {
        start: () => {
          answers.response = answers.failed = 0;
          return { respond: assumedLookup((port) => answers[port]++), withdraws: true };
        },
        enough: () => answers.response >= 20 && answers.failed >= 20,
      },
      from: 20,
      by: 4,
      histories: (contacts) =>
        shifted(
          generatedMessages({
            ...{ contacts, seed, definitions, minLength: 10, maxLength: 16 },
            ...{ grainMs: dayMs, lookAfterMs: 45 * dayMs },
          }),
          start,
        ),
    });
    expectEnough(simulated.happened, 100);
    expectHands(messages, simulated.books, 1);
    expect(simulated.deadLetters).toEqual([]);
    expect(simulated.notices.sent).toBeGreaterThan(0);
    await liveOut(stack, { messages, until, stops: simulated.askedAt });
    expectSameBooks(await booksOf(pool), simulated.books, 'Lived and simulated');
    // Inside the product both of sales are told, once each, of what the simulator says was sent.
    const told = await pool.query<{ person: string; notices: number }>(
      'select person_id as person, count(*)::int as notices from notices group by person_id',
    );
    expect(told.rows.map(({ notices }) => notices)).toEqual([simulated.notices.sent, simulated.notices.sent]);
    const arrivals = await recordedArrivals(pool);
    expect(arrivals.length).toBeGreaterThan(messages.length);
    expect(arrivals.filter(({ type }) => type === internalEvents.leadWithdrawn).length).toBeGreaterThan(0);
    expectSameBooks(
      simulate({ definitions, messages: arrivals, until, answers: 'recorded' }).books,
      simulated.books,
      'Simulated from recorded arrivals',
    );
  } finally {
    await stack.close();
    await receiver.close();
  }
});
