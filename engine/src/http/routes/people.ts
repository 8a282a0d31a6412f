import { newPersonBodySchema, noContentSchema, personBodySchema, personSchema, uuidParams } from '@ripen/shared';
import { z } from 'zod';
import { addPerson, changePerson, listPeople, removePerson, type PersonRow } from '../../auth/people.ts';
import { isoDate, isoDateOrNull } from '../../read/moments.ts';
import { route, type Route } from '../route.ts';

const tag = 'People' as const;
const maxBodyBytes = 16 * 1024;

const shown = (person: PersonRow): z.output<typeof personSchema> => ({
  ...person,
  createdAt: isoDate(person.createdAt),
  signedInAt: isoDateOrNull(person.signedInAt),
});

export const peopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/people',
    permission: 'admin',
    tag,
    summary: 'List people',
    response: z.object({ items: z.array(personSchema) }),
    handle: async (_, { store }) => ({ items: (await listPeople(store.pool)).map(shown) }),
  }),
  route({
    method: 'post',
    path: '/api/people',
    permission: 'admin',
    tag,
    summary: 'Add somebody',
    description: 'With a first password, which they can change after signing in.',
    body: newPersonBodySchema,
    response: personSchema,
    status: 201,
    secret: true,
    maxBodyBytes,
    handle: async ({ body: { password, ...person } }, { store, sessions }) =>
      shown(await addPerson(store, { ...person, passwordHash: await sessions.hashPassword(password) })),
  }),
  route({
    method: 'put',
    path: '/api/people/:id',
    permission: 'admin',
    tag,
    summary: "Change somebody's name, role or password",
    description:
      'What is left out stays. A new password ends their sessions; a new role counts within five seconds. The last admin stays one (409).',
    params: uuidParams,
    body: personBodySchema,
    response: personSchema,
    secret: true,
    maxBodyBytes,
    handle: async ({ params, body: { password, ...change } }, { store, sessions }) => {
      const passwordHash = password === undefined ? undefined : await sessions.hashPassword(password);
      const person = await changePerson(store, params.id, { ...change, passwordHash });
      sessions.forget();
      return shown(person);
    },
  }),
  route({
    method: 'delete',
    path: '/api/people/:id',
    permission: 'admin',
    tag,
    summary: 'Remove somebody',
    description: 'They are signed out everywhere within five seconds. The last admin stays (409).',
    params: uuidParams,
    response: noContentSchema,
    status: 204,
    handle: async ({ params }, { store, sessions }) => {
      await removePerson(store, params.id);
      sessions.forget();
      return null;
    },
  }),
];
