import {
  automationLabelsBodySchema,
  automationLabelsSchema,
  automationOwnerBodySchema,
  automationOwnerSchema,
  automationStarSchema,
  automationUsesSchema,
  automationFolderSchema,
  bulkBodySchema,
  bulkResultSchema,
  colleaguesSchema,
  folderBodySchema,
  idParams,
  noContentSchema,
  referencesBodySchema,
  referencesSchema,
} from '@ripen/shared';
import { listPeople } from '../../auth/people.ts';
import { deleteAutomation } from '../../lanes/delete-automation.ts';
import { automationMustExist } from '../../read/automations.ts';
import { mapReferences, readAutomationUses } from '../../read/references.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { changeLabels, readLabels, writeFolder, writeOwner, writeStar } from '../../store/organised.ts';
import { actOnEach } from '../bulk.ts';
import { personOf } from '../person.ts';
import { route, type Route } from '../route.ts';
import { readDocuments } from './apply.ts';

const tag = 'Definitions' as const;
const read = 'definitions:read' as const;
const write = 'definitions:write' as const;

/** What keeps automations in order. Nothing here is published. */
export const organiseRoutes: Route[] = [
  route({
    method: 'put',
    path: '/api/automations/:id/folder',
    permission: write,
    tag,
    summary: 'Put an automation into a folder, or out of any',
    description: 'Organises the list only; nothing is published.',
    params: idParams,
    body: folderBodySchema,
    response: automationFolderSchema,
    handle: async ({ params, body }, { store }) => {
      await automationMustExist(store.pool, params.id);
      await writeFolder(store.pool, params.id, body.folder);
      return { id: params.id, folder: body.folder };
    },
  }),
  route({
    method: 'put',
    path: '/api/automations/:id/labels',
    permission: write,
    tag,
    summary: 'Say which labels an automation has',
    description: 'Those that are not named are taken off it. Organises the list only; nothing is published.',
    params: idParams,
    body: automationLabelsBodySchema,
    response: automationLabelsSchema,
    handle: async ({ params, body }, { store }) => {
      await automationMustExist(store.pool, params.id);
      const labels = await store.transaction(async (tx) =>
        changeLabels(tx, params.id, { remove: await readLabels(tx, params.id), add: body.labels }),
      );
      return { id: params.id, labels };
    },
  }),
  route({
    method: 'put',
    path: '/api/automations/:id/owner',
    permission: write,
    tag,
    summary: 'Say whom to ask about an automation',
    description: 'Whoever saves the first draft owns it until somebody says otherwise. Null: nobody.',
    params: idParams,
    body: automationOwnerBodySchema,
    response: automationOwnerSchema,
    handle: async ({ params, body }, { store }) => {
      await automationMustExist(store.pool, params.id);
      await writeOwner(store.pool, params.id, body.owner);
      return { id: params.id, owner: body.owner };
    },
  }),
  ...([true, false] as const).map((starred) =>
    route({
      method: starred ? 'put' : 'delete',
      path: '/api/automations/:id/star',
      permission: read,
      tag,
      summary: starred ? 'Make an automation a favourite of yours' : 'Take an automation off your favourites',
      description: 'For people only: keys have no favourites (422).',
      params: idParams,
      response: automationStarSchema,
      handle: async ({ params, principal }, { store }) => {
        await automationMustExist(store.pool, params.id);
        await writeStar(store.pool, { person: personOf(principal), automation: params.id, starred });
        return { id: params.id, starred };
      },
    }),
  ),
  route({
    method: 'get',
    path: '/api/automations/:id/uses',
    permission: read,
    tag,
    summary: 'What an automation names, and what names it',
    description: 'Of its draft where there is a whole one, else of its last version.',
    params: idParams,
    response: automationUsesSchema,
    handle: async ({ params }, deps) => readAutomationUses(deps.store.pool, await workspaceNow(deps), params.id),
  }),
  route({
    method: 'delete',
    path: '/api/automations/:id',
    permission: write,
    tag,
    summary: 'Delete an automation that nobody ever entered',
    description:
      'One that was never published, or that is archived and without runs. Others stay archived, because points and runs name them (409). What others in force name is not deleted (422, with who they are).',
    params: idParams,
    response: noContentSchema,
    status: 204,
    handle: async ({ params }, deps) => {
      await deleteAutomation(deps, params.id);
      return null;
    },
  }),
  route({
    method: 'post',
    path: '/api/automations/bulk',
    permission: write,
    tag,
    summary: 'Do the same to many automations',
    description: 'Each on its own: what cannot be done to one is said of it, and the others go on.',
    body: bulkBodySchema,
    response: bulkResultSchema,
    handle: async ({ body, principal, now }, deps) => ({
      items: await actOnEach(deps, [...new Set(body.automations)], body.act, { principal, now }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/colleagues',
    permission: read,
    tag: 'People',
    summary: 'List who can own an automation',
    response: colleaguesSchema,
    handle: async (_, { store }) => ({
      items: (await listPeople(store.pool)).map(({ id, name }) => ({ id, name })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/references',
    permission: read,
    tag,
    summary: 'Say what documents name that is not here',
    description:
      'Reads documents of another workspace, calls what they name as `map` says, and lists what is not here, with what has a name like it. Nothing is saved. Documents that cannot be read answer 422.',
    body: referencesBodySchema,
    response: referencesSchema,
    maxBodyBytes: 20 * 1024 * 1024,
    handle: async ({ body }, deps) =>
      mapReferences(deps.store.pool, await workspaceNow(deps), readDocuments(body.documents), body.map),
  }),
];
