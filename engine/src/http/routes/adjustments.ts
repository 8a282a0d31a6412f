import { randomUUID } from 'node:crypto';
import { acceptedInputSchema, adjustmentBodySchema, internalEvents, uuidParams } from '@ripen/shared';
import { postInternal } from '../../lanes/internal.ts';
import { findContact } from '../../read/contacts.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { notFound } from '../problem.ts';
import { route, type Route } from '../route.ts';

export const adjustmentRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/contacts/:id/adjustments',
    permission: 'contacts:write',
    tag: 'Contacts',
    summary: 'Adjust a score by hand, with a reason',
    status: 202,
    description:
      'Adds `points` or sets the score to `setTo`. It neither decays nor expires; a reset takes it. Applied like an event, within moments, and kept with who did it and why.',
    params: uuidParams,
    body: adjustmentBodySchema,
    response: acceptedInputSchema,
    handle: async ({ params, body, principal, now }, deps) => {
      const { id: contactId } = await findContact(deps.store.pool, params.id);
      if (!(await workspaceNow(deps)).program.model.has(body.model)) throw notFound('score model', body.model);
      const messageId = `adjust:${randomUUID()}`;
      await postInternal(deps, {
        contactId,
        type: internalEvents.adjust,
        properties: { ...body, by: principal?.name ?? '' },
        messageId,
        now,
      });
      return { messageId };
    },
  }),
];
