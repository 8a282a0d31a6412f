import type { AccountFieldsBody, AccountSaying } from '@ripen/shared';
import { BatchRoom } from '@ripen/shared/import';
import type { Destination } from './destination.ts';

/** The route that takes in what files say of accounts. */
export interface AccountApi {
  sayOfAccounts(body: AccountFieldsBody): Promise<{ accounts: number; withoutContacts: number }>;
}

/** What rows say of accounts: of each field the newest word counts, so that whoever is stopped begins again. */
export const accountDestination = (api: AccountApi): Destination => {
  let withoutContacts = 0;
  return {
    room: BatchRoom.ofAccounts(),
    begin: () => Promise.resolve(0),
    endEmpty: () => Promise.resolve(),
    send: async (batch, { file, lasting }) => {
      // Made and checked by the reader.
      const accounts = batch.map(({ json }) => JSON.parse(json) as AccountSaying);
      const answer = await lasting(() => api.sayOfAccounts({ reason: file.slice(0, 200), accounts }));
      withoutContacts += answer.withoutContacts;
      return [];
    },
    end: ({ whose, refusals }) =>
      Promise.resolve({ of: 'accounts', accounts: whose, withoutContacts, refused: refusals.count }),
    cancel: () => Promise.resolve(),
  };
};
