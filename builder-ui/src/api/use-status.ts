import { useEffect, useState } from 'react';
import { fetchStatus, KeyRefused, type Status } from './status.ts';

const everyMs = 2_000;

/** What is known: nothing yet, or the last answer and what went wrong since. */
export interface Known {
  readonly status?: Status;
  /** Why the API gave no usable answer the last time. */
  readonly problem?: string;
  readonly keyRefused?: string;
}

async function look(key: string | undefined, signal: AbortSignal): Promise<Known> {
  try {
    return { status: await fetchStatus(signal, key) };
  } catch (error) {
    if (key === undefined || !(error instanceof KeyRefused)) throw error;
    return { status: await fetchStatus(signal), keyRefused: error.message };
  }
}

/** Asks again every two seconds while the page is shown; with a key also how the lanes do. */
export function useStatus(key: string | undefined): Known {
  const [known, setKnown] = useState<Known>({});
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      if (!document.hidden) {
        try {
          setKnown(await look(key, leaving.signal));
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error);
          if (!leaving.signal.aborted) setKnown((before) => ({ ...before, problem }));
        }
      }
      if (!leaving.signal.aborted) timer = setTimeout(() => void ask(), everyMs);
    }
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [key]);
  return known;
}
