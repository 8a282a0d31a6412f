import { useCallback, useState, type ReactNode } from 'react';
import { TellTriedContext, TriedContext } from '../fields/patience.ts';

/** Keeps whether publishing what the screen at `path` shows was held up: from then on its fields say what they miss. */
export function Patience({ path, children }: { path: string; children: ReactNode }) {
  const [triedAt, setTriedAt] = useState<string | null>(null);
  const tell = useCallback((heldUp: boolean) => setTriedAt(heldUp ? path : null), [path]);
  return (
    <TellTriedContext value={tell}>
      <TriedContext value={triedAt === path}>{children}</TriedContext>
    </TellTriedContext>
  );
}
