import { useMemo } from 'react';
import type { Editor } from '../document/editor.ts';
import type { Plan } from '../document/lay-out.ts';
import type { Spot } from '../document/place.ts';
import { planOf } from '../document/tidy.ts';
import type { View } from './use-view.ts';

/** So many steps are placed before anybody notices. */
const fewNodes = 40;

const laidOutBeside = (plan: Plan): Promise<Record<string, Spot>> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./lay-out.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Record<string, Spot>>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = () => {
      worker.terminate();
      reject(new Error('The worker that lays out did not start.'));
    };
    worker.postMessage(plan);
  });

/** Lays everything out. The page goes on answering meanwhile; what is changed in that time stays where it is. */
export const useTidy = (editor: Editor, view: View, announce: (text: string) => void): (() => void) =>
  useMemo(() => {
    const done = (): void => {
      announce('Laid out.');
      requestAnimationFrame(() => view.begin());
    };
    const atOnce = (): void => {
      editor.do({ kind: 'tidy' });
      done();
    };
    return () => {
      const { document } = editor;
      if (document.nodes.length <= fewNodes) return atOnce();
      announce('Laying out.');
      laidOutBeside(planOf(document)).then((to) => {
        const { nodes, edges } = editor.document;
        if (nodes !== document.nodes || edges !== document.edges)
          return announce('It was changed while it was laid out, and stays as it is.');
        editor.do({ kind: 'move', to });
        done();
      }, atOnce);
    };
  }, [editor, view, announce]);
