import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { sayDone, sayFailed } from '../ui/say.ts';

/** Something done to a definition from its list. */
export interface Act {
  /** What is said when it is done, and when it is not. */
  say: string;
  failed: string;
  run: () => Promise<unknown>;
}

/** Does it, says so, and has lists of definitions asked for again. */
export const useAct = (onDone: () => void): UseMutationResult<unknown, Error, Act> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run }: Act) => run(),
    onSuccess: (_, { say }) => {
      onDone();
      sayDone(say);
      void client.invalidateQueries({
        predicate: ({ queryKey: [topics, kind] }) =>
          kind === 'list' && String(topics).split('+').includes('definitions'),
      });
    },
    onError: (error, { failed }) => sayFailed(failed, error),
  });
};
