import type { Accepted } from '@ripen/shared';
import { BatchRoom, type Refusal } from '@ripen/shared/import';
import { ApiProblem } from '../../../api/client.ts';
import type { HistoricalLoad } from '../../../api/imports.ts';
import type { Destination, Work } from './destination.ts';
import type { ReadFile } from './read-file.ts';
import { forgetUnfinished, keepUnfinished, readUnfinished, type Unfinished } from './unfinished.ts';

/** The routes that a historical load uses. */
export interface LoadApi {
  openLoad(name: string): Promise<HistoricalLoad>;
  readLoad(id: string): Promise<HistoricalLoad>;
  closeLoad(id: string): Promise<HistoricalLoad>;
  cancelLoad(id: string): Promise<HistoricalLoad>;
  sendMessages(load: string, messages: readonly unknown[]): Promise<Accepted>;
  keepRefusals(load: string, told: { refused: number; items: readonly Refusal[] }): Promise<HistoricalLoad>;
}

const pollMs = 1_000;

/** Events of contacts, as one historical load: opened, filled, closed, applied. Message ids make sending again safe. */
export const loadDestination = (api: LoadApi): Destination => {
  let begun: { key: string; record: Unfinished } | null = null;
  const open = (): { key: string; record: Unfinished } => {
    if (!begun) throw new Error('The load is not open.');
    return begun;
  };
  return {
    room: new BatchRoom(),
    begin: async (read, work) => {
      const known = readUnfinished(read.key);
      const goesOn = known !== null && known.sent <= read.events && (await isOpen(api, known.load, work));
      const record = goesOn ? known : await newRecord(api, read, work);
      begun = { key: read.key, record };
      await tellRefusals(api, read, record.load, work);
      return record.sent;
    },
    endEmpty: async (read, { lasting }) => {
      await lasting(() => api.closeLoad(open().record.load));
      forgetUnfinished(read.key);
    },
    send: async (batch, { lasting }) => {
      const { key, record } = open();
      const answer = await lasting(() =>
        api.sendMessages(
          record.load,
          batch.map(({ json }) => JSON.parse(json) as unknown),
        ),
      );
      record.sent += batch.length;
      record.duplicates += answer.duplicates;
      keepUnfinished(key, record);
      return answer.errors.map(({ index, error }) => ({ index, message: error.message }));
    },
    end: async (read, work) => {
      const { record } = open();
      await tellRefusals(api, read, record.load, work);
      let load = await work.lasting(() => api.closeLoad(record.load));
      forgetUnfinished(read.key);
      while (load.status === 'closing') {
        work.applying(load.waiting);
        await work.wait(pollMs);
        load = await work.lasting(() => api.readLoad(record.load));
      }
      return {
        of: 'contacts',
        contacts: read.whose,
        events: load.received,
        duplicates: record.duplicates,
        refused: read.refusals.count,
      };
    },
    cancel: async () => {
      if (!begun) return;
      await api.cancelLoad(begun.record.load);
      forgetUnfinished(begun.key);
    },
  };
};

const newRecord = async (api: LoadApi, read: ReadFile, { file, lasting }: Work): Promise<Unfinished> => {
  const { id } = await lasting(() => api.openLoad(file.slice(0, 200)));
  const record = { load: id, file, sent: 0, duplicates: 0, total: read.events };
  keepUnfinished(read.key, record);
  return record;
};

/** The server keeps what was refused with the load, for those who look at it later. */
const tellRefusals = async (
  api: LoadApi,
  { refusals: { toKeep } }: ReadFile,
  load: string,
  { lasting }: Work,
): Promise<void> => {
  for (let items = toKeep.take(); items; items = toKeep.take()) {
    const told = { refused: toKeep.count, items };
    await lasting(() => api.keepRefusals(load, told));
  }
};

const isOpen = async (api: LoadApi, load: string, { lasting }: Work): Promise<boolean> => {
  try {
    return (await lasting(() => api.readLoad(load))).status === 'open';
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return false;
    throw error;
  }
};
