import { partsThatMustHold, question, type Condition, type Question, type Segment, type Total } from '@ripen/shared';
import { NotFoundError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { AskedContacts } from './contact-filters.ts';
import { countCards } from './contact-count.ts';
import { countMembers } from './members.ts';
import { readSearch } from './search.ts';
import type { Workspace } from './workspace.ts';
import { writtenOf, type Written } from './written-values.ts';

/** Throws NotFoundError. */
export const segmentInForce = ({ definitions }: Workspace, id: string): Segment => {
  const segment = definitions.segments.find((other) => other.id === id);
  if (!segment) throw new NotFoundError('segment in force', id);
  return segment;
};

/** A condition as a question, and what it lets one know of the cards and states of those who fit, so that fewer are looked at. */
export interface Narrowed {
  question: Question;
  stage: string | undefined;
  labels: string[];
  written: Written[];
}

export const narrowed = ({ program, definitions }: Workspace, condition: Condition): Narrowed => {
  const must = partsThatMustHold(condition, definitions.segments);
  const stages = must.flatMap((part) => (part.kind === 'stage' && part.in.length === 1 ? [part.in[0] ?? 'none'] : []));
  return {
    question: question(program, condition, must),
    stage: stages[0],
    labels: must.flatMap((part) => (part.kind === 'label' ? [part.label] : [])),
    written: writtenOf(must),
  };
};

/** What a list is narrowed by where no condition is. */
export const notNarrowed: Omit<Narrowed, 'question'> = { stage: undefined, labels: [], written: [] };

/** A list's query with what a condition says of cards and states. */
export const narrowedQuery = async (
  store: Store,
  asked: AskedContacts,
  { stage, labels, written }: Omit<Narrowed, 'question'>,
) => {
  const search = await readSearch(store.pool, asked, labels);
  return { ...asked, search, stage: asked.stage ?? stage, written };
};

const everybody: AskedContacts = { limit: 1, sort: 'newest' };

/** How many contacts fit a condition at a moment: exact where all who could can be looked at in `forMs`, else from a sample. */
const countFitting = async (
  store: Store,
  workspace: Workspace,
  condition: Condition,
  at: number,
  forMs: number,
): Promise<Total> => {
  const { question: asking, ...narrow } = narrowed(workspace, condition);
  const query = await narrowedQuery(store, everybody, narrow);
  const [count] = await countMembers(store.pool, [asking], query, await countCards(store, query), at, forMs);
  return count ?? { count: 0, exact: true };
};

/** How many contacts each segment has, in `countMs` together; those that nothing narrows are counted on one look at the contacts. */
export const countSegments = async (
  store: Store,
  workspace: Workspace,
  at: number,
  countMs: number,
): Promise<(Total & { segment: string })[]> => {
  const all = workspace.definitions.segments.map(({ id, when }) => ({ id, when, ...narrowed(workspace, when) }));
  const wide = all.filter(({ stage, labels }) => stage === undefined && labels.length === 0);
  const query = await narrowedQuery(store, everybody, notNarrowed);
  const questions = wide.map((segment) => segment.question);
  const looks = all.length - wide.length + Math.min(1, wide.length);
  const forMs = countMs / Math.max(1, looks);
  const shared =
    wide.length > 0 ? await countMembers(store.pool, questions, query, await countCards(store, query), at, forMs) : [];
  const counts: (Total & { segment: string })[] = [];
  for (const segment of all) {
    const count = shared[wide.indexOf(segment)] ?? (await countFitting(store, workspace, segment.when, at, forMs));
    counts.push({ segment: segment.id, ...count });
  }
  return counts;
};
