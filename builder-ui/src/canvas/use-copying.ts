import { startNodeId } from '@ripen/shared';
import { useEffect, useMemo, type RefObject } from 'react';
import { clipboardText, fragmentOf, readClipboard } from '../document/clipboard.ts';
import type { Editor } from '../document/editor.ts';
import { withFreshIds } from '../document/ids.ts';
import { count } from '../ui/words.ts';
import { sayFailed } from '../ui/say.ts';
import { isTyping } from '../app/go-keys.ts';
import { keepCopy, readSystemClipboard, writeClipboard } from './system-clipboard.ts';
import type { View } from './use-view.ts';

/** Copy, cut, paste and duplicate: within an automation, across automations and windows. */
export const useCopying = (given: {
  editor: Editor;
  view: View;
  wrapper: RefObject<HTMLDivElement | null>;
  readOnly: boolean;
  announce: (text: string) => void;
}) => {
  const { editor, view, wrapper, readOnly, announce } = given;
  const acts = useMemo(() => {
    const chosen = (): string[] => [...editor.state().selection].filter((id) => id !== startNodeId);
    const copied = (): string | null => {
      const ids = chosen();
      return ids.length === 0 ? null : clipboardText(fragmentOf(editor.document, new Set(ids)));
    };
    const remove = (): void => {
      const { edge } = editor.state();
      if (edge) {
        editor.do({ kind: 'disconnect', ...edge }, [edge.from]);
        view.focus(edge.from);
        return announce('Connection removed.');
      }
      const ids = chosen();
      if (ids.length === 0) return announce('The start cannot be deleted.');
      const before = editor.document.edges.find((found) => ids.includes(found.to) && !ids.includes(found.from))?.from;
      const next = before ?? startNodeId;
      editor.do({ kind: 'delete', nodes: ids }, [next]);
      view.focus(next);
      announce(`${count(ids.length, 'step')} deleted. Ctrl Z brings ${ids.length === 1 ? 'it' : 'them'} back.`);
    };
    const paste = (text: string): void => {
      const read = readClipboard(text);
      if (read.kind === 'refused') return sayFailed('Nothing was pasted', new Error(read.why));
      const fragment = withFreshIds(read.fragment, editor.document);
      const ids = fragment.nodes.map((node) => node.id);
      editor.do({ kind: 'paste', fragment }, ids);
      const [first] = ids;
      if (first !== undefined) {
        view.reveal(first);
        view.focus(first);
      }
      announce(`${count(ids.length, 'step')} pasted.`);
    };
    const duplicate = (): void => {
      const text = copied();
      if (text !== null) paste(text);
    };
    const copy = async (): Promise<void> => {
      const text = copied();
      if (text !== null) await writeClipboard(text);
    };
    return { copied, remove, paste, duplicate, copy, pasteFromSystem: async () => paste(await readSystemClipboard()) };
  }, [editor, view, announce]);

  useEffect(() => {
    // The page's own events: they need no permission, unlike reading the clipboard from a script.
    const isOurs = (event: ClipboardEvent): boolean =>
      !isTyping(event.target) &&
      (document.activeElement === document.body || wrapper.current?.contains(document.activeElement) === true) &&
      window.getSelection()?.isCollapsed !== false;
    const onCopy = (event: ClipboardEvent): void => {
      const text = isOurs(event) ? acts.copied() : null;
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      keepCopy(text);
      announce(`${count(editor.state().selection.size, 'step')} copied.`);
      if (event.type === 'cut' && !readOnly) acts.remove();
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (readOnly || !isOurs(event)) return;
      event.preventDefault();
      acts.paste(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [acts, announce, editor, readOnly, wrapper]);

  return acts;
};
