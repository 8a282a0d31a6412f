import { randomUUID } from 'node:crypto';
import { removeOldNotices } from '@ripen/engine';
import { expect, test } from 'vitest';
import { containing, startOutbound } from './outbound.ts';

const outbound = startOutbound();
const { publish, say, attempt, row } = outbound;

const person = async (name: string, role: string): Promise<string> => {
  const { rows } = await outbound.pool.query<{ id: string }>(
    `insert into people (name, email, role) values ($1, $2, $3) returning id`,
    [name, `${name}@example.com`, role],
  );
  return rows[0]?.id ?? '';
};
const noticesOf = async (delivery: string) =>
  (
    await outbound.pool.query<{ name: string; subject: string; body: string }>(
      `select p.name, n.subject, n.body from notices n join people p on p.id = n.person_id
       where n.delivery_id = $1 order by p.name`,
      [delivery],
    )
  ).rows;
const inApp = (to: object) => publish({ type: 'in_app', to });

test('in the product everybody of a role is told, each once, whatever is tried again', async () => {
  for (const [name, role] of [
    ['ann', 'marketer'],
    ['ben', 'marketer'],
    ['cy', 'sales'],
  ] as const)
    await person(name, role);
  const id = await say(await inApp({ kind: 'role', role: 'marketer' }));
  await attempt(id);
  // As after a crash between telling and writing down that it was told.
  await outbound.pool.query(`update deliveries set status = 'pending' where id = $1`, [id]);
  await attempt(id);
  const said = { subject: 'Hot lead', body: 'Call now' };
  expect(await noticesOf(id)).toEqual([
    { name: 'ann', ...said },
    { name: 'ben', ...said },
  ]);
  expect(await row(id)).toMatchObject({ status: 'delivered', attempts: 2, last_error: null });
});

test('one person is told by the address that they sign in with, and the owner of the lead by that of the queue', async () => {
  await person('dee', 'sales');
  const byAddress = await say(await inApp({ kind: 'person', email: 'Dee@example.com' }));
  await attempt(byAddress);
  expect((await noticesOf(byAddress)).map(({ name }) => name)).toEqual(['dee']);
  const owner = await say(await inApp({ kind: 'lead_owner' }));
  await expect(attempt(owner)).rejects.toMatchObject({
    permanent: true,
    message: containing('Route it to sales first'),
  });
  await outbound.pool.query(
    `insert into definitions (kind, id, version, document, from_revision) values ('queue', 'inside', 1, $1, 1)`,
    [{ kind: 'queue', id: 'inside', name: 'Inside', reps: [{ id: 'dee', name: 'Dee', email: 'dee@example.com' }] }],
  );
  await outbound.pool.query(
    `insert into leads (id, contact_id, run_id, queue, rep, status, decision, why, at)
     select $1, contact_id, run_id, 'inside', 'dee', 'open', '{}', '[]', 1 from deliveries where id = $2`,
    [randomUUID(), owner],
  );
  await attempt(owner);
  expect((await noticesOf(owner)).map(({ name }) => name)).toEqual(['dee']);
});

test.each([
  [{ kind: 'person', email: 'nobody@example.com' }, 'Nobody signs in with nobody@example.com'],
  [{ kind: 'role', role: 'admin' }, 'Nobody has the role admin'],
])('whom nobody can be told for fails at once, with what to do: %j', async (to, sentence) => {
  const id = await say(await inApp(to));
  await expect(attempt(id)).rejects.toMatchObject({ permanent: true, message: containing(sentence) });
  expect(await row(id)).toMatchObject({ status: 'pending', last_error: containing(sentence) });
});

test('of a person the newest thousand are kept, for ninety days', async () => {
  const id = await person('eve', 'sales');
  const now = Date.UTC(2026, 5, 1);
  await outbound.pool.query(
    `insert into notices (person_id, delivery_id, contact_id, automation, subject, body, at)
     select $1, gen_random_uuid(), gen_random_uuid(), 'card', n::text, '', $2::bigint - n * 60000 from generate_series(1, 1005) n`,
    [id, now],
  );
  await outbound.pool.query(`update notices set at = $2 where person_id = $1 and subject = '1'`, [
    id,
    now - 91 * 86_400_000,
  ]);
  await removeOldNotices(outbound.pool, now);
  const { rows } = await outbound.pool.query<{ kept: number; oldest: number }>(
    `select count(*)::int as kept, max(subject::int) as oldest from notices where person_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ kept: 1_000, oldest: 1_001 }]);
});
