import { Readable } from 'node:stream';
import type { Segment } from '@ripen/shared';
import type { Store } from '../store/store.ts';
import { contactItem, loadFound } from './contact-rows.ts';
import { csvLine } from './csv.ts';
import { idsOf, membersAmong } from './members.ts';
import { narrowed, narrowedQuery } from './segments.ts';
import type { Workspace } from './workspace.ts';

/**
 * The contacts of a segment as CSV (RFC 4180, UTF-8), written as they are found: a line for each, with scores as of `at` and
 * these fields.
 */
export const segmentCsv = (
  store: Store,
  workspace: Workspace,
  segment: Segment,
  fields: readonly string[],
  at: number,
): Readable => {
  const { models } = workspace.definitions;
  const lines = async function* (): AsyncGenerator<string> {
    yield csvLine([
      ...['id', 'userId', 'name', 'email', 'company', 'stage', 'labels', 'lastActivityAt', 'createdAt'],
      ...models.map(({ id }) => `score:${id}`),
      ...fields.map((field) => `field:${field}`),
    ]);
    const { question, ...narrow } = narrowed(workspace, segment.when);
    const query = await narrowedQuery(store, { limit: 1, sort: 'newest' }, narrow);
    for await (const ids of idsOf(store.pool, query)) {
      const found = await loadFound(store.pool, ids);
      let text = '';
      for (const contact of await membersAmong(store.pool, question, found, at)) {
        const item = contactItem(workspace, contact, at);
        const scores = new Map(item.scores.map(({ model, shown, score }) => [model, shown ? score : null]));
        text += csvLine([
          ...[item.id, item.userId, item.name, item.email, item.company, item.stage, item.labels],
          ...[item.lastActivityAt, item.createdAt],
          ...models.map(({ id }) => scores.get(id) ?? null),
          ...fields.map((field) => contact.subject.fields[field] ?? null),
        ]);
      }
      if (text !== '') yield text;
    }
  };
  return Readable.from(lines(), { objectMode: false });
};
