import { explain, toPoints, type ExplanationLine, type Subject } from '@ripen/shared';
import type { explanationSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';
import type { Workspace } from './workspace.ts';

type Explained = z.output<typeof explanationSchema>;
type Line = Explained['lines'][number];

/** Adjustments that are named one by one; what is older is one line. */
const mostNamed = 20;

/** Why a score is what it is at `at` (ms): what was adjusted with who did it and why. */
export const readExplanation = async (
  db: Queryable,
  { program, names }: Workspace,
  asked: { subject: Subject; model: string; at: number },
): Promise<Explained> => {
  const { subject, model, at } = asked;
  const explained = explain(program, subject, model, at);
  const lines: Line[] = [];
  for (const line of explained.lines) {
    if (line.kind !== 'adjustment') lines.push(line);
    else lines.push(...(await adjustments(db, names, subject, model, line)));
  }
  return { ...explained, at: iso(at), lines };
};

const adjustments = async (
  db: Queryable,
  names: Workspace['names'],
  subject: Subject,
  model: string,
  whole: ExplanationLine,
): Promise<Line[]> => {
  const { rows } = await db.query<{ at: number; points: number; cause: string; reason: string | null }>(
    `select l.at, l.points, l.cause, (
         select e.properties->>'reason' from events e
         where e.contact_id = l.contact_id and e.type = 'ripen.adjust' and e.message_id = l.message_id limit 1) as reason
     from ledger l
     where l.contact_id = $1 and l.generation = $2 and l.model = $3 and l.epoch = $4
       and l.kind = 'adjustment' and l."group" is null
       and not exists (
         select 1 from ledger v where v.contact_id = l.contact_id and v.generation = l.generation and v.model = l.model
           and v.kind = 'void' and v."group" is null and v.of = l.id)
     order by l.seq desc limit $5`,
    [subject.id, subject.generation, model, subject.models[model]?.epoch ?? 0, mostNamed],
  );
  const named = rows.map(({ at, points, cause, reason }): Line => {
    const { causeName } = names.cause(cause, model);
    const by = cause.startsWith('person:') ? causeName : undefined;
    return {
      ...whole,
      cause,
      label: reason ?? (by === undefined ? causeName : 'Adjusted by hand'),
      points: toPoints(points),
      at: iso(at),
      ...(by !== undefined && { by }),
      ...(reason !== null && { reason }),
    };
  });
  const micro = (points: number): number => Math.round(points * 1e6);
  const rest = micro(whole.points) - named.reduce((sum, line) => sum + micro(line.points), 0);
  return rest === 0 ? named : [...named, { ...whole, label: 'Earlier adjustments', points: toPoints(rest) }];
};
