import { bulk } from './bulk.ts';
import type { Queryable } from './store.ts';

/** A contact as lists and searches show it. */
export interface Card {
  contactId: string;
  name: string;
  email: string | null;
  company: string | null;
  /** Empty for none. */
  stage: string;
  /** What it is found by: words, and labels as `labelWord` writes them. */
  words: readonly string[];
}

const cards = bulk<Card>(
  'contact_cards',
  {
    contact_id: { type: 'uuid', of: (card) => card.contactId },
    name: { type: 'text', of: (card) => card.name },
    email: { type: 'text', of: (card) => card.email },
    company: { type: 'text', of: (card) => card.company },
    stage: { type: 'text', of: (card) => card.stage },
    words: { type: 'text[]', of: (card) => card.words },
  },
  `insert into contact_cards (contact_id, created_us, name, email, company, stage, search)
   select r.contact_id, (extract(epoch from c.created_at) * 1000000)::bigint, r.name, r.email, r.company, r.stage,
     array_to_tsvector(r.words)
   from :rows join contacts c on c.id = r.contact_id
   on conflict (contact_id) do update set name = excluded.name, email = excluded.email, company = excluded.company,
     stage = excluded.stage, search = excluded.search`,
);

export const writeCards = async (tx: Queryable, rows: readonly Card[]): Promise<void> => {
  if (rows.length > 0) await cards.run(tx, rows);
};

/** Where a contact stands among the others by its score. */
export interface Heat {
  contactId: string;
  /** Empty for none. */
  stage: string;
  /** Whole points; `noHeat` where there is no score to show. */
  heat: number;
}

export const noHeat = -32_768;

const heats = bulk<Heat>(
  'contact_heat',
  {
    contact_id: { type: 'uuid', of: (row) => row.contactId },
    stage: { type: 'text', of: (row) => row.stage },
    heat: { type: 'smallint', of: (row) => row.heat },
  },
  `insert into contact_heat (contact_id, stage, heat) select contact_id, stage, heat from :rows
   on conflict (contact_id) do update set stage = excluded.stage, heat = excluded.heat
   where (contact_heat.stage, contact_heat.heat) is distinct from (excluded.stage, excluded.heat)`,
);

export const writeHeats = async (tx: Queryable, rows: readonly Heat[]): Promise<void> => {
  if (rows.length > 0) await heats.run(tx, rows);
};

/** For a contact that turned out to be another one. */
export const deleteCard = async (tx: Queryable, contactId: string): Promise<void> => {
  await tx.query('delete from contact_cards where contact_id = $1', [contactId]);
  await tx.query('delete from contact_heat where contact_id = $1', [contactId]);
};
