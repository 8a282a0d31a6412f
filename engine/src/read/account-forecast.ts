import {
  AccountGathering,
  FactBook,
  needs,
  scoreAccount,
  step,
  type accountForecastSchema,
  type Subject,
} from '@ripen/shared';
import type { z } from 'zod';
import { membersOf } from '../lanes/refresh-accounts.ts';
import { NotFoundError } from '../store/errors.ts';
import { loadFacts } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';
import type { Workspace } from './workspace.ts';

type Forecast = z.output<typeof accountForecastSchema>;

const dayMs = 86_400_000;
/** Moments looked at, now not counted. */
const looks = 10;
/** Contacts whose dues are followed: of the others only what fades is known, which takes no stepping. */
const mostFollowed = 500;

/** What becomes of an account's scores in so many days if nothing more arrives. Throws NotFoundError. */
export const forecastAccount = async (
  db: Queryable,
  workspace: Workspace,
  { id, at, days }: { id: string; at: number; days: number },
): Promise<Forecast> => {
  const until = at + days * dayMs;
  const moments = Array.from({ length: looks + 1 }, (_, index) => at + Math.round((index * (until - at)) / looks));
  const { program, accountModels } = workspace;
  const gatherings = moments.map((moment) => new AccountGathering(program, accountModels, moment));
  let contacts = 0;
  let followed = 0;
  for await (const members of membersOf(db, [id])) {
    const subjects = members.map(({ subject }) => subject);
    contacts += subjects.length;
    const near = subjects.slice(0, Math.max(0, mostFollowed - followed));
    followed += near.length;
    const books = await booksOf(db, workspace, near, until);
    for (const [index, subject] of subjects.entries()) {
      const book = books[index];
      let current = subject;
      for (const [look, moment] of moments.entries()) {
        if (book && moment >= current.clock)
          current = step(program, current, { kind: 'tick', to: moment, now: moment }, book).subject;
        gatherings[look]?.add(current);
      }
    }
  }
  if (contacts === 0) throw new NotFoundError('account', id);
  const scores = gatherings.map((gathering) => scoreAccount(gathering.account()));
  return {
    at: iso(at),
    until: iso(until),
    models: (scores[0] ?? []).map(({ model, name, shown }, index) => ({
      model,
      name,
      shown,
      points: moments.map((moment, look) => ({ at: iso(moment), score: scores[look]?.[index]?.score ?? 0 })),
    })),
    followed,
    contacts,
  };
};

/** What stepping these contacts to a moment needs of their past. */
const booksOf = async (
  db: Queryable,
  { program }: Workspace,
  subjects: readonly Subject[],
  until: number,
): Promise<FactBook[]> => {
  const asked = subjects.map((subject) => ({ subject, book: new FactBook() }));
  await loadFacts(
    db,
    asked.map(({ subject, book }) => ({
      contactId: subject.id,
      generation: subject.generation,
      needs: needs(program, subject, [{ kind: 'tick', to: until, now: until }]),
      book,
    })),
  );
  for (const { book } of asked) book.commit();
  return asked.map(({ book }) => book);
};
