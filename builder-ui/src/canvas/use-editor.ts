import { useSyncExternalStore } from 'react';
import type { Editor, EditorState } from '../document/editor.ts';

/** The editor's state, as it changes. */
export const useEditor = (editor: Editor): EditorState => useSyncExternalStore(editor.subscribe, editor.state);

/** A part of it: nothing is drawn again while the part stays the same. `part` must answer with the same for the same state. */
export const useEditorPart = <Part>(editor: Editor, part: (state: EditorState) => Part): Part =>
  useSyncExternalStore(editor.subscribe, () => part(editor.state()));
