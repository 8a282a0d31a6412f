import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './client.ts';

/** What no second try will change. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;

/**
 * Every query key starts with the topic of the live stream that its answer depends on, then `list` or `detail`, then the
 * rest: that is how changes find what to ask for again. Several topics are joined by a plus: `definitions+runs`.
 */
export type Topic =
  | 'definitions'
  | 'contacts'
  | 'accounts'
  | 'runs'
  | 'leads'
  | 'imports'
  | 'jobs'
  | 'operations'
  | 'people'
  | 'notices'
  | 'presence'
  | 'session';

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && !isFinal(error) },
      mutations: { retry: false },
    },
  });
