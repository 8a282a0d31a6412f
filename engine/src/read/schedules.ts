import {
  automationScheduleId,
  meantBy,
  nextMoments,
  scheduleInWords,
  scheduleKey,
  schedulesOf,
  type AutomationSchedule,
  type Round,
  type RoundPreview,
  type roundsQuery,
} from '@ripen/shared';
import type { z } from 'zod';
import type { EnrolmentInput } from '../enrolment/begin.ts';
import { definitionHistory } from '../store/definitions.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { scheduleProblems } from '../store/schedules.ts';
import type { Queryable, Store } from '../store/store.ts';
import { membersOf } from '../rounds/members-of.ts';
import { countCards } from './contact-count.ts';
import { listFitting } from './contact-list.ts';
import { countMembers } from './members.ts';
import { iso } from './moments.ts';
import type { Patience } from './patience.ts';
import { listRounds, shownRound, type RoundRow } from './rounds.ts';
import type { Workspace } from './workspace.ts';

const roundOf = (row: RoundRow<EnrolmentInput>): Round => {
  const { result, ...shown } = shownRound(row);
  const { automation, schedule } = row.input;
  return { ...shown, automation, schedule, members: result.members, told: result.changed, held: result.held };
};

/** The rounds of an automation, newest first. */
export const listAutomationRounds = (
  db: Queryable,
  automation: string,
  query: z.output<typeof roundsQuery>,
): Promise<{ items: Round[]; next: string | null }> =>
  listRounds(db, { kind: 'enrolment', of: automation }, query, roundOf);

/** The last version of an automation. Throws NotFoundError for one that was never published. */
const lastVersion = async (db: Queryable, id: string) => {
  const [last] = await definitionHistory(db, 'automation', id);
  if (last?.document.kind !== 'automation') throw new NotFoundError('published automation', id);
  return { graph: last.document, version: last.version, live: last.toRevision === null };
};

const shownMoments = 5;

/** When an automation's schedules let contacts enter next, and what became of it last. Throws NotFoundError. */
export const readAutomationSchedule = async (db: Queryable, id: string, now: number): Promise<AutomationSchedule> => {
  const { graph, version, live } = await lastVersion(db, id);
  const problems = await scheduleProblems(db);
  const { items } = await listAutomationRounds(db, id, { limit: 1 });
  const clocks = new Map(schedulesOf(graph).map(({ when }) => [scheduleKey(when), when]));
  return {
    automation: id,
    version: live ? version : null,
    schedules: [...clocks].map(([clock, when]) => ({
      words: scheduleInWords(when),
      next: live ? nextMoments(when, now, shownMoments).map(iso) : [],
      problem: problems[automationScheduleId(id, clock)] ?? null,
    })),
    lastRound: items[0] ?? null,
  };
};

const shownContacts = 5;

/** Whom *Run now* would be about, at a moment; from a sample where there are too many to count. Throws NotFoundError, ConflictError. */
export const previewRound = async (
  store: Store,
  workspace: Workspace,
  automation: string,
  at: number,
  { walkMs, countMs }: Patience,
): Promise<RoundPreview> => {
  const { graph, live } = await lastVersion(store.pool, automation);
  const schedules = schedulesOf(graph);
  if (!live) throw new NotFoundError('live automation', automation);
  if (schedules.length === 0)
    throw new ConflictError(`The automation ${automation} is not started by a schedule. Add that trigger first.`);
  const who = meantBy(schedules);
  const { question, query } = await membersOf(store, workspace, who);
  const cards = await countCards(store, query);
  const [members = { count: 0, exact: true }] = await countMembers(store.pool, [question], query, cards, at, countMs);
  const { items } = await listFitting(store, workspace, { limit: shownContacts, sort: 'newest' }, who ?? null, at, {
    walkMs: walkMs / 2,
    // They are counted already.
    countMs: 0,
  });
  return { members, items };
};
