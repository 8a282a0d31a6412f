import { useEffect, useState } from 'react';
import { fetchStatus, type StackStatus } from './status.ts';

const everyMs = 2_000;

/** What is known: nothing yet, a status, or a status that got old because the API stopped answering. */
export interface KnownStatus {
  readonly status: StackStatus | undefined;
  readonly problem: string | undefined;
}

/** Asks again every two seconds while the page is shown. */
export function useStatus(): KnownStatus {
  const [known, setKnown] = useState<KnownStatus>({ status: undefined, problem: undefined });
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      if (!document.hidden) {
        try {
          const status = await fetchStatus(leaving.signal);
          setKnown({ status, problem: undefined });
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error);
          if (!leaving.signal.aborted) setKnown(({ status }) => ({ status, problem }));
        }
      }
      if (!leaving.signal.aborted) timer = setTimeout(() => void ask(), everyMs);
    }
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);
  return known;
}
