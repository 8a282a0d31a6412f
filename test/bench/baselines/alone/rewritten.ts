import type pg from 'pg';
import { literals, unnested, type Prepared, type TableColumn } from './prepared.ts';

interface Rewriting {
  name: string;
  columns: TableColumn[];
  /** `:rows` is where the rows come from, as `u` with columns c0, c1 and so on. */
  text: string;
  /** With the columns, `chunk` and `place`. */
  source: string;
}

const column = (name: string, type: string): TableColumn => ({ name, type });

/** States are written once per contact and transaction. */
const states: Rewriting = {
  name: 'contacts',
  columns: [column('id', 'uuid'), column('stage', 'text'), column('card', 'integer'), column('state', 'json')],
  text: 'update alone.contacts c set state = c3, stage = c1, card = c2 from :rows where c.id = c0',
  source: `select c.id, c.stage, c.card, c.state, k.chunk, c.id as place
    from (select distinct contact_id, chunk from alone.chunks) k join public.contacts c on c.id = k.contact_id`,
};

/** A card is written when its contact moved to another stage; nothing else of it changes here. */
const cards: Rewriting = {
  name: 'contact_cards',
  columns: [
    column('contact_id', 'uuid'),
    column('created_us', 'bigint'),
    column('name', 'text'),
    column('email', 'text'),
    column('company', 'text'),
    column('stage', 'text'),
    column('search', 'tsvector'),
  ],
  text: `insert into alone.contact_cards (contact_id, created_us, name, email, company, stage, search)
    select c0, c1, c2, c3, c4, c5, c6 from :rows
    on conflict (contact_id) do update set name = excluded.name, email = excluded.email, company = excluded.company,
      stage = excluded.stage, search = excluded.search`,
  source: `select distinct on (k.chunk, c.contact_id) c.contact_id, c.created_us, c.name, c.email, c.company,
      coalesce(m.to_stage, '') as stage, c.search, k.chunk, c.contact_id as place
    from alone.chunks k join public.moves m on m.contact_id = k.contact_id and m.message_id = k.message_id
    join public.contact_cards c on c.contact_id = k.contact_id
    order by k.chunk, c.contact_id, m.seq desc`,
};

/** A place by score is written for each contact that a transaction scores; it ends at what it is now, a point higher each time. */
const heats: Rewriting = {
  name: 'contact_heat',
  columns: [column('contact_id', 'uuid'), column('stage', 'text'), column('heat', 'smallint')],
  text: `insert into alone.contact_heat (contact_id, stage, heat) select c0, c1, c2 from :rows
    on conflict (contact_id) do update set stage = excluded.stage, heat = excluded.heat
    where (contact_heat.stage, contact_heat.heat) is distinct from (excluded.stage, excluded.heat)`,
  source: `select h.contact_id, h.stage, h.heat + 1 - row_number() over (partition by h.contact_id order by k.chunk desc) as heat,
      k.chunk, h.contact_id as place
    from (
      select k.contact_id, k.chunk from alone.chunks k
      join public.ledger l on l.contact_id = k.contact_id and l.message_id = k.message_id
      group by k.contact_id, k.chunk having sum(l.points) > 0
    ) k join public.contact_heat h on h.contact_id = k.contact_id`,
};

/** What falls due is written when it is new or earlier than before: once, with the first event of its contact. */
const dues: Rewriting = {
  name: 'dues',
  columns: [column('contact_id', 'uuid'), column('slot', 'smallint'), column('due_at', 'bigint')],
  text: `insert into alone.dues (contact_id, slot, due_at) select c0, c1, c2 from :rows
    on conflict (contact_id) do update set due_at = least(dues.due_at, excluded.due_at)`,
  source: `select d.contact_id, d.slot, d.due_at, k.chunk, d.contact_id as place
    from (select contact_id, min(chunk) as chunk from alone.chunks group by contact_id) k
    join public.dues d on d.contact_id = k.contact_id left join alone.dues was on was.contact_id = d.contact_id
    where was.due_at is null or d.due_at < was.due_at`,
};

/** Rows of contacts that are written once per transaction, whatever the number of their events. */
export const prepareRewritten = async (pool: pg.Pool): Promise<Prepared[]> => {
  const prepared: Prepared[] = [];
  for (const { name, columns, text, source } of [states, cards, heats, dues]) {
    const rows = await literals(pool, columns, source);
    prepared.push({ name: `alone_${name}`, text: text.replace(':rows', unnested(columns).from), ...rows });
  }
  return prepared;
};
