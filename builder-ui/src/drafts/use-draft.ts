import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Definition,
  DefinitionCollection,
  definitionDetailSchema,
  draftSchema,
  onePublicationSchema,
  PublishChoice,
} from '@ripen/shared';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { api, ApiProblem } from '../api/client.ts';
import { definitionQuery, type DefinitionDetail } from '../api/definitions.ts';
import { DraftSession } from './draft-session.ts';
import type { DraftState, Read, Remote } from './draft-state.ts';
import { createLocalCopy } from './local-copy.ts';

type SavedDraft = z.infer<typeof draftSchema>;

const kinds: Record<DefinitionCollection, Definition['kind']> = {
  models: 'model',
  lifecycle: 'lifecycle',
  automations: 'automation',
  'event-types': 'event_type',
  fields: 'field',
  queues: 'queue',
  channels: 'channel',
  segments: 'segment',
  'maintenance-programs': 'maintenance_program',
  'account-models': 'account_model',
};

const remoteOf = (detail: z.infer<typeof definitionDetailSchema>): Remote => ({
  document: detail.draft?.document ?? detail.document,
  draft: detail.draft ? { edition: detail.draft.edition, updatedAt: detail.draft.updatedAt } : null,
});

/** Where there is no such definition yet. */
const nothingYet = (collection: DefinitionCollection, id: string): DefinitionDetail => ({
  kind: kinds[collection],
  id,
  name: '',
  status: 'draft',
  version: null,
  publishedAt: null,
  description: null,
  document: null,
  draft: null,
});

interface PublishOptions {
  /** Why it is published although tests of automations go another way. */
  despiteTests?: string;
  /** What becomes of those who wait inside an automation; they finish where they are unless it says so. */
  inside?: PublishChoice;
}

export interface Draft<Document> {
  state: DraftState<Document>;
  /** The definition as the server has it; undefined until it is there. */
  detail: DefinitionDetail | undefined;
  /** Set when it could not be read at all. */
  error: unknown;
  reload: () => void;
  change: (document: Document) => void;
  /**
   * Saves what is not saved yet, then publishes. Throws ApiProblem; problems of the document are in its `errors`. `jobId`: the job
   * that tells those who wait inside an automation what becomes of them.
   */
  publish: (options?: PublishOptions) => Promise<{ version: number; jobId: string | null }>;
  /** Drops the draft: what is published is on the screen again. What was never published is gone. */
  discard: () => Promise<void>;
  retry: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
}

/**
 * The draft of a definition: loaded, saved as it changes, kept in the browser while it cannot be saved, followed when others
 * change it. `fallback` is what is edited where there is no such definition yet. `read` and `fallback` must be stable.
 */
export const useDraft = <Document extends object>(
  collection: DefinitionCollection,
  id: string,
  read: (raw: unknown) => Read<Document>,
  fallback?: Document,
): Draft<Document> => {
  const client = useQueryClient();
  const asked = useMemo(() => definitionQuery(collection, id), [collection, id]);
  const query = useQuery({ ...asked, staleTime: 0 });
  const path = `/api/${collection}/${encodeURIComponent(id)}`;

  const session = useMemo(() => {
    const load = async (): Promise<DefinitionDetail> => {
      const detail = await api.get<DefinitionDetail>(path);
      client.setQueryData(asked.queryKey, detail);
      return detail;
    };
    return new DraftSession<Document>({
      read,
      load: async () => remoteOf(await load()),
      save: async (document, edition) => {
        // An answer that is on its way would be older than what is saved now.
        await client.cancelQueries({ queryKey: asked.queryKey });
        const { edition: saved, updatedAt } = await api.put<SavedDraft>(`${path}/draft`, { document, edition });
        await client.cancelQueries({ queryKey: asked.queryKey });
        const draft = { edition: saved, updatedAt, document: { ...document } as Record<string, unknown> }; // Sent as JSON, kept as JSON.
        client.setQueryData<DefinitionDetail>(asked.queryKey, (detail) => detail && { ...detail, draft });
        return { edition: saved, updatedAt };
      },
      copy: createLocalCopy(`ripen.draft.${collection}.${id}`),
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    });
  }, [collection, id, path, asked, client, read]);

  const nothing = useMemo(() => nothingYet(collection, id), [collection, id]);
  const missing = fallback !== undefined && query.error instanceof ApiProblem && query.error.status === 404;
  const fresh = query.isFetchedAfterMount ? query.data : undefined;
  useEffect(() => {
    session.enter();
    const online = (): void => session.retry();
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
      session.leave();
    };
  }, [session]);
  useEffect(() => {
    // A query keeps its last answer when the next one says that there is nothing (any more).
    if (missing) session.remote({ document: fallback, draft: null });
    else if (fresh) session.remote(remoteOf(fresh));
  }, [session, fresh, missing, fallback]);

  const state = useSyncExternalStore(session.subscribe, session.state);
  const renew = async (whatWasTyped: 'keep' | 'drop'): Promise<void> => {
    const detail = await client.fetchQuery({ ...asked, staleTime: 0 }).catch((error: unknown) => {
      if (fallback !== undefined && error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    });
    session.restart(detail ? remoteOf(detail) : { document: fallback, draft: null }, whatWasTyped);
  };
  return {
    state,
    detail: missing ? nothing : query.data,
    error: query.data || missing ? null : query.error,
    reload: () => void query.refetch(),
    change: session.change,
    publish: async (options) => {
      await session.flush();
      const done = await api.post<z.infer<typeof onePublicationSchema>>(`${path}/publish`, options);
      await renew('keep');
      return { version: [...done.published, ...done.unchanged][0]?.version ?? 0, jobId: done.jobId };
    },
    discard: async () => {
      // A save that is under way must not come after it; what cannot be saved goes all the same.
      await session.flush().catch(() => undefined);
      await api.delete(`${path}/draft`).catch((error: unknown) => {
        if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      });
      if (query.data?.version === null && fallback === undefined) return session.drop();
      await renew('drop');
    },
    retry: session.retry,
    keepMine: session.keepMine,
    takeTheirs: session.takeTheirs,
  };
};
