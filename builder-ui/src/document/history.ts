import type { Automation } from '@ripen/shared';
import { apply } from './apply.ts';
import type { Edit } from './edit.ts';

/** Documents share what did not change, so that a snapshot costs what was edited. */
export interface History {
  past: readonly Automation[];
  present: Automation;
  future: readonly Automation[];
  /** What the last edit was about, and when: typing goes on in the same step of undo. */
  mark: { key: string; at: number } | null;
}

const mostSteps = 300;
/** Edits of the same thing within this are one step, ms. */
const togetherMs = 1_200;

export const begin = (document: Automation): History => ({ past: [], present: document, future: [], mark: null });

/** What an edit is about, if several in a row are one doing of a person. */
const keyOf = (edit: Edit): string | null => {
  switch (edit.kind) {
    case 'change':
      return `change ${edit.node.id}`;
    case 'automation':
      return `automation ${Object.keys(edit.change).sort().join()}`;
    case 'move':
      return `move ${Object.keys(edit.to).sort().join()}`;
    default:
      return null;
  }
};

/** `now` in ms. The same history when the edit changes nothing. */
export const perform = (history: History, edit: Edit, now: number): History => {
  const present = apply(history.present, edit);
  if (present === history.present) return history;
  const key = keyOf(edit);
  const goesOn = key !== null && history.mark?.key === key && now - history.mark.at < togetherMs;
  return {
    past: goesOn ? history.past : [...history.past.slice(-mostSteps + 1), history.present],
    present,
    future: [],
    mark: key === null ? null : { key, at: now },
  };
};

export const undo = (history: History): History => {
  const before = history.past.at(-1);
  return before
    ? { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], mark: null }
    : history;
};

export const redo = (history: History): History => {
  const [after, ...future] = history.future;
  return after ? { past: [...history.past, history.present], present: after, future, mark: null } : history;
};
