import { definitionsOf } from '@ripen/shared';
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

/** What is wrong in what is drawn, found in this browser a moment after each change. Null until it is known. */
export const useProblems = (editor: Editor): readonly DocumentProblem[] | null => {
  const { data: documents } = useQuery(documentsInForceQuery);
  const others = useMemo(() => (documents ? definitionsOf(documents) : null), [documents]);
  const [problems, setProblems] = useState<readonly DocumentProblem[] | null>(null);
  useEffect(() => {
    if (!others) return;
    let checked = null as unknown;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let idle: (() => void) | undefined;
    const check = (): void => {
      const { document } = editor;
      if (document === checked) return;
      checked = document;
      const found = problemsOf(document, others);
      // The same problems as before are the same list: nothing is drawn again for it.
      setProblems((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    idle = whenIdle(check);
    const unsubscribe = editor.subscribe(() => {
      if (editor.document === checked) return;
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
