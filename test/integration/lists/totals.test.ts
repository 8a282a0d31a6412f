import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identify, startLists, track } from './support.ts';

test('totals of a workspace from before are the two lists of today', async () => {
  await using server = await startLists();
  await server.send(identify('ada', { country: 'US' }), track('ada', 'visited'), track('ada', 'visited'));
  await server.send(identify('bob', {}));
  await server.drain();
  const { pool } = server.deps.store;
  const states = async () => (await pool.query<{ state: object }>('select state from contacts order by id')).rows;
  const today = await states();
  await pool.query(`update contacts set state = (
    select jsonb_set(state::jsonb, '{models}', coalesce(jsonb_object_agg(m.key, (m.value - 'causes') || jsonb_build_object('totals', (
      select coalesce(jsonb_object_agg(cause, m.value->'totals'->(n::int - 1)), '{}')
      from jsonb_array_elements_text(m.value->'causes') with ordinality as c (cause, n)))), '{}'))::json
    from jsonb_each(state::jsonb->'models') m)`);
  expect(await states()).not.toEqual(today);
  await pool.query(readFileSync(join(import.meta.dirname, '../../../infra/migrations/0005_totals.sql'), 'utf8'));
  expect(await states()).toEqual(today);
});
