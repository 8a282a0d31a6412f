import { definitionsOf, type Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../api/automations.ts';
import type { Editor } from '../../document/editor.ts';
import { problemsOf, type DocumentProblem } from '../../document/problems.ts';

/** After the last change, ms: long enough not to judge half a word. */
const pauseMs = 300;

const whenIdle = (work: () => void): (() => void) => {
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 0);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(work, { timeout: 1_000 });
  return () => window.cancelIdleCallback(handle);
};

/** Documents share what did not change; where steps stand is never wrong. */
const sameButPlaces = (a: Automation, b: Automation): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => key === 'layout' || a[key as keyof Automation] === b[key as keyof Automation],
  );

/** What is wrong in what is drawn, found in this browser a moment after each change. Null until it is known. */
export const useProblems = (editor: Editor): readonly DocumentProblem[] | null => {
  const { data: documents } = useQuery(documentsInForceQuery);
  const others = useMemo(() => (documents ? definitionsOf(documents) : null), [documents]);
  const [problems, setProblems] = useState<readonly DocumentProblem[] | null>(null);
  useEffect(() => {
    if (!others) return;
    let checked: Automation | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let idle: (() => void) | undefined;
    const check = (): void => {
      const { document } = editor;
      if (checked !== null && sameButPlaces(checked, document)) return;
      checked = document;
      const found = problemsOf(document, others);
      // The same problems as before are the same list: nothing is drawn again for it.
      setProblems((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    idle = whenIdle(check);
    const unsubscribe = editor.subscribe(() => {
      if (checked !== null && sameButPlaces(checked, editor.document)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        idle?.();
        idle = whenIdle(check);
      }, pauseMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      idle?.();
    };
  }, [editor, others]);
  return problems;
};
