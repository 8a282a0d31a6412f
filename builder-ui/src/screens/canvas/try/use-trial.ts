import type { Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef } from 'react';
import { documentsInForceQuery } from '../../../api/automations.ts';
import { liveThrough, pathAt, pathKey, type KnownContact, type Path, type Setup, type Trial } from './trial.ts';

/** The trial of a draft, lived through again whenever the draft, the contact or the script changes. Null until all is known. */
export const useTrial = (document: Automation, setup: Setup, known: KnownContact | 'unread' | null): Trial | null => {
  const { data: documents } = useQuery(documentsInForceQuery);
  const drawn = useDeferredValue(document);
  return useMemo(
    () => (documents && known !== 'unread' ? liveThrough(documents, drawn, setup, known) : null),
    [documents, drawn, setup, known],
  );
};

/** The path at a moment. It stays the same object while it looks the same: the canvas draws nothing for a slider that moves on. */
export const usePath = (trial: Trial | null, automation: string, at: number): Path => {
  const shown = useRef<{ key: string; path: Path }>({ key: '', path: noPath });
  const path = trial?.kind === 'lived' ? pathAt(trial.session, automation, at) : noPath;
  const key = pathKey(path);
  if (shown.current.key !== key) {
    const before = shown.current.path.trail;
    // Steps that are as they were stay the same objects.
    const trail = new Map(
      [...path.trail].map(([node, passed]) => {
        const known = before.get(node);
        return [node, known && JSON.stringify(known) === JSON.stringify(passed) ? known : passed];
      }),
    );
    shown.current = { key, path: { ...path, trail } };
  }
  return shown.current.path;
};

const noPath: Path = { trail: new Map(), taken: new Set() };
