import { noticesQuery, noticesSchema, readNoticesBodySchema, unreadSchema } from '@ripen/shared';
import type { Principal } from '../../auth/principal.ts';
import { listNotices } from '../../read/notices.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { countUnread, markRead } from '../../store/notices.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'People' as const;

/** Throws a Problem for keys: only people are told. */
const personOf = (principal: Principal | null): string => {
  if (principal?.is !== 'person')
    throw new Problem(422, 'no_person', 'Notices are for people. Sign in to read your own.');
  return principal.id;
};

/** What automations tell a person inside the product: everybody reads and marks their own. */
export const noticeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notices',
    permission: 'signed-in',
    tag,
    summary: 'What automations told you, newest first',
    description:
      'Of 90 days, at most 1,000. The live stream tells of new ones, and of those read elsewhere, by the topic `notices`, with the ids of people.',
    query: noticesQuery,
    response: noticesSchema,
    handle: async ({ query, principal }, deps) =>
      listNotices(deps.store.pool, await workspaceNow(deps), personOf(principal), query),
  }),
  route({
    method: 'post',
    path: '/api/notices/read',
    permission: 'signed-in',
    tag,
    summary: 'Mark notices of yours as read: those named, or all',
    description: 'What is not yours is left alone.',
    body: readNoticesBodySchema,
    response: unreadSchema,
    handle: async ({ body, principal }, { store }) => {
      const person = personOf(principal);
      await markRead(store.pool, person, 'ids' in body ? body.ids : null);
      return { unread: await countUnread(store.pool, person) };
    },
  }),
];
